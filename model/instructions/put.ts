//! put: write into a peer's memory.
import { absentFrom } from '../datapath/absent.ts';
import { ACC, at, choice, operand, SPM, DRAM, optionalSemaphore } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { feature, sameDims, sameType } from '../isa/rules.ts';
import { SPACE_PEER_DRAM, SPACE_PEER_SPM, UNIT_LNK } from '../limits.ts';

export const put = instruction({
  mnemonic: 'put', opcode: 0xc0, unit: UNIT_LNK, syntax: 'put[.{op}] {d}, {a}[, peer {peer}]',
  says: 'D at the peer = A, or D op A with one rounding; then the peer semaphore, if one is named, gets a token.',
  fields: () => ({
    d: at(1, 0, operand('write', [SPACE_PEER_DRAM, SPACE_PEER_SPM], { updates: 'op' })), op: at(1, 24, choice(8, 'copy', 'add', 'max', 'min'), 'copy'),
    a: at(2, 0, operand('read', [DRAM, SPM, ACC])), peer: at(2, 24, optionalSemaphore, 0),
  }),
  mode: ['round', 'isat', 'minmax', 'daz', 'ftz'],
  rules: () => [feature('lnk'), sameType('d', 'a'), sameDims('d', 'a')],
  execute: absentFrom('put'),
});
