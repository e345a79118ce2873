//! alu: scalar arithmetic on 32-bit words.
import { at, choice, destination, faced, signed, source } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { UNIT_SEQ } from '../limits.ts';

export const alu = instruction({
  mnemonic: 'alu', opcode: 0x08, unit: UNIT_SEQ, inner: true, syntax: '{rd} = {rs1} {op} {rs2+imm}', short: '{rd} = {rs2|imm}', also: '{rd} = {op} {rs1}, {rs2+imm}',
  says: 'rd = rs1 op y with y = rs2 + imm, modulo 2^32. Division truncates; x / 0 = -1, x rem 0 = x; shifts use the low 5 bits of y.',
  fields: () => ({
    rd: at(1, 0, destination), rs1: at(1, 8, source), rs2: at(1, 16, source), imm: at(2, 0, signed(32)),
    op: at(1, 24, faced(choice(8, 'add', 'sub', 'mul', 'div', 'divu', 'rem', 'remu', 'and', 'or', 'xor', 'shl', 'shr', 'sra', 'min', 'max', 'minu', 'maxu'),
      { add: '+', sub: '-', mul: '*' })),
  }),
  execute: (machine, { rd, rs1, rs2, imm, op }) => {
    const a = BigInt(rs1), b = BigInt((rs2 + imm) >>> 0), x = BigInt.asIntN(32, a), y = BigInt.asIntN(32, b);
    const result = {
      add: () => a + b, sub: () => a - b, mul: () => a * b,
      div: () => (y === 0n ? -1n : x / y), divu: () => (b === 0n ? -1n : a / b),
      rem: () => (y === 0n ? x : x % y), remu: () => (b === 0n ? a : a % b),
      and: () => a & b, or: () => a | b, xor: () => a ^ b,
      shl: () => a << (b & 31n), shr: () => a >> (b & 31n), sra: () => x >> (b & 31n),
      min: () => (x < y ? x : y), max: () => (x > y ? x : y), minu: () => (a < b ? a : b), maxu: () => (a > b ? a : b),
    }[op]();
    const word = Number(BigInt.asUintN(32, result));
    machine.setRegister(rd, word);
    return word;
  },
});
