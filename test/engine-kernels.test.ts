//! engine-kernels: DMA and matrix kernels of both engine builds against the specification's meaning, on random views and corner data.
import { afterAll, expect, test } from 'vitest';
import { profile as builtIn, readProfile, type Profile } from '../model/machine/profile.ts';
import { capture, type Closed, writeRecord } from '../model/machine/closed.ts';
import { Machine } from '../model/machine/machine.ts';
import { byMnemonic } from '../model/instructions/set.ts';
import { bitsOf, encode } from '../model/isa/codec.ts';
import { isOperand, operandPosition } from '../model/isa/instruction.ts';
import { hull } from '../model/isa/tensor.ts';
import type { Cell } from '../model/isa/view.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../model/limits.ts';
import { formatByName } from '../model/numerics/format.ts';
import { type Bench, bench, compileKernels } from './kernel-bench.ts';

const { modules, dispose } = await compileKernels(1);
afterAll(dispose);

// ---- chance
let seed = 1;
const next = (): number => {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return seed >>> 0;
};
const below = (count: number): number => next() % count;
const between = (low: number, high: number): number => low + below(high - low + 1);
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
const chance = (percent: number): boolean => below(100) < percent;

const names = ['s4', 'u4', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'bf16', 'fp16', 'fp32'];

// ---- a profile with every pair, narrow partial sums, tiles of several panels, and spaces that end inside a page
const pairs = [
  ...['s4', 'u4', 's8', 'u8', 's16', 'u16'].flatMap((a) => ['s4', 'u4', 's8', 'u8', 's16', 'u16'].flatMap((w) =>
    (a.endsWith('16') || w.endsWith('16') ? ['s32', 's64'] : ['s32']).map((c) => [a, w, c] as const))),
  ['s16', 's8', 's48'], ['bf16', 'bf16', 'fp32'], ['fp16', 'fp16', 'fp32'], ['fp32', 'fp32', 'fp32'], ['bf16', 'fp16', 'fp32'],
].slice(-32) as readonly (readonly [string, string, string])[];
const odd = ((): Profile => {
  const file = structuredClone(builtIn('systole-16').file) as Record<string, unknown>;
  const fact = (value: unknown): object => ({ value, source: 'the test', certainty: 'chosen' });
  Object.assign(file, {
    name: 'odd', formats: fact([...names, 's48']), dramBytes: fact(65536), spmBytes: fact(14400), accBytes: fact(9216), accLanes: fact(32),
    triples: pairs.map(([activation, weight, accumulator]) => ({
      activation, weight, accumulator, kMax: fact(70), nMax: fact(24), mMax: fact(512),
      dots: accumulator === 'fp32' ? [{ kind: 'chain', join: 'chainStart' }, { kind: 'chain', join: 'lastAdd' }]
        : [null, 20, 32].map((bits) => ({ kind: 'integer', psumBits: bits === null ? null : fact(bits) })),
    })),
  });
  return readProfile(JSON.stringify(file), 'odd.json');
})();

interface Devices { readonly machine: Machine; readonly engines: readonly Bench[] }
const devices = (profile: Profile): Devices => ({
  machine: new Machine(profile, { read: () => 0, write: () => undefined }), engines: modules.map((module) => bench(module, profile)),
});

// ---- data
const sizes = (d: Devices): readonly number[] => [0, 16384, d.machine.profile.spmBytes, d.machine.profile.accBytes];
const corner = [0x80, 0x7f, 0xff, 0x00, 0x01, 0x81];
/** Corners, anything, the two ends, floats with specials, floats of moderate size. */
const bytesOf = (count: number): Uint8Array => {
  const kind = below(5), high = kind === 3 ? [0x3f, 0x40, 0xbf, 0x00, 0x7f, 0xff] : [0x3f, 0x40, 0xbf, 0xc0, 0x3d];
  const byte = (i: number): number => (kind === 0 ? pick(corner) : kind === 2 ? pick([0x80, 0x7f]) : kind > 2 && i % 2 ? pick(high) : next() & 255);
  return Uint8Array.from({ length: count }, (_, i) => byte(i));
};
function scatterData(d: Devices, unknownPercent: number): void {
  for (const space of [SPACE_DRAM, SPACE_SPM, SPACE_ACC]) {
    const size = sizes(d)[space]!;
    for (let at = 0; at < size;) {
      const count = Math.min(size - at, between(1, 3000));
      if (chance(unknownPercent)) {
        d.machine.memories[space]!.forget(at, count);
        for (const engine of d.engines) engine.forget(space, at, count);
      } else {
        const data = bytesOf(count);
        d.machine.memories[space]!.write(at, data);
        for (const engine of d.engines) engine.write(space, at, data);
      }
      at += count;
    }
  }
}

