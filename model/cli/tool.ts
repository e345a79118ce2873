//! tool: runs a program of the system that a command needs, and says how to get it where it is missing.
import { spawn } from 'node:child_process';
import { Rejected } from '../failure.ts';

const howToGet: Readonly<Record<string, string>> = { yosys: 'apt-get install yosys', 'yosys-abc': 'apt-get install yosys', verilator: 'apt-get install verilator g++ make' };

/** What it prints, up to when `seconds` are over. Throws Rejected with the end of that where it fails or is not there. */
export function tool(name: string, words: readonly string[], cwd: string, seconds?: number): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(name, [...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: 1000 * (seconds ?? 0), killSignal: 'SIGKILL' });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => { text = `${text}${bytes}`.slice(-8192); });
    const refuse = (message: string): void => failed(new Rejected([{ file: name, line: 0, column: 0, message }]));
    child.on('error', () => refuse(`is not installed; it is needed for this command: ${howToGet[name]}`));
    child.on('close', (code, signal) => (code === 0 || (seconds && signal === 'SIGKILL') ? done(text) : refuse(`ends with ${code}:\n${text.trim().split('\n').slice(-12).join('\n')}`)));
  });
}
