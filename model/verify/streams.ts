//! streams: small patterns of code that machines get wrong, as data: each a few drafts, and which of their operands lie where.
import { SPACE_SPM } from '../limits.ts';
import { type Draft, type OperandDraft, operandOf, reach } from './draft.ts';
import type { Facets, Given } from './drafts.ts';
import { type Draw, mixed } from './random.ts';
import type { SlotFact } from './tiles.ts';

/** The operand lies where an operand of this or an earlier beat does, so many bytes on. */
export interface Link { readonly beat: number; readonly operand: string; readonly bytes: number }
/** One instruction of a stream; `links` by the name of its operand. */
export interface Beat { readonly draft: Draft; readonly links: Readonly<Record<string, Link>>; /** Before it, so many `nop`. */ readonly distance?: number }

/** What a stream is written with. Drafts come from facets of their own by number: the same number, the same parts. */
export interface Maker {
  readonly draw: Draw;
  /** Undefined where the profile allows none. */
  readonly draft: (mnemonic: string, part: number, given?: Given) => Draft | undefined;
  /** Instructions on tensors that need no slot. */
  readonly mnemonics: readonly string[];
  /** What a draft of `wload` leaves in its slot. */
  readonly factOf: (load: Draft) => SlotFact;
  /** Widths at which tails begin: lanes, limits of the array. */
  readonly widths: readonly number[];
}
/** `needs`: instructions without which the profile has no such stream. */
export interface Stream { readonly says: string; readonly needs: readonly string[]; readonly beats: (make: Maker) => readonly (Beat | undefined)[] }

const at = (beat: number, operand: string, bytes = 0): Link => ({ beat, operand, bytes });
/** The parts of an operand that make another one its like. */
const like = ({ dtype, dims, space, strides }: OperandDraft) => ({ dtype, dims, space, strides });
const beat = (draft: Draft | undefined, links: Beat['links'] = {}, distance = 0): Beat | undefined => draft && { draft, links, distance };
const MATRIX = ['wload', 'mm'];
const bytesOf = (operand: OperandDraft): number => { const extent = reach(operand); return extent ? Math.ceil((extent.high - extent.low) / 8) : 1; };

/** An instruction with an operand that it writes, or reads, in a space, SPM if none is given: the first that has one from a drawn one on. */
function someone({ draw, draft, mnemonics }: Maker, part: number, writes: boolean, space?: number): { readonly draft: Draft; readonly operand: OperandDraft } | undefined {
  for (let tries = 0, from = draw(mnemonics.length); tries < 24; tries++) {
    const found = draft(mnemonics[(from + tries) % mnemonics.length]!, part);
    // Every unit reaches SPM, few reach the others.
    const operand = found?.operands.find((one) => one.space === (space ?? SPACE_SPM) && (one.role !== 'read') === writes && !one.same && !one.field.view?.definite && !one.dims.includes(0));
    if (found && operand) return { draft: found, operand };
  }
  return undefined;
}
/** A slot, and products into one accumulator: the first sets, the others add. Beats from 0 on: load, mm, mm, ... */
function products({ draft, factOf }: Maker, count: number): (Beat | undefined)[] {
  const load = draft('wload', 0), slot = load && factOf(load), first = slot && draft('mm', 1, { slot, bits: { op: 0 } });
  // The same facets: the same shapes.
  const more = Array.from({ length: count - 1 }, () => slot && draft('mm', 1, { slot, bits: { op: 1 } }));
  return [beat(load), beat(first), ...more.map((one) => beat(one, { acc: at(1, 'acc') }))];
}

