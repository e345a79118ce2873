//! cmsis-types: what one CMSIS-NN test set says, as a typed description per kind of layer.

import type { CmsisData } from './cmsis-headers.ts';

/** Element types of the sets. s4 is packed two to a byte, element 0 in bits 3:0, rows running on without padding. */
export type CmsisDtype = 's4' | 's8' | 's16' | 's32' | 's64';

/** Values of one tensor in row-major order, last dimension fastest. For s4 `data` holds the packed bytes. */
export interface CmsisTensor {
  readonly dtype: CmsisDtype;
  readonly dims: readonly number[];
  readonly data: CmsisData;
}

/**
 * How a sum becomes an output value.
 *
 * `gemmlowp` (32-bit sums, `arm_nn_requantize` in arm_nnsupportfunctions.h), with l = max(shift, 0) and r = max(-shift, 0):
 * a = floor((x * 2^l * multiplier + 2^30) / 2^31), half *up*; then a / 2^r, half *away from zero*.
 *
 * `reduced16` (64-bit sums, `arm_nn_requantize_s64` with `REDUCE_MULTIPLIER`): m = multiplier >= 0x7FFF0000 ? 0x7FFF
 * : (multiplier + 2^15) >> 16, then floor((x * m + 2^(14 - shift)) / 2^(15 - shift)): one rounding, half *up*.
 *
 * `multipliers` and `shifts` have one element (per tensor) or one per output channel.
 */
export interface CmsisRequantise {
  readonly convention: 'gemmlowp' | 'reduced16';
  readonly multipliers: Int32Array;
  readonly shifts: Int32Array;
}

/** Inclusive limits of the output after the output offset was added. */
export interface CmsisClamp {
  readonly min: number;
  readonly max: number;
}

/** A pair of values for height and width. */
export interface CmsisPair {
  readonly y: number;
  readonly x: number;
}

/** Sliding window over [N, H, W, C]. `before` is what the file says; `after` is what the last window needs beyond the input. */
export interface CmsisWindow {
  readonly kernel: CmsisPair;
  readonly stride: CmsisPair;
  readonly dilation: CmsisPair;
  readonly before: CmsisPair;
  readonly after: CmsisPair;
}

/** Width class: that of the data, or s4 where the weights are four bits wide. */
export type CmsisWidth = 's4' | 's8' | 's16';

interface Common {
  /** Folder name. */
  readonly name: string;
  readonly width: CmsisWidth;
  /** Name of the operator for reports: the kind, or `requantise` where the folder's name says that this is what it tests. */
  readonly operator: string;
  /** The published output, in the shape of the layer's output. */
  readonly expected: CmsisTensor;
}

interface Weighted {
  readonly input: CmsisTensor;
  readonly weights: CmsisTensor;
  /** One value per output channel, s32 or s64; undefined means zero. */
  readonly bias: CmsisTensor | undefined;
  /** Added to every input value; padding counts as zero *after* this addition, so the fill value is -inputOffset. */
  readonly inputOffset: number;
  /** Added to the sum after requantisation, before the clamp. */
  readonly outputOffset: number;
  readonly requantise: CmsisRequantise;
  readonly clamp: CmsisClamp;
}

/**
 * input [B, K], weights [N, K], output [B, N]. Values are (x + inputOffset) * (w + filterOffset).
 * s8 and s4: arm_fully_connected_s8.c, arm_fully_connected_per_channel_s8.c, arm_fully_connected_s4.c, gemmlowp.
 * s16: arm_fully_connected_s16.c, always `reduced16`, offsets not used by the C code (they are zero in the sets).
 */
export type CmsisFullyConnected = Common & Weighted & { readonly kind: 'fully-connected'; readonly filterOffset: number };

/**
 * input [N, H, W, C], weights [OC, KH, KW, C / groups] (OHWI), output [N, OH, OW, OC]; output channel o belongs to group
 * floor(o / (OC / groups)). arm_convolve_s8.c, _s4.c (and the 1x1 and 1xn forms, which give the same words): gemmlowp.
 * s16: arm_convolve_s16.c with arm_nn_mat_mult_kernel_s16.c: a 64-bit bias (or none declared as 64-bit) takes `reduced16`,
 * a bias declared int32_t (null included) takes gemmlowp.
 */
export type CmsisConvolution = Common &
  Weighted & {
    readonly kind: 'convolution';
    readonly window: CmsisWindow;
    readonly groups: number;
  };

/**
 * input [N, H, W, C], weights [KH, KW, C * multiplier], output [N, OH, OW, C * multiplier]; output channel
 * c * multiplier + m reads input channel c. arm_depthwise_conv_s8.c, _s4.c: gemmlowp; arm_depthwise_conv_s16.c and
 * _fast_s16.c: `reduced16` also without bias.
 */
export type CmsisDepthwise = Common &
  Weighted & {
    readonly kind: 'depthwise';
    readonly window: CmsisWindow;
    readonly channelMultiplier: number;
  };

/**
 * input [N, H, W, C], weights [OC, KH, KW, C], output [N, OH, OW, OC]:
 * out[oy, ox, o] = bias[o] + sum over (iy, ky) with iy * stride + ky - before = oy, likewise x, and all c.
 * Products that fall outside the output are dropped; positions that none reaches hold the bias. arm_transpose_conv_s8.c,
 * gemmlowp once, after all sums. `window.after` is zero: the crop at the far side follows from the output's size.
 */
