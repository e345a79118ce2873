//! scan: running sums and maxima along the last dim.
import { elementModes, isWanted, noted, ROUNDING } from '../datapath/elementwise.ts';
import { ACC, at, choice, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, dtype, sameClass, sameDims } from '../isa/rules.ts';
import { indices } from '../isa/tensor.ts';
import { UNIT_VPU } from '../limits.ts';
import { scan as run } from '../numerics/reduce.ts';

export const scan = instruction({
  mnemonic: 'scan', opcode: 0x8d, unit: UNIT_VPU, syntax: 'scan.{op} {d}, {a}',
  says: 'D[.., j] = sum or maximum of A[.., 0 .. j], ascending.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, 'sum', 'max')), a: at(2, 0, operand('read', [SPM, ACC])) }),
  mode: ROUNDING,
  rules: () => [dtype('d', CLASS_ARITHMETIC), dtype('a', CLASS_ARITHMETIC), sameClass('d', 'a'), sameDims('d', 'a')],
  execute: (machine, { d, op, a, mode }) => {
    const how = elementModes(machine, mode, d), length = a.dims.at(-1)!;
    let first = -length;
    const rows = a.rank === 1 ? [[]] : indices(a.dims.slice(0, -1)), { watch } = machine, reach = watch ? watch.index.at(-1)! + 1n : length;
    for (const row of rows) {
      first += length;
      if (!isWanted(machine, d, row)) continue;
      const start = first, cells = Array.from({ length: Number(reach) }, (_, j) => machine.read(a, [...row, BigInt(j)]));
      let known = true;
      run(op, a.format!, cells.map((cell) => cell.bits), d.format!, (j) => how(start + BigInt(j)), watch?.tell).forEach((result, j) => {
        known &&= cells[j]!.known;
        if (!isWanted(machine, d, [...row, BigInt(j)])) return;
        machine.write(d, [...row, BigInt(j)], { bits: noted(machine, result), known });
      });
    }
  },
});
