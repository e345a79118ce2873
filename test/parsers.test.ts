//! parsers.test: no file makes a parser crash, hang or fall silent; `npm run robustness` tries as many as one likes.
import { expect, test } from 'vitest';
import { Rejected } from '../model/failure.ts';
import { inputOf, tried } from './parser-trial.ts';
import { type Parser, parsers } from './parsers.ts';
import { runs } from './runs.ts';

const SEED = 7;
/** Files that cost more than others. */
const few: Readonly<Record<string, number>> = { assembler: 20, image: 10, profile: 12, bundle: 12, snapshot: 12, trace: 24, case: 24, manifest: 24 };

test.each(Object.keys(parsers))('%s: a broken file is read, or refused with a place and words', (name) => {
  const parser = parsers[name]!();
  for (const bytes of parser.corpus.slice(0, 6)) expect(tried(parser, bytes)).toMatchObject({ kind: 'accepted' });
  for (let index = 0; index < runs(few[name] ?? 60); index++) {
    const found = tried(parser, inputOf(parser, SEED, index));
    if (found.kind === 'broken') throw new Error(`${found.law}\nreplay: npm run robustness -- --parser ${name} --seed ${SEED} --from ${index} --count 1`);
  }
});

test.each(Object.keys(parsers))('%s: what an input is says its number, whatever was tried before', (name) => {
  const parser = parsers[name]!(), before = parser.corpus.map((bytes) => new Uint8Array(bytes)), first = new Uint8Array(inputOf(parser, SEED, 0));
  for (let index = 1; index < 200; index++) inputOf(parser, SEED, index);
  expect(new Uint8Array(inputOf(parser, SEED, 0))).toEqual(first);
  expect(parser.corpus.every((bytes, i) => Buffer.compare(bytes, before[i]!) === 0), 'the corpus has changed').toBe(true);
});

test('the trial finds what it is for: defects, silence, refusals without a place or words, changed inputs', () => {
  const of = (read: Parser['read']) => { const found = tried({ corpus: [], words: [], read }, Uint8Array.of(1, 2, 3)); return found.kind === 'broken' ? found.law : found.kind; };
  const refuse = (...diagnostics: ConstructorParameters<typeof Rejected>[0]) => (): never => { throw new Rejected(diagnostics); };
  expect(of(() => undefined)).toBe('accepted');
  expect(of(refuse({ file: 'a', line: 1, column: 1, message: 'no' }))).toBe('refused');
  expect(of(() => { throw new TypeError('of undefined'); })).toMatch(/^throws TypeError/);
  expect(of(() => { const deep = (): number => 1 + deep(); return String(deep()); })).toMatch(/^throws RangeError/);
  expect(of(refuse())).toBe('refused without a diagnostic');
  expect(of(refuse({ file: '', line: 1, column: 1, message: 'no' }))).toMatch(/without a place/);
  expect(of(refuse({ file: 'a', line: Number.NaN, column: 1, message: 'no' }))).toMatch(/without a place/);
  expect(of(refuse({ file: 'a', line: 0, column: 0, message: ' ' }))).toMatch(/a diagnostic of/);
  expect(of(refuse({ file: 'a', line: 0, column: 0, message: "'seq' is undefined" }))).toMatch(/says nothing/);
  expect(of((bytes) => { bytes[0] = 9; return undefined; })).toBe('changes its input');
  expect(tried({ corpus: [], words: [], read: (bytes) => { bytes[0] = 9; return undefined; } }, Buffer.from([1, 2, 3]))).toMatchObject({ kind: 'broken' });
  expect(of(() => 'reads otherwise')).toBe('reads otherwise');
});
