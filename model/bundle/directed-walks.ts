//! directed-walks: programs whose operands go all over the memories, and records that meet in the queue.
import { SPACE_ACC, SPACE_SPM } from '../limits.ts';
import { formatByName } from '../numerics/format.ts';
import { dataBytes } from '../verify/corners.ts';
import { mixed, random } from '../verify/random.ts';
import { caseOf, DATA, type Directed, memoryOf, range, RESULTS, TABLES, tensor } from './directed-case.ts';

/** Operands at both ends of the memories, and strides of every size and sign: each bit of an address and of a stride matters. */
export function wide(): Directed {
  const next = random(mixed(43, 7)), memory = [
    { space: SPACE_SPM, address: 0, bytes: dataBytes(formatByName('s8'), 16384, next).slice() }, { space: SPACE_ACC, address: 0, bytes: dataBytes(formatByName('s32'), 4096, next).slice() },
  ];
  // [dims, first byte, strides] of two by two stretches of bytes, apart by about every power of two.
  const apart = (axis: number, at: number, by: number, row: number, inner = 1): string => {
    // Nothing steps by the other strides.
    const dims = [1, 1, 1, 1, row], strides = [0, 0, 0, 0].map(() => (next() >>> 18) - 8192);
    dims[axis] = 2;
    strides[axis] = by;
    strides.push(inner);
    return `[${dims.join(',')}] at ${at} stride [${strides.join(',')}]`;
  };
  // Two strides that differ in every bit, and two long ones.
  const lines = [
    ...[0, 1, 2, 3].flatMap((axis) => [
      ...[[8, 5461], [16370, -5462], [2040, 14260], [12290, -8200]].flatMap(([at, by], i) => [
        `t1 = spm s8 ${apart(axis, at!, by!, 3)}`, `t2 = spm s8 ${apart((axis + i) % 4, by! < 0 ? 16310 : 12, [5461, -5462, 12282, -16303][i]!, 2)}`,
        `t3 = acc s32 ${apart(axis, by! < 0 ? 4080 : 0, [340, -344, 1016, -252][i]!, 3)}`,
        `wload slot ${i % 2}, t1`, `mm.add t3, t2, slot ${i % 2}, m 4`,
      ]),
      ...[[0, 1365], [16300, -1366], [0, 4074], [12288, -1533]].flatMap(([at, by], i) => [
        `t4 = spm s32 ${apart(axis, at!, by!, 4)}`, `t5 = acc s32 ${apart(axis, by! < 0 ? 4080 : 16, [340, -344, 1012, -684][i]!, 4)}`,
        i % 2 ? 'ainit.load t5, t4' : 'drain t4, t5', i % 2 ? 'drain t4, t5' : 'ainit.load t5, t4',
        // Rows of bytes lie in one of words.
        `t6 = acc ${['s8', 'u8', 's32', 's32'][i]} ${apart(axis, by! < 0 ? 4080 : 16, [1364, -1368, 1012, -684][i]!, 4)}`,
        `t7 = spm u8 ${apart(axis, by! < 0 ? 16372 : 2100, [5461, -5462, 14250, -12190][i]!, 4)}`, 'drain t7, t6',
      ]),
    ]),
    // Elements of a row far apart.
    ...[[8, 5461, 4090], [16380, -5462, -4095], [5, 2730, 8190], [16370, -2731, -8189]].flatMap(([at, one, by], i) => [
      `t1 = spm s8 ${apart(i, at!, by!, 2, one!)}`, 't2 = spm s8 [2,3] at 2100', `t3 = acc s32 ${apart(3 - i, 16, 16, 3)}`, 'wload slot 1, t2', 'mm.set t3, t1, slot 1, m 4',
      `t4 = spm s8 ${apart(3 - i, at!, by!, 2, one!)}`, 't2 = spm s8 [2,2] at 2110', 't3 = acc s32 [2,2] at 3072 stride [4,1]', 'wload slot 0, t4', 'mm.add t3, t2, slot 0',
      `t5 = spm s8 ${apart(3 - i, at!, by!, 2, one!)}`, `t6 = spm s8 ${apart(3 - i, 12400, 7, 2)}`, `t7 = acc s32 ${apart(3 - i, 16, 16, 2)}`, i % 2 ? 'drain t5, t7' : 'drain t6, t7 with t5',
    ]),
    // Rows and words of the table, and the residual, far apart; the result lies behind them all.
    ...[[0, 3070, 1, 14210], [16300, -3070, 2, -8190], [12288, -1022, -2, 4093], [16, 1, 1020, -5461]].flatMap(([at, row, word, by], i) => [0, 1, 2, 3].flatMap((axis) => [
      `t1 = spm s32 [2,4] at ${at} stride [${row},${word}]`, `t2 = acc s32 ${apart(axis, 1024 * i + 64 * axis, 4, 2)}`, `t3 = spm s8 ${apart(axis, 16340 + 8 * i, 2, 2)}`,
      `t6 = spm s8 ${apart(axis, by! < 0 ? 16310 : 8, by! + axis, 2)}`, 'n2 = { round: rne, isat, scale: fixed, zpb: 5 }', 'drain t3, t2, table t1 with t6 mode n2',
    ])),
    // Channels as the fifth dim.
    ...[[700, 5000, 3, 1], [9000, -7, -2, -1], [16, 9, 3, 5461], [16300, -11, -3, -2730]].flatMap(([at, by, row, one]) => [
      `t1 = spm s8 [1,2,2,3] at ${at} stride [9,2,5,1]`, `t2 = spm s8 [3,1,2,2,3] at ${at! + 40} stride [${by},9,${row},${Math.abs(one!) > 1 ? -1 : 7},${one}]`, 't3 = acc s32 [3,1,3] at 2048 stride [4,4,1]', 'wload slot 0, t1', 'mdw.add t3, t2, slot 0, m 2',
    ]),
  ];
  return caseOf('wide', 43, lines, memory);
}

