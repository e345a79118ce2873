//! regions: what of DRAM may be used: protected regions, the image, the ends of the spaces.
import { profile, region, REGION_COUNT, SPACE_ACC, SPACE_DRAM, state } from './encoding';

const PAGE_SHIFT: i64 = 12;
const MAY_READ: u32 = 1, MAY_WRITE: u32 = 2;

export function spaceBytes(space: u32): i64 {
  return space == SPACE_DRAM ? profile.dramBytes() : space == SPACE_ACC ? profile.accBytes() : profile.spmBytes();
}
@inline function first(at: usize): i64 { return <i64>region.base(at) << PAGE_SHIFT; }
@inline function end(at: usize): i64 { return min<i64>(<i64>region.limit(at) << PAGE_SHIFT, profile.dramBytes()); }

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
