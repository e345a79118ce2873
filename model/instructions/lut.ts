//! lut: functions by a table in memory.
import { each } from '../datapath/elementwise.ts';
import { ACC, at, choice, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_NARROW_CODE, CLASS_S16, CLASS_S32, CLASS_WIDE_CODE, dtypeWhen, feature, lutDims, sameDims, sameTypeWhen } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { unpackInteger } from '../numerics/exact.ts';

const DIRECT8 = 0, LINEAR32 = 1, LINEAR16 = 2, DIRECT16 = 3;

export const lut = instruction({
  mnemonic: 'lut', opcode: 0x8b, unit: UNIT_VPU, syntax: 'lut.{form} {d}, {a}, {b}',
  says: 'D = the entry of table B under the code of A, an unsigned index; or B[i] and B[i+1] interpolated at i = (A + 32768) >> 7, '
    + 'f = A & 127: (B[i] << 7) + (B[i+1] - B[i]) x f in s32, or B[i] + (((B[i+1] - B[i]) x f + 64) >> 7) in s16.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM, ACC])), form: at(1, 24, choice(8, 'direct8', 'linear32', 'linear16', 'direct16')),
    a: at(2, 0, operand('read', [SPM, ACC])), b: at(3, 0, operand('read', [SPM], { definite: true })),
  }),
  rules: () => [
    feature('lut'), dtypeWhen('form', LINEAR32, LINEAR32, 'd', CLASS_S32, 'linear32'), dtypeWhen('form', LINEAR16, LINEAR16, 'd', CLASS_S16, 'linear16'),
    dtypeWhen('form', DIRECT8, DIRECT8, 'a', CLASS_NARROW_CODE, 'direct8'), dtypeWhen('form', LINEAR32, LINEAR16, 'a', CLASS_S16, 'linear'),
    dtypeWhen('form', DIRECT16, DIRECT16, 'a', CLASS_WIDE_CODE, 'direct16'), dtypeWhen('form', LINEAR32, LINEAR16, 'b', CLASS_S16, 'linear'),
    sameTypeWhen('form', DIRECT8, DIRECT8, 'd', 'b', 'direct8'), sameTypeWhen('form', DIRECT16, DIRECT16, 'd', 'b', 'direct16'),
    sameDims('d', 'a'), lutDims('form', 'b'),
  ],
  execute: (machine, { d, form, a, b }) => each(machine, d, (index) => {
    const { bits, known } = machine.read(a, index), entry = (i: bigint): bigint => machine.read(b, [i]).bits;
    if (form === 'direct8' || form === 'direct16') return { bits: entry(BigInt.asUintN(a.format!.valueBits, bits)), known };
    const x = unpackInteger(a.format!, bits), i = (x + 32768n) >> 7n, f = x & 127n;
    const low = unpackInteger(b.format!, entry(i)), slope = unpackInteger(b.format!, entry(i + 1n)) - low;
    machine.watch?.tell({ kind: 'note', says: `i = ${i}, f = ${f}, B[i+1] - B[i] = ${slope}` });
    const value = form === 'linear32' ? (low << 7n) + slope * f : low + ((slope * f + 64n) >> 7n);
    return { bits: BigInt.asUintN(Number(d.width), value), known };
  }),
});
