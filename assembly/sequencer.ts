//! sequencer: scalar instructions, descriptors, modes, loops and calls.
import { addTokens, overflow, postToken, retire, takeToken, takeTokens } from './act';
import {
  ALU, BREAK, CALL, CMP, control, CSRR, CSRW, DESCRIPTOR_WORDS, FENCE, format, HALT, head, IRQ, JUMP, LD, loop, LOOP, LOOP_BYTES, MARK,
  MODE_WORDS, NOP, NSET, operand, OP_ALU, OP_BREAK, OP_CALL, OP_CMP, OP_CSRR, OP_CSRW, OP_FENCE, OP_HALT, OP_IRQ, OP_JUMP, OP_LBREAK, OP_LD,
  OP_LOOP, OP_MARK, OP_NOP, OP_NSET, OP_POST, OP_RET, OP_ST, OP_TCOPY, OP_TLOAD, OP_TSET, OP_WAIT, POST, profile, retirement, ST, state, TCOPY,
  TLOAD, TSET, UNIT_SEQ, SPACE_DRAM, PHASE_IDLE,
} from './encoding';
import { descriptorAt, width } from './extent';
import { complete } from './completion';
import { imageAt } from './fetch';
import { renew } from './move';
import { readWindow, writeWindow } from './window';
import { setKnown, spaceAt, touch } from './pages';
import { busy, hasTokens } from './queues';

/** May the sequencer's own instruction go now: tokens, and units that it waits for? */
export function mayGo(at: usize): bool {
  const words = retirement.wordsAt(at), op = head.opcode(words);
  if ((head.wait(words) || op == OP_WAIT) && !hasTokens(at)) return false;
  if (op == OP_FENCE) return (busy() & FENCE.units(words)) == 0;
  return op != OP_HALT || control.queued() == 0;
}

/** Dispatches and executes a sequencer instruction, and writes its record. */
export function step(at: usize, options: u32): void {
  const words = retirement.wordsAt(at), op = head.opcode(words);
  takeToken(words);
  // A `post` that does not fit leaves this flag to the fault behind the record.
  let fits = true;
  if (op == OP_POST) fits = addTokens(POST.m(words), y(at, 0, POST.imm(words)));
  const next = op == OP_ALU ? scalar(at, words) : execute(op, at, words);
  fits = postToken(words) && fits;
  advance(next);
  state.setSeq(state.seq() + 1);
  retire(at, options);
  if (!fits) overflow(at, UNIT_SEQ);
  else if (op == OP_HALT) end();
}

/** pc goes on to `next`; behind the last instruction of a loop begun in this call the loop steps, and then the one around it. */
export function advance(next: u32): void {
  for (let depth = state.loopDepth(); depth; depth--) {
    const top = state.loops(depth - 1), left = loop.left(top) - 1;
    if (next != loop.end(top) + 1 || loop.depth(top) != state.callDepth()) break;
    stepRegisters(top);
    if (left) {
      loop.setLeft(top, left);
      state.setPc(loop.start(top));
      return;
    }
    popLoop();
  }
  state.setPc(next);
}

/** Behind an iteration of a loop its registers step. */
@inline export function stepRegisters(top: usize): void {
  const ra = loop.ra(top), rb = loop.rb(top);
  if (ra) state.setRegisters(ra, state.registers(ra) + <u32>loop.incA(top));
  if (rb) state.setRegisters(rb, state.registers(rb) + <u32>loop.incB(top));
}

/** `halt`: the units are idle, the run has ended. */
function end(): void {
  state.setPhase(PHASE_IDLE);
  state.setStopRequest(0);
  state.setResumed(0);
  complete(0);
  if (state.launchedByRing() && state.launchFlags() & 1) state.setIrqStatus(state.irqStatus() | 1);
}

/** The second operand of scalar instructions: source i and the immediate, modulo 2^32. */
@inline function y(at: usize, i: usize, imm: i32): u32 { return retirement.scalars(at, i) + <u32>imm; }
@inline function set(at: usize, register: u32, value: u32): void {
  state.setRegisters(register, value);
  retirement.setResult(at, value);
}

