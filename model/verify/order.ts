//! order: who has finished what when: vector clocks by which the generator orders every two accesses that conflict.
import { UNIT_COUNT, UNIT_SEQ } from '../limits.ts';

/** No more operands than this in one instruction. */
const REGIONS = 4;

/**
 * All instructions so far that somebody may still race with, in flat arrays. Regions are set in `space`, `low`, `high`, `write` (bytes
 * [low, high)) before `conflicts` and `issue` are asked.
 */
export class Order {
  /** finished[6 x + v]: how many instructions of v are over before x starts its next one. */
  private readonly finished = new Int32Array(UNIT_COUNT * UNIT_COUNT);
  private readonly issued = new Int32Array(UNIT_COUNT);
  /** Of each semaphore, the index in its poster's unit of the instruction that posted last: tokens are taken in the order of posts. */
  readonly posted = new Int32Array(64);
  /** What is finished when an instruction is over: rows of clocks. */
  private clocks = new Int32Array(UNIT_COUNT * 256);
  private rows = 0;

  regions = 0;
  readonly space = new Uint8Array(REGIONS);
  readonly low = new Float64Array(REGIONS);
  readonly high = new Float64Array(REGIONS);
  readonly write = new Uint8Array(REGIONS);

  /** Accesses: unit, index in it, row of its clock, instruction to which a token may be hung or -1; their regions, REGIONS each. */
  private count = 0;
  private unit = new Uint8Array(256);
  private index = new Int32Array(256);
  private row = new Int32Array(256);
  private of = new Int32Array(256);
  private held = new Uint8Array(256);
  private spaces = new Uint8Array(REGIONS * 256);
  private lows = new Float64Array(REGIONS * 256);
  private highs = new Float64Array(REGIONS * 256);
  private writes = new Uint8Array(REGIONS * 256);
  /** By unit, the latest access that the last `conflicts` found, or -1. */
  readonly latest = new Int32Array(UNIT_COUNT);

  reset(): void {
    this.finished.fill(0);
    this.issued.fill(0);
    this.posted.fill(0);
    this.rows = this.count = this.regions = 0;
  }
  /** Everything as it is now, to be brought back. */
  remember(): () => void {
    const finished = this.finished.slice(), issued = this.issued.slice(), posted = this.posted.slice(), { count } = this;
    const copies = [this.unit, this.index, this.row, this.of, this.held].map((list) => list.slice(0, count));
    const wide = [this.spaces, this.lows, this.highs, this.writes].map((list) => list.slice(0, REGIONS * count));
    return () => {
      this.finished.set(finished);
      this.issued.set(issued);
      this.posted.set(posted);
      this.count = count;
      [this.unit, this.index, this.row, this.of, this.held].forEach((list, i) => { list.set(copies[i]!); });
      [this.spaces, this.lows, this.highs, this.writes].forEach((list, i) => { list.set(wide[i]!); });
    };
  }
  /** Nobody can race with what was: code that does not run begins. */
  forget(): void { this.count = 0; }

  /** How many units have an access that the unit's next instruction would race with; `latest` names them. */
  conflicts(unit: number): number {
    const { latest, finished, regions, unit: units, index: indices } = this, own = UNIT_COUNT * unit;
    let found = 0;
    for (let other = 0; other < UNIT_COUNT; other++) latest[other] = -1;
    if (regions === 0) return 0;
    for (let at = this.count - 1; at >= 0; at--) {
      const other = units[at]!, index = indices[at]!;
      if (other === unit || latest[other]! >= 0 || finished[own + other]! >= index || finished[UNIT_COUNT * UNIT_SEQ + other]! >= index) continue;
      if (this.meets(at)) { latest[other] = at; found++; }
    }
    return found;
  }
  private meets(at: number): boolean {
    const { space, low, high, write, spaces, lows, highs, writes, regions } = this;
    for (let r = REGIONS * at, end = r + this.held[at]!; r < end; r++) {
      const its = spaces[r]!, from = lows[r]!, to = highs[r]!, written = writes[r]!;
      for (let mine = 0; mine < regions; mine++) {
        if (space[mine] === its && low[mine]! < to && from < high[mine]! && (write[mine]! | written) !== 0) return true;
      }
    }
    return false;
  }
  indexOf(access: number): number { return this.index[access]!; }
  clockOf(access: number): number { return this.row[access]!; }
  instructionOf(access: number): number { return this.of[access]!; }

