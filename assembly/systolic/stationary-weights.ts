//! stationary-weights: one clock edge of an array whose weights stay: activations go right, partial sums go down.
import { array } from './array';
import { multiplyAdd } from './element';

/**
 * In place: rows and columns descend, so that each PE finds the registers of its neighbours above and to the left as they were before the
 * edge.
 */
export function stepWeights(edge: u32): void {
  const rows = <usize>array.rows(), columns = <usize>array.columns(), loading = load<u32>(array.loads() + (<usize>edge << 2));
  const top = array.top() + (columns + <usize>edge) * columns * 8;
  for (let r = rows; r-- > 0;) {
    const at = r * columns, entering = (rows + <usize>edge - r) * rows + r;
    const flags = load<u8>(array.leftFlags() + entering), a = load<i32>(array.left() + (entering << 2));
    for (let c = columns; c-- > 0;) {
      const pe = at + c, above = r ? load<i64>(array.p() + (pe - columns << 3)) : load<i64>(top - (c * columns - c << 3));
      const aIn = c ? load<i32>(array.a() + (pe - 1 << 2)) : a;
      const fIn = c ? load<u8>(array.f() + pe - 1) : flags >>> 1 & 1, vIn = c ? load<u8>(array.v() + pe - 1) : flags & 1;
      if (fIn & vIn) {
        store<i32>(array.w() + (pe << 2), load<i32>(array.s() + (pe << 2)));
        store<u8>(array.l() + pe, load<u8>(array.ls() + pe));
      }
      const live = vIn & load<u8>(array.l() + pe);
      store<i64>(array.p() + (pe << 3), live ? multiplyAdd(above, aIn, load<i32>(array.w() + (pe << 2))) : above);
      store<i32>(array.a() + (pe << 2), aIn);
      store<u8>(array.f() + pe, fIn);
      store<u8>(array.v() + pe, vIn);
    }
    if (loading) shadow(r, columns, loading - 1);
  }
}

/** Shadow weights go down a row. */
function shadow(r: usize, columns: usize, weightRow: u32): void {
  const to = array.s() + (r * columns << 2), toLive = array.ls() + r * columns, entering = <usize>weightRow * columns;
  memory.copy(to, r ? to - (columns << 2) : array.weights() + (entering << 2), columns << 2);
  memory.copy(toLive, r ? toLive - columns : array.live() + entering, columns);
}
