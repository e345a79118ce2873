//! drafts: facets of a record to a legal draft of a definition: fields, dtypes, shapes, mode, layout; nothing of the program around it.
import { cached } from '../isa/cached.ts';
import { exists } from '../isa/codec.ts';
import type { Field } from '../isa/field.ts';
import type { Definition } from '../isa/instruction.ts';
import { FORM_DENSE } from '../isa/view.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByCode } from '../numerics/format.ts';
import type { Arena } from './arena.ts';
import { cornerCodes, dimCorners, scalarCorners } from './corners.ts';
import { countOf, type Draft, isInteger, type OperandDraft, operandOf, plainFields, presentOperands, widthOf, wordsOf } from './draft.ts';
import { layOut } from './layout.ts';
import { type Draw, draws } from './random.ts';
import type { RawRecord } from './record.ts';
import { chooseDims, chooseDtypes, chooseMode } from './solve.ts';
import { GENERAL } from './state.ts';
import { chooseMultiply, chooseTile, rowsOf, type SlotFact } from './tiles.ts';

/** The facets that a draft is made of. */
export type Facets = Pick<RawRecord, 'f0' | 'f1' | 'f2' | 'f3' | 'f4'>;
/** What is decided before: bits of fields, the slot to multiply with, parts of operands (dtype, dims, space, strides), mode fields. */
export interface Given {
  readonly bits?: Readonly<Record<string, number>>;
  readonly slot?: SlotFact | undefined;
  readonly operands?: Readonly<Record<string, Partial<Pick<OperandDraft, 'dtype' | 'dims' | 'space' | 'strides'>>>>;
  readonly mode?: Draft['mode'];
  /** Dims to begin with. */
  readonly base?: readonly number[];
  /** Kind of layout of operands, 1 .. 7; 0 is dense. */
  readonly layout?: number;
}
/** Where and for whom: any arena of the profile, and about how many elements a destination has at most. */
export interface Site { readonly arena: Arena; readonly elements: number }

/** What rules say about a definition as a whole. */
interface Traits {
  readonly multiplies: Definition['rules'][number] | undefined;
  /** The field that says whether there are scales; the one that says what lies beside the weights; the operand that is a tile, and the slot it goes to. */
  readonly scaled: string | undefined;
  readonly form: string | undefined;
  readonly tile: string | undefined;
  readonly loaded: string | undefined;
  readonly hasRows: boolean;
  readonly sources: readonly string[];
}
export const traitsOf = cached((definition: Definition): Traits => {
  const rule = (predicate: string) => definition.rules.find((one) => one.predicate === predicate);
  return {
    multiplies: rule('weightsFit'), scaled: rule('scalingFits')?.operands[0], form: rule('sparseFeature')?.operands[0], tile: rule('tileFits')?.operands[0], loaded: rule('slotExists')?.operands[0],
    hasRows: rule('accRows') !== undefined, sources: plainFields(definition).filter(([, field]) => field.kind === 'source').map(([name]) => name),
  };
});

/** A legal draft: first as drawn, then without empty tensors, then small, then as plain as can be; `ease` is where to begin. */
export function draftFrom(site: Site, definition: Definition, facets: Facets, given: Given = {}, ease = 0): Draft | undefined {
  for (let easy = ease; easy <= 3; easy++) {
    const draft = attempt(site, definition, facets, given, easy);
    if (draft) return draft;
  }
  return undefined;
}

