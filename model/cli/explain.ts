//! explain: the command that shows how one element came about, and that the device wrote just these bits.
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { closedOf, explain, isLawful, namesOf } from '../explain/explain.ts';
import { explanationJson } from '../explain/json.ts';
import { type Retired, survey } from '../explain/survey.ts';
import { explanationLines } from '../explain/text.ts';
import { chosen, collected, loadJob, readChoice, stepTo, wrong } from './chosen.ts';
import { makeDevice } from './devices.ts';
import { drive } from './drive.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { wholeNumber } from './place.ts';
import type { LoadedProgram } from './program.ts';
import { reportOf, siteOf, siteWords } from './report.ts';
import { prepare, type RunFlags } from './job.ts';
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
  const retired = chosen(seen, choice, job.loaded, { command: 'explain', number: '--seq', verb: 'explain', can: 'can be explained', otherwise: () => 'it writes no elements' }),
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

function readIndex(text: string | undefined, diagnostics: Diagnostic[]): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const index = text.replace(/^\[|\]$/g, '').split(/[,x]/).map((word) => wholeNumber(word.trim()));
  if (index.includes(undefined)) diagnostics.push(wrong('--element', `'${text}' is not an index, as in 3,5`));
  return index.map((i) => i ?? 0);
}

// ---- which element
function destination(retired: Retired, { operand }: ExplainFlags, index: readonly number[] | undefined, loaded: LoadedProgram) {
  const closed = closedOf(retired), names = namesOf(closed.definition!), site = siteWords(siteOf(loaded, retired.pc, retired.words));
  const all = retired.written.map((position) => names.get(position)!);
  if (operand !== undefined && !all.includes(operand))
    throw new Rejected([wrong('--operand', `'${operand}' is not a destination of ${site}; it has ${all.join(' and ')}${didYouMean(operand, all)}`)]);
  const position = retired.written[operand === undefined ? 0 : all.indexOf(operand)]!, { dims } = closed.operands[position]!;
  const shape = `${names.get(position)} of ${site} is [${dims.join(', ')}]`;
  if (index && index.length !== dims.length)
    throw new Rejected([wrong('--element', `${index.length} coordinates; ${shape}, which takes ${dims.length}`)]);
  const out = index?.findIndex((i, axis) => BigInt(i) >= dims[axis]!) ?? -1;
  if (out >= 0) throw new Rejected([wrong('--element', `coordinate ${out} is ${index![out]}; ${shape}, so it is 0 to ${dims[out]! - 1n}`)]);
  return { position, element: dims.map((_, axis) => BigInt(index?.[axis] ?? 0)) };
}
