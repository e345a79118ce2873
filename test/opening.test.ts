//! opening.test: the tests that a campaign begins with pass on a right engine, whoever judges, and each shows what it is kept for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Campaign } from '../model/campaign/campaign.ts';
import { openingText, readOpening } from '../model/campaign/opening.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { faultBinary, faultNames } from '../model/mutants/catalogue.ts';
import { directedProgram } from '../model/mutants/directed.ts';
import { specification } from '../model/specification.ts';
import { failureOf, judgeBy } from '../model/verify/trial.ts';
import { knobs } from '../model/verify/record.ts';

const path = join(import.meta.dirname, '..', 'golden', 'opening.json'), text = readFileSync(path, 'utf8'), of = profile('systole-16'), opening = readOpening(text, of, path)!;
const shows = (JSON.parse(text) as { readonly programs: readonly { readonly shows: readonly string[] }[] }).programs.map((one) => one.shows), tests = shows.map((_, index) => opening(index)!);
const right = engine(of, { build: 'scalar' });

test('engine, scalar engine and specification agree on all of them, watched or not', () => {
  const device = engine(of), judges = [judgeBy(right), judgeBy(specification(of))];
  expect(tests.length).toBeGreaterThan(60);
  for (const [index, one] of tests.entries()) expect(failureOf(one, device, judges).found?.text, `test ${index}`).toBeUndefined();
}, 120_000);

test('between them they show most of the catalogue, each at least one fault, and soon', () => {
  const shown = shows.flat(), sample = shown.filter((_, i) => i % 7 === 3);
  expect(new Set(shown).size).toBe(shown.length);
  expect(shown.filter((name) => !faultNames.includes(name))).toEqual([]);
  expect(shown.length).toBeGreaterThan(0.8 * faultNames.length);
  expect(Math.min(...shows.map((names) => names.length))).toBeGreaterThan(0);
  for (const name of sample) {
    const binary = faultBinary(name), device = engine(of, { binary });
    expect(failureOf(tests[shows.findIndex((names) => names.includes(name))]!, device, [judgeBy(right)]).found, name).toBeDefined();
  }
}, 120_000);

test('an engine that runs for ever breaks down, and goes on with what it is asked next', () => {
  const device = engine(of, { binary: faultBinary(faultNames[0]!) }), { program } = directedProgram('endless', 'again:\njump again'), { program: next } = directedProgram('next', 'halt 0');
  device.load(program);
  expect(() => device.execute()).toThrow(WebAssembly.RuntimeError);
  device.load(next);
  expect(device.execute().status).toBe('halted');
}, 60_000);

test('an engine whose counts became insane is told from a right one, and not followed', () => {
  const name = 'busy-misses-vector-unit', binary = faultBinary(name), some = tests.filter((_, i) => i % 8 === 0 || shows[i]!.includes(name)), found = some.map((one) => failureOf(one, engine(of, { binary }), [judgeBy(right)]).found?.kind);
  expect(found.filter((kind) => kind !== undefined).length).toBeGreaterThan(0);
}, 60_000);

test('a campaign begins with them and goes on with what is drawn, the same as without them', () => {
  const device = (): Device => engine(of, { binary: faultBinary('predicate-negation-ignored') }), options = { profile: of, knobs: [knobs.sync], seed: 3, device, oracles: [{ oracle: right, every: 1 }] };
  const opened = new Campaign({ ...options, opening }), plain = new Campaign(options), seen = (campaign: Campaign, index: number): unknown => campaign.test(index).judgement.seen?.records.map((record) => [...record]);
  expect(opened.knobsOf(0).name).toBe('opening');
  expect(opened.knobsOf(tests.length).name).toBe('sync');
  expect(seen(opened, tests.length + 5)).toEqual(seen(plain, tests.length + 5));
  const first = shows.findIndex((names) => names.includes('predicate-negation-ignored'));
  expect(opened.test(first).judgement.found).toBeDefined();
});

test('a device that falls over is a finding, wherever it does: watched, or with nobody watching', () => {
  const falling = (door: 'run' | 'execute'): Device => new Proxy(engine(of), {
    get(target, name) {
      if (name === door) return () => { throw new WebAssembly.RuntimeError('memory access out of bounds'); };
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  for (const door of ['run', 'execute'] as const) expect(failureOf(tests[0]!, falling(door), [judgeBy(right)]).found, door).toMatchObject({ kind: 'crash', field: 'memory access out of bounds' });
});

test('a file says what it is for, is written as it is read, and what is none is refused', () => {
  expect(openingText(of, tests.map((trial, i) => ({ shows: shows[i]!, trial })))).toBe(text);
  expect(readOpening(text, profile('systole-int8'), path)).toBeUndefined();
  expect(opening(tests.length)).toBeUndefined();
  expect(() => readOpening(text.slice(0, 1000), of, 'half.json')).toThrow(/half\.json/);
});
