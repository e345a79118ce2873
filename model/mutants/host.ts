//! host: sessions of a host at the window of registers: any access between any steps, and launches through the command ring.
import type { Device, Program } from '../device.ts';
import { SPACE_DRAM } from '../limits.ts';
import { formatByCode } from '../numerics/format.ts';
import { type Random, random } from '../verify/random.ts';
import { randomSchedule } from '../verify/schedules.ts';
import type { Bench } from './bench.ts';

const range = (from: number, to: number, step: number): readonly number[] => Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
/** Registers, beside them what is none. */
const registers = [
  ...range(0, 0x70, 4), ...range(0x80, 0x9c, 4), ...range(0x100, 0x180, 4), ...range(0x200, 0x234, 4), ...range(0x240, 0x2a0, 4), 0x300, ...range(0x400, 0x500, 28), ...range(0x500, 0x800, 4),
  ...range(0x800, 0x900, 4), ...range(0x8c0, 0x940, 4), ...range(0x1000, 0x2000, 388), ...range(0x2000, 0x2080, 12), 0x4000, 0x4004, 0x4008, 0x8000, 0x8004, 0xfffc, 3, 0x7fc, 0x10000,
];
const CTRL = 0x40, DEBUG = 0x240, BREAKPOINTS = 0x244, WATCHPOINTS = 0x260, POST = 0x300, WINDOW = 0x4000, WINDOW_WORDS = 0x8000;

/** Mostly harmless: reads, debugging, tokens, the window; seldom what stops or resets. */
function access(bench: Bench, next: Random, count: number): void {
  const { device } = bench, write = (offset: number, value: number): void => device.csrWrite(offset, value), any = [0, 1, 2, 3, 0xffff_ffff, 0x100, next()][next() % 7]!;
  switch (next() % 16) {
    case 0: write(CTRL, [8, 2, 4, 4, 2, 6, 1][next() % 7]!); break;
    case 1: write(DEBUG, [0, 1, 2, 4, 8, 0xf0, 0x10, 0x20, 0x80, 0x100, 0xff][next() % 11]!); break;
    case 2: write(BREAKPOINTS + 4 * (next() % 4), next() % Math.max(1, count)); break;
    case 3: write(WATCHPOINTS + 4 * (next() % 16), [2 | 0x300, 1 | 0x200, 3 | 0x100, 1024, 64, next() % 9000][next() % 6]!); break;
    case 4: write(POST, (next() % 64) | ((next() % 3) << 16)); break;
    case 5: write(WINDOW + 4 * (next() % 3), [1, 2, 3, 0, 4096, 1000, next()][next() % 7]!); break;
    case 6:
      if (next() % 2) write(WINDOW_WORDS + 4 * (next() % 64), next());
      else bench.note(device.csrRead(WINDOW_WORDS + 4 * (next() % 64)));
      break;
    case 7: write(registers[next() % registers.length]!, any); break;
    default: for (let i = 0; i < 8; i++) bench.note(device.csrRead(registers[next() % registers.length]!));
  }
}

/** Accesses and a few steps in turns; at the end every register. */
export const hostSession = (count: number, seed: number) => (bench: Bench, program: Program): void => {
  const next = random(seed);
  bench.device.load(program);
  for (let round = 0; round < 12; round++) {
    for (let i = 1 + (next() % 6); i > 0; i--) access(bench, next, count);
    const budget = [0, 1, 3, 20, 60][next() % 5]!, schedule = next() % 2 ? { schedule: randomSchedule(next(), 256), queueDepth: 1 + (next() % 4) } : {};
    if (next() % 3) bench.run({ budget, ...schedule });
    else bench.execute({ budget, ...schedule });
  }
  for (const offset of registers) bench.note(bench.device.csrRead(offset));
  lastWords(bench);
  bench.final();
};

/** All of the window of registers is written, word by word and in no order, and read, before a program or half way through it. */
export const swept = (seed: number) => (bench: Bench, program: Program): void => {
  const { device } = bench, next = random(seed), all = [...range(0, 0x1010, 4), ...range(0x1ff0, 0x20a0, 4), ...range(WINDOW, WINDOW + 16, 4)];
  device.load(program);
  if (next() % 2) bench.run({ budget: 1 + (next() % 30) });
  const values = [0, 1, 2, 3, 0xffff_ffff, 0x8000_0000];
  for (let i = 0; i < all.length; i++) {
    const offset = all[(i * 389 + seed) % all.length]!;
    // What stops, resets or launches has its turn in other sessions.
    if (offset !== CTRL && offset !== RING_TAIL && next() % 3) device.csrWrite(offset, next() % 3 ? next() : values[next() % values.length]!);
  }
  for (const offset of all) bench.note(device.csrRead(offset));
  for (let i = 0; i < 40; i++) bench.note(device.csrRead(next() % 0x1_0010));
  device.csrWrite(DEBUG, 0);
  bench.run();
  bench.final();
};
export const RING_TAIL = 0x90;

/** The window at both ends of a space, and right behind them; a token for semaphore 0, which is none. */
function lastWords(bench: Bench): void {
  const { device } = bench, { dramBytes, spmBytes, accBytes } = device.profile;
  for (const [space, bytes] of [[1, dramBytes], [2, spmBytes], [3, accBytes], [0, 64], [4, 64]] as const) {
    device.csrWrite(WINDOW, space);
    for (const from of [0, bytes - 4, bytes - 3]) {
      device.csrWrite(WINDOW + 4, from);
      device.csrWrite(WINDOW + 8, 0);
      bench.note(device.csrRead(WINDOW_WORDS));
      bench.note(device.csrRead(WINDOW_WORDS + 4));
    }
  }
  device.csrWrite(POST, 0x1_0000);
  device.csrWrite(POST, 0x3_0005);
  bench.note(device.csrRead(0x400));
  bench.note(device.csrRead(0x48));
}

