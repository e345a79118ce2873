//! torn: programs of which a word or two are not what they were: a bit of an instruction, an opcode, a mode, numbers at the ends of their formats.
import type { Program, Segment } from '../device.ts';
import { set } from '../instructions/set.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES } from '../limits.ts';
import { random, type Random } from '../verify/random.ts';

/** Where the number of instructions stands in an image. */
const COUNT = 12, OPCODE = 0xff;
/** Corners of every width: zeros, ends, infinities, quiet and signalling NaNs, what rounds to a tie, or up to the next power of two. */
const corners: readonly number[] = [
  0, 0x8000_0000, 0xffff_ffff, 0x7fff_ffff, 1, 0x8000_0001, 0x7f80_0000, 0xff80_0000, 0x7f80_0001, 0xffc0_0000, 0x7f7f_ffff, 0x0080_0000, 0x007f_ffff, 0x3f80_0001,
  0x7c00_7c00, 0xfc01_7c01, 0x7bff_fbff, 0x0400_03ff, 0x0001_8001, 0x7f80_ff80, 0x7f7f_0080, 0x8080_7f7f, 0x7e7f_fcfd, 0x3f7f_ffff, 0x4b00_0001, 0x4f00_0000, 0xcf00_0001, 0x5f00_0000,
];

/** The program with some changes by seed: nobody knows whether it is legal still. */
export function torn(program: Program, seed: number): Program {
  const next = random(seed), image = program.image.slice(), view = new DataView(image.buffer), count = view.getUint32(COUNT, true);
  const changes = next() % 4, memory = changes < 3 ? program.memory.map((segment) => splashed(segment, next)) : program.memory;
  for (let i = 0; i < changes && count > 0; i++) {
    const at = IMAGE_HEADER_BYTES + INSTRUCTION_BYTES * (next() % count);
    tear(view, at, next);
  }
  return { ...program, image, memory };
}

function tear(view: DataView, at: number, next: Random): void {
  const word = at + 4 * (next() % 4), old = view.getUint32(word, true);
  switch (next() % 8) {
    case 0: case 1: case 2: view.setUint32(word, old ^ (1 << (next() % 32)), true); return;
    case 3: view.setUint8(word + (next() % 4), [0, 1, 2, 3, 7, 0xff, next() & 63, next() & 255][next() % 8]!); return;
    case 4: view.setUint32(word, corners[next() % corners.length]!, true); return;
    case 5: view.setUint32(word, old + [1, -1, 2, 0x100, -0x100, 0x1_0000][next() % 6]!, true); return;
    // Another instruction with the same fields, which are often its own.
    default: view.setUint32(at, (view.getUint32(at, true) & ~OPCODE) | set[next() % set.length]!.opcode, true);
  }
}

/** Some numbers of a segment become corners. */
function splashed(segment: Segment, next: Random): Segment {
  if (segment.bytes.length < 4 || next() % 3 > 0) return segment;
  const bytes = segment.bytes.slice(), view = new DataView(bytes.buffer), places = 1 + (next() % 6);
  for (let i = 0; i < places; i++) view.setUint32(4 * (next() % (bytes.length >>> 2)), corners[next() % corners.length]!, true);
  return { ...segment, bytes };
}
