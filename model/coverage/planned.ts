//! planned: the record that an instruction would leave, as far as its draft tells: fields, mode and operands.
import { modeFields } from '../isa/view.ts';
import { RETIRED_DONE, roleCode } from '../limits.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../retirement.ts';
import { type Draft, wordsOf } from '../verify/draft.ts';

/** Descriptors are those of register 0, and nothing that comes of the instruction is in it. */
export function plannedRecord({ definition, bits, operands, mode }: Draft): DataView {
  const view = new DataView(new ArrayBuffer(retirementLayout.size)), { at } = retirementLayout;
  const operandBits = Object.fromEntries(operands.map(({ name, field, s, imm }) => [name, field.kind === 'bare' ? 0x80 : ((s << 6) | ((imm & 0x1fff) << 11)) >>> 0]));
  wordsOf(definition, { ...bits, ...operandBits }).forEach((word, i) => { view.setUint32(at.words + 4 * i, word, true); });
  view.setUint8(at.unit, definition.unit as number);
  view.setUint8(at.status, RETIRED_DONE);
  view.setUint8(at.operandCount, Math.max(0, ...operands.map(({ position }) => position + 1)));
  for (const { name, word, low, width } of modeFields) {
    const value = mode[name] ?? 0, to = at.mode + 4 * word;
    view.setUint32(to, (view.getUint32(to, true) | (width === 32 ? value : (value & (2 ** width - 1)) << low)) >>> 0, true);
  }
  for (const operand of operands) {
    const from = HEAD_BYTES + operand.position * operandLayout.size, { at: to } = operandLayout, packed = (pads: readonly number[]): number => pads.reduce((word, pad, i) => (word | (pad << (6 * i))) >>> 0, 0);
    view.setUint8(from + to.role, roleCode[operand.role]);
    view.setUint8(from + to.space, operand.space);
    view.setUint8(from + to.dtype, operand.dtype);
    view.setUint8(from + to.rank, operand.dims.length);
    view.setBigInt64(from + to.address, BigInt(operand.address), true);
    operand.dims.forEach((dim, i) => { view.setUint32(from + to.dims + 4 * i, dim, true); view.setInt32(from + to.strides + 4 * i, operand.strides[i]!, true); });
    view.setUint32(from + to.padLow, packed(operand.padLow), true);
    view.setUint32(from + to.padHigh, packed(operand.padHigh), true);
  }
  return view;
}
