//! parser-trial: one input of one parser, and the laws: accepted and whole, or refused with places and words; in time, in little memory.
import { describe, Rejected } from '../model/failure.ts';
import { mixed, random } from '../model/verify/random.ts';
import { mutated } from './parser-mutations.ts';
import type { Parser } from './parsers.ts';

/** No input of at most 128 KiB takes longer, whatever it says. */
export const SECONDS_MAX = 1;
const MESSAGE_MAX = 4000;

export type Outcome = { readonly kind: 'accepted' | 'refused'; readonly milliseconds: number } | { readonly kind: 'broken'; readonly law: string; readonly milliseconds: number };

/** The input of a number. */
export function inputOf(parser: Parser, seed: number, index: number): Uint8Array {
  const next = random(mixed(seed, index));
  const bytes = parser.vary ? parser.vary(next) : mutated(parser, next);
  return parser.seal && next() % 4 > 0 ? parser.seal(bytes, next) : bytes;
}

/** What became of an input. A slow one is tried again: only what is slow each time is the parser's doing. */
export function tried(parser: Parser, bytes: Uint8Array, again = 2): Outcome {
  // Time of the processor: the machine may be busy with other things.
  const started = process.cpuUsage(), kept = new Uint8Array(bytes), found = outcome(parser, bytes), { user, system } = process.cpuUsage(started), milliseconds = (user + system) / 1000;
  if (milliseconds > 1000 * SECONDS_MAX && again > 0) return tried(parser, bytes, again - 1);
  if (milliseconds > 1000 * SECONDS_MAX) return { kind: 'broken', law: `takes ${(milliseconds / 1000).toFixed(1)} s`, milliseconds };
  if (!bytes.every((byte, i) => byte === kept[i])) return { kind: 'broken', law: 'changes its input', milliseconds };
  return typeof found === 'string' ? { kind: 'broken', law: found, milliseconds } : { ...found, milliseconds };
}

function outcome(parser: Parser, bytes: Uint8Array): { readonly kind: 'accepted' | 'refused' } | string {
  try {
    return parser.read(bytes) ?? { kind: 'accepted' };
  } catch (error) {
    if (!(error instanceof Rejected)) return `throws ${error instanceof Error ? (error.stack ?? String(error)).split('\n').slice(0, 4).join(' ') : 'what is no error'}`;
    return flawOf(error) ?? { kind: 'refused' };
  }
}

/** What a refusal lacks: a place and words that can be shown on a terminal. */
export function flawOf({ diagnostics }: Rejected): string | undefined {
  if (diagnostics.length === 0) return 'refused without a diagnostic';
  for (const one of diagnostics) {
    const { file, line, column, message } = one, told = describe(one), shown = JSON.stringify(told).slice(0, 200);
    if (typeof file !== 'string' || file === '' || !Number.isSafeInteger(line) || !Number.isSafeInteger(column) || line < 0 || column < 0 || (line === 0) !== (column === 0)) return `a diagnostic without a place: ${shown} at ${line}:${column}`;
    if (typeof message !== 'string' || message.trim() === '' || told.length > MESSAGE_MAX) return `a diagnostic of ${told.length} characters: ${shown}`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they would act on the terminal
    if (/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]/.test(told)) return `a diagnostic with control characters: ${shown}`;
    if (/\bundefined\b|\[object Object\]/.test(message.replace(/'[^']*'|"[^"]*"|found \S+/g, ''))) return `a diagnostic that says nothing: ${shown}`;
  }
  return undefined;
}
