//! tar: files as one archive, POSIX ustar (IEEE 1003.1-2017, pax, "ustar Interchange Format"): the same files make the same bytes.
import { mistakes, refuse } from './section.ts';

export interface TarFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512,
  NAME_MAX = 100,
  PREFIX_MAX = 155,
  SIZE_MAX = 8 ** 11 - 1;
/** Where a header has what. */
const at = { name: 0, mode: 100, uid: 108, gid: 116, size: 124, mtime: 136, checksum: 148, type: 156, magic: 257, major: 329, minor: 337, prefix: 345 } as const;
const MAGIC = 'ustar\x0000';
const kinds: Readonly<Record<string, string>> = { 1: 'a hard link', 2: 'a symbolic link', 3: 'a device', 4: 'a device', 6: 'a pipe', x: 'an extended header', g: 'an extended header', L: 'a long name of GNU tar' };

/** Ascending by path, of nobody, from the beginning of time, mode 644. Throws Rejected where ustar has no room for a path. */
export function writeTar(files: readonly TarFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    padded = sorted.map(({ bytes }) => Math.ceil(bytes.length / BLOCK) * BLOCK);
  const all = new Uint8Array(padded.reduce((sum, size) => sum + BLOCK + size, 2 * BLOCK));
  let from = 0;
  sorted.forEach((file, i) => {
    all.set(headerOf(file), from);
    all.set(file.bytes, from + BLOCK);
    from += BLOCK + padded[i]!;
  });
  return all;
}

function headerOf({ path, bytes }: TarFile): Uint8Array {
  const header = new Uint8Array(BLOCK),
    put = (where: number, text: string): void => header.set(new TextEncoder().encode(text), where);
  const octal = (where: number, digits: number, value: number): void => put(where, `${value.toString(8).padStart(digits, '0')}\0`);
  const cut = cutOf(path);
  if (!cut || bytes.length > SIZE_MAX) throw refuse(path, cut ? 'is too large for an archive' : 'is too long a path for an archive; shorten the name');
  put(at.prefix, cut[0]);
  put(at.name, cut[1]);
  octal(at.mode, 7, 0o644);
  for (const where of [at.uid, at.gid, at.major, at.minor]) octal(where, 7, 0);
  octal(at.size, 11, bytes.length);
  octal(at.mtime, 11, 0);
  put(at.type, '0');
  put(at.magic, MAGIC);
  put(at.checksum, checksumText(header));
  return header;
}
/** Prefix and name, which a slash between them makes the path. */
function cutOf(path: string): readonly [string, string] | undefined {
  const size = (text: string): number => new TextEncoder().encode(text).length;
  if (size(path) <= NAME_MAX) return ['', path];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    if (slash > 0 && size(path.slice(0, slash)) <= PREFIX_MAX && slash < path.length - 1 && size(path.slice(slash + 1)) <= NAME_MAX) return [path.slice(0, slash), path.slice(slash + 1)];
  return undefined;
}
/** The sum of the header's bytes, its own counted as blanks. */
function checksumText(header: Uint8Array): string {
  const sum = header.reduce((all, byte, i) => all + (i >= at.checksum && i < at.checksum + 8 ? 32 : byte), 0);
  return `${sum.toString(8).padStart(6, '0')}\0 `;
}

/** Contents by path, without `./` before it; folders are left out. Throws Rejected for what is damaged, no ustar, or not a plain file inside of the archive. */
export function readTar(bytes: Uint8Array, file: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>(),
    wrong = mistakes(file);
  let from = 0;
  for (; from + BLOCK <= bytes.length && !isZero(bytes.subarray(from, from + BLOCK)) && !wrong.isFull(); ) {
    const header = bytes.subarray(from, from + BLOCK),
      text = (where: number, size: number): string => new TextDecoder('latin1').decode(header.subarray(where, where + size));
    if (text(at.checksum, 8) !== checksumText(header)) throw refuse(file, `the header at byte ${from} does not have its checksum: the archive is damaged, or none`);
    if (text(at.magic, MAGIC.length) !== MAGIC) throw refuse(file, `the header at byte ${from} is not of the ustar format; make the archive with tar --format=ustar`);
    const size = /^[0-7]{11}[\0 ]$/.test(text(at.size, 12)) ? Number.parseInt(text(at.size, 11), 8) : undefined;
    if (size === undefined) throw refuse(file, `the header at byte ${from} has no size that ustar knows`);
    const path = pathOf(header),
      type = text(at.type, 1),
      next = from + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (next > bytes.length) throw refuse(file, `ends within ${path}: the archive is cut off`);
    if (!isZero(bytes.subarray(from + BLOCK + size, next))) throw refuse(file, `has bytes after ${path} that belong to no file: the archive is damaged`);
    const inner = insideOf(path, type === '5');
    if (inner === undefined) wrong.note(0, 0, `'${path}' leads out of the archive, or is no path`);
    else if (type !== '0' && type !== '\0' && type !== '5') wrong.note(0, 0, `${path} is ${kinds[type] ?? 'of an unknown kind'}; allowed: files and folders`);
    else if (type !== '5' && files.has(inner)) wrong.note(0, 0, `${path} appears twice`);
    else if (type !== '5') files.set(inner, bytes.subarray(from + BLOCK, from + BLOCK + size));
    from = next;
  }
  wrong.settle();
  if (from + 2 * BLOCK > bytes.length || bytes.length % BLOCK !== 0 || !isZero(bytes.subarray(from))) throw refuse(file, 'does not end as an archive does, with blocks of zeros: it is cut off or damaged');
  return files;
}

function pathOf(header: Uint8Array): string {
  const text = (where: number, most: number): string => {
    const field = header.subarray(where, where + most),
      end = field.indexOf(0);
    return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
  };
  const prefix = text(at.prefix, PREFIX_MAX);
  return prefix === '' ? text(at.name, NAME_MAX) : `${prefix}/${text(at.name, NAME_MAX)}`;
}
/** The path without `./`; undefined where it is absolute, goes up, or names nothing. */
function insideOf(path: string, isFolder: boolean): string | undefined {
  const plain = path.replace(/^(\.\/)+/, ''),
    names = (isFolder ? plain.replace(/\/$/, '') : plain).split('/');
  if (isFolder && (plain === '' || plain === '.')) return '';
  return names.some((name) => name === '' || name === '.' || name === '..' || name.includes('\\')) ? undefined : names.join('/');
}
const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
