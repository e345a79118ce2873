//! sanitizer.test: broken programs give the findings they have to, in every schedule; programs that are right give none.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caseOf, kindNames } from '../model/bundle/kinds.ts';
import { RetiredCursor } from '../model/cursor.ts';
import type { Device, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { order } from '../model/engine/order.ts';
import { Rejected } from '../model/failure.ts';
import { PAGE_BYTES, SPACE_ACC, SPACE_DRAM, SPACE_SPM, unitNames } from '../model/limits.ts';
import { type Profile, profile } from '../model/machine/profile.ts';
import { Clocks } from '../model/sanitizer/clocks.ts';
import { describe as described } from '../model/sanitizer/described.ts';
import { findingKinds } from '../model/sanitizer/finding.ts';
import { sanitize } from '../model/sanitizer/run.ts';
import { Footprint } from '../model/sanitizer/footprint.ts';
import { formatByName } from '../model/numerics/format.ts';
import { operandLayout } from '../model/retirement.ts';
import { random } from '../model/verify/random.ts';
import { specification } from '../model/specification.ts';
import { adversaryNames } from '../model/verify/adversaries.ts';
import { observe } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { knobs, listing, profiles } from './laws-harness.ts';
import { runs, sample } from './runs.ts';
import { everyOutcome, lacking, nameOf, namesOf, schedulesOf, subject, unnamed } from './sanitizer-harness.ts';
import { attention, bandedConvolution, depthwiseTile, doubleBufferedGemm, ringReduceScatter } from './worked-programs.ts';

const root = join(import.meta.dirname, '..'), of = profile('systole-16'), device = engine(of);
const read = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(join(root, folder)).filter((name) => name.endsWith('.s')).map((name) => [name, readFileSync(join(root, folder, name), 'utf8')]);
const broken = read('golden/broken').map(([name, text]) => ({ name, text, expects: [...text.matchAll(/^; expect: (.*)$/gm)].map((found) => found[1]!).sort() }));

test('there are at least forty broken programs, and each kind of finding has some', () => {
  expect(broken.length).toBeGreaterThanOrEqual(40);
  const kinds = broken.flatMap(({ expects }) => expects.map((line) => line.split(' ')[0]));
  for (const kind of findingKinds) expect(kinds.filter((one) => one === kind).length, kind).toBeGreaterThanOrEqual(2);
});

test.each(broken)('$name gives its finding and no other in the serial run, and its finding in every schedule', ({ name, text, expects }) => {
  const one = subject(text, name);
  expect(namesOf(device, one)).toEqual(expects);
  for (const [schedule, options] of schedulesOf(device, one, runs(2), ['newest', ...sample(adversaryNames, 2)])) expect(namesOf(device, one, options), schedule).toEqual(expect.arrayContaining(expects));
  const small = everyOutcome(device, one.program, 4, (_, schedule) => {
    expect(namesOf(device, one, { schedule, queueDepth: 4 }), `bytes ${schedule}`).toEqual(expect.arrayContaining(expects));
  }, { runs: runs(3) });
  expect(small.runs).toBeGreaterThan(0);
});

test('a suggestion, taken, makes the finding go away: each kind of them once', () => {
  const repaired = (name: string, ...changes: readonly (readonly [string, string])[]): readonly string[] =>
    namesOf(device, subject(changes.reduce((all, [from, to]) => { expect(all).toContain(from); return all.replace(from, to); }, broken.find((one) => one.name === `${name}.s`)!.text)));
  const suggestion = (name: string): string => {
    const { program, text } = subject(broken.find((one) => one.name === `${name}.s`)!.text, `${name}.s`);
    return sanitize(device, program, text).findings[0]!.suggestion;
  };
  expect(suggestion('race-compute-store')).toContain('post m2 on');
  expect(repaired('race-compute-store', ['wait m1', 'wait m1 post m2'], ['store B, b', 'store B, b wait m2'])).toEqual([]);
  expect(suggestion('race-second-consumer')).toContain('`post dmi m2, 1` after');
  expect(repaired('race-second-consumer', ['post m1', 'post m1\n    post dmi m2, 1'], ['store B, a', 'store B, a wait m2'])).toEqual([]);
  expect(suggestion('race-scalar-load')).toContain('fence dmi');
  expect(repaired('race-scalar-load', ['    s1 = ld a', '    fence dmi\n    s1 = ld a'])).toEqual([]);
  expect(suggestion('deadlock-no-post')).toContain('post m1 on');
  expect(repaired('deadlock-no-post', ['load a, A', 'load a, A post m1'])).toEqual([]);
  expect(suggestion('leftover-credit')).toContain('`wait dmi m2, 1`');
  expect(repaired('leftover-credit', ['    halt 0', '    wait dmi m2, 1\n    halt 0'])).toEqual([]);
});

test('rows that are not picked are not touched', () => {
  for (const [name, from, to] of [['race-gather-row', '.s32 2, 0', '.s32 1, 0'], ['race-scatter-row', '.s32 3, 0', '.s32 2, 0']] as const) {
    const { text } = broken.find((one) => one.name === `${name}.s`)!;
    expect(text).toContain(from);
    expect(namesOf(device, subject(text.replace(from, to))), name).toEqual([]);
  }
});

test('the page names every kind of finding and every adversary', () => {
  const page = readFileSync(join(root, 'docs/sanitizer.md'), 'utf8');
  for (const name of [...findingKinds, ...adversaryNames]) expect(page).toContain(`\`${name}\``);
});

test('the page lists every message of the broken programs, each with a program that shows it', () => {
  const page = readFileSync(join(root, 'docs/sanitizer.md'), 'utf8'), rows: { readonly kind: string; readonly shape: RegExp; readonly name: string }[] = [];
  for (const [, kind, message, name] of page.matchAll(/^\| (?:`([\w-]+)`)? ?\| ([^|]+) \| `([\w-]+)`(?:, `--schedule [\w:]+`)? \|$/gm)) {
    rows.push({ kind: kind ?? rows.at(-1)!.kind, shape: new RegExp(`^${message!.replace(/[A-Z]+/g, '.+?')}$`), name: name! });
  }
  const told = new Map(broken.map(({ name, text }) => {
    const one = subject(text, name);
    return [name, schedulesOf(device, one, 0, ['newest']).flatMap(([, options]) => sanitize(device, one.program, one.text, options).findings.map(({ kind, text: says }) => ({ kind: kind as string, says })))] as const;
  }));
  for (const { kind, shape, name } of rows) expect(told.get(`${name}.s`)?.some((one) => one.kind === kind && shape.test(one.says)), `${name}: ${shape}`).toBe(true);
  for (const [name, all] of told) for (const { kind, says } of all) expect(rows.some((row) => row.kind === kind && row.shape.test(says)), `${name}: ${kind}: ${says}`).toBe(true);
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(findingKinds));
});

