//! fuzz-options: what `systole fuzz` is asked for, read and checked at once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mixture, type Oracle } from '../campaign/campaign.ts';
import { readOpening } from '../campaign/opening.ts';
import { CANARY } from '../campaign/results.ts';
import type { Device } from '../device.ts';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { STRIDE_MAX } from '../farm/spans.ts';
import { type Profile, profileNames } from '../machine/profile.ts';
import { knobs as builtIn, type Knobs } from '../verify/record.ts';
import { deviceMaker, type DeviceName, deviceNames, parseDevice } from './devices.ts';
import { packageRoot } from './example.ts';
import { checkGoal } from './goal.ts';
import { isPresent, readNamed } from './host.ts';
import type { OutsideName } from './outside.ts';
import { wholeNumber } from './place.ts';
import { DEFAULT_PROFILE, findProfile } from './profiles.ts';
import type { ReportFlags } from './report-files.ts';
import { collect } from './job.ts';

export interface FuzzFlags extends ReportFlags {
  readonly goal?: string;
  readonly seed?: string;
  readonly count?: string;
  readonly minutes?: string;
  readonly untilCovered?: boolean;
  readonly knobs?: string;
  readonly profile?: string;
  readonly device?: string;
  readonly canary?: string;
  readonly against?: string;
  readonly command?: string;
  readonly shard?: string;
  readonly output?: string;
  readonly resume?: string;
  readonly failures?: string;
  readonly evaluations?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}
export interface FuzzOptions {
  readonly seed: number;
  /** Tests 0 .. count-1; undefined where time is the limit. */
  readonly count: number | undefined;
  readonly minutes: number | undefined;
  /** Every other test is aimed at a bin that was not hit; the campaign ends when all are. */
  readonly untilCovered: boolean;
  readonly knobs: readonly Knobs[];
  /** What the first tests are. */
  readonly opening: ReturnType<typeof readOpening>;
  readonly profile: Profile;
  readonly isBuiltIn: boolean;
  /** `words` choose it on the command line. */
  readonly device: { readonly name: string; readonly words: string; readonly make: () => Device };
  readonly oracles: readonly (Oracle & { readonly name: string })[];
  readonly shard: { readonly index: number; readonly of: number };
  /** Of a simulator that prints a trace. */
  readonly command: string | undefined;
  readonly output: string | undefined;
  readonly resume: string | undefined;
  /** Ways to fail after which the campaign ends; 0: never. */
  readonly failures: number;
  /** Trials for making one failure small. */
  readonly evaluations: number;
  readonly quiet: boolean;
}

/** Beside this process; they are loaded where they are asked for. */
export const outsideNames: readonly OutsideName[] = ['native', 'rtl', 'trace'];
const isOutside = (name: DeviceName | OutsideName): name is OutsideName => outsideNames.some((one) => one === name);
const COUNT_DEFAULT = 1000, OPENING = 'opening', KNOBS_DEFAULT = mixture.map(({ name }) => name).join(','), AGAINST_DEFAULT = 'engine-scalar,engine-slow:4,specification:8', EVALUATIONS_DEFAULT = 1000, KNOBS_BYTES_MAX = 2 ** 20;

/** What is asked for, before the oracles are made, which for some means to build them. */
export interface CheckedFuzzOptions extends Omit<FuzzOptions, 'oracles'> {
  readonly against: readonly { readonly name: DeviceName | OutsideName; readonly every: number }[];
}

/** Throws Rejected with everything that is wrong with the options. */
export async function readFuzzOptions(flags: FuzzFlags): Promise<FuzzOptions> {
  const { against, ...options } = await checkedFuzzOptions(flags), { profile, command } = options;
  const oracleOf = async (name: DeviceName | OutsideName): Promise<Oracle['oracle']> => (isOutside(name) ? (await import('./outside.ts')).outsideJudge(name, profile, command) : (await deviceMaker(name))(profile));
  return { ...options, oracles: await Promise.all(against.map(async ({ name, every }) => ({ name, every, oracle: await oracleOf(name) }))) };
}

