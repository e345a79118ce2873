//! device-misuse.test: what a library's user may do wrong, and how every device answers: Rejected, or the same as all others.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Device, RunOptions } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { engineBytes } from '../model/engine/binary.ts';
import { Rejected } from '../model/failure.ts';
import { UNIT_COUNT } from '../model/limits.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { stateLayout } from '../model/machine/state.ts';
import { specification } from '../model/specification.ts';
import { difference, observe } from '../model/verify/compare.ts';
import { packSnapshot, unpackSnapshot } from '../model/snapshot.ts';
import { devices, go, halt, hex, image, jump, li, type Line, loop, machine, op, retire, tensor } from './machines.ts';
import { runs } from './runs.ts';

const S8 = 3, S32 = 7, DRAM = 1, SPM = 2, ACC = 3;
const t = (number: number): Record<string, number> => ({ t: number, s: 0, imm: 0 });
const endless = image([li(1, 1), jump(0)]);
const told = (act: () => unknown): string => {
  try { act(); } catch (error) {
    if (error instanceof Rejected) return error.message;
    throw error;
  }
  return 'accepted';
};

describe.each(devices)('%s', (_name, make) => {
  test('options that mean nothing are refused by name, before anything runs', () => {
    const device = make();
    device.load({ image: endless, memory: [] });
    const wrong: readonly (readonly [unknown, string])[] = [
      [{ budget: -1 }, 'budget'], [{ budget: 1.5 }, 'budget'], [{ budget: Number.NaN }, 'budget'], [{ budget: '9' }, 'budget'], [{ budget: 9n }, 'budget'],
      [{ ring: 0 }, 'ring'], [{ ring: Number.NaN }, 'ring'], [{ ring: 2.5 }, 'ring'], [{ queueDepth: 0 }, 'queueDepth'], [{ queueDepth: 17 }, 'queueDepth'],
      [{ watchdog: -1 }, 'watchdog'], [{ watchdog: 1.5 }, 'watchdog'], [{ watchdog: Number.POSITIVE_INFINITY }, 'watchdog'],
      [{ schedule: [1, 2, 3] }, 'schedule'], [{ schedule: 'serial' }, 'schedule'], [{ digests: 1 }, 'digests'], [{ records: 'effect' }, "did you mean 'effects'"], [{ records: true }, 'records'], [{ batches: 1 }, 'batches'], [{ buget: 5 }, "did you mean 'budget'"],
      [null, 'object'], [7, 'object'],
    ];
    for (const [options, word] of wrong) {
      for (const act of [() => device.execute(options as RunOptions), () => device.run(options as RunOptions), () => device.digest(options as RunOptions)]) expect(told(act)).toContain(word);
    }
    expect(device.execute({ budget: 0 })).toMatchObject({ status: 'budget', steps: 0 });
    expect(go(device, { budget: 6, ring: 1 }).records).toHaveLength(6);
    expect(go(device, { budget: 5000, ring: 1_000_000, queueDepth: 16, watchdog: 0, digests: false }).records).toHaveLength(5000);
  });

  test('a program that does not fit is refused, and changes nothing', () => {
    const device = make(), bytes = new Uint8Array(4), { dramBytes, spmBytes } = machine;
    retire(device, image([li(9, 7), halt]));
    const before = hex(device.snapshot()), program = { image: endless, memory: [] };
    for (const wrong of [
      { ...program, imageBase: -64 }, { ...program, imageBase: dramBytes }, { ...program, imageBase: 2 ** 40 }, { ...program, imageBase: 0.5 },
      { ...program, memory: [{ space: SPM, address: 0, bytes }, { space: SPM, address: spmBytes - 1, bytes }] },
      { ...program, memory: [{ space: 0, address: 0, bytes }] }, { ...program, arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    ]) expect(told(() => device.load(wrong))).not.toBe('accepted');
    for (const [space, address, count] of [[0, 0, 1], [9, 0, 1], [SPM, spmBytes, 1], [SPM, -1, 1], [SPM, 0, -1], [SPM, Number.NaN, 1], [SPM, 0, 0.5]] as const) {
      expect(told(() => device.read(space, address, count))).not.toBe('accepted');
      expect(told(() => device.known(space, address, count))).not.toBe('accepted');
    }
    expect(told(() => device.write(SPM, spmBytes - 1, bytes))).not.toBe('accepted');
    expect(hex(device.snapshot())).toBe(before);
  });

  test('offsets and values of the window count modulo 2^32', () => {
    const device = make();
    device.csrWrite(2 ** 32 + 0x60, -1);
    expect([device.csrRead(0x60), device.csrRead(0x60 - 2 ** 32), device.csrRead(2 ** 32)]).toEqual([0xffff_ffff, 0xffff_ffff, device.csrRead(0)]);
    expect(device.csrRead(0x48)).toBe(0);
    expect([device.csrRead(-4), device.csrRead(0x48)]).toEqual([0, 1]);
  });

  test('a new run, load, reset and restore end the run before them: its generator gives no record, but an end by budget', () => {
    const actions: readonly ((device: Device, snapshot: Uint8Array) => void)[] = [
      (device) => device.load({ image: image([halt]), memory: [] }), (device) => device.reset(), (device, snapshot) => device.restore(snapshot),
      (device) => { device.execute({ budget: 3 }); }, (device) => { device.run(); }, (device) => { device.run().next(); },
    ];
    for (const ring of [1, 4, 256]) {
      for (const act of actions) {
        const device = make();
        device.load({ image: endless, memory: [] });
        const snapshot = device.snapshot(), older = device.run({ ring, budget: 1000 });
        const unbegun = ring === 1 ? undefined : older.next();
        act(device, snapshot);
        const end = older.next();
        expect([unbegun?.done ?? false, end.done, end.value]).toEqual([false, true, expect.objectContaining({ status: 'budget' })]);
        expect(older.next()).toEqual({ done: true, value: undefined });
      }
    }
  });

  test('the newest of several generators sees every record once, and an abandoned one leaves the machine where it stands', () => {
    const device = make();
    device.load({ image: endless, memory: [] });
    const first = device.run({ ring: 1 }), seqs = [0, 1].map(() => Number((first.next().value as { seq: bigint }).seq));
    const second = device.run({ ring: 1, budget: 4 });
    for (let next = second.next(); !next.done; next = second.next()) seqs.push(Number(next.value.seq));
    expect(first.next().done).toBe(true);
    expect(seqs).toEqual([0, 1, 2, 3, 4, 5]);
    expect(device.csrRead(0x44)).toBe(1);
  });

  test('what is refused does not end a run', () => {
    const device = make();
    device.load({ image: endless, memory: [] });
    const running = device.run({ ring: 1, budget: 4 });
    running.next();
    for (const act of [() => device.execute({ budget: -1 }), () => device.load({ image: endless, imageBase: -64, memory: [] }), () => device.restore(new Uint8Array(9))]) {
      expect(told(act)).not.toBe('accepted');
    }
    expect([running.next(), running.next(), running.next(), running.next()].map(({ done }) => done)).toEqual([false, false, false, true]);
  });
});

test('a build that does not exist is refused', () => {
  const ask = (options: object): string => told(() => engine(machine, options));
  expect([ask({ build: 'simmd' }), ask({ biuld: 'simd' }), ask({ lanes: 16 }), ask({ lanes: 0.5 })].map((text) => text.split("'")[1])).toEqual(['build', 'biuld', 'lanes', 'lanes']);
  expect(ask({ build: 'simmd' })).toContain("did you mean 'simd'");
  expect(ask({ build: 'scalar', lanes: 7 })).toBe('accepted');
});

test('an engine of other bytes is a device like any other, and what is no engine is refused', () => {
  const bytes = engineBytes('scalar'), module = new WebAssembly.Module(bytes), program = { image: image([li(3, 7), halt]), memory: [] };
  const [own, ...others] = [engine(machine, { build: 'scalar' }), engine(machine, { binary: module }), engine(machine, { binary: new WebAssembly.Instance(module) })].map((device) => observe(device, program));
  for (const other of others) expect(difference(own!, other)).toBeUndefined();
  expect(told(() => engine(machine, { binary: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) }))).toContain('exports no memory, STATE, run, launch; an engine is needed');
});

