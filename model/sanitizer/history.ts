//! history: which instruction was the n-th of its unit, for the last few million of each.
import { UNIT_COUNT } from '../limits.ts';

export interface Past { readonly unit: number; readonly pc: number; readonly seq: number; readonly updates: boolean }

/** Instructions of a unit that are remembered. */
const KEPT = 2 ** 22, FIRST = 1024;

/** Events come in the order of their unit, each with the next index. */
export class History {
  private readonly pcs = Array.from({ length: UNIT_COUNT }, () => new Uint32Array(FIRST));
  private readonly seqs = Array.from({ length: UNIT_COUNT }, () => new Float64Array(FIRST));
  private readonly counts = new Float64Array(UNIT_COUNT);

  add(unit: number, pc: number, seq: number, updates: boolean): void {
    const count = this.counts[unit]!++;
    if (count === this.pcs[unit]!.length && count < KEPT) {
      const pcs = new Uint32Array(2 * count), seqs = new Float64Array(2 * count);
      pcs.set(this.pcs[unit]!);
      seqs.set(this.seqs[unit]!);
      this.pcs[unit] = pcs;
      this.seqs[unit] = seqs;
    }
    const at = count & (this.pcs[unit]!.length - 1);
    this.pcs[unit]![at] = pc * 2 + (updates ? 1 : 0);
    this.seqs[unit]![at] = seq;
  }
  /** Undefined where it is too long ago. */
  of(unit: number, index: number): Past | undefined {
    const pcs = this.pcs[unit]!;
    if (index < this.counts[unit]! - pcs.length) return undefined;
    const at = index & (pcs.length - 1), word = pcs[at]!;
    return { unit, pc: word >>> 1, seq: this.seqs[unit]![at]!, updates: (word & 1) === 1 };
  }
}
