//! functions-page: the page of the special functions, from what the campaign has recorded.

export interface Swept { readonly inputs: number; readonly mirrored: boolean; readonly power: number; readonly near: number; readonly exceptions: readonly string[] }
export interface Measured { readonly inputs: number; readonly power: number; readonly at: string }
export type Records = Readonly<Record<string, { readonly swept?: Swept; readonly measured?: Measured }>>;

const domain: Readonly<Record<string, string>> = { log: 'x > 0', log2: 'x > 0' };

export function functionsPage(records: Records): string {
  const rows = Object.entries(records).map(([name, { swept, measured }]) => {
    const bound = measured ? `measured on ${measured.inputs} inputs: below 2^${measured.power}, the largest at \`${measured.at}\`` : 'not measured yet';
    const inputs = swept ? `${swept.inputs}${swept.mirrored ? ', x >= 0: the sign mirrors' : ''}${domain[name] ? `, ${domain[name]}` : ''}` : '0';
    return `| ${name} | ${bound} | ${inputs} | ${swept ? `${swept.near} within 2^${swept.power}` : ''} | ${swept ? swept.exceptions.join(' ') || 'none' : ''} |`;
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
- **How we know**: all 65 536 inputs of bf16 and fp16 are compared with the oracle (\`npm run functions -- --sixteen\`). For fp32 the kernel runs
  over the inputs below; the oracle decides those whose pair lies nearer to the middle of two results than 2^-57 of its size, which is far more than the
  largest error that was found against the oracle. What would come out wrong is an exception, and stands in a table of the engine.

| argument | result |
|---|---|
| NaN | the canonical NaN |
| -Inf | exp exp2 sigmoid softplus +0; silu gelu gelu_tanh -0; tanh erf -1; log log2 sqrt rsqrt sin cos NaN; recip -0 |
| +Inf | tanh erf sigmoid 1; sin cos NaN; recip rsqrt +0; all others +Inf |
| zero | exp exp2 cos 1; sigmoid 1/2; softplus log 2 rounded; log log2 -Inf; recip and rsqrt Inf of its sign; all others the zero itself |
| below zero | log log2 sqrt rsqrt NaN |

gelu is x (1 + erf(x / sqrt 2)) / 2; gelu_tanh is x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2, its constants the real numbers.

| function | error of the pair, relative | fp32 inputs run | near a middle | exceptions |
|---|---|---|---|---|`;