// ---- views
type Shape = 'source' | 'destination' | 'rows';
/** A descriptor of the dims, strides of any kind that may be legal there, placed at random inside its space. */
function descriptor(d: Devices, space: number, name: string, dims: readonly number[], shape: Shape): number[] {
  const { code, width } = formatByName(name), lanes = d.machine.accLanes, elementBytes = Math.max(1, width / 8);
  const order = [...dims.keys()];
  if (shape !== 'rows' && width > 4 && chance(25)) order.sort(() => (chance(50) ? 1 : -1));
  const strides = dims.map(() => 0);
  let step = 1;
  for (const axis of [...order].reverse()) {
    const inner = axis === dims.length - 1;
    if (shape === 'rows') strides[axis] = inner ? 1 : Math.ceil(step / lanes) * lanes;
    else if (width === 4 && shape === 'destination') strides[axis] = inner ? 1 : Math.ceil(step / 2) * 2;
    else strides[axis] = step + (chance(30) ? below(4) : 0);
    if (shape === 'source' && chance(12)) strides[axis] = pick([0, 1, 2, -1, strides[axis]!]);
    if (chance(10) && !(inner && (shape === 'rows' || width === 4))) strides[axis] = -strides[axis]!;
    step = Math.max(step, Math.abs(strides[axis]!) * dims[axis]!, 1);
  }
  const reach = strides.map((stride, axis) => stride * (dims[axis]! - 1));
  const low = reach.reduce((sum, r) => sum + Math.min(0, r), 0), high = reach.reduce((sum, r) => sum + Math.max(0, r), 0) + 1;
  const unit = shape === 'rows' ? (lanes * width) / 8 : elementBytes, size = sizes(d)[space]!;
  const first = Math.ceil((-low * width) / 8 / unit), last = Math.floor((size - Math.ceil((high * width) / 8)) / unit);
  const base = first > last ? 0 : unit * (chance(20) ? pick([first, last]) : between(first, last));
  const words = Array.from({ length: 16 }, () => 0);
  words[0] = code | (space << 8) | (dims.length << 11);
  words[1] = base;
  dims.forEach((dim, axis) => { words[3 + axis] = dim; words[8 + axis] = strides[axis]! >>> 0; });
  return words;
}
const dimsOf = (rank: number, most: number): number[] => {
  const dims = Array.from({ length: rank }, () => between(1, 7));
  if (chance(50)) dims[rank - 1] = between(1, 40);
  while (dims.reduce((p, dim) => p * dim, 1) > most) dims[dims.indexOf(Math.max(...dims))] = Math.ceil(Math.max(...dims) / 2);
  return dims;
};

// ---- one instruction on all devices
/** Captures and checks; undefined when a rule forbids it. Operands are T1 (D), T2 (A), T3 (B), T4 (C). */
function close(
  d: Devices, mnemonic: string, tensors: Readonly<Record<string, number[] | undefined>>, values: object, mode: readonly number[] = [],
): Closed | undefined {
  const definition = byMnemonic.get(mnemonic)!, { machine } = d, operands: Record<string, unknown> = {};
  Object.entries(tensors).forEach(([name, words], i) => {
    if (!words) return;
    machine.tensors[i + 1]!.set(words);
    operands[name] = definition.fields[name]!.kind === 'bare' ? i + 1 : { t: i + 1, s: 0, imm: 0 };
  });
  machine.modes[0]!.fill(0);
  machine.modes[0]!.set(mode);
  const words = encode(definition, { ...operands, ...values } as never);
  const closed = capture(definition, words, 0n, 0, machine);
  const broken = definition.rules.find((rule) => {
    const of = rule.operands.map((name) => {
      if (name === 'mode') return closed.captured.mode;
      const field = definition.fields[name]!;
      return isOperand(field) ? closed.operands[operandPosition(field)!] : field.kind === 'source' ? closed.captured[name] : bitsOf(words, field);
    });
    const missing = rule.operands.some((name, i) => name !== 'mode' && isOperand(definition.fields[name]!) && of[i] === undefined);
    return !missing && !rule.holds(machine, ...of);
  });
  refused.set(broken?.predicate ?? 'none', (refused.get(broken?.predicate ?? 'none') ?? 0) + 1);
  return broken ? undefined : closed;
}
const refused = new Map<string, number>();
/** Events seen, so that a test can tell whether its data reached what it is about. */
const totals = [0, 0, 0, 0];

