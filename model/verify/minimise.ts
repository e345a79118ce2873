//! minimise: the least trial that fails in the same way. Devices must agree on every program, legal or not, so that nothing here has to stay legal.
import { buildImage, type Image, readImage } from '../assembler/image.ts';
import type { Device, Segment } from '../device.ts';
import { byOpcode } from '../instructions/set.ts';
import { bitsOf, exists, type Words } from '../isa/codec.ts';
import { BARE_PRESENT, type Field } from '../isa/field.ts';
import { head, isOperand } from '../isa/instruction.ts';
import { DESCRIPTOR_WORDS, PAGE_BYTES, RANK_MAX, SPACE_DRAM, UNIT_SEQ } from '../limits.ts';
import { defaultImageBase } from '../machine/launch.ts';
import { unpackSnapshot } from '../snapshot.ts';
import { type Difference, signatureOf } from './compare.ts';
import { observeTrial, type Start, startOf, type Trial } from './trial.ts';

export interface Least {
  readonly trial: Trial;
  readonly difference: Difference;
  /** How many trials were run. */
  readonly evaluations: number;
  /** Instructions of its program. */
  readonly instructions: number;
}
/** Says how a trial fails; undefined where it passes. */
export type Judged = (trial: Trial) => Difference | undefined;

/**
 * `oracle` is a device that does right: states in the middle of a run are taken from it. Steps, each as far as it goes: begin right before what
 * fails, leave out instructions, then what the state holds, zero fields, make dims 1, leave out and zero memory. At most `most` trials.
 */
export function minimise(trial: Trial, found: Difference, judged: Judged, oracle: Device, most = 1000): Least {
  const search = new Search(trial, found, judged, most);
  for (const step of [beginLate, dropInstructions, dropState, dropMemory, zeroFields, shrinkDims, splitMemory, zeroMemory, dropInstructions, dropState]) step(search, oracle);
  return { trial: search.best, difference: search.difference, evaluations: search.evaluations, instructions: readImage(search.best.program.image).words.length };
}

class Search {
  best: Trial;
  difference: Difference;
  evaluations = 0;
  private readonly signature: string;
  private readonly judged: Judged;
  private readonly most: number;
  constructor(trial: Trial, found: Difference, judged: Judged, most: number) {
    this.best = trial;
    this.difference = found;
    this.signature = signatureOf(found);
    this.judged = judged;
    this.most = most;
  }
  private judge(trial: Trial): Difference | undefined {
    if (this.evaluations >= this.most) return undefined;
    this.evaluations++;
    return this.judged(trial);
  }
  /** Does it fail in any way? */
  probe(trial: Trial): boolean { return this.judge(trial) !== undefined; }
  /** Takes the trial in place of the best one if it fails in the same way. */
  attempt(trial: Trial): boolean {
    const found = this.judge(trial);
    if (!found || signatureOf(found) !== this.signature) return false;
    this.best = trial;
    this.difference = found;
    return true;
  }
  /** Leaves out as many items as it can, large groups first; what is left. */
  fewest<T>(items: readonly T[], trialWith: (left: readonly T[]) => Trial): readonly T[] {
    if (items.length === 0 || this.attempt(trialWith([]))) return [];
    let left = items;
    for (let size = Math.ceil(left.length / 2); left.length > 1; size = Math.ceil(size / 2)) {
      for (let at = 0; at < left.length;) {
        const without = [...left.slice(0, at), ...left.slice(at + size)];
        if (without.length > 0 && this.attempt(trialWith(without))) left = without;
        else at += size;
      }
      if (size === 1) break;
    }
    return left;
  }
}

// ---- the prefix becomes a state
/** How many steps before the first wrong one the trial may begin: the first of these that fails in the same way is taken. */
const BACK = [1, 2, 3, 5, 9, 17, 33];
const STEPS_MAX = 2 ** 17;

function beginLate(search: Search, oracle: Device): void {
  const whole = search.best, wrong = firstWrongStep(search);
  for (const back of BACK) {
    if (back >= wrong) return;
    const late = startingAfter(whole, wrong - back, oracle);
    if (late && search.attempt(late)) return;
  }
}
/** The least budget with which the trial fails in any way, by bisection. */
function firstWrongStep(search: Search): number {
  const fails = (budget: number): boolean => search.probe({ ...search.best, options: { ...search.best.options, budget } });
  let low = 0, high = 1;
  for (; high < STEPS_MAX && !fails(high); high *= 2) low = high;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fails(middle)) high = middle; else low = middle;
  }
  return high;
}

