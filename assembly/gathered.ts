//! gathered: short rows of an element-by-element instruction as one, their codes side by side; of the SIMD build only.
import { SCRATCH } from './memory';
import { copyRow } from './move';
import { baseAt, openAlone, parkRows, placeAlone, resumeRows, rowLength } from './rows';
import { WALK_BYTES, next, walk } from './walk';

/** Elements that go at once at most, and room for their codes behind that for lanes. */
const MOST: u32 = 128, ROOM: usize = SCRATCH + 0x1800, ROOM_BYTES: usize = 0x200;
/** Two walks over the short rows, one that reads ahead and one that writes behind; bits of the elements of D, A, B and C, 0 of what is not there. */
const AHEAD: usize = memory.data(WALK_BYTES, 8), BEHIND: usize = memory.data(WALK_BYTES, 8), WIDTHS: usize = memory.data(32, 8);

/** Takes the open rows over, with bits of their elements; returns how many a row has. */
export function openGathered(d: u32, a: u32, b: u32, c: u32): u32 {
  store<u64>(WIDTHS, d);
  store<u64>(WIDTHS, a, 8);
  store<u64>(WIDTHS, b, 16);
  store<u64>(WIDTHS, c, 24);
  parkRows(AHEAD);
  parkRows(BEHIND);
  return rowLength();
}
export function closeGathered(): void { resumeRows(BEHIND); }

/** As many of the next rows as go at once are the open row now; false when no others are left. */
export function gather(columns: u32): bool {
  let count: u32 = 0, more = true;
  do {
    for (let position: usize = 1; position < 4; position++) {
      const width = widthOf(position);
      if (!width) continue;
      const from = baseAt(position) + <u64>walk.address(AHEAD, position);
      copyRow(roomOf(position) + <u64>(count * width), width, from, walk.step(AHEAD, position), columns, width, false);
    }
    count += columns;
    more = next(AHEAD);
  } while (more && count + columns <= MOST);
  openAlone(count, WIDTHS);
  for (let position: usize = 0; position < 4; position++) if (widthOf(position)) placeAlone(position, roomOf(position));
  return more;
}

/** The results of the open row to where they belong. */
export function scatter(columns: u32): void {
  const width = widthOf(0), end = roomOf(0) + <u64>(rowLength() * width);
  for (let from = roomOf(0); from < end; from += <u64>(columns * width)) {
    copyRow(baseAt(0) + <u64>walk.address(BEHIND, 0), walk.step(BEHIND, 0), from, width, columns, width, true);
    next(BEHIND);
  }
}

@inline function widthOf(position: usize): u32 { return load<u32>(WIDTHS + (position << 3)); }
@inline function roomOf(position: usize): u64 { return <u64>(ROOM + position * ROOM_BYTES) << 3; }
