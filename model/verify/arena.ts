//! arena: where generated programs put their tensors, what lies there before they start, and which bytes they may rely on.
import type { Segment } from '../device.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { Defect } from '../failure.ts';
import { formatByCode } from '../numerics/format.ts';
import { dataBytes, indexBytes, tableBytes } from './corners.ts';
import type { Kernel } from './kernel.ts';
import { mixed, type Random, random } from './random.ts';

/** Bytes [low, high) of a space. */
export interface Window { readonly space: number; readonly low: number; readonly high: number }
/** `work` may be written, `data` and below only read: always known. Tables: rows with integer or fp32 multipliers. */
export interface Arena {
  readonly profile: Profile;
  readonly imageBase: number | undefined;
  readonly work: readonly Window[];
  readonly data: readonly Window[];
  readonly indices: Window;
  readonly tables: readonly [integer: Window, float: Window];
  /** Stripes of one dtype in the initial memory: where they begin, those of one `stripeKey` from `stripesFrom` of it to that of the next. */
  readonly stripes: Float64Array;
  readonly stripesFrom: Int16Array;
  /** Bytes that an operand may span in a space, so that a few of them fit side by side: by space. */
  readonly capacities: readonly number[];
  /** By space: what is only read, then what may be written. */
  readonly windows: WindowTable;
  /** Where operands lie that must be known, by what is needed. */
  readonly knownWindows: readonly (readonly Window[])[];
  /** Granules of the working windows that are surely known: a bit each; where those of each window begin. */
  readonly known: Uint32Array;
  readonly granules: readonly number[];
  /** Memory before the launch, shared by all programs of this arena: nobody may write into it. It is drawn when somebody asks. */
  readonly memory: readonly Segment[];
}
/** Windows as numbers: those of a space from `from` on, what may be written from `written` on; those of a need from `needed` on, up to the next one's. */
export interface WindowTable {
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Which working window it is; -1: it is only read. */
  readonly work: Int8Array;
  readonly from: Uint8Array;
  readonly written: Uint8Array;
  readonly needed: Uint8Array;
}
type Stripe = Window & { readonly dtype: number; readonly known: boolean };

const STRIPE = 128, DRAM_DATA = 1024, DRAM_WORK = 8192, TAIL = 512, IMAGE_AT = 16384;
/** Arenas of a profile. Each is made when a program first asks for it: no byte of memory is drawn for a program. */
const ARENAS = 128;
const arenas = new WeakMap<Profile, (Arena | undefined)[]>();

/** The map of one program; `seed` decides where the image lies and what memory holds. */
export function arenaOf(profile: Profile, seed: number): Arena {
  const made = arenas.get(profile) ?? [], which = seed % ARENAS, arena = made[which] ??= newArena(profile, mixed(which, 2));
  arenas.set(profile, made);
  return arena;
}

function newArena(profile: Profile, seed: number): Arena {
  const next = random(seed), { spmBytes, accBytes, dramBytes, accLanes } = profile;
  const imageBase = next() % 2 ? IMAGE_AT : undefined;
  const fixed = spmBytes >= 8192 ? 1024 : 384, spmWork = Math.min(spmBytes, fixed + 8192), accWork = Math.min(accBytes, Math.max(4096, 64 * accLanes * 4));
  const tail = (space: number, from: number, size: number): Window[] => (size - TAIL >= from ? [{ space, low: size - TAIL, high: size }] : []);
  const work = [
    { space: SPACE_SPM, low: fixed, high: spmWork }, ...tail(SPACE_SPM, spmWork, spmBytes),
    { space: SPACE_ACC, low: 0, high: accWork }, ...tail(SPACE_ACC, accWork, accBytes),
    { space: SPACE_DRAM, low: DRAM_DATA, high: DRAM_DATA + DRAM_WORK }, ...(imageBase === undefined ? [] : tail(SPACE_DRAM, 2 * IMAGE_AT, dramBytes)),
  ];
  const part = (from: number, to: number): Window => ({ space: SPACE_SPM, low: Math.floor(fixed * from / 8 / 16) * 16, high: Math.floor(fixed * to / 8 / 16) * 16 });
  const stripes = work.flatMap(({ space, low, high }) => Array.from({ length: Math.ceil((high - low) / STRIPE) }, (_, i) => ({
    space, low: low + i * STRIPE, high: Math.min(high, low + (i + 1) * STRIPE), dtype: profile.formatCodes[next() % profile.formatCodes.length]!, known: next() % 8 > 0,
  })));
  const fixedArena = {
    profile, imageBase, work, data: [{ space: SPACE_DRAM, low: 0, high: DRAM_DATA }, { space: SPACE_SPM, low: 0, high: fixed }],
    indices: part(0, 2), tables: [part(2, 5), part(5, 8)],
  } as const;
  const capacities = [0, SPACE_DRAM, SPACE_SPM, SPACE_ACC].map((space) => Math.max(0, ...work.filter((w) => w.space === space).map((w) => Math.floor((w.high - w.low) / 5))));
  const { tables: [integers, floats], indices } = fixedArena, known = [[integers], [floats], [indices], ...spaces.map((space) => inSpace(fixedArena.data, space))];
  const granules: number[] = [];
  let count = 0;
  for (const { low, high } of work) { granules.push(count); count += Math.ceil((high - low) / GRANULE); }
  let drawn: readonly Segment[] | undefined;
  const arena = {
    ...fixedArena, capacities, windows: tableOf(fixedArena.data, work, known), knownWindows: known, granules, ...stripesOf(stripes), known: new Uint32Array(Math.ceil(count / 32)),
    get memory(): readonly Segment[] { drawn ??= memoryOf(fixedArena, stripes, next); return drawn; },
  };
  for (const one of stripes) if (one.known) noteKnown(arena, one);
  return arena;
}
const spaces = [0, SPACE_DRAM, SPACE_SPM, SPACE_ACC], inSpace = (list: readonly Window[], space: number): readonly Window[] => list.filter((w) => w.space === space);
function tableOf(data: readonly Window[], work: readonly Window[], known: readonly (readonly Window[])[]): WindowTable {
  const rows: Window[] = [], from: number[] = [], written: number[] = [], needed: number[] = [];
  for (const space of spaces) {
    from.push(rows.length);
    rows.push(...inSpace(data, space));
    written.push(rows.length);
    rows.push(...inSpace(work, space));
  }
  from.push(rows.length);
  for (const windows of known) { needed.push(rows.length); rows.push(...windows); }
  needed.push(rows.length);
  return {
    low: Float64Array.from(rows, ({ low }) => low), high: Float64Array.from(rows, ({ high }) => high), work: Int8Array.from(rows, (row) => work.indexOf(row)),
    from: Uint8Array.from(from), written: Uint8Array.from(written), needed: Uint8Array.from(needed),
  };
}
function stripesOf(all: readonly Stripe[]): Pick<Arena, 'stripes' | 'stripesFrom'> {
  const keyOf = ({ space, dtype }: Stripe): number => stripeKey(space, dtype), sorted = [...all].sort((a, b) => keyOf(a) - keyOf(b) || all.indexOf(a) - all.indexOf(b));
  const stripesFrom = new Int16Array(stripeKey(spaces.length, 0) + 1);
  for (const one of sorted) stripesFrom[keyOf(one) + 1]!++;
  for (let key = 1; key < stripesFrom.length; key++) stripesFrom[key] = stripesFrom[key]! + stripesFrom[key - 1]!;
  return { stripes: Float64Array.from(sorted, ({ low }) => low), stripesFrom };
}
/** What an operand may need to be known as: tables of integers, tables of floats, indices, a scalar of a space. */
export const NEEDS_INTEGERS = 0, NEEDS_FLOATS = 1, NEEDS_INDICES = 2, NEEDS_SCALAR = 3;
/** Key of `stripes`. */
export const stripeKey = (space: number, dtype: number): number => 256 * space + dtype;

