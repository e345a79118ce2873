//! engine-control.test: what dispatch, queues, traps, loops, requests to stop and the host's window do, held against every device.
import { describe, expect, test } from 'vitest';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../model/limits.ts';
import { devices, go, halt, hex, image, jump, li, type Line, loop, machine, op, retire, tensor } from './machines.ts';

const S8 = 3, S32 = 7, DRAM = SPACE_DRAM, SPM = SPACE_SPM, ACC = SPACE_ACC;
const PC = 0x884, CTRL = 0x40, FAULT = 0x200, SEM = 0x400;
const RESUME = 2, STEP = 4, BREAK = 8;
const t = (number: number, imm = 0): { t: number; s: number; imm: number } => ({ t: number, s: 0, imm });
const tiles = [tensor(S8, DRAM, [4, 16], 0), tensor(S8, SPM, [4, 16], 0x100), tensor(S8, SPM, [16, 16], 0x1000), tensor(S32, ACC, [4, 16], 0)];
const load = op('load', { d: t(1), a: t(0) }), wload = op('wload', { slot: 0, a: t(2) }), mm = op('mm', { acc: t(3), a: t(1), slot: 0 });

/** Trap code, its pc behind the `tload`s, auxiliary word, address, lines, descriptors. */
type Broken = readonly [name: string, code: number, pc: number, auxiliary: number, address: bigint, lines: readonly Line[], descriptors?: readonly (readonly number[])[]];
const word = (line: Line, index: number, value: number): Line => line.map((w, i) => (i === index ? value : w));
const broken: readonly Broken[] = [
  ['an opcode of no instruction', 0x01, 0, 0, 0n, [[0xf1, 0, 0, 0]]],
  ['cleared memory', 0x01, 0, 0, 0n, [[0, 0, 0, 0]]],
  ['a set bit outside all fields', 0x02, 0, 0, 0n, [word(li(1, 1), 3, 1)]],
  ['a write to S0', 0x02, 0, 0, 0n, [word(li(1, 1), 1, 0)]],
  ['an undefined sub-operation', 0x02, 0, 0, 0n, [word(li(1, 1), 1, 0x1100_0001)]],
  ['a mode number where no mode is used', 0x02, 0, 0, 0n, [word(li(1, 1), 0, 0x0400_0008)]],
  ['a fence of the sequencer', 0x02, 0, 0, 0n, [op('fence', { units: 1 })]],
  ['an undefined rounding mode', 0x02, 0, 0, 0n, [op('nset', { n: 0, field: 0, imm: 0x60 })]],
  ['one register stepped twice', 0x02, 0, 0, 0n, [loop(2, 1, { ra: 3, rb: 3 })]],
  ['an instruction of another version', 0x03, 0, 0, 0n, [op('rpost', { m: 1, rs2: 0, imm: 0, k: 1 })]],
  ['a layout', 0x03, 1, 0, 0n, [op('fill', { d: t(0) })], [tensor(S8, SPM, [4], 0, { 0: S8 | (SPM << 8) | (1 << 11) | (1 << 16) })]],
  ['control that falls from the image', 0x04, 1, 0, 0n, [li(1, 1)]],
  ['a jump out of the image', 0x04, 0, 0, 0n, [jump(9)]],
  ['a descriptor from outside the image', 0x04, 0, 0, 0n, [op('tload', { t: 0, imm: 0x1000 })]],
  ['a return without a call', 0x05, 0, 0, 0n, [op('ret')]],
  ['a ninth call', 0x05, 0, 0, 0n, [op('call', { imm: 0 })]],
  ['an empty body', 0x06, 0, 0, 0n, [loop(2, 0)]],
  ['a jump out of the innermost loop', 0x06, 1, 0, 0n, [loop(2, 2), jump(0), halt]],
  ['leaving no loop', 0x06, 0, 0, 0n, [op('lbreak')]],
  ['a return out of a loop', 0x06, 3, 0, 0n, [op('call', { imm: 2 }), halt, loop(2, 1), op('ret')]],
  ['a dtype code of no format', 0x07, 1, 0, 0n, [op('fill', { d: t(0) })], [tensor(0x3f, SPM, [4], 0)]],
  ['two dtypes where one is needed', 0x07, 2, 0, 0n, [op('move', { d: t(0), a: t(1) })], [tensor(S8, SPM, [4], 0), tensor(4, SPM, [4], 64)]],
  ['a mask of the wrong dtype blames its position', 0x07, 1, 3, 0n, [op('select', { d: t(0), a: t(0), b: t(0), c: 0 })], [tensor(S8, SPM, [4], 0)]],
  ['a descriptor that was never set', 0x08, 0, 0, 0n, [op('fill', { d: t(5) })]],
  ['a space that the operand may not lie in', 0x08, 1, 0, 0n, [op('fill', { d: t(0) })], [tensor(S8, DRAM, [4], 0)]],
  ['unequal dims', 0x09, 2, 0, 0n, [op('move', { d: t(0), a: t(1) })], [tensor(S8, SPM, [4], 0), tensor(S8, SPM, [5], 64)]],
  ['too many tokens', 0x09, 0, 0, 0n, [op('post', { m: 1, imm: 0x1_0000 })]],
  ['a destination that meets itself', 0x0a, 1, 0, 0n, [op('fill', { d: t(0) })], [tensor(S8, SPM, [4, 4], 0, { 8: 3 })]],
  ['an unaligned base', 0x0b, 1, 0, 6n, [op('fill', { d: t(0) })], [tensor(S32, SPM, [4], 6)]],
  ['a descriptor from an odd place', 0x0b, 0, 0, 0n, [op('tload', { t: 0, imm: 32 }), halt, halt]],
  ['an end beyond DRAM', 0x0c, 2, 1, BigInt(machine.dramBytes), [load], [tensor(S8, DRAM, [4, 16], machine.dramBytes - 8), tensor(S8, SPM, [4, 16], 0)]],
  ['a start below SPM', 0x0d, 1, 0, 0xffff_ffff_fffcn, [op('fill', { d: t(0, -4) })], [tensor(S8, SPM, [16], 0)]],
  ['an end beyond ACC', 0x0e, 1, 0, BigInt(machine.accBytes), [op('fill', { d: t(0) })], [tensor(S32, ACC, [16], machine.accBytes - 32)]],
  ['a slot that does not exist', 0x0f, 4, 0, 0n, [op('wload', { slot: machine.slotCount, a: t(2) })], tiles],
  ['weights that were never loaded', 0x10, 4, 0, 0n, [mm], tiles],
  ['weights of another depth', 0x10, 6, 0, 0n, [op('tset', { t: 1, field: 'dim1', imm: 8 }), wload, mm], tiles],
  ['operands that overlap', 0x11, 2, 0, 0x12n, [op('move', { d: t(0), a: t(1) })], [tensor(S8, SPM, [16], 0x10), tensor(S8, SPM, [16], 0x12)]],
  ['a store into the image', 0x12, 2, 0, 0n, [op('store', { d: t(0), a: t(1) })], [tensor(S8, DRAM, [16], 0), tensor(S8, SPM, [16], 0)]],
  ['a register of the window that is the host\'s', 0x13, 0, 0, 0n, [op('csrr', { rd: 1, offset: 0x44 })]],
  ['a write to a counter', 0x13, 0, 0, 0n, [op('csrw', { rs1: 1, offset: 0x600 })]],
  ['a trap of the program', 0x15, 0, 0xffff_fff9, 0n, [op('trap', { code: -7 })]],
];

