//! crosses: covergroups by hand: what machines get wrong where parts of them meet.
import { byMnemonic, set } from '../instructions/set.ts';
import { EVENT_ALWAYS, EVENT_SATURATED, eventDefinitions, type EventName, PREDICATE_COUNT, SPACE_ACC, SPACE_DRAM, SPACE_SPM, trapName, unitNames } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { roundNames } from '../numerics/exact.ts';
import { formatByCode, hasNan } from '../numerics/format.ts';
import { retirementLayout } from '../retirement.ts';
import { lacks, runs, trapsOf } from './reach.ts';
import { FACT_EVENTS, FACT_MODE, FACT_OPERANDS, type Frame } from './frame.ts';
import { type Aim, type Covergroup, covergroup, type Point } from './group.ts';
import {
  bitsPoint, boundedPoint, computed, families, type Family, familyOf, hazardPoint, late, looked, lookup, modePoint, padPoint, placePoint, productOf, sameTypePoint, scalePoint, spacePoint, statusPoint, unitBefore, unitPoint, wordClass,
  wordNames, wordOf,
} from './points.ts';

const EVENTS: readonly EventName[] = eventDefinitions.map(([name]) => name);
/** Every group that is written by hand. */
export const crossedGroups = (profile: Profile): readonly Covergroup[] => [
  ...heads(), ...tokens(), ...words(), ...events(profile), ...matrix(profile), ...requantised(profile), ...movement(profile), ...places(profile), hazards(profile), traps(profile), ...control(),
];

function heads(): Covergroup[] {
  const predicate = bitsPoint(Array.from({ length: PREDICATE_COUNT }, (_, p) => `p${p}`), 0, 8, 3, undefined, (bin) => ({ head: { predicate: bin } }));
  const flag = (at: number, aim: (is: boolean) => Aim): Point => bitsPoint(['no', 'yes'], 0, at, 1, undefined, (bin) => aim(bin === 1));
  const waits = bitsPoint(['no', 'yes'], 0, 12, 6, (m) => Math.min(m, 1), (bin) => ({ head: { wait: bin === 1 } })), posts = bitsPoint(['no', 'yes'], 0, 18, 6, (m) => Math.min(m, 1), (bin) => ({ head: { post: bin === 1 } }));
  return [
    covergroup({
      name: 'predicates', says: 'every predicate, plain and negated, true and false', endings: ['done', 'nullified'],
      points: { predicate, negated: flag(11, (negate) => ({ head: { negate } })), status: statusPoint }, crosses: [['predicate', 'negated', 'status']],
      ignore: [{ when: (bin) => bin['predicate'] === 'p0' && (bin['negated'] === 'yes') !== (bin['status'] === 'nullified'), by: 'predicate 0', why: 'predicate 0 always holds' }],
    }),
    covergroup({
      name: 'heads', says: 'interrupt, trace bit and tokens at the head of an instruction of every unit',
      points: { unit: unitPoint, irq: flag(24, (irq) => ({ head: { irq } })), trace: flag(25, (trace) => ({ head: { trace } })), waits, posts }, crosses: [['unit', 'irq'], ['unit', 'trace'], ['unit', 'waits', 'posts']],
    }),
    covergroup({ name: 'units', says: 'every unit after every unit', points: { unit: unitPoint, before: unitBefore }, crosses: [['unit', 'before']] }),
  ];
}

