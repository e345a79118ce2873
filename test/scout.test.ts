//! scout.test: the scout lets a program pass where the sanitizer finds nothing in it, and no other one.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { looked } from '../model/cursor.ts';
import type { Device, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { decodeHead, type Words } from '../model/isa/codec.ts';
import { head } from '../model/isa/instruction.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../model/limits.ts';
import { type Profile, profile } from '../model/machine/profile.ts';
import { byName, concluded, type Passes, passes, type SanitizeOptions, type Sanitized } from '../model/sanitizer/run.ts';
import { specification } from '../model/specification.ts';
import { generateIllegal } from '../model/verify/illegal.ts';
import { generate } from '../model/verify/generate.ts';
import { random } from '../model/verify/random.ts';
import { knobs, profiles } from './laws-harness.ts';
import { runs } from './runs.ts';
import { lacking, schedulesOf, type Subject, subject, unnamed } from './sanitizer-harness.ts';
import { attention, bandedConvolution, doubleBufferedGemm } from './worked-programs.ts';

const root = join(import.meta.dirname, '..'), device = engine(profile('systole-16'));
const read = (folder: string): readonly (readonly [name: string, text: string])[] =>
  readdirSync(join(root, folder)).filter((name) => name.endsWith('.s')).map((name) => [name, readFileSync(join(root, folder, name), 'utf8')]);

/** What came of the runs that were wanted, and what they were: of the serial order or not, looked at or not. */
function watched(on: Device, program: Program, running: Passes, options: SanitizeOptions = {}, ring?: number): Sanitized & { readonly ways: readonly string[] } {
  const ways: string[] = [];
  const each = function* (): Passes {
    for (let next = running.next(); ; ) {
      if (next.done) return next.value;
      const { serial, look, options: wanted } = next.value;
      ways.push(`${serial ? 'serial' : 'scheduled'}${look ? '' : ', not looked at'}`);
      next = running.next(yield { ...next.value, options: { ...wanted, ...(ring && wanted.ring !== 1 ? { ring } : {}) } });
    }
  };
  const { end, told } = concluded(on, program, each(), { budget: 1_000_000, ...options });
  return { end: end!, findings: told, ways };
}
/** Does the scout let it pass; has the sanitizer that follows every record by name nothing to tell; and did it have to look at memory between records? */
function verdicts(on: Device, { program, text }: Subject, ring?: number): { readonly passes: boolean; readonly isRight: boolean; readonly looks: boolean } {
  const [scouted, named] = [passes, byName].map((way) => watched(on, program, way(on, program, text, { serial: true }), {}, ring)) as [ReturnType<typeof watched>, ReturnType<typeof watched>];
  expect(scouted.findings.length, 'the same findings').toBe(named.findings.length);
  return { passes: scouted.ways.length === 1, isRight: named.findings.length === 0, looks: named.ways.length === 2 };
}
/** What passes is right, and what is right passes, unless memory has to be looked at; gives how many did and did not. */
function agree(on: Device, subjects: Iterable<readonly [name: string, one: Subject]>, ring?: number): { passed: number; told: number; looked: number } {
  const counts = { passed: 0, told: 0, looked: 0 };
  for (const [name, one] of subjects) {
    const { passes, isRight, looks } = verdicts(on, one, ring);
    if (passes || !looks) expect(passes, `${name}: passes`).toBe(isRight);
    counts[passes ? 'passed' : 'told']++;
    if (looks && passes) counts.looked++;
  }
  return counts;
}

test('in the examples, the broken programs and what was once a bug', () => {
  for (const folder of ['examples', 'golden/broken', 'golden/regressions']) {
    for (const [name, text] of read(folder)) {
      const machine = /^; profile: (\S+)/m.exec(text)?.[1] ?? (name === 'array.s' ? 'systole-int8' : 'systole-16');
      agree(machine === 'systole-16' ? device : engine(profiles[machine] ?? profile(machine)), [[name, subject(text, name)]], 1 + (name.length % 5));
    }
  }
});

test('in worked programs without any one of their posts and waits', () => {
  for (const text of [attention, bandedConvolution, `.argument s8, 70\n.argument s9, 16\n.argument s10, 33\n${doubleBufferedGemm}`]) {
    const laid = [SPACE_SPM, SPACE_DRAM].map((space) => ({ space, address: space === SPACE_DRAM ? 0x10_0000 : 0, bytes: new Uint8Array(space === SPACE_DRAM ? 0x40_0000 : device.profile.spmBytes) }));
    const { passed, told } = agree(device, [['whole', subject(text, 'program.s', laid)], ...lacking(text).map(({ name, text: changed }): [string, Subject] => [name, subject(changed, 'program.s', laid)])]);
    expect([passed > 0, told > 3]).toEqual([true, true]);
  }
});

/** What few programs do, and whether there is something to tell. */
const rare: readonly (readonly [says: string, isTold: boolean, code: string])[] = [
  ['two units take from a semaphore, unordered', true, 'post m1, 2\nwait dmi m1, 1\nwait vpu m1, 1'],
  ['one unit takes after the other, by another token', false, 'post m1, 2\nwait dmi m1, 1\npost dmi m2, 1\nwait vpu m1, 1 wait m2'],
  ['the same by the head, of which the operation orders the taker', false, 'post m1, 2\nwait dmi m1, 1\npost dmi m2, 1\nwait vpu m2, 1 wait m1'],
  ['a token that orders nothing', true, 'post m1, 2\npost m2, 1\nwait dmi m1, 1\nwait vpu m1, 1 wait m2'],
  ['two semaphores at once, each ordered by the token of the other alone', true, 'post m1, 1\npost m2, 1\nwait vpu m1, 1 post m2\nwait mxu m2, 1 post m1\nwait dmi m1, 1 wait m2'],
  ['two semaphores at once, the first ordered without the other', false, 'post m1, 1\npost m2, 1\nwait vpu m1, 1 post m2\npost vpu m4, 1\nwait mxu m2, 1 post m1\nwait dmi m4, 1\nwait dmi m1, 1 wait m2'],
  ['two semaphores at once, the second ordered without the other', false, 'post m1, 1\npost m2, 1\nwait vpu m1, 1 post m2\nwait mxu m2, 1 post m1\npost mxu m4, 1\nwait dmi m4, 1\nwait dmi m1, 1 wait m2'],
  ['two units post, unordered', true, 'post dmi m1, 1\npost vpu m1, 1\nwait mxu m1, 2'],
  ['two posts that a fence orders', false, 'fill a, 1 post m1\nwait dmi m1, 1\nfence dmi post m1\nwait dmi m1, 1'],
  ['two posts and a fence of another unit', true, 'fill a, 1 post m1\nwait dmi m1, 1\nfence dmo post m1\nwait dmi m1, 1'],
  ['many tokens at once', false, 'post m1, 300\nloop 100 {\nwait dmi m1, 3\n}'],
  ['two heaps of tokens that do not fit together, and may be there together', true, 'post dmi m1, 60000\nwait vpu m1, 60000\npost dmi m1, 60000\nwait vpu m1, 60000'],
  ['the same, the second heap behind those who take the first', false, 'post dmi m1, 60000\nwait vpu m1, 60000 post m2\npost dmi m1, 60000 wait m2\nwait vpu m1, 60000'],
  ['heaps of which several are there at once, and fit', false, 'post vpu m2, 3\nloop 50 {\npost dmi m1, 20000 wait m2\nwait vpu m1, 20000 post m2\n}\nwait dmi m2, 3'],
  ['heaps of which one more than fits is there at once', true, 'post vpu m2, 4\nloop 50 {\npost dmi m1, 20000 wait m2\nwait vpu m1, 20000 post m2\n}\nwait dmi m2, 4'],
  ['a heap that one token more does not fit on', true, 'post dmi m1, 65535 post m1\nwait vpu m1, 65535 wait m1'],
  ['tokens of more rounds than fit, of which queues hold a few', false, 'loop 50 {\npost dmi m1, 2000\nwait vpu m1, 2000\n}'],
  ['a semaphore that head and operation both wait for', false, 'post m1, 1\npost vpu m2, 1 post m1\nwait dmi m1, 1 wait m1 post m2\nwait dmi m2, 2'],
  ['weights that nobody multiplies by, UNKNOWN', false, 'wload slot 0, w'],
  ['weights that are UNKNOWN, loaded again before they are used', false, 'fill x, 1\nfill w2, 1 post m1\nwait mxu m1, 1\nwload slot 0, w\nwload slot 0, w2\nmm.set c, x, slot 0'],
  ['weights that are UNKNOWN', true, 'fill x, 1 post m1\nwait mxu m1, 1\nwload slot 0, w\nmm.set c, x, slot 0'],
  ['tokens that are left', true, 'post m1, 3\nwait dmi m1, 2'],
  ['the same bytes again and again, and a hole beside them', true, 'loop 300 {\nfill a, 1\n}\npost dmi m1, 1\nbinary.add a, a, hole wait m1'],
  ['a hole below where a tensor begins that is read backwards', true, 'fill high, 1 post m1\nbinary.add a, back, back wait m1'],
  ['a tensor read backwards', false, 'fill low, 1 post m1\nbinary.add a, back, back wait m1'],
  ['bytes read and then written by one unit, in cells of several sizes', false, 'fill a, 1\nfill bytes, 2 post m1\nwait vpu m1, 1\nloop 3 {\nmove odd, bytes\nbinary.add a, a, a\n}'],
  ['rows between those that another unit writes', false, 'fill wide, 1 post m1\nwait vpu m1, 1\nfill rows, 2\nmove copy, rows2'],
  ['rows that another unit writes', true, 'fill wide, 1 post m1\nwait vpu m1, 1\nfill rows, 2\nmove copy, rows'],
  ['rows picked of a table that is written', false, 'fill table, 3\nfill index, 1\nloop 3 {\ngather picked, table, index\n}\npost dmi m1, 1\nbinary.add picked, picked, picked wait m1'],
  ['rows picked while the table is written', true, 'fill index, 1\nfill table, 3 post m1\nbinary.add table, table, table wait m1\ngather picked, table, index'],
  ['a copy of bytes of which some are unknown, and nothing comes of it', false, 'fill a, 1 post m1\nwait vpu m1, 1\nmove holed, partly\nmove copied, holed\nbinary.add a, a, a'],
  ['a copy of unknown bytes that is added', true, 'fill a, 1 post m1\nwait vpu m1, 1\nmove holed, partly\nmove copied, holed\nbinary.add copied, copied, copied'],
  ['a copy of unknown bytes over known ones', true, 'fill holed, 1 post m1\nwait vpu m1, 1\nmove holed, partly\nbinary.add holed, holed, holed'],
  ['a copy of unknown bytes, written over', false, 'fill a, 1 post m1\nwait vpu m1, 1\nmove holed, partly post m3\nfill holed, 2 wait m3 post m2\nbinary.add holed, holed, holed wait m2'],
];
const tensors = `a = spm s32 [8] at 0x0   hole = spm s32 [8] at 0x40   high = spm s32 [8] at 0x41c   low = spm s32 [8] at 0x400   back = spm s32 [8] at 0x41c stride [-1]
bytes = spm u8 [9] at 0x801   odd = spm u8 [9] at 0x811   wide = spm u8 [4,64] at 0x1000   rows = spm u8 [4,16] at 0x1000 stride [64,1]   rows2 = spm u8 [4,16] at 0x1010 stride [64,1]   copy = spm u8 [4,16] at 0x2000
table = spm s32 [8,4] at 0x3000   index = spm s32 [2] at 0x3100   picked = spm s32 [2,4] at 0x3200   partly = spm s32 [16] at 0x0   holed = spm s32 [16] at 0x3300   copied = spm s32 [16] at 0x3400
w = spm s8 [4,4] at 0x3800   w2 = spm s8 [4,4] at 0x3900   x = spm s8 [4,4] at 0x3a00   c = acc s32 [4,4] at 0x0 stride [16,1]\n`;
test.each(rare)('where %s: %s', (_, isTold, code) => {
  const one = subject(`${tensors}${code}\nhalt 0`);
  expect(verdicts(device, one)).toMatchObject({ passes: !isTold, isRight: !isTold });
});

/** The scout's way to what nobody has to look at under the schedule. */
const short = ['serial', 'scheduled, not looked at'];
/** The same as by name under a few schedules, and the short way there where the serial run passes and halts, only there; was it taken? */
function agreeUnderSchedules(on: Device, name: string, one: Subject): 'short' | 'told' | 'long' {
  const { program, text } = one, serial = watched(on, program, passes(on, program, text, { serial: true })), isShort = serial.ways.length === 1 && serial.end.status === 'halted';
  let isTold = false;
  for (const [schedule, options] of schedulesOf(on, one, 2, ['newest', 'starve-vpu']).slice(1)) {
    const [scouted, named] = [passes, byName].map((way) => watched(on, program, way(on, program, text, { serial: false }), options)) as [ReturnType<typeof watched>, ReturnType<typeof watched>], says = `${name} under ${schedule}`;
    expect([scouted.end.status, scouted.findings], says).toEqual([named.end.status, named.findings]);
    if (isShort) expect(scouted.ways, says).toEqual(short); else expect(scouted.ways, says).not.toEqual(short);
    if (named.findings.length > 0) isTold = true;
  }
  return isShort ? 'short' : isTold ? 'told' : 'long';
}
test('under schedules: what passes has nothing to tell by name and is not looked at there, and what is told is what a look at every record tells', () => {
  const machine = profiles['odd-3x5']!, on = engine(machine), ways: string[] = [];
  for (const [name, text] of [...read('golden/broken'), ...lacking(attention).map(({ name, text }) => [name, text] as const)]) ways.push(agreeUnderSchedules(device, name, subject(text, name)));
  for (const [kind, count] of [['smoke', 4], ['sync', 8], ['memory', 4]] as const) {
    for (let seed = 0; seed < runs(count); seed++) {
      const { program } = generate(seed, machine, knobs[kind]!), next = random(seed);
      for (const one of [program, unhitched(program, next())]) ways.push(agreeUnderSchedules(on, `${kind} ${seed}`, unnamed(laid(machine, one, seed % 2 === 1))));
    }
  }
  for (const way of ['short', 'told']) expect(ways.filter((one) => one === way).length, way).toBeGreaterThan(8);
});
test('what halts in the serial run and, say by a watchdog, not under the schedule is looked at there', () => {
  const { program, text } = subject(`${tensors}fill a, 1 post m1\nbinary.add a, a, a wait m1\nhalt 0`), ways = (end: string): readonly string[] => {
    const running = passes(device, program, text, { serial: false }), way = ({ done, value }: ReturnType<Passes['next']>): string => (done ? 'over' : value.look ? 'looked at' : 'not looked at');
    const first = running.next();
    if (first.done) throw new Error('nothing is run');
    device.load(program);
    return [way(first), way(running.next(looked(device.run(first.value.options), first.value.look!)!.status)), way(running.next(end))];
  };
  expect(ways('halted')).toEqual(['looked at', 'not looked at', 'over']);
  expect(ways('trapped')).toEqual(['looked at', 'not looked at', 'looked at']);
});

test('in programs without an end, and with none but a trap', () => {
  for (const text of ['nop', 'loop 3 {\nnop\n}', 'again: jump again', 's1 = 1\ntrap 3', `${tensors}again: fill a, 1\njump again`, `${tensors}again: fill a, 1\nbinary.add a, a, a\njump again`, 'wait vpu m1, 1\nhalt 0']) {
    agree(device, [[text, subject(text)]]);
  }
});

// ---- generated programs
/** Both ends of every memory, where generated programs work, written before they begin, but for a few bytes where `holes` says so. */
function laid({ spmBytes, accBytes, dramBytes }: Profile, program: Program, holes: boolean): Program {
  const ends = ([[SPACE_SPM, spmBytes], [SPACE_ACC, accBytes], [SPACE_DRAM, dramBytes]] as const).flatMap(([space, size]) =>
    [...(holes ? [[0, 0x700], [0x704, 0x3001], [0x3005, 0x1_0000]] : [[0, 0x1_0000]]), [size - 0x1000, size]].map(([low, high]) => ({ space, address: Math.min(size, Math.max(0, low!)), bytes: new Uint8Array(Math.max(0, Math.min(size, high!) - Math.min(size, Math.max(0, low!)))) })));
  return { ...program, memory: [...ends, ...program.memory] };
}
/** Without a wait or a post of one of its heads. */
function unhitched(program: Program, pick: number): Program {
  const image = program.image.slice(), view = new DataView(image.buffer);
  const heads = Array.from({ length: (image.length - IMAGE_HEADER_BYTES) / INSTRUCTION_BYTES }, (_, i) => IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * i)
    .flatMap((at) => (['wait', 'post'] as const).filter((name) => decodeHead([0, 4, 8, 12].map((by) => view.getUint32(at + by, true)) as unknown as Words)[name] !== 0).map((name) => ({ at: at + 4 * head[name].word, field: head[name] })));
  const found = heads[pick % Math.max(1, heads.length)];
  if (found) view.setUint32(found.at, view.getUint32(found.at, true) & ~((2 ** found.field.width - 1) << found.field.low), true);
  return { ...program, image };
}

test.each(['systole-16', 'odd-3x5', 'tpu1-like'])('in generated programs, whole and unhitched, with and without holes in memory: %s', (name) => {
  const machine = profiles[name]!, on = engine(machine), sums = { passed: 0, told: 0, looked: 0 };
  for (const [kind, count] of [['smoke', 8], ['sync', 12], ['memory', 6]] as const) {
    for (let seed = 0; seed < runs(count); seed++) {
      const { program } = generate(seed, machine, knobs[kind]!), next = random(seed);
      const { passed, told, looked } = agree(on, [false, true].flatMap((holes) => [program, unhitched(program, next()), unhitched(program, next())].map((one, i): [string, Subject] => [`${kind} ${seed} ${holes} ${i}`, unnamed(laid(machine, one, holes))])), 1 + (seed % 128));
      sums.passed += passed;
      sums.told += told;
      sums.looked += looked;
    }
  }
  // All of it happens often, or the law says little.
  expect(Math.min(sums.passed, sums.told, 10 * sums.looked), JSON.stringify(sums)).toBeGreaterThan(20);
});

test('in programs that read counters, and on the specification', () => {
  const oracle = specification(profile('systole-16'));
  for (const offset of [0x600, 0x608, 0x618, 0x620, 0x640, 0x680, 0x700]) {
    for (const fence of ['', '    fence dmi vpu\n', '    fence dmi\n']) {
      const text = `a = spm s32 [4] at 0x0   A = dram s32 [4] at 0x100\n    load a, A post m1\n    binary.add a, a, a wait m1\n${fence}    s1 = csr ${offset}\n    halt 0\n.data dram 0x100\n.s32 1, 2, 3, 4`;
      for (const on of [device, oracle]) agree(on, [[text, subject(text)]]);
    }
  }
  agree(oracle, read('golden/broken').filter((_, i) => i % 5 === 0).map(([name, text]) => [name, subject(text, name)]));
});

test('in programs that break a rule', () => {
  const machine = profiles['systole-16']!;
  for (let seed = 0; seed < runs(20); seed++) agree(device, [[`illegal ${seed}`, unnamed(laid(machine, generateIllegal(seed, machine, knobs.smoke!).program, false))]]);
});
