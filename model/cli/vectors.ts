//! vectors: replays the vectors below a folder, or writes one case as files.
import { basename, join } from 'node:path';
import { assembled } from '../assembler/assembler.ts';
import { engineHash } from '../engine/binary.ts';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';
import { type Bench, checkVectors, complaint, findVectors, type FolderReport, machineFor, type Progress } from '../vectors/check.ts';
import { caseNames, commandFor, emitCase } from '../vectors/emit-case.ts';
import { replay } from '../vectors/replay.ts';
import type { VectorTree } from '../vectors/tree.ts';
import { type DeviceName, deviceMaker, parseDevice } from './devices.ts';
import { inTurns } from './drive.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { isFolder, isPresent } from './host.ts';
import { makeFolder, openOutputs } from './outputs.ts';
import { DEFAULT_PROFILE, findProfile } from './profiles.ts';
import { progressBar } from './progress.ts';
import { counted, grouped } from './report.ts';
import { errorColours, outColours, print, printJson, say, table } from './terminal.ts';
import { treeOf } from './vector-folder.ts';

type Flags = Readonly<Record<string, string | boolean | undefined>>;

export async function vectorsCheck(folder: string, flags: Flags): Promise<number> {
  const diagnostics: Diagnostic[] = [],
    device = parseDevice(String(flags.device ?? 'engine'), diagnostics);
  if (!isFolder(folder))
    diagnostics.push({ file: folder, line: 0, column: 0, message: isPresent(folder) ? 'is not a folder' : 'does not exist' });
  if (flags.emit !== undefined && flags.case === undefined)
    diagnostics.push({ file: '--emit', line: 0, column: 0, message: 'requires --case NAME' });
  if (!device || diagnostics.length > 0) throw new Rejected(diagnostics);
  const profile = await findProfile(String(flags.profile ?? DEFAULT_PROFILE)),
    tree = treeOf(folder);
  if (flags.emit !== undefined) return writeCase(tree, String(flags.case), String(flags.emit), profile);
  return check(tree, folder, { flags, device, profile });
}

async function check(
  tree: VectorTree,
  folder: string,
  {
    flags,
    device,
    profile,
  }: { readonly flags: Flags; readonly device: DeviceName; readonly profile: Profile },
): Promise<number> {
  const started = performance.now(),
    bar = await progressBar(flags.quiet === true || flags.json === true, undefined, 'cases');
  const bench = await benchOf(device, profile, device === 'specification' ? undefined : await benchOf('specification', profile, undefined));
  const running = typeof flags.case === 'string' ? single(tree, flags.case, bench) : checkVectors(tree, bench);
  let cases = 0;
  const reports = await inTurns(() => {
    const step = running.next();
    if (step.done) return step.value;
    if (step.value.failure !== undefined) say(`${errorColours.red('mismatch:')} ${step.value.folder}: ${step.value.failure}`);
    bar.update(++cases);
    return undefined;
  });
  bar.stop();
  // Whoever names a wrong folder should not read of success.
  if (reports.length === 0)
    throw new Rejected([{ file: folder, line: 0, column: 0, message: 'nothing below it is a set of test vectors that is known' }]);
  const mismatches = reports.reduce((sum, one) => sum + one.mismatches, 0),
    seconds = (performance.now() - started) / 1000;
  if (flags.json)
    printJson({
      folders: reports,
      engine_sha256: device === 'specification' ? null : engineHash(device === 'engine' ? 'simd' : 'scalar'),
      device,
      profile: profile.name,
      mismatches,
      wall_s: Math.round(seconds * 1000) / 1000,
    });
  else show(reports, flags.quiet === true);
  if (!flags.json && !flags.quiet)
    say(errorColours.dim(`${counted(cases, 'case')} below ${folder} in ${seconds.toFixed(1)} s on ${device}, profile ${profile.name}`));
  const isNothing = reports.every(({ checked }) => checked === 0), [skip] = reports.flatMap(({ skipped }) => skipped);
  if (isNothing) say(`${errorColours.red('systole:')} nothing below ${folder} was replayed${skip ? `; the first that was skipped is ${skip.what}: ${skip.why}` : ''}`);
  return mismatches > 0 || isNothing ? EXIT_MISMATCH : EXIT_PASS;
}

