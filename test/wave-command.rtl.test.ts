//! wave-command.rtl.test: what a wave shows is what the registers held: the dump read back, the page, the text; --diff finds a changed register where it is.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { closedOf } from '../model/explain/explain.ts';
import { survey } from '../model/explain/survey.ts';
import { type Profile, profile } from '../model/machine/profile.ts';
import { ClockedArray, type Layout, type Register, registers } from '../model/systolic/kernel.ts';
import { codesOf, multiplicationOf } from '../model/systolic/multiplication.ts';
import { pageText } from '../model/systolic/page.ts';
import { pictureLines } from '../model/systolic/picture.ts';
import { slotsOf } from '../model/systolic/slots.ts';
import { gtkwText, vcdPieces } from '../model/systolic/vcd.ts';
import { readMap, vcdDifference } from '../model/systolic/vcd-difference.ts';
import { edgesOf, readHeader } from '../model/systolic/vcd-reader.ts';
import { operationAt, registerOf, type Wave, waveOf, widthsOf } from '../model/systolic/wave.ts';
import { folder, isClear, root, setUp, systole, tearDown } from './command-line.ts';

/** The wave of the instruction at a pc. */
function waveAt(text: string, of: Profile, pc: number, layout: Layout, window?: { from: number; to: number }): Wave {
  const device = engine(of), { program } = assembled(text), seen = survey({ pc, time: 1 });
  device.load(program);
  for (const record of device.run()) seen.take(record);
  const retired = seen.found()!, closed = closedOf(retired);
  device.load(program);
  device.execute({ budget: retired.stepsBefore });
  const product = multiplicationOf(closed, slotsOf(device.snapshot(), of)[(closed.captured as { slot: number }).slot]!, of);
  return waveOf(product, device, product.adds ? codesOf(product.acc, device) : undefined, new ClockedArray(of), layout, undefined, window);
}

const example = readFileSync(join(root, 'examples', 'array.s'), 'utf8');
const floats = `a = spm bf16 [3, 5] at 0x0  w = spm bf16 [5, 2] at 0x40  x = acc fp32 [3, 2] at 0x0 stride [16, 1]
wload slot 0, w
mm.set x, a, slot 0
mm.add x, a, slot 0
halt 0
.data spm 0x0
.bf16 1.5, -2, 0.125, 3, 1e30, -0.5, 7, 1e-30, 2, 2, 1, 1, -1, 0x7f80, 4
.data spm 0x40
.bf16 1, 2, 3, -4, 0.5, 1e10, -3, 3, 1e10, 1
`;
const zeros = `.require zp
n0 = { zpa: 3, zpb: -7 }
a = spm u8 [4, 3, 2] at 0x0  w = spm s8 [3, 2] at 0x40  x = acc s32 [4, 2] at 0x0 stride [16, 1]
wload slot 0, w
mdw.set x, a, slot 0 mode n0
halt 0
.data spm 0x0
.u8 1, 2, 3, 255, 254, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1, 128, 127, 200, 100, 50, 25, 12, 6, 3
.data spm 0x40
.s8 -128, 127, 3, -1, 0, 9
`;
const waves: readonly (readonly [string, () => Wave])[] = (['weights', 'outputs'] as const).flatMap((layout): (readonly [string, () => Wave])[] => [
  [`s8, ${layout} stay`, () => waveAt(example, profile('systole-int8'), 6, layout)],
  [`a sum with C, ${layout} stay`, () => waveAt(example, profile('systole-int8'), 8, layout)],
  [`bf16 from C on, ${layout} stay`, () => waveAt(floats, profile('generic-systolic'), 5, layout)],
  [`depthwise with zero points, ${layout} stay`, () => waveAt(zeros, profile('systole-16'), 5, layout)],
]);
const dumpOf = (wave: Wave): string => [...vcdPieces(wave, 'mm.set t0, t1')].join('');

