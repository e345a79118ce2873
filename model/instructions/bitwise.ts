//! bitwise: logic on the bits of integers.
import { each } from '../datapath/elementwise.ts';
import { ACC, at, choice, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_INTEGER, dtype, sameDims, sameType } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const bitwise = instruction({
  mnemonic: 'bitwise', opcode: 0x84, unit: UNIT_VPU, syntax: 'bitwise.{op} {d}, {a}, {b}',
  says: 'D = A op B on the bits; andnot is A and not B.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, 'and', 'or', 'xor', 'andnot')), a: at(2, 0, operand('read', [SPM, ACC])),
    b: at(3, 0, operand('read', [SPM, ACC])),
  }),
  rules: () => [dtype('d', CLASS_INTEGER), sameType('d', 'a'), sameType('d', 'b'), sameDims('d', 'a'), sameDims('d', 'b')],
  execute: (machine, { d, op, a, b }) => each(machine, d, (index) => {
    const { bits: x, known: xKnown } = machine.read(a, index), { bits: y, known: yKnown } = machine.read(b, index);
    const bits = { and: x & y, or: x | y, xor: x ^ y, andnot: x & ~y }[op];
    return { bits, known: xKnown && yKnown };
  }),
});