// ---- programs of the machine manual, section 15
const ofOrder = /^(race|float-order|semaphore-order|deadlock|leftover) /;
const zeros = (space: number, address: number, bytes: number): Program['memory'][number] => ({ space, address, bytes: new Uint8Array(bytes) });
const known = [zeros(SPACE_SPM, 0, of.spmBytes), zeros(SPACE_DRAM, 0x10_0000, 0x40_0000)];
const sized = (text: string): string => `.argument s8, 70\n.argument s9, 16\n.argument s10, 33\n${text}`;
const worked: readonly (readonly [string, string, Program['memory']])[] = [
  ['(a) double-buffered GEMM', sized(doubleBufferedGemm), known], ['(b) convolution in bands', bandedConvolution, known],
  ['(c) depthwise tile', `${depthwiseTile}halt 0\n`, known], ['(f) attention', attention, []], ['hello', readFileSync(join(root, 'examples/hello.s'), 'utf8'), []],
  ['(h) ring reduce-scatter, DMA its link', `.argument s10, 40\n.argument s11, 8\n.argument s12, 4\n${ringReduceScatter}`, known],
];

test.each(worked)('%s is right in every schedule', (_, text, more) => {
  const one = subject(text, 'program.s', more);
  for (const [schedule, options] of schedulesOf(device, one, runs(2), sample(adversaryNames, 3))) expect(namesOf(device, one, options), schedule).toEqual([]);
});

test.each(worked.filter(([, text]) => lacking(text).length > 0))('%s without any one of its posts and waits is found out in every schedule', { timeout: 120_000 }, (_, text, more) => {
  const all = sample(lacking(text), 5);
  for (const [i, { name, text: changed }] of all.entries()) {
    const one = subject(changed, 'program.s', more), serial = namesOf(device, one);
    expect(serial.length, name).toBeGreaterThan(0);
    expect(serial.every((found) => ofOrder.test(found)), `${name}: ${serial.join(', ')}`).toBe(true);
    for (const [schedule, options] of schedulesOf(device, one, runs(1), ['newest', `starve-${unitNames[1 + (i % 4)]}`]).slice(1)) {
      expect(namesOf(device, one, options).filter((found) => ofOrder.test(found)).length, `${name} under ${schedule}`).toBeGreaterThan(0);
    }
  }
  expect(all.length).toBeGreaterThan(3);
});

