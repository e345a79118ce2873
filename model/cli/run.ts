//! run: a program on a device: memory in, records and memory out, compared and reported.
import { join } from 'node:path';
import type { Device, Segment } from '../device.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { denseBytes } from '../files/elements.ts';
import type { Section } from '../files/section.ts';
import type { Profile } from '../machine/profile.ts';
import { type TraceKind, traceHeader, traceRecord } from '../trace.ts';
import { compare, type Expected } from './compare.ts';
import { type DeviceName, makeDevice, parseDevice } from './devices.ts';
import { drive } from './drive.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { findExample } from './examples.ts';
import { isFolder, isPresent, openOutputs, type Output, type Outputs, STDIO } from './host.ts';
import { kindOf, memoryText, readContents, valueRows } from './memoryfile.ts';
import { hexText, parsePlace, type Place, placeText, spaceBytes, wholeNumber } from './place.ts';
import { DEFAULT_PROFILE, findProfile } from './profiles.ts';
import { type LoadedProgram, readProgram } from './program.ts';
import { progressBar } from './progress.ts';
import { grouped, type Report, reportLines, reportOf } from './report.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { errorColours, print, printJson, say, warn } from './terminal.ts';

/** As commander gives them. */
export interface RunFlags {
  readonly profile?: string;
  readonly load?: readonly string[];
  readonly dump?: readonly string[];
  readonly expect?: readonly string[];
  readonly device?: string;
  readonly schedule?: string;
  readonly trace?: string;
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
  readonly schedule: Schedule;
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
  /** Files that are read, which no output may replace. */
  readonly inputs: readonly string[];
}

export async function run(path: string, flags: RunFlags): Promise<number> {
  const example = isCase(path) ? undefined : findExample(path);
  if (example) {
    const settings = await readSettings(
      flags,
      unusable(flags, ['load', 'dump', 'expect', 'schedule', 'trace', 'digests', 'maxInstructions', 'watchdog', 'args']),
    );
    const { device, profile } = settings;
    return example.run({
      folder: example.folder,
      device,
      profile,
      input: flags.input,
      json: flags.json === true,
      quiet: flags.quiet === true,
    });
  }
  const job = await prepare(path, flags),
    outputs = openOutputs(job.inputs);
  const trace = flags.trace === undefined ? undefined : { kind: traceKind(flags.trace), output: outputs.open(flags.trace) };
  const dumps = job.dumps.map((place) => ({ place, output: outputs.open(place.file) }));
  const device = await makeDevice(job.settings.device, job.settings.profile);
  if (trace) trace.output.write(traceHeader(trace.kind, { profile: job.settings.profile.name, hash: job.settings.profile.hash }));
  device.load({
    ...job.loaded.program,
    memory: [...job.loaded.program.memory, ...job.memory],
    ...(job.settings.values ? { arguments: job.settings.values } : {}),
  });
  const started = performance.now(),
    report = await execute(device, job, flags, trace);
  return finish(device, job, { report, flags, outputs, dumps, seconds: (performance.now() - started) / 1000 });
}

async function execute(
  device: Device,
  { settings, loaded }: Job,
  flags: RunFlags,
  trace: { readonly kind: TraceKind; readonly output: Output } | undefined,
): Promise<Report> {
  const { schedule, maxInstructions, watchdog } = settings,
    bar = await progressBar(flags.quiet === true, maxInstructions);
  try {
    const driven = await drive(device, {
      schedule,
      maxInstructions,
      watchdog,
      digests: flags.digests === true,
      onSlice: bar.update,
      onRecord: trace && ((record) => trace.output.write(traceRecord(trace.kind, record))),
    });
    return reportOf(device, loaded, driven, schedule.name);
  } finally {
    bar.stop();
  }
}

