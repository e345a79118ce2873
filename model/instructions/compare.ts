//! compare: element by element, into a mask.
import { each, noted, scalarElement } from '../datapath/elementwise.ts';
import { ACC, at, choice, flag, operand, source, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, CLASS_U8, dtype, sameClass, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { compareElements, compareNames } from '../numerics/arithmetic.ts';

export const compare = instruction({
  mnemonic: 'compare', opcode: 0x82, unit: UNIT_VPU, syntax: 'compare.{op} {d}, {a}, {b/s}',
  says: 'D = 1 where A op B holds for the exact values, else 0; -0 = +0; with a NaN only ne and unordered hold, and lt, le, gt and ge count invalid.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, ...compareNames)), a: at(2, 0, operand('read', [SPM, ACC])),
    scalar: at(2, 31, flag('scalar'), false), b: when('scalar', 0, at(3, 0, operand('read', [SPM, ACC]))), s: when('scalar', 1, at(3, 6, source)),
  }),
  rules: () => [
    dtype('d', CLASS_U8), dtype('a', CLASS_ARITHMETIC), dtype('b', CLASS_ARITHMETIC), sameClass('a', 'b'), sameDims('d', 'a'), sameDims('d', 'b'),
  ],
  execute: (machine, { d, op, a, b, s }) => each(machine, d, (index) => {
    const x = machine.read(a, index), y = b && machine.read(b, index);
    const other = b && y ? { format: b.format!, bits: y.bits } : scalarElement(s, a);
    return { bits: noted(machine, compareElements(op, { format: a.format!, bits: x.bits }, other)), known: x.known && (y?.known ?? true) };
  }),
});
