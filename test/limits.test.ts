//! limits.test: each stated limit at its edge: what just fits is read, one more is refused; and the files that once broke a parser.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { assemble } from '../model/assembler/assembler.ts';
import * as session from '../model/assembler/session.ts';
import { sealed } from '../model/bundle/make.ts';
import type { Manifest } from '../model/bundle/manifest.ts';
import { readManifest } from '../model/bundle/manifest.ts';
import { openBundle, readCase } from '../model/bundle/open.ts';
import { bundleTree, treeOf } from '../model/cli/vector-folder.ts';
import { describe, type Diagnostic, nearest, Rejected } from '../model/failure.ts';
import { readIntelHex } from '../model/files/intelhex.ts';
import { readNpy, writeNpy } from '../model/files/npy.ts';
import { readHex } from '../model/files/readmemh.ts';
import { SECTIONS_MAX } from '../model/files/section.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { formatByName } from '../model/numerics/format.ts';
import { edgesOf, readHeader } from '../model/systolic/vcd-reader.ts';
import { readTrace, traceHeader } from '../model/trace.ts';
import { runs } from './runs.ts';
import { latin1, root, smallBundle, utf8 } from './parser-samples.ts';

const scratch = mkdtempSync(join(tmpdir(), 'limits-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const page = readFileSync(join(root, 'docs', 'limits.md'), 'utf8');

/** The first diagnostic, '' where there is none. */
function refusal(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return describe(error.diagnostics[0]!);
  }
}
const assembling = (text: string | Uint8Array, include?: (path: string) => string | Uint8Array): string => {
  const { diagnostics } = assemble(text, { file: 'a.s', ...(include ? { include } : {}) }), [first] = diagnostics as readonly Diagnostic[];
  return first ? describe(first) : '';
};
const repeated = (count: number, line: string): string => `.repeat ${count}\n${line}\n.end\nhalt 0\n`;

test('limits of a program text', () => {
  const block = `;${'c'.repeat(1022)}\n`, whole = `${block.repeat((session.SOURCE_MAX - 1024) / 1024)}${'halt 0'.padEnd(1023)}\n`;
  expect(whole.length).toBe(session.SOURCE_MAX);
  expect([assembling(whole), assembling(`${whole} `)]).toEqual(['', expect.stringContaining(`at most ${session.SOURCE_MAX}`)]);
  expect([assembling('halt 0'.padEnd(session.LINE_MAX)), assembling('halt 0'.padEnd(session.LINE_MAX + 1))]).toEqual(['', expect.stringContaining('allowed are 65536')]);
  expect([assembling(`halt 0\n${'\n'.repeat(session.LINES_MAX - 2)}`), assembling(`halt 0\n${'\n'.repeat(session.LINES_MAX)}`)]).toEqual(['', expect.stringContaining('too long')]);
  expect([assembling(repeated(session.UNFOLDED_LINES_MAX, '.text')), assembling(repeated(session.UNFOLDED_LINES_MAX + 1, '.text'))]).toEqual(['', expect.stringContaining('make more than 32768 lines')]);
  const values = `.u8 ${Array(512).fill('1').join(',')}`, tokens = 2 + 1023, most = Math.floor(session.UNFOLDED_TOKENS_MAX / tokens), data = (count: number): string => `.data dram 0\n.repeat ${count}\n${values}\n.end\n.text\nhalt 0\n`;
  expect([assembling(data(most)), assembling(data(most + 1))]).toEqual(['', expect.stringContaining('words and signs')]);
  const nest = (depth: number, open: string, close: string): string => `${open.repeat(depth)}halt 0\n${close.repeat(depth)}`;
  expect([assembling(nest(session.DEPTH_MAX, '.repeat 1\n', '.end\n')), assembling(nest(session.DEPTH_MAX + 1, '.repeat 1\n', '.end\n'))]).toEqual(['', expect.stringContaining('64 deep')]);
  const constant = (value: string): string => assembling(`.equ x, ${value}\nhalt 0`), nested = (depth: number): string => `${'('.repeat(depth)}0${')'.repeat(depth)}`;
  expect([constant(nested(100)), constant(nested(101))]).toEqual(['', expect.stringMatching(/100 levels|unexpected/)]);
  expect([constant('(1 << 255) >> 255'), constant('(1 << 256) >> 256')]).toEqual(['', expect.stringContaining('too large')]);
});

test('limits of the data of a program', () => {
  const zero = (count: number, more = ''): string => `.data dram 0\n.zero ${count}\n${more}.text\nhalt 0\n`;
  expect([assembling(zero(session.DATA_MAX)), assembling(zero(session.DATA_MAX, '.u8 1\n'))]).toEqual(['', expect.stringContaining('more than 268435456 bytes of data')]);
  // What is named is counted before anyone looks into it: here bytes that are no archive.
  const named = (bytes: number): string => assembling('.file dram 0 "a.npy"\nhalt 0\n', () => new Uint8Array(bytes));
  expect([named(session.READ_MAX), named(session.READ_MAX + 1)]).toEqual([expect.stringContaining('not a .npy file'), expect.stringContaining('more than 268435456 bytes together')]);
});

test('limits of memory files', () => {
  expect([refusal(() => readHex('f'.repeat(128), 'a')), refusal(() => readHex('f'.repeat(129), 'a'))]).toEqual(['', expect.stringContaining('allowed: 128')]);
  expect([refusal(() => readHex('@1000000000000 0', 'a')), refusal(() => readHex('@1000000000001 0', 'a'))]).toEqual(['', expect.stringContaining('beyond 2^48')]);
  const addresses = (count: number): string => Array.from({ length: count }, (_, i) => `@${(2 * i).toString(16)} 1`).join('\n');
  expect(refusal(() => readHex('@0 '.repeat(SECTIONS_MAX + 1), 'a'))).toContain('more than 1048576 addresses');
  // So many pieces take seconds.
  if (runs(1) > 1) expect(refusal(() => readHex(addresses(SECTIONS_MAX), 'a'))).toBe('');
  const record = (bytes: readonly number[]): string => `:${Buffer.from([...bytes, -bytes.reduce((sum, byte) => sum + byte, 0) & 255]).toString('hex')}`;
  expect(record([255, 0, 0, 0, ...Array<number>(255).fill(1)])).toHaveLength(521);
  expect([refusal(() => readIntelHex(`${record([255, 0, 0, 0, ...Array<number>(255).fill(1)])}\n:00000001FF\n`, 'a')), refusal(() => readIntelHex(`:${'0'.repeat(522)}\n`, 'a'))]).toEqual(['', expect.stringContaining('at most 521')]);
  const dims = (count: number): Uint8Array => writeNpy(Uint8Array.of(7), formatByName('u8'), Array<number>(count).fill(1));
  expect([refusal(() => readNpy(dims(64), 'a')), refusal(() => readNpy(dims(65), 'a'))]).toEqual(['', expect.stringContaining('allowed: 64')]);
  const headed = (bytes: number): Uint8Array => Buffer.concat([Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, bytes & 255, (bytes >> 8) & 255, bytes >> 16, 0), utf8("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }".padEnd(bytes)), Uint8Array.of(1)]);
  expect([refusal(() => readNpy(headed(65_536), 'a')), refusal(() => readNpy(headed(65_537), 'a'))]).toEqual(['', expect.stringContaining('allowed: 65536')]);
});

