//! code: instructions while a program grows, before anyone knows where they will stand, and the image they end in.
import { DESCRIPTOR_WORDS, IMAGE_HEADER_BYTES, IMAGE_MAGIC, INSTRUCTION_BYTES, VERSION_MAJOR, VERSION_MINOR } from '../encoding';
import {
  BLOCK, BLOCKS, CONSTANT_HASHES, CONSTANT_LIST, CONSTANTS, copyFew, COUNT, CURRENT, DESCRIBED, DESCRIPTORS, fillFew, FIX_LIST, FIXES, FORMS, IMAGE, IS_MOVED, PADS, PCS, PLACED, setWord, setWordAt, TEXT,
  word, wordAt,
} from './room';

/** Forms of instructions: the host lays down an opcode and the places of up to five fields for each, in this order. */
export const NOP: i32 = 0, ALU: i32 = 1, TCOPY: i32 = 2, TLOAD: i32 = 3, TSET: i32 = 4, NSET: i32 = 5, FENCE: i32 = 6, WAIT: i32 = 7, POST: i32 = 8;
const FORM_WORDS: i32 = 8, FIX_BYTES: usize = 24, DESCRIPTOR_BYTES: usize = 64;
/** Fields whose bits are known at the end only. */
export const FIX_PC: i32 = 0, FIX_LENGTH: i32 = 1, FIX_CONSTANT: i32 = 2, FIX_COUNT: i32 = 3, FIX_IMAGE: i32 = 4, FIX_LAST_BLOCK: i32 = 5, FIX_ANY_BLOCK: i32 = 6;

/** Nothing is written yet. */
export function clear(): void {
  setWord(COUNT, 0);
  setWord(CURRENT, 0);
  setWord(BLOCKS, 1);
  setWord(FIXES, 0);
  setWord(DESCRIBED, 0);
  setWord(CONSTANTS, 0);
}
/** An instruction at the end of the current block; its number comes back. */
export function push(w0: i32, w1: i32, w2: i32, w3: i32): i32 {
  const at = word(COUNT), to = TEXT + (<usize>at << 4);
  store<i32>(to, w0);
  store<i32>(to, w1, 4);
  store<i32>(to, w2, 8);
  store<i32>(to, w3, 12);
  setWordAt(BLOCK, at, word(CURRENT));
  setWord(COUNT, at + 1);
  return at;
}
/** One of a form, its fields in order. Values have no bits outside their fields. */
export function put(form: i32, a: i32, b: i32 = 0, c: i32 = 0, d: i32 = 0, e: i32 = 0): i32 {
  const places = FORMS + (<usize>(form * FORM_WORDS) << 2), at = push(wordAt(places, 0), 0, 0, 0), to = TEXT + (<usize>at << 4);
  add(to, wordAt(places, 1), a);
  add(to, wordAt(places, 2), b);
  add(to, wordAt(places, 3), c);
  add(to, wordAt(places, 4), d);
  add(to, wordAt(places, 5), e);
  return at;
}
/** Bits of a field into words; its place is 32 x word + low. */
@inline export function add(words: usize, place: i32, bits: i32): void {
  const at = words + (<usize>(place >>> 5) << 2);
  store<i32>(at, load<i32>(at) | (bits << (place & 31)));
}
/** The place of field `i` of a form. */
@inline export function placeIn(form: i32, i: i32): i32 { return wordAt(FORMS + (<usize>(form * FORM_WORDS) << 2), 1 + i); }

/** The bits of a mask, in a word of an instruction, are known at the end; `by` is subtracted. */
export function fix(at: i32, which: i32, mask: i32, kind: i32, argument: i32, by: i32): void {
  const count = word(FIXES), to = FIX_LIST + <usize>count * FIX_BYTES;
  store<i32>(to, at);
  store<usize>(to, TEXT + (<usize>at << 4) + (<usize>which << 2), 4);
  store<i32>(to, mask, 8);
  store<i32>(to, kind, 12);
  store<i32>(to, argument, 16);
  store<i32>(to, by, 20);
  setWord(FIXES, count + 1);
}
/** A new subroutine, the block of what follows. The one before it comes back. */
export function open(): i32 {
  const before = word(CURRENT), block = word(BLOCKS);
  setWord(CURRENT, block);
  setWord(BLOCKS, block + 1);
  return before;
}
/** The last instruction of the current block. */
export function last(): i32 {
  let at = word(COUNT) - 1;
  while (wordAt(BLOCK, at) != word(CURRENT)) at--;
  return at;
}

