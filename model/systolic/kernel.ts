//! kernel: the clocked WebAssembly array: what enters is laid down, edges are run, registers are read.
import { instantiateSync } from '@assemblyscript/loader';
import { bytes } from '#built/systolic';
import { writeFormats } from '../engine/placement.ts';
import { Defect, Rejected } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';
import type { Shape } from './closed-forms.ts';

/** Weights stay and partial sums go down, or sums stay and weights go down. */
export type Layout = 'weights' | 'outputs';

/** What a PE adds: integers exactly or wrapped to `psumBits`, or one fused multiply-add of floats by their dtype codes. */
export type Arithmetic =
  | { readonly kind: 'integer'; readonly psumBits: number | null }
  /** Integers of 8 bits whose sums have at most 32, many at a time. */
  | { readonly kind: 'bytes' }
  | { readonly kind: 'chain'; readonly activation: number; readonly weight: number; readonly accumulator: number; readonly daz: 0 | 1 | 2; readonly ftz: 0 | 1 | 2 };

export const VALID = 1, FIRST = 2;

/** Everything that enters an array, by clock edge. */
export interface Stimulus {
  readonly layout: Layout;
  readonly shape: Shape;
  readonly arithmetic: Arithmetic;
  readonly edges: number;
  /** Vectors [..][rows]: at row r vector i enters at edge i + r. Integers are values, floats codes. */
  readonly left: Int32Array;
  /** Beside each of them VALID and FIRST. */
  readonly flags: Uint8Array;
  /** Sums that enter at the top: of stationary weights vectors [..][columns], i at column c at edge i + c; of stationary outputs rows that `loads` names. */
  readonly top: BigInt64Array;
  /** For each edge: of stationary weights the row of weights, from 1 on, that goes in; of outputs 1 or 2 + a row of `top`: all sums go down. 0: none. */
  readonly loads: Uint32Array;
  /** [..][columns]: rows that `loads` names, or vectors, i at column c at edge i + c. */
  readonly weights: Int32Array;
  /** 1 beside each weight that takes part. */
  readonly live: Uint8Array;
}

/** Registers of a PE, in the order in which a frame has them, plane by plane. */
export const registers = ['w', 's', 'l', 'ls', 'a', 'f', 'v', 'p'] as const;
export type Register = (typeof registers)[number];

/** What assembly/systolic.ts exports. Addresses come signed. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly PROFILE: WebAssembly.Global;
  setArithmetic(kind: number, psumBits: number, activation: number, weight: number, accumulator: number, daz: number, ftz: number): void;
  layOut(rows: number, columns: number, edges: number, weightRows: number): number;
  clear(): void;
  run(count: number, outputs: number): void;
  capture(): void;
  add(accumulator: number, c: bigint, p: bigint, isat: number): bigint;
  startOf(accumulator: number, c: bigint, daz: number): bigint;
  leftAt(): number;
  leftFlagsAt(): number;
  topAt(): number;
  loadsAt(): number;
  weightsAt(): number;
  liveAt(): number;
  bottomAt(): number;
  frameAt(): number;
  strideOf(): number;
  staticEnd(): number;
}

let module: WebAssembly.Module | undefined;
const WASM_PAGE_BYTES = 0x1_0000, MEMORY_BYTES = 2 ** 32, CHAIN_CODE = 1;
const codes = { integer: 0, chain: CHAIN_CODE, bytes: 2 } as const;

/** An array that may be started again and again, with the formats of a profile. */
export class ClockedArray {
  private readonly exports: Exports;
  private readonly profileName: string;
  private stimulus: Stimulus | undefined;

  /** `binary`: an array of other bytes with the same exports; whoever made it keeps what else it exports. */
  constructor(profile: Pick<Profile, 'name' | 'formatCodes' | 'nans'>, binary?: WebAssembly.Instance) {
    module ??= new WebAssembly.Module(bytes());
    this.exports = (binary ?? instantiateSync(module)).exports as unknown as Exports;
    this.profileName = profile.name;
    const at = this.exports.PROFILE.value as number;
    if (this.exports.staticEnd() > at) throw new Defect(`the static data of the array end at ${this.exports.staticEnd()}, past the start of the formats`);
    writeFormats(new DataView(this.exports.memory.buffer), at, profile);
  }

