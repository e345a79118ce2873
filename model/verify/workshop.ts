//! workshop: everything about a profile and knobs that programs share: kinds of step, their weights, and patterns solved once.
import { set } from '../instructions/set.ts';
import { type Definition, isOperand } from '../isa/instruction.ts';
import { FORM_DENSE } from '../isa/view.ts';
import { type Feature, featureNames } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { arenaOf } from './arena.ts';
import { draftFrom, type Facets, type Given, type Site, traitsOf } from './drafts.ts';
import type { Draft } from './draft.ts';
import { loadOf, ROW_MAX, writePattern } from './pattern.ts';
import { newPlaces, type Places } from './place.ts';
import { draws, mixed, BitStream } from './random.ts';
import { type Act, acts } from './sequencer.ts';
import { facetFrom, type Knobs, STREAMS } from './record.ts';
import { State } from './state.ts';
import { type Beat, type Maker, partFacets, type Stream, streams } from './streams.ts';
import { type Fact, factOf, type SlotFact } from './tiles.ts';

/** Facets of records that many programs share, so that their drafts are solved once: so many for each kind of step. */
const POOL = 128;
/** So many for those that load slots or multiply with them: each is solved for each content of a slot. */
const SLOT_POOL = 16;
/** So many for streams. */
const STREAM_POOL = 64;
/** Patterns of other facets, the last of which are remembered: rows at the beginning of the store, used in turn. */
const OTHERS = 512, OTHER_PARTS = 7;
/** Where `draftFrom` ends. */
const PLAIN = 3;
/** The profile allows no such pattern, or nobody asked yet. */
const NONE = -1, UNASKED = 0, NOBODY = -1;
/** A record whose facets are not of the pool. */
export const OWN = 0xffff_ffff;
/** Facets of a draft: f0 .. f4. */
const FACETS = 5;

/** Instructions that the profile can run, in the order of their opcodes; `nop` comes first. */
export function runnable(profile: Profile): readonly Definition[] {
  return set.filter((definition) => definition.rules.every(({ predicate, constants: [bit] }) => predicate !== 'feature' || profile.features.includes(featureNames[bit!] as Feature))
    && (definition.rules.every(({ predicate }) => predicate !== 'weightsFit' && predicate !== 'tileFits') || profile.triples.length > 0));
}

/** A stream made ready: a row for each beat, how many `nop` before it, and where its operands lie. */
export interface Phrase {
  readonly rows: readonly number[];
  readonly distances: readonly number[];
  /** By beat and operand; `operand` is a position. */
  readonly links: readonly (readonly ({ readonly beat: number; readonly operand: number; readonly bytes: number } | undefined)[])[];
}

export class Workshop {
  readonly profile: Profile;
  readonly knobs: Knobs;
  readonly site: Site;
  readonly definitions: readonly Definition[];
  /** What else steps may be, behind the definitions: streams that the profile can run, then acts. */
  readonly streams: readonly Stream[];
  readonly acts: readonly Act[];
  readonly kindCount: number;
  /** By definition: has it operands, so that the pool serves it; does it multiply with a slot, channel by channel or not? */
  readonly isTensor: readonly boolean[];
  readonly multiplies: readonly number[];
  /** Instructions on tensors that need no slot; widths at which tails begin: lanes, limits of the array. */
  private readonly plain: readonly string[];
  private readonly widths: readonly number[];
  /** The definition that loads slots, if the profile has it. */
  readonly loader: number;
  /** The state and the places that programs are made in, one after the other. */
  readonly state = new State();
  readonly at: Places = newPlaces();
  /** By kind of step: its weight, and room for sums of them. */
  readonly weights: Float64Array;
  readonly sums: Float64Array;
  /** Of 128 records, so many have facets of their own. */
  readonly fresh: number;
  private readonly pool: Uint32Array;
  /** Made for a kind when somebody asks which of its facets stand in a record. */
  private readonly inPool: (Map<number, number> | undefined)[] = [];
  /** Rows of patterns, and by kind, variant and facets of the pool the row of each. */
  store = new Int32Array(ROW_MAX * (OTHERS + 1024));
  private stored = ROW_MAX * OTHERS + 1;
  private readonly rows: Int32Array;
  /** The same where the content of a slot matters. */
  private readonly slotRows = new Map<number, number>();
  /** Rows of other facets by a number of them, and what each was made from: definition, slot, form and facets. */
  private readonly others = new Map<number, number>();
  private readonly otherKeys = new Float64Array(OTHERS);
  private readonly otherParts = new Int32Array(OTHERS * OTHER_PARTS).fill(NOBODY);
  private readonly phrases = new Map<number, Phrase>();
  private turn = 0;
  private readonly factsByText = new Map<string, Fact>();
  readonly facts: Fact[] = [];

