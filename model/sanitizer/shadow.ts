//! shadow: beside every byte of a memory: who wrote it last, who read it since, and whether anything was ever written there.
import { PAGE_BYTES, UNIT_COUNT } from '../limits.ts';

/** An access as a number: how many instructions its unit had begun, itself included, and the unit. 0: nobody. */
export const epochOf = (unit: number, count: number): number => count * 8 + unit;
export const unitOfEpoch = (epoch: number): number => epoch & 7;
export const countOfEpoch = (epoch: number): number => epoch >>> 3;
/** Instructions of one unit that can be told apart. */
export const COUNT_MAX = 2 ** 29 - 1;

/** Told of bytes [low, high) that were read, or written, by `epoch` and now are by another unit, unordered. The clock may be changed meanwhile. */
export type Conflict = (epoch: number, low: number, high: number, wasWritten: boolean) => void;

/** Addresses are below 2^32. */
const PAGE_SHIFT = 31 - Math.clz32(PAGE_BYTES);
/** Words of bits of a page. */
const WORDS = PAGE_BYTES / 32;
/** Bytes of a cell, as a shift, from the one in which a page begins to the last, a byte. */
const SHIFTS = [4, 2, 0] as const;

/** 4 KiB, in cells as small as what was ever touched needs. */
class Page {
  shift: number = SHIFTS[0];
  writes: Uint32Array = new Uint32Array(PAGE_BYTES >> SHIFTS[0]);
  /** By unit, the count of its latest read. */
  readonly reads: (Uint32Array | undefined)[] = Array.from({ length: UNIT_COUNT }, () => undefined);
  /** By unit, the greatest count of a read, and of a write: a clock that has them needs no look at cells. */
  readonly latest = new Uint32Array(UNIT_COUNT);
  readonly latestWrite = new Uint32Array(UNIT_COUNT);

  /** Cells begin and end where the interval does. */
  refine(low: number, high: number): void {
    if (((low | high) & ((1 << this.shift) - 1)) !== 0) this.split(low, high);
  }
  private split(low: number, high: number): void {
    for (const shift of SHIFTS) {
      if (shift >= this.shift || ((low | high) & ((1 << this.shift) - 1)) === 0) continue;
      const by = this.shift - shift;
      this.writes = spread(this.writes, by);
      for (let unit = 0; unit < UNIT_COUNT; unit++) if (this.reads[unit]) this.reads[unit] = spread(this.reads[unit]!, by);
      this.shift = shift;
    }
  }
}

/** Each cell 2^by times. */
function spread(cells: Uint32Array, by: number): Uint32Array {
  const finer = new Uint32Array(cells.length << by);
  for (let i = 0; i < finer.length; i++) finer[i] = cells[i >> by]!;
  return finer;
}

/** One memory. Intervals are of bytes, [low, high), and not empty. */
export class Shadow {
  private readonly pages: (Page | undefined)[] = [];
  /** By page, a bit for each byte that was written, and behind them how many words of bits are full; true: all of them. */
  private readonly known: (Int32Array | true | undefined)[] = [];

  /** An instruction of the unit, its `count`-th, reads; `clock` says how many of each unit's were over before. */
  read(low: number, high: number, unit: number, count: number, clock: Uint32Array, conflict: Conflict): void {
    for (let from = low; from < high;) {
      const number = from >>> PAGE_SHIFT, base = number * PAGE_BYTES, to = Math.min(high, base + PAGE_BYTES), page = this.pages[number] ??= new Page();
      page.refine(from - base, to - base);
      const { shift } = page, first = (from - base) >> shift, end = (to - base) >> shift;
      unordered(page, first, end, unit, clock, base, conflict);
      const cells = page.reads[unit] ??= new Uint32Array(PAGE_BYTES >> shift);
      if (end - first > FEW) cells.fill(count, first, end);
      else for (let cell = first; cell < end; cell++) cells[cell] = count;
      page.latest[unit] = count;
      from = to;
    }
  }
  write(low: number, high: number, unit: number, count: number, clock: Uint32Array, conflict: Conflict): void {
    const epoch = epochOf(unit, count);
    for (let from = low; from < high;) {
      const number = from >>> PAGE_SHIFT, base = number * PAGE_BYTES, to = Math.min(high, base + PAGE_BYTES), page = this.pages[number] ??= new Page();
      page.refine(from - base, to - base);
      const { shift, writes } = page, first = (from - base) >> shift, end = (to - base) >> shift;
      unordered(page, first, end, unit, clock, base, conflict);
      readers(page, first, end, unit, clock, base, conflict);
      if (end - first > FEW) writes.fill(epoch, first, end);
      else for (let cell = first; cell < end; cell++) writes[cell] = epoch;
      page.latestWrite[unit] = count;
      from = to;
    }
  }
  /** Only tells of writes that are not over, and for one who would write of reads. */
  touched(low: number, high: number, unit: number, clock: Uint32Array, isWrite: boolean, conflict: Conflict): void {
    for (let from = low; from < high;) {
      const number = from >>> PAGE_SHIFT, base = number * PAGE_BYTES, to = Math.min(high, base + PAGE_BYTES), page = this.pages[number] ??= new Page();
      page.refine(from - base, to - base);
      const first = (from - base) >> page.shift, end = (to - base) >> page.shift;
      unordered(page, first, end, unit, clock, base, conflict);
      if (isWrite) readers(page, first, end, unit, clock, base, conflict);
      from = to;
    }
  }