/** Tokens: from whom to whom, how many, at the head or as an instruction. */
function tokens(): Covergroup[] {
  const wait = set.findIndex(({ mnemonic }) => mnemonic === 'wait');
  const counted = computed(['0', '1', 'more', '65535'], (frame) => { const many = (frame.scalar(0) + frame.words[2]!) | 0; return many === 0 ? 0 : many === 1 ? 1 : many === 65535 ? 3 : 2; }, (bin) => ({ tokens: [0, 1, 3, 65535][bin]! }));
  const takes = (frame: Frame): number => (frame.op === wait ? frame.words[1]! : frame.words[0]! >>> 12) & 63;
  return [
    ...['post', 'wait'].map((mnemonic) => covergroup({
      name: `${mnemonic}: tokens`, says: 'how many tokens, by agent', on: [mnemonic], points: { agent: unitPoint, tokens: counted }, crosses: [['agent', 'tokens']],
    })),
    covergroup({
      name: 'handover', says: 'a token from every agent to every agent', crosses: [['sender', 'receiver']],
      points: {
        sender: late(unitNames, (frame) => { const m = takes(frame); return m === 0 ? -1 : frame.poster[m]!; }, (bin) => ({ from: bin })),
        receiver: { ...unitPoint, late: true, aim: (bin) => ({ to: bin }) },
      },
    }),
  ];
}

/** Values of scalar registers: both operands of alu and cmp by class. */
function words(): Covergroup[] {
  const y = (frame: Frame): number => (frame.scalar(1) + frame.words[2]!) | 0, fields = (mnemonic: string) => byMnemonic.get(mnemonic)!.fields['op']!;
  const a = computed(wordNames, (frame) => wordClass(frame.scalar(0)), (bin) => ({ scalars: [wordOf(bin)] })), b = computed(wordNames, (frame) => wordClass(y(frame)), (bin) => ({ second: wordOf(bin) }));
  const op = (mnemonic: string, kept: readonly string[] = fields(mnemonic).names!): Point => {
    const { word, low, width, names } = fields(mnemonic);
    return bitsPoint(kept, word, low, width, (bits) => kept.indexOf(names![bits] ?? ''), (bin) => ({ bits: { op: names!.indexOf(kept[bin]!) } }));
  };
  const pair = (bins: readonly string[], values: readonly (readonly [number, number])[], sort: (x: number, y: number) => number): Point =>
    computed(bins, (frame) => sort(frame.scalar(0), y(frame)), (bin) => ({ scalars: [values[bin]![0]], second: values[bin]![1] }));
  const least = -0x8000_0000;
  return [
    covergroup({ name: 'alu: values', says: 'classes of both operands', on: ['alu'], points: { a, b }, crosses: [['a', 'b']] }),
    covergroup({
      name: 'alu: division', says: 'division by zero and past the greatest value', on: ['alu'], crosses: [['op', 'case']],
      points: {
        op: op('alu', ['div', 'divu', 'rem', 'remu']),
        case: pair(['by zero', 'least by -1', 'negative', 'plain'], [[9, 0], [least, -1], [-9, 4], [9, 4]], (p, q) => (q === 0 ? 0 : p === least && q === -1 ? 1 : p < 0 || q < 0 ? 2 : 3)),
      },
    }),
    covergroup({
      name: 'alu: shift amounts', says: 'shifts by zero, by one, by the greatest amount, and beyond it', on: ['alu'], crosses: [['op', 'by']],
      points: {
        op: op('alu', ['shl', 'shr', 'sra']),
        by: pair(['0', '1', '31', '32', 'more', 'negative'], [0, 1, 31, 32, 99, -3].map((by) => [0x1234, by]), (_, q) => (q < 0 ? 5 : q < 2 ? q : q === 31 ? 2 : q === 32 ? 3 : q > 32 ? 4 : -1)),
      },
    }),
    covergroup({
      name: 'cmp: relation', says: 'every comparison of less, equal and greater', on: ['cmp'], crosses: [['op', 'relation']],
      points: { op: op('cmp'), relation: pair(['less', 'equal', 'greater'], [[-5, 7], [7, 7], [9, 7]], (p, q) => (p < q ? 0 : p === q ? 1 : 2)) },
    }),
  ];
}

/**
 * Numeric events by instruction and family of what it writes. A record counts them, so that no value is needed. Which ones an instruction can
 * have: what rounds to a float all of IEEE 754's, what writes integers under `isat` saturation; the others stand here.
 */
