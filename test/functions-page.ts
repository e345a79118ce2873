//! functions-page: the page of the special functions, from what the campaign has recorded.
import { profile } from '../model/machine/profile.ts';
import { methodNames, type FunctionTable, tableNames } from '../model/numerics/function-table.ts';
import { algebraicCount, type FunctionName, functionNames } from '../model/numerics/functions.ts';
import { type Distances, levelFormats, type LevelRecords } from './function-levels.ts';

export interface Swept {
  readonly inputs: number;
  readonly mirrored: boolean;
  readonly power: number;
  readonly near: number;
  readonly exceptions: readonly string[];
}
export interface Measured {
  readonly inputs: number;
  readonly power: number;
  readonly at: string;
}
/** The fast build beside the plain one: inputs, and those whose results differ. */
export interface Laned {
  readonly inputs: number;
  readonly differ: readonly string[];
}
export type Records = Readonly<Record<string, { readonly swept?: Swept; readonly measured?: Measured; readonly laned?: Laned }>>;

/** What the fast build computes by approximations, or otherwise than the plain one. */
export const byLanes: readonly FunctionName[] = ['recip', 'sqrt', 'rsqrt', 'exp', 'exp2', 'tanh', 'sigmoid', 'erf', 'gelu', 'gelu_tanh', 'silu'];

export function functionsPage(records: Records, levels: LevelRecords): string {
  const rows = functionNames.slice(algebraicCount).map((name) => {
    const { swept, measured } = records[name] ?? {};
    const bound = measured
      ? `below 2^${measured.power} on ${measured.inputs} inputs, the largest at \`${measured.at}\``
      : 'not measured yet';
    const all = 255 * (swept?.mirrored || name.startsWith('log') ? 1 : 2),
      done = (swept?.inputs ?? 0) / 2 ** 23;
    const side = swept?.mirrored ? ' of x > 0, the sign mirrors' : name.startsWith('log') ? ' of x > 0' : '';
    const inputs = `${done === all ? `all ${all} binades` : `${done} of ${all} binades`}${side}: ${swept?.inputs ?? 0}`;
    return `| ${name} | ${bound} | ${inputs} | ${swept?.near ?? 0} | ${swept?.exceptions.join(' ') || 'none'} |`;
  });
  const laned = byLanes.map((name) => `${name} ${records[name]?.laned?.inputs ?? 0}${records[name]?.laned?.differ.length ? `, other results at ${records[name].laned.differ.join(' ')}` : ''}`);
  return `${head}\n${rows.join('\n')}\n\nfp32 inputs of the fast build beside the plain one (4278190080 are all, 2139095040 where a sign mirrors or is NaN; else the binades nearest to 1/8), results equal unless said: ${laned.join(', ')}.\n\n${levelHead}\n${parameters().join('\n')}\n\n${distanceHead}\n${histogram(levels).join('\n')}\n`;
}

/** What systole-16 states for each function. */
function parameters(): readonly string[] {
  const { functions } = profile('systole-16');
  return tableNames.map((name) => {
    const table = functions.get(name)!,
      { method, indexBits, interpolationBits, interpolation, scaleBits, multiplier, multiplierBits, entries } = table;
    const factor = multiplier === 0n ? '' : multiplierBits === 0 ? String(multiplier) : `${multiplier} x 2^-${multiplierBits}`;
    return `| ${name} | ${method} | ${range(table)} | ${factor} | ${indexBits} | ${interpolationBits}, ${interpolation} | ${entries.length} x 2^-${scaleBits} |`;
  });
}
function range({ method, rangeBits }: FunctionTable): string {
  if (method === 'power') return `above ${2 ** rangeBits} as ${2 ** rangeBits}`;
  return methodNames.indexOf(method) < methodNames.indexOf('even') ? 'all' : `from ${2 ** rangeBits} on its limit`;
}

/** Columns of the histogram: the first bit length of a distance that is in each. */
const columns = [0, 1, 2, 3, 4, 6, 9, 13] as const;
function histogram(levels: LevelRecords): readonly string[] {
  return tableNames.flatMap((name) => levelFormats.map((format) => histogramRow(name, format, levels[name]?.[format])));
}
function histogramRow(name: string, format: string, found: Distances | undefined): string {
  if (!found) return `| ${name} | ${format} | not measured yet |`;
  const cells = columns.map((from, i) => found.counts.slice(from, columns[i + 1]).reduce((sum, count) => sum + count, 0));
  return `| ${name} | ${format} | ${cells.join(' | ')} | ${found.most}${found.most > 0 ? ` at \`${found.at}\`` : ''} |`;
}

const levelHead = `## Level lut