test('the specification reduces more elements than fit into a list of arguments', () => {
  const count = 130_000, device = specification(machine), wide = [tensor(S8, SPM, [count], 0, { 8: 0 }), tensor(S32, SPM, [1], 0x100)];
  for (const [name, result] of [['sum', 7 * count], ['max', 7]] as const) {
    device.load({ image: image([op('reduce', { op: name, d: t(1), a: t(0), r: 1 }), halt], wide), memory: [{ space: SPM, address: 0, bytes: Uint8Array.of(7) }] });
    expect([device.execute().status, new DataView(device.read(SPM, 0x100, 4).buffer).getInt32(0, true)]).toEqual(['halted', result]);
  }
});

// ---- snapshots
const small = readProfile(JSON.stringify({ ...(machine.file as object), name: 'small', ...sizes() }), 'small.json');
function sizes(): object {
  const of = (value: number) => ({ value, source: 'a test', certainty: 'chosen' });
  return { dramBytes: of(0x1_0000), spmBytes: of(0x4000), accBytes: of(0x2000) };
}
const makers: readonly (() => Device)[] = [() => specification(small), () => engine(small), () => engine(small, { build: 'scalar' })];

/** Calls, loops, loaded weights, and queues of four units that wait for a token of the host. */
const busyLines: readonly Line[] = [
  op('nset', { n: 1, field: 0, imm: 8 }), op('load', { d: t(1), a: t(0) }), op('load', { d: t(2), a: t(0) }), op('wload', { slot: 0, a: t(2) }),
  op('call', { imm: 13 }), halt, op('nop'),
  loop(3, 12, { ra: 4, incA: 3 }), op('cmp', { pd: 2, rs1: 4, imm: 5, op: 'lt' }),
  op('mm', { acc: t(3), a: t(1), slot: 0 }, { wait: 7, mode: 1 }), op('wload', { slot: 1, a: t(2) }), op('mm', { op: 'add', acc: t(3), a: t(1), slot: 1 }),
  op('move', { d: t(5), a: t(1) }, { wait: 8 }), op('reduce', { op: 'sum', d: t(6), a: t(1), r: 1 }),
  op('load', { d: t(5), a: t(0) }, { wait: 9 }), op('store', { d: t(4), a: t(1) }, { wait: 9 }),
  op('post', { m: 9, imm: 2 }), op('post', { m: 7, imm: 1 }), op('post', { m: 8, imm: 1 }), op('alu', { rd: 5, rs1: 5, imm: 1, op: 'add' }), op('ret'),
];
const busyTensors = [
  tensor(S8, DRAM, [4, 4], 0), tensor(S8, SPM, [4, 4], 0x100), tensor(S8, SPM, [4, 4], 0x200), tensor(S32, ACC, [4, 4], 0, { 8: 16 }), tensor(S8, DRAM, [4, 4], 0x100),
  tensor(S8, SPM, [4, 4], 0x300), tensor(S8, SPM, [4], 0x400),
];
function busy(make: () => Device, steps: number): Uint8Array {
  const device = make();
  device.load({ image: image([...busyLines], busyTensors), memory: [{ space: DRAM, address: 0, bytes: Uint8Array.from({ length: 16 }, (_, i) => i * 37) }] });
  device.csrWrite(0x270, 0x302);
  device.execute({ budget: steps, schedule: new Uint8Array(200).fill(255), queueDepth: 8 });
  expect(hex(device.state())).toBe(hex(unpackSnapshot(device.snapshot(), small.hash).state));
  return device.snapshot();
}
const snapshots = [14, 26, 36, 44].map((steps) => busy(makers[0]!, steps));