// ---- programs that are right
/** One reads UNKNOWN bytes, whose values come through a snapshot, and one before the first byte of DRAM. */
const onPurpose: Readonly<Record<string, readonly string[]>> = { 'unknown-resumed.s': ['uninitialised 5', 'uninitialised 7'], 'before-dram.s': ['bounds 4'] };
test('no finding in the examples, nor in what was once a bug', () => {
  for (const [name, text] of [...read('examples'), ...read('golden/regressions')]) {
    const profileName = /^; profile: (\S+)/m.exec(text)?.[1] ?? (name === 'array.s' ? 'systole-int8' : 'systole-16');
    const on = profileName === 'systole-16' ? device : engine(profiles[profileName] ?? profile(profileName));
    expect(namesOf(on, subject(text, name)), name).toEqual(onPurpose[name] ?? []);
  }
});

/** Both ends of every memory, where generated programs work, are known before they begin, whatever they lay down themselves. */
const laid = ({ spmBytes, accBytes, dramBytes }: Profile, program: Program): Program => ({
  ...program, memory: [
    ...([[SPACE_SPM, spmBytes], [SPACE_ACC, accBytes], [SPACE_DRAM, dramBytes]] as const).flatMap(([space, size]) => [zeros(space, 0, Math.min(size, 0x1_0000)), zeros(space, Math.max(0, size - 0x1000), Math.min(size, 0x1000))]),
    ...program.memory,
  ],
});

test.each(['systole-16', 'odd-3x5', 'tpu1-like'])('no finding in generated programs: %s', (name) => {
  const profileOf = profiles[name]!, on = engine(profileOf);
  for (const [kind, count] of [['smoke', 4], ['sync', 2], ['memory', 2]] as const) {
    for (let seed = 0; seed < runs(count); seed++) {
      const resolved = generate(seed, profileOf, knobs[kind]!), one = unnamed(laid(profileOf, resolved.program));
      for (const [schedule, options] of schedulesOf(on, one, 1, ['newest'])) {
        expect(namesOf(on, one, options), `${kind} ${seed} ${schedule}\n${listing(resolved)}`).toEqual([]);
      }
    }
  }
});

test('no finding in what bundles are made of', () => {
  const name = 'systole-int8', profileOf = profiles[name]!, on = engine(profileOf);
  for (const kind of kindNames) {
    for (let i = 0; i < runs(3); i++) {
      try {
        const one = unnamed(caseOf(kind, profileOf, 1, i).program);
        expect(namesOf(on, { ...one, program: laid(profileOf, one.program) }), `${kind} ${i}`).toEqual([]);
      } catch (error) {
        if (!(error instanceof Rejected)) throw error;
      }
    }
  }
});

test('an edge that is missing is one finding, whatever else it would have ordered', () => {
  for (const [text, without, found] of [[attention, 'wait m3', ['race 44 42']], [worked[4]![1], 'wait m1', ['race 4 6']], [attention, 'wait m9', ['race 9 39']]] as const) {
    expect(namesOf(device, subject(lacking(text).find(({ name }) => name.endsWith(`without ${without}`))!.text))).toEqual(found);
  }
});

// ---- what it stands on
test('a footprint is the bytes of its elements, whatever dims and strides are', () => {
  const next = random(7), footprint = new Footprint(), bytes = new Uint8Array(operandLayout.size), view = new DataView(bytes.buffer), at = operandLayout.at;
  for (let i = 0; i < runs(2000); i++) {
    const format = [formatByName('s4'), formatByName('s8'), formatByName('s16'), formatByName('fp32')][next() % 4]!, rank = 1 + (next() % 5);
    const dims = Array.from({ length: rank }, () => next() % 5), strides = Array.from({ length: rank }, () => (next() % 41) - 20), address = 0x8000 + format.width * (next() % 64);
    view.setUint8(at.dtype, format.code);
    view.setUint8(at.rank, rank);
    view.setBigInt64(at.address, BigInt(address), true);
    dims.forEach((dim, axis) => { view.setUint32(at.dims + 4 * axis, dim, true); view.setInt32(at.strides + 4 * axis, strides[axis]!, true); });
    const touched = new Set<number>(), expected = new Set<number>();
    if (footprint.open(view, 0)) do for (let byte = footprint.low; byte < footprint.high; byte++) touched.add(byte); while (footprint.next());
    const count = dims.reduce((product, dim) => product * dim, 1);
    for (let element = 0; element < count; element++) {
      let rest = element, bit = address;
      for (let axis = rank - 1; axis >= 0; axis--) { bit += format.width * strides[axis]! * (rest % dims[axis]!); rest = Math.floor(rest / dims[axis]!); }
      for (let byte = Math.floor(bit / 8); byte < Math.ceil((bit + format.width) / 8); byte++) expected.add(byte);
    }
    const sorted = (set: Set<number>): number[] => [...set].sort((a, b) => a - b);
    expect(sorted(touched), `${format.name} [${dims}] stride [${strides}] at bit ${address}`).toEqual(sorted(expected));
  }
});


