//! launch: how a run begins and ends: the image's header, the command ring, the completion record.
import { Rejected } from '../failure.ts';
import {
  ARGUMENT_COUNT, featureNames, IMAGE_ALIGNMENT, IMAGE_HEADER_BYTES, IMAGE_MAGIC, INSTRUCTION_BYTES, PHASE_FAULT, PHASE_IDLE, PHASE_RUN, SPACE_DRAM,
  TRAP_VERSION, VERSION_MAJOR, VERSION_MINOR,
} from '../limits.ts';
import { requireBytes } from './bounds.ts';
import type { Machine } from './machine.ts';
import type { Profile } from './profile.ts';
import type { Program } from './program.ts';

/** Where an image goes when nobody says: its end at the end of DRAM, so that data may begin at 0. */
export const defaultImageBase = (dramBytes: number, imageBytes: number): number =>
  Math.floor(Math.max(0, dramBytes - imageBytes) / IMAGE_ALIGNMENT) * IMAGE_ALIGNMENT;

/** Throws Rejected unless image and segments lie in their spaces and the arguments have registers; returns where the image goes. */
export function requireProgram(profile: Profile, { image, imageBase, memory, arguments: values = [] }: Program): number {
  const base = imageBase ?? defaultImageBase(profile.dramBytes, image.length);
  requireBytes(profile, SPACE_DRAM, base, image.length);
  for (const { space, address, bytes } of memory) requireBytes(profile, space, address, bytes.length);
  if (values.length <= ARGUMENT_COUNT) return base;
  throw new Rejected([{ file: 'program', line: 0, column: 0, message: `there are ${values.length} arguments; at most ${ARGUMENT_COUNT} have registers` }]);
}

/** Lay segments and image into memory and start. */
export function launchDirectly(m: Machine, program: Program): void {
  const base = requireProgram(m.profile, program);
  for (const { space, address, bytes } of program.memory) m.memories[space]!.write(address, bytes);
  m.memories[SPACE_DRAM]!.write(base, program.image);
  launch(m, BigInt(base), program.arguments ?? [], { flags: 0, tag: 0, byRing: 0 });
}

/** Start the next entry of the command ring, if there is one; true when something was launched. */
export function launchFromRing(m: Machine): boolean {
  if (m.ringLog2 === 0 || m.ringHead === m.ringTail) return false;
  const at = address(m.ringBaseLow, m.ringBaseHigh) + 64 * (m.ringHead % 2 ** m.ringLog2);
  const view = new DataView(m.memories[SPACE_DRAM]!.read(at, 64).buffer), word = (i: number): number => view.getUint32(4 * i, true);
  launch(m, BigInt(address(word(0), word(1))), Array.from({ length: 8 }, (_, i) => word(8 + i)), { flags: word(2), tag: word(3), byRing: 1 });
  return true;
}

/** Reach a phase in which nothing runs: requests to stop are served. */
export function enter(m: Machine, phase: number): void { Object.assign(m, { phase, stopRequest: 0, resumed: 0 }); }

/** The end of a run: status 0 or the code of its fault. A ring launch gets its completion record before HEAD moves and before the interrupt. */
export function complete(m: Machine, status: number): void {
  if (status === 0) enter(m, PHASE_IDLE);
  if (m.launchRecord.byRing === 0) return;
  const bytes = new Uint8Array(32), view = new DataView(bytes.buffer);
  const words = [m.launchRecord.tag, status, m.haltValue, m.pc, Number(BigInt.asUintN(32, m.seq)), Number(BigInt.asUintN(32, m.seq >> 32n))];
  words.forEach((word, i) => { view.setUint32(4 * i, word, true); });
  const to = address(m.completionLow, m.completionHigh) + 32 * (m.ringHead % 2 ** m.ringLog2);
  if (to + bytes.length <= m.profile.dramBytes) m.memories[SPACE_DRAM]!.write(to, bytes);
  else m.hostError = 1;
  m.ringHead = (m.ringHead + 1) >>> 0;
  if (status === 0 && m.launchRecord.flags & 1) m.irqStatus = (m.irqStatus | 1) >>> 0;
}

function launch(m: Machine, base: bigint, args: readonly number[], record: Machine['launchRecord']): void {
  m.clearForLaunch(args);
  enter(m, PHASE_RUN);
  m.launchRecord = record;
  const header = new DataView(m.memories[SPACE_DRAM]!.read(Number(base), IMAGE_HEADER_BYTES).buffer);
  const word = (i: number): number => header.getUint32(4 * i, true);
  const bytes = word(2), count = word(3);
  m.image = { base, bytes, count };
  m.pc = word(4);
  const wanted = [5, 6, 7, 8].map(word);
  const missing = wanted.some((bits, i) => (bits & ~featureNames.reduce((have, name, bit) => (bit >> 5 === i && m.has(name) ? have | (1 << (bit & 31)) : have), 0)) !== 0);
  const placed = base % BigInt(IMAGE_ALIGNMENT) === 0n && bytes >= IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * count && base + BigInt(bytes) <= BigInt(m.profile.dramBytes);
  if (word(0) === IMAGE_MAGIC && word(1) >>> 16 === VERSION_MAJOR && (word(1) & 0xffff) <= VERSION_MINOR && !missing && placed) return;
  m.image = { base: 0n, bytes: 0, count: 0 };
  m.pc = 0xffff_ffff;
  m.fault = { code: TRAP_VERSION, unit: 0, pc: 0xffff_ffff, seq: 0n, words: [0, 0, 0, 0], address: 0n, auxiliary: 0, count: 0 };
  enter(m, PHASE_FAULT);
  m.irqStatus = (m.irqStatus | 2) >>> 0;
  complete(m, TRAP_VERSION);
}
const address = (low: number, high: number): number => (high & 0xffff) * 2 ** 32 + low;
