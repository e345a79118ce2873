//! codec.test: bits of instructions: decode and encode undo each other, and no two meanings share an encoding.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, decodeHead, encode, wellEncoded, type Words } from '../model/isa/codec.ts';
import { at, choice, operand, SPM, unsigned, when } from '../model/isa/field.ts';
import { instruction, requireEncoding } from '../model/isa/instruction.ts';
import { byMnemonic, byOpcode, set } from '../model/instructions/set.ts';
import { anyWords, cornerPairs, legalWords } from './encodings.ts';

const again = (words: Words): Words => {
  const definition = byOpcode.get(words[0] & 255)!;
  return encode(definition, decode(definition, words), decodeHead(words));
};

for (const definition of set) {
  test(`${definition.mnemonic}: encode undoes decode on all pairs of field corners`, () => {
    for (const words of cornerPairs(definition)) {
      if (!wellEncoded(definition, words)) expect.fail(`a corner is not well encoded: ${words.map((w) => w.toString(16))}`);
      if (again(words).join() !== words.join()) expect(again(words)).toEqual(words);
    }
  });
}

test('encode undoes decode on any legal instruction', () => {
  fc.assert(
    fc.property(legalWords, (words) => {
      expect(again(words)).toEqual(words);
    }),
    { numRuns: 3000 },
  );
});

test('words are well encoded exactly when encode gives them back', () => {
  fc.assert(
    fc.property(fc.oneof(anyWords, legalWords), fc.constantFrom(...set), fc.nat(127), (any, definition, bit) => {
      const words = any.map((word, i) => (i === bit >> 5 ? (word ^ (1 << (bit & 31))) >>> 0 : word)) as unknown as Words;
      const own = [((words[0] & ~255) | definition.opcode) >>> 0, ...words.slice(1)] as unknown as Words;
      if (wellEncoded(definition, own)) expect(again(own)).toEqual(own);
    }),
    { numRuns: 3000 },
  );
});

test('the worked encodings of the manual come out word for word', () => {
  expect(
    encode(byMnemonic.get('mm')!, { acc: { t: 12, s: 0, imm: 0 }, op: 'add', a: { t: 8, s: 20, imm: 0 }, mRank: 1, slot: 0 }, { post: 2 }),
  ).toEqual([0x0008_0062, 0x0100_000c, 0x0100_0508, 0]);
  expect(
    encode(
      byMnemonic.get('binary')!,
      { d: { t: 20, s: 0, imm: 0 }, op: 'mul', a: { t: 14, s: 0, imm: 0 }, scalar: true, s: 9 },
      { wait: 2 },
    ),
  ).toEqual([0x0000_2080, 0x0200_0014, 0x8000_000e, 0x0000_0240]);
  expect(encode(byMnemonic.get('tset')!, { t: 1, field: 'dim0', op: 'set', rs2: 5, imm: 0 })).toEqual([0x14, 0x0005_0301, 0, 0]);
});

test('a definition whose fields overlap, leave their word, or take bits of the head cannot be emitted', () => {
  const base = { mnemonic: 'probe', opcode: 0xd0, unit: 0, syntax: 'probe {a}', says: '', execute: () => undefined } as const;
  expect(() => requireEncoding(instruction({ ...base, fields: () => ({ a: at(1, 0, unsigned(8)), b: at(1, 7, unsigned(8)) }) }))).toThrow(/a and b overlap/);
  expect(() => requireEncoding(instruction({ ...base, fields: () => ({ a: at(1, 25, unsigned(8)) }) }))).toThrow(/leaves its word/);
  expect(() => requireEncoding(instruction({ ...base, fields: () => ({ a: at(0, 26, unsigned(2)) }) }))).toThrow(/overlap/);
  const op = at(1, 24, choice(8, 'x', 'y'));
  expect(() =>
    requireEncoding(instruction({ ...base, fields: () => ({ op, a: when('op', 0, at(2, 0, operand('read', [SPM]))), b: when('op', 1, at(2, 0, unsigned(32))) }) })),
  ).not.toThrow();
  expect(() =>
    requireEncoding(instruction({
      ...base,
      fields: () => ({ op, a: when('op', 0, at(2, 0, operand('read', [SPM]))), b: when('op', [0, 1], at(2, 0, unsigned(32))) }),
    })),
  ).toThrow(/overlap/);
});

test('fields and rules of a definition are made when they are first asked for, and once', () => {
  const asked: string[] = [];
  const probe = instruction({
    mnemonic: 'probe', opcode: 0xd0, unit: 0, syntax: 'probe {a}', says: '', execute: () => undefined,
    fields: () => { asked.push('fields'); return { a: at(1, 0, unsigned(8)) }; },
    rules: () => { asked.push('rules'); return []; },
  });
  expect(asked).toEqual([]);
  expect(probe.fields).toBe(probe.fields);
  expect(asked).toEqual(['fields']);
  expect(probe.rules).toBe(probe.rules);
  expect(asked).toEqual(['fields', 'rules']);
});

test('opcodes and mnemonics are distinct, and 0x00 and 0xd0 upwards are free', () => {
  expect(new Set(set.map(({ opcode }) => opcode)).size).toBe(59);
  expect(new Set(set.map(({ mnemonic }) => mnemonic)).size).toBe(59);
  expect(set.filter(({ opcode }) => opcode === 0 || opcode >= 0xd0)).toEqual([]);
});
