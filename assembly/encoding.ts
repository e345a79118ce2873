//! Made by model/emit/assemblyscript.ts from the definitions; never edited (npm run emit).
import { CONTROL, PROFILE, STATE } from './memory';

export const ARGUMENT_COUNT: u32 = 0x8;
export const ARGUMENT_FIRST: u32 = 0x8;
export const CALL_DEPTH: u32 = 0x8;
export const COUNTER_BYTES: u32 = 0x8;
export const COUNTER_COUNT: u32 = 0xc;
export const COUNTER_ELEMENTS: u32 = 0x7;
export const COUNTER_MACS: u32 = 0xb;
export const COUNTER_NULLIFIED: u32 = 0x6;
export const DESCRIPTOR_WORDS: u32 = 0x10;
export const DIM_MAX: u32 = 0xffffff;
export const ELEMENT_MAX: u32 = 0x7fffffff;
export const EVENT_ALWAYS: u32 = 0x4;
export const EVENT_COUNT: u32 = 0xa;
export const EVENT_DIVIDE_BY_ZERO: u32 = 0x5;
export const EVENT_FLUSHED: u32 = 0x8;
export const EVENT_INDEX: u32 = 0x3;
export const EVENT_INEXACT: u32 = 0x7;
export const EVENT_INVALID: u32 = 0x4;
export const EVENT_LOST: u32 = 0x9;
export const EVENT_NAN: u32 = 0x2;
export const EVENT_OVERFLOW: u32 = 0x1;
export const EVENT_SATURATED: u32 = 0x0;
export const EVENT_UNDERFLOW: u32 = 0x6;
export const FAULT_BUS: u32 = 0x23;
export const FAULT_LINK_DOWN: u32 = 0x21;
export const FAULT_LINK_PROTOCOL: u32 = 0x20;
export const FAULT_SEMAPHORE: u32 = 0x24;
export const FAULT_WATCHDOG: u32 = 0x22;
export const IMAGE_ALIGNMENT: u32 = 0x40;
export const IMAGE_HEADER_BYTES: u32 = 0x40;
export const IMAGE_MAGIC: u32 = 0x31535953;
export const INSTRUCTION_BYTES: u32 = 0x10;
export const LOOP_DEPTH: u32 = 0x8;
export const MODE_COUNT: u32 = 0x4;
export const MODE_WORDS: u32 = 0x8;
export const NUMERIC_CSR: u32 = 0x500;
export const NUMERIC_CSR_STEP: u32 = 0x10;
export const NUMERIC_MORE_CSR: u32 = 0x680;
export const OPERAND_MAX: u32 = 0x4;
export const PAGE_BYTES: u32 = 0x1000;
export const PHASE_BREAK: u32 = 0x2;
export const PHASE_DRAIN: u32 = 0x3;
export const PHASE_FAULT: u32 = 0x4;
export const PHASE_IDLE: u32 = 0x0;
export const PHASE_RUN: u32 = 0x1;
export const PREDICATE_COUNT: u32 = 0x8;
export const QUEUE_MAX: u32 = 0x10;
export const RANK_MAX: u32 = 0x5;
export const REGION_COUNT: u32 = 0x8;
export const RETIRED_DONE: u32 = 0x0;
export const RETIRED_NULLIFIED: u32 = 0x1;
export const RETIRED_TRAPPED: u32 = 0x2;
export const ROLE_BOTH: u32 = 0x3;
export const ROLE_NONE: u32 = 0x0;
export const ROLE_READ: u32 = 0x1;
export const ROLE_WRITE: u32 = 0x2;
export const SCALAR_COUNT: u32 = 0x20;
export const SEMAPHORE_COUNT: u32 = 0x40;
export const SEMAPHORE_MAX: u32 = 0xffff;
export const SLOT_MAX: u32 = 0x10;
export const SPACE_ACC: u32 = 0x3;
export const SPACE_DRAM: u32 = 0x1;
export const SPACE_PEER_DRAM: u32 = 0x4;
export const SPACE_PEER_SPM: u32 = 0x5;
export const SPACE_SPM: u32 = 0x2;
export const STATUS_BLOCKED: u32 = 0x4;
export const STATUS_BREAK: u32 = 0x5;
export const STATUS_BUDGET: u32 = 0x2;
export const STATUS_CHOICES: u32 = 0x7;
export const STATUS_HALTED: u32 = 0x0;
export const STATUS_IDLE: u32 = 0x8;
export const STATUS_RING_FULL: u32 = 0x3;
export const STATUS_TRAPPED: u32 = 0x1;
export const STATUS_UNINITIALISED: u32 = 0x6;
export const TENSOR_COUNT: u32 = 0x40;
export const TRAP_ALIGNMENT: u32 = 0xb;
export const TRAP_BOUNDS_ACC: u32 = 0xe;
export const TRAP_BOUNDS_DRAM: u32 = 0xc;
export const TRAP_BOUNDS_SPM: u32 = 0xd;
export const TRAP_BREAK: u32 = 0x16;
export const TRAP_CALL: u32 = 0x5;
export const TRAP_CSR: u32 = 0x13;
export const TRAP_DESCRIPTOR: u32 = 0x8;
export const TRAP_DTYPE: u32 = 0x7;
export const TRAP_FEATURE: u32 = 0x3;
export const TRAP_LINK_PEER: u32 = 0x14;
export const TRAP_LOOP: u32 = 0x6;
export const TRAP_NONE: u32 = 0x0;
export const TRAP_OPCODE: u32 = 0x1;
export const TRAP_OVERLAP: u32 = 0x11;
export const TRAP_PC: u32 = 0x4;
export const TRAP_PROTECTION: u32 = 0x12;
export const TRAP_RESERVED: u32 = 0x2;
export const TRAP_SHAPE: u32 = 0x9;
export const TRAP_SLOT: u32 = 0xf;
export const TRAP_SOFTWARE: u32 = 0x15;
export const TRAP_STRIDE: u32 = 0xa;
export const TRAP_VERSION: u32 = 0x17;
export const TRAP_WEIGHTS: u32 = 0x10;
export const UNIT_COUNT: u32 = 0x6;
export const UNIT_DMI: u32 = 0x1;
export const UNIT_DMO: u32 = 0x2;
export const UNIT_LNK: u32 = 0x5;
export const UNIT_MXU: u32 = 0x3;
export const UNIT_SEQ: u32 = 0x0;
export const UNIT_VPU: u32 = 0x4;
export const VERSION_MAJOR: u32 = 0x1;
export const VERSION_MINOR: u32 = 0x0;
export const CLASS_ANY: u32 = 0x0;
export const CLASS_INTEGER: u32 = 0x1;
export const CLASS_FLOAT: u32 = 0x2;
export const CLASS_S32: u32 = 0x3;
export const CLASS_U8: u32 = 0x4;
export const CLASS_INDEX: u32 = 0x5;
export const CLASS_SCALAR: u32 = 0x6;
export const CLASS_BYTES: u32 = 0x7;
export const CLASS_EPILOGUE: u32 = 0x8;
export const CLASS_ARITHMETIC: u32 = 0x9;
export const CLASS_FP32: u32 = 0xa;
export const CLASS_TAKE_INDEX: u32 = 0xb;
export const CLASS_U32: u32 = 0xc;
export const CLASS_CONVERTED: u32 = 0xd;
export const CLASS_NARROW: u32 = 0xe;
export const CLASS_BLOCK_SCALE: u32 = 0xf;
export const CLASS_SCALING: u32 = 0x10;
export const CLASS_CODE: u32 = 0x11;
export const CLASS_NARROW_CODE: u32 = 0x12;
export const CLASS_WIDE_CODE: u32 = 0x13;
export const CLASS_BYTE: u32 = 0x14;
export const CLASS_U4: u32 = 0x15;
export const CLASS_S16: u32 = 0x16;
export const FEATURE_ZP: u32 = 0x0;
export const FEATURE_DMA_CONVERT: u32 = 0x1;
export const FEATURE_WEIGHTS_FROM_DRAM: u32 = 0x2;
export const FEATURE_FULL_COUNTERS: u32 = 0x3;
export const FEATURE_SPARSE24: u32 = 0x4;
export const FEATURE_MX: u32 = 0x5;
export const FEATURE_NVFP4: u32 = 0x6;
export const FEATURE_GEMMLOWP: u32 = 0x7;
export const FEATURE_TOSA_DOUBLE: u32 = 0x8;
export const FEATURE_LNK: u32 = 0x9;
export const FEATURE_UNPACK: u32 = 0xa;
export const FEATURE_SPECIAL: u32 = 0xb;
export const FEATURE_LUT: u32 = 0xc;
export const FEATURE_RANDOM: u32 = 0xd;
export const FEATURE_BQUANT: u32 = 0xe;
export const FEATURE_BDEQUANT: u32 = 0xf;
export const FEATURE_STOCHASTIC: u32 = 0x10;
export const FEATURE_LAYOUT: u32 = 0x11;
export const LANE_DIRECT: u32 = 0x1;
export const LANE_BURST: u32 = 0x2;
export const LANE_PREPARED: u32 = 0x4;
export const LANE_PLAIN: u32 = 0x8;
export const TOKEN_RUNS: u32 = 0x10000;
export const DECODED_WORDS: u32 = 0x10000;
export const PREPARED_MAX: u32 = 0x100;
export const PROGRAM_WORDS: u32 = 0x1000;
export const SHADOW_BYTES: u32 = 0x40000;
export const DECODED_BYTES: usize = 16;
export const PREPARED_BYTES: usize = 1256;
export const FLOOR_NONE: i32 = -32768;

