//! thread: starts a thread of the host, be it Node or a browser, with a function in source text and what it is called with.
import { Rejected } from '../failure.ts';

/** A thread that does not keep the process alive. `source` is a function of one argument, which gets a copy of `data`; what is shared stays shared. */
export function startThread(source: string, data: unknown): { stop(): void } {
  const node = host.process?.getBuiltinModule?.('node:worker_threads');
  if (node) {
    // Flags of the process that load modules are not for a thread that needs none.
    const worker = new node.Worker(`(${source})(require('node:worker_threads').workerData)`, { eval: true, workerData: data, execArgv: [] });
    worker.unref();
    return { stop: () => void worker.terminate() };
  }
  const { Worker, Blob, URL } = host;
  if (!Worker || !Blob || !URL) refuse();
  const url = URL.createObjectURL(new Blob([`onmessage = ({ data }) => (${source})(data);`], { type: 'text/javascript' })), worker = new Worker(url);
  worker.postMessage(data);
  return { stop: () => { worker.terminate(); URL.revokeObjectURL(url); } };
}

const host = globalThis as unknown as Host;

function refuse(): never {
  throw new Rejected([{ file: 'options', line: 0, column: 0, message: "'threads': this host starts none; Node does from 20.16 on, and browsers" }]);
}

/** What hosts may have. */
interface Host {
  readonly process?: { getBuiltinModule?(name: string): NodeThreads | undefined };
  readonly Worker?: new (url: string) => { postMessage(data: unknown): void; terminate(): void };
  readonly Blob?: new (parts: readonly string[], options: { readonly type: string }) => object;
  readonly URL?: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
}
interface NodeThreads {
  readonly Worker: new (source: string, options: { readonly eval: true; readonly workerData: unknown; readonly execArgv: readonly string[] }) => { unref(): void; terminate(): unknown };
}
