//! rtl-cases: a temporary bundle for the player of rtl/, made of programs that run on the engine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OperandView, RetiredCursor } from '../model/cursor.ts';
import type { Device, Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { RETIRED_TRAPPED, ROLE_WRITE, SPACE_ACC, SPACE_SPM, trapName } from '../model/limits.ts';
import type { Profile } from '../model/machine/profile.ts';
import { formatByCode } from '../model/numerics/format.ts';

export interface RtlCase { readonly name: string; readonly program: Program }

const SPACES = [['spm', SPACE_SPM], ['acc', SPACE_ACC]] as const;
const GRANULE_BYTES = 64;

/** The files that the player reads: cases.txt, and for each case its records, writes, initial and expected memory. */
export function writeBundle(folder: string, profile: Profile, cases: readonly RtlCase[]): void {
  const lines = cases.map(({ name, program }) => `${name} ${writeCase(join(folder, 'cases', name), engine(profile), program).join(' ')}\n`);
  writeFileSync(join(folder, 'cases.txt'), lines.join(''));
}

/** Counts and CRCs of the case's line. */
function writeCase(folder: string, device: Device, program: Program): readonly (number | string)[] {
  mkdirSync(folder, { recursive: true });
  device.load(program);
  const records: number[] = [], writes: number[] = [], touched = new Map<number, Set<number>>(SPACES.map(([, space]) => [space, new Set()]));
  for (const { space, address, bytes } of program.memory) bytes.forEach((_, i) => touched.get(space)?.add(address + i));
  let last = '';
  const running = device.run({ ring: 1, digests: true });
  for (let next = running.next(); ; next = running.next()) {
    if (next.done) {
      if (next.value.status !== 'halted') throw new Error(`${folder}: the program ends as ${next.value.status}, ${last}`);
      break;
    }
    const record = next.value;
    if (record.status === RETIRED_TRAPPED) last = `${trapName(record.trap)} at pc ${record.pc}`;
    records.push(...wordsOf(record.bytes()));
    const bytes = writtenBytes(record);
    if (bytes.size === 0) continue;
    const entries = [...bytes].flatMap(([space, addresses]) => entriesOf(device, space, addresses));
    writes.push(Number(record.seq & 0xffff_ffffn), entries.length / 3, ...entries);
    for (const [space, addresses] of bytes) for (const address of addresses) touched.get(space)?.add(address);
  }
  const initial = SPACES.map(([name, space]) => {
    const bytes = new Map(program.memory.filter((one) => one.space === space).flatMap((one) => [...one.bytes].map((byte, i) => [one.address + i, byte] as const)));
    return writeBytes(join(folder, `initial.${name}.hex`), bytes);
  });
  const expected = SPACES.map(([name, space]) => {
    const granules = [...new Set([...touched.get(space)!].map((address) => Math.floor(address / GRANULE_BYTES)))].sort((a, b) => a - b);
    const image = (of: (at: number) => Uint8Array): Map<number, number> =>
      new Map(granules.flatMap((granule) => [...of(granule * GRANULE_BYTES)].map((byte, i) => [granule * GRANULE_BYTES + i, byte] as const)));
    writeBytes(join(folder, `mask.${name}.hex`), image((at) => device.known(space, at, GRANULE_BYTES).map((known) => 255 * known)));
    return writeBytes(join(folder, `expected.${name}.hex`), image((at) => device.read(space, at, GRANULE_BYTES)));
  });
  return [...writeWords(join(folder, 'retire.hex'), records), ...writeWords(join(folder, 'writes.hex'), writes), ...initial.flat(), ...expected.flat()];
}

/** The bytes that an instruction wrote, by space. */
function writtenBytes(record: RetiredCursor): ReadonlyMap<number, ReadonlySet<number>> {
  const found = new Map<number, Set<number>>();
  if (record.status !== 0) return found;
  for (let position = 0; position < record.operandCount; position++) {
    const t = record.operand(position);
    if (!t || t.role < ROLE_WRITE || t.dims.includes(0)) continue;
    const bytes = found.get(t.space) ?? new Set<number>();
    for (const address of addressesOf(t)) for (let i = 0; i < formatByCode(t.dtype)!.width / 8; i++) bytes.add(address + i);
    found.set(t.space, bytes);
  }
  return found;
}

function addressesOf(t: OperandView): readonly number[] {
  const bytes = formatByCode(t.dtype)!.width / 8;
  return t.dims.reduce<readonly number[]>(
    (all, dim, axis) => all.flatMap((at) => Array.from({ length: dim }, (_, i) => at + i * t.strides[axis]! * bytes)), [Number(t.address >> 3n)]);
}

/** Three words for each word of memory: {space, strobe}, address, data. */
function entriesOf(device: Device, space: number, addresses: ReadonlySet<number>): readonly number[] {
  const strobes = new Map<number, number>();
  for (const address of addresses) strobes.set(address & ~3, (strobes.get(address & ~3) ?? 0) | (1 << (address & 3)));
  return [...strobes].sort(([a], [b]) => a - b).flatMap(([address, strobe]) => {
    const bytes = device.read(space, address, 4);
    return [(space << 4) | strobe, address, new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)];
  });
}

const wordsOf = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
};
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

function writeWords(path: string, words: readonly number[]): readonly [number, string] {
  if (words.length > 0) writeFileSync(path, words.map((word) => `${hex(word, 8)}\n`).join(''));
  return [words.length, hex(crc32c(words.flatMap((word) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24])), 8)];
}
function writeBytes(path: string, bytes: ReadonlyMap<number, number>): readonly [number, string] {
  const sorted = [...bytes].sort(([a], [b]) => a - b);
  const lines = sorted.map(([address, byte], i) => `${i > 0 && sorted[i - 1]![0] === address - 1 ? '' : `@${address.toString(16)}\n`}${hex(byte, 2)}\n`);
  if (lines.length > 0) writeFileSync(path, lines.join(''));
  return [bytes.size, hex(crc32c(sorted.map(([, byte]) => byte)), 8)];
}

/** Castagnoli, as RFC 3720 has it; of nothing 0. */
function crc32c(bytes: readonly number[]): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f6_3b78 : 0);
  }
  return bytes.length === 0 ? 0 : ~crc >>> 0;
}