interface Ending {
  readonly report: Report;
  readonly flags: RunFlags;
  readonly outputs: Outputs;
  readonly seconds: number;
  readonly dumps: readonly { readonly place: Place; readonly output: Output }[];
}
/** Dumps, comparisons, the report; the files get their names last. */
function finish(device: Device, job: Job, { report, flags, outputs, dumps, seconds }: Ending): number {
  const dumped = dumps.map(({ place, output }) => dump(device, place, output, flags.json === true));
  const compared = report.exit_code === EXIT_PASS ? job.expected.map((one) => compare(device, one)) : [];
  const isEqual =
    compared.every(({ mismatches }) => mismatches === 0) && !(flags.failOnUnknown && dumped.some((one) => one.unknown_bytes > 0));
  const exitCode = report.exit_code || (isEqual ? EXIT_PASS : EXIT_MISMATCH);
  outputs.commit();
  if (flags.json)
    printJson({
      ...report,
      exit_code: exitCode,
      ...(dumped.length ? { dump: dumped } : {}),
      ...(job.expected.length ? { expect: compared } : {}),
    });
  else if (!flags.quiet) for (const line of reportLines(report)) (flags.trace === STDIO ? say : print)(line);
  if (report.exit_code !== EXIT_PASS) say(`${errorColours.red('systole:')} ${report.says}`);
  if (report.exit_code !== EXIT_PASS && job.expected.length) warn('nothing was compared, since the program did not end');
  const left = Object.entries(report.tokens_left ?? {});
  if (left.length) warn(`tokens are left in ${left.map(([name, many]) => `${name} (${many})`).join(' ')}: posted and never taken`);
  for (const one of compared.filter(({ mismatches }) => mismatches > 0)) say(`${errorColours.red('mismatch:')} ${one.says}`);
  if (!flags.quiet && !flags.json) {
    for (const one of compared.filter(({ mismatches }) => mismatches === 0))
      (flags.trace === STDIO ? say : print)(`expect        ${one.place} equal, ${grouped(one.elements)} elements of ${one.dtype}`);
    say(
      errorColours.dim(
        `${grouped(report.instructions)} instructions in ${seconds.toFixed(2)} s on ${device.name}, profile ${device.profile.name}` +
          (report.schedule === 'default' ? '' : `, schedule ${report.schedule}`),
      ),
    );
  }
  return exitCode;
}

// ---- what the user asked for
/** A folder of a bundle's case; its files are read when it is run. */
const isCase = (path: string): boolean => path !== STDIO && isFolder(path) && isPresent(join(path, '..', '..', 'manifest.json')) && isPresent(join(path, 'program.bin'));

