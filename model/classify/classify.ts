//! classify: which mistake of a designer would leave just the memory that a device left.
import type { Case } from '../bundle/open.ts';
import { cursorOf, elements, lastWriter, little, textOf } from '../bundle/replay.ts';
import type { Segment } from '../device.ts';
import { Defect } from '../failure.ts';
import { bitsText } from '../files/elements.ts';
import type { Section } from '../files/section.ts';
import { RETIRED_DONE, ROLE_WRITE, UNIT_SEQ } from '../limits.ts';
import type { Machine } from '../machine/machine.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByCode } from '../numerics/format.ts';
import { type Hypothesis, hypotheses } from './hypotheses.ts';
import { machineBefore, rerun, type Step, type Stores } from './rerun.ts';

/** A case with the memory that a device left: sections by space; bytes that the file leaves open are not looked at. */
export interface Suspect { readonly of: Case; readonly actual: ReadonlyMap<number, readonly Section[]> }

/** What a hypothesis explains of the wrong bytes of all cases, and how many right ones it would make wrong. */
export interface Verdict {
  readonly cause: string;
  readonly says: string;
  readonly explained: number;
  readonly wrong: number;
  readonly contradicted: number;
  /** All wrong bytes and no other. */
  readonly isExact: boolean;
  readonly evidence: Evidence | undefined;
}
/** The first wrong element: where, what it is, what it should be. */
export interface Evidence {
  readonly case: string;
  readonly instruction: string;
  readonly element: readonly number[];
  readonly expected: string;
  readonly actual: string;
  readonly predicted: string;
}

interface Byte { readonly space: number; readonly address: number }
interface Judgeable { readonly space: number; readonly address: number; readonly expected: Uint8Array; readonly actual: Uint8Array; readonly counts: Uint8Array }
interface Judged { readonly suspect: Suspect; readonly pieces: readonly Judgeable[]; readonly wrong: readonly Byte[]; readonly stores: Stores }

/**
 * Verdicts, the best first; yields after each hypothesis. Every one is tried on the case with the fewest records that has a wrong byte, the
 * best of them on all cases. Of several exact ones the plainest comes first, as they are listed.
 */
export function* classify(profile: Profile, suspects: readonly Suspect[], storesOf: (of: Case) => Stores): Generator<number, readonly Verdict[]> {
  const judged = suspects.map((suspect): Judged => {
    const pieces = piecesOf(suspect);
    return { suspect, pieces, wrong: wrongIn(pieces), stores: storesOf(suspect.of) };
  });
  const [first] = judged.filter(({ wrong }) => wrong.length > 0).sort((a, b) => a.suspect.of.records.length - b.suspect.of.records.length);
  if (!first) return [];
  const all = hypotheses(profile), tried: Tried[] = [];
  for (const [index, hypothesis] of all.entries()) {
    tried.push({ index, hypothesis, verdict: verdictOf(profile, [first], hypothesis) });
    yield all.length;
  }
  const promising = ranked(tried), most = promising.filter(({ verdict }) => verdict.isExact).length || TRIED_ON_ALL;
  const again: Tried[] = [];
  for (const one of promising.slice(0, Math.max(most, TRIED_ON_ALL))) {
    again.push({ ...one, verdict: verdictOf(profile, judged, one.hypothesis) });
    yield all.length;
  }
  return ranked(again).map(({ verdict }) => verdict);
}
interface Tried { readonly index: number; readonly hypothesis: Hypothesis; readonly verdict: Verdict }
const TRIED_ON_ALL = 8;
const ranked = (tried: readonly Tried[]): readonly Tried[] => {
  const score = ({ explained, contradicted, wrong }: Verdict): number => (explained - contradicted) / Math.max(1, wrong);
  return tried.filter(({ verdict }) => verdict.explained > 0)
    .sort((a, b) => Number(b.verdict.isExact) - Number(a.verdict.isExact) || score(b.verdict) - score(a.verdict) || a.index - b.index);
};
/** Wrong bytes of all cases. */
export const wrongBytes = (suspects: readonly Suspect[]): number => suspects.reduce((sum, suspect) => sum + wrongIn(piecesOf(suspect)).length, 0);
/** Cases of whose expected bytes no file gives a single one. */
export const unjudged = (suspects: readonly Suspect[]): readonly Case[] => suspects.filter((suspect) => {
  const pieces = piecesOf(suspect);
  return pieces.some(({ expected }) => expected.length > 0) && pieces.every(({ counts }) => counts.every((count) => count === 0));
}).map(({ of }) => of);

