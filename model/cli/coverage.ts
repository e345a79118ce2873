//! coverage: `systole coverage`: results, counters, traces and programs, all together, as text or as a file that other tools read.
import { join } from 'node:path';
import { version } from '#built/version';
import { Coverage, type CoverageJson, coverageOf } from '../coverage/index.ts';
import { fill } from '../coverage/fill.ts';
import { valuesOf } from '../coverage/values.ts';
import { type FormatName, formats } from '../report/coverage/formats.ts';
import { percentOf } from '../report/coverage/tally.ts';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { readResults } from '../farm/read.ts';
import { nodeAt, placeOf, readJson } from '../json.ts';
import type { Profile } from '../machine/profile.ts';
import { readTrace, type Trace } from '../trace.ts';
import { checkGoal, contradicted, coveredExit } from './goal.ts';
import { makeDevice } from './devices.ts';
import { drive, inTurns } from './drive.ts';
import { EXIT_MISMATCH } from './exit.ts';
import { isFolder, readHead, readNamed, readPieces, shownPath, STDIO } from './host.ts';
import { writeOutput } from './outputs.ts';
import { collect, isCase, type Job, prepare, programOf } from './job.ts';
import { DEFAULT_PROFILE, findProfile } from './profiles.ts';
import { wholeNumber } from './place.ts';
import { counted, reportOf } from './report.ts';
import { RESULTS_FILE } from './results-folder.ts';
import { print, printBytes, say, warn } from './terminal.ts';

export interface CoverageFlags {
  readonly profile?: string;
  readonly format?: string;
  readonly output?: string;
  readonly fill?: boolean;
  readonly seed?: string;
  readonly holes?: boolean;
  readonly unreachable?: boolean;
  readonly load?: readonly string[];
  readonly args?: string;
  readonly maxInstructions?: string;
  readonly goal?: string;
  readonly json?: boolean;
}

/** What a file says of its machine, and how what it holds is counted, as a test of this number. */
interface Source {
  readonly path: string;
  readonly profile: string | undefined;
  readonly hash: string | undefined;
  count(all: Coverage, test: number, job: Job | undefined): Promise<void> | void;
}

const FILE_BYTES_MAX = 2 ** 28, HEAD_BYTES = 512, SEED_MAX = 2 ** 32 - 1;
/** Of a trace, between two looks at the clock. */
const RECORDS = 1024;

export async function coverageCommand(paths: readonly string[], flags: CoverageFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [], format = flags.format ?? (flags.json ? 'json' : 'text'), listed = { holes: flags.holes === true, unreachable: flags.unreachable === true };
  const wrong = (file: string, message: string): unknown => diagnostics.push({ file, line: 0, column: 0, message });
  if (!(format in formats)) wrong('--format', `'${format}' is not a format${didYouMean(format, Object.keys(formats))}; allowed: ${Object.keys(formats).join(', ')}`);
  else if (flags.json && format !== 'json') wrong('--json', `cannot be combined with --format ${format}`);
  else if ((listed.holes || listed.unreachable) && !['text', 'json'].includes(format)) wrong(listed.holes ? '--holes' : '--unreachable', `has no meaning for ${format}; allowed: text and json`);
  await collect(diagnostics, async () => checkGoal(flags.goal));
  const seed = flags.seed === undefined ? 1 : wholeNumber(flags.seed);
  if (seed === undefined || seed > SEED_MAX) wrong('--seed', `'${flags.seed}' is not a whole number from 0 to ${SEED_MAX}`);
  if (flags.seed !== undefined && !flags.fill) wrong('--seed', 'requires --fill');
  if (paths.length === 0 && !flags.fill) wrong('files', 'none is given: results, coverage, traces or programs; --fill needs none');
  if (paths.filter((path) => path === STDIO).length > 1) wrong(STDIO, 'stdin can be one file only');
  const sources: Source[] = [];
  for (const path of paths) {
    const source = await collect(diagnostics, () => sourceOf(path));
    if (source) sources.push(source);
  }
  const named = flags.profile ?? sources.find(({ profile }) => profile !== undefined)?.profile ?? DEFAULT_PROFILE, profile = await collect(diagnostics, () => findProfile(named));
  for (const source of profile ? sources : []) requireOf(source, profile!, diagnostics);
  const jobs = new Map<Source, Job>();
  for (const source of profile ? sources.filter(isProgram) : []) {
    const { load, args, maxInstructions } = flags;
    const job = await collect(diagnostics, () => prepare(source.path, { profile: named, ...(load ? { load } : {}), ...(args === undefined ? {} : { args }), ...(maxInstructions === undefined ? {} : { maxInstructions }) }));
    if (job) jobs.set(source, job);
  }
  if (diagnostics.length > 0 || !profile) throw new Rejected(diagnostics);
  const all = new Coverage(coverageOf(profile));
  for (const [test, source] of sources.entries()) await source.count(all, test, jobs.get(source));
  if (flags.fill) await filled(all, seed!, sources.length);
  const text = formats[format as FormatName](all, { ...listed, version });
  if (flags.output === undefined || flags.output === STDIO) printBytes(text);
  else {
    writeOutput(flags.output, text);
    print(`coverage of ${profile.name}: ${percentOf(all.hit, all.reachable)}, ${all.hit} of ${all.reachable} reachable bins`);
  }
  return contradicted(all) ? EXIT_MISMATCH : coveredExit(all, flags.goal);
}

