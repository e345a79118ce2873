//! parser-mutations: valid files made slightly or wildly wrong, the same way for the same seed.
import type { Random } from '../model/verify/random.ts';

/** Inputs stay below this, so that a second is long for each of them. */
export const INPUT_MAX = 2 ** 17;

/** Numbers that readers get wrong: signs, powers of two and what lies beside them, what a double cannot hold, what is none. */
export const numbers: readonly string[] = [
  '0', '-0', '-1', '1', '2', '7', '255', '256', '65535', '65536', '2147483647', '2147483648', '-2147483648', '-2147483649', '4294967295', '4294967296',
  '1048576', '1048577', '16777216', '268435456', '9007199254740991', '9007199254740992', '9223372036854775807', '18446744073709551615', '18446744073709551616',
  '1e400', '-1e400', '1e-400', '1e9', '0.5', 'NaN', 'Infinity', '0x', '0x7fffffff', '0xffffffff', '0x100000000', '0b1', '08', '1_000', '١', '9'.repeat(400), '00000000000',
];
/** JSON values in place of others: other kinds, keys that objects have anyway, and what does not turn into text. */
const values: readonly string[] = [
  'null', 'true', '[]', '{}', '""', '[[]]', '{"toString":null}', '{"toString":1,"valueOf":2}', '{"__proto__":null}', '"__proto__"', '"constructor"', '"\\u0000"', '"\\ud800"', '"../../x"',
  '[null]', '{"a":{}}', '"\\u001b[31m"',
];
const specials: readonly string[] = ['\0', '\ufeff', '\r\n', '\r', '\n', '\t', ' ', '\x1b[2J', '\x7f', '\u2028', '/*', '//', '*/', '"', "'", '\\', '{', '}', '[', ']', '(', ')', '..', '/', ',', ':', ';', '#', '$end', '@'];
const illFormed: readonly (readonly number[])[] = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]];
const nests: readonly (readonly [string, string])[] = [['[', ']'], ['{"a":', '}'], ['(', ')'], ['/*', '*/'], ['-', ''], ['.repeat 2\n', '.end\n'], ['loop 2 {\n', '}\n'], ['$scope module a $end ', '']];

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
/** One byte a character, so that places of the text are places of the bytes. */
const textOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

export interface Source {
  readonly corpus: readonly Uint8Array[];
  /** Words of the language that valid files may not have. */
  readonly words: readonly string[];
}

/** A file of the corpus after one to eight changes; one in 64 is left as it is. */
export function mutated({ corpus, words }: Source, next: Random): Uint8Array {
  const below = (count: number): number => next() % Math.max(1, count), pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  // A copy: what `slice` gives of a Buffer is the same bytes again, and changes would stay in the corpus.
  let bytes: Uint8Array = new Uint8Array(pick(corpus));
  if (below(64) === 0) return bytes;
  for (let changes = 1 + below(below(4) === 0 ? 8 : 2); changes > 0; changes--) bytes = changed(bytes, { corpus, words }, below, pick).subarray(0, INPUT_MAX);
  return bytes.slice();
}

type Below = (count: number) => number;
type Pick = <T>(list: readonly T[]) => T;
const replaced = (bytes: Uint8Array, from: number, to: number, by: Uint8Array): Uint8Array => {
  const all = new Uint8Array(bytes.length - (to - from) + by.length);
  all.set(bytes.subarray(0, from));
  all.set(by, from);
  all.set(bytes.subarray(to), from + by.length);
  return all;
};

