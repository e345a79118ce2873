//! thread: starts a thread of the host, be it Node or a browser, with a function in source text and what it is called with.
import { Rejected } from '../failure.ts';

/** A thread; one that has nothing to answer does not keep the process alive. */
export interface Thread {
  /** What `answer` of the thread gives for a number; one question at a time. */
  ask(question: number): Promise<number>;
  stop(): void;
}

/** `source`: a function of a copy of `data`, in which what is shared stays shared, and of `serve`, which takes the function that answers. */
export function startThread(source: string, data: unknown): Thread {
  const node = host.process?.getBuiltinModule?.('node:worker_threads');
  return node ? nodeThread(node, source, data) : webThread(source, data);
}

function nodeThread({ Worker }: NodeThreads, source: string, data: unknown): Thread {
  const serve = '(answer) => parentPort.on("message", (question) => parentPort.postMessage(answer(question)))';
  const text = `const { parentPort, workerData } = globalThis.process.getBuiltinModule('node:worker_threads');\n(${source})(workerData, ${serve});`;
  // Where the working folder is gone, a thread of Node ends the whole process; this throws instead.
  host.process?.cwd?.();
  // Flags of the process that load modules are not for a thread that needs none.
  const worker = new Worker(text, { eval: true, workerData: data, execArgv: [] });
  worker.unref();
  return {
    ask: (question) => new Promise((resolve, reject) => {
      const settle = (act: () => void): void => { worker.off('message', answered); worker.off('error', failed); worker.off('exit', ended); worker.unref(); act(); };
      const answered = (answer: number): void => settle(() => { resolve(answer); }), failed = (error: Error): void => settle(() => { reject(error); });
      const ended = (): void => failed(new Error('the thread was stopped'));
      worker.on('message', answered).on('error', failed).on('exit', ended).ref();
      worker.postMessage(question);
    }),
    stop: () => void worker.terminate(),
  };
}

function webThread(source: string, data: unknown): Thread {
  const { Worker, Blob, URL } = host;
  if (!Worker || !Blob || !URL) {
    throw new Rejected([{ file: 'options', line: 0, column: 0, message: "'threads': this host starts none; Node does from 20.16 on, and browsers" }]);
  }
  const serve = '(answer) => { onmessage = ({ data: question }) => postMessage(answer(question)); }';
  const url = URL.createObjectURL(new Blob([`onmessage = ({ data }) => (${source})(data, ${serve});`], { type: 'text/javascript' })), worker = new Worker(url);
  worker.postMessage(data);
  return {
    ask: (question) => new Promise((resolve, reject) => {
      worker.onmessage = ({ data: answer }) => { resolve(answer as number); };
      worker.onerror = ({ message }) => { reject(new Error(message)); };
      worker.postMessage(question);
    }),
    stop: () => { worker.terminate(); URL.revokeObjectURL(url); },
  };
}

const host = globalThis as unknown as Host;

/** What hosts may have. */
interface Host {
  readonly process?: { getBuiltinModule?(name: string): NodeThreads | undefined; cwd?(): string };
  readonly Worker?: new (url: string) => WebWorker;
  readonly Blob?: new (parts: readonly string[], options: { readonly type: string }) => object;
  readonly URL?: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
}
interface NodeThreads {
  readonly Worker: new (source: string, options: { readonly eval: true; readonly workerData: unknown; readonly execArgv: readonly string[] }) => NodeWorker;
}
interface NodeWorker {
  on(event: string, listener: (value: never) => void): NodeWorker;
  off(event: string, listener: (value: never) => void): NodeWorker;
  ref(): void;
  unref(): void;
  postMessage(data: unknown): void;
  terminate(): unknown;
}
interface WebWorker {
  onmessage: (event: { readonly data: unknown }) => void;
  onerror: (event: { readonly message: string }) => void;
  postMessage(data: unknown): void;
  terminate(): void;
}
