//! sequencer: one record to scalar code, control flow, tokens, or what a sequencer instruction needs to be legal.
import type { Definition } from '../isa/instruction.ts';
import { CALL_DEPTH, TRAP_RESERVED, UNIT_COUNT } from '../limits.ts';
import { scalarCorners } from './corners.ts';
import type { Draught } from './code.ts';
import { plainFields } from './draft.ts';
import { ownSemaphore, semaphoreOf } from './order.ts';
import { type Draw, draws } from './random.ts';
import type { RawRecord } from './record.ts';
import {
  emit, fence, forget, GENERAL, headThat, LOOP_REGISTERS, PLAYGROUND, post, remember, setModeWord, setRegister, type State, sum, waitFor,
} from './state.ts';
import { anyBits } from './tensors.ts';

/** The records behind one, and what resolves a list of them: for bodies. */
export interface Body { readonly records: readonly RawRecord[]; readonly resolve: (state: State, records: readonly RawRecord[]) => void }
/** Emits the step; says how many of the following records it took as its body. */
type Step = (state: State, definition: Definition, record: RawRecord, body: Body) => number;

const ALL_UNITS = 0x3e;
/** Loops open at once: each depth has registers and descriptors of its own. */
const LOOPS = 3;
const tail = (state: State): Draught => emit(state, 'nop', { tag: 0 });
const bodyOf = ({ records }: Body, count: number): readonly RawRecord[] => records.slice(0, count);

/** Instructions without operands, by mnemonic; the others need no care: their fields are drawn. */
export const steps: Readonly<Record<string, Step>> = {
  halt: never, trap: never,
  alu: scalar, cmp: scalar,
  fence: (state, _, { f6 }) => { fence(state, (draws(f6)(32) << 1) & ALL_UNITS); return 0; },
  irq: (state, _, { f0 }) => { emit(state, 'irq', { vector: draws(f0)(16) }); return 0; },
  tset: (state, _, { f0 }) => {
    const draw = draws(f0), t = PLAYGROUND + draw(4);
    emit(state, 'tset', { t, field: draw(16), op: draw(2), ...sum(state, draw.pick(scalarCorners), draw) });
    return 0;
  },
  tcopy: (state, _, { f0 }) => { const draw = draws(f0); emit(state, 'tcopy', { t: PLAYGROUND + draw(4), from: draw(64) }); return 0; },
  tload: (state, _, { f0 }) => {
    // Any 64 bytes of the image will do: header, instructions or constants.
    const draw = draws(f0), part = draw(3), { rs2 } = sum(state, 0, draw), by = state.registers[rs2]!, far = draw.word();
    emit(state, 'tload', { t: PLAYGROUND + draw(4), rs2, imm: 0 }).fix = {
      field: 'imm', value: ({ imageBytes }) => ([0, 64 * Math.floor((imageBytes - 64) / 64), 64 * (far % Math.floor(imageBytes / 64))][part]! - by) >>> 0,
    };
    return 0;
  },
  nset: (state, _, { f0, f4 }) => { const draw = draws(f4); setModeWord(state, draws(f0)(4), draw(8), 0, 0, draw); return 0; },
  csrr: (state, _, { f0 }) => {
    const draw = draws(f0), offset = draw.pick(readable);
    if (offset >= 0x500) fence(state, ALL_UNITS);
    const rd = draw.pick(GENERAL);
    emit(state, 'csrr', { rd, offset });
    state.registers[rd] = undefined;
    return 0;
  },
  csrw: (state, _, { f0 }) => { const draw = draws(f0); emit(state, 'csrw', { rs1: draw(32), offset: 0x60 + 4 * draw(4) }); return 0; },
  post: tokens, wait: tokens,
  loop: loops, jump: jumps, call: calls, ret: returns, lbreak: leaves,
};
const readable = [0x00, 0x04, 0x60, 0x64, 0x68, 0x6c, 0x38, 0x3c, ...range(0x08, 0x38, 4), ...range(0x500, 0x600, 16).flatMap((at) => [at, at + 4]), ...range(0x600, 0x660, 4)];
function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
}

