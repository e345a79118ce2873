//! template: the text form of a definition, compiled once, matched against tokens, and printed.
import { Defect } from '../failure.ts';
import { bitsOf, decode, encode, exists, type Head, type Values, type Words } from './codec.ts';
import { evaluate, extent, LEVEL_ANY, LEVEL_PRODUCT, LEVEL_SUM, LEVEL_UNARY, type Lookup, scopeOf } from './expression.ts';
import { type Complaint, type Field, isComplaint } from './field.ts';
import type { Definition } from './instruction.ts';
import { isBadText, type Token, tokenise } from './text.ts';

type Piece =
  | { readonly kind: 'literal'; readonly text: string; readonly tokens: readonly string[] }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'sum'; readonly register: string; readonly immediate: string; readonly single: boolean }
  | { readonly kind: 'either'; readonly operand: string; readonly scalar: string }
  | { readonly kind: 'group'; readonly pieces: readonly Piece[] };
export interface Form {
  readonly definition: Definition;
  readonly syntax: string;
  readonly pieces: readonly Piece[];
  /** Fields that stand in it. */
  readonly mentions: ReadonlySet<string>;
}
interface Capture {
  readonly piece: Piece;
  readonly from: number;
  readonly to: number;
  readonly before: Capture | undefined;
}
export interface Match {
  readonly form: Form;
  readonly to: number;
  readonly captures: Capture | undefined;
}
/** The place that no form got beyond, and what could stand there. */
export interface Furthest {
  at: number;
  readonly expected: Set<string>;
}
/** What is wrong with an instruction; `at` is the index of a token. */
export interface Problem {
  readonly at: number;
  readonly message: string;
}
export interface Names {
  /** A name given to a register, resolved; anything else as it is. */
  readonly resolve: (text: string) => string;
  readonly lookup: Lookup;
}

/** How tightly the right side of an operator binds; other operators are words, and take one number, register or parenthesis. */
const binding: Readonly<Record<string, number>> = {
  '+': LEVEL_SUM,
  '-': LEVEL_PRODUCT,
  '=': LEVEL_ANY,
  '+=': LEVEL_ANY,
  '==': LEVEL_ANY,
  '!=': LEVEL_ANY,
  '<': LEVEL_ANY,
  '<=': LEVEL_ANY,
  '<u': LEVEL_ANY,
  '<=u': LEVEL_ANY,
};

/** All forms of a definition, the one that is printed first coming first. */
export const formsOf = (definition: Definition): readonly Form[] => syntaxesOf(definition).map((syntax) => formOf(definition, syntax));
/** Their texts. */
export const syntaxesOf = ({ short, syntax, also }: Definition): readonly string[] => [short, syntax, also].filter((text) => text !== undefined);

export function formOf(definition: Definition, syntax: string): Form {
  const pieces = compile(syntax, definition);
  return { definition, syntax, pieces, mentions: new Set(fieldsIn(pieces)) };
}

/** The word that a text of a form begins with; '' where that is a field. */
export const firstWord = (syntax: string): string => /^\w*/.exec(syntax)![0];

/** Match a form with the tokens from `from` on; how far it got is noted in `furthest`. */
export function match(form: Form, tokens: readonly Token[], from: number, names: Names, furthest: Furthest): Match | undefined {
  const { fields } = form.definition;
  const fail = (at: number, expected: string): undefined => {
    if (at > furthest.at) {
      furthest.at = at;
      furthest.expected.clear();
    }
    if (at === furthest.at) furthest.expected.add(expected);
  };
  // `opened`: where a group began whose words are yet to come, else -1.
  const run = (pieces: readonly Piece[], index: number, at: number, captures: Capture | undefined, opened: number): Match | undefined => {
    const piece = pieces[index];
    if (piece === undefined) return { form, to: at, captures };
    if (piece.kind === 'literal') {
      for (const text of piece.tokens) if (tokens[at++]?.text !== text) return fail(at - 1, `'${text}'`);
      return run(pieces, index + 1, at, captures, opened);
    }
    if (piece.kind === 'group') {
      const taken = run([...piece.pieces, ...pieces.slice(index + 1)], 0, at, captures, at),
        left = run(pieces, index + 1, at, captures, -1);
      return taken && left ? (left.to > taken.to ? left : taken) : (taken ?? left);
    }
    // Behind an operator only as much belongs to its right side as binds more tightly.
    const isOperator = captures?.piece.kind === 'field' && captures.to === at && fields[captures.piece.name]!.kind === 'choice';
    const level = isOperator ? (binding[tokens[at - 1]!.text] ?? LEVEL_UNARY) : LEVEL_ANY;
    const to = reach(piece, fields, tokens, at, level, names, opened === at);
    return typeof to === 'number' ? run(pieces, index + 1, to, { piece, from: at, to, before: captures }, -1) : fail(at, to);
  };
  return run(form.pieces, 0, from, undefined, -1);
}

