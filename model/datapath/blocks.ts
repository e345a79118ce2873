//! blocks: the meaning of bquant and bdequant: blocks along the last dim, each with a scale.
import { indices } from '../isa/tensor.ts';
import type { Machine, Mode, Tensor } from '../isa/view.ts';
import { write } from '../numerics/arithmetic.ts';
import { blockElement, blockLength, blockScale, scaleRuleNames } from '../numerics/block.ts';
import { multiply, unpack } from '../numerics/exact.ts';
import { readElement } from '../numerics/round.ts';
import { elementModes, elementOf, isWanted, noted, places } from './elementwise.ts';

/** D = elements and C = scales of A. A block's elements are written before its scale. */
export function quantise(machine: Machine, d: Tensor, a: Tensor, c: Tensor, mode: Mode): void {
  const to = d.format!, how = elementModes(machine, mode, d), length = a.dims.at(-1)!, size = BigInt(blockLength(c.format!));
  const scaleMode = { rule: scaleRuleNames[mode.mxrule]!, fsat: mode.fsat === 1, nan: machine.canonicalNan(c.dtype), observe: machine.watch?.tell };
  for (const row of a.rank === 1 ? [[]] : indices(a.dims.slice(0, -1))) {
    for (let first = 0n; first < length; first += size) {
      const block = Array.from({ length: Number(length - first < size ? length - first : size) }, (_, i) => [...row, first + BigInt(i)]);
      const at = [...row, first / size];
      if (!isWanted(machine, c, at) && !block.some((index) => isWanted(machine, d, index))) continue;
      const cells = block.map((index) => machine.read(a, index)), values = cells.map(({ bits }) => unpack(a.format!, bits));
      const scale = noted(machine, blockScale(values, to, c.format!, scaleMode)), known = cells.every((cell) => cell.known);
      block.forEach((index, i) => {
        if (!isWanted(machine, d, index)) return;
        const result = blockElement(values[i]!, unpack(c.format!, scale), to, how(elementOf(d.dims, index)));
        machine.write(d, index, { bits: noted(machine, result), known });
      });
      machine.write(c, at, { bits: scale, known });
    }
  }
}

/** D = A, each element times the scale of its block in B. */
export function dequantise(machine: Machine, d: Tensor, a: Tensor, b: Tensor, mode: Mode): void {
  const how = elementModes(machine, mode, d), block = BigInt(blockLength(b.format!));
  for (const [index, element] of places(machine, d)) {
    const by = how(element), x = machine.read(a, index), s = machine.read(b, [...index.slice(0, -1), index.at(-1)! / block]);
    const value = readElement(a.format!, x.bits, by.daz), scale = readElement(b.format!, s.bits, by.daz);
    const bits = noted(machine, write(d.format!, multiply(value, scale), by, value, scale));
    machine.write(d, index, { bits, known: x.known && s.known });
  }
}
