//! engine-vector: the engine's vector kernels against the specification's element functions, on tensors of every shape, dtype and mode.
import { expect, test } from 'vitest';
import { writeFormats } from '../model/engine/placement.ts';
import { EVENT_ALWAYS, EVENT_COUNT, EVENT_INDEX, eventDefinitions, featureBit, SPACE_SPM } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { controlLayout, profileLayout } from '../model/machine/state.ts';
import {
  binary,
  binaryNames,
  clamp,
  compareElements,
  compareNames,
  convert,
  fma,
  leakyRelu,
  relu,
  shift,
  special,
  unary,
  unaryNames,
  type Element,
} from '../model/numerics/arithmetic.ts';
import { roundNames } from '../model/numerics/exact.ts';
import { formatByName, hasNan, quietNan, type Format } from '../model/numerics/format.ts';
import { functionNames } from '../model/numerics/functions.ts';
import { orderNames, reduce, reduceNames, scan } from '../model/numerics/reduce.ts';
import { activationNames, epilogue, scaleNames } from '../model/numerics/requantise.ts';
import type { Rounded } from '../model/numerics/round.ts';
import { operandLayout, retirementLayout } from '../model/retirement.ts';
import { kernelBinary } from './kernel-binary.ts';
import { runs } from './runs.ts';

// Neither the library of the language nor that of Node types it.
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: { Module: new (bytes: Uint8Array) => object; Instance: new (module: object) => { exports: unknown } };
};

interface Engine {
  readonly memory: { readonly buffer: ArrayBuffer };
  vector(opcode: number, at: number): void;
}

// Fixed places of assembly/memory.ts, and where this test lays a record and the scratchpad.
const PROFILE = 0x30000,
  CONTROL = 0x16000,
  RECORD = 0x17000,
  SPM = 0x50000,
  SPM_BYTES = 0x4000,
  STATES = 0x60000,
  KNOWN_BITS = 0x61000,
  UNKNOWN_COUNTS = 0x63000,
  LANES = 4;

function compile(simd: boolean): Engine {
  const entry = (assembly: string): string => `export { vector } from '${assembly}/vector';\n`;
  const flags = ['--optimizeLevel', '2', '--initialMemory', '8', simd ? '--enable' : '--disable', 'simd'];
  const bytes = kernelBinary(`vector-${simd ? 'simd' : 'scalar'}`, entry, flags), engine = new wasm.Instance(new wasm.Module(bytes)).exports as Engine;
  const view = new DataView(engine.memory.buffer);
  writeFormats(view, PROFILE, profile('systole-16'));
  view.setUint32(PROFILE + profileLayout.at.vpuLanes, LANES, true);
  view.setBigInt64(PROFILE + profileLayout.at.spaceBytes + 8 * SPACE_SPM, BigInt(SPM_BYTES), true);
  view.setUint32(CONTROL + controlLayout.at.spaces + 4 * SPACE_SPM, SPM, true);
  const space = 8; // SPM is entry 2 of the tables per space
  view.setUint32(CONTROL + controlLayout.at.pageStates + space, STATES, true);
  view.setUint32(CONTROL + controlLayout.at.knownBits + space, KNOWN_BITS, true);
  view.setUint32(CONTROL + controlLayout.at.unknownCounts + space, UNKNOWN_COUNTS, true);
  return engine;
}
const engines: readonly Engine[] = [compile(false), compile(true)];

// ---- random cases ----

let seed = 0x3c6ef372;
const next = (): number => {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return seed >>> 0;
};
const pick = <T>(list: readonly T[]): T => list[next() % list.length]!;
const wide = (): bigint => (BigInt(next()) << 32n) | BigInt(next());

const named = (...names: string[]): Format[] => names.map(formatByName);
const FLOATS = named('bf16', 'fp16', 'fp32'),
  ARITHMETIC_INTEGERS = named('s4', 'u4', 's8', 'u8', 's16', 'u16', 's32', 'u32');
const INTEGERS = [...ARITHMETIC_INTEGERS, ...named('s48', 's64')],
  S32 = formatByName('s32'),
  FP32 = formatByName('fp32'),
  U8 = formatByName('u8');

