//! draft: an instruction on tensors that holds what a hole asks for: drawn until it fits, then bent where drawing would take too long.
import { RetiredCursor } from '../cursor.ts';
import type { Segment } from '../device.ts';
import { byMnemonic } from '../instructions/set.ts';
import { type Definition, isOperand } from '../isa/instruction.ts';
import { modeFields, STOCHASTIC, type View } from '../isa/view.ts';
import { PAGE_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM, UNIT_SEQ } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByCode } from '../numerics/format.ts';
import { countOf, type Draft, hullOf, type OperandDraft, operandOf, widthOf } from '../verify/draft.ts';
import { cornerCodes } from '../verify/corners.ts';
import type { Random } from '../verify/random.ts';
import type { RawRecord } from '../verify/record.ts';
import { emit, type State } from '../verify/state.ts';
import { draftOf as foundDraft, emitDraft } from '../verify/tensors.ts';
import type { Workshop } from '../verify/workshop.ts';
import { Frame } from './frame.ts';
import { type Aim, binOf, type Point } from './group.ts';
import { plannedRecord } from './planned.ts';
import { classOf } from './values.ts';

const DRAFTS = 60;
export const anyRecord = (next: Random): RawRecord => ({ op: 0, f0: next(), f1: next(), f2: next(), f3: next(), f4: next(), f5: next(), f6: next() });
/** A draft that has found its places. */
function draftOf(shop: Workshop, state: State, definition: Definition, record: RawRecord, bits: Readonly<Record<string, number>> = {}): Draft | undefined {
  const kind = shop.definitions.indexOf(definition);
  return kind < 0 ? undefined : foundDraft(shop, state, kind, record, bits)?.draft;
}
/** Points with the bins that the instruction shall fall into. */
export type Wished = readonly (readonly [Point, number])[];

/** Emits it, with what it needs and what shall go before; returns what shall lie in memory when the program begins. */
export function tensorStep(shop: Workshop, state: State, definition: Definition, aim: Aim, wished: Wished, next: Random): readonly Segment[] {
  if (aim.hazard) { hazard(shop, state, aim.hazard, next); return []; }
  if (aim.depth !== undefined) tile(shop, state, aim.depth, next);
  const draft = wishedDraft(shop, state, definition, aim, wished, next);
  if (!draft) return [];
  if (aim.before !== undefined || aim.unitBefore !== undefined) {
    // Its descriptors and mode are set up by a first one, so that nothing stands between the other instruction and the second one.
    emitDraft(shop, state, draft);
    goesBefore(shop, state, aim, next);
  }
  emitDraft(shop, state, draft);
  return (aim.numbers ?? []).map(([position, of]) => filled(draft.operands.find((one) => one.position === position)!, of, next));
}
/** Bytes that make every element of an operand a number of the kind. */
function filled(operand: OperandDraft, of: number, next: Random): Segment {
  const [low, high] = hullOf(operand), codes = codesOf(operand.dtype, of), width = widthOf(operand.dtype), code = codes[next() % codes.length]!;
  // Each element on a place of its width: bytes repeat from there.
  const bytes = Uint8Array.from({ length: high - low }, (_, i) => (width === 4 ? Number(code) * 17 : Number((code >> BigInt(8 * (i % (width / 8)))) & 255n)));
  return { space: operand.space, address: low, bytes };
}
const codesOf = (dtype: number, of: number): readonly bigint[] => { const format = formatByCode(dtype)!; return cornerCodes(format).filter((code) => classOf(format, code) === of); };

