//! trap: stop with a code of the program's own.
import { at, signed } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { raises } from '../isa/rules.ts';
import { TRAP_SOFTWARE, UNIT_SEQ } from '../limits.ts';

export const trap = instruction({
  mnemonic: 'trap', opcode: 0x04, unit: UNIT_SEQ, syntax: 'trap {code}',
  says: 'Trap `software`; the code is in the auxiliary word of the fault record.',
  fields: () => ({ code: at(2, 0, signed(32)) }),
  rules: () => [raises(TRAP_SOFTWARE, 'this instruction always traps')],
  execute: () => undefined,
});
