//! tar.test: laws of archives: any files come back, the same files make the same bytes, what is damaged or leads out is refused, and tar of the system agrees.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Rejected } from '../model/failure.ts';
import { readTar, type TarFile, writeTar } from '../model/files/tar.ts';
import { tools } from './tools.ts';

const scratch = mkdtempSync(join(tmpdir(), 'tar-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const name = fc.stringMatching(/^[\w.ä-]{1,40}$/).filter((text) => text !== '.' && text !== '..' && Buffer.byteLength(text) <= 40);
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
const files: fc.Arbitrary<readonly TarFile[]> = fc.uniqueArray(fc.record({ path, bytes: fc.uint8Array({ maxLength: 1100 }) }), { selector: (one) => one.path, maxLength: 5 });
const refusal = (bytes: Uint8Array): string => {
  try {
    readTar(bytes, 'x.tar');
    return '';
  } catch (error) {
    if (error instanceof Rejected) return error.message;
    throw error;
  }
};
const plain = (all: ReadonlyMap<string, Uint8Array>): unknown => [...all].map(([one, bytes]) => [one, [...bytes]]);

test('any files come back, ascending by path, and their order makes no difference', () => {
  fc.assert(fc.property(files, (all) => {
    const archive = writeTar(all), sorted = [...all].sort((a, b) => (a.path < b.path ? -1 : 1));
    expect(plain(readTar(archive, 'x.tar'))).toEqual(sorted.map(({ path: one, bytes }) => [one, [...bytes]]));
    expect(Buffer.compare(writeTar([...all].reverse()), archive)).toBe(0);
  }), { numRuns: 200 });
});

test('a byte that is changed anywhere but in a file, and an end that is missing anywhere, are refused', () => {
  fc.assert(fc.property(files, fc.nat(), fc.integer({ min: 1, max: 255 }), (all, where, change) => {
    const archive = writeTar(all), contents = [...readTar(archive, 'x.tar').values()], at = where % archive.length, changed = archive.slice();
    changed[at]! ^= change;
    if (!contents.some((one) => at >= one.byteOffset && at < one.byteOffset + one.length)) expect(refusal(changed)).toContain('x.tar');
    expect(refusal(archive.subarray(0, at))).toContain('x.tar');
  }), { numRuns: 600 });
  // Every byte of a header, since a property meets few of them.
  const archive = writeTar([{ path: `${'long/'.repeat(25)}name`, bytes: Uint8Array.of(1) }]);
  for (let at = 0; at < 512; at++) for (const change of [1, 0x10, 0x80]) {
    const changed = archive.slice();
    changed[at]! ^= change;
    expect(refusal(changed), `byte ${at}`).toContain('checksum');
  }
  expect(refusal(new Uint8Array(0))).toContain('does not end');
  expect(refusal(Buffer.from('no archive at all'.repeat(100)))).toContain('or none');
});

/** The archive with the header of its first file changed, its checksum made good. */
function forged(all: readonly TarFile[], change: (header: Uint8Array) => void): Uint8Array {
  const archive = writeTar(all), header = archive.subarray(0, 512);
  change(header);
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  header.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return archive;
}
test('links, devices, other formats, paths that lead out and paths that are there twice are refused', () => {
  const one: TarFile = { path: 'a/b.txt', bytes: Uint8Array.of(1, 2, 3) };
  const named = (text: string): string => refusal(forged([one], (header) => header.fill(0, 0, 100).set(Buffer.from(text), 0)));
  for (const out of ['../b', '/etc/b', 'a/../../b', 'a//b', 'a/./b', '', '..', 'a/', 'a\\..\\b']) expect(named(out), out).toContain('leads out of the archive');
  expect(named('./a/b')).toBe('');
  for (const [type, says] of [['1', 'hard link'], ['2', 'symbolic link'], ['3', 'device'], ['6', 'pipe'], ['x', 'extended header'], ['L', 'long name'], ['S', 'unknown kind']] as const)
    expect(refusal(forged([one], (header) => header.set(Buffer.from(type), 156)))).toContain(says);
  expect(refusal(forged([one], (header) => header.set(Buffer.from('ustar  \0'), 257)))).toContain('--format=ustar');
  expect(refusal(forged([one], (header) => header.set(Buffer.from('x'), 124)))).toContain('no size');
  expect(refusal(forged([one], (header) => header.set(Buffer.from('77777777777'), 124)))).toContain('cut off');
  expect(refusal(writeTar([one, one]))).toContain('appears twice');
  expect(refusal(Buffer.concat([forged([one], (header) => header.set(Buffer.from('../x\0'), 0)).subarray(0, 1024), writeTar([one, one])]))).toMatch(/leads out[\s\S]*appears twice/);
  expect(() => writeTar([{ ...one, path: 'a'.repeat(101) }])).toThrow('too long a path');
});

test('tar of the system lists and unpacks what is written here, and what it packs is read', () => {
  if (!tools('tar')) return;
  const all: readonly TarFile[] = [{ path: 'b', bytes: new Uint8Array(0) }, { path: 'a/x.bin', bytes: new Uint8Array(512).fill(7) }, { path: `${'deep/'.repeat(24)}end.txt`, bytes: Buffer.from('text\n') }];
  const archive = join(scratch, 'ours.tar'), folder = join(scratch, 'folder'), tar = (...words: readonly string[]) => spawnSync('tar', words, { encoding: 'utf8' });
  writeFileSync(archive, writeTar(all));
  mkdirSync(folder);
  expect(tar('tf', archive)).toMatchObject({ status: 0, stderr: '', stdout: `a/x.bin\nb\n${'deep/'.repeat(24)}end.txt\n` });
  for (const line of tar('--numeric-owner', '--utc', '-tvf', archive).stdout.trim().split('\n')) expect(line).toMatch(/^-rw-r--r-- 0\/0 +\d+ 1970-01-01 00:00 /);
  expect(tar('xf', archive, '-C', folder)).toMatchObject({ status: 0, stderr: '' });
  for (const { path: one, bytes } of all) expect(Buffer.compare(readFileSync(join(folder, one)), bytes)).toBe(0);
  const options = ['--format=ustar', '--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  expect(tar(...options, '-cf', join(scratch, 'theirs.tar'), '-C', folder, '.')).toMatchObject({ status: 0 });
  const sorted = [...readTar(readFileSync(join(scratch, 'theirs.tar')), 'theirs.tar')].sort(([a], [b]) => (a < b ? -1 : 1));
  expect(plain(new Map(sorted))).toEqual(plain(readTar(writeTar(all), 'ours.tar')));
  symlinkSync('b', join(folder, 'link'));
  expect(tar(...options, '-cf', join(scratch, 'links.tar'), '-C', dirname(folder), 'folder')).toMatchObject({ status: 0 });
  expect(refusal(readFileSync(join(scratch, 'links.tar')))).toContain('folder/link is a symbolic link');
});
