//! descriptor: tensor descriptors as they are written in a program.
import { evaluate, extent, LEVEL_ANY } from '../isa/expression.ts';
import { isComplaint } from '../isa/field.ts';
import type { Token } from '../isa/text.ts';
import { DESCRIPTOR_WORDS, DIM_MAX, RANK_MAX, spaceNames } from '../limits.ts';
import { type Format, formats } from '../numerics/format.ts';
import { complain, namesAt, type Session, suggest } from './session.ts';

/** Names of formats, with the usual short ones. */
export const formatNames: ReadonlyMap<string, Format> = new Map([
  ...formats.map((format) => [format.name, format] as const),
  ...(
    [
      ['f32', 'fp32'],
      ['f16', 'fp16'],
    ] as const
  ).map(([short, name]) => [short, formats.find((format) => format.name === name)!] as const),
]);

type Range = readonly [number, number];
interface Clauses {
  [clause: string]: readonly Range[];
}
const listClauses = ['stride', 'lo', 'hi'],
  numberClauses = ['fill', 'peer', 'layout'];

export interface DescriptorText {
  readonly to: number;
  /** Words of the n-th descriptor of the list; undefined, with diagnostics, when something is wrong. */
  readonly words: (index: number) => readonly number[] | undefined;
}

/** Index of the dtype behind a space at `at`, and the space. */
export function spaceAt(tokens: readonly Token[], at: number): { space: number; to: number } | undefined {
  const isPeer = tokens[at]?.text === 'peer' && tokens[at + 1]?.text === '-';
  const name = isPeer ? `peer-${tokens[at + 2]?.text}` : tokens[at]?.text,
    space = (spaceNames as readonly string[]).indexOf(name ?? '');
  return space > 0 ? { space, to: at + (isPeer ? 3 : 1) } : undefined;
}

/** `space dtype [dims] at base …`, or `name as [dims] …`, from `at` on, for as many descriptors as there are names. */
export function readDescriptor(session: Session, tokens: readonly Token[], at: number, count: number): DescriptorText | undefined {
  const found = spaceAt(tokens, at);
  const origin = found ? undefined : tokens[at]!;
  let next = found ? found.to : at + 2;
  let dtype: Format | undefined;
  if (tokens[next]?.text !== '[' || found) {
    const word = tokens[next];
    dtype = formatNames.get(word?.text ?? '');
    if (!dtype) {
      complain(
        session,
        word ?? tokens.at(-1),
        `'${word?.text ?? ''}' is not a dtype; the dtypes are ${[...formatNames.keys()].join(' ')}${suggest(word?.text ?? '', [...formatNames.keys()])}`,
      );
      return undefined;
    }
    next++;
  }
  const dims = readList(session, tokens, next);
  if (!dims) return undefined;
  const clauses: Clauses = {};
  for (next = dims.to; ; ) {
    const word = tokens[next]?.text ?? '';
    if (word === 'at') {
      const addresses = readAddresses(session, tokens, next + 1, count);
      if (!addresses) return undefined;
      clauses['at'] = addresses.ranges;
      next = addresses.to;
    } else if (listClauses.includes(word)) {
      const list = readList(session, tokens, next + 1);
      if (!list) return undefined;
      clauses[word] = list.ranges;
      next = list.to;
    } else if (numberClauses.includes(word)) {
      const to = extent(tokens, next + 1, LEVEL_ANY);
      if (to === undefined) {
        complain(session, tokens[next + 1] ?? tokens[next], `a number is missing after '${word}'`);
        return undefined;
      }
      clauses[word] = [[next + 1, to]];
      next = to;
    } else break;
  }
  if (!clauses['at'] && !origin) {
    complain(session, tokens[next] ?? tokens.at(-1), "the address is missing: 'at' and a number");
    return undefined;
  }
  const names = namesAt(session),
    base = origin && session.literals.get(origin.text);
  if (origin && !base) {
    complain(session, origin, `'${origin.text}' has no descriptor literal above this line`);
    return undefined;
  }
  return {
    to: next,
    words: (index) => {
      const from = base?.();
      if (origin && !from) return undefined;
      return build(session, tokens, names, { space: found?.space, dtype, dims: dims.ranges, clauses, from, index });
    },
  };
}

