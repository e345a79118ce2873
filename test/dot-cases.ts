//! dot-cases: a profile whose float triples have every kind of kernel, those of the vendors among them.
import { profile as builtIn, type Profile } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { formats, hasNan } from '../model/numerics/format.ts';

const evidence = { source: 'the test', certainty: 'chosen' };
const fact = (value: unknown): object => ({ value, ...evidence });
const fused = (group: number, fractionBits: number, rest: object = {}): object => ({
  kind: 'fused',
  group,
  fractionBits,
  round: 'rz',
  ...rest,
});

/** Kernels by name: numerics contract, section 2.1, and records that nobody builds. */
export const kernels: Readonly<Record<string, object>> = {
  chain: { kind: 'chain', join: 'chainStart' },
  lastAdd: { kind: 'chain', join: 'lastAdd' },
  twoChains: { kind: 'chain', join: 'lastAdd', lanes: 2, daz: 1, ftz: 1 },
  volta: fused(4, 23),
  turing: fused(8, 24),
  ampere: fused(8, 24, { floor: -132 }),
  hopper: fused(16, 25, { floor: -133 }),
  blackwell8: fused(32, 25, { floor: -133 }),
  ada8: fused(16, 13, { keep: 13 }),
  hopper8: fused(32, 13, { keep: 13, floor: -139 }),
  half: fused(16, 25, { round: 'rne', floor: -21 }),
  emulated: fused(16, 25, { order: 'interleaved', join: 'lastAdd' }),
  converted: fused(16, 25, { order: 'interleaved', join: 'lastAdd', operands: 'fp16' }),
  convertedFlushed: fused(8, 11, { operands: 'fp16', daz: 1 }),
  down: fused(8, 24, { align: 'rd', daz: 1, ftz: 2, zero: 'ieee' }),
  odd: fused(5, 9, { round: 'rne', keep: 4, daz: 2, ftz: 1 }),
  cdna2: { kind: 'tree', group: 4, products: 'rounded', shape: 'halves', join: 'lastAdd', daz: 1, ftz: 1 },
  tree8: { kind: 'tree', group: 8, products: 'rounded', shape: 'adjacent', join: 'chainStart' },
  arm: { kind: 'tree', group: 2, products: 'rounded', shape: 'adjacent', join: 'chainStart', round: 'odd', daz: 1, ftz: 2 },
  exactLeaves: { kind: 'tree', group: 7, products: 'exact', shape: 'adjacent', join: 'lastAdd' },
  group4: { kind: 'exact', group: 4 },
  kulisch: { kind: 'exact', group: null },
  kulischZero: { kind: 'exact', group: null, join: 'lastAdd', round: 'rz', zero: 'plus', daz: 2, ftz: 2 },
  cdna3: { kind: 'afterSum', group: 8, fractionBits: 24, sumBits: 30, accumulatorBits: 24 },
  cdna3Eight: { kind: 'afterSum', group: 16, lanes: 2, fractionBits: 24, sumBits: 30, accumulatorBits: 24, reach: 24 },
  four: { kind: 'blocks', group: 64, exactGroup: 16, exactGroupUnderC: 16, fractionBits: 35, carryBits: 4 },
  fourScaled: { kind: 'blocks', group: 64, exactGroup: 4, exactGroupUnderC: 16, fractionBits: 35, carryBits: 4, floor: -139 },
};
const named = Object.keys(kernels);

/** Pairs of factors; every kernel is offered, a few for each triple. */
const factors = [
  ['fp16', 'fp16'], ['bf16', 'bf16'], ['tf32', 'tf32'], ['fp32', 'fp32'], ['e4m3', 'e4m3'], ['e5m2', 'e5m2'], ['e4m3fnuz', 'e5m2fnuz'], ['e2m1', 'e2m1'],
  ['e3m2', 'e2m3'], ['e4m3ieee', 'e3m4'], ['e4m3b11fnuz', 'binary8p3se'], ['binary8p1sf', 'binary5p2se'], ['binary3p1se', 'e5m2'], ['i8f6', 'i8f6'], ['bf16', 'fp32'],
] as const;
const narrow = ['e2m1', 'e3m2'];
/** Factors that fp16 holds, of both sides. */
const convertible = ['e4m3', 'e5m2', 'e3m2', 'e4m3ieee', 'fp16'];

/** Kernels of the n-th row of factors: as many as a triple may have, others for each row. */
function kernelsOf(activation: string, accumulator: string, n: number): readonly string[] {
  const blocks = ['four', 'fourScaled'];
  const rest = named.filter((name) => !blocks.includes(name) && (convertible.includes(activation) || !name.startsWith('converted')) && !(accumulator === 'fp16' && 'keep' in kernels[name]! && name !== 'odd'));
  const turned = [...rest.slice((7 * n) % rest.length), ...rest.slice(0, (7 * n) % rest.length)];
  return [...(narrow.includes(activation) ? blocks : []), ...turned].slice(0, 16);
}

export const dotTriples = factors.flatMap(([activation, weight], n) =>
  ['fp32', 'fp16'].map((accumulator, i) => ({ activation, weight, accumulator, dots: kernelsOf(activation, accumulator, 2 * n + i) })));

/** Tiles of up to 130 x 24, spaces that end inside a page, canonical NaNs of their own. */
export const dotProfile = dotMachine('dots', [], dotTriples);
/** The same that counts every event; a kernel that flushes is not asked for what it flushed. */
export const countingTriples = dotTriples.map((triple) => ({ ...triple, dots: triple.dots.filter((name) => !('ftz' in kernels[name]!)) }));
export const countingProfile = dotMachine('counting', ['fullCounters'], countingTriples);

function dotMachine(machine: string, features: readonly string[], triples: typeof dotTriples): Profile {
  const file = structuredClone(builtIn('systole-16').file) as Record<string, unknown>;
  const used = new Set(dotTriples.flatMap(({ activation, weight, accumulator }) => [activation, weight, accumulator]));
  const names = formats.filter(({ name }) => used.has(name) || ['s32', 'u32', 's8'].includes(name)).map(({ name }) => name);
  Object.assign(file, {
    name: machine,
    formats: fact([...names, 'e8m0', 'ue4m3', 'u4']),
    nans: Object.fromEntries(
      formats.filter((one) => used.has(one.name) && hasNan(one) && one.specials === 'ieee').map((one) => [one.name, fact(
        ((2n ** BigInt(one.exponentBits + one.fractionBits) - 1n) << BigInt(one.ignoredLowBits)).toString(16).toUpperCase().padStart(one.width / 4, '0'),
      )]),
    ),
    features: fact(['zp', 'weightsFromDram', 'sparse24', 'mx', 'nvfp4', ...features]),
    dramBytes: fact(65536),
    spmBytes: fact(14400),
    accBytes: fact(9216),
    accLanes: fact(32),
    kernels: Object.fromEntries(Object.entries(kernels).map(([name, kernel]) => [name, { ...kernel, ...evidence }])),
    triples: triples.map((triple) => ({ ...triple, kMax: fact(130), nMax: fact(24), mMax: fact(512) })),
  });
  return readProfile(JSON.stringify(file), `${machine}.json`);
}
