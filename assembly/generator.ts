//! generator: programs in bulk, as their host sees it: records are drawn from a seed and become instructions; what is rare the host does when asked.
import { bits, chance, facet, read } from './generator/dice';
import { resolveStream, resolveTensor, skip } from './generator/emit';
import { COUNT, GUEST, HEADS, INSTRUCTIONS, numberAt, PLACES, RECORDS, setNumberAt, setWordAt, word, wordAt } from './generator/room';
import {
  BY_HOST, definitionCount, F0, F5, F6, FACETS, fresh, kindCount, kindOf, mostRecords, ON_TENSORS, OWN, POOL_INDEX, poolAt, POOLED, RECORD, recordAt, step, sums, weights,
} from './generator/shop';

export * from './generator/room';
export { build, fix, last, open, push } from './generator/code';
export { emitPattern, forgetWishes, resolveTensor, slotFor } from './generator/emit';
export { begin, headThat, modeWith, registerWith, setModeWord, setRegister, sum, tensorWith } from './generator/machine';
export { fence, post, waitFor } from './generator/order';
export * from './generator/pattern';
export { place } from './generator/place';
export { read, roll } from './generator/dice';

/** Room for what one record makes, far more than any does. */
const ONE_RECORD: i32 = 0x2000;

/** Records one after the other, from and to multiples of their length; some take others as their bodies. */
export function resolve(from: i32, to: i32): void {
  for (let at = from; at < to;) at = resolveOne(at, to);
}
function resolveOne(at: i32, end: i32): i32 {
  const record = recordAt(at), kind = <i32>(<u32>wordAt(record, 0) % <u32>kindCount()), what = kindOf(kind);
  if (word(COUNT) > INSTRUCTIONS - ONE_RECORD) { skip(); return at + RECORD; }
  read(HEADS, wordAt(record, F5));
  // Some are predicated off, whatever they are.
  if (chance(HEADS, 3) || what == BY_HOST) return step(at, end);
  read(PLACES, wordAt(record, F6));
  if (what == ON_TENSORS) resolveTensor(kind, wordAt(record, POOL_INDEX), at, false);
  else resolveStream(kind - definitionCount(), wordAt(record, POOL_INDEX), at);
  return at + RECORD;
}

/** By how much a kind of step is weighed, in halves: eight bytes that are as likely. */
const SWARM: u64 = 0x0804_0201_0804_0000;

/** Swarm: records of a seed, of which some kinds of step are left out and the others weighed wildly. How many numbers they are comes back. */
export function draw(seed: u32): i32 {
  store<u32>(GUEST, seed);
  let total: f64 = 0;
  for (let kind = 0, from = weights(), to = sums(), end = kindCount(); kind < end; kind++) {
    const swarm = <i32>(SWARM >>> (bits(GUEST) >>> 29 << 3)) & 255;
    total += numberAt(from, kind) * (<f64>swarm * 0.5);
    setNumberAt(to, kind, total);
  }
  const end = RECORD * <i32>(1 + bits(GUEST) % <u32>max(1, 2 * mostRecords() - 1));
  for (let at = 0; at < end; at += RECORD) {
    const record = recordAt(at), kind = total > 0 ? kindAt(<f64>bits(GUEST) * (1.0 / 4294967296.0) * total) : 0;
    setWordAt(record, 0, kind);
    if (<i32>(bits(GUEST) >>> 25) < fresh()) {
      for (let i = 0; i < FACETS; i++) setWordAt(record, F0 + i, facet(GUEST));
      setWordAt(record, POOL_INDEX, OWN);
    } else {
      const index = <i32>(bits(GUEST) % <u32>POOLED);
      const from = poolAt(kind, index), to = record + (<usize>F0 << 2);
      v128.store(to, v128.load(from));
      store<i32>(to, load<i32>(from, 16), 16);
      setWordAt(record, POOL_INDEX, index);
    }
    setWordAt(record, F5, facet(GUEST));
    setWordAt(record, F6, facet(GUEST));
  }
  return end;
}
/** The first kind whose sum exceeds a number below the last one. Nobody can foresee it: there is no branch. */
function kindAt(at: f64): i32 {
  let first = 0;
  const list = sums();
  for (let count = kindCount(); count > 1;) {
    const half = count >> 1;
    first += select<i32>(half, 0, numberAt(list, first + half - 1) <= at);
    count -= half;
  }
  return first;
}
