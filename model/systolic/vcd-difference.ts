//! vcd-difference: the first register in which somebody's dump of an array differs from a wave.
import { didYouMean, Rejected } from '../failure.ts';
import { type Register, registers } from './kernel.ts';
import { edgesOf, readHeader, signalNamed, type VcdSignal, type VcdValue } from './vcd-reader.ts';
import { registerOf, type Wave, wavefront, widthsOf } from './wave.ts';

export interface VcdOptions {
  /** The clock's name: its path, or how that ends. */
  readonly clock?: string;
  /** Names of registers: from a map file. */
  readonly map?: ReadonlyMap<Register, string>;
  /** Every register in every cycle from the first valid one on, also where the wave says nothing of it. */
  readonly isStrict?: boolean;
  /** Which tile of the dump it is, from 1 on: the how manieth that begins at PE (0, 0). */
  readonly tile?: number;
}

export interface VcdDifference {
  /** Edge of the wave, edge of the dump, and its time, after which it stands. */
  readonly edge: number;
  readonly theirEdge: number;
  readonly time: number;
  readonly row: number;
  readonly column: number;
  readonly register: Register;
  readonly ours: number;
  /** Undefined: x or z. */
  readonly theirs: bigint | undefined;
}
export interface VcdComparison {
  readonly difference: VcdDifference | undefined;
  /** Registers and edges that were compared, values in all; registers that the dump has of no PE. */
  readonly edges: number;
  readonly values: number;
  readonly missing: readonly Register[];
  readonly clock: string;
}

/** Aligned on the edge after which PE (0, 0) is valid for the first time, or begins a later tile. Throws Rejected where the dump lacks what that takes. */
export function vcdDifference(wave: Wave, text: string, file: string, { clock = 'clk', map = new Map(), isStrict = false, tile = 1 }: VcdOptions = {}): VcdComparison {
  const header = readHeader(text, file), { shape } = wave, found = registersIn(header.signals, wave, map, file), clockSignal = signalNamed(header.signals, clock, file);
  const valid = found.get('v')?.[0];
  if (!valid) throw rejected(file, `it has no signal v of PE 0, 0, which tells where the wave begins; ${NAMING}`);
  const begins = found.get('f')?.[0];
  if (tile > 1 && !begins) throw rejected(file, `it has no signal f of PE 0, 0, which tells where tile ${tile} begins; ${NAMING}`);
  const first = wave.streamed.times[0]!.enterAt, missing = registers.filter((register) => !found.has(register)), columns = shape.columns;
  let begin: number | undefined, seen = 0, difference: VcdDifference | undefined, values = 0, edges = 0;
  const compared = (edge: number, theirEdge: number, time: number, at: (id: string) => VcdValue): void => {
    const frame = wave.frames[edge - wave.from]!;
    for (let pe = 0; pe < shape.rows * columns; pe++) {
      const row = Math.floor(pe / columns), column = pe % columns;
      for (const register of registers) {
        const signal = found.get(register)?.[pe];
        if (!signal || !(isStrict || means(wave, frame, edge, register, row, column))) continue;
        const ours = registerOf(frame, shape, register, row, column), value = at(signal.id);
        values++;
        if (isSame(ours, value, signal.bits)) continue;
        difference = { edge, theirEdge, time, row, column, register, ours, theirs: value.known ? value.bits : undefined };
        return;
      }
    }
  };
  edgesOf(text, header, clockSignal.id, file, (theirEdge, time, at) => {
    const isOne = ({ id }: VcdSignal): boolean => at(id).known && at(id).bits === 1n;
    if (begin === undefined && isOne(valid) && (tile === 1 || isOne(begins!)) && ++seen === tile) begin = theirEdge;
    const edge = begin === undefined ? undefined : first + theirEdge - begin;
    if (edge === undefined) return true;
    if (edge >= wave.from + wave.frames.length) return false;
    edges++;
    compared(edge, theirEdge, time, at);
    return difference === undefined;
  });
  if (begin === undefined && seen > 0) throw rejected(file, `${seen === 1 ? '1 tile begins' : `${seen} tiles begin`} in it, not ${tile}`);
  if (begin === undefined) throw rejected(file, `v of PE 0, 0 (${valid.path}) is never 1 after an edge of ${clockSignal.path}: nothing entered the array`);
  const wanted = wave.frames.length - (first - wave.from);
  if (!difference && edges < wanted) throw rejected(file, `it ends ${edges} edges after the first valid one; the wave has ${wanted}`);
  return { difference, edges, values, missing, clock: clockSignal.path };
}

