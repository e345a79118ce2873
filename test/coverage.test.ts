//! coverage.test: what counters say is the same in every format, in whatever order they were merged, and from whichever file they came.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Coverage, type CoverageJson, coverageOf } from '../model/coverage/index.ts';
import { fill } from '../model/coverage/fill.ts';
import { classOf, FLOAT, floatClasses, valuesOf } from '../model/coverage/values.ts';
import { engine } from '../model/engine.ts';
import { formats } from '../model/report/coverage/formats.ts';
import { laws } from '../model/coverage/group.ts';
import type { Rejected } from '../model/failure.ts';
import { set } from '../model/instructions/set.ts';
import { profile, profileNames } from '../model/machine/profile.ts';
import { directedProgram } from '../model/mutants/directed.ts';
import { type Exact, unpack } from '../model/numerics/exact.ts';
import { formats as formatsOf } from '../model/numerics/format.ts';
import { draws } from '../model/verify/random.ts';
import { resultsOf } from './campaign-results.ts';
import { folder, programs, tearDown, within } from './command-line.ts';
import { type Element, everyElement, readXml } from './xml.ts';

const of = profile('systole-16'), model = coverageOf(of), how = { version: '0.1.0' };
/** Two bins of three hit, at random. */
function some(seed: number, shards: readonly string[] = []): Coverage {
  const draw = draws(2 ** 20 + seed), bins: Record<string, [number, number]> = {};
  for (const [counter, name] of model.names.entries()) if (!model.unreachable.has(counter) && draw(3) > 0) bins[name] = [1 + draw(1000), draw(100)];
  return Coverage.fromJson(model, { schema: 'systole-coverage/1', profile: of.name, model: model.hash, shards, reachable: 0, hit: 0, bins });
}
const counted = some(7), reachable = [...model.names.keys()].filter((counter) => !model.unreachable.has(counter));
/** Hits by group and place in it, as formats that know files and lines have them. */
const lines = new Map(reachable.map((counter) => {
  const { group } = model.covers.find(({ first, bins }) => counter >= first && counter < first + bins)!, { first } = model.covers.find((cover) => cover.group === group)!;
  return [`${group.name.replaceAll(': ', '/')}:${counter - first + 1}`, counted.counts[counter]!];
}));
const hits = (numbers: readonly number[]): number => numbers.filter((count) => count > 0).length;
const all = (root: Element, name: string): readonly Element[] => everyElement(root).filter((one) => one.name === name);

// ---- formats
test('a bin has a name and a place of its own, in lines too', () => {
  expect([new Set(model.names).size, lines.size]).toEqual([model.names.length, model.reachable]);
});

test('JSON read back is the same counters, holes and unreachable bins or not', () => {
  const text = formats.json(counted, { holes: true, unreachable: true }), json = JSON.parse(text) as CoverageJson & { readonly holes: readonly string[]; readonly unreachable: Readonly<Record<string, unknown>> };
  expect(formats.json(Coverage.fromJson(model, json))).toBe(formats.json(counted));
  expect([json.hit + json.holes.length, json.hit, Object.keys(json.unreachable).length]).toEqual([model.reachable, Object.keys(json.bins).length, model.unreachable.size]);
});

test('lcov has every reachable bin with its hits, and sums that agree', () => {
  const found = new Map<string, number>(), text = formats.lcov(counted);
  let file = '', own: number[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const [, key = '', value = ''] = /^([A-Z]+|end_of_record):?(.*)$/.exec(line)!;
    if (key === 'SF') [file, own] = [value, []];
    else if (key === 'DA') {
      const [number = '', count = ''] = value.split(',');
      found.set(`${file}:${number}`, own[own.push(Number(count)) - 1]!);
    } else if (key === 'LF') expect(Number(value)).toBe(own.length);
    else if (key === 'LH') expect(Number(value)).toBe(hits(own));
    else expect(['TN', 'end_of_record']).toContain(key);
  }
  expect(found).toEqual(lines);
});

