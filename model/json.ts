//! json: reads JSON text and remembers where each value stands, so that a mistake in a file is shown at its line and column.

export interface JsonNode {
  /** Undefined where the text is wrong and has been reported. */
  readonly value: unknown;
  /** Offsets of the text of the value; the end is exclusive. */
  readonly at: number;
  readonly end: number;
  readonly members?: ReadonlyMap<string, JsonMember>;
  readonly items?: readonly JsonNode[];
}
export interface JsonMember { readonly keyAt: number; readonly node: JsonNode }
export interface JsonFault { readonly at: number; readonly message: string }

/** The value with its places, and all that is wrong with the text. No root: the text ends, or makes no sense, before the value does. */
export function readJson(text: string): { readonly root: JsonNode | undefined; readonly faults: readonly JsonFault[] } {
  const reader: Reader = { text, at: text.startsWith('\ufeff') ? 1 : 0, depth: 0, faults: [] };
  if (skip(reader) === undefined) return { root: undefined, faults: [{ at: 0, message: 'the file is empty' }] };
  // Some other file: where else it is no JSON is nothing to tell.
  if (!'{["'.includes(reader.text[reader.at]!) && !isWord(wordAt(reader))) return { root: undefined, faults: [{ at: reader.at, message: 'not JSON, which begins with {' }] };
  const root = readValue(reader);
  if (root && skip(reader) !== undefined) fault(reader, reader.at, `${foundAt(reader)} after the end of the value; allowed: nothing`);
  return { root, faults: reader.faults };
}

/** Line and column, from 1, of an offset. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** The node at a path, or the last one on the way to it. */
export function nodeAt(root: JsonNode, path: readonly PropertyKey[]): { readonly node: JsonNode; readonly whole: boolean } {
  let node = root;
  for (const step of path) {
    const next = typeof step === 'number' ? node.items?.[step] : node.members?.get(String(step))?.node;
    if (next === undefined) return { node, whole: false };
    node = next;
  }
  return { node, whole: true };
}

