//! reserve: where the address space is limited, as by ulimit -v, the command is run again with memories that reserve less of it.
import { say } from './terminal.ts';

/** V8 reserves 10 GiB of addresses for each memory, so that the processor checks bounds; with this flag instructions do. */
const FLAG = '--disable-wasm-trap-handler';
const PAGES_MAX = 65536;
/** Node's types know no constructor. */
type MakeMemory = new (pages: { readonly initial: number; readonly maximum: number }) => unknown;
const { Memory } = WebAssembly as unknown as { readonly Memory: MakeMemory };

/** Whether this process should run again with the flag: no memory of full size can be reserved, and it was not tried yet. */
export function needsFlag(): boolean {
  if (process.execArgv.includes(FLAG)) return false;
  try {
    new Memory({ initial: 1, maximum: PAGES_MAX });
    return false;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return true;
  }
}

/** The same command with the flag, on the same streams; its exit code. Signals of ours are its too. */
export async function runWithFlag(): Promise<number> {
  say(`systole: the address space is limited (ulimit -v); running again with node ${FLAG}`);
  const { spawn } = await import('node:child_process'), { constants } = await import('node:os'), child = spawn(process.execPath, [...process.execArgv, FLAG, ...process.argv.slice(1)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; the child tells about it and decides the exit code.
  process.removeAllListeners('SIGINT');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