test('Cobertura XML has every reachable bin with its hits, and rates that agree', () => {
  const root = readXml(formats.cobertura(counted, how)), classes = all(root, 'class');
  expect(new Map(classes.flatMap((one) => all(one, 'line').map(({ attributes: { number, hits: count } }) => [`${one.attributes.filename}:${number}`, Number(count)] as const)))).toEqual(lines);
  for (const one of [root, ...all(root, 'package'), ...classes]) {
    const own = all(one, 'line').map(({ attributes }) => Number(attributes.hits));
    expect(one.attributes['line-rate']).toBe((own.length === 0 ? 1 : hits(own) / own.length).toFixed(4));
  }
  expect(root.attributes).toMatchObject({ 'lines-covered': String(counted.hit), 'lines-valid': String(counted.reachable) });
  expect(all(root, 'package').map(({ attributes: { name } }) => name).toSorted()).toEqual(['dmi', 'dmo', 'machine', 'mxu', 'seq', 'vpu']);
});

/** Of the schema of UCIS 1.0, what is written: attributes that an element needs and may have, and its children in their order, with how many at least. */
const ucis: Readonly<Record<string, { readonly needs?: string; readonly may?: string; readonly holds?: readonly (readonly [name: string, least: 0 | 1])[] }>> = {
  UCIS: { needs: 'ucisVersion writtenBy writtenTime', holds: [['sourceFiles', 1], ['historyNodes', 1], ['instanceCoverages', 1]] },
  sourceFiles: { needs: 'fileName id' },
  historyNodes: { needs: 'historyNodeId logicalName testStatus date toolCategory ucisVersion vendorId vendorTool vendorToolVersion', may: 'kind', holds: [['userAttr', 0]] },
  instanceCoverages: { needs: 'name key', may: 'moduleName', holds: [['id', 1], ['covergroupCoverage', 0]] },
  id: { needs: 'file line inlineCount' }, cginstSourceId: { needs: 'file line inlineCount' }, cgSourceId: { needs: 'file line inlineCount' },
  covergroupCoverage: { holds: [['cgInstance', 0]] },
  cgInstance: { needs: 'name key', holds: [['options', 1], ['cgId', 1], ['coverpoint', 1], ['cross', 0]] },
  cgId: { needs: 'cgName moduleName', holds: [['cginstSourceId', 1], ['cgSourceId', 1]] },
  options: { may: 'weight goal comment' },
  coverpoint: { needs: 'name key', holds: [['options', 1], ['coverpointBin', 1]] },
  coverpointBin: { needs: 'name key type', holds: [['range', 1], ['userAttr', 0]] },
  range: { needs: 'from to', holds: [['contents', 1]] },
  contents: { needs: 'coverageCount' },
  cross: { needs: 'name key', holds: [['options', 1], ['crossExpr', 0], ['crossBin', 0]] },
  crossExpr: {}, index: {},
  crossBin: { may: 'type', holds: [['index', 1], ['contents', 1], ['userAttr', 0]] },
  userAttr: { needs: 'key type' },
};
test('UCIS XML keeps to its schema, and has every bin with its hits and the reason why it is ignored', () => {
  const root = readXml(formats.ucis(counted, how)), words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
  const wrong = everyElement(root).flatMap(({ name, attributes, children }): readonly string[] => {
    const { needs, may, holds = [] } = ucis[name] ?? {}, given = Object.keys(attributes), order = children.map((child) => holds.findIndex(([one]) => one === child.name));
    const isWhole = ucis[name] && words(needs).every((one) => given.includes(one)) && given.every((one) => [...words(needs), ...words(may)].includes(one));
    return isWhole && order.every((at, i) => at >= (order[i - 1] ?? 0)) && holds.every(([one, least]) => children.filter((child) => child.name === one).length >= least) ? [] : [name];
  });
  expect(wrong).toEqual([]);
  const bins = all(root, 'cgInstance').flatMap((group) => {
    const own = all(group, 'coverpoint').filter(({ children: [options] }) => options!.attributes.weight === '1').flatMap((one) => all(one, 'coverpointBin')), crossed = all(group, 'crossBin');
    return [...own, ...crossed].map((bin) => [all(bin, 'contents')[0]!.attributes.coverageCount, bin.attributes.type === 'ignore', all(bin, 'userAttr').filter(({ attributes: { key } }) => key === 'why').length] as const);
  });
  const expected = [...model.names.keys()].map((counter) => [String(counted.counts[counter]), model.unreachable.has(counter), model.unreachable.has(counter) ? 1 : 0] as const);
  expect(bins).toEqual(expected);
});

