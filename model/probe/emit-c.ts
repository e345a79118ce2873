//! emit-c: the probe as a C program: a function for each type that the user replaces by a call of the own unit.
import { nanWords } from './canonical.ts';
import { probeRows } from './inputs.ts';
import { type ProbeRow, type ProbeType, probeTypes } from './types-of-units.ts';
import { digitsOf, PROBE_END, PROBE_HEADER } from './words.ts';

/** A table of rows as hex text; the same in both languages. */
export function tableText({ name, depth }: ProbeType, rows: readonly ProbeRow[]): string {
  const line = ({ a, b, c }: ProbeRow): string => `  {{${elements(a)}}, {${elements(b)}}, ${elements([c])}},`;
  return `typedef struct { uint32_t a[${depth}], b[${depth}], c; } row_${name};\nstatic const row_${name} rows_${name}[${rows.length}] = {\n${rows.map(line).join('\n')}\n};\n`;
}

/** Codes as they lie in memory: a tf32 code in the upper bits of its 32. */
const elements = (codes: readonly bigint[]): string => codes.map((code) => `0x${code.toString(16).toUpperCase()}u`).join(', ');

/** printf of one line: tf32 codes without their ignored bits. */
export function printText({ name, a, b, accumulator, depth }: ProbeType, row: string, word: string): string {
  const wide = digitsOf(accumulator);
  const codes = (side: string, format: string): string =>
    `for (k = 0; k < ${depth}; k++) printf("%0${digitsOf(format)}x", (unsigned)(${row}.${side}[k]${format === 'tf32' ? ' >> 13' : ''}));`;
  return [
    `printf("${name} ");`, codes('a', a), 'printf(" ");', codes('b', b), `printf(" %0${wide}x %0${wide}x\\n", (unsigned)${row}.c, (unsigned)(${word}));`,
  ].map((line) => `    ${line}`).join('\n');
}

/** Inputs of a type, and how many multiplications of all rows by all rows the program is to do. */
export interface ProbeTable { readonly type: ProbeType; readonly rows: readonly ProbeRow[]; readonly crossings: number }
export const probeTables = (types: readonly ProbeType[], least?: number, crossings = 1): readonly ProbeTable[] =>
  types.map((type) => ({ type, rows: probeRows(type, least), crossings }));

/** What C asks for: a unit that is called has no paths. */
export const typesOfC: readonly ProbeType[] = probeTypes.filter(({ path }) => path === 'mma');

/** A complete C99 program; without changes it computes chains of fused multiply-adds with the host's floats. */
export function probeC(all: readonly ProbeTable[]): string {
  return [
    '// probe: prints the words of a dot-product unit for inputs that tell presets apart; made by `systole probe --emit c`.',
    '//   cc -std=c99 -O2 -ffp-contract=off probe.c -lm && ./a.out > words.txt && systole probe --check words.txt',
    '// Put a call of your own unit into the functions dot_..: operands and result are codes, element 0 first; return 0 in *known to leave a type out.',
    '#include <math.h>', '#include <stdint.h>', '#include <stdio.h>', '#include <string.h>', '',
    '#ifdef __FAST_MATH__', '#error "fast-math changes the words"', '#endif', '',
    helpers, crcText, ...all.map(({ type }) => functionText(type)), ...all.map(({ type, rows }) => tableText(type, rows)),
    'int main(void) {', '  unsigned i, j, shift;', '  int k, known;', `  printf("# ${PROBE_HEADER} from C\\n");`,
    ...all.map(mainText), `  puts("${PROBE_END}");`, '  return 0;', '}', '',
  ].join('\n');
}

function mainText({ type, rows, crossings }: ProbeTable): string {
  const { name, accumulator } = type, n = rows.length, row = `rows_${name}`;
  return `  for (i = 0; i < ${n}; i++) {
    uint32_t word = (known = 1, dot_${name}(${row}[i].a, ${row}[i].b, ${row}[i].c, &known));
    if (!known) break;
${printText(type, `${row}[i]`, 'word')}
  }
  for (shift = 0; known && shift < ${Math.min(crossings, n)}; shift++) {
    uint32_t crc = 0xFFFFFFFFu;
    for (i = 0; i < ${n}; i++) for (j = 0; j < ${n}; j++)
      crc = crc32c(crc, ${canonText(accumulator, `dot_${name}(${row}[i].a, ${row}[j].b, ${row}[(i + shift) % ${n}].c, &known)`)}, ${digitsOf(accumulator) / 2});
    printf("cross ${name} %u %08x\\n", shift, (unsigned)~crc);
  }`;
}

/** The canonical word, for the checksum. */
export const canonText = (accumulator: ProbeType['accumulator'], word: string): string => {
  const { magnitude, infinity, nan } = nanWords(accumulator), hex = (code: number): string => `0x${code.toString(16).toUpperCase()}u`;
  return `canon(${word}, ${hex(magnitude)}, ${hex(infinity)}, ${hex(nan)})`;
};

/** CRC-32C, a word's bytes from the lowest on; the same in both languages. */
export const crcText = `static uint32_t crc32c(uint32_t crc, uint32_t word, int bytes) {
  int bit;
  for (; bytes > 0; bytes--, word >>= 8)
    for (crc ^= word & 0xFFu, bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0x82F63B78u & (0u - (crc & 1u)));
  return crc;
}
static uint32_t canon(uint32_t word, uint32_t magnitude, uint32_t infinity, uint32_t nan) { return (word & magnitude) > infinity ? nan : word; }
`;

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

function functionText(type: ProbeType): string {
  const { name, accumulator, depth } = type, head = `static uint32_t dot_${name}(const uint32_t *a, const uint32_t *b, uint32_t c, int *known) {`;
  if (accumulator === 'fp16') return `${head}\n  (void)a; (void)b; (void)c;\n  *known = 0; /* no fp16 unit here */\n  return 0;\n}\n`;
  const value = (side: 'a' | 'b'): string => decoders[type[side]]!.replace('x', `${side}[k]`);
  return `${head}\n  float sum = bits_to_float(c);\n  int k;\n  (void)known;\n  for (k = 0; k < ${depth}; k++) sum = fmaf(${value('a')}, ${value('b')}, sum);\n  return float_to_bits(sum);\n}\n`;
}
