//! sanitizer: follows what retires, in any order, and finds what makes a program illegal though this run of it went well.
import type { RetiredCursor } from '../cursor.ts';
import type { Device, Segment } from '../device.ts';
import { RETIRED_DONE, RETIRED_TRAPPED, ROLE_BOTH, ROLE_READ, ROLE_WRITE, SPACE_ACC, SPACE_DRAM, SPACE_SPM, UNIT_SEQ } from '../limits.ts';
import { formatByCode } from '../numerics/format.ts';
import { HEAD_BYTES, operandLayout } from '../retirement.ts';
import { Clocks, type Dispute } from './clocks.ts';
import { describe, type Described, readsCounters, SPACE_COUNTERS } from './described.ts';
import { type FindingKind, findingKinds, type ProgramText } from './finding.ts';
import { Footprint, isEmpty } from './footprint.ts';
import { History } from './history.ts';
import { eachPicked } from './picked.ts';
import { type Access, Reporter } from './reporter.ts';
import { COUNT_MAX, countOfEpoch, Shadow, unitOfEpoch } from './shadow.ts';
import type { Region } from './waiting.ts';

export interface SanitizerOptions {
  /** Kinds to look for; default: all. */
  readonly kinds?: readonly FindingKind[];
  /** Do records come in the order of the serial run? */
  readonly serial: boolean;
  /**
   * The device, where its memory may be read between records (`ring` 1). Without it, what only memory can tell is taken as harmless, and
   * `wantsDevice` says that there was such a thing.
   */
  readonly device?: Device | undefined;
}

const at = operandLayout.at, SIZE = operandLayout.size, NONE: readonly Dispute[] = [];
type Visit = (shadow: Shadow, low: number, high: number) => void;

/** One run of a program. `lay` what is known before it, `follow` each record, and ask `reporter` for the findings. */
export class Sanitizer {
  wantsDevice = false;
  readonly reporter: Reporter;
  private readonly clocks: Clocks;
  /** Believes only what every schedule has; there from the first semaphore on whose use is in dispute. */
  private doubting: Clocks | undefined;
  private readonly history = new History();
  private readonly described: Described[] = [];
  /** By pc, 1: nothing to follow, whatever comes of it; most instructions are so. */
  private readonly plain: Uint8Array;
  private readonly shadows: (Shadow | undefined)[] = [];
  private readonly footprint = new Footprint();
  private readonly unknownSlots = new Set<number>();
  private readonly device: Device | undefined;
  private looksAtOrder: boolean;
  private looksAtBytes: boolean;
  /** Are records of what might happen, so that memory says nothing of them? */
  private foresees = false;
  // The instruction in hand, and its operand in hand.
  private unit = 0;
  private count = 0;
  private seq = 0;
  private isUpdate = false;
  private space = 0;
  private operand = '';
  private isWriting = false;
  private unknownAt = -1;

  constructor(program: ProgramText, { kinds = findingKinds, serial, device }: SanitizerOptions) {
    this.device = device;
    this.plain = new Uint8Array(program.words.length);
    this.clocks = new Clocks(serial);
    this.reporter = new Reporter(program, kinds, this.clocks, this.history);
    this.looksAtOrder = kinds.includes('race') || kinds.includes('float-order');
    this.looksAtBytes = kinds.includes('uninitialised');
    for (const space of [SPACE_DRAM, SPACE_SPM, SPACE_ACC]) this.shadows[space] = new Shadow();
    if (this.looksAtOrder && program.words.some(readsCounters)) this.shadows[SPACE_COUNTERS] = new Shadow();
  }

  lay(segments: readonly Segment[]): void {
    for (const { space, address, bytes } of segments) if (bytes.length > 0) this.shadows[space]?.setKnown(address, address + bytes.length);
  }

