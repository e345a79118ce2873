//! trace: traces printed and filtered.
import { printInstruction } from '../assembler/disassembler.ts';
import type { RetiredCursor } from '../cursor.ts';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { byMnemonic, byOpcode } from '../instructions/set.ts';
import { firstWord, syntaxesOf } from '../isa/template.ts';
import { trapName, unitNames } from '../limits.ts';
import { retirementEvents } from '../report/chrome.ts';
import { passes, readTrace, recordJson, statusWords, type TraceFilter, traceHeader, type TraceKind, traceRecord } from '../trace.ts';
import { endsIn, requireEnding, traceEndings } from './documents.ts';
import { EXIT_PASS } from './exit.ts';
import { readPieces, shownPath, STDIO } from './host.ts';
import { openOutputs } from './outputs.ts';
import { memorySpaces, unknownSpace, wholeNumber } from './place.ts';
import { errorColours, outColours, print, readerIsGone, say } from './terminal.ts';

export interface FilterFlags {
  readonly unit?: string;
  readonly op?: string | undefined;
  readonly pc?: string;
  readonly seq?: string;
  readonly status?: string;
  readonly touches?: string;
  readonly output?: string;
  readonly json?: boolean;
}

/** One line for each record: seq, pc, unit, text, and what came of it. */
export async function tracePrint(file: string, flags: FilterFlags): Promise<number> {
  const wanted = wantedBy(flags),
    { records, header } = readTrace(await readPieces(file), shownPath(file));
  if (!flags.json) say(errorColours.dim(`profile ${header.profile} ${header.hash.slice(0, 16)}…`));
  for (const record of records) {
    if (readerIsGone()) break;
    if (wanted(record)) print(flags.json ? JSON.stringify({ ...recordJson(record), text: textOf(record) }) : lineOf(record));
  }
  return EXIT_PASS;
}

export async function traceFilter(file: string, flags: FilterFlags): Promise<number> {
  requireEnding(flags.output, traceEndings);
  const wanted = wantedBy(flags),
    trace = readTrace(await readPieces(file), shownPath(file)),
    path = flags.output ?? STDIO;
  // What goes to stdout by default is read by a person.
  const kind: TraceKind = endsIn(path, '.jsonl') || flags.output === undefined ? 'jsonl' : endsIn(path, '.bin') ? 'binary' : trace.kind;
  const outputs = openOutputs(),
    output = outputs.open(path);
  let kept = 0,
    seen = 0;
  output.write(traceHeader(kind, trace.header));
  for (const record of trace.records) {
    if (readerIsGone()) break;
    seen++;
    if (wanted(record)) {
      kept++;
      output.write(traceRecord(kind, record));
    }
  }
  outputs.commit();
  say(`${kept} of ${seen} records`);
  return EXIT_PASS;
}

export async function traceChrome(file: string, flags: FilterFlags): Promise<number> {
  requireEnding(flags.output, ['.json']);
  const wanted = wantedBy(flags),
    { header, records } = readTrace(await readPieces(file), shownPath(file)),
    outputs = openOutputs(),
    output = outputs.open(flags.output ?? STDIO);
  for (const piece of retirementEvents(header, kept(records, wanted))) {
    if (readerIsGone()) break;
    output.write(piece);
  }
  outputs.commit();
  return EXIT_PASS;
}
function* kept(records: Iterable<RetiredCursor>, wanted: (record: RetiredCursor) => boolean): Generator<RetiredCursor, void> {
  for (const record of records) if (wanted(record)) yield record;
}

const textOf = (record: RetiredCursor): string => printInstruction(record.words);
function lineOf(record: RetiredCursor): string {
  const outcome =
    record.status === 2
      ? outColours.red(`trap ${trapName(record.trap)}`)
      : record.status === 1
        ? outColours.dim('nullified')
        : record.result
          ? `= ${record.result | 0}`
          : '';
  const cells = [String(record.seq).padStart(8), String(record.pc).padStart(6), (unitNames[record.unit] ?? '?').padEnd(3), textOf(record)];
  return cells.join('  ') + (outcome ? `    ; ${outcome}` : '');
}

