//! function-levels.test: laws of level lut: one algorithm on every device, whatever the table; the record is what the machine gives; traps.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { SPACE_SPM, TRAP_FEATURE } from '../model/limits.ts';
import { profile, type Profile } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { digitsOf } from '../model/machine/profile-functions.ts';
import { type MethodName, methodsOf, tableNames } from '../model/numerics/function-table.ts';
import { type FunctionName, functionNames } from '../model/numerics/functions.ts';
import { specification } from '../model/specification.ts';
import { functionWords, levelCodes, levelFormats, type LevelRecords, measured } from './function-levels.ts';
import { runs, sample } from './runs.ts';

const standard = profile('systole-16');
const fast = engine(standard),
  scalar = engine(standard, { build: 'scalar' });
const lut = { level: 'lut' } as const;
let state = 0x0bad_cafe;
const next = (below: number): number => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};
/** Zeros, infinities, NaNs, subnormals and limits of the tables, of both signs, and codes drawn. */
const some = (format: (typeof levelFormats)[number], count: number): readonly number[] => {
  const all = levelCodes(format),
    edges = [0, 1, 0x7f, 0x80, 0x3c00, 0x3f80, 0x4080, 0x4100, 0x4180, 0x4380, 0x4400, 0x4800, 0x4c00, 0x7bff, 0x7c00, 0x7c01, 0x7f7f, 0x7f80, 0x7fff];
  const drawn = Array.from({ length: count }, () => (format === 'fp32' && next(2) ? next(2 ** 31) * 2 + next(2) : all[next(0x1_0000)]!));
  return [...edges.flatMap((code) => [code, code + 0x8000]).map((code) => (format === 'fp32' ? code * 0x1_0000 : code)), ...drawn];
};
const hex = (words: readonly number[]): readonly string[] => words.map((word) => word.toString(16));
/** The first code at which two lists differ, as text; empty where they are equal. */
const differing = (codes: readonly number[], found: readonly number[], wanted: readonly number[]): string => {
  const at = codes.findIndex((_, i) => found[i] !== wanted[i]);
  return at < 0 ? '' : hex([codes[at]!, found[at]!, wanted[at]!]).join(' ');
};

test('both builds of the engine and the specification give the same words: the codes of 16 bits of exp, gelu and log, a few of all functions', { timeout: 240_000 }, () => {
  const oracle = specification(standard);
  for (const name of tableNames)
    for (const format of levelFormats) {
      const whole = format !== 'fp32' && ['exp', 'gelu', 'log'].includes(name),
        codes = whole ? sample(levelCodes(format), 16_384) : some(format, 1000);
      const wanted = functionWords(oracle, standard, name, format, codes, lut);
      for (const device of [fast, scalar]) {
        expect(differing(codes, functionWords(device, standard, name, format, codes, lut), wanted), `${name} ${format}`).toBe('');
      }
    }
});

test('the record of distances is what the engine gives, and 16 bits are nearly always right', () => {
  const records = JSON.parse(readFileSync('golden/function-levels.json', 'utf8')) as LevelRecords;
  expect(Object.keys(records)).toEqual([...tableNames]);
  for (const name of ['recip', 'tanh', 'sigmoid', 'softplus'] as const)
    for (const format of levelFormats) expect(measured(scalar, standard, name, format), `${name} ${format}`).toEqual(records[name]![format]);
  for (const name of ['recip', 'sqrt', 'rsqrt', 'exp', 'exp2', 'tanh', 'erf'] as const)
    for (const format of ['bf16', 'fp16'] as const) expect(records[name]![format].most, `${name} ${format}`).toBeLessThanOrEqual(1);
});

