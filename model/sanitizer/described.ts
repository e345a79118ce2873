//! described: what the sanitizer has to know of an instruction of the program, found out once from its definition.
import { byOpcode } from '../instructions/set.ts';
import { bitsOf, exists, wellEncoded, type Words } from '../isa/codec.ts';
import { cached } from '../isa/cached.ts';
import type { Field } from '../isa/field.ts';
import { type Definition, type Fields, head, isOperand, operandPosition } from '../isa/instruction.ts';
import { NUMERIC_CSR, NUMERIC_CSR_STEP, NUMERIC_MORE_CSR, OPERAND_MAX, UNIT_COUNT, UNIT_SEQ } from '../limits.ts';
import type { Effects } from './clocks.ts';

/** Where an operand's elements are picked by another one: its position, and the dim in which it picks. */
export interface Picks { readonly by: number; readonly dim: 'first' | 'last' }

export interface Described {
  /** Touches nothing but registers: nothing to follow. */
  readonly isPlain: boolean;
  readonly effects: Effects;
  /** Takes or posts tokens, or waits for units. */
  readonly ordersOthers: boolean;
  /** What `post` and `wait` add to the register for their count. */
  readonly many: number;
  /** Names of the operand fields by position. */
  readonly operands: readonly (string | undefined)[];
  /** Positions whose bits may be moved unchanged, as a mask. */
  readonly copies: number;
  readonly picks: readonly (Picks | undefined)[];
  /** The weight slot that it loads or multiplies by. */
  readonly slot: number | undefined;
  /** Adds to what is there, or updates in place: repeated in another order, floats come out otherwise. */
  readonly updates: boolean;
  /** Units whose counters it reads, [from, to). */
  readonly counters: readonly [from: number, to: number] | undefined;
}

/** A memory of the counters, a byte for each unit: what acts in a unit writes there. */
export const SPACE_COUNTERS = 6;

const ALL_UNITS = 2 ** UNIT_COUNT - 1;
/** Sub-operations that come to the same in any order. */
const ORDERLESS: readonly string[] = ['copy', 'set', 'max', 'min'];

export function describe(words: Words): Described {
  const common = commonOf(byOpcode.get(words[0] & 255)!), { fields, operands, copies, picks } = common;
  const semaphore = valueIn(words, fields, common.semaphore) ?? 0, offset = valueIn(words, fields, common.offset), counters = offset === undefined ? undefined : countersOf(offset), op = valueIn(words, fields, common.op);
  const effects = {
    wait: bitsOf(words, head.wait), post: bitsOf(words, head.post), waits: common.isWait ? semaphore : 0, posts: common.isWait ? 0 : semaphore, fence: valueIn(words, fields, common.units) ?? common.fence,
  };
  const ordersOthers = (effects.wait | effects.post | semaphore | effects.fence) !== 0;
  return {
    isPlain: common.isInner && !ordersOthers && counters === undefined,
    counters,
    ordersOthers,
    effects,
    many: semaphore === 0 ? 0 : valueIn(words, fields, fields['imm'])!,
    operands,
    copies,
    picks,
    slot: valueIn(words, fields, common.slot),
    updates: op === undefined || !ORDERLESS.includes(common.op!.names?.[op] ?? ''),
  };
}
/** Undefined where there is no such field in these words. */
const valueIn = (words: Words, fields: Fields, field: Field | undefined): number | undefined => (field && exists(fields, field, words) ? bitsOf(words, field) : undefined);

/** What all instructions of an opcode have in common, found out once. */
interface Common extends Pick<Described, 'operands' | 'copies' | 'picks'>, Pick<Definition, 'fields'> {
  /** Works in SEQ, on registers alone, whatever its head does. */
  readonly isInner: boolean;
  /** Does it take the tokens of its semaphore? Else it posts them. */
  readonly isWait: boolean;
  readonly semaphore: Field | undefined;
  /** Units that it waits for, or those where no field names them. */
  readonly units: Field | undefined;
  readonly fence: number;
  /** Of the register that it reads. */
  readonly offset: Field | undefined;
  readonly slot: Field | undefined;
  readonly op: Field | undefined;
}
const commonOf = cached((definition: Definition): Common => {
  const { fields, mnemonic } = definition, isWait = mnemonic === 'wait';
  const named = Object.entries(fields).filter(([, field]) => isOperand(field)), at = (name: string): number => operandPosition(fields[name])!;
  const byPosition = <Value>(of: (name: string) => Value | undefined): readonly (Value | undefined)[] => {
    const list: (Value | undefined)[] = Array.from({ length: OPERAND_MAX }, () => undefined);
    for (const [name] of named) list[at(name)] = of(name);
    return list;
  };
  return {
    fields, isInner: definition.unit === UNIT_SEQ && named.length === 0,
    isWait, semaphore: isWait || mnemonic === 'post' ? fields['m'] : undefined,
    units: mnemonic === 'fence' ? fields['units'] : undefined, fence: mnemonic === 'halt' ? ALL_UNITS : 0,
    offset: mnemonic === 'csrr' ? fields['offset'] : undefined,
    slot: Object.values(fields).find(({ kind }) => kind === 'slot'), op: fields['op'],
    operands: byPosition((name) => name),
    copies: (definition.copies ?? []).reduce((mask, name) => mask | (1 << at(name)), 0),
    picks: byPosition((name) => {
      const picks = fields[name]!.view?.picks;
      return picks && { by: at(picks.by), dim: picks.dim };
    }),
  };
});

/** Does an instruction of the program read a counter? */
export function readsCounters(words: Words): boolean {
  const definition = byOpcode.get(words[0] & 255);
  return definition?.mnemonic === 'csrr' && wellEncoded(definition, words) && describe(words).counters !== undefined;
}

const COUNTERS = 0x600, COUNTER_BYTES = 8, KINDS_FIRST = 4, KINDS_MORE = 6;
/** Whose counter lies at an offset of the host's window; all units', where it counts for all of them. */
function countersOf(offset: number): readonly [number, number] | undefined {
  if (offset < NUMERIC_CSR) return undefined;
  const unit = offset >= NUMERIC_MORE_CSR ? 1 + Math.floor((offset - NUMERIC_MORE_CSR) / (KINDS_MORE * NUMERIC_CSR_STEP))
    : offset >= COUNTERS ? Math.floor((offset - COUNTERS) / COUNTER_BYTES) : 1 + Math.floor((offset - NUMERIC_CSR) / (KINDS_FIRST * NUMERIC_CSR_STEP));
  return unit < UNIT_COUNT ? [unit, unit + 1] : [1, UNIT_COUNT];
}
