//! numerics: the tables of the chapter on numerics: formats, events, kernels with their evidence, and which preset reproduces which file.
import { eventDefinitions, EVENT_ALWAYS } from '../limits.ts';
import { type Profile, profile, profileNames } from '../machine/profile.ts';
import { type Exact, unpack } from '../numerics/exact.ts';
import { type Format, formats, greatestFiniteCode, greatestInteger, hasNan, leastInteger, quietNan } from '../numerics/format.ts';
import { accumulationKernels, dotPresets } from '../vectors/dot-presets.ts';

const opening = (name: string): string => `<!-- ${name}: made by \`npm run emit\` -->`, closing = (name: string): string => `<!-- end of ${name} -->`;

/** Tables by the name that a page puts between its marks. */
const blocks: Readonly<Record<string, () => string>> = { formats: formatTable, events: eventTable, kernels: kernelTables, presets: presetTable };

/** The page with every marked table made anew; what is not marked stays as it is. */
export function withTables(page: string): string {
  return Object.entries(blocks).reduce((text, [name, made]) => {
    const from = text.indexOf(opening(name)), to = text.indexOf(closing(name));
    return from < 0 || to < from ? text : `${text.slice(0, from)}${opening(name)}\n${made()}\n${text.slice(to)}`;
  }, page);
}
/** Names of the tables that a page has no marks for. */
export const missingTables = (page: string): readonly string[] => Object.keys(blocks).filter((name) => !page.includes(opening(name)) || !page.includes(closing(name)));

const table = (heads: readonly string[], lines: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function formatTable(): string {
  const shown = formats.filter(({ name }) => !name.startsWith('binary')), extended = formats.filter(({ name }) => /^binary8p\ds[ef]$/.test(name));
  const row = (format: Format): readonly string[] => [
    `\`${format.name}\``, hex(BigInt(format.code), 2), String(format.width), layout(format), ...range(format), specialsOf(format),
    hasNan(format) ? hex(quietNan(format), Math.ceil(format.width / 4)) : '',
  ];
  return [
    table(['name', 'code', 'bits in memory', 'sign/exponent/fraction, bias', 'least positive', 'greatest', 'specials', 'NaN written'], shown.map(row)), '',
    'IEEE P3109 (draft 3.2), signed, 8 bits; those of 3 to 7 bits follow the same rule, `binary<K>p<P>s<e|f>`:', '',
    table(['name', 'code', 'bits in memory', 'sign/exponent/fraction, bias', 'least positive', 'greatest', 'specials', 'NaN written'], extended.map(row)),
  ].join('\n');
}

function layout({ kind, signed, exponentBits, fractionBits, bias, valueBits }: Format): string {
  if (kind === 'integer') return `${valueBits} bits, ${signed ? "two's complement" : 'unsigned'}`;
  if (kind === 'fixed') return `${valueBits} bits, two's complement, times 2^-${fractionBits}`;
  return kind === 'scale' ? `0/${exponentBits}/0, ${bias}` : `${signed ? 1 : 0}/${exponentBits}/${fractionBits}, ${bias}`;
}
function range(format: Format): readonly [string, string] {
  if (format.kind === 'integer') return [String(leastInteger(format) < 0n ? leastInteger(format) : 1n), String(greatestInteger(format))];
  if (format.kind === 'fixed') return [`1/${2 ** format.fractionBits}`, `${greatestInteger(format)}/${2 ** format.fractionBits}`];
  if (format.kind === 'scale') return [`2^-${format.bias}`, `2^${(1 << format.exponentBits) - 2 - format.bias}`];
  const shift = BigInt(format.ignoredLowBits);
  return [power(unpack(format, 1n << shift)), power(unpack(format, greatestFiniteCode(format) << shift))];
}
/** A number as a small one times a power of two. */
function power(value: Exact): string {
  if (value.kind !== 'finite') return '';
  let { significand, exponent } = value;
  while ((significand & 1n) === 0n && significand > 1n) { significand >>= 1n; exponent++; }
  if (exponent >= 0 && exponent < 20) return String(significand << BigInt(exponent));
  return significand === 1n ? `2^${exponent}` : `${significand} x 2^${exponent}`;
}
function specialsOf({ specials, kind }: Format): string {
  if (kind === 'scale') return 'NaN, no zero';
  return { ieee: 'Inf, NaN', fn: 'NaN', fnuz: 'NaN, no -0', p3109: 'Inf, NaN, no -0', finite: 'none', none: '' }[specials];
}

function eventTable(): string {
  return table(['event', 'counted', 'meaning'], eventDefinitions.map(([name, says], index) =>
  [`\`${name}\``, index < EVENT_ALWAYS ? 'always' : 'with `fullCounters`', says]));
}

interface KernelFile { readonly kernels: Readonly<Record<string, Readonly<Record<string, unknown>> & { readonly kind: string; readonly source: string; readonly certainty: string }>> }

function kernelTables(): string {
  return profileNames().map(profile).map((one) => {
    const { kernels } = one.file as KernelFile, used = Object.entries(kernels).filter(([, { kind }]) => kind !== 'integer');
    if (used.length === 0) return `**${one.name}** (${one.tier}): exact integers.`;
    const rows = used.map(([name, { kind, source, certainty, ...fields }]) => [`\`${name}\``, rowsOf(one, name), `${kind} ${fieldsText(fields)}`, certainty, source]);
    return `**${one.name}** (${one.tier}): ${one.says}\n\n${table(['kernel', 'operands -> accumulator, index', 'record', 'certainty', 'evidence'], rows)}`;
  }).join('\n\n');
}
const fieldsText = (fields: Readonly<Record<string, unknown>>): string => Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`).join(', ');

/** The operand types that a kernel is for, and its number in the mode field `dot`. */
function rowsOf({ triples }: Profile, kernel: string): string {
  const name = (code: number): string => formats.find((format) => format.code === code)!.name, found = new Map<string, Set<string>>();
  for (const { activation, weight, accumulator, kernels } of triples) {
    const index = kernels.indexOf(kernel);
    if (index < 0) continue;
    const key = `${name(accumulator)}, ${index}`, operands = activation === weight ? name(activation) : `${name(activation)} x ${name(weight)}`;
    found.set(key, (found.get(key) ?? new Set<string>()).add(operands));
  }
  return [...found].map(([key, operands]) => `${listed([...operands])} -> ${key}`).join('; ');
}
const listed = (names: readonly string[]): string => (names.length > 5 ? `${names.slice(0, 4).join(' ')} .. (${names.length})` : names.join(' '));

function presetTable(): string {
  const rows = dotPresets.map(({ units, inputs, output, profile: name, kernel }) => [units.join(' '), inputs.join(' '), output, `\`${name}\``, `\`${kernel}\``]);
  return [
    table(['unit in the file\'s name', 'operands', 'result', 'profile', 'kernel'], rows), '',
    table(['column of accumulation-modes', 'kernel of the chosen profile'], accumulationKernels.map(([column, kernel]) => [`\`${column}\``, `\`${kernel}\``])),
  ].join('\n');
}

const hex = (bits: bigint, digits: number): string => bits.toString(16).toUpperCase().padStart(digits, '0');
