//! intelhex: memory as Intel HEX records: length, address, type, bytes and a checksum on each line.
import { append, finished, type Growing, growing, mistakes, overlap, refuse, type Section, SECTIONS_MAX } from './section.ts';

const DATA = 0,
  END = 1,
  SEGMENT = 2,
  LINEAR = 4,
  RECORD_BYTES = 16,
  /** A colon, count, address, type, 255 bytes and the checksum. */
  LINE_MAX = 1 + 2 * (1 + 2 + 1 + 255 + 1);
/** Types 3 and 5 name a start address for a processor; there is none here. */
const START = [3, 5];

/** The sections of a text, addresses below 4 GiB. Throws Rejected with every mistake at its line; a file without its end record is one. */
export function readIntelHex(text: string, file: string): Section[] {
  const wrong = mistakes(file),
    all: Growing[] = [];
  let base = 0,
    end = 0;
  const each = (line: string, index: number): void => {
    if (line === '') return;
    const record = parseRecord(line);
    const mistake = typeof record === 'string' ? record : end > 0 ? `a record after the end record of line ${end}` : undefined;
    if (mistake !== undefined || typeof record === 'string') {
      wrong.note(index + 1, 1, mistake ?? '');
      return;
    }
    const { type, address, data } = record;
    if (type === DATA) {
      const at = base + address,
        last = all.at(-1);
      const section = last && last.address + last.size === at ? last : growing(at);
      if (section !== last && all.length >= SECTIONS_MAX) throw refuse(file, `more than ${SECTIONS_MAX} separate pieces of memory`);
      if (section !== last) all.push(section);
      for (const byte of data) append(section, byte);
    } else if (type === END) end = index + 1;
    else if (type === SEGMENT || type === LINEAR) {
      if (data.length !== 2) wrong.note(index + 1, 10, `an address record of ${data.length} bytes; allowed: 2`);
      else base = ((data[0]! << 8) | data[1]!) * (type === SEGMENT ? 2 ** 4 : 2 ** 16);
    } else if (!START.includes(type)) wrong.note(index + 1, 8, `record type ${type}; allowed: 0 to 5`);
  };
  // Line by line: a list of them would take many times the memory of the text.
  for (let from = 0, index = 0; from < text.length && !wrong.isFull(); index++) {
    const to = text.indexOf('\n', from);
    each(text.slice(from, to < 0 ? text.length : to).trimEnd(), index);
    from = to < 0 ? text.length : to + 1;
  }
  wrong.settle();
  if (text.trim() === '') throw refuse(file, 'the file is empty');
  if (end === 0) throw refuse(file, 'the end record (:00000001FF) is missing; is the file truncated?');
  const sections = finished(all),
    twice = overlap(sections);
  if (twice !== undefined) throw refuse(file, `byte 0x${twice.toString(16)} is given twice`);
  return sections;
}

function parseRecord(line: string): { readonly type: number; readonly address: number; readonly data: readonly number[] } | string {
  if (line.length > LINE_MAX) return `${line.length} characters; an Intel HEX record has at most ${LINE_MAX}`;
  if (!/^:([\da-fA-F]{2}){5,}$/.test(line))
    return `not an Intel HEX record: one is a colon and an even number of at least 10 hexadecimal digits`;
  const bytes = Array.from({ length: (line.length - 1) / 2 }, (_, i) => Number.parseInt(line.slice(1 + 2 * i, 3 + 2 * i), 16));
  const [count, high, low, type] = bytes as [number, number, number, number],
    data = bytes.slice(4, -1);
  if (data.length !== count) return `the record says ${count} bytes and has ${data.length}`;
  const sum = bytes.reduce((total, byte) => (total + byte) & 255, 0);
  if (sum !== 0) return `the checksum is ${hex(bytes.at(-1)!)}; the bytes give ${hex((bytes.at(-1)! - sum) & 255)}`;
  return { type, address: (high << 8) | low, data };
}

/** Text of the sections; open bytes do not exist in this format and are left out. */
export function writeIntelHex(sections: readonly Section[]): string {
  const lines: string[] = [];
  let page = 0;
  for (const { address, bytes, known } of sections) {
    for (let at = 0; at < bytes.length; ) {
      if (known && !known[at]) {
        at++;
        continue;
      }
      const here = address + at,
        upper = Math.floor(here / 2 ** 16);
      if (upper !== page) lines.push(record(LINEAR, 0, [upper >> 8, upper & 255]));
      page = upper;
      let to = at;
      while (to < bytes.length && to - at < RECORD_BYTES && Math.floor((address + to) / 2 ** 16) === upper && (!known || known[to])) to++;
      lines.push(record(DATA, here % 2 ** 16, [...bytes.subarray(at, to)]));
      at = to;
    }
  }
  return `${[...lines, record(END, 0, [])].join('\n')}\n`;
}

function record(type: number, address: number, data: readonly number[]): string {
  const bytes = [data.length, address >> 8, address & 255, type, ...data];
  return `:${[...bytes, -bytes.reduce((sum, byte) => sum + byte, 0) & 255].map(hex).join('')}`;
}
const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');
