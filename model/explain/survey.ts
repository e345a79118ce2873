//! survey: what of a run can be explained: the instructions that wrote elements, and which of them is meant.
import type { RetiredCursor } from '../cursor.ts';
import { set } from '../instructions/set.ts';
import { operandPosition, operandsOf } from '../isa/instruction.ts';
import { RETIRED_DONE, UNIT_SEQ } from '../limits.ts';

/** Which retirement is meant: by its number, or by its place and the how manieth time (from 1) it went there; else the last that wrote. */
export type Choice = { readonly seq: bigint } | { readonly pc: number; readonly time: number } | undefined;

/** An instruction that has retired in the serial run. */
export interface Retired {
  readonly seq: bigint;
  readonly pc: number;
  readonly words: readonly number[];
  readonly status: number;
  /** Steps of the run before it, and its own: one in the sequencer, dispatch and act elsewhere. */
  readonly stepsBefore: number;
  readonly steps: number;
  readonly record: Uint8Array;
  /** Positions of the operands of which it wrote elements; none where there is nothing to explain. */
  readonly written: readonly number[];
}
/** An instruction of the program that wrote elements, so many times. */
export interface Site { readonly pc: number; readonly times: number; readonly last: Retired }

export interface Survey {
  /** Takes the records of a serial run in their order. */
  readonly take: (record: RetiredCursor) => void;
  readonly found: () => Retired | undefined;
  /** How often the chosen pc retired, and how many instructions did. */
  readonly times: () => number;
  readonly count: () => number;
  /** What can be explained, by pc ascending. */
  readonly sites: () => readonly Site[];
}

/** Steps of a serial run that an instruction takes. */
export const stepsOf = ({ status, unit }: RetiredCursor): number => (status !== RETIRED_DONE || unit === UNIT_SEQ ? 1 : 2);

/** `wanted`: the instructions that somebody can ask for, of those that write elements. */
export function survey(choice: Choice, wanted: (record: RetiredCursor) => boolean = () => true): Survey {
  let steps = 0, found: Retired | undefined, times = 0, count = 0;
  const sites = new Map<number, Site>();
  const take = (record: RetiredCursor): void => {
    const own = stepsOf(record), { pc, seq } = record, stepsBefore = steps;
    const written = record.status === RETIRED_DONE && wanted(record) ? writtenBy(record) : [];
    steps += own;
    count++;
    if (choice && 'pc' in choice && choice.pc === pc) times++;
    const isMeant = choice === undefined ? written.length > 0 : 'seq' in choice ? choice.seq === seq : choice.pc === pc && times === choice.time;
    if (!isMeant && written.length === 0) return;
    const one: Retired = { seq, pc, words: record.words, status: record.status, stepsBefore, steps: own, record: record.bytes(), written };
    if (isMeant) found = one;
    if (written.length > 0) sites.set(pc, { pc, times: (sites.get(pc)?.times ?? 0) + 1, last: one });
  };
  return { take, found: () => found, times: () => times, count: () => count, sites: () => [...sites.values()].sort((a, b) => a.pc - b.pc) };
}

/** Positions of destinations by opcode. */
const destinations: ReadonlyMap<number, readonly number[]> = new Map(set.map((definition) =>
  [definition.opcode, operandsOf(definition).filter(([, field]) => field.role !== 'read').map(([, field]) => operandPosition(field)!)]));

const writtenBy = (record: RetiredCursor): readonly number[] =>
  (destinations.get(record.word(0) & 0xff) ?? []).filter((position) => record.operand(position)?.dims.every((dim) => dim > 0));
