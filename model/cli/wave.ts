//! wave: the command that shows a multiplication clock edge by clock edge in the systolic array, or compares it with somebody's dump.
import { basename } from 'node:path';
import type { Device } from '../device.ts';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { closedOf } from '../explain/explain.ts';
import { type Choice, type Retired, stepsOf, survey } from '../explain/survey.ts';
import { byOpcode } from '../instructions/set.ts';
import { RETIRED_DONE, UNIT_MXU } from '../limits.ts';
import { profile as builtIn, type Profile, profileNames } from '../machine/profile.ts';
import { formatByCode } from '../numerics/format.ts';
import type { RetiredCursor } from '../cursor.ts';
import { ClockedArray, type Layout, type Register, registers } from '../systolic/kernel.ts';
import { codesOf, type Multiplication, multiplicationOf, type Weights, whyNot } from '../systolic/multiplication.ts';
import { PAGE_VALUES_MAX, pageText, pageValues } from '../systolic/page.ts';
import { type Heading, pictureLines } from '../systolic/picture.ts';
import { slotsOf, weightsOf } from '../systolic/slots.ts';
import { gtkwText, vcdPieces } from '../systolic/vcd.ts';
import { readMap } from '../systolic/vcd-difference.ts';
import { type Wave, type Window, waveOf } from '../systolic/wave.ts';
import { type ChoiceFlags, chosen, collected, loadJob, readChoice, stepTo, wrong } from './chosen.ts';
import { makeDevice } from './devices.ts';
import { drive } from './drive.ts';
import { EXIT_PASS } from './exit.ts';
import { readNamed, STDIO } from './host.ts';
import { openOutputs } from './outputs.ts';
import { wholeNumber } from './place.ts';
import { reportOf, siteOf } from './report.ts';
import { type Job, prepare, type RunFlags } from './job.ts';
import { print, printJson, say, warn } from './terminal.ts';
import { compareDump, type Dump } from './wave-difference.ts';

export interface WaveFlags extends ChoiceFlags, Pick<RunFlags, 'profile' | 'load' | 'maxInstructions' | 'args' | 'json'> {
  readonly instruction?: string;
  readonly layout?: string;
  readonly text?: boolean;
  readonly register?: string;
  readonly cycles?: string;
  readonly vcd?: string;
  readonly html?: string;
  readonly diff?: string;
  readonly map?: string;
  readonly clock?: string;
  readonly strict?: boolean;
  readonly tile?: string;
}

export async function waveCommand(path: string, flags: WaveFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [], asked = readAsked(flags, diagnostics), { profile, load, maxInstructions, args, json } = flags;
  const job = await collected(diagnostics, () => prepare(path, { ...given({ profile, load, maxInstructions, args, json }) }));
  const dump = flags.diff === undefined ? undefined : readDump(flags.diff, flags, asked.tile);
  const device = await makeDevice('engine', job.settings.profile), { retired, next } = await found(device, job, asked);
  const wave = await waveAt(device, job, retired, next, asked);
  if (wave.frames.length === 0) throw new Rejected([wrong('--cycles', `begins at cycle ${asked.window?.from}, but the wave has ${wave.edges} cycles, 0 to ${wave.edges - 1}`)]);
  const { at, text } = siteOf(job.loaded, retired.pc, retired.words), heading = { text, at };
  const files = writeFiles(wave, flags, heading);
  if (dump) return compareDump(wave, dump, flags);
  if (json) printJson(summary(wave, retired, heading, files));
  else if (flags.text || files.length === 0) for (const line of pictureLines(wave, heading, asked.shown)) print(line);
  if (!json) for (const file of files.filter((name) => name !== STDIO)) say(`wrote ${file}`);
  return EXIT_PASS;
}

/** What was given: absent is another thing than undefined. */
const given = (flags: { readonly [name: string]: unknown }): RunFlags => Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));

interface AskedWave { readonly choice: Choice; readonly number: string; readonly tile: number; readonly layout: Layout; readonly shown: readonly Register[]; readonly window: Window | undefined; readonly isPage: boolean }