/** Memory before the launch: data by stripes, indices, tables; one stripe in eight stays UNKNOWN. Neighbours are one segment. */
function memoryOf({ profile: { formatCodes }, data, indices, tables }: Pick<Arena, 'profile' | 'data' | 'indices' | 'tables'>, stripes: readonly Stripe[], next: Random): readonly Segment[] {
  const segment = ({ space, low }: Window, bytes: Uint8Array): Segment => ({ space, address: low, bytes });
  const stripe = (window: Window, dtype: number): Segment => segment(window, dataBytes(formatByCode(dtype)!, window.high - window.low, next));
  const fixed = [
    segment(indices, indexBytes(indices.high - indices.low, next)), ...tables.map((window, i) => segment(window, tableBytes(window.high - window.low, i === 1, next))),
    stripe(data[0]!, formatCodes[next() % formatCodes.length]!),
  ];
  return joined([...fixed, ...stripes.filter((s) => s.known).map((s) => stripe(s, s.dtype))]);
}
function joined(segments: readonly Segment[]): readonly Segment[] {
  const runs: Segment[][] = [];
  for (const one of segments) {
    const last = runs.at(-1)?.at(-1);
    if (last && last.space === one.space && last.address + last.bytes.length === one.address) runs.at(-1)!.push(one); else runs.push([one]);
  }
  return runs.map((run) => {
    const { space, address } = run[0]!, bytes = new Uint8Array(run.reduce((sum, one) => sum + one.bytes.length, 0));
    for (const one of run) bytes.set(one.bytes, one.address - address);
    return { space, address, bytes };
  });
}

/** Bytes of working memory that are known, or not, together: the generator is on the safe side by less than two of these. */
const GRANULE = 16;

/** What initial memory holds is known. */
function noteKnown({ work, granules, known }: Pick<Arena, 'work' | 'granules' | 'known'>, { space, low, high }: Window): void {
  const which = work.findIndex((w) => w.space === space && low >= w.low && high <= w.high), from = work[which]!.low;
  for (let g = granules[which]! + (low - from) / GRANULE, end = granules[which]! + Math.ceil((high - from) / GRANULE); g < end; g++) known[g >>> 5] = known[g >>> 5]! | (1 << (g & 31));
}

/** Lays an arena down for the kernel: assembly/generator/arena.ts says how. Its address comes back. */
export function layArena(kernel: Kernel, { known, windows, capacities, stripes, stripesFrom, work, data, granules }: Arena): number {
  const { low, high, work: which, from, written, needed } = windows, header = kernel.reserve(4 * 16);
  if (4 * known.length > kernel.at.KNOWN_BYTES) throw new Defect(`working windows of more than ${8 * GRANULE * kernel.at.KNOWN_BYTES} bytes`);
  const windowsAt = (list: readonly Window[]): number => {
    const at = kernel.reserve(32 * list.length);
    list.forEach((one, i) => {
      kernel.words.set([one.space, granules[i] ?? 0], at / 4 + 8 * i);
      kernel.numbers.set([one.low, one.high], at / 8 + 4 * i + 1);
    });
    return at;
  };
  const parts = [
    kernel.lay(known), known.length, kernel.lay(low, true), kernel.lay(high, true), kernel.lay(which), kernel.lay(from), kernel.lay(written), kernel.lay(needed), kernel.lay(capacities, true),
    kernel.lay(stripes, true), kernel.lay(stripesFrom), work.length, windowsAt(work), data.length, windowsAt(data),
  ];
  kernel.words.set(parts, header / 4);
  return header;
}
