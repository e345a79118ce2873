//! nset: write one word of a numeric mode.
import { at, modeNumber, signed, source, unsigned } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { modeWordLegal } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const nset = instruction({
  mnemonic: 'nset', opcode: 0x17, unit: UNIT_SEQ, inner: true, syntax: 'nset {n}, {field}, {rs2+imm}',
  says: 'Word `field` of mode n = y = rs2 + imm; undefined bits or values trap `reserved` at once.',
  fields: () => ({ n: at(1, 0, modeNumber), field: at(1, 8, unsigned(3)), rs2: at(1, 16, source), imm: at(2, 0, signed(32)) }),
  rules: () => [modeWordLegal('field', 'rs2', 'imm')],
  execute: (machine, { n, field, rs2, imm }) => { machine.modes[n]![field] = (rs2 + imm) >>> 0; },
});
