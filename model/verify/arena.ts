//! arena: where generated programs put their tensors, what lies there before they start, and which bytes they may rely on.
import type { Segment } from '../device.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByCode } from '../numerics/format.ts';
import { dataBytes, indexBytes, tableBytes } from './corners.ts';
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
  /** Stripes of one dtype in the initial memory. */
  readonly stripes: readonly Stripe[];
  /** Memory before the launch, shared by all programs of this arena: nobody may write into it. */
  readonly memory: readonly Segment[];
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
  const arena = {
    profile, imageBase, work, data: [{ space: SPACE_DRAM, low: 0, high: DRAM_DATA }, { space: SPACE_SPM, low: 0, high: fixed }],
    indices: part(0, 2), tables: [part(2, 5), part(5, 8)], stripes,
  } as const;
  return { ...arena, memory: memoryOf(arena, next) };
}

/** Memory before the launch: data by stripes, indices, tables; one stripe in eight stays UNKNOWN. Neighbours are one segment. */
function memoryOf({ profile: { formatCodes }, data, indices, tables, stripes }: Omit<Arena, 'memory'>, next: Random): readonly Segment[] {
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

/** Bytes that an operand may span, so that a few of them fit side by side. */
export function capacity({ work }: Arena, space: number): number {
  return Math.max(0, ...work.filter((w) => w.space === space).map((w) => Math.floor((w.high - w.low) / 5)));
}

/** Which bytes of the working windows are surely known: 1 a byte, by window. */
export type Knowledge = readonly Uint8Array[];
export function knowledgeOf({ work, stripes }: Arena): Knowledge {
  return work.map(({ space, low, high }) => {
    const bytes = new Uint8Array(high - low);
    for (const s of stripes) if (s.known && s.space === space && s.low >= low && s.high <= high) bytes.fill(1, s.low - low, s.high - low);
    return bytes;
  });
}
/** Is every byte of the interval surely known? What is read only always is. */
export function surelyKnown({ work, data }: Arena, knowledge: Knowledge, space: number, low: number, high: number): boolean {
  if (data.some((w) => w.space === space && low >= w.low && high <= w.high)) return true;
  const window = work.findIndex((w) => w.space === space && low >= w.low && high <= w.high);
  return window >= 0 && !knowledge[window]!.subarray(low - work[window]!.low, high - work[window]!.low).includes(0);
}
/** After a write: with values that may be UNKNOWN nothing of the interval is sure; with known ones all of it is, if it was written whole. */
export function noteWrite({ work }: Arena, knowledge: Knowledge, space: number, low: number, high: number, known: boolean, whole: boolean): void {
  work.forEach((w, i) => {
    if (w.space !== space || high <= w.low || low >= w.high) return;
    if (!known || whole) knowledge[i]!.fill(known ? 1 : 0, Math.max(0, low - w.low), Math.max(0, Math.min(high, w.high) - w.low));
  });
}
