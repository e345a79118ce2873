//! outcomes: every end that a small program can come to: of schedules that nothing can tell apart one is run.
import type { Device, Program } from '../device.ts';
import { UNIT_COUNT, UNIT_SEQ } from '../limits.ts';
import { type Observed, observe } from './compare.ts';
import { type Branch, branchesOf, crowded, depend, type Moved, pendingStep, type Prefix, runTo, share, type Step } from './steps.ts';

export interface Outcomes {
  /** Schedules that were run to their end, and places that were looked at on the way. */
  readonly runs: number;
  readonly places: number;
  /** False: a limit was reached before all were seen. */
  readonly isAll: boolean;
}
export interface OutcomeLimits {
  readonly runs?: number;
  readonly places?: number;
}
/** How far a program may go unless more is asked for. */
export const OUTCOME_RUNS = 1000, OUTCOME_PLACES = 20_000;

/** A place on the way: what can be done there, what has to be tried, and what need not be since it was tried before. */
interface Place {
  readonly branches: readonly Branch[];
  readonly prefix: Prefix;
  readonly wanted: Set<number>;
  readonly asleep: Map<number, Step>;
  /** The step that is taken, and what comes before it, itself included: how many steps of each agent. */
  taken: Branch | undefined;
  clock: number[];
}

/**
 * Dynamic partial-order reduction by source sets (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014) with sleep sets: two steps are tried in the
 * other order where they touch common bytes, one of them writing, or the same end of a semaphore, or both ends where it may be full, and nothing
 * else orders them. A program without races, whose semaphores are never full, has one schedule. `visit` gets each run, replayed from its choices;
 * between two places whoever listens to somebody meanwhile has a turn.
 */
export function* seekOutcomes(device: Device, program: Program, queueDepth: number, visit: (run: Observed, schedule: Uint8Array) => void, limits: OutcomeLimits = {}): Generator<void, Outcomes> {
  const { runs: most = OUTCOME_RUNS, places: far = OUTCOME_PLACES } = limits, path: Place[] = [];
  let runs = 0, places = 0;
  /** Opens the place behind the path; is there anything to do? */
  const open = (): boolean => {
    const last = path.at(-1), prefix = last ? behind(last) : { bytes: [], steps: 0 }, branches = last?.taken?.ends ? [] : branchesOf(device, program, prefix, queueDepth);
    const steps = path.map(({ taken }) => taken!);
    const asleep = new Map(last ? [...last.asleep].filter(([agent, step]) => agent !== last.taken!.agent && !depend(step, last.taken!, crowded([...steps, step]))) : []);
    places++;
    const first = branches.find(({ agent }) => !asleep.has(agent));
    if (!first) {
      // Who waits here in vain might have had the tokens that another one took, or have come before the end.
      runTo(device, program, last?.taken?.ends ? last.prefix : prefix, queueDepth);
      for (const pending of device.pending()) race(path, pendingStep(pending), queueDepth);
    }
    if (branches.length === 0) {
      runs++;
      const schedule = Uint8Array.from(prefix.bytes);
      visit(observe(device, program, { schedule, queueDepth }), schedule);
    }
    if (first) path.push({ branches, prefix, wanted: new Set([first.agent]), asleep, taken: undefined, clock: [] });
    return first !== undefined;
  };
  if (!open()) return { runs, places, isAll: true };
  while (path.length > 0) {
    const place = path.at(-1)!;
    if (place.taken) place.asleep.set(place.taken.agent, place.taken);
    place.taken = undefined;
    const next = place.branches.find(({ agent }) => place.wanted.has(agent) && !place.asleep.has(agent));
    if (!next) { path.pop(); continue; }
    if (runs >= most || places >= far) return { runs, places, isAll: false };
    place.clock = race(path.slice(0, -1), next, queueDepth);
    place.taken = next;
    open();
    yield;
  }
  return { runs, places, isAll: true };
}

const behind = ({ prefix: { bytes, steps }, taken }: Place): Prefix => ({ bytes: taken!.offered > 1 ? [...bytes, taken!.choice] : bytes, steps: steps + 1 });

