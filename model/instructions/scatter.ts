//! scatter: distribute rows by index.
import { elementModes, elementOf, isWanted, noted, ROUNDING } from '../datapath/elementwise.ts';
import { at, choice, DRAM, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, CLASS_INDEX, dtype, dtypeWhen, gatherDims, readableWhen, sameType } from '../isa/rules.ts';
import { indices } from '../isa/tensor.ts';
import { EVENT_INDEX, UNIT_DMO } from '../limits.ts';
import { binary } from '../numerics/arithmetic.ts';
import { unpackInteger } from '../numerics/exact.ts';

export const scatter = instruction({
  mnemonic: 'scatter', opcode: 0x51, unit: UNIT_DMO, syntax: 'scatter[.{op}] {d}, {a}, {b}',
  says: 'D[B[r], ..] = A[r, ..], or D op A, rows ascending; a row whose index is outside 0 .. V-1 is skipped and counts `index` for each element.',
  fields: () => ({
    d: at(1, 0, operand('write', [DRAM, SPM], { updates: 'op', picks: { by: 'b', dim: 'first' } })), a: at(2, 0, operand('read', [SPM])),
    b: at(3, 0, operand('read', [SPM], { definite: true })), op: at(1, 24, choice(8, 'copy', 'add', 'max', 'min'), 'copy'),
  }),
  copies: ['a'],
  mode: ROUNDING,
  rules: () => [
    sameType('d', 'a'), dtype('b', CLASS_INDEX), dtypeWhen('op', 1, 3, 'd', CLASS_ARITHMETIC, 'with a function'), gatherDims('a', 'd', 'b'),
    readableWhen('op', 'd'),
  ],
  execute: (machine, { d, a, b, op, mode }) => {
    const how = elementModes(machine, mode, d), format = d.format!;
    for (const [row, ...rest] of indices(a.dims)) {
      const to = unpackInteger(b.format!, machine.read(b, [row!]).bits);
      if (machine.watch && !isWanted(machine, d, [to, ...rest])) continue;
      const cell = machine.read(a, [row!, ...rest]);
      if (to < 0n || to >= d.dims[0]!) machine.note(EVENT_INDEX);
      else if (op === 'copy') machine.write(d, [to, ...rest], cell);
      else {
        const old = machine.read(d, [to, ...rest]);
        const by = how(elementOf(d.dims, [to, ...rest]));
        const bits = noted(machine, binary(op, { format, bits: old.bits }, { format, bits: cell.bits }, format, by));
        machine.write(d, [to, ...rest], { bits, known: old.known && cell.known });
      }
    }
  },
});
