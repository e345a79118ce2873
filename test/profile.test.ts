//! profile.test: laws of profiles: every mistake at its place, a hash over what can change a bit, built-in files that keep the rules.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describe, Rejected } from '../model/failure.ts';
import { placeOf, readJson } from '../model/json.ts';
import { featureNames } from '../model/limits.ts';
import { type Profile, profile, profileNames } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { sha256 } from '../model/sha256.ts';
import { sample } from './runs.ts';

const root = join(import.meta.dirname, '..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const builtIn = readdirSync(join(root, 'model/profiles')).sort();
const files = [...builtIn.map((file) => `model/profiles/${file}`), 'test/profiles/odd-3x5.json'];
const gemmini = textOf('model/profiles/gemmini-like.json');

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
const isFact = (part: Json): part is { [key: string]: Json } => typeof part === 'object' && part !== null && 'certainty' in part;
/** Paths of all facts below a part. */
function factsOf(part: Json, path: readonly (string | number)[] = []): (string | number)[][] {
  if (isFact(part)) return [[...path]];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, member]) => factsOf(member, [...path, Array.isArray(part) ? Number(key) : key]));
}
const at = (part: Json, path: readonly (string | number)[]): { [key: string]: Json } =>
  path.reduce((inner: Json, step) => (inner as { [key: string]: Json })[step]!, part) as { [key: string]: Json };
const reordered = (part: Json): Json => {
  if (Array.isArray(part)) return part.map(reordered);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).reverse().map(([key, member]) => [key, reordered(member)]));
};
const mistakes = (text: string): string[] => {
  try {
    readProfile(text, 'p');
    return [];
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return error.diagnostics.map(describe);
  }
};
const accepted = (file: Json): Profile | undefined => {
  try {
    return readProfile(JSON.stringify(file), 'p');
  } catch (error) {
    if (error instanceof Rejected) return undefined;
    throw error;
  }
};

test('a built-in profile is what its file says', () => {
  for (const name of profileNames()) {
    const read = readProfile(readFileSync(join(import.meta.dirname, '..', 'model', 'profiles', `${name}.json`), 'utf8'), name);
    expect(profile(name)).toEqual(read);
  }
  expect(() => profile('toString')).toThrow(Rejected);
});

test('SHA-256 is that of FIPS 180-4: its examples, and the one of Node on every length of two blocks', () => {
  const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
  expect(sha256(ascii('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256(ascii('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')))
    .toBe('248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1');
  for (let length = 0; length <= 130; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 151 + length) & 255);
    expect(sha256(bytes), `length ${length}`).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

test('reading JSON gives what JSON.parse gives, and places of values lead back to their text', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, 4), (value, indent) => {
    const text = JSON.stringify(value, null, indent), { root: node, faults } = readJson(text);
    expect(faults).toEqual([]);
    expect(node?.value).toEqual(JSON.parse(text));
    for (const inner of [...(node?.items ?? []), ...[...(node?.members?.values() ?? [])].map((member) => member.node)]) {
      expect(JSON.parse(text.slice(inner.at, inner.end))).toEqual(inner.value);
    }
  }));
  expect(placeOf('a\nbc\n', 3)).toEqual({ line: 2, column: 2 });
});

test('every committed profile is accepted, is called like its file, and the built-in ones are found by name', () => {
  for (const path of files) expect(`${readProfile(textOf(path), path).name}.json`).toBe(path.split('/').at(-1));
  expect(profileNames()).toEqual(builtIn.map((file) => file.replace('.json', '')));
  for (const name of profileNames()) expect(profile(name)).toEqual(readProfile(textOf(`model/profiles/${name}.json`), name));
  expect(profileNames()).toEqual(expect.arrayContaining(['systole-16', 'systole-128', 'gemmini-like', 'tpu1-like']));
});

test('a name that is no profile is a diagnostic that proposes one', () => {
  expect(() => profile('systole-61')).toThrow("is called 'systole-61'; did you mean 'systole-16'? built in are amd-cdna1, ");
  expect(() => profile('__proto__')).toThrow(Rejected);
});

test('a profile cannot be changed', () => {
  const one = profile('systole-16');
  expect(() => { (one as { spmBytes: number }).spmBytes = 1; }).toThrow(TypeError);
  expect(() => { (one.triples[0]!.dots as unknown[]).push(0); }).toThrow(TypeError);
});

