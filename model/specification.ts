//! specification: the machine as one would want to read it: fetch, capture, check, queue and act, one step at a time.
import { RetiredCursor } from './cursor.ts';
import type { Device, Digest, End, Pending, Program, RunOptions } from './device.ts';
import { digestByRecords } from './digest.ts';
import { hasEffects } from './effects.ts';
import { byOpcode } from './instructions/set.ts';
import { wellEncoded } from './isa/codec.ts';
import { destinationOf, isOperand, operandPosition } from './isa/instruction.ts';
import type { Rule } from './isa/rule.ts';
import { bitAddress, elementCount, hull, indices, isEmpty } from './isa/tensor.ts';
import { rowsOfSlot, type Slot, type SlotShape, type Tensor, type Watch } from './isa/view.ts';
import {
  COUNTER_BYTES, COUNTER_ELEMENTS, COUNTER_MACS, COUNTER_NULLIFIED, EVENT_COUNT, FAULT_SEMAPHORE, FAULT_WATCHDOG, PHASE_BREAK, PHASE_DRAIN,
  PHASE_FAULT, PHASE_IDLE, PHASE_RUN, RETIRED_DONE, RETIRED_NULLIFIED, RETIRED_TRAPPED, SPACE_DRAM, type StatusName, TRAP_ALIGNMENT,
  TRAP_BOUNDS_ACC, TRAP_BOUNDS_DRAM, TRAP_BREAK, TRAP_DTYPE, TRAP_OPCODE, TRAP_OVERLAP, TRAP_PC, TRAP_PROTECTION, TRAP_RESERVED, TRAP_SOFTWARE,
  UNIT_COUNT, UNIT_SEQ,
} from './limits.ts';
import { complete, enter, launchDirectly, launchFromRing, requireProgram } from './machine/launch.ts';
import { requireBytes } from './machine/bounds.ts';
import { brokenRule, capture, type Closed, empty, holds, readRecord, writeRecord } from './machine/closed.ts';
import { readWindow, writeWindow } from './machine/csr.ts';
import { digest } from './machine/digest.ts';
import { Machine } from './machine/machine.ts';
import { type CheckedOptions, checkedOptions } from './machine/options.ts';
import type { Profile } from './machine/profile.ts';
import { decodeState, encodeState, slotShapes } from './machine/serialise.ts';
import { requireSound } from './machine/validate.ts';
import { retirementLayout } from './retirement.ts';
import { packSnapshot, type PageContents, type SlotContents, unpackSnapshot } from './snapshot.ts';
import { formatByCode } from './numerics/format.ts';

/** The oracle: BigInt arithmetic, one element at a time. */
export const specification = (profile: Profile): Device => new Specification(profile);

/** The same, of whose instructions only what is watched is computed: for the one instruction to be explained. */
export const watchedSpecification = (profile: Profile, watch: Watch): Device => new Specification(profile, watch);

/** What the sequencer would do next: dispatch, retire nullified, trap with a code, or report an external fault. */
interface Candidate { readonly closed: Closed; readonly trap: number; readonly auxiliary: number; readonly address: bigint; readonly nullified: boolean }
const runs = (closed: Closed): Candidate => ({ closed, trap: 0, auxiliary: 0, address: 0n, nullified: false });
const traps = (closed: Closed, trap: number, auxiliary = 0, address = 0n): Candidate => ({ closed, trap, auxiliary, address, nullified: false });

class Specification implements Device {
  readonly name = 'specification';
  readonly profile: Profile;
  private readonly machine: Machine;
  private queues: Closed[][] = Array.from({ length: UNIT_COUNT }, () => []);
  /** Counts what ends an unfinished run: the next one, load, reset, restore. */
  private turn = 0;

  private readonly watch: Watch | undefined;

  constructor(profile: Profile, watch?: Watch) {
    this.profile = profile;
    this.watch = watch;
    this.machine = new Machine(profile, { read: readWindow, write: writeWindow });
  }

  reset(): void {
    this.turn++;
    this.machine.reset(true);
    this.queues = this.queues.map(() => []);
  }
  load(program: Program): void {
    requireProgram(this.profile, program);
    this.reset();
    launchDirectly(this.machine, program);
  }
  execute(options: RunOptions = {}): End {
    const running = this.begin(options);
    for (;;) { const next = running.next(); if (next.done) return next.value; }
  }
  run(options: RunOptions = {}): Generator<RetiredCursor, End> { return this.records(this.begin(options), options.records === 'effects'); }
  private *records(running: Generator<Uint8Array, End>, effects: boolean): Generator<RetiredCursor, End> {
    for (;;) {
      const next = running.next();
      if (next.done) return next.value;
      const record = new RetiredCursor(new DataView(next.value.buffer, next.value.byteOffset, next.value.length));
      if (!effects || hasEffects(record)) yield record;
    }
  }
  digest(options: RunOptions = {}): Digest { return digestByRecords(this, options); }
  private begin(options: RunOptions): Generator<Uint8Array, End> {
    const checked = checkedOptions(options, this.profile);
    return this.steps(checked, ++this.turn);
  }

