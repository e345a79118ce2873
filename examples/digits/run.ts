//! run: classifies digits on a device by the compiled program, and says what it took.
import { assembled } from '../../model/assembler/assembler.ts';
import { countsOf, instructionsOf } from '../../model/counts.ts';
import type { Device } from '../../model/device.ts';
import { SPACE_DRAM } from '../../model/limits.ts';
import type { Network } from './network.ts';
import { digitsProgram } from './program.ts';
import { greatest } from './reference.ts';

/** What one run gave. Bytes by space: dram, spm, acc. */
export interface DigitsRun {
  /** int8 [images, 10], row-major. */
  readonly logits: Int8Array;
  readonly digits: readonly number[];
  readonly status: string;
  readonly instructions: number;
  readonly macs: number;
  readonly bytes: Readonly<Record<'dram' | 'spm' | 'acc', number>>;
}

/** Compile for the device's profile, load, run to the end. `between` is called between slices and may stop the run by returning false. */
export function runDigits(network: Network, device: Device, images: readonly Uint8Array[], between: () => boolean = () => true): DigitsRun {
  const program = digitsProgram(network, device.profile, images), { program: image } = assembled(program.text, { file: 'digits.s' });
  device.load({ ...image, memory: [...program.memory, ...image.memory] });
  let end = device.execute({ budget: SLICE });
  while (end.status === 'budget' && between()) end = device.execute({ budget: SLICE });
  const logits = new Int8Array(device.read(SPACE_DRAM, program.logitsAddress, program.logitsBytes).buffer);
  const counts = countsOf(device), [dram, spm, acc] = counts.bytes.map(Number) as [number, number, number];
  return {
    logits, digits: images.map((_, i) => greatest(logits.subarray(10 * i, 10 * i + 10))), status: end.status,
    instructions: Number(instructionsOf(counts)), macs: Number(counts.macs), bytes: { dram, spm, acc },
  };
}
/** Steps between two looks at the clock: well below 0.2 s on either device of the engine. */
const SLICE = 5_000;
