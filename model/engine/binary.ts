//! binary: the built engine, compiled once for each build and instantiated once for each machine.
import { instantiateSync } from '@assemblyscript/loader';
import { wasm as scalar } from '#built/scalar';
import { wasm as simd } from '#built/simd';
import { Defect } from '../failure.ts';
import { sha256 } from '../sha256.ts';

/** `simd` is the fast one, `scalar` the one that other hosts embed; both give the same bits. */
export type Build = 'simd' | 'scalar';

/** What assembly/index.ts exports. Addresses come signed: `>>> 0` before use. */
export interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly STATE: WebAssembly.Global;
  readonly PROFILE: WebAssembly.Global;
  readonly CONTROL: WebAssembly.Global;
  readonly SCRATCH: WebAssembly.Global;
  readonly HEAP: WebAssembly.Global;
  staticEnd(): number;
  run(budget: number): number;
  reset(): void;
  launch(base: number): void;
  csrRead(offset: number): number;
  csrWrite(offset: number, value: number): void;
  touch(space: number, low: bigint, high: bigint): void;
  setKnown(space: number, low: bigint, high: bigint): void;
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
export function instantiate(build: Build): Exports {
  let module = modules.get(build);
  if (!module) modules.set(build, module = new WebAssembly.Module(decoded(build === 'simd' ? simd : scalar)));
  const exports = instantiateSync(module).exports as unknown as Exports;
  if (exports.staticEnd() > exports.STATE.value) throw new Defect(`the engine's static data end at ${exports.staticEnd()}, behind its state`);
  return exports;
}

/** SHA-256 of the WebAssembly binary. */
export const engineHash = (build: Build): string => sha256(decoded(build === 'simd' ? simd : scalar));

const modules = new Map<Build, WebAssembly.Module>();
const decoded = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
