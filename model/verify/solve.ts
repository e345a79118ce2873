//! solve: dtypes, shapes and modes of a draft, from what each predicate asks for; a table by predicate name, in words of its own.
import { cached } from '../isa/cached.ts';
import type { Definition } from '../isa/instruction.ts';
import type { Rule } from '../isa/rule.ts';
import type { ModeFieldName } from '../isa/view.ts';
import { CLASS_CONVERTED, inClass } from '../isa/rules.ts';
import { STOCHASTIC } from '../isa/view.ts';
import type { Profile } from '../machine/profile.ts';
import { countOf, type Draft, isInteger, type OperandDraft, operandOf } from './draft.ts';
import { blockLength } from '../numerics/block.ts';
import { formatByCode } from '../numerics/format.ts';
import { functionNames } from '../numerics/functions.ts';
import type { Draw } from './random.ts';

// ---- dtypes
/** Does the rule hold for dtypes, given those chosen so far? Rules that say nothing about dtypes are absent. */
type Typed = (rule: Rule, dtypes: Readonly<Record<string, number>>, draft: Draft, profile: Profile) => boolean;
const both = (test: (a: number, b: number) => boolean): Typed => ({ operands: [one, other] }, dtypes) => {
  const a = dtypes[one!], b = dtypes[other!];
  return a === undefined || b === undefined || test(a, b);
};
const sameKind = both((a, b) => isInteger(a) === isInteger(b));
const within = (draft: Draft, { operands: [op], constants: [from, to] }: Rule): boolean => draft.bits[op!]! >= from! && draft.bits[op!]! <= to!;
const withoutOp = (rule: Rule): Rule => ({ ...rule, operands: rule.operands.slice(1) });
/** A rule that asks something of a dtype where a field has a value. */
const where = (test: (code: number) => boolean): Typed => ({ operands: [field, name], constants: [value] }, dtypes, draft) =>
  draft.bits[field!] !== value || dtypes[name!] === undefined || test(dtypes[name!]!);
const E8M0 = 0x15, UE4M3 = 0x16, U4 = 0x02;
export const FP32 = 0x23;
/** Elements that share a scale. */
export const blockOf = (scales: number): number => blockLength(formatByCode(scales)!);

export const typed: Readonly<Record<string, Typed>> = {
  dtypeIn: ({ operands: [name], constants: [of] }, dtypes) => dtypes[name!] === undefined || inClass(dtypes[name!]!, of!),
  metadataType: where((code) => code === U4),
  scalesType: where((code) => code === E8M0 || code === UE4M3),
  scaledType: where((code) => !isInteger(code)),
  scalesFeature: ({ operands: [name] }, dtypes, _, { features }) => (dtypes[name!] !== E8M0 || features.includes('mx')) && (dtypes[name!] !== UE4M3 || features.includes('nvfp4')),
  dtypeWhen: (rule, dtypes, draft) => {
    const code = dtypes[rule.operands[1]!];
    return code === undefined || !within(draft, rule) || inClass(code, rule.constants[2]!);
  },
  sameType: both((a, b) => a === b),
  sameTypeUnless: (rule, dtypes, draft, profile) => profile.features.includes('dmaConvert') || typed.sameType!(rule, dtypes, draft, profile),
  sameTypeWhen: (rule, dtypes, draft, profile) => !within(draft, rule) || typed.sameType!(withoutOp(rule), dtypes, draft, profile),
  sameClass: sameKind,
  sameClassWhen: (rule, dtypes, draft, profile) => !within(draft, rule) || sameKind(withoutOp(rule), dtypes, draft, profile),
  convertible: both((d, a) => d === a || inClass(d, CLASS_CONVERTED)),
  widensExactly: both((acc, a) => acc === a || (inClass(acc, 10) && inClass(a, 2))),
  pairExists: (rule, dtypes, draft, { triples }) => both((a, acc) => triples.some((t) => t.activation === a && t.accumulator === acc))(rule, dtypes, draft, {} as Profile),
  weightExists: ({ operands: [name] }, dtypes, _, { triples }) => dtypes[name!] === undefined || triples.some((t) => t.weight === dtypes[name!]),
  accumulatorExists: ({ operands: [name] }, dtypes, _, { triples }) => dtypes[name!] === undefined || triples.some((t) => t.accumulator === dtypes[name!]),
  // An integer becomes a float in a scale of floats, which needs the table.
  residualClass: (rule, dtypes, draft) => draft.bits['table'] === 1 || both((x, c) => isInteger(c) || !isInteger(x))(rule, dtypes, draft, {} as Profile),
};

