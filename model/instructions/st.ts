//! st: write a scalar register into one element.
import { at, DRAM, operand, source, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_SCALAR, dtype, notEmpty } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const st = instruction({
  mnemonic: 'st', opcode: 0x0b, unit: UNIT_SEQ, syntax: 'st {d}, {rs}',
  says: 'The element at index (0, .., 0) = the low bits of rs.',
  fields: () => ({ d: at(1, 0, operand('write', [DRAM, SPM], { single: true })), rs: at(2, 0, source) }),
  rules: () => [dtype('d', CLASS_SCALAR), notEmpty('d')],
  execute: (machine, { d, rs }) => machine.write(d, d.dims.map(() => 0n), { bits: BigInt.asUintN(Number(d.width), BigInt(rs)), known: true }),
});
