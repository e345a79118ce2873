//! data: directives that lay bytes into memory before the launch, or behind the instructions.
import { Rejected } from '../failure.ts';
import { kindOf, sectionsOf } from '../files/memory.ts';
import { knownSections } from '../files/section.ts';
import { evaluate, extent, LEVEL_ANY } from '../isa/expression.ts';
import { isComplaint } from '../isa/field.ts';
import { type Token, unquote } from '../isa/text.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../limits.ts';
import type { Format } from '../numerics/format.ts';
import { formatNames, spaceAt } from './descriptor.ts';
import { floatBits } from './numbers.ts';
import { complain, DATA_MAX, known, named, namesAt, type Section, section, type Session } from './session.ts';

type Line = readonly Token[];
const ADDRESS_MAX = (1n << 48n) - 1n;

/** `.NAME …` for data; false when the name is not one of these. `line` begins with the dot. */
export function dataDirective(session: Session, line: Line): boolean {
  const word = line[1]!,
    rest = line.slice(2),
    format = formatNames.get(word.text);
  if (word.text === 'text') session.section = undefined;
  else if (word.text === 'constants') session.section = session.pool;
  else if (word.text === 'data') openSection(session, line);
  else if (word.text === 'file') layFile(session, line);
  else if (format) layValues(session, word, rest, format);
  else if (word.text === 'zero') {
    const count = known(session, rest, 0n, BigInt(DATA_MAX), '.zero');
    if (count !== undefined) room(session, word, Number(count));
  } else if (word.text === 'align') {
    const unit = known(session, rest, 1n, 2n ** 20n, '.align'),
      to = session.section;
    if (unit !== undefined) room(session, word, to ? (Number(unit) - ((to.address + to.size) % Number(unit))) % Number(unit) : 0);
  } else if (word.text === 'string') {
    if (rest.length !== 1 || rest[0]!.kind !== 'string') complain(session, rest[0] ?? word, '.string needs text in double quotes');
    else layBytes(session, word, new TextEncoder().encode(unquote(rest[0]!.text)));
  } else return false;
  return true;
}
export const dataNames: readonly string[] = ['text', 'data', 'constants', 'file', 'zero', 'align', 'string', ...formatNames.keys()];

/** Address of the next byte; undefined among instructions. */
export const here = ({ section }: Session): number | undefined => section && section.address + section.size;

function openSection(session: Session, line: Line): void {
  const place = readPlace(session, line);
  if (!place) return;
  if (place.rest.length) {
    complain(session, place.rest[0], `unexpected '${place.rest[0]!.text}'`);
    return;
  }
  session.section = section(place.space, place.address, line[1]);
  session.sections.push(session.section);
}

/** `space address` behind a directive, then the rest of the line. */
function readPlace(session: Session, line: Line): { space: number; address: number; rest: Line } | undefined {
  const found = spaceAt(line, 2);
  if (!found || ![SPACE_DRAM, SPACE_SPM, SPACE_ACC].includes(found.space)) {
    complain(session, line[2] ?? line[1], `found '${line[2]?.text ?? 'the end of the line'}'; the spaces are dram spm acc`);
    return undefined;
  }
  const to = extent(line, found.to, LEVEL_ANY);
  if (to === undefined) {
    complain(session, line[found.to] ?? line.at(-1), 'an address is missing');
    return undefined;
  }
  const address = known(session, line.slice(found.to, to), 0n, ADDRESS_MAX, 'address');
  return address === undefined ? undefined : { space: found.space, address: Number(address), rest: line.slice(to) };
}

function layFile(session: Session, line: Line): void {
  const place = readPlace(session, line);
  if (!place) return;
  const [path, extra] = place.rest;
  if (path?.kind !== 'string' || extra) {
    complain(session, extra ?? path ?? line.at(-1), '.file needs a space, an address and a path in double quotes');
    return;
  }
  const file = named(session, path);
  if (!file) return;
  try {
    const { contents, name } = file, raw = typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
    for (const { address, bytes } of knownSections(sectionsOf(raw, kindOf(name), name))) {
      const before = session.section;
      session.section = section(place.space, place.address + address, line[1]);
      session.sections.push(session.section);
      layBytes(session, path, bytes);
      session.section = before;
    }
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    session.diagnostics.push(...error.diagnostics);
  }
}

