//! profile-check: what the numbers of a profile must keep among each other, beyond what each may be alone.
import { didYouMean } from '../failure.ts';
import { shown } from '../json.ts';
import { PAGE_BYTES } from '../limits.ts';
import { unpack } from '../numerics/exact.ts';
import { type Format, formatByName, type Specials } from '../numerics/format.ts';
import type { ProfileFile } from './profile-schema.ts';
import { TRIPLE_MAX } from './state.ts';

/** A mistake at a path of the file. */
export interface Problem { readonly path: readonly PropertyKey[]; readonly message: string }

/** A file that may have other mistakes: what the schema has refused is absent. */
export type Partly<T> = T extends readonly (infer I)[]
  ? readonly (Partly<I> | undefined)[]
  : T extends object ? { readonly [K in keyof T]?: Partly<T[K]> } : T;

/** Everything that does not fit together. Facts that are absent are not asked for. */
export function problemsOf(file: Partly<ProfileFile>): readonly Problem[] {
  const rows = [...(file.triples ?? []).keys()].flatMap((index) => [...triple(file, index)]);
  const kernels = Object.entries(file.kernels ?? {}).flatMap(([name, kernel]) => [...widths(name, kernel ?? {})]);
  return [...memories(file), ...repeated(file), ...nans(file), ...rows, ...kernels];
}

/** What the fields of a kernel must keep among each other. */
function* widths(name: string, kernel: Partly<ProfileFile['kernels'][string]>): Generator<Problem> {
  const problem = (field: string, message: string): Problem => ({ path: ['kernels', name, field], message });
  const isPower = (count: number): boolean => (count & (count - 1)) === 0;
  if (kernel.kind === 'chain' && kernel.lanes === 2 && kernel.join === 'chainStart') {
    yield problem('join', 'found chainStart with two lanes; allowed: lastAdd, as two chains cannot both begin as C');
  }
  if (kernel.kind === 'tree' && kernel.shape === 'halves' && kernel.group !== undefined && !isPower(kernel.group)) {
    yield problem('group', `found ${kernel.group} for a tree of halves; allowed: a power of two`);
  }
  if (kernel.kind === 'fused' && kernel.order === 'interleaved' && (kernel.group ?? 0) % 2 !== 0) {
    yield problem('group', `found ${kernel.group} for interleaved products; allowed: a multiple of 2`);
  }
  if (kernel.kind === 'afterSum' && kernel.sumBits !== undefined && kernel.accumulatorBits !== undefined && kernel.sumBits < kernel.accumulatorBits) {
    yield problem('sumBits', `found ${kernel.sumBits}; allowed: at least the ${kernel.accumulatorBits} bits of the accumulator`);
  }
  if (kernel.kind !== 'blocks') return;
  const { group, exactGroup, exactGroupUnderC } = kernel;
  if (group !== undefined && exactGroupUnderC !== undefined && group % exactGroupUnderC !== 0) {
    yield problem('exactGroupUnderC', `found ${exactGroupUnderC}; allowed: a divisor of the group's ${group} products`);
  }
  if (exactGroup !== undefined && exactGroupUnderC !== undefined && exactGroupUnderC % exactGroup !== 0) {
    yield problem('exactGroup', `found ${exactGroup}; allowed: a divisor of the ${exactGroupUnderC} under a dominant C`);
  }
}

/** One WebAssembly memory of 4 GiB holds memories, a known bit a byte, 16 bytes of books a page, weights, and 16 MiB of everything else. */
const HOST_BYTES = 2 ** 32 - 2 ** 24;
const SLOTS_MAX = 2 ** 26;

