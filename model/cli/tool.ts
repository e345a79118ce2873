//! tool: runs a program of the system that a command needs, and says how to get it where it is missing.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import type { Readable } from 'node:stream';
import { Rejected } from '../failure.ts';
import { EXIT_TERMINATED } from './exit.ts';

const howToGet: Readonly<Record<string, string>> = { yosys: 'apt-get install yosys', 'yosys-abc': 'apt-get install yosys', verilator: 'apt-get install verilator g++ make' };

/** Those of programs that are not there, each with how to get it. */
export const missingTools = (names: readonly string[]): readonly string[] => names.filter((name) => spawnSync(name, ['-h'], { stdio: 'ignore' }).error !== undefined).map((name) => `${name} (${howToGet[name]})`);

/** What it prints, up to when `seconds` are over. Throws Rejected with the end of that where it fails or is not there. */
export function tool(name: string, words: readonly string[], cwd: string, seconds?: number): Promise<string> {
  return new Promise((done, failed) => {
    const child = started(name, words, cwd, seconds);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => { text = `${text}${bytes}`.slice(-8192); });
    const refuse = (message: string): void => failed(new Rejected([{ file: name, line: 0, column: 0, message }]));
    child.on('error', () => refuse(`is not installed; it is needed for this command: ${howToGet[name]}`));
    child.on('close', (code, signal) => (code === 0 || (seconds && signal === 'SIGKILL') ? done(text) : refuse(`ends with ${code}:\n${text.trim().split('\n').slice(-12).join('\n')}`)));
  });
}

/** Starts a program that ends with this process at the latest, and so do those that it starts: they are a group of their own. */
export function started(name: string, words: readonly string[], cwd: string, seconds = 0): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(name, [...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true, timeout: 1000 * seconds, killSignal: 'SIGKILL' });
  if (groups.size === 0) {
    // Before listeners that remove what a program may still be writing.
    process.prependListener('exit', endAll);
    // Without a listener the system ends this process at once.
    if (process.listenerCount('SIGTERM') === 0) process.on('SIGTERM', () => process.exit(EXIT_TERMINATED));
  }
  if (child.pid !== undefined) groups.add(child.pid);
  child.on('close', () => {
    groups.delete(child.pid!);
    if (groups.size === 0) process.off('exit', endAll);
  });
  return child;
}

const groups = new Set<number>();
function endAll(): void {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}
