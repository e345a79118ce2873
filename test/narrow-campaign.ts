//! narrow-campaign: every code of a 16-bit format to every narrow one, in all directions and policies: npx tsx test/narrow-campaign.ts [NAME ...].
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { formatByName, formats } from '../model/numerics/format.ts';
import { specification } from '../model/specification.ts';
import { convertedBy, everyMode, isNarrow } from './narrow-programs.ts';

const standard = profile('systole-16'), oracle = specification(standard), others = [engine(standard), engine(standard, { build: 'scalar' })];
const named = process.argv.slice(2), targets = formats.filter((format) => isNarrow(format) && (named.length === 0 || named.includes(format.name)));
const codes = Array.from({ length: 0x1_0000 }, (_, code) => BigInt(code));
let words = 0, differing = 0;
for (const from of ['fp16', 'bf16'].map(formatByName)) {
  for (const to of targets) {
    const expected = convertedBy(oracle, from, codes, to, everyMode);
    for (const device of others) {
      const found = convertedBy(device, from, codes, to, everyMode), wrong = expected.filter((byte, at) => found[at] !== byte).length;
      if (wrong > 0) process.stdout.write(`${from.name} to ${to.name} on ${device.name}: ${wrong} bytes differ\n`);
      differing += wrong;
    }
    words += codes.length * everyMode.length;
  }
}
process.stdout.write(`${words} conversions, ${differing} bytes of the engine's two builds differ from the specification\n`);
process.exitCode = differing > 0 ? 1 : 0;
