//! move: copy elements.
import { each } from '../datapath/elementwise.ts';
import { ACC, at, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { sameDims, sameType } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';

export const move = instruction({
  mnemonic: 'move', opcode: 0x86, unit: UNIT_VPU, syntax: 'move {d}, {a}',
  says: 'D = A, bit for bit.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), a: at(2, 0, operand('read', [SPM, ACC])) }),
  copies: ['a'],
  rules: () => [sameType('d', 'a'), sameDims('d', 'a')],
  execute: (machine, { d, a }) => each(machine, d, (index) => machine.read(a, index)),
});
