//! job: a program with everything that a run of it takes, as the command line asks for it.
import { basename, dirname, join, resolve } from 'node:path';
import type { Program, Segment } from '../device.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { denseBytes } from '../files/elements.ts';
import { knownSections } from '../files/section.ts';
import { THREAD_MAX } from '../machine/options.ts';
import type { Profile } from '../machine/profile.ts';
import type { FindingKind } from '../sanitizer/finding.ts';
import type { Expected } from './compare.ts';
import { type DeviceName, parseDevice } from './devices.ts';
import { traceEndings, wrongEnding } from './documents.ts';
import { isFolder, isPresent, STDIO } from './host.ts';
import { readContents } from './memoryfile.ts';
import { hexText, parsePlace, type Place, spaceBytes, wholeNumber } from './place.ts';
import { DEFAULT_PROFILE, findProfile } from './profiles.ts';
import { type LoadedProgram, readProgram } from './program.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

/** As commander gives them. */
export interface RunFlags {
  readonly profile?: string;
  readonly load?: readonly string[];
  readonly dump?: readonly string[];
  readonly expect?: readonly string[];
  readonly device?: string;
  readonly threads?: string;
  readonly schedule?: string;
  readonly trace?: string;
  readonly sanitize?: string;
  readonly graph?: string;
  readonly sarif?: string;
  readonly failOnUnknown?: boolean;
  readonly digests?: boolean;
  readonly maxInstructions?: string;
  readonly watchdog?: string;
  readonly args?: string;
  readonly input?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}
export interface Settings {
  readonly profile: Profile;
  readonly device: DeviceName;
  readonly threads: number | undefined;
  readonly schedule: Schedule;
  /** What --sanitize looks for. */
  readonly kinds: readonly FindingKind[] | undefined;
  readonly maxInstructions: number | undefined;
  readonly watchdog: number | undefined;
  readonly values: readonly number[] | undefined;
}
/** A program with everything that a run of it takes. */
export interface Job {
  readonly settings: Settings;
  readonly loaded: LoadedProgram;
  readonly memory: readonly Segment[];
  readonly dumps: readonly Place[];
  readonly expected: readonly Expected[];
  /** Of the program. */
  readonly path: string;
}

/** The program with what --load and --args give it. */
export const programOf = ({ loaded, memory, settings }: Job): Program => ({
  ...loaded.program,
  memory: [...loaded.program.memory, ...memory],
  ...(settings.values ? { arguments: settings.values } : {}),
});

/** A folder of a bundle's case; its files are read when it is run. */
export const isCase = (path: string): boolean => path !== STDIO && isFolder(path) && basename(dirname(resolve(path))) === 'cases' && isPresent(join(path, '..', '..', 'manifest.json'));

/** Everything that a run needs, or Rejected with all that is wrong. */
export async function prepare(path: string, flags: RunFlags): Promise<Job> {
  const diagnostics: Diagnostic[] = [...(flags.input === undefined ? [] : unusable(flags, ['input']))];
  const places = (option: 'load' | 'dump' | 'expect'): readonly Place[] =>
    (flags[option] ?? []).flatMap((text) => parsePlace(`--${option}`, text, option === 'dump' ? 'shape' : 'address', diagnostics) ?? []);
  const misnamed = flags.trace === undefined || flags.trace === STDIO ? undefined : wrongEnding(flags.trace, traceEndings);
  if (misnamed !== undefined) diagnostics.push({ file: '--trace', line: 0, column: 0, message: misnamed });
  const loads = places('load'),
    dumps = places('dump'),
    expects = places('expect');
  const ofBundle = isCase(path),
    found = ofBundle ? await collect(diagnostics, async () => (await import('./bundle-case.ts')).findCase(path)) : undefined;
  const settings = await collect(diagnostics, () => readSettings(flags, [], found?.profile));
  const loaded = ofBundle ? found?.loaded : await collect(diagnostics, () => readProgram(path)),
    // Of a case that is damaged nothing more can be said.
    profile = ofBundle && !found ? undefined : settings?.profile;
  for (const place of profile ? dumps : []) checkInside(place, denseBytes(place.format!, place.dims!), profile!, diagnostics);
  if (loaded && profile) checkMemory(path, loaded, profile, diagnostics);
  const memory: Segment[] = [],
    expected: Expected[] = [];
  for (const place of profile ? loads : []) {
    const contents = await collect(diagnostics, () => readContents(place, profile!));
    memory.push(...knownSections(contents?.sections ?? []).map(({ address, bytes }) => ({ space: place.space, address: place.address + address, bytes })));
  }
  for (const place of profile ? expects : []) {
    const contents = await collect(diagnostics, () => readContents(place, profile!));
    if (contents) expected.push({ place, contents });
  }
  if (diagnostics.length > 0 || !settings || !loaded) throw new Rejected(diagnostics);
  return { settings, loaded, memory, dumps, expected, path };
}

