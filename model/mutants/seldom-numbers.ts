//! seldom-numbers: programs for what numbers seldom are: just so far from an end that it matters, halves with something below, of more digits than one word has.
import { type Directed, directedProgram } from './directed.ts';

const WHOLE = 0, DOTS = 2;
const hex = (code: number): string => `0x${(code >>> 0).toString(16)}`;
export const list = (count: number, of: (i: number) => number | bigint | string): string => Array.from({ length: count }, (_, i) => of(i)).join(', ');
export const rounds = ['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd', 'stochastic'] as const;
/** The code in fp32 of +-significand x 2^exponent, of 24 bits; subnormal where it has to be. */
export function fp32(significand: number, exponent: number, negative = false): string {
  const down = Math.max(0, -149 - exponent);
  return hex((negative ? 0x8000_0000 : 0) + (down ? significand / 2 ** down : (exponent + 149) * 2 ** 23 + significand));
}

/**
 * Results about 2^-126 - 2^-151, below which they are tiny: products just below it, there and above; sums that fp64 rounds to it, from either side. The
 * first three pairs make 2^47 with something, less something, and alone; the others that number times 2^173 or 2^174.
 */
const tinySums = [[8401241, 16751988], [8401075, 16752319], [2 ** 23, 2 ** 23]] as const, tinyProducts = [[16780101, 16774331], [16780113, 16774319], [9539072, 14753792]] as const;
function tiny(): string {
  const pair = ([p, q]: readonly [number, number], places: number, exactly: boolean): readonly [string, string] => [fp32(p, places), fp32(q, exactly ? places + 1 : places, true)];
  const sums = tinySums.map((of, i) => pair(of, -99, i === 2)), products = tinyProducts.map((of, i) => pair(of, -87, i === 2)), turned = (code: string): string => hex(Number(code) ^ 0x8000_0000);
  const a = [...sums.map(([x]) => x), ...sums.map(([x]) => turned(x))], b = [...sums, ...sums].map(([, y]) => y), c = a.map((_, i) => hex(i < 3 ? 0x0080_0000 : 0x8080_0000));
  return `
    a = spm fp32 [6] at 0   b = spm fp32 [6] at 64   c = spm fp32 [6] at 128   d = spm fp32 [6] at 192   x = spm fp32 [6] at 256   y = spm fp32 [6] at 320
    a1 = spm fp32 [1] at 0   b1 = spm fp32 [1] at 64   c1 = spm fp32 [1] at 128   e1 = spm fp32 [1] at 140   d1 = spm fp32 [1] at 192
    fma d, a, b with c   binary.mul d, x, y   binary.div d, c, x   binary.div d, c, y
    ${[0, 1, 2, 3, 4, 5].map((i) => `fma d1[${i}], a1[${i}], b1[${i}] with ${i < 3 ? 'c1' : 'e1'}`).join('   ')}
    halt 0
.data spm 0
.fp32 ${a.join(', ')}
.data spm 64
.fp32 ${b.join(', ')}
.data spm 128
.fp32 ${c.join(', ')}
.data spm 256
.fp32 ${[...products, ...products].map(([x], i) => (i < 3 ? x : turned(x))).join(', ')}
.data spm 320
.fp32 ${[...products, ...products].map(([, y]) => y).join(', ')}`;
}

/** Reductions over several axes of different lengths, in every order, of floats that flush or do not. */
const reductions = [...['sum', 'sumsq', 'max', 'min'].flatMap((of) => ['d3, a, r 4', 'd2, a, r 3', 'd1, a, r 2', 'e2, b, r 3'].map((what) => `reduce.${of} ${what}`)), 'reduce.argmax i2, a, r 3', 'reduce.argmin i2, a, r 3'];
const axes = (type: string): string => `
    a = spm ${type} [2,3,3,4] at 0   b = spm ${type} [4,3,3,2] at 0 stride [1,4,12,36]
    d3 = spm ${type} [1] at 0x800   d2 = spm ${type} [2] at 0x840   d1 = spm ${type} [2,3] at 0x880   i2 = spm s32 [2] at 0x900   e2 = spm ${type} [4] at 0xa00
    ${['sequential', 'pairs', 'lanes', 'exact'].flatMap((order) => ['keep', 'zero'].flatMap((daz) => [`n0 = { order: ${order}, daz: ${daz} }`, ...reductions.map((line) => `${line} mode n0`)])).join('   ')}
    halt 0
.data spm 0
.${type} ${list(72, (i) => (type === 'fp32' ? fp32(2 ** 23 + 7919 * (i * i + 3 * i), -23 - (i % 7), i % 3 === 0) : ((7919 * i * i) % 251) - (type === 'u32' ? 0 : 125)))}`;