// ---- what the user asked for
function readAsked(flags: WaveFlags, diagnostics: Diagnostic[]): AskedWave {
  const { instruction, seq, layout = 'ws', register, cycles } = flags, layouts: Readonly<Record<string, Layout>> = { ws: 'weights', os: 'outputs' };
  if (instruction !== undefined && seq !== undefined) diagnostics.push(wrong('--seq', 'cannot be combined with --instruction, which means the same'));
  const value = instruction ?? seq, number = instruction === undefined ? '--seq' : '--instruction';
  const choice = readChoice({ ...(value === undefined ? {} : { seq: value }), ...(flags.pc === undefined ? {} : { pc: flags.pc }) }, diagnostics, number);
  if (!layouts[layout]) diagnostics.push(wrong('--layout', `'${layout}' is neither ws (weights stay) nor os (outputs stay)`));
  const shown = (register ?? '').split(/[, ]+/).filter(Boolean).flatMap((name): Register[] => {
    const one = registers.find((known) => known === name);
    if (!one) diagnostics.push(wrong('--register', `'${name}' is not a register; the registers are ${registers.join(' ')}${didYouMean(name, registers)}`));
    return one ? [one] : [];
  });
  for (const name of ['map', 'clock', 'strict', 'tile'] as const) if (flags[name] !== undefined && flags.diff === undefined) diagnostics.push(wrong(`--${name}`, 'requires --diff'));
  const tile = wholeNumber(flags.tile ?? '1') ?? 0;
  if (tile < 1) diagnostics.push(wrong('--tile', `'${flags.tile}' is not a whole number from 1 on`));
  if (flags.diff !== undefined && cycles !== undefined) diagnostics.push(wrong('--cycles', 'cannot be combined with --diff, which compares all cycles'));
  return { choice, number, tile, layout: layouts[layout] ?? 'weights', shown, window: cycles === undefined ? undefined : readWindow(cycles, diagnostics), isPage: flags.html !== undefined };
}

function readWindow(text: string, diagnostics: Diagnostic[]): Window {
  const [first = '', last = first, ...more] = text.split(/\.\.|:|-/), from = wholeNumber(first), to = wholeNumber(last);
  if (from !== undefined && to !== undefined && from <= to && more.length === 0) return { from, to };
  diagnostics.push(wrong('--cycles', `'${text}' is not a range of cycles, as in 4..12`));
  return { from: 0, to: 0 };
}

const DUMP_MAX = 2 ** 29, MAP_MAX = 2 ** 20;
function readDump(path: string, { map, clock }: WaveFlags, tile: number): Dump {
  const text = new TextDecoder('latin1').decode(readNamed(path, DUMP_MAX, 'a value change dump'));
  const read = map === undefined ? undefined : readMap(new TextDecoder().decode(readNamed(map, MAP_MAX, 'a map of registers')), map), named = clock ?? read?.clock;
  return { path, text, tile, map: read?.map ?? new Map(), ...(named === undefined ? {} : { clock: named }) };
}

// ---- which instruction
const mnemonicOf = (record: Pick<RetiredCursor, 'words'> | Retired): string => byOpcode.get(record.words[0]! & 0xff)?.mnemonic ?? '';
const isProduct = (record: RetiredCursor): boolean => ['mm', 'mdw'].includes(mnemonicOf(record));

const instead: Readonly<Record<string, string>> = {
  wload: 'it fills a slot; choose the mm or mdw that uses it, whose wave begins with these weights entering',
  ainit: 'accumulators lie after the array; choose the mm or mdw that adds to them',
  drain: 'it reads accumulators, after the array; choose the mm or mdw that produced them',
};

/** Behind a multiplication the next instruction of its unit, and the steps that the run takes to its end. */
interface Next { readonly retired: Retired; readonly steps: number }

async function found(device: Device, job: Job, { choice, number }: AskedWave): Promise<{ readonly retired: Retired; readonly next: Next | undefined }> {
  const seen = survey(choice, isProduct);
  let next: Next | undefined, steps = 0, before: Retired | undefined;
  loadJob(device, job);
  const onRecord = (record: RetiredCursor): void => {
    const stepsBefore = steps;
    steps += stepsOf(record);
    seen.take(record);
    const now = seen.found();
    if (now !== before) { before = now; next = undefined; return; }
    if (!now || next || record.unit !== UNIT_MXU || record.status !== RETIRED_DONE) return;
    next = { steps, retired: { seq: record.seq, pc: record.pc, words: record.words, status: record.status, stepsBefore, steps: steps - stepsBefore, record: record.bytes(), written: [] } };
  };
  const driven = await drive(device, { schedule: job.settings.schedule, maxInstructions: job.settings.maxInstructions, onRecord });
  const report = reportOf(device, job.loaded, driven, 'default');
  if (report.exit_code !== EXIT_PASS) warn(`the run did not end well: ${report.says}`);
  const retired = chosen(seen, choice, job.loaded, {
    command: 'wave', number, verb: 'show', can: 'goes through the array', otherwise: (one) => instead[mnemonicOf(one)] ?? (isProductText(one) ? 'it multiplies nothing' : 'it does not go through the array'),
  });
  return { retired, next };
}
const isProductText = (one: Retired): boolean => ['mm', 'mdw'].includes(mnemonicOf(one));

