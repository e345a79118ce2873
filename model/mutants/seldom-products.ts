//! seldom-products: programs for matrix products as no layer has them: sums that only a zero point brings to an end, zeros that have but a sign, weights and products of slots behind the first, done again.
import { type Directed, directedProgram } from './directed.ts';

const WHOLE = 0, DOTS = 2;
const all16 = Array.from({ length: 16 }, (_, dot) => dot);
const row = (type: string, values: readonly (string | number)[]): string => `.${type} ${values.join(', ')}`;
const rowsOf = (count: number, line: string): string => Array<string>(count).fill(line).join('\n');

/** Sums that only zero points bring beyond 32 bits: two products just so, or many. */
const farZeros = (zpa: number, zpb: number, value: number, depth: number): string => `
    w = spm s8 [${depth},16] at 0   a = spm s8 [4,${depth}] at 0x400   c = acc s32 [4,16] at 0
    n1 = { isat, zpa: ${zpa}, zpb: ${zpb} }
    fill w, ${value & 0xff}   fill a, ${value & 0xff}   wload slot 0, w   mm.set c, a, slot 0 mode n1
    loop 6 { mm.add c, a, slot 0 mode n1 }
    halt 0`;

/** Zeros of either sign: accumulators, products, and products whose scale is zero. What the kernels of one machine say of them differs. */
const zeros = (code: string, sign: number, scaled: boolean, x: string, y: string): string => `
    w = spm ${code} [4,2] at 0   a = spm ${code} [2,4] at 0x100   c = acc fp32 [2,2] at 0 stride [64,1]   first = spm fp32 [2,2] at 0x200   s = spm ue4m3 [1,2] at 0x300   r = spm ue4m3 [2,1] at 0x310
    ${scaled ? 'wload.scaled slot 0, w, s' : 'wload slot 0, w'}
${all16.map((dot) => `    n1 = { dot: ${dot} }   ainit.load c, first   mm.add${scaled ? ' scaled' : ''} c, a, ${scaled ? 'r, ' : ''}slot 0 mode n1   mm.add${scaled ? ' scaled' : ''} c, a, ${scaled ? 'r, ' : ''}slot 0 mode n1`).join('\n')}
    halt 0
.data spm 0
${rowsOf(4, row(code, [x, x]))}
.data spm 0x100
${rowsOf(2, row(code, [y, y, y, y]))}
.data spm 0x200
${row('fp32', Array<string>(4).fill(sign ? '0x80000000' : '0x00000000'))}
.data spm 0x300
.u8 0, 0x38
.data spm 0x310
.u8 0x38, 0`;

/** Numbers whose products, and sums, lie about the least normal one, in every kernel: what is flushed, where, and with which sign. */
const tiny = (x: string, y: string, depth: number): string => `
    w = spm bf16 [${depth},18] at 0   a = spm bf16 [3,${depth}] at 0x1000   c = acc fp32 [3,18] at 0 stride [64,1]   first = spm fp32 [3,18] at 0x2000
    s1 = ${x}   s2 = ${y}   fill w, s1   fill a, s2   fill first, 0x80000003   wload slot 0, w
${all16.map((dot) => `    n1 = { dot: ${dot} }   mm.set c, a, slot 0 mode n1   ainit.load c, first   mm.add c, a, slot 0 mode n1`).join('\n')}
    halt 0`;

/** Weights of any slot whose rows differ, loaded again and again, and products of them; an unknown tile between. */
const again = (slot: number, columns: number, rows: number): string => `
    k = spm u8 [0x2000] at 0   w = spm s8 [${rows},${columns}] at 0   a = spm s8 [4,${rows}] at 0x400   c = acc s32 [4,${columns}] at 0   u = spm s8 [${rows},${columns}] at 0x8000
    s1 = 3   s2 = 7   iota k, s1, s2
    loop 3 {
      s21 = 0
      loop 7 step s21 += ${rows * columns} { wload slot ${slot}, w[s21] }
      loop 24 { mm.set c, a, slot ${slot} }
      wload slot ${slot}, u   mm.set c, a, slot ${slot}
    }
    s21 = 0
    loop 7 step s21 += ${rows * columns + 5} { wload slot ${slot}, w[s21] }
    halt 0`;

/** Rounds over K of so many rows that they go in several blocks. */
const deepBlocks = (rows: number, mode: string): string => `
    k = spm u8 [0xd000] at 0   a = spm s8 [${rows},16] at 0 stride [640,1]   w = spm s8 [16,16] at 0xa000   c = acc s32 [${rows},16] at 0
    n1 = { ${mode} }   s1 = 5   s2 = 11   iota k, s1, s2
    ainit.zero c   s20 = 0   s21 = 0
    loop 40 step s20 += 16, s21 += 256 { wload slot 0, w[s21]   mm.add c, a[s20], slot 0 mode n1 }
    halt 0`;