/** A dtype for each operand, the drawn ones first; `pins` are already decided. False when there is none. */
export function chooseDtypes(draft: Draft, draw: Draw, profile: Profile, pins: Readonly<Record<string, number>>): boolean {
  const { definition, operands } = draft, rules = typedRules(profile)(definition), chosen: Record<string, number> = {}, { families, codes } = dtypesOf(profile);
  const assign = (at: number): boolean => {
    const operand = operands[at];
    if (!operand) return true;
    const { name } = operand, pin = pins[name], { isAllowed, others } = rules[name]!;
    const like = codes.indexOf(at > 0 && draw.chance(40) ? operands[0]!.dtype : draw.pick(draw.pick(families))) + codes.length;
    for (let i = 0; i < (pin === undefined ? codes.length : 1); i++) {
      const code = pin ?? codes[(like + i) % codes.length]!;
      chosen[name] = operand.dtype = code;
      if (isAllowed[code] === 1 && hold(others, chosen, draft, profile) && assign(at + 1)) return true;
    }
    delete chosen[name];
    return false;
  };
  return assign(0);
}
type TypedRule = readonly [test: Typed, rule: Rule];
function hold(rules: readonly TypedRule[], dtypes: Readonly<Record<string, number>>, draft: Draft, profile: Profile): boolean {
  for (const [test, rule] of rules) if (!test(rule, dtypes, draft, profile)) return false;
  return true;
}
/** Rules about dtypes, by each operand that they name: those of the one that was chosen last are all that may have come to fail. What asks about one dtype alone is a table. */
const typedRules = cached((profile: Profile) => cached((definition: Definition): Readonly<Record<string, { readonly isAllowed: Uint8Array; readonly others: readonly TypedRule[] }>> => {
  const rules = definition.rules.flatMap((rule): TypedRule[] => { const test = typed[rule.predicate]; return test ? [[test, rule]] : []; });
  return Object.fromEntries(Object.keys(definition.fields).map((name) => {
    const own = rules.filter(([, { operands }]) => operands.includes(name)), alone = own.filter(([, { predicate }]) => ALONE.includes(predicate));
    const isAllowed = Uint8Array.from({ length: 256 }, (_, code) => (alone.every(([test, rule]) => test(rule, { [name]: code }, nothing, profile)) ? 1 : 0));
    return [name, { isAllowed, others: own.filter((one) => !alone.includes(one)) }];
  }));
}));
const ALONE: readonly string[] = ['dtypeIn', 'weightExists', 'accumulatorExists', 'scalesFeature'], nothing = {} as Draft;

/** Dtypes by how they are met, each family as often as another: integers, the wide floats, those of 8 bits and less, and IEEE P3109's. */
const dtypesOf = cached(({ formatCodes }: Profile): { readonly families: readonly (readonly number[])[]; readonly codes: readonly number[] } => {
  const family = (code: number): number => {
    const { kind, width, name } = formatByCode(code)!;
    return kind === 'integer' ? 0 : width >= 16 ? 1 : name.startsWith('binary') ? 3 : 2;
  };
  const families = [0, 1, 2, 3].map((of) => formatCodes.filter((code) => family(code) === of)).filter((codes) => codes.length > 0);
  return { families, codes: families.flat() };
});

