//! schedules: byte strings that pick among ready instructions: random ones, and all of them for small programs.
import type { Device, Program } from '../device.ts';
import { type Observed, observe } from './compare.ts';
import { random } from './random.ts';

/** Random choices by seed; longer runs fall back to the oldest instruction. */
export function randomSchedule(seed: number, length = 4096): Uint8Array {
  const next = random(seed);
  return Uint8Array.from({ length }, () => next() & 255);
}

/** Every schedule of a program, depth first over the choices that runs were offered; at most `most` of them. Says whether that was all. */
export function everySchedule(device: Device, program: Program, queueDepth: number, most: number, visit: (run: Observed) => void): boolean {
  let prefix: number[] = [];
  for (let runs = 0; runs < most; runs++) {
    const run = observe(device, program, { schedule: Uint8Array.from(prefix), queueDepth });
    visit(run);
    const taken = Array.from(run.options, (_, i) => prefix[i] ?? 0);
    let last = taken.length - 1;
    while (last >= 0 && taken[last]! + 1 >= run.options[last]!) last--;
    if (last < 0) return true;
    prefix = [...taken.slice(0, last), taken[last]! + 1];
  }
  return false;
}
