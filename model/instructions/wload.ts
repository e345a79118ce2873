//! wload: load a tile of weights into a slot.
import { at, choice, DRAM, operand, slotNumber, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import {
  besideDims, metadataType, scaledType, scalesFeature, scalesType, slotExists, sparseFeature, tileFits, weightExists, weightsFromDram,
} from '../isa/rules.ts';
import { indices, lastDim, product } from '../isa/tensor.ts';
import { type Cell, FORM_DENSE, FORM_SCALED, FORM_SPARSE, type Machine, type SlotShape, type Tensor } from '../isa/view.ts';
import { UNIT_MXU } from '../limits.ts';

const forms: Readonly<Record<string, number>> = { dense: FORM_DENSE, sparse: FORM_SPARSE, scaled: FORM_SCALED };
const shapeOf = (w: Tensor, name: string, b: Tensor | undefined): SlotShape => {
  const form = forms[name]!, rows = product(w, 0, w.rank - 1);
  return { dtype: w.dtype, depth: form === FORM_SPARSE ? 2n * rows : rows, columns: lastDim(w), form, scales: form === FORM_SCALED ? b!.dtype : 0 };
};
const cellsOf = (machine: Machine, t: Tensor): Cell[] => [...indices(t.dims)].map((index) => machine.read(t, index));

export const wload = instruction({
  mnemonic: 'wload', opcode: 0x60, unit: UNIT_MXU, syntax: 'wload[.{form}] slot {slot}, {a}[, {b}]',
  says: 'The slot takes A by value: its last dim is N, the leading dims flattened are K. Later writes to A do not reach it. sparse: A has two of '
    + 'each four rows, bits 1:0 and 3:2 of an element of B [K/4, N] are their places. scaled: B [ceil(K/block), N] scales blocks of 32 (e8m0) or 16 (ue4m3).',
  fields: () => ({
    slot: at(1, 24, slotNumber), a: at(2, 0, operand('read', [SPM, DRAM])), form: at(2, 24, choice(8, 'dense', 'sparse', 'scaled'), 'dense'),
    b: when('form', [1, 2], at(3, 0, operand('read', [SPM]))),
  }),
  copies: ['a', 'b'],
  rules: () => [
    sparseFeature('form'), scalesFeature('b'), weightsFromDram('a'), weightExists('a'), metadataType('form', FORM_SPARSE, 'b'),
    scalesType('form', FORM_SCALED, 'b'), scaledType('form', FORM_SCALED, 'a'), tileFits('a'), besideDims('form', 'a', 'b'), slotExists('slot'),
  ],
  promise: (machine, { slot, a, form, b }) => machine.promise(slot, shapeOf(a, form, b)),
  execute: (machine, { slot, a, form, b }) => {
    machine.slots[slot] = { ...shapeOf(a, form, b), elements: cellsOf(machine, a), beside: b ? cellsOf(machine, b) : [] };
  },
});