/** Reductions to a narrower format than that of the elements, cut or wrapped. */
const narrower = (type: string, to: string): string => `
    a = spm ${type} [3,4] at 0   d = spm ${to} [3] at 64   n0 = { isat }   n1 = { round: rd }
    ${['sum', 'sumsq', 'max', 'min'].flatMap((of) => ['n0', 'n1'].map((mode) => `reduce.${of} d, a, r 1 mode ${mode}`)).join('   ')}
    halt 0
.data spm 0
.${type} ${list(12, (i) => [5, 300, 70, 1][i % 4]! + i)}`;

/** Operations on what is no number, behind an exact sum and a quotient, which leave many digits where the exact values of elements stand. */
const operations = [
  ...['add', 'sub', 'mul', 'div', 'min', 'max'].map((of) => `binary.${of} d, a, b`), ...['sign', 'abs', 'neg', 'rint'].map((of) => `unary.${of} d, a`), 'fma d, a, b with a', 'clamp.relu d, a', 'clamp.leaky d, a, b', 'convert h, a',
  ...['recip', 'sqrt', 'rsqrt', 'exp', 'log'].map((of) => `special.${of} d, a`), 'scale d, a', 'scan.max d, a', 'scan.sum d, a',
];
const stale = (type: string): string => `
    g = spm fp32 [4] at 0x100   s = spm fp32 [1] at 0x140   q = spm fp32 [1] at 0x180   x = spm fp32 [1] at 0x100   y = spm fp32 [1] at 0x104
    a = spm ${type} [6] at 0   b = spm ${type} [6] at 0x40   d = spm ${type} [6] at 0x200   h = spm fp16 [6] at 0x400
    n0 = { order: exact }   n1 = { round: rd }   n2 = { round: rd, daz: zero, clamp, lo: 0xff800000, hi: 0x40000000 }
    ${operations.flatMap((line) => ['n1', 'n2'].map((mode) => `reduce.sum s, g, r 1 mode n0   binary.div q, x, y mode n1   ${line} mode ${mode}`)).join('   ')}
    halt 0
.data spm 0
.${type} inf, 1.5, 0.0, nan, -inf, -0.75
.data spm 0x40
.${type} 0.0, inf, -1.5, 1.0, -inf, 3.0
.data spm 0x100
.fp32 0x4b7fffff, 0x3f801235, 0x1f7fffff, 0x00000003`;

/**
 * Numbers that lie near a multiple of a quarter turn, one or two of each power of two: of the fractions that come near 2^e 2/pi those of 24 bits (its continued
 * fraction), times what makes it as many.
 */
const TWO_OVER_PI = 0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abn, PLACES = 224n;
function nearQuarters(): string {
  const words = Array.from({ length: 126 }, (_, i) => {
    const exponent = i - 22, unit = 1n << PLACES, ratio = exponent < 0 ? TWO_OVER_PI >> BigInt(-exponent) : (TWO_OVER_PI << BigInt(exponent)) % unit;
    let [p, q, rest, last] = [0n, 1n, ratio, unit];
    while (rest !== 0n) {
      const next = p + (last / rest) * q;
      if (next >= 1n << 24n) break;
      [p, q, rest, last] = [q, next, last % rest, rest];
    }
    const times = ((1n << 24n) - 1n) / q;
    return Number(q * times) >= 2 ** 23 ? fp32(Number(q * times), exponent) : fp32(2 ** 23, exponent);
  });
  return `
    a = spm fp32 [126] at 0   d = spm fp32 [126] at 0x400   e = spm fp32 [126] at 0x800
    special.sin d, a   special.cos e, a
    halt 0
.data spm 0
.fp32 ${words.join(', ')}`;
}

