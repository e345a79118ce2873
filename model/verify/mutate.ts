//! mutate: how each rule on operands is broken, and nothing below it: one named change for each predicate.
import type { Rule } from '../isa/rule.ts';
import { CLASS_CONVERTED, inClass } from '../isa/rules.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_PEER_DRAM, SPACE_SPM, UNIT_SEQ } from '../limits.ts';
import { formatByCode, formats } from '../numerics/format.ts';
import { functionNames } from '../numerics/functions.ts';
import { countOf, type Draft, hullOf, isInteger, type OperandDraft, operandOf, reach, widthOf } from './draft.ts';
import type { Draw } from './random.ts';
import type { RawRecord } from './record.ts';
import type { SlotFact } from './tiles.ts';
import type { Arena } from './arena.ts';
import { FP32 } from './solve.ts';
import { FORM_SCALED } from '../isa/view.ts';

/** The program so far: its memory, its slots; `load` loads one, in a form that is given. */
export interface Ground {
  readonly arena: Arena;
  readonly slots: readonly (SlotFact | undefined)[];
  readonly load: (record: RawRecord, form: number) => void;
}
/** Changes a legal draft so that the rule breaks and no rule of a lower code does; false where the draft does not lend itself to it. */
export type Mutator = (draft: Draft, rule: Rule, ground: Ground, draw: Draw) => boolean;

// ---- descriptor words
/** Change the words of an operand's descriptor, after everything else. */
function rewrite(operand: OperandDraft | undefined, change: (words: number[]) => void): boolean {
  if (!operand) return false;
  const before = operand.words;
  operand.words = (words) => { before?.(words); change(words); words.forEach((word, i) => { words[i] = word >>> 0; }); };
  return true;
}
const at = (draft: Draft, rule: Rule, which: number): OperandDraft | undefined => operandOf(draft, rule.operands[which]!);
const setDtype = (operand: OperandDraft | undefined, code: number | undefined): boolean =>
  code !== undefined && rewrite(operand, (words) => { words[0] = (words[0]! & ~0xff) | code; });
const setDim = (operand: OperandDraft | undefined, axis: number, dim: (old: number) => number): boolean =>
  rewrite(operand, (words) => { words[3 + axis] = dim(words[3 + axis]!); });
/** A dtype of the profile for which a test holds, other than the operand's; conversions that a profile has not come first and bar it. */
function otherDtype(draft: Draft, operand: OperandDraft | undefined, { arena }: Ground, test: (code: number) => boolean): number | undefined {
  if (draft.mode.dot) draft.mode.dot = 0;
  return barred(draft, operand, arena.profile.features) ? undefined : arena.profile.formatCodes.find((code) => code !== operand?.dtype && test(code));
}
/** Without conversion any change of a dtype traps `feature`. */
const barred = ({ definition }: Draft, operand: OperandDraft | undefined, features: readonly string[]): boolean =>
  !features.includes('dmaConvert') && definition.rules.some(({ predicate, operands }) => predicate === 'sameTypeUnless' && operands.includes(operand?.name ?? ''));
/** Makes it a sub-operation of the rule; false where other fields than operands would have to follow. */
function inOp({ definition, bits }: Draft, { operands: [op], constants: [from, to] }: Rule): boolean {
  if (bits[op!]! >= from! && bits[op!]! <= to!) return true;
  bits[op!] = from!;
  return Object.values(definition.fields).every((field) => field.kind === 'operand' || !field.when?.some((c) => c.field === op));
}
const filled = ({ operands }: Draft): boolean => operands.every((o) => countOf(o.dims) > 0);
const opposite = (code: number) => (other: number): boolean => isInteger(other) !== isInteger(code) && inClass(other, 9);

