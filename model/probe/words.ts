//! words: the file that a probe prints: read, and held against every preset.
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { formatByName } from '../numerics/format.ts';
import { sameWord } from './canonical.ts';
import { type Candidate, candidatesOf, wordOf } from './candidates.ts';
import { type ProbeRow, type ProbeType, probeTypes } from './types-of-units.ts';

/** What begins the first line and what is the last one; words of version 1, which were measured before, have no last line. */
export const PROBE_HEADER = 'systole-probe 2', PROBE_END = '# end';
const ENDLESS_HEADER = 'systole-probe 1';

/** A row of the file: the line, what went in, and the word that came out. */
export interface ProbeWord { readonly line: number; readonly row: ProbeRow; readonly d: bigint }
/** The checksum of the words of all rows by all rows: of a of row i, b of row j and c of row i + shift, j counting fastest. */
export interface Crossing { readonly line: number; readonly shift: number; readonly crc: number }
/** What a file has of one type. */
export interface ProbeWords { readonly rows: readonly ProbeWord[]; readonly crossings: readonly Crossing[] }
export interface Standing {
  readonly candidate: Candidate;
  readonly mismatches: number;
  /** The first row that it does not reproduce. */
  readonly first: { readonly line: number; readonly expected: bigint; readonly found: bigint } | undefined;
}
/** Presets for one type, those that reproduce most first. */
export interface ProbeResult { readonly type: ProbeType; readonly rows: number; readonly standings: readonly Standing[] }

/** Digits of an element, as the vectors of others have them: a tf32 code has 19 bits, and 5 digits. */
export const digitsOf = (name: string): number => {
  const { valueBits, ignoredLowBits } = formatByName(name);
  return Math.ceil((valueBits - ignoredLowBits) / 4);
};
const shiftOf = (name: string): bigint => BigInt(formatByName(name).ignoredLowBits);

/**
 * `type a b c d` in hex, element 0 first, and behind the rows of a type `cross type shift crc`; lines that begin with # are comments, the
 * first of them names the version, and the last one says that the file is whole. Throws Rejected.
 */
export function readProbe(text: string, file: string): ReadonlyMap<ProbeType, ProbeWords> {
  const found = new Map<ProbeType, { rows: ProbeWord[]; crossings: Crossing[] }>(), diagnostics: Diagnostic[] = [];
  const wrong = (line: number, column: number, message: string): void => { if (diagnostics.length < MOST) diagnostics.push({ file, line, column, message }); };
  const lines = text.split('\n'), [hasEnd, isEndless] = [PROBE_HEADER, ENDLESS_HEADER].map((header) => lines[0]!.startsWith(`# ${header}`));
  if (!hasEnd && !isEndless) {
    const head = JSON.stringify(lines[0]!.slice(0, 40));
    wrong(1, 1, `${text.trim() === '' ? 'the file is empty; did the probe run?' : `found ${head};`} allowed: "# ${PROBE_HEADER} ..", which every probe prints first`);
    throw new Rejected(diagnostics);
  }
  lines.forEach((whole, index) => {
    if (whole.trim() === '' || whole.startsWith('#') || diagnostics.length === MOST) return;
    const cells = [...whole.matchAll(/\S+/g)], at = (cell: number): number => (cells[cell]?.index ?? 0) + 1, isCrossing = cells[0]![0] === 'cross' && cells.length > 1;
    const [name, ...rest] = cells.slice(isCrossing ? 1 : 0).map(([cell]) => cell), type = probeTypes.find((one) => one.name === name), names = probeTypes.map((one) => one.name);
    if (!type) return wrong(index + 1, at(isCrossing ? 1 : 0), `found '${name}'${didYouMean(name!, names) || ';'} allowed: a type of the probe, ${names[0]} .. ${names.at(-1)}`);
    const words = found.get(type) ?? { rows: [], crossings: [] };
    found.set(type, words);
    if (isCrossing) {
      const [shift = '', crc = ''] = rest, many = words.rows.length;
      if (rest.length !== 2 || !/^\d{1,4}$/.test(shift) || !/^[\da-fA-F]{8}$/.test(crc)) return wrong(index + 1, at(2), `found '${rest.join(' ')}'; allowed: a shift and 8 hex digits`);
      if (Number(shift) >= many) return wrong(index + 1, at(2), `found shift ${shift}; allowed: below the ${many} rows of ${name} before it`);
      words.crossings.push({ line: index + 1, shift: Number(shift), crc: Number.parseInt(crc, 16) });
      return;
    }
    if (words.crossings.length > 0) return wrong(index + 1, at(0), `found a row of ${name} after its crossings; allowed: all rows before them`);
    if (rest.length !== 4) return wrong(index + 1, at(0), `found ${rest.length} words after ${name}; allowed: a, b, c and d`);
    const wanted = [[type.a, type.depth], [type.b, type.depth], [type.accumulator, 1], [type.accumulator, 1]] as const;
    const codes = rest.map((cell, i) => {
      const [format, count] = wanted[i]!, digits = digitsOf(format);
      if (/^[\da-fA-F]+$/.test(cell) && cell.length === digits * count)
        return Array.from({ length: count }, (_, k) => BigInt(`0x${cell.slice(k * digits, (k + 1) * digits)}`) << shiftOf(format));
      wrong(index + 1, at(i + 1), `${'abcd'[i]}: found ${cell.length} characters${/^[\da-fA-F]+$/.test(cell) ? '' : ', not all of them hex digits'}; allowed: ${digits * count} hex digits, ${count} x ${format}`);
      return undefined;
    });
    const [a, b, c, d] = codes;
    if (!a || !b || !c || !d) return;
    words.rows.push({ line: index + 1, row: { a, b, c: c[0]! }, d: d[0]! });
  });
  if (hasEnd && text.trimEnd().split('\n').at(-1) !== PROBE_END) wrong(lines.length, 1, `the file is cut off: "${PROBE_END}", which every probe prints last, is missing`);
  if (diagnostics.length === 0 && found.size === 0) wrong(1, 1, 'the file has no words: did the probe find a unit that it knows?');
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  return found;
}
const MOST = 50;

/** How well each preset does on the words of a file. */
export function standingsOf(words: ReadonlyMap<ProbeType, Pick<ProbeWords, 'rows'>>): readonly ProbeResult[] {
  return [...words].map(([type, { rows }]) => {
    const standings = candidatesOf(type).map((candidate): Standing => {
      const differing = rows.flatMap(({ line, row, d }) => {
        const expected = wordOf(candidate, type, row);
        return sameWord(type.accumulator, expected, d) ? [] : [{ line, expected, found: d }];
      });
      return { candidate, mismatches: differing.length, first: differing[0] };
    });
    return { type, rows: rows.length, standings: standings.sort((x, y) => x.mismatches - y.mismatches) };
  });
}
