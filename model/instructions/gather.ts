//! gather: collect rows by index.
import { each } from '../datapath/elementwise.ts';
import { at, DRAM, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_INDEX, dtype, gatherDims, sameType } from '../isa/rules.ts';
import { EVENT_INDEX, UNIT_DMI } from '../limits.ts';
import { unpackInteger } from '../numerics/exact.ts';

export const gather = instruction({
  mnemonic: 'gather', opcode: 0x42, unit: UNIT_DMI, syntax: 'gather {d}, {a}, {b}',
  says: 'D[r, ..] = A[B[r], ..]; an index outside 0 .. V-1 gives the fill of A and counts `index` for each element.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM])), a: at(2, 0, operand('read', [DRAM, SPM], { picks: { by: 'b', dim: 'first' } })), b: at(3, 0, operand('read', [SPM], { definite: true })),
  }),
  copies: ['a'],
  rules: () => [sameType('d', 'a'), dtype('b', CLASS_INDEX), gatherDims('d', 'a', 'b')],
  execute: (machine, { d, a, b }) => each(machine, d, ([row, ...rest]) => {
    const from = unpackInteger(b.format!, machine.read(b, [row!]).bits);
    if (from >= 0n && from < a.dims[0]!) return machine.read(a, [from, ...rest]);
    machine.note(EVENT_INDEX);
    machine.watch?.tell({ kind: 'note', says: `index ${from} is outside A: its fill` });
    return { bits: a.fill, known: true };
  }),
});
