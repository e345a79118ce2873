//! catalogue: the named faults of the fault build: mistakes that a designer makes, each switched on by its number.
import { bytes as faultBytes } from '#built/fault';
import { faults as rows } from '#built/faults';
import { didYouMean, Rejected } from '../failure.ts';
import { GLOBAL_GET, I32_CONST, instructionsOf } from './wasm-code.ts';
import { beginsBlock } from './wasm-instrument.ts';
import { EXPORT_GLOBAL, joined, Reader, readModule, SECTION_GLOBAL, signedLeb, withSections, sectionBytes, type WasmModule } from './wasm-module.ts';

export const faultClasses = ['control', 'addressing', 'integer', 'float', 'synchronisation', 'faults'] as const;
export type FaultClass = (typeof faultClasses)[number];
/** In the function `in` of assembly/`file`.ts `original` stands, and `faulty` in its place where the fault is on. */
export interface Fault {
  readonly name: string;
  readonly class: FaultClass;
  readonly file: string;
  readonly in: string;
  readonly original: string;
  readonly faulty: string;
  /** The designer's mistake. */
  readonly models: string;
  /** More places of the same mistake. */
  readonly also?: readonly { readonly file: string; readonly in: string; readonly original: string; readonly faulty: string }[];
}

/** In the order of their numbers, which count from 1. */
export const faults = rows as readonly Fault[];
export const faultNames: readonly string[] = faults.map(({ name }) => name);

/** The number of a fault. Throws Rejected for a name that is none. */
export function faultNumber(name: string): number {
  const index = faultNames.indexOf(name);
  if (index < 0) throw new Rejected([{ file: 'fault', line: 0, column: 0, message: `'${name}' is not one of the ${faultNames.length} faults of the catalogue${didYouMean(name, faultNames)}` }]);
  return index + 1;
}

/** The fault build as it is: with FAULT at 0 it is the engine, more slowly. */
export { faultBytes };

/** The engine with one fault, for `engine(profile, { binary })`. Throws Rejected for a name that is none. */
export function faultBinary(name: string): WebAssembly.Module {
  const number = faultNumber(name), module = readModule(faultBytes()), section = module.sections.find(({ id }) => id === SECTION_GLOBAL)!;
  const reader = new Reader(module.bytes, section.at), wanted = switchOf(module), parts: (Uint8Array | readonly number[])[] = [];
  reader.u32();
  for (let index = 0, from = section.at; index < module.globalCount; index++) {
    reader.skip(2);
    const opcode = reader.byte(), value = reader.at;
    if (opcode === I32_CONST) reader.signed();
    else throw new Rejected([{ file: 'build/fault.wasm', line: 0, column: 0, message: 'is not as bin/faults.mjs makes it' }]);
    if (index === wanted) parts.push(module.bytes.subarray(from, value), signedLeb(BigInt(number)), module.bytes.subarray(reader.at, section.end));
    reader.skip(1);
  }
  return new WebAssembly.Module(withSections(module, new Map([[SECTION_GLOBAL, sectionBytes(SECTION_GLOBAL, [joined(parts)])]])));
}

const switchOf = (module: WasmModule): number => module.exports.find(({ name, kind }) => name === 'FAULT' && kind === EXPORT_GLOBAL)!.index;

/** Of each fault, by number, the stretches of code in which it is asked whether it is on: what runs none of them does not meet the fault. */
export function placesOfFaults(module: WasmModule): ReadonlyMap<number, ReadonlySet<number>> {
  const places = new Map<number, Set<number>>(), wanted = switchOf(module);
  let block = -1;
  for (const within of module.functions) {
    const list = instructionsOf(within), immediate = (at: number): bigint => new Reader(within.body, at).signed();
    list.forEach((one, i) => {
      if (beginsBlock(list[i - 1])) block++;
      if (one.op !== GLOBAL_GET || new Reader(within.body, one.immediates).u32() !== wanted) return;
      const constant = [list[i + 1], list[i - 1]].find((other) => other?.op === I32_CONST);
      if (!constant) return;
      const number = Number(immediate(constant.immediates));
      places.set(number, (places.get(number) ?? new Set()).add(block));
    });
  }
  return places;
}