/** Whether the wave says what a register holds: weights where they take part, shadow weights until they are taken over, the rest where it is valid. */
function means(wave: Wave, frame: Float64Array, edge: number, register: Register, r: number, c: number): boolean {
  const { shape, layout, of, streamed: { times } } = wave, value = (name: Register): number => registerOf(frame, shape, name, r, c);
  if (register === 's' || register === 'ls') return layout === 'weights' && edge < times[0]!.enterAt + r + c && (register === 'ls' || value('ls') === 1);
  if (wavefront(wave, edge, r, c) === undefined) return false;
  // A row of the array without an activation passes sums on, and keeps what it had.
  if (layout === 'weights' && r >= of.depth) return register === 'v' || register === 'p';
  return register !== 'w' || value('l') === 1;
}

/** Bits of a register that is too narrow for a value are another one. */
function isSame(ours: number, { bits, known }: VcdValue, width: number): boolean {
  const value = BigInt(ours), isHeld = value >= 0n ? value >> BigInt(width) === 0n : value >= -(1n << BigInt(width - 1));
  return known && isHeld && BigInt.asUintN(width, value) === BigInt.asUintN(width, bits);
}

const NAMING = 'signals are called ANYTHING.pe_R_C.REGISTER or ANYTHING[R].ANYTHING[C].ANYTHING.REGISTER, REGISTER one of w s l ls a f v p; others need a map, --map FILE with lines such as v = tb.dut.row[{r}].col[{c}].valid';

/** Signals of each register by PE, row-major. */
function registersIn(signals: readonly VcdSignal[], { shape: { rows, columns } }: Wave, map: ReadonlyMap<Register, string>, file: string): ReadonlyMap<Register, readonly (VcdSignal | undefined)[]> {
  const found = new Map<Register, (VcdSignal | undefined)[]>();
  for (const register of registers) {
    const named = map.get(register);
    if (named === undefined) continue;
    found.set(register, Array.from({ length: rows * columns }, (_, pe) => signalNamed(signals,
      named.replaceAll('{r}', `${Math.floor(pe / columns)}`).replaceAll('{c}', `${pe % columns}`), file)));
  }
  for (const signal of signals) {
    const place = placeOf(signal.path);
    if (!place || map.has(place.register) || place.row >= rows || place.column >= columns) continue;
    const all = found.get(place.register) ?? [], pe = place.row * columns + place.column, before = all[pe], depth = depthOf(signal.path) - depthOf(before?.path ?? '');
    // What lies inside a PE, as in an adder of its own, is not one of its registers.
    if (before && depth > 0) continue;
    if (before && depth === 0 && before.id !== signal.id) throw rejected(file, `${before.path} and ${signal.path} are both register ${place.register} of PE ${place.row}, ${place.column}; name the one that is meant in a map, --map FILE`);
    all[pe] = signal;
    found.set(place.register, all);
  }
  return found;
}

const depthOf = (path: string): number => path.split('.').length;

/** The last two indices of the scopes are row and column. */
function placeOf(path: string): { readonly register: Register; readonly row: number; readonly column: number } | undefined {
  const at = path.lastIndexOf('.'), register = registers.find((name) => name === path.slice(at + 1));
  const indices = [...path.slice(0, Math.max(0, at)).matchAll(/(?<=[_[(])\d+(?=[\])_.]|$)/g)].map(([digits]) => Number(digits)), [row, column] = indices.slice(-2);
  return register && row !== undefined && column !== undefined ? { register, row, column } : undefined;
}

/** Lines `REGISTER = PATH` with {r} and {c}, `clock = PATH`; # begins a comment. Throws Rejected with all that is wrong. */
export function readMap(text: string, file: string): { readonly map: ReadonlyMap<Register, string>; readonly clock: string | undefined } {
  const map = new Map<Register, string>(), names = [...registers, 'clock'], diagnostics: { file: string; line: number; column: number; message: string }[] = [];
  let clock: string | undefined;
  text.split('\n').forEach((line, i) => {
    const [, name = '', path = ''] = /^\s*(\S+)\s*=\s*(\S+)\s*$/.exec(line.replace(/#.*/, '')) ?? [], register = registers.find((one) => one === name);
    if (line.replace(/#.*/, '').trim() === '') return;
    const message = name === '' ? `'${line.trim()}' is not REGISTER = PATH, as in p = tb.dut.row[{r}].col[{c}].psum`
      : !names.includes(name) ? `'${name}' is not one of ${names.join(' ')}${didYouMean(name, names)}`
        : register && !(path.includes('{r}') && path.includes('{c}')) ? `'${path}' has no {r} and {c} where row and column stand` : undefined;
    if (message !== undefined) diagnostics.push({ file, line: i + 1, column: 1, message });
    else if (register) map.set(register, path);
    else clock = path;
  });
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  return { map, clock };
}

/** A register's bits as the wave has it: signed where it is an integer of several. */
export const theirsAs = ({ theirs, register }: VcdDifference, wave: Wave): bigint | undefined => {
  const { bits, isFloat } = widthsOf(wave), width = bits[register];
  return theirs === undefined || isFloat || width === 1 ? theirs : BigInt.asIntN(width, theirs);
};

const rejected = (file: string, message: string): Rejected => new Rejected([{ file, line: 0, column: 0, message }]);
