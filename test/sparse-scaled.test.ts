//! sparse-scaled.test: laws of weights with metadata or scales, on every device: what they mean, what traps, what a snapshot keeps.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { SPACE_SPM } from '../model/limits.ts';
import { devices } from './machines.ts';

const AT = { a: 0, w: 0x400, b: 0x800, s: 0xa00, y: 0xc00 } as const;
/** A text that multiplies what lies in SPM, and drains it. */
const text = (lines: string): string => `name acc = t1\nname a = t2\nname w = t3\nname b = t4\nname s = t5\nname y = t6\n${lines}\n  halt 0\n`;
function run(device: Device, source: string, memory: Readonly<Record<number, readonly number[]>>): { status: string; trap: number; y: Uint8Array } {
  device.load({ image: assembled(source, { file: 'law.s' }).program.image, memory: Object.entries(memory).map(([address, bytes]) => ({ space: SPACE_SPM, address: Number(address), bytes: Uint8Array.from(bytes) })) });
  const { status } = device.execute();
  return { status, trap: device.csrRead(0x200), y: device.read(SPACE_SPM, AT.y, 64) };
}
const words = (bytes: Uint8Array, count: number): number[] => Array.from({ length: count }, (_, i) => new DataView(bytes.buffer, bytes.byteOffset).getInt32(4 * i, true));
const DRAIN = 'y = spm s32 [2,2] at 0xc00\n  drain y, acc wait m1\n';

test.each(devices)('sparse weights are the dense ones that their metadata spell, products in compressed order: %s', (_, make) => {
  // Two rows of A, K = 8 dense, 4 compressed, N = 2. Metadata of group g and column n: places of the two products.
  const a = Array.from({ length: 16 }, (_none, i) => (i * 7) % 13), w = [1, 2, 3, 4, 5, 6, 7, 8], places = [[[0, 3], [1, 2]], [[2, 2], [3, 0]]];
  const nibbles = places.flat().map(([first, second]) => first! | (second! << 2));
  const result = run(make(), text(`  acc = acc s32 [2,2] at 0 stride [16,1]
  a = spm s8 [2,8] at 0
  w = spm s8 [4,2] at 0x400
  b = spm u4 [2,2] at 0x800
  wload.sparse slot 1, w, b
  mm.set acc, a, slot 1 post m1
  ${DRAIN.trim()}`), { [AT.a]: a, [AT.w]: w, [AT.b]: [nibbles[0]! | (nibbles[1]! << 4), nibbles[2]! | (nibbles[3]! << 4)] });
  const expected = [0, 1].flatMap((m) => [0, 1].map((n) => [0, 1].reduce((sum, group) => sum
    + [0, 1].reduce((part, j) => part + a[8 * m + 4 * group + places[group]![n]![j]!]! * w[2 * (2 * group + j) + n]!, 0), 0)));
  expect(result.status).toBe('halted');
  expect(words(result.y, 4)).toEqual(expected);
});

const scaledText = (scalesA: string, scalesW: string, kernel: number): string => text(`  n1 = { round: rne, dot: ${kernel} }
  acc = acc fp32 [1,1] at 0
  a = spm e2m1 [1,64] at 0
  w = spm e2m1 [64,1] at 0x400
  b = spm ${scalesW} at 0x800
  s = spm ${scalesA} at 0xa00
  wload.scaled slot 0, w, b
  mm.set scaled acc, a, s, slot 0 mode n1 post m1
  y = spm fp32 [1,1] at 0xc00
  drain y, acc wait m1`);
const ones = Array.from({ length: 32 }, () => 0x22), bits = (result: { y: Uint8Array }): number => words(result.y, 1)[0]! >>> 0;