test('reading what was read, in any order of keys and any blanks, gives the same profile', () => {
  for (const path of files) {
    const one = readProfile(textOf(path), path);
    expect(readProfile(JSON.stringify(one.file), 'again')).toEqual(one);
    expect(readProfile(JSON.stringify(reordered(one.file as Json), null, 7), 'again')).toEqual(one);
  }
});

test('the hash is blind to names, words, certainties, timing and the order of rows', () => {
  const word = fc.string({ minLength: 1, maxLength: 9 });
  fc.assert(fc.property(fc.constantFrom(...files), word, fc.integer({ min: 1, max: 16 }), (path, source, depth) => {
    const file = JSON.parse(textOf(path)) as { [key: string]: Json }, { hash } = readProfile(textOf(path), path);
    for (const fact of factsOf(file)) Object.assign(at(file, fact), { source, certainty: 'assumed' });
    const timing = { queueDepth: { value: depth, source, certainty: 'chosen' } };
    Object.assign(file, { name: 'other', tier: 'sketch', says: source, timing });
    for (const key of ['triples', 'granules']) (file[key] as Json[]).reverse();
    for (const key of ['features', 'formats']) ((file[key] as { value: Json }).value as Json[]).reverse();
    expect(accepted(file)?.hash).toBe(hash);
  }), { numRuns: 40 });
});

test('the hash changes with every value that is no timing, and with every row', () => {
  const pool: Json[] = [
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 32, 64, 128, 256, 704, 1408, 4096, 65536, 131072, 2 ** 20, 2 ** 25],
    'A5', '3C', '7FC0', 'FFC1', '7E00', '7D01', '7FC00001', 'FFC00000', ['zp'], ['dmaConvert', 'zp'], [],
  ];
  const changed = new Set<string>();
  for (const path of ['model/profiles/gemmini-like.json', 'model/profiles/systole-16.json', 'test/profiles/odd-3x5.json']) {
    // Function tables are most of the text; their law stands below.
    const original: { [key: string]: Json } = { ...(JSON.parse(textOf(path)) as object), functions: {} }, known = readProfile(JSON.stringify(original), path);
    const hashes = new Map([[known.hash, 'the original']]);
    const differs = (file: Json, what: string): void => {
      const hash = accepted(file)?.hash;
      if (hash === undefined) return;
      expect(hashes.get(hash), `${path}: ${what}`).toBeUndefined();
      hashes.set(hash, what);
      changed.add(what.replace(/[\d.]* = .*/, '').replace(/\.\d+/g, ''));
    };
    for (const fact of factsOf(original).filter(([first]) => first !== 'timing')) {
      const { value: found } = at(original, fact);
      for (const value of sample(pool.filter((one) => typeof one === typeof found), 8)) {
        const file = structuredClone(original), place = at(file, fact);
        if (JSON.stringify([place['value']].flat().sort()) === JSON.stringify([value].flat().sort())) continue;
        place['value'] = value;
        differs(file, `${fact.join('.')} = ${JSON.stringify(value)}`);
      }
    }
    const rows = (original['triples'] as Json[]).length;
    for (let row = 0; row < rows && rows > 1; row++) {
      const file = structuredClone(original);
      (file['triples'] as Json[]).splice(row, 1);
      differs(file, `without row ${row}`);
    }
  }
  const expected = [
    'dramBytes', 'spmBytes', 'accBytes', 'accLanes', 'vpuLanes', 'slotCount', 'features', 'nans.bf', 'nans.fp', 'unknownByte',
    'granules.bytes', 'triples.kMax', 'triples.nMax', 'triples.mMax',
  ];
  expect([...changed]).toEqual(expect.arrayContaining(expected));
});

test('a dot kernel tells the hash what it is and where it stands', () => {
  const variants = [['chain'], ['lastAdd'], ['chain', 'lastAdd'], ['lastAdd', 'chain']].map((dots) => {
    const file = JSON.parse(textOf('model/profiles/systole-16.json')) as { [key: string]: Json };
    Object.assign((file['triples'] as Json[]).at(-1)!, { dots });
    return accepted(file)!.hash;
  });
  expect(new Set(variants).size).toBe(4);
});

