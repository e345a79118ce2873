//! numerics-testfloat: the exact arithmetic gives the words and flags of Berkeley TestFloat, file by file.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ElementMode } from '../model/numerics/arithmetic.ts';
import { binary, convert, fma, unary, write } from '../model/numerics/arithmetic.ts';
import type { RoundName } from '../model/numerics/exact.ts';
import { squareRoot, unpack } from '../model/numerics/exact.ts';
import type { Format } from '../model/numerics/format.ts';
import { formatByName, quietNan } from '../model/numerics/format.ts';
import type { Rounded } from '../model/numerics/round.ts';
import { sample } from './runs.ts';
import { dataLines, vectorTest } from './vectors.ts';

const rowsPerFile = 400;
const directions: Readonly<Record<string, RoundName>> = { rne: 'rne', rtz: 'rz', rdn: 'rd', rup: 'ru', rna: 'rna' };
const formatNames: Readonly<Record<string, string>> = { f32: 'fp32', f16: 'fp16', bf16: 'bf16', i32: 's32', ui32: 'u32' };

vectorTest('testfloat', 'every TestFloat file: results and flags are equal word for word', (folder) => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.txt.gz'));
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) {
    const [name, direction] = file.split('.') as [string, string];
    const rows = sample(dataLines(join(folder, file)), rowsPerFile);
    const wrong = rows.map((row) => difference(name, directions[direction]!, row)).filter((found) => found !== undefined);
    expect(wrong.slice(0, 5), `${file}: ${wrong.length} of ${rows.length} rows differ`).toEqual([]);
  }
});

/** What differs in one row of a file, or undefined. */
function difference(name: string, direction: RoundName, row: string): string | undefined {
  const words = row.split(' ');
  const operation = operations(name);
  const operands = words.slice(0, operation.operandCount).map((word) => BigInt(`0x${word}`));
  const expected = BigInt(`0x${words[operation.operandCount]!}`);
  const flagWord = words[operation.operandCount + 1];
  const mode: ElementMode = {
    round: direction, isat: true, fsat: false, ftz: 0, daz: 0, minmax: 0, nan: quietNan(operation.to),
  };
  const result = operation.run(operands, mode);
  if (result.bits !== expected) return `${row}: found ${result.bits.toString(16)}`;
  if (flagWord === undefined) return undefined;
  const raised = [result.inexact, result.underflow, result.overflow, result.divideByZero, result.invalid];
  const flags = raised.reduce((word, event, bit) => (event ? word | (1 << bit) : word), 0);
  return flags === Number.parseInt(flagWord, 16) ? undefined : `${row}: found flags ${flags.toString(16)}`;
}

interface Operation {
  readonly operandCount: number;
  readonly from: Format;
  readonly to: Format;
  readonly run: (operands: readonly bigint[], mode: ElementMode) => Rounded;
}

function operations(name: string): Operation {
  const [source, ...rest] = name.split('_') as [string, ...string[]];
  const from = formatByName(formatNames[source]!);
  const to = rest[0] === 'to' ? formatByName(formatNames[rest[1]!]!) : from;
  const element = (bits: bigint | undefined) => ({ format: from, bits: bits! });
  switch (rest[0]) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div': {
      const op = rest[0];
      return { operandCount: 2, from, to, run: ([a, b], mode) => binary(op, element(a), element(b), to, mode) };
    }
    case 'mulAdd': return { operandCount: 3, from, to, run: ([a, b, c], mode) => fma(element(a), element(b), element(c), to, mode) };
    case 'sqrt': return { operandCount: 1, from, to, run: ([a], mode) => write(to, squareRoot(unpack(from, a!)), mode, unpack(from, a!)) };
    case 'roundToInt': return { operandCount: 1, from, to, run: ([a], mode) => unary('rint', element(a), to, mode) };
    case 'to': return { operandCount: 1, from, to, run: ([a], mode) => convert(element(a), to, mode) };
    default: throw new Error(`no operation for ${name}`);
  }
}
