//! place: where the operands of a draft lie: spaces, strides and addresses, such that no rule of geometry breaks.
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM, UNIT_SEQ } from '../limits.ts';
import { type Arena, capacity, type Knowledge, surelyKnown, type Window } from './arena.ts';
import { countOf, type Draft, hullOf, type OperandDraft, reach, widthOf } from './draft.ts';
import type { Draw } from './random.ts';

/** What placing needs of the program so far. `recent` are starts of tensors that were written lately. */
export interface Ground {
  readonly arena: Arena;
  readonly knowledge: Knowledge;
  /** Nothing is surely known but what is never written. */
  readonly inLoop: boolean;
  readonly recent: readonly { readonly space: number; readonly dtype: number; readonly address: number }[];
  /** Offset registers that step with an open loop. */
  readonly steps: readonly { readonly s: number; readonly value: number; readonly step: number; readonly times: number }[];
  /** Registers whose value is known. */
  readonly registers: readonly (number | undefined)[];
}

/** Find a place for every operand; false when there is none. `plain` leaves out everything odd. */
export function placeOperands(draft: Draft, draw: Draw, ground: Ground, plain: boolean): boolean {
  const placed: OperandDraft[] = [], unit = draft.definition.unit === 'agent' ? UNIT_SEQ : draft.definition.unit;
  for (const operand of draft.operands) {
    const rows = draft.definition.rules.some((rule) => rule.predicate === 'accRows' && rule.operands[0] === operand.name);
    if (!chooseSpace(operand, draft, draw, ground, rows)) return false;
    const same = !plain && placed[0]?.role !== 'read' && placed[0] && operand.role === 'read' && draw.chance(20) ? placed[0] : undefined;
    if (same && copyPlace(operand, same, rows, ground)) { placed.push(operand); continue; }
    const lanes = rows && operand.space === SPACE_ACC ? ground.arena.profile.accLanes : 1;
    operand.strides = stridesOf(operand, draw, lanes, plain);
    if (!plain) chooseOffset(operand, draw, ground, lanes, unit);
    if (spanBytes(operand) > capacity(ground.arena, operand.space)) compact(operand, lanes);
    const clear = placed.filter((other) => other.space === operand.space && (other.role !== 'read' || operand.role !== 'read'));
    if (operand.field.view?.definite ? !placeKnown(operand, clear, draw, ground, unit, draft) : !placeAnywhere(operand, clear, draw, ground, lanes, unit)) return false;
    placed.push(operand);
  }
  return true;
}

const spanBytes = (operand: OperandDraft): number => { const r = reach(operand); return r ? (r.high - r.low) / 8 : 0; };

/** A space that the instruction allows, the profile has and the operand fits into. */
function chooseSpace(operand: OperandDraft, draft: Draft, draw: Draw, ground: Ground, rows: boolean): boolean {
  const { features, accLanes } = ground.arena.profile, width = widthOf(operand.dtype);
  const forbidden = draft.definition.rules.some(({ predicate, operands: [name] }) => predicate === 'notFromDram' && name === operand.name) && !features.includes('weightsFromDram');
  const elements = operand.field.view?.single ? 1 : countOf(operand.dims);
  const dense = (space: number): number => (space === SPACE_ACC && rows ? (elements / Math.max(1, operand.dims.at(-1)!)) * accLanes : elements) * width / 8;
  // Tables and indices are kept in SPM.
  const { view, spaces: all } = operand.field, suiting = view?.definite && !view.single && all!.includes(SPACE_SPM) ? [SPACE_SPM] : all!;
  // A long table shrinks to entries that are all the same one.
  const fits = (space: number): boolean => (view?.definite && !view.single) || dense(space) <= capacity(ground.arena, space);
  const spaces = suiting.filter((space) => space <= SPACE_ACC && !(forbidden && space === SPACE_DRAM) && fits(space));
  if (spaces.length === 0) return false;
  operand.space = draw.pick(spaces);
  return true;
}

