//! fill: set every element to one code.
import { each } from '../datapath/elementwise.ts';
import { ACC, at, operand, signed, source, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { UNIT_DMI } from '../limits.ts';

export const fill = instruction({
  mnemonic: 'fill', opcode: 0x41, unit: UNIT_DMI, syntax: 'fill {d}, {rs+imm}',
  says: 'Every element of D = the code rs + imm modulo 2^32; bits above the width are dropped, missing ones are 0.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), rs: at(2, 6, source), imm: at(3, 0, signed(32)) }),
  execute: (machine, { d, rs, imm }) => {
    const bits = BigInt.asUintN(Number(d.width), BigInt((rs + imm) >>> 0));
    each(machine, d, () => ({ bits, known: true }));
  },
});
