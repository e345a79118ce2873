//! directives: what a text says about the program as a whole: constants, places, header.
import { byMnemonic } from '../instructions/set.ts';
import { encode, type Words } from '../isa/codec.ts';
import { evaluate, extent, LEVEL_ANY } from '../isa/expression.ts';
import { isComplaint } from '../isa/field.ts';
import type { Token } from '../isa/text.ts';
import {
  ARGUMENT_COUNT,
  ARGUMENT_FIRST,
  type Feature,
  featureBit,
  featureNames,
  IMAGE_HEADER_BYTES,
  INSTRUCTION_BYTES,
} from '../limits.ts';
import { dataDirective, here } from './data.ts';
import { complain, emit, INSTRUCTIONS_MAX, isFree, known, namesAt, type Session, suggest } from './session.ts';

type Line = readonly Token[];

/** A directive, from its dot to the end of the line. `all` are the names there are. */
export function directive(session: Session, line: Line, all: readonly string[]): void {
  const word = line[1];
  if (word?.kind !== 'word') {
    complain(session, word ?? line[0], 'a directive is missing after the dot');
    return;
  }
  const found = directives[word.text];
  if (found) found(session, line.slice(2), word);
  else if (!dataDirective(session, line))
    complain(
      session,
      word,
      `'.${word.text}' is not a directive${suggest(
        `.${word.text}`,
        all.map((name) => `.${name}`),
      )}`,
    );
}

/** A label: the index of the next instruction, or the address of the next byte of data. */
export function setLabel(session: Session, token: Token): void {
  if (!isFree(session, token)) return;
  if (session.section === session.pool) {
    // Constants lie behind all instructions, so their place is known at the end.
    const offset = session.pool.size;
    session.constants.set(token.text, {
      get value() {
        return session.closed ? BigInt(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * session.items.length + offset) : undefined;
      },
      tokens: [],
      pc: 0,
      busy: false,
    });
    return;
  }
  const address = here(session);
  session.constants.set(token.text, { value: BigInt(address ?? session.items.length) });
  if (address === undefined) session.labels.set(token.text, session.items.length);
}

type Act = (session: Session, rest: Line, word: Token) => void;
const directives: Readonly<Record<string, Act>> = {
  equ: (session, rest, word) => {
    const [name, comma, ...tokens] = rest;
    if (name?.kind !== 'word' || comma?.text !== ',' || tokens.length === 0)
      return complain(session, name ?? word, 'a constant is written .equ NAME, value');
    const to = extent(tokens, 0, LEVEL_ANY);
    if (to !== tokens.length) return complain(session, tokens[to ?? 0], `unexpected '${tokens[to ?? 0]!.text}' in a constant`);
    if (isFree(session, name)) {
      session.constants.set(name.text, { tokens, pc: here(session) ?? session.items.length, busy: false });
      session.late.push(() => {
        const value = evaluate(tokens, namesAt(session).lookup);
        if (isComplaint(value)) complain(session, tokens[value.at ?? 0] ?? name, value.complaint);
      });
    }
  },
  org: (session, rest, word) => {
    const to = known(session, rest, 0n, BigInt(INSTRUCTIONS_MAX), '.org');
    if (to === undefined) return;
    if (to < session.items.length)
      return complain(session, rest[0], `.org ${to} goes back; the next instruction is ${session.items.length}`);
    const nop = encode(byMnemonic.get('nop')!, {});
    while (session.items.length < to && !session.stopped && !session.section) emit(session, word, () => nop);
  },
  entry: (session, rest, word) => {
    if (rest.length === 0) return complain(session, word, '.entry needs a label');
    if (session.entry) return complain(session, word, '.entry is given twice');
    session.entry = rest;
  },
  require: (session, rest, word) => {
    if (rest.length === 0) complain(session, word, `.require needs a feature; the features are ${featureNames.join(' ')}`);
    for (const token of rest.filter(({ text }) => text !== ',')) {
      if ((featureNames as readonly string[]).includes(token.text)) session.features.add(featureBit(token.text as Feature));
      else if (token.kind === 'number' && Number(token.text) < 128) session.features.add(Number(token.text));
      else
        complain(
          session,
          token,
          `'${token.text}' is not a feature; the features are ${featureNames.join(' ')}${suggest(token.text, featureNames)}`,
        );
    }
  },
  argument: (session, rest, word) => {
    const register = /^s(\d+)$/.exec(namesAt(session).resolve(rest[0]?.text ?? '')),
      index = Number(register?.[1]) - ARGUMENT_FIRST;
    if (!register || index < 0 || index >= ARGUMENT_COUNT || rest[1]?.text !== ',')
      return complain(session, rest[0] ?? word, 'an argument is written .argument s8, value, with s8..s15');
    const { lookup } = namesAt(session);
    session.arguments[index] = () => wordOf(session, rest, 2, rest.length, lookup);
  },
  header: (session, rest, word) => {
    const comma = rest.findIndex(({ text }) => text === ','),
      { lookup } = namesAt(session);
    if (comma < 0) return complain(session, word, 'a word of the header is written .header INDEX, value');
    const index = known(session, rest.slice(0, comma), 0n, 15n, '.header');
    if (index !== undefined) session.header.set(Number(index), () => wordOf(session, rest, comma + 1, rest.length, lookup));
  },
  word: (session, rest, word) => {
    const { lookup } = namesAt(session),
      ranges: (readonly [number, number])[] = [];
    for (let at = 0; ; ) {
      const to = extent(rest, at, LEVEL_ANY);
      if (to === undefined) return complain(session, rest[at] ?? word, '.word needs the four words of an instruction');
      ranges.push([at, to]);
      if (rest[to]?.text !== ',') {
        if (ranges.length !== 4 || to < rest.length)
          return complain(session, rest[to] ?? word, '.word needs the four words of an instruction');
        return emit(session, word, () => ranges.map(([a, b]) => wordOf(session, rest, a, b, lookup)) as unknown as Words);
      }
      at = to + 1;
    }
  },
};
export const directiveNames = Object.keys(directives);

function wordOf(session: Session, tokens: Line, from: number, to: number, lookup: ReturnType<typeof namesAt>['lookup']): number {
  const value = evaluate(tokens, lookup, from, to);
  if (isComplaint(value)) complain(session, tokens[value.at ?? from] ?? tokens.at(-1), value.complaint);
  else if (value < -(2n ** 31n) || value >= 2n ** 32n) complain(session, tokens[from], `${value} does not fit into 32 bits`);
  else return Number(BigInt.asUintN(32, value));
  return 0;
}
