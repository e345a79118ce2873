//! diff: two bundles side by side: what they were asked for, and the first thing in which each case differs.
import { spaceNames } from '../limits.ts';
import { recordJson } from '../trace.ts';
import { bundleSpaces } from './observe.ts';
import { type Bundle, type Case, equal, readCase } from './open.ts';
import { cursorOf, textOf } from './replay.ts';

export interface Difference { readonly where: string; readonly says: string }

/** One line for each difference; none where the bundles hold the same cases with the same results. */
export function diffBundles(one: Bundle, other: Bundle): readonly Difference[] {
  const all: Difference[] = [], note = (where: string, a: unknown, b: unknown): void => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
    if (left !== right) all.push({ where, says: `${left} against ${right}` });
  };
  note('profile', one.profile.name, other.profile.name);
  if (one.profile.name === other.profile.name) note('profile hash', one.profile.hash, other.profile.hash);
  note('isa', one.manifest.isa, other.manifest.isa);
  note('request', one.manifest.request, other.manifest.request);
  note('engine', one.manifest.made_by.engine_sha256, other.manifest.made_by.engine_sha256);
  const names = (bundle: Bundle): ReadonlySet<string> => new Set(bundle.manifest.cases.map(({ name }) => name)), [left, right] = [names(one), names(other)];
  for (const name of left) if (!right.has(name)) all.push({ where: name, says: 'is only in the first' });
  for (const name of right) if (!left.has(name)) all.push({ where: name, says: 'is only in the second' });
  for (const name of left) if (right.has(name)) all.push(...diffCases(readCase(one, name), readCase(other, name)));
  return all;
}

function diffCases(one: Case, other: Case): readonly Difference[] {
  const where = one.entry.name;
  if (!equal(one.program.image, other.program.image)) return [{ where, says: 'is another program' }];
  if (JSON.stringify(one.program.memory.map(plain)) !== JSON.stringify(other.program.memory.map(plain))) return [{ where, says: 'begins with other memory' }];
  const index = one.records.findIndex((bytes, i) => !equal(bytes, other.records[i]));
  if (index >= 0) {
    const [a, b] = [one.records[index], other.records[index]].map((bytes) => bytes && cursorOf(bytes));
    if (!a || !b) return [{ where, says: `${one.records.length} records against ${other.records.length}` }];
    const [wanted, got] = [recordJson(a), recordJson(b)], field = Object.keys(wanted).find((name) => JSON.stringify(wanted[name]) !== JSON.stringify(got[name])) ?? 'a field';
    return [{ where, says: `${textOf(a)}: ${field} is ${JSON.stringify(wanted[field])} against ${JSON.stringify(got[field])}` }];
  }
  if (other.records.length > one.records.length) return [{ where, says: `${one.records.length} records against ${other.records.length}` }];
  const space = bundleSpaces.find((s) => JSON.stringify(one.expected.get(s)!.map(plain)) !== JSON.stringify(other.expected.get(s)!.map(plain)));
  return space === undefined ? [] : [{ where, says: `${spaceNames[space]} after the run differs` }];
}
const plain = ({ address, bytes }: { readonly address: number; readonly bytes: Uint8Array }): readonly [number, string] => [address, [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')];
