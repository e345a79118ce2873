//! explain: the command that shows how one element came about, and that the device wrote just these bits.
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { closedOf, explain, isLawful, namesOf } from '../explain/explain.ts';
import { explanationJson } from '../explain/json.ts';
import { type Choice, type Retired, type Survey, survey } from '../explain/survey.ts';
import { explanationLines } from '../explain/text.ts';
import { RETIRED_NULLIFIED, RETIRED_TRAPPED } from '../limits.ts';
import type { Device } from '../device.ts';
import { makeDevice } from './devices.ts';
import { drive, inTurns } from './drive.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { wholeNumber } from './place.ts';
import type { LoadedProgram } from './program.ts';
import { reportOf, siteOf, siteWords } from './report.ts';
import { type Job, prepare, type RunFlags } from './run.ts';
import { errorColours, print, printJson, say, warn } from './terminal.ts';

export interface ExplainFlags extends Pick<RunFlags, 'profile' | 'load' | 'device' | 'maxInstructions' | 'args' | 'json'> {
  readonly seq?: string;
  readonly pc?: string;
  readonly element?: string;
  readonly operand?: string;
}

export async function explainCommand(path: string, flags: ExplainFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [],
    choice = readChoice(flags, diagnostics),
    index = readIndex(flags.element, diagnostics);
  const { seq: _seq, pc: _pc, element: _element, operand: _operand, ...runFlags } = flags;
  const job = await collected(diagnostics, () => prepare(path, runFlags));
  const seen = survey(choice),
    device = await makeDevice(job.settings.device, job.settings.profile);
  loadJob(device, job);
  const driven = await drive(device, { schedule: job.settings.schedule, maxInstructions: job.settings.maxInstructions, onRecord: seen.take });
  const report = reportOf(device, job.loaded, driven, 'default');
  if (report.exit_code !== EXIT_PASS) warn(`the run did not end well: ${report.says}`);
  const retired = chosen(seen, choice, job.loaded),
    { position, element } = destination(retired, flags, index, job.loaded);
  loadJob(device, job);
  await stepTo(device, retired.stepsBefore);
  const explanation = explain(device, retired, position, element),
    { at, text } = siteOf(job.loaded, retired.pc, retired.words);
  if (flags.json) printJson({ ...explanationJson(explanation), text, ...(at ? { at } : {}) });
  else for (const line of explanationLines(explanation, { text, at })) print(line);
  if (isLawful(explanation)) return EXIT_PASS;
  say(`${errorColours.red('systole:')} this is a bug in systole: ${device.name} wrote other bits than the specification explains`);
  return EXIT_MISMATCH;
}

function loadJob(device: Device, { loaded, memory, settings }: Job): void {
  device.load({
    ...loaded.program,
    memory: [...loaded.program.memory, ...memory],
    ...(settings.values ? { arguments: settings.values } : {}),
  });
}

/** Steps of one guarded call. */
const SLICE = 2 ** 16;
async function stepTo(device: Device, steps: number): Promise<void> {
  let left = steps;
  await inTurns(() => {
    if (left === 0) return true;
    const budget = Math.min(left, SLICE);
    device.execute({ budget });
    left -= budget;
    return undefined;
  });
}

// ---- which instruction
function readChoice({ seq, pc }: ExplainFlags, diagnostics: Diagnostic[]): Choice {
  if (seq !== undefined && pc !== undefined) diagnostics.push(wrong('--seq', 'stands beside --pc; either of them names the instruction'));
  if (seq !== undefined) {
    const value = wholeNumber(seq);
    if (value === undefined) diagnostics.push(wrong('--seq', `'${seq}' is not a whole number from 0 on`));
    return { seq: BigInt(value ?? 0) };
  }
  if (pc === undefined) return undefined;
  const [place = '', time = '1', ...more] = pc.split(':'),
    [at, which] = [wholeNumber(place), wholeNumber(time)];
  if (at === undefined || which === undefined || which < 1 || more.length > 0)
    diagnostics.push(wrong('--pc', `'${pc}' is not PC or PC:TIMES, as in 12 or 12:3, TIMES from 1 on`));
  return { pc: at ?? 0, time: which ?? 1 };
}

