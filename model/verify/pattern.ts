//! pattern: a draft made ready for many programs: words, descriptors and extents as a row of numbers, with only the places left open.
import { cached } from '../isa/cached.ts';
import type { Field } from '../isa/field.ts';
import type { Definition } from '../isa/instruction.ts';
import { FORM_DENSE, FORM_SCALED, FORM_SPARSE, modeFields } from '../isa/view.ts';
import { DESCRIPTOR_WORDS, MODE_WORDS, UNIT_SEQ } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { encoded } from './code.ts';
import { countOf, type Draft, type OperandDraft, operandOf, reach, widthOf } from './draft.ts';
import { traitsOf } from './drafts.ts';
import { alignmentOf, isScattered, isTable, needOf, strideOf } from './layout.ts';
import type { ModeNeed } from './state.ts';
import type { SlotFact } from './tiles.ts';

/*
 * A row: UNIT; MAY_FAIL: a predicate that is not known may decide whether it acts; WORDS: the four words, operands, sources and slot 0; OPERANDS: how
 * many; SOURCES: how many, then place, value and whether any value will do; MODE: a bit for each mode word that is looked at, then the
 * words as wanted and which of their bits count; SLOT: place of the number of the slot that it multiplies with, -1: none; LOADS: the slot that
 * it loads, -1: none, and the number of the fact that then holds; DESTINATIONS: a bit for each register. Then the operands.
 * Places of fields are 32 x word + low.
 */
export const UNIT = 0, MAY_FAIL = 1, WORDS = 2, OPERANDS = 6, SOURCES = 7, MODE = 17, WANTED = 18, USED = WANTED + MODE_WORDS, SLOT = USED + MODE_WORDS, LOADS = SLOT + 1,
  FACT = SLOT + 2, DESTINATIONS = SLOT + 3, FIRST_OPERAND = SLOT + 4;
const SOURCES_MAX = 3, OPERANDS_MAX = 4;
/*
 * An operand: PLACE of its field; FLAGS; SPACE; DTYPE; WIDTH in bits; LOW and HIGH: bits that it touches, relative to element 0; ALIGN of its address in
 * bits; STRIDE: elements of which steps of its offset register are multiples; IMM; KNOWN: number of the windows that it may lie in where
 * nothing else is sure, for operands that must be known; HASH of the descriptor's words, which follow, but for its base.
 */
export const PLACE = 0, FLAGS = 1, SPACE = 2, DTYPE = 3, WIDTH = 4, LOW = 5, HIGH = 6, ALIGN = 7, STRIDE = 8, IMM = 9, KNOWN = 10, HASH = 11, DESCRIPTOR = 12;
export const OPERAND_SIZE = DESCRIPTOR + DESCRIPTOR_WORDS;
/** Flags of an operand. SAME: it lies where the first one does. WHOLE: it writes every byte of its extent. TABLE: it is never outside of tables. */
export const BARE = 1, WRITES = 2, READS = 4, EMPTY = 8, OFFSETS = 16, SAME = 32, WHOLE = 64, DEFINITE = 128, TABLE = 256;
/** Numbers of the longest row. */
export const ROW_MAX = FIRST_OPERAND + OPERANDS_MAX * OPERAND_SIZE;

/** The row of a draft, written at a place of the store; its length comes back. `factOf` numbers what lies in slots. */
export function writePattern(store: Int32Array, at: number, draft: Draft, profile: Profile, factOf: (slot: SlotFact) => number): number {
  const { definition, values, bits } = draft, { multiplies } = traitsOf(definition), slot = multiplies?.operands[2], sources = Object.entries(values);
  const words = encoded(definition, slot === undefined ? bits : { ...bits, [slot]: 0 }, 0), loads = loadOf(draft);
  store[at + UNIT] = definition.unit as number;
  store[at + MAY_FAIL] = definition.promise === undefined && definition.unit !== UNIT_SEQ ? 1 : 0;
  store.set(words, at + WORDS);
  store[at + OPERANDS] = draft.operands.length;
  store[at + SOURCES] = Math.min(SOURCES_MAX, sources.length);
  sources.slice(0, SOURCES_MAX).forEach(([name, value], i) => {
    const isFree = definition.rules.every((rule) => !rule.operands.includes(name));
    store.set([placeOf(definition.fields[name]!), value | 0, isFree ? 1 : 0], at + SOURCES + 1 + 3 * i);
  });
  store[at + MODE] = writeMode(store, at, draft);
  store[at + SLOT] = slot === undefined ? -1 : placeOf(definition.fields[slot]!);
  store[at + LOADS] = loads ? loads.slot : -1;
  store[at + FACT] = loads ? factOf(loads.fact) : -1;
  store[at + DESTINATIONS] = 0;
  for (const name of destinations(definition)) store[at + DESTINATIONS] = store[at + DESTINATIONS]! | (1 << bits[name]!);
  for (let k = 0; k < draft.operands.length; k++) writeOperand(store, at + FIRST_OPERAND + k * OPERAND_SIZE, draft, draft.operands[k]!, profile);
  return FIRST_OPERAND + draft.operands.length * OPERAND_SIZE;
}
const destinations = cached(({ fields }: Definition) => Object.entries(fields).filter(([, { kind }]) => kind === 'destination').map(([name]) => name));
/** The words of the mode that it looks at, as bits: what they shall be, and which of their bits count. */
function writeMode(store: Int32Array, at: number, { definition, mode }: Draft): number {
  let words = 0;
  if (definition.mode.length === 0) return words;
  for (let i = 0; i < MODE_WORDS; i++) store[at + WANTED + i] = store[at + USED + i] = 0;
  for (const { name, word, low, mask } of captured(definition)) {
    store[at + WANTED + word] = store[at + WANTED + word]! | ((mode[name]! << low) & mask);
    store[at + USED + word] = store[at + USED + word]! | mask;
    words |= 1 << word;
  }
  return words;
}
const placeOf = ({ word, low }: Field): number => 32 * word + low;