  follow(record: RetiredCursor): void {
    const { pc } = record;
    if (this.plain[pc] === 1) return;
    const { status } = record;
    if (status !== RETIRED_DONE) {
      if (status === RETIRED_TRAPPED) this.reporter.trapped(record);
      return;
    }
    const described = this.described[pc] ??= describe(record.words);
    if (described.isPlain) { this.plain[pc] = 1; return; }
    const { clocks } = this, { effects, ordersOthers } = described, unit = record.unit, seq = record.seqNumber;
    const many = (effects.waits | effects.posts) === 0 ? 0 : (record.scalar(0) + described.many) >>> 0;
    this.unit = unit;
    this.seq = seq;
    this.count = clocks.begin(unit, seq, effects.fence);
    if (this.count > COUNT_MAX) this.looksAtOrder = false;
    const disputes = ordersOthers ? clocks.disputes(unit, effects, many) : NONE;
    if (disputes.length > 0) this.doubting ??= clocks.doubting();
    const { doubting } = this;
    doubting?.begin(unit, seq, effects.fence);
    const doubts = doubting && ordersOthers ? doubting.disputes(unit, effects, many) : NONE;
    const late = ordersOthers ? clocks.take(unit, seq, effects, many, disputes) : undefined;
    doubting?.take(unit, seq, effects, many, doubts);
    this.isUpdate = record.operandCount > 0 && isFloatUpdate(record, described);
    this.history.add(unit, pc, seq, this.isUpdate);
    for (const dispute of disputes) this.reporter.disputed(dispute, unit, this.count - 1);
    if (late) this.reporter.late(late, unit, this.count - 1);
    if (this.looksAtOrder && this.shadows[SPACE_COUNTERS]) this.touchCounters(described);
    if (record.operandCount > 0) this.access(record, described);
    const overflow = ordersOthers ? clocks.overflow(unit, seq, effects, many) : undefined;
    if (overflow) this.reporter.overflow(overflow, unit, this.count - 1);
    clocks.finish(unit, seq, effects, many, disputes);
    doubting?.finish(unit, seq, effects, many, doubts);
  }

  /**
   * A run that stops because an instruction would decide something from UNKNOWN bytes leaves others unfinished, which may race with it: they
   * are followed in program order, as far as their tokens are there.
   */
  foresee(records: readonly RetiredCursor[]): void {
    const stuck = new Set<number>();
    this.foresees = true;
    this.looksAtBytes = false;
    for (const record of records) {
      const { effects, many } = this.described[record.pc] ??= describe(record.words), wanted = (record.scalar(0) + many) >>> 0;
      const has = (semaphore: number, tokens: number): boolean => semaphore === 0 || this.clocks.left(semaphore).reduce((sum, one) => sum + one.left, 0) >= tokens;
      if (!has(effects.wait, 1) || !has(effects.waits, wanted) || effects.fence !== 0) stuck.add(record.unit);
      if (!stuck.has(record.unit)) this.follow(record);
    }
  }

  /** Counters are memory of their unit. */
  private touchCounters({ counters }: Described): void {
    const shadow = this.shadows[SPACE_COUNTERS]!;
    this.space = SPACE_COUNTERS;
    this.operand = '';
    if (counters) this.read(shadow, ...counters);
    else if (this.unit !== UNIT_SEQ) this.write(shadow, this.unit, this.unit + 1);
  }