test('the page stands alone, and shows every bin, its first test, every hole and every reason', () => {
  const text = formats.html(counted), root = readXml(text, (name) => ['meta', 'br'].includes(name));
  expect(everyElement(root).filter(({ name, attributes }) => ['script', 'link', 'img', 'iframe'].includes(name) || 'src' in attributes || 'href' in attributes)).toEqual([]);
  const rows = all(root, 'tr').map(({ children }) => children.map((cell) => cell.text)).filter(({ length }) => length === 3), shown = (counter: number): string => model.names[counter]!.slice(model.names[counter]!.indexOf('/') + 1);
  expect(rows.filter(([, count = '']) => /^\d+$/.test(count))).toEqual(reachable.map((counter) => [shown(counter), String(counted.counts[counter]), counted.counts[counter] === 0 ? 'hole' : String(counted.first[counter])]));
  expect(rows.filter(([, , why]) => [...model.unreachable.values()].some((reason) => reason.why === why))).toHaveLength(model.unreachable.size);
  expect(all(root, 'li').map((one) => one.text)).toEqual(counted.holes().map((counter) => model.names[counter]));
});

test('the text has the sums of every group with holes, and lists what it is asked for', () => {
  const text = formats.text(counted, { holes: true, unreachable: true }), rows = [...text.matchAll(/^ {2}\S.*? {2,}(\d+) of (\d+) {2}/gm)];
  expect(rows.reduce((sum, [, hit, total]) => sum + Number(total) - Number(hit), 0)).toBe(counted.holes().length);
  expect([text.match(/^hole {2}/gm)?.length, text.match(/^cannot be hit {2}/gm)?.length]).toEqual([counted.holes().length, model.unreachable.size]);
  expect(formats.text(counted)).toContain(`${counted.hit} of ${counted.reachable} reachable bins`);
  expect(formats.text(counted)).not.toContain('\nhole');
});

// ---- counters
const merged = (...parts: readonly Coverage[]): string => {
  const sum = new Coverage(model);
  for (const part of parts) sum.merge(part);
  return formats.json(sum);
};
test('merging commutes and associates, and a labelled shard that is merged twice counts once', () => {
  const [a, b, c] = [some(1, ['a']), some(2, ['b']), some(3, ['c'])] as const, whole = merged(a, b, c);
  expect([merged(c, a, b), merged(b, c, a), merged(a, b, a, c, b, c)]).toEqual([whole, whole, whole]);
  const pair = Coverage.fromJson(model, JSON.parse(merged(b, c)) as CoverageJson);
  expect([merged(a, pair), merged(pair, a), merged(pair, b, a), merged(b, pair, a)]).toEqual([whole, whole, whole, whole]);
  expect(() => merged(a, b, pair)).toThrow('shards b are in both, others in one only');
  expect(merged(some(1), some(1))).not.toBe(merged(some(1)));
});

test('bins that cannot be hit are below 5 % on every machine, each forbidden by a rule or a law that exists, for a reason', () => {
  for (const { unreachable, names } of profileNames().map((name) => coverageOf(profile(name)))) expect(unreachable.size / names.length).toBeLessThan(0.05);
  const known = new Set([...set.flatMap(({ rules }) => rules.map(({ predicate }) => predicate as string)), ...Object.keys(laws)]);
  expect([...model.unreachable].filter(([, { by, why }]) => !known.has(by) || why.length < 10)).toEqual([]);
});

