//! described: what the host has found out of an instruction of the program, sixteen bytes for each (model/sanitizer/scout.ts writes them).

export const DESCRIBED_BYTES: usize = 16;
/** What is to be done where an instruction stands: ask the host, nothing, or follow it. */
export const ASK: u32 = 0, PLAIN: u32 = 1, FOLLOW: u32 = 2;

export namespace described {
  @inline export function kind(at: usize): u32 { return load<u8>(at); }
  /** Semaphores of its head and of its operation, 0: none. */
  @inline export function wait(at: usize): u32 { return load<u8>(at, 1); }
  @inline export function post(at: usize): u32 { return load<u8>(at, 2); }
  @inline export function waits(at: usize): u32 { return load<u8>(at, 3); }
  @inline export function posts(at: usize): u32 { return load<u8>(at, 4); }
  /** Units that it waits for, as a mask. */
  @inline export function fence(at: usize): u32 { return load<u8>(at, 5); }
  /** Units whose counters it reads, [from, to). */
  @inline export function countersFrom(at: usize): u32 { return load<u8>(at, 6); }
  @inline export function countersTo(at: usize): u32 { return load<u8>(at, 7); }
  /** What its operation adds to the register for the count of tokens. */
  @inline export function many(at: usize): u32 { return load<u32>(at, 8); }
  /** Positions whose elements are picked by what lies in memory, and those whose bits may be moved as they are, as masks. */
  @inline export function picked(at: usize): u32 { return load<u8>(at, 12); }
  @inline export function copies(at: usize): u32 { return load<u8>(at, 13); }
  /** Does it take or post tokens? */
  @inline export function orders(at: usize): bool { return (load<u64>(at) & 0xff_ffff_ff00) != 0; }
}