  /** Sources, then destinations: whose their bytes were, and whether anything was written there. */
  private access(record: RetiredCursor, described: Described): void {
    const { view } = record, first = record.at + HEAD_BYTES, end = first + record.operandCount * SIZE;
    for (let from = first; from < end; from += SIZE) {
      // Without a destination element nothing is read either.
      if ((view.getUint8(from + at.role) & ROLE_WRITE) !== 0 && isEmpty(view, from)) return;
    }
    let unknown = 0, where = -1, writes = false;
    for (let from = first, position = 0; from < end; from += SIZE, position++) {
      const role = view.getUint8(from + at.role);
      if ((role & ROLE_READ) === 0) continue;
      this.unknownAt = -1;
      this.each(record, described, position, role === ROLE_BOTH || !this.looksAtOrder ? this.look : this.read);
      if (this.unknownAt < 0) continue;
      if (unknown === 0) where = this.unknownAt;
      unknown |= 1 << position;
    }
    const { slot } = described, isKnown = this.looksAtBytes && unknown === 0 && (slot === undefined || !this.unknownSlots.has(slot));
    for (let from = first, position = 0; from < end; from += SIZE, position++) {
      if ((view.getUint8(from + at.role) & ROLE_WRITE) === 0) continue;
      writes = true;
      if (this.looksAtOrder) this.each(record, described, position, isKnown ? this.writeKnown : this.write);
      else if (isKnown) this.each(record, described, position, this.know);
    }
    if (!this.looksAtBytes) return;
    if (slot !== undefined && !writes) {
      if (unknown === 0) this.unknownSlots.delete(slot); else this.unknownSlots.add(slot);
    } else if (!isKnown) this.spread(record, described, unknown, where);
  }

  private readonly look: Visit = (shadow, low, high) => {
    if (this.looksAtBytes && this.unknownAt < 0) this.unknownAt = shadow.firstUnknown(low, high);
  };
  private readonly read: Visit = (shadow, low, high) => {
    this.isWriting = false;
    shadow.read(low, high, this.unit, this.count, this.clocks.needs, this.conflict);
    if (this.looksAtBytes && this.unknownAt < 0) this.unknownAt = shadow.firstUnknown(low, high);
  };
  private readonly write: Visit = (shadow, low, high) => {
    this.isWriting = true;
    if (this.doubting && this.isUpdate) shadow.touched(low, high, this.unit, this.doubting.needs, false, this.doubt);
    shadow.write(low, high, this.unit, this.count, this.clocks.needs, this.conflict);
  };
  private readonly know: Visit = (shadow, low, high) => { shadow.setKnown(low, high); };
  private readonly writeKnown: Visit = (shadow, low, high) => {
    this.write(shadow, low, high);
    shadow.setKnown(low, high);
  };

  private eachWritten(record: RetiredCursor, described: Described, visit: Visit): void {
    for (let position = 0; position < record.operandCount; position++) {
      if ((record.view.getUint8(record.at + HEAD_BYTES + position * SIZE + at.role) & ROLE_WRITE) !== 0) this.each(record, described, position, visit);
    }
  }
  /** Runs of bytes of an operand. */
  private each(record: RetiredCursor, described: Described, position: number, visit: Visit): void {
    const { footprint } = this, { view } = record, from = record.at + HEAD_BYTES + position * SIZE, picks = described.picks[position];
    const space = view.getUint8(from + at.space), shadow = this.shadows[space];
    if (!shadow) return;
    this.space = space;
    this.operand = described.operands[position] ?? '';
    if (!picks) {
      if (footprint.open(view, from)) do visit(shadow, footprint.low, footprint.high); while (footprint.next());
    } else if (this.foresees) return;
    else if (this.device) eachPicked(record, position, picks, this.device, footprint, () => { do visit(shadow, footprint.low, footprint.high); while (footprint.next()); });
    else this.wantsDevice = true;
  }

  // ---- bytes that nothing has written
  /** UNKNOWN bytes were read: the device knows what became of them. */
  private spread(record: RetiredCursor, described: Described, unknown: number, where: number): void {
    const { device } = this;
    if (!device) { this.wantsDevice = true; return; }
    let isUnknown = false;
    this.eachWritten(record, described, (shadow, low, high) => {
      device.known(this.space, low, high - low).forEach((flag, i) => {
        if (flag) shadow.setKnown(low + i, low + i + 1); else { shadow.setUnknown(low + i, low + i + 1); isUnknown = true; }
      });
    });
    const culprits = unknown & ~copied(record, described), onlyCopies = unknown !== 0 && culprits === 0;
    if (!isUnknown || onlyCopies) return;
    const position = culprits === 0 ? undefined : 31 - Math.clz32(culprits & -culprits), t = position === undefined ? undefined : record.operand(position);
    this.reporter.uninitialised(this.unit, this.count - 1, t && {
      name: described.operands[position!] ?? '', descriptor: t.t, space: t.space, ...((unknown & -unknown) === 1 << position! ? { byte: where } : {}),
    }, described.slot);
    // Told once: what comes of it is taken as written.
    this.eachWritten(record, described, this.know);
  }