const cases = broken.map(([what, code, pc, auxiliary, address, lines, descriptors = []]) => ({ what, code, pc, auxiliary, address, lines, descriptors }));

describe.each(devices)('%s', (_name, make) => {
  test.each(cases)('$what traps $code, and nothing of the instruction happens', ({ code, pc, auxiliary, address, lines, descriptors }) => {
    const device = make(), program = image([...lines], descriptors);
    device.load({ image: program, imageBase: code === 0x12 ? 0 : 0x10_0000, memory: [] });
    const { records, end } = go(device), last = records.at(-1)!;
    expect(end.status).toBe('trapped');
    expect([last.trap, last.status, last.unit, last.pc, last.auxiliary, last.address]).toEqual([code, 2, 0, pc, auxiliary, address]);
    expect([device.csrRead(FAULT), device.csrRead(FAULT + 8), device.csrRead(FAULT + 0x2c)]).toEqual([code, pc, auxiliary]);
    expect([device.csrRead(0x44), device.csrRead(PC), device.csrRead(0x888)]).toEqual([4, pc, Number(last.seq)]);
    expect(device.csrRead(0x50)).toBe(2);
    expect(device.execute().status).toBe('trapped');
  });

  test('an image that the machine cannot run traps version before its first instruction', () => {
    for (const [word, value] of [[0, 1], [1, 0x2_0000], [1, 0x1_0001], [5, 1 << 31], [3, 1000], [2, 0x7fff_ffff]] as const) {
      const device = make(), program = image([halt]);
      new DataView(program.buffer).setUint32(4 * word, value, true);
      const { records, end } = retire(device, program);
      expect([end.status, records.length, device.csrRead(FAULT), device.csrRead(FAULT + 8)]).toEqual(['trapped', 0, 0x17, 0xffff_ffff]);
    }
  });

  test('scalar arithmetic wraps, divides by zero and shifts as the manual says', () => {
    const corners = [0, 1, 2, 31, 32, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1234_5678];
    const names = ['add', 'sub', 'mul', 'div', 'divu', 'rem', 'remu', 'and', 'or', 'xor', 'shl', 'shr', 'sra', 'min', 'max', 'minu', 'maxu'];
    const pairs = corners.flatMap((a) => corners.map((b) => [a, b] as const));
    const lines = names.flatMap((name) => pairs.flatMap(([a, b]) => [li(1, a | 0), op('alu', { rd: 2, rs1: 1, imm: b | 0, op: name })]));
    const { records } = retire(make(), image([...lines, halt]));
    const found = names.flatMap((_, n) => pairs.map((_pair, i) => records[2 * (n * pairs.length + i) + 1]!.result));
    expect(found).toEqual(names.flatMap((name) => pairs.map(([a, b]) => arithmetic(name, a, b))));
    const compared = ['eq', 'ne', 'lt', 'le', 'ltu', 'leu'];
    const tests = compared.flatMap((name) => pairs.flatMap(([a, b]) => [li(1, a | 0), op('cmp', { pd: 1, rs1: 1, imm: b | 0, op: name })]));
    const said = retire(make(), image([...tests, halt])).records.filter((_, i) => i % 2 === 1).map((r) => r.result);
    expect(said).toEqual(compared.flatMap((name) => pairs.map(([a, b]) => Number(
      { eq: a === b, ne: a !== b, lt: (a | 0) < (b | 0), le: (a | 0) <= (b | 0), ltu: a < b, leu: a <= b }[name]))));
  });

  test('loops nest, share ends, step registers after every iteration, and are left without a step', () => {
    const count = (lines: readonly Line[]): readonly number[] => {
      const device = make();
      expect(retire(device, image([...lines, halt])).end.status).toBe('halted');
      return [1, 2, 3].map((register) => device.csrRead(0x800 + 4 * register));
    };
    const bump = (rd: number): Line => op('alu', { rd, rs1: rd, imm: 1, op: 'add' });
    expect(count([loop(3, 2), loop(4, 1), bump(1)])).toEqual([12, 0, 0]);
    expect(count([loop(3, 1, { ra: 2, incA: 5, rb: 3, incB: -1 }), bump(1)])).toEqual([3, 15, 0xffff_fffd]);
    expect(count([loop(0, 2), bump(1), bump(1), bump(2)])).toEqual([0, 1, 0]);
    expect(count([loop(2, 3), bump(1), loop(0, 1), bump(2), bump(3)])).toEqual([2, 0, 1]);
    expect(count([loop(5, 3, { ra: 3, incA: 1 }), bump(1), op('lbreak'), bump(2)])).toEqual([1, 0, 0]);
    expect(count([loop(2, 3), loop(9, 2), bump(1), op('lbreak')])).toEqual([2, 0, 0]);
    expect(count([loop(3, 1), op('call', { imm: 3 }), jump(6), bump(1), bump(1), op('ret')])).toEqual([6, 0, 0]);
    expect(count([op('loop', { count: 3, length: 1 }, { predicate: 1 }), bump(1)])).toEqual([1, 0, 0]);
  });

  test('a nullified instruction neither waits nor posts nor traps, and is counted', () => {
    const device = make();
    const { records, end } = retire(device, image([op('trap', { code: 1 }, { predicate: 1, wait: 3, post: 4, irq: true }), op('nop', { tag: 9 }, { negate: true }), halt]));
    expect([end.status, ...records.map((r) => [r.status, r.result, r.order])]).toEqual(['halted', [1, 0, 0], [1, 0, 1], [0, 42, 2]]);
    expect([device.csrRead(SEM + 16), device.csrRead(0x50), device.csrRead(0x600), device.csrRead(0x630)]).toEqual([0, 0, 1, 2]);
  });

  test('the serial run blocks where a token is missing, and goes on when the host posts it', () => {
    const device = make(), fill = op('fill', { d: t(0), imm: 7 }, { wait: 1, post: 2 });
    const program = image([fill, op('wait', { m: 2, imm: 1 }), halt], [tensor(S8, SPM, [4], 0)]);
    const { records, end } = retire(device, program);
    expect([end.status, end.steps, records.length]).toEqual(['blocked', 2, 1]);
    expect(device.pending().map(({ unit, pc }) => [unit, pc])).toEqual([[1, 1], [0, 2]]);
    expect([device.csrRead(0x44), device.known(SPM, 0, 4)]).toEqual([1 | (2 << 8), new Uint8Array(4)]);
    device.csrWrite(0x300, 1 | (1 << 16));
    expect(go(device).end.status).toBe('halted');
    expect(device.read(SPM, 0, 4)).toEqual(Uint8Array.of(7, 7, 7, 7));
  });

  test('a schedule lets the sequencer run ahead as far as the queues hold, and every schedule of a race-free program gives the same', () => {
    const descriptors = [tensor(S8, SPM, [64], 0), tensor(S8, SPM, [64], 0x40)];
    const lines = [op('fill', { d: t(0), imm: 5 }, { post: 1 }), op('move', { d: t(1), a: t(0) }, { wait: 1, post: 2 }), op('mark', { value: 1 }),
      op('fill', { d: t(0), imm: 6 }, { wait: 2 }), op('fence', { units: 2 }), halt];
    const serial = make(), device = make();
    const plain = retire(serial, image(lines, descriptors)).records;
    for (const queueDepth of [1, 2, 16]) {
      for (let seed = 0; seed < 12; seed++) {
        const schedule = Uint8Array.from({ length: 40 }, (_, i) => (i * 7 + seed * 13) >> 1);
        const { records, end } = retire(device, image(lines, descriptors), { schedule, queueDepth });
        expect(end.status).toBe('halted');
        expect(device.read(SPM, 0, 128)).toEqual(serial.read(SPM, 0, 128));
        expect(hex(device.snapshot())).toBe(hex(serial.snapshot()));
        expect(records.map((r) => r.seq).sort()).toEqual(plain.map((r) => r.seq).sort());
        expect(end.options.every((many) => many >= 2)).toBe(true);
        expect(records.every((r) => r.options >= 1)).toBe(true);
      }
    }
    const ahead = retire(make(), image([...Array.from({ length: 4 }, () => op('fill', { d: t(0) }, { wait: 9 })), halt], descriptors), { schedule: new Uint8Array(), queueDepth: 2 });
    expect([ahead.end.status, ahead.end.steps]).toEqual(['blocked', 4]);
  });

  test('a semaphore that would exceed 16 bits is an external fault, and unfinished destinations become UNKNOWN', () => {
    const device = make(), program = image([
      op('fill', { d: t(0), imm: 1 }), op('fence', { units: 2 }), op('fill', { d: t(0), imm: 2 }, { wait: 1 }), op('post', { m: 2, imm: 0xffff }),
      op('post', { m: 2, imm: 1 }), halt], [tensor(S8, SPM, [8], 0)]);
    const { records, end } = retire(device, program, { schedule: new Uint8Array() });
    expect([end.status, records.at(-1)!.pc, records.at(-1)!.status]).toEqual(['trapped', 5, 0]);
    expect([device.csrRead(FAULT), device.csrRead(FAULT + 8), device.csrRead(SEM + 8), device.csrRead(0x44)]).toEqual([0x24, 5, 0xffff, 4]);
    expect([hex(device.known(SPM, 0, 9)), hex(device.read(SPM, 0, 8))]).toEqual(['000000000000000000', 'a5'.repeat(8)]);
  });

  test('an endless program ends at its budget, and at the watchdog without a record', () => {
    const device = make();
    device.load({ image: image([jump(0)]), memory: [] });
    expect(device.execute({ budget: 1000 })).toMatchObject({ status: 'budget', steps: 1000 });
    const { records, end } = go(device, { watchdog: 1003 });
    expect([end.status, end.steps, records.length, device.csrRead(FAULT), device.csrRead(FAULT + 12)]).toEqual(['trapped', 4, 3, 0x22, 1003]);
  });

  test('an UNKNOWN byte in a scalar load stops the run before it acts, until it is known', () => {
    const device = make();
    const { records, end } = retire(device, image([op('ld', { a: t(0), rd: 1 }), halt], [tensor(S8, SPM, [4], 0)]));
    expect([end.status, records.length, device.pending()[0]!.pc]).toEqual(['uninitialised', 1, 1]);
    device.write(SPM, 0, Uint8Array.of(0x80));
    expect([go(device).end.status, device.csrRead(0x804)]).toEqual(['halted', 0xffff_ff80]);
  });

  test('breakpoints stop before an instruction, steps dispatch one, watchpoints stop behind the access, break is passed', () => {
    const device = make(), program = image([op('break', { tag: 3 }), li(1, 1), op('fill', { d: t(0), imm: 1 }), li(2, 2), op('break'), halt], [tensor(S8, SPM, [8], 0x20)]);
    expect(retire(device, program).end.status).toBe('halted');
    device.load({ image: program, memory: [] });
    device.csrWrite(0x240, 1 | 16);
    device.csrWrite(0x244, 3);
    for (const [offset, value] of [[0x260, SPM | 0x200], [0x264, 0x27], [0x268, 0], [0x26c, 1]] as const) device.csrWrite(offset, value);
    const stops: unknown[] = [];
    const stop = (request: number): void => {
      if (request) device.csrWrite(CTRL, request);
      const { status } = go(device).end;
      stops.push([status, device.csrRead(PC), device.csrRead(0x44), device.csrRead(FAULT)]);
    };
    for (const request of [0, RESUME, STEP, RESUME, RESUME]) stop(request);
    expect(stops).toEqual([
      ['break', 2, 2, 0x16], ['break', 3, 2, 0], ['break', 4, 2, 0], ['break', 6, 2, 0x16], ['halted', 7, 0, 0],
    ]);
    device.load({ image: image([jump(0)]), memory: [] });
    device.execute({ budget: 5 });
    device.csrWrite(CTRL, BREAK);
    expect([device.execute().status, device.csrRead(0x888)]).toEqual(['break', 5]);
  });

  test('a step dispatches one instruction and ends it, whatever it is', () => {
    const device = make(), program = image([op('break'), li(1, 1), op('trap', {}, { predicate: 1 }), op('fill', { d: t(0), imm: 1 }), jump(7), li(2, 2), halt], [tensor(S8, SPM, [8], 0)]);
    device.load({ image: program, memory: [] });
    device.csrWrite(0x240, 1 << 7);
    const stops = [device.execute().status, device.csrRead(PC)];
    for (let i = 0; i < 5; i++) {
      device.csrWrite(CTRL, STEP);
      stops.push(device.execute().status, device.csrRead(PC));
    }
    expect(stops).toEqual(['break', 2, 'break', 3, 'break', 4, 'break', 5, 'break', 7, 'halted', 8]);
    expect(device.read(SPM, 0, 8)).toEqual(new Uint8Array(8).fill(1));
  });

  test('the command ring launches entries in order, writes completions, raises interrupts, and stops at a fault', () => {
    const device = make();
    device.reset();
    const at = (words: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(words).buffer);
    device.write(DRAM, 0x1000, image([op('irq', { vector: 3 }), op('csrw', { rs1: 8, offset: 0x60 }), halt]));
    device.write(DRAM, 0x2000, image([op('trap', { code: 5 })]));
    const entry = (image: number, flags: number, tag: number): number[] => [image, 0, flags, tag, 0, 0, 0, 0, tag * 2, 0, 0, 0, 0, 0, 0, 0];
    device.write(DRAM, 0x400, at([...entry(0x1000, 1, 70), ...entry(0x2000, 0, 71)]));
    for (const [offset, value] of [[0x80, 0x400], [0x88, 1], [0x94, 0x800], [0x90, 3]] as const) device.csrWrite(offset, value);
    expect([device.csrRead(0x48), device.csrRead(0x90)]).toEqual([1, 0]);
    device.csrWrite(0x90, 2);
    expect(device.execute().status).toBe('trapped');
    expect([device.csrRead(0x8c), device.csrRead(0x50), device.csrRead(0x60)]).toEqual([2, 1 | 2 | (1 << 19), 140]);
    expect(device.read(DRAM, 0x800, 64)).toEqual(at([70, 0, 42, 3, 3, 0, 0, 0, 71, 0x15, 0, 0, 0, 0, 0, 0]));
    device.csrWrite(CTRL, 1);
    expect([device.csrRead(0x44), device.csrRead(0x8c), device.execute().status, device.known(DRAM, 0x800, 1)[0]]).toEqual([0, 0, 'idle', 1]);
  });

  test('the host\'s window peeks and pokes a still machine, counts and latches, and remembers mistakes', () => {
    const device = make();
    retire(device, image([halt]));
    device.csrWrite(0x4000, SPM);
    device.csrWrite(0x4004, 0x100);
    device.csrWrite(0x8004, 0x0403_0201);
    expect([hex(device.read(SPM, 0x103, 6)), device.csrRead(0x8008)]).toEqual(['a501020304a5', 0xa5a5_a5a5]);
    expect([device.csrRead(0), device.csrRead(4), device.csrRead(0x600), device.csrRead(0x604), device.csrRead(0x48)]).toEqual([0x5453_5953, 0x1_0000, 1, 0, 0]);
    for (const offset of [1, 0x10c, 0x300, 0x40, 0x508, 0x3000, 0x1_0000]) {
      expect([device.csrRead(offset), device.csrRead(0x48)]).toEqual([0, 1]);
      device.csrWrite(0x48, 1);
    }
    device.load({ image: image([jump(0)]), memory: [] });
    device.execute({ budget: 1 });
    expect([device.csrRead(PC), device.csrRead(0x48)]).toEqual([0, 1]);
  });

  test('rings of any size, budgets of any size and a restored snapshot leave the same records and the same end', () => {
    const lines = [load, op('fill', { d: t(2), imm: 3 }, { post: 1 }), loop(3, 3, { ra: 20, incA: 1 }), op('mark', { value: 1 }), op('wload', { slot: 0, a: t(2) }, {}),
      op('mm', { acc: t(3), a: t(1), slot: 0, op: 'add' }), op('wait', { m: 1, imm: 1 }), halt];
    const data = Uint8Array.from({ length: 64 }, (_, i) => i), program = image(lines, tiles), memory = [{ space: DRAM, address: 0, bytes: data }];
    const device = make(), other = make();
    device.load({ image: program, memory });
    const { records, end } = go(device, { digests: true }), last = hex(device.snapshot());
    expect(end.status).toBe('halted');
    for (const ring of [1, 2, 7]) {
      device.load({ image: program, memory });
      expect(go(device, { ring, digests: true })).toEqual({ records, end });
    }
    for (const schedule of [undefined, Uint8Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8)]) {
      for (let cut = 0; cut < end.steps; cut++) {
        device.load({ image: program, memory });
        device.execute({ budget: cut, ...(schedule ? { schedule } : {}) });
        other.restore(device.snapshot());
        expect(hex(other.snapshot())).toBe(hex(device.snapshot()));
        expect(other.execute().status).toBe('halted');
        expect(hex(other.snapshot())).toBe(last);
      }
    }
  });
});

