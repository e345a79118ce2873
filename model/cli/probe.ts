//! probe: a program for users with hardware, and what the words that it prints say about the unit.
import { Rejected } from '../failure.ts';
import { probeC, probeTables } from '../probe/emit-c.ts';
import { probeCuda } from '../probe/emit-cuda.ts';
import { type ProbeResult, readProbe, standingsOf } from '../probe/words.ts';
import { inTurns } from './drive.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { readInput, shownPath, STDIO, writeOutput } from './host.ts';
import { outColours, print, printBytes, printJson, say } from './terminal.ts';

export interface ProbeFlags {
  readonly emit?: string;
  readonly check?: string;
  readonly output?: string;
  readonly json?: boolean;
}

const languages = { c: probeC, cuda: probeCuda } as const;
const FILE_BYTES_MAX = 2 ** 24;

export async function probeCommand({ emit, check, output, json }: ProbeFlags): Promise<number> {
  const wrong = (file: string, message: string): Rejected => new Rejected([{ file, line: 0, column: 0, message }]);
  if ((emit === undefined) === (check === undefined)) throw wrong('probe', 'one of --emit LANGUAGE and --check FILE is needed');
  if (check !== undefined && output !== undefined) throw wrong('--output', 'is for --emit');
  if (check !== undefined) return checkWords(check, json === true);
  if (emit !== 'c' && emit !== 'cuda') throw wrong('--emit', `found '${emit}'; allowed: ${Object.keys(languages).join(', ')}`);
  const text = await inTurns(() => languages[emit](probeTables()));
  if (output === undefined || output === STDIO) printBytes(text);
  else {
    writeOutput(output, text);
    say(`wrote ${output}; its second line says how it is compiled and what to do with what it prints`);
  }
  return EXIT_PASS;
}

async function checkWords(path: string, isJson: boolean): Promise<number> {
  const bytes = await readInput(path, FILE_BYTES_MAX, 'the words of a probe'),
    words = readProbe(new TextDecoder('latin1').decode(bytes), shownPath(path));
  const results = await inTurns(() => standingsOf(words));
  const known = results.every(({ standings }) => standings[0]?.mismatches === 0);
  if (isJson) printJson({ known, types: results.map(jsonOf) });
  else for (const result of results) show(result);
  return known ? EXIT_PASS : EXIT_MISMATCH;
}

const hex = (word: bigint, digits: number): string => `0x${word.toString(16).padStart(digits, '0')}`;
const digitsOf = ({ type }: ProbeResult): number => (type.accumulator === 'fp16' ? 4 : 8);

function show(result: ProbeResult): void {
  const { type, rows, standings } = result,
    equal = standings.filter(({ mismatches }) => mismatches === 0);
  const title = `${type.name}  ${rows} rows`;
  if (equal.length > 0) print(`${title}  ${outColours.green('reproduced by')} ${equal.flatMap(({ names }) => names).join(', ')}`);
  else print(`${title}  ${outColours.red('no preset reproduces them')}; the nearest are`);
  if (equal.length > 0) return;
  for (const { names, mismatches, first } of standings.slice(0, 3))
    print(
      `  ${names.join(', ')}: ${mismatches} differ, the first in line ${first!.line}: ${hex(first!.found, digitsOf(result))}, ` +
        `the preset gives ${hex(first!.expected, digitsOf(result))}`,
    );
}

const jsonOf = (result: ProbeResult): object => ({
  type: result.type.name,
  rows: result.rows,
  presets: result.standings.map(({ names, mismatches, first }) => ({
    names,
    mismatches,
    first: first ? { line: first.line, found: hex(first.found, digitsOf(result)), expected: hex(first.expected, digitsOf(result)) } : null,
  })),
});