  read(space: number, address: number, byteCount: number): Uint8Array {
    requireBytes(this.profile, space, address, byteCount);
    return this.machine.memories[space]!.read(address, byteCount);
  }
  known(space: number, address: number, byteCount: number): Uint8Array {
    requireBytes(this.profile, space, address, byteCount);
    return this.machine.memories[space]!.known(address, byteCount);
  }
  write(space: number, address: number, bytes: Uint8Array): void {
    requireBytes(this.profile, space, address, bytes.length);
    this.machine.memories[space]!.write(address, bytes);
  }
  csrRead(offset: number): number { return readWindow(this.machine, offset >>> 0); }
  csrWrite(offset: number, value: number): void {
    writeWindow(this.machine, offset >>> 0, value >>> 0);
    if (this.machine.queueLengths.every((length) => length === 0)) this.queues = this.queues.map(() => []);
  }
  pending(): readonly Pending[] {
    const queued = this.queues.flat().sort((a, b) => Number(a.seq - b.seq)).map(({ unit, seq, pc, words }) => ({ unit, seq, pc, words }));
    const { phase, pc, seq, instructionCount } = this.machine;
    if (phase !== PHASE_RUN || pc >= instructionCount) return queued;
    return [...queued, { unit: UNIT_SEQ, seq, pc, words: this.machine.instructionWords(pc) }];
  }

  // ---- the loop
  private *steps({ schedule, budget, digests, queueDepth, watchdog }: CheckedOptions, turn: number): Generator<Uint8Array, End> {
    const log: number[] = [];
    const end = (status: StatusName, steps: number): End => ({ status, steps, options: Uint8Array.from(log) });
    for (let steps = 0; ;) {
      if (turn !== this.turn) return end('budget', steps);
      const rest = this.rest();
      if (rest) return end(rest, steps);
      const heads = this.heads(schedule !== undefined);
      const candidate = this.mayDispatch(schedule !== undefined) ? this.fetch(watchdog) : undefined;
      const ready: (Closed | Candidate)[] = candidate && this.mayGo(candidate, queueDepth) ? [...heads, candidate] : [...heads];
      if (ready.length === 0) return end('blocked', steps);
      if (steps >= budget) return end('budget', steps);
      const asked = schedule !== undefined && ready.length > 1, pick = asked ? (schedule[log.length] ?? 0) % ready.length : 0;
      const chosen = ready[pick]!, acting = 'closed' in chosen ? (chosen.trap || chosen.nullified || chosen.closed.unit !== UNIT_SEQ ? undefined : chosen.closed) : chosen;
      if (acting && !this.definite(acting)) return end('uninitialised', steps);
      if (asked) log.push(ready.length);
      steps++;
      const record = this.step(chosen, schedule === undefined ? 0 : ready.length, digests);
      if (record) yield record;
    }
  }

