//! cmsis.test: the CMSIS-NN descriptions are right: plain integer loops and machine formulas both give the published outputs.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { averageRow, cmsisElements, readCmsisSet } from '../model/vectors/cmsis.ts';
import type { CmsisLayer, CmsisResult } from '../model/vectors/cmsis.ts';
import { scaleStep } from './cmsis-machine.ts';
import { runCmsisMapping } from './cmsis-mapping.ts';
import { evaluateCmsis, gemmlowp, reduced16 } from './cmsis-reference.ts';

const VECTORS = process.env['SYSTOLE_VECTORS'] ?? fileURLToPath(new URL('../../shared/vectors', import.meta.url));
const SETS = readSets();
const outside = test.skipIf(SETS.length === 0);
if (SETS.length === 0) console.log(`skipped: no CMSIS-NN sets in ${VECTORS}; they are Tests/UnitTest of github.com/ARM-software/CMSIS-NN`);

outside('every folder is a layer, or one of the four kinds that are skipped with a reason', () => {
  const results = SETS.map(([name, files]) => readCmsisSet(name, files));
  expect(results.filter(({ status }) => status === 'unknown' || status === 'malformed')).toEqual([]);
  for (const result of results) if (result.status === 'skipped') expect(result.why).not.toBe('');
});

outside('the published outputs are those of the plain integer evaluation, bit for bit', () => {
  expect(disagreements(evaluateCmsis)).toEqual([]);
});

outside('the published outputs are those of the machine instructions the layers map to, bit for bit', () => {
  expect(disagreements(runCmsisMapping)).toEqual([]);
});

outside('the name of a folder decides nothing but average or maximum', () => {
  for (const [name, files] of SETS) {
    const pool = /avgpool|maxpool/.exec(name)?.[0] ?? 'set';
    const [own, other] = [readCmsisSet(name, files), readCmsisSet(`other_${pool}`, files)];
    expect([name, other.status]).toEqual([name, own.status]);
    if (own.status === 'layer' && other.status === 'layer') expect([name, kindOf(other.layer)]).toEqual([name, kindOf(own.layer)]);
  }
});

