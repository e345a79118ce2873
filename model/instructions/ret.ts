//! ret: come back from a call.
import { instruction } from '../isa/instruction.ts';
import { callOpen, noLoopOpen } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const ret = instruction({
  mnemonic: 'ret', opcode: 0x0e, unit: UNIT_SEQ, inner: true, syntax: 'ret',
  says: 'Continue after the call that was entered last. With a loop of this call still open it traps `loop`.',
  fields: () => ({}),
  rules: () => [callOpen, noLoopOpen],
  execute: (machine) => machine.branch(machine.calls.pop()!),
});