const rounded: readonly EventName[] = ['inexact', 'overflow', 'underflow', 'nan', 'invalid', 'flushed'];
const ownEvents: Readonly<Record<string, readonly (readonly [Family, readonly EventName[]])[]>> = {
  mm: [['integer', ['saturated']], ['float', ['nan', 'overflow', 'invalid']]], mdw: [['integer', ['saturated']], ['float', ['nan', 'overflow', 'invalid']]],
  compare: [['integer', ['invalid']]], gather: [['integer', ['index']], ['float', ['index']]], take: [['integer', ['index']], ['float', ['index']]], random: [],
  unpack: [['float', rounded], ['narrow float', rounded], ['p3109', rounded]], special: [['float', [...rounded, 'divideByZero']], ['narrow float', [...rounded, 'divideByZero']], ['p3109', [...rounded, 'divideByZero']]],
  // Without `daz` and `ftz` nothing is flushed; a block of ue4m3 is no destination.
  bquant: [['narrow float', rounded.slice(0, 5)], ['p3109', rounded.slice(0, 5)]], bdequant: [['float', rounded], ['narrow float', rounded], ['p3109', rounded]],
};
const moreEvents: Readonly<Record<string, readonly EventName[]>> = { binary: ['divideByZero'], drain: ['divideByZero'], scale: ['divideByZero'], scatter: ['index'] };
function events(profile: Profile): Covergroup[] {
  const codes = (family: Family): readonly number[] => profile.formatCodes.filter((code) => familyOf(code) === family), full = profile.features.includes('fullCounters');
  return runs(profile).flatMap((definition) => {
    const { mnemonic, mode } = definition, isRounding = mode.includes('round');
    const listed = ownEvents[mnemonic] ?? (isRounding ? families.map((family) => [family, family === 'integer' ? ['saturated'] : [...rounded, ...(moreEvents[mnemonic] ?? [])]] as const) : []);
    const pairs = listed.flatMap(([family, names]) => names
      .filter((name) => codes(family).length > 0 && (full || EVENTS.indexOf(name) < EVENT_ALWAYS) && (name !== 'nan' || codes(family).some((code) => hasNan(formatByCode(code)!)))).map((name) => [family, name] as const));
    if (pairs.length === 0) return [];
    // Among few codes an infinity meets another one.
    const small = (list: readonly number[]): readonly number[] => { const few = list.filter((code) => formatByCode(code)!.valueBits <= 4); return few.length > 0 ? few : list; };
    const eventPoint = (family: Family, name: EventName): Point => ({
      ...looked(['met'], lookup(FACT_EVENTS, EVENTS.indexOf(name), 1, (bit) => bit - 1), () => ({ result: name === 'invalid' && family === 'p3109' ? small(codes(family)) : codes(family), ...(name === 'saturated' ? { mode: { isat: 1 } } : name === 'flushed' ? { mode: { daz: 1, ftz: 1 } } : {}) })),
      needs: [lookup(FACT_OPERANDS, 0, 8, (code) => (familyOf(code) === family ? 0 : -1))], late: true,
    });
    return [covergroup({ name: `${mnemonic}: events`, says: 'numeric events, by the family of what is written', on: [mnemonic], points: Object.fromEntries(pairs.map(([family, name]) => [`${family}, ${name}`, eventPoint(family, name)])) })];
  });
}

