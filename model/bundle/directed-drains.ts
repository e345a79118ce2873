//! directed-drains: programs of drain, each after one thing that designs get wrong.
import { SPACE_ACC, SPACE_SPM } from '../limits.ts';
import { tableBytes } from '../verify/corners.ts';
import { type Draw, draws, mixed, random } from '../verify/random.ts';
import { caseOf, DATA, type Directed, memoryOf, range, RESULTS, TABLES, tensor } from './directed-case.ts';

const dtypes = ['s8', 'u8', 's32', 'u32'], roundNames = ['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd'];
const bytesOf = (dtype: string): number => (dtype.endsWith('32') ? 4 : 1);

/** Every type of result and residual, every rounding, with and without each step, over corner accumulators and awkward tables. */
export function drains(turn: number): Directed {
  const lines = range(24).flatMap((i) => {
    const draw = draws(mixed(1000 * turn + i, 3) | 0x10000), d = dtypes[(i + turn) % 4]!, n = 1 + draw(4), m = [3, 5, 8][draw(3)]!, hasTable = draw(8) > 0;
    const residual = dtypes[draw(6)], shape = draw(2) ? [m, n] : [1, m, 1, n], width = bytesOf(d), place = RESULTS + 16 + 128 * (i % 8) * 4;
    const flat = shape.length === 2;
    const strideD = draw(3) === 0 ? (flat ? [n + 3, 1] : [0, -(n + 2), 5, 1]) : flat ? [n, 1] : [0, n, 9, 1];
    const origin = strideD[flat ? 0 : 1]! < 0 ? place + width * (m - 1) * (n + 2) : place;
    return [
      tensor('t1', 'acc', 's32', shape, 16 * draw(50), flat ? [4, 1] : [0, 4, 4, 1]), tensor('t2', 'spm', d, shape, origin, strideD),
      tensor('t3', 'spm', 's32', [n, 4], TABLES + 16 * draw(20), [draw(4) ? 4 : 0, 1]),
      ...(residual ? [tensor('t4', 'spm', residual, shape, DATA + 4 * draw(100), flat ? [n, 1] : [7, n + 1, 3, 1])] : []),
      `n${i % 4} = { round: ${roundNames[draw(7)]}${draw(2) ? ', isat' : ''}${hasTable && draw(6) ? ', scale: fixed' : ', scale: none'}, zpo: ${zeroPoint(draw, d)}, zpb: ${zeroPoint(draw, residual ?? 's8')}${draw(3) ? '' : `, clamp: [${bounds(draw, d)}]`} }`,
      `drain${draw(3) === 0 ? '.relu' : ''} t2, t1${hasTable ? ', table t3' : ''}${residual ? ' with t4' : ''} mode n${i % 4}`,
    ];
  });
  return caseOf(`drains-${turn}`, 30 + turn, lines);
}
const zeroPoint = (draw: Draw, dtype: string): number => (draw(3) === 0 ? 0 : draw(4) === 0 ? [-32768, 32767][draw(2)]! : dtype === 'u8' ? draw(256) : draw(256) - 128);
const bounds = (draw: Draw, dtype: string): string =>
  (draw(4) === 0 ? [5, -5] : [[-100, 100], [0, 6], [-128, 127], dtype === 'u8' ? [10, 250] : [-70000, 70000]][draw(4)]!).join(', ');

