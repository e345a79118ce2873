//! tload: load a tensor descriptor from the image.
import { at, signed, source, tensorNumber } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { blockAligned, blockInside } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const tload = instruction({
  mnemonic: 'tload', opcode: 0x15, unit: UNIT_SEQ, inner: true, syntax: 'tload {t}, {rs2+imm}',
  says: 'The sixteen words of the descriptor = the 64 bytes from image byte y = rs2 + imm, a multiple of 64.',
  fields: () => ({ t: at(1, 0, tensorNumber), rs2: at(1, 16, source), imm: at(2, 0, signed(32)) }),
  rules: () => [blockInside('rs2', 'imm'), blockAligned('rs2', 'imm')],
  execute: (machine, { t, rs2, imm }) => {
    const from = (rs2 + imm) >>> 0;
    for (let word = 0; word < 16; word++) machine.tensors[t]![word] = machine.imageWord(from + 4 * word);
  },
});