test('limits of profiles and traces', () => {
  const profile = (length: number): string => refusal(() => readProfile('{'.padEnd(length), 'p'));
  expect([profile(2 ** 20), profile(2 ** 20 + 1)]).toEqual([expect.not.stringContaining('characters'), expect.stringContaining('allowed: 1048576')]);
  const nested = (depth: number): string => refusal(() => readProfile(`${'['.repeat(depth)}${']'.repeat(depth)}`, 'p'));
  expect([nested(32), nested(33)]).toEqual([expect.not.stringContaining('nested more than'), expect.stringContaining('nested more than 32 deep')]);
  const head = latin1(traceHeader('jsonl', { profile: 'x', hash: '0'.repeat(64) })), line = (length: number): string => refusal(() => [...readTrace([utf8(`${head}${'1'.repeat(length)}\n`)], 't').records]);
  expect([line(2 ** 16 - 1), line(2 ** 16 + 1)]).toEqual([expect.stringContaining('not an object'), expect.stringContaining('more than 65536 bytes')]);
  // Fifteen characters asked for 1 GiB once.
  const words = (address: number): string => refusal(() => [...readTrace([utf8(`// systole-trace 1 ${'0'.repeat(64)} x\n@${address.toString(16)} 1\n`)], 't').records]), most = 4096 + 64 * '@1200 1\n'.length;
  expect([words(most - 1), words(most)]).toEqual([expect.not.stringContaining('can hold'), expect.stringContaining('can hold records up to')]);
});