/** Behind a product so long that the queue is full, the words of the next record come while the oldest waits: every kind beside every other. */
export function crowded(): Directed {
  const memory = [...memoryOf(46), { space: SPACE_SPM, address: 8192, bytes: dataBytes(formatByName('s8'), 1024, random(47)).slice() }];
  const long = [tensor('t1', 'spm', 's8', [4, 4], DATA), tensor('t2', 'spm', 's8', [255, 2, 2], DATA + 5, [1, 3, 1]), tensor('t3', 'acc', 's32', [255, 4], 0), 'wload slot 0, t1', 'wload slot 1, t1'];
  const drained = (d: string, a: number, row: number, by: number, bound: number): readonly string[] => [
    tensor('t4', 'spm', d, [1, 2, 1, 2, 3], d === 's32' ? 8192 : 5461, [0, by, 5, 9, 1]), tensor('t5', 'acc', 's32', [1, 2, 1, 2, 3], a, [0, 64, 0, 8, 1]),
    tensor('t6', 'spm', 's32', [3, 4], TABLES + row, [row ? -5 : 4, row ? -1 : 1]), tensor('t7', 'spm', d === 's32' ? 'u8' : 's8', [1, 2, 1, 2, 3], DATA + (row ? 170 : 341), [3, by < 0 ? 90 : 21, 7, by < 0 ? 10 : 5, 1]),
    `n${row ? 3 : 2} = { round: ${row ? 'rne' : 'odd'}, scale: fixed, zpb: ${row ? -86 : 85}, zpo: ${row ? 21845 : -21846}, clamp: [${-bound}, ${bound - 1}]${row ? ', isat' : ''} }`,
    `drain${row ? '.relu' : ''} t4, t5, table t6 with t7 mode n${row ? 3 : 2}`,
  ];
  const kinds: readonly (readonly string[])[] = [
    drained('s8', 0, 0, 21, 0x5555_5555), drained('s32', 1360, 256, -1365, 0x2aaa_aaaa),
    [tensor('t8', 'spm', 's8', [4, 4], DATA + 85, [1, 4]), 'wload slot 1, t8'], [tensor('t9', 'spm', 's8', [6, 4], DATA + 682, [-5, 1]), tensor('t10', 'acc', 's32', [6, 4], 512), 'mm.add t10, t9, slot 1'],
    [tensor('t11', 'acc', 's32', [2, 4], 2720), tensor('t12', 'spm', 's32', [2, 4], DATA + 64), 'ainit.load t11, t12'], ['post mxu m1, 0'],
    [tensor('t13', 'spm', 's8', [3, 4, 4], DATA + 10), tensor('t14', 'acc', 's32', [3, 4], 1024), 'mdw.set t14, t13, slot 0'],
  ];
  // The queue has four places: of each turn the first and the fifth meet.
  const turns = [[0, 2, 3, 5, 1, 4, 6], [1, 3, 2, 5, 0, 6, 4], [4, 5, 2, 3, 6, 0, 1], [3, 6, 5, 2, 0, 1, 4]];
  return caseOf('crowded', 46, [...long, ...turns.flatMap((turn) => ['mm.set t3, t2, slot 0', ...turn.flatMap((kind) => kinds[kind]!)])], memory);
}