/** How many of 64 elements are out of the ordinary: runs of ordinary ones take the kernels' fast ways, the others lead them out of there. */
let unusual = 64;
function ordinary(format: Format): bigint {
  if (format.kind === 'integer') return BigInt((next() % 200) - 100) & ((1n << BigInt(format.width)) - 1n);
  const field = BigInt(format.bias + (next() % 10) - 5), fraction = wide() & ((1n << BigInt(format.fractionBits)) - 1n);
  return (((BigInt(next() & 1) << BigInt(format.exponentBits)) | field) << BigInt(format.fractionBits)) | fraction;
}

function element(format: Format): bigint {
  if (next() % 64 >= unusual) return ordinary(format);
  const mask = (1n << BigInt(format.width)) - 1n,
    bits = BigInt(format.valueBits);
  if (format.kind === 'integer') {
    const any = pick([
      0n,
      1n,
      -1n,
      (1n << (bits - 1n)) - 1n,
      -(1n << (bits - 1n)),
      wide(),
      wide() >> BigInt(next() % 64),
      BigInt(next() % 16),
    ]);
    return (format.name === 's48' ? BigInt.asIntN(48, any) : any) & mask;
  }
  const f = BigInt(format.fractionBits),
    ones = (1n << BigInt(format.exponentBits)) - 1n;
  const near = BigInt(format.bias + (next() % 12) - 6),
    field = pick([0n, 0n, ones, ones - 1n, near, near, near, near, near, wide() & ones]);
  const fraction = pick([0n, 0n, (1n << f) - 1n, 1n << (f - 1n), wide() & ((1n << f) - 1n), wide() & ((1n << f) - 1n)]);
  return (BigInt(next() & 1) << (f + BigInt(format.exponentBits))) | (field << f) | fraction;
}

interface Tensor {
  readonly format: Format;
  readonly dims: readonly number[];
  readonly strides: readonly number[];
  readonly base: number;
  readonly fill: number;
}

/** A tensor of dims in its own eighth of the scratchpad: contiguous, padded, transposed, reversed or broadcast (sources). */
function tensor(slot: number, format: Format, dims: readonly number[], destination: boolean): Tensor {
  const kind = destination ? pick(['dense', 'padded']) : pick(['dense', 'padded', 'transposed', 'reversed', 'broadcast']);
  const strides: number[] = Array<number>(dims.length).fill(0);
  const order = [...dims.keys()];
  if (kind === 'transposed') order.unshift(order.pop()!);
  let stride = 1;
  for (const axis of order.reverse()) {
    strides[axis] = stride;
    stride *= dims[axis]!;
    if (kind === 'padded') stride += 1;
    if (format.width === 4 && stride % 2) stride += 1; // rows of 4-bit elements start on bytes
    if (format.width === 4 && kind === 'padded' && axis === order.at(-1)) stride += 2;
  }
  let base = slot * 0x1000;
  if (kind === 'reversed') {
    base += (strides[0]! * (dims[0]! - 1) * format.width) / 8;
    if (Number.isInteger(base)) strides[0] = -strides[0]!;
    else base = slot * 0x1000;
  }
  if (kind === 'broadcast') strides[next() % dims.length] = 0;
  return { format, dims, strides, base, fill: Number(element(format) & 0xffffffffn) };
}

/** Now and then a source lies where D does: legal where the maps are the same. */
const sometimesIn = (d: Tensor, source: Tensor): Tensor =>
  source.format.width === d.format.width && next() % 3 === 0 ? { ...d, format: source.format } : source;

const indices = (dims: readonly number[]): number[][] =>
  dims.reduce<number[][]>((list, dim) => list.flatMap((index) => Array.from({ length: dim }, (_, i) => [...index, i])), [[]]);
const bitOf = (t: Tensor, index: readonly number[]): number =>
  8 * t.base + t.format.width * index.reduce((sum, i, axis) => sum + i * t.strides[axis]!, 0);

const image = new DataView(new ArrayBuffer(SPM_BYTES));
function read(view: DataView, t: Tensor, index: readonly number[]): bigint {
  const bit = bitOf(t, index),
    at = bit >> 3;
  switch (t.format.width) {
    case 4:
      return BigInt((view.getUint8(at) >> (bit & 4)) & 15);
    case 8:
      return BigInt(view.getUint8(at));
    case 16:
      return BigInt(view.getUint16(at, true));
    case 32:
      return BigInt(view.getUint32(at, true));
    default:
      return view.getBigUint64(at, true);
  }
}
function write(view: DataView, t: Tensor, index: readonly number[], code: bigint): void {
  const bit = bitOf(t, index),
    at = bit >> 3;
  switch (t.format.width) {
    case 4: {
      const odd = (bit & 4) !== 0,
        ends = index.at(-1) === t.dims.at(-1)! - 1 && !odd; // a row's last byte is written whole
      view.setUint8(at, odd ? (view.getUint8(at) & 15) | (Number(code) << 4) : (ends ? 0 : view.getUint8(at) & 0xf0) | Number(code));
      break;
    }
    case 8:
      view.setUint8(at, Number(code));
      break;
    case 16:
      view.setUint16(at, Number(code), true);
      break;
    case 32:
      view.setUint32(at, Number(code), true);
      break;
    default:
      view.setBigUint64(at, code, true);
  }
}

