//! picture: a wave as lines for a terminal: the wave front plane by plane, what enters and leaves cycle by cycle, and results.
import { formatByCode } from '../numerics/format.ts';
import { type Register, VALID } from './kernel.ts';
import { tileRow } from './multiplication.ts';
import { operationAt, registerOf, type Wave, wavefront, widthsOf } from './wave.ts';

export interface Heading { readonly text: string; readonly at?: string | undefined }

/** PEs that are shown of a larger array, and how wide the lines are. */
const SHOWN_MAX = 16, WIDTH = 120;

/** Registers are planes of numbers, one for each cycle; without any the wave front is shown, and a line for each cycle. */
export function pictureLines(wave: Wave, heading: Heading, shown: readonly Register[]): string[] {
  const { from, frames, edges, shape } = wave, isCropped = shape.rows > SHOWN_MAX || shape.columns > SHOWN_MAX;
  const rest = frames.length < edges ? [`shown are cycles ${from} to ${from + frames.length - 1} of ${edges}`] : [];
  const crop = isCropped ? [`shown are ${Math.min(SHOWN_MAX, shape.rows)} x ${Math.min(SHOWN_MAX, shape.columns)} PEs of ${shape.rows} x ${shape.columns}`] : [];
  const body = shown.length > 0 ? shown.flatMap((register) => ['', `register ${register} after each cycle`, ...planes(wave, (frame, _edge, r, c) => number(wave, register, registerOf(frame, shape, register, r, c)))])
    : ['', frontSays(wave), ...planes(wave, (frame, edge, r, c) => front(wave, frame, edge, r, c), ''), '', ...cycleLines(wave)];
  return [...headLines(wave, heading), ...rest, ...crop, ...body, '', ...resultLines(wave)].map((line) => line.trimEnd());
}

export function headLines(wave: Wave, { text, at }: Heading): string[] {
  const { of, shape: { rows, columns }, layout, tile, overlaps, edges, streamed: { times } } = wave, name = (dtype: number): string => formatByCode(dtype)!.name, { bits, isFloat } = widthsOf(wave);
  const zero = of.zpa || of.zpw ? `; zero points ${of.zpa} and ${of.zpw} are subtracted at the edge` : '';
  const join = isFloat ? (of.record.kind === 'chain' && of.record.join === 'chainStart' ? 'sums begin with C' : 'C is added after the array') : 'C is added after the array';
  const cross = `${rows} + ${columns} - 2 (crossing)`, rowsText = `${tile.rowCount} (rows)`;
  const closed = layout === 'weights' ? `${rows} (weights enter) + ${rowsText} + ${cross}${overlaps ? `; the next weights enter from cycle ${times[1]!.loadAt} on` : ''}`
    : `${times.length} x (${tile.start ? `${rows} (C enters) + ` : ''}${tile.depth} (steps) + ${cross} + ${rows - 1} (sums leave))`;
  return [
    `instruction  ${text}${at ? `   ${at}` : ''}`,
    `array        ${rows} x ${columns}, ${layout === 'weights' ? 'weights' : 'sums'} stay; ${name(of.triple.activation)} x ${name(of.weights.dtype)}, sums of ${isFloat ? name(of.triple.accumulator) : `${bits.p} bits`}, kernel ${of.kernel}`,
    `tile         M ${of.rowCount}, K ${of.depth}, N ${of.columns}; ${of.adds ? join : 'no C'}${zero}${of.isDepthwise ? `; rows once for each channel, ${tile.rowCount} in all` : ''}`,
    `cycles       ${edges} = ${closed}`,
  ];
}

const frontSays = ({ layout, tile }: Wave): string => (layout === 'weights'
  ? `row of A that each PE has after each cycle${tile.rowCount > 36 ? ', modulo 36' : ''} (0-9 a-z); - the PE takes no part, . no row`
  : `step k that each PE has done after each cycle${tile.depth > 36 ? ', modulo 36' : ''} (0-9 a-z); - the PE takes no part, . no step`);

function front(wave: Wave, frame: Float64Array, edge: number, r: number, c: number): string {
  const i = wavefront(wave, edge, r, c);
  if (i === undefined) return '.';
  return registerOf(frame, wave.shape, 'v', r, c) === 1 && registerOf(frame, wave.shape, 'l', r, c) === 1 ? (i % 36).toString(36) : '-';
}

