//! coverage: records a second that the coverage model samples, of generated programs for systole-16, without the time of the engine.
import { Coverage, coverageOf } from '../model/coverage/index.ts';
import { RetiredCursor } from '../model/cursor.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { retirementLayout } from '../model/retirement.ts';
import { generate, knobs } from '../model/verify/index.ts';

const machine = profile('systole-16'), device = engine(machine), found: Uint8Array[] = [];
for (let seed = 0; seed < 300; seed++) {
  device.load(generate(seed, machine, knobs.smoke).program);
  for (const record of device.run({ budget: 100_000 })) found.push(record.bytes());
}
const { size } = retirementLayout, ring = new Uint8Array(found.length * size);
found.forEach((bytes, i) => { ring.set(bytes, i * size); });
const coverage = new Coverage(coverageOf(machine)), cursor = new RetiredCursor(new DataView(ring.buffer));
const rates = Array.from({ length: 9 }, (_, test) => {
  const started = process.cpuUsage(), rounds = 40;
  for (let round = 0; round < rounds; round++) {
    coverage.begin(test);
    for (let i = 0; i < found.length; i++) coverage.sample(cursor.move(i * size));
  }
  const { user, system } = process.cpuUsage(started);
  return (rounds * found.length) / (user + system);
}).sort((a, b) => a - b);
console.log(`sampled ${found.length} records of ${coverage.model.names.length} bins: ${rates[4]!.toFixed(2)} M records/s of processor time (median of 9; ${rates[0]!.toFixed(2)} to ${rates[8]!.toFixed(2)})`);
