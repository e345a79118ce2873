//! trace.test: laws of traces: both formats keep every bit of a record, convert into each other, and are refused where they break.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { RetiredCursor } from '../model/cursor.ts';
import { Rejected } from '../model/failure.ts';
import { profile } from '../model/machine/profile.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../model/retirement.ts';
import { specification } from '../model/specification.ts';
import { passes, readTrace, recordJson, type TraceFilter, traceHeader, type TraceKind, traceRecord, traceWords } from '../model/trace.ts';

const machine = profile('systole-16'),
  header = { profile: machine.name, hash: machine.hash };

/** Records of a program that moves, computes, skips and traps. */
const records: readonly Uint8Array[] = (() => {
  const device = specification(machine),
    { program } = assembled(`
    A = dram s32 [1, 4] at 0x20 lo [1, 0] fill 0x12   a = spm s32 [2, 4] at 0x0 stride [-4, 1]   b = spm s8 [3] at 0x400
    s1 = 5
    p1 = s1 < 3
    ?p1 nop
    fill b, 3
    load a[4], A          post m1
    binary.add b, b, b    wait m1
    A.dim0 = 0xffffff
    load a, A
    halt 0
    .data dram 0x0
    .s32 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16`);
  device.load(program);
  return [...device.run({ digests: true })].map((record) => record.bytes());
})();
const cursor = (bytes: Uint8Array): RetiredCursor => new RetiredCursor(new DataView(bytes.buffer, bytes.byteOffset));

function written(kind: TraceKind, all: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([traceHeader(kind, header), ...all.map((bytes) => traceRecord(kind, cursor(bytes)))]);
}
function read(pieces: Iterable<Uint8Array>): Uint8Array[] {
  return Array.from(readTrace(pieces, 'x.trace').records, (record) => record.bytes());
}
const pieces = (all: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.subarray(i * size, (i + 1) * size));
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Rejected) return error.message;
    throw error;
  }
  return '';
};

/** Any record that the layout allows, not only those that a machine would write. */
const anyRecord: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.nat(4),
    fc.uint8Array({ minLength: HEAD_BYTES + 4 * operandLayout.size, maxLength: HEAD_BYTES + 4 * operandLayout.size }),
    fc.nat(2),
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
    fc.array(fc.nat(7), { minLength: 4, maxLength: 4 }),
  )
  .map(([count, noise, status, roles, ranks]) => {
    const bytes = noise.slice(0, HEAD_BYTES + count * operandLayout.size),
      view = new DataView(bytes.buffer),
      { at } = retirementLayout;
    view.setUint16(at.bytes, bytes.length, true);
    bytes[at.operandCount] = count;
    bytes[at.status] = status;
    clean(bytes, retirementLayout, 0, HEAD_BYTES);
    for (let i = 0; i < count; i++) {
      const start = HEAD_BYTES + i * operandLayout.size,
        rank = ranks[i]!;
      bytes[start + operandLayout.at.role] = roles[i]!;
      bytes[start + operandLayout.at.rank] = rank;
      for (let axis = rank; axis < 5; axis++) {
        view.setUint32(start + operandLayout.at.dims + 4 * axis, 0);
        view.setUint32(start + operandLayout.at.strides + 4 * axis, 0);
      }
      clean(bytes, operandLayout, start, start + operandLayout.size);
    }
    return bytes;
  });
/** Bytes between the fields of a layout are zero. */
function clean(bytes: Uint8Array, layout: typeof retirementLayout | typeof operandLayout, start: number, end: number): void {
  const size = { u8: 1, u16: 2, u32: 4, i32: 4, i64: 8 } as const,
    used = new Set<number>();
  for (const { item, offset } of layout.items) {
    const [element, count] = typeof item === 'string' ? [item, 1] : item;
    if (typeof element === 'string')
      for (let i = 0; i < size[element as keyof typeof size] * (count as number); i++) used.add(start + offset + i);
  }
  for (let at = start; at < end; at++) if (!used.has(at)) bytes[at] = 0;
}

test('the program of these tests ends in a trap and has a nullified record, so that both are in the trace', () => {
  expect(new Set(records.map((bytes) => cursor(bytes).status))).toEqual(new Set([0, 1, 2]));
});

for (const kind of ['jsonl', 'binary'] as const) {
  test(`a ${kind} trace of a run, read in pieces of any size, is the same records`, () => {
    const file = written(kind, records);
    for (const size of [1, 7, 100, file.length]) expect(read(pieces(file, size))).toEqual(records);
    const trace = readTrace([file], 'x.trace');
    expect([trace.kind, trace.header]).toEqual([kind, header]);
  });

  test(`a ${kind} trace keeps every bit of every record`, () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 4 }), (all) => {
        expect(read([written(kind, all)])).toEqual(all);
      }),
      { numRuns: 150 },
    );
  });

  test(`a ${kind} trace that is cut off anywhere is refused, or ends with a whole record`, () => {
    const file = written(kind, records),
      ends = records.map((_, i) => written(kind, records.slice(0, i)).length).concat(file.length);
    for (let length = 0; length < file.length; length += 13) {
      const message = refusal(() => read([file.subarray(0, length)]));
      expect(ends.includes(length) ? '' : message, `${length} bytes`).toMatch(ends.includes(length) ? /^$/ : /empty|not a trace|truncated/);
    }
  });
}

