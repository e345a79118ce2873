//! iota: count along the last dim.
import { each } from '../datapath/elementwise.ts';
import { ACC, at, operand, source, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_INTEGER, dtype } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { unpackInteger } from '../numerics/exact.ts';

export const iota = instruction({
  mnemonic: 'iota', opcode: 0x8e, unit: UNIT_VPU, syntax: 'iota {d}, {start}, {step}',
  says: 'D[.., j] = start + step x j, wrapping to the bits of D.',
  fields: { d: at(1, 0, operand('write', [SPM, ACC])), start: at(2, 6, source), step: at(3, 6, source) },
  rules: [dtype('d', CLASS_INTEGER)],
  execute: (machine, { d, start, step }) => each(machine, d, (index) => {
    const value = unpackInteger(d.format!, BigInt(start) + BigInt(step) * index.at(-1)!);
    return { bits: BigInt.asUintN(Number(d.width), value), known: true };
  }),
});
