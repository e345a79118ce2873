//! clocks: happens-before, followed from what retires in any order: what was over before an instruction began, and whose token it took.
import { UNIT_COUNT, UNIT_SEQ } from '../limits.ts';

/** What an instruction does to the order of others. Semaphore 0: none. `fence`: units that it waits for, as a mask. */
export interface Effects { readonly wait: number; readonly post: number; readonly waits: number; readonly posts: number; readonly fence: number }

/** An instruction as clocks know it: the `index`-th of its unit that was followed, from 0. */
export interface Event { readonly unit: number; readonly index: number }
/** Tokens that were posted at once and not yet taken; `clock` is what was over then. */
export interface Tokens extends Event { readonly seq: number; readonly clock: Uint32Array; left: number }
/** Two posts, or two waits, on a semaphore that nothing orders but the semaphore itself. */
export interface Dispute { readonly semaphore: number; readonly before: Event; readonly isPost: boolean }

/** Tokens that would have ordered something. */
export interface Untaken { readonly semaphore: number; readonly tokens: Tokens }
interface Semaphore { readonly queue: Tokens[]; head: number; taker: Event | undefined; poster: Event | undefined; disputed: boolean }

/**
 * A clock counts instructions of each unit. SEQ's part is what it had done when it dispatched the instruction, which in another order than
 * the serial one is less than what it has done since: that is looked up by sequence number.
 */
