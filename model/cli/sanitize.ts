//! sanitize: the sanitizer on the command line: its runs in slices, so that limits and signals work, its findings as lines, SARIF and a picture.
import { version } from '#built/version';
import type { Device } from '../device.ts';
import type { Finding, ProgramText } from '../sanitizer/finding.ts';
import { passes } from '../sanitizer/run.ts';
import { findingLines, summary } from '../sanitizer/text.ts';
import { graphOf, waitDot, waitGraph, type WaitGraph, waitSvg, waitText } from '../sanitizer/waitgraph.ts';
import { endsIn } from './documents.ts';
import { type Driven, drive } from './drive.ts';
import { type Job, programOf, type RunFlags } from './job.ts';
import type { LoadedProgram } from './program.ts';
import { parseSchedule } from './schedule.ts';
import { errorColours, say } from './terminal.ts';

export interface SanitizedRun {
  readonly driven: Driven;
  readonly findings: readonly Finding[];
  /** Where there is a deadlock. */
  readonly graph: WaitGraph | undefined;
}

/** Loads and runs the program, as often as the sanitizer wants it. The device stands at its end. */
export async function sanitizeRun(device: Device, job: Job, { schedule: scheduleText = 'default' }: RunFlags): Promise<SanitizedRun> {
  const program = programOf(job),
    text = textOf(job.loaded),
    { maxInstructions, watchdog, kinds } = job.settings;
  const scheduleOf = (name: string) => parseSchedule(name, [])!,
    serial = scheduleOf(scheduleText).next(0) === undefined,
    running = passes(device, program, text, { serial, ...(kinds ? { kinds } : {}) });
  let driven: Driven | undefined;
  for (let next = running.next(); ; next = running.next(driven?.status)) {
    if (!next.done) {
      const { options, look } = next.value,
        all = { schedule: scheduleOf(next.value.serial ? 'default' : scheduleText), maxInstructions, watchdog, ...options };
      device.load(program);
      driven = await (look ? drive(device, { ...all, look }) : drive(device, all));
      continue;
    }
    const findings = next.value,
      deadlock = findings.find(({ kind }) => kind === 'deadlock');
    const graph = deadlock && (driven!.status === 'blocked' ? waitGraph(device, text, serial) : graphOf(deadlock));
    return { driven: driven!, findings, graph };
  }
}

/** What messages say of a program. */
export function textOf({ image, assembly }: LoadedProgram): ProgramText {
  const names = new Map([...(assembly?.names ?? [])].map(([name, register]) => [register, name]));
  return { words: image.words, place: (pc) => assembly?.places[pc], nameOf: (t) => names.get(`t${t}`) };
}

/** Findings as SARIF; loaded where it is asked for. */
export async function sarifText(file: string, findings: readonly Finding[]): Promise<string> {
  const [{ sanitizerFindings }, { sarif }] = await Promise.all([import('../report/sanitizer.ts'), import('../report/sarif.ts')]);
  return sarif(sanitizerFindings(file, findings), version);
}

export const graphText = (path: string, graph: WaitGraph): Uint8Array => new TextEncoder().encode(endsIn(path, '.svg') ? waitSvg(graph) : waitDot(graph));

/** Findings that are shown before the rest is only counted. */
const SHOWN = 10;
export function sayFindings({ findings, graph }: Pick<SanitizedRun, 'findings' | 'graph'>): void {
  const style = { strong: errorColours.bold, error: errorColours.red, dim: errorColours.dim };
  for (const finding of findings.slice(0, SHOWN)) {
    for (const line of findingLines(finding, style)) say(line);
    if (finding.kind === 'deadlock' && graph && finding === findings.find(({ kind }) => kind === 'deadlock')) for (const line of waitText(graph)) say(errorColours.dim(`    waits: ${line}`));
  }
  if (findings.length > SHOWN) say(`and ${findings.length - SHOWN} more, all of them with --json`);
  say(`${findings.length > 0 ? errorColours.red('sanitizer:') : errorColours.green('sanitizer:')} ${summary(findings)}`);
}
