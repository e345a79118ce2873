//! session: what the assembler knows while it reads one program: places, names, constants, instructions so far.
import type { Segment } from '../device.ts';
import { type Diagnostic, didYouMean } from '../failure.ts';
import { once } from '../isa/cached.ts';
import type { Words } from '../isa/codec.ts';
import { evaluate } from '../isa/expression.ts';
import { type Complaint, isComplaint } from '../isa/field.ts';
import type { Names } from '../isa/template.ts';
import type { Token } from '../isa/text.ts';
import { IMAGE_ALIGNMENT, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES } from '../limits.ts';
import { registers } from '../machine/csr.ts';

export interface Options {
  /** Name of the text in diagnostics. */
  readonly file?: string;
  /** Contents of a file that `.include` or `.file` names, as seen from the file that names it; undefined when there is none. */
  readonly include?: (path: string, from: string) => string | Uint8Array | Unreadable | undefined;
}
/** A file that is there, or not, and why it cannot be read: 'is a folder'. */
export interface Unreadable {
  readonly why: string;
}
/** Limits, so that a short text costs no second, whatever it says, and a long one seconds: what macros, repetitions and files named again unfold to has its own. */
export const SOURCE_MAX = 2 ** 24,
  LINE_MAX = 2 ** 16,
  LINES_MAX = 2 ** 20,
  TOKENS_MAX = 2 ** 24,
  UNFOLDED_LINES_MAX = 2 ** 15,
  UNFOLDED_TOKENS_MAX = 2 ** 19,
  DEPTH_MAX = 64,
  INSTRUCTIONS_MAX = 2 ** 20,
  DATA_MAX = 2 ** 28,
  READ_MAX = 2 ** 28,
  CHAIN_SHOWN = 3,
  DIAGNOSTICS_MAX = 100;

/** One instruction, whose words are known when all labels are. */
export interface Item {
  readonly place: Token;
  readonly make: () => Words | undefined;
}
export interface Block {
  readonly place: Token;
  readonly start: number;
  length: number;
}
export interface Macro {
  readonly place: Token;
  readonly parameters: readonly string[];
  readonly body: readonly (readonly Token[])[];
}
type Constant =
  | { readonly value: bigint }
  | { readonly tokens: readonly Token[]; readonly pc: number; busy: boolean; value?: bigint | undefined };
/** Bytes in the making: `patches` write values that are known at the end. */
export interface Section {
  readonly space: number;
  readonly address: number;
  bytes: Uint8Array;
  size: number;
  readonly patches: (() => void)[];
  readonly place: Token | undefined;
}

export interface Session {
  readonly options: Options;
  readonly diagnostics: Diagnostic[];
  stopped: boolean;
  lines: number;
  tokens: number;
  /** Lines and tokens of macros, repetitions, and files that were read before; files so far. */
  unfoldedLines: number;
  unfoldedTokens: number;
  readonly included: Set<string>;
  calls: number;
  /** Bytes of data so far, and of all files that were read. */
  laid: number;
  read: number;
  /** Constants being looked up. */
  depth: number;
  /** Names of registers; '' for a tensor register that is still to be chosen. */
  readonly names: Map<string, string>;
  /** Tensor registers that the text mentions by number. */
  readonly tensors: Set<number>;
  readonly constants: Map<string, Constant>;
  readonly labels: Map<string, number>;
  readonly macros: Map<string, Macro>;
  readonly items: Item[];
  /** Open braces; undefined for one that belongs to a statement in error. */
  readonly blocks: (Block | undefined)[];
  /** Where data go now; undefined: instructions. */
  section: Section | undefined;
  readonly sections: Section[];
  /** Bytes behind the instructions. */
  readonly pool: Section;
  /** Literals of descriptors by name, as written last. */
  readonly literals: Map<string, () => readonly number[] | undefined>;
  /** Distinct literals, in the order of their first use. */
  readonly interned: Map<string, { readonly index: number; readonly words: readonly number[] }>;
  entry: readonly Token[] | undefined;
  readonly features: Set<number>;
  readonly arguments: (() => number)[];
  readonly header: Map<number, () => number>;
  /** Everything has been read. */
  closed: boolean;
  /** Checks that wait for the end. */
  readonly late: (() => void)[];
}

export function newSession(options: Options): Session {
  return {
    options,
    diagnostics: [],
    stopped: false,
    lines: 0,
    tokens: 0,
    unfoldedLines: 0,
    unfoldedTokens: 0,
    included: new Set(),
    calls: 0,
    laid: 0,
    read: 0,
    depth: 0,
    names: new Map(),
    tensors: new Set(),
    constants: new Map(),
    labels: new Map(),
    macros: new Map(),
    items: [],
    blocks: [],
    section: undefined,
    sections: [],
    pool: section(0, 0, undefined),
    literals: new Map(),
    interned: new Map(),
    entry: undefined,
    features: new Set(),
    arguments: [],
    header: new Map(),
    closed: false,
    late: [],
  };
}
export const section = (space: number, address: number, place: Token | undefined): Section => ({
  space,
  address,
  bytes: new Uint8Array(256),
  size: 0,
  patches: [],
  place,
});
export const segmentOf = ({ space, address, bytes, size }: Section): Segment => ({ space, address, bytes: bytes.subarray(0, size) });

/** The contents of a file that the text names; undefined, and a diagnostic, when there are none. */
export function named(session: Session, path: Token): { readonly name: string; readonly contents: string | Uint8Array } | undefined {
  const name = path.text.slice(1, -1),
    contents = session.options.include?.(name, path.origin.file);
  if (typeof contents === 'string' || contents instanceof Uint8Array) {
    session.read += contents.length;
    if (session.read <= READ_MAX) return { name, contents };
    complain(session, path, `the files that the program names have more than ${READ_MAX} bytes together, each counted as often as it is named`);
    session.stopped = true;
    return undefined;
  }
  complain(session, path, contents ? `${name || "''"} ${contents.why}` : `${name} cannot be read`);
  return undefined;
}