/** What a half-built or ill-built descriptor looks like. */
const deformed: readonly ((words: number[], rank: number) => void)[] = [
  (words) => { words[0] = (words[0]! & ~0xff); }, (words) => { words[0] = words[0]! & ~(7 << 11); }, (words) => { words[0] = words[0]! | (6 << 11); },
  (words) => { words[0] = words[0]! | (1 << 14); }, (words) => { words[0] = words[0]! | (1 << 31); }, (words) => { words[0] = words[0]! | (1 << 20); },
  (words) => { words[3] = 0x100_0000; }, (words, rank) => { if (rank < 2) words[3] = 0xffff_ffff; else words.fill(0xff_ffff, 3, 3 + rank); },
  (words, rank) => { if (rank < 5) words[3 + rank] = 1; else words[13] = 1 << 30; }, (words, rank) => { if (rank < 5) words[8 + rank] = 1; else words[14] = 1 << 31; },
  (words, rank) => { words[14] = words[14]! | (rank < 5 ? 1 << (6 * rank) : 1 << 30); }, (words) => { words[2] = words[2]! | 0x1_0000; },
];

/** Move an operand's base so that its lowest byte, as near as alignment allows, is `low`. */
function moveTo(operand: OperandDraft, low: number, align: number): void {
  const { low: from } = reach(operand)!;
  operand.address = Math.ceil((low * 8 - from) / align) * align;
}
function alignOf(draft: Draft, operand: OperandDraft, { arena }: Ground): number {
  const { granules, accLanes } = arena.profile, unit = draft.definition.unit === 'agent' ? UNIT_SEQ : draft.definition.unit, width = widthOf(operand.dtype);
  const granule = granules.find((g) => g.space === operand.space && g.unit === unit)?.bytes ?? 1;
  const rows = operand.space === SPACE_ACC && draft.definition.rules.some((r) => r.predicate === 'accRows' && r.operands[0] === operand.name);
  const candidates = [Math.max(8, width), 8 * granule, rows ? accLanes * width : 8], largest = Math.max(...candidates);
  return candidates.every((one) => largest % one === 0) ? largest : candidates.reduce((a, b) => a * b);
}
const beyond = (space: number): Mutator => (draft, rule, state, draw) => {
  const operand = at(draft, rule, 0);
  // Tables and indices are kept in SPM, but may be elsewhere.
  if (operand?.field.view?.definite && operand.field.spaces!.includes(space)) operand.space = space;
  if (!operand || operand.space !== space || countOf(operand.dims) === 0 || !filled(draft)) return false;
  const { spmBytes, accBytes, dramBytes } = state.arena.profile, size = [0, dramBytes, spmBytes, accBytes][space]!, align = alignOf(draft, operand, state);
  Object.assign(operand, { s: 0, sValue: 0, imm: 0, step: 0, times: 1 });
  const [low, high] = hullOf(operand), way = draw(3), width = widthOf(operand.dtype);
  if (way === 1 && operand.field.kind === 'operand' && width >= 8 && align === width) {
    // Below 0 by an offset from base 0; the base stays aligned.
    operand.imm = -1 - draw(3);
    operand.address = operand.imm * width;
    rewrite(operand, (words) => { words[1] = words[2] = 0; });
    return true;
  }
  operand.address += Math.ceil((way === 0 ? size - high + 1 : size - low) * 8 / align) * align;
  return true;
};