/** The same without what takes long: for who hands the options on. */
export async function checkedFuzzOptions(flags: FuzzFlags): Promise<CheckedFuzzOptions> {
  const diagnostics: Diagnostic[] = [], wrong = (file: string, message: string): undefined => void diagnostics.push({ file, line: 0, column: 0, message });
  const number = (option: 'seed' | 'count' | 'failures' | 'evaluations', least: number, most: number): number | undefined => {
    const text = flags[option], value = text === undefined ? undefined : wholeNumber(text);
    if (text !== undefined && (value === undefined || value < least || value > most)) wrong(`--${option}`, `'${text}' is not a whole number from ${least} to ${most}`);
    return value;
  };
  const seed = number('seed', 0, 2 ** 32 - 1) ?? 1, count = number('count', 1, 2 ** 40), failures = number('failures', 0, 1000) ?? 1, evaluations = number('evaluations', 1, 100_000) ?? EVALUATIONS_DEFAULT;
  const minutes = flags.minutes === undefined ? undefined : Number(flags.minutes);
  if (minutes !== undefined && !(minutes > 0 && minutes <= 100_000)) wrong('--minutes', `'${flags.minutes}' is not a time; allowed: a number above 0, as in 2 or 0.5`);
  if (flags.output !== undefined && flags.resume !== undefined && flags.output !== flags.resume) wrong('--resume', `continues in its own folder; leave out --output`);
  const output = flags.resume ?? flags.output, untilCovered = flags.untilCovered === true;
  // What is aimed at depends on all tests before it.
  if (untilCovered && (flags.resume !== undefined || flags.shard !== undefined)) wrong('--until-covered', `cannot be combined with ${flags.resume === undefined ? '--shard' : '--resume'}: its tests depend on those before them`);
  if (flags.output !== undefined && flags.resume === undefined && isPresent(`${flags.output}/results.json`)) wrong(flags.output, 'holds the results of a campaign already; --resume continues it');
  await collect(diagnostics, async () => checkGoal(flags.goal));
  const profile = await collect(diagnostics, () => findProfile(flags.profile ?? DEFAULT_PROFILE));
  const words = (flags.knobs ?? KNOBS_DEFAULT).split(',').map((word) => word.trim());
  if (words.every((word) => word === OPENING)) wrong('--knobs', `'${OPENING}' is only what tests begin with; also name the knobs that follow it, as in ${OPENING},${KNOBS_DEFAULT}`);
  const knobs = (await Promise.all(words.filter((word) => word !== OPENING).map(async (name): Promise<readonly Knobs[]> => {
    const found = (builtIn as Readonly<Record<string, Knobs>>)[name];
    if (found) return [found];
    if (/\.json$|\//.test(name)) return knobFile(name, diagnostics);
    wrong('--knobs', `'${name}' is not a set of knobs${didYouMean(name, [OPENING, ...Object.keys(builtIn)])}; allowed: ${OPENING}, ${Object.keys(builtIn).join(', ')}, or a file NAME.json`);
    return [];
  }))).flat();
  const device = await chosenDevice(flags, diagnostics), against: { readonly name: DeviceName | OutsideName; readonly every: number }[] = [], allowed = [...deviceNames, ...outsideNames];
  for (const text of (flags.against ?? AGAINST_DEFAULT).split(',')) {
    const [word = '', often] = text.trim().split(':'), every = often === undefined ? 1 : wholeNumber(often), name = allowed.find((one) => one === word);
    if (!name) wrong('--against', `'${word}' is not an oracle; the oracles are ${allowed.join(', ')}${didYouMean(word, allowed)}`);
    else if (every === undefined || every < 1) wrong('--against', `'${text}': NAME or NAME:N, where it judges every N-th test`);
    else against.push({ name, every });
  }
  const misused = commandMistake(flags.command, against.some(({ name }) => name === 'trace'));
  if (misused !== undefined) wrong('--command', misused);
  const [, of, n] = /^(\d+)\/(\d+)$/.exec(flags.shard ?? '1/1') ?? [], shard = { index: Number(of) - 1, of: Number(n) };
  if (!(shard.index >= 0 && shard.index < shard.of && shard.of <= STRIDE_MAX)) wrong('--shard', `'${flags.shard}'; allowed: K/N with K from 1 to N, as in 3/8`);
  const opening = profile && (flags.knobs === undefined ? !against.some(({ name }) => isOutside(name)) : words.includes(OPENING)) ? openingFor(profile) : undefined;
  if (profile && !opening && words.includes(OPENING)) wrong('--knobs', `'${OPENING}' is for ${DEFAULT_PROFILE}, not for '${profile.name}'; leave it out`);
  if (diagnostics.length > 0 || !profile || !device) throw new Rejected(diagnostics);
  return {
    seed, count: count ?? (minutes === undefined && !untilCovered ? COUNT_DEFAULT : undefined), minutes, untilCovered, knobs, opening, profile, isBuiltIn: profileNames().includes(profile.name), device: { name: device.name, words: device.words, make: () => device.make(profile) },
    against, shard, command: flags.command, output, resume: flags.resume, failures, evaluations,
    quiet: flags.quiet === true || flags.json === true,
  };
}

/** What is wrong with the words of a simulator; undefined where nothing is. */
export function commandMistake(command: string | undefined, isTraced: boolean): string | undefined {
  if (isTraced !== (command !== undefined)) return isTraced ? 'is missing: what runs {case} and leaves its trace in {trace}, for --against trace' : 'requires --against trace';
  return command === undefined || ['{case}', '{trace}'].every((part) => command.includes(part)) ? undefined : `'${command}' names no {case} or no {trace}`;
}

function openingFor(profile: Profile): ReturnType<typeof readOpening> {
  const path = join(packageRoot(), 'golden', 'opening.json');
  return readOpening(readFileSync(path, 'utf8'), profile, path);
}

/** Knobs of a file are told from others of the same name by what they say. */
async function knobFile(path: string, diagnostics: Diagnostic[]): Promise<readonly Knobs[]> {
  const found = await collect(diagnostics, async () => {
    const { readKnobs } = await import('../verify/knob-file.ts'), { sha256 } = await import('../sha256.ts'), text = readNamed(path, KNOBS_BYTES_MAX, 'knobs'), read = readKnobs(new TextDecoder().decode(text), path);
    return { ...read, name: `${read.name}#${sha256(new TextEncoder().encode(JSON.stringify(read))).slice(0, 8)}` };
  });
  return found ? [found] : [];
}

/** The device that --device or --canary names; undefined with a diagnostic. A canary is the engine with one mistake of the catalogue: whether a campaign finds it tells what the campaign is worth. */
export async function chosenDevice({ device, canary }: { readonly device?: string; readonly canary?: string }, diagnostics: Diagnostic[], others: readonly string[] = []): Promise<{ readonly name: string; readonly words: string; readonly make: (profile: Profile) => Device } | undefined> {
  if (canary === undefined) {
    const name = parseDevice(device ?? 'engine', diagnostics, '--device', others);
    return name && { name, words: `--device ${name}`, make: await deviceMaker(name) };
  }
  const [{ engine }, { faultBinary, faultNames }] = await Promise.all([import('../engine.ts'), import('../mutants/catalogue.ts')]), wrong = (message: string): undefined => void diagnostics.push({ file: '--canary', line: 0, column: 0, message });
  if (device !== undefined) return wrong('is a device itself; leave out --device');
  if (!faultNames.includes(canary)) return wrong(`'${canary}' is not one of the ${faultNames.length} faults of the catalogue${didYouMean(canary, faultNames)}`);
  const binary = faultBinary(canary);
  return { name: CANARY + canary, words: `--canary ${canary}`, make: (profile) => engine(profile, { binary }) };
}
