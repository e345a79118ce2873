//! text: words, numbers and symbols of the assembly language, each with its place.

/** A file, or the body of a macro in one; `via` says how the reader came there. */
export interface Origin {
  readonly file: string;
  readonly via?: string;
}
export type TokenKind = 'word' | 'number' | 'string' | 'character' | 'symbol';
/** 1-based line and column; `end` is the column behind it. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly origin: Origin;
}
export interface BadText {
  readonly line: number;
  readonly column: number;
  readonly bad: string;
}

// A word may hold parameters of a macro (\name) and the number of its call (\@).
const word = /(?:[A-Za-z_]|\\[\w@])(?:\w|\\[\w@])*/y;
const number = /(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
const string = /"(?:[^"\\]|\\.)*"/y;
const character = /'(?:[^'\\]|\\.)'/y;
const symbol = /<=u(?!\w)|>=u(?!\w)|<u(?!\w)|>u(?!\w)|<<|>>|<=|>=|==|!=|\+=|-=|\.\.|[-+*/%&|^~()[\]{}=<>,:?!.]/y;
const blank = /[ \t\r\f\v]*/y;

/** The tokens of one line, up to a comment; or where it is not text of the language. */
export function tokenise(text: string, line = 1, origin: Origin = { file: '' }): readonly Token[] | BadText {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp, kind: TokenKind): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (!found) return false;
    tokens.push({ kind, text: found, line, column: at + 1, origin });
    at += found.length;
    return true;
  };
  for (;;) {
    blank.lastIndex = at;
    at += blank.exec(text)![0].length;
    const next = text[at];
    if (next === undefined || next === ';') return tokens;
    if (next >= '0' && next <= '9') {
      take(number, 'number');
      if (/\w/.test(text[at] ?? ''))
        return { line, column: tokens.at(-1)!.column, bad: `'${/\w+/.exec(text.slice(tokens.at(-1)!.column - 1))![0]}' is not a number` };
    } else if (!take(word, 'word') && !take(symbol, 'symbol') && !take(string, 'string') && !take(character, 'character')) {
      return {
        line,
        column: at + 1,
        bad:
          next === '"' || next === "'" ? `${next} is not closed` : `'${String.fromCodePoint(text.codePointAt(at)!)}' has no meaning here`,
      };
    }
  }
}

export const isBadText = (value: readonly Token[] | BadText): value is BadText => 'bad' in value;

/** What a string or character means: escapes n t r 0 " ' \ and xNN. */
export const unquote = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(/\\(x[\da-fA-F]{2}|.)/g, (_, code: string) =>
      code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : ({ n: '\n', t: '\t', r: '\r', '0': '\0' }[code] ?? code),
    );
