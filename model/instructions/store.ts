//! store: bring a tensor out, or combine it with what is there.
import { elementwise, each, ROUNDING } from '../datapath/elementwise.ts';
import { ACC, at, choice, DRAM, operand, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_ARITHMETIC, convertible, convertsOnlyWithFeature, dtypeWhen, readableWhen, sameClassWhen, sameDims } from '../isa/rules.ts';
import { UNIT_DMO } from '../limits.ts';
import { binary, convert } from '../numerics/arithmetic.ts';

export const store = instruction({
  mnemonic: 'store', opcode: 0x50, unit: UNIT_DMO, syntax: 'store[.{op}] {d}, {a}',
  says: 'D = A (converted where dtypes differ), or D = D op A with one rounding, the old element first.',
  fields: () => ({
    d: at(1, 0, operand('write', [DRAM, SPM], { updates: 'op' })), a: at(2, 0, operand('read', [SPM, ACC])),
    op: at(1, 24, choice(8, 'copy', 'add', 'max', 'min'), 'copy'),
  }),
  copies: ['a'],
  mode: ROUNDING,
  rules: () => [
    convertsOnlyWithFeature('d', 'a'), convertible('d', 'a'), dtypeWhen('op', 1, 3, 'd', CLASS_ARITHMETIC, 'with a function'),
    dtypeWhen('op', 1, 3, 'a', CLASS_ARITHMETIC, 'with a function'), sameClassWhen('op', 1, 3, 'd', 'a', 'with a function'), sameDims('d', 'a'),
    readableWhen('op', 'd'),
  ],
  execute: (machine, { d, a, op, mode }) => {
    if (op !== 'copy') elementwise(machine, d, mode, [d, a], (how, x, y) => binary(op, x!, y!, d.format!, how));
    else if (a.dtype === d.dtype) each(machine, d, (index) => machine.read(a, index));
    else elementwise(machine, d, mode, [a], (how, x) => convert(x!, d.format!, how));
  },
});
