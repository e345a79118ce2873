//! merge.test: results of shards merge into the results of the campaign: the same bytes for any number of shards, in any order, given once or twice.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Results, Span } from '../model/campaign/results.ts';
import { describe, Rejected } from '../model/failure.ts';
import { merge, type Part } from '../model/farm/merge.ts';
import { readResults } from '../model/farm/read.ts';
import { areDisjoint, common, isWithin, missing, size } from '../model/farm/spans.ts';
import { addedCoverage, resultsOf, shardsOf } from './campaign-results.ts';
import { runs } from './runs.ts';

const COUNT = 1000, part = (results: Results, from = `shard-${results.spans[0]?.first}`): Part => ({ from, results });
const parts = (n: number): readonly Part[] => shardsOf(COUNT, n).map((span) => part(resultsOf(span, COUNT)));
const merged = (all: readonly Part[], isPartial = false): string => JSON.stringify(merge(all, { coverage: (all) => all.reduce(addedCoverage), isPartial }).results);
const shuffled = <Item>(items: readonly Item[], keys: readonly number[]): readonly Item[] => items.map((item, i) => [keys[i % keys.length]! * (i + 1) % 9973, item] as const).sort((a, b) => a[0] - b[0]).map(([, item]) => item);
function complaints(act: () => unknown): readonly string[] {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof Rejected) return error.diagnostics.map(describe);
    throw error;
  }
}
const whole = JSON.stringify(resultsOf({ first: 0, stride: 1, end: COUNT }, COUNT));

test('1, 4 and 32 shards merge into the bytes of the campaign that was not split', () => {
  for (const n of [1, 4, 32, 1000]) expect(merged(parts(n)), `${n} shards`).toBe(whole);
});

test('merging does not ask for the order of the shards, and a shard that is given twice counts once', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.array(fc.integer({ min: 1, max: 9972 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 7 }), (n, keys, again) => {
    const all = parts(n), twice = all.filter((_, i) => i % 8 < again).map(({ results }) => part(results, 'again'));
    expect(merged(shuffled([...all, ...twice], keys))).toBe(whole);
  }), { numRuns: runs(30) });
});

test('what was merged in part merges on, also with a shard that is in it', () => {
  const all = parts(6), some = part(JSON.parse(merged(all.slice(0, 3), true)) as Results, 'some');
  expect(merged([some, ...all.slice(3)])).toBe(whole);
  expect(merged([all[5]!, some, all[3]!, all[0]!, all[4]!])).toBe(whole);
});

test('a failure is told by the test that met it first, and its case is that shard\'s', () => {
  const { results, cases } = merge(shuffled(parts(8), [5]), { coverage: (all) => all.reduce(addedCoverage) });
  for (const { first, case: path } of results.failures) expect(cases.get(path)!.results.spans[0]!.first, path).toBe(first % 8);
});

test('what shards have covered by a moment is what all tests cover that they have run by then', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), (n, slow, count) => {
    // Of shard i a test takes 1 + slow * i seconds, and every other one is marked, the last one too.
    const all = shardsOf(count, n).filter((span) => size(span) > 0).map((span, i): Part => {
      const programs = size(span), pace = 1 + slow * i, marks = Array.from({ length: programs }, (_, j) => j + 1).filter((j) => j % 2 === 0 || j === programs);
      return { ...part(resultsOf(span, count)), times: { schema: 'systole-times/1', seconds: pace * programs, programs_per_second: 1, series: marks.map((j) => ({ seconds: pace * j, programs: j, hit: 0 })), failures: [] } };
    });
    const { times } = merge(all, { coverage: (all) => all.reduce(addedCoverage) });
    for (const { seconds, hit, programs } of times!.series) {
      const ran = all.flatMap(({ results: { spans: [span] }, times }) => Array.from({ length: times!.series.findLast((point) => point.seconds <= seconds)?.programs ?? 0 }, (_, j) => span!.first + span!.stride * j));
      expect([hit, programs]).toEqual([new Set(ran.map((test) => test % 8)).size, ran.length]);
    }
  }), { numRuns: runs(100) });
});

test('missing shards and unfinished ones are told, and nothing is merged', () => {
  const all = parts(4), short = part(resultsOf({ first: 2, stride: 4, end: 700 }, COUNT), 'short');
  expect(complaints(() => merged([all[0]!, all[3]!, short]))).toEqual([
    'shard-0 and 2 more: error: tests 1, 5, .. 997 are missing: there is nothing of shard 2/4',
    'shard-0 and 2 more: error: tests 702, 706, .. 998 are missing: shard 3/4 (short) did not come to its end',
  ]);
  expect(complaints(() => merged([all[0]!, all[3]!, short], true))).toEqual([]);
  expect(complaints(() => merged([part(resultsOf({ first: 0, stride: 1, end: 999 }, COUNT), 'one')]))).toEqual(['one: error: test 999 is missing: the campaign (one) did not come to its end']);
});