export const OPERAND_BYTES: usize = 72;
export namespace operand {
  @inline export function space(at: usize): u32 { return load<u8>(at, 0); }
  @inline export function setSpace(at: usize, value: u32): void { store<u8>(at, <u8>value, 0); }
  @inline export function dtype(at: usize): u32 { return load<u8>(at, 1); }
  @inline export function setDtype(at: usize, value: u32): void { store<u8>(at, <u8>value, 1); }
  @inline export function rank(at: usize): u32 { return load<u8>(at, 2); }
  @inline export function setRank(at: usize, value: u32): void { store<u8>(at, <u8>value, 2); }
  @inline export function role(at: usize): u32 { return load<u8>(at, 3); }
  @inline export function setRole(at: usize, value: u32): void { store<u8>(at, <u8>value, 3); }
  @inline export function t(at: usize): u32 { return load<u8>(at, 4); }
  @inline export function setT(at: usize, value: u32): void { store<u8>(at, <u8>value, 4); }
  @inline export function address(at: usize): i64 { return load<i64>(at, 8); }
  @inline export function setAddress(at: usize, value: i64): void { store<i64>(at, <i64>value, 8); }
  @inline export function dimsAt(at: usize): usize { return at + 16; }
  @inline export function dims(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 16); }
  @inline export function setDims(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 16); }
  @inline export function stridesAt(at: usize): usize { return at + 36; }
  @inline export function strides(at: usize, i: usize): i32 { return load<i32>(at + (i << 2), 36); }
  @inline export function setStrides(at: usize, i: usize, value: i32): void { store<i32>(at + (i << 2), <i32>value, 36); }
  @inline export function padLow(at: usize): u32 { return load<u32>(at, 56); }
  @inline export function setPadLow(at: usize, value: u32): void { store<u32>(at, <u32>value, 56); }
  @inline export function padHigh(at: usize): u32 { return load<u32>(at, 60); }
  @inline export function setPadHigh(at: usize, value: u32): void { store<u32>(at, <u32>value, 60); }
  @inline export function fill(at: usize): u32 { return load<u32>(at, 64); }
  @inline export function setFill(at: usize, value: u32): void { store<u32>(at, <u32>value, 64); }
  @inline export function digest(at: usize): u32 { return load<u32>(at, 68); }
  @inline export function setDigest(at: usize, value: u32): void { store<u32>(at, <u32>value, 68); }
}
export const LOOP_BYTES: usize = 32;
export namespace loop {
  @inline export function start(at: usize): u32 { return load<u32>(at, 0); }
  @inline export function setStart(at: usize, value: u32): void { store<u32>(at, <u32>value, 0); }
  @inline export function end(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setEnd(at: usize, value: u32): void { store<u32>(at, <u32>value, 4); }
  @inline export function left(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function setLeft(at: usize, value: u32): void { store<u32>(at, <u32>value, 8); }
  @inline export function depth(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function setDepth(at: usize, value: u32): void { store<u32>(at, <u32>value, 12); }
  @inline export function ra(at: usize): u32 { return load<u32>(at, 16); }
  @inline export function setRa(at: usize, value: u32): void { store<u32>(at, <u32>value, 16); }
  @inline export function rb(at: usize): u32 { return load<u32>(at, 20); }
  @inline export function setRb(at: usize, value: u32): void { store<u32>(at, <u32>value, 20); }
  @inline export function incA(at: usize): i32 { return load<i32>(at, 24); }
  @inline export function setIncA(at: usize, value: i32): void { store<i32>(at, <i32>value, 24); }
  @inline export function incB(at: usize): i32 { return load<i32>(at, 28); }
  @inline export function setIncB(at: usize, value: i32): void { store<i32>(at, <i32>value, 28); }
}
export const SLOT_BYTES: usize = 24;
export namespace slot {
  @inline export function loaded(at: usize): u32 { return load<u32>(at, 0); }
  @inline export function setLoaded(at: usize, value: u32): void { store<u32>(at, <u32>value, 0); }
  @inline export function dtype(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setDtype(at: usize, value: u32): void { store<u32>(at, <u32>value, 4); }
  @inline export function depth(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function setDepth(at: usize, value: u32): void { store<u32>(at, <u32>value, 8); }
  @inline export function columns(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function setColumns(at: usize, value: u32): void { store<u32>(at, <u32>value, 12); }
  @inline export function form(at: usize): u32 { return load<u32>(at, 16); }
  @inline export function setForm(at: usize, value: u32): void { store<u32>(at, <u32>value, 16); }
  @inline export function scales(at: usize): u32 { return load<u32>(at, 20); }
  @inline export function setScales(at: usize, value: u32): void { store<u32>(at, <u32>value, 20); }
}
export const FAULT_BYTES: usize = 56;
export namespace fault {
  @inline export function code(at: usize): u32 { return load<u32>(at, 0); }
  @inline export function setCode(at: usize, value: u32): void { store<u32>(at, <u32>value, 0); }
  @inline export function unit(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setUnit(at: usize, value: u32): void { store<u32>(at, <u32>value, 4); }
  @inline export function pc(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function setPc(at: usize, value: u32): void { store<u32>(at, <u32>value, 8); }
  @inline export function seq(at: usize): i64 { return load<i64>(at, 16); }
  @inline export function setSeq(at: usize, value: i64): void { store<i64>(at, <i64>value, 16); }
  @inline export function wordsAt(at: usize): usize { return at + 24; }
  @inline export function words(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 24); }
  @inline export function setWords(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 24); }
  @inline export function address(at: usize): i64 { return load<i64>(at, 40); }
  @inline export function setAddress(at: usize, value: i64): void { store<i64>(at, <i64>value, 40); }
  @inline export function auxiliary(at: usize): u32 { return load<u32>(at, 48); }
  @inline export function setAuxiliary(at: usize, value: u32): void { store<u32>(at, <u32>value, 48); }
  @inline export function count(at: usize): u32 { return load<u32>(at, 52); }
  @inline export function setCount(at: usize, value: u32): void { store<u32>(at, <u32>value, 52); }
}
export const REGION_BYTES: usize = 16;
export namespace region {
  @inline export function base(at: usize): u32 { return load<u32>(at, 0); }
  @inline export function setBase(at: usize, value: u32): void { store<u32>(at, <u32>value, 0); }
  @inline export function limit(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setLimit(at: usize, value: u32): void { store<u32>(at, <u32>value, 4); }
  @inline export function attributes(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function setAttributes(at: usize, value: u32): void { store<u32>(at, <u32>value, 8); }
}
export const WATCHPOINT_BYTES: usize = 16;
export namespace watchpoint {
  @inline export function space(at: usize): u32 { return load<u32>(at, 0); }
  @inline export function setSpace(at: usize, value: u32): void { store<u32>(at, <u32>value, 0); }
  @inline export function low(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setLow(at: usize, value: u32): void { store<u32>(at, <u32>value, 4); }
  @inline export function high(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function setHigh(at: usize, value: u32): void { store<u32>(at, <u32>value, 8); }
  @inline export function length(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function setLength(at: usize, value: u32): void { store<u32>(at, <u32>value, 12); }
}
export const FORMAT_BYTES: usize = 16;
export namespace format {
  @inline export function kind(at: usize): u32 { return load<u8>(at, 0); }
  @inline export function setKind(at: usize, value: u32): void { store<u8>(at, <u8>value, 0); }
  @inline export function width(at: usize): u32 { return load<u8>(at, 1); }
  @inline export function setWidth(at: usize, value: u32): void { store<u8>(at, <u8>value, 1); }
  @inline export function signed(at: usize): u32 { return load<u8>(at, 2); }
  @inline export function setSigned(at: usize, value: u32): void { store<u8>(at, <u8>value, 2); }
  @inline export function exponentBits(at: usize): u32 { return load<u8>(at, 3); }
  @inline export function setExponentBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 3); }
  @inline export function fractionBits(at: usize): u32 { return load<u8>(at, 4); }
  @inline export function setFractionBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 4); }
  @inline export function specials(at: usize): u32 { return load<u8>(at, 5); }
  @inline export function setSpecials(at: usize, value: u32): void { store<u8>(at, <u8>value, 5); }
  @inline export function bits(at: usize): u32 { return load<u8>(at, 6); }
  @inline export function setBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 6); }
  @inline export function present(at: usize): u32 { return load<u8>(at, 7); }
  @inline export function setPresent(at: usize, value: u32): void { store<u8>(at, <u8>value, 7); }
  @inline export function bias(at: usize): i32 { return load<i32>(at, 8); }
  @inline export function setBias(at: usize, value: i32): void { store<i32>(at, <i32>value, 8); }
  @inline export function nan(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function setNan(at: usize, value: u32): void { store<u32>(at, <u32>value, 12); }
}
export const DOT_BYTES: usize = 32;
export namespace dot {
  @inline export function kind(at: usize): u32 { return load<u8>(at, 0); }
  @inline export function setKind(at: usize, value: u32): void { store<u8>(at, <u8>value, 0); }
  @inline export function join(at: usize): u32 { return load<u8>(at, 1); }
  @inline export function setJoin(at: usize, value: u32): void { store<u8>(at, <u8>value, 1); }
  @inline export function psumBits(at: usize): u32 { return load<u8>(at, 2); }
  @inline export function setPsumBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 2); }
  @inline export function lanes(at: usize): u32 { return load<u8>(at, 3); }
  @inline export function setLanes(at: usize, value: u32): void { store<u8>(at, <u8>value, 3); }
  @inline export function daz(at: usize): u32 { return load<u8>(at, 4); }
  @inline export function setDaz(at: usize, value: u32): void { store<u8>(at, <u8>value, 4); }
  @inline export function ftz(at: usize): u32 { return load<u8>(at, 5); }
  @inline export function setFtz(at: usize, value: u32): void { store<u8>(at, <u8>value, 5); }
  @inline export function round(at: usize): u32 { return load<u8>(at, 6); }
  @inline export function setRound(at: usize, value: u32): void { store<u8>(at, <u8>value, 6); }
  @inline export function align(at: usize): u32 { return load<u8>(at, 7); }
  @inline export function setAlign(at: usize, value: u32): void { store<u8>(at, <u8>value, 7); }
  @inline export function zero(at: usize): u32 { return load<u8>(at, 8); }
  @inline export function setZero(at: usize, value: u32): void { store<u8>(at, <u8>value, 8); }
  @inline export function order(at: usize): u32 { return load<u8>(at, 9); }
  @inline export function setOrder(at: usize, value: u32): void { store<u8>(at, <u8>value, 9); }
  @inline export function products(at: usize): u32 { return load<u8>(at, 10); }
  @inline export function setProducts(at: usize, value: u32): void { store<u8>(at, <u8>value, 10); }
  @inline export function shape(at: usize): u32 { return load<u8>(at, 11); }
  @inline export function setShape(at: usize, value: u32): void { store<u8>(at, <u8>value, 11); }
  @inline export function operands(at: usize): u32 { return load<u8>(at, 12); }
  @inline export function setOperands(at: usize, value: u32): void { store<u8>(at, <u8>value, 12); }
  @inline export function fractionBits(at: usize): u32 { return load<u8>(at, 13); }
  @inline export function setFractionBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 13); }
  @inline export function keep(at: usize): u32 { return load<u8>(at, 14); }
  @inline export function setKeep(at: usize, value: u32): void { store<u8>(at, <u8>value, 14); }
  @inline export function sumBits(at: usize): u32 { return load<u8>(at, 15); }
  @inline export function setSumBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 15); }
  @inline export function accumulatorBits(at: usize): u32 { return load<u8>(at, 16); }
  @inline export function setAccumulatorBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 16); }
  @inline export function reach(at: usize): u32 { return load<u8>(at, 17); }
  @inline export function setReach(at: usize, value: u32): void { store<u8>(at, <u8>value, 17); }
  @inline export function carryBits(at: usize): u32 { return load<u8>(at, 18); }
  @inline export function setCarryBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 18); }
  @inline export function exactGroup(at: usize): u32 { return load<u8>(at, 19); }
  @inline export function setExactGroup(at: usize, value: u32): void { store<u8>(at, <u8>value, 19); }
  @inline export function exactGroupUnderC(at: usize): u32 { return load<u8>(at, 20); }
  @inline export function setExactGroupUnderC(at: usize, value: u32): void { store<u8>(at, <u8>value, 20); }
  @inline export function group(at: usize): u32 { return load<u32>(at, 24); }
  @inline export function setGroup(at: usize, value: u32): void { store<u32>(at, <u32>value, 24); }
  @inline export function floor(at: usize): i32 { return load<i32>(at, 28); }
  @inline export function setFloor(at: usize, value: i32): void { store<i32>(at, <i32>value, 28); }
}
export const TRIPLE_BYTES: usize = 528;
export namespace triple {
  @inline export function activation(at: usize): u32 { return load<u8>(at, 0); }
  @inline export function setActivation(at: usize, value: u32): void { store<u8>(at, <u8>value, 0); }
  @inline export function weight(at: usize): u32 { return load<u8>(at, 1); }
  @inline export function setWeight(at: usize, value: u32): void { store<u8>(at, <u8>value, 1); }
  @inline export function accumulator(at: usize): u32 { return load<u8>(at, 2); }
  @inline export function setAccumulator(at: usize, value: u32): void { store<u8>(at, <u8>value, 2); }
  @inline export function dotCount(at: usize): u32 { return load<u8>(at, 3); }
  @inline export function setDotCount(at: usize, value: u32): void { store<u8>(at, <u8>value, 3); }
  @inline export function kMax(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setKMax(at: usize, value: u32): void { store<u32>(at, <u32>value, 4); }
  @inline export function nMax(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function setNMax(at: usize, value: u32): void { store<u32>(at, <u32>value, 8); }
  @inline export function mMax(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function setMMax(at: usize, value: u32): void { store<u32>(at, <u32>value, 12); }
  @inline export function dots(at: usize, i: usize): usize { return at + 16 + i * 32; }
}
export const FUNCTIONTABLE_BYTES: usize = 16;
export namespace functionTable {
  @inline export function method(at: usize): u32 { return load<u8>(at, 0); }
  @inline export function setMethod(at: usize, value: u32): void { store<u8>(at, <u8>value, 0); }
  @inline export function indexBits(at: usize): u32 { return load<u8>(at, 1); }
  @inline export function setIndexBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 1); }
  @inline export function interpolationBits(at: usize): u32 { return load<u8>(at, 2); }
  @inline export function setInterpolationBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 2); }
  @inline export function rounded(at: usize): u32 { return load<u8>(at, 3); }
  @inline export function setRounded(at: usize, value: u32): void { store<u8>(at, <u8>value, 3); }
  @inline export function scaleBits(at: usize): u32 { return load<u8>(at, 4); }
  @inline export function setScaleBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 4); }
  @inline export function rangeBits(at: usize): u32 { return load<u8>(at, 5); }
  @inline export function setRangeBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 5); }
  @inline export function multiplierBits(at: usize): u32 { return load<u8>(at, 6); }
  @inline export function setMultiplierBits(at: usize, value: u32): void { store<u8>(at, <u8>value, 6); }
  @inline export function multiplier(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function setMultiplier(at: usize, value: u32): void { store<u32>(at, <u32>value, 8); }
  @inline export function entries(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function setEntries(at: usize, value: u32): void { store<u32>(at, <u32>value, 12); }
}
export const TOKENRUN_BYTES: usize = 32;
export namespace tokenRun {
  @inline export function next(at: usize): u32 { return load<u32>(at, 0); }
  @inline export function setNext(at: usize, value: u32): void { store<u32>(at, <u32>value, 0); }
  @inline export function count(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setCount(at: usize, value: u32): void { store<u32>(at, <u32>value, 4); }
  @inline export function clockAt(at: usize): usize { return at + 8; }
  @inline export function clock(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 8); }
  @inline export function setClock(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 8); }
}
export const ORDER_BYTES: usize = 688;
export namespace order {
  @inline export function needsAt(at: usize): usize { return at + 0; }
  @inline export function needs(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 0); }
  @inline export function setNeeds(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 0); }
  @inline export function clocksAt(at: usize): usize { return at + 24; }
  @inline export function clocks(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 24); }
  @inline export function setClocks(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 24); }
  @inline export function firstAt(at: usize): usize { return at + 168; }
  @inline export function first(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 168); }
  @inline export function setFirst(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 168); }
  @inline export function lastAt(at: usize): usize { return at + 424; }
  @inline export function last(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 424); }
  @inline export function setLast(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 424); }
  @inline export function free(at: usize): u32 { return load<u32>(at, 680); }
  @inline export function setFree(at: usize, value: u32): void { store<u32>(at, <u32>value, 680); }
  @inline export function used(at: usize): u32 { return load<u32>(at, 684); }
  @inline export function setUsed(at: usize, value: u32): void { store<u32>(at, <u32>value, 684); }
}
export const RETIREMENT_BYTES: usize = 424;
export namespace retirement {
  @inline export function bytes(at: usize): u32 { return load<u16>(at, 0); }
  @inline export function setBytes(at: usize, value: u32): void { store<u16>(at, <u16>value, 0); }
  @inline export function unit(at: usize): u32 { return load<u8>(at, 2); }
  @inline export function setUnit(at: usize, value: u32): void { store<u8>(at, <u8>value, 2); }
  @inline export function operandCount(at: usize): u32 { return load<u8>(at, 3); }
  @inline export function setOperandCount(at: usize, value: u32): void { store<u8>(at, <u8>value, 3); }
  @inline export function trap(at: usize): u32 { return load<u8>(at, 4); }
  @inline export function setTrap(at: usize, value: u32): void { store<u8>(at, <u8>value, 4); }
  @inline export function status(at: usize): u32 { return load<u8>(at, 5); }
  @inline export function setStatus(at: usize, value: u32): void { store<u8>(at, <u8>value, 5); }
  @inline export function options(at: usize): u32 { return load<u8>(at, 6); }
  @inline export function setOptions(at: usize, value: u32): void { store<u8>(at, <u8>value, 6); }
  @inline export function seq(at: usize): i64 { return load<i64>(at, 8); }
  @inline export function setSeq(at: usize, value: i64): void { store<i64>(at, <i64>value, 8); }
  @inline export function pc(at: usize): u32 { return load<u32>(at, 16); }
  @inline export function setPc(at: usize, value: u32): void { store<u32>(at, <u32>value, 16); }
  @inline export function wordsAt(at: usize): usize { return at + 20; }
  @inline export function words(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 20); }
  @inline export function setWords(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 20); }
  @inline export function scalarsAt(at: usize): usize { return at + 36; }
  @inline export function scalars(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 36); }
  @inline export function setScalars(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 36); }
  @inline export function modeAt(at: usize): usize { return at + 44; }
  @inline export function mode(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 44); }
  @inline export function setMode(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 44); }
  @inline export function order(at: usize): u32 { return load<u32>(at, 76); }
  @inline export function setOrder(at: usize, value: u32): void { store<u32>(at, <u32>value, 76); }
  @inline export function result(at: usize): u32 { return load<u32>(at, 80); }
  @inline export function setResult(at: usize, value: u32): void { store<u32>(at, <u32>value, 80); }
  @inline export function auxiliary(at: usize): u32 { return load<u32>(at, 84); }
  @inline export function setAuxiliary(at: usize, value: u32): void { store<u32>(at, <u32>value, 84); }
  @inline export function eventsAt(at: usize): usize { return at + 88; }
  @inline export function events(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 88); }
  @inline export function setEvents(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 88); }
  @inline export function address(at: usize): i64 { return load<i64>(at, 128); }
  @inline export function setAddress(at: usize, value: i64): void { store<i64>(at, <i64>value, 128); }
  @inline export function operands(at: usize, i: usize): usize { return at + 136 + i * 72; }
}
export const FOLLOWED_BYTES: usize = 16;
export namespace followed {
  @inline export function kind(at: usize): u32 { return load<u8>(at, 0); }
  @inline export function setKind(at: usize, value: u32): void { store<u8>(at, <u8>value, 0); }
  @inline export function wait(at: usize): u32 { return load<u8>(at, 1); }
  @inline export function setWait(at: usize, value: u32): void { store<u8>(at, <u8>value, 1); }
  @inline export function post(at: usize): u32 { return load<u8>(at, 2); }
  @inline export function setPost(at: usize, value: u32): void { store<u8>(at, <u8>value, 2); }
  @inline export function waits(at: usize): u32 { return load<u8>(at, 3); }
  @inline export function setWaits(at: usize, value: u32): void { store<u8>(at, <u8>value, 3); }
  @inline export function posts(at: usize): u32 { return load<u8>(at, 4); }
  @inline export function setPosts(at: usize, value: u32): void { store<u8>(at, <u8>value, 4); }
  @inline export function fence(at: usize): u32 { return load<u8>(at, 5); }
  @inline export function setFence(at: usize, value: u32): void { store<u8>(at, <u8>value, 5); }
  @inline export function countersFrom(at: usize): u32 { return load<u8>(at, 6); }
  @inline export function setCountersFrom(at: usize, value: u32): void { store<u8>(at, <u8>value, 6); }
  @inline export function countersTo(at: usize): u32 { return load<u8>(at, 7); }
  @inline export function setCountersTo(at: usize, value: u32): void { store<u8>(at, <u8>value, 7); }
  @inline export function many(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function setMany(at: usize, value: u32): void { store<u32>(at, <u32>value, 8); }
  @inline export function picked(at: usize): u32 { return load<u8>(at, 12); }
  @inline export function setPicked(at: usize, value: u32): void { store<u8>(at, <u8>value, 12); }
  @inline export function copies(at: usize): u32 { return load<u8>(at, 13); }
  @inline export function setCopies(at: usize, value: u32): void { store<u8>(at, <u8>value, 13); }
  @inline export function slot(at: usize): u32 { return load<u8>(at, 14); }
  @inline export function setSlot(at: usize, value: u32): void { store<u8>(at, <u8>value, 14); }
}
export const KEPTPROGRAM_BYTES: usize = 65680;
export namespace keptProgram {
  @inline export function base(at: usize): i64 { return load<i64>(at, 0); }
  @inline export function setBase(at: usize, value: i64): void { store<i64>(at, <i64>value, 0); }
  @inline export function bytes(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function setBytes(at: usize, value: u32): void { store<u32>(at, <u32>value, 8); }
  @inline export function count(at: usize): u32 { return load<u32>(at, 12); }
  @inline export function setCount(at: usize, value: u32): void { store<u32>(at, <u32>value, 12); }
  @inline export function regions(at: usize, i: usize): usize { return at + 16 + i * 16; }
  @inline export function wordsAt(at: usize): usize { return at + 144; }
  @inline export function words(at: usize, i: usize): u32 { return load<u32>(at + (i << 2), 144); }
  @inline export function setWords(at: usize, i: usize, value: u32): void { store<u32>(at + (i << 2), <u32>value, 144); }
}
export const STATE_BYTES: usize = 6560;
export namespace state {
  @inline export function pc(): u32 { return load<u32>(STATE, 0); }
  @inline export function setPc(value: u32): void { store<u32>(STATE, <u32>value, 0); }
  @inline export function phase(): u32 { return load<u32>(STATE, 4); }
  @inline export function setPhase(value: u32): void { store<u32>(STATE, <u32>value, 4); }
  @inline export function seq(): i64 { return load<i64>(STATE, 8); }
  @inline export function setSeq(value: i64): void { store<i64>(STATE, <i64>value, 8); }
  @inline export function callDepth(): u32 { return load<u32>(STATE, 16); }
  @inline export function setCallDepth(value: u32): void { store<u32>(STATE, <u32>value, 16); }
  @inline export function loopDepth(): u32 { return load<u32>(STATE, 20); }
  @inline export function setLoopDepth(value: u32): void { store<u32>(STATE, <u32>value, 20); }
  @inline export function predicates(): u32 { return load<u32>(STATE, 24); }
  @inline export function setPredicates(value: u32): void { store<u32>(STATE, <u32>value, 24); }
  @inline export function halted(): u32 { return load<u32>(STATE, 28); }
  @inline export function setHalted(value: u32): void { store<u32>(STATE, <u32>value, 28); }
  @inline export function haltValue(): u32 { return load<u32>(STATE, 32); }
  @inline export function setHaltValue(value: u32): void { store<u32>(STATE, <u32>value, 32); }
  @inline export function registersAt(): usize { return STATE + 36; }
  @inline export function registers(i: usize): u32 { return load<u32>(STATE + (i << 2), 36); }
  @inline export function setRegisters(i: usize, value: u32): void { store<u32>(STATE + (i << 2), <u32>value, 36); }
  @inline export function callsAt(): usize { return STATE + 164; }
  @inline export function calls(i: usize): u32 { return load<u32>(STATE + (i << 2), 164); }
  @inline export function setCalls(i: usize, value: u32): void { store<u32>(STATE + (i << 2), <u32>value, 164); }
  @inline export function loops(i: usize): usize { return STATE + 200 + i * 32; }
  @inline export function tensorsAt(): usize { return STATE + 456; }
  @inline export function tensors(i: usize): u32 { return load<u32>(STATE + (i << 2), 456); }
  @inline export function setTensors(i: usize, value: u32): void { store<u32>(STATE + (i << 2), <u32>value, 456); }
  @inline export function modesAt(): usize { return STATE + 4552; }
  @inline export function modes(i: usize): u32 { return load<u32>(STATE + (i << 2), 4552); }
  @inline export function setModes(i: usize, value: u32): void { store<u32>(STATE + (i << 2), <u32>value, 4552); }
  @inline export function imageBase(): i64 { return load<i64>(STATE, 4680); }
  @inline export function setImageBase(value: i64): void { store<i64>(STATE, <i64>value, 4680); }
  @inline export function imageBytes(): u32 { return load<u32>(STATE, 4688); }
  @inline export function setImageBytes(value: u32): void { store<u32>(STATE, <u32>value, 4688); }
  @inline export function instructionCount(): u32 { return load<u32>(STATE, 4692); }
  @inline export function setInstructionCount(value: u32): void { store<u32>(STATE, <u32>value, 4692); }
  @inline export function launchFlags(): u32 { return load<u32>(STATE, 4696); }
  @inline export function setLaunchFlags(value: u32): void { store<u32>(STATE, <u32>value, 4696); }
  @inline export function launchTag(): u32 { return load<u32>(STATE, 4700); }
  @inline export function setLaunchTag(value: u32): void { store<u32>(STATE, <u32>value, 4700); }
  @inline export function launchedByRing(): u32 { return load<u32>(STATE, 4704); }
  @inline export function setLaunchedByRing(value: u32): void { store<u32>(STATE, <u32>value, 4704); }
  @inline export function semaphoresAt(): usize { return STATE + 4708; }
  @inline export function semaphores(i: usize): u32 { return load<u32>(STATE + (i << 2), 4708); }
  @inline export function setSemaphores(i: usize, value: u32): void { store<u32>(STATE + (i << 2), <u32>value, 4708); }
  @inline export function orderAt(): usize { return STATE + 4964; }
  @inline export function order(i: usize): u32 { return load<u32>(STATE + (i << 2), 4964); }
  @inline export function setOrder(i: usize, value: u32): void { store<u32>(STATE + (i << 2), <u32>value, 4964); }
  @inline export function queueLengthAt(): usize { return STATE + 4988; }
  @inline export function queueLength(i: usize): u32 { return load<u32>(STATE + (i << 2), 4988); }
  @inline export function setQueueLength(i: usize, value: u32): void { store<u32>(STATE + (i << 2), <u32>value, 4988); }
  @inline export function slots(i: usize): usize { return STATE + 5016 + i * 24; }
  @inline export function promised(i: usize): usize { return STATE + 5400 + i * 24; }
  @inline export function numericAt(): usize { return STATE + 5784; }
  @inline export function numeric(i: usize): i64 { return load<i64>(STATE + (i << 3), 5784); }
  @inline export function setNumeric(i: usize, value: i64): void { store<i64>(STATE + (i << 3), <i64>value, 5784); }
  @inline export function countersAt(): usize { return STATE + 6104; }
  @inline export function counters(i: usize): i64 { return load<i64>(STATE + (i << 3), 6104); }
  @inline export function setCounters(i: usize, value: i64): void { store<i64>(STATE + (i << 3), <i64>value, 6104); }
  @inline export function fault(i: usize): usize { return STATE + 6200 + i * 56; }
  @inline export function chipId(): u32 { return load<u32>(STATE, 6256); }
  @inline export function setChipId(value: u32): void { store<u32>(STATE, <u32>value, 6256); }
  @inline export function chipCount(): u32 { return load<u32>(STATE, 6260); }
  @inline export function setChipCount(value: u32): void { store<u32>(STATE, <u32>value, 6260); }
  @inline export function hostError(): u32 { return load<u32>(STATE, 6264); }
  @inline export function setHostError(value: u32): void { store<u32>(STATE, <u32>value, 6264); }
  @inline export function irqStatus(): u32 { return load<u32>(STATE, 6268); }
  @inline export function setIrqStatus(value: u32): void { store<u32>(STATE, <u32>value, 6268); }
  @inline export function irqMask(): u32 { return load<u32>(STATE, 6272); }
  @inline export function setIrqMask(value: u32): void { store<u32>(STATE, <u32>value, 6272); }
  @inline export function scratchAt(): usize { return STATE + 6276; }
  @inline export function scratch(i: usize): u32 { return load<u32>(STATE + (i << 2), 6276); }
  @inline export function setScratch(i: usize, value: u32): void { store<u32>(STATE + (i << 2), <u32>value, 6276); }
  @inline export function ringBaseLow(): u32 { return load<u32>(STATE, 6292); }
  @inline export function setRingBaseLow(value: u32): void { store<u32>(STATE, <u32>value, 6292); }
  @inline export function ringBaseHigh(): u32 { return load<u32>(STATE, 6296); }
  @inline export function setRingBaseHigh(value: u32): void { store<u32>(STATE, <u32>value, 6296); }
  @inline export function ringLog2(): u32 { return load<u32>(STATE, 6300); }
  @inline export function setRingLog2(value: u32): void { store<u32>(STATE, <u32>value, 6300); }
  @inline export function ringHead(): u32 { return load<u32>(STATE, 6304); }
  @inline export function setRingHead(value: u32): void { store<u32>(STATE, <u32>value, 6304); }
  @inline export function ringTail(): u32 { return load<u32>(STATE, 6308); }
  @inline export function setRingTail(value: u32): void { store<u32>(STATE, <u32>value, 6308); }
  @inline export function completionLow(): u32 { return load<u32>(STATE, 6312); }
  @inline export function setCompletionLow(value: u32): void { store<u32>(STATE, <u32>value, 6312); }
  @inline export function completionHigh(): u32 { return load<u32>(STATE, 6316); }
  @inline export function setCompletionHigh(value: u32): void { store<u32>(STATE, <u32>value, 6316); }
  @inline export function regions(i: usize): usize { return STATE + 6320 + i * 16; }
  @inline export function debugEnable(): u32 { return load<u32>(STATE, 6448); }
  @inline export function setDebugEnable(value: u32): void { store<u32>(STATE, <u32>value, 6448); }
  @inline export function breakpointsAt(): usize { return STATE + 6452; }
  @inline export function breakpoints(i: usize): u32 { return load<u32>(STATE + (i << 2), 6452); }
  @inline export function setBreakpoints(i: usize, value: u32): void { store<u32>(STATE + (i << 2), <u32>value, 6452); }
  @inline export function watchpoints(i: usize): usize { return STATE + 6472 + i * 16; }
  @inline export function latchedHigh(): u32 { return load<u32>(STATE, 6536); }
  @inline export function setLatchedHigh(value: u32): void { store<u32>(STATE, <u32>value, 6536); }
  @inline export function windowSpace(): u32 { return load<u32>(STATE, 6540); }
  @inline export function setWindowSpace(value: u32): void { store<u32>(STATE, <u32>value, 6540); }
  @inline export function windowLow(): u32 { return load<u32>(STATE, 6544); }
  @inline export function setWindowLow(value: u32): void { store<u32>(STATE, <u32>value, 6544); }
  @inline export function windowHigh(): u32 { return load<u32>(STATE, 6548); }
  @inline export function setWindowHigh(value: u32): void { store<u32>(STATE, <u32>value, 6548); }
  @inline export function stopRequest(): u32 { return load<u32>(STATE, 6552); }
  @inline export function setStopRequest(value: u32): void { store<u32>(STATE, <u32>value, 6552); }
  @inline export function resumed(): u32 { return load<u32>(STATE, 6556); }
  @inline export function setResumed(value: u32): void { store<u32>(STATE, <u32>value, 6556); }
}
export const PROFILE_BYTES: usize = 38352;
export namespace profile {
  @inline export function spaceBytesAt(): usize { return PROFILE + 0; }
  @inline export function spaceBytes(i: usize): i64 { return load<i64>(PROFILE + (i << 3), 0); }
  @inline export function setSpaceBytes(i: usize, value: i64): void { store<i64>(PROFILE + (i << 3), <i64>value, 0); }
  @inline export function slotCount(): u32 { return load<u32>(PROFILE, 32); }
  @inline export function setSlotCount(value: u32): void { store<u32>(PROFILE, <u32>value, 32); }
  @inline export function accLanes(): u32 { return load<u32>(PROFILE, 36); }
  @inline export function setAccLanes(value: u32): void { store<u32>(PROFILE, <u32>value, 36); }
  @inline export function vpuLanes(): u32 { return load<u32>(PROFILE, 40); }
  @inline export function setVpuLanes(value: u32): void { store<u32>(PROFILE, <u32>value, 40); }
  @inline export function queueDepth(): u32 { return load<u32>(PROFILE, 44); }
  @inline export function setQueueDepth(value: u32): void { store<u32>(PROFILE, <u32>value, 44); }
  @inline export function featuresAt(): usize { return PROFILE + 48; }
  @inline export function features(i: usize): u32 { return load<u32>(PROFILE + (i << 2), 48); }
  @inline export function setFeatures(i: usize, value: u32): void { store<u32>(PROFILE + (i << 2), <u32>value, 48); }
  @inline export function hashAt(): usize { return PROFILE + 64; }
  @inline export function hash(i: usize): u32 { return load<u32>(PROFILE + (i << 2), 64); }
  @inline export function setHash(i: usize, value: u32): void { store<u32>(PROFILE + (i << 2), <u32>value, 64); }
  @inline export function unknownByte(): u32 { return load<u32>(PROFILE, 96); }
  @inline export function setUnknownByte(value: u32): void { store<u32>(PROFILE, <u32>value, 96); }
  @inline export function slotBytes(): u32 { return load<u32>(PROFILE, 100); }
  @inline export function setSlotBytes(value: u32): void { store<u32>(PROFILE, <u32>value, 100); }
  @inline export function tripleCount(): u32 { return load<u32>(PROFILE, 104); }
  @inline export function setTripleCount(value: u32): void { store<u32>(PROFILE, <u32>value, 104); }
  @inline export function granulesAt(): usize { return PROFILE + 108; }
  @inline export function granules(i: usize): u32 { return load<u32>(PROFILE + (i << 2), 108); }
  @inline export function setGranules(i: usize, value: u32): void { store<u32>(PROFILE + (i << 2), <u32>value, 108); }
  @inline export function formats(i: usize): usize { return PROFILE + 208 + i * 16; }
  @inline export function triples(i: usize): usize { return PROFILE + 4304 + i * 528; }
  @inline export function functions(i: usize): usize { return PROFILE + 38096 + i * 16; }
}
export const CONTROL_BYTES: usize = 560;
export namespace control {
  @inline export function spacesAt(): usize { return CONTROL + 0; }
  @inline export function spaces(i: usize): u32 { return load<u32>(CONTROL + (i << 2), 0); }
  @inline export function setSpaces(i: usize, value: u32): void { store<u32>(CONTROL + (i << 2), <u32>value, 0); }
  @inline export function slots(): u32 { return load<u32>(CONTROL, 16); }
  @inline export function setSlots(value: u32): void { store<u32>(CONTROL, <u32>value, 16); }
  @inline export function queues(): u32 { return load<u32>(CONTROL, 20); }
  @inline export function setQueues(value: u32): void { store<u32>(CONTROL, <u32>value, 20); }
  @inline export function ring(): u32 { return load<u32>(CONTROL, 24); }
  @inline export function setRing(value: u32): void { store<u32>(CONTROL, <u32>value, 24); }
  @inline export function choices(): u32 { return load<u32>(CONTROL, 28); }
  @inline export function setChoices(value: u32): void { store<u32>(CONTROL, <u32>value, 28); }
  @inline export function optionLog(): u32 { return load<u32>(CONTROL, 32); }
  @inline export function setOptionLog(value: u32): void { store<u32>(CONTROL, <u32>value, 32); }
  @inline export function scratch(): u32 { return load<u32>(CONTROL, 36); }
  @inline export function setScratch(value: u32): void { store<u32>(CONTROL, <u32>value, 36); }
  @inline export function pageStatesAt(): usize { return CONTROL + 40; }
  @inline export function pageStates(i: usize): u32 { return load<u32>(CONTROL + (i << 2), 40); }
  @inline export function setPageStates(i: usize, value: u32): void { store<u32>(CONTROL + (i << 2), <u32>value, 40); }
  @inline export function knownBitsAt(): usize { return CONTROL + 56; }
  @inline export function knownBits(i: usize): u32 { return load<u32>(CONTROL + (i << 2), 56); }
  @inline export function setKnownBits(i: usize, value: u32): void { store<u32>(CONTROL + (i << 2), <u32>value, 56); }
  @inline export function unknownCountsAt(): usize { return CONTROL + 72; }
  @inline export function unknownCounts(i: usize): u32 { return load<u32>(CONTROL + (i << 2), 72); }
  @inline export function setUnknownCounts(i: usize, value: u32): void { store<u32>(CONTROL + (i << 2), <u32>value, 72); }
  @inline export function touchedListsAt(): usize { return CONTROL + 88; }
  @inline export function touchedLists(i: usize): u32 { return load<u32>(CONTROL + (i << 2), 88); }
  @inline export function setTouchedLists(i: usize, value: u32): void { store<u32>(CONTROL + (i << 2), <u32>value, 88); }
  @inline export function touchedCountsAt(): usize { return CONTROL + 104; }
  @inline export function touchedCounts(i: usize): u32 { return load<u32>(CONTROL + (i << 2), 104); }
  @inline export function setTouchedCounts(i: usize, value: u32): void { store<u32>(CONTROL + (i << 2), <u32>value, 104); }
  @inline export function ringCapacity(): u32 { return load<u32>(CONTROL, 120); }
  @inline export function setRingCapacity(value: u32): void { store<u32>(CONTROL, <u32>value, 120); }
  @inline export function ringCount(): u32 { return load<u32>(CONTROL, 124); }
  @inline export function setRingCount(value: u32): void { store<u32>(CONTROL, <u32>value, 124); }
  @inline export function choosing(): u32 { return load<u32>(CONTROL, 128); }
  @inline export function setChoosing(value: u32): void { store<u32>(CONTROL, <u32>value, 128); }
  @inline export function choiceCount(): u32 { return load<u32>(CONTROL, 132); }
  @inline export function setChoiceCount(value: u32): void { store<u32>(CONTROL, <u32>value, 132); }
  @inline export function choiceCursor(): u32 { return load<u32>(CONTROL, 136); }
  @inline export function setChoiceCursor(value: u32): void { store<u32>(CONTROL, <u32>value, 136); }
  @inline export function digests(): u32 { return load<u32>(CONTROL, 140); }
  @inline export function setDigests(value: u32): void { store<u32>(CONTROL, <u32>value, 140); }
  @inline export function queueDepth(): u32 { return load<u32>(CONTROL, 144); }
  @inline export function setQueueDepth(value: u32): void { store<u32>(CONTROL, <u32>value, 144); }
  @inline export function lanes(): u32 { return load<u32>(CONTROL, 148); }
  @inline export function setLanes(value: u32): void { store<u32>(CONTROL, <u32>value, 148); }
  @inline export function watchdog(): i64 { return load<i64>(CONTROL, 152); }
  @inline export function setWatchdog(value: i64): void { store<i64>(CONTROL, <i64>value, 152); }
  @inline export function eventsAt(): usize { return CONTROL + 160; }
  @inline export function events(i: usize): u32 { return load<u32>(CONTROL + (i << 2), 160); }
  @inline export function setEvents(i: usize, value: u32): void { store<u32>(CONTROL + (i << 2), <u32>value, 160); }
  @inline export function steps(): u32 { return load<u32>(CONTROL, 200); }
  @inline export function setSteps(value: u32): void { store<u32>(CONTROL, <u32>value, 200); }
  @inline export function closed(): u32 { return load<u32>(CONTROL, 204); }
  @inline export function setClosed(value: u32): void { store<u32>(CONTROL, <u32>value, 204); }
  @inline export function queued(): u32 { return load<u32>(CONTROL, 208); }
  @inline export function setQueued(value: u32): void { store<u32>(CONTROL, <u32>value, 208); }
  @inline export function queueHeadAt(): usize { return CONTROL + 212; }
  @inline export function queueHead(i: usize): u32 { return load<u32>(CONTROL + (i << 2), 212); }
  @inline export function setQueueHead(i: usize, value: u32): void { store<u32>(CONTROL + (i << 2), <u32>value, 212); }
  @inline export function order(): u32 { return load<u32>(CONTROL, 236); }
  @inline export function setOrder(value: u32): void { store<u32>(CONTROL, <u32>value, 236); }
  @inline export function helpers(): u32 { return load<u32>(CONTROL, 240); }
  @inline export function setHelpers(value: u32): void { store<u32>(CONTROL, <u32>value, 240); }
  @inline export function sharedWork(): u32 { return load<u32>(CONTROL, 244); }
  @inline export function setSharedWork(value: u32): void { store<u32>(CONTROL, <u32>value, 244); }
  @inline export function decoded(): u32 { return load<u32>(CONTROL, 248); }
  @inline export function setDecoded(value: u32): void { store<u32>(CONTROL, <u32>value, 248); }
  @inline export function prepared(): u32 { return load<u32>(CONTROL, 252); }
  @inline export function setPrepared(value: u32): void { store<u32>(CONTROL, <u32>value, 252); }
  @inline export function placesAsked(): u32 { return load<u32>(CONTROL, 256); }
  @inline export function setPlacesAsked(value: u32): void { store<u32>(CONTROL, <u32>value, 256); }
  @inline export function fresh(): u32 { return load<u32>(CONTROL, 260); }
  @inline export function setFresh(value: u32): void { store<u32>(CONTROL, <u32>value, 260); }
  @inline export function program(): u32 { return load<u32>(CONTROL, 264); }
  @inline export function setProgram(value: u32): void { store<u32>(CONTROL, <u32>value, 264); }
  @inline export function versionsAt(): usize { return CONTROL + 268; }
  @inline export function versions(i: usize): u32 { return load<u32>(CONTROL + (i << 2), 268); }
  @inline export function setVersions(i: usize, value: u32): void { store<u32>(CONTROL + (i << 2), <u32>value, 268); }
  @inline export function settings(): u32 { return load<u32>(CONTROL, 524); }
  @inline export function setSettings(value: u32): void { store<u32>(CONTROL, <u32>value, 524); }
  @inline export function wholly(): u32 { return load<u32>(CONTROL, 528); }
  @inline export function setWholly(value: u32): void { store<u32>(CONTROL, <u32>value, 528); }
  @inline export function forgotten(): u32 { return load<u32>(CONTROL, 532); }
  @inline export function setForgotten(value: u32): void { store<u32>(CONTROL, <u32>value, 532); }
  @inline export function summing(): u32 { return load<u32>(CONTROL, 536); }
  @inline export function setSumming(value: u32): void { store<u32>(CONTROL, <u32>value, 536); }
  @inline export function summed(): u32 { return load<u32>(CONTROL, 540); }
  @inline export function setSummed(value: u32): void { store<u32>(CONTROL, <u32>value, 540); }
  @inline export function shadow(): u32 { return load<u32>(CONTROL, 544); }
  @inline export function setShadow(value: u32): void { store<u32>(CONTROL, <u32>value, 544); }
  @inline export function effects(): u32 { return load<u32>(CONTROL, 548); }
  @inline export function setEffects(value: u32): void { store<u32>(CONTROL, <u32>value, 548); }
  @inline export function continued(): u32 { return load<u32>(CONTROL, 552); }
  @inline export function setContinued(value: u32): void { store<u32>(CONTROL, <u32>value, 552); }
}
/** Fields of a captured numeric mode, by the address of its eight words. */
export namespace mode {
  @inline export function round(at: usize): u32 { return (load<u32>(at, 0) >>> 0) & 0x7; }
  @inline export function isat(at: usize): u32 { return (load<u32>(at, 0) >>> 3) & 0x1; }
  @inline export function fsat(at: usize): u32 { return (load<u32>(at, 0) >>> 4) & 0x1; }
  @inline export function daz(at: usize): u32 { return (load<u32>(at, 0) >>> 5) & 0x3; }
  @inline export function ftz(at: usize): u32 { return (load<u32>(at, 0) >>> 7) & 0x3; }
  @inline export function minmax(at: usize): u32 { return (load<u32>(at, 0) >>> 9) & 0x1; }
  @inline export function order(at: usize): u32 { return (load<u32>(at, 0) >>> 10) & 0x3; }
  @inline export function dot(at: usize): u32 { return (load<u32>(at, 0) >>> 12) & 0xf; }
  @inline export function level(at: usize): u32 { return (load<u32>(at, 0) >>> 16) & 0x3; }
  @inline export function scale(at: usize): u32 { return (load<u32>(at, 4) >>> 0) & 0x7; }
  @inline export function round2(at: usize): u32 { return (load<u32>(at, 4) >>> 3) & 0x7; }
  @inline export function clamp(at: usize): u32 { return (load<u32>(at, 4) >>> 6) & 0x1; }
  @inline export function mxrule(at: usize): u32 { return (load<u32>(at, 4) >>> 7) & 0x1; }
  @inline export function zpa(at: usize): i32 { return <i32>(load<u32>(at, 8) << 16) >> 16; }
  @inline export function zpb(at: usize): i32 { return <i32>(load<u32>(at, 8) << 0) >> 16; }
  @inline export function zpo(at: usize): i32 { return <i32>(load<u32>(at, 12) << 16) >> 16; }
  @inline export function lo(at: usize): i32 { return <i32>load<u32>(at, 16); }
  @inline export function hi(at: usize): i32 { return <i32>load<u32>(at, 20); }
  @inline export function key(at: usize): u32 { return load<u32>(at, 24); }
  @inline export function stream(at: usize): u32 { return load<u32>(at, 28); }
}

export const OP_NOP: u32 = 0x1;
export const OP_HALT: u32 = 0x2;
export const OP_FENCE: u32 = 0x3;
export const OP_TRAP: u32 = 0x4;
export const OP_BREAK: u32 = 0x5;
export const OP_MARK: u32 = 0x6;
export const OP_IRQ: u32 = 0x7;
export const OP_ALU: u32 = 0x8;
export const OP_CMP: u32 = 0x9;
export const OP_LD: u32 = 0xa;
export const OP_ST: u32 = 0xb;
export const OP_JUMP: u32 = 0xc;
export const OP_CALL: u32 = 0xd;
export const OP_RET: u32 = 0xe;
export const OP_LOOP: u32 = 0xf;
export const OP_LBREAK: u32 = 0x10;
export const OP_CSRR: u32 = 0x11;
export const OP_CSRW: u32 = 0x12;
export const OP_TSET: u32 = 0x14;
export const OP_TLOAD: u32 = 0x15;
export const OP_TCOPY: u32 = 0x16;
export const OP_NSET: u32 = 0x17;
export const OP_POST: u32 = 0x18;
export const OP_WAIT: u32 = 0x19;
export const OP_LOAD: u32 = 0x40;
export const OP_FILL: u32 = 0x41;
export const OP_GATHER: u32 = 0x42;
export const OP_UNPACK: u32 = 0x43;
export const OP_CRC: u32 = 0x44;
export const OP_STORE: u32 = 0x50;
export const OP_SCATTER: u32 = 0x51;
export const OP_WLOAD: u32 = 0x60;
export const OP_AINIT: u32 = 0x61;
export const OP_MM: u32 = 0x62;
export const OP_MDW: u32 = 0x63;
export const OP_DRAIN: u32 = 0x64;
export const OP_BINARY: u32 = 0x80;
export const OP_FMA: u32 = 0x81;
export const OP_COMPARE: u32 = 0x82;
export const OP_SELECT: u32 = 0x83;
export const OP_BITWISE: u32 = 0x84;
export const OP_SHIFT: u32 = 0x85;
export const OP_MOVE: u32 = 0x86;
export const OP_CONVERT: u32 = 0x87;
export const OP_UNARY: u32 = 0x88;
export const OP_SPECIAL: u32 = 0x89;
export const OP_CLAMP: u32 = 0x8a;
export const OP_LUT: u32 = 0x8b;
export const OP_REDUCE: u32 = 0x8c;
export const OP_SCAN: u32 = 0x8d;
export const OP_IOTA: u32 = 0x8e;
export const OP_RANDOM: u32 = 0x8f;
export const OP_TAKE: u32 = 0x90;
export const OP_SCALE: u32 = 0x91;
export const OP_BQUANT: u32 = 0x92;
export const OP_BDEQUANT: u32 = 0x93;
export const OP_PUT: u32 = 0xc0;
export const OP_GET: u32 = 0xc1;
export const OP_RPOST: u32 = 0xc2;

export namespace head {
  @inline export function opcode(words: usize): u32 { return (load<u32>(words, 0) >>> 0) & 0xff; }
  @inline export function predicate(words: usize): u32 { return (load<u32>(words, 0) >>> 8) & 0x7; }
  @inline export function negate(words: usize): u32 { return (load<u32>(words, 0) >>> 11) & 0x1; }
  @inline export function wait(words: usize): u32 { return (load<u32>(words, 0) >>> 12) & 0x3f; }
  @inline export function post(words: usize): u32 { return (load<u32>(words, 0) >>> 18) & 0x3f; }
  @inline export function irq(words: usize): u32 { return (load<u32>(words, 0) >>> 24) & 0x1; }
  @inline export function trace(words: usize): u32 { return (load<u32>(words, 0) >>> 25) & 0x1; }
  @inline export function mode(words: usize): u32 { return (load<u32>(words, 0) >>> 26) & 0x3; }
}
export namespace NOP {
  @inline export function tag(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace HALT {
  @inline export function value(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace FENCE {
  @inline export function units(words: usize): u32 { return load<u32>(words, 8); }
}
export namespace TRAP {
  @inline export function code(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace BREAK {
  @inline export function tag(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace MARK {
  @inline export function value(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace IRQ {
  @inline export function vector(words: usize): u32 { return load<u32>(words, 8); }
}
export namespace ALU {
  @inline export function rd(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x1f; }
  @inline export function rs1(words: usize): u32 { return (load<u32>(words, 4) >>> 8) & 0x1f; }
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace CMP {
  @inline export function pd(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x7; }
  @inline export function rs1(words: usize): u32 { return (load<u32>(words, 4) >>> 8) & 0x1f; }
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace LD {
  @inline export function rd(words: usize): u32 { return (load<u32>(words, 8) >>> 0) & 0x1f; }
}
export namespace ST {
  @inline export function rs(words: usize): u32 { return (load<u32>(words, 8) >>> 0) & 0x1f; }
}
export namespace JUMP {
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace CALL {
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace LOOP {
  @inline export function rs1(words: usize): u32 { return (load<u32>(words, 4) >>> 8) & 0x1f; }
  @inline export function ra(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function rb(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x1f; }
  @inline export function length(words: usize): u32 { return (load<u32>(words, 8) >>> 0) & 0xffff; }
  @inline export function count(words: usize): u32 { return (load<u32>(words, 8) >>> 16) & 0xffff; }
  @inline export function incA(words: usize): i32 { return <i32>(load<u32>(words, 12) << 16) >> 16; }
  @inline export function incB(words: usize): i32 { return <i32>(load<u32>(words, 12) << 0) >> 16; }
}
export namespace CSRR {
  @inline export function rd(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x1f; }
  @inline export function offset(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace CSRW {
  @inline export function rs1(words: usize): u32 { return (load<u32>(words, 4) >>> 8) & 0x1f; }
  @inline export function offset(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace TSET {
  @inline export function t(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x3f; }
  @inline export function field(words: usize): u32 { return (load<u32>(words, 4) >>> 8) & 0xf; }
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace TLOAD {
  @inline export function t(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x3f; }
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace TCOPY {
  @inline export function t(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x3f; }
  @inline export function from(words: usize): u32 { return (load<u32>(words, 4) >>> 8) & 0x3f; }
}
export namespace NSET {
  @inline export function n(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x3; }
  @inline export function field(words: usize): u32 { return (load<u32>(words, 4) >>> 8) & 0x7; }
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace POST {
  @inline export function m(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x3f; }
  @inline export function agent(words: usize): u32 { return (load<u32>(words, 4) >>> 8) & 0x7; }
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace WAIT {
  @inline export function m(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x3f; }
  @inline export function agent(words: usize): u32 { return (load<u32>(words, 4) >>> 8) & 0x7; }
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
}
export namespace FILL {
  @inline export function rs(words: usize): u32 { return (load<u32>(words, 8) >>> 6) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 12); }
}
export namespace UNPACK {
  @inline export function form(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function bits(words: usize): u32 { return (load<u32>(words, 8) >>> 24) & 0xff; }
}
export namespace STORE {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace SCATTER {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace WLOAD {
  @inline export function slot(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function form(words: usize): u32 { return (load<u32>(words, 8) >>> 24) & 0xff; }
}
export namespace AINIT {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace MM {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0x1; }
  @inline export function scaled(words: usize): u32 { return (load<u32>(words, 4) >>> 25) & 0x1; }
  @inline export function mRank(words: usize): u32 { return (load<u32>(words, 8) >>> 24) & 0xff; }
  @inline export function slot(words: usize): u32 { return (load<u32>(words, 12) >>> 24) & 0xff; }
}
export namespace MDW {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function mRank(words: usize): u32 { return (load<u32>(words, 8) >>> 24) & 0xff; }
  @inline export function slot(words: usize): u32 { return (load<u32>(words, 12) >>> 24) & 0xff; }
}
export namespace DRAIN {
  @inline export function activation(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0x3; }
  @inline export function table(words: usize): u32 { return (load<u32>(words, 4) >>> 26) & 0x1; }
  @inline export function c(words: usize): u32 { return (load<u32>(words, 12) >>> 24) & 0xff; }
}
export namespace BINARY {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function scalar(words: usize): u32 { return (load<u32>(words, 8) >>> 31) & 0x1; }
  @inline export function s(words: usize): u32 { return (load<u32>(words, 12) >>> 6) & 0x1f; }
}
export namespace FMA {
  @inline export function scalar(words: usize): u32 { return (load<u32>(words, 8) >>> 31) & 0x1; }
  @inline export function s(words: usize): u32 { return (load<u32>(words, 12) >>> 6) & 0x1f; }
  @inline export function c(words: usize): u32 { return (load<u32>(words, 12) >>> 24) & 0xff; }
}
export namespace COMPARE {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function scalar(words: usize): u32 { return (load<u32>(words, 8) >>> 31) & 0x1; }
  @inline export function s(words: usize): u32 { return (load<u32>(words, 12) >>> 6) & 0x1f; }
}
export namespace SELECT {
  @inline export function c(words: usize): u32 { return (load<u32>(words, 12) >>> 24) & 0xff; }
}
export namespace BITWISE {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace SHIFT {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function scalar(words: usize): u32 { return (load<u32>(words, 8) >>> 31) & 0x1; }
  @inline export function s(words: usize): u32 { return (load<u32>(words, 12) >>> 6) & 0x1f; }
}
export namespace UNARY {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace SPECIAL {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace CLAMP {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function scalar(words: usize): u32 { return (load<u32>(words, 8) >>> 31) & 0x1; }
  @inline export function s(words: usize): u32 { return (load<u32>(words, 12) >>> 6) & 0x1f; }
}
export namespace LUT {
  @inline export function form(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace REDUCE {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function r(words: usize): u32 { return (load<u32>(words, 8) >>> 24) & 0xff; }
}
export namespace SCAN {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
}
export namespace IOTA {
  @inline export function start(words: usize): u32 { return (load<u32>(words, 8) >>> 6) & 0x1f; }
  @inline export function step(words: usize): u32 { return (load<u32>(words, 12) >>> 6) & 0x1f; }
}
export namespace RANDOM {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function start(words: usize): u32 { return (load<u32>(words, 8) >>> 6) & 0x1f; }
}
export namespace SCALE {
  @inline export function activation(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0x3; }
  @inline export function table(words: usize): u32 { return (load<u32>(words, 4) >>> 26) & 0x1; }
  @inline export function c(words: usize): u32 { return (load<u32>(words, 12) >>> 24) & 0xff; }
}
export namespace BQUANT {
  @inline export function c(words: usize): u32 { return (load<u32>(words, 12) >>> 24) & 0xff; }
}
export namespace PUT {
  @inline export function op(words: usize): u32 { return (load<u32>(words, 4) >>> 24) & 0xff; }
  @inline export function peer(words: usize): u32 { return (load<u32>(words, 8) >>> 24) & 0x3f; }
}
export namespace RPOST {
  @inline export function m(words: usize): u32 { return (load<u32>(words, 4) >>> 0) & 0x3f; }
  @inline export function rs2(words: usize): u32 { return (load<u32>(words, 4) >>> 16) & 0x1f; }
  @inline export function imm(words: usize): i32 { return <i32>load<u32>(words, 8); }
  @inline export function k(words: usize): u32 { return (load<u32>(words, 12) >>> 0) & 0xffff; }
}

/** Unit of an opcode; 254 the unit named by the field `agent`, 255 no instruction. */
export const UNITS: usize = memory.data<u8>([255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 254, 254, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1, 1, 1, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 3, 3, 3, 3, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 5, 5, 5, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]);

/** Operands of an opcode that may hold no UNKNOWN byte when it acts: a bit for each position. */
export const DEFINITE: usize = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
/** Opcodes that touch nothing but registers of the sequencer's own: 1. */
export const INNER: usize = memory.data<u8>([0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
/** Which lists of rules an opcode has: bit 0 rules of code `reserved`, bit 1 others. */
export const RULED: usize = memory.data<u8>([0, 0, 0, 1, 2, 2, 0, 1, 0, 0, 2, 2, 2, 2, 2, 3, 2, 2, 2, 0, 0, 2, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