test('the hash is blind to what kernels are called, to kernels that no row names, and to what is left out because most have it', () => {
  const whole = textOf('model/profiles/systole-16.json'), { hash } = readProfile(whole, 'p');
  expect(readProfile(whole.replaceAll('"kulisch"', '"another"'), 'p').hash).toBe(hash);
  expect(readProfile(whole.replace('"kernels": {', '"kernels": { "spare": { "kind": "exact", "group": 3, "source": "the test", "certainty": "chosen" },'), 'p').hash).toBe(hash);
  expect(readProfile(whole.replace('"join": "chainStart"', '"daz": 0, "join": "chainStart", "lanes": 1'), 'p').hash).toBe(hash);
  expect(readProfile(whole.replace('"join": "chainStart"', '"daz": 1, "join": "chainStart"'), 'p').hash).not.toBe(hash);
});

/** A kernel with impossible widths, and what is said. */
const impossible: readonly (readonly [kernel: string, said: string])[] = [
  ['"kind": "fused", "group": 65, "fractionBits": 24, "round": "rz"', 'group: found 65; allowed: an integer from 1 to 64'],
  ['"kind": "fused", "group": 8, "fractionBits": 45, "round": "rz"', 'fractionBits: found 45; allowed: an integer from 1 to 44'],
  ['"kind": "fused", "group": 8, "fractionBits": 0, "round": "rz"', 'fractionBits: found 0; allowed: an integer from 1 to 44'],
  ['"kind": "fused", "group": 8, "fractionBits": 24, "round": "rz", "keep": 24', 'keep: found 24; allowed: an integer from 1 to 23'],
  ['"kind": "fused", "group": 8, "fractionBits": 24, "round": "odd"', 'round: found "odd"; allowed: one of rne, rz'],
  ['"kind": "fused", "group": 7, "order": "interleaved", "fractionBits": 24, "round": "rz"', 'group: found 7 for interleaved products; allowed: a multiple of 2'],
  ['"kind": "fused", "group": 8, "operands": "bf16", "fractionBits": 24, "round": "rz"', 'operands: found "bf16"; allowed: one of encoded, fp16'],
  ['"kind": "chain", "join": "chainStart", "lanes": 2', 'join: found chainStart with two lanes; allowed: lastAdd, as two chains cannot both begin as C'],
  ['"kind": "tree", "group": 6, "products": "exact", "shape": "halves", "join": "lastAdd"', 'group: found 6 for a tree of halves; allowed: a power of two'],
  ['"kind": "afterSum", "group": 8, "fractionBits": 24, "sumBits": 20, "accumulatorBits": 24', 'sumBits: found 20; allowed: at least the 24 bits of the accumulator'],
  ['"kind": "blocks", "group": 64, "exactGroup": 5, "exactGroupUnderC": 16, "fractionBits": 35, "carryBits": 4', 'exactGroup: found 5; allowed: a divisor of the 16 under a dominant C'],
  ['"kind": "blocks", "group": 60, "exactGroup": 4, "exactGroupUnderC": 16, "fractionBits": 35, "carryBits": 4', "exactGroupUnderC: found 16; allowed: a divisor of the group's 60 products"],
];
test.each(impossible)('a kernel with impossible widths is refused, with what is allowed: %s', (kernel, said) => {
  const text = textOf('model/profiles/systole-16.json').replace('"kernels": {', `"kernels": { "odd": { ${kernel}, "source": "the test", "certainty": "chosen" },`);
  expect(mistakes(text).map((line) => line.replace(/^p:\d+:\d+: error: kernels\.odd\./, ''))).toEqual([said]);
});

test('a kernel that converts its operands to fp16 is for formats that fp16 holds', () => {
  const converts = '"kernels": { "odd": { "kind": "fused", "group": 8, "operands": "fp16", "fractionBits": 24, "round": "rz", "source": "the test", "certainty": "chosen" },';
  const found = (activation: string): readonly string[] => {
    const file = JSON.parse(textOf('model/profiles/systole-16.json').replace('"kernels": {', converts)) as { triples: { activation: unknown; weight: unknown; accumulator: unknown; dots: string[] }[] };
    const row = file.triples.find(({ accumulator, dots }) => accumulator === 'fp32' && dots.includes('kulisch'))!;
    return mistakes(JSON.stringify({ ...file, triples: [...file.triples, { ...row, activation, weight: activation, accumulator: 'fp16', dots: ['odd'] }] }));
  };
  expect(found('e5m2')).toEqual([]);
  expect(found('bf16').join()).toMatch(/found a kernel that converts its operands to fp16 for bf16; allowed: formats all of whose values fp16 has/);
});