test('shards of another build, machine, seed, or campaign are refused, each by its name', () => {
  const [zero, ...others] = parts(2), span = { first: 1, stride: 2, end: COUNT };
  const strange: Partial<Results> = { model: 'c'.repeat(64), profile: 'systole-128', profile_hash: 'd'.repeat(64), knobs: 'nightly', seed: 2, device: 'native', against: ['engine'], count: COUNT + 1 };
  expect(others).toHaveLength(1);
  for (const [key, value] of Object.entries(strange)) {
    const [first, ...more] = complaints(() => merged([zero!, part(resultsOf(span, COUNT, { [key]: value }), 'odd')]));
    expect(first, key).toMatch(new RegExp(`^odd: error: (another|other) .*: ${key} is .*, but .* in shard-0$`));
    expect(more).toEqual([]);
  }
});

test('two shards that tell different things of the same tests are refused, and so are tests that are given twice', () => {
  const [zero, one] = parts(2), other = part({ ...one!.results, instructions: 1 }, 'other');
  expect(complaints(() => merged([zero!, one!, other]))).toEqual([expect.stringMatching(/^(other|shard-1): error: ran the tests of (other|shard-1) and found something else/)]);
  expect(complaints(() => merged([part(resultsOf({ first: 0, stride: 1, end: 600 }, COUNT), 'a'), part(resultsOf({ first: 500, stride: 1, end: COUNT }, COUNT), 'b')]))).toEqual([
    'b: error: test 500 is in a too, and neither holds all tests of the other; give each test once',
  ]);
});

test('where time was the limit, shards may end where they like, but none may lack', () => {
  const all = [0, 1, 2].map((first) => part(resultsOf({ first, stride: 3, end: 100 + 50 * first }, null)));
  expect((JSON.parse(merged(shuffled(all, [3]))) as Results).spans).toEqual(all.flatMap(({ results }) => results.spans));
  expect(complaints(() => merged(all.slice(0, 2)))).toEqual([expect.stringContaining('test 2 is missing: there is nothing of shard 3/3')]);
});

test('sets of tests are what a list of their numbers says they are', () => {
  expect(isWithin([{ first: 0, stride: 2, end: 20 }], [{ first: 10, stride: 1, end: 20 }, { first: 0, stride: 1, end: 10 }])).toBe(true);
  const span = fc.record({ first: fc.integer({ min: 0, max: 12 }), stride: fc.constantFrom(1, 2, 3, 4, 6), end: fc.integer({ min: 0, max: 40 }) });
  const numbers = (spans: readonly Span[]): readonly number[] => spans.flatMap(({ first, stride, end }) => Array.from({ length: size({ first, stride, end }) }, (_, i) => first + i * stride));
  fc.assert(fc.property(fc.array(span, { maxLength: 4 }), fc.array(span, { maxLength: 4 }), fc.integer({ min: 0, max: 40 }), (a, b, count) => {
    const [one, other] = [new Set(numbers(a)), new Set(numbers(b))], least = [...one].filter((test) => other.has(test)).sort((x, y) => x - y)[0];
    expect(numbers(missing(a, count)).toSorted((x, y) => x - y)).toEqual(Array.from({ length: count }, (_, test) => test).filter((test) => !one.has(test)));
    expect([isWithin(a, b), common(a, b), areDisjoint(a)]).toEqual([[...one].every((test) => other.has(test)), least, one.size === numbers(a).length]);
  }), { numRuns: runs(300) });
});

test('a results file that is torn, or of something else, is told at its line, all at once', () => {
  const text = JSON.stringify(JSON.parse(whole), null, 1);
  expect(readResults(text, 'r.json')).toEqual(JSON.parse(whole));
  expect(complaints(() => readResults(text.slice(0, 300), 'r.json')).length).toBeGreaterThan(0);
  const wrong = text.replace('"systole-results/1"', '"systole-results/9"').replace('"seed": 1', '"seed": -1').replace('"stride": 1', '"stride": 0').replace('cases/record-0.json', 'cases/../../passwd.json');
  expect(complaints(() => readResults(wrong, 'r.json')).map((line) => line.replace(/:\d+:\d+:/, ':L:'))).toEqual([
    'r.json:L: error: "schema" is "systole-results/9"; allowed: "systole-results/1"', 'r.json:L: error: "seed" is -1; allowed: a whole number from 0 on',
    'r.json:L: error: "stride" is 0; allowed: a whole number from 1 to 65536', expect.stringContaining('allowed: the path of a file below cases/'),
  ]);
  expect(complaints(() => readResults('{}', 'r.json')).length).toBeGreaterThan(10);
});
