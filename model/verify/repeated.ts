//! repeated: a program whose units do the same again and again, as those of networks do: what an engine keeps from one time to the next is then used.
import type { Program } from '../device.ts';
import { byMnemonic, byOpcode } from '../instructions/set.ts';
import { bitsOf, encode, type Words } from '../isa/codec.ts';
import { head, operandPosition, operandsOf } from '../isa/instruction.ts';
import { IMAGE_HEADER_BYTES, INSTRUCTION_BYTES, UNIT_DMI, UNIT_VPU } from '../limits.ts';
import { type Random, random } from './random.ts';
import type { Resolved } from './resolve.ts';

/** Elements by which offset registers step from one time to the next; bytes where a base does. */
const STEPS = [1, -1, 2, 16, -16, 64];

/**
 * Each instruction of a unit that waits for nobody becomes the body of a loop. In one of twelve, offset registers step meanwhile, in one a base or
 * a dim does; they are put back behind it. Such a program may trap. The program must be one that can be padded.
 */
export function repeated(resolved: Resolved, seed: number): Program {
  const { words } = resolved;
  const next = random(seed), before: Words[][] = words.map(() => []);
  words.forEach((instruction, i) => {
    if (!isRepeatable(instruction) || i + 1 === words.length) return;
    const count = 3 + (next() % 3), way = next() % 12, [first, second] = way === 0 ? registersOf(instruction).map((register) => ({ register, by: pick(next, STEPS) })) : [];
    const [inside, behind] = (way === 1 ? stepped(instruction, count, next) : undefined) ?? [];
    before[i]!.push(encode(byMnemonic.get('loop')!, { rs1: 0, count, length: inside ? 2 : 1, ra: first?.register ?? 0, incA: first?.by ?? 0, rb: second?.register ?? 0, incB: second?.by ?? 0 }), ...(inside ? [inside] : []));
    for (const step of [first, second]) if (step) before[i + 1]!.push(back(step.register, -count * step.by));
    if (behind) before[i + 1]!.push(behind);
  });
  const program = resolved.padded((index) => before[index]!.length), image = program.image.slice(), view = new DataView(image.buffer);
  let at = IMAGE_HEADER_BYTES;
  for (const some of before) {
    for (const four of some) {
      four.forEach((word, i) => { view.setUint32(at + 4 * i, word, true); });
      at += INSTRUCTION_BYTES;
    }
    at += INSTRUCTION_BYTES;
  }
  return { ...program, image };
}

function isRepeatable(words: Words): boolean {
  const unit = byOpcode.get(words[0] & 0xff)!.unit, { wait, post, irq, trace } = head;
  return typeof unit === 'number' && unit >= UNIT_DMI && unit <= UNIT_VPU && [wait, post, irq, trace].every((field) => bitsOf(words, field) === 0);
}
/** Operand references of an instruction, as they are encoded. */
const referencesOf = (words: Words): readonly number[] =>
  operandsOf(byOpcode.get(words[0] & 0xff)!).filter(([, field]) => operandPosition(field)! < 3 && field.kind === 'operand').map(([, field]) => bitsOf(words, field));
/** At most two offset registers of its operands; s0 is always 0. */
const registersOf = (words: Words): readonly number[] => [...new Set(referencesOf(words).map((reference) => (reference >>> 6) & 31))].filter((register) => register !== 0).slice(0, 2);
const back = (register: number, imm: number): Words => encode(byMnemonic.get('alu')!, { rd: register, rs1: register, rs2: 0, imm, op: 'add' });

/** A step of one of its descriptors, and what puts it back. */
function stepped(words: Words, count: number, next: Random): readonly [Words, Words] | undefined {
  const references = referencesOf(words);
  if (references.length === 0) return undefined;
  const t = pick(next, references) & 63, field = pick(next, ['base', 'base', 'dim0', 'dim1']), by = field === 'base' ? pick(next, STEPS) : -1;
  const step = (imm: number): Words => encode(byMnemonic.get('tset')!, { t, field, rs2: 0, imm, op: 'add' });
  return [step(by), step(-count * by)];
}
const pick = <T>(next: Random, list: readonly T[]): T => list[next() % list.length]!;
