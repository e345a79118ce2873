//! get: read from a peer's memory.
import { absentFrom } from '../datapath/absent.ts';
import { ACC, at, DRAM, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { feature, sameDims, sameType } from '../isa/rules.ts';
import { SPACE_PEER_DRAM, SPACE_PEER_SPM, UNIT_LNK } from '../limits.ts';

export const get = instruction({
  mnemonic: 'get', opcode: 0xc1, unit: UNIT_LNK, syntax: 'get {d}, {a}',
  says: 'D = A at the peer.',
  fields: () => ({ d: at(1, 0, operand('write', [DRAM, SPM, ACC])), a: at(2, 0, operand('read', [SPACE_PEER_DRAM, SPACE_PEER_SPM])) }),
  rules: () => [feature('lnk'), sameType('d', 'a'), sameDims('d', 'a')],
  execute: absentFrom('get'),
});