/** Acts everywhere; the whole memories, known bits and events must agree. */
function act(d: Devices, closed: Closed): void {
  const { machine } = d, definition = closed.definition!, record = writeRecord(closed);
  machine.events = [0, 0, 0, 0];
  const slots = machine.slots.slice();
  definition.execute(machine as never, closed.captured);
  if (definition.promise) definition.promise(machine, closed.captured);
  const place = JSON.stringify({ mnemonic: definition.mnemonic, operands: closed.operands, mode: closed.modeWords }, (_, v) => (typeof v === 'bigint' ? Number(v) : v));
  d.engines.forEach((engine, build) => {
    const events = engine.run(definition.opcode, record);
    events.forEach((count, kind) => { totals[kind]! += count; });
    const where = `${build ? 'simd' : 'scalar'}: ${place}`;
    if (String(events) !== String(machine.events)) expect(events, `events, ${where}`).toEqual(machine.events);
    for (const t of closed.operands) {
      if (!t || t.role === 'read') continue;
      const [low, high] = hull(t), from = Math.max(0, Number(low) - 40), to = Math.min(sizes(d)[t.space]!, Number(high) + 40);
      sameMemory(d, engine, t.space, from, to, where);
    }
    machine.slots.forEach((slot, i) => {
      if (!slot || slot === slots[i]) return;
      const got = engine.slot(i), cells: readonly Cell[] = slot.elements;
      same(Uint32Array.from(got.codes), Uint32Array.from(cells, (cell) => Number(cell.bits)), `slot codes, ${where}`);
      same(Uint8Array.from(got.flags), Uint8Array.from(cells, (cell) => Number(cell.known)), `slot flags, ${where}`);
    });
  });
}
/** Bytes and known bits of an interval of a space. */
function sameMemory(d: Devices, engine: Bench, space: number, from: number, to: number, where: string): void {
  const memory = d.machine.memories[space]!;
  same(engine.read(space, from, to - from), memory.read(from, to - from), `bytes from ${from} of space ${space}, ${where}`);
  same(engine.known(space, from, to - from), memory.known(from, to - from), `known bits from ${from} of space ${space}, ${where}`);
}
function same(got: Uint8Array | Uint32Array, wanted: Uint8Array | Uint32Array, what: string): void {
  if (got.length === wanted.length && got.every((value, i) => value === wanted[i])) return;
  const at = got.findIndex((value, i) => value !== wanted[i]);
  expect(`at ${at}: ${got.slice(at, at + 16)}`, what).toBe(`at ${at}: ${wanted.slice(at, at + 16)}`);
}
/** Tries until `count` legal instructions have acted. */
function many(d: Devices, count: number, make: () => Closed | undefined): void {
  let done = 0;
  for (let tries = 0; done < count && tries < 60 * count; tries++) {
    if (tries % 10 === 0) {
      for (const space of tries % 50 ? [] : [SPACE_DRAM, SPACE_SPM, SPACE_ACC]) d.engines.forEach((engine) => sameMemory(d, engine, space, 0, sizes(d)[space]!, 'all'));
      scatterData(d, pick([0, 0, 15, 40]));
    }
    const closed = make();
    if (!closed) continue;
    act(d, closed);
    done++;
  }
  expect(done, `legal cases; refused by ${JSON.stringify([...refused].sort((a, b) => b[1] - a[1]).slice(0, 8))}`).toBe(count);
}

const rounding = (): number[] => [between(0, 6) | (below(2) << 3) | (below(2) << 4) | (below(3) << 5) | (below(3) << 7) | (below(2) << 9)];
const d = devices(odd);