const randomMode = (): number[] => [
  pick([0, 0, next() % 7]) |
    ((next() & 1) << 3) |
    ((next() & 1) << 4) |
    (pick([0, 0, next() % 3]) << 5) |
    (pick([0, 0, next() % 3]) << 7) |
    ((next() & 1) << 9) |
    ((next() & 3) << 10),
  0,
  0,
  0,
  Number(element(FP32)) | 0,
  Number(element(FP32)) | 0,
  0,
  0,
];
const how = (mode: readonly number[], d: Format) => ({
  round: roundNames[mode[0]! & 7]!,
  isat: ((mode[0]! >> 3) & 1) === 1,
  fsat: ((mode[0]! >> 4) & 1) === 1,
  daz: ((mode[0]! >> 5) & 3) as 0 | 1 | 2,
  ftz: ((mode[0]! >> 7) & 3) as 0 | 1 | 2,
  minmax: ((mode[0]! >> 9) & 1) as 0 | 1,
  nan: hasNan(d) ? quietNan(d) : 0n,
  order: orderNames[(mode[0]! >> 10) & 3]!,
  lanes: LANES,
});

interface Case {
  readonly name: string;
  readonly opcode: number;
  readonly words: readonly number[];
  readonly mode: readonly number[];
  readonly operands: readonly (Tensor | undefined)[];
  readonly scalars?: readonly number[];
  /** The operand that must be known as a whole. */
  readonly definite?: number;
}

/** Runs a case on both builds from one image; the specification's writes go to a copy of it, its events beside. */
function check(
  given: Case,
  specify: (
    write: (index: readonly number[], result: Rounded | bigint, known?: boolean) => void,
    get: (position: number, index: readonly number[]) => bigint,
    sees: (position: number, index: readonly number[]) => boolean,
  ) => number,
): void {
  for (let i = 0; i < SPM_BYTES; i += 4) image.setUint32(i, pick([next(), next(), 0, 0x80808080]), true);
  unusual = pick([64, 64, 2, 0]);
  for (const t of given.operands) if (t) for (const index of indices(t.dims)) write(image, t, index, element(t.format));
  unusual = 64;
  const expected = new DataView(image.buffer.slice(0)),
    events = Array.from({ length: EVENT_COUNT }, () => 0),
    counts = next() % 4 !== 0;
  const known = someKnown(given),
    expectedKnown = known.slice();
  let pending = true;
  events[EVENT_INDEX] = specify(
    (index, result, explicit) => {
      const bits = typeof result === 'bigint' ? result : result.bits;
      if (typeof result !== 'bigint')
        eventDefinitions.forEach(([name], i) => {
          if (name !== 'index' && (counts || i < EVENT_ALWAYS)) events[i]! += Number(result[name]);
        });
      write(expected, given.operands[0]!, index, bits);
      markElement(expectedKnown, given.operands[0]!, index, explicit ?? pending);
      pending = true;
    },
    (position, index) => {
      pending &&= elementKnown(known, given.operands[position]!, index);
      return read(image, given.operands[position]!, index);
    },
    (position, index) => elementKnown(known, given.operands[position]!, index),
  );
  for (const [build, engine] of engines.entries()) {
    const view = new DataView(engine.memory.buffer);
    new Uint8Array(engine.memory.buffer, SPM, SPM_BYTES).set(new Uint8Array(image.buffer));
    layRecord(view, given);
    view.setUint32(PROFILE + profileLayout.at.features, counts ? 1 << featureBit('fullCounters') : 0, true);
    layKnown(view, known);
    engine.vector(given.opcode, RECORD);
    const found = new DataView(engine.memory.buffer.slice(SPM, SPM + SPM_BYTES));
    const counted = events.map((_, i) => view.getUint32(CONTROL + controlLayout.at.events + 4 * i, true));
    const where = describeDifference(given, found, expected);
    if (where || counted.join() !== events.join())
      expect.fail(`${['scalar', 'simd'][build]} ${given.name} ${where ?? ''} events ${counted}, specification ${events}; ${text(given)}`);
    const wrong = expectedKnown.findIndex((k, at) => k !== knownAt(view, at));
    if (wrong >= 0) expect.fail(`${given.name}: byte ${wrong} should be ${expectedKnown[wrong] ? 'known' : 'unknown'}; ${text(given)}`);
  }
}

