//! laws-campaign: the laws on as many programs as one likes, and the replay of one: npx tsx test/laws-campaign.ts --help.
import { parseArgs } from 'node:util';
import { readFileSync, writeFileSync } from 'node:fs';
import { engine } from '../model/engine.ts';
import { type Profile, profile, readProfile } from '../model/machine/profile.ts';
import { specification } from '../model/specification.ts';
import { difference, finalDifference, observe } from '../model/verify/compare.ts';
import { generate, recordsOf } from '../model/verify/generate.ts';
import { breakages, type Broken, generateIllegal, withBreakage } from '../model/verify/illegal.ts';
import { mixed } from '../model/verify/random.ts';
import type { Resolved } from '../model/verify/resolve.ts';
import { randomSchedule } from '../model/verify/schedules.ts';
import { caseOf } from './laws-cases.ts';
import { knobs, listing, profiles } from './laws-harness.ts';

const usage = `npx tsx test/laws-campaign.ts [options]
  --profile NAME   of a built-in profile, odd-3x5, or a file (systole-16)
  --knobs NAME     ${Object.keys(knobs).join(' ')} (smoke)
  --from N         first seed (0)
  --count N        programs (1000)
  --oracle N       every N-th program runs on the specification too; 0: none (10)
  --breakage NAME  with --knobs illegal: only this way to break a rule
  --print          show each program
  --case FILE      write the first program that fails, or the only one, as a case for golden/regressions/
Each program runs serially on both builds of the engine and without its fast lanes, then under a random schedule. Exit code 1 on a difference.`;

const { values: given } = parseArgs({ options: {
  profile: { type: 'string', default: 'systole-16' }, knobs: { type: 'string', default: 'smoke' }, from: { type: 'string', default: '0' },
  count: { type: 'string', default: '1000' }, oracle: { type: 'string', default: '10' }, breakage: { type: 'string' }, print: { type: 'boolean', default: false },
  case: { type: 'string' }, help: { type: 'boolean', default: false },
} });

if (given.help) process.stdout.write(`${usage}\n`);
else process.exitCode = campaign(profileNamed(given.profile), Number(given.from), Number(given.count), Number(given.oracle));

function profileNamed(name: string): Profile {
  return profiles[name] ?? (name.endsWith('.json') ? readProfile(readFileSync(name, 'utf8'), name) : profile(name));
}

function programOf(seed: number, of: Profile): Resolved | Broken {
  const by = knobs[given.knobs]!;
  if (given.breakage !== undefined) {
    const breakage = breakages(of).find(({ name }) => name === given.breakage), few = { ...by, records: 1 };
    const found = breakage && withBreakage(breakage, recordsOf(mixed(seed, 3), of, few), mixed(seed, 3), of, few);
    if (found) return found;
  }
  return by.illegal > 0 ? generateIllegal(seed, of, by) : generate(seed, of, by);
}

function campaign(of: Profile, from: number, count: number, every: number): number {
  const simd = engine(of), others = [engine(of, { build: 'scalar' }), engine(of, { lanes: 0 })], oracle = specification(of);
  let instructions = 0, failures = 0;
  const started = performance.now();
  for (let seed = from; seed < from + count; seed++) {
    const resolved = programOf(seed, of), expected = 'expected' in resolved ? resolved.expected : undefined, { program } = resolved;
    const debug = (device: typeof simd): void => { if (expected?.debug) device.csrWrite(0x240, 0x100); };
    const rest = every > 0 && (seed % every === 0 || count === 1) ? [...others, oracle] : others, serial = observe(simd, program, { digests: true }, debug);
    const options = { schedule: randomSchedule(seed), queueDepth: 1 + (seed % 16), digests: true }, free = observe(simd, program, options, debug);
    instructions += serial.records.length;
    const wanted = expected?.status ?? 'halted', same = serial.status === 'halted' || (serial.status === 'trapped' && (expected?.trap ?? 0) < 0x20);
    const found = [
      serial.status === wanted ? undefined : `ended ${serial.status} instead of ${wanted}`,
      ...rest.map((device) => difference(serial, observe(device, program, { digests: true }, debug))), same ? finalDifference(serial, free) : undefined,
      ...rest.slice(1).map((device) => difference(free, observe(device, program, options, debug))),
    ].map((one) => (typeof one === 'object' ? one.text : one)).find((one) => one !== undefined);
    if (given.print || found) process.stdout.write(`seed ${seed}${expected ? ` (${expected.breaks})` : ''}: ${found ?? 'equal'}\n${listing(resolved)}\n`);
    if (given.case !== undefined && (found || count === 1)) writeFileSync(given.case, `${JSON.stringify(caseOf(resolved, of, found ?? 'equal'), null, 1)}\n`);
    if (found && ++failures >= 5) break;
  }
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`${count} programs of ${given.knobs} on ${of.name}, ${instructions} instructions retired serially, ${failures} failures, ${seconds.toFixed(1)} s\n`);
  return failures > 0 ? 1 : 0;
}