function* memories(file: Partly<ProfileFile>): Generator<Problem> {
  const lanes = file.accLanes?.value, acc = file.accBytes?.value, row = (lanes ?? 0) * 8;
  if (row > 0 && acc !== undefined && acc % row !== 0) {
    yield { path: ['accBytes', 'value'], message: `found ${acc}; allowed: a multiple of ${row}, a row of ${lanes} lanes of 64 bits` };
  }
  const spaces = [file.dramBytes?.value, acc, file.spmBytes?.value].map((bytes) => bytes ?? 0);
  const total = spaces.reduce((sum, bytes) => sum + bytes + Math.ceil(bytes / 8) + 16 * Math.ceil(bytes / PAGE_BYTES), slotBytes(file));
  if (total > HOST_BYTES) {
    const found = `the engine would need ${total} bytes for memories, their known bits and the weights`;
    const names = ['dramBytes', 'accBytes', 'spmBytes'];
    yield { path: [names[spaces.indexOf(Math.max(...spaces))]!, 'value'], message: `${found}; allowed: ${HOST_BYTES}; make this smaller` };
  }
}

/** Bytes of all weight slots, each as large as the largest tile of any row. */
function slotBytes(file: Partly<ProfileFile>): number {
  const tiles = (file.triples ?? []).map((row) =>
    Math.max(0, ...several(row?.weight).map((type) => (type ? Math.ceil(((row?.kMax?.value ?? 0) * (row?.nMax?.value ?? 0) * formatByName(type).width) / 8) : 0))));
  return (file.slotCount?.value ?? 0) * Math.max(0, ...tiles);
}

function* repeated(file: Partly<ProfileFile>): Generator<Problem> {
  for (const key of ['features', 'formats'] as const) {
    const names = (file[key]?.value ?? []) as readonly (string | undefined)[];
    for (const index of secondOnes(names)) {
      yield { path: [key, 'value', index], message: `found "${names[index]}" a second time; a name may appear only once` };
    }
  }
  const granules = (file.granules ?? []).map((row) => (row?.space && row.unit ? `${row.space} and ${row.unit}` : undefined));
  for (const index of secondOnes(granules)) {
    yield { path: ['granules', index], message: `found a second granule for ${granules[index]}; allowed: one` };
  }
  const triples = (file.triples ?? []).flatMap((row, index) => several(row?.activation).flatMap((a) => several(row?.weight).map((w) =>
    ({ index, types: a && w && row?.accumulator ? `${a} x ${w} -> ${row.accumulator}` : undefined }))));
  for (const at of secondOnes(triples.map(({ types }) => types))) {
    const { index, types } = triples[at]!;
    yield { path: ['triples', index], message: `found a second row for ${types}; allowed: one, with several dots` };
  }
  if (triples.length > TRIPLE_MAX) {
    yield { path: ['triples'], message: `found rows for ${triples.length} triples of dtypes; allowed: ${TRIPLE_MAX}` };
  }
}

/** One dtype or a list of them, as a list. */
const several = <T>(value: T | readonly T[] | undefined): readonly T[] => (value === undefined ? [] : ([value].flat() as T[]));

/** Whether every number of a format is one of fp16. */
function isHeldByFp16(format: Format): boolean {
  const greatest = ({ exponentBits, bias, specials }: Format): number => 2 ** exponentBits - (specials === 'ieee' ? 2 : 1) - bias;
  const { kind, bias, fractionBits } = format, least = bias + fractionBits;
  return kind === 'float' && fractionBits <= fp16.fractionBits && least <= fp16.bias + fp16.fractionBits && greatest(format) <= greatest(fp16);
}
const fp16 = formatByName('fp16');

const secondOnes = (names: readonly (string | undefined)[]): readonly number[] =>
  [...names.keys()].filter((index) => names[index] !== undefined && names.indexOf(names[index]) < index);

