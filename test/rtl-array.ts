//! rtl-array: tiles with the sums that the engine gives, for the bench of the array alone.
import { writeFileSync } from 'node:fs';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { SPACE_ACC, SPACE_SPM } from '../model/limits.ts';
import { type Profile, profile } from '../model/machine/profile.ts';
import { type Format, formatByName } from '../model/numerics/format.ts';
import { dataBytes } from '../model/verify/corners.ts';
import { mixed, random } from '../model/verify/random.ts';

/** Integers begin with 0; bf16 chains with C, kernel 0 of systole-16. */
export type Datapath = 'int8' | 'bf16';
interface Datatypes { readonly profile: Profile; readonly operand: Format; readonly accumulator: Format }
const datatypes: Readonly<Record<Datapath, Datatypes>> = {
  int8: { profile: profile('systole-int8'), operand: formatByName('s8'), accumulator: formatByName('s32') },
  bf16: { profile: profile('systole-16'), operand: formatByName('bf16'), accumulator: formatByName('fp32') },
};
interface Tile { readonly k: number; readonly n: number; readonly m: number; readonly weights: Uint8Array; readonly rows: Uint8Array; readonly initial: Uint8Array }

/** Tiles of all K and N up to 4, a third of them with C near what cancels the products. */
export function writeTiles(path: string, datapath: Datapath, count: number, seed: number): void {
  const { operand, accumulator } = datatypes[datapath], next = random(mixed(seed, 11)), bytes = operand.width / 8;
  const words = Array.from({ length: count }, (_, i) => {
    const k = 1 + (i & 3), n = 1 + ((i >> 2) & 3), m = [1, 2, 3, 4, 5, 8, 11, 16, 40][i % 9]!;
    const plain = { k, n, m, weights: dataBytes(operand, k * n * bytes, next), rows: dataBytes(operand, m * k * bytes, next), initial: dataBytes(accumulator, 4 * m * n, next) };
    const tile = { ...plain, initial: datapath === 'int8' ? new Uint8Array(4 * m * n) : i % 3 === 2 ? cancelling(plain, datapath, next) : plain.initial };
    return wordsOf(tile, sumsOf(tile, datapath), bytes);
  });
  // An address before the words: then a memory larger than the file is no warning.
  writeFileSync(path, `@0\n${words.flat().map((word) => `${word.toString(16)}\n`).join('')}`);
}

/** One engine for each machine: making one takes longer than a tile. */
const devices = new Map<Profile, Device>();
function deviceOf(of: Profile): Device {
  const device = devices.get(of) ?? engine(of);
  devices.set(of, device);
  return device;
}

/** acc += a x w on the engine. */
function sumsOf({ k, n, m, weights, rows, initial }: Tile, datapath: Datapath): Uint8Array {
  const { profile: of, operand, accumulator } = datatypes[datapath], device = deviceOf(of), lanes = of.accLanes;
  const { program } = assembled([
    `t1 = spm ${operand.name} [${k},${n}] at 0`, `t2 = spm ${operand.name} [${m},${k}] at 1024`, `t3 = acc ${accumulator.name} [${m},${n}] at 0 stride [${lanes},1]`,
    'wload slot 0, t1', 'mm.add t3, t2, slot 0', 'halt 0',
  ].join('\n'));
  const acc = Array.from({ length: m }, (_, row) => ({ space: SPACE_ACC, address: 4 * lanes * row, bytes: initial.slice(4 * n * row, 4 * n * (row + 1)) }));
  device.load({ ...program, memory: [{ space: SPACE_SPM, address: 0, bytes: weights }, { space: SPACE_SPM, address: 1024, bytes: rows }, ...acc] });
  const end = device.execute();
  if (end.status !== 'halted') throw new Error(`${k} x ${n} x ${m}: ${end.status}`);
  return Uint8Array.from(acc.flatMap(({ address }) => [...device.read(SPACE_ACC, address, 4 * n)]));
}

/** The negative of what the products give on their own, or a neighbour of it. */
function cancelling(tile: Tile, datapath: Datapath, next: () => number): Uint8Array {
  const sums = sumsOf({ ...tile, initial: new Uint8Array(tile.initial.length) }, datapath), view = new DataView(sums.buffer);
  for (let at = 0; at < sums.length; at += 4) view.setUint32(at, (view.getUint32(at, true) ^ 0x8000_0000) + (next() % 5) - 2, true);
  return sums;
}

/** K, N, M, weights; then of each row the activations, initial values and sums. */
function wordsOf({ k, n, m, weights, rows, initial }: Tile, sums: Uint8Array, bytes: number): readonly number[] {
  const elements = (of: Uint8Array, from: number, count: number, size: number): number[] =>
    Array.from({ length: count }, (_, i) => Array.from({ length: size }, (_none, b) => of[size * (from + i) + b]! * 2 ** (8 * b)).reduce((sum, part) => sum + part));
  return [k, n, m, ...elements(weights, 0, k * n, bytes), ...Array.from({ length: m }, (_, row) => [
    ...elements(rows, row * k, k, bytes), ...elements(initial, row * n, n, 4), ...elements(sums, row * n, n, 4),
  ]).flat()];
}
