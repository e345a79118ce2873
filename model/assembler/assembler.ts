//! assembler: a program text to a program, with all its mistakes in one run.
import type { Program, Segment } from '../device.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { evaluate } from '../isa/expression.ts';
import { isComplaint } from '../isa/field.ts';
import type { Words } from '../isa/codec.ts';
import { DESCRIPTOR_WORDS, spaceNames, TENSOR_COUNT } from '../limits.ts';
import { buildImage, readImage } from './image.ts';
import { complain, literalsAt, namesAt, newSession, type Options, segmentOf, type Session } from './session.ts';
import { readText } from './source.ts';
import { statements } from './statements.ts';

export type { Options } from './session.ts';
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
export interface Assembly {
  readonly program: Program;
  /** Index of the instruction behind each label. */
  readonly labels: ReadonlyMap<string, number>;
  /** Where each instruction was written, by pc. */
  readonly places: readonly Place[];
  /** Registers by the names that the text gives them, `t7` and so on. */
  readonly names: ReadonlyMap<string, string>;
  readonly diagnostics: readonly [];
}
export interface Rejection {
  readonly program: undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Assemble a text that has to be right. Throws Rejected with every diagnostic. */
export function assembled(text: string | Uint8Array, options: Options = {}): Assembly {
  const result = assemble(text, options);
  if (result.program) return result;
  throw new Rejected(result.diagnostics);
}

/** Assemble a text, given as characters or as UTF-8: a program, or at least one diagnostic. */
export function assemble(text: string | Uint8Array, options: Options = {}): Assembly | Rejection {
  const session = newSession(options),
    file = options.file ?? 'program';
  readText(session, text, { file }, (line) => statements(session, line));
  if (!session.stopped) for (const block of session.blocks) if (block) complain(session, block.place, "'{' is not closed");
  if (session.items.length === 0 && session.diagnostics.length === 0) complain(session, undefined, 'the program has no instruction');
  session.closed = true;
  chooseTensors(session);
  const words = session.items.map(({ make }) => (session.stopped ? undefined : make()));
  for (const { patches } of [...session.sections, session.pool]) for (const patch of patches) if (!session.stopped) patch();
  for (const check of session.late) if (!session.stopped) check();
  const memory = session.stopped ? [] : segments(session),
    image = finishImage(session, words);
  if (session.diagnostics.length) return { program: undefined, diagnostics: sorted(session.diagnostics) };
  const places = session.items.map(({ place: { origin, line, column } }) => ({ file: origin.file, line, column }));
  const given = Array.from({ length: session.arguments.length }, (_, i) => session.arguments[i]?.() ?? 0);
  return { program: { image, memory, arguments: given }, labels: session.labels, places, names: session.names, diagnostics: [] };
}

/** The words of one instruction, or what is wrong with its text. */
export function parseInstruction(text: string): Words | Diagnostic {
  const result = assemble(text);
  if (!result.program) return result.diagnostics[0]!;
  const { words } = readImage(result.program.image);
  return words.length === 1
    ? words[0]!
    : { file: 'program', line: 1, column: 1, message: `${words.length} instructions, where one is wanted` };
}

/** Descriptors that have only a name get registers that the text does not mention. */
function chooseTensors(session: Session): void {
  let next = 0;
  for (const [name, register] of session.names) {
    if (register !== '') continue;
    while (session.tensors.has(next)) next++;
    if (next >= TENSOR_COUNT) {
      complain(session, undefined, `more than ${TENSOR_COUNT} descriptors have names; no register is left for '${name}'`);
      return;
    }
    session.names.set(name, `t${next++}`);
  }
}

function segments(session: Session): readonly Segment[] {
  const filled = session.sections.filter(({ size }) => size > 0);
  const ordered = [...filled].sort((a, b) => a.space - b.space || a.address - b.address);
  ordered.forEach((section, i) => {
    const before = ordered[i - 1];
    if (session.stopped || before?.space !== section.space || before.address + before.size <= section.address) return;
    const later = filled.indexOf(before) > filled.indexOf(section) ? before : section;
    complain(session, later.place, `these bytes overlap others at ${spaceNames[section.space]} 0x${section.address.toString(16)}`);
  });
  return filled.map(segmentOf);
}

function finishImage(session: Session, words: readonly (Words | undefined)[]): Uint8Array {
  let entry = 0n;
  if (session.entry) {
    const value = evaluate(session.entry, namesAt(session, 0).lookup);
    if (isComplaint(value)) complain(session, session.entry[value.at ?? 0] ?? session.entry.at(-1), value.complaint);
    else if (value < 0n || value >= BigInt(session.items.length))
      complain(session, session.entry[0], `the entry ${value} is outside the ${session.items.length} instructions`);
    else entry = value;
  }
  const { pool } = session,
    literals = [...session.interned.values()];
  const constants = new Uint8Array(
    literals.length ? literalsAt(session) - 64 - 16 * words.length + 4 * DESCRIPTOR_WORDS * literals.length : pool.size,
  );
  constants.set(pool.bytes.subarray(0, pool.size));
  const view = new DataView(constants.buffer),
    from = literalsAt(session) - 64 - 16 * words.length;
  literals.forEach(({ index, words: descriptor }) => {
    descriptor.forEach((word, i) => view.setUint32(from + 4 * (DESCRIPTOR_WORDS * index + i), word, true));
  });
  const overrides = new Map([...session.header].map(([index, value]) => [index, value()]));
  return buildImage({ words: words.map((w) => w ?? [0, 0, 0, 0]), constants, entry: Number(entry), features: session.features, overrides });
}

/** In the order of the text; what has no line comes last. */
function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const files = [...new Set(diagnostics.map(({ file }) => file))];
  return [...diagnostics].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.line || Infinity) - (b.line || Infinity) || a.column - b.column,
  );
}
