//! steps: what one step of a schedule does, and which other steps it can be told from in another order.
import { RetiredCursor } from '../cursor.ts';
import type { Device, Pending, Program } from '../device.ts';
import { byOpcode } from '../instructions/set.ts';
import { bitsOf, decodeHead, wellEncoded } from '../isa/codec.ts';
import { FAULT_SEMAPHORE, NUMERIC_CSR, RETIRED_DONE, ROLE_WRITE, SEMAPHORE_COUNT, SEMAPHORE_MAX, UNIT_COUNT, UNIT_SEQ } from '../limits.ts';
import { unitOf } from '../machine/closed.ts';
import { formatByCode } from '../numerics/format.ts';
import { offersOf } from './adversaries.ts';

/** Bytes [low, high) of a space. */
interface Region { readonly space: number; readonly low: number; readonly high: number; readonly isWrite: boolean }
/** Tokens of a semaphore that are taken or posted. */
export interface Moved { readonly semaphore: number; readonly many: number }
export interface Step {
  /** The unit that acts; SEQ for its own instructions and for dispatches. */
  readonly agent: number;
  /** Of a dispatch, the unit that it goes to. */
  readonly to: number | undefined;
  readonly regions: readonly Region[];
  readonly takes: readonly Moved[];
  readonly posts: readonly Moved[];
  /** Units that have to be empty first, as a mask. */
  readonly fence: number;
  /** May depend on anything: reads counters, ends the run. */
  readonly isOpaque: boolean;
}
/**
 * A step with its choice among those that are ready. `ends` the run at once, whatever others have in hand: it would decide something from UNKNOWN bytes, or
 * posts more tokens than fit.
 */
export interface Branch extends Step { readonly choice: number; readonly offered: number; readonly ends: boolean }

/** A schedule up to some step. */
export interface Prefix { readonly bytes: readonly number[]; readonly steps: number }
/** Runs a program up to there; it stands still then. */
export function runTo(device: Device, program: Program, { bytes, steps }: Prefix, queueDepth: number): void {
  device.load(program);
  device.execute({ schedule: Uint8Array.from(bytes), queueDepth, budget: steps });
}

/** Every step that can be taken there; none where the run is over. */
export function branchesOf(device: Device, program: Program, prefix: Prefix, queueDepth: number): readonly Branch[] {
  const branches: Omit<Branch, 'offered'>[] = [];
  let offered = UNIT_COUNT;
  for (let choice = 0; choice < offered; choice++) {
    runTo(device, program, prefix, queueDepth);
    const before = queueLengths(device), offers = offersOf(device, queueDepth), running = device.run({ schedule: Uint8Array.of(choice), queueDepth, budget: 1 });
    let record: RetiredCursor | undefined, next = running.next();
    for (; !next.done; next = running.next()) record = new RetiredCursor(new DataView(next.value.bytes().buffer));
    const { status, steps, options } = next.value;
    if (steps === 0 && status !== 'uninitialised') return [];
    if (steps === 0) {
      // How many were ready nobody has said yet.
      offered = Math.min(offered, Math.max(1, offers.length));
      branches.push({ ...quiet, agent: offers[choice]?.unit ?? UNIT_SEQ, isOpaque: true, choice, ends: true });
      continue;
    }
    offered = options[0] ?? 1;
    const after = queueLengths(device), to = record ? undefined : after.findIndex((length, unit) => length > before[unit]!);
    const step = stepOf(record, to), ends = device.csrRead(FAULT) === FAULT_SEMAPHORE;
    branches.push({ ...step, isOpaque: step.isOpaque || ends, choice, ends });
  }
  return branches.map((branch) => ({ ...branch, offered }));
}
/** Of the host's window: why the run failed. */
const FAULT = 0x200;
function queueLengths(device: Device): readonly number[] {
  const lengths = [0, 0, 0, 0, 0, 0];
  for (const { unit } of device.pending()) if (unit !== UNIT_SEQ) lengths[unit]!++;
  return lengths;
}

