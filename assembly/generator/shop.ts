//! shop: what programs of a profile and knobs share, as the host laid it down: kinds of step, their weights, the pool, rows of patterns; what only the host can do.
import { RECORDS, SHOP, word, wordAt } from './room';

/*
 * Numbers of SHOP: how many kinds of step, definitions, and what each kind is; of definitions, how they multiply; the one that loads slots, -1; rows of patterns
 * that need no slot; phrases; the pool; weights and sums; of 128 records so many have facets of their own; the most records.
 */
const KINDS: i32 = 0, DEFINITIONS: i32 = 1, KIND_LIST: i32 = 2, MULTIPLIES: i32 = 3, LOADER: i32 = 4, ROWS: i32 = 5, PHRASES: i32 = 6, POOL: i32 = 7, WEIGHTS: i32 = 8, SUMS: i32 = 9;
const FRESH: i32 = 10, MOST: i32 = 11;
/** What a kind of step is: the host writes the others. */
export const BY_HOST: i32 = 0, ON_TENSORS: i32 = 1, IN_STREAMS: i32 = 2;
/** Facets of the pool for each kind of step; among them so many different ones for slots and for streams: they begin again. */
export const POOLED: i32 = 128, SLOT_POOLED: i32 = 16, STREAM_POOLED: i32 = 64, FACETS: i32 = 5;
/** A record whose facets are not of the pool. The profile allows no such pattern, or nobody asked yet. */
export const OWN: i32 = -1, UNASKED: i32 = 0;
/** Numbers of a record: op, f0 .. f6, which facets of the pool f0 .. f4 are. */
export const RECORD: i32 = 9, F0: i32 = 1, F5: i32 = 6, F6: i32 = 7, POOL_INDEX: i32 = 8;
export const PLAIN: i32 = 3;

/** The row of a pattern, by definition, facets of the pool or of a record at `at`, the fact that it multiplies with and `ease`; -1: the profile allows none. */
@external('host', 'solve') declare function solve(definition: i32, index: i32, at: i32, fact: usize, isDense: bool, ease: i32): i32;
/** The address of the phrase of a stream. */
@external('host', 'phrase') declare function solvePhrase(stream: i32, index: i32, at: i32): usize;
/** Any other step, and one that is predicated off; where its body ends. */
@external('host', 'step') export declare function step(at: i32, end: i32): i32;

@inline function part(which: i32): usize { return <usize>wordAt(SHOP, which); }
@inline export function kindCount(): i32 { return wordAt(SHOP, KINDS); }
@inline export function definitionCount(): i32 { return wordAt(SHOP, DEFINITIONS); }
@inline export function kindOf(kind: i32): i32 { return wordAt(part(KIND_LIST), kind); }
/** 0: it does not multiply, 1: it does, 2: channel by channel; 4 x which of those that multiply it is. */
@inline export function multiplies(definition: i32): i32 { return wordAt(part(MULTIPLIES), definition); }
@inline export function loader(): i32 { return wordAt(SHOP, LOADER); }
@inline export function poolAt(kind: i32, index: i32): usize { return part(POOL) + (<usize>(FACETS * (POOLED * kind + index)) << 2); }
@inline export function weights(): usize { return part(WEIGHTS); }
@inline export function sums(): usize { return part(SUMS); }
@inline export function fresh(): i32 { return wordAt(SHOP, FRESH); }
@inline export function mostRecords(): i32 { return wordAt(SHOP, MOST); }
@inline export function recordAt(at: i32): usize { return RECORDS + (<usize>at << 2); }

/** A fact: usable, usable channel by channel, then the rows of patterns that multiply with it. */
@inline export function isUsable(fact: usize, depthwise: bool): bool { return fact != 0 && wordAt(fact, depthwise ? 1 : 0) != 0; }

/** The address of the row of a definition's pattern; 0 where the profile allows none. One of a record's own facets is valid until 512 others came. */
export function pattern(definition: i32, index: i32, at: i32, fact: usize, isDense: bool): usize {
  if (index == OWN) return rowAt(solve(definition, OWN, at, fact, isDense, 0));
  const dense = isDense ? 1 : 0, known = fact ? fact + 8 + (<usize>(SLOT_POOLED * (2 * (multiplies(definition) >>> 2) + dense) + index % SLOT_POOLED) << 2)
    : part(ROWS) + (<usize>(POOLED * (2 * definition + dense) + index) << 2);
  if (word(known) == UNASKED) store<i32>(known, solve(definition, index, at, fact, isDense, 0));
  return rowAt(word(known));
}
@inline export function plainPattern(definition: i32, at: i32, fact: usize): usize { return rowAt(solve(definition, OWN, at, fact, false, PLAIN)); }
@inline function rowAt(row: i32): usize { return row > 0 ? <usize>row << 2 : 0; }
export function phrase(stream: i32, index: i32, at: i32): usize {
  if (index == OWN) return solvePhrase(stream, OWN, at);
  const known = part(PHRASES) + (<usize>(STREAM_POOLED * stream + index % STREAM_POOLED) << 2);
  if (word(known) == UNASKED) store<i32>(known, <i32>solvePhrase(stream, index, at));
  return <usize>word(known);
}
