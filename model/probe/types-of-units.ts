//! types-of-units: the multiplications that a probe asks a unit for, and one row of what goes in.

/** A multiplication that hardware may offer: names as the words' file has them. */
export interface ProbeType {
  readonly name: string;
  readonly input: string;
  readonly accumulator: 'fp16' | 'fp32';
  readonly depth: number;
}
export const probeTypes: readonly ProbeType[] = [
  { name: 'f16_f32', input: 'fp16', accumulator: 'fp32', depth: 16 },
  { name: 'f16_f16', input: 'fp16', accumulator: 'fp16', depth: 16 },
  { name: 'bf16_f32', input: 'bf16', accumulator: 'fp32', depth: 16 },
  { name: 'tf32_f32', input: 'tf32', accumulator: 'fp32', depth: 8 },
  { name: 'e4m3_f32', input: 'e4m3', accumulator: 'fp32', depth: 32 },
  { name: 'e5m2_f32', input: 'e5m2', accumulator: 'fp32', depth: 32 },
];

/** Codes: a and b of `depth` elements, and C. */
export interface ProbeRow { readonly a: readonly bigint[]; readonly b: readonly bigint[]; readonly c: bigint }
