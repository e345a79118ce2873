//! directed-products: programs of wload, mm, mdw and ainit, each after one thing that designs get wrong.
import { SPACE_ACC, SPACE_SPM } from '../limits.ts';
import { caseOf, DATA, type Directed, range, RESULTS, TABLES, tensor } from './directed-case.ts';

/** All K and N, and M around multiples of 4, the slots in turns. */
export function remainders(turn: number): Directed {
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

export function depthwise(): Directed {
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
export function strides(): Directed {
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

export function initialised(): Directed {
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
export function overlapped(): Directed {
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
export function reversedRows(): Directed {
  return caseOf('reversed-rows', 24, [
    tensor('t1', 'spm', 's8', [4, 4], DATA), tensor('t2', 'spm', 's8', [4, 4], DATA + 16), 'wload slot 0, t1', 'wload slot 1, t2',
    tensor('t3', 'spm', 's8', [64, 4], DATA + 100, [11, 1]), tensor('t4', 'acc', 's32', [64, 4], 0), tensor('t5', 'acc', 's32', [64, 4], 1008, [-4, 1]), tensor('t9', 'spm', 's8', [64, 2, 2], DATA + 5, [11, 3, 1]),
    'mm.set t4, t9, slot 0', 'mm.add t4, t3, slot 0', 'mm.add t5, t3, slot 1', 'mm.add t4, t3, slot 0', 'mm.add t5, t3, slot 0',
    // Weights behind an instruction so long that as many are done as can be under way.
    tensor('t6', 'spm', 's8', [255, 2, 2], DATA, [3, 3, 1]), tensor('t7', 'acc', 's32', [255, 1], 0, [4, 1]), tensor('t8', 'spm', 's8', [4, 1], DATA), 'wload slot 1, t8', 'mm.add t7, t6, slot 1', ...range(9).map((i) => `wload slot ${i % 2}, t${1 + (i % 2)}`), 'mm.add t5, t3, slot 0',
  ]);
}

/** Weights of every depth in one slot stay while the other is filled. */
export function slots(): Directed {
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
export function queued(): Directed {
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
export function dependent(): Directed {
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
export function empty(): Directed {
  return caseOf('empty', 27, [
    tensor('t1', 'spm', 's8', [4, 4], DATA), 'wload slot 0, t1', tensor('t2', 'spm', 's8', [0, 4], DATA), tensor('t3', 'acc', 's32', [0, 4], 0), 'mm.add t3, t2, slot 0', 'mm.set t3, t2, slot 1',
    tensor('t4', 'spm', 'u8', [3, 0], RESULTS), tensor('t5', 'acc', 's32', [3, 0], 0), 'drain t4, t5', 'ainit.zero t5', tensor('t6', 'acc', 's32', [2, 0, 4], 0), 'ainit.zero t6',
    tensor('t7', 'spm', 's8', [2, 4], DATA + 40), tensor('t8', 'acc', 's32', [2, 4], 32), 'mm.set t8, t7, slot 0', 'mm.add t3, t2, slot 0',
    tensor('t9', 'spm', 's8', [0, 2, 4], DATA), 'mdw.set t3, t9, slot 0', 'mm.add t8, t7, slot 0',
  ]);
}

/** Sums at the ends of s32, wrapped and saturated, beyond both ends in every column; products of -128 x -128. */
export function limits(): Directed {
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
