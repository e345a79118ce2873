//! lanes-trial: how programs of every kind end on every build with every fast lane forced on and off, by whatever V8 it is run.
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program } from '../model/device.ts';
import { engine, type EngineOptions } from '../model/engine.ts';
import { type Profile, profile, profileNames } from '../model/machine/profile.ts';
import { LANE_BURST, LANE_DIRECT, LANE_PLAIN, LANE_PREPARED } from '../model/machine/state.ts';
import { changing } from '../model/mutants/again.ts';
import { loopPrograms, looping } from '../model/mutants/loops.ts';
import { generate } from '../model/verify/generate.ts';
import { generateIllegal } from '../model/verify/illegal.ts';
import { mixed } from '../model/verify/random.ts';
import { repeated } from '../model/verify/repeated.ts';
import { knobs, profiles } from './laws-harness.ts';
import { runs } from './runs.ts';
import { tableProducts } from './table-products.ts';

const lanes = { direct: LANE_DIRECT, burst: LANE_BURST, prepared: LANE_PREPARED, plain: LANE_PLAIN } as const, ALL = LANE_DIRECT | LANE_BURST | LANE_PREPARED | LANE_PLAIN;
/** None, all, each alone, all but each. What is prepared needs bursts and units that act at dispatch: of the sets with one lane less, that is the one without `plain`. */
const laneSets: readonly (readonly [string, number])[] = [
  ['no lane', 0], ['all lanes', ALL], ...Object.entries(lanes).flatMap(([name, lane]) => [[`${name} alone`, lane], [`all but ${name}`, ALL & ~lane]] as const),
];
const builds: Readonly<Record<string, EngineOptions>> = { simd: {}, scalar: { build: 'scalar' }, threads: { threads: 2, sharedWork: 1 } };

const machines = Object.entries(builds).flatMap(([build, options]) => laneSets.map(([set, some]) => ({ name: `${build}, ${set}`, lanes: some, options: { ...options, lanes: some } })));

const source = (text: string): Program => ({ image: assembled(text).program.image, memory: [] });
function programs(of: Profile): ReadonlyMap<string, Program> {
  const each = (name: string, count: number, make: (seed: number) => Program): readonly (readonly [string, Program])[] => Array.from({ length: runs(count) }, (_, seed) => [`${name} ${seed}`, make(seed)] as const);
  return new Map([
    ...Object.entries(changing).map(([name, text]) => [name, source(text)] as const),
    ...Object.entries(loopPrograms).flatMap(([name, { programOf }]) => each(name, 3, programOf)),
    ...each('looping', 3, (seed) => source(looping(seed))),
    ...['smoke', 'straight', 'numerics'].flatMap((kind) => each(`repeated ${kind}`, 2, (seed) => repeated(generate(seed, of, knobs[kind]!), mixed(seed, 7)))),
    ...each('smoke', 1, (seed) => generate(seed, of, knobs['smoke']!).program),
    ...each('illegal', 3, (seed) => generateIllegal(seed, of, { ...knobs['illegal']!, records: 12 }).program),
  ]);
}

/** How a program ends that nobody watches, what it leaves, and the sum of its records where they are asked for. */
function told(device: Device, program: Program): string {
  device.load(program);
  const { status, steps } = device.execute({ budget: 20_000 }), left = createHash('sha1').update(device.snapshot()).digest('hex');
  device.load(program);
  const watched = device.digest({ budget: 20_000 });
  return `${status} after ${steps}: ${left}; ${watched.records} records: ${watched.digest}`;
}

export type Ends = Readonly<Record<string, string>>;
/** By machine and program. */
export type Trial = Readonly<Record<string, Ends>>;

const tried = [profiles['systole-16']!, profiles['gemmini-like']!].map((of) => ({ of, all: programs(of) }));
/** Products of every row of every table, which are those of all kernels. */
const tables = profileNames().map((name) => profile(name)).map((of) => ({ of, all: new Map(tableProducts(of)) }));
/** How each program ends on such a machine. */
export function endsOn(options: EngineOptions, some: readonly { readonly of: Profile; readonly all: ReadonlyMap<string, Program> }[] = tried): Ends {
  return Object.fromEntries(some.flatMap(({ of, all }) => {
    const device = engine(of, options);
    return Array.from(all, ([program, one]) => [`${program} on ${of.name}`, told(device, one)] as const);
  }));
}
/** Products of all tables too, on machines with all lanes and with none. */
export const trial = (): Trial => Object.fromEntries(machines.map(({ name, options, lanes: some }) => [name, endsOn(options, some === 0 || some === ALL ? [...tried, ...tables] : tried)]));

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(JSON.stringify(trial()));
