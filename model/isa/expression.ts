//! expression: constant arithmetic of the assembly language, exact on integers.
import { type Complaint, isComplaint, type Scope } from './field.ts';
import { isBadText, type Token, tokenise, unquote } from './text.ts';

/** Operators by how tightly they bind, loosest first. */
const levels = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '%']] as const;
export const LEVEL_ANY = 0,
  LEVEL_SUM = 4,
  LEVEL_PRODUCT = 5,
  LEVEL_UNARY = 6;
/** Values stay below 2^256 and parentheses below this depth, so that no text can cost more than its length. */
const DEPTH_MAX = 100,
  BITS_MAX = 256n,
  LARGEST = 1n << BITS_MAX;

export type Lookup = (name: string) => bigint | Complaint;
interface Cursor {
  readonly tokens: readonly Token[];
  readonly end: number;
  at: number;
  readonly lookup: Lookup | undefined;
}
const peek = ({ tokens, at, end }: Cursor): Token | undefined => (at < end ? tokens[at] : undefined);

/** Value of the tokens from `from` up to `to`, all of them. `at` of a complaint is the index of a token. */
export function evaluate(tokens: readonly Token[], lookup: Lookup, from = 0, to = tokens.length): bigint | Complaint {
  const cursor: Cursor = { tokens, end: to, at: from, lookup };
  const value = parse(cursor, LEVEL_ANY, 0);
  if (isComplaint(value) || cursor.at === to) return value;
  return { complaint: `unexpected '${tokens[cursor.at]!.text}' in an expression`, at: cursor.at };
}

/** Index behind the longest expression that begins at `from` and binds at least as tightly as the level; undefined where none begins. */
export function extent(tokens: readonly Token[], from: number, level: number): number | undefined {
  const cursor: Cursor = { tokens, end: tokens.length, at: from, lookup: undefined };
  return isComplaint(parse(cursor, level, 0)) ? undefined : cursor.at;
}

/** A scope over constants; `resolve` gives names of registers. */
export const scopeOf = (lookup: Lookup, resolve: (text: string) => string): Scope => ({
  resolve,
  number: (text) => {
    if (/^\d+$/.test(text)) return BigInt(text);
    const tokens = tokenise(text);
    if (isBadText(tokens)) return { complaint: tokens.bad, at: tokens.column - 1 };
    const value = evaluate(tokens, lookup);
    return isComplaint(value) && value.at !== undefined ? { ...value, at: ((tokens[value.at] ?? tokens.at(-1))?.column ?? 1) - 1 } : value;
  },
});

function parse(cursor: Cursor, level: number, depth: number): bigint | Complaint {
  if (depth > DEPTH_MAX) return { complaint: `more than ${DEPTH_MAX} levels of parentheses`, at: cursor.at };
  if (level === LEVEL_UNARY) return parseUnary(cursor, depth);
  let left = parse(cursor, level + 1, depth);
  for (;;) {
    const operator = peek(cursor)?.text ?? '';
    if (isComplaint(left) || !(levels[level] as readonly string[]).includes(operator)) return left;
    const at = cursor.at++;
    const right = parse(cursor, level + 1, depth);
    if (isComplaint(right)) return right;
    left = cursor.lookup ? apply(operator, left, right, at) : 0n;
  }
}

function parseUnary(cursor: Cursor, depth: number): bigint | Complaint {
  const signs: string[] = [];
  for (let sign = peek(cursor)?.text; sign === '-' || sign === '+' || sign === '~'; sign = peek(cursor)?.text) {
    signs.push(sign);
    cursor.at++;
  }
  let value = parsePrimary(cursor, depth);
  for (const sign of signs.reverse()) if (!isComplaint(value)) value = sign === '-' ? -value : sign === '~' ? ~value : value;
  return value;
}

function parsePrimary(cursor: Cursor, depth: number): bigint | Complaint {
  const token = peek(cursor),
    at = cursor.at++;
  if (token === undefined) return { complaint: 'a number is missing', at };
  if (token.kind === 'number') {
    if (!/^(0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*)$/.test(token.text)) return { complaint: `'${token.text}' is not a whole number`, at };
    const digits = token.text.replaceAll('_', '');
    if (digits.length > 80) return { complaint: `the number is too large`, at };
    return /^0[xXbB]$/.test(digits) ? { complaint: `'${token.text}' has no digits`, at } : BigInt(digits);
  }
  if (token.kind === 'character') return BigInt(unquote(token.text).codePointAt(0)!);
  if (token.kind === 'word' || token.text === '.') {
    if (!cursor.lookup) return 0n;
    const value = cursor.lookup(token.text);
    return isComplaint(value) ? { ...value, at } : value;
  }
  if (token.text !== '(') return { complaint: `'${token.text}' is not a number`, at };
  const value = parse(cursor, LEVEL_ANY, depth + 1);
  if (isComplaint(value)) return value;
  const isClosed = peek(cursor)?.text === ')';
  cursor.at++;
  return isClosed ? value : { complaint: "'(' is not closed", at };
}

function apply(operator: string, a: bigint, b: bigint, at: number): bigint | Complaint {
  if ((operator === '/' || operator === '%') && b === 0n) return { complaint: 'division by 0', at };
  if ((operator === '<<' || operator === '>>') && (b < 0n || b > BITS_MAX))
    return { complaint: `a shift by ${b}; allowed is 0..${BITS_MAX}`, at };
  const value =
    operator === '+'
      ? a + b
      : operator === '-'
        ? a - b
        : operator === '*'
          ? a * b
          : operator === '/'
            ? a / b
            : operator === '%'
              ? a % b
              : operator === '<<'
                ? a << b
                : operator === '>>'
                  ? a >> b
                  : operator === '&'
                    ? a & b
                    : operator === '|'
                      ? a | b
                      : a ^ b;
  return value < LARGEST && value > -LARGEST ? value : { complaint: 'the number is too large', at };
}