/** A 1 for each byte that is known: all of them, or most of those of the sources that may be unknown and some of the others. */
function someKnown(given: Case): Uint8Array {
  const known = new Uint8Array(SPM_BYTES).fill(1);
  if (next() & 1) return known;
  for (let at = 0; at < 0x1000; at++) known[at] = next() & 1; // where D lies
  given.operands.forEach((t, position) => {
    if (!t || position === 0 || given.definite === position) return;
    for (const index of indices(t.dims))
      if ((next() & 7) === 0) known[(bitOf(t, index) >> 3) + (next() % Math.max(1, t.format.width / 8))] = 0;
  });
  return known;
}

const bytesOf = (t: Tensor, index: readonly number[]): [number, number] => [bitOf(t, index) >> 3, Math.max(1, t.format.width / 8)];
function elementKnown(known: Uint8Array, t: Tensor, index: readonly number[]): boolean {
  const [at, bytes] = bytesOf(t, index);
  return known.subarray(at, at + bytes).every((k) => k === 1);
}
/** Of two elements in a byte the upper one can only take its being known away. */
function markElement(known: Uint8Array, t: Tensor, index: readonly number[], value: boolean): void {
  const [at, bytes] = bytesOf(t, index),
    upper = (bitOf(t, index) & 4) !== 0;
  for (let i = at; i < at + bytes; i++) known[i] = upper ? known[i]! & Number(value) : Number(value);
}

function layKnown(view: DataView, known: Uint8Array): void {
  for (let page = 0; page < SPM_BYTES / 4096; page++) {
    const unknown = known.subarray(page * 4096, (page + 1) * 4096).reduce((sum, k) => sum + 1 - k, 0);
    view.setUint8(STATES + page, unknown ? 1 : 2);
    view.setUint16(UNKNOWN_COUNTS + 2 * page, unknown, true);
  }
  for (let at = 0; at < SPM_BYTES; at += 8)
    view.setUint8(
      KNOWN_BITS + at / 8,
      known.subarray(at, at + 8).reduce((bits, k, i) => bits | (k << i), 0),
    );
}
const knownAt = (view: DataView, at: number): number =>
  view.getUint8(STATES + (at >> 12)) === 2 ? 1 : (view.getUint8(KNOWN_BITS + (at >> 3)) >> (at & 7)) & 1;

const text = (value: unknown): string =>
  JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? v.toString(16) : v?.code !== undefined && v.kind ? v.name : v));

function describeDifference(given: Case, found: DataView, expected: DataView): string | undefined {
  const d = given.operands[0]!;
  for (const index of indices(d.dims)) {
    const got = read(found, d, index),
      want = read(expected, d, index);
    if (got === want) continue;
    const sources = given.operands
      .slice(1)
      .map((t) =>
        t && t.dims.length === d.dims.length && t.dims.every((dim, i) => index[i]! < dim) ? read(image, t, index).toString(16) : '-',
      );
    return `at ${index}: ${got.toString(16)}, specification ${want.toString(16)}; operands ${sources.join(' ')}`;
  }
  return Buffer.compare(Buffer.from(found.buffer), Buffer.from(expected.buffer)) ? 'bytes beside D' : undefined;
}

