//! compare-traces: the command that holds another machine's trace to ours.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareModes, type CompareMode, compareTraces } from '../comparison/traces.ts';
import { didYouMean, Rejected } from '../failure.ts';
import { unitNames } from '../limits.ts';
import { readTold, readTrace } from '../trace.ts';
import { toldFields } from '../trace-json.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { isFolder, readPieces, shownPath, STDIO } from './host.ts';
import { isCase } from './job.ts';
import { counted } from './report.ts';
import { errorColours, print, printJson, say } from './terminal.ts';

export interface CompareTraceFlags {
  readonly mode?: string;
  readonly unit?: string;
  readonly json?: boolean;
}

export async function compareTracesCommand(ours: string, theirs: string, flags: CompareTraceFlags): Promise<number> {
  const mode = oneOf('--mode', flags.mode ?? 'unit', compareModes) as CompareMode,
    units = (flags.unit ?? unitNames.join(',')).split(',').map((name) => unitNames.indexOf(oneOf('--unit', name.trim(), unitNames) as 'seq'));
  if (ours === STDIO && theirs === STDIO) throw refused('THEIRS', 'stdin can be one trace only');
  const [ourPath, theirPath] = [await traceOf(ours), await traceOf(theirs)],
    reference = readTrace(await readPieces(ourPath), shownPath(ourPath)),
    told = readTold(await readPieces(theirPath), shownPath(theirPath));
  if (told.header.hash !== '' && told.header.hash !== reference.header.hash)
    throw refused(shownPath(theirPath), `has profile ${told.header.profile} ${told.header.hash.slice(0, 16)}…, and ${shownPath(ourPath)} has ${reference.header.profile} ${reference.header.hash.slice(0, 16)}…`);
  const fields = told.header.fields ?? toldFields,
    needed = ['operands', 'digest'].filter((name) => !fields.includes(name));
  if (mode === 'final' && needed.length > 0) throw refused(shownPath(theirPath), `does not contain ${needed.join(' and ')}, which --mode final compares`);
  const found = compareTraces(reference.records, told.records, { mode, units }), isNothing = found.kind === undefined && found.records === 0;
  const verdict = isNothing ? { ...found, says: `nothing was compared: neither trace has a record of ${units.map((unit) => unitNames[unit]).join(', ')}` } : found;
  if (flags.json) printJson({ equal: verdict.kind === undefined && !isNothing, mode, compared: fields, ...verdict });
  else if (isNothing) say(`systole: ${verdict.says}`);
  else if (verdict.kind === undefined) print(`equal: ${counted(verdict.records, 'record')}, ${mode === 'final' ? 'the last digest of every region' : fields.join(' ')}`);
  else print(`${errorColours.red('differs:')} ${verdict.place ? `${shownPath(theirPath)}, ${verdict.place}: ` : ''}${verdict.says}`);
  return verdict.kind === undefined && !isNothing ? EXIT_PASS : EXIT_MISMATCH;
}

/** A trace, or what a case has of one. Throws Rejected where the case is of a bundle that is damaged. */
async function traceOf(path: string): Promise<string> {
  if (path === STDIO || !isFolder(path)) return path;
  if (isCase(path)) (await import('./bundle-case.ts')).findCase(path);
  const found = ['retire.hex', 'retire.jsonl'].map((name) => join(path, name)).find((name) => existsSync(name));
  if (!found) throw refused(path, 'is a folder without retire.hex and retire.jsonl; a trace or a case of a bundle is needed');
  return found;
}

function oneOf(option: string, word: string, names: readonly string[]): string {
  if (names.includes(word)) return word;
  throw refused(option, `'${word}' is not one of ${names.join(', ')}${didYouMean(word, names)}`);
}
const refused = (file: string, message: string): Rejected => new Rejected([{ file, line: 0, column: 0, message }]);
