//! directed: programs for the matrix unit of systole-int8, each after one thing that designs get wrong.
import { assembled } from '../assembler/assembler.ts';
import type { Program, Segment } from '../device.ts';
import { SPACE_ACC, SPACE_SPM } from '../limits.ts';
import { formatByName } from '../numerics/format.ts';
import { dataBytes, tableBytes } from '../verify/corners.ts';
import { type Draw, draws, mixed, random } from '../verify/random.ts';

/** Places of the scratchpad: what is read, channel tables, and results. */
const DATA = 0, DATA_BYTES = 1024, TABLES = 1024, TABLE_BYTES = 512, RESULTS = 2048, ACC_BYTES = 1024;

export interface Directed { readonly name: string; readonly text: string; readonly program: Program }

/** Programs at the end of the list that take longer than all others, or are for what few faults change. */
export const LONG_CASES = 4;

/** The same every time: nothing of them is drawn from a seed that a user gives. */
export const directedCases = (): readonly Directed[] => [
  ...[0, 1].map((turn) => remainders(turn)), depthwise(), strides(), initialised(), overlapped(), reversedRows(), slots(), queued(), dependent(), empty(), limits(),
  ...[0, 1, 2].map((turn) => drains(turn)), roundings(), inPlace(), narrowAccumulators(),
  powers(), tall(1023, [0], 511), wide(), crowded(), sticky(), meetings(), tall(16384, [0, 1, 2, 3], 8191),
];

/** Data with 3 of 10 values at corners, the same for a name always. */
function memoryOf(seed: number): readonly Segment[] {
  const next = random(mixed(seed, 7));
  return [
    { space: SPACE_SPM, address: DATA, bytes: dataBytes(formatByName('s8'), DATA_BYTES, next) },
    { space: SPACE_SPM, address: TABLES, bytes: tableBytes(TABLE_BYTES, false, next) },
    { space: SPACE_ACC, address: 0, bytes: dataBytes(formatByName('s32'), ACC_BYTES, next) },
  ];
}

function caseOf(name: string, seed: number, lines: readonly string[], memory: readonly Segment[] = memoryOf(seed)): Directed {
  const text = `${[...lines, 'halt 0'].join('\n')}\n`;
  return { name, text, program: { ...assembled(text, { file: name }).program, memory } };
}

const tensor = (t: string, space: string, dtype: string, dims: readonly number[], at: number, stride?: readonly number[]): string =>
  `${t} = ${space} ${dtype} [${dims.join(',')}] at ${at}${stride ? ` stride [${stride.join(',')}]` : ''}`;
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** All K and N, and M around multiples of 4, the slots in turns. */
function remainders(turn: number): Directed {
  const lines = range(16).flatMap((i) => {
    const k = 1 + (i >> 2), n = 1 + (i & 3), m = [1, 2, 3, 4, 5, 7, 8, 9][(i + 5 * turn) % 8]!;
    return [
      tensor('t1', 'spm', 's8', [k, n], DATA + 16 * i + turn), tensor('t2', 'spm', 's8', [m, k], DATA + 300 + 7 * i + turn),
      tensor('t3', 'acc', 's32', [m, n], 16 * (i + 16 * turn), [4, 1]),
      `wload slot ${i % 2}, t1`, `mm.${turn === i % 2 ? 'set' : 'add'} t3, t2, slot ${i % 2}`,
    ];
  });
  return caseOf(`remainders-${turn}`, turn, lines);
}

function depthwise(): Directed {
  const lines = range(16).flatMap((i) => {
    const k = 1 + (i & 3), n = 1 + (i >> 2), m = [1, 2, 3, 5][i % 4]!, side = k === 4 ? [2, 2] : [k];
    return [
      tensor('t1', 'spm', 's8', [...side, n], DATA + 16 * i), tensor('t2', 'spm', 's8', [m, ...side, n], DATA + 256 + 9 * i),
      tensor('t3', 'acc', 's32', [m, n], 16 * 3 * i, [4, 1]),
      `wload slot ${i % 2}, t1`, `mdw.${i % 3 ? 'add' : 'set'} t3, t2, slot ${i % 2}`,
    ];
  });
  lines.push(tensor('t1', 'spm', 's8', [2, 2, 3], DATA + 32), tensor('t2', 'spm', 's8', [2, 2, 2, 2, 3], DATA + 90, [50, 11, 2, 1, 5]), tensor('t3', 'acc', 's32', [2, 2, 3], 512, [16, 4, 1]), 'wload slot 0, t1', 'mdw.set t3, t2, slot 0, m 2');
  // Channels outermost in memory: the taps of a row lie side by side.
  lines.push(tensor('t1', 'spm', 's8', [4, 4], DATA, [1, 4]), tensor('t2', 'spm', 's8', [6, 4, 4], DATA + 100, [4, 1, 24]), tensor('t3', 'acc', 's32', [6, 4], 64),
    'wload slot 1, t1', 'mdw.set t3, t2, slot 1', tensor('t2', 'spm', 's8', [2, 3, 4, 4], DATA + 600, [-90, 30, -5, -1]), tensor('t3', 'acc', 's32', [2, 3, 4], 256),
    'mdw.add t3, t2, slot 1, m 2');
  return caseOf('depthwise', 20, lines);
}

