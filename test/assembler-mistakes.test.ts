//! assembler-mistakes.test: what is said of a text that is no program: everything at once, at its place, quickly, never an exception.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble, assembled } from '../model/assembler/assembler.ts';
import { disassemble, printInstruction } from '../model/assembler/disassembler.ts';
import { readImage } from '../model/assembler/image.ts';
import { describe, Rejected } from '../model/failure.ts';
import { set } from '../model/instructions/set.ts';
import { attention, bandedConvolution, doubleBufferedGemm } from './worked-programs.ts';

const shown = (text: string): readonly string[] => readImage(assembled(text).program.image).words.map((words) => printInstruction(words));
const complaints = (text: string, options = {}): readonly string[] => assemble(text, { file: 'x.s', ...options }).diagnostics.map(describe);

test('every mistake is told in one run, each at its place, with what is allowed', () => {
  const text = `
    mm.ad t1, t2, slot 0
    mm.add t1, s2, slot 0
    s0 = 4
    s40 = 4
    haltt 3
    load x, t2
    reduce.sum t1, t2, r 9
    jump nowhere
n0 = { rund: rne }
n0 = { round: rnee }
    A = spm s9 [4] at 0
    B = spm s8 [4, 4] at 0 stride [1]
    binary.add t1, t2[s3 * 2], t3
    t1.dim9 = 4
x = 5
    ?s3 nop
    nop wait m64
    move t1, t2 mode n1
    s1 = 2 $
    s1 = s2 - s3 + 4
    .equ K, 1 / 0
    .equ P, Q
    .equ Q, P
    clamp.relu t1, t2, t3
    mm.add t1, t2, t3, slot 0
    drain t1, t2[5000]
    s4 = 0x1ffffffff
    }
    .dta spm 0
    .s8 300
    halt 0, 1`;
  expect(complaints(text)).toEqual([
    "x.s:2:8: error: found 'ad'; expected one of set add; the form is: mm.{op}[ {scaled}] {acc}, {a}[, {b}], [slot ]{slot}[, m {mRank}]; did you mean 'add'?",
    "x.s:3:16: error: found 's2'; expected a tensor operand; the form is: mm.{op}[ {scaled}] {acc}, {a}[, {b}], [slot ]{slot}[, m {mRank}]",
    "x.s:4:5: error: alu: 's0' is constant; s1..s31 can be written",
    "x.s:5:5: error: alu: 's40' does not exist; the registers are s0..s31",
    "x.s:6:5: error: 'haltt' is not an instruction; did you mean 'halt'?",
    "x.s:7:10: error: load: 'x' is not a register t0..t63",
    'x.s:8:26: error: reduce: 9 does not fit; allowed is 1..5',
    "x.s:9:10: error: jump: 'nowhere' is not defined",
    "x.s:10:8: error: 'rund' is not a field of a mode; the fields are round isat fsat daz ftz minmax order dot level scale round2 clamp mxrule zpa zpb zpo lo hi key stream; did you mean 'round'?",
    "x.s:11:15: error: 'rnee' is not a value of round; the values are rne rz rd ru rna rhu odd stochastic; did you mean 'rne'?",
    expect.stringMatching(/^x\.s:12:13: error: 's9' is not a dtype; the dtypes are s4 u4 s8 .*; did you mean 's\d'\?$/),
    'x.s:13:36: error: stride has 1 numbers for 2 dims',
    "x.s:14:23: error: binary: 's3' is a register; a number is needed here",
    expect.stringMatching(/^x\.s:15:8: error: found 'dim9'; expected one of type base .*; did you mean 'dim\d'\?$/),
    "x.s:16:1: error: 'x' is not a register; a constant is written .equ x, value",
    "x.s:17:6: error: 's3' is not a predicate p0..p7",
    "x.s:18:14: error: 'm64' is not a semaphore m1..m63",
    'x.s:19:17: error: this instruction uses no mode',
    "x.s:20:12: error: '$' has no meaning here",
    "x.s:21:18: error: unexpected '+'; a sum after an operator needs parentheses",
    'x.s:22:15: error: division by 0',
    "x.s:23:13: error: in 'Q': in 'P': 'Q' is defined by itself",
    "x.s:24:13: error: in 'P': in 'Q': 'P' is defined by itself",
    "x.s:25:24: error: clamp: 't3' does not belong here; it is allowed only with op leaky and no 'scalar'",
    "x.s:26:20: error: mm: 't3' does not belong here; it is allowed only with 'scaled'",
    'x.s:27:18: error: drain: 5000 does not fit; allowed is -4096..4095',
    'x.s:28:10: error: alu: 8589934591 does not fit; allowed is -2147483648..4294967295',
    "x.s:29:5: error: '}' without '{'",
    "x.s:30:6: error: '.dta' is not a directive; did you mean '.data'?",
    'x.s:31:6: error: .s8 among instructions; write .data SPACE ADDRESS first',
    "x.s:32:11: error: unexpected ','",
  ]);
});

