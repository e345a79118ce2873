//! types-of-units: the multiplications that a probe asks a unit for, and one row of what goes in.

/** A multiplication that hardware may offer: names as the words' file has them. */
export interface ProbeType {
  readonly name: string;
  /** Formats of the operands. */
  readonly a: string;
  readonly b: string;
  readonly accumulator: 'fp16' | 'fp32';
  readonly depth: number;
  /**
   * What a GPU with several paths multiplies with: mma.sync of a warp, wmma of the compiler, or wgmma of four warps together (sm_90a);
   * sp: the same with a sparse A, whose `depth` elements are those that are kept of twice as many.
   */
  readonly path: 'mma' | 'wmma' | 'sp' | 'wgmma' | 'wgmma_sp';
}

const type = (path: ProbeType['path'], name: string, [a, b]: readonly [string, string], accumulator: ProbeType['accumulator'], depth: number): ProbeType =>
  ({ name: path === 'mma' ? name : `${path}_${name}`, a, b, accumulator, depth, path });
const ofPath = (path: 'mma' | 'sp' | 'wgmma' | 'wgmma_sp'): readonly ProbeType[] => [
  type(path, 'f16_f32', ['fp16', 'fp16'], 'fp32', 16),
  type(path, 'f16_f16', ['fp16', 'fp16'], 'fp16', 16),
  type(path, 'bf16_f32', ['bf16', 'bf16'], 'fp32', 16),
  type(path, 'tf32_f32', ['tf32', 'tf32'], 'fp32', 8),
  type(path, 'e4m3_f32', ['e4m3', 'e4m3'], 'fp32', 32),
  type(path, 'e5m2_f32', ['e5m2', 'e5m2'], 'fp32', 32),
  type(path, 'e4m3_e5m2_f32', ['e4m3', 'e5m2'], 'fp32', 32),
  type(path, 'e4m3_f16', ['e4m3', 'e4m3'], 'fp16', 32),
  type(path, 'e5m2_f16', ['e5m2', 'e5m2'], 'fp16', 32),
];
export const probeTypes: readonly ProbeType[] = [
  // Measured: the compiler takes another instruction for wmma than mma.sync's, with steps of its own.
  ...ofPath('mma'), type('wmma', 'tf32_f32', ['tf32', 'tf32'], 'fp32', 8), ...ofPath('wgmma'), 
  // ptxas 13.0 has no mma.sp of 8-bit floats into fp16 for sm_90a.
  ...ofPath('sp').filter(({ depth, accumulator }) => depth < 32 || accumulator === 'fp32'), ...ofPath('wgmma_sp'),
];

/** Codes: a and b of `depth` elements, and C. */
export interface ProbeRow { readonly a: readonly bigint[]; readonly b: readonly bigint[]; readonly c: bigint }