export type CmsisTransposedConvolution = Common &
  Weighted & {
    readonly kind: 'transposed-convolution';
    readonly window: CmsisWindow;
  };

/**
 * input [N, H, W, C], output [N, OH, OW, C]. Window positions outside the input do not take part.
 * Average: sum / count rounded half *away from zero*, count = positions inside the input (arm_avgpool_s8.c, _s16.c:
 * `sum > 0 ? (sum + count / 2) / count : (sum - count / 2) / count`, truncating). Maximum: arm_max_pool_s8.c, _s16.c. Then the clamp.
 */
export type CmsisPooling = Common & {
  readonly kind: 'average-pooling' | 'max-pooling';
  readonly input: CmsisTensor;
  readonly window: CmsisWindow;
  readonly clamp: CmsisClamp;
};

/**
 * lhs [N, H, rows, columns], rhs likewise, as stored; `transposed` operands are stored with rows and columns exchanged.
 * output [N, H, M, P] = (lhs + lhsOffset) x (rhs + rhsOffset); N and H broadcast where one operand has 1.
 * arm_batch_matmul_s8.c: gemmlowp; arm_batch_matmul_s16.c: 64-bit sums, `reduced16`, offsets zero.
 */
export type CmsisBatchMatmul = Common & {
  readonly kind: 'batch-matmul';
  readonly lhs: CmsisTensor;
  readonly rhs: CmsisTensor;
  readonly lhsTransposed: boolean;
  readonly rhsTransposed: boolean;
  readonly lhsOffset: number;
  readonly rhsOffset: number;
  readonly outputOffset: number;
  readonly requantise: CmsisRequantise;
  readonly clamp: CmsisClamp;
};

/** One operand of an element-wise addition: requantised (gemmlowp) from (x + offset) * 2^leftShift. */
export interface CmsisAddend {
  readonly input: CmsisTensor;
  readonly offset: number;
  readonly multiplier: number;
  readonly shift: number;
}

/**
 * Flat tensors [n]. t_i = gemmlowp((x_i + offset_i) * 2^leftShift, multiplier_i, shift_i); out = gemmlowp(t_1 + t_2, multiplier, shift)
 * + outputOffset, clamped. arm_elementwise_add_s8.c, _s16.c: five roundings in two kinds.
 */
export type CmsisAdd = Common & {
  readonly kind: 'add';
  readonly first: CmsisAddend;
  readonly second: CmsisAddend;
  readonly leftShift: number;
  readonly outputOffset: number;
  readonly requantise: CmsisRequantise;
  readonly clamp: CmsisClamp;
};

/** Flat tensors [n]. gemmlowp((x_1 + offset_1) * (x_2 + offset_2)) + outputOffset, clamped; arm_elementwise_mul_s8.c, _s16.c. */
export type CmsisMul = Common & {
  readonly kind: 'mul';
  readonly first: CmsisTensor;
  readonly second: CmsisTensor;
  readonly firstOffset: number;
  readonly secondOffset: number;
  readonly outputOffset: number;
  readonly requantise: CmsisRequantise;
  readonly clamp: CmsisClamp;
};

/** Two [N, H, W, C]; every dimension equal or 1 in one of them. No scaling, no clamp: arm_minimum_s8.c, arm_maximum_s8.c. */
export type CmsisExtremum = Common & {
  readonly kind: 'minimum' | 'maximum';
  readonly first: CmsisTensor;
  readonly second: CmsisTensor;
};

/** input [N, H, W, C]; `before` and `after` elements of `value` in each dimension; arm_pad_s8.c. */
export type CmsisPad = Common & {
  readonly kind: 'pad';
  readonly input: CmsisTensor;
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly value: number;
};

/** Output dimension i is input dimension permutation[i]; arm_transpose_s8.c. */
export type CmsisTranspose = Common & {
  readonly kind: 'transpose';
  readonly input: CmsisTensor;
  readonly permutation: readonly number[];
};

export type CmsisLayer =
  | CmsisFullyConnected
  | CmsisConvolution
  | CmsisDepthwise
  | CmsisTransposedConvolution
  | CmsisPooling
  | CmsisBatchMatmul
  | CmsisAdd
  | CmsisMul
  | CmsisExtremum
  | CmsisPad
  | CmsisTranspose;

export type CmsisKind = CmsisLayer['kind'];

/** Kinds that are recognised but are not layers of one instruction sequence. */
export type CmsisSkippedKind = 'lstm' | 'softmax' | 'svdf' | 'ds_cnn';

/** What came of one folder. `width` of a skipped one is that of its data. */
export type CmsisResult =
  | { readonly status: 'layer'; readonly name: string; readonly layer: CmsisLayer }
  | { readonly status: 'skipped'; readonly name: string; readonly kind: CmsisSkippedKind; readonly why: string }
  | { readonly status: 'unknown'; readonly name: string; readonly why: string }
  | { readonly status: 'malformed'; readonly name: string; readonly kind: CmsisKind | undefined; readonly problems: readonly string[] };
