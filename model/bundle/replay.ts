//! replay: a case of a bundle on a device: the first record, or the first byte of memory, that is not as the bundle has it.
import { type OperandView, RetiredCursor } from '../cursor.ts';
import type { Device } from '../device.ts';
import { printInstruction } from '../assembler/disassembler.ts';
import { bitsText } from '../files/elements.ts';
import { ROLE_WRITE, spaceNames, unitNames } from '../limits.ts';
import { formatByCode } from '../numerics/format.ts';
import { recordJson } from '../trace.ts';
import { bundleSpaces, STEPS_MAX } from './observe.ts';
import { type Case, equal } from './open.ts';

/** What differs first. `says` is for people; `element` is the index into the operand that was written, where one can be named. */
export interface Unlike {
  readonly case: string;
  readonly seq?: string;
  readonly pc?: number;
  readonly field: string;
  readonly operand?: string;
  readonly element?: readonly number[];
  readonly expected: string;
  readonly found: string;
  readonly says: string;
}

const letters = ['d', 'a', 'b', 'c'];

/** Undefined where every record and every byte that counts is as the bundle has it. */
export function replayCase(device: Device, one: Case): Unlike | undefined {
  device.load(one.program);
  const running = device.run({ ring: 1, digests: true, budget: STEPS_MAX });
  let index = 0;
  for (;;) {
    const next = running.next();
    if (next.done) break;
    const expected = one.records[index];
    if (!expected) return { case: one.entry.name, seq: String(next.value.seq), pc: next.value.pc, field: 'retirements', expected: String(one.records.length), found: 'more', says: `${one.entry.name}: more than ${one.records.length} instructions retire; the first one too many is ${textOf(next.value)}` };
    if (!equal(next.value.bytes(), expected)) return recordUnlike(device, one, cursorOf(expected), next.value);
    index++;
  }
  if (index < one.records.length) {
    const missing = cursorOf(one.records[index]!);
    return { case: one.entry.name, seq: String(missing.seq), pc: missing.pc, field: 'retirements', expected: String(one.records.length), found: String(index), says: `${one.entry.name}: the run ends after ${index} of ${one.records.length} records; ${textOf(missing)} is missing` };
  }
  for (const space of bundleSpaces) {
    const found = memoryUnlike(one, space, (address, count) => device.read(space, address, count));
    if (found) return found;
  }
  return undefined;
}