function verdictOf(profile: Profile, judged: readonly Judged[], { cause, says, step }: Hypothesis): Verdict {
  let explained = 0, contradicted = 0, wrong = 0, evidence: Evidence | undefined;
  for (const one of judged) {
    const machine = rerunOrNot(profile, one, step());
    // A mistake that the arithmetic has no meaning for is none that a design can make.
    if (!machine) return { cause, says, explained: 0, wrong: one.wrong.length, contradicted: 0, isExact: false, evidence: undefined };
    for (const { space, address, expected, actual, counts } of one.pieces) {
      const found = machine.memories[space]!.read(address, expected.length);
      for (let i = 0; i < found.length; i++) {
        if (counts[i] === 0) continue;
        if (actual[i] !== expected[i]) {
          wrong++;
          if (found[i] === actual[i]) explained++;
        } else if (found[i] !== actual[i]) contradicted++;
      }
    }
    evidence ??= evidenceOf(one, machine);
  }
  return { cause, says, explained, wrong, contradicted, isExact: explained === wrong && contradicted === 0, evidence };
}

/** Undefined where the hypothesis leads to what no rule lets happen, such as a sum of no products. */
function rerunOrNot(profile: Profile, { suspect, stores }: Judged, step: Step): Machine | undefined {
  try {
    return rerun(machineBefore(profile, suspect.of.program.memory), suspect.of.records, stores, step);
  } catch (error) {
    if (error instanceof Defect) return undefined;
    throw error;
  }
}

/** The element that the first wrong byte lies in, as all three have it. */
function evidenceOf({ suspect: { of, actual }, wrong }: Judged, machine: Machine): Evidence | undefined {
  const [first] = wrong, writer = first && lastWriter(of.records, first.space, first.address);
  if (!first || !writer) return undefined;
  for (let position = 0; position < writer.record.operandCount; position++) {
    const t = writer.record.operand(position);
    if (!t || (t.role & ROLE_WRITE) === 0 || t.space !== first.space) continue;
    const format = formatByCode(t.dtype)!, size = Math.max(1, format.width / 8);
    for (const [index, address] of elements(t)) {
      if (first.address < address || first.address >= address + size) continue;
      const from = (sections: readonly Section[]): string => {
        const section = sections.find((one) => address >= one.address && address + size <= one.address + one.bytes.length);
        return section ? bitsText(format, little(section.bytes.subarray(address - section.address, address - section.address + size))) : 'not given';
      };
      return { case: of.entry.name, instruction: textOf(writer.record), element: index, expected: from(of.expected.get(t.space)!), actual: from(actual.get(t.space) ?? []), predicted: bitsText(format, little(machine.memories[t.space]!.read(address, size))) };
    }
  }
  return undefined;
}

/** Expected pieces beside what was found there; `counts` is 0 for bytes that nobody judges. */
function piecesOf({ of, actual }: Suspect): readonly Judgeable[] {
  return [...of.expected].flatMap(([space, sections]) => {
    const given = new Map<number, number>();
    for (const { address, bytes, known } of actual.get(space) ?? []) bytes.forEach((byte, i) => { if (known?.[i] !== 0) given.set(address + i, byte); });
    return sections.map(({ address, bytes: expected, known }): Judgeable => ({
      space, address, expected, actual: expected.map((_, k) => given.get(address + k) ?? 0), counts: expected.map((_, k) => (given.has(address + k) && known?.[k] !== 0 ? 1 : 0)),
    }));
  });
}
const wrongIn = (pieces: readonly Judgeable[]): readonly Byte[] => pieces.flatMap(({ space, address, expected, actual, counts }) =>
  [...expected].flatMap((byte, i) => (counts[i] && byte !== actual[i] ? [{ space, address: address + i }] : [])));

/** What the sequencer stored, out of writes.hex: runs of records that are its own. */
export function storesFrom(words: Uint32Array, { records }: Case): Stores {
  const own = new Set(records.map(cursorOf).filter((record) => record.unit === UNIT_SEQ && record.status === RETIRED_DONE).map(({ seq }) => BigInt.asUintN(32, seq))), stores = new Map<bigint, readonly Segment[]>();
  for (let at = 0; at < words.length;) {
    const seq = BigInt(words[at]!), end = at + 2 + words[at + 1]!, segments: Segment[] = [];
    for (at += 2; at < end;) {
      const [tag, address] = [words[at]!, words[at + 1]!], count = tag >>> 16;
      words.subarray(at + 2, at + 2 + count).forEach((data, k) => {
        for (let i = 0; i < 4; i++) if ((tag >> (4 + i)) & 1) segments.push({ space: (tag >> 8) & 255, address: address + 4 * k + i, bytes: Uint8Array.of((data >>> (8 * i)) & 255) });
      });
      at += 2 + count;
    }
    if (own.has(seq)) stores.set(seq, segments);
  }
  return stores;
}
