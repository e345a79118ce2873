//! tensors: one record to one instruction on tensors: its pattern, the slot it needs, its places, and what makes it ready to run.
import { head } from '../isa/instruction.ts';
import { noteGranules, noteWrite, surelyKnown } from './arena.ts';
import { form, headBits, put } from './code.ts';
import { type Draft, hullOf, widthOf } from './draft.ts';
import { type Given, traitsOf } from './drafts.ts';
import {
  BARE, DESCRIPTOR, DESTINATIONS, descriptorOf, DTYPE, EMPTY, FACT, FIRST_OPERAND, FLAGS, HASH, hashOf, LOADS, MAY_FAIL, MODE, modeNeed, OPERAND_SIZE, OPERANDS, PLACE,
  READS, SLOT, SOURCES, SPACE, UNIT, USED, WANTED, WHOLE, WORDS, WRITES,
} from './pattern.ts';
import { ANYWHERE, isKnown, place, type Places } from './place.ts';
import type { Dice } from './random.ts';
import type { RawRecord } from './record.ts';
import { GENERAL, headThat, modeWith, registerWith, type State, synchronise, tensorWith, UNSURE } from './state.ts';
import type { Fact } from './tiles.ts';
import type { Workshop } from './workshop.ts';

/** A flat record becomes an instruction and what it needs; the dice of the state decide about places and head. No place is found seldom. */
export function resolveTensor(shop: Workshop, state: State, definition: number, index: number, record: Uint32Array, at: number, isDense = false): void {
  const multiplies = shop.multiplies[definition]!, number = multiplies > 0 ? slotFor(shop, state, index, record, at, multiplies > 1) : 0;
  if (number < 0) { state.skipped++; return; }
  const slot = multiplies > 0 ? state.slots[number] : undefined, row = shop.pattern(definition, index, record, at, slot, isDense);
  if (row >= 0 && place(state, shop.at, shop.store, row, state.places)) { emitPattern(shop, state, row, number); return; }
  const other = row >= 0 ? shop.plainPattern(definition, record, at, slot) : -1;
  if (other >= 0 && place(state, shop.at, shop.store, other, state.places)) emitPattern(shop, state, other, number);
  else state.skipped++;
}

/** Number of a slot that was loaded and has a partner; without one a tile is loaded first. -1 where that is not to be had. */
function slotFor(shop: Workshop, state: State, index: number, record: Uint32Array, at: number, depthwise: boolean): number {
  const found = usableSlot(state, depthwise, state.places);
  if (found >= 0 || shop.loader < 0) return found;
  resolveTensor(shop, state, shop.loader, index, record, at, depthwise);
  return usableSlot(state, depthwise, state.places);
}
function usableSlot({ slots }: State, depthwise: boolean, dice: Dice): number {
  let count = 0;
  for (let n = 0; n < slots.length; n++) if (isUsable(slots[n], depthwise)) count++;
  if (count === 0) return -1;
  let which = dice.roll(count), n = 0;
  while (!isUsable(slots[n], depthwise) || which-- > 0) n++;
  return n;
}
const isUsable = (slot: Fact | undefined, depthwise: boolean): boolean => slot !== undefined && (depthwise ? slot.isUsableDepthwise : slot.isUsable);