test('all devices retire the same records of the programs above, trapped and blocked ones included', () => {
  const programs = broken.map(([, , , , , lines, descriptors = []]) => image([...lines, halt], descriptors));
  for (const options of [{ digests: true }, { schedule: Uint8Array.of(1, 2, 1, 0, 3), queueDepth: 2, digests: true }]) {
    const all = devices.map(([, make]) => {
      const device: Device = make();
      return programs.map((program) => [retire(device, program, options), hex(device.snapshot())]);
    });
    for (const found of all.slice(1)) expect(found).toEqual(all[0]);
  }
});

test('fast lanes change nothing: runs of scalar instructions, whatever ends them', () => {
  const ends: readonly (readonly Line[])[] = [[halt], [jump(99)], [op('mark', { value: 1 }), halt], [li(0, 1)], [op('trap', {}, { predicate: 2 }), op('trap')], []];
  const body = [li(1, 5), loop(3, 5, { ra: 4, incA: 3 }), op('cmp', { pd: 1, rs1: 4, imm: 4, op: 'lt' }), op('alu', { rd: 3, rs1: 3, imm: 1, op: 'add' }, { predicate: 1 }),
    op('alu', { rd: 5, rs1: 3, rs2: 4, op: 'mul' }, { predicate: 1, negate: true }), op('tset', { t: 3, field: 'base', rs2: 4, imm: -9, op: 'add' }),
    jump(6, { predicate: 1, negate: true }), jump(9), halt, op('alu', { rd: 6, imm: 7, op: 'add' }, { irq: true })];
  for (const end of ends) {
    for (let budget = 1; budget < 40; budget++) {
      const snapshots = fast.map((device) => {
        device.load({ image: image([...body, ...end]), memory: [] });
        const ended = device.execute({ budget });
        return [ended, hex(device.snapshot()), device.execute({ watchdog: 60 }).status, hex(device.snapshot())];
      });
      expect(snapshots[1]).toEqual(snapshots[0]);
    }
  }
});
const fast = [engine(machine, { lanes: 0 }), engine(machine)] as const;

