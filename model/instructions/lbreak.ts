//! lbreak: leave the innermost loop.
import { instruction } from '../isa/instruction.ts';
import { loopOpen } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const lbreak = instruction({
  mnemonic: 'lbreak', opcode: 0x10, unit: UNIT_SEQ, inner: true, syntax: 'leave',
  says: 'Leave the innermost loop of this call and continue after its last instruction, without increments.',
  fields: () => ({}),
  rules: () => [loopOpen],
  execute: (machine) => machine.branch(machine.loops.pop()!.end + 1),
});
