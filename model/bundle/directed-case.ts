//! directed-case: what the directed programs are made of: places of the scratchpad, data at corners, descriptors.
import { assembled } from '../assembler/assembler.ts';
import type { Program, Segment } from '../device.ts';
import { SPACE_ACC, SPACE_SPM } from '../limits.ts';
import { formatByName } from '../numerics/format.ts';
import { dataBytes, tableBytes } from '../verify/corners.ts';
import { mixed, random } from '../verify/random.ts';

/** Places of the scratchpad: what is read, channel tables, and results. */
export const DATA = 0, TABLES = 1024, RESULTS = 2048;
const DATA_BYTES = 1024, TABLE_BYTES = 512, ACC_BYTES = 1024;

export interface Directed { readonly name: string; readonly text: string; readonly program: Program }

/** Data with 3 of 10 values at corners, the same for a name always. */
export function memoryOf(seed: number): readonly Segment[] {
  const next = random(mixed(seed, 7));
  return [
    { space: SPACE_SPM, address: DATA, bytes: dataBytes(formatByName('s8'), DATA_BYTES, next) },
    { space: SPACE_SPM, address: TABLES, bytes: tableBytes(TABLE_BYTES, false, next) },
    { space: SPACE_ACC, address: 0, bytes: dataBytes(formatByName('s32'), ACC_BYTES, next) },
  ];
}

export function caseOf(name: string, seed: number, lines: readonly string[], memory: readonly Segment[] = memoryOf(seed)): Directed {
  const text = `${[...lines, 'halt 0'].join('\n')}\n`;
  return { name, text, program: { ...assembled(text, { file: name }).program, memory } };
}

export const tensor = (t: string, space: string, dtype: string, dims: readonly number[], at: number, stride?: readonly number[]): string =>
  `${t} = ${space} ${dtype} [${dims.join(',')}] at ${at}${stride ? ` stride [${stride.join(',')}]` : ''}`;
export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
