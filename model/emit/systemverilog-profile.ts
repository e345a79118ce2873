//! systemverilog-profile: one profile as a package for RTL, so that the size of a design is a profile and nothing else.
import type { Triple } from '../isa/view.ts';
import { featureBit } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { exactSumBits } from '../numerics/dot-record.ts';
import { formatByCode } from '../numerics/format.ts';

/** The package `systole_profile`: only localparams, which Verilator, Icarus and yosys read alike as `systole_profile::NAME`. */
export function profilePackageText(of: Profile): string {
  const array = of.triples[0];
  return [
    '// Made by `systole emit systemverilog-profile` from a profile; never edited.',
    `// The machine '${of.name}'. ROWS to PSUM_BITS are those of the first row of its table of types; rows of others follow by name.`,
    '// verilator lint_off UNUSEDPARAM', '// verilator lint_off DECLFILENAME', '// verilator lint_off WIDTH',
    'package systole_profile;',
    `  localparam [255:0] HASH = 256'h${of.hash};`,
    `  localparam [127:0] FEATURES = 128'h${featureBits(of).toString(16)};`,
    ...(array ? ofArray(array, of) : []),
    parameter('LANES', of.accLanes), parameter('VPU_LANES', of.vpuLanes), parameter('SLOTS', of.slotCount),
    parameter('SPM_BYTES', of.spmBytes), parameter('ACC_BYTES', of.accBytes), parameter('DRAM_BYTES', of.dramBytes, 64),
    parameter('QUEUE_DEPTH', of.queueDepth), parameter('UNKNOWN_BYTE', of.unknownByte, 8),
    ...of.triples.flatMap(limitsOf), '',
    '  // Words of the host window: PROFILE_HASH0 is the most significant one, FEATURE0 the least.',
    '  function automatic [31:0] hash_word(input [2:0] index); hash_word = HASH[32*(7-index) +: 32]; endfunction',
    '  function automatic [31:0] feature_word(input [1:0] index); feature_word = FEATURES[32*index +: 32]; endfunction',
    'endpackage', '',
  ].join('\n');
}

const parameter = (name: string, value: number, bits = 32): string => `  localparam [${bits - 1}:0] ${name} = ${bits}'d${value};`;
const featureBits = ({ features }: Profile): bigint => features.reduce((bits, name) => bits | (1n << BigInt(featureBit(name))), 0n);

/** The array as a designer builds it: a PE for each place of the tile, types by their codes, and the bits of a partial sum. */
function ofArray(array: Triple, { accLanes }: Profile): string[] {
  return [
    parameter('ROWS', array.kMax), parameter('COLUMNS', Math.min(array.nMax, accLanes)), parameter('M_MAX', array.mMax),
    parameter('ACTIVATION', array.activation), parameter('WEIGHT', array.weight), parameter('ACCUMULATOR', array.accumulator),
    parameter('PSUM_BITS', psumBits(array)),
  ];
}

/** Floats have the bits of the accumulator. */
function psumBits({ activation, weight, accumulator, kMax, dots: [dot] }: Triple): number {
  if (dot?.kind !== 'integer') return bitsOf(accumulator);
  return dot.psumBits ?? exactSumBits(bitsOf(activation), bitsOf(weight), kMax);
}
const bitsOf = (dtype: number): number => formatByCode(dtype)!.valueBits;

function limitsOf({ activation, weight, accumulator, kMax, nMax, mMax }: Triple): string[] {
  const name = [activation, weight, accumulator].map((dtype) => formatByCode(dtype)!.name.toUpperCase()).join('_');
  return [parameter(`${name}_K_MAX`, kMax), parameter(`${name}_N_MAX`, nMax), parameter(`${name}_M_MAX`, mMax)];
}
