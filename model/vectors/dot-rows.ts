//! dot-rows: sets of dot products as programs of the matrix unit: every row by the kernel of its set.
import type { Profile } from '../machine/profile.ts';
import type { DotRecord } from '../numerics/dot-record.ts';
import { formatByName } from '../numerics/format.ts';
import { pieces } from '../programs/tiling.ts';
import { box, seen, type View } from '../programs/view.ts';
import { type Mode, unfit, type Writer, writer } from '../programs/writer.ts';
import { accumulationSets, type DotRow, type DotSet, type DotSets, measuredSets, modelledSets } from './dot-files.ts';
import { type Case, type Found, sampled } from './found.ts';
import type { Replay } from './replay.ts';
import { littleEndian } from './replay.ts';
import type { VectorTree } from './tree.ts';

/** Rows of operands that lie in SPM at a time, at most. */
const BLOCK = 512;

const found = (kind: string, of: (tree: VectorTree, paths: readonly string[]) => DotSets) =>
  (tree: VectorTree, folder: string, paths: readonly string[]): Found => {
    const { sets, skipped } = of(tree, paths), cases: Case[] = [];
    let total = 0;
    for (const set of sets) {
      const first = total;
      cases.push(sampled(set.name, set.rows, (_, at) => first + at, (name, rows) => ({
        build: (profile) => programOf({ ...set, name, rows }, profile), ...(set.profile === undefined ? {} : { profile: set.profile }),
      })));
      total += set.rows.length;
    }
    return { folder, kind, total, cases, skipped };
  };

/** Words of one folder, numbered through its sets. */
export const measuredRows = found('tensor-core', measuredSets), modelledRows = found('fused-dot', modelledSets);
export const accumulationRows = found('accumulation-modes', accumulationSets);

/** Where rows lie: in DRAM all of them, in SPM those of a block. */
interface Tables { readonly dram: readonly View[]; readonly spm: readonly View[]; readonly start: View; readonly output: View; readonly out: View }

/** Every row is a dot product of its own: its C goes into the accumulators, and what is drained is compared. */
function programOf(set: DotSet, profile: Profile): Replay {
  const { rows, depth, scale } = set, n = rows.length, { most, mode } = kernelOf(set, profile), w = writer(profile);
  const width = (dtype: string): number => formatByName(dtype).width, blocks = rows[0]!.scalesA.length;
  const column = (label: string, dtype: string, many: number, of: (row: DotRow) => readonly bigint[]): View => w.dram(label, dtype, [n, many], packed(rows.flatMap(of), width(dtype)));
  const dram = [column('A', set.input, depth, ({ a }) => a), column('B', set.input, depth, (row) => row.w)];
  if (scale) dram.push(column('SA', scale, blocks, ({ scalesA }) => scalesA), column('SB', scale, blocks, ({ scalesW }) => scalesW));
  const c = w.dram('C', set.accumulator, [n], packed(rows.map((row) => row.c), width(set.accumulator))), output = w.dram('Y', set.result, [n]);
  const rowBytes = dram.reduce((sum, { dtype, dims }) => sum + Math.ceil((dims[1]! * width(dtype)) / 8), 16);
  const block = Math.min(BLOCK, n, Math.max(profile.accLanes, Math.floor(profile.spmBytes / rowBytes / profile.accLanes - 1) * profile.accLanes));
  const spm = dram.map(({ label, dtype, dims }) => w.spm(label.toLowerCase(), dtype, [block, dims[1]!]));
  const tables: Tables = { dram, spm, start: w.spm('c', set.accumulator, [block]), output, out: w.spm('o', set.result, [block]) };
  for (const [from, count] of pieces(n, block)) {
    spm.forEach((view, i) => w.load(box(view, [0, 0], [count, view.dims[1]!]), box(dram[i]!, [from, 0], [count, view.dims[1]!])));
    w.load(box(tables.start, [0], [count]), box(c, [from], [count]));
    if (scale) scaledBlock(w, set, tables, count, mode);
    else plainBlock(w, set, tables, count, most, mode);
    w.store(box(output, [from], [count]), box(tables.out, [0], [count]));
  }
  const program = w.finish(set.name, `${n} dot products of ${depth} by kernel ${set.kernel}`);
  return { program, results: [{ view: output, expected: packed(rows.map(({ d }) => d), width(set.result)) }] };
}