/** What is changed in the table of exp in systole-16, and what is said. */
const impossibleTables: readonly (readonly [from: string | RegExp, to: string, said: string])[] = [
  [/"table": "400000/, '"table": "', 'exp.table: found 1536 hex digits; allowed: 1542, 257 entries of 6'],
  ['"indexBits": 8', '"indexBits": 9', 'exp.table: found 1542 hex digits; allowed: 3078, 513 entries of 6'],
  ['"valueBits": 24', '"valueBits": 23', 'exp.table: entry 256 is 800000; allowed: at most 23 bits'],
  ['"valueBits": 24', '"valueBits": 29', 'exp.valueBits: found 29; allowed: an integer from 1 to 28'],
  [/"table": "40/, '"table": "4x', 'exp.table: found "4x0000402C6C4058F74085A040B26940DF51410…; allowed: text of 1 to 7175 hex digits, upper case'],
  ['"method": "power"', '"method": "powr"', "exp.method: found \"powr\"; did you mean 'power'? allowed: one of power"],
  ['"interpolationBits": 15', '"interpolationBits": 20, "spare": 1', 'exp: found key "spare"; allowed: method, indexBits, interpolationBits, interpolation, valueBits, scaleBits, rangeBits, multiplier, multiplierBits, table, source, certainty'],
  ['"rangeBits": 8, "multiplier": "B8AA3B"', '"rangeBits": 8, "multiplier": "0"', 'exp.multiplier: found 0 times 2^-23; allowed: above 0 and below 4'],
  ['"multiplier": "B8AA3B", ', '', 'exp.multiplier: found 0 times 2^-23; allowed: above 0 and below 4'],
  ['"multiplierBits": 23', '"multiplierBits": 21', 'exp.multiplier: found B8AA3B times 2^-21; allowed: above 0 and below 4'],
];
test.each(impossibleTables)('a function table that does not fit is refused, with what is allowed: %s', (from, to, said) => {
  const [before, exp, after] = textOf('model/profiles/systole-16.json').split(/(?= {4}"exp": )|(?= {4}"exp2": )/), text = `${before}${exp!.replace(from, to)}${after}`;
  expect(exp!.replace(from, to)).not.toBe(exp);
  expect(mistakes(text).map((line) => line.replace(/^p:\d+:\d+: error: functions\./, ''))).toEqual([said]);
});
test('a place has no more bits than there are, and what a method does not use is not stated', () => {
  const whole = textOf('model/profiles/systole-16.json'), changed = (from: string, to: string): string => whole.replace(from, to);
  expect(mistakes(changed('"recip": { "method": "reciprocal", "indexBits": 8, "interpolationBits": 15', '"recip": { "method": "reciprocal", "rangeBits": 2, "multiplier": "3", "indexBits": 8, "interpolationBits": 16'))
    .map((line) => line.replace(/^p:\d+:\d+: error: functions\.recip\./, ''))).toEqual([
    'rangeBits: found 2 for reciprocal, which has no range; allowed: 0',
    'multiplier: found 3 for reciprocal, which multiplies by nothing; allowed: 0, and multiplierBits 0',
    'interpolationBits: found 16 after 8 bits of index; allowed: 23 together']);
});
test('the hash changes with any number of a function table, and not with where it is from', () => {
  const whole = textOf('model/profiles/systole-16.json'), { hash } = readProfile(whole, 'p');
  expect(readProfile(whole.replaceAll('made by model/emit/profile-functions.ts', 'elsewhere'), 'p').hash).toBe(hash);
  const hashes = [['"table": "400000', '"table": "400001'], ['"interpolation": "truncate"', '"interpolation": "round"'], ['"rangeBits": 3', '"rangeBits": 2'], ['"scaleBits": 19', '"scaleBits": 18'], [/ {4}"softplus"[^\n]*\n/, '']]
    .map(([from, to]) => readProfile(whole.replace(from!, to as string).replace(/,\n {2}\},\n {2}"timing"/, '\n  },\n  "timing"'), 'p').hash);
  expect(new Set([...hashes, hash]).size).toBe(6);
});

test('a kernel keeps at most the fraction of the accumulators that use it', () => {
  const text = textOf('model/profiles/nvidia-ada.json').replace('"dots": ["mma.fp8.f16"]', '"dots": ["mma.fp8.f32"]');
  expect(mistakes(text)[0]).toMatch(/triples\[5\]\.dots\[0\]: found a kernel that keeps 13 fraction bits of fp16; allowed: at most 10$/);
});

test('every built-in kernel says where it is from, and measured ones name the data', () => {
  for (const name of profileNames()) {
    const { kernels } = profile(name).file as { kernels: Record<string, { source: string; certainty: string }> };
    for (const [kernel, { source, certainty }] of Object.entries(kernels)) if (certainty === 'measured') expect(source, `${name} ${kernel}`).toMatch(/^measured/);
  }
});

const integer = (least: number, most: number, multiple = 1): string =>
  `allowed: an integer from ${least} to ${most}${multiple > 1 ? `, a multiple of ${multiple}` : ''}`;
const spm = integer(64, 2 ** 30, 64);
const fact = 'allowed: an object with value, source, certainty';
/** What is replaced in gemmini-like.json, by what, and all that is then said. */
const wrong: readonly (readonly [name: string, from: string | RegExp, to: string, ...said: string[]])[] = [
  ['a negative number', '262144', '-262144', `p:8:26: error: spmBytes.value: found -262144; ${spm}`],
  ['a huge number', '262144', '1e300', `p:8:26: error: spmBytes.value: found 1e300; ${spm}`],
  ['a number beyond all floats', '262144', '1e999', `p:8:26: error: spmBytes.value: found 1e999; ${spm}`],
  ['a fraction', '262144', '262144.5', `p:8:26: error: spmBytes.value: found 262144.5; ${spm}`],
  ['zero', '262144', '0', `p:8:26: error: spmBytes.value: found 0; ${spm}`],
  ['a number in quotes', '262144', '"262144"', `p:8:26: error: spmBytes.value: found "262144"; ${spm}`],
  ['a list for a number', '262144', '[1,\n2]', `p:8:26: error: spmBytes.value: found a list of 2; ${spm}`],
  ['null for a number', '262144', 'null', `p:8:26: error: spmBytes.value: found null; ${spm}`],
  ['not a multiple', '262144', '262145', `p:8:26: error: spmBytes.value: found 262145; ${spm}`],
  ['too much DRAM', '67108864', '4294967296', `p:7:27: error: dramBytes.value: found 4294967296; ${integer(65536, 3758096384, 4096)}`],
  ['a number without its source', '"value": 262144, "source"', '"value": 262144, "sauce"',
    'p:8:34: error: spmBytes: found key "sauce"; allowed: value, source, certainty',
    'p:8:15: error: spmBytes.source: it is missing; allowed: text'],
  ['an empty source', /"source": "ucb-bar\/gemmini, README.md, default scratchpad[^"]*"/, '"source": ""',
    'p:8:44: error: spmBytes.source: found ""; allowed: text that is not empty'],
  ['a bare number', /"spmBytes": .*\n/, '"spmBytes": 262144,\n', `p:8:15: error: spmBytes: found 262144; ${fact}`],
  ['a missing key', /\n {2}"slotCount".*/, '', `p:1:1: error: slotCount: it is missing; ${fact}`],
  ['a missing number', '"value": 262144, ', '', `p:8:15: error: spmBytes.value: it is missing; ${spm}`],
  ['a missing number in a row', '"value": 1024, ', '', `p:26:15: error: triples[0].mMax.value: it is missing; ${integer(1, 2 ** 24 - 1)}`],
  ['a misspelt key', '"spmBanks"', '"spmBank"',
    'p:44:5: error: timing: found key "spmBank"; did you mean \'spmBanks\'? allowed: queueDepth, clockMHz, spmBanks, accBanks, '
    + 'dramMBytesPerSecond, hostMBytesPerSecond, weightTileCycles'],
  ['a misspelt key that must be there', '"kMax"', '"kMx"',
    'p:24:7: error: triples[0]: found key "kMx"; did you mean \'kMax\'? allowed: activation, weight, accumulator, kMax, nMax, mMax, dots'],
  ['a misspelt word', '"tier": "exact"', '"tier": "exakt"',
    "p:5:11: error: tier: found \"exakt\"; did you mean 'exact'? allowed: one of exact, structural, sketch"],
  ['another version', 'profile/1', 'profile/2', 'p:3:13: error: schema: found "systole-profile/2"; allowed: "systole-profile/1"'],
  ['lanes that are no power of two', '"value": 16, "source": "meshColumns x', '"value": 12, "source": "meshColumns x',
    'p:10:26: error: accLanes.value: found 12; allowed: a power of two from 1 to 1024'],
  ['more columns than lanes', '"value": 16, "source": "meshColumns 16', '"value": 32, "source": "meshColumns 16',
    'p:25:26: error: triples[0].nMax.value: found 32; allowed: at most the 16 lanes of an accumulator row'],
  ['accumulators that end within a row', '65536', '65600',
    'p:9:26: error: accBytes.value: found 65600; allowed: a multiple of 128, a row of 16 lanes of 64 bits'],
  ['an infinity for a NaN', '7FC00000', '7F800000',
    'p:17:24: error: nans.fp32.value: found 7F800000, which is not a NaN of fp32; allowed: all exponent bits set, the fraction not zero'],
  ['a NaN in lower case', '7FC00000', '7fc00000',
    'p:17:24: error: nans.fp32.value: found "7fc00000"; allowed: text of 8 hex digits, upper case'],
  ['a NaN of a format that is not there', '"fp32": { "value": "7FC00000"', '"fp16": { "value": "7E00", "source": "x", "certainty": "chosen" },\n    "fp32": { "value": "7FC00000"',
    "p:17:13: error: nans.fp16: found a NaN of fp16, which is not one of the profile's formats; allowed: s8, u8, s32, fp32"],
  ['a format without its NaN', '"s32", "fp32"]', '"s32", "fp32", "bf16"]',
    'p:16:11: error: nans: bf16 is missing; allowed: a canonical NaN for each float format that has several'],
  ['a format twice', '"s8", "u8"', '"s8", "s8"', 'p:15:32: error: formats.value[1]: found "s8" a second time; a name may appear only once'],
  ['a feature of another version', '"features": { "value": []', '"features": { "value": ["lnk", "zp"]',
    `p:14:27: error: features.value[0]: found "lnk"; allowed: one of ${featureNames.filter((name) => name !== 'lnk' && name !== 'layout').join(', ')}`],
  ['floats times integers', '"weight": "s8"', '"weight": "fp32"',
    'p:22:5: error: triples[0]: found s8, fp32, s32; allowed: integers in all three places, or floats in all three'],
  ['a kernel for the other kind', '["psum20"]', '["chain"]', 'p:27:16: error: triples[0].dots[0]: found a kernel of kind chain for s8, s8, s32; allowed: integer'],
  ['a kernel that is not there', '["psum20"]', '["psum2"]',
    "p:27:16: error: triples[0].dots[0]: found \"psum2\", which is not one of the profile's kernels; did you mean 'psum20'? allowed: psum20, lastAdd, chain"],
  ['a kernel in the row itself', '["psum20"]', '[{ "kind": "chain" }]', 'p:27:16: error: triples[0].dots[0]: found an object; allowed: text'],
  ['a kernel of no kind', '"kind": "integer"', '"kind": "integr"',
    'p:38:25: error: kernels.psum20.kind: found "integr"; allowed: an object with kind: one of integer, chain, tree, fused, exact, afterSum, blocks'],
  ['a second row for the same types', /"triples": \[\n([\s\S]*?\n {4}\})/, '"triples": [\n$1,\n$1',
    'p:29:5: error: triples[1]: found a second row for s8 x s8 -> s32; allowed: one, with several dots'],
  ['a granule that is no power of two', '"granules": []',
    '"granules": [{ "space": "spm", "unit": "mxu", "bytes": { "value": 3, "source": "x", "certainty": "chosen" } }]',
    'p:20:69: error: granules[0].bytes.value: found 3; allowed: a power of two from 2 to 4096'],
  ['a key twice', '"tier": "exact",', '"tier": "exact", "tier": "sketch",',
    'p:5:20: error: found key "tier" a second time in one object; a key may appear only once'],
  ['a trailing comma', '"fp32"], "source"', '"fp32",], "source"', 'p:15:51: error: found a comma before ]; JSON has no trailing comma'],
  ['a missing comma', '"tier": "exact",', '"tier": "exact"', 'p:6:3: error: found "; allowed: a comma or }'],
  ['a comment', '"tier"', '// really?\n  "tier"', 'p:5:3: error: found a comment; JSON has none: put the words into "says" or a "source"'],
  ['a hexadecimal number', '262144', '0x40000',
    'p:8:26: error: found 0x40000; allowed: a decimal number such as 16 or -3.5, true, false, null, or text in double quotes'],
  ['single quotes', '"exact"', "'exact'", 'p:5:11: error: found \'; allowed: a value: {, [, ", a number, true, false or null'],
  ['an unknown escape', 'ucb-bar', 'ucb\\qbar',
    'p:8:44: error: found "ucb\\qbar/gemmini, README.md, default sc…; a control character or an unknown escape is in it'],
  ['text behind the end', /\}\n$/, '}\n}', 'p:48:1: error: found } after the end of the value; allowed: nothing'],
  ['an end within a word', /README[\s\S]*/, '', 'p:8:44: error: the text that begins here has no closing " on its line'],
  ['an end between words', /\n {2}"accBytes"[\s\S]*/, '', 'p:8:164: error: the file ends; allowed: a key in double quotes, or }'],
];

