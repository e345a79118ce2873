//! vector: elements a second of the vector unit: fp32 arithmetic, special functions, conversions, and requantisation of accumulators.
import { SPACE_ACC, SPACE_SPM } from '../../model/limits.ts';
import type { Program } from '../../model/device.ts';
import { programOf, running } from '../program.ts';
import type { Work } from '../work.ts';
import { drawing } from './small.ts';

const ELEMENTS = 4096, PASSES = 50;
/** fp32 codes of numbers from 1/8 to 4 of either sign. */
const numbers = (count: number): Uint8Array => {
  const draw = drawing(7), word = (): number => draw(2) * 0x80000000 + (124 + draw(5)) * 0x800000 + draw(0x800000);
  return new Uint8Array(Uint32Array.from({ length: count }, word).buffer);
};

/** The lines on vectors of fp32 in the scratchpad, again and again. */
function loop(lines: readonly string[], passes = PASSES): Program {
  return programOf(`d = spm fp32 [${ELEMENTS}] at 0x8000   a = spm fp32 [${ELEMENTS}] at 0   b = spm fp32 [${ELEMENTS}] at 0x4000   h = spm bf16 [${ELEMENTS}] at 0xc000
i = spm s8 [${ELEMENTS}] at 0xe000
loop ${passes} {
  ${lines.join('\n  ')}
}
halt 0`, [{ space: SPACE_SPM, address: 0, bytes: numbers(2 * ELEMENTS) }]);
}

/** `native`: the function of bench/native/vector.c that does the same. */
function work(name: string, native: string, lines: readonly string[], passes = PASSES): Work {
  return beside(name, native, lines.length * ELEMENTS, passes, loop(lines, passes));
}
function beside(name: string, native: string, elements: number, passes: number, program: Program): Work {
  const unit = 'elem/s', subject = { unit, unitCount: elements * passes, program };
  return {
    name,
    prepare: (natives) => ({
      contenders: [
        running({ name: 'engine', ...subject }), running({ name: 'scalar build', build: 'scalar', ...subject }),
        natives.contender('native128', unit, elements, { source: 'vector', words: [native] }),
      ],
    }),
  };
}

const ROWS = 1024, COLUMNS = 16;
/** Sums of about 2^20 by a scale of each column to bytes, all accumulators of systole-16. */
function requantise(): Program {
  const draw = drawing(3), table = Uint32Array.from({ length: 4 * COLUMNS }, (_, i) => [draw(1000), 2 ** 30 + draw(2 ** 30), 256 - 12, 0][i % 4]!);
  return programOf(`acc = acc s32 [${ROWS},${COLUMNS}] at 0   o = spm s8 [${ROWS},${COLUMNS}] at 0   t = spm s32 [${COLUMNS},4] at 0x8000
n1 = { round: rhu, isat, scale: fixed, zpo: -5, clamp: [-128, 127] }
loop ${PASSES} {
  drain o, acc, table t   mode n1
}
halt 0`, [
    { space: SPACE_SPM, address: 0x8000, bytes: new Uint8Array(table.buffer) },
    { space: SPACE_ACC, address: 0, bytes: new Uint8Array(Int32Array.from({ length: ROWS * COLUMNS }, () => draw(2 ** 21) - 2 ** 20).buffer) },
  ]);
}

export const FP32_OPERATIONS = ['binary.add d, a, b', 'binary.mul d, a, b', 'binary.max d, a, b', 'fma d, a, b with a'];
export const SPECIALS = ['exp', 'tanh', 'rsqrt', 'gelu'];
export const vectorWorks: readonly Work[] = [
  beside('requantise', 'requantise', ROWS * COLUMNS, PASSES, requantise()),
  work('vector-fp32', 'fp32', FP32_OPERATIONS),
  ...FP32_OPERATIONS.map((line) => work(`vector-${line.split(' ')[0]}`, /(?:\w+\.)?(\w+)/.exec(line)![1]!, [line])),
  work('vector-convert', 'convert', ['convert h, a', 'convert d, h']),
  work('vector-quantise', 'quantise', ['convert i, a']),
  work('special', 'special', SPECIALS.map((name) => `special.${name} d, a`), 2),
  ...SPECIALS.map((name) => work(`special-${name}`, name, [`special.${name} d, a`], 2)),
];
