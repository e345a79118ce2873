//! wload: load a tile of weights into a slot.
import { at, choice, DRAM, operand, slotNumber, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { notWhen, slotExists, tileFits, weightExists, weightsFromDram } from '../isa/rules.ts';
import { indices, lastDim, product } from '../isa/tensor.ts';
import type { Tensor } from '../isa/view.ts';
import { UNIT_MXU } from '../limits.ts';

const shapeOf = (w: Tensor) => ({ dtype: w.dtype, depth: product(w, 0, w.rank - 1), columns: lastDim(w), form: 0, scales: 0 });

export const wload = instruction({
  mnemonic: 'wload', opcode: 0x60, unit: UNIT_MXU, syntax: 'wload[.{form}] slot {slot}, {a}[, {b}]',
  says: 'The slot takes A by value: its last dim is N, the leading dims flattened are K. Later writes to A do not reach it.',
  fields: {
    slot: at(1, 24, slotNumber), a: at(2, 0, operand('read', [SPM, DRAM])), form: at(2, 24, choice(8, 'dense', 'sparse', 'scaled'), 'dense'),
    b: when('form', [1, 2], at(3, 0, operand('read', [SPM]))),
  },
  rules: [notWhen('form', 'sparse or scaled weights'), weightsFromDram('a'), weightExists('a'), tileFits('a'), slotExists('slot')],
  promise: (machine, { slot, a }) => machine.promise(slot, shapeOf(a)),
  execute: (machine, { slot, a }) => {
    machine.slots[slot] = { ...shapeOf(a), elements: [...indices(a.dims)].map((index) => machine.read(a, index)) };
  },
});
