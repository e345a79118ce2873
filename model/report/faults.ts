//! faults: seeded faults by class as checks: a class passes where every fault of it is detected, or equivalent by an argument that is told.
import type { Check } from './check.ts';

export interface SeededFault {
  readonly name: string;
  readonly detected: boolean;
  /** Why no program can tell it from what is right. */
  readonly equivalent?: string | undefined;
  /** What it took until it was detected. */
  readonly milliseconds?: number | undefined;
  /** Instructions of the least program that shows it. */
  readonly instructions?: number | undefined;
  /** That program, and the command that runs it. */
  readonly program?: string | undefined;
  readonly replay?: string | undefined;
}
export interface FaultClass {
  /** `catalogue control`, `wasm i32.add`. */
  readonly name: string;
  readonly faults: readonly SeededFault[];
}

export const faultChecks = (classes: readonly FaultClass[]): readonly Check[] => classes.map(({ name, faults }) => {
  const left = faults.filter(({ detected, equivalent }) => !detected && equivalent === undefined), seconds = faults.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0) / 1000;
  const equivalent = faults.filter((one) => one.equivalent !== undefined).length, base: Check = { suite: 'mutants', name: `${name}: ${faults.length} faults`, seconds };
  if (left.length === 0) return base;
  const body = left.flatMap(({ name: fault, program, replay }) => [fault, ...(program === undefined ? [] : [program.trimEnd()]), ...(replay === undefined ? [] : [replay])]);
  return { ...base, failure: { type: `survivors/${name}`, message: `${left.length} of ${faults.length - equivalent} faults that are not equivalent survive`, body: `${body.join('\n')}\n` } };
});
