//! fuzz: short random programs one after the other, each on a machine that is reset, with a digest of all that it shows.
import type { Program } from '../../model/device.ts';
import { engine } from '../../model/engine.ts';
import { profile } from '../../model/machine/profile.ts';
import { runDigest } from '../../model/verify/digest.ts';
import { generate } from '../../model/verify/generate.ts';
import { knobs } from '../../model/verify/record.ts';
import { warm } from '../program.ts';
import { type Contender, typical, processorTime } from '../rounds.ts';
import type { Work } from '../work.ts';

const PROGRAMS = 100, INSTRUCTIONS = 64, SYSTOLE_16 = profile('systole-16');

/** The first programs of the smoke knobs that have exactly so many instructions; making them is not timed. */
function programs(): readonly Program[] {
  const found: Program[] = [];
  for (let seed = 0; found.length < PROGRAMS; seed++) {
    const { program } = generate(seed, SYSTOLE_16, knobs.smoke);
    if (new DataView(program.image.buffer, program.image.byteOffset).getUint32(12, true) === INSTRUCTIONS) found.push(program);
  }
  return found;
}

export const fuzzWorks: readonly Work[] = [{
  name: 'fuzz',
  prepare() {
    const all = programs(), device = engine(SYSTOLE_16);
    const contender = (name: string, each: (program: Program) => void): Contender => {
      const once = (): number => processorTime(() => all.forEach(each));
      warm(once, 3);
      return { name, unit: 'programs/s', sample: () => typical(PROGRAMS, once) };
    };
    return {
      contenders: [
        contender('reset, run, digest', (program) => { runDigest(device, program); }),
        contender('reset and run', (program) => { device.load(program); device.execute(); }),
      ],
    };
  },
}];