  constructor(profile: Profile, knobs: Knobs) {
    this.profile = profile;
    this.knobs = knobs;
    this.fresh = Math.round(1.28 * knobs.fresh);
    this.site = { arena: arenaOf(profile, 0), elements: knobs.elements };
    this.definitions = runnable(profile);
    const able = Object.entries(streams).filter(([, { needs }]) => needs.every((mnemonic) => this.definitions.some((one) => one.mnemonic === mnemonic)));
    this.streams = able.map(([, stream]) => stream);
    this.acts = Object.values(acts);
    this.kindCount = this.definitions.length + able.length + this.acts.length;
    this.isTensor = this.definitions.map(({ fields }) => Object.values(fields).some(isOperand));
    this.loader = this.definitions.findIndex((definition) => traitsOf(definition).tile !== undefined);
    this.multiplies = this.definitions.map((definition) => { const rule = traitsOf(definition).multiplies; return rule ? 1 + rule.constants[0]! : 0; });
    this.plain = this.definitions.filter((_, i) => this.isTensor[i] && this.multiplies[i] === 0 && i !== this.loader).map(({ mnemonic }) => mnemonic);
    this.widths = [...new Set([profile.accLanes, profile.vpuLanes, ...profile.triples.flatMap(({ kMax, nMax }) => [kMax, nMax])])].filter((width) => width <= 64);
    this.rows = new Int32Array(2 * POOL * this.definitions.length);
    this.weights = Float64Array.from([
      ...this.definitions.map(({ mnemonic, unit }) => (knobs.weights[mnemonic] ?? knobs.weights[String(unit)] ?? 1) * (unit === 0 ? 1 : unit === 'agent' ? 0.5 : 3)),
      ...[...able.map(([name]) => name), ...Object.keys(acts)].map((name) => knobs.weights[name] ?? knobs.weights[STREAMS] ?? 0),
    ]);
    this.sums = new Float64Array(this.weights.length);
    this.pool = new Uint32Array(FACETS * POOL * this.kindCount);
    const stream = new BitStream().begin(mixed(POOL, knobs.elements));
    for (let kind = 0, at = 0; kind < this.kindCount; kind++) {
      // The first of each is all zeros: the simplest.
      const definition = this.definitions[kind], own = definition && traitsOf(definition), size = FACETS * (!own ? STREAM_POOL : own.tile ?? own.multiplies ? SLOT_POOL : POOL);
      for (let i = 0; i < FACETS * POOL; i++, at++) this.pool[at] = i < FACETS ? 0 : i < size ? facetFrom(stream) : this.pool[at - size]!;
    }
  }

  /** How many facets of the pool each kind has. */
  readonly pooled = POOL;
  /** Facets of the pool, into a flat record from f0 on. */
  facets(kind: number, index: number, into: Uint32Array, at: number): void {
    const from = FACETS * (POOL * kind + index);
    for (let i = 0; i < FACETS; i++) into[at + i] = this.pool[from + i]!;
  }
  /** Which facets of the kind's pool stand in a flat record from f0 on; OWN: others. */
  indexOf(kind: number, record: Uint32Array, at: number): number {
    const known = this.inPool[kind] ??= new Map(Array.from({ length: POOL }, (_, i) => [keyOf(this.pool, FACETS * (POOL * kind + POOL - 1 - i)), POOL - 1 - i]));
    const index = known.get(keyOf(record, at));
    if (index === undefined) return OWN;
    for (let i = 0; i < FACETS; i++) if (record[at + i] !== this.pool[FACETS * (POOL * kind + index) + i]) return OWN;
    return index;
  }

