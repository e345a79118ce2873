//! bundle: golden bundles: made, checked, replayed on a device, compared.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { version } from '#built/version';
import { assemble } from '../assembler/assembler.ts';
import { diffBundles } from '../bundle/diff.ts';
import type { BundleFile } from '../bundle/files.ts';
import { type CaseSource, caseOf, kindNames, planNames, planOf, requireMachine, requireOnce } from '../bundle/kinds.ts';
import { makeBundle, type Request } from '../bundle/make.ts';
import { readManifest } from '../bundle/manifest.ts';
import { type Bundle, equal, openBundle, ownPaths, readCase, type Tree } from '../bundle/open.ts';
import { replayCase, type Unlike } from '../bundle/replay.ts';
import { packageText } from '../emit/systemverilog.ts';
import { profilePackageText } from '../emit/systemverilog-profile.ts';
import { engineHash } from '../engine/binary.ts';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { readTar, writeTar } from '../files/tar.ts';
import type { Profile } from '../machine/profile.ts';
import { bundleChecks } from '../report/bundle.ts';
import { shellPath } from '../shell.ts';
import { sha256 } from '../sha256.ts';
import { programCase } from './bundle-program.ts';
import { type DeviceName, makeDevice, parseDevice } from './devices.ts';
import { endsIn } from './documents.ts';
import { inTurns } from './drive.ts';
import { packageRoot } from './example.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { bytesText, destination, glanced, hostFailure, isFolder, isPresent, isRead, readNamed, STDIO } from './host.ts';
import { openOutputs, writeOutput } from './outputs.ts';
import { wholeNumber } from './place.ts';
import { DEFAULT_PROFILE, findProfile } from './profiles.ts';
import { progressBar } from './progress.ts';
import { counted } from './report.ts';
import { writeCheckReports } from './report-files.ts';
import { collect } from './job.ts';
import { errorColours, outColours, print, printJson, say } from './terminal.ts';
import { bundleTree } from './vector-folder.ts';

export interface MakeFlags {
  readonly kind?: string;
  readonly profile?: string;
  readonly count?: string;
  readonly seed?: string;
  readonly output?: string;
  readonly load?: readonly string[];
  readonly args?: string;
  readonly json?: boolean;
  readonly replace?: boolean;
  readonly quiet?: boolean;
}
type Flags = Readonly<Record<string, string | boolean | undefined>>;

const COUNT_DEFAULT = 16, COUNT_MAX = 9999, ARCHIVE_BYTES_MAX = 2 ** 30;