/** `own` is the profile of what is run, where it has one; --profile goes before it. */
export async function readSettings(flags: RunFlags, before: readonly Diagnostic[], own?: Profile): Promise<Settings> {
  const diagnostics = [...before],
    { maxInstructions, watchdog, args } = flags;
  const count = (option: string, text: string | undefined): number | undefined => {
    const value = text === undefined ? undefined : wholeNumber(text);
    if (text !== undefined && (value === undefined || value < 1))
      diagnostics.push({ file: option, line: 0, column: 0, message: `'${text}' is not a whole number from 1 on` });
    return value;
  };
  const device = parseDevice(flags.device ?? 'engine', diagnostics),
    schedule = parseSchedule(flags.schedule?.replace(/^exhaustive(:\d+)?$/, 'default') ?? 'default', diagnostics);
  const kinds = flags.sanitize === undefined ? undefined : (await import('./kinds.ts')).parseKinds(flags.sanitize, diagnostics);
  if (flags.sarif !== undefined && flags.sanitize === undefined) diagnostics.push({ file: '--sarif', line: 0, column: 0, message: 'requires --sanitize, whose findings it holds' });
  if (flags.graph !== undefined) (await import('./kinds.ts')).checkGraph(flags.graph, flags.sanitize, diagnostics);
  const threads = flags.threads === undefined ? undefined : parseThreads(flags.threads, device, diagnostics);
  const settings = {
    kinds,
    threads,
    maxInstructions: count('--max-instructions', maxInstructions),
    watchdog: count('--watchdog', watchdog),
    values: args === undefined ? undefined : parseValues(args, diagnostics),
  };
  const profile = own && flags.profile === undefined ? own : await collect(diagnostics, () => findProfile(flags.profile ?? DEFAULT_PROFILE));
  if (!device || !schedule || !profile || diagnostics.length > 0) throw new Rejected(diagnostics);
  return { profile, device, schedule, ...settings };
}

function parseThreads(text: string, device: DeviceName | undefined, diagnostics: Diagnostic[]): number | undefined {
  const value = wholeNumber(text), wrong = (message: string): void => void diagnostics.push({ file: '--threads', line: 0, column: 0, message });
  if (value === undefined || value < 1 || value > THREAD_MAX) wrong(`'${text}' is not a whole number from 1 to ${THREAD_MAX}`);
  if (device !== undefined && device !== 'engine') wrong(`is for --device engine, not for ${device}`);
  return value;
}

/** S8 to S15: decimal, negative or 0x. */
function parseValues(text: string, diagnostics: Diagnostic[]): readonly number[] {
  const words = text.split(',').map((word) => word.trim()),
    wrong = (message: string): void => {
      diagnostics.push({ file: '--args', line: 0, column: 0, message });
    };
  if (words.length > 8) wrong(`${words.length} arguments; allowed: 8, for s8 to s15`);
  return words.map((word) => {
    const value = wholeNumber(word.replace(/^-/, ''));
    if (value === undefined || value > (word.startsWith('-') ? 2 ** 31 : 2 ** 32 - 1)) wrong(`'${word}' is not a number of 32 bits`);
    return (word.startsWith('-') ? -(value ?? 0) : (value ?? 0)) >>> 0;
  });
}

/** Undefined where it was rejected; what was wrong is among the diagnostics. */
export async function collect<Result>(diagnostics: Diagnostic[], act: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    diagnostics.push(...error.diagnostics);
    return undefined;
  }
}

export const unusable = (flags: RunFlags, names: readonly (keyof RunFlags)[]): Diagnostic[] =>
  names
    .filter((name) => flags[name] !== undefined)
    .map((name) => ({
      file: `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      line: 0,
      column: 0,
      message: name === 'input' ? 'only the examples take an input; a program gets its data with --load' : 'has no meaning for an example',
    }));

function checkInside({ option, text, space, spaceName, address }: Place, bytes: number, profile: Profile, diagnostics: Diagnostic[]): void {
  const limit = spaceBytes(profile, space);
  if (address + bytes <= limit) return;
  diagnostics.push({
    file: option,
    line: 0,
    column: 0,
    message: `'${text}': ${bytes} bytes from ${hexText(address)} on; ${spaceName} of ${profile.name} ends at ${hexText(limit)}`,
  });
}

/** The program's own data and its image have to fit. */
function checkMemory(path: string, { program }: LoadedProgram, profile: Profile, diagnostics: Diagnostic[]): void {
  const wrong = (message: string): void => {
    diagnostics.push({ file: path, line: 0, column: 0, message });
  };
  const names = ['', 'dram', 'spm', 'acc'];
  for (const { space, address, bytes } of program.memory) {
    if (!names[space]) wrong(`data for space ${space}, which is not this machine's`);
    else if (address + bytes.length > spaceBytes(profile, space))
      wrong(
        `data at ${names[space]}:${hexText(address)} end ${address + bytes.length - spaceBytes(profile, space)} bytes past ` +
          `the end of ${names[space]} of ${profile.name}`,
      );
  }
  if ((program.imageBase ?? 0) + program.image.length > profile.dramBytes)
    wrong(`the image of ${program.image.length} bytes does not fit into the DRAM of ${profile.name}`);
}
