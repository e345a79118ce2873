//! kernel: the engine's int8 kernel with nothing around it, as a contender: what a whole program could reach if all else took no time.
import { kernelBinary } from '../test/kernel-binary.ts';
import { type Contender, processorTime, typical } from './rounds.ts';

const SIDE = 128, AGAIN = 64, FLAGS = ['--optimizeLevel', '3', '--noAssert', '--initialMemory', '32', '--enable', 'simd'];
/** Places behind all tables of the binary. */
const PLAN = 0x10_0000, TILE = 0x11_0000, PANELS = 0x12_0000, ACCUMULATORS = 0x13_0000;

/** A product of SIDE^3, operands widened and packed already, added to the same accumulators AGAIN times. */
export function kernelAlone(name: string): Contender {
  const module = new WebAssembly.Module(kernelBinary('multiply', (assembly) => `export { multiplyRows } from '${assembly}/multiply';\n`, FLAGS));
  const { memory, multiplyRows } = new WebAssembly.Instance(module).exports as unknown as Kernel;
  const plan = { depth: 0, columns: 4, panels: 8, adds: 36, narrow: 44 }, words = new DataView(memory.buffer, PLAN);
  words.setUint32(plan.depth, SIDE, true);
  words.setUint32(plan.columns, SIDE, true);
  words.setUint32(plan.panels, PANELS, true);
  words.setUint32(plan.adds, 1, true);
  words.setUint32(plan.narrow, 1, true);
  for (const at of [TILE, PANELS]) new Int16Array(memory.buffer, at, SIDE * SIDE).forEach((_, i, all) => { all[i] = ((i * 37 + 11) & 255) - 128; });
  const once = (): number => processorTime(() => {
    for (let time = 0; time < AGAIN; time++) multiplyRows(PLAN, TILE, SIDE, ACCUMULATORS, 4 * SIDE);
  });
  for (let time = 0; time < 100; time++) once();
  return { name, unit: 'MAC/s', sample: () => typical(SIDE ** 3 * AGAIN, once) };
}

interface Kernel {
  readonly memory: WebAssembly.Memory;
  multiplyRows(plan: number, tile: number, rows: number, accumulators: number, stride: number): void;
}
