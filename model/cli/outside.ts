//! outside: oracles beside this process: the C library, the example design in step with it, and any simulator that prints a trace.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareTraces } from '../comparison/traces.ts';
import { RetiredCursor } from '../cursor.ts';
import type { Device } from '../device.ts';
import { profileBinary } from '../engine/profile-binary.ts';
import { Rejected } from '../failure.ts';
import { once } from '../isa/cached.ts';
import { UNIT_COUNT } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { specification } from '../specification.ts';
import { readTold } from '../trace.ts';
import { type Difference, difference as firstDifference, type Observed } from '../verify/compare.ts';
import { digestOf } from '../verify/digest.ts';
import { type Judge, observeTrial, type Trial } from '../verify/trial.ts';
import { writeCase } from './case-folder.ts';
import { packageRoot } from './example.ts';
import { EXIT_INTERRUPTED, exitOfSignal, interrupt } from './exit.ts';
import { passingFolder, writeOutput } from './outputs.ts';
import { errorColours, say } from './terminal.ts';

export type OutsideName = 'native' | 'rtl' | 'trace';

/** Longer than any of them takes for one program. */
const TIMEOUT_MS = 60_000, TEXT_MAX = 2 ** 26;
/** A shell ends so where it finds no such program, or one that it cannot run: nothing has been judged. */
const NOT_RUNNABLE = 126, NOT_FOUND = 127;

/** Builds what is missing, which takes a while the first time. `command` is that of a trace. Throws Rejected where a tool is missing or a build fails. */
export function outsideJudge(name: OutsideName, profile: Profile, command: string | undefined, bug = 0): Judge {
  // What takes long comes before there is something to remove.
  const root = packageRoot(), bench = name === 'rtl' ? builtBench(root, profile, bug) : '';
  if (name === 'native') built('npm', ['run', '--silent', 'build:native'], root, 'apt-get install wabt gcc');
  const folder = passingFolder('systole-outside'), at = (file: string): string => join(folder, file);
  writeOutput(at('profile.bin'), profileBinary(profile));
  const reference = once(() => specification(profile)), judge = name === 'native' ? nativeJudge(at, profile, reference, root) : name === 'rtl' ? rtlJudge(at, profile, reference, bench) : traceJudge(at, profile, command!);
  return (trial, seen) => {
    if (unfit(trial) !== undefined) return undefined;
    writeCase(at('case'), trial.program);
    return judge(trial, seen);
  };
}

/** Why they cannot run a trial: they begin at a launch, in the order of the program, and know no debugger. */
export function unfit({ start, options: { schedule, budget }, debug, unread }: Trial): string | undefined {
  return start ? 'begins in a state of its own' : schedule ? 'runs by a schedule' : budget !== undefined ? 'is cut short' : debug ? 'needs the debugger' : unread ? 'is launched by a ring' : undefined;
}

type At = (file: string) => string;
const difference = (name: OutsideName, mnemonic: string, field: string, unit: string, text: string): Difference => ({ kind: 'outside', mnemonic, unit, field: `${name}: ${field}`, text });

/** The device under test, what it has left, and what does right for its machine. */
interface Held { readonly trial: Trial; readonly seen: Observed; readonly profile: Profile; readonly reference: () => Device }
/**
 * What the device under test has left, records and state, against what libsystole has; `whose` says what stands behind that. Where that is what the
 * specification leaves, as its digest says, the records of the specification tell what differs first, by which campaigns tell failures apart.
 */
function differentEnd(name: OutsideName, { trial, seen, profile, reference }: Held, whose: string, [digest, end, records]: readonly (string | undefined)[]): Difference | undefined {
  const digestText = (of: Observed): string => digestOf(of, profile.hash).toString(16).padStart(8, '0'), isTheirs = (of: Observed): boolean => digestText(of) === digest && of.status === end && of.records.length === Number(records);
  if (isTheirs(seen)) return undefined;
  const text = `${seen.device} ends ${seen.status} after ${seen.records.length} records with digest ${digestText(seen)}, ${whose} ${end} after ${records} with ${digest}`;
  const right = observeTrial(reference(), trial), first = isTheirs(right) ? firstDifference(right, seen) : undefined;
  return first ? difference(name, first.mnemonic, first.field, first.unit, `${text}; ${first.text}`) : difference(name, '', 'digest', '', text);
}

// ---- the C library
function nativeJudge(at: At, profile: Profile, reference: () => Device, root: string): Judge {
  built('gcc', ['-std=c11', '-O2', `-I${root}/rtl/dpi`, `-I${root}/generated`, '-o', at('run'), join(root, 'examples', 'c', 'run.c'), join(root, 'build', 'native', 'libsystole.a'), '-lm'], root, 'apt-get install gcc');
  return (trial, seen) => {
    const { stdout, stderr, status } = ran(at('run'), [at('profile.bin'), at('case')]);
    if (status !== 0) return difference('native', '', 'fails', '', `libsystole fails: ${stderr.trim() || 'it was ended'}`);
    return differentEnd('native', { trial, seen, profile, reference }, 'libsystole', stdout.trim().split(' '));
  };
}

