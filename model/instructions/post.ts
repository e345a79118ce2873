//! post: put tokens into a semaphore.
import { at, choice, semaphore, signed, source } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { tokenCount } from '../isa/rules.ts';
import { unitNames } from '../limits.ts';

export const post = instruction({
  mnemonic: 'post', opcode: 0x18, unit: 'agent', syntax: 'post [{agent} ]{m}, {rs2+imm}',
  says: 'The agent, in its order, posts y = rs2 + imm tokens to the semaphore; 0 does nothing.',
  fields: () => ({ m: at(1, 0, semaphore), agent: at(1, 8, choice(3, ...unitNames), 'seq'), rs2: at(1, 16, source), imm: at(2, 0, signed(32)) }),
  rules: () => [tokenCount('rs2', 'imm')],
  execute: (machine, { m, rs2, imm }) => { machine.post(m, (rs2 + imm) >>> 0); },
});
