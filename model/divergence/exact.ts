//! exact: a profile whose sums of floats lose nothing before one rounding: what other profiles are measured against.
import type { Profile } from '../machine/profile.ts';
import type { ExactRecord } from '../numerics/dot-record.ts';

const kernel: ExactRecord = Object.freeze({ kind: 'exact', group: null, join: 'inWindow', round: 'rne', zero: 'ieee', daz: 0, ftz: 0 });

/** The same machine with every float kernel replaced: all products of an instruction and C are summed exactly and rounded once. */
export function withExactSums(profile: Profile): Profile {
  const triples = profile.triples.map((row) => (row.dots.some(({ kind }) => kind === 'integer') ? row : { ...row, dots: row.dots.map(() => kernel) }));
  return { ...profile, name: `${profile.name}-exact`, triples };
}
