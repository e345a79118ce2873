//! kinds: programs of bundles by kind: layers of every remainder class on corner data, and generated programs that aim at one unit.
import { assembled } from '../assembler/assembler.ts';
import { disassemble } from '../assembler/disassembler.ts';
import { directedCases, FULL_ONLY } from './directed.ts';
import type { Program, Segment } from '../device.ts';
import { didYouMean, Rejected } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByCode, formatByName } from '../numerics/format.ts';
import { conv2d } from '../programs/conv2d.ts';
import { gemm } from '../programs/gemm.ts';
import { tableOf, type TableRow } from '../programs/table.ts';
import { denseBytes, type View } from '../programs/view.ts';
import { type Mode, unfit, type Writer, writer } from '../programs/writer.ts';
import { dataBytes } from '../verify/corners.ts';
import { generate } from '../verify/generate.ts';
import { mixed, type Random, random } from '../verify/random.ts';
import { type Knobs, knobs } from '../verify/record.ts';

/** A program with its text; `says` is a line for people. */
export interface CaseSource {
  readonly name: string;
  readonly kind: string;
  readonly says: string;
  readonly seed: number;
  readonly text: string;
  readonly program: Program;
}

/** Case `index` of a kind. Throws Rejected where the profile cannot run it. */
type Maker = (profile: Profile, seed: number, index: number) => Pick<CaseSource, 'says' | 'text' | 'program'>;

const aimed = (says: string, by: Knobs): Maker => (profile, seed) => {
  // A bundle is made once and played often: every step of it is solved by itself.
  const { program, records } = generate(seed, profile, { ...by, fresh: 100 });
  return { says: `${says}, ${records.length} steps`, text: disassemble(program.image), program };
};
const DIRECTED_PROFILE = 'systole-int8';
/** Written for one array; of others the sizes and strides would be the wrong ones. */
function directedCase(profile: Profile, _: number, index: number): ReturnType<Maker> {
  if (profile.name !== DIRECTED_PROFILE) throw unfit(`the directed programs are for ${DIRECTED_PROFILE}, not for ${profile.name}`);
  const all = directedCases(), { name, text, program } = all[index % all.length]!;
  return { says: `directed: ${name}`, text, program };
}
const directedCount = directedCases().length;
const makers = {
  gemm: gemmCase,
  conv: convolutionCase,
  matrix: aimed('matrix unit only', { ...knobs.smoke, name: 'matrix', records: 16, elements: 32, weights: { 0: 0.1, 1: 0, 2: 0, 4: 0, agent: 0, wload: 5, mm: 9, mdw: 4, drain: 8, ainit: 3, loop: 0.5 } }),
  directed: directedCase,
  vector: aimed('vector unit', { ...knobs.smoke, name: 'vector', weights: { 1: 0.3, 2: 0.3, 3: 0.2 } }),
  dma: aimed('data movement', knobs.memory),
  sync: aimed('semaphores, fences and loops', knobs.sync),
  numerics: aimed('arithmetic in every mode', knobs.numerics),
} as const satisfies Readonly<Record<string, Maker>>;
export type KindName = keyof typeof makers;
export const kindNames = Object.keys(makers) as readonly KindName[];

/** Mixtures for the matrix unit alone: `smoke` is small, `full` is what an RTL team signs off with. */
const plans: Readonly<Record<string, readonly (readonly [KindName, number])[]>> = {
  smoke: [['gemm', 1], ['directed', directedCount - FULL_ONLY]],
  full: [['directed', directedCount], ['matrix', 400], ['gemm', 64], ['conv', 16]],
};
export const planNames = Object.keys(plans);

/** How many cases of which kinds a request means: kinds share the count, a plan has its own. Throws Rejected for a name that is none. */
export function planOf(names: readonly string[], count: number): readonly (readonly [KindName, number])[] {
  const known = [...kindNames, ...planNames], wrong = names.filter((name) => !known.includes(name));
  if (wrong.length > 0) throw new Rejected(wrong.map((name) => ({ file: '--kind', line: 0, column: 0, message: `'${name}' is not a kind; the kinds are ${known.join(', ')}${didYouMean(name, known)}` })));
  return names.flatMap((name) => plans[name] ?? [[name as KindName, count] as const]);
}