/** Transposed, reversed, spread, repeated and five-dimensional operands. */
function strides(): Directed {
  const weights: readonly (readonly [readonly number[], number, readonly number[]])[] = [
    [[4, 4], DATA, [1, 4]], [[4, 4], DATA + 60, [-4, -1]], [[2, 2, 4], DATA + 80, [1, 17, 40]], [[1, 4, 1, 4], DATA + 200, [0, -9, 3, 2]], [[4, 3], DATA + 300, [0, 1]], [[4, 4], DATA + 320, [7, 0]],
  ];
  const activations: readonly (readonly [readonly number[], number, readonly number[], number])[] = [
    [[6, 4], DATA + 400, [4, 1], 1], [[6, 4], DATA + 460, [-5, 1], 1], [[6, 4], DATA + 500, [3, -1], 1], [[2, 3, 4], DATA + 520, [50, -8, 1], 2], [[6, 2, 2], DATA + 600, [4, 2, 1], 1],
    [[6, 2, 2], DATA + 640, [4, 1, 2], 1], [[1, 3, 2, 2, 2], DATA + 700, [9, 30, -7, 11, 1], 3], [[3, 2, 1, 4], DATA + 800, [4, 100, 77, 1], 3], [[6, 4], DATA + 900, [0, 1], 1], [[2, 3, 1, 2, 2], DATA + 940, [24, 4, 5, 2, 1], 3],
  ];
  const accumulators: readonly (readonly [readonly number[], number, readonly number[]])[] = [
    [[6, 4], 0, [4, 1]], [[6, 4], 240, [-8, 1]], [[2, 3, 4], 256, [32, 8, 1]], [[3, 1, 2, 4], 512, [-16, 400, 4, 1]], [[1, 6, 1, 1, 4], 640, [4, 12, 4, 4, 1]],
  ];
  const lines = range(30).flatMap((i) => {
    const [w, a, acc] = [weights[i % 6]!, activations[i % 10]!, accumulators[i % 5]!], columns = w[0].at(-1)!;
    return [
      tensor('t1', 'spm', 's8', ...w), tensor('t2', 'spm', 's8', a[0], a[1], a[2]), tensor('t3', 'acc', 's32', [...acc[0].slice(0, -1), columns], acc[1], acc[2]),
      ...(i % 3 ? [] : [`wload slot ${(i >> 1) % 2}, t1`]), ...(i % 3 ? [`wload slot ${(i >> 1) % 2}, t1`] : []),
      `mm.${i % 4 ? 'add' : 'set'} t3, t2, slot ${(i >> 1) % 2}, m ${a[3]}`,
    ];
  });
  // An axis of one element does not part a row, whatever its stride.
  lines.push(...([[[6, 1, 4], [4, 77, 1], 1], [[6, 1, 1, 4], [4, 55, 77, 1], 1], [[3, 2, 4, 1], [8, 4, 1, 50], 2], [[6, 2, 1, 2], [4, 2, 60, 1], 1], [[1, 6, 1, 1, 4], [9, 4, 81, 70, 1], 2]] as const).flatMap(([dims, by, m], i) => [
    tensor('t2', 'spm', 's8', dims, DATA + 40 * i, by), tensor('t3', 'acc', 's32', m === 1 ? [6, 4] : [...dims.slice(0, 2), 4], 64 * i, m === 1 ? [4, 1] : [dims[1] === 2 ? 8 : 24, 4, 1]), `mm.set t3, t2, slot 0, m ${m}`,
  ]));
  // Four rows of weights along each axis of five, their columns side by side, then apart.
  lines.push(...[0, 1, 2, 3].flatMap((axis) => [1, axis === 3 ? -3 : 2].flatMap((inner, i) => {
    const [dims, by] = [[1, 1, 1, 1, 4], [60, 60, 60, 60, inner]];
    [dims[axis], by[axis]] = [4, inner < 0 ? -13 : 9];
    return [tensor('t1', 'spm', 's8', dims, DATA + 200 + 20 * axis + 50 * i, by), tensor('t2', 'spm', 's8', [2, 4], DATA + 80 + 8 * axis), tensor('t3', 'acc', 's32', [2, 4], 32 * axis + 256 * i), `wload slot ${i}, t1`, `mm.add t3, t2, slot ${i}`];
  })));
  lines.push(tensor('t1', 'spm', 's8', [4, 3], DATA + 30, [9, 2]), 'wload slot 0, t1', tensor('t3', 'acc', 's32', [2, 3], 512, [4, 1]), 'mm.set t3, t2, slot 0');
  return caseOf('strides', 21, lines);
}