  /** A status when there is nothing to do before the host acts; otherwise undefined, and at least one instruction is unfinished. */
  private rest(): StatusName | undefined {
    const { machine } = this, idle = machine.idle(0x3e);
    if (machine.phase === PHASE_IDLE && !launchFromRing(machine)) return machine.halted ? 'halted' : 'idle';
    if (machine.phase === PHASE_BREAK) return 'break';
    if (machine.phase === PHASE_FAULT) return 'trapped';
    if (machine.phase === PHASE_DRAIN && idle) {
      if (machine.fault.code !== TRAP_BREAK) { this.fail(); return 'trapped'; }
      enter(machine, PHASE_BREAK);
      return 'break';
    }
    if (machine.phase === PHASE_RUN && idle && this.stopDue()) {
      enter(machine, PHASE_BREAK);
      return 'break';
    }
    return undefined;
  }
  private stopDue(): boolean {
    const { machine } = this, { debugEnable, resumed, stopRequest, pc } = machine;
    return stopRequest === 1 || (resumed === 0 && machine.breakpoints.some((at, i) => ((debugEnable >>> i) & 1) === 1 && at === pc));
  }
  /** Unit heads that may act, oldest first; in the serial run only the oldest instruction of all counts. */
  private heads(scheduled: boolean): Closed[] {
    const heads = this.queues.flatMap((queue) => queue.slice(0, 1)).sort((a, b) => (a.seq < b.seq ? -1 : 1));
    return (scheduled ? heads : heads.slice(0, 1)).filter((closed) => this.mayAct(closed));
  }
  private mayDispatch(scheduled: boolean): boolean {
    return this.machine.phase === PHASE_RUN && !this.stopDue() && (scheduled || this.machine.idle(0x3f));
  }
  private mayGo({ closed, trap, nullified }: Candidate, depth: number): boolean {
    if (trap || nullified) return true;
    return closed.unit === UNIT_SEQ ? this.mayAct(closed) : this.queues[closed.unit]!.length < depth;
  }
  private mayAct({ head, definition, captured }: Closed): boolean {
    const tokens = head.wait ? this.machine.semaphores[head.wait]! : 1;
    if (tokens === 0) return false;
    if (!definition!.ready) return true;
    // `wait` on the semaphore of its own head needs that token and its own.
    if (!head.wait) return definition!.ready(this.machine, captured);
    this.machine.semaphores[head.wait]!--;
    const ready = definition!.ready(this.machine, captured);
    this.machine.semaphores[head.wait]!++;
    return ready;
  }
  /** UNKNOWN bytes may not decide where or how an instruction works. */
  private definite({ definition, operands }: Closed): boolean {
    const destination = definition && destinationOf(definition), d = destination && operands[operandPosition(destination[1])!];
    if (!definition || (d && isEmpty(d))) return true;
    return Object.values(definition.fields).every((field) => {
      const t = field.view?.definite ? operands[operandPosition(field)!] : undefined;
      return !t || this.isKnown(t);
    });
  }

  private isKnown(t: Tensor): boolean {
    for (const index of indices(t.dims)) if (!this.machine.read(t, index).known) return false;
    return true;
  }

  // ---- dispatch
  /** Fetch and capture the next instruction and find the first rule that it breaks. */
  private fetch(watchdog: number): Candidate {
    const { machine } = this, { pc, seq } = machine;
    if (watchdog > 0 && seq >= BigInt(watchdog)) return traps(empty(undefined, [0, 0, 0, 0], seq, pc), FAULT_WATCHDOG);
    if (pc >= machine.instructionCount) return traps(empty(undefined, [0, 0, 0, 0], seq, pc), TRAP_PC);
    const words = machine.instructionWords(pc), definition = byOpcode.get(words[0]! & 0xff);
    if (!definition) return traps(empty(undefined, words, seq, pc), TRAP_OPCODE);
    if (!wellEncoded(definition, words)) return traps(empty(definition, words, seq, pc), TRAP_RESERVED);
    const closed = capture(definition, words, seq, pc, machine);
    const early = definition.rules.filter((rule) => rule.trap <= TRAP_RESERVED).find((rule) => !holds(rule, closed, machine));
    if (early) return this.offence(early, closed);
    if (machine.predicates[closed.head.predicate] === closed.head.negate) return { ...runs(empty(definition, words, seq, pc)), nullified: true };
    const broken = brokenRule(closed, machine);
    return broken ? this.offence(broken, closed) : runs(closed);
  }
  /** The trap of a broken rule: which operand, and its lowest offending byte. */
  private offence(rule: Rule, closed: Closed): Candidate {
    const blamed = rule.operands.filter((name) => isOperand(closed.definition!.fields[name])).map((name) => operandPosition(closed.definition!.fields[name])!);
    const t = closed.operands[blamed[0] ?? -1], other = closed.operands[blamed[1] ?? -1];
    const auxiliary = rule.trap === TRAP_SOFTWARE ? closed.words[2]! : rule.trap >= TRAP_DTYPE && rule.trap <= TRAP_PROTECTION ? (blamed[0] ?? 0) : 0;
    return traps(closed, rule.trap, auxiliary, BigInt.asUintN(48, t ? this.offendingByte(rule, t, other) : 0n));
  }
  private offendingByte({ trap, predicate }: Rule, t: Tensor, other: Tensor | undefined): bigint {
    const [low, high] = hull(t);
    if (trap === TRAP_ALIGNMENT) return t.address >> 3n;
    if (trap >= TRAP_BOUNDS_DRAM && trap <= TRAP_BOUNDS_ACC) {
      if (low < 0n) return low;
      if (t.space !== SPACE_DRAM) return low >= this.machine.spaceBytes(t.space) ? low : this.machine.spaceBytes(t.space);
      const region = this.machine.regionOf(low, low + 1n);
      return region ? this.machine.regionEnd(region) : low;
    }
    if (trap === TRAP_OVERLAP) { const start = hull(other!)[0]; return low > start ? low : start; }
    return trap === TRAP_PROTECTION ? this.machine.firstProtected(low, high, predicate === 'writable')! : 0n;
  }

