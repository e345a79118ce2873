//! tensors: one record to one instruction on tensors, from the definition alone: fields, dtypes, shapes, mode, places, order.
import type { Field } from '../isa/field.ts';
import type { Definition } from '../isa/instruction.ts';
import { FORM_DENSE, FORM_SCALED, FORM_SPARSE } from '../isa/view.ts';
import type { Profile } from '../machine/profile.ts';

import { UNIT_SEQ } from '../limits.ts';
import { noteWrite, surelyKnown } from './arena.ts';
import { cornerCodes, dimCorners, scalarCorners } from './corners.ts';
import { exists } from '../isa/codec.ts';
import { countOf, type Draft, hullOf, isInteger, type OperandDraft, operandOf, plainFields, presentOperands, widthOf, wordsOf } from './draft.ts';
import { issue, type Region } from './order.ts';
import { offsetOf, placeOperands } from './place.ts';
import { type Draw, draws } from './random.ts';
import type { RawRecord } from './record.ts';
import { chooseDims, chooseDtypes, chooseMode } from './solve.ts';
import { GENERAL, headThat, modeWith, registerWith, type State, synchronise, tensorWith } from './state.ts';
import { chooseMultiply, chooseTile, rowsOf } from './tiles.ts';
import { formatByCode } from '../numerics/format.ts';


/** What a record becomes; undefined where no place was found, which is rare. */
export function resolveTensor(state: State, definition: Definition, record: RawRecord, forced: Readonly<Record<string, number>> = {}): void {
  const draft = draftOf(state, definition, record, forced);
  if (draft) emitDraft(state, draft, draws(record.f5), draws(record.f0));
  else state.skipped++;
}

/** A legal draft: first as drawn, then without empty tensors, then small, then as plain as can be. */
export function draftOf(state: State, definition: Definition, record: RawRecord, forced: Readonly<Record<string, number>> = {}): Draft | undefined {
  for (const ease of [0, 1, 2, 3]) {
    const draft = attempt(state, definition, record, ease, forced);
    if (draft) return draft;
  }
  return undefined;
}

function attempt(state: State, definition: Definition, record: RawRecord, ease: number, forced: Readonly<Record<string, number>>): Draft | undefined {
  const { profile } = state.arena, sub = draws(record.f0), shape = draws(ease === 3 ? 0 : record.f2), types = draws(record.f1);
  const bits = { ...chooseFields(definition, sub, profile), ...forced }, fit = definition.rules.find((rule) => rule.predicate === 'weightsFit');
  const multiplied = fit && chooseSlot(state, definition, bits, fit.operands, types, record);
  if (fit && !multiplied) return undefined;
  const scaled = definition.rules.find((rule) => rule.predicate === 'scalingFits')?.operands[0];
  if (scaled) bits[scaled] = multiplied!.slot.scales ? 1 : 0;
  const draft: Draft = { definition, bits, operands: presentOperands(definition, bits, sub.chance(50)), mode: {}, values: {} };
  const pins = multiplied && { [fit!.operands[0]!]: multiplied.row.accumulator, [fit!.operands[1]!]: multiplied.row.activation, b: multiplied.slot.scales };
  if (!chooseDtypes(draft, types, profile, pins ?? {})) return undefined;
  chooseMode(draft, draws(record.f4), profile);
  const tile = definition.rules.find((rule) => rule.predicate === 'tileFits')?.operands[0];
  if (tile) chooseTile(draft, tile, shape, profile, state.knobs.elements);
  if (multiplied) {
    const [acc, a, , mRank] = fit!.operands as [string, string, string, string];
    chooseMultiply(draft, { acc, a, mRank, depthwise: fit!.constants[0] === 1 }, multiplied.slot, multiplied.row, shape, ease < 2 ? state.knobs.elements : 4, ease === 0 && shape.chance(3));
  }
  if (!chooseDims(draft, baseDims(state, draft, shape, ease), shape)) return undefined;
  for (const operand of draft.operands) operand.fill = fillOf(operand, sub);
  for (const [name, field] of plainFields(definition)) if (field.kind === 'source' && name in bits) draft.values[name] = scalarFor(draft, sub);
  return placeOperands(draft, draws(ease === 3 ? 0 : record.f3), { ...state, inLoop: state.loops > 0 }, ease === 3) ? draft : undefined;
}

