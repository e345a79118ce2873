//! hypotheses: mistakes that designers make, each as a machine that makes it; the order is from the plainest to the most particular.
import type { DotRecord } from '../numerics/dot-record.ts';
import { roundNames, unpackInteger } from '../numerics/exact.ts';
import { type Format, formatByCode, formatByName } from '../numerics/format.ts';
import type { Cell, Mode, Slot, Tensor, Triple } from '../isa/view.ts';
import type { Profile } from '../machine/profile.ts';
import { drained, type DrainSteps, limitsOf, rounded } from './drain.ts';
import { type Captured, seenAs, type Step } from './rerun.ts';

export interface Hypothesis {
  /** The kind of mistake, as a user names it. */
  readonly cause: string;
  readonly says: string;
  /** A fresh one for each case: some remember what came before. */
  readonly step: () => Step;
}

type On = readonly string[];
const products: On = ['mm', 'mdw'], drains: On = ['drain'];

/** Only instructions of these names go wrong. */
const only = (names: On, act: Step): Step => (machine, closed, execute) => (names.includes(closed.definition!.mnemonic) ? act(machine, closed, execute) : execute(machine, closed.captured));
const plain = (cause: string, says: string, names: On, act: Step): Hypothesis => ({ cause, says, step: () => only(names, act) });
const altered = (cause: string, says: string, names: On, change: (captured: Captured) => Captured | undefined): Hypothesis =>
  plain(cause, says, names, (machine, { captured }, execute) => execute(machine, change(captured) ?? captured));
const withMode = (cause: string, says: string, names: On, change: (mode: Mode) => Partial<Mode>): Hypothesis =>
  altered(cause, says, names, (captured) => ({ ...captured, mode: { ...captured.mode, ...change(captured.mode) } }));
/** What an instruction writes goes through `change`; undefined: the element is not written. */
const writing = (cause: string, says: string, names: On, change: (cell: Cell, t: Tensor, index: readonly bigint[]) => Cell | undefined): Hypothesis =>
  plain(cause, says, names, (machine, { captured }, execute) => execute(seenAs(machine, {
    write: (t: Tensor, index: readonly bigint[], cell: Cell) => { const other = change(cell, t, index); if (other) machine.write(t, index, other); },
  }), captured));
/** What an instruction reads of an operand goes through `change`. */
const reading = (cause: string, says: string, names: On, change: (cell: Cell, t: Tensor, index: readonly bigint[]) => Cell): Hypothesis =>
  plain(cause, says, names, (machine, { captured }, execute) => execute(seenAs(machine, {
    read: (t: Tensor, index: readonly bigint[]) => change(machine.read(t, index), t, index),
  }), captured));
const withKernels = (cause: string, says: string, change: (record: DotRecord) => DotRecord | undefined): Hypothesis =>
  plain(cause, says, products, (machine, { captured }, execute) => execute(seenAs(machine, {
    triples: machine.triples.map((row: Triple): Triple => ({ ...row, dots: row.dots.map((record) => change(record) ?? record) })),
  }), captured));
const withSlot = (cause: string, says: string, change: (slot: Slot) => Slot | undefined): Hypothesis =>
  plain(cause, says, products, (machine, { captured }, execute) => execute(seenAs(machine, {
    slots: machine.slots.map((slot) => (slot && change(slot)) ?? slot),
  }), captured));

/** All that can be told apart on a machine of the profile. */
export function hypotheses(profile: Profile): readonly Hypothesis[] {
  const accumulatesFloats = profile.triples.some(({ dots }) => dots.some(({ kind }) => kind !== 'integer'));
  return [...epilogueMistakes(), ...drainMistakes(), ...accumulatorMistakes(), ...geometryMistakes(), ...weightMistakes(), ...(accumulatesFloats ? floatMistakes() : [])];
}