@inline function scalar(at: usize, words: usize): u32 {
  set(at, ALU.rd(words), compute(ALU.op(words), retirement.scalars(at, 0), y(at, 1, ALU.imm(words))));
  return retirement.pc(at) + 1;
}
@inline export function compute(op: u32, a: u32, b: u32): u32 {
  switch (op) {
    case 0: return a + b;
    case 1: return a - b;
    case 2: return a * b;
    case 3: return b == 0 ? ~<u32>0 : b == ~<u32>0 ? 0 - a : <u32>(<i32>a / <i32>b);
    case 4: return b == 0 ? ~<u32>0 : a / b;
    case 5: return b == 0 ? a : b == ~<u32>0 ? 0 : <u32>(<i32>a % <i32>b);
    case 6: return b == 0 ? a : a % b;
    case 7: return a & b;
    case 8: return a | b;
    case 9: return a ^ b;
    case 10: return a << (b & 31);
    case 11: return a >>> (b & 31);
    case 12: return <u32>(<i32>a >> <i32>(b & 31));
    case 13: return <i32>a < <i32>b ? a : b;
    case 14: return <i32>a > <i32>b ? a : b;
    case 15: return min<u32>(a, b);
    default: return max<u32>(a, b);
  }
}
@inline export function compare(op: u32, a: u32, b: u32): bool {
  switch (op) {
    case 0: return a == b;
    case 1: return a != b;
    case 2: return <i32>a < <i32>b;
    case 3: return <i32>a <= <i32>b;
    case 4: return a < b;
    default: return a <= b;
  }
}

/** Everything but `alu` and what `post` adds; returns the pc behind it. */
function execute(op: u32, at: usize, words: usize): u32 {
  const pc = retirement.pc(at);
  switch (op) {
    case OP_CMP: {
      const holds = <u32>compare(CMP.op(words), retirement.scalars(at, 0), y(at, 1, CMP.imm(words))), bit = CMP.pd(words);
      state.setPredicates((state.predicates() & ~(1 << bit)) | (holds << bit));
      retirement.setResult(at, holds);
      break;
    }
    case OP_JUMP: return y(at, 0, JUMP.imm(words));
    case OP_LOOP: {
      const count = y(at, 0, <i32>LOOP.count(words));
      retirement.setResult(at, count);
      if (!count) return pc + LOOP.length(words) + 1;
      begin(words, pc, count);
      break;
    }
    case OP_TSET: retirement.setResult(at, setField(words, y(at, 0, TSET.imm(words)))); break;
    case OP_LD: set(at, LD.rd(words), fetchElement(retirement.operands(at, 0))); break;
    case OP_ST: storeElement(retirement.operands(at, 0), retirement.scalars(at, 0)); break;
    case OP_WAIT: takeTokens(at); break;
    case OP_CALL: {
      const depth = state.callDepth();
      state.setCalls(depth, pc + 1);
      state.setCallDepth(depth + 1);
      return y(at, 0, CALL.imm(words));
    }
    case OP_RET: {
      const depth = state.callDepth() - 1, back = state.calls(depth);
      state.setCalls(depth, 0);
      state.setCallDepth(depth);
      return back;
    }
    case OP_LBREAK: {
      const behind = loop.end(state.loops(state.loopDepth() - 1)) + 1;
      popLoop();
      return behind;
    }
    case OP_NSET: setMode(words, y(at, 0, NSET.imm(words))); break;
    case OP_TCOPY: copyDescriptor(words); break;
    case OP_TLOAD: loadDescriptor(TLOAD.t(words), y(at, 0, TLOAD.imm(words))); break;
    case OP_CSRR: set(at, CSRR.rd(words), readWindow(<u32>CSRR.offset(words))); break;
    case OP_CSRW: {
      writeWindow(<u32>CSRW.offset(words), retirement.scalars(at, 0));
      retirement.setResult(at, retirement.scalars(at, 0));
      break;
    }
    case OP_IRQ: state.setIrqStatus(state.irqStatus() | (0x1_0000 << IRQ.vector(words))); break;
    case OP_HALT: {
      state.setHalted(1);
      state.setHaltValue(<u32>HALT.value(words));
      retirement.setResult(at, <u32>HALT.value(words));
      break;
    }
    case OP_NOP: retirement.setResult(at, <u32>NOP.tag(words)); break;
    case OP_MARK: retirement.setResult(at, <u32>MARK.value(words)); break;
    case OP_BREAK: retirement.setResult(at, <u32>BREAK.tag(words)); break;
    default: break;
  }
  return pc + 1;
}

