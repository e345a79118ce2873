//! vcd: a wave as a value change dump that GTKWave and Surfer open, with the list of its signals for GTKWave.
import { type Register, registers } from './kernel.ts';
import { operationAt, type Wave, widthsOf } from './wave.ts';

/** Time units between clock edges: edge e is at PERIOD x (e + 1), so that the state before the first one is seen. */
const PERIOD = 10;
const SCOPE = 'systolic';

/** The dump in pieces. `text` is the instruction; blanks would end a string value. */
export function* vcdPieces(wave: Wave, text: string): Generator<string> {
  const signals = signalsOf(wave), named = [...top, ...signals.map(({ path }) => path)], ids = new Map(named.map((name, i) => [name, identifier(i)]));
  const id = (name: string): string => ids.get(name)!, word = text.replace(/\s+/g, '_'), { shape: { rows, columns }, from, frames } = wave;
  yield `$version systole wave $end\n$comment ${text} $end\n$timescale 1ns $end\n$scope module ${SCOPE} $end\n`;
  yield `$var wire 1 ${id('clk')} clk $end\n$var integer 32 ${id('edge')} edge [31:0] $end\n$var string 1 ${id('op')} op $end\n$var string 1 ${id('instruction')} instruction $end\n`;
  for (let pe = 0; pe < rows * columns; pe++) {
    const own = signals.slice(pe * registers.length, (pe + 1) * registers.length);
    yield `$scope module pe_${Math.floor(pe / columns)}_${pe % columns} $end\n`;
    for (const { path, register, bits } of own) yield `$var reg ${bits} ${id(path)} ${register}${bits > 1 ? ` [${bits - 1}:0]` : ''} $end\n`;
    yield '$upscope $end\n';
  }
  yield `$upscope $end\n$enddefinitions $end\n#${PERIOD * from}\n$dumpvars\n0${id('clk')}\nb0 ${id('edge')}\nsidle ${id('op')}\ns${word} ${id('instruction')}\n`;
  yield `${signals.map(({ path, bits }) => valueChange(0, bits, id(path))).join('\n')}\n$end\n`;
  let before = new Float64Array(signals.length), operation = 'idle';
  for (const [i, frame] of frames.entries()) {
    const edge = from + i, now = operationAt(wave, edge), lines = [`#${PERIOD * (edge + 1)}`, `1${id('clk')}`, `b${edge.toString(2)} ${id('edge')}`];
    if (now !== operation) lines.push(`s${now} ${id('op')}`);
    for (const { path, bits, place } of signals) if (frame[place] !== before[place]) lines.push(valueChange(frame[place]!, bits, id(path)));
    lines.push(`#${PERIOD * (edge + 1) + PERIOD / 2}`, `0${id('clk')}`);
    yield `${lines.join('\n')}\n`;
    before = frame as Float64Array<ArrayBuffer>;
    operation = now;
  }
  yield `#${PERIOD * (from + frames.length + 1)}\n`;
}

const top = ['clk', 'edge', 'op', 'instruction'] as const;
interface Signal { readonly path: string; readonly register: Register; readonly bits: number; readonly place: number }

/** PE by PE, each with all its registers. */
function signalsOf(wave: Wave): readonly Signal[] {
  const { shape: { rows, columns } } = wave, { bits } = widthsOf(wave), count = rows * columns;
  return Array.from({ length: count }, (_, pe) => registers.map((register, plane): Signal => (
    { path: `pe_${Math.floor(pe / columns)}_${pe % columns}.${register}`, register, bits: bits[register], place: plane * count + pe }))).flat();
}

/** Short names from printable characters. */
function identifier(number: number): string {
  let text = '';
  for (let rest = number; ; rest = Math.floor(rest / 94) - 1) {
    text += String.fromCharCode(33 + (rest % 94));
    if (rest < 94) return text;
  }
}

function valueChange(value: number, bits: number, id: string): string {
  return bits === 1 ? `${value}${id}` : `b${BigInt.asUintN(bits, BigInt(value)).toString(2)} ${id}`;
}

/** Flags of a trace in a GTKWave save file: hexadecimal, signed decimal, binary, text, and the ends of a closed group. */
const HEX = '@22', SIGNED = '@420', BINARY = '@28', TEXT = '@820', GROUP_CLOSED = '@c00200', GROUP_END = '@1401200';

/** A save file: clock and operation, then a group for each row of PEs with what moves, and one with its weights. */
export function gtkwText(wave: Wave, vcdName: string): string {
  const { shape: { rows, columns } } = wave, { bits, isFloat } = widthsOf(wave), number = isFloat ? HEX : SIGNED;
  const name = (r: number, c: number, register: Register): string => `${SCOPE}.pe_${r}_${c}.${register}${bits[register] > 1 ? `[${bits[register] - 1}:0]` : ''}`;
  const group = (title: string, lines: readonly string[]): string[] => [GROUP_CLOSED, `-${title}`, ...lines, GROUP_END, `-${title}`];
  const across = (r: number, register: Register): string[] => Array.from({ length: columns }, (_, c) => name(r, c, register));
  return [
    '[*] made by `systole wave --vcd`', `[dumpfile] "${vcdName}"`, `[savefile] "${vcdName.replace(/\.vcd$/, '')}.gtkw"`, '[timestart] 0',
    BINARY, `${SCOPE}.clk`, '@24', `${SCOPE}.edge[31:0]`, TEXT, `${SCOPE}.op`, `${SCOPE}.instruction`,
    ...Array.from({ length: rows }, (_, r) => group(`row ${r}`, [number, ...across(r, 'a'), ...across(r, 'p'), BINARY, ...across(r, 'v')])).flat(),
    ...Array.from({ length: rows }, (_, r) => group(`weights of row ${r}`, [number, ...across(r, 'w'), ...across(r, 's'), BINARY, ...across(r, 'l'), ...across(r, 'f')])).flat(),
    '',
  ].join('\n');
}