/** M, K and N of what the array multiplies. */
function matrix(profile: Profile): Covergroup[] {
  const { accLanes, triples, accBytes } = profile;
  if (triples.length === 0) return [];
  const rows = Math.min(accBytes / (4 * accLanes), Math.max(...triples.map(({ mMax }) => mMax))), depth = Math.max(...triples.map(({ kMax }) => kMax)), columns = Math.min(accLanes, Math.max(...triples.map(({ nMax }) => nMax)));
  const mRank = (frame: Frame): number => (frame.words[2]! >>> 24) & 255;
  // Where there are no accumulators, nobody asks for weights.
  const where = (of: (frame: Frame) => number) => (frame: Frame): number => (frame.elements[0] === 0 ? -1 : of(frame));
  return [
    ...['mm', 'mdw'].map((mnemonic) => {
      const depthwise = mnemonic === 'mdw' ? 1 : 0;
      return covergroup({
        name: `${mnemonic}: sizes`, says: 'rows, depth and columns around the array and at their greatest', on: [mnemonic],
        points: {
          M: boundedPoint(accLanes, rows, (frame) => productOf(frame, 1, 0, mRank(frame)), (rows) => ({ rows })), K: boundedPoint(accLanes, depth, where((frame) => productOf(frame, 1, mRank(frame), frame.rank[1]! - depthwise)), (deep) => ({ depth: deep })),
          N: boundedPoint(accLanes, columns, where((frame) => frame.dimFromLast(0, 0))),
        },
        ignore: [{ when: (bin) => bin['K'] === '0' || bin['N'] === '0', by: 'weightsFit', why: 'the tile of a slot is not empty' }],
      });
    }),
    covergroup({
      name: 'wload: sizes', says: 'depth and columns of a tile', on: ['wload'],
      points: { K: boundedPoint(accLanes, depth, (frame) => productOf(frame, 1, 0, frame.rank[1]! - 1)), N: boundedPoint(accLanes, columns, (frame) => frame.dimFromLast(1, 0)) },
      ignore: [{ when: (bin) => bin['K'] === '0' || bin['N'] === '0', by: 'tileFits', why: 'a tile is not empty' }],
    }),
  ];
}

/** The epilogue: kind of scale x rounding, x activation, x saturation. What a record does not tell, shift and tie, is in classes.ts. */
function requantised(profile: Profile): Covergroup[] {
  const { features, formatCodes } = profile;
  return ['drain', 'scale'].map((mnemonic) => {
    const definition = byMnemonic.get(mnemonic)!, activation = definition.fields['activation']!;
    return covergroup({
      name: `${mnemonic}: epilogue`, says: 'kinds of scale x rounding, x activation, x what becomes of an integer', on: [mnemonic], crosses: [['scale', 'round'], ['scale', 'activation'], ['scale', 'integer']],
      points: {
        scale: scalePoint(profile), round: modePoint('round', [...roundNames, ...(features.includes('stochastic') ? ['stochastic'] : [])]),
        activation: bitsPoint(activation.names!, activation.word, activation.low, activation.width, (bits) => (bits < 3 ? bits : -1), (bin) => ({ bits: { activation: bin } })),
        integer: {
          ...looked(['fits', 'saturates'], lookup(FACT_EVENTS, EVENT_SATURATED, 1, (bit) => bit), () => ({ mode: { isat: 1 }, result: formatCodes.filter((code) => familyOf(code) === 'integer') })), late: true,
          needs: [lookup(FACT_OPERANDS, 0, 8, (code) => (familyOf(code) === 'integer' ? 0 : -1)), lookup(FACT_MODE, 3, 1, (bit) => bit - 1)],
        },
      },
      ignore: [
        { when: (bin) => bin['activation'] === 'leaky' && ['shift', 'gemmlowp', 'tosa'].includes(bin['scale']!), by: 'epilogueTypes', why: 'a slope is that of a float, these scales give an integer' },
      ],
    });
  });
}

/** Ways of data between memories. */
function movement(profile: Profile): Covergroup[] {
  const a = (spaces: readonly number[]): Point => spacePoint(1, spaces), d = (spaces: readonly number[]): Point => spacePoint(0, spaces), converts = sameTypePoint(0, 1, profile);
  const { word, low, names } = byMnemonic.get('store')!.fields['op']!, op = bitsPoint(names!, word, low, 2, undefined, (bin) => ({ bits: { op: bin } }));
  return [
    covergroup({ name: 'load: ways', says: 'from where to where, with pads and conversion', on: ['load'], points: { a: a([SPACE_DRAM, SPACE_SPM]), d: d([SPACE_SPM, SPACE_ACC]), dtype: converts, pads: padPoint(1) }, crosses: [['a', 'd', 'dtype'], ['pads', 'dtype']] }),
    covergroup({ name: 'store: ways', says: 'from where to where, with a function and conversion', on: ['store'], points: { a: a([SPACE_SPM, SPACE_ACC]), d: d([SPACE_DRAM, SPACE_SPM]), dtype: converts, op }, crosses: [['a', 'd', 'dtype'], ['op', 'd', 'dtype']] }),
  ];
}