/** Values and words of a match. */
export function finish({ form, captures }: Match, tokens: readonly Token[], names: Names, head: Head, given: Values = {}): Words | Problem {
  const { fields, mnemonic } = form.definition,
    scope = scopeOf(names.lookup, names.resolve);
  const values: Record<string, unknown> = { ...given },
    places: Record<string, number> = {};
  let problem: Problem | undefined;
  const blame = (at: number, message: string): void => {
    problem = { at, message: `${mnemonic}: ${message}` };
  };
  const keep = (name: string, from: number, to: number): void => {
    const text = joined(tokens, from, to),
      value = fields[name]!.parse(text, scope) as unknown;
    places[name] = from;
    values[name] = value;
    if (isComplaint(value)) blame(tokenAt(tokens, from, to, value.at), value.complaint);
    else if (!fields[name]!.legal(encoded(fields[name]!, value))) blame(from, unlawful(fields[name]!, text));
  };
  for (let capture = captures; capture; capture = capture.before) {
    const { piece, from, to } = capture;
    if (piece.kind === 'field') keep(piece.name, from, to);
    else if (piece.kind === 'either') keep(isScalar(tokens, from, to, names) ? piece.scalar : piece.operand, from, to);
    else if (piece.kind === 'sum') {
      const sum = splitSum(tokens, from, to, names);
      places[piece.register] = places[piece.immediate] = from;
      if (isComplaint(sum)) {
        blame(sum.at ?? from, sum.complaint);
        continue;
      }
      values[piece.register] = sum.register;
      const immediate = fields[piece.immediate]!.parse(String(sum.immediate), scope) as unknown;
      values[piece.immediate] = immediate;
      if (isComplaint(immediate)) blame(from, immediate.complaint);
    }
  }
  if (problem) return problem;
  for (const name of Object.keys(places)) {
    for (const { field, is } of fields[name]!.when ?? [])
      if (!(field in values) && !form.mentions.has(field)) values[field] = fields[field]!.decode(is[0]!);
  }
  const words = encode(form.definition, values, head);
  for (const [name, at] of Object.entries(places)) {
    if (!exists(fields, fields[name]!, words))
      return { at, message: `${mnemonic}: '${tokens[at]!.text}' does not belong here; it is allowed only with ${needs(form.definition, name)}` };
  }
  for (const [name, field] of Object.entries(fields)) {
    if (exists(fields, field, words) && !(name in values) && form.mentions.has(name) && !mayLack(field) && !standsFor(form, name, values)) {
      return { at: -1, message: `${mnemonic}: ${name} is missing; the form is ${form.syntax}` };
    }
  }
  return words;
}

/** The instruction as text, without its head; `naming` may give a field a face of its own. */
export function print(
  forms: readonly Form[],
  words: readonly number[],
  naming: (field: string, value: unknown) => string | undefined,
): string {
  const definition = forms[0]!.definition,
    { fields } = definition,
    values = decode(definition, words);
  const isLeftOut = (name: string): boolean =>
    !(name in values) || (mayLack(fields[name]!) && bitsOf(words, fields[name]!) === encoded(fields[name]!, fields[name]!.omit));
  const isBlank = (name: string): boolean =>
    !(name in values) || bitsOf(words, fields[name]!) === encoded(fields[name]!, fields[name]!.omit ?? fields[name]!.decode(0));
  const implied = (form: Form, name: string): boolean =>
    [...form.mentions].some((other) => other in values && fields[other]!.when?.some((c) => c.field === name));
  const says = (form: Form): boolean =>
    Object.keys(fields).every((name) => form.mentions.has(name) || isBlank(name) || implied(form, name)) &&
    form.pieces.every((piece) => piece.kind !== 'sum' || !piece.single || values[piece.register] === 0 || values[piece.immediate] === 0);
  let level = LEVEL_ANY;
  const face = (name: string): string => naming(name, values[name]) ?? fields[name]!.print(values[name]);
  const show = (piece: Piece): string => {
    if (piece.kind === 'literal') return piece.text;
    if (piece.kind === 'group') {
      const inside = fieldsIn(piece.pieces);
      return inside.length && inside.every(isLeftOut) ? '' : piece.pieces.map(show).join('');
    }
    const before = level;
    level = LEVEL_ANY;
    if (piece.kind === 'either') return face(piece.operand in values ? piece.operand : piece.scalar);
    if (piece.kind === 'sum') return printSum(face, values, piece, before);
    const text = face(piece.name);
    if (fields[piece.name]!.kind === 'choice') level = binding[text] ?? LEVEL_UNARY;
    return text;
  };
  const form = forms.find(says);
  if (!form) throw new Defect(`${definition.mnemonic}: no form says all fields`);
  return form.pieces.map(show).join('');
}

