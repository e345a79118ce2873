//! closed: an instruction with everything it needs captured by value, and its two forms: objects, and the binary record.
import { bitsOf, decode, decodeHead, exists, type Head } from '../isa/codec.ts';
import { baseParts, padPart, partOf, typeParts } from '../isa/descriptor.ts';
import type { WrittenOperand } from '../isa/field.ts';
import { type Definition, destinationOf, isOperand, LAST_CODE_FOR_EMPTY, operandPosition, operandsOf, sourcesOf } from '../isa/instruction.ts';
import type { Rule } from '../isa/rule.ts';
import { isEmpty } from '../isa/tensor.ts';
import { modeFields, type Mode, STOCHASTIC, type Tensor, type View } from '../isa/view.ts';
import { MODE_WORDS, OPERAND_MAX, RANK_MAX, type Role, roleCode, TRAP_RESERVED } from '../limits.ts';
import { formatByCode } from '../numerics/format.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../retirement.ts';

export interface Closed {
  readonly definition: Definition | undefined;
  readonly words: readonly number[];
  readonly head: Required<Head>;
  readonly seq: bigint;
  readonly pc: number;
  readonly unit: number;
  readonly operands: readonly (Tensor | undefined)[];
  readonly scalars: readonly [number, number];
  readonly modeWords: readonly number[];
  /** Field values as execute sees them. */
  // biome-ignore lint/suspicious/noExplicitAny: typed by each definition
  readonly captured: any;
}

/** What acting adds to a record. */
export interface Outcome {
  readonly trap: number; readonly status: number; readonly options: number; readonly order: number; readonly result: number;
  readonly auxiliary: number; readonly events: readonly number[]; readonly address: bigint; readonly digests: readonly number[];
}

/** What capturing needs of the machine. */
export interface Registers { readonly registers: Uint32Array; readonly tensors: readonly Uint32Array[]; readonly modes: readonly Uint32Array[] }

/** Nothing captured: an instruction that traps before its fields mean anything. */
export const empty = (definition: Definition | undefined, words: readonly number[], seq: bigint, pc: number): Closed => ({
  definition, words, head: decodeHead(words), seq, pc, unit: definition && definition.unit !== 'agent' ? definition.unit : 0, operands: [], scalars: [0, 0], modeWords: zeroMode, captured: {},
});

/** Capture operands, registers and mode by value. */
export function capture(definition: Definition, words: readonly number[], seq: bigint, pc: number, from: Registers): Closed {
  const { fields } = definition, operands: (Tensor | undefined)[] = [];
  for (const [, field] of operandsOf(definition)) {
    const bits = bitsOf(words, field), position = operandPosition(field)!;
    if (!exists(fields, field, words) || (field.kind === 'bare' && bits === 0)) continue;
    const { t, s, imm } = field.kind === 'bare' ? { t: bits & 63, s: 0, imm: 0 } : (field.decode(bits) as WrittenOperand);
    const updated = field.view?.updates !== undefined && bitsOf(words, fields[field.view.updates]!) !== 0;
    const offset = BigInt(from.registers[s]! | 0) + BigInt(imm);
    while (operands.length < position) operands.push(undefined);
    operands[position] = tensor(position, updated ? 'both' : field.role!, t, from.tensors[t]!, offset, field.view?.single === true);
  }
  const scalars: [number, number] = [0, 0];
  sourcesOf(definition).forEach(([, field], i) => { if (exists(fields, field, words)) scalars[i as 0 | 1] = from.registers[bitsOf(words, field)]!; });
  const head = decodeHead(words), masks = maskWords(definition);
  const modeWords = usedWords(masks, masks.map((mask, i) => (from.modes[head.mode]![i]! & mask) >>> 0));
  return complete({ definition, words, head, seq, pc, unit: unitOf(definition, words), operands, scalars, modeWords });
}

/** The unit in whose queue the instruction runs. */
export const unitOf = (definition: Definition, words: readonly number[]): number =>
  definition.unit === 'agent' ? bitsOf(words, definition.fields.agent!) : definition.unit;

function complete(of: Omit<Closed, 'captured'>): Closed {
  const { definition, words, operands, scalars, modeWords } = of;
  const sources = sourcesOf(definition!).map(([name]) => name);
  const captured = Object.entries(decode(definition!, words)).map(([name, value]) => {
    const field = definition!.fields[name]!;
    return [name, isOperand(field) ? operands[operandPosition(field)!] : field.kind === 'source' ? scalars[sources.indexOf(name) as 0 | 1] : value];
  });
  return { ...of, captured: { ...Object.fromEntries(captured), mode: modeOf(modeWords) } };
}

