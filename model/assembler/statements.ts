//! statements: one line of a program: labels, names, instructions in all their spellings, literals.
import { descriptorFields } from '../isa/descriptor.ts';
import { byMnemonic, set } from '../instructions/set.ts';
import { encode, type Head, type Words } from '../isa/codec.ts';
import { extent, LEVEL_ANY } from '../isa/expression.ts';
import { firstWord, finish, type Form, formOf, type Furthest, match, type Match, syntaxesOf } from '../isa/template.ts';
import type { Definition } from '../isa/instruction.ts';
import type { Token } from '../isa/text.ts';
import { DESCRIPTOR_WORDS, spaceNames, TENSOR_COUNT, unitNames } from '../limits.ts';
import { dataNames } from './data.ts';
import { directive, directiveNames, setLabel } from './directives.ts';
import { formatNames, packPads, readDescriptor, readList, spaceAt } from './descriptor.ts';
import { readMode } from './mode.ts';
import { type Block, complain, emit, isFree, literalsAt, namesAt, type Session, suggest } from './session.ts';
import { foldNames } from './source.ts';

type Line = readonly Token[];
/** A statement ends before the token whose index comes back; undefined after a mistake, NONE when it is of another kind. */
type Next = number | undefined;
const NONE = -1;

/** Texts of forms by their first word, those that begin with a register by none. */
const written = new Map<string, readonly (readonly [Definition, string])[]>();
for (const definition of set) {
  for (const syntax of syntaxesOf(definition)) {
    const word = firstWord(syntax);
    written.set(word, [...(written.get(word) ?? []), [definition, syntax]]);
  }
}
const compiled = new Map<string, readonly Form[]>();
/** Compiled when the first line begins so. */
function formsBy(word: string): readonly Form[] | undefined {
  const known = compiled.get(word), texts = written.get(word);
  if (known || !texts) return known;
  const forms = texts.map(([definition, syntax]) => formOf(definition, syntax));
  compiled.set(word, forms);
  return forms;
}
const words: readonly string[] = [...[...written.keys()].filter((word) => word), 'name'];

/** One line: any number of statements. After a mistake the rest of the line is skipped. */
export function statements(session: Session, line: Line): void {
  for (const { kind, text } of line) if (kind === 'word' && /^t\d+$/.test(text)) session.tensors.add(Number(text.slice(1)));
  let at = 0;
  while (at < line.length && !session.stopped) {
    const next = statement(session, line, at);
    if (next === undefined) {
      recover(session, line, at);
      return;
    }
    at = next;
  }
}

function statement(session: Session, line: Line, at: number): Next {
  const token = line[at]!,
    following = line[at + 1]?.text;
  if (token.text === '}') {
    closeBlock(session, token);
    return at + 1;
  }
  if (token.text === '.') {
    directive(session, line.slice(at), [...directiveNames, ...dataNames, ...foldNames]);
    return line.length;
  }
  if (token.kind === 'word' && following === ':') {
    setLabel(session, token);
    return at + 2;
  }
  if (token.text === 'name' && line[at + 1]?.kind === 'word') return giveName(session, line, at + 1);
  const start = prefix(session, line, at);
  if (!start) return undefined;
  const next = literal(session, line, start);
  return next === NONE ? instruction(session, line, start) : next;
}

interface Start {
  readonly at: number;
  readonly head: Head;
  readonly first: Token;
}
function prefix(session: Session, line: Line, at: number): Start | undefined {
  const first = line[at]!;
  if (first.text !== '?') return { at, head: {}, first };
  const negate = line[at + 1]?.text === '!',
    word = line[at + (negate ? 2 : 1)];
  const predicate = /^p([0-7])$/.exec(namesAt(session).resolve(word?.text ?? ''));
  if (predicate && line[at + (negate ? 3 : 2)])
    return { at: at + (negate ? 3 : 2), head: { predicate: Number(predicate[1]), negate }, first };
  complain(
    session,
    predicate ? first : (word ?? first),
    predicate ? 'an instruction is missing after the predicate' : `'${word?.text ?? ''}' is not a predicate p0..p7`,
  );
  return undefined;
}

