//! limits: the fixed numbers of the architecture, the same for every profile, read by the specification and emitted for the engine.
/** Units, each with one queue; the sequencer has none. Numbers are those of `post` and `wait` (machine manual, section 2). */
export const UNIT_SEQ = 0, UNIT_DMI = 1, UNIT_DMO = 2, UNIT_MXU = 3, UNIT_VPU = 4, UNIT_LNK = 5, UNIT_COUNT = 6;
export const unitNames = ['seq', 'dmi', 'dmo', 'mxu', 'vpu', 'lnk'] as const;

export const SPACE_DRAM = 1, SPACE_SPM = 2, SPACE_ACC = 3, SPACE_PEER_DRAM = 4, SPACE_PEER_SPM = 5;
export const spaceNames = ['none', 'dram', 'spm', 'acc', 'peer-dram', 'peer-spm'] as const;

export const SCALAR_COUNT = 32, PREDICATE_COUNT = 8, TENSOR_COUNT = 64, MODE_COUNT = 4, SEMAPHORE_COUNT = 64, REGION_COUNT = 8;
export const LOOP_DEPTH = 8, CALL_DEPTH = 8, RANK_MAX = 5, SLOT_MAX = 16, OPERAND_MAX = 4, QUEUE_MAX = 16;
export const DIM_MAX = 0xff_ffff, ELEMENT_MAX = 0x7fff_ffff, SEMAPHORE_MAX = 0xffff;
export const DESCRIPTOR_WORDS = 16, MODE_WORDS = 8, ARGUMENT_COUNT = 8, ARGUMENT_FIRST = 8;

/** The unit of lazy memory: bytes of a page are laid down, and their shadow bits cleared, on first touch. */
export const PAGE_BYTES = 4096;

/** Image header: magic, version, bytes, instruction count, entry pc, features; machine manual, section 1. */
export const IMAGE_MAGIC = 0x3153_5953, IMAGE_HEADER_BYTES = 64, IMAGE_ALIGNMENT = 64, INSTRUCTION_BYTES = 16;
export const VERSION_MAJOR = 1, VERSION_MINOR = 0;

/** Trap codes; of several broken rules the lowest code is reported. */
export const TRAP_NONE = 0x00, TRAP_OPCODE = 0x01, TRAP_RESERVED = 0x02, TRAP_FEATURE = 0x03, TRAP_PC = 0x04, TRAP_CALL = 0x05,
  TRAP_LOOP = 0x06, TRAP_DTYPE = 0x07, TRAP_DESCRIPTOR = 0x08, TRAP_SHAPE = 0x09, TRAP_STRIDE = 0x0a, TRAP_ALIGNMENT = 0x0b,
  TRAP_BOUNDS_DRAM = 0x0c, TRAP_BOUNDS_SPM = 0x0d, TRAP_BOUNDS_ACC = 0x0e, TRAP_SLOT = 0x0f, TRAP_WEIGHTS = 0x10,
  TRAP_OVERLAP = 0x11, TRAP_PROTECTION = 0x12, TRAP_CSR = 0x13, TRAP_LINK_PEER = 0x14, TRAP_SOFTWARE = 0x15, TRAP_BREAK = 0x16,
  TRAP_VERSION = 0x17;
/** External faults: imprecise, from outside the program. */
export const FAULT_LINK_PROTOCOL = 0x20, FAULT_LINK_DOWN = 0x21, FAULT_WATCHDOG = 0x22, FAULT_BUS = 0x23, FAULT_SEMAPHORE = 0x24;
export const trapNames: Readonly<Record<number, string>> = {
  0x01: 'opcode', 0x02: 'reserved', 0x03: 'feature', 0x04: 'pc', 0x05: 'call-depth', 0x06: 'loop', 0x07: 'dtype', 0x08: 'descriptor',
  0x09: 'shape', 0x0a: 'stride', 0x0b: 'alignment', 0x0c: 'bounds-dram', 0x0d: 'bounds-spm', 0x0e: 'bounds-acc', 0x0f: 'slot',
  0x10: 'weights', 0x11: 'overlap', 0x12: 'protection', 0x13: 'csr', 0x14: 'link-peer', 0x15: 'software', 0x16: 'break',
  0x17: 'version', 0x20: 'link-protocol', 0x21: 'link-down', 0x22: 'watchdog', 0x23: 'bus', 0x24: 'semaphore-overflow',
};
export const trapName = (code: number): string => trapNames[code] ?? `0x${code.toString(16)}`;

/** How a run stands when it returns. */
export const STATUS_HALTED = 0, STATUS_TRAPPED = 1, STATUS_BUDGET = 2, STATUS_RING_FULL = 3, STATUS_BLOCKED = 4, STATUS_BREAK = 5,
  STATUS_UNINITIALISED = 6, STATUS_CHOICES = 7, STATUS_IDLE = 8;