test('load copies, pads and converts any view as the specification says', () => {
  seed = 11;
  many(d, 260, () => {
    const rank = between(1, 5), dims = dimsOf(rank, 300), from = pick(names), to = chance(60) ? from : pick(names);
    const padded = chance(40), low = dims.map(() => (padded && chance(50) ? below(4) : 0)), high = dims.map(() => (padded && chance(50) ? below(4) : 0));
    const a = descriptor(d, pick([SPACE_DRAM, SPACE_SPM]), from, dims, 'source');
    low.forEach((pad, axis) => { a[13]! |= pad << (6 * axis); });
    high.forEach((pad, axis) => { a[14]! |= pad << (6 * axis); });
    a[15] = formatByName(from).width >= 32 ? next() : next() & (2 ** formatByName(from).width - 1);
    const whole = dims.map((dim, axis) => dim + low[axis]! + high[axis]!);
    return close(d, 'load', { d: descriptor(d, pick([SPACE_SPM, SPACE_ACC]), to, whole, 'destination'), a }, {}, rounding());
  });
}, 60_000);

test('store copies, converts and combines, in place too', () => {
  seed = 12;
  many(d, 200, () => {
    const dims = dimsOf(between(1, 5), 300), from = pick(names), to = chance(60) ? from : pick(names);
    const a = descriptor(d, pick([SPACE_SPM, SPACE_ACC]), from, dims, 'source');
    const target = chance(10) ? [...a] : descriptor(d, pick([SPACE_DRAM, SPACE_SPM]), to, dims, 'destination');
    return close(d, 'store', { d: target, a }, { op: pick(['copy', 'copy', 'add', 'max', 'min']) }, rounding());
  });
}, 60_000);

test('fill and crc', () => {
  seed = 13;
  many(d, 60, () => {
    const dims = dimsOf(between(1, 5), 300);
    return close(d, 'fill', { d: descriptor(d, pick([SPACE_SPM, SPACE_ACC]), pick(names), dims, 'destination') }, { rs: 0, imm: next() | 0 });
  });
  many(d, 60, () => {
    const a = descriptor(d, pick([SPACE_DRAM, SPACE_SPM]), pick(names), dimsOf(between(1, 5), 300), 'source');
    return close(d, 'crc', { d: descriptor(d, SPACE_SPM, 'u32', [1], 'destination'), a }, {});
  });
}, 60_000);

test('gather and scatter pick rows by index, the last of equal ones winning', () => {
  seed = 14;
  const indexed = (mnemonic: string): void => many(d, 80, () => {
    const rest = chance(20) ? [] : dimsOf(between(1, 3), 60), rows = between(1, 9), v = between(1, 9), name = pick(names);
    const index = descriptor(d, SPACE_SPM, pick(['s32', 'u32']), [rows], 'destination');
    const gathers = mnemonic === 'gather', many = [rows, ...rest], table = [v, ...rest];
    const a = descriptor(d, gathers ? pick([SPACE_DRAM, SPACE_SPM]) : SPACE_SPM, name, gathers ? table : many, 'source');
    if (gathers) a[15] = formatByName(name).width >= 32 ? next() : next() & (2 ** formatByName(name).width - 1);
    const target = descriptor(d, gathers ? SPACE_SPM : pick([SPACE_DRAM, SPACE_SPM]), name, gathers ? many : table, 'destination');
    const closed = close(d, mnemonic, { d: target, a, b: index }, gathers ? {} : { op: pick(['copy', 'add', 'max', 'min']) }, rounding());
    if (!closed) return undefined;
    for (let row = 0; row < rows; row++) {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setInt32(0, chance(80) ? below(v) : pick([-1, v, 0x7fffffff]), true);
      const at = index[1]! + 4 * row * (index[8]! | 0);
      d.machine.memories[SPACE_SPM]!.write(at, bytes);
      for (const engine of d.engines) engine.write(SPACE_SPM, at, bytes);
    }
    return closed;
  });
  indexed('gather');
  indexed('scatter');
}, 60_000);

