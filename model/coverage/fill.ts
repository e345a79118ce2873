//! fill: programs aimed at the bins that nothing has hit yet: each hole says what its instruction must hold, and one that does is written.
import type { Device, Program, RunOptions } from '../device.ts';
import { byMnemonic, set } from '../instructions/set.ts';
import { type Definition, isOperand } from '../isa/instruction.ts';
import { SPACE_DRAM, TRAP_PROTECTION } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { type Breakage, breakages, withBreakage } from '../verify/illegal.ts';
import { mixed, type Random, random } from '../verify/random.ts';
import type { Knobs } from '../verify/record.ts';
import { begin, finish } from '../verify/resolve.ts';
import { emit } from '../verify/state.ts';
import type { Coverage } from './coverage.ts';
import { anyRecord, tensorStep, type Wished, wishedDraft } from './draft.ts';
import type { Aim } from './group.ts';
import { coordinates, type CoverageModel } from './model.ts';
import { plainStep, recipeOf } from './steps.ts';
import { emitDraft } from '../verify/tensors.ts';
import { runnable, workshopOf } from '../verify/workshop.ts';

/** A program and what the host does about it: it enables the debugger, or forbids all reading of DRAM by the region. */
export interface AimedProgram { readonly program: Program; readonly options: RunOptions; readonly host?: 'debugs' | 'forbids reading' }

/** Fills a coverage: aimed programs run on the device and are sampled as tests from `first` on. Yields after each; stop when it is enough. */
export function* fill(coverage: Coverage, device: Device, seed: number, first = 0): Generator<{ readonly test: number; readonly records: number }, undefined> {
  let test = first;
  for (const { program, options, host } of aimedPrograms(coverage, seed)) {
    if (host === 'forbids reading') launchUnread(device, program);
    else device.load(program);
    if (host === 'debugs') device.csrWrite(DBG_ENABLE, BREAK_ENABLED);
    coverage.begin(test);
    let records = 0;
    for (const record of device.run({ budget: STEPS, ...options })) { coverage.sample(record); records++; }
    coverage.end();
    yield { test: test++, records };
  }
  return undefined;
}

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

const HOLES_OF_A_PROGRAM = 12, STEPS = 20_000, DBG_ENABLE = 0x240, BREAK_ENABLED = 0x100;
const knobs: Knobs = { name: 'aimed', records: 6, weights: {}, elements: 256, illegal: 0, fresh: 100 };

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
  const data = next(), shop = workshopOf(profile, knobs), { state, argumentWords } = begin(shop, data), runs = runnable(profile);
  for (const { aim, of, points } of wishes) {
    const able = of ? of.map((mnemonic) => byMnemonic.get(mnemonic)!).filter((definition) => aim.nullified || runs.includes(definition)) : runs, definition = able[next() % Math.max(1, able.length)];
    const record = anyRecord(next), recipe = recipeOf(aim);
    if (recipe) recipe(state, aim, record, definition);
    else if (definition && hasOperands(definition)) tensorStep(shop, state, definition, aim, points, next);
    else if (definition) plainStep(shop, state, definition, aim, record, next);
  }
  emit(state, 'halt', { value: wishes.find(({ of }) => of?.[0] === 'halt')?.aim.bits?.['value'] ?? 0 });
  return { program: finish(state, new Uint32Array(0), argumentWords, data).program, options: {} };
}

/** A program that ends in the trap, in some way that fits; with other units behind, where instructions are to be pending. */
function brokenProgram(profile: Profile, { aim, of }: Wish, illegal: readonly Breakage[], next: Random): AimedProgram | undefined {
  const byRegion = aim.trap === TRAP_PROTECTION && unread(profile, aim, of, next);
  if (byRegion) return byRegion;
  const fitting = illegal.filter(({ trap, definition }) => trap === aim.trap && (of === undefined || of.includes(definition.mnemonic))), chosen = fitting[next() % Math.max(1, fitting.length)];
  if (!chosen) return undefined;
  const records = aim.pending ? Array.from({ length: 12 }, () => ({ ...anyRecord(next), op: next() % set.length })) : [];
  const broken = withBreakage(chosen, records, next(), profile, { ...knobs, elements: 64 });
  if (!broken) return undefined;
  const schedule = Uint8Array.from({ length: 400 }, () => (next() % 4 ? 255 : next() & 255));
  return { program: broken.program, options: aim.pending ? { schedule } : {}, ...(broken.expected.debug ? { host: 'debugs' } : {}) };
}

/** An instruction whose blamed operand is read from DRAM, which the host's region forbids. */
function unread(profile: Profile, { blamed = 1 }: Aim, of: readonly string[] | undefined, next: Random): AimedProgram | undefined {
  const data = next(), shop = workshopOf(profile, knobs), { state, argumentWords } = begin(shop, data), able = runnable(profile).filter((definition) => of === undefined || of.includes(definition.mnemonic));
  const definition = able[next() % Math.max(1, able.length)], field = definition && Object.values(definition.fields).find((one) => isOperand(one) && one.word === blamed + 1);
  if (!definition || field?.role !== 'read' || !field.spaces!.includes(SPACE_DRAM)) return undefined;
  const draft = wishedDraft(shop, state, definition, { space: { position: blamed, code: SPACE_DRAM } }, [], next);
  if (!draft) return undefined;
  emitDraft(shop, state, draft);
  emit(state, 'halt', { value: 0 });
  return { program: finish(state, new Uint32Array(0), argumentWords, data).program, options: {}, host: 'forbids reading' };
}
/** Laid down and launched through the ring, as hosts do, since regions are set before a launch. */
function launchUnread(device: Device, { image, memory, arguments: values = [] }: Program): void {
  const ring = 12288, base = 16384, entry = new DataView(new ArrayBuffer(64)), pages = device.profile.dramBytes / 4096;
  device.reset();
  for (const { space, address, bytes } of memory) device.write(space, address, bytes);
  device.write(SPACE_DRAM, base, image);
  [base, 0, 0, 0, 0, 0, 0, 0, ...values].forEach((word, i) => { entry.setUint32(4 * i, word >>> 0, true); });
  device.write(SPACE_DRAM, ring, new Uint8Array(entry.buffer));
  for (const [offset, value] of [[0x80, ring], [0x84, 0], [0x88, 2], [0x94, ring + 1024], [0x98, 0], [0x100, 0], [0x104, pages], [0x108, 2], [0x90, 1]] as const) device.csrWrite(offset, value);
}
