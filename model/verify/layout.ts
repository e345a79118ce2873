//! layout: how the operands of a draft lie, wherever that will be: spaces, strides, offsets, such that no rule of geometry breaks.
import { cached } from '../isa/cached.ts';
import type { Definition } from '../isa/instruction.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM, UNIT_SEQ } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { type Arena, NEEDS_FLOATS, NEEDS_INDICES, NEEDS_INTEGERS, NEEDS_SCALAR } from './arena.ts';
import { countOf, type Draft, type OperandDraft, reach, widthOf } from './draft.ts';
import { type Draw, draws } from './random.ts';

/** Lay out every operand that is not laid out already; false when there is no way. `plain` leaves out everything odd. */
export function layOut(draft: Draft, draw: Draw, arena: Arena, plain: boolean, kind?: number): boolean {
  const done: OperandDraft[] = [];
  for (const operand of draft.operands) {
    const rows = hasRows(draft, operand);
    if (operand.space === 0 && !chooseSpace(operand, draft, draw, arena, rows)) return false;
    const [first] = done, same = !plain && first && first.role !== 'read' && operand.role === 'read' && draw.chance(20) ? first : undefined;
    done.push(operand);
    if (same && operand.strides.length === 0 && inPlace(operand, same, rows)) continue;
    const lanes = lanesOf(draft, operand, arena.profile);
    if (operand.strides.length === 0) operand.strides = stridesOf(operand, draw, lanes, plain, kind);
    if (!plain && operand.field.kind !== 'bare' && !draw.chance(50)) {
      operand.offsets = true;
      operand.imm = widthOf(operand.dtype) === 4 ? draw.pick(immediates) & ~1 : draw.pick(immediates);
    }
    if (spanBytes(operand) > arena.capacities[operand.space]!) compact(operand, lanes);
    if (operand.field.view?.definite && !fitsKnown(operand, draft, arena)) return false;
  }
  return true;
}
const immediates = [0, 1, -1, 16, 4095, -4096, 7];

/** Must it lie in whole rows of accumulators? */
export const hasRows = ({ definition }: Draft, { name }: OperandDraft): boolean => named(definition).rows.includes(name);
/** Operands of which rules say where and how they lie. */
const named = cached(({ rules }: Definition) => {
  const of = (predicate: string, which: number): readonly string[] => rules.flatMap((rule) => (rule.predicate === predicate ? rule.operands.slice(which, which + 1) : []));
  return { rows: of('accRows', 0), tables: of('tableDims', 1), scattered: of('gatherDims', 1), notFromDram: of('notFromDram', 0) };
});
const lanesOf = (draft: Draft, operand: OperandDraft, { accLanes }: Profile): number => (operand.space === SPACE_ACC && hasRows(draft, operand) ? accLanes : 1);
const spanBytes = (operand: OperandDraft): number => { const r = reach(operand); return r ? (r.high - r.low) / 8 : 0; };

/** A space that the instruction allows, the profile has and the operand fits into. */
function chooseSpace(operand: OperandDraft, draft: Draft, draw: Draw, arena: Arena, rows: boolean): boolean {
  const { features, accLanes } = arena.profile, width = widthOf(operand.dtype);
  const forbidden = named(draft.definition).notFromDram.includes(operand.name) && !features.includes('weightsFromDram');
  const elements = operand.field.view?.single ? 1 : countOf(operand.dims);
  const dense = (space: number): number => (space === SPACE_ACC && rows ? (elements / Math.max(1, operand.dims.at(-1)!)) * accLanes : elements) * width / 8;
  // Tables and indices are kept in SPM.
  const { view, spaces: all } = operand.field, suiting = view?.definite && !view.single && all!.includes(SPACE_SPM) ? [SPACE_SPM] : all!;
  // A long table shrinks to entries that are all the same one.
  const fits = (space: number): boolean => (view?.definite && !view.single) || dense(space) <= arena.capacities[space]!;
  const spaces = suiting.filter((space) => space <= SPACE_ACC && !(forbidden && space === SPACE_DRAM) && fits(space));
  if (spaces.length === 0) return false;
  operand.space = draw.pick(spaces);
  return true;
}

/** The very same elements as the destination. */
function inPlace(operand: OperandDraft, same: OperandDraft, rows: boolean): boolean {
  const fits = operand.field.kind !== 'bare' || !same.offsets;
  if (!fits || rows || operand.space !== same.space || widthOf(operand.dtype) !== widthOf(same.dtype) || operand.field.view?.definite) return false;
  if (operand.dims.length !== same.dims.length || operand.dims.some((dim, i) => dim !== same.dims[i]) || operand.padLow.some((pad, i) => pad || operand.padHigh[i])) return false;
  Object.assign(operand, { offsets: same.offsets, imm: same.imm, strides: [...same.strides], same: true });
  return true;
}

