//! crosses: covergroups by hand: what machines get wrong where parts of them meet.
import { byMnemonic, set } from '../instructions/set.ts';
import {
  EVENT_ALWAYS, EVENT_SATURATED, eventDefinitions, type EventName, PREDICATE_COUNT, RETIRED_DONE, RETIRED_NULLIFIED, RETIRED_TRAPPED, SPACE_ACC, SPACE_DRAM, SPACE_SPM, trapName, unitNames,
} from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { roundNames } from '../numerics/exact.ts';
import { formatByCode, hasNan } from '../numerics/format.ts';
import { retirementLayout } from '../retirement.ts';
import { lacks, runs, trapsOf } from './derived.ts';
import type { Frame } from './frame.ts';
import { type Covergroup, covergroup, type Point } from './group.ts';
import {
  boundedPoint, done, families, type Family, familyName, hazardPoint, modePoint, padPoint, placePoint, productOf, sameTypePoint, spacePoint, wordClass, wordNames, wordOf,
} from './points.ts';

const EVENTS: readonly EventName[] = eventDefinitions.map(([name]) => name);
const yesNo = (of: (frame: Frame) => boolean, aim?: Point['aim']): Point => ({ bins: ['no', 'yes'], of: (frame) => (of(frame) ? 1 : 0), ...(aim ? { aim } : {}) });
const unitPoint: Point = { bins: unitNames, of: done((frame) => frame.unit), aim: (bin) => ({ unit: bin }) };

/** Every group that is written by hand. */
export const crossedGroups = (profile: Profile): readonly Covergroup[] => [
  ...heads(), ...tokens(), ...words(), ...events(profile), ...matrix(profile), ...requantised(profile), ...movement(profile), ...places(profile), hazards(profile), traps(profile), ...control(),
];

function heads(): Covergroup[] {
  const predicate: Point = {
    bins: Array.from({ length: PREDICATE_COUNT }, (_, p) => `p${p}`), of: (frame) => (frame.status === RETIRED_TRAPPED ? -1 : (frame.words[0]! >>> 8) & 7), aim: (bin) => ({ head: { predicate: bin } }),
  };
  const status: Point = { bins: ['done', 'nullified'], of: (frame) => (frame.status === RETIRED_DONE ? 0 : frame.status === RETIRED_NULLIFIED ? 1 : -1), aim: (bin) => ({ nullified: bin === 1 }) };
  const bit = (at: number): ((frame: Frame) => boolean) => (frame) => ((frame.words[0]! >>> at) & 1) === 1;
  return [
    covergroup({
      name: 'predicates', says: 'every predicate, as it is and negated, holding and not', points: { predicate, negated: yesNo(bit(11), (bin) => ({ head: { negate: bin === 1 } })), status },
      crosses: [['predicate', 'negated', 'status']],
      ignore: [{ when: (bin) => bin['predicate'] === 'p0' && (bin['negated'] === 'yes') !== (bin['status'] === 'nullified'), by: 'predicate 0', why: 'predicate 0 always holds' }],
    }),
    covergroup({
      name: 'heads', says: 'interrupt, trace bit and tokens at the head of an instruction of every unit',
      points: {
        unit: unitPoint, irq: yesNo(bit(24), (bin) => ({ head: { irq: bin === 1 } })), trace: yesNo(bit(25), (bin) => ({ head: { trace: bin === 1 } })),
        tokens: {
          bins: ['none', 'waits', 'posts', 'waits and posts'], of: done((frame) => (((frame.words[0]! >>> 12) & 63) !== 0 ? 1 : 0) + (((frame.words[0]! >>> 18) & 63) !== 0 ? 2 : 0)),
          aim: (bin) => ({ head: { wait: (bin & 1) === 1, post: bin > 1 } }),
        },
      },
      crosses: [['unit', 'irq'], ['unit', 'trace'], ['unit', 'tokens']],
    }),
    covergroup({ name: 'units', says: 'every unit after every unit', points: { unit: unitPoint, before: { bins: unitNames, late: true, of: (frame) => frame.unitBefore, aim: (bin) => ({ unitBefore: bin }) } }, crosses: [['unit', 'before']] }),
  ];
}

