/* Made by model/emit/c-engine.ts from the definitions; never edited (npm run emit). */
#ifndef SYSTOLE_ENGINE_H
#define SYSTOLE_ENGINE_H
#include "systole_isa.h"

static inline const char *systole_mnemonic(uint32_t opcode) {
  switch (opcode) {
    case 0x1: return "nop";
    case 0x2: return "halt";
    case 0x3: return "fence";
    case 0x4: return "trap";
    case 0x5: return "break";
    case 0x6: return "mark";
    case 0x7: return "irq";
    case 0x8: return "alu";
    case 0x9: return "cmp";
    case 0xa: return "ld";
    case 0xb: return "st";
    case 0xc: return "jump";
    case 0xd: return "call";
    case 0xe: return "ret";
    case 0xf: return "loop";
    case 0x10: return "lbreak";
    case 0x11: return "csrr";
    case 0x12: return "csrw";
    case 0x14: return "tset";
    case 0x15: return "tload";
    case 0x16: return "tcopy";
    case 0x17: return "nset";
    case 0x18: return "post";
    case 0x19: return "wait";
    case 0x40: return "load";
    case 0x41: return "fill";
    case 0x42: return "gather";
    case 0x43: return "unpack";
    case 0x44: return "crc";
    case 0x50: return "store";
    case 0x51: return "scatter";
    case 0x60: return "wload";
    case 0x61: return "ainit";
    case 0x62: return "mm";
    case 0x63: return "mdw";
    case 0x64: return "drain";
    case 0x80: return "binary";
    case 0x81: return "fma";
    case 0x82: return "compare";
    case 0x83: return "select";
    case 0x84: return "bitwise";
    case 0x85: return "shift";
    case 0x86: return "move";
    case 0x87: return "convert";
    case 0x88: return "unary";
    case 0x89: return "special";
    case 0x8a: return "clamp";
    case 0x8b: return "lut";
    case 0x8c: return "reduce";
    case 0x8d: return "scan";
    case 0x8e: return "iota";
    case 0x8f: return "random";
    case 0x90: return "take";
    case 0x91: return "scale";
    case 0x92: return "bquant";
    case 0x93: return "bdequant";
    case 0xc0: return "put";
    case 0xc1: return "get";
    case 0xc2: return "rpost";
    default: return "?";
  }
}

static inline const char *systole_dtype_name(uint32_t dtype) {
  switch (dtype) {
    case 0x1: return "s4";
    case 0x2: return "u4";
    case 0x3: return "s8";
    case 0x4: return "u8";
    case 0x5: return "s16";
    case 0x6: return "u16";
    case 0x7: return "s32";
    case 0x8: return "u32";
    case 0x9: return "s48";
    case 0xa: return "s64";
    case 0xb: return "s2";
    case 0xc: return "u2";
    case 0x10: return "e2m1";
    case 0x11: return "e2m3";
    case 0x12: return "e3m2";
    case 0x13: return "e4m3";
    case 0x14: return "e5m2";
    case 0x15: return "e8m0";
    case 0x16: return "ue4m3";
    case 0x17: return "e4m3fnuz";
    case 0x18: return "e5m2fnuz";
    case 0x19: return "i8f6";
    case 0x1a: return "e4m3ieee";
    case 0x1b: return "e3m4";
    case 0x1c: return "e4m3b11fnuz";
    case 0x20: return "bf16";
    case 0x21: return "fp16";
    case 0x22: return "tf32";
    case 0x23: return "fp32";
    case 0x40: return "binary3p1se";
    case 0x41: return "binary3p1sf";
    case 0x42: return "binary3p2se";
    case 0x43: return "binary3p2sf";
    case 0x44: return "binary4p1se";
    case 0x45: return "binary4p1sf";
    case 0x46: return "binary4p2se";
    case 0x47: return "binary4p2sf";
    case 0x48: return "binary4p3se";
    case 0x49: return "binary4p3sf";
    case 0x4a: return "binary5p1se";
    case 0x4b: return "binary5p1sf";
    case 0x4c: return "binary5p2se";
    case 0x4d: return "binary5p2sf";
    case 0x4e: return "binary5p3se";
    case 0x4f: return "binary5p3sf";
    case 0x50: return "binary5p4se";
    case 0x51: return "binary5p4sf";
    case 0x52: return "binary6p1se";
    case 0x53: return "binary6p1sf";
    case 0x54: return "binary6p2se";
    case 0x55: return "binary6p2sf";
    case 0x56: return "binary6p3se";
    case 0x57: return "binary6p3sf";
    case 0x58: return "binary6p4se";
    case 0x59: return "binary6p4sf";
    case 0x5a: return "binary6p5se";
    case 0x5b: return "binary6p5sf";
    case 0x5c: return "binary7p1se";
    case 0x5d: return "binary7p1sf";
    case 0x5e: return "binary7p2se";
    case 0x5f: return "binary7p2sf";
    case 0x60: return "binary7p3se";
    case 0x61: return "binary7p3sf";
    case 0x62: return "binary7p4se";
    case 0x63: return "binary7p4sf";
    case 0x64: return "binary7p5se";
    case 0x65: return "binary7p5sf";
    case 0x66: return "binary7p6se";
    case 0x67: return "binary7p6sf";
    case 0x68: return "binary8p1se";
    case 0x69: return "binary8p1sf";
    case 0x6a: return "binary8p2se";
    case 0x6b: return "binary8p2sf";
    case 0x6c: return "binary8p3se";
    case 0x6d: return "binary8p3sf";
    case 0x6e: return "binary8p4se";
    case 0x6f: return "binary8p4sf";
    case 0x70: return "binary8p5se";
    case 0x71: return "binary8p5sf";
    case 0x72: return "binary8p6se";
    case 0x73: return "binary8p6sf";
    case 0x74: return "binary8p7se";
    case 0x75: return "binary8p7sf";
    default: return "?";
  }
}