/** Note a mistake at a token; after many of them the reader has enough. */
export function complain(session: Session, place: Token | undefined, message: string): void {
  if (session.stopped) return;
  const { line, column, origin } = place ?? { line: 0, column: 0, origin: { file: session.options.file ?? 'program' } };
  session.diagnostics.push({
    file: origin.file,
    line,
    column,
    message: 'via' in origin && origin.via ? `${message} (${origin.via})` : message,
  });
  if (session.diagnostics.length < DIAGNOSTICS_MAX) return;
  session.stopped = true;
  session.diagnostics.push({ file: origin.file, line: 0, column: 0, message: `stopped after ${DIAGNOSTICS_MAX} mistakes` });
}

/** Note what a text unfolds to, before it is made where that is much. */
export function unfolded(session: Session, place: Token | undefined, lines: number, tokens: number): void {
  session.unfoldedLines += lines;
  session.unfoldedTokens += tokens;
  if (session.unfoldedLines <= UNFOLDED_LINES_MAX && session.unfoldedTokens <= UNFOLDED_TOKENS_MAX) return;
  complain(session, place, `macros and repetitions make more than ${UNFOLDED_LINES_MAX} lines or ${UNFOLDED_TOKENS_MAX} words and signs; larger data come from a file: .file`);
  session.stopped = true;
}

/** Add an instruction; `make` is asked for its words when everything has been read. */
export function emit(session: Session, place: Token, make: () => Words | undefined): void {
  if (session.section) {
    complain(session, place, 'an instruction among data; write .text first');
    return;
  }
  if (session.items.length >= INSTRUCTIONS_MAX) {
    complain(session, place, `more than ${INSTRUCTIONS_MAX} instructions`);
    session.stopped = true;
  } else session.items.push({ place, make });
}

/** Byte of the image where the literals of descriptors begin; known when everything has been read. */
export const literalsAt = ({ items, pool }: Session): number =>
  Math.ceil((IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * items.length + pool.size) / IMAGE_ALIGNMENT) * IMAGE_ALIGNMENT;

/** What text at this place of the program may refer to. */
export function namesAt(session: Session, pc = session.items.length): Names {
  return { resolve: (text) => session.names.get(text) || text, lookup: (name) => lookup(session, name, pc) };
}

/** A number that must be known already here; undefined, and a diagnostic, when it is not, or does not lie within the limits. */
export function known(session: Session, tokens: readonly Token[], least: bigint, most: bigint, what: string): bigint | undefined {
  const value = evaluate(tokens, namesAt(session).lookup);
  if (isComplaint(value)) complain(session, tokens[value.at ?? 0] ?? tokens.at(-1), `${what}: ${value.complaint}`);
  else if (value < least || value > most) complain(session, tokens[0], `${what}: ${value} does not fit; allowed is ${least}..${most}`);
  else return value;
  return undefined;
}

/** Give a name to a value; a name has one meaning. */
export function isFree(session: Session, token: Token): boolean {
  const name = token.text;
  if (/^[sptmn]\d+$/.test(name)) complain(session, token, `'${name}' is a register; choose another name`);
  else if (session.constants.has(name) || session.names.has(name)) complain(session, token, `'${name}' has a meaning already`);
  else return true;
  return false;
}

/** What the sequencer may read of the host's window, by name. */
export const windowOffsets = once((): ReadonlyMap<string, number> => new Map(
  registers
    .filter(({ offset }) => offset <= 0x3c || (offset >= 0x60 && offset < 0x70) || (offset >= 0x500 && offset < 0x800))
    .flatMap(({ name, offset, repeat }) =>
      Array.from({ length: repeat?.[0] ?? 1 }, (_, i) => [repeat ? name + i : name, offset + i * (repeat?.[1] ?? 0)] as const),
    ),
));

function lookup(session: Session, name: string, pc: number): bigint | Complaint {
  if (name === '.') return BigInt(pc);
  const constant = session.constants.get(name);
  if (constant) {
    if (constant.value !== undefined) return constant.value;
    if (!('tokens' in constant) || constant.tokens.length === 0) return { complaint: `'${name}' is not known before the end` };
    if (constant.busy) return { complaint: `'${name}' is defined by itself` };
    if (session.depth >= DEPTH_MAX) return { complaint: `constants that refer to each other more than ${DEPTH_MAX} deep` };
    constant.busy = true;
    session.depth++;
    const value = evaluate(constant.tokens, (other) => lookup(session, other, constant.pc));
    session.depth--;
    constant.busy = false;
    if (isComplaint(value)) return { complaint: session.depth < CHAIN_SHOWN ? `in '${name}': ${value.complaint}` : value.complaint };
    return (constant.value = value);
  }
  const offset = windowOffsets().get(name);
  if (offset !== undefined) return BigInt(offset);
  if (/^[sptmn]\d+$/.test(name) || session.names.has(name)) return { complaint: `'${name}' is a register; a number is needed here` };
  if (name.startsWith('\\')) return { complaint: `'${name}' is not a parameter of a macro` };
  return { complaint: `'${name}' is not defined${suggest(name, [...session.constants.keys(), ...session.names.keys()])}` };
}

/** A hint, unless the word is too short for one or looking for it would take long. */
export const suggest = (word: string, candidates: readonly string[]): string =>
  word.length < 2 || word.length > 40 || candidates.length > 1000 ? '' : didYouMean(word, candidates);