// sqrt(1/2) is an entry of 23 digits: one less than its word has.
test('powers of two give powers of two, and at the entries of a table a word of 16 bits is that of the real function', () => {
  const codes = [0x3f80_0000, 0x4000_0000, 0x4080_0000, 0x0080_0000, 0x4780_0000];
  for (const [name, wanted] of [
    ['recip', [0x3f80_0000, 0x3f00_0000, 0x3e80_0000, 0x7e80_0000, 0x3780_0000]],
    ['rsqrt', [0x3f80_0000, 0x3f35_04f4, 0x3f00_0000, 0x5f00_0000, 0x3b80_0000]],
    ['log2', [0, 0x3f80_0000, 0x4000_0000, 0xc2fc_0000, 0x4180_0000]],
  ] as const) expect(hex(functionWords(fast, standard, name, 'fp32', codes, lut)), name).toEqual(hex(wanted));
  const steps = Array.from({ length: 64 }, (_, i) => 0x3f80 + 2 * i);
  for (const name of ['recip', 'rsqrt', 'exp2'] as const) {
    expect(functionWords(fast, standard, name, 'bf16', steps, lut)).toEqual(functionWords(fast, standard, name, 'bf16', steps, {}));
  }
});

const noMethod = (name: FunctionName): boolean => !(name in methodsOf);
test('a function without a table traps feature at level lut, and only there, on every device', () => {
  const plain = withTables({});
  const trapOf = (device: Device, op: FunctionName, level: string): number => {
    const text = `x = spm bf16 [4] at 0\nn1 = { round: rne, level: ${level} }\nspecial.${op} x, x mode n1\nhalt 0`;
    device.load({ image: assembled(text).program.image, memory: [{ space: SPACE_SPM, address: 0, bytes: new Uint8Array(8) }] });
    return device.execute().status === 'halted' ? 0 : device.csrRead(0x200);
  };
  for (const [machine, lacks] of [[standard, noMethod], [plain, () => true]] as const)
    for (const device of [specification(machine), engine(machine), engine(machine, { build: 'scalar' })])
      for (const op of functionNames) {
        expect(trapOf(device, op, 'lut'), `${op} at level lut`).toBe(lacks(op) ? TRAP_FEATURE : 0);
        expect(trapOf(device, op, 'exact'), `${op} at level exact`).toBe(0);
      }
});

test('whatever method, widths and entries a profile states, the engine is the specification', () => {
  for (let round = 0; round < runs(4); round++) {
    const machine = withTables(Object.fromEntries(tableNames.map((name) => [name, drawn(methodsOf[name][next(methodsOf[name].length)]!)])));
    const devices = [engine(machine), engine(machine, { build: 'scalar' })],
      oracle = specification(machine);
    for (const name of tableNames) {
      const format = levelFormats[next(3)]!,
        codes = some(format, 120),
        wanted = functionWords(oracle, machine, name, format, codes, lut);
      for (const device of devices) {
        const said = `${name} ${format} ${JSON.stringify(machine.functions.get(name), (_, value) => (typeof value === 'bigint' ? String(value) : value))}`;
        expect(differing(codes, functionWords(device, machine, name, format, codes, lut), wanted), said.slice(0, 300)).toBe('');
      }
    }
  }
});

/** systole-16 with other functions. */
function withTables(functions: object): Profile {
  return readProfile(JSON.stringify({ ...(standard.file as object), name: 'drawn', functions }), 'drawn.json');
}

/** Any parameters that a profile may state. */
function drawn(method: MethodName): object {
  const bounded = ['power', 'even', 'factor', 'value'].includes(method),
    most = bounded ? 30 : method === 'root' || method === 'inverseRoot' ? 24 : 23;
  const indexBits = 1 + next(method === 'power' ? 10 : 6),
    interpolationBits = Math.min(next(21), most - indexBits),
    valueBits = 1 + next(28),
    digits = digitsOf(valueBits);
  const entry = (): string => next(2 ** valueBits).toString(16).toUpperCase().padStart(digits, '0');
  const multiplierBits = next(25),
    multiplier = 1 + next(Math.min(4 * 2 ** multiplierBits, 2 ** 24) - 1);
  return {
    method, indexBits, interpolationBits, interpolation: ['truncate', 'round'][next(2)], valueBits, scaleBits: next(29),
    ...(bounded ? { rangeBits: next(9) } : {}),
    ...(method === 'power' || method === 'logarithm' ? { multiplier: multiplier.toString(16).toUpperCase(), multiplierBits } : {}),
    table: Array.from({ length: 2 ** indexBits + 1 }, entry).join(''), source: 'drawn by the test', certainty: 'chosen',
  };
}
