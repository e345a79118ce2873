//! placement: where the tables and memories of a profile lie in the engine's linear memory, and the records that say so.
import { Rejected } from '../failure.ts';
import { cached } from '../isa/cached.ts';
import { type Layout, type Scalar, writeScalar } from '../isa/layout.ts';
import { featureBit, PAGE_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM, UNIT_COUNT } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { controlLayout, DECODED_BYTES, DECODED_WORDS, dotLayout, FLOOR_NONE, formatKinds, formatLayout, formatSpecials, functionTableLayout, keptProgramLayout, ORDER_ROOM_BYTES, PREPARED_BYTES, PREPARED_MAX, profileLayout, SHADOW_BYTES, tripleLayout } from '../machine/state.ts';
import type { DotRecord } from '../numerics/dot-record.ts';
import { roundNames } from '../numerics/exact.ts';
import { methodNames } from '../numerics/function-table.ts';
import { type FunctionName, functionNames } from '../numerics/functions.ts';
import { formatByCode, formats, quietNan } from '../numerics/format.ts';
import { retirementLayout } from '../retirement.ts';
import type { Exports } from './binary.ts';

/** Records that the ring can hold, of which more are no faster, and steps for which choices and options have room. */
export const RING_RECORDS = 256, CHOICE_BYTES = 0x1_0000;

export interface Placement {
  /** Linear addresses by space. */
  readonly spaces: Readonly<Record<number, number>>;
  readonly ring: number;
  readonly choices: number;
  readonly optionLog: number;
  /** Scratch memory of each thread, the machine's own first. */
  readonly scratches: readonly number[];
  /** What the host wrote: the records that say where things lie, and the tables of the profile. Address and size in bytes. */
  readonly written: readonly (readonly [at: number, byteCount: number])[];
  /** Bytes of linear memory that the profile needs. */
  readonly end: number;
}

/**
 * Lays out the memory behind HEAP, DRAM last, grows it to what is needed, and tells the engine. Nothing is filled. `follows`: there is room
 * for orderFollow, as large as a small machine. V8 looks through all that live whenever so many bytes have been added.
 */
export function place(exports: Exports, profile: Profile, { threads = 1, follows = false } = {}): Placement {
  const bytes: Readonly<Record<number, number>> = { [SPACE_DRAM]: profile.dramBytes, [SPACE_SPM]: profile.spmBytes, [SPACE_ACC]: profile.accBytes };
  let next = exports.HEAP.value + threads * (exports.HOME_BYTES?.value ?? 0);
  const take = (count: number): number => { const at = next; next = up(at + count, PAGE_BYTES); return at; };
  const ring = take(RING_RECORDS * retirementLayout.size), choices = take(CHOICE_BYTES), optionLog = take(CHOICE_BYTES);
  const tables = new Map([...profile.functions].map(([name, { entries }]) => [name, take(4 * entries.length)] as const));
  const slotBytes = slotBytesOf(profile), slots = take(slotBytes * profile.slotCount), scratches = Array.from({ length: threads }, () => take(scratchBytesOf(profile))), follower = take(follows ? ORDER_ROOM_BYTES : 0);
  const decoded = take((DECODED_WORDS + 1) * DECODED_BYTES), prepared = take(PREPARED_MAX * PREPARED_BYTES), shadow = take(SHADOW_BYTES), program = take(keptProgramLayout.size);
  const order = [SPACE_SPM, SPACE_ACC, SPACE_DRAM];
  const pages = order.map((space) => {
    const count = Math.ceil(bytes[space]! / PAGE_BYTES);
    return { space, states: take(count), counts: take(2 * count), list: take(4 * count), bits: take(count * (PAGE_BYTES / 8)) };
  });
  const spaces = Object.fromEntries(order.map((space) => [space, take(bytes[space]!)]));
  grow(exports, next, profile);

  const view = new DataView(exports.memory.buffer), control = exports.CONTROL.value;
  const set = (name: keyof typeof controlLayout.at, value: number, index = 0): void => {
    view.setUint32(control + controlLayout.at[name] + 4 * index, value, true);
  };
  for (const space of [SPACE_DRAM, SPACE_SPM, SPACE_ACC]) set('spaces', spaces[space]!, space);
  set('slots', slots);
  set('ring', ring);
  set('choices', choices);
  set('optionLog', optionLog);
  set('scratch', scratches[0]!);
  set('shadow', shadow);
  set('order', follower);
  set('decoded', decoded);
  set('prepared', prepared);
  set('program', program);
  for (const { space, states, counts, list, bits } of pages) {
    set('pageStates', states, space);
    set('unknownCounts', counts, space);
    set('touchedLists', list, space);
    set('knownBits', bits, space);
  }
  writeProfile(view, exports.PROFILE.value, profile, slotBytes);
  writeFunctions(view, exports.PROFILE.value + profileLayout.at.functions, profile, tables);
  const written = [
    [control, controlLayout.size], [exports.PROFILE.value, profileLayout.size],
    ...[...profile.functions].map(([name, { entries }]) => [tables.get(name)!, 4 * entries.length] as const),
  ] as const;
  return { spaces, ring, choices, optionLog, scratches, written, end: next };
}