/** An instruction that no legal program lets act: written with a predicate that fails. */
function never(state: State, definition: Definition, record: RawRecord): number {
  nullified(state, definition, draws(record.f0), draws(record.f5));
  return 0;
}
/** Predicated off, anything is legal that no rule of code `reserved` forbids: no operand is looked at, no token taken or posted. */
export function nullified(state: State, definition: Definition, draw: Draw, head: Draw): void {
  const bits: Record<string, number> = {};
  for (const [name, field] of plainFields(definition)) bits[name] = field.kind === 'source' ? draw(32) : anyBits(field, draw, 4);
  for (const [name, field] of Object.entries(definition.fields)) if (!(name in bits)) bits[name] = draw.pick(field.corners);
  for (const { trap, operands } of definition.rules) if (trap === TRAP_RESERVED) for (const name of operands) bits[name] = 0;
  emit(state, definition.mnemonic, bits, {
    ...headThat(state, false, head), wait: head(64), post: head(64), irq: head.chance(20), trace: head.chance(20), mode: definition.mode.length ? head(4) : 0,
  });
}

/** alu and cmp: registers of general use; what they hold afterwards is followed where it is easy. */
function scalar(state: State, definition: Definition, { f0, f5 }: RawRecord): number {
  const draw = draws(f0), head = draws(f5), bits: Record<string, number> = {};
  for (const [name, field] of plainFields(definition)) bits[name] = field.kind === 'source' ? draw(32) : anyBits(field, draw, 4);
  const unknown = state.predicates.indexOf(undefined), maybe = unknown > 0 && head.chance(20);
  emit(state, definition.mnemonic, bits, maybe ? { predicate: unknown, negate: head.chance(50) } : headThat(state, true, head));
  if (definition.mnemonic === 'cmp') {
    const { pd, op, rs1, rs2, imm } = bits as Record<'pd' | 'op' | 'rs1' | 'rs2' | 'imm', number>;
    const a = state.registers[rs1], b = state.registers[rs2];
    state.predicates[pd] = maybe || a === undefined || b === undefined ? undefined : compared(op, a, (b + imm) >>> 0);
  } else state.registers[bits['rd']!] = undefined;
  return 0;
}
function compared(op: number, a: number, b: number): boolean {
  return [a === b, a !== b, (a | 0) < (b | 0), (a | 0) <= (b | 0), a < b, a <= b][op]!;
}

/** Tokens from one agent to another, taken at once or in parts, or a large number inside one agent. */
function tokens(state: State, _: Definition, { f5, f6 }: RawRecord): number {
  const draw = draws(f6), from = draw(UNIT_COUNT), to = draw(UNIT_COUNT), style = draws(f5);
  if (from === to) {
    const many = draw.pick([1, 0, 2, 65535, 1000]), semaphore = ownSemaphore(from);
    // 61, 62 and 63 are shared by two units each: SEQ, DMI and DMO alone may use them.
    if (from > 2) return 0;
    const clock = post(state, from, semaphore, many);
    waitFor(state, from, semaphore, many, clock);
    return 0;
  }
  const semaphore = semaphoreOf(from, to, draw(2)), many = 1 + draw(3), clock = post(state, from, semaphore, many);
  if (style(2)) for (let taken = 0; taken < many; taken++) waitFor(state, to, semaphore, 1, clock);
  else waitFor(state, to, semaphore, many, clock);
  return 0;
}

/** Code that runs again begins with everything finished, and so does what follows it. */
function repeated(state: State, records: readonly RawRecord[], body: Body): void {
  forget(state);
  fence(state, ALL_UNITS);
  body.resolve(state, records);
}

function loops(state: State, _: Definition, record: RawRecord, body: Body): number { return loopOf(state, record, body, false); }
function loopOf(state: State, record: RawRecord, body: Body, left: boolean): number {
  if (state.loops >= LOOPS) return 0;
  const draw = draws(record.f6), records = bodyOf(body, 1 + draw(6)), count = draw.pick([1, 2, 3, 1, 0]), byRegister = draw.chance(30), extra = draws(record.f0);
  const ra = LOOP_REGISTERS + 2 * state.loops, steps = extra.pick([[], [ra], [ra, ra + 1]]), increments = steps.map(() => extra.pick([16, 1, -1, 8, -16, 64, 2]));
  const starts = steps.map(() => extra.pick([0, 64, 5]));
  steps.forEach((s, i) => setRegister(state, s, starts[i]!, extra));
  // A count register adds to the immediate, modulo 2^32.
  const rs1 = byRegister ? extra.pick([8, 9, 0]) : 0, held = state.registers[rs1]!, immediate = (count - held) & 0xffff;
  const exact = ((held + immediate) >>> 0) === count;
  const restore = count === 0 ? remember(state) : () => undefined;
  const loop = emit(state, 'loop', {
    rs1: exact ? rs1 : 0, ra: steps[0] ?? 0, rb: steps[1] ?? 0, length: 0, count: exact ? immediate : count,
    incA: (increments[0] ?? 0) & 0xffff, incB: (increments[1] ?? 0) & 0xffff,
  });
  const outer = state.steps;
  state.steps = [...outer, ...steps.map((s, i) => ({ s, value: starts[i]!, step: increments[i]!, times: Math.max(1, count) }))];
  steps.forEach((s) => { state.registers[s] = undefined; });
  state.loops++;
  repeated(state, records, body);
  if (left || extra.chance(15)) leaveEarly(state, steps[0], extra);
  state.loops--;
  state.steps = outer;
  const last = state.block.at(-1)!;
  loop.fix = { field: 'length', value: ({ pc }) => pc(last) - pc(loop) };
  if (count === 0) restore();
  else steps.forEach((s) => { state.registers[s] = undefined; });
  fence(state, ALL_UNITS);
  return records.length;
}
/** Out of the loop: at once, or when a stepping register says so; what follows in the body never runs or runs less often. */
function leaveEarly(state: State, s: number | undefined, draw: Draw): void {
  if (s === undefined || draw(2)) { emit(state, 'lbreak', {}); emit(state, 'trap', { code: 7 }); return; }
  emit(state, 'cmp', { pd: 7, rs1: s, rs2: 0, imm: 16, op: 3 });
  state.predicates[7] = undefined;
  emit(state, 'lbreak', {}, { predicate: 7, negate: draw(2) === 1 });
}

