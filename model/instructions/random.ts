//! random: numbers from a counter.
import { each, elementOf } from '../datapath/elementwise.ts';
import { ACC, at, choice, operand, source, SPM } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { CLASS_FP32, CLASS_U32, dtypeWhen, feature } from '../isa/rules.ts';
import { UNIT_VPU } from '../limits.ts';
import { exactInteger } from '../numerics/exact.ts';
import { randomWord } from '../numerics/philox.ts';
import { round } from '../numerics/round.ts';

export const random = instruction({
  mnemonic: 'random', opcode: 0x8f, unit: UNIT_VPU, syntax: 'random.{op} {d}, {start}',
  says: 'D[e] = word start + e of Philox-4x32-10 under key and stream of the mode, as stochastic rounding has it: its 32 bits, or its upper '
    + '24 as fp32 in [0, 1). The sum does not wrap.',
  fields: () => ({ d: at(1, 0, operand('write', [SPM, ACC])), op: at(1, 24, choice(8, 'bits', 'unit')), start: at(2, 6, source) }),
  mode: ['key', 'stream'],
  rules: () => [feature('random'), dtypeWhen('op', 0, 0, 'd', CLASS_U32, 'bits'), dtypeWhen('op', 1, 1, 'd', CLASS_FP32, 'unit')],
  execute: (machine, { d, op, start, mode }) => each(machine, d, (index) => {
    const word = randomWord(mode.key, mode.stream, BigInt(start) + elementOf(d.dims, index));
    machine.watch?.tell({ kind: 'note', says: `word 0x${word.toString(16).padStart(8, '0')} of key ${mode.key}, stream ${mode.stream}` });
    if (op === 'bits') return { bits: word, known: true };
    const exactly = { round: 'rne', isat: false, fsat: false, ftz: 0, nan: 0n } as const;
    return { bits: round(d.format!, exactInteger(word >> 8n, -24), exactly).bits, known: true };
  }),
});
