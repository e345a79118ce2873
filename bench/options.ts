//! options: what the words behind `npm run bench --` ask for, or what is wrong with them.
import { parseArgs } from 'node:util';
import { didYouMean } from '../model/failure.ts';
import { type Row, rows } from './table.ts';

export interface Asked {
  readonly rows: readonly Row[];
  /** Those of the whole table. */
  readonly isWhole: boolean;
  readonly rounds: number;
  readonly json: boolean;
  readonly list: boolean;
  readonly guard: boolean;
  readonly sweep: boolean;
  readonly help: boolean;
}
const options = {
  only: { type: 'string', multiple: true }, rounds: { type: 'string' }, json: { type: 'boolean' }, list: { type: 'boolean' }, guard: { type: 'boolean' }, sweep: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** A text says what is wrong. */
export function askedFor(words: readonly string[]): Asked | string {
  try {
    const { only, rounds, json = false, list = false, guard = false, sweep = false, help = false } = parseArgs({ args: [...words], options }).values;
    const chosen = help ? rows : rowsOf(only?.flatMap((names) => names.split(','))), count = Number(rounds ?? (guard ? 3 : 7));
    if (typeof chosen === 'string') return chosen;
    if (!Number.isInteger(count) || count < 1) return `--rounds ${rounds}: a whole number from 1 on is needed`;
    if (sweep && (json || guard || only)) return '--sweep draws charts of its own; it can be combined only with --rounds';
    if (list && json) return '--list prints text; --json is for figures';
    const wanted = guard ? chosen.filter((row) => row.guard) : chosen;
    if (wanted.length === 0) return `--guard: nothing of --only ${only!.join(',')} is guarded`;
    return { rows: wanted, isWhole: !only && !guard, rounds: count, json, list, guard, sweep, help };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException, [, name = ''] = /'(--?[^' ]*)/.exec(message) ?? [];
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return message;
    return `there is no option ${name}${didYouMean(name, Object.keys(options).map((one) => `--${one}`))}; --help shows them`;
  }
}

/** Rows that are named, all without names; or what is wrong with a name. */
function rowsOf(names: readonly string[] | undefined): readonly Row[] | string {
  if (!names) return rows;
  const known = new Set(rows.flatMap(({ key, work }) => [key, work]));
  const matches = ({ key, work }: Row, name: string): boolean => key === name || work === name || key.startsWith(`${name}_`) || work.startsWith(`${name}-`);
  const unknown = names.find((name) => !rows.some((row) => matches(row, name)));
  if (unknown !== undefined) return `--only ${unknown}: no key and no work is called so${didYouMean(unknown, [...known])}; --list shows them`;
  return rows.filter((row) => names.some((name) => matches(row, name)));
}