/** Each row is a channel, so that one mdw makes as many as the accumulators have lanes. */
function plainBlock(w: Writer, { depth, accumulator }: DotSet, { spm: [a, b], start, out }: Tables, count: number, most: number, mode: Mode): void {
  const lanes = Math.min(w.profile.accLanes, ...w.profile.triples.map(({ nMax }) => nMax));
  for (const [row, some] of pieces(count, lanes)) {
    const acc = w.acc('acc', accumulator, [1, some]);
    w.ainit(acc, seen(start, [1, some], [some, 1], row, 'c1'));
    for (const [k, taps] of pieces(depth, most)) {
      w.wload(0, seen(b!, [taps, some], [1, depth], row * depth + k, 'w'));
      w.mdw('add', acc, seen(a!, [1, taps, some], [1, 1, depth], row * depth + k, 'v'), 0, 1, mode);
    }
    w.drain(seen(out, [1, some], [some, 1], row, 'o1'), acc, undefined, { isat: false });
  }
}

/** Each row is a multiplication of 1 x K by K x 1 with its scales; a row of accumulators each. */
function scaledBlock(w: Writer, { depth, accumulator }: DotSet, { spm: [a, b, sa, sb], start, out }: Tables, count: number, mode: Mode): void {
  const blocks = sa!.dims[1]!;
  for (const [row, some] of pieces(count, ROWS)) {
    const acc = w.acc('acc', accumulator, [some, 1]);
    w.ainit(acc, seen(start, [some, 1], [1, 1], row, 'c1'));
    for (let i = 0; i < some; i++) {
      w.wload(i % 2, seen(b!, [depth, 1], [1, 1], (row + i) * depth, 'w'), { form: 'scaled', view: seen(sb!, [blocks, 1], [1, 1], (row + i) * blocks, 'ws') });
      w.mm('add', box(acc, [i, 0], [1, 1], 'cell'), seen(a!, [1, depth], [depth, 1], (row + i) * depth, 'v'), i % 2, 1, mode,
        seen(sa!, [1, blocks], [blocks, 1], (row + i) * blocks, 'vs'));
    }
    w.drain(seen(out, [some, 1], [1, 1], row, 'o1'), acc, undefined, { isat: false });
  }
}
const ROWS = 64;

/** What is multiplied, by which kernel; weights are of the format of the input unless it says another. */
interface Multiplied extends Pick<DotSet, 'name' | 'input' | 'accumulator' | 'kernel' | 'depth'> { readonly weight?: string }
/** The mode that names the kernel, and how many products one instruction may take without changing what the whole gives. */
export function kernelOf({ name, input, weight = input, accumulator, kernel, depth }: Multiplied, profile: Profile): { readonly most: number; readonly mode: Mode } {
  const code = (dtype: string): number => formatByName(dtype).code;
  const triple = profile.triples.find((row) => row.activation === code(input) && row.weight === code(weight) && row.accumulator === code(accumulator));
  const dot = triple?.kernels.indexOf(kernel) ?? -1;
  if (!triple || dot < 0) throw unfit(`the profile ${profile.name} has no kernel ${kernel} for ${input} x ${weight} -> ${accumulator}`);
  const step = stepOf(triple.dots[dot]!), most = depth <= triple.kMax ? depth : Math.floor(triple.kMax / step) * step;
  if (most === 0) throw unfit(`${name} has ${depth} products, which kernel ${kernel} must take at once; the profile ${profile.name} takes ${triple.kMax}`);
  return { most, mode: { isat: false, dot } };
}

/** Products after which an instruction may end and the next one go on: infinitely many where all are one step, or C comes last. */
function stepOf(dot: DotRecord): number {
  if ('join' in dot && dot.join === 'lastAdd') return Number.POSITIVE_INFINITY;
  if (dot.kind === 'integer' || dot.kind === 'chain') return 1;
  return (dot.group ?? Number.POSITIVE_INFINITY) * (dot.kind === 'fused' && dot.order === 'interleaved' ? 2 : 1);
}

/** Codes side by side; 4-bit ones two to a byte, element 0 in the low half. */
export function packed(codes: readonly bigint[], width: number): Uint8Array {
  if (width !== 4) return littleEndian(codes, width);
  return Uint8Array.from({ length: Math.ceil(codes.length / 2) }, (_, i) => Number((codes[2 * i]! & 15n) | ((codes[2 * i + 1] ?? 0n) << 4n)));
}
