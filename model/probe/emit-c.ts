//! emit-c: the probe as a C program: a function for each type that the user replaces by a call of the own unit.
import { probeRows } from './inputs.ts';
import { type ProbeRow, type ProbeType, probeTypes } from './types-of-units.ts';
import { digitsOf, PROBE_HEADER } from './words.ts';

/** A table of rows as hex text, and what prints one; the same in both languages. */
export function tableText({ name, depth }: ProbeType, rows: readonly ProbeRow[], qualifier: string): string {
  const line = ({ a, b, c }: ProbeRow): string => `  {{${elements(a)}}, {${elements(b)}}, ${elements([c])}},`;
  return `typedef struct { uint32_t a[${depth}], b[${depth}], c; } row_${name};\n${qualifier} row_${name} rows_${name}[${rows.length}] = {\n${rows.map(line).join('\n')}\n};\n`;
}

/** Codes as they lie in memory: a tf32 code in the upper bits of its 32. */
const elements = (codes: readonly bigint[]): string => codes.map((code) => `0x${code.toString(16).toUpperCase()}u`).join(', ');

/** printf of one line: tf32 codes without their ignored bits. */
export function printText({ name, input, accumulator, depth }: ProbeType, row: string, word: string): string {
  const shift = input === 'tf32' ? ' >> 13' : '', digits = digitsOf(input), wide = digitsOf(accumulator);
  const codes = (side: string): string => `for (k = 0; k < ${depth}; k++) printf("%0${digits}x", (unsigned)(${row}.${side}[k]${shift}));`;
  return [
    `printf("${name} ");`, codes('a'), 'printf(" ");', codes('b'), `printf(" %0${wide}x %0${wide}x\\n", (unsigned)${row}.c, (unsigned)(${word}));`,
  ].map((line) => `    ${line}`).join('\n');
}

/** Inputs of every type. */
export interface ProbeTable { readonly type: ProbeType; readonly rows: readonly ProbeRow[] }
export const probeTables = (): readonly ProbeTable[] => probeTypes.map((type) => ({ type, rows: probeRows(type) }));

/** A complete C99 program; without changes it computes chains of fused multiply-adds with the host's floats. */
export function probeC(all: readonly ProbeTable[]): string {
  return [
    '// probe: prints the words of a dot-product unit for inputs that tell presets apart; made by `systole probe --emit c`.',
    '//   cc -std=c99 -O2 -ffp-contract=off probe.c -lm && ./a.out > words.txt && systole probe --check words.txt',
    '// Put a call of your own unit into the functions dot_..: operands and result are codes, element 0 first; return 0 in *known to leave a type out.',
    '#include <math.h>', '#include <stdint.h>', '#include <stdio.h>', '#include <string.h>', '',
    '#ifdef __FAST_MATH__', '#error "fast-math changes the words"', '#endif', '',
    helpers, ...all.map(({ type }) => functionText(type)), ...all.map(({ type, rows }) => tableText(type, rows, 'static const')),
    'int main(void) {', '  unsigned i;', '  int k, known;', `  printf("# ${PROBE_HEADER} from C\\n");`, '  (void)k;',
    ...all.map(({ type, rows }) => [
      `  for (i = 0; i < ${rows.length}; i++) {`, `    uint32_t word = (known = 1, dot_${type.name}(rows_${type.name}[i].a, rows_${type.name}[i].b, rows_${type.name}[i].c, &known));`,
      '    if (!known) break;', printText(type, `rows_${type.name}[i]`, 'word'), '  }',
    ].join('\n')),
    '  return 0;', '}', '',
  ].join('\n');
}

const helpers = `static float bits_to_float(uint32_t bits) { float value; memcpy(&value, &bits, 4); return value; }
static uint32_t float_to_bits(float value) { uint32_t bits; memcpy(&bits, &value, 4); return bits; }
/* Any format of a sign, exponent and fraction; of e4m3 the highest magnitude is NaN, others have infinities. */
static float decode(uint32_t code, int exponent_bits, int fraction_bits, int is_fn) {
  uint32_t field = (code >> fraction_bits) & ((1u << exponent_bits) - 1), fraction = code & ((1u << fraction_bits) - 1);
  int bias = (1 << (exponent_bits - 1)) - 1, is_top = field == (1u << exponent_bits) - 1;
  float sign = (code >> (exponent_bits + fraction_bits)) & 1 ? -1.0f : 1.0f;
  if (is_fn ? is_top && fraction == (1u << fraction_bits) - 1 : is_top && fraction != 0) return bits_to_float(0x7FC00000u);
  if (!is_fn && is_top) return sign * bits_to_float(0x7F800000u);
  return sign * ldexpf((float)(field ? fraction + (1u << fraction_bits) : fraction), (field ? (int)field : 1) - bias - fraction_bits);
}
`;

const decoders: Readonly<Record<string, string>> = {
  fp16: 'decode(x, 5, 10, 0)', bf16: 'bits_to_float(x << 16)', tf32: 'bits_to_float(x & 0xFFFFE000u)', e4m3: 'decode(x, 4, 3, 1)', e5m2: 'decode(x, 5, 2, 0)',
};

function functionText({ name, input, accumulator, depth }: ProbeType): string {
  const head = `static uint32_t dot_${name}(const uint32_t *a, const uint32_t *b, uint32_t c, int *known) {`;
  if (accumulator === 'fp16') return `${head}\n  (void)a; (void)b; (void)c;\n  *known = 0; /* no fp16 unit here */\n  return 0;\n}\n`;
  const value = (side: string): string => decoders[input]!.replace('x', `${side}[k]`);
  return `${head}\n  float sum = bits_to_float(c);\n  int k;\n  (void)known;\n  for (k = 0; k < ${depth}; k++) sum = fmaf(${value('a')}, ${value('b')}, sum);\n  return float_to_bits(sum);\n}\n`;
}
