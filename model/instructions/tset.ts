//! tset: write one field of a tensor descriptor.
import { descriptorFields } from '../isa/descriptor.ts';
import { at, choice, faced, signed, source, tensorNumber } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { UNIT_SEQ } from '../limits.ts';

export const tset = instruction({
  mnemonic: 'tset', opcode: 0x14, unit: UNIT_SEQ, inner: true, syntax: '{t}.{field} {op} {rs2+imm}',
  says: 'A field of the descriptor is set to y = rs2 + imm, or y is added to it; adding to `base` is a 48-bit addition of the sign-extended y.',
  fields: () => ({
    t: at(1, 0, tensorNumber), field: at(1, 8, choice(4, ...descriptorFields)), rs2: at(1, 16, source), imm: at(2, 0, signed(32)),
    op: at(1, 24, faced(choice(8, 'set', 'add'), { set: '=', add: '+=' })),
  }),
  execute: (machine, { t, field, rs2, imm, op }) => {
    const words = machine.tensors[t]!, word = descriptorFields.indexOf(field), y = (rs2 + imm) >>> 0;
    if (op === 'set') words[word] = y;
    else if (field === 'base') {
      const low = BigInt(words[1]!), high = BigInt(words[2]! & 0xffff);
      const sum = BigInt.asUintN(48, (high << 32n) + low + BigInt(y | 0));
      words[1] = Number(sum & 0xffff_ffffn);
      words[2] = (words[2]! & 0xffff_0000) | Number(sum >> 32n);
    } else words[word] = words[word]! + y;
    return words[word]!;
  },
});