/** What passes all options: those of the library's filter, and words as they stand in a program, such as binary.add or leave. */
function wantedBy(flags: FilterFlags): (record: RetiredCursor) => boolean {
  const words = (flags.op ?? '').split(',').filter((word) => word !== ''),
    inText = passes(filterOf({ ...flags, op: undefined }));
  const unknown = words.filter((word) => !operations.includes(word) && !(word.includes('.') && byMnemonic.has(word.split('.')[0]!)));
  if (unknown.length > 0)
    throw new Rejected(
      unknown.map((word) => ({ file: '--op', line: 0, column: 0, message: `'${word}' is not an instruction${didYouMean(word, operations)}` })),
    );
  return (record) => {
    if (words.length === 0) return inText(record);
    const mnemonic = byOpcode.get(record.word(0) & 255)?.mnemonic ?? '',
      text = textOf(record).replace(/^\?\S+ /, '');
    return words.some((word) => word === mnemonic || text === word || text.startsWith(`${word} `)) && inText(record);
  };
}
/** Mnemonics, and first words of text where they differ. */
const operations: readonly string[] = [
  ...new Set(
    [...byMnemonic].flatMap(([mnemonic, definition]) => [mnemonic, ...syntaxesOf(definition).map(firstWord).filter((word) => word !== '')]),
  ),
];

/** The filter of the options. Throws Rejected with all that is wrong with them. */
function filterOf({ unit, pc, seq, status, touches }: FilterFlags): TraceFilter {
  const diagnostics: Diagnostic[] = [],
    wrong = (option: string, message: string): void => {
      diagnostics.push({ file: option, line: 0, column: 0, message });
    };
  const listed = (option: string, text: string, names: readonly string[]): number[] =>
    text.split(',').map((word) => {
      const found = names.indexOf(word.trim());
      if (found < 0) wrong(option, `'${word}' is not one of ${names.join(' ')}${didYouMean(word, names)}`);
      return found;
    });
  const range = (option: string, text: string): readonly [number, number] => {
    const [from = '', to = from] = text.split('..'),
      low = from === '' ? 0 : wholeNumber(from),
      high = to === '' ? Number.MAX_SAFE_INTEGER : wholeNumber(to);
    if (low === undefined || high === undefined || low > high) wrong(option, `'${text}' is not a range; write 5, 5..9, 5.. or ..9`);
    return [low ?? 0, high ?? 0];
  };
  const seqs = seq === undefined ? undefined : range('--seq', seq);
  const filter: TraceFilter = {
    ...(unit === undefined ? {} : { units: listed('--unit', unit, unitNames) }),
    ...(pc === undefined ? {} : { pc: range('--pc', pc) }),
    ...(seqs ? { seq: [BigInt(seqs[0]), BigInt(seqs[1])] as const } : {}),
    ...(status === undefined ? {} : { statuses: listed('--status', status, statusWords) }),
    ...(touches === undefined ? {} : { touches: bytesAt(touches, wrong) }),
  };
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  return filter;
}

function bytesAt(text: string, wrong: (option: string, message: string) => void): NonNullable<TraceFilter['touches']> {
  const [spaceName = '', addressText = '', countText = '1'] = text.split(':'),
    space = memorySpaces[spaceName],
    address = wholeNumber(addressText),
    count = wholeNumber(countText);
  if (space === undefined) wrong('--touches', unknownSpace(spaceName));
  if (address === undefined || !count) wrong('--touches', `'${text}': write SPACE:ADDR or SPACE:ADDR:BYTES`);
  return { space: space ?? 0, low: BigInt(address ?? 0), high: BigInt((address ?? 0) + (count ?? 1) - 1) };
}
