//! laws-metamorphic: changes of a program that must change nothing: NOPs, neighbours swapped, UNKNOWN bytes, empty destinations.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { byOpcode } from '../model/instructions/set.ts';
import { bitsOf, decodeHead, exists } from '../model/isa/codec.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM, UNIT_SEQ } from '../model/limits.ts';
import { defaultImageBase } from '../model/machine/launch.ts';
import { stateLayout } from '../model/machine/state.ts';
import { specification } from '../model/specification.ts';
import { unpackSnapshot } from '../model/snapshot.ts';
import { finalDifference, observe } from '../model/verify/compare.ts';
import { headBits } from '../model/verify/code.ts';
import { draftOf, emitPattern } from '../model/verify/tensors.ts';
import { begin, finish, type Resolved } from '../model/verify/resolve.ts';
import { runnable, workshopOf } from '../model/verify/workshop.ts';
import { emit } from '../model/verify/state.ts';
import { mixed, random } from '../model/verify/random.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { RetiredCursor } from '../model/cursor.ts';
import { hex } from './machines.ts';
import { devicesOf, holds, knobs, profiles, variant } from './laws-harness.ts';
import { runs } from './runs.ts';

/** What a program leaves, wherever its code stood: memories without the image, registers, slots, tokens. Descriptors from 60 on hold code. */
function left(device: Device, program: Program): string {
  const { state, slots, pages } = unpackSnapshot(device.snapshot(), device.profile.hash), { at } = stateLayout;
  const from = program.imageBase ?? defaultImageBase(device.profile.dramBytes, program.image.length), to = from + program.image.length;
  const memory = pages.map(({ space, page, bytes, known }) => {
    const inImage = (i: number): boolean => space === SPACE_DRAM && page * 4096 + i >= from && page * 4096 + i < to;
    return [space, page, Buffer.from(bytes.map((byte, i) => (inImage(i) ? 0 : byte))).toString('hex'), Buffer.from(known.map((k, i) => (inImage(i) ? 0 : k))).toString('hex')].join();
  }).filter((text) => /[1-9a-f]/.test(text.split(',')[3]!));
  const words = (name: keyof typeof at, count: number): string => Buffer.from(state.subarray(at[name], at[name] + 4 * count)).toString('hex');
  return [words('registers', 32), words('tensors', 60 * 16), words('modes', 32), words('semaphores', 64), words('predicates', 1), words('haltValue', 1),
    ...slots.map((slot) => (slot ? Buffer.from(slot.elements).toString('hex') : '')), ...memory].join('\n');
}

test.each(['systole-16', 'odd-3x5'])('NOPs anywhere, targets moved along, change nothing: %s', (name) => {
  const of = profiles[name]!, { simd } = devicesOf(of);
  for (const kind of ['smoke', 'sync']) {
    holds((resolved, seed) => {
      const next = random(seed), padded = resolved.padded(() => (next() % 3 === 0 ? next() % 3 : 0));
      observe(simd, resolved.program);
      const before = left(simd, resolved.program), options = seed % 2 ? { schedule: randomSchedule(seed) } : {}, { status } = observe(simd, padded, options);
      return status === 'halted' && left(simd, padded) === before ? undefined : `with NOPs it ends ${status}, or elsewhere`;
      // Counters of instructions see the NOPs.
    }, of, { ...knobs[kind]!, weights: { ...knobs[kind]!.weights, csrr: 0, tcopy: 0 } }, 500, runs(kind === 'smoke' ? 10 : 4));
  }
});

// ---- neighbours
interface Effects { readonly reads: ReadonlySet<string>; readonly writes: ReadonlySet<string>; readonly hulls: readonly (readonly [number, number, number, boolean])[]; readonly unit: number }
const barriers = new Set(['fence', 'wait', 'post', 'halt', 'csrr', 'csrw', 'ld', 'st', 'jump', 'call', 'ret', 'loop', 'lbreak', 'irq', 'trap', 'break']);