  // ---- order
  private readonly conflict = (epoch: number, low: number, high: number, wasWritten: boolean): void => {
    const unit = unitOfEpoch(epoch), index = countOfEpoch(epoch) - 1, { needs } = this.clocks;
    if (index < needs[unit]!) return;
    const other = this.history.of(unit, index), isFloat = this.isUpdate && other?.updates === true;
    const untaken = this.reporter.race({ unit, index, isWrite: wasWritten, operand: '' }, this.here(), { space: this.space, low, high }, isFloat);
    // An edge that is missing is told once: from now on it is there, and all that it brings along.
    if (untaken) this.clocks.mend(untaken);
    if (other && other.seq < this.seq && index >= needs[unit]!) needs[unit] = index + 1;
  };
  /** Ordered in this run, and the other way round in another one. */
  private readonly doubt = (epoch: number, low: number, high: number): void => {
    const unit = unitOfEpoch(epoch), index = countOfEpoch(epoch) - 1;
    if (index >= this.clocks.needs[unit]! || !this.history.of(unit, index)?.updates) return;
    this.reporter.eitherOrder({ unit, index, isWrite: true, operand: '' }, this.here(), { space: this.space, low, high });
  };
  /** What an instruction that waits in a unit would race with, were it to go now. */
  partnerOf(unit: number, operands: readonly Region[]): Access | undefined {
    const clock = this.clocks.now(unit);
    let found: Access | undefined;
    for (const { space, low, high, isWrite } of operands) {
      this.shadows[space]?.touched(low, high, unit, clock, isWrite, (epoch, _low, _high, wasWritten) => {
        const one = { unit: unitOfEpoch(epoch), index: countOfEpoch(epoch) - 1, isWrite: wasWritten, operand: '' };
        // The latest orders all others of its unit.
        if (!found || (found.unit === one.unit && found.index < one.index)) found = one;
      });
    }
    return found;
  }
  private here(): Access { return { unit: this.unit, index: this.count - 1, isWrite: this.isWriting, operand: this.operand }; }
}

/** Sources whose bits were moved as they are, as a mask of positions. */
function copied(record: RetiredCursor, { copies }: Described): number {
  const d = record.operand(0);
  let mask = 0;
  if (d?.role !== ROLE_WRITE) return 0;
  for (let position = 1; position < record.operandCount; position++) {
    if (((copies >> position) & 1) === 1 && record.operand(position)?.dtype === d.dtype) mask |= 1 << position;
  }
  return mask;
}

/** Does it change a float where it stands? Repeated in another order, the last bits come out otherwise. */
function isFloatUpdate({ view, at: base, operandCount }: RetiredCursor, { updates }: Described): boolean {
  const d = base + HEAD_BYTES, role = view.getUint8(d + at.role);
  if (!updates || (role & ROLE_WRITE) === 0 || formatByCode(view.getUint8(d + at.dtype))?.kind !== 'float') return false;
  for (let from = d + SIZE; from < d + operandCount * SIZE; from += SIZE) {
    const isThere = view.getUint8(from + at.role) !== 0 && view.getUint8(from + at.space) === view.getUint8(d + at.space);
    if (isThere && view.getUint32(from + at.address, true) === view.getUint32(d + at.address, true)) return true;
  }
  return role === ROLE_BOTH;
}
