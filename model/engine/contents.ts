//! contents: bytes and known bits of the engine's memories, for the host.
import { packBits, unpackBits } from '../bits.ts';
import { Rejected } from '../failure.ts';
import { PAGE_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../limits.ts';
import { requireBytes } from '../machine/bounds.ts';
import type { Profile } from '../machine/profile.ts';
import { controlLayout } from '../machine/state.ts';
import type { PageContents } from '../snapshot.ts';
import type { Exports } from './binary.ts';
import type { Placement } from './placement.ts';

/** Addresses in bytes. Bytes that do not exist are the user's mistake: Rejected. */
export interface Contents {
  read(space: number, address: number, byteCount: number): Uint8Array;
  known(space: number, address: number, byteCount: number): Uint8Array;
  write(space: number, address: number, bytes: Uint8Array): void;
  /** Pages that are not all UNKNOWN pattern, ascending by space and page. */
  pages(): PageContents[];
  restore(pages: readonly PageContents[]): void;
}

export function contents(exports: Exports, { spaces }: Placement, profile: Profile): Contents {
  const memory = new Uint8Array(exports.memory.buffer), view = new DataView(exports.memory.buffer), control = exports.CONTROL.value;
  const sizes: Readonly<Record<number, number>> = { [SPACE_DRAM]: profile.dramBytes, [SPACE_SPM]: profile.spmBytes, [SPACE_ACC]: profile.accBytes };
  const word = (name: 'touchedLists' | 'touchedCounts', space: number): number => view.getUint32(control + controlLayout.at[name] + 4 * space, true);
  /** Known bits of part of a page, one byte each. */
  const flags = (space: number, page: number, from: number, count: number): Uint8Array => {
    const bits = exports.pageBits(space, page) >>> 0;
    return unpackBits(memory.subarray(bits, bits + PAGE_BYTES / 8), count, from);
  };

  return {
    read(space, address, byteCount) {
      requireBytes(profile, space, address, byteCount);
      if (byteCount > 0) exports.touch(space, BigInt(address), BigInt(address + byteCount));
      return memory.slice(spaces[space]! + address, spaces[space]! + address + byteCount);
    },
    known(space, address, byteCount) {
      requireBytes(profile, space, address, byteCount);
      const known = new Uint8Array(byteCount), last = address + byteCount;
      for (let at = address; at < last;) {
        const page = Math.floor(at / PAGE_BYTES), end = Math.min(last, (page + 1) * PAGE_BYTES);
        known.set(flags(space, page, at % PAGE_BYTES, end - at), at - address);
        at = end;
      }
      return known;
    },
    write(space, address, bytes) {
      requireBytes(profile, space, address, bytes.length);
      if (bytes.length > 0) memory.set(bytes, exports.layOut(space, address, bytes.length) >>> 0);
    },
    pages() {
      return [SPACE_DRAM, SPACE_SPM, SPACE_ACC].flatMap((space) => {
        const list = word('touchedLists', space), count = word('touchedCounts', space);
        // As with queues: no list that cannot be is followed.
        if (count * PAGE_BYTES > sizes[space]! + PAGE_BYTES) throw new RangeError(`${count} pages of space ${space} are said to be touched, which has fewer`);
        const touched = Array.from({ length: count }, (_, i) => view.getUint32(list + 4 * i, true)).sort((a, b) => a - b);
        return touched.flatMap((page): PageContents[] => {
          const known = flags(space, page, 0, PAGE_BYTES), bytes = new Uint8Array(PAGE_BYTES), from = page * PAGE_BYTES;
          const count = Math.min(PAGE_BYTES, sizes[space]! - from);
          known.fill(0, count);
          bytes.fill(profile.unknownByte).set(memory.subarray(spaces[space]! + from, spaces[space]! + from + count));
          return known.includes(1) || bytes.some((byte) => byte !== profile.unknownByte) ? [{ space, page, bytes, known }] : [];
        });
      });
    },
    restore(pages) {
      for (const { space, page, bytes, known } of pages) {
        const from = page * PAGE_BYTES, count = Math.min(PAGE_BYTES, (sizes[space] ?? 0) - from);
        if (count <= 0) throw new Rejected([{ file: 'snapshot', line: 0, column: 0, message: `page ${page} of space ${space} does not exist` }]);
        exports.touch(space, BigInt(from), BigInt(from + count));
        memory.set(bytes.subarray(0, count), spaces[space]! + from);
        memory.fill(0, exports.pageBits(space, page) >>> 0, (exports.pageBits(space, page) >>> 0) + PAGE_BYTES / 8).set(packBits(known.subarray(0, count)), exports.pageBits(space, page) >>> 0);
        exports.countPage(space, page);
      }
    },
  };
}
