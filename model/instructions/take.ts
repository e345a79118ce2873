//! take: collect elements by index along the last dim.
import { each } from '../datapath/elementwise.ts';
import { ACC, at, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_TAKE_INDEX, dtype, sameType, takeDims } from '../isa/rules.ts';
import { EVENT_INDEX, UNIT_VPU } from '../limits.ts';
import { unpackInteger } from '../numerics/exact.ts';

export const take = instruction({
  mnemonic: 'take', opcode: 0x90, unit: UNIT_VPU, syntax: 'take {d}, {a}, {b}',
  says: 'D[.., j] = A[.., B[.., j]]; an index outside the last dim of A gives the fill of A and counts `index`.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC], { picks: { by: 'b', dim: 'last' } })), b: at(3, 0, operand('read', [SPM, ACC], { definite: true })),
  }),
  copies: ['a'],
  rules: () => [dtype('b', CLASS_TAKE_INDEX), sameType('d', 'a'), takeDims('d', 'a', 'b')],
  execute: (machine, { d, a, b }) => each(machine, d, (index) => {
    const from = unpackInteger(b.format!, machine.read(b, index).bits);
    if (from >= 0n && from < a.dims.at(-1)!) return machine.read(a, [...index.slice(0, -1), from]);
    machine.note(EVENT_INDEX);
    machine.watch?.tell({ kind: 'note', says: `index ${from} is outside the last dim of A: its fill` });
    return { bits: a.fill, known: true };
  }),
});