  // ---- steps
  private step(chosen: Closed | Candidate, options: number, digests: boolean): Uint8Array | undefined {
    if (!('closed' in chosen)) {
      this.queues[chosen.unit]!.shift();
      this.machine.queueLengths[chosen.unit]!--;
      const record = this.act(chosen, options, digests);
      if (this.machine.overflowed) this.externalFault(FAULT_SEMAPHORE, chosen);
      return record;
    }
    const { closed, trap, nullified } = chosen;
    if (trap === FAULT_WATCHDOG) return this.externalFault(trap, closed);
    this.machine.resumed = 0;
    if (this.machine.stopRequest === 2) this.machine.stopRequest = 1;
    if (trap) return this.trap(chosen, options);
    this.machine.branched = undefined;
    if (nullified) {
      this.machine.counters[COUNTER_NULLIFIED]!++;
      this.advance();
      return this.record(closed, { status: RETIRED_NULLIFIED, options });
    }
    if (closed.unit === UNIT_SEQ) {
      const record = this.act(closed, options, digests);
      this.advance();
      if (this.machine.overflowed) this.externalFault(FAULT_SEMAPHORE, closed);
      else if (this.machine.halted) complete(this.machine, 0);
      return record;
    }
    closed.definition!.promise?.(this.machine, closed.captured);
    this.queues[closed.unit]!.push(closed);
    this.machine.queueLengths[closed.unit]!++;
    this.advance();
    return undefined;
  }

  /** Take, do, post, interrupt; then the books. */
  private act(closed: Closed, options: number, digests: boolean): Uint8Array {
    const { machine } = this, { head, definition, captured, operands, unit } = closed;
    if (head.wait) machine.semaphores[head.wait]!--;
    machine.overflowed = false;
    machine.events = Array.from({ length: EVENT_COUNT }, () => 0);
    const destination = destinationOf(definition!), d = destination && operands[operandPosition(destination[1])!];
    machine.watch = this.watch;
    const result = d && isEmpty(d) ? 0 : (definition!.execute(machine, captured) ?? 0);
    machine.watch = undefined;
    if (head.post) machine.post(head.post, 1);
    if (head.irq) machine.irqStatus = (machine.irqStatus | 4) >>> 0;
    this.count(closed, d);
    if (operands.some((t) => t && machine.watched(t))) machine.stopRequest = 1;
    const digestOf = (t: Tensor | undefined): number => (digests && t && t.role !== 'read' ? digest(machine, t) : 0);
    machine.counters[unit]!++;
    return this.record(closed, { status: RETIRED_DONE, options, result, events: machine.events, digests: operands.map(digestOf) });
  }
  private count({ definition, captured, operands, unit }: Closed, d: Tensor | undefined): void {
    const { counters, numeric, events } = this.machine;
    if (unit >= 1 && unit <= 4) events.forEach((many, event) => { numeric[EVENT_COUNT * (unit - 1) + event]! += BigInt(many); });
    counters[COUNTER_ELEMENTS]! += d ? elementCount(d) : 0n;
    counters[COUNTER_MACS]! += definition!.work?.(captured).macs ?? 0n;
    for (const t of operands) if (t) counters[COUNTER_BYTES - 1 + t.space]! += ((elementCount(t) * t.width + 7n) >> 3n) * (t.role === 'both' ? 2n : 1n);
  }

  /** Precise: nothing of the instruction happens, everything earlier completes, nothing later starts. */
  private trap({ closed, trap, auxiliary, address }: Candidate, options: number): Uint8Array {
    const { machine } = this;
    this.noteFault(trap, closed, address, auxiliary);
    machine.phase = PHASE_DRAIN;
    const record = this.record(closed, { trap, status: RETIRED_TRAPPED, options, auxiliary, address });
    if (trap === TRAP_BREAK) { machine.branched = undefined; this.advance(); }
    return record;
  }
  /** Imprecise: what is unfinished stays so, and its destinations are UNKNOWN. */
  private externalFault(code: number, closed: Closed): undefined {
    this.noteFault(code, closed, 0n, 0);
    for (const t of this.queues.flat().flatMap((queued) => queued.operands)) {
      if (!t || t.role === 'read') continue;
      for (const index of indices(t.dims)) this.forget(t, index);
    }
    this.queues = this.queues.map(() => []);
    this.machine.queueLengths.fill(0);
    this.fail();
    return undefined;
  }
  private forget(t: Tensor, index: readonly bigint[]): void {
    this.machine.memories[t.space]!.forget(Number(bitAddress(t, index) >> 3n), Math.ceil(Number(t.width) / 8));
  }
  private noteFault(code: number, { unit, pc, seq, words }: Closed, address: bigint, auxiliary: number): void {
    const { machine } = this, external = code >= FAULT_WATCHDOG;
    machine.fault = machine.fault.code && !external ? { ...machine.fault, count: machine.fault.count + 1 }
      : { code, unit, pc, seq, words, address, auxiliary, count: machine.fault.code ? machine.fault.count + 1 : 0 };
  }
  private fail(): void {
    enter(this.machine, PHASE_FAULT);
    this.machine.irqStatus = (this.machine.irqStatus | 2) >>> 0;
    complete(this.machine, this.machine.fault.code);
  }

