//! readmemh: memory as hexadecimal words, as Verilog's $readmemh reads them and $writememh writes them (IEEE 1364-2005, 17.2.9).
import { append, finished, type Growing, growing, mistakes, overlap, refuse, type Section, SECTIONS_MAX } from './section.ts';

/** Words are as wide as the longest one of the file, rounded up to a power of two bytes; low byte first in memory. */
export interface HexFile {
  readonly wordBytes: number;
  readonly sections: readonly Section[];
}

const WORD_BYTES_MAX = 64,
  LINE_BYTES = 16,
  ADDRESS_MAX = 2 ** 48;
const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|\S+?(?=\s|\/[/*]|$)/g;

/**
 * The sections of a text: `@` and an address in words begins one, x and z digits leave their byte open, comments and underscores mean
 * nothing. Words carry no 0x: in Verilog its x would be an open digit, which nobody means. Throws Rejected with every mistake at its place,
 * and when there is no word at all, or one is wider than `mostBytes`.
 */
export function readHex(text: string, file: string, mostBytes = WORD_BYTES_MAX): HexFile {
  const wrong = mistakes(file);
  let line = 1,
    lineStart = 0,
    scanned = 0,
    addresses = 0,
    digits = 0;
  const place = (at: number): readonly [number, number] => {
    for (let next = text.indexOf('\n', scanned); next >= 0 && next < at; next = text.indexOf('\n', scanned)) {
      line++;
      scanned = lineStart = next + 1;
    }
    return [line, at - lineStart + 1];
  };
  for (const match of text.matchAll(token)) {
    const found = match[0],
      at = match.index;
    if (found.startsWith('//') || (found.startsWith('/*') && found.endsWith('*/') && found.length > 3)) continue;
    const plain = found.replaceAll('_', '');
    const isAddress = /^@[\da-fA-F]+$/.test(plain),
      isWord = /^(?!0[xX][\da-fA-F])[\da-fA-FxXzZ?]+$/.test(plain);
    if (isAddress && Number.parseInt(plain.slice(1), 16) > ADDRESS_MAX) wrong.note(...place(at), `the address ${found} lies beyond 2^48`);
    else if (isWord && plain.length > 2 * mostBytes)
      wrong.note(...place(at), `a word of ${plain.length} digits; allowed: ${2 * mostBytes}`);
    else if (!isAddress && !isWord) wrong.note(...place(at), `found '${shortened(found)}'; allowed: hexadecimal words, @address, comments`);
    if (isAddress && ++addresses > SECTIONS_MAX) throw refuse(file, `more than ${SECTIONS_MAX} addresses`);
    if (wrong.isFull()) break;
    if (isWord) digits = Math.max(digits, plain.length);
  }
  wrong.settle();
  if (digits === 0) throw refuse(file, text.trim() === '' ? 'the file is empty' : 'the file holds no hexadecimal word');
  const wordBytes = 2 ** Math.ceil(Math.log2(Math.max(1, digits / 2)));
  return { wordBytes, sections: sectionsOf(text, wordBytes, file) };
}

/** Reads the text again, now that it is known how wide a word is: a list of its words would take many times its memory. */
function sectionsOf(text: string, wordBytes: number, file: string): Section[] {
  const all: Growing[] = [growing(0)];
  for (const [found] of text.matchAll(token)) {
    if (found.startsWith('//') || found.startsWith('/*')) continue;
    const word = found.replaceAll('_', '');
    if (word.startsWith('@')) all.push(growing(Number.parseInt(word.slice(1), 16) * wordBytes));
    else for (let byte = 0; byte < wordBytes; byte++) append(all.at(-1)!, byteOf(word, byte));
  }
  const sections = finished(all),
    twice = overlap(sections);
  if (twice !== undefined) throw refuse(file, `byte 0x${twice.toString(16)} is given twice`);
  return sections;
}

/** Byte of a word, counted from its last digits; undefined when a digit of it is x or z. */
function byteOf(word: string, byte: number): number | undefined {
  const end = word.length - 2 * byte;
  if (end <= 0) return /^[xXzZ?]/.test(word) ? undefined : 0;
  const digits = word.slice(Math.max(0, end - 2), end);
  return /[xXzZ?]/.test(digits) ? undefined : Number.parseInt(digits, 16);
}

/** Text of the sections, open bytes as xx; `says` is the comment of its first line. Addresses and lengths are multiples of wordBytes. */
export const writeHex = (sections: readonly Section[], wordBytes: number, says: string): string =>
  hexWords(sections, wordBytes, `systole-hex 1: ${says}; ${8 * wordBytes}-bit words, low byte first in memory`);

/** The same behind any comment. Only the first word has its leading zeros: it shows how wide all of them are. */
export function hexWords(sections: readonly Section[], wordBytes: number, comment: string): string {
  const lines = [`// ${comment}`];
  let next = 0,
    isFirst = true;
  for (const { address, bytes, known } of sections) {
    if (address !== next) lines.push(`@${(address / wordBytes).toString(16)}`);
    for (let at = 0; at < bytes.length; at += Math.max(LINE_BYTES, wordBytes)) {
      const words: string[] = [];
      for (let word = at; word < Math.min(bytes.length, at + Math.max(LINE_BYTES, wordBytes)); word += wordBytes) {
        const text = wordText(bytes, known, word, wordBytes);
        words.push(isFirst ? text : text.replace(/^0+(?=[\da-f])/, ''));
        isFirst = false;
      }
      lines.push(words.join(' '));
    }
    next = address + bytes.length;
  }
  return `${lines.join('\n')}\n`;
}

function wordText(bytes: Uint8Array, known: Uint8Array | undefined, at: number, wordBytes: number): string {
  let text = '';
  for (let i = at + wordBytes - 1; i >= at; i--) text += known && !known[i] ? 'xx' : (bytes[i] ?? 0).toString(16).padStart(2, '0');
  return text;
}

const shortened = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text).replace(/[^\x20-\x7e\u2026]/g, '?');
