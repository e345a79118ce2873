//! bundle-program: a program of the user as the case of a bundle, if it comes to one end only.
import { basename } from 'node:path';
import { disassemble } from '../assembler/disassembler.ts';
import type { CaseSource } from '../bundle/kinds.ts';
import { INSTRUCTIONS_MAX } from '../bundle/observe.ts';
import { makeDevice } from './devices.ts';
import { EXIT_MISMATCH, EXIT_PASS, EXIT_PROGRAM } from './exit.ts';
import { type Job, prepare, programOf, type RunFlags } from './job.ts';
import { reportOf } from './report.ts';
import { sanitizeRun, sayFindings } from './sanitize.ts';
import { errorColours, printJson, say } from './terminal.ts';

/** Kinds of findings that let a design leave other words, and be right. */
const open = 'race,float-order,semaphore-order,overflow';

/** With the text that its image disassembles to, which stands alone; or the exit code where no bundle can be made of it, and why is told. */
export async function programCase(path: string, { load, args, profile, json }: Pick<RunFlags, 'load' | 'args' | 'profile' | 'json'>): Promise<CaseSource | number> {
  const given = { ...(load ? { load } : {}), ...(args === undefined ? {} : { args }), ...(profile === undefined ? {} : { profile }) };
  const job = await prepare(path, { ...given, sanitize: open, maxInstructions: String(INSTRUCTIONS_MAX) }), code = await refused(job, json === true);
  if (code !== EXIT_PASS) return code;
  const program = programOf(job), name = basename(path).replace(/\.[^.]*$/, '').replace(/[^\w.-]/g, '_') || 'program';
  return { name, kind: 'program', says: basename(path), seed: 0, text: disassemble(program.image), program };
}

async function refused(job: Job, isJson: boolean): Promise<number> {
  const device = await makeDevice('engine', job.settings.profile), { driven, findings } = await sanitizeRun(device, job, {}), { status, says } = reportOf(device, job.loaded, driven, 'serial');
  const code = findings.length > 0 ? EXIT_MISMATCH : ['halted', 'trapped'].includes(status) ? EXIT_PASS : EXIT_PROGRAM;
  if (code === EXIT_PASS) return code;
  if (findings.length > 0) sayFindings({ findings, graph: undefined });
  const why = findings.length > 0 ? 'a correct design may produce other words than this run' : status === 'max-instructions' ? `the program has not ended after ${INSTRUCTIONS_MAX} instructions; a case halts or traps` : says;
  say(`${errorColours.red('systole:')} no bundle is made: ${why}`);
  if (isJson) printJson({ exit_code: code, status, says: why, findings });
  return code;
}