  /** The unit's next instruction is dispatched, and touches the regions. The row of its clock comes back. */
  issue(unit: number, of: number): number {
    const { finished } = this, row = this.rows++, own = UNIT_COUNT * unit, index = this.issued[unit]! + 1;
    if (UNIT_COUNT * this.rows > this.clocks.length) { const wider = new Int32Array(2 * this.clocks.length); wider.set(this.clocks); this.clocks = wider; }
    const { clocks } = this;
    for (let v = 0, to = UNIT_COUNT * row; v < UNIT_COUNT; v++) {
      const its = finished[own + v]!, sequencers = finished[UNIT_COUNT * UNIT_SEQ + v]!, over = v === unit ? index : sequencers > its ? sequencers : its;
      clocks[to + v] = finished[own + v] = over;
    }
    this.issued[unit] = index;
    // What SEQ touches is over before anything that it dispatches later: nobody can race with it.
    if (unit !== UNIT_SEQ && this.regions > 0) this.note(unit, index, row, of);
    return row;
  }
  private note(unit: number, index: number, row: number, of: number): void {
    if (this.count === this.unit.length) this.widen();
    const at = this.count++;
    this.unit[at] = unit;
    this.index[at] = index;
    this.row[at] = row;
    this.of[at] = of;
    this.held[at] = this.regions;
    for (let r = 0, to = REGIONS * at; r < this.regions; r++, to++) {
      this.spaces[to] = this.space[r]!;
      this.lows[to] = this.low[r]!;
      this.highs[to] = this.high[r]!;
      this.writes[to] = this.write[r]!;
    }
  }
  /** Index that the last instruction of a unit has. */
  lastOf(unit: number): number { return this.issued[unit]!; }

  /** A unit takes a token that was posted when the clock's instruction was over. */
  taken(unit: number, row: number): void {
    const { finished, clocks } = this;
    for (let v = 0; v < UNIT_COUNT; v++) if (clocks[UNIT_COUNT * row + v]! > finished[UNIT_COUNT * unit + v]!) finished[UNIT_COUNT * unit + v] = clocks[UNIT_COUNT * row + v]!;
  }
  /** SEQ waits until the units of the mask are empty. */
  fenced(units: number): void {
    const { finished } = this;
    for (let unit = 0; unit < UNIT_COUNT; unit++) {
      if (((units >>> unit) & 1) === 1) for (let v = 0; v < UNIT_COUNT; v++) if (finished[UNIT_COUNT * unit + v]! > finished[v]!) finished[v] = finished[UNIT_COUNT * unit + v]!;
    }
    let left = 0;
    for (let at = 0; at < this.count; at++) if (finished[this.unit[at]!]! < this.index[at]!) this.move(at, left++);
    this.count = left;
  }
  private move(from: number, to: number): void {
    if (from === to) return;
    this.unit[to] = this.unit[from]!;
    this.index[to] = this.index[from]!;
    this.row[to] = this.row[from]!;
    this.of[to] = this.of[from]!;
    this.held[to] = this.held[from]!;
    for (let r = 0; r < REGIONS; r++) {
      this.spaces[REGIONS * to + r] = this.spaces[REGIONS * from + r]!;
      this.lows[REGIONS * to + r] = this.lows[REGIONS * from + r]!;
      this.highs[REGIONS * to + r] = this.highs[REGIONS * from + r]!;
      this.writes[REGIONS * to + r] = this.writes[REGIONS * from + r]!;
    }
  }
  private widen(): void {
    const wider = <A extends Uint8Array | Int32Array | Float64Array>(old: A): A => {
      const next = new (old.constructor as new (length: number) => A)(2 * old.length);
      next.set(old as never);
      return next;
    };
    for (const name of ['unit', 'held', 'spaces', 'writes'] as const) this[name] = wider(this[name]);
    for (const name of ['index', 'row', 'of'] as const) this[name] = wider(this[name]);
    for (const name of ['lows', 'highs'] as const) this[name] = wider(this[name]);
  }
}

/** Two semaphores for each ordered pair of units: all posts by one agent, all waits by one agent, so both are ordered. */
export const semaphoreOf = (from: number, to: number, which: number): number => 1 + 2 * (from * (UNIT_COUNT - 1) + (to > from ? to - 1 : to)) + (which & 1);
/** A semaphore that only one unit uses. */
export const ownSemaphore = (unit: number): number => 61 + (unit % 3);