test('what is no coverage of this machine is refused with the place', () => {
  const at = (change: (json: Record<string, unknown>) => void): readonly string[] => {
    const json = structuredClone(counted.toJson()) as unknown as Record<string, unknown>;
    change(json);
    try {
      Coverage.fromJson(model, json as unknown as CoverageJson, 'a.json', (...path) => ({ line: path.length + 1, column: 1 }));
    } catch (error) {
      return (error as Rejected).diagnostics.map(({ file, line, message }) => `${file}:${line}: ${message}`);
    }
    return [];
  };
  expect(at(() => undefined)).toEqual([]);
  expect(at((json) => { json.schema = 'x'; })).toEqual([expect.stringMatching(/^a\.json:2: found schema "x"/)]);
  expect(at((json) => { json.model = 'x'; })).toEqual([expect.stringMatching(/^a\.json:2: its bins are those of model x/)]);
  expect(at((json) => { json.bins = { nonsense: [1, 0] }; })).toEqual(['a.json:3: there is no bin "nonsense"']);
  expect(at((json) => { json.bins = { [model.names[0]!]: [0, 0] }; })).toEqual([expect.stringContaining('[count from 1 on')]);
});

// ---- values
/** Names of the bins of some groups that a program hits. */
function hitBy(text: string, ...groups: readonly string[]): readonly string[] {
  const device = engine(of), all = new Coverage(model);
  device.load(directedProgram('values', text).program);
  for (const record of device.run({ ring: 1 })) all.sample(record, valuesOf(record, device));
  expect(all.contradictions()).toEqual([]);
  return Object.keys(all.toJson().bins).filter((name) => groups.some((group) => name.startsWith(`${group}/`))).map((name) => name.slice(name.indexOf('/') + 1).replace('=met', ''));
}
const places = 'a = spm fp32 [4] at 0   b = spm fp32 [4] at 16   d = spm fp32 [4] at 32';

test('the class of a float is that of its value, among all codes of its format', () => {
  for (const format of formatsOf.filter(({ kind, valueBits }) => kind === 'float' && valueBits <= 16)) {
    const { valueBits, fractionBits, bias, ignoredLowBits } = format, codes = Array.from({ length: 2 ** (valueBits - ignoredLowBits) }, (_, code) => BigInt(code) << BigInt(ignoredLowBits));
    const magnitude = (value: Exact): number => (value.kind === 'finite' ? Number(value.significand) * 2 ** value.exponent : Number.NaN), values = codes.map((bits) => unpack(format, bits));
    const greatest = Math.max(...values.map(magnitude).filter((one) => !Number.isNaN(one))), least = 2 ** (1 - bias);
    for (const [i, value] of values.entries()) {
      const negative = value.kind !== 'nan' && value.negative, sign = negative ? '-' : '', size = magnitude(value);
      const expected = value.kind === 'nan' ? 'NaN' : value.kind === 'infinite' ? `${sign}infinity` : size === 0 ? `${sign}0` : fractionBits > 0 && size < least ? 'subnormal' : size === greatest ? 'greatest' : negative ? '-' : '+';
      expect(floatClasses[classOf(format, codes[i]!) - FLOAT], `${format.name} ${codes[i]}`).toBe(expected);
    }
  }
});

test('kinds of numbers are met element by element, but not where they are UNKNOWN or were written over', () => {
  const data = '.data spm 0\n.fp32 inf, -0.0, 1.0, nan\n.data spm 16\n.fp32 -inf, 0x00000001, 0x7f7fffff';
  expect(hitBy(`${places}\n binary.add d, a, b\n halt 0\n${data}`, 'binary: values', 'binary: pairs of values').toSorted()).toEqual([
    'a, float +', 'a, float -0', 'a, float NaN', 'a, float infinity', 'b, float -infinity', 'b, float greatest', 'b, float subnormal',
    'float + and greatest', 'float -0 and subnormal', 'float infinity and -infinity',
  ]);
  expect(hitBy(`${places}\n binary.add a, a, b\n halt 0\n${data}`, 'binary: values', 'binary: pairs of values')).toEqual(['b, float subnormal', 'b, float greatest', 'b, float -infinity']);
  expect(hitBy(`s = spm s8 [2,3] at 0 stride [1,-1]\n e = spm s8 [2,3] at 64\n binary.max e, s[2], s[2]\n halt 0\n.data spm 0\n.s8 -128, 0, 127, 1`, 'binary: values').filter((name) => name.startsWith('a')))
    .toEqual(['a, integer 0', 'a, integer 1', 'a, integer least', 'a, integer greatest']);
});

