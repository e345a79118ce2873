//! compression.test: unpack, lut, bquant and bdequant against plain loops, on every device.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { EVENT_ALWAYS, EVENT_NAN, EVENT_OVERFLOW, NUMERIC_CSR, NUMERIC_CSR_STEP, SPACE_SPM, UNIT_DMI, UNIT_VPU } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { formatByName } from '../model/numerics/format.ts';
import { round } from '../model/numerics/round.ts';
import { exactInteger, unpack } from '../model/numerics/exact.ts';
import { specification } from '../model/specification.ts';
import { packed } from './narrow-programs.ts';

const standard = profile('systole-16'), devices: readonly Device[] = [specification(standard), engine(standard), engine(standard, { build: 'scalar' })];
const fp32 = formatByName('fp32'), exactly = { round: 'rne', isat: false, fsat: false, ftz: 0, nan: 0n } as const;
const word = (significand: number, exponent = 0): bigint => round(fp32, exactInteger(BigInt(significand), exponent), exactly).bits;
const drawn = (count: number, below: number, seed = 1): number[] => { let s = seed; return Array.from({ length: count }, () => { s = (Math.imul(s, 1103515245) + 12345) >>> 0; return (s >>> 8) % below; }); };

/** Runs lines on tensors of SPM with their bytes, and gives what lies at 0x8000. */
function run(device: Device, text: string, memory: Readonly<Record<number, Uint8Array>>, bytes: number): Uint8Array {
  device.load({ image: assembled(`name d = t1  name a = t2  name b = t3  name c = t4\n${text}\nhalt 0`).program.image,
    memory: Object.entries(memory).map(([address, of]) => ({ space: SPACE_SPM, address: Number(address), bytes: of })) });
  expect(device.execute().status).toBe('halted');
  return device.read(SPACE_SPM, 0x8000, bytes);
}
const everywhere = (text: string, memory: Readonly<Record<number, Uint8Array>>, expected: Uint8Array): void => {
  for (const device of devices) expect(run(device, text, memory, expected.length), `${device.name}: ${text}`).toEqual(expected);
};

test('unpack palette names entries by codes of 1 to 8 bits, low bits first', () => {
  for (let bits = 1; bits <= 8; bits++) {
    const codes = drawn(21, 2 ** bits, bits), stream = new Uint8Array(Math.ceil((21 * bits) / 8)), table = drawn(2 ** bits, 65536, 7);
    codes.forEach((code, e) => { for (let bit = 0; bit < bits; bit++) stream[(e * bits + bit) >> 3]! |= ((code >> bit) & 1) << ((e * bits + bit) & 7); });
    const u16 = (values: readonly number[]): Uint8Array => packed(formatByName('u16'), values.map(BigInt));
    everywhere(`d = spm u16 [3,7] at 0x8000  a = spm u8 [${stream.length}] at 0  b = spm u16 [${2 ** bits}] at 0x1000\nunpack.palette d, a, b, bits ${bits}`,
      { 0: stream, 0x1000: u16(table) }, u16(codes.map((code) => table[code]!)));
  }
});

test('unpack packed spreads codes of 6 bits to bytes', () => {
  const codes = drawn(13, 64), stream = new Uint8Array(10);
  codes.forEach((code, e) => { for (let bit = 0; bit < 6; bit++) stream[(e * 6 + bit) >> 3]! |= ((code >> bit) & 1) << ((e * 6 + bit) & 7); });
  everywhere('d = spm e2m3 [13] at 0x8000  a = spm u8 [10] at 0\nunpack.packed d, a', { 0: stream }, Uint8Array.from(codes));
});

test('unpack scale takes the zero point off integers and multiplies, blocks by a stride of 0; a block of MX comes in the same way', () => {
  const codes = drawn(64, 16), scales = [word(3, -2), word(1, 5)];
  everywhere('d = spm fp32 [2,32] at 0x8000  a = spm u4 [2,32] at 0  b = spm fp32 [2,32] at 0x1000 stride [1,0]\nn1 = { zpa: 8 }\nunpack.scale d, a, b mode n1',
    { 0: packed(formatByName('u4'), codes.map(BigInt)), 0x1000: packed(fp32, scales) },
    packed(fp32, codes.map((code, i) => (i < 32 ? word(3 * (code - 8), -2) : word(code - 8, 5)))));
  const e2m1 = formatByName('e2m1');
  everywhere('d = spm fp32 [32] at 0x8000  a = spm e2m1 [32] at 0  b = spm e8m0 [32] at 0x1000 stride [0]\nunpack.scale d, a, b',
    { 0: packed(e2m1, codes.slice(0, 32).map(BigInt)), 0x1000: Uint8Array.of(130) },
    packed(fp32, codes.slice(0, 32).map((code) => round(fp32, { ...unpack(e2m1, BigInt(code)), ...scaled(unpack(e2m1, BigInt(code)), 3) } as never, exactly).bits)));
});
const scaled = (value: ReturnType<typeof unpack>, power: number) => (value.kind === 'finite' ? { exponent: value.exponent + power } : {});

