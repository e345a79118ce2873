//! room: memory that the scout takes and what it puts back: every piece comes as zeros.

/** Makes the memory larger by so many bytes at least, or ends the run. */
@external('host', 'grow') declare function grow(bytes: usize): void;

/** Beyond what lies at addresses known to the compiler. */
let end: usize = 0;
/** Pieces that were put back, by the logarithm of their size: a list through their first words. */
const BACK: usize = memory.data(32 * 4, 4);

/** Zeros, on a multiple of 16. */
export function take(bytes: usize): usize {
  const list = BACK + (<usize>ctz<u32>(<u32>bytes) << 2), old = <usize>load<u32>(list);
  if (old && popcnt<u32>(<u32>bytes) == 1) {
    store<u32>(list, load<u32>(old));
    memory.fill(old, 0, bytes);
    return old;
  }
  if (!end) end = (__heap_base + 15) & ~15;
  const at = end, size = <usize>memory.size() << 16;
  end = at + ((bytes + 15) & ~15);
  if (end > size) grow(end - size);
  return at;
}
/** A piece whose size is a power of two. */
export function putBack(at: usize, bytes: usize): void {
  const list = BACK + (<usize>ctz<u32>(<u32>bytes) << 2);
  store<u32>(at, load<u32>(list));
  store<u32>(list, <u32>at);
}
