//! cmsis-headers: reads the C headers of one CMSIS-NN test folder into macros and integer arrays, nothing else.

/** Integer arrays as C declares them; the element type is the one of the declaration. */
export type CmsisData = Int8Array | Int16Array | Int32Array | BigInt64Array;

/** One array or pointer of a header. `data` is undefined for a null pointer. */
export interface CmsisArray {
  readonly name: string;
  readonly bits: 8 | 16 | 32 | 64;
  readonly data: CmsisData | undefined;
}

/** What the headers included by `test_data.h` say, names without the folder's prefix. */
export interface CmsisHeaders {
  /** Macro name (upper case, prefix removed) to its text, blanks folded. */
  readonly macros: ReadonlyMap<string, string>;
  /** Array name (lower case, prefix removed) to its contents. */
  readonly arrays: ReadonlyMap<string, CmsisArray>;
  /** Files that were read, in the order of inclusion. */
  readonly files: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Reads the headers of one folder.
 *
 * Only files that `test_data.h` includes count: several folders still hold the files of an older generation of data beside the
 * ones in use. Macros carry the folder's name in capitals as prefix and arrays in small letters; where they do not, the longest
 * prefix that all of them share is taken instead.
 *
 * @param folder name of the folder
 * @param files file name to text
 * @returns macros and arrays; whatever could not be read is a line in `problems`
 */
export function readCmsisHeaders(folder: string, files: ReadonlyMap<string, string>): CmsisHeaders {
  const problems: string[] = [];
  const names = includedFiles(files, problems);
  const macros = new Map<string, string>();
  const arrays = new Map<string, CmsisArray>();
  for (const name of names) {
    const text = withoutComments(files.get(name) ?? '');
    readMacros(text, macros);
    readArrays(name, text, arrays, problems);
  }
  return {
    macros: withoutPrefix(folder.toUpperCase(), macros),
    arrays: withoutPrefix(folder.toLowerCase(), arrays),
    files: names,
    problems,
  };
}

function includedFiles(files: ReadonlyMap<string, string>, problems: string[]): string[] {
  const index = files.get('test_data.h');
  if (index === undefined) {
    problems.push('test_data.h is missing, so it is not known which files belong to the test');
    return [];
  }
  const names: string[] = [];
  for (const match of withoutComments(index).matchAll(/#\s*include\s+"([^"]+)"/g)) {
    const name = match[1] ?? '';
    if (files.has(name)) names.push(name);
    else problems.push(`test_data.h includes ${name}, which is missing`);
  }
  return names;
}

/** C comments and line continuations carry no data. */
function withoutComments(text: string): string {
  return text
    .replace(/\r/g, '')
    .replace(/\\\n/g, ' ')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/\/\/[^\n]*/g, '');
}

function readMacros(text: string, into: Map<string, string>): void {
  for (const match of text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)(?!\()[ \t]*([^\n]*)$/gm)) {
    into.set(match[1] ?? '', (match[2] ?? '').replace(/\s+/g, ' ').trim());
  }
}

const ELEMENT_BITS: ReadonlyMap<string, 8 | 16 | 32 | 64> = new Map([
  ['int8_t', 8],
  ['int16_t', 16],
  ['int32_t', 32],
  ['int64_t', 64],
  ['q7_t', 8],
  ['q15_t', 16],
  ['q31_t', 32],
  ['q63_t', 64],
]);

/** Type, star of a pointer, name, length, initialiser of one array or pointer. */
const DECLARATION = new RegExp(
  [
    /\b(int8_t|int16_t|int32_t|int64_t|q7_t|q15_t|q31_t|q63_t)\s*(?:const\s*)?(\*?)\s*(?:const\s+)?(\w+)/,
    /\s*(?:\[\s*(\w*)\s*\])?\s*=\s*(\{[^}]*\}|[^;{]+);/,
  ]
    .map(({ source }) => source)
    .join(''),
  'g',
);

function readArrays(file: string, text: string, into: Map<string, CmsisArray>, problems: string[]): void {
  for (const match of text.matchAll(DECLARATION)) {
    const [, type = '', pointer = '', name = '', length = '', value = ''] = match;
    const bits = ELEMENT_BITS.get(type) ?? 8;
    const initial = value.trim();
    if (initial.startsWith('{')) {
      const data = integers(initial.slice(1, -1), bits, /^\d+$/.test(length) ? Number(length) : undefined);
      if (typeof data === 'string') problems.push(`${file}: ${name}: ${data}`);
      else into.set(name, { name, bits, data });
      continue;
    }
    if (pointer === '') continue;
    const target = initial
      .replace(/^\(.*\)\s*/, '')
      .replace(/^&/, '')
      .replace(/\[0\]$/, '');
    if (target === 'NULL' || target === '0' || target === 'nullptr') into.set(name, { name, bits, data: undefined });
    else if (into.has(target)) into.set(name, { name, bits, data: into.get(target)?.data });
    else problems.push(`${file}: ${name} points at ${target}, which is not declared before it`);
  }
}

/** The initialisers of one array; C fills a short list with zeros. A string is the reason why there are none. */
function integers(text: string, bits: 8 | 16 | 32 | 64, length: number | undefined): CmsisData | string {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const count = length ?? words.length;
  if (words.length > count) return `${words.length} values for ${count} elements`;
  const data = allocate(bits, count);
  const low = -(1n << BigInt(bits - 1));
  const high = (1n << BigInt(bits)) - 1n;
  for (const [index, word] of words.entries()) {
    const value = parseInteger(word);
    if (value === undefined) return `'${word}' is not an integer`;
    if (value < low || value > high) return `${word} does not fit ${bits} bits`;
    if (data instanceof BigInt64Array) data[index] = BigInt.asIntN(64, value);
    else data[index] = Number(BigInt.asIntN(bits, value));
  }
  return data;
}

function allocate(bits: 8 | 16 | 32 | 64, count: number): CmsisData {
  if (bits === 8) return new Int8Array(count);
  if (bits === 16) return new Int16Array(count);
  return bits === 32 ? new Int32Array(count) : new BigInt64Array(count);
}

/** A C integer constant, decimal or hexadecimal, signed, in brackets, with or without a suffix or a cast. */
export function parseInteger(text: string): bigint | undefined {
  const bare = text
    .trim()
    .replace(/^\(\s*\w+_t\s*\)\s*/, '')
    .replace(/^\((.*)\)$/, '$1')
    .trim();
  const match = /^([+-]?)\s*(0[xX][0-9a-fA-F]+|\d+)[uUlL]*$/.exec(bare);
  if (match === null) return undefined;
  const magnitude = BigInt(match[2] ?? '0');
  return match[1] === '-' ? -magnitude : magnitude;
}

function withoutPrefix<T>(folder: string, values: ReadonlyMap<string, T>): Map<string, T> {
  const names = [...values.keys()];
  const own = `${folder}_`;
  const prefix = names.every((name) => name.startsWith(own)) ? own : sharedPrefix(names);
  const bare = new Map<string, T>();
  for (const [name, value] of values) {
    const cut = name.startsWith(own) ? own : name.startsWith(prefix) ? prefix : '';
    bare.set(name.slice(cut.length), value);
  }
  return bare;
}

/** Longest prefix, ending in an underscore, that all names share; empty for fewer than two names. */
function sharedPrefix(names: readonly string[]): string {
  const first = names[0];
  if (first === undefined || names.length < 2) return '';
  let length = first.length;
  for (const name of names) {
    let same = 0;
    while (same < length && name[same] === first[same]) same += 1;
    length = same;
  }
  return first.slice(0, first.lastIndexOf('_', length - 1) + 1);
}
