//! assembler.test: what a program text means.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assemble, assembled, parseInstruction } from '../model/assembler/assembler.ts';
import { disassemble, printInstruction } from '../model/assembler/disassembler.ts';
import { readImage } from '../model/assembler/image.ts';
import { describe } from '../model/failure.ts';
import type { Words } from '../model/isa/codec.ts';
import { attention, bandedConvolution, depthwiseTile, doubleBufferedGemm } from './worked-programs.ts';

const wordsOf = (text: string): readonly Words[] => readImage(assembled(text).program.image).words;
const shown = (text: string): readonly string[] => wordsOf(text).map((words) => printInstruction(words));
const complaints = (text: string, options = {}): readonly string[] => assemble(text, { file: 'x.s', ...options }).diagnostics.map(describe);
const constantsOf = (text: string): readonly number[] => {
  const { constants, words } = readImage(assembled(text).program.image),
    from = (64 - ((16 * words.length) % 64)) % 64;
  const view = new DataView(constants.buffer, from);
  return Array.from({ length: (constants.length - from) / 4 }, (_, i) => view.getUint32(4 * i, true));
};

test('the worked programs of the manual assemble as they stand, and their disassembly to the same image', () => {
  for (const [text, count] of [
    [doubleBufferedGemm, 77],
    [bandedConvolution, 47],
    [depthwiseTile, 9],
    [attention, 102],
  ] as const) {
    const { program, places } = assembled(text);
    expect(places.length).toBe(count);
    expect(assembled(disassemble(program.image)).program.image).toEqual(program.image);
  }
});

test('the worked encodings of the manual come out word for word', () => {
  expect(wordsOf('mm.add t12, t8[s20], 0 post m2\nbinary.mul t20, t14, s9 wait m2\nt1.dim0 = s5')).toEqual([
    [0x0008_0062, 0x0100_000c, 0x0100_0508, 0],
    [0x0000_2080, 0x0200_0014, 0x8000_000e, 0x0000_0240],
    [0x14, 0x0005_0301, 0, 0],
  ]);
  expect(parseInstruction('mm.add t12, t8[s20], slot 0 post m2')).toEqual([0x0008_0062, 0x0100_000c, 0x0100_0508, 0]);
});

test('statements share a line, with or without more blanks between them', () => {
  expect(shown('s17 = s9 - s11    s17 = min s17, 16')).toEqual(['s17 = s9 - s11', 's17 = s17 min 16']);
  expect(shown('s1 = 4 s2 = s1 t1.dim0 = s2 t2.lo = [1,2] halt 0')).toEqual(['s1 = 4', 's2 = s1', 't1.dim0 = s2', 't2.lo = 129', 'halt 0']);
  expect(shown('post m2, 2 wait dmi m2, 2 irq irq 3 nop nop 5 nop (2+1) nop')).toEqual([
    'post m2, 2',
    'wait dmi m2, 2 irq',
    'irq 3',
    'nop',
    'nop 5',
    'nop 3',
    'nop',
  ]);
});

test('comparisons may stand either way round, and names for registers', () => {
  expect(
    shown('name i = s3  name limit = s4  name done = p2  name q = m5  name near = n1\ndone = i >= limit\n?done jump 0\np1 = 0 < s13'),
  ).toEqual(['p2 = s4 <= s3', '?p2 jump 0', 'p1 = s0 < s13']);
});

test('labels, constants and the place itself are numbers', () => {
  expect(
    shown(
      ".equ N, M * 2\n.equ M, (1 << 4) | 0b11\nstart: s1 = N  halt 0\nagain: jump start\n jump again jump . + 1 jump end\nend: s2 = 'A' - 0x41 + ~0 & 0xff % 7",
    ),
  ).toEqual(['s1 = 38', 'halt 0', 'jump 0', 'jump 2', 'jump 5', 'jump 6', 's2 = 3']);
  const { labels, places } = assembled('a: b: nop\n  nop\nc:', { file: 'x.s' });
  expect([...labels]).toEqual([
    ['a', 0],
    ['b', 0],
    ['c', 2],
  ]);
  expect(places).toEqual([
    { file: 'x.s', line: 1, column: 7 },
    { file: 'x.s', line: 2, column: 3 },
  ]);
});