function epilogueMistakes(): readonly Hypothesis[] {
  const table = (says: string, word: number, change: (bits: bigint) => bigint): Hypothesis =>
    reading(`table ${['bias', 'multiplier', 'shift', 'slope'][word]}`, says, drains, (cell, t, index) => (t.position === 2 && Number(index.at(-1)) === word ? { ...cell, bits: BigInt.asUintN(32, change(cell.bits)) } : cell));
  return [
    ...roundNames.map((name, code) => withMode('rounding mode', `results are rounded ${name}, whatever the mode says`, drains, () => ({ round: code }))),
    withMode('wrap for saturate', 'results wrap where they should saturate', drains, () => ({ isat: 0 })),
    withMode('saturate for wrap', 'results saturate where they should wrap', drains, () => ({ isat: 1 })),
    withMode('clamp', 'the clamp is left out', drains, () => ({ clamp: 0 })),
    withMode('clamp', 'the clamp comes before the zero point of the result', drains, ({ lo, hi, zpo }) => ({ lo: lo + zpo, hi: hi + zpo })),
    withMode('clamp', 'the upper bound is one too low', drains, ({ hi }) => ({ hi: hi - 1 })),
    withMode('clamp', 'the lower bound is one too high', drains, ({ lo }) => ({ lo: lo + 1 })),
    withMode('zero point', 'the zero point of the result is left out', drains, () => ({ zpo: 0 })),
    withMode('zero point', 'the zero point of the result is subtracted', drains, ({ zpo }) => ({ zpo: -zpo })),
    withMode('zero point', 'the zero point of the result has 8 bits, unsigned', drains, ({ zpo }) => ({ zpo: zpo & 255 })),
    withMode('zero point', 'the zero point of the residual is left out', drains, () => ({ zpb: 0 })),
    withMode('zero point', 'the zero point of the residual is added', drains, ({ zpb }) => ({ zpb: -zpb })),
    withMode('scale', 'nothing is scaled', drains, () => ({ scale: 0 })),
    altered('activation', 'relu is left out', drains, (captured) => ({ ...captured, activation: 'none' })),
    altered('activation', 'relu is always applied', drains, (captured) => ({ ...captured, activation: 'relu' })),
    altered('residual', 'the residual is left out', drains, (captured) => ({ ...captured, c: undefined })),
    reading('residual', 'the residual is subtracted', drains, (cell, t) => (t.position === 3 ? { ...cell, bits: BigInt.asUintN(Number(t.width), -cell.bits) } : cell)),
    table('the bias is left out', 0, () => 0n), table('the bias is subtracted', 0, (bits) => -bits), table('the bias has 16 bits', 0, (bits) => BigInt.asIntN(16, bits)),
    table('the multiplier has its upper 16 bits only', 1, (bits) => bits & 0xffff_0000n), table('the multiplier is one too low', 1, (bits) => bits - 1n), table('the multiplier is unsigned in 31 bits', 1, (bits) => bits & 0x7fff_ffffn),
    table('the shift is one too far to the right', 2, (bits) => (bits & ~0xffn) | ((bits - 1n) & 0xffn)), table('the shift is one too far to the left', 2, (bits) => (bits & ~0xffn) | ((bits + 1n) & 0xffn)), table('the shift is taken as 0', 2, (bits) => bits & ~0xffn),
    table('the shift has 6 bits', 2, (bits) => BigInt.asIntN(6, bits)),
    table('the shift has 5 bits', 2, (bits) => (bits & 0xe0n) === 0xe0n ? bits : bits & 0x1fn),
    altered('table row', 'each channel takes the row of the next one', drains, ({ b, ...rest }) => (b && { ...rest, b: moved(b, b.strides[0]!) })),
    altered('table row', 'each channel takes the row of the one before', drains, ({ b, ...rest }) => (b && { ...rest, b: moved(b, -(b as Tensor).strides[0]!) })),
    altered('table row', 'every channel takes the first row', drains, ({ b, ...rest }) => (b && { ...rest, b: { ...b, strides: [0n, b.strides[1]!] } })),
    altered('signedness', 'a signed result is bounded as an unsigned one, and the other way round', drains, (captured) => ({ ...captured, d: otherSign(captured.d) })),
    altered('signedness', 'the residual is read with the other sign', drains, (captured) => (captured.c ? { ...captured, c: otherSign(captured.c) } : undefined)),
  ];
}