/** Ends of the memories and crossings of pages, by what is there. */
function places(profile: Profile): Covergroup[] {
  return ([['D', 0, [SPACE_DRAM, SPACE_SPM, SPACE_ACC]], ['A', 1, [SPACE_DRAM, SPACE_SPM, SPACE_ACC]]] as const).map(([name, position, spaces]) =>
    covergroup({ name: `ends of memories: ${name}`, says: 'first and last byte of each memory, and crossings of its 4 KiB pages', points: { space: spacePoint(position, spaces), place: placePoint(position, profile) }, crosses: [['space', 'place']] }));
}

function hazards(profile: Profile): Covergroup {
  const on = runs(profile).filter(({ fields }) => Object.values(fields).some(({ kind }) => kind === 'operand')).map(({ mnemonic }) => mnemonic);
  return covergroup({
    name: 'hazards', says: 'the nearest earlier touch of the same bytes: read after write, write after read, write after write; how far, by whom, how they lie', on,
    points: { 'read after write': hazardPoint(0), 'write after read': hazardPoint(1), 'write after write': hazardPoint(2) },
  });
}

/** Every trap with all earlier instructions over, and with some still in queues. */
function traps(profile: Profile): Covergroup {
  const codes = [...new Set(set.filter((definition) => lacks(definition, profile) === undefined).flatMap((definition) => trapsOf(definition).map(({ trap }) => trap)))].sort((x, y) => x - y);
  return covergroup({
    name: 'trap x pending', endings: ['trapped'], says: 'a trap when all earlier instructions have finished, and when some still wait in queues',
    points: {
      trap: computed(codes.map(trapName), (frame) => codes.indexOf(frame.trap), (bin) => ({ trap: codes[bin]! })), pending: late(['no', 'yes'], (frame) => (frame.seq > frame.retired ? 1 : 0), (bin) => ({ pending: bin === 1 })),
    },
    crosses: [['trap', 'pending']],
  });
}

/** Loops by steps, jumps by direction, registers that are read. */
function control(): Covergroup[] {
  const steps = computed(['none', 'one', 'two'], ({ words }) => (((words[1]! >>> 16) & 31) !== 0 ? 1 : 0) + ((words[1]! & 31) !== 0 ? 1 : 0), (bin) => ({ steps: bin }));
  const direction = computed(['back', 'next', 'forward'], (frame) => { const by = ((frame.scalar(0) + frame.words[2]!) | 0) - frame.view.getInt32(frame.at + PC, true); return by < 0 ? 0 : by === 0 ? -1 : by === 1 ? 1 : 2; }, (bin) => ({ jump: bin - 1 }));
  const parts: readonly (readonly [number, number, string])[] = [[0, 0x40, 'identity'], [0x60, 0x70, 'scratch'], [0x500, 0x600, 'numeric events'], [0x600, 0x680, 'counters'], [0x680, 0x800, 'further events']];
  const offset = bitsPoint(parts.map(([, , name]) => name), 2, 0, 12, (at) => parts.findIndex(([low, high]) => at >= low && at < high), (bin) => ({ bits: { offset: parts[bin]![0] } }));
  return [
    covergroup({ name: 'loop: steps', says: 'registers that step', on: ['loop'], points: { steps } }), covergroup({ name: 'jump: direction', says: 'where control goes', on: ['jump'], points: { direction } }),
    covergroup({ name: 'csrr: registers', says: 'what is read of the window', on: ['csrr'], points: { offset } }),
  ];
}
const PC = retirementLayout.at.pc;