/** wload of a tile, then a multiplication that fits it. */
function multiplication(mnemonic: 'mm' | 'mdw'): Closed | undefined {
  const [activation, weight, accumulator] = pick(pairs), floats = accumulator === 'fp32', columns = pick([1, 3, 4, 8, 15, 16, 17, 20, 24]);
  const taps = chance(60) ? [pick([1, 2, 3, 7, 16, 17, 32, 33, 70])] : [between(1, 3), between(1, 4), ...(chance(30) ? [between(1, 4)] : [])];
  const depth = taps.reduce((p, dim) => p * dim, 1), slot = below(4);
  const w = close(d, 'wload', { a: descriptor(d, pick([SPACE_SPM, SPACE_DRAM]), weight, [...(chance(30) ? taps : [depth]), columns], 'source') }, { slot });
  if (!w) return undefined;
  act(d, w);
  const room = 5 - taps.length - (mnemonic === 'mdw' ? 1 : 0), outer = Array.from({ length: between(1, Math.min(room, 3)) }, () => between(1, 5));
  const rows = outer.reduce((p, dim) => p * dim, 1);
  const dims = [...outer, ...taps, ...(mnemonic === 'mdw' ? [columns] : [])];
  const leading = chance(60) ? outer : chance(50) ? [rows] : [1, rows];
  const acc = descriptor(d, SPACE_ACC, accumulator, [...leading, columns], 'rows'), a = descriptor(d, SPACE_SPM, activation, dims, 'source');
  const point = (): number => (floats || chance(50) ? 0 : pick([1, -1, 128, -128, 32767, -32768, below(256)])) & 0xffff;
  const mode = [(below(2) << 3) | ((chance(60) ? 0 : floats ? 1 : between(1, 2)) << 12), 0, point() | (point() << 16)];
  return close(d, mnemonic, { acc, a }, { slot, mRank: outer.length, op: pick(['set', 'add']) }, mode);
}

test('mm is the dot product of every pair of formats, on any view, wrapped or saturated once', () => {
  seed = 15;
  totals.fill(0);
  many(d, 320, () => multiplication('mm'));
  expect(totals.slice(0, 3).every((count) => count > 20), `saturated, overflow, nan: ${totals}`).toBe(true);
}, 60_000);

test('mdw multiplies each channel by its own column', () => {
  seed = 16;
  many(d, 160, () => multiplication('mdw'));
}, 60_000);

test('ainit clears or widens, drain requantises', () => {
  seed = 17;
  many(d, 60, () => {
    const dims = [...dimsOf(between(1, 3), 60), between(1, 24)], acc = pick(['s32', 's48', 's64', 'fp32']);
    const a = chance(60) ? descriptor(d, SPACE_SPM, acc === 'fp32' ? pick(['bf16', 'fp16', 'fp32']) : acc, dims, 'source') : undefined;
    return close(d, 'ainit', { acc: descriptor(d, SPACE_ACC, acc, dims, 'rows'), a }, { op: a ? 'load' : 'zero' });
  });
  many(d, 120, () => {
    const dims = [...dimsOf(between(1, 3), 60), between(1, 24)], type = pick(['s8', 'u8', 's16', 's32', 's8', 'bf16']);
    const a = descriptor(d, SPACE_ACC, pick(['s32', 's32', 's64', 'fp32']), dims, 'rows'), table = chance(70);
    const b = table ? descriptor(d, SPACE_SPM, 's32', [dims.at(-1)!, 4], 'source') : undefined;
    const c = chance(30) ? descriptor(d, SPACE_SPM, pick(['s8', 's16', 's32']), dims, 'source') : undefined;
    const mode = [rounding()[0]! & ~(7 << 7), pick([0, 1, 1, 2, 3, 4, 5]) | (between(0, 6) << 3) | (below(2) << 6), next(), next() & 0xff, -128 >>> 0, 127];
    const closed = close(d, 'drain', { d: descriptor(d, SPACE_SPM, type, dims, 'destination'), a, b, c }, { table, activation: pick(['none', 'relu']) }, mode);
    return closed && (closed.operands[2] === undefined || tableKnown(closed)) ? closed : undefined;
  });
}, 60_000);
/** Definite operands are judged before an instruction acts. */
function tableKnown(closed: Closed): boolean {
  const t = closed.operands[2]!, memory = d.machine.memories[t.space]!;
  return [...Array(Number(t.dims[0]) * 4).keys()].every((i) => memory.readCell(t, [BigInt(i >> 2), BigInt(i & 3)]).known);
}