/** Descriptor and mode literals, lists of pads. */
function literal(session: Session, line: Line, start: Start): Next {
  const { at } = start,
    second = line[at + 1]?.text;
  if (line[at]!.kind !== 'word') return NONE;
  let names = 1;
  while (line[at + 2 * names - 1]?.text === ',' && line[at + 2 * names]?.kind === 'word') names++;
  const equals = at + 2 * names - 1;
  if (line[equals]?.text === '=' && ((spaceAt(line, equals + 1) && line[equals + 2]) || line[equals + 2]?.text === 'as'))
    return descriptors(session, line, start, names, equals);
  if (second === '=' && line[at + 2]?.text === '{') return mode(session, line, start);
  const field = line[at + 2]?.text;
  if (second === '.' && (field === 'lo' || field === 'hi') && line[at + 3]?.text === '=' && line[at + 4]?.text === '[')
    return pads(session, line, start, field);
  return NONE;
}

function descriptors(session: Session, line: Line, start: Start, count: number, equals: number): Next {
  const names = Array.from({ length: count }, (_, i) => line[start.at + 2 * i]!);
  const text = readDescriptor(session, line, equals + 1, count);
  for (const name of names)
    if (!/^t\d+$/.test(name.text) && !session.names.has(name.text) && isFree(session, name) && isName(session, name))
      session.names.set(name.text, '');
  if (!text) return undefined;
  const tail = suffixes(session, line, text.to, start.head, false);
  if (!tail) return undefined;
  names.forEach((name, index) => {
    let done: readonly number[] | undefined,
      asked = false;
    const words = (): readonly number[] | undefined => {
      if (!asked) {
        asked = true;
        done = text.words(index);
      }
      return done;
    };
    session.literals.set(name.text, words);
    emit(session, name, () => {
      const found = words(),
        t = tensorNumber(session, name);
      if (!found || t === undefined) return undefined;
      const key = found.join();
      if (!session.interned.has(key)) session.interned.set(key, { index: session.interned.size, words: found });
      const imm = literalsAt(session) + 4 * DESCRIPTOR_WORDS * session.interned.get(key)!.index;
      return encode(byMnemonic.get('tload')!, { t, rs2: 0, imm }, tail.head);
    });
  });
  return tail.to;
}

function tensorNumber(session: Session, token: Token): number | undefined {
  const found = /^t(\d+)$/.exec(namesAt(session).resolve(token.text));
  if (found && Number(found[1]) < TENSOR_COUNT) return Number(found[1]);
  complain(session, token, `'${token.text}' is not a tensor register t0..t63`);
  return undefined;
}

function mode(session: Session, line: Line, start: Start): Next {
  const name = line[start.at]!,
    n = /^n([0-3])$/.exec(namesAt(session).resolve(name.text));
  if (!n) complain(session, name, `'${name.text}' is not a mode n0..n3`);
  const text = readMode(session, line, start.at + 2),
    tail = text && suffixes(session, line, text.to, start.head, false);
  if (!n || !tail) return undefined;
  for (const { word, value } of text.writes) {
    emit(session, name, () => {
      const found = value();
      return (
        found && encode(byMnemonic.get('nset')!, { n: Number(n[1]), field: word, rs2: found.register, imm: found.immediate | 0 }, tail.head)
      );
    });
  }
  return tail.to;
}

function pads(session: Session, line: Line, start: Start, field: 'lo' | 'hi'): Next {
  const name = line[start.at]!,
    list = readList(session, line, start.at + 4),
    tail = list && suffixes(session, line, list.to, start.head, false);
  if (!tail) return undefined;
  const { lookup } = namesAt(session);
  emit(session, name, () => {
    const imm = packPads(session, line, list.ranges, lookup),
      t = tensorNumber(session, name);
    return imm === undefined || t === undefined
      ? undefined
      : encode(byMnemonic.get('tset')!, { t, field: descriptorFields.find((f) => f === field), rs2: 0, imm, op: 'set' }, tail.head);
  });
  return tail.to;
}

