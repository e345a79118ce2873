//! unpack: decompress while loading.
import { absentFrom } from '../datapath/absent.ts';
import { at, choice, DRAM, operand, SPM, unsigned, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { feature } from '../isa/rules.ts';
import { UNIT_DMI } from '../limits.ts';

export const unpack = instruction({
  mnemonic: 'unpack', opcode: 0x43, unit: UNIT_DMI, syntax: 'unpack.{form} {d}, {a}[, {b}][, bits {bits}]',
  says: 'D = A decompressed: palette codes of some bits, codes times scales, 2:4 expansion, or a packed stream of 6-bit codes.',
  fields: {
    d: at(1, 0, operand('write', [SPM])), a: at(2, 0, operand('read', [DRAM, SPM])), form: at(1, 24, choice(8, 'palette', 'scale', 'expand', 'packed')),
    b: when('form', [0, 1, 2], at(3, 0, operand('read', [SPM]))), bits: at(2, 24, unsigned(8), 0),
  },
  mode: ['zpa', 'round', 'fsat', 'ftz', 'daz'],
  rules: [feature('unpack')],
  execute: absentFrom('unpack'),
});
