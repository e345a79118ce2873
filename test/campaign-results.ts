//! campaign-results: results, times and cases as a campaign of a known machine leaves them, whole or in shards, made by hand for laws of what reads them.
import { type Failure, RESULTS_SCHEMA, type Results, type Span, type Times } from '../model/campaign/results.ts';
import type { CoverageJson } from '../model/coverage/index.ts';
import { size } from '../model/farm/spans.ts';

/** Which tests fail, and how. */
const ways = [
  { every: 7, at: 3, kind: 'record', mnemonic: 'binary', field: 'digest of operand 0', unit: 'vpu' },
  { every: 11, at: 10, kind: 'memory', mnemonic: '', field: 'dram', unit: '' },
  { every: 997, at: 640, kind: 'crash', mnemonic: '', field: 'unreachable <&> "executed"', unit: '' },
] as const;
export const signatures: readonly string[] = ways.map(({ kind, mnemonic, field, unit }) => `${kind}/${mnemonic}/${field}/${unit}`);

/** What the tests of a span leave: a pure function of their numbers, as of a campaign. */
export function resultsOf(span: Span, count: number | null, more: Partial<Results> = {}): Results {
  const tests = Array.from({ length: size(span) }, (_, i) => span.first + span.stride * i);
  const failures = ways.flatMap((way, i): Failure[] => {
    const found = tests.filter((test) => test % way.every === way.at), { kind, mnemonic, field, unit } = way, [first] = found;
    if (first === undefined) return [];
    return [{ signature: signatures[i]!, kind, mnemonic, field, unit, first, count: found.length, text: `test ${first}: expected <1> & "2"`, instructions: 1 + (first % 3), case: `cases/${kind}-${i}.json` }];
  });
  return {
    schema: RESULTS_SCHEMA, command: 'fuzz', model: 'a'.repeat(64), profile: 'systole-16', profile_hash: 'b'.repeat(64), knobs: 'smoke', seed: 1, device: 'engine', against: ['specification'], count,
    spans: [span], programs: tests.length, instructions: tests.reduce((sum, test) => sum + 1 + (test % 50), 0), failures: failures.sort((a, b) => (a.signature < b.signature ? -1 : 1)),
    coverage: counters(Object.fromEntries(Array.from({ length: 8 }, (_, bin) => [`bin ${bin}`, tests.filter((test) => test % 8 === bin)] as const).filter(([, hits]) => hits.length > 0).map(([name, hits]) => [name, [hits.length, hits[0]!]]))), ...more,
  };
}
const counters = (bins: CoverageJson['bins']): CoverageJson => ({ schema: 'systole-coverage/1', profile: 'systole-16', model: 'c'.repeat(64), shards: [], reachable: 8, hit: Object.keys(bins).length, bins });
/** Counters of the results above: added, and the first hit. */
export function addedCoverage(a: CoverageJson, b: CoverageJson): CoverageJson {
  const names = [...new Set([...Object.keys(a.bins), ...Object.keys(b.bins)])].sort(), of = (one: CoverageJson, name: string): readonly [number, number] => one.bins[name] ?? [0, Number.POSITIVE_INFINITY];
  return counters(Object.fromEntries(names.map((name) => [name, [of(a, name)[0] + of(b, name)[0], Math.min(of(a, name)[1], of(b, name)[1])]])));
}

export const shardsOf = (count: number, n: number): readonly Span[] => Array.from({ length: n }, (_, first) => ({ first, stride: n, end: count }));

export const times: Times = {
  schema: 'systole-times/1', seconds: 12.5, programs_per_second: 800, series: [{ seconds: 1, programs: 800, hit: 300 }, { seconds: 6, programs: 5000, hit: 900 }, { seconds: 12.5, programs: 10000, hit: 1200 }],
  failures: signatures.map((signature, i) => ({ signature, milliseconds: 10 * 4 ** i, evaluations: 100 * (i + 1), instructions: i + 1 })),
};

/** A case file with the parts that reports read. */
export const caseText = (why: string, path: string): string => `${JSON.stringify({
  schema: 'systole-case/2', why, signature: signatures[0], replay: `npx systole replay ${path.split('/').at(-1)} --device engine`, program: ['C = spm s32 [8] at 0x0', 'binary.add t0, t1, t2', 'halt 0'], image_base: null,
}, null, 1)}\n`;
