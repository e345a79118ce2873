//! index: the verification side of the library: generated programs, and what makes them.
export { program, records, schedule } from './arbitrary.ts';
export { difference, finalDifference, type Observed, observe, observeRun } from './compare.ts';
export { generate, recordsOf } from './generate.ts';
export { breakages, type Broken, type Expected, generateIllegal, unbreakable, withBreakage } from './illegal.ts';
export { generateNearby } from './nearby.ts';
export { readKnobs } from './knob-file.ts';
export { mixed, random, type Random } from './random.ts';
export { type Knobs, type KnobsName, knobs, type RawRecord } from './record.ts';
export { repeated } from './repeated.ts';
export { type Resolved, resolve } from './resolve.ts';
export { everySchedule, randomSchedule } from './schedules.ts';
export { shrink } from './shrink.ts';
export { runnable } from './workshop.ts';
