//! ways: where prepared instructions are kept: places that all of them share, and for each instruction a list of the ways in which it was prepared.
import { decoded } from './decoded';
import { control, head, MM, OP_MDW, OP_MM, PREPARED_BYTES, PREPARED_MAX, retirement, SLOT_BYTES, state } from './encoding';
import { descriptorAt } from './extent';
import { alike } from './move';
import { DESCRIPTOR_BYTES, MODE_BYTES, note, prepared } from './notes';

/** Instructions that ask for a place for one that gets it, when all have been given: what goes by once in each run of a long program would take them from each other for ever. */
const ASK: u32 = 8;

/** Places are given in turn while there are unused ones, then at once to what stands in a loop that they are enough for, else to one of ASK that ask; 0: none. */
export function nextPlace(loops: bool): usize {
  if (prepared.BYTES > PREPARED_BYTES) unreachable();                   // the host's room for one; decided when it is compiled
  const asked = control.placesAsked();
  control.setPlacesAsked(asked + 1);
  if (!loops && asked >= PREPARED_MAX && asked % ASK) return 0;
  return <usize>control.prepared() + <usize>((asked < PREPARED_MAX || loops ? asked : asked / ASK) % PREPARED_MAX) * PREPARED_BYTES;
}

/**
 * Tiles at the ends of a matrix have other shapes than those in its midst, and a loop over tiles sets the same descriptors to either: up to four ways in which one
 * instruction was prepared are kept in a list, which begins with the one that acted last. Its places are shared by all instructions: where one is another's, the list ends.
 */
const WAYS: u32 = 4;
/** The way that holds under descriptors, mode and slot as they are, which becomes the first one; 0: none. */
export function holding(word: usize, pc: u32): usize {
  const first = decoded.prepared(word);
  for (let at = first, before: usize = 0; at && prepared.pc(at) == pc; ) {
    if (holds(at)) {
      if (before) {
        prepared.setNext(before, prepared.next(at));
        prepared.setNext(at, first);
        decoded.setPrepared(word, at);
      }
      return at;
    }
    before = at;
    at = prepared.next(at);
  }
  return 0;
}
/** The last of four ways, to be prepared anew; 0 where there are fewer. */
export function fourth(first: usize, pc: u32): usize {
  let at = first;
  for (let way: u32 = 1; way < WAYS; way++) {
    if (!at || prepared.pc(at) != pc) return 0;
    at = prepared.next(at);
  }
  return at && prepared.pc(at) == pc ? at : 0;
}
/** The list as far as its places are the instruction's own, cut there: a place that it comes to have again behind one of them would close a ring. */
export function ownFrom(first: usize, pc: u32): usize {
  if (!first || prepared.pc(first) != pc) return 0;
  let at = first;
  for (let next = prepared.next(at); next && prepared.pc(next) == pc; next = prepared.next(at)) at = next;
  prepared.setNext(at, 0);
  return first;
}
@inline function holds(at: usize): bool {
  if (prepared.settings(at) != control.settings() && !isSetAsBefore(at)) return false;
  for (let i: usize = 0; i < <usize>prepared.count(at); i++) {
    const one = prepared.notes(at, i);
    if (control.versions(note.descriptor(one)) != note.version(one) && !isDescribedAsBefore(one)) return false;
  }
  return true;
}

/** Where the words of the mode of an instruction lie. */
@inline export function modeOf(words: usize): usize { return state.modesAt() + <usize>head.mode(words) * MODE_BYTES; }
/** Does it multiply by what a slot holds? */
@inline export function multiplies(op: u32): bool { return op == OP_MM || op == OP_MDW; }

/** Are the words of its descriptor those that it was checked under? Then they have the version of now. */
function isDescribedAsBefore(one: usize): bool {
  const t = note.descriptor(one);
  if (!alike(note.wordsAt(one), descriptorAt(t), DESCRIPTOR_BYTES)) return false;
  note.setVersion(one, control.versions(t));
  return true;
}
/** The whole mode is compared, also where an instruction reads no field of it or few: it costs another way, and no look at which. */
function isSetAsBefore(at: usize): bool {
  const words = retirement.wordsAt(at), op = head.opcode(words);
  return alike(prepared.modeAt(at), modeOf(words), MODE_BYTES) && (!multiplies(op) || alike(prepared.slotAt(at), state.promised(MM.slot(words)), SLOT_BYTES));
}
