//! device: the engine whose mm and mdw are computed once more, PE by PE, by the systolic array, whose bits are the ones that stay.
import { crc32c } from '../crc32c.ts';
import { RetiredCursor } from '../cursor.ts';
import type { Device, Digest, End, Pending, Program, RunOptions } from '../device.ts';
import { digestByRecords } from '../digest.ts';
import { engine } from '../engine.ts';
import { byOpcode } from '../instructions/set.ts';
import { bitAddress, elementCount, hull, indices } from '../isa/tensor.ts';
import type { Tensor } from '../isa/view.ts';
import { RETIRED_DONE, roleCode, SPACE_ACC, UNIT_MXU } from '../limits.ts';
import { type Closed, readRecord } from '../machine/closed.ts';
import type { Profile } from '../machine/profile.ts';
import { HEAD_BYTES, operandLayout } from '../retirement.ts';
import { ClockedArray, type Layout } from './kernel.ts';
import { codesOf, multiplicationOf, resultsOf, streamed, tileOf, type Weights, whyNot } from './multiplication.ts';
import { slotsOf, weightsOf } from './slots.ts';

/**
 * The third answer: every mm and mdw that an array can multiply is; the engine does all else, and what the array cannot (kernels that are
 * no chain, sparse and scaled weights). Bytes that are UNKNOWN are left to it.
 */
export function systolic(profile: Profile, options: SystolicOptions = {}): SystolicDevice { return new Systolic(profile, options); }

export interface SystolicOptions {
  readonly layout?: Layout;
  /** Bytes 16 PEs at a time, where that is possible; for laws. Default: true. */
  readonly bytes?: boolean;
  /** An array of other bytes: one that counts its lines. */
  readonly binary?: WebAssembly.Instance;
}
export interface SystolicDevice extends Device {
  /** Multiplications by the array since the device was made, and their clock edges, none of them overlapped. */
  counts(): { readonly multiplications: number; readonly edges: number };
}

class Systolic implements SystolicDevice {
  readonly name = 'systolic';
  readonly profile: Profile;
  private readonly engine: Device;
  private readonly array: ClockedArray;
  private readonly layout: Layout;
  private readonly bytes: boolean;
  private slots: (Weights | undefined)[] = [];
  /** The accumulators as the last instruction left them: what C was. Undefined: to be read again. */
  private before: Uint8Array | undefined;
  private multiplications = 0;
  private edges = 0;

  constructor(profile: Profile, { layout = 'weights', bytes = true, binary }: SystolicOptions) {
    this.profile = profile;
    this.engine = engine(profile);
    this.array = new ClockedArray(profile, binary);
    this.layout = layout;
    this.bytes = bytes;
  }
  counts(): { readonly multiplications: number; readonly edges: number } { return { multiplications: this.multiplications, edges: this.edges }; }

  reset(): void { this.engine.reset(); this.forget([]); }
  load(program: Program): void { this.engine.load(program); this.forget([]); }
  restore(snapshot: Uint8Array): void { this.engine.restore(snapshot); this.forget(slotsOf(snapshot, this.profile)); }
  state(): Uint8Array { return this.engine.state(); }
  snapshot(): Uint8Array { return this.engine.snapshot(); }
  pending(): readonly Pending[] { return this.engine.pending(); }
  read(space: number, address: number, byteCount: number): Uint8Array { return this.engine.read(space, address, byteCount); }
  known(space: number, address: number, byteCount: number): Uint8Array { return this.engine.known(space, address, byteCount); }
  write(space: number, address: number, bytes: Uint8Array): void { this.engine.write(space, address, bytes); this.before = undefined; }
  csrRead(offset: number): number { return this.engine.csrRead(offset); }
  /** The host's window reaches the accumulators. */
  csrWrite(offset: number, value: number): void { this.engine.csrWrite(offset, value); this.before = undefined; }

  execute(options: RunOptions = {}): End {
    const running = this.run(options);
    for (;;) { const next = running.next(); if (next.done) return next.value; }
  }
  /** One record at a time, whatever the ring: the machine stands still while the array works. */
  run(options: RunOptions = {}): Generator<RetiredCursor, End> {
    return this.records(this.engine.run({ ...options, ring: 1 }), options.digests === true);
  }
  digest(options: RunOptions = {}): Digest { return digestByRecords(this, options); }
  private *records(running: Generator<RetiredCursor, End>, digests: boolean): Generator<RetiredCursor, End> {
    for (;;) {
      this.before ??= this.engine.read(SPACE_ACC, 0, this.profile.accBytes);
      const next = running.next();
      if (next.done) return next.value;
      yield this.acted(next.value, digests);
    }
  }