test('known bits of intervals follow a plain array, whatever the page', () => {
  seed = 18;
  for (const engine of d.engines) {
    engine.exports.resetPages();
    const size = odd.spmBytes, model = new Uint8Array(size);
    for (let step = 0; step < 600; step++) {
      const low = chance(30) ? pick([0, 4095, 4096, 8192, size - 1]) : below(size), high = Math.min(size, low + pick([1, 2, 63, 64, 65, 4096, between(1, 9000)]));
      const known = chance(55);
      model.fill(Number(known), low, high);
      if (known) engine.exports.setKnown(SPACE_SPM, BigInt(low), BigInt(high));
      else engine.exports.setUnknown(SPACE_SPM, BigInt(low), BigInt(high));
      const from = below(size), to = Math.min(size, from + below(5000));
      expect(Boolean(engine.exports.isKnown(SPACE_SPM, BigInt(from), BigInt(to))), `${from} to ${to} after step ${step}`).toBe(model.slice(from, to).every((bit) => bit === 1));
    }
    same(engine.known(SPACE_SPM, 0, size), model, 'known bits');
    for (let page = 0; page < 4; page++) engine.exports.countPage(SPACE_SPM, page);
    same(engine.known(SPACE_SPM, 0, size), model, 'known bits counted anew');
    expect(engine.read(SPACE_DRAM, 12_345, 4096).every((byte) => byte === odd.unknownByte)).toBe(true);
  }
});

test('what an instruction lays down follows what it uses', () => {
  for (const engine of d.engines) {
    engine.exports.resetPages();
    engine.write(SPACE_SPM, 0, Uint8Array.of(3, 0, 0, 0, 9, 0, 0, 0));
    const tensor = (space: number, name: string, base: number, dims: readonly number[], strides: readonly number[]): number[] => {
      const words = Object.assign(Array.from({ length: 16 }, () => 0), { 0: formatByName(name).code | (space << 8) | (dims.length << 11), 1: base });
      dims.forEach((dim, axis) => { words[3 + axis] = dim; words[8 + axis] = strides[axis]!; });
      return words;
    };
    const index = tensor(SPACE_SPM, 'u32', 0, [2], [1]), rows = tensor(SPACE_SPM, 'u8', 4096, [2, 64], [64, 1]);
    const gather = close(d, 'gather', { d: rows, a: tensor(SPACE_DRAM, 'u8', 0, [15, 64], [4096, 1]), b: index }, {})!;
    engine.act(gather.definition!.opcode, writeRecord(gather));
    expect([engine.touched(SPACE_DRAM), engine.touched(SPACE_SPM)]).toEqual([2, 2]);
    same(engine.read(SPACE_SPM, 4096, 128), new Uint8Array(128).fill(odd.unknownByte), 'the pattern');
    same(engine.known(SPACE_SPM, 4096, 128), new Uint8Array(128), 'known bits');
    const column = close(d, 'load', { d: tensor(SPACE_SPM, 'u8', 8192, [2], [1]), a: tensor(SPACE_DRAM, 'u8', 5, [2], [61440]) }, {})!;
    engine.act(column.definition!.opcode, writeRecord(column));
    expect([engine.touched(SPACE_DRAM), engine.touched(SPACE_SPM)]).toEqual([4, 3]);
  }
});

test('a slot restored from its codes and flags multiplies as before', () => {
  seed = 19;
  scatterData(d, 10);
  for (let round = 0; round < 6; round++) {
    const closed = multiplication('mm');
    if (!closed) continue;
    for (const engine of d.engines) {
      const number = bitsOf(closed.words, closed.definition!.fields['slot']!), { codes, flags } = engine.slot(number);
      engine.exports.restoreSlot(number);
      expect(engine.slot(number)).toMatchObject({ codes, flags });
    }
    act(d, closed);
  }
});

test('a digest is CRC-32C of the elements, whole bytes for rows of 4 bits', () => {
  const engine = d.engines[0]!, text = new TextEncoder().encode('123456789');
  engine.write(SPACE_SPM, 100, text);
  const fill = close(d, 'fill', { d: Object.assign(Array.from({ length: 16 }, () => 0), { 0: 4 | (SPACE_SPM << 8) | (1 << 11), 1: 100, 3: 9, 8: 1 }) }, { rs: 0, imm: 0 })!;
  engine.lay(writeRecord(fill));
  expect(engine.exports.crcOperand(0x82f6_3b78, engine.operandAt(0)) >>> 0).toBe(0xe306_9283);
  expect(engine.exports.crcOperand(0xedb8_8320, engine.operandAt(0)) >>> 0).toBe(0xcbf4_3926);
});