/** Sums that leave 32 bits in fused windows of several parts, in four columns of each row, by what is in the accumulators alone. */
const overflowing = (sign: number): string => `
    a = spm fp16 [4,16] at 0   w = spm fp16 [16,16] at 0x400   c = acc fp32 [4,16] at 0 stride [64,1]   first = spm fp32 [4,16] at 0x800
    wload slot 0, w
    ${Array.from({ length: 16 }, (_, dot) => `n1 = { dot: ${dot} }   ainit.load c, first   mm.add c, a, slot 0 mode n1   mm.add c, a, slot 0 mode n1`).join('   ')}
    halt 0
.data spm 0
.fp16 ${list(64, () => '0x3fff')}
.data spm 0x400
.fp16 ${list(256, () => hex(0x3fff + 2 ** 15 * sign))}
.data spm 0x800
.fp32 ${list(64, (i) => ((i >> 2) % 4 === i >> 4 ? fp32(2 ** 24 - 1, -23, sign === 1) : '0.0'))}`;

/** Integers 32 bits apart of which each operand in turn has fewer, done again: they are no lanes where they lie. */
const apart = (d: string, a: string, b: string, c: string): string => {
  const tensor = (name: string, type: string, at: number): string => `${name} = spm ${type} [16] at ${hex(at)}${type === 's8' ? ' stride [4]' : type === 's16' ? ' stride [2]' : ''}`;
  return `
    k = spm u8 [0x400] at 0   u = spm u8 [16] at 0x2000 stride [4]   ${[['a', a], ['b', b], ['c', c], ['d', d]].map(([name, type], i) => tensor(name!, type!, 256 * i)).join('   ')}
    s1 = 0x85   s2 = 0x2b   iota k, s1, s2
    ${['binary.add d, a, b', 'fma d[64], a, b with c', 'compare.lt u, a, b', 'unary.neg d[128], a', 'clamp.relu d[192], a', 'convert d[256], a'].map((line) => `loop 6 { ${line} }`).join('   ')}
    halt 0`;
};

/** One, half of its last place, and something of either sign so far below, times powers of two so that it lies anywhere in a word: by every kernel, and by exact sums. */
const farBelow = (type: string, first: number): string => `
    a = spm ${type} [32,3] at 0   w = spm ${type} [3,6] at 0x1000   c = acc fp32 [32,6] at 0 stride [64,1]
    wload slot 0, w
    ${Array.from({ length: 16 }, (_, dot) => `n1 = { dot: ${dot} }   mm.set c, a, slot 0 mode n1`).join('   ')}
    halt 0
.data spm 0
.${type} ${list(32, (i) => `${power(type, 0)}, ${power(type, -24)}, ${power(type, -first - i, i % 2 === 1)}`)}
.data spm 0x1000
.${type} ${[0, 1, 2].map((term) => list(6, (i) => power(type, 5 * i, term === 2 && i % 2 === 1))).join(', ')}`;
/** A power of two in fp32, or in its upper half. */
const power = (type: string, exponent: number, negative = false): string => hex(((negative ? 0x8000_0000 : 0) + (exponent + 127) * 2 ** 23) / (type === 'bf16' ? 2 ** 16 : 1));

const farBelowSums = (first: number): string => `
    a = spm fp32 [64,3] at 0   d = spm fp32 [64] at 0x800
    ${rounds.slice(0, 7).map((round) => `n0 = { order: exact, round: ${round} }   reduce.sum d, a, r 1 mode n0`).join('   ')}
    halt 0
.data spm 0
.fp32 ${list(64, (i) => `${power('fp32', 0)}, ${power('fp32', -24)}, ${power('fp32', -first - (i >> 1), i % 2 === 1)}`)}`;

/** All numbers whose inverse root is an integer of 32 bits but for less than fp64 tells, and the one of whose root that holds, with those that are exact. */
const almost = `
    a = spm fp32 [10] at 0   d = spm fp32 [10] at 64
    ${rounds.slice(0, 7).flatMap((round) => ['sqrt', 'rsqrt'].map((operation) => `n0 = { round: ${round} }   special.${operation} d, a mode n0`)).join('   ')}
    halt 0
.data spm 0
.fp32 0x3f07fe33, 0x3f2efb6d, 0x3f365c7b, 0x3f401577, 0x3f5effc5, 0x3fcbc39e, 0x3f9bba5b, 0x3f1bba5b, 1.0, 2.0`;