function instruction(session: Session, line: Line, start: Start): Next {
  const { at } = start,
    token = line[at]!;
  const own = formsBy(token.text),
    behind = line[at + 1]?.text === '.' ? at + 3 : at + 1,
    isAssignment = token.kind === 'word' && ['=', '+='].includes(line[behind]?.text ?? '');
  const typed = line[at + 3];
  if (!own && isAssignment && typed?.kind === 'word' && formatNames.has(typed.text) && line[at + 4]?.text === '[' && line[at + 2]?.kind === 'word') {
    const spaces = spaceNames.slice(1);
    complain(session, line[at + 2], `'${line[at + 2]!.text}' is not a space; the spaces are ${spaces.join(' ')}${suggest(line[at + 2]!.text, spaces)}`);
    return undefined;
  }
  if (!own && !isAssignment) {
    complain(
      session,
      token,
      token.kind === 'word'
        ? `'${token.text}' is not an instruction${suggest(token.text, [...words, ...session.macros.keys()])}`
        : `unexpected '${token.text}'${'+-*/%&|^<<>>'.includes(token.text) ? '; a sum after an operator needs parentheses' : ''}`,
    );
    return undefined;
  }
  if (!own && line[at + 1]!.text !== '.' && !session.names.has(token.text) && !/^[sptmn]\d+$/.test(token.text)) {
    complain(
      session,
      token,
      `'${token.text}' is not a register; a constant is written .equ ${token.text}, value${suggest(token.text, [...session.names.keys()])}`,
    );
    return undefined;
  }
  const tokens = own ? line : swapped(line, at),
    names = namesAt(session),
    furthest: Furthest = { at: -1, expected: new Set() };
  let best: Match | undefined;
  for (const form of own ?? formsBy('') ?? []) {
    const found = match(form, tokens, at, names, furthest);
    if (found && found.to >= (best?.to ?? 0)) best = found;
  }
  if (!best) return mismatch(session, tokens, own, furthest, tokens !== line);
  const { definition } = best.form;
  const tail = suffixes(session, tokens, best.to, start.head, definition.mode.length > 0);
  if (!tail) return undefined;
  const isBraced = definition.mnemonic === 'loop' && tokens[tail.to]?.text === '{',
    found = best;
  const block: Block | undefined = isBraced ? { place: token, start: session.items.length + 1, length: 0 } : undefined;
  if (block && tokens.slice(at, best.to).some((t) => t.text === 'body'))
    complain(session, token, 'the braces say how long the body is; leave out body');
  if (block) session.blocks.push(block);
  emit(session, start.first, (): Words | undefined => {
    const words = finish(found, tokens, names, tail.head, block ? { length: block.length } : {});
    if (!('message' in words)) return words;
    complain(session, tokens[words.at] ?? token, words.message);
    return undefined;
  });
  return tail.to + (block ? 1 : 0);
}

function mismatch(
  session: Session,
  tokens: Line,
  own: readonly Form[] | undefined,
  { at: where, expected }: Furthest,
  isSwapped: boolean,
): undefined {
  const token = tokens[where],
    found = token ? `'${token.text}'` : 'the end of the line';
  const names = [...session.names.keys()],
    last = tokens.at(-1)!;
  const hint =
    token?.kind === 'word' ? suggest(token.text, [...expected].flatMap((text) => text.replaceAll("'", '').split(' ')).concat(names)) : '';
  const opposite = isSwapped ? '; a number is allowed only to the right of < and <=: test the opposite, and use ?!p' : '';
  const form = own ? `; the form is: ${own.map(({ syntax }) => syntax).join(' or ')}` : opposite;
  const place = token ?? { ...last, column: last.column + last.text.length };
  return complain(session, place, `found ${found}; expected ${[...expected].join(' or ')}${form}${hint}`) as undefined;
}