/** Make room for bytes, which are 0; the offset of the first, or undefined where none may lie. */
function room(session: Session, place: Token, count: number): number | undefined {
  const to = session.section;
  if (!to) {
    complain(session, place, `.${place.text} among instructions; write .data SPACE ADDRESS first`);
    return undefined;
  }
  if (session.laid + count > DATA_MAX) {
    complain(session, place, `more than ${DATA_MAX} bytes of data`);
    session.stopped = true;
    return undefined;
  }
  const from = to.size;
  session.laid += count;
  grow(to, from + count);
  return from;
}

function grow(to: Section, size: number): void {
  if (size > to.bytes.length) {
    const bytes = new Uint8Array(Math.max(size, 2 * to.bytes.length));
    bytes.set(to.bytes);
    to.bytes = bytes;
  }
  to.size = size;
}

function layBytes(session: Session, place: Token, bytes: Uint8Array): void {
  const from = room(session, place, bytes.length);
  if (from !== undefined) session.section!.bytes.set(bytes, from);
}

/** Values of a format, separated by commas; 4-bit ones two in a byte, low half first, an odd one leaves the upper half 0. */
function layValues(session: Session, word: Token, line: Line, format: Format): void {
  const ranges = split(session, word, line);
  if (!ranges) return;
  const from = room(session, word, Math.ceil((ranges.length * format.width) / 8)),
    to = session.section,
    { lookup } = namesAt(session);
  if (from === undefined || !to) return;
  const put = (index: number, bits: bigint): void => {
    if (format.width === 4) to.bytes[from + (index >> 1)]! |= Number(bits & 15n) << (4 * (index & 1));
    else
      for (let i = 0; i < format.width / 8; i++) to.bytes[from + (index * format.width) / 8 + i] = Number((bits >> BigInt(8 * i)) & 255n);
  };
  // The raw code of a float may be written as an integer in another base; digits alone are its value.
  const least = format.signed ? -(1n << BigInt(format.valueBits - 1)) : 0n,
    most = (1n << BigInt(format.width)) - 1n;
  const set = (index: number, range: readonly [number, number]): void => {
    const value = evaluate(line, lookup, ...range);
    if (isComplaint(value)) complain(session, line[value.at ?? range[0]] ?? line.at(-1), value.complaint);
    else if (value < least || value > most)
      complain(session, line[range[0]], `${value} is not a ${format.name}; allowed is ${least}..${most}`);
    else put(index, value < 0n ? BigInt.asUintN(format.width, value) : value);
  };
  ranges.forEach((range, index) => {
    const tokens = line.slice(...range),
      last = tokens.at(-1)!.text,
      bits = floatBits(tokens, format, !/^0[xXbB]/.test(last));
    if (typeof bits === 'bigint') put(index, bits);
    else if (bits) complain(session, tokens[0], bits.complaint);
    else if (tokens.length === 1 && /^\d+$/.test(last)) set(index, range);
    else to.patches.push(() => set(index, range));
  });
}

function split(session: Session, word: Token, line: Line): readonly (readonly [number, number])[] | undefined {
  const ranges: [number, number][] = [];
  const isFloat = (token: Token | undefined): boolean =>
    token?.text === 'inf' || token?.text === 'nan' || (token?.kind === 'number' && /^\d[\d_]*[.eE]|^\d+[eE]/.test(token.text));
  for (let next = 0; ; ) {
    const isSigned = '+-'.includes(line[next]?.text ?? '?') && isFloat(line[next + 1]);
    const to = isSigned ? next + 2 : isFloat(line[next]) ? next + 1 : extent(line, next, LEVEL_ANY);
    if (to === undefined) {
      complain(session, line[next] ?? line.at(-1) ?? word, `a value is missing after '${line[next - 1]?.text ?? word.text}'`);
      return undefined;
    }
    ranges.push([next, to]);
    if (to === line.length) return ranges;
    if (line[to]!.text !== ',') {
      complain(session, line[to], `found '${line[to]!.text}'; expected ',' between values`);
      return undefined;
    }
    next = to + 1;
  }
}
