//! mm: multiply rows by the weights of a slot into the accumulators.
import { macs, multiply } from '../datapath/multiply.ts';
import { ACC, at, choice, count, flag, operand, slotNumber, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import {
  accRows, dotExists, dotFits, multiplyDims, pairExists, rowsFit, scaledType, scaleDims, scalesAgree, scalesFeature, scalesType, scalingFits, slotExists,
  weightsFit, zeroPointFeature, zeroPointsOnIntegers,
} from '../isa/rules.ts';
import { UNIT_MXU } from '../limits.ts';

export const mm = instruction({
  mnemonic: 'mm', opcode: 0x62, unit: UNIT_MXU, syntax: 'mm.{op}[ {scaled}] {acc}, {a}[, {b}], [slot ]{slot}[, m {mRank}]',
  says: 'acc = A x weights, or acc += A x weights, K ascending, by the dot kernel of the mode. The first m dims of A are rows, the rest K. '
    + 'scaled: B has a scale for each block of K in each row; product k of row and column has both its scales as factors.',
  fields: () => ({
    acc: at(1, 0, operand('write', [ACC], { updates: 'op' })), op: at(1, 24, choice(1, 'set', 'add')), scaled: at(1, 25, flag('scaled'), false),
    a: at(2, 0, operand('read', [SPM])), mRank: at(2, 24, count(8, 1, 4), 1), b: when('scaled', 1, at(3, 0, operand('read', [SPM]))),
    slot: at(3, 24, slotNumber),
  }),
  mode: ['dot', 'isat', 'zpa', 'zpb'],
  rules: () => [
    scalesFeature('b'), zeroPointFeature, dotExists('a', 'acc'), pairExists('a', 'acc'), zeroPointsOnIntegers('a'), scalesType('scaled', 1, 'b'),
    scaledType('scaled', 1, 'a'), multiplyDims('acc', 'a', 'mRank', false), rowsFit('acc', 'a', 'slot'), scaleDims('a', 'b', 'mRank'), accRows('acc'),
    slotExists('slot'), weightsFit('acc', 'a', 'slot', 'mRank', false), dotFits('acc', 'a', 'slot'), scalingFits('scaled', 'slot'), scalesAgree('slot', 'b'),
  ],
  work: ({ acc, a, mRank }) => ({ macs: macs(acc, a, mRank, false) }),
  execute: (machine, { acc, a, b, slot, mRank, op, mode }) => multiply(machine, { acc, a, scales: b, slot, mRank, adds: op === 'add', mode }),
});
