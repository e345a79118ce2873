//! kernel-bench: the engine's tensor kernels alone, compiled from a scratch entry, with memories placed as a host would.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { controlLayout, dotLayout, formatLayout, profileLayout, slotLayout, stateLayout, tripleLayout } from '../model/machine/state.ts';
import type { Profile } from '../model/machine/profile.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../model/retirement.ts';
import { EVENT_COUNT, SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../model/limits.ts';
import { formats } from '../model/numerics/format.ts';

// Neither the library of the language nor that of Node types it.
interface Memory { readonly buffer: ArrayBuffer; grow(pages: number): number }
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: { Module: new (bytes: Uint8Array) => object; Instance: new (module: object) => { exports: unknown } };
};

export interface Exports {
  readonly memory: Memory;
  runTensor(op: number, at: number): void;
  touch(space: number, low: bigint, high: bigint): number;
  isKnown(space: number, low: bigint, high: bigint): number;
  setKnown(space: number, low: bigint, high: bigint): void;
  setUnknown(space: number, low: bigint, high: bigint): void;
  operandKnown(at: number): number;
  resetPages(): void;
  pageBits(space: number, page: number): number;
  countPage(space: number, page: number): void;
  restoreSlot(slot: number): void;
  codesAt(slot: number): number;
  flagsAt(slot: number): number;
  crcOperand(polynomial: number, at: number): number;
}

const STATE = 0x10000, PROFILE = 0x14000, CONTROL = 0x16000, RECORD = 0x1a000, HEAP = 0x30000, PAGE = 4096;
const SPACES = [SPACE_DRAM, SPACE_SPM, SPACE_ACC];