export const cursorOf = (bytes: Uint8Array): RetiredCursor => new RetiredCursor(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
export const textOf = (record: RetiredCursor): string => `${unitNames[record.unit] ?? record.unit} #${record.order} (seq ${record.seq}, pc ${record.pc}) \`${printInstruction(record.words)}\``;

function recordUnlike(device: Device, { entry, expected: memory }: Case, expected: RetiredCursor, found: RetiredCursor): Unlike {
  const at = { case: entry.name, seq: String(expected.seq), pc: expected.pc };
  const [wanted, got] = [recordJson(expected), recordJson(found)], fields = [...new Set([...Object.keys(wanted), ...Object.keys(got)])];
  const field = fields.find((name) => JSON.stringify(wanted[name]) !== JSON.stringify(got[name]))!, show = (value: unknown): string => JSON.stringify(value) ?? 'absent';
  if (field !== 'operands') return { ...at, field, expected: show(wanted[field]), found: show(got[field]), says: `${entry.name}: ${textOf(expected)}: ${field} is ${show(got[field])}, expected ${show(wanted[field])}` };
  const position = letters.findIndex((_, i) => JSON.stringify(operandText(expected, i)) !== JSON.stringify(operandText(found, i))), letter = letters[position]!;
  const operand = found.operand(position), where = operand && expected.operand(position) ? firstElement(device, memory, operand) : undefined;
  const element = where ? `; the first element that the final memory has otherwise: [${where.index.join(', ')}] is ${where.found}, expected ${where.expected}` : '';
  return { ...at, field: `operands.${letter}`, operand: letter, ...(where ? { element: where.index } : {}), expected: operandText(expected, position), found: operandText(found, position),
    says: `${entry.name}: ${textOf(expected)}: operand ${letter} is ${operandText(found, position)}, expected ${operandText(expected, position)}${element}` };
}
const operandText = (record: RetiredCursor, position: number): string => {
  const t = record.operand(position);
  return t ? `${spaceNames[t.space] ?? t.space}:0x${(t.address >> 3n).toString(16)} ${formatByCode(t.dtype)?.name ?? t.dtype} [${t.dims.join(', ')}]${t.role & ROLE_WRITE ? ` digest ${t.digest.toString(16).padStart(8, '0')}` : ''}` : 'absent';
};

/** The first element of a written operand that differs from what memory holds at the end, if nothing wrote over it since. */
function firstElement(device: Device, memory: Case['expected'], t: OperandView): { readonly index: readonly number[]; readonly expected: string; readonly found: string } | undefined {
  const format = formatByCode(t.dtype)!, size = Math.max(1, format.width / 8), sections = memory.get(t.space) ?? [];
  for (const [index, address] of elements(t)) {
    const section = sections.find((one) => address >= one.address && address + size <= one.address + one.bytes.length);
    if (!section) continue;
    const wanted = section.bytes.subarray(address - section.address, address - section.address + size), got = device.read(t.space, address, size);
    if (!equal(got, wanted)) return { index, expected: bitsText(format, little(wanted)), found: bitsText(format, little(got)) };
  }
  return undefined;
}
export const little = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** Index and byte address of each element, row-major. */
export function* elements(t: OperandView): Generator<readonly [readonly number[], number]> {
  const width = formatByCode(t.dtype)!.width, index = t.dims.map(() => 0);
  if (t.dims.includes(0)) return;
  for (;;) {
    yield [[...index], Math.floor((Number(t.address) + width * index.reduce((sum, i, axis) => sum + i * t.strides[axis]!, 0)) / 8)];
    let axis = index.length - 1;
    while (axis >= 0 && ++index[axis]! === t.dims[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}

/** The first byte of a space after the run that counts and differs, with the last record that wrote it. */
export function memoryUnlike({ entry, expected, records }: Case, space: number, read: (address: number, count: number) => Uint8Array): Unlike | undefined {
  for (const { address, bytes, known } of expected.get(space)!) {
    const found = read(address, bytes.length), at = found.findIndex((byte, k) => byte !== bytes[k] && known?.[k] !== 0);
    if (at < 0) continue;
    const byte = address + at, writer = lastWriter(records, space, byte), hex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;
    const by = writer ? `; ${textOf(writer.record)} wrote it last, element [${writer.index.join(', ')}]` : '; no instruction wrote it';
    return { case: entry.name, field: `memory.${spaceNames[space]}`, ...(writer ? { seq: String(writer.record.seq), pc: writer.record.pc, element: writer.index } : {}), expected: hex(bytes[at]!), found: hex(found[at]!),
      says: `${entry.name}: ${spaceNames[space]}:0x${byte.toString(16)} holds ${hex(found[at]!)} after the run, expected ${hex(bytes[at]!)}${by}` };
  }
  return undefined;
}

export function lastWriter(records: readonly Uint8Array[], space: number, byte: number): { readonly record: RetiredCursor; readonly index: readonly number[] } | undefined {
  for (const bytes of [...records].reverse()) {
    const record = cursorOf(bytes);
    for (let position = 0; position < record.operandCount; position++) {
      const t = record.operand(position);
      if (!t || (t.role & ROLE_WRITE) === 0 || t.space !== space || record.status !== 0) continue;
      const size = Math.max(1, formatByCode(t.dtype)!.width / 8);
      for (const [index, address] of elements(t)) if (byte >= address && byte < address + size) return { record, index };
    }
  }
  return undefined;
}
