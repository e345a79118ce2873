//! gemm: a product of matrices of any size, requantised, double-buffered: program (a) of the machine manual with larger blocks.
import { accumulatorColumns, accumulatorRows, multiplier } from './tiling.ts';
import { type View, widthOf } from './view.ts';
import type { Mode, Writer } from './writer.ts';
import { unfit } from './writer.ts';

/** All tensors are in DRAM, dense. */
export interface Gemm {
  /** [M, K] */
  readonly a: View;
  /** [K, N] */
  readonly b: View;
  /** [M, N] */
  readonly c: View;
  /** s32 [N, 4] */
  readonly table: View;
  readonly accumulator: 's32' | 's64' | 'fp32';
  /** Subtracted from every element of a and of b. */
  readonly zeros: readonly [number, number];
  readonly mode: Mode;
}

/** Sizes in elements: rows of a block, products of a panel, columns and rows of the array. */
interface Blocks {
  readonly rows: number;
  readonly panel: number;
  readonly columns: number;
  readonly depth: number;
}

/**
 * c = epilogue(a x b). For each block of rows, for each tile of columns, panels of K pass through two buffers each for a and b; results
 * leave through two more. When K is one panel, a block of a is loaded once and kept for all columns. Remainders are dims of the same
 * instructions.
 *
 * Uses s8 to s31, p1 to p5, t1 to t14, m1 to m7, n1, n2 and all of SPM; stands alone in a program. M, N, K are in s8, s9, s10.
 * Throws Rejected where the profile lacks the types or SPM the room.
 */
export function gemm(w: Writer, layer: Gemm): void {
  const { a, b, c, table } = layer, [m = 0, k = 0] = a.dims, n = b.dims[1]!, at = blocksOf(w, layer);
  const tb = w.spm('tb', 's32', [n, 4]), ab = at.rows * at.panel, bb = at.panel * at.columns, ob = at.rows * at.columns;
  const place = (dtype: string, elements: number): string => address(w.spm('buffer', dtype, [2 * elements]));
  const [sa, sb, so] = [place(a.dtype, ab), place(b.dtype, bb), place(c.dtype, ob)];
  const modeOf = (mode: Mode): string => Object.entries(mode).filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? name : `${name}: ${Array.isArray(value) ? `[${value.join(', ')}]` : value}`)).join(', ');
  const step = at.depth * at.columns, stepped = step < 0x8000, slot2 = Math.min(1, w.profile.slotCount - 1);
  const text = `
name A = t1   name B = t2   name C = t3   name TB = t4    ; in DRAM
name a = t5   name b = t6   name o = t7   name tb = t8    ; in SPM, two buffers each
name v = t9   name w = t10  name acc = t11  name tj = t12 ; what one instruction looks at,
name v2 = t13   name w2 = t14                             ; and behind the last whole one of a panel

A = dram ${a.dtype} [${at.rows},${at.panel}] at ${address(a)} stride [${k},1]
B = dram ${b.dtype} [${at.panel},${at.columns}] at ${address(b)} stride [${n},1]
C = dram ${c.dtype} [${at.rows},${at.columns}] at ${address(c)} stride [${n},1]
TB = dram s32 [${n},4] at ${address(table)} stride [${table.strides.join(',')}]
a = spm ${a.dtype} [${at.rows},${at.panel}] at ${sa}
b = spm ${b.dtype} [${at.panel},${at.columns}] at ${sb}
o = spm ${c.dtype} [${at.rows},${at.columns}] at ${so}
tb = spm s32 [${n},4] at ${address(tb)}
v = spm ${a.dtype} [${at.rows},${at.depth}] at ${sa} stride [${at.panel},1]
w = spm ${b.dtype} [${at.depth},${at.columns}] at ${sb}
v2 = spm ${a.dtype} [${at.rows},${at.depth}] at ${sa} stride [${at.panel},1]
w2 = spm ${b.dtype} [${at.depth},${at.columns}] at ${sb}
acc = acc ${layer.accumulator} [${at.rows},${at.columns}] at 0 stride [${w.profile.accLanes},1]
tj = spm s32 [${at.columns},4] at ${address(tb)}
n1 = { round: rne, scale: none, zpa: ${layer.zeros[0]}, zpb: ${layer.zeros[1]}, zpo: 0 }
n2 = { ${modeOf({ isat: true, zpa: 0, zpo: 0, ...layer.mode })} }
s8 = ${m}
s9 = ${n}
s10 = ${k}
s31 = s9 * ${at.panel}                                     ; from one panel of B to the next

load tb, TB                               post m7
post m2, 2                                                 ; two free buffers for a, b and o
post m4, 2
post m6, 2
wait mxu m7, 1
p4 = s10 <= ${at.panel}                                    ; one panel: a stays for all columns
s12 = 0
rows:
s15 = s8 - s12
s15 = min s15, ${at.rows}
A.dim0 = s15
a.dim0 = s15
v.dim0 = s15
v2.dim0 = s15
acc.dim0 = s15
o.dim0 = s15
C.dim0 = s15
s11 = 0
columns:
s14 = s9 - s11
s14 = min s14, ${at.columns}
B.dim1 = s14
b.dim1 = s14
w.dim1 = s14
w2.dim1 = s14
acc.dim1 = s14
o.dim1 = s14
C.dim1 = s14
tj.dim0 = s14
s27 = s11 * 4
p2 = s11 == 0                                              ; a comes in for the first tile of columns,
?!p4 p2 = s0 == 0
s19 = s11 + ${at.columns}
p3 = s9 <= s19                                             ; and goes after the last one
?!p4 p3 = s0 == 0
ainit.zero acc
s13 = s10
s23 = s12 * s10
s24 = s11
panel:
s16 = min s13, ${at.panel}
A.dim1 = s16
a.dim1 = s16
B.dim0 = s16
b.dim0 = s16
?p2 load a[s20], A[s23]                   wait m2 post m1
load b[s21], B[s24]                       wait m4 post m3
?p2 wait mxu m1, 1
wait mxu m3, 1
s25 = s20
s26 = s21
s29 = s16 div ${at.depth}
loop s29 step s25 += ${at.depth}${stepped ? `, s26 += ${step}` : ''} {
  wload slot 0, w[s26]
  mm.add acc, v[s25], slot 0              mode n1${stepped ? '' : `\n  s26 = s26 + ${step}`}
}
s18 = s16 rem ${at.depth}                                 ; the remainder of the panel
p5 = s18 != 0
?p5 v2.dim1 = s18
?p5 w2.dim0 = s18
?p5 wload slot ${slot2}, w2[s26]
?p5 mm.add acc, v2[s25], slot ${slot2}           mode n1
post mxu m4, 1
?p3 post mxu m2, 1
?p3 s20 = s20 xor ${ab}
s21 = s21 xor ${bb}
s23 = s23 + ${at.panel}
s24 = s24 + s31
s13 = s13 - ${at.panel}
p1 = 0 < s13
?p1 jump panel
drain o[s22], acc, table tj[s27]          wait m6 post m5 mode n2
s28 = s12 * s9
s28 = s28 + s11
store C[s28], o[s22]                      wait m5 post m6
s22 = s22 xor ${ob}
s11 = s11 + ${at.columns}
p1 = s11 < s9
?p1 jump columns
s12 = s12 + ${at.rows}
p1 = s12 < s8
?p1 jump rows
wait dmi m2, 2
wait dmi m4, 2
wait mxu m6, 2`;
  for (const line of text.split('\n').slice(1)) w.line(line);
}

