//! bdequant: blocks and their scales to floats.
import { absentFrom } from '../datapath/absent.ts';
import { ACC, at, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { feature } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const bdequant = instruction({
  mnemonic: 'bdequant', opcode: 0x93, unit: UNIT_VPU, syntax: 'bdequant {d}, {a}, {b}',
  says: 'D = element A x its block scale B, exact and rounded once; a NaN scale gives NaN.',
  fields: { d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])), b: at(3, 0, operand('read', [SPM, ACC])) },
  mode: ['round', 'isat', 'fsat', 'daz', 'ftz', 'minmax'],
  rules: [feature('bdequant')],
  execute: absentFrom('bdequant'),
});
