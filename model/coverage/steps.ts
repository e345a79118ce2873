//! steps: instructions without tensors, written so that they hold what a hole asks for.
import { set } from '../instructions/set.ts';
import type { Definition } from '../isa/instruction.ts';
import { UNIT_COUNT, UNIT_SEQ } from '../limits.ts';
import { plainFields } from '../verify/draft.ts';
import { FIX_LENGTH, FIX_PC, headBits } from '../verify/code.ts';
import { anyBits } from '../verify/drafts.ts';
import { Dice, draws, type Random } from '../verify/random.ts';
import { type RawRecord, RECORD } from '../verify/record.ts';
import { flattened } from '../verify/resolve.ts';
import { nullified, steps } from '../verify/sequencer.ts';
import { emit, fence, fieldOf, PLAYGROUND, setRegister, type State, UNSURE } from '../verify/state.ts';
import type { Workshop } from '../verify/workshop.ts';
import { goesBefore } from './draft.ts';
import type { Aim } from './group.ts';

type Recipe = (state: State, aim: Aim, record: RawRecord, definition: Definition | undefined) => void;
const ALL_UNITS = 0x3e, HELD = 20, OWN = 60;

/** How a wish for more than one instruction, or for any one, is fulfilled. */
export function recipeOf(aim: Aim): Recipe | undefined {
  if (aim.nullified) return predicatedOff;
  if (aim.from !== undefined) return handover;
  if (aim.tokens !== undefined) return tokens;
  if (aim.steps !== undefined) return loop;
  if (aim.jump !== undefined) return jump;
  if (aim.unit !== undefined || (aim.head && Object.keys(aim.head).length > 0)) return ofUnit;
  return undefined;
}

/** Sets a predicate so that the head holds, or does not. */
function headOf(state: State, { head = {} }: Aim, holds: boolean): number {
  const { predicate = holds ? 0 : 1, negate = false, irq = false, trace = false } = head;
  if (predicate > 0) {
    emit(state, 'cmp', { pd: predicate, rs1: 0, rs2: 0, imm: 0, op: holds !== negate ? 0 : 1 });
    state.predicates[predicate] = holds !== negate ? 1 : 0;
  }
  const isNegated = predicate === 0 ? !holds : negate;
  return headBits('predicate', predicate) | headBits('negate', isNegated ? 1 : 0) | headBits('irq', irq ? 1 : 0) | headBits('trace', trace ? 1 : 0);
}
const predicatedOff: Recipe = (state, aim, record, definition = set[0]!) => {
  const { code } = state;
  nullified(state, definition, new Dice().read(record.f0), new Dice().read(record.f5));
  // What makes its head fail goes before it.
  const [w0, w1, w2, w3] = code.words.subarray(4 * --code.count, 4 * code.count + 4) as unknown as [number, number, number, number], words = [w0, w1, w2, w3] as const;
  const head = headOf(state, aim, false);
  code.push((words[0] & ~HEAD) | head, words[1], words[2], words[3]);
};
const HEAD = headBits('predicate', 7) | headBits('negate', 1) | headBits('irq', 1) | headBits('trace', 1);
/** `post` of no tokens is an instruction of any unit. */
const ofUnit: Recipe = (state, aim) => {
  const { unit = UNIT_SEQ, head = {}, unitBefore } = aim;
  if (head.wait) emit(state, 'post', { m: OWN, agent: UNIT_SEQ, rs2: 0, imm: 1 });
  const written = headOf(state, aim, true);
  if (unitBefore !== undefined) emit(state, 'post', { m: OWN, agent: unitBefore, rs2: 0, imm: 0 });
  emit(state, 'post', { m: OWN, agent: unit, rs2: 0, imm: 0 }, written | headBits('wait', head.wait ? OWN : 0) | headBits('post', head.post ? OWN - 1 : 0));
};
const handover: Recipe = (state, { from = 0, to = 0 }) => {
  fence(state, ALL_UNITS);
  emit(state, 'post', { m: OWN, agent: from, rs2: 0, imm: 1 });
  emit(state, 'wait', { m: OWN, agent: to, rs2: 0, imm: 1 });
};
const tokens: Recipe = (state, { tokens: many = 1, unit = 0 }) => {
  fence(state, ALL_UNITS);
  emit(state, 'post', { m: OWN, agent: unit, rs2: 0, imm: many });
  emit(state, 'wait', { m: OWN, agent: unit, rs2: 0, imm: many });
};
const loop: Recipe = (state, { steps: many = 0 }) => {
  emit(state, 'loop', { rs1: 0, ra: many > 0 ? 30 : 0, rb: many > 1 ? 31 : 0, length: 1, count: 2, incA: many > 0 ? 1 : 0, incB: many > 1 ? 2 : 0 });
  emit(state, 'nop', { tag: 0 });
  state.isHeld[30] = state.isHeld[31] = 0;
};
/** Back: over a jump that leads here, to one that leads on. */
const jump: Recipe = (state, { jump: way = 0 }) => {
  const to = (which: number) => { const one = emit(state, 'jump', { rs2: 0, imm: 0 }); state.code.fix(one, fieldOf('jump', 'imm'), FIX_PC, one, -which); };
  if (way === 0) to(1);
  else if (way > 0) { to(2); emit(state, 'nop', { tag: 0 }); } else { to(2); to(2); to(-1); }
  emit(state, 'nop', { tag: 0 });
};

