//! illegal: programs that break exactly one rule, with the trap and the place that whoever broke it knows.
import { cached } from '../isa/cached.ts';
import type { Definition } from '../isa/instruction.ts';
import { set } from '../instructions/set.ts';
import type { Rule } from '../isa/rule.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, type StatusName } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { encoded, headBits } from './code.ts';
import { encodingFaults, endings, faults } from './faults.ts';
import { mutators } from './mutate.ts';
import { draws, mixed, random } from './random.ts';
import { type Knobs, type RawRecord, RECORD } from './record.ts';
import { begin, finish, flatOf, flattened, type Resolved, resolveAll } from './resolve.ts';
import { emit, type State } from './state.ts';
import { draftOf, loadSlot, prepare } from './tensors.ts';
import { type Workshop, workshopOf } from './workshop.ts';

/** What shall happen: status of the run, trap or fault code, and where. `debug`: the host sets DBG_ENABLE before the run. */
export interface Expected { readonly status: StatusName; readonly trap: number; readonly pc: number; readonly breaks: string; readonly debug: boolean }
export interface Broken extends Resolved { readonly expected: Expected }

/** One way to break one rule of one definition, or the encoding. */
export interface Breakage {
  readonly name: string;
  readonly trap: number;
  readonly status: StatusName;
  readonly definition: Definition;
  /** Emits code whose last instruction breaks it, and gives the number of that instruction. */
  readonly apply: (shop: Workshop, state: State, record: RawRecord) => number | undefined;
}

/** Every breakage that a profile may have. Rules that no program can break stand in `unbreakable`. */
export const breakages = cached((profile: Profile): readonly Breakage[] => {
  const byRule = set.flatMap((definition) => definition.rules.flatMap((rule): Breakage[] => {
    const absent = definition.rules.some((r) => r.predicate === 'feature') && !profile.features.some((f) => f === definition.mnemonic || f === 'lnk');
    if (absent !== (rule.predicate === 'feature')) return [];
    const name = `${definition.mnemonic}: ${rule.predicate}(${[...rule.operands, ...rule.constants].join(', ')})`;
    const fault = faults[rule.predicate], status = rule.predicate === 'debuggerAbsent' ? 'break' : 'trapped';
    if (fault) return [{ name, trap: rule.trap, status, definition, apply: (_, state, record) => fault(state, definition, draws(record.f6)) }];
    if (!mutators[rule.predicate]) return [];
    return [{ name, trap: rule.trap, status, definition, apply: (shop, state, record) => brokenTensor(shop, state, definition, rule, record) }];
  }));
  const encoded = set.flatMap((definition) => Object.entries(encodingFaults).map(([what, { trap, fault }]): Breakage => (
    { name: `${definition.mnemonic}: ${what}`, trap, status: 'trapped', definition, apply: (_, state, record) => fault(state, definition, draws(record.f6)) })));
  const ended = Object.entries(endings).map(([name, { status, trap, fault }]): Breakage => (
    { name, trap, status, definition: set[0]!, apply: (_, state, record) => fault(state, set[0]!, draws(record.f6)) }));
  return [...byRule, ...encoded, ...ended];
});

/** Predicates without a breakage, and why. */
export const unbreakable: Readonly<Record<string, string>> = {
  notPeer: 'operands at peers belong to instructions that trap `feature` before',
  readable: 'regions are the host\'s; the law of regions sets them', readableWhen: 'regions are the host\'s; the law of regions sets them',
  convertible: 'only ue4m3 is never converted to, and not every profile has it',
};

/** A program from a seed that breaks one rule, found by trying breakages until one fits the state. */
export function generateIllegal(seed: number, profile: Profile, knobs: Knobs): Broken {
  const all = breakages(profile), next = random(mixed(seed, 7)), flat = flatOf(workshopOf(profile, knobs), seed);
  for (let tries = 0; ; tries++) {
    const broken = broke(all[next() % all.length]!, flat, mixed(seed, tries), workshopOf(profile, knobs));
    if (broken) return broken;
  }
}

/** The records, then the broken instruction, then the rest, which never runs. Undefined where the breakage found no place. */
export function withBreakage(breakage: Breakage, records: readonly RawRecord[], seed: number, profile: Profile, knobs: Knobs): Broken | undefined {
  const shop = workshopOf(profile, knobs);
  return broke(breakage, flattened(shop, records), seed, shop);
}
function broke(breakage: Breakage, flat: Uint32Array, seed: number, shop: Workshop): Broken | undefined {
  const next = random(mixed(seed, 11)), data = mixed(seed, 0), { state, argumentWords } = begin(shop, data), before = next() % (flat.length / RECORD + 1);
  resolveAll(state, flat, 0, RECORD * before);
  let victim: number | undefined;
  for (let tries = 0; tries < 6 && victim === undefined; tries++) {
    victim = breakage.apply(shop, state, { op: 0, f0: next(), f1: next(), f2: next(), f3: next(), f4: next(), f5: next(), f6: next() });
  }
  if (victim === undefined) return undefined;
  for (let behind = 0; behind < 3; behind++) emit(state, 'mark', { value: behind });
  emit(state, 'halt', { value: 0xdead });
  const resolved = finish(state, flat, argumentWords, data), pc = resolved.pc(victim);
  // With a debugger another `break` in front of it stops as well; without one it is legal, and drawn.
  if (breakage.status === 'break' && countOf(resolved.program.image, breakage.definition.opcode) > 1) return undefined;
  return { ...resolved, expected: { status: breakage.status, trap: breakage.trap, pc, breaks: breakage.name, debug: breakage.status === 'break' } };
}

/** How many instructions of an image have an opcode. */
function countOf(image: Uint8Array, opcode: number): number {
  let count = 0;
  for (let at = IMAGE_HEADER_BYTES, end = at + INSTRUCTION_BYTES * new DataView(image.buffer, image.byteOffset).getUint32(12, true); at < end; at += INSTRUCTION_BYTES) if (image[at] === opcode) count++;
  return count;
}

function brokenTensor(shop: Workshop, state: State, definition: Definition, rule: Rule, record: RawRecord): number | undefined {
  const found = draftOf(shop, state, shop.definitions.indexOf(definition), record), draw = draws(record.f6);
  if (!found || !mutators[rule.predicate]!(found.draft, rule, { arena: state.arena, slots: state.slots, load: (one, form) => { loadSlot(shop, state, one, form); } }, draw)) return undefined;
  const { bits, mode } = prepare(state, found.draft);
  // Fields that the change brought into being: any operand, since a lower code comes first.
  const [w0, w1, w2, w3] = encoded(definition, bits, headBits('mode', mode));
  return state.code.push(w0, w1, w2, w3);
}
