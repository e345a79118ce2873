//! program: the program that decoded words and prepared instructions are of. What was found out about it outlives a launch, a load, whatever the host does between.
import { decoded, decodedAt, decodedCount, SLOW } from './decoded';
import { control, DECODED_BYTES, IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, keptProgram, PROGRAM_WORDS, REGION_BYTES, REGION_COUNT, state, TENSOR_COUNT } from './encoding';
import { imageAt } from './fetch';
import { renew } from './move';

/** At the beginning of a run: forgets the words of another program. Of the same one nothing is forgotten, but each prepared instruction looks again at what it depends on. */
export function freshen(): void {
  if (control.fresh()) return;
  control.setFresh(1);
  if (takeOver()) return lookAgain();
  control.setPlacesAsked(0);
  memory.fill(decodedAt(0), 0, <usize>decodedCount() * DECODED_BYTES);
  decoded.setForm(decodedAt(decodedCount()), SLOW);                      // behind the last word
}

/**
 * Takes the words that are run from now on. Are they those of the run before, in the same place, under the same regions? All else that forms and rooms depend on
 * is of the profile, or looked at again. Of a program that is longer than the room nothing is kept.
 */
function takeOver(): bool {
  const at = <usize>control.program(), base = state.imageBase(), bytes = state.imageBytes(), count = state.instructionCount();
  let same = keptProgram.base(at) == base && keptProgram.bytes(at) == bytes && keptProgram.count(at) == count;
  keptProgram.setBase(at, base);
  keptProgram.setBytes(at, bytes);
  keptProgram.setCount(at, count);
  if (renew(keptProgram.regions(at, 0), state.regions(0), <usize>REGION_COUNT * REGION_BYTES)) same = false;
  if (count > PROGRAM_WORDS) return false;
  return !renew(keptProgram.wordsAt(at), imageAt() + <usize>IMAGE_HEADER_BYTES, <usize>count * INSTRUCTION_BYTES) && same;
}

/** Descriptors, modes, slots and known bytes may be others than they were: none has the version that it had. */
function lookAgain(): void {
  for (let t: usize = 0; t < TENSOR_COUNT; t++) control.setVersions(t, control.versions(t) + 1);
  control.setSettings(control.settings() + 1);
  control.setForgotten(control.forgotten() + 1);
}
