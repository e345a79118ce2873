//! finding: what the sanitizer tells of a program, as data: one kind, one place or two, one sentence, one way out.
import { printInstruction } from '../assembler/disassembler.ts';
import type { Words } from '../isa/codec.ts';
import { unitNames } from '../limits.ts';

/** Kinds in the order in which documents list them, each with what it means. */
export const findingDefinitions = [
  ['race', 'two units touch a byte, one of them writes it, and nothing orders them'],
  ['float-order', 'two units accumulate into a float, and both orders are allowed, so its last bits are undefined'],
  ['uninitialised', 'a result depends on a byte that nothing has written'],
  ['bounds', 'an operand leaves its memory, its region, or writes the image'],
  ['alias', 'operands of one instruction share bytes, or elements of a destination do'],
  ['semaphore-order', 'two posts to a semaphore, or two waits for it, are not ordered, so which token goes where is undefined'],
  ['overflow', 'a semaphore may hold more tokens than fit, since a post may come before others have taken theirs'],
  ['deadlock', 'the serial run blocks: a wait comes before the post that it needs'],
  ['leftover', 'tokens are left in a semaphore at the end'],
] as const;
export type FindingKind = (typeof findingDefinitions)[number][0];
export const findingKinds: readonly FindingKind[] = findingDefinitions.map(([kind]) => kind);

/** An instruction that ran, or waits to. `seq` counts fetched instructions; file, line and column where the source is known. */
export interface Site {
  readonly unit: string;
  readonly pc: number;
  readonly seq: number;
  readonly mnemonic: string;
  /** As a program would write it. */
  readonly instruction: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}
/** What a site does there: `writes w`, `reads a`, `posts m2`. */
export interface Part extends Site { readonly does: string }
/** Bytes [low, high) of a space. */
export interface Bytes { readonly space: string; readonly low: number; readonly high: number }

export interface Finding extends Part {
  readonly kind: FindingKind;
  /** `error`: the program is illegal. `warning`: it works, and what comes after it may not. */
  readonly severity: 'error' | 'warning';
  /** The other instruction, where there are two; the earlier one in program order comes first, and is the finding's own place. */
  readonly other?: Part;
  readonly operand?: string;
  readonly bytes?: Bytes;
  /** One sentence. */
  readonly text: string;
  /** What to write where; empty where nothing is known. */
  readonly suggestion: string;
  /** How often the same two instructions met. */
  readonly count: number;
}

/** What messages say of a program: its instructions, where they were written, and the names it gives to descriptors. */
export interface ProgramText {
  readonly words: readonly Words[];
  readonly place?: (pc: number) => { readonly file: string; readonly line: number; readonly column: number } | undefined;
  readonly nameOf?: (descriptor: number) => string | undefined;
}

/** The site of an instruction of the program. */
export function siteOf(program: ProgramText, unit: number, pc: number, seq: number, words = program.words[pc]): Site {
  const place = program.place?.(pc), printed = words ? printInstruction(words) : 'an instruction too long ago', instruction = printed.replace(/\bt(\d+)\b/g, (t, number) => program.nameOf?.(Number(number)) ?? t);
  return { unit: unitNames[unit] ?? String(unit), pc, seq, mnemonic: instruction.replace(/^\?!?p\d /, '').split(/[ .]/)[0]!, instruction, ...place };
}
/** `load w[s21], B[s25]` (gemm.s:41) */
export const named = ({ instruction, file, line, pc }: Site): string => `\`${instruction}\` (${file === undefined ? `pc ${pc}` : `${file.replace(/^.*\//, '')}:${line}`})`;
