//! lines-corpus: runs programs of every kind on the builds that count lines: the trials of the score, and multiplications by the array.
import { instantiateSync } from '@assemblyscript/loader';
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program } from '../model/device.ts';
import { type Profile, profile, profileNames } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { engine } from '../model/engine.ts';
import type { Bench } from '../model/mutants/bench.ts';
import { Stand } from '../model/mutants/hunt.ts';
import { kernelsOf, layer } from '../model/mutants/layers.ts';
import { machines } from '../model/mutants/machines.ts';
import { crowded } from '../model/mutants/relaunch.ts';
import { trials } from '../model/mutants/trials.ts';
import { instrumented } from '../model/mutants/wasm-instrument.ts';
import { readModule } from '../model/mutants/wasm-module.ts';
import { controlLayout } from '../model/machine/state.ts';
import { formatByName } from '../model/numerics/format.ts';
import { systolic } from '../model/systolic/device.ts';
import { ClockedArray } from '../model/systolic/kernel.ts';
import { throughWeights } from '../model/systolic/stimulus.ts';
import { generate, recordsOf } from '../model/verify/generate.ts';
import { breakages, withBreakage } from '../model/verify/illegal.ts';
import { mixed } from '../model/verify/random.ts';
import { knobs } from '../model/verify/record.ts';
import { repeated } from '../model/verify/repeated.ts';
import { allPlaces, counted, type Counted, type Lines } from './lines.ts';

/** Programs between two looks at the counters. */
const STRETCH = 200, BREAKS = 3, REPEATED = 300, KINDS = ['straight', 'numerics', 'smoke'] as const, FUEL = 0x7fff_ffff;

/** Runs the corpus and adds what it reaches, bit by bit: whoever has seen enough stops asking. */
export function* corpus(lines: Lines, scale: number): Generator<string> {
  const builds = (['simd', 'scalar', 'systolic'] as const).map(counted);
  for (const places of [allPlaces(), ...builds.map((build) => build.places)]) lines.add(places, new Uint8Array(places.length));
  const [fast, plain, array] = builds as [Counted, Counted, Counted];
  yield* worksOn(fast, lines, scale);
  yield* multiplications(array, lines);
  // What only the plain build has, few programs reach already.
  yield* worksOn(plain, lines, 0.1);
  yield* sharing(counted('threads'), lines);
}

/** What is more likely to reach a line that was not, first. */
function* works(scale: number): Generator<{ readonly machine: Profile; readonly act: (bench: Bench) => void }> {
  const some = granular(), adding = lastAdding();
  for (const [machine, text] of ofMachines(some, adding)) yield { machine, act: alone(assembled(text).program) };
  for (const machine of [...profileNames().map(profile), adding, some]) {
    for (let i = 0; i < Math.max(60, 2 * kernelsOf(machine).length); i++) {
      const made = layer(machine, mixed(77, i), i);
      if (made) yield { machine, act: watched(made.program) };
    }
  }
  for (const machine of machines()) {
    for (let seed = 0; seed < Math.ceil(REPEATED * scale); seed++) yield { machine, act: alone(repeated(generate(seed, machine, knobs[KINDS[seed % KINDS.length]!]!), mixed(seed, 7))) };
  }
  for (let seed = 0; seed < BREAKS && scale >= 1; seed++) for (const machine of [...machines(), profile('gemmini-like'), profile('nvidia-hopper'), some]) {
    for (const [k, breakage] of breakages(machine).entries()) {
      const by = { ...knobs.illegal, records: 1 + (k % 3) }, own = mixed(seed, 9000 + k), broken = withBreakage(breakage, recordsOf(own, machine, by), own, machine, by);
      if (broken) yield { machine, act: k % 2 ? watched(broken.program) : alone(broken.program) };
    }
  }
  for (const text of crowded) yield { machine: profile('systole-16'), act: (bench) => { for (let launch = 0; launch < 4; launch++) alone(assembled(text).program)(bench); } };
  for (const { machine, program, act } of trials({ scale, seed: 1 })) yield { machine, act: (bench) => { act(bench, program); } };
}

