//! rpost: post to a peer's semaphore.
import { absentFrom } from '../datapath/absent.ts';
import { at, semaphore, signed, source, unsigned } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { feature } from '../isa/rules.ts';
import { UNIT_LNK } from '../limits.ts';

export const rpost = instruction({
  mnemonic: 'rpost', opcode: 0xc2, unit: UNIT_LNK, syntax: 'rpost {rs2+imm}, {m}[, {k}]',
  says: 'The semaphore m of peer y = rs2 + imm gets k tokens.',
  fields: () => ({ m: at(1, 0, semaphore), rs2: at(1, 16, source), imm: at(2, 0, signed(32)), k: at(3, 0, unsigned(16), 1) }),
  rules: () => [feature('lnk')],
  execute: absentFrom('rpost'),
});