/** Registers and bytes that an instruction reads and writes, from its words and its record; undefined where order must stay. */
function effectsOf(record: Uint8Array): Effects | undefined {
  const cursor = new RetiredCursor(new DataView(record.buffer, record.byteOffset)), definition = byOpcode.get(cursor.word(0) & 255), { words } = cursor;
  const head = decodeHead(words), reads = new Set([`p${head.predicate}`]), writes = new Set<string>(), hulls: (readonly [number, number, number, boolean])[] = [];
  if (!definition || barriers.has(definition.mnemonic) || head.wait || head.post || head.irq || cursor.status !== 0) return undefined;
  if (definition.mode.length) reads.add(`n${head.mode}`);
  for (const [name, field] of Object.entries(definition.fields)) {
    if (!exists(definition.fields, field, words)) continue;
    const bits = bitsOf(words, field);
    if (field.kind === 'source') reads.add(`s${bits}`);
    else if (field.kind === 'operand') reads.add(`t${bits & 63}`).add(`s${(bits >> 6) & 31}`);
    else if (field.kind === 'bare' && bits) reads.add(`t${bits & 63}`);
    else if (field.kind === 'destination') writes.add(`s${bits}`);
    else if (field.kind === 'predicate') writes.add(`p${bits}`);
    else if (field.kind === 'mode') writes.add(`n${bits}`);
    else if (field.kind === 'slot') (definition.mnemonic === 'wload' ? writes : reads).add(`slot${bits}`);
    else if (field.kind === 'tensor') (name === 't' ? writes : reads).add(`t${bits}`);
  }
  // tset and nset change a part of what they write.
  for (const one of definition.mnemonic === 'tset' ? writes : []) reads.add(one);
  for (let position = 0; position < 4; position++) {
    const t = cursor.operand(position);
    if (!t || t.dims.includes(0)) continue;
    const width = 64, reach = t.dims.map((dim, i) => (dim - 1) * t.strides[i]! * width), base = Number(t.address);
    hulls.push([t.space, base + reach.reduce((s, r) => s + Math.min(0, r), 0), base + reach.reduce((s, r) => s + Math.max(0, r), width), t.role !== 1]);
  }
  return { reads, writes, hulls, unit: cursor.unit };
}
const meets = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((one) => b.has(one));
function independent(a: Effects, b: Effects): boolean {
  if (meets(a.writes, b.writes) || meets(a.writes, b.reads) || meets(a.reads, b.writes)) return false;
  return !a.hulls.some(([space, low, high, write]) => b.hulls.some(([s, l, h, w]) => s === space && low < h && l < high && (write || w)));
}

/** The program with the words of instruction pc and pc + 1 in each other's place. */
function swapped({ program }: Resolved, pcs: readonly number[]): Program {
  const image = program.image.slice();
  for (const pc of pcs) {
    const at = IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * pc, first = image.slice(at, at + INSTRUCTION_BYTES);
    image.copyWithin(at, at + INSTRUCTION_BYTES, at + 2 * INSTRUCTION_BYTES);
    image.set(first, at + INSTRUCTION_BYTES);
  }
  return { ...program, image };
}

test('independent neighbours may change places', () => {
  let swaps = 0, across = 0;
  for (const name of ['systole-16', 'odd-3x5']) {
    const of = profiles[name]!, { simd } = devicesOf(of), straight = { ...knobs['straight']!, weights: { ...knobs['straight']!.weights, csrr: 0, tload: 0, tcopy: 0 } };
    holds((resolved, seed) => {
      const serial = observe(simd, resolved.program), before = left(simd, resolved.program), effects = serial.records.map(effectsOf), pcs: number[] = [];
      for (let i = 0; i + 1 < effects.length; i++) {
        const a = effects[i], b = effects[i + 1];
        if (!a || !b || !independent(a, b)) continue;
        pcs.push(i);
        if (a.unit !== UNIT_SEQ || b.unit !== UNIT_SEQ) across++;
        i++;
      }
      swaps += pcs.length;
      const other = swapped(resolved, pcs), { status } = observe(simd, other, seed % 2 ? { schedule: randomSchedule(seed) } : {});
      return status === 'halted' && left(simd, other) === before ? undefined : `with instructions ${pcs} and the next ones swapped it ends ${status}, or elsewhere`;
    }, of, straight, 700, runs(12));
  }
  expect(swaps).toBeGreaterThan(runs(400));
  expect(across).toBeGreaterThan(runs(80));
});

