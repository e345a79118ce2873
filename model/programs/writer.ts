//! writer: writes a program as readable assembly text: descriptors, modes, tokens between units, and the memory it starts from.
import type { Segment } from '../device.ts';
import { Defect, Rejected } from '../failure.ts';
import { type Feature, SPACE_DRAM, UNIT_DMI, UNIT_DMO, UNIT_MXU, UNIT_VPU } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByName } from '../numerics/format.ts';
import type { FunctionName } from '../numerics/functions.ts';
import { listing, type Step } from './listing.ts';
import { descriptors, type Mode, modeBook } from './registers.ts';
import { type Region, tokenBook } from './tokens.ts';
import type { Space, View } from './view.ts';
import { bytesOf, denseBytes, rowMajor, widthOf } from './view.ts';

export type { Mode } from './registers.ts';

/** A program as text, and what lies in DRAM before it starts. */
export interface Written {
  readonly name: string;
  readonly text: string;
  readonly memory: readonly Segment[];
}

/** Where a program grows. All memory is found by its allocators; waits and posts are its own business. */
export interface Writer {
  readonly profile: Profile;
  /** A tensor in DRAM, dense, 64-byte aligned; with `data` its bytes are there from the start. Throws Rejected when DRAM is full. */
  dram(label: string, dtype: string, dims: readonly number[], data?: Uint8Array): View;
  /** A tensor in SPM, dense or with the given strides. Throws Rejected when SPM is full. */
  spm(label: string, dtype: string, dims: readonly number[], strides?: readonly number[]): View;
  /** Rows of the accumulator memory from row 0: the last dim is lanes, the others are dense rows. */
  acc(label: string, dtype: string, dims: readonly number[]): View;
  /** Bytes of SPM that are free. */
  free(): number;
  /** Run `body` and give back the SPM it took; what follows may reuse it, tokens see to the order. */
  scope<Result>(body: () => Result): Result;
  /** Run `body` with what it takes of SPM lying in this buffer, from its start on. */
  within<Result>(buffer: View, body: () => Result): Result;
  comment(text: string): void;
  /** A line for the sequencer, as it stands. */
  line(text: string): void;
  /**
   * Repeat what `body` writes, with a fence before and at the end of each pass; `steps` are registers and what is added to them,
   * -32768..32767.
   */
  loop(count: number, steps: readonly (readonly [register: string, step: number])[], body: () => void): void;
  fence(): void;

