//! replay: a case that once failed, on any device, held to the specification.
import { Rejected } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';
import { readCase, requireProfile } from '../verify/case.ts';
import { digestOf } from '../verify/digest.ts';
import { failureOf, type Judge, judgeBy, observeTrial, type Trial } from '../verify/trial.ts';
import { makeDevice, parseDevice } from './devices.ts';
import { chosenDevice, commandMistake, outsideNames } from './fuzz-options.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { readInput, shownPath } from './host.ts';
import type { OutsideName } from './outside.ts';
import { findProfile } from './profiles.ts';
import { counted } from './report.ts';
import { collect } from './job.ts';
import { outColours, print, printJson, warn } from './terminal.ts';
import type { Diagnostic } from '../failure.ts';

export interface ReplayFlags {
  readonly device?: string;
  readonly canary?: string;
  readonly against?: string;
  readonly command?: string;
  readonly profile?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}
const CASE_BYTES_MAX = 2 ** 26;
/** The C library, beside this process: it says whether what a machine of this process showed is what it does, so that it is tested by the same as what it is held to. */
const NATIVE = 'native', REFERENCE = 'specification';

export async function replayCommand(paths: readonly string[], flags: ReplayFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [], wrong = (file: string, message: string): unknown => diagnostics.push({ file, line: 0, column: 0, message }), isNative = flags.device === NATIVE && flags.canary === undefined;
  const ruler = outsideNames.find((name) => name === flags.against), outside = isNative ? NATIVE : ruler, misused = commandMistake(flags.command, ruler === 'trace');
  const device = isNative ? undefined : await chosenDevice(flags, diagnostics, [NATIVE]), against = ruler ? REFERENCE : parseDevice(flags.against ?? REFERENCE, diagnostics, '--against', outsideNames);
  if (isNative && ruler) wrong('--against', `${NATIVE} is what is tested; allowed: a device of this process`);
  if (misused !== undefined) wrong('--command', misused);
  const judges = outside && misused === undefined ? await outsideJudges(outside, flags.command) : undefined;
  const cases = await Promise.all(paths.map((path) => collect(diagnostics, async () => {
    const name = shownPath(path), found = readCase(new TextDecoder().decode(await readInput(path, CASE_BYTES_MAX, 'a case')), name), profile = await findProfile(flags.profile ?? found.info.profile);
    requireProfile(found, profile, name);
    const why = judges?.unfit(found.trial);
    if (why !== undefined) throw new Rejected([{ file: name, line: 0, column: 0, message: `${why}; ${outside} runs a program from its launch, in its own order` }]);
    return { path: name, profile, ...found };
  })));
  if (diagnostics.length > 0 || !(device || isNative) || !against) throw new Rejected(diagnostics);
  const told = [];
  for (const one of cases) {
    const { path, profile, trial, info } = one!, oracle = await makeDevice(against, profile), right = observeTrial(oracle, trial);
    const ends = { status: right.status, records: right.records.length, digest: digestOf(right, profile.hash).toString(16).padStart(8, '0') };
    const found = device ? failureOf(trial, device.make(profile), [judges ? judges.of(profile) : judgeBy(oracle)]).found : judges!.of(profile)(trial, right);
    told.push({ case: path, device: device?.name ?? NATIVE, against: ruler ?? against, passed: found === undefined, difference: found?.text ?? null, ends });
    if (flags.json) continue;
    if (ends.digest !== info.ends.digest || ends.status !== info.ends.status) warn(`${path}: ${against} ends ${ends.status} with digest ${ends.digest}; when the case was kept, the reference ended ${info.ends.status} with ${info.ends.digest}`);
    if (found) print(`${outColours.red('differs')}  ${path}: ${found.text}`);
    else if (!flags.quiet) print(`${outColours.green('equal')}  ${path}: ${ends.status}, ${counted(ends.records, 'record')}, digest ${ends.digest}`);
  }
  if (flags.json) printJson(told);
  return told.every(({ passed }) => passed) ? EXIT_PASS : EXIT_MISMATCH;
}

/** One for each machine, made when it is asked for. */
async function outsideJudges(name: OutsideName, command: string | undefined): Promise<{ readonly of: (profile: Profile) => Judge; readonly unfit: (trial: Trial) => string | undefined }> {
  const { outsideJudge, unfit } = await import('./outside.ts'), known = new Map<string, Judge>();
  const of = (profile: Profile): Judge => {
    const judge = known.get(profile.hash) ?? outsideJudge(name, profile, command);
    known.set(profile.hash, judge);
    return judge;
  };
  return { of, unfit };
}
