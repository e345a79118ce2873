//! run: a program run under the sanitizer, from what is laid down before it to what is left behind.
import type { Device, End, Program, RunOptions } from '../device.ts';
import { requireProgram } from '../machine/launch.ts';
import { SPACE_DRAM, spaceNames, type StatusName, unitNames } from '../limits.ts';
import { type Finding, type FindingKind, type ProgramText, siteOf } from './finding.ts';
import { Sanitizer } from './sanitizer.ts';
import { undefinedOf, unfinishedOf, waitingOf } from './waiting.ts';

export interface Sanitized { readonly end: End; readonly findings: readonly Finding[] }
export interface SanitizeOptions extends Pick<RunOptions, 'schedule' | 'queueDepth' | 'budget'> { readonly kinds?: readonly FindingKind[] }

/** Steps after which a program counts as endless. */
const STEPS_MAX = 100_000_000;
/** Records between two looks, where nobody has to look at memory between them: as many as stay in a cache (measured: bench/sanitizer.ts). */
export const RING = 128;

/** Runs the program from power-on, a second time one record at a time where the memory between records has to be looked at. */
export function sanitize(device: Device, program: Program, text: ProgramText, { kinds, ...options }: SanitizeOptions = {}): Sanitized {
  const once = (ring: number): Sanitized & { readonly wantsDevice: boolean } => {
    const sanitizer = begun(device, program, text, { serial: options.schedule === undefined, looks: ring === 1, ...(kinds ? { kinds } : {}) });
    device.load(program);
    const running = device.run({ budget: STEPS_MAX, ...options, ring });
    for (;;) {
      const next = running.next();
      if (!next.done) { sanitizer.follow(next.value); continue; }
      conclude(sanitizer, device, text, next.value.status);
      return { end: next.value, findings: sanitizer.reporter.findings, wantsDevice: sanitizer.wantsDevice };
    }
  };
  const first = once(RING);
  return first.wantsDevice ? once(1) : first;
}

export interface Beginning { readonly serial: boolean; readonly looks: boolean; readonly kinds?: readonly FindingKind[] }
/** A sanitizer that knows what is laid down before the program runs. */
export function begun(device: Device, program: Program, text: ProgramText, { serial, looks, kinds }: Beginning): Sanitizer {
  const sanitizer = new Sanitizer(text, { serial, ...(looks ? { device } : {}), ...(kinds ? { kinds } : {}) });
  sanitizer.lay(program.memory);
  sanitizer.lay([{ space: SPACE_DRAM, address: requireProgram(device.profile, program), bytes: program.image }]);
  return sanitizer;
}

/** What only the end of a run shows: tokens left, who waits for whom, what would be decided from UNKNOWN bytes. */
export function conclude(sanitizer: Sanitizer, device: Device, text: ProgramText, status: StatusName | 'max-instructions'): void {
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