/** Forward over code that never runs, whatever it is; or back, as a loop made of a compare and a jump. */
function jumps(state: State, _: Definition, record: RawRecord, body: Body): number {
  const draw = draws(record.f6);
  if (draw(2) === 1 && state.loops < LOOPS) return countdown(state, bodyOf(body, 1 + draw(4)), body, draws(record.f0));
  const by = sum(state, 0, draw), held = state.registers[by.rs2]!, jump = emit(state, 'jump', { rs2: by.rs2, imm: 0 }), restore = remember(state), dead = draw(3);
  state.order.accesses = [];
  if (dead === 1) emit(state, 'trap', { code: 1 });
  const records = dead === 2 ? bodyOf(body, 1 + draw(3)) : [];
  body.resolve(state, records);
  restore();
  const target = tail(state);
  jump.fix = { field: 'imm', value: ({ pc }) => (pc(target) - held) >>> 0 };
  return dead === 2 ? records.length : 0;
}
function countdown(state: State, records: readonly RawRecord[], body: Body, draw: Draw): number {
  const s = LOOP_REGISTERS + 2 * state.loops;
  setRegister(state, s, 1 + draw(3), draw);
  state.registers[s] = undefined;
  const outer = state.steps, first = state.block.length;
  state.loops++;
  repeated(state, records, body);
  emit(state, 'alu', { rd: s, rs1: s, rs2: 0, imm: 1, op: 1 });
  emit(state, 'cmp', { pd: 6, rs1: s, rs2: 0, imm: 0, op: 1 });
  const start = state.block[first]!;
  emit(state, 'jump', { rs2: 0, imm: 0 }, { predicate: 6 }).fix = { field: 'imm', value: ({ pc }) => pc(start) };
  state.predicates[6] = false;
  state.loops--;
  state.steps = outer;
  fence(state, ALL_UNITS);
  return records.length;
}

/** A subroutine behind the end of the program, run once where it is called. */
function calls(state: State, _: Definition, record: RawRecord, body: Body): number {
  if (state.calls >= CALL_DEPTH) return 0;
  const draw = draws(record.f6), records = bodyOf(body, 1 + draw(5)), by = sum(state, 0, draw), held = state.registers[by.rs2]!;
  const call = emit(state, 'call', { rs2: by.rs2, imm: 0 }), outer = state.block, block: Draught[] = [];
  state.code.blocks.push(block);
  state.block = block;
  state.calls++;
  const first = tail(state);
  body.resolve(state, records);
  emit(state, 'ret', {});
  state.calls--;
  state.block = outer;
  call.fix = { field: 'imm', value: ({ pc }) => (pc(first) - held) >>> 0 };
  return records.length;
}
/** A ret belongs to a call: it calls, or stands predicated off. */
function returns(state: State, definition: Definition, record: RawRecord, body: Body): number {
  return state.calls > 0 || record.f6 % 2 ? never(state, definition, record) : calls(state, definition, record, body);
}
/** A loop that is left early, or an lbreak that is predicated off. */
function leaves(state: State, definition: Definition, record: RawRecord, body: Body): number {
  return record.f6 % 4 === 3 ? never(state, definition, record) : loopOf(state, record, body, true);
}