\`level: lut\` in the numeric mode computes what hardware computes: integers, one table, a straight line between two of its entries. The profile states
everything (\`functions\`, in its hash); a function that it has no table for traps \`feature\`, sin and cos always. systole-16 and systole-128 have the tables
below, made by \`model/emit/profile-functions.ts\`; \`generated/systole_functions.sv\` has them for RTL.

A finite x other than 0 is (-1)^s m 2^(e-23), 2^23 <= m < 2^24; subnormals too. Everything is an integer, >> rounds down, P = index bits + interpolation bits.

| method | place, P bits | result |
|---|---|---|
| power | the lower P bits of t = floor(+-m multiplier 2^(e-23-multiplierBits+P)), \\|x\\| taken as 2^rangeBits at most | y 2^(t >> P) |
| reciprocal | (m - 2^23) >> (23-P) | +-y 2^-e |
| root | ((m - 2^23) + 2^23 (e & 1)) >> (24-P) | y 2^(e >> 1) |
| inverseRoot | the same | y 2^-(e >> 1) |
| logarithm | (m - 2^23) >> (23-P) | (e + y) multiplier |
| even | floor(m 2^(e-23+P-rangeBits)) | x y |
| factor | floor(+-m 2^(e-24+P-rangeBits)) + 2^(P-1) | x y |
| value | the same | y |

With i the upper bits of the place, f the interpolation bits below, and T the entries: y = T[i] + ((T[i+1] - T[i]) f + h >> interpolation bits), h half a unit where
it rounds, 0 where it truncates; T has 2^(index bits) + 1 entries, unsigned, y counts 2^-scale. The result has all its bits and is rounded once, to nearest even whatever
\`round\` says. even, factor and value hold for |x| < 2^rangeBits; from there on the function is what it is at that infinity, and x where that is infinite. NaN,
infinities, zeros and numbers without a result are as in the table above; events are those of the one rounding.

| function | method | \\|x\\| | multiplier | index bits | interpolation bits | entries |
|---|---|---|---|---|---|---|`;

const distanceHead = `How many results are how far from level exact, in codes of the format (ulp), measured by \`npm run functions -- --levels\` on the engine: every
bf16 and fp16 code, and of fp32 the 65 536 codes whose two halves are equal, which are all signs and exponents with 128 fractions each. Far ends of sigmoid, gelu, silu and softplus
are zeros where the real function is a small number: many codes, no distance to speak of.

| function | format | 0 | 1 | 2-3 | 4-7 | 8-31 | 32-255 | 256-4095 | 4096 and more | largest |
|---|---|---|---|---|---|---|---|---|---|---|`;

const head = `<!-- made by test/functions-campaign.ts from golden/functions.json -->
# Special functions

\`special.f d, a\` on bf16, fp16 and fp32 is **correctly rounded**: the element is what the real number f(a) rounds to, for every input.
recip, sqrt and rsqrt round in the direction of the mode, exactly, by integers. The others round to nearest even, whatever \`round\` says.

- **The specification** (\`model/numerics/functions.ts\`) computes on BigInt with ever more digits (Ziv) until a bracket of 92 bits holds the real
  number, and rounds that once. Exact results, as 2^3 or log 1, are numbers.
- **The engine** (\`assembly/functions.ts\`) computes a pair of fp64, high + low, with + - x / alone, from tables that
  \`model/emit/function-tables.ts\` makes on BigInt; there is no other table, and the words of every host are the same. The pair is rounded once,
  the low half deciding ties: to odd in 53 bits and sticky, then to the format.
- **How we know**: all 65 536 inputs of bf16 and fp16 are compared with the oracle (\`npm run functions -- --sixteen\`) and with published words. For
  fp32 the error of the pair is measured against the oracle on 2^20 inputs of each function (\`--measure\`), and the kernel runs over whole binades of
  inputs, 2^23 numbers each, those nearest to 1/8 first (\`--sweep\`). Where the pair lies nearer to the middle of two results than 2^-57 of its size,
  which is more than four times the largest error found, the oracle decides. An input that came out wrong would be an exception; there is none, so the
  engine has no table of exceptions.
- **The fast build** (\`assembly/approximate.ts\`) tries four numbers at a time in plain fp64, wrong by less than 2^-42 of themselves: where such a number is not within 2^-40
  of one of 24 bits, or of a middle, it tells how the pair would round; elsewhere the pair decides. \`--lanes\` runs both builds, as shipped, and compares.
- **Every finite fp32 input was run** through the pair, for each of the thirteen functions; of functions that a sign mirrors, those above 0. Below 2^-125, where every other
  x/2 is itself a middle, silu and the gelus are held against a law instead of the oracle: x/2 to nearest, middles upwards, since the next term is positive.

| argument | result |
|---|---|
| NaN | the canonical NaN |
| -Inf | exp exp2 sigmoid softplus +0; silu gelu gelu_tanh -0; tanh erf -1; log log2 sqrt rsqrt sin cos NaN; recip -0 |
| +Inf | tanh erf sigmoid 1; sin cos NaN; recip rsqrt +0; all others +Inf |
| zero | exp exp2 cos 1; sigmoid 1/2; softplus log 2 rounded; log log2 -Inf; recip and rsqrt Inf of its sign; all others the zero itself |
| below zero | log log2 sqrt rsqrt NaN |

gelu is x (1 + erf(x / sqrt 2)) / 2; gelu_tanh is x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2, its constants the real numbers.

| function | relative error of the pair, measured | fp32 inputs run | within 2^-57 of a middle | exceptions |
|---|---|---|---|---|`;
