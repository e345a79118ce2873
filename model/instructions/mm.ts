//! mm: multiply rows by the weights of a slot into the accumulators.
import { macs, multiply } from '../datapath/multiply.ts';
import { ACC, at, choice, count, flag, operand, slotNumber, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { accRows, dotExists, multiplyDims, notWhen, pairExists, rowsFit, slotExists, weightsFit, zeroPointFeature, zeroPointsOnIntegers } from '../isa/rules.ts';
import { UNIT_MXU } from '../limits.ts';

export const mm = instruction({
  mnemonic: 'mm', opcode: 0x62, unit: UNIT_MXU, syntax: 'mm.{op}[ {scaled}] {acc}, {a}[, {b}], [slot ]{slot}[, m {mRank}]',
  says: 'acc = A x weights, or acc += A x weights, K ascending, by the dot kernel of the mode. The first m dims of A are rows, the rest K.',
  fields: {
    acc: at(1, 0, operand('write', [ACC], { updates: 'op' })), op: at(1, 24, choice(1, 'set', 'add')), scaled: at(1, 25, flag('scaled'), false),
    a: at(2, 0, operand('read', [SPM])), mRank: at(2, 24, count(8, 1, 4), 1), b: when('scaled', 1, at(3, 0, operand('read', [SPM]))),
    slot: at(3, 24, slotNumber),
  },
  mode: ['dot', 'isat', 'zpa', 'zpb'],
  rules: [
    notWhen('scaled', 'a scaled multiplication'), zeroPointFeature, dotExists('a', 'acc'), pairExists('a', 'acc'), zeroPointsOnIntegers('a'),
    multiplyDims('acc', 'a', 'mRank', false), rowsFit('acc', 'a', 'slot'), accRows('acc'), slotExists('slot'),
    weightsFit('acc', 'a', 'slot', 'mRank', false),
  ],
  work: ({ acc, a, mRank }) => ({ macs: macs(acc, a, mRank, false) }),
  execute: (machine, { acc, a, slot, mRank, op, mode }) => multiply(machine, acc, a, slot, mRank, op === 'add', mode),
});
