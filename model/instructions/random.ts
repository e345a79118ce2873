//! random: numbers from a counter.
import { absentFrom } from '../datapath/absent.ts';
import { ACC, at, choice, operand, source, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { feature } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const random = instruction({
  mnemonic: 'random', opcode: 0x8f, unit: UNIT_VPU, syntax: 'random.{op} {d}, {start}',
  says: 'D[e] = the Philox word of counter start + e under the key of the mode, as bits or as fp32 in [0, 1).',
  fields: { d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, 'bits', 'unit')), start: at(2, 6, source) },
  mode: ['key', 'stream'],
  rules: [feature('random')],
  execute: absentFrom('random'),
});
