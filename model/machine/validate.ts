//! validate: whether a machine of the profile can have written a snapshot: what every device takes for granted of its own state.
import { Rejected } from '../failure.ts';
import { bitsOf, exists, wellEncoded } from '../isa/codec.ts';
import { type Definition, operandPosition, operandsOf, sourcesOf } from '../isa/instruction.ts';
import { modeWordHolds } from '../isa/rules.ts';
import {
  CALL_DEPTH, IMAGE_ALIGNMENT, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, LOOP_DEPTH, MODE_WORDS, OPERAND_MAX, PAGE_BYTES, PHASE_BREAK, PHASE_DRAIN,
  PHASE_FAULT, PHASE_IDLE, PHASE_RUN, QUEUE_MAX, ROLE_BOTH, SEMAPHORE_MAX, SLOT_MAX, TRAP_BREAK, TRAP_RESERVED, trapNames, UNIT_COUNT, UNIT_SEQ,
} from '../limits.ts';
import { FORM_DENSE, FORM_SCALED, FORM_SPARSE, rowsOfSlot } from '../isa/view.ts';
import { formatByCode, formatByName } from '../numerics/format.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../retirement.ts';
import { brokenRule, type Closed, holds, maskWords, readRecord, unitOf, writeRecord } from './closed.ts';
import { readWindow, writeWindow } from './csr.ts';
import { Machine } from './machine.ts';
import type { PageContents, SlotContents, SnapshotParts } from './parts.ts';
import type { Profile } from './profile.ts';
import { decodeState, encodeState, type SlotRow, type StateValues, stateValues } from './serialise.ts';

/** Definitions by opcode. */
export type Definitions = Pick<ReadonlyMap<number, Definition>, 'get'>;
/** Notes a sentence that does not hold. */
type Need = (holds: boolean, sentence: string) => void;

/** Throws Rejected with what is wrong; the queues are looked at only where the state around them can be believed. */
export function requireSound(parts: SnapshotParts, profile: Profile, definitions: Definitions): void {
  const wrong: string[] = [], need: Need = (sound, sentence) => { if (!sound) wrong.push(sentence); }, v = stateValues(parts.state);
  requireSequencer(v, need);
  requireRun(v, profile, need);
  requireSlots(v, parts.slots, profile, need);
  requirePages(parts.pages, profile, need);
  parts.queues.forEach((queue, unit) => need(queue.length === v.queueLength[unit] && queue.length <= (unit === UNIT_SEQ ? 0 : QUEUE_MAX),
    `the queue of unit ${unit} has ${queue.length} instructions, and should have ${v.queueLength[unit]} and at most ${unit === UNIT_SEQ ? 0 : QUEUE_MAX}`));
  if (wrong.length === 0) requireQueues(parts, v, profile, definitions, need);
  if (wrong.length > 0) throw new Rejected(wrong.map((message) => ({ file: 'snapshot', line: 0, column: 0, message })));
}

const flag = (value: number): boolean => value === 0 || value === 1;

/** Registers, stacks, modes, semaphores. */
function requireSequencer(v: StateValues, need: Need): void {
  need(v.predicates <= 0xff && v.predicates % 2 === 1, 'there are predicates 0 to 7, and predicate 0 is true');
  need(v.registers[0] === 0, 'register 0 is zero');
  need(v.semaphores[0] === 0 && v.semaphores.every((tokens) => tokens <= SEMAPHORE_MAX), `semaphores hold at most ${SEMAPHORE_MAX} tokens, semaphore 0 none`);
  need(v.modes.every((word, i) => modeWordHolds(i % MODE_WORDS, word)), 'numeric modes have defined bits and values');
  need(v.seq >= 0n && v.seq < 2n ** 62n, 'the sequence number counts from 0');
  need(v.callDepth <= CALL_DEPTH && v.calls.every((pc, i) => (i < v.callDepth ? pc <= v.instructionCount : pc === 0)),
    `at most ${CALL_DEPTH} calls are open, each to return into the image`);
  need(v.loopDepth <= LOOP_DEPTH, `at most ${LOOP_DEPTH} loops are open`);
  v.loops.forEach((loop, i) => {
    if (i >= v.loopDepth) { need(Object.values(loop).every((value) => value === 0), `loop ${i} is not open, and zero`); return; }
    const outer = v.loops[i - 1]?.depth ?? 0, steps = loop.ra < 32 && loop.rb < 32 && (loop.ra === 0 || loop.ra !== loop.rb);
    need(loop.left >= 1 && loop.start >= 1 && loop.start <= v.instructionCount && loop.start <= loop.end && loop.end - loop.start < 0xffff,
      `loop ${i} has a body in the image, and iterations left`);
    need(loop.depth >= outer && loop.depth <= v.callDepth, `loop ${i} belongs to an open call`);
    need(steps && signed16(loop.incA, loop.ra) && signed16(loop.incB, loop.rb), `loop ${i} steps two registers by 16-bit numbers`);
  });
}
/** An increment, 0 where no register is stepped. */
const signed16 = (increment: number, register: number): boolean => increment >= -0x8000 && increment < 0x8000 && (register !== 0 || increment === 0);

