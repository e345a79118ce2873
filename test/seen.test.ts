//! seen.test: a start of a checkout hashes its sources unless nothing of what decides about the build has changed.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runs } from './runs.ts';

/** The two files of bin/ that decide, in a checkout of which everything else is a line long. */
const checkout = mkdtempSync(join(tmpdir(), 'systole-seen-')), at = (path: string): string => join(checkout, path);
for (const name of ['build.mjs', 'seen.cjs']) cpSync(join(import.meta.dirname, '..', 'bin', name), at(`bin/${name}`));
const seen = createRequire(import.meta.url)(at('bin/seen.cjs')) as {
  unchanged: () => boolean;
  marksOf: (paths: readonly string[]) => readonly number[] | undefined;
  note: (paths: readonly string[], marks: readonly number[]) => void;
};
const list = at('build/seen.json'), isFile = (path: string): boolean => /\.\w+$/.test(path), long = new Date('2024-01-01T00:00:00Z');
let partPaths: () => readonly string[], files: readonly string[], folders: readonly string[];

beforeAll(async () => {
  ({ partPaths } = await import(pathToFileURL(at('bin/build.mjs')).href) as { partPaths: () => readonly string[] });
  for (const path of ['model/profiles/one.json', 'model/mutants/faults/one.json', 'model/cli/main.ts', 'assembly/generator/one.ts']) write(path, path);
  for (const path of partPaths()) if (!existsSync(at(path))) write(path, path);
  files = partPaths().filter(isFile);
  folders = partPaths().filter((path) => !isFile(path));
});
beforeEach(noted);
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

test('what is as it was noted is unchanged, every time', () => {
  expect(folders).toEqual(expect.arrayContaining(['model', 'model/cli', 'assembly', 'assembly/generator']));
  expect(files).toEqual(expect.arrayContaining(['model/cli/main.ts', 'build/simd.wasm', 'package.json', 'bin/build.mjs']));
  expect([seen.unchanged(), seen.unchanged()]).toEqual([true, true]);
});

test('a change of any file or folder is one, whatever becomes of its date', async () => {
  const file = fc.nat().map((n) => files[n % files.length]!), folder = fc.nat().map((n) => folders[n % folders.length]!);
  /** Each makes a change, and gives what takes it back. */
  const change = fc.oneof(
    fc.record({ path: file, says: fc.constantFrom('longer', 'shorter', 'as long') }).map(({ path, says }) => ({ what: `${path} is ${says}`, make: () => {
      const old = readFileSync(at(path), 'utf8');
      writeFileSync(at(path), says === 'longer' ? `${old} ` : says === 'shorter' ? old.slice(1) : `#${old.slice(1)}`);
      return () => writeFileSync(at(path), old);
    } })),
    file.map((path) => ({ what: `${path} is gone`, make: () => {
      renameSync(at(path), at('kept'));
      return () => renameSync(at('kept'), at(path));
    } })),
    file.map((path) => ({ what: `${path} has another name`, make: () => {
      renameSync(at(path), at(`${path}.ts`));
      return () => renameSync(at(`${path}.ts`), at(path));
    } })),
    file.map((path) => ({ what: `${path} is another file of its size`, make: () => {
      const old = readFileSync(at(path), 'utf8');
      writeFileSync(at('kept'), old.toUpperCase());
      renameSync(at('kept'), at(path));
      return () => writeFileSync(at(path), old);
    } })),
    fc.record({ path: folder, isFolder: fc.boolean() }).map(({ path, isFolder }) => ({ what: `${path} has a ${isFolder ? 'folder' : 'file'} more`, make: () => {
      if (isFolder) mkdirSync(at(`${path}/more`));
      else writeFileSync(at(`${path}/more.ts`), '');
      return () => rmSync(at(isFolder ? `${path}/more` : `${path}/more.ts`), { recursive: true });
    } })),
  );
  await fc.assert(fc.asyncProperty(change, fc.boolean(), async ({ what, make }, keepsDates) => {
    noted();
    // The clock of the file system has to have gone on since.
    await setTimeout(15);
    const takeBack = make();
    if (keepsDates) settle();
    const found = seen.unchanged();
    takeBack();
    expect(found, `${what}${keepsDates ? ', with the dates of before' : ''}`).toBe(false);
  }), { numRuns: runs(100) });
});

test('a list that is missing, cut off, of something else or of another Node is none', () => {
  const whole = readFileSync(list, 'utf8');
  const wrong = [whole.slice(0, -1), whole.slice(0, 40), '', 'null', '[]', '{}', '{"paths":[],"marks":[]}', whole.replace(process.version, 'v18.20.8'), whole.replace('build/simd.wasm', 'build/more.wasm'), whole.replace(/,[\d.]+\]/, ']')];
  for (const text of wrong) {
    writeFileSync(list, text);
    expect(seen.unchanged(), text.slice(0, 60)).toBe(false);
  }
  rmSync(list);
  expect(seen.unchanged()).toBe(false);
  writeFileSync(list, whole);
  expect(seen.unchanged()).toBe(true);
});

test('of what was changed just now nothing is noted: its next change may have the same time', () => {
  for (const path of ['model/cli/main.ts', 'build/simd.wasm', 'model']) {
    settle();
    utimesSync(at(path), new Date(), new Date());
    expect(seen.marksOf(partPaths()), path).toBeUndefined();
  }
});

/** What stands there, long ago, is noted. */
function noted(): void {
  settle();
  seen.note(partPaths(), seen.marksOf(partPaths())!);
}

function settle(): void {
  for (const path of partPaths()) if (existsSync(at(path)) && statSync(at(path)).mtimeMs !== long.getTime()) utimesSync(at(path), long, long);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}
