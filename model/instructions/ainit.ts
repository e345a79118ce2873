//! ainit: initialise accumulators.
import { each, elementwise } from '../datapath/elementwise.ts';
import { ACC, at, choice, operand, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { accRows, accumulatorExists, sameDims, widensExactly } from '../isa/rules.ts';
import { UNIT_MXU } from '../limits.ts';
import { convert } from '../numerics/arithmetic.ts';

export const ainit = instruction({
  mnemonic: 'ainit', opcode: 0x61, unit: UNIT_MXU, syntax: 'ainit.{op} {acc}[, {a}]',
  says: 'The accumulators become +0, or the elements of A, widened exactly.',
  fields: () => ({
    acc: at(1, 0, operand('write', [ACC])), op: at(1, 24, choice(8, 'zero', 'load')), a: when('op', 1, at(2, 0, operand('read', [SPM]))),
  }),
  copies: ['a'],
  rules: () => [accumulatorExists('acc'), widensExactly('acc', 'a'), sameDims('acc', 'a'), accRows('acc')],
  execute: (machine, { acc, a, mode }) => {
    if (!a) each(machine, acc, () => ({ bits: 0n, known: true }));
    else if (a.dtype === acc.dtype) each(machine, acc, (index) => machine.read(a, index));
    // It captures no mode: all fields are 0, and nothing is rounded.
    else elementwise(machine, acc, mode, [a], (how, x) => convert(x!, acc.format!, how));
  },
});