  /** The next pc: as branched, else the following; at the end of loops back to their start. */
  private advance(): void {
    const { machine } = this;
    machine.seq++;
    machine.pc = machine.branched ?? machine.pc + 1;
    for (let loop = machine.innermost; loop && machine.pc === loop.end + 1; loop = machine.innermost) {
      if (loop.ra) machine.registers[loop.ra]! += loop.incA;
      if (loop.rb) machine.registers[loop.rb]! += loop.incB;
      if (--loop.left > 0) { machine.pc = loop.start; return; }
      machine.loops.pop();
    }
  }
  private record(closed: Closed, of: Partial<Parameters<typeof writeRecord>[1] & {}>): Uint8Array {
    const unit = of.status === RETIRED_DONE ? closed.unit : UNIT_SEQ;
    return writeRecord(closed, {
      trap: 0, status: RETIRED_DONE, options: 0, result: 0, auxiliary: 0, events: [], address: 0n, digests: [], ...of, order: this.machine.order[unit]!++,
    });
  }

  // ---- snapshots
  state(): Uint8Array { return encodeState(this.machine); }
  snapshot(): Uint8Array {
    const { machine } = this;
    const pages = machine.memories.flatMap((memory, space): PageContents[] => [...(memory?.keptPages() ?? [])].map(([page, contents]) => ({ space, page, ...contents })));
    const slots = machine.slots.map((slot): SlotContents | undefined => {
      if (!slot) return undefined;
      const size = Math.ceil(formatByCode(slot.dtype)!.width / 8), bytes = slot.elements.length * size, elements = new Uint8Array(bytes + slot.beside.length);
      slot.elements.forEach(({ bits }, i) => { for (let byte = 0; byte < size; byte++) elements[i * size + byte] = Number((bits >> BigInt(8 * byte)) & 0xffn); });
      slot.beside.forEach(({ bits }, i) => { elements[bytes + i] = Number(bits); });
      return { elements, known: Uint8Array.from([...slot.elements, ...slot.beside], ({ known }) => (known ? 1 : 0)) };
    });
    return packSnapshot({ state: this.state(), queues: this.queues.map((queue) => queue.map((closed) => writeRecord(closed))), slots, pages }, this.profile.hash);
  }
  restore(snapshot: Uint8Array): void {
    const parts = unpackSnapshot(snapshot, this.profile.hash), { state, queues, slots, pages } = parts, { machine } = this;
    requireSound(parts, this.profile, byOpcode);
    this.reset();
    decodeState(machine, state);
    const shapes = slotShapes(state);
    slots.forEach((contents, i) => {
      const shape = shapes[i];
      machine.slots[i] = shape && contents && { ...shape, ...cellsOf(shape, contents) };
    });
    for (const { space, page, bytes, known } of pages) machine.memories[space]!.restore(page, { bytes, known });
    this.queues = queues.map((queue) => queue.map((record) => readRecord(record, byOpcode.get(record[retirementLayout.at.words]!)!)));
  }
}

/** Weights, and behind them what lies beside them. */
function cellsOf(shape: SlotShape, { elements, known }: SlotContents): Pick<Slot, 'elements' | 'beside'> {
  const size = Math.ceil(formatByCode(shape.dtype)!.width / 8), count = Number(rowsOfSlot(shape).weights * shape.columns), bytes = count * size;
  const bits = (from: number, to: number): bigint => elements.slice(from, to).reduceRight((word, byte) => (word << 8n) | BigInt(byte), 0n);
  const cells = Array.from(known, (flag, k) => ({
    known: flag === 1, bits: k < count ? bits(k * size, k * size + size) : bits(bytes + k - count, bytes + k - count + 1),
  }));
  return { elements: cells.slice(0, count), beside: cells.slice(count) };
}
