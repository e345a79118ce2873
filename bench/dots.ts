//! dots: products of the float kernels: fused windows by SIMD beside their own scalar form on 64-bit integers, chains, trees, round by round.
import { SPACE_ACC, SPACE_SPM } from '../model/limits.ts';
import { profile as builtIn, readProfile, type Profile } from '../model/machine/profile.ts';
import { convert } from '../model/numerics/arithmetic.ts';
import { formatByName } from '../model/numerics/format.ts';
import { plainMode } from '../test/functions-kernel.ts';
import { bench, kernelModules, recorder } from '../test/kernel-bench.ts';

const ROWS = 32, DEPTH = 64, COLUMNS = 64, ROUNDS = 60;
const modules = kernelModules(3);
const evidence = { source: 'the bench', certainty: 'chosen' };
const fact = (value: unknown): object => ({ value, ...evidence });

/** One kernel of one pair of formats. */
function machine(format: string, accumulator: string, kernel: object): Profile {
  const file = structuredClone(builtIn('systole-16').file) as Record<string, unknown>;
  Object.assign(file, {
    features: fact([]),
    accLanes: fact(COLUMNS),
    kernels: { one: { ...kernel, ...evidence } },
    triples: [{ activation: format, weight: format, accumulator, kMax: fact(DEPTH), nMax: fact(COLUMNS), mMax: fact(4096), dots: ['one'] }],
  });
  return readProfile(JSON.stringify(file), 'bench.json');
}

/** Nanoseconds of ROWS x DEPTH x COLUMNS products, normally distributed numbers; checks that both builds leave the same bits. */
function prepare(format: string, accumulator: string, kernel: object): { readonly times: () => readonly number[]; readonly digest: () => boolean } {
  const profile = machine(format, accumulator, kernel), width = formatByName(format).width, bytes = (count: number): number => (count * width) / 8;
  const { tensor, close } = recorder();
  const weights = close('wload', { slot: 0, a: tensor(2, SPACE_SPM, format, bytes(ROWS * DEPTH), [DEPTH, COLUMNS], [COLUMNS, 1]) });
  const product = close('mm', {
    acc: tensor(1, SPACE_ACC, accumulator, 0, [ROWS, COLUMNS], [COLUMNS, 1]),
    a: tensor(2, SPACE_SPM, format, 0, [ROWS, DEPTH], [DEPTH, 1]), slot: 0, mRank: 1, op: 'add',
  });
  const engines = modules.map((module) => bench(module, profile)), data = numbers(format, ROWS * DEPTH + DEPTH * COLUMNS);
  const accBytes = ROWS * COLUMNS * (formatByName(accumulator).width / 8);
  for (const engine of engines) {
    engine.write(SPACE_SPM, 0, data);
    engine.act(weights.opcode, weights.record);
  }
  const times = (): number[] => engines.map((engine) => {
    engine.write(SPACE_ACC, 0, new Uint8Array(accBytes));
    const start = process.hrtime.bigint();
    engine.act(product.opcode, product.record);
    return Number(process.hrtime.bigint() - start);
  });
  return { times, digest: () => Buffer.compare(engines[0]!.read(SPACE_ACC, 0, accBytes), engines[1]!.read(SPACE_ACC, 0, accBytes)) === 0 };
}

/** Codes of about N(0, 1): sums of twelve uniform numbers, rounded to the format. */
function numbers(name: string, count: number): Uint8Array {
  const fp32 = formatByName('fp32'), format = formatByName(name), bytes = new Uint8Array((count * format.width) / 8), view = new DataView(bytes.buffer);
  const sum = new Float32Array(1), code = new Uint32Array(sum.buffer);
  let seed = 12345;
  const uniform = (): number => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;
  for (let i = 0; i < count; i++) {
    sum[0] = -6;
    for (let j = 0; j < 12; j++) sum[0] += uniform();
    const bits = Number(convert({ format: fp32, bits: BigInt(code[0]!) }, format, plainMode(format)).bits);
    if (format.width === 8) view.setUint8(i, bits);
    else if (format.width === 16) view.setUint16(2 * i, bits, true);
    else view.setUint32(4 * i, bits, true);
  }
  return bytes;
}

const fused = (group: number, fractionBits: number, rest: object = {}): object => ({ kind: 'fused', group, fractionBits, round: 'rz', ...rest });
const cases: readonly (readonly [string, string, string, object])[] = [
  ['volta f16', 'fp16', 'fp32', fused(4, 23)],
  ['ampere f16', 'fp16', 'fp32', fused(8, 24)],
  ['hopper f16', 'fp16', 'fp32', fused(16, 25)],
  ['hopper f16 -> f16', 'fp16', 'fp16', fused(16, 25, { round: 'rne' })],
  ['hopper bf16', 'bf16', 'fp32', fused(16, 25, { floor: -133 })],
  ['hopper tf32', 'tf32', 'fp32', fused(8, 25, { floor: -133 })],
  ['hopper e4m3', 'e4m3', 'fp32', fused(32, 13, { keep: 13 })],
  ['blackwell e4m3', 'e4m3', 'fp32', fused(32, 25)],
  ['blackwell e5m2', 'e5m2', 'fp32', fused(32, 25)],
  ['chain bf16', 'bf16', 'fp32', { kind: 'chain', join: 'chainStart' }],
  ['chain e4m3', 'e4m3', 'fp32', { kind: 'chain', join: 'chainStart' }],
  ['tree of 8 bf16', 'bf16', 'fp32', { kind: 'tree', group: 8, products: 'rounded', shape: 'adjacent', join: 'chainStart' }],
  ['cdna3 f16', 'fp16', 'fp32', { kind: 'afterSum', group: 8, fractionBits: 24, sumBits: 30, accumulatorBits: 24 }],
  ['exact bf16', 'bf16', 'fp32', { kind: 'exact', group: null }],
];
/** The shortest time: short runs, of which some are left alone by whatever else the machine does. */
const least = (values: readonly number[]): number => Math.min(...values);
let differs = false;
process.stdout.write(`${''.padEnd(20)}  Gproducts/s: simd   scalar    ratio\n`);
for (const [name, format, accumulator, kernel] of cases) {
  const { times, digest } = prepare(format, accumulator, kernel);
  for (let warm = 0; warm < 20; warm++) times();
  const all = Array.from({ length: ROUNDS }, times), count = ROWS * DEPTH * COLUMNS;
  const [scalar, simd] = [0, 1].map((build) => count / least(all.map((one) => one[build]!))), ratio = simd! / scalar!;
  const equal = digest();
  differs ||= !equal;
  process.stdout.write(`${name.padEnd(20)} ${simd!.toFixed(2).padStart(18)} ${scalar!.toFixed(3).padStart(8)} ${ratio.toFixed(1).padStart(8)}${equal ? '' : '  DIFFERENT BITS'}\n`);
}
if (differs) process.exitCode = 1;
