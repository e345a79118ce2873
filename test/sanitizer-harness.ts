//! sanitizer-harness: programs under the sanitizer as tests run them, in as many schedules as matter.
import { assembled } from '../model/assembler/assembler.ts';
import { readImage } from '../model/assembler/image.ts';
import type { Device, Program } from '../model/device.ts';
import type { Finding, ProgramText } from '../model/sanitizer/finding.ts';
import { sanitize, type SanitizeOptions } from '../model/sanitizer/run.ts';
import { adversaries, adversaryNames, adversarySchedule } from '../model/verify/adversaries.ts';
import { type Outcomes, seekOutcomes } from '../model/verify/outcomes.ts';
import { randomSchedule } from '../model/verify/schedules.ts';

export interface Subject { readonly program: Program; readonly text: ProgramText }
/** A program from its text. */
export function subject(text: string, file = 'program.s', more: Program['memory'] = []): Subject {
  const { program, places } = assembled(text, { file });
  return { program: { ...program, memory: [...more, ...program.memory] }, text: { words: readImage(program.image, file).words, place: (pc) => places[pc] } };
}
/** A program that has no text. */
export const unnamed = (program: Program): Subject => ({ program, text: { words: readImage(program.image, 'program').words } });

/** Every end of a small program, at once. */
export function everyOutcome(...given: Parameters<typeof seekOutcomes>): Outcomes {
  const seeking = seekOutcomes(...given);
  for (let next = seeking.next(); ; next = seeking.next()) if (next.done) return next.value;
}

/** `race 5 7`: kind and lines; pcs where there are no lines. */
export const nameOf = ({ kind, line, pc, other }: Finding): string => [kind, line ?? pc, ...(other ? [other.line ?? other.pc] : [])].join(' ');
export const namesOf = (device: Device, { program, text }: Subject, options: SanitizeOptions = {}): readonly string[] => sanitize(device, program, text, options).findings.map(nameOf).sort();

/** Schedules of a program by name: the serial run, random ones at several depths, and adversaries, all or those that are named. */
export function schedulesOf(device: Device, { program }: Subject, randoms: number, names: readonly string[] = adversaryNames): readonly (readonly [name: string, options: SanitizeOptions])[] {
  return [
    ['serial', {}],
    ...Array.from({ length: randoms }, (_, i) => [`random:${i} at depth ${[1, 3, 16][i % 3]}`, { schedule: randomSchedule(i, 50_000), queueDepth: [1, 3, 16][i % 3]! }] as const),
    ...names.map((name) => [`adversarial:${name}`, { schedule: adversarySchedule(device, program, adversaries[name]!.choose, 4), queueDepth: 4 }] as const),
  ];
}

/** Every text that lacks one wait or post of the program: `line 5 without wait m1`. */
export function lacking(text: string): readonly { readonly name: string; readonly text: string }[] {
  const lines = text.split('\n');
  return lines.flatMap((line, i) => {
    const code = line.split(';')[0]!;
    return [...code.matchAll(/\b(wait|post)( \w+)? m\d+(, *\d+)?/g)].map((found) => ({
      name: `line ${i + 1} without ${found[0]}`, text: lines.with(i, code.slice(0, found.index) + code.slice(found.index + found[0].length)).join('\n'),
    }));
  });
}
