//! csrr: read a register of the host's window.
import { at, destination, signed } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { csrReadable } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const csrr = instruction({
  mnemonic: 'csrr', opcode: 0x11, unit: UNIT_SEQ, syntax: '{rd} = csr {offset}',
  says: 'rd = the register at this offset: ID to CHIP_COUNT, SCRATCH, and the counters (after a fence).',
  fields: () => ({ rd: at(1, 0, destination), offset: at(2, 0, signed(32)) }),
  rules: () => [csrReadable('offset')],
  execute: (machine, { rd, offset }) => { const word = machine.csrRead(offset >>> 0); machine.setRegister(rd, word); return word; },
});
