//! engine-kernels: DMA and matrix kernels of both engine builds against the specification's meaning, on random views and corner data.
import { expect, test } from 'vitest';
import { bitsOf } from '../model/isa/codec.ts';
import { bitAddress, indices } from '../model/isa/tensor.ts';
import type { Tensor } from '../model/isa/view.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../model/limits.ts';
import { type Closed, writeRecord } from '../model/machine/closed.ts';
import { inverse } from '../model/mutants/seldom-epilogue.ts';
import { formatByName } from '../model/numerics/format.ts';
import { kernelModules } from './kernel-bench.ts';
import {
  act,
  below,
  between,
  chance,
  close,
  descriptor,
  devices,
  dimsOf,
  many,
  names,
  next,
  odd,
  pairs,
  pick,
  reseed,
  same,
  scatterData,
  totals,
} from './kernel-cases.ts';
import { runs } from './runs.ts';

const modules = kernelModules(1);

const rounding = (): number[] => [between(0, 6) | (below(2) << 3) | (below(2) << 4) | (below(3) << 5) | (below(3) << 7) | (below(2) << 9)];
const d = devices(modules, odd);

test('load copies, pads and converts any view as the specification says', () => {
  reseed(11);
  many(d, runs(130), () => {
    const rank = between(1, 5),
      dims = dimsOf(rank, 300),
      from = pick(names),
      to = chance(60) ? from : pick(names);
    const padded = chance(40),
      low = dims.map(() => (padded && chance(50) ? below(4) : 0)),
      high = dims.map(() => (padded && chance(50) ? below(4) : 0));
    const a = descriptor(d, pick([SPACE_DRAM, SPACE_SPM]), from, dims, 'source');
    low.forEach((pad, axis) => {
      a[13]! |= pad << (6 * axis);
    });
    high.forEach((pad, axis) => {
      a[14]! |= pad << (6 * axis);
    });
    a[15] = formatByName(from).width >= 32 ? next() : next() & (2 ** formatByName(from).width - 1);
    const whole = dims.map((dim, axis) => dim + low[axis]! + high[axis]!);
    return close(d, 'load', { d: descriptor(d, pick([SPACE_SPM, SPACE_ACC]), to, whole, 'destination'), a }, {}, rounding());
  });
});

test('store copies, converts and combines, in place too', () => {
  reseed(12);
  many(d, runs(100), () => {
    const dims = dimsOf(between(1, 5), 300),
      from = pick(names),
      to = chance(60) ? from : pick(names);
    const a = descriptor(d, pick([SPACE_SPM, SPACE_ACC]), from, dims, 'source');
    const target = chance(10) ? [...a] : descriptor(d, pick([SPACE_DRAM, SPACE_SPM]), to, dims, 'destination');
    return close(d, 'store', { d: target, a }, { op: pick(['copy', 'copy', 'add', 'max', 'min']) }, rounding());
  });
});

test('fill and crc', () => {
  reseed(13);
  many(d, runs(30), () => {
    const dims = dimsOf(between(1, 5), 300);
    return close(
      d,
      'fill',
      { d: descriptor(d, pick([SPACE_SPM, SPACE_ACC]), pick(names), dims, 'destination') },
      { rs: 0, imm: next() | 0 },
    );
  });
  many(d, runs(30), () => {
    const a = descriptor(d, pick([SPACE_DRAM, SPACE_SPM]), pick(names), dimsOf(between(1, 5), 300), 'source');
    return close(d, 'crc', { d: descriptor(d, SPACE_SPM, 'u32', [1], 'destination'), a }, {});
  });
});