/** A plane for each cycle, side by side. */
function planes(wave: Wave, cell: (frame: Float64Array, edge: number, r: number, c: number) => string, gap = ' '): string[] {
  const { shape, from, frames } = wave, rows = Math.min(shape.rows, SHOWN_MAX), columns = Math.min(shape.columns, SHOWN_MAX);
  const cells = frames.map((frame, i) => Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_none, c) => cell(frame, from + i, r, c))));
  const width = cells.flat(2).reduce((most, text) => Math.max(most, text.length), 1), block = Math.max(5, columns * (width + gap.length) - gap.length), across = Math.max(1, Math.floor((WIDTH + 3) / (block + 3)));
  const lines: string[] = [];
  for (let first = 0; first < cells.length; first += across) {
    const some = cells.slice(first, first + across);
    lines.push('', some.map((_, i) => `${from + first + i}:`.padEnd(block)).join('   '));
    for (let r = 0; r < rows; r++) lines.push(some.map((plane) => plane[r]!.map((text) => text.padStart(width)).join(gap).padEnd(block)).join('   '));
  }
  return lines.slice(1);
}

/** Integers in decimal, codes of floats in hexadecimal. */
export function number(wave: Wave, register: Register, value: number): string {
  const { bits, isFloat } = widthsOf(wave);
  return isFloat && bits[register] > 1 ? value.toString(16).padStart(Math.ceil(bits[register] / 4), '0') : `${value}`;
}

/** Cycle by cycle: the operation, what row by row enters at the left, what column by column stands in the lowest row. */
function cycleLines(wave: Wave): string[] {
  const { shape, from, frames, streamed: { stimulus } } = wave, rows = Math.min(shape.rows, SHOWN_MAX), columns = Math.min(shape.columns, SHOWN_MAX);
  const leaving = leavingAt(wave), table = frames.map((frame, i) => {
    const edge = from + i, load = stimulus.loads[edge]!;
    const entering = Array.from({ length: rows }, (_, r) => {
      const place = (edge - r) * shape.rows + r;
      return edge >= r && (stimulus.flags[place]! & VALID) !== 0 ? number(wave, 'a', wave.of.record.kind === 'chain' ? stimulus.left[place]! >>> 0 : stimulus.left[place]!) : '.';
    });
    const sums = Array.from({ length: columns }, (_, c) => (leaving.has(edge * shape.columns + c) ? number(wave, 'p', registerOf(frame, shape, 'p', shape.rows - 1, c)) : '.'));
    return { edge: `${edge}`, operation: operationAt(wave, edge).replace(/^load/, `load w[${(load - 1) % shape.rows}]`), entering, sums };
  });
  const widest = (texts: readonly string[], least: number): number => texts.reduce((most, text) => Math.max(most, text.length), least);
  const enterWidth = widest(table.flatMap(({ entering }) => entering), 2), sumWidth = widest(table.flatMap(({ sums }) => sums), 2), word = widest(table.map(({ operation }) => operation), 9);
  const head = `cycle  ${'operation'.padEnd(word)}  ${`a enters rows 0 to ${rows - 1}`.padEnd(rows * (enterWidth + 1))}   p that leaves columns 0 to ${columns - 1}`;
  return [head, ...table.map(({ edge, operation, entering, sums }) => (
    `${edge.padStart(5)}  ${operation.padEnd(word)}  ${entering.map((text) => `${text.padStart(enterWidth)} `).join('').padEnd(`a enters rows 0 to ${rows - 1}`.length)}   ${sums.map((text) => text.padStart(sumWidth)).join(' ')}`))];
}

/** Cycles and columns at which a result leaves. */
function leavingAt({ of, shape, streamed: { leaves } }: Wave): ReadonlySet<number> {
  const all = new Set<number>();
  for (let m = 0; m < of.rowCount; m++) for (let n = 0; n < of.columns; n++) all.add(leaves(0, tileRow(of, m, n), n) * shape.columns + n);
  return all;
}

function resultLines({ of: { acc, rowCount, columns }, results }: Wave): string[] {
  const format = acc.format!, digits = Number(acc.width) / 4, rows = Math.min(rowCount, SHOWN_MAX), shown = Math.min(columns, SHOWN_MAX);
  const text = (code: bigint): string => (format.kind === 'integer' ? `${BigInt.asIntN(format.valueBits, code)}` : code.toString(16).padStart(digits, '0'));
  const cells = Array.from({ length: rows }, (_, m) => Array.from({ length: shown }, (_none, n) => text(results[m * columns + n]!)));
  const width = cells.flat().reduce((most, cell) => Math.max(most, cell.length), 1), rest = rows < rowCount || shown < columns ? `, the first ${rows} x ${shown} of ${rowCount} x ${columns}` : '';
  return [`acc after it, ${format.name}${rest}`, ...cells.map((row, m) => `${`${m}`.padStart(5)}  ${row.map((cell) => cell.padStart(width)).join(' ')}`)];
}