static inline const char *systole_trap_name(uint32_t code) {
  switch (code) {
    case 0x1: return "opcode";
    case 0x2: return "reserved";
    case 0x3: return "feature";
    case 0x4: return "pc";
    case 0x5: return "call-depth";
    case 0x6: return "loop";
    case 0x7: return "dtype";
    case 0x8: return "descriptor";
    case 0x9: return "shape";
    case 0xa: return "stride";
    case 0xb: return "alignment";
    case 0xc: return "bounds-dram";
    case 0xd: return "bounds-spm";
    case 0xe: return "bounds-acc";
    case 0xf: return "slot";
    case 0x10: return "weights";
    case 0x11: return "overlap";
    case 0x12: return "protection";
    case 0x13: return "csr";
    case 0x14: return "link-peer";
    case 0x15: return "software";
    case 0x16: return "break";
    case 0x17: return "version";
    case 0x20: return "link-protocol";
    case 0x21: return "link-down";
    case 0x22: return "watchdog";
    case 0x23: return "bus";
    case 0x24: return "semaphore-overflow";
    default: return "?";
  }
}

static inline const char *systole_unit_name(uint32_t unit) {
  switch (unit) {
    case 0x0: return "seq";
    case 0x1: return "dmi";
    case 0x2: return "dmo";
    case 0x3: return "mxu";
    case 0x4: return "vpu";
    case 0x5: return "lnk";
    default: return "?";
  }
}

static inline const char *systole_space_name(uint32_t space) {
  switch (space) {
    case 0x0: return "none";
    case 0x1: return "dram";
    case 0x2: return "spm";
    case 0x3: return "acc";
    case 0x4: return "peer-dram";
    case 0x5: return "peer-spm";
    default: return "?";
  }
}

static inline const char *systole_status_name(uint32_t status) {
  switch (status) {
    case 0x0: return "halted";
    case 0x1: return "trapped";
    case 0x2: return "budget";
    case 0x3: return "ring-full";
    case 0x4: return "blocked";
    case 0x5: return "break";
    case 0x6: return "uninitialised";
    case 0x7: return "choices";
    case 0x8: return "idle";
    default: return "?";
  }
}

struct systole_format {
  uint8_t kind;
  uint8_t width;
  uint8_t signed_;
  uint8_t exponentBits;
  uint8_t fractionBits;
  uint8_t specials;
  uint8_t bits;
  uint8_t present;
  int32_t bias;
  uint32_t nan;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_format, kind) == 0, "systole_format.kind");
_Static_assert(offsetof(struct systole_format, width) == 1, "systole_format.width");
_Static_assert(offsetof(struct systole_format, signed_) == 2, "systole_format.signed");
_Static_assert(offsetof(struct systole_format, exponentBits) == 3, "systole_format.exponentBits");
_Static_assert(offsetof(struct systole_format, fractionBits) == 4, "systole_format.fractionBits");
_Static_assert(offsetof(struct systole_format, specials) == 5, "systole_format.specials");
_Static_assert(offsetof(struct systole_format, bits) == 6, "systole_format.bits");
_Static_assert(offsetof(struct systole_format, present) == 7, "systole_format.present");
_Static_assert(offsetof(struct systole_format, bias) == 8, "systole_format.bias");
_Static_assert(offsetof(struct systole_format, nan) == 12, "systole_format.nan");
_Static_assert(sizeof(struct systole_format) == 16, "systole_format");
#endif

