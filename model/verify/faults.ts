//! faults: broken code of the sequencer, ill-encoded words, and programs that end otherwise than by halt.
import { encode, exists, wellEncoded, type Words } from '../isa/codec.ts';
import { byOpcode } from '../instructions/set.ts';
import type { Definition, Fields } from '../isa/instruction.ts';
import { head } from '../isa/instruction.ts';
import type { Field } from '../isa/field.ts';
import { CALL_DEPTH, FAULT_SEMAPHORE, LOOP_DEPTH, SPACE_SPM, TRAP_OPCODE, TRAP_RESERVED, UNIT_DMI, UNIT_SEQ } from '../limits.ts';
import { FIX_COUNT, FIX_IMAGE, FIX_PC } from './code.ts';
import { plainFields } from './draft.ts';
import { ownSemaphore } from './order.ts';
import type { Draw } from './random.ts';
import { emit, fieldOf, headThat, PLAYGROUND, setRegister, type State, sumOf } from './state.ts';

/** Emits code whose last instruction breaks the rule, and gives its number; undefined where the state does not allow it. */
export type Fault = (state: State, definition: Definition, draw: Draw) => number | undefined;

/** By predicate: rules of instructions without operands. */
export const faults: Readonly<Record<string, Fault>> = {
  never: (state, { mnemonic }, draw) => emit(state, mnemonic, { code: draw.pick([7, 0, 0xffff_ffff]) }),
  targetInside: (state, { mnemonic }, draw) => {
    const { rs2 } = sumOf(state, 0, draw.dice), held = state.registers[rs2]!, victim = emit(state, mnemonic, { rs2, imm: 0 }), far = draw.pick([0, 1, 0x7fff_0000]);
    state.code.fix(victim, fieldOf(mnemonic, 'imm'), FIX_COUNT, far, held);
    return victim;
  },
  blockInside: (state, { mnemonic }, draw) => {
    const victim = emit(state, mnemonic, { t: PLAYGROUND, rs2: 0, imm: 0 }), far = draw.pick([0, 64, 0x7000_0000, -64]);
    state.code.fix(victim, fieldOf(mnemonic, 'imm'), FIX_IMAGE, far === -64 ? -60 : far);
    return victim;
  },
  blockAligned: (state, { mnemonic }, draw) => emit(state, mnemonic, { t: PLAYGROUND, ...sumOf(state, draw.pick([4, 1, 32]), draw.dice) }),
  callFree: (state, { mnemonic }) => {
    let victim: number | undefined;
    for (let depth = 0; depth <= CALL_DEPTH; depth++) {
      next(state, victim = emit(state, mnemonic, { rs2: 0, imm: 0 }));
    }
    return victim;
  },
  callOpen: (state, { mnemonic }) => emit(state, mnemonic, {}),
  loopFree: (state, { mnemonic }) => {
    let victim: number | undefined;
    for (let depth = 0; depth <= LOOP_DEPTH; depth++) victim = emit(state, mnemonic, { rs1: 0, ra: 0, rb: 0, count: 2, length: 20 - depth, incA: 0, incB: 0 });
    return victim;
  },
  loopOpen: (state, { mnemonic }, draw) => {
    if (draw(2)) {
      // A loop of the caller is not one of this call.
      emit(state, 'loop', { rs1: 0, ra: 0, rb: 0, count: 2, length: 2, incA: 0, incB: 0 });
      next(state, emit(state, 'call', { rs2: 0, imm: 0 }));
    }
    return emit(state, mnemonic, {});
  },
  noLoopOpen: (state, { mnemonic }) => {
    next(state, emit(state, 'call', { rs2: 0, imm: 0 }));
    emit(state, 'loop', { rs1: 0, ra: 0, rb: 0, count: 1, length: 2, incA: 0, incB: 0 });
    return emit(state, mnemonic, {});
  },
  bodyNotEmpty: (state, { mnemonic }) => emit(state, mnemonic, { rs1: 0, ra: 0, rb: 0, count: 1, length: 0, incA: 0, incB: 0 }),
  staysInLoop: (state, { mnemonic }, draw) => {
    const loop = emit(state, 'loop', { rs1: 0, ra: 0, rb: 0, count: 2, length: 2, incA: 0, incB: 0 }), victim = emit(state, mnemonic, { rs2: 0, imm: 0 }), ahead = draw(2);
    emit(state, 'nop', { tag: 0 });
    emit(state, 'nop', { tag: 1 });
    state.code.fix(victim, fieldOf(mnemonic, 'imm'), FIX_PC, ahead ? victim : loop, ahead ? -2 : 0);
    return victim;
  },
  stepsOfLoop: (state, { mnemonic }, draw) => emit(state, mnemonic, {
    rs1: 0, count: 1, length: 1, ...draw.pick([{ ra: 5, rb: 5, incA: 0, incB: 0 }, { ra: 0, rb: 0, incA: 1, incB: 0 }, { ra: 3, rb: 0, incA: 0, incB: 0xffff }]),
  }, eitherWay(state, draw)),
  unitsOnly: (state, { mnemonic }, draw) => emit(state, mnemonic, { units: draw.pick([1, 0x40, 0x8000_0000, 0x3f]) }, eitherWay(state, draw)),
  below: (state, { mnemonic }, draw) => emit(state, mnemonic, { vector: draw.pick([16, 0xffff_ffff, 31]) }, eitherWay(state, draw)),
  tokenCount: (state, { mnemonic }, draw) => emit(state, mnemonic, { m: 1, agent: draw(6), ...sumOf(state, draw.pick([65536, 0xffff_ffff]), draw.dice) }),
  modeWordLegal: (state, { mnemonic }, draw) => {
    const [field, value] = draw.pick([[0, 1 << 18], [0, 3 << 5], [0, 2 << 16], [1, 6], [1, 7 << 3], [1, 1 << 8], [3, 0x1_0000], [0, 0x8000_0000]] as const);
    return emit(state, mnemonic, { n: draw(4), field, ...sumOf(state, value, draw.dice) }, eitherWay(state, draw));
  },
  csrReadable: (state, { mnemonic }, draw) => emit(state, mnemonic, { rd: 1, offset: draw.pick([0x40, 0x44, 0x61, 0x508, 0x660, 0x800, 0xffff_fffc, 0x70, 0x8000]) }),
  csrWritable: (state, { mnemonic }, draw) => emit(state, mnemonic, { rs1: 1, offset: draw.pick([0, 0x40, 0x62, 0x70, 0x500, 0xffff_ffe0]) }),
  // Of a part that the profile lacks nothing else is looked at.
  feature: (state, definition, draw) => {
    const words = legalWords(definition, draw);
    return raw(state, definition.mode.length ? [(words[0]! | (draw(4) << 26)) >>> 0, words[1]!, words[2]!, words[3]!] : words);
  },
  // The host must have set DBG_ENABLE.
  debuggerAbsent: (state, { mnemonic }, draw) => emit(state, mnemonic, { tag: draw(4) }),
};
const next = (state: State, call: number): void => state.code.fix(call, fieldOf('call', 'imm'), FIX_PC, call, -1);
/** Code `reserved` comes before the predicate: it traps predicated off too. */
const eitherWay = (state: State, draw: Draw) => headThat(state, draw(2) === 0, draw.dice);