const watched = (program: Program) => (bench: Bench): void => { bench.device.load(program); bench.run(); };
/** Without records, where fast lanes are open. */
const alone = (program: Program) => (bench: Bench): void => { bench.device.load(program); bench.execute(); };

/** Programs for machines that only these lines need. */
const ofMachines = (granular: Profile, lastAdding: Profile): readonly (readonly [Profile, string])[] => [
  // The other weights have a second kernel.
  [granular, 'w = spm s4 [2,2] at 0\n a = spm s8 [2,2] at 64\n c = acc s32 [2,2] at 0 stride [16,1]\n n1 = { dot: 1 }\n wload slot 0, w\n mm.set c, a, slot 0 mode n1\n halt 0'],
  // An image longer than what is decoded of it.
  [profile('systole-16'), 'jump far\n .org 66000\nfar: s2 = 1\n loop 3 { s2 = s2 + 1 }\n halt 0'],
  // Finite sums and accumulators whose sum is infinite.
  [lastAdding, `w = spm bf16 [1,2] at 0\n a = spm bf16 [1,1] at 64\n c = acc fp32 [1,2] at 0 stride [${lastAdding.accLanes},1]\n wload slot 0, w\n mm.add c, a, slot 0\n halt 0
.data spm 0\n.bf16 1.0, -1.0\n.data spm 64\n.bf16 0x7f7f\n.data acc 0\n.fp32 0x7f7fffff, 0xff7fffff`],
];

/** Fused kernels that add the accumulator last: nobody builds them. */
function lastAdding(): Profile {
  const file = structuredClone(profile('nvidia-ada').file) as { name: string; tier: string; kernels: Record<string, { kind: string; join?: string }> };
  for (const kernel of Object.values(file.kernels)) if (kernel.kind === 'fused') kernel.join = 'lastAdd';
  return readProfile(JSON.stringify({ ...file, name: 'last-adding', tier: 'sketch' }), 'last-adding.json');
}

/** What no preset has: parts without the features that always come along, granules of every unit, and kernels that only some weights have. */
function granular(): Profile {
  const file = structuredClone(profile('systole-16').file) as { features: { value: string[] }; kernels: Record<'chain' | 'lastAdd', object>; triples: { activation: string | string[]; weight: string | string[]; dots: string[] }[] };
  const evidence = { source: 'lines of the engine', certainty: 'chosen' }, [bytes, ...rest] = file.triples;
  return readProfile(JSON.stringify({
    ...file, name: 'granular', tier: 'sketch', features: { ...file.features, value: file.features.value.filter((name) => name !== 'stochastic' && name !== 'nvfp4') },
    granules: ['mxu', 'vpu'].map((unit) => ({ space: 'spm', unit, bytes: { value: 4, ...evidence } })),
    kernels: { ...file.kernels, chain: { ...file.kernels.chain, daz: 1 }, lastAdd: { ...file.kernels.lastAdd, ftz: 1 }, narrow: { kind: 'integer', psumBits: 24, ...evidence } }, triples: [{ ...bytes, dots: ['integer', 'narrow'] }, ...rest],
  }), 'granular.json');
}

function* worksOn({ binary, places }: Counted, lines: Lines, scale: number): Generator<string> {
  const of = new Stand().benches(new WebAssembly.Module(instrumented(readModule(binary), () => undefined))), benches = new Set<Bench>();
  const harvest = (): void => { for (const bench of benches) lines.add(places, hitsIn(bench.exports, places.length)); };
  let count = 0;
  for (const { machine, act } of works(scale)) {
    const bench = of(machine);
    benches.add(bench);
    bench.begin(FUEL);
    act(bench);
    if (++count % STRETCH === 0) { harvest(); yield `${count} programs`; }
  }
  harvest();
  yield `${count} programs`;
}

const hitsIn = (exports: unknown, count: number): Uint8Array => {
  const { memory, HITS } = exports as { readonly memory: WebAssembly.Memory; readonly HITS: WebAssembly.Global };
  return new Uint8Array(memory.buffer, HITS.value as number, count);
};

