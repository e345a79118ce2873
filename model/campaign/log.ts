//! log: what a campaign has found so far: grows test by test, becomes the results and comes back from them.
import { Defect } from '../failure.ts';
import { type Difference, signatureOf } from '../verify/compare.ts';
import { type Failure, type Results, RESULTS_SCHEMA, type Span, type Times } from './results.ts';

/** What makes two campaigns one: results of equal identity may be continued and merged. */
export type Identity = Pick<Results, 'model' | 'profile' | 'profile_hash' | 'knobs' | 'seed' | 'device' | 'against' | 'count'>;
export const identityFields = ['model', 'profile', 'profile_hash', 'knobs', 'seed', 'device', 'against', 'count'] as const;

/** The least program of a failure and where it is kept; found so many seconds after the campaign began, made small in so many milliseconds. */
export interface Kept { readonly text: string; readonly instructions: number; readonly case: string; readonly seconds: number; readonly milliseconds: number; readonly evaluations: number }

export class Log {
  /** False in the middle of counting a test. */
  isWhole = true;
  programs = 0;
  instructions = 0;
  private readonly identity: Identity;
  private readonly stride: number;
  private readonly first: number;
  private end: number;
  private readonly failures = new Map<string, Failure>();
  private readonly took: Times['failures'][number][] = [];
  private readonly series: Times['series'][number][] = [];

  /** Tests first, first + stride, ... */
  constructor(identity: Identity, first: number, stride: number) {
    this.identity = identity;
    this.first = first;
    this.end = first;
    this.stride = stride;
  }
  /** Goes on where the results end. */
  static after(results: Results): Log {
    const { first, stride, end } = results.spans[0]!, log = new Log(results, first, stride);
    log.programs = results.programs;
    log.instructions = results.instructions;
    log.end = end;
    for (const failure of results.failures) log.failures.set(failure.signature, failure);
    return log;
  }
  get next(): number { return this.end; }
  get signatures(): number { return this.failures.size; }
  get divergences(): number { return [...this.failures.values()].reduce((sum, { count }) => sum + count, 0); }

  /** Was no test seen before that failed in this way? Then `add` needs what was kept of it. */
  isNew(found: Difference | undefined): found is Difference { return found !== undefined && !this.failures.has(signatureOf(found)); }
  /** Counts a test, and a failure of it with it. */
  add(index: number, instructions: number, found: Difference | undefined, kept?: Kept): void {
    this.programs++;
    this.instructions += instructions;
    this.end = index + this.stride;
    if (!found) return;
    const { kind, mnemonic, field, unit } = found, signature = signatureOf(found), known = this.failures.get(signature);
    if (known) this.failures.set(signature, { ...known, count: known.count + 1 });
    else if (kept) {
      this.failures.set(signature, { signature, kind, mnemonic, field, unit, first: index, count: 1, text: kept.text, instructions: kept.instructions, case: kept.case });
      this.took.push({ signature, seconds: Math.round(kept.seconds * 1000) / 1000, milliseconds: Math.round(kept.milliseconds), evaluations: kept.evaluations, instructions: kept.instructions });
    } else throw new Defect(`nothing was kept of ${signature}`);
  }
  /** A point of the plots. */
  mark(seconds: number, hit: number): void { this.series.push({ seconds: Math.round(seconds * 10) / 10, programs: this.programs, hit }); }

  results(coverage: Results['coverage'] = null): Results {
    const span: Span = { first: this.first, stride: this.stride, end: this.end }, { model, profile, profile_hash, knobs, seed, device, against, count } = this.identity;
    return {
      schema: RESULTS_SCHEMA, command: 'fuzz', model, profile, profile_hash, knobs, seed, device, against, count, spans: [span], programs: this.programs,
      instructions: this.instructions, failures: [...this.failures.values()].sort((a, b) => (a.signature < b.signature ? -1 : 1)), coverage,
    };
  }
  times(seconds: number): Times {
    return { schema: 'systole-times/1', seconds: Math.round(seconds * 1000) / 1000, programs_per_second: Math.round(this.programs / Math.max(seconds, 0.001)), series: this.series, failures: this.took };
  }
}