for (const [name, from, to, ...said] of wrong) test(`a mistake is told once, at its place, with what is allowed: ${name}`, () => {
  const text = gemmini.replace(from, to);
  expect(text).not.toBe(gemmini);
  expect(mistakes(text)).toEqual([...said].sort((a, b) => placeIn(a) - placeIn(b)));
});
const placeIn = (line: string): number => { const [, row, column] = line.split(':'); return Number(row) * 1e6 + Number(column); };

test('all mistakes of a file are told in one go, those of the text, of single values and of how values fit together', () => {
  const text = gemmini.replace('262144', '-1').replace('65536', '65600').replace('"tier": "exact",', '"tier": "exact"');
  expect(mistakes(text).map((line) => line.split(' ')[0])).toEqual(['p:6:3:', 'p:8:26:', 'p:9:26:']);
  const many = gemmini.replace('{', `{${Array.from({ length: 200 }, (_, i) => `"k${i}": 1,`).join('')}`);
  expect(mistakes(many)).toHaveLength(101);
  expect(mistakes(many).at(-1)).toBe('p: error: 100 more mistakes are not shown');
});

test('what is no profile at all gets one plain message', () => {
  expect(mistakes('')).toEqual(['p:1:1: error: the file is empty']);
  expect(mistakes(' \n')).toEqual(['p:1:1: error: the file is empty']);
  expect(mistakes('\u007fELF\u0000')).toEqual(['p:1:1: error: not JSON, which begins with {']);
  expect(mistakes('[['.repeat(9999))).toEqual(['p:1:33: error: found values nested more than 32 deep']);
  expect(mistakes('\0'.repeat(2 ** 21))).toEqual(['p: error: found 2097152 characters; allowed: 1048576']);
  expect(mistakes('17')[0]).toMatch(/^p:1:1: error: found 17; allowed: an object with \$schema, schema, name, /);
});

