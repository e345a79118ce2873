//! emit-cuda: the probe as a CUDA program: one warp for each dot product, by mma.sync, wmma or wgmma.
import { formatByName } from '../numerics/format.ts';
import { canonText, crcText, type ProbeTable, printText, tableText } from './emit-c.ts';
import type { ProbeType } from './types-of-units.ts';
import { digitsOf, PROBE_END, PROBE_HEADER } from './words.ts';

interface Fragment { readonly element: string; readonly layout: string; readonly least: number }
/** Element types of wmma, and the compute capability that has them. */
const wmma: Readonly<Record<string, Fragment>> = {
  fp16: { element: '__half', layout: '__half', least: 700 },
  tf32: { element: 'wmma::precision::tf32', layout: 'float', least: 800 },
};
/** fp16 is asked for by wmma: the units before Ampere have other shapes of mma.sync. */
const isWmma = ({ path, a }: ProbeType): boolean => path === 'wmma' || (path === 'mma' && a === 'fp16');
const isWgmma = ({ path }: ProbeType): boolean => path.startsWith('wgmma'), isSparse = ({ path }: ProbeType): boolean => path.endsWith('sp');
const threadsOf = (type: ProbeType): number => (isWgmma(type) ? 128 : 32);

/** A complete program; types that the GPU has not are left out of what it prints. */
export function probeCuda(all: readonly ProbeTable[]): string {
  return [
    '// probe: prints the words of a GPU\'s tensor cores for inputs that tell presets apart; made by `systole probe --emit cuda`.',
    '//   nvcc -arch=native probe.cu -o probe && ./probe > words.txt && systole probe --check words.txt',
    '// On Hopper -gencode=arch=compute_90a,code=sm_90a instead: without the a its wgmma is left out.',
    '#include <cstdint>', '#include <cstdio>', '#include <cstdlib>', '#include <cstring>', '#include <cuda_bf16.h>', '#include <cuda_fp16.h>', '#include <mma.h>',
    'using namespace nvcuda;', '',
    'static void check(cudaError_t status, const char *what) {',
    '  if (status == cudaSuccess) return;', '  fprintf(stderr, "probe: %s: %s\\n", what, cudaGetErrorString(status));', '  exit(1);', '}', '',
    crcText, helpers, ...all.map(({ type, rows }) => tableText(type, rows)), ...all.map(({ type }) => kernelText(type)),
    'int main() {', '  cudaDeviceProp device;', '  check(cudaGetDeviceProperties(&device, 0), "no GPU");', '  int capability = device.major * 100 + device.minor * 10, k;',
    '  bool with_wgmma = has_wgmma();',
    `  printf("# ${PROBE_HEADER} from %s, compute capability %d.%d\\n", device.name, device.major, device.minor);`,
    ...all.map(mainText), `  puts("${PROBE_END}");`, '  return 0;', '}', '',
  ].join('\n');
}

/**
 * Word `at` of 32 bytes of elements. A warp computes the dot product of a of row i, b of row j and c of row l: the same row three times, or,
 * where the grid has two dimensions, all of them with each other.
 */
const helpers = `template <int BYTES> static __device__ uint32_t word_of(const uint32_t *codes, int at) {
  if (BYTES == 4) return codes[at];
  if (BYTES == 2) return codes[2 * at] | codes[2 * at + 1] << 16;
  return codes[4 * at] | codes[4 * at + 1] << 8 | codes[4 * at + 2] << 16 | codes[4 * at + 3] << 24;
}
/* The same of elements that meet those that are kept: the first two of four, of four bytes the first of two; the others meet nothing. */
template <int BYTES> static __device__ uint32_t spread_of(const uint32_t *codes, int at) {
  if (BYTES == 1) return codes[2 * at] | codes[2 * at + 1] << 8;
  return at % 2 ? 0 : word_of<BYTES>(codes, at / 2);
}
#define PLACE int i = blockIdx.x, j = gridDim.y > 1 ? blockIdx.y : i, l = gridDim.y > 1 ? (i + shift) % gridDim.x : i, at = i * gridDim.y + blockIdx.y; \\
  const uint32_t *a = rows[i].a, *b = rows[j].b; uint32_t c = rows[l].c; (void)a; (void)b; (void)c; (void)at
template <class T> static __device__ T from_bits(uint32_t code) { T value; uint16_t bits = (uint16_t)code; memcpy(&value, &bits, 2); return value; }
static __global__ void wgmma_known(uint32_t *known) {
#ifdef __CUDA_ARCH_FEAT_SM90_ALL
  *known = 1;
#endif
}
static bool has_wgmma() {
  uint32_t *known, found = 0;
  check(cudaMalloc(&known, 4), "memory");
  check(cudaMemcpy(known, &found, 4, cudaMemcpyHostToDevice), "copy");
  wgmma_known<<<1, 1>>>(known);
  check(cudaDeviceSynchronize(), "no code for this GPU in the program: compile with its -arch");
  check(cudaMemcpy(&found, known, 4, cudaMemcpyDeviceToHost), "copy");
  return found != 0;
}
`;

