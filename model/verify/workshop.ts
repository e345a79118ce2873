//! workshop: everything about a profile and knobs that programs share: kinds of step, their weights, and patterns solved once.
import { set } from '../instructions/set.ts';
import { type Definition, isOperand } from '../isa/instruction.ts';
import { FORM_DENSE } from '../isa/view.ts';
import { type Feature, featureNames } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { arenaOf } from './arena.ts';
import { draftFrom, type Facets, type Given, type Site, traitsOf } from './drafts.ts';
import type { Draft } from './draft.ts';
import { loadOf, writePattern } from './pattern.ts';
import { draws, mixed, BitStream } from './random.ts';
import { type Act, acts, step } from './sequencer.ts';
import { F0, facetFrom, type Knobs, type RawRecord, STREAMS } from './record.ts';
import { SPARE, State } from './state.ts';
import { type Beat, type Maker, partFacets, type Stream, streams } from './streams.ts';
import { factOf, type SlotFact } from './tiles.ts';

/** Facets of records that many programs share, so that their drafts are solved once: so many for each kind of step. */
const POOL = 128;
/** So many for those that load slots or multiply with them: each is solved for each content of a slot. */
const SLOT_POOL = 16;
/** So many for streams. */
const STREAM_POOL = 64;
/** Patterns of other facets, the last of which are remembered: rows that are used in turn. */
const OTHERS = 512, OTHER_PARTS = 7;
/** The profile allows no such pattern. */
const NONE = -1, NOBODY = 0x7fff_ffff;
/** A record whose facets are not of the pool; the same as the kernel says it. */
export const OWN = 0xffff_ffff, OWN_INDEX = -1;
/** Facets of a draft: f0 .. f4. */
const FACETS = 5;

/** Instructions that the profile can run, in the order of their opcodes; `nop` comes first. */
export function runnable(profile: Profile): readonly Definition[] {
  return set.filter((definition) => definition.rules.every(({ predicate, constants: [bit] }) => predicate !== 'feature' || profile.features.includes(featureNames[bit!] as Feature))
    && (definition.rules.every(({ predicate }) => predicate !== 'weightsFit' && predicate !== 'tileFits') || profile.triples.length > 0));
}

/** Numbers of a beat of a phrase, and of its head: assembly/generator/emit.ts says which. */
const BEAT = 16, BEATS = 16, NO_BEAT = -1;
/** Kinds of step, as the kernel tells them apart. */
const BY_HOST = 0, ON_TENSORS = 1, IN_STREAMS = 2;

export class Workshop {
  readonly profile: Profile;
  readonly knobs: Knobs;
  readonly site: Site;
  readonly definitions: readonly Definition[];
  /** What steps may be: the definitions, streams that the profile can run, acts. */
  private readonly kinds: readonly (Definition | Stream | Act)[];
  readonly kindCount: number;
  /** Instructions on tensors that need no slot; widths at which tails begin: lanes, limits of the array. */
  private readonly plain: readonly string[];
  private readonly widths: readonly number[];
  /** The definition that loads slots, if the profile has it. */
  readonly loader: number;
  /** The state that programs are made in, one after the other. */
  readonly state: State;
  private readonly pool: Uint32Array;
  /** Made for a kind when somebody asks which of its facets stand in a record. */
  private readonly inPool: (Map<number, number> | undefined)[] = [];
  /** The first row of other facets; rows of them by a number of the facets, and what each was made from: definition, slot, form and facets. */
  private readonly first: number;
  private readonly others = new Map<number, number>();
  private readonly otherKeys = new Float64Array(OTHERS);
  private readonly otherParts = new Int32Array(OTHERS * OTHER_PARTS).fill(NOBODY);
  private turn = 0;
  /** Room for the phrase of a record of its own. */
  private readonly ownPhrase: number;
  private readonly factsByText = new Map<string, number>();
  /** Kinds of instruction that multiply with slots. */
  private readonly multipliers: number;

