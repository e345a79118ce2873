//! index: the verification side of the library: generated programs, and what makes them.
export { program, records, schedule } from './arbitrary.ts';
export { generate, recordsOf } from './generate.ts';
export { mixed, random, type Random } from './random.ts';
export { type Knobs, type KnobsName, knobs, type RawRecord } from './record.ts';
export { type Resolved, resolve, runnable } from './resolve.ts';
