//! footprint: the bytes that an operand of a record touches, as the fewest runs.
import { operandLayout } from '../retirement.ts';
import { RANK_MAX } from '../limits.ts';
import { formats } from '../numerics/format.ts';

const { at } = operandLayout, WORD = 2 ** 32;
const widths = new Uint8Array(256);
for (const { code, width } of formats) widths[code] = width;

/** Has the operand at a byte of the view no element? */
export function isEmpty(view: DataView, from: number): boolean {
  const rank = Math.min(view.getUint8(from + at.rank), RANK_MAX);
  for (let axis = 0; axis < rank; axis++) if (view.getUint32(from + at.dims + 4 * axis, true) === 0) return true;
  return false;
}

/**
 * Runs of bytes [low, high), one after the other: `if (open(...)) do { low, high } while (next())`. Axes that repeat, reverse or overlap
 * are folded, so a dense tensor and a window that slides over one are a single run.
 */
export class Footprint {
  low = 0;
  high = 0;
  private readonly dims = new Int32Array(RANK_MAX);
  private readonly steps = new Float64Array(RANK_MAX);
  private readonly index = new Int32Array(RANK_MAX);
  private axes = 0;
  /** Bit address of the run, and its length in bits. */
  private bit = 0;
  private run = 0;

  /** The operand at a byte of the view; false where it has no element. `skip`: axes that are left out. */
  open(view: DataView, from: number, skip = 0): boolean {
    const width = widths[view.getUint8(from + at.dtype)]!, rank = Math.min(view.getUint8(from + at.rank), RANK_MAX), { dims, steps } = this;
    this.bit = view.getUint32(from + at.address, true) + view.getInt32(from + at.address + 4, true) * WORD;
    this.run = width;
    let axes = 0;
    for (let axis = 0; axis < rank; axis++) {
      const dim = view.getUint32(from + at.dims + 4 * axis, true);
      if (dim === 0) return false;
      const step = view.getInt32(from + at.strides + 4 * axis, true) * width;
      if (dim === 1 || step === 0 || ((skip >> axis) & 1) === 1) continue;
      if (step < 0) this.bit += (dim - 1) * step;
      // Ascending by step: the few axes are sorted as they come.
      const size = Math.abs(step);
      let to = axes++;
      for (; to > 0 && steps[to - 1]! > size; to--) { steps[to] = steps[to - 1]!; dims[to] = dims[to - 1]!; }
      steps[to] = size;
      dims[to] = dim;
    }
    // A step no longer than the run goes on where it ends, or inside it.
    let inner = 0;
    while (inner < axes && steps[inner]! <= this.run) { this.run += (dims[inner]! - 1) * steps[inner]!; inner++; }
    for (let axis = inner; axis < axes; axis++) {
      dims[axis - inner] = dims[axis]!;
      steps[axis - inner] = steps[axis]!;
      this.index[axis - inner] = 0;
    }
    this.axes = axes - inner;
    this.place();
    return true;
  }
  /** All runs once more, so many bits further on: behind `open`, or behind the last run, which is followed by the first. */
  move(bits: number): void {
    this.bit += bits;
    this.place();
  }
  next(): boolean {
    const { index, dims, steps } = this;
    for (let axis = 0; axis < this.axes; axis++) {
      if (++index[axis]! < dims[axis]!) {
        this.bit += steps[axis]!;
        this.place();
        return true;
      }
      this.bit -= (dims[axis]! - 1) * steps[axis]!;
      index[axis] = 0;
    }
    return false;
  }
  private place(): void {
    this.low = Math.floor(this.bit / 8);
    this.high = Math.ceil((this.bit + this.run) / 8);
  }
}
