//! machines: the machines on which mutants are hunted: between them every feature, every kind of kernel, and sizes that divide nothing.
import { type Profile, profile } from '../machine/profile.ts';
import { readProfile } from '../machine/profile-file.ts';
import { formats, hasNan } from '../numerics/format.ts';

const evidence = { source: 'the score of the harness', certainty: 'chosen' };
const fact = (value: unknown): object => ({ value, ...evidence });
const made = (name: string, changes: object): Profile =>
  readProfile(JSON.stringify({ ...(structuredClone(profile('systole-16').file) as object), ...changes, name, tier: 'sketch' }), `${name}.json`);

const fused = (group: number, fractionBits: number, rest: object = {}): object => ({ kind: 'fused', group, fractionBits, round: 'rz', ...rest });
/** Kernels by name: those of the presets, and some that nobody builds. */
const kernels: Readonly<Record<string, object>> = {
  chain: { kind: 'chain', join: 'chainStart' }, lastAdd: { kind: 'chain', join: 'lastAdd' }, twoChains: { kind: 'chain', join: 'lastAdd', lanes: 2, daz: 1, ftz: 1 },
  volta: fused(4, 23), turing: fused(8, 24), ampere: fused(8, 24, { floor: -132 }), hopper: fused(16, 25, { floor: -133 }), ada8: fused(16, 13, { keep: 13 }),
  half: fused(16, 25, { round: 'rne', floor: -21 }), emulated: fused(16, 25, { order: 'interleaved', join: 'lastAdd' }), converted: fused(16, 25, { order: 'interleaved', join: 'lastAdd', operands: 'fp16' }),
  down: fused(8, 24, { align: 'rd', daz: 1, ftz: 2, zero: 'ieee' }), odd: fused(5, 9, { round: 'rne', keep: 4, daz: 2, ftz: 1 }), plain: fused(8, 30, { align: 'rd', join: 'lastAdd' }),
  cdna2: { kind: 'tree', group: 4, products: 'rounded', shape: 'halves', join: 'lastAdd', daz: 1, ftz: 1 },
  tree8: { kind: 'tree', group: 8, products: 'rounded', shape: 'adjacent', join: 'chainStart' },
  arm: { kind: 'tree', group: 2, products: 'rounded', shape: 'adjacent', join: 'chainStart', round: 'odd', daz: 1, ftz: 2 },
  exactLeaves: { kind: 'tree', group: 7, products: 'exact', shape: 'adjacent', join: 'lastAdd' }, group4: { kind: 'exact', group: 4, daz: 1 }, kulisch: { kind: 'exact', group: null },
  kulischZero: { kind: 'exact', group: null, join: 'lastAdd', round: 'rz', zero: 'plus', daz: 2, ftz: 2 },
  cdna3: { kind: 'afterSum', group: 8, fractionBits: 24, sumBits: 30, accumulatorBits: 24 },
  cdna3Eight: { kind: 'afterSum', group: 16, lanes: 2, fractionBits: 24, sumBits: 30, accumulatorBits: 24, reach: 24 },
  four: { kind: 'blocks', group: 64, exactGroup: 16, exactGroupUnderC: 16, fractionBits: 35, carryBits: 4 },
  fourScaled: { kind: 'blocks', group: 64, exactGroup: 4, exactGroupUnderC: 16, fractionBits: 35, carryBits: 4, floor: -139 },
};
const factors = [
  ['fp16', 'fp16'], ['bf16', 'bf16'], ['tf32', 'tf32'], ['fp32', 'fp32'], ['e4m3', 'e4m3'], ['e5m2', 'e5m2'], ['e4m3fnuz', 'e5m2fnuz'], ['e2m1', 'e2m1'], ['e3m2', 'e2m3'],
  ['e4m3ieee', 'e3m4'], ['i8f6', 'i8f6'], ['i8f6', 'fp16'], ['bf16', 'fp32'],
] as const;
const blockwise = ['four', 'fourScaled'];
/** Factors that fp16 holds, whose emulation converts them. */
const converted = ['e4m3', 'e5m2', 'e3m2', 'e4m3ieee'];

