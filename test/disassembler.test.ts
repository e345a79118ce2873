//! disassembler.test: text and words of instructions and images undo each other.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assembled, parseInstruction } from '../model/assembler/assembler.ts';
import { disassemble, printInstruction } from '../model/assembler/disassembler.ts';
import { buildImage } from '../model/assembler/image.ts';
import type { Rejected } from '../model/failure.ts';
import { byMnemonic, set } from '../model/instructions/set.ts';
import { encode, type Words } from '../model/isa/codec.ts';
import { anyWords, cornerPairs, legalWords } from './encodings.ts';

for (const definition of set) {
  test(`${definition.mnemonic}: its text means the same words, on all pairs of field corners`, () => {
    const lines: string[] = [],
      all: Words[] = [];
    for (const words of cornerPairs(definition)) {
      all.push(words);
      lines.push(printInstruction(words));
    }
    expect(lines.filter((line) => line.startsWith('.word'))).toEqual([]);
    const { image } = assembled(lines.join('\n')).program,
      view = new DataView(image.buffer);
    all.forEach((words, pc) => {
      const found = [0, 4, 8, 12].map((byte) => view.getUint32(64 + 16 * pc + byte, true));
      if (found.join() !== words.join()) expect(found, lines[pc]).toEqual([...words]);
    });
  });
}

test('the text of any words means these words', () => {
  fc.assert(
    fc.property(fc.oneof(legalWords, anyWords), (words) => {
      expect(parseInstruction(printInstruction(words))).toEqual([...words]);
    }),
    { numRuns: 3000 },
  );
});

const image: fc.Arbitrary<Uint8Array> = fc
  .record({
    words: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: legalWords },
        { weight: 1, arbitrary: anyWords },
        {
          weight: 2,
          arbitrary: fc
            .tuple(fc.constantFrom('loop', 'jump'), fc.nat(12), fc.nat(3))
            .map(([name, n, count]) => encode(byMnemonic.get(name)!, name === 'loop' ? { rs1: 0, length: n, count } : { rs2: 0, imm: n })),
        },
      ),
      { minLength: 1, maxLength: 24 },
    ),
    constants: fc.uint8Array({ maxLength: 80 }),
    entry: fc.nat(30),
    features: fc.uniqueArray(fc.nat(127), { maxLength: 4 }),
    overrides: fc
      .array(fc.tuple(fc.constantFrom(1, 2, 9, 15), fc.integer({ min: 0, max: 0xffff_ffff })), { maxLength: 2 })
      .map((list) => new Map(list)),
  })
  .map(buildImage);

test('the text of any image assembles to this image', () => {
  fc.assert(
    fc.property(image, (bytes) => {
      expect(assembled(disassemble(bytes)).program.image).toEqual(bytes);
    }),
    { numRuns: 1000 },
  );
});

test('text reads as it is written', () => {
  const line = (text: string): string => printInstruction(parseInstruction(text) as Words);
  for (const text of [
    's5 = s3 + 7',
    's5 = s3',
    's5 = -4',
    's5 = s0 + s3 + 7',
    's5 = s3 - (s4 + 7)',
    's17 = s17 min 16',
    's20 = s20 xor 1024',
    'p1 = s0 < s13',
    'p2 = s3 <=u s4 - 5',
    't1.dim0 = s5',
    't1.base += -64',
    '?p1 jump 3',
    '?!p7 halt 0 trace',
    'drain.relu t4, t5, table t6[s1 - 4] with t7 wait m1 post m2 mode n3 irq trace',
    'mm.add scaled t1, t2, t3, slot 1, m 2',
    'clamp.leaky t1, t2, s3',
    'clamp.relun t1, t2',
    'fma t1, t2, s3 with t4',
    'fence dmi mxu',
    'fence 0',
    's1 = csr CHIP_ID',
    'csr SCRATCH2 = s4',
    'wait mxu m5, 1',
    'post m2, s3 + 1',
    'loop s3 + 1 body 2 step s4 += -3, s5 += 7',
    'put.add t1, t2, peer m5',
    'rpost s16, m6',
    'unpack.palette t1, t2, t3, bits 4',
    'nop',
    'nop 3',
    'store.add t1, t2',
    'st t1, s4',
    's4 = ld t1[4]',
  ])
    expect(line(text)).toBe(text);
  expect(line('s17 = min s17, 16')).toBe('s17 = s17 min 16');
  expect(line('p1 = s8 > s9')).toBe('p1 = s9 < s8');
  expect(line('p1 = s8 >=u s9')).toBe('p1 = s9 <=u s8');
});

test('loops are shown with braces where they lie within one another', () => {
  const text = [
    '    loop 4 {',
    '        loop 2 step s1 += 3 {',
    '            nop',
    '            nop',
    '        }',
    '    }',
    '    halt 0',
    '',
  ].join('\n');
  expect(disassemble(assembled(text).program.image)).toBe(text);
  expect(disassemble(assembled('loop 2 body 2\nloop 2 body 2\nnop\nnop\nhalt 0').program.image)).toContain('loop 2 body 2');
});

test('bytes that are no image are refused with one message', () => {
  const refuse = (bytes: Uint8Array): string => {
    try {
      disassemble(bytes, 'x.bin');
      return 'taken';
    } catch (error) {
      return (error as Rejected).diagnostics.map(({ message }) => message).join();
    }
  };
  expect(refuse(new Uint8Array(0))).toBe('0 bytes; the header of a program image alone has 64');
  expect(refuse(new Uint8Array(64))).toMatch(/not a program image: it begins with 0x00000000/);
  expect(refuse(assembled('nop\nnop').program.image.slice(0, 90))).toBe('the image is cut off: 2 instructions take 96 bytes, there are 90');
  expect(refuse(buildImage({ words: [], constants: new Uint8Array(0), entry: 0, features: [] }))).toBe('the image has no instruction');
});