/**
 * Behind a product so long that the queue is full, the words of a record come while one waits in whose place it will be: all five axes of
 * both step, by strides of which every bit is another one, from places of that kind too. Then three axes, of which one is long.
 */
export function meetings(): Directed {
  const two = [2, 2, 2, 2, 2], isOther = [false, true], inverse = (values: readonly number[], unit = 1): readonly number[] => values.map((value) => unit * (-1 - value / unit));
  const at = (place: number, bytes: number, i: number, unit = 1): number => (i ? bytes - unit - place : place), by = (strides: readonly number[], i: number, unit = 1): readonly number[] => (i ? inverse(strides, unit) : strides);
  const rows = (i: number): readonly number[] => by([340, -172, 84, -44], i, 4);
  const drains = isOther.map((_, i) => [
    tensor('t4', 'spm', i ? 'u8' : 's8', two, at(2900, 16384, i), by([1365, -2731, 170, -86, 21], i)), tensor('t5', 'acc', 's32', two, at(2048, 4096, i, 16), [...rows(i), 1]),
    tensor('t6', 'spm', 's32', [2, 4], at(12300, 16384, i, 4), by([341, -171], i)), tensor('t7', 'spm', i ? 's8' : 'u8', two, at(6300, 16384, i), by([2730, -1366, -341, 42, -11], i)),
    `n${2 + i} = { round: ${['rne', 'odd'][i]}, scale: fixed, zpb: ${[85, -86][i]}, zpo: ${[21845, -21846][i]}, clamp: [${[-1431655766, -715827883][i]}, ${[1431655765, 715827882][i]}]${i ? ', isat' : ''} }`,
    `drain${i ? '.relu' : ''} t4, t5, table t6 with t7 mode n${2 + i}`,
  ]);
  const products = isOther.map((_, i) => [tensor('t8', 'spm', 's8', two, at(8000, 16384, i), by([-2731, 1365, 682, -342, 85], i)), tensor('t9', 'acc', 's32', [2, 2, 2, 4], at(2048, 4096, i, 16), [...rows(i).slice(0, 3), 1]), `mm.${i ? 'set' : 'add'} t9, t8, slot ${i}, m 3`]);
  const inits = isOther.map((_, i) => [tensor('t10', 'acc', 's32', two, at(2048, 4096, i, 16), [...rows(i), 1]), tensor('t11', 'spm', 's32', two, at(8000, 16384, i, 4), by([682, -342, 85, -43, 10], i)), 'ainit.load t10, t11']);
  const long = [tensor('t1', 'spm', 's8', [4, 4], DATA), tensor('t2', 'spm', 's8', [110, 2, 2], DATA + 5, [3, 5, 1]), tensor('t3', 'acc', 's32', [110, 4], 0), 'wload slot 0, t1', 'wload slot 1, t1'];
  const pairs = [drains, inits, products].flatMap((kind) => [[kind[0]!, kind[1]!], [kind[1]!, kind[0]!]]), posts = ['post mxu m1, 0', 'post mxu m2, 0', 'post mxu m3, 0'];
  const axes = [[3, 2, 42], [2, 42, 3], [42, 2, 3]].flatMap((dims) => [[1, ...dims, 1], [...dims, 1, 1]].map((all) => {
    const dense = all.map((_, i) => all.slice(i + 1).reduce((product, count) => product * count, 1));
    return [tensor('t12', 'spm', 's8', all, RESULTS, dense), tensor('t13', 'acc', 's32', all, 0, all.map((_, i) => (i === 4 ? 1 : 4 * all.slice(0, i).reduce((product, count) => product * count, 1)))), tensor('t14', 'spm', 's8', all, DATA, dense.map((step) => step + 1)), 'drain t12, t13 with t14 mode n1'];
  })).flat();
  const bytes = [0, 1, 2, 3].flatMap((axes, i) => [tensor('t15', 'acc', i % 2 ? 'u8' : 's8', [...two.slice(0, axes + 1), 4], 20, [...[160, 80, 36, 12].slice(3 - axes), 1]), tensor('t16', 'spm', 's32', [...two.slice(0, axes + 1), 4], RESULTS + 2048 + 256 * i), 'drain t16, t15']);
  const data = dataBytes(formatByName('s8'), 16384, random(49)).slice(), words = new DataView(data.buffer);
  // Shifts and the word behind them, of both rows of both tables.
  [[2733, -3], [3074, 2], [1360, -40], [1018, 9], [2562, 0], [2903, 0], [1530, 0], [1188, 0]].forEach(([word, value]) => { words.setInt32(4 * word!, value!, true); });
  const memory = [{ space: SPACE_SPM, address: 0, bytes: data }, { space: SPACE_ACC, address: 0, bytes: dataBytes(formatByName('s32'), 4096, random(50)).slice() }];
  return caseOf('meetings', 49, [...long, ...pairs.flatMap(([waits, comes]) => ['mm.add t3, t2, slot 0', ...waits!, ...posts, ...comes!]), ...axes, ...bytes], memory);
}