/** In place: the very same elements as the destination. */
function copyPlace(operand: OperandDraft, same: OperandDraft, rows: boolean, { arena }: Ground): boolean {
  const fits = operand.field.kind !== 'bare' || (same.s === 0 && same.imm === 0);
  if (!fits || rows || operand.space !== same.space || widthOf(operand.dtype) !== widthOf(same.dtype) || operand.field.view?.definite || arena.work.length === 0) return false;
  if (operand.dims.length !== same.dims.length || operand.dims.some((dim, i) => dim !== same.dims[i]) || operand.padLow.some((pad, i) => pad || operand.padHigh[i])) return false;
  const { s, sValue, imm, step, times, address, strides } = same;
  Object.assign(operand, { s, sValue, imm, step, times, address, strides: [...strides] });
  return true;
}

// ---- strides
/** Strides in elements. Destinations are nested: each stride exceeds the reach of all smaller ones. */
function stridesOf(operand: OperandDraft, draw: Draw, lanes: number, plain: boolean): number[] {
  const { dims, role, dtype } = operand, last = dims.length - 1, written = role !== 'read', nibbles = widthOf(dtype) === 4 && written;
  const kind = plain ? 0 : draw(8), order = dims.map((_, i) => last - i);
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

/** Dense and without steps: what is left when the drawn layout is too wide. */
function compact(operand: OperandDraft, lanes: number): void {
  operand.strides = stridesOf(operand, Object.assign(() => 0, { chance: () => false, pick: <T>(list: readonly T[]) => list[0]!, word: () => 0 }), lanes, true);
  if (operand.times > 1) Object.assign(operand, { s: 0, sValue: 0, step: 0, times: 1 });
}

// ---- offsets
/** Registers that may change between now and the instruction. */
const scratch = [16, 17, 18, 19];
const immediates = [0, 1, -1, 16, 4095, -4096, 7];
/** Offset register and immediate; registers that step make the operand walk through its place. */
function chooseOffset(operand: OperandDraft, draw: Draw, { steps, registers, arena }: Ground, lanes: number, unit: number): void {
  if (operand.field.kind === 'bare' || draw.chance(50)) return;
  const even = (n: number): number => (widthOf(operand.dtype) === 4 ? n & ~1 : n);
  operand.imm = even(draw.pick(immediates));
  const granule = arena.profile.granules.find((g) => g.space === operand.space && g.unit === unit)?.bytes ?? 1;
  const walking = steps.filter(({ step }) => step % lanes === 0 && step % (widthOf(operand.dtype) === 4 ? 2 : 1) === 0 && (step * widthOf(operand.dtype) / 8) % granule === 0);
  if (walking.length && draw(3)) {
    const { s, value, step, times } = draw.pick(walking);
    Object.assign(operand, { s, sValue: value, step, times });
    return;
  }
  // A register that is known, of a size that leaves the base inside 48 bits.
  const known = registers.flatMap((value, s) => (value !== undefined && s > 0 && !scratch.includes(s) && Math.abs(value | 0) < 2 ** 20 && even(value) === value ? [s] : []));
  if (known.length && draw.chance(40)) { operand.s = draw.pick(known); operand.sValue = registers[operand.s]! | 0; }
}

/** Elements between the base of the descriptor and the element of index 0. */
export const offsetOf = ({ sValue, imm }: OperandDraft): number => sValue + imm;

// ---- addresses
/** Multiple of bits that the address of element 0 keeps. */
function alignmentOf({ dtype, space, role, field }: OperandDraft, lanes: number, { arena }: Ground, unit: number): number {
  const width = widthOf(dtype), granule = arena.profile.granules.find((g) => g.space === space && g.unit === unit)?.bytes ?? 1;
  const natural = width === 4 && (role !== 'read' || granule > 1 || field.kind === 'bare') ? 8 : width;
  return [8 * granule, lanes > 1 ? lanes * width : 1].reduce((a, b) => (a * b) / gcd(a, b), natural);
}
const gcd = (a: number, b: number): number => (b ? gcd(b, a % b) : a);

/** An address in one window, apart from the other operands; `wish` is tried first. */
function addressIn(operand: OperandDraft, window: Window, clear: readonly OperandDraft[], align: number, wish: (count: number, first: number) => number): boolean {
  const extent = reach(operand) ?? { low: 0, high: 8 };
  const first = Math.ceil((window.low * 8 - extent.low) / align) * align, last = Math.floor((window.high * 8 - extent.high) / align) * align;
  if (last < first) return false;
  const count = (last - first) / align + 1, bytes = Math.ceil((extent.high - extent.low) / 8);
  let at = first + (wish(count, first) % count) * align;
  for (let tries = 0; tries < 24; tries++) {
    operand.address = at;
    const [low, high] = hullOf(operand);
    const hit = clear.map(hullOf).find(([l, h]) => low < h && l < high);
    if (!hit || countOf(operand.dims) === 0) return baseFits(operand);
    at += Math.ceil(((hit[1] - low) * 8) / align) * align;
    if (at > last) at = first + (tries % Math.max(1, bytes)) * align;
    if (at > last) return false;
  }
  return false;
}
/** The base must be a whole byte from 0 on; otherwise the offset goes. */
function baseFits(operand: OperandDraft): boolean {
  const base = operand.address - offsetOf(operand) * widthOf(operand.dtype);
  if (base >= 0 && base % 8 === 0) return true;
  if (operand.step) operand.imm = 0; else Object.assign(operand, { s: 0, sValue: 0, imm: 0 });
  const again = operand.address - offsetOf(operand) * widthOf(operand.dtype);
  if (again >= 0 && again % 8 === 0) return true;
  if (again % 8 !== 0 && operand.field.kind !== 'bare' && operand.imm === 0) operand.imm = 1;
  const odd = operand.address - offsetOf(operand) * widthOf(operand.dtype);
  return odd >= 0 && odd % 8 === 0;
}

function placeAnywhere(operand: OperandDraft, clear: readonly OperandDraft[], draw: Draw, ground: Ground, lanes: number, unit: number): boolean {
  const { arena, recent } = ground, { space, dtype, role } = operand, align = alignmentOf(operand, lanes, ground, unit);
  const work = arena.work.filter((w) => w.space === space), windows = role === 'read' && draw.chance(25) ? [...arena.data.filter((w) => w.space === space), ...work] : work;
  const turn = draw(4) === 3 ? draw(windows.length) : 0, way = draw(6);
  const rotated = [...windows.slice(turn), ...windows.slice(0, turn)];
  const near = (way === 3 ? recent.filter((r) => r.space === space && r.dtype === dtype).map((r) => r.address)
    : way === 4 ? arena.stripes.filter((s) => s.space === space && s.dtype === dtype).map((s) => s.low * 8) : []);
  const wished = near.length ? draw.pick(near) : undefined, salt = draw(4096);
  const wish = (count: number, first: number): number => {
    if (wished !== undefined) return Math.max(0, Math.round((wished - first) / align));
    return way === 0 ? 0 : way === 1 ? count - 1 : salt;
  };
  return rotated.some((window) => addressIn(operand, window, clear, align, wish));
}

/** An operand that must be known: in the tables that suit it, or where everything is known for sure. */
function placeKnown(operand: OperandDraft, clear: readonly OperandDraft[], draw: Draw, ground: Ground, unit: number, draft: Draft): boolean {
  const { arena, inLoop, knowledge } = ground, align = alignmentOf(operand, 1, ground, unit), salt = draw(64);
  const isTable = draft.definition.rules.some(({ predicate, operands: [, table] }) => predicate === 'tableDims' && table === operand.name);
  const float = (draft.mode.scale ?? 0) >= 4 || draft.bits['activation'] === 2;
  if (!isTable && !inLoop && draw.chance(40) && placeAnywhere(operand, clear, draw, ground, 1, unit)) {
    const [low, high] = hullOf(operand);
    if (surelyKnown(arena, knowledge, operand.space, low, high)) return true;
  }
  const windows = isTable ? [arena.tables[float ? 1 : 0]] : operand.field.view?.single ? arena.data.filter((w) => w.space === operand.space) : [arena.indices];
  const simpler = [() => undefined, () => compact(operand, 1), () => { operand.strides = operand.strides.map((s, axis) => (isTable && axis === 1 ? s : 0)); }];
  return simpler.some((simplify) => {
    simplify();
    return windows.some((window) => addressIn(operand, window, [], align, (count) => salt % count));
  });
}
