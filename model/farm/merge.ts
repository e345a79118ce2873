//! merge: results of shards as the results of one campaign: the same bytes for any number of shards, in any order, also where one is given twice.
import type { identityFields } from '../campaign/log.ts';
import type { Failure, Results, Span, Times } from '../campaign/results.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { areDisjoint, ascending, common, isWithin, missing, size, spanText, united } from './spans.ts';

/** What a shard left. */
export interface Part {
  /** Its folder, for messages. */
  readonly from: string;
  readonly results: Results;
  readonly times?: Times;
}
export interface Merged {
  readonly results: Results;
  readonly times: Times | undefined;
  /** By the path of a case: the part whose file it is. */
  readonly cases: ReadonlyMap<string, Part>;
}
type CoverageJson = NonNullable<Results['coverage']>;

/** What all shards of a campaign have in common, and what it means where they do not. */
const identity = {
  model: 'another build of the engine', profile: 'another machine', profile_hash: 'another machine of that name', knobs: 'other knobs', seed: 'another seed',
  device: 'another device', against: 'other oracles', count: 'another campaign',
} as const satisfies Readonly<Record<(typeof identityFields)[number], string>>;

export interface MergeOptions {
  /** Counters of shards, at least one, as those of all of them. */
  readonly coverage: (all: readonly CoverageJson[]) => CoverageJson;
  /** Take what is there, though shards are missing. */
  readonly isPartial?: boolean;
}

/** Throws Rejected where the parts are not of one campaign, tell different things of the same tests, or leave tests out. */
export function merge(parts: readonly Part[], { coverage, isPartial = false }: MergeOptions): Merged {
  if (parts.length === 0) throw new Rejected([{ file: 'merge', line: 0, column: 0, message: 'no results are given' }]);
  refuse(strangers(parts));
  const kept = disjoint(ordered(parts)), [first] = kept as [Part, ...Part[]];
  const spans = kept.flatMap(({ results }) => results.spans), { count } = first.results;
  if (!isPartial) refuse(holes(kept, missing(spans, count)));
  const sum = (of: (results: Results) => number): number => kept.reduce((all, { results }) => all + of(results), 0);
  const owners = firstOwners(kept), failures = [...owners].map(([signature, owner]) => failureOf(signature, owner, kept)).sort((a, b) => (a.signature < b.signature ? -1 : 1));
  const counters = kept.map(({ results }) => results.coverage);
  if (counters.some((one) => one === null) && counters.some((one) => one !== null))
    refuse(kept.filter(({ results }) => results.coverage === null).map(({ from }) => told(from, 'counted no coverage, as others did')));
  return {
    results: {
      ...first.results, spans: united(spans, count), programs: sum(({ programs }) => programs), instructions: sum(({ instructions }) => instructions), failures,
      coverage: counters[0] === null ? null : coverage(counters as CoverageJson[]),
    },
    times: timesOf(kept, owners),
    cases: new Map(failures.map((failure) => [failure.case, owners.get(failure.signature)!])),
  };
}

const told = (file: string, message: string): Diagnostic => ({ file, line: 0, column: 0, message });
function refuse(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
}

function strangers([first, ...others]: readonly Part[]): readonly Diagnostic[] {
  return others.flatMap((other) => Object.entries(identity).flatMap(([key, says]) => {
    const [a, b] = [first!, other].map(({ results }) => JSON.stringify(results[key as keyof typeof identity]));
    return a === b ? [] : [told(other.from, `${says}: ${key} is ${short(b!)}, but ${short(a!)} in ${first!.from}`)];
  }));
}
const short = (json: string): string => (/^"[\da-f]{64}"$/.test(json) ? `${json.slice(1, 13)}…` : json);

/** In an order that does not depend on who named them first. */
const ordered = (parts: readonly Part[]): readonly Part[] => {
  const keys = new Map(parts.map((part) => [part, JSON.stringify(part.results)]));
  return [...parts].sort((a, b) => ascending(a.results.spans[0] ?? nowhere, b.results.spans[0] ?? nowhere) || (keys.get(a)! < keys.get(b)! ? -1 : 1));
};
const nowhere: Span = { first: Number.MAX_SAFE_INTEGER, stride: 1, end: 0 };

