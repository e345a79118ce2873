//! engine-dots: every kind of dot kernel, of every pair of formats, in both builds against the specification: any view, dense, sparse, scaled.
import { expect, test } from 'vitest';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../model/limits.ts';
import type { Closed } from '../model/machine/closed.ts';
import { formatByName } from '../model/numerics/format.ts';
import { countingProfile, countingTriples, dotProfile, dotTriples } from './dot-cases.ts';
import { kernelModules } from './kernel-bench.ts';
import { act, below, between, chance, close, descriptor, devices, many, next, pick, reseed, totals } from './kernel-cases.ts';
import { runs } from './runs.ts';

const modules = kernelModules(1);
let d = devices(modules, dotProfile);

type Form = 'dense' | 'sparse' | 'scaled';
const product = (dims: readonly number[]): number => dims.reduce((p, dim) => p * dim, 1);

/** wload of a tile, then a multiplication that fits it, by any kernel of the triple. */
function multiplication(mnemonic: 'mm' | 'mdw', forms: readonly Form[], triples = dotTriples, wanted?: readonly string[], deep = false): Closed | undefined {
  const { activation, weight, accumulator, dots } = pick(triples), form = pick(forms), slot = below(4);
  const columns = pick([1, 2, 3, 8, 15, 16, 17, 20, 24]), scale = pick(['e8m0', 'ue4m3']), block = scale === 'e8m0' ? 32 : 16;
  const taps = deep ? [pick([32, 64, 70])] : chance(60) ? [pick([1, 2, 3, 4, 7, 8, 16, 17, 32, 33, 64, 70])] : [between(1, 3), between(1, 4)];
  if (form === 'sparse') taps[taps.length - 1] = 4 * pick([1, 2, 3, 4, 8]);
  const depth = product(taps), rows = form === 'sparse' ? depth / 2 : depth;
  const beside = form === 'sparse' ? descriptor(d, SPACE_SPM, 'u4', [depth / 4, columns], 'source')
    : form === 'scaled' ? descriptor(d, SPACE_SPM, scale, [Math.ceil(depth / block), columns], 'source') : undefined;
  const w = close(d, 'wload', { a: descriptor(d, deep ? SPACE_SPM : pick([SPACE_SPM, SPACE_DRAM]), weight, [rows, columns], 'source'), b: beside }, { slot, form });
  if (!w) return undefined;
  act(d, w);
  const outer = Array.from({ length: between(1, mnemonic === 'mdw' ? 2 : 3) }, () => between(1, 5)), count = product(outer);
  if (outer.length + taps.length + Number(mnemonic === 'mdw') > 5) return undefined;
  const dims = [...outer, ...taps, ...(mnemonic === 'mdw' ? [columns] : [])], leading = chance(60) ? outer : [count];
  const acc = descriptor(d, SPACE_ACC, accumulator, [...leading, columns], 'rows'), a = descriptor(d, SPACE_SPM, activation, dims, 'source');
  const scaled = form === 'scaled', b = scaled ? descriptor(d, SPACE_SPM, scale, [...(chance(50) ? outer : [count]), Math.ceil(depth / block)], 'source') : undefined;
  const asked = wanted ? [...dots.keys()].filter((i) => wanted.includes(dots[i]!)) : [...dots.keys()];
  const mode = [(below(2) << 3) | (pick(asked) << 12), 0, 0];
  return close(d, mnemonic, { acc, a, b }, { slot, mRank: outer.length, op: pick(['set', 'add']), ...(mnemonic === 'mm' ? { scaled } : {}) }, mode);
}

test('mm by every kernel is what the specification says, on any view', () => {
  reseed(31);
  totals.fill(0);
  many(d, runs(27), () => multiplication('mm', ['dense']));
  expect(totals[1]! > 10 && totals[2]! > 10, `overflow, nan: ${totals}`).toBe(true);
}, 600_000);

test('mm of sparse and of scaled weights', () => {
  reseed(32);
  many(d, runs(14), () => multiplication('mm', ['sparse', 'scaled']));
}, 600_000);

test('mdw, dense and sparse', () => {
  reseed(33);
  many(d, runs(10), () => multiplication('mdw', ['dense', 'dense', 'sparse']));
}, 600_000);

