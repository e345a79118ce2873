//! command-line: the command line as tests run it, in a folder of their own: in this process, or the built one as a process.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { commandLine } from '../model/cli/commands.ts';
import { streams } from '../model/cli/terminal.ts';

export const root = join(import.meta.dirname, '..'),
  folder = mkdtempSync(join(tmpdir(), 'systole-cli-'));
const command = join(root, 'dist', 'systole.cjs');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly milliseconds: number;
}
export interface Setting {
  readonly input?: string | Uint8Array;
  readonly interruptWhen?: () => boolean;
  readonly interrupt?: 'SIGINT' | 'SIGTERM' | 'SIGHUP';
  readonly env?: Readonly<Record<string, string>>;
}

/** Before the tests: builds what is stale, and writes the programs. */
export function setUp(): void {
  execFileSync(process.execPath, [join(root, 'bin', 'task.mjs'), 'build'], { stdio: 'ignore' });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text);
}
/** After them. */
export const tearDown = (): void => rmSync(folder, { recursive: true, force: true });

export const programs = {
  'hello.s': `A = dram s32 [8] at 0x0  B = dram s32 [8] at 0x20  C = dram s32 [8] at 0x40  a = spm s32 [8] at 0x0  b = spm s32 [8] at 0x20
    load a, A
    load b, B              post m1
    binary.add a, a, b     wait m1 post m2
    store C, a             wait m2
    halt 7
.data dram 0x0
.s32 1, 2, 3, 4, 5, 6, 7, 8
.s32 10, 20, 30, 40, 50, 60, 70, 80
`,
  'endless.s': 'L: s1 = s1 + 1\n    jump L\n',
  'trap.s': 'name X = t1\nX = spm s32 [8] at 0x3fff0\n    move X, X\n    halt 0\n',
  'deadlock.s': 'A = dram s32 [8] at 0x0  a = spm s32 [8] at 0x0\n    load a, A    wait m3\n    post m3, 1\n    halt 0\n',
  'unknown.s': 'X = spm s32 [8] at 0x100\n    s1 = ld X[3]\n    halt 0\n',
  'bad.s': '    lod a, b\n    halt x\n',
} as const;
export const SUM = '11 22 33 44 55 66 77 88';

/** The built command line as a shell is told to run it. */
export const built = `'${process.execPath}' '${command}'`;
/** A line of a shell, in the folder of these tests. */
export function inShell(line: string): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** Runs the command line in the folder of these tests, without a process where none is asked for: starting one takes longer than most commands. */
export function systole(words: string, setting?: Setting): Promise<Ended> {
  return setting ? started(words, setting) : within(folder, words.split(' '));
}

let last: Promise<unknown> = Promise.resolve();
/** The command line in this process, one command after the other, since a process has one working folder and one stdout. */
export function within(folder: string, words: readonly string[]): Promise<Ended> {
  const ended = last.then(() => alone(folder, words));
  last = ended.catch(() => undefined);
  return ended;
}
async function alone(folder: string, words: readonly string[]): Promise<Ended> {
  const home = process.cwd(),
    begun = performance.now(),
    before = endings.map((event) => events.listeners(event));
  let out = '',
    err = '';
  const stdout = vi.spyOn(streams, 'out').mockImplementation((piece) => {
    out += Buffer.from(piece as string).toString('latin1');
  });
  const stderr = vi.spyOn(streams, 'error').mockImplementation((piece) => {
    err += String(piece);
  });
  process.chdir(folder);
  try {
    const code = await commandLine(words);
    return { code, out, err, milliseconds: performance.now() - begun };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    // A process that ends removes what it did not finish.
    endings.forEach((event, i) => {
      for (const listener of events.listeners(event).filter((one) => !before[i]!.includes(one))) {
        if (event === 'exit') (listener as () => void)();
        events.off(event, listener as () => void);
      }
    });
    process.chdir(home);
  }
}
const events: NodeJS.EventEmitter = process,
  endings = ['exit', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the built command line as a process; `interruptWhen` sends Ctrl-C as soon as it holds. */
export function started(words: string, { input, interruptWhen, interrupt = 'SIGINT', env }: Setting = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [command, ...words.split(' ')], { cwd: folder, stdio: 'pipe', env: { ...process.env, ...env } });
    let out = '',
      err = '',
      sent = performance.now(),
      timer: NodeJS.Timeout | undefined;
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString('latin1');
    });
    child.stderr.on('data', (piece: Buffer) => {
      err += piece.toString();
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    if (interruptWhen)
      timer = setInterval(() => {
        if (interruptWhen()) {
          clearInterval(timer);
          sent = performance.now();
          child.kill(interrupt);
        }
      }, 5);
    child.on('close', (status, signal) => {
      clearInterval(timer);
      // As a shell tells it.
      const code = signal === 'SIGTERM' ? 143 : signal === 'SIGHUP' ? 129 : status;
      resolve({ code, out, err, milliseconds: performance.now() - sent });
    });
  });
}
export const file = (name: string): string => join(folder, name);
/** Names below the folder that the command left behind while it should not. */
export const leftovers = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.part'));
/** A message for the user: lines of file and error, no stack. */
export function isClear(err: string): void {
  expect(err).toMatch(/error: /);
  expect(err).not.toMatch(/\n {4}at |node:internal|bug in systole/);
}
