//! machine: instructions that bring registers, descriptors and modes of the machine where the next instruction needs them.
import { MODE_COUNT, MODE_WORDS, PREDICATE_COUNT, SCALAR_COUNT } from '../encoding';
import { ALU, clear as clearCode, constant, described, differences, fix, FIX_CONSTANT, keepDescribed, NSET, placeIn, put, TCOPY, TLOAD, TSET } from './code';
import { chance, roll } from './dice';
import { NEGATE_LOW, PREDICATE_LOW } from './order';
import {
  ACCESS_COUNT, ARENA, BY_HASH, byteAt, CALLS, CLOCKS, CONTENTS, copyFew, fillFew, FINISHED, HASHES, HEAD, IMM, IS_HELD, IS_MODE_HELD, JUNK, JUNK_MODES, KNOWN, LOOPS, MODES, OTHERS,
  PREDICATES, RECENT, REGIONS, REGISTERS, RS2, setByteAt, setWord, setWordAt, SKIPPED, SLOTS, SLOTS_KNOWN, STEPS, TURN, word, wordAt,
} from './room';

/** Of a predicate that is not known: in loops and behind loads. */
export const UNSURE: i32 = 2;
/** Registers for scalars, four that take turns. */
export const SCRATCH_FIRST: i32 = 16, SCRATCH_COUNT: i32 = 4;
/** Descriptors that tensors use begin here, by depth of loops; the last ones have any content, and nothing uses them. */
export const PLAYGROUND: i32 = 60;
@inline function tensorLow(depth: i32): i32 { return depth == 0 ? 0 : depth == 1 ? 24 : depth == 2 ? 40 : depth == 3 ? 52 : PLAYGROUND; }
const DEPTHS: i32 = 4;

/** As at a launch in an arena; arguments are the host's to set. */
export function begin(arena: usize): void {
  setWord(ARENA, <i32>arena);
  clearCode();
  fillFew(FINISHED, ACCESS_COUNT - FINISHED, 0);
  setWord(ACCESS_COUNT, 0);
  setWord(CLOCKS, 0);
  setWord(REGIONS, 0);
  fillFew(REGISTERS, IS_HELD - REGISTERS, 0);
  fillFew(IS_HELD, <usize>SCALAR_COUNT, 1);
  store<u64>(PREDICATES, 1);
  fillFew(IS_MODE_HELD, <usize>(MODE_COUNT * MODE_WORDS), 1);
  fillFew(MODES, CONTENTS - MODES, 0);
  fillFew(HASHES, SLOTS_KNOWN + 16 - HASHES, 0);
  setWord(RECENT, 0);
  setWord(STEPS, 0);
  setWord(LOOPS, 0);
  setWord(CALLS, 0);
  setWord(TURN, 0);
  setWord(SKIPPED, 0);
  copyFew(KNOWN, <usize>wordAt(arena, KNOWN_FROM), <usize>wordAt(arena, KNOWN_WORDS) << 2);
}
/** Of an arena: where its parts lie; see arena.ts of the host. */
export const KNOWN_FROM: i32 = 0, KNOWN_WORDS: i32 = 1;

// ---- registers
/** A register that holds the value, set to it unless one does; bit s of `used`: not one of those in use. */
export function registerWith(value: i32, used: i32, dice: usize): i32 {
  let found = 0;
  while (found < <i32>SCALAR_COUNT && !(wordAt(REGISTERS, found) == value && byteAt(IS_HELD, found) == 1)) found++;
  if (found < <i32>SCALAR_COUNT && !chance(dice, 20)) return found;
  let s = SCRATCH_FIRST + nextTurn() % SCRATCH_COUNT;
  while ((used & (1 << s)) != 0) s = SCRATCH_FIRST + (s + 1) % SCRATCH_COUNT;
  setRegister(s, value, dice);
  return s;
}
@inline export function nextTurn(): i32 {
  const turn = word(TURN);
  setWord(TURN, turn + 1);
  return turn;
}
export function setRegister(s: i32, value: i32, dice: usize): void {
  sum(value, dice);
  put(ALU, s, 0, 0, word(RS2), word(IMM));
  setWordAt(REGISTERS, s, value);
  setByteAt(IS_HELD, s, 1);
}
/** RS2 and IMM become two that add up to a value. */
export function sum(value: i32, dice: usize): void {
  let s = 0;
  if (chance(dice, 15)) for (s = roll(dice, SCALAR_COUNT); byteAt(IS_HELD, s) == 0; s = (s + 1) % <i32>SCALAR_COUNT) continue;
  setWord(RS2, s);
  setWord(IMM, value - wordAt(REGISTERS, s));
}

// ---- descriptors
/**
 * A descriptor register that holds the words of a list, its base apart (`base` and `high` are words 1 and 2); `hash` is that of the words. None of
 * OTHERS, the first `count` of which are in use.
 */
