//! irq: interrupt the host.
import { at, unsigned } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { vectorNumber } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const irq = instruction({
  mnemonic: 'irq', opcode: 0x07, unit: UNIT_SEQ, syntax: 'irq {vector}',
  says: 'Set the bit of this vector (0 to 15) in IRQ_STATUS.',
  fields: () => ({ vector: at(2, 0, unsigned(32)) }),
  rules: () => [vectorNumber('vector')],
  execute: (machine, { vector }) => machine.raise(vector),
});
