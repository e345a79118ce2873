//! disassembler: a program image as text that assembles to the same image.
import { byOpcode, set } from '../instructions/set.ts';
import { once } from '../isa/cached.ts';
import { decode, decodeHead, wellEncoded, type Words } from '../isa/codec.ts';
import { type Form, formsOf, print } from '../isa/template.ts';
import { DESCRIPTOR_WORDS, featureNames, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES } from '../limits.ts';
import { Rejected } from '../failure.ts';
import { defaultHeader, type Image, readImage } from './image.ts';
import { printDescriptor } from './descriptor.ts';
import { windowOffsets } from './session.ts';

/** Both made when they are first asked for. */
const forms = once((): ReadonlyMap<number, readonly Form[]> => new Map(set.map((definition) => [definition.opcode, formsOf(definition)])));
const windowNames = once((): ReadonlyMap<number, string> => new Map([...windowOffsets()].map(([name, offset]) => [offset, name])));

/** Text of an image: assembling it gives the same bytes. Throws Rejected when the bytes are no image with instructions. */
export function disassemble(bytes: Uint8Array, file?: string): string {
  const image = readImage(bytes, file);
  if (image.words.length === 0)
    throw new Rejected([{ file: file ?? 'image', line: 0, column: 0, message: 'the image has no instruction' }]);
  return [...headerLines(image, bytes.length), ...instructionLines(image), ...constantLines(image)].join('\n');
}

/** The same of its instructions alone: constants are left to what is said beside those that load them. */
export const instructionText = (bytes: Uint8Array): string => instructionLines(readImage(bytes)).join('\n');

/** One instruction as text; raw words where some bits are undefined. `label` names a pc. */
export function printInstruction(words: Words, label: (pc: number) => string | undefined = () => undefined): string {
  const definition = byOpcode.get(words[0] & 255);
  if (!definition || !wellEncoded(definition, words)) return `.word ${words.map(hex).join(', ')}`;
  const { mnemonic } = definition,
    { predicate, negate, wait, post, irq, trace, mode } = decodeHead(words),
    values = decode(definition, words);
  const naming = (field: string, value: unknown): string | undefined => {
    if (field === 'offset') return windowNames().get((value as number) >>> 0);
    return field === 'imm' && (mnemonic === 'jump' || mnemonic === 'call') && values['rs2'] === 0 ? label(value as number) : undefined;
  };
  const tail = [
    wait ? `wait m${wait}` : '',
    post ? `post m${post}` : '',
    mode ? `mode n${mode}` : '',
    irq ? 'irq' : '',
    trace ? 'trace' : '',
  ];
  return [predicate || negate ? `?${negate ? '!' : ''}p${predicate}` : '', print(forms().get(definition.opcode)!, words, naming), ...tail]
    .filter((part) => part)
    .join(' ');
}

const hex = (word: number): string => `0x${word.toString(16).padStart(8, '0')}`;

/** What the header says beyond what the assembler writes by itself. */
function headerLines({ header, words }: Image, imageBytes: number): string[] {
  const isEntry = header[4]! < words.length,
    expected = defaultHeader(imageBytes, words.length, isEntry ? header[4]! : 0);
  const features = Array.from({ length: 128 }, (_, bit) => bit).filter((bit) => (header[5 + (bit >> 5)]! >>> (bit & 31)) & 1);
  return [
    ...features.map((bit) => `.require ${featureNames[bit] ?? bit}`),
    ...(isEntry && header[4] ? [`.entry L${header[4]}`] : []),
    ...header.flatMap((word, index) => (word === expected[index] || (index >= 5 && index < 9) ? [] : [`.header ${index}, ${hex(word)}`])),
  ];
}

function instructionLines({ header, words, constants }: Image): string[] {
  const targets = new Set<number>(header[4] ? [header[4]] : []),
    closing = new Map<number, number>(),
    ends: number[] = [];
  const valid = words.map((w) => {
    const definition = byOpcode.get(w[0] & 255);
    return definition && wellEncoded(definition, w) ? definition : undefined;
  });
  valid.forEach((definition, pc) => {
    if (!definition || (definition.mnemonic !== 'jump' && definition.mnemonic !== 'call')) return;
    const { rs2, imm } = decode(definition, words[pc]!);
    if (rs2 === 0) targets.add(imm as number);
  });
  const first = IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * words.length,
    view = new DataView(constants.buffer, constants.byteOffset, constants.byteLength);
  const descriptor = (at: number): string | undefined =>
    at >= first && at + 4 * DESCRIPTOR_WORDS <= first + constants.length
      ? printDescriptor(Array.from({ length: DESCRIPTOR_WORDS }, (_, i) => view.getUint32(at - first + 4 * i, true)))
      : undefined;
  return words.flatMap((w, pc) => {
    while (ends.at(-1)! < pc) ends.pop();
    const definition = valid[pc],
      values = definition ? decode(definition, w) : {};
    const indent = '    '.repeat(ends.length + 1),
      end = pc + Number(values['length'] ?? 0);
    let text = printInstruction(w, (target) => (target >= 0 && target < words.length ? `L${target}` : undefined));
    // A body is shown by braces where it lies within the one around it; its length follows from them.
    if (definition?.mnemonic === 'loop' && end > pc && end < words.length && end <= (ends.at(-1) ?? end)) {
      text = `${text.replace(/ body \d+/, '')} {`;
      ends.push(end);
      closing.set(end, (closing.get(end) ?? 0) + 1);
    }
    const note = definition?.mnemonic === 'tload' && values['rs2'] === 0 ? descriptor(values['imm'] as number) : undefined;
    const closes = Array.from({ length: closing.get(pc) ?? 0 }, (_, i) => `${'    '.repeat(Math.max(0, indent.length / 4 - 1 - i))}}`);
    return [...(targets.has(pc) ? [`L${pc}:`] : []), `${indent}${text}${note ? `    ; ${note}` : ''}`, ...closes];
  });
}

function constantLines({ constants }: Image): string[] {
  if (constants.length === 0) return [''];
  const view = new DataView(constants.buffer, constants.byteOffset, constants.byteLength),
    lines: string[] = ['.constants'];
  const whole = constants.length & ~3;
  for (let at = 0; at < whole; at += 16) {
    lines.push(
      `    .u32 ${Array.from({ length: Math.min(4, (whole - at) / 4) }, (_, i) => `0x${view.getUint32(at + 4 * i, true).toString(16)}`).join(', ')}`,
    );
  }
  if (whole < constants.length) lines.push(`    .u8 ${[...constants.slice(whole)].join(', ')}`);
  return [...lines, ''];
}
