//! writer: writes a program as readable assembly text: descriptors, modes, tokens between units, and the memory it starts from.
import type { Segment } from '../device.ts';
import { Defect, Rejected } from '../failure.ts';
import { SPACE_DRAM, UNIT_DMI, UNIT_DMO, UNIT_MXU, UNIT_VPU, unitNames } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByName } from '../numerics/format.ts';
import type { Ordered, Region } from './tokens.ts';
import { tokenBook } from './tokens.ts';
import type { Space, View } from './view.ts';
import { bytesOf, denseBytes, rowMajor, widthOf } from './view.ts';

/** Fields of a numeric mode; absent ones are 0. `clamp` is [lowest, highest]. */
export interface Mode {
  readonly round?: 'rne' | 'rz' | 'rd' | 'ru' | 'rna' | 'rhu' | 'odd' | undefined;
  readonly round2?: 'rne' | 'rz' | 'rd' | 'ru' | 'rna' | 'rhu' | 'odd' | undefined;
  readonly scale?: 'none' | 'fixed' | 'gemmlowp' | 'tosa' | 'fp32mul' | 'fp32div' | undefined;
  readonly isat?: boolean | undefined;
  readonly zpa?: number | undefined;
  readonly zpb?: number | undefined;
  readonly zpo?: number | undefined;
  readonly clamp?: readonly [number, number] | undefined;
}

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
  /** Repeat what `body` writes, with a fence before and at the end of each pass; `steps` are registers and what is added to them, -32768..32767. */
  loop(count: number, steps: readonly (readonly [register: string, step: number])[], body: () => void): void;
  fence(): void;

  load(d: View, a: View): void;
  fill(d: View, code: number): void;
  store(d: View, a: View): void;
  wload(slot: number, a: View): void;
  ainit(acc: View, a?: View): void;
  mm(op: 'set' | 'add', acc: View, a: View, slot: number, mRank: number, mode: Mode): void;
  mdw(op: 'set' | 'add', acc: View, a: View, slot: number, mRank: number, mode: Mode): void;
  drain(d: View, acc: View, table: View | undefined, mode: Mode, residual?: View): void;
  scale(d: View, a: View, table: View | undefined, mode: Mode, residual?: View): void;
  binary(op: 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max', d: View, a: View, b: View, mode: Mode): void;
  fma(d: View, a: View, b: View, c: View, mode: Mode): void;
  shift(op: 'left' | 'right', d: View, a: View, places: number, mode: Mode): void;
  convert(d: View, a: View, mode: Mode): void;
  unary(op: 'abs' | 'neg' | 'sign' | 'not' | 'rint', d: View, a: View, mode: Mode): void;
  clamp(d: View, a: View, mode: Mode): void;
  reduce(op: 'sum' | 'max' | 'min', d: View, a: View, r: number): void;
  move(d: View, a: View): void;

  /** The text so far, ended by `halt 0`. */
  finish(name: string, says: string): Written;
}

interface Step { readonly text: string; readonly mode: string; readonly comment: string; readonly order?: Ordered }

/** DMI, DMO, MXU and VPU. */
const ALL_UNITS = '0x1e';

/** A program that does not fit its profile. */
export const unfit = (message: string): Rejected => new Rejected([{ file: 'program', line: 0, column: 0, message }]);

