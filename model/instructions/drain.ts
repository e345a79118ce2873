//! drain: bring accumulators out through the epilogue.
import { EPILOGUE, runEpilogue } from '../datapath/epilogue.ts';
import { ACC, at, bare, choice, flag, operand, SPM, when } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { accRows, CLASS_EPILOGUE, CLASS_S32, dtype, epilogueTypes, residualClass, sameDims, scaleFeature, tableDims, tableNeeded } from '../isa/rules.ts';
import { UNIT_MXU } from '../limits.ts';

export const drain = instruction({
  mnemonic: 'drain', opcode: 0x64, unit: UNIT_MXU, syntax: 'drain[.{activation}] {d}, {a}[, table {b}][ with {c}]',
  says: 'D = the accumulators A with bias, scale, residual C, activation, zero point and clamp; the table has a row {bias, multiplier, shift, slope} per channel. A float value goes to an integer as convert does.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPM])), a: at(2, 0, operand('read', [ACC])), activation: at(1, 24, choice(2, 'none', 'relu', 'leaky'), 'none'),
    table: at(1, 26, flag('table'), false), b: when('table', 1, at(3, 0, operand('read', [SPM], { definite: true }))),
    c: at(3, 24, bare('read', [SPM]), undefined),
  }),
  mode: EPILOGUE,
  rules: () => [
    scaleFeature, dtype('d', CLASS_EPILOGUE), dtype('a', CLASS_EPILOGUE), dtype('b', CLASS_S32), dtype('c', CLASS_EPILOGUE),
    epilogueTypes('d', 'a', 'activation'), residualClass('a', 'c'), sameDims('d', 'a'), sameDims('d', 'c'), tableDims('d', 'b'),
    tableNeeded('table', 'activation'), accRows('a'),
  ],
  execute: (machine, { d, a, b, c, activation, mode }) => runEpilogue(machine, d, a, b, c, activation, mode),
});
