//! laws-rewritten: other programs that do the same: registers by other numbers, a transfer in pieces, a sum and its shift scaled; and a run cut anywhere.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program } from '../model/device.ts';
import { byOpcode } from '../model/instructions/set.ts';
import { bitsOf, exists } from '../model/isa/codec.ts';
import type { Field } from '../model/isa/field.ts';
import { head } from '../model/isa/instruction.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, SPACE_DRAM, SPACE_SPM } from '../model/limits.ts';
import { defaultImageBase } from '../model/machine/launch.ts';
import { stateLayout } from '../model/machine/state.ts';
import { unpackSnapshot } from '../model/snapshot.ts';
import { observe } from '../model/verify/compare.ts';
import { mixed, type Random, random } from '../model/verify/random.ts';
import type { Resolved } from '../model/verify/resolve.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { devicesOf, holds, knobs, profiles } from './laws-harness.ts';
import { runs } from './runs.ts';

// ---- a run cut anywhere
test.each(['systole-16', 'odd-3x5'])('a snapshot after any step, restored in another machine, goes on to the same end: %s', (name) => {
  const of = profiles[name]!, { oracle, simd, scalar } = devicesOf(of);
  let cuts = 0;
  for (const kind of ['smoke', 'memory', 'sync']) {
    holds(({ program }, seed) => {
      const options = seed % 2 ? { schedule: randomSchedule(seed), queueDepth: 1 + (seed % 4) } : {}, { steps } = observe(simd, program, options), last = Buffer.from(simd.snapshot());
      for (let cut = 0; cut < steps; cut++, cuts++) {
        simd.load(program);
        simd.execute({ ...options, budget: cut });
        const other = [scalar, oracle, simd][cut % 3]!, snapshot = simd.snapshot();
        other.restore(snapshot);
        other.execute({ budget: 100_000 });
        if (Buffer.compare(Buffer.from(other.snapshot()), last) !== 0) return `cut after step ${cut} of ${steps}, ${other.name} ends elsewhere`;
      }
      return undefined;
    }, of, { ...knobs[kind]!, records: 6 }, 1100, runs(1));
  }
  expect(cuts).toBeGreaterThan(runs(30));
});

// ---- other numbers
/** Permutations by letter of the registers, of slots under `slot`. Register 0 means none, or is constant; descriptors from 60 on hold code. */
type Renaming = Readonly<Record<string, readonly number[]>>;
function renaming(next: Random, slots: number, free: readonly number[]): Renaming {
  const permuted = (count: number, numbers: readonly number[]): readonly number[] => {
    const to = Array.from({ length: count }, (_, i) => i), shuffled = [...numbers];
    for (let i = shuffled.length - 1; i > 0; i--) { const j = next() % (i + 1); [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]; }
    numbers.forEach((from, i) => { to[from] = shuffled[i]!; });
    return to;
  };
  const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, i) => from + i);
  return { t: permuted(64, range(0, 60)), s: permuted(32, free), p: permuted(8, range(1, 8)), m: permuted(64, range(1, 64)), n: permuted(4, range(0, 4)), slot: permuted(256, range(0, slots)) };
}
/** The letter of the registers that a field numbers: as it is printed. */
const letterOf = (field: Field): string => /^([spmtn])1$/.exec(field.print(field.decode(1)))?.[1] ?? '';

function renamedWords(words: readonly number[], by: Renaming): readonly number[] {
  const definition = byOpcode.get(words[0]! & 0xff)!, changed = [...words];
  const put = (field: Field, bits: number): void => {
    const mask = (2 ** field.width - 1) * 2 ** field.low;
    changed[field.word] = ((changed[field.word]! & ~mask) | (bits * 2 ** field.low)) >>> 0;
  };
  for (const [field, letter] of [[head.predicate, 'p'], [head.wait, 'm'], [head.post, 'm']] as const) put(field, by[letter]![bitsOf(words, field)]!);
  if (definition.mode.length > 0) put(head.mode, by['n']![bitsOf(words, head.mode)]!);
  for (const field of Object.values(definition.fields)) {
    if (!exists(definition.fields, field, words)) continue;
    const bits = bitsOf(words, field);
    if (field.kind === 'operand') put(field, (bits & ~0x7ff) | by['t']![bits & 63]! | (by['s']![(bits >>> 6) & 31]! << 6));
    else if (field.kind === 'bare') put(field, bits && ((bits & 0x80) | by['t']![bits & 63]!));
    else if (field.kind === 'slot') put(field, by['slot']![bits]!);
    else if (letterOf(field)) put(field, by[letterOf(field)]![bits]!);
  }
  return changed;
}
function renamed(program: Program, words: Resolved['words'], by: Renaming): Program {
  const image = program.image.slice(), view = new DataView(image.buffer);
  words.forEach((four, pc) => { renamedWords(four, by).forEach((word, i) => { view.setUint32(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * pc + 4 * i, word, true); }); });
  return { ...program, image };
}

