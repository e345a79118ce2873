//! seldom-shadows: programs for what is made of bytes at once: operands that are widened and kept, more of them than there is room for, transfers of many bytes, halves that become fp32.
import { mixed, random } from '../verify/random.ts';
import { type Directed, directedProgram } from './directed.ts';

/** Weights and a product, so many times, each farther by so many bytes. */
const rounds = (times: number | string, aStep: number, wStep: number, a = 'a', w = 'w', d = 'd', { slot = 0, from = ['0', '0'] } = {}): string =>
  `s20 = ${from[0]}   s21 = ${from[1]}   loop ${times} step s20 += ${aStep}, s21 += ${wStep} { wload slot ${slot}, ${w}[s21]   mm.add ${d}, ${a}[s20], slot ${slot} mode n1 }`;
/** Bytes at random in both memories, and sums that wrap. */
const begun = (bytes: number): string => `
    k = spm u32 [${bytes >> 2}] at 0   bytes = spm u8 [0x1000] at 0   far = dram u8 [0x1000] at 0x9000   zeros = acc s32 [16,16] at 0   n1 = { round: rne }
    random.bits k, 0   store far, bytes   ainit.zero zeros`;

/** Weights that lie in DRAM, where something is written to them: nothing is kept of those, only of A. */
const farWeights = (rows: number, a: string, w: string, step: number): string => `${begun(0x2000)}
    a = spm ${a} [${rows},16] at 0x1000 stride [96,1]   w = dram ${w} [16,16] at 0x9000   d = acc s32 [${rows},16] at 0   x = spm u8 [20] at 0x100   y = dram u8 [20] at 0x9000   z = spm u8 [20] at 0x1000
    s23 = 0   s24 = 0
    loop 4 step s23 += 90, s24 += 31 {
      loop 3 { ${rounds(6, 16, step)} }
      store y[s23], x[s24]
      loop 3 { ${rounds(6, 16, step)} }
      load z[s23], y[s24]
    }
    halt 0`;

/** So many products of operands at places of their own, each so many times in a row; all come again, and what was kept of them, wherever it is listed, has been overwritten in between. */
const places = (count: number, times: number, space: 'spm' | 'dram'): string => `${begun(0x2000)}
    a = spm s8 [2,8] at 0x1000 stride [64,1]   w = ${space} s8 [8,16] at ${space === 'spm' ? 0 : 0x9000}   d = acc s32 [2,16] at 0   x = spm u8 [${8 * count + 110}] at 0x1000   y = spm u8 [${8 * count + 110}] at 0x800
    s22 = 0   s23 = 0
    loop ${times > 1 ? 4 : 12} step s23 += 37 {
      s24 = 0   s25 = 0
      loop ${count} step s24 += 8, s25 += 48 { loop ${times} { ${rounds(4, 16, 128, 'a', 'w', 'd', { from: ['s24', 's25'] })} } }
      s22 = s22 + 1   s22 = s22 remu ${times > 1 ? 1 : 5}   p1 = s22 == 0
      ?p1 move x, y[s23]
    }
    halt 0`;

/** One of as many bytes as all of them may have, or some more, so many times behind a few rounds that prepare it. */
const large = (all: number, times: number): string => `${begun(0x3000)}
    a = spm s8 [512,16] at 0x1000 stride [7,1]   w = dram s8 [16,16] at 0x9000   d = acc s32 [512,16] at 0
    ainit.zero d   s22 = 4
    loop ${times + 1} { ${rounds('s22', 16, 80)}   s22 = ${all} }
    halt 0`;

/** Several of which the last finds no room any more: each three times in a row. */
const several = `${begun(0x3000)}
    a = spm s8 [256,16] at 0x1000 stride [9,1]   w = spm s8 [16,16] at 0   d = acc s32 [256,16] at 0
    ainit.zero d   s24 = 0
    loop 4 step s24 += 301 { loop 3 { ${rounds(8, 16, 80, 'a', 'w', 'd', { from: ['s24', 's24'] })} } }
    halt 0`;