/** The decisions of each facet; one draft is made at a time. */
const decisions = Array.from({ length: 5 }, () => draws(0));
function decide(facet: number, natural: number): Draw {
  const draw = decisions[facet]!;
  draw.dice.read(natural);
  return draw;
}
function attempt({ arena, elements }: Site, definition: Definition, facets: Facets, given: Given, ease: number): Draft | undefined {
  const { profile } = arena, sub = decide(0, facets.f0), shape = decide(2, ease === 3 ? 0 : facets.f2), types = decide(1, facets.f1);
  const { multiplies, scaled, tile, sources } = traitsOf(definition), { slot } = given;
  const bits = chooseFields(definition, sub, profile, given.bits ?? {});
  if (scaled) bits[scaled] = slot?.scales ? 1 : 0;
  const draft: Draft = { definition, bits, operands: presentOperands(definition, bits, sub.chance(50)), mode: {}, values: {} }, pins: Record<string, number> = {};
  const row = multiplies && slot && types.pick(rowsOf(profile, slot));
  if (multiplies && !row) return undefined;
  if (row) Object.assign(pins, { [multiplies!.operands[0]!]: row.accumulator, [multiplies!.operands[1]!]: row.activation }, slot!.scales ? { b: slot!.scales } : {});
  if (given.operands) for (const operand of draft.operands) {
    const { dtype, ...others } = given.operands[operand.name] ?? {};
    if (dtype !== undefined) pins[operand.name] = dtype;
    Object.assign(operand, structuredCloneOf(others));
  }
  if (!chooseDtypes(draft, types, profile, pins)) return undefined;
  chooseMode(draft, decide(4, facets.f4), profile, given.mode ?? {});
  if (tile && operandOf(draft, tile)!.dims.length === 0) chooseTile(draft, tile, shape, profile, elements);
  if (row) {
    const [acc, a, , mRank] = multiplies!.operands as [string, string, string, string];
    chooseMultiply(draft, { acc, a, mRank, depthwise: multiplies!.constants[0] === 1 }, slot!, row, shape, ease < 2 ? elements : 4, ease === 0 && shape.chance(3));
  }
  const base = given.base && traitsOf(definition).hasRows ? [...given.base.slice(0, -1), Math.min(given.base.at(-1)!, profile.accLanes)] : given.base;
  if (!chooseDims(draft, base ?? baseDims(profile, draft, shape, ease, ease < 2 ? elements : 4), shape)) return undefined;
  for (const operand of draft.operands) operand.fill = fillOf(operand, sub);
  for (const name of sources) if (name in bits) draft.values[name] = scalarFor(draft, sub);
  return layOut(draft, decide(3, ease === 3 ? 0 : facets.f3), arena, ease === 3, given.layout) ? draft : undefined;
}
const structuredCloneOf = (parts: Partial<Pick<OperandDraft, 'dims' | 'space' | 'strides'>>): Partial<OperandDraft> =>
  ({ ...parts, ...(parts.dims ? { dims: [...parts.dims] } : {}), ...(parts.strides ? { strides: [...parts.strides] } : {}) });

/** Bits of every field that exists and is no operand. */
function chooseFields(definition: Definition, draw: Draw, { slotCount, features }: Profile, forced: Readonly<Record<string, number>>): Record<string, number> {
  const bits: Record<string, number> = {}, { form } = traitsOf(definition);
  for (const [name, field] of plainFields(definition)) {
    if (field.when && !exists(definition.fields, field, wordsOf(definition, bits))) continue;
    bits[name] = forced[name] ?? anyBits(field, draw, slotCount);
  }
  const forms = [true, features.includes('sparse24'), features.includes('mx') || features.includes('nvfp4')];
  if (form && !forms[bits[form]!]) bits[form] = FORM_DENSE;
  return bits;
}
export function anyBits(field: Field, { dice }: Pick<Draw, 'dice'>, slotCount: number): number {
  if (field.kind === 'slot') return dice.roll(slotCount);
  if (field.kind === 'destination') return GENERAL[dice.roll(GENERAL.length)]!;
  if (field.kind === 'source') return 0;
  if (field.range && field.range[1] - field.range[0] < 256) return field.range[0] + dice.roll(field.range[1] - field.range[0] + 1);
  const list = field.width === 32 && dice.roll(2) === 1 ? scalarCorners : field.corners;
  return list[dice.roll(list.length)]! >>> 0;
}

/** Dims to begin with: a corner for each axis, few elements, seldom an empty one. */
function baseDims({ accLanes }: Profile, draft: Draft, draw: Draw, ease: number, most: number): number[] {
  const rank = 1 + draw.pick([0, 1, 2, 1, 3, 4, 2, 0]), dims: number[] = [];
  for (let axis = 0; axis < rank; axis++) dims.push(draw.pick(dimCorners));
  if (ease === 0 && draw.chance(3)) dims[draw(rank)] = 0;
  if (traitsOf(draft.definition).hasRows) dims[rank - 1] = Math.min(dims[rank - 1]!, accLanes);
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