test('limits of what is unpacked, and of messages', () => {
  writeFileSync(join(scratch, 'a.gz'), gzipSync(new Uint8Array(5000)));
  expect([treeOf(scratch, 5000).read('a.gz').length, refusal(() => treeOf(scratch, 4999).read('a.gz'))]).toEqual([5000, expect.stringContaining('unpacks to more than')]);
  writeFileSync(join(scratch, 'vast'), '');
  truncateSync(join(scratch, 'vast'), 2 ** 28 + 1);
  expect(refusal(() => treeOf(scratch).read('vast'))).toContain('allowed: 256 MiB');
  rmSync(join(scratch, 'vast'));
  expect([nearest('b'.repeat(64), ['b'.repeat(63)]), nearest('b'.repeat(65), ['b'.repeat(64)])]).toEqual(['b'.repeat(63), undefined]);
  const said = describe({ file: 'a\x1b[2J', line: 1, column: 2, message: `\x07${'m'.repeat(5000)}\u202eend` });
  expect([said.startsWith('aU+001B[2J:1:2: error: U+0007mmm'), said.endsWith('mmmU+202Eend'), said.length < 1300]).toEqual([true, true, true]);
});

test('the page says the limits that the code has', () => {
  for (const limit of [session.SOURCE_MAX, session.LINE_MAX, session.LINES_MAX, session.UNFOLDED_LINES_MAX, session.UNFOLDED_TOKENS_MAX, session.INSTRUCTIONS_MAX, session.DATA_MAX, session.READ_MAX, SECTIONS_MAX, session.DEPTH_MAX]) expect(page).toMatch(new RegExp(`\\b${limit}\\b`));
});

// ---- what once broke a parser
test('a number with an exponent is no whole number', () => {
  expect(assembling('.equ x, 1e400\nhalt 0')).toBe("a.s:1:9: error: unexpected '1e400' in a constant");
});

test('parameters that multiply are refused before they do', () => {
  const uses = `${'\\x '.repeat(16_000)}\n`, given = '1 '.repeat(16_000), inWord = `a${'\\x'.repeat(8000)}\n`;
  expect(assembling(`.macro m x\n${uses}.end\nm ${given}\n`)).toContain('the line becomes too long');
  expect(assembling(`.macro m x\n${inWord}.end\nm ${given}\n`)).toContain('the line becomes too long');
});

test('a value change dump whose last declaration is not ended is refused', () => {
  for (const text of ['$var wire 1 ! a', '$date', '$scope module x $end $var']) expect(refusal(() => readHeader(text, 'a.vcd'))).toContain('has no $end');
  const text = '$var wire 1 ! a $end $enddefinitions $end\n#x1\n';
  expect(refusal(() => edgesOf(text, readHeader(text, 'a.vcd'), '!', 'a.vcd', () => true))).toContain('is not a time');
});

test('a line of a trace may nest as deep as it likes, or have members that turn into no text', () => {
  const head = latin1(traceHeader('jsonl', { profile: 'x', hash: '0'.repeat(64) })), deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  for (const value of [deep, '{"toString":null}', '{"toString":1,"valueOf":2}', '[[]]', 'null']) {
    for (const name of ['words', 'unit', 'status', 'seq', 'trap', 'pc', 'operands']) {
      const record = { words: '00000000 00000000 00000000 00000000', unit: 'seq', status: 'done', seq: 0, pc: 0, order: 0 };
      const line = JSON.stringify({ ...record, [name]: '?' }).replace('"?"', value);
      expect(refusal(() => [...readTrace([utf8(`${head}${line}\n`)], 't').records])).toMatch(/^t:2:1: error: /);
    }
  }
});