function initialised(): Directed {
  return caseOf('initialised', 22, [
    ...[[2, 16], [4, 40]].flatMap(([inner, by]) => [tensor('t1', 'acc', 's32', [1, 2, 1, 2, 4], 640, [9, 32, 7, 4, 1]), tensor('t2', 'spm', 's32', [1, 2, 1, 2, 4], DATA, [5, by!, 9, 2 * by! + 1, inner!]), 'ainit.load t1, t2']),
    tensor('t1', 'acc', 's32', [5, 4], 0), 'ainit.zero t1', tensor('t1', 'acc', 's32', [2, 3, 3], 992, [-96, -8, 1]), 'ainit.zero t1',
    tensor('t1', 'acc', 's32', [6, 2], 256, [8, 1]), tensor('t2', 'spm', 's32', [6, 2], DATA + 64, [2, 1]), 'ainit.load t1, t2',
    tensor('t1', 'acc', 's32', [2, 2, 4], 896, [8, 4, 1]), tensor('t2', 'spm', 's32', [2, 2, 4], DATA + 160, [9, 5, 1]), 'ainit.load t1, t2',
    tensor('t1', 'acc', 's32', [3, 1, 2, 4], 512, [8, 4, 4, 1]), tensor('t2', 'spm', 's32', [3, 1, 2, 4], DATA + 800, [-8, 3, 9, -1]), 'ainit.load t1, t2',
    tensor('t1', 'acc', 's32', [7, 4], 768, [4, 1]), tensor('t2', 'spm', 's32', [7, 4], DATA + 512, [0, 1]), 'ainit.load t1, t2',
    tensor('t1', 'acc', 's32', [2, 2, 1, 3, 2], 128, [320, 40, 7, 8, 1]), 'ainit.zero t1', tensor('t1', 'acc', 's32', [1, 1, 12, 2], 512, [9, 9, 4, 1]), 'ainit.zero t1', tensor('t1', 'acc', 's32', [2, 1, 2, 3], 384, [24, 9, 12, 1]), 'ainit.zero t1',
    tensor('t1', 'acc', 's32', [2, 2, 2, 1, 3], 16, [376, 20, 8, 5, 1]), tensor('t2', 'spm', 's32', [2, 2, 2, 1, 3], DATA + 16, [170, 85, 21, 6, 1]), 'ainit.load t1, t2',
    tensor('t3', 'acc', 's32', [64, 4], 0), tensor('t4', 'spm', 's32', [64, 4], RESULTS), 'drain t4, t3',
  ]);
}

/** Tiles one after another behind an instruction long enough for the queue to fill: loads overlap streams, and rows follow rows. */
function overlapped(): Directed {
  const long = [tensor('t1', 'spm', 's8', [4, 4], DATA), tensor('t2', 'spm', 's8', [4, 4], DATA + 16), 'wload slot 0, t1', 'wload slot 1, t2',
    tensor('t3', 'spm', 's8', [64, 4], DATA + 100, [13, 1]), tensor('t4', 'acc', 's32', [64, 4], 0), tensor('t9', 'spm', 's8', [64, 2, 2], DATA + 5, [11, 3, 1]), 'mm.add t4, t9, slot 0'];
  const tiles = [9, 12, 1, 2, 16, 3, 10, 11, 4, 20, 5, 8].flatMap((m, i) => [
    tensor(`t${10 + i}`, 'spm', 's8', [m, 4], DATA + 70 * i), tensor(`t${30 + i}`, 'acc', 's32', [m, 4], 16 * (i % 3)), tensor(`t${45 + i}`, 'spm', 's8', [4, 4], DATA + 500 + 33 * i, i % 2 ? [4, 1] : [1, 4]),
  ]);
  const burst = range(12).flatMap((i) => [
    ...(i % 4 === 0 ? ['mm.add t4, t9, slot 1'] : []),
    ...(i % 3 === 1 ? [] : [`wload slot ${i % 2}, t${45 + i}`]), `mm.${i % 5 ? 'add' : 'set'} t${30 + i}, t${10 + i}, slot ${i % 2}`,
  ]);
  return caseOf('overlapped', 23, [...long, ...tiles, ...burst]);
}

