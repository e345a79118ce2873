//! sequencer: one record to scalar code, control flow, tokens, or what a sequencer instruction needs to be legal.
import { cached } from '../isa/cached.ts';
import { set } from '../instructions/set.ts';
import { type Definition, head } from '../isa/instruction.ts';
import { CALL_DEPTH, SCALAR_COUNT, TRAP_RESERVED, UNIT_COUNT, UNIT_SEQ } from '../limits.ts';
import { scalarCorners } from './corners.ts';
import { FIX_ANY_BLOCK, FIX_LAST_BLOCK, FIX_LENGTH, FIX_PC, encodedInOrder, form, headBits, planOf, put } from './code.ts';
import { plainFields } from './draft.ts';
import { anyBits } from './drafts.ts';
import { ownSemaphore, semaphoreOf } from './order.ts';
import { Dice } from './random.ts';
import type { Stream } from './streams.ts';
import { F0, F4, F5, F6, RECORD } from './record.ts';
import {
  emit, fence, fieldOf, forget, GENERAL, headThat, held, LOOP_REGISTERS, noteStep, PLAYGROUND, post, remember, setModeWord, setRegister, type State, sum, sumOf, UNSURE, waitFor,
} from './state.ts';

/** A record that lies in the kernel; those up to `end` may be its body. */
export interface Body {
  readonly state: State;
  readonly at: number;
  readonly end: number;
}
/** Emits the step; says where its body of records ends. */
type Step = (state: State, definition: Definition | undefined, body: Body) => number;

const ALL_UNITS = 0x3e;
/** Loops open at once: each depth has registers and descriptors of its own. */
const LOOPS = 3;
const NOP = form('nop tag'), IRQ = form('irq vector'), TCOPY = form('tcopy from t'), CSRR = form('csrr rd offset'), CSRW = form('csrw rs1 offset');
const tail = (state: State): number => put(state.code, NOP, 0, 0);
/** Decisions of this file; one thing at a time. */
const first = new Dice(), second = new Dice();
const dice = ({ state, at }: Body, facet: number): Dice => first.read(state.records[at + facet]!);
const otherDice = ({ state, at }: Body, facet: number): Dice => second.read(state.records[at + facet]!);
const after = ({ at }: Body): number => at + RECORD;
/** Where a body of so many records ends. */
const bodyEnd = (body: Body, count: number): number => Math.min(body.end, after(body) + RECORD * count);

/** Any step that is not on tensors, or is predicated off whatever it is; where its body ends. */
export function step(state: State, kind: Definition | Act | Stream, at: number, end: number): number {
  const body = { state, at, end }, heads = headDice.read(state.records[at + F5]!);
  if (heads.chance(3)) { nullified(state, set[heads.roll(set.length)]!, dice(body, F0), heads); return after(body); }
  if ('act' in kind) return kind.act(state, undefined, body);
  if ('beats' in kind) return after(body);
  const known = steps[kind.mnemonic];
  // Behind a ret or a jump that stands in the way of other code nothing runs; a step takes the records of its body.
  if (known) return known(state, kind, body);
  if (kind.unit === UNIT_SEQ) plainly(state, kind, body);
  return after(body);
}
const headDice = new Dice();