/** Watchpoints on the ends of what a program writes: it stops where it should, and not before. */
export const watched = (seed: number) => (bench: Bench, program: Program): void => {
  const { device } = bench, next = random(seed), touched: (readonly [space: number, low: number, high: number])[] = [];
  device.load(program);
  bench.run({}, (record) => {
    for (let position = 0; position < record.operandCount; position++) {
      const operand = record.operand(position), bits = operand && formatByCode(operand.dtype)?.width;
      if (!operand || !bits || operand.space > 3 || operand.dims.includes(0)) continue;
      const hull = (up: boolean): bigint => operand.strides.reduce((sum, stride, axis) => (stride > 0 === up ? sum + BigInt(stride) * BigInt(operand.dims[axis]! - 1) * BigInt(bits) : sum), operand.address);
      touched.push([operand.space, Number(hull(false) >> 3n), Number((hull(true) + BigInt(bits) + 7n) >> 3n)]);
    }
  });
  for (let round = 0; round < 4 && touched.length > 0; round++) {
    const [space, low, high] = touched[next() % touched.length]!, from = [low - 1, low, high - 1, high][next() % 4]!;
    device.load(program);
    for (const [word, value] of [[0, space | [0x100, 0x200, 0x300][next() % 3]!], [1, Math.max(0, from)], [2, 0], [3, 1]] as const) device.csrWrite(WATCHPOINTS + 16 * (round % 4) + 4 * word, value);
    device.csrWrite(DEBUG, 0x10 << (round % 4));
    bench.run();
    bench.note(device.csrRead(0x884));
    bench.final();
  }
};

/** The command ring, the completions and the image in DRAM, in bytes. */
export const COMPLETIONS = 13312, IMAGE = 16384;
const RING = 12288, ENTRY_BYTES = 64, COMPLETION_BYTES = 32;
export const region = (index: number, base: number, limit: number, attributes: number): readonly (readonly [number, number])[] =>
  [[0x100 + 16 * index, base], [0x104 + 16 * index, limit], [0x108 + 16 * index, attributes]];

/** Resets the machine and lays a program down for launches through the ring, whose tail the host is still to write; regions can be set no later. */
export function layDown(device: Device, { image, memory, arguments: values = [] }: Program, regions: readonly (readonly [number, number])[]): void {
  device.reset();
  for (const { space, address, bytes } of memory) device.write(space, address, bytes);
  device.write(SPACE_DRAM, IMAGE, image);
  const record = new DataView(new ArrayBuffer(4 * ENTRY_BYTES));
  for (let entry = 0; entry < 4; entry++) {
    [IMAGE, 0, entry % 2, 0x1234 + entry, 0, 0, 0, 0, ...Array.from({ length: 8 }, (_, i) => (values[i] ?? 0) + entry)].forEach((word, i) => { record.setUint32(ENTRY_BYTES * entry + 4 * i, word >>> 0, true); });
  }
  device.write(SPACE_DRAM, RING, new Uint8Array(record.buffer));
  for (const [offset, value] of [[0x80, RING], [0x84, 0], [0x88, 2], [0x94, COMPLETIONS], [0x98, 0], ...regions] as const) device.csrWrite(offset, value);
}

/** Entries in the ring, regions by seed, a bad header now and then, more entries than the ring has places by and by. */
export const ringLaunch = (seed: number) => (bench: Bench, program: Program): void => {
  const { device } = bench, next = random(seed), pages = Math.ceil(device.profile.dramBytes / 4096), entries = 1 + (next() % 3), rounds = 1 + (next() % 3);
  const regions = [
    [], region(0, 0, pages, [1, 2, 4, 3][next() % 4]!), [...region(0, 0, 1, 3), ...region(3, 1, pages, 7)], [...region(0, 0, 2, 1 + (next() % 3)), ...region(1, 0, pages, 7)],
    [...region(0, 0, 1, 1), ...region(1, 1, 2, 3), ...region(2, 2, 3, 2), ...region(7, 0, 4, 3)],
  ][next() % 5]!;
  const image = program.image.slice();
  if (next() % 4 === 0) damage(new DataView(image.buffer), next);
  layDown(device, { ...program, image }, regions);
  for (let round = 1; round <= rounds; round++) {
    device.csrWrite(RING_TAIL, entries * round);
    bench.run();
    bench.final();
    bench.note(device.csrRead(0x8c));
    if (next() % 2) bench.note(device.csrRead(0x50));
  }
  for (const byte of device.read(SPACE_DRAM, COMPLETIONS, 4 * COMPLETION_BYTES)) bench.note(byte);
};

/** One word of the image's header made wrong, or nearly. */
function damage(header: DataView, next: Random): void {
  const word = [0, 4, 8, 12, 16, 20, 24, 28, 32][next() % 9]!, old = header.getUint32(word, true);
  const value = word === 16 ? next() % Math.max(1, header.getUint32(12, true)) : [old + 1, old - 1, old ^ 0x1_0000, old | 0x8000_0000, old * 2][next() % 5]!;
  header.setUint32(word, value >>> 0, true);
}