struct systole_dot {
  uint8_t kind;
  uint8_t join;
  uint8_t psumBits;
  uint8_t lanes;
  uint8_t daz;
  uint8_t ftz;
  uint8_t round;
  uint8_t align;
  uint8_t zero;
  uint8_t order;
  uint8_t products;
  uint8_t shape;
  uint8_t operands;
  uint8_t fractionBits;
  uint8_t keep;
  uint8_t sumBits;
  uint8_t accumulatorBits;
  uint8_t reach;
  uint8_t carryBits;
  uint8_t exactGroup;
  uint8_t exactGroupUnderC;
  uint32_t group;
  int32_t floor;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_dot, kind) == 0, "systole_dot.kind");
_Static_assert(offsetof(struct systole_dot, join) == 1, "systole_dot.join");
_Static_assert(offsetof(struct systole_dot, psumBits) == 2, "systole_dot.psumBits");
_Static_assert(offsetof(struct systole_dot, lanes) == 3, "systole_dot.lanes");
_Static_assert(offsetof(struct systole_dot, daz) == 4, "systole_dot.daz");
_Static_assert(offsetof(struct systole_dot, ftz) == 5, "systole_dot.ftz");
_Static_assert(offsetof(struct systole_dot, round) == 6, "systole_dot.round");
_Static_assert(offsetof(struct systole_dot, align) == 7, "systole_dot.align");
_Static_assert(offsetof(struct systole_dot, zero) == 8, "systole_dot.zero");
_Static_assert(offsetof(struct systole_dot, order) == 9, "systole_dot.order");
_Static_assert(offsetof(struct systole_dot, products) == 10, "systole_dot.products");
_Static_assert(offsetof(struct systole_dot, shape) == 11, "systole_dot.shape");
_Static_assert(offsetof(struct systole_dot, operands) == 12, "systole_dot.operands");
_Static_assert(offsetof(struct systole_dot, fractionBits) == 13, "systole_dot.fractionBits");
_Static_assert(offsetof(struct systole_dot, keep) == 14, "systole_dot.keep");
_Static_assert(offsetof(struct systole_dot, sumBits) == 15, "systole_dot.sumBits");
_Static_assert(offsetof(struct systole_dot, accumulatorBits) == 16, "systole_dot.accumulatorBits");
_Static_assert(offsetof(struct systole_dot, reach) == 17, "systole_dot.reach");
_Static_assert(offsetof(struct systole_dot, carryBits) == 18, "systole_dot.carryBits");
_Static_assert(offsetof(struct systole_dot, exactGroup) == 19, "systole_dot.exactGroup");
_Static_assert(offsetof(struct systole_dot, exactGroupUnderC) == 20, "systole_dot.exactGroupUnderC");
_Static_assert(offsetof(struct systole_dot, group) == 24, "systole_dot.group");
_Static_assert(offsetof(struct systole_dot, floor) == 28, "systole_dot.floor");
_Static_assert(sizeof(struct systole_dot) == 32, "systole_dot");
#endif

struct systole_triple {
  uint8_t activation;
  uint8_t weight;
  uint8_t accumulator;
  uint8_t dotCount;
  uint32_t kMax;
  uint32_t nMax;
  uint32_t mMax;
  struct systole_dot dots[16];
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_triple, activation) == 0, "systole_triple.activation");
_Static_assert(offsetof(struct systole_triple, weight) == 1, "systole_triple.weight");
_Static_assert(offsetof(struct systole_triple, accumulator) == 2, "systole_triple.accumulator");
_Static_assert(offsetof(struct systole_triple, dotCount) == 3, "systole_triple.dotCount");
_Static_assert(offsetof(struct systole_triple, kMax) == 4, "systole_triple.kMax");
_Static_assert(offsetof(struct systole_triple, nMax) == 8, "systole_triple.nMax");
_Static_assert(offsetof(struct systole_triple, mMax) == 12, "systole_triple.mMax");
_Static_assert(offsetof(struct systole_triple, dots) == 16, "systole_triple.dots");
_Static_assert(sizeof(struct systole_triple) == 528, "systole_triple");
#endif

struct systole_functionTable {
  uint8_t method;
  uint8_t indexBits;
  uint8_t interpolationBits;
  uint8_t rounded;
  uint8_t scaleBits;
  uint8_t rangeBits;
  uint8_t multiplierBits;
  uint32_t multiplier;
  uint32_t entries;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_functionTable, method) == 0, "systole_functionTable.method");