/** Faults that are no rules, with their codes. */
export const encodingFaults: Readonly<Record<string, { readonly trap: number; readonly fault: Fault }>> = {
  'undefined opcode': {
    trap: TRAP_OPCODE,
    fault: (state, _, draw) => {
      const free = Array.from({ length: 256 }, (_x, i) => i).filter((op) => !byOpcode.has(op));
      return raw(state, [(draw.pick(free) | (draw(2) << 11)) >>> 0, draw.word(), draw.word(), draw.word()]);
    },
  },
  'reserved bits': {
    trap: TRAP_RESERVED,
    fault: (state, definition, draw) => {
      const words = legalWords(definition, draw), free = unusedBits(definition, words);
      if (free.length === 0) return undefined;
      const [at, bit] = draw.pick(free);
      return broken(state, definition, words.map((w, i) => (i === at ? (w | (1 << bit)) >>> 0 : w)) as unknown as Words);
    },
  },
  'undefined field value': {
    trap: TRAP_RESERVED,
    fault: (state, definition, draw) => {
      const words = legalWords(definition, draw);
      const narrow = Object.values(definition.fields as Fields).filter((field) => exists(definition.fields, field, words) && illegalBits(field) !== undefined);
      if (narrow.length === 0) return undefined;
      const { word: at, low, width } = draw.pick(narrow), field = narrow.find((f) => f.word === at && f.low === low)!, clear = ~((2 ** width - 1) << low);
      return broken(state, definition, words.map((w, i) => (i === at ? ((w & clear) | (illegalBits(field)! << low)) >>> 0 : w)) as unknown as Words);
    },
  },
  'mode where none is used': {
    trap: TRAP_RESERVED,
    fault: (state, definition, draw) => {
      const words = legalWords(definition, draw);
      return definition.mode.length ? undefined : broken(state, definition, [(words[0]! | ((1 + draw(3)) << 26)) >>> 0, words[1]!, words[2]!, words[3]!]);
    },
  },
};
const raw = (state: State, [w0, w1, w2, w3]: Words): number => state.code.push(w0, w1, w2, w3);
const broken = (state: State, definition: Definition, words: Words): number | undefined => (wellEncoded(definition, words) ? undefined : raw(state, words));
/** Well-encoded words with zero wherever that is legal. */
function legalWords(definition: Definition, draw: Draw): Words {
  const bits = Object.fromEntries([...plainFields(definition), ...Object.entries(definition.fields)].map(([name, field]) => [name, field.legal(0) && draw(2) === 0 ? 0 : draw.pick(field.corners)]));
  return encode(definition, Object.fromEntries(Object.entries(definition.fields).map(([name, field]) => [name, field.decode(bits[name]! >>> 0)])));
}
function illegalBits(field: Field): number | undefined {
  for (const bits of field.width > 8 ? [] : [2 ** field.width - 1, 0, 1, 0x40]) if (bits < 2 ** field.width && !field.legal(bits)) return bits;
  return undefined;
}
function unusedBits(definition: Definition, words: readonly number[]): readonly (readonly [number, number])[] {
  const used = [0, 0, 0, 0];
  for (const field of [...Object.values(head), ...Object.values(definition.fields as Fields).filter((f) => exists(definition.fields, f, words))] as Field[]) {
    used[field.word]! |= field.width === 32 ? -1 : (2 ** field.width - 1) << field.low;
  }
  return used.flatMap((mask, at) => Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => ((mask >>> bit) & 1) === 0).map((bit) => [at, bit] as const));
}