/** Instructions without operands, by mnemonic; the others need no care: their fields are drawn. */
export const steps: Readonly<Record<string, (state: State, definition: Definition, body: Body) => number>> = {
  halt: never, trap: never,
  alu: scalar, cmp: scalar,
  fence: (state, _, body) => { fence(state, (dice(body, F6).roll(32) << 1) & ALL_UNITS); return after(body); },
  irq: (state, _, body) => { put(state.code, IRQ, 0, dice(body, F0).roll(16)); return after(body); },
  tset: (state, _, body) => {
    const draw = dice(body, F0), t = PLAYGROUND + draw.roll(4), field = draw.roll(16), op = draw.roll(2);
    emit(state, 'tset', { t, field, op, ...sumOf(state, scalarCorners[draw.roll(scalarCorners.length)]!, draw) });
    return after(body);
  },
  tcopy: (state, _, body) => { const draw = dice(body, F0); const t = PLAYGROUND + draw.roll(4); put(state.code, TCOPY, 0, draw.roll(64), t); return after(body); },
  tload: (state, _, body) => {
    // Any 64 bytes of the image will do: header, instructions or constants.
    const draw = dice(body, F0), part = draw.roll(3), { rs2 } = sumOf(state, 0, draw), by = state.registers[rs2]!, far = draw.word();
    const load = emit(state, 'tload', { t: PLAYGROUND + draw.roll(4), rs2, imm: -by >>> 0 });
    if (part > 0) state.code.fix(load, fieldOf('tload', 'imm'), part === 1 ? FIX_LAST_BLOCK : FIX_ANY_BLOCK, far, by);
    return after(body);
  },
  nset: (state, _, body) => { const draw = dice(body, F4), n = otherDice(body, F0).roll(4); setModeWord(state, n, draw.roll(8), 0, 0, draw); return after(body); },
  csrr: (state, _, body) => {
    const draw = dice(body, F0), offset = readable[draw.roll(readable.length)]!;
    if (offset >= 0x500) fence(state, ALL_UNITS);
    const rd = GENERAL[draw.roll(GENERAL.length)]!;
    put(state.code, CSRR, 0, rd, offset);
    state.isHeld[rd] = 0;
    return after(body);
  },
  csrw: (state, _, body) => { const draw = dice(body, F0); put(state.code, CSRW, 0, draw.roll(32), 0x60 + 4 * draw.roll(4)); return after(body); },
  post: tokens, wait: tokens,
  loop: loops, jump: jumps, call: calls, ret: returns, lbreak: leaves,
};
const readable = [0x00, 0x04, 0x60, 0x64, 0x68, 0x6c, 0x38, 0x3c, ...range(0x08, 0x38, 4), ...range(0x500, 0x600, 16).flatMap((at) => [at, at + 4]), ...range(0x600, 0x660, 4)];
function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
}

/** An instruction that no legal program lets act: written with a predicate that fails. */
function never(state: State, definition: Definition, body: Body): number {
  nullified(state, definition, dice(body, F0), otherDice(body, F5));
  return after(body);
}
/** How the fields of an instruction that need no care are drawn: those that are no operands first, each at its place in `planOf`. */
const drawnFields = cached((definition: Definition) => {
  const plain = plainFields(definition).map(([name]) => name), plan = planOf(definition), reserved = definition.rules.filter(({ trap }) => trap === TRAP_RESERVED).flatMap(({ operands }) => operands);
  const part = (name: string) => { const at = plan.findIndex((one) => one.name === name), { field } = plan[at]!; return { at, field, isSource: field.kind === 'source' }; };
  return { plain: plain.map(part), operands: Object.keys(definition.fields).filter((name) => !plain.includes(name)).map(part), reserved: reserved.flatMap((name) => (name in definition.fields ? [part(name).at] : [])) };
});
/** Bits of all fields of one instruction, in the order of `planOf`. */
const fieldBits = new Uint32Array(32);
function drawPlain(definition: Definition, from: Dice, sources: number, slotCount: number): void {
  const { plain } = drawnFields(definition), plan = planOf(definition);
  for (let i = 0; i < plan.length; i++) fieldBits[i] = plan[i]!.bits;
  chance.dice = from;
  for (let i = 0; i < plain.length; i++) {
    const { at, field, isSource } = plain[i]!;
    fieldBits[at] = isSource && sources > 0 ? from.roll(sources) : anyBits(field, chance, slotCount);
  }
}
const chance: { dice: Dice } = { dice: new Dice() };

