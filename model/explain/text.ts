//! text: an explanation as lines for people; the last one states the bits and what the device wrote.
import { bitAddress } from '../isa/tensor.ts';
import type { ModeFieldName, Tensor, WatchEvent } from '../isa/view.ts';
import { spaceNames } from '../limits.ts';
import { scaleRuleNames } from '../numerics/block.ts';
import { roundNames } from '../numerics/exact.ts';
import { orderNames } from '../numerics/reduce.ts';
import { scaleNames } from '../numerics/requantise.ts';
import { readElement } from '../numerics/round.ts';
import { dotLines } from './dot-steps.ts';
import { type Explanation, isLawful, namesOf } from './explain.ts';
import { decimal, fields, hex, codeValue } from './number.ts';
import { stepLines } from './steps.ts';
import { columns, under } from './table.ts';

/** Operands of a multiplication that are shown one by one. */
const READS_MAX = 8;

/** What stands above the steps; the caller knows the text of the instruction and its place. */
export interface Heading { readonly text: string; readonly at?: string | undefined }

export function explanationLines(of: Explanation, { text, at }: Heading): string[] {
  const { definition, closed, tensor, name, index, profile, events, result, written, device } = of, format = tensor.format!;
  const kernel = events.find((event) => event.kind === 'kernel'), noted = events.findLast((event) => event.kind === 'events');
  const head = [
    ...under('instruction', [`${text}`, `seq ${of.of.seq}, pc ${of.of.pc}${at ? `, ${at}` : ''}, profile ${profile.name}`]),
    ...under('rule', wrapped(definition.says)),
    ...under('element', [`${name}[${index.join(', ')}] of [${tensor.dims.join(', ')}], t${tensor.t}: ${format.name} at ${placeText(tensor, index)}`]),
    ...modeLines(of),
  ];
  const body = kernel
    ? [...under('kernel', wrapped(`${kernel.name}: ${Object.entries(kernel.record).map(([key, value]) => `${key} ${value === null ? 'none' : value}`).join(', ')}`)),
      ...under('operands', readLines(of, true)), '', ...multiplication(of, kernel)]
    : [...under('operands', readLines(of, false)), '', ...under('steps', stepLines(events, `exact ${closed.captured.op ?? 'value'}`))];
  const how = events.some(({ kind }) => kind === 'write') ? [] : ['nothing was written here: the element is what it was'];
  const last = `${hex(format, result.bits)}  ${fields(format, result.bits)}  =  ${codeValue(format, result.bits)}${result.known ? '' : '  UNKNOWN'}`;
  return [
    ...head, '', ...body.filter((line, i) => line !== '' || body[i + 1] !== undefined), '',
    ...under('events', [noted && noted.names.length > 0 ? noted.names.join(', ') : 'none']), ...under('note', how), ...under('result', [last]),
    ...under(device.startsWith('engine') ? 'engine' : 'device', [`${hex(format, written.bits)}  ${isLawful(of) ? 'equal' : 'NOT EQUAL: this is a defect of systole'}`]),
  ].map((line) => line.trimEnd());
}

function multiplication({ events, tensor }: Explanation, { record, a, w, scales }: Extract<WatchEvent, { kind: 'kernel' }>): string[] {
  const lines = dotLines(events, record, { a, w, scales, accumulator: tensor.format! });
  if (record.kind !== 'integer') return lines;
  const c = events.find((event) => event.kind === 'read' && event.t.position === 0);
  const before = c?.kind === 'read' ? [`C is ${hex(tensor.format!, c.cell.bits)} = ${codeValue(tensor.format!, c.cell.bits)}; it is added to the sum`] : [];
  return [...lines, ...under('accumulator', [...before, ...stepLines(events, 'sum')])];
}

const modeNames: Readonly<Partial<Record<ModeFieldName, readonly string[]>>> =
  { round: [...roundNames, 'stochastic'], round2: roundNames, scale: scaleNames, order: orderNames, mxrule: scaleRuleNames };
/** Fields of the mode that the instruction captures and that are not zero. */
function modeLines({ definition, closed }: Explanation): string[] {
  const mode = closed.captured.mode as Readonly<Record<string, number>>, used = definition.mode.filter((name) => name === 'round' || mode[name] !== 0);
  return definition.mode.length === 0 ? [] : under('mode', wrapped(used.length === 0 ? 'all zero' : used.map((name) => `${name} ${modeNames[name]?.[mode[name]!] ?? mode[name]}`).join(', ')));
}

function readLines({ definition, closed, events }: Explanation, isProduct: boolean): string[] {
  const reads = events.filter((event) => event.kind === 'read'), names = namesOf(definition), { daz } = closed.captured.mode;
  const rows = reads.map(({ t, index, cell }) => {
    const value = t.format && readElement(t.format, cell.bits, daz), isFlushed = value?.kind === 'finite' && value.flushed;
    return [
      `${names.get(t.position)}[${index.join(', ')}]`, `${t.format?.name ?? ''} at ${placeText(t, index)}`, hex(t.format!, cell.bits), fields(t.format!, cell.bits),
      `=  ${decimal(value!)}${isFlushed ? '  a subnormal, read as zero' : ''}${cell.known ? '' : '  UNKNOWN'}`,
    ];
  });
  if (rows.length === 0) return ['none in memory'];
  if (!isProduct || rows.length <= READS_MAX) return columns(rows);
  // Products show the codes; here only where the rows of A begin and end.
  const shown = new Map<number, number[]>();
  reads.forEach(({ t }, i) => { shown.set(t.position, [...(shown.get(t.position) ?? []), i]); });
  return columns([...shown.values()].flatMap((all) => (all.length < 3 ? all : [all[0]!, all.at(-1)!]).map((i, which) =>
    (which === 1 && all.length > 2 ? [`to ${rows[i]![0]}`, ...rows[i]!.slice(1, 2)] : rows[i]!.slice(0, all.length > 2 ? 2 : 5)))));
}

function placeText(t: Tensor, index: readonly bigint[]): string {
  const bit = bitAddress(t, index), rest = bit & 7n;
  return `${spaceNames[t.space]}:0x${(bit >> 3n).toString(16)}${rest ? ` bit ${rest}` : ''}`;
}

/** A sentence in lines of about 110 characters. */
function wrapped(text: string): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    if (lines.at(-1)!.length + word.length > 110) lines.push(word);
    else lines.push(`${lines.pop()!} ${word}`.trim());
  }
  return lines;
}