/** Programs that end otherwise: what they return and which external fault they leave. */
export const endings: Readonly<Record<string, { readonly status: 'trapped' | 'blocked' | 'uninitialised'; readonly trap: number; readonly fault: Fault }>> = {
  'a semaphore overflows': {
    status: 'trapped', trap: FAULT_SEMAPHORE,
    fault: (state, _, draw) => {
      const agent = draw(2) ? UNIT_DMI : UNIT_SEQ, m = ownSemaphore(agent);
      emit(state, 'fence', { units: 0x3e });
      emit(state, 'post', { m, agent, rs2: 0, imm: 65535 });
      return emit(state, 'post', { m, agent, rs2: 0, imm: 1 + draw(9) });
    },
  },
  'a token is never posted': { status: 'blocked', trap: 0, fault: (state, _, draw) => emit(state, 'wait', { m: 62, agent: draw(2) ? UNIT_DMI : UNIT_SEQ, rs2: 0, imm: 1 }) },
  'a scalar is loaded from UNKNOWN bytes': {
    status: 'uninitialised', trap: 0,
    fault: (state, _, draw) => {
      // Bytes between the tables and the end of SPM that nothing ever touches; small machines have none.
      const { profile: { spmBytes }, work } = state.arena, tail = work.filter((w) => w.space === SPACE_SPM), gap = tail.length > 1 ? tail[0]!.high : 0;
      if (gap === 0 || gap + 64 > (tail[1]?.low ?? spmBytes)) return undefined;
      setRegister(state, 16, gap, draw.dice);
      for (const [field, value] of [[0, 0x04 | (SPACE_SPM << 8) | (1 << 11)], [1, gap], [2, 0], [3, 1], [8, 1]] as const) emit(state, 'tset', { t: PLAYGROUND + 3, field, op: 0, rs2: 0, imm: value });
      for (const field of [4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15]) emit(state, 'tset', { t: PLAYGROUND + 3, field, op: 0, rs2: 0, imm: 0 });
      return emit(state, 'ld', { a: PLAYGROUND + 3, rd: 1 });
    },
  },
};

