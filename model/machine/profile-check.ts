//! profile-check: what the numbers of a profile must keep among each other, beyond what each may be alone.
import { shown } from '../json.ts';
import { PAGE_BYTES } from '../limits.ts';
import { unpack } from '../numerics/exact.ts';
import { formatByName, type Specials } from '../numerics/format.ts';
import type { ProfileFile } from './profile-schema.ts';

/** A mistake at a path of the file. */
export interface Problem { readonly path: readonly PropertyKey[]; readonly message: string }

/** A file that may have other mistakes: what the schema has refused is absent. */
export type Partly<T> = T extends readonly (infer I)[]
  ? readonly (Partly<I> | undefined)[]
  : T extends object ? { readonly [K in keyof T]?: Partly<T[K]> } : T;

/** Everything that does not fit together. Facts that are absent are not asked for. */
export function problemsOf(file: Partly<ProfileFile>): readonly Problem[] {
  const rows = [...(file.triples ?? []).keys()].flatMap((index) => [...triple(file, index)]);
  return [...memories(file), ...repeated(file), ...nans(file), ...rows];
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
    row?.weight === undefined ? 0 : Math.ceil(((row.kMax?.value ?? 0) * (row.nMax?.value ?? 0) * formatByName(row.weight).width) / 8));
  return (file.slotCount?.value ?? 0) * Math.max(0, ...tiles);
}

function* repeated(file: Partly<ProfileFile>): Generator<Problem> {
  for (const key of ['features', 'formats'] as const) {
    const names = (file[key]?.value ?? []) as readonly (string | undefined)[];
    for (const index of secondOnes(names)) {
      yield { path: [key, 'value', index], message: `found "${names[index]}" a second time; a name stands once` };
    }
  }
  const granules = (file.granules ?? []).map((row) => (row?.space && row.unit ? `${row.space} and ${row.unit}` : undefined));
  for (const index of secondOnes(granules)) {
    yield { path: ['granules', index], message: `found a second granule for ${granules[index]}; allowed: one` };
  }
  const triples = (file.triples ?? []).map((row) =>
    row?.activation && row.weight && row.accumulator ? `${row.activation} x ${row.weight} -> ${row.accumulator}` : undefined);
  for (const index of secondOnes(triples)) {
    yield { path: ['triples', index], message: `found a second row for ${triples[index]}; allowed: one, with several dots` };
  }
}

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
      const message = `found ${shown(fact.value)}, which is no NaN of ${name}; allowed: ${nanSays[formatByName(name).specials]}`;
      yield { path: ['nans', name, 'value'], message };
    }
  }
}

const notOf = (names: readonly (string | undefined)[]): string => `which is none of the profile's formats; allowed: ${names.join(', ')}`;

const nanSays: Readonly<Record<Specials, string>> = {
  ieee: 'all exponent bits set, the fraction not zero', fn: 'all bits behind the sign set', fnuz: 'the code of -0',
  p3109: 'the code of -0', none: 'all bits set', finite: 'none',
};

function* triple(file: Partly<ProfileFile>, index: number): Generator<Problem> {
  const row = file.triples?.[index] ?? {}, names = file.formats?.value, columns = row.nMax?.value, lanes = file.accLanes?.value;
  const parts = (['activation', 'weight', 'accumulator'] as const).filter((part) => row[part] !== undefined);
  const types = parts.map((part) => row[part]).join(', ');
  for (const part of parts) {
    if (names && !names.includes(row[part]!)) {
      yield { path: ['triples', index, part], message: `found ${row[part]}, ${notOf(names)}` };
    }
  }
  const kinds = new Set(parts.map((part) => formatByName(row[part]!).kind));
  if (kinds.size > 1) {
    yield { path: ['triples', index], message: `found ${types}; allowed: integers in all three places, or floats in all three` };
  }
  for (const [at, dot] of (row.dots ?? []).entries()) {
    const kind = dot?.kind;
    if (kind === undefined || kinds.size !== 1 || (kind === 'integer') === kinds.has('integer')) continue;
    const wanted = kind === 'integer' ? 'chain' : 'integer';
    yield { path: ['triples', index, 'dots', at, 'kind'], message: `found ${kind} for ${types}; allowed: ${wanted}` };
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
