//! property: for any program the RTL leaves the memory that the engine leaves; run it with node, and with --bug N on a design with a bug.
import fc from 'fast-check';
import { disassemble, profile } from 'systole';
import { knobs, resolve, runnable } from 'systole/verify';
import { library } from './build.mjs';
import { difference, rtlDevice } from './device.mjs';

const option = (name, otherwise) => (process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : otherwise);
const bug = option('--bug', 0), runs = option('--runs', 300), seed = option('--seed', 1);
const machine = profile('systole-int8');

// Any list of records is a legal program, and so is any part of it: that is why shrinking ends at the fewest instructions that fail.
const kinds = runnable(machine).map(({ mnemonic }) => mnemonic);
const matrix = ['wload', 'ainit', 'mm', 'mdw', 'drain', 'fill', 'load'].map((mnemonic) => kinds.indexOf(mnemonic));
const facet = fc.oneof(fc.constant(0), fc.nat(4095), fc.nat(0xffff_ffff));
const record = fc.record({ op: fc.constantFrom(...matrix), f0: facet, f1: facet, f2: facet, f3: facet, f4: facet, f5: facet, f6: facet });
const programs = fc.tuple(fc.array(record, { maxLength: 24 }), fc.nat(999)).map(([records, data]) => resolve(records, machine, knobs.straight, data));

const device = rtlDevice(machine, library(bug));
let instructions = 0;
const property = fc.property(programs, ({ program, words }) => {
  device.load(program);
  device.execute();
  instructions += words.length;
  const found = difference(device);
  if (found !== undefined) throw new Error(found);
});
const began = performance.now(), result = fc.check(property, { numRuns: runs, seed, endOnFailure: false });
const seconds = (performance.now() - began) / 1000;

if (result.failed) {
  const [{ program, words }] = result.counterexample;
  console.log(`bug ${bug}: program ${result.numRuns} of ${runs} fails; after ${result.numShrinks} steps of shrinking ${words.length} instructions are left\n`);
  console.log(disassemble(program.image).trimEnd());
  console.log(`\n${result.errorInstance.message}`);
} else console.log(`${result.numRuns} programs, no difference`);
console.error(`${instructions} instructions, ${device.clocks()} clocks in ${seconds.toFixed(1)} s`);
device.close();
process.exitCode = result.failed ? 1 : 0;
