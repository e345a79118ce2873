//! table: what each figure of the bench measures, out of which contenders, and its goal.
import type { Formed } from './rounds.ts';

export interface Row {
  readonly key: string;
  /** Name of a work: its contenders alternate, and only those. */
  readonly work: string;
  readonly says: string;
  readonly unit: string;
  readonly formed: Formed;
  /** A figure is good from here on, or up to here. Without a goal it is told and nothing is asked of it. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Taken by `--guard`, which it fails a third below its goal: a ratio that no other machine changes much. */
  readonly guard?: true;
}

const against = (of: string, to: string): Formed => ({ ratio: [of, to] });
const int8 = 'int8 product as an ISA program: fetch, checks, DMA in, pack, multiply, requantise by column, DMA out; against the C kernel that packs and multiplies';
const shapeRow = (name: string, words: string, on: string, atLeast = 0.5): Row => ({
  key: `int8_${name}_${on.replace('-', '')}`, work: `gemm-${name}`, says: `int8 product as an ISA program, ${words}, on ${on}; against the C kernel of that shape, which does not requantise`, unit: 'x',
  formed: against(on, 'native128'), atLeast,
});
const shapes = (name: string, words: string, atLeast?: number): Row[] => ['systole-16', 'systole-128'].map((on) => shapeRow(name, words, on, atLeast));

/** Elements written a second, and that beside a loop in C of the operations that they and their events take, which bounds it. */
const elementwise = (name: string, unit: 'melem_s' | 'gelem_s', says: string, work = name.replace('_', '-')): Row[] => [
  { key: `${name}_${unit}`, work, says: `${says}, elements a second`, unit: unit === 'melem_s' ? 'M/s' : 'G/s', formed: { rate: 'engine', per: unit === 'melem_s' ? 1e6 : 1e9 } },
  { key: `${name}_vs_limit`, work, says: `${says}, against the operations alone, in C with 128-bit SIMD`, unit: 'x', formed: against('engine', 'native128'), atLeast: 0.6, guard: true },
];