/** Steps of the integer epilogue, one of them wrong. */
function drainMistakes(): readonly Hypothesis[] {
  const one = (cause: string, says: string, steps: () => DrainSteps): Hypothesis => ({ cause, says, step: () => drained(steps()) });
  const pairs = roundNames.flatMap((from) => roundNames.filter((to) => to !== from).map((to) => one('rounding mode', `${from} rounds as ${to} does`, () => ({ round: (value, places, mode) => rounded(value, places, mode === from ? to : mode) }))));
  return [
    ...pairs,
    ...[32, 40, 48, 56, 64].map((bits) => one('product truncated', `the product of the scale keeps ${bits} bits`, () => ({ product: (value) => BigInt.asIntN(bits, value) }))),
    one('activation', 'relu comes before the residual', () => ({ reluFirst: true })),
    one('signedness', 'unsigned bytes are bounded as signed ones, unsigned words from below', () => ({ limits: (format) => { const [low, high] = limitsOf(format); return format.signed ? [low, high] : [-(1n << BigInt(format.valueBits - 1)), format.valueBits === 8 ? 127n : high]; } })),
    one('stale table', 'a drain without a table takes the biases of the one before', () => {
      let before: readonly bigint[] = [];
      return { bias: (bias, channel) => bias ?? before[channel] ?? 0n, seen: (biases) => { before = biases ?? before; } };
    }),
    altered('signedness', 'a residual u32 is read as s32', drains, ({ c, ...rest }) => (c?.format?.name === 'u32' ? { ...rest, c: otherSign(c) } : undefined)),
    altered('signedness', 'a residual u32 is read as s32 where the result has 32 bits', drains, ({ c, d, ...rest }) => (c?.format?.name === 'u32' && d.width === 32n ? { ...rest, d, c: otherSign(c) } : undefined)),
    altered('signedness', 'a residual s32 is read as u32', drains, ({ c, ...rest }) => (c?.format?.name === 's32' ? { ...rest, c: otherSign(c) } : undefined)),
  ];
}

/** The sum that is kept. */
function accumulatorMistakes(): readonly Hypothesis[] {
  const widths = [31, 30, 28, 24, 22, 20, 18, 17, 16];
  return [
    withMode('wrap for saturate', 'sums wrap where they should saturate', products, () => ({ isat: 0 })),
    withMode('saturate for wrap', 'sums saturate where they should wrap', products, () => ({ isat: 1 })),
    altered('stale accumulators', 'what replaces accumulators adds to them', products, (captured) => ({ ...captured, op: 'add' })),
    altered('lost accumulators', 'what adds to accumulators replaces them', products, (captured) => ({ ...captured, op: 'set' })),
    plain('lost accumulators', 'accumulators are not initialised', ['ainit'], () => undefined),
    ...widths.map((bits) => writing('accumulator width', `accumulators keep ${bits} bits`, [...products, 'ainit'], (cell, t) => (t.format?.kind === 'integer' ? { ...cell, bits: BigInt.asUintN(32, BigInt.asIntN(bits, cell.bits)) } : cell))),
    ...Array.from({ length: 18 }, (_, i) => 8 + i).map((bits) => withKernels('partial sum width', `partial sums wrap at ${bits} bits`, (record) => (record.kind === 'integer' ? { ...record, psumBits: bits } : undefined))),
    ...Array.from({ length: 8 }, (_, i) => 15 - i).map((bits) => product('product truncated', `products keep their lower ${bits} bits`, (value) => BigInt.asIntN(bits, value))),
    ...[1, 2, 3, 4, 7, 8].map((bits) => product('product truncated', `products lose their lower ${bits} bits`, (value) => (value >> BigInt(bits)) << BigInt(bits))),
    product('signedness', 'products are unsigned', (_, a, w) => (a & 0xffn) * (w & 0xffn)),
    product('signedness', 'activations are unsigned', (_, a, w) => (a & 0xffn) * w), product('signedness', 'weights are unsigned', (_, a, w) => a * (w & 0xffn)),
    product('signedness', 'the least weight times the least activation has the wrong sign', (value, a, w) => (a === -128n && w === -128n ? -value : value)),
  ];
}