test('what a shift cuts off is told by sign and side, as the mode rounds', () => {
  const text = (round: string, values: string): string => `
    a = spm s32 [4] at 0   d = spm s8 [4] at 0x100   t = spm s32 [4,4] at 0x40 stride [0,1]   n0 = { scale: fixed, round: ${round} }
    scale d, a, table t mode n0
    halt 0
.data spm 0\n.s32 ${values}\n.data spm 0x40\n.s32 0, 0x40000000, -1, 0`;
  expect(hitBy(text('rne', '4, 5, 6, 7'), 'scale: cuts')).toEqual(['shift to the right, +, nothing', 'shift to the right, +, less, down', 'shift to the right, +, a half, up', 'shift to the right, +, more, up']);
  expect(hitBy(text('rz', '-4, -5, -6, -7'), 'scale: cuts')).toEqual(['shift to the right, -, nothing', 'shift to the right, -, less, up', 'shift to the right, -, a half, up', 'shift to the right, -, more, up']);
});

test('of an empty destination nothing but its shape is asked, and no bin is hit that a rule forbids', () => {
  const product = (rows: number, columns: number): readonly string[] => hitBy(`a = spm s8 [${rows},8] at 64\n c = acc s32 [${rows},${columns}] at 0 stride [16,1]\n mm.set c, a, slot 0\n halt 0`, 'mm: sizes', 'mm: shape');
  expect([product(2, 0), product(0, 40)]).toEqual([['rank=2', 'M=2'], ['rank=2', 'M=0']]);
});

// ---- command
const run = (words: string): ReturnType<typeof within> => within(folder, words.split(' '));
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text);
  for (const words of ['run hello.s --quiet --trace t.bin', 'coverage hello.s --format json --output one.json']) expect(await run(words)).toMatchObject({ code: 0, err: '' });
});
afterAll(tearDown);

test('a program, its traces, the counters of it and results that hold them are counted alike, and together', async () => {
  const text = readFileSync(join(folder, 'one.json'), 'utf8'), single = JSON.parse(text) as CoverageJson;
  expect((await run('trace filter t.bin -o t.jsonl')).code).toBe(0);
  mkdirSync(join(folder, 'campaign'));
  writeFileSync(join(folder, 'campaign', 'results.json'), JSON.stringify({ ...resultsOf({ first: 0, stride: 1, end: 1 }, 1), profile: of.name, profile_hash: of.hash, coverage: single }, null, 1));
  for (const path of ['one.json', 'campaign', 'campaign/results.json']) expect((await run(`coverage ${path} --json`)).out, path).toBe(text);
  // No record has a value.
  const { bins } = JSON.parse((await run('coverage t.bin --json')).out) as CoverageJson, isOfValues = (name: string): boolean => /: (values|pairs of values|cuts)\//.test(name);
  expect([bins, JSON.parse((await run('coverage t.jsonl --json')).out).bins]).toEqual(Array(2).fill(Object.fromEntries(Object.entries(single.bins).filter(([name]) => !isOfValues(name)))));
  const five = JSON.parse((await run('coverage hello.s t.bin t.jsonl one.json campaign -f json')).out) as CoverageJson;
  expect(five.bins).toEqual(Object.fromEntries(Object.entries(single.bins).map(([name, [count]]) => [name, [(isOfValues(name) ? 3 : 5) * count, 0]])));
  expect(single.bins).toMatchObject({ 'instructions/instruction=halt,status=done': [1, 0] });
  expect((await run('coverage one.json --holes')).out).toContain('\nhole  instructions/instruction=nop,status=done\n');
  const written = await run('coverage one.json -f html -o page.html');
  expect([written.code, written.out, readFileSync(join(folder, 'page.html'), 'utf8').slice(0, 15)]).toEqual([0, expect.stringContaining(`${single.hit} of ${single.reachable} reachable bins`), '<!doctype html>']);
});

