//! replay: a program with the words it must leave in memory, and the run that compares them.
import { countsOf, instructionsOf } from '../counts.ts';
import type { Device } from '../device.ts';
import { SPACE_DRAM, trapName } from '../limits.ts';
import type { View } from '../programs/view.ts';
import { bytesOf } from '../programs/view.ts';
import type { Written } from '../programs/writer.ts';

/** Bytes that a tensor in DRAM must hold when the program has halted. */
export interface Expected { readonly view: View; readonly expected: Uint8Array }
export interface Replay { readonly program: Written; readonly results: readonly Expected[] }

/** What came of a run: where bytes differ (offsets into each result), and what the machine retired for it. */
export interface Outcome {
  /** Why there are no words to compare, if the program did not halt. */
  readonly failure: string | undefined;
  readonly differing: readonly (readonly number[])[];
  readonly instructions: number;
  readonly macs: number;
}

/** Runs the program and compares every result. */
export function replay(device: Device, image: Uint8Array, { program, results }: Replay): Outcome {
  device.load({ image, memory: program.memory });
  const { status } = device.execute();
  const counts = countsOf(device);
  const failure = status === 'halted' ? undefined : `${status}: trap ${trapName(device.csrRead(0x200))} at pc ${device.csrRead(0x208)}`;
  const differing = results.map(({ view, expected }) => {
    const found = device.read(SPACE_DRAM, bytesOf(view)[0], expected.length);
    return Array.from(expected.keys()).filter((at) => found[at] !== expected[at]);
  });
  return { failure, differing, instructions: Number(instructionsOf(counts)), macs: Number(counts.macs) };
}

/** Integers as little-endian elements of 8 to 64 bits, their upper bits dropped. */
export function littleEndian(values: readonly bigint[], bits: number): Uint8Array {
  const bytes = new Uint8Array((values.length * bits) / 8), words = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    if (bits === 8) words.setUint8(index, Number(BigInt.asUintN(8, value)));
    else if (bits === 16) words.setUint16(index * 2, Number(BigInt.asUintN(16, value)), true);
    else if (bits === 32) words.setUint32(index * 4, Number(BigInt.asUintN(32, value)), true);
    else words.setBigUint64(index * 8, BigInt.asUintN(64, value), true);
  });
  return bytes;
}
