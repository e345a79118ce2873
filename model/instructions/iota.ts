//! iota: count along the last dim.
import { each } from '../datapath/elementwise.ts';
import { ACC, at, operand, source, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_INTEGER, dtype } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { exactInteger } from '../numerics/exact.ts';
import { round } from '../numerics/round.ts';

const wrapping = { round: 'rne', isat: false, fsat: false, ftz: 0, nan: 0n } as const;

export const iota = instruction({
  mnemonic: 'iota', opcode: 0x8e, unit: UNIT_VPU, syntax: 'iota {d}, {start}, {step}',
  says: 'D[.., j] = start + step x j, wrapping to the bits of D.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), start: at(2, 6, source), step: at(3, 6, source) }),
  rules: () => [dtype('d', CLASS_INTEGER)],
  execute: (machine, { d, start, step }) => each(machine, d, (index) => ({
    bits: round(d.format!, exactInteger(BigInt(start) + BigInt(step) * index.at(-1)!), { ...wrapping, observe: machine.watch?.tell }).bits, known: true,
  })),
});
