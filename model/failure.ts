//! failure: the three forms of failure: a trap is a value of the record, a diagnostic is the user's, a defect is ours.
/** One mistake of the user: where, what was found, what is allowed. Collected, and shown all at once. */
export interface Diagnostic {
  readonly file: string;
  /** 1-based; 0 when the file as a whole is meant. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A list of diagnostics on its way to whoever shows them. */
export class Rejected extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(describe).join('\n'));
    this.name = 'Rejected';
    this.diagnostics = diagnostics;
  }
}

/** Our own mistake: thrown, never caught except to be reported as such. */
export class Defect extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Defect';
  }
}

/** `file:line:col: error: message`, as compilers print it and editors jump to it; nothing in it acts on a terminal, and no part of a file makes it long. */
export const describe = ({ file, line, column, message }: Diagnostic): string =>
  `${harmless(file)}${line ? `:${line}:${column}` : ''}: error: ${shortened(harmless(message))}`;

const SHOWN_MAX = 1200;
/** The middle left out, since what is allowed stands at the end. */
const shortened = (text: string): string => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX / 2)} … ${text.slice(-SHOWN_MAX / 2)}` : text);
/** Control characters, marks that turn the direction of text and halves of pairs by their numbers; a line feed may stand in a message of ours. */
const harmless = (text: string): string => text.replace(/[^\P{C}\n]|[\u2028\u2029]/gu, (c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);

/** The candidate nearest to a misspelt word, when it is near enough to be meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  // Nobody means a name by so many letters, and looking for it would take long.
  if (word.length > WORD_MAX) return undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far < least) { least = far; best = candidate; }
  }
  return best;
}

const WORD_MAX = 64;

/** ` Did you mean 'x'?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : `; did you mean '${found}'?`;
}

/** Edits (insert, delete, replace, swap of neighbours) from one word to the other. */
function distance(a: string, b: string): number {
  let before: number[] = [], last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