const FEATURE_WORDS = 4;
const WASM_PAGE_BYTES = 0x1_0000, MEMORY_BYTES = 2 ** 32;
const up = (value: number, to: number): number => Math.ceil(value / to) * to;

function grow(exports: Exports, bytes: number, profile: Profile): void {
  const refuse = (why: string): never => {
    throw new Rejected([{ file: profile.name, line: 0, column: 0, message: `the engine needs ${bytes} bytes for this profile; ${why}` }]);
  };
  if (bytes > MEMORY_BYTES) refuse(`at most ${MEMORY_BYTES} exist, so DRAM may have ${MEMORY_BYTES - (bytes - profile.dramBytes)} bytes`);
  const missing = Math.ceil((bytes - exports.memory.buffer.byteLength) / WASM_PAGE_BYTES);
  try {
    if (missing > 0) exports.memory.grow(missing);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    refuse('this machine gives no memory of that size');
  }
}

/** assembly/pack.ts: header, codes, a byte for each code's being known, panels of 16 columns, of their scales too, sums of
 *  the columns; room for scales or metadata, a byte each, and a byte for each one's being known. */
function slotBytesOf({ triples }: Profile): number {
  const bytes = triples.map(({ weight, kMax, nMax }) => {
    const codeBytes = Math.max(1, (formatByCode(weight)?.width ?? 32) / 8), beside = up(Math.ceil(kMax / 2) * nMax, 16);
    return 64 + up(kMax * nMax * codeBytes, 16) + up(kMax * nMax, 16) + up(nMax, 16) * 4 * (kMax + Math.ceil(kMax / 16) + 4) + 2 * beside;
  });
  return up(Math.max(64, ...bytes), 64);
}
/** assembly/matrix.ts: a tile of activations, twice as deep as sparse weights, offsets of its runs, terms of the columns, what kernels list behind it; assembly/deep.ts: 2048 bytes of panels for each column. */
function scratchBytesOf({ triples }: Profile): number {
  return 0x1_0000 + 160 * Math.max(1, ...triples.map(({ kMax }) => kMax)) + 2208 * Math.max(1, ...triples.map(({ nMax }) => nMax));
}

/** Writes a scalar, or one of a list, of the record at an address, by its name. */
const put = (view: DataView, of: Layout, base: number) => {
  const scalars = scalarsOf(of);
  return (name: string, value: number | bigint, index = 0): void => {
    const scalar = scalars.get(name)!;
    writeScalar(view, base + of.at[name]! + index * (scalar === 'i64' ? 8 : 4), scalar, value);
  };
};
const scalarsOf = cached((of: Layout): ReadonlyMap<string, Scalar> => new Map(of.items.flatMap(({ name, item }) => {
  const scalar = typeof item === 'string' ? item : item[0];
  return typeof scalar === 'string' ? [[name, scalar] as const] : [];
})));