function layRecord(view: DataView, given: Case): void {
  new Uint8Array(view.buffer, RECORD, retirementLayout.size).fill(0);
  given.words.forEach((word, i) => view.setUint32(RECORD + retirementLayout.at.words + 4 * i, word, true));
  given.mode.forEach((word, i) => view.setInt32(RECORD + retirementLayout.at.mode + 4 * i, word, true));
  given.scalars?.forEach((word, i) => view.setInt32(RECORD + retirementLayout.at.scalars + 4 * i, word, true));
  for (let i = 0; i < EVENT_COUNT; i++) view.setUint32(CONTROL + controlLayout.at.events + 4 * i, 0, true);
  given.operands.forEach((t, position) => {
    if (!t) return;
    const at = RECORD + retirementLayout.at.operands + operandLayout.size * position,
      field = operandLayout.at;
    view.setUint8(at + field.space, 2);
    view.setUint8(at + field.dtype, t.format.code);
    view.setUint8(at + field.rank, t.dims.length);
    view.setUint8(at + field.role, position ? 1 : 2);
    view.setBigInt64(at + field.address, BigInt(8 * t.base), true);
    t.dims.forEach((dim, i) => view.setUint32(at + field.dims + 4 * i, dim, true));
    t.strides.forEach((stride, i) => view.setInt32(at + field.strides + 4 * i, stride, true));
    view.setUint32(at + field.fill, t.fill, true);
  });
}

const shape = (): number[] => pick([[1], [7], [3, 5], [4, 4], [2, 3, 2], [1, 9], [2, 1, 2, 3], [2, 2, 1, 2, 2], [0, 3], [13], [40], [3, 37], [270]]);
/** What `special` captures of word 0 of a mode: round, daz, ftz. */
const SPECIAL_MODE = 0b1_1110_0111;
const SPECIAL = ['bf16', 'fp16', 'fp32'].map(formatByName);
const classOf = (): readonly Format[] => (next() & 1 ? FLOATS : ARITHMETIC_INTEGERS);

// ---- the laws ----

test('binary, fma, compare, shift, convert, unary, special and clamp are the specification on every element', () => {
  for (let i = 0; i < runs(600); i++) {
    const kind = pick(['binary', 'fma', 'compare', 'shift', 'convert', 'unary', 'special', 'clamp'] as const);
    const list = kind === 'special' ? [pick(SPECIAL)] : classOf(),
      float = list[0]!.kind === 'float',
      dims = shape(),
      mode = randomMode();
    const format = (): Format => (i % 3 || kind === 'special' ? pick(list) : float ? FP32 : S32);
    const to = kind === 'compare' ? U8 : kind === 'convert' ? pick([...INTEGERS, ...FLOATS]) : format();
    const d = tensor(0, to, dims, true),
      a = sometimesIn(d, tensor(1, kind === 'convert' ? pick([...INTEGERS, ...FLOATS]) : format(), dims, false));
    const op =
      kind === 'binary'
        ? next() % (float ? 6 : 3)
        : kind === 'compare'
          ? next() % 7
          : kind === 'shift'
            ? next() & 1
            : kind === 'unary'
              ? pick(float ? [0, 1, 2, 4] : [0, 1, 2, 3, 4])
              : kind === 'special'
                ? next() % functionNames.length
                : kind === 'clamp'
                  ? next() & 3
                  : 0;
    const operation = kind === 'binary' && !float && op === 0 ? pick([0, 1, 2, 4, 5]) : op;
    const second = ['binary', 'fma', 'compare', 'shift'].includes(kind) || (kind === 'clamp' && operation === 3),
      scalar = second && (next() & 3) === 0;
    const beside = kind === 'shift' ? pick(ARITHMETIC_INTEGERS) : format();
    const b = second && !scalar ? tensor(2, beside, dims, false) : undefined,
      c = kind === 'fma' ? tensor(3, format(), dims, false) : undefined;
    const scalarFormat = float && kind !== 'shift' ? FP32 : S32,
      value = kind === 'shift' ? (next() % 80) - 40 : Number(element(scalarFormat)) | 0;
    const used =
        kind === 'compare' ? Array<number>(8).fill(0) : kind === 'special' ? [mode[0]! & SPECIAL_MODE, ...Array<number>(7).fill(0)] : mode,
      e = how(used, to),
      bounds = { lo: BigInt(mode[4]!), hi: BigInt(mode[5]!) };
    const opcode = { binary: 0x80, fma: 0x81, compare: 0x82, shift: 0x85, convert: 0x87, unary: 0x88, special: 0x89, clamp: 0x8a }[kind];
    check(
      {
        name: `${kind} ${operation}`,
        opcode,
        words: [opcode, (operation << 24) >>> 0, scalar ? 0x80000000 : 0, 0],
        mode: used,
        operands: [d, a, b, c],
        scalars: [value, 0],
      },
      (put, get) => {
        for (const index of indices(dims)) {
          const x: Element = { format: a.format, bits: get(1, index) };
          const y: Element = b ? { format: b.format, bits: get(2, index) } : { format: scalarFormat, bits: BigInt(value >>> 0) };
          if (kind === 'binary') put(index, binary(binaryNames[operation]!, x, y, to, e));
          if (kind === 'fma') put(index, fma(x, y, { format: c!.format, bits: get(3, index) }, to, e));
          if (kind === 'compare') put(index, compareElements(compareNames[operation]!, x, y));
          if (kind === 'shift') put(index, shift(operation ? 'right' : 'left', x, y, to, e));
          if (kind === 'convert') put(index, convert(x, to, e));
          if (kind === 'unary') put(index, unary(unaryNames[operation]!, x, to, e));
          if (kind === 'special') put(index, special(functionNames[operation]!, x, to, e));
          if (kind === 'clamp')
            put(
              index,
              operation === 3
                ? leakyRelu(x, y, to, e)
                : operation === 0
                  ? clamp(x, bounds, to, e)
                  : relu(x, operation === 2 ? bounds : undefined, to, e),
            );
        }
        return 0;
      },
    );
  }
});