test.each(waves)('a dump read back holds every register of every PE after every edge: %s', (_, make) => {
  const wave = make(), text = dumpOf(wave), header = readHeader(text, 'wave.vcd'), { shape, frames } = wave, { bits, isFloat } = widthsOf(wave);
  const ids = new Map(header.signals.map(({ path, id }) => [path, id])), idOf = (path: string): string => ids.get(`systolic.${path}`)!;
  let edges = 0;
  edgesOf(text, header, idOf('clk'), 'wave.vcd', (edge, time, at) => {
    if (edge < 0) return true;
    edges++;
    for (let r = 0; r < shape.rows; r++) for (let c = 0; c < shape.columns; c++) for (const register of registers) {
      const { bits: found, known } = at(idOf(`pe_${r}_${c}.${register}`)), value = isFloat || bits[register] === 1 ? Number(found) : Number(BigInt.asIntN(bits[register], found));
      if (!known || value !== registerOf(frames[edge]!, shape, register, r, c)) expect(value, `edge ${edge} at ${time}: ${register} of ${r}, ${c}`).toBe(registerOf(frames[edge]!, shape, register, r, c));
    }
    return true;
  });
  expect(edges).toBe(wave.edges);
  expect([...text.matchAll(/^s(\S+) (\S+)$/gm)].filter(([, , id]) => id === idOf('op')).map(([, word]) => word).slice(1))
    .toEqual(frames.map((__, edge) => operationAt(wave, edge)).filter((word, edge, all) => word !== (edge ? all[edge - 1] : 'idle')));
  expect(vcdDifference(wave, text, 'wave.vcd', { isStrict: true })).toMatchObject({ difference: undefined, missing: [], clock: 'systolic.clk' });
});

test.each(waves)('a register changed in a dump is found at its cycle, PE and name: %s', (_, make) => {
  const wave = make(), text = dumpOf(wave), { shape } = wave, header = readHeader(text, 'wave.vcd'), first = wave.streamed.times[0]!.enterAt;
  const flow: readonly Register[] = ['a', 'p', 'w', 'v'];
  for (const register of flow) for (const [r, c] of [[0, 0], [shape.rows - 1, wave.of.columns - 1], [1, 0]] as const) {
    if (r >= wave.of.depth || (register === 'v' && r + c === 0)) continue;
    const edge = first + r + c, { id, bits } = header.signals.find(({ path }) => path === `systolic.pe_${r}_${c}.${register}`)!;
    // The value after this one edge with its lowest digit turned.
    const value = BigInt.asUintN(bits, BigInt(registerOf(wave.frames[edge]!, shape, register, r, c)) ^ 1n), at = text.indexOf(`#${10 * (edge + 1) + 5}\n`);
    const written = bits === 1 ? `${value}${id}\n` : `b${value.toString(2)} ${id}\n`, { difference } = vcdDifference(wave, text.slice(0, at) + written + text.slice(at), 'mine.vcd');
    expect(difference, `${register} of ${r}, ${c}`).toMatchObject({ edge, theirEdge: edge, row: r, column: c, register, theirs: value });
  }
});