const leastOf = (type: ProbeType): number => (isWmma(type) ? wmma[type.a]!.least : formatByName(type.a).width > 8 ? 800 : 890);

function kernelText(type: ProbeType): string {
  const [guard, body] = isWgmma(type) ? ['defined(__CUDA_ARCH_FEAT_SM90_ALL)', wgmmaText(type)] as const
    : [`__CUDA_ARCH__ >= ${leastOf(type)}`, isWmma(type) ? wmmaText(type, wmma[type.a]!) : mmaText(type)] as const;
  return `static __global__ void unit_${type.name}(const row_${type.name} *rows, uint32_t *words, int shift) {\n#if ${guard}\n  PLACE;\n${body}#endif\n}\n`;
}

/** Operands lie in the first row of A, the first column of B and the first element of C; all else is zero. */
function wmmaText({ depth, accumulator }: ProbeType, { element, layout }: Fragment): string {
  const result = accumulator === 'fp32' ? 'float' : '__half', code = (from: string): string => (layout === 'float' ? `__uint_as_float(${from})` : `from_bits<${layout}>(${from})`);
  const start = accumulator === 'fp32' ? '__uint_as_float(c)' : 'from_bits<__half>(c)';
  const out = accumulator === 'fp32' ? 'words[at] = __float_as_uint(cs[0]);' : '{ uint16_t bits; memcpy(&bits, &cs[0], 2); words[at] = bits; }';
  return `  __shared__ __align__(32) ${layout} as[16 * ${depth}], bs[${depth} * 16];
  __shared__ __align__(32) ${result} cs[16 * 16];
  for (int e = threadIdx.x; e < 16 * ${depth}; e += 32) as[e] = bs[e] = ${layout}(0.0f);
  for (int e = threadIdx.x; e < 256; e += 32) cs[e] = ${result}(0.0f);
  __syncthreads();
  for (int k = threadIdx.x; k < ${depth}; k += 32) { as[k] = ${code('a[k]')}; bs[k] = ${code('b[k]')}; }
  if (threadIdx.x == 0) cs[0] = ${start};
  __syncthreads();
  wmma::fragment<wmma::matrix_a, 16, 16, ${depth}, ${element}, wmma::row_major> left;
  wmma::fragment<wmma::matrix_b, 16, 16, ${depth}, ${element}, wmma::col_major> right;
  wmma::fragment<wmma::accumulator, 16, 16, ${depth}, ${result}> sum;
  wmma::load_matrix_sync(left, as, ${depth});
  wmma::load_matrix_sync(right, bs, ${depth});
  wmma::load_matrix_sync(sum, cs, 16, wmma::mem_row_major);
  wmma::mma_sync(sum, left, right, sum);
  wmma::store_matrix_sync(cs, sum, 16, wmma::mem_row_major);
  __syncthreads();
  if (threadIdx.x == 0) ${out}
`;
}

/** Registers of a tile's first row as PTX lays them out: lanes 0 to 3 hold its 32 bytes, lane 0 the first accumulator. */
const operandsText = (type: ProbeType): string => {
  const bytes = formatByName(type.a).width / 8, word = (what: string, side: string, from: number): string => `lane < 4 ? ${what}_of<${bytes}>(${side}, ${from} + lane) : 0`;
  const columns = wordsOf(type).map((name, i) => `${name} = ${word(isSparse(type) ? 'spread' : 'word', 'b', 4 * i)}`);
  return `  int lane = threadIdx.x;
  uint32_t a0 = ${word('word', 'a', 0)}, a2 = ${word('word', 'a', 4)}, ${columns.join(', ')};
`;
};
const wordsOf = (type: ProbeType): readonly string[] => (isSparse(type) ? ['b0', 'b1', 'b2', 'b3'] : ['b0', 'b1']);
/** Of each four elements of a sparse A the first two are kept. */
const METADATA = '0x44444444';
interface Accumulators { readonly start: string; readonly list: string; readonly constraints: string; readonly count: number; readonly out: string }
const accumulators = ({ accumulator }: ProbeType): Accumulators => (accumulator === 'fp32'
  ? {
      start: '  float c0 = lane == 0 ? __uint_as_float(c) : 0.0f, c1 = 0.0f, c2 = 0.0f, c3 = 0.0f;\n', list: '%0,%1,%2,%3',
      constraints: '"+f"(c0), "+f"(c1), "+f"(c2), "+f"(c3)', count: 4, out: '  if (lane == 0) words[at] = __float_as_uint(c0);\n',
    }
  : {
      start: '  uint32_t c0 = lane == 0 ? c : 0, c1 = 0;\n', list: '%0,%1', constraints: '"+r"(c0), "+r"(c1)', count: 2,
      out: '  if (lane == 0) words[at] = c0 & 0xFFFF;\n',
    });
