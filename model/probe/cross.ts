//! cross: all rows of a probe by all rows, as matrix multiplications of a machine with the kernel: what a checksum of the probe speaks of.
import { newCrc } from '../crc32c.ts';
import type { Device, Segment } from '../device.ts';
import { SPACE_DRAM } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByName } from '../numerics/format.ts';
import { pieces } from '../programs/tiling.ts';
import { bytesOf, seen, type View } from '../programs/view.ts';
import { type Written, writer } from '../programs/writer.ts';
import { kernelOf, packed } from '../vectors/dot-rows.ts';
import { canonical, nanWords } from './canonical.ts';
import type { ProbeRow, ProbeType } from './types-of-units.ts';

/** The multiplication without its C, which `startsOf` lays down, and where D is left: [first byte, end) of DRAM. */
export interface Crossed {
  readonly program: Written;
  startsOf(shift: number): Segment;
  readonly output: readonly [first: number, end: number];
}

/** D of every a, every b and, for row i of D, c of row i + shift. Throws Rejected where the machine has not the kernel, or no room. */
export function crossed(type: ProbeType, rows: readonly ProbeRow[], kernel: string, profile: Profile): Crossed {
  const { depth, accumulator } = type, n = rows.length, w = writer(profile), width = (dtype: string): number => formatByName(dtype).width;
  const { most, mode } = kernelOf({ name: type.name, input: type.a, weight: type.b, accumulator, kernel, depth }, profile);
  const table = (label: string, dtype: string, codes?: readonly bigint[]): readonly [there: View, here: View] => {
    const dims = codes ? [n, depth] : [n], there = w.dram(label, dtype, dims, codes && packed(codes, width(dtype))), here = w.spm(label.toLowerCase(), dtype, dims);
    w.load(here, there);
    return [there, here];
  };
  const [, a] = table('A', type.a, rows.flatMap((row) => row.a)), [, b] = table('B', type.b, rows.flatMap((row) => row.b)), [starts, c] = table('C', accumulator);
  const output = w.dram('D', accumulator, [n, n]), columns = Math.min(profile.accLanes, ...profile.triples.map(({ nMax }) => nMax));
  for (const [column, some] of pieces(n, columns)) {
    const acc = w.acc('acc', accumulator, [n, some]);
    w.ainit(acc, seen(c, [n, some], [1, 0], 0, 'starts'));
    for (const [k, taps] of pieces(depth, most)) {
      w.wload(0, seen(b, [taps, some], [1, depth], column * depth + k, 'w'));
      w.mm('add', acc, seen(a, [n, taps], [depth, 1], k, 'v'), 0, 1, mode);
    }
    w.scope(() => {
      const out = w.spm('out', accumulator, [n, some]);
      w.drain(out, acc, undefined, { isat: false });
      w.store(seen(output, [n, some], [n, 1], column, 'd'), out);
    });
  }
  return {
    program: w.finish(type.name, `all ${n} rows of a probe by all, kernel ${kernel}`), output: bytesOf(output),
    startsOf: (shift) => ({ space: SPACE_DRAM, address: bytesOf(starts)[0], bytes: packed(rows.map((_, i) => rows[(i + shift) % n]!.c), width(accumulator)) }),
  };
}

/** The checksum of a crossing as the device has it; undefined where the program did not halt. */
export function crossing(device: Device, image: Uint8Array, type: ProbeType, { program, startsOf, output: [first, end] }: Crossed, shift: number): number | undefined {
  device.load({ image, memory: [...program.memory, startsOf(shift)] });
  return device.execute().status === 'halted' ? crcOf(type, device.read(SPACE_DRAM, first, end - first)) : undefined;
}

/** The checksum of a crossing's words, each canonical, little-endian. */
function crcOf({ accumulator }: ProbeType, words: Uint8Array): number {
  const bytes = formatByName(accumulator).width / 8, nans = nanWords(accumulator), crc = newCrc(), view = new DataView(words.buffer, words.byteOffset, words.byteLength);
  for (let at = 0; at < words.length; at += bytes) {
    const word = canonical(nans, bytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true));
    for (let byte = 0; byte < bytes; byte++) crc.add((word >>> (8 * byte)) & 0xff);
  }
  return crc.end();
}
