//! clamp: limits and the activations made of them.
import { elementwise, ROUNDING, scalarElement } from '../datapath/elementwise.ts';
import { ACC, at, choice, flag, operand, source, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, dtype, sameClass, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { clamp as limit, leakyRelu, relu } from '../numerics/arithmetic.ts';

export const clamp = instruction({
  mnemonic: 'clamp', opcode: 0x8a, unit: UNIT_VPU, syntax: 'clamp.{op} {d}, {a}[, {b/s}]',
  says: 'D = A between lo and hi of the mode, max(A, +0), that and at most hi, or A x B where A < 0 (one rounding).',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, 'bounds', 'relu', 'relun', 'leaky')), a: at(2, 0, operand('read', [SPM, ACC])),
    scalar: when('op', 3, at(2, 31, flag('scalar'), false)), b: when('op', 3, when('scalar', 0, at(3, 0, operand('read', [SPM, ACC])))),
    s: when('op', 3, when('scalar', 1, at(3, 6, source))),
  }),
  mode: [...ROUNDING, 'lo', 'hi'],
  rules: () => [
    dtype('d', CLASS_ARITHMETIC), dtype('a', CLASS_ARITHMETIC), dtype('b', CLASS_ARITHMETIC), sameClass('d', 'a'), sameClass('a', 'b'),
    sameDims('d', 'a'), sameDims('d', 'b'),
  ],
  execute: (machine, { d, op, a, b, s, mode }) => {
    const bounds = { lo: BigInt(mode.lo), hi: BigInt(mode.hi) }, to = d.format!;
    if (op === 'leaky') elementwise(machine, d, mode, [a, b ?? scalarElement(s, a)], (how, x, slope) => leakyRelu(x!, slope!, to, how));
    else if (op === 'bounds') elementwise(machine, d, mode, [a], (how, x) => limit(x!, bounds, to, how));
    else elementwise(machine, d, mode, [a], (how, x) => relu(x!, op === 'relun' ? bounds : undefined, to, how));
  },
});