/** Asks, wherever a step could be exchanged with one before it, for that to be tried; gives what comes before the step, itself included. */
function race(path: readonly Place[], step: Step, queueDepth: number): number[] {
  const full = crowded([...path.map(({ taken }) => taken!), step]), first = before(path, step, queueDepth), free = before(path, { ...step, takes: [] }, queueDepth), clock = [...first];
  const done = Array.from({ length: UNIT_COUNT }, () => 0), numbers = path.map(({ taken }) => ++done[taken!.agent]!);
  const isBefore = (i: number, later: readonly number[]): boolean => later[path[i]!.taken!.agent]! >= numbers[i]!;
  /** Who of the others, and of the step behind them, can begin? One of them has to. */
  const ask = (wanted: Set<number>, others: readonly number[], own: readonly number[]): void => {
    const begins = (until: number, later: readonly number[]): boolean => !others.some((k) => k < until && isBefore(k, later));
    const initials = [...others.filter((k) => begins(k, path[k]!.clock)).map((k) => path[k]!.taken!.agent), ...(begins(path.length, own) ? [step.agent] : [])];
    if (!initials.some((agent) => wanted.has(agent))) wanted.add(initials[0]!);
  };
  for (let i = path.length - 1; i >= 0; i--) {
    const { taken, clock: earlier, wanted } = path[i]!;
    if (taken!.agent === step.agent || !depend(taken!, step, full)) continue;
    const isLater = isBefore(i, clock);
    join(clock, earlier);
    // Were the step first, it would take the tokens that the earlier one took: those that came of it are not needed then.
    const shared = step.takes.filter(({ semaphore }) => taken!.takes.some((one) => one.semaphore === semaphore));
    const needed = shared.length === 0 ? first : before(path, { ...step, takes: step.takes.filter((one) => !shared.includes(one)) }, queueDepth);
    if (!(shared.length === 0 ? isLater : isBefore(i, needed))) {
      // What could happen without the earlier step, then the later one.
      const others = path.flatMap((_, k) => (k > i && !isBefore(i, path[k]!.clock) ? [k] : [])), own = [...needed];
      for (const k of others) if (depend(path[k]!.taken!, step, full)) join(own, path[k]!.clock);
      ask(wanted, others, own);
    }
    // Who takes of two semaphores at once may, were it first, take other tokens of both: those who took some, from any one on, may then come later, if enough tokens are there without them.
    if (shared.length === 0 || step.takes.length < 2 || isBefore(i, free)) continue;
    const takers = path.flatMap(({ taken: one }, k) => (k > i && one!.agent !== step.agent && share(one!.takes, step.takes) && !isBefore(k, free) ? [k] : []));
    for (let n = 0; n <= takers.length; n++) {
      const gone = [i, ...takers.slice(n)], others = path.flatMap(({ clock: its }, k) => (k > i && !gone.some((one) => isBefore(one, its)) ? [k] : []));
      const rest = [...path.slice(0, i), ...others.map((k) => path[k]!)];
      if (step.takes.every(({ semaphore, many }) => held(rest, semaphore) >= many)) ask(wanted, others, before(rest, step, queueDepth));
    }
  }
  clock[step.agent] = done[step.agent]! + 1;
  return clock;
}

/** What comes before a step whatever the schedule: its agent's steps, its dispatch, the posts of its tokens, room in its queue, a fence's units. */
function before(path: readonly Place[], { agent, to, takes, fence }: Step, queueDepth: number): number[] {
  const clock = Array.from({ length: UNIT_COUNT }, () => 0), acts = Array.from({ length: UNIT_COUNT }, () => [] as Place[]), dispatched = Array.from({ length: UNIT_COUNT }, () => [] as Place[]);
  for (const place of path) {
    const taken = place.taken!;
    if (taken.to === undefined) acts[taken.agent]!.push(place); else dispatched[taken.to]!.push(place);
    if (taken.agent === agent) join(clock, place.clock);
    if (((fence >> taken.agent) & 1) === 1) join(clock, place.clock);
  }
  const dispatch = agent === UNIT_SEQ ? undefined : dispatched[agent]![acts[agent]!.length];
  if (dispatch) join(clock, dispatch.clock);
  const room = to === undefined ? undefined : acts[to]![dispatched[to]!.length - queueDepth];
  if (room) join(clock, room.clock);
  for (const { semaphore, many } of takes) {
    // The i-th token taken is the i-th posted.
    const first = path.reduce((all, { taken }) => all + sum(taken!.takes, semaphore), 0), end = first + many;
    let posted = 0;
    for (const place of path) {
      for (const one of place.taken!.posts) {
        if (one.semaphore !== semaphore) continue;
        if (posted < end && posted + one.many > first) join(clock, place.clock);
        posted += one.many;
      }
    }
  }
  return clock;
}
const sum = (moved: readonly Moved[], semaphore: number): number => moved.reduce((all, one) => all + (one.semaphore === semaphore ? one.many : 0), 0);
/** Tokens of a semaphore that are there behind some steps. */
const held = (path: readonly Place[], semaphore: number): number => path.reduce((all, { taken }) => all + sum(taken!.posts, semaphore) - sum(taken!.takes, semaphore), 0);
function join(into: number[], clock: readonly number[]): void { clock.forEach((count, agent) => { if (count > into[agent]!) into[agent] = count; }); }