/** The same program entered where the oracle stands after so many steps; undefined where instructions wait in queues there, or it has ended. */
function startingAfter(trial: Trial, budget: number, oracle: Device): Trial | undefined {
  const { options: taken } = observeTrial(oracle, { ...trial, options: { ...trial.options, budget } }), [next, ...others] = oracle.pending();
  if (!next || others.length > 0 || next.unit !== UNIT_SEQ) return undefined;
  const { program, options } = trial, { image } = program, base = program.imageBase ?? defaultImageBase(oracle.profile.dramBytes, image.length);
  const snapshot = oracle.snapshot(), start = startOf(snapshot, oracle.profile.hash);
  const memory = unpackSnapshot(snapshot, oracle.profile.hash).pages.flatMap(({ space, page, bytes, known }) => knownRuns(space, page * PAGE_BYTES, bytes, known, base, base + image.length));
  const { header, words, constants } = readImage(image);
  return {
    ...trial, start, program: { ...program, image: rebuilt(header, words, constants, next.pc), memory, arguments: [], imageBase: base },
    options: options.schedule ? { ...options, schedule: options.schedule.slice(taken.length) } : options,
  };
}
/** Runs of known bytes, without those of the image. */
function knownRuns(space: number, from: number, bytes: Uint8Array, known: Uint8Array, low: number, high: number): Segment[] {
  const runs: Segment[] = [], isFree = (i: number): boolean => known[i] === 1 && !(space === SPACE_DRAM && from + i >= low && from + i < high);
  for (let i = 0; i < bytes.length; i++) {
    if (!isFree(i)) continue;
    let end = i;
    while (end < bytes.length && isFree(end)) end++;
    runs.push({ space, address: from + i, bytes: bytes.slice(i, end) });
    i = end;
  }
  return runs;
}
const rebuilt = (header: Image['header'], words: readonly Words[], constants: Uint8Array, entry: number): Uint8Array =>
  buildImage({ words, constants, entry, features: [...Array(128).keys()].filter((bit) => (header[5 + (bit >> 5)]! >>> (bit & 31)) & 1) });

// ---- instructions
/** Constants stay where they are, so that loads of descriptors need no change: what instructions leave becomes part of them, as zeros. */
function dropInstructions(search: Search): void {
  const whole = search.best, { header, words, constants } = readImage(whole.program.image), entry = header[4]!;
  const trialWith = (left: readonly number[]): Trial => {
    const place = (pc: number): number => { const at = left.findIndex((kept) => kept >= pc); return at < 0 ? left.length : at; };
    const moved = left.map((pc) => retargeted(words[pc]!, pc, place)), slack = new Uint8Array(16 * (words.length - left.length));
    const trial = withImage(search.best, rebuilt(header, moved, Uint8Array.from([...slack, ...constants]), Math.min(place(entry), Math.max(0, left.length - 1))));
    return whole.expected ? { ...trial, expected: { ...whole.expected, pc: place(whole.expected.pc) } } : trial;
  };
  if (words.length > 1) search.fewest(words.map((_, pc) => pc), trialWith);
  // Constants that nothing needs any more.
  const now = readImage(search.best.program.image);
  if (now.constants.length > 0) search.attempt(withImage(search.best, rebuilt(now.header, now.words, new Uint8Array(0), now.header[4]!)));
}
const withImage = (trial: Trial, image: Uint8Array): Trial => ({ ...trial, program: { ...trial.program, image } });

/** Absolute targets and the lengths of bodies follow their instructions. */
function retargeted(words: Words, pc: number, place: (pc: number) => number): Words {
  const definition = byOpcode.get(words[0] & 255), fields = definition?.fields as Readonly<Record<string, Field>> | undefined;
  if (definition?.mnemonic === 'loop') return withBits(words, fields!['length']!, Math.max(0, place(pc + bitsOf(words, fields!['length']!) + 1) - place(pc) - 1));
  if (!['jump', 'call'].includes(definition?.mnemonic ?? '') || bitsOf(words, fields!['rs2']!) !== 0) return words;
  return withBits(words, fields!['imm']!, place(bitsOf(words, fields!['imm']!)));
}
function withBits(words: Words, { word, low, width }: Field, bits: number): Words {
  const mask = width === 32 ? 0xffff_ffff : ((2 ** width - 1) << low) >>> 0, changed = [...words] as [number, number, number, number];
  changed[word] = ((changed[word]! & ~mask) | (width === 32 ? bits : (bits << low) & mask)) >>> 0;
  return changed;
}

/** Fields to 0: first all of the head, then one by one; of operands, their offsets. */
function zeroFields(search: Search): void {
  const image = readImage(search.best.program.image), words = [...image.words];
  const attempt = (pc: number, changed: Words): void => {
    if (changed.every((word, i) => word === words[pc]![i])) return;
    const all = words.map((four, i) => (i === pc ? changed : four));
    if (search.attempt(withImage(search.best, rebuilt(image.header, all, image.constants, image.header[4]!)))) words[pc] = changed;
  };
  for (let pc = 0; pc < words.length; pc++) {
    const definition = byOpcode.get(words[pc]![0] & 255);
    if (!definition) continue;
    attempt(pc, (Object.values(head) as Field[]).reduce((four, field) => withBits(four, field, 0), words[pc]!));
    for (const field of [...(Object.values(head) as Field[]), ...Object.values(definition.fields)]) {
      if (!exists(definition.fields, field, words[pc]!)) continue;
      const bits = bitsOf(words[pc]!, field);
      if (bits !== 0) attempt(pc, withBits(words[pc]!, field, isOperand(field) ? bits & (field.kind === 'bare' ? BARE_PRESENT | TENSOR_BITS : TENSOR_BITS) : 0));
    }
  }
}
/** The part of an operand that names its descriptor. */
const TENSOR_BITS = 0x3f;

