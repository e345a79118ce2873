//! clocks: happens-before, followed from what retires in any order: what was over before an instruction began, and whose token it took.
import { QUEUE_MAX, SEMAPHORE_COUNT, SEMAPHORE_MAX, UNIT_COUNT, UNIT_SEQ } from '../limits.ts';

/** What an instruction does to the order of others. Semaphore 0: none. `fence`: units that it waits for, as a mask. */
export interface Effects { readonly wait: number; readonly post: number; readonly waits: number; readonly posts: number; readonly fence: number }

/** An instruction as clocks know it: the `index`-th of its unit that was followed, from 0. */
export interface Event { readonly unit: number; readonly index: number }
/** Tokens that were posted at once and not yet taken; `clock` is what was over then. Used again for others once they are taken. */
export interface Tokens { unit: number; index: number; seq: number; left: number; readonly clock: Uint32Array }
/** Who posted tokens that an earlier instruction takes. */
export interface Late extends Event { readonly semaphore: number }
/** Two posts, or two waits, on a semaphore that nothing orders but the semaphore itself. */
export interface Dispute { readonly semaphore: number; readonly before: Event; readonly isPost: boolean }

/** Tokens that somebody took. */
interface Taken extends Event { readonly seq: number; readonly many: number }
/** A semaphore that would hold too many tokens behind a post, `most`, if `taker` came after it; undefined: whoever comes after it. */
export interface Overflow { readonly semaphore: number; readonly most: number; readonly taker: Taken | undefined }

/** Tokens that would have ordered something. */
export interface Untaken { readonly semaphore: number; readonly tokens: Tokens }
/** Runs of tokens from `head` on, oldest first; who took and who posted last, unit -1: nobody. */
interface Semaphore {
  readonly queue: Tokens[]; head: number; takerUnit: number; takerIndex: number; posterUnit: number; posterIndex: number; disputed: boolean;
  /** What was taken and is not known to be over before the last post, from `firstTaken` on, oldest first; tokens that there may be if none of it is. */
  readonly taken: Taken[]; firstTaken: number; most: number;
}
const unused = (): Semaphore => ({ queue: [], head: 0, takerUnit: -1, takerIndex: 0, posterUnit: -1, posterIndex: 0, disputed: false, taken: [], firstTaken: 0, most: 0 });
const NONE: readonly Dispute[] = [];

/**
 * A clock counts instructions of each unit. SEQ's part is what it had done when it dispatched the instruction, which in another order than
 * the serial one is less than what it has done since: that is looked up by sequence number.
 */
export class Clocks {
  /** What was over before the instruction in hand. */
  readonly needs = new Uint32Array(UNIT_COUNT);
  private own = Array.from({ length: UNIT_COUNT }, () => new Uint32Array(UNIT_COUNT));
  private semaphores = Array.from({ length: SEMAPHORE_COUNT }, unused);
  private readonly spare: Tokens[] = [];
  /** Sequence numbers of SEQ's instructions, and its clock behind each; only the last one in a serial run. */
  private seqs: number[] = [-1];
  private behind: Uint32Array[] = [new Uint32Array(UNIT_COUNT)];
  private readonly serial: boolean;
  /** Does a token count whose taker or poster is in dispute? */
  private readonly trusting: boolean;

  constructor(serial: boolean, trusting = true) {
    this.serial = serial;
    this.trusting = trusting;
  }

  /** A token that an event of a unit, or what came behind it, posted and nobody took; that `taker` may take, since no other unit does. */
  untaken({ unit, index }: Event, taker: number, seq: number): Untaken | undefined {
    let found: Untaken | undefined;
    for (let semaphore = 1; semaphore < SEMAPHORE_COUNT; semaphore++) {
      const { queue, head, takerUnit } = this.semaphores[semaphore]!;
      if (takerUnit >= 0 && takerUnit !== taker) continue;
      let first: Tokens | undefined;
      // Many may be there; those of a unit stand in its order, so what came before the event need not be looked at.
      for (let i = queue.length - 1; i >= head; i--) {
        const tokens = queue[i]!;
        if (tokens.unit !== unit) continue;
        if (tokens.index < index) break;
        if (tokens.seq < seq) first = tokens;
      }
      if (first && (!found || first.index < found.tokens.index)) found = { semaphore, tokens: first };
    }
    return found;
  }
  /** From now on as if the instruction in hand had taken them. */
  mend({ semaphore, tokens }: Untaken): void {
    const one = this.semaphores[semaphore]!;
    join(this.needs, tokens.clock);
    if (one.queue[one.head] !== tokens) return;
    tokens.left--;
    if (tokens.left === 0) this.drop(one);
  }

  /** The same, but that it believes only edges that every schedule has. */
  doubting(): Clocks {
    const other = new Clocks(this.serial, false);
    other.own = this.own.map((clock) => clock.slice());
    other.seqs = [...this.seqs];
    other.behind = this.behind.map((clock) => clock.slice());
    other.semaphores = this.semaphores.map((one) => ({ ...one, head: 0, queue: one.queue.slice(one.head).map((tokens) => ({ ...tokens, clock: tokens.clock.slice() })), taken: [...one.taken] }));
    return other;
  }

