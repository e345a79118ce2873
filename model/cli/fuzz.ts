//! fuzz: generated programs on a device and its oracles; what fails is made small and kept as a case that anyone can run again.
import { join } from 'node:path';
import { printInstruction } from '../assembler/disassembler.ts';
import { readImage } from '../assembler/image.ts';
import { Campaign } from '../campaign/campaign.ts';
import { type Identity, identityFields, type Kept, Log } from '../campaign/log.ts';
import { canaryOf, missed, type Results, resultsText, type Times, timesText } from '../campaign/results.ts';
import { Coverage, coverageOf } from '../coverage/index.ts';
import { percentOf } from '../report/coverage/tally.ts';
import { Rejected } from '../failure.ts';
import { engineHash } from '../engine/binary.ts';
import { quoted, shellWord } from '../shell.ts';
import { type CaseInfo, caseText } from '../verify/case.ts';
import { type Difference, signatureOf } from '../verify/compare.ts';
import { digestOf } from '../verify/digest.ts';
import type { Least } from '../verify/minimise.ts';
import { observeTrial } from '../verify/trial.ts';
import { inTurns } from './drive.ts';
import { type FuzzFlags, type FuzzOptions, outsideNames, readFuzzOptions } from './fuzz-options.ts';
import { EXIT_MISMATCH, isInterrupt } from './exit.ts';
import { contradicted, resultsExit } from './goal.ts';
import { isPresent } from './host.ts';
import { hearEndings, makeFolder, unmakeFolder, writeOutput } from './outputs.ts';
import { counted, grouped } from './report.ts';
import { lineOfProgress } from './progress.ts';
import { openCampaignReports } from './report-files.ts';
import { canaryJson } from './report-results.ts';
import { campaignOf, RESULTS_FILE, resultsOf, TIMES_FILE } from './results-folder.ts';
import { errorColours, outColours, print, printJson, say } from './terminal.ts';

/** Results as they stand are written so often while a campaign runs: what was done before is never done again. */
const CHECKPOINT_MS = 2000;
/** Where cases go without --output. */
const FOLDER_DEFAULT = 'systole-fuzz';

export async function fuzzCommand(flags: FuzzFlags): Promise<number> {
  const options = await readFuzzOptions(flags), before = options.resume !== undefined && isPresent(join(options.resume, RESULTS_FILE)) ? resultsOf(options.resume) : undefined;
  const { profile, knobs, seed, shard, opening } = options;
  const identity: Identity = {
    model: engineHash('simd'), profile: profile.name, profile_hash: profile.hash, knobs: [...(opening ? ['opening'] : []), ...knobs.map(({ name }) => name)].join(','), seed, device: options.device.name,
    against: options.oracles.map(({ name, every }) => (every === 1 ? name : `${name}:${every}`)), count: options.count ?? null,
  };
  if (before) requireSame(before, identity, shard, options.resume!);
  const log = before ? Log.after(before) : new Log(identity, shard.index, shard.of);
  const counted = before?.coverage ? Coverage.fromJson(coverageOf(profile), before.coverage, join(options.resume!, RESULTS_FILE)) : undefined;
  const campaign = new Campaign({ profile, knobs, seed, opening, device: options.device.make, oracles: options.oracles, aims: options.untilCovered });
  const hunt = new Hunt(options, campaign, log, counted), writeReports = hunt.orTakenBack(() => openCampaignReports(flags));
  const goOn = (): void => hunt.leave();
  process.on('exit', goOn);
  try {
    await hunt.run();
  } catch (error) {
    if (!isInterrupt(error)) process.off('exit', goOn);
    throw error;
  } finally {
    hunt.checkpoint();
  }
  process.off('exit', goOn);
  hunt.report(flags.json === true, flags.quiet === true);
  writeReports(hunt.folder === undefined ? hunt.unwritten() : campaignOf(hunt.folder), hunt.coverage);
  const code = resultsExit(log.results(), hunt.coverage, flags.goal ?? (options.untilCovered ? '100' : undefined));
  return contradicted(hunt.coverage) ? EXIT_MISMATCH : code;
}

