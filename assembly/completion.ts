//! completion: the end of a run that the command ring launched: its completion record, then the ring's head.
import { SPACE_DRAM, state } from './encoding';
import { setKnown, spaceAt } from './pages';
import { spaceBytes } from './regions';

const BYTES: i64 = 32;

/** 48 address bits of a pair of registers or words. */
@inline export function address(low: u32, high: u32): i64 { return <i64>low | (<i64>(high & 0xffff) << 32); }

/** Status 0 or the code of the fault. Nothing happens for a run that the host launched directly. */
export function complete(status: u32): void {
  if (!state.launchedByRing()) return;
  const index = <i64>(state.ringHead() & ((1 << state.ringLog2()) - 1));
  const to = address(state.completionLow(), state.completionHigh()) + BYTES * index;
  if (to > spaceBytes(SPACE_DRAM) - BYTES) state.setHostError(1);
  else {
    setKnown(SPACE_DRAM, to, to + BYTES);
    const at = spaceAt(SPACE_DRAM) + <usize>to;
    store<u32>(at, state.launchTag());
    store<u32>(at, status, 4);
    store<u32>(at, state.haltValue(), 8);
    store<u32>(at, state.pc(), 12);
    store<i64>(at, state.seq(), 16);
    store<u64>(at, 0, 24);
  }
  state.setRingHead(state.ringHead() + 1);
}