test('moderate numbers, which the fast paths take', () => {
  reseed(34);
  const floats = dotTriples.filter(({ activation }) => formatByName(activation).width >= 8);
  many(d, runs(17), () => {
    for (const space of [SPACE_SPM, SPACE_ACC]) {
      const size = space === SPACE_SPM ? dotProfile.spmBytes : dotProfile.accBytes, high = pick([0x3c, 0x3e, 0x30, 0x40]);
      const data = Uint8Array.from({ length: size }, (_, i) => (i % 2 ? high + (next() & 0x83) : next() & 255));
      d.machine.memories[space]!.write(0, data);
      for (const engine of d.engines) engine.write(space, 0, data);
    }
    return multiplication('mm', ['dense'], floats);
  });
}, 600_000);

test('windows whose sums leave 32 bits, and those at the ends of the exponents', () => {
  reseed(35);
  const full = ['hopper', 'blackwell8', 'half', 'ampere'], wide = dotTriples.filter(({ activation, dots }) =>
    ['fp16', 'bf16', 'tf32', 'e4m3', 'e5m2'].includes(activation) && dots.some((name) => full.includes(name)));
  const words = [[0xff, 0x3f], [0xff, 0xbf], [0xff, 0x7b], [0x7f, 0x7f], [0x01, 0x00], [0xff, 0x03], [0x3f, 0x3f], [0x7e, 0x77], [0x80, 0x00], [0x00, 0x10]];
  many(d, runs(27), () => {
    const deep = chance(60);
    for (const space of [SPACE_SPM, SPACE_ACC]) {
      const size = space === SPACE_SPM ? dotProfile.spmBytes : dotProfile.accBytes, word = pick(deep ? words.slice(0, 2) : words), other = chance(50) ? word : pick(words);
      const rare = pick([0, 0, 3]), data = Uint8Array.from({ length: size }, (_, i) => (chance(rare) ? other : word)[i % 2]!);
      d.machine.memories[space]!.write(0, data);
      for (const engine of d.engines) engine.write(space, 0, data);
    }
    return multiplication('mm', ['dense'], wide, full, deep);
  });
}, 600_000);

test('fused windows of more rows than go together, exponents within 64 binades and farther apart, zeros and what is out of the ordinary among them', () => {
  reseed(37);
  const kernels = ['hopper', 'blackwell8', 'half', 'ampere'], triples = dotTriples.filter(({ dots }) => dots.some((name) => kernels.includes(name)));
  many(d, runs(40), () => {
    const [first, span] = pick([[112, 20], [80, 110], [100, 66], [100, 64], [124, 1]] as const), rare = pick([0, 0, 0, 1]), zeros = pick([0, 20]);
    const half = (): number => (chance(rare) ? next() & 0xffff : chance(zeros) ? (next() & 1) << 15 : ((next() & 1) << 15) | ((first + below(span)) << 7) | (next() & 127));
    for (const space of [SPACE_SPM, SPACE_ACC]) {
      const data = new Uint8Array(Uint16Array.from({ length: (space === SPACE_SPM ? dotProfile.spmBytes : dotProfile.accBytes) / 2 }, half).buffer);
      d.machine.memories[space]!.write(0, data);
      for (const engine of d.engines) engine.write(space, 0, data);
    }
    const { activation, weight, accumulator, dots } = pick(chance(50) ? triples.filter(({ activation }) => activation === 'bf16') : triples), rows = between(1, 40), depth = pick([1, 5, 16, 17, 32, 40]), columns = pick([3, 16, 20]), slot = below(4);
    const w = close(d, 'wload', { a: descriptor(d, SPACE_SPM, weight, [depth, columns], 'source'), b: undefined }, { slot, form: 'dense' });
    if (!w) return undefined;
    act(d, w);
    const acc = descriptor(d, SPACE_ACC, accumulator, [rows, columns], 'rows'), a = descriptor(d, SPACE_SPM, activation, [rows, depth], 'source');
    const mode = [pick([...dots.keys()].filter((i) => kernels.includes(dots[i]!))) << 12, 0, 0];
    return close(d, 'mm', { acc, a, b: undefined }, { slot, mRank: 1, op: pick(['set', 'add']), scaled: false }, mode);
  });
}, 600_000);

test('a machine that counts every event counts what is lost in alignment and what is invalid', () => {
  reseed(36);
  d = devices(modules, countingProfile);
  many(d, runs(20), () => multiplication('mm', ['dense', 'dense', 'sparse', 'scaled'], countingTriples));
}, 600_000);
