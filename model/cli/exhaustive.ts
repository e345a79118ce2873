//! exhaustive: every schedule of a small program that makes a difference, and whether all of them end alike.
import { Rejected } from '../failure.ts';
import { shellPath, shellWord } from '../shell.ts';
import type { Finding } from '../sanitizer/finding.ts';
import { byName, concluded, isClear } from '../sanitizer/run.ts';
import { finalDifference, type Observed } from '../verify/compare.ts';
import { OUTCOME_RUNS, type Outcomes, seekOutcomes } from '../verify/outcomes.ts';
import { makeDevice } from './devices.ts';
import { inTurns } from './drive.ts';
import { EXIT_MISMATCH, EXIT_PASS, EXIT_PROGRAM, EXIT_USAGE } from './exit.ts';
import { shownPath } from './host.ts';
import { openOutputs } from './outputs.ts';
import { prepare, programOf, type RunFlags } from './job.ts';
import { counted } from './report.ts';
import { sarifText, sayFindings, textOf } from './sanitize.ts';
import { errorColours, print, printJson, say, table } from './terminal.ts';

/** Looked at however few runs are asked for, so that a program of some hundred instructions comes to an end. */
const PLACES_LEAST = 2000,
  PLACES_EACH = 20;
/** What has no meaning where there are many runs. */
const single = ['dump', 'expect', 'trace', 'digests', 'graph', 'maxInstructions', 'watchdog', 'failOnUnknown'] as const;

export async function exhaustive(path: string, flags: RunFlags): Promise<number> {
  const most = /^exhaustive(?::(\d{1,7}))?$/.exec(flags.schedule!),
    wrong = single.filter((name) => flags[name] !== undefined).map((name) => ({ file: `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, message: 'has no meaning for --schedule exhaustive' }));
  if (!most || most[1] === '0') wrong.push({ file: '--schedule', message: `'${flags.schedule}': write exhaustive, or exhaustive:RUNS with the most runs to make` });
  if (wrong.length > 0) throw new Rejected(wrong.map((one) => ({ line: 0, column: 0, ...one })));
  const job = await prepare(path, flags),
    outputs = openOutputs(),
    sarif = flags.sarif === undefined ? undefined : outputs.open(flags.sarif),
    device = await makeDevice(job.settings.device, job.settings.profile, job.settings.threads),
    program = programOf(job),
    text = textOf(job.loaded),
    { queueDepth } = job.settings.profile,
    runs = Number(most![1] ?? OUTCOME_RUNS);
  const schedules: Uint8Array[] = [],
    ends: { readonly run: Observed; readonly schedule: Uint8Array }[] = [];
  const places = Math.max(PLACES_LEAST, PLACES_EACH * runs),
    seeking = seekOutcomes(
      device,
      program,
      queueDepth,
      (run, schedule) => {
        schedules.push(schedule);
        if (!ends.some((one) => finalDifference(one.run, run) === undefined)) ends.push({ run, schedule });
      },
      { runs, places },
    );
  const seen = await inTurns((): Outcomes | undefined => {
    const next = seeking.next();
    return next.done ? next.value : undefined;
  });
  const findings = new Map<string, Finding>(),
    { kinds } = job.settings,
    toLookAt = kinds && !isClear(device, program, text) ? schedules : [];
  let looked = 0;
  await inTurns(() => {
    const schedule = toLookAt[looked++];
    if (!schedule) return true;
    for (const finding of concluded(device, program, byName(device, program, text, { serial: false, kinds: kinds! }), { schedule, queueDepth }).told) {
      const key = `${finding.kind} ${finding.pc} ${finding.other?.pc}`;
      if (!findings.has(key)) findings.set(key, finding);
    }
    return undefined;
  });
  sarif?.write(await sarifText(shownPath(path), [...findings.values()]));
  outputs.commit();
  const hex = (bytes: Uint8Array): string => `bytes:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('') || '00'}`,
    replays = ends.map(({ schedule }) => hex(schedule)),
    differs = ends.length > 1 ? finalDifference(ends[0]!.run, ends[1]!.run)!.text : undefined,
    // A long program may come to no end before the limit on places.
    first = ends[0]?.run.status;
  const exitCode = findings.size > 0 || ends.length > 1 ? EXIT_MISMATCH : !seen.isAll ? EXIT_USAGE : first === 'halted' ? EXIT_PASS : EXIT_PROGRAM;
  if (flags.json)
    printJson({
      format: 'systole-schedules/1',
      exit_code: exitCode,
      runs: seen.runs,
      places: seen.places,
      all: seen.isAll,
      outcomes: ends.map(({ run }, i) => ({ status: run.status, schedule: replays[i] })),
      ...(differs === undefined ? {} : { differs }),
      ...(kinds ? { sanitizer: { kinds, findings: [...findings.values()] } } : {}),
    });
  else if (!flags.quiet)
    for (const line of table([
      ['schedules', `${seen.runs}, ${seen.isAll ? 'one of each kind: there is no other' : 'and there are more'}`],
      ['outcomes', String(ends.length)],
      ...ends.map(({ run }, i) => [`  ${run.status}`, `--schedule ${replays[i]}`]),
    ]))
      print(line);
  if (kinds) sayFindings({ findings: [...findings.values()], graph: undefined });
  if (!seen.isAll) say(`${errorColours.red('systole:')} not every schedule was tried: ${limitWords(seen, places, runs)}`);
  if (differs !== undefined) {
    say(`${errorColours.red('mismatch:')} the outcome depends on the schedule: ${differs}`);
    for (const schedule of replays.slice(0, 2)) say(`    ${again(path, flags, schedule)}`);
  }
  return exitCode;
}

/** The command that runs the program under one of its schedules. */
function again(path: string, { profile, device, load = [], args }: RunFlags, schedule: string): string {
  const options = [...Object.entries({ profile, device, args }), ...load.map((one) => ['load', one] as const)].flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, shellWord(value)]));
  return ['npx systole run', shellPath(path), ...options, `--schedule ${schedule}`].join(' ');
}

/** Which of the two limits it was, and what goes further. */
function limitWords(seen: Outcomes, places: number, runs: number): string {
  if (seen.runs >= runs) return `after ${counted(runs, 'run')} there are more; exhaustive:${10 * runs} goes further`;
  const far = seen.runs === 0 ? 'the first run did not end' : `only ${counted(seen.runs, 'run')} ended`;
  return `${far} within ${places} places; a program that ends needs a larger number, as in exhaustive:${Math.max(10 * runs, (10 * places) / PLACES_EACH)}`;
}
