//! chosen: the instruction of a run that a question is about, named by --seq or --pc, and the device brought to stand before it.
import type { Device } from '../device.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { closedOf } from '../explain/explain.ts';
import type { Choice, Retired, Survey } from '../explain/survey.ts';
import { RETIRED_NULLIFIED, RETIRED_TRAPPED } from '../limits.ts';
import { inTurns } from './drive.ts';
import { wholeNumber } from './place.ts';
import type { LoadedProgram } from './program.ts';
import { counted, siteOf, siteWords } from './report.ts';
import type { Job } from './job.ts';

export interface ChoiceFlags {
  readonly seq?: string;
  readonly pc?: string;
}
/** What is asked of an instruction: by which command, to do what, what those it is asked of do, and why another one has no answer. */
export interface Asked {
  readonly command: string;
  /** The option that gave the number. */
  readonly number: string;
  readonly verb: string;
  readonly can: string;
  readonly otherwise: (found: Retired) => string;
}

/** The instruction that --seq (or the `option` that stands for it) or --pc name. */
export function readChoice({ seq, pc }: ChoiceFlags, diagnostics: Diagnostic[], option = '--seq'): Choice {
  if (seq !== undefined && pc !== undefined) diagnostics.push(wrong(option, 'cannot be combined with --pc; either of them names the instruction'));
  if (seq !== undefined) {
    const value = wholeNumber(seq);
    if (value === undefined) diagnostics.push(wrong(option, `'${seq}' is not a whole number from 0 on`));
    return { seq: BigInt(value ?? 0) };
  }
  if (pc === undefined) return undefined;
  const [place = '', time = '1', ...more] = pc.split(':'),
    [at, which] = [wholeNumber(place), wholeNumber(time)];
  if (at === undefined || which === undefined || which < 1 || more.length > 0)
    diagnostics.push(wrong('--pc', `'${pc}' is not PC or PC:TIMES, as in 12 or 12:3, TIMES from 1 on`));
  return { pc: at ?? 0, time: which ?? 1 };
}

/** The one that is meant. Throws Rejected, with all that could be, where there is no such one. */
export function chosen(seen: Survey, choice: Choice, loaded: LoadedProgram, asked: Asked): Retired {
  const found = seen.found(), option = choice === undefined ? asked.command : 'pc' in choice ? '--pc' : asked.number;
  if (found && found.written.length > 0) return found;
  throw new Rejected([wrong(option, `${whyNot(seen, choice, found, loaded, asked)}; ${allowed(seen, loaded, asked)}`)]);
}

function whyNot(seen: Survey, choice: Choice, found: Retired | undefined, loaded: LoadedProgram, { verb, otherwise }: Asked): string {
  if (found) {
    const why = found.status === RETIRED_NULLIFIED ? 'its predicate was false' : found.status === RETIRED_TRAPPED ? 'it trapped' : otherwise(found);
    return `instruction ${found.seq} at ${siteWords(siteOf(loaded, found.pc, found.words))} has nothing to ${verb}: ${why}`;
  }
  if (choice === undefined) return `no instruction of the run has something to ${verb}`;
  if ('seq' in choice) return `number ${choice.seq} did not retire; the run has ${seen.count()}, from 0 on`;
  const size = loaded.image.words.length;
  if (choice.pc >= size) return `pc ${choice.pc} is past the end of the program, which has ${counted(size, 'instruction')}`;
  return seen.times() === 0 ? `pc ${choice.pc} never retired` : `pc ${choice.pc} retired ${counted(seen.times(), 'time')}, not ${choice.time}`;
}

/** Lines of what can be explained that fit into a message. */
const SITES_MAX = 16;
function allowed(seen: Survey, loaded: LoadedProgram, { can }: Asked): string {
  const sites = seen.sites();
  if (sites.length === 0) return `nothing in this run ${can}`;
  const lines = sites.slice(0, SITES_MAX).map(({ pc, times, last }) => {
    const { at, text } = siteOf(loaded, pc, last.words), tensor = closedOf(last).operands[last.written[0]!]!;
    return `\n  --pc ${pc}${times > 1 ? `:1 to ${pc}:${times}` : ''}  ${text}  [${tensor.dims.join(', ')}]${at ? `  ${at}` : ''}`;
  });
  return `what ${can}:${lines.join('')}${sites.length > SITES_MAX ? `\n  and ${sites.length - SITES_MAX} more` : ''}`;
}

/** The program and its memory, as at the beginning of the run. */
export function loadJob(device: Device, { loaded, memory, settings }: Job): void {
  device.load({
    ...loaded.program,
    memory: [...loaded.program.memory, ...memory],
    ...(settings.values ? { arguments: settings.values } : {}),
  });
}

/** Steps of one guarded call. */
const SLICE = 2 ** 16;
/** So many steps of the serial run. */
export async function stepTo(device: Device, steps: number): Promise<void> {
  let left = steps;
  await inTurns(() => {
    if (left === 0) return true;
    const budget = Math.min(left, SLICE);
    device.execute({ budget });
    left -= budget;
    return undefined;
  });
}

export const wrong = (file: string, message: string): Diagnostic => ({ file, line: 0, column: 0, message });

/** What is wrong with the options comes with what is wrong with the files. */
export async function collected<Result>(diagnostics: Diagnostic[], act: () => Promise<Result>): Promise<Result> {
  try {
    const result = await act();
    if (diagnostics.length === 0) return result;
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    diagnostics.push(...error.diagnostics);
  }
  throw new Rejected(diagnostics);
}
