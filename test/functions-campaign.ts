//! functions-campaign: the engine's special functions on all inputs, and against the oracle: npm run functions -- --help.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { assembled } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { SPACE_SPM } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { special } from '../model/numerics/arithmetic.ts';
import { bitLength, unpack } from '../model/numerics/exact.ts';
import { formatByName } from '../model/numerics/format.ts';
import { type TableName, tableNames } from '../model/numerics/function-table.ts';
import { algebraicCount, type FunctionName, functionNames, specialFunction } from '../model/numerics/functions.ts';
import { mistaken, optionsOf } from './campaign-options.ts';
import { levelFormats, type LevelRecords, measured } from './function-levels.ts';
import { byLanes, functionsPage, type Laned, type Measured, type Records, type Swept } from './functions-page.ts';
import { compiledKernel, functionKernel, type Kernel, plainMode } from './functions-kernel.ts';

const usage = `npm run functions -- [options]
  --sweep       the kernel on every fp32 input; those within 2^-57 of a rounding boundary are decided by the oracle
  --measure     the kernel's error against the oracle on 2^20 fp32 inputs, or --count N
  --lanes       the fast build, whose lanes go by approximations, beside the plain one on every finite fp32 input
  --sixteen     every bf16 and fp16 input against the oracle, all functions
  --levels      level lut of systole-16 beside level exact, in ulp: every bf16 and fp16 input, 2^16 of fp32
  --function F  only this one
  --binades N   only so many, those nearest to 1/8, in a sweep or by lanes (255)
  --threads N   workers of a sweep (2)
Records go to golden/functions.json and golden/function-levels.json, the tables to docs/functions.md, what a sweep has done to build/functions-*.json: it goes on from there.`;

/** Inputs whose pair lies this near to the middle between two results are decided by the oracle; the measured errors are far below. */
const STATED_POWER = -57,
  UNIT_INPUTS = 2 ** 23;
const records = 'golden/functions.json',
  levelRecords = 'golden/function-levels.json',
  page = 'docs/functions.md';
const fp32 = formatByName('fp32');
/** f(-x) follows from f(x), in the kernels by the sign alone: half of the inputs are enough. */
const mirrored: readonly FunctionName[] = ['recip', 'tanh', 'erf', 'sin', 'cos'];
/** Below 0 they are NaN. */
const ofPositive: readonly FunctionName[] = ['sqrt', 'rsqrt', 'log', 'log2'];

/** Inputs of one program of `--lanes`. */
const ROW = 16_384;
/** Near 0 they are x/2 and a positive term of x^2. */
const halving: readonly FunctionName[] = ['silu', 'gelu', 'gelu_tanh'],
  isHalfSubnormal = (unit: number): boolean => (unit & 255) <= 1;

/** Runs one unit for each message. */
const workerCode = `
const { parentPort, workerData: { bytes, operation, error, inputs } } = require('node:worker_threads');
const engine = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports, to = 0x100000;
parentPort.on('message', (unit) => {
  if (unit < 0) { parentPort.close(); return; }
  const count = engine.sweep(operation, (unit * inputs) >>> 0, inputs, to, 65536, error);
  if (count > 65536) throw new Error('more inputs near a boundary than there is room for');
  parentPort.postMessage({ unit, codes: [...new Uint32Array(engine.memory.buffer, to, count)] });
});`;

const given = optionsOf(usage, {
  sweep: { type: 'boolean', default: false },
  measure: { type: 'boolean', default: false },
  lanes: { type: 'boolean', default: false },
  sixteen: { type: 'boolean', default: false },
  levels: { type: 'boolean', default: false },
  function: { type: 'string' },
  threads: { type: 'string', default: '2' },
  binades: { type: 'string', default: '255' },
  count: { type: 'string', default: '1048576' },
});
if (given.function !== undefined && !functionNames.some((name) => name === given.function)) mistaken(usage, `--function: '${given.function}' is not one of ${functionNames.join(', ')}`);
process.exitCode = await campaign();

