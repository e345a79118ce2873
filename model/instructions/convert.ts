//! convert: elements in another format.
import { elementwise, ROUNDING } from '../datapath/elementwise.ts';
import { ACC, at, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_CONVERTED, dtype, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { convert as toFormat } from '../numerics/arithmetic.ts';

export const convert = instruction({
  mnemonic: 'convert', opcode: 0x87, unit: UNIT_VPU, syntax: 'convert {d}, {a}',
  says: 'D = A in the format of D, rounded once. A float out of range of an integer gives the nearer limit, NaN the greatest, whatever isat says.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])) }),
  mode: ROUNDING,
  rules: () => [dtype('d', CLASS_CONVERTED), sameDims('d', 'a')],
  execute: (machine, { d, a, mode }) => {
    elementwise(machine, d, mode, [a], (how, x) => toFormat(x!, d.format!, how));
  },
});