/** The best of some drafts: one that falls into all the bins that a plan tells. */
export function wishedDraft(shop: Workshop, state: State, definition: Definition, aim: Aim, wished: Wished, next: Random, tries = DRAFTS): Draft | undefined {
  const sure = wished.filter(([point]) => !point.late), frame = new Frame(), { profile } = state.arena;
  let fallback: Draft | undefined;
  for (let i = 0; i < tries; i++) {
    const draft = draftOf(shop, state, definition, anyRecord(next), fieldsOf(definition, aim));
    if (!draft || !bent(shop, state, draft, aim) || !holdsRules(draft, profile)) continue;
    if (aim.result && !aim.result.includes(draft.operands[0]?.dtype ?? 0)) continue;
    if (aim.numbers && !aim.numbers.every(([position, of]) => draft.operands.some((one) => one.position === position && canHold(one, of)))) continue;
    fallback = draft;
    frame.read(new RetiredCursor(plannedRecord(draft)));
    if (sure.every(([point, bin]) => binOf(point, frame) === bin)) return draft;
  }
  return fallback;
}
/** Some number of the kind lies in so little memory that nothing else has to be there. */
function canHold(operand: OperandDraft, of: number): boolean {
  const [low, high] = hullOf(operand);
  return (operand.space === SPACE_SPM || operand.space === SPACE_ACC) && high > low && high - low <= FILLED_BYTES && !operand.same && codesOf(operand.dtype, of).length > 0;
}
const FILLED_BYTES = 4096;
/** Fields of the wish that this instruction has. */
const fieldsOf = ({ fields }: Definition, { bits = {} }: Aim): Record<string, number> => Object.fromEntries(Object.entries(bits).filter(([name]) => name in fields && !isOperand(fields[name])));

/** What goes before it, right before: an instruction of the same unit, or any one of a unit. */
export function goesBefore(shop: Workshop, state: State, { before, unitBefore }: Aim, next: Random): void {
  if (before !== undefined) {
    const draft = draftOf(shop, state, byMnemonic.get(before)!, anyRecord(next));
    if (draft) emitDraft(shop, state, draft);
  } else if (unitBefore === UNIT_SEQ) emit(state, 'nop', { tag: 0 });
  else if (unitBefore !== undefined) emit(state, 'post', { m: 60, agent: unitBefore, rs2: 0, imm: 0 });
}