/** `a > b` becomes `b < a`, and so on: the machine compares with < and <= only. */
function swapped(line: Line, at: number): Line {
  const flips: Readonly<Record<string, string>> = { '>': '<', '>=': '<=', '>u': '<u', '>=u': '<=u' };
  const left = line[at + 1]?.text === '=' ? extent(line, at + 2, LEVEL_ANY) : undefined,
    operator = left === undefined ? undefined : line[left];
  const flipped = operator && flips[operator.text],
    right = flipped ? extent(line, left! + 1, LEVEL_ANY) : undefined;
  if (left === undefined || right === undefined) return line;
  return [
    ...line.slice(0, at + 2),
    ...line.slice(left + 1, right),
    { ...operator!, text: flipped! },
    ...line.slice(at + 2, left),
    ...line.slice(right),
  ];
}

/** What may follow the operands, in any order. */
function suffixes(session: Session, line: Line, from: number, head: Head, hasMode: boolean): { to: number; head: Head } | undefined {
  const all: { -readonly [K in keyof Head]: Head[K] } = { ...head };
  let at = from;
  for (;;) {
    const token = line[at],
      next = line[at + 1];
    const isStatement = (unitNames as readonly string[]).includes(next?.text ?? '') || line[at + 2]?.text === ',';
    const key =
      token?.kind === 'word' && ['wait', 'post', 'mode', 'irq', 'trace'].includes(token.text)
        ? (token.text as 'wait' | 'post' | 'mode' | 'irq' | 'trace')
        : undefined;
    if (!key || ((key === 'wait' || key === 'post') && isStatement) || (key === 'irq' && (next?.kind === 'number' || next?.text === '(')))
      return { to: at, head: all };
    if (all[key] !== undefined) {
      complain(session, token, `'${key}' is given twice`);
      return undefined;
    }
    if (key === 'irq' || key === 'trace') {
      all[key] = true;
      at++;
      continue;
    }
    const register = /^([mn])(\d+)$/.exec(namesAt(session).resolve(next?.text ?? '')),
      number = Number(register?.[2]);
    const isGood = key === 'mode' ? register?.[1] === 'n' && number < 4 : register?.[1] === 'm' && number >= 1 && number < 64;
    if (!isGood) {
      complain(session, next ?? token, `'${next?.text ?? ''}' is not a ${key === 'mode' ? 'mode n0..n3' : 'semaphore m1..m63'}`);
      return undefined;
    }
    if (key === 'mode' && !hasMode) {
      complain(session, token, 'this instruction uses no mode');
      return undefined;
    }
    all[key] = number;
    at += 2;
  }
}

/** `x = t7`, behind `name`. */
function giveName(session: Session, line: Line, at: number): Next {
  const name = line[at]!,
    register = namesAt(session).resolve(line[at + 2]?.text ?? '');
  if (line[at + 1]?.text !== '=' || !/^(s(\d|[12]\d|3[01])|p[0-7]|t(\d|[1-5]\d|6[0-3])|m([1-9]|[1-5]\d|6[0-3])|n[0-3])$/.test(register)) {
    complain(
      session,
      line[at + 2] ?? line[at + 1] ?? name,
      `found '${line[at + 2]?.text ?? 'the end of the line'}'; a name stands for a register s0..s31, p0..p7, t0..t63, m1..m63 or n0..n3: name x = t7`,
    );
    return undefined;
  }
  if (isFree(session, name) && isName(session, name)) session.names.set(name.text, register);
  if (register.startsWith('t')) session.tensors.add(Number(register.slice(1)));
  return at + 3;
}
function isName(session: Session, token: Token): boolean {
  if (words.includes(token.text)) complain(session, token, `'${token.text}' is an instruction; choose another name`);
  return !words.includes(token.text);
}

function closeBlock(session: Session, token: Token): void {
  if (session.blocks.length === 0) {
    complain(session, token, "'}' without '{'");
    return;
  }
  const block = session.blocks.pop();
  if (!block) return;
  block.length = session.items.length - block.start;
  if (block.length === 0) complain(session, token, 'the body of the loop is empty');
  if (block.length > 0xffff) complain(session, block.place, `the body of the loop has ${block.length} instructions; allowed are 1..65535`);
}

/** Braces of the skipped rest still open and close. */
function recover(session: Session, line: Line, from: number): void {
  for (const { text } of line.slice(from)) {
    if (text === '{') session.blocks.push(undefined);
    else if (text === '}' && session.blocks.length) closeBlock(session, line[from]!);
  }
}