export const streams: Readonly<Record<string, Stream>> = {
  matmul: {
    says: 'a tile of a matrix product: weights loaded into a slot, products summed in one accumulator, drained, stored', needs: [...MATRIX, 'drain', 'store'],
    beats: (make) => {
      const chain = products(make, 2 + make.draw(3)), acc = chain[1] && operandOf(chain[1].draft, 'acc')!;
      const drained = acc && make.draft('drain', 2, { operands: { a: like(acc) } }), d = drained && operandOf(drained, 'd')!;
      return [...chain, beat(drained, { a: at(1, 'acc') }), beat(d && make.draft('store', 3, { bits: { op: 0 }, operands: { a: like(d) } }), { a: at(chain.length, 'd') })];
    },
  },
  doubleBuffer: {
    says: 'double buffering: one buffer is loaded while the other is processed', needs: ['load', 'unary'],
    beats: (make) => {
      const load = make.draft('load', 0), d = load && operandOf(load, 'd')!, work = d && make.draft('unary', 1, { operands: { a: like(d) } }), beats: (Beat | undefined)[] = [];
      // Loads are beats 0, 1, 3, 5; each is worked on one beat later than the next load.
      for (let i = 0; i < 2 + make.draw(3); i++) {
        beats.push(beat(load, i < 2 ? {} : { d: at(i % 2, 'd') }));
        if (i > 0) beats.push(beat(work, { a: at((i - 1) % 2, 'd'), ...(i > 1 ? { d: at(2, 'd') } : {}) }));
      }
      return beats;
    },
  },
  hazard: {
    says: 'two instructions with a hazard: RAW, WAR or WAW; at a distance, overlapping fully or at an edge', needs: ['nop'],
    beats: (make) => {
      const { draw } = make, kind = draw(3), distance = draw(4), first = someone(make, 0, kind !== 1), second = first && someone(make, 1, kind !== 0, first.operand.space);
      const over = first ? draw.pick([0, 1, -1, Math.floor(bytesOf(first.operand) / 2), bytesOf(first.operand) - 1, bytesOf(first.operand)]) : 0;
      return [beat(first?.draft), beat(second?.draft, { [second?.operand.name ?? '']: at(0, first?.operand.name ?? '', over) }, distance)];
    },
  },
  tails: {
    says: 'rows that end at, before and after the lane and array widths', needs: [],
    beats: ({ draw, draft, mnemonics, widths }) => {
      const mnemonic = draw.pick(mnemonics), width = draw.pick(widths), beats: (Beat | undefined)[] = [];
      for (let part = 0; part < 1 + draw(3); part++) {
        const n = Math.max(1, [width, width - 1, width + 1, 2 * width - 1, 2 * width, 1][draw(6)]!);
        beats.push(beat(draft(mnemonic, part, { base: draw(2) ? [1 + draw(3), n] : [n] })));
      }
      return beats;
    },
  },
  strides: {
    says: 'all layouts: gaps, orders, negative strides, repeated and overlapping rows', needs: [],
    beats: ({ draw, draft, mnemonics }) => Array.from({ length: 2 + draw(3) }, (_, part) => beat(draft(draw.pick(mnemonics), part, { layout: 1 + draw(7) }))),
  },
  accumulate: {
    says: 'a long chain of products into the same accumulators', needs: MATRIX,
    beats: (make) => products(make, 3 + make.draw(5)),
  },
  requantise: {
    says: 'the same numbers through the epilogue in every rounding mode, zero points and clamps at limit values', needs: ['scale'],
    beats: ({ draw, draft }) => {
      const edges = [0, 127, -128, 255, 1, -1, 32767], start = draw(7), beats: (Beat | undefined)[] = [];
      for (let i = 0; i < 2 + draw(4); i++) {
        const [lo, hi] = draw.pick([[-128, 127], [0, 255], [0, 6], [-1, 1], [-32768, 32767]] as const), first = beats[0] && operandOf(beats[0].draft, 'a')!;
        const mode = { round: (start + i) % 7, zpo: draw.pick(edges), clamp: draw(2), lo, hi };
        const one = draft('scale', 0, { bits: { table: 1 }, mode, operands: first ? { a: like(first) } : {} });
        beats.push(beat(one, i > 0 && one ? { a: at(0, 'a') } : {}));
      }
      return beats;
    },
  },
  banks: {
    says: 'operands of one instruction a power of two apart, or crossing such a boundary', needs: [],
    beats: ({ draw, draft, mnemonics }) => Array.from({ length: 1 + draw(3) }, (_, part) => {
      const one = draft(draw.pick(mnemonics), part), bank = draw.pick([64, 128, 256, 512, 1024]), first = one?.operands[0];
      const links = one?.operands.slice(1).filter(({ space, same }) => space === first!.space && !same).map((operand, i) => [operand.name, at(part, first!.name, bank * (i + 1) + draw.pick([0, -4, 4]))] as const);
      return beat(one, Object.fromEntries(links ?? []));
    }),
  },
  preload: {
    says: 'accumulators set to zero or to a start value, added to, and read back', needs: ['ainit', 'mm', 'wload', 'drain'],
    beats: (make) => {
      const load = make.draft('wload', 0), slot = load && make.factOf(load), product = slot && make.draft('mm', 1, { slot, bits: { op: 1 } }), acc = product && operandOf(product, 'acc')!;
      const start = acc && make.draft('ainit', 2, { operands: { acc: like(acc) } }), drained = acc && make.draft('drain', 3, { operands: { a: like(acc) } });
      return acc && start ? [beat(load), beat(start), beat(product, { acc: at(1, 'acc') }), beat(drained, { a: at(1, 'acc') })] : [];
    },
  },
};
/** Facets of the parts of a stream: what is 0 stays 0 in all of them. */
export function partFacets({ f0, f1, f2, f3, f4 }: Facets, part: number): Facets {
  const of = (facet: number, salt: number): number => (facet === 0 || part === 0 ? facet : facet < 65536 ? (facet + part) % 65536 : mixed(facet, 8 * part + salt));
  return { f0: of(f0, 0), f1: of(f1, 1), f2: of(f2, 2), f3: of(f3, 3), f4: of(f4, 4) };
}
