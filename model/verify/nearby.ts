//! nearby: programs whose last instruction is legal but for one change or two: a word of a descriptor, an edge of a space, a field, a mode.
import { modeFields } from '../isa/view.ts';
import { DESCRIPTOR_WORDS, SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formats } from '../numerics/format.ts';
import { encoded, headBits } from './code.ts';
import { type Draft, hullOf, type OperandDraft, plainFields, reach, widthOf } from './draft.ts';
import { type Draw, draws, mixed, random } from './random.ts';
import { facetOf, type Knobs, RECORD } from './record.ts';
import { begin, finish, flatOf, type Resolved, resolveAll } from './resolve.ts';
import { emit, type State } from './state.ts';
import { draftOf, prepare } from './tensors.ts';
import { workshopOf } from './workshop.ts';

/**
 * A few records, then one instruction of the definition `which` that is nearly legal, then halt. Nobody says whether it traps: whoever runs it
 * must agree with whoever else does. `turn` goes through kinds of change and operands. Undefined where the profile has no place for it.
 */
export function generateNearby(seed: number, profile: Profile, knobs: Knobs, which: number, turn: number): Resolved | undefined {
  const shop = workshopOf(profile, knobs), next = random(mixed(seed, 13)), data = mixed(seed, 0), { state, argumentWords } = begin(shop, data);
  const flat = flatOf(shop, seed), definition = which % shop.definitions.length, part = (): number => facetOf(next);
  resolveAll(state, flat, 0, RECORD * (next() % 3 === 0 ? Math.min(2, flat.length / RECORD) : 0));
  const found = draftOf(shop, state, definition, { op: 0, f0: part(), f1: part(), f2: part(), f3: part(), f4: part(), f5: 0, f6: next() });
  if (!found || found.draft.operands.length === 0) return undefined;
  const draw = draws(next() | 0x8000_0000), { draft } = found, { operands } = draft, one = operands[Math.floor(turn / nudges.length) % operands.length]!;
  nudges[turn % nudges.length]!(draft, one, draw, profile);
  if (draw(3) === 0) draw.pick(nudges)(draft, draw.pick(operands), draw, profile);
  emitNearby(state, draft, draw.chance(4) ? draw(128) : -1);
  emit(state, 'mark', { value: 1 });
  emit(state, 'halt', { value: 0xfeed });
  return finish(state, flat, argumentWords, data);
}

/** `inCode`: the bit of the instruction that is wrong, -1 for none. */
function emitNearby(state: State, draft: Draft, inCode: number): void {
  const { bits, mode } = prepare(state, draft), words = [...encoded(draft.definition, bits, headBits('mode', mode))] as [number, number, number, number];
  if (inCode >= 0) words[inCode >> 5] = (words[inCode >> 5]! ^ (1 << (inCode & 31))) >>> 0;
  state.code.push(...words);
}

/** One change of a draft that has its places, mostly of one operand. */
type Nudge = (draft: Draft, operand: OperandDraft, draw: Draw, profile: Profile) => void;

/** Words of the descriptor once they are made; those that went before change first. */
function rewrite(operand: OperandDraft, change: (words: number[]) => void): void {
  const before = operand.words;
  operand.words = (words) => { before?.(words); change(words); words.forEach((word, i) => { words[i] = word >>> 0; }); };
}
const setDtype = (operand: OperandDraft, code: number): void => rewrite(operand, (words) => { words[0] = (words[0]! & ~0xff) | code; });
/** No register beside the base, which then says where the operand lies. */
const pinned = (operand: OperandDraft): OperandDraft => Object.assign(operand, { s: 0, sValue: 0, imm: 0, step: 0, times: 1 });
const sizeOf = (space: number, { dramBytes, spmBytes, accBytes }: Profile): number => (space === SPACE_DRAM ? dramBytes : space === SPACE_SPM ? spmBytes : space === SPACE_ACC ? accBytes : 0);

