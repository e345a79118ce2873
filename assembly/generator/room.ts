//! room: where the generator of programs keeps what it knows in linear memory: the machine, the program so far, places, what the host lays down.

// ---- the machine as far as it is known; the host keeps and brings back all of it, up to the end of KNOWN
export const STATE: usize = 0x1000;
export const REGISTERS: usize = 0x1000;
/** Registers and mode words of which it is known what they hold: a byte each, 1. */
export const IS_HELD: usize = 0x1080;
/** A byte each: 0, 1 or UNSURE. */
export const PREDICATES: usize = 0x10a0;
export const IS_MODE_HELD: usize = 0x10c0;
export const MODES: usize = 0x1100;
/** What each descriptor register holds: the address of sixteen words; its hash, 0: not known. */
export const CONTENTS: usize = 0x1180;
export const HASHES: usize = 0x1280;
/** The fact of each slot, 0: none; a bit for each of which every element is surely known. */
export const SLOTS: usize = 0x1380;
export const SLOTS_KNOWN: usize = 0x13c0;
/** Starts of tensors that were written lately: space, dtype, bit address. */
export const RECENT_SPACE: usize = 0x1400;
export const RECENT_DTYPE: usize = 0x1420;
export const RECENT_ADDRESS: usize = 0x1440;
export const RECENT: usize = 0x1480;
/** Offset registers that step with an open loop. */
export const STEP_REGISTER: usize = 0x1500;
export const STEP_VALUE: usize = 0x1540;
export const STEP_BY: usize = 0x1580;
export const STEP_TIMES: usize = 0x15c0;
export const STEPS: usize = 0x1600;
export const LOOPS: usize = 0x1604;
export const CALLS: usize = 0x1608;
/** Of the instructions of v, so many are over before x starts its next one: [x][v]. */
export const FINISHED: usize = 0x1640;
export const ISSUED: usize = 0x16d0;
/** Of each semaphore, the index in its poster's unit of the instruction that posted last: tokens are taken in the order of posts. */
export const POSTED: usize = 0x1700;
export const ACCESS_COUNT: usize = 0x1800;
/** Granules of the working windows that are surely known: a bit each. */
export const KNOWN: usize = 0x1810;
export const KNOWN_BYTES: usize = 0xe000;

// ---- beside it: what no way back concerns
/** The descriptor that was set last of those with such a hash. */
export const BY_HASH: usize = 0x10000;
/** Registers and descriptors for addresses take turns; steps that found no place; what `sum` found. */
export const TURN: usize = 0x10100;
export const SKIPPED: usize = 0x10104;
export const RS2: usize = 0x10108;
export const IMM: usize = 0x1010c;
/** The space in which operands lie, and what the program began with. */
export const ARENA: usize = 0x10110;
/** Dice: the rest, and whether it is a stream. About places and registers; about head and order; whoever asks the host's. */
export const PLACES: usize = 0x10120;
export const HEADS: usize = 0x10128;
export const GUEST: usize = 0x10130;
/** By unit, the latest access that the last `conflicts` found, -1: none. */
export const LATEST: usize = 0x10140;
/** What the instruction that is being made ready touches: how many regions, each 24 bytes: space, is it written, bytes [low, high). */
export const REGIONS: usize = 0x10160;
export const REGION_LIST: usize = 0x10168;
/** Of the instruction that is being made ready: its words, its descriptor registers. */
export const BITS: usize = 0x101d0;
export const OTHERS: usize = 0x101e0;
/** The bit address that is wished for; NaN: none. */
export const WISHED: usize = 0x101f0;
/** Of the program so far: instructions, the block that is written, blocks, fixes, descriptors that are kept, constants, clocks. */
export const COUNT: usize = 0x10200;
export const CURRENT: usize = 0x10204;
export const BLOCKS: usize = 0x10208;
export const FIXES: usize = 0x1020c;
export const DESCRIBED: usize = 0x10210;
export const CONSTANTS: usize = 0x10214;
export const CLOCKS: usize = 0x10218;
/** Of the finished image: instructions, `nop` among them; did they change places? */
export const PLACED: usize = 0x1021c;
export const IS_MOVED: usize = 0x10220;