/** Up to `most` elements along an axis, or two times `twice` of them, as far as the memories have room. */
export function tall(most: number, axes: readonly number[], twice: number): Directed {
  const rows = Math.min(most, 256), isLong = most > 1023;
  const along = (t: string, space: string, dtype: string, at: number, axis: number, many: number, by: number, inner = 1): string => {
    const dims = [1, 1, 1, 1, inner], strides = [9, 9, 9, 9, 1];
    dims[axis] = many;
    strides[axis] = by;
    return tensor(t, space, dtype, dims, at, strides);
  };
  // Two times `many`: an axis begins anew when the one outside it steps.
  const again = (t: string, space: string, dtype: string, at: number, axis: number, many: number, by: number, outer: number, inner = 1): string => {
    const dims = [1, 1, 1, 1, inner], strides = [9, 9, 9, 9, 1];
    [dims[axis - 1], dims[axis], strides[axis - 1], strides[axis]] = [2, many, outer, by];
    return tensor(t, space, dtype, dims, at, strides);
  };
  // Accumulators begin on rows, of which there are 256; a residual has room where results leave it.
  const [results, residual] = isLong ? [0, ''] : [RESULTS, ' with t9'];
  const folded = [1, 2, 3].flatMap((axis) => [
    again('t2', 'acc', 's32', 0, axis, 127, 4, 508), again('t3', 'spm', 's8', DATA, axis, 127, 3, 381, 4), 'mm.add t2, t3, slot 0, m 4',
    again('t2', 'acc', 's32', 16, axis, 127, 4, 508, 2), again('t3', 'spm', 's32', DATA, axis, 127, 1, 100, 2), 'ainit.load t2, t3', 'ainit.zero t2',
    again('t10', 'spm', 's8', DATA + 8, axis, 2, axis === 2 ? 11 : -3, axis === 2 ? -5 : 53, 4), tensor('t8', 'spm', 's8', [6, 4], DATA + 100), tensor('t7', 'acc', 's32', [6, 4], 512), 'wload slot 1, t10', 'mm.add t7, t8, slot 1',
  ]);
  // Passes begin anew behind the last of all rows; sizes of one bit.
  const passes = [
    tensor('t10', 'spm', 's8', [4, 3], DATA + 30, [1, 4]), 'wload slot 1, t10', tensor('t3', 'spm', 's8', [256, 4, 3], DATA, [3, 1, 85]), tensor('t2', 'acc', 's32', [256, 3], 0, [4, 1]), 'mdw.add t2, t3, slot 1',
    tensor('t3', 'spm', 's8', [2, 100, 4, 3], DATA + 90, [280, 2, 1, 85]), tensor('t2', 'acc', 's32', [2, 100, 3], 16, [508, 4, 1]), 'mdw.set t2, t3, slot 1, m 2',
    ...[4096, 8192].flatMap((many) => [tensor('t5', 'spm', 'u8', [many, 1], 100), tensor('t4', 'acc', 's32', [many, 1], 16, [0, 1]), 'drain t5, t4 mode n1']),
  ];
  // Each axis of rows in turn is long where passes begin anew, by two numbers of which each bit is set in one.
  const turns = [1, 2, 3].flatMap((axes) => range(axes).flatMap((axis) => (isLong ? [170, 85] : [85, 42]).flatMap((many) => {
    const rowsOf = range(axes).map((i) => (i === axis ? many : 1)), by = rowsOf.map((_, i) => (i === axis ? 3 : 50));
    return [tensor('t3', 'spm', 's8', [...rowsOf, 1, 2], DATA + 20 * axis, [...by, 9, 1]), tensor('t2', 'acc', 's32', [...rowsOf, 2], 64 * axis, [...by.map((step) => (step === 3 ? 4 : 40)), 1]), `mdw.add t2, t3, slot 1, m ${axes}`];
  })));
  return caseOf(`tall-${most}`, 44, [
    tensor('t1', 'spm', 's8', [4, 1], DATA), tensor('t6', 'spm', 's8', [4, 4], DATA + 4), 'wload slot 0, t1', 'wload slot 1, t6',
    ...range(4).flatMap((axis) => [
      along('t2', 'acc', 's32', 0, axis, rows, 4), along('t3', 'spm', 's8', DATA, (axis + 1) % 4, rows, 3, 4), `mm.${axis ? 'add' : 'set'} t2, t3, slot 0, m 4`, ...(isLong || axis === 3 ? ['ainit.zero t2'] : []),
      ...(isLong ? [along('t3', 'spm', 's32', DATA, axis, rows, 0), 'ainit.load t2, t3'] : []),
    ]), tensor('t10', 'spm', 's8', [1, 2], DATA + 40), 'wload slot 1, t10', ...turns, 'wload slot 1, t6',
    along('t7', 'acc', 's32', 0, 1, 256, 4, 4), along('t8', 'spm', 's8', DATA, 2, 256, 3, 4), 'mm.set t7, t8, slot 1, m 4', ...(isLong ? [...folded, ...passes] : []),
    ...axes.flatMap((axis) => [
      along('t4', 'acc', 's32', 0, axis, most, 0), along('t5', 'spm', 'u8', axis % 2 ? results + most - 1 : results, axis, most, axis % 2 ? -1 : 1), along('t9', 'spm', 's8', DATA, axis, most, 1), `drain t5, t4${residual} mode n1`,
    ]),
    ...[1, 2, 3].flatMap((axis) => [
      again('t4', 'acc', 's32', 0, axis, twice, 0, 4), again('t5', 'spm', 'u8', results, axis, twice, axis === 2 ? 1 : 2, axis === 2 ? twice : 1), again('t9', 'spm', 's8', DATA, axis, twice, 1, 0), `drain t5, t4${residual} mode n1`,
    ]),
  ], [{ space: SPACE_SPM, address: 0, bytes: dataBytes(formatByName('s8'), 1028, random(44)) }]);
}
