//! kernel-cases: random views, corner data and single instructions, acting on the specification and on the engine's kernels alike.
import { expect } from 'vitest';
import { byMnemonic } from '../model/instructions/set.ts';
import { bitsOf, encode } from '../model/isa/codec.ts';
import { isOperand, operandPosition } from '../model/isa/instruction.ts';
import { hull } from '../model/isa/tensor.ts';
import type { Cell } from '../model/isa/view.ts';
import { EVENT_COUNT, SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../model/limits.ts';
import { capture, type Closed, writeRecord } from '../model/machine/closed.ts';
import { Machine } from '../model/machine/machine.ts';
import { profile as builtIn, type Profile } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { formatByName } from '../model/numerics/format.ts';
import { type Bench, bench } from './kernel-bench.ts';

// ---- chance
let seed = 1;
/** Where the next draws begin. */
export const reseed = (value: number): void => {
  seed = value;
};
export const next = (): number => {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return seed >>> 0;
};
export const below = (count: number): number => next() % count;
export const between = (low: number, high: number): number => low + below(high - low + 1);
export const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
export const chance = (percent: number): boolean => below(100) < percent;

export const names = ['s4', 'u4', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'bf16', 'fp16', 'fp32'];

// ---- a profile with every pair, narrow partial sums, tiles of several panels, and spaces that end inside a page
export const pairs = [
  ...['s4', 'u4', 's8', 'u8', 's16', 'u16'].flatMap((a) =>
    ['s4', 'u4', 's8', 'u8', 's16', 'u16'].flatMap((w) =>
      (a.endsWith('16') || w.endsWith('16') ? ['s32', 's64'] : ['s32']).map((c) => [a, w, c] as const),
    ),
  ),
  ['s16', 's8', 's48'],
  ['bf16', 'bf16', 'fp32'],
  ['fp16', 'fp16', 'fp32'],
  ['fp32', 'fp32', 'fp32'],
  ['bf16', 'fp16', 'fp32'],
].slice(-32) as readonly (readonly [string, string, string])[];
export const odd = ((): Profile => {
  const file = structuredClone(builtIn('systole-16').file) as Record<string, unknown>;
  const evidence = { source: 'the test', certainty: 'chosen' };
  const fact = (value: unknown): object => ({ value, ...evidence });
  Object.assign(file, {
    name: 'odd',
    formats: fact([...names, 's48']),
    nans: Object.fromEntries(Object.entries(file['nans'] as object).filter(([name]) => names.includes(name))),
    dramBytes: fact(65536),
    spmBytes: fact(14400),
    accBytes: fact(9216),
    accLanes: fact(32),
    kernels: {
      chain: { kind: 'chain', join: 'chainStart', ...evidence },
      lastAdd: { kind: 'chain', join: 'lastAdd', ...evidence },
      exact: { kind: 'integer', psumBits: null, ...evidence },
      psum20: { kind: 'integer', psumBits: 20, ...evidence },
      psum32: { kind: 'integer', psumBits: 32, ...evidence },
    },
    triples: pairs.map(([activation, weight, accumulator]) => ({
      activation,
      weight,
      accumulator,
      kMax: fact(70),
      nMax: fact(24),
      mMax: fact(512),
      dots: accumulator === 'fp32' ? ['chain', 'lastAdd'] : ['exact', 'psum20', 'psum32'],
    })),
  });
  return readProfile(JSON.stringify(file), 'odd.json');
})();

export interface Devices {
  readonly machine: Machine;
  readonly engines: readonly Bench[];
}
export const devices = (modules: readonly WebAssembly.Module[], profile: Profile): Devices => ({
  machine: new Machine(profile, { read: () => 0, write: () => undefined }),
  engines: modules.map((module) => bench(module, profile)),
});

// ---- data
export const sizes = (d: Devices): readonly number[] => [0, 16384, d.machine.profile.spmBytes, d.machine.profile.accBytes];
export const corner = [0x80, 0x7f, 0xff, 0x00, 0x01, 0x81];
/** Corners, anything, the two ends, floats with specials, floats of moderate size. */
export const bytesOf = (count: number): Uint8Array => {
  const kind = below(5),
    high = kind === 3 ? [0x3f, 0x40, 0xbf, 0x00, 0x7f, 0xff] : [0x3f, 0x40, 0xbf, 0xc0, 0x3d];
  const byte = (i: number): number =>
    kind === 0 ? pick(corner) : kind === 2 ? pick([0x80, 0x7f]) : kind > 2 && i % 2 ? pick(high) : next() & 255;
  return Uint8Array.from({ length: count }, (_, i) => byte(i));
};
export function scatterData(d: Devices, unknownPercent: number): void {
  for (const space of [SPACE_DRAM, SPACE_SPM, SPACE_ACC]) {
    const size = sizes(d)[space]!;
    for (let at = 0; at < size; ) {
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
export type Shape = 'source' | 'destination' | 'rows';
/** A descriptor of the dims, strides of any kind that may be legal there, placed at random inside its space. */
export function descriptor(d: Devices, space: number, name: string, dims: readonly number[], shape: Shape): number[] {
  const { code, width } = formatByName(name),
    lanes = d.machine.accLanes,
    elementBytes = Math.max(1, width / 8);
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
  const low = reach.reduce((sum, r) => sum + Math.min(0, r), 0),
    high = reach.reduce((sum, r) => sum + Math.max(0, r), 0) + 1;
  const unit = shape === 'rows' ? (lanes * width) / 8 : elementBytes,
    size = sizes(d)[space]!;
  const first = Math.ceil((-low * width) / 8 / unit),
    last = Math.floor((size - Math.ceil((high * width) / 8)) / unit);
  const base = first > last ? 0 : unit * (chance(20) ? pick([first, last]) : between(first, last));
  const words = Array.from({ length: 16 }, () => 0);
  words[0] = code | (space << 8) | (dims.length << 11);
  words[1] = base;
  dims.forEach((dim, axis) => {
    words[3 + axis] = dim;
    words[8 + axis] = strides[axis]! >>> 0;
  });
  return words;
}
export const dimsOf = (rank: number, most: number): number[] => {
  const dims = Array.from({ length: rank }, () => between(1, 7));
  if (chance(50)) dims[rank - 1] = between(1, 40);
  while (dims.reduce((p, dim) => p * dim, 1) > most) dims[dims.indexOf(Math.max(...dims))] = Math.ceil(Math.max(...dims) / 2);
  return dims;
};

// ---- one instruction on all devices
/** Captures and checks; undefined when a rule forbids it. Operands are T1 (D), T2 (A), T3 (B), T4 (C). */
export function close(
  d: Devices,
  mnemonic: string,
  tensors: Readonly<Record<string, number[] | undefined>>,
  values: object,
  mode: readonly number[] = [],
): Closed | undefined {
  const definition = byMnemonic.get(mnemonic)!,
    { machine } = d,
    operands: Record<string, unknown> = {};
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
      return isOperand(field)
        ? closed.operands[operandPosition(field)!]
        : field.kind === 'source'
          ? closed.captured[name]
          : bitsOf(words, field);
    });
    const missing = rule.operands.some((name, i) => name !== 'mode' && isOperand(definition.fields[name]!) && of[i] === undefined);
    return !missing && !rule.holds(machine, ...of);
  });
  refused.set(broken?.predicate ?? 'none', (refused.get(broken?.predicate ?? 'none') ?? 0) + 1);
  return broken ? undefined : closed;
}
export const refused = new Map<string, number>();
/** Events seen, so that a test can tell whether its data reached what it is about. */
export const totals = Array.from({ length: EVENT_COUNT }, () => 0);

