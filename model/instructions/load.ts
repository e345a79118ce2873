//! load: bring a tensor into on-chip memory, with padding and conversion.
import { elementModes, noted, places, ROUNDING } from '../datapath/elementwise.ts';
import { ACC, at, DRAM, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { convertible, convertsOnlyWithFeature, paddedDims } from '../isa/rules.ts';
import { UNIT_DMI } from '../limits.ts';
import { convert } from '../numerics/arithmetic.ts';

export const load = instruction({
  mnemonic: 'load', opcode: 0x40, unit: UNIT_DMI, syntax: 'load {d}, {a}',
  says: 'D = A, element by element; positions in the pads of A give its fill. Different dtypes convert.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [DRAM, SPM], { pads: true })) }),
  copies: ['a'],
  mode: ROUNDING,
  rules: () => [convertsOnlyWithFeature('d', 'a'), convertible('d', 'a'), paddedDims('d', 'a')],
  execute: (machine, { d, a, mode }) => {
    const how = elementModes(machine, mode, d);
    for (const [index, element] of places(machine, d)) {
      const from = index.map((i, axis) => i - a.padLow[axis]!);
      const padding = from.some((i, axis) => i < 0n || i >= a.dims[axis]!);
      if (padding) machine.watch?.tell({ kind: 'note', says: 'a pad of A: its fill' });
      const { bits, known } = padding ? { bits: a.fill, known: true } : machine.read(a, from);
      const moved = a.dtype === d.dtype ? bits : noted(machine, convert({ format: a.format!, bits }, d.format!, how(element)));
      machine.write(d, index, { bits: moved, known });
    }
  },
});