test('memories that one WebAssembly memory cannot hold are refused at the largest', () => {
  const large = gemmini.replace('67108864', '3758096384');
  expect(mistakes(large)).toEqual([]);
  expect(mistakes(large.replace('262144', '134217728'))[0])
    .toMatch(/^p:7:27: error: dramBytes\.value: the engine would need 4\d{9} bytes .*; allowed: 4278190080;/);
});

test('any text is a profile or a list of diagnostics inside it, never another failure', () => {
  const put = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('"', '}', '[', ',', ':', '-', 'e9', '\n'));
  const edit = fc.record({ at: fc.nat(gemmini.length), cut: fc.nat(12), put });
  fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
    const text = edits.reduce((whole, { at: from, cut, put: piece }) => whole.slice(0, from) + piece + whole.slice(from + cut), gemmini);
    const lines = text.split('\n');
    try {
      expect(readProfile(text, 'p').hash).toMatch(/^[0-9a-f]{64}$/);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      expect(error.diagnostics.length).toBeGreaterThan(0);
      for (const { line, column, message } of error.diagnostics) {
        expect(lines[line - 1]?.length ?? -1, message).toBeGreaterThanOrEqual(column - 1);
        expect(message).toMatch(/^[\x20-\x7e\u00a1-\u024f…]+$/);
      }
    }
  }), { numRuns: 300 });
});

test('the page about profiles shows a mistake as it is told', () => {
  const [, line] = /```text\n(mine.*)\n```/.exec(textOf('docs/profiles.md'))!;
  const text = textOf('model/profiles/systole-16.json').replace(/("slotCount": \{ "value": )\d+/, '$1-4');
  expect(() => readProfile(text, 'mine.json')).toThrow(line);
});