function tensor(position: number, role: Role, t: number, words: Uint32Array, offset: bigint, single: boolean): Tensor {
  const raw = [...words], dtype = partOf(raw[0]!, typeParts.dtype), format = formatByCode(dtype), width = BigInt(format?.width ?? 0);
  const rank = partOf(raw[0]!, typeParts.rank), axes = Math.min(rank, RANK_MAX), base = (BigInt(partOf(raw[2]!, baseParts.base_hi)) << 32n) | BigInt(raw[1]!);
  const dims = raw.slice(3, 3 + axes).map((dim) => (single ? Math.min(dim, 1) : dim));
  return freeze({
    position, role, t, raw, space: partOf(raw[0]!, typeParts.space), dtype, rank, address: 8n * base + width * offset, dims,
    strides: raw.slice(8, 8 + axes).map((stride) => stride | 0), padLow: raw[13]!, padHigh: raw[14]!, fill: raw[15]!,
  });
}
function freeze(of: {
  position: number; role: Role; t: number; raw: readonly number[]; space: number; dtype: number; rank: number; address: bigint;
  dims: readonly number[]; strides: readonly number[]; padLow: number; padHigh: number; fill: number;
}): Tensor {
  const format = formatByCode(of.dtype), pads = (word: number): bigint[] => of.dims.map((_, axis) => BigInt(partOf(word, padPart(axis))));
  return {
    ...of, format, width: BigInt(format?.width ?? 0), dims: of.dims.map(BigInt), strides: of.strides.map(BigInt),
    padLow: pads(of.padLow), padHigh: pads(of.padHigh), fill: BigInt(of.fill),
  };
}

/** Does a rule hold for what was captured? One that speaks of an absent operand does. */
export function holds(rule: Rule, { definition, operands, captured, words }: Closed, view: View): boolean {
  const values = rule.operands.map((name) => {
    if (name === 'mode') return captured.mode;
    const field = definition!.fields[name]!;
    if (isOperand(field)) return operands[operandPosition(field)!];
    return field.kind === 'source' ? captured[name] : bitsOf(words, field);
  });
  const missing = rule.operands.some((name, i) => name !== 'mode' && isOperand(definition!.fields[name]) && values[i] === undefined);
  return missing || rule.holds(view, ...values);
}
/** The first broken rule, if any, of those that are looked at behind the predicate. An empty destination needs no more than its shape. */
export function brokenRule(closed: Closed, view: View): Rule | undefined {
  const { definition, operands } = closed, destination = destinationOf(definition!), d = destination && operands[operandPosition(destination[1])!];
  const last = d && isEmpty(d) ? LAST_CODE_FOR_EMPTY : Number.POSITIVE_INFINITY;
  return definition!.rules.find((rule) => rule.trap > TRAP_RESERVED && rule.trap <= last && !holds(rule, closed, view));
}

const zeroMode: readonly number[] = Array.from({ length: MODE_WORDS }, () => 0);
/** Bits of the eight mode words that the instruction captures. */
export function maskWords(definition: Definition): number[] {
  const masks = [...zeroMode];
  for (const { name, word, low, width } of modeFields) {
    if (definition.mode.includes(name)) masks[word] = (masks[word]! | (width === 32 ? -1 : (2 ** width - 1) << low)) >>> 0;
  }
  return masks;
}
/** What rounds has key and stream only where it rounds stochastically (machine details, section 4). */
function usedWords(masks: readonly number[], words: readonly number[]): readonly number[] {
  const [round, key, stream] = (['round', 'key', 'stream'] as const).map((name) => modeFields.find((field) => field.name === name)!);
  const roundOf = (word: number): number => (word >>> round!.low) & (2 ** round!.width - 1);
  if (roundOf(masks[round!.word]!) === 0 || roundOf(words[round!.word]!) === STOCHASTIC) return words;
  return words.map((word, i) => (i === key!.word || i === stream!.word ? 0 : word));
}
function modeOf(words: readonly number[]): Mode {
  return Object.fromEntries(modeFields.map(({ name, word, low, width, signed }) => {
    const bits = width === 32 ? words[word]! >>> 0 : (words[word]! >>> low) & (2 ** width - 1);
    return [name, signed && bits >= 2 ** (width - 1) ? bits - 2 ** width : bits];
  })) as unknown as Mode;
}

// ---- the binary record
const head = retirementLayout.at, operandAt = operandLayout.at;