/** Throws Rejected for a kind that comes twice: its cases would have the same names. */
export function requireOnce(names: readonly string[]): void {
  const parts = names.flatMap((name) => planOf([name], 1).map(([kind]) => ({ name, kind })));
  for (const [i, { name, kind }] of parts.entries()) {
    const before = parts.slice(0, i).find((part) => part.kind === kind);
    if (before) throw new Rejected([{ file: '--kind', line: 0, column: 0, message: before.name === name ? `'${name}' is given twice` : `'${before.name}' and '${name}' both have cases of kind ${kind}; name one of them` }]);
  }
}

/** Throws Rejected for every name that means directed programs, where the machine is another one than theirs. */
export function requireMachine(names: readonly string[], profile: Profile): void {
  const others = kindNames.filter((name) => name !== 'directed'), unlike = profile.name === DIRECTED_PROFILE ? [] : names.filter((name) => planOf([name], 1).some(([kind]) => kind === 'directed'));
  const instead = `--profile ${DIRECTED_PROFILE}, or kinds for any machine: ${others.join(', ')}`;
  if (unlike.length > 0) throw new Rejected(unlike.map((name) => ({ file: '--kind', line: 0, column: 0, message: `'${name}' is for ${DIRECTED_PROFILE}, not for ${profile.name}; ${instead}` })));
}

/** Case `index` of a kind, from the seed of its bundle. Throws Rejected where the profile cannot run any program of the kind. */
export function caseOf(kind: KindName, profile: Profile, seed: number, index: number): CaseSource {
  const own = mixed(mixed(seed, kindNames.indexOf(kind)), index);
  return { name: `${kind}-${String(index).padStart(3, '0')}`, kind, seed: own, ...makers[kind](profile, own, index) };
}

const rounds = ['rne', 'rz', 'rd', 'ru', 'rna', 'rhu', 'odd'] as const;

/** M, N and K go through 1 .. 2 x the array's size each, in orders of their own: every remainder class of each within so many cases. */
function gemmCase(profile: Profile, seed: number, index: number): ReturnType<Maker> {
  const next = random(seed), w = writer(profile), types = typesOf(profile, index), [rows, columns] = types.size;
  const cycle = (most: number, salt: number): number => 1 + ((types.turn * coprime(most, salt) + (mixed(salt, Math.floor(types.turn / most)) % most)) % most);
  const m = cycle(2 * rows, 1), n = cycle(2 * columns, 0), k = cycle(2 * rows, 2);
  const a = filled(w, 'A', types.activation, [m, k], next), b = filled(w, 'B', types.weight, [k, n], next), c = w.dram('C', types.output, [m, n]);
  const table = tableOf(w, 'TB', Array.from({ length: n }, () => rowOf(types.isInteger, next)));
  const mode: Mode = types.isInteger ? integerMode(index, types.output, next) : {};
  gemm(w, { a, b, c, table, accumulator: types.accumulator, zeros: [0, 0], mode });
  return finished(w, `gemm ${m} x ${n} x ${k}, ${types.activation} x ${types.weight} -> ${types.output}${mode.round ? `, ${mode.round}` : ''}`);
}

/** The steps by which one may go round `most` places without missing any: the `which`-th of them. */
function coprime(most: number, which: number): number {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b)), all = Array.from({ length: most }, (_, i) => i + 1).filter((step) => common(step, most) === 1);
  return all[which % all.length]!;
}