/** Tokens: from whom to whom, how many, at the head or as an instruction. */
function tokens(): Covergroup[] {
  const wait = set.findIndex(({ mnemonic }) => mnemonic === 'wait');
  const counted: Point = {
    bins: ['0', '1', 'more', '65535'], of: done((frame) => { const many = (frame.scalar(0) + frame.words[2]!) | 0; return many === 0 ? 0 : many === 1 ? 1 : many === 65535 ? 3 : 2; }), aim: (bin) => ({ tokens: [0, 1, 3, 65535][bin]! }),
  };
  const takes = (frame: Frame): number => (frame.status !== RETIRED_DONE ? 0 : frame.op === wait ? frame.words[1]! & 63 : (frame.words[0]! >>> 12) & 63);
  return [
    ...['post', 'wait'].map((mnemonic) => covergroup({
      name: `${mnemonic}: tokens`, says: 'how many tokens, by agent', on: [mnemonic], points: { agent: unitPoint, tokens: counted }, crosses: [['agent', 'tokens']],
    })),
    covergroup({
      name: 'handover', says: 'a token from every agent to every agent', crosses: [['from', 'to']],
      points: {
        from: { bins: unitNames, late: true, of: (frame) => { const m = takes(frame); return m === 0 ? -1 : frame.poster[m]!; }, aim: (bin) => ({ from: bin }) },
        to: { bins: unitNames, of: (frame) => (takes(frame) === 0 ? -1 : frame.unit), aim: (bin) => ({ to: bin }) },
      },
    }),
  ];
}