/** The record of a closed instruction; without an outcome, as it stands in a queue. */
export function writeRecord(closed: Closed, outcome?: Outcome): Uint8Array {
  const count = closed.operands.length, bytes = new Uint8Array(HEAD_BYTES + count * operandLayout.size), view = new DataView(bytes.buffer);
  const u32 = (at: number, value: number): void => view.setUint32(at, value >>> 0, true);
  view.setUint16(head.bytes, bytes.length, true);
  bytes[head.unit] = outcome && outcome.status !== 0 ? 0 : closed.unit;
  bytes[head.operandCount] = count;
  view.setBigInt64(head.seq, closed.seq, true);
  u32(head.pc, closed.pc);
  closed.words.forEach((word, i) => { u32(head.words + 4 * i, word); });
  closed.scalars.forEach((value, i) => { u32(head.scalars + 4 * i, value); });
  closed.modeWords.forEach((word, i) => { u32(head.mode + 4 * i, word); });
  closed.operands.forEach((t, i) => { if (t) writeOperand(view, HEAD_BYTES + i * operandLayout.size, t, outcome?.digests[i] ?? 0); });
  if (!outcome) return bytes;
  bytes[head.trap] = outcome.trap;
  bytes[head.status] = outcome.status;
  bytes[head.options] = outcome.options;
  u32(head.order, outcome.order);
  u32(head.result, outcome.result);
  u32(head.auxiliary, outcome.auxiliary);
  outcome.events.forEach((count, i) => { u32(head.events + 4 * i, count); });
  view.setBigInt64(head.address, outcome.address, true);
  return bytes;
}

function writeOperand(view: DataView, at: number, t: Tensor, digest: number): void {
  const u8 = (name: 'space' | 'dtype' | 'rank' | 'role' | 't', value: number): void => view.setUint8(at + operandAt[name], value);
  u8('space', t.space);
  u8('dtype', t.dtype);
  u8('rank', t.rank);
  u8('role', roleCode[t.role]);
  u8('t', t.t);
  view.setBigInt64(at + operandAt.address, t.address, true);
  t.dims.forEach((dim, i) => { view.setUint32(at + operandAt.dims + 4 * i, Number(dim), true); });
  t.strides.forEach((stride, i) => { view.setInt32(at + operandAt.strides + 4 * i, Number(stride), true); });
  view.setUint32(at + operandAt.padLow, t.raw[13]!, true);
  view.setUint32(at + operandAt.padHigh, t.raw[14]!, true);
  view.setUint32(at + operandAt.fill, t.raw[15]!, true);
  view.setUint32(at + operandAt.digest, digest, true);
}

/** A closed instruction from its record in a queue. Its descriptor's words are made anew, the offset being part of the base. */
export function readRecord(bytes: Uint8Array, definition: Definition): Closed {
  const view = new DataView(bytes.buffer, bytes.byteOffset), u32 = (at: number): number => view.getUint32(at, true);
  const words = [0, 1, 2, 3].map((i) => u32(head.words + 4 * i));
  const operands = Array.from({ length: Math.min(bytes[head.operandCount]!, OPERAND_MAX) }, (_, i) => readOperand(view, HEAD_BYTES + i * operandLayout.size, i));
  return complete({
    definition, words, head: decodeHead(words), seq: view.getBigInt64(head.seq, true), pc: u32(head.pc), unit: bytes[head.unit]!, operands,
    scalars: [u32(head.scalars), u32(head.scalars + 4)], modeWords: zeroMode.map((_, i) => u32(head.mode + 4 * i)),
  });
}
function readOperand(view: DataView, at: number, position: number): Tensor | undefined {
  const role = (['none', 'read', 'write', 'both'] as const)[view.getUint8(at + operandAt.role)]!;
  if (role === 'none') return undefined;
  const u8 = (name: 'space' | 'dtype' | 'rank' | 't'): number => view.getUint8(at + operandAt[name]);
  const u32 = (offset: number): number => view.getUint32(at + offset, true);
  const axes = Math.min(u8('rank'), RANK_MAX), padLow = u32(operandAt.padLow), padHigh = u32(operandAt.padHigh), fill = u32(operandAt.fill);
  const space = u8('space'), dtype = u8('dtype'), rank = u8('rank'), address = view.getBigInt64(at + operandAt.address, true), base = address >> 3n;
  const dims = Array.from({ length: axes }, (_, i) => u32(operandAt.dims + 4 * i));
  const strides = Array.from({ length: axes }, (_, i) => u32(operandAt.strides + 4 * i));
  const raw = [dtype | (space << 8) | (rank << 11), Number(BigInt.asUintN(32, base)), Number(BigInt.asUintN(16, base >> 32n)), ...five(dims), ...five(strides), padLow, padHigh, fill];
  return freeze({ position, role, t: u8('t'), raw, space, dtype, rank, address, dims, strides: strides.map((stride) => stride | 0), padLow, padHigh, fill });
}
const five = (words: readonly number[]): number[] => Array.from({ length: RANK_MAX }, (_, axis) => words[axis] ?? 0);
