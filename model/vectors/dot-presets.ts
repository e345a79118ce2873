//! dot-presets: which profile and which of its kernels reproduces a set of dot-product words: the one table, for the check and for the pages.

/** Results of one kind: of measured words by the name of the GPU, of model words by that of the architecture. */
export interface DotPreset {
  /** What the vectors call the unit. */
  readonly units: readonly string[];
  /** Element types of the operands, as the vectors call them; block-scaled ones by their whole name. */
  readonly inputs: readonly string[];
  readonly output: 'f16' | 'f32';
  readonly profile: string;
  readonly kernel: string;
}

const volta = ['volta', 'V100'], turing = ['turing', 'T4'], ampere = ['ampere', 'A100', 'A2', 'A30', 'A40', 'A6000'];
const ada = ['ada', 'Ada', 'RTX1000', 'L40S', 'L4', 'RTX4090', '4090'], hopper = ['hopper', 'H100', 'H200'], blackwell = ['blackwell', 'B200', 'GB200'];
const wide = ['f16', 'bf16'], fp8 = ['e4m3', 'e5m2'];
const row = (units: readonly string[], inputs: readonly string[], output: 'f16' | 'f32', profile: string, kernel: string): DotPreset =>
  ({ units, inputs, output, profile, kernel });

export const dotPresets: readonly DotPreset[] = [
  row(volta, ['f16'], 'f32', 'nvidia-volta', 'mma.f32'),
  row(volta, ['f16'], 'f16', 'nvidia-volta', 'mma.f16'),
  row(turing, ['f16'], 'f32', 'nvidia-turing', 'mma.f32'),
  row(turing, ['f16'], 'f16', 'nvidia-turing', 'mma.f16'),
  ...([[ampere, 'nvidia-ampere'], [ada, 'nvidia-ada'], [hopper, 'nvidia-hopper'], [blackwell, 'nvidia-blackwell']] as const).flatMap(([units, profile]) => [
    row(units, wide, 'f32', profile, 'mma.f32'), row(units, ['tf32'], 'f32', profile, 'mma.tf32'), row(units, ['f16'], 'f16', profile, 'mma.f16'),
  ]),
  row(ada, fp8, 'f32', 'nvidia-ada', 'mma.fp8.f32'),
  row(ada, fp8, 'f16', 'nvidia-ada', 'mma.fp8.f16'),
  // Measured words of 8-bit floats on Hopper are wgmma's in fp32 and mma.sync's in fp16; on Blackwell mma.sync's. Models speak of wgmma and tcgen05.
  row(['H100', 'H200', 'hopper'], fp8, 'f32', 'nvidia-hopper', 'wgmma.fp8.f32'),
  row(['H100', 'H200'], fp8, 'f16', 'nvidia-hopper', 'mma.fp8.f16'),
  row(['hopper'], fp8, 'f16', 'nvidia-hopper', 'wgmma.fp8.f16'),
  row(['B200', 'GB200'], fp8, 'f32', 'nvidia-blackwell', 'mma.fp8.f32'),
  row(['B200', 'GB200'], fp8, 'f16', 'nvidia-blackwell', 'mma.fp8.f16'),
  row(['blackwell'], [...fp8, 'e2m3', 'e3m2', 'e2m1'], 'f32', 'nvidia-blackwell', 'tcgen05.f8f6f4.f32'),
  row(['blackwell'], [...fp8, 'e2m3', 'e3m2', 'e2m1'], 'f16', 'nvidia-blackwell', 'tcgen05.f8f6f4.f16'),
  row(['blackwell'], ['mxfp8_e4m3', 'mxfp8_e5m2', 'mxfp6_e2m3', 'mxfp6_e3m2'], 'f32', 'nvidia-blackwell', 'tcgen05.f8f6f4.f32'),
  row(['blackwell'], ['mxfp4', 'mxfp4_e2m1'], 'f32', 'nvidia-blackwell', 'tcgen05.mxf4'),
  row(['blackwell'], ['nvfp4', 'nvfp4_e2m1'], 'f32', 'nvidia-blackwell', 'tcgen05.mxf4nvf4'),
  row(['cdna1'], ['f16'], 'f32', 'amd-cdna1', 'exact4'),
  row(['cdna1'], ['bf16'], 'f32', 'amd-cdna1', 'exact2'),
  row(['cdna2'], wide, 'f32', 'amd-cdna2', 'tree4'),
  row(['cdna3'], wide, 'f32', 'amd-cdna3', 'mfma16'),
  row(['cdna3'], ['xf32', 'tf32'], 'f32', 'amd-cdna3', 'xf32'),
  row(['cdna3'], ['e4m3fnuz', 'e5m2fnuz'], 'f32', 'amd-cdna3', 'fp8'),
];

/** The row for a set, or undefined. */
export const presetFor = (unit: string, input: string, output: string): DotPreset | undefined =>
  dotPresets.find((preset) => preset.units.includes(unit) && preset.inputs.includes(input) && preset.output === output);

/** Columns of the accumulation modes behind c, and what profiles call the kernel that makes them. */
export const accumulationKernels: readonly (readonly [column: string, kernel: string])[] = [
  ['d_seqfma', 'chain'], ['d_tree8', 'tree8'], ['d_group4', 'group4'], ['d_kulisch', 'kulisch'],
];
