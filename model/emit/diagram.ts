//! diagram: the words of an instruction drawn as boxes, from its fields.
import type { Field } from '../isa/field.ts';
import { type Definition, type Fields, head } from '../isa/instruction.ts';

interface Segment { readonly high: number; readonly low: number; readonly name: string }

/** Word 0 is the head, drawn once in the manual; words 1 to 3, each as three lines of text. A word of zeros is a line. */
export const diagram = (definition: Definition): string => [1, 2, 3].flatMap((word) => drawings(definition.fields, word)).join('\n');
export const headDiagram = (): string => draw(0, '', segments(Object.entries(head) as [string, Field][]));

/** One drawing for the fields that always exist and, where fields depend on others, one for each of their conditions. */
function drawings(fields: Fields, word: number): string[] {
  const inWord = Object.entries(fields).filter(([, field]) => field.word === word);
  const conditions = [...new Set(inWord.map(([, field]) => conditionText(fields, field)))];
  const always = inWord.filter(([, field]) => !field.when);
  const conditional = conditions.filter((text) => text !== '');
  if (conditional.length === 0) return always.length ? [draw(word, '', segments(always))] : [`word ${word}  0`];
  return conditional.map((text) => draw(word, `  where ${text}`, segments([...always, ...inWord.filter(([, f]) => conditionText(fields, f) === text)])));
}
const conditionText = (fields: Fields, field: Field): string => (field.when ?? []).map(({ field: name, is }) => {
  const kind = fields[name]!;
  const values = is.map((bits) => kind.names?.[bits] || (kind.kind === 'flag' ? `no ${kind.names?.[1]}` : String(bits)));
  return kind.kind === 'flag' ? values.join(' or ') : `${name} is ${values.join(' or ')}`;
}).join(' and ');

/** Fields from the highest bit to the lowest, gaps as zeros. */
function segments(fields: readonly (readonly [string, Field])[]): Segment[] {
  const out: Segment[] = [];
  let next = 31;
  for (const [name, { low, width }] of [...fields].sort(([, a], [, b]) => b.low - a.low)) {
    if (low + width - 1 < next) out.push({ high: next, low: low + width, name: '0' });
    out.push({ high: low + width - 1, low, name });
    next = low - 1;
  }
  if (next >= 0) out.push({ high: next, low: 0, name: '0' });
  return out;
}

function draw(word: number, note: string, parts: readonly Segment[]): string {
  const cells = parts.map(({ high, low, name }) => {
    const bits = high === low ? String(high) : `${high}:${low}`, width = Math.max(name.length, bits.length, high - low + 1) + 2;
    return { bits: middle(bits, width), name: middle(name, width), line: '-'.repeat(width) };
  });
  return [
    `word ${word} ${cells.map((c) => c.bits).join(' ')}${note}`, `      +${cells.map((c) => c.line).join('+')}+`,
    `      |${cells.map((c) => c.name).join('|')}|`, `      +${cells.map((c) => c.line).join('+')}+`,
  ].join('\n');
}
const middle = (text: string, width: number): string => {
  const left = Math.floor((width - text.length) / 2);
  return ' '.repeat(left) + text + ' '.repeat(width - text.length - left);
};
