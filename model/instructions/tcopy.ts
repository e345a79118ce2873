//! tcopy: copy a tensor descriptor.
import { at, tensorNumber } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { UNIT_SEQ } from '../limits.ts';

export const tcopy = instruction({
  mnemonic: 'tcopy', opcode: 0x16, unit: UNIT_SEQ, inner: true, syntax: 'tcopy {t}, {from}',
  says: 'Descriptor t = descriptor `from`.',
  fields: () => ({ t: at(1, 0, tensorNumber), from: at(1, 8, tensorNumber) }),
  execute: (machine, { t, from }) => machine.tensors[t]!.set(machine.tensors[from]!),
});
