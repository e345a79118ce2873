//! waiting: why a run rests: which instruction waits for which semaphore, or would read which UNKNOWN bytes.
import { printDescriptor } from '../assembler/descriptor.ts';
import { RetiredCursor } from '../cursor.ts';
import type { Device } from '../device.ts';
import { byOpcode } from '../instructions/set.ts';
import { bitsOf, decodeHead, wellEncoded } from '../isa/codec.ts';
import { type Definition, isOperand, operandPosition } from '../isa/instruction.ts';
import type { Rule } from '../isa/rule.ts';
import { bitAddress, hull, indices, isEmpty } from '../isa/tensor.ts';
import type { Tensor } from '../isa/view.ts';
import { spaceNames, UNIT_SEQ, unitNames } from '../limits.ts';
import { capture, type Closed, readRecord, unitOf, writeRecord } from '../machine/closed.ts';
import { readWindow, writeWindow } from '../machine/csr.ts';
import { Machine } from '../machine/machine.ts';
import { decodeState } from '../machine/serialise.ts';
import { unpackSnapshot } from '../snapshot.ts';
import { retirementLayout } from '../retirement.ts';

/** An instruction of the program that puts tokens into a semaphore. */
export interface Post {
  readonly pc: number;
  readonly unit: string;
  readonly isQueued: boolean;
}
export interface Waiting {
  readonly pc: number;
  readonly unit: string;
  readonly words: readonly number[];
  /** Absent where it waits for units, not for a semaphore. */
  readonly semaphore?: number;
  readonly tokens?: number;
  readonly wanted?: number;
  readonly busy?: readonly string[];
  /** The bytes of its operands. */
  readonly operands: readonly Region[];
  /** The next post to the semaphore, from the waiting instruction on and around; undefined: the program has none. */
  readonly post?: Post | undefined;
}
/** Bytes [low, high) of a space, from the first one of an operand to the last. */
export interface Region { readonly space: number; readonly low: number; readonly high: number; readonly isWrite: boolean }
export interface Undefined {
  readonly pc: number;
  readonly unit: string;
  readonly words: readonly number[];
  /** Field of the definition, register, and the first UNKNOWN element. */
  readonly operand: string;
  readonly register: number;
  readonly space: string;
  readonly address: number;
  readonly index: readonly number[];
}

/** An operand of an instruction, with its descriptor as a program would write it. */
export interface Operand {
  readonly name: string;
  readonly position: number;
  readonly register: number;
  readonly descriptor: string | undefined;
}

/** Every instruction that is next in its queue and waits, oldest first. */
export function waitingOf(device: Device, program: readonly (readonly number[])[]): readonly Waiting[] {
  const state = standing(device),
    { semaphores, queueLengths } = state.machine;
  const busy = unitNames.filter((_, unit) => unit !== UNIT_SEQ && queueLengths[unit]! > 0);
  const queued = state.all.map(({ pc }) => pc);
  return state.heads.flatMap((closed): Waiting[] => {
    const { pc, unit, words, definition, head, captured } = closed,
      common = { pc, unit: unitNames[unit] ?? String(unit), words, operands: regionsOf(closed) };
    const own = definition?.mnemonic === 'wait' ? { m: captured.m as number, k: (captured.rs2 + captured.imm) >>> 0 } : undefined;
    const short = (semaphore: number, wanted: number): Waiting[] => [
      { ...common, semaphore, tokens: semaphores[semaphore]!, wanted, post: nextPost(program, semaphore, pc, queued) },
    ];
    if (head.wait && semaphores[head.wait] === 0) return short(head.wait, 1);
    if (own && semaphores[own.m]! < own.k + (head.wait === own.m ? 1 : 0)) return short(own.m, own.k + (head.wait === own.m ? 1 : 0));
    return definition?.ready && !definition.ready(state.machine, captured) ? [{ ...common, busy }] : [];
  });
}

/** Records of what was dispatched and has not acted, and of what SEQ does next itself, in program order, as far as they are known. */
export function unfinishedOf(device: Device): readonly RetiredCursor[] {
  const { all, heads } = standing(device);
  return [...new Set([...all, ...heads])]
    .sort((a, b) => Number(a.seq - b.seq))
    .map((closed) => new RetiredCursor(new DataView(writeRecord(closed).buffer)));
}