  /** The first byte of the interval that nothing has written, -1 where there is none. */
  firstUnknown(low: number, high: number): number {
    for (let from = low; from < high;) {
      const number = from >>> PAGE_SHIFT, base = number * PAGE_BYTES, to = Math.min(high, base + PAGE_BYTES), bits = this.known[number];
      if (!bits) return from;
      if (bits !== true) {
        for (let at = from - base; at < to - base; at = (at | 31) + 1) {
          // The lowest bit that is set.
          const word = ~bits[at >> 5]! >>> (at & 31), bit = at + 31 - Math.clz32(word & -word);
          if (word !== 0 && bit < to - base) return base + bit;
        }
      }
      from = to;
    }
    return -1;
  }
  setKnown(low: number, high: number): void {
    for (let from = low; from < high;) {
      const page = from >>> PAGE_SHIFT, base = page * PAGE_BYTES, to = Math.min(high, base + PAGE_BYTES);
      if (to - from === PAGE_BYTES) this.known[page] = true;
      else if (this.known[page] !== true) {
        const bits = this.bits(page);
        for (let at = from - base; at < to - base;) {
          const end = Math.min(to - base, (at | 31) + 1), word = at >> 5, old = bits[word]!, now = old | maskOf(at, end);
          bits[word] = now;
          if (now === -1 && old !== -1) bits[WORDS]!++;
          at = end;
        }
        if (bits[WORDS] === WORDS) this.known[page] = true;
      }
      from = to;
    }
  }
  setUnknown(low: number, high: number): void {
    for (let from = low; from < high;) {
      const number = from >>> PAGE_SHIFT, base = number * PAGE_BYTES, to = Math.min(high, base + PAGE_BYTES), bits = this.bits(number);
      for (let at = from - base; at < to - base;) {
        const end = Math.min(to - base, (at | 31) + 1), word = at >> 5, old = bits[word]!;
        bits[word] = old & ~maskOf(at, end);
        if (old === -1) bits[WORDS]!--;
        at = end;
      }
      from = to;
    }
  }
  private bits(page: number): Int32Array {
    const old = this.known[page];
    if (old && old !== true) return old;
    const made = new Int32Array(WORDS + 1);
    if (old) made.fill(-1, 0, WORDS)[WORDS] = WORDS;
    return this.known[page] = made;
  }

}

function unordered({ writes, latestWrite, shift }: Page, first: number, end: number, unit: number, clock: Uint32Array, base: number, conflict: Conflict): void {
  let isOver = true;
  for (let writer = 0; writer < UNIT_COUNT; writer++) if (writer !== unit && latestWrite[writer]! > clock[writer]!) isOver = false;
  if (isOver) return;
  for (let cell = first, last = 0; cell < end; cell++) {
    const epoch = writes[cell]!;
    if (epoch === last) continue;
    last = epoch;
    const writer = epoch & 7;
    if (writer !== unit && epoch >>> 3 > clock[writer]!) conflict(epoch, base + (cell << shift), base + (same(writes, cell, end) << shift), true);
  }
}
function readers(page: Page, first: number, end: number, unit: number, clock: Uint32Array, base: number, conflict: Conflict): void {
  for (let reader = 0; reader < UNIT_COUNT; reader++) {
    const cells = page.reads[reader];
    if (reader === unit || !cells || page.latest[reader]! <= clock[reader]!) continue;
    for (let cell = first; cell < end; cell++) {
      const seen = cells[cell]!;
      if (seen <= clock[reader]!) continue;
      const to = same(cells, cell, end);
      conflict(epochOf(reader, seen), base + (cell << page.shift), base + (to << page.shift), false);
      cell = to - 1;
    }
  }
}
/** Cells below which a loop is cheaper than a call of fill (measured: bench/sanitizer.ts). */
const FEW = 24;
/** The end of the cells that hold what this one holds. */
function same(cells: Uint32Array, cell: number, end: number): number {
  let to = cell + 1;
  while (to < end && cells[to] === cells[cell]) to++;
  return to;
}
/** Bits of one word: those of bytes [low, high), which lie in it. */
const maskOf = (low: number, high: number): number => (high - low === 32 ? -1 : ((1 << (high - low)) - 1) << (low & 31));
