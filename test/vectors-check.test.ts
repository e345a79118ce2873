//! vectors-check.test: published vectors replay as programs on the engine; a wrong engine and a wrong word are found.

import { expect, onTestFinished, test, vi } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { treeOf } from '../model/cli/vector-folder.ts';
import { engine } from '../model/engine.ts';
import type { Rejected } from '../model/failure.ts';
import { profile } from '../model/machine/profile.ts';
import { specification } from '../model/specification.ts';
import { findVectors } from '../model/vectors/check.ts';
import { commandFor, emitCase } from '../model/vectors/emit-case.ts';
import type { VectorTree } from '../model/vectors/tree.ts';
import { part, run } from './vector-runs.ts';
import { vectorFolder } from './vectors.ts';

const folder = vectorFolder(), standard = profile('systole-16'), outside = test.skipIf(folder === undefined);
if (folder === undefined) console.log('skipped: no outside vectors; CMSIS-NN, TestFloat and requantise sets are found by SYSTOLE_VECTORS');
const whole: VectorTree = folder === undefined ? { name: '', paths: [], read: () => new Uint8Array() } : treeOf(folder);
const cmsis = part(whole, (path) => path.includes('TestData/'));

outside('all sets of CMSIS-NN are replayed but the four kinds that are no single layer, and none differs', () => {
  const [report, ...others] = run(cmsis, engine(standard));
  expect(others).toEqual([]);
  expect(report).toMatchObject({ kind: 'cmsis-nn', mismatches: 0 });
  expect(report!.checked).toBeGreaterThan(100);
  expect(report!.total).toBe(report!.checked + report!.skipped.length);
  expect(report!.skipped.map(({ why }) => why.split(':')[0]).filter((kind) => !['ds_cnn', 'lstm', 'softmax',
    'svdf'].includes(kind!))).toEqual([]);
  expect(report!.macs).toBeGreaterThan(5_000_000);
});

outside('every row of the requantisation files has the published word', () => {
  const [report] = run(part(whole, (path) => path.startsWith('requantise/')), engine(standard), specification(standard));
  expect(report).toMatchObject({ kind: 'requantise', mismatches: 0 });
  expect(report!.sampled).toBeGreaterThan(500);
  expect(report!.checked).toBe(report!.total);
});

outside('every TestFloat row gives the published word and raises the published flags', () => {
  const [report] = run(part(whole, (path) => path.startsWith('testfloat/')), engine(standard), specification(standard));
  expect(report).toMatchObject({ kind: 'testfloat', mismatches: 0, skipped: [] });
  expect(report!.sampled).toBeGreaterThan(4000);
  expect(report!.checked).toBe(report!.total);
  expect(report!.checked).toBeGreaterThan(700_000);
});

outside('special functions have the published words, code by code and pair by pair; a file of another length or form is refused', () => {
  const some = part(whole, (path) => /special-functions\/(exp|gelu|sin|rsqrt|softplus)\./.test(path)), [report] = run(some, engine(standard), specification(standard));
  expect(report).toMatchObject({ kind: 'special-functions', mismatches: 0, skipped: [] });
  expect(report!.sampled).toBeGreaterThan(500);
  expect(report!.checked).toBe(report!.total);
  expect(report!.total).toBeGreaterThan(600_000);
  const refused = (changed: (path: string) => Uint8Array): unknown => { try { return run({ ...some, read: changed }, engine(standard)); } catch (error) { return error; } };
  expect(refused((path) => some.read(path).subarray(path.includes('.bin') ? 2 : 0))).toMatchObject({ diagnostics: [{ message: expect.stringContaining('131070 bytes') }] });
  expect(refused((path) => (path.includes('.txt') ? bytes(`${text(some.read(path))}00000000 0\n`) : some.read(path))))
    .toMatchObject({ diagnostics: [{ message: expect.stringContaining('allowed: two words of 8 hex digits') }] });
});

outside('every row of the narrow formats has the published code: decoded, encoded under both policies, in blocks of 32', () => {
  const [report] = run(part(whole, (path) => path.startsWith('narrow-floats/')), engine(standard), specification(standard));
  expect(report).toMatchObject({ kind: 'narrow-floats', mismatches: 0 });
  expect(report!.sampled).toBeGreaterThan(2000);
  // Left out are NaNs into formats without NaN, and beside the rows the sign of NaNs.
  const open = report!.skipped.filter(({ what }) => what.endsWith('rows')).reduce((sum, { what }) => sum + Number(/(\d+) rows/.exec(what)![1]), 0);
  expect(report!.checked).toBe(report!.total - open);
  expect(open / report!.total).toBeLessThan(0.001);
});

