//! fill: programs aimed at the bins that nothing has hit yet: each hole says what its instruction must hold, and one that does is written.
import type { Device, Segment } from '../device.ts';
import { byMnemonic, set } from '../instructions/set.ts';
import { type Definition, isOperand } from '../isa/instruction.ts';
import { SPACE_DRAM, TRAP_PROTECTION } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { type Breakage, breakages, withBreakage } from '../verify/illegal.ts';
import { mixed, type Random, random } from '../verify/random.ts';
import type { Knobs } from '../verify/record.ts';
import { begin, finish } from '../verify/resolve.ts';
import { emit } from '../verify/state.ts';
import { started, type Trial } from '../verify/trial.ts';
import type { Coverage } from './coverage.ts';
import { anyRecord, tensorStep, type Wished, wishedDraft } from './draft.ts';
import type { Aim } from './group.ts';
import { coordinates, type CoverageModel } from './model.ts';
import { plainStep, recipeOf } from './steps.ts';
import { valuesOf } from './values.ts';
import { emitDraft } from '../verify/tensors.ts';
import { runnable, workshopOf } from '../verify/workshop.ts';

/** A program aimed at holes, with what the host does about it and, of one that breaks a rule, what shall happen. */
export type AimedProgram = Pick<Trial, 'program' | 'options' | 'debug' | 'unread' | 'expected'>;

/**
 * Fills a coverage: aimed programs run on the device and are sampled as tests from `first` on. Yields after each; ends with the last hole, or when
 * so many programs in a row hit nothing new.
 */
export function* fill(coverage: Coverage, device: Device, seed: number, { first = 0, patience = PATIENCE } = {}): Generator<{ readonly test: number; readonly records: number }, undefined> {
  let test = first, hit = coverage.hit, since = test;
  for (const trial of aimedPrograms(coverage, seed)) {
    const running = started(device, trial).run({ budget: STEPS, ring: 1, ...trial.options });
    coverage.begin(test);
    let records = 0;
    for (const record of running) { coverage.sample(record, valuesOf(record, device)); records++; }
    coverage.end();
    yield { test: test++, records };
    if (coverage.hit > hit) { hit = coverage.hit; since = test; } else if (test - since >= patience) return undefined;
  }
  return undefined;
}
/** Most machines have bins that only rare programs hit: these tried everything some twenty times. */
const PATIENCE = 4000;

/** Programs for holes of the coverage, which is looked at before each; none when it has no hole. The same seed and coverage, the same programs. */
export function* aimedPrograms(coverage: Coverage, seed: number): Generator<AimedProgram, undefined> {
  const { model } = coverage, tried = new Uint32Array(model.names.length), wishes = wishesOf(model), illegal = breakages(model.profile);
  for (let index = 0; ; index++) {
    const holes = coverage.holes().sort((a, b) => tried[a]! - tried[b]! || a - b), next = random(mixed(seed, index)), [least] = holes;
    if (least === undefined) return undefined;
    const isTrap = wishes[least]!.aim.trap !== undefined, wanted = isTrap ? [least] : holes.filter((hole) => wishes[hole]!.aim.trap === undefined).slice(0, HOLES_OF_A_PROGRAM);
    for (const hole of wanted) tried[hole]!++;
    const aimed = isTrap ? brokenProgram(model.profile, wishes[least]!, illegal, next) : legalProgram(model.profile, wanted.map((hole) => wishes[hole]!), next);
    if (aimed) yield aimed;
  }
}

const HOLES_OF_A_PROGRAM = 12, STEPS = 20_000;
export const aimedKnobs: Knobs = { name: 'aimed', records: 6, weights: {}, elements: 256, illegal: 0, fresh: 100 };

