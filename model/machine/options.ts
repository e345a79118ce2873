//! options: how a run is asked for, checked once for every device: names, ranges, defaults.
import { didYouMean, Rejected } from '../failure.ts';
import { QUEUE_MAX } from '../limits.ts';
import type { Profile } from './profile.ts';

/** Anything else than what is said here, and names that are not here, throw Rejected. */
export interface RunOptions {
  /**
   * Absent: the serial run. Present: one byte for each step at which several instructions are ready picks one of them, oldest first and the
   * sequencer last, modulo their number; missing bytes are 0.
   */
  readonly schedule?: Uint8Array;
  /** Steps after which the run returns with status `budget`, from 0 on; a dispatch and an act are a step each. Default, Infinity: no limit. */
  readonly budget?: number;
  /** Records between two looks of the consumer, at most 256; 1 is lock-step. Default 256. */
  readonly ring?: number;
  /**
   * 'effects' leaves out what is nullified, and what the sequencer has done with registers of its own alone: `inner` in its definition, and neither tokens nor
   * interrupt nor trace in its head. Default 'all'.
   */
  readonly records?: 'all' | 'effects';
  /** `run` yields once for all records between two looks; the cursor stands at the first and says how many there are. Default false: once for each. */
  readonly batches?: boolean;
  /** Compute the CRC-32C of written operands. Default false. */
  readonly digests?: boolean;
  /** Entries of each unit's queue, 1 to 16. Default: the profile's. */
  readonly queueDepth?: number;
  /** Instructions dispatched since the launch after which external fault `watchdog` arises; 0 or absent: never. */
  readonly watchdog?: number;
}

/** Options with their defaults filled in. */
export interface CheckedOptions {
  readonly schedule: Uint8Array | undefined;
  readonly budget: number;
  readonly ring: number;
  readonly records: 'all' | 'effects';
  readonly batches: boolean;
  readonly digests: boolean;
  readonly queueDepth: number;
  readonly watchdog: number;
}

const RING_DEFAULT = 256, kinds: readonly string[] = ['all', 'effects'];
const names: Readonly<Record<keyof RunOptions, true>> = { schedule: true, budget: true, ring: true, records: true, batches: true, digests: true, queueDepth: true, watchdog: true };
const optionNames = Object.keys(names);

/** Throws Rejected with everything that is wrong with the options of a run. */
export function checkedOptions(options: RunOptions, profile: Profile): CheckedOptions {
  const complaints = strangers(options, optionNames);
  if (complaints.length > 0) refuse(complaints);
  const { schedule, budget = Number.POSITIVE_INFINITY, ring = RING_DEFAULT, records = 'all', batches = false, digests = false, queueDepth = profile.queueDepth, watchdog = 0 } = options;
  const whole = (name: string, value: unknown, least: number, most: number): void => {
    const complaint = unlikeWhole(name, value, least, most);
    if (complaint) complaints.push(complaint);
  };
  if (budget !== Number.POSITIVE_INFINITY) whole('budget', budget, 0, Number.MAX_SAFE_INTEGER);
  whole('ring', ring, 1, Number.MAX_SAFE_INTEGER);
  whole('queueDepth', queueDepth, 1, QUEUE_MAX);
  whole('watchdog', watchdog, 0, Number.MAX_SAFE_INTEGER);
  if (schedule !== undefined && !(schedule instanceof Uint8Array)) complaints.push(`'schedule' is ${shown(schedule)}; it is a Uint8Array`);
  if (!kinds.includes(records)) complaints.push(unlikeAny('records', records, kinds));
  for (const [name, value] of [['batches', batches], ['digests', digests]] as const) if (typeof value !== 'boolean') complaints.push(`'${name}' is ${shown(value)}; it is true or false`);
  if (complaints.length > 0) refuse(complaints);
  return { schedule, budget, ring, records, batches, digests, queueDepth, watchdog };
}

/** The most threads of one machine. */
export const THREAD_MAX = 64;

/** A whole number within its range; anything else throws Rejected. */
export function requireWhole(name: string, value: unknown, least: number, most: number): void {
  const complaint = unlikeWhole(name, value, least, most);
  if (complaint) refuse([complaint]);
}

function unlikeWhole(name: string, value: unknown, least: number, most: number): string | undefined {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return undefined;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `${least} to ${most}`;
  return `'${name}' is ${shown(value)}; it is a whole number, ${range}`;
}

/** One of some names; anything else throws Rejected. */
export function requireOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  refuse([unlikeAny(name, value, allowed)]);
}
const unlikeAny = (name: string, value: unknown, allowed: readonly string[]): string =>
  `'${name}' is ${shown(value)}; it is ${allowed.join(' or ')}${typeof value === 'string' ? didYouMean(value, allowed) : ''}`;

/** Throws Rejected for members of an object of options that have none of the names. */
export function requireNames(options: object, known: readonly string[]): void {
  const complaints = strangers(options, known);
  if (complaints.length > 0) refuse(complaints);
}

function strangers(options: unknown, known: readonly string[]): string[] {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return [`options are ${shown(options)}; they are an object`];
  return Object.keys(options).filter((key) => !known.includes(key))
    .map((key) => `there is no option '${key}'${didYouMean(key, known) || `; there are ${known.join(', ')}`}`);
}
const shown = (value: unknown): string =>
  (typeof value === 'string' ? `'${value}'` : typeof value === 'object' && value !== null ? (Array.isArray(value) ? 'an array' : 'an object') : String(value));
function refuse(messages: readonly string[]): never {
  throw new Rejected(messages.map((message) => ({ file: 'options', line: 0, column: 0, message })));
}
