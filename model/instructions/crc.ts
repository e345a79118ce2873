//! crc: checksum of a tensor.
import { at, DRAM, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_BYTES, CLASS_U32, dtype, single } from '../isa/rules.ts';
import { indices } from '../isa/tensor.ts';
import { UNIT_DMI } from '../limits.ts';

export const crc = instruction({
  mnemonic: 'crc', opcode: 0x44, unit: UNIT_DMI, syntax: 'crc {d}, {a}',
  says: 'D = CRC-32 (reflected EDB88320, initial and final xor all ones) over the bytes of A, row-major, low byte first.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM])), a: at(2, 0, operand('read', [DRAM, SPM])) }),
  rules: () => [dtype('d', CLASS_U32), dtype('a', CLASS_BYTES), single('d')],
  execute: (machine, { d, a }) => {
    let sum = 0xffff_ffffn, known = true;
    for (const index of indices(a.dims)) {
      const cell = machine.read(a, index);
      known &&= cell.known;
      for (let bit = 0n; bit < a.width; bit++) sum = (sum >> 1n) ^ (((sum ^ (cell.bits >> bit)) & 1n) * 0xedb8_8320n);
    }
    machine.write(d, [0n], { bits: sum ^ 0xffff_ffffn, known });
  },
});