/** Whole programs with their products by the array, both ways of stationarity, bytes 16 at a time and singly. */
function* multiplications({ binary, places }: Counted, lines: Lines): Generator<string> {
  const { numerics } = knobs, multiplying = { ...numerics, weights: { ...numerics.weights, mm: 12, mdw: 6, wload: 8, ainit: 3 } }, module = new WebAssembly.Module(binary);
  for (const machine of machines()) {
    for (const options of [{}, { layout: 'outputs' }, { bytes: false }, { layout: 'outputs', bytes: false }] as const) {
      const { instance } = instantiateSync(module) as unknown as { readonly instance: WebAssembly.Instance };
      run(machine, options, instance);
      lines.add(places, hitsIn(instance.exports, places.length));
      yield `${machine.name} by the array`;
    }
  }
  for (const kind of ['bytes', 'integer'] as const) {
    const { instance } = instantiateSync(module) as unknown as { readonly instance: WebAssembly.Instance }, array = new ClockedArray(machines()[0]!, instance);
    const tile = { rowCount: 2, depth: 2, columns: 2, a: Int32Array.of(1, 2, 3, 4), w: Int32Array.of(5, 6, 7, 8), start: undefined };
    array.start(throughWeights({ rows: 2, columns: 2 }, kind === 'bytes' ? { kind } : { kind, psumBits: null }, [tile], 0).stimulus);
    array.run(3);
    array.frame();
    array.startOf(formatByName('fp32').code, 1n, 1);
    lines.add(places, hitsIn(instance.exports, places.length));
    yield `frames of ${kind}`;
  }
  function run(machine: Profile, options: object, instance: WebAssembly.Instance): void {
    const device = systolic(machine, { ...options, binary: instance });
    for (let seed = 0; seed < 12; seed++) {
      device.load(generate(mixed(seed, 5), machine, multiplying).program);
      device.execute({ budget: 10_000 });
    }
  }
}

/** Large instructions in slices. How threads meet is another thing each time: it is tried again for who still misses something. Of few and long slices one is the last for long. */
function* sharing({ binary, places }: Counted, lines: Lines): Generator<string> {
  const module = new WebAssembly.Module(binary), harvest = (device: Device): void => { lines.add(places, hitsIn((device as unknown as { readonly exports: unknown }).exports, places.length)); };
  for (const machine of machines()) {
    const device = engine(machine, { threads: 3, sharedWork: 1, binary: module });
    for (let seed = 0; seed < 60; seed++) {
      device.load(generate(mixed(seed, 11), machine, knobs[KINDS[seed % KINDS.length]!]!).program);
      device.execute({ budget: 10_000 });
    }
    harvest(device);
    yield `${machine.name} by threads`;
  }
  // As in a pool: the machine's own thread is all there is.
  const single = engine(machines()[0]!, { threads: 2, binary: module }), { memory, CONTROL } = (single as unknown as { readonly exports: { readonly memory: WebAssembly.Memory; readonly CONTROL: WebAssembly.Global } }).exports;
  new DataView(memory.buffer).setUint32((CONTROL.value as number) + controlLayout.at.helpers, 0, true);
  single.load(assembled(product).program);
  single.execute();
  harvest(single);
  const large = profile('systole-128'), device = engine(large, { threads: 2, binary: module });
  for (let time = 0; time < MEETINGS; time++) {
    device.load(assembled(product).program);
    device.execute();
    harvest(device);
    yield `meetings of threads: ${time}`;
  }
}
const MEETINGS = 100;
const product = `
  w = spm s8 [128,128] at 0   a = spm s8 [512,128] at 0x4000   c = acc s32 [512,128] at 0
  e = spm fp32 [8,8,8,8,8] at 0
  fill w, 3   fill a, 5   wload slot 0, w
  loop 4 { mm.set c, a, slot 0 }
  fill e, 0x3f800000
  special.sin e, e
  halt 0`;
