//! outputs: files that are written to a temporary file and renamed when all is well; folders made and taken back.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { EXIT_HUNG_UP, EXIT_TERMINATED } from './exit.ts';
import { destination, hostFailure, isFolder, isRead, rejected, STDIO } from './host.ts';
import { printBytes } from './terminal.ts';

/** A file that is written under another name first; `-` and devices are written directly. */
export interface Output {
  readonly path: string;
  write(bytes: Uint8Array | string): void;
}
export interface Outputs {
  /** Throws Rejected when the file could not be written there. */
  open(path: string): Output;
  /** Give all files their names. Without it nothing is left of them. */
  commit(): void;
}

/** Signals beside Ctrl-C that end the process. */
const endings = [['SIGTERM', EXIT_TERMINATED], ['SIGHUP', EXIT_HUNG_UP]] as const;
/** From now on there is something to remove, or soon will be. Before, the system ends the process at once, whatever it does. */
export function hearEndings(): void {
  for (const [signal, code] of endings) if (process.listenerCount(signal) === 0) process.on(signal, () => process.exit(code));
}

/**
 * Files of one command. None replaces what the command has read, except where it `updates` files that are its own. Whatever is not committed
 * when the process ends, however it ends, is removed.
 */
export function openOutputs(updates = false): Outputs {
  const temporary = new Map<string, string>(),
    files: { readonly file: number; readonly flush: () => void }[] = [],
    paths = new Set<string>();
  const clean = (): void => {
    for (const path of temporary.keys()) removeQuietly(path);
  };
  process.on('exit', clean);
  return {
    open(path) {
      if (path === STDIO) return { path, write: (bytes) => printBytes(bytes) };
      try {
        const stats = statSync(path, { throwIfNoEntry: false });
        if (stats?.isDirectory()) throw rejected(path, 'is a folder; a file is needed');
        const isDevice = stats !== undefined && !stats.isFile(),
          target = isDevice ? path : destination(path);
        if (!updates && isRead(path))
          throw rejected(path, 'is read by this command and would be overwritten');
        if (paths.has(target) && !isDevice) throw rejected(path, 'is written twice by this command');
        if (stats) accessSync(target, constants.W_OK);
        paths.add(target);
        const opened = isDevice ? target : join(dirname(target), `.${basename(target)}.${process.pid}-${paths.size}.part`);
        // Opening a pipe for writing waits for a reader; this looks first whether there is one.
        if (stats?.isFIFO()) closeSync(openSync(opened, constants.O_WRONLY | constants.O_NONBLOCK));
        if (!isDevice) hearEndings();
        const file = openSync(opened, isDevice ? 'w' : 'wx');
        const buffer = buffered((bytes) => writeAll(file, bytes, path));
        files.push({ file, flush: buffer.flush });
        if (!isDevice) {
          temporary.set(opened, target);
          if (stats) chmodSync(opened, stats.mode);
        }
        return { path, write: buffer.write };
      } catch (error) {
        throw hostFailure(error, path, 'written');
      }
    },
    commit() {
      for (const { file, flush } of files.splice(0)) {
        flush();
        closeSync(file);
      }
      for (const [from, to] of temporary) {
        try {
          renameSync(from, to);
          temporary.delete(from);
        } catch (error) {
          throw hostFailure(error, to, 'written');
        }
      }
      process.off('exit', clean);
    },
  };
}

/** One file at once. */
export function writeOutput(path: string, bytes: Uint8Array | string, updates = false): void {
  const outputs = openOutputs(updates);
  outputs.open(path).write(bytes);
  outputs.commit();
}

/** Small writes put together, since a trace is many of them. */
function buffered(write: (bytes: Uint8Array) => void): {
  readonly write: (bytes: Uint8Array | string) => void;
  readonly flush: () => void;
} {
  const held = Buffer.alloc(2 ** 16);
  let size = 0;
  const flush = (): void => {
    const all = held.subarray(0, size);
    size = 0;
    write(all);
  };
  return {
    flush,
    write(bytes) {
      const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      if (size + all.length > held.length) flush();
      if (all.length > held.length) return write(all);
      held.set(all, size);
      size += all.length;
    },
  };
}

function writeAll(file: number, all: Uint8Array, path: string): void {
  try {
    for (let at = 0; at < all.length; ) at += writeSync(file, all, at);
  } catch (error) {
    throw hostFailure(error, path, 'written');
  }
}

/**
 * The folder and those that it lies in, where they are missing; the first that was made. One by one: Node's recursive way never returns on some
 * file systems, such as /proc.
 */
export function makeFolder(path: string): string | undefined {
  if (isFolder(path)) return undefined;
  const target = destination(path), first = dirname(target) === target ? undefined : makeFolder(dirname(target));
  try {
    mkdirSync(target);
    return first ?? target;
  } catch (error) {
    // Someone else may have made it meanwhile.
    if (!isFolder(path)) throw hostFailure(error, path, 'written');
    return first;
  }
}

/** Takes back what `makeFolder` made, `first` being what it gave: the folder with all that is in it, and those above that hold nothing else. */
export function unmakeFolder(path: string, first: string): void {
  try {
    // A link that leads there was somebody's before.
    const last = realpathSync(first);
    let at = realpathSync(path);
    for (rmSync(at, { recursive: true }); at !== last; rmdirSync(at)) at = dirname(at);
  } catch {
    // Somebody else has something there by now.
  }
}

/** A new folder in that of the system for temporary files, for as long as the process runs. Throws Rejected when none can be made there. */
export function passingFolder(name: string): string {
  const pattern = join(tmpdir(), `${name}-`);
  hearEndings();
  try {
    const folder = mkdtempSync(pattern);
    process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
    return folder;
  } catch (error) {
    throw hostFailure(error, `${pattern}XXXXXX`, 'written');
  }
}

/** A file that may be there; another one, or none, came in its place. */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw hostFailure(error, path, 'written');
  }
}
function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The process ends; there is nobody to tell and nothing else to try.
  }
}