  load(d: View, a: View): void;
  fill(d: View, code: number): void;
  store(d: View, a: View): void;
  wload(slot: number, a: View, beside?: Beside): void;
  ainit(acc: View, a?: View): void;
  /** With `scales` those of A, where the slot has scales too. */
  mm(op: 'set' | 'add', acc: View, a: View, slot: number, mRank: number, mode: Mode, scales?: View): void;
  mdw(op: 'set' | 'add', acc: View, a: View, slot: number, mRank: number, mode: Mode): void;
  drain(d: View, acc: View, table: View | undefined, mode: Mode, residual?: View): void;
  scale(d: View, a: View, table: View | undefined, mode: Mode, residual?: View): void;
  binary(op: 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max', d: View, a: View, b: View, mode: Mode): void;
  fma(d: View, a: View, b: View, c: View, mode: Mode): void;
  /** Without `b` the comparison is with 0. */
  compare(op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'unordered', d: View, a: View, b?: View): void;
  select(d: View, a: View, b: View, mask: View): void;
  bitwise(op: 'and' | 'or' | 'xor' | 'andnot', d: View, a: View, b: View): void;
  shift(op: 'left' | 'right', d: View, a: View, places: number, mode: Mode): void;
  convert(d: View, a: View, mode: Mode): void;
  unary(op: 'abs' | 'neg' | 'sign' | 'not' | 'rint', d: View, a: View, mode: Mode): void;
  special(op: FunctionName, d: View, a: View, mode: Mode): void;
  clamp(d: View, a: View, mode: Mode): void;
  reduce(op: 'sum' | 'max' | 'min', d: View, a: View, r: number): void;
  /** Elements and scales of blocks along the last dim. */
  bquant(d: View, a: View, scales: View, mode: Mode): void;
  move(d: View, a: View): void;

  /** The text so far, ended by `halt 0`. */
  finish(name: string, says: string): Written;
}

/** What a slot holds beside weights. */
export interface Beside { readonly form: 'sparse' | 'scaled'; readonly view: View }

/** A program that does not fit its profile. */
export const unfit = (message: string): Rejected => new Rejected([{ file: 'program', line: 0, column: 0, message }]);

export function writer(profile: Profile): Writer {
  const steps: Step[] = [], tokens = tokenBook(), places = allocators(profile);
  let depth = 0, note = '';
  const say = (text: string): void => { steps.push({ text: '  '.repeat(depth) + text, mode: '', comment: '' }); };
  const names = descriptors(say, unfit), modes = modeBook(say);
  const act: Act = (unit, text, writes, reads, mode, needs) => {
    demand(profile, unit, [...writes, ...reads], mode, needs);
    text(names);
    const chosen = mode ? modes.use(mode) : '', before = steps.length, line = text(names);
    // All operands must stand at once: two views under one label would set its register twice.
    if (steps.length !== before) throw new Defect(`${line}: one name for two different operands`);
    const regions = [...writes.map((view) => regionOf(view, true)), ...reads.map((view) => regionOf(view, false))];
    const order = tokens.follow(unit, regions.filter(({ low, high }) => high > low));
    steps.push({ text: '  '.repeat(depth) + line, mode: chosen, comment: note, order });
    note = '';
  };
  const fence = (): void => { say('fence dmi dmo mxu vpu'); tokens.fenced(); };
  const forget = (): void => { names.forget(); modes.forget(); };
  return {
    profile,
    ...places,
    ...instructions(act, say),
    comment: (text) => { note = text; },
    line: say,
    fence,
    loop(count, registers, body) {
      fence();
      const step = registers.map(([register, by]) => `${register} += ${by}`).join(', ');
      say(`loop ${count}${step && ` step ${step}`} {`);
      depth++;
      forget();
      body();
      fence();
      depth--;
      say('}');
      forget();
    },
    finish: (name, says) => ({ name, text: listing(name, says, names.header(), steps), memory: places.memory }),
  };
}

/** Writes one instruction of a unit: its text out of the names of its operands, what it writes and reads, its mode. */
type Act = (
  unit: number, text: (names: { operand(view: View): string; bare(view: View): string }) => string, writes: readonly View[],
  reads: readonly View[], mode?: Mode, needs?: Feature,
) => void;
type Allocators = Pick<Writer, 'dram' | 'spm' | 'acc' | 'free' | 'scope' | 'within'> & { readonly memory: Segment[] };
type Instructions = Pick<Writer, 'load' | 'fill' | 'store' | 'wload' | 'ainit' | 'mm' | 'mdw' | 'drain' | 'scale' | 'binary' | 'fma'
  | 'compare' | 'select' | 'bitwise' | 'shift' | 'convert' | 'unary' | 'special' | 'clamp' | 'reduce' | 'bquant' | 'move'>;

/** DRAM grows upwards, SPM is a stack. */
function allocators(profile: Profile): Allocators {
  const memory: Segment[] = [];
  let dramTop = 0x1000, spmTop = 0, spmEnd = profile.spmBytes;
  const take = (from: number, bytes: number, limit: number, what: string): number => {
    const at = Math.ceil(from / 64) * 64;
    if (at + bytes > limit) throw unfit(`${what} needs ${bytes} bytes at ${at}, the profile ${profile.name} has ${limit}`);
    return at;
  };
  return {
    memory,
    dram(label, dtype, dims, data) {
      const at = take(dramTop, denseBytes(dtype, dims), profile.dramBytes, label);
      dramTop = at + denseBytes(dtype, dims);
      if (data) memory.push({ space: SPACE_DRAM, address: at, bytes: data });
      return { label, space: 'dram', dtype, dims, strides: rowMajor(dims), bit: at * 8 };
    },
    spm(label, dtype, dims, strides = denseStrides(dtype, dims)) {
      const view: View = { label, space: 'spm', dtype, dims, strides, bit: 0 };
      const bytes = bytesOf(view)[1], at = take(spmTop, bytes, spmEnd, label);
      spmTop = at + bytes;
      return { ...view, bit: at * 8 };
    },
    acc(label, dtype, dims) {
      const rows = rowMajor(dims.slice(0, -1));
      const view: View = { label, space: 'acc', dtype, dims, strides: [...rows.map((row) => row * profile.accLanes), 1], bit: 0 };
      take(0, bytesOf(view)[1], profile.accBytes, label);
      return view;
    },
    free: () => spmEnd - Math.ceil(spmTop / 64) * 64,
    scope(body) {
      const before = spmTop, result = body();
      spmTop = before;
      return result;
    },
    within(buffer, body) {
      const before = [spmTop, spmEnd] as const;
      [spmTop, spmEnd] = bytesOf(buffer);
      const result = body();
      [spmTop, spmEnd] = before;
      return result;
    },
  };
}

function instructions(act: Act, say: (text: string) => void): Instructions {
  const multiply = (name: string): Writer['mm'] => (op, acc, a, slot, mRank, mode, scales) => {
    const tail = `slot ${slot}${mRank === 1 ? '' : `, m ${mRank}`}`, form = scales ? `${op} scaled` : op, sources = scales ? [a, scales] : [a];
    act(UNIT_MXU, ({ operand }) => `${name}.${form} ${[acc, ...sources].map(operand).join(', ')}, ${tail}`, [acc], sources, mode);
  };
  const epilogue = (unit: number, name: string): Writer['drain'] => (d, a, table, mode, residual) => {
    const reads = [a, ...(table ? [table] : []), ...(residual ? [residual] : [])];
    act(unit, ({ operand, bare }) => {
      const tail = `${table ? `, table ${operand(table)}` : ''}${residual ? ` with ${bare(residual)}` : ''}`;
      return `${name} ${operand(d)}, ${operand(a)}${tail}`;
    }, [d], reads, mode);
  };
  const vector = (name: string, d: View, sources: readonly View[], mode?: Mode, tail = ''): void =>
    act(UNIT_VPU, ({ operand }) => `${name} ${[d, ...sources].map(operand).join(', ')}${tail}`, [d], sources, mode);
  return {
    load: (d, a) => act(UNIT_DMI, ({ operand }) => `load ${operand(d)}, ${operand(a)}`, [d], [a]),
    fill: (d, code) => act(UNIT_DMI, ({ operand }) => `fill ${operand(d)}, ${code}`, [d], []),
    store: (d, a) => act(UNIT_DMO, ({ operand }) => `store ${operand(d)}, ${operand(a)}`, [d], [a]),
    wload(slot, a, beside) {
      const sources = beside ? [a, beside.view] : [a];
      act(UNIT_MXU, ({ operand }) => `wload${beside ? `.${beside.form}` : ''} slot ${slot}, ${sources.map(operand).join(', ')}`, [], sources);
    },
    ainit: (acc, a) =>
      act(UNIT_MXU, ({ operand }) => (a ? `ainit.load ${operand(acc)}, ${operand(a)}` : `ainit.zero ${operand(acc)}`), [acc], a ? [a] : []),
    mm: multiply('mm'), mdw: multiply('mdw'), drain: epilogue(UNIT_MXU, 'drain'), scale: epilogue(UNIT_VPU, 'scale'),
    binary: (op, d, a, b, mode) => vector(`binary.${op}`, d, [a, b], mode),
    fma: (d, a, b, c, mode) =>
      act(UNIT_VPU, ({ operand, bare }) => `fma ${operand(d)}, ${operand(a)}, ${operand(b)} with ${bare(c)}`, [d], [a, b, c], mode),
    compare: (op, d, a, b) => vector(`compare.${op}`, d, b ? [a, b] : [a], undefined, b ? '' : ', s0'),
    select: (d, a, b, mask) =>
      act(UNIT_VPU, ({ operand, bare }) => `select ${operand(d)}, ${operand(a)}, ${operand(b)} with ${bare(mask)}`, [d], [a, b, mask]),
    bitwise: (op, d, a, b) => vector(`bitwise.${op}`, d, [a, b]),
    shift(op, d, a, places, mode) {
      say(`s31 = ${places}`);
      vector(`shift.${op}`, d, [a], mode, ', s31');
    },
    convert: (d, a, mode) => vector('convert', d, [a], mode),
    unary: (op, d, a, mode) => vector(`unary.${op}`, d, [a], mode),
    special: (op, d, a, mode) => act(UNIT_VPU, ({ operand }) => `special.${op} ${operand(d)}, ${operand(a)}`, [d], [a], mode, 'special'),
    clamp: (d, a, mode) => vector('clamp.bounds', d, [a], mode),
    reduce: (op, d, a, r) => vector(`reduce.${op}`, d, [a], undefined, `, r ${r}`),
    bquant: (d, a, scales, mode) =>
      act(UNIT_VPU, ({ operand, bare }) => `bquant ${operand(d)}, ${operand(a)} with ${bare(scales)}`, [d, scales], [a], mode, 'bquant'),
    move: (d, a) => vector('move', d, [a]),
  };
}

/** What the instruction would trap `feature` for. */
function demand(profile: Profile, unit: number, views: readonly View[], { zpa = 0, zpb = 0, scale = 'none' }: Mode = {}, needs?: Feature): void {
  const absent = views.find(({ dtype }) => !profile.formatCodes.includes(formatByName(dtype).code));
  if (absent) throw unfit(`the profile ${profile.name} does not have the type ${absent.dtype}`);
  const offsets = unit === UNIT_MXU && scale === 'none' && (zpa !== 0 || zpb !== 0);
  const feature = scale === 'gemmlowp' ? 'gemmlowp' : scale === 'tosa' ? 'tosaDouble' : offsets ? 'zp' : needs;
  if (feature && !profile.features.includes(feature)) throw unfit(`the profile ${profile.name} does not have the feature ${feature}`);
}

/** 4-bit rows start on a byte, so that a load may write them. */
function denseStrides(dtype: string, dims: readonly number[]): number[] {
  const even = widthOf(dtype) === 4 ? [...dims.slice(0, -1), Math.ceil((dims.at(-1) ?? 1) / 2) * 2] : dims;
  return rowMajor(even);
}

function regionOf(view: View, writes: boolean): Region {
  const [low, high] = bytesOf(view);
  return { space: view.space, low, high, writes };
}

export type { Space, View };