/** Acts everywhere; the whole memories, known bits and events must agree. */
export function act(d: Devices, closed: Closed): void {
  const { machine } = d,
    definition = closed.definition!,
    record = writeRecord(closed);
  machine.events = Array.from({ length: EVENT_COUNT }, () => 0);
  const slots = machine.slots.slice();
  definition.execute(machine as never, closed.captured);
  if (definition.promise) definition.promise(machine, closed.captured);
  const place = JSON.stringify({ mnemonic: definition.mnemonic, operands: closed.operands, mode: closed.modeWords }, (_, v) =>
    typeof v === 'bigint' ? Number(v) : v,
  );
  d.engines.forEach((engine, build) => {
    const events = engine.run(definition.opcode, record);
    events.forEach((count, kind) => {
      totals[kind]! += count;
    });
    const where = `${build ? 'simd' : 'scalar'}: ${place}`;
    if (String(events) !== String(machine.events)) expect(events, `events, ${where}`).toEqual(machine.events);
    for (const t of closed.operands) {
      if (!t || t.role === 'read') continue;
      const [low, high] = hull(t),
        from = Math.max(0, Number(low) - 40),
        to = Math.min(sizes(d)[t.space]!, Number(high) + 40);
      sameMemory(d, engine, t.space, from, to, where);
    }
    machine.slots.forEach((slot, i) => {
      if (!slot || slot === slots[i]) return;
      const got = engine.slot(i),
        cells: readonly Cell[] = [...slot.elements, ...slot.beside];
      same(
        Uint32Array.from(got.codes),
        Uint32Array.from(cells, (cell) => Number(cell.bits)),
        `slot codes, ${where}`,
      );
      same(
        Uint8Array.from(got.flags),
        Uint8Array.from(cells, (cell) => Number(cell.known)),
        `slot flags, ${where}`,
      );
    });
  });
}
/** Bytes and known bits of an interval of a space. */
export function sameMemory(d: Devices, engine: Bench, space: number, from: number, to: number, where: string): void {
  const memory = d.machine.memories[space]!;
  same(engine.read(space, from, to - from), memory.read(from, to - from), `bytes from ${from} of space ${space}, ${where}`);
  same(engine.known(space, from, to - from), memory.known(from, to - from), `known bits from ${from} of space ${space}, ${where}`);
}
export function same(got: Uint8Array | Uint32Array, wanted: Uint8Array | Uint32Array, what: string): void {
  if (got.length === wanted.length && got.every((value, i) => value === wanted[i])) return;
  const at = got.findIndex((value, i) => value !== wanted[i]);
  expect(`at ${at}: ${got.slice(at, at + 16)}`, what).toBe(`at ${at}: ${wanted.slice(at, at + 16)}`);
}
/** Tries until `count` legal instructions have acted. */
export function many(d: Devices, count: number, make: () => Closed | undefined): void {
  let done = 0;
  for (let tries = 0; done < count && tries < 60 * count; tries++) {
    if (tries % 10 === 0) {
      for (const space of tries % 50 ? [] : [SPACE_DRAM, SPACE_SPM, SPACE_ACC])
        d.engines.forEach((engine) => sameMemory(d, engine, space, 0, sizes(d)[space]!, 'all'));
      scatterData(d, pick([0, 0, 15, 40]));
    }
    const closed = make();
    if (!closed) continue;
    act(d, closed);
    done++;
  }
  expect(done, `legal cases; refused by ${JSON.stringify([...refused].sort((a, b) => b[1] - a[1]).slice(0, 8))}`).toBe(count);
}
