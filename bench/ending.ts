//! ending: what the bench has begun beside itself ends with it, however it ends: processes, folders.
import { constants } from 'node:os';

const begun = new Set<() => void>();

/** Does `end` when the process ends, or before by what is given back; once. */
export function atEnd(end: () => void): () => void {
  const once = (): void => { if (begun.delete(once)) end(); };
  begun.add(once);
  return once;
}

/** To be called once. A signal ends the process between two samples, and between two files: what is written is whole. */
export function endOnSignals(): void {
  process.on('exit', () => { for (const end of begun) end(); });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A second one, as where a terminal and whoever began this both send it, finds a process that is about to end.
    process.on(signal, () => {
      process.stderr.write('bench: interrupted\n');
      process.exit(128 + constants.signals[signal]);
    });
  }
}
