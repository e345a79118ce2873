//! run: which runs of a program the sanitizer wants, the scout's first, until it knows what to tell.
import { looked, type RetiredCursor } from '../cursor.ts';
import type { Device, End, Program, RunOptions, Segment } from '../device.ts';
import { requireProgram } from '../machine/launch.ts';
import { SPACE_DRAM, spaceNames, unitNames } from '../limits.ts';
import { type Finding, type FindingKind, type ProgramText, siteOf } from './finding.ts';
import { retirementLayout } from '../retirement.ts';
import { Sanitizer } from './sanitizer.ts';
import { LOOK, Scout } from './scout.ts';
import { undefinedOf, unfinishedOf, waitingOf } from './waiting.ts';

export interface Sanitized { readonly end: End; readonly findings: readonly Finding[] }
export interface SanitizeOptions extends Pick<RunOptions, 'schedule' | 'queueDepth' | 'budget'> { readonly kinds?: readonly FindingKind[] }

/** Steps after which a program counts as endless. */
const STEPS_MAX = 100_000_000;
/** A run of the program that is wanted, the serial one or that under the schedule, and who looks at its records; false: enough has been seen. Nobody: its end is what is wanted. */
interface Pass { readonly serial: boolean; readonly options: Pick<RunOptions, 'records' | 'batches' | 'ring'>; readonly look?: (record: RetiredCursor) => boolean }
/** The runs that are wanted, one after the other, each answered by the status in which it ended, undefined where enough had been seen; then what came of them. */
export type Runs<Told> = Generator<Pass, Told, string | undefined>;
export type Passes = Runs<readonly Finding[]>;
interface PassOptions { readonly serial: boolean; readonly kinds?: readonly FindingKind[] }

/**
 * The findings of a program: of its serial run, or of the run under a schedule. The serial run goes under the scout first, and what passes there has no finding.
 * Where it halts, too, its order is made by tokens and units alone, the same under every schedule: the run under one is not looked at, and only has to halt.
 */
export function* passes(device: Device, program: Program, text: ProgramText, options: PassOptions): Passes {
  const status = yield* scouted(device, program, text);
  if (status !== undefined && (options.serial || (status === 'halted' && (yield { serial: false, options: {} }) === 'halted'))) return [];
  return yield* byName(device, program, text, options);
}
/** The status in which the serial run ended, where the scout lets it pass. */
function* scouted(device: Device, program: Program, text: ProgramText): Runs<string | undefined> {
  const scout = new Scout(text, laidDown(device, program)), look = (record: RetiredCursor): boolean => scout.follow(record);
  const status = scout.isAlarmed ? undefined : yield { serial: true, options: { records: 'effects', batches: true, ring: LOOK }, look };
  return scout.isClean(status) ? status : undefined;
}
/** Every record by name, and once more, record by record, where the memory between records has to be looked at. */
export function* byName(device: Device, program: Program, text: ProgramText, { serial, kinds }: PassOptions): Passes {
  for (let ring = LOOK; ; ring = 1) {
    const sanitizer = new Sanitizer(text, { serial, ...(ring === 1 ? { device } : {}), ...(kinds ? { kinds } : {}) });
    sanitizer.lay(laidDown(device, program));
    const isEnough = (): boolean => ring !== 1 && sanitizer.wantsDevice, look = (record: RetiredCursor): boolean => {
      const { at, count } = record;
      for (let i = 0; i < count && !isEnough(); i++) sanitizer.follow(record.move(at + i * retirementLayout.size));
      return !isEnough();
    };
    const status = yield { serial, options: { records: 'effects', batches: true, ring }, look };
    if (sanitizer.wantsDevice && ring !== 1) continue;
    conclude(sanitizer, device, text, status);
    return sanitizer.reporter.findings;
  }
}
/** What is there before the program runs. */
const laidDown = (device: Device, program: Program): readonly Segment[] => [...program.memory, { space: SPACE_DRAM, address: requireProgram(device.profile, program), bytes: program.image }];

/** Runs the program from power-on, as often as it takes. */
export function sanitize(device: Device, program: Program, text: ProgramText, { kinds, ...options }: SanitizeOptions = {}): Sanitized {
  const { end, told } = concluded(device, program, passes(device, program, text, { serial: options.schedule === undefined, ...(kinds ? { kinds } : {}) }), options);
  return { end: end!, findings: told };
}
/** Does the scout say that there is nothing to tell under any schedule? */
export const isClear = (device: Device, program: Program, text: ProgramText): boolean => concluded(device, program, scouted(device, program, text)).told === 'halted';
/** All runs; the end is that of the last one, if it was seen to its end. */
export function concluded<Told>(device: Device, program: Program, running: Runs<Told>, options: Omit<SanitizeOptions, 'kinds'> = {}): { readonly end: End | undefined; readonly told: Told } {
  let end: End | undefined;
  for (let next = running.next(); ; next = running.next(end?.status)) {
    if (next.done) return { end, told: next.value };
    const { serial, look, options: wanted } = next.value, { schedule, ...others } = options, all = { budget: STEPS_MAX, ...others, ...wanted, ...(serial || !schedule ? {} : { schedule }) };
    device.load(program);
    end = look ? looked(device.run(all), look) : device.execute(all);
  }
}

/** What only the end of a run shows: tokens left, who waits for whom, what would be decided from UNKNOWN bytes. */
function conclude(sanitizer: Sanitizer, device: Device, text: ProgramText, status: string | undefined): void {
  const { reporter } = sanitizer;
  if (status === 'halted') reporter.leftovers();
  if (status === 'uninitialised') {
    sanitizer.foresee(unfinishedOf(device));
    const found = undefinedOf(device);
    if (found) {
      const unit = unitNames.indexOf(found.unit as (typeof unitNames)[number]), { seq } = device.pending().find(({ pc }) => pc === found.pc)!;
      reporter.undefined(siteOf(text, unit, found.pc, Number(seq)), { name: found.operand, descriptor: found.register, space: spaceNames.indexOf(found.space as (typeof spaceNames)[number]), byte: found.address });
    }
  }
  if (status === 'blocked') {
    const all = waitingOf(device, text.words), waiting = all.filter(({ semaphore }) => semaphore !== undefined), pending = device.pending();
    const roots = waiting.filter(({ post }) => !post?.isQueued);
    for (const { unit, pc, semaphore, post, operands } of roots.length > 0 ? roots : waiting) {
      const at = unitNames.indexOf(unit as (typeof unitNames)[number]), seq = Number(pending.find((one) => one.pc === pc)?.seq ?? -1);
      const poster = post && siteOf(text, unitNames.indexOf(post.unit as (typeof unitNames)[number]), post.pc, seq + 1);
      reporter.deadlock(siteOf(text, at, pc, seq), semaphore!, poster && { ...poster, does: `posts m${semaphore}` }, { partner: sanitizer.partnerOf(at, operands), isCircle: post?.isQueued === true });
    }
    for (const { unit, pc, semaphore } of waiting) reporter.disputedWait(semaphore!, unitNames.indexOf(unit as (typeof unitNames)[number]), siteOf(text, 0, pc, Number(pending.find((one) => one.pc === pc)?.seq ?? -1)));
  }
}
