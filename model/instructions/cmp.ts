//! cmp: compare scalars into a predicate.
import { at, choice, faced, predicate, signed, source } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { UNIT_SEQ } from '../limits.ts';

export const cmp = instruction({
  mnemonic: 'cmp', opcode: 0x09, unit: UNIT_SEQ, inner: true, syntax: '{pd} = {rs1} {op} {rs2+imm}',
  says: 'Predicate pd = rs1 op y with y = rs2 + imm, modulo 2^32; lt and le compare signed words, ltu and leu unsigned ones.',
  fields: () => ({
    pd: at(1, 0, predicate), rs1: at(1, 8, source), rs2: at(1, 16, source), imm: at(2, 0, signed(32)),
    op: at(1, 24, faced(choice(8, 'eq', 'ne', 'lt', 'le', 'ltu', 'leu'), { eq: '==', ne: '!=', lt: '<', le: '<=', ltu: '<u', leu: '<=u' })),
  }),
  execute: (machine, { pd, rs1, rs2, imm, op }) => {
    const b = (rs2 + imm) >>> 0, x = rs1 | 0, y = b | 0;
    const holds = { eq: rs1 === b, ne: rs1 !== b, lt: x < y, le: x <= y, ltu: rs1 < b, leu: rs1 <= b }[op];
    machine.setPredicate(pd, holds);
    return holds ? 1 : 0;
  },
});