function* nans({ formats, nans: stated }: Partly<ProfileFile>): Generator<Problem> {
  const names = formats?.value;
  if (!names || !stated) return;
  for (const name of names) {
    if (name && formatByName(name).specials === 'ieee' && !(name in stated)) {
      yield { path: ['nans'], message: `${name} is missing; allowed: a canonical NaN for each float format that has several` };
    }
  }
  for (const [name, fact] of Object.entries(stated)) {
    if (fact === undefined) continue;
    if (!names.some((known) => known === name)) {
      yield { path: ['nans', name], message: `found a NaN of ${name}, ${notOf(names)}` };
    }
    if (fact.value !== undefined && unpack(formatByName(name), BigInt(`0x${fact.value}`)).kind !== 'nan') {
      const message = `found ${shown(fact.value)}, which is not a NaN of ${name}; allowed: ${nanSays[formatByName(name).specials]}`;
      yield { path: ['nans', name, 'value'], message };
    }
  }
}

const notOf = (names: readonly (string | undefined)[]): string => `which is not one of the profile's formats; allowed: ${names.join(', ')}`;

const nanSays: Readonly<Record<Specials, string>> = {
  ieee: 'all exponent bits set, the fraction not zero', fn: 'all bits after the sign set', fnuz: 'the code of -0',
  p3109: 'the code of -0', none: 'all bits set', finite: 'none',
};

function* triple(file: Partly<ProfileFile>, index: number): Generator<Problem> {
  const row = file.triples?.[index] ?? {}, names = file.formats?.value, columns = row.nMax?.value, lanes = file.accLanes?.value;
  const parts = (['activation', 'weight', 'accumulator'] as const).flatMap((part) => several(row[part]).flatMap((type) => (type ? [{ part, type }] : [])));
  const types = parts.map(({ type }) => type).join(', ');
  for (const { part, type } of parts) {
    if (names && !names.includes(type)) yield { path: ['triples', index, part], message: `found ${type}, ${notOf(names)}` };
  }
  const kinds = new Set(parts.map(({ type }) => formatByName(type).kind === 'integer'));
  if (kinds.size > 1) {
    yield { path: ['triples', index], message: `found ${types}; allowed: integers in all three places, or floats in all three` };
  }
  for (const [at, name] of (row.dots ?? []).entries()) {
    if (name === undefined || !file.kernels) continue;
    const path = ['triples', index, 'dots', at], known = Object.keys(file.kernels), kernel = file.kernels[name];
    if (!known.includes(name)) {
      yield { path, message: `found "${shown(name)}", which is not one of the profile's kernels${didYouMean(name, known) || ';'} allowed: ${known.join(', ')}` };
    }
    if (!kernel?.kind) continue;
    const wanted = kinds.has(true) ? 'integer' : 'any other', { kind } = kernel;
    if (kinds.size === 1 && (kind === 'integer') !== kinds.has(true)) {
      yield { path, message: `found a kernel of kind ${kind} for ${types}; allowed: ${wanted}` };
    }
    const beyond = kind === 'fused' && kernel.operands === 'fp16' && parts.find(({ part, type }) => part !== 'accumulator' && !isHeldByFp16(formatByName(type)));
    if (beyond) yield { path, message: `found a kernel that converts its operands to fp16 for ${beyond.type}; allowed: formats all of whose values fp16 has` };
    const fraction = row.accumulator && kind === 'fused' ? formatByName(row.accumulator).fractionBits : undefined;
    if (fraction !== undefined && kind === 'fused' && (kernel.keep ?? 0) > fraction) {
      yield { path, message: `found a kernel that keeps ${kernel.keep} fraction bits of ${row.accumulator}; allowed: at most ${fraction}` };
    }
  }
  if (columns !== undefined && lanes !== undefined && columns > lanes) {
    const message = `found ${columns}; allowed: at most the ${lanes} lanes of an accumulator row`;
    yield { path: ['triples', index, 'nMax', 'value'], message };
  }
  const bytes = slotBytes({ ...file, triples: [row] });
  if (bytes > SLOTS_MAX) {
    const message = `${file.slotCount?.value} slots of kMax x nMax ${row.weight} take ${bytes} bytes; allowed: ${SLOTS_MAX}`;
    yield { path: ['triples', index, 'kMax', 'value'], message };
  }
}
