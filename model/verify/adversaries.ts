//! adversaries: schedules that are hard on a program: each chooses among what is ready by one unkind rule.
import type { Device, Pending, Program } from '../device.ts';
import { byOpcode } from '../instructions/set.ts';
import { bitsOf, decodeHead, wellEncoded } from '../isa/codec.ts';
import { UNIT_COUNT, UNIT_SEQ, unitNames } from '../limits.ts';
import { unitOf } from '../machine/closed.ts';

/** An instruction that may go: at the head of a unit's queue, or (SEQ) the next one to leave the sequencer. */
export interface Offer extends Pending { readonly queued: number }
/** Picks one of at least two offers, oldest first and SEQ's last; gives its index. */
export type Adversary = (offers: readonly Offer[]) => number;

const last = (offers: readonly Offer[]): number => offers.length - 1;
const best = (offers: readonly Offer[], rate: (offer: Offer) => number): number =>
  offers.reduce((chosen, offer, i) => (rate(offer) > rate(offers[chosen]!) ? i : chosen), 0);
const starving = (unit: number): Adversary => (offers) => offers.findIndex((offer) => offer.unit !== unit);

export const adversaries: Readonly<Record<string, { readonly says: string; readonly choose: Adversary }>> = {
  oldest: { says: 'what was dispatched first, so SEQ goes only when nobody else can', choose: () => 0 },
  newest: { says: 'SEQ as long as queues have room, then what was dispatched last', choose: last },
  longest: { says: 'the unit with the longest queue', choose: (offers) => best(offers, ({ queued }) => queued) },
  shortest: { says: 'the unit with the shortest queue, SEQ last', choose: (offers) => best(offers, ({ unit, queued }) => (unit === UNIT_SEQ ? -Infinity : -queued)) },
  ...Object.fromEntries(unitNames.map((name, unit) => [`starve-${name}`, { says: `${name} goes only when nobody else can`, choose: starving(unit) }])),
};
export const adversaryNames: readonly string[] = Object.keys(adversaries);

/**
 * What may go now, as far as the host can tell, which sees neither registers nor predicates of a machine that runs: a count in a register is
 * taken as 0, and a predicate as true. An adversary that errs has made another legal choice.
 */
export function offersOf(device: Device, queueDepth: number): readonly Offer[] {
  const pending = device.pending(), lengths = Array.from({ length: UNIT_COUNT }, () => 0);
  for (const { unit } of pending) lengths[unit]!++;
  const seen = new Set<number>(), tokens = (m: number): number => device.csrRead(SEMAPHORES + 4 * m);
  return pending.filter((one) => {
    if (one.unit !== UNIT_SEQ) return !seen.has(one.unit) && seen.add(one.unit) && mayAct(one, tokens);
    const definition = byOpcode.get(one.words[0]! & 255);
    if (!definition || !wellEncoded(definition, one.words)) return true;
    const unit = unitOf(definition, one.words);
    if (unit !== UNIT_SEQ) return lengths[unit]! < queueDepth;
    const waits = definition.mnemonic === 'halt' ? -1 : definition.mnemonic === 'fence' ? bitsOf(one.words, definition.fields['units']!) : 0;
    return lengths.every((length, other) => other === UNIT_SEQ || length === 0 || ((waits >> other) & 1) === 0) && mayAct(one, tokens);
  }).map((one) => ({ ...one, queued: one.unit === UNIT_SEQ ? 0 : lengths[one.unit]! }));
}

const SEMAPHORES = 0x400;
function mayAct({ words }: Pending, tokens: (m: number) => number): boolean {
  const { wait } = decodeHead(words), definition = byOpcode.get(words[0]! & 255);
  if (wait !== 0 && tokens(wait) === 0) return false;
  if (definition?.mnemonic !== 'wait') return true;
  const m = bitsOf(words, definition.fields['m']!);
  return tokens(m) >= bitsOf(words, definition.fields['imm']!) + (wait === m ? 1 : 0);
}

/** The byte that makes the adversary's choice where the machine stands now. */
export function choiceOf(device: Device, choose: Adversary, queueDepth: number): number {
  const offers = offersOf(device, queueDepth);
  return offers.length > 1 ? choose(offers) : 0;
}

/** The schedule that the adversary makes of a whole run, at most `most` steps of it. */
export function adversarySchedule(device: Device, program: Program, choose: Adversary, queueDepth: number, most = 100_000): Uint8Array {
  const bytes: number[] = [];
  device.load(program);
  for (let steps = 0; steps < most; steps++) {
    const byte = choiceOf(device, choose, queueDepth), end = device.execute({ schedule: Uint8Array.of(byte), queueDepth, budget: 1 });
    // A step that would decide something from UNKNOWN bytes is chosen, and not taken.
    if (end.options.length > 0 || end.status === 'uninitialised') bytes.push(byte);
    if (end.steps === 0) break;
  }
  return Uint8Array.from(bytes);
}
