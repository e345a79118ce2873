//! run: a program run under the sanitizer, from what is laid down before it to what is left behind.
import type { RetiredCursor } from '../cursor.ts';
import type { Device, End, Program, RunOptions, Segment } from '../device.ts';
import { requireProgram } from '../machine/launch.ts';
import { SPACE_DRAM, spaceNames, unitNames } from '../limits.ts';
import { type Finding, type FindingKind, type ProgramText, siteOf } from './finding.ts';
import { Sanitizer } from './sanitizer.ts';
import { LOOK, Scout } from './scout.ts';
import { undefinedOf, unfinishedOf, waitingOf } from './waiting.ts';

export interface Sanitized { readonly end: End; readonly findings: readonly Finding[] }
export interface SanitizeOptions extends Pick<RunOptions, 'schedule' | 'queueDepth' | 'budget'> { readonly kinds?: readonly FindingKind[] }

/** Steps after which a program counts as endless. */
const STEPS_MAX = 100_000_000;
/** Records between two looks, where nobody has to look at memory between them: as many as stay in a cache (measured: bench/sanitizer.ts). */
export const RING = 128;

/**
 * Runs the program from power-on: serial runs under the scout first, which most of them pass. What is to be told is found out in another run, and in
 * one more, record by record, where the memory between records has to be looked at.
 */
export function sanitize(device: Device, program: Program, text: ProgramText, { kinds, ...options }: SanitizeOptions = {}): Sanitized {
  const asked = { budget: STEPS_MAX, ...options }, serial = options.schedule === undefined, end = serial ? scouted(device, program, text, asked) : undefined;
  if (end) return { end, findings: [] };
  for (const ring of [RING, 1]) {
    const sanitizer = begun(device, program, text, { serial, looks: ring === 1, ...(kinds ? { kinds } : {}) });
    device.load(program);
    const { status, ...rest } = eachRecord(device, { ...asked, records: 'effects', ring }, (record) => { sanitizer.follow(record); return true; })!;
    if (sanitizer.wantsDevice && ring !== 1) continue;
    conclude(sanitizer, device, text, status);
    return { end: { status, ...rest }, findings: sanitizer.reporter.findings };
  }
  throw new Error('unreachable');
}

/** How a run ends of which there is nothing to tell; undefined where there is, or may be. */
function scouted(device: Device, program: Program, text: ProgramText, options: RunOptions): End | undefined {
  const scout = sent(device, program, text);
  device.load(program);
  const end = eachRecord(device, { ...options, ...LOOKS }, (record) => scout.follow(record));
  return end && scout.isClean(end.status) ? end : undefined;
}
/** How a scout is shown the records. */
export const LOOKS = { records: 'effects', batches: true, ring: LOOK } as const;
/** A scout that knows what is laid down before the program runs. */
export function sent(device: Device, program: Program, text: ProgramText): Scout {
  const scout = new Scout(text);
  for (const segments of laidDown(device, program)) scout.lay(segments);
  return scout;
}

/** Undefined where `look` has seen enough. */
function eachRecord(device: Device, options: RunOptions, look: (record: RetiredCursor) => boolean): End | undefined {
  const running = device.run(options);
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
    if (!look(next.value)) return undefined;
  }
}

export interface Beginning { readonly serial: boolean; readonly looks: boolean; readonly kinds?: readonly FindingKind[] }
/** A sanitizer that knows what is laid down before the program runs. */
export function begun(device: Device, program: Program, text: ProgramText, { serial, looks, kinds }: Beginning): Sanitizer {
  const sanitizer = new Sanitizer(text, { serial, ...(looks ? { device } : {}), ...(kinds ? { kinds } : {}) });
  for (const segments of laidDown(device, program)) sanitizer.lay(segments);
  return sanitizer;
}
const laidDown = (device: Device, program: Program): readonly (readonly Segment[])[] => [program.memory, [{ space: SPACE_DRAM, address: requireProgram(device.profile, program), bytes: program.image }]];

/** What only the end of a run shows: tokens left, who waits for whom, what would be decided from UNKNOWN bytes. */
export function conclude(sanitizer: Sanitizer, device: Device, text: ProgramText, status: string): void {
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