function changed(bytes: Uint8Array, { corpus, words }: Source, below: Below, pick: Pick): Uint8Array {
  const at = below(bytes.length + 1), span = below(2) ? below(8) : below(Math.min(bytes.length, 4096)), to = Math.min(bytes.length, at + span), put = (by: Uint8Array, end = at): Uint8Array => replaced(bytes, at, end, by);
  const found = (pattern: RegExp): readonly [number, number] | undefined => {
    for (const [from, most] of [[at, 4096], [0, 65_536]] as const) {
      const match = pattern.exec(textOf(bytes.subarray(from, from + most)));
      if (match) return [from + match.index, from + match.index + match[0].length];
    }
    return undefined;
  };
  const edit = (pattern: RegExp, by: string): Uint8Array => {
    const place = found(pattern);
    return place ? replaced(bytes, place[0], place[1], bytesOf(by)) : put(bytesOf(by));
  };
  switch (below(20)) {
    case 0: { const copy = bytes.slice(); if (at < copy.length) copy[at]! ^= 1 << below(8); return copy; }
    case 1: return put(Uint8Array.of(below(256)), Math.min(bytes.length, at + 1));
    case 2: return bytes.slice(0, at);
    case 3: return bytes.slice(at);
    case 4: return put(new Uint8Array(0), to);
    case 5: return put(bytes.slice(at, to));
    case 6: { const other = pick(corpus), from = below(other.length); return put(other.slice(from, from + span), below(2) ? at : to); }
    case 7: case 8: case 9: return edit(/-?\d[\w.]*/, pick(numbers));
    case 10: return edit(/"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/, below(3) ? pick(values) : pick(numbers));
    case 11: return edit(/[A-Za-z_][\w.-]*/, words.length > 0 ? pick(words) : pick(values));
    case 12: return put(bytesOf(` ${words.length > 0 ? pick(words) : pick(specials)} `));
    case 13: return put(below(2) ? bytesOf(pick(specials)) : Uint8Array.from(pick(illFormed)));
    case 14: { const end = bytes.indexOf(10, at), from = bytes.lastIndexOf(10, Math.max(0, at - 1)) + 1, line = bytes.slice(from, end < 0 ? bytes.length : end + 1); return replaced(bytes, from, from, below(8) ? line : times(line, 1 + below(5000))); }
    case 15: { const end = bytes.indexOf(10, at); return put(new Uint8Array(0), end < 0 ? bytes.length : end + 1); }
    case 16: { const [open, close] = pick(nests), depth = pick([2, 30, 40, 70, 130, 5000, 40_000]); return put(bytesOf(open.repeat(depth) + (below(2) ? close.repeat(depth) : ''))); }
    case 17: return put(times(bytesOf(below(2) ? pick(specials) : pick(['a', '1', ' ', 'é', 'x y ', '1,', '"a",', '\\'])), pick([10, 1000, 70_000])));
    case 18: return below(4) ? number(bytes, at, below, pick) : below(2) ? replaced(bytes, 0, 0, Uint8Array.of(0xef, 0xbb, 0xbf)) : bytesOf(new TextDecoder().decode(bytes).replaceAll('\n', '\r\n'));
    default: { const copy = bytes.slice(); for (let i = at; i < to; i++) copy[i] = below(256); return copy; }
  }
}

function times(bytes: Uint8Array, count: number): Uint8Array {
  const many = Math.max(1, Math.min(count, Math.floor(INPUT_MAX / Math.max(1, bytes.length)))), all = new Uint8Array(many * bytes.length);
  for (let i = 0; i < many; i++) all.set(bytes, i * bytes.length);
  return all;
}

/** A little-endian number of a binary file in place of another. */
function number(bytes: Uint8Array, at: number, below: Below, pick: Pick): Uint8Array {
  const copy = bytes.slice(), size = pick([1, 2, 4, 8]), from = Math.floor(at / size) * size;
  if (from + size > copy.length) return copy;
  const value = pick([0n, 1n, 2n, -1n, 0x7fn, 0x80n, 0xffffn, 0x7fff_ffffn, 0x8000_0000n, 0xffff_fffen, 1n << 53n, 1n << 63n, BigInt(below(1024)), BigInt(copy.length)]);
  for (let i = 0; i < size; i++) copy[from + i] = Number((BigInt.asUintN(64, value) >> BigInt(8 * i)) & 255n);
  return copy;
}
