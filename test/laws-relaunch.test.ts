//! laws-relaunch: whatever ran on a machine before, and whatever changed since, a program does what it does on a machine that keeps nothing of it.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program, RunOptions } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { SPACE_DRAM } from '../model/limits.ts';
import type { Profile } from '../model/machine/profile.ts';
import { COMPLETIONS, IMAGE, layDown, region, RING_TAIL } from '../model/mutants/host.ts';
import { looping } from '../model/mutants/loops.ts';
import { changed, crowded, relaunched } from '../model/mutants/relaunch.ts';
import { difference, type Observed, observeRun, observeUnwatched } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { mixed, type Random, random } from '../model/verify/random.ts';
import { repeated } from '../model/verify/repeated.ts';
import { knobs, profiles } from './laws-harness.ts';
import { runs } from './runs.ts';

/** The engine without lanes, which keeps nothing, and those that do. */
const devicesOf = (of: Profile): readonly Device[] => [engine(of, { lanes: 0 }), engine(of), engine(of, { build: 'scalar' }), engine(of, { threads: 2, sharedWork: 1 })];

type Piece = RunOptions & { readonly watched: boolean };
/** To its end, or in pieces, looked at or not. */
function piecesBy(next: Random): readonly Piece[] {
  const count = next() % 3 ? 1 : 1 + (next() % 5);
  return Array.from({ length: count }, (_, i) => ({ watched: next() % 2 === 0, digests: next() % 2 === 0, records: next() % 3 ? 'all' : 'effects', budget: i + 1 === count ? 20_000 : next() % 60 }) as const);
}
const ends = (device: Device, pieces: readonly Piece[]): readonly Observed[] => pieces.map(({ watched, ...options }) => (watched ? observeRun(device, options) : observeUnwatched(device, options)));

const ways = ['load', 'load', 'load', 'load', 'ring', 'regions', 'launch', 'launch', 'another', 'restore'] as const;
/** Launches on the same machines, one after the other, in any of the ways; `another` makes another program. */
function relaunches(devices: readonly Device[], first: Program, another: (round: number) => Program, rounds: number, next: Random, told: string): void {
  const pages = devices[0]!.profile.dramBytes / 4096, lines: string[] = [];
  let base = first, snapshot: { readonly of: Uint8Array; readonly hasRing: boolean } | undefined, tail = 0, hasRing = false;
  for (let round = 0; round < rounds; round++) {
    const drawn = round < 2 ? 'load' : ways[next() % ways.length]!, way: (typeof ways)[number] = drawn === 'launch' && !hasRing ? 'ring' : drawn, guarded = 1 + (next() % 4), attributes = [1, 2, 3, 7][next() % 4]!, pieces = piecesBy(next);
    if (way === 'another') base = another(round);
    const program = round < 2 ? base : changed(base, next);
    lines.push(way === 'launch' || way === 'restore' ? way : `${way} ${program.arguments?.join(',') ?? ''}`);
    hasRing = way === 'ring' || way === 'regions' || (way === 'restore' && snapshot ? snapshot.hasRing : way !== 'load' && way !== 'another' && hasRing);
    tail = way === 'ring' || way === 'regions' ? 1 + (next() % 2) : tail + 1;
    for (const device of devices) {
      if (way === 'ring') layDown(device, program, []);
      else if (way === 'regions') layDown(device, program, [...region(0, 0, guarded, attributes), ...region(1, 0, pages, 7)]);
      else if (way === 'restore' && snapshot) device.restore(snapshot.of);
      else if (way !== 'launch') device.load(program);
      // Once more without a reset: memories are as they were left.
      if (way === 'ring' || way === 'regions' || way === 'launch') device.csrWrite(RING_TAIL, tail);
    }
    const [slow, ...others] = devices.map((device) => ends(device, pieces)), completions = (device: Device): string => Buffer.from(device.read(SPACE_DRAM, COMPLETIONS, 128)).toString('hex');
    for (const other of others) slow!.forEach((one, i) => expect(difference(one, other[i]!), `${other[i]!.device}, ${told}: ${lines.join('; ')}`).toBeUndefined());
    expect(new Set(devices.map(completions)).size, told).toBe(1);
    if (next() % 3 === 0) snapshot = { of: devices[0]!.snapshot(), hasRing };
  }
}

test.each(['systole-16', 'odd-3x5'])('a program does the same whatever ran before: %s', (name) => {
  const of = profiles[name]!, devices = devicesOf(of), kinds = ['smoke', 'straight', 'numerics', 'sync', 'memory'];
  for (let seed = 0; seed < runs(10); seed++) {
    const drawn = generate(mixed(seed, 52), of, knobs[kinds[seed % kinds.length]!]!);
    const program = seed % 3 === 0 ? drawn.program : seed % 3 === 1 || name !== 'systole-16' ? repeated(drawn, seed) : { image: assembled(looping(seed)).program.image, memory: [] };
    relaunches(devices, program, (round) => generate(mixed(seed, 53 + round), of, knobs['smoke']!).program, 12, random(mixed(seed, 51)), `seed ${seed}`);
  }
});

test.each(Object.entries(relaunched))('nothing is kept that was found out under another state: %s', (what, text) => {
  const devices = devicesOf(profiles['systole-16']!), { image } = assembled(text).program;
  for (let seed = 0; seed < runs(6); seed++) {
    const plain = { image, memory: [], ...(seed % 2 ? { imageBase: IMAGE } : {}) };
    relaunches(devices, plain, () => plain, 40, random(mixed(seed, 57)), `${what}, seed ${seed}`);
  }
});

test.each(crowded)('instructions that are more than the places for them take these from each other, and do the same', (text) => {
  const devices = devicesOf(profiles['systole-16']!), program = { image: assembled(text).program.image, memory: [] };
  for (let round = 0; round < 10; round++) {
    for (const device of devices) device.load(program);
    const [slow, ...others] = devices.map((device) => (round % 5 ? observeUnwatched(device) : observeRun(device, { digests: true })));
    for (const other of others) expect(difference(slow!, other), `${other.device}, round ${round}`).toBeUndefined();
  }
});