/** Kernels of the n-th pair of factors: as many as a triple may have, others for each. */
function kernelsOf(activation: string, accumulator: string, n: number): readonly string[] {
  const rest = Object.keys(kernels).filter((name) => !blockwise.includes(name) && name !== (converted.includes(activation) ? 'emulated' : 'converted') && !(accumulator === 'fp16' && 'keep' in kernels[name]! && name !== 'odd'));
  const at = (7 * n) % rest.length, turned = [...rest.slice(at), ...rest.slice(0, at)];
  return [...(['e2m1', 'e3m2'].includes(activation) ? blockwise : []), ...turned].slice(0, 16);
}

/** All features, and memories that are made in no time. */
const whole = (): Profile => made('score-whole', { dramBytes: fact(131_072), spmBytes: fact(65_536) });

/** Tiles of up to 66 x 40 under every kind of kernel; canonical NaNs of its own; memories that end inside a page; no two neighbours of the features of `odd`. */
function dots(): Profile {
  const triples = factors.flatMap(([activation, weight], n) => ['fp32', 'fp16'].map((accumulator, i) => ({ activation, weight, accumulator, dots: kernelsOf(activation, accumulator, 2 * n + i) })));
  const integers = [['s8', 's8', 's32'], ['u8', 's8', 's32'], ['u16', 's8', 's32'], ['s16', 's16', 's64'], ['u16', 'u16', 's64'], ['s8', 's4', 's32'], ['s8', 's8', 's48']].map(([activation, weight, accumulator]) => ({
    activation, weight, accumulator, dots: accumulator === 's32' ? ['integer', 'psum24'] : ['integer', 'psum40'],
  }));
  const used = new Set([...triples, ...integers].flatMap(({ activation, weight, accumulator }) => [activation, weight, accumulator]));
  return made('score-dots', {
    formats: fact([...formats.filter(({ name }) => used.has(name) || ['s32', 'u32', 's8'].includes(name)).map(({ name }) => name), 'e8m0', 'ue4m3', 'u4']),
    nans: Object.fromEntries(formats.filter((one) => used.has(one.name) && hasNan(one) && one.specials === 'ieee').map((one) => [one.name, fact(
      ((2n ** BigInt(one.exponentBits + one.fractionBits) - 1n) << BigInt(one.ignoredLowBits)).toString(16).toUpperCase().padStart(one.width / 4, '0'),
    )])),
    features: fact(['dmaConvert', 'sparse24', 'mx', 'nvfp4', 'tosaDouble', 'unpack', 'lut', 'bquant', 'stochastic']), functions: undefined,
    dramBytes: fact(65_536), spmBytes: fact(28_800), accBytes: fact(18_432), accLanes: fact(64),
    kernels: Object.fromEntries(Object.entries({ ...kernels, integer: { kind: 'integer', psumBits: null }, psum24: { kind: 'integer', psumBits: 24 }, psum40: { kind: 'integer', psumBits: 40 } })
      .map(([name, kernel]) => [name, { ...kernel, ...evidence }])),
    triples: [...triples, ...integers].map((triple) => ({ ...triple, kMax: fact(66), nMax: fact(40), mMax: fact(64) })),
  });
}