// ---- the example design
function builtBench(root: string, profile: Profile, bug: number): string {
  const bench = join(root, 'build', 'rtl', 'lockstep', profile.name, `verilator-${bug}`, 'lockstep');
  if (profile.name !== 'systole-int8') throw refused('--against', `rtl is the example design of profile systole-int8, not of ${profile.name}; --profile systole-int8`);
  built('make', ['-s', '-C', 'rtl', '-f', 'lockstep.mk', bench, `BUG=${bug}`], root, 'apt-get install verilator wabt gcc g++ make');
  return bench;
}
function rtlJudge(at: At, profile: Profile, reference: () => Device, bench: string): Judge {
  return (trial, seen) => {
    if (trial.expected) return undefined;
    const { stdout, stderr, status } = ran(bench, [`+profile=${at('profile.bin')}`, `+program=${at('case')}`, '+mode=2', '+digests']);
    // The bench holds the design to libsystole, which says what it ends with; the device is held to that.
    const [, records, end, digest] = /^systole: (\d+) instructions.*; (\S+) with digest ([\da-f]{8})$/m.exec(status === 0 ? stdout : '') ?? [];
    if (digest !== undefined) return differentEnd('rtl', { trial, seen, profile, reference }, 'the design in step with libsystole', [digest, end, records]);
    // The design has no traps.
    if (seen.status !== 'halted') return undefined;
    // The folder that its command for seeing it again names is gone with this process.
    const text = (stdout + stderr).trim().replace(/\n *replay: .*/g, ''), [, unit = '', mnemonic = '', what = ''] = /^systole: (?:(\w+) #\d+ \(seq \d+, pc \d+, (\w+)[^)]*\):? *)?(\w*)/m.exec(text) ?? [];
    return difference('rtl', mnemonic, what || 'no end', unit, text.split('\n').slice(0, 6).join('\n    '));
  };
}

// ---- any simulator
function traceJudge(at: At, profile: Profile, command: string): Judge {
  const filled = command.replaceAll('{case}', at('case')).replaceAll('{trace}', at('trace.jsonl')).replaceAll('{profile}', at('profile.bin'));
  return (_, seen) => {
    rmSync(at('trace.jsonl'), { force: true });
    const { status, stderr } = ran(filled, [], true);
    if (status === NOT_RUNNABLE || status === NOT_FOUND) throw refused('--command', `cannot be run: ${stderr.trim().split('\n').at(-1) || filled} (exit code ${status} of the shell)`);
    if (status !== 0) return difference('trace', '', 'fails', '', `the command ends with ${status ?? 'a signal'}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
    if (!existsSync(at('trace.jsonl')) || statSync(at('trace.jsonl')).size === 0) return difference('trace', '', 'no trace', '', 'the command leaves no trace in the file that {trace} names');
    const ours = seen.records.map(({ buffer, byteOffset }) => new RetiredCursor(new DataView(buffer, byteOffset)));
    const { header, records } = readTold([readFileSync(at('trace.jsonl'))], at('trace.jsonl')), isOther = header.hash === '' ? header.profile !== '' && header.profile !== profile.name : header.hash !== profile.hash;
    if (isOther) throw refused('--command', `leaves a trace of ${machineText(header)}, not of ${machineText({ profile: profile.name, hash: profile.hash })}: set your simulator to it, or --profile to yours`);
    const { kind, says, field, at: named } = compareTraces(ours, records, { mode: 'unit', units: Array.from({ length: UNIT_COUNT }, (_none, unit) => unit) });
    return kind === undefined ? undefined : difference('trace', named?.text.split(/[ .]/)[0] ?? '', field ?? kind, named?.unit ?? '', says);
  };
}

/** One program judged. Whoever ends what judges, as a terminal and a scheduler do with all that was started, ends the campaign, and finds nothing. */
function ran(tool: string, words: readonly string[], shell = false): { readonly stdout: string; readonly stderr: string; readonly status: number | null } {
  const { stdout, stderr, status, signal, error } = spawnSync(tool, words, { shell, encoding: 'utf8', timeout: TIMEOUT_MS, maxBuffer: TEXT_MAX });
  const code = error ? undefined : (exitOfSignal[signal ?? ''] ?? Object.values(exitOfSignal).find((one) => one === status));
  if (code === EXIT_INTERRUPTED) throw interrupt();
  if (code !== undefined) {
    say(`${errorColours.red('systole:')} ${shell ? 'the command' : tool} was ended by a signal (exit code ${code}), and this with it`);
    process.exit(code);
  }
  return { stdout, stderr, status };
}
const machineText = ({ profile, hash }: { readonly profile: string; readonly hash: string }): string => `profile ${profile}${hash === '' ? '' : ` with hash ${hash.slice(0, 16)}…`}`;
function built(tool: string, words: readonly string[], cwd: string, howToGet: string): void {
  const { status, stdout, stderr, error } = spawnSync(tool, words, { cwd, encoding: 'utf8', maxBuffer: TEXT_MAX });
  if (error) throw refused(tool, `is not installed; it is needed for this oracle: ${howToGet}`);
  if (status !== 0) throw refused(tool, `ends with ${status}:\n${(stdout + stderr).trim().split('\n').slice(-8).join('\n')}`);
}
const refused = (file: string, message: string): Rejected => new Rejected([{ file, line: 0, column: 0, message }]);