/** One instruction of the sequencer with the wished fields. */
export function plainStep(shop: Workshop, state: State, definition: Definition, aim: Aim, record: RawRecord, next: Random): void {
  const { mnemonic, fields } = definition, draw = draws(record.f0), wished = aim.bits ?? {}, own = Object.keys(wished).filter((name) => name in fields);
  const before = (): void => goesBefore(shop, state, aim, next), special = byHand[mnemonic];
  if (mnemonic === 'halt') { before(); return; }
  if (special) { special(state, aim, draw(1 << 16), before); return; }
  if (own.length === 0 && aim.scalars === undefined && aim.unitBefore === undefined && steps[mnemonic]) {
    state.lay(flattened(shop, [record]));
    steps[mnemonic]!(state, definition, { state, at: 0, end: RECORD });
    return;
  }
  const bits: Record<string, number> = {};
  for (const [name, field] of plainFields(definition)) bits[name] = field.kind === 'source' ? draw(20) : anyBits(field, draw, 4);
  Object.assign(bits, Object.fromEntries(own.map((name) => [name, wished[name]!])));
  if (aim.scalars !== undefined || aim.second !== undefined) {
    setRegister(state, HELD, aim.scalars?.[0] ?? draw.word(), new Dice());
    Object.assign(bits, { rs1: HELD, rs2: 0, imm: (aim.second ?? draw.word()) >>> 0 });
  }
  before();
  emit(state, mnemonic, bits);
  if ('rd' in bits) state.isHeld[bits['rd']!] = bits['rd'] === 0 ? 1 : 0;
  if ('pd' in bits && bits['pd'] !== 0) state.predicates[bits['pd']!] = UNSURE;
  if (mnemonic === 'tset' || mnemonic === 'tload' || mnemonic === 'tcopy') state.hashes[bits['t']!] = 0;
}