/** Sizes that do not divide each other, sums that wrap early, granules, features that the other small machine lacks. */
const odd = (): Profile => made('score-odd', {
  dramBytes: fact(65_536), spmBytes: fact(4_032), accBytes: fact(704), accLanes: fact(8), vpuLanes: fact(4), slotCount: fact(3), features: fact(['zp', 'weightsFromDram', 'gemmlowp', 'special', 'random', 'bdequant']), functions: undefined,
  formats: fact(['s4', 'u4', 's8', 'u8', 's16', 's32', 'u32', 's48', 's64', 'fp16', 'fp32']), nans: { fp16: fact('FE01'), fp32: fact('7FFFFFFF') }, unknownByte: fact('3C'),
  granules: [{ space: 'spm', unit: 'mxu', bytes: fact(4) }, { space: 'dram', unit: 'dmi', bytes: fact(8) }],
  kernels: {
    ...Object.fromEntries([['integer', null], ['psum12', 12], ['psum18', 18], ['psum20', 20], ['psum30', 30], ['psum32', 32]].map(([name, psumBits]) => [name, { kind: 'integer', psumBits, ...evidence }])),
    lastAdd: { ...kernels['lastAdd'], ...evidence }, chainStart: { ...kernels['chain'], ...evidence },
  },
  triples: ([
    ['s8', 's8', 's32', 3, 5, 7, ['psum20']], ['u8', 's8', 's32', 3, 5, 7, ['integer', 'psum12']], ['s8', 's4', 's32', 6, 5, 9, ['psum18']], ['s16', 's16', 's48', 3, 4, 7, ['integer', 'psum30']],
    ['s16', 's8', 's64', 3, 3, 7, ['integer', 'psum32']], ['fp16', 'fp16', 'fp32', 3, 5, 7, ['lastAdd']], ['fp32', 'fp32', 'fp32', 2, 5, 5, ['chainStart']],
  ] as const).map(([activation, weight, accumulator, k, n, m, names]) => ({ activation, weight, accumulator, kMax: fact(k), nMax: fact(n), mMax: fact(m), dots: names })),
});

/** Formats without the features that ask for them, features beside which their neighbours are missing, no fp32, and a granule of its own for each unit in each space. */
const bare = (): Profile => made('score-bare', {
  dramBytes: fact(65_536), spmBytes: fact(32_768), accBytes: fact(49_152), accLanes: fact(16), vpuLanes: fact(8), slotCount: fact(2), unknownByte: fact('A5'), functions: undefined,
  features: fact(['fullCounters', 'nvfp4', 'gemmlowp', 'lut', 'bquant']), formats: fact(['s4', 'u4', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'fp16', 'bf16', 'e4m3', 'e5m2', 'e2m1', 'e8m0', 'ue4m3']),
  nans: { fp16: fact('7E00'), bf16: fact('7FC0'), e5m2: fact('7E') },
  granules: [['dmi', 8, 2], ['dmo', 4, 4], ['mxu', 16, 8], ['vpu', 2, 16]].flatMap(([unit, dram, spm]) => [['dram', dram], ['spm', spm], ['acc', unit === 'mxu' ? 64 : 4]].map(([space, bytes]) => ({ space, unit, bytes: fact(bytes) }))),
  kernels: { integer: { kind: 'integer', psumBits: null, ...evidence }, psum16: { kind: 'integer', psumBits: 16, ...evidence }, lastAdd: { ...kernels['lastAdd'], ...evidence }, half: { ...kernels['half'], ...evidence } },
  triples: ([['s8', 's8', 's32', ['psum16', 'integer']], ['fp16', 'fp16', 'fp16', ['half', 'lastAdd']], ['e4m3', 'e5m2', 'fp16', ['lastAdd']], ['e2m1', 'e2m1', 'fp16', ['half']]] as const)
    .map(([activation, weight, accumulator, names]) => ({ activation, weight, accumulator, kMax: fact(32), nMax: fact(16), mMax: fact(700), dots: names })),
});