/** Writes a descriptor behind those that are kept: words of a list, the base apart. Its address comes back. */
export function described(list: usize, base: i32, high: i32): usize {
  const to = DESCRIPTORS + <usize>word(DESCRIBED) * DESCRIPTOR_BYTES;
  copyFew(to, list, DESCRIPTOR_BYTES);
  store<i32>(to, base, 4);
  store<i32>(to, high, 8);
  return to;
}
export function keepDescribed(): void { setWord(DESCRIBED, word(DESCRIBED) + 1); }
/** In which words two descriptors differ: a bit for each. */
export function differences(one: usize, other: usize): i32 {
  return differing(one, other, 0) | (differing(one, other, 16) << 4) | (differing(one, other, 32) << 8) | (differing(one, other, 48) << 12);
}
@inline function differing(one: usize, other: usize, at: usize): i32 { return i32x4.bitmask(i32x4.ne(v128.load(one + at), v128.load(other + at))); }
/** Index of a constant, a descriptor that is kept; equal ones are shared. Hashes stand by themselves, so that four of them are looked at together. */
export function constant(at: usize, hash: i32): i32 {
  const count = word(CONSTANTS), wanted = i32x4.splat(hash);
  for (let i = 0; i < count; i += 4) {
    for (let alike = i32x4.bitmask(i32x4.eq(v128.load(CONSTANT_HASHES + (<usize>i << 2)), wanted)); alike != 0; alike &= alike - 1) {
      const index = i + ctz(alike);
      if (index < count && differences(constantAt(index), at) == 0) return index;
    }
  }
  setWordAt(CONSTANT_HASHES, count, hash);
  setWordAt(CONSTANT_LIST, count, <i32>at);
  setWord(CONSTANTS, count + 1);
  return count;
}
@inline function constantAt(index: i32): usize { return <usize>wordAt(CONSTANT_LIST, index); }

/** The image, where the host finds it; its bytes come back. `padded`: PADS says how many `nop` go before each instruction, in the order in which they stand. */
export function build(padded: bool): usize {
  const count = place(padded), constants = word(CONSTANTS), text = <usize>(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * count), first = (text + 63) & ~63;
  const bytes = first + DESCRIPTOR_BYTES * <usize>constants;
  for (let i = 0; i < word(FIXES); i++) mend(FIX_LIST + <usize>i * FIX_BYTES, count, first, bytes);
  fillFew(IMAGE, <usize>IMAGE_HEADER_BYTES, 0);
  store<u32>(IMAGE, IMAGE_MAGIC);
  store<u32>(IMAGE, (VERSION_MAJOR << 16) | VERSION_MINOR, 4);
  store<u32>(IMAGE, <u32>bytes, 8);
  store<u32>(IMAGE, count, 12);
  if (!word(IS_MOVED)) memory.copy(IMAGE + <usize>IMAGE_HEADER_BYTES, TEXT, <usize>(INSTRUCTION_BYTES * count));
  else spread(count);
  fillFew(IMAGE + text, first - text, 0);
  for (let i = 0, to = IMAGE + first; i < constants; i++, to += DESCRIPTOR_BYTES) copyFew(to, constantAt(i), DESCRIPTOR_BYTES);
  return bytes;
}
/** Where each instruction stands, block by block; how many there are with all `nop`. */
function place(padded: bool): u32 {
  const blocks = word(BLOCKS), count = word(COUNT);
  setWord(IS_MOVED, blocks > 1 || padded ? 1 : 0);
  let pc = count;
  if (blocks > 1 || padded) {
    pc = 0;
    for (let block = 0, index = 0; block < blocks; block++) {
      for (let at = 0; at < count; at++) {
        if (wordAt(BLOCK, at) != block) continue;
        if (padded) pc += wordAt(PADS, index++);
        setWordAt(PCS, at, pc++);
      }
    }
  }
  setWord(PLACED, pc);
  return <u32>pc;
}
@inline function pcOf(at: i32): i32 { return word(IS_MOVED) ? wordAt(PCS, at) : at; }
function mend(at: usize, count: u32, first: usize, bytes: usize): void {
  const own = load<i32>(at), to = load<usize>(at, 4), mask = load<i32>(at, 8), kind = load<i32>(at, 12), argument = load<i32>(at, 16), blocks = <u32>bytes >>> 6;
  let value = 0;
  if (kind == FIX_CONSTANT) value = <i32>first + 64 * argument;
  else if (kind == FIX_PC) value = pcOf(argument);
  else if (kind == FIX_LENGTH) value = pcOf(argument) - pcOf(own);
  else if (kind == FIX_COUNT) value = <i32>count + argument;
  else if (kind == FIX_IMAGE) value = <i32>bytes + argument;
  else if (kind == FIX_LAST_BLOCK) value = 64 * <i32>(blocks - 1);
  else value = 64 * <i32>(<u32>argument % blocks);
  // The lowest bit of a mask says how far its field is shifted.
  store<i32>(to, (load<i32>(to) & ~mask) | (((value - load<i32>(at, 20)) * (mask & -mask)) & mask));
}
/** Instructions to their places, `nop` between them. */
function spread(count: u32): void {
  const text = IMAGE + <usize>IMAGE_HEADER_BYTES, nop = wordAt(FORMS, 0), own = word(COUNT);
  if (<i32>count > own) for (let at: u32 = 0; at < count; at++) {
    const to = text + (<usize>at << 4);
    store<u64>(to, <u64><u32>nop);
    store<u64>(to, 0, 8);
  }
  for (let at = 0; at < own; at++) {
    const to = text + (<usize>wordAt(PCS, at) << 4);
    v128.store(to, v128.load(TEXT + (<usize>at << 4)));
  }
}
