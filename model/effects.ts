//! effects: which records are left of a run whose effects alone are asked for.
import type { RetiredCursor } from './cursor.ts';
import { byOpcode } from './instructions/set.ts';
import { head } from './isa/instruction.ts';
import { RETIRED_DONE, RETIRED_TRAPPED, UNIT_SEQ } from './limits.ts';

/** Everything but what is nullified, and what the sequencer has done with registers of its own alone: then its head has neither tokens nor interrupt nor trace. */
export function hasEffects(record: RetiredCursor): boolean {
  if (record.status !== RETIRED_DONE) return record.status === RETIRED_TRAPPED;
  const word = record.word(0);
  return record.unit !== UNIT_SEQ || word >>> head.wait.low !== 0 || !byOpcode.get(word & 0xff)!.inner;
}
