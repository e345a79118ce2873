//! launch: the start of a run, from the host directly or from the command ring.
import {
  ARGUMENT_COUNT, ARGUMENT_FIRST, CALL_DEPTH, control, COUNTER_COUNT, DESCRIPTOR_WORDS, IMAGE_ALIGNMENT, IMAGE_HEADER_BYTES, IMAGE_MAGIC,
  INSTRUCTION_BYTES, LOOP_BYTES, LOOP_DEPTH, MODE_COUNT, MODE_WORDS, EVENT_COUNT, PHASE_RUN, profile, SCALAR_COUNT, SPACE_DRAM, state,
  TENSOR_COUNT, TRAP_VERSION, UNIT_COUNT, UNIT_SEQ, VERSION_MAJOR, VERSION_MINOR,
} from './encoding';
import { address } from './completion';
import { enterFault, NOWHERE, recordTrap } from './fault';
import { SCRATCH } from './memory';
import { touch, spaceAt } from './pages';
import { spaceBytes } from './regions';

const RECORD_BYTES: i64 = 64;

/** Launches the image at a byte of DRAM; `words` is the linear address of the eight arguments. A bad header ends the run at once. */
export function launch(base: i64, flags: u32, tag: u32, byRing: bool, words: usize): void {
  clear();
  control.setFresh(0);
  state.setLaunchFlags(flags);
  state.setLaunchTag(tag);
  state.setLaunchedByRing(<u32>byRing);
  for (let i: usize = 0; i < <usize>ARGUMENT_COUNT; i++) state.setRegisters(<usize>ARGUMENT_FIRST + i, load<u32>(words + (i << 2)));
  if (!isRunnable(base)) {
    state.setImageBase(0);
    state.setImageBytes(0);
    state.setInstructionCount(0);
    state.setPc(NOWHERE);
    recordTrap(TRAP_VERSION, UNIT_SEQ, NOWHERE, 0, 0, 0, 0);
    enterFault();
    return;
  }
  const header = spaceAt(SPACE_DRAM) + <usize>base, count = load<u32>(header, 12);
  // Fetch reads the instructions where they lie.
  touch(SPACE_DRAM, base, base + <i64>(IMAGE_HEADER_BYTES) + <i64>count * <i64>INSTRUCTION_BYTES);
  state.setImageBase(base);
  state.setImageBytes(load<u32>(header, 8));
  state.setInstructionCount(count);
  state.setPc(load<u32>(header, 16));
  state.setPhase(PHASE_RUN);
}

/** Has the image a header that this machine understands, and does it lie in DRAM? */
function isRunnable(base: i64): bool {
  const dram = spaceBytes(SPACE_DRAM);
  if (base & <i64>(IMAGE_ALIGNMENT - 1) || base > dram - <i64>IMAGE_HEADER_BYTES) return false;
  touch(SPACE_DRAM, base, base + <i64>IMAGE_HEADER_BYTES);
  const header = spaceAt(SPACE_DRAM) + <usize>base, version = load<u32>(header, 4), bytes = <i64>load<u32>(header, 8);
  if (load<u32>(header) != IMAGE_MAGIC || version >>> 16 != VERSION_MAJOR || (version & 0xffff) > VERSION_MINOR) return false;
  if (bytes < <i64>IMAGE_HEADER_BYTES + <i64>load<u32>(header, 12) * <i64>INSTRUCTION_BYTES || bytes > dram - base) return false;
  for (let i: usize = 0; i < 4; i++) if (load<u32>(header + (i << 2), 20) & ~profile.features(i)) return false;
  return true;
}

/** What a launch forgets of the run before it: everything but memories, slots, semaphores and the host's registers. */
function clear(): void {
  state.setSeq(0);
  state.setCallDepth(0);
  state.setLoopDepth(0);
  state.setPredicates(1);
  state.setHalted(0);
  state.setHaltValue(0);
  state.setStopRequest(0);
  state.setResumed(0);
  memory.fill(state.registersAt(), 0, SCALAR_COUNT * 4);
  memory.fill(state.callsAt(), 0, CALL_DEPTH * 4);
  memory.fill(state.loops(0), 0, <usize>LOOP_DEPTH * LOOP_BYTES);
  memory.fill(state.tensorsAt(), 0, TENSOR_COUNT * DESCRIPTOR_WORDS * 4);
  memory.fill(state.modesAt(), 0, MODE_COUNT * MODE_WORDS * 4);
  memory.fill(state.orderAt(), 0, UNIT_COUNT * 4);
  memory.fill(state.numericAt(), 0, 4 * EVENT_COUNT * 8);
  memory.fill(state.countersAt(), 0, COUNTER_COUNT * 8);
}

/** Is there an entry in the command ring? */
export function entryWaits(): bool { return state.ringLog2() != 0 && state.ringHead() != state.ringTail(); }

/** A record that lies outside DRAM reads as the pattern, in which no image can be found. */
export function launchEntry(): void {
  const index = <i64>(state.ringHead() & ((1 << state.ringLog2()) - 1));
  const base = address(state.ringBaseLow(), state.ringBaseHigh()) + RECORD_BYTES * index;
  let at = SCRATCH;
  if (base <= spaceBytes(SPACE_DRAM) - RECORD_BYTES) {
    touch(SPACE_DRAM, base, base + RECORD_BYTES);
    at = spaceAt(SPACE_DRAM) + <usize>base;
  } else memory.fill(at, <u8>profile.unknownByte(), <usize>RECORD_BYTES);
  launch(address(load<u32>(at), load<u32>(at, 4)), load<u32>(at, 8), load<u32>(at, 12), true, at + 32);
}