outside('a wrong code in a file of narrow formats is a mismatch of its row', () => {
  const files = part(whole, (path) => path === 'narrow-floats/mx_quantize_block32.tsv.gz');
  const digit = (of: string): string => of.trimEnd().replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const wrong = run({ ...files, read: (path) => bytes(digit(text(files.read(path)))) }, engine(standard));
  expect(wrong).toMatchObject([{ kind: 'narrow-floats', mismatches: 1 }]);
});

outside('sums under four declared orders are the declared ones, on the default profile', () => {
  const [report] = run(part(whole, (path) => path.startsWith('accumulation-modes/')), engine(standard));
  expect(report).toMatchObject({ kind: 'accumulation-modes', mismatches: 0, skipped: [] });
  expect(report!.checked).toBe(report!.total);
});

outside('dot-product words of GPUs and models are those of their profiles, whichever profile was chosen for the rest', () => {
  const files = /^(nvidia-tensorcore-hardware\/(cd_(V100_f16|H100_e4m3)|ab_(f16_k4|e4m3_k32))|fused-dot-model(-amd)?\/(volta_f16_f16|blackwell_nvfp4|cdna3_e4m3fnuz_f32))\./;
  const reports = run(part(whole, (path) => files.test(path)), engine(profile('gemmini-like')));
  expect(reports.map(({ kind }) => kind)).toEqual(['fused-dot', 'fused-dot', 'tensor-core']);
  for (const { checked, total, mismatches, skipped } of reports) expect([checked, mismatches, skipped]).toEqual([total, 0, []]);
});

/** What a file of dot products may have wrong, and what is said. */
const row = '# K=4\n3c003c003c003c00\t3c003c003c003c00\n', header = '# V100 f16 K=4\n';
const badFiles: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['too few columns', { 'x/volta_f16_f32.tsv': 'narrow\t3c00\t3c00\n' }, 'x/volta_f16_f32.tsv:1:1: error: found 3 columns; allowed: 4 or 5, separated by tabs'],
  ['no hex', { 'x/volta_f16_f32.tsv': '# c\nnarrow\t3c0g\t3c00\t00000000\t3f800000\n' }, "x/volta_f16_f32.tsv:2:1: error: a: found 'g'; allowed: hex digits"],
  ['an odd number of digits', { 'x/volta_f16_f32.tsv': 'narrow\t3c00\t3c0\t00000000\t3f800000\n' }, 'x/volta_f16_f32.tsv:1:1: error: b: found 3 hex digits; allowed: a multiple of 4'],
  ['rows of another length', { 'x/volta_f16_f32.tsv': 'n\t3c00\t3c00\t00000000\t3f800000\nn\t3c003c00\t3c003c00\t00000000\t3f800000\n' },
    'x/volta_f16_f32.tsv:2:1: error: a: found 2 elements; allowed: 1 in every row of the file'],
  ['operands that are not there', { 'x/cd_V100_f16.tsv': `${header}3f800000\t3f800000\n` }, 'x/cd_V100_f16.tsv:1:1: error: its operands, ab_f16_k4.tsv or ab_f16_k4.tsv.gz, are not next to it'],
  ['another number of rows', { 'x/cd_V100_f16.tsv': `${header}3f800000\t3f800000\n3f800000\t3f800000\n`, 'x/ab_f16_k4.tsv': row }, 'x/cd_V100_f16.tsv:1:1: error: found 2 rows; allowed: the 1 of x/ab_f16_k4.tsv'],
  ['no rows', { 'x/volta_f16_f32.tsv': '# nothing\n' }, 'x/volta_f16_f32.tsv:1:1: error: found no rows'],
];
test.each(badFiles)('a file of dot products with a mistake is told, with its place: %s', (_, files, said) => {
  expect(() => findVectors({ name: 'x', paths: Object.keys(files), read: (path) => bytes(files[path]!) })).toThrow(said);
});