/** Where the operands of the pattern that was placed last lie, four of each: host and patterns read them by these names. */
export const ADDRESS: usize = 0x10300;
export const LOW: usize = 0x10320;
export const HIGH: usize = 0x10340;
export const BASE: usize = 0x10360;
export const WISH: usize = 0x10380;
export const BEHIND: usize = 0x103a0;
export const OFFSET: usize = 0x103c0;
export const VALUE: usize = 0x103d0;
export const IMMEDIATE: usize = 0x103e0;
export const STEP: usize = 0x103f0;
export const TIMES: usize = 0x10400;
export const WORK: usize = 0x10410;
/** Of a stream, the addresses of the operands of its beats. */
export const BEATS: usize = 16;
export const ADDRESSES: usize = 0x10500;

/** Words of a descriptor or a mode that the host made. */
export const SCRATCH: usize = 0x10700;

// ---- what the host lays down once
/** Where fields of the head lie; forms: an opcode and the places of five fields. */
export const HEAD: usize = 0x10800;
export const FORMS: usize = 0x10840;
/** Junk for mode fields that nobody looks at: JUNK modes. */
export const JUNK_MODES: usize = 0x11000;
export const JUNK: i32 = 256;
/** Of the workshop, by number; see workshop.ts. */
export const SHOP: usize = 0x10a00;
/** General registers and how many. */
export const GENERAL: usize = 0x10a80;

// ---- the program
export const INSTRUCTIONS: i32 = 0x20000;
export const RECORDS: usize = 0x20000;
export const RECORDS_BYTES: usize = 0x100000;
export const TEXT: usize = 0x120000;
/** Where each instruction comes to stand; how many `nop` go before it. */
export const PCS: usize = 0x340000;
export const PADS: usize = 0x3c0000;
/** Six words each: instruction, address of the word, mask, kind, argument, what is subtracted. */
export const FIX_LIST: usize = 0x440000;
/** Everything that a register held at some time; constants of the image are those among them that were loaded. */
export const DESCRIPTORS: usize = 0x740000;
export const CONSTANT_LIST: usize = 0xf40000;
export const CONSTANT_HASHES: usize = 0xfc0000;
/** What is finished when an instruction is over, UNIT_COUNT numbers. */
export const CLOCK_LIST: usize = 0x1040000;
/** Accesses, ACCESS_BYTES each. */
export const ACCESSES: usize = 0x1340000;
export const IMAGE: usize = 0x2340000;
/** Block of each instruction, 0 the main text. */
export const BLOCK: usize = 0x2d80000;
/** Everything behind is given out by the host. */
export const HEAP: usize = 0x2e00000;

@inline export function word(at: usize): i32 { return load<i32>(at); }
@inline export function setWord(at: usize, value: i32): void { store<i32>(at, value); }
@inline export function wordAt(at: usize, i: i32): i32 { return load<i32>(at + (<usize>i << 2)); }
@inline export function setWordAt(at: usize, i: i32, value: i32): void { store<i32>(at + (<usize>i << 2), value); }
@inline export function byteAt(at: usize, i: i32): i32 { return <i32>load<u8>(at + <usize>i); }
@inline export function setByteAt(at: usize, i: i32, value: i32): void { store<u8>(at + <usize>i, <u8>value); }
@inline export function numberAt(at: usize, i: i32): f64 { return load<f64>(at + (<usize>i << 3)); }
@inline export function setNumberAt(at: usize, i: i32, value: f64): void { store<f64>(at + (<usize>i << 3), value); }

/** A few bytes, by sixteen: bulk instructions call out of the code, which takes longer (measured, bench/generator.ts). */
@inline export function copyFew(to: usize, from: usize, bytes: usize): void { for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, v128.load(from + i)); }
@inline export function fillFew(from: usize, bytes: usize, byte: u8): void { for (let i: usize = 0; i < bytes; i += 16) v128.store(from + i, i8x16.splat(byte)); }
