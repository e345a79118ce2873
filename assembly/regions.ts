//! regions: what of DRAM may be used: protected regions, the image, the ends of the spaces.
import { profile, region, REGION_COUNT, SPACE_DRAM, state } from './encoding';

const PAGE_SHIFT: i64 = 12;
const MAY_READ: u32 = 1, MAY_WRITE: u32 = 2;

@inline export function spaceBytes(space: u32): i64 { return profile.spaceBytes(space); }
@inline function first(at: usize): i64 { return <i64>region.base(at) << PAGE_SHIFT; }
@inline function limit(at: usize): i64 { return <i64>region.limit(at) << PAGE_SHIFT; }
@inline function end(at: usize): i64 { return min<i64>(limit(at), profile.spaceBytes(SPACE_DRAM)); }

/** The lowest-numbered region that holds the whole interval; 0 if there is none. */
function holder(low: i64, high: i64): usize {
  for (let i: u32 = 0; i < REGION_COUNT; i++) {
    const at = state.regions(i);
    if (low >= first(at) && high <= end(at)) return at;
  }
  return 0;
}
export function inRegion(low: i64, high: i64): bool { return holder(low, high) != 0; }

/** Lowest byte of the interval that no region holds together with `low`. */
export function firstOutside(low: i64): i64 {
  const at = holder(low, low + 1);
  return at ? end(at) : low;
}

/** Lowest byte of an interval inside one region that may not be read or written; -1 if there is none. */
export function firstProtected(low: i64, high: i64, write: bool): i64 {
  const at = holder(low, high);
  if (!at || (region.attributes(at) & (write ? MAY_WRITE : MAY_READ)) == 0) return low;
  if (!write) return -1;
  const image = state.imageBase(), imageEnd = image + <i64>state.imageBytes();
  return low < imageEnd && high > image ? max<i64>(low, image) : -1;
}

/** How far an interval of DRAM may go that no rule forbids: its room, so that in it the same region holds it, goes to `to` and, its end, behind it. */
export function roomAround(low: i64, high: i64, write: bool, to: usize): void {
  store<i64>(to, 0);
  store<i64>(to, profile.spaceBytes(SPACE_DRAM), 8);
  for (let i: u32 = 0; i < REGION_COUNT; i++) {
    const at = state.regions(i);
    if (low >= first(at) && high <= limit(at)) {
      store<i64>(to, max<i64>(load<i64>(to), first(at)));
      store<i64>(to, min<i64>(load<i64>(to, 8), limit(at)), 8);
      break;
    }
    keepOff(low, high, first(at), limit(at), to);                         // where a region of a lower number has it, that one's attributes hold
  }
  if (write) keepOff(low, high, state.imageBase(), state.imageBase() + <i64>state.imageBytes(), to);
}

/** Takes from a room what lies beyond another interval; all but the interval itself where they overlap. */
@apart function keepOff(low: i64, high: i64, from: i64, end: i64, to: usize): void {
  if (end <= low) store<i64>(to, max<i64>(load<i64>(to), end));
  else if (from >= high) store<i64>(to, min<i64>(load<i64>(to, 8), from), 8);
  else {
    store<i64>(to, low);
    store<i64>(to, high, 8);
  }
}
