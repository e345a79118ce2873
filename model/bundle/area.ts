//! area: a set of bytes of one space, and what a device holds there, as pieces of memory.
import type { Device } from '../device.ts';
import { SPACE_ACC, SPACE_DRAM } from '../limits.ts';

/** Grows run by run. */
export interface Area {
  add(address: number, bytes: number): void;
  /** [from, behind the last], ascending, apart from one another, rounded outwards to multiples of `granule`. */
  runs(granule: number): readonly (readonly [number, number])[];
}
/** Bytes at an address; `known` is 0 for each UNKNOWN byte, absent when there is none. */
export interface Piece { readonly address: number; readonly bytes: Uint8Array; readonly known?: Uint8Array }

export function areaOf(): Area {
  let runs: (readonly [number, number])[] = [], pending: (readonly [number, number])[] = [];
  const merge = (all: readonly (readonly [number, number])[]): (readonly [number, number])[] => {
    const merged: [number, number][] = [];
    for (const [from, to] of [...all].sort((a, b) => a[0] - b[0])) {
      const last = merged.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
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
    runs(granule) {
      settle();
      return merge(runs.map(([from, to]) => [Math.floor(from / granule) * granule, Math.ceil(to / granule) * granule] as const));
    },
  };
}

/** What the device holds in the area now. */
export function piecesOf(area: Area, granule: number, device: Device, space: number): readonly Piece[] {
  const { dramBytes, spmBytes, accBytes } = device.profile, end = space === SPACE_DRAM ? dramBytes : space === SPACE_ACC ? accBytes : spmBytes;
  return area.runs(granule).map(([from, to]) => {
    const count = Math.min(to, end) - from, bytes = device.read(space, from, count), known = device.known(space, from, count);
    return { address: from, bytes, ...(known.includes(0) ? { known } : {}) };
  });
}