/** Mutators by predicate. What is not here is in `faults` (code without operands) or among the reasons. */
export const mutators: Readonly<Record<string, Mutator>> = {
  // feature
  formatPresent: (draft, rule, { arena }) => {
    const code = formats.find((f) => !arena.profile.formatCodes.includes(f.code))?.code;
    return setDtype(at(draft, rule, 0), code);
  },
  layoutLinear: (draft, rule, _, draw) => rewrite(at(draft, rule, 0), (words) => { words[0] = words[0]! | ((1 + draw(15)) << 16); }),
  notStochastic: ({ mode }, _, { arena }) => { mode.round = 7; return !arena.profile.features.includes('stochastic'); },
  levelExists: ({ mode, bits }, { operands: [op] }, { arena: { profile: { functions } } }, draw) => {
    mode.level = 1;
    bits[op!] = draw.pick([...functionNames.keys()].filter((code) => !functions.has(functionNames[code]!)));
    return true;
  },
  settledWhen: (draft, rule) => { inOp(draft, rule); draft.mode.round = 7; return true; },
  sameTypeUnless: (draft, rule, { arena }) => {
    const a = at(draft, rule, 1);
    return !arena.profile.features.includes('dmaConvert') && setDtype(a, arena.profile.formatCodes.find((code) => code !== a?.dtype));
  },
  zeroPointFeature: ({ mode }, _, { arena }, draw) => { if (draw(2)) mode.zpb = -1; else mode.zpa = 1; return !arena.profile.features.includes('zp'); },
  scaleFeature: ({ mode }, _, { arena: { profile: { features, formatCodes } } }, draw) => {
    const absent = [...(features.includes('gemmlowp') ? [] : [2]), ...(features.includes('tosaDouble') ? [] : [3]), ...(formatCodes.includes(FP32) ? [] : [4, 5])];
    if (absent.length > 0) mode.scale = draw.pick(absent);
    return absent.length > 0;
  },
  notFromDram: (draft, rule, { arena }) => !arena.profile.features.includes('weightsFromDram') && rewrite(at(draft, rule, 0), (words) => { words[0] = (words[0]! & ~0x700) | (SPACE_DRAM << 8); }),
  dotExists: ({ mode }) => { mode.dot = 15; return true; },
  sparseFeature: (draft, rule, { arena }) => { draft.bits[rule.operands[0]!] = 1; return !arena.profile.features.includes('sparse24'); },
  scalesFeature: (draft, rule, { arena: { profile: { features } } }) => setDtype(at(draft, rule, 0), !features.includes('mx') ? 0x15 : !features.includes('nvfp4') ? 0x16 : undefined),
  // dtype
  dtypeDefined: (draft, rule, { arena }, draw) => !barred(draft, at(draft, rule, 0), arena.profile.features) && setDtype(at(draft, rule, 0), draw.pick([0x0d, 0xff, 0x1d, 0x24, 0x30])),
  dtypeIn: (draft, rule, state) => setDtype(at(draft, rule, 0), otherDtype(draft, at(draft, rule, 0), state, (code) => !inClass(code, rule.constants[0]!))),
  dtypeWhen: (draft, rule, state) => inOp(draft, rule) && setDtype(at(draft, rule, 1), otherDtype(draft, at(draft, rule, 1), state, (code) => !inClass(code, rule.constants[2]!))),
  sameType: (draft, rule, state) => setDtype(at(draft, rule, 1), otherDtype(draft, at(draft, rule, 1), state, (code) => code !== at(draft, rule, 0)!.dtype)),
  sameClass: (draft, rule, state) => setDtype(at(draft, rule, 1), otherDtype(draft, at(draft, rule, 1), state, opposite(at(draft, rule, 0)?.dtype ?? 0))),
  sameClassWhen: (draft, rule, state) =>
    inOp(draft, rule) && setDtype(at(draft, rule, 2), otherDtype(draft, at(draft, rule, 2), state, opposite(at(draft, rule, 1)!.dtype))),
  sameTypeWhen: (draft, rule, state) => {
    const one = at(draft, rule, 1);
    return one !== undefined && inOp(draft, rule) && setDtype(one, otherDtype(draft, one, state, (code) => code !== at(draft, rule, 2)?.dtype));
  },
  zeroPointWhen: (draft, rule) => { draft.mode.zpa = 3; return draft.bits[rule.operands[0]!] === rule.constants[0] && !isInteger(at(draft, rule, 1)!.dtype); },
  convertible: (draft, rule, state) => {
    const d = at(draft, rule, 0);
    return setDtype(d, otherDtype(draft, d, state, (code) => !inClass(code, CLASS_CONVERTED) && code !== at(draft, rule, 1)!.dtype));
  },
  pairExists: (draft, rule, state) => setDtype(at(draft, rule, 0), otherDtype(draft, at(draft, rule, 0), state,
    (code) => !state.arena.profile.triples.some((t) => t.activation === code && t.accumulator === at(draft, rule, 1)!.dtype))),
  weightExists: (draft, rule, state) => setDtype(at(draft, rule, 0), otherDtype(draft, at(draft, rule, 0), state, (code) => !state.arena.profile.triples.some((t) => t.weight === code))),
  accumulatorExists: (draft, rule, state) => setDtype(at(draft, rule, 0), otherDtype(draft, at(draft, rule, 0), state, (code) => !state.arena.profile.triples.some((t) => t.accumulator === code))),
  zeroPointsOnIntegers: (draft, rule, { arena }) => { draft.mode.zpa = 3; return !isInteger(at(draft, rule, 0)!.dtype) && arena.profile.features.includes('zp'); },
  widensExactly: (draft, rule, state) => {
    const acc = at(draft, rule, 0), a = at(draft, rule, 1);
    return acc !== undefined && a !== undefined && setDtype(a, otherDtype(draft, a, state, (code) => code !== acc.dtype && !(inClass(acc.dtype, 10) && inClass(code, 2))));
  },
  epilogueTypes: (draft, rule, _, draw) => {
    const d = at(draft, rule, 0)!, x = at(draft, rule, 1)!, { mode, bits } = draft;
    if (!isInteger(d.dtype) && draw(2)) { mode.zpo = 1; return true; }
    if (!isInteger(x.dtype)) { if (draw(2) && draft.definition.mode.includes('zpa')) mode.zpa = -1; else mode.scale = 1; return true; }
    bits[rule.operands[2]!] = 2;
    mode.scale = Math.min(mode.scale!, 1);
    return true;
  },
  residualClass: (draft, rule, state) => {
    const x = at(draft, rule, 0)!, c = at(draft, rule, 1);
    if (!c) return false;
    if (!isInteger(c.dtype)) { draft.mode.zpb = 1; return true; }
    if (draft.mode.scale! >= 4) draft.mode.scale = 0;
    return isInteger(x.dtype) && setDtype(c, otherDtype(draft, c, state, (code) => inClass(code, 2)));
  },
  metadataType: (draft, rule, state) => draft.bits[rule.operands[0]!] === rule.constants[0]
    && setDtype(at(draft, rule, 1), otherDtype(draft, at(draft, rule, 1), state, (code) => code !== 0x02 && inClass(code, 9))),
  scalesType: (draft, rule, state) => draft.bits[rule.operands[0]!] === rule.constants[0]
    && setDtype(at(draft, rule, 1), otherDtype(draft, at(draft, rule, 1), state, (code) => inClass(code, 9))),
  scaledType: (draft, rule, state) => draft.bits[rule.operands[0]!] === rule.constants[0]
    && setDtype(at(draft, rule, 1), otherDtype(draft, at(draft, rule, 1), state, isInteger)),
  // descriptor
  described: (draft, rule, _, draw) => {
    const operand = at(draft, rule, 0), rank = operand?.field.view?.single ? 1 : operand?.dims.length ?? 1;
    const deform = draw.pick(operand?.field.view?.single ? deformed.slice(0, 7) : deformed);
    return rewrite(operand, (words) => deform(words, rank));
  },
  inSpaces: (draft, rule, _, draw) => {
    const operand = at(draft, rule, 0), { spaces } = operand?.field ?? {}, wrong = [0, 1, 2, 3, 4, 5, 6, 7].filter((s) => !spaces?.includes(s));
    return !spaces?.some((s) => s >= SPACE_PEER_DRAM) && rewrite(operand, (words) => { words[0] = (words[0]! & ~0x700) | (draw.pick(wrong) << 8); });
  },
  unpadded: (draft, rule, _, draw) => rewrite(at(draft, rule, 0), (words) => { words[13 + draw(2)] = 1 + draw(63); }),
  // shape
  fed: (draft, rule) => countOf(at(draft, rule, 0)?.dims ?? [0]) > 0 && setDim(at(draft, rule, 1), 0, () => 0),
  notEmpty: (draft, rule) => setDim(at(draft, rule, 0), 0, () => 0),
  sameDims: (draft, rule, _, draw) => { const b = at(draft, rule, 1); return at(draft, rule, 0) !== undefined && setDim(b, draw(b?.dims.length ?? 1), (dim) => dim + 1); },
  sameDimsWhen: (draft, rule, _, draw) => {
    const { operands: [op], constants: [from] } = rule, b = at(draft, rule, 2);
    return draft.bits[op!] === from && b !== undefined && setDim(b, draw(b.dims.length), (dim) => dim + 1);
  },
  blockDims: (draft, rule, _, draw) => { const scales = at(draft, rule, 1)!; return setDim(scales, draw(scales.dims.length), (dim) => dim + 1); },
  streamDims: (draft, rule) => draft.bits[rule.operands[0]!]! % 3 === 0 && setDim(at(draft, rule, 3), 0, (dim) => dim + 1),
  paletteDims: (draft, rule) => draft.bits[rule.operands[0]!] === 0 && setDim(at(draft, rule, 2), 0, (dim) => dim - 1),
  expandDims: (draft, rule, _, draw) => {
    const operand = at(draft, rule, 1 + draw(3));
    if (draft.bits[rule.operands[0]!] !== 2 || !operand) return false;
    // A longer first dim is no deeper where another one before the last is 0.
    return setDim(operand, countOf(operand.dims.slice(1, -1)) > 0 ? 0 : operand.dims.length - 1, (dim) => dim + 1);
  },
  lutDims: (draft, rule, _, draw) => setDim(at(draft, rule, 1), 0, (dim) => dim - 1 + 2 * draw(2)),
  paddedDims: (draft, rule, _, draw) => { const d = at(draft, rule, 0)!; return setDim(d, draw(d.dims.length), (dim) => dim + 1); },
  oneElement: (draft, rule, _, draw) => setDim(at(draft, rule, 0), 0, () => (draw(2) ? 0 : 2)),
  gatherDims: (draft, rule, _, draw) => {
    const rows = at(draft, rule, 0)!;
    return rows.dims.length > 1 && draw(2) ? setDim(rows, 1, (dim) => dim + 1) : setDim(at(draft, rule, 2), 0, (dim) => dim + 1);
  },
  takeDims: (draft, rule, _, draw) => { const b = at(draft, rule, 2)!; return setDim(b, draw(b.dims.length), (dim) => dim + 1); },
  reduceDims: (draft, rule, _, draw) => {
    const a = at(draft, rule, 1)!, r = rule.operands[2]!;
    if (draw(2) && a.dims.length < 5) { draft.bits[r] = a.dims.length + 1; return true; }
    return setDim(at(draft, rule, 0), 0, (dim) => dim + 1);
  },
  tableDims: (draft, rule, _, draw) => (draw(2) ? setDim(at(draft, rule, 1), 0, (dim) => dim + 1) : setDim(at(draft, rule, 1), 1, () => 3 + 2 * draw(2))),
  tableNeeded: (draft, rule) => {
    const [table] = rule.operands as [string], x = operandOf(draft, 'a')!;
    draft.bits[table] = 0;
    draft.operands.splice(0, draft.operands.length, ...draft.operands.filter((o) => o.field.when?.some((c) => c.field === table) !== true));
    draft.mode.scale = isInteger(x.dtype) ? 1 : 4;
    if (draft.bits[rule.operands[1]!] === 2) draft.bits[rule.operands[1]!] = 0;
    const c = operandOf(draft, 'c');
    return !c || isInteger(c.dtype) || !isInteger(x.dtype);
  },
  tileFits: (draft, rule, _, draw) => { const w = at(draft, rule, 0)!; return setDim(w, draw(w.dims.length), () => draw.pick([4096, 0, 100_000])); },
  multiplyDims: (draft, rule, _, draw) => {
    const acc = at(draft, rule, 0)!, a = at(draft, rule, 1)!, depthwise = rule.constants[0] === 1;
    if (depthwise && draw(2)) return setDim(a, a.dims.length - 1, (dim) => dim + 1);
    if (draw(3) === 1 && a.dims.length - (depthwise ? 1 : 0) <= 4) { draft.bits[rule.operands[2]!] = a.dims.length - (depthwise ? 1 : 0); return true; }
    return acc.dims.length > 1 && filled(draft) && setDim(acc, 0, (dim) => dim + 1);
  },
  besideDims: (draft, rule) => { const b = at(draft, rule, 2); return setDim(b, (b?.dims.length ?? 1) - 1, (dim) => dim + 1); },
  scaleDims: (draft, rule) => { const b = at(draft, rule, 1); return setDim(b, (b?.dims.length ?? 1) - 1, (dim) => dim + 1); },
  rowsFit: (draft, rule, { arena }) => {
    const acc = at(draft, rule, 0)!, a = at(draft, rule, 1)!, mRank = draft.bits[draft.definition.rules.find((r) => r.predicate === 'multiplyDims')!.operands[2]!]!;
    const many = 1 + Math.max(...arena.profile.triples.map((t) => t.mMax));
    const spread = (operand: OperandDraft, axes: number): boolean => rewrite(operand, (words) => { for (let i = 0; i < axes; i++) words[3 + i] = i ? 1 : many; });
    return acc.dims.length > 1 && many < 2 ** 24 && spread(acc, acc.dims.length - 1) && spread(a, mRank);
  },
  // stride, alignment, bounds
  injective: (draft, rule) => {
    const d = at(draft, rule, 0)!, axis = d.dims.findIndex((dim) => dim > 1);
    return axis >= 0 && filled(draft) && !d.field.view?.single && rewrite(d, (words) => { words[8 + axis] = 0; });
  },
  wholeBytes: (draft, rule) => {
    const d = at(draft, rule, 0)!, last = d.dims.length - 1;
    return widthOf(d.dtype) === 4 && d.dims[last]! > 1 && filled(draft) && rewrite(d, (words) => { words[8 + last] = 2; });
  },
  aligned: (draft, rule, state) => {
    const t = at(draft, rule, 0);
    return t !== undefined && filled(draft) && (widthOf(t.dtype) >= 16 || alignOf(draft, t, state) > 8) && rewrite(t, (words) => { words[1] = words[1]! + 1; });
  },
  accRows: (draft, rule) => {
    const t = at(draft, rule, 0)!;
    if (t.space !== SPACE_ACC || !filled(draft)) return false;
    t.address += Math.max(8, widthOf(t.dtype));
    return true;
  },
  insideDram: beyond(SPACE_DRAM), insideSpm: beyond(SPACE_SPM), insideAcc: beyond(SPACE_ACC),
  // slots, overlap, protection
  slotExists: (draft, rule, { arena }, draw) => { draft.bits[rule.operands[0]!] = draw.pick([arena.profile.slotCount, 255, 16]); return filled(draft); },
  weightsFit: (draft, rule, _, draw) => {
    const acc = at(draft, rule, 0)!, a = at(draft, rule, 1)!, depthwise = rule.constants[0] === 1, taps = a.dims.length - (depthwise ? 2 : 1);
    // With scales another K may need another number of them, which is a rule of a lower code.
    const isScaled = draft.bits['scaled'] === 1;
    if (!filled(draft)) return false;
    if (!depthwise && acc.dims.at(-1)! > 1 && (isScaled || draw(2))) return setDim(acc, acc.dims.length - 1, (dim) => dim - 1);
    return !isScaled && a.dims[taps]! > 1 && setDim(a, taps, (dim) => dim - 1);
  },
  scalingFits: (draft, rule) => {
    const [scaled] = rule.operands as [string];
    if (draft.bits[scaled] !== 1 || !filled(draft)) return false;
    draft.bits[scaled] = 0;
    draft.operands.splice(0, draft.operands.length, ...draft.operands.filter((o) => o.field.when?.some((c) => c.field === scaled) !== true));
    return true;
  },
  unscaledSlot: (draft, rule, state, draw) => {
    const { features, triples } = state.arena.profile;
    if (!filled(draft) || !features.includes('mx') || !triples.some(({ weight }) => !isInteger(weight))) return false;
    const word = (): number => draw.word();
    state.load({ op: 0, f0: word(), f1: word(), f2: word(), f3: word(), f4: word(), f5: 0, f6: word() }, FORM_SCALED);
    const scaled = state.slots.findIndex((slot) => slot !== undefined && slot.scales !== 0);
    if (scaled >= 0) draft.bits[rule.operands[0]!] = scaled;
    return scaled >= 0;
  },
  scalesAgree: (draft, rule, { slots, arena: { profile: { features } } }) => {
    const b = at(draft, rule, 1), depth = slots[draft.bits[rule.operands[0]!]!]?.depth ?? 0;
    return b !== undefined && filled(draft) && depth <= 16 && features.includes('mx') && features.includes('nvfp4') && setDtype(b, b.dtype === 0x15 ? 0x16 : 0x15);
  },
  dotFits: (draft, rule, { arena, slots }) => {
    // The pair has such a kernel, but not with these weights.
    const pair = arena.profile.triples.filter((t) => t.activation === at(draft, rule, 1)!.dtype && t.accumulator === at(draft, rule, 0)!.dtype);
    const own = pair.find((t) => t.weight === slots[draft.bits[rule.operands[2]!]!]?.dtype)?.dots.length ?? 0;
    draft.mode.dot = own;
    return filled(draft) && pair.some((t) => t.dots.length > own);
  },
  disjoint: (draft, rule, state, draw) => overlapping(draft, at(draft, rule, 0), at(draft, rule, 1), state, draw),
  apart: (draft, rule, state, draw) => overlapping(draft, at(draft, rule, 0), at(draft, rule, 1), state, draw),
  writable: (draft, rule, state) => {
    const d = at(draft, rule, 0)!, { imageBase, profile } = state.arena;
    if (d.space !== SPACE_DRAM || !filled(draft) || formatByCode(d.dtype) === undefined) return false;
    Object.assign(d, { s: 0, sValue: 0, imm: 0, step: 0, times: 1 });
    const [low, high] = hullOf(d), align = alignOf(draft, d, state);
    if (imageBase !== undefined) moveTo(d, imageBase, align);
    else d.address += Math.floor((profile.dramBytes - high) * 8 / align) * align;
    return hullOf(d)[1] - hullOf(d)[0] === high - low;
  },
};

