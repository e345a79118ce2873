//! device: anything that takes a program and yields retirements; tests are written against it, not against one machine.
import type { RetiredCursor } from './cursor.ts';
import type { StatusName } from './limits.ts';
import type { RunOptions } from './machine/options.ts';
import type { Profile } from './machine/profile.ts';
import type { Program, Segment } from './machine/program.ts';

export type { Program, RunOptions, Segment };

export interface End {
  readonly status: StatusName;
  readonly steps: number;
  /** How many instructions were ready at each step where the schedule was asked; empty for the serial run. */
  readonly options: Uint8Array;
}

/** How a run ended, how many records it had, and CRC-32C over those, with digests of what they wrote, and over the state record that it left. */
export interface Digest extends End { readonly records: number; readonly digest: number }

/** An instruction that was captured or fetched and has not acted. */
export interface Pending { readonly unit: number; readonly seq: bigint; readonly pc: number; readonly words: readonly number[] }

export interface Device {
  readonly name: string;
  readonly profile: Profile;
  /** Power-on: memories UNKNOWN, everything else zero. */
  reset(): void;
  /** Reset, lay the segments and the image into memory, launch. What does not fit throws Rejected and changes nothing. */
  load(program: Program): void;
  /** Run without records. */
  execute(options?: RunOptions): End;
  /**
   * Run and yield one reused cursor per retirement, with `batches` one for all records of a look; memory may be read between records when `ring` is 1. The machine has one run at a time:
   * another `run`, `execute` or `digest`, `load`, `reset` and `restore` end it, and its generator then gives no record but an End with status `budget`
   * and the steps that it took. A generator that is left alone costs nothing: the machine stands where the last step left it.
   */
  run(options?: RunOptions): Generator<RetiredCursor, End>;
  /** Run, and one number for all that the run shows: what `run` would yield is summed up in place of being yielded. */
  digest(options?: RunOptions): Digest;
  /** Bytes that do not exist throw Rejected, here and in `known` and `write`. */
  read(space: number, address: number, byteCount: number): Uint8Array;
  /** 1 for each byte that is known, 0 for UNKNOWN. */
  known(space: number, address: number, byteCount: number): Uint8Array;
  /** Write as the host does: the bytes become known. */
  write(space: number, address: number, bytes: Uint8Array): void;
  /** The host's 32-bit window: machine manual, section 12. Offsets and values count modulo 2^32. */
  csrRead(offset: number): number;
  csrWrite(offset: number, value: number): void;
  /** What waits in the queues, oldest first, then the sequencer's next instruction unless it has ended. */
  pending(): readonly Pending[];
  /** Architectural state, equal bytes on every device. */
  snapshot(): Uint8Array;
  /** Of that the state record alone: registers, descriptors, modes, semaphores, counters, whatever is no queue, slot or memory. */
  state(): Uint8Array;
  /** What no machine of the profile can have written throws Rejected and changes nothing. */
  restore(snapshot: Uint8Array): void;
}