/** Both builds, scalar first, and the folder they were made in, which `dispose` removes. */
export function compileKernels(optimizeLevel: number): { readonly folder: string; readonly modules: readonly object[]; readonly dispose: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'engine-kernels-'));
  const assembly = relative(folder, resolve('assembly')).replaceAll('\\', '/');
  writeFileSync(join(folder, 'entry.ts'), `export { runTensor } from '${assembly}/units';
export { touch, isKnown, setKnown, setUnknown, operandKnown, resetPages, pageBits, countPage } from '${assembly}/pages';
export { restoreSlot, codesAt, flagsAt } from '${assembly}/pack';
export { crcOperand } from '${assembly}/crc';\n`);
  const modules = ['disable', 'enable'].map((simd) => {
    const out = join(folder, `${simd}.wasm`);
    const options = ['--runtime', 'stub', '--optimizeLevel', `${optimizeLevel}`, '--noAssert', '--initialMemory', '32', '--maximumMemory', '65536', '--use', 'abort='];
    execFileSync(process.execPath, [resolve('node_modules/assemblyscript/bin/asc.js'), 'entry.ts', ...options, `--${simd}`, 'simd', '--outFile', out], { cwd: folder });
    return new wasm.Module(readFileSync(out));
  });
  return { folder, modules, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** One engine's kernels on the memories of a profile. */
export interface Bench {
  readonly exports: Exports;
  /** Lays a record down where its operands have addresses. */
  place(record: Uint8Array): void;
  operandAt(position: number): number;
  /** Acts on a record. */
  act(opcode: number, record: Uint8Array): void;
  /** Acts on a record; its events. */
  run(opcode: number, record: Uint8Array): readonly number[];
  read(space: number, at: number, count: number): Uint8Array;
  known(space: number, at: number, count: number): Uint8Array;
  write(space: number, at: number, bytes: Uint8Array): void;
  forget(space: number, at: number, count: number): void;
  /** Linear address of byte 0 of a space. */
  base(space: number): number;
  slot(number: number): { readonly dtype: number; readonly depth: number; readonly columns: number; readonly codes: readonly number[]; readonly flags: readonly number[] };
}

export function bench(module: object, profile: Profile): Bench {
  const exports = new wasm.Instance(module).exports as Exports;
  const sizes = [0, profile.dramBytes, profile.spmBytes, profile.accBytes];
  let end = HEAP;
  const place = (bytes: number): number => {
    const at = Math.ceil(end / 64) * 64;
    end = at + bytes;
    return at;
  };
  const words: [offset: number, value: number][] = [];
  const slotBytes = slotBytesOf(profile), kMax = Math.max(...profile.triples.map((row) => row.kMax)), nMax = Math.max(...profile.triples.map((row) => row.nMax));
  const bases = sizes.map((bytes, space) => (space === 0 ? 0 : place(Math.ceil(bytes / PAGE) * PAGE)));
  const at = controlLayout.at;
  words.push([at.dram, bases[1]!], [at.spm, bases[2]!], [at.acc, bases[3]!]);
  words.push([at.slots, place(slotBytes * profile.slotCount)], [at.scratch, place(65536 + 80 * (kMax + nMax))]);
  for (const space of SPACES) {
    const pages = Math.ceil(sizes[space]! / PAGE);
    words.push([at.pageStates + 4 * space, place(pages)], [at.knownBits + 4 * space, place(512 * pages)]);
    words.push([at.unknownCounts + 4 * space, place(2 * pages)], [at.touchedLists + 4 * space, place(4 * pages)]);
  }
  exports.memory.grow(Math.max(0, Math.ceil(end / 65536) - exports.memory.buffer.byteLength / 65536));
  const bytes = new Uint8Array(exports.memory.buffer), view = new DataView(exports.memory.buffer);
  for (const [offset, value] of words) view.setUint32(CONTROL + offset, value, true);
  writeProfile(view, profile, slotBytes);

  const events = CONTROL + at.events;
  const self: Bench = {
    exports,
    place(record) {
      bytes.set(record, RECORD);
      bytes.fill(0, RECORD + record.length, RECORD + retirementLayout.size);
    },
    operandAt: (position) => RECORD + HEAD_BYTES + position * operandLayout.size,
    act(opcode, record) {
      self.place(record);
      exports.runTensor(opcode, RECORD);
    },
    run(opcode, record) {
      bytes.fill(0, events, events + 4 * EVENT_COUNT);
      self.act(opcode, record);
      return Array.from({ length: EVENT_COUNT }, (_, i) => view.getUint32(events + 4 * i, true));
    },
    read(space, low, count) {
      exports.touch(space, BigInt(low), BigInt(low + count));
      return bytes.slice(bases[space]! + low, bases[space]! + low + count);
    },
    known(space, low, count) {
      const pages = Array.from({ length: Math.ceil(sizes[space]! / PAGE) }, (_, page) => exports.pageBits(space, page));
      return Uint8Array.from({ length: count }, (_, i) => (bytes[pages[(low + i) >> 12]! + (((low + i) & 4095) >> 3)]! >> (i + low & 7)) & 1);
    },
    write(space, low, data) {
      exports.touch(space, BigInt(low), BigInt(low + data.length));
      bytes.set(data, bases[space]! + low);
      exports.setKnown(space, BigInt(low), BigInt(low + data.length));
    },
    forget(space, low, count) {
      exports.touch(space, BigInt(low), BigInt(low + count));
      bytes.fill(profile.unknownByte, bases[space]! + low, bases[space]! + low + count);
      exports.setUnknown(space, BigInt(low), BigInt(low + count));
    },
    base: (space) => bases[space]!,
    slot(number) {
      const shape = STATE + stateLayout.at.slots + number * slotLayout.size, field = (name: keyof typeof slotLayout.at): number => view.getUint32(shape + slotLayout.at[name], true);
      const dtype = field('dtype'), depth = field('depth'), columns = field('columns'), size = Math.max(1, (formats.find((f) => f.code === dtype)?.width ?? 8) / 8);
      const codes = exports.codesAt(number), flags = exports.flagsAt(number);
      const code = (i: number): number => (size === 1 ? view.getUint8(codes + i) : size === 2 ? view.getUint16(codes + 2 * i, true) : view.getUint32(codes + 4 * i, true));
      const each = <T>(of: (i: number) => T): T[] => Array.from({ length: depth * columns }, (_, i) => of(i));
      return { dtype, depth, columns, codes: each(code), flags: each((i) => view.getUint8(flags + i)) };
    },
  };
  return self;
}

/** Bytes of a weight slot: header, codes, known flags, panels. */
function slotBytesOf(profile: Profile): number {
  const up = (value: number, to: number): number => Math.ceil(value / to) * to;
  return up(Math.max(...profile.triples.map(({ kMax, nMax, weight }) => {
    const size = Math.max(1, formats.find((f) => f.code === weight)!.width / 8);
    return 64 + up(kMax * nMax * size, 16) + up(kMax * nMax, 16) + up(nMax, 16) * 4 * (kMax + 4);
  })), 64);
}

const KINDS = { integer: 1, float: 2, fixed: 1, scale: 2 } as const;
const SPECIALS = { none: 0, ieee: 1, fn: 2, fnuz: 3, finite: 4 } as const;

function writeProfile(view: DataView, profile: Profile, slotBytes: number): void {
  const at = profileLayout.at, u32 = (offset: number, value: number): void => view.setUint32(PROFILE + offset, value, true);
  view.setBigInt64(PROFILE + at.dramBytes, BigInt(profile.dramBytes), true);
  view.setBigInt64(PROFILE + at.spmBytes, BigInt(profile.spmBytes), true);
  view.setBigInt64(PROFILE + at.accBytes, BigInt(profile.accBytes), true);
  u32(at.slotCount, profile.slotCount);
  u32(at.accLanes, profile.accLanes);
  u32(at.vpuLanes, profile.vpuLanes);
  u32(at.unknownByte, profile.unknownByte);
  u32(at.slotBytes, slotBytes);
  u32(at.tripleCount, profile.triples.length);
  for (const f of formats) {
    const row = PROFILE + at.formats + f.code * formatLayout.size, u8 = (name: keyof typeof formatLayout.at, value: number): void => view.setUint8(row + formatLayout.at[name], value);
    u8('kind', KINDS[f.kind]);
    u8('width', f.width);
    u8('signed', Number(f.signed));
    u8('exponentBits', f.exponentBits);
    u8('fractionBits', f.fractionBits);
    u8('specials', SPECIALS[f.specials]);
    u8('bits', f.valueBits);
    u8('present', Number(profile.formatCodes.includes(f.code)));
    view.setInt32(row + formatLayout.at.bias, f.bias, true);
    view.setUint32(row + formatLayout.at.nan, Number(profile.nans.get(f.code) ?? 0n), true);
  }
  profile.triples.forEach((triple, i) => {
    const row = PROFILE + at.triples + i * tripleLayout.size, to = tripleLayout.at;
    view.setUint8(row + to.activation, triple.activation);
    view.setUint8(row + to.weight, triple.weight);
    view.setUint8(row + to.accumulator, triple.accumulator);
    view.setUint8(row + to.dotCount, triple.dots.length);
    view.setUint32(row + to.kMax, triple.kMax, true);
    view.setUint32(row + to.nMax, triple.nMax, true);
    view.setUint32(row + to.mMax, triple.mMax, true);
    triple.dots.forEach((dot, j) => {
      const dotAt = row + to.dots + j * dotLayout.size;
      view.setUint8(dotAt + dotLayout.at.kind, dot.kind === 'integer' ? 1 : 2);
      view.setUint8(dotAt + dotLayout.at.join, dot.kind === 'chain' && dot.join === 'lastAdd' ? 1 : 0);
      view.setUint8(dotAt + dotLayout.at.psumBits, dot.kind === 'integer' ? (dot.psumBits ?? 0) : 0);
    });
  });
}
