//! classify.rtl.test: a mistake is found by the memory that it leaves, and named before the others that would leave less or more.
import { describe, expect, test } from 'vitest';
import { caseOf, planOf } from '../model/bundle/kinds.ts';
import { makeBundle } from '../model/bundle/make.ts';
import { type Case, openBundle, readCase } from '../model/bundle/open.ts';
import { classify, storesFrom, type Suspect, type Verdict } from '../model/classify/classify.ts';
import { drained } from '../model/classify/drain.ts';
import { type Hypothesis, hypotheses } from '../model/classify/hypotheses.ts';
import { machineBefore, rerun, type Stores } from '../model/classify/rerun.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';

const of = profile('systole-int8');
function casesOf(kinds: readonly string[], count: number): { readonly cases: readonly Case[]; readonly stores: (one: Case) => Stores } {
  const sources = planOf(kinds, count).flatMap(([kind, many]) => Array.from({ length: many }, (_, i) => caseOf(kind, of, 1, i)));
  const running = makeBundle(engine(of), sources, { kinds, count, seed: 1, program: null }, { systole: '0', engine_sha256: '0'.repeat(64) }, new Map());
  for (;;) {
    const next = running.next();
    if (!next.done) continue;
    const files = next.value, read = (path: string): Uint8Array => files.find((one) => one.path === path)!.bytes, bundle = openBundle({ name: 'b', paths: files.map(({ path }) => path), read });
    const words = (one: Case): number[] => {
      const path = `cases/${one.entry.name}/writes.hex`;
      return files.some((file) => file.path === path) ? new TextDecoder().decode(read(path)).split('\n').slice(1).join(' ').split(/\s+/).filter(Boolean).map((word) => Number.parseInt(word, 16)) : [];
    };
    return { cases: sources.map(({ name }) => readCase(bundle, name)), stores: (one) => storesFrom(Uint32Array.from(words(one)), one) };
  }
}
const { cases, stores } = casesOf(['directed'], 18);

/** What a device that makes the mistake leaves. */
const left = (one: Case, hypothesis: Hypothesis | undefined): Suspect['actual'] => {
  const machine = rerun(machineBefore(of, one.program.memory), one.records, stores(one), hypothesis ? hypothesis.step() : (on, { captured }, execute) => execute(on, captured));
  return new Map([...one.expected].map(([space, sections]) => [space, sections.map(({ address, bytes }) => ({ address, bytes: machine.memories[space]!.read(address, bytes.length) }))]));
};
function verdicts(suspects: readonly Suspect[]): readonly Verdict[] {
  const running = classify(of, suspects, stores);
  for (let next = running.next(); ; next = running.next()) if (next.done) return next.value;
}

test.each([
  ['the records alone', undefined],
  ['the epilogue step by step', { cause: '', says: '', step: () => drained({}) }],
] as const)('without a mistake %s give what the engine leaves', (_, hypothesis) => {
  for (const one of cases) {
    for (const [space, sections] of left(one, hypothesis)) {
      one.expected.get(space)!.forEach((expected, i) => {
        expected.bytes.forEach((byte, k) => { if (expected.known?.[k] !== 0 && sections[i]!.bytes[k] !== byte) throw new Error(`${one.entry.name}: space ${space} at ${expected.address + k}`); });
      });
    }
  }
});

describe('each mistake is found by what it leaves', () => {
  const all = hypotheses(of), plainest = all.filter(({ cause }, i) => all.findIndex((other) => other.cause === cause) === i);
  test.each(plainest.map((one) => [one.cause, one] as const))('%s', (_, hypothesis) => {
    const suspects = cases.map((one): Suspect => ({ of: one, actual: left(one, hypothesis) })), [best] = verdicts(suspects);
    expect(best).toMatchObject({ isExact: true, contradicted: 0 });
    expect(best!.evidence?.predicted).toBe(best!.evidence?.actual);
  }, 120_000);
});

test('what no mistake explains is not called explained', () => {
  const [one] = cases, actual = left(one!, undefined), odd = new Map([...actual].map(([space, sections]) => [space, sections.map(({ address, bytes }, i) => ({ address, bytes: i === 0 ? bytes.map((byte, k) => (k % 7 === 3 ? byte ^ 0x55 : byte)) : bytes }))]));
  expect(verdicts([{ of: one!, actual: odd }]).some(({ isExact }) => isExact)).toBe(false);
});
