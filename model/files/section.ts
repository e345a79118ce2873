//! section: bytes at an address, as memory files hold them, and the mistakes of a file, collected.
import { type Diagnostic, Rejected } from '../failure.ts';

/** Address and length in bytes. `known`: 0 for each byte that the file leaves open (x digits), absent when there is none. */
export interface Section {
  readonly address: number;
  readonly bytes: Uint8Array;
  readonly known?: Uint8Array;
}

/** Mistakes of one file: noted one by one, thrown together; after many the reader has enough. */
export interface Mistakes {
  note(line: number, column: number, message: string): void;
  readonly isFull: () => boolean;
  /** Throws Rejected if anything was noted. */
  readonly settle: () => void;
}

const MISTAKES_MAX = 20;
/** Pieces of one file: each takes some 300 bytes of memory, however short it is. */
export const SECTIONS_MAX = 2 ** 20;
const SECTION_BYTES = 16;

export function mistakes(file: string): Mistakes {
  const found: Diagnostic[] = [];
  return {
    note(line, column, message) {
      if (found.length < MISTAKES_MAX) found.push({ file, line, column, message });
      else if (found.length === MISTAKES_MAX) found.push({ file, line: 0, column: 0, message: `stopped after ${MISTAKES_MAX} mistakes` });
    },
    isFull: () => found.length > MISTAKES_MAX,
    settle: () => {
      if (found.length > 0) throw new Rejected(found);
    },
  };
}

/** A mistake of the file as a whole. */
export const refuse = (file: string, message: string): Rejected => new Rejected([{ file, line: 0, column: 0, message }]);

/** Bytes of a section in the making; grows by doubling. */
export interface Growing {
  readonly address: number;
  bytes: Uint8Array;
  known: Uint8Array;
  size: number;
  isOpen: boolean;
}
export const growing = (address: number): Growing => ({
  address,
  bytes: new Uint8Array(SECTION_BYTES),
  known: new Uint8Array(SECTION_BYTES).fill(1),
  size: 0,
  isOpen: false,
});

/** Append a byte; undefined: one that the file leaves open. */
export function append(section: Growing, byte: number | undefined): void {
  if (section.size === section.bytes.length) {
    const bytes = new Uint8Array(2 * section.size),
      known = new Uint8Array(2 * section.size).fill(1);
    bytes.set(section.bytes);
    known.set(section.known);
    Object.assign(section, { bytes, known });
  }
  section.bytes[section.size] = byte ?? 0;
  if (byte === undefined) {
    section.known[section.size] = 0;
    section.isOpen = true;
  }
  section.size++;
}

/** The sections without empty ones, neighbours joined, in the order of the file. */
export function finished(sections: readonly Growing[]): Section[] {
  const all: Growing[] = [];
  for (const section of sections) {
    const last = all.at(-1);
    if (section.size === 0) continue;
    if (last && last.address + last.size === section.address) {
      for (let i = 0; i < section.size; i++) append(last, section.known[i] ? section.bytes[i] : undefined);
    } else all.push(section);
  }
  return all.map(({ address, bytes, known, size, isOpen }) => ({
    address,
    bytes: bytes.subarray(0, size),
    ...(isOpen ? { known: known.subarray(0, size) } : {}),
  }));
}

/** Sections of whole words without three or more in a row that are 0; the last word is always in one, so that the end shows. */
export function sparse(bytes: Uint8Array, wordBytes: number): Section[] {
  const sections: Section[] = [],
    end = bytes.length - wordBytes;
  let from = 0,
    next = 0;
  for (let at = 0; at <= end; at += wordBytes) {
    if (at < end && bytes.subarray(at, at + wordBytes).every((byte) => byte === 0)) continue;
    if (at - next > 2 * wordBytes) {
      sections.push({ address: from, bytes: bytes.subarray(from, next) });
      from = at;
    }
    next = at + wordBytes;
  }
  return [...sections, { address: from, bytes: bytes.subarray(from, next) }].filter((one) => one.bytes.length > 0);
}

/** The sections that have a known byte, cut where the file leaves bytes open: what is there stays as it is. */
export function knownSections(sections: readonly Section[]): Section[] {
  return sections.flatMap(({ address, bytes, known }) => {
    if (!known) return [{ address, bytes }];
    const runs: Section[] = [];
    for (let from = 0; from < bytes.length; ) {
      let to = from;
      while (to < bytes.length && known[to]) to++;
      if (to > from) runs.push({ address: address + from, bytes: bytes.subarray(from, to) });
      from = to + 1;
    }
    return runs;
  });
}

/** The way back: the bytes from address 0 on, with 0 where no section is. */
export function filled(sections: readonly Section[]): Uint8Array {
  const all = new Uint8Array(sections.reduce((end, { address, bytes }) => Math.max(end, address + bytes.length), 0));
  for (const { address, bytes } of sections) all.set(bytes, address);
  return all;
}

/** The first two sections that share a byte, if any: of two values only one can be meant. */
export function overlap(sections: readonly Section[]): number | undefined {
  const sorted = [...sections].sort((a, b) => a.address - b.address);
  for (let i = 1; i < sorted.length; i++) {
    const { address, bytes } = sorted[i - 1]!;
    if (address + bytes.length > sorted[i]!.address) return sorted[i]!.address;
  }
  return undefined;
}