export class Clocks {
  /** What was over before the instruction in hand. */
  readonly needs = new Uint32Array(UNIT_COUNT);
  private own = Array.from({ length: UNIT_COUNT }, () => new Uint32Array(UNIT_COUNT));
  private semaphores = new Map<number, Semaphore>();
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
    for (const [number, one] of this.semaphores) {
      if (one.taker && one.taker.unit !== taker) continue;
      const tokens = one.queue.find((run, i) => i >= one.head && run.unit === unit && run.seq < seq && run.clock[unit]! > index);
      if (tokens && (!found || tokens.index < found.tokens.index)) found = { semaphore: number, tokens };
    }
    return found;
  }
  /** From now on as if the instruction in hand had taken them. */
  mend({ semaphore, tokens }: Untaken): void {
    const one = this.semaphore(semaphore);
    join(this.needs, tokens.clock);
    if (one.queue[one.head] !== tokens) return;
    tokens.left--;
    if (tokens.left === 0) one.head++;
  }

  /** The same, but that it believes only edges that every schedule has. */
  doubting(): Clocks {
    const other = new Clocks(this.serial, false);
    other.own = this.own.map((clock) => clock.slice());
    other.seqs = [...this.seqs];
    other.behind = this.behind.map((clock) => clock.slice());
    other.semaphores = new Map([...this.semaphores].map(([m, one]) => [m, { ...one, queue: one.queue.map((tokens) => ({ ...tokens })) }]));
    return other;
  }

  /** The unit's next instruction is in hand: `needs` holds what comes before it whatever it waits for. Gives its count, from 1. */
  begin(unit: number, seq: number): number {
    const { needs } = this, own = this.own[unit]!, dispatcher = unit === UNIT_SEQ ? own : this.dispatcher(seq);
    for (let i = 0; i < UNIT_COUNT; i++) needs[i] = own[i]! > dispatcher[i]! ? own[i]! : dispatcher[i]!;
    return own[unit]! + 1;
  }

  /** What of the instruction in hand is in dispute; `many` is how many tokens its operation posts or takes. */
  disputes(unit: number, { wait, post, waits, posts }: Effects, many: number): readonly Dispute[] {
    const found: Dispute[] = [], one = (semaphore: number): Semaphore | undefined => this.semaphores.get(semaphore);
    const check = (semaphore: number, before: Event | undefined, isPost: boolean, clock: () => Uint32Array): void => {
      if (!before || before.unit === unit || before.index < this.needs[before.unit]! || before.index < clock()[before.unit]!) return;
      found.push({ semaphore, before, isPost });
    };
    const takes = waits !== 0 && many > 0;
    // Both waits have to be over at once, so each orders the other.
    if (wait !== 0) check(wait, one(wait)?.taker, false, () => (takes && waits !== wait ? this.joined(waits, many) : this.needs));
    if (takes && waits !== wait) check(waits, one(waits)?.taker, false, () => (wait !== 0 ? this.joined(wait, 1) : this.needs));
    const after = (): Uint32Array => {
      const clock = wait !== 0 ? this.joined(wait, 1) : this.needs.slice();
      if (takes) join(clock, this.joined(waits, many));
      return clock;
    };
    if (post !== 0) check(post, one(post)?.poster, true, after);
    if (posts !== 0 && many > 0 && posts !== post) check(posts, one(posts)?.poster, true, after);
    return found;
  }

  /** Takes what it waits for into `needs`. Gives the first tokens that were posted behind it in program order, if there are any. */
  take(unit: number, seq: number, { wait, waits, fence }: Effects, many: number, disputes: readonly Dispute[]): Tokens | undefined {
    let late: Tokens | undefined;
    for (let other = 0; fence >> other; other++) if ((fence >> other) & 1) join(this.needs, this.own[other]!);
    const index = this.own[unit]![unit]!;
    for (const [semaphore, tokens] of [[wait, 1], [waits, many]] as const) {
      if (semaphore === 0 || tokens === 0) continue;
      const one = this.semaphore(semaphore);
      if (disputes.some((dispute) => dispute.semaphore === semaphore)) one.disputed = true;
      one.taker = { unit, index };
      for (let left = tokens; left > 0 && one.head < one.queue.length;) {
        const run = one.queue[one.head]!, taken = Math.min(left, run.left);
        if (this.trusting || !one.disputed) join(this.needs, run.clock);
        if (run.seq > seq) late ??= run;
        left -= taken;
        run.left -= taken;
        if (run.left === 0) one.head++;
      }
      // What was taken is dropped now and then.
      if (one.head > 64 && one.head * 2 > one.queue.length) { one.queue.splice(0, one.head); one.head = 0; }
    }
    return late;
  }

  /** The instruction in hand is over, `needs` included, and posts. */
  finish(unit: number, seq: number, { post, posts }: Effects, many: number, disputes: readonly Dispute[]): void {
    const own = this.own[unit]!, index = own[unit]!;
    own.set(this.needs);
    own[unit] = index + 1;
    for (const [semaphore, tokens] of [[posts, many], [post, 1]] as const) {
      if (semaphore === 0 || tokens === 0) continue;
      const one = this.semaphore(semaphore);
      if (disputes.some((dispute) => dispute.isPost && dispute.semaphore === semaphore)) one.disputed = true;
      one.poster = { unit, index };
      one.queue.push({ unit, index, seq, left: tokens, clock: own.slice() });
    }
    if (unit !== UNIT_SEQ) return;
    if (this.serial) {
      this.seqs[0] = seq;
      this.behind[0]!.set(own);
    } else {
      this.seqs.push(seq);
      this.behind.push(own.slice());
    }
  }

  /** Tokens of a semaphore that nobody has taken, oldest first. */
  left(semaphore: number): readonly Tokens[] {
    const one = this.semaphores.get(semaphore);
    return one ? one.queue.slice(one.head) : [];
  }
  /** Semaphores that were ever posted to. */
  used(): readonly number[] { return [...this.semaphores.keys()].sort((a, b) => a - b); }
  lastTaker(semaphore: number): Event | undefined { return this.semaphores.get(semaphore)?.taker; }
  /** What would be over before an instruction that SEQ gives to the unit now. */
  now(unit: number): Uint32Array {
    const clock = this.own[unit]!.slice();
    join(clock, this.own[UNIT_SEQ]!);
    return clock;
  }
  /** Is the event over before the unit begins what SEQ would dispatch now? */
  isOver({ unit, index }: Event, before: number): boolean { return index < this.now(before)[unit]!; }

  private semaphore(number: number): Semaphore {
    let one = this.semaphores.get(number);
    if (!one) this.semaphores.set(number, one = { queue: [], head: 0, taker: undefined, poster: undefined, disputed: false });
    return one;
  }
  /** `needs` with the tokens that a wait would take. */
  private joined(semaphore: number, tokens: number): Uint32Array {
    const clock = this.needs.slice(), one = this.semaphores.get(semaphore);
    let left = tokens;
    for (let i = one?.head ?? 0; one && left > 0 && i < one.queue.length; i++) {
      if (this.trusting || !one.disputed) join(clock, one.queue[i]!.clock);
      left -= one.queue[i]!.left;
    }
    return clock;
  }
  /** SEQ's clock when it dispatched the instruction of that number. */
  private dispatcher(seq: number): Uint32Array {
    const { seqs, behind } = this;
    let low = 0, high = seqs.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (seqs[middle]! < seq) low = middle; else high = middle;
    }
    return behind[low]!;
  }
}

function join(into: Uint32Array, clock: Uint32Array): void {
  for (let i = 0; i < UNIT_COUNT; i++) if (clock[i]! > into[i]!) into[i] = clock[i]!;
}
