//! results: what a campaign found, as a file that any number of shards merge into, byte for byte the same; what differs from run to run stands apart.
import type { CoverageJson } from '../coverage/coverage.ts';
import type { Signature } from '../verify/compare.ts';

export const RESULTS_SCHEMA = 'systole-results/1';

/** All programs that fail in one way. */
export interface Failure extends Signature {
  /** The parts above as one text; the key of the list. */
  readonly signature: string;
  /** Index of the first test that failed so, and how many did. */
  readonly first: number;
  readonly count: number;
  /** What differs, in words, in the least program. */
  readonly text: string;
  /** Instructions of the least program. */
  readonly instructions: number;
  /** Its case file, relative to the results. */
  readonly case: string;
}

/** Tests `first`, `first` + `stride`, ... below `end` were run; a campaign of one process has stride 1. */
export interface Span {
  readonly first: number;
  readonly stride: number;
  readonly end: number;
}

/** Equal for equal inputs: no times, rates or paths of a machine. */
export interface Results {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly command: 'fuzz';
  /** SHA-256 of the engine's WebAssembly. */
  readonly model: string;
  readonly profile: string;
  readonly profile_hash: string;
  readonly knobs: string;
  readonly seed: number;
  readonly device: string;
  /** NAME, or NAME:N of one that judges every N-th test. */
  readonly against: readonly string[];
  /** Tests asked for; null where time was the limit. */
  readonly count: number | null;
  /** In ascending order of `first`; what was run, of all shards together. */
  readonly spans: readonly Span[];
  readonly programs: number;
  readonly instructions: number;
  readonly failures: readonly Failure[];
  readonly coverage: CoverageJson | null;
}

/** What a run took; a file of its own. */
export interface Times {
  readonly schema: 'systole-times/1';
  readonly seconds: number;
  readonly programs_per_second: number;
  /** One point every second or so, for plots. */
  readonly series: readonly { readonly seconds: number; readonly programs: number; readonly hit: number }[];
  /** When each was found, in seconds since the start, and how long it took to make it small. */
  readonly failures: readonly { readonly signature: string; readonly seconds?: number; readonly milliseconds: number; readonly evaluations: number; readonly instructions: number }[];
}

/** Before the name of a fault of the catalogue: the device that has it in it, which a campaign has to find. */
export const CANARY = 'fault:';
/** The fault of a canary, and whether anything was found; undefined where the device is none. */
export const canaryOf = ({ device, failures }: Results): { readonly fault: string; readonly found: boolean } | undefined => (device.startsWith(CANARY) ? { fault: device.slice(CANARY.length), found: failures.length > 0 } : undefined);
/** In words, what is a failure of the campaign though no program differs: nothing was run, or a canary was not found. */
export function missed(results: Results): string | undefined {
  const canary = canaryOf(results);
  if (!canary && results.programs === 0 && !isLeftOut(results)) return 'no program was run, so that nothing is known';
  return canary && !canary.found ? `the fault ${canary.fault}, which has to be found, is not found in ${results.programs} program${results.programs === 1 ? '' : 's'}` : undefined;
}

/** Of many shards the last ones may have no tests. */
const isLeftOut = ({ spans, count }: Results): boolean => count !== null && spans.length > 0 && spans.every(({ first }) => first >= count);

/** The file. */
export const resultsText = (results: Results): string => `${JSON.stringify(results, null, 1)}\n`;
export const timesText = (times: Times): string => `${JSON.stringify(times, null, 1)}\n`;