/** Machines of one kind, each made when it is first asked for. */
async function benchOf(device: DeviceName, profile: Profile, second: Bench | undefined): Promise<Bench> {
  const make = await deviceMaker(device),
    { profile: builtIn } = await import('../machine/profile.ts'),
    machines = new Map<string, Pick<Bench, 'device' | 'profile'>>();
  const named = (name: string): Pick<Bench, 'device' | 'profile'> => {
    const one = machines.get(name) ?? { device: make(builtIn(name)), profile: builtIn(name) };
    machines.set(name, one);
    return one;
  };
  return { device: make(profile), profile, second, named, assemble: (file, text) => assembled(text, { file }).program.image };
}

/** One case, as a report of its own. Throws Rejected when there is none of the name, or the profile cannot run it. */
function* single(tree: VectorTree, name: string, bench: Bench): Generator<Progress, readonly FolderReport[]> {
  const found = findVectors(tree),
    home = found.find(({ cases }) => cases.some((one) => one.name === name));
  if (!home)
    throw unknownCase(
      name,
      found.flatMap(({ cases }) => cases.map((one) => one.name)),
    );
  const { folder, kind, cases } = home,
    one = cases.find((some) => some.name === name)!,
    { device, profile } = machineFor(bench, one),
    built = one.build(profile);
  const outcome = replay(device, bench.assemble(`${name}.s`, built.program.text), built),
    { instructions, macs } = outcome,
    said = complaint(built, outcome);
  yield { folder, name, failure: said };
  return [{ folder, kind, total: 1, checked: 1, sampled: 0, mismatches: said === undefined ? 0 : 1, skipped: [], instructions, macs }];
}

function show(reports: readonly FolderReport[], isQuiet: boolean): void {
  if (isQuiet) return;
  const verdict = ({ checked, mismatches }: FolderReport): string =>
    mismatches > 0 ? outColours.red(`${mismatches} wrong`) : checked > 0 ? outColours.green('equal') : outColours.dim('nothing replayed');
  const rows = reports.map((one) => [
    one.folder,
    one.kind,
    `${one.checked} of ${one.total}`,
    one.sampled > 0 ? `${grouped(one.sampled)} on the specification too` : '',
    `${one.skipped.length} skipped`,
    counted(one.instructions, 'instruction'),
    `${grouped(one.macs)} MACs`,
    verdict(one),
  ]);
  for (const line of table(rows)) print(line);
  for (const { folder, skipped } of reports)
    for (const { what, why } of skipped) print(outColours.dim(`skipped ${folder === what ? what : `${folder}: ${what}`}: ${why}`));
}

function writeCase(tree: VectorTree, name: string, folder: string, profile: Profile): number {
  const emitted = emitCase(tree, name, profile);
  if (!emitted) throw unknownCase(name, caseNames(tree));
  makeFolder(folder);
  const outputs = openOutputs();
  for (const { path, bytes } of emitted.files) outputs.open(join(folder, basename(path))).write(bytes);
  outputs.commit();
  const command = commandFor({
    ...emitted,
    program: join(folder, basename(emitted.program)),
    loads: emitted.loads.map((one) => ({ ...one, path: join(folder, basename(one.path)) })),
    expects: emitted.expects.map((one) => ({ ...one, path: join(folder, basename(one.path)) })),
  });
  say(`wrote ${counted(emitted.files.length, 'file')}; run them with`);
  print([...command, '--profile', emitted.profile].join(' '));
  return EXIT_PASS;
}

function unknownCase(name: string, names: readonly string[]): Rejected {
  const similar = names.filter((one) => one.includes(name)).slice(0, 8);
  const hint = similar.length > 0 ? `; these are: ${similar.join(', ')}` : didYouMean(name, names);
  return new Rejected([{ file: '--case', line: 0, column: 0, message: `no case is called '${name}'${hint}` }]);
}