test('loops know the length of their bodies', () => {
  expect(
    shown(
      'loop s8 step s24 += 1024 {\n nop\n loop 3 step s1 += -2, s2 += 4 { nop\n nop } }\nloop s3 + 2 { nop }\nloop 7 body 1\nnop',
    ).filter((line) => line.startsWith('loop')),
  ).toEqual(['loop s8 body 4 step s24 += 1024', 'loop 3 body 2 step s1 += -2, s2 += 4', 'loop s3 + 2 body 1', 'loop 7 body 1']);
});

test('a descriptor literal is sixteen words behind the instructions, equal ones once', () => {
  const text =
    '.equ H, 4\nA = spm s8 [H, 16] at 0x1000 + H  B = dram fp32 [3,H*2] at 0x1_0000_0010 stride [-1, 7] lo [1,2] hi [3,0] fill 0xfd\nC = spm s8 [4,16] at 0x1004\nnop';
  const [a, b] = [0, 16].map((at) => constantsOf(text).slice(at, at + 16));
  expect(constantsOf(text)).toHaveLength(32);
  expect(a).toEqual([0x1203, 0x1004, 0, 4, 16, 0, 0, 0, 16, 1, 0, 0, 0, 0, 0, 0]);
  expect(b).toEqual([0x1123, 0x10, 1, 3, 8, 0, 0, 0, 0xffff_ffff, 7, 0, 0, 0, 129, 3, 0xfd]);
  expect(shown(text)).toEqual(['tload t0, 128', 'tload t1, 192', 'tload t2, 128', 'nop']);
});

test('descriptors come in lists, as other views, and find free registers', () => {
  const text =
    'mo, mn, al = spm fp32 [64] at 0x14000, +256, ..\nmnb = mn as [64,16] stride [1,0]  raw = al as u8 [256] at 0x100\nmove t1, t2\nname x = t3\nmove x, mnb';
  expect(constantsOf(text).filter((_, i) => i % 16 === 1)).toEqual([0x14000, 0x14100, 0x14200, 0x14100, 0x100]);
  expect(constantsOf(text).filter((_, i) => i % 16 === 0)).toEqual([0xa23, 0xa23, 0xa23, 0x1223, 0xa04]);
  const { names } = assembled(text);
  expect([...names]).toEqual([
    ['mo', 't0'],
    ['mn', 't4'],
    ['al', 't5'],
    ['mnb', 't6'],
    ['raw', 't7'],
    ['x', 't3'],
  ]);
});

test('a mode literal writes the words that it names', () => {
  expect(shown('n0 = { round: rhu, isat, scale: fixed, zpo: -5, clamp: [-128, 127] }')).toEqual([
    'nset n0, 0, 13',
    'nset n0, 1, 65',
    'nset n0, 3, 65531',
    'nset n0, 4, -128',
    'nset n0, 5, 127',
  ]);
  expect(shown('n3 = { order: lanes, dot: 2, daz: zero, ftz: before,\n minmax: number, zpa: -1, zpb: 2 }')).toEqual([
    'nset n3, 0, 11072',
    'nset n3, 2, 196607',
  ]);
  expect(shown('n1 = { lo: s4, hi: 6.0, key: 0xffffffff, stream: s5 + 1 }')).toEqual([
    'nset n1, 4, s4',
    'nset n1, 5, 1086324736',
    'nset n1, 6, -1',
    'nset n1, 7, s5 + 1',
  ]);
  expect(shown('n1 = { clamp: [0xc0c00000, 1.5e0] }')).toEqual(['nset n1, 1, 64', 'nset n1, 4, -1061158912', 'nset n1, 5, 1069547520']);
});

test('directives place instructions and fill the header', () => {
  const { program } = assembled('.require zp, gemmlowp\n.entry go\n.argument s9, 0xffffffff\nnop\n.org 3\ngo: halt 0\n.header 9, 7');
  const { header, words } = readImage(program.image);
  expect(header).toEqual([0x3153_5953, 0x1_0000, 128, 4, 3, 0b1000_0001, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0]);
  expect(words.map((w) => printInstruction(w))).toEqual(['nop', 'nop', 'nop', 'halt 0']);
  expect(program.arguments).toEqual([0, 0xffff_ffff]);
});