/** A bundle of one program, or of cases by kind. */
export async function bundleMake(program: string | undefined, flags: MakeFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [], wrong = (file: string, message: string): void => void diagnostics.push({ file, line: 0, column: 0, message });
  const number = (option: 'count' | 'seed', most: number, otherwise: number): number => {
    const value = flags[option] === undefined ? otherwise : wholeNumber(flags[option]!);
    if (value === undefined || value > most || (option === 'count' && value < 1)) wrong(`--${option}`, `'${flags[option]}' is not a whole number from ${option === 'count' ? 1 : 0} to ${most}`);
    return value ?? otherwise;
  };
  const count = number('count', COUNT_MAX, COUNT_DEFAULT), seed = number('seed', 2 ** 32 - 1, 1), output = flags.output;
  if ((program === undefined) === (flags.kind === undefined)) wrong('bundle make', `give either a program or --kind; the kinds are ${[...kindNames, ...planNames].join(', ')}`);
  if (program === undefined) for (const option of ['load', 'args'] as const) if (flags[option] !== undefined) wrong(`--${option}`, 'requires a program and cannot be combined with --kind');
  if (program !== undefined) for (const option of ['count', 'seed'] as const) if (flags[option] !== undefined) wrong(`--${option}`, 'requires --kind: a program is one case');
  if (output === undefined) wrong('-o', 'is missing: the folder, or the archive NAME.tar, that the bundle becomes');
  else if (output === STDIO || PACKED.test(output)) wrong('-o', `'${output}' cannot be a bundle; allowed: a folder, or an archive NAME.tar`);
  else diagnostics.push(...inTheWay(output, flags.replace === true));
  const kinds = flags.kind === undefined ? [] : flags.kind.split(',').map((name) => name.trim());
  const plan = await collect(diagnostics, async () => planOf(kinds, count)), profile = await collect(diagnostics, () => findProfile(flags.profile ?? DEFAULT_PROFILE));
  if (plan && profile) await collect(diagnostics, async () => { requireMachine(kinds, profile); requireOnce(kinds); });
  if (diagnostics.length > 0 || !plan || !profile || output === undefined) throw new Rejected(diagnostics);
  const named = program === undefined ? undefined : await programCase(program, flags);
  if (typeof named === 'number') return named;
  const used = isFolder(output) ? filesIn(output).map((path) => join(output, path)).filter(isRead) : [];
  if (used.length > 0) throw refused(used[0]!, 'is read by this command and would be overwritten');
  const sources = named ? [named] : await drawn(plan.flatMap(([kind, many]) => Array.from({ length: many }, (_, index) => () => caseOf(kind, profile, seed, index))));
  const request: Request = { kinds, count: sources.length, seed, program: named ? { name: named.says, sha256: sha256(named.program.image) } : null };
  const device = await makeDevice('engine', profile), maker = { systole: version, engine_sha256: engineHash('simd') };
  const running = makeBundle(device, sources, request, maker, companions(profile)), files = await turned(running, sources.length, flags.quiet === true || flags.json === true);
  if (isArchive(output)) writeOutput(output, writeTar(files));
  else writeFolder(output, files);
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0), digest = sha256(files.at(-1)!.bytes);
  if (flags.json) printJson({ output, cases: sources.length, files: files.length, bytes, checksums_sha256: digest, profile: profile.name });
  else if (!flags.quiet) print(`${output}: ${counted(sources.length, 'case')}, ${counted(files.length, 'file')}, ${bytesText(bytes)}; SHA-256 of checksums.txt ${digest}\nnpx systole bundle check ${shellPath(output)}`);
  return EXIT_PASS;
}

const isArchive = (path: string): boolean => endsIn(path, '.tar');
/** Names that promise an archive of another kind: nobody wants a folder called so. */
const PACKED = /\.(tgz|txz|zip|gz|xz|bz2|zst|7z)$/i;
/** Why no bundle can be written there: an empty folder or, with --replace, a bundle with nothing beside it may go, each for its own kind. */
function inTheWay(path: string, replaces: boolean): readonly Diagnostic[] {
  const all = isFolder(path) ? filesIn(path) : [], wrong = (file: string, message: string): Diagnostic => ({ file, line: 0, column: 0, message });
  if (!isPresent(path) || (!isArchive(path) && isFolder(path) && all.length === 0)) return [];
  if (!replaces) return [wrong(path, 'already exists; a bundle is written to a new folder or archive, or with --replace in place of a bundle')];
  const own = isFolder(path) === isArchive(path) ? undefined : glanced(() => pathsOfBundle(() => (isArchive(path) ? archiveTree(path) : { name: path, paths: all, read: (inner) => readNamed(join(path, inner), ARCHIVE_BYTES_MAX, 'a manifest') })));
  if (!own) return [wrong(path, 'already exists and is not a bundle, so it is not replaced')];
  const others = all.filter((one) => !own.some((file) => file === one || file.startsWith(`${one}/`)));
  return others.slice(0, OTHERS_SHOWN).map((one) => wrong(join(path, one), 'does not belong to the bundle, which is not replaced; move it away first'));
}
const OTHERS_SHOWN = 20;
/** Paths within a folder, of hidden files and of folders too. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll(sep, '/'));
  } catch (error) {
    throw hostFailure(error, folder, 'read');
  }
}
/** Undefined for what is no bundle. */
function pathsOfBundle(open: () => Tree): readonly string[] | undefined {
  try {
    const tree = open();
    return tree.paths.includes('checksums.txt') && tree.paths.includes('manifest.json') ? ownPaths(readManifest(new TextDecoder().decode(tree.read('manifest.json')), `${tree.name}/manifest.json`)) : undefined;
  } catch (error) {
    if (error instanceof Rejected) return undefined;
    throw error;
  }
}

/** What RTL needs beside the cases. */
const companions = (profile: Profile): ReadonlyMap<string, string> => new Map([
  ['sv/systole_isa.sv', packageText()], ['sv/systole_profile.sv', profilePackageText(profile)], ['sv/systole_player.sv', readFileSync(join(packageRoot(), 'rtl', 'systole_player.sv'), 'utf8')],
]);

