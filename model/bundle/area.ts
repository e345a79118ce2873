//! area: a set of bytes of one space, and what a device holds there, as pieces of memory.
import type { Device } from '../device.ts';

/** Grows run by run. */
export interface Area {
  add(address: number, bytes: number): void;
  /** [from, behind the last], ascending, more than `gap` bytes apart from one another. */
  runs(gap?: number): readonly (readonly [number, number])[];
}
/** Bytes at an address; `known` is 0 for each UNKNOWN byte, absent when there is none. */
export interface Piece { readonly address: number; readonly bytes: Uint8Array; readonly known?: Uint8Array }

export function areaOf(): Area {
  let runs: (readonly [number, number])[] = [], pending: (readonly [number, number])[] = [];
  const merge = (all: readonly (readonly [number, number])[], gap = 0): (readonly [number, number])[] => {
    const merged: [number, number][] = [];
    for (const [from, to] of [...all].sort((a, b) => a[0] - b[0])) {
      const last = merged.at(-1);
      if (last && from <= last[1] + gap) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
    }
    return merged;
  };
  const settle = (): void => {
    if (pending.length > 0) runs = merge([...runs, ...pending]);
    pending = [];
  };
  return {
    add(address, bytes) {
      if (bytes > 0) pending.push([address, address + bytes]);
      if (pending.length > 4096) settle();
    },
    runs(gap) {
      settle();
      return merge(runs, gap);
    },
  };
}

/** Both, the pieces of `over` where both have a byte. */
export function laidOver(under: readonly Piece[], over: readonly Piece[]): readonly Piece[] {
  const area = areaOf();
  for (const { address, bytes } of [...under, ...over]) area.add(address, bytes.length);
  return area.runs().map(([from, to]) => {
    const bytes = new Uint8Array(to - from), known = new Uint8Array(to - from).fill(1);
    for (const piece of [...under, ...over].filter(({ address }) => address >= from && address < to)) {
      bytes.set(piece.bytes, piece.address - from);
      known.set(piece.known ?? new Uint8Array(piece.bytes.length).fill(1), piece.address - from);
    }
    return { address: from, bytes, ...(known.includes(0) ? { known } : {}) };
  });
}

/** What the device holds in the area now. */
export function piecesOf(area: Area, device: Device, space: number): readonly Piece[] {
  return area.runs().map(([from, to]) => {
    const count = to - from, bytes = device.read(space, from, count), known = device.known(space, from, count);
    return { address: from, bytes, ...(known.includes(0) ? { known } : {}) };
  });
}