test.each(devices)('each block of K has the scales of its row and of its column as factors: %s', (_, make) => {
  const device = make();
  for (const kernel of [0, 1, 2, 3, 4]) {
    // 32 ones x 2^1 x 2^2 + 32 ones x 2^-1 x 2^0 = 272.
    expect(bits(run(device, scaledText('e8m0 [1,2]', 'e8m0 [2,1]', kernel), { [AT.a]: ones, [AT.w]: ones, [AT.b]: [129, 127], [AT.s]: [128, 126] }))).toBe(0x4388_0000);
    // Blocks of 16 by ue4m3: 16 x (1.5 + 2 + 0 + 0.5) = 64.
    expect(bits(run(device, scaledText('ue4m3 [1,4]', 'ue4m3 [4,1]', kernel), { [AT.a]: ones, [AT.w]: ones, [AT.b]: [0x3c, 0x40, 0, 0x38], [AT.s]: [0x38, 0x38, 0x38, 0x30] }))).toBe(0x4280_0000);
    expect(bits(run(device, scaledText('e8m0 [1,2]', 'e8m0 [2,1]', kernel), { [AT.a]: ones, [AT.w]: ones, [AT.b]: [255, 127], [AT.s]: [127, 127] }))).toBe(0x7fc0_0000);
  }
});

test.each(devices)('scales that do not agree, are too few, or stand on one side only trap: %s', (_, make) => {
  const device = make(), data = { [AT.a]: ones, [AT.w]: ones, [AT.b]: [127, 127, 127, 127], [AT.s]: [127, 127, 127, 127] };
  const good = scaledText('e8m0 [1,2]', 'e8m0 [2,1]', 0);
  expect(run(device, scaledText('e8m0 [1,3]', 'e8m0 [2,1]', 0), data)).toMatchObject({ status: 'trapped', trap: 0x09 });
  expect(run(device, scaledText('e8m0 [1,2]', 'e8m0 [1,1]', 0), data)).toMatchObject({ status: 'trapped', trap: 0x09 });
  expect(run(device, scaledText('ue4m3 [1,4]', 'e8m0 [2,1]', 0), data)).toMatchObject({ status: 'trapped', trap: 0x10 });
  expect(run(device, scaledText('u8 [1,2]', 'e8m0 [2,1]', 0), data)).toMatchObject({ status: 'trapped', trap: 0x07 });
  expect(run(device, good.replace('mm.set scaled acc, a, s, slot 0', 'mm.set acc, a, slot 0'), data)).toMatchObject({ status: 'trapped', trap: 0x10 });
  expect(run(device, good.replace('wload.scaled slot 0, w, b', 'wload slot 0, w'), data)).toMatchObject({ status: 'trapped', trap: 0x10 });
});

test('a snapshot keeps metadata and scales: what one device saves, every other goes on with', () => {
  const memory = { [AT.a]: ones, [AT.w]: ones, [AT.b]: [129, 127], [AT.s]: [128, 126] }, source = scaledText('e8m0 [1,2]', 'e8m0 [2,1]', 0);
  const machines = devices.map(([, make]) => make()), end = ((): string => { run(machines[0]!, source, memory); return Buffer.from(machines[0]!.snapshot()).toString('base64'); })();
  let between = 0;
  for (let budget = 1; budget < 40; budget++) {
    const [first] = machines, { status } = ((): { status: string } => {
      first!.load({ image: assembled(source, { file: 'law.s' }).program.image, memory: Object.entries(memory).map(([address, bytes]) => ({ space: SPACE_SPM, address: Number(address), bytes: Uint8Array.from(bytes) })) });
      return first!.execute({ budget });
    })();
    if (status === 'halted') break;
    const snapshot = first!.snapshot();
    for (const second of machines) {
      second.restore(snapshot);
      expect(Buffer.compare(second.snapshot(), snapshot)).toBe(0);
      second.execute();
      expect(Buffer.from(second.snapshot()).toString('base64') === end, `${second.name} from step ${budget}`).toBe(true);
    }
    between++;
  }
  expect(between).toBeGreaterThan(5);
});
