//! simulators: benches in SystemVerilog and programs in C, compiled and run by the tools that this machine has.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const generatedFolder = fileURLToPath(new URL('../generated/', import.meta.url));

/** Is there a tool that users need not have? CI must. */
export function tool(name: string, install: string): boolean {
  if (spawnSync(name, [name === 'iverilog' ? '-V' : '--version']).status === 0) return true;
  if (process.env.CI === 'true') throw new Error(`${name} is missing: ${install}`);
  console.log(`skipped: ${name} is missing (${install})`);
  return false;
}

export interface Bench {
  readonly text: string;
  readonly top: string;
  /** Files of generated/, in the order in which they are read. */
  readonly files?: readonly string[];
  /** Beside the bench, by name. */
  readonly data?: Readonly<Record<string, string>>;
  readonly defines?: readonly string[];
  readonly options?: readonly string[];
  /** Given to the run, without the plus. */
  readonly plusargs?: readonly string[];
  /** C++ beside the bench, for Verilator. */
  readonly cpp?: string;
  /** A file that the run leaves, whose text is wanted. */
  readonly leaves?: string;
}
export type Simulator = 'icarus' | 'verilator';
export const simulators: readonly Simulator[] = ['icarus', 'verilator'];
export const hasSimulator = (simulator: Simulator): boolean =>
  simulator === 'icarus' ? tool('iverilog', 'apt-get install iverilog') : tool('verilator', 'apt-get install verilator g++ make');

/** What the bench printed and how it ended; the compiler's complaints throw. Warnings of Icarus are complaints too. */
export function simulate(simulator: Simulator, bench: Bench): { readonly out: string; readonly status: number | null; readonly left: string } {
  return inFolder({ ...bench.data, 'bench.sv': bench.text, 'beside.cpp': bench.cpp ?? '' }, (folder) => {
    const sources = [...(bench.files ?? []).map((name) => join(generatedFolder, name)), join(folder, 'bench.sv')];
    const defines = (bench.defines ?? []).map((name) => `-D${name}`);
    if (simulator === 'icarus') {
      const made = spawnSync('iverilog', ['-g2012', '-Wall', '-Wno-timescale', ...defines, `-I${generatedFolder}`, '-s', bench.top, '-o', join(folder, 'bench'), ...sources], { encoding: 'utf8' });
      if (made.status !== 0 || made.stderr !== '') throw new Error(made.stderr);
    } else {
      const made = spawnSync('verilator', ['--binary', '-O0', '-CFLAGS', '-O0', '-Wno-fatal', '-Wno-WIDTH', '-Wno-STMTDLY', ...defines, ...(bench.options ?? []), `-I${generatedFolder}`, '--top-module', bench.top, '--Mdir', folder, '-o', 'bench', ...sources, ...(bench.cpp ? [join(folder, 'beside.cpp')] : [])], { encoding: 'utf8' });
      if (made.status !== 0) throw new Error(made.stderr);
    }
    const run = spawnSync(join(folder, 'bench'), (bench.plusargs ?? []).map((one) => `+${one}`), { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
    return { out: run.stdout, status: run.status, left: bench.leaves === undefined ? '' : readFileSync(join(folder, bench.leaves), 'utf8') };
  });
}

/** What the program printed. Warnings are failures. */
export function runC(language: 'c' | 'c++', text: string, data: Readonly<Record<string, string>> = {}): string {
  return inFolder({ ...data, 'program.c': text }, (folder) => {
    const [compiler, standard] = language === 'c' ? ['gcc', 'c11'] : ['g++', 'c++17'];
    execFileSync(compiler, [`-std=${standard}`, '-Wall', '-Wextra', '-Wpedantic', '-Werror', `-I${generatedFolder}`, '-x', language, join(folder, 'program.c'), '-o', join(folder, 'program')]);
    return execFileSync(join(folder, 'program'), { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  });
}

export function inFolder<Result>(files: Readonly<Record<string, string>>, act: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'systole-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lines that begin with `word `, without it. */
export const linesOf = (out: string, word: string): readonly string[] =>
  out.split('\n').filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
