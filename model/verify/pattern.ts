//! pattern: a draft made ready for many programs: words, descriptors and extents as a row of numbers, with only the places left open.
import { cached } from '../isa/cached.ts';
import type { Definition } from '../isa/instruction.ts';
import { FORM_DENSE, FORM_SCALED, FORM_SPARSE, modeFields } from '../isa/view.ts';
import { DESCRIPTOR_WORDS, MODE_WORDS, UNIT_SEQ } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { encoded, placeOf } from './code.ts';
import { countOf, type Draft, type OperandDraft, operandOf, reach, widthOf } from './draft.ts';
import { traitsOf } from './drafts.ts';
import { alignmentOf, isScattered, isTable, needOf, strideOf } from './layout.ts';
import type { Kernel } from './kernel.ts';
import type { SlotFact } from './tiles.ts';

const SOURCES_MAX = 3;

/** The row of a draft, written at a place of the kernel's words; assembly/generator/pattern.ts says what it is. `factOf`: the address of what then lies in a slot. */
export function writePattern(kernel: Kernel, at: number, draft: Draft, profile: Profile, factOf: (slot: SlotFact) => number): void {
  const { definition, values, bits } = draft, { multiplies } = traitsOf(definition), slot = multiplies?.operands[2], sources = Object.entries(values);
  const words = encoded(definition, slot === undefined ? bits : { ...bits, [slot]: 0 }, 0), loads = loadOf(draft), fact = loads ? factOf(loads.fact) : 0, { at: to, words: store } = kernel;
  store[at + to.UNIT] = definition.unit as number;
  store[at + to.MAY_FAIL] = definition.promise === undefined && definition.unit !== UNIT_SEQ ? 1 : 0;
  store.set(words, at + to.WORDS);
  store[at + to.OPERANDS] = draft.operands.length;
  store[at + to.SOURCES] = Math.min(SOURCES_MAX, sources.length);
  sources.slice(0, SOURCES_MAX).forEach(([name, value], i) => {
    const isFree = definition.rules.every((rule) => !rule.operands.includes(name));
    store.set([placeOf(definition.fields[name]!), value | 0, isFree ? 1 : 0], at + to.SOURCES + 1 + 3 * i);
  });
  store[at + to.MODE] = writeMode(kernel, at, draft);
  store[at + to.SLOT] = slot === undefined ? -1 : placeOf(definition.fields[slot]!);
  store[at + to.LOADS] = loads ? loads.slot : -1;
  store[at + to.FACT] = fact;
  store[at + to.DESTINATIONS] = 0;
  for (const name of destinations(definition)) store[at + to.DESTINATIONS] = store[at + to.DESTINATIONS]! | (1 << bits[name]!);
  for (let k = 0; k < draft.operands.length; k++) writeOperand(kernel, at + to.FIRST_OPERAND + k * to.OPERAND_SIZE, draft, draft.operands[k]!, profile);
}
const destinations = cached(({ fields }: Definition) => Object.entries(fields).filter(([, { kind }]) => kind === 'destination').map(([name]) => name));
/** The words of the mode that it looks at, as bits: what they shall be, and which of their bits count. */
function writeMode({ at: to, words: store }: Kernel, at: number, { definition, mode }: Draft): number {
  let words = 0;
  if (definition.mode.length === 0) return words;
  for (let i = 0; i < MODE_WORDS; i++) store[at + to.WANTED + i] = store[at + to.USED + i] = 0;
  for (const { name, word, low, mask } of captured(definition)) {
    store[at + to.WANTED + word] = store[at + to.WANTED + word]! | ((mode[name]! << low) & mask);
    store[at + to.USED + word] = store[at + to.USED + word]! | mask;
    words |= 1 << word;
  }
  return words;
}

function writeOperand({ at: to, words: store }: Kernel, at: number, draft: Draft, operand: OperandDraft, profile: Profile): void {
  const { field, space, dtype, role, imm, offsets, same, dims } = operand, extent = reach(operand), width = widthOf(dtype), words = descriptorOf(operand, 0);
  const definite = field.view?.definite;
  const isWhole = role === 'write' && !isScattered(draft, operand) && !field.view?.single && extent !== undefined && countOf(dims) * width === extent.high - extent.low;
  const flags = (field.kind === 'bare' ? to.BARE : 0) | (role !== 'read' ? to.WRITES : 0) | (role !== 'write' ? to.READS : 0) | (extent ? 0 : to.EMPTY) | (offsets ? to.OFFSETS : 0)
    | (same ? to.SAME : 0) | (isWhole ? to.WHOLE : 0) | (definite ? to.DEFINITE : 0) | (isTable(draft, operand) ? to.TABLE : 0);
  store[at + to.PLACE] = placeOf(field);
  store[at + to.FLAGS] = flags;
  store[at + to.SPACE] = space;
  store[at + to.DTYPE] = dtype;
  store[at + to.WIDTH] = width;
  store[at + to.LOWEST] = extent?.low ?? 0;
  store[at + to.HIGHEST] = extent?.high ?? 8;
  store[at + to.ALIGN] = alignmentOf(draft, operand, profile);
  store[at + to.STRIDE] = strideOf(draft, operand, profile);
  store[at + to.OWN_IMM] = imm;
  store[at + to.NEED] = definite ? needOf(draft, operand) : -1;
  store[at + to.HASH] = hashOf(words, 0);
  for (let i = 0; i < DESCRIPTOR_WORDS; i++) store[at + to.DESCRIPTOR + i] = words[i]!;
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
/** What an instruction wants of a mode register: bits of the words of `used`; the others are not looked at. */
export interface ModeNeed { readonly wanted: Int32Array; readonly used: Int32Array; readonly words: readonly number[] }
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