// ---- bending
/** Mode, registers, rows, ranks and places as wished; false where the draft does not lend itself to it. */
function bent(shop: Workshop, state: State, draft: Draft, { mode = {}, bits = {}, rows, rank, space, place, odd }: Aim): boolean {
  for (const [name, value] of Object.entries(mode)) if (draft.definition.mode.includes(name as never)) draft.mode[name as 'round'] = value;
  // A register by number keeps what it holds.
  for (const name of Object.keys(bits)) delete draft.values[name];
  if (rows !== undefined && !setRows(draft, rows, state.arena.profile)) return false;
  const first = draft.operands[0];
  if (rank !== undefined && first && draft.definition.rules.some(({ predicate, operands: [name] }) => predicate === 'tileFits' && name === first.name)) {
    while (first.dims.length < rank) { first.dims.unshift(1); first.strides.unshift(1); first.padLow.unshift(0); first.padHigh.unshift(0); }
  }
  if (space && !setSpace(shop, state, draft, space.position, space.code)) return false;
  if (odd !== undefined && !setOdd(draft, odd)) return false;
  return !place || setPlace(draft, place.position, place.at, state.arena.profile);
}
/** M rows of one product: activations over one another, accumulators from the first row on. */
function setRows(draft: Draft, rows: number, { accLanes }: Profile): boolean {
  const acc = operandOf(draft, 'acc'), a = operandOf(draft, 'a'), mRank = draft.bits['mRank'] ?? 1;
  if (!acc || !a || draft.operands.length !== 2 || rows === 0) return rows === 0;
  const rest = a.dims.slice(mRank), columns = acc.dims.at(-1)!;
  draft.bits['mRank'] = 1;
  if (countOf(rest) * columns * rows > 65536) return false;
  dense(a, [rows, ...rest], 1);
  if (hullOf(a)[1] > 32768 || rows > 64) a.strides[0] = 0;
  dense(acc, [rows, columns], accLanes);
  acc.address = 0;
  return true;
}
/** Row-major without gaps, rows of accumulators where they have lanes; no offset. */
function dense(operand: OperandDraft, dims: readonly number[], lanes: number): void {
  const strides: number[] = [];
  let step = 1;
  for (const [back, dim] of [...dims].reverse().entries()) {
    strides.unshift(step);
    step = back === 0 && lanes > 1 ? lanes : step * Math.max(1, dim);
  }
  Object.assign(operand, { dims: [...dims], strides, padLow: dims.map(() => 0), padHigh: dims.map(() => 0), s: 0, sValue: 0, imm: 0, step: 0, times: 1 });
}
/** A table or an index that shall lie in the accumulators: known there, since something is written first. */
function setSpace(shop: Workshop, state: State, draft: Draft, position: number, code: number): boolean {
  const operand = draft.operands.find((one) => one.position === position);
  if (!operand || operand.space === code) return operand !== undefined;
  if (code !== SPACE_ACC || !operand.field.view?.definite || draft.operands.some((other) => other !== operand && other.space === SPACE_ACC)) return false;
  operand.space = SPACE_ACC;
  dense(operand, operand.dims, 1);
  operand.address = 0;
  const filler = draftOf(shop, state, byMnemonic.get('load')!, { op: 0, f0: 0, f1: 0, f2: 0, f3: 0, f4: 0, f5: 0, f6: 0 });
  if (!filler || hullOf(operand)[1] > 4096) return false;
  const [d, a] = filler.operands as [OperandDraft, OperandDraft];
  for (const one of [d, a]) { one.dtype = operand.dtype; dense(one, operand.dims, 1); }
  // What the host laid down below in DRAM is known.
  Object.assign(d, { space: SPACE_ACC, address: 0 });
  Object.assign(a, { space: SPACE_DRAM, address: 0 });
  emitDraft(shop, state, filler);
  return true;
}
/** One element further, where elements are halves of bytes. */
function setOdd(draft: Draft, position: number): boolean {
  const operand = draft.operands.find((one) => one.position === position);
  if (operand?.field.kind !== 'operand' || operand.role !== 'read' || widthOf(operand.dtype) !== 4 || countOf(operand.dims) === 0) return false;
  operand.address += 4;
  operand.imm = 1;
  const base = operand.address - 4 * (operand.sValue + 1);
  return base >= 0 && base % 8 === 0;
}
/** Moves an operand to an end of its memory, or across a border of pages. */
function setPlace(draft: Draft, position: number, at: number, { dramBytes, spmBytes, accBytes, accLanes }: Profile): boolean {
  const operand = draft.operands.find((one) => one.position === position);
  if (!operand || countOf(operand.dims) === 0 || operand.field.view?.definite) return false;
  Object.assign(operand, { s: 0, sValue: 0, imm: 0, step: 0, times: 1 });
  const [low, high] = hullOf(operand), rows = operand.space === SPACE_ACC && draft.definition.rules.some(({ predicate, operands: [name] }) => predicate === 'accRows' && name === operand.name);
  const align = Math.max(1, (rows ? accLanes : 1) * widthOf(operand.dtype) / 8), end = { [SPACE_DRAM]: dramBytes, [SPACE_SPM]: spmBytes, [SPACE_ACC]: accBytes }[operand.space]!;
  const by = at === 0 ? -low : at === 1 ? end - high : PAGE_BYTES - low - Math.ceil((high - low) / 2 / align) * align;
  if (by % align !== 0 || low + by < 0 || high + by > end || (at === 2 && high - low < 2)) return false;
  operand.address += 8 * by;
  const [from, to] = hullOf(operand);
  return draft.operands.every((other) => { const [l, h] = hullOf(other); return other === operand || other.space !== operand.space || l >= to || from >= h; });
}