function convolutionCase(profile: Profile, seed: number, index: number): ReturnType<Maker> {
  const next = random(seed), w = writer(profile), types = typesOf(profile, index), [rows, columns] = types.size, pick = (least: number, most: number): number => least + (next() % (most - least + 1));
  const kernel = { y: pick(1, 3), x: pick(1, 3) }, stride = { y: pick(1, 2), x: pick(1, 2) }, before = { y: next() % kernel.y, x: next() % kernel.x };
  const oh = pick(1, 4), ow = pick(1, 4), channels = 1 + (index % (rows + 1)), outputs = 1 + ((3 * index) % (2 * columns));
  const [h, x] = [Math.max(1, (oh - 1) * stride.y + kernel.y - before.y), Math.max(1, (ow - 1) * stride.x + kernel.x - before.x)];
  const input = filled(w, 'X', types.activation, [1, h, x, channels], next), weights = filled(w, 'W', types.weight, [kernel.y, kernel.x, channels, outputs], next);
  const output = w.dram('Y', types.output, [1, oh, ow, outputs]), table = tableOf(w, 'TB', Array.from({ length: outputs }, () => rowOf(types.isInteger, next)));
  const mode: Mode = types.isInteger ? integerMode(index, types.output, next) : {};
  conv2d(w, { input, weights, output, window: { kernel, stride, dilation: { y: 1, x: 1 }, before }, groups: 1, inputZero: 0, weightZero: 0, accumulator: types.accumulator, epilogue: { mode, table } });
  return finished(w, `convolution ${kernel.y} x ${kernel.x} stride ${stride.y}, ${stride.x} of [${h}, ${x}, ${channels}] to [${oh}, ${ow}, ${outputs}], ${types.activation} -> ${types.output}`);
}

interface Types {
  readonly activation: string;
  readonly weight: string;
  readonly accumulator: 's32' | 'fp32';
  readonly output: string;
  readonly isInteger: boolean;
  /** How many cases of these types there were before. */
  readonly turn: number;
  /** Rows and columns of the array for these types. */
  readonly size: readonly [number, number];
}
/** The triples of the profile that a layer takes, in turn: sums of 32 bits, operands of whole bytes. */
function typesOf(profile: Profile, index: number): Types {
  const usable = profile.triples.flatMap(({ activation, weight, accumulator, kMax, nMax }): Omit<Types, 'turn'>[] => {
    const [a, b, c] = [activation, weight, accumulator].map((code) => formatByCode(code)!) as [ReturnType<typeof formatByName>, ReturnType<typeof formatByName>, ReturnType<typeof formatByName>];
    if ((c.name !== 's32' && c.name !== 'fp32') || a.width < 8 || b.width < 8) return [];
    const isInteger = c.name === 's32', output = isInteger ? 's8' : a.name;
    if (!profile.formatCodes.includes(formatByName(output).code)) return [];
    return [{ activation: a.name, weight: b.name, accumulator: c.name, output, isInteger, size: [Math.min(kMax, 32), Math.min(nMax, profile.accLanes, 32)] }];
  });
  if (usable.length === 0) throw unfit(`the profile ${profile.name} multiplies no types of whole bytes into 32 bits`);
  return { ...usable[index % usable.length]!, turn: Math.floor(index / usable.length) };
}

/** Fixed scales with every rounding in turn, zero points and clamps; nothing that a profile may lack. */
function integerMode(index: number, output: string, next: Random): Mode {
  const { width, signed } = formatByName(output), low = signed ? -(2 ** (width - 1)) : 0, high = low + 2 ** width - 1;
  const clamp: Pick<Mode, 'clamp'> = next() % 2 ? { clamp: [low + (next() % 32), high - (next() % 32)] } : {};
  return { scale: 'fixed', round: rounds[index % rounds.length]!, isat: next() % 8 > 0, zpo: next() % 3 ? (next() % 256) - 128 : 0, ...clamp };
}
/** Ties are made by multipliers that are powers of two. */
function rowOf(isInteger: boolean, next: Random): TableRow {
  if (!isInteger) return { bias: next() % 4 ? 0 : 0x3f80_0000, multiplier: 0, shift: 0 };
  return { bias: (next() % 2001) - 1000, multiplier: next() % 3 ? 0x4000_0000 + (next() >>> 2) : 0x4000_0000, shift: -(next() % 9) };
}

/** A dense tensor in DRAM: three elements of ten are corners of the format. */
function filled(w: Writer, label: string, dtype: string, dims: readonly number[], next: Random): View {
  return w.dram(label, dtype, dims, dataBytes(formatByName(dtype), denseBytes(dtype, dims), next).slice());
}
function finished(w: Writer, says: string): ReturnType<Maker> {
  const { text, memory } = w.finish('case', says), { image } = assembled(text, { file: 'program.s' }).program;
  return { says, text, program: { image, memory: memory as readonly Segment[] } };
}