/** One element of each function behind one whose low half is a great number. */
const lowHalves = (type: string): string => `
    a = spm ${type} [1] at 0   b = spm ${type} [1] at 16   g = spm ${type} [1] at 32   x = spm ${type} [1] at 48   d = spm ${type} [1] at 64   e = spm ${type} [1] at 80
    ${['exp', 'exp2', 'log', 'log2', 'tanh', 'sigmoid', 'erf', 'gelu', 'gelu_tanh', 'silu', 'softplus', 'sin', 'cos'].flatMap((name) => ['a', 'b', 'x', 'g'].map((of) => `special.exp e, g   special.${name} d, ${of}`)).join('   ')}
    halt 0
.data spm 0
.${type} 1.375
.data spm 16
.${type} -1.375
.data spm 32
.${type} ${type === 'fp16' ? '10.5' : '87.5'}
.data spm 48
.${type} 0.001`;

/** Numbers whose function is just so near to a number of 24 bits or a middle that an approximation tells no more, or just not: one in each four. */
const near: Readonly<Record<string, readonly number[]>> = {
  exp: [0xbf80a4ac, 0xbed47dd2, 0xc0ddf434, 0x403bc1bf, 0x3e97ce4c, 0x3f03a04b, 0xc0b8d132, 0x3edd5951, 0xbeda4129, 0x3fcce9cd, 0x40c9f1af, 0xbea43d6d],
  exp2: [0x3f6974a0, 0x3ff4ba50, 0x403a5d28, 0x407a5d28, 0x409d2e94, 0x40bd2e94, 0xbf0c75e8, 0xc09e25f5, 0x3ef12092, 0x412e7056, 0xbee122c6, 0xc09fb2b5],
  tanh: [0x3ea6e373, 0x3d7c34fb, 0x3ff81d10, 0x401488c7, 0x3d01f442, 0x3fc18da2, 0x3e9bb331, 0x3d85a5c0, 0x3f6e28e9, 0x3d36d304, 0x3d159c1c, 0x3fdbefe4],
  sigmoid: [0xbf5a52ec, 0x3fad16ca, 0x3ead20aa, 0x3fde48cd, 0xbe949f0a, 0xbff596a2, 0x3f63c8d3, 0x403644d6, 0x3ef8792e, 0x3e8b1b38, 0x3f9b718e, 0x3ecea1c1],
  erf: [0x3d79ee83, 0x3d8a8bce, 0x3e3a66e4, 0x3ec9623a, 0x3fea6b47, 0x3d2984b0, 0x3dccecd6, 0x3d7402fd, 0x3ed86226, 0x401611a7, 0x3f765a66, 0x3e77c8c7],
  gelu: [0x3e61f113, 0x3e1e1b32, 0xbe1e1b32, 0xbeaddb22, 0xc05f0404, 0x401dbd27, 0x3f4d46a3, 0x3eab3ae2, 0x3e423129, 0xbfb57daf, 0x3fd2d127, 0x40860d6e],
  gelu_tanh: [0x3f22e863, 0x403be3d7, 0xc02803f4, 0x407fab1a, 0xbf2f3856, 0xbf50604c, 0xbfac975a, 0x4080fd5b, 0x3e7908ff, 0xbe604b45, 0xbef15525, 0xbf2bd477],
  silu: [0xbf441e0b, 0x3f8f2b7b, 0x3fd027dc, 0xbf175cd5, 0xc03045a5, 0xbed94d0c, 0xc0871b75, 0xbf23060b, 0xc06c2604, 0xbf73679e, 0x3fdc3ad3, 0xc038d945],
};
const nearly = (name: string): string => `
    a = spm fp32 [48] at 0   d = spm fp32 [48] at 0x200
    special.${name} d, a
    halt 0
.data spm 0
.fp32 ${near[name]!.map((code, i) => list(4, (place) => (place === i % 4 ? hex(code) : '0.71'))).join(', ')}`;

/**
 * About the least normal number of a format, half its least number, its greatest number and half a place beyond: there, and a little to either side, of
 * either sign, by every rounding, with what flushing there is.
 */
