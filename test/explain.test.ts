//! explain.test: an explanation comes to the bits that the engine wrote, says how, and says what is wrong with a question.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printInstruction } from '../model/assembler/disassembler.ts';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { closedOf, explain, type Explanation, isLawful } from '../model/explain/explain.ts';
import { explanationJson } from '../model/explain/json.ts';
import { type Choice, survey } from '../model/explain/survey.ts';
import { explanationLines } from '../model/explain/text.ts';
import type { Words } from '../model/isa/codec.ts';
import { type Profile, profile } from '../model/machine/profile.ts';
import { generate } from '../model/verify/generate.ts';
import { mixed, random } from '../model/verify/random.ts';
import { knobs } from '../model/verify/record.ts';
import { folder, isClear, setUp, systole, tearDown } from './command-line.ts';
import { runs } from './runs.ts';

const STEPS = 100_000;
function surveyed(device: Device, program: Program, choice: Choice): ReturnType<typeof survey> {
  const seen = survey(choice);
  device.load(program);
  for (const record of device.run({ budget: STEPS })) seen.take(record);
  return seen;
}
/** The element of an instruction, explained on a device that ran up to it. */
function explained(device: Device, program: Program, of: NonNullable<ReturnType<ReturnType<typeof survey>['found']>>, position: number, index: readonly bigint[]): Explanation {
  device.load(program);
  device.execute({ budget: of.stepsBefore });
  return explain(device, of, position, index);
}

/** Many multiplications beside everything else. */
const aimed = { ...knobs.numerics, weights: { ...knobs.numerics.weights, mm: 9, mdw: 4, drain: 6 } }, programs = runs(2);
test.each([
  'systole-16', 'gemmini-like', 'tpu1-like', 'nvidia-volta', 'nvidia-hopper', 'nvidia-blackwell', 'amd-cdna1', 'amd-cdna3', 'amx-like', 'arm-like',
])('on %s every explanation of a generated program ends with the bits that the engine wrote', { timeout: 300_000 }, (name) => {
  const of: Profile = profile(name), device = engine(of), mnemonics = new Set<string>();
  for (let seed = 0; seed < programs; seed++) {
    const { program } = generate(seed, of, aimed), next = random(mixed(seed, 7));
    for (const { last } of surveyed(device, program, undefined).sites()) {
      const closed = closedOf(last), position = last.written[next() % last.written.length]!, { dims } = closed.operands[position]!;
      const index = dims.map((dim) => BigInt(next()) % dim), explanation = explained(device, program, last, position, index);
      const lines = explanationLines(explanation, { text: printInstruction(last.words as Words) }), where = `seed ${seed}, seq ${last.seq}, [${index.join(', ')}]\n${lines.join('\n')}`;
      expect(isLawful(explanation), where).toBe(true);
      expect(lines.at(-1), where).toMatch(new RegExp(`^engine +0x0*${explanation.written.bits.toString(16)}  equal$`));
      expect(JSON.stringify(explanationJson(explanation)), where).toContain('"equal":true');
      mnemonics.add(explanation.definition.mnemonic);
    }
  }
  expect([...mnemonics]).toContain('mm');
});

test('what is watched is computed as it would be without anybody looking: every element of every destination', () => {
  const of = profile('systole-16'), device = engine(of);
  for (let seed = 100; seed < 100 + runs(2); seed++) {
    const { program } = generate(seed, of, knobs.smoke);
    for (const { last } of surveyed(device, program, undefined).sites()) {
      for (const position of last.written) {
        const { dims } = closedOf(last).operands[position]!, count = dims.reduce((product, dim) => product * dim, 1n);
        for (let element = 0n; element < count && element < 24n; element++) {
          let rest = element;
          const index = [...dims].reverse().map((dim) => { const i = rest % dim; rest /= dim; return i; }).reverse();
          expect(isLawful(explained(device, program, last, position, index)), `seed ${seed}, seq ${last.seq}, [${index.join(', ')}]`).toBe(true);
        }
      }
    }
  }
});

/** The lines from a heading on. */
function textOf(name: string, text: string, choice: Choice, index: readonly bigint[], from: string): readonly string[] {
  const device = engine(profile(name)), { program } = assembled(text), of = surveyed(device, program, choice).found()!;
  const lines = explanationLines(explained(device, program, of, of.written[0]!, index), { text: printInstruction(of.words as Words) });
  return lines.slice(lines.findIndex((line) => line.startsWith(from)));
}

