//! probe.test: the probe's inputs tell presets apart, what it prints names the preset that made it, and wrong files are told where.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { Rejected } from '../model/failure.ts';
import { profile } from '../model/machine/profile.ts';
import { candidatesOf, wordOf } from '../model/probe/candidates.ts';
import { crossed, crossing } from '../model/probe/cross.ts';
import { probeC, probeTables, typesOfC } from '../model/probe/emit-c.ts';
import { probeCuda } from '../model/probe/emit-cuda.ts';
import { sameWord } from '../model/probe/canonical.ts';
import { corners } from '../model/probe/corners.ts';
import { type ProbeRow, type ProbeType, probeTypes } from '../model/probe/types-of-units.ts';
import { PROBE_END, PROBE_HEADER, readProbe, standingsOf } from '../model/probe/words.ts';

/** What no row of a type can part: fp16 products never reach a window's floor; exact and rounded products of two differ below fp32 only. */
const alike = [['nvidia-ada/mma.f32', 'nvidia-turing/mma.f32'], ['amd-cdna1/tree2', 'arm-like/ebf']];
const tables = probeTables(typesOfC), type = probeTypes.find(({ name }) => name === 'f16_f16')!, candidates = candidatesOf(type);
const rowsOf = (of: ProbeType): readonly ProbeRow[] => tables.find((table) => table.type === of)!.rows, rows = rowsOf(type);

test('every two kernels of fp16 into fp16, and of e5m2, are parted by at least four rows', () => {
  for (const one of [type, probeTypes.find(({ name }) => name === 'e5m2_f32')!]) {
    const all = candidatesOf(one), inputs = rowsOf(one), words = all.map((candidate) => inputs.map((row) => wordOf(candidate, one, row)));
    all.forEach((a, i) => all.slice(i + 1).forEach((b, j) => {
      if (alike.some((pair) => pair.every((name) => [...a.names, ...b.names].includes(name)))) return;
      const parted = inputs.filter((_, row) => words[i]![row] !== words[i + 1 + j]![row]).length;
      expect(parted, `${a.names[0]} and ${b.names[0]}`).toBeGreaterThanOrEqual(4);
    }));
  }
});

test('the words of a kernel name that kernel and no other', () => {
  for (const candidate of candidates) {
    const [result] = standingsOf(new Map([[type, { rows: rows.map((row, line) => ({ line, row, d: wordOf(candidate, type, row) })) }]]));
    expect(result!.standings.filter(({ mismatches }) => mismatches === 0).map((standing) => standing.candidate.names)).toEqual([candidate.names]);
  }
});

test('one wrong bit leaves no preset, and the nearest is the one that it came from', () => {
  const [candidate] = candidates, words = rows.map((row, line) => ({ line: line + 2, row, d: wordOf(candidate!, type, row) }));
  words[5] = { ...words[5]!, d: words[5]!.d ^ 1n };
  const [result] = standingsOf(new Map([[type, { rows: words }]]));
  expect(result!.standings[0]).toMatchObject({ candidate: { names: candidate!.names }, mismatches: 1, first: { line: 7 } });
});

test('any NaN is as good as another', () => {
  expect(sameWord('fp32', 0x7fff_ffffn, 0xffc0_0000n)).toBe(true);
  expect(sameWord('fp32', 0x7f80_0000n, 0x7fc0_0000n)).toBe(false);
  expect(sameWord('fp16', 0x7e00n, 0x7fffn)).toBe(true);
});

