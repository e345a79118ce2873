//! table-products: for each row of the table of a profile, a loop that loads weights from two places in turn and multiplies by them: full tiles of arbitrary codes.
import { assembled } from '../model/assembler/assembler.ts';
import type { Program } from '../model/device.ts';
import { SPACE_SPM } from '../model/limits.ts';
import type { Profile } from '../model/machine/profile.ts';
import { type Format, formatByCode } from '../model/numerics/format.ts';
import { random } from '../model/verify/random.ts';

/** Programs by the formats that they multiply and add up in. */
export function tableProducts(of: Profile): readonly (readonly [pair: string, Program])[] {
  const dice = random(7), bytes = (count: number, { width }: Format): number => Math.ceil((count * width) / 8);
  return of.triples.map(({ activation, weight, accumulator, kMax, nMax }) => {
    const [a, w, c] = [activation, weight, accumulator].map((code) => formatByCode(code)!) as [Format, Format, Format];
    const rows = 4, tile = kMax * nMax, behind = 16 * Math.ceil(bytes(2 * tile, w) / 16);
    const { image } = assembled(`
w = spm ${w.name} [${kMax},${nMax}] at 0
a = spm ${a.name} [${rows},${kMax}] at ${behind}
acc = acc ${c.name} [${rows},${nMax}] at 0 stride [${of.accLanes},1]
ainit.zero acc
loop 5 {
  s2 = s2 xor ${tile}
  wload slot 0, w[s2]
  mm.add acc, a, slot 0
}
halt 0`).program;
    const data = Uint8Array.from({ length: behind + bytes(rows * kMax, a) }, () => dice());
    return [`${a.name} x ${w.name} to ${c.name}`, { image, memory: [{ space: SPACE_SPM, address: 0, bytes: data }] }] as const;
  });
}