describe('the text', () => {
  test('of a fused sum shows every term as the adder sees it', () => {
    const program = `A = spm fp16 [1,3] at 0  W = spm fp16 [3,1] at 0x100  acc = acc fp32 [1,1] at 0
      wload slot 0, W
      mm.set acc, A, slot 0
      halt 0
    .data spm 0
    .fp16 1, 0.00018310546875, -2
    .data spm 0x100
    .fp16 1.5, 0.0001220107, 0.25024
    `;
    expect(textOf('nvidia-volta', program, undefined, [0n, 0n], 'products')).toMatchInlineSnapshot(`
      [
        "products        a                         w                                       a x w  exponent",
        "            p0  0x3c00                 1  0x3e00                 1.5                1.5         0  1.1 x 2^0",
        "            p1  0x0a00  0.00018310546875  0x07ff  ~0.000122010707855  ~2.23408278544e-8       -27  1.011111111101 x 2^-26",
        "            p2  0xc000                -2  0x3401      0.250244140625     -0.50048828125        -1  -1.0000000001 x 2^-1",
        "",
        "step 0      p0..p2 onto 0",
        "window      greatest exponent 0; last place kept 2^-23",
        "                exponent  shift   kept in units of 2^0 | dropped                                kept",
        "            p0         0      0   1.10000000000000000000000                                      1.5",
        "            p1       -27     27   0.00000000000000000000000|001011111111101000000000               0",
        "            p2        -1      1  -0.10000000001000000000000                           -0.50048828125",
        "            C                     0.00000000000000000000000                                        0",
        "sum         0.99951171875  =  1.1111111111 x 2^-1",
        "round rz    exact: nothing to drop",
        "            is 0x3f7fe000  0 01111110 11111111110000000000000  =  0.99951171875",
        "",
        "events      lost",
        "result      0x3f7fe000  0 01111110 11111111110000000000000  =  0.99951171875",
        "engine      0x3f7fe000  equal",
      ]
    `);
  });

  test('of a requantised element goes through every step', () => {
    const program = `a = spm s32 [1] at 0  tb = spm s32 [1,4] at 0x10  d = spm s8 [1] at 0x40
      n1 = { round: rne, isat, scale: fixed, zpo: 3, clamp: [-128, 127] }
      scale d, a, table tb mode n1
      halt 0
    .data spm 0
    .s32 41
    .data spm 0x10
    .s32 -1, 0x40000000, -3, 0
    `;
    expect(textOf('systole-16', program, undefined, [0n], 'steps')).toMatchInlineSnapshot(`
      [
        "steps       x 0x00000029 (41)                                  41  1.01001 x 2^5",
        "            plus bias 0xffffffff (-1)                          40  1.01 x 2^5",
        "            times multiplier x 2^-34 0x40000000 (1073741824)  2.5  1.01 x 2^1",
        "            round rne to an integer                                10.|1000000000000000000000000000000000  guard 1, sticky 0: a tie, even before it, so kept",
        "              is                                                2",
        "            plus output zero point 3                            5  1.01 x 2^2",
        "            clamped to lo and hi                                5  1.01 x 2^2",
        "            to s8                                               5  1.01 x 2^2",
        "              is                                                5  0x05  0000 0101",
        "",
        "events      none",
        "result      0x05  0000 0101  =  5",
        "engine      0x05  equal",
      ]
    `);
  });

  test('of a function shows the digits that decide', () => {
    const program = `a = spm bf16 [1] at 0  d = spm bf16 [1] at 0x40
      special.exp d, a
      halt 0
    .data spm 0
    .bf16 -1.5
    `;
    expect(textOf('systole-16', program, undefined, [0n], 'operands')).toMatchInlineSnapshot(`
      [
        "operands    a[0]  bf16 at spm:0x0  0xbfc0  1 01111111 1000000  =  -1.5",
        "",
        "steps       exact exp          ~0.223130160148  1.1100100011111000011101110010010010110101… x 2^-3",
        "            round rne to bf16                   1.1100100|01111100001110111001001001011010…         guard 0, sticky 1: below half, so kept",
        "              is                    0.22265625  0x3e64  0 01111100 1100100",
        "",
        "events      inexact",
        "result      0x3e64  0 01111100 1100100  =  0.22265625",
        "engine      0x3e64  equal",
      ]
    `);
  });
});

describe('the command', () => {
  beforeAll(() => {
    setUp();
    writeFileSync(join(folder, 'twice.s'), `A = dram s32 [2,4] at 0x0  a = spm s32 [2,4] at 0x0
      load a, A
      loop 3 body 1
      binary.add a, a, a
      store A, a
      halt 0
    .data dram 0
    .s32 1, 2, 3, 4, 5, 6, 7, 8
    `);
  }, 300_000);
  afterAll(tearDown);

  test('explains the last instruction that wrote, or the one that is asked for', async () => {
    const last = await systole('explain twice.s --json');
    expect(last.code, last.err).toBe(0);
    expect(JSON.parse(last.out)).toMatchObject({ mnemonic: 'store', element: { index: [0, 0], space: 'dram' }, result: { value: '8' }, equal: true });
    const second = await systole('explain twice.s --pc 4:2 --element 1,3 --json');
    expect(JSON.parse(second.out)).toMatchObject({ mnemonic: 'binary', result: { bits: '0x00000020' }, written: { bits: '0x00000020' } });
    expect((await systole('explain twice.s --seq 4 --device specification')).out).toMatch(/binary\.add[\s\S]*\ndevice +0x00000002 {2}equal\n$/);
  });

  test.each([
    ['explain twice.s --element 2,0', /coordinate 0 is 2; d of pc .* is \[2, 4\], so it is 0 to 1/],
    ['explain twice.s --element 1', /1 coordinates; .* takes 2/],
    ['explain twice.s --element x', /'x' is not an index/],
    ['explain twice.s --pc 3', /writes no elements; what can be explained:\n {2}--pc 2 .*load/],
    ['explain twice.s --pc 4:9', /retired 3 times, not 9/],
    ['explain twice.s --pc 99', /past the end of the program, which has 7 instructions/],
    ['explain twice.s --seq 99', /number 99 did not retire; the run has \d+, from 0 on/],
    ['explain twice.s --seq 1 --pc 2', /either of them/],
    ['explain twice.s --pc a:b', /is not PC or PC:TIMES/],
    ['explain twice.s --operand e', /'e' is not a destination/],
    ['explain nowhere.s --seq -1', /nowhere\.s/],
  ])('`%s` says what was found and what is allowed', async (words, message) => {
    const ended = await systole(words);
    expect(ended.code).toBe(3);
    expect(ended.err).toMatch(message);
    isClear(ended.err);
  });
});
