//! order.rtl.test: happens-before of assembly/order.ts allows exactly the orders of completion that legal schedules reach.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { RetiredCursor } from '../model/cursor.ts';
import type { Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { order } from '../model/engine/order.ts';
import { UNIT_COUNT, unitNames } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { observe } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { everySchedule, randomSchedule } from '../model/verify/schedules.ts';
import { knobs, listing, profiles } from './laws-harness.ts';

interface Step { readonly unit: number; readonly order: number; readonly needs: readonly number[]; readonly seq: bigint }
const cursorOf = (bytes: Uint8Array): RetiredCursor => new RetiredCursor(new DataView(bytes.buffer, bytes.byteOffset));

/** The serial run's records with what each waits for. */
function followed(records: readonly Uint8Array[], tokens: readonly (readonly [number, number])[] = []): readonly Step[] {
  const follower = order();
  for (const [semaphore, count] of tokens) follower.post(semaphore, count);
  return records.map((bytes) => {
    const record = cursorOf(bytes);
    return { unit: record.unit, order: record.order, needs: [...follower.follow(record)], seq: record.seq };
  });
}

/** Every order of completion that the needs allow, as sequence numbers; undefined when there are more than `most`. */
function allowed(steps: readonly Step[], most: number): Set<string> | undefined {
  const found = new Set<string>(), done = Array.from({ length: UNIT_COUNT }, () => 0), taken: bigint[] = [];
  const ahead = (): boolean => {
    if (taken.length === steps.length) return found.add(taken.join(' ')).size <= most;
    return steps.every((step) => {
      if (done[step.unit] !== step.order || step.needs.some((need, unit) => done[unit]! < need)) return true;
      done[step.unit]!++;
      taken.push(step.seq);
      const goesOn = ahead();
      taken.pop();
      done[step.unit]!--;
      return goesOn;
    });
  };
  return ahead() ? found : undefined;
}
const seqs = (records: readonly Uint8Array[]): string => records.map((bytes) => cursorOf(bytes).seq).join(' ');

test('an order of completion is reached by a schedule if and only if the needs allow it: every order of small generated programs', { timeout: 60_000 }, () => {
  const of = profiles['odd-3x5']!, device = engine(of);
  let whole = 0, most = 0, orders = 0;
  for (let seed = 0; seed < 120; seed++) {
    const small = { ...knobs['sync']!, name: 'sync', records: 2 + (seed % 4), elements: 4 }, resolved = generate(seed, of, small);
    const serial = observe(device, resolved.program);
    if (serial.status !== 'halted') continue;
    const legal = allowed(followed(serial.records), 400);
    if (!legal || legal.size < 2) continue;
    const reached = new Set<string>();
    const all = everySchedule(device, resolved.program, 16, 1500, ({ records }) => { reached.add(seqs(records)); });
    const [first] = [...reached].filter((one) => !legal.has(one)), [unreached] = [...legal].filter((one) => !reached.has(one));
    expect(first && `a schedule completes in the order ${first}, which the needs forbid\n${listing(resolved)}`).toBeUndefined();
    if (!all) continue;
    expect(unreached && `the needs allow ${unreached}, which no schedule reaches\n${listing(resolved)}`).toBeUndefined();
    whole++;
    orders += legal.size;
    most = Math.max(most, legal.size);
  }
  expect(whole).toBeGreaterThan(20);
  expect(most).toBeGreaterThan(10);
  expect(orders).toBeGreaterThan(300);
});

test('no schedule of a larger program, at any queue depth, completes against the needs', () => {
  for (const name of ['systole-16', 'odd-3x5']) {
    const of = profiles[name]!, device = engine(of);
    for (let seed = 0; seed < 40; seed++) {
      const resolved = generate(seed, of, knobs[seed % 2 ? 'sync' : 'smoke']!), serial = observe(device, resolved.program);
      const needs = new Map(followed(serial.records).map((step) => [step.seq, step]));
      const run = observe(device, resolved.program, { schedule: randomSchedule(seed), queueDepth: 1 + (seed % 16) });
      const done = Array.from({ length: UNIT_COUNT }, () => 0);
      for (const bytes of run.records) {
        const { seq, unit } = cursorOf(bytes), step = needs.get(seq)!;
        const missing = step.needs.findIndex((need, other) => done[other]! < need);
        expect(missing < 0 ? undefined : `seq ${seq} completes before ${unitNames[missing]} #${step.needs[missing]! - 1}\n${listing(resolved)}`).toBeUndefined();
        done[unit]!++;
      }
    }
  }
});

// ---- single edges, in programs written for them
const programOf = (text: string): Program => {
  const { program } = assembled(text, { file: 'order.s' });
  return program;
};
const device = engine(profile('systole-16'));
/** What the records of a program wait for, as `unit:count` where the count is not zero. */
function needsOf(text: string, tokens: readonly (readonly [number, number])[] = []): readonly string[] {
  const run = observe(device, programOf(text), { budget: 300_000 }, (machine) => {
    for (const [semaphore, count] of tokens) machine.csrWrite(0x300, semaphore | (count << 16));
  });
  expect(run.status).toBe('halted');
  return followed(run.records, tokens).map(({ needs }) => needs.flatMap((need, unit) => (need ? [`${unitNames[unit]}:${need}`] : [])).join(' '));
}

test('the i-th token taken is the i-th posted: runs of tokens are split where a wait ends within one', () => {
  expect(needsOf('post dmi m1, 3\npost dmi m1, 2\nwait vpu m1, 3\nwait vpu m1, 1\nwait vpu m1, 1\nhalt 0')).toEqual([
    '', 'dmi:1', 'dmi:1', 'dmi:2 vpu:1', 'dmi:2 vpu:2', 'dmi:2 vpu:3',
  ]);
});

test('a wait whose token the host posted has no edge, and tokens of the host come first', () => {
  expect(needsOf('post dmi m1, 1\nwait vpu m1, 1\nwait mxu m2, 1\nwait vpu m1, 1\nhalt 0', [[1, 1], [2, 5]])).toEqual([
    '', '', '', 'dmi:1 vpu:1', 'dmi:1 mxu:1 vpu:2',
  ]);
});

test('a semaphore counts to 65535 in one run, and as many single posts each keep their clock', () => {
  const tokens = needsOf('post dmi m1, 65535\nwait vpu m1, 65535\nhalt 0');
  expect(tokens).toEqual(['', 'dmi:1', 'dmi:1 vpu:1']);
  const many = needsOf('loop 65535 {\npost dmi m1, 1\n}\nwait vpu m1, 65534\nwait vpu m1, 1\nhalt 0');
  expect(many.slice(-3)).toEqual(['seq:1 dmi:65534', 'seq:1 dmi:65535 vpu:1', 'seq:1 dmi:65535 vpu:2']);
});

test('what SEQ has done comes before all it dispatches later; a fence joins the units that it names, and a nullified instruction none', () => {
  expect(needsOf('post dmi m1, 1\npost mxu m2, 1\nfence mxu\npost vpu m3, 1\n?!p0 fence dmi\npost vpu m3, 1\nhalt 0')).toEqual([
    '', '', 'mxu:1', 'seq:1 mxu:1', 'seq:1 mxu:1', 'seq:2 mxu:1 vpu:1', 'seq:2 dmi:1 mxu:1 vpu:2',
  ]);
});
