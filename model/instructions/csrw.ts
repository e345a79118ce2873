//! csrw: write a register of the host's window.
import { at, signed, source } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { csrWritable } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const csrw = instruction({
  mnemonic: 'csrw', opcode: 0x12, unit: UNIT_SEQ, syntax: 'csr {offset} = {rs1}',
  says: 'The SCRATCH register at this offset = rs1.',
  fields: () => ({ rs1: at(1, 8, source), offset: at(2, 0, signed(32)) }),
  rules: () => [csrWritable('offset')],
  execute: (machine, { rs1, offset }) => { machine.csrWrite(offset >>> 0, rs1); return rs1; },
});