_Static_assert(offsetof(struct systole_functionTable, indexBits) == 1, "systole_functionTable.indexBits");
_Static_assert(offsetof(struct systole_functionTable, interpolationBits) == 2, "systole_functionTable.interpolationBits");
_Static_assert(offsetof(struct systole_functionTable, rounded) == 3, "systole_functionTable.rounded");
_Static_assert(offsetof(struct systole_functionTable, scaleBits) == 4, "systole_functionTable.scaleBits");
_Static_assert(offsetof(struct systole_functionTable, rangeBits) == 5, "systole_functionTable.rangeBits");
_Static_assert(offsetof(struct systole_functionTable, multiplierBits) == 6, "systole_functionTable.multiplierBits");
_Static_assert(offsetof(struct systole_functionTable, multiplier) == 8, "systole_functionTable.multiplier");
_Static_assert(offsetof(struct systole_functionTable, entries) == 12, "systole_functionTable.entries");
_Static_assert(sizeof(struct systole_functionTable) == 16, "systole_functionTable");
#endif

struct systole_profile {
  int64_t spaceBytes[4];
  uint32_t slotCount;
  uint32_t accLanes;
  uint32_t vpuLanes;
  uint32_t queueDepth;
  uint32_t features[4];
  uint32_t hash[8];
  uint32_t unknownByte;
  uint32_t slotBytes;
  uint32_t tripleCount;
  uint32_t granules[24];
  struct systole_format formats[256];
  struct systole_triple triples[64];
  struct systole_functionTable functions[16];
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_profile, spaceBytes) == 0, "systole_profile.spaceBytes");
_Static_assert(offsetof(struct systole_profile, slotCount) == 32, "systole_profile.slotCount");
_Static_assert(offsetof(struct systole_profile, accLanes) == 36, "systole_profile.accLanes");
_Static_assert(offsetof(struct systole_profile, vpuLanes) == 40, "systole_profile.vpuLanes");
_Static_assert(offsetof(struct systole_profile, queueDepth) == 44, "systole_profile.queueDepth");
_Static_assert(offsetof(struct systole_profile, features) == 48, "systole_profile.features");
_Static_assert(offsetof(struct systole_profile, hash) == 64, "systole_profile.hash");
_Static_assert(offsetof(struct systole_profile, unknownByte) == 96, "systole_profile.unknownByte");
_Static_assert(offsetof(struct systole_profile, slotBytes) == 100, "systole_profile.slotBytes");
_Static_assert(offsetof(struct systole_profile, tripleCount) == 104, "systole_profile.tripleCount");
_Static_assert(offsetof(struct systole_profile, granules) == 108, "systole_profile.granules");
_Static_assert(offsetof(struct systole_profile, formats) == 208, "systole_profile.formats");
_Static_assert(offsetof(struct systole_profile, triples) == 4304, "systole_profile.triples");
_Static_assert(offsetof(struct systole_profile, functions) == 38096, "systole_profile.functions");
_Static_assert(sizeof(struct systole_profile) == 38352, "systole_profile");
#endif

struct systole_control {
  uint32_t spaces[4];
  uint32_t slots;
  uint32_t queues;
  uint32_t ring;
  uint32_t choices;
  uint32_t optionLog;
  uint32_t scratch;
  uint32_t pageStates[4];
  uint32_t knownBits[4];
  uint32_t unknownCounts[4];
  uint32_t touchedLists[4];
  uint32_t touchedCounts[4];
  uint32_t ringCapacity;
  uint32_t ringCount;
  uint32_t choosing;
  uint32_t choiceCount;
  uint32_t choiceCursor;
  uint32_t digests;
  uint32_t queueDepth;
  uint32_t lanes;
  int64_t watchdog;
  uint32_t events[10];
  uint32_t steps;
  uint32_t closed;
  uint32_t queued;
  uint32_t queueHead[6];
  uint32_t order;
  uint32_t helpers;
  uint32_t sharedWork;
  uint32_t decoded;
  uint32_t prepared;
  uint32_t placesAsked;
  uint32_t fresh;
  uint32_t program;
  uint32_t versions[64];
  uint32_t settings;
  uint32_t wholly;
  uint32_t forgotten;
  uint32_t summing;
  uint32_t summed;
  uint32_t shadow;
  uint32_t effects;
  uint32_t continued;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_control, spaces) == 0, "systole_control.spaces");
