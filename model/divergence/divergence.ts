//! divergence: one program under several profiles: what each leaves behind, where it first differs from the first profile, and by how much.
import { RetiredCursor } from '../cursor.ts';
import type { Device, Program } from '../device.ts';
import { coordinates, distance } from '../files/elements.ts';
import { RETIRED_TRAPPED, type StatusName } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import type { Format } from '../numerics/format.ts';
import { sha256 } from '../sha256.ts';
import { elementCount, outputGatherer, placeOf, readTensor, type TensorPlace, writtenOperand } from './outputs.ts';

/** Makes a machine of a profile, powered on. */
export type Maker = (profile: Profile) => Device;

/** The first instruction whose record is not that of the first profile: other words written, another result, path or end. */
export interface Parting {
  readonly seq: number;
  readonly pc: number;
  readonly what: 'words' | 'path' | 'end';
  /** Where words differ: the tensor written, the index of its first differing element, and both codes. */
  readonly element?: { readonly place: TensorPlace; readonly index: readonly number[]; readonly first: bigint; readonly here: bigint };
}

/** How far the outputs of a run lie from those of another: elements by distance, in units of the last place. */
export interface Distances {
  readonly differing: number;
  /** Undefined where some element is a NaN on one side only. */
  readonly most: bigint | undefined;
  /** Elements at distance 0, 1, 2 to 3, 4 to 7, ..; the last holds all beyond. */
  readonly histogram: readonly number[];
}

export interface ProfileResult {
  readonly profile: string;
  readonly hash: string;
  readonly status: StatusName;
  readonly trap: number;
  readonly instructions: number;
  /** Over the outputs' codes, each in its bytes, low byte first; undefined where the program did not halt. */
  readonly sha256: string | undefined;
  readonly parting: Parting | undefined;
  readonly fromFirst: Distances | undefined;
  readonly fromExact: Distances | undefined;
}

export interface Comparison {
  readonly outputs: readonly TensorPlace[];
  readonly elements: number;
  readonly results: readonly ProfileResult[];
}

/** Buckets of a histogram of distances; the last holds everything from 2^(BUCKETS - 2) on. */
export const BUCKETS = 20;

/**
 * Runs the program under every profile, and once more under `exact`, the first one with its sums made exact. Outputs are the tensors that
 * the first profile's run stores in DRAM, unless they are given.
 */
export function compareProfiles(
  make: Maker, profiles: readonly Profile[], exact: Profile, program: Program, given: readonly TensorPlace[] | undefined,
): Comparison {
  const [first] = profiles as readonly [Profile, ...Profile[]];
  const gatherer = outputGatherer(), reference = finished(make(first), program, gatherer.take);
  const outputs = given ?? gatherer.places(), ideal = finished(make(exact), program);
  const read = (run: Finished): readonly Codes[] | undefined => (run.status === 'halted' ? outputs.map((place) => codesOf(run.device, place)) : undefined);
  const firstCodes = read(reference), exactCodes = read(ideal);
  const results = profiles.map((profile, index): ProfileResult => {
    const run = index === 0 ? reference : finished(make(profile), program), codes = index === 0 ? firstCodes : read(run);
    return {
      profile: profile.name, hash: profile.hash, status: run.status, trap: run.trap, instructions: run.instructions,
      sha256: codes && sha256(bytesOf(codes)), parting: index === 0 ? undefined : partingOf(make, first, profile, program),
      fromFirst: codes && firstCodes && distances(codes, firstCodes), fromExact: codes && exactCodes && distances(codes, exactCodes),
    };
  });
  return { outputs, elements: outputs.reduce((sum, place) => sum + elementCount(place), 0), results };
}

interface Codes { readonly format: Format; readonly codes: readonly bigint[] }
interface Finished { readonly device: Device; readonly status: StatusName; readonly trap: number; readonly instructions: number }

