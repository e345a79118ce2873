//! json: an explanation as data: words in hexadecimal, values exact, events in the order in which they happened.
import { bitAddress } from '../isa/tensor.ts';
import type { WatchEvent } from '../isa/view.ts';
import { spaceNames } from '../limits.ts';
import type { Between, Exact } from '../numerics/exact.ts';
import { type Explanation, isLawful, namesOf } from './explain.ts';
import { decimal, hex, codeValue } from './number.ts';

export function explanationJson(of: Explanation): object {
  const { tensor, index, definition, closed, profile, events, result, written, device } = of, format = tensor.format!, names = namesOf(definition);
  const mode = closed.captured.mode as Readonly<Record<string, number>>;
  return {
    format: 'systole-explain/1', seq: Number(of.of.seq), pc: of.of.pc, mnemonic: definition.mnemonic, rule: definition.says, profile, device,
    mode: Object.fromEntries(definition.mode.map((name) => [name, mode[name]])),
    element: { operand: of.name, register: `t${tensor.t}`, index: index.map(Number), dims: tensor.dims.map(Number), dtype: format.name,
      space: spaceNames[tensor.space], bit_address: Number(bitAddress(tensor, index)) },
    events: events.map((event) => eventJson(event, names)),
    result: { bits: hex(format, result.bits), value: codeValue(format, result.bits), known: result.known },
    written: { bits: hex(format, written.bits), known: written.known }, equal: isLawful(of),
  };
}

function eventJson(event: WatchEvent, names: ReadonlyMap<number, string>): object {
  if (event.kind === 'read' || event.kind === 'write') {
    const { kind, t, index, cell } = event;
    return { kind, operand: names.get(t.position), index: index.map(Number), dtype: t.format?.name, space: spaceNames[t.space],
      bit_address: Number(bitAddress(t, index)), bits: word(cell.bits), known: cell.known };
  }
  return Object.fromEntries(Object.entries(event).map(([name, value]) => [name, plain(name, value)]));
}

const word = (bits: bigint): string => `${bits < 0n ? '-' : ''}0x${(bits < 0n ? -bits : bits).toString(16)}`;

/** Big numbers as hexadecimal text, formats by name, values with all their digits. */
function plain(name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return name === 'sum' ? String(value) : word(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => plain(name, item));
  if ('specials' in value) return (value as unknown as { readonly name: string }).name;
  if ('kind' in value && ['finite', 'infinite', 'nan', 'between'].includes(String(value.kind))) return exact(value as Exact | Between);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(key, inner)]));
}

/** (-1)^negative x significand x 2^exponent; `between` lies above it, by less than one unit of the significand. */
function exact(value: Exact | Between): object {
  const { kind } = value;
  if (kind === 'nan') return { kind };
  if (kind === 'infinite') return { kind, negative: value.negative };
  return { kind, negative: value.negative, significand: word(value.significand), exponent: value.exponent, decimal: decimal(value) };
}