// ---- strides
/** Strides in elements. Destinations are nested: each stride exceeds the reach of all smaller ones. */
function stridesOf(operand: OperandDraft, draw: Draw, lanes: number, plain: boolean, wanted?: number): number[] {
  const { dims, role, dtype } = operand, last = dims.length - 1, written = role !== 'read', nibbles = widthOf(dtype) === 4 && written;
  const kind = plain ? 0 : wanted ?? draw(8), order = dims.map((_, i) => last - i);
  // Lanes and 4-bit rows run along the last dim; anything else may be permuted.
  if (kind === 2 || kind === 7) { const moved = order.splice(lanes > 1 || nibbles ? 1 : 0); order.push(...moved.reverse()); }
  const strides = dims.map(() => 0);
  let span = 0;
  order.forEach((axis, rank) => {
    const inner = axis === last && (lanes > 1 || nibbles), gap = !inner && (kind === 1 || kind === 7) && draw.chance(50) ? draw(5) : 0;
    const first = rank === 0 && (kind === 5 && !inner) ? 2 : 1, unit = inner ? 1 : lanes > 1 ? lanes : nibbles ? 2 : 1;
    const stride = Math.ceil((span + first + gap) / unit) * unit;
    strides[axis] = stride;
    const dim = inner && nibbles ? dims[axis]! + (dims[axis]! & 1) : Math.max(1, dims[axis]!);
    span += (dim - 1) * stride;
  });
  const inner = (axis: number): boolean => axis === last && (lanes > 1 || nibbles) && dims[axis]! > 1;
  if (kind === 3 || kind === 6) for (let axis = 0; axis <= last; axis++) if (!inner(axis) && (kind === 6 || draw(2))) strides[axis] = -strides[axis]!;
  if (kind === 4 && !written) { const axis = draw(dims.length); if (!inner(axis)) strides[axis] = 0; }
  // Overlapping reads, as of convolution windows; and a dim of 1 may have any stride.
  if (kind === 7 && !written && lanes === 1 && dims.length > 1) strides[0] = strides[last]!;
  if (!plain) dims.forEach((dim, axis) => { if (dim === 1 && draw.chance(10)) strides[axis] = draw.pick([0, -1, 0x7fff_ffff, -0x8000_0000]); });
  return strides;
}

/** Dense: what is left when the drawn layout is too wide. */
function compact(operand: OperandDraft, lanes: number): void {
  operand.strides = stridesOf(operand, draws(0), lanes, true);
}

// ---- operands that must be known
/** Where such an operand lies when nothing else is sure: in the tables that suit it, or where nobody writes; a number of the arena's `knownWindows`. */
export function needOf(draft: Draft, operand: OperandDraft): number {
  const float = (draft.mode.scale ?? 0) >= 4 || draft.bits['activation'] === 2;
  return isTable(draft, operand) ? (float ? NEEDS_FLOATS : NEEDS_INTEGERS) : operand.field.view?.single ? NEEDS_SCALAR + operand.space : NEEDS_INDICES;
}
export const isTable = ({ definition }: Draft, { name }: OperandDraft): boolean => named(definition).tables.includes(name);
/** Are its elements reached one by one, as indices say? */
export const isScattered = ({ definition }: Draft, { name }: OperandDraft): boolean => named(definition).scattered.includes(name);
/** Makes it dense, then all entries one, until it fits there. */
function fitsKnown(operand: OperandDraft, draft: Draft, arena: Arena): boolean {
  const table = isTable(draft, operand), align = alignmentOf(draft, operand, arena.profile);
  const simpler = [() => undefined, () => compact(operand, 1), () => { operand.strides = operand.strides.map((s, axis) => (table && axis === 1 ? s : 0)); }];
  return simpler.some((simplify) => {
    simplify();
    const extent = reach(operand) ?? { low: 0, high: 8 };
    return arena.knownWindows[needOf(draft, operand)]!.some((w) => Math.floor((w.high * 8 - extent.high) / align) >= Math.ceil((w.low * 8 - extent.low) / align));
  });
}

// ---- addresses
/** Multiple of bits that the address of element 0 keeps. */
export function alignmentOf(draft: Draft, operand: OperandDraft, profile: Profile): number {
  const { dtype, role, field } = operand, granule = granuleOf(draft, operand, profile), lanes = lanesOf(draft, operand, profile);
  const width = widthOf(dtype), natural = width === 4 && (role !== 'read' || granule > 1 || field.kind === 'bare') ? 8 : width;
  return [8 * granule, lanes > 1 ? lanes * width : 1].reduce((a, b) => (a * b) / gcd(a, b), natural);
}
/** Bytes that the profile aligns the unit's addresses to. */
export function granuleOf({ definition: { unit } }: Draft, { space }: OperandDraft, { granules }: Profile): number {
  const of = unit === 'agent' ? UNIT_SEQ : unit;
  return granules.find((g) => g.space === space && g.unit === of)?.bytes ?? 1;
}
/** Multiple of elements by which a register may step through it. */
export function strideOf(draft: Draft, operand: OperandDraft, profile: Profile): number {
  const width = widthOf(operand.dtype), lanes = lanesOf(draft, operand, profile), bits = 8 * granuleOf(draft, operand, profile), whole = width === 4 ? 2 : 1;
  // Steps are whole rows, whole bytes and whole granules.
  return [lanes, whole, bits / gcd(bits, width)].reduce((a, b) => (a * b) / gcd(a, b), 1);
}
const gcd = (a: number, b: number): number => (b ? gcd(b, a % b) : a);