test('reduce and scan are the specification in every order', () => {
  for (let i = 0; i < runs(600); i++) {
    const list = classOf(),
      dims = pick([[1], [7], [3, 5], [4, 11], [2, 3, 4], [33], [2, 2, 3, 2], [65], [2, 290]]),
      r = 1 + (next() % dims.length),
      mode = randomMode();
    const running = (next() & 3) === 0,
      op = running ? next() & 1 : next() % 6;
    const leading = running ? dims : dims.slice(0, dims.length - r),
      out = leading.length ? leading : [1];
    const d = tensor(0, !running && op >= 4 ? S32 : pick(list), out, true),
      a = tensor(1, pick(list), dims, false),
      e = how(mode, d.format);
    const opcode = running ? 0x8d : 0x8c;
    check(
      {
        name: `${running ? 'scan' : 'reduce'} ${op} r ${r}`,
        opcode,
        words: [opcode, (op << 24) >>> 0, running ? 0 : (r << 24) >>> 0, 0],
        mode,
        operands: [d, a],
      },
      (put, get, sees) => {
        const inner = indices(running ? dims.slice(-1) : dims.slice(dims.length - r));
        for (const index of indices(running ? dims.slice(0, -1) : leading)) {
          const codes = inner.map((rest) => get(1, [...index, ...rest]));
          if (running) {
            let known = true;
            scan(op ? 'max' : 'sum', a.format, codes, d.format, () => e).forEach((result, j) => {
              known &&= sees(1, [...index, j]);
              put([...index, j], result, known);
            });
          } else put(index.length ? index : [0], reduce(reduceNames[op]!, a.format, codes, d.format, e));
        }
        return 0;
      },
    );
  }
});

