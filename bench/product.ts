//! product: the int8 product in plain JavaScript, packed and blocked as the C kernel is: what there is without SIMD and without WASM.

/** A block is two rows by four columns, as in bench/native/int8.c: eight sums, which V8 keeps in registers; 4 x 4 and 2 x 2 are no faster (measured). */
const ROWS = 2, COLUMNS = 4;

/** c = a x b, sums of 32 bits; packing is part of it. M is even, N a multiple of four. */
export function product(a: Int8Array, b: Int8Array, c: Int32Array, [m, n, k]: readonly [number, number, number]): void {
  const panels = Array.from({ length: n / COLUMNS }, (_, j) => panelOf(b, j * COLUMNS, n, k)), pair = new Int8Array(ROWS * k);
  for (let i = 0; i < m; i += ROWS) {
    for (let p = 0; p < k; p++) {
      pair[ROWS * p] = a[i * k + p]!;
      pair[ROWS * p + 1] = a[(i + 1) * k + p]!;
    }
    for (let j = 0; j < n; j += COLUMNS) block(pair, panels[j / COLUMNS]!, c, i * n + j, n);
  }
}

/** [K][4] */
function panelOf(b: Int8Array, column: number, n: number, k: number): Int8Array {
  const panel = new Int8Array(COLUMNS * k);
  for (let p = 0; p < k; p++) for (let j = 0; j < COLUMNS; j++) panel[COLUMNS * p + j] = b[p * n + column + j]!;
  return panel;
}

function block(pair: Int8Array, panel: Int8Array, c: Int32Array, at: number, n: number): void {
  let x0 = 0, x1 = 0, x2 = 0, x3 = 0, y0 = 0, y1 = 0, y2 = 0, y3 = 0;
  for (let p = 0, q = 0; p < pair.length; p += ROWS, q += COLUMNS) {
    const x = pair[p]!, y = pair[p + 1]!, w0 = panel[q]!, w1 = panel[q + 1]!, w2 = panel[q + 2]!, w3 = panel[q + 3]!;
    x0 = (x0 + x * w0) | 0; x1 = (x1 + x * w1) | 0; x2 = (x2 + x * w2) | 0; x3 = (x3 + x * w3) | 0;
    y0 = (y0 + y * w0) | 0; y1 = (y1 + y * w1) | 0; y2 = (y2 + y * w2) | 0; y3 = (y3 + y * w3) | 0;
  }
  c[at] = x0; c[at + 1] = x1; c[at + 2] = x2; c[at + 3] = x3;
  c[at + n] = y0; c[at + n + 1] = y1; c[at + n + 2] = y2; c[at + n + 3] = y3;
}
