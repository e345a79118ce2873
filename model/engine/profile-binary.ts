//! profile-binary: a profile as the bytes that configure the engine, for hosts that read no JSON.
import { crc32c } from '../crc32c.ts';
import type { Profile } from '../machine/profile.ts';
import { engineHash, instantiate } from './binary.ts';
import { place } from './placement.ts';

/**
 * All numbers little-endian, 32 bits. "SYSPROF1", SHA-256 of the engine that it is for, bytes of linear memory, number of chunks, bytes of
 * the name, the name filled up with zeros to a multiple of 4; then the chunks, each an address in linear memory, a byte count (a multiple of
 * 4) and the bytes; at the end CRC-32C of all before it. Memory that no chunk fills is zero.
 */
export function profileBinary(profile: Profile): Uint8Array {
  const exports = instantiate('scalar'), { written, end } = place(exports, profile, { follows: true }), memory = new Uint8Array(exports.memory.buffer);
  const chunks = written.flatMap(([at, byteCount]) => filled(memory, at, byteCount)), name = new TextEncoder().encode(profile.name);
  const nameBytes = up(name.length), chunkBytes = chunks.reduce((sum, [, count]) => sum + 8 + count, 0);
  const bytes = new Uint8Array(HEAD_BYTES + nameBytes + chunkBytes + 4), view = new DataView(bytes.buffer), hash = engineHash('scalar');
  bytes.set(new TextEncoder().encode(MAGIC));
  for (let i = 0; i < 32; i++) bytes[8 + i] = Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16);
  [end, chunks.length, name.length].forEach((word, i) => { view.setUint32(40 + 4 * i, word, true); });
  bytes.set(name, HEAD_BYTES);
  let to = HEAD_BYTES + nameBytes;
  for (const [at, count] of chunks) {
    view.setUint32(to, at, true);
    view.setUint32(to + 4, count, true);
    bytes.set(memory.subarray(at, at + count), to + 8);
    to += 8 + count;
  }
  view.setUint32(to, crc32c(bytes.subarray(0, to)), true);
  return bytes;
}

const MAGIC = 'SYSPROF1', HEAD_BYTES = 8 + 32 + 3 * 4, GRANULE_BYTES = 64;
const up = (count: number): number => Math.ceil(count / 4) * 4;

/** Runs of granules that are not all zero. */
function filled(memory: Uint8Array, from: number, byteCount: number): (readonly [at: number, byteCount: number])[] {
  const runs: [number, number][] = [];
  for (let at = from; at < from + byteCount; at += GRANULE_BYTES) {
    const count = Math.min(GRANULE_BYTES, up(from + byteCount - at)), last = runs.at(-1);
    if (memory.subarray(at, at + count).every((byte) => byte === 0)) continue;
    if (last && last[0] + last[1] === at) last[1] += count;
    else runs.push([at, count]);
  }
  return runs;
}
