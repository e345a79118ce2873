//! retirement: the one record: what an instruction captured at dispatch, then what it did.
import { layout } from './isa/layout.ts';
import { EVENT_COUNT, MODE_WORDS, OPERAND_MAX, RANK_MAX } from './limits.ts';

/**
 * An operand as captured. `role` 0 marks an absent one. `address` is the *bit* address of the element of index 0, offset included;
 * dims and strides (in elements) are those of the descriptor, row-major, `rank` of them; `digest` is the CRC-32C of the written
 * elements' bytes in row-major order, where digests are asked for.
 */
export const operandLayout = layout('operand', {
  space: 'u8', dtype: 'u8', rank: 'u8', role: 'u8', t: 'u8', address: 'i64', dims: ['u32', RANK_MAX], strides: ['i32', RANK_MAX],
  padLow: 'u32', padHigh: 'u32', fill: 'u32', digest: 'u32',
});

/**
 * The head, then `operandCount` operands at the positions D, A, B, C. A queue slot holds the same record with the second half still
 * empty: a closed instruction is the first half of a retirement.
 */
export const retirementLayout = layout('retirement', {
  // captured at dispatch
  bytes: 'u16', unit: 'u8', operandCount: 'u8', trap: 'u8', status: 'u8', options: 'u8', seq: 'i64', pc: 'u32', words: ['u32', 4],
  scalars: ['u32', 2], mode: ['u32', MODE_WORDS],
  // known when it has acted; `order` counts in its unit, `address` and `auxiliary` are those of the fault record
  order: 'u32', result: 'u32', auxiliary: 'u32', events: ['u32', EVENT_COUNT], address: 'i64',
  operands: [operandLayout, OPERAND_MAX],
});
export const HEAD_BYTES = retirementLayout.at.operands;
