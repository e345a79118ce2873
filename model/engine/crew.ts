//! crew: the machine whose large instructions several threads share: one memory, and for each thread an instance with a room of its own in it.
import { wasm } from '#built/threads';
import { Rejected } from '../failure.ts';
import { controlLayout } from '../machine/state.ts';
import type { Profile } from '../machine/profile.ts';
import type { Exports } from './binary.ts';
import { place, type Placement } from './placement.ts';
import { startThread } from './thread.ts';

/** The most threads of one machine. */
export const THREAD_MAX = 64;
/** Work in int8 multiply-accumulates from which an instruction is shared out: some 10 microseconds of one thread (measured, bench/threads.ts). */
export const SHARED_WORK = 2 ** 19;

export interface Crew { readonly exports: Exports; readonly placement: Placement; readonly helpers: readonly { stop(): void }[] }

/** The machine's own instance, and `threads` - 1 helpers, which wait for work until they are stopped; a process may end before them. */
export function crew(profile: Profile, threads: number, sharedWork: number): Crew {
  const module = compiled ??= new WebAssembly.Module(Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0)));
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared: true });
  const instance = (home: number): Exports => new WebAssembly.Instance(module, { env: { memory, home } }).exports as unknown as Exports;
  // Where rooms lie the module says; an instance that is never run may have any.
  const { HEAP, HOME_BYTES } = instance(0), roomBytes = HOME_BYTES!.value, exports = instance(HEAP.value), view = new DataView(memory.buffer);
  const placement = place(exports, profile, threads), control = exports.CONTROL.value, { scratch, helpers, sharedWork: least } = controlLayout.at;
  view.setUint32(control + helpers, threads - 1, true);
  view.setUint32(control + least, sharedWork, true);
  const others = Array.from({ length: threads - 1 }, (_, i) => {
    const room = (i + 1) * roomBytes;
    view.setUint32(control + room + scratch, placement.scratches[i + 1]!, true);
    return startThread(HELPER, { module, memory, home: HEAP.value + room });
  });
  return { exports, placement, helpers: others };
}

const INITIAL_PAGES = 32, MAXIMUM_PAGES = 0x1_0000;
let compiled: WebAssembly.Module | undefined;
const HELPER = '({ module, memory, home }) => new WebAssembly.Instance(module, { env: { memory, home } }).exports.assist()';

/** Throws Rejected for what is no number of threads. */
export function requireThreads(threads: unknown): void {
  if (Number.isSafeInteger(threads) && (threads as number) >= 1 && (threads as number) <= THREAD_MAX) return;
  const message = `'threads' is ${typeof threads === 'string' ? `'${threads}'` : String(threads)}; it is a whole number, 1 to ${THREAD_MAX}`;
  throw new Rejected([{ file: 'options', line: 0, column: 0, message }]);
}
