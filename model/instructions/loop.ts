//! loop: repeat the next instructions.
import { at, optionalDestination, signed, source, unsigned } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { bodyNotEmpty, loopFree, stepsOfLoop } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const loop = instruction({
  mnemonic: 'loop', opcode: 0x0f, unit: UNIT_SEQ, inner: true, syntax: 'loop {rs1+count}[ body {length}][ step {ra} += {incA}[, {rb} += {incB}]]',
  says: 'Run the next `length` instructions S[rs1] + count times, not at all when that is 0. At the end of every iteration S[ra] += incA and S[rb] += incB.',
  fields: () => ({
    rs1: at(1, 8, source), ra: at(1, 16, optionalDestination, 0), rb: at(1, 0, optionalDestination, 0),
    length: at(2, 0, unsigned(16)), count: at(2, 16, unsigned(16)), incA: at(3, 0, signed(16), 0), incB: at(3, 16, signed(16), 0),
  }),
  rules: () => [stepsOfLoop('ra', 'rb', 'incA', 'incB'), bodyNotEmpty('length'), loopFree],
  execute: (machine, { rs1, count, length, ra, rb, incA, incB }) => {
    const left = (rs1 + count) >>> 0, start = machine.pc + 1, end = machine.pc + length;
    if (left === 0) machine.branch(end + 1);
    else machine.loops.push({ start, end, ra, rb, incA, incB, depth: machine.calls.length, left });
    return left;
  },
});