// ---- rules on fields, dtypes and modes, asked as the machine asks them
const judged = new Set(['epilogueTypes', 'residualClass', 'tableNeeded', 'settledWhen', 'levelExists', 'dotExists', 'zeroPointFeature', 'zeroPointsOnIntegers', 'zeroPointWhen', 'scaleFeature', 'notStochastic']);
function holdsRules(draft: Draft, { features, triples, formatCodes, functions }: Profile): boolean {
  const view = { has: (feature: never) => features.includes(feature), knows: (code: number) => formatCodes.includes(code), triples, functionTable: (name: never) => functions.get(name) } as unknown as View;
  const mode = Object.fromEntries(modeFields.map(({ name }) => [name, draft.mode[name] ?? 0]));
  return (mode['round'] !== STOCHASTIC || features.includes('stochastic')) && draft.definition.rules.filter(({ predicate }) => judged.has(predicate)).every((rule) => {
    const values = rule.operands.map((name) => {
      if (name === 'mode') return mode;
      const operand = operandOf(draft, name);
      return operand ? { dtype: operand.dtype, format: formatByCode(operand.dtype) } : isOperand(draft.definition.fields[name]) ? undefined : draft.bits[name] ?? 0;
    });
    return values.includes(undefined) || rule.holds(view, ...values);
  });
}

// ---- before a product, and after a touch
/** A tile of the depth, which is then multiplied. */
function tile(shop: Workshop, state: State, depth: number, next: Random): void {
  const wload = byMnemonic.get('wload')!;
  for (let tries = 0; tries < 4 * DRAFTS; tries++) {
    const draft = draftOf(shop, state, wload, anyRecord(next), { form: 0 }), a = draft && operandOf(draft, 'a');
    if (!draft || !a || countOf(a.dims) / a.dims.at(-1)! !== depth) continue;
    // Nothing else is loaded, as far as the following draft is concerned.
    state.forgetSlots();
    emitDraft(shop, state, draft);
    return;
  }
}

/** Two instructions on the very same bytes, one after the other, with others between that touch none of them. */
function hazard(shop: Workshop, state: State, { kind, between, other }: NonNullable<Aim['hazard']>, next: Random): void {
  const by = (mnemonic: string): Definition => byMnemonic.get(mnemonic)!;
  // By load, DMI writes; by move, VPU reads and writes.
  const [first, second] = kind === 0 ? [other ? 'load' : 'move', 'move'] : kind === 1 ? ['move', other ? 'load' : 'move'] : ['move', other ? 'load' : 'move'];
  const one = wishedDraft(shop, state, by(first!), {}, [], next), two = wishedDraft(shop, state, by(second!), {}, [], next);
  const shared = one?.operands[kind === 1 ? 1 : 0], target = two?.operands[kind === 0 ? 1 : 0], rest = two?.operands[kind === 0 ? 0 : 1];
  if (!one || !two || !shared || !target || !rest || countOf(shared.dims) === 0) return;
  for (const operand of one.operands) { if (operand !== shared) continue; dense(operand, operand.dims, 1); }
  const { dtype, dims, space, address } = shared, free = second === 'load' ? SPACE_DRAM : space === SPACE_ACC ? SPACE_SPM : SPACE_ACC;
  for (const operand of [target, rest]) { operand.dtype = dtype; dense(operand, dims, 1); }
  Object.assign(target, { space, address });
  Object.assign(rest, { space: free, address: free === SPACE_DRAM ? 0 : 8 * 4096 });
  const apart = one.operands.every((operand) => { const [l, h] = hullOf(operand), [from, to] = hullOf(shared); return operand === shared || operand.space !== space || l >= to || from >= h; });
  if (!apart || hullOf(shared)[1] > 65536) return;
  emitDraft(shop, state, one);
  const filler = between > 0 ? wishedDraft(shop, state, by('crc'), {}, [], next) : undefined;
  for (let i = 0; i < between && filler; i++) emitDraft(shop, state, filler);
  emitDraft(shop, state, two);
}
