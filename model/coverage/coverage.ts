//! coverage: counters of a model, fed with retirements, merged from many machines.
import type { RetiredCursor } from '../cursor.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { set } from '../instructions/set.ts';
import { FACT_COUNT, FACT_EVENTS, FACT_VALUES, Frame } from './frame.ts';
import type { CoverageModel } from './model.ts';

export const COVERAGE_SCHEMA = 'systole-coverage/1';
/** Counters as text: those that are not 0 by name, each with the first test that hit it. Bytes depend on nothing but the tests. */
export interface CoverageJson {
  readonly schema: typeof COVERAGE_SCHEMA;
  readonly profile: string;
  readonly model: string;
  /** Labels of the parts that were merged; those without a label are not listed. */
  readonly shards: readonly string[];
  readonly reachable: number;
  readonly hit: number;
  /** [count, first test] by name of the bin. */
  readonly bins: Readonly<Record<string, readonly [number, number]>>;
}

/** Feed it: `begin` for each test, `sample` for each retirement in the order of completion. */
export class Coverage {
  readonly model: CoverageModel;
  /** How often each bin was hit, and the least index of a test that did; Infinity where none did. */
  readonly counts: Float64Array;
  readonly first: Float64Array;
  private shards: readonly string[];
  private readonly frame = new Frame();
  private test = 0;
  /** The greatest test so far, and whether none can have hit a bin before this one's number. */
  private latest = Number.NEGATIVE_INFINITY;
  private isLate = false;
  private reached = 0;

  /** `shard` labels what is counted, so that merging it twice counts it once; without a label every merge adds. */
  constructor(model: CoverageModel, shard = '') {
    this.model = model;
    this.counts = new Float64Array(model.names.length);
    this.first = new Float64Array(model.names.length).fill(Number.POSITIVE_INFINITY);
    this.shards = shard === '' ? [] : [shard];
  }

  begin(test: number): void {
    this.test = test;
    this.isLate = test >= this.latest;
    this.latest = Math.max(this.latest, test);
    this.frame.forget();
  }
  /** `values`: what `valuesOf` says of the record, where a machine stands beside it. */
  sample(record: RetiredCursor, values?: Int32Array): void {
    const { frame, model } = this, { facts } = frame;
    frame.read(record);
    const plan = model.plan(frame.op < 0 ? set.length : frame.op, Math.min(frame.status, 2)), { computed } = plan;
    for (let i = 0; i < computed.length; i++) facts[FACT_COUNT + i] = computed[i]!(frame) + 1;
    this.count(plan.covers, plan.tables);
    if (facts[FACT_EVENTS] !== 0) this.count(plan.onEvents, plan.tables);
    if (values) { facts.set(values, FACT_VALUES); this.count(plan.onValues, plan.tables); }
    frame.remember();
  }
  private count(covers: Int32Array, tables: Int32Array): void {
    const { counts, first, test, isLate, frame: { facts } } = this;
    for (let at = 0; at < covers.length;) {
      let counter = covers[at]!;
      const end = at + 2 + 4 * covers[at + 1]!;
      for (at += 2; at < end; at += 4) counter += tables[covers[at + 3]! + ((facts[covers[at]!]! >>> covers[at + 1]!) & covers[at + 2]!)]!;
      if (counter < 0) continue;
      if (counts[counter]!++ === 0) this.hitFirst(counter, test);
      else if (!isLate && test < first[counter]!) first[counter] = test;
    }
  }
  end(): void { this.frame.forget(); }
  private hitFirst(counter: number, test: number): void {
    this.first[counter] = Math.min(this.first[counter]!, test);
    if (!this.model.unreachable.has(counter)) this.reached++;
  }

  /** Reachable bins that were hit. */
  get hit(): number { return this.reached; }
  get reachable(): number { return this.model.reachable; }
  /** Counters of reachable bins that were never hit, ascending. */
  holes(): number[] {
    const found: number[] = [];
    for (let i = 0; i < this.counts.length; i++) if (this.counts[i] === 0 && !this.model.unreachable.has(i)) found.push(i);
    return found;
  }
  /** Bins that a rule was said to forbid and that were hit: mistakes of the model, or of the machine. */
  contradictions(): number[] { return [...this.model.unreachable.keys()].filter((counter) => this.counts[counter]! > 0); }

