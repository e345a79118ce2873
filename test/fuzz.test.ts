//! fuzz: what a campaign finds is small, can be run again from its file, and does not depend on where the campaign was cut.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { Campaign, trialOf } from '../model/campaign/campaign.ts';
import { Log } from '../model/campaign/log.ts';
import { resultsText } from '../model/campaign/results.ts';
import { outsideJudge } from '../model/cli/outside.ts';
import { Coverage, coverageOf } from '../model/coverage/index.ts';
import { engine } from '../model/engine.ts';
import { Rejected } from '../model/failure.ts';
import { faultBinary } from '../model/mutants/catalogue.ts';
import { specification } from '../model/specification.ts';
import { traceHeader } from '../model/trace.ts';
import { type CaseInfo, caseText, readCase } from '../model/verify/case.ts';
import { difference, signatureOf } from '../model/verify/compare.ts';
import { knobs } from '../model/verify/record.ts';
import { failureOf, judgeBy, observeTrial, startOf } from '../model/verify/trial.ts';
import { within } from './command-line.ts';
import { profiles } from './laws-harness.ts';
import { wrongIn } from './wrong-device.ts';

const folder = mkdtempSync(join(tmpdir(), 'systole-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const of = profiles['systole-16']!, right = engine(of, { build: 'scalar' }), mixture = [knobs.smoke, knobs.illegal, knobs.numerics];

test.each(['mm', 'drain', 'alu', 'load', 'reduce', 'wait', 'loop'])('a mistake in %s is found, and its least program has three instructions at most', (mnemonic) => {
  const campaign = new Campaign({ profile: of, knobs: mixture, seed: 5, device: () => wrongIn(of, mnemonic), oracles: [{ oracle: right, every: 1 }] });
  for (let index = 0; index < 60; index++) {
    const { judgement: { found } } = campaign.test(index);
    if (!found) continue;
    const { trial, difference: least, instructions, evaluations } = campaign.least(index, found, 1000);
    expect(signatureOf(least)).toBe(signatureOf(found));
    expect(found).toMatchObject({ kind: 'record', mnemonic, field: 'result' });
    expect(instructions).toBeLessThanOrEqual(3);
    expect(evaluations).toBeLessThanOrEqual(1000);
    expect(failureOf(trial, right, [judgeBy(engine(of))]).found).toBeUndefined();
    return;
  }
  expect.fail('not found in 60 programs');
});

test('where all oracles stand beside this process, what a case says of the right end is of the specification, not of the device under test', () => {
  const campaign = new Campaign({ profile: of, knobs: mixture, seed: 5, device: () => wrongIn(of, 'mm'), oracles: [{ oracle: () => undefined, every: 1 }] });
  expect(campaign.reference.name).toBe('specification');
});

const info: CaseInfo = {
  why: 'a test', signature: 'record/mm/result/mxu', profile: of.name, profile_hash: of.hash, model: '0'.repeat(64), origin: { knobs: 'smoke', seed: 1, index: 2 },
  ends: { status: 'halted', records: 3, digest: '00000000' }, replay: 'npx systole replay x.json',
};

describe('a case', () => {
  test('is read as it was written, and runs as before', () => {
    for (let index = 0; index < 6; index++) {
      const trial = trialOf(index, { profile: of, knobs: mixture, seed: 9 }), text = caseText(trial, info), read = readCase(text, 'case.json');
      expect(read.info).toEqual(info);
      expect(caseText(read.trial, read.info)).toBe(text);
      expect(difference(observeTrial(right, trial), observeTrial(right, read.trial))).toBeUndefined();
    }
  });
  test('of a campaign begins in a state of its own, and says so in words', () => {
    const campaign = new Campaign({ profile: of, knobs: [knobs.numerics], seed: 1, device: () => wrongIn(of, 'drain'), oracles: [{ oracle: right, every: 1 }] });
    const index = Array.from({ length: 40 }, (_, i) => i).find((i) => campaign.test(i).judgement.found)!, { trial } = campaign.least(index, campaign.test(index).judgement.found!, 1000);
    expect(trial.start).toBeDefined();
    const text = caseText(trial, info);
    expect(text).toMatch(/"says": "(spm|acc|dram) \w+/);
    expect(difference(observeTrial(right, trial), observeTrial(right, readCase(text, 'c').trial))).toBeUndefined();
  });
  test('that is wrong is refused with every mistake at its place', () => {
    const text = caseText(trialOf(0, { profile: of, knobs: mixture, seed: 9 }), info);
    const refused = (change: (text: string) => string): readonly string[] => {
      try {
        readCase(change(text), 'case.json');
      } catch (error) {
        if (error instanceof Rejected) return error.diagnostics.map(({ line, message }) => `${line}: ${message}`);
        throw error;
      }
      return [];
    };
    expect(refused((t) => t.replace('systole-case/2', 'systole-case/1'))).toEqual([expect.stringContaining('allowed: "systole-case/2"')]);
    expect(refused((t) => t.replace('"why"', '"whi"'))).toEqual([expect.stringMatching(/'whi' is not a member of it; did you mean 'why'\?/), expect.stringContaining('"why" is missing')]);
    expect(refused((t) => t.replace('"status": "halted"', '"status": "halter"'))).toEqual([expect.stringContaining("did you mean 'halted'?")]);
    expect(refused((t) => t.replace(/"bytes": "../, '"bytes": "zz'))).toEqual([expect.stringContaining('hexadecimal digits')]);
    expect(refused((t) => t.slice(0, t.length / 2)).length).toBeGreaterThan(0);
  });
});

test('a campaign that aims every other test leaves far fewer holes than one that does not, and its tests hold all the same', () => {
  const covered = (aims: boolean): number => {
    const campaign = new Campaign({ profile: of, knobs: mixture, seed: 3, device: () => engine(of), oracles: [{ oracle: specification(of), every: 15 }, { oracle: right, every: 1 }], aims }), coverage = new Coverage(coverageOf(of));
    const log = new Log({ model: '', profile: of.name, profile_hash: of.hash, knobs: '', seed: 3, device: '', against: [], count: null }, 0, 1);
    while (log.next < 80) campaign.next(log, () => coverage, (index, found) => expect.fail(`test ${index}: ${found.text}`));
    campaign.count(log, coverage);
    expect(coverage.contradictions()).toEqual([]);
    return coverage.holes().length;
  };
  expect(covered(true)).toBeLessThan(0.85 * covered(false));
});

test('a test that was aimed is found to fail, made small, and its case says so and replays', () => {
  const campaign = new Campaign({ profile: of, knobs: [knobs.straight], seed: 2, device: () => wrongIn(of, 'irq', 'trap', 'csrr'), oracles: [{ oracle: right, every: 1 }], aims: true }), coverage = new Coverage(coverageOf(of));
  for (let index = 1; index < 120; index += 2) {
    const { judgement: { found } } = campaign.test(index, coverage);
    if (!found) continue;
    const { trial, instructions } = campaign.least(index, found, 400);
    expect([campaign.knobsOf(index).name, instructions <= 3]).toEqual(['aimed', true]);
    expect(failureOf(readCase(caseText(trial, info), 'case.json').trial, wrongIn(of, 'irq', 'trap', 'csrr'), [judgeBy(right)]).found).toMatchObject({ field: 'result' });
    return;
  }
  expect.fail('not found in 60 aimed tests');
});

test('a case whose host lets nothing be read is read as it was written, and traps protection', () => {
  const { program } = assembled('t1 = dram s32[4] at 0\nt2 = spm s32[4] at 0\nload t2, t1\nhalt 0', { file: 'unread.s' }), trial = { program, options: {}, unread: true };
  const text = caseText(trial, info), read = readCase(text, 'case.json');
  expect(caseText(read.trial, read.info)).toBe(text);
  expect([observeTrial(right, read.trial).status, observeTrial(right, { program, options: {} }).status]).toEqual(['trapped', 'halted']);
});

test('a start is what the program finds when it begins', () => {
  const { program } = assembled('halt 0', { file: 'halt.s' });
  for (let index = 0; index < 6; index++) {
    observeTrial(right, { program: trialOf(index, { profile: of, knobs: [knobs.smoke, knobs.sync, knobs.numerics], seed: 4 }).program, options: {} });
    const start = startOf(right.snapshot(), of.hash), { snapshot } = observeTrial(right, { program, start, options: { budget: 0 } });
    expect(start.registers.some((word) => word !== 0) && start.tensors.some((word) => word !== 0)).toBe(true);
    expect(startOf(snapshot, of.hash)).toEqual(start);
  }
});

test('results cut anywhere and gone on with are the results of one run', () => {
  const identity = { model: '0'.repeat(64), profile: of.name, profile_hash: of.hash, knobs: 'smoke', seed: 3, device: 'wrong', against: ['engine-scalar'], count: 9 };
  const make = (): Campaign => new Campaign({ profile: of, knobs: [knobs.smoke], seed: 3, device: () => wrongIn(of, 'alu'), oracles: [{ oracle: right, every: 1 }] });
  const goOn = (log: Log, campaign: Campaign, to: number): Log => {
    while (log.next < to) {
      const { index, instructions, judgement: { found } } = campaign.test(log.next);
      log.add(index, instructions, found, { text: 'x', instructions: 1, case: 'cases/x.json', seconds: 1, milliseconds: 1, evaluations: 1 });
    }
    return log;
  };
  const whole = resultsText(goOn(new Log(identity, 0, 1), make(), 9).results());
  expect(JSON.parse(whole)).toMatchObject({ programs: 9, failures: [{ signature: 'record/alu/result/seq', first: expect.any(Number) }] });
  for (const cut of [0, 1, 4, 8]) expect(resultsText(goOn(Log.after(goOn(new Log(identity, 0, 1), make(), cut).results()), make(), 9).results())).toBe(whole);
});

test('the command: a folder of results, a campaign that goes on, a case that replays', async () => {
  const at = join(folder, 'campaign'), run = (...words: string[]) => within(folder, words), first = await run('fuzz', '--count', '3', '--output', at, '--against', 'engine-scalar', '--json');
  expect(first.code, first.err).toBe(0);
  expect(JSON.parse(first.out)).toMatchObject({ programs: 3, divergences: 0, signatures: [], coverage: { hit: expect.any(Number), reachable: expect.any(Number) } });
  expect((await run('fuzz', '--output', at)).err).toContain('--resume continues it');
  expect((await run('fuzz', '--until-covered', '--shard', '1/2')).err).toContain('its tests depend on those before them');
  const covered = await run('fuzz', '--until-covered', '--count', '2', '--quiet');
  expect([covered.code, covered.out]).toEqual([2, '']);
  expect(covered.err).toMatch(/^below the goal: \d+\.\d % of the reachable bins were hit, \d+ of \d+; the goal is 100 %\n$/);
  const early = await run('fuzz', '--count', '2', '--goal', '101', '--output', join(folder, 'early'));
  expect([early.code, early.err, existsSync(join(folder, 'early'))]).toEqual([3, "--goal: error: '101' is not a number from 0 to 100\n", false]);
  const other = await run('fuzz', '--count', '3', '--seed', '2', '--resume', at, '--against', 'engine-scalar');
  expect(other.code).toBe(3);
  expect(other.err).toContain('is of another campaign: seed is 1 there, 2 here');
  const before = readFileSync(join(at, 'results.json'), 'utf8');
  expect((await run('fuzz', '--count', '3', '--resume', at, '--against', 'engine-scalar', '--quiet')).code).toBe(0);
  expect(readFileSync(join(at, 'results.json'), 'utf8')).toBe(before);
  const path = join(folder, 'case.json');
  writeFileSync(path, caseText(trialOf(0, { profile: of, knobs: mixture, seed: 9 }), info));
  const replayed = await run('replay', path, '--device', 'engine-scalar', '--against', 'engine');
  expect(replayed.code, replayed.err).toBe(0);
  expect(replayed.out).toMatch(/^equal {2}\S+: halted, /);
  expect(replayed.err).toContain('when the case was kept');
});

test('a canary that is not found is a failure: exit code 1, told in words, in JSON and in reports', async () => {
  const at = join(folder, 'canary'), junit = join(folder, 'canary.xml'), run = (...words: string[]) => within(folder, words), fault = 'tosa-threshold', words = ['--canary', fault, '--count', '1', '--knobs', 'sync', '--against', 'engine-scalar'];
  const plain = await run('fuzz', ...words, '--output', at, '--junit', junit, '--goal', '100');
  expect([plain.code, plain.out.split('\n').at(-2)]).toEqual([1, `not found: the fault ${fault}, which has to be found, is not found in 1 program`]);
  expect(readFileSync(junit, 'utf8')).toContain('failures="1"');
  for (const { code, out } of [await run('fuzz', ...words, '--json'), await run('report', at, '--json'), await run('merge', at, '--output', join(folder, 'merged'), '--json')]) {
    expect([code, (JSON.parse(out) as { canary: unknown }).canary]).toEqual([1, { fault, found: false }]);
  }
  const told = await run('report', at, '--html', join(folder, 'canary.html'));
  expect([told.code, told.out]).toEqual([1, expect.stringContaining('has to be found')]);
  expect(readFileSync(join(folder, 'canary.html'), 'utf8')).toContain(`<p class="bad">the fault ${fault}, `);
  const found = await run('fuzz', '--canary', 'trap-pc-of-next', '--evaluations', '1', '--output', join(folder, 'found'), '--json');
  expect([found.code, JSON.parse(found.out)]).toMatchObject([1, { canary: { fault: 'trap-pc-of-next', found: true } }]);
});

test('a campaign in which nothing was run does not pass, in words, in JSON, in reports and merged; a shard that has no tests does', async () => {
  const run = (...words: string[]) => within(folder, words), at = join(folder, 'unplayed'), says = 'no program was run, so that nothing is known';
  const plain = await run('fuzz', '--minutes', '0.0000001', '--output', at);
  expect([plain.code, plain.out.split('\n').at(-2)]).toEqual([1, `nothing run: ${says}`]);
  const told = await run('report', at, '--junit', join(folder, 'unplayed.xml'), '--html', join(folder, 'unplayed.html'));
  expect([told.code, told.out]).toEqual([1, expect.stringContaining(`none: ${says}`)]);
  for (const page of ['unplayed.xml', 'unplayed.html']) expect(readFileSync(join(folder, page), 'utf8'), page).toContain(says);
  expect(JSON.parse((await run('report', at, '--json')).out)).toMatchObject({ exit_code: 1, programs: 0 });
  expect((await run('merge', at, '--output', join(folder, 'unplayed-merged'), '--partial')).code).toBe(1);
  expect((await run('fuzz', '--count', '2', '--shard', '3/4', '--output', join(folder, 'left'))).code).toBe(0);
  expect((await run('report', join(folder, 'left'))).code).toBe(0);
});

test('the command in a case holds where the case lies, also when its folder has moved; what the campaign tells holds where it was typed', async () => {
  const fault = 'trap-pc-of-next', told = await within(folder, ['fuzz', '--canary', fault, '--evaluations', '1', '--output', 'first/moved']), moved = join(folder, 'elsewhere'), toldCommand = /replay: npx systole (.+)/.exec(told.err)![1]!;
  expect((await within(folder, toldCommand.split(' '))).code, toldCommand).toBe(1);
  renameSync(join(folder, 'first', 'moved', 'cases'), moved);
  const [name] = readdirSync(moved), { replay } = readCase(readFileSync(join(moved, name!), 'utf8'), name!).info;
  expect(replay).toBe(`npx systole replay ${name} --canary ${fault}`);
  expect((await within(moved, replay.split(' ').slice(2))).code).toBe(1);
});

test('a simulator that a shell does not find, or cannot run, judges nothing: exit code 3 and no case', async () => {
  writeFileSync(join(folder, 'plain'), '');
  for (const [command, code] of [['nosuchsimulator', 127], [join(folder, 'plain'), 126]] as const) {
    const at = join(folder, `judged-${code}`), ran = await within(folder, ['fuzz', '--count', '2', '--against', 'trace', '--command', `${command} {case} {trace}`, '--output', at]);
    expect([ran.code, ran.out, existsSync(join(at, 'cases'))]).toEqual([3, '', false]);
    expect(JSON.parse(readFileSync(join(at, 'results.json'), 'utf8'))).toMatchObject({ programs: 0, failures: [] });
    expect(ran.err).toMatch(new RegExp(`^--command: error: cannot be run: .*${command}.* \\(exit code ${code} of the shell\\)\\n$`, 's'));
  }
  expect((await within(folder, ['fuzz', '--count', '1', '--against', 'trace', '--command', 'false {case} {trace}', '--evaluations', '1', '--quiet'])).code).toBe(1);
});

test('a simulator whose trace is of another machine, by hash or by name alone, judges nothing: exit code 3 and no case', async () => {
  for (const [name, header] of [['hash', traceHeader('jsonl', { profile: of.name, hash: '0'.repeat(64) })], ['name', '{"format": "systole-trace", "version": 1, "profile": "another", "fields": ["unit", "order"]}\n']] as const) {
    const theirs = join(folder, `other-${name}.jsonl`), at = join(folder, `other-${name}`);
    writeFileSync(theirs, header);
    const ran = await within(folder, ['fuzz', '--count', '2', '--against', 'trace', '--command', `: {case}; cp ${theirs} {trace}`, '--output', at]);
    expect([ran.code, ran.out, existsSync(join(at, 'cases'))]).toEqual([3, '', false]);
    expect(ran.err).toMatch(name === 'hash' ? /^--command: error: leaves a trace of profile systole-16 with hash 0{16}…, not of profile systole-16 with hash [\da-f]{16}…: / : /^--command: error: leaves a trace of profile another, not of profile systole-16 with /);
  }
});

test('a case that a simulator alone has seen tells the command that runs it against that simulator again', async () => {
  const theirs = join(folder, "nobody's.jsonl"), at = join(folder, 'simulated');
  writeFileSync(theirs, traceHeader('jsonl', { profile: of.name, hash: of.hash }));
  const ran = await within(folder, ['fuzz', '--count', '1', '--against', 'trace', '--command', `: {case}; cp "${theirs}" {trace}`, '--evaluations', '1', '--output', at]);
  expect(ran.code, ran.err).toBe(1);
  const [name] = readdirSync(join(at, 'cases')), { replay } = readCase(readFileSync(join(at, 'cases', name!), 'utf8'), name!).info, told = /npx systole (replay .*)/.exec((await within(folder, ['report', at])).out)![1]!;
  // As a shell reads it, where the case lies and where the report was made.
  const words = (line: string): readonly string[] => execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' }).trimEnd().split('\n');
  const [there, here] = [await within(join(at, 'cases'), words(replay).slice(2)), await within(folder, words(told))];
  expect([there.code, there.out, here.code]).toEqual([1, expect.stringMatching(new RegExp(`^differs {2}${name}: `)), 1]);
  expect((await within(folder, words(told).slice(0, 2))).code).toBe(0);
  expect((await within(folder, [...words(told).slice(0, 2), '--against', 'trace'])).err).toMatch(/^--command: error: is missing: /);
});

test('a simulator that leaves a trace with digests holds the device under test to it: a fault is told where its records are others', () => {
  const theirs = join(folder, 'theirs.bin'), judge = outsideJudge('trace', of, `cp ${theirs} {trace}`), device = engine(of, { binary: faultBinary('ties-up') });
  let told = 0;
  for (let index = 0; index < 60 && told < 1; index++) {
    const trial = trialOf(index, { profile: of, knobs: [knobs.numerics], seed: 1 });
    if (trial.options.schedule) continue;
    const wanted = observeTrial(right, trial), seen = observeTrial(device, trial), differs = !Buffer.concat(wanted.records).equals(Buffer.concat(seen.records));
    writeFileSync(theirs, Buffer.concat([traceHeader('binary', { profile: of.name, hash: of.hash }), ...wanted.records]));
    expect(judge(trial, wanted)).toBeUndefined();
    expect(judge(trial, seen)?.kind, `test ${index}`).toBe(differs ? 'outside' : undefined);
    told += Number(differs);
  }
  expect(told).toBeGreaterThan(0);
});