export function writer(profile: Profile): Writer {
  const steps: Step[] = [], memory: Segment[] = [], tokens = tokenBook(), names = descriptors((text) => say(text)), modes = modeBook((text) => say(text));
  let dramTop = 0x1000, spmTop = 0, spmEnd = profile.spmBytes, depth = 0, note = '';

  const say = (text: string): void => { steps.push({ text: '  '.repeat(depth) + text, mode: '', comment: '' }); };
  const act = (unit: number, text: (operand: (view: View) => string) => string, writes: readonly View[], reads: readonly View[], mode?: Mode): void => {
    demand(profile, unit, [...writes, ...reads], mode);
    text((view) => names.operand(view));
    const chosen = mode ? modes.use(mode) : '', before = steps.length, line = text((view) => names.operand(view));
    // All operands must stand at once: two views under one label would set its register twice.
    if (steps.length !== before) throw new Defect(`${line}: one name for two different operands`);
    const regions = [...writes.map((view) => regionOf(view, true)), ...reads.map((view) => regionOf(view, false))];
    steps.push({ text: '  '.repeat(depth) + line, mode: chosen, comment: note, order: tokens.follow(unit, regions.filter((r) => r.high > r.low)) });
    note = '';
  };
  const fence = (): void => { say(`fence ${ALL_UNITS}`); tokens.fenced(); };
  const take = (from: number, bytes: number, limit: number, what: string): number => {
    const at = Math.ceil(from / 64) * 64;
    if (at + bytes > limit) throw unfit(`${what} needs ${bytes} bytes at ${at}, the profile ${profile.name} has ${limit}`);
    return at;
  };
  const epilogue = (unit: number, name: string) => (d: View, a: View, table: View | undefined, mode: Mode, residual?: View): void => {
    const reads = [a, ...(table ? [table] : []), ...(residual ? [residual] : [])];
    act(unit, (o) => {
      // The residual is a bare descriptor: no offset.
      const bare = residual ? ` with ${names.bare(residual)}` : '';
      return `${name} ${o(d)}, ${o(a)}${table ? `, table ${o(table)}` : ''}${bare}`;
    }, [d], reads, mode);
  };
  const multiply = (name: string) => (op: 'set' | 'add', acc: View, a: View, slot: number, mRank: number, mode: Mode): void =>
    act(UNIT_MXU, (o) => `${name}.${op} ${o(acc)}, ${o(a)}, slot ${slot}${mRank === 1 ? '' : `, m ${mRank}`}`, [acc], [a], mode);
  const vector = (name: string, d: View, sources: readonly View[], mode?: Mode, tail = ''): void =>
    act(UNIT_VPU, (o) => `${name} ${[d, ...sources].map(o).join(', ')}${tail}`, [d], sources, mode);

  return {
    profile,
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
      const before = spmTop;
      const result = body();
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
    comment: (text) => { note = text; },
    line: say,
    loop(count, registers, body) {
      fence();
      const step = registers.map(([register, by]) => `${register} += ${by}`).join(', ');
      say(`loop ${count}${step && ` step ${step}`} {`);
      depth++;
      names.forget();
      modes.forget();
      body();
      fence();
      depth--;
      say('}');
      names.forget();
      modes.forget();
    },
    fence,
    load: (d, a) => act(UNIT_DMI, (o) => `load ${o(d)}, ${o(a)}`, [d], [a]),
    fill: (d, code) => act(UNIT_DMI, (o) => `fill ${o(d)}, ${code}`, [d], []),
    store: (d, a) => act(UNIT_DMO, (o) => `store ${o(d)}, ${o(a)}`, [d], [a]),
    wload: (slot, a) => act(UNIT_MXU, (o) => `wload slot ${slot}, ${o(a)}`, [], [a]),
    ainit: (acc, a) => act(UNIT_MXU, (o) => (a ? `ainit.load ${o(acc)}, ${o(a)}` : `ainit.zero ${o(acc)}`), [acc], a ? [a] : []),
    mm: multiply('mm'), mdw: multiply('mdw'),
    drain: epilogue(UNIT_MXU, 'drain'), scale: epilogue(UNIT_VPU, 'scale'),
    binary: (op, d, a, b, mode) => vector(`binary.${op}`, d, [a, b], mode),
    fma: (d, a, b, c, mode) => act(UNIT_VPU, (o) => `fma ${o(d)}, ${o(a)}, ${o(b)} with ${names.bare(c)}`, [d], [a, b, c], mode),
    shift(op, d, a, places, mode) {
      say(`s31 = ${places}`);
      vector(`shift.${op}`, d, [a], mode, ', s31');
    },
    convert: (d, a, mode) => vector('convert', d, [a], mode),
    unary: (op, d, a, mode) => vector(`unary.${op}`, d, [a], mode),
    clamp: (d, a, mode) => vector('clamp.bounds', d, [a], mode),
    reduce: (op, d, a, r) => vector(`reduce.${op}`, d, [a], undefined, `, r ${r}`),
    move: (d, a) => vector('move', d, [a]),
    finish: (name, says) => ({ name, text: textOf(name, says, names.header(), steps), memory }),
  };
}

