//! relaunch: launches of one program on one machine, between which something changes that an instruction was checked under.
import type { Program } from '../device.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES } from '../limits.ts';
import { type Random, random } from '../verify/random.ts';
import type { Bench } from './bench.ts';
import { IMAGE, layDown, region, RING_TAIL } from './host.ts';

/** What changes by the arguments, 0 to 3, or by where the image lies, and the text; each fits a machine of 64 KiB of scratchpad and 128 KiB of DRAM. */
export const relaunched: Readonly<Record<string, string>> = {
  'a mode': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40     p1 = s8 == 1     p2 = s9 == 2
    fill a, 100     fill b, 90
    ?p1 n1 = { isat }     ?p2 n1 = { round: rne }     binary.add a, a, b mode n1     ?p2 n2 = { isat }     binary.sub b, a, b mode n2
    halt 0`,
  'the dims of a descriptor': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x100     s20 = s8 shl 4
    fill a, 3     fill b, 9     a.dim0 = s20     b.dim0 = s20     binary.add a, a, b     p1 = s9 == 1     ?p1 b.base += 1     binary.max a, b, a
    halt 0`,
  'whether descriptors are set at all': `
    p1 = s8 == 1     ?p1 jump on
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40     w = spm s8 [16,16] at 0x100     c = acc s32 [4,16] at 0     x = spm s8 [4,16] at 0
    fill w, 3     fill b, 2     fill a, 1
on: binary.add b, b, a     wload slot 1, w     mm.set c, x, slot 1
    halt 0`,
  'the shape of a slot': `
    a = spm s8 [4,16] at 0x0     w = spm s8 [16,16] at 0x800     v = spm s8 [8,16] at 0xc00     c = acc s32 [4,16] at 0     p1 = s8 == 1     p2 = s9 == 1
    fill a, 3     fill w, 7     fill v, 11
    ?!p2 wload slot 0, w     ?p1 wload slot 0, v     mm.set c, a, slot 0
    halt 0`,
  'what a slot is promised': `
    a = spm s8 [4,16] at 0x0     h = spm s8 [4,8] at 0x400     w = spm s8 [16,16] at 0x800     v = spm s8 [8,16] at 0xc00     c = acc s32 [4,16] at 0     p1 = s8 == 1
    fill a, 3     fill h, 5     fill w, 7     fill v, 11
    wload slot 0, v     mm.set c, h, slot 0     ?p1 jump on     wload slot 0, w     mm.add c, a, slot 0     halt 0
on: mm.add c, a, slot 0
    halt 0`,
  'whether sums overflow': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40     n1 = { isat }     s20 = s8 * 40
    fill a, s20     fill b, s20     binary.add b, b, a mode n1     binary.mul b, b, a mode n1     move a, b
    halt 0`,
  'whether the image lies where it stores': `
    A = dram s8 [64] at 0x4000     a = spm s8 [64] at 0x0
    fill a, 5     store A, a     s20 = s8 * 64     store A[s20], a
    halt 0`,
  'where the image ends': `
    A = dram s8 [64] at 0x4140     a = spm s8 [64] at 0x0     s20 = s9 * 64
    fill a, 5     store A[s20], a     load a, A[s20]
    halt 0`,
  'what regions allow': `
    A = dram s8 [64] at 0x2000     a = spm s8 [64] at 0x0     s20 = s8 shl 12
    fill a, 5     store A, a     load a, A     store A[s20], a
    halt 0`,
  'whether what moves meets what has moved otherwise': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x100     k = spm s8 [1024] at 0x0     s20 = s8 * 80     p1 = s9 == 1     p2 = s9 == 2
    fill k, 1     ?p1 b.base += 40     ?p2 b.dim0 = 64     binary.add a[s20], b, b     binary.add b, a[s20], a
    halt 0`,
  'what is known': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40     u = spm s8 [64] at 0x3000     p1 = s8 == 1     p2 = s9 == 1
    ?!p1 fill a, 1     ?!p2 fill b, 2     move u, a     binary.add a, b, b     binary.add u, a, b
    halt 0`,
  'what it waits for': `
    a = spm s8 [64] at 0x0     b = spm s8 [64] at 0x40     p1 = s8 == 1
    fill a, 1     fill b, 9     post vpu m1, s9     ?!p1 post vpu m2, 1
    binary.add a, a, b wait m1 post m2     binary.add b, b, a wait m2 post m1
    halt 0`,
};

const crowd = (count: number): string => Array.from({ length: count }, (_, i) => `    binary.add b[${16 * (i % 50)}], b[${16 * ((7 * i) % 50)}], a[${16 * (i % 9)}]`).join('\n');
const operands = 'a = spm s8 [16] at 0x0     b = spm s8 [16] at 0x100     w = spm s8 [1024] at 0x0     s2 = 1\n    iota w, s2, s2';
/** More instructions of units than an engine has places for what it prepared, which they take from each other: launch after launch, and round after round, each its own. */
export const crowded: readonly string[] = [`    ${operands}\n${crowd(600)}\n    halt 0`, `    ${operands}\n    loop 6 {\n${crowd(512)}\n    }\n    halt 0`];

const HEADER_BYTES_AT = 8, HEADER_COUNT_AT = 12;
/** The same program in most of the cases, or with something else: arguments, place, bytes and instructions that the header names, one bit of a word, other bytes in memory. */
export function changed(program: Program, next: Random): Program {
  const { image, memory } = program, few = Array.from({ length: 8 }, () => next() % 4);
  switch (next() % 16) {
    case 0: case 1: case 2: case 3: return { ...program, arguments: few };
    case 4: return { ...program, arguments: few.map(() => next()) };
    case 5: case 11: return { ...program, imageBase: IMAGE };
    case 6: return { ...program, imageBase: IMAGE + 64 * (1 + next() % 40) };
    case 7: return headed({ ...program, imageBase: IMAGE }, HEADER_BYTES_AT, 64 * (1 + (next() % 8)));
    case 8: return headed({ ...program, imageBase: IMAGE, arguments: few }, HEADER_COUNT_AT, -1 - (next() % 2));
    case 9: return { ...program, image: withBit(image, next) };
    case 10: return { ...program, memory: memory.map((piece) => ({ ...piece, bytes: piece.bytes.map((byte) => (next() % 8 ? byte : next())) })) };
    default: return program;
  }
}
/** A number of the header is another; what the image grows by is zero. */
function headed(program: Program, at: number, by: number): Program {
  const image = new Uint8Array(program.image.length + Math.max(0, by));
  image.set(program.image);
  const view = new DataView(image.buffer);
  view.setUint32(at, Math.max(1, view.getUint32(at, true) + by), true);
  return { ...program, image };
}
function withBit(image: Uint8Array, next: Random): Uint8Array {
  const other = image.slice(), count = new DataView(image.buffer, image.byteOffset).getUint32(HEADER_COUNT_AT, true);
  other[IMAGE_HEADER_BYTES + (next() % (INSTRUCTION_BYTES * count))]! ^= 1 << (next() % 8);
  return other;
}

const ROUNDS = 20;
/** Launches of a program on a machine, one after the other: changed or not, looked at or not, in pieces or not, by a load or, seldom or mostly, through the ring. */
export const relaunches = (seed: number) => (bench: Bench, program: Program): void => {
  const next = random(seed), { device } = bench, first = seed % 2 ? { ...program, imageBase: IMAGE } : program, pages = Math.ceil(device.profile.dramBytes / 4096), ringIn = seed % 4 < 2 ? 8 : 1;
  for (let round = 0; round < ROUNDS; round++) {
    const one = round < 3 ? first : changed(first, next), byRing = next() % ringIn === 0;
    if (byRing) {
      layDown(device, one, next() % 4 ? [] : [...region(0, 0, 1 + (next() % 5), [1, 2, 3, 7][next() % 4]!), ...region(1, 0, pages, 7)]);
      device.csrWrite(RING_TAIL, 1 + (next() % 3));
    } else device.load(one);
    for (let pieces = next() % 4 ? 0 : next() % 4; pieces >= 0; pieces--) {
      const options = pieces ? { budget: 1 + (next() % 24) } : {};
      if (next() % 2) bench.execute(options);
      else bench.run({ ...options, digests: next() % 2 === 0 });
    }
    bench.final();
  }
};
