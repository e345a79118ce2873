//! halt: end the run.
import { at, signed } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { UNIT_SEQ } from '../limits.ts';

export const halt = instruction({
  mnemonic: 'halt', opcode: 0x02, unit: UNIT_SEQ, syntax: 'halt {value}',
  says: 'Wait until all units are idle, then end the run with this value in the completion record.',
  fields: () => ({ value: at(2, 0, signed(32)) }),
  ready: (machine) => machine.idle(0x3e),
  execute: (machine, { value }) => { machine.halt(value >>> 0); return value >>> 0; },
});