const formats: readonly (readonly [string, fractionBits: number, least: number, greatest: number])[] = [
  ['bf16', 7, -126, 127], ['fp16', 10, -14, 15], ['tf32', 10, -126, 127], ['e5m2', 2, -14, 15], ['e4m3', 3, -6, 8], ['e4m3fnuz', 3, -7, 7], ['e5m2fnuz', 2, -15, 15], ['e4m3ieee', 3, -6, 7], ['e3m4', 4, -2, 3],
  ['e2m1', 1, 0, 2], ['e3m2', 2, -2, 4], ['e2m3', 3, 0, 2], ['fp32', 23, -126, 127],
];
function about(fractionBits: number, least: number, greatest: number): readonly string[] {
  const one = 2 ** 23, place = 2 ** (23 - fractionBits), at = [
    ...[one, one - place / 4, one - place / 2, one - 3 * place / 4].map((significand) => [significand, least - 23] as const), [one, least - fractionBits - 24] as const, [one + one / 2, least - fractionBits - 24] as const,
    ...[2 * one - place, 2 * one - place / 2, 2 * one - 3 * place / 2, 2 * one - 2 * place].map((significand) => [significand, greatest - 23] as const), [one + one / 2, greatest - 23] as const,
  ];
  return at.flatMap(([significand, exponent]) => [-1, 0, 1].flatMap((step) => {
    const near = Math.floor(significand) + step, up = near < one ? 1 : 0;
    return near < 2 * one ? [fp32(near * 2 ** up, exponent - up), fp32(near * 2 ** up, exponent - up, true)] : [];
  }));
}
function edges([name, fractionBits, least, greatest]: (typeof formats)[number]): string {
  const values = about(fractionBits, least, greatest), modes = [...rounds.map((round) => `round: ${round}`), 'fsat', 'ftz: before', 'ftz: after', 'ftz: after, round: ru', 'ftz: after, round: rhu', 'daz: zero', 'daz: signed'];
  return `
    a = spm fp32 [${values.length}] at 0   d = spm ${name} [${values.length}] at 0x400
    ${modes.map((mode) => `n0 = { ${mode} }   convert d, a mode n0`).join('   ')}
    halt 0
.data spm 0
.fp32 ${values.join(', ')}`;
}

/** Powers of two with fractions of one, as scales; integers with fractions of one, and such that are far below one, as integral numbers. */
const scales = `
    a = spm fp32 [40] at 0   d = spm e8m0 [40] at 0x400   b = spm s64 [8] at 0x800   e = spm e8m0 [8] at 0x900
    ${rounds.flatMap((round) => ['', ', fsat'].map((fsat) => `n0 = { round: ${round}${fsat} }   convert d, a mode n0   convert e, b mode n0`)).join('   ')}
    halt 0
.data spm 0
.fp32 ${[0, 64, 127, -126, -127].flatMap((exponent) => [0, 1, 0x3fffff, 0x400000, 0x400001, 0x600000, 0x7fffff].map((fraction) => fp32(2 ** 23 + fraction, exponent - 23))).join(', ')}
.fp32 0x00200000, 0x00300000, 0x00300001, 0x00000001, 0x80400000
.data spm 0x800
.s64 1, 3, -3, 0x7fffffffffffffff, 0x6000000000000000, 0x6000000000000001, 0x5fffffffffffffff, 0`;
const integral = (type: string): string => `
    a = spm ${type} [48] at 0   d = spm ${type} [48] at 0x400
    ${rounds.map((round) => `n0 = { round: ${round}, key: 9 }   unary.rint d, a mode n0`).join('   ')}
    halt 0
.data spm 0
.${type} ${[0, 1, 2, 3].flatMap((whole) => ['0', '25', '5', '75', '9375'].flatMap((rest) => [`${whole}.${rest}`, `-${whole}.${rest}`])).join(', ')}
.${type} ${type === 'fp32' ? '0x00000001, 0x80000001, 0x20000001, 0xa07fffff, 0x33800000, 0x34000001, 0x4afffffe, 0x4afffffd' : '0x0001, 0x8001, 0x0400, 0x8400, 0x03ff, 0x1234, 0x5801, 0xd803'}`;

/** Sums that only the accumulator makes infinite, and accumulators that are subnormal beside nothing, by every kernel. */
const joined = (type: string, accumulator: string, values: readonly string[]): string => `
    a = spm ${type} [4,4] at 0   w = spm ${type} [4,4] at 0x400   c = acc ${accumulator} [4,4] at 0 stride [64,1]   first = spm ${accumulator} [4,4] at 0x800
    wload slot 0, w
    ${Array.from({ length: 16 }, (_, dot) => `n1 = { dot: ${dot} }   ainit.load c, first   mm.add c, a, slot 0 mode n1   mm.add c, a, slot 0 mode n1`).join('   ')}
    halt 0
.data spm 0
.${type} ${list(16, (i) => (i < 8 ? [values[0]!, '0.0', '0.0', '0.0'][i % 4]! : '0.0'))}
.data spm 0x400
.${type} ${list(16, (i) => (i < 4 ? `${i % 2 ? '-' : ''}${values[1]!}` : '0.0'))}
.data spm 0x800
.${accumulator} ${list(16, (i) => values[2 + (i % 5)]!)}`;