test('a binary trace in hexadecimal words keeps every bit of every record, though most words that are 0 are left out', () => {
  const inWords = (all: readonly Uint8Array[]): Buffer => Buffer.from(traceWords(header, Buffer.concat(all)));
  fc.assert(
    fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 4 }), (all) => {
      expect(read([inWords(all)])).toEqual(all);
    }),
    { numRuns: 100 },
  );
  const file = inWords(records);
  for (const size of [1, 7, file.length]) expect(read(pieces(file, size))).toEqual(records);
  expect(readTrace([file], 'x.hex')).toMatchObject({ kind: 'binary', header });
  expect(file.length).toBeLessThan(written('binary', records).length);
  expect(refusal(() => read([file.subarray(0, file.lastIndexOf('@'))]))).toContain('truncated');
  expect(refusal(() => read([Buffer.from(`${file}@ffffffff 1\n`)]))).toContain('can hold records up to');
  expect(refusal(() => read([Buffer.from(`${file}word\n`)]))).toContain("found 'word'");
});

test('the binary header is a line that fills a multiple of 64 bytes', () => {
  const bytes = traceHeader('binary', header);
  expect(bytes.length % 64).toBe(0);
  expect(Buffer.from(bytes).toString()).toMatch(/^systole-trace 1 [\da-f]{64} systole-16 *\n$/);
});

test('other files, versions and lines are refused at their line', () => {
  const line = (text: string): Uint8Array => Buffer.from(text),
    good = Buffer.from(traceHeader('jsonl', header)).toString();
  expect(refusal(() => read([line('hello\n')]))).toBe("x.trace:1:1: error: not a trace: its first line is not 'systole-trace 1 …'");
  expect(refusal(() => read([]))).toBe('x.trace: error: the file is empty');
  expect(refusal(() => read([line(good.replace('"version":1', '"version":2'))]))).toMatch(/version 2 of the format; allowed: 1/);
  expect(refusal(() => read([line(`systole-trace 9 ${machine.hash} x\n`)]))).toMatch(/version 9 of the format; allowed: 1/);
  const record = JSON.stringify(recordJson(cursor(records[0]!)));
  expect(refusal(() => read([line(`${good}${record}\n${record.replace('"pc":0', '"pc":-1')}\n`)]))).toBe(
    "x.trace:3:1: error: 'pc' is -1; allowed: 0 to 4294967295",
  );
  expect(refusal(() => read([line(`${good}${record.replace('"seq"', '"sqe"')}\n`)]))).toMatch(/x.trace:2:1: error: 'seq' is missing/);
  expect(refusal(() => read([line(`${good}[1]\n`)]))).toMatch(/a record: not an object/);
  const operands = JSON.stringify(recordJson(cursor(records.find((bytes) => bytes.length > HEAD_BYTES)!)));
  expect(refusal(() => read([line(`${good}${operands.replace(/"dims":\[[^\]]*\]/, '"dims":[]')}\n`)]))).toMatch(/x.trace:2:1: error: \d strides of an operand of rank 0/);
  expect(refusal(() => read([line(`${good}${operands.replace('"dims"', '"rank":0,"dims"')}\n`)]))).toMatch(/x.trace:2:1: error: \d dims of an operand of rank 0/);
  const binary = Buffer.concat([traceHeader('binary', header), Buffer.alloc(200)]);
  expect(refusal(() => read([binary]))).toBe('x.trace: error: record 1 says it has 0 bytes, as no record has');
});

test('bytes of a binary record that belong to no item are 0, or the record is refused: no line of JSON would say them again', () => {
  const index = records.findIndex((bytes) => bytes.length > HEAD_BYTES), changed = (byte: number): readonly Uint8Array[] => records.map((bytes, i) => (i === index ? bytes.with(byte, 0xe4) : bytes));
  const operand = HEAD_BYTES + operandLayout.at.address - 1, inHead = retirementLayout.at.seq - 1;
  expect(refusal(() => read([written('binary', changed(operand))]))).toBe(`x.trace: error: record ${index + 1} has operand d with bytes between its items that are not 0`);
  expect(refusal(() => read([written('binary', changed(inHead))]))).toBe(`x.trace: error: record ${index + 1} has bytes between its items that are not 0`);
});

test('a filter lets through what meets all its criteria', () => {
  const kept = (filter: TraceFilter): string[] =>
    records
      .map(cursor)
      .filter(passes(filter))
      .map((record) => String(recordJson(record).unit) + record.pc);
  const everything = kept({});
  expect(everything).toHaveLength(records.length);
  expect(kept({ units: [1] }).every((text) => text.startsWith('dmi'))).toBe(true);
  expect(kept({ mnemonics: ['load', 'fill'], statuses: [0] })).toHaveLength(2);
  expect(kept({ statuses: [1] })).toHaveLength(1);
  expect(kept({ pc: [0, 0] })).toEqual([everything[0]]);
  expect(kept({ seq: [1n, 2n] })).toHaveLength(2);
  // a has a negative stride: from 0x0 it reaches rows at 0x10 and 0x0 when its offset is 4.
  expect(kept({ touches: { space: 2, low: 0n, high: 0n }, statuses: [0] })).toHaveLength(1);
  expect(kept({ touches: { space: 2, low: 0x400n, high: 0x400n } })).toHaveLength(2);
  expect(kept({ touches: { space: 2, low: 0x403n, high: 0x500n } })).toHaveLength(0);
});