/** Rounds over K of two panels, near an end in the second alone. */
const deepPanels = (begin: string): string => `
    k = spm u8 [0x3000] at 0   a = spm s8 [4,8] at 0 stride [64,1]   w = spm s8 [8,32] at 0x400   c = acc s32 [4,32] at 0 stride [64,1]   right = acc s32 [4,16] at 64 stride [64,1]   n1 = { isat }
    s1 = 9   s2 = 0   iota k, s1, s2
    loop 3 {
      ainit.zero c   fill right, ${begin}
      s20 = 0   s21 = 0
      loop 6 step s20 += 8, s21 += 256 { wload slot 0, w[s21]   mm.add c, a[s20], slot 0 mode n1 }
    }
    halt 0`;

/** Rows that are far apart and many: of floats so many that they are asked for before, of bytes so many that a product that is kept goes in blocks. */
const many = (rows: number, depth: number): string => `
    w = spm fp32 [${depth},2] at 0   a = spm fp32 [${rows},${depth}] at 0x1000   c = acc fp32 [${rows},2] at 0 stride [16,1]
    fill w, 0x3f800000   fill a, 0x3f800000   wload slot 0, w   mm.set c, a, slot 0
    halt 0`;
const keptBlocks = (rows: number): string => `
    w = spm s4 [32,2] at 0   a = spm s8 [${rows},32] at 0x1000   c = acc s32 [${rows},2] at 0 stride [16,1]   k = spm u8 [0x8000] at 0
    s1 = 3   s2 = 7   iota k, s1, s2   wload slot 0, w
    loop 5 { mm.set c, a, slot 0 }
    halt 0`;

/** Loops over elements that raise no event of the kinds that a float raised just before. */
const stale = `
    f = spm fp32 [16] at 0   g = spm fp32 [16] at 64   h = spm fp16 [16] at 128   a = spm s32 [16] at 256   b = spm s32 [16] at 320   d = spm s32 [16] at 384   e = spm fp32 [16] at 448
    fill f, 0x00800001   fill g, 0x3f000001   fill a, 0x70000000   fill b, 90   n0 = { daz: signed, ftz: after }   n1 = { isat }
    loop 4 {
      loop 8 { binary.mul e, f, g mode n0   binary.add d, a, b mode n1 }
      loop 8 { binary.mul e, f, g   binary.add d, a, b mode n1 }
      loop 8 { convert h, f mode n0   binary.add d, a, b mode n1 }
    }
    halt 0`;

/** By machine: what each program is after, and its text. */
const texts: readonly (readonly [string, number, string])[] = [
  ...[[-32768, -32768], [32767, 32767], [-32768, 32767], [-32768, 0], [0, -32768]].flatMap(([zpa, zpb]) => [127, -128].flatMap((value) => [1, 2, 16]
    .map((depth) => [`zero points ${zpa} and ${zpb} of ${depth} ${value}`, WHOLE, farZeros(zpa!, zpb!, value, depth)] as const))),
  ...['bf16', 'fp16', 'e4m3', 'e5m2', 'e2m1'].flatMap((code) => [0, 1].flatMap((sign) => [[false, '-0.0', '1.0'], [false, '0.0', '1.0'], [true, '1.0', '1.0'], [true, '-1.0', '1.0'], [true, '-0.0', '-1.0']]
    .map(([scaled, x, y]) => [`zeros of ${code}, ${sign} ${scaled} ${x} ${y}`, DOTS, zeros(code, sign, scaled as boolean, x as string, y as string)] as const))),
  ...[['0x0080', '0x3f00'], ['0x2180', '0x1e40'], ['0xa180', '0x1f00'], ['0x2000', '0x2000'], ['0x0001', '0x3f80']].flatMap(([x, y]) => [1, 3, 7, 17].map((depth) => [`tiny ${x} ${y} ${depth}`, DOTS, tiny(x!, y!, depth)] as const)),
  ...[0, 1, 3].flatMap((slot) => [8, 7, 16].map((rows) => [`weights of slot ${slot} again, ${rows} rows`, WHOLE, again(slot, 16, rows)] as const)),
  ...([[34, 'isat'], [33, 'round: rne'], [64, 'round: rne']] as const).map(([rows, mode]) => [`rounds over K, ${rows} rows, ${mode}`, WHOLE, deepBlocks(rows, mode)] as const),
  ...['0', '0x7fffff00', '0x80000100', '0x7fffffff'].map((begin) => [`rounds over K, panels of ${begin}`, DOTS, deepPanels(begin)] as const),
  ...([[64, 16], [70, 16], [80, 15], [128, 8]] as const).map(([rows, depth]) => [`${rows} rows of ${depth} numbers`, WHOLE, many(rows, depth)] as const),
  ...[514].map((rows) => [`${rows} rows of a product that is kept`, WHOLE, keptBlocks(rows)] as const),
  ['events that are not there any more', WHOLE, stale],
];

/** Each with the number of its machine, in the order of `machines`. */
export const products = (): readonly (Directed & { readonly machine: number })[] => texts.map(([name, machine, text]) => ({ ...directedProgram(name, text), machine }));
