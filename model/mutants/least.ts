//! least: of the program that found a mutant, the instructions that it takes: all others become `nop`.
import { byMnemonic } from '../instructions/set.ts';
import { encode, type Words } from '../isa/codec.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import type { Bench } from './bench.ts';
import { type Kill, type Stand, symptomOf } from './hunt.ts';

/** An instruction and where it stands. */
export interface PlacedWords { readonly pc: number; readonly words: Words }

const NOP = encode(byMnemonic.get('nop')!, {}), COUNT = 12, FUEL_MOST = 0x7fff_ffff;
/** Programs that are tried for one mutant, at most. */
const TRIES = 60;

/**
 * The instructions of the least program that shows a mutant in the same way, in the order of the program; targets, lengths and constants stay where they
 * are. A mutant that shows by its work alone, which depends on what ran before, keeps the program that found it.
 */
export function leastProgram(stand: Stand, release: (machine: Profile) => Bench, module: WebAssembly.Module, { trial, symptom }: Kill, fault = 0): readonly PlacedWords[] {
  const whole = instructionsIn(trial.program.image);
  if (symptom === 'work') return whole;
  let tries = TRIES;
  const shows = (kept: readonly PlacedWords[]): boolean => {
    if (tries-- <= 0) return false;
    const program = { ...trial.program, image: imageOf(trial.program.image, kept) }, bench = release(trial.machine);
    bench.begin(FUEL_MOST);
    trial.act(bench, program);
    return symptomOf(stand.benches(module, fault), { trial: { ...trial, program }, digest: bench.digest, fuel: bench.spent(FUEL_MOST) }) === symptom;
  };
  let best = whole;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length;) {
      const fewer = [...best.slice(0, at), ...best.slice(at + size)];
      if (shows(fewer)) best = fewer; else at += size;
    }
  }
  return best;
}

/** All but `nop`; none where the header promises more than is there. */
function instructionsIn(image: Uint8Array): readonly PlacedWords[] {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength), count = image.length < IMAGE_HEADER_BYTES ? 0 : view.getUint32(COUNT, true);
  if (IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * count > image.length) return [];
  const word = (pc: number, i: number): number => view.getUint32(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * pc + 4 * i, true);
  return Array.from({ length: count }, (_, pc): PlacedWords => ({ pc, words: [word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3)] })).filter(({ words }) => words.some((one, i) => one !== NOP[i]));
}

/** The image with `nop` everywhere else. */
export function imageOf(image: Uint8Array, kept: readonly PlacedWords[]): Uint8Array {
  const made = image.slice(), view = new DataView(made.buffer), put = (pc: number, words: Words): void => words.forEach((word, i) => view.setUint32(IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * pc + 4 * i, word, true));
  for (let pc = 0, count = view.getUint32(COUNT, true); pc < count; pc++) put(pc, NOP);
  for (const { pc, words } of kept) put(pc, words);
  return made;
}