/** `register + immediate` in any order, in parentheses or not; a part that is absent is 0. */
export function splitSum(
  tokens: readonly Token[],
  from: number,
  to: number,
  names: Names,
): { register: number; immediate: bigint } | Complaint {
  if (tokens[from]?.text === '(' && closing(tokens, from) === to - 1) return splitSum(tokens, from + 1, to - 1, names);
  const isRegister = (token: Token): boolean => token.kind === 'word' && /^s\d+$/.test(names.resolve(token.text));
  const first = tokens.slice(from, to).findIndex(isRegister);
  if (first < 0) {
    const immediate = evaluate(tokens, names.lookup, from, to);
    return isComplaint(immediate) ? immediate : { register: 0, immediate };
  }
  const at = from + first,
    before = tokens[at - 1]?.text,
    after = tokens[at + 1]?.text;
  const sum = { complaint: 'only a register plus or minus a number is allowed here, as in s4 + 7', at };
  if ((at > from && before !== '+') || (at + 1 < to && after !== '+' && after !== '-')) return sum;
  const register = Number(names.resolve(tokens[at]!.text).slice(1));
  if (register > 31) return { complaint: `'${tokens[at]!.text}' does not exist; the registers are s0..s31`, at };
  const rest = [...tokens.slice(from, Math.max(from, at - 1)), ...tokens.slice(at + 1, to)];
  if (rest.some((token) => ['<<', '>>', '&', '|', '^'].includes(token.text)) && depthZero(rest, ['<<', '>>', '&', '|', '^'])) return sum;
  const second = rest.find(isRegister);
  if (second) return { ...sum, at: tokens.indexOf(second, from) };
  const immediate = rest.length ? evaluate(rest, names.lookup) : 0n;
  return isComplaint(immediate)
    ? { ...immediate, at: tokens.indexOf(rest[immediate.at ?? 0] ?? rest.at(-1)!, from) }
    : { register, immediate };
}

function printSum(face: (name: string) => string, values: Values, { register, immediate }: Piece & { kind: 'sum' }, level: number): string {
  const number = values[immediate] as number;
  if (values[register] === 0) return face(immediate);
  if (number === 0) return face(register);
  const sum = `${face(register)} ${number < 0 ? '-' : '+'} ${Math.abs(number)}`;
  return level > LEVEL_SUM ? `(${sum})` : sum;
}

/** How far a piece reaches, or what should have stood there. `optional`: it opens a group without a word of its own. */
function reach(
  piece: Piece,
  fields: Definition['fields'],
  tokens: readonly Token[],
  at: number,
  level: number,
  names: Names,
  optional: boolean,
): number | string {
  if (piece.kind === 'sum') {
    const to = extent(tokens, at, level);
    const hasRegister = tokens.slice(at, to).some((token) => token.kind === 'word' && /^s\d+$/.test(names.resolve(token.text)));
    return to === undefined || (piece.single && hasRegister && to > at + 1) ? 'a scalar register or a number' : to;
  }
  if (piece.kind === 'either') return isScalar(tokens, at, at + 1, names) ? at + 1 : reachOperand(tokens, at, names);
  if (piece.kind !== 'field') throw new Defect('literals and groups have no reach of their own');
  const field = fields[piece.name]!,
    token = tokens[at];
  switch (field.kind) {
    case 'operand':
      return reachOperand(tokens, at, names);
    case 'bare':
      return isTensor(token, names) ? at + 1 : 'a tensor register';
    case 'tensor':
      return isTensor(token, names) ? at + 1 : 'a tensor register';
    case 'destination':
      return isRegister(token, 's', names) ? at + 1 : 'a scalar register';
    case 'source':
      return isRegister(token, 's', names) || token?.text === '0' ? at + 1 : 'a scalar register';
    case 'predicate':
      return isRegister(token, 'p', names) ? at + 1 : 'a predicate p1..p7';
    case 'mode':
      return isRegister(token, 'n', names) ? at + 1 : 'a mode n0..n3';
    case 'semaphore':
      return isRegister(token, 'm', names) ? at + 1 : 'a semaphore m1..m63';
    case 'flag':
    case 'choice': {
      return field.words!.includes(token?.text ?? '') ? at + 1 : `one of ${field.words!.join(' ')}`;
    }
    default: {
      let to = at;
      while (field.names?.includes(tokens[to]?.text ?? '')) to++;
      if (to > at) return to;
      const ok = token !== undefined && (!optional || token.kind === 'number' || '(-~'.includes(token.text));
      return (ok ? extent(tokens, at, LEVEL_ANY) : undefined) ?? 'a number';
    }
  }
}

