//! bdequant: blocks and their scales to floats.
import { dequantise } from '../datapath/blocks.ts';
import { ACC, at, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { blockDims, CLASS_BLOCK_SCALE, CLASS_FLOAT, CLASS_NARROW, dtype, feature, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const bdequant = instruction({
  mnemonic: 'bdequant', opcode: 0x93, unit: UNIT_VPU, syntax: 'bdequant {d}, {a}, {b}',
  says: 'D = element A x its block scale B, exact and rounded once; a NaN scale gives NaN. Blocks as those of bquant.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])), b: at(3, 0, operand('read', [SPM, ACC])) }),
  mode: ['round', 'fsat', 'daz', 'ftz'],
  rules: () => [
    feature('bdequant'), dtype('d', CLASS_FLOAT), dtype('a', CLASS_NARROW), dtype('b', CLASS_BLOCK_SCALE), sameDims('d', 'a'), blockDims('d', 'b'),
  ],
  execute: (machine, { d, a, b, mode }) => dequantise(machine, d, a, b, mode),
});
