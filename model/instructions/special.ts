//! special: functions that need a table.
import { absentFrom } from '../datapath/absent.ts';
import { ACC, at, choice, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { feature, sameDims, sameType } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const special = instruction({
  mnemonic: 'special', opcode: 0x89, unit: UNIT_VPU, syntax: 'special.{op} {d}, {a}',
  says: 'D = f(A), correctly rounded or by the table of the profile.',
  fields: {
    d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])),
    op: at(1, 24, choice(8, 'recip', 'sqrt', 'rsqrt', 'exp', 'exp2', 'log', 'log2', 'tanh', 'sigmoid', 'erf', 'gelu', 'gelu_tanh', 'silu', 'softplus', 'sin', 'cos')),
  },
  mode: ['level', 'daz', 'ftz'],
  rules: [feature('special'), sameType('d', 'a'), sameDims('d', 'a')],
  execute: absentFrom('special'),
});