/** What a bin asks for: all its points' aims together, on any of these instructions. */
interface Wish { readonly aim: Aim; readonly of: readonly string[] | undefined; readonly points: Wished }
const wishesOf = ({ covers }: CoverageModel): readonly Wish[] => covers.flatMap((cover) => Array.from({ length: cover.bins }, (_, i): Wish => {
  const points = coordinates(cover, cover.first + i).map((bin, at) => [cover.group.points[cover.points[at]!]!, bin] as const);
  const aim = points.reduce<Aim>((all, [point, bin]) => merged(all, point.aim?.(bin) ?? {}), {});
  return { aim, of: aim.of ?? cover.group.on, points };
}));
const merged = (a: Aim, b: Aim): Aim => ({ ...a, ...b, bits: { ...a.bits, ...b.bits }, mode: { ...a.mode, ...b.mode }, head: { ...a.head, ...b.head } });
const hasOperands = ({ fields }: Definition): boolean => Object.values(fields).some(isOperand);

function legalProgram(profile: Profile, wishes: readonly Wish[], next: Random): AimedProgram {
  const data = next(), shop = workshopOf(profile, aimedKnobs), { state, argumentWords } = begin(shop, data), runs = runnable(profile), memory: Segment[] = [];
  for (const { aim, of, points } of wishes) {
    const able = of ? of.map((mnemonic) => byMnemonic.get(mnemonic)!).filter((definition) => aim.nullified || runs.includes(definition)) : runs, definition = able[next() % Math.max(1, able.length)];
    const record = anyRecord(next), recipe = recipeOf(aim);
    if (recipe) recipe(state, aim, record, definition);
    else if (definition && hasOperands(definition)) memory.push(...tensorStep(shop, state, definition, aim, points, next));
    else if (definition) plainStep(shop, state, definition, aim, record, next);
  }
  emit(state, 'halt', { value: wishes.find(({ of }) => of?.[0] === 'halt')?.aim.bits?.['value'] ?? 0 });
  const { program } = finish(state, new Uint32Array(0), argumentWords, data);
  return { program: { ...program, memory: [...program.memory, ...memory] }, options: {} };
}

/** A program that ends in the trap, in some way that fits; with other units behind, where instructions are to be pending. */
function brokenProgram(profile: Profile, { aim, of }: Wish, illegal: readonly Breakage[], next: Random): AimedProgram | undefined {
  const byRegion = aim.trap === TRAP_PROTECTION && unread(profile, aim, of, next);
  if (byRegion) return byRegion;
  const fitting = illegal.filter(({ trap, definition }) => trap === aim.trap && (of === undefined || of.includes(definition.mnemonic))), chosen = fitting[next() % Math.max(1, fitting.length)];
  if (!chosen) return undefined;
  const records = aim.pending ? Array.from({ length: 12 }, () => ({ ...anyRecord(next), op: next() % set.length })) : [];
  const broken = withBreakage(chosen, records, next(), profile, { ...aimedKnobs, elements: 64 });
  if (!broken) return undefined;
  const schedule = Uint8Array.from({ length: 400 }, () => (next() % 4 ? 255 : next() & 255));
  return { program: broken.program, options: aim.pending ? { schedule } : {}, debug: broken.expected.debug, expected: broken.expected };
}

/** An instruction whose blamed operand is read from DRAM, which the host's region forbids. */
function unread(profile: Profile, { blamed = 1 }: Aim, of: readonly string[] | undefined, next: Random): AimedProgram | undefined {
  const data = next(), shop = workshopOf(profile, aimedKnobs), { state, argumentWords } = begin(shop, data), able = runnable(profile).filter((definition) => of === undefined || of.includes(definition.mnemonic));
  const definition = able[next() % Math.max(1, able.length)], field = definition && Object.values(definition.fields).find((one) => isOperand(one) && one.word === blamed + 1);
  if (!definition || field?.role !== 'read' || !field.spaces!.includes(SPACE_DRAM)) return undefined;
  const draft = wishedDraft(shop, state, definition, { space: { position: blamed, code: SPACE_DRAM } }, [], next);
  if (!draft) return undefined;
  emitDraft(shop, state, draft);
  emit(state, 'halt', { value: 0 });
  return { program: finish(state, new Uint32Array(0), argumentWords, data).program, options: {}, unread: true };
}