/** Where operands are looked for. */
function geometryMistakes(): readonly Hypothesis[] {
  const all = (names: On, letter: 'a' | 'acc' | 'd' | 'c', what: string): readonly Hypothesis[] => [
    altered('row off by one', `${what} begin one row late`, names, (captured) => (captured[letter] ? { ...captured, [letter]: moved(captured[letter], rowStride(captured[letter])) } : undefined)),
    altered('row off by one', `${what} begin one row early`, names, (captured) => (captured[letter] ? { ...captured, [letter]: moved(captured[letter], -rowStride(captured[letter])) } : undefined)),
    altered('row off by one', `${what} begin one element late`, names, (captured) => (captured[letter] ? { ...captured, [letter]: moved(captured[letter], 1n) } : undefined)),
    altered('stride off by one', `rows of ${what} are one element too far apart`, names, (captured) => strided(captured, letter, (stride) => stride + 1n)),
    altered('stride off by one', `rows of ${what} are one element too near`, names, (captured) => strided(captured, letter, (stride) => stride - 1n)),
    altered('stride sign', `strides of ${what} lose their sign`, names, (captured) => everyStride(captured, letter, (stride) => (stride < 0n ? -stride : stride))),
    altered('stride sign', `strides of ${what} have 16 bits`, names, (captured) => everyStride(captured, letter, (stride) => BigInt.asUintN(16, stride))),
    altered('transposed', `the last two dims of ${what} change places`, names, (captured) => turned(captured, letter)),
  ];
  return [
    ...all(products, 'a', 'activations'), ...all(['wload'], 'a', 'weights in memory'), ...all(drains, 'd', 'results'), ...all(products, 'acc', 'accumulators'), ...all(drains, 'a', 'drained accumulators'), ...all(['ainit'], 'a', 'initial values'), ...all(drains, 'c', 'residuals'),
    altered('transposed', 'weights in memory are read transposed', ['wload'], (captured) => ((captured.a as Tensor).rank >= 2 ? { ...captured, a: { ...captured.a, strides: [captured.a.strides[1]!, captured.a.strides[0]!, ...captured.a.strides.slice(2)] } } : undefined)),
    altered('stride', 'K elements count as side by side when the innermost are', ['mm'], (captured) => sideBySide(captured)),
    plain('last K lost', 'the last product is lost where the elements of a row do not lie side by side', products, (machine, { captured, definition }, execute) => execute(isGathered(captured, definition!.mnemonic) ? withoutLast(machine, captured.slot) : machine, captured)),
    writing('last row lost', 'the last row of a product is not written', products, (cell, t, index) => (isLastRow(t, index) ? undefined : cell)),
    writing('last column lost', 'the last column of a product is not written', products, (cell, t, index) => (index.at(-1) === t.dims.at(-1)! - 1n ? undefined : cell)),
    writing('last row lost', 'the last row of a result is not written', drains, (cell, t, index) => (isLastRow(t, index) ? undefined : cell)),
    writing('last column lost', 'the last column of a result is not written', drains, (cell, t, index) => (index.at(-1) === t.dims.at(-1)! - 1n ? undefined : cell)),
  ];
}