test('unpack expand puts two of four where the metadata says, the second where they meet', () => {
  const kept = drawn(24, 256).map((value) => value || 1), metadata = drawn(12, 16), dense = new Uint8Array(48);
  for (let k = 0; k < 4; k++) for (let n = 0; n < 3; n++) {
    const positions = metadata[k * 3 + n]!;
    dense[(4 * k + (positions & 3)) * 3 + n] = kept[2 * k * 3 + n]!;
    dense[(4 * k + (positions >> 2)) * 3 + n] = kept[(2 * k + 1) * 3 + n]!;
  }
  const nibbles = Uint8Array.from({ length: 8 }, (_, i) => metadata[(i >> 1) * 3 + 2 * (i & 1)]! | (i & 1 ? 0 : metadata[(i >> 1) * 3 + 1]! << 4));
  everywhere('d = spm s8 [2,8,3] at 0x8000  a = spm s8 [8,3] at 0  b = spm u4 [4,3] at 0x1000 stride [4,1]\nunpack.expand d, a, b', { 0: Uint8Array.from(kept), 0x1000: nibbles }, dense);
});

test('lut reads its table by the unsigned code, or between two entries by 7 bits: 23 bits of result, or 16 rounded', () => {
  const s16 = formatByName('s16'), low16 = (value: number): bigint => BigInt.asUintN(16, BigInt(value)), table = drawn(513, 65536, 3).map((value) => value - 32768);
  const direct = drawn(256, 256), codes = drawn(40, 256, 5);
  everywhere('d = spm u8 [40] at 0x8000  a = spm s8 [40] at 0  b = spm u8 [256] at 0x1000\nlut.direct8 d, a, b', { 0: Uint8Array.from(codes), 0x1000: Uint8Array.from(direct) },
    Uint8Array.from(codes.map((code) => direct[code]!)));
  const x = [-32768, 32767, -1, 0, 127, 128, ...drawn(58, 65536, 9).map((value) => value - 32768)];
  const between = x.map((value) => ({ t: table[(value + 32768) >> 7]!, slope: table[((value + 32768) >> 7) + 1]! - table[(value + 32768) >> 7]!, f: value & 127 }));
  const memory = { 0: packed(s16, x.map(low16)), 0x1000: packed(s16, table.map(low16)) };
  everywhere('d = spm s32 [64] at 0x8000  a = spm s16 [64] at 0  b = spm s16 [513] at 0x1000\nlut.linear32 d, a, b', memory,
    packed(formatByName('s32'), between.map(({ t, slope, f }) => BigInt.asUintN(32, BigInt(t * 128 + slope * f)))));
  everywhere('d = spm s16 [64] at 0x8000  a = spm s16 [64] at 0  b = spm s16 [513] at 0x1000\nlut.linear16 d, a, b', memory,
    packed(s16, between.map(({ t, slope, f }) => low16(t + ((slope * f + 64) >> 7)))));
  const wide = drawn(65536, 256, 11), some = drawn(30, 65536, 13);
  everywhere('d = spm u8 [30] at 0x8000  a = spm bf16 [30] at 0  b = spm u8 [65536] at 0x10000\nlut.direct16 d, a, b',
    { 0: packed(formatByName('u16'), some.map(BigInt)), 0x10000: Uint8Array.from(wide) }, Uint8Array.from(some.map((code) => wide[code]!)));
});

/** A program of bquant: elements at 0x8000, scales at 0x9000, and the events of the instruction. */
function quantised(device: Device, dtype: string, scale: string, x: readonly bigint[], mode: string) {
  const block = scale === 'e8m0' ? 32 : 16;
  const codes = run(device, `d = spm ${dtype} [${x.length}] at 0x8000  a = spm fp32 [${x.length}] at 0  c = spm ${scale} [${Math.ceil(x.length / block)}] at 0x9000\nn1 = { ${mode} }\nbquant d, a with c mode n1`,
    { 0: packed(fp32, x) }, Math.ceil((x.length * formatByName(dtype).width) / 8));
  const [overflows, nans] = [EVENT_OVERFLOW, EVENT_NAN].map((kind) => device.csrRead(NUMERIC_CSR + NUMERIC_CSR_STEP * ((UNIT_VPU - UNIT_DMI) * EVENT_ALWAYS + kind)));
  return { codes: [...codes], scales: [...device.read(SPACE_SPM, 0x9000, Math.ceil(x.length / block))], overflows, nans };
}
const alike = (...of: Parameters<typeof quantised> extends [Device, ...infer Rest] ? Rest : never) => {
  const [first, ...rest] = devices.map((device) => quantised(device, ...of));
  for (const other of rest) expect(other).toEqual(first);
  return first!;
};

