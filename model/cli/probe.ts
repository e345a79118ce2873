//! probe: a program for users with hardware, and what the words that it prints say about the unit.
import { assembled } from '../assembler/assembler.ts';
import { Rejected, type Diagnostic } from '../failure.ts';
import { profile } from '../machine/profile.ts';
import { crossed, crossing } from '../probe/cross.ts';
import { probeC, probeTables, typesOfC } from '../probe/emit-c.ts';
import { probeCuda } from '../probe/emit-cuda.ts';
import { ROWS_LEAST, ROWS_MOST } from '../probe/inputs.ts';
import { probeTypes } from '../probe/types-of-units.ts';
import { type ProbeResult, type ProbeWords, readProbe, type Standing, standingsOf } from '../probe/words.ts';
import { makeDevice } from './devices.ts';
import { inTurns } from './drive.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { readInput, shownPath, STDIO } from './host.ts';
import { writeOutput } from './outputs.ts';
import { wholeNumber } from './place.ts';
import { grouped } from './report.ts';
import { unpacked } from './vector-folder.ts';
import { outColours, print, printBytes, printJson, say } from './terminal.ts';

export interface ProbeFlags {
  readonly emit?: string;
  readonly rows?: string;
  readonly cross?: string;
  readonly check?: string;
  readonly output?: string;
  readonly json?: boolean;
}

const languages = { c: { types: typesOfC, programOf: probeC }, cuda: { types: probeTypes, programOf: probeCuda } } as const;
const FILE_BYTES_MAX = 2 ** 24,
  CROSSINGS_MOST = 1000;

export async function probeCommand({ emit, rows, cross, check, output, json }: ProbeFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [],
    wrong = (file: string, message: string): unknown => diagnostics.push({ file, line: 0, column: 0, message });
  if (emit === undefined && check === undefined) wrong('probe', 'one of --emit LANGUAGE and --check FILE is needed');
  if (emit !== undefined && check !== undefined) wrong('--check', 'cannot be combined with --emit');
  if (emit !== undefined && !(emit in languages)) wrong('--emit', `found '${emit}'; allowed: ${Object.keys(languages).join(', ')}`);
  if (emit !== undefined && json) wrong('--json', 'is for --check');
  if (check !== undefined) {
    for (const [name, given] of Object.entries({ output, rows, cross })) if (given !== undefined) wrong(`--${name}`, 'is for --emit');
  }
  const number = (file: string, text: string | undefined, otherwise: number, low: number, high: number): number => {
    const value = text === undefined ? otherwise : (wholeNumber(text) ?? Number.NaN);
    if (!(value >= low && value <= high)) wrong(file, `found '${text}'; allowed: ${low} .. ${high}`);
    return value;
  };
  const least = number('--rows', rows, ROWS_LEAST, ROWS_LEAST, ROWS_MOST),
    crossings = number('--cross', cross, 1, 0, CROSSINGS_MOST);
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  if (check !== undefined) return checkWords(check, json === true);
  const { types, programOf } = languages[emit as keyof typeof languages], text = await inTurns(() => programOf(probeTables(types, least, crossings)));
  if (output === undefined || output === STDIO) printBytes(text);
  else {
    writeOutput(output, text);
    say(`wrote ${output}; its second line says how it is compiled and what to do with what it prints`);
  }
  return EXIT_PASS;
}

async function checkWords(path: string, isJson: boolean): Promise<number> {
  const bytes = unpacked(path, await readInput(path, FILE_BYTES_MAX, 'the words of a probe'), FILE_BYTES_MAX),
    words = readProbe(new TextDecoder('latin1').decode(bytes), shownPath(path));
  const standings = await inTurns(() => standingsOf(words)),
    results: CrossedResult[] = [];
  for (const result of standings) results.push({ ...result, verdicts: await crossAll(result, words.get(result.type)!) });
  const known = results.every(({ verdicts }) => verdicts.some(({ unlike }) => unlike.length === 0));
  if (isJson) printJson({ known, types: results.map(jsonOf) });
  else for (const result of results) show(result, words.get(result.type)!);
  return known ? EXIT_PASS : EXIT_MISMATCH;
}

/** A preset that reproduces the rows, and crossings that it does not. */
interface Verdict {
  readonly standing: Standing;
  readonly unlike: readonly number[];
}
interface CrossedResult extends ProbeResult {
  readonly verdicts: readonly Verdict[];
}

/** The crossings by a machine of each preset that reproduces the rows. */
async function crossAll({ type, standings }: ProbeResult, { rows, crossings }: ProbeWords): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const standing of standings.filter(({ mismatches }) => mismatches === 0)) {
    const [machine, kernel] = standing.candidate.names[0]!.split('/') as [string, string];
    const made = crossed(type, rows.map(({ row }) => row), kernel, profile(machine)),
      device = await makeDevice('engine', profile(machine)),
      { image } = assembled(made.program.text, { file: `${type.name}.s` }).program;
    let at = 0;
    const unlike: number[] = [];
    await inTurns(() => {
      if (at === crossings.length) return true;
      const { line, shift, crc } = crossings[at++]!;
      if (crossing(device, image, type, made, shift) !== crc) unlike.push(line);
      return undefined;
    });
    verdicts.push({ standing, unlike });
  }
  return verdicts;
}

const hex = (word: bigint, digits: number): string => `0x${word.toString(16).padStart(digits, '0')}`;
const digitsOf = ({ type }: ProbeResult): number => (type.accumulator === 'fp16' ? 4 : 8);

function show(result: CrossedResult, { rows, crossings }: ProbeWords): void {
  const { type, standings, verdicts } = result,
    title = `${type.name}  ${rows.length} rows${crossings.length > 0 ? `, ${crossings.length} x ${grouped(rows.length ** 2)} crossed` : ''}`,
    names = (some: readonly Verdict[]): string => some.flatMap(({ standing }) => standing.candidate.names).join(', '),
    equal = verdicts.filter(({ unlike }) => unlike.length === 0);
  if (equal.length > 0) {
    print(`${title}  ${outColours.green('reproduced by')} ${names(equal)}`);
    return;
  }
  print(`${title}  ${outColours.red('no preset reproduces them')}; the nearest are`);
  for (const { standing, unlike } of verdicts)
    print(`  ${standing.candidate.names.join(', ')}: all rows equal, ${unlike.length} crossings differ, the first in line ${unlike[0]}`);
  if (verdicts.length > 0) return;
  for (const { candidate, mismatches, first } of standings.slice(0, 3))
    print(
      `  ${candidate.names.join(', ')}: ${mismatches} differ, the first in line ${first!.line}: ${hex(first!.found, digitsOf(result))}, ` +
        `the preset gives ${hex(first!.expected, digitsOf(result))}`,
    );
}

const jsonOf = (result: CrossedResult): object => ({
  type: result.type.name,
  rows: result.rows,
  presets: result.standings.map(({ candidate, mismatches, first }) => ({
    names: candidate.names,
    mismatches,
    first: first ? { line: first.line, found: hex(first.found, digitsOf(result)), expected: hex(first.expected, digitsOf(result)) } : null,
    crossings: result.verdicts.find(({ standing }) => standing.candidate === candidate)?.unlike.length ?? null,
  })),
});