const bits = new Int32Array(4), others = new Uint8Array(4);
/** Set up registers, descriptors and mode; make order; issue; note what is known afterwards. The number of the instruction comes back. */
export function emitPattern(shop: Workshop, state: State, row: number, slot: number): number {
  const { store, at } = shop, { code, order, places, heads } = state, unit = store[row + UNIT]!, count = store[row + OPERANDS]!;
  const unknown = store[row + MAY_FAIL] === 1 && heads.chance(4) ? state.predicates.indexOf(UNSURE) : -1, maybe = unknown > 0;
  for (let word = 0; word < 4; word++) bits[word] = store[row + WORDS + word]!;
  for (let k = 0, o = row + FIRST_OPERAND; k < count; k++, o += OPERAND_SIZE) {
    const base = at.base[k]!, t = tensorWith(state, store, o + DESCRIPTOR, base | 0, (base * 2 ** -32) | 0, store[o + HASH]!, others, k, places), field = store[o + PLACE]!;
    others[k] = t;
    bits[field >> 5] = bits[field >> 5]! | (((store[o + FLAGS]! & BARE) !== 0 ? 0x80 | t : t | (at.s[k]! << 6) | ((at.imm[k]! & 0x1fff) << 11)) << (field & 31));
  }
  if (store[row + SOURCES]! > 0) setSources(state, store, row + SOURCES, places);
  const mode = store[row + MODE] === 0 ? 0 : modeWith(state, store[row + MODE]!, store, row + WANTED, row + USED, places), field = store[row + SLOT]!;
  if (field >= 0) bits[field >> 5] = bits[field >> 5]! | (slot << (field & 31));
  let heading = (mode << MODE_LOW) | (maybe ? (unknown << PREDICATE_LOW) | (heads.roll(2) << NEGATE_LOW) : heads.chance(10) ? headThat(state, true, heads) : 0);
  noteRegions(state, store, row, count, at);
  heading |= (synchronise(state, unit, heads, !maybe) << WAIT_LOW) | (heads.chance(6) ? IRQ : 0) | (heads.chance(6) ? TRACE : 0);
  const number = code.push(bits[0]! | heading, bits[1]!, bits[2]!, bits[3]!);
  order.issue(unit, maybe ? -1 : number);
  noteEffects(shop, state, row, count, slot, maybe);
  return number;
}
const PREDICATE_LOW = head.predicate.low, NEGATE_LOW = head.negate.low, MODE_LOW = head.mode.low, WAIT_LOW = head.wait.low, IRQ = headBits('irq', 1), TRACE = headBits('trace', 1);
/** Source registers: with the value that the draft wants, or any that is not known where any will do. */
function setSources(state: State, store: Int32Array, from: number, dice: Dice): void {
  let used = 0;
  for (let i = 0, at = from + 1; i < store[from]!; i++, at += 3) {
    // Operands' offset registers must not change: they are known, and never scratch ones.
    const field = store[at]!, loose = store[at + 2] === 1 && dice.chance(30) ? looseRegister(state, dice) : -1, s = loose >= 0 ? loose : registerWith(state, store[at + 1]!, used, dice);
    bits[field >> 5] = bits[field >> 5]! | (s << (field & 31));
    used |= 1 << s;
  }
}
function looseRegister({ isHeld }: State, dice: Dice): number {
  const from = dice.roll(GENERAL.length);
  for (let i = 0; i < GENERAL.length; i++) { const s = GENERAL[(from + i) % GENERAL.length]!; if (isHeld[s] === 0) return s; }
  return -1;
}
/** Bytes that it touches, as far as order goes. */
function noteRegions({ order }: State, store: Int32Array, row: number, operands: number, at: Places): void {
  let count = 0;
  for (let k = 0, o = row + FIRST_OPERAND; k < operands; k++, o += OPERAND_SIZE) {
    if (at.high[k]! <= at.low[k]!) continue;
    order.space[count] = store[o + SPACE]!;
    order.low[count] = at.low[k]!;
    order.high[count] = at.high[k]!;
    order.write[count++] = store[o + FLAGS]! & WRITES;
  }
  order.regions = count;
}

/** What memory, slots and registers hold afterwards, as far as that is sure. */
function noteEffects({ store, at, facts }: Workshop, state: State, row: number, count: number, slot: number, maybe: boolean): void {
  const { arena, known: memory } = state, inLoop = state.loops > 0, first = row + FIRST_OPERAND, loads = store[row + LOADS]!;
  let known = store[row + SLOT]! < 0 || ((state.slotsKnown >>> slot) & 1) === 1;
  for (let k = 0, o = first; k < count && known; k++, o += OPERAND_SIZE) {
    if ((store[o + FLAGS]! & (READS | EMPTY)) !== READS) continue;
    known = !inLoop && (at.work[k] === ANYWHERE ? surelyKnown(arena, memory, store[o + SPACE]!, at.low[k]!, at.high[k]!) : isKnown(arena, memory, at, k));
  }
  for (let k = 0, o = first; k < count; k++, o += OPERAND_SIZE) {
    const flags = store[o + FLAGS]!;
    if ((flags & WRITES) === 0) continue;
    const isWhole = (flags & WHOLE) !== 0 && at.times[k] === 1 && !maybe, w = at.work[k]!;
    if (w === ANYWHERE) noteWrite(arena, memory, store[o + SPACE]!, at.low[k]!, at.high[k]!, known, isWhole);
    else if ((isWhole || !known) && at.high[k]! > at.low[k]!) {
      const { low, high } = arena.work[w]!;
      noteGranules(memory, arena.granules[w]!, at.low[k]! - low, at.high[k]! - low, known, at.high[k] === high);
    }
    const recent = state.recent++ & 7;
    state.recentSpace[recent] = store[o + SPACE]!;
    state.recentDtype[recent] = store[o + DTYPE]!;
    state.recentAddress[recent] = at.address[k]!;
  }
  if (loads >= 0) {
    state.slots[loads] = facts[store[row + FACT]!];
    state.slotsKnown = (state.slotsKnown & ~(1 << loads)) | (known && !inLoop ? 1 << loads : 0);
  }
  let gone = store[row + DESTINATIONS]! & ~1;
  for (let s = 1; gone !== 0; s++) if (((gone >>> s) & 1) !== 0) { state.isHeld[s] = 0; gone &= ~(1 << s); }
}

