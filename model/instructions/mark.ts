//! mark: leave a mark in the record.
import { at, signed } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { UNIT_SEQ } from '../limits.ts';

export const mark = instruction({
  mnemonic: 'mark', opcode: 0x06, unit: UNIT_SEQ, syntax: 'mark {value}',
  says: 'Nothing happens; the value is kept in the record, where tools find it.',
  fields: () => ({ value: at(2, 0, signed(32)) }),
  execute: (_, { value }) => value >>> 0,
});
