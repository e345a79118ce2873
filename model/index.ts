//! index: what `import … from 'systole'` gives: programs, profiles, devices, records; docs/api.md explains it.
export { assemble, assembled, parseInstruction, type Assembly, type Options as AssembleOptions, type Place, type Rejection } from './assembler/assembler.ts';
export { disassemble, printInstruction } from './assembler/disassembler.ts';
export { RetiredCursor, type OperandView } from './cursor.ts';
export type { Device, Digest, End, Pending, Program, RunOptions, Segment } from './device.ts';
export { type Build, engine } from './engine.ts';
export { type Pool, pool } from './engine/pool.ts';
export { Defect, describe, type Diagnostic, Rejected } from './failure.ts';
export { readIntelHex, writeIntelHex } from './files/intelhex.ts';
export { type NpyArray, packNpy, readNpy, writeNpy } from './files/npy.ts';
export { type HexFile, readHex, writeHex } from './files/readmemh.ts';
export type { Section } from './files/section.ts';
export { SPACE_ACC, SPACE_DRAM, SPACE_SPM, type StatusName, statusNames, trapName, trapNames, unitNames } from './limits.ts';
export { type Profile, profile, profileNames, type Tier } from './machine/profile.ts';
export { readProfile } from './machine/profile-file.ts';
export { type Format, formats } from './numerics/format.ts';
export { specification } from './specification.ts';
export {
  passes,
  readTrace,
  recordJson,
  type Trace,
  type TraceFilter,
  type TraceHeader,
  traceHeader,
  type TraceKind,
  traceRecord,
} from './trace.ts';