/** In turns two products of which one thing differs: what is kept of one is nothing to the other. */
const unlike = ({ a = 's8 [4,16] at 0x1000 stride [96,1]', w = 's8 [16,16] at 0', rows = 4, aStep = 16, wStep = 256, times = 6 }): string => `${begun(0x2000)}
    a = spm s8 [4,16] at 0x1000 stride [96,1]   b = spm ${a}   w = spm s8 [16,16] at 0   v = spm ${w}   d = acc s32 [4,16] at 0   e = acc s32 [${rows},16] at 256   z = acc s32 [4,16] at 256
    ainit.zero z
    loop 8 {
      ${rounds(6, 16, 256)}
      ${rounds(times, aStep, wStep, 'b', 'v', 'e', { slot: 1 })}
    }
    halt 0`;

/** Where the bytes of one begin and end one byte after the other is written, from before the first to behind it, and the same about the last: it is asked for often enough to be kept in between. */
function ends(of: 'a' | 'w', stride: number, step: number, write: string): string {
  const [rows, width, other] = of === 'a' ? [3, 8, 128] : [8, 16, 16], down = stride * (rows - 1), along = 3 * step, at = 0x1400;
  const low = at + Math.min(0, down) + Math.min(0, along), high = at + Math.max(0, down) + Math.max(0, along) + width;
  return `${begun(0x2000)}
    a = spm s8 [3,8] at ${of === 'a' ? `${at} stride [${stride},1]` : '0x800 stride [64,1]'}   w = spm s8 [8,16] at ${of === 'w' ? `${at} stride [${stride},1]` : '0x200'}   d = acc s32 [3,16] at 0
    x = spm u8 [1] at 0   y = spm u8 [1] at 3   X = dram u8 [1] at 0x9000   s26 = ${low - 2}
    loop 2 step s26 += ${high - low} {
      s23 = s26   s24 = 0
      loop 5 step s23 += 1, s24 += 11 {
        loop 3 { s20 = 0   s21 = 0   ${of === 'a' ? rounds(4, step, other) : rounds(4, other, step)} }
        ${write}
      }
    }
    halt 0`;
}
const writes = ['load x[s23], X[s24]', 'move x[s23], y[s24]', 'unary.neg x[s23], y[s24]', 'binary.add x[s23], x[s23], y[s24]'] as const;

/** So many bytes there and back, from and to wherever in a line. */
function transfers(bytes: number): string {
  const room = (bytes + 63) & ~63;
  return `
    k = spm u32 [512] at 0   kk = spm u8 [0x800] at 0   X = dram u8 [0x800] at 0x8000   x = dram u8 [${bytes}] at 0x8000   y = spm u8 [${bytes}] at 0x1000   z = dram u8 [${bytes}] at 0xa000
    random.bits k, 0   store X, kk   s20 = 0   s21 = 0   s22 = 0   s23 = 0
    loop 24 step s20 += ${room + 5}, s21 += 3 { load y[s20], x[s21] }
    loop 24 step s22 += ${room + 5}, s23 += ${room + 3} { store z[s23], y[s22] }
    halt 0`;
}
/** The same in rows. */
const transfersOfRows = (rows: number, bytes: number, step: number): string => `
    k = spm u32 [${(rows * step + 512) >> 2}] at 0   kk = spm u8 [${rows * step + 512}] at 0   X = dram u8 [${rows * step + 512}] at 0x8000
    x = dram u8 [${rows},${bytes}] at 0x8000 stride [${step},1]   y = spm u8 [${rows},${bytes}] at 0x4000 stride [${bytes + 21},1]   z = dram u8 [${rows},${bytes}] at 0x10000 stride [${bytes + 2},1]
    random.bits k, 0   store X, kk   s20 = 0   s21 = 0   s22 = 0
    loop 6 step s20 += 7, s21 += 29 { load y[s20], x[s21]   store z[s22], y[s20]   s22 = s22 + ${rows * bytes + 77} }
    halt 0`;

