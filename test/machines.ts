//! machines: devices, images written as instructions, and views of records, for tests of control.
import type { Device, End, RunOptions } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { byMnemonic } from '../model/instructions/set.ts';
import { encode, type Head } from '../model/isa/codec.ts';
import type { RetiredCursor } from '../model/cursor.ts';
import { profile } from '../model/machine/profile.ts';
import { specification } from '../model/specification.ts';

export const machine = profile('systole-16');
/** The specification, both builds of the engine, and the engine without its fast lanes. */
export const devices: readonly (readonly [string, () => Device])[] = [
  ['specification', () => specification(machine)],
  ['engine', () => engine(machine)],
  ['engine-scalar', () => engine(machine, { build: 'scalar' })],
  ['engine without lanes', () => engine(machine, { lanes: 0 })],
];

export type Line = readonly number[];
export const op = (name: string, values: Readonly<Record<string, unknown>> = {}, head: Head = {}): Line => encode(byMnemonic.get(name)!, values, head);
export const li = (rd: number, imm: number): Line => op('alu', { rd, imm, op: 'add' });
export const jump = (imm: number, head: Head = {}): Line => op('jump', { imm }, head);
export const loop = (count: number, length: number, steps: Readonly<Record<string, number>> = {}): Line => op('loop', { count, length, ...steps });
export const halt = op('halt', { value: 42 });

/** Dense descriptor words. */
export function tensor(dtype: number, space: number, dims: readonly number[], base: number, patch: Readonly<Record<number, number>> = {}): number[] {
  const words = Array.from({ length: 16 }, () => 0);
  words[0] = dtype | (space << 8) | (dims.length << 11);
  words[1] = base;
  let stride = 1;
  for (let axis = dims.length - 1; axis >= 0; axis--) {
    words[3 + axis] = dims[axis]!;
    words[8 + axis] = stride;
    stride *= dims[axis]!;
  }
  for (const [word, value] of Object.entries(patch)) words[Number(word)] = value;
  return words;
}

/** Header, `tload` of t0, t1, .. from the descriptors, the lines, and the descriptors behind them. */
export function image(lines: readonly Line[], descriptors: readonly (readonly number[])[] = []): Uint8Array {
  const count = descriptors.length + lines.length, constants = Math.ceil((64 + 16 * count) / 64) * 64;
  const words = Array.from({ length: constants / 4 }, () => 0);
  words.splice(0, 5, 0x3153_5953, 0x1_0000, constants + 64 * descriptors.length, count, 0);
  [...descriptors.map((_, t) => op('tload', { t, imm: constants + 64 * t })), ...lines].forEach((line, i) => words.splice(16 + 4 * i, 4, ...line));
  return new Uint8Array(Uint32Array.from([...words, ...descriptors.flat()].map((word) => word >>> 0)).buffer);
}

export interface Retired {
  readonly pc: number; readonly seq: bigint; readonly unit: number; readonly status: number; readonly trap: number; readonly auxiliary: number;
  readonly address: bigint; readonly result: number; readonly order: number; readonly options: number; readonly hex: string;
}
export const view = (r: RetiredCursor): Retired => ({
  pc: r.pc, seq: r.seq, unit: r.unit, status: r.status, trap: r.trap, auxiliary: r.auxiliary, address: r.address, result: r.result, order: r.order,
  options: r.options, hex: hex(r.bytes()),
});
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** Load, run to the end, and keep everything. */
export function retire(device: Device, program: Uint8Array, options: RunOptions = {}): { records: Retired[]; end: End } {
  device.load({ image: program, memory: [] });
  return go(device, options);
}
export function go(device: Device, options: RunOptions = {}): { records: Retired[]; end: End } {
  const records: Retired[] = [], running = device.run(options);
  for (;;) {
    const next = running.next();
    if (next.done) return { records, end: next.value };
    records.push(view(next.value));
  }
}
