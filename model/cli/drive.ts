//! drive: a run in slices, so that signals, a limit on instructions and a progress line work on a program that never ends.
import { createContext, Script } from 'node:vm';
import { countsOf, instructionsOf } from '../counts.ts';
import type { RetiredCursor } from '../cursor.ts';
import type { Device, End } from '../device.ts';
import type { StatusName } from '../limits.ts';
import type { Schedule } from './schedule.ts';

export interface DriveOptions {
  readonly schedule: Schedule;
  /** Retired instructions after which the run ends. */
  readonly maxInstructions?: number | undefined;
  readonly watchdog?: number | undefined;
  readonly digests?: boolean;
  readonly onRecord?: ((record: RetiredCursor) => void) | undefined;
  /** Called between slices. */
  readonly onSlice?: ((instructions: number) => void) | undefined;
}
export interface Driven {
  readonly status: StatusName | 'max-instructions';
}

/**
 * Steps of the first slice, and how long one should take: short for SIGTERM, which is heard between slices, long enough that its guard
 * (0.1 ms) costs nothing and that Ctrl-C seldom falls into the moment before it, in which node forgets it (`interruptible`).
 */
const STEPS_FIRST = 64,
  STEPS_MAX = 2 ** 24,
  SCHEDULED_STEPS_MAX = 2 ** 16,
  SLICE_MS = 100;
const goesOn: readonly StatusName[] = ['budget', 'ring-full', 'choices'];

/** Run until the device rests or the limit is reached. */
export async function drive(device: Device, options: DriveOptions): Promise<Driven> {
  const { schedule, maxInstructions = Number.POSITIVE_INFINITY, watchdog = 0, digests = false, onRecord, onSlice } = options;
  const slice = (most: number): End => {
    const bytes = schedule.next(most),
      all = { budget: most, watchdog, digests, ...(bytes ? { schedule: bytes } : {}) };
    const end = onRecord ? recorded(device, all, onRecord) : device.execute(all);
    schedule.consume(end.options.length);
    return end;
  };
  let budget = 0;
  // Every slice is guarded, since a single instruction may go through 2^31 elements.
  const guarded = interruptible(() => slice(budget)),
    most = schedule.next(0) ? SCHEDULED_STEPS_MAX : STEPS_MAX;
  for (let steps = STEPS_FIRST; ; ) {
    // A step retires at most one instruction, so a budget of what is left never goes beyond the limit.
    const left = maxInstructions - Number(instructionsOf(countsOf(device)));
    if (left <= 0) return { status: 'max-instructions' };
    budget = Math.min(steps, left);
    await turn();
    const started = performance.now(),
      end = guarded(),
      took = performance.now() - started;
    if (!goesOn.includes(end.status)) return { status: end.status };
    steps = Math.round(Math.min(most, Math.max(1, Math.min(4 * steps, (steps * SLICE_MS) / Math.max(0.01, took)))));
    onSlice?.(Number(instructionsOf(countsOf(device))));
  }
}

/** A turn of the event loop, in which signals are heard. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

function recorded(device: Device, options: Parameters<Device['run']>[0], onRecord: (record: RetiredCursor) => void): End {
  const running = device.run(options);
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
    onRecord(next.value);
  }
}

/**
 * Node hears signals between turns only. Inside a script of its vm module Ctrl-C stops any loop at once, also in WebAssembly, but one that
 * was not yet heard is forgotten when the script begins, since node takes the process's own listeners away meanwhile: a turn goes before
 * each. What comes in the microseconds between the two is still lost, and the user presses again.
 */
export function interruptible<Result>(act: () => Result): () => Result {
  const context = createContext({ act }),
    script = new Script('act()');
  return () => script.runInContext(context, { breakOnSigint: true }) as Result;
}