  /**
   * The row in the store of a definition's pattern: facets `index` of the pool, or of a record from f0 on; the slot that it multiplies with. Less
   * than 0 where the profile allows none. It is valid until the next one that is not of the pool.
   */
  pattern(definition: number, index: number, record: Uint32Array, at: number, slot: Fact | undefined, isDense: boolean): number {
    if (index === OWN) return this.otherPattern(definition, record, at, slot, isDense, 0);
    const key = (2 * definition + (isDense ? 1 : 0)) * POOL + index;
    const known = slot ? this.slotRows.get(key + slot.id * this.rows.length) ?? UNASKED : this.rows[key]!;
    if (known !== UNASKED) return known;
    const draft = this.solve(definition, this.pool, FACETS * (POOL * definition + index), slot, isDense, 0), row = draft ? this.stored : NONE;
    if (draft) this.stored += this.write(row, draft);
    if (slot) this.slotRows.set(key + slot.id * this.rows.length, row); else this.rows[key] = row;
    return row;
  }
  /** The same as plain as can be: for those that find no place. */
  plainPattern(definition: number, record: Uint32Array, at: number, slot: Fact | undefined): number { return this.otherPattern(definition, record, at, slot, false, PLAIN); }
  private otherPattern(definition: number, record: Uint32Array, at: number, slot: Fact | undefined, isDense: boolean, ease: number): number {
    const parts = 4 * definition + (ease === PLAIN ? 2 : 0) + (isDense ? 1 : 0), id = slot?.id ?? -1, key = Math.imul(keyOf(record, at) ^ parts, 0x85eb_ca6b) ^ id, known = this.others.get(key);
    if (known !== undefined && this.isOf(known, parts, id, record, at)) return ROW_MAX * known + 1;
    const draft = this.solve(definition, record, at, slot, isDense, ease);
    if (!draft) return NONE;
    const row = this.keep(draft), which = (row - 1) / ROW_MAX, { otherParts } = this, to = OTHER_PARTS * which;
    otherParts[to] = parts;
    otherParts[to + 1] = id;
    for (let i = 0; i < FACETS; i++) otherParts[to + 2 + i] = record[at + i]!;
    this.otherKeys[which] = key;
    this.others.set(key, which);
    return row;
  }
  private isOf(which: number, parts: number, id: number, record: Uint32Array, at: number): boolean {
    const { otherParts } = this, from = OTHER_PARTS * which;
    if (otherParts[from] !== parts || otherParts[from + 1] !== id) return false;
    for (let i = 0; i < FACETS; i++) if (otherParts[from + 2 + i] !== (record[at + i]! | 0)) return false;
    return true;
  }
  private solve(definition: number, from: Uint32Array, at: number, slot: Fact | undefined, isDense: boolean, ease: number): Draft | undefined {
    const kind = this.definitions[definition]!, { form } = traitsOf(kind);
    return this.draft(kind, facetsAt(from, at), { ...(isDense && form !== undefined ? { bits: { [form]: FORM_DENSE } } : {}), slot }, ease);
  }
  draft(definition: Definition, facets: Facets, given: Given, ease = 0): Draft | undefined {
    return draftFrom(this.site, definition, facets, given, ease);
  }
  /** The row of a draft, for a while: 512 others may come. */
  keep(draft: Draft): number {
    const which = this.turn++ % OTHERS, row = ROW_MAX * which + 1, old = this.otherKeys[which]!;
    // Another row may have come to its key.
    if (this.otherParts[OTHER_PARTS * which] !== NOBODY && this.others.get(old) === which) this.others.delete(old);
    this.otherParts[OTHER_PARTS * which] = NOBODY;
    this.write(row, draft);
    return row;
  }
  private write(row: number, draft: Draft): number {
    if (row + ROW_MAX > this.store.length) { const wider = new Int32Array(2 * this.store.length); wider.set(this.store); this.store = wider; }
    return writePattern(this.store, row, draft, this.profile, (slot) => this.fact(slot).id);
  }
  /** The beats of a stream, up to the first that the profile does not allow. */
  phrase(stream: number, index: number, record: Uint32Array, at: number): Phrase {
    const key = stream * POOL + index, known = index === OWN ? undefined : this.phrases.get(key);
    if (known) return known;
    const facets = facetsAt(record, at), beats = this.streams[stream]!.beats(this.maker(facets)), end = beats.indexOf(undefined), whole = (end < 0 ? beats : beats.slice(0, end)) as readonly Beat[];
    const rows = whole.map(({ draft }) => {
      if (index === OWN) return this.keep(draft);
      const row = this.stored;
      this.stored += this.write(row, draft);
      return row;
    });
    const links = whole.map(({ draft, links: named }) => draft.operands.map(({ name }) => {
      const link = named[name], operand = link ? whole[link.beat]!.draft.operands.findIndex((one) => one.name === link.operand) : -1;
      return link && operand >= 0 ? { beat: link.beat, operand, bytes: link.bytes } : undefined;
    }));
    const phrase = { rows, distances: whole.map(({ distance }) => distance ?? 0), links };
    if (index !== OWN) this.phrases.set(key, phrase);
    return phrase;
  }
  private maker(facets: Facets): Maker {
    const named = (mnemonic: string): Definition => this.definitions.find((one) => one.mnemonic === mnemonic)!;
    return {
      draw: draws(facets.f0), draft: (mnemonic, part, given = {}) => this.draft(named(mnemonic), partFacets(facets, part), given),
      mnemonics: this.plain, factOf: (load) => loadOf(load)!.fact, widths: this.widths,
    };
  }
  /** The one fact of those that are alike. */
  fact(slot: SlotFact): Fact {
    const key = `${slot.dtype} ${slot.depth} ${slot.columns} ${slot.scales}`, known = this.factsByText.get(key);
    if (known) return known;
    const found = factOf(this.profile, slot, this.facts.length);
    this.factsByText.set(key, found);
    this.facts.push(found);
    return found;
  }
}
export const facetsAt = (from: Uint32Array, at: number): Facets => ({ f0: from[at]!, f1: from[at + 1]!, f2: from[at + 2]!, f3: from[at + 3]!, f4: from[at + 4]! });
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