/** What the instruction would trap `feature` for. */
function demand(profile: Profile, unit: number, views: readonly View[], mode: Mode | undefined): void {
  const absent = views.find(({ dtype }) => !profile.formatCodes.includes(formatByName(dtype).code));
  if (absent) throw unfit(`the profile ${profile.name} does not have the type ${absent.dtype}`);
  const { zpa = 0, zpb = 0, scale = 'none' } = mode ?? {};
  const feature = scale === 'gemmlowp' ? 'gemmlowp' : scale === 'tosa' ? 'tosaDouble' : unit === UNIT_MXU && scale === 'none' && (zpa !== 0 || zpb !== 0) ? 'zp' : undefined;
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

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Descriptor registers by label: what each holds, and the line that makes it hold what is needed. */
function descriptors(say: (text: string) => void) {
  const held = new Map<string, { readonly register: string; shape: string; bit: number }>();
  const register = (label: string): string => {
    if (held.size >= 63) throw unfit('more than 63 tensors have names');
    return held.get(label)?.register ?? `t${held.size + 1}`;
  };
  const literal = (view: View): string => {
    const list = (values: readonly number[]): string => `[${values.join(',')}]`;
    const strides = list(view.strides) === list(rowMajor(view.dims)) ? '' : ` stride ${list(view.strides)}`;
    const { pads } = view, padded = (side: readonly number[] | undefined, word: string): string => (side?.some((n) => n > 0) ? ` ${word} ${list(side)}` : '');
    const filled = pads ? ` fill ${hex(pads.fill)}` : '';
    return `${view.space} ${view.dtype} ${list(view.dims)} at ${hex(Math.floor(view.bit / 8))}${strides}${padded(pads?.low, 'lo')}${padded(pads?.high, 'hi')}${filled}`;
  };
  /** Elements from the held base to the view; a register that is far off, or of another shape, is set anew first. */
  const offset = (view: View, reachable: boolean): number => {
    const width = widthOf(view.dtype), base = Math.floor(view.bit / 8) * 8, shape = literal({ ...view, bit: 0 });
    const known = held.get(view.label), far = known && known.shape === shape ? (view.bit - known.bit) / width : Number.NaN;
    if (Number.isInteger(far) && (reachable ? far >= -4096 && far <= 4095 : far === 0)) return far;
    const entry = { register: register(view.label), shape, bit: base };
    if (known?.shape === shape) say(`${view.label}.base = ${hex(base / 8)}`);
    else say(`${view.label} = ${literal(view)}`);
    held.set(view.label, entry);
    return (view.bit - base) / width;
  };
  return {
    operand(view: View): string {
      const far = offset(view, true), sum = `${view.register ?? ''}${view.register && far ? ` ${far < 0 ? '-' : '+'} ${Math.abs(far)}` : far || ''}`;
      return sum ? `${view.label}[${sum}]` : view.label;
    },
    bare(view: View): string {
      if (offset(view, false) !== 0 || view.register) throw unfit(`${view.label} takes no offset as a fourth operand`);
      return view.label;
    },
    /** What the registers hold is not known: a loop begins or ends here. */
    forget(): void {
      for (const entry of held.values()) entry.shape = '';
    },
    header: (): string[] => [...held].map(([label, { register }]) => `name ${label} = ${register}`),
  };
}

/** Modes n1 to n3, the oldest one reused; n0 stays 0 for all that name none. */
function modeBook(say: (text: string) => void) {
  let known: { readonly name: string; text: string }[] = ['n1', 'n2', 'n3'].map((name) => ({ name, text: '' }));
  return {
    use(mode: Mode): string {
      const text = modeText(mode);
      const found = known.find((entry) => entry.text === text) ?? known.at(-1)!;
      if (found.text !== text) say(`${found.name} = ${text}`);
      found.text = text;
      known = [found, ...known.filter((entry) => entry !== found)];
      return found.name;
    },
    forget(): void { for (const entry of known) entry.text = ''; },
  };
}

/** At least one field of each of the first four words, so that all of them are written whole. */
function modeText({ round = 'rne', round2, scale = 'none', isat = true, zpa = 0, zpb = 0, zpo = 0, clamp }: Mode): string {
  const second = round2 && round2 !== 'rne' ? `, round2: ${round2}` : '', limits = clamp ? `, clamp: [${clamp.join(', ')}]` : '';
  return `{ round: ${round},${isat ? ' isat,' : ''} scale: ${scale}${second}, zpa: ${zpa}, zpb: ${zpb}, zpo: ${zpo}${limits} }`;
}

function textOf(name: string, says: string, header: readonly string[], steps: readonly Step[]): string {
  const lines = [`; ${name}: ${says}`, ...columns(header, 4), ''];
  for (const { text, mode, comment, order } of steps) {
    const indent = /^ */.exec(text)![0], unit = order ? unitNames[order.unit]! : '';
    // The head of an instruction has room for one wait and one post; more of them are instructions of the same unit.
    for (const m of order?.waits.slice(1) ?? []) lines.push(`${indent}wait ${unit} m${m}, 1`);
    const head = [order?.waits[0] ? `wait m${order.waits[0]}` : '', order?.posts[0] ? `post m${order.posts[0]}` : '', mode && `mode ${mode}`];
    const suffix = head.filter((part) => part !== '').join(' ');
    const whole = suffix ? `${text.padEnd(46)}  ${suffix}` : text;
    lines.push(comment ? `${whole.padEnd(68)}  ; ${comment}` : whole);
    for (const m of order?.posts.slice(1) ?? []) lines.push(`${indent}post ${unit} m${m}, 1`);
  }
  lines.push('halt 0', '');
  return lines.join('\n');
}

function columns(items: readonly string[], each: number): string[] {
  const lines: string[] = [], width = Math.max(18, ...items.map((item) => item.length + 2));
  for (let at = 0; at < items.length; at += each) lines.push(items.slice(at, at + each).map((item) => item.padEnd(width)).join('').trimEnd());
  return lines;
}

export type { Space, View };