/** The register named by `rs2`, set so that with the wished number the sum is this. */
function summed(state: State, { bits = {} }: Aim, sum: number): { readonly rs2: number; readonly imm: number } {
  const rs2 = bits['rs2'] ?? (bits['imm'] === undefined ? 0 : HELD), imm = bits['imm'] ?? (rs2 === 0 ? sum : 3), register = rs2 === 0 && bits['imm'] !== undefined ? HELD : rs2;
  if (register !== 0) setRegister(state, register, (sum - imm) >>> 0, new Dice());
  return { rs2: register, imm: register === 0 ? sum >>> 0 : imm >>> 0 };
}
/** Instructions that are legal only with company. */
const byHand: Readonly<Record<string, (state: State, aim: Aim, chance: number, before: () => void) => void>> = {
  post: (state, aim, chance, before) => tokensOf(state, aim, chance, before, none), wait: (state, aim, chance, before) => tokensOf(state, aim, chance, none, before),
  jump: (state, aim, _, before) => { leap(state, 'jump', aim, before, none); }, call: (state, aim, _, before) => { leap(state, 'call', aim, before, none); },
  ret: (state, _aim, _, before) => { leap(state, 'call', {}, none, before); },
  loop: (state, { bits: written = {} }, _, before) => {
    // What a register steps by is 0 where there is none.
    const bits = { ...written, ...(written['incA'] ? { ra: 30 } : {}), ...(written['incB'] ? { rb: 31 } : {}) }, { count = 1, length = 1 } = bits as Record<string, number>;
    state.isHeld[30] = state.isHeld[31] = 0;
    before();
    emit(state, 'loop', { rs1: 0, ra: 0, rb: 0, length, count, incA: 0, incB: 0, ...bits });
    for (let i = 0; i < length; i++) emit(state, 'nop', { tag: 0 });
  },
  lbreak: (state, _aim, _, before) => {
    const first = emit(state, 'loop', { rs1: 0, ra: 0, rb: 0, length: 2, count: 3, incA: 0, incB: 0 });
    before();
    emit(state, 'lbreak', {});
    const last = emit(state, 'nop', { tag: 0 });
    state.code.fix(first, fieldOf('loop', 'length'), FIX_LENGTH, last);
  },
  fence: (state, { bits = {} }, chance, before) => { before(); fence(state, bits['units'] ?? chance & ALL_UNITS); },
  irq: (state, { bits = {} }, chance, before) => { before(); emit(state, 'irq', { vector: bits['vector'] ?? chance & 15 }); },
  csrr: (state, { bits = {} }, _, before) => {
    fence(state, ALL_UNITS);
    before();
    const { rd = 1, offset = 0 } = bits;
    emit(state, 'csrr', { rd, offset });
    state.isHeld[rd] = rd === 0 ? 1 : 0;
  },
  csrw: (state, { bits = {} }, chance, before) => { before(); emit(state, 'csrw', { rs1: bits['rs1'] ?? chance & 31, offset: bits['offset'] ?? 0x60 }); },
  tload: (state, aim, _, before) => {
    const t = aim.bits?.['t'] ?? PLAYGROUND, sum = summed(state, aim, 0);
    before();
    emit(state, 'tload', { t, ...sum });
    state.hashes[t] = 0;
  },
  nset: (state, aim, chance, before) => {
    const { n = chance & 3, field = (chance >> 2) & 7 } = aim.bits ?? {}, sum = summed(state, aim, 0);
    before();
    emit(state, 'nset', { n, field, ...sum });
    state.modes[8 * n + field] = 0;
    state.isModeHeld[8 * n + field] = 1;
  },
};
const none = (): void => undefined;
/** Tokens that are taken again at once. */
function tokensOf(state: State, aim: Aim, chance: number, beforePost: () => void, beforeWait: () => void): void {
  const { m = OWN, agent = chance % UNIT_COUNT } = aim.bits ?? {};
  fence(state, ALL_UNITS);
  const sum = summed(state, aim, 2);
  beforePost();
  emit(state, 'post', { m, agent, ...sum });
  beforeWait();
  emit(state, 'wait', { m, agent, ...sum });
}
/** To the next instruction; a call returns from there. */
function leap(state: State, mnemonic: 'jump' | 'call', { bits = {} }: Aim, before: () => void, beforeReturn: () => void): void {
  const rs2 = bits['rs2'] ?? 0;
  if (rs2 !== 0) setRegister(state, rs2, 2, new Dice());
  before();
  const way = emit(state, mnemonic, { rs2, imm: 0 }), by = rs2 === 0 ? 0 : 2;
  if (mnemonic === 'jump') { state.code.fix(way, fieldOf('jump', 'imm'), FIX_PC, way, by - 1); return; }
  const outer = state.code.open(), first = emit(state, 'nop', { tag: 0 });
  beforeReturn();
  emit(state, 'ret', {});
  state.code.current = outer;
  state.code.fix(way, fieldOf('call', 'imm'), FIX_PC, first, by);
}