/** Programs aimed at what is left run on the engine; how many and how long is told, as it does not belong to the counters. */
async function filled(all: Coverage, seed: number, first: number): Promise<void> {
  const started = performance.now(), running = fill(all, await makeDevice('engine', all.model.profile), seed, { first });
  let programs = 0;
  await inTurns(() => { if (running.next().done) return true; programs++; return undefined; });
  say(`filled: ${all.hit} of ${all.reachable} reachable bins, by ${counted(programs, 'program')} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

const isProgram = (source: Source): boolean => source.count === runs;

/** What kind of file it is shows in its first bytes. Throws Rejected where it is not one of those that can be counted. */
async function sourceOf(path: string): Promise<Source> {
  if (path !== STDIO && isFolder(path)) return isCase(path) ? programSource(path) : jsonSource(join(path, RESULTS_FILE));
  const seen = readHead(path, HEAD_BYTES), head = seen && new TextDecoder('latin1').decode(seen.head).split('\n')[0]!;
  if (head === undefined || /^(\/\/ )?systole-trace |^\{.*"format" *: *"systole-trace"/.test(head)) return traceSource(readTrace(await readPieces(path), shownPath(path)), path);
  return /^\s*\{/.test(head) || (head.trim() === '' && path.endsWith('.json')) ? jsonSource(path) : programSource(path);
}

const programSource = (path: string): Source => ({ path, profile: undefined, hash: undefined, count: runs });
async function runs(all: Coverage, test: number, job?: Job): Promise<void> {
  const { settings, loaded } = job!, device = await makeDevice(settings.device, settings.profile);
  device.load(programOf(job!));
  all.begin(test);
  const driven = await drive(device, { schedule: settings.schedule, maxInstructions: settings.maxInstructions, ring: 1, onRecord: (record) => all.sample(record, valuesOf(record, device)) });
  all.end();
  const { status, says } = reportOf(device, loaded, driven, settings.schedule.name);
  // A trap is covered as anything else, and may be what was not meant.
  if (status !== 'halted') warn(`${job!.path}: ${says}`);
}

const traceSource = ({ header: { profile, hash }, records }: Trace, path: string): Source => ({
  path, profile, hash, async count(all, test) {
    all.begin(test);
    await inTurns(() => {
      for (let i = 0; i < RECORDS; i++) {
        const next = records.next();
        if (next.done) return true;
        all.sample(next.value);
      }
      return undefined;
    });
    all.end();
  },
});

/** Results, or coverage alone. */
function jsonSource(path: string): Source {
  const text = new TextDecoder().decode(readNamed(path, FILE_BYTES_MAX, 'coverage')), { root, faults } = readJson(text);
  if (!root || faults.length > 0) throw new Rejected(faults.map(({ at, message }) => ({ file: path, ...placeOf(text, at), message })));
  const place = (within: readonly string[]) => (...to: readonly string[]) => placeOf(text, nodeAt(root, [...within, ...to]).node.at);
  const { schema } = (root.value ?? {}) as { readonly schema?: unknown };
  if (schema === 'systole-results/1') {
    const { coverage, profile, profile_hash: hash } = readResults(text, path);
    if (coverage === null) throw new Rejected([{ file: path, ...place([])('coverage'), message: 'the results have no coverage' }]);
    return { path, profile, hash, count: (all) => all.merge(Coverage.fromJson(all.model, coverage as unknown as CoverageJson, path, place(['coverage']))) };
  }
  if (schema !== 'systole-coverage/1') throw new Rejected([{ file: path, ...place([])('schema'), message: `found schema ${JSON.stringify(schema) ?? 'none'}; allowed: "systole-coverage/1", "systole-results/1", or a trace or a program in place of JSON` }]);
  const json = root.value as CoverageJson;
  return { path, profile: typeof json.profile === 'string' ? json.profile : undefined, hash: undefined, count: (all) => all.merge(Coverage.fromJson(all.model, json, path, place([]))) };
}

/** Bins are those of one machine. */
function requireOf({ path, profile, hash }: Source, { name, hash: own }: Profile, diagnostics: Diagnostic[]): void {
  if (hash === undefined || hash === own) return;
  diagnostics.push({ file: shownPath(path), line: 0, column: 0, message: `has profile ${profile} ${hash.slice(0, 12)}…, not ${name} ${own.slice(0, 12)}…; files of one machine can be counted together, and --profile names the file of one that is not built in` });
}