test('mistakes of loops, data, macros and names have their places too', () => {
  expect(complaints('p1 = s8 >= 100')).toEqual([
    "x.s:1:12: error: found '100'; expected a scalar register; a number is allowed only to the right of < and <=: test the opposite, and use ?!p",
  ]);
  expect(complaints('loop 3 {\nnop')).toEqual(["x.s:1:1: error: '{' is not closed"]);
  expect(complaints('loop 3 { }\nhalt 0')).toEqual(['x.s:1:10: error: the body of the loop is empty']);
  expect(complaints('loop 3\nhalt 0')).toEqual([
    'x.s:1:1: error: loop: length is missing; the form is loop {rs1+count}[ body {length}][ step {ra} += {incA}[, {rb} += {incB}]]',
  ]);
  expect(complaints('bad { nop\n}\nhalt 0')).toEqual([expect.stringMatching(/^x\.s:1:1: error: 'bad' is not an instruction/)]);
  expect(complaints('.data dram 0\n.s8 1,2,3\n.data dram 2\n.s8 4\n.text\nhalt 0')).toEqual([
    'x.s:3:2: error: these bytes overlap others at dram 0x2',
  ]);
  expect(complaints('.data dram 0\nhalt 0')).toEqual(['x.s:2:1: error: an instruction among data; write .text first']);
  expect(complaints('.macro m a\nnop \\a\nfoo \\b\n.end\nm 1, 2\nm 3')).toEqual([
    "x.s:3:1: error: 'foo' is not an instruction (in macro m, called at x.s:6:1)",
    "x.s:5:1: error: 'm' takes 1 arguments (a), not 2",
  ]);
  expect(complaints('.repeat 2\nnop')).toEqual(['x.s:1:2: error: .repeat without .end']);
  expect(complaints('a: nop\na: nop\nname s3 = s4\nname b = q9\nname load = t3')).toEqual([
    "x.s:2:1: error: 'a' has a meaning already",
    "x.s:3:6: error: 's3' is a register; choose another name",
    "x.s:4:10: error: found 'q9'; a name stands for a register s0..s31, p0..p7, t0..t63, m1..m63 or n0..n3: name x = t7",
    "x.s:5:6: error: 'load' is an instruction; choose another name",
  ]);
  expect(complaints('.data spm 0\n.s8 300, -129\n.u8 -1\n.fp16 1e9\n.text\nnop')).toEqual([
    'x.s:2:5: error: 300 is not a s8; allowed is -128..255',
    'x.s:2:10: error: -129 is not a s8; allowed is -128..255',
    'x.s:3:5: error: -1 is not a u8; allowed is 0..255',
    'x.s:4:7: error: 1e9 is too large for fp16',
  ]);
});

test('what is no program at all gives one clear message, quickly', () => {
  const once = (text: string | Uint8Array): string => {
    const { diagnostics } = assemble(text, { file: 'x.s' });
    expect(diagnostics).toHaveLength(1);
    return describe(diagnostics[0]!);
  };
  expect(once('')).toBe('x.s: error: the program has no instruction');
  expect(once('; nothing\n\n')).toBe('x.s: error: the program has no instruction');
  expect(once(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1))).toBe('x.s:1:1: error: this is not a program text: a byte 0x7f');
  expect(once('nop\n ab\0c')).toBe('x.s:2:4: error: this is not a program text: a byte 0x00');
  expect(once(Uint8Array.of(0x41, 0xff, 0xfe))).toBe('x.s:1:2: error: this is not a program text: bytes that are not UTF-8');
  expect(once(new Uint8Array(2 ** 30))).toBe('x.s: error: 1073741824 bytes; a program text has at most 16777216');
  expect(once(assembled('nop').program.image)).toBe('x.s: error: this is a program image, not text');
  expect(once(`nop ${' '.repeat(70000)}`)).toBe('x.s:1:1: error: the line has 70004 characters; allowed are 65536');
});