/** What the slots hold. */
function weightMistakes(): readonly Hypothesis[] {
  const zero: Cell = { bits: 0n, known: true }, at = ({ columns }: Slot, place: number): readonly [number, number] => [Math.floor(place / Number(columns)), place % Number(columns)];
  const lost = (says: string, isLost: (k: number, depth: number) => boolean): Hypothesis => withSlot(says.includes('first') ? 'first K lost' : 'last K lost', says, (slot) => (
    { ...slot, elements: slot.elements.map((cell, i) => (isLost(at(slot, i)[0], Number(slot.depth)) ? zero : cell)) }));
  const rotated = (by: number) => (slot: Slot): Slot => ({ ...slot, elements: slot.elements.map((_, i) => slot.elements[((at(slot, i)[0] + by + Number(slot.depth)) % Number(slot.depth)) * Number(slot.columns) + at(slot, i)[1]]!) });
  return [
    lost('the last product of each sum is lost', (k, depth) => k === depth - 1), lost('the first product of each sum is lost', (k) => k === 0),
    withSlot('transposed', 'weights are transposed', (slot) => (slot.depth === slot.columns ? { ...slot, elements: slot.elements.map((_, i) => slot.elements[at(slot, i)[1] * Number(slot.columns) + at(slot, i)[0]]!) } : undefined)),
    withSlot('weight row off by one', 'each row of the array has the weights of the next', rotated(1)), withSlot('weight row off by one', 'each row of the array has the weights of the one before', rotated(-1)),
    { cause: 'stale bank', says: 'a product takes the weights of the slot as they were before its last load', step: staleWeights },
    { cause: 'stale bank', says: 'every load goes to slot 0', step: () => only(['wload'], (machine, { captured }, execute) => { execute(machine, { ...captured, slot: 0 }); if (captured.slot !== 0) machine.slots[captured.slot] ??= machine.slots[0]; }) },
    plain('stale bank', 'products take the weights of slot 0, whatever their slot', products, (machine, { captured }, execute) => execute(machine.slots[0]?.depth === machine.slots[captured.slot]?.depth && machine.slots[0]?.columns === machine.slots[captured.slot]?.columns ? seenAs(machine, { slots: machine.slots.map(() => machine.slots[0]) }) : machine, captured)),
    { cause: 'stale bank', says: 'products take the weights that were loaded last, whatever their slot', step: lastLoaded },
    { cause: 'stale bank', says: 'the first row of a product takes the weights of the product before', step: firstRowEarlier },
  ];
}

/** Kernels of floats. */
function floatMistakes(): readonly Hypothesis[] {
  return [
    withKernels('accumulation order', 'C is added last', (record) => ('join' in record && record.join !== 'lastAdd' ? ({ ...record, join: 'lastAdd' } as DotRecord) : undefined)),
    withKernels('accumulation order', 'sums begin with C', (record) => ('join' in record && record.join === 'lastAdd' ? ({ ...record, join: record.kind === 'chain' || record.kind === 'tree' ? 'chainStart' : 'inWindow' } as DotRecord) : undefined)),
    withKernels('accumulation order', 'a tree of pairs instead of a chain', (record) => (record.kind === 'chain' ? { kind: 'tree', group: 4, products: 'exact', shape: 'adjacent', join: record.join, round: 'rne', daz: record.daz, ftz: record.ftz } : undefined)),
    withKernels('product rounded', 'products are rounded before they are added', (record) => (record.kind === 'chain' ? { kind: 'tree', group: 1, products: 'rounded', shape: 'adjacent', join: record.join, round: 'rne', daz: record.daz, ftz: record.ftz } : undefined)),
    withKernels('flush', 'subnormal operands are read as zero', (record) => ('daz' in record ? ({ ...record, daz: 1 } as DotRecord) : undefined)),
    withKernels('flush', 'subnormal sums become zero', (record) => ('ftz' in record ? ({ ...record, ftz: 1 } as DotRecord) : undefined)),
    plain('accumulation order', 'K descends', products, (machine, { captured }, execute) => {
      const { a, mRank } = captured as { a: Tensor; mRank: number };
      if (a.rank - mRank !== 1) { execute(machine, captured); return; }
      const slots = machine.slots.map((slot) => slot && { ...slot, elements: slot.elements.map((_, i) => slot.elements[(Number(slot.depth) - 1 - Math.floor(i / Number(slot.columns))) * Number(slot.columns) + (i % Number(slot.columns))]!) });
      execute(seenAs(machine, { slots }), { ...captured, a: { ...moved(a, (a.dims.at(-1)! - 1n) * a.strides.at(-1)!), strides: [...a.strides.slice(0, -1), -a.strides.at(-1)!] } });
    }),
    ...(['daz', 'ftz'] as const).map((field) => withMode('flush', `${field === 'daz' ? 'subnormal operands' : 'subnormal results'} become zero outside the products`, ['binary', 'fma', 'convert', 'unary', 'clamp', 'reduce', 'scan', 'special', 'drain', 'scale'], () => ({ [field]: 1 }))),
    ...roundNames.map((name, code) => withMode('rounding mode', `the vector unit rounds ${name}`, ['binary', 'fma', 'convert', 'unary', 'shift', 'clamp', 'scale', 'reduce', 'scan'], () => ({ round: code }))),
  ];
}