/** Trees of exact leaves, and of rounded halves, and chains, that flush what no preset does. */
const flushing: Readonly<Record<string, object>> = {
  leaves7: { kind: 'tree', group: 7, products: 'exact', shape: 'adjacent', join: 'chainStart', ftz: 1 }, leaves2: { kind: 'tree', group: 2, products: 'exact', shape: 'adjacent', join: 'chainStart', ftz: 1, daz: 2 },
  halves: { kind: 'tree', group: 4, products: 'rounded', shape: 'halves', join: 'chainStart', ftz: 2, daz: 1 }, halvesLast: { kind: 'tree', group: 8, products: 'rounded', shape: 'halves', join: 'lastAdd', ftz: 1, daz: 2 },
  flushedChain: { kind: 'chain', join: 'chainStart', ftz: 1, daz: 2 }, flushedLast: { kind: 'chain', join: 'lastAdd', lanes: 2, ftz: 2, daz: 2 },
  leaves4: { kind: 'tree', group: 4, products: 'exact', shape: 'adjacent', join: 'chainStart', ftz: 1, daz: 1 }, leaves7Last: { kind: 'tree', group: 7, products: 'exact', shape: 'adjacent', join: 'lastAdd', daz: 1 },
  sources: { kind: 'chain', join: 'chainStart', daz: 1 }, results: { kind: 'chain', join: 'lastAdd', lanes: 2, ftz: 1 },
};
/** Windows of more products than 32 bits hold the sum of, and a tree that rounds to odd. */
const wide: Readonly<Record<string, object>> = {
  parts: fused(16, 27), nine: fused(16, 26), manyParts: fused(64, 27), toOdd: { kind: 'tree', group: 4, products: 'rounded', shape: 'adjacent', join: 'chainStart', round: 'odd' },
};
let built: Profile | undefined;
/** A machine for programs that are written for it alone: kernels of which no preset, and no draw, is near; all slots that there can be; very many pages; few counters, though features beside them. */
export const rare = (): Profile => (built ??= made('score-rare', {
  dramBytes: fact(65_536), spmBytes: fact(524_288), accBytes: fact(16_384), accLanes: fact(32), slotCount: fact(16), functions: undefined,
  features: fact(['weightsFromDram', 'sparse24', 'mx', 'nvfp4', 'unpack', 'special', 'bdequant', 'stochastic']),
  formats: fact(['u4', 's8', 'u8', 's16', 's32', 'u32', 's64', 'fp16', 'bf16', 'e5m2', 'e8m0', 'ue4m3', 'i8f6', 'fp32']), nans: { fp16: fact('7E00'), bf16: fact('7FC0'), e5m2: fact('7E'), fp32: fact('7FC00000') },
  kernels: Object.fromEntries(Object.entries({
    psum33: { kind: 'integer', psumBits: 33 }, pairs: { kind: 'blocks', group: 6, exactGroup: 2, exactGroupUnderC: 6, fractionBits: 25, carryBits: 2 },
    narrow: { kind: 'afterSum', group: 8, fractionBits: 24, sumBits: 24, accumulatorBits: 24 }, ...flushing, ...wide,
  }).map(([name, kernel]) => [name, { ...kernel, ...evidence }])),
  triples: ([['s16', 's8', 's64', ['psum33']], ['e5m2', 'e5m2', 'fp32', ['pairs', 'narrow']], ['bf16', 'bf16', 'fp32', [...Object.keys(flushing), ...Object.keys(wide)]], ['fp16', 'i8f6', 'fp32', Object.keys(flushing)], ['fp32', 'fp32', 'fp32', Object.keys(flushing)]] as const)
    .map(([activation, weight, accumulator, names]) => ({ activation, weight, accumulator, kMax: fact(16), nMax: fact(18), mMax: fact(16), dots: names })),
}));

/** Room for more instructions than bursts keep. */
export const long = (): Profile => made('score-long', { dramBytes: fact(2_097_152), spmBytes: fact(65_536) });

let coarse: Profile | undefined;
/** All features, and addresses of SPM that are multiples of four for the vector unit, of eight for what stores, more than an index has bytes: for programs that are written for it alone. */
export const grained = (): Profile => (coarse ??= made('score-grained', { dramBytes: fact(65_536), spmBytes: fact(65_536), granules: [['vpu', 4], ['dmo', 8]].map(([unit, bytes]) => ({ space: 'spm', unit, bytes: fact(bytes) })) }));

let all: readonly Profile[] | undefined;
/** The machines, made once. */
export const machines = (): readonly Profile[] => (all ??= [whole(), odd(), dots(), bare()]);