/** The first row of an instruction adds to the accumulators that the last row of the one before has written a clock earlier. */
function reversedRows(): Directed {
  return caseOf('reversed-rows', 24, [
    tensor('t1', 'spm', 's8', [4, 4], DATA), tensor('t2', 'spm', 's8', [4, 4], DATA + 16), 'wload slot 0, t1', 'wload slot 1, t2',
    tensor('t3', 'spm', 's8', [64, 4], DATA + 100, [11, 1]), tensor('t4', 'acc', 's32', [64, 4], 0), tensor('t5', 'acc', 's32', [64, 4], 1008, [-4, 1]), tensor('t9', 'spm', 's8', [64, 2, 2], DATA + 5, [11, 3, 1]),
    'mm.set t4, t9, slot 0', 'mm.add t4, t3, slot 0', 'mm.add t5, t3, slot 1', 'mm.add t4, t3, slot 0', 'mm.add t5, t3, slot 0',
    // Weights behind an instruction so long that as many are done as can be under way.
    tensor('t6', 'spm', 's8', [255, 2, 2], DATA, [3, 3, 1]), tensor('t7', 'acc', 's32', [255, 1], 0, [4, 1]), tensor('t8', 'spm', 's8', [4, 1], DATA), 'wload slot 1, t8', 'mm.add t7, t6, slot 1', ...range(9).map((i) => `wload slot ${i % 2}, t${1 + (i % 2)}`), 'mm.add t5, t3, slot 0',
  ]);
}

/** Weights of every depth in one slot stay while the other is filled. */
function slots(): Directed {
  return caseOf('slots', 29, [
    tensor('t9', 'acc', 's32', [2, 4], 0),
    ...range(6).flatMap((i) => {
      const [k, other] = [[3, 4], [4, 2], [2, 1], [1, 3], [3, 2], [2, 4]][i]!, slot = i % 2;
      return [
        tensor('t1', 'spm', 's8', [k!, 4], DATA + 16 * i), tensor('t2', 'spm', 's8', [other!, 4], DATA + 200 + 16 * i), tensor('t3', 'spm', 's8', [2, k!], DATA + 400 + 9 * i), tensor('t4', 'spm', 's8', [2, other!], DATA + 500 + 9 * i),
        `wload slot ${slot}, t1`, `wload slot ${1 - slot}, t2`, `mm.add t9, t3, slot ${slot}`, `mm.add t9, t4, slot ${1 - slot}`,
      ];
    }),
  ]);
}

/** post and wait in the unit's queue retire between the instructions that they stand between. */
function queued(): Directed {
  return caseOf('queued', 25, [
    tensor('t1', 'spm', 's8', [4, 4], DATA), 'wload slot 0, t1', tensor('t3', 'spm', 's8', [12, 4], DATA + 100), tensor('t4', 'acc', 's32', [12, 4], 0), tensor('t9', 'spm', 's8', [64, 2, 2], DATA + 5, [11, 3, 1]),
    tensor('t5', 'acc', 's32', [64, 4], 0), 'mm.set t5, t9, slot 0', 'mm.add t4, t3, slot 0', 'post mxu m1, 2', 'wait mxu m1, 1', 'mm.add t4, t3, slot 0', 'wait mxu m1, 1', 'wload slot 1, t1',
    'mm.add t4, t3, slot 1', 'post mxu m2, 1', 'ainit.zero t4', 'wait mxu m2, 1', 'mm.add t4, t3, slot 1', 'post mxu m3, 0', 'mm.add t4, t3, slot 0',
    // Both wait for a drain that is longer than their records; then the weights are gathered, and the table is not read before they are there.
    tensor('t6', 'spm', 's8', [64, 4], RESULTS), tensor('t7', 'spm', 's8', [4, 4], DATA + 16, [1, 4]), tensor('t8', 'spm', 's32', [4, 4], TABLES), tensor('t9', 'spm', 's8', [2, 4], RESULTS + 256), tensor('t10', 'acc', 's32', [2, 4], 0),
    'n1 = { round: rne, isat, scale: fixed }', 'drain t6, t5', 'wload slot 1, t7', 'drain t9, t10, table t8 mode n1', 'mm.add t4, t3, slot 1',
  ]);
}

