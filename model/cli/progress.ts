//! progress: a line on stderr while something takes long, on a terminal that shows colours only: one that has none moves no cursor either.
import { errorHasColours } from './terminal.ts';

export interface Progress {
  readonly update: (done: number) => void;
  readonly stop: () => void;
}

const DELAY_MS = 1000;

/** Shows after a second. Without a total it counts. */
export async function progressBar(isQuiet: boolean, total: number | undefined, what = 'instructions'): Promise<Progress> {
  if (isQuiet || !errorHasColours()) return { update: () => undefined, stop: () => undefined };
  const { SingleBar } = (await import('cli-progress')).default,
    started = Date.now();
  const format =
    total === undefined
      ? `{value} ${what}, {duration_formatted}`
      : `{bar} {percentage} %, {value} of {total} ${what}, {eta_formatted} left`;
  const bar = new SingleBar({
    format,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: null,
    etaBuffer: 50,
    fps: 5,
    gracefulExit: false,
  });
  let isShown = false;
  const stop = (): void => {
    if (isShown) bar.stop();
    isShown = false;
  };
  // The terminal gets its settings back however the process ends.
  process.on('exit', stop);
  return {
    update(done) {
      if (!isShown && Date.now() - started > DELAY_MS) {
        bar.start(total ?? Number.MAX_SAFE_INTEGER, done);
        isShown = true;
      }
      if (isShown) bar.update(done);
    },
    stop,
  };
}

/** A line that is written over, on a terminal only. */
export function lineOfProgress(isQuiet: boolean): { readonly update: (text: string) => void; readonly stop: () => void } {
  if (isQuiet || !errorHasColours()) return { update: () => undefined, stop: () => undefined };
  return { update: (text) => void process.stderr.write(`\r\u001b[K${text}`), stop: () => void process.stderr.write('\r\u001b[K') };
}