// ---- UNKNOWN
test('what is known at the end does not depend on what UNKNOWN bytes hold', () => {
  const of = profiles['odd-3x5']!, other = variant('pattern', ({ unknownByte }) => ({ unknownByte: { ...unknownByte, value: 'C9' } }));
  const one = engine(of), two = engine(other), oracle = specification(other);
  const memories = [[SPACE_DRAM, 16384], [SPACE_SPM, of.spmBytes], [SPACE_ACC, of.accBytes]] as const;
  const view = (device: Device): string => memories.map(([space, size]) => {
    const known = device.known(space, 0, size);
    return Buffer.from(device.read(space, 0, size).map((byte, i) => (known[i] ? byte : 0))).toString('hex') + Buffer.from(known).toString('hex');
  }).join();
  for (const kind of ['smoke', 'numerics', 'memory']) {
    holds((resolved) => {
      for (const device of [one, two, oracle]) observe(device, resolved.program);
      return view(one) === view(two) && view(two) === view(oracle) ? undefined : 'another pattern in UNKNOWN bytes changes known ones';
        // The hash of the profile, which csrr reads, has the pattern in it.
    }, of, { ...knobs[kind]!, weights: { ...knobs[kind]!.weights, csrr: 0 } }, 900, runs(kind === 'smoke' ? 8 : 4));
  }
});

test('UNKNOWN bytes as scalar, index or table stop the run before anything happens, and known ones let it go on', () => {
  const program = (line: string): Program => assembled([
    'x = spm u8 [4] at 0x100', 'i = spm s32 [2] at 0x200', 'k = spm s32 [4,4] at 0x300', 'y = spm u8 [2] at 0x400', 'z = spm u8 [1,4] at 0x500', 'c = acc s32 [1,4] at 0',
    'n0 = { scale: fixed, isat }', '    fill x, 7', '    ainit.zero c', '    fence dmi mxu', line, '    halt 0',
  ].join('\n')).program;
  for (const [line, address, bytes] of [['s1 = ld i', 0x200, 4], ['    take y, x, i', 0x200, 8], ['    drain z, c, table k mode n0', 0x300, 64]] as const) {
    for (const make of [engine, specification]) {
      const device = make(profiles['systole-16']!), run = observe(device, program(line));
      expect(run.status).toBe('uninitialised');
      const { length } = run.records;
      expect(observe(device, program(line), { budget: run.steps }).records.length).toBe(length);
      device.write(SPACE_SPM, address, new Uint8Array(bytes));
      expect(device.execute().status).toBe('halted');
    }
  }
});

// ---- empty destinations
test('an empty destination makes any instruction a no-op that does its semaphores', () => {
  for (const name of ['systole-16', 'odd-3x5']) {
    const of = profiles[name]!, { oracle, simd } = devicesOf(of), shop = workshopOf(of, knobs['smoke']!);
    let seen = 0;
    for (const [k, definition] of runnable(of).entries()) {
      if (definition.rules.every(({ predicate }) => predicate !== 'described') || definition.rules.some(({ predicate }) => predicate === 'notEmpty' || predicate === 'oneElement' || predicate === 'tileFits')) continue;
      for (let i = 0; i < 400; i++) {
        const seed = mixed(k, i), next = random(seed), { state, argumentWords } = begin(shop, seed);
        const found = draftOf(shop, state, k, { op: 0, f0: next(), f1: next(), f2: next(), f3: next(), f4: next(), f5: 0, f6: next() });
        if (!found?.draft.operands.find((o) => o.role !== 'read')?.dims.includes(0)) continue;
        seen++;
        const { code } = state, at = emitPattern(state, found.row, found.slot);
        const { words } = code;
        words[4 * at] = words[4 * at]! | headBits('post', 3);
        emit(state, 'halt', { value: 0 });
        const { program } = finish(state, new Uint32Array(0), argumentWords, seed), ends = [oracle, simd].map((device) => observe(device, program, { digests: true }));
        expect(finalDifference(ends[0]!, ends[1]!)).toBeUndefined();
        expect([ends[0]!.status, simd.csrRead(0x400 + 4 * 3)]).toEqual(['halted', 1]);
        const steps = ends[1]!.steps, before = observe(simd, program, { budget: at }).snapshot, pages = (snapshot: Uint8Array) => unpackSnapshot(snapshot, of.hash).pages.map(({ space, page, bytes, known }) => [space, page, hex(bytes), hex(known)]);
        if (at > 0 && definition.mnemonic !== 'mm' && definition.mnemonic !== 'mdw') expect(pages(before)).toEqual(pages(ends[1]!.snapshot));
        expect(steps).toBeGreaterThan(0);
        break;
      }
    }
    expect(seen).toBeGreaterThan(18);
  }
});