test('dumps of others: other names, other clocks, a later begin, narrower registers, x', () => {
  const wave = waveAt(example, profile('systole-int8'), 6, 'weights'), text = dumpOf(wave);
  const renamed = text.replace(/\$scope module pe_(\d)_(\d) \$end/g, '$scope module g_r[$1] $end $scope module g_c[$2] $end $scope module u $end').replace(/(\$var reg 18 \S+ p \[17:0\] \$end\n)\$upscope \$end/g, '$1$upscope $end $upscope $end $upscope $end');
  expect(vcdDifference(wave, renamed, 'g.vcd')).toMatchObject({ difference: undefined, missing: [] });
  const mine = text.replace(/ v \$end/g, ' valid $end').replace(/ p \[17:0\]/g, ' psum [17:0]').replace('clk $end', 'clock $end'), { map, clock } = readMap('# mine\nv = pe_{r}_{c}.valid\np = systolic.pe_{r}_{c}.psum\n clock = clock', 'my.map');
  expect(vcdDifference(wave, mine, 'mine.vcd', { map, clock: clock! })).toMatchObject({ difference: undefined, missing: [] });
  // Seven idle edges before it.
  const late = text.replace(/^#(\d+)$/gm, (__, time: string) => `#${Number(time) + 70}`).replace('$end\n#', `$end\n${Array.from({ length: 7 }, (__, i) => `#${10 * i + 10}\n1!\n#${10 * i + 15}\n0!`).join('\n')}\n#`);
  const body = late.slice(late.indexOf('$dumpvars'));
  expect(body.length).toBeGreaterThan(100);
  expect(vcdDifference(wave, late.replace('$enddefinitions $end\n', '$enddefinitions $end\n#0\n0!\n'), 'late.vcd').difference).toBeUndefined();
  // The second tile of a dump that has two: 20 edges later once more.
  const declared = text.indexOf('#0\n'), twice = `${text}${text.slice(text.indexOf('#10\n')).replace(/^#(\d+)$/gm, (__, time: string) => `#${Number(time) + 200}`)}`;
  expect(declared).toBeGreaterThan(0);
  expect(vcdDifference(wave, twice, 'twice.vcd', { tile: 2 })).toMatchObject({ edges: 12, difference: undefined });
  expect(() => vcdDifference(wave, twice, 'twice.vcd', { tile: 3 })).toThrow(/2 tiles begin in it, not 3/);
  expect(() => vcdDifference(wave, text, 'once.vcd', { tile: 2 })).toThrow(/1 tile begins in it, not 2/);
  const narrow = text.replace(/ 18 (\S+) p \[17:0\]/g, ' 8 $1 p [7:0]');
  expect(vcdDifference(wave, narrow, 'narrow.vcd').difference).toMatchObject({ register: 'p' });
  const id = readHeader(text, '').signals.find(({ path }) => path.endsWith('pe_2_1.p'))!.id, from = text.indexOf('#85\n');
  const flag = readHeader(text, '').signals.find(({ path }) => path.endsWith('pe_2_1.f'))!.id, later = text.indexOf('#95\n');
  expect(vcdDifference(wave, `${text.slice(0, later)}x${flag}\n${text.slice(later)}`, 'x.vcd').difference).toMatchObject({ edge: 8, row: 2, column: 1, register: 'f', theirs: undefined });
  expect(vcdDifference(wave, `${text.slice(0, from)}bx ${id}\n${text.slice(from)}`, 'x.vcd').difference).toMatchObject({ edge: 7, row: 2, column: 1, register: 'p', theirs: undefined });
});

test('the save file names signals that the dump has', () => {
  const wave = waveAt(example, profile('systole-int8'), 6, 'weights'), paths = new Set(readHeader(dumpOf(wave), '').signals.map(({ path }) => path));
  const named = gtkwText(wave, 'a.vcd').split('\n').filter((line) => line.startsWith('systolic.')).map((line) => line.replace(/\[.*/, ''));
  expect(named.filter((path) => !paths.has(path))).toEqual([]);
  expect(named.length).toBe(4 + 16 * 7);
});

/** As much of a browser as the page's script uses. */
function shownBy(page: string): { readonly cells: () => readonly string[]; readonly go: (cycle: number) => void; readonly table: () => string } {
  interface Part { textContent: string; className: string; style: Record<string, string>; value: unknown; innerHTML: string; onclick?: () => void; oninput?: () => void; children: Part[]; appendChild(child: Part): Part; querySelector(): null }
  const part = (): Part => ({ textContent: '', className: '', style: {}, value: 0, innerHTML: '', children: [], appendChild(child) { this.children.push(child); return child; }, querySelector: () => null });
  const parts = new Map<string, Part>(), by = (id: string): Part => { if (!parts.has(id)) parts.set(id, part()); return parts.get(id)!; };
  const document = { getElementById: by, createElement: part, querySelector: () => ({ value: 'p' }), querySelectorAll: () => [] };
  new Script(/<script>([\s\S]*)<\/script>/.exec(page)![1]!).runInContext(createContext({ document }));
  return {
    cells: () => by('array').children.filter(({ className }) => className.startsWith('pe')).map(({ textContent }) => textContent),
    go: (cycle) => { by('cycle').value = cycle; by('cycle').oninput!(); },
    table: () => by('registers').innerHTML,
  };
}

test('the page shows each register of each PE in each cycle, and asks nobody for anything', () => {
  const wave = waveAt(example, profile('systole-int8'), 6, 'weights'), page = pageText(wave, { text: 'mm.set <t4>' }), shown = shownBy(page);
  expect(page).not.toMatch(/https?:|src=|href=|@import|url\(/);
  expect(page).toContain('<h1>mm.set &lt;t4&gt;</h1>');
  for (let edge = 0; edge < wave.edges; edge++) {
    shown.go(edge);
    expect(shown.cells()).toEqual(Array.from({ length: 16 }, (_, pe) => `${registerOf(wave.frames[edge]!, wave.shape, 'p', pe >> 2, pe & 3)}`));
  }
  expect(shown.table().match(/<tr/g)!.length).toBe(1 + wave.edges);
});

test('the text shows the wave front, cycle by cycle what enters and leaves, and the results', () => {
  const wave = waveAt(example, profile('systole-int8'), 6, 'weights'), lines = pictureLines(wave, { text: 'mm.set t4, t0, slot 0', at: 'array.s:11:5' }, []);
  expect(lines.slice(0, 4)).toEqual([
    'instruction  mm.set t4, t0, slot 0   array.s:11:5', 'array        4 x 4, weights stay; s8 x s8, sums of 18 bits, kernel integer', 'tile         M 6, K 4, N 4; no C',
    'cycles       16 = 4 (weights enter) + 6 (rows) + 4 + 4 - 2 (crossing)',
  ]);
  expect(lines.find((line) => line.startsWith('....    ....    ....    ....    0...    10..'))).toBeDefined();
  expect(lines.find((line) => /^ +7 +stream/.test(line))!.trim().split(/ +/)).toEqual(['7', 'stream', '9', '-2', '7', '4', '90', '.', '.', '.']);
  const windowed = pictureLines(waveAt(example, profile('systole-int8'), 6, 'weights', { from: 5, to: 6 }), { text: '' }, ['p', 'a']);
  expect(windowed).toContain('register a after each cycle');
  expect(windowed.find((line) => line.startsWith('5:'))).toMatch(/^5: +6:$/);
});

describe('the command', { timeout: 120_000 }, () => {
  beforeAll(() => {
    setUp();
    writeFileSync(join(folder, 'array.s'), example);
    writeFileSync(join(folder, 'floats.s'), floats);
    writeFileSync(join(folder, 'tree.s'), 'a = spm fp16 [2, 4] at 0x0  w = spm fp16 [4, 2] at 0x40  x = acc fp32 [2, 2] at 0x0 stride [16, 1]\nwload slot 0, w\nmm.set x, a, slot 0\nhalt 0\n');
  });
  afterAll(tearDown);

  test('writes a dump that it finds equal, and unequal with exit code 1 at the changed register', async () => {
    const options = 'wave array.s --profile systole-int8 --instruction 6', written = await systole(`${options} --vcd w.vcd --html w.html`);
    expect([written.code, written.out, written.err]).toEqual([0, '', 'wrote w.vcd\nwrote w.gtkw\nwrote w.html\n']);
    const text = readFileSync(join(folder, 'w.vcd'), 'utf8'), { id } = readHeader(text, '').signals.find(({ path }) => path.endsWith('pe_1_2.p'))!, at = text.indexOf('#95\n');
    writeFileSync(join(folder, 'bad.vcd'), `${text.slice(0, at)}b101 ${id}\n${text.slice(at)}`);
    const [equal, differs, json] = await Promise.all([systole(`${options} --diff w.vcd`), systole(`${options} --diff bad.vcd`), systole(`${options} --diff bad.vcd --json`)]);
    expect([equal.code, equal.out]).toEqual([0, expect.stringMatching(/^w.vcd: equal in 12 cycles, \d+ values\n$/)]);
    expect([differs.code, differs.out.split('\n').slice(0, 2)]).toEqual([1, ['bad.vcd: differs after cycle 8 (its edge 8 of systolic.clk, time 90) in PE (1, 2), register p:', expect.stringMatching(/^ {2}wave -?\d+, bad.vcd 5$/)]]);
    expect(JSON.parse(json.out)).toMatchObject({ equal: false, difference: { cycle: 8, row: 1, column: 2, register: 'p', found: 5 } });
    const shown = await systole('wave array.s --profile systole-int8 --pc 6 --json');
    expect(JSON.parse(shown.out)).toMatchObject({ rows: 4, columns: 4, cycles: 16, first_row_at: 4, next_weights_at: 10, layout: 'ws' });
    expect((await systole('wave array.s --profile systole-int8')).out).toContain('mm.add t4, t1, slot 1');
  });

  test.each([
    ['array.s --profile systole-int8 --pc 7', /it fills a slot; choose the mm or mdw that uses it[\s\S]*what goes through the array:\n {2}--pc 6 .*mm.set[\s\S]*--pc 8/],
    ['array.s --profile systole-int8 --pc 9', /halt.*does not go through the array/],
    ['array.s --profile systole-int8 --instruction 99', /--instruction: error: number 99 did not retire/],
    ['array.s --profile systole-int8 --instruction 6 --seq 6', /--seq: error: cannot be combined with --instruction/],
    ['array.s --profile systole-int8 --layout is', /'is' is neither ws .* nor os/],
    ['array.s --profile systole-int8 --register a,q', /'q' is not a register; the registers are w s l ls a f v p/],
    ['array.s --profile systole-int8 --cycles 9..3', /'9..3' is not a range of cycles/],
    ['array.s --profile systole-int8 --instruction 6 --cycles 16', /^--cycles: error: begins at cycle 16, but the wave has 16 cycles, 0 to 15\n$/],
    ['array.s --profile systole-int8 --instruction 6 --cycles 99..100 --vcd beyond.vcd', /^--cycles: error: begins at cycle 99, but/],
    ['array.s --profile systole-int8 --clock x', /--clock: error: requires --diff/],
    ['array.s --profile systole-int8 --diff hello.s', /hello.s:1:1: error: 'A' is not one of the words/],
    ['array.s --profile systole-int8 --diff none.vcd', /none.vcd: error: does not exist/],
    ['tree.s --profile nvidia-hopper', /tree.s:3:1: error: kernel .* is of kind fused: it adds \d+ products at once.*is a chain in the built-in profile.*generic-systolic.*--profile/],
    ['hello.s', /no instruction of the run has something to show; nothing in this run goes through the array/],
  ])('%s is refused with what works instead', async (words, message) => {
    const { code, err } = await systole(`wave ${words}`);
    expect([code, err]).toEqual([3, expect.stringMatching(message)]);
    isClear(err);
  });

  test('a dump without the signals, or of which the clock is not known, is refused with what is missing', async () => {
    const wave = 'wave array.s --profile systole-int8 --instruction 6';
    const text = dumpOf(waveAt(example, profile('systole-int8'), 6, 'weights'));
    writeFileSync(join(folder, 'novalid.vcd'), text.replace(/ v \$end/g, ' valid $end'));
    writeFileSync(join(folder, 'short.vcd'), text.slice(0, text.indexOf('#100\n')));
    writeFileSync(join(folder, 'never.vcd'), text.slice(0, text.indexOf('#40\n')));
    writeFileSync(join(folder, 'my.map'), 'q = a\nv = b.valid\n');
    const all = await Promise.all(['--diff novalid.vcd', '--diff novalid.vcd --clock ckl', '--diff short.vcd', '--diff never.vcd', '--diff novalid.vcd --map my.map'].map((options) => systole(`${wave} ${options}`)));
    expect(all.map(({ code }) => code)).toEqual([3, 3, 3, 3, 3]);
    const messages = [/has no signal v of PE 0, 0/, /no signal 'ckl', did you mean 'clk'|no signal 'ckl'/, /it ends \d+ edges after the first valid one; the wave has 12/, /is never 1 after an edge/, /my.map:1:1: error: 'q' is not one of[\s\S]*my.map:2:1: error: 'b.valid' has no \{r\} and \{c\}/];
    all.forEach(({ err }, i) => expect(err).toMatch(messages[i]!));
  });
});