function writeProfile(view: DataView, at: number, profile: Profile, slotBytes: number): void {
  new Uint8Array(view.buffer, at, profileLayout.size).fill(0);
  const set = put(view, profileLayout, at);
  for (const [space, bytes] of [[SPACE_DRAM, profile.dramBytes], [SPACE_SPM, profile.spmBytes], [SPACE_ACC, profile.accBytes]] as const) set('spaceBytes', bytes, space);
  set('slotCount', profile.slotCount);
  set('accLanes', profile.accLanes);
  set('vpuLanes', profile.vpuLanes);
  set('queueDepth', profile.queueDepth);
  set('unknownByte', profile.unknownByte);
  set('slotBytes', slotBytes);
  set('tripleCount', profile.triples.length);
  for (let word = 0; word < FEATURE_WORDS; word++) {
    set('features', profile.features.map(featureBit).reduce((bits, bit) => (bit >> 5 === word ? bits | (1 << (bit & 31)) : bits), 0), word);
  }
  for (let word = 0; word < 8; word++) set('hash', Number.parseInt(profile.hash.slice(8 * word, 8 * word + 8), 16), word);
  for (const { space, unit, bytes } of profile.granules) set('granules', bytes, space * UNIT_COUNT + unit);
  writeFormats(view, at, profile);
  profile.triples.forEach((triple, i) => {
    const base = at + profileLayout.at.triples + i * tripleLayout.size, row = put(view, tripleLayout, base);
    row('activation', triple.activation);
    row('weight', triple.weight);
    row('accumulator', triple.accumulator);
    row('dotCount', triple.dots.length);
    row('kMax', triple.kMax);
    row('nMax', triple.nMax);
    row('mMax', triple.mMax);
    triple.dots.forEach((dot, j) => writeDot(put(view, dotLayout, base + tripleLayout.at.dots + j * dotLayout.size), dot));
  });
}

function writeFunctions(view: DataView, at: number, { functions }: Profile, tables: ReadonlyMap<FunctionName, number>): void {
  functionNames.forEach((name, operation) => {
    const base = at + operation * functionTableLayout.size, table = functions.get(name), row = put(view, functionTableLayout, base);
    row('method', table ? 1 + methodNames.indexOf(table.method) : 0);
    if (!table) return;
    const entries = tables.get(name)!;
    for (const field of ['indexBits', 'interpolationBits', 'scaleBits', 'rangeBits', 'multiplierBits', 'multiplier'] as const) row(field, Number(table[field]));
    row('rounded', table.interpolation === 'round' ? 1 : 0);
    row('entries', entries);
    new Uint32Array(view.buffer, entries, table.entries.length).set(table.entries);
  });
}

const dotKinds = { integer: 1, chain: 2, tree: 3, fused: 4, exact: 5, afterSum: 6, blocks: 7 } as const;
/** Codes of the words that a record may hold. */
const dotWords: Readonly<Record<string, readonly string[]>> = {
  join: ['chainStart', 'lastAdd', 'inWindow'], round: roundNames, align: roundNames, zero: ['ieee', 'plus'], order: ['ascending', 'interleaved'],
  operands: ['encoded', 'fp16'], products: ['exact', 'rounded'], shape: ['adjacent', 'halves'],
};
const dotNulls: Readonly<Record<string, number>> = { psumBits: 0, group: 0, keep: 255, reach: 255, floor: FLOOR_NONE };
function writeDot(set: (name: string, value: number) => void, { kind, ...fields }: DotRecord): void {
  set('kind', dotKinds[kind]);
  for (const [name, value] of Object.entries(fields)) {
    set(name, typeof value === 'string' ? dotWords[name]!.indexOf(value) : (value ?? dotNulls[name]!));
  }
}

/** The table of formats inside the profile record at an address. */
export function writeFormats(view: DataView, at: number, { formatCodes, nans }: Pick<Profile, 'formatCodes' | 'nans'>): void {
  for (const format of formats) {
    const set = put(view, formatLayout, at + profileLayout.at.formats + format.code * formatLayout.size);
    set('kind', formatKinds[format.kind]);
    set('width', format.width);
    set('signed', format.signed ? 1 : 0);
    set('exponentBits', format.exponentBits);
    set('fractionBits', format.fractionBits);
    set('specials', formatSpecials[format.specials]);
    set('bits', format.valueBits);
    set('present', formatCodes.includes(format.code) ? 1 : 0);
    set('bias', format.bias);
    set('nan', Number(nans.get(format.code) ?? quietNan(format)));
  }
}