/** The small bundle with its manifest changed, sealed again. */
const changedBundle = (change: (manifest: Manifest) => unknown) => {
  const files = smallBundle(), manifest = JSON.parse(latin1(files.find(({ path }) => path === 'manifest.json')!.bytes)) as Manifest;
  const all = sealed(files.filter(({ path }) => path !== 'manifest.json' && path !== 'checksums.txt'), change(manifest) as Manifest);
  return { name: 'b', paths: all.map(({ path }) => path), read: (path: string) => { const one = all.find((file) => file.path === path); if (!one) throw new Error(`asks for ${path}`); return one.bytes; } };
};
test('a manifest leads nowhere but to the files of its bundle, and says nothing of another kind', () => {
  const [first] = readManifest(latin1(smallBundle().find(({ path }) => path === 'manifest.json')!.bytes), 'm').cases;
  const opened = (change: (manifest: Manifest) => unknown): string => refusal(() => { const bundle = openBundle(changedBundle(change)); for (const { name } of bundle.manifest.cases) readCase(bundle, name); });
  expect(opened((manifest) => manifest)).toBe('');
  for (const name of ['../../etc', '..', '.', 'a/b', '', 'a\\b']) expect(opened((manifest) => ({ ...manifest, cases: [{ ...first!, name }] }))).toContain('cases[0].name: found');
  for (const path of ['/etc/passwd', '../x', 'a/../../x', 'a//b', 'C:\\x', 'a\u0000b', '']) expect(opened((manifest) => ({ ...manifest, files: [{ ...manifest.files[0]!, path }] }))).toContain('files[0].path: found');
  for (const part of ['initial', 'expected']) for (const value of [null, [], { spm: 1 }, { spm: [[0]] }, { spm: [[0, -1]] }, { spm: [[0, 1e300]] }]) expect(opened((manifest) => ({ ...manifest, cases: [{ ...first!, [part]: value }] }))).toMatch(new RegExp(`cases\\[0\\].${part}|does not|has|manifest`));
  for (const member of ['made_by', 'isa', 'request', 'profile', 'coverage', 'scores', 'cases', 'files']) for (const value of [null, 1, 'x', {}, [null]]) expect(opened((manifest) => ({ ...manifest, [member]: value }))).not.toBe('');
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`, text = latin1(smallBundle().find(({ path }) => path === 'manifest.json')!.bytes);
  expect(refusal(() => readManifest(text.replace(/"count":\d+/, `"count":${deep}`), 'm'))).toContain('found values nested more than');
  expect(opened((manifest) => ({ ...manifest, cases: [first, first] }))).toContain('is given a second time');
});

test.skipIf(process.platform === 'win32')('a bundle refuses links that lead out of its folder, pipes and devices', () => {
  const home = join(scratch, 'bundle'), link = (to: string, name: string): string => {
    symlinkSync(to, join(home, name));
    const said = refusal(() => bundleTree(home));
    rmSync(join(home, name));
    return said;
  };
  mkdirSync(join(home, 'cases'), { recursive: true });
  writeFileSync(join(home, 'a'), 'x');
  writeFileSync(join(scratch, 'outside'), 'x');
  for (const to of ['../outside', '/etc/passwd', '..', '/dev/zero', join(scratch, 'outside')]) expect(link(to, 'z')).toContain('leads out of the bundle');
  expect([link('a', 'z'), link('nowhere', 'z'), link('z', 'z')]).toEqual(['', expect.stringContaining('does not exist'), expect.stringContaining('loop')]);
  execFileSync('mkfifo', [join(home, 'pipe')]);
  expect(refusal(() => bundleTree(home))).toContain('is a pipe or a device');
});