function reachOperand(tokens: readonly Token[], at: number, names: Names): number | string {
  if (!isTensor(tokens[at], names)) return 'a tensor operand';
  if (tokens[at + 1]?.text !== '[') return at + 1;
  const to = closing(tokens, at + 1);
  return to === undefined ? "a ']' that closes the offset" : to + 1;
}
const isTensor = (token: Token | undefined, names: Names): boolean =>
  token?.kind === 'word' && !/^[spmn]\d+$/.test(names.resolve(token.text));
const isRegister = (token: Token | undefined, letter: string, names: Names): boolean =>
  token?.kind === 'word' && names.resolve(token.text).startsWith(letter) && /^[a-z]\d+$/.test(names.resolve(token.text));
const isScalar = (tokens: readonly Token[], from: number, to: number, names: Names): boolean =>
  to === from + 1 && isRegister(tokens[from], 's', names);

/** Index of the bracket that closes the one at `at`. */
export function closing(tokens: readonly Token[], at: number): number | undefined {
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    if ('([{'.includes(tokens[i]!.text)) depth++;
    else if (')]}'.includes(tokens[i]!.text) && --depth === 0) return i;
  }
  return undefined;
}
function depthZero(tokens: readonly Token[], operators: readonly string[]): boolean {
  let depth = 0;
  return tokens.some((token) => {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    return depth === 0 && operators.includes(token.text);
  });
}

const encoded = (field: Field, value: unknown): number => (field.width === 32 ? field.encode(value) >>> 0 : field.encode(value));
/** Text may leave it out: it has a value for that, or is a fourth operand that may be absent. */
const mayLack = (field: Field): boolean => 'omit' in field || (field.kind === 'bare' && field.legal(0));
const joined = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to)
    .map((token) => token.text)
    .join(' ');
/** The token at a character offset of the joined text. */
function tokenAt(tokens: readonly Token[], from: number, to: number, offset = 0): number {
  let end = 0;
  for (let i = from; i < to; i++) if ((end += tokens[i]!.text.length + 1) > offset) return i;
  return from;
}
function unlawful(field: Field, text: string): string {
  if (field.kind === 'destination') return `'${text}' is constant; s1..s31 can be written`;
  if (field.kind === 'predicate') return `'${text}' is constant; p1..p7 can be written`;
  return `'${text}' is not allowed${field.range ? `; allowed is ${field.range[0]}..${field.range[1]}` : ''}`;
}
function needs({ fields }: Definition, name: string): string {
  return (fields[name]!.when ?? [])
    .map(({ field, is }) =>
      is
        .map((bits) => {
          const of = fields[field]!;
          return of.kind === 'flag' ? `${bits ? '' : 'no '}'${of.names![1]}'` : `${field} ${of.print(of.decode(bits))}`;
        })
        .join(' or '),
    )
    .join(' and ');
}
/** Of an operand and the scalar in its place one is enough. */
const standsFor = (form: Form, name: string, values: Values): boolean =>
  allPieces(form.pieces).some(
    (p) => p.kind === 'either' && (p.operand === name || p.scalar === name) && (p.operand in values || p.scalar in values),
  );

function allPieces(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece) => (piece.kind === 'group' ? allPieces(piece.pieces) : [piece]));
}
function fieldsIn(pieces: readonly Piece[]): string[] {
  return allPieces(pieces).flatMap((p) =>
    p.kind === 'field' ? [p.name] : p.kind === 'sum' ? [p.register, p.immediate] : p.kind === 'either' ? [p.operand, p.scalar] : [],
  );
}

function compile(syntax: string, { mnemonic, fields }: Definition): readonly Piece[] {
  let at = 0;
  const check = (name: string): string => {
    if (!(name in fields)) throw new Defect(`${mnemonic}: the text form names ${name}, which is no field`);
    return name;
  };
  const pieces = (): Piece[] => {
    const list: Piece[] = [];
    while (at < syntax.length && syntax[at] !== ']') {
      if (syntax[at] === '[') {
        at++;
        list.push({ kind: 'group', pieces: pieces() });
        at++;
      } else if (syntax[at] === '{') {
        const inner = syntax.slice(at + 1, syntax.indexOf('}', at));
        at += inner.length + 2;
        const [first, second] = inner.split(/[+|/]/);
        if (second === undefined) list.push({ kind: 'field', name: check(inner) });
        else if (inner.includes('/')) list.push({ kind: 'either', operand: check(first!), scalar: check(second) });
        else list.push({ kind: 'sum', register: check(first!), immediate: check(second), single: inner.includes('|') });
      } else {
        const text = /^[^[\]{]+/.exec(syntax.slice(at))![0],
          tokens = tokenise(text);
        if (isBadText(tokens)) throw new Defect(`${mnemonic}: ${tokens.bad}`);
        at += text.length;
        list.push({ kind: 'literal', text, tokens: tokens.map((token) => token.text) });
      }
    }
    return list;
  };
  return pieces();
}
