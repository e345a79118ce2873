//! profile-functions: the function tables of the profiles that have them, computed on BigInt and written into their files.
import { digitsOf } from '../machine/profile-functions.ts';
import type { Between, Exact, Finite } from '../numerics/exact.ts';
import { exactInteger } from '../numerics/exact.ts';
import { fixed, ln2 } from '../numerics/fixed.ts';
import { type FunctionTable, methodsOf, type TableName, tableNames } from '../numerics/function-table.ts';
import { type FunctionName, specialFunction } from '../numerics/functions.ts';

/** The files that hold these tables. */
export const functionFiles = ['model/profiles/systole-16.json', 'model/profiles/systole-128.json'] as const;

interface Stated extends Omit<FunctionTable, 'entries' | 'multiplier'> { readonly valueBits: number; readonly multiplier?: string }

/** Places of 23 bits, 24 with a parity; entries of 24 bits whose greatest is a power of two: 1 at a scale of 23, 2 at 22, 16 at 19. */
const narrow = { indexBits: 8, interpolationBits: 15, interpolation: 'round', valueBits: 24, scaleBits: 23, rangeBits: 0, multiplierBits: 0 } as const;
const wide = { ...narrow, indexBits: 9 } as const, PLACES = 240;
const stated: Readonly<Record<TableName, Omit<Stated, 'method'>>> = {
  recip: narrow, sqrt: { ...wide, scaleBits: 22 }, rsqrt: wide,
  exp: { ...narrow, interpolation: 'truncate', scaleBits: 22, rangeBits: 8, multiplier: reciprocalOfLog2(23), multiplierBits: 23 },
  exp2: { ...narrow, interpolation: 'truncate', scaleBits: 22, rangeBits: 8, multiplier: '1' },
  log: { ...narrow, multiplier: hex(ln2(PLACES) >> BigInt(PLACES - 24)), multiplierBits: 24 }, log2: { ...narrow, multiplier: '1' },
  tanh: { ...narrow, rangeBits: 3 }, erf: { ...narrow, scaleBits: 22, rangeBits: 2 },
  sigmoid: { ...wide, rangeBits: 4 }, silu: { ...wide, rangeBits: 4 }, gelu: { ...wide, rangeBits: 3 }, gelu_tanh: { ...wide, rangeBits: 3 },
  softplus: { ...wide, scaleBits: 19, rangeBits: 4 },
};

/** The text of a profile with its functions made anew, before its timing. */
export function withFunctions(text: string): string {
  const bare = text.replace(/ {2}"functions": \{\n[\s\S]*?\n {2}\},\n/, ''), rows = tableNames.map((name) => `    "${name}": ${row(name)}`);
  return bare.replace('  "timing": {', `  "functions": {\n${rows.join(',\n')}\n  },\n  "timing": {`);
}

function row(name: TableName): string {
  const method = methodsOf[name][0], { indexBits, interpolationBits, interpolation, valueBits, scaleBits, rangeBits, multiplier, multiplierBits } = stated[name];
  const digits = digitsOf(valueBits), most = (1n << BigInt(valueBits)) - 1n;
  const table = Array.from({ length: 2 ** indexBits + 1 }, (_, i) => entry({ ...stated[name], method }, name, i)).map((value) => hex(value > most ? most : value).padStart(digits, '0')).join('');
  const shown = {
    method, indexBits, interpolationBits, interpolation, valueBits, scaleBits, ...(rangeBits ? { rangeBits } : {}),
    ...(multiplier ? { multiplier, multiplierBits } : {}), table, source: 'made by model/emit/profile-functions.ts', certainty: 'chosen',
  };
  return `{ ${Object.entries(shown).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(', ')} }`;
}

/** An entry: the nearest integer to what the table holds at its place. */
function entry({ method, indexBits, scaleBits, rangeBits }: Stated, name: FunctionName, i: number): bigint {
  const count = 2 ** indexBits, half = count / 2, at = (numerator: number, exponent: number): Finite => exactInteger(BigInt(numerator), exponent);
  switch (method) {
    case 'power': return nearest(specialFunction('exp2', at(i, -indexBits)), scaleBits);
    case 'logarithm': return nearest(specialFunction('log2', at(count + i, -indexBits)), scaleBits);
    case 'reciprocal': return nearest(specialFunction(name, at(count + i, -indexBits)), scaleBits);
    case 'root': case 'inverseRoot':
      return nearest(specialFunction(name, i < half ? at(half + i, 1 - indexBits) : at(i, 2 - indexBits)), scaleBits);
    case 'even': return ratio(name, at(i, rangeBits - indexBits), scaleBits);
    case 'factor': return ratio(name, at(i - half, rangeBits + 1 - indexBits), scaleBits);
    case 'value': return nearest(specialFunction(name, at(i - half, rangeBits + 1 - indexBits)), scaleBits);
  }
}

/** A value, or the middle of the bracket around it, at so many places. */
function rounded(value: Exact | Between, places: number): bigint {
  if (value.kind !== 'finite' && value.kind !== 'between') return 0n;
  return fixed(2n * value.significand + (value.kind === 'between' ? 1n : 0n), value.exponent - 1, places);
}
const nearest = (value: Exact | Between, scaleBits: number): bigint => (rounded(value, scaleBits + 1) + 1n) >> 1n;
/** f(x) / x: both have one sign, or f(x) is 0; at 0 the slope, from a number so near that no digit differs. */
function ratio(name: FunctionName, x: Finite, scaleBits: number): bigint {
  const near = x.significand === 0n ? exactInteger(1n, -60) : x;
  const quotient = rounded(specialFunction(name, near), PLACES + 80) / fixed(near.significand, near.exponent, 80);
  return (fixed(quotient, -PLACES, scaleBits + 1) + 1n) >> 1n;
}

function reciprocalOfLog2(places: number): string {
  return hex((((1n << BigInt(2 * PLACES)) / ln2(PLACES) >> BigInt(PLACES - places - 1)) + 1n) >> 1n);
}
function hex(value: bigint): string { return value.toString(16).toUpperCase(); }
