//! rerun: the units' instructions of a case once more, from their records, on a machine that works by a hypothesis.
import type { Segment } from '../device.ts';
import { byOpcode } from '../instructions/set.ts';
import { destinationOf, operandPosition } from '../isa/instruction.ts';
import { isEmpty } from '../isa/tensor.ts';
import type { Tensor } from '../isa/view.ts';
import { EVENT_COUNT, RETIRED_DONE, UNIT_SEQ } from '../limits.ts';
import { type Closed, readRecord } from '../machine/closed.ts';
import { Machine } from '../machine/machine.ts';
import type { Profile } from '../machine/profile.ts';
import { retirementLayout } from '../retirement.ts';

/** One instruction as captured, on the machine as it stands before it; what it does is `execute` with what is handed over. */
export type Step = (machine: Machine, closed: Closed, execute: (machine: Machine, captured: Captured) => void) => void;
// biome-ignore lint/suspicious/noExplicitAny: typed by each definition
export type Captured = any;
/** Words that the sequencer stored, by seq: its registers are not in the records. */
export type Stores = ReadonlyMap<bigint, readonly Segment[]>;

/** A machine of the profile that holds what lies in memory before the run; what no rule of the specification says is undefined. */
export function machineBefore(profile: Profile, memory: readonly Segment[]): Machine {
  const machine = new Machine(profile, { read: () => 0, write: () => undefined });
  for (const { space, address, bytes } of memory) machine.memories[space]!.write(address, bytes);
  return machine;
}

/** Memory after all records, each done by `step`. */
export function rerun(machine: Machine, records: readonly Uint8Array[], stores: Stores, step: Step): Machine {
  for (const bytes of records) {
    const view = new DataView(bytes.buffer, bytes.byteOffset), { at } = retirementLayout, definition = byOpcode.get(bytes[at.words]!);
    if (bytes[at.status] !== RETIRED_DONE || !definition) continue;
    if (bytes[at.unit] === UNIT_SEQ) {
      for (const { space, address, bytes: data } of stores.get(view.getBigInt64(at.seq, true)) ?? []) machine.memories[space]!.write(address, data);
      continue;
    }
    const closed = readRecord(bytes, definition), destination = destinationOf(definition), d: Tensor | undefined = destination && closed.operands[operandPosition(destination[1])!];
    machine.events = Array.from({ length: EVENT_COUNT }, () => 0);
    if (!d || !isEmpty(d)) step(machine, closed, (on, captured) => { definition.execute(on, captured); });
  }
  return machine;
}

/** The machine with some of its verbs and facts replaced; the state is the same. */
export const seenAs = (machine: Machine, other: Partial<Record<keyof Machine, unknown>>): Machine =>
  Object.create(machine, Object.fromEntries(Object.entries(other).map(([name, value]) => [name, { value, writable: true }]))) as Machine;
