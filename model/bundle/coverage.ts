//! coverage: what the records of a bundle went through, counted.
import { RetiredCursor } from '../cursor.ts';
import { byOpcode } from '../instructions/set.ts';
import { RETIRED_TRAPPED, trapName } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { decode } from '../isa/codec.ts';
import { formatByCode } from '../numerics/format.ts';
import { roundNames } from '../numerics/exact.ts';
import type { Coverage } from './manifest.ts';

/** Counts of all records; remainders are those of mm by the rows and columns of the array. */
export function coverageOf(records: Iterable<Uint8Array>, profile: Profile): Coverage {
  const instructions = new Map<string, number>(), dtypes = new Map<string, number>(), roundings = new Map<string, number>(), traps = new Map<string, number>();
  const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
  const triple = profile.triples[0], sizes = { m: triple?.kMax ?? 1, n: triple?.nMax ?? 1, k: triple?.kMax ?? 1 }, met = { m: new Set<number>(), n: new Set<number>(), k: new Set<number>() };
  for (const bytes of records) {
    const record = new RetiredCursor(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)), definition = byOpcode.get(record.word(0) & 255);
    if (!definition) continue;
    count(instructions, definition.mnemonic);
    if (record.status === RETIRED_TRAPPED) { count(traps, trapName(record.trap)); continue; }
    for (let position = 0; position < record.operandCount; position++) count(dtypes, formatByCode(record.operand(position)?.dtype ?? 0)?.name ?? 'none');
    if (definition.mode.includes('round')) count(roundings, roundNames[record.mode(0) & 7] ?? 'stochastic');
    const [d, a] = [record.operand(0), record.operand(1)];
    if (definition.mnemonic !== 'mm' || !d || !a) continue;
    const rows = Number(decode(definition, record.words)['mRank']), size = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);
    met.m.add(size(a.dims.slice(0, rows)) % sizes.m);
    met.k.add(size(a.dims.slice(rows)) % sizes.k);
    met.n.add((d.dims.at(-1) ?? 0) % sizes.n);
  }
  const sorted = (map: Map<string, number>): Readonly<Record<string, number>> => Object.fromEntries([...map].filter(([key]) => key !== 'none').sort(([a], [b]) => (a < b ? -1 : 1)));
  const remainders = (name: 'm' | 'n' | 'k') => ({ met: [...met[name]].sort((a, b) => a - b), of: sizes[name] });
  return {
    instructions: sorted(instructions), dtypes: sorted(dtypes), roundings: sorted(roundings), traps: sorted(traps), remainders: { m: remainders('m'), n: remainders('n'), k: remainders('k') },
  };
}