_Static_assert(offsetof(struct systole_control, slots) == 16, "systole_control.slots");
_Static_assert(offsetof(struct systole_control, queues) == 20, "systole_control.queues");
_Static_assert(offsetof(struct systole_control, ring) == 24, "systole_control.ring");
_Static_assert(offsetof(struct systole_control, choices) == 28, "systole_control.choices");
_Static_assert(offsetof(struct systole_control, optionLog) == 32, "systole_control.optionLog");
_Static_assert(offsetof(struct systole_control, scratch) == 36, "systole_control.scratch");
_Static_assert(offsetof(struct systole_control, pageStates) == 40, "systole_control.pageStates");
_Static_assert(offsetof(struct systole_control, knownBits) == 56, "systole_control.knownBits");
_Static_assert(offsetof(struct systole_control, unknownCounts) == 72, "systole_control.unknownCounts");
_Static_assert(offsetof(struct systole_control, touchedLists) == 88, "systole_control.touchedLists");
_Static_assert(offsetof(struct systole_control, touchedCounts) == 104, "systole_control.touchedCounts");
_Static_assert(offsetof(struct systole_control, ringCapacity) == 120, "systole_control.ringCapacity");
_Static_assert(offsetof(struct systole_control, ringCount) == 124, "systole_control.ringCount");
_Static_assert(offsetof(struct systole_control, choosing) == 128, "systole_control.choosing");
_Static_assert(offsetof(struct systole_control, choiceCount) == 132, "systole_control.choiceCount");
_Static_assert(offsetof(struct systole_control, choiceCursor) == 136, "systole_control.choiceCursor");
_Static_assert(offsetof(struct systole_control, digests) == 140, "systole_control.digests");
_Static_assert(offsetof(struct systole_control, queueDepth) == 144, "systole_control.queueDepth");
_Static_assert(offsetof(struct systole_control, lanes) == 148, "systole_control.lanes");
_Static_assert(offsetof(struct systole_control, watchdog) == 152, "systole_control.watchdog");
_Static_assert(offsetof(struct systole_control, events) == 160, "systole_control.events");
_Static_assert(offsetof(struct systole_control, steps) == 200, "systole_control.steps");
_Static_assert(offsetof(struct systole_control, closed) == 204, "systole_control.closed");
_Static_assert(offsetof(struct systole_control, queued) == 208, "systole_control.queued");
_Static_assert(offsetof(struct systole_control, queueHead) == 212, "systole_control.queueHead");
_Static_assert(offsetof(struct systole_control, order) == 236, "systole_control.order");
_Static_assert(offsetof(struct systole_control, helpers) == 240, "systole_control.helpers");
_Static_assert(offsetof(struct systole_control, sharedWork) == 244, "systole_control.sharedWork");
_Static_assert(offsetof(struct systole_control, decoded) == 248, "systole_control.decoded");
_Static_assert(offsetof(struct systole_control, prepared) == 252, "systole_control.prepared");
_Static_assert(offsetof(struct systole_control, placesAsked) == 256, "systole_control.placesAsked");
_Static_assert(offsetof(struct systole_control, fresh) == 260, "systole_control.fresh");
_Static_assert(offsetof(struct systole_control, program) == 264, "systole_control.program");
_Static_assert(offsetof(struct systole_control, versions) == 268, "systole_control.versions");
_Static_assert(offsetof(struct systole_control, settings) == 524, "systole_control.settings");
_Static_assert(offsetof(struct systole_control, wholly) == 528, "systole_control.wholly");
_Static_assert(offsetof(struct systole_control, forgotten) == 532, "systole_control.forgotten");
_Static_assert(offsetof(struct systole_control, summing) == 536, "systole_control.summing");
_Static_assert(offsetof(struct systole_control, summed) == 540, "systole_control.summed");
_Static_assert(offsetof(struct systole_control, shadow) == 544, "systole_control.shadow");
_Static_assert(offsetof(struct systole_control, effects) == 548, "systole_control.effects");
_Static_assert(offsetof(struct systole_control, continued) == 552, "systole_control.continued");
_Static_assert(sizeof(struct systole_control) == 560, "systole_control");
#endif

struct systole_order {
  uint32_t needs[6];
  uint32_t clocks[36];
  uint32_t first[64];
  uint32_t last[64];
  uint32_t free;
  uint32_t used;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_order, needs) == 0, "systole_order.needs");
_Static_assert(offsetof(struct systole_order, clocks) == 24, "systole_order.clocks");
_Static_assert(offsetof(struct systole_order, first) == 168, "systole_order.first");
_Static_assert(offsetof(struct systole_order, last) == 424, "systole_order.last");
_Static_assert(offsetof(struct systole_order, free) == 680, "systole_order.free");
_Static_assert(offsetof(struct systole_order, used) == 684, "systole_order.used");
_Static_assert(sizeof(struct systole_order) == 688, "systole_order");
#endif

#endif
