//! room: memory that the scout takes and what it puts back.

/** Makes the memory larger by so many bytes at least, or ends the run. */
@external('host', 'grow') declare function grow(bytes: usize): void;

let end: usize = 0;
/** Pieces that were put back, by the logarithm of their size: a list through their first words. */
const BACK: usize = memory.data(16 * 4, 4);

/** Everything is as at first: zeros, and nothing taken. */
export function clear(): void {
  memory.fill(0, 0, end);
  end = (__heap_base + 15) & ~15;
}
/** Zeros, on a multiple of 16. */
export function take(bytes: usize): usize {
  const at = end, behind = at + ((bytes + 15) & ~15);
  if (<u64>behind > <u64>memory.size() << 16) grow(behind - (<usize>memory.size() << 16));
  end = behind;
  return at;
}
/** 2^shift bytes of zeros that may be put back. */
export function takePiece(shift: u32): usize {
  const list = BACK + (<usize>shift << 2), old = <usize>load<u32>(list);
  if (!old) return take(<usize>1 << shift);
  store<u32>(list, load<u32>(old));
  memory.fill(old, 0, <usize>1 << shift);
  return old;
}
export function putBack(at: usize, shift: u32): void {
  const list = BACK + (<usize>shift << 2);
  store<u32>(at, load<u32>(list));
  store<u32>(list, <u32>at);
}