function readIndex(text: string | undefined, diagnostics: Diagnostic[]): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const index = text.replace(/^\[|\]$/g, '').split(/[,x]/).map((word) => wholeNumber(word.trim()));
  if (index.includes(undefined)) diagnostics.push(wrong('--element', `'${text}' is not an index, as in 3,5`));
  return index.map((i) => i ?? 0);
}

function chosen(seen: Survey, choice: Choice, loaded: LoadedProgram): Retired {
  const found = seen.found(), option = choice === undefined ? 'explain' : 'pc' in choice ? '--pc' : '--seq';
  if (found && found.written.length > 0) return found;
  throw new Rejected([wrong(option, `${whyNot(seen, choice, found, loaded)}; ${allowed(seen, loaded)}`)]);
}

function whyNot(seen: Survey, choice: Choice, found: Retired | undefined, loaded: LoadedProgram): string {
  if (found) {
    const why = found.status === RETIRED_NULLIFIED ? 'its predicate was false' : found.status === RETIRED_TRAPPED ? 'it trapped' : 'it writes no elements';
    return `instruction ${found.seq} at ${siteWords(siteOf(loaded, found.pc, found.words))} has nothing to explain: ${why}`;
  }
  if (choice === undefined) return 'no instruction of the run wrote elements';
  if ('seq' in choice) return `number ${choice.seq} did not retire; the run has ${seen.count()}, from 0 on`;
  const size = loaded.image.words.length;
  if (choice.pc >= size) return `pc ${choice.pc} is behind the program, which has ${size} instructions`;
  return seen.times() === 0 ? `pc ${choice.pc} never retired` : `pc ${choice.pc} retired ${seen.times()} times, not ${choice.time}`;
}

/** Lines of what can be explained that fit into a message. */
const SITES_MAX = 16;
function allowed(seen: Survey, loaded: LoadedProgram): string {
  const sites = seen.sites();
  if (sites.length === 0) return 'nothing in this run can be explained';
  const lines = sites.slice(0, SITES_MAX).map(({ pc, times, last }) => {
    const { at, text } = siteOf(loaded, pc, last.words), tensor = closedOf(last).operands[last.written[0]!]!;
    return `\n  --pc ${pc}${times > 1 ? `:1 to ${pc}:${times}` : ''}  ${text}  [${tensor.dims.join(', ')}]${at ? `  ${at}` : ''}`;
  });
  return `what can be explained:${lines.join('')}${sites.length > SITES_MAX ? `\n  and ${sites.length - SITES_MAX} more` : ''}`;
}

// ---- which element
function destination(retired: Retired, { operand }: ExplainFlags, index: readonly number[] | undefined, loaded: LoadedProgram) {
  const closed = closedOf(retired), names = namesOf(closed.definition!), site = siteWords(siteOf(loaded, retired.pc, retired.words));
  const all = retired.written.map((position) => names.get(position)!);
  if (operand !== undefined && !all.includes(operand))
    throw new Rejected([wrong('--operand', `'${operand}' is no destination of ${site}; it has ${all.join(' and ')}${didYouMean(operand, all)}`)]);
  const position = retired.written[operand === undefined ? 0 : all.indexOf(operand)]!, { dims } = closed.operands[position]!;
  const shape = `${names.get(position)} of ${site} is [${dims.join(', ')}]`;
  if (index && index.length !== dims.length)
    throw new Rejected([wrong('--element', `${index.length} coordinates; ${shape}, which takes ${dims.length}`)]);
  const out = index?.findIndex((i, axis) => BigInt(i) >= dims[axis]!) ?? -1;
  if (out >= 0) throw new Rejected([wrong('--element', `coordinate ${out} is ${index![out]}; ${shape}, so it is 0 to ${dims[out]! - 1n}`)]);
  return { position, element: dims.map((_, axis) => BigInt(index?.[axis] ?? 0)) };
}

const wrong = (file: string, message: string): Diagnostic => ({ file, line: 0, column: 0, message });

/** What is wrong with the options comes with what is wrong with the files. */
async function collected<Result>(diagnostics: Diagnostic[], act: () => Promise<Result>): Promise<Result> {
  try {
    const result = await act();
    if (diagnostics.length === 0) return result;
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    diagnostics.push(...error.diagnostics);
  }
  throw new Rejected(diagnostics);
}
