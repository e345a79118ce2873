//! unary: functions of one element that need no table.
import { elementwise, ROUNDING } from '../datapath/elementwise.ts';
import { ACC, at, choice, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, CLASS_INTEGER, dtype, dtypeWhen, sameClass, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { unary as apply, unaryNames } from '../numerics/arithmetic.ts';

export const unary = instruction({
  mnemonic: 'unary', opcode: 0x88, unit: UNIT_VPU, syntax: 'unary.{op} {d}, {a}',
  says: 'D = |A|, -A, the sign of A, the complement of A (integers), or A rounded to an integer by the mode.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, ...unaryNames)), a: at(2, 0, operand('read', [SPM, ACC])) }),
  mode: ROUNDING,
  rules: () => [
    dtype('d', CLASS_ARITHMETIC), dtype('a', CLASS_ARITHMETIC), sameClass('d', 'a'), dtypeWhen('op', 3, 3, 'a', CLASS_INTEGER, 'complement'),
    sameDims('d', 'a'),
  ],
  execute: (machine, { d, op, a, mode }) => {
    elementwise(machine, d, mode, [a], (how, x) => apply(op, x!, d.format!, how));
  },
});
