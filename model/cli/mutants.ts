//! mutants: how many mistakes the harness finds: named faults of the engine, changes of its binary, and those of a design that a bundle was scored with.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { printInstruction } from '../assembler/disassembler.ts';
import { engineHash } from '../engine/binary.ts';
import { Rejected, type Diagnostic } from '../failure.ts';
import { laws } from '../mutants/trials.ts';
import type { Tables } from '../mutants/places.ts';
import { activated, byWork, detected, type Entry, equivalent, median, type Part, propagated, type Score, score, survivors } from '../mutants/score.ts';
import { bundleMake, opened } from './bundle.ts';
import { faultChecks } from '../report/faults.ts';
import { killPlots } from '../report/page.ts';
import { designCounts, type DesignScore, scorePage } from '../report/score.ts';
import { inTurns } from './drive.ts';
import { packageRoot } from './example.ts';
import { EXIT_BELOW_GOAL, EXIT_PASS } from './exit.ts';
import { openOutputs, passingFolder } from './outputs.ts';
import { collect } from './job.ts';
import { wholeNumber } from './place.ts';
import { progressBar } from './progress.ts';
import { openCheckReports, type ReportFlags } from './report-files.ts';
import { errorColours, print, printJson, say } from './terminal.ts';
import { missingTools } from './tool.ts';

export interface MutantsFlags extends ReportFlags { readonly catalogue?: boolean; readonly wasm?: boolean; readonly sample?: string; readonly seed?: string; readonly rtl?: string; readonly write?: string; readonly json?: boolean; readonly quiet?: boolean }

const SAMPLE_DEFAULT = 2000, SAMPLE_MAX = 100_000;
/** Of 100: faults of the catalogue, and mutants of the binary. */
const GOALS = { catalogue: 100, wasm: 95 } as const;
/** Of 100 faults of the design that are not proved to be none, those that the bundle finds. */
const DESIGN_GOAL = 98;
const DESIGN_PROFILE = 'systole-int8';

export async function mutantsCommand(flags: MutantsFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [], number = (option: 'sample' | 'seed', least: number, most: number, otherwise: number): number => {
    const value = flags[option] === undefined ? otherwise : wholeNumber(flags[option]!);
    if (value === undefined || value < least || value > most) diagnostics.push({ file: `--${option}`, line: 0, column: 0, message: `'${flags[option]}' is not a whole number from ${least} to ${most}` });
    return value ?? otherwise;
  };
  const sample = number('sample', 1, SAMPLE_MAX, SAMPLE_DEFAULT), seed = number('seed', 0, 2 ** 32 - 1, 1), both = !flags.catalogue && !flags.wasm;
  const known = flags.rtl === undefined ? null : (await collect(diagnostics, async () => scoreOf(flags.rtl!))) ?? null;
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  const isQuiet = flags.quiet === true || flags.json === true;
  // What cannot be written is told before the minutes that this takes.
  const outputs = openOutputs(), page = flags.write === undefined ? undefined : outputs.open(flags.write), writeReports = openCheckReports(flags, 'systole mutants');
  // What a mutant runs on is thrown away at once: better code for it comes too late.
  (await import('node:v8')).setFlagsFromString('--liftoff-only');
  const bar = await progressBar(isQuiet, undefined, 'trials and mutants'), running = score({ corpus: { scale: 1, seed: 1 }, catalogue: both || flags.catalogue === true, wasm: both || flags.wasm === true, sample, seed, tables: tables(), least: true, clock: () => performance.now() });
  let done = 0;
  const result = await inTurns(() => {
    const next = running.next();
    bar.update(++done);
    return next.done ? next.value : undefined;
  });
  bar.stop();
  const design = known ?? (both ? await designScore(sample, seed, isQuiet) : null);
  report(result, design, flags);
  writeReports(...mutantReport(result));
  page?.write(scorePage(result, design, { command: `systole mutants --sample ${sample} --seed ${seed} --write ${basename(page.path)}`, engine: engineHash('simd') }));
  outputs.commit();
  const goals = (['catalogue', 'wasm'] as const).flatMap((name) => (result[name] ? [[name, (100 * detected(result[name])) / result[name].entries.length, GOALS[name]] as const] : []));
  const missed = [...goals, ...(design ? [['rtl', (await import('./bundle-score.ts')).percentOf(design), DESIGN_GOAL] as const] : [])].filter(([, found, goal]) => found < goal);
  for (const [name, found, goal] of missed) say(`${errorColours.red('below the goal:')} ${name}: ${found.toFixed(1)} % detected; the goal is ${goal} %`);
  return missed.length > 0 ? EXIT_BELOW_GOAL : EXIT_PASS;
}