async function drawn(cases: readonly (() => CaseSource)[]): Promise<readonly CaseSource[]> {
  const sources: CaseSource[] = [];
  await inTurns(() => {
    const next = cases[sources.length];
    if (!next) return true;
    sources.push(next());
    return undefined;
  });
  return sources;
}

async function turned(running: Generator<string, readonly BundleFile[]>, total: number, isQuiet: boolean): Promise<readonly BundleFile[]> {
  const bar = await progressBar(isQuiet, total, 'cases');
  let done = 0;
  try {
    return await inTurns(() => {
      const step = running.next();
      if (step.done) return step.value;
      bar.update(++done);
      return undefined;
    });
  } finally {
    bar.stop();
  }
}

/** All files or none: they are written beside the folder, which gets its name last. */
function writeFolder(folder: string, files: readonly BundleFile[]): void {
  const target = resolve(destination(folder));
  let scratch: string | undefined;
  const remove = (): void => { if (scratch) rmSync(scratch, { recursive: true, force: true }); };
  process.on('exit', remove);
  try {
    const made = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
    mkdirSync(made);
    scratch = made;
    for (const each of new Set(files.map(({ path }) => dirname(path)))) mkdirSync(join(made, each), { recursive: true });
    const outputs = openOutputs();
    for (const { path, bytes } of files) outputs.open(join(made, path)).write(bytes);
    outputs.commit();
    // What was there goes aside and is removed last: whoever is killed in between has the one or the other, and whole.
    const old = isFolder(target) ? `${made}.old` : undefined;
    if (old) renameSync(target, old);
    renameSync(made, target);
    scratch = old;
    remove();
    scratch = undefined;
  } catch (error) {
    throw hostFailure(error, folder, 'written');
  }
}

/** Everything that can be said without running it: files whole, consistent with one another, programs equal to their texts. */
export async function bundleCheck(folder: string, flags: Flags): Promise<number> {
  const bundle = opened(folder), names = bundle.manifest.cases.map(({ name }) => name), diagnostics: Diagnostic[] = [];
  let at = 0;
  await inTurns(() => {
    const name = names[at++];
    if (name === undefined) return true;
    try {
      const { program } = readCase(bundle, name), path = `cases/${name}/program.s`, built = assemble(bundle.tree.read(path), { file: `${folder}/${path}` });
      if (!built.program) diagnostics.push(...built.diagnostics);
      else if (!equal(built.program.image, program.image)) diagnostics.push({ file: `${folder}/${path}`, line: 0, column: 0, message: 'assembles to another image than program.bin' });
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      diagnostics.push(...error.diagnostics);
    }
    return undefined;
  });
  if (diagnostics.length > 0) throw new Rejected(diagnostics.slice(0, 20));
  const engine = engineHash('simd'), { made_by: maker, profile, cases } = bundle.manifest, isOwn = engine === maker.engine_sha256;
  if (flags.json) printJson({ bundle: folder, cases: cases.length, profile: profile.name, profile_hash: profile.hash, engine_sha256: maker.engine_sha256, same_engine: isOwn, scores: bundle.manifest.scores });
  else if (!flags.quiet) {
    print(`${folder}: ${outColours.green('whole')}, ${counted(cases.length, 'case')} for ${profile.name} (${profile.hash.slice(0, 16)}…), made by systole ${maker.systole}`);
    for (const { design, mutants, killed, equivalent } of bundle.manifest.scores) print(`score on ${design}: ${killed} of ${mutants - equivalent.length} mutants that are not equivalent`);
    if (!isOwn) say('note: another engine made it; `systole bundle replay` shows whether this one agrees');
  }
  return EXIT_PASS;
}

