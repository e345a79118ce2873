//! functions-kernel: the engine's special functions alone, in a WebAssembly of their own with eyes for what they compute.
import { writeFormats } from '../model/engine/placement.ts';
import { profile } from '../model/machine/profile.ts';
import type { ElementMode } from '../model/numerics/arithmetic.ts';
import { type Format, quietNan } from '../model/numerics/format.ts';
import { type FunctionName, functionNames } from '../model/numerics/functions.ts';
import { formatLayout, profileLayout } from '../model/machine/state.ts';
import { kernelBinary } from './kernel-binary.ts';

// Neither the library of the language nor that of Node types it.
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: { Module: new (bytes: Uint8Array) => object; Instance: new (module: object) => { exports: unknown } };
};
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  special(operation: number, d: number, a: number, code: bigint, mode: number): bigint;
  realBits(operation: number, code: number): bigint;
  lowBits(): bigint;
}

/** significand x 2^exponent. */
interface Scaled {
  readonly significand: bigint;
  readonly exponent: number;
}
export interface Kernel {
  readonly bytes: Uint8Array;
  /** The result of an element in the plain mode. */
  element(name: FunctionName, format: Format, code: number): number;
  /** The pair behind the result of an fp32 input; `isClamped` where it stands for all numbers out of reach. */
  pair(name: FunctionName, code: number): { readonly high: Scaled; readonly low: Scaled; readonly isClamped: boolean };
}

export const plainMode = (format: Format): ElementMode => ({
  round: 'rne',
  isat: false,
  fsat: false,
  daz: 0,
  ftz: 0,
  minmax: 0,
  nan: quietNan(format),
});

/** What `functionKernel` takes, optimised so much. */
export const compiledKernel = (optimizeLevel: number): Uint8Array =>
  kernelBinary(`functions-${optimizeLevel}`, kernelText, ['--optimizeLevel', `${optimizeLevel}`, '--noAssert', '--initialMemory', '64']);

/** The entry that is compiled; `assembly` is the way to that folder. */
const kernelText = (assembly: string): string => `
import { real } from '${assembly}/functions';
import { low } from '${assembly}/pair';
import { special } from '${assembly}/special';
export { special };
export function realBits(operation: u32, code: u32): u64 { return reinterpret<u64>(real(operation, <f64>reinterpret<f32>(code))); }
export function lowBits(): u64 { return reinterpret<u64>(low()); }
/** Whether a middle between two fp32 is within the error. A pair so near to one has it as its high half. */
@inline function isNear(high: f64, low: f64, error: f64): bool {
  const bits = reinterpret<u64>(high), exponent = <i32>((bits >>> 52) & 0x7FF) - 1023, below = exponent < -126 ? -97 - exponent : 29;
  if (below > 53) return false;
  const significand = (bits & 0x000F_FFFF_FFFF_FFFF) | 0x0010_0000_0000_0000, half = <u64>1 << (below - 1);
  return (significand & ((half << 1) - 1)) == half && abs(low) <= abs(high) * error;
}
/** Writes codes whose result is near a boundary, at most \`most\`, and counts them all. */
export function sweep(operation: u32, from: u32, count: u32, to: usize, most: u32, error: f64): u32 {
  let found: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const code = from + i, magnitude = code & 0x7FFF_FFFF;
    if (magnitude == 0) continue;
    const high = real(operation, <f64>reinterpret<f32>(code));
    if (!isNear(high, low(), error)) continue;
    if (found < most) store<u32>(to + (found << 2), code);
    found++;
  }
  return found;
}
`;

export function functionKernel(bytes: Uint8Array): Kernel {
  const engine = new wasm.Instance(new wasm.Module(bytes)).exports as Exports,
    view = new DataView(engine.memory.buffer);
  const PROFILE = 0x14000,
    MODE = 0x3f000,
    rowOf = ({ code }: Format): number => PROFILE + profileLayout.at.formats + formatLayout.size * code;
  writeFormats(view, PROFILE, profile('systole-16'));
  return {
    bytes,
    element: (name, format, code) =>
      Number(BigInt.asUintN(64, engine.special(functionNames.indexOf(name), rowOf(format), rowOf(format), BigInt(code), MODE))),
    pair: (name, code) => {
      const high = scaled(engine.realBits(functionNames.indexOf(name), code)),
        low = scaled(engine.lowBits());
      return { high, low, isClamped: isClamped(name, code) };
    },
  };
}

function scaled(bits: bigint): Scaled {
  const field = Number((bits >> 52n) & 0x7ffn),
    fraction = BigInt.asUintN(52, bits),
    significand = field === 0 ? fraction : fraction | (1n << 52n);
  return { significand: BigInt.asUintN(64, bits) >> 63n === 1n ? -significand : significand, exponent: (field === 0 ? 1 : field) - 1075 };
}

/** From these magnitudes on (fp32 codes) a kernel answers for all numbers alike: results out of range, or next to 1 and to x. */
const far: Partial<Record<FunctionName, number>> = {
  exp: 0x4348_0000,
  exp2: 0x4348_0000,
  tanh: 0x4348_0000,
  sigmoid: 0x4348_0000,
  silu: 0x4348_0000,
  softplus: 0x4348_0000,
  erf: 0x4080_0000,
  gelu: 0x4170_0000,
  gelu_tanh: 0x4170_0000,
};
const isClamped = (name: FunctionName, code: number): boolean => (code & 0x7fff_ffff) >= (far[name] ?? 0x7f80_0000);