  /**
   * Adds another one. The order does not matter, and a shard that is already in it changes nothing. Throws Rejected for another model, and
   * where only some of the labelled shards are in both: counts cannot be taken apart again.
   */
  merge(other: Coverage): void {
    if (other.model.hash !== this.model.hash) refuse(`coverage of model ${other.model.hash.slice(0, 12)} and of ${this.model.hash.slice(0, 12)} have different bins`);
    const common = other.shards.filter((shard) => this.shards.includes(shard));
    if (common.length > 0 && common.length === other.shards.length) return;
    const replaces = common.length > 0 && common.length === this.shards.length;
    if (common.length > 0 && !replaces) refuse(`shards ${common.join(', ')} are in both, others in one only; merge each shard by itself`);
    this.shards = replaces ? other.shards : [...this.shards, ...other.shards].sort();
    this.reached = 0;
    for (let i = 0; i < this.counts.length; i++) {
      this.counts[i] = other.counts[i]! + (replaces ? 0 : this.counts[i]!);
      if (this.counts[i]! > 0) this.hitFirst(i, other.first[i]!);
    }
    // Tests of another one are numbered by somebody else.
    this.latest = Number.POSITIVE_INFINITY;
  }

  toJson(): CoverageJson {
    const { names, hash, profile, reachable } = this.model, bins: Record<string, readonly [number, number]> = {};
    names.forEach((name, i) => { if (this.counts[i]! > 0) bins[name] = [this.counts[i]!, this.first[i]!]; });
    return { schema: COVERAGE_SCHEMA, profile: profile.name, model: hash, shards: this.shards, reachable, hit: this.hit, bins };
  }
  /** Throws Rejected when it is no coverage of the model; `placeOf` says where in the file the member at a path stands. */
  static fromJson(model: CoverageModel, json: CoverageJson, file = 'coverage', placeOf: (...path: readonly string[]) => Place = () => nowhere): Coverage {
    const { schema, model: hash, bins, shards } = (typeof json === 'object' && json !== null ? json : {}) as Partial<CoverageJson>;
    if (schema !== COVERAGE_SCHEMA) refuse(`found schema ${JSON.stringify(schema) ?? 'none'}; allowed is "${COVERAGE_SCHEMA}"`, file, placeOf('schema'));
    if (hash !== model.hash) refuse(`its bins are those of model ${String(hash).slice(0, 12)}, not of ${model.hash.slice(0, 12)}, the one of profile ${model.profile.name} in this version`, file, placeOf('model'));
    if (typeof bins !== 'object' || bins === null || !Array.isArray(shards) || shards.some((shard) => typeof shard !== 'string')) refuse('allowed are bins, an object, and shards, a list of names', file, placeOf());
    const coverage = new Coverage(model), whole = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && (value as number) >= least;
    coverage.shards = [...shards!].sort();
    for (const [name, entry] of Object.entries(bins!)) {
      const counter = model.indexOf.get(name), [count, first] = Array.isArray(entry) ? (entry as unknown[]) : [];
      if (counter === undefined) refuse(`there is no bin "${name}"`, file, placeOf('bins', name));
      if (!whole(count, 1) || !whole(first, 0)) refuse(`bin "${name}" is ${JSON.stringify(entry)}; it is [count from 1 on, first test from 0 on]`, file, placeOf('bins', name));
      coverage.counts[counter!] = count as number;
      coverage.hitFirst(counter!, first as number);
    }
    coverage.latest = Number.POSITIVE_INFINITY;
    return coverage;
  }
}
type Place = Pick<Diagnostic, 'line' | 'column'>;
const nowhere: Place = { line: 0, column: 0 };
function refuse(message: string, file = 'coverage', place = nowhere): never {
  throw new Rejected([{ file, ...place, message }]);
}