/** Phase, fault, image, and the host's window. */
function requireRun(v: StateValues, profile: Profile, need: Need): void {
  const running = v.phase === PHASE_RUN || v.phase === PHASE_DRAIN, fault = v.fault[0]!, { code } = fault;
  need(v.phase <= PHASE_FAULT, `the phase is at most ${PHASE_FAULT}`);
  need(flag(v.halted) && (v.halted === 0 || v.phase === PHASE_IDLE || v.phase === PHASE_FAULT), 'a machine that has halted is idle');
  need(flag(v.launchedByRing) && flag(v.hostError) && flag(v.resumed) && v.stopRequest <= 2, 'flags are 0 or 1, the request to stop 0 to 2');
  need(running || v.queueLength.every((length) => length === 0), 'queues are empty in a machine at rest');
  const codes = code === 0 ? v.phase < PHASE_DRAIN : (v.phase === PHASE_DRAIN || v.phase === PHASE_FAULT || (v.phase === PHASE_BREAK && code === TRAP_BREAK));
  need(codes && (code === 0 || code in trapNames), 'the fault record has a code of the architecture, in a phase that has one');
  need(code !== 0 || (fault.unit === 0 && fault.pc === 0 && fault.seq === 0n && fault.words.every((word) => word === 0)
    && fault.address === 0n && fault.auxiliary === 0 && fault.count === 0), 'without a fault its record is zero');
  need(fault.unit < UNIT_COUNT, `there are ${UNIT_COUNT} units`);
  const { imageBase: base, imageBytes: bytes, instructionCount: count } = v;
  const none = base === 0n && bytes === 0 && count === 0;
  const placed = base >= 0n && base % BigInt(IMAGE_ALIGNMENT) === 0n && base + BigInt(bytes) <= BigInt(profile.dramBytes);
  need(none || (placed && bytes >= IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * count), 'the image lies in DRAM and holds its instructions');
  need(v.ringLog2 <= 12 && v.ringBaseLow % 64 === 0, 'the command ring has at most 2^12 entries and begins at a multiple of 64');
}

/** Weights in the slots, and those that are on their way. */
function requireSlots(v: StateValues, slots: readonly (SlotContents | undefined)[], profile: Profile, need: Need): void {
  const legal = (row: SlotRow, slot: number): boolean => (row.loaded === 0
    ? row.dtype === 0 && row.depth === 0 && row.columns === 0 && row.form === 0 && row.scales === 0
    : row.loaded === 1 && slot < profile.slotCount && row.depth > 0 && row.columns > 0 && legalForm(row, profile)
      && profile.triples.some((r) => r.weight === row.dtype && row.depth <= (row.form === FORM_SPARSE ? 2 : 1) * r.kMax && row.columns <= r.nMax));
  for (let slot = 0; slot < SLOT_MAX; slot++) {
    const row = v.slots[slot]!, contents = slots[slot];
    need(legal(row, slot) && legal(v.promised[slot]!, slot), `slot ${slot} has weights that the profile allows, or none`);
    if (!legal(row, slot)) continue;
    const shape = { ...row, depth: BigInt(row.depth), columns: BigInt(row.columns) }, rows = rowsOfSlot(shape), width = formatByCode(row.dtype)?.width ?? 0;
    const count = Number(rows.weights) * row.columns, beside = Number(rows.beside) * row.columns, bytes = count * Math.ceil(width / 8);
    const fits = row.loaded ? contents !== undefined && contents.known.length === count + beside && contents.elements.length === bytes + beside : contents === undefined;
    need(fits, `slot ${slot} has as many elements as its shape says`);
    need(!fits || width >= 8 || !contents || contents.elements.subarray(0, bytes).every((code) => code < 2 ** width), `slot ${slot} has elements of ${width} bits`);
    need(!fits || row.form !== FORM_SPARSE || !contents || contents.elements.subarray(bytes).every((code) => code < 16), `slot ${slot} has metadata of 4 bits`);
  }
}

/** Metadata and scales that the profile can have. */
function legalForm({ form, scales, depth }: SlotRow, { features }: Profile): boolean {
  if (form === FORM_SCALED) return (scales === formatByName('e8m0').code && features.includes('mx')) || (scales === formatByName('ue4m3').code && features.includes('nvfp4'));
  return scales === 0 && (form === FORM_DENSE || (form === FORM_SPARSE && depth % 4 === 0 && features.includes('sparse24')));
}

/** Pages that exist, ascending, each once; behind the end of a space there is nothing. */
function requirePages(pages: readonly PageContents[], profile: Profile, need: Need): void {
  const sizes = [0, profile.dramBytes, profile.spmBytes, profile.accBytes];
  pages.forEach(({ space, page, bytes, known }, i) => {
    const before = pages[i - 1], left = (sizes[space] ?? 0) - page * PAGE_BYTES;
    need(left > 0, `page ${page} of space ${space} exists`);
    need(!before || before.space < space || (before.space === space && before.page < page), `page ${page} of space ${space} comes after those before it, once`);
    need(left <= 0 || left >= PAGE_BYTES || (bytes.subarray(left).every((byte) => byte === profile.unknownByte) && !known.subarray(left).includes(1)),
      `page ${page} of space ${space} ends where its space does`);
  });
}

