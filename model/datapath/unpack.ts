//! unpack: the meaning of the four ways to decompress, element by element in row-major order.
import { product } from '../isa/tensor.ts';
import type { Cell, Machine, Mode, Tensor } from '../isa/view.ts';
import { write } from '../numerics/arithmetic.ts';
import { add, exactInteger, multiply } from '../numerics/exact.ts';
import { readElement } from '../numerics/round.ts';
import { each, elementOf, elementwise } from './elementwise.ts';

/** D[e] = B[code e], the codes of `bits` bits one behind the other in the bytes of A, low bits first. */
export function fromPalette(machine: Machine, d: Tensor, a: Tensor, b: Tensor, bits: number): void {
  each(machine, d, (index) => {
    const code = streamCode(machine, a, bits, elementOf(d.dims, index)), entry = machine.read(b, [code.bits]);
    return { bits: entry.bits, known: code.known && entry.known };
  });
}

/** D = (A - zero point) x B, exact and rounded once. */
export function scaled(machine: Machine, d: Tensor, a: Tensor, b: Tensor, mode: Mode): void {
  const zero = exactInteger(BigInt(-mode.zpa));
  elementwise(machine, d, mode, [a, b], (how, x, y) => {
    const code = readElement(x!.format, x!.bits, how.daz), scale = readElement(y!.format, y!.bits, how.daz);
    const value = mode.zpa === 0 ? code : add(code, zero, 'rne');
    return write(d.format!, multiply(value, scale), how, value, scale);
  });
}

/**
 * The leading dims of D are K, those of A K/2 and of B K/4, flattened: of four elements of D along K, that at bits 1:0 of the metadata is
 * the first of A's two, that at bits 3:2 the second, which wins where they meet; the others are 0.
 */
export function expanded(machine: Machine, d: Tensor, a: Tensor, b: Tensor): void {
  each(machine, d, (index) => {
    const k = elementOf(d.dims.slice(0, -1), index.slice(0, -1)), column = index.at(-1)!, place = k & 3n;
    const positions = machine.read(b, [...unflattened(b, k >> 2n), column]);
    const which = positions.bits >> 2n === place ? 1n : (positions.bits & 3n) === place ? 0n : undefined;
    if (which === undefined) return { bits: 0n, known: positions.known };
    const chosen = machine.read(a, [...unflattened(a, 2n * (k >> 2n) + which), column]);
    return { bits: chosen.bits, known: positions.known && chosen.known };
  });
}

/** D[e] = code e of 6 bits of the bytes of A, low bits first. */
export function fromBytes(machine: Machine, d: Tensor, a: Tensor): void {
  each(machine, d, (index) => streamCode(machine, a, 6, elementOf(d.dims, index)));
}

function streamCode(machine: Machine, a: Tensor, bits: number, element: bigint): Cell {
  const from = element * BigInt(bits), first = machine.read(a, [from >> 3n]);
  const second = (from & 7n) + BigInt(bits) > 8n ? machine.read(a, [(from >> 3n) + 1n]) : { bits: 0n, known: true };
  return { bits: BigInt.asUintN(bits, (first.bits | (second.bits << 8n)) >> (from & 7n)), known: first.known && second.known };
}

/** The index over the leading dims of a tensor that stands at a place of their row-major order. */
function unflattened(t: Tensor, place: bigint): readonly bigint[] {
  return t.dims.slice(0, -1).map((dim, axis) => (place / product(t, axis + 1, t.rank - 1)) % dim);
}