/** What `bundle score` wrote into the manifest. */
function scoreOf(path: string): DesignScore {
  const [score] = opened(path).manifest.scores;
  if (!score) throw new Rejected([{ file: path, line: 0, column: 0, message: 'has no score; `systole bundle score` writes one into it' }]);
  return score;
}
/** Faults of the example design, hunted by the bundle `smoke`, and what that lets through by `full`; null, and said why, where the programs for that are not installed. */
async function designScore(sample: number, seed: number, isQuiet: boolean): Promise<DesignScore | null> {
  const { exampleDesign, MUTANTS_DEFAULT, scored, scoringTools } = await import('./bundle-score.ts'), missing = missingTools(scoringTools);
  if (missing.length > 0) {
    say(`faults of the design are left out: not installed is ${missing.join(', ')}`);
    return null;
  }
  const folder = passingFolder('systole-mutants');
  const made = async (kind: 'smoke' | 'full'): Promise<string> => {
    const bundle = join(folder, kind);
    await bundleMake(undefined, { kind, profile: DESIGN_PROFILE, output: bundle, quiet: true });
    return bundle;
  };
  const { score: found, later } = await scored(await made('smoke'), { design: exampleDesign(), mutants: Math.min(sample, MUTANTS_DEFAULT), seed, keep: undefined, proofs: true, isQuiet }, () => made('full'));
  return { ...found, later, survivors: found.survivors.filter((mutant) => !later.includes(mutant)) };
}
/** `by_work`: of those detected, how many leave the same bits by more stretches of code, or fewer. */
const countsOf = (part: Part): ReturnType<typeof designCounts> & { readonly by_work: number } => ({ total: part.entries.length, equivalent: equivalent(part).length, detected: detected(part), by_work: byWork(part) });
/** Made beside the engine: what arguments speak of. */
const tables = (): Tables => JSON.parse(readFileSync(join(packageRoot(), 'build', 'places.json'), 'utf8')) as Tables;

function report(result: Score, design: DesignScore | null, flags: MutantsFlags): void {
  const parts = [['catalogue', result.catalogue], ['wasm', result.wasm]] as const, kills = parts.flatMap(([, part]) => part?.entries.flatMap(({ kill, least, milliseconds }) => (kill && least ? [{ kill, least, milliseconds }] : [])) ?? []);
  const inTime = median(kills.map(({ milliseconds }) => milliseconds)), instructions = median(kills.map(({ least }) => least.length)), ms = inTime === null ? null : Math.round(inTime * 100) / 100;
  if (flags.json) {
    printJson({ catalogue: result.catalogue ? countsOf(result.catalogue) : null, wasm: result.wasm ? countsOf(result.wasm) : null, rtl: design ? designCounts(design) : null, median_ms_to_kill: ms, median_instructions: instructions, found: parts.flatMap(([name, part]) => part?.entries.flatMap((entry) => foundOf(name, entry)) ?? []) });
    return;
  }
  for (const [name, part] of parts) if (part) tell(name, part, flags.quiet === true);
  if (flags.quiet) return;
  if (design) {
    const { total, detected: seen, equivalent: none } = designCounts(design);
    print(`rtl: ${seen} of ${total} detected, ${none} proved equivalent, ${design.survivors.length} survive`);
    for (const mutant of design.survivors) print(`survives  ${mutant}`);
  }
  print(`${result.trials} trials; a mutant that is found takes ${ms ?? '-'} ms and ${instructions ?? '-'} instructions (medians; --json has each with its program)`);
}

/** What found one, how soon, and the instructions that it takes. */
const foundOf = (part: string, { name, kill, least, milliseconds }: Entry): readonly object[] => (kill ? [{
  part, name, law: kill.trial.law, symptom: kill.symptom, profile: kill.trial.machine.name, trials: kill.programs, milliseconds: Math.round(milliseconds * 100) / 100,
  program: least?.map(({ pc, words }) => `${pc}: ${printInstruction(words)}`) ?? null,
}] : []);

/** A check for each class of faults. */
function mutantReport({ catalogue, wasm }: Score): Parameters<ReturnType<typeof openCheckReports>> {
  const classes = ([['catalogue', catalogue], ['wasm', wasm]] as const).flatMap(([name, part]) => [...new Set(part?.entries.map(({ group }) => group))].map((group) => ({
    name: `${name} ${group}`,
    faults: part!.entries.filter((entry) => entry.group === group).map((entry) => ({ name: `${entry.name}: ${entry.says}`, detected: entry.kill !== undefined, milliseconds: entry.milliseconds, instructions: entry.least?.length })),
  })));
  const found = classes.flatMap(({ faults }) => faults.filter((fault) => fault.detected));
  return [faultChecks(classes), { plots: killPlots(found.map(({ milliseconds }) => milliseconds), found.flatMap(({ instructions }) => instructions ?? [])) }];
}

function tell(name: string, part: Part, isQuiet: boolean): void {
  const left = survivors(part);
  if (!isQuiet) {
    print(`${name}: ${detected(part)} of ${part.entries.length} detected, ${byWork(part)} of them by work alone, ${activated(part)} activated, ${propagated(part)} propagated, ${equivalent(part).length} equivalent, ${left.length} survive`);
    for (const group of new Set(part.entries.map((entry) => entry.group))) {
      const own = { entries: part.entries.filter((entry) => entry.group === group) };
      print(`  ${group.padEnd(16)} ${String(detected(own)).padStart(5)} of ${own.entries.length}`);
    }
    for (const [law, says] of Object.entries(laws)) {
      const count = part.entries.filter(({ kill }) => kill?.trial.law === law).length;
      if (count > 0) print(`  found by ${law.padEnd(10)} ${String(count).padStart(5)}  ${says}`);
    }
  }
  for (const { name: id, argument } of equivalent(part)) print(`equivalent  ${id}  ${argument!.name}`);
  for (const { name: id, group, says, activated: ran, place } of left) print(`survives  ${id}  ${group}: ${says}${ran ? '' : '  (not activated)'}${place ? `  ${place.within} ${place.file}:${place.line}` : ''}`);
}
