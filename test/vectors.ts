//! vectors: finds the folder of outside vectors for tests, which skip with one line where it is absent.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { test } from 'vitest';

/** The folder of vectors: SYSTOLE_VECTORS, or ../shared/vectors beside the checkout; undefined where neither exists. */
export function vectorFolder(): string | undefined {
  const beside = fileURLToPath(new URL('../../shared/vectors', import.meta.url));
  const folder = process.env['SYSTOLE_VECTORS'] ?? beside;
  return existsSync(folder) ? folder : undefined;
}

/** A test that needs one set of the vectors. Where the set is absent one line says so, and the test counts as skipped. */
export function vectorTest(set: VectorSet, law: string, body: (folder: string) => void | Promise<void>): void {
  const root = vectorFolder();
  const folder = root === undefined ? undefined : join(root, folderOf(set));
  if (folder !== undefined && existsSync(folder)) {
    test(law, () => body(folder));
    return;
  }
  if (!announced.has(set)) {
    announced.add(set);
    process.stderr.write(`skipped: vectors '${set}' are absent (${sources[set]}); SYSTOLE_VECTORS names their folder\n`);
  }
  test.skip(law, () => body(''));
}

/** The lines of a text file, gzipped or not, without comments and empty ones. */
export function dataLines(path: string): readonly string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** Where each set can be had. */
const sources = {
  testfloat: 'made with Berkeley TestFloat 3e, http://www.jhauser.us/arithmetic/TestFloat.html',
  requantise: 'seven rounding conventions side by side, and QuantizeLinear outputs of onnxruntime',
  'narrow-floats': 'decode and encode tables in the conventions of ml_dtypes, https://github.com/jax-ml/ml_dtypes',
  'accumulation-modes': 'dot products under declared orders',
  'nvidia-tensorcore-hardware': 'words measured on GPUs, https://github.com/north-numerical-computing/MATLAB-tensor-core',
  'fused-dot-model': 'dot products of models of tensor cores',
  'fused-dot-model-amd': 'dot products of models of matrix cores',
  'cmsis-nn': 'https://github.com/ARM-software/CMSIS-NN, Tests/UnitTest/TestCases',
  onnx: 'https://github.com/onnx/onnx, backend node tests',
} as const;
export type VectorSet = keyof typeof sources;

const folders: Partial<Record<VectorSet, string>> = { 'cmsis-nn': 'cmsis-nn-99f736a', onnx: 'onnx-v1.22.0' };

function folderOf(set: VectorSet): string {
  return folders[set] ?? set;
}

const announced = new Set<VectorSet>();