  /** The unit's next instruction is in hand: `needs` holds what comes before it whatever tokens it waits for; `fence`: units it waits for, as a mask. Gives its count, from 1. */
  begin(unit: number, seq: number, fence = 0): number {
    const { needs } = this, own = this.own[unit]!, dispatcher = unit === UNIT_SEQ ? own : this.dispatcher(seq);
    for (let i = 0; i < UNIT_COUNT; i++) needs[i] = own[i]! > dispatcher[i]! ? own[i]! : dispatcher[i]!;
    for (let other = 0; fence >> other; other++) if ((fence >> other) & 1) join(needs, this.own[other]!);
    return own[unit]! + 1;
  }

  /** What of the instruction in hand is in dispute; `many` is how many tokens its operation posts or takes. */
  disputes(unit: number, effects: Effects, many: number): readonly Dispute[] {
    const { wait, post, waits, posts } = effects, { semaphores } = this, a = semaphores[wait]!, b = semaphores[waits]!, c = semaphores[post]!, d = semaphores[posts]!;
    const isClear = this.isTakerPast(unit, a) && this.isTakerPast(unit, b) && this.isPast(unit, c.posterUnit, c.posterIndex) && this.isPast(unit, d.posterUnit, d.posterIndex);
    return isClear ? NONE : this.found(unit, effects, many);
  }
  private isTakerPast(unit: number, { takerUnit, takerIndex }: Semaphore): boolean { return this.isPast(unit, takerUnit, takerIndex); }
  private isPast(unit: number, other: number, index: number): boolean { return other < 0 || other === unit || index < this.needs[other]!; }
  private found(unit: number, { wait, post, waits, posts }: Effects, many: number): readonly Dispute[] {
    const found: Dispute[] = [], { semaphores } = this, takes = waits !== 0 && many > 0, other = takes && waits !== wait ? waits : 0;
    const check = (semaphore: number, isPost: boolean, clock: Uint32Array): void => {
      const { takerUnit, takerIndex, posterUnit, posterIndex } = this.semaphores[semaphore]!, before = isPost ? { unit: posterUnit, index: posterIndex } : { unit: takerUnit, index: takerIndex };
      if (semaphore !== 0 && before.unit >= 0 && before.unit !== unit && before.index >= clock[before.unit]!) found.push({ semaphore, before, isPost });
    };
    // Both waits have to be over at once, so the token of one orders the other; but only where it is known which token that is, since nothing of the other's orders the one.
    check(wait, false, this.isTakerPast(unit, semaphores[other]!) ? this.joined(other, many) : this.needs);
    check(other, false, this.isTakerPast(unit, semaphores[wait]!) ? this.joined(wait, 1) : this.needs);
    const after = this.joined(wait, takes && waits === wait ? 1 + many : 1);
    join(after, this.joined(other, many));
    check(post, true, after);
    if (many > 0 && posts !== post) check(posts, true, after);
    return found;
  }

  /** Takes what it waits for into `needs`. Gives the first tokens that were posted behind it in program order, if there are any. */
  take(unit: number, seq: number, { wait, waits }: Effects, many: number, disputes: readonly Dispute[]): Late | undefined {
    const first = wait === 0 ? undefined : this.takeFrom(wait, 1, unit, seq, disputes);
    return (waits === 0 || many === 0 ? undefined : this.takeFrom(waits, many, unit, seq, disputes)) ?? first;
  }
  private takeFrom(semaphore: number, tokens: number, unit: number, seq: number, disputes: readonly Dispute[]): Late | undefined {
    const one = this.semaphores[semaphore]!;
    let late: Late | undefined;
    for (const dispute of disputes) if (dispute.semaphore === semaphore) one.disputed = true;
    one.takerUnit = unit;
    one.takerIndex = this.own[unit]![unit]!;
    one.taken.push({ unit, index: one.takerIndex, seq, many: tokens });
    for (let left = tokens; left > 0 && one.head < one.queue.length;) {
      const run = one.queue[one.head]!, taken = Math.min(left, run.left);
      if (this.trusting || !one.disputed) join(this.needs, run.clock);
      if (run.seq > seq) late ??= { semaphore, unit: run.unit, index: run.index };
      left -= taken;
      run.left -= taken;
      if (run.left === 0) this.drop(one);
    }
    return late;
  }
  private drop(one: Semaphore): void {
    this.spare.push(one.queue[one.head]!);
    one.head = shortened(one.queue, one.head + 1);
  }