/** Every case on a device; the first thing that differs in each. */
export async function bundleReplay(folder: string, flags: Flags): Promise<number> {
  const diagnostics: Diagnostic[] = [], kind = parseDevice(String(flags.device ?? 'engine'), diagnostics);
  const bundle = opened(folder), cases = chosen(bundle, flags.case as string | undefined, diagnostics);
  if (!kind || diagnostics.length > 0) throw new Rejected(diagnostics);
  await sameProfile(folder, bundle.profile, flags.profile as string | undefined);
  const found = await replayed(bundle, cases, kind, flags.quiet === true || flags.json === true);
  writeCheckReports(flags, `systole bundle replay ${folder}`, bundleChecks(folder, kind, cases, found.map((unlike) => ({ ...unlike, program: new TextDecoder().decode(bundle.tree.read(`cases/${unlike.case}/program.s`)) }))));
  if (flags.json) printJson({ bundle: folder, device: kind, profile: bundle.profile.name, cases: cases.length, mismatches: found.length, first: found });
  else for (const { says } of found) print(`${outColours.red('mismatch:')} ${says}`);
  if (!flags.json && !flags.quiet) print(outColours.dim(`${cases.length - found.length} of ${counted(cases.length, 'case')} equal on ${kind}, profile ${bundle.profile.name}`));
  if (cases.length === 0) say(`${errorColours.red('systole:')} ${folder} has no cases: nothing was replayed`);
  return found.length > 0 || cases.length === 0 ? EXIT_MISMATCH : EXIT_PASS;
}

async function replayed(bundle: Bundle, cases: readonly string[], kind: DeviceName, isQuiet: boolean): Promise<readonly Unlike[]> {
  const device = await makeDevice(kind, bundle.profile), bar = await progressBar(isQuiet, cases.length, 'cases'), found: Unlike[] = [];
  let at = 0;
  await inTurns(() => {
    const name = cases[at];
    if (name === undefined) return true;
    const unlike = replayCase(device, readCase(bundle, name));
    if (unlike) found.push(unlike);
    bar.update(++at);
    return undefined;
  });
  bar.stop();
  return found;
}

/** A bundle is of its own profile; whoever names another one is told in what they differ. */
async function sameProfile(folder: string, own: Profile, named: string | undefined): Promise<void> {
  const other = named === undefined ? own : await findProfile(named);
  if (other.hash !== own.hash)
    throw new Rejected([{ file: '--profile', line: 0, column: 0, message: `${folder} is for ${own.name} with hash ${own.hash.slice(0, 16)}…; ${other.name} has ${other.hash.slice(0, 16)}…, so its words may differ there` }]);
}

/** What differs between two bundles. */
export async function bundleDiff(one: string, other: string, flags: Flags): Promise<number> {
  const [left, right] = [opened(one), opened(other)], all = await inTurns(() => diffBundles(left, right));
  if (flags.json) printJson({ differences: all });
  else for (const { where, says } of all) print(`${where}: ${says}`);
  if (!flags.json && !flags.quiet) print(outColours.dim(all.length === 0 ? 'the bundles hold the same' : counted(all.length, 'difference')));
  return all.length > 0 ? EXIT_MISMATCH : EXIT_PASS;
}

/** A folder, or an archive, which is read into memory. */
export function opened(path: string): Bundle {
  if (isFolder(path)) return openBundle(bundleTree(path));
  if (isPresent(path) && isArchive(path)) return openBundle(archiveTree(path));
  throw refused(path, isPresent(path) ? 'is neither a folder nor an archive .tar' : 'does not exist');
}

/** The files of an archive, or of the one folder that all of them lie in. */
function archiveTree(path: string): Tree {
  const files = readTar(readNamed(path, ARCHIVE_BYTES_MAX, 'a bundle'), path), [first = ''] = files.keys(), top = first.slice(0, first.indexOf('/') + 1);
  const folder = !files.has('manifest.json') && [...files.keys()].every((one) => one.startsWith(top)) ? top : '';
  return {
    name: path, paths: [...files.keys()].map((one) => one.slice(folder.length)),
    read(inner) {
      const bytes = files.get(`${folder}${inner}`);
      if (!bytes) throw refused(`${path}/${inner}`, 'is missing');
      return bytes;
    },
  };
}
const refused = (file: string, message: string): Rejected => new Rejected([{ file, line: 0, column: 0, message }]);

/** Names of the cases asked for, all where none is named. */
export function chosen({ manifest, tree }: Bundle, name: string | undefined, diagnostics: Diagnostic[]): readonly string[] {
  const names = manifest.cases.map((one) => one.name);
  if (name === undefined) return names;
  if (!names.includes(name)) diagnostics.push({ file: '--case', line: 0, column: 0, message: `${tree.name} has no case '${name}'${didYouMean(name, names) || `; it has ${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''}`}` });
  return [name];
}