test('gather and scatter pick rows by index, the last of equal ones winning', () => {
  reseed(14);
  const indexed = (mnemonic: string): void =>
    many(d, runs(40), () => {
      const rest = chance(20) ? [] : dimsOf(between(1, 3), 60),
        rows = between(1, 9),
        v = between(1, 9),
        name = pick(names);
      const index = descriptor(d, SPACE_SPM, pick(['s32', 'u32']), [rows], 'destination');
      const gathers = mnemonic === 'gather',
        many = [rows, ...rest],
        table = [v, ...rest];
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
});

/** wload of a tile, then a multiplication that fits it. */
function multiplication(mnemonic: 'mm' | 'mdw'): Closed | undefined {
  const [activation, weight, accumulator] = pick(pairs),
    floats = accumulator === 'fp32',
    columns = pick([1, 3, 4, 8, 15, 16, 17, 20, 24]);
  const taps = chance(60)
    ? [pick([1, 2, 3, 7, 16, 17, 32, 33, 70])]
    : [between(1, 3), between(1, 4), ...(chance(30) ? [between(1, 4)] : [])];
  const depth = taps.reduce((p, dim) => p * dim, 1),
    slot = below(4);
  const w = close(
    d,
    'wload',
    { a: descriptor(d, pick([SPACE_SPM, SPACE_DRAM]), weight, [...(chance(30) ? taps : [depth]), columns], 'source') },
    { slot },
  );
  if (!w) return undefined;
  act(d, w);
  const room = 5 - taps.length - (mnemonic === 'mdw' ? 1 : 0),
    outer = Array.from({ length: between(1, Math.min(room, 3)) }, () => between(1, 5));
  const rows = outer.reduce((p, dim) => p * dim, 1);
  const dims = [...outer, ...taps, ...(mnemonic === 'mdw' ? [columns] : [])];
  const leading = chance(60) ? outer : chance(50) ? [rows] : [1, rows];
  const acc = descriptor(d, SPACE_ACC, accumulator, [...leading, columns], 'rows'),
    a = descriptor(d, SPACE_SPM, activation, dims, 'source');
  const point = (): number => (floats || chance(50) ? 0 : pick([1, -1, 128, -128, 32767, -32768, below(256)])) & 0xffff;
  const mode = [(below(2) << 3) | ((chance(60) ? 0 : floats ? 1 : between(1, 2)) << 12), 0, point() | (point() << 16)];
  return close(d, mnemonic, { acc, a }, { slot, mRank: outer.length, op: pick(['set', 'add']) }, mode);
}

test('mm is the dot product of every pair of formats, on any view, wrapped or saturated once', () => {
  reseed(15);
  totals.fill(0);
  many(d, runs(200), () => multiplication('mm'));
  expect(
    totals.slice(0, 3).every((count) => count > 20),
    `saturated, overflow, nan: ${totals}`,
  ).toBe(true);
});

/** acc [2, 16] += a [2, 2] x w [2, 16], a float type into fp32, everywhere. */
function addTwoRows(
  codes: { readonly a: readonly number[]; readonly w: readonly number[]; readonly acc: readonly number[] },
  kernel: number,
  dtype = 'bf16',
): void {
  const bytes = formatByName(dtype).width / 8;
  lay(SPACE_SPM, 0, codes.a, bytes);
  lay(SPACE_SPM, 64, codes.w, bytes);
  lay(SPACE_ACC, 0, codes.acc, 4);
  const flat = (space: number, name: string, base: number, columns: number, step: number): number[] =>
    Object.assign(blank(), { 0: formatByName(name).code | (space << 8) | (2 << 11), 1: base, 3: 2, 4: columns, 8: step, 9: 1 });
  act(d, close(d, 'wload', { a: flat(SPACE_SPM, dtype, 64, 16, 16) }, { slot: 0 })!);
  const operands = { acc: flat(SPACE_ACC, 'fp32', 0, 16, 32), a: flat(SPACE_SPM, dtype, 0, 2, 2) };
  act(d, close(d, 'mm', operands, { slot: 0, mRank: 1, op: 'add' }, [kernel << 12])!);
}
const blank = (): number[] => Array.from({ length: 16 }, () => 0);
const each = (count: number, of: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => of(i));

test('a NaN or an overflow in one row of a block is made canonical and counted, whichever row it is', () => {
  const cases = [0x7f80_0001, 0xffc1_2345, 0x7f80_0000, 0x7f7f_ffff, 0xff7f_ffff].flatMap((special) =>
    [0, 1].map((row) => ({ special, row })),
  );
  for (const { special, row } of cases) {
    for (const factor of [0x5f00, 0xdf00, 0x3f80]) {
      const acc = each(48, (i) => (i === 32 * row + 5 ? special : 0x3f80_0000));
      for (const kernel of [0, 1])
        addTwoRows({ a: each(4, () => 0x5f00), w: each(32, (i) => (i % 16 === 5 ? factor : 0x3f80)), acc }, kernel);
    }
  }
});

test('products too small for fp32 are rounded once with what they are added to, also beside lanes of zeros', () => {
  for (let column = 0; column < 16; column++) {
    for (const tiny of [0x1c90, 0x1cb0, 0x0003, 0x9cff]) {
      const acc = each(48, (i) => (i % 32 === column ? 0x0000_0201 : 0));
      addTwoRows({ a: each(4, () => 0x1cab), w: each(32, (i) => (i % 16 === column ? tiny : 0)), acc }, column & 1);
      addTwoRows({ a: [0x1cab, 0, 0, 0], w: each(32, () => tiny), acc }, 0);
    }
  }
});

test('fp32 products are fused where rounding the sum in fp64 first would go wrong', () => {
  const acc = each(48, () => 0x3072_2231); // numerics.md section 3, T3
  addTwoRows({ a: [0x2c98_8580, 0, 0x2c98_8580, 0], w: each(32, (i) => (i < 16 ? 0x6721_8000 : 0)), acc }, 0, 'fp32');
});

test('mdw multiplies each channel by its own column', () => {
  reseed(16);
  many(d, runs(60), () => multiplication('mdw'));
});

test('ainit clears or widens, drain requantises', () => {
  reseed(17);
  many(d, runs(30), () => {
    const dims = [...dimsOf(between(1, 3), 60), between(1, 24)],
      acc = pick(['s32', 's48', 's64', 'fp32']);
    const a = chance(60) ? descriptor(d, SPACE_SPM, acc === 'fp32' ? pick(['bf16', 'fp16', 'fp32']) : acc, dims, 'source') : undefined;
    return close(d, 'ainit', { acc: descriptor(d, SPACE_ACC, acc, dims, 'rows'), a }, { op: a ? 'load' : 'zero' });
  });
  many(d, runs(60), () => {
    const dims = [...dimsOf(between(1, 3), 60), between(1, 24)],
      type = pick(['s8', 'u8', 's16', 's32', 's8', 'bf16']);
    const a = descriptor(d, SPACE_ACC, pick(['s32', 's32', 's64', 'fp32']), dims, 'rows'),
      table = chance(70);
    const b = table ? descriptor(d, SPACE_SPM, 's32', [dims.at(-1)!, 4], 'source') : undefined;
    const c = chance(30) ? descriptor(d, SPACE_SPM, pick(['s8', 's16', 's32']), dims, 'source') : undefined;
    const mode = [
      rounding()[0]! & ~(7 << 7),
      pick([0, 1, 1, 2, 3, 4, 5]) | (between(0, 6) << 3) | (below(2) << 6),
      next(),
      next() & 0xff,
      -128 >>> 0,
      127,
    ];
    const closed = close(
      d,
      'drain',
      { d: descriptor(d, SPACE_SPM, type, dims, 'destination'), a, b, c },
      { table, activation: pick(['none', 'relu']) },
      mode,
    );
    return closed && (closed.operands[2] === undefined || tableKnown(closed)) ? closed : undefined;
  });
});
/** Definite operands are judged before an instruction acts. */
function tableKnown(closed: Closed): boolean {
  const t = closed.operands[2]!,
    memory = d.machine.memories[t.space]!;
  return [...Array(Number(t.dims[0]) * 4).keys()].every((i) => memory.readCell(t, [BigInt(i >> 2), BigInt(i & 3)]).known);
}

/** Words of memory, everywhere. */
function lay(space: number, at: number, of: readonly number[], bytes: number): void {
  const data = Uint8Array.from({ length: of.length * bytes }, (_, i) => of[Math.floor(i / bytes)]! >>> (8 * (i % bytes)));
  d.machine.memories[space]!.write(at, data);
  for (const engine of d.engines) engine.write(space, at, data);
}

test('drain in fixed point: every tie, every shift, saturated or wrapped, biases that leave 32 bits', () => {
  reseed(20);
  totals.fill(0);
  many(d, runs(100), () => {
    const dims = [...dimsOf(between(1, 3), 60), between(1, 20)],
      columns = dims.at(-1)!;
    const a = descriptor(d, SPACE_ACC, 's32', dims, 'rows'),
      b = descriptor(d, SPACE_SPM, 's32', [columns, 4], 'destination');
    const mode = [
      pick([0, 4, 5, 5, between(0, 6)]) | (below(2) << 3),
      1 | (below(2) << 6),
      0,
      pick([0, 7, next() & 0xffff]),
      -100 >>> 0,
      pick([100, 3000]),
    ];
    const target = descriptor(d, SPACE_SPM, pick(['s8', 'u8', 's16', 'u16']), dims, 'destination');
    const closed = close(d, 'drain', { d: target, a, b }, { table: true, activation: pick(['none', 'relu']) }, mode);
    if (!closed) return undefined;
    const [words, x] = [closed.operands[2]!, closed.operands[1]!],
      place = (t: Tensor, index: readonly bigint[]): number => Number(bitAddress(t, index) >> 3n);
    for (let column = 0; column < columns; column++) {
      const random = [pick([0, 1, next()]), pick([1, 3, next()]), pick([between(-31, 30), between(-9, 3), 30, 31])];
      const row = pick([random, random, [0, 1 << 30, 0], [0x7fff_ffff, 0x7fff_ffff, -31], [-(2 ** 31), -(2 ** 31), -31]]);
      row.forEach((word, i) => lay(SPACE_SPM, place(words, [BigInt(column), BigInt(i)]), [word], 4));
      lay(SPACE_SPM, place(words, [BigInt(column), 3n]), [0], 4);
    }
    for (const index of indices(x.dims))
      if (chance(50)) lay(SPACE_ACC, place(x, index), [pick([-1, -3, 1, 3, 0x7fff_ffff, -(2 ** 31)])], 4);
    return closed;
  });
  expect(totals[0]).toBeGreaterThan(1000);
});

test('drain in fixed point of tall tiles: products a unit beside every end, numbers about the ends of what doubles hold', () => {
  reseed(21);
  totals.fill(0);
  many(d, runs(200), () => {
    const dims = [between(14, 40), pick([16, 32, between(1, 40)])], columns = dims[1]!, dense = chance(80), name = pick(['s8', 'u8', 's16', 's32', 's32', 's32']);
    /** A view of rows one behind the other. */
    const rows = (space: number, type: string, base: number, of: readonly number[]): number[] => {
      const { code } = formatByName(type), words = Array.from({ length: 16 }, () => 0);
      [words[0], words[1], words[3], words[4], words[8], words[9]] = [code | (space << 8) | (2 << 11), base, of[0]!, of[1]!, of[1]!, 1];
      return words;
    };
    const a = descriptor(d, SPACE_ACC, 's32', dims, 'rows'), b = dense ? rows(SPACE_SPM, 's32', 0, [columns, 4]) : descriptor(d, SPACE_SPM, 's32', [columns, 4], 'destination');
    const target = dense ? rows(SPACE_SPM, name, 1024, dims) : descriptor(d, SPACE_SPM, name, dims, 'destination'), c = chance(15) ? descriptor(d, SPACE_SPM, pick(['s8', 's16']), dims, 'source') : undefined;
    const scale = pick([1, 1, 1, 3]), round = between(0, 5), [least, most] = pick(name === 'u8' ? [[0, 255], [3, 200], [90, 40]] : name === 's8' ? [[-128, 127], [-100, 90], [40, -90], [-1000, 3000]] : [[-(2 ** 31), 2 ** 31 - 1]]) as [number, number];
    const mode = [round | (below(2) << 3), scale | (Number(chance(80)) << 6), pick([0, 3, next()]), pick([0, -7 & 0xffff, 100, next() & 0xffff]), least >>> 0, most >>> 0];
    const closed = close(d, 'drain', { d: target, a, b, c }, { table: true, activation: pick(['none', 'relu']) }, mode);
    if (!closed) return undefined;
    const [words, x] = [closed.operands[2]!, closed.operands[1]!], place = (t: Tensor, index: readonly bigint[]): number => Number(bitAddress(t, index) >> 3n);
    const zero = (mode[2]! << 16) >> 16, first = pick([20, 21, 23, 23, 27, 32, 42, 53]), far = chance(20);
    // Numbers of as many bits as products in doubles have room for, or of some more.
    const edge = 2 ** ((scale === 3 || (round > 0 && round < 4) ? 20 : round === 0 ? 22 : 21) + pick([0, 0, 0, 1, 3]));
    const of = Array.from({ length: columns }, () => {
      const right = between(first, Math.min(first + pick([0, 2, 8]), 54)), offset = pick([0, 0, 1, between(-500, 500)]);
      // A product that is a unit beside a tie or an integer.
      const number = (edge - 1 - 2 * below(edge / 4)) * pick([-1, 1]);
      const beside = pick([0n, 1n << BigInt(right - 1)]) + BigInt(between(-1, 1));
      const exact = BigInt.asUintN(Math.min(31, right), beside * inverse(BigInt.asUintN(64, BigInt(number)))), power = Math.min(30, Math.max(0, right - 1 - between(0, 19)));
      const multiplier = first > 50 ? 1 : pick([Number(exact), Number(exact), (2 * below(2 ** (30 - power)) + 1) * 2 ** power, 0x7fff_ffff, -(2 ** power), 1 + below(0x7fff_ffff)]);
      return { right, offset, number, half: 2 ** (right - 1 - power), multiplier: scale === 3 ? Math.max(1, Math.abs(multiplier)) : multiplier };
    });
    of.forEach(({ right, offset, multiplier }, column) => {
      [offset, multiplier, 31 - right, 0].forEach((word, i) => lay(SPACE_SPM, place(words, [BigInt(column), BigInt(i)]), [word], 4));
    });
    for (const index of indices(x.dims)) {
      const { offset, number, half } = of[Number(index[1])]!, sign = pick([-1, 1]);
      const near = first > 50 ? sign * below(3) : pick([number, number + pick([-1, 1]), sign * half * below(20), sign * below(2 ** 20), sign * (edge - 1), sign * below(300)]);
      const u = far && chance(5) ? sign * (edge + pick([0, 1, 2 ** 23])) : Math.max(-edge, Math.min(near, edge - 1));
      lay(SPACE_ACC, place(x, index), [u - offset + zero], 4);
    }
    return closed;
  });
  expect(totals[0]).toBeGreaterThan(1000);
}, 60_000);

test('known bits of intervals follow a plain array, whatever the page', () => {
  reseed(18);
  for (const engine of d.engines) {
    engine.exports.resetPages();
    const size = odd.spmBytes,
      model = new Uint8Array(size);
    for (let step = 0; step < 600; step++) {
      const low = chance(30) ? pick([0, 4095, 4096, 8192, size - 1]) : below(size),
        high = Math.min(size, low + pick([1, 2, 63, 64, 65, 4096, between(1, 9000)]));
      const known = chance(55);
      model.fill(Number(known), low, high);
      if (known) engine.exports.setKnown(SPACE_SPM, BigInt(low), BigInt(high));
      else engine.exports.setUnknown(SPACE_SPM, BigInt(low), BigInt(high));
      const from = below(size),
        to = Math.min(size, from + below(5000));
      expect(Boolean(engine.exports.isKnown(SPACE_SPM, BigInt(from), BigInt(to))), `${from} to ${to} after step ${step}`).toBe(
        model.slice(from, to).every((bit) => bit === 1),
      );
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
      const words = Object.assign(
        Array.from({ length: 16 }, () => 0),
        { 0: formatByName(name).code | (space << 8) | (dims.length << 11), 1: base },
      );
      dims.forEach((dim, axis) => {
        words[3 + axis] = dim;
        words[8 + axis] = strides[axis]!;
      });
      return words;
    };
    const index = tensor(SPACE_SPM, 'u32', 0, [2], [1]),
      rows = tensor(SPACE_SPM, 'u8', 4096, [2, 64], [64, 1]);
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
  reseed(19);
  scatterData(d, 10);
  for (let round = 0; round < 6; round++) {
    const closed = multiplication('mm');
    if (!closed) continue;
    for (const engine of d.engines) {
      const number = bitsOf(closed.words, closed.definition!.fields['slot']!),
        { codes, flags } = engine.slot(number);
      engine.exports.restoreSlot(number);
      expect(engine.slot(number)).toMatchObject({ codes, flags });
    }
    act(d, closed);
  }
});

test('a digest is CRC-32C of the elements, whole bytes for rows of 4 bits', () => {
  const engine = d.engines[0]!,
    text = new TextEncoder().encode('123456789');
  engine.write(SPACE_SPM, 100, text);
  const fill = close(
    d,
    'fill',
    {
      d: Object.assign(
        Array.from({ length: 16 }, () => 0),
        { 0: 4 | (SPACE_SPM << 8) | (1 << 11), 1: 100, 3: 9, 8: 1 },
      ),
    },
    { rs: 0, imm: 0 },
  )!;
  engine.lay(writeRecord(fill));
  expect(engine.exports.crcOperand(0x82f6_3b78, engine.operandAt(0)) >>> 0).toBe(0xe306_9283);
  expect(engine.exports.crcOperand(0xedb8_8320, engine.operandAt(0)) >>> 0).toBe(0xcbf4_3926);
});