const address = (view: View): string => `0x${(view.bit / 8).toString(16)}`;

/**
 * All of K, so that A is moved once for all columns; where that leaves few rows, the largest panel of K with room for many of them: a tile of weights is loaded and packed
 * once for all rows, which costs more than moving A again for every block of columns (measured: bench/works/gemm.ts).
 */
function blocksOf(w: Writer, { a, b, c, table, accumulator }: Gemm): Blocks {
  const row = multiplier(w.profile, a.dtype, b.dtype, accumulator), [m = 1, k = 1] = a.dims, n = b.dims[1]!, depth = row.kMax;
  const columns = Math.min(accumulatorColumns(w.profile, row), Math.max(1, n));
  const most = Math.min(m, accumulatorRows(w.profile, accumulator, row)), wide = (view: View): number => Math.max(1, widthOf(view.dtype) / 8);
  const room = w.free() - table.dims[0]! * 16 - 512, whole = Math.ceil(k / depth) * depth;
  const rowsFor = (panel: number): number => {
    const fixed = 2 * panel * columns * wide(b), each = 2 * panel * wide(a) + 2 * columns * wide(c);
    return Math.min(most, Math.floor((room - fixed) / each));
  };
  const cut = (panel: number): Blocks => ({ rows: Math.ceil(m / Math.ceil(m / rowsFor(panel))), panel, columns, depth });
  if (rowsFor(whole) >= Math.min(most, 64)) return cut(whole);
  for (const enough of [512, 256, 64, 1]) {
    for (let panel = whole; panel > 0; panel -= depth) if (rowsFor(panel) >= Math.min(most, enough)) return cut(panel);
  }
  throw unfit(`two buffers of one panel do not fit the scratchpad of ${w.profile.name}`);
}
