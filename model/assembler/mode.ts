//! mode: numeric modes as they are written in a program.
import { isComplaint } from '../isa/field.ts';
import { closing, splitSum } from '../isa/template.ts';
import type { Token } from '../isa/text.ts';
import { type ModeFieldName, modeFields } from '../isa/view.ts';
import { formatByName } from '../numerics/format.ts';
import { floatBits } from './numbers.ts';
import { complain, namesAt, type Session, suggest } from './session.ts';

/** Names of the values of modes, by field; the first of several names is the one that is printed. */
const modeValues: Readonly<Partial<Record<ModeFieldName, readonly (readonly string[])[]>>> = {
  round: [['rne'], ['rz'], ['rd'], ['ru'], ['rna'], ['rhu', 'hu'], ['odd'], ['stochastic']],
  round2: [['rne'], ['rz'], ['rd'], ['ru'], ['rna'], ['rhu', 'hu'], ['odd']],
  isat: [['wrap'], ['saturate']],
  fsat: [['format'], ['finite']],
  clamp: [['off'], ['on']],
  daz: [['keep'], ['signed'], ['zero']],
  ftz: [['keep'], ['after'], ['before']],
  minmax: [['nan'], ['number']],
  order: [['sequential'], ['pairs'], ['lanes'], ['exact']],
  level: [['exact'], ['lut']],
  mxrule: [['floor'], ['noclip']],
  scale: [['none'], ['fixed'], ['gemmlowp'], ['tosa', 'tosaDouble'], ['fp32mul', 'fp32Multiply'], ['fp32div', 'fp32Divide']],
};

export interface ModeWrite {
  readonly word: number;
  readonly value: () => { register: number; immediate: number } | undefined;
}
/** `{ round: rhu, isat, zpo: -5, clamp: [-128, 127] }` from the brace at `at` on: one write for each word named, ascending. */
export function readMode(session: Session, tokens: readonly Token[], at: number): { to: number; writes: readonly ModeWrite[] } | undefined {
  const end = closing(tokens, at);
  if (end === undefined) {
    complain(session, tokens[at], "'{' is not closed");
    return undefined;
  }
  const words = new Map<number, (() => { register: number; immediate: number } | undefined)[]>();
  const add = (field: (typeof modeFields)[number], from: number, to: number): void => {
    const list = words.get(field.word) ?? [];
    words.set(field.word, list);
    list.push(() => modeValue(session, tokens, field, from, to));
  };
  const field = (name: ModeFieldName) => modeFields.find((row) => row.name === name)!;
  const seen = new Set<string>();
  for (let next = at + 1; next < end; ) {
    const word = tokens[next]!,
      row = modeFields.find(({ name }) => name === word.text);
    if (!row) {
      const names = modeFields.map(({ name }) => name);
      complain(session, word, `'${word.text}' is not a field of a mode; the fields are ${names.join(' ')}${suggest(word.text, names)}`);
      return undefined;
    }
    if (seen.has(row.name)) complain(session, word, `'${row.name}' is given twice`);
    seen.add(row.name);
    let to = next + 1,
      depth = 0;
    while (to < end && (depth > 0 || tokens[to]!.text !== ',')) {
      depth += '[('.includes(tokens[to]!.text) ? 1 : '])'.includes(tokens[to]!.text) ? -1 : 0;
      to++;
    }
    if (row.name === 'clamp' && tokens[next + 2]?.text === '[') {
      const comma = tokens.findIndex((token, i) => i > next + 2 && token.text === ',');
      if (tokens[to - 1]!.text !== ']' || comma < 0 || comma >= to) {
        complain(session, tokens[next + 2], 'clamp needs two bounds, as in clamp: [-128, 127]');
        return undefined;
      }
      add(row, next, next + 1);
      add(field('lo'), next + 3, comma);
      add(field('hi'), comma + 1, to - 1);
    } else if (to === next + 1 && row.legal === 2) add(row, next, to);
    else if (tokens[next + 1]?.text === ':' && to > next + 2) add(row, next + 2, to);
    else {
      complain(session, tokens[next + 1] ?? word, `'${row.name}' needs a value: ${row.name}: …`);
      return undefined;
    }
    next = to + 1;
  }
  if (words.size === 0) {
    complain(session, tokens[at], 'no field is named');
    return undefined;
  }
  const writes = [...words]
    .sort(([a], [b]) => a - b)
    .map(([word, parts]) => ({
      word,
      value: () => {
        const values = parts.map((part) => part());
        if (values.includes(undefined)) return undefined;
        return {
          register: Math.max(...values.map((v) => v!.register)),
          immediate: values.reduce((sum, v) => (sum | v!.immediate) >>> 0, 0),
        };
      },
    }));
  return { to: end + 1, writes };
}

function modeValue(
  session: Session,
  tokens: readonly Token[],
  field: (typeof modeFields)[number],
  from: number,
  to: number,
): { register: number; immediate: number } | undefined {
  const first = tokens[from]!,
    place = (value: number) => ({
      register: 0,
      immediate: (field.width === 32 ? value : (value & (2 ** field.width - 1)) << field.low) >>> 0,
    });
  const names = modeValues[field.name],
    named = to === from + 1 ? (names?.findIndex((row) => row.includes(first.text)) ?? -1) : -1;
  if (named >= 0) return place(named);
  if (to === from + 1 && first.text === field.name) return place(1);
  if (field.width === 32) {
    const bits = floatBits(tokens.slice(from, to), formatByName('fp32'));
    if (typeof bits === 'bigint') return place(Number(bits));
    if (bits) {
      complain(session, first, bits.complaint);
      return undefined;
    }
  }
  const sum = splitSum(tokens, from, to, namesAt(session));
  const least = field.signed ? -(2n ** BigInt(field.width - 1)) : 0n,
    most = field.signed && field.width < 32 ? 2n ** BigInt(field.width - 1) - 1n : BigInt(field.legal) - 1n;
  if (isComplaint(sum)) {
    const all = names?.map((row) => row[0]!) ?? [];
    complain(
      session,
      tokens[sum.at ?? from] ?? first,
      all.length
        ? `'${first.text}' is not a value of ${field.name}; the values are ${all.join(' ')}${suggest(first.text, all)}`
        : sum.complaint,
    );
  } else if (sum.register !== 0 && field.width < 32)
    complain(session, first, `${field.name} needs a constant, as it shares its word with other fields`);
  else if (sum.immediate < least || sum.immediate > most)
    complain(session, first, `${field.name} ${sum.immediate} does not fit; allowed is ${least}..${most}`);
  else return { register: sum.register, immediate: place(Number(sum.immediate)).immediate };
  return undefined;
}
