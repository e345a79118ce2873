//! binary: the built engine, compiled once for each build and instantiated once for each machine.
import { bytes as scalar, hash as scalarHash } from '#built/scalar';
import { bytes as simd, hash as simdHash } from '#built/simd';
import { Defect } from '../failure.ts';

/** `simd` is the fast one, `scalar` the one that other hosts embed; both give the same bits. */
export type Build = 'simd' | 'scalar';
/** An engine of other bytes with the same exports: a mutant, a fault build. An instance belongs to one machine; whoever made it keeps what else it exports. */
export type Binary = WebAssembly.Module | WebAssembly.Instance;

/** What assembly/index.ts exports. Addresses come signed: `>>> 0` before use. */
export interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly STATE: WebAssembly.Global;
  readonly PROFILE: WebAssembly.Global;
  readonly CONTROL: WebAssembly.Global;
  readonly SCRATCH: WebAssembly.Global;
  readonly HEAP: WebAssembly.Global;
  /** Of the threads build: bytes of the room that each instance has, HEAP where the first one begins. */
  readonly HOME_BYTES?: WebAssembly.Global;
  staticEnd(): number;
  run(budget: number): number;
  beginSum(): void;
  digest(): number;
  reset(): void;
  launch(base: number): void;
  csrRead(offset: number): number;
  csrWrite(offset: number, value: number): void;
  /** Lays pages down; 1 where all of them are wholly known. */
  touch(space: number, low: bigint, high: bigint): number;
  layOut(space: number, at: number, byteCount: number): number;
  pageBits(space: number, page: number): number;
  countPage(space: number, page: number): void;
  queued(unit: number, index: number): number;
  codesAt(slot: number): number;
  flagsAt(slot: number): number;
  restoreSlot(slot: number): void;
  orderReset(): void;
  orderPost(semaphore: number, tokens: number): number;
  orderFollow(record: number): number;
}

/** A machine of its own: nothing is shared with other instances but the compiled code. */
export function instantiate(build: Build | Binary): Exports {
  // Not by the loader: what it puts around each export is for objects of AssemblyScript, and as large as all else of a machine.
  const instance = build instanceof WebAssembly.Instance ? build : new WebAssembly.Instance(build instanceof WebAssembly.Module ? build : moduleOf(build));
  const exports = instance.exports as unknown as Exports;
  if (exports.staticEnd() > exports.STATE.value) throw new Defect(`the engine's static data end at ${exports.staticEnd()}, past the start of its state`);
  return exports;
}

function moduleOf(build: Build): WebAssembly.Module {
  let module = modules.get(build);
  if (!module) modules.set(build, module = new WebAssembly.Module(engineBytes(build)));
  return module;
}

/** The WebAssembly binary itself. */
export const engineBytes = (build: Build): Uint8Array => (build === 'simd' ? simd() : scalar());
/** SHA-256 of the WebAssembly binary. */
export const engineHash = (build: Build): string => (build === 'simd' ? simdHash : scalarHash);

const modules = new Map<Build, WebAssembly.Module>();