export function tensorWith(list: usize, base: i32, high: i32, hash: i32, count: i32, dice: usize): i32 {
  const own = <i32>(<u32>((hash ^ base) * 0x9e37_79b1) >>> 1) | 1, wanted = described(list, base, high), which = (own >>> 8) & 255, at = byteAt(BY_HASH, which);
  if (at < PLAYGROUND && wordAt(HASHES, at) == own && differences(contents(at), wanted) == 0) return at;
  const t = freeTensor(count, dice);
  // Operands of one instruction are often alike.
  for (let i = 0; i < count; i++) {
    const other = byteAt(OTHERS, i);
    if (wordAt(HASHES, other) == 0 || popcnt(differences(contents(other), wanted)) > 2 || !chance(dice, 50)) continue;
    put(TCOPY, other, t);
    setWordAt(CONTENTS, t, wordAt(CONTENTS, other));
    setWordAt(HASHES, t, wordAt(HASHES, other));
    break;
  }
  keepDescribed();
  const apart = wordAt(HASHES, t) != 0 ? differences(contents(t), wanted) : -1;
  if (popcnt(apart) <= 3) {
    for (let left = apart, before = contents(t); left != 0; left &= left - 1) { const field = ctz(left); setTensorWord(t, field, wordAt(before, field), wordAt(wanted, field), dice); }
  } else {
    const index = constant(wanted, own);
    sum(0, dice);
    fix(put(TLOAD, t, word(RS2), 0), placeIn(TLOAD, 2) >>> 5, -1, FIX_CONSTANT, index, wordAt(REGISTERS, word(RS2)));
  }
  setWordAt(CONTENTS, t, <i32>wanted);
  setWordAt(HASHES, t, own);
  setByteAt(BY_HASH, which, t);
  return t;
}
@inline function contents(t: i32): usize { return <usize>wordAt(CONTENTS, t); }
function freeTensor(count: i32, dice: usize): i32 {
  const depth = min(word(LOOPS), DEPTHS - 1), low = tensorLow(depth), high = tensorLow(depth + 1), wanted = roll(dice, 4) == 3 ? roll(dice, high - low) : nextTurn() % (high - low);
  let t = low + wanted;
  for (let i = 0; i < count; i++) if (byteAt(OTHERS, i) == t) { t = t + 1 == high ? low : t + 1; i = -1; }
  return t;
}
function setTensorWord(t: i32, field: i32, old: i32, wanted: i32, dice: usize): void {
  // Adding to `base` carries into the upper half; these bases are small.
  const adds = chance(dice, 30);
  sum(adds ? wanted - old : wanted, dice);
  put(TSET, t, field, adds ? 1 : 0, word(RS2), word(IMM));
}

// ---- modes
/** A mode register whose words of `mask` have the wanted values in the bits that are used: words from `wanted` and `used` on. */
export function modeWith(mask: i32, wanted: usize, used: usize, dice: usize): i32 {
  for (let n = 0; n < <i32>MODE_COUNT; n++) if (modeFits(n, mask, wanted, used) == 0) return n;
  const n = roll(dice, MODE_COUNT);
  for (let left = modeFits(n, mask, wanted, used); left != 0; left &= left - 1) { const which = ctz(left); setModeWord(n, which, wordAt(wanted, which), wordAt(used, which), dice); }
  return n;
}
/** Words of a mode register that are not as wanted, a bit each. */
function modeFits(n: i32, mask: i32, wanted: usize, used: usize): i32 {
  let missing = 0;
  for (let left = mask; left != 0; left &= left - 1) {
    const which = ctz(left), at = <i32>MODE_WORDS * n + which;
    if (byteAt(IS_MODE_HELD, at) == 0 || ((wordAt(MODES, at) ^ wordAt(wanted, which)) & wordAt(used, which)) != 0) missing |= 1 << which;
  }
  return missing;
}
/** Fields that are not captured get any legal value: they are not looked at. */
export function setModeWord(n: i32, which: i32, wanted: i32, used: i32, dice: usize): void {
  const junk = chance(dice, 30) ? wordAt(JUNK_MODES, <i32>MODE_WORDS * roll(dice, JUNK) + which) : 0, value = wanted | (junk & ~used), at = <i32>MODE_WORDS * n + which;
  setWordAt(MODES, at, value);
  setByteAt(IS_MODE_HELD, at, 1);
  sum(value, dice);
  put(NSET, n, which, word(RS2), word(IMM));
}

/** Bits of a head whose predicate surely holds (or surely not), other than the plain one where there is another. */
export function headThat(holds: bool, dice: usize): i32 {
  let fitting = 0, p = 0;
  for (let one = 0; one < <i32>PREDICATE_COUNT; one++) if (byteAt(PREDICATES, one) != UNSURE) fitting++;
  for (let which = roll(dice, fitting); byteAt(PREDICATES, p) == UNSURE || which > 0; p++) if (byteAt(PREDICATES, p) != UNSURE) which--;
  return (p << wordAt(HEAD, PREDICATE_LOW)) | ((byteAt(PREDICATES, p) == 1) == holds ? 0 : 1 << wordAt(HEAD, NEGATE_LOW));
}
