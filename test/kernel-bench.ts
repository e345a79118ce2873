//! kernel-bench: the engine's tensor kernels alone, placed as the engine's host places them.
import { instantiateSync } from '@assemblyscript/loader';
import type { Exports as EngineExports } from '../model/engine/binary.ts';
import { type Contents, contents } from '../model/engine/contents.ts';
import { place } from '../model/engine/placement.ts';
import { byMnemonic } from '../model/instructions/set.ts';
import { encode } from '../model/isa/codec.ts';
import { rowsOfSlot } from '../model/isa/view.ts';
import { EVENT_COUNT } from '../model/limits.ts';
import { capture, writeRecord } from '../model/machine/closed.ts';
import type { Profile } from '../model/machine/profile.ts';
import { controlLayout, slotLayout, stateLayout } from '../model/machine/state.ts';
import { formatByCode, formatByName } from '../model/numerics/format.ts';
import { HEAD_BYTES, operandLayout, retirementLayout } from '../model/retirement.ts';
import { kernelBinary } from './kernel-binary.ts';

export interface Exports extends EngineExports {
  readonly CLOSED: WebAssembly.Global;
  runTensor(op: number, at: number): void;
  isKnown(space: number, low: bigint, high: bigint): number;
  setKnown(space: number, low: bigint, high: bigint): void;
  setUnknown(space: number, low: bigint, high: bigint): void;
  resetPages(): void;
  crcOperand(polynomial: number, at: number): number;
}

/** Modules of both builds, scalar first. */
export function kernelModules(optimizeLevel: number): readonly WebAssembly.Module[] {
  const entry = (assembly: string): string => `export { runTensor } from '${assembly}/units';
export { touch, isKnown, layOut, setKnown, setUnknown, resetPages, pageBits, countPage } from '${assembly}/pages';
export { restoreSlot, codesAt, flagsAt } from '${assembly}/pack';
export { crcOperand } from '${assembly}/crc';
export { CLOSED, CONTROL, HEAP, PROFILE, STATE } from '${assembly}/memory';\n`;
  const common = ['--optimizeLevel', `${optimizeLevel}`, '--noAssert', '--initialMemory', '32', '--maximumMemory', '65536'];
  return ['disable', 'enable'].map((simd) => new WebAssembly.Module(kernelBinary(`tensor-${optimizeLevel}-${simd}`, entry, [...common, `--${simd}`, 'simd'])));
}

/** An instruction as the kernels see it, its operands captured. */
export interface ClosedInstruction {
  readonly opcode: number;
  readonly record: Uint8Array;
}
export interface Recorder {
  /** Sets a tensor register, strides in elements; gives the operand that names it. */
  tensor(register: number, space: number, format: string, base: number, dims: readonly number[], strides: readonly number[]): object;
  close(mnemonic: string, operands: object): ClosedInstruction;
}

/** Makes records without a machine: tensor registers that start at 0, and closed instructions that read them. */
export function recorder(): Recorder {
  const tensors = Array.from({ length: 64 }, () => new Uint32Array(16)),
    modes = Array.from({ length: 4 }, () => new Uint32Array(8));
  const from = { registers: new Uint32Array(32), tensors, modes };
  return {
    tensor(register, space, format, base, dims, strides) {
      tensors[register]!.set([formatByName(format).code | (space << 8) | (dims.length << 11), base]);
      dims.forEach((dim, axis) => {
        tensors[register]![3 + axis] = dim;
        tensors[register]![8 + axis] = strides[axis]!;
      });
      return { t: register, s: 0, imm: 0 };
    },
    close(mnemonic, operands) {
      const definition = byMnemonic.get(mnemonic)!;
      return { opcode: definition.opcode, record: writeRecord(capture(definition, encode(definition, operands as never), 0n, 0, from)) };
    },
  };
}

/** What a weight slot holds: codes row-major, behind them scales or metadata, a flag 1 for each that is known. */
export interface SlotView {
  readonly dtype: number;
  readonly codes: readonly number[];
  readonly flags: readonly number[];
}

/** One build's kernels on the memories of a profile. */
export interface Bench extends Pick<Contents, 'read' | 'known' | 'write'> {
  readonly exports: Exports;
  /** Lays a record down; operands then have the addresses of operandAt. */
  lay(record: Uint8Array): void;
  operandAt(position: number): number;
  /** Acts on a record; `run` gives the events too. */
  act(opcode: number, record: Uint8Array): void;
  run(opcode: number, record: Uint8Array): readonly number[];
  /** Bytes become UNKNOWN and hold the pattern. */
  forget(space: number, address: number, byteCount: number): void;
  slot(number: number): SlotView;
  /** Pages of a space that are laid down. */
  touched(space: number): number;
}

export function bench(module: WebAssembly.Module, profile: Profile): Bench {
  const exports = instantiateSync(module).exports as unknown as Exports;
  const placement = place(exports, profile),
    view = new DataView(exports.memory.buffer),
    bytes = new Uint8Array(exports.memory.buffer);
  const closed = exports.CLOSED.value,
    events = exports.CONTROL.value + controlLayout.at.events;
  const self: Bench = {
    ...contents(exports, placement, profile),
    exports,
    lay(record) {
      bytes.set(record, closed);
      bytes.fill(0, closed + record.length, closed + retirementLayout.size);
    },
    operandAt: (position) => closed + HEAD_BYTES + position * operandLayout.size,
    act(opcode, record) {
      self.lay(record);
      exports.runTensor(opcode, closed);
    },
    run(opcode, record) {
      bytes.fill(0, events, events + 4 * EVENT_COUNT);
      self.act(opcode, record);
      return Array.from({ length: EVENT_COUNT }, (_, i) => view.getUint32(events + 4 * i, true));
    },
    forget(space, address, byteCount) {
      self.write(space, address, new Uint8Array(byteCount).fill(profile.unknownByte));
      exports.setUnknown(space, BigInt(address), BigInt(address + byteCount));
    },
    touched: (space) => view.getUint32(exports.CONTROL.value + controlLayout.at.touchedCounts + 4 * space, true),
    slot(number) {
      const at = exports.STATE.value + stateLayout.at.slots + number * slotLayout.size;
      const word = (name: keyof typeof slotLayout.at): number => view.getUint32(at + slotLayout.at[name], true);
      const dtype = word('dtype'),
        columns = word('columns'),
        size = Math.max(1, formatByCode(dtype)!.width / 8);
      const shape = { dtype, depth: BigInt(word('depth')), columns: BigInt(columns), form: word('form'), scales: word('scales') };
      const rows = rowsOfSlot(shape),
        count = Number(rows.weights) * columns,
        beside = Number(rows.beside) * columns;
      const codes = exports.codesAt(number) >>> 0,
        flags = exports.flagsAt(number) >>> 0;
      const code = (i: number): number => {
        const at = codes + size * Math.min(i, count) + Math.max(0, i - count);
        return size === 1 || i >= count ? view.getUint8(at) : size === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
      };
      const each = (of: (i: number) => number): number[] => Array.from({ length: count + beside }, (_, i) => of(i));
      return { dtype, codes: each(code), flags: each((i) => view.getUint8(flags + i)) };
    },
  };
  return self;
}
