//! source: lines of text with includes, macros and repetitions unfolded.
import { type BadText, isBadText, type Origin, type Token, tokenise } from '../isa/text.ts';
import { complain, DEPTH_MAX, isFree, known, LINE_MAX, LINES_MAX, named, type Session, SOURCE_MAX, TOKENS_MAX, unfolded } from './session.ts';

type Line = readonly Token[];
const TOKEN_CHARACTERS = 4;
export type Handle = (line: Line) => void;

/** Read a text, given as characters or as UTF-8, and hand its lines over. */
export function readText(session: Session, text: string | Uint8Array, origin: Origin, handle: Handle, depth = 0): void {
  const isAgain = session.included.has(origin.file);
  session.included.add(origin.file);
  const characters = decoded(text);
  // A file that is named again costs its length again.
  if (isAgain) unfolded(session, undefined, 0, Math.ceil(text.length / TOKEN_CHARACTERS));
  if (session.stopped) return;
  if (typeof characters !== 'string') {
    session.diagnostics.push({ file: origin.file, line: characters.line, column: characters.column, message: characters.bad });
    session.stopped = true;
  } else readLines(session, linesOf(session, characters, origin), handle, depth, isAgain);
}

/** Text that may be read, or why it is none. */
function decoded(text: string | Uint8Array): string | BadText {
  const bad = (message: string, line = 0, column = 0): BadText => ({ line, column, bad: message });
  if (text.length > SOURCE_MAX)
    return bad(`${text.length} ${typeof text === 'string' ? 'characters' : 'bytes'}; a program text has at most ${SOURCE_MAX}`);
  if (typeof text !== 'string' && text[0] === 0x53 && text[1] === 0x59 && text[2] === 0x53 && text[3] === 0x31)
    return bad('this is a program image, not text');
  const characters = typeof text === 'string' ? text : new TextDecoder().decode(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  const found = /[\0-\x08\x0e-\x1f\x7f\ufffd]/.exec(characters);
  if (!found) return characters;
  const before = characters.slice(0, found.index).split('\n');
  const name = found[0] === '\ufffd' ? 'bytes that are not UTF-8' : `a byte 0x${found[0].charCodeAt(0).toString(16).padStart(2, '0')}`;
  return bad(`this is not a program text: ${name}`, before.length, before.at(-1)!.length + 1);
}

/** A line that ends with a comma, or with the brace that opens a mode, goes on in the next one. */
function* linesOf(session: Session, text: string, origin: Origin): Generator<Line> {
  let open: Token[] = [],
    number = 0;
  for (const line of text.split('\n')) {
    number++;
    if (line.length > LINE_MAX) {
      complain(
        session,
        { kind: 'symbol', text: '', line: number, column: 1, origin },
        `the line has ${line.length} characters; allowed are ${LINE_MAX}`,
      );
      continue;
    }
    const tokens = tokenise(line, number, origin);
    if (isBadText(tokens)) {
      complain(session, { kind: 'symbol', text: '', line: number, column: tokens.column, origin }, tokens.bad);
      open = [];
      continue;
    }
    if (open.length + tokens.length > LINE_MAX) {
      complain(session, open[0], 'the statement is too long');
      open = [];
    }
    const last = tokens.at(-1)?.text,
      goesOn = last === ',' || (last === '{' && tokens.at(-2)?.text === '=');
    if (goesOn || open.length) open.push(...tokens);
    if (goesOn) continue;
    yield open.length ? open : tokens;
    open = [];
  }
  if (open.length) yield open;
}

function readLines(session: Session, source: Iterator<Line> & Iterable<Line>, handle: Handle, depth: number, isUnfolded: boolean): void {
  for (const line of source) {
    session.tokens += line.length;
    if (++session.lines > LINES_MAX || session.tokens > TOKENS_MAX) {
      complain(session, line[0], `the program is too long; allowed are ${LINES_MAX} lines and ${TOKENS_MAX} words and signs`);
      session.stopped = true;
    }
    if (isUnfolded) unfolded(session, line[0], 1, 0);
    if (session.stopped) return;
    let at = 0;
    while (line[at]?.kind === 'word' && line[at + 1]?.text === ':') at += 2;
    const first = line[at],
      word = line[at + 1];
    const folded = first?.text === '.' ? folds[word?.text ?? ''] : undefined,
      macro = first?.kind === 'word' ? session.macros.get(first.text) : undefined;
    if (!folded && !macro) {
      handle(line);
      continue;
    }
    if (at > 0) handle(line.slice(0, at));
    const deeper = (lines: readonly Line[]): void =>
      readLines(session, lines[Symbol.iterator]() as Iterator<Line> & Iterable<Line>, handle, depth + 1, true);
    if (depth >= DEPTH_MAX) {
      complain(session, first, `includes, macros and repetitions more than ${DEPTH_MAX} deep`);
      session.stopped = true;
    } else if (macro) deeper(callMacro(session, line.slice(at)));
    else
      folded!(
        session,
        line.slice(at),
        () => collect(session, source, word!),
        deeper,
        (text, origin) => readText(session, text, origin, handle, depth + 1),
      );
  }
}

type Fold = (
  session: Session,
  line: Line,
  body: () => readonly Line[],
  unfold: (lines: readonly Line[]) => void,
  include: (text: string | Uint8Array, origin: Origin) => void,
) => void;
const folds: Readonly<Record<string, Fold>> = {
  macro: (session, [, word, name, ...rest], body) => {
    const parameters = rest.filter((token) => token.text !== ','),
      lines = body();
    const wrong = parameters.find((token) => token.kind !== 'word');
    if (name?.kind !== 'word') complain(session, name ?? word, 'a macro needs a name: .macro NAME a, b');
    else if (wrong) complain(session, wrong, `'${wrong.text}' is not the name of a parameter`);
    else if (session.macros.has(name.text)) complain(session, name, `the macro '${name.text}' exists already`);
    else if (isFree(session, name))
      session.macros.set(name.text, { place: name, parameters: parameters.map((token) => token.text), body: lines });
  },
  repeat: (session, line, body, unfold) => {
    const comma = line.findIndex((token) => token.text === ','),
      to = comma < 0 ? line.length : comma,
      name = comma < 0 ? undefined : line[comma + 1];
    const lines = body(),
      times = known(session, line.slice(2, to), 0n, BigInt(LINES_MAX), '.repeat');
    for (let i = 0; i < Number(times ?? 0n) && !session.stopped; i++) {
      const number: Token = { ...line[1]!, kind: 'number', text: String(i) };
      unfold(substitute(session, lines, new Map(name ? [[name.text, [number]]] : []), line[0]!.origin));
      if (lines.length === 0) break;
    }
  },
  include: (session, [, word, path], _, __, include) => {
    if (path?.kind !== 'string') return complain(session, path ?? word, '.include needs a path in double quotes');
    const file = named(session, path);
    if (file) include(file.contents, { file: file.name });
  },
  end: (session, [, word]) => complain(session, word, '.end without .macro or .repeat'),
};
export const foldNames = Object.keys(folds);

/** The lines up to the .end that belongs to a .macro or .repeat. */
function collect(session: Session, source: Iterator<Line>, opener: Token): readonly Line[] {
  const lines: Line[] = [];
  for (let depth = 1; ; ) {
    const { value, done } = source.next();
    if (done) {
      complain(session, opener, `.${opener.text} without .end`);
      return [];
    }
    const directive = value[0]?.text === '.' ? value[1]?.text : undefined;
    if ((directive === 'macro' || directive === 'repeat') && ++depth > DEPTH_MAX) {
      complain(session, value![0], `macros and repetitions more than ${DEPTH_MAX} deep`);
      session.stopped = true;
      return [];
    }
    if (directive === 'end' && --depth === 0) return lines;
    if (value.length) lines.push(value);
  }
}

function callMacro(session: Session, [name, ...rest]: Line): readonly Line[] {
  const { parameters, body } = session.macros.get(name!.text)!,
    given: Token[][] = rest.length ? [[]] : [];
  let depth = 0;
  for (const token of rest) {
    depth += '([{'.includes(token.text) ? 1 : ')]}'.includes(token.text) ? -1 : 0;
    if (token.text === ',' && depth === 0) given.push([]);
    else given.at(-1)!.push(token);
  }
  if (given.length !== parameters.length) {
    complain(
      session,
      name,
      `'${name!.text}' takes ${parameters.length} arguments${parameters.length ? ` (${parameters.join(', ')})` : ''}, not ${given.length}`,
    );
    return [];
  }
  const { file } = name!.origin;
  const via = `in macro ${name!.text}, called at ${file}:${name!.line}:${name!.column}`;
  return substitute(session, body, new Map(parameters.map((parameter, i) => [parameter, given[i]!])), { file, via });
}

/** Lines with parameters replaced, \@ by the number of the call. Arguments keep their own places. */
function substitute(session: Session, lines: readonly Line[], given: ReadonlyMap<string, Line>, { via }: Origin): readonly Line[] {
  const call = String(session.calls++);
  const origins = new Map<Origin, Origin>();
  const moved = (origin: Origin): Origin => {
    if (via === undefined) return origin;
    if (!origins.has(origin)) origins.set(origin, { ...origin, via });
    return origins.get(origin)!;
  };
  const inWords = new Map([...given].map(([name, tokens]) => [name, tokens.map((t) => t.text).join('')]));
  return lines.map((line) => {
    if (session.stopped || isLong(session, line, given, inWords)) return [];
    return line.flatMap((token) => {
      const origin = moved(token.origin);
      if (!token.text.includes('\\') || token.kind !== 'word') return origin === token.origin ? [token] : [{ ...token, origin }];
      const whole = token.text.startsWith('\\') ? given.get(token.text.slice(1)) : undefined;
      if (whole) return whole;
      const text = token.text.replace(/\\(@|\w+)/g, (found, name: string) =>
        name === '@' ? call : (inWords.get(name) ?? found),
      );
      return [{ ...token, text, origin, kind: /^\d/.test(text) ? ('number' as const) : token.kind }];
    });
  });
}

/** Would a line have too many tokens, or characters in one of them, with its parameters replaced? Told before it is made, and counted. */
function isLong(session: Session, line: Line, given: ReadonlyMap<string, Line>, inWords: ReadonlyMap<string, string>): boolean {
  let tokens = 0,
    characters = 0;
  for (const { text } of line) {
    tokens += (text.startsWith('\\') ? given.get(text.slice(1))?.length : undefined) ?? 1;
    if (text.includes('\\')) for (const [, name] of text.matchAll(/\\(\w+)/g)) characters += inWords.get(name!)?.length ?? 0;
  }
  // Where the whole word is a parameter its tokens count, too; more characters than a line may have are too many either way.
  if (tokens > LINE_MAX || characters > LINE_MAX) {
    complain(session, line[0], 'the line becomes too long');
    session.stopped = true;
    return true;
  }
  unfolded(session, line[0], 0, tokens);
  return session.stopped;
}