/** Results of a drain are read at once: as weights, activations, table, residual and accumulators. */
function dependent(): Directed {
  const lines = [
    tensor('t1', 'spm', 's8', [4, 4], DATA), tensor('t2', 'spm', 's8', [64, 2, 2], DATA + 5, [11, 3, 1]), tensor('t3', 'acc', 's32', [64, 4], 0), 'wload slot 0, t1', 'mm.set t3, t2, slot 0',
    tensor('t4', 'acc', 's32', [8, 4], 64), tensor('t5', 'spm', 's8', [8, 4], RESULTS), tensor('t6', 'spm', 's8', [4, 4], RESULTS + 12), tensor('t7', 'acc', 's32', [8, 4], 512), 'drain t5, t4',
    'wload slot 1, t6', 'mm.add t7, t5, slot 1', tensor('t8', 'spm', 's32', [8, 4], RESULTS + 64), 'drain t8, t7', tensor('t9', 'acc', 's32', [8, 4], 256), 'ainit.load t9, t8',
    tensor('t10', 'spm', 's32', [4, 4], RESULTS + 64), tensor('t11', 'spm', 'u8', [8, 4], RESULTS + 256), 'n1 = { round: rna, scale: fixed, isat, zpo: 7, zpb: -9 }', 'drain t11, t9, table t10 with t5 mode n1',
    tensor('t12', 'spm', 's8', [8, 4], RESULTS + 256), 'mm.set t7, t12, slot 0', 'wload slot 0, t6', 'mm.add t7, t12, slot 0', 'drain t8, t7',
  ];
  return caseOf('dependent', 26, lines);
}

/** What has no element does nothing and retires. */
function empty(): Directed {
  return caseOf('empty', 27, [
    tensor('t1', 'spm', 's8', [4, 4], DATA), 'wload slot 0, t1', tensor('t2', 'spm', 's8', [0, 4], DATA), tensor('t3', 'acc', 's32', [0, 4], 0), 'mm.add t3, t2, slot 0', 'mm.set t3, t2, slot 1',
    tensor('t4', 'spm', 'u8', [3, 0], RESULTS), tensor('t5', 'acc', 's32', [3, 0], 0), 'drain t4, t5', 'ainit.zero t5', tensor('t6', 'acc', 's32', [2, 0, 4], 0), 'ainit.zero t6',
    tensor('t7', 'spm', 's8', [2, 4], DATA + 40), tensor('t8', 'acc', 's32', [2, 4], 32), 'mm.set t8, t7, slot 0', 'mm.add t3, t2, slot 0',
    tensor('t9', 'spm', 's8', [0, 2, 4], DATA), 'mdw.set t3, t9, slot 0', 'mm.add t8, t7, slot 0',
  ]);
}

