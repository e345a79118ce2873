//! functions-page: the page of the special functions, from what the campaign has recorded.
import { algebraicCount, functionNames } from '../model/numerics/functions.ts';

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
export type Records = Readonly<Record<string, { readonly swept?: Swept; readonly measured?: Measured }>>;

export function functionsPage(records: Records): string {
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
  return `${head}\n${rows.join('\n')}\n`;
}

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
- **Binades that need no run**: below 2^-25 exp, exp2 and cos are nearer to 1, sigmoid to 1/2, softplus to log 2, tanh and sin to x, silu and the gelus to
  x/2 than half the way to the next middle, and where x/2 itself is a middle (it is subnormal) the low half has the sign of the next term; from 2^19 on all
  but sin, cos and the logarithms are 0, 1, x or out of range.

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