  private forget(slots: (Weights | undefined)[]): void {
    this.slots = slots;
    this.before = undefined;
  }

  /** What is done behind an instruction; its record, with the array's digest. */
  private acted(record: RetiredCursor, digests: boolean): RetiredCursor {
    const definition = byOpcode.get(record.word(0) & 0xff);
    if (record.status !== RETIRED_DONE || !definition || (record.unit !== UNIT_MXU && !writesAccumulators(record))) return record;
    const bytes = record.bytes(), closed = readRecord(bytes, definition), { slot } = closed.captured as { readonly slot: number };
    let seen = record;
    if (definition.mnemonic === 'wload') this.slots[slot] = weightsOf(closed, this.engine);
    else if ((definition.mnemonic === 'mm' || definition.mnemonic === 'mdw') && this.multiply(closed, slot) && digests) {
      const view = new DataView(bytes.buffer);
      view.setUint32(HEAD_BYTES + operandLayout.at.digest, this.digestOf(closed.operands[0]!), true);
      seen = new RetiredCursor(view);
    }
    this.follow(closed);
    return seen;
  }

  /** Whether the array multiplied: its results lie in the accumulators, where they are known. */
  private multiply(closed: Closed, slot: number): boolean {
    const of = multiplicationOf(closed, this.slots[slot]!, this.profile), { acc, adds } = of;
    if (elementCount(acc) === 0n || whyNot(of) !== undefined) return false;
    const before = { read: (_space: number, address: number, count: number): Uint8Array => this.before!.slice(address, address + count) };
    const c = adds ? codesOf(acc, before) : undefined, tile = tileOf(of, this.engine, c, this.array), stream = streamed(of, this.layout, tile, undefined, this.bytes);
    this.array.start(stream.stimulus);
    this.array.run(stream.stimulus.edges);
    this.multiplications++;
    this.edges += stream.stimulus.edges;
    this.writeBack(acc, resultsOf(of, stream, c, this.array));
    return true;
  }

  /** A row of results at a time: their lanes lie side by side. */
  private writeBack(acc: Tensor, codes: readonly bigint[]): void {
    const columns = Number(acc.dims.at(-1)!), bytes = Number(acc.width) / 8;
    let i = 0;
    for (const row of indices(acc.dims.slice(0, -1).concat(1n))) {
      const at = Number(bitAddress(acc, row) >> 3n), known = this.engine.known(SPACE_ACC, at, columns * bytes);
      const all = bytesOf(codes.slice(i, i + columns), bytes);
      i += columns;
      if (!known.includes(0)) this.engine.write(SPACE_ACC, at, all);
      else for (let k = 0; k < all.length; k++) if (known[k] === 1) this.engine.write(SPACE_ACC, at + k, all.subarray(k, k + 1));
    }
  }

  private digestOf(acc: Tensor): number { return crc32c(bytesOf(codesOf(acc, this.engine), Number(acc.width) / 8)); }

  /** What the instruction wrote into the accumulators is what the next one finds there. */
  private follow({ operands }: Closed): void {
    for (const t of operands) {
      if (!t || t.space !== SPACE_ACC || t.role === 'read') continue;
      const [low, high] = hull(t).map(Number) as [number, number];
      this.before!.set(this.engine.read(SPACE_ACC, low, high - low), low);
    }
  }
}

const writesAccumulators = (record: RetiredCursor): boolean => Array.from({ length: record.operandCount }, (_, i) => record.operand(i))
  .some((operand) => operand?.space === SPACE_ACC && operand.role !== roleCode.read);

function bytesOf(codes: readonly bigint[], bytes: number): Uint8Array {
  const all = new Uint8Array(codes.length * bytes);
  codes.forEach((code, i) => { for (let byte = 0; byte < bytes; byte++) all[i * bytes + byte] = Number((code >> BigInt(8 * byte)) & 0xffn); });
  return all;
}
