//! places: which function of the sources an instruction of the shipped binary belongs to, and which piece of text it was made from.
import { instructionsOf } from './wasm-code.ts';
import type { WasmModule } from './wasm-module.ts';

/** What the compiler tells beside the binary: names of functions by number, and its map from bytes of the binary to the sources. */
export interface Tables {
  readonly functions: readonly string[];
  readonly sources: readonly string[];
  readonly texts: readonly string[];
  /** Source map, revision 3: one line, whose columns are bytes of the binary. */
  readonly mappings: string;
}
/** `within`: the function that the instruction is in, `file/name`; `file` and `text`: where it was written, which is elsewhere if that was inlined. */
export interface Place { readonly within: string; readonly file: string; readonly line: number; readonly text: string }

/** The place of an instruction of a function. Code that the compiler made itself has no text. */
export function placesIn(module: WasmModule, { functions, sources, texts, mappings }: Tables): (within: number, instruction: number) => Place {
  const segments = segmentsOf(mappings), lines = texts.map((text) => text.split('\n'));
  const plain = (name: string): string => name.replace(/^assembly\//, '');
  return (index, instruction) => {
    const one = module.functions[index]!, at = one.body.byteOffset - module.bytes.byteOffset + instructionsOf(one)[instruction]!.at;
    const segment = segments[lastUpTo(segments, at)], within = plain(functions[index] ?? `${index}`);
    if (!segment || segment.source < 0) return { within, file: '', line: 0, text: '' };
    return { within, file: plain(sources[segment.source]!), line: segment.line + 1, text: (lines[segment.source]?.[segment.line] ?? '').trim() };
  };
}

interface Segment { readonly at: number; readonly source: number; readonly line: number }
function lastUpTo(segments: readonly Segment[], at: number): number {
  let low = -1, high = segments.length - 1;
  while (low < high) { const middle = (low + high + 1) >> 1; if (segments[middle]!.at <= at) low = middle; else high = middle - 1; }
  return low;
}
/** Base 64, five bits at a time, lowest first, the sign in the lowest bit; each number is the distance from the one before it. */
function segmentsOf(mappings: string): readonly Segment[] {
  let at = 0, source = 0, line = 0;
  return mappings.split(';')[0]!.split(',').map((text) => {
    const numbers = vlq(text);
    at += numbers[0]!;
    if (numbers.length === 1) return { at, source: -1, line: 0 };
    source += numbers[1]!;
    line += numbers[2]!;
    return { at, source, line };
  });
}
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function vlq(text: string): readonly number[] {
  const numbers: number[] = [];
  let value = 0, scale = 1;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) * scale;
    scale *= 32;
    if (digit >= 32) continue;
    numbers.push(value % 2 ? -Math.floor(value / 2) : value / 2);
    value = 0;
    scale = 1;
  }
  return numbers;
}