/** What a program leaves: registers as if they had the names that `by` gives back, memories without the image. */
function left(device: Device, { image, imageBase }: Program, by: Renaming): string {
  const { state, slots, pages } = unpackSnapshot(device.snapshot(), device.profile.hash), { at } = stateLayout, from = imageBase ?? defaultImageBase(device.profile.dramBytes, image.length);
  const list = (name: keyof typeof at, letter: string, words: number, numbers: readonly number[]): string =>
    numbers.map((number) => Buffer.from(state.subarray(at[name] + 4 * words * by[letter]![number]!, at[name] + 4 * words * (by[letter]![number]! + 1))).toString('hex')).join(' ');
  const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i), predicates = new DataView(state.buffer, state.byteOffset).getUint32(at.predicates, true);
  const memory = pages.map(({ space, page, bytes, known }) => {
    const outside = (list: Uint8Array): string => Buffer.from(list.map((byte, i) => (space === SPACE_DRAM && page * 4096 + i >= from && page * 4096 + i < from + image.length ? 0 : byte))).toString('hex');
    return `${space} ${page} ${outside(bytes)} ${outside(known)}`;
  });
  return [
    list('registers', 's', 1, range(32)), list('tensors', 't', 16, range(60)), list('modes', 'n', 8, range(4)), list('semaphores', 'm', 1, range(64)), range(8).map((p) => (predicates >>> by['p']![p]!) & 1).join(''),
    ...range(slots.length).map((slot) => { const held = slots[by['slot']![slot]!]; return held ? Buffer.from(held.elements).toString('hex') : ''; }), ...memory,
  ].join('\n');
}

test.each(['systole-16', 'odd-3x5'])('descriptors, registers, predicates, semaphores, modes and slots by other numbers: the same, under the other names: %s', (name) => {
  const of = profiles[name]!, { simd } = devicesOf(of), same = renaming(() => 0, 0, []), identity: Renaming = Object.fromEntries(Object.entries(same).map(([letter, list]) => [letter, list.map((_, i) => i)]));
  let changed = 0;
  for (const kind of ['smoke', 'sync', 'numerics']) {
    // Semaphores are read by csrr and registers hold arguments by number.
    const by = { ...knobs[kind]!, weights: { ...knobs[kind]!.weights, csrr: 0 } };
    holds((resolved, seed) => {
      const fixed = { ...resolved.program, imageBase: resolved.program.imageBase ?? defaultImageBase(of.dramBytes, resolved.program.image.length) };
      const other = renaming(random(mixed(seed, 3)), of.slotCount, Array.from({ length: 31 }, (_, i) => i + 1).filter((i) => i < 8 || i > 15)), program = renamed(fixed, resolved.words, other), options = seed % 2 ? { schedule: randomSchedule(seed) } : {};
      const plain = observe(simd, fixed), before = left(simd, fixed, identity), { status } = observe(simd, program, options), after = left(simd, program, other);
      changed += Number(Buffer.compare(Buffer.from(program.image), Buffer.from(fixed.image)) !== 0);
      return status === plain.status && after === before ? undefined : `under other numbers it ends ${status}, not ${plain.status}, or elsewhere`;
    }, of, by, 1200, runs(6));
  }
  // A few programs have nothing to rename.
  expect(changed).toBeGreaterThan(2.7 * runs(6));
});

// ---- transfers in pieces
const DIMS = [4, 3, 5] as const, FROM = 0x1000, TO = 0x400, SIZE = 4096;
const transfers: readonly { readonly name: string; readonly from: string; readonly to: string; readonly mode: string; readonly op: string; readonly holds: boolean }[] = [
  { name: 'bytes', from: 's8', to: 's8', mode: '', op: 'load', holds: true },
  { name: 'nibbles', from: 's4', to: 's4', mode: '', op: 'load', holds: true },
  { name: 'converted', from: 'fp32', to: 'fp16', mode: 'round: rd, fsat', op: 'load', holds: true },
  { name: 'converted by chance', from: 'fp32', to: 'fp16', mode: 'round: stochastic', op: 'load', holds: false },
  { name: 'stored', from: 's16', to: 's16', mode: '', op: 'store', holds: true },
  { name: 'stored and added', from: 's32', to: 's32', mode: 'isat', op: 'store.add', holds: true },
];
const bitsBy: Readonly<Record<string, number>> = { s4: 4, s8: 8, s16: 16, fp16: 16, s32: 32, fp32: 32 };
/** One transfer of all rows, or one for each of some runs of rows, in any order. */
function transfer({ from, to, mode, op }: (typeof transfers)[number], pieces: readonly (readonly [number, number])[]): Program {
  const columns = 6, row = DIMS[1] * columns, isStore = op.startsWith('store'), spaces = isStore ? ['spm', 'dram'] : ['dram', 'spm'], at = (type: string, base: number, first: number): number => base + (first * row * bitsBy[type]!) / 8;
  const lines = pieces.flatMap(([first, count]) => [
    `x = ${spaces[0]} ${from} [${count},${DIMS[1]},${DIMS[2]}] at ${at(from, FROM, first)} stride [${row},${columns},1]`, `y = ${spaces[1]} ${to} [${count},${DIMS[1]},${DIMS[2]}] at ${at(to, TO, first)} stride [${row},${columns},1]`, `${op} y, x${mode ? ' mode n0' : ''}`,
  ]);
  return assembled([...(mode ? [`n0 = { ${mode} }`] : []), ...lines, 'fence dmi dmo', 'halt 0'].join('\n')).program;
}
const cuts = (next: Random): readonly (readonly [number, number])[] => {
  const bounds = [0, ...[1, 2, 3].filter(() => next() % 2 === 0), DIMS[0]], list = bounds.slice(1).map((to, i) => [bounds[i]!, to - bounds[i]!] as const);
  return next() % 2 ? list : list.reverse();
};

