//! jump: go on elsewhere.
import { at, signed, source } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { staysInLoop, targetInside } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const jump = instruction({
  mnemonic: 'jump', opcode: 0x0c, unit: UNIT_SEQ, inner: true, syntax: 'jump {rs2+imm}',
  says: 'Go on at instruction y = rs2 + imm. A jump out of the innermost open loop of the call traps `loop`.',
  fields: () => ({ rs2: at(1, 16, source), imm: at(2, 0, signed(32)) }),
  rules: () => [targetInside('rs2', 'imm'), staysInLoop('rs2', 'imm')],
  execute: (machine, { rs2, imm }) => machine.branch((rs2 + imm) >>> 0),
});
