//! wasm-code: the instructions of a function body: opcode, immediates, and where they lie.
import { Defect } from '../failure.ts';
import { Reader, type WasmFunction } from './wasm-module.ts';

/** One instruction. Opcodes behind a prefix are `prefix << 8 | code`, as in 0xfdae for i32x4.add. */
export interface Instruction {
  readonly op: number;
  /** Place in the body, and behind it. */
  readonly at: number;
  readonly end: number;
  /** Where the immediates begin. */
  readonly immediates: number;
}

export const BLOCK = 0x02, LOOP = 0x03, IF = 0x04, ELSE = 0x05, END = 0x0b, BR = 0x0c, BR_IF = 0x0d, BR_TABLE = 0x0e, RETURN = 0x0f, CALL = 0x10,
  DROP = 0x1a, SELECT = 0x1b, LOCAL_GET = 0x20, LOCAL_SET = 0x21, LOCAL_TEE = 0x22, GLOBAL_GET = 0x23, GLOBAL_SET = 0x24, I32_CONST = 0x41,
  I64_CONST = 0x42, F32_CONST = 0x43, F64_CONST = 0x44, I32_EQZ = 0x45, MISC = 0xfc, SIMD = 0xfd, UNREACHABLE = 0x00;
const CALL_INDIRECT = 0x11, MEMORY_SIZE = 0x3f, MEMORY_GROW = 0x40, FIRST_LOAD = 0x28, LAST_STORE = 0x3e;

/** All instructions of a function, the last `end` included. */
export function instructionsOf({ body, codeAt }: WasmFunction): readonly Instruction[] {
  const list: Instruction[] = [], reader = new Reader(body, codeAt);
  while (reader.at < body.length) {
    const at = reader.at, first = reader.byte(), op = first === MISC || first === SIMD ? first * 256 + reader.u32() : first, immediates = reader.at;
    skipImmediates(op, reader);
    list.push({ op, at, end: reader.at, immediates });
  }
  return list;
}

function skipImmediates(op: number, reader: Reader): void {
  if (op >= SIMD * 256) skipSimd(op - SIMD * 256, reader);
  else if (op >= MISC * 256) skipMisc(op - MISC * 256, reader);
  else if (op === BLOCK || op === LOOP || op === IF || op === I32_CONST || op === I64_CONST) reader.signed();
  else if (op === BR || op === BR_IF || op === CALL || (op >= LOCAL_GET && op <= 0x26)) reader.u32();
  else if (op === BR_TABLE) for (let labels = reader.u32(); labels >= 0; labels--) reader.u32();
  else if (op === CALL_INDIRECT) { reader.u32(); reader.u32(); }
  else if (op >= FIRST_LOAD && op <= LAST_STORE) { reader.u32(); reader.u32(); }
  else if (op === MEMORY_SIZE || op === MEMORY_GROW) reader.byte();
  else if (op === F32_CONST) reader.skip(4);
  else if (op === F64_CONST) reader.skip(8);
  else if (op === 0x1c || op > 0xc4) throw new Defect(`opcode 0x${op.toString(16)} is not one that the compiler is allowed`);
}
function skipMisc(code: number, reader: Reader): void {
  if (code === 10) reader.skip(2);
  else if (code === 11) reader.skip(1);
  else if (code > 7) throw new Defect(`opcode 0xfc ${code} is not one that the compiler is allowed`);
}
function skipSimd(code: number, reader: Reader): void {
  if (code <= 11 || code === 92 || code === 93) { reader.u32(); reader.u32(); }
  else if (code === 12 || code === 13) reader.skip(16);
  else if (code >= 21 && code <= 34) reader.skip(1);
  else if (code >= 84 && code <= 91) { reader.u32(); reader.u32(); reader.skip(1); }
}
