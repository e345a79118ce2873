//! epilogue: the one pipeline of drain and scale: bias, scale, residual, activation, zero point, clamp, write.
import type { Machine, Mode, Tensor } from '../isa/view.ts';
import { roundNames } from '../numerics/exact.ts';
import { type ActivationName, epilogue, scaleNames } from '../numerics/requantise.ts';
import { elementModes, noted, places } from './elementwise.ts';

/** Mode fields that both instructions capture. */
export const EPILOGUE = ['scale', 'round', 'round2', 'isat', 'fsat', 'daz', 'ftz', 'clamp', 'lo', 'hi', 'zpb', 'zpo'] as const;

export function runEpilogue(
  machine: Machine, d: Tensor, a: Tensor, table: Tensor | undefined, residual: Tensor | undefined, activation: ActivationName, mode: Mode,
): void {
  const modes = elementModes(machine, mode, d), how = {
    scale: scaleNames[mode.scale]!, round2: roundNames[mode.round2]!, zpa: mode.zpa, zpb: mode.zpb, zpo: mode.zpo,
    clamp: mode.clamp ? { lo: BigInt(mode.lo), hi: BigInt(mode.hi) } : undefined,
  };
  for (const [index, element] of places(machine, d)) {
    const x = machine.read(a, index), r = residual && machine.read(residual, index);
    const row = table && [0n, 1n, 2n, 3n].map((word) => machine.read(table, [index.at(-1)!, word]).bits);
    const result = epilogue(
      {
        x: { format: a.format!, bits: x.bits }, activation,
        row: row && { bias: row[0]!, multiplier: row[1]!, shift: row[2]! & 0xffn, slope: row[3]! },
        residual: r && { format: residual!.format!, bits: r.bits },
      },
      d.format!, { ...modes(element), ...how },
    );
    machine.write(d, index, { bits: noted(machine, result), known: x.known && (r?.known ?? true) });
  }
}
