//! bundle.rtl.test: laws of golden bundles: the same bytes for the same request, whole or refused, and nothing in them that a run does not leave.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { laidOver } from '../model/bundle/area.ts';
import { type BundleFile, joined } from '../model/bundle/files.ts';
import { caseOf, kindNames } from '../model/bundle/kinds.ts';
import { makeBundle, sealed } from '../model/bundle/make.ts';
import { readManifest } from '../model/bundle/manifest.ts';
import { type Bundle, openBundle, readCase, type Tree } from '../model/bundle/open.ts';
import { memoryUnlike, replayCase } from '../model/bundle/replay.ts';
import { engine } from '../model/engine.ts';
import { Rejected } from '../model/failure.ts';
import { readTar, writeTar } from '../model/files/tar.ts';
import { profile } from '../model/machine/profile.ts';
import { specification } from '../model/specification.ts';
import { tools } from './tools.ts';

const root = join(import.meta.dirname, '..'), scratch = mkdtempSync(join(tmpdir(), 'bundle-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A bundle in memory. */
function made(name: string, kinds: readonly (typeof kindNames)[number][], count: number, seed = 1): { readonly files: readonly BundleFile[]; readonly tree: Tree } {
  const of = profile(name), sources = kinds.flatMap((kind) => Array.from({ length: count }, (_, i) => caseOf(kind, of, seed, i)));
  const running = makeBundle(engine(of), sources, { kinds, count: sources.length, seed, program: null }, { systole: '0', engine_sha256: '0'.repeat(64) }, new Map());
  for (;;) {
    const next = running.next();
    if (next.done) return { files: next.value, tree: treeOf(next.value) };
  }
}
const treeOf = (files: readonly BundleFile[]): Tree => ({ name: 'b', paths: files.map(({ path }) => path), read: (path) => files.find((one) => one.path === path)!.bytes });
const refusal = (act: () => unknown): string => {
  try {
    act();
    return '';
  } catch (error) {
    if (error instanceof Rejected) return error.message;
    throw error;
  }
};
const readAll = (bundle: Bundle) => bundle.manifest.cases.map(({ name }) => readCase(bundle, name));

test.each([
  ['systole-16', kindNames.filter((kind) => kind !== 'directed'), 3], ['systole-int8', kindNames, 3], ['gemmini-like', ['gemm', 'vector', 'matrix'], 3], ['nvidia-hopper', ['gemm', 'conv', 'numerics'], 3], ['tpu1-like', ['gemm', 'dma'], 2],
] as const)('cases of %s are whole and are what specification and scalar engine do', (name, kinds, count) => {
  const bundle = openBundle(made(name, kinds, count).tree), of = profile(name), devices = [specification(of), engine(of, { build: 'scalar' })];
  for (const one of readAll(bundle)) for (const device of devices) expect(replayCase(device, one)).toBe(undefined);
});

test('what was there before, with all writes applied, is what is there after, wherever the mask counts', () => {
  // Reads only what docs/bundle.md says: hexadecimal words, ranges of the manifest.
  const { tree } = made('systole-int8', kindNames, 6, 7), manifest = readManifest(text(tree.read('manifest.json')), 'm');
  const words = (path: string): number[] => (tree.paths.includes(path) ? text(tree.read(path)).split('\n').slice(1).join(' ').split(/\s+/).filter((word) => word && !word.startsWith('@')).map((word) => Number.parseInt(word, 16)) : []);
  let compared = 0;
  for (const one of manifest.cases) {
    const memory = new Map<string, number | undefined>(), spaces = ['', 'dram', 'spm', 'acc'], path = (file: string): string => `cases/${one.name}/${file}`;
    for (const [space, ranges] of Object.entries(one.initial)) {
      const bytes = words(path(`initial.${space}.hex`));
      for (const [address, count] of ranges) bytes.splice(0, count).forEach((byte, i) => memory.set(`${space}${address + i}`, byte));
      expect(bytes).toEqual([]);
    }
    const list = words(path('writes.hex'));
    expect(list.length).toBeGreaterThan(0);
    for (let at = 0; at < list.length;) {
      const end = at + 2 + list[at + 1]!;
      for (at += 2; at < end; at += 2 + (list[at]! >>> 16)) for (let byte = 0; byte < 4 * (list[at]! >>> 16); byte++) {
        const tag = list[at]!, data = list[at + 2 + (byte >> 2)]!, i = byte & 3;
        if ((tag >> i) & 1) memory.set(`${spaces[(tag >> 8) & 255]}${list[at + 1]! + byte}`, (tag >> (4 + i)) & 1 ? (data >>> (8 * i)) & 255 : undefined);
      }
    }
    const image = tree.read(path('program.bin'));
    image.forEach((byte, i) => memory.set(`dram${one.image_base + i}`, byte));
    for (const [space, ranges] of Object.entries(one.expected)) {
      const [bytes, mask] = [words(path(`expected.${space}.hex`)), words(path(`mask.${space}.hex`))];
      for (const [address, count] of ranges) for (let i = 0; i < count; i++) {
        const [byte, counts] = [bytes.shift(), mask.shift()];
        // Without a mask every byte counts.
        if (counts === 0) continue;
        if (memory.get(`${space}${address + i}`) !== byte) throw new Error(`${one.name}: ${space}:${address + i} is ${byte}, the writes leave ${memory.get(`${space}${address + i}`)}`);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(20_000);
});

test('M, N and K of products meet every remainder of the array within twice its size of cases', () => {
  // gemmini-like multiplies two triples of types, in turn.
  for (const [name, size, triples] of [['systole-int8', 4, 1], ['gemmini-like', 16, 2]] as const) {
    const manifest = readManifest(text(made(name, ['gemm'], 2 * size * triples).tree.read('manifest.json')), 'm');
    for (const { met, of } of Object.values(manifest.coverage.remainders)) expect([name, met]).toEqual([name, Array.from({ length: of }, (_, i) => i)]);
  }
});

test('any flipped bit, cut, missing or foreign file is refused, and named', () => {
  const { files } = made('systole-int8', ['gemm'], 1);
  const changed = (path: string, bytes: Uint8Array): Tree => treeOf(files.map((one) => (one.path === path ? { ...one, bytes } : one)));
  fc.assert(fc.property(fc.nat(files.length - 1), fc.nat(), fc.nat(7), (index, at, bit) => {
    const { path, bytes } = files[index]!, flipped = bytes.slice();
    flipped[at % bytes.length]! ^= 1 << bit;
    expect(refusal(() => openBundle(changed(path, flipped)))).toContain(path === 'checksums.txt' ? 'b/' : path);
    expect(refusal(() => openBundle(changed(path, bytes.subarray(0, at % bytes.length))))).toContain('b/');
    expect(refusal(() => openBundle(treeOf(files.filter((one) => one.path !== path))))).toContain(path);
  }), { numRuns: 60 });
  expect(refusal(() => openBundle(treeOf([...files, { path: 'cases/x', bytes: new Uint8Array(1) }])))).toContain('the manifest does not name it');
});

/** The bundle with one file changed and everything sealed again, as somebody would who wants it to look whole. */
function resealed(files: readonly BundleFile[], path: string, change: (bytes: Uint8Array) => void): Tree {
  const bytes = files.find((one) => one.path === path)!.bytes.slice(), manifest = readManifest(text(files.find((one) => one.path === 'manifest.json')!.bytes), 'm');
  change(bytes);
  const others = files.filter((one) => !['manifest.json', 'checksums.txt'].includes(one.path)).map((one) => (one.path === path ? { ...one, bytes } : one));
  const digest = (file: BundleFile): string => text(sealed([file], manifest).at(-1)!.bytes).split('\n').find((line) => line.endsWith(path))!.slice(0, 64);
  const sha256 = digest({ path, bytes });
  return treeOf(sealed(others, { ...manifest, cases: manifest.cases.map((one) => ({ ...one, files: one.files.map((entry) => (entry.path === path ? { ...entry, sha256 } : entry)) })) }));
}

test('files that contradict one another are refused though their checksums hold', () => {
  const { files } = made('systole-int8', ['gemm'], 1), folder = 'cases/gemm-000';
  for (const [leaf, says] of [['expected.bin', 'does not hold the bytes'], ['program.bin', 'does not hold the bytes'], ['initial.npy', 'does not hold the bytes'], ['retire.hex', 'CRC-32C'], ['writes.hex', 'CRC-32C']] as const) {
    const flip = (bytes: Uint8Array): void => { const at = bytes.length - 2; bytes[at]! = bytes[at] === 0x30 ? 0x31 : leaf.endsWith('.hex') ? 0x30 : bytes[at]! ^ 1; };
    expect(refusal(() => readAll(openBundle(resealed(files, `${folder}/${leaf}`, flip)))), leaf).toContain(says);
  }
});

test('words without a checksum in the manifest are refused as such', () => {
  const { files, tree } = made('systole-int8', ['gemm'], 1), manifest = readManifest(text(tree.read('manifest.json')), 'm'), others = files.filter((one) => !['manifest.json', 'checksums.txt'].includes(one.path));
  const unsummed = manifest.cases.map((one) => ({ ...one, files: one.files.map(({ crc32c, ...rest }) => rest) }));
  expect(refusal(() => readAll(openBundle(treeOf(sealed(others, { ...manifest, cases: unsummed })))))).toMatch(/CRC-32C of its words is [0-9a-f]{8}; the manifest says nothing/);
});

test('a mask is there where a byte is UNKNOWN and only there, and is missed where it is taken away', () => {
  const { files, tree } = made('systole-int8', ['matrix'], 8), manifest = readManifest(text(tree.read('manifest.json')), 'm'), isMask = ({ path }: { readonly path: string }): boolean => /\/mask\./.test(path);
  expect(manifest.cases.map((one) => one.files.some(isMask))).toEqual(manifest.cases.map((one) => one.unknown_bytes > 0));
  const masked = manifest.cases.find((one) => one.unknown_bytes > 0)!, others = files.filter((one) => !['manifest.json', 'checksums.txt'].includes(one.path) && !isMask(one));
  const bare = treeOf(sealed(others, { ...manifest, cases: manifest.cases.map((one) => ({ ...one, files: one.files.filter((file) => !isMask(file)) })) }));
  expect(refusal(() => readCase(openBundle(bare), masked.name))).toContain(`leave out 0 bytes; the manifest says that ${masked.unknown_bytes} are UNKNOWN`);
});

test('a byte that was laid down and that no instruction writes counts too', () => {
  const bundle = openBundle(made('systole-int8', ['gemm'], 1).tree), one = readCase(bundle, 'gemm-000'), device = engine(bundle.profile), { space, address } = one.program.memory[0]!;
  expect(replayCase(device, one)).toBe(undefined);
  const spoilt = (at: number, count: number): Uint8Array => device.read(space, at, count).map((byte, i) => (at + i === address ? byte ^ 1 : byte));
  expect(memoryUnlike(one, space, spoilt)?.says).toContain('no instruction wrote it');
});

test('the pieces of memory that are laid over one another are one memory', () => {
  const piece = (address: number, ...bytes: readonly number[]) => ({ address, bytes: Uint8Array.from(bytes) });
  expect(laidOver([piece(0, 1, 2, 3), piece(8, 4)], [{ ...piece(1, 9), known: Uint8Array.of(0) }, piece(3, 7), piece(20, 5)])).toEqual([
    { address: 0, bytes: Uint8Array.of(1, 9, 3, 7), known: Uint8Array.of(1, 0, 1, 1) }, piece(8, 4), piece(20, 5),
  ]);
});

test('a wrong word is found by replay, with the instruction that wrote it and the element', () => {
  const bundle = openBundle(made('systole-int8', ['gemm'], 1).tree), one = readCase(bundle, 'gemm-000'), device = engine(bundle.profile);
  const expected = new Map([...one.expected].map(([space, sections]) => [space, sections.map((section) => ({ ...section, bytes: section.bytes.slice() }))]));
  const last = expected.get(1)!.at(-1)!;
  last.bytes[0]! ^= 1;
  expect(replayCase(device, { ...one, expected })).toMatchObject({ field: 'memory.dram', says: expect.stringMatching(/expected 0x[\da-f]{2}/) });
  const records = one.records.map((bytes) => bytes.slice()), at = records.findIndex((bytes) => bytes[2] === 3 && bytes[32] === 0x62);
  const index = at < 0 ? records.length - 2 : at;
  records[index]![records[index]!.length - 1]! ^= 0x80;
  expect(replayCase(device, { ...one, records })).toMatchObject({ case: 'gemm-000', pc: expect.any(Number) });
  expect(replayCase(device, { ...one, records: one.records.slice(0, -1) })?.says).toContain('more than');
  expect(replayCase(device, { ...one, records: [...one.records, one.records[0]!] })?.says).toContain('the run ends after');
});

test('the same request makes the same bytes under another locale, time zone, umask and folder; another seed does not', () => {
  const make = (folder: string, seed: number, env: Readonly<Record<string, string>>, umask: string): Uint8Array => {
    const target = join(scratch, folder);
    const { status, stderr } = spawnSync('sh', ['-c', `umask ${umask}; exec "${process.execPath}" "${join(root, 'bin/systole.cjs')}" bundle make --kind gemm,sync -n 2 -s ${seed} -o "${target}" -q`], { env: { ...process.env, ...env }, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return readFileSync(join(target, 'checksums.txt'));
  };
  const one = make('a', 5, { LC_ALL: 'C', TZ: 'UTC' }, '022'), other = make('deep b', 5, { LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8' }, '077');
  expect(text(other)).toBe(text(one));
  expect(text(make('c', 6, {}, '022'))).not.toBe(text(one));
  expect(spawnSync('sha256sum', ['-c', '--quiet', 'checksums.txt'], { cwd: join(scratch, 'a'), encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
});

test('the command line refuses what is no bundle, says what differs, and takes a case for a program', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [join(root, 'bin/systole.cjs'), ...args], { cwd: scratch, encoding: 'utf8' });
  expect(run('bundle', 'make', '--kind', 'gemm', '-n', '1', '-p', 'systole-int8', '-o', 'x', '-q')).toMatchObject({ status: 0, stderr: '' });
  expect(run('bundle', 'make', '--kind', 'gemm', '-o', 'x')).toMatchObject({ status: 3, stderr: expect.stringContaining('already exists') });
  expect(run('bundle', 'make', 'hello.s', '-n', '3', '-s', '2', '-o', 'y')).toMatchObject({ status: 3, stderr: '--count: error: requires --kind: a program is one case\n--seed: error: requires --kind: a program is one case\n' });
  expect(run('bundle', 'make', '--kind', 'gem', '-n', '0')).toMatchObject({ status: 3, stderr: expect.stringMatching(/--count[\s\S]*-o[\s\S]*did you mean 'gemm'/) });
  expect(run('bundle', 'make', '--kind', 'gemm', '-o', join('no', 'where'))).toMatchObject({ status: 3, stderr: expect.stringContaining('does not exist') });
  expect(run('bundle', 'replay', 'x', '-p', 'systole-16')).toMatchObject({ status: 3, stderr: expect.stringContaining('is for systole-int8 with hash') });
  expect(run('run', 'x/cases/gemm-000', '--json')).toMatchObject({ status: 0, stdout: expect.stringContaining('systole-int8') });
  cpSync(join(scratch, 'x'), join(scratch, 'y'), { recursive: true });
  expect(run('bundle', 'diff', 'x', 'y')).toMatchObject({ status: 0, stdout: 'the bundles hold the same\n' });
  expect(run('bundle', 'make', '--kind', 'gemm', '-n', '1', '-s', '2', '-p', 'systole-int8', '-o', 'z', '-q').status).toBe(0);
  expect(run('bundle', 'diff', 'x', 'z')).toMatchObject({ status: 1, stdout: expect.stringMatching(/request[\s\S]*gemm-000/) });
  writeFileSync(join(scratch, 'y', 'cases.txt'), 'gemm-000');
  expect(run('bundle', 'check', 'y')).toMatchObject({ status: 3, stderr: expect.stringContaining('y/cases.txt: error: is not what checksums.txt says') });
});

test('the smoke bundle has at most 1,000,000 bytes, and is the same as an archive, whoever packs it', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [join(root, 'bin/systole.cjs'), 'bundle', ...args], { cwd: scratch, encoding: 'utf8' });
  const tar = (...args: string[]): void => { expect(spawnSync('tar', args, { cwd: scratch, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' }); };
  for (const output of ['smoke', 'smoke.tar']) expect(run('make', '--kind', 'smoke', '-p', 'systole-int8', '-o', output, '-q')).toMatchObject({ status: 0, stderr: '' });
  const archive = readFileSync(join(scratch, 'smoke.tar')), files = readTar(archive, 'smoke.tar');
  expect([...files.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(1_000_000);
  const { cases } = JSON.parse(Buffer.from(files.get('manifest.json')!).toString('utf8')) as { cases: { name: string; says: string; status: string }[] };
  expect(cases.filter(({ status }) => status !== 'halted')).toEqual([]);
  expect([...files].filter(([path, bytes]) => Buffer.compare(readFileSync(join(scratch, 'smoke', path)), bytes) !== 0)).toEqual([]);
  expect(Buffer.compare(archive, writeTar([...files].map(([path, bytes]) => ({ path, bytes }))))).toBe(0);
  expect(run('diff', 'smoke', 'smoke.tar')).toMatchObject({ status: 0, stdout: 'the bundles hold the same\n' });
  expect(run('replay', 'smoke.tar', '--case', 'gemm-000')).toMatchObject({ status: 0, stdout: '1 of 1 case equal on engine, profile systole-int8\n' });
  if (tools('tar')) {
    const options = ['--format=ustar', '--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    tar(...options, '-cf', 'theirs.tar', 'smoke');
    tar(...options, '-cf', 'bare.tar', '-C', 'smoke', '.');
    for (const path of ['smoke', 'smoke.tar', 'theirs.tar', 'bare.tar']) expect(run('check', path)).toMatchObject({ status: 0, stdout: expect.stringContaining(`${path}: whole, 2`) });
  }
  expect(run('make', '--kind', 'gemm', '-n', '1', '-o', 'smoke.tar')).toMatchObject({ status: 3, stderr: expect.stringContaining('already exists') });
  expect(run('make', '--kind', 'gemm', '-n', '1', '-o', 'smoke.tar', '--replace', '-q')).toMatchObject({ status: 0, stderr: '' });
  writeFileSync(join(scratch, 'cut.tar'), archive.subarray(0, 5000));
  expect(run('make', '--kind', 'gemm', '-n', '1', '-o', 'cut.tar', '--replace')).toMatchObject({ status: 3, stderr: expect.stringContaining('is not a bundle, so it is not replaced') });
  for (const command of [['check'], ['replay'], ['diff', 'smoke']]) expect(run(...command, 'cut.tar')).toMatchObject({ status: 3, stderr: expect.stringContaining('cut.tar: error: ends within') });
  writeFileSync(join(scratch, 'less.tar'), writeTar([...files].filter(([path]) => path !== 'cases.txt').map(([path, bytes]) => ({ path, bytes }))));
  expect(run('check', 'less.tar')).toMatchObject({ status: 3, stderr: expect.stringContaining('less.tar/cases.txt: error: is missing') });
});

test('the pieces of a bundle are put together without gaps', () => {
  expect([...joined([Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)])]).toEqual([1, 2, 3]);
});