test('data sections lay typed values into memory', () => {
  const text = `
    .equ X, 7
    .data dram 0x1000
  first: .s8 1, -2, X, 0xfd
    .u4 1, 2, 3
    .s16 -1, second      ; a label is an address here
    .align 4
  second: .fp32 1.5, 0x3f800000, -0.1, 2, inf, nan
    .bf16 1e-3, one
    .string "hi\\n"
    .zero 2
    .s64 -1
    .data spm 16
    .e4m3 448.0, -0.5
    .text
    s1 = first  s2 = second
    .equ one, 0x3f80`;
  const { program } = assembled(text),
    [dram, spm] = program.memory;
  expect([dram!.space, dram!.address, spm!.space, spm!.address]).toEqual([1, 0x1000, 2, 16]);
  expect([...spm!.bytes]).toEqual([0x7e, 0xb0]);
  expect(Buffer.from(dram!.bytes).toString('hex')).toBe(
    `01fe07fd2103ffff0c10${'0000'}${'0000c03f'}${'0000803f'}${'cdccccbd'}${'00000040'}${'0000807f'}${'0000c07f'}${'833a'}${'803f'}68690a0000ffffffffffffffff`,
  );
  expect(shown(text)).toEqual(['s1 = 4096', 's2 = 4108']);
});

test('files are included as text and laid as bytes', () => {
  const npy = Buffer.concat([
    Buffer.from('\x93NUMPY\x01\0', 'latin1'),
    Buffer.from([118, 0]),
    Buffer.from(`${"{'descr': '|i1', 'fortran_order': False, 'shape': (3,), }".padEnd(117)}\n`),
    Buffer.from([1, 2, 255]),
  ]);
  const files: Record<string, string | Uint8Array> = {
    'a.s': '.include "b.s"\nhalt N',
    'b.s': '.equ N, 3',
    'w.bin': Uint8Array.of(9, 8),
    'w.npy': new Uint8Array(npy),
    'w.hex': '@1 0a0b // words\n0c0d',
  };
  const asked: string[] = [];
  const { program } = assembled('.include "a.s"\n.file dram 0 "w.bin"\n.file spm 4 "w.npy"\n.file acc 0 "w.hex"', {
    file: 'x.s',
    include: (path, from) => {
      asked.push(`${from}>${path}`);
      return files[path];
    },
  });
  expect(asked).toEqual(['x.s>a.s', 'a.s>b.s', 'x.s>w.bin', 'x.s>w.npy', 'x.s>w.hex']);
  expect(program.memory.map(({ space, address, bytes }) => [space, address, ...bytes])).toEqual([
    [1, 0, 9, 8],
    [2, 4, 1, 2, 255],
    [3, 2, 11, 10, 13, 12],
  ]);
  // Bytes that a file leaves open stay as the machine has them; the form of a file is known by its ending, in capitals or not.
  const texts: Record<string, string> = { 'w.vmem': '0a0b xxxx 0c0d 0f0e', 'W.IHX': ':0200020001FFFC\n:00000001FF\n' };
  const open = assembled('halt 0\n.file spm 8 "w.vmem"\n.file dram 4 "W.IHX"', { file: 'x.s', include: (path) => texts[path] }).program;
  expect(open.memory.map(({ space, address, bytes }) => [space, address, ...bytes])).toEqual([
    [2, 8, 0x0b, 0x0a],
    [2, 12, 0x0d, 0x0c, 0x0e, 0x0f],
    [1, 6, 1, 255],
  ]);
  expect(complaints('.include "none.s"\n.file dram 0 "none"\nnop')).toEqual([
    'x.s:1:10: error: none.s cannot be read',
    'x.s:2:14: error: none cannot be read',
  ]);
  expect(complaints('nop\n.include "a.s"', { include: () => 'halt\n' })).toEqual([
    'a.s:1:5: error: found the end of the line; expected a number; the form is: halt {value}',
  ]);
});

test('macros and repetitions unfold, with labels of their own', () => {
  const text = `.macro twice reg, by
    L\\@: \\reg = \\reg + \\by
    jump L\\@
.end
twice s3, 4
twice s\\@, (1 + 2)
.repeat 2, i
  .repeat 2, j
    s\\i = 10 * \\i + \\j
  .end
.end`;
  expect(shown(text.replace('s\\@, ', 's5, ').replace('s\\i', 's1'))).toEqual([
    's3 = s3 + 4',
    'jump 0',
    's5 = s5 + 3',
    'jump 2',
    's1 = 0',
    's1 = 1',
    's1 = 10',
    's1 = 11',
  ]);
});

const page = join(import.meta.dirname, '..', 'docs', 'assembly.md');
test.runIf(existsSync(page))('every program in docs/assembly.md assembles', () => {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```s\n([\s\S]*?)^```$/gm)].map((found) => found[1]!);
  expect(blocks.length).toBeGreaterThan(3);
  for (const block of blocks) expect(complaints(block), block).toEqual([]);
});