test('bquant: floor clips what exceeds the greatest value, noclip takes the next power of two where it would', () => {
  // 464 is the tie that still rounds to 448; above it floor clips and noclip doubles the scale.
  const block = (most: bigint): bigint[] => [most, word(1), word(-3), ...Array.from({ length: 29 }, () => 0x8000_0000n)];
  expect(alike('e4m3', 'e8m0', block(word(464)), 'mxrule: floor')).toMatchObject({ scales: [127], overflows: 0 });
  expect(alike('e4m3', 'e8m0', block(word(464)), 'mxrule: noclip')).toMatchObject({ scales: [127], overflows: 0 });
  expect(alike('e4m3', 'e8m0', block(word(465)), 'mxrule: floor')).toMatchObject({ scales: [127], overflows: 1 });
  const wide = alike('e4m3', 'e8m0', block(word(465)), 'mxrule: noclip');
  expect(wide).toMatchObject({ scales: [128], overflows: 0 });
  expect(wide.codes.slice(0, 4)).toEqual([0x77, 0x30, 0xbc, 0]);
  expect(alike('i8f6', 'e8m0', block(word(255, -7)), 'mxrule: noclip')).toMatchObject({ scales: [128] });
});

test('bquant: a short last block has a scale of its own; zeros count as 2^-126; an infinity or NaN spoils its block alone', () => {
  const x = [...Array.from({ length: 32 }, () => 0n), word(1), 0x7f80_0000n, ...Array.from({ length: 30 }, () => word(1)), word(4), word(-6)];
  const { codes, scales, nans } = alike('e2m1', 'e8m0', x, 'mxrule: floor');
  expect(scales).toEqual([0, 255, 127]);
  expect(codes.slice(0, 32)).toEqual(Array.from({ length: 32 }, () => 0));
  expect(codes.slice(32)).toEqual([0xf6]);
  expect(nans).toBe(1);
  expect(alike('i8f6', 'e8m0', x.slice(0, 32), 'mxrule: floor').scales).toEqual([1]);
  expect(alike('e2m1', 'ue4m3', x.slice(0, 16), 'mxrule: floor')).toMatchObject({ scales: [0], codes: [0, 0, 0, 0, 0, 0, 0, 0] });
});

test('bquant: a scale of ue4m3 is amax over the greatest value, nearest or up, and beyond 448 what fsat says', () => {
  const block = (most: bigint): bigint[] => [most, word(-1), ...Array.from({ length: 14 }, () => word(3))];
  // 6.5 / 6 = 1.0833 lies between 1 (0x38) and 1.125 (0x39).
  expect(alike('e2m1', 'ue4m3', block(word(13, -1)), 'mxrule: floor').scales).toEqual([0x39]);
  expect(alike('e2m1', 'ue4m3', block(word(25, -2)), 'mxrule: floor')).toMatchObject({ scales: [0x38], overflows: 0 });
  expect(alike('e2m1', 'ue4m3', block(word(25, -2)), 'mxrule: noclip')).toMatchObject({ scales: [0x39], overflows: 0 });
  expect(alike('e2m1', 'ue4m3', block(word(6000)), 'fsat').scales).toEqual([0x7e]);
  expect(alike('e2m1', 'ue4m3', block(word(6000)), 'mxrule: floor')).toMatchObject({ scales: [0x7f], codes: [0, 0, 0, 0, 0, 0, 0, 0] });
  // A scale that rounds to 0 leaves zeros with the signs of the values.
  expect(alike('e2m1', 'ue4m3', [word(1, -20), word(-1, -20)], 'mxrule: floor')).toMatchObject({ scales: [0], codes: [0x80] });
});

test('bdequant gives back what bquant made of values that its elements hold, and NaN under a NaN', () => {
  const values = [448, -448, 1, -2, 0, 208, 15, -9, 30, 7].map((value) => word(value)), n = values.length;
  const text = (scale: string): string => `d = spm e4m3 [${n}] at 0x4000  a = spm fp32 [${n}] at 0  c = spm ${scale} [1] at 0x5000\nbquant d, a with c\nb = spm fp32 [${n}] at 0x8000\nbdequant b, d, c`;
  everywhere(text('e8m0'), { 0: packed(fp32, values) }, packed(fp32, values));
  everywhere(text('ue4m3'), { 0: packed(fp32, values) }, packed(fp32, values));
  everywhere(text('e8m0'), { 0: packed(fp32, [0x7fc0_0000n, ...values.slice(1)]) }, packed(fp32, values.map(() => 0x7fc0_0000n)));
});
