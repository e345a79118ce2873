//! unpack: decompress while loading.
import { expanded, fromBytes, fromPalette, scaled } from '../datapath/unpack.ts';
import { at, choice, count, DRAM, operand, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import {
  CLASS_BYTE, CLASS_CODE, CLASS_FLOAT, CLASS_SCALING, CLASS_U4, CLASS_U8, dtypeWhen, expandDims, feature, paletteDims, sameDimsWhen,
  sameTypeWhen, streamDims, zeroPointWhen,
} from '../isa/rules.ts';
import { UNIT_DMI } from '../limits.ts';

const PALETTE = 0, SCALE = 1, EXPAND = 2, PACKED = 3;

export const unpack = instruction({
  mnemonic: 'unpack', opcode: 0x43, unit: UNIT_DMI, syntax: 'unpack.{form} {d}, {a}[, {b}][, bits {bits}]',
  says: 'D = A decompressed, elements ascending. palette: the entries of B under codes of some bits, a stream of bytes with low bits first. '
    + 'scale: (A - zpa) x B, exact and rounded once. expand: 2:4 along the leading dims, flattened, by the metadata B of wload; of two '
    + 'equal positions the second wins, and what has none is 0. packed: codes of 6 bits, low bits first.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM])), a: at(2, 0, operand('read', [DRAM, SPM])), form: at(1, 24, choice(8, 'palette', 'scale', 'expand', 'packed')),
    b: when('form', [PALETTE, SCALE, EXPAND], at(3, 0, operand('read', [SPM]))), bits: when('form', PALETTE, at(2, 24, count(8, 1, 8))),
  }),
  copies: ['a', 'b'],
  mode: ['zpa', 'round', 'fsat', 'ftz', 'daz'],
  rules: () => [
    feature('unpack'), dtypeWhen('form', PALETTE, PALETTE, 'a', CLASS_U8, 'palette'), sameTypeWhen('form', PALETTE, PALETTE, 'd', 'b', 'palette'),
    dtypeWhen('form', SCALE, SCALE, 'd', CLASS_FLOAT, 'scale'), dtypeWhen('form', SCALE, SCALE, 'a', CLASS_CODE, 'scale'),
    dtypeWhen('form', SCALE, SCALE, 'b', CLASS_SCALING, 'scale'), zeroPointWhen('form', SCALE, 'a'),
    sameTypeWhen('form', EXPAND, EXPAND, 'd', 'a', 'expand'), dtypeWhen('form', EXPAND, EXPAND, 'b', CLASS_U4, 'expand'),
    dtypeWhen('form', PACKED, PACKED, 'd', CLASS_BYTE, 'packed'), dtypeWhen('form', PACKED, PACKED, 'a', CLASS_U8, 'packed'),
    streamDims('form', 'bits', 'd', 'a'), paletteDims('form', 'bits', 'b'), sameDimsWhen('form', SCALE, SCALE, 'd', 'a', 'scale'),
    sameDimsWhen('form', SCALE, SCALE, 'd', 'b', 'scale'), expandDims('form', 'd', 'a', 'b'),
  ],
  execute: (machine, { d, a, b, form, bits, mode }) => {
    switch (form) {
      case 'palette': return fromPalette(machine, d, a, b!, bits!);
      case 'scale': return scaled(machine, d, a, b!, mode);
      case 'expand': return expanded(machine, d, a, b!);
      case 'packed': return fromBytes(machine, d, a);
    }
  },
});