  constructor(profile: Profile, knobs: Knobs) {
    this.profile = profile;
    this.knobs = knobs;
    this.site = { arena: arenaOf(profile, 0), elements: knobs.elements };
    const definitions = runnable(profile), able = Object.entries(streams).filter(([, { needs }]) => needs.every((mnemonic) => definitions.some((one) => one.mnemonic === mnemonic)));
    this.definitions = definitions;
    this.kinds = [...definitions, ...able.map(([, stream]) => stream), ...Object.values(acts)];
    this.kindCount = this.kinds.length;
    this.loader = definitions.findIndex((definition) => traitsOf(definition).tile !== undefined);
    this.plain = definitions.filter((one, i) => hasOperands(one) && !traitsOf(one).multiplies && i !== this.loader).map(({ mnemonic }) => mnemonic);
    this.widths = [...new Set([profile.accLanes, profile.vpuLanes, ...profile.triples.flatMap(({ kMax, nMax }) => [kMax, nMax])])].filter((width) => width <= 64);
    this.multipliers = definitions.filter((one) => traitsOf(one).multiplies).length;
    this.pool = this.newPool();
    this.state = new State({
      solve: (definition, index, at, fact, isDense, ease) => this.row(definition!, index!, at!, fact!, isDense === 1, ease!),
      phrase: (stream, index, at) => this.phrase(stream!, index!, at!),
      step: (at, end) => step(this.state, this.kinds[this.state.records[at!]! % this.kindCount]!, at!, end!),
    });
    const { kernel } = this.state;
    this.first = kernel.reserve(4 * kernel.at.ROW_MAX * OTHERS) / 4;
    this.ownPhrase = kernel.reserve(4 * (1 + BEAT * BEATS));
    this.layDown(able.map(([name]) => name));
  }
  /** What the kernel asks of a workshop: assembly/generator/shop.ts says in which order. */
  private layDown(able: readonly string[]): void {
    const { state: { kernel }, definitions, knobs, kinds } = this;
    let multipliers = 0;
    const multiplies = definitions.map((one) => { const rule = traitsOf(one).multiplies; return rule ? 4 * multipliers++ + 1 + rule.constants[0]! : 0; });
    const weights = [
      ...definitions.map(({ mnemonic, unit }) => (knobs.weights[mnemonic] ?? knobs.weights[String(unit)] ?? 1) * (unit === 0 ? 1 : unit === 'agent' ? 0.5 : 3)),
      ...[...able, ...Object.keys(acts)].map((name) => knobs.weights[name] ?? knobs.weights[STREAMS] ?? 0),
    ];
    const whats = kinds.map((kind, i) => ('act' in kind ? BY_HOST : 'beats' in kind ? IN_STREAMS : hasOperands(definitions[i]!) ? ON_TENSORS : BY_HOST));
    const shop = [
      kinds.length, definitions.length, kernel.lay(whats), kernel.lay(multiplies), this.loader, kernel.reserve(4 * 2 * POOL * definitions.length), kernel.reserve(4 * STREAM_POOL * able.length),
      kernel.lay(this.pool), kernel.lay(weights, true), kernel.reserve(8 * weights.length), Math.round(1.28 * knobs.fresh), knobs.records,
    ];
    kernel.words.set(shop, kernel.at.SHOP / 4);
  }
  private newPool(): Uint32Array {
    const pool = new Uint32Array(FACETS * POOL * this.kindCount), stream = new BitStream().begin(mixed(POOL, this.knobs.elements));
    for (let kind = 0, at = 0; kind < this.kindCount; kind++) {
      // The first of each is all zeros: the simplest.
      const definition = this.definitions[kind], own = definition && traitsOf(definition), size = FACETS * (!own ? STREAM_POOL : own.tile ?? own.multiplies ? SLOT_POOL : POOL);
      for (let i = 0; i < FACETS * POOL; i++, at++) pool[at] = i < FACETS ? 0 : i < size ? facetFrom(stream) : pool[at - size]!;
    }
    return pool;
  }