test('a machine of 3.5 GiB starts without touching its memory', () => {
  const large = engine({ ...machine, dramBytes: 0xe000_0000 });
  const start = 0xe000_0000 - 0x1000;
  large.load({ image: image([op('ld', { a: t(0), rd: 1 }), halt], [tensor(S32, DRAM, [1], start)]), imageBase: start - 0x1000, memory: [{ space: DRAM, address: start, bytes: Uint8Array.of(1, 2, 3, 4) }] });
  expect([large.execute().status, large.csrRead(0x804), large.snapshot().length < 0x1_0000]).toEqual(['halted', 0x0403_0201, true]);
  expect(() => engine({ ...machine, dramBytes: 0xffff_f000 })).toThrow(/at most 4294967296/);
});

function arithmetic(name: string, left: number, right: number): number {
  const a = BigInt(left), b = BigInt(right), x = BigInt.asIntN(32, a), y = BigInt.asIntN(32, b), least = <T>(p: T, q: T): T => (p < q ? p : q);
  const results: Readonly<Record<string, bigint>> = {
    add: a + b, sub: a - b, mul: a * b, div: y === 0n ? -1n : x / y, divu: b === 0n ? -1n : a / b, rem: y === 0n ? x : x % y, remu: b === 0n ? a : a % b,
    and: a & b, or: a | b, xor: a ^ b, shl: a << (b & 31n), shr: a >> (b & 31n), sra: x >> (b & 31n),
    min: least(x, y), max: x + y - least(x, y), minu: least(a, b), maxu: a + b - least(a, b),
  };
  return Number(BigInt.asUintN(32, results[name]!));
}
