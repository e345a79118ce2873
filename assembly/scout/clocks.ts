//! clocks: happens-before in the serial run, as model/sanitizer/clocks.ts follows it: what was over before an instruction began, and whose token it took.
import { followed, QUEUE_MAX, SEMAPHORE_COUNT, SEMAPHORE_MAX, UNIT_COUNT, UNIT_SEQ } from '../encoding';
import { take } from './room';

/** By unit, a clock: how many instructions of each unit are over, eight counts of which not all are used. */
const OWN: usize = memory.data(<i32>UNIT_COUNT * 32, 16);
/** What was over before the instruction in hand; the same with all of its own unit, which orders itself; and with tokens that it would take. */
export const NEEDS: usize = memory.data(32, 16);
export const LIMIT: usize = memory.data(32, 16);
const AFTER: usize = memory.data(32, 16);

/**
 * Tokens posted at once and not yet taken, oldest first, and who took and who posted last: unit + 1, 0 for nobody, and the index there; tokens that were taken at
 * once and are not known to be so before the last post, oldest first, and how many there may be if none of them is.
 */
namespace semaphore {
  const ALL: usize = memory.data(<i32>SEMAPHORE_COUNT * 64, 16);
  @inline export function at(number: u32): usize { return ALL + (<usize>number << 6); }
  @inline export function first(at: usize): usize { return <usize>load<u32>(at); }
  @inline export function setFirst(at: usize, value: usize): void { store<u32>(at, <u32>value); }
  @inline export function last(at: usize): usize { return <usize>load<u32>(at, 4); }
  @inline export function setLast(at: usize, value: usize): void { store<u32>(at, <u32>value, 4); }
  @inline export function setTaker(at: usize, unit: u32, index: u32): void { store<u32>(at, unit + 1, 8); store<u32>(at, index, 12); }
  @inline export function setPoster(at: usize, unit: u32, index: u32): void { store<u32>(at, unit + 1, 16); store<u32>(at, index, 20); }
  @inline export function firstTaken(at: usize): usize { return <usize>load<u32>(at, 24); }
  @inline export function setFirstTaken(at: usize, value: usize): void { store<u32>(at, <u32>value, 24); }
  @inline export function lastTaken(at: usize): usize { return <usize>load<u32>(at, 28); }
  @inline export function setLastTaken(at: usize, value: usize): void { store<u32>(at, <u32>value, 28); }
  @inline export function most(at: usize): u64 { return load<u64>(at, 32); }
  @inline export function setMost(at: usize, value: u64): void { store<u64>(at, value, 32); }
  /** Is whoever took last, or posted last, over by that clock, or of the same unit? */
  @inline export function isTakerPast(at: usize, unit: u32, clock: usize): bool { return isPast(load<u32>(at, 8), load<u32>(at, 12), unit, clock); }
  @inline export function isPosterPast(at: usize, unit: u32, clock: usize): bool { return isPast(load<u32>(at, 16), load<u32>(at, 20), unit, clock); }
  @inline export function isPast(one: u32, index: u32, unit: u32, clock: usize): bool { return one == 0 || one == unit + 1 || index < load<u32>(clock + (<usize>(one - 1) << 2)); }
}
/** Tokens: the next ones, how many, and the clock behind their poster; of those that were taken who did, unit + 1 and the index there. */
namespace tokens {
  export const BYTES: usize = 64;
  @inline export function next(at: usize): usize { return <usize>load<u32>(at); }
  @inline export function setNext(at: usize, value: usize): void { store<u32>(at, <u32>value); }
  @inline export function left(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setLeft(at: usize, value: u32): void { store<u32>(at, value, 4); }
  @inline export function unit(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function index(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function setTaker(at: usize, unit: u32, index: u32): void { store<u32>(at, unit + 1, 8); store<u32>(at, index, 12); }
  @inline export function clock(at: usize): usize { return at + 16; }

  /** Those that nobody needs any more, to be used again. */
  const FREE: usize = memory.data(4, 4);
  export function make(many: u32): usize {
    const old = <usize>load<u32>(FREE), made = old || take(BYTES);
    if (old) store<u32>(FREE, <u32>next(old));
    setNext(made, 0);
    setLeft(made, many);
    return made;
  }
  @inline export function free(at: usize): void {
    setNext(at, <usize>load<u32>(FREE));
    store<u32>(FREE, <u32>at);
  }
}

@inline function copy(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
}
@inline function join(into: usize, clock: usize): void {
  v128.store(into, i32x4.max_u(v128.load(into), v128.load(clock)));
  v128.store(into, i32x4.max_u(v128.load(into, 16), v128.load(clock, 16)), 16);
}
@inline function own(unit: u32): usize { return OWN + (<usize>unit << 5); }

/** The unit's next instruction is in hand, which waits for units, too. Gives its count, from 1. */
export function begin(unit: u32, units: u32): u32 {
  copy(NEEDS, own(unit));
  join(NEEDS, own(UNIT_SEQ));
  for (let left = units; left; left &= left - 1) join(NEEDS, own(ctz<u32>(left)));
  return load<u32>(own(unit) + (<usize>unit << 2)) + 1;
}

/** Does it take or post tokens? */
@inline export function orders(d: usize): bool { return (followed.wait(d) | followed.post(d) | followed.waits(d) | followed.posts(d)) != 0; }
/** Takes what it waits for. False where another unit posts to or takes from the same semaphore, and nothing but the semaphore orders them. */
export function order(unit: u32, d: usize, many: u32): bool {
  const wait = semaphore.at(followed.wait(d)), waits = semaphore.at(many ? followed.waits(d) : 0), post = semaphore.at(followed.post(d)), posts = semaphore.at(many ? followed.posts(d) : 0);
  const none = semaphore.at(0);
  // Both waits have to be over at once, so the token of one orders the other; but only where it is known which token that is, since nothing of the other's orders the one.
  const isFirst = semaphore.isTakerPast(wait, unit, NEEDS), isSecond = semaphore.isTakerPast(waits, unit, NEEDS);
  if (!isFirst && !(isSecond && semaphore.isTakerPast(wait, unit, joined(waits, many)))) return false;
  if (!isSecond && !(isFirst && semaphore.isTakerPast(waits, unit, joined(wait, 1)))) return false;
  if (wait != none) takeFrom(wait, 1, unit);
  if (waits != none) takeFrom(waits, many, unit);
  return (post == none || semaphore.isPosterPast(post, unit, NEEDS)) && (posts == none || semaphore.isPosterPast(posts, unit, NEEDS));
}
/** What would be over with the tokens of one more wait. */
function joined(from: usize, many: u32): usize {
  copy(AFTER, NEEDS);
  let left = <i64>many;
  for (let run = semaphore.first(from); run && left > 0; run = tokens.next(run)) {
    join(AFTER, tokens.clock(run));
    left -= <i64>tokens.left(run);
  }
  return AFTER;
}
function takeFrom(from: usize, many: u32, unit: u32): void {
  const index = load<u32>(own(unit) + (<usize>unit << 2)), taken = tokens.make(many);
  semaphore.setTaker(from, unit, index);
  tokens.setTaker(taken, unit, index);
  if (semaphore.firstTaken(from)) tokens.setNext(semaphore.lastTaken(from), taken); else semaphore.setFirstTaken(from, taken);
  semaphore.setLastTaken(from, taken);
  for (let left = many, run = semaphore.first(from); left && run; run = semaphore.first(from)) {
    const there = tokens.left(run);
    join(NEEDS, tokens.clock(run));
    if (there > left) { tokens.setLeft(run, there - left); return; }
    left -= there;
    semaphore.setFirst(from, tokens.next(run));
    tokens.free(run);
  }
}
/** All that orders it is known: of its own unit everything is past. */
@inline export function limit(unit: u32): void {
  copy(LIMIT, NEEDS);
  store<u32>(LIMIT + (<usize>unit << 2), u32.MAX_VALUE);
}

/** The instruction in hand is over, and posts. False where its tokens may come before others have made room for them. */
export function finish(unit: u32, d: usize, many: u32): bool {
  const clock = own(unit), index = load<u32>(clock + (<usize>unit << 2));
  copy(clock, NEEDS);
  store<u32>(clock + (<usize>unit << 2), index + 1);
  return (many == 0 || !followed.posts(d) || postTo(semaphore.at(followed.posts(d)), many, unit, index)) && (!followed.post(d) || postTo(semaphore.at(followed.post(d)), 1, unit, index));
}
function postTo(to: usize, many: u32, unit: u32, index: u32): bool {
  const run = tokens.make(many);
  semaphore.setPoster(to, unit, index);
  copy(tokens.clock(run), own(unit));
  if (semaphore.first(to)) tokens.setNext(semaphore.last(to), run); else semaphore.setFirst(to, run);
  semaphore.setLast(to, run);
  let most = semaphore.most(to) + many;
  for (let taken = semaphore.firstTaken(to); taken && isOver(taken, unit); taken = semaphore.firstTaken(to)) {
    most -= tokens.left(taken);
    semaphore.setFirstTaken(to, tokens.next(taken));
    tokens.free(taken);
  }
  semaphore.setMost(to, most);
  return most <= SEMAPHORE_MAX;
}
/** Are tokens taken before the unit does what it has in hand? No queue holds more than QUEUE_MAX: what has so much of its unit behind it is over, too. */
@inline function isOver(taken: usize, unit: u32): bool {
  const one = tokens.unit(taken), index = tokens.index(taken);
  return semaphore.isPast(one, index, unit, NEEDS) || index + QUEUE_MAX < load<u32>(own(one - 1) + (<usize>(one - 1) << 2));
}

/** Are there tokens that nobody took? */
export function leftover(): bool {
  for (let number: u32 = 1; number < SEMAPHORE_COUNT; number++) if (semaphore.first(semaphore.at(number))) return true;
  return false;
}