// ---- streams
const BEATS = 16, addresses = new Float64Array(4 * BEATS);
/** A flat record becomes the instructions of a stream, some of whose operands meet. */
export function resolveStream(shop: Workshop, state: State, stream: number, index: number, record: Uint32Array, from: number): void {
  const { rows, links, distances } = shop.phrase(stream, index, record, from), { at } = shop;
  let slot = 0;
  for (let beat = 0; beat < Math.min(BEATS, rows.length); beat++) {
    const row = rows[beat]!, own = links[beat]!;
    for (let k = 0; k < own.length; k++) {
      const link = own[k];
      at.wish[k] = link === undefined || link.beat === beat ? Number.NaN : addresses[4 * link.beat + link.operand]! + 8 * link.bytes;
      at.behind[k] = link === undefined || link.beat !== beat ? Number.NaN : 8 * link.bytes;
    }
    for (let nops = 0; nops < distances[beat]!; nops++) put(state.code, NOP, 0, nops);
    if (place(state, at, shop.store, row, state.places)) emitPattern(shop, state, row, slot);
    else {
      state.skipped++;
      // What follows would multiply with a slot that was not loaded.
      if (shop.store[row + LOADS]! >= 0) break;
    }
    for (let k = 0; k < own.length; k++) addresses[4 * beat + k] = at.address[k]!;
    if (shop.store[row + LOADS]! >= 0) slot = shop.store[row + LOADS]!;
  }
  at.wish.fill(Number.NaN);
  at.behind.fill(Number.NaN);
}
const NOP = form('nop tag');

// ---- one by one, for programs that are broken on purpose
/** A draft of its own that has found its places; they stand in the draft. `row` is its pattern, with the slot that it multiplies with. */
export function draftOf(shop: Workshop, state: State, definition: number, record: RawRecord, bits: Given['bits'] = {}): { readonly draft: Draft; readonly row: number; readonly slot: number } | undefined {
  const { multiplies } = traitsOf(shop.definitions[definition]!), flat = Uint32Array.of(record.f0, record.f1, record.f2, record.f3, record.f4);
  state.places.read(record.f6);
  state.heads.read(record.f5);
  const slot = multiplies ? slotFor(shop, state, shop.indexOf(definition, flat, 0), flat, 0, multiplies.constants[0] === 1) : 0;
  if (slot < 0) return undefined;
  for (const ease of [0, 3]) {
    const draft = shop.draft(shop.definitions[definition]!, record, multiplies ? { bits, slot: state.slots[slot] } : { bits }, ease), { at } = shop;
    if (!draft) continue;
    const row = shop.keep(draft);
    if (!place(state, at, shop.store, row, state.places)) continue;
    draft.operands.forEach((operand, k) => {
      Object.assign(operand, { address: at.address[k], s: at.s[k], sValue: at.value[k], imm: at.imm[k], step: at.step[k], times: at.times[k] });
    });
    if (multiplies) draft.bits[multiplies.operands[2]!] = slot;
    return { draft, row, slot };
  }
  return undefined;
}
/** A draft with places, perhaps changed since it found them; heads and registers as simple as can be. The number of the instruction comes back. */
export function emitDraft(shop: Workshop, state: State, draft: Draft): number {
  const { at } = shop, slot = traitsOf(draft.definition).multiplies?.operands[2];
  draft.operands.forEach((operand, k) => {
    const [low, high] = hullOf(operand);
    at.address[k] = operand.address;
    at.base[k] = (operand.address - (operand.sValue + operand.imm) * widthOf(operand.dtype)) / 8;
    at.work[k] = ANYWHERE;
    at.low[k] = low;
    at.high[k] = high;
    at.s[k] = operand.s;
    at.value[k] = operand.sValue;
    at.imm[k] = operand.imm;
    at.step[k] = operand.step;
    at.times[k] = operand.times;
  });
  state.places.read(0);
  state.heads.read(0);
  return emitPattern(shop, state, shop.keep(draft), slot === undefined ? 0 : draft.bits[slot]!);
}
/** Loads a slot in a form that is given, where the profile allows it. */
export function loadSlot(shop: Workshop, state: State, record: RawRecord, form: number): void {
  const loader = shop.definitions[shop.loader], draft = loader && shop.draft(loader, record, { bits: { [traitsOf(loader).form!]: form } }), row = draft ? shop.keep(draft) : -1;
  if (row >= 0 && place(state, shop.at, shop.store, row, state.places)) emitPattern(shop, state, row, 0);
}
/** Registers, descriptors and mode that a draft with places needs; its fields as bits, and the mode's number. */
export function prepare(state: State, draft: Draft): { readonly bits: Record<string, number>; readonly mode: number } {
  const all: Record<string, number> = { ...draft.bits }, dice = state.places, need = modeNeed(draft);
  draft.operands.forEach((operand, k) => {
    const words = Array.from(descriptorOf(operand, (operand.address - (operand.sValue + operand.imm) * widthOf(operand.dtype)) / 8), (word) => word >>> 0);
    operand.words?.(words);
    const list = Int32Array.from(words, (word) => word | 0), t = tensorWith(state, list, 0, list[1]!, list[2]!, hashOf(list, 0), others, k, dice);
    others[k] = t;
    all[operand.name] = operand.field.kind === 'bare' ? 0x80 | t : (t | (operand.s << 6) | ((operand.imm & 0x1fff) << 11)) >>> 0;
  });
  let used = 0;
  for (const [name, value] of Object.entries(draft.values)) {
    all[name] = registerWith(state, value, used, dice);
    used |= 1 << all[name];
  }
  return { bits: all, mode: need ? modeWith(state, need.words.reduce((mask, word) => mask | (1 << word), 0), Int32Array.of(...need.wanted, ...need.used), 0, need.wanted.length, dice) : 0 };
}
