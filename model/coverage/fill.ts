//! fill: programs aimed at the bins that nothing has hit yet: each hole says what its instruction must hold, a draft is drawn until it does.
import { RetiredCursor } from '../cursor.ts';
import type { Device, Program, RunOptions } from '../device.ts';
import { byMnemonic, set } from '../instructions/set.ts';
import { type Definition, isOperand } from '../isa/instruction.ts';
import { RETIRED_DONE, UNIT_SEQ } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { type Breakage, breakages, withBreakage } from '../verify/illegal.ts';
import { mixed, type Random, random } from '../verify/random.ts';
import type { Knobs, RawRecord } from '../verify/record.ts';
import { begin, finish, runnable } from '../verify/resolve.ts';
import { emit, type State } from '../verify/state.ts';
import { draftOf, emitDraft } from '../verify/tensors.ts';
import { type Draft, operandOf } from '../verify/draft.ts';
import { draws } from '../verify/random.ts';
import type { Coverage } from './coverage.ts';
import { plannedRecord } from './planned.ts';
import { Frame } from './frame.ts';
import { type Aim, binOf, type Point } from './group.ts';
import { coordinates, type Cover, type CoverageModel } from './model.ts';
import { plainStep, recipeOf } from './steps.ts';

/** A program with how it is to be run. `before` uses the host's window between load and run. */
export interface Aimed { readonly program: Program; readonly options: RunOptions; readonly before: (device: Device) => void }

/** Programs for holes of the coverage, one for each call, for ever; the coverage is looked at each time. Deterministic. */
export function* aimedPrograms(coverage: Coverage, seed: number): Generator<Aimed, undefined> {
  const { model } = coverage, tried = new Uint32Array(model.names.length), coverAt = coversOf(model), illegal = breakages(model.profile);
  for (let index = 0; ; index++) {
    const holes = coverage.holes();
    if (holes.length === 0) return undefined;
    const least = holes.reduce((a, b) => (tried[b]! < tried[a]! ? b : a)), next = random(mixed(seed, index));
    const { aim } = wishOf(model, coverAt, least);
    if (aim.trap !== undefined) {
      tried[least]!++;
      const broken = brokenProgram(model.profile, aim, illegal, next);
      if (broken) yield broken;
      continue;
    }
    const wanted = holes.filter((hole) => wishOf(model, coverAt, hole).aim.trap === undefined).sort((a, b) => tried[a]! - tried[b]! || a - b).slice(0, HOLES_OF_A_PROGRAM);
    for (const hole of wanted) tried[hole]!++;
    yield legalProgram(model, coverAt, wanted, next);
  }
}

/** Fills a coverage: aimed programs run on the device, sampled as tests from `first` on. Yields after each; stop when it is enough. */
export function* fill(coverage: Coverage, device: Device, seed: number, first = 0): Generator<{ readonly test: number; readonly records: number }, undefined> {
  let test = first;
  for (const { program, options, before } of aimedPrograms(coverage, seed)) {
    device.load(program);
    before(device);
    coverage.begin(test);
    let records = 0;
    for (const record of device.run({ budget: STEPS, ...options })) { coverage.sample(record); records++; }
    coverage.end();
    yield { test: test++, records };
  }
  return undefined;
}

const HOLES_OF_A_PROGRAM = 12, DRAFTS = 60, STEPS = 20_000;
const knobs: Knobs = { name: 'aimed', records: 6, weights: {}, elements: 256, illegal: 0 };
export const anyRecord = (next: Random): RawRecord => ({ op: 0, f0: next(), f1: next(), f2: next(), f3: next(), f4: next(), f5: next(), f6: next() });

/** The cover of each counter. */
const coversOf = ({ covers }: CoverageModel): readonly Cover[] => covers.flatMap((cover) => Array.from({ length: cover.bins }, () => cover));

interface Wish { readonly aim: Aim; readonly on: readonly string[] | undefined; readonly points: readonly (readonly [Point, number])[] }
function wishOf(_: CoverageModel, coverAt: readonly Cover[], counter: number): Wish {
  const cover = coverAt[counter]!, points = coordinates(cover, counter).map((bin, i) => [cover.group.points[cover.points[i]!]!, bin] as const);
  const aim = points.reduce<Aim>((all, [point, bin]) => merged(all, point.aim?.(bin) ?? {}), {});
  return { aim, on: cover.group.on, points };
}
const merged = (a: Aim, b: Aim): Aim => ({
  ...a, ...b, bits: { ...a.bits, ...b.bits }, mode: { ...a.mode, ...b.mode }, head: { ...a.head, ...b.head },
});

