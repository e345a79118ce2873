//! sweep: how cost grows with size, instructions, geometry of the array, machines in one process, and what watches a run.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImage } from '../model/assembler/image.ts';
import { engine } from '../model/engine.ts';
import { profile, type Profile } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { sanitize } from '../model/sanitizer/run.ts';
import { bars, lines, type Series } from './chart.ts';
import type { Natives } from './native.ts';
import { programOf, running } from './program.ts';
import { type Contender, processorTime, rounds, spread } from './rounds.ts';
import { shape, wholeProduct } from './works/gemm.ts';
import { scalarText } from './works/small.ts';
import { pull } from './works/tracing.ts';

type Say = (text: string) => void;
const docs = join(import.meta.dirname, '..', 'docs');

/** Every sweep, each drawn to docs/performance-NAME.svg; `count` rounds where contenders take turns. */
export async function sweep(natives: Natives, count: number, say: Say): Promise<void> {
  const draw = (name: string, svg: string): void => writeFileSync(join(docs, `performance-${name}.svg`), svg);
  const table = (title: string, all: readonly Series[]): void => {
    say(`\n${title}`);
    for (const { name, points } of all) say(`${name.padEnd(20)} ${points.map(([x, y]) => `${x}: ${y.toPrecision(3)}`).join('   ')}`);
  };
  const drawn = (name: string, title: string, xName: string, yName: string, all: readonly Series[]): void => {
    table(`${title}: ${yName}, by ${xName}`, all);
    draw(name, lines(title, xName, yName, all));
  };
  drawn('size', 'int8 product by size', 'M = N = K', 'GMAC/s', await sizes(natives, count));
  drawn('geometry', 'int8 product 256 x 256 x 256 by geometry of the array', 'rows and columns of the array', 'GMAC/s', await geometries(count));
  drawn('instructions', 'a scalar loop by instructions', 'instructions', 'milliseconds', instructions());
  drawn('machines', 'small machines in one process', 'machines', 'milliseconds; MB', machines());
  const watched = await watching(count);
  say(`\nint8 product 256 x 256 x 256, watched: ${watched.map(({ label, text }) => `${label} ${text}`).join(', ')}`);
  draw('watching', bars('int8 product 256 x 256 x 256: what watching costs', 'times as long as the plain run; processor time', watched, undefined, Math.max(...watched.map(({ share }) => share))));
}

/** Medians of turns, by the names of contenders. */
async function medians(contenders: readonly Contender[], count: number): Promise<(name: string) => number> {
  const samples = await rounds(contenders, count);
  return (name) => spread(samples.get(name)!).median;
}

async function sizes(natives: Natives, count: number): Promise<readonly Series[]> {
  const names = ['native128', 'systole-128', 'systole-16'], series = names.map((name) => ({ name, points: [] as [number, number][] }));
  for (const size of [32, 64, 128, 256, 512, 1024]) {
    const { contenders } = await shape('sweep', [size, size, size], ['systole-16', 'systole-128']).prepare(natives);
    const present = contenders.filter((one): one is Contender => 'sample' in one), median = await medians(present, count);
    for (const { name, points } of series) if (present.some((one) => one.name === name)) points.push([size, median(name) / 1e9]);
  }
  return series.filter(({ points }) => points.length > 0);
}

/** systole-16 with another array; its accumulators have a lane for each column. */
function geometry(size: number): Profile {
  const file = structuredClone(profile('systole-16').file) as { accLanes: { value: number }; name: string; triples: { kMax: { value: number }; nMax: { value: number } }[] };
  file.name = `array-${size}`;
  file.accLanes.value = size;
  for (const triple of file.triples) [triple.kMax.value, triple.nMax.value] = [size, size];
  return readProfile(JSON.stringify(file), `${file.name}.json`);
}

async function geometries(count: number): Promise<readonly Series[]> {
  const points: [number, number][] = [];
  for (const size of [4, 8, 16, 32, 64]) {
    const on = geometry(size), { program } = wholeProduct(on, 256, 256, 256);
    const median = await medians([running({ name: 'engine', unit: 'MAC/s', unitCount: 256 ** 3, program, profile: on })], count);
    points.push([size, median('engine') / 1e9]);
  }
  return [{ name: 'engine', points }];
}

function instructions(): readonly Series[] {
  const device = engine(profile('systole-16')), time = (passes: number): number => {
    const program = programOf(scalarText(passes)), took = Array.from({ length: 5 }, () => {
      device.load(program);
      return processorTime(() => { device.execute(); });
    });
    return spread(took).median / 1e6;
  };
  time(100_000);
  return [{ name: 'scalar loop', points: [1e3, 1e4, 1e5, 1e6, 1e7].map((count): [number, number] => [count, time(count / 8)]) }];
}

/** Making so many machines, a run on each, and what stays in memory; each keeps what its program touched. */
function machines(): readonly Series[] {
  const program = wholeProduct(profile('systole-int8'), 32, 32, 32).program, time: [number, number][] = [], memory: [number, number][] = [];
  for (const count of [1, 16, 256, 1024]) {
    const before = process.memoryUsage().rss, kept: unknown[] = [];
    const took = processorTime(() => {
      for (let i = 0; i < count; i++) {
        const device = engine(profile('systole-int8'));
        device.load(program);
        device.execute();
        kept.push(device);
      }
    });
    time.push([count, took / 1e6]);
    memory.push([count, Math.max(process.memoryUsage().rss - before, 2 ** 16) / 2 ** 20]);
  }
  return [{ name: 'time, ms', points: time }, { name: 'resident memory, MB', points: memory }];
}

async function watching(count: number): Promise<readonly { readonly label: string; readonly share: number; readonly text: string }[]> {
  const { program } = wholeProduct(profile('systole-16'), 256, 256, 256), device = engine(profile('systole-16')), { words } = readImage(program.image, 'sweep');
  const ways: readonly (readonly [string, () => void])[] = [
    ['plain run', () => { device.execute(); }], ['every record', () => pull(device, {})], ['records with digests', () => pull(device, { digests: true })],
    ['sanitizer', () => { sanitize(device, program, { words }); }],
  ];
  const contenders = ways.map(([name, act]): Contender => ({ name, unit: 'ns', sample: () => { device.load(program); return processorTime(act); } }));
  await rounds(contenders, 2);
  const median = await medians(contenders, count), plain = median('plain run');
  return ways.map(([label]) => ({ label, share: median(label) / plain, text: `${(median(label) / plain).toFixed(2)} x` }));
}
