//! tensors: instructions on tensors one by one, for programs that are broken on purpose: the kernel writes all others.
import { type Draft, hullOf, type OperandDraft, widthOf } from './draft.ts';
import { type Given, traitsOf } from './drafts.ts';
import { descriptorOf, hashOf, modeNeed } from './pattern.ts';
import type { RawRecord } from './record.ts';
import { SPARE, type State } from './state.ts';
import type { Workshop } from './workshop.ts';

/** A draft of its own that has found its places; they stand in the draft. `row` is its pattern, with the slot that it multiplies with. */
export function draftOf(shop: Workshop, state: State, definition: number, record: RawRecord, bits: Given['bits'] = {}): { readonly draft: Draft; readonly row: number; readonly slot: number } | undefined {
  const { multiplies } = traitsOf(shop.definitions[definition]!), { kernel, kernel: { calls, at } } = state;
  calls.read(at.PLACES, record.f6);
  calls.read(at.HEADS, record.f5);
  const slot = multiplies ? calls.slotFor(shop.noteSpare(definition, record), SPARE, multiplies.constants[0]!) : 0;
  if (slot < 0) return undefined;
  for (const ease of [0, 3]) {
    const draft = shop.draft(shop.definitions[definition]!, record, multiplies ? { bits, slot: state.slots[slot] } : { bits }, ease);
    if (!draft) continue;
    const row = shop.keep(draft);
    if (!calls.place(4 * row)) continue;
    draft.operands.forEach((operand, k) => {
      Object.assign(operand, {
        address: kernel.number('ADDRESS', k), s: kernel.word('OFFSET', k), sValue: kernel.word('VALUE', k), imm: kernel.word('IMMEDIATE', k), step: kernel.word('STEP', k), times: kernel.word('TIMES', k),
      });
    });
    if (multiplies) draft.bits[multiplies.operands[2]!] = slot;
    return { draft, row, slot };
  }
  return undefined;
}
/** A draft with places, perhaps changed since it found them; heads and registers as simple as can be. The number of the instruction comes back. */
export function emitDraft(shop: Workshop, state: State, draft: Draft): number {
  const { kernel, kernel: { calls, at } } = state, slot = traitsOf(draft.definition).multiplies?.operands[2];
  draft.operands.forEach((operand, k) => {
    const [low, high] = hullOf(operand);
    kernel.setNumber('ADDRESS', operand.address, k);
    kernel.setNumber('BASE', baseOf(operand), k);
    kernel.setNumber('LOW', low, k);
    kernel.setNumber('HIGH', high, k);
    kernel.setWord('WORK', ANYWHERE, k);
    kernel.setWord('OFFSET', operand.s, k);
    kernel.setWord('VALUE', operand.sValue, k);
    kernel.setWord('IMMEDIATE', operand.imm, k);
    kernel.setWord('STEP', operand.step, k);
    kernel.setWord('TIMES', operand.times, k);
  });
  calls.read(at.PLACES, 0);
  calls.read(at.HEADS, 0);
  return emitPattern(state, shop.keep(draft), slot === undefined ? 0 : draft.bits[slot]!);
}
const ANYWHERE = -2, baseOf = ({ address, sValue, imm, dtype }: OperandDraft): number => (address - (sValue + imm) * widthOf(dtype)) / 8;
/** The instruction of a pattern that was placed last; its number comes back. */
export const emitPattern = ({ kernel: { calls } }: State, row: number, slot: number): number => calls.emitPattern(4 * row, slot);
/** Loads a slot in a form that is given, where the profile allows it. */
export function loadSlot(shop: Workshop, state: State, record: RawRecord, form: number): void {
  const loader = shop.definitions[shop.loader], draft = loader && shop.draft(loader, record, { bits: { [traitsOf(loader).form!]: form } }), row = draft ? shop.keep(draft) : -1;
  if (row >= 0 && state.kernel.calls.place(4 * row)) emitPattern(state, row, 0);
}
/** Registers, descriptors and mode that a draft with places needs; its fields as bits, and the mode's number. */
export function prepare({ kernel, kernel: { calls, at } }: State, draft: Draft): { readonly bits: Record<string, number>; readonly mode: number } {
  const all: Record<string, number> = { ...draft.bits }, need = modeNeed(draft), scratch = kernel.at.SCRATCH;
  draft.operands.forEach((operand, k) => {
    const words = Array.from(descriptorOf(operand, baseOf(operand)), (word) => word >>> 0);
    operand.words?.(words);
    const list = Int32Array.from(words, (word) => word | 0);
    kernel.words.set(list, scratch / 4);
    const t = calls.tensorWith(scratch, list[1]!, list[2]!, hashOf(list, 0), k, at.PLACES);
    kernel.bytes[at.OTHERS + k] = t;
    all[operand.name] = operand.field.kind === 'bare' ? 0x80 | t : (t | (operand.s << 6) | ((operand.imm & 0x1fff) << 11)) >>> 0;
  });
  let used = 0;
  for (const [name, value] of Object.entries(draft.values)) {
    all[name] = calls.registerWith(value, used, at.PLACES);
    used |= 1 << all[name];
  }
  if (!need) return { bits: all, mode: 0 };
  kernel.words.set([...need.wanted, ...need.used], scratch / 4);
  return { bits: all, mode: calls.modeWith(need.words.reduce((mask, word) => mask | (1 << word), 0), scratch, scratch + 4 * need.wanted.length, at.PLACES) };
}
