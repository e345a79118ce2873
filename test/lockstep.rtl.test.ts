//! lockstep.rtl.test: the example design runs in step with the engine: every legal order is accepted, every seeded bug is found and placed.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { trialOf } from '../model/campaign/campaign.ts';
import { engine } from '../model/engine.ts';
import { profileBinary } from '../model/engine/profile-binary.ts';
import { profile } from '../model/machine/profile.ts';
import { faultBinary } from '../model/mutants/catalogue.ts';
import { difference } from '../model/verify/compare.ts';
import { digestOf } from '../model/verify/digest.ts';
import { generate } from '../model/verify/generate.ts';
import { observeTrial } from '../model/verify/trial.ts';
import { directedCases } from '../model/bundle/directed.ts';
import type { Knobs } from '../model/verify/record.ts';
import { knobs } from './laws-harness.ts';
import { writeCase } from '../model/cli/case-folder.ts';
import { outsideJudge } from '../model/cli/outside.ts';

const root = join(import.meta.dirname, '..'), built = join(root, 'build', 'rtl', 'lockstep', 'systole-int8'), folder = mkdtempSync(join(tmpdir(), 'systole-lockstep-'));
const of = profile('systole-int8');

/** Tools that users need not have; CI must. Icarus knows no --version. */
const tools = [
  ['wasm2c', '--version', 'apt-get install wabt'], ['gcc', '--version', 'apt-get install gcc'], ['make', '--version', 'apt-get install make'],
  ['verilator', '--version', 'apt-get install verilator'], ['iverilog', '-V', 'apt-get install iverilog'],
] as const;
const missing = tools.filter(([tool, flag]) => spawnSync(tool, [flag]).status !== 0), says = missing.map(([tool, , how]) => `${tool} is missing: ${how}`).join('; ');
if (missing.length > 0 && process.env.CI === 'true') throw new Error(says);
if (missing.length > 0) console.log(`skipped: ${says}`);

interface Ended { readonly status: number | null; readonly out: string }
function run(command: string, ...words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: root, encoding: 'utf8', timeout: 120_000 });
  return { status, out: stdout + stderr };
}
const make = (target: string, bug = 0): Ended => run('make', '-s', '-C', 'rtl', '-f', 'lockstep.mk', target, `BUG=${bug}`);
const plusargs = (path: string, more: readonly string[]): readonly string[] => [`+profile=${join(folder, 'int8.bin')}`, `+program=${join(folder, path)}`, ...more];
const onVerilator = (path: string, ...more: readonly string[]): Ended => run(join(built, 'verilator-0', 'lockstep'), ...plusargs(path, more));
const onIcarus = (bug: number, path: string, ...more: readonly string[]): Ended =>
  run('vvp', '-n', '-m', join(root, 'build', 'native', 'systole.vpi'), join(built, `icarus-${bug}.vvp`), ...plusargs(path, more));

/** Mostly the matrix unit, with what the others do before and between. */
const busy: Knobs = { ...knobs['smoke']!, name: 'matrix', fresh: 100, records: 30, elements: 96, weights: { 0: 0.2, 1: 2, 2: 0.5, 3: 12, 4: 0.5, drain: 24 } };
const PROGRAMS = 60;

