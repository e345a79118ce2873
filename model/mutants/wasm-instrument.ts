//! wasm-instrument: binaries with something counted: fuel for every stretch of code, so that nothing runs for ever, or flags of the places that ran.
import { BR_IF, BR_TABLE, ELSE, END, GLOBAL_GET, GLOBAL_SET, I32_CONST, IF, type Instruction, instructionsOf, LOOP, UNREACHABLE } from './wasm-code.ts';
import {
  EXPORT_GLOBAL, joined, Reader, SECTION_CODE, SECTION_EXPORT, SECTION_GLOBAL, SECTION_IMPORT, SECTION_MEMORY, SECTION_TYPE, sectionBytes, signedLeb, TYPE_I32, unsignedLeb, withSections,
  type WasmFunction, type WasmModule,
} from './wasm-module.ts';

const I32_SUB = 0x6b, I32_LT_S = 0x48, I32_STORE8 = 0x3a, VOID = 0x40, MUTABLE = 1;
/** The name of the exported global that counts down, one for each stretch of code that runs; below 0 the engine traps. */
export const FUEL = 'fuel';
/** Flags lie from here on, a byte each, behind every machine of the score; memories for them have so many pages. */
export const FLAGS_AT = 0xc0_0000, FLAGS_PAGES = 0xc2;
/** A machine's memory begins with so many, and grows to what the machine needs: what goes beyond its end traps. */
export const MEMORY_PAGES = 0x10;
/** The memory is imported, and may be used again: making one, and having it collected, costs more than all else. */
export const IMPORT_MODULE = 'score', IMPORT_NAME = 'memory';
const MEMORY_MOST = 0x1_0000, HAS_MOST = 1, IMPORT_MEMORY = 2;

/** Something that goes in front of an instruction; of the function where `at` is where its instructions begin. */
type Insert = (instruction: Instruction, previous: Instruction | undefined, within: WasmFunction) => readonly number[] | undefined;

/** Bytes of a function's body, instruction by instruction, so that one of them can be another. */
export interface Pieces { readonly head: Uint8Array; readonly pieces: readonly Uint8Array[] }
export function piecesOf(within: WasmFunction, insert: Insert): Pieces {
  const list = instructionsOf(within);
  const pieces = list.map((one, i) => {
    const before = insert(one, list[i - 1], within), own = within.body.subarray(one.at, one.end);
    return before ? joined([before, own]) : own;
  });
  return { head: within.body.subarray(0, within.codeAt), pieces };
}

/** Whether an instruction begins a stretch of code that runs as a whole, or not at all. */
export const beginsBlock = (previous: Instruction | undefined): boolean =>
  previous === undefined || [LOOP, IF, ELSE, END, BR_IF, BR_TABLE].includes(previous.op);

export const blocksOf = ({ functions }: WasmModule): number =>
  functions.reduce((sum, one) => sum + instructionsOf(one).filter((_, i, list) => beginsBlock(list[i - 1])).length, 0);

/** A count at the beginning of every stretch of code: what runs for ever, or too often, is found by it. */
export const metering = (module: WasmModule): Insert => (_, previous) => (!beginsBlock(previous) ? undefined : [
  GLOBAL_GET, ...unsignedLeb(module.globalCount), I32_CONST, 1, I32_SUB, GLOBAL_SET, ...unsignedLeb(module.globalCount),
  GLOBAL_GET, ...unsignedLeb(module.globalCount), I32_CONST, 0, I32_LT_S, IF, VOID, UNREACHABLE, END,
]);
/** A flag at the beginning of every stretch of code, numbered through all functions as `blocksOf` counts them. */
export function flagging(): Insert {
  let next = 0;
  return (_, previous) => (beginsBlock(previous) ? [I32_CONST, ...signedLeb(BigInt(FLAGS_AT + next++)), I32_CONST, 1, I32_STORE8, 0, 0] : undefined);
}

export const bodyBytes = (parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => {
  const body = joined(parts);
  return joined([unsignedLeb(body.length), body]);
};
export const codeSection = (bodies: readonly Uint8Array[]): Uint8Array => sectionBytes(SECTION_CODE, [unsignedLeb(bodies.length), ...bodies]);

/** The sections beside the code: the memory comes from outside, and the count of fuel is there. */
export function besides(module: WasmModule): Map<number, Uint8Array> {
  const section = (id: number): { readonly at: number; readonly end: number } => module.sections.find((one) => one.id === id)!;
  const contents = (id: number): Reader => new Reader(module.bytes, section(id).at), rest = (id: number, from: Reader): Uint8Array => module.bytes.subarray(from.at, section(id).end);
  const text = (name: string): readonly number[] => [name.length, ...new TextEncoder().encode(name)];
  const globals = contents(SECTION_GLOBAL), globalCount = globals.u32(), exports = contents(SECTION_EXPORT), exportCount = exports.u32();
  const imported = [1, ...text(IMPORT_MODULE), ...text(IMPORT_NAME), IMPORT_MEMORY, HAS_MOST, ...unsignedLeb(MEMORY_PAGES), ...unsignedLeb(MEMORY_MOST)];
  return new Map([
    [SECTION_TYPE, joined([sectionBytes(SECTION_TYPE, [rest(SECTION_TYPE, contents(SECTION_TYPE))]), sectionBytes(SECTION_IMPORT, [imported])])],
    [SECTION_MEMORY, new Uint8Array(0)],
    [SECTION_GLOBAL, sectionBytes(SECTION_GLOBAL, [unsignedLeb(globalCount + 1), rest(SECTION_GLOBAL, globals), [TYPE_I32, MUTABLE, I32_CONST, ...signedLeb(0x7fff_ffffn), END]])],
    [SECTION_EXPORT, sectionBytes(SECTION_EXPORT, [unsignedLeb(exportCount + 1), rest(SECTION_EXPORT, exports), text(FUEL), [EXPORT_GLOBAL, ...unsignedLeb(module.globalCount)]])],
  ]);
}

/** The binary with something put in front of instructions. */
export function instrumented(module: WasmModule, insert: Insert): Uint8Array {
  const bodies = module.functions.map((one) => { const { head, pieces } = piecesOf(one, insert); return bodyBytes([head, ...pieces]); });
  return withSections(module, besides(module).set(SECTION_CODE, codeSection(bodies)));
}
