//! contents: bytes and known bits of the engine's memories, for the host.
import { Rejected } from '../failure.ts';
import { PAGE_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM, spaceNames } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { controlLayout } from '../machine/state.ts';
import type { PageContents } from '../snapshot.ts';
import type { Exports } from './binary.ts';
import type { Placement } from './placement.ts';

/** Addresses in bytes. What lies outside a space reads as UNKNOWN, and writing it is the user's mistake. */
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
  const inside = (space: number, address: number, byteCount: number): readonly [number, number] =>
    [Math.min(Math.max(0, address), sizes[space] ?? 0), Math.min(Math.max(0, address + byteCount), sizes[space] ?? 0)];

  /** Known bits of part of a page, one byte each. */
  const flags = (space: number, page: number, from: number, count: number): Uint8Array => {
    const bits = exports.pageBits(space, page) >>> 0, known = new Uint8Array(count);
    for (let i = 0; i < count; i++) known[i] = (memory[bits + ((from + i) >> 3)]! >> ((from + i) & 7)) & 1;
    return known;
  };

  return {
    read(space, address, byteCount) {
      const bytes = new Uint8Array(byteCount).fill(profile.unknownByte), [low, high] = inside(space, address, byteCount);
      if (low >= high) return bytes;
      exports.touch(space, BigInt(low), BigInt(high));
      bytes.set(memory.subarray(spaces[space]! + low, spaces[space]! + high), low - address);
      return bytes;
    },
    known(space, address, byteCount) {
      const known = new Uint8Array(byteCount), [low, high] = inside(space, address, byteCount);
      for (let at = low; at < high;) {
        const page = Math.floor(at / PAGE_BYTES), end = Math.min(high, (page + 1) * PAGE_BYTES);
        known.set(flags(space, page, at % PAGE_BYTES, end - at), at - address);
        at = end;
      }
      return known;
    },
    write(space, address, bytes) {
      const size = sizes[space] ?? 0, end = address + bytes.length;
      if (!Number.isInteger(address) || address < 0 || end > size) {
        const name = spaceNames[space] ?? `space ${space}`;
        throw new Rejected([{ file: name, line: 0, column: 0, message: `bytes ${address} to ${end - 1} do not exist; ${name} has ${size} bytes` }]);
      }
      if (bytes.length === 0) return;
      exports.setKnown(space, BigInt(address), BigInt(end));
      memory.set(bytes, spaces[space]! + address);
    },
    pages() {
      return [SPACE_DRAM, SPACE_SPM, SPACE_ACC].flatMap((space) => {
        const list = word('touchedLists', space), count = word('touchedCounts', space);
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
        const bits = exports.pageBits(space, page) >>> 0;
        for (let i = 0; i < PAGE_BYTES / 8; i++) {
          let byte = 0;
          for (let bit = 0; bit < 8; bit++) if (8 * i + bit < count && known[8 * i + bit]) byte |= 1 << bit;
          memory[bits + i] = byte;
        }
        exports.countPage(space, page);
      }
    },
  };
}
