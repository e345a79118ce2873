//! emit-cuda: the probe as a CUDA program: one warp for each row, by wmma, or mma.sync for floats of 8 bits.
import { type ProbeTable, printText, tableText } from './emit-c.ts';
import type { ProbeType } from './types-of-units.ts';
import { PROBE_HEADER } from './words.ts';

interface Fragment { readonly element: string; readonly layout: string; readonly result: string; readonly least: number }
/** Element and accumulator types of wmma, and the compute capability that has them. */
const wmma: Readonly<Record<string, Fragment>> = {
  f16_f32: { element: '__half', layout: '__half', result: 'float', least: 700 },
  f16_f16: { element: '__half', layout: '__half', result: '__half', least: 700 },
  bf16_f32: { element: '__nv_bfloat16', layout: '__nv_bfloat16', result: 'float', least: 800 },
  tf32_f32: { element: 'wmma::precision::tf32', layout: 'float', result: 'float', least: 800 },
};

/** A complete program; types that the GPU has not are left out of what it prints. */
export function probeCuda(all: readonly ProbeTable[]): string {
  return [
    '// probe: prints the words of a GPU\'s tensor cores for inputs that tell presets apart; made by `systole probe --emit cuda`.',
    '//   nvcc -arch=native probe.cu -o probe && ./probe > words.txt && systole probe --check words.txt',
    '#include <cstdint>', '#include <cstdio>', '#include <cstring>', '#include <cuda_bf16.h>', '#include <cuda_fp16.h>', '#include <mma.h>', 'using namespace nvcuda;', '',
    'static void check(cudaError_t status, const char *what) {',
    '  if (status == cudaSuccess) return;', '  fprintf(stderr, "probe: %s: %s\\n", what, cudaGetErrorString(status));', '  exit(1);', '}', '',
    ...all.map(({ type, rows }) => tableText(type, rows, 'static const')), ...all.map(({ type }) => (type.name in wmma ? wmmaKernel(type, wmma[type.name]!) : mmaKernel(type))),
    'int main() {', '  cudaDeviceProp device;', '  check(cudaGetDeviceProperties(&device, 0), "no GPU");', '  int capability = device.major * 100 + device.minor * 10, k;',
    `  printf("# ${PROBE_HEADER} from %s, compute capability %d.%d\\n", device.name, device.major, device.minor);`,
    ...all.map(({ type, rows }) => mainText(type, rows.length)), '  return 0;', '}', '',
  ].join('\n');
}

/** Operands lie in the first row of A, the first column of B and the first element of C; all else is zero. */
function wmmaKernel({ name, depth }: ProbeType, { element, layout, result, least }: Fragment): string {
  const code = layout === 'float' ? '__uint_as_float(rows[i].a[k])' : `bits_${name}(rows[i].a[k])`;
  const helper = layout === 'float' ? '' : `static __device__ ${layout} bits_${name}(uint32_t code) { ${layout} value; uint16_t bits = (uint16_t)code; memcpy(&value, &bits, 2); return value; }\n`;
  const start = result === 'float' ? '__uint_as_float(rows[i].c)' : `bits_${name}(rows[i].c)`;
  const out = result === 'float' ? 'words[i] = __float_as_uint(c[0]);' : '{ uint16_t bits; memcpy(&bits, &c[0], 2); words[i] = bits; }';
  return `${helper}static __global__ void unit_${name}(const row_${name} *rows, uint32_t *words) {
#if __CUDA_ARCH__ >= ${least}
  __shared__ __align__(32) ${layout} a[16 * ${depth}], b[${depth} * 16];
  __shared__ __align__(32) ${result} c[16 * 16];
  int i = blockIdx.x;
  for (int at = threadIdx.x; at < 16 * ${depth}; at += 32) a[at] = b[at] = ${layout}(0.0f);
  for (int at = threadIdx.x; at < 256; at += 32) c[at] = ${result}(0.0f);
  __syncthreads();
  for (int k = threadIdx.x; k < ${depth}; k += 32) { a[k] = ${code}; b[k] = ${code.replace('.a[', '.b[')}; }
  if (threadIdx.x == 0) c[0] = ${start};
  __syncthreads();
  wmma::fragment<wmma::matrix_a, 16, 16, ${depth}, ${element}, wmma::row_major> left;
  wmma::fragment<wmma::matrix_b, 16, 16, ${depth}, ${element}, wmma::col_major> right;
  wmma::fragment<wmma::accumulator, 16, 16, ${depth}, ${result}> sum;
  wmma::load_matrix_sync(left, a, ${depth});
  wmma::load_matrix_sync(right, b, ${depth});
  wmma::load_matrix_sync(sum, c, 16, wmma::mem_row_major);
  wmma::mma_sync(sum, left, right, sum);
  wmma::store_matrix_sync(c, sum, 16, wmma::mem_row_major);
  __syncthreads();
  if (threadIdx.x == 0) ${out}
#endif
}
`;
}

/** m16n8k32: lanes 0 to 3 hold the first row of A and the first column of B, four elements to a register; lane 0 has the first of C. */
function mmaKernel({ name, input }: ProbeType): string {
  const operand = (side: string, from: string): string => `four(rows[i].${side}, ${from})`;
  return `static __device__ uint32_t four_${name}(const uint32_t *codes, int from) {
  return codes[from] | codes[from + 1] << 8 | codes[from + 2] << 16 | codes[from + 3] << 24;
}
static __global__ void unit_${name}(const row_${name} *rows, uint32_t *words) {
#if __CUDA_ARCH__ >= 890
  int i = blockIdx.x, lane = threadIdx.x;
  uint32_t a0 = 0, a2 = 0, b0 = 0, b1 = 0;
  float c0 = lane == 0 ? __uint_as_float(rows[i].c) : 0.0f, c1 = 0.0f, c2 = 0.0f, c3 = 0.0f;
  if (lane < 4) {
    a0 = ${operand('a', '4 * lane').replace('four(', `four_${name}(`)}; a2 = ${operand('a', '16 + 4 * lane').replace('four(', `four_${name}(`)};
    b0 = ${operand('b', '4 * lane').replace('four(', `four_${name}(`)}; b1 = ${operand('b', '16 + 4 * lane').replace('four(', `four_${name}(`)};
  }
  asm volatile("mma.sync.aligned.m16n8k32.row.col.f32.${input}.${input}.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
               : "+f"(c0), "+f"(c1), "+f"(c2), "+f"(c3) : "r"(a0), "r"(0), "r"(a2), "r"(0), "r"(b0), "r"(b1));
  if (lane == 0) words[i] = __float_as_uint(c0);
#endif
}
`;
}

function mainText(type: ProbeType, count: number): string {
  const { name } = type, least = wmma[name]?.least ?? 890;
  return `  if (capability >= ${least}) {
    row_${name} *rows;
    uint32_t *words, out[${count}];
    check(cudaMalloc(&rows, sizeof rows_${name}), "memory");
    check(cudaMalloc(&words, sizeof out), "memory");
    check(cudaMemcpy(rows, rows_${name}, sizeof rows_${name}, cudaMemcpyHostToDevice), "copy");
    unit_${name}<<<${count}, 32>>>(rows, words);
    check(cudaDeviceSynchronize(), "${name}");
    check(cudaMemcpy(out, words, sizeof out, cudaMemcpyDeviceToHost), "copy");
    for (int i = 0; i < ${count}; i++) {
${printText(type, `rows_${name}[i]`, 'out[i]')}
    }
  }`;
}