/** Halves and their neighbours of both signs, by every rounding; then products of the least and the greatest bits, shifted far. */
export function roundings(): Directed {
  const words = new Uint8Array(256), view = new DataView(words.buffer), table = new Uint8Array(64), rows = new DataView(table.buffer);
  range(64).forEach((i) => { view.setInt32(4 * i, i - 32, true); });
  // x 1/2, x 1/4, x 1/8 and x 3/4.
  [[0, 0x4000_0000, 0], [1, 0x4000_0000, -1], [-1, 0x4000_0000, -2], [0, 0x6000_0000, 0]].forEach(([bias, multiplier, shift], i) => {
    rows.setInt32(16 * i, bias!, true);
    rows.setInt32(16 * i + 4, multiplier!, true);
    rows.setInt32(16 * i + 8, shift!, true);
  });
  // x 2^-31 from where a product is 1 to beyond every bit of it; and the greatest product, of u32, one place from its half and beyond.
  const far = new Uint8Array(128), places = new DataView(far.buffer);
  [[0, 1, -35], [0, 1, -128], [0x7fff_ffff, 0x7fff_ffff, -34], [0x7fff_ffff, -0x8000_0000, -35], [0, 1, -31], [0, -1, -43], [0x7fff_ffff, -0x8000_0000, -33], [0x7fff_ffff, 0x7fff_ffff, 8]].forEach(([bias, multiplier, shift], i) => {
    places.setInt32(16 * i, bias!, true);
    places.setInt32(16 * i + 4, multiplier!, true);
    places.setInt32(16 * i + 8, shift!, true);
  });
  const ends = new Uint8Array(64), edges = new DataView(ends.buffer);
  [1, 2, -1, -1, 15, -15, -8, 8, -1, 1, 1, 1, 0, 7, 0x7fff_ffff, -0x8000_0000].forEach((value, i) => { edges.setInt32(4 * i, value, true); });
  const memory = [{ space: SPACE_SPM, address: TABLES, bytes: table }, { space: SPACE_SPM, address: TABLES + 64, bytes: far }, { space: SPACE_ACC, address: 0, bytes: words }, { space: SPACE_ACC, address: 256, bytes: ends }];
  const lines = roundNames.flatMap((round, i) => [
    tensor('t1', 'acc', 's32', [16, 4], 0), tensor('t2', 'spm', 's8', [16, 4], RESULTS + 64 * i), tensor('t3', 'spm', 's32', [4, 4], TABLES),
    `n${i % 4} = { round: ${round}, isat, scale: fixed }`, `drain t2, t1, table t3 mode n${i % 4}`,
    ...[0, 1].flatMap((half) => [
      tensor('t4', 'acc', 'u32', [4, 4], 256), tensor('t5', 'spm', 's32', [4, 4], TABLES + 64 + 64 * half), tensor('t6', 'spm', 's8', [4, 4], RESULTS + 512 + 32 * i + 16 * half), `drain t6, t4, table t5 mode n${i % 4}`,
    ]),
  ]);
  return caseOf('roundings', 40, lines, memory);
}

/** The residual is the destination; then the table is, and elements change the rows that later ones need. */
export function inPlace(): Directed {
  const [low, high] = [RESULTS + 0x554, RESULTS + 0x2a8], next = random(41), memory = [...memoryOf(41), ...[low, high].map((address) => ({ space: SPACE_SPM, address, bytes: tableBytes(64, false, next).slice() }))];
  return caseOf('in-place', 41, [
    tensor('t1', 'acc', 's32', [6, 4], 0), tensor('t2', 'spm', 's8', [6, 4], DATA + 9), tensor('t3', 'spm', 's32', [4, 4], TABLES), 'n0 = { round: rhu, isat, scale: fixed, zpb: 3, zpo: -1 }',
    'drain t2, t1, table t3 with t2 mode n0', tensor('t4', 'acc', 's32', [4, 4], 96), 'n1 = { round: rne, scale: fixed }', 'drain t3, t4, table t3 mode n1', tensor('t5', 'spm', 's32', [6, 4], DATA + 512),
    'drain.relu t5, t1 with t5 mode n2', ...[low, high].flatMap((at) => [tensor('t6', 'spm', 's32', [4, 4], at), 'drain t6, t4, table t6 mode n1']),
  ], memory);
}

/** A drain reads accumulators as any integers. */
export function narrowAccumulators(): Directed {
  return caseOf('narrow-accumulators', 42, [
    tensor('t1', 'acc', 's8', [1, 2, 2, 4], 20, [9, 12, 4, 1]), tensor('t2', 'spm', 's32', [1, 2, 2, 4], RESULTS + 512), 'drain t2, t1 mode n1',
    ...['s8', 'u8', 'u32'].flatMap((dtype, i) => [
      tensor('t1', 'acc', dtype, [5, 3], 16 * i + (dtype === 'u32' ? 64 : 4), [8, 1]), tensor('t2', 'spm', 's32', [5, 3], RESULTS + 64 * i), 'drain t2, t1 mode n1', tensor('t3', 'spm', 's32', [3, 4], TABLES + 32),
      'n0 = { round: rna, isat, scale: fixed }', tensor('t4', 'spm', 'u8', [5, 3], RESULTS + 256 + 16 * i), 'drain t4, t1, table t3 mode n0',
    ]),
  ]);
}