const quiet = { to: undefined, regions: [], takes: [], posts: [], fence: 0, isOpaque: false };
function stepOf(record: RetiredCursor | undefined, to: number | undefined): Step {
  if (!record) return { ...quiet, to, agent: UNIT_SEQ };
  const { words, unit, status } = record, mnemonic = byOpcode.get(words[0] & 255)?.mnemonic ?? '';
  // Nullified and trapped instructions are the sequencer's.
  if (status !== RETIRED_DONE) return { ...quiet, agent: UNIT_SEQ, isOpaque: record.trap !== 0 };
  const moved = tokensOf(words, record.scalar(0));
  // Counters are those of all units.
  const counts = mnemonic === 'csrr' && words[2] >= NUMERIC_CSR;
  return { ...quiet, ...moved, agent: unit, regions: regionsOf(record), isOpaque: counts || mnemonic === 'halt' };
}

/** What a unit, or SEQ, waits to do, as far as its words say: SEQ may only have to give it to a unit. */
export function pendingStep({ unit, words }: Pending): Step {
  const definition = byOpcode.get(words[0]! & 255), to = unit === UNIT_SEQ && definition && wellEncoded(definition, words) ? unitOf(definition, words) : UNIT_SEQ;
  return { ...quiet, agent: unit, ...(to === UNIT_SEQ ? tokensOf(words, 0) : { to }) };
}

/** What an instruction does with semaphores; `register` is the value that `post` and `wait` add their count to. */
function tokensOf(words: readonly number[], register: number): Pick<Step, 'takes' | 'posts' | 'fence'> {
  const definition = byOpcode.get(words[0]! & 255), { wait, post } = decodeHead(words), fields = definition?.fields ?? {}, mnemonic = definition?.mnemonic;
  const own = mnemonic === 'post' || mnemonic === 'wait' ? [{ semaphore: bitsOf(words, fields['m']!), many: (register + bitsOf(words, fields['imm']!)) >>> 0 }] : [];
  const one = (semaphore: number): readonly Moved[] => (semaphore === 0 ? [] : [{ semaphore, many: 1 }]);
  return {
    takes: [...one(wait), ...(mnemonic === 'wait' ? own : [])], posts: [...(mnemonic === 'post' ? own : []), ...one(post)],
    fence: mnemonic === 'fence' ? bitsOf(words, fields['units']!) : mnemonic === 'halt' ? -1 : 0,
  };
}

function regionsOf(record: RetiredCursor): readonly Region[] {
  return [0, 1, 2, 3].flatMap((position): Region[] => {
    const t = record.operand(position);
    if (!t || t.dims.includes(0)) return [];
    const width = formatByCode(t.dtype)!.width, reach = t.dims.map((dim, axis) => (dim - 1) * t.strides[axis]! * width);
    const sum = (of: (bits: number) => number): number => reach.reduce((all, bits) => all + of(bits), Number(t.address));
    return [{ space: t.space, low: Math.floor(sum((bits) => Math.min(0, bits)) / 8), high: Math.ceil((sum((bits) => Math.max(0, bits)) + width) / 8), isWrite: (t.role & ROLE_WRITE) !== 0 }];
  });
}

/** Do both move tokens of one semaphore? */
export function share(x: readonly Moved[], y: readonly Moved[]): boolean {
  return x.some((one) => y.some(({ semaphore, many }) => semaphore === one.semaphore && many > 0 && one.many > 0));
}

/** Semaphores to which steps post more tokens than fit, so that others may have to take some in between. */
export function crowded(steps: readonly Pick<Step, 'posts'>[]): ReadonlySet<number> {
  const posted = Array.from({ length: SEMAPHORE_COUNT }, () => 0);
  for (const { posts } of steps) for (const { semaphore, many } of posts) posted[semaphore]! += many;
  return new Set(posted.flatMap((tokens, semaphore) => (tokens > SEMAPHORE_MAX ? [semaphore] : [])));
}

type Doing = Pick<Step, 'regions' | 'takes' | 'posts' | 'isOpaque'>;
/** May it make a difference which of two steps of different agents comes first, where both may? `full`: semaphores that may be. */
export function depend(a: Doing, b: Doing, full: ReadonlySet<number>): boolean {
  const isFull = ({ semaphore }: Moved): boolean => full.has(semaphore), meet = (takes: readonly Moved[], posts: readonly Moved[]): boolean => share(takes.filter(isFull), posts);
  return a.isOpaque || b.isOpaque || share(a.takes, b.takes) || share(a.posts, b.posts) || (full.size > 0 && (meet(a.takes, b.posts) || meet(b.takes, a.posts)))
    || a.regions.some((x) => b.regions.some((y) => (x.isWrite || y.isWrite) && x.space === y.space && x.low < y.high && y.low < x.high));
}
