//! index: the engine as its host sees it: run, launch, registers, memories.
import { launch as start } from './launch';
import { SCRATCH } from './memory';
import { reset as clear } from './reset';
import { readWindow, writeWindow } from './window';

export { beginSum } from './crc';
export { CLOSED, CONTROL, HEAP, PROFILE, QUEUES, SCRATCH, STATE } from './memory';
export { orderFollow, orderPost, orderReset } from './order';
export { codesAt, flagsAt, restoreSlot } from './pack';
export { countPage, layOut, pageBits, setKnown, touch } from './pages';
export { queued } from './queues';
export { run } from './run';
export { digest } from './trace';

/** Power-on: memories UNKNOWN, everything else zero. */
export function reset(): void { clear(true); }

/** Launches the image at a byte of DRAM with the eight arguments that lie at SCRATCH. */
export function launch(base: u32): void { start(<i64>base, 0, 0, false, SCRATCH); }

export function csrRead(offset: u32): u32 { return readWindow(offset); }
export function csrWrite(offset: u32, value: u32): void { writeWindow(offset, value); }

/** The end of the compiler's static data, which must lie below STATE. */
export function staticEnd(): usize { return __heap_base; }