/** Bits of every field that exists and is no operand. */
function chooseFields(definition: Definition, draw: Draw, { slotCount, features }: Profile): Record<string, number> {
  const bits: Record<string, number> = {};
  for (const [name, field] of plainFields(definition)) {
    if (!exists(definition.fields, field, wordsOf(definition, bits))) continue;
    bits[name] = anyBits(field, draw, slotCount);
  }
  const sparse = definition.rules.find((rule) => rule.predicate === 'sparseFeature')?.operands[0];
  const forms = [true, features.includes('sparse24'), features.includes('mx') || features.includes('nvfp4')];
  if (sparse && !forms[bits[sparse]!]) bits[sparse] = FORM_DENSE;
  return bits;
}
export function anyBits(field: Field, draw: Draw, slotCount: number): number {
  if (field.kind === 'slot') return draw(slotCount);
  if (field.kind === 'destination') return draw.pick(GENERAL);
  if (field.kind === 'source') return 0;
  if (field.range && field.range[1] - field.range[0] < 256) return field.range[0] + draw(field.range[1] - field.range[0] + 1);
  if (field.width === 32 && draw(2)) return draw.pick(scalarCorners) >>> 0;
  return draw.pick(field.corners) >>> 0;
}

/** A slot that was loaded and has a partner; without one a tile is loaded first. */
function chooseSlot(state: State, definition: Definition, bits: Record<string, number>, operands: readonly string[], draw: Draw, record: RawRecord) {
  const { profile } = state.arena, depthwise = definition.rules.find((r) => r.predicate === 'weightsFit')!.constants[0] === 1;
  const usable = (): number[] => state.slots.flatMap((slot, i) => (slot && rowsOf(profile, slot).length && (!depthwise || slot.scales === 0) ? [i] : []));
  if (usable().length === 0) {
    const wload = wloadOf(state);
    if (!wload) return undefined;
    resolveTensor(state, wload, { ...record, f5: 0 }, depthwise ? { form: FORM_DENSE } : {});
  }
  const found = usable();
  if (found.length === 0) return undefined;
  const number = draw.pick(found), slot = state.slots[number]!;
  bits[operands[2]!] = number;
  return { slot, row: draw.pick(rowsOf(profile, slot)) };
}
const wloadOf = (state: State): Definition | undefined => state.definitions.find((d) => d.rules.some((rule) => rule.predicate === 'tileFits'));

/** Dims to begin with: a corner for each axis, few elements, seldom an empty one. */
function baseDims(state: State, draft: Draft, draw: Draw, ease: number): number[] {
  const rank = 1 + draw.pick([0, 1, 2, 1, 3, 4, 2, 0]), { accLanes } = state.arena.profile, dims: number[] = [];
  for (let axis = 0; axis < rank; axis++) dims.push(draw.pick(dimCorners));
  if (ease === 0 && draw.chance(3)) dims[draw(rank)] = 0;
  const lanes = draft.definition.rules.some((rule) => rule.predicate === 'accRows') ? accLanes : Number.POSITIVE_INFINITY;
  dims[rank - 1] = Math.min(dims[rank - 1]!, lanes);
  const most = ease < 2 ? state.knobs.elements : 4;
  while (countOf(dims) > most) { const largest = dims.indexOf(Math.max(...dims)); dims[largest] = Math.max(1, dims[largest]! >> 1); }
  return dims;
}
const fillOf = ({ dtype }: OperandDraft, draw: Draw): number =>
  (draw.chance(25) && widthOf(dtype) <= 32 ? Number(draw.pick(cornerCodes(formatByCode(dtype)!)) & ((1n << BigInt(widthOf(dtype))) - 1n)) : 0);
/** A scalar beside floats is the bits of a float: of fp32, as the instructions read it. */
function scalarFor(draft: Draft, draw: Draw): number {
  const a = operandOf(draft, 'a');
  if (a && !isInteger(a.dtype)) return Number(draw.pick(cornerCodes(formatByCode(0x23)!)));
  return draw.pick(scalarCorners) >>> 0;
}

// ---- from a draft to instructions
/** The sixteen words of an operand's descriptor. */
function descriptorOf(operand: OperandDraft): number[] {
  const { dtype, space, dims, strides, padLow, padHigh, fill, address } = operand, words = Array.from({ length: 16 }, () => 0);
  const base = (address - offsetOf(operand) * widthOf(dtype)) / 8;
  const pads = (list: readonly number[]): number => list.reduce((word, pad, i) => (word | (pad << (6 * i))) >>> 0, 0);
  words[0] = dtype | (space << 8) | (dims.length << 11);
  words[1] = base % 2 ** 32;
  words[2] = Math.floor(base / 2 ** 32);
  dims.forEach((dim, i) => { words[3 + i] = dim; words[8 + i] = strides[i]! >>> 0; });
  words[13] = pads(padLow);
  words[14] = pads(padHigh);
  words[15] = fill;
  operand.words?.(words);
  return words;
}
/** Bytes that an operand touches, as far as order goes. */
export const regionsOf = (draft: Draft): Region[] => draft.operands.flatMap((operand) => {
  const [low, high] = hullOf(operand);
  return high > low ? [{ space: operand.space, low, high, write: operand.role !== 'read' }] : [];
});

