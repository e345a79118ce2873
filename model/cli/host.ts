//! host: files and streams of the user, read with a limit, and what the system says when one cannot be read or written.
import {
  closeSync,
  constants,
  createReadStream,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { didYouMean, Rejected } from '../failure.ts';
import { reasons } from './reasons.ts';

export const STDIO = '-';

/** Bytes of a file, or of stdin for `-`. Throws Rejected when it cannot be read, or is longer than `most`, without reading it whole. */
export async function readInput(path: string, most: number, what: string): Promise<Uint8Array> {
  const stats = path === STDIO ? undefined : status(path);
  if (stats?.isFile()) {
    if (stats.size > most) throw tooLong(path, stats.size, most, what);
    try {
      return readFileSync(path);
    } catch (error) {
      throw hostFailure(error, path, 'read');
    }
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of path === STDIO ? process.stdin : await streamOf(path, stats!)) {
      pieces.push(piece as Uint8Array);
      size += (piece as Uint8Array).length;
      if (size > most) throw tooLong(shownPath(path), size, most, what);
    }
  } catch (error) {
    throw hostFailure(error, shownPath(path), 'read');
  }
  return Buffer.concat(pieces);
}

/**
 * A pipe or terminal is waited for by the event loop: a thread that stands in the system's open() or read() would keep the process from
 * ending until somebody writes.
 */
async function streamOf(path: string, stats: Stats): Promise<NodeJS.ReadableStream> {
  if (!stats.isFIFO() && !stats.isCharacterDevice()) return createReadStream(path);
  const [{ Socket }, { isatty, ReadStream: TtyStream }] = await Promise.all([import('node:net'), import('node:tty')]);
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (stats.isFIFO()) return new Socket({ fd, readable: true, writable: false });
  return isatty(fd) ? new TtyStream(fd) : createReadStream(path, { fd });
}

/** Bytes of a regular file that a text names, at once. Throws Rejected for anything else, and for one that is too long, unread. */
export function readNamed(path: string, most: number, what: string): Uint8Array {
  const stats = status(path);
  if (!stats.isFile()) throw rejected(path, 'is a pipe or a device; a file is needed');
  if (stats.size > most) throw tooLong(path, stats.size, most, what);
  try {
    const bytes = readFileSync(path);
    // What the system makes up while it is read, as below /proc, has no size before.
    if (bytes.length > most) throw tooLong(path, bytes.length, most, what);
    return bytes;
  } catch (error) {
    throw hostFailure(error, path, 'read');
  }
}

/** The first bytes of a regular file; undefined for `-`, pipes and devices, whose bytes come once only. */
export function readHead(path: string, count: number): { readonly head: Uint8Array; readonly size: number } | undefined {
  if (path === STDIO) return undefined;
  const stats = status(path);
  if (!stats.isFile()) return undefined;
  try {
    const file = openSync(path, 'r'),
      head = new Uint8Array(Math.min(count, stats.size));
    try {
      return { head: head.subarray(0, readSync(file, head)), size: stats.size };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw hostFailure(error, path, 'read');
  }
}

/** A file in pieces, so that its size costs no memory. Throws Rejected, with the first piece or a later one, when it cannot be read. */
export async function readPieces(path: string): Promise<Iterable<Uint8Array>> {
  if (path === STDIO || !status(path).isFile()) return [await readInput(path, 2 ** 31, 'a stream')];
  return (function* pieces(): Generator<Uint8Array, void> {
    let file: number | undefined;
    try {
      file = openSync(path, 'r');
      for (;;) {
        const piece = new Uint8Array(2 ** 20),
          size = readSync(file, piece);
        if (size === 0) return;
        yield piece.subarray(0, size);
      }
    } catch (error) {
      throw hostFailure(error, path, 'read');
    } finally {
      if (file !== undefined) closeSync(file);
    }
  })();
}

/** Both throw Rejected where the system does not say, as for links that go in a circle. */
export const isFolder = (path: string): boolean => found(path)?.isDirectory() === true;
export const isPresent = (path: string): boolean => found(path) !== undefined;
function found(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw hostFailure(error, path, 'read');
  }
}
/** Where a path leads, whoever is to be found or made there. Throws Rejected for links that go in a circle. */
export function destination(path: string): string {
  if (isPresent(path)) return realpathSync(path);
  const link = linkAt(path);
  return link === undefined ? path : destination(resolve(realpathSync(dirname(path)), link));
}
/** What a link says that leads to nothing. */
function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
export const shownPath = (path: string): string => (path === STDIO ? '<stdin>' : path);

/** Of a file that is about to be read, which no output replaces from then on. Throws Rejected for what is not there; a folder is one too. */
export function status(path: string): Stats {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    throw hostFailure(error, path, 'read');
  }
  if (stats.isDirectory()) throw rejected(path, 'is a folder; a file is needed');
  if (stats.isFile()) read.add(identity(stats));
  return stats;
}

/** Files that the command has read, by whatever names. */
const read = new Set<string>(), identity = ({ dev, ino }: Stats): string => `${dev}:${ino}`;
/** Whether the command has read the file. */
export function isRead(path: string): boolean {
  const stats = found(path);
  return stats?.isFile() === true && read.has(identity(stats));
}
/** What is only looked at, since something else is to come in its place, has not been read. */
export function glanced<Result>(act: () => Result): Result {
  const before = [...read];
  try {
    return act();
  } finally {
    read.clear();
    for (const one of before) read.add(one);
  }
}
/** For a process that runs one command after another. */
export const forgetRead = (): void => read.clear();

/** What the host says about a file, as the user's mistake; anything else is passed on. */
export function hostFailure(error: unknown, path: string, verb: 'read' | 'written'): unknown {
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (error instanceof Rejected || typeof code !== 'string' || !('syscall' in (error as object))) return error;
  if (code !== 'ENOENT') return rejected(path, `cannot be ${verb}: ${reasons[code] ?? code}`);
  if (verb === 'read') return rejected(path, `does not exist${didYouMean(basename(path), neighbours(path))}`);
  return rejected(path, `cannot be written: ${isFolder(dirname(path)) ? 'the file system takes no new files' : `the folder ${dirname(path)} does not exist`}`);
}

function neighbours(path: string): readonly string[] {
  try {
    return readdirSync(dirname(path));
  } catch {
    return [];
  }
}

/** A diagnostic about a whole file. */
export const rejected = (file: string, message: string): Rejected => new Rejected([{ file: file || "''", line: 0, column: 0, message }]);
const tooLong = (path: string, size: number, most: number, what: string): Rejected =>
  rejected(path, `${size === most + 1 ? 'more than ' : ''}${bytesText(size)}, too long for ${what}; allowed: ${bytesText(most)}`);

/** Offset of the first byte that is not UTF-8. */
export function firstNonUtf8(bytes: Uint8Array): number | undefined {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    const text = new TextDecoder().decode(bytes),
      before = text.slice(0, text.indexOf('\ufffd'));
    return Math.min(bytes.length - 1, new TextEncoder().encode(before).length);
  }
}

/** 3 B, 20 KiB, 1.5 GiB */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'],
    power = Math.min(4, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const scaled = bytes / 1024 ** power;
  return `${Number.isInteger(scaled) ? scaled : scaled.toFixed(1)} ${units[power]}`;
}