test('holes are filled by programs that the same seed and files mean again, until the patience is over, and only holes are aimed at', async () => {
  const filled = (seed: number): Coverage => {
    const all = new Coverage(model);
    for (const { test: index } of fill(all, engine(of), seed)) if (index === 60) break;
    return all;
  };
  const [one, again, other] = [filled(1), filled(1), filled(2)], bins = formats.json(one);
  expect([formats.json(again), formats.json(other) === bins, one.contradictions()]).toEqual([bins, false, []]);
  expect(one.hit / model.reachable).toBeGreaterThan(0.4);
  const only = Coverage.fromJson(model, { ...one.toJson(), bins: Object.fromEntries(reachable.slice(1).map((counter) => [model.names[counter]!, [1, 0] as const])) });
  expect([only.holes(), [...fill(only, engine(of), 1)].length, only.holes()]).toEqual([[reachable[0]], 1, []]);
  expect((await run('coverage')).err).toContain('none is given');
  expect((await run('coverage one.json --seed 3')).err).toContain('requires --fill');
});

test('the exit code is 2 below the goal, and 0 at it', async () => {
  const below = await run('coverage one.json --goal 99');
  expect(below.code).toBe(2);
  expect(below.err).toMatch(/^below the goal: .* the goal is 99 %\n$/);
  expect((await run('coverage one.json --goal 0.1')).code).toBe(0);
});

test('files that are something else, of another machine, or broken are refused at once, with their places', async () => {
  const good = JSON.parse(readFileSync(join(folder, 'one.json'), 'utf8')) as CoverageJson;
  const files = {
    'torn.json': '{\n "schema": "systole-coverage/1",\n "bins": {', 'other.json': '{\n "schema": "other/1"\n}\n', 'bin.json': JSON.stringify({ ...good, bins: { nonsense: [1, 0] } }, null, 1),
    'none.json': JSON.stringify({ ...resultsOf({ first: 0, stride: 1, end: 1 }, 1), coverage: null }, null, 1), 'cut.bin': readFileSync(join(folder, 't.bin')).subarray(0, 200),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const many = await run('coverage torn.json other.json none.json bad.s gone.json --format htm --goal x');
  expect(many.code).toBe(3);
  for (const message of [/torn\.json:3:\d+: error: /, /other\.json:2:12: error: found schema "other\/1"/, /none\.json:\d+:\d+: error: the results have no coverage/, /bad\.s:1:\d+: error: /, /gone\.json: error: does not exist/, /did you mean 'html'/, /--goal: error: 'x'/])
    expect(many.err).toMatch(message);
  expect((await run('coverage bin.json')).err).toMatch(/bin\.json:\d+:\d+: error: there is no bin "nonsense"/);
  expect((await run('coverage cut.bin')).err).toMatch(/cut\.bin: error: the file ends within record 1/);
  expect((await run('coverage t.bin --profile systole-int8')).err).toMatch(/t\.bin: error: has profile systole-16 .*, not systole-int8/);
  expect((await run('coverage t.bin --holes --format lcov')).err).toContain('has no meaning for lcov');
});

test('of a program that does not halt, the counters go on to their end and why is told', async () => {
  writeFileSync(join(folder, 'trap.s'), 'X = spm s32 [8] at 0x3fff0\n    move X, X\n    halt 0\n');
  const { code, out, err } = await run('coverage trap.s --json');
  expect([code, (JSON.parse(out) as CoverageJson).hit > 0, err.startsWith('warning: trap.s: trap bounds')]).toEqual([0, true, true]);
});
