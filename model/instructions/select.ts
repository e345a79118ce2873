//! select: one of two elements by a mask.
import { each } from '../datapath/elementwise.ts';
import { ACC, at, bareRequired, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_U8, dtype, sameDims, sameType } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const select = instruction({
  mnemonic: 'select', opcode: 0x83, unit: UNIT_VPU, syntax: 'select {d}, {a}, {b} with {c}',
  says: 'D = A where the mask C is not zero, else B; bits are copied.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])), b: at(3, 0, operand('read', [SPM, ACC])),
    c: at(3, 24, bareRequired('read', [SPM, ACC])),
  }),
  copies: ['a', 'b'],
  rules: () => [dtype('c', CLASS_U8), sameType('d', 'a'), sameType('d', 'b'), sameDims('d', 'a'), sameDims('d', 'b'), sameDims('d', 'c')],
  execute: (machine, { d, a, b, c }) => each(machine, d, (index) => {
    const mask = machine.read(c!, index), chosen = machine.read(mask.bits !== 0n ? a : b, index);
    return { bits: chosen.bits, known: chosen.known && mask.known };
  }),
});
