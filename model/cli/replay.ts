//! replay: a case that once failed, on any device, held to the specification.
import { Rejected } from '../failure.ts';
import { readCase, requireProfile } from '../verify/case.ts';
import { digestOf } from '../verify/digest.ts';
import { failureOf, judgeBy, observeTrial } from '../verify/trial.ts';
import { makeDevice, parseDevice } from './devices.ts';
import { chosenDevice } from './fuzz-options.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { readNamed } from './host.ts';
import { findProfile } from './profiles.ts';
import { counted } from './report.ts';
import { collect } from './job.ts';
import { outColours, print, printJson, warn } from './terminal.ts';
import type { Diagnostic } from '../failure.ts';

export interface ReplayFlags {
  readonly device?: string;
  readonly canary?: string;
  readonly against?: string;
  readonly profile?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}
const CASE_BYTES_MAX = 2 ** 26;

export async function replayCommand(paths: readonly string[], flags: ReplayFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [], device = await chosenDevice(flags, diagnostics), against = parseDevice(flags.against ?? 'specification', diagnostics, '--against');
  const cases = await Promise.all(paths.map((path) => collect(diagnostics, async () => {
    const found = readCase(new TextDecoder().decode(readNamed(path, CASE_BYTES_MAX, 'a case')), path), profile = await findProfile(flags.profile ?? found.info.profile);
    requireProfile(found, profile, path);
    return { path, profile, ...found };
  })));
  if (diagnostics.length > 0 || !device || !against) throw new Rejected(diagnostics);
  const told = [];
  for (const one of cases) {
    const { path, profile, trial, info } = one!, oracle = await makeDevice(against, profile), right = observeTrial(oracle, trial);
    const ends = { status: right.status, records: right.records.length, digest: digestOf(right, profile.hash).toString(16).padStart(8, '0') };
    const { found } = failureOf(trial, device.make(profile), [judgeBy(oracle)]);
    told.push({ case: path, device: device.name, against, passed: found === undefined, difference: found?.text ?? null, ends });
    if (flags.json) continue;
    if (ends.digest !== info.ends.digest || ends.status !== info.ends.status) warn(`${path}: ${against} ends ${ends.status} with digest ${ends.digest}; when the case was kept, the reference ended ${info.ends.status} with ${info.ends.digest}`);
    if (found) print(`${outColours.red('differs')}  ${path}: ${found.text}`);
    else if (!flags.quiet) print(`${outColours.green('equal')}  ${path}: ${ends.status}, ${counted(ends.records, 'record')}, digest ${ends.digest}`);
  }
  if (flags.json) printJson(told);
  return told.every(({ passed }) => passed) ? EXIT_PASS : EXIT_MISMATCH;
}