outside('one wrong digit in the expected words is found', () => {
  const [name = '', files] = SETS[0] ?? [];
  const broken = new Map(
    [...(files ?? [])].map(([file, text]) => [file, /output/.test(file) ? text.replace(/= *\{\s*-?\d+/, '= {101') : text]),
  );
  expect(disagreements(evaluateCmsis, [[name, broken]])).toEqual([name]);
});

test('division of a window sum by its count is one fixed scaling: all sums of up to 39 s8 values, every 37th of up to 512', () => {
  for (let count = 1; count <= 512; count += 1) {
    const row = averageRow(count);
    const half = Math.trunc(count / 2);
    const step = count < 40 ? 1 : 37;
    for (let sum = -128 * count; sum <= 128 * count; sum += step) {
      const wanted = Math.trunc((sum > 0 ? sum + half : sum - half) / count) + 0;
      if (Number(scaleStep(BigInt(sum), row, { scale: 'fixed', round: 'rna' })) !== wanted) expect([count, sum]).toEqual([count, wanted]);
    }
  }
});

test('the bound that makes the division exact holds for s16 values and every count up to 8192', () => {
  for (let count = 1; count <= 8192; count += 1) {
    const { multiplier, shift } = averageRow(count);
    const scale = 1n << BigInt(31 - shift);
    const excess = BigInt(multiplier) * BigInt(count) - scale;
    expect(multiplier).toBeLessThan(2 ** 31);
    expect(excess >= 0n && 2n * 32768n * BigInt(count) * excess < scale).toBe(true);
  }
});

test('both conventions are modes of the epilogue: gemmlowp with half up then half away, reduced16 as fixed with half up', () => {
  const values = [0n, 1n, -1n, 2n ** 31n - 1n, -(2n ** 31n), 12345678n, -12345678n, 65535n, -65536n];
  for (const multiplier of [2 ** 30, 2 ** 31 - 1, 1853063559, 0x7fff0000, 0x7ffeffff]) {
    for (const shift of [-29, -11, -1, 0]) {
      for (const value of values) {
        expect(scaleStep(value, { bias: 0, multiplier, shift }, { scale: 'gemmlowp', round: 'rna' })).toBe(
          gemmlowp(value, multiplier, shift),
        );
        const top = (multiplier < 0x7fff0000 ? (multiplier + 0x8000) >> 16 : 0x7fff) << 16;
        const wide = value << 14n;
        expect(scaleStep(wide, { bias: 0, multiplier: top, shift }, { scale: 'fixed', round: 'rhu' })).toBe(
          reduced16(wide, multiplier, shift),
        );
      }
    }
  }
});

test('arrays are read as C writes them: hexadecimal, negative, short, null, aliased; files that are not included are not read', () => {
  const layer = expectLayer(
    readCmsisSet(
      'renamed',
      new Map([
        ['test_data.h', '#include "a.h" // comment\n#include "b.h"\n'],
        [
          'a.h',
          [
            'FILTER_X 2',
            'FILTER_Y 1',
            'INPUT_W 3',
            'INPUT_H (1)',
            'IN_CH 1',
            'OUT_CH 0x1',
            'OUTPUT_W 2',
            'OUTPUT_H 1',
            'INPUT_BATCHES 1',
            'INPUT_OFFSET -3',
            'OUT_ACTIVATION_MIN -0x80',
          ]
            .map((line) => `#define OLD_${line}\n`)
            .join(''),
        ],
        [
          'b.h',
          `const int8_t old_input[3] = {0x7F, -128, /* two
      lines */ 5,}; const int8_t old_input_weights[1] = {-15}; const int8_t *const old_weights = old_input_weights;
      const int32_t *const old_biases = NULL; const int32_t old_output_mult[1] = {0x40000000}; const int32_t old_output_shift[1] = {};
      const int8_t old_output[2] = {}; const int8_t *old_output_ref = old_output;`,
        ],
        ['stale.h', 'const int8_t old_input[1] = {1};'],
      ]),
    ),
  );
  expect(layer.kind).toBe('convolution');
  if (layer.kind !== 'convolution') return;
  expect([...layer.input.data]).toEqual([127, -128, 5]);
  expect([layer.weights.dtype, cmsisElements(layer.weights), layer.width]).toEqual(['s4', [1, -1], 's4']);
  expect([layer.bias, layer.inputOffset, layer.clamp]).toEqual([undefined, -3, { min: -128, max: 127 }]);
  expect([...layer.requantise.multipliers, ...layer.requantise.shifts]).toEqual([2 ** 30, 0]);
  expect([...layer.expected.data]).toEqual([0, 0]);
});

test('what cannot be read is reported, all of it at once, and never thrown', () => {
  const read = (config: string, data = ''): CmsisResult =>
    readCmsisSet(
      's',
      new Map([
        ['test_data.h', '#include "c.h"\n#include "d.h"\n'],
        ['c.h', config],
        ['d.h', data],
      ]),
    );
  expect(readCmsisSet('s', new Map())).toMatchObject({ status: 'malformed', kind: undefined });
  expect(read('')).toMatchObject({ status: 'unknown' });
  expect(read('#define S_STEPS 3\n#define S_GATES 4\n')).toMatchObject({
    status: 'unknown',
    why: 'no known operator has the keys GATES STEPS',
  });
  const result = read('#define S_ACCUMULATION_DEPTH two\n#define S_OUT_CH 1\n#define S_INPUT_BATCHES 1\n', 'int8_t s_input[1] = {1, 2};');
  expect(result).toMatchObject({ status: 'malformed', kind: 'fully-connected' });
  if (result.status === 'malformed') {
    expect(result.problems).toContain('d.h: s_input: 2 values for 1 elements');
    expect(result.problems).toContain("ACCUMULATION_DEPTH is 'two', not an integer");
    expect(result.problems).toContain('array weights or input_weights or weights_data or kernel is missing');
    expect(result.problems).toContain('OUTPUT_SHIFT is missing');
  }
});

function kindOf(layer: CmsisLayer): string {
  return `${layer.kind} ${layer.width}`;
}

function expectLayer(result: CmsisResult): CmsisLayer {
  if (result.status !== 'layer') throw new Error(JSON.stringify(result));
  return result.layer;
}

/** Names of the sets whose output is not the published one. */
function disagreements(evaluate: (layer: CmsisLayer) => readonly number[], sets: typeof SETS = SETS): string[] {
  return sets
    .filter(([name, files]) => {
      const result = readCmsisSet(name, files);
      if (result.status !== 'layer') return false;
      const expected = cmsisElements(result.layer.expected).map(Number);
      const values = evaluate(result.layer);
      return values.length !== expected.length || values.some((value, at) => value !== expected[at]);
    })
    .map(([name]) => name);
}

function readSets(): readonly (readonly [name: string, files: ReadonlyMap<string, string>])[] {
  if (!existsSync(VECTORS)) return [];
  return readdirSync(VECTORS)
    .filter((folder) => folder.startsWith('cmsis-nn-'))
    .flatMap((folder) => {
      const base = join(VECTORS, folder, 'Tests/UnitTest/TestCases/TestData');
      return readdirSync(base)
        .sort()
        .map((name) => {
          const files = readdirSync(join(base, name)).map((file) => [file, readFileSync(join(base, name, file), 'utf8')] as const);
          return [name, new Map(files)] as const;
        });
    });
}