/** A piece of text in a message: short, and nothing in it acts on a terminal. */
export function shown(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return short.replace(/[^\x20-\x7e\u00a1-\u024f\u2026]/gu, (c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
}

/** A value in a message: its kind where it holds others, since those may be as deep as the text is long. */
export function whatIs(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : shown(JSON.stringify(value));
}

interface Reader { readonly text: string; at: number; depth: number; readonly faults: JsonFault[] }

const DEPTH_MAX = 32;

function fault(reader: Reader, at: number, message: string): void {
  reader.faults.push({ at, message });
}

/** Reports and gives up: what follows cannot be told. */
function stop(reader: Reader, at: number, message: string): undefined {
  fault(reader, at, message);
  reader.at = reader.text.length;
  return undefined;
}

const foundAt = (reader: Reader): string => {
  const character = reader.text.codePointAt(reader.at);
  return character === undefined ? 'the file ends' : `found ${shown(String.fromCodePoint(character))}`;
};

/** Goes to the next character that is neither blank nor comment, and tells it; undefined at the end. A comment is a fault. */
function skip(reader: Reader): string | undefined {
  const { text } = reader;
  while (reader.at < text.length) {
    if (' \t\n\r'.includes(text[reader.at]!)) { reader.at++; continue; }
    const opening = text.slice(reader.at, reader.at + 2);
    if (opening !== '//' && opening !== '/*') return text[reader.at];
    fault(reader, reader.at, 'found a comment; JSON has none: put the words into "says" or a "source"');
    const close = text.indexOf(opening === '//' ? '\n' : '*/', reader.at + 2);
    reader.at = close < 0 ? text.length : close + (opening === '//' ? 1 : 2);
  }
  return undefined;
}

function readValue(reader: Reader): JsonNode | undefined {
  const first = skip(reader);
  if (first === '"') return readString(reader);
  if (first === '{' || first === '[') {
    if (++reader.depth > DEPTH_MAX) return stop(reader, reader.at, `found values nested more than ${DEPTH_MAX} deep`);
    const node = first === '{' ? readObject(reader) : readArray(reader);
    reader.depth--;
    return node;
  }
  return readWord(reader);
}

const wordCharacters = /[\w.+-]*/y;
const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function wordAt({ text, at }: Reader): string {
  wordCharacters.lastIndex = at;
  return wordCharacters.exec(text)![0];
}
const isWord = (word: string): boolean => number.test(word) || word === 'true' || word === 'false' || word === 'null';

/** A number, true, false or null. Any other word is a fault, and reading goes on behind it. */
function readWord(reader: Reader): JsonNode | undefined {
  const at = reader.at, word = wordAt(reader);
  if (word === '') return stop(reader, at, `${foundAt(reader)}; allowed: a value: {, [, ", a number, true, false or null`);
  reader.at += word.length;
  const known = isWord(word);
  const allowed = 'a decimal number such as 16 or -3.5, true, false, null, or text in double quotes';
  if (!known) fault(reader, at, `found ${shown(word)}; allowed: ${allowed}`);
  return { value: known ? JSON.parse(word) : undefined, at, end: reader.at };
}

function readString(reader: Reader): JsonNode | undefined {
  const { text, at } = reader;
  let end = at + 1;
  while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  if (text[end] !== '"') return stop(reader, at, 'the text that begins here has no closing " on its line');
  reader.at = end + 1;
  try {
    return { value: JSON.parse(text.slice(at, end + 1)), at, end: end + 1 };
  } catch {
    fault(reader, at, `found ${shown(text.slice(at, end + 1))}; a control character or an unknown escape is in it`);
    return { value: undefined, at, end: end + 1 };
  }
}

function readArray(reader: Reader): JsonNode | undefined {
  const at = reader.at++, items: JsonNode[] = [];
  while (skip(reader) !== ']') {
    const item = readValue(reader);
    if (item === undefined) return undefined;
    items.push(item);
    if (!separated(reader, ']')) return undefined;
  }
  return { value: items.map((item) => item.value), at, end: ++reader.at, items };
}

function readObject(reader: Reader): JsonNode | undefined {
  const at = reader.at++, members = new Map<string, JsonMember>();
  while (skip(reader) !== '}') {
    if (skip(reader) !== '"') return stop(reader, reader.at, `${foundAt(reader)}; allowed: a key in double quotes, or }`);
    const name = readString(reader);
    if (name === undefined) return undefined;
    if (skip(reader) !== ':') return stop(reader, reader.at, `${foundAt(reader)}; allowed: a colon after the key`);
    reader.at++;
    const node = readValue(reader);
    if (node === undefined) return undefined;
    const key = typeof name.value === 'string' ? name.value : reader.text.slice(name.at, name.end);
    if (members.has(key)) fault(reader, name.at, `found key "${shown(key)}" a second time in one object; a key may appear only once`);
    else members.set(key, { keyAt: name.at, node });
    if (!separated(reader, '}')) return undefined;
  }
  const value = Object.fromEntries([...members].map(([key, member]) => [key, member.node.value]));
  return { value, at, end: ++reader.at, members };
}

/** Passes the comma behind an entry, or stands before the closing bracket. A missing or trailing comma is a fault, no stop. */
function separated(reader: Reader, close: string): boolean {
  const next = skip(reader);
  if (next === close) return true;
  if (next === ',') {
    const comma = reader.at++;
    if (skip(reader) === close) fault(reader, comma, `found a comma before ${close}; JSON has no trailing comma`);
    return true;
  }
  const message = `${foundAt(reader)}; allowed: a comma or ${close}`;
  if (next === undefined || !/["{[\w-]/.test(next)) return stop(reader, reader.at, message) !== undefined;
  fault(reader, reader.at, message);
  return true;
}
