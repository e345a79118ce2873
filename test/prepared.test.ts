//! prepared.test: what the engine found out about instructions is kept for as long as it may serve: a look into its own tables, since no bit depends on it.
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { engineBytes, type Exports } from '../model/engine/binary.ts';
import { profile } from '../model/machine/profile.ts';
import { controlLayout, DECODED_BYTES, PREPARED_MAX } from '../model/machine/state.ts';
import { retirementLayout } from '../model/retirement.ts';
import { random } from '../model/verify/random.ts';

const module = new WebAssembly.Module(engineBytes('simd') as Uint8Array<ArrayBuffer>);
/** assembly/decoded.ts: the form of a word with a list of ways, and where the list begins. assembly/prepared.ts: whose a place is, and the next one. */
const PREPARED = 4, WAY_AT = 12, PC_AT = (retirementLayout.size + 7) & ~7, NEXT_AT = PC_AT + 24, WAYS = 4;

/** A machine that launches the text with the arguments, and what it has kept: for each word that is prepared how many ways, at most one more than allowed. */
function machine(text: string): { readonly launch: (...args: readonly number[]) => void; readonly kept: () => readonly number[]; readonly asked: () => number } {
  const instance = new WebAssembly.Instance(module), { memory, CONTROL } = instance.exports as unknown as Exports;
  const device = engine(profile('systole-16'), { binary: instance }), { program } = assembled(text), count = new DataView(program.image.buffer, program.image.byteOffset).getUint32(12, true);
  const view = (): DataView => new DataView(memory.buffer), control = (name: keyof typeof controlLayout.at): number => view().getUint32(CONTROL.value + controlLayout.at[name], true);
  return {
    launch(...args) {
      device.load({ ...program, arguments: args });
      expect(device.execute().status).toBe('halted');
    },
    kept() {
      const bytes = view();
      return Array.from({ length: count }, (_, pc) => {
        const word = control('decoded') + pc * DECODED_BYTES;
        let ways = 0;
        if (bytes.getUint8(word) !== PREPARED) return ways;
        for (let at = bytes.getUint32(word + WAY_AT, true); at && bytes.getUint32(at + PC_AT, true) === pc && ways <= WAYS; at = bytes.getUint32(at + NEXT_AT, true)) ways++;
        return ways;
      });
    },
    asked: () => control('placesAsked'),
  };
}
const prepared = (kept: readonly number[]): number => kept.filter((ways) => ways > 0).length;
const adds = (count: number, of: string): string => Array.from({ length: count }, () => `binary.add ${of}, ${of}, ${of}`).join('\n');
const sized = (count: number): string => `a = spm s8 [16] at 0     a.dim0 = s8\n${adds(count, 'a')}\nhalt 0`;

test('one launch under other descriptors takes no more than the places that it is given', () => {
  const { launch, kept } = machine(sized(300));
  for (let i = 0; i < 60; i++) launch(16);
  expect(prepared(kept())).toBeGreaterThan(PREPARED_MAX - 16);
  launch(8);
  launch(16);
  expect(prepared(kept())).toBeGreaterThan(PREPARED_MAX - 16 - 2 * 300 / 8);
});

test.each([
  ['halves of bytes, moved by a register', 's8', 's4', 'move m[s20], n'],
  ['nothing, every other time', 's8', 's8', 'a.dim0 = s3     move a, a'],
])('an instruction that cannot be prepared takes no place: %s', (_, wide, format, body) => {
  const { launch, kept, asked } = machine(`w = spm ${wide} [16] at 0     m = spm ${format} [16] at 0x100     n = spm ${format} [16] at 0x200     a = spm s8 [16] at 0x300
iota w, s2, s2     fill m, 0     fill n, 0     fill a, 0
${adds(100, 'w')}
s4 = 0
loop 300 step s4 += 1 {\n s3 = s4 and 1\n ${body}\n}\nhalt 0`);
  for (let i = 0; i < 5; i++) launch();
  expect(prepared(kept())).toBeGreaterThanOrEqual(100);
  expect(asked()).toBeLessThan(PREPARED_MAX);
});

test('a loop of more instructions than places leaves most of them prepared', () => {
  const { launch, kept, asked } = machine(`a = spm s8 [16] at 0     iota a, s2, s2\nloop 40 {\n${adds(2 * PREPARED_MAX, 'a')}\n}\nhalt 0`);
  launch();
  expect(prepared(kept())).toBeGreaterThan(PREPARED_MAX / 2);
  // All of them ask in each round where each gets a place.
  expect(asked()).toBeLessThan(0.75 * 40 * 2 * PREPARED_MAX);
});

test('whoever takes whose places, no list of ways is longer than four, and none goes round', () => {
  for (const count of [3, 150, 300, 500]) {
    const { launch, kept } = machine(`${sized(count).replace('halt 0', `loop 8 {\n${adds(6, 'a')}\n}\nhalt 0`)}`), next = random(count);
    for (let i = 0; i < 400; i++) launch(1 + (next() % 5));
    expect(Math.max(...kept())).toBeLessThanOrEqual(WAYS);
  }
});
