//! native.rtl.test: the C library gives the bits of every other device, refuses what is wrong, and holds a design to the reference.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { profileBinary } from '../model/engine/profile-binary.ts';
import { type Profile, profile } from '../model/machine/profile.ts';
import { specification } from '../model/specification.ts';
import { type CaseInfo, caseText } from '../model/verify/case.ts';
import { runDigest } from '../model/verify/digest.ts';
import { generate } from '../model/verify/generate.ts';
import { trialOf } from '../model/campaign/campaign.ts';
import { outsideJudge } from '../model/cli/outside.ts';
import { faultBinary } from '../model/mutants/catalogue.ts';
import { difference, signatureOf } from '../model/verify/compare.ts';
import { observeTrial } from '../model/verify/trial.ts';
import { within } from './command-line.ts';
import { knobs, profiles } from './laws-harness.ts';
import { writeCase } from '../model/cli/case-folder.ts';

const root = join(import.meta.dirname, '..'), native = join(root, 'build', 'native');
const folder = mkdtempSync(join(tmpdir(), 'systole-native-'));
const at = (name: string): string => join(folder, name);

/** Tools that users need not have; CI must. */
const missing = [['wasm2c', 'apt-get install wabt'], ['gcc', 'apt-get install gcc']].filter(([tool]) => spawnSync(tool!, ['--version']).status !== 0);
const says = missing.map(([tool, how]) => `${tool} is missing: ${how}`).join('; ');
if (missing.length > 0 && process.env.CI === 'true') throw new Error(says);
if (missing.length > 0) console.log(`skipped: ${says}`);

interface Ended { readonly status: number | null; readonly out: string }
function inShell(command: string, ...words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { status, out: stdout + stderr };
}
const checker = (of: string, path: string, ...words: readonly string[]): Ended => inShell(at('checker'), at(`${of}.bin`), at(path), ...words);