  /** Which facets of the kind's pool stand in a flat record from f0 on; OWN: others. */
  indexOf(kind: number, record: Uint32Array, at: number): number {
    const known = this.inPool[kind] ??= new Map(Array.from({ length: POOL }, (_, i) => [keyOf(this.pool, FACETS * (POOL * kind + POOL - 1 - i)), POOL - 1 - i]));
    const index = known.get(keyOf(record, at));
    if (index === undefined) return OWN;
    for (let i = 0; i < FACETS; i++) if (record[at + i] !== this.pool[FACETS * (POOL * kind + index) + i]) return OWN;
    return index;
  }
  /** Lays a record behind all others, and says which facets of a kind's pool it has. */
  noteSpare(kind: number, { f0, f1, f2, f3, f4 }: RawRecord): number {
    const facets = Uint32Array.of(f0, f1, f2, f3, f4);
    this.state.records.set(facets, SPARE + F0);
    return this.indexOf(kind, facets, 0);
  }

  /** The row, among the words of the kernel, of a pattern that nobody solved yet: facets `index` of the pool, or of a record from f0 on. NONE where the profile allows none. */
  private row(definition: number, index: number, at: number, fact: number, isDense: boolean, ease: number): number {
    const { kernel, records } = this.state;
    if (index === OWN_INDEX) return this.otherRow(definition, records.slice(at + F0, at + F0 + FACETS), fact, isDense, ease);
    const draft = this.solve(definition, facetsAt(this.pool, FACETS * (POOL * definition + index)), fact, isDense, ease);
    if (!draft) return NONE;
    const row = kernel.reserve(4 * kernel.at.ROW_MAX) / 4;
    this.write(row, draft);
    return row;
  }
  private otherRow(definition: number, facets: Uint32Array, fact: number, isDense: boolean, ease: number): number {
    const parts = 4 * definition + (ease > 0 ? 2 : 0) + (isDense ? 1 : 0), key = Math.imul(keyOf(facets, 0) ^ parts, 0x85eb_ca6b) ^ fact, known = this.others.get(key);
    if (known !== undefined && this.isOf(known, parts, fact, facets)) return this.otherAt(known);
    const draft = this.solve(definition, facetsAt(facets, 0), fact, isDense, ease);
    if (!draft) return NONE;
    const row = this.keep(draft), which = (row - this.first) / this.state.kernel.at.ROW_MAX;
    this.otherParts.set([parts, fact, ...facets], OTHER_PARTS * which);
    this.otherKeys[which] = key;
    this.others.set(key, which);
    return row;
  }
  private otherAt(which: number): number { return this.first + this.state.kernel.at.ROW_MAX * which; }
  private isOf(which: number, parts: number, fact: number, facets: Uint32Array): boolean {
    const { otherParts } = this, from = OTHER_PARTS * which;
    return otherParts[from] === parts && otherParts[from + 1] === fact && facets.every((one, i) => otherParts[from + 2 + i] === (one | 0));
  }
  private solve(definition: number, facets: Facets, fact: number, isDense: boolean, ease: number): Draft | undefined {
    const kind = this.definitions[definition]!, { form } = traitsOf(kind);
    return this.draft(kind, facets, { ...(isDense && form !== undefined ? { bits: { [form]: FORM_DENSE } } : {}), slot: this.state.factAt(fact) }, ease);
  }
  draft(definition: Definition, facets: Facets, given: Given, ease = 0): Draft | undefined {
    return draftFrom(this.site, definition, facets, given, ease);
  }
  /** The row of a draft, for a while: 512 others may come. */
  keep(draft: Draft): number {
    const which = this.turn++ % OTHERS, row = this.otherAt(which), old = this.otherKeys[which]!;
    // Another row may have come to its key.
    if (this.otherParts[OTHER_PARTS * which] !== NOBODY && this.others.get(old) === which) this.others.delete(old);
    this.otherParts[OTHER_PARTS * which] = NOBODY;
    this.write(row, draft);
    return row;
  }
  private write(row: number, draft: Draft): void { writePattern(this.state.kernel, row, draft, this.profile, (slot) => this.fact(slot)); }