/** Functions by tables of numbers below zero, of which an entry may be 0. */
const negativeZeros = `
    a = spm fp32 [64] at 0   d = spm fp32 [64] at 0x400   n0 = { level: lut }
    ${['gelu', 'gelu_tanh', 'silu', 'erf', 'tanh'].map((name) => `special.${name} d, a mode n0`).join('   ')}
    halt 0
.data spm 0
.fp32 ${list(64, (i) => hex(0xc000_0000 + 2 ** 18 * i))}`;

/** Of 2^-51 the sigmoid is, as far as pairs go, an odd number of 53 bits: only its last digit tells that it is inexact. */
const lastDigit = `
    a = spm fp32 [4] at 0   d = spm fp32 [4] at 64
    fill a, 0x26000000   special.sigmoid d, a
    halt 0`;

/** By machine: what each program is after, and its text. */
const texts: readonly (readonly [string, number, string])[] = [
  ['results about the least that is not tiny', WHOLE, tiny()],
  ...['fp32', 's16', 'u32'].map((type) => [`axes of ${type}`, WHOLE, axes(type)] as const),
  ...([['u32', 's8'], ['s32', 'u8'], ['u16', 's8']] as const).map(([type, to]) => [`reductions of ${type} to ${to}`, WHOLE, narrower(type, to)] as const),
  ...['fp32', 'bf16'].map((type) => [`what is no number behind many digits, of ${type}`, WHOLE, stale(type)] as const),
  ['numbers near quarter turns', WHOLE, nearQuarters()],
  ...[0, 1].map((sign) => [`sums that leave 32 bits, of sign ${sign}`, DOTS, overflowing(sign)] as const),
  ...([['s32', 's32', 's8', 's32'], ['s32', 's8', 's32', 's32'], ['s8', 's32', 's32', 's32'], ['s32', 's32', 's32', 's8'], ['s32', 's32', 's16', 's16'], ['s16', 's16', 's32', 's32']] as const)
    .map(([d, a, b, c]) => [`integers apart: ${d} of ${a}, ${b}, ${c}`, WHOLE, apart(d, a, b, c)] as const),
  ...([['bf16', 30], ['bf16', 62], ['bf16', 94], ['fp32', 94]] as const).map(([type, first]) => [`something ${first} places below a half, of ${type}`, DOTS, farBelow(type, first)] as const),
  ...[30, 62, 94].map((first) => [`something ${first} places below a half, in a sum`, WHOLE, farBelowSums(first)] as const),
  ['roots that are almost integers', WHOLE, almost],
  ...['fp32', 'fp16', 'bf16'].map((type) => [`low halves of ${type}`, WHOLE, lowHalves(type)] as const),
  ...Object.keys(near).map((name) => [`${name} near a number or a middle`, WHOLE, nearly(name)] as const),
  ['a half and the last digit of a pair', WHOLE, lastDigit],
  ...formats.map((of) => [`ends of ${of[0]}`, WHOLE, edges(of)] as const),
  ['powers of two, nearly', WHOLE, scales],
  ...['fp32', 'fp16'].map((type) => [`integers of ${type}, nearly`, WHOLE, integral(type)] as const),
  ...([['fp16', 'fp16', ['0x7bff', '1.0', '0x7bff', '0xfbff', '0x0001', '0x83ff', '0x0000']], ['bf16', 'fp32', ['0x5f80', '9223372036854775808.0', '0x7f7fffff', '0xff7fffff', '0x00000001', '0x807fffff', '0x00000000']]] as const)
    .map(([type, accumulator, values]) => [`accumulators of ${accumulator} that come last, or are subnormal`, DOTS, joined(type, accumulator, values)] as const),
  ['zeros below zero, by tables', WHOLE, negativeZeros],
];

/** Each with the number of its machine, in the order of `machines`. */
export const numbers = (): readonly (Directed & { readonly machine: number })[] => texts.map(([name, machine, text]) => ({ ...directedProgram(name, text), machine }));