describe.skipIf(missing.length > 0)('libsystole', () => {
  beforeAll(() => {
    const built = spawnSync(process.execPath, [join(root, 'bin', 'task.mjs'), 'build:native'], { encoding: 'utf8' });
    expect(built.status, built.stderr).toBe(0);
    const flags = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', `-I${root}/rtl/dpi`, `-I${root}/generated`];
    for (const name of ['run', 'checker']) {
      const compiled = inShell('gcc', ...flags, '-o', at(name), `${root}/examples/c/${name}.c`, `${native}/libsystole.a`, '-lm');
      expect(compiled.status, compiled.out).toBe(0);
    }
    for (const [name, of] of Object.entries(machines)) writeFileSync(at(`${name}.bin`), profileBinary(of));
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a case replays on the library, and is held to it; one that it cannot begin or order is refused', async () => {
    const { program } = assembled('s1 = -7\ns2 = rem s1, 4\nhalt 3', { file: 'small.s' }), of = profile('systole-16'), run = (...words: string[]) => within(folder, ['replay', ...words]);
    const info: CaseInfo = { why: 'a test', signature: 'outside//native: digest/', profile: of.name, profile_hash: of.hash, model: '0'.repeat(64), origin: null, ends: { status: 'halted', records: 3, digest: '00000000' }, replay: '' };
    writeFileSync(at('small.json'), caseText({ program, options: {} }, info));
    writeFileSync(at('scheduled.json'), caseText({ program, options: { schedule: Uint8Array.of(0, 1) } }, info));
    const tested = await run('small.json', '--device', 'native', '--json'), ruler = await run('small.json', '--against', 'native', '--json');
    expect([tested.code, JSON.parse(tested.out)]).toMatchObject([0, [{ device: 'native', against: 'specification', passed: true }]]);
    expect([ruler.code, JSON.parse(ruler.out)]).toMatchObject([0, [{ device: 'engine', against: 'native', passed: true }]]);
    const fault = await run('small.json', '--canary', 'remainder-unsigned', '--against', 'native');
    expect([fault.code, fault.out]).toEqual([1, expect.stringMatching(/^differs {2}small\.json: .*, libsystole halted after 3 with [\da-f]{8}; specification against .* differs in result: .*\n$/)]);
    const refused = await run('scheduled.json', 'small.json', '--device', 'native', '--against', 'native');
    expect([refused.code, refused.err]).toEqual([3, '--against: error: native is what is tested; allowed: a device of this process\nscheduled.json: error: runs by a schedule; native runs a program from its launch, in its own order\n']);
  });

  test('a campaign against the library tells failures apart: by the instruction, unit and field that differ first', { timeout: 300_000 }, () => {
    const of = profile('systole-16'), judge = outsideJudge('native', of, undefined), right = engine(of), signatures = new Set<string>();
    expect(judge(trialOf(0, { profile: of, knobs: [knobs['smoke']!], seed: 1 }), observeTrial(right, trialOf(0, { profile: of, knobs: [knobs['smoke']!], seed: 1 })))).toBeUndefined();
    for (const fault of ['ties-up', 'toward-zero-is-floor', 'remainder-unsigned', 'trap-pc-of-next']) {
      const device = engine(of, { binary: faultBinary(fault) });
      for (let index = 0, told = 0; index < 200 && told < 4; index++) {
        const trial = trialOf(index, { profile: of, knobs: [knobs['smoke']!, knobs['numerics']!, knobs['illegal']!], seed: 1 }), first = trial.options.schedule ? undefined : difference(observeTrial(right, trial), observeTrial(device, trial));
        // The digest is of records and state: registers of the host's window and memory are not in it.
        if (!first || !['record', 'records', 'ending', 'state'].includes(first.kind)) continue;
        const found = judge(trial, observeTrial(device, trial))!;
        expect([found.kind, found.mnemonic, found.unit, found.field], `${fault}, test ${index}`).toEqual(['outside', first.mnemonic, first.unit, `native: ${first.field}`]);
        expect(found.text).toContain(first.text.replace(/^.*?: /, ''));
        signatures.add(signatureOf(found));
        told++;
      }
    }
    expect(signatures.size).toBeGreaterThan(2);
  });

  const machines: Readonly<Record<string, Profile>> = {
    'systole-16': profile('systole-16'), 'odd-3x5': profiles['odd-3x5']!, 'systole-int8': profile('systole-int8'), 'nvidia-hopper': profile('nvidia-hopper'),
  };

  /** Lines of digest, status and record count: of the C program and of each device. */
  function compareAll(name: string, programs: readonly Program[], devices: readonly Device[]): void {
    const paths = programs.map((program, i) => { writeCase(at(`${name}-${i}`), program); return at(`${name}-${i}`); });
    const { out, status } = inShell(at('run'), at(`${name}.bin`), ...paths);
    expect(status, out).toBe(0);
    for (const device of devices) {
      const lines = programs.map((program, i) => {
        const { digest, status: end, records } = runDigest(device, program);
        return `${digest.toString(16).padStart(8, '0')} ${end} ${records} ${paths[i]}\n`;
      });
      expect(lines.join(''), device.name).toBe(out);
    }
  }

  test.each(Object.keys(machines))('native, both builds of WebAssembly and the specification give one digest for programs of all knobs: %s', { timeout: 120_000 }, (name) => {
    const of = machines[name]!, programs = Object.values(knobs).flatMap((knob) => Array.from({ length: 16 }, (_, seed) => generate(seed, of, knob).program));
    compareAll(name, programs, [specification(of), engine(of, { build: 'scalar' }), engine(of, { build: 'simd' })]);
  });

  test('and for the worked examples', { timeout: 120_000 }, () => {
    const of = machines['systole-16']!, texts = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.s'));
    const programs = texts.map((name) => assembled(readFileSync(join(root, 'examples', name), 'utf8'), { file: name }).program);
    // examples.test holds the engine to the specification on them.
    compareAll('systole-16', programs, [engine(of, { build: 'scalar' }), engine(of)]);
  });

  test('the example in Python gives the same digest, by the shared library', () => {
    if (spawnSync('python3', ['--version']).status !== 0) return console.log('skipped: python3 is missing');
    const { program } = generate(3, machines['systole-16']!, knobs['smoke']!);
    writeCase(at('python'), program);
    const run = inShell('python3', join(root, 'examples', 'python', 'systole.py'), join(native, 'libsystole.so'), at('systole-16.bin'), at('python'), '0x1000', '8');
    expect(run.status, run.out).toBe(0);
    const { digest, status } = runDigest(engine(machines['systole-16']!), program);
    expect(run.out.split('\n')[0]).toBe(`${digest.toString(16).padStart(8, '0')} ${status}`);
    expect(run.out.split('\n')[1]).toMatch(/^\[(-?\d+(, )?){2}\]$/);
  });

  test('a design may complete in any legal order; one bit, one byte beside its operands, one instruction too early or too few is found', { timeout: 120_000 }, () => {
    const of = machines['odd-3x5']!, found = { flip: 0, early: 0, stray: 0, lost: 0 };
    for (let seed = 0; seed < 30; seed++) {
      const name = `odd-3x5-check-${seed}`, { program } = generate(seed, of, knobs[seed % 2 ? 'sync' : 'smoke']!);
      writeCase(at(name), program);
      if (runDigest(engine(of), program).status !== 'halted') continue;
      for (const mode of ['unit', 'final']) expect(checker('odd-3x5', name, `seed=${seed}`, `mode=${mode}`)).toMatchObject({ status: 0, out: expect.stringMatching(/^equal: /) });
      expect(checker('odd-3x5', name, 'serial', 'mode=strict').status).toBe(0);
      for (const bug of ['flip', 'early', 'stray', 'lost'] as const) {
        const run = checker('odd-3x5', name, `seed=${seed}`, `${bug}=${bug === 'flip' ? seed % 4 : seed}`);
        expect(run.status === 0 || run.status === 1, run.out).toBe(true);
        if (run.status === 1) found[bug]++;
        const words = { flip: /: [dabc] \[[\d, ]+\], \w+ at \w+:0x[\da-f]+: expected [\da-f]+, found [\da-f]+/, early: / retired before /, stray: /belongs to no operand of it/, lost: / never retired/ };
        if (run.status === 1) expect(run.out).toMatch(words[bug]);
      }
    }
    expect(Math.min(...Object.values(found)), JSON.stringify(found)).toBeGreaterThan(5);
  });

  test('a wrong product is told with its element, its column of the array, who wrote its sources, and how to see it again', () => {
    const text = `x = spm s8 [3,4] at 0x0   w = spm s8 [4,2] at 0x40   a = acc s32 [3,2] at 0 stride [4,1]   X = dram s8 [3,4] at 0x0   W = dram s8 [4,2] at 0x40
      load x, X\nload w, W post m1\nwload slot 1, w wait m1\nmm.set a, x, slot 1\nhalt 0\n.data dram 0x0\n.s8 1,2,3,4,5,6,7,8,9,10,11,12\n.data dram 0x40\n.s8 1,2,3,4,5,6,7,8`;
    writeCase(at('product'), assembled(text, { file: 'product.s' }).program);
    const run = checker('systole-int8', 'product', 'serial', 'flip=2');
    expect(run.status).toBe(1);
    expect(run.out).toContain('mm: ');
    expect(run.out).toContain(': d [0, 0], s32 at acc:0x0: expected 00000032, found 00000033');
    expect(run.out).toContain('array: column 0, the sum over rows 0 to 3');
    expect(run.out).toMatch(/a was written by dmi #0 \(seq \d+, pc \d+, load\)/);
    expect(run.out).toMatch(/slot 1 was loaded by mxu #0 \(seq \d+, pc \d+, wload\)/);
    expect(run.out).toContain(`replay: npx systole bundle replay ${at('product')}`);
  });

  test('what is wrong is refused with the reason, and nothing ends the process', () => {
    const good = readFileSync(at('systole-16.bin')), flipped = Uint8Array.from(good), hello = assembled('halt 0', { file: 'h.s' }).program.image;
    flipped[700] = flipped[700]! ^ 1;
    writeFileSync(at('flipped.bin'), flipped);
    writeFileSync(at('short.bin'), good.subarray(0, 1000));
    writeFileSync(at('other.bin'), 'no profile');
    writeFileSync(at('hello.img'), hello);
    writeCase(at('badhex'), { image: hello, memory: [] });
    writeFileSync(at('badhex/initial.spm.hex'), '@0\n12 zz\n');
    const refused = (profileFile: string, program: string): string => {
      const run = inShell(at('run'), at(profileFile), at(program));
      expect(run.status).toBe(3);
      return run.out;
    };
    expect(refused('flipped.bin', 'hello.img')).toContain('the profile is damaged: its CRC-32C is not that of its bytes');
    expect(refused('short.bin', 'hello.img')).toContain('the profile is damaged');
    expect(refused('other.bin', 'hello.img')).toContain('it does not begin with SYSPROF1');
    expect(refused('absent.bin', 'hello.img')).toContain('cannot be read');
    expect(refused('systole-16.bin', 'absent')).toContain('cannot be read');
    expect(refused('systole-16.bin', 'badhex')).toContain("'zz' is neither a byte in hexadecimal");
  });
});
