//! report: figures as lines of a table, as JSON, and the machine that they were measured on.
import { cpus, loadavg, totalmem } from 'node:os';
import { bars } from './chart.ts';
import type { Natives } from './native.ts';
import type { Spread } from './rounds.ts';
import type { Row } from './table.ts';

export interface Measured extends Spread {
  readonly name: string;
  readonly unit: string;
}
/** A figure, or why there is none; and the contenders of its work that were there. */
export type Found = { readonly row: Row; readonly contenders: readonly Measured[] } & (Spread | { readonly why: string });

export interface Machine {
  readonly says: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export function machine({ compiler, simulator }: Natives): Machine {
  const [processor] = cpus(), load = loadavg().map((value) => value.toFixed(1)), { node, v8 } = process.versions;
  const facts = { processor: processor?.model, cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), node, v8, compiler: compiler ?? null, simulator: simulator ?? null, load: load.map(Number) };
  return { facts, says: `${cpus().length} x ${processor?.model}, Node ${node} (V8 ${v8}), ${compiler ?? 'no C compiler'}, ${simulator ?? 'no Verilator'}; load ${load.join(' ')}` };
}

/** Columns of the longest key. */
const KEY = 31;
/** One row of the table before it is measured. */
export function head({ key, work, says, unit, formed, atLeast, atMost }: Row): string {
  const how = 'rate' in formed ? `${formed.rate} in ${unit}` : 'ratio' in formed ? formed.ratio.join(' / ') : formed.excess.join(' - ');
  return `${key.padEnd(KEY)} ${goal(atLeast, atMost).padEnd(9)} ${work.padEnd(17)} ${how}\n${''.padEnd(KEY + 1)}${says}`;
}

/** The figure with its range over the rounds, and beside it the contenders. */
export function lineOf(found: Found): string {
  const { row, contenders } = found, { atLeast, atMost, unit } = row;
  const beside = contenders.map(({ name, median, unit: of }) => `${name} ${scaled(median, of)}`).join(', ');
  if ('why' in found) return `${row.key.padEnd(KEY)} ${'null'.padStart(9)} ${unit.padEnd(8)} ${found.why}${beside && ` (${beside})`}`;
  const missed = !reached(row, found.median);
  return `${row.key.padEnd(KEY)} ${short(found.median).padStart(9)} ${unit.padEnd(8)} ${`${short(found.low)} .. ${short(found.high)}`.padEnd(19)} ${goal(atLeast, atMost).padEnd(9)}${missed ? ' MISSED ' : '        '} ${beside}`.trimEnd();
}

export function reached({ atLeast = -Infinity, atMost = Infinity }: Row, value: number): boolean {
  return value >= atLeast && value <= atMost;
}

/** Every key with its median or null; details beside them. */
export function jsonOf(all: readonly Found[], before: Machine, after: Machine): object {
  const value = (found: Found): number | null => ('why' in found ? null : Number(found.median.toPrecision(4)));
  return {
    ...Object.fromEntries(all.map((found) => [found.row.key, value(found)])),
    machine: before.facts,
    noise: { loadBefore: before.facts['load'], loadAfter: after.facts['load'], clock: 'processor time; low and high are the range over rounds' },
    details: all.map((found) => {
      const { key, says, unit, atLeast, atMost, work } = found.row;
      const figure = 'why' in found ? { value: null, why: found.why } : { value: value(found), low: found.low, high: found.high, reached: reached(found.row, found.median) };
      return { key, ...figure, unit, atLeast, atMost, work, says, contenders: found.contenders };
    }),
  };
}

/** The figures as a table of a page, and where they were measured. */
export function pageOf(all: readonly Found[], before: Machine, after: Machine): string {
  const cell = (found: Found): string => ('why' in found ? `(${found.why})` : `${short(found.median)} | ${short(found.low)} to ${short(found.high)}`);
  const lines = all.map((found) => `| \`${found.row.key}\` | ${'why' in found ? `none ${cell(found)} |` : cell(found)} | ${found.row.unit} | ${goal(found.row.atLeast, found.row.atMost)} |`);
  return `Measured on ${before.says}, and ${String(after.facts['load'])} at the end.\n\n| key | median | range | unit | goal |\n|---|---|---|---|---|\n${lines.join('\n')}\n`;
}

/** Figures that have goals, each as a share of its own. */
export function chartOf(all: readonly Found[], { says }: Machine): string {
  const measured = all.flatMap((one) => ('median' in one && MAIN.test(one.row.key) && (one.row.atLeast ?? one.row.atMost) !== undefined ? [one] : []));
  const share = ({ row: { atLeast, atMost }, median }: (typeof measured)[0]): number => (atLeast === undefined ? atMost! / Math.max(median, 1e-9) : median / atLeast);
  return bars('Fraction of each goal that is reached; lighter where it is missed', says.split('; load')[0]!, measured.map((one) => {
    const { key, unit, atLeast, atMost } = one.row;
    return { label: key.replaceAll('_', ' '), share: share(one), text: `${short(one.median)} ${unit} (goal ${goal(atLeast, atMost)})` };
  }), 1);
}
/** Rows for one shape among many say more in a table. */
const MAIN = /^(?!int8_(?!gemm_vs|tile16_vs)|dma_[12]d_\d|dma_store|bf16_gemm_\d)/;

const goal = (atLeast?: number, atMost?: number): string => (atLeast === undefined ? (atMost === undefined ? '' : `<= ${atMost}`) : `>= ${atLeast}`);
const short = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : Math.abs(value) >= 0.1 ? value.toFixed(2) : value.toFixed(4));

function scaled(value: number, unit: string): string {
  if (!unit.endsWith('/s')) return `${short(value)} ${unit}`;
  const [per, letter] = value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : value >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${short(value / per)} ${letter}${unit}`;
}
