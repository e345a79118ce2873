//! mdw: multiply depthwise, each channel by its own column of weights.
import { macs, multiplyDepthwise } from '../datapath/multiply.ts';
import { ACC, at, choice, count, operand, slotNumber, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import {
  accRows, dotExists, dotFits, multiplyDims, pairExists, rowsFit, slotExists, unscaledSlot, weightsFit, zeroPointFeature, zeroPointsOnIntegers,
} from '../isa/rules.ts';
import { UNIT_MXU } from '../limits.ts';

export const mdw = instruction({
  mnemonic: 'mdw', opcode: 0x63, unit: UNIT_MXU, syntax: 'mdw.{op} {acc}, {a}, [slot ]{slot}[, m {mRank}]',
  says: 'acc[m, c] = or += the sum over taps of A[m, tap, c] x weights[tap, c], taps ascending, by the dot kernel of the mode.',
  fields: () => ({
    acc: at(1, 0, operand('write', [ACC], { updates: 'op' })), op: at(1, 24, choice(8, 'set', 'add')),
    a: at(2, 0, operand('read', [SPM])), mRank: at(2, 24, count(8, 1, 4), 1), slot: at(3, 24, slotNumber),
  }),
  mode: ['dot', 'isat', 'zpa', 'zpb'],
  rules: () => [
    zeroPointFeature, dotExists('a', 'acc'), pairExists('a', 'acc'), zeroPointsOnIntegers('a'), multiplyDims('acc', 'a', 'mRank', true),
    rowsFit('acc', 'a', 'slot'), accRows('acc'), slotExists('slot'), weightsFit('acc', 'a', 'slot', 'mRank', true),
    dotFits('acc', 'a', 'slot'), unscaledSlot('slot'),
  ],
  work: ({ acc, a, mRank }) => ({ macs: macs(acc, a, mRank, true) }),
  execute: (machine, { acc, a, slot, mRank, op, mode }) => multiplyDepthwise(machine, { acc, a, scales: undefined, slot, mRank, adds: op === 'add', mode }),
});