const nudges: readonly Nudge[] = [
  /** The last byte is that of the space, or one element beyond; the first is 0, or one before. */
  (_, operand, draw, profile) => {
    const width = widthOf(operand.dtype), extent = reach(operand);
    if (!extent || width === 0) return;
    const element = Math.max(8, width), beyond = draw.pick([0, 1, 0, -1, 2]);
    if (draw(3) > 0) {
      const last = sizeOf(operand.space, profile) * 8 - extent.high;
      pinned(operand).address = (Math.floor(last / element) + beyond) * element;
    } else if (-extent.low >= element * beyond) pinned(operand).address = Math.ceil(-extent.low / element) * element - beyond * element;
    else {
      // Below 0 by an offset from base 0, which stays aligned.
      pinned(operand).imm = -beyond;
      operand.address = -beyond * width;
      rewrite(operand, (words) => { words[1] = words[2] = 0; });
    }
    if (operand.address < 0 && operand.imm === 0) operand.address = 0;
  },
  /** An axis the other way round, over the same bytes; or only the stride, so that it leaves them. */
  (_, operand, draw) => {
    if (operand.dims.length === 0) return;
    const axis = draw(operand.dims.length), stride = operand.strides[axis]!, far = (operand.dims[axis]! - 1) * stride * widthOf(operand.dtype);
    if (draw(3) > 0 && operand.address + far >= 0) operand.address += far;
    operand.strides[axis] = -stride;
  },
  /** Another stride. */
  (_, operand, draw) => {
    const axis = draw(Math.max(1, operand.dims.length)), other = draw(10), any = draw.word();
    rewrite(operand, (words) => {
      const old = words[8 + axis]! | 0;
      words[8 + axis] = [0, 1, -1, old + 1, old - 1, 2 * old, 0x7fff_ffff, -0x8000_0000, any % 64, 0x1_0000][other]!;
    });
  },
  /** Another dim, of one operand or of all. */
  ({ operands }, one, draw) => {
    const all = draw(3) === 0 ? operands : [one], axis = draw(5), other = draw(9);
    for (const operand of all) {
      const which = axis % Math.max(1, operand.dims.length);
      // As much as there can be only where it must lie in memory: a source with stride 0 would be read for ever.
      const most = operand.position === 0 ? 0xff_ffff : 100;
      rewrite(operand, (words) => { const old = words[3 + which]!; words[3 + which] = [old + 1, Math.max(0, old - 1), 0, 1, 2 * old, most, 0x100_0000, 0xffff_ffff, 2][other]!; });
    }
  },
  /** As many axes as there can be: those in front have one element, and a stride that says nothing. */
  ({ operands }, one, draw) => {
    const all = draw(2) === 0 ? operands : [one], rank = 4 + draw(2);
    for (const operand of all) {
      while (operand.dims.length < rank) {
        operand.dims.unshift(1);
        operand.strides.unshift(draw.pick([0, 1, -1, 0x7fff_ffff, -0x8000_0000, 64]));
        operand.padLow.unshift(0);
        operand.padHigh.unshift(0);
      }
    }
  },
  /** An axis more or less. */
  (_, operand, draw) => {
    const more = draw(2), dim = draw(3), stride = draw.pick([0, 1, -1, 16]);
    rewrite(operand, (words) => {
      const rank = (words[0]! >>> 11) & 7, other = (rank + (more ? 1 : 7)) & 7, axis = more ? rank : other;
      words[0] = (words[0]! & ~(7 << 11)) | (other << 11);
      if (axis < 5) { words[3 + axis] = more ? dim : 0; words[8 + axis] = more ? stride : 0; }
    });
  },
  /** Another dtype: one of the machine, or of other machines. */
  ({ operands }, one, draw, { formatCodes }) => {
    const all = draw(4) === 0 ? operands : [one], code = draw(3) > 0 ? draw.pick(formatCodes) : draw.pick(formats).code;
    for (const operand of all) setDtype(operand, code);
  },
  /** A dtype that is none: 0, or beyond the last one. */
  (_, operand, draw) => { setDtype(operand, draw.pick([0, 128, 127, 129, 255, 118])); },
  /** Another space. */
  (_, operand, draw) => {
    const space = draw(8);
    rewrite(operand, (words) => { words[0] = (words[0]! & ~0x700) | (space << 8); });
  },
  /** Where another operand is, begins or ends, or an element beside that. */
  ({ operands }, operand, draw) => {
    const other = draw.pick(operands), width = Math.max(8, widthOf(operand.dtype));
    if (operand === other || operand.space !== other.space) return;
    const [low, high] = hullOf(other), [ownLow, ownHigh] = hullOf(operand), first = draw.pick([low, high, low - (ownHigh - ownLow)]) + draw.pick([0, 0, 1, -1]) * width / 8;
    const address = Math.floor((operand.address + 8 * (first - ownLow)) / width) * width;
    if (draw(3) === 0) pinned(operand).address = other.address;
    else if (address >= 0) pinned(operand).address = address;
  },
  /** The base beside itself. */
  (_, operand, draw) => {
    const by = draw.pick([1, 2, 4, 8, 16, 64, -1, -4, 0x1_0000]);
    rewrite(operand, (words) => { words[1] = words[1]! + by; });
  },
  /** A bit of a word. */
  (_, operand, draw) => {
    const word = draw(DESCRIPTOR_WORDS), bit = draw(32);
    rewrite(operand, (words) => { words[word] = words[word]! ^ (1 << bit); });
  },
  /** Pads, or another element in them. */
  (_, operand, draw) => {
    const axis = draw(5), pad = 1 + draw(4), word = 13 + draw(3);
    rewrite(operand, (words) => { words[word] = word === 15 ? draw.word() & 0xff : words[word]! ^ (pad << (6 * axis)); });
  },
  /** Another field of the instruction, legal or not. */
  (draft, _, draw) => {
    const fields = plainFields(draft.definition);
    if (fields.length === 0) return;
    const [name, { width }] = draw.pick(fields);
    draft.bits[name] = (draw.pick([0, 1, 2, 3, 0xffff_ffff, draw.word()]) & (2 ** width - 1)) >>> 0;
  },
  /** Another field of the mode, legal or not. */
  (draft, _, draw) => {
    const named = modeFields.filter(({ name }) => draft.definition.mode.includes(name));
    if (named.length === 0) return;
    const { name, width } = draw.pick(named);
    draft.mode[name] = (draw.pick([0, 1, 2, 3, 0xffff_ffff, draw.word()]) & (2 ** width - 1)) >>> 0;
  },
];