/** Values of scalar registers: both operands of alu and cmp by class. */
function words(): Covergroup[] {
  const a: Point = { bins: wordNames, of: done((frame) => wordClass(frame.scalar(0))), aim: (bin) => ({ scalars: [wordOf(bin)] }) };
  const b: Point = { bins: wordNames, of: done((frame) => wordClass((frame.scalar(1) + frame.words[2]!) | 0)), aim: (bin) => ({ scalars: [wordOf(bin)] }) };
  const divide = byMnemonic.get('alu')!.fields['op']!.names!, dividing = ['div', 'divu', 'rem', 'remu'];
  const relation: Point = {
    bins: ['less', 'equal', 'greater'], of: done((frame) => { const x = frame.scalar(0), y = (frame.scalar(1) + frame.words[2]!) | 0; return x < y ? 0 : x === y ? 1 : 2; }), aim: (bin) => ({ scalars: [[-5, 7, 9][bin]!, 7] }),
  };
  const op = (names: readonly string[], kept: readonly string[]): Point => ({
    bins: kept, of: done((frame) => kept.indexOf(names[(frame.words[1]! >>> 24) & 255] ?? '')), aim: (bin) => ({ bits: { op: names.indexOf(kept[bin]!) } }),
  });
  return [
    covergroup({ name: 'alu: values', says: 'classes of both operands', on: ['alu'], points: { a, b }, crosses: [['a', 'b']] }),
    covergroup({
      name: 'alu: division', says: 'division by zero and past the greatest value', on: ['alu'],
      points: { op: op(divide, dividing), case: { bins: ['by zero', 'least by -1', 'negative', 'plain'], of: done((frame) => { const x = frame.scalar(0), y = (frame.scalar(1) + frame.words[2]!) | 0; return y === 0 ? 0 : x === -0x8000_0000 && y === -1 ? 1 : x < 0 || y < 0 ? 2 : 3; }), aim: (bin) => ({ scalars: [[9, 0], [-0x8000_0000, -1], [-9, 4], [9, 4]][bin]! }) } },
      crosses: [['op', 'case']],
    }),
    covergroup({
      name: 'alu: shift amounts', says: 'shifts by none, one, the most, and beyond', on: ['alu'],
      points: { op: op(divide, ['shl', 'shr', 'sra']), by: { bins: ['0', '1', '31', '32', 'more', 'negative'], of: done((frame) => { const y = (frame.scalar(1) + frame.words[2]!) | 0; return y < 0 ? 5 : y === 0 ? 0 : y === 1 ? 1 : y === 31 ? 2 : y === 32 ? 3 : y > 32 ? 4 : -1; }), aim: (bin) => ({ scalars: [0x1234, [0, 1, 31, 32, 99, -3][bin]!] }) } },
      crosses: [['op', 'by']],
    }),
    covergroup({ name: 'cmp: relation', says: 'every comparison of less, equal and greater', on: ['cmp'], points: { op: op(byMnemonic.get('cmp')!.fields['op']!.names!, byMnemonic.get('cmp')!.fields['op']!.names!), relation }, crosses: [['op', 'relation']] }),
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
  const codes = (family: Family): readonly number[] => profile.formatCodes.filter((code) => familyName(code) === family), full = profile.features.includes('fullCounters');
  return runs(profile).flatMap((definition) => {
    const { mnemonic, mode } = definition, isRounding = mode.includes('round');
    const listed = ownEvents[mnemonic] ?? (isRounding ? families.map((family) => [family, family === 'integer' ? ['saturated'] : [...rounded, ...(moreEvents[mnemonic] ?? [])]] as const) : []);
    const pairs = listed.flatMap(([family, names]) => names
      .filter((name) => codes(family).length > 0 && (full || EVENTS.indexOf(name) < EVENT_ALWAYS) && (name !== 'nan' || codes(family).some((code) => hasNan(formatByCode(code)!)))).map((name) => [family, name] as const));
    if (pairs.length === 0) return [];
    const event: Point[] = pairs.map(([family, name]) => ({
      bins: ['met'], late: true, of: done((frame) => (frame.role[0] !== 0 && familyName(frame.dtype[0]!) === family && frame.hasEvent(EVENTS.indexOf(name)) ? 0 : -1)),
      aim: () => ({ result: codes(family), ...(name === 'saturated' ? { mode: { isat: 1 } } : name === 'flushed' ? { mode: { daz: 1, ftz: 1 } } : {}) }),
    }));
    return [covergroup({ name: `${mnemonic}: events`, says: 'numeric events, by the family of what is written', on: [mnemonic], points: Object.fromEntries(pairs.map(([family, name], i) => [`${family}, ${name}`, event[i]!])) })];
  });
}

/** M, K and N of what the array multiplies. */
function matrix(profile: Profile): Covergroup[] {
  const { accLanes, triples, accBytes } = profile;
  if (triples.length === 0) return [];
  const rows = Math.min(accBytes / (4 * accLanes), Math.max(...triples.map(({ mMax }) => mMax))), depth = Math.max(...triples.map(({ kMax }) => kMax)), columns = Math.min(accLanes, Math.max(...triples.map(({ nMax }) => nMax)));
  const mRank = (frame: Frame): number => (frame.words[2]! >>> 24) & 255;
  return [
    ...['mm', 'mdw'].map((mnemonic) => {
      const depthwise = mnemonic === 'mdw' ? 1 : 0;
      return covergroup({
        name: `${mnemonic}: sizes`, says: 'rows, depth and columns around the array and at their greatest', on: [mnemonic],
        points: {
          M: boundedPoint(accLanes, rows, done((frame) => productOf(frame, 1, 0, mRank(frame)))), K: boundedPoint(accLanes, depth, done((frame) => productOf(frame, 1, mRank(frame), frame.rank[1]! - depthwise))),
          N: boundedPoint(accLanes, columns, done((frame) => frame.dimFromLast(0, 0))),
        },
        ignore: [{ when: (bin) => bin['K'] === '0' || bin['N'] === '0', by: 'weightsFit', why: 'the tile of a slot is not empty' }],
      });
    }),
    covergroup({
      name: 'wload: sizes', says: 'depth and columns of a tile', on: ['wload'],
      points: { K: boundedPoint(accLanes, depth, done((frame) => productOf(frame, 1, 0, frame.rank[1]! - 1))), N: boundedPoint(accLanes, columns, done((frame) => frame.dimFromLast(1, 0))) },
      ignore: [{ when: (bin) => bin['K'] === '0' || bin['N'] === '0', by: 'tileFits', why: 'a tile is not empty' }],
    }),
  ];
}
/** The epilogue: kind of scale x rounding, x activation, x saturation. What a record does not tell, shift and tie, is in data.ts. */
function requantised({ features, formatCodes }: Profile): Covergroup[] {
  const kinds = ['none', 'shift', 'gemmlowp', 'tosa', 'multiply', 'divide'], absent = [...(features.includes('gemmlowp') ? [] : ['gemmlowp']), ...(features.includes('tosaDouble') ? [] : ['tosa']), ...(formatCodes.includes(0x23) ? [] : ['multiply', 'divide'])];
  return ['drain', 'scale'].map((mnemonic) => {
    const definition = byMnemonic.get(mnemonic)!, activation = definition.fields['activation']!;
    return covergroup({
      name: `${mnemonic}: epilogue`, says: 'kinds of scale x rounding, x activation, x what becomes of an integer', on: [mnemonic], crosses: [['scale', 'round'], ['scale', 'activation'], ['scale', 'integer']],
      points: {
        scale: modePoint(definition, 'scale', kinds), round: modePoint(definition, 'round', [...roundNames, ...(features.includes('stochastic') ? ['stochastic'] : [])]),
        activation: { bins: activation.names!, of: done((frame) => (frame.words[activation.word]! >>> activation.low) & 3), aim: (bin) => ({ bits: { activation: bin } }) },
        integer: {
          bins: ['fits', 'saturates'], late: true, of: done((frame) => (familyName(frame.dtype[0]!) !== 'integer' || ((frame.mode(0) >> 3) & 1) === 0 ? -1 : frame.hasEvent(EVENT_SATURATED) ? 1 : 0)),
          aim: () => ({ mode: { isat: 1 }, result: formatCodes.filter((code) => familyName(code) === 'integer') }),
        },
      },
      ignore: [
        { when: (bin) => absent.includes(bin['scale']!), by: 'scaleFeature', why: 'the profile lacks this scale' },
        { when: (bin) => bin['activation'] === 'leaky' && ['shift', 'gemmlowp', 'tosa'].includes(bin['scale']!), by: 'epilogueTypes', why: 'a slope is that of a float, these scales give an integer' },
      ],
    });
  });
}

/** Ways of data between memories. */
function movement(profile: Profile): Covergroup[] {
  const a = (spaces: readonly number[]): Point => spacePoint(1, spaces), d = (spaces: readonly number[]): Point => spacePoint(0, spaces), converts = sameTypePoint(0, 1);
  const barred = profile.features.includes('dmaConvert') ? [] : [{ when: (bin: Readonly<Record<string, string>>) => bin['dtype'] === 'converts', by: 'sameTypeUnless', why: 'the profile converts nothing on the way' }];
  const op: Point = { bins: byMnemonic.get('store')!.fields['op']!.names!, of: done((frame) => (frame.words[1]! >>> 24) & 255), aim: (bin) => ({ bits: { op: bin } }) };
  return [
    covergroup({ name: 'load: ways', says: 'from where to where, with pads and conversion', on: ['load'], points: { a: a([SPACE_DRAM, SPACE_SPM]), d: d([SPACE_SPM, SPACE_ACC]), dtype: converts, pads: padPoint(1) }, crosses: [['a', 'd', 'dtype'], ['pads', 'dtype']], ignore: barred }),
    covergroup({ name: 'store: ways', says: 'from where to where, with a function and conversion', on: ['store'], points: { a: a([SPACE_SPM, SPACE_ACC]), d: d([SPACE_DRAM, SPACE_SPM]), dtype: converts, op }, crosses: [['a', 'd', 'dtype'], ['op', 'd', 'dtype']], ignore: barred }),
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
    points: { 'read after write': hazardPoint('raw'), 'write after read': hazardPoint('war'), 'write after write': hazardPoint('waw') },
  });
}

