//! special: functions of one element that need digits of a real number.
import { elementwise } from '../datapath/elementwise.ts';
import { ACC, at, choice, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_FLOAT, dtype, feature, levelExists, sameDims, sameType, settledWhen } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { special as apply } from '../numerics/arithmetic.ts';
import { algebraicCount, functionNames } from '../numerics/functions.ts';

export const special = instruction({
  mnemonic: 'special', opcode: 0x89, unit: UNIT_VPU, syntax: 'special.{op} {d}, {a}',
  says: 'D = f(A), correctly rounded: recip, sqrt and rsqrt by `round`, all others to nearest even. At level lut: by the table of the profile, to nearest even.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])), op: at(1, 24, choice(8, ...functionNames)),
  }),
  mode: ['round', 'level', 'daz', 'ftz'],
  rules: () => [
    feature('special'), levelExists('op'), settledWhen('op', 0, algebraicCount - 1), dtype('d', CLASS_FLOAT), sameType('d', 'a'), sameDims('d', 'a'),
  ],
  execute: (machine, { d, op, a, mode }) => {
    elementwise(machine, d, mode, [a], (how, x) => apply(op, x!, d.format!, how, mode.level === 0 ? undefined : machine.functionTable(op)));
  },
});
