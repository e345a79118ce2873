//! profile-functions: the function tables of a profile: how their text is read, what their widths must keep among each other.
import { methodNames } from '../numerics/function-table.ts';
import type { Partly, Problem } from './profile-check.ts';
import type { ProfileFile } from './profile-schema.ts';

/** Entries as they stand in a file: as many hex digits each as their bits need, the first entry first. */
export function entriesOf(table: string, valueBits: number): readonly number[] {
  const digits = digitsOf(valueBits), entries: number[] = [];
  for (let at = 0; at + digits <= table.length; at += digits) entries.push(Number.parseInt(table.slice(at, at + digits), 16));
  return entries;
}
/** Hex digits of an entry. */
export const digitsOf = (valueBits: number): number => Math.ceil(valueBits / 4);

type Stated = Partly<NonNullable<NonNullable<ProfileFile['functions']>['exp']>>;

/** What does not fit together in the tables of all functions. */
export const functionProblems = ({ functions = {} }: Partly<ProfileFile>): readonly Problem[] =>
  Object.entries(functions).flatMap(([name, stated]) => (stated ? [...widths(name, stated), ...entries(name, stated)] : []));

const rangeMethods: readonly string[] = ['power', 'even', 'factor', 'value'], multiplierMethods: readonly string[] = ['power', 'logarithm'];
/** Bits of a place: those behind the leading one of a significand, the parity of the exponent before them where it counts. */
const placesMax = (method: string): number => (method === 'root' || method === 'inverseRoot' ? 24 : rangeMethods.includes(method) ? 30 : 23);

function* widths(name: string, stated: Stated): Generator<Problem> {
  const { method, indexBits, interpolationBits, rangeBits } = stated;
  const problem = (field: string, message: string): Problem => ({ path: ['functions', name, field], message });
  if (method === undefined || !methodNames.includes(method)) return;
  if (indexBits !== undefined && interpolationBits !== undefined && indexBits + interpolationBits > placesMax(method)) {
    yield problem('interpolationBits', `found ${interpolationBits} after ${indexBits} bits of index; allowed: ${placesMax(method)} together`);
  }
  if (rangeBits !== undefined && rangeBits !== 0 && !rangeMethods.includes(method)) {
    yield problem('rangeBits', `found ${rangeBits} for ${method}, which has no range; allowed: 0`);
  }
  // What is not stated is 0; what the schema has refused is there, and undefined.
  const { multiplier, multiplierBits } = { multiplier: '0', multiplierBits: 0, ...stated };
  if (multiplier === undefined || multiplierBits === undefined) return;
  const factor = Number.parseInt(multiplier, 16), multiplies = multiplierMethods.includes(method);
  if (!multiplies && (factor !== 0 || multiplierBits !== 0)) {
    yield problem('multiplier', `found ${multiplier} for ${method}, which multiplies by nothing; allowed: 0, and multiplierBits 0`);
  }
  if (multiplies && (factor === 0 || factor >= 4 * 2 ** multiplierBits)) {
    yield problem('multiplier', `found ${multiplier} times 2^-${multiplierBits}; allowed: above 0 and below 4`);
  }
}

function* entries(name: string, { indexBits, valueBits, table }: Stated): Generator<Problem> {
  if (indexBits === undefined || valueBits === undefined || table === undefined) return;
  const count = 2 ** indexBits + 1, digits = digitsOf(valueBits), path = ['functions', name, 'table'];
  if (table.length !== count * digits) {
    yield { path, message: `found ${table.length} hex digits; allowed: ${count * digits}, ${count} entries of ${digits}` };
    return;
  }
  const wide = entriesOf(table, valueBits).findIndex((entry) => entry >= 2 ** valueBits);
  if (wide >= 0) {
    const found = table.slice(wide * digits, (wide + 1) * digits);
    yield { path, message: `entry ${wide} is ${found}; allowed: at most ${valueBits} bits` };
  }
}