/** Opens a loop that goes round so many times, at least once. */
export function begin(words: usize, pc: u32, count: u32): void {
  const depth = state.loopDepth(), top = state.loops(depth);
  loop.setStart(top, pc + 1);
  loop.setEnd(top, pc + LOOP.length(words));
  loop.setLeft(top, count);
  loop.setDepth(top, state.callDepth());
  loop.setRa(top, LOOP.ra(words));
  loop.setRb(top, LOOP.rb(words));
  loop.setIncA(top, LOOP.incA(words));
  loop.setIncB(top, LOOP.incB(words));
  state.setLoopDepth(depth + 1);
}
function popLoop(): void {
  const depth = state.loopDepth() - 1;
  memory.fill(state.loops(depth), 0, LOOP_BYTES);
  state.setLoopDepth(depth);
}

/** A word of a descriptor. Where it changes, what was prepared with the descriptor is looked at again; loops set most words to what they are. */
function setWord(t: u32, word: usize, value: u32): void {
  const at = <usize>(t * DESCRIPTOR_WORDS) + word;
  if (state.tensors(at) == value) return;
  state.setTensors(at, value);
  control.setVersions(t, control.versions(t) + 1);
}

/** Sets a field of a descriptor, or adds to it; the base is 48 bits wide, and what is added to it is signed. */
export function setField(words: usize, value: u32): u32 {
  const t = TSET.t(words), field = TSET.field(words), word = <usize>field, first = <usize>(t * DESCRIPTOR_WORDS);
  if (TSET.op(words) == 0) setWord(t, word, value);
  else if (field == 1) {
    const old = state.tensors(first + 2);
    const sum = (<i64>(old & 0xffff) << 32) + <i64>state.tensors(first + 1) + <i64><i32>value;
    setWord(t, 1, <u32>sum);
    setWord(t, 2, (old & 0xffff_0000) | (<u32>(sum >>> 32) & 0xffff));
  } else setWord(t, word, state.tensors(first + word) + value);
  return state.tensors(first + word);
}

export function copyDescriptor(words: usize): void { setDescriptor(TCOPY.t(words), descriptorAt(TCOPY.from(words))); }

/** All words of a descriptor, as they lie at `from`. */
@inline function setDescriptor(t: u32, from: usize): void {
  if (renew(descriptorAt(t), from, DESCRIPTOR_WORDS << 2)) control.setVersions(t, control.versions(t) + 1);
}

/** Sets a word of a mode: where it changes, what was prepared is looked at again. */
export function setMode(words: usize, value: u32): void {
  const word = <usize>(NSET.n(words) * MODE_WORDS + NSET.field(words));
  if (state.modes(word) == value) return;
  control.setSettings(control.settings() + 1);
  state.setModes(word, value);
}

export function loadDescriptor(t: u32, offset: u32): void {
  const from = imageAt() + <usize>offset, low = state.imageBase() + <i64>offset;
  touch(SPACE_DRAM, low, low + 64);
  setDescriptor(t, from);
}

function fetchElement(t: usize): u32 {
  const space = operand.space(t), low = operand.address(t) >>> 3, bits = width(t), from = spaceAt(space) + <usize>low;
  touch(space, low, low + <i64>(bits >>> 3));
  const row = profile.formats(operand.dtype(t)), signed = format.kind(row) == 1 && format.signed(row);
  if (bits == 8) return signed ? <u32><i32>load<i8>(from) : <u32>load<u8>(from);
  if (bits == 16) return signed ? <u32><i32>load<i16>(from) : <u32>load<u16>(from);
  return load<u32>(from);
}
function storeElement(t: usize, value: u32): void {
  const space = operand.space(t), low = operand.address(t) >>> 3, bits = width(t), to = spaceAt(space) + <usize>low;
  setKnown(space, low, low + <i64>(bits >>> 3));
  if (bits == 8) store<u8>(to, <u8>value);
  else if (bits == 16) store<u16>(to, <u16>value);
  else store<u32>(to, value);
}