/** A source moved onto a part of the destination, where everything else stays legal. */
function overlapping(draft: Draft, d: OperandDraft | undefined, s: OperandDraft | undefined, state: Ground, draw: Draw): boolean {
  if (!d || !s || !filled(draft) || d.times > 1 || !s.field.spaces!.includes(d.space)) return false;
  const { spmBytes, accBytes, dramBytes, features } = state.arena.profile, size = [0, dramBytes, spmBytes, accBytes][d.space]!;
  if (d.space === SPACE_DRAM && draft.definition.rules.some((r) => r.predicate === 'notFromDram') && !features.includes('weightsFromDram')) return false;
  Object.assign(s, { space: d.space, s: 0, sValue: 0, imm: 0, step: 0, times: 1 });
  const rows = draft.definition.rules.some((r) => r.predicate === 'accRows' && r.operands[0] === s.name);
  if (rows && d.space === SPACE_ACC && s.dims.some((dim, i) => i < s.dims.length - 1 && dim > 1 && s.strides[i]! % state.arena.profile.accLanes !== 0)) return false;
  const [low, high] = hullOf(d), align = alignOf(draft, s, state), start = draw(7) - 3;
  for (let k = 0; k < 7; k++) {
    moveTo(s, low, align);
    s.address += (((start + k + 3) % 7) - 3) * align;
    const [l, h] = hullOf(s), same = s.address === d.address && widthOf(s.dtype) === widthOf(d.dtype);
    const shaped = s.dims.length === d.dims.length && s.dims.every((dim, i) => dim === d.dims[i] && s.strides[i] === d.strides[i]);
    if (l >= 0 && h <= size && l < high && low < h && !(same && shaped)) return true;
  }
  return false;
}
