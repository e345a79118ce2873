//! nop: do nothing.
import { at, signed } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { UNIT_SEQ } from '../limits.ts';

export const nop = instruction({
  mnemonic: 'nop', opcode: 0x01, unit: UNIT_SEQ, inner: true, syntax: 'nop[ {tag}]',
  says: 'Nothing happens; the tag is kept in the record.',
  fields: () => ({ tag: at(2, 0, signed(32), 0) }),
  execute: (_, { tag }) => tag >>> 0,
});