interface Parts {
  readonly space: number | undefined;
  readonly dtype: Format | undefined;
  readonly dims: readonly Range[];
  readonly clauses: Clauses;
  readonly from: readonly number[] | undefined;
  readonly index: number;
}
function build(
  session: Session,
  tokens: readonly Token[],
  { lookup }: ReturnType<typeof namesAt>,
  parts: Parts,
): readonly number[] | undefined {
  const { clauses, from } = parts,
    rank = parts.dims.length;
  let good = true;
  const number = ([a, b]: Range, least: bigint, most: bigint, what: string): bigint => {
    const value = evaluate(tokens, lookup, a, b);
    if (!isComplaint(value) && value >= least && value <= most) return value;
    good = false;
    complain(
      session,
      tokens[isComplaint(value) ? (value.at ?? a) : a] ?? tokens.at(-1),
      isComplaint(value) ? value.complaint : `${what} ${value} does not fit; allowed is ${least}..${most}`,
    );
    return 0n;
  };
  const list = (clause: string, least: bigint, most: bigint): readonly bigint[] | undefined => {
    const ranges = clauses[clause];
    if (ranges && ranges.length !== rank) {
      good = false;
      complain(session, tokens[ranges[0]![0]], `${clause} has ${ranges.length} numbers for ${rank} dims`);
    }
    return ranges?.map((range) => number(range, least, most, clause));
  };
  const dims = parts.dims.map((range) => number(range, 0n, BigInt(DIM_MAX), 'dim'));
  const strides =
    list('stride', -(2n ** 31n), 2n ** 31n - 1n) ?? dims.map((_, axis) => dims.slice(axis + 1).reduce((product, dim) => product * dim, 1n));
  if (strides.some((stride) => stride >= 2n ** 31n)) {
    good = false;
    complain(session, tokens[parts.dims[0]![0]], 'a stride of these dims does not fit into 32 bits');
  }
  const base = address(session, tokens, clauses['at'], parts.index, number) ?? BigInt(from![1]!) + (BigInt(from![2]! & 0xffff) << 32n);
  if (base < 0n || base >= 1n << 48n) {
    good = false;
    complain(session, tokens[clauses['at']![0]![0]], `the address ${base} does not fit; allowed is 0..${(1n << 48n) - 1n}`);
  }
  const one = (clause: string, most: bigint, other: bigint): bigint =>
    clauses[clause] ? number(clauses[clause]![0]!, clause === 'fill' ? -(2n ** 31n) : 0n, most, clause) : other;
  const packed = (clause: string): bigint =>
    (list(clause, 0n, 63n) ?? []).reduce((word, pad, axis) => word | (pad << BigInt(6 * axis)), 0n);
  const peer = one('peer', 0xffffn, from ? BigInt(from[2]! >>> 16) : 0n);
  const space = parts.space ?? (from![0]! >>> 8) & 7,
    dtype = parts.dtype?.code ?? from![0]! & 255;
  const words = [
    BigInt(dtype | (space << 8) | (rank << 11)) | (one('layout', 15n, 0n) << 16n),
    base,
    (base >> 32n) | (peer << 16n),
    ...axes(dims),
    ...axes(strides),
    packed('lo'),
    packed('hi'),
    one('fill', 0xffff_ffffn, from ? BigInt(from[15]!) : 0n),
  ];
  return good ? words.map((word) => Number(BigInt.asUintN(32, word))) : undefined;
}
const axes = (list: readonly bigint[]): readonly bigint[] => Array.from({ length: RANK_MAX }, (_, axis) => list[axis] ?? 0n);

/** The n-th address: those that begin with + count from the one before, and `..` repeats the last step. */
function address(
  session: Session,
  tokens: readonly Token[],
  ranges: readonly Range[] | undefined,
  index: number,
  number: (range: Range, least: bigint, most: bigint, what: string) => bigint,
): bigint | undefined {
  if (!ranges) return undefined;
  let base = 0n,
    step = 0n;
  for (let i = 0; i <= index; i++) {
    const range = ranges[Math.min(i, ranges.length - 1)]!,
      [from, to] = range;
    const isRepeat = tokens[from]!.text === '..' || i >= ranges.length;
    if (i >= ranges.length && tokens[from]!.text !== '..') {
      complain(session, tokens[to - 1], `there are ${ranges.length} addresses for ${index + 1} names or more; end the list with '..'`);
      return 0n;
    }
    if (isRepeat) base += step;
    else {
      const value = number(range, -(1n << 48n), (1n << 48n) - 1n, 'address'),
        isStep = tokens[from]!.text === '+';
      step = isStep ? value : value - base;
      base = isStep ? base + value : value;
    }
  }
  return base;
}

