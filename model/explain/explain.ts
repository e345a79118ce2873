//! explain: one element of the instruction that a device stands before: every step told by the specification, and what the device writes.
import type { Device } from '../device.ts';
import { Defect } from '../failure.ts';
import { byOpcode } from '../instructions/set.ts';
import { type Definition, operandPosition, operandsOf } from '../isa/instruction.ts';
import { bitAddress } from '../isa/tensor.ts';
import type { Tensor, WatchEvent } from '../isa/view.ts';
import { type Closed, readRecord } from '../machine/closed.ts';
import { watchedSpecification } from '../specification.ts';
import type { Retired } from './survey.ts';

/** Bits of an element, and whether all bytes that it lies in are known. */
export interface Element { readonly bits: bigint; readonly known: boolean }
export interface Explanation {
  readonly of: Retired;
  readonly device: string;
  readonly profile: { readonly name: string; readonly hash: string };
  readonly definition: Definition;
  readonly closed: Closed;
  /** The destination, its name in the definition, and the element of it. */
  readonly tensor: Tensor;
  readonly name: string;
  readonly index: readonly bigint[];
  /** In the order in which they happened. */
  readonly events: readonly WatchEvent[];
  /** What the explanation comes to, and what the device wrote. */
  readonly result: Element;
  readonly written: Element;
}

/** The instruction of a record as it was captured. */
export const closedOf = ({ words, record }: Retired): Closed => readRecord(record, byOpcode.get(words[0]! & 0xff)!);
/** Operands by their names in the definition. */
export const namesOf = (definition: Definition): ReadonlyMap<number, string> =>
  new Map(operandsOf(definition).map(([name, field]) => [operandPosition(field)!, name]));

/**
 * Explains an element of the operand at a position. The device stands right before the instruction, and behind it afterwards. The law is that
 * result and written are the same; a caller that finds them different has found a defect of ours.
 */
export function explain(device: Device, of: Retired, position: number, index: readonly bigint[]): Explanation {
  const closed = closedOf(of), definition = closed.definition!, tensor = closed.operands[position];
  if (!tensor || tensor.role === 'read') throw new Defect(`operand ${position} of ${definition.mnemonic} is no destination`);
  const next = device.pending()[0];
  if (next?.seq !== of.seq) throw new Defect(`the device stands before instruction ${next?.seq}, not ${of.seq}`);
  const events: WatchEvent[] = [], oracle = watchedSpecification(device.profile, { position, index, tell: (event) => { events.push(event); } });
  oracle.restore(device.snapshot());
  oracle.execute({ budget: of.steps });
  device.execute({ budget: of.steps });
  const { name: profile, hash } = device.profile, own = events.findLast((event) => event.kind === 'write' && event.t.position === position);
  const result = elementOf(oracle, tensor, index);
  return {
    of, device: device.name, profile: { name: profile, hash }, definition, closed, tensor, name: namesOf(definition).get(position)!, index,
    events: withoutOthers(definition, events), result: own?.kind === 'write' ? { ...result, known: own.cell.known } : result, written: elementOf(device, tensor, index),
  };
}

/** The law: the same bits, and the same of them known; a 4-bit element shares its byte, and with it what is known, with a neighbour. */
export const isLawful = ({ tensor, result, written }: Explanation): boolean =>
  result.bits === written.bits && (result.known === written.known || (tensor.width === 4n && result.known));

/** Of the indices that scatter looks through, those that led to the element. */
function withoutOthers({ mnemonic }: Definition, events: readonly WatchEvent[]): readonly WatchEvent[] {
  const isIndex = (event: WatchEvent | undefined): boolean => event === undefined || (event.kind === 'read' && event.t.position === 2);
  return mnemonic === 'scatter' ? events.filter((event, i) => !isIndex(event) || !isIndex(events[i + 1])) : events;
}

function elementOf(device: Device, t: Tensor, index: readonly bigint[]): Element {
  const bit = bitAddress(t, index), at = Number(bit >> 3n), width = Number(t.width), count = Math.max(1, width / 8);
  const bits = device.read(t.space, at, count).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  return { bits: BigInt.asUintN(width, bits >> (bit & 7n)), known: !device.known(t.space, at, count).includes(0) };
}
