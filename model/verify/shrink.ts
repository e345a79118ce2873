//! shrink: the fewest and simplest records that still fail: groups go first, then single ones, then their parts become 0.
import { RECORD_FIELDS, type RawRecord } from './record.ts';

/** `fails` must hold for the records given. It is asked at most `tries` times. */
export function shrink(records: readonly RawRecord[], fails: (records: readonly RawRecord[]) => boolean, tries = 400): readonly RawRecord[] {
  let best = records, left = tries;
  const attempt = (candidate: readonly RawRecord[]): boolean => {
    if (left-- <= 0 || !fails(candidate)) return false;
    best = candidate;
    return true;
  };
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length;) if (!attempt([...best.slice(0, at), ...best.slice(at + size)])) at += size;
  }
  for (let at = 0; at < best.length; at++) {
    for (const field of RECORD_FIELDS) {
      for (const value of [0, best[at]![field] % 16, best[at]![field] % 4096]) {
        if (value < best[at]![field] && attempt(best.map((record, i) => (i === at ? { ...record, [field]: value } : record)))) break;
      }
    }
  }
  return best;
}