test('what comes before an instruction is what the engine says, in the serial run; and the same in every other one', () => {
  const profileOf = profiles['odd-3x5']!, on = engine(profileOf), cursors = (records: readonly Uint8Array[]): RetiredCursor[] => records.map((bytes) => new RetiredCursor(new DataView(bytes.buffer, bytes.byteOffset)));
  for (let seed = 0; seed < runs(3); seed++) {
    const { program } = generate(seed, profileOf, knobs['sync']!), needs = new Map<bigint, string>();
    for (const [name, options] of schedulesOf(on, unnamed(program), 2, ['newest', 'starve-vpu'])) {
      const follower = order(), clocks = new Clocks(name === 'serial'), all = cursors(observe(on, program, options).records);
      for (const record of all) {
        const { effects, many } = described(record.words), unit = record.unit, seq = record.seqNumber, tokens = effects.waits || effects.posts ? (record.scalar(0) + many) >>> 0 : 0, isDone = record.status === 0;
        const none = { wait: 0, post: 0, waits: 0, posts: 0, fence: 0 }, does = isDone ? effects : none;
        clocks.begin(unit, seq, does.fence);
        clocks.take(unit, seq, does, tokens, clocks.disputes(unit, does, tokens));
        const found = [...clocks.needs].join(' ');
        if (name === 'serial') {
          expect(found, `seed ${seed} seq ${seq}`).toBe([...follower.follow(record)].join(' '));
          needs.set(record.seq, found);
        } else expect(found, `seed ${seed} seq ${seq} ${name}`).toBe(needs.get(record.seq));
        clocks.finish(unit, seq, does, tokens, []);
      }
    }
  }
});

test('UNKNOWN bytes that decide nothing are no finding, and what the shadow holds is what the device says', () => {
  const text = `a = spm s32 [8] at 0x0  b = spm s32 [8] at 0x40  m = spm u8 [8] at 0x80  c = spm s32 [8] at 0xc0  d = spm s32 [4] at 0xc0
    move b, a
    select c, a, b with m
    select c, b, c with m
    halt 0
.data spm 0x0
.s32 1, 2, 3, 4
.data spm 0x80
.u8 0, 0, 0, 0, 1, 1, 1, 1`;
  expect(namesOf(device, subject(text))).toEqual([]);
  const late = subject(text.replace('    halt', '    binary.add d, d, d\n    halt'));
  expect(namesOf(device, late)).toEqual([]);
  expect(namesOf(device, subject(text.replace('    halt', '    binary.add c, c, c\n    halt')))).toEqual(['uninitialised 5']);
});

test('the specification is judged as the engine is', () => {
  const oracle: Device = specification(of);
  for (const { name, text, expects } of broken.filter((_, i) => i % 4 === 0)) expect(namesOf(oracle, subject(text, name)), name).toEqual(expects);
});

test('bytes that were read at once are found once in a page when they are written over, however many they are', () => {
  for (const rows of [1, 3, 16, 64, 65, 256]) {
    const text = `A = dram s32 [${rows},16] at 0x100000   a = spm s32 [${rows},16] at 0x0   b = spm s32 [${rows},16] at 0x8000\n`, one = subject(`${text}load a, A\nbinary.add b, a, a\nhalt 0`, 'rows.s', known);
    for (const [schedule, options] of schedulesOf(device, one, 2, ['newest', 'starve-dmi'])) {
      const { findings } = sanitize(device, one.program, one.text, options);
      expect(findings.map(nameOf), schedule).toEqual(['race 2 3']);
      expect(findings[0]!.count, `${rows} rows under ${schedule}`).toBeLessThanOrEqual(Math.ceil((64 * rows) / PAGE_BYTES));
    }
  }
});

test('a finding is data: kind, both places, text and suggestion, and counts how often', () => {
  const { program, text } = subject(broken.find(({ name }) => name === 'race-buffer-reuse.s')!.text.replace('loop 2', 'loop 5'), 'reuse.s');
  const [finding] = sanitize(device, program, text).findings;
  expect(finding).toMatchObject({
    kind: 'race', severity: 'error', unit: 'mxu', mnemonic: 'mm', does: 'reads', file: 'reuse.s', line: 10, column: 5, bytes: { space: 'spm', low: 0, high: 256 }, operand: 'd', count: 4,
    other: { unit: 'dmi', mnemonic: 'load', does: 'writes', line: 9 },
  });
  expect(finding!.text).toBe('mxu reads spm:0x0..0xff, dmi writes it, and nothing orders them');
  expect(finding!.suggestion).toContain('post m3 on');
  expect(nameOf(finding!)).toBe('race 10 9');
});