  /** What the instruction in hand posts may be too much for a semaphore. From then on as if it came behind those who have to take before it. */
  overflow(unit: number, seq: number, { post, posts }: Effects, many: number): Overflow | undefined {
    const first = posts !== 0 && many > 0 ? this.fill(posts, many, unit, seq) : undefined;
    return (post === 0 ? undefined : this.fill(post, 1, unit, seq)) ?? first;
  }
  private fill(semaphore: number, tokens: number, unit: number, seq: number): Overflow | undefined {
    const one = this.semaphores[semaphore]!, most = one.most + tokens;
    one.most = most;
    this.empty(one, (taken) => this.isPast(unit, taken.unit, taken.index) || this.isLongAgo(taken));
    if (one.most <= SEMAPHORE_MAX) return undefined;
    let taker: Taken | undefined;
    this.empty(one, (taken) => {
      if (one.most <= SEMAPHORE_MAX || taken.seq > seq) return false;
      taker = taken;
      return true;
    });
    if (one.most > SEMAPHORE_MAX) return { semaphore, most: one.most, taker: undefined };
    if (taker) this.needs[taker.unit] = taker.index + 1;
    return { semaphore, most, taker };
  }
  /** Those who took come off the tokens that there may be, as long as they are over. */
  private empty(one: Semaphore, isOver: (taken: Taken) => boolean): void {
    let { firstTaken: at } = one;
    for (; at < one.taken.length && isOver(one.taken[at]!); at++) one.most -= one.taken[at]!.many;
    one.firstTaken = shortened(one.taken, at);
  }
  /** No queue holds more than QUEUE_MAX: was so much dispatched to its unit behind it that it must be over? In another order than the serial one nobody knows. */
  private isLongAgo({ unit, index }: Event): boolean { return this.serial && index + QUEUE_MAX < this.own[unit]![unit]!; }

  /** The instruction in hand is over, `needs` included, and posts. */
  finish(unit: number, seq: number, { post, posts }: Effects, many: number, disputes: readonly Dispute[]): void {
    const own = this.own[unit]!, index = own[unit]!;
    own.set(this.needs);
    own[unit] = index + 1;
    if (posts !== 0 && many > 0) this.postTo(posts, many, unit, index, seq, disputes);
    if (post !== 0) this.postTo(post, 1, unit, index, seq, disputes);
    if (unit !== UNIT_SEQ) return;
    if (this.serial) {
      this.seqs[0] = seq;
      this.behind[0]!.set(own);
    } else {
      this.seqs.push(seq);
      this.behind.push(own.slice());
    }
  }
  private postTo(semaphore: number, tokens: number, unit: number, index: number, seq: number, disputes: readonly Dispute[]): void {
    const one = this.semaphores[semaphore]!, run = this.spare.pop() ?? { unit, index, seq, left: 0, clock: new Uint32Array(UNIT_COUNT) };
    for (const dispute of disputes) if (dispute.isPost && dispute.semaphore === semaphore) one.disputed = true;
    one.posterUnit = unit;
    one.posterIndex = index;
    run.unit = unit;
    run.index = index;
    run.seq = seq;
    run.left = tokens;
    run.clock.set(this.own[unit]!);
    one.queue.push(run);
  }

  /** Tokens of a semaphore that nobody has taken, oldest first. */
  left(semaphore: number): readonly Tokens[] {
    const { queue, head } = this.semaphores[semaphore]!;
    return queue.slice(head);
  }
  /** Semaphores that were ever posted to. */
  used(): readonly number[] { return this.semaphores.flatMap(({ posterUnit }, semaphore) => (posterUnit < 0 ? [] : [semaphore])); }
  lastTaker(semaphore: number): Event | undefined {
    const { takerUnit, takerIndex } = this.semaphores[semaphore]!;
    return takerUnit < 0 ? undefined : { unit: takerUnit, index: takerIndex };
  }
  /** What would be over before an instruction that SEQ gives to the unit now. */
  now(unit: number): Uint32Array {
    const clock = this.own[unit]!.slice();
    join(clock, this.own[UNIT_SEQ]!);
    return clock;
  }
  /** Is the event over before the unit begins what SEQ would dispatch now? */
  isOver({ unit, index }: Event, before: number): boolean { return index < this.now(before)[unit]!; }

  /** `needs` with the tokens that a wait would take. */
  private joined(semaphore: number, tokens: number): Uint32Array {
    const clock = this.needs.slice(), { queue, head, disputed } = this.semaphores[semaphore]!;
    for (let i = head, left = tokens; left > 0 && i < queue.length; i++) {
      if (this.trusting || !disputed) join(clock, queue[i]!.clock);
      left -= queue[i]!.left;
    }
    return clock;
  }
  /** SEQ's clock when it dispatched the instruction of that number. */
  private dispatcher(seq: number): Uint32Array {
    const { seqs, behind } = this;
    if (this.serial) return behind[0]!;
    let low = 0, high = seqs.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (seqs[middle]! < seq) low = middle; else high = middle;
    }
    return behind[low]!;
  }
}

/** Forgets the items before the first one that is wanted, when they are many; gives where that one then stands. */
function shortened(list: unknown[], first: number): number {
  if (first < list.length && (first <= 64 || first * 2 <= list.length)) return first;
  list.splice(0, first);
  return 0;
}
function join(into: Uint32Array, clock: Uint32Array): void {
  for (let i = 0; i < UNIT_COUNT; i++) if (clock[i]! > into[i]!) into[i] = clock[i]!;
}
