//! laws-lanes: the engine's fast lanes change nothing: instructions that are done again and again, while all that they depend on changes around them.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { printInstruction } from '../model/assembler/disassembler.ts';
import type { Device, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { byOpcode } from '../model/instructions/set.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, SPACE_SPM, UNIT_DMI, UNIT_VPU } from '../model/limits.ts';
import { type Profile, profile, profileNames } from '../model/machine/profile.ts';
import { type Format, formatByCode } from '../model/numerics/format.ts';
import { specification } from '../model/specification.ts';
import { finalDifference } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { mixed, type Random, random } from '../model/verify/random.ts';
import type { Resolved } from '../model/verify/resolve.ts';
import { knobs, profiles, unwatched } from './laws-harness.ts';
import { runs } from './runs.ts';

/** A program in which each instruction of a unit that waits for nobody is a loop of its own, whose offset registers step meanwhile and are put back. */
function repeated({ words, program }: Resolved, dice: Random): { readonly text: string; readonly program: Program } {
  const lines: string[] = [];
  for (const four of words.slice(0, -1)) {
    const text = printInstruction(four), unit = byOpcode.get(four[0]! & 0xff)!.unit;
    if (typeof unit !== 'number' || unit < UNIT_DMI || unit > UNIT_VPU || /\b(wait|post|irq|trace)\b/.test(text)) { lines.push(text); continue; }
    const registers = dice() % 3 ? [] : [...new Set([...text.matchAll(/\[s(\d+)/g)].map(([, number]) => Number(number)))].filter((number) => number !== 0).slice(0, 2);
    const count = 3 + (dice() % 3), steps = registers.map((register) => ({ register, by: [1, -1, 2, 16, -16, 64][dice() % 6]! }));
    lines.push(`loop ${count} body ${dice() % 4 ? 1 : 2}${steps.length ? ` step ${steps.map(({ register, by }) => `s${register} += ${by}`).join(', ')}` : ''}`);
    if (lines.at(-1)!.includes('body 2')) lines.push(`t${dice() % 64}.dim0 += 0`);
    lines.push(text, ...steps.map(({ register, by }) => `s${register} = s${register} - ${count * by}`));
  }
  while (lines.length % 4 !== (words.length - 1) % 4) lines.push('nop');  // constants keep their alignment
  const added = INSTRUCTION_BYTES * (lines.length + 1 - words.length);
  const text = [...lines.map((line) => line.replace(/(tload t\d+, )(s\d+)?(?: ?([+-]) )?(\d+)?/, (_, head, register, sign, offset) => {
    const moved = (sign === '-' ? -1 : 1) * Number(offset ?? 0) + added;
    return `${head}${register === undefined ? moved : `${register} ${moved < 0 ? '-' : '+'} ${Math.abs(moved)}`}`;
  })), printInstruction(words.at(-1)!)].join('\n');
  const made = assembled(text).program;
  if (!made) throw new Error(`it does not assemble:\n${text}`);
  const constants = program.image.slice(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * words.length), image = new Uint8Array(made.image.length + constants.length);
  image.set(made.image);
  image.set(constants, made.image.length);
  new DataView(image.buffer).setUint32(8, image.length, true);
  return { text, program: { ...program, image } };
}

function machinesOf(of: Profile): { readonly slow: Device; readonly fast: readonly Device[] } {
  return { slow: engine(of, { lanes: 0 }), fast: [engine(of), engine(of, { lanes: 6 }), engine(of, { build: 'scalar' })] };
}

test.each(Object.entries(profiles))('what is done again, with registers that move its operands, is as good as new: %s', (_, of) => {
  const { slow, fast } = machinesOf(of);
  const ends = new Map<string, number>();
  for (let seed = 0; seed < runs(60); seed++) {
    const { text, program } = repeated(generate(seed, of, knobs['straight']!), random(mixed(seed, 7))), expected = unwatched(slow, program);
    ends.set(expected.status, (ends.get(expected.status) ?? 0) + 1);
    for (const device of fast) {
      const found = unwatched(device, program), differs = finalDifference(expected, found);
      if (differs || found.steps !== expected.steps) throw new Error(`seed ${seed}: ${differs?.text ?? `${found.steps} steps against ${expected.steps}`}\n${text}`);
    }
  }
  // Most go on to their end: a law of programs that trap at once would say nothing.
  expect(ends.get('halted') ?? 0).toBeGreaterThan(runs(60) / 10);
});

/** Loops in which what a prepared instruction was checked under changes: shapes of a slot, a mode, a descriptor, knownness, room, distance. */
const changing: readonly (readonly [string, string])[] = [
  ['the shape of a slot', `a = spm s8 [16,16] at 0x0     h = spm s8 [16,8] at 0x400     w = spm s8 [16,16] at 0x800     v = spm s8 [8,16] at 0xc00
acc = acc s32 [16,16] at 0
fill a, 3\nfill h, 5\nfill w, 7\nfill v, 11     ainit.zero acc
loop 5 {\nwload slot 0, w\nmm.add acc, a, slot 0\nwload slot 0, v\nmm.add acc, h, slot 0\n}`],
  ['a mode', `a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40\nfill a, 100\nfill b, 90
s2 = 0\nloop 6 {\nn1 = { isat }\nbinary.add a, a, b  mode n1\nn1 = { round: rne }\nbinary.add a, a, b  mode n1\n}`],
  ['a descriptor', `a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40\nfill a, 1\nfill b, 9
loop 6 {\nbinary.add a, a, b\na.dim0 += -1\nb.dim0 += -1\nb.base += 1\n}`],
  ['that bytes are known', `a = spm s8 [64] at 0x0     b = spm s8 [256] at 0x40     c = spm s8 [64] at 0x400     v = spm s8 [64] at 0x40     u = spm s8 [64] at 0x1000
fill a, 1\nfill v, 9     s2 = 0
loop 3 {\nmove a, v\nbinary.add c, c, a\n}
loop 4 step s2 += 16 {\nmove a, v[s2]\nbinary.add c, a, a\nmove v, a\n}`],
  ['the room behind it', `a = spm s8 [64] at 0x3ff00\nfill a, 1     s2 = 0\nloop 9 step s2 += 64 {\nbinary.add a[s2], a, a\n}`],
  ['the distance of its operands', `a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x100\nfill a, 1\nfill b, 2     s2 = 0\nloop 9 step s2 += 60 {\nbinary.add a[s2], b, b\n}`],
  ['the row that it begins on', `acc = acc s32 [4,16] at 0     a = spm s8 [4,16] at 0     w = spm s8 [16,16] at 0x100\nfill a, 1\nfill w, 2     wload slot 0, w     s2 = 0
loop 3 step s2 += 16 {\nmm.set acc[s2], a, slot 0\n}\nloop 3 step s2 += 8 {\nmm.set acc[s2], a, slot 0\n}`],
];

test.each(changing)('a prepared instruction notices that something else is so: %s', (_, text) => {
  const of = profiles['systole-16']!, { program } = assembled(`${text}\nhalt 0\n`), whole: Program = { image: program.image, memory: [] };
  const { slow, fast } = machinesOf(of), expected = unwatched(specification(of), whole);
  for (const device of [slow, ...fast]) expect(finalDifference(expected, unwatched(device, whole))?.text).toBeUndefined();
});

/** A loop that loads weights from two places in turn and multiplies by them, for each row of the table of a profile: full tiles of arbitrary codes. */
test.each(profileNames().map((name) => profile(name)))('weights and products of every pair of formats are the same again and again: $name', (of) => {
  const { slow, fast } = machinesOf(of), dice = random(7), bytes = (count: number, { width }: Format): number => Math.ceil((count * width) / 8);
  for (const { activation, weight, accumulator, kMax, nMax } of of.triples) {
    const [a, w, c] = [activation, weight, accumulator].map((code) => formatByCode(code)!) as [Format, Format, Format];
    const rows = 4, tile = kMax * nMax, behind = 16 * Math.ceil(bytes(2 * tile, w) / 16);
    const { image } = assembled(`
w = spm ${w.name} [${kMax},${nMax}] at 0
a = spm ${a.name} [${rows},${kMax}] at ${behind}
acc = acc ${c.name} [${rows},${nMax}] at 0 stride [${of.accLanes},1]
ainit.zero acc
loop 5 {
  s2 = s2 xor ${tile}
  wload slot 0, w[s2]
  mm.add acc, a, slot 0
}
halt 0`).program;
    const data = Uint8Array.from({ length: behind + bytes(rows * kMax, a) }, () => dice()), program: Program = { image, memory: [{ space: SPACE_SPM, address: 0, bytes: data }] };
    const expected = unwatched(slow, program), pair = `${a.name} x ${w.name} to ${c.name}`;
    expect([pair, expected.status]).toEqual([pair, 'halted']);
    for (const device of fast) expect([pair, finalDifference(expected, unwatched(device, program))?.text]).toEqual([pair, undefined]);
  }
});
