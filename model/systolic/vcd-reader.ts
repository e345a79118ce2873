//! vcd-reader: a value change dump of whoever wrote it: its signals, and their values after each rising edge of a clock.
import { didYouMean, Rejected } from '../failure.ts';

export interface VcdSignal { readonly id: string; readonly path: string; readonly bits: number }
export interface VcdHeader { readonly signals: readonly VcdSignal[]; readonly bodyAt: number; readonly bodyLine: number }

/** Signals by their paths, scopes joined by dots, ranges left out. Throws Rejected for what is no dump. */
export function readHeader(text: string, file: string): VcdHeader {
  const signals: VcdSignal[] = [], scopes: string[] = [], words = /\S+/g;
  for (let found = words.exec(text); found; found = words.exec(text)) {
    const keyword = found[0], body: string[] = [], from = found.index;
    if (!keyword.startsWith('$')) throw refused(file, lineAt(text, from), `'${keyword.slice(0, 40)}' is not one of the words that a value change dump begins with: $date $version $timescale $scope $var`);
    // An identifier may be a dollar sign too: only the word $end ends a declaration.
    let word = words.exec(text);
    for (; word && word[0] !== '$end'; word = words.exec(text)) body.push(word[0]);
    // Behind the last word the search would begin again at the first.
    if (!word) throw refused(file, lineAt(text, from), `'${keyword.slice(0, 40)}' has no $end: the dump is cut off, or none`);
    if (keyword === '$scope') scopes.push(body[1] ?? '');
    else if (keyword === '$upscope') scopes.pop();
    else if (keyword === '$var') {
      const [, bits = '', id = '', ...name] = body, path = [...scopes, name.join('').replace(/\[-?\d+:-?\d+\]$/, '')].join('.');
      if (id === '' || !/^\d+$/.test(bits)) throw refused(file, lineAt(text, from), `'$var ${body.join(' ').slice(0, 40)}' is not a variable; as in $var wire 8 ! a [7:0] $end`);
      signals.push({ id, path, bits: Number(bits) });
    } else if (keyword === '$enddefinitions') return { signals, bodyAt: words.lastIndex, bodyLine: lineAt(text, words.lastIndex) };
  }
  throw refused(file, 0, `not a value change dump: it has no $enddefinitions${signals.length > 0 ? ' after its variables' : ''}`);
}

/** A value: bits, and whether all of them are 0 or 1. */
export interface VcdValue { readonly bits: bigint; readonly known: boolean }
const unknown: VcdValue = { bits: 0n, known: false };

/**
 * Values after each rising edge of the clock, which are those right before the next one: what changes with an edge or a little later is its
 * doing. `look` sees the values by id for each edge, in order, with its time, and the state before the first one as edge -1; false ends it.
 */
export function edgesOf(text: string, header: VcdHeader, clock: string, file: string, look: (edge: number, time: number, value: (id: string) => VcdValue) => boolean): void {
  const values = new Map<string, VcdValue>(), at = (id: string): VcdValue => values.get(id) ?? unknown, changes: [string, VcdValue][] = [];
  let edge = -1, time = 0, edgeTime = 0, line = header.bodyLine, isRise = false;
  const settle = (): boolean => {
    // Whoever looks sees what stood before this time.
    const goesOn = !isRise || look(edge++, edgeTime, at);
    if (isRise) edgeTime = time;
    for (const [id, value] of changes) values.set(id, value);
    changes.length = 0;
    isRise = false;
    return goesOn;
  };
  const change = (id: string, value: VcdValue): void => {
    if (id === clock && value.known && value.bits === 1n && !(at(id).known && at(id).bits === 1n)) isRise = true;
    changes.push([id, value]);
  };
  const words = /\S+|\n/g;
  words.lastIndex = header.bodyAt;
  let vector: string | undefined;
  for (let found = words.exec(text); found; found = words.exec(text)) {
    const [word] = found, first = word[0]!;
    if (word === '\n') { line++; continue; }
    if (vector !== undefined) {
      if (/^[bB]/.test(vector)) change(word, parsed(vector.slice(1)));
      vector = undefined;
    } else if (first === '#') {
      if (!/^#\d{1,20}$/.test(word)) throw refused(file, line, `'${word.slice(0, 40)}' is not a time; allowed: # and digits`);
      if (!settle()) return;
      time = Number(word.slice(1));
    } else if (/[01xXzZ]/.test(first) && word.length > 1) change(word.slice(1), parsed(first));
    else if (/[bBrRsS]/.test(first)) vector = word;
    else if (first === '$') { if (word === '$comment') words.lastIndex = endOf(text, words.lastIndex); }
    else throw refused(file, line, `'${word.slice(0, 40)}' is not a value change; allowed: #time, 0! 1! x! z!, b0101 !, r1.5 !, stext !`);
  }
  if (settle()) look(edge, edgeTime, at);
}

const endOf = (text: string, from: number): number => { const at = text.indexOf('$end', from); return at < 0 ? text.length : at + 4; };
const parsed = (digits: string): VcdValue => (/^[01]+$/.test(digits) ? { bits: BigInt(`0b${digits}`), known: true } : unknown);
const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;
const refused = (file: string, line: number, message: string): Rejected => new Rejected([{ file, line, column: line === 0 ? 0 : 1, message }]);

/** The one signal of a name: its whole path, or how its path ends. */
export function signalNamed(signals: readonly VcdSignal[], name: string, file: string): VcdSignal {
  const found = signals.filter(({ path }) => path === name || path.endsWith(`.${name}`)), least = Math.min(...found.map(({ path }) => path.split('.').length));
  const shortest = found.filter(({ path }) => path.split('.').length === least), ids = new Set(shortest.map(({ id }) => id));
  if (ids.size === 1) return shortest[0]!;
  const names = [...new Set(signals.map(({ path }) => path.split('.').at(-1)!))];
  throw refused(file, 0, found.length === 0 ? `it has no signal '${name}'${didYouMean(name, names) || ';'} the signals are ${signals.slice(0, 8).map(({ path }) => path).join(', ')}${signals.length > 8 ? ` and ${signals.length - 8} more` : ''}`
    : `'${name}' may be ${shortest.slice(0, 8).map(({ path }) => path).join(' or ')}; name one of them`);
}