// ---- modes
const roundings = [0, 1, 2, 3, 4, 5, 6], stochasticToo = [...roundings, STOCHASTIC], zeroPoints = [0, 1, -1, 127, -128, 255, -32768, 32767, 5, -5];
const limits = [0, -128, 127, 255, 6, -1, 1, -32768, 32767, 0x7fff_ffff, -0x8000_0000, 0x3f80_0000, 0x40c0_0000, 0xbf80_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000];
const values: Readonly<Record<ModeFieldName, (draw: Draw) => number>> = {
  round: (draw) => draw.pick(stochasticToo), isat: (draw) => draw(2), fsat: (draw) => draw(2), daz: (draw) => draw(3), ftz: (draw) => draw(3),
  minmax: (draw) => draw(2), order: (draw) => draw(4), dot: (draw) => draw(16), level: (draw) => draw(2), scale: (draw) => draw(6),
  round2: (draw) => draw.pick(roundings), clamp: (draw) => draw(2), mxrule: (draw) => draw(2), zpa: (draw) => draw.pick(zeroPoints),
  zpb: (draw) => draw.pick(zeroPoints), zpo: (draw) => draw.pick(zeroPoints), lo: (draw) => draw.pick(limits) | 0, hi: (draw) => draw.pick(limits) | 0,
  key: (draw) => draw.word(), stream: (draw) => draw.word(),
};
type Settled = (rule: Rule, draft: Draft, profile: Profile) => void;
const floatValue = (draft: Draft, x: OperandDraft): boolean => !isInteger(x.dtype) || (draft.mode.scale ?? 0) >= 4;

/** What a rule about modes makes of a drawn one. */
const settled: Readonly<Record<string, Settled>> = {
  zeroPointFeature: (_, { mode }, { features }) => { if (!features.includes('zp')) mode.zpa = mode.zpb = 0; },
  zeroPointsOnIntegers: ({ operands: [a] }, draft) => { if (!isInteger(operandOf(draft, a!)!.dtype)) draft.mode.zpa = draft.mode.zpb = 0; },
  notStochastic: (_, { mode }, { features }) => { if (mode.round === STOCHASTIC && !features.includes('stochastic')) mode.round = 0; },
  zeroPointWhen: ({ operands: [op, a], constants: [is] }, draft) => {
    if (draft.bits[op!] === is && !isInteger(operandOf(draft, a!)!.dtype)) draft.mode.zpa = 0;
  },
  scaleFeature: (_, { mode }, { features, formatCodes }) => {
    if ((mode.scale === 2 && !features.includes('gemmlowp')) || (mode.scale === 3 && !features.includes('tosaDouble')) || (mode.scale! >= 4 && !formatCodes.includes(FP32))) mode.scale = 1;
  },
  levelExists: ({ operands: [op] }, { mode, bits }, { functions }) => { if (!functions.has(functionNames[bits[op!]!]!)) mode.level = 0; },
  settledWhen: (_, { mode }) => { if (mode.round === 7) mode.round = 0; },
  tableNeeded: ({ operands: [table, activation] }, { mode, bits }) => {
    if (bits[table!]) return;
    mode.scale = 0;
    if (bits[activation!] === 2) bits[activation!] = 1;
  },
  epilogueTypes: ({ operands: [d, x, activation] }, draft) => {
    const { mode, bits } = draft, source = operandOf(draft, x!)!;
    if (!isInteger(source.dtype) && mode.scale! >= 1 && mode.scale! <= 3) mode.scale = 4 + (mode.scale! & 1);
    if (!isInteger(source.dtype)) mode.zpa = 0;
    if (bits[activation!] === 2 && !floatValue(draft, source)) bits[activation!] = 1;
    if (!isInteger(operandOf(draft, d!)!.dtype)) mode.zpo = 0;
  },
  residualClass: ({ operands: [x, c] }, draft) => {
    const residual = operandOf(draft, c!);
    if (!residual || isInteger(residual.dtype)) return;
    draft.mode.zpb = 0;
    if (isInteger(operandOf(draft, x!)!.dtype) && (draft.mode.scale ?? 0) < 4) draft.mode.scale = 4;
  },
  dotExists: ({ operands: [a, acc] }, draft, { triples }) => {
    const rows = triples.filter((t) => t.activation === operandOf(draft, a!)!.dtype && t.accumulator === operandOf(draft, acc!)!.dtype);
    draft.mode.dot = draft.mode.dot! % Math.max(1, Math.min(...rows.map((row) => row.dots.length)));
  },
};