function legalProgram(model: CoverageModel, coverAt: readonly Cover[], wanted: readonly number[], next: Random): Aimed {
  const data = next(), { state, argumentWords } = begin(model.profile, knobs, data), runs = runnable(model.profile);
  for (const hole of wanted) {
    const wish = wishOf(model, coverAt, hole), { aim } = wish, record = anyRecord(next);
    const able = (wish.aim.of ?? wish.on ?? runs.map(({ mnemonic }) => mnemonic)).map((mnemonic) => byMnemonic.get(mnemonic)!).filter((definition) => aim.nullified || runs.includes(definition));
    const recipe = recipeOf(aim), definition = able[next() % Math.max(1, able.length)];
    if (recipe) recipe(state, aim, record, definition);
    else if (!definition) continue;
    else if (!aim.nullified && definition.unit !== 'agent' && Object.values(definition.fields).some(isOperand)) tensorStep(state, definition, wish, next);
    else plainStep(state, definition, aim, record);
  }
  const halting = wanted.map((hole) => wishOf(model, coverAt, hole).aim).find((aim) => aim.of?.includes('halt'));
  emit(state, 'halt', { value: halting?.bits?.['value'] ?? 0 });
  return { program: finish(state, [], argumentWords, data).program, options: {}, before: () => undefined };
}

/** An instruction on tensors: drafts are drawn until one has all that the wish can tell of it. */
function tensorStep(state: State, definition: Definition, wish: Wish, next: Random): void {
  const { aim } = wish, sure = wish.points.filter(([point]) => !point.late), frame = new Frame();
  let draft: Draft | undefined;
  for (let tries = 0; tries < DRAFTS; tries++) {
    const one = draftOf(state, definition, anyRecord(next), allowedBits(definition, aim));
    if (!one) continue;
    shaped(one, aim, next);
    draft ??= one;
    if (aim.result && !aim.result.includes(one.operands[0]?.dtype ?? 0)) continue;
    draft = one;
    if (sure.length === 0) break;
    frame.read(new RetiredCursor(plannedRecord(one)));
    if (sure.every(([point, bin]) => binOf(point, frame) === bin)) break;
  }
  if (!draft) return;
  if (aim.before !== undefined || aim.unitBefore !== undefined) {
    // Its descriptors and mode are set up by a first one, so that nothing stands between the other instruction and the second one.
    emitDraft(state, draft, draws(0), draws(0));
    goesBefore(state, aim, next);
  }
  emitDraft(state, draft, draws(aim.head?.irq || aim.head?.trace ? next() : 0), draws(0));
}
/** Fields of the wish that this instruction has. */
const allowedBits = ({ fields }: Definition, { bits = {} }: Aim): Record<string, number> => Object.fromEntries(Object.entries(bits).filter(([name]) => name in fields && !isOperand(fields[name])));
function shaped(draft: Draft, { mode = {} }: Aim, _next: Random): void {
  for (const [name, value] of Object.entries(mode)) if (draft.definition.mode.includes(name as never)) draft.mode[name as 'round'] = value;
  void operandOf;
}
function goesBefore(state: State, { before, unitBefore }: Aim, next: Random): void {
  if (before !== undefined) {
    const draft = draftOf(state, byMnemonic.get(before)!, anyRecord(next));
    if (draft) emitDraft(state, draft, draws(0), draws(0));
  } else if (unitBefore !== undefined) emit(state, unitBefore === UNIT_SEQ ? 'nop' : 'post', unitBefore === UNIT_SEQ ? { tag: 0 } : { m: 60, agent: unitBefore, rs2: 0, imm: 0 });
}

/** A program that ends in the trap, in some way that fits; with other units behind, where instructions are to be pending. */
function brokenProgram(profile: Profile, aim: Aim, illegal: readonly Breakage[], next: Random): Aimed | undefined {
  const fitting = illegal.filter(({ trap, definition }) => trap === aim.trap && (aim.of === undefined || aim.of.includes(definition.mnemonic)));
  const chosen = fitting[next() % Math.max(1, fitting.length)];
  if (!chosen) return undefined;
  const records = aim.pending ? Array.from({ length: 12 }, () => ({ ...anyRecord(next), op: next() % set.length })) : [];
  const broken = withBreakage(chosen, records, next(), profile, { ...knobs, elements: 64 });
  if (!broken) return undefined;
  const schedule = Uint8Array.from({ length: 400 }, () => (next() % 4 ? 255 : next() & 255));
  return { program: broken.program, options: aim.pending ? { schedule } : {}, before: (device) => { if (broken.expected.debug) device.csrWrite(DBG_ENABLE, 1); } };
}
const DBG_ENABLE = 0x880;
void RETIRED_DONE;