/** Sums at the ends of s32, wrapped and saturated, beyond both ends in every column; products of -128 x -128. */
function limits(): Directed {
  const least = new Uint8Array(64).fill(0x80), words = new Uint8Array(512), view = new DataView(words.buffer);
  const ends = [0x7fff_ffff, 0x7fff_0000, -0x8000_0000, -0x7fff_ff00, 0x7fff_ffff - 65536, -0x8000_0000 + 65535, 0, -1];
  range(64).forEach((i) => { view.setInt32(4 * i, ends[i % 8]!, true); });
  range(64).forEach((i) => { view.setInt32(256 + 4 * i, ends[((i >> 2) + i) % 8]!, true); });
  const memory = [
    { space: SPACE_SPM, address: 0, bytes: least }, { space: SPACE_SPM, address: 64, bytes: Uint8Array.from({ length: 64 }, (_, i) => [127, 128, 129, 255][i % 4]!) },
    { space: SPACE_SPM, address: 128, bytes: Uint8Array.from({ length: 8 }, (_, i) => (i < 4 ? 128 : 127)) }, { space: SPACE_ACC, address: 0, bytes: words },
  ];
  return caseOf('limits', 28, [
    'n1 = { isat }', tensor('t1', 'spm', 's8', [4, 4], 0), tensor('t2', 'spm', 's8', [4, 4], 64, [4, 1]), tensor('t3', 'spm', 's8', [8, 4], 0), tensor('t4', 'spm', 's8', [8, 4], 66, [4, 1]),
    tensor('t5', 'acc', 's32', [8, 4], 0), tensor('t6', 'acc', 's32', [8, 4], 128), 'wload slot 0, t1', 'wload slot 1, t2', 'mm.add t5, t3, slot 0 mode n1', 'mm.add t6, t3, slot 0',
    'mm.add t5, t4, slot 0 mode n1', 'mm.add t6, t4, slot 1', 'mm.add t5, t3, slot 1 mode n1', 'mm.add t6, t3, slot 0',
    tensor('t7', 'spm', 's8', [2, 8, 4], 128, [4, 0, 1]), tensor('t8', 'acc', 's32', [16, 4], 256), 'mm.add t8, t7, slot 0, m 2 mode n1', 'mm.add t8, t7, slot 0, m 2',
  ], memory);
}

const dtypes = ['s8', 'u8', 's32', 'u32'], roundNames = ['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd'];
const bytesOf = (dtype: string): number => (dtype.endsWith('32') ? 4 : 1);

/** Every type of result and residual, every rounding, with and without each step, over corner accumulators and awkward tables. */
function drains(turn: number): Directed {
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
function roundings(): Directed {
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
function inPlace(): Directed {
  const [low, high] = [RESULTS + 0x554, RESULTS + 0x2a8], next = random(41), memory = [...memoryOf(41), ...[low, high].map((address) => ({ space: SPACE_SPM, address, bytes: tableBytes(64, false, next).slice() }))];
  return caseOf('in-place', 41, [
    tensor('t1', 'acc', 's32', [6, 4], 0), tensor('t2', 'spm', 's8', [6, 4], DATA + 9), tensor('t3', 'spm', 's32', [4, 4], TABLES), 'n0 = { round: rhu, isat, scale: fixed, zpb: 3, zpo: -1 }',
    'drain t2, t1, table t3 with t2 mode n0', tensor('t4', 'acc', 's32', [4, 4], 96), 'n1 = { round: rne, scale: fixed }', 'drain t3, t4, table t3 mode n1', tensor('t5', 'spm', 's32', [6, 4], DATA + 512),
    'drain.relu t5, t1 with t5 mode n2', ...[low, high].flatMap((at) => [tensor('t6', 'spm', 's32', [4, 4], at), 'drain t6, t4, table t6 mode n1']),
  ], memory);
}

/** A drain reads accumulators as any integers. */
function narrowAccumulators(): Directed {
  return caseOf('narrow-accumulators', 42, [
    tensor('t1', 'acc', 's8', [1, 2, 2, 4], 20, [9, 12, 4, 1]), tensor('t2', 'spm', 's32', [1, 2, 2, 4], RESULTS + 512), 'drain t2, t1 mode n1',
    ...['s8', 'u8', 'u32'].flatMap((dtype, i) => [
      tensor('t1', 'acc', dtype, [5, 3], 16 * i + (dtype === 'u32' ? 64 : 4), [8, 1]), tensor('t2', 'spm', 's32', [5, 3], RESULTS + 64 * i), 'drain t2, t1 mode n1', tensor('t3', 'spm', 's32', [3, 4], TABLES + 32),
      'n0 = { round: rna, isat, scale: fixed }', tensor('t4', 'spm', 'u8', [5, 3], RESULTS + 256 + 16 * i), 'drain t4, t1, table t3 mode n0',
    ]),
  ]);
}

/** Operands at both ends of the memories, and strides of every size and sign: each bit of an address and of a stride matters. */
function wide(): Directed {
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

/** The least product by every shift: each bit below the point alone says that there is a rest. Then its neighbours of both signs. */
function sticky(): Directed {
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

/** Behind a product so long that the queue is full, the words of the next record come while the oldest waits: every kind beside every other. */
function crowded(): Directed {
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
function meetings(): Directed {
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
function tall(most: number, axes: readonly number[], twice: number): Directed {
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

/** Powers of two, their neighbours and their sums with the ends of s32: each bit of an accumulator decides a comparison. */
function powers(): Directed {
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
