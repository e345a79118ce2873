//! listing: the lines of a program as text: names, instructions with their waits, posts and modes in a column, comments behind.
import { unitNames } from '../limits.ts';
import type { Ordered } from './tokens.ts';

/** One line; `order` says what an instruction of a unit waits for and posts to. */
export interface Step { readonly text: string; readonly mode: string; readonly comment: string; readonly order?: Ordered }

/** The text, ended by `halt 0`. */
export function listing(name: string, says: string, header: readonly string[], steps: readonly Step[]): string {
  return [`; ${name}: ${says}`, ...inColumns(header, 4), '', ...steps.flatMap(linesOf), 'halt 0', ''].join('\n');
}

/** The head of an instruction has room for one wait and one post; more of them are instructions of the same unit. */
function linesOf({ text, mode, comment, order }: Step): string[] {
  const indent = /^ */.exec(text)![0], unit = order ? unitNames[order.unit]! : '', [wait, ...waits] = order?.waits ?? [];
  const [post, ...posts] = order?.posts ?? [], head = [wait && `wait m${wait}`, post && `post m${post}`, mode && `mode ${mode}`];
  const suffix = head.filter((part) => part).join(' '), whole = suffix ? `${text.padEnd(46)}  ${suffix}` : text;
  return [
    ...waits.map((m) => `${indent}wait ${unit} m${m}, 1`),
    comment ? `${whole.padEnd(68)}  ; ${comment}` : whole,
    ...posts.map((m) => `${indent}post ${unit} m${m}, 1`),
  ];
}

function inColumns(items: readonly string[], each: number): string[] {
  const width = Math.max(18, ...items.map((item) => item.length + 2));
  return Array.from({ length: Math.ceil(items.length / each) }, (_, row) =>
    items.slice(row * each, (row + 1) * each).map((item) => item.padEnd(width)).join('').trimEnd());
}