/** Predicated off, anything is legal that no rule of code `reserved` forbids: no operand is looked at, no token taken or posted. */
export function nullified(state: State, definition: Definition, places: Dice, heads: Dice): void {
  drawPlain(definition, places, 32, 4);
  const { operands, reserved } = drawnFields(definition);
  for (const { at, field: { corners } } of operands) fieldBits[at] = corners[places.roll(corners.length)]!;
  for (const at of reserved) fieldBits[at] = 0;
  const written = headThat(state, false, heads) | (heads.roll(64) << WAIT_LOW) | (heads.roll(64) << POST_LOW) | (heads.chance(20) ? IRQ_BIT : 0)
    | (heads.chance(20) ? TRACE_BIT : 0) | (definition.mode.length > 0 ? heads.roll(4) << MODE_LOW : 0);
  pushFields(state, definition, written);
}
const WAIT_LOW = head.wait.low, POST_LOW = head.post.low, MODE_LOW = head.mode.low, IRQ_BIT = headBits('irq', 1), TRACE_BIT = headBits('trace', 1);
function pushFields(state: State, definition: Definition, heads: number): void {
  const words = encodedInOrder(definition, fieldBits, heads);
  state.code.push(words[0], words[1], words[2], words[3]);
}

/** Any other instruction of the sequencer: its fields are drawn. */
export function plainly(state: State, definition: Definition, body: Body): void {
  drawPlain(definition, dice(body, F0), 0, 1);
  pushFields(state, definition, 0);
}

/** alu and cmp: registers of general use; what they hold afterwards is followed where it is easy. */
function scalar(state: State, definition: Definition, body: Body): number {
  const heads = otherDice(body, F5), places = placesOf(definition);
  drawPlain(definition, dice(body, F0), SCALAR_COUNT, 4);
  const unknown = state.predicates.indexOf(UNSURE), maybe = unknown > 0 && heads.chance(20);
  pushFields(state, definition, maybe ? headBits('predicate', unknown) | headBits('negate', heads.roll(2)) : headThat(state, true, heads));
  const bits = (name: string): number => fieldBits[places[name]!]!;
  if (definition.mnemonic === 'cmp') {
    const pd = bits('pd'), a = held(state, bits('rs1')), b = held(state, bits('rs2'));
    if (pd > 0) state.predicates[pd] = maybe || a === undefined || b === undefined ? UNSURE : compared(bits('op'), a, (b + bits('imm')) >>> 0) ? 1 : 0;
  } else state.isHeld[bits('rd')] = bits('rd') === 0 ? 1 : 0;
  return after(body);
}
const placesOf = cached((definition: Definition) => Object.fromEntries(planOf(definition).map(({ name }, i) => [name, i])));
function compared(op: number, a: number, b: number): boolean {
  return [a === b, a !== b, (a | 0) < (b | 0), (a | 0) <= (b | 0), a < b, a <= b][op]!;
}

/** Tokens from one agent to another, taken at once or in parts, or a large number inside one agent. */
function tokens(state: State, _: Definition, body: Body): number {
  const draw = dice(body, F6), from = draw.roll(UNIT_COUNT), to = draw.roll(UNIT_COUNT), heads = otherDice(body, F5);
  if (from === to) {
    const many = [1, 0, 2, 65535, 1000][draw.roll(5)]!, semaphore = ownSemaphore(from);
    // 61, 62 and 63 are shared by two units each: SEQ, DMI and DMO alone may use them.
    if (from > 2) return after(body);
    waitFor(state, from, semaphore, many, post(state, from, semaphore, many));
    return after(body);
  }
  const semaphore = semaphoreOf(from, to, draw.roll(2)), many = 1 + draw.roll(3), clock = post(state, from, semaphore, many);
  if (heads.roll(2)) for (let taken = 0; taken < many; taken++) waitFor(state, to, semaphore, 1, clock);
  else waitFor(state, to, semaphore, many, clock);
  return after(body);
}

