//! replay: a program with the words it must leave in memory, and the run that compares them.
import { countsOf, instructionsOf } from '../counts.ts';
import type { Device } from '../device.ts';
import { SPACE_DRAM, type StatusName, trapName, UNIT_VPU } from '../limits.ts';
import type { View } from '../programs/view.ts';
import { bytesOf } from '../programs/view.ts';
import type { Written } from '../programs/writer.ts';

/** Bytes that a tensor in DRAM must hold when the program has halted. */
export interface Expected { readonly view: View; readonly expected: Uint8Array }
/** Events that the vector unit must count: of these kinds, a mask for each of its instructions, in their order. */
export interface Raised { readonly kinds: readonly number[]; readonly masks: readonly number[] }
export interface Replay { readonly program: Written; readonly results: readonly Expected[]; readonly raised?: Raised }

/** What came of a run: where bytes differ (offsets into each result), and what the machine retired for it. */
export interface Outcome {
  /** Why there are no words to compare, if the program did not halt. */
  readonly failure: string | undefined;
  readonly differing: readonly (readonly number[])[];
  /** Numbers of the vector unit's instructions that count other events than they must, each with what they count. */
  readonly unlike: readonly (readonly [instruction: number, mask: number])[];
  readonly instructions: number;
  readonly macs: number;
}

/** Runs the program and compares every result. */
export function replay(device: Device, image: Uint8Array, { program, results, raised }: Replay): Outcome {
  device.load({ image, memory: program.memory });
  const { status, unlike } = raised ? watched(device, raised) : { status: device.execute().status, unlike: [] };
  const counts = countsOf(device);
  const failure = status === 'halted' ? undefined : `${status}: trap ${trapName(device.csrRead(0x200))} at pc ${device.csrRead(0x208)}`;
  const differing = results.map(({ view, expected }) => {
    const found = device.read(SPACE_DRAM, bytesOf(view)[0], expected.length);
    return Array.from(expected.keys()).filter((at) => found[at] !== expected[at]);
  });
  return { failure, differing, unlike, instructions: Number(instructionsOf(counts)), macs: Number(counts.macs) };
}

/** Runs the program and looks at every record of the vector unit. */
function watched(device: Device, { kinds, masks }: Raised): Pick<Outcome, 'unlike'> & { readonly status: StatusName } {
  const unlike: (readonly [number, number])[] = [], running = device.run();
  let instruction = 0;
  for (;;) {
    const next = running.next();
    if (next.done) return { status: next.value.status, unlike };
    if (next.value.unit !== UNIT_VPU) continue;
    const mask = kinds.reduce((word, kind, bit) => (next.value.event(kind) > 0 ? word | (1 << bit) : word), 0);
    if (mask !== masks[instruction]) unlike.push([instruction, mask]);
    instruction++;
  }
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