test.each(transfers)('a transfer in pieces, in any order, moves the same: $name', (one) => {
  const { oracle, simd, scalar } = devicesOf(profiles['systole-16']!);
  let different = 0;
  for (let seed = 0; seed < runs(20); seed++) {
    const next = random(mixed(seed, 17)), pieces = cuts(next), device = [simd, scalar, oracle][seed % 3]!;
    const bytes = Uint8Array.from({ length: 2 * SIZE }, () => next());
    const ends = [[[0, DIMS[0]] as const], pieces].map((list) => {
      const memory = [SPACE_DRAM, SPACE_SPM].map((space) => ({ space, address: 0, bytes })), events = (): readonly number[] => Array.from({ length: 32 }, (_, i) => device.csrRead(0x500 + 4 * i));
      observe(device, { ...transfer(one, list), memory });
      return `${Buffer.from(device.read(SPACE_DRAM, 0, SIZE)).toString('hex')} ${Buffer.from(device.read(SPACE_SPM, 0, SIZE)).toString('hex')} ${one.holds ? events() : ''}`;
    });
    different += Number(ends[0] !== ends[1]);
    if (one.holds) expect(ends[1], `seed ${seed}, pieces ${JSON.stringify(pieces)} on ${device.name}`).toBe(ends[0]);
  }
  // Where it does not hold, some transfer shows it.
  expect(different > 0).toBe(!one.holds);
});

// ---- a sum and its shift
const ROUNDS = ['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd'] as const;
/** 16 sums and a table of one multiplier, through `scale` of a mode: all of it scaled by 2^up, which the shift takes back. */
function shifted(scale: string, round: string, round2: string, sums: readonly number[], [bias, multiplier, shift]: readonly [number, number, number], up: number): Program {
  const rows = Array.from({ length: 16 }, () => `.s32 ${bias * 2 ** up}, ${multiplier}, ${shift - up}, 0`);
  return assembled([
    'x = spm s32 [1,16] at 0', 'd = spm s32 [1,16] at 0x100', 't = spm s32 [16,4] at 0x200', `n0 = { round: ${round}, round2: ${round2}, isat, scale: ${scale} }`, 'scale d, x, table t mode n0', 'halt 0',
    '.data spm 0', `.s32 ${sums.map((sum) => sum * 2 ** up).join(', ')}`, '.data spm 0x200', ...rows,
  ].join('\n')).program;
}
test.each([['fixed', true], ['gemmlowp', false], ['tosa', false]] as const)('integers times 2^n with n more places to shift: %s %s', (scale, holdsThere) => {
  const { oracle, simd, scalar } = devicesOf(profiles['systole-16']!);
  let different = 0;
  for (let seed = 0; seed < runs(70); seed++) {
    const next = random(mixed(seed, 23)), device = [simd, scalar, oracle][seed % 3]!, up = 1 + (next() % 8), round = scale === 'tosa' ? 'rhu' : ROUNDS[seed % ROUNDS.length]!;
    const sums = Array.from({ length: 16 }, () => (next() % 2 ? (next() % 65_536) - 32_768 : (next() % 9) - 4)), table = [(next() % 201) - 100, [0x4000_0000, 0x7fff_ffff, 0x5000_0001][next() % 3]!, -(next() % 12)] as const;
    const ends = [0, up].map((places) => {
      const { status } = observe(device, shifted(scale, round, scale === 'tosa' ? 'rna' : 'rhu', sums, table, places));
      return `${status} ${Buffer.from(device.read(SPACE_SPM, 0x100, 64)).toString('hex')}`;
    });
    different += Number(ends[0] !== ends[1]);
    if (holdsThere) expect(ends[1], `seed ${seed}: ${scale} ${round} 2^${up} of ${sums} by ${table} on ${device.name}`).toBe(ends[0]);
  }
  expect(different > 0).toBe(!holdsThere);
});