const ptxName = (format: string): string => ({ fp16: 'f16', fp32: 'f32' })[format] ?? format;
const namesOf = (type: ProbeType): { readonly k: number; readonly types: string } => {
  const { a, b, accumulator, depth } = type;
  return { k: isSparse(type) ? 2 * depth : depth, types: `${ptxName(accumulator)}.${ptxName(a)}.${ptxName(b)}` };
};

/** mma.sync of m16n8: a whole tile with one row and one column that are not zero. */
function mmaText(type: ProbeType): string {
  const { k, types } = namesOf(type), { start, list, constraints, count, out } = accumulators(type), at = (n: number): string => `%${count + n}`;
  const b = wordsOf(type), [name, tail] = isSparse(type) ? ['mma.sp::ordered_metadata', `, ${at(3 + b.length)}, 0x0`] : ['mma', ''], metadata = tail && `, "r"(${METADATA})`;
  return `${operandsText(type)}${start}  asm volatile("${name}.sync.aligned.m16n8k${k}.row.col.${types}.${ptxName(type.accumulator)}"
               " {${list}}, {${at(0)},${at(1)},${at(2)},${at(1)}}, {${b.map((_, i) => at(3 + i)).join(',')}}, {${list}}${tail};"
               : ${constraints} : "r"(a0), "r"(0), "r"(a2), ${b.map((word) => `"r"(${word})`).join(', ')}${metadata});
${out}`;
}

/** wgmma of m64n8, A from registers; B lies in shared memory without swizzle, as core matrices of 8 columns by 16 bytes. */
function wgmmaText(type: ProbeType): string {
  const { k, types } = namesOf(type), { start, list, constraints, count, out } = accumulators(type), at = (n: number): string => `%${count + n}`;
  const transposed = formatByName(type.a).width === 16 ? ', 0' : '', b = wordsOf(type);
  const [name, sparse, metadata] = isSparse(type) ? ['wgmma.mma_async.sp', `, ${at(4)}, 0`, `, "r"(${METADATA})`] : ['wgmma.mma_async', '', ''];
  return `  __shared__ __align__(128) uint32_t columns[128];
${operandsText(type)}${start}  columns[lane] = 0;
  __syncthreads();
  if (lane < 4) { ${b.map((word, i) => `columns[${32 * i} + lane] = ${word};`).join(' ')} }
  asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
  __syncthreads();
  uint64_t matrix = (uint64_t)((__cvta_generic_to_shared(columns) & 0x3FFFF) >> 4) | 8ull << 16 | 8ull << 32;
  asm volatile("{ .reg .pred p; setp.ne.b32 p, 1, 0; wgmma.fence.sync.aligned;"
               " ${name}.sync.aligned.m64n8k${k}.${types} {${list}}, {${at(0)},${at(1)},${at(2)},${at(1)}}, ${at(3)}${sparse}, p, 1, 1${transposed};"
               " wgmma.commit_group.sync.aligned; wgmma.wait_group.sync.aligned 0; }"
               : ${constraints} : "r"(a0), "r"(0), "r"(a2), "l"(matrix)${metadata} : "memory");
${out}`;
}

function mainText({ type, rows, crossings }: ProbeTable): string {
  const { name, accumulator } = type, n = rows.length, has = isWgmma(type) ? 'with_wgmma' : `capability >= ${leastOf(type)}`;
  return `  if (${has}) {
    row_${name} *rows;
    uint32_t *words, *out = (uint32_t *)malloc(${n * n} * sizeof *out);
    check(cudaMalloc(&rows, sizeof rows_${name}), "memory");
    check(cudaMalloc(&words, ${n * n} * sizeof *out), "memory");
    check(cudaMemcpy(rows, rows_${name}, sizeof rows_${name}, cudaMemcpyHostToDevice), "copy");
    unit_${name}<<<${n}, ${threadsOf(type)}>>>(rows, words, 0);
    check(cudaDeviceSynchronize(), "${name}");
    check(cudaMemcpy(out, words, ${n} * sizeof *out, cudaMemcpyDeviceToHost), "copy");
    for (int i = 0; i < ${n}; i++) {
${printText(type, `rows_${name}[i]`, 'out[i]')}
    }
    for (int shift = 0; shift < ${Math.min(crossings, n)}; shift++) {
      unit_${name}<<<dim3(${n}, ${n}), ${threadsOf(type)}>>>(rows, words, shift);
      check(cudaDeviceSynchronize(), "${name}");
      check(cudaMemcpy(out, words, ${n * n} * sizeof *out, cudaMemcpyDeviceToHost), "copy");
      uint32_t crc = 0xFFFFFFFFu;
      for (int e = 0; e < ${n * n}; e++) crc = crc32c(crc, ${canonText(accumulator, 'out[e]')}, ${digitsOf(accumulator) / 2});
      printf("cross ${name} %d %08x\\n", shift, (unsigned)~crc);
    }
    free(out);
    cudaFree(rows);
    cudaFree(words);
  }`;
}