/** What a device does with a snapshot: the complaints, or the records and what is left. Nothing but Rejected may be thrown. */
function outcome(make: () => Device, snapshot: Uint8Array): string {
  const device = make(), refused = told(() => device.restore(snapshot));
  if (refused !== 'accepted') return refused;
  const { records, end } = go(device, { budget: 60 });
  return [end.status, end.steps, ...records.map((record) => record.hex), hex(device.snapshot())].join('\n');
}

test('the snapshots asked about hold calls, loops, slots and queues of four units, and every device takes them', () => {
  const parts = snapshots.map((snapshot) => unpackSnapshot(snapshot, small.hash));
  expect(Array.from({ length: UNIT_COUNT }, (_, unit) => Math.max(...parts.map(({ queues }) => queues[unit]!.length))).slice(1, 5).every((n) => n > 0)).toBe(true);
  const { at } = stateLayout, word = (offset: number): number => Math.max(...parts.map(({ state }) => new DataView(state.buffer).getUint32(offset, true)));
  expect([word(at.callDepth), word(at.loopDepth), word(at.slots)]).toEqual([1, 1, 1]);
  for (const [i, snapshot] of snapshots.entries()) {
    const outcomes = makers.map((make) => outcome(make, snapshot));
    expect(outcomes.slice(1)).toEqual([outcomes[0], outcomes[0]]);
    expect(outcomes[0]).not.toContain('snapshot:');
    expect(hex(busy(makers[1]!, [14, 26, 36, 44][i]!))).toBe(hex(snapshot));
  }
});

const reused = makers.map((make) => { const device = make(); return () => device; });
/** Asks that all devices answer alike, told by the first line that differs; whether they refuse. */
function same(changed: Uint8Array, what: string): boolean {
  const [oracle, ...others] = reused.map((make) => outcome(make, changed).split('\n'));
  for (const other of others) {
    const at = oracle!.findIndex((line, i) => line !== other[i]), [a, b] = [oracle![at] ?? '', other[at] ?? ''];
    const from = Math.max(0, [...a].findIndex((digit, i) => digit !== b[i]) - 8);
    const differs = other.length !== oracle!.length || at >= 0;
    expect(differs ? `line ${at} of ${oracle!.length} and ${other.length}, digit ${from}: ${a.slice(from, from + 60)} | ${b.slice(from, from + 60)}` : 'alike', what).toBe('alike');
  }
  return oracle![0]!.startsWith('snapshot:');
}

