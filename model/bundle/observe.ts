//! observe: one run of a program, written down: what retired, which bytes each instruction wrote, memory before and after.
import type { RetiredCursor, OperandView } from '../cursor.ts';
import type { Device, Program } from '../device.ts';
import { Rejected } from '../failure.ts';
import { RETIRED_DONE, ROLE_WRITE, SPACE_ACC, SPACE_DRAM, SPACE_SPM, type StatusName, trapName } from '../limits.ts';
import { formatByCode } from '../numerics/format.ts';
import { areaOf, type Area, type Piece, piecesOf } from './area.ts';

/** A 32-bit word of memory of which an instruction wrote the bytes of `strobe`; those of `known` hold `data`, the others became UNKNOWN. */
export interface WordWrite { readonly space: number; readonly address: number; readonly strobe: number; readonly known: number; readonly data: number }
/** What one retired instruction wrote, ascending by space and address. */
export interface Writes { readonly seq: bigint; readonly words: readonly WordWrite[] }

export interface Observed {
  readonly status: StatusName;
  readonly trap: string | undefined;
  /** Bytes of each record, digests included, in retirement order, which is the serial one. */
  readonly records: readonly Uint8Array[];
  readonly writes: readonly Writes[];
  /** By space: bytes that the host lays down before the run; those that instructions wrote, afterwards. */
  readonly initial: ReadonlyMap<number, readonly Piece[]>;
  readonly expected: ReadonlyMap<number, readonly Piece[]>;
}

export const bundleSpaces = [SPACE_DRAM, SPACE_SPM, SPACE_ACC] as const;
/** Bytes between two pieces of memory that are cheaper laid down than a second address. */
const GAP = 8;
/** Retired instructions after which a program counts as endless, and the steps that they take at most: a dispatch and an act each. */
export const INSTRUCTIONS_MAX = 1_000_000, STEPS_MAX = 2 * INSTRUCTIONS_MAX;

/** Runs the program serially from power-on. Throws Rejected when it neither halts nor traps. */
export function observeCase(device: Device, program: Program, name: string): Observed {
  device.load(program);
  const records: Uint8Array[] = [], writes: Writes[] = [], areas = (): Map<number, Area> => new Map(bundleSpaces.map((space) => [space, areaOf()])), [laid, touched] = [areas(), areas()];
  for (const { space, address, bytes } of program.memory) laid.get(space)?.add(address, bytes.length);
  const initial = new Map(bundleSpaces.map((space) => [space as number, piecesOf(laid.get(space)!, device, space)]));
  const running = device.run({ ring: 1, digests: true, budget: STEPS_MAX });
  for (;;) {
    const next = running.next();
    if (!next.done) {
      records.push(next.value.bytes());
      const words = wordsWritten(device, next.value, touched);
      if (words.length > 0) writes.push({ seq: next.value.seq, words });
      continue;
    }
    const { status } = next.value;
    if (status !== 'halted' && status !== 'trapped') throw new Rejected([{ file: name, line: 0, column: 0, message: `the program ends as '${status}'; a case of a bundle halts or traps` }]);
    const expected = new Map(bundleSpaces.map((space) => [space as number, piecesOf(touched.get(space)!, device, space)]));
    const code = device.csrRead(0x200);
    return { status, trap: code === 0 ? undefined : trapName(code), records, writes, initial, expected };
  }
}

/** The program without initial bytes that no instruction looks at or writes over: a generated one has far more than it needs. */
export function trimmed(device: Device, program: Program): Program {
  device.load(program);
  const used = new Map(bundleSpaces.map((space) => [space as number, areaOf()])), running = device.run({ ring: 1, budget: STEPS_MAX });
  for (let next = running.next(); !next.done; next = running.next()) {
    for (let position = 0; position < next.value.operandCount; position++) {
      const t = next.value.operand(position), area = t && used.get(t.space);
      if (t && area) eachRun(t, (address, count) => area.add(address, count));
    }
  }
  const memory = program.memory.flatMap(({ space, address, bytes }) => used.get(space)!.runs(GAP).flatMap(([from, to]) => {
    const [low, high] = [Math.max(from, address), Math.min(to, address + bytes.length)];
    return low < high ? [{ space, address: low, bytes: bytes.subarray(low - address, high - address) }] : [];
  }));
  return { ...program, memory };
}

/** The destinations of a record as words that memory holds now; their bytes are added to what was touched. */
function wordsWritten(device: Device, record: RetiredCursor, touched: ReadonlyMap<number, Area>): readonly WordWrite[] {
  if (record.status !== RETIRED_DONE) return [];
  const words: WordWrite[] = [];
  for (const space of bundleSpaces) {
    const area = areaOf();
    for (let position = 0; position < record.operandCount; position++) {
      const t = record.operand(position);
      if (t && (t.role & ROLE_WRITE) !== 0 && t.space === space) eachRun(t, (address, count) => { area.add(address, count); touched.get(space)!.add(address, count); });
    }
    words.push(...packed(space, piecesOf(area, device, space)));
  }
  return words;
}

function packed(space: number, pieces: readonly Piece[]): WordWrite[] {
  const words = new Map<number, { strobe: number; known: number; data: number }>();
  for (const { address, bytes, known } of pieces) {
    bytes.forEach((byte, i) => {
      const at = address + i, bit = 1 << (at % 4), word = words.get(at - (at % 4)) ?? { strobe: 0, known: 0, data: 0 };
      word.strobe |= bit;
      if (known?.[i] !== 0) {
        word.known |= bit;
        word.data = (word.data | (byte << (8 * (at % 4)))) >>> 0;
      }
      words.set(at - (at % 4), word);
    });
  }
  return [...words].map(([at, word]) => ({ space, address: at, ...word }));
}

/** Runs of bytes that the elements of an operand lie in. */
export function eachRun(t: OperandView, run: (address: number, bytes: number) => void): void {
  const width = formatByCode(t.dtype)!.width, dims = [...t.dims], strides = [...t.strides];
  if (dims.includes(0)) return;
  // A last dim without gaps is one run.
  const isDense = strides.at(-1) === 1, row = isDense ? dims.pop()! : 1;
  if (isDense) strides.pop();
  const index = dims.map(() => 0);
  for (;;) {
    const bit = Number(t.address) + width * index.reduce((sum, i, axis) => sum + i * strides[axis]!, 0), low = Math.floor(bit / 8);
    run(low, Math.ceil((bit + row * width) / 8) - low);
    let axis = dims.length - 1;
    while (axis >= 0 && ++index[axis]! === dims[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}