/** Streams without tensors. */
export interface Act { readonly says: string; readonly act: Step }
export const acts: Readonly<Record<string, Act>> = {
  mesh: { says: 'tokens among all units at once: all posted first, then taken in a different order', act: mesh },
  reset: { says: 'registers and modes reset to their launch values in the middle of work', act: reset },
};
function mesh(state: State, _: Definition | undefined, body: Body): number {
  const draw = dice(body, F6), which = draw.roll(2), pairs: (readonly [semaphore: number, to: number, many: number, clock: number])[] = [];
  for (let from = 0; from < UNIT_COUNT; from++) {
    const to = (from + 1 + draw.roll(UNIT_COUNT - 1)) % UNIT_COUNT, many = 1 + draw.roll(3), semaphore = semaphoreOf(from, to, which);
    pairs.push([semaphore, to, many, post(state, from, semaphore, many)]);
  }
  for (const turn = draw.roll(UNIT_COUNT); pairs.length > 0;) {
    const [semaphore, to, many, clock] = pairs.splice(turn % pairs.length, 1)[0]!;
    waitFor(state, to, semaphore, many, clock);
  }
  return after(body);
}
function reset(state: State, _: Definition | undefined, body: Body): number {
  const draw = dice(body, F6), units = draw.roll(32) << 1;
  if (units !== 0) fence(state, units);
  for (const s of GENERAL) if (draw.roll(4) === 0) setRegister(state, s, 0, draw);
  for (let word = 0; word < 8; word++) if (draw.roll(2) === 0) setModeWord(state, draw.roll(4), word, 0, -1, draw);
  return after(body);
}

/** Code that runs again begins with everything finished, and so does what follows it. */
function repeated(state: State, body: Body, end: number): void {
  forget(state);
  fence(state, ALL_UNITS);
  state.kernel.calls.resolve(after(body), end);
}
function loops(state: State, _: Definition, body: Body): number { return loopOf(state, body, false); }
const INCREMENTS = [16, 1, -1, 8, -16, 64, 2], STARTS = [0, 64, 5];
function loopOf(state: State, body: Body, left: boolean): number {
  if (state.loops >= LOOPS) return after(body);
  const draw = dice(body, F6), end = bodyEnd(body, 1 + draw.roll(6)), count = [1, 2, 3, 1, 0][draw.roll(5)]!, byRegister = draw.chance(30);
  // Bodies have decisions of their own: what is wanted behind them is decided before.
  const extra = otherDice(body, F0), ra = LOOP_REGISTERS + 2 * state.loops, stepping = extra.roll(3), outer = state.steps;
  const increments = [0, 1].map((i) => (i < stepping ? INCREMENTS[extra.roll(INCREMENTS.length)]! : 0)), starts = [0, 1].map((i) => (i < stepping ? STARTS[extra.roll(STARTS.length)]! : 0));
  for (let i = 0; i < stepping; i++) setRegister(state, ra + i, starts[i]!, extra);
  // A count register adds to the immediate, modulo 2^32.
  const rs1 = byRegister ? [8, 9, 0][extra.roll(3)]! : 0, by = state.registers[rs1]!, immediate = (count - by) & 0xffff, exact = ((by + immediate) >>> 0) === count;
  const isLeft = left || extra.chance(15), style = extra.roll(2), negated = extra.roll(2);
  const restore = count === 0 ? remember(state) : () => undefined;
  const loop = emit(state, 'loop', {
    rs1: exact ? rs1 : 0, ra: stepping > 0 ? ra : 0, rb: stepping > 1 ? ra + 1 : 0, length: 0, count: exact ? immediate : count, incA: increments[0]! & 0xffff, incB: increments[1]! & 0xffff,
  });
  for (let i = 0; i < stepping; i++) {
    noteStep(state, ra + i, starts[i]!, increments[i]!, Math.max(1, count));
    state.isHeld[ra + i] = 0;
  }
  state.loops++;
  repeated(state, body, end);
  if (isLeft) leaveEarly(state, stepping > 0 ? ra : -1, style, negated);
  state.loops--;
  state.steps = outer;
  // The last instruction of the body is the last of this block: subroutines of the body are blocks of their own.
  state.code.fix(loop, fieldOf('loop', 'length'), FIX_LENGTH, state.code.last());
  if (count === 0) restore();
  else for (let i = 0; i < stepping; i++) state.isHeld[ra + i] = 0;
  fence(state, ALL_UNITS);
  return end;
}
/** Out of the loop: at once, or when a stepping register says so; what follows in the body never runs or runs less often. */
function leaveEarly(state: State, s: number, style: number, negated: number): void {
  if (s < 0 || style === 1) { emit(state, 'lbreak', {}); emit(state, 'trap', { code: 7 }); return; }
  emit(state, 'cmp', { pd: 7, rs1: s, rs2: 0, imm: 16, op: 3 });
  state.predicates[7] = UNSURE;
  emit(state, 'lbreak', {}, headBits('predicate', 7) | headBits('negate', negated));
}