/** Everything that a run needs, or Rejected with all that is wrong. */
export async function prepare(path: string, flags: RunFlags): Promise<Job> {
  const diagnostics: Diagnostic[] = [...(flags.input === undefined ? [] : unusable(flags, ['input']))];
  const places = (option: 'load' | 'dump' | 'expect'): readonly Place[] =>
    (flags[option] ?? []).flatMap((text) => parsePlace(`--${option}`, text, option === 'dump' ? 'shape' : 'address', diagnostics) ?? []);
  if (flags.trace !== undefined && flags.trace !== STDIO && !/\.(jsonl|bin)$|^\/dev\//.test(flags.trace))
    diagnostics.push({ file: '--trace', line: 0, column: 0, message: `'${flags.trace}' ends in neither .jsonl nor .bin` });
  if (flags.json && flags.trace === STDIO)
    diagnostics.push({ file: '--trace', line: 0, column: 0, message: 'stdout is taken by --json; name a file' });
  const loads = places('load'),
    dumps = places('dump'),
    expects = places('expect');
  const found = isCase(path) ? await collect(diagnostics, async () => (await import('./bundle-case.ts')).findCase(path)) : undefined;
  const settings = await collect(diagnostics, () => readSettings(flags, [], found?.profile));
  const loaded = found?.loaded ?? (await collect(diagnostics, () => readProgram(path))),
    profile = settings?.profile;
  for (const place of profile ? dumps : []) checkInside(place, denseBytes(place.format!, place.dims!), profile!, diagnostics);
  if (loaded && profile) checkMemory(path, loaded, profile, diagnostics);
  const memory: Segment[] = [],
    expected: Expected[] = [];
  for (const place of profile ? loads : []) {
    const contents = await collect(diagnostics, () => readContents(place, profile!));
    memory.push(...(contents?.sections ?? []).flatMap((section) => segments(place, section)));
  }
  for (const place of profile ? expects : []) {
    const contents = await collect(diagnostics, () => readContents(place, profile!));
    if (contents) expected.push({ place, contents });
  }
  if (diagnostics.length > 0 || !settings || !loaded) throw new Rejected(diagnostics);
  const inputs = [path, ...loaded.named, ...[...loads, ...expects].map((place) => place.file), ...(flags.profile ? [flags.profile] : [])];
  return { settings, loaded, memory, dumps, expected, inputs };
}

/** `own` is the profile of what is run, where it has one; --profile goes before it. */
async function readSettings(flags: RunFlags, before: readonly Diagnostic[], own?: Profile): Promise<Settings> {
  const diagnostics = [...before],
    { maxInstructions, watchdog, args } = flags;
  const count = (option: string, text: string | undefined): number | undefined => {
    const value = text === undefined ? undefined : wholeNumber(text);
    if (text !== undefined && (value === undefined || value < 1))
      diagnostics.push({ file: option, line: 0, column: 0, message: `'${text}' is not a whole number from 1 on` });
    return value;
  };
  const device = parseDevice(flags.device ?? 'engine', diagnostics),
    schedule = parseSchedule(flags.schedule ?? 'default', diagnostics);
  const settings = {
    maxInstructions: count('--max-instructions', maxInstructions),
    watchdog: count('--watchdog', watchdog),
    values: args === undefined ? undefined : parseValues(args, diagnostics),
  };
  const profile = own && flags.profile === undefined ? own : await collect(diagnostics, () => findProfile(flags.profile ?? DEFAULT_PROFILE));
  if (!device || !schedule || !profile || diagnostics.length > 0) throw new Rejected(diagnostics);
  return { profile, device, schedule, ...settings };
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

const unusable = (flags: RunFlags, names: readonly (keyof RunFlags)[]): Diagnostic[] =>
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
        `data at ${names[space]}:${hexText(address)} end ${address + bytes.length - spaceBytes(profile, space)} bytes behind ` +
          `the end of ${names[space]} of ${profile.name}`,
      );
  }
  if ((program.imageBase ?? 0) + program.image.length > profile.dramBytes)
    wrong(`the image of ${program.image.length} bytes does not fit into the DRAM of ${profile.name}`);
}

/** Runs of bytes that the file gives; bytes it leaves open stay as they are. */
function segments({ space, address }: Place, { address: offset, bytes, known }: Section): Segment[] {
  if (!known) return [{ space, address: address + offset, bytes }];
  const all: Segment[] = [];
  for (let from = 0; from < bytes.length; ) {
    let to = from;
    while (to < bytes.length && known[to]) to++;
    if (to > from) all.push({ space, address: address + offset + from, bytes: bytes.subarray(from, to) });
    from = to + 1;
  }
  return all;
}

const traceKind = (path: string): TraceKind => (path.endsWith('.bin') ? 'binary' : 'jsonl');

interface Dumped {
  readonly place: string;
  readonly dims: readonly number[];
  readonly dtype: string;
  readonly unknown_bytes: number;
  readonly rows?: readonly string[];
  readonly file?: string;
}

function dump(device: Device, place: Place, output: Output, isJson: boolean): Dumped {
  const { space, address, spaceName, file } = place,
    dims = place.dims!,
    format = place.format!,
    count = denseBytes(format, dims);
  const bytes = device.read(space, address, count),
    known = device.known(space, address, count),
    unknown = known.reduce((sum, bit) => sum + (bit ? 0 : 1), 0);
  const says = `${spaceName}:${hexText(address)} ${dims.join('x')} ${format.name}`;
  if (unknown > 0) warn(`${says}: ${unknown} of ${count} bytes are UNKNOWN`);
  if (file !== STDIO) output.write(memoryText(kindOf(file), bytes, known, format, dims, says));
  else if (!isJson) for (const row of valueRows(bytes, known, format, dims)) print(row);
  return {
    place: placeText(place),
    dims,
    dtype: format.name,
    unknown_bytes: unknown,
    ...(file === STDIO ? { rows: valueRows(bytes, known, format, dims) } : { file }),
  };
}