// ---- products one by one
/** Integer products go through `change`, which is told both factors; K ascends, the sum is exact. */
function product(cause: string, says: string, change: (value: bigint, a: bigint, w: bigint) => bigint): Hypothesis {
  return plain(cause, says, products, (machine, { captured, definition }, execute) => {
    const { acc, a, slot: number, mRank, op, mode } = captured as { acc: Tensor; a: Tensor; slot: number; mRank: number; op: string; mode: Mode }, slot = machine.slots[number];
    if (!slot || acc.format?.kind !== 'integer' || slot.beside.length > 0) { execute(machine, captured); return; }
    const isDepthwise = definition!.mnemonic === 'mdw', formats: readonly [Format, Format] = [a.format!, formatByCode(slot.dtype)!], columns = Number(slot.columns), depth = Number(slot.depth);
    for (const [row, from] of rowsOf(acc, a, mRank)) {
      for (let n = 0; n < columns; n++) {
        const index = [...row, BigInt(n)], old = op === 'add' ? machine.read(acc, index) : { bits: 0n, known: true };
        let sum = unpackInteger(acc.format, old.bits), { known } = old;
        for (let k = 0; k < depth; k++) {
          const x = machine.read(a, isDepthwise ? [...from, ...unflattened(a.dims.slice(mRank, -1), k), BigInt(n)] : [...from, ...unflattened(a.dims.slice(mRank), k)]), w = slot.elements[k * columns + n]!;
          const [left, right] = [unpackInteger(formats[0], x.bits) - BigInt(mode.zpa), unpackInteger(formats[1], w.bits) - BigInt(mode.zpb)];
          sum += change(left * right, left, right);
          known &&= x.known && w.known;
        }
        machine.write(acc, index, { bits: BigInt.asUintN(Number(acc.width), mode.isat ? bounded(sum, acc.format) : sum), known });
      }
    }
  });
}
const bounded = (value: bigint, { valueBits, signed }: Format): bigint => {
  const high = (1n << BigInt(valueBits - (signed ? 1 : 0))) - 1n, low = signed ? -high - 1n : 0n;
  return value > high ? high : value < low ? low : value;
};
function* rowsOf(acc: Tensor, a: Tensor, mRank: number): Generator<readonly [readonly bigint[], readonly bigint[]]> {
  const [to, from] = [acc.dims.slice(0, -1), a.dims.slice(0, mRank)], count = Number(to.reduce((product_, dim) => product_ * dim, 1n));
  for (let m = 0; m < count; m++) yield [unflattened(to, m), unflattened(from, m)];
}
function unflattened(dims: readonly bigint[], at: number): readonly bigint[] {
  const index: bigint[] = [];
  let rest = BigInt(at);
  for (const dim of [...dims].reverse()) { index.unshift(rest % dim); rest /= dim; }
  return index;
}

// ---- slots over time
function staleWeights(): Step {
  const before = new Map<number, Slot | undefined>();
  return (machine, { definition, captured }, execute) => {
    if (definition!.mnemonic === 'wload') before.set(captured.slot, machine.slots[captured.slot]);
    if (!products.includes(definition!.mnemonic)) { execute(machine, captured); return; }
    const now = machine.slots[captured.slot], old = before.get(captured.slot);
    execute(old && now && old.depth === now.depth && old.columns === now.columns ? seenAs(machine, { slots: machine.slots.with(captured.slot, old) }) : machine, captured);
  };
}
function lastLoaded(): Step {
  let last: number | undefined;
  return (machine, { definition, captured }, execute) => {
    if (definition!.mnemonic === 'wload') last = captured.slot;
    const [own, other] = [machine.slots[captured.slot], last === undefined ? undefined : machine.slots[last]];
    execute(products.includes(definition!.mnemonic) && own && other && own.depth === other.depth && own.columns === other.columns ? seenAs(machine, { slots: machine.slots.with(captured.slot, other) }) : machine, captured);
  };
}
function firstRowEarlier(): Step {
  let before: Slot | undefined;
  return (machine, { definition, captured }, execute) => {
    const own = products.includes(definition!.mnemonic) ? machine.slots[captured.slot] : undefined, old = before;
    execute(machine, captured);
    if (!own) return;
    before = own;
    if (!old || old.depth !== own.depth || old.columns !== own.columns || old === own || captured.op === 'add') return;
    execute(seenAs(machine, { slots: machine.slots.with(captured.slot, old), write: (t: Tensor, index: readonly bigint[], cell: Cell) => { if (index.slice(0, -1).every((i) => i === 0n)) machine.write(t, index, cell); } }), captured);
  };
}

