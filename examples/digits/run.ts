//! run: classifies digits on a device by the compiled program, and says what it took.
import { assembled } from '../../model/assembler/assembler.ts';
import type { Device } from '../../model/device.ts';
import { COUNTER_BYTES, COUNTER_MACS, counterNames, SPACE_DRAM } from '../../model/limits.ts';
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
  const counter = (i: number): number => device.csrRead(0x600 + 8 * i) + device.csrRead(0x604 + 8 * i) * 2 ** 32;
  return {
    logits, digits: images.map((_, i) => greatest(logits.subarray(10 * i, 10 * i + 10))), status: end.status,
    instructions: counterNames.reduce((sum, name, i) => (name.startsWith('retired') || name === 'nullified' ? sum + counter(i) : sum), 0),
    macs: counter(COUNTER_MACS), bytes: { dram: counter(COUNTER_BYTES), spm: counter(COUNTER_BYTES + 1), acc: counter(COUNTER_BYTES + 2) },
  };
}
/** Steps between two looks at the clock: well below 0.2 s on either device of the engine. */
const SLICE = 5_000;
