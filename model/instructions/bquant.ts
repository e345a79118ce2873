//! bquant: quantise blocks with a scale each.
import { absentFrom } from '../datapath/absent.ts';
import { ACC, at, bareRequired, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { feature } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const bquant = instruction({
  mnemonic: 'bquant', opcode: 0x92, unit: UNIT_VPU, syntax: 'bquant {d}, {a} with {c}',
  says: 'D = elements and C = scales of A in blocks along the last dim.',
  fields: { d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])), c: at(3, 24, bareRequired('write', [SPM, ACC])) },
  mode: ['round', 'mxrule', 'fsat'],
  rules: [feature('bquant')],
  execute: absentFrom('bquant'),
});
