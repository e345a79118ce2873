//! break: stop for the debugger.
import { at, signed } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { debuggerAbsent } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const breakpoint = instruction({
  mnemonic: 'break', opcode: 0x05, unit: UNIT_SEQ, inner: true, syntax: 'break[ {tag}]',
  says: 'Trap `break` while DBG_ENABLE is set, so that the host may look and resume after it; otherwise nothing happens.',
  fields: () => ({ tag: at(2, 0, signed(32), 0) }),
  rules: () => [debuggerAbsent],
  execute: (_, { tag }) => tag >>> 0,
});