// ---- tensors
const moved = (t: Tensor, elements: bigint): Tensor => ({ ...t, address: t.address + elements * t.width });
/** From one row to the next: the innermost dim but one that has several. */
const rowStride = (t: Tensor): bigint => t.strides[Math.max(0, t.rank - 2)] ?? 1n;
const everyStride = (captured: Captured, letter: string, change: (stride: bigint) => bigint): Captured | undefined => {
  const t = captured[letter] as Tensor | undefined;
  return t && { ...captured, [letter]: { ...t, strides: t.strides.map(change) } };
};
function strided(captured: Captured, letter: string, change: (stride: bigint) => bigint): Captured | undefined {
  const t = captured[letter] as Tensor | undefined;
  return t && t.rank >= 2 ? { ...captured, [letter]: { ...t, strides: t.strides.map((stride, axis) => (axis === t.rank - 2 ? change(stride) : stride)) } } : undefined;
}
function turned(captured: Captured, letter: string): Captured | undefined {
  const t = captured[letter] as Tensor | undefined;
  if (!t || t.rank < 2) return undefined;
  return { ...captured, [letter]: { ...t, strides: [...t.strides.slice(0, -2), t.strides.at(-1)!, t.strides.at(-2)!] } };
}
const signs: ReadonlyMap<string, string> = new Map([['s8', 'u8'], ['u8', 's8'], ['s16', 'u16'], ['u16', 's16'], ['s32', 'u32'], ['u32', 's32']]);
function otherSign(t: Tensor): Tensor {
  const name = signs.get(t.format?.name ?? ''), format = name === undefined ? undefined : formatByName(name);
  return format ? { ...t, format, dtype: format.code } : t;
}
/** Strides of K as if its elements lay one behind the other. */
function sideBySide(captured: Captured): Captured | undefined {
  const { a, mRank } = captured as { a: Tensor; mRank: number }, strides = [...a.strides];
  if (strides.at(-1) !== 1n) return undefined;
  for (let axis = a.rank - 2; axis >= mRank; axis--) strides[axis] = strides[axis + 1]! * a.dims[axis + 1]!;
  return { ...captured, a: { ...a, strides } };
}
/** Do the elements of a row have gaps? Those of depthwise products are taps. */
function isGathered(captured: Captured, mnemonic: string): boolean {
  const { a, mRank } = captured as { a: Tensor; mRank: number }, last = mnemonic === 'mdw' ? a.rank - 1 : a.rank;
  let run = 1n;
  for (let axis = last - 1; axis >= mRank; axis--) {
    if (a.dims[axis] !== 1n && a.strides[axis] !== run) return true;
    run *= a.dims[axis]!;
  }
  return false;
}
const withoutLast = (machine: Parameters<Step>[0], number: number): Parameters<Step>[0] => {
  const slot = machine.slots[number];
  return slot ? seenAs(machine, { slots: machine.slots.with(number, { ...slot, elements: slot.elements.map((cell, i) => (i >= Number((slot.depth - 1n) * slot.columns) ? { ...cell, bits: 0n } : cell)) }) }) : machine;
};
const isLastRow = (t: Tensor, index: readonly bigint[]): boolean => index.slice(0, -1).every((i, axis) => i === t.dims[axis]! - 1n);
