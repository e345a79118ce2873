//! call: go on elsewhere, to come back.
import { at, signed, source } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { callFree, targetInside } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const call = instruction({
  mnemonic: 'call', opcode: 0x0d, unit: UNIT_SEQ, inner: true, syntax: 'call {rs2+imm}',
  says: 'Push the next pc and go on at instruction y = rs2 + imm.',
  fields: () => ({ rs2: at(1, 16, source), imm: at(2, 0, signed(32)) }),
  rules: () => [targetInside('rs2', 'imm'), callFree],
  execute: (machine, { rs2, imm }) => { machine.calls.push(machine.pc + 1); machine.branch((rs2 + imm) >>> 0); },
});
