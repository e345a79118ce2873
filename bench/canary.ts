//! canary: how soon a campaign finds each fault of the catalogue, from the first test and from the start of the process: npx tsx bench/canary.ts [SECONDS] [EVERY | NAME...].
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Campaign, mixture } from '../model/campaign/campaign.ts';
import { readOpening } from '../model/campaign/opening.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { faultBinary, faultNames } from '../model/mutants/catalogue.ts';

const [limit = '10', ...words] = process.argv.slice(2), every = /^\d+$/.test(words[0] ?? '') ? Number(words[0]) : 0, chosen = every > 0 ? faultNames.filter((_, i) => i % every === 0) : words.length > 0 ? words : faultNames;
const of = profile('systole-16'), right = engine(of, { build: 'scalar' }), seconds = Number(limit), openingPath = join(import.meta.dirname, '..', 'golden', 'opening.json'), opening = readOpening(readFileSync(openingPath, 'utf8'), of, openingPath);
const command = join(import.meta.dirname, '..', 'dist', 'systole.cjs'), folder = mkdtempSync(join(tmpdir(), 'systole-canary-'));
interface Row { readonly ms: number; readonly programs: number; readonly instructions: number; readonly evaluations: number }

/** Milliseconds of this process, warm, from the first test to the one that finds it; then it is made small. */
function hunt(name: string): Row | undefined {
  const binary = faultBinary(name), campaign = new Campaign({ profile: of, knobs: mixture, opening, seed: 1, device: () => engine(of, { binary }), oracles: [{ oracle: right, every: 1 }] }), started = performance.now();
  for (let index = 0; performance.now() - started < 1000 * seconds; index++) {
    const { judgement: { found } } = campaign.test(index);
    if (found) { const ms = performance.now() - started, { instructions, evaluations } = campaign.least(index, found, 1000); return { ms, programs: index + 1, instructions, evaluations }; }
  }
  return undefined;
}
/** Of a `systole fuzz` of its own, as it tells: seconds from its start to the finding, and of processor time. */
function started(name: string): readonly [whole: number, processor: number] | undefined {
  const { stderr } = spawnSync(process.execPath, [command, 'fuzz', '--canary', name, '--minutes', String(seconds / 60), '--evaluations', '1', '--output', join(folder, name)], { encoding: 'utf8' });
  const [, whole, processor] = /([\d.]+) s after the start, ([\d.]+) s of processor time/.exec(stderr) ?? [];
  return whole === undefined ? undefined : [Number(whole), Number(processor)];
}
const at = (list: readonly number[], part: number): number => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(part * list.length))] ?? Number.NaN;

const warm: Row[] = [], cold: (readonly [number, number])[] = [], missed: string[] = [];
for (const name of chosen) {
  const own = started(name), row = hunt(name);
  if (row) warm.push(row); else missed.push(name);
  if (own) cold.push(own);
  console.log(`${name}: ${row ? `${Math.round(row.ms)} ms, ${row.programs} programs, ${row.instructions} instructions after ${row.evaluations} trials` : `not in ${limit} s`}; ${own ? `${own[0]} s from the start of fuzz, ${own[1]} s of processor time` : 'not by fuzz'}`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`${warm.length} of ${chosen.length} found; medians: ${Math.round(at(warm.map(({ ms }) => ms), 0.5))} ms from the first test, ${at(warm.map(({ programs }) => programs), 0.5)} programs, ${at(warm.map(({ instructions }) => instructions), 0.5)} instructions; 95th percentile of trials ${at(warm.map(({ evaluations }) => evaluations), 0.95)}`);
console.log(`${cold.length} by a fuzz of their own; medians: ${at(cold.map(([whole]) => whole), 0.5)} s from the start of the process, ${at(cold.map(([, processor]) => processor), 0.5)} s of processor time`);
if (missed.length > 0) console.log(`not found: ${missed.join(', ')}`);
