//! narrow-programs: conversions of many codes in many modes as one program, and what it leaves in memory.
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { SPACE_DRAM } from '../model/limits.ts';
import type { Format } from '../model/numerics/format.ts';

export const directions = ['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd', 'stochastic'] as const;

/** Formats of at most 8 bits that a conversion may write. */
export const isNarrow = (format: Format): boolean => format.kind !== 'integer' && format.width <= 8 && !(format.kind === 'float' && !format.signed);

const INPUT = 0x10_0000, OUTPUT = 0x20_0000, SCRATCH = 0x2_0000;

/** Elements one behind the other, low half first. */
export function packed(format: Format, codes: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((codes.length * format.width) / 8)), size = Math.max(1, format.width / 8);
  codes.forEach((code, i) => {
    if (format.width === 4) bytes[i >> 1] = bytes[i >> 1]! | (Number(code) << (4 * (i & 1)));
    else for (let byte = 0; byte < size; byte++) bytes[i * size + byte] = Number((code >> BigInt(8 * byte)) & 255n);
  });
  return bytes;
}

/** The bytes of `codes` converted once for each mode, mode by mode; `count` must be even for formats of 4 bits. */
export function convertedBy(device: Device, from: Format, codes: readonly bigint[], to: Format, modes: readonly string[]): Uint8Array {
  const n = codes.length, each = (n * to.width) / 8;
  const text = [
    'name x = t1  name o = t2  name X = t3  name Y = t4',
    `X = dram ${from.name} [${n}] at ${INPUT}  x = spm ${from.name} [${n}] at 0  o = spm ${to.name} [${n}] at ${SCRATCH}  Y = dram ${to.name} [${n}] at ${OUTPUT}`,
    'load x, X', 'fence dmi',
    ...modes.flatMap((mode, i) => [`n1 = { ${mode} }`, 'convert o, x mode n1', 'fence vpu', `Y.base = ${OUTPUT + i * each}`, 'store Y, o', 'fence dmo']), 'halt 0',
  ].join('\n');
  device.load({ image: assembled(text).program.image, memory: [{ space: SPACE_DRAM, address: INPUT, bytes: packed(from, codes) }] });
  const { status } = device.execute();
  if (status !== 'halted') throw new Error(`${from.name} to ${to.name}: ${status}, trap ${device.csrRead(0x200)} at pc ${device.csrRead(0x208)}`);
  return device.read(SPACE_DRAM, OUTPUT, modes.length * each);
}

/** Every direction under both policies of overflow. */
export const everyMode: readonly string[] = directions.flatMap((round, i) => [`round: ${round}, key: ${77 + i}, stream: 3`, `round: ${round}, fsat, key: ${99 + i}, stream: 4`]);
