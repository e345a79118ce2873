//! pattern: a draft made ready for many programs: words, descriptors and extents as a row of numbers, with only the places left open.
import { DESCRIPTOR_WORDS, MODE_WORDS } from '../encoding';

/*
 * A row: UNIT; MAY_FAIL: a predicate that is not known may decide whether it acts; WORDS: the four words, operands, sources and slot 0; OPERANDS: how
 * many; SOURCES: how many, then place, value and whether any value will do; MODE: a bit for each mode word that is looked at, then the
 * words as wanted and which of their bits count; SLOT: place of the number of the slot that it multiplies with, -1: none; LOADS: the slot that
 * it loads, -1: none, and the fact that then holds; DESTINATIONS: a bit for each register. Then the operands.
 * Places of fields are 32 x word + low. The host writes rows by the same names (model/verify/pattern.ts).
 */
export const UNIT: i32 = 0, MAY_FAIL: i32 = 1, WORDS: i32 = 2, OPERANDS: i32 = 6, SOURCES: i32 = 7, MODE: i32 = 17, WANTED: i32 = 18, USED: i32 = WANTED + <i32>MODE_WORDS;
export const SLOT: i32 = USED + <i32>MODE_WORDS, LOADS: i32 = SLOT + 1, FACT: i32 = SLOT + 2, DESTINATIONS: i32 = SLOT + 3, FIRST_OPERAND: i32 = SLOT + 4;
/*
 * An operand: PLACE of its field; FLAGS; SPACE; DTYPE; WIDTH in bits; LOWEST and HIGHEST: bits that it touches, relative to element 0; ALIGN of its address in
 * bits; STRIDE: elements of which steps of its offset register are multiples; OWN_IMM; NEED: number of the windows that it may lie in where
 * nothing else is sure, for operands that must be known; HASH of the descriptor's words, which follow, but for its base.
 */
export const PLACE: i32 = 0, FLAGS: i32 = 1, SPACE: i32 = 2, DTYPE: i32 = 3, WIDTH: i32 = 4, LOWEST: i32 = 5, HIGHEST: i32 = 6, ALIGN: i32 = 7, STRIDE: i32 = 8, OWN_IMM: i32 = 9;
export const NEED: i32 = 10, HASH: i32 = 11, DESCRIPTOR: i32 = 12, OPERAND_SIZE: i32 = DESCRIPTOR + <i32>DESCRIPTOR_WORDS;
/** Flags of an operand. SAME: it lies where the first one does. WHOLE: it writes every byte of its extent. TABLE: it is never outside of tables. */
export const BARE: i32 = 1, WRITES: i32 = 2, READS: i32 = 4, EMPTY: i32 = 8, OFFSETS: i32 = 16, SAME: i32 = 32, WHOLE: i32 = 64, DEFINITE: i32 = 128, TABLE: i32 = 256;
/** Numbers of the longest row. */
export const ROW_MAX: i32 = FIRST_OPERAND + 4 * OPERAND_SIZE;
export const OPERAND_BYTES: usize = <usize>OPERAND_SIZE * 4;