test('a snapshot of which one byte has another value is refused by all devices, or runs alike on all', () => {
  // Places where the state, the queues and the slots are; the pages behind them are data and program.
  const place = fc.constantFrom(...snapshots.keys()).chain((i) => {
    const { length } = snapshots[i]!, dense = length - unpackSnapshot(snapshots[i]!, small.hash).pages.length * (8 + 4096 + 512);
    const at = fc.oneof({ weight: 9, arbitrary: fc.nat(dense - 1) }, fc.nat(length - 1));
    return fc.tuple(fc.constant(i), at, fc.oneof(fc.constantFrom(0, 1, 2, 5, 0x7f, 0x80, 0xff), fc.nat(255)));
  });
  fc.assert(fc.property(place, ([i, at, value]) => {
    const changed = snapshots[i]!.slice();
    changed[at] = value;
    same(changed, `byte ${at} of snapshot ${i} = ${value}`);
  }), { numRuns: runs(100), seed: 1 });
});

test('every field that a device takes for granted is looked at', () => {
  const good = unpackSnapshot(snapshots[2]!, small.hash), { at } = stateLayout;
  const state = (offset: number, value: number): Uint8Array => {
    const bytes = good.state.slice();
    new DataView(bytes.buffer).setUint32(offset, value, true);
    return packSnapshot({ ...good, state: bytes }, small.hash);
  };
  const fields = [
    [at.phase, 5], [at.halted, 1], [at.callDepth, 9], [at.loopDepth, 9], [at.predicates, 0x101], [at.predicates, 0x2], [at.registers, 1], [at.loops, 0], [at.loops + 4, 0xffff_ffff],
    [at.loops + 8, 0], [at.loops + 12, 2], [at.loops + 16, 32], [at.loops + 20, 99], [at.semaphores + 4, 0x1_0000], [at.semaphores, 1], [at.modes, 0x60], [at.queueLength, 1],
    [at.queueLength + 12, 0], [at.imageBase + 4, 1], [at.imageBytes, 0xffff_ffff], [at.instructionCount, 0xffff], [at.slots, 2], [at.slots + 4, 0x3f], [at.slots + 8, 17],
    [at.promised + 8, 2], [at.fault, 0x16], [at.ringLog2, 13], [at.resumed, 2], [at.stopRequest, 3], [at.hostError, 2], [at.launchedByRing, 2],
  ] as const;
  for (const [offset, value] of fields) expect(same(state(offset, value), `word at ${offset} = ${value}`), `word at ${offset} = ${value}`).toBe(true);
  const { pages, queues, slots } = good, last = pages.at(-1)!;
  const others = [
    { ...good, pages: [...pages, last] }, { ...good, pages: [...pages].reverse() }, { ...good, pages: [...pages, { ...last, page: 99 }] },
    { ...good, pages: [...pages, { ...last, space: 4 }] }, { ...good, slots: slots.slice(1) },
    { ...good, queues: queues.map((queue) => queue.map((record) => record.slice(8))) }, { ...good, queues: queues.map((queue) => [...queue].reverse()) },
  ];
  for (const [i, parts] of others.entries()) expect(same(packSnapshot(parts, small.hash), `parts ${i}`), `parts ${i}`).toBe(true);
  for (const bytes of [new Uint8Array(0), snapshots[0]!.slice(0, -1), Uint8Array.of(...snapshots[0]!, 0)]) expect(same(bytes, `${bytes.length} bytes`)).toBe(true);
});

test('a state has one snapshot: what no device would write is refused', () => {
  const good = unpackSnapshot(snapshots[0]!, small.hash), slot = { elements: Uint8Array.of(1, 2, 3), known: Uint8Array.of(1, 0, 1) };
  const slots = good.slots.with(0, slot), bytes = packSnapshot({ ...good, slots }, small.hash), at = packSnapshot({ ...good, slots: slots.with(0, undefined), pages: [] }, small.hash).length - 8 * slots.length - 4;
  const changed = (offset: number, value: number): Uint8Array => bytes.with(at + offset, value);
  expect(unpackSnapshot(changed(11, 0b111), small.hash).slots[0]).toEqual({ ...slot, known: Uint8Array.of(1, 1, 1) });
  for (let bit = 3; bit < 8; bit++) expect(() => unpackSnapshot(changed(11, 0b101 | (1 << bit)), small.hash)).toThrow('after the last one');
  expect(() => unpackSnapshot(changed(4, 0), small.hash)).toThrow('nothing says whether');
});
