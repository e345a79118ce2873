//! binary: two tensors, or a tensor and a scalar, element by element.
import { elementwise, ROUNDING, scalarElement } from '../datapath/elementwise.ts';
import { ACC, at, choice, flag, operand, source, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, CLASS_FLOAT, dtype, dtypeWhen, sameClass, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { binary as combine, binaryNames } from '../numerics/arithmetic.ts';

export const binary = instruction({
  mnemonic: 'binary', opcode: 0x80, unit: UNIT_VPU, syntax: 'binary.{op} {d}, {a}, {b/s}',
  says: 'D = A op B, the exact value rounded once; div is for floats. -0 < +0; NaN in min and max by the mode.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, ...binaryNames)), a: at(2, 0, operand('read', [SPM, ACC])),
    scalar: at(2, 31, flag('scalar'), false), b: when('scalar', 0, at(3, 0, operand('read', [SPM, ACC]))), s: when('scalar', 1, at(3, 6, source)),
  }),
  mode: ROUNDING,
  rules: () => [
    dtype('d', CLASS_ARITHMETIC), dtype('a', CLASS_ARITHMETIC), dtype('b', CLASS_ARITHMETIC), sameClass('d', 'a'), sameClass('a', 'b'),
    dtypeWhen('op', 3, 3, 'a', CLASS_FLOAT, 'division'), sameDims('d', 'a'), sameDims('d', 'b'),
  ],
  execute: (machine, { d, op, a, b, s, mode }) => {
    elementwise(machine, d, mode, [a, b ?? scalarElement(s, a)], (how, x, y) => combine(op, x!, y!, d.format!, how));
  },
});