test('no text costs more than its length: expansions, nesting and mistakes have limits', () => {
  const last = (text: string, options = {}): string => complaints(text, options).at(-1)!;
  expect(last('.macro m\nm\n.end\nm')).toMatch(/more than 64 deep/);
  expect(last('.include "x.s"', { include: () => '.include "x.s"' })).toMatch(/more than 64 deep/);
  expect(last('.org 1048576\nnop')).toMatch(/more than 1048576 instructions/);
  expect(last('.repeat 3000000\nnop\n.end')).toMatch(/3000000 does not fit/);
  expect(
    last(
      `${Array.from({ length: 60 }, (_, i) => `.macro grow${i} a\ngrow${i + 1} \\a \\a\n.end\n`).join('')}.macro grow60 a\nnop\n.end\ngrow0 1`,
    ),
  ).toMatch(/the line becomes too long/);
  expect(last(`s1 = ${'('.repeat(3000)}`)).toMatch(/x\.s:1:/);
  expect(shown(`s1 = ${'-'.repeat(60000)}1`)).toEqual(['s1 = 1']);
  expect(last(`.equ a0, 3\n${Array.from({ length: 50 }, (_, i) => `.equ a${i + 1}, a${i} * a${i}\n`).join('')}s1 = a50`)).toMatch(
    /too large/,
  );
  expect(last('s1 = 1 << 100000')).toMatch(/a shift by 100000; allowed is 0\.\.256/);
  expect(last(`${'.data dram 0\n.zero 0x10000000\n'.repeat(3)}`)).toMatch(/more than 268435456 bytes of data/);
  const many = complaints('bad\n'.repeat(500));
  expect([many.length, many.at(-1)]).toEqual([101, 'x.s: error: stopped after 100 mistakes']);
}, 60_000);

const vocabulary = [
  ...set.flatMap(({ mnemonic }) => mnemonic),
  's1',
  's0',
  't3',
  'p1',
  'm2',
  'n0',
  'x',
  '=',
  '+=',
  '[',
  ']',
  '{',
  '}',
  '(',
  ')',
  ',',
  '.',
  '..',
  ':',
  '?',
  '!',
  '<',
  '>',
  '<u',
  '-',
  '+',
  '*',
  '<<',
  '1',
  '0x10',
  '-5',
  '1.5',
  '"a"',
  "'a'",
  'spm',
  'dram',
  's8',
  'fp32',
  'at',
  'as',
  'stride',
  'lo',
  'fill',
  'slot',
  'with',
  'table',
  'wait',
  'post',
  'mode',
  'irq',
  'csr',
  'loop',
  'step',
  'body',
  'name',
  'L',
  '.equ',
  '.data',
  '.repeat',
  '.macro',
  '.end',
  '.org',
  '.s8',
  '.include',
  '.word',
  '\\a',
  '\\@',
  '\n',
  '\n',
  ';',
  '$',
  '\u00e9',
  'dim0',
  'add',
  'set',
  'round',
  'clamp',
];

test('any sequence of words gives a program or diagnostics, never an exception, and a place within the text', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...vocabulary), { maxLength: 40 }), fc.constantFrom('', ' '), (parts, between) => {
      const text = parts.join(between),
        result = assemble(text, { include: () => text.slice(0, 20) });
      if (result.program) expect(assembled(disassemble(result.program.image)).program.image).toEqual(result.program.image);
      else expect(result.diagnostics.length).toBeGreaterThan(0);
      for (const { line, message } of result.diagnostics) {
        expect(message).not.toMatch(/undefined|NaN|\[object/);
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
      }
    }),
    { numRuns: 4000 },
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: 'binary' }), (text) => {
      assemble(text);
    }),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      assemble(bytes);
    }),
    { numRuns: 1000 },
  );
});

test('a changed character in a worked program gives a program or diagnostics, never an exception', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(doubleBufferedGemm, bandedConvolution, attention),
      fc.nat(3000),
      fc.constantFrom(...vocabulary, ''),
      (text, at, part) => {
        const cut = at % text.length;
        assemble(text.slice(0, cut) + part + text.slice(cut + 1));
      },
    ),
    { numRuns: 500 },
  );
});

test('the convenience that throws throws the diagnostics', () => {
  expect(() => assembled('nopp')).toThrow(Rejected);
  expect(() => assembled('nopp', { file: 'y.s' })).toThrow("y.s:1:1: error: 'nopp' is not an instruction; did you mean 'nop'?");
});

test('no semaphore 0 has a name', () => {
  expect(complaints('name x = m0\nhalt 0')).toEqual([expect.stringMatching(/^x\.s:1:10: error: found 'm0'; a name stands for .* m1\.\.m63/)]);
});

test('a misspelt word before a dot or a dtype is told from a field, a register and a division', () => {
  expect(complaints('binray.add t1, t2, t3\nhalt 0')).toEqual(["x.s:1:1: error: 'binray' is not an instruction; did you mean 'binary'?"]);
  expect(complaints('a = spam s8 [4] at 0\nhalt 0')).toEqual([expect.stringMatching(/^x\.s:1:5: error: 'spam' is not a space; .* did you mean 'spm'\?$/)]);
  expect(complaints('s29 = div s16, 4\ns1 = min s8, s32000\nhalt 0')).toEqual([expect.stringMatching(/^x\.s:2:/)]);
  expect(complaints('s29 = div s16, 4\ns1 = min s8, 16\nhalt 0')).toEqual([]);
});