function finished(device: Device, program: Program, take?: (record: RetiredCursor) => void): Finished {
  device.load(program);
  const running = device.run();
  for (let instructions = 0; ; instructions++) {
    const next = running.next();
    if (next.done) return { device, status: next.value.status, trap: device.csrRead(0x200), instructions };
    take?.(next.value);
  }
}

const codesOf = (device: Device, place: TensorPlace): Codes => ({ format: place.format, codes: readTensor(device, place).codes });

function bytesOf(all: readonly Codes[]): Uint8Array {
  return Uint8Array.from(all.flatMap(({ format, codes }) => codes.flatMap((code) =>
    Array.from({ length: Math.max(1, format.width / 8) }, (_, i) => Number((code >> BigInt(8 * i)) & 255n)))));
}

function distances(here: readonly Codes[], there: readonly Codes[]): Distances {
  const histogram = Array.from({ length: BUCKETS }, () => 0);
  let differing = 0, most: bigint | undefined = 0n;
  here.forEach(({ format, codes }, output) => codes.forEach((code, i) => {
    const other = there[output]!.codes[i]!, far = code === other ? 0n : distance(format, code, other);
    if (far !== 0n) differing++;
    if (far === undefined) most = undefined;
    else if (most !== undefined && far > most) most = far;
    histogram[bucketOf(far)]!++;
  }));
  return { differing, most, histogram };
}

const bucketOf = (far: bigint | undefined): number => (far === undefined ? BUCKETS - 1 : Math.min(BUCKETS - 1, far.toString(2).length - (far === 0n ? 1 : 0)));

/** Two passes: records with digests name the instruction, then both machines stand still behind it and its words are compared. */
function partingOf(make: Maker, first: Profile, other: Profile, program: Program): Parting | undefined {
  const found = firstDifference(make(first), make(other), program);
  if (found?.what !== 'words') return found;
  const one = standing(make(first), program, BigInt(found.seq)), two = standing(make(other), program, BigInt(found.seq));
  const operand = one && writtenOperand(one.record), place = operand && placeOf(operand);
  if (!one || !two || !place) return found;
  const a = readTensor(one.device, place).codes, b = readTensor(two.device, place).codes, at = a.findIndex((code, i) => code !== b[i]);
  return at < 0 ? found : { ...found, element: { place, index: coordinates(place.dims, at), first: a[at]!, here: b[at]! } };
}

function firstDifference(one: Device, two: Device, program: Program): Parting | undefined {
  one.load(program);
  two.load(program);
  const a = one.run({ digests: true }), b = two.run({ digests: true });
  for (;;) {
    const x = a.next(), y = b.next();
    if (x.done || y.done) {
      if (x.done && y.done) return undefined;
      const longer = (x.done ? y.value : x.value) as RetiredCursor;
      return { seq: Number(longer.seq), pc: longer.pc, what: 'end' };
    }
    const what = differs(x.value, y.value);
    if (what) return { seq: Number(x.value.seq), pc: x.value.pc, what };
  }
}

function differs(a: RetiredCursor, b: RetiredCursor): Parting['what'] | undefined {
  if (a.seq !== b.seq || a.pc !== b.pc) return 'path';
  if (a.status !== b.status || a.trap !== b.trap) return a.status === RETIRED_TRAPPED || b.status === RETIRED_TRAPPED ? 'end' : 'path';
  if (a.result !== b.result) return 'words';
  for (let position = 0; position < a.operandCount; position++) {
    if (a.operand(position)?.digest !== b.operand(position)?.digest) return 'words';
  }
  return undefined;
}

/** The machine right behind an instruction, with a copy of its record. */
function standing(device: Device, program: Program, seq: bigint): { readonly device: Device; readonly record: RetiredCursor } | undefined {
  device.load(program);
  for (const record of device.run({ ring: 1 })) {
    if (record.seq !== seq) continue;
    const bytes = record.bytes();
    return { device, record: new RetiredCursor(new DataView(bytes.buffer)) };
  }
  return undefined;
}
