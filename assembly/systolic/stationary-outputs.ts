//! stationary-outputs: one clock edge of an array whose sums stay: activations go right, weights go down, sums go down only to enter and leave.
import { array } from './array';
import { multiplyAdd } from './element';

/**
 * Weights enter the top as vectors [k][columns], vector e - c at column c; p enters row 0 where `loads` names a row of `top`, from 2 on (1:
 * zeros), and then all sums go down a row. In place, as stepWeights.
 */
export function stepOutputs(edge: u32): void {
  const rows = <usize>array.rows(), columns = <usize>array.columns(), shifting = load<u32>(array.loads() + (<usize>edge << 2));
  for (let r = rows; r-- > 0;) {
    const at = r * columns, left = (rows + <usize>edge - r) * rows + r;
    const flags = load<u8>(array.leftFlags() + left), a = load<i32>(array.left() + (left << 2));
    for (let c = columns; c-- > 0;) {
      const pe = at + c, entering = (columns + <usize>edge - c) * columns + c;
      const aIn = c ? load<i32>(array.a() + (pe - 1 << 2)) : a;
      const fIn = c ? load<u8>(array.f() + pe - 1) : flags >>> 1 & 1, vIn = c ? load<u8>(array.v() + pe - 1) : flags & 1;
      const wIn = r ? load<i32>(array.w() + (pe - columns << 2)) : load<i32>(array.weights() + (entering << 2));
      const lIn = r ? load<u8>(array.l() + pe - columns) : load<u8>(array.live() + entering);
      const before = fIn & vIn ? 0 : load<i64>(array.p() + (pe << 3));
      let p = vIn & lIn ? multiplyAdd(before, aIn, wIn) : before;
      if (shifting) p = r ? load<i64>(array.p() + (pe - columns << 3)) : shifting == 1 ? 0 : load<i64>(array.top() + (<usize>(shifting - 2) * columns + c << 3));
      store<i64>(array.p() + (pe << 3), p);
      store<i32>(array.a() + (pe << 2), aIn);
      store<i32>(array.w() + (pe << 2), wIn);
      store<u8>(array.f() + pe, fIn);
      store<u8>(array.v() + pe, vIn);
      store<u8>(array.l() + pe, lIn);
    }
  }
}