/** The first operand of a waiting instruction that would decide something from UNKNOWN bytes; undefined when all are known. */
export function undefinedOf(device: Device): Undefined | undefined {
  for (const { definition, operands, pc, unit, words } of standing(device).heads) {
    for (const [name, field] of Object.entries(definition?.fields ?? {})) {
      const t = field.view?.definite && isOperand(field) ? operands[operandPosition(field)!] : undefined;
      const index = t && firstUnknown(device, t);
      if (t && index) {
        const address = Number(bitAddress(t, index) >> 3n);
        return {
          pc,
          unit: unitNames[unit] ?? String(unit),
          words,
          operand: name,
          register: t.t,
          space: spaceNames[t.space] ?? '',
          address,
          index: index.map(Number),
        };
      }
    }
  }
  return undefined;
}

/** What the sequencer saw when it trapped: the first broken rule of the code, and the operands as captured. */
export function trappedOf(
  device: Device,
  words: readonly number[],
  code: number,
): { readonly rule?: Rule; readonly operands: readonly Operand[] } {
  const { machine } = standing(device),
    definition = byOpcode.get(words[0]! & 255);
  if (!definition || !wellEncoded(definition, words)) return { operands: [] };
  const { operands, captured } = capture(definition, words, machine.seq, machine.pc, machine);
  const seen = (name: string): unknown => {
    const field = definition.fields[name];
    if (name === 'mode' || !field) return captured.mode;
    if (isOperand(field)) return operands[operandPosition(field)!];
    return field.kind === 'source' ? captured[name] : bitsOf(words, field);
  };
  const rule = definition.rules.find(({ trap, operands: names, holds }) => {
    const values = names.map(seen);
    return (
      trap === code && !names.some((name, i) => isOperand(definition.fields[name]) && values[i] === undefined) && !holds(machine, ...values)
    );
  });
  const named = Object.entries(definition.fields).flatMap(([name, field]): Operand[] => {
    const t = isOperand(field) ? operands[operandPosition(field)!] : undefined;
    return t ? [{ name, position: t.position, register: t.t, descriptor: printDescriptor(t.raw) }] : [];
  });
  return { ...(rule ? { rule } : {}), operands: named };
}

/** What stands in the queues and what the sequencer has next, read from a snapshot, since the host's window does not show it. */
function standing(device: Device): { readonly machine: Machine; readonly heads: readonly Closed[]; readonly all: readonly Closed[] } {
  const { profile } = device,
    machine = new Machine(profile, { read: readWindow, write: writeWindow });
  const { state, queues } = unpackSnapshot(device.snapshot(), profile.hash);
  decodeState(machine, state);
  const closed = queues.map((queue) => queue.map((record) => readRecord(record, byOpcode.get(record[retirementLayout.at.words]!)!)));
  const next = device
    .pending()
    .filter(({ seq }) => !closed.flat().some((one) => one.seq === seq))
    .flatMap(({ words, seq, pc }): Closed[] => {
      const definition = byOpcode.get(words[0]! & 255);
      return definition && wellEncoded(definition, words) && unitOf(definition, words) === UNIT_SEQ
        ? [capture(definition, words, seq, pc, machine)]
        : [];
    });
  const heads = [...closed.flatMap((queue) => queue.slice(0, 1)).sort((a, b) => Number(a.seq - b.seq)), ...next];
  return { machine, heads, all: closed.flat() };
}

function regionsOf({ definition, operands }: Closed): readonly Region[] {
  const role = (position: number): string | undefined =>
    Object.values(definition?.fields ?? {}).find((field) => operandPosition(field) === position)?.role;
  return operands.flatMap((t): Region[] => {
    if (!t || isEmpty(t)) return [];
    const [low, high] = hull(t);
    return [{ space: t.space, low: Number(low), high: Number(high), isWrite: role(t.position) !== 'read' }];
  });
}

function firstUnknown(device: Device, t: Tensor): readonly bigint[] | undefined {
  const bytes = Math.max(1, Number(t.width) / 8);
  for (const index of indices(t.dims)) {
    if (device.known(t.space, Number(bitAddress(t, index) >> 3n), bytes).includes(0)) return index;
  }
  return undefined;
}

function nextPost(program: readonly (readonly number[])[], semaphore: number, from: number, queued: readonly number[]): Post | undefined {
  for (let step = 1; step <= program.length; step++) {
    const pc = (from + step) % program.length,
      words = program[pc]!,
      definition = byOpcode.get(words[0]! & 255);
    if (definition && wellEncoded(definition, words) && posts(definition, words, semaphore)) {
      return { pc, unit: unitNames[unitOf(definition, words)] ?? '', isQueued: queued.includes(pc) };
    }
  }
  return undefined;
}
const posts = (definition: Definition, words: readonly number[], semaphore: number): boolean =>
  decodeHead(words).post === semaphore || (definition.mnemonic === 'post' && bitsOf(words, definition.fields.m!) === semaphore);