test('scale is the specification for every source, table, residual and destination', () => {
  const sources = [S32, S32, FP32, ...INTEGERS.filter((f) => f.width > 4), ...FLOATS];
  for (let i = 0; i < runs(750); i++) {
    const x = pick(sources),
      float = x.kind === 'float',
      dims = pick([[5], [3, 7], [2, 2, 9], [17], [18, 19]]),
      columns = dims.at(-1)!;
    const scale = float ? pick([0, 4, 5]) : next() % 6,
      single = float || scale >= 4,
      hasTable = scale > 0 || (next() & 1) === 1;
    const to = pick(single ? [...INTEGERS, ...FLOATS, ...named('s8', 's8')] : [...INTEGERS, ...named('s8', 's8', 's16', 's32')]);
    const activation = pick(single && hasTable ? [0, 1, 2] : [0, 1]),
      small = (): number => pick([0, (next() % 256) - 128, (next() << 16) >> 16]);
    const residual = next() % 3 ? undefined : pick(single ? [...INTEGERS, ...FLOATS] : INTEGERS);
    const bounds =
      to.kind === 'float' ? [Number(element(FP32)) | 0, Number(element(FP32)) | 0] : [pick([-128, next() | 0]), pick([127, next() | 0])];
    const [zpa, zpb, zpo] = [float ? 0 : small(), residual?.kind === 'float' ? 0 : small(), to.kind === 'float' ? 0 : small()];
    const mode = [
      randomMode()[0]! & 0x1ff,
      scale | (pick([5, next() % 7]) << 3) | ((next() & 1) << 6),
      (zpa & 0xffff) | (zpb << 16),
      zpo & 0xffff,
      bounds[0]!,
      bounds[1]!,
      0,
      0,
    ];
    const table = hasTable
      ? {
          ...tensor(2, S32, [columns, 4], false),
          strides: pick([
            [4, 1],
            [0, 1],
            [6, 1],
            [1, columns],
          ]),
        }
      : undefined;
    const d = tensor(0, to, dims, true),
      a = sometimesIn(d, tensor(1, x, dims, false)),
      c = residual && tensor(3, residual, dims, false);
    const e = {
      ...how(mode, to),
      scale: scaleNames[scale]!,
      round2: roundNames[(mode[1]! >> 3) & 7]!,
      zpa,
      zpb,
      zpo,
      clamp: mode[1]! & 64 ? { lo: BigInt(bounds[0]!), hi: BigInt(bounds[1]!) } : undefined,
    };
    check(
      {
        name: 'scale',
        opcode: 0x91,
        words: [0x91, (activation | (Number(hasTable) << 2)) << 24, 0, 0],
        mode,
        operands: [d, a, table, c],
        definite: 2,
      },
      (put, get) => {
        for (const index of indices(dims)) {
          const [bias, multiplier, raw, slope] = [0, 1, 2, 3].map((word) => (table ? get(2, [index.at(-1)!, word]) : 0n)) as [
            bigint,
            bigint,
            bigint,
            bigint,
          ];
          put(
            index,
            epilogue(
              {
                x: { format: x, bits: get(1, index) },
                activation: activationNames[activation]!,
                row: table ? { bias, multiplier, shift: raw & 0xffn, slope } : undefined,
                residual: c && { format: c.format, bits: get(3, index) },
              },
              to,
              e,
            ),
          );
        }
        return 0;
      },
    );
  }
});

test('move, select, bitwise, iota and take are their texts', () => {
  for (let i = 0; i < runs(300); i++) {
    const kind = pick(['move', 'select', 'bitwise', 'iota', 'take'] as const),
      dims = shape().map((dim) => Math.max(dim, 1)),
      none = Array<number>(8).fill(0);
    const format = kind === 'bitwise' || kind === 'iota' ? pick(INTEGERS.filter((f) => f.name !== 's48')) : pick([...INTEGERS, ...FLOATS]);
    const d = tensor(0, format, dims, true),
      deep = [...dims.slice(0, -1), 5];
    const a = kind === 'iota' ? undefined : tensor(1, format, kind === 'take' ? deep : dims, false);
    const b =
      kind === 'select' || kind === 'bitwise'
        ? tensor(2, format, dims, false)
        : kind === 'take'
          ? tensor(2, pick(named('u8', 's16', 's32', 'u32')), dims, false)
          : undefined;
    const c = kind === 'select' ? tensor(3, U8, dims, false) : undefined,
      op = kind === 'bitwise' ? next() & 3 : 0;
    const scalars = [next() | 0, pick([0, 1, -3, next() | 0])],
      opcode = { move: 0x86, select: 0x83, bitwise: 0x84, iota: 0x8e, take: 0x90 }[kind];
    check(
      {
        name: kind,
        opcode,
        words: [opcode, (op << 24) >>> 0, 0, 0],
        mode: none,
        operands: [d, a, b, c],
        scalars,
        definite: kind === 'take' ? 2 : 0,
      },
      (put, get) => {
        let outside = 0;
        for (const index of indices(dims)) {
          if (kind === 'move') put(index, get(1, index));
          if (kind === 'select') put(index, get(get(3, index) ? 1 : 2, index));
          if (kind === 'iota') put(index, BigInt.asUintN(format.width, BigInt(scalars[0]!) + BigInt(scalars[1]!) * BigInt(index.at(-1)!)));
          if (kind === 'bitwise') {
            const x = get(1, index),
              y = get(2, index);
            put(index, [x & y, x | y, x ^ y, x & ~y][op]!);
          }
          if (kind === 'take') {
            const code = get(2, index),
              from = b!.format.signed ? BigInt.asIntN(b!.format.width, code) : code,
              inside = from >= 0n && from < 5n;
            outside += Number(!inside);
            put(index, inside ? get(1, [...index.slice(0, -1), Number(from)]) : BigInt(a!.fill) & ((1n << BigInt(format.width)) - 1n));
          }
        }
        return outside;
      },
    );
  }
});
