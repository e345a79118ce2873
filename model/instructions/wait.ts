//! wait: take tokens from a semaphore.
import { at, choice, semaphore, signed, source } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { tokenCount } from '../isa/rules.ts';
import { unitNames } from '../limits.ts';

export const wait = instruction({
  mnemonic: 'wait', opcode: 0x19, unit: 'agent', syntax: 'wait [{agent} ]{m}, {rs2+imm}',
  says: 'The agent, in its order, waits for y = rs2 + imm tokens of the semaphore and takes them; 0 does nothing.',
  fields: () => ({ m: at(1, 0, semaphore), agent: at(1, 8, choice(3, ...unitNames), 'seq'), rs2: at(1, 16, source), imm: at(2, 0, signed(32)) }),
  rules: () => [tokenCount('rs2', 'imm')],
  ready: (machine, { m, rs2, imm }) => machine.semaphores[m]! >= (rs2 + imm) >>> 0,
  execute: (machine, { m, rs2, imm }) => { machine.semaphores[m]! -= (rs2 + imm) >>> 0; },
});
