//! wasm-module: a WebAssembly binary cut into what mutation needs: signatures, globals, the bodies of functions, and what lies around them.
import { Defect } from '../failure.ts';

/** One function of the code section: its parameters and locals by type, and where its instructions lie in the binary. */
export interface WasmFunction {
  /** Number among the module's own functions; the engine imports none. */
  readonly index: number;
  /** Value types of parameters and locals, in the order of their numbers. */
  readonly locals: readonly number[];
  /** Bytes of the declarations of locals, then the instructions up to the last `end`. */
  readonly body: Uint8Array;
  /** Where the instructions begin in `body`. */
  readonly codeAt: number;
}
export interface Signature { readonly parameters: readonly number[]; readonly results: readonly number[] }
export interface WasmModule {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  readonly functions: readonly WasmFunction[];
  readonly signatures: readonly Signature[];
  readonly globalCount: number;
  readonly exports: readonly { readonly name: string; readonly kind: number; readonly index: number }[];
}
/** `at` and `end` enclose the contents, behind id and size. */
export interface Section { readonly id: number; readonly at: number; readonly end: number }

export const SECTION_TYPE = 1, SECTION_IMPORT = 2, SECTION_FUNCTION = 3, SECTION_MEMORY = 5, SECTION_GLOBAL = 6, SECTION_EXPORT = 7, SECTION_CODE = 10;
export const TYPE_I32 = 0x7f;
const HEADER_BYTES = 8;
export const EXPORT_GLOBAL = 3;

/** A place in bytes that moves on as numbers are read. */
export class Reader {
  readonly bytes: Uint8Array;
  at: number;
  constructor(bytes: Uint8Array, at = 0) { this.bytes = bytes; this.at = at; }
  byte(): number { return this.bytes[this.at++]!; }
  /** Unsigned LEB128 of at most 32 bits. */
  u32(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  /** Signed LEB128 of at most 64 bits. */
  signed(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asIntN(Number(shift) + 7, value);
    }
  }
  skip(count: number): void { this.at += count; }
}

export function unsignedLeb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}
export function signedLeb(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 127n);
    if (rest >= -64n && rest < 64n) return [...bytes, low];
    bytes.push(low | 128);
  }
}

/** Cuts a binary that some compiler made and that is known to be valid. */
export function readModule(bytes: Uint8Array): WasmModule {
  const sections: Section[] = [], reader = new Reader(bytes, HEADER_BYTES);
  while (reader.at < bytes.length) {
    const id = reader.byte(), size = reader.u32();
    sections.push({ id, at: reader.at, end: reader.at + size });
    reader.skip(size);
  }
  const items = <T>(id: number, read: (reader: Reader, index: number) => T): T[] => {
    const section = sections.find((one) => one.id === id);
    if (!section) return [];
    const inside = new Reader(bytes, section.at);
    return Array.from({ length: inside.u32() }, (_, index) => read(inside, index));
  };
  const list = (from: Reader): number[] => Array.from({ length: from.u32() }, () => from.byte());
  const types = items(SECTION_TYPE, (from): Signature => {
    if (from.byte() !== 0x60) throw new Defect('a type that is no function');
    const parameters = list(from);
    return { parameters, results: list(from) };
  });
  const signatures = items(SECTION_FUNCTION, (from) => types[from.u32()]!);
  const functions = items(SECTION_CODE, (from, index) => functionAt(from, index, signatures[index]!));
  const exports = items(SECTION_EXPORT, (from) => {
    const length = from.u32(), name = new TextDecoder().decode(bytes.subarray(from.at, from.at + length));
    from.skip(length);
    return { name, kind: from.byte(), index: from.u32() };
  });
  const globals = sections.find(({ id }) => id === SECTION_GLOBAL);
  return {
    bytes, sections, functions, signatures, globalCount: globals ? new Reader(bytes, globals.at).u32() : 0,
    exports,
  };
}

function functionAt(from: Reader, index: number, { parameters }: Signature): WasmFunction {
  const size = from.u32(), start = from.at, locals = [...parameters];
  for (let groups = from.u32(); groups > 0; groups--) {
    const count = from.u32(), type = from.byte();
    for (let i = 0; i < count; i++) locals.push(type);
  }
  const codeAt = from.at - start;
  from.at = start + size;
  return { index, locals, body: from.bytes.subarray(start, start + size), codeAt };
}

/** A section with its id and size. */
export const sectionBytes = (id: number, contents: readonly (Uint8Array | readonly number[])[]): Uint8Array => {
  const all = joined(contents);
  return joined([[id, ...unsignedLeb(all.length)], all]);
};

/** The binary with some sections in place of its own; sections that it lacks are not added. */
export function withSections({ bytes, sections }: WasmModule, changed: ReadonlyMap<number, Uint8Array>): Uint8Array {
  return joined([bytes.subarray(0, HEADER_BYTES), ...sections.map(({ id, at, end }) => changed.get(id) ?? sectionBytes(id, [bytes.subarray(at, end)]))]);
}

export function joined(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}
