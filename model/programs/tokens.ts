//! tokens: orders the units of a straight program by semaphores: who must wait for whom, and for nothing more.
import { Defect } from '../failure.ts';
import { SEMAPHORE_COUNT, UNIT_COUNT } from '../limits.ts';

/** Bytes that an instruction touches. */
export interface Region { readonly space: string; readonly low: number; readonly high: number; readonly writes: boolean }

/** Places of a space that are kept apart. */
const PLACES_MAX = 96;

/** One instruction of a unit, with the semaphores it waits for and posts to, filled in as later instructions need them. */
export interface Ordered { readonly unit: number; readonly waits: number[]; readonly posts: number[] }

interface Touch extends Region { readonly unit: number; readonly index: number }

export interface TokenBook {
  /** Note the next instruction of the program; gives it its waits, and earlier ones the posts that answer them. */
  follow(unit: number, regions: readonly Region[]): Ordered;
  /** A fence over all units stands here: everything later is ordered after everything so far. */
  fenced(): void;
}

/**
 * Two instructions of different units that touch a common byte, one of them writing it, need happens-before (machine manual, section 5).
 * Each ordered pair of units has a semaphore of its own, so that all posts to it are ordered by one unit and all waits by another; a token
 * stands for "everything up to here is done", and vector clocks tell which tokens are not needed because another one implies them.
 */
export function tokenBook(): TokenBook {
  const pairs = new Map<number, number>();
  const clocks: number[][] = Array.from({ length: UNIT_COUNT }, () => new Array<number>(UNIT_COUNT).fill(-1));
  const done: { readonly entry: Ordered; readonly clock: readonly number[] }[][] = Array.from({ length: UNIT_COUNT }, () => []);
  const touched = new Map<string, Touch[]>();

  const semaphore = (from: number, to: number): number => {
    const key = from * UNIT_COUNT + to, known = pairs.get(key) ?? pairs.size + 1;
    if (known >= SEMAPHORE_COUNT) throw new Defect('more pairs of units than semaphores');
    pairs.set(key, known);
    return known;
  };
  /** For each other unit the last of its instructions that must come first, or -1. */
  const needed = (unit: number, regions: readonly Region[]): number[] => {
    const latest = new Array<number>(UNIT_COUNT).fill(-1);
    for (const r of regions) for (const old of touched.get(r.space) ?? []) {
      const meets = r.low < old.high && old.low < r.high && (r.writes || old.writes);
      if (meets && old.unit !== unit && old.index > latest[old.unit]!) latest[old.unit] = old.index;
    }
    return latest;
  };
  /**
   * What lies inside a region written now is ordered before this write, and whoever meets it meets this write. What one unit reads, or
   * writes, in overlapping places counts as one place touched last now: there are few of them then. In DRAM, and where there are
   * too many, adjacent places are one as well; else they may be buffers that take turns.
   */
  const remember = (unit: number, index: number, r: Region): void => {
    let { low, high } = r;
    const all = touched.get(r.space) ?? [], slack = r.space === 'dram' || all.length > PLACES_MAX ? 1 : 0, kept = all.filter((old) => {
      if (r.writes && old.low >= r.low && old.high <= r.high) return false;
      if (old.unit !== unit || old.writes !== r.writes || old.low >= r.high + slack || r.low >= old.high + slack) return true;
      low = Math.min(low, old.low);
      high = Math.max(high, old.high);
      return false;
    });
    kept.push({ ...r, low, high, unit, index });
    touched.set(r.space, kept);
  };

  return {
    follow(unit, regions) {
      const clock = clocks[unit]!, entry: Ordered = { unit, waits: [], posts: [] }, latest = needed(unit, regions);
      for (const [from, index] of latest.entries()) {
        if (index <= clock[from]!) continue;
        // Another wait of this instruction may imply this one.
        if (latest.some((other, via) => via !== from && other > clock[via]! && done[via]![other]!.clock[from]! >= index)) continue;
        const poster = done[from]![index]!, m = semaphore(from, unit);
        entry.waits.push(m);
        poster.entry.posts.push(m);
      }
      for (const [from, index] of latest.entries()) {
        if (index < 0) continue;
        for (const [at, time] of done[from]![index]!.clock.entries()) clock[at] = Math.max(clock[at]!, time);
      }
      const index = done[unit]!.length;
      clock[unit] = index;
      done[unit]!.push({ entry, clock: [...clock] });
      for (const r of regions) remember(unit, index, r);
      return entry;
    },
    fenced() {
      touched.clear();
      for (const clock of clocks) done.forEach((list, unit) => { clock[unit] = list.length - 1; });
    },
  };
}