class Hunt {
  private readonly options: FuzzOptions;
  private readonly campaign: Campaign;
  private readonly log: Log;
  private readonly started = performance.now();
  private readonly before: number;
  private saved = performance.now();
  folder: string | undefined;
  /** What was not there before, and the first of the folders above it that was not. */
  private made: { readonly path: string; readonly first: string } | undefined;
  private counted: Coverage | undefined;
  constructor(options: FuzzOptions, campaign: Campaign, log: Log, counted: Coverage | undefined) {
    this.counted = counted;
    this.options = options;
    this.campaign = campaign;
    this.log = log;
    this.before = log.programs;
    this.folder = options.output;
    if (this.folder !== undefined) this.make(this.folder);
  }
  /** From the first folder on there is something to take back. */
  private make(path: string): void {
    hearEndings();
    const first = makeFolder(path);
    if (first !== undefined) this.made ??= { path, first };
  }
  /** Of all tests so far. */
  get coverage(): Coverage {
    const coverage = (this.counted ??= new Coverage(coverageOf(this.options.profile)));
    this.campaign.count(this.log, coverage);
    return coverage;
  }
  private get seconds(): number { return (performance.now() - this.started) / 1000; }

  async run(): Promise<void> {
    const { count, minutes, failures, untilCovered } = this.options, { log } = this, line = lineOfProgress(this.options.quiet);
    const isOver = (): boolean => (count !== undefined && log.next >= count) || (minutes !== undefined && this.seconds >= 60 * minutes) || (failures > 0 && log.signatures >= failures) || (untilCovered && this.coverage.hit === this.coverage.reachable);
    try {
      await inTurns(() => {
        if (isOver()) return true;
        this.test();
        if (performance.now() - this.saved >= CHECKPOINT_MS) {
          this.checkpoint();
          line.update(`${counted(log.programs, 'program')}, ${grouped(Math.round((log.programs - this.before) / this.seconds))} a second, ${percentOf(this.coverage.hit, this.coverage.reachable)} covered, ${grouped(log.divergences)} divergences`);
        }
        return undefined;
      });
    } finally {
      line.stop();
    }
  }

  private test(): void {
    const { signatures } = this.log;
    this.campaign.next(this.log, () => this.coverage, (index, found) => this.kept(index, found));
    if (this.log.signatures > signatures) this.checkpoint();
  }
  private kept(index: number, found: Difference): Kept {
    if (!this.options.quiet) say(`${errorColours.red('found:')} ${signatureOf(found)} in test ${index}, ${sinceStart()}; minimising it`);
    const { seconds } = this, started = performance.now(), least = this.campaign.least(index, found, this.options.evaluations), path = this.keep(index, least);
    if (!this.options.quiet) this.tell(index, least, path);
    return { text: least.difference.text, instructions: least.instructions, case: path, seconds, milliseconds: performance.now() - started, evaluations: least.evaluations };
  }
  /** Writes the case; its path within the folder. */
  private keep(index: number, { trial, difference }: Least): string {
    this.folder ??= FOLDER_DEFAULT;
    this.make(join(this.folder, 'cases'));
    const { profile, seed } = this.options, file = `${signatureOf(difference).replace(/[^\w]+/g, '-').replace(/^-|-$/g, '')}.json`, name = `cases/${file}`, right = observeTrial(this.campaign.reference, trial);
    const info: CaseInfo = {
      why: difference.text, signature: signatureOf(difference), profile: profile.name, profile_hash: profile.hash, model: engineHash('simd'),
      origin: { knobs: this.campaign.knobsOf(index).name, seed, index }, ends: { status: right.status, records: right.records.length, digest: digestOf(right, profile.hash).toString(16).padStart(8, '0') },
      replay: this.replay(file, difference),
    };
    writeOutput(join(this.folder, name), caseText(trial, info), true);
    return name;
  }
  private tell(index: number, { trial, difference, evaluations, instructions }: Least, path: string): void {
    say(`${errorColours.red('differs:')} ${signatureOf(difference)}, test ${index}`);
    say(`  ${difference.text}`);
    for (const words of readImage(trial.program.image).words.slice(0, 12)) say(`      ${printInstruction(words)}`);
    if (instructions > 12) say(`      ... ${instructions - 12} more`);
    say(`  ${counted(instructions, 'instruction')} after ${counted(evaluations, 'trial')}; replay: ${this.replay(join(this.folder!, path), difference)}`);
  }
  /** The command that runs a case again: what is tested, and against what beside this process where that alone saw it. */
  private replay(path: string, { kind, field }: Difference): string {
    const { device, isBuiltIn, command = '' } = this.options, name = kind === 'outside' ? outsideNames.find((one) => field.startsWith(`${one}: `)) : undefined;
    return `npx systole replay ${shellWord(path)}${isBuiltIn ? '' : ' --profile FILE'} ${device.words}${name === undefined ? '' : ` --against ${name}`}${name === 'trace' ? ` --command ${quoted(command)}` : ''}`;
  }

