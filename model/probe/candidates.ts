//! candidates: the float kernels of all built-in profiles for one type of multiplication, each distinct one once.
import type { Profile } from '../machine/profile.ts';
import { profile, profileNames } from '../machine/profile.ts';
import { dot } from '../numerics/dot.ts';
import type { DotRecord } from '../numerics/dot-record.ts';
import { formatByName, quietNan } from '../numerics/format.ts';
import type { ProbeRow, ProbeType } from './types-of-units.ts';

/** A kernel and all who have it: `profile/kernel`. */
export interface Candidate {
  readonly names: readonly string[];
  readonly record: DotRecord;
  /** The accumulator's canonical NaN in the first of the profiles. */
  readonly nan: bigint;
}

/** Kernels of the built-in profiles for the type, in the order of the profiles' names; equal records stand together. */
export function candidatesOf(type: ProbeType): readonly Candidate[] {
  const found = new Map<string, { names: string[]; record: DotRecord; nan: bigint }>();
  for (const one of allProfiles()) {
    for (const [name, record] of kernelsOf(one, type)) {
      const key = JSON.stringify(record), known = found.get(key), format = formatByName(type.accumulator);
      if (known) known.names.push(`${one.name}/${name}`);
      else found.set(key, { names: [`${one.name}/${name}`], record, nan: one.nans.get(format.code) ?? quietNan(format) });
    }
  }
  return [...found.values()];
}

/** The word that a kernel gives for a row. */
export function wordOf({ record, nan }: Candidate, type: ProbeType, { a, b, c }: ProbeRow): bigint {
  const operands = { a, aFormat: formatByName(type.a), w: b, wFormat: formatByName(type.b), c, accumulator: formatByName(type.accumulator) };
  return dot(record, operands, { isat: false, zpa: 0, zpb: 0, nan }).bits;
}

const allProfiles = (): readonly Profile[] => profileNames().map(profile);

function kernelsOf({ triples }: Profile, { a, b, accumulator }: ProbeType): (readonly [string, DotRecord])[] {
  const code = (name: string): number => formatByName(name).code;
  return triples.filter((row) => row.activation === code(a) && row.weight === code(b) && row.accumulator === code(accumulator))
    .flatMap(({ dots, kernels }) => dots.map((record, index) => [kernels[index]!, record] as const));
}