/** Set up registers, descriptors and mode; make order; issue; note what is known afterwards. */
export function emitDraft(state: State, draft: Draft, draw: Draw, values: Draw): void {
  const { definition } = draft, unit = definition.unit as number, regions = regionsOf(draft);
  const conditional = definition.promise === undefined && draw.chance(4), unknown = state.predicates.findIndex((p, i) => p === undefined && i > 0);
  const maybe = conditional && unknown > 0 && unit !== UNIT_SEQ;
  const bits = prepare(state, draft, values);
  const head = maybe ? { predicate: unknown, negate: draw.chance(50) } : headThat(state, true, draw.chance(10) ? draw : draws(0));
  const wait = synchronise(state, unit, regions, draw, !maybe);
  const block = { ...head, ...(wait ? { wait } : {}), ...(draw.chance(6) ? { irq: true } : {}), ...(draw.chance(6) ? { trace: true } : {}), mode: draft.bits['mode'] ?? 0 };
  const draught = { definition, bits, head: block };
  state.block.push(draught);
  issue(state.order, unit, regions, maybe ? undefined : draught);
  noteEffects(state, draft, maybe);
}

/** Registers, descriptors and mode that the draft needs; its fields as bits. The mode's number is left under `mode`. */
export function prepare(state: State, draft: Draft, draw: Draw): Record<string, number> {
  const { definition } = draft, taken: number[] = [], bits: Record<string, number> = { ...draft.bits };
  for (const operand of draft.operands) {
    const t = tensorWith(state, descriptorOf(operand), taken, draw), imm = operand.imm & 0x1fff;
    taken.push(t);
    bits[operand.name] = operand.field.kind === 'bare' ? 0x80 | t : (t | (operand.s << 6) | (imm << 11)) >>> 0;
  }
  const used: number[] = [];
  for (const [name, value] of Object.entries(draft.values)) {
    // Operands' offset registers must not change: they are known, and never scratch ones.
    const loose = state.registers.flatMap((held, s) => (held === undefined && GENERAL.includes(s) ? [s] : []));
    const free = definition.rules.every((rule) => !rule.operands.includes(name)) && loose.length > 0 && draw.chance(30);
    bits[name] = free ? draw.pick(loose) : registerWith(state, value, used, draw);
    used.push(bits[name]!);
  }
  draft.bits['mode'] = modeWith(state, draft, draw);
  return bits;
}

/** What memory, slots and registers hold afterwards, as far as that is sure. */
function noteEffects(state: State, draft: Draft, maybe: boolean): void {
  const { arena, knowledge } = state, inLoop = state.loops > 0;
  const known = draft.operands.every((operand) => operand.role === 'write' || surelyKnown(arena, knowledge, operand.space, ...hullOf(operand)) || countOf(operand.dims) === 0);
  const slot = draft.definition.rules.find((rule) => rule.predicate === 'weightsFit')?.operands[2];
  const sure = known && (slot === undefined || state.slots[draft.bits[slot]!]?.known === true) && (!inLoop || draft.operands.every((o) => o.role === 'write'));
  for (const operand of draft.operands) {
    if (operand.role === 'read') continue;
    const [low, high] = hullOf(operand), bytes = (countOf(operand.dims) * widthOf(operand.dtype)) / 8;
    const whole = operand.role === 'write' && bytes === high - low && operand.times === 1 && !maybe && draft.definition.mnemonic !== 'scatter' && !operand.field.view?.single;
    noteWrite(arena, knowledge, operand.space, low, high, sure, whole);
    state.recent = [{ space: operand.space, dtype: operand.dtype, address: operand.address }, ...state.recent].slice(0, 8);
  }
  const loaded = draft.definition.rules.find((rule) => rule.predicate === 'slotExists' && slot === undefined)?.operands[0];
  if (loaded) {
    const tile = draft.operands[0]!, columns = tile.dims.at(-1)!, form = draft.bits['form'] ?? FORM_DENSE, rows = countOf(tile.dims) / columns;
    const scales = form === FORM_SCALED ? operandOf(draft, 'b')!.dtype : 0;
    state.slots[draft.bits[loaded]!] = { dtype: tile.dtype, depth: form === FORM_SPARSE ? 2 * rows : rows, columns, scales, known: known && !inLoop };
  }
  for (const [name, field] of Object.entries(draft.definition.fields)) if (field.kind === 'destination') state.registers[draft.bits[name]!] = undefined;
}
