//! tiles: shapes of the matrix unit: tiles of weights that fit a row of the profile, and what may be multiplied with them.
import { cached } from '../isa/cached.ts';
import { FORM_SPARSE, type Triple } from '../isa/view.ts';
import type { Profile } from '../machine/profile.ts';
import { countOf, type Draft, operandOf } from './draft.ts';
import type { Draw } from './random.ts';

/** A weight slot as it is known to be. */
export interface SlotFact {
  readonly dtype: number;
  readonly depth: number;
  readonly columns: number;
  /** Dtype of the scales, 0 for none. */
  readonly scales: number;
}
/** The same, and what may be multiplied with it: by rows of the profile, channel by channel or not. */
export interface Fact extends SlotFact { readonly isUsable: boolean; readonly isUsableDepthwise: boolean }
export function factOf(profile: Profile, slot: SlotFact): Fact {
  const isUsable = rowsOf(profile, slot).length > 0;
  return { ...slot, isUsable, isUsableDepthwise: isUsable && slot.scales === 0 };
}

/** MACs of one generated instruction, about: the specification does them one by one. */
const MACS = 2048;

/** K and N of a tile: 1, the limits, or something between; not more elements than the budget. Sparse weights have an even K. */
export function chooseTile(draft: Draft, name: string, draw: Draw, { triples, accLanes }: Profile, elements: number): void {
  const rows = triples.filter((t) => t.weight === operandOf(draft, name)!.dtype), row = draw.pick(rows);
  const columns = draw.pick([...new Set([Math.min(4, row.nMax), 1, row.nMax, Math.min(row.nMax, 2), Math.max(1, row.nMax - 1), 1 + draw(row.nMax)])]);
  const depth = draw.pick([...new Set([Math.min(4, row.kMax), 1, row.kMax, Math.min(row.kMax, 3), Math.max(1, row.kMax - 1), 1 + draw(row.kMax)])]);
  const n = Math.min(columns, accLanes), most = Math.max(1, Math.min(depth, Math.floor((4 * elements) / n)));
  const k = draft.bits['form'] === FORM_SPARSE ? Math.max(2, most & ~1) : most;
  operandOf(draft, name)!.dims = [...factors(k, 1 + draw(3), draw), n];
}

/** Rows of the profile by which a slot may be used. */
export const rowsOf = (profile: Profile, slot: SlotFact): readonly Triple[] => rowsByWeight(profile).get(slot.dtype) ?? [];
const rowsByWeight = cached(({ triples }: Profile): ReadonlyMap<number, readonly Triple[]> => new Map(triples.map(({ weight }) => [weight, triples.filter((t) => t.weight === weight)])));

/** Dims of the accumulators and the activations for a loaded slot. */
export function chooseMultiply(draft: Draft, names: { readonly acc: string; readonly a: string; readonly mRank: string; readonly depthwise: boolean },
  slot: SlotFact, row: Triple, draw: Draw, elements: number, emptied: boolean): void {
  const acc = operandOf(draft, names.acc)!, a = operandOf(draft, names.a)!, work = names.depthwise ? slot.depth * slot.columns : slot.depth * slot.columns;
  const most = Math.max(1, Math.min(row.mMax, Math.floor(MACS / Math.max(1, work)), Math.floor(elements / slot.columns)));
  const m = emptied ? 0 : draw.pick([...new Set([Math.min(3, most), 1, most, Math.max(1, most - 1), 1 + draw(most)])]);
  const mRank = 1 + draw(names.depthwise ? 3 : 4), left = 5 - mRank - (names.depthwise ? 1 : 0), taps = factors(slot.depth, 1 + draw(Math.max(1, left)), draw);
  draft.bits[names.mRank] = mRank;
  const rows = factors(m, mRank, draw);
  a.dims = [...rows, ...taps.slice(0, Math.max(1, left)), ...(names.depthwise ? [slot.columns] : [])];
  acc.dims = [...(m === 1 && draw.chance(20) ? [] : factors(m, 1 + draw(4), draw)), slot.columns];
}

/** A number as a product of so many factors, each a divisor; most of it stays in one. */
export function factors(of: number, many: number, draw: Draw): number[] {
  const out = Array.from({ length: many }, () => 1);
  let rest = of;
  for (let i = 0; i < many - 1 && rest > 1; i++) {
    const divisors = [1, 2, 3, 5, 7].filter((d) => rest % d === 0);
    out[i] = draw.pick(divisors);
    rest /= out[i]!;
  }
  out[many - 1] = rest;
  return countOf(out) === of ? out : [...out.slice(0, -1), of];
}