/** Queued instructions are such as the sequencer would have dispatched, and each unit's weights are those of the loads before it. */
function requireQueues({ state, queues }: SnapshotParts, v: StateValues, profile: Profile, definitions: Definitions, need: Need): void {
  const machine = new Machine(profile, { read: readWindow, write: writeWindow }), seen = new Set<bigint>();
  decodeState(machine, state);
  v.slots.forEach(({ loaded, dtype, depth, columns, form, scales }, i) => {
    machine.slots[i] = loaded ? { dtype, depth: BigInt(depth), columns: BigInt(columns), form, scales, elements: [], beside: [] } : undefined;
  });
  const again = encodeState(machine);
  need(again.every((byte, i) => byte === state[i]), 'bytes of the state that mean nothing are zero');
  machine.slots.forEach((slot, i) => { machine.promises[i] = slot; });
  queues.forEach((queue, unit) => {
    let last = -1n;
    queue.forEach((record, i) => {
      const where = `instruction ${i} in the queue of unit ${unit}`, closed = readClosed(record, unit, definitions);
      if (!closed) { need(false, `${where} is a whole instruction of that unit`); return; }
      need(closed.seq > last && closed.seq < v.seq && !seen.has(closed.seq) && closed.pc < v.instructionCount, `${where} was dispatched after those before it, once`);
      seen.add(closed.seq);
      last = closed.seq;
      const early = closed.definition!.rules.find((rule) => rule.trap <= TRAP_RESERVED && !holds(rule, closed, machine));
      const broken = isCaptured(closed) ? (early ?? brokenRule(closed, machine)) : undefined;
      need(isCaptured(closed), `${where} has what such an instruction captures`);
      need(broken === undefined, `${where}: ${broken?.says}`);
      if (!broken && isCaptured(closed)) closed.definition!.promise?.(machine, closed.captured);
    });
  });
  const kept = v.promised.every(({ loaded, dtype, depth, columns, form, scales }, i) => {
    const shape = machine.promises[i];
    const sameForm = shape?.form === form && shape.scales === scales;
    return shape ? loaded === 1 && sameForm && shape.dtype === dtype && shape.depth === BigInt(depth) && shape.columns === BigInt(columns) : loaded === 0;
  });
  need(kept || v.phase === PHASE_FAULT, 'slots are promised the weights that are queued for them');
}

/** A record that reads as an instruction of the unit, and is written with the same bytes again. */
function readClosed(record: Uint8Array, unit: number, definitions: Definitions): Closed | undefined {
  const { at } = retirementLayout, count = record[at.operandCount] ?? 0;
  if (count > OPERAND_MAX || record.length !== HEAD_BYTES + count * operandLayout.size) return undefined;
  for (let i = 0; i < count; i++) if (record[HEAD_BYTES + i * operandLayout.size + operandLayout.at.role]! > ROLE_BOTH) return undefined;
  const view = new DataView(record.buffer, record.byteOffset), words = [0, 4, 8, 12].map((offset) => view.getUint32(at.words + offset, true));
  const definition = definitions.get(words[0]! & 0xff);
  if (!definition || !wellEncoded(definition, words) || unitOf(definition, words) !== unit) return undefined;
  const closed = readRecord(record, definition), again = writeRecord(closed);
  return again.length === record.length && again.every((byte, i) => byte === record[i]) ? closed : undefined;
}

/** Are operands, registers and mode those that the words ask for, and nothing else? */
function isCaptured({ definition, words, operands, scalars, modeWords }: Closed): boolean {
  const { fields } = definition!, masks = maskWords(definition!), sources = sourcesOf(definition!), asked = operandsOf(definition!);
  const expected = [0, 1, 2, 3].map((position) => {
    const [, field] = asked.find(([, one]) => operandPosition(one) === position) ?? [];
    if (!field || !exists(fields, field, words)) return undefined;
    const bits = bitsOf(words, field), t = field.kind === 'bare' ? bits : (field.decode(bits) as { readonly t: number }).t;
    if (field.kind === 'bare' && bits === 0) return undefined;
    const updated = field.view?.updates !== undefined && bitsOf(words, fields[field.view.updates]!) !== 0;
    return { t: t & 63, role: updated ? 'both' : field.role };
  });
  const count = 1 + expected.findLastIndex((one) => one !== undefined);
  return operands.length === count
    // The bases of descriptors count bytes, so that an element begins inside one only where two share it.
    && operands.every((t) => !t || t.width === 0n || t.address % (t.width < 8n ? t.width : 8n) === 0n)
    && expected.every((one, i) => one?.t === operands[i]?.t && one?.role === operands[i]?.role)
    && scalars.every((value, i) => value === 0 || (sources[i] !== undefined && exists(fields, sources[i][1], words) && bitsOf(words, sources[i][1]) !== 0))
    && modeWords.every((word, i) => (word & ~masks[i]!) === 0 && modeWordHolds(i, word));
}