/** Parts whose tests are all in another one are left out: a shard that ran twice, or one that was merged before. */
function disjoint(parts: readonly Part[]): readonly Part[] {
  const bySpans = new Map<string, Part>(), unlike: Diagnostic[] = [];
  for (const part of parts) {
    const key = JSON.stringify(part.results.spans), before = bySpans.get(key);
    if (before && JSON.stringify(before.results) !== JSON.stringify(part.results)) unlike.push(told(part.from, `ran the tests of ${before.from} and found something else: a run does not depend on its seed alone`));
    if (!before) bySpans.set(key, part);
  }
  refuse(unlike);
  const single = [...bySpans.values()], spansOf = ({ results }: Part): readonly Span[] => results.spans;
  if (areDisjoint(single.flatMap(spansOf))) return single;
  const kept = single.filter((part) => !single.some((other) => other !== part && isWithin(spansOf(part), spansOf(other))));
  refuse(kept.flatMap((part, i) => kept.slice(i + 1).flatMap((other) => {
    const test = common(spansOf(part), spansOf(other));
    return test === undefined ? [] : [told(other.from, `test ${test} is in ${part.from} too, and neither holds all tests of the other; give each test once`)];
  })));
  return kept;
}

const HOLES_SHOWN = 8;
function holes(parts: readonly Part[], left: readonly Span[]): readonly Diagnostic[] {
  const where = parts.length === 1 ? parts[0]!.from : `${parts[0]!.from} and ${parts.length - 1} more`;
  const shown = left.slice(0, HOLES_SHOWN).map((span) => told(where, `${spanText(span)} ${spanText(span).startsWith('tests') ? 'are' : 'is'} missing: ${shardText(span, parts)}`));
  return left.length > HOLES_SHOWN ? [...shown, told(where, `${left.length - HOLES_SHOWN} more such gaps`)] : shown;
}
/** Whose work it was. */
function shardText({ first, stride }: Span, parts: readonly Part[]): string {
  const residue = first % stride, owner = parts.find(({ results }) => results.spans.some((span) => span.stride === stride && span.first % stride === residue));
  const shard = stride === 1 ? 'the campaign' : `shard ${residue + 1}/${stride}`;
  return owner ? `${shard} (${owner.from}) did not come to its end` : `there is nothing of ${shard}`;
}

/** By signature the part that met it first. */
function firstOwners(parts: readonly Part[]): ReadonlyMap<string, Part> {
  const owners = new Map<string, Part>(), at = (part: Part, signature: string): number => own(part, signature)!.first;
  for (const part of parts)
    for (const { signature } of part.results.failures) {
      const before = owners.get(signature);
      if (!before || at(part, signature) < at(before, signature)) owners.set(signature, part);
    }
  return owners;
}
const own = ({ results }: Part, signature: string): Failure | undefined => results.failures.find((failure) => failure.signature === signature);

const failureOf = (signature: string, owner: Part, parts: readonly Part[]): Failure => ({
  ...own(owner, signature)!, count: parts.reduce((sum, part) => sum + (own(part, signature)?.count ?? 0), 0),
});

/** As if all shards had begun together: programs are added, and a bin is covered from the moment on that the first of them has run a test which hits it. */
function timesOf(parts: readonly Part[], owners: ReadonlyMap<string, Part>): Times | undefined {
  const timed = parts.filter((part): part is Timed => part.times !== undefined), all = timed.map(({ times }) => times);
  if (all.length === 0) return undefined;
  const seconds = Math.max(...all.map((one) => one.seconds)), programs = parts.reduce((sum, { results }) => sum + results.programs, 0), covered = whenCovered(timed);
  const moments = [...new Set(all.flatMap(({ series }) => series.map((point) => point.seconds)))].sort((a, b) => a - b);
  let hit = 0;
  return {
    schema: 'systole-times/1', seconds, programs_per_second: seconds > 0 ? Math.round(programs / seconds) : 0,
    series: moments.map((moment) => {
      const points = all.flatMap(({ series }) => series.findLast((point) => point.seconds <= moment) ?? []);
      while (hit < covered.length && covered[hit]! <= moment) hit++;
      return { seconds: moment, programs: points.reduce((sum, point) => sum + point.programs, 0), hit };
    }),
    failures: [...owners].flatMap(([signature, { times }]) => times?.failures.find((one) => one.signature === signature) ?? []),
  };
}
type Timed = Part & { readonly times: Times };

/** The moments at which bins were hit first, in ascending order; of each part by the number of tests that it had run by then. */
function whenCovered(parts: readonly Timed[]): readonly number[] {
  const first = new Map<string, number>();
  for (const { results: { coverage, spans }, times: { series } } of parts) {
    const ran = (test: number): number => spans.reduce((sum, span) => sum + size({ ...span, end: Math.min(span.end, test + 1) }), 0);
    for (const [bin, [, test]] of Object.entries(coverage?.bins ?? {})) {
      const number = ran(test), moment = series.find(({ programs }) => programs >= number)?.seconds ?? Number.POSITIVE_INFINITY;
      first.set(bin, Math.min(moment, first.get(bin) ?? moment));
    }
  }
  return [...first.values()].sort((a, b) => a - b);
}