/** The wave of the instruction, with the weights that a wload right behind it brings in. */
async function waveAt(device: Device, job: Job, retired: Retired, next: Next | undefined, { layout, window, isPage }: AskedWave): Promise<Wave> {
  let coming: Weights | undefined;
  if (next && layout === 'weights' && mnemonicOf(next.retired) === 'wload') {
    loadJob(device, job);
    await stepTo(device, next.steps);
    coming = weightsOf(closedOf(next.retired), device);
  }
  loadJob(device, job);
  await stepTo(device, retired.stepsBefore);
  const closed = closedOf(retired), { slot } = closed.captured as { readonly slot: number }, weights = slotsOf(device.snapshot(), device.profile)[slot]!;
  const of = multiplicationOf(closed, weights, device.profile), why = whyNot(of), where = job.loaded.assembly?.places[retired.pc];
  if (why !== undefined) throw new Rejected([{ file: where?.file ?? 'wave', line: where?.line ?? 0, column: where?.column ?? 0, message: `${why}; ${instruct(of, device.profile)}` }]);
  refuseLarge(of, layout, window, isPage);
  return waveOf(of, device, of.adds ? codesOf(of.acc, device) : undefined, new ClockedArray(device.profile), layout, coming, window);
}

/** Which mode of this profile, or else which profile, has a kernel that an array computes. */
function instruct({ triple, weights, isScaled }: Multiplication, profile: Profile): string {
  if (weights.form !== 0 || isScaled) return 'load dense weights, and use mm without scaled';
  const lawful = (row: Multiplication['triple']): number => row.dots.findIndex((record) => record.kind === 'integer' || (record.kind === 'chain' && record.lanes === 1));
  const own = lawful(triple);
  if (own >= 0) return `kernel ${triple.kernels[own]} works: a mode with dot: ${own}`;
  const others = profileNames().filter((name) => name !== profile.name && builtIn(name).triples.some((row) => row.activation === triple.activation && row.weight === triple.weight && row.accumulator === triple.accumulator && lawful(row) >= 0));
  const types = [triple.activation, triple.weight].map((dtype) => formatByCode(dtype)!.name).join(' x ');
  return others.length > 0 ? `${types} is a chain in the built-in ${others.length === 1 ? 'profile' : 'profiles'} ${others.join(', ')}: --profile ${others[0]}` : `no built-in profile has a chain of ${types}`;
}

/** Registers of all PEs times cycles that are held at once. */
const VALUES_MAX = 2 ** 26;
function refuseLarge({ shape, rowCount, columns, isDepthwise, depth }: Multiplication, layout: Layout, window: Window | undefined, isPage: boolean): void {
  const rows = isDepthwise ? rowCount * columns : rowCount;
  const all = layout === 'weights' ? 2 * shape.rows + shape.columns + rows : Math.ceil(rows / shape.rows) * (depth + 3 * shape.rows + shape.columns);
  const cycles = window ? Math.min(all, window.to - window.from + 1) : all, values = pageValues({ shape }, cycles), most = isPage ? PAGE_VALUES_MAX : VALUES_MAX;
  if (values <= most) return;
  const fit = Math.max(1, Math.floor(most / pageValues({ shape }, 1)));
  throw new Rejected([wrong('wave', `${cycles} cycles of ${shape.rows} x ${shape.columns} PEs are ${values} values, more than ${most}; use --cycles a..b with at most ${fit} cycles`)]);
}

// ---- what is written
function writeFiles(wave: Wave, { vcd, html }: WaveFlags, heading: Heading): readonly string[] {
  const outputs = openOutputs(), files: string[] = [];
  const write = (path: string, pieces: Iterable<string>): void => {
    const output = outputs.open(path);
    for (const piece of pieces) output.write(piece);
    files.push(path);
  };
  if (vcd !== undefined) {
    write(vcd, vcdPieces(wave, heading.text));
    if (vcd !== STDIO) write(vcd.replace(/(\.vcd)?$/, '.gtkw'), [gtkwText(wave, basename(vcd))]);
  }
  if (html !== undefined) write(html, [pageText(wave, heading)]);
  outputs.commit();
  return files;
}

const summary = ({ of, shape, layout, edges, overlaps, tile, streamed: { times } }: Wave, retired: Retired, { text, at }: Heading, files: readonly string[]): object => ({
  seq: Number(retired.seq), pc: retired.pc, text, ...(at ? { at } : {}), rows: shape.rows, columns: shape.columns, layout: layout === 'weights' ? 'ws' : 'os', kernel: of.kernel,
  m: of.rowCount, k: of.depth, n: of.columns, streamed_rows: tile.rowCount, cycles: edges, first_row_at: times[0]!.enterAt, ...(overlaps ? { next_weights_at: times[1]!.loadAt } : {}), files,
});