/** Forward over code that never runs, whatever it is; or back, as a loop made of a compare and a jump. */
function jumps(state: State, _: Definition, body: Body): number {
  const draw = dice(body, F6);
  if (draw.roll(2) === 1 && state.loops < LOOPS) return countdown(state, body, bodyEnd(body, 1 + draw.roll(4)));
  sum(state, 0, draw);
  const { rs2 } = state, by = state.registers[rs2]!, jump = emit(state, 'jump', { rs2, imm: 0 }), dead = draw.roll(3), restore = remember(state);
  state.forgetOrder();
  if (dead === 1) emit(state, 'trap', { code: 1 });
  const end = dead === 2 ? bodyEnd(body, 1 + draw.roll(3)) : after(body);
  state.kernel.calls.resolve(after(body), end);
  restore();
  state.code.fix(jump, fieldOf('jump', 'imm'), FIX_PC, tail(state), by);
  return end;
}
function countdown(state: State, body: Body, end: number): number {
  const s = LOOP_REGISTERS + 2 * state.loops, draw = otherDice(body, F0), outer = state.steps;
  setRegister(state, s, 1 + draw.roll(3), draw);
  state.isHeld[s] = 0;
  state.loops++;
  const start = state.code.count;
  repeated(state, body, end);
  emit(state, 'alu', { rd: s, rs1: s, rs2: 0, imm: 1, op: 1 });
  emit(state, 'cmp', { pd: 6, rs1: s, rs2: 0, imm: 0, op: 1 });
  state.code.fix(emit(state, 'jump', { rs2: 0, imm: 0 }, headBits('predicate', 6)), fieldOf('jump', 'imm'), FIX_PC, start);
  state.predicates[6] = 0;
  state.loops--;
  state.steps = outer;
  fence(state, ALL_UNITS);
  return end;
}

/** A subroutine behind the end of the program, run once where it is called. */
function calls(state: State, _: Definition, body: Body): number {
  if (state.calls >= CALL_DEPTH) return after(body);
  const draw = dice(body, F6), end = bodyEnd(body, 1 + draw.roll(5));
  sum(state, 0, draw);
  const { rs2 } = state, by = state.registers[rs2]!, call = emit(state, 'call', { rs2, imm: 0 }), outer = state.code.open();
  state.calls++;
  state.code.fix(call, fieldOf('call', 'imm'), FIX_PC, tail(state), by);
  state.kernel.calls.resolve(after(body), end);
  emit(state, 'ret', {});
  state.calls--;
  state.code.current = outer;
  return end;
}
/** A ret belongs to a call: it calls, or stands predicated off. */
function returns(state: State, definition: Definition, body: Body): number {
  return state.calls > 0 || state.records[body.at + F6]! % 2 ? never(state, definition, body) : calls(state, definition, body);
}
/** A loop that is left early, or an lbreak that is predicated off. */
function leaves(state: State, definition: Definition, body: Body): number {
  return state.records[body.at + F6]! % 4 === 3 ? never(state, definition, body) : loopOf(state, body, true);
}
