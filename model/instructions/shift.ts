//! shift: multiply by powers of two.
import { elementwise, ROUNDING, scalarElement } from '../datapath/elementwise.ts';
import { ACC, at, choice, flag, operand, source, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, CLASS_INTEGER, dtype, sameClass, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { shift as byPower } from '../numerics/arithmetic.ts';
import { formatByName } from '../numerics/format.ts';

const s32 = formatByName('s32');

export const shift = instruction({
  mnemonic: 'shift', opcode: 0x85, unit: UNIT_VPU, syntax: 'shift.{op} {d}, {a}, {b/s}',
  says: 'D = A x 2^B, for right A x 2^-B, exact and rounded once; B is an integer and may be negative.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, 'left', 'right')), a: at(2, 0, operand('read', [SPM, ACC])),
    scalar: at(2, 31, flag('scalar'), false), b: when('scalar', 0, at(3, 0, operand('read', [SPM, ACC]))), s: when('scalar', 1, at(3, 6, source)),
  }),
  mode: ROUNDING,
  rules: () => [
    dtype('d', CLASS_ARITHMETIC), dtype('a', CLASS_ARITHMETIC), dtype('b', CLASS_INTEGER), sameClass('d', 'a'), sameDims('d', 'a'), sameDims('d', 'b'),
  ],
  execute: (machine, { d, op, a, b, s, mode }) => {
    const amount = b ?? { ...scalarElement(s, a), format: s32 };
    elementwise(machine, d, mode, [a, amount], (how, x, y) => byPower(op, x!, y!, d.format!, how));
  },
});