test('words of a unit that no profile has are reported with the reason', () => {
  const [found] = findVectors({ name: 'x', paths: ['x/xpu9_f16_f32.tsv'], read: () => bytes('n\t3c00\t3c00\t00000000\t3f800000\n') });
  expect(found!.skipped).toEqual([{ what: 'xpu9_f16_f32', why: 'no profile has the f32 results of f16 on xpu9' }]);
});

outside('all devices retire the same instructions and products for a set', () => {
  const some = part(cmsis, (path) => /\/(conv_2|depthwise_2|fully_connected_int4|add_s16_spill)\//.test(path));
  const reports = [engine(standard), engine(standard, { build: 'scalar' }), specification(standard)].map((device) => run(some, device));
  expect(reports[1]).toEqual(reports[0]);
  expect(reports[2]).toEqual(reports[0]);
});

outside('one digit in a file of expected words is a mismatch, of that set alone', () => {
  const files = /\/conv_2\/output/;
  const report = run({ ...cmsis, read: (path) => (files.test(path) ? changed(cmsis.read(path)) : cmsis.read(path)) }, engine(standard));
  expect(report).toMatchObject([{ mismatches: 1 }]);
  const rows = part(whole, (path) => path === 'testfloat/f16_mul.rne.txt.gz' || path === 'requantise/onnx_quantizelinear.tsv.gz');
  const digit = (text: string): string => text.replace(/([0-9A-F])( \d\d\n)/,
    (_, last: string, rest: string) => `${last === '0' ? '1' : '0'}${rest}`);
  const wrong = run({ ...rows, read: (path) => (path.startsWith('testfloat') ? bytes(digit(text(rows.read(path)))) : rows.read(path)) },
    engine(standard));
  expect(wrong.map(({ kind, mismatches }) => [kind, mismatches])).toEqual([['requantise', 0], ['testfloat', 1]]);
});

outside('one flag in a TestFloat file is a mismatch, of its row alone, on either device', () => {
  const one = part(whole, (path) => path === 'testfloat/f16_div.rne.txt.gz');
  const flipped = { ...one, read: (path: string) => bytes(text(one.read(path)).replace(/ 08\n/, ' 04\n')) };
  const [report] = run(flipped, engine(standard));
  expect(report).toMatchObject({ mismatches: 1, checked: report!.total });
  const first = { ...one, read: (path: string) => bytes(text(one.read(path)).split('\n').slice(0, 3).join('\n').replace(/\d\d$/m, '1f')) };
  expect(run(first, specification(standard))).toMatchObject([{ mismatches: 1 }]);
});

test('functions that other TestFloat files hold are replayed, or skipped with a reason', () => {
  const files: Readonly<Record<string, string>> = {
    'f32_eq.txt': '7FA00000 3F800000 0 10\n3F800000 3F800000 1 00\n7FC00000 3F800000 0 00\n', 'f32_eq_signaling.txt': '7FC00000 3F800000 0 10\n',
    'f16_lt.rne.txt': '7E00 3C00 0 10\n', 'f16_le.txt': '3C00 3C00 1 00\nBC00 7C01 0 10\n', 'f32_lt_quiet.txt': '3F800000 40000000 1 00\n',
    'f32_to_i64.rtz.txt': 'DF000000 8000000000000000 00\n7FC00000 7FFFFFFFFFFFFFFF 10\n3FC00000 0000000000000001 01\n', 'f32_rem.txt': '3F800000 3F800000 00000000 00\n',
    'i64_to_f32.rne.txt': 'FFFFFFFFFFFFFFFF BF800000 00\n0000000001000001 4B800000 01\n', 'f16_add.rod.txt': '3C00 0001 3C01 01\n', 'f64_add.rne.txt': '0 0 0 00\n', 'f32_to_ui64.rne.txt': '0 0 00\n',
    'f16_to_i32_rx_minMag.txt': '3E00 00000001 01\n',
  };
  const tree: VectorTree = { name: 'more', paths: Object.keys(files), read: (path) => bytes(files[path]!) };
  const [report] = run(tree, engine(standard), specification(standard));
  expect(report).toMatchObject({ kind: 'testfloat', total: 18, checked: 14, sampled: 14, mismatches: 0 });
  expect(report!.skipped.map(({ what }) => what.split(':')[0]).sort())
    .toEqual(['f16_to_i32_rx_minMag.rne', 'f32_eq_signaling.rne', 'f32_lt_quiet.rne', 'f32_rem.rne', 'f32_to_ui64.rne', 'f64_add.rne']);
});

test('a TestFloat file that is not one is refused with the line', () => {
  const refused = (line: string): unknown => {
    try {
      return run({ name: 'x', paths: ['f16_add.rne.txt'], read: () => bytes(`3C00 3C00 4000 00\n${line}\n`) }, engine(standard));
    } catch (error) { return (error as Rejected).diagnostics[0]; }
  };
  for (const line of ['3C00 3C00', '3C00 3C00 4000 00 00', '3C0 3C00 4000 00', '3G00 3C00 4000 00', '3C00 3C00 4000 20', '3C00 3C00 4000']) {
    expect(refused(line), line).toMatchObject({ file: 'f16_add.rne.txt', line: 2 });
  }
});

outside('one byte flipped in the multiply of the WebAssembly is found', async () => {
  // Files that run behind this one in the same process shall not get a broken engine.
  onTestFinished(() => { vi.doUnmock('#built/simd'); vi.resetModules(); });
  const { bytes } = await import('#built/simd'), binary = bytes();
  // i32x4.dot_i16x8_s is FD BA 01; with B5 it is i32x4.mul.
  const places = [...binary.keys()].filter((at) => binary[at] === 0xfd && binary[at + 1] === 0xba && binary[at + 2] === 0x01);
  expect(places.length).toBeGreaterThan(0);
  const found: number[] = [], some = part(cmsis, (path) => /\/(fully_connected|conv_[1-5]|depthwise|kernel1x1|int16xint8)\w*\//.test(path));
  const tried = [0, 1, 2, 3].map((quarter) => places[Math.floor((quarter * places.length) / 4)]!);
  for (const at of tried) {
    const flipped = Buffer.from(binary);
    flipped[at + 1] = 0xb5;
    vi.resetModules();
    vi.doMock('#built/simd', () => ({ bytes: () => flipped, hash: '' }));
    const broken = (await import('../model/engine.ts')).engine(standard);
    found.push(run(some, broken)[0]!.mismatches);
  }
  // Not every lane of every kernel is met by these sets, but most are.
  expect(found.filter((mismatches) => mismatches > 0).length).toBeGreaterThanOrEqual(3);
});

outside('an emitted case is a program, its memory and its expected words, and the command that compares them', () => {
  const some = part(whole, (path) => /\/(conv_2|fully_connected_int4)\/|rescale|f16_add/.test(path));
  for (const name of ['conv_2', 'fully_connected_int4', 'rescale_i32.tfl_double', 'f16_add.rne']) {
    const { files, program, loads, expects } = emitCase(some, name, standard)!;
    const contents = new Map(files.map((file) => [file.path, file.bytes]));
    const device = engine(standard);
    device.load({ image: assembled(contents.get(program)!).program.image, memory: [] });
    for (const { address, path } of loads) device.write(1, address, contents.get(path)!);
    expect(device.execute().status).toBe('halted');
    for (const { address, path } of expects) expect(device.read(1, address, contents.get(path)!.length), name).toEqual(contents.get(path));
  }
  expect(commandFor(emitCase(some, 'f16_add.rne', standard)!).slice(0, 4)).toEqual(['systole', 'run', 'f16_add.rne.s', '--load']);
});

test('what is not known is reported with the reason', () => {
  const tree: VectorTree = { name: 'sets',
    paths: ['things/a.txt', 'models/x.tflite', 'nn/odd/test_data.h', 'nn/odd/config_data.h', 'README.md'],
      read: () => bytes('#define ODD_THING 1\n') };
  const found = findVectors(tree);
  expect(found.map(({ folder: of, kind, cases }) => [of, kind, cases.length])).toEqual([['models', 'tflite', 0], ['nn', 'cmsis-nn', 0],
    ['things', 'unknown', 0]]);
  expect(found.every(({ skipped }) => skipped.length === 1 && skipped[0]!.why !== '')).toBe(true);
});

function text(data: Uint8Array): string { return Buffer.from(data).toString('latin1'); }
function bytes(data: string): Uint8Array { return new Uint8Array(Buffer.from(data, 'latin1')); }
/** The first number behind a brace becomes another. */
function changed(data: Uint8Array): Uint8Array {
  return bytes(text(data).replace(/(\{\s*)(-?\d+)/, (_, open: string, number: string) => `${open}${Number(number) === 5 ? 6 : 5}`));
}
