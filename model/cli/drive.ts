//! drive: a run in slices, so that signals, a limit on instructions and a progress line work on a program that never ends.
import { Script } from 'node:vm';
import { once } from '../isa/cached.ts';
import { countsOf, instructionsOf } from '../counts.ts';
import { looked, type RetiredCursor } from '../cursor.ts';
import type { Device, End, RunOptions } from '../device.ts';
import type { StatusName } from '../limits.ts';
import type { Schedule } from './schedule.ts';

export interface DriveOptions {
  readonly schedule: Schedule;
  /** Retired instructions after which the run ends. */
  readonly maxInstructions?: number | undefined;
  readonly watchdog?: number | undefined;
  readonly digests?: boolean;
  /** Records between two looks. */
  readonly ring?: number | undefined;
  /** Which retirements are looked at, and whether at all of a look at once: as in RunOptions. */
  readonly records?: RunOptions['records'];
  readonly batches?: boolean;
  readonly onRecord?: ((record: RetiredCursor) => void) | undefined;
  /** Called between slices. */
  readonly onSlice?: ((instructions: number) => void) | undefined;
}
export interface Driven {
  readonly status: StatusName | 'max-instructions';
}
/** Like `onRecord`, and false where it has seen enough. */
interface Looking {
  readonly look: (record: RetiredCursor) => boolean;
}

/** Steps of the first slice, and how long one should take: a limit on instructions or a line of progress comes between two. */
const STEPS_FIRST = 64,
  STEPS_MAX = 2 ** 24,
  SCHEDULED_STEPS_MAX = 2 ** 16,
  SLICE_MS = 20;
/** Between turns of the event loop: short for SIGTERM, which waits for one, and long for Ctrl-C, which node may forget around one. */
const TURN_MS = 500;
const goesOn: readonly StatusName[] = ['budget', 'ring-full', 'choices'];

/** Run until the device rests or the limit is reached; or, undefined, until `look` has seen enough. */
export function drive(device: Device, options: DriveOptions): Promise<Driven>;
export function drive(device: Device, options: DriveOptions & Looking): Promise<Driven | undefined>;
export async function drive(device: Device, options: DriveOptions & Partial<Looking>): Promise<Driven | undefined> {
  const { schedule, maxInstructions = Number.POSITIVE_INFINITY, watchdog = 0, digests = false, ring, records = 'all', batches = false, onRecord, onSlice } = options,
    look = options.look ?? (onRecord && ((record: RetiredCursor) => { onRecord(record); return true; }));
  const slice = (most: number): End | undefined => {
    const bytes = schedule.next(most, device),
      all = { budget: most, watchdog, digests, records, batches, ...(bytes ? { schedule: bytes } : {}), ...(ring === undefined ? {} : { ring }) };
    const end = look ? looked(device.run(all), look) : device.execute(all);
    if (end) schedule.consume(end.options.length);
    return end;
  };
  const most = schedule.isLooking ? 1 : schedule.next(0) ? SCHEDULED_STEPS_MAX : STEPS_MAX;
  let steps = Math.min(most, STEPS_FIRST);
  const { driven } = await inTurns((): { readonly driven: Driven | undefined } | undefined => {
    // A step retires at most one instruction, so a budget of what is left never goes beyond the limit.
    const left = maxInstructions - Number(instructionsOf(countsOf(device)));
    if (left <= 0) return { driven: { status: 'max-instructions' } };
    const started = milliseconds(),
      end = slice(Math.min(steps, left)),
      took = milliseconds() - started;
    if (!end) return { driven: undefined };
    if (!goesOn.includes(end.status)) return { driven: { status: end.status } };
    steps = Math.round(Math.min(most, Math.max(1, Math.min(4 * steps, (steps * SLICE_MS) / Math.max(0.01, took)))));
    onSlice?.(Number(instructionsOf(countsOf(device))));
    return undefined;
  });
  return driven;
}

/**
 * Repeats an act until it has a result. Node hears signals between turns of its event loop only. Inside a script of its vm module Ctrl-C stops
 * any loop at once, also in WebAssembly and in a single instruction on 2^31 elements; but node takes the process's own listeners away
 * meanwhile, and forgets a signal that comes as it does so or as it gives them back: some 0.1 ms, more on a busy machine.
 */
export async function inTurns<Result>(act: () => Result | undefined): Promise<Result> {
  const repeated = (): Result | undefined => {
    for (const until = milliseconds() + TURN_MS; ; ) {
      const result = act();
      if (result !== undefined || milliseconds() >= until) return result;
    }
  };
  for (;;) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    withTurn[TURN] = repeated;
    const result = turn().runInThisContext({ breakOnSigint: true }) as Result | undefined;
    if (result !== undefined) return result;
  }
}
/** Where the script finds the act. A context of its own would hand it over as well, and takes half a millisecond to make (measured, bench/works/start.ts). */
const TURN = Symbol.for('systole.turn'),
  withTurn = globalThis as { [TURN]?: () => unknown },
  turn = once(() => new Script(`globalThis[Symbol.for('${TURN.description}')]()`));

/** A clock that only goes forward. Asking `performance` for it would load what measures everything else too. */
export function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return 1000 * seconds + nanoseconds / 1e6;
}