export const rows: readonly Row[] = [
  { key: 'int8_gemm_vs_native128', work: 'gemm-1024', says: `${int8}; 1024^3 on systole-128`, unit: 'x', formed: against('systole-128', 'native128'), atLeast: 0.92, guard: true },
  { key: 'int8_gemm_gmac_s', work: 'gemm-1024', says: 'the program of int8_gemm_vs_native128, absolute', unit: 'GMAC/s', formed: { rate: 'systole-128', per: 1e9 } },
  {
    key: 'int8_tile16_vs_native128', work: 'tile16', unit: 'x', formed: against('engine', 'native128'), atLeast: 0.85, guard: true,
    says: 'wload and mm of 16x16x16 tiles, operands on the chip, systole-16, hardware loops with moving offsets over 1,024 different tiles; MAC/s against the C kernel at 1024^3',
  },
  { key: 'int8_tile16_minstr_s', work: 'tile16', says: 'the program of int8_tile16_vs_native128, pairs of wload and mm a second', unit: 'M/s', formed: { rate: 'engine', per: 16 ** 3 * 1e6 } },
  {
    key: 'native128_vs_limit', work: 'int8-limit', unit: 'x', formed: against('native128', 'registers only'), atLeast: 0.9,
    says: 'the C kernel at 1024^3 against its own copies, pmaddwd and paddd on registers alone',
  },
  {
    key: 'int8_kernel_vs_native128', work: 'int8-limit', unit: 'x', formed: against('kernel alone', 'native128'),
    says: 'what int8 products in WASM are bound by: the kernel of the engine on 128^3, operands widened and packed already and nothing else, against the C kernel that packs, at 1024^3',
  },
  {
    key: 'native256_vs_native128', work: 'ceiling', unit: 'x', formed: against('AVX2', 'native128'),
    says: 'what WASM does not reach: the int8 product in C at 512^3 with 256-bit vectors against that with 128 bits',
  },
  { key: 'native_vnni_vs_native128', work: 'ceiling', unit: 'x', formed: against('AVX-512 VNNI', 'native128'), says: 'the int8 product in C at 512^3 with 512-bit vectors and VNNI (vpdpbusd), where the processor has them, against that with 128 bits' },
  ...shapes('512', '512^3', 0.5), ...shapes('256', '256^3', 0.5),
  {
    key: 'int8_256_vs_scalar', work: 'gemm-256', unit: 'x', formed: against('systole-128', 'scalar build'), atLeast: 12, guard: true,
    says: 'the whole program of 256^3 on systole-128 by the fast build of the engine against the scalar one, both WASM: needs no C compiler',
  },
  {
    key: 'int8_256_vs_js', work: 'gemm-256', unit: 'x', formed: against('systole-128', 'plain JavaScript'),
    says: 'that program against packing and sums alone in plain JavaScript, typed arrays in the blocks of the C kernel, its sums checked: needs no C compiler',
  },
  ...shapes('remainders', '17 x 33 x 65 (M x N x K)'), ...shapes('odd', '509 x 251 x 383'),
  ...shapes('tall', '4096 x 16 x 256'), ...shapes('wide', '16 x 4096 x 256'), ...shapes('batch1', '1 x 1024 x 1024'),
  ...shapes('depthwise', 'every channel of 56 x 56 x 64 by a 3 x 3 kernel of its own'),
  ...['systole-16', 'systole-128'].map((on): Row => ({
    key: `int8_depthwise_bytes_${on.replace('-', '')}`, work: 'gemm-depthwise', says: `the program of int8_depthwise on ${on}, against a C kernel that requantises by channel, as the program does, and stores bytes`, unit: 'x',
    formed: against(on, 'native128 to bytes'),
  })),
  {
    key: 'bf16_gemm_vs_native128', work: 'floats-1024', unit: 'x', formed: against('bf16', 'native128'), atLeast: 0.93, guard: true,
    says: 'bf16 product with fp32 sums in order of K as an ISA program, 1024^3 on systole-128, sums stored; against the C kernel of the same order, with its packing',
  },
  { key: 'bf16_gemm_gmac_s', work: 'floats-1024', says: 'the program of bf16_gemm_vs_native128, absolute', unit: 'GMAC/s', formed: { rate: 'bf16', per: 1e9 } },
  { key: 'fp8_vs_bf16', work: 'floats-1024', says: 'product of e4m3 with fp32 sums against that of bf16, the same program, 1024^3 on systole-128', unit: 'x', formed: against('fp8', 'bf16'), atLeast: 0.92, guard: true },
  { key: 'bf16_gemm_256_vs_native128', work: 'floats-256', says: 'bf16 product with fp32 sums in order of K as an ISA program, 256^3 on systole-128; against the C kernel of the same order, with its packing', unit: 'x', formed: against('bf16', 'native128'), atLeast: 0.5 },
  { key: 'fp8_256_vs_bf16', work: 'floats-256', says: 'product of e4m3 with fp32 sums against that of bf16, the same program, 256^3 on systole-128', unit: 'x', formed: against('fp8', 'bf16') },
  {
    key: 'fused_vs_scalar', work: 'fused', unit: 'x', formed: against('engine', 'scalar build'), atLeast: 9, guard: true,
    says: 'fused tensor-core dots (fp16, groups of 16, 25 bits of fraction: nvidia-hopper), wload and mm of 128 x 64 x 16, operands on the chip; against the scalar build',
  },
  { key: 'fused_gproducts_s', work: 'fused', says: 'the program of fused_vs_scalar, products a second', unit: 'G/s', formed: { rate: 'engine', per: 1e9 }, atLeast: 4 },
  {
    key: 'fused_vs_limit', work: 'fused', unit: 'x', formed: against('engine', 'WASM alone'),
    says: 'the program of fused_vs_scalar against its windows alone in WASM: values widened, exponents listed and panels laid out before, nothing looked at on the way; the same bits',
  },
  {
    key: 'bf16_wasm_vs_native128', work: 'floats-limit', unit: 'x', formed: against('WASM alone', 'native128'),
    says: 'what bf16_gemm_vs_native128 could reach: products and sums alone in WASM, everything in the first cache, against the C kernel at 1024^3 with its packing',
  },
  {
    key: 'native_bf16_vs_limit', work: 'floats-limit', unit: 'x', formed: against('native128', 'registers only'), atLeast: 0.9,
    says: 'the C kernel of bf16 at 1024^3 against its own copies, mulps and addps on registers alone',
  },
  {
    key: 'small_predictable_mips', work: 'small-predictable', says: 'a hardware loop of eight scalar instructions, retired a second', unit: 'M/s',
    formed: { rate: 'engine', per: 1e6 }, atLeast: 400,
  },
  {
    key: 'small_random_mips', work: 'small-random', says: 'a random mix of scalar instructions with branches that go either way, retired a second', unit: 'M/s',
    formed: { rate: 'engine', per: 1e6 }, atLeast: 100,
  },
  {
    key: 'small_vector_mips', work: 'small-vector', unit: 'M/s', formed: { rate: 'engine', per: 1e6 }, atLeast: 50,
    says: 'a hardware loop of 64-byte vector additions with moving offsets, each with its descriptors, rules and semaphores, retired a second',
  },
  {
    key: 'fuzz_programs_s', work: 'fuzz', unit: '/s', formed: { rate: 'reset, run, digest', per: 1 }, atLeast: 300_000,
    says: 'programs of 64 instructions from the smoke knobs on systole-16: reset, load, run, digest of records and state (runDigest); making them is not timed',
  },
  { key: 'fuzz_plain_programs_s', work: 'fuzz', says: 'the programs of fuzz_programs_s, reset, load and run alone: without records and digest', unit: '/s', formed: { rate: 'reset and run', per: 1 } },
  {
    key: 'dma_1d_vs_memcpy', work: 'dma-4k', says: 'loads of 4 KiB, 32 different ones, against memcpy of the same blocks', unit: 'x', formed: against('engine', 'C'), atLeast: 0.95,
    guard: true,
  },
  { key: 'dma_1d_16k', work: 'dma-16k', says: 'loads of 16 KiB, 8 different ones, against memcpy of the same blocks', unit: 'x', formed: against('engine', 'C'), atLeast: 0.95 },
  { key: 'dma_1d_64k', work: 'dma-64k', says: 'loads of 64 KiB, 2 different ones, against memcpy of the same blocks', unit: 'x', formed: against('engine', 'C'), atLeast: 0.95 },
  { key: 'dma_store_4k', work: 'dma-store-4k', says: 'stores of 4 KiB, 32 different ones, against memcpy of the same blocks', unit: 'x', formed: against('engine', 'C'), atLeast: 0.95 },
  { key: 'dma_1d_ragged', work: 'dma-ragged', says: 'loads of 16 KiB to places 3 bytes off a line, against memcpy from line to line', unit: 'x', formed: against('engine', 'C'), atLeast: 0.75 },
  {
    key: 'dma_2d_vs_native', work: 'dma-2d', says: 'loads of 64 rows of 64 bytes, 1 KiB apart, against a C loop of 128-bit moves over the rows', unit: 'x',
    formed: against('engine', 'C'), atLeast: 0.75, guard: true,
  },
  { key: 'dma_2d_16', work: 'dma-2d-16', says: 'loads of 64 rows of 16 bytes, 1 KiB apart, against a C loop of 128-bit moves over the rows', unit: 'x', formed: against('engine', 'C'), atLeast: 0.75 },
  { key: 'dma_2d_200', work: 'dma-2d-200', says: 'loads of 64 rows of 200 bytes, 1 KiB apart, against a C loop of 128-bit moves over the rows', unit: 'x', formed: against('engine', 'C'), atLeast: 0.75 },
  {
    key: 'pe16_vs_verilator', work: 'pe', unit: 'x', formed: against('engine', 'Verilator'), atLeast: 15,
    says: 'a 16 x 16 array of bytes clock by clock, updates of processing elements: the systolic kernel against the array of rtl/ under Verilator',
  },
  { key: 'pe16_gpe_s', work: 'pe', says: 'the systolic kernel of pe16_vs_verilator, updates of processing elements a second', unit: 'G/s', formed: { rate: 'engine', per: 1e9 } },
  {
    key: 'threads2_speedup_512', work: 'threads-512', unit: 'x', formed: against('two threads', 'each of two machines'), atLeast: 1.85,
    says: 'int8 product of 512^3 on systole-128 by two threads, against one of two machines that do the same at the same moment, each on a thread; by the clock',
  },
  { key: 'threads2_speedup_1024', work: 'threads-1024', says: 'int8 product of 1024^3 on systole-128 by two threads, against one of two machines that do the same at the same moment, each on a thread; by the clock', unit: 'x', formed: against('two threads', 'each of two machines'), atLeast: 1.85 },
  {
    key: 'threads2_busy_512', work: 'threads-busy', unit: 'x', formed: against('two threads', 'one thread'), atLeast: 0.9,
    says: 'int8 product of 512^3 on systole-128 by two threads against one thread, both while another process spins; by the clock',
  },
  {
    key: 'start_ms_over_node', work: 'start', unit: 'ms', formed: { excess: ['systole run, wall', 'node, wall'] }, atMost: 10,
    says: '`systole run` of a program that only halts, by dist/systole.cjs, minus an empty script under the same Node; wall clock, least of three starts a round',
  },
  {
    key: 'rss_mb_over_node', work: 'start', unit: 'MB', formed: { excess: ['systole run, memory', 'node, memory'] }, atMost: 8,
    says: '`systole run` of a program that only halts, by dist/systole.cjs, minus an empty script under the same Node; largest resident memory, least of three starts a round',
  },
  {
    key: 'start_cpu_ms_over_node', work: 'start', says: 'the starts of start_ms_over_node, time of the processor, to which other work on the machine does not add', unit: 'ms',
    formed: { excess: ['systole run, processor', 'node, processor'] },
  },
  {
    key: 'trace_overhead', work: 'tracing', unit: 'x', formed: against('plain', 'records'), says: 'int8 product 256^3 on systole-16, every record pulled and looked at, without digests: how many times the time without',
  },
  { key: 'trace_overhead_digests', work: 'tracing', says: 'int8 product 256^3 on systole-16, every record pulled with digests of what was written: how many times the time without records', unit: 'x', formed: against('plain', 'records and digests') },
  { key: 'trace_overhead_small', work: 'tracing-small', says: 'the 64-byte vector additions of small_vector_mips, every record pulled and looked at, without digests: how many times the time without', unit: 'x', formed: against('plain', 'records') },
  ...elementwise('requantise', 'melem_s', 'drain of s32 accumulators to bytes by a multiplier and shift of each column'),
  ...elementwise('vector_fp32', 'gelem_s', 'add, mul, max and fma of 4,096 fp32 elements in turn'),
  ...['binary.add', 'binary.mul', 'binary.max', 'fma'].flatMap((name) => elementwise(`vector_${name.replace('.', '_')}`, 'gelem_s', `${name} of fp32 alone`, `vector-${name}`)),
  ...elementwise('vector_convert', 'gelem_s', 'fp32 to bf16 and back'),
  ...elementwise('vector_quantise', 'gelem_s', 'fp32 to s8'),
  ...elementwise('special', 'melem_s', 'exp, tanh, rsqrt and gelu of 4,096 fp32 elements in turn, correctly rounded'),
  ...['exp', 'tanh', 'rsqrt', 'gelu'].flatMap((name) => elementwise(`special_${name}`, 'melem_s', `${name} of fp32 alone, correctly rounded`)),
];

/** So far from its goal that no noise explains it: a third. */
export function farOff({ atLeast = -Infinity, atMost = Infinity }: Row, value: number): boolean {
  return value < (atLeast * 2) / 3 || value > (atMost * 3) / 2;
}
