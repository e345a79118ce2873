//! bquant: quantise blocks with a scale each.
import { quantise } from '../datapath/blocks.ts';
import { ACC, at, bareRequired, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { blockDims, CLASS_BLOCK_SCALE, CLASS_FLOAT, CLASS_NARROW, dtype, feature, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const bquant = instruction({
  mnemonic: 'bquant', opcode: 0x92, unit: UNIT_VPU, syntax: 'bquant {d}, {a} with {c}',
  says: 'D = elements and C = scales of A in blocks along the last dim, 32 elements for e8m0, 16 for ue4m3, the last one may be short. '
    + 'An e8m0 scale is 2^k, k = floor(log2 amax) - floor(log2 M), M the greatest value of D, amax that of the block (of zeros: 2^-126); '
    + 'under noclip one more where amax / 2^k, to nearest even, exceeds M; then kept within -127 .. 127. A ue4m3 scale is amax / M, to nearest '
    + 'even or, under noclip, up; beyond 448 it is 448 by fsat, else NaN. Elements are A / scale, rounded once, saturating, +0 for either zero; '
    + 'zeros of their sign under a scale of 0. An infinity or NaN in a block makes its scale NaN and its elements 0.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])), c: at(3, 24, bareRequired('write', [SPM, ACC])) }),
  mode: ['round', 'mxrule', 'fsat'],
  rules: () => [
    feature('bquant'), dtype('d', CLASS_NARROW), dtype('a', CLASS_FLOAT), dtype('c', CLASS_BLOCK_SCALE), sameDims('d', 'a'), blockDims('d', 'c'),
  ],
  execute: (machine, { d, a, c, mode }) => quantise(machine, d, a, c!, mode),
});
