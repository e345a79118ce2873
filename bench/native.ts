//! native: C programs of bench/native/ compiled on the spot and kept as processes that answer one line each.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './ending.ts';
import { type Absent, type Contender, SLICE_NS } from './rounds.ts';

/** 128-bit SIMD without the forms of three operands: what WASM's SIMD is, in C. */
export const SSE = ['-O3', '-msse4.1', '-mno-avx'];

/** Compilers and the children that they made; all end with `close`. */
export interface Natives {
  /** First line of the compiler's own words; undefined where there is none. */
  readonly compiler: string | undefined;
  /** Verilator and its version. */
  readonly simulator: string | undefined;
  /** The program with these words; speed in units a second, `unitCount` to a repetition. Absent without a compiler or where it fails. */
  contender(name: string, unit: string, unitCount: number, program: NativeProgram): Contender | Absent;
  /** A program that is there already, which speaks as slice.h does. */
  process(name: string, unit: string, unitCount: number, binary: string, words: readonly (string | number)[]): Contender;
  /** A folder that is gone after `close`. */
  folder(name: string): string;
  close(): void;
}
export interface NativeProgram {
  /** File of bench/native/ without its ending. */
  readonly source: string;
  readonly words: readonly (string | number)[];
  readonly flags?: readonly string[];
  /** What the processor has to have, as /proc/cpuinfo names it. */
  readonly needs?: string;
}

export function natives(): Natives {
  const folder = mkdtempSync(join(tmpdir(), 'systole-bench-')), children: ChildProcess[] = [], binaries = new Map<string, string | undefined>();
  const compiler = ['gcc', 'cc', 'clang'].find((name) => versionOf(name) !== undefined);
  const binaryOf = (source: string, flags: readonly string[]): string | undefined => {
    const key = `${source} ${flags.join(' ')}`;
    if (!binaries.has(key)) binaries.set(key, compile(compiler!, join(import.meta.dirname, 'native', `${source}.c`), flags, join(folder, `${binaries.size}`)));
    return binaries.get(key);
  };
  const process: Natives['process'] = (name, unit, unitCount, binary, words) => {
    const child = spawn(binary, words.map(String), { stdio: ['pipe', 'pipe', 'inherit'] }), ask = answering(child, `${name}: ${words.join(' ')}`);
    children.push(child);
    return { name, unit, sample: async () => (unitCount / Number(await ask(`${SLICE_NS}`))) * 1e9 };
  };
  return {
    process,
    folder(name) {
      mkdirSync(join(folder, name), { recursive: true });
      return join(folder, name);
    },
    compiler: compiler && versionOf(compiler),
    simulator: versionOf('verilator')?.split(' ').slice(0, 2).join(' '),
    contender(name, unit, unitCount, { source, words, flags = SSE, needs }) {
      if (!compiler) return { name, why: 'no C compiler (gcc, cc or clang)' };
      if (needs && !processorHas(needs)) return { name, why: `this processor has no ${needs}` };
      const binary = binaryOf(source, flags);
      if (!binary) return { name, why: `${compiler} ${flags.join(' ')} does not compile ${source}.c here` };
      return process(name, unit, unitCount, binary, words);
    },
    close: atEnd(() => {
      for (const child of children) child.kill();
      rmSync(folder, { recursive: true, force: true });
    }),
  };
}

/** One line out for one line in. */
export function answering(child: ChildProcess, what: string): (line: string) => Promise<string> {
  let text = '', resolve: ((line: string) => void) | undefined, reject: ((error: Error) => void) | undefined;
  let ended: Error | undefined;
  child.stdout!.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const end = text.indexOf('\n');
    if (end < 0) return;
    const line = text.slice(0, end);
    text = text.slice(end + 1);
    resolve?.(line);
  });
  const end = (error: Error): void => { ended = error; reject?.(error); };
  child.on('error', end).on('exit', (code, signal) => end(new Error(`${what}: ended with ${code ?? signal}`)));
  child.stdin!.on('error', () => { /* its exit says more */ });
  return (line) => new Promise((done, failed) => {
    if (ended) { failed(ended); return; }
    [resolve, reject] = [done, failed];
    child.stdin!.write(`${line}\n`);
  });
}

function processorHas(feature: string): boolean {
  try {
    return new RegExp(`\\b${feature}\\b`).test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return false;
  }
}

function versionOf(compiler: string): string | undefined {
  try {
    return execFileSync(compiler, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0];
  } catch {
    return undefined;
  }
}

function compile(compiler: string, source: string, flags: readonly string[], to: string): string | undefined {
  try {
    execFileSync(compiler, [...flags, '-o', to, source, '-lm'], { stdio: 'ignore' });
    return to;
  } catch {
    return undefined;
  }
}
