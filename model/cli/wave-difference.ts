//! wave-difference: what --diff of the command wave says of somebody's dump.
import { type Register, registers } from '../systolic/kernel.ts';
import { number } from '../systolic/picture.ts';
import { theirsAs, type VcdComparison, vcdDifference, type VcdDifference } from '../systolic/vcd-difference.ts';
import { registerOf, type Wave, wavefront, widthsOf } from '../systolic/wave.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { print, printJson } from './terminal.ts';

export interface Dump {
  readonly path: string;
  readonly text: string;
  readonly map: ReadonlyMap<Register, string>;
  readonly clock?: string;
  readonly tile: number;
}

/** Compares and says what is found; the exit code. */
export function compareDump(wave: Wave, { path, text, map, clock, tile }: Dump, { strict, json }: { readonly strict?: boolean; readonly json?: boolean }): number {
  const compared = vcdDifference(wave, text, path, { map, tile, ...(clock === undefined ? {} : { clock }), isStrict: strict === true });
  if (json) printJson(asJson(wave, path, compared));
  else for (const line of lines(wave, path, compared)) print(line);
  return compared.difference ? EXIT_MISMATCH : EXIT_PASS;
}

function lines(wave: Wave, path: string, compared: VcdComparison): string[] {
  const { difference, edges, values, missing } = compared, lacking = missing.filter((name) => wave.layout === 'weights' || (name !== 's' && name !== 'ls'));
  const left = lacking.length > 0 ? [`not compared, since ${path} does not have them: ${lacking.join(' ')}`] : [];
  if (!difference) return [`${path}: equal in ${edges} cycles, ${values} values`, ...left];
  const { edge, theirEdge, time, row, column, register, ours } = difference, theirs = theirsAs(difference, wave);
  const shown = theirs === undefined ? 'x' : number(wave, register, Number(theirs));
  return [
    `${path}: differs after cycle ${edge} (its edge ${theirEdge} of ${compared.clock}, time ${time}) in PE (${row}, ${column}), register ${register}:`,
    `  wave ${number(wave, register, ours)}, ${path} ${shown}`, ...inputs(wave, difference), ...left,
  ];
}

/** What the PE had before it, and what came of it. */
function inputs(wave: Wave, { edge, row, column }: VcdDifference): string[] {
  const { shape, from, frames, layout } = wave, before = frames[edge - from - 1], now = frames[edge - from]!, front = wavefront(wave, edge, row, column);
  const at = (frame: Float64Array, name: Register, r: number, c: number): string => number(wave, name, registerOf(frame, shape, name, r, c));
  const own = registers.filter((name) => layout === 'weights' || (name !== 's' && name !== 'ls')).map((name) => `${name} ${at(now, name, row, column)}`).join(', ');
  const above = before && layout === 'weights' && row > 0 ? [`  p of the PE above before the edge: ${at(before, 'p', row - 1, column)}`] : [];
  const what = front === undefined ? '' : `, ${layout === 'weights' ? 'row' : 'step'} ${front}${layout === 'weights' ? ' of A' : ''}`;
  return [`  the PE of the wave${what}: ${own}`, ...above];
}

function asJson(wave: Wave, path: string, { difference, edges, values, missing, clock }: VcdComparison): object {
  const { bits } = widthsOf(wave), theirs = difference && theirsAs(difference, wave);
  return {
    file: path, equal: difference === undefined, cycles: edges, values, missing, clock,
    ...(difference ? {
      difference: {
        cycle: difference.edge, edge: difference.theirEdge, time: difference.time, row: difference.row, column: difference.column, register: difference.register,
        bits: bits[difference.register], wave: difference.ours, found: theirs === undefined ? 'x' : Number(theirs),
      },
    } : {}),
  };
}