/** Rules of a definition that a table has an answer to. */
const answered = <A>(table: Readonly<Record<string, A>>) => cached(({ rules }: Definition) => rules.flatMap((rule): (readonly [A, Rule])[] => { const answer = table[rule.predicate]; return answer ? [[answer, rule]] : []; }));
const settledRules = answered(settled);
/** Every mode field that the instruction captures, legal for the dtypes. */
export function chooseMode(draft: Draft, draw: Draw, profile: Profile, given: Draft['mode']): void {
  for (const name of draft.definition.mode) draft.mode[name] = given[name] ?? values[name](draw);
  // An empty range of a clamp is legal and rare.
  if (draft.mode.lo !== undefined && draft.mode.lo > draft.mode.hi! && !draw.chance(10)) [draft.mode.lo, draft.mode.hi] = [draft.mode.hi!, draft.mode.lo];
  for (const [settle, rule] of settledRules(draft.definition)) settle(rule, draft, profile);
}
/** Any legal value of a mode field. */
export const modeValue = (name: ModeFieldName, draw: Draw): number => values[name](draw);

// ---- shapes
/** What a shape rule makes of dims: operands without dims get them, `base` is what was drawn. */
type Shaped = (rule: Rule, draft: Draft, base: readonly number[], draw: Draw) => void;
const give = (operand: OperandDraft | undefined, dims: readonly number[]): void => { if (operand && operand.dims.length === 0) operand.dims = [...dims]; };