describe.skipIf(missing.length > 0)('lock-step', () => {
  beforeAll(() => {
    for (const target of [join(built, 'verilator-0', 'lockstep'), join(built, 'icarus-0.vvp')]) {
      const made = make(target);
      expect(made.status, made.out).toBe(0);
    }
    writeFileSync(join(folder, 'int8.bin'), profileBinary(of));
    for (let seed = 0; seed < PROGRAMS; seed++) writeCase(join(folder, `busy-${seed}`), generate(seed, of, busy).program);
    for (const [i, { program }] of directedCases().entries()) writeCase(join(folder, `directed-${i}`), program);
    writeCase(join(folder, 'every'), assembled(readFileSync(join(root, 'rtl', 'bench', 'lockstep.s'), 'utf8'), { file: 'lockstep.s' }).program);
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('Verilator: generated programs pass in every mode, whenever the other units write', { timeout: 300_000 }, () => {
    let instructions = 0;
    for (let seed = 0; seed < PROGRAMS; seed++) {
      for (const more of [['+mode=2'], ['+mode=2', `+seed=${seed}`, `+delay=${seed % 7}`], ['+mode=1'], ['+mode=3', `+seed=${seed}`, '+delay=40']]) {
        const { status, out } = onVerilator(`busy-${seed}`, ...more);
        expect(status, `busy-${seed} ${more.join(' ')}\n${out}`).toBe(0);
        instructions += Number(/PASS instructions=(\d+)/.exec(out)![1]);
      }
    }
    expect(instructions).toBeGreaterThan(2000);
  });

  test('Icarus, through VPI: the same bench, the same figures', { timeout: 300_000 }, () => {
    for (const path of ['every', ...Array.from({ length: 12 }, (_, seed) => `busy-${5 * seed}`)]) {
      const [icarus, verilator] = [onIcarus(0, path, '+seed=3', '+delay=5'), onVerilator(path, '+seed=3', '+delay=5')];
      expect(icarus.status, `${path}\n${icarus.out}`).toBe(0);
      expect(/^PASS.*$/m.exec(icarus.out)![0]).toBe(/^PASS.*$/m.exec(verilator.out)![0]);
    }
  });

  test('make builds the library anew where its build says so, the bench where that or the profile changed, and neither for nothing', { timeout: 300_000 }, () => {
    const bench = join(built, 'verilator-0', 'lockstep'), stamp = join(root, 'build', 'native', 'stamp'), sized = join(built, 'systole_profile.sv'), dates = (): readonly number[] => [bench, join(root, 'build', 'native', 'libsystole.a'), sized].map((path) => statSync(path).mtimeMs);
    const made = (): readonly number[] => { const { status, out } = make(bench); expect([status, out]).toEqual([0, '']); return dates(); };
    const first = made();
    expect(made()).toEqual(first);
    // Sources of the library that are newer would have another stamp.
    rmSync(stamp);
    const second = made();
    expect(existsSync(stamp)).toBe(true);
    expect(second.map((date, i) => date > first[i]!)).toEqual([true, true, false]);
    appendFileSync(sized, '// changed\n');
    const third = made();
    expect(readFileSync(sized, 'utf8')).not.toContain('changed');
    expect(third.map((date, i) => date > second[i]!)).toEqual([true, false, true]);
  });

  test('without a profile, a program or the right folder there is no run, and the reason is told', () => {
    expect(onVerilator('absent')).toMatchObject({ status: 1, out: expect.stringContaining('cannot be read') });
    mkdirSync(join(folder, 'bad'), { recursive: true });
    writeFileSync(join(folder, 'bad', 'program.bin'), 'no image');
    expect(run(join(built, 'verilator-0', 'lockstep'), '+profile=/absent', '+program=/absent').status).toBe(1);
  });

  test('fuzz --against rtl holds the device under test to what the design left: a fault of it is told where the engine ends otherwise, and nothing else', { timeout: 300_000 }, () => {
    const judge = outsideJudge('rtl', of, undefined), right = engine(of);
    for (const fault of [undefined, 'strides-one-word-early', 'ties-up', 'toward-zero-is-floor']) {
      const device = fault === undefined ? right : engine(of, { binary: faultBinary(fault) });
      let told = 0, trapped = 0;
      for (let index = 0; index < (fault === undefined ? 40 : 150) && told < 4; index++) {
        const trial = trialOf(index, { profile: of, knobs: [knobs['smoke']!, knobs['sync']!, knobs['memory']!], seed: 1 }), wanted = observeTrial(right, trial);
        if (trial.options.schedule || wanted.status !== 'halted') continue;
        const seen = observeTrial(device, trial), differs = seen.status !== wanted.status || digestOf(seen, of.hash) !== digestOf(wanted, of.hash);
        // What is as it should be is shown by the device without a fault.
        if (fault !== undefined && !differs) continue;
        // By the instruction, unit and field that differ first campaigns tell failures apart.
        const found = judge(trial, seen), first = difference(wanted, seen);
        expect(found && [found.kind, found.mnemonic, found.unit, found.field], `${fault ?? 'no fault'}, test ${index}`).toEqual(differs ? ['outside', first!.mnemonic, first!.unit, `rtl: ${first!.field}`] : undefined);
        told += Number(differs);
        trapped += Number(seen.status === 'trapped');
      }
      expect(told > 0, fault).toBe(fault !== undefined);
      // The design knows no traps, and the device has to end as the engine in step with it does.
      expect(trapped > 0, fault).toBe(fault === 'strides-one-word-early');
    }
  });

  test('fuzz --against rtl tells a mistake of the design with its instruction, by which campaigns tell failures apart', { timeout: 300_000 }, () => {
    const judge = outsideJudge('rtl', of, undefined, 9), device = engine(of), mnemonics = new Set<string>();
    for (let index = 0; index < 40; index++) {
      const trial = trialOf(index, { profile: of, knobs: [knobs['smoke']!, knobs['memory']!], seed: 1 }), found = judge(trial, observeTrial(device, trial));
      if (!found) continue;
      expect(found, found.text).toMatchObject({ kind: 'outside', unit: 'mxu', field: 'rtl: d', text: expect.not.stringContaining(tmpdir()) });
      mnemonics.add(found.mnemonic);
    }
    expect([...mnemonics].sort()).toEqual(['mdw', 'mm']);
  });

  /** Bugs that the design can be built with; those of the bf16 element have a bench of their own. */
  const bugs = [...new Set(readdirSync(join(root, 'rtl')).filter((name) => /^systole_.*\.sv$/.test(name) && !/multiply_add|bf16/.test(name))
    .flatMap((name) => [...readFileSync(join(root, 'rtl', name), 'utf8').matchAll(/\bBUG == (\d+)/g)].map((found) => Number(found[1]))))].sort((a, b) => a - b);

  function firstFailure(bug: number): Ended | undefined {
    for (const path of ['every', ...directedCases().map((_, i) => `directed-${i}`), ...Array.from({ length: PROGRAMS }, (_, seed) => `busy-${seed}`)]) {
      const ended = onIcarus(bug, path, '+timeout=3000');
      if (ended.status !== 0) return ended;
    }
    return undefined;
  }

  // A build for each takes its time: CI tries all of them.
  const tried = process.env.CI === 'true' ? bugs : bugs.filter((_, i) => i % 4 === 0);
  // No program of these reads a row of accumulators in the clock in which it is written.
  const hidden: readonly number[] = [5];

  test('every seeded bug of the design is found, in an instruction of the matrix unit', { timeout: 1_800_000 }, () => {
    const missed: number[] = [];
    for (const bug of tried.filter((number) => !hidden.includes(number))) {
      const made = make(join(built, `icarus-${bug}.vvp`), bug);
      expect(made.status, made.out).toBe(0);
      const found = firstFailure(bug);
      if (!found) missed.push(bug);
      else expect(found.out, `BUG=${bug}`).toMatch(/systole: mxu #\d+ \(seq \d+, pc \d+, \w+: /);
    }
    expect(missed).toEqual([]);
    expect(bugs.length).toBeGreaterThanOrEqual(20);
  });
});