function readAddresses(
  session: Session,
  tokens: readonly Token[],
  at: number,
  count: number,
): { ranges: readonly Range[]; to: number } | undefined {
  const ranges: Range[] = [];
  for (let next = at; ; ) {
    const to = tokens[next]?.text === '..' ? next + 1 : extent(tokens, next, LEVEL_ANY);
    if (to === undefined) {
      complain(session, tokens[next] ?? tokens.at(-1), "an address is missing after 'at'");
      return undefined;
    }
    ranges.push([next, to]);
    if (count === 1 || tokens[to]?.text !== ',') return { ranges, to };
    next = to + 1;
  }
}

/** `[a, b, c]`: one to five numbers. */
export function readList(session: Session, tokens: readonly Token[], at: number): { ranges: readonly Range[]; to: number } | undefined {
  const open = tokens[at],
    ranges: Range[] = [];
  const fail = (token: Token | undefined, message: string): undefined => {
    complain(session, token ?? tokens.at(-1), message);
  };
  if (open?.text !== '[') return fail(open, `found '${open?.text ?? 'the end of the line'}'; a list such as [64, 16] is needed`);
  for (let next = at + 1; ; ) {
    const to = extent(tokens, next, LEVEL_ANY);
    if (to === undefined) return fail(tokens[next], `found '${tokens[next]?.text ?? 'the end of the line'}'; a number is needed`);
    ranges.push([next, to]);
    if (tokens[to]?.text === ']')
      return ranges.length <= RANK_MAX ? { ranges, to: to + 1 } : fail(open, `${ranges.length} numbers; allowed are 1..${RANK_MAX}`);
    if (tokens[to]?.text !== ',') return fail(tokens[to], `found '${tokens[to]?.text ?? 'the end of the line'}'; expected ',' or ']'`);
    next = to + 1;
  }
}

/** Value of a list of pads, as in the words 13 and 14 of a descriptor. */
export function packPads(
  session: Session,
  tokens: readonly Token[],
  ranges: readonly Range[],
  lookup: ReturnType<typeof namesAt>['lookup'],
): number | undefined {
  let word = 0;
  for (const [axis, [from, to]] of ranges.entries()) {
    const value = evaluate(tokens, lookup, from, to);
    if (isComplaint(value) || value < 0n || value > 63n) {
      complain(
        session,
        tokens[isComplaint(value) ? (value.at ?? from) : from],
        isComplaint(value) ? value.complaint : `pad ${value} does not fit; allowed is 0..63`,
      );
      return undefined;
    }
    word |= Number(value) << (6 * axis);
  }
  return word;
}

/** A descriptor as its literal is written, or undefined where no literal says it. */
export function printDescriptor(words: readonly number[]): string | undefined {
  const [type, low, high] = words as [number, number, number],
    space = spaceNames[(type >>> 8) & 7],
    rank = (type >>> 11) & 7;
  const dtype = formats.find(({ code }) => code === (type & 255));
  if (
    words.length < DESCRIPTOR_WORDS ||
    !dtype ||
    !space ||
    space === 'none' ||
    rank < 1 ||
    rank > RANK_MAX ||
    type >>> 20 ||
    (type >>> 14) & 3
  )
    return undefined;
  const dims = words.slice(3, 3 + rank),
    strides = words.slice(8, 8 + rank).map((word) => word | 0);
  if (words.slice(3 + rank, 8).some((word) => word) || words.slice(8 + rank, 13).some((word) => word) || dims.some((dim) => dim > DIM_MAX))
    return undefined;
  const rowMajor = strides.every(
    (stride, axis) => BigInt(stride) === dims.slice(axis + 1).reduce((product, dim) => product * BigInt(dim), 1n),
  );
  const pads = (word: number): number[] => dims.map((_, axis) => (word >>> (6 * axis)) & 63);
  const packs = (word: number): boolean => pads(word).reduce((sum, pad, axis) => (sum | (pad << (6 * axis))) >>> 0, 0) === word;
  if (!packs(words[13]!) || !packs(words[14]!)) return undefined;
  const base = BigInt(low) + (BigInt(high & 0xffff) << 32n),
    peer = high >>> 16,
    layout = (type >>> 16) & 15;
  return (
    `${space} ${dtype.name} [${dims.join(', ')}] at 0x${base.toString(16)}${rowMajor ? '' : ` stride [${strides.join(', ')}]`}` +
    `${words[13] ? ` lo [${pads(words[13]).join(', ')}]` : ''}${words[14] ? ` hi [${pads(words[14]).join(', ')}]` : ''}` +
    `${words[15] ? ` fill 0x${words[15].toString(16)}` : ''}${peer ? ` peer ${peer}` : ''}${layout ? ` layout ${layout}` : ''}`
  );
}
