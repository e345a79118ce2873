//! events: fp32 elements of the vector unit with and without the further numeric counters, on both builds.
import { assembled } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { profile as builtIn, type Profile } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';

const ELEMENTS = 4096,
  ROUNDS = 9,
  PASSES = 400;

/** The same machine without the feature. */
function without(): Profile {
  const file = structuredClone(builtIn('systole-16').file) as { features: { value: string[] } };
  file.features.value = file.features.value.filter((name) => name !== 'fullCounters');
  return readProfile(JSON.stringify(file), 'without.json');
}

const operations = { add: 'binary.add d, a, b', mul: 'binary.mul d, a, b', div: 'binary.div d, a, b', fma: 'fma d, a, b with a', half: 'convert h, a' };
const words = Array.from({ length: 2 * ELEMENTS }, (_, i) => (0x3f800000 + ((i * 2654435761) % 0x800000)) >>> 0);
const textOf = (line: string): string => `d = spm fp32 [${ELEMENTS}] at 0x8000
a = spm fp32 [${ELEMENTS}] at 0
b = spm fp32 [${ELEMENTS}] at 0x4000
h = spm fp16 [${ELEMENTS}] at 0xc000
loop ${PASSES} {
  ${line}
}
halt 0
`;

for (const [name, line] of Object.entries(operations)) {
  for (const build of ['simd', 'scalar'] as const) {
    const [off, on] = [without(), builtIn('systole-16')].map((profile) => {
      const device = engine(profile, { build }),
        { image } = assembled(textOf(line), { file: 'bench.s' }).program;
      const best = Array.from({ length: ROUNDS }, () => {
        device.load({ image, memory: [{ space: 2, address: 0, bytes: new Uint8Array(Uint32Array.from(words).buffer) }] });
        const from = performance.now();
        device.execute();
        return performance.now() - from;
      });
      return (Math.min(...best) * 1e6) / (ELEMENTS * PASSES);
    });
    console.log(`${name.padEnd(5)} ${build.padEnd(7)} ${off!.toFixed(2)} ns an element without fullCounters, ${on!.toFixed(2)} with`);
  }
}
