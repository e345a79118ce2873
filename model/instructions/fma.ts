//! fma: multiply and add with one rounding.
import { elementwise, ROUNDING, scalarElement } from '../datapath/elementwise.ts';
import { ACC, at, bareRequired, flag, operand, source, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, dtype, sameClass, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { fma as multiplyAdd } from '../numerics/arithmetic.ts';

export const fma = instruction({
  mnemonic: 'fma', opcode: 0x81, unit: UNIT_VPU, syntax: 'fma {d}, {a}, {b/s} with {c}',
  says: 'D = A x B + C with one rounding; integers exactly, then wrapped or saturated.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])), scalar: at(2, 31, flag('scalar'), false),
    b: when('scalar', 0, at(3, 0, operand('read', [SPM, ACC]))), s: when('scalar', 1, at(3, 6, source)), c: at(3, 24, bareRequired('read', [SPM, ACC])),
  }),
  mode: ROUNDING,
  rules: () => [
    dtype('d', CLASS_ARITHMETIC), dtype('a', CLASS_ARITHMETIC), dtype('b', CLASS_ARITHMETIC), dtype('c', CLASS_ARITHMETIC),
    sameClass('d', 'a'), sameClass('a', 'b'), sameClass('a', 'c'), sameDims('d', 'a'), sameDims('d', 'b'), sameDims('d', 'c'),
  ],
  execute: (machine, { d, a, b, s, c, mode }) => {
    elementwise(machine, d, mode, [a, b ?? scalarElement(s, a), c!], (how, x, y, z) => multiplyAdd(x!, y!, z!, d.format!, how));
  },
});