// ---- the state that it begins in
interface Part { readonly of: 'registers' | 'tensors' | 'modes' | 'semaphores' | 'slots'; readonly index: number }
const strideOf: Readonly<Record<Part['of'], number>> = { registers: 1, tensors: DESCRIPTOR_WORDS, modes: 1, semaphores: 1, slots: 6 };

/** What the program does not need of the state becomes as after a launch. */
function dropState(search: Search): void {
  const { start } = search.best;
  if (!start) return;
  const { start: _, ...without } = search.best;
  if (search.attempt(without)) return;
  const parts = (Object.keys(strideOf) as Part['of'][]).flatMap((of) => Array.from({ length: start[of].length / strideOf[of] }, (_, index): Part => ({ of, index })))
    .filter(({ of, index }) => start[of].subarray(index * strideOf[of], (index + 1) * strideOf[of]).some((word) => word !== 0));
  search.fewest(parts, (left) => ({ ...search.best, start: reduced(start, left) }));
  const now = search.best.start!;
  if (now.predicates > 1) search.attempt({ ...search.best, start: { ...now, predicates: 1 } });
}
function reduced(start: Start, left: readonly Part[]): Start {
  const copy = (of: Part['of']): Uint32Array => {
    const words = new Uint32Array(start[of].length), stride = strideOf[of];
    for (const part of left) if (part.of === of) words.set(start[of].subarray(part.index * stride, (part.index + 1) * stride), part.index * stride);
    return words;
  };
  const slots = new Set(left.filter(({ of }) => of === 'slots').map(({ index }) => index));
  return {
    ...start, registers: copy('registers'), tensors: copy('tensors'), modes: copy('modes'), semaphores: copy('semaphores'), slots: copy('slots'),
    contents: start.contents.map((one, slot) => (slots.has(slot) ? one : undefined)),
  };
}

const DIMS_AT = 3;
/** Dims that are equal in several descriptors belong together more often than not: all of one length become shorter at once. */
function shrinkDims(search: Search): void {
  const lengths = (): number[] => {
    const found = new Set<number>();
    eachDim(search.best.start?.tensors, (length) => found.add(length));
    return [...found].filter((length) => length > 1).sort((a, b) => b - a);
  };
  for (const length of lengths()) {
    let now = length;
    for (const shorter of [1, 2, 3, Math.ceil(length / 2), length - 1]) if (shorter < now && search.best.start && search.attempt(withDims(search.best, now, shorter))) { now = shorter; break; }
  }
}
function eachDim(tensors: Uint32Array | undefined, act: (length: number, at: number) => void): void {
  for (let t = 0; tensors && t < tensors.length; t += DESCRIPTOR_WORDS) for (let axis = 0; axis < RANK_MAX; axis++) act(tensors[t + DIMS_AT + axis]!, t + DIMS_AT + axis);
}
function withDims(trial: Trial, from: number, to: number): Trial {
  const tensors = trial.start!.tensors.slice();
  eachDim(trial.start!.tensors, (length, at) => { if (length === from) tensors[at] = to; });
  return { ...trial, start: { ...trial.start!, tensors } };
}

// ---- memory
const withMemory = (trial: Trial, memory: readonly Segment[]): Trial => ({ ...trial, program: { ...trial.program, memory } });

function dropMemory(search: Search): void {
  search.fewest(search.best.program.memory, (left) => withMemory(search.best, left));
  if (search.best.program.arguments?.some((value) => value !== 0)) search.attempt({ ...search.best, program: { ...search.best.program, arguments: [] } });
}
const SPLIT_BYTES = 16;
/** Long pieces lose the halves that nothing reads. */
function splitMemory(search: Search): void {
  for (let size = 4096; size >= SPLIT_BYTES; size /= 4) {
    const pieces = search.best.program.memory.flatMap(({ space, address, bytes }) =>
      Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => ({ space, address: address + i * size, bytes: bytes.subarray(i * size, (i + 1) * size) })));
    if (pieces.length > search.best.program.memory.length) search.fewest(pieces, (left) => withMemory(search.best, left));
  }
}
/** Data to 0, piece by piece, then byte by byte where little is left. */
function zeroMemory(search: Search): void {
  const zeroed = (at: number, from: number, to: number): Trial =>
    withMemory(search.best, search.best.program.memory.map((segment, i) => (i === at ? { ...segment, bytes: segment.bytes.slice().fill(0, from, to) } : segment)));
  search.best.program.memory.forEach(({ bytes }, at) => {
    const halve = (from: number, to: number): void => {
      if (from >= to || search.best.program.memory[at]!.bytes.subarray(from, to).every((byte) => byte === 0)) return;
      if (search.attempt(zeroed(at, from, to)) || to - from === 1) return;
      const middle = (from + to) >> 1;
      halve(from, middle);
      halve(middle, to);
    };
    halve(0, Math.min(bytes.length, 64));
    if (bytes.length > 64) halve(64, bytes.length);
  });
}