  /** The address of the beats of a stream, up to the first that the profile does not allow: a row for each, how many `nop` before it, and where its operands lie. */
  private phrase(stream: number, index: number, at: number): number {
    const { kernel } = this.state, isOwn = index === OWN_INDEX, facets = facetsAt(this.state.records, at + F0), all = (this.kinds[this.definitions.length + stream] as Stream).beats(this.maker(facets));
    const end = all.indexOf(undefined), beats = (end < 0 ? all : all.slice(0, end)).slice(0, BEATS) as readonly Beat[], numbers = [beats.length];
    for (const { draft, links, distance = 0 } of beats) {
      const row = isOwn ? this.keep(draft) : kernel.reserve(4 * kernel.at.ROW_MAX) / 4, { operands } = draft;
      if (!isOwn) this.write(row, draft);
      const wishes = operands.flatMap(({ name }) => {
        const link = links[name], operand = link ? beats[link.beat]?.draft.operands.findIndex((one) => one.name === link.operand) ?? NO_BEAT : NO_BEAT;
        return link && operand >= 0 ? [link.beat, operand, link.bytes] : [NO_BEAT, 0, 0];
      });
      numbers.push(row, distance, operands.length, ...wishes, ...Array.from({ length: BEAT - 3 - wishes.length }, () => 0));
    }
    if (!isOwn) return kernel.lay(numbers);
    kernel.words.set(numbers, this.ownPhrase / 4);
    return this.ownPhrase;
  }
  private maker(facets: Facets): Maker {
    const named = (mnemonic: string): Definition => this.definitions.find((one) => one.mnemonic === mnemonic)!;
    return {
      draw: draws(facets.f0), draft: (mnemonic, part, given = {}) => this.draft(named(mnemonic), partFacets(facets, part), given),
      mnemonics: this.plain, factOf: (load) => loadOf(load)!.fact, widths: this.widths,
    };
  }
  /** The address of the one fact of those that are alike: may it be used, as a whole and by channels; then room for the rows of patterns that multiply with it. */
  private fact(slot: SlotFact): number {
    const { state, state: { kernel } } = this, key = `${slot.dtype} ${slot.depth} ${slot.columns} ${slot.scales}`, known = this.factsByText.get(key);
    if (known !== undefined) return known;
    const fact = factOf(this.profile, slot), at = kernel.reserve(4 * (2 + 2 * SLOT_POOL * this.multipliers));
    kernel.words.set([fact.isUsable ? 1 : 0, fact.isUsableDepthwise ? 1 : 0], at / 4);
    state.noteFact(at, fact);
    this.factsByText.set(key, at);
    return at;
  }
}
const hasOperands = ({ fields }: Definition): boolean => Object.values(fields).some(isOperand);
const facetsAt = (from: Uint32Array, at: number): Facets => ({ f0: from[at]!, f1: from[at + 1]!, f2: from[at + 2]!, f3: from[at + 3]!, f4: from[at + 4]! });
function keyOf(list: Uint32Array, at: number): number {
  let key = 0;
  for (let i = 0; i < FACETS; i++) key = Math.imul(key ^ list[at + i]!, 0x9e37_79b1) ^ (key >>> 13);
  return key;
}

const workshops = new WeakMap<Profile, Map<string, Workshop>>();
/** The workshop of a profile and knobs: the same for knobs that say the same. */
export function workshopOf(profile: Profile, knobs: Knobs): Workshop {
  const known = recent.get(knobs);
  if (known?.profile === profile) return known;
  const all = workshops.get(profile) ?? new Map<string, Workshop>(), key = JSON.stringify(knobs), shop = all.get(key) ?? new Workshop(profile, knobs);
  workshops.set(profile, all);
  all.set(key, shop);
  recent.set(knobs, shop);
  return shop;
}
/** Of each knobs the workshop that was asked for last. */
const recent = new WeakMap<Knobs, Workshop>();