test('the C program compiles without a warning, and unchanged it is a chain of fused multiply-adds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'systole-probe-')), source = join(folder, 'probe.c'), program = join(folder, 'probe');
  const tool = spawnSync('gcc', ['--version']);
  if (tool.error) {
    expect(process.env['CI'], 'gcc is missing: apt-get install gcc').not.toBe('true');
    process.stderr.write('skipped: gcc is missing (apt-get install gcc)\n');
    return;
  }
  writeFileSync(source, probeC(tables));
  execFileSync('gcc', ['-std=c99', '-O2', '-Wall', '-Wextra', '-Werror', '-ffp-contract=off', source, '-lm', '-o', program]);
  const text = execFileSync(program, { encoding: 'utf8' }), words = readProbe(text, 'words'), results = standingsOf(words), device = engine(profile('systole-16'));
  expect(results.map(({ type: { name } }) => name)).toEqual(typesOfC.filter(({ accumulator }) => accumulator === 'fp32').map(({ name }) => name));
  for (const { standings } of results) expect(standings[0]).toMatchObject({ mismatches: 0, candidate: { names: expect.arrayContaining(['systole-16/chain']) } });
  // Cut between two lines, it is as well-formed as before.
  const lines = text.trimEnd().split('\n');
  for (const count of [1, 2, 100, lines.length - 1]) expect(() => readProbe(lines.slice(0, count).join('\n'), 'words'), `${count} lines`).toThrow('the file is cut off');
  // What it says of all rows by all rows is what a machine with the kernel leaves.
  for (const [one, { crossings }] of words) {
    const made = crossed(one, rowsOf(one), 'chain', profile('systole-16')), { image } = assembled(made.program.text, { file: 'crossed.s' }).program;
    expect(crossings.map(({ crc }) => crc), one.name).toEqual([crossing(device, image, one, made, 0)]);
  }
});

test('the CUDA program holds every type, and nvcc takes it where there is one', () => {
  // Corners alone: the program is the same for any rows.
  const text = probeCuda(probeTypes.map((one) => ({ type: one, rows: corners(one), crossings: 1 })));
  for (const { name } of probeTypes) expect(text).toContain(`unit_${name}<<<`);
  expect(text).toContain(`puts("${PROBE_END}")`);
  if (spawnSync('nvcc', ['--version']).error) {
    process.stderr.write('skipped: nvcc is missing (it comes with the CUDA toolkit)\n');
    return;
  }
  const source = join(mkdtempSync(join(tmpdir(), 'systole-probe-')), 'probe.cu');
  writeFileSync(source, text);
  execFileSync('nvcc', ['-arch=sm_90', '-c', source, '-o', `${source}.o`]);
  expect(readFileSync(`${source}.o`).length).toBeGreaterThan(0);
}, 120_000);

const header = `# ${PROBE_HEADER} from a test\n`, zero = '0'.repeat(64);
const wrong: readonly (readonly [string, string, string])[] = [
  ['no header', 'f16_f32 0 0 0 0\n', 'words:1:1: found "f16_f32 0 0 0 0"'],
  ['no words', `${header}${PROBE_END}\n`, 'words:1:1: the file has no words'],
  ['nothing behind the header', header, 'words:2:1: the file is cut off: "# end"'],
  ['a misspelt type', `${header}f16_f33 ${zero} ${zero} 00000000 00000000\n`, "words:2:1: found 'f16_f33'; did you mean 'f16_f32'"],
  ['too few columns', `${header}f16_f32 ${zero} ${zero} 00000000\n`, 'words:2:1: found 3 words after f16_f32'],
  ['odd digits', `${header}f16_f32 ${zero} ${zero}0 00000000 00000000\n`, 'words:2:74: b: found 65 characters; allowed: 64 hex digits'],
  ['a crossing before its rows', `${header}cross f16_f32 0 00000000\n`, 'words:2:15: found shift 0; allowed: below the 0 rows of f16_f32 before it'],
  ['a crossing of nothing', `${header}cross f16_f33 0 00000000\n`, "words:2:7: found 'f16_f33'; did you mean 'f16_f32'"],
  ['no checksum', `${header}cross f16_f32 0 xyz\n`, "words:2:15: found '0 xyz'; allowed: a shift and 8 hex digits"],
  ['no hex', `${header}f16_f32 ${zero} ${zero} 0000000g 00000000\n`, 'words:2:139: c: found 8 characters, not all of them hex digits'],
];
for (const [name, text, says] of wrong) test(`a file of words is refused at its place: ${name}`, () => {
  try {
    readProbe(text, 'words');
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    const { file, line, column, message } = error.diagnostics[0]!;
    expect(`${file}:${line}:${column}: ${message}`).toContain(says);
    return;
  }
  expect.fail('it was taken');
});