export const statusNames = ['halted', 'trapped', 'budget', 'ring-full', 'blocked', 'break', 'uninitialised', 'choices', 'idle'] as const;
export type StatusName = (typeof statusNames)[number];

/** STATUS register values: machine manual, section 12. */
export const PHASE_IDLE = 0, PHASE_RUN = 1, PHASE_BREAK = 2, PHASE_DRAIN = 3, PHASE_FAULT = 4;

/** Numeric events counted per destination element; order of the counters in the record and, unit by unit, in the CSR window. */
export const EVENT_SATURATED = 0, EVENT_OVERFLOW = 1, EVENT_NAN = 2, EVENT_INDEX = 3, EVENT_INVALID = 4, EVENT_DIVIDE_BY_ZERO = 5,
  EVENT_UNDERFLOW = 6, EVENT_INEXACT = 7, EVENT_FLUSHED = 8, EVENT_LOST = 9, EVENT_COUNT = 10;
/** Events that every machine counts; those behind them need the feature `fullCounters`, without which they stay 0. */
export const EVENT_ALWAYS = 4;
/** Counters of the first kinds lie from 0x0500, four to a unit; those of the others from 0x0680, six to a unit; 16 bytes each. */
export const NUMERIC_CSR = 0x500, NUMERIC_MORE_CSR = 0x680, NUMERIC_CSR_STEP = 16;

/** What each event says of a destination element, which it counts at most once; the definition that documents print. */
export const eventDefinitions = [
  ['saturated', 'an integer or fixed-point result was replaced by a limit of its format: under `isat`, or as a float that is out of range'],
  ['overflow', 'a finite value rounds to a magnitude beyond the greatest of a float or scale format (IEEE 754, 7.4), or an inner rounding of finite operands gave an infinity; an exact infinity, including 1/0, does not count'],
  ['nan', 'the result is a NaN'],
  ['index', 'an index was out of range'],
  ['invalid', 'a signalling NaN was read as a number, Inf - Inf, 0 x Inf (also with a quiet NaN addend), 0/0, Inf/Inf, the root or logarithm of a value below zero, an ordered comparison with a NaN, a NaN or an out-of-range value converted to an integer, a NaN converted to a format without NaN, a negative value converted to a scale (IEEE 754, 7.2)'],
  ['divideByZero', 'a finite nonzero value was divided by zero, or recip, rsqrt or log of zero was taken (IEEE 754, 7.3)'],
  ['underflow', 'the value written is inexact and tiny: nonzero, and below the least normal magnitude after rounding with an unbounded exponent (IEEE 754, 7.5, tininess after rounding); or `ftz` flushed it'],
  ['inexact', 'the value written differs from the value before its rounding, by rounding, overflow or `ftz`; a clipped or wrapped integer does not count, nor does a result that raised `invalid`'],
  ['flushed', 'a subnormal became zero: an operand by `daz`, or the result by `ftz`'],
  ['lost', 'a dot product dropped nonzero bits when it aligned its products'],
] as const;
export type EventName = (typeof eventDefinitions)[number][0];

/** Event counters of the CSR window from 0x0600, 8 bytes each. */
export const counterNames = [
  'retired-seq', 'retired-dmi', 'retired-dmo', 'retired-mxu', 'retired-vpu', 'retired-lnk',
  'nullified', 'elements', 'bytes-dram', 'bytes-spm', 'bytes-acc', 'macs',
] as const;
export const COUNTER_NULLIFIED = 6, COUNTER_ELEMENTS = 7, COUNTER_BYTES = 8, COUNTER_MACS = 11, COUNTER_COUNT = 12;

/** Features: bit positions of the FEATURE registers and of the required-feature words of an image. */
export const featureNames = [
  'zp', 'dmaConvert', 'weightsFromDram', 'fullCounters', 'sparse24', 'mx', 'nvfp4', 'gemmlowp', 'tosaDouble', 'lnk', 'unpack',
  'special', 'lut', 'random', 'bquant', 'bdequant', 'stochastic', 'layout',
] as const;
export type Feature = (typeof featureNames)[number];
/** Those that no machine of this version can have. */
export const futureFeatures: readonly Feature[] = ['lnk', 'layout'];
export const featureBit = (name: Feature): number => featureNames.indexOf(name);

export const ROLE_NONE = 0, ROLE_READ = 1, ROLE_WRITE = 2, ROLE_BOTH = 3;
export type Role = 'read' | 'write' | 'both';
export const roleCode: Readonly<Record<Role, number>> = { read: ROLE_READ, write: ROLE_WRITE, both: ROLE_BOTH };

/** What became of a retired instruction. */
export const RETIRED_DONE = 0, RETIRED_NULLIFIED = 1, RETIRED_TRAPPED = 2;
