//! reduce: sums, extremes and their places along the last dims.
import { elementModes, noted, places, ROUNDING } from '../datapath/elementwise.ts';
import { ACC, at, choice, count, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, CLASS_S32, dtype, dtypeWhen, reduceDims, sameClassWhen } from '../isa/rules.ts';
import { indices } from '../isa/tensor.ts';
import { UNIT_VPU } from '../limits.ts';
import { orderNames, reduce as combine, reduceNames } from '../numerics/reduce.ts';

export const reduce = instruction({
  mnemonic: 'reduce', opcode: 0x8c, unit: UNIT_VPU, syntax: 'reduce.{op} {d}, {a}, r {r}',
  says: 'D = sum, sum of squares, maximum, minimum, or index of the first extreme over the last r dims of A, in the order of the mode.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, ...reduceNames)), a: at(2, 0, operand('read', [SPM, ACC])),
    r: at(2, 24, count(8, 1, 5)),
  }),
  mode: ['order', ...ROUNDING],
  rules: () => [
    dtype('d', CLASS_ARITHMETIC), dtype('a', CLASS_ARITHMETIC), dtypeWhen('op', 4, 5, 'd', CLASS_S32, 'an index'),
    sameClassWhen('op', 0, 3, 'd', 'a', 'a value'), reduceDims('d', 'a', 'r'),
  ],
  execute: (machine, { d, op, a, r, mode }) => {
    const how = elementModes(machine, mode, d), order = orderNames[mode.order]!, lanes = machine.vpuLanes;
    const inner = a.dims.slice(a.rank - r);
    for (const [index, element] of places(machine, d)) {
      const from = index.slice(0, a.rank - r);
      let known = true;
      // As many as 2^31 - 1: they are read as they are needed.
      const elements = function* (): Generator<bigint> {
        for (const rest of indices(inner)) {
          const cell = machine.read(a, [...from, ...rest]);
          known &&= cell.known;
          yield cell.bits;
        }
      };
      const result = combine(op, a.format!, elements(), d.format!, { ...how(element), order, lanes });
      machine.write(d, index, { bits: noted(machine, result), known });
    }
  },
});
