//! ld: read one element into a scalar register.
import { at, DRAM, destination, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_SCALAR, dtype, notEmpty } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';
import { formatByCode } from '../numerics/format.ts';

export const ld = instruction({
  mnemonic: 'ld', opcode: 0x0a, unit: UNIT_SEQ, syntax: '{rd} = ld {a}',
  says: 'rd = the element at index (0, .., 0), sign- or zero-extended; floats as raw bits, zero-extended.',
  fields: () => ({ a: at(1, 0, operand('read', [DRAM, SPM], { single: true, definite: true })), rd: at(2, 0, destination) }),
  rules: () => [dtype('a', CLASS_SCALAR), notEmpty('a')],
  execute: (machine, { a, rd }) => {
    const { bits } = machine.read(a, a.dims.map(() => 0n)), format = formatByCode(a.dtype)!;
    const value = format.kind === 'integer' && format.signed ? BigInt.asIntN(format.width, bits) : bits;
    const word = Number(BigInt.asUintN(32, value));
    machine.setRegister(rd, word);
    return word;
  },
});
