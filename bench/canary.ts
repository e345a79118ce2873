//! canary: how soon a campaign finds each fault of the catalogue, and how small it makes the program: npx tsx bench/canary.ts [SECONDS] [NAME...].
import { Campaign } from '../model/campaign/campaign.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { faultBinary, faultNames } from '../model/mutants/catalogue.ts';
import { knobs } from '../model/verify/record.ts';

const [limit = '10', ...names] = process.argv.slice(2), of = profile('systole-16'), right = engine(of, { build: 'scalar' });
const mixture = [knobs.smoke, knobs.illegal, knobs.numerics, knobs.sync, knobs.memory], rows: { readonly name: string; readonly ms: number; readonly programs: number; readonly instructions: number; readonly evaluations: number }[] = [], missed: string[] = [];
for (const name of names.length > 0 ? names : faultNames) {
  const binary = faultBinary(name), campaign = new Campaign({ profile: of, knobs: mixture, seed: 1, device: () => engine(of, { binary }), oracles: [{ oracle: right, every: 1 }] });
  const started = performance.now();
  let found = false;
  for (let index = 0; !found && performance.now() - started < 1000 * Number(limit); index++) {
    const { judgement } = campaign.test(index);
    if (!judgement.found) continue;
    found = true;
    const ms = Math.round(performance.now() - started), { instructions, evaluations } = campaign.least(index, judgement.found, 1000);
    rows.push({ name, ms, programs: index + 1, instructions, evaluations });
    console.log(`${name}: ${ms} ms, ${index + 1} programs, ${instructions} instructions after ${evaluations} trials`);
  }
  if (!found) { missed.push(name); console.log(`${name}: not in ${limit} s`); }
}
const at = (of: (row: (typeof rows)[number]) => number, part: number): number => rows.map(of).sort((a, b) => a - b)[Math.min(rows.length - 1, Math.floor(part * rows.length))]!;
console.log(`${rows.length} of ${rows.length + missed.length} found; median ${at(({ ms }) => ms, 0.5)} ms, ${at(({ programs }) => programs, 0.5)} programs, ${at(({ instructions }) => instructions, 0.5)} instructions; 95th percentile of trials ${at(({ evaluations }) => evaluations, 0.95)}`);
if (missed.length > 0) console.log(`not found: ${missed.join(', ')}`);