const shaped: Readonly<Record<string, Shaped>> = {
  sameDims: ({ operands: [one, other] }, draft, base) => {
    const a = operandOf(draft, one!), b = operandOf(draft, other!);
    give(a, b?.dims.length ? b.dims : base);
    give(b, a?.dims ?? base);
  },
  paddedDims: ({ operands: [d, a] }, draft, base, draw) => {
    const target = operandOf(draft, d!)!, source = operandOf(draft, a!)!;
    give(source, base);
    const pads = source.dims.map(() => (draw.chance(25) ? [draw(3), draw(4)] as const : [0, 0] as const));
    if (draw.chance(3)) pads[draw(pads.length)] = [draw.pick([63, 0]), 1];
    source.padLow = pads.map(([low]) => low);
    source.padHigh = pads.map(([, high]) => high);
    target.dims = source.dims.map((dim, i) => dim + source.padLow[i]! + source.padHigh[i]!);
  },
  gatherDims: ({ operands: [rows, whole, index] }, draft, base, draw) => {
    give(operandOf(draft, rows!), base);
    give(operandOf(draft, whole!), [draw.pick([4, 1, 2, 3, 5, 7]), ...base.slice(1)]);
    give(operandOf(draft, index!), base.slice(0, 1));
  },
  takeDims: ({ operands: [d, a, b] }, draft, base, draw) => {
    give(operandOf(draft, d!), base);
    give(operandOf(draft, b!), base);
    give(operandOf(draft, a!), [...base.slice(0, -1), draw.pick([4, 1, 2, 3, 5, 7, 256])]);
  },
  reduceDims: ({ operands: [d, a, r] }, draft, base, draw) => {
    draft.bits[r!] = 1 + draw(base.length);
    give(operandOf(draft, a!), base);
    const kept = base.slice(0, base.length - draft.bits[r!]!);
    give(operandOf(draft, d!), kept.length ? kept : [1]);
  },
  tableDims: ({ operands: [d, table] }, draft, base) => give(operandOf(draft, table!), [(operandOf(draft, d!)!.dims.at(-1) ?? base.at(-1))!, 4]),
  sameDimsWhen: (rule, draft, base, draw) => { if (within(draft, rule)) shaped.sameDims!(withoutOp(rule), draft, base, draw); },
  blockDims: ({ operands: [d, scales] }, draft, base) => {
    const of = operandOf(draft, scales!)!, dims = operandOf(draft, d!)!.dims, whole = dims.length ? dims : base;
    give(of, [...whole.slice(0, -1), Math.ceil(whole.at(-1)! / blockLength(formatByCode(of.dtype)!))]);
  },
  streamDims: ({ operands: [form, bits, d, stream] }, draft, base) => {
    if (draft.bits[form!] === 1 || draft.bits[form!] === 2) return;
    give(operandOf(draft, d!), base);
    give(operandOf(draft, stream!), [Math.ceil(countOf(base) * (draft.bits[form!] === 0 ? draft.bits[bits!]! : 6) / 8)]);
  },
  paletteDims: ({ operands: [form, bits, table] }, draft) => { if (draft.bits[form!] === 0) give(operandOf(draft, table!), [2 ** draft.bits[bits!]!]); },
  expandDims: ({ operands: [form, d, compressed, metadata] }, draft, base) => {
    if (draft.bits[form!] !== 2) return;
    const dims = base.length > 1 ? base : [1, ...base], deeper = (by: number): number[] => [dims[0]! * by, ...dims.slice(1)];
    give(operandOf(draft, d!), deeper(4));
    give(operandOf(draft, compressed!), deeper(2));
    give(operandOf(draft, metadata!), dims);
  },
  lutDims: ({ operands: [form, table] }, draft) => give(operandOf(draft, table!), [[256, 513, 513, 65536][draft.bits[form!]!]!]),
  oneElement: ({ operands: [name] }, draft) => give(operandOf(draft, name!), [1]),
  besideDims: ({ operands: [form, a, b] }, draft, _, draw) => {
    const w = operandOf(draft, a!)!, t = operandOf(draft, b!), columns = w.dims.at(-1)!, k = countOf(w.dims) / columns;
    if (t) give(t, [...(draw(2) ? [1] : []), draft.bits[form!] === 1 ? k / 2 : Math.ceil(k / blockOf(t.dtype)), columns]);
  },
  scaleDims: ({ operands: [a, b, mRank] }, draft) => {
    const x = operandOf(draft, a!)!, t = operandOf(draft, b!), m = draft.bits[mRank!]!;
    if (t) give(t, [...x.dims.slice(0, m), Math.ceil(countOf(x.dims.slice(m)) / blockOf(t.dtype))]);
  },
  rankIs: ({ operands: [name], constants: [rank] }, draft, base) => give(operandOf(draft, name!), Array.from({ length: rank! }, (_, i) => base[i] ?? 1)),
  rankAtLeast: ({ operands: [name], constants: [rank] }, draft, base) => {
    give(operandOf(draft, name!), [...Array.from({ length: Math.max(0, rank! - base.length) }, () => 1), ...base]);
  },
};

const shapedRules = answered(shaped);
/** Dims of every operand. False when a source is empty that may not be. */
export function chooseDims(draft: Draft, base: readonly number[], draw: Draw): boolean {
  for (const [shape, rule] of shapedRules(draft.definition)) shape(rule, draft, base, draw);
  for (const operand of draft.operands) {
    give(operand, base);
    if (operand.padLow.length === 0) operand.padLow = operand.padHigh = operand.dims.map(() => 0);
  }
  return feeding(draft.definition).every(({ predicate, operands: [one, other] }) => {
    if (predicate === 'notEmpty') return countOf(operandOf(draft, one!)!.dims) > 0;
    const d = operandOf(draft, one!), s = operandOf(draft, other!);
    return predicate !== 'fed' || !d || !s || countOf(d.dims) === 0 || countOf(s.dims) > 0;
  });
}
const feeding = cached(({ rules }: Definition) => rules.filter(({ predicate }) => predicate === 'notEmpty' || predicate === 'fed'));