/** Every trap with all earlier instructions over, and with some still in queues. */
function traps(profile: Profile): Covergroup {
  const codes = [...new Set(set.filter((definition) => lacks(definition, profile) === undefined).flatMap((definition) => trapsOf(definition).map(({ trap }) => trap)))].sort((x, y) => x - y);
  return covergroup({
    name: 'trap x pending', says: 'a trap when all earlier instructions are over, and when some still wait in queues',
    points: {
      trap: { bins: codes.map(trapName), of: (frame) => (frame.status === RETIRED_TRAPPED ? codes.indexOf(frame.trap) : -1), aim: (bin) => ({ trap: codes[bin]! }) },
      pending: yesNo((frame) => frame.seq > frame.retired, (bin) => ({ pending: bin === 1 })),
    },
    crosses: [['trap', 'pending']],
  });
}

/** Loops by steps, jumps by direction, registers that are read. */
function control(): Covergroup[] {
  const steps: Point = { bins: ['none', 'one', 'two'], of: done((frame) => (((frame.words[1]! >>> 16) & 31) !== 0 ? 1 : 0) + ((frame.words[1]! & 31) !== 0 ? 1 : 0)), aim: (bin) => ({ steps: bin }) };
  const direction: Point = { bins: ['back', 'on the spot', 'next', 'forward'], of: done((frame) => { const by = ((frame.scalar(0) + frame.words[2]!) | 0) - frame.view.getInt32(frame.at + PC, true); return by < 0 ? 0 : by === 0 ? 1 : by === 1 ? 2 : 3; }) };
  const groups: readonly (readonly [number, number, string])[] = [[0, 0x40, 'identity'], [0x60, 0x70, 'scratch'], [0x500, 0x600, 'numeric events'], [0x600, 0x680, 'counters'], [0x680, 0x800, 'further events']];
  const offset: Point = { bins: groups.map(([, , name]) => name), of: done((frame) => groups.findIndex(([low, high]) => frame.words[2]! >= low && frame.words[2]! < high)), aim: (bin) => ({ bits: { offset: groups[bin]![0] } }) };
  return [
    covergroup({ name: 'loop: steps', says: 'registers that step', on: ['loop'], points: { steps } }),
    covergroup({ name: 'jump: direction', says: 'where control goes', on: ['jump'], points: { direction: { ...direction, bins: ['back', 'next', 'forward'], of: (frame) => { const bin = direction.of(frame); return bin < 1 ? bin : bin === 1 ? -1 : bin - 1; } } } }),
    covergroup({ name: 'csrr: registers', says: 'what is read of the window', on: ['csrr'], points: { offset } }),
  ];
}
const PC = retirementLayout.at.pc;
