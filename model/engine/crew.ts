//! crew: machines in memory that threads share, each thread with an instance and a room of its own in it.
import { bytes } from '#built/threads';
import { controlLayout } from '../machine/state.ts';
import type { Profile } from '../machine/profile.ts';
import type { Exports } from './binary.ts';
import { place, type Placement } from './placement.ts';
import { startThread, type Thread } from './thread.ts';

/** Work in int8 multiply-accumulates from which an instruction is shared out: some 10 microseconds of one thread at 50 G/s. */
export const SHARED_WORK = 2 ** 19;

export interface Crewed { readonly exports: Exports; readonly placement: Placement; readonly helpers: readonly Thread[] }

/** The machine's own instance, and `threads` - 1 helpers, which wait for slices of large instructions until they are stopped. `binary`: other bytes than the threads build. */
export function crew(profile: Profile, threads: number, sharedWork: number, binary?: WebAssembly.Module): Crewed {
  const { memory, exports, instance } = shared(binary), placement = place(exports, profile, { threads, follows: binary !== undefined }), view = new DataView(memory.buffer);
  const control = exports.CONTROL.value, { scratch, helpers, sharedWork: least } = controlLayout.at;
  view.setUint32(control + helpers, threads - 1, true);
  view.setUint32(control + least, sharedWork, true);
  const others = Array.from({ length: threads - 1 }, (_, i) => {
    const room = (i + 1) * exports.HOME_BYTES!.value;
    view.setUint32(control + room + scratch, placement.scratches[i + 1]!, true);
    return startThread(HELPER, instance(room));
  });
  return { exports, placement, helpers: others };
}

/** A machine whose memory is at hand here, while what runs it is a thread: it answers a budget with a status. */
export function elsewhere(profile: Profile): { readonly exports: Exports; readonly placement: Placement; readonly thread: Thread } {
  const { exports, instance } = shared(), placement = place(exports, profile);
  return { exports, placement, thread: startThread('({ module, imports }, serve) => serve(new WebAssembly.Instance(module, imports).exports.run)', instance(0)) };
}

/** A helper that breaks off has a defect; the machine, which may wait for it, is told: failed, another number of done, its waking. */
const HELPER = `({ module, imports }) => {
  const { assist, JOB } = new WebAssembly.Instance(module, imports).exports;
  try { assist(); } catch (error) {
    const words = new Int32Array(imports.env.memory.buffer, JOB.value);
    Atomics.store(words, 18, 1);
    Atomics.add(words, 16, -(2 ** 31));
    Atomics.notify(words, 16);
    throw error;
  }
}`;
const INITIAL_PAGES = 32, MAXIMUM_PAGES = 0x1_0000;
let compiled: WebAssembly.Module | undefined;

/** A memory with the instance of the machine's own thread; `instance` tells what another one is made of, its room so many bytes further on. */
function shared(binary?: WebAssembly.Module): { readonly memory: WebAssembly.Memory; readonly exports: Exports; instance(room: number): Made } {
  const module = binary ?? (compiled ??= new WebAssembly.Module(bytes()));
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared: true });
  const at = (home: number): Made => ({ module, imports: { env: { memory, home } } });
  const made = (home: number): Exports => new WebAssembly.Instance(module, at(home).imports).exports as unknown as Exports;
  // The module says where rooms lie; an instance that only tells it needs none.
  const home = made(0).HEAP.value;
  return { memory, exports: made(home), instance: (room) => at(home + room) };
}
interface Made { readonly module: WebAssembly.Module; readonly imports: { readonly env: Readonly<Record<string, unknown>> } }