async function campaign(): Promise<number> {
  const kernel = functionKernel(compiledKernel(3)),
    chosen = functionNames.filter((name) => given.function === undefined || name === given.function);
  const transcendental = chosen.filter((name) => functionNames.indexOf(name) >= algebraicCount);
  let wrong = 0;
  if (given.sixteen) for (const name of chosen) wrong += sixteen(kernel, name);
  if (given.measure) for (const name of transcendental) keep(name, 'measured', measure(kernel, name, Number(given.count)));
  if (given.sweep) {
    for (const name of transcendental) {
      const swept = await sweep(kernel, name);
      keep(name, 'swept', swept);
      wrong += swept.exceptions.length;
    }
  }
  if (given.lanes) {
    for (const name of chosen.filter((one) => byLanes.includes(one))) {
      const laned = lanes(name);
      keep(name, 'laned', laned);
      wrong += laned.differ.length;
    }
  }
  if (given.levels) write(levelRecords, levels());
  writeFileSync(page, functionsPage(read(records, {}), read(levelRecords, {})));
  return wrong > 0 ? 1 : 0;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function read<T>(path: string, otherwise: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : otherwise;
}
function write(path: string, value: unknown): void {
  writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(value, null, 1)}\n`);
  renameSync(`${path}.${process.pid}`, path);
}
function keep(name: FunctionName, part: 'swept' | 'measured' | 'laned', value: Swept | Measured | Laned): void {
  const all = read<Records>(records, {});
  write(records, { ...all, [name]: { ...all[name], [part]: value } });
}

function oracle(name: FunctionName, format: typeof fp32, code: number): number {
  return Number(special(name, { format, bits: BigInt(code) }, format, plainMode(format)).bits);
}

function levels(): LevelRecords {
  const machine = profile('systole-16'),
    device = engine(machine);
  const ofAll = (name: TableName): LevelRecords[string] =>
    Object.fromEntries(levelFormats.map((format) => [format, measured(device, machine, name, format)])) as LevelRecords[string];
  return Object.fromEntries(tableNames.map((name) => [name, ofAll(name)]));
}

/** All codes of both 16-bit formats. */
function sixteen(kernel: Kernel, name: FunctionName): number {
  let wrong = 0;
  for (const format of [formatByName('bf16'), formatByName('fp16')]) {
    for (let code = 0; code < 0x1_0000; code++) {
      const found = kernel.element(name, format, code),
        wanted = oracle(name, format, code);
      if (found === wanted) continue;
      wrong++;
      say(`${name} ${format.name} ${code.toString(16)}: ${found.toString(16)}, the oracle has ${wanted.toString(16)}`);
    }
    say(`${name} ${format.name}: 65536 inputs, ${wrong} wrong`);
  }
  return wrong;
}

/** The largest relative error of high + low, as the power of two that it is below; inputs evenly by binade where results are in range. */
function measure(kernel: Kernel, name: FunctionName, count: number): Measured {
  let worst = -200,
    at = 0,
    done = 0,
    state = 0x9e37_79b9;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  while (done < count) {
    const magnitude = (done % 4 === 0 ? next() : ((127 - 24 + (next() % 32)) << 23) | (next() & 0x7f_ffff)) & 0x7fff_ffff;
    const code = (name.startsWith('log') ? magnitude : magnitude | ((next() & 1) << 31)) >>> 0;
    const value = specialFunction(name, unpack(fp32, BigInt(code))),
      { high, low, isClamped } = kernel.pair(name, code);
    if (isClamped || value.kind === 'nan' || value.kind === 'infinite' || magnitude === 0 || magnitude >= 0x7f80_0000) {
      done++;
      continue;
    }
    const [significand, exponent] =
      value.kind === 'between' ? [2n * value.significand + 1n, value.exponent - 1] : [value.significand, value.exponent];
    const least = Math.min(high.exponent, low.exponent, exponent),
      shifted = (v: bigint, power: number): bigint => v << BigInt(power - least);
    const wanted = shifted(value.negative ? -significand : significand, exponent);
    const off = shifted(high.significand, high.exponent) + shifted(low.significand, low.exponent) - wanted;
    const power = off === 0n ? -200 : bitLength(off < 0n ? -off : off) + 1 - bitLength(wanted < 0n ? -wanted : wanted);
    if (power > worst) [worst, at] = [power, code];
    done++;
  }
  say(`${name}: error below 2^${worst} on ${count} inputs, the largest at ${at.toString(16)}`);
  return { inputs: count, power: worst, at: at.toString(16).padStart(8, '0').toUpperCase() };
}

interface Progress {
  readonly done: readonly number[];
  readonly near: readonly number[];
}

/** Signs and binades of a function, the middle ones first. */
function unitsOf(name: FunctionName): readonly number[] {
  const halves = mirrored.includes(name) || ofPositive.includes(name) ? [0] : [0, 256], fromMiddle = (unit: number): number => Math.abs((unit & 255) - 124);
  return halves.flatMap((half) => Array.from({ length: 255 }, (_, field) => half + field)).sort((a, b) => fromMiddle(a) - fromMiddle(b)).slice(0, halves.length * Number(given.binades));
}

/** Programs on both builds, their words compared. */
function lanes(name: FunctionName): Laned {
  const file = `build/functions-lanes-${name}.json`, progress = read<{ readonly done: readonly number[]; readonly differ: readonly string[] }>(file, { done: [], differ: [] });
  const done = new Set(progress.done), differ = [...progress.differ], of = profile('systole-16'), devices = [engine(of), engine(of, { build: 'scalar' })];
  const { image } = assembled(`a = spm fp32 [${ROW}] at 0     d = spm fp32 [${ROW}] at ${4 * ROW}\nspecial.${name} d, a\nhalt 0`).program;
  for (const unit of unitsOf(name).filter((one) => !done.has(one))) {
    for (let first = 0; first < UNIT_INPUTS; first += ROW) {
      const codes = Uint32Array.from({ length: ROW }, (_, i) => unit * UNIT_INPUTS + first + i), bytes = new Uint8Array(codes.buffer);
      const [fast, plain] = devices.map((device) => {
        device.load({ image, memory: [{ space: SPACE_SPM, address: 0, bytes }] });
        device.execute();
        return new Uint32Array(device.read(SPACE_SPM, 4 * ROW, 4 * ROW).buffer);
      }) as [Uint32Array, Uint32Array];
      if (Buffer.compare(Buffer.from(fast.buffer), Buffer.from(plain.buffer)) !== 0) codes.forEach((code, i) => { if (fast[i] !== plain[i]) differ.push(code.toString(16).padStart(8, '0').toUpperCase()); });
    }
    done.add(unit);
    write(file, { done: [...done], differ });
  }
  say(`${name}: ${done.size * UNIT_INPUTS} inputs by lanes, ${differ.length} differ`);
  return { inputs: done.size * UNIT_INPUTS, differ };
}

/** Unit by unit; what is near a boundary is decided when all are done, or as far as they are. */
async function sweep(kernel: Kernel, name: FunctionName): Promise<Swept> {
  const file = `build/functions-${name}.json`,
    progress = read<Progress>(file, { done: [], near: [] });
  const done = new Set(progress.done),
    near = [...progress.near];
  const units = unitsOf(name).filter((unit) => !done.has(unit));
  const { bytes } = kernel,
    exceptions: number[] = [];
  // Where x/2 is subnormal, every other one is a middle between two results: too many for the oracle, and a law says them all.
  for (const unit of halving.includes(name) ? units.filter(isHalfSubnormal) : []) {
    units.splice(units.indexOf(unit), 1);
    exceptions.push(...halvedWrongly(kernel, name, unit));
    done.add(unit);
    write(file, { done: [...done], near });
  }
  await Promise.all(
    Array.from(
      { length: Number(given.threads) },
      () =>
        new Promise<void>((finished, failed) => {
          const worker = new Worker(workerCode, {
            eval: true,
            workerData: { bytes, operation: functionNames.indexOf(name), error: 2 ** STATED_POWER, inputs: UNIT_INPUTS },
          });
          const give = (): void => {
            worker.postMessage(units.shift() ?? -1);
          };
          worker
            .on('error', failed)
            .on('exit', () => finished())
            .on('message', ({ unit, codes }: { readonly unit: number; readonly codes: readonly number[] }) => {
              done.add(unit);
              near.push(...codes);
              write(file, { done: [...done], near });
              give();
            });
          give();
        }),
    ),
  );
  exceptions.push(...near.filter((code) => kernel.element(name, fp32, code) !== oracle(name, fp32, code)));
  say(`${name}: ${done.size * UNIT_INPUTS} inputs, ${near.length} near a boundary, ${exceptions.length} exceptions`);
  return {
    inputs: done.size * UNIT_INPUTS,
    mirrored: mirrored.includes(name),
    power: STATED_POWER,
    near: near.length,
    exceptions: exceptions.map((code) => code.toString(16).padStart(8, '0').toUpperCase()),
  };
}

/**
 * Inputs of a unit below 2^-125 whose result is not x/2 to nearest, middles upwards: what is added to x/2 is positive, and below 2^-250 far
 * too small to reach the next middle. 0 stays 0, of its sign.
 */
function halvedWrongly(kernel: Kernel, name: FunctionName, unit: number): number[] {
  const wrong: number[] = [],
    sign = unit >= 256 ? 0x8000_0000 : 0;
  for (let i = 0; i < UNIT_INPUTS; i++) {
    const magnitude = (unit & 255) * UNIT_INPUTS + i,
      code = (sign | magnitude) >>> 0;
    // Below 2^-125 the codes of both binades count in units of 2^-149.
    const halved = sign ? magnitude >>> 1 : (magnitude + 1) >>> 1;
    if (kernel.element(name, fp32, code) !== ((sign | halved) >>> 0)) wrong.push(code);
  }
  return wrong;
}
