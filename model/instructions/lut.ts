//! lut: functions by a table in memory.
import { absentFrom } from '../datapath/absent.ts';
import { ACC, at, choice, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { feature, sameDims } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const lut = instruction({
  mnemonic: 'lut', opcode: 0x8b, unit: UNIT_VPU, syntax: 'lut.{form} {d}, {a}, {b}',
  says: 'D = the entry of table B for A: direct with 256 or 65536 entries, or 513 entries of s16 with linear interpolation in two roundings.',
  fields: {
    d: at(1, 0, operand('write', [SPM, ACC])), form: at(1, 24, choice(8, 'direct8', 'linear32', 'linear16', 'direct16')),
    a: at(2, 0, operand('read', [SPM, ACC])), b: at(3, 0, operand('read', [SPM], { definite: true })),
  },
  rules: [feature('lut'), sameDims('d', 'a')],
  execute: absentFrom('lut'),
});