  /** The results as they stand, and what they took, each whole. */
  checkpoint(): void {
    if (!this.log.isWhole) return;
    this.saved = performance.now();
    this.log.mark(this.seconds, this.coverage.hit);
    if (this.folder === undefined) return;
    const { results, times } = this.unwritten();
    writeOutput(join(this.folder, RESULTS_FILE), resultsText(results), true);
    writeOutput(join(this.folder, TIMES_FILE), timesText(times), true);
  }
  /** When somebody ends the campaign before its end: its folder is whole, or is not there. */
  leave(): void {
    try {
      this.checkpoint();
    } catch {
      // What cannot be written now was told before, or is told by nobody: the process ends.
    }
    if (this.folder !== undefined && isPresent(join(this.folder, RESULTS_FILE))) this.sayHowToGoOn(this.folder);
    else this.takeBack();
  }
  /** What comes before the first test, and may be refused; the folder is for it to write into. */
  orTakenBack<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      this.takeBack();
      throw error;
    }
  }
  private takeBack(): void { if (this.made) unmakeFolder(this.made.path, this.made.first); }
  /** What is aimed at depends on all tests before it, so that it begins anew. */
  private sayHowToGoOn(folder: string): void {
    const { output, resume, untilCovered } = this.options;
    if (untilCovered) return;
    say(`what has been done is in ${folder}; ${resume === undefined ? `--resume ${shellWord(folder)}${output === undefined ? '' : ' in place of --output'}` : 'the same command'} continues`);
  }
  /** What the folder would hold. */
  unwritten(): { readonly results: Results; readonly times: Times; readonly cases: ReadonlyMap<string, string>; readonly folder: string } {
    return { results: this.log.results(this.coverage.toJson()), times: this.log.times(this.seconds), cases: new Map(), folder: '' };
  }

  report(isJson: boolean, isQuiet: boolean): void {
    const { log, seconds, coverage } = this, results = log.results(), { failures } = results, miss = missed(results), rate = Math.round((log.programs - this.before) / Math.max(seconds, 0.001));
    if (isJson) printJson({ programs: log.programs, instructions: log.instructions, per_second: rate, divergences: log.divergences, signatures: failures.map(({ signature }) => signature), coverage: { hit: coverage.hit, reachable: coverage.reachable }, ...canaryJson(results) });
    if (isJson || isQuiet) return;
    const { device, oracles, profile, seed } = this.options;
    print(`${device.name} against ${oracles.map(({ name, every }) => (every === 1 ? name : `${name} (every ${every})`)).join(' and ')}, ${profile.name}, seed ${seed}`);
    print(`${counted(log.programs, 'program')}, ${counted(log.instructions, 'instruction')}, ${grouped(rate)} programs a second`);
    print(`coverage: ${percentOf(coverage.hit, coverage.reachable)} (${grouped(coverage.hit)} of ${grouped(coverage.reachable)} reachable bins)`);
    if (failures.length === 0) print(miss === undefined ? outColours.green('no divergence') : `${outColours.red(canaryOf(results) ? 'not found:' : 'nothing run:')} ${miss}`);
    for (const { signature, count, first, instructions, case: path } of failures) print(`${outColours.red('differs')}  ${signature}  ${counted(count, 'time')}, first in test ${first}, ${counted(instructions, 'instruction')}: ${join(this.folder!, path)}`);
  }
}

/** The clock began with the process. */
function sinceStart(): string {
  const { user, system } = process.cpuUsage();
  return `${(performance.now() / 1000).toFixed(2)} s after the start, ${((user + system) / 1e6).toFixed(2)} s of processor time`;
}

function requireSame(results: Results, identity: Identity, shard: FuzzOptions['shard'], folder: string): void {
  const differing = identityFields.filter((name) => JSON.stringify(results[name]) !== JSON.stringify(identity[name])), span = results.spans[0]!;
  const diagnostics = differing.map((name) => ({ file: join(folder, RESULTS_FILE), line: 0, column: 0, message: `is of another campaign: ${name} is ${JSON.stringify(results[name])} there, ${JSON.stringify(identity[name])} here` }));
  if (span.first !== shard.index || span.stride !== shard.of) diagnostics.push({ file: join(folder, RESULTS_FILE), line: 0, column: 0, message: `is of shard ${span.first + 1}/${span.stride}, not ${shard.index + 1}/${shard.of}` });
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
}