/** Powers of two, their neighbours and their sums with the ends of s32: each bit of an accumulator decides a comparison. */
export function powers(): Directed {
  const words = new Uint8Array(2048), view = new DataView(words.buffer);
  range(32).forEach((k) => [2 ** k, -(2 ** k), 2 ** k - 1, -(2 ** k) - 1].forEach((value, i) => {
    view.setUint32(16 * k + 4 * i, value >>> 0, true);
    view.setUint32(1024 / 2 + 16 * k + 4 * i, (i % 2 ? 0x8000_0000 + (2 ** k >>> 0) : 0x7fff_ffff - (2 ** k >>> 0)) >>> 0, true);
  }));
  const table = new Uint8Array(64), rows = new DataView(table.buffer);
  // x 1, x 2, x 1/2^7 and x -1 in fixed point.
  [[0, 0x4000_0000, 1], [-1, 0x4000_0000, 2], [1, 0x4000_0000, -6], [0x7fff_ffff, -0x4000_0000, 1]].forEach(([bias, multiplier, shift], i) => {
    rows.setInt32(16 * i, bias!, true);
    rows.setInt32(16 * i + 4, multiplier!, true);
    rows.setInt32(16 * i + 8, shift!, true);
  });
  const memory = [{ space: SPACE_ACC, address: 0, bytes: words }, { space: SPACE_SPM, address: TABLES, bytes: table }, { space: SPACE_SPM, address: DATA, bytes: Uint8Array.from({ length: 64 }, (_, i) => [127, 128, 1, 255][i % 4]!) }];
  const plain = ['n0 = { isat }', 'n1 = { isat, clamp: [-65536, 16777216], zpo: 32767 }'], lines = [
    ...['s8', 'u8', 's32', 'u32'].flatMap((dtype, i) => [
      tensor('t1', 'acc', 's32', [32, 4], 0), tensor('t2', 'spm', dtype, [32, 4], RESULTS + 512 * i), plain[i % 2]!, `drain t2, t1 mode n${i % 2}`, `n2 = { round: ${roundNames[2 * i]}, isat, scale: fixed }`,
      tensor('t3', 'spm', 's32', [4, 4], TABLES), tensor('t4', 'spm', dtype, [32, 4], RESULTS + 2048 + 512 * i), 'drain t4, t1, table t3 mode n2',
    ]),
    ...range(6).flatMap((i) => [`n${i % 4} = { clamp: [${-(2 ** (5 * i + 2)) + i}, ${2 ** (5 * i + 4) - i}] }`, tensor('t2', 'spm', 's32', [32, 4], RESULTS + 4096 + 512 * i), `drain t2, t1 mode n${i % 4}`]),
    // A low bound one above the high one, then one below: each bit of both decides which of them is the result.
    ...[0x5555_5555, -0x5555_5556].flatMap((low, i) => [low - 1, low + 1].flatMap((high, k) => [
      `n${k} = { clamp: [${low}, ${high}] }`, tensor('t2', 'spm', 's32', [1, 4], RESULTS + 8192 + 16 * (2 * i + k)), tensor('t1', 'acc', 's32', [1, 4], 16 * 31), `drain t2, t1 mode n${k}`,
    ])),
    tensor('t1', 'acc', 's32', [32, 4], 0), tensor('t5', 'spm', 's8', [4, 4], DATA), tensor('t6', 'spm', 's8', [32, 4], DATA, [1, 1]), tensor('t7', 'acc', 's32', [32, 4], 512), 'wload slot 0, t5', 'n3 = { isat }', 'mm.add t7, t6, slot 0 mode n3', 'mm.add t7, t6, slot 0',
  ];
  return caseOf('powers', 45, lines, memory);
}

/** The least product by every shift: each bit below the point alone says that there is a rest. Then its neighbours of both signs. */
export function sticky(): Directed {
  const table = new Uint8Array(16 * 80), rows = new DataView(table.buffer), words = new Uint8Array(64), view = new DataView(words.buffer);
  range(80).forEach((i) => {
    rows.setInt32(16 * i + 4, i % 5 === 4 ? -1 : 1, true);
    rows.setInt32(16 * i + 8, 37 - i, true);
  });
  range(16).forEach((i) => { view.setInt32(4 * i, [1, 1, 1, 1, -1, -1, -1, -1, 3, -3, 2, -2, 0x7fff_ffff, -0x8000_0000, 0, 1][i]!, true); });
  return caseOf('sticky', 48, range(20).flatMap((i) => ['ru', 'odd'].flatMap((round, k) => [
    `n${k} = { round: ${round}, scale: fixed }`, tensor('t1', 'acc', 's32', [4, 4], 0), tensor('t2', 'spm', 's32', [4, 4], TABLES + 64 * i), tensor('t3', 'spm', 's32', [4, 4], 4096 + 128 * i + 64 * k), `drain t3, t1, table t2 mode n${k}`,
  ])), [{ space: SPACE_SPM, address: TABLES, bytes: table }, { space: SPACE_ACC, address: 0, bytes: words }]);
}