/** Rows of bf16 numbers that become fp32 as they are, among each of which is a code that does not: at every kind of place of its sixteen. */
function upper(word: string, columns: number): string {
  const next = random(mixed(columns, 5)), at = [0, 1, 7, 8, 9, 15, 16, columns >> 1, columns - 9, columns - 8, columns - 1, columns];
  const finite = (): string => { const code = next() & 0xffff; return `0x${((code & 0x7f80) === 0x7f80 ? code ^ 0x0800 : code).toString(16)}`; };
  return `
    a = spm bf16 [12,${columns}] at 0   d = spm fp32 [12,${columns}] at 0x2000   e = spm fp32 [12,${columns}] at 0x6000   n1 = { fsat }
    convert d, a   convert e, a mode n1
    loop 3 { convert e, a   convert d, a mode n1 }
    halt 0
.data spm 0
${at.map((place) => `.bf16 ${Array.from({ length: columns }, (_, i) => (i === place ? word : finite())).join(', ')}`).join('\n')}`;
}

const texts: readonly (readonly [string, string])[] = [
  ...([[2, 's8', 's8', 256], [3, 'u8', 's8', 80], [16, 's8', 'u8', 16]] as const).map(([rows, a, w, step]) => [`weights of DRAM, ${rows} rows of ${a} by ${w}`, farWeights(rows, a, w, step)] as const),
  ...([[16, 1, 'spm'], [17, 1, 'spm'], [17, 3, 'spm'], [20, 3, 'spm'], [31, 1, 'dram'], [32, 1, 'dram'], [33, 1, 'dram'], [33, 3, 'dram'], [40, 3, 'dram']] as const)
    .map(([count, times, space]) => [`operands at ${count} places, ${times} times each, weights in ${space}`, places(count, times, space)] as const),
  ...([[16, 3], [17, 2]] as const).map(([all, times]) => [`${all} rounds of many rows`, large(all, times)] as const),
  ['several operands of many rows', several],
  ...Object.entries({
    'an address of A': { a: 's8 [4,16] at 0x1010 stride [96,1]' }, 'a stride of A': { a: 's8 [4,16] at 0x1000 stride [80,1]' }, 'the rows': { a: 's8 [3,16] at 0x1000 stride [96,1]', rows: 3 },
    'the depth': { a: 's8 [4,8] at 0x1000 stride [96,1]', w: 's8 [8,16] at 0' }, 'the sign of A': { a: 'u8 [4,16] at 0x1000 stride [96,1]' }, 'the sign of weights': { w: 'u8 [16,16] at 0' },
    'the step of A': { aStep: 24 }, 'the step of weights': { wStep: 240 }, 'the stride of weights': { w: 's8 [16,16] at 0 stride [17,1]' }, 'the rounds': { times: 7 },
  }).map(([name, those]) => [`products unlike in ${name}`, unlike(those)] as const),
  ...([['a', 64, 16], ['a', -64, 16], ['a', 64, -16], ['a', -64, -16], ['w', 16, 128], ['w', -16, 128], ['w', 16, -144], ['w', 32, 16]] as const)
    .map(([of, stride, step], i) => [`the ends of ${of} by ${stride} and ${step}`, ends(of, stride, step, writes[i % writes.length]!)] as const),
  ...[1024, 1025, 1039, 1040, 1087, 1103, 1500].map((bytes) => [`transfers of ${bytes} bytes`, transfers(bytes)] as const),
  ...([[3, 1030, 1040], [2, 1500, 1517]] as const).map(([rows, bytes, step]) => [`transfers of ${rows} rows of ${bytes} bytes`, transfersOfRows(rows, bytes, step)] as const),
  ...([['0x7f80', 80], ['0xff80', 48], ['0x7fc0', 80], ['0x7f81', 64], ['0xffff', 80], ['0x7f7f', 80]] as const).map(([word, columns]) => [`halves and ${word} among ${columns}`, upper(word, columns)] as const),
];

/** Each with the number of its machine: the first, which has all features. */
export const seldomShadows = (): readonly (Directed & { readonly machine: number })[] => texts.map(([name, text]) => ({ ...directedProgram(name, text), machine: 0 }));
