//! words: every instruction there is with a few bits of it turned over, one after the other: what is reserved traps, what is a field does what it says.
import type { Program } from '../device.ts';
import { set } from '../instructions/set.ts';
import { encode, type Words } from '../isa/codec.ts';
import type { Definition } from '../isa/instruction.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES } from '../limits.ts';
import { mixed, random, type Random } from '../verify/random.ts';
import type { Bench } from './bench.ts';
import { directedProgram } from './directed.ts';

/** Registers, tensors and tokens of all kinds, then the place of the instruction, twice so that what is kept from one time to the next is used. */
const prelude = directedProgram('words', `
  t = spm s8 [2,4] at 0x40     u = spm s8 [2,4] at 0x80     v = spm fp32 [4] at 0x100     w = spm s32 [1] at 0x140     x = dram s8 [2,4] at 0x2000     y = acc s32 [2,4] at 0 stride [16,1]
  s1 = 3     s2 = -5     s3 = 0x44     s4 = 70000     s5 = 1     s6 = 0x7fffffff     s7 = 0x80000000     s8 = 2     s16 = 9     p1 = s1 == 3     p4 = s1 == 3
  fill t, 7     fill u, 9     fill w, 2     post m1, 3     post m2, 2     post m32, 1
  loop 2 {
    nop
    s30 = s30 + s1 }
  halt 1`);
const place = placeOf(prelude.program.image), STEPS = 60, HEAD_BITS = 32, WORD_BITS = 128;

/** As many forms of one instruction as `count` says. */
export const forms = (definition: Definition, count: number, seed: number) => (bench: Bench, program: Program): void => {
  const image = program.image.slice(), base = encode(definition, {});
  for (let i = 0; i < count; i++) {
    const next = random(mixed(seed, i)), words = [...base] as [number, number, number, number];
    for (let flips = i < WORD_BITS ? 1 : 1 + (next() % 4); flips > 0; flips--) turn(words, i < WORD_BITS ? i : bitOf(definition, next));
    put(image, place, words);
    bench.device.load({ ...program, image });
    if (i % 3 === 0) bench.run({ budget: STEPS });
    else bench.execute({ budget: STEPS });
    bench.final();
  }
};
/** Every form that codes and flags give an instruction, each with every bit of its last words turned over that its fields may be in. */
export const eachForm = (definition: Definition) => (bench: Bench, program: Program): void => {
  const image = program.image.slice(), chosen = Object.entries(definition.fields).filter(([name, field]) => (field.kind === 'choice' || field.kind === 'flag') && conditional(definition, name));
  const forms = chosen.reduce<readonly Readonly<Record<string, number>>[]>((all, [name, field]) => all.flatMap((one) => Array.from({ length: Math.min(2 ** field.width, 5) }, (_, code) => ({ ...one, [name]: code }))), [{}]);
  for (const form of chosen.length ? forms : []) {
    for (const bit of [-1, ...LAST_BITS]) {
      const words = [...encode(definition, {})] as [number, number, number, number];
      for (const [name, code] of Object.entries(form)) { const { word, low, width } = definition.fields[name]!; words[word] = ((words[word]! & ~((2 ** width - 1) << low)) | (code << low)) >>> 0; }
      if (bit >= 0) turn(words, bit);
      put(image, place, words);
      bench.device.load({ ...program, image });
      bench.run({ budget: STEPS });
      bench.note(bench.device.csrRead(0x200));
    }
  }
};
/** Every instruction where its predicate passes over it, and with each bit turned over: what is passed over is refused all the same. */
export const passedOver = (definition: Definition) => (bench: Bench, program: Program): void => {
  const image = program.image.slice(), base = encode(definition, { predicate: 1, negate: true });
  for (let bit = 0; bit < WORD_BITS; bit++) {
    const words = [...base] as [number, number, number, number];
    turn(words, bit);
    put(image, place, words);
    bench.device.load({ ...program, image });
    bench.execute({ budget: STEPS });
    bench.final();
  }
};
/** The upper bits of the second and third word, and all of the fourth. */
const LAST_BITS = [...Array.from({ length: 8 }, (_, i) => 56 + i), ...Array.from({ length: 8 }, (_, i) => 88 + i), ...Array.from({ length: 32 }, (_, i) => 96 + i)];
const conditional = ({ fields }: Definition, name: string): boolean => Object.values(fields).some(({ when }) => when?.some(({ field }) => field === name));
const turn = (words: number[], bit: number): void => { words[bit >> 5] = (words[bit >> 5]! ^ (1 << (bit & 31))) >>> 0; };

/** A bit of a field, of the head, or any. */
function bitOf({ fields }: Definition, next: Random): number {
  const own = Object.values(fields), field = own[next() % Math.max(1, own.length)];
  if (!field || next() % 5 === 0) return next() % (next() % 2 ? HEAD_BITS : WORD_BITS);
  return 32 * field.word + field.low + (next() % Math.min(field.width, next() % 2 ? 3 : 32));
}

/** Where the only `nop` of the program stands, which keeps its place when others become one. */
function placeOf(image: Uint8Array): number {
  const view = new DataView(image.buffer, image.byteOffset), nop = encode(set.find(({ mnemonic }) => mnemonic === 'nop')!, {});
  for (let at = IMAGE_HEADER_BYTES; ; at += INSTRUCTION_BYTES) if (nop.every((word, i) => view.getUint32(at + 4 * i, true) === word)) return at;
}
function put(image: Uint8Array, at: number, words: Words): void {
  const view = new DataView(image.buffer, image.byteOffset);
  words.forEach((word, i) => { view.setUint32(at + 4 * i, word, true); });
}

/** What each of these trials starts from, and all instructions of the set, those of machines to come too. */
export const wordsOf = { program: prelude.program, instructions: prelude.instructions, definitions: set };
