//! compare-traces.rtl.test: laws of systole compare: every legal order is accepted, every illegal edge and every wrong field is named.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareTraces, type CompareMode, type Verdict } from '../model/comparison/traces.ts';
import { RetiredCursor } from '../model/cursor.ts';
import { engine } from '../model/engine.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../model/retirement.ts';
import { readTold, recordJson, type Told, traceHeader, traceRecord, traceWords } from '../model/trace.ts';
import { observe } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { random } from '../model/verify/random.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { folder, inShell, setUp, systole, tearDown } from './command-line.ts';
import { knobs, listing, profiles } from './laws-harness.ts';

const of = profiles['odd-3x5']!, device = engine(of), header = { profile: of.name, hash: of.hash };
const cursor = (bytes: Uint8Array): RetiredCursor => new RetiredCursor(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
const everyUnit = [0, 1, 2, 3, 4, 5];

function* told(records: readonly Uint8Array[]): Generator<Told, void> {
  for (const [i, bytes] of records.entries()) yield { unit: cursor(bytes).unit, order: cursor(bytes).order, place: `record ${i + 1}`, like: () => cursor(bytes) };
}
const compared = (ours: readonly Uint8Array[], theirs: readonly Uint8Array[], mode: CompareMode = 'unit', units = everyUnit): Verdict =>
  compareTraces(ours.map(cursor), told(theirs), { mode, units });

/** Programs with their serial records, and those of a random schedule. */
const runs = Array.from({ length: 24 }, (_, seed) => {
  const resolved = generate(seed, of, knobs[seed % 2 ? 'sync' : 'smoke']!);
  const { records, status } = observe(device, resolved.program, { digests: true });
  const other = observe(device, resolved.program, { digests: true, schedule: randomSchedule(seed), queueDepth: 1 + (seed % 16) });
  return { seed, resolved, status, records, other: other.records };
}).filter(({ status }) => status === 'halted');

test('the trace of any legal schedule is accepted; in strict mode only the serial order is', () => {
  let reordered = 0;
  for (const { resolved, records, other } of runs) {
    expect(compared(records, other).says, listing(resolved)).toBe('');
    expect(compared(records, other, 'final').says).toBe('');
    expect(compared(records, records, 'strict').says).toBe('');
    const isSerial = other.every((bytes, i) => cursor(bytes).seq === cursor(records[i]!).seq);
    if (isSerial) continue;
    reordered++;
    expect(compared(records, other, 'strict')).toMatchObject({ kind: 'edge' });
  }
  expect(reordered).toBeGreaterThan(5);
});

test('two neighbours of the serial run may change places if and only if needs do not order them, and the edge is named', () => {
  let edges = 0, free = 0;
  for (const { resolved, records } of runs.filter(({ records: all }) => all.length < 90).slice(0, 8)) {
    for (let i = 0; i + 1 < records.length; i++) {
      const swapped = [...records.slice(0, i), records[i + 1]!, records[i]!, ...records.slice(i + 2)], [one, next] = [cursor(records[i]!), cursor(records[i + 1]!)];
      const verdict = compared(records, swapped);
      if (one.unit === next.unit) { expect(verdict.kind).toBe('order'); continue; }
      if (verdict.kind === undefined) { free++; continue; }
      edges++;
      expect(verdict, listing(resolved)).toMatchObject({ kind: 'edge', at: { seq: Number(next.seq) }, before: { seq: Number(one.seq) } });
      expect(verdict.says).toMatch(/^\w+ #\d+ \(seq \d+, pc \d+, .+\) retired before \w+ #\d+ \(seq \d+, pc \d+, .+\)( that posts m\d+)?$/);
    }
  }
  expect(edges).toBeGreaterThan(20);
  expect(free).toBeGreaterThan(20);
});

test('every bit of every field counts, but for what belongs to the schedule', () => {
  const next = random(7), skipped = new Set([retirementLayout.at.options, retirementLayout.at.bytes, retirementLayout.at.bytes + 1, retirementLayout.at.operandCount]);
  let found = 0;
  for (const { records } of runs.slice(0, 12)) {
    for (let round = 0; round < 40; round++) {
      const which = next() % records.length, bytes = Uint8Array.from(records[which]!), at = next() % bytes.length, bit = next() % 8;
      bytes[at] = bytes[at]! ^ (1 << bit);
      if (skipped.has(at) || JSON.stringify(recordJson(cursor(bytes))) === JSON.stringify(recordJson(cursor(records[which]!)))) continue;
      const inOperand = at >= HEAD_BYTES ? (at - HEAD_BYTES) % operandLayout.size : -1, isDigest = inOperand >= operandLayout.at.digest;
      const wasDigest = at >= HEAD_BYTES && new DataView(records[which]!.buffer, records[which]!.byteOffset).getUint32(HEAD_BYTES + Math.floor((at - HEAD_BYTES) / operandLayout.size) * operandLayout.size + operandLayout.at.digest, true) !== 0;
      const verdict = compared(records, records.map((record, i) => (i === which ? bytes : record)));
      if (isDigest && !wasDigest) continue;
      expect(verdict.kind, `byte ${at} bit ${bit}`).toBeDefined();
      found++;
    }
  }
  expect(found).toBeGreaterThan(100);
});

test('a record that is missing, one that is surplus, and a wrong last digest are named', () => {
  const { records } = runs.find(({ records: all }) => all.length > 10)!;
  expect(compared(records, records.slice(0, -1)).says).toMatch(/^seq #\d+ \(seq \d+, pc \d+, halt \d+\) never retired$/);
  expect(compared(records.slice(0, -1), records).says).toMatch(/^seq #\d+ retired, but the program has \d+ instructions of seq$/);
  const writer = runs.flatMap(({ records: all }) => all.map((bytes, i) => ({ all, bytes, i }))).findLast(({ bytes }) => cursor(bytes).operand(0)?.digest)!;
  const wrong = Uint8Array.from(writer.bytes), at = HEAD_BYTES + operandLayout.at.digest;
  wrong[at] = wrong[at]! ^ 1;
  const theirs = writer.all.map((record, i) => (i === writer.i ? wrong : record));
  expect(compared(writer.all, theirs, 'final')).toMatchObject({ kind: 'region', field: 'digest' });
  expect(compared(writer.all, theirs).says).toMatch(/: digest of d: expected 0x[\da-f]+, found 0x[\da-f]+$/);
});

test('a design that is one unit is compared alone, also against what it needs of others', () => {
  for (const { records } of runs) {
    const mine = records.filter((bytes) => cursor(bytes).unit === 4);
    expect(compared(records, mine, 'unit', [4]).says).toBe('');
    if (mine.length > 0) expect(compared(records, mine.slice(1), 'unit', [4]).kind).toMatch(/^(order|missing)$/);
  }
});

test('a partial trace tells only what its first line says; what it leaves out of that is zero', () => {
  const { records } = runs.find(({ records: all }) => all.some((bytes) => cursor(bytes).result !== 0))!;
  const lines = (fields: readonly string[], of: (record: RetiredCursor) => object): Told[] => {
    const text = [JSON.stringify({ format: 'systole-trace', version: 1, fields }), ...records.map((bytes) => JSON.stringify(of(cursor(bytes)))), ''].join('\n');
    return [...readTold([new TextEncoder().encode(text)], 'theirs.jsonl').records];
  };
  const judged = (all: readonly Told[]): string => compareTraces(records.map(cursor), all, { mode: 'unit', units: everyUnit }).says;
  expect(judged(lines(['unit'], ({ unit }) => ({ unit })))).toBe('');
  expect(judged(lines(['unit', 'pc', 'digest'], (record) => {
    const { unit, pc, operands = {} } = recordJson(record) as { unit: string; pc: number; operands?: Record<string, { digest?: number }> };
    return { unit, pc, operands: Object.fromEntries(Object.entries(operands).map(([letter, { digest }]) => [letter, { digest }])) };
  }))).toBe('');
  expect(judged(lines(['unit', 'result'], ({ unit }) => ({ unit })))).toMatch(/: result: expected 0x[\da-f]+, found 0x0$/);
  expect(judged(lines(['unit', 'pc'], ({ unit, pc }) => ({ unit, pc: pc + 1 })))).toMatch(/: pc: expected 0x/);
});

// ---- the command
beforeAll(setUp, 300_000);
afterAll(tearDown);

test('systole compare ends with 0, 1 and 3, and reads JSONL, binary, folders and stdin', { timeout: 60_000 }, async () => {
  const { records, other } = runs.find(({ records: all }) => all.length > 10)!;
  const file = (name: string, kind: 'jsonl' | 'binary', all: readonly Uint8Array[]): void =>
    writeFileSync(join(folder, name), Buffer.concat([traceHeader(kind, header), ...all.map((bytes) => traceRecord(kind, cursor(bytes)))]));
  file('ours.bin', 'binary', records);
  file('theirs.jsonl', 'jsonl', other);
  file('short.jsonl', 'jsonl', other.slice(0, -1));
  inShell('mkdir -p case');
  writeFileSync(join(folder, 'case/retire.hex'), traceWords(header, Buffer.concat(records)));
  const compare = (...words: readonly string[]) => systole(['compare', ...words].join(' '));
  expect(await compare('ours.bin', 'theirs.jsonl')).toMatchObject({ code: 0, out: expect.stringMatching(/^equal: \d+ records, unit order seq pc /) });
  expect(await compare('case', 'theirs.jsonl', '--json')).toMatchObject({ code: 0, out: expect.stringContaining('"equal": true') });
  expect(await compare('ours.bin', 'short.jsonl')).toMatchObject({ code: 1, out: expect.stringContaining('never retired') });
  expect(await compare('theirs.jsonl', 'ours.bin', '--mode', 'strict')).toMatchObject({ code: 3 });
  expect(await compare('ours.bin', 'theirs.jsonl', '--mode', 'unti')).toMatchObject({ code: 3, err: expect.stringContaining("did you mean 'unit'") });
  writeFileSync(join(folder, 'wrong.jsonl'), readFileSync(join(folder, 'theirs.jsonl'), 'utf8').replace(of.hash, '0'.repeat(64)));
  expect(await compare('ours.bin', 'wrong.jsonl')).toMatchObject({ code: 3, err: expect.stringContaining('has profile') });
});