function writeOperand(store: Int32Array, at: number, draft: Draft, operand: OperandDraft, profile: Profile): void {
  const { field, space, dtype, role, imm, offsets, same, dims } = operand, extent = reach(operand), width = widthOf(dtype), words = descriptorOf(operand, 0);
  const definite = field.view?.definite;
  const isWhole = role === 'write' && !isScattered(draft, operand) && !field.view?.single && extent !== undefined && countOf(dims) * width === extent.high - extent.low;
  const flags = (field.kind === 'bare' ? BARE : 0) | (role !== 'read' ? WRITES : 0) | (role !== 'write' ? READS : 0) | (extent ? 0 : EMPTY) | (offsets ? OFFSETS : 0)
    | (same ? SAME : 0) | (isWhole ? WHOLE : 0) | (definite ? DEFINITE : 0) | (isTable(draft, operand) ? TABLE : 0);
  store[at + PLACE] = placeOf(field);
  store[at + FLAGS] = flags;
  store[at + SPACE] = space;
  store[at + DTYPE] = dtype;
  store[at + WIDTH] = width;
  store[at + LOW] = extent?.low ?? 0;
  store[at + HIGH] = extent?.high ?? 8;
  store[at + ALIGN] = alignmentOf(draft, operand, profile);
  store[at + STRIDE] = strideOf(draft, operand, profile);
  store[at + IMM] = imm;
  store[at + KNOWN] = definite ? needOf(draft, operand) : -1;
  store[at + HASH] = hashOf(words, 0);
  for (let i = 0; i < DESCRIPTOR_WORDS; i++) store[at + DESCRIPTOR + i] = words[i]!;
}

/** The sixteen words of an operand's descriptor. */
export function descriptorOf({ dtype, space, dims, strides, padLow, padHigh, fill }: OperandDraft, base: number): Int32Array {
  const words = new Int32Array(DESCRIPTOR_WORDS);
  words[0] = dtype | (space << 8) | (dims.length << 11);
  words[1] = base % 2 ** 32;
  words[2] = Math.floor(base / 2 ** 32);
  for (let i = 0; i < dims.length; i++) {
    words[3 + i] = dims[i]!;
    words[8 + i] = strides[i]!;
    words[13] = words[13]! | (padLow[i]! << (6 * i));
    words[14] = words[14]! | (padHigh[i]! << (6 * i));
  }
  words[15] = fill;
  return words;
}
/** Of all words but those of the base. */
export function hashOf(words: Int32Array, at: number): number {
  let hash = words[at]!;
  for (let i = 3; i < DESCRIPTOR_WORDS; i++) hash = Math.imul(hash ^ words[at + i]!, 0x9e37_79b1) ^ (hash >>> 15);
  return hash;
}

const captured = cached(({ mode }: Definition) => modeFields.filter(({ name }) => mode.includes(name)).map(({ name, word, low, width }) => ({ name, word, low, mask: width === 32 ? -1 : (2 ** width - 1) << low })));
export function modeNeed({ definition, mode }: Draft): ModeNeed | undefined {
  if (definition.mode.length === 0) return undefined;
  const wanted = new Int32Array(MODE_WORDS), used = new Int32Array(MODE_WORDS);
  for (const { name, word, low, mask } of captured(definition)) {
    wanted[word] = wanted[word]! | ((mode[name]! << low) & mask);
    used[word] = used[word]! | mask;
  }
  return { wanted, used, words: Array.from(used.keys()).filter((word) => used[word] !== 0) };
}

/** What lies in a slot after a load. */
export function loadOf(draft: Draft): { readonly slot: number; readonly fact: SlotFact } | undefined {
  const { definition, bits } = draft, { tile, loaded, form: beside } = traitsOf(definition);
  if (tile === undefined || loaded === undefined) return undefined;
  const { dims, dtype } = operandOf(draft, tile)!, columns = dims.at(-1)!, rows = countOf(dims) / columns, form = beside === undefined ? FORM_DENSE : bits[beside]!;
  return { slot: bits[loaded]!, fact: { dtype, depth: form === FORM_SPARSE ? 2 * rows : rows, columns, scales: form === FORM_SCALED ? operandOf(draft, 'b')!.dtype : 0 } };
}