  /** Power-on, and everything laid down that will enter. */
  start(of: Stimulus): void {
    const { exports } = this, { arithmetic, shape, edges } = of, isChain = arithmetic.kind === 'chain';
    const dtypes = isChain ? [arithmetic.activation, arithmetic.weight, arithmetic.accumulator, arithmetic.daz, arithmetic.ftz] as const : [0, 0, 0, 0, 0] as const;
    exports.setArithmetic(codes[arithmetic.kind], arithmetic.kind === 'integer' ? (arithmetic.psumBits ?? 0) : 0, ...dtypes);
    const before = of.layout === 'outputs' ? shape.columns : 0, weightRows = of.layout === 'outputs' ? before + edges : of.weights.length / shape.columns;
    this.makeRoom(exports.layOut(shape.rows, shape.columns, edges, weightRows));
    exports.clear();
    this.stimulus = of;
    this.layEdges(of, before);
  }
  /** So many clock edges. */
  run(edges: number): void { this.exports.run(edges, this.started().layout === 'outputs' ? 1 : 0); }

  /** Register p of the lowest row after an edge. */
  bottom(edge: number, column: number): bigint {
    const stride = this.exports.strideOf(), isBytes = this.started().arithmetic.kind === 'bytes', at = this.exports.bottomAt() >>> 0, view = this.view();
    const place = edge * stride + column;
    return isBytes ? BigInt(view.getInt32(at + 4 * place, true)) : view.getBigInt64(at + 8 * place, true);
  }
  /** Every register now: the planes of `registers`, each [rows][columns]. */
  frame(): Float64Array {
    const { shape: { rows, columns }, arithmetic } = this.started(), isChain = arithmetic.kind === 'chain';
    this.exports.capture();
    const all = new BigInt64Array(this.exports.memory.buffer, this.exports.frameAt() >>> 0, registers.length * rows * columns);
    return Float64Array.from(all, (value) => Number(isChain ? BigInt.asUintN(32, value) : value));
  }
  /** The accumulator's code c + p, added behind the array. */
  add(accumulator: number, c: bigint, p: bigint, isat: boolean): bigint { return BigInt.asUintN(64, this.exports.add(accumulator, BigInt.asIntN(64, c), p, isat ? 1 : 0)); }
  /** C as a chain begins with it. */
  startOf(accumulator: number, c: bigint, daz: 0 | 1 | 2): bigint { return BigInt.asUintN(64, this.exports.startOf(accumulator, c, daz)); }

  private started(): Stimulus {
    if (!this.stimulus) throw new Defect('the array was not started');
    return this.stimulus;
  }
  private view(): DataView { return new DataView(this.exports.memory.buffer); }

  private makeRoom(end: number): void {
    const bytes = end >>> 0, missing = Math.ceil((bytes - this.exports.memory.buffer.byteLength) / WASM_PAGE_BYTES);
    if (missing <= 0) return;
    try {
      this.exports.memory.grow(missing);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const message = `the array needs ${bytes} bytes, more than this machine gives; at most ${MEMORY_BYTES} exist`;
      throw new Rejected([{ file: this.profileName, line: 0, column: 0, message }]);
    }
  }

  private layEdges({ arithmetic, layout, shape: { columns }, left, flags, top, loads, weights, live }: Stimulus, before: number): void {
    const { exports } = this, memory = new Uint8Array(exports.memory.buffer), stride = exports.strideOf(), isBytes = arithmetic.kind === 'bytes';
    const values = isBytes ? new Int8Array(exports.memory.buffer) : new Int32Array(exports.memory.buffer), scale = isBytes ? 0 : 2;
    values.set(left, (exports.leftAt() >>> 0) >> scale);
    memory.set(flags, exports.leftFlagsAt() >>> 0);
    new Uint32Array(exports.memory.buffer).set(loads, (exports.loadsAt() >>> 0) / 4);
    if (!isBytes) new BigInt64Array(exports.memory.buffer).set(top, (exports.topAt() >>> 0) / 8 + (layout === 'weights' ? columns * columns : 0));
    const weightsAt = ((exports.weightsAt() >>> 0) >> scale) + before * columns, liveAt = (exports.liveAt() >>> 0) + before * columns;
    if (!isBytes) {
      values.set(weights, weightsAt);
      memory.set(live, liveAt);
      return;
    }
    for (let row = 0; row < weights.length / columns; row++) {
      values.set(weights.subarray(row * columns, (row + 1) * columns), weightsAt + row * stride);
      for (let c = 0; c < columns; c++) if (live[row * columns + c]) memory[liveAt + row * (stride >> 3) + (c >> 3)]! |= 1 << (c & 7);
    }
  }
}
