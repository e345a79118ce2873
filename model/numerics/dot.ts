//! dot: the dot products of the matrix unit, one accumulator element from K products, by the kernel that a profile names.

import { Defect } from '../failure.ts';
import { chainDot, treeDot } from './dot-chain.ts';
import type { DotRecord, IntegerRecord } from './dot-record.ts';
import { allFinite, isMadeInvalid, unitOf, type Unit } from './dot-terms.ts';
import type { DotInput, DotMode, DotResult } from './dot-input.ts';
import type { Observer } from './dot-trace.ts';
import { afterSumDot, blocksDot, exactDot, fusedDot } from './dot-window.ts';
import { exactInteger, unpack, unpackInteger } from './exact.ts';
import { type Rounded, round } from './round.ts';

/**
 * The accumulator's element after. a and w have the same length K >= 1. The observer is told each step; it changes nothing. The roundings
 * of a kernel are inner ones: none is inexact or underflow, as no matrix unit has such flags.
 */
export function dot(record: DotRecord, input: DotInput, mode: DotMode, observe: Observer = () => undefined): DotResult {
  if (input.a.length !== input.w.length || input.a.length === 0) throw new Defect('a dot product has K >= 1 pairs; others trap shape');
  if (record.kind === 'integer') return { ...integerDot(record, input, mode, observe), lostTerms: 0 };
  const unit = unitOf(input, mode, 'ftz' in record ? record.ftz : 0, observe), result = floatDot(record, input, unit);
  return {
    ...result, overflow: allFinite(input) && unpack(input.accumulator, result.bits).kind === 'infinite', underflow: false, inexact: false, flushed: false,
    invalid: result.nan && isMadeInvalid(input), lost: unit.lost > 0, lostTerms: unit.lost,
  };
}

function floatDot(record: Exclude<DotRecord, IntegerRecord>, input: DotInput, unit: Unit): Rounded {
  switch (record.kind) {
    case 'chain': return chainDot(record, input, unit);
    case 'tree': return treeDot(record, input, unit);
    case 'fused': return fusedDot(record, input, unit);
    case 'exact': return exactDot(record, input, unit);
    case 'afterSum': return afterSumDot(record, input, unit);
    case 'blocks': return blocksDot(record, input, unit);
  }
}

/** Sum of (a - zpa)(w - zpb), plus C, wrapped or saturated once. */
function integerDot({ psumBits }: IntegerRecord, input: DotInput, mode: DotMode, observe: Observer): Rounded {
  const { a, aFormat, w, wFormat, c, accumulator } = input;
  const zpa = BigInt(mode.zpa);
  const zpb = BigInt(mode.zpb);
  let sum = 0n;
  for (const [k, bits] of a.entries()) {
    const product = (unpackInteger(aFormat, bits) - zpa) * (unpackInteger(wFormat, w[k]!) - zpb), exact = sum + product;
    observe({ kind: 'product', k, a: bits, w: w[k]!, value: exactInteger(product), raw: 0 });
    sum = psumBits === null ? exact : BigInt.asIntN(psumBits, exact);
    observe({ kind: 'partial', k, sum, wrapped: sum !== exact });
  }
  const value = exactInteger(sum + unpackInteger(accumulator, c));
  const result = round(accumulator, value, { round: 'rne', isat: mode.isat, fsat: false, ftz: 0, nan: 0n, observe });
  const { bits, inexact, saturated: overflow, flushed } = result;
  observe({ kind: 'round', step: 0, what: 'accumulator', value, direction: 'rne', bits, inexact, overflow, flushed });
  return result;
}
