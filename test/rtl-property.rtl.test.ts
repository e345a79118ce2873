//! rtl-property.rtl.test: the example that runs a property on Verilated RTL finds and shrinks a seeded bug, and nothing in the design as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assemble } from '../model/assembler/assembler.ts';
import { tool } from './simulators.ts';

const root = join(import.meta.dirname, '..'), folder = join(root, 'examples', 'rtl-property');

/** koffi is the example's own. */
function ready(): boolean {
  if (!tool('verilator', 'apt-get install verilator g++ make')) return false;
  if (existsSync(join(folder, 'node_modules', 'koffi'))) return true;
  const install = 'npm install --prefix examples/rtl-property';
  if (process.env.CI === 'true') throw new Error(`koffi is missing: ${install}`);
  console.log(`skipped: koffi is missing (${install})`);
  return false;
}
const property = (...options: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
  spawnSync(process.execPath, [join(folder, 'property.mjs'), ...options], { cwd: folder, encoding: 'utf8' });

test('the design leaves the memory that the engine leaves', () => {
  if (!ready()) return;
  const { status, stdout, stderr } = property('--runs', '100', '--seed', '2');
  expect([status, stdout], stderr).toEqual([0, '100 programs, no difference\n']);
}, 300_000);

test('a seeded bug is found and shrunk to the program that the README shows, which assembles', () => {
  if (!ready()) return;
  const { status, stdout, stderr } = property('--bug', '16');
  expect(status, stderr).toBe(1);
  expect(stdout).toBe(/^```text\n([\s\S]*?)^```$/m.exec(readFileSync(join(folder, 'README.md'), 'utf8'))![1]);
  const { program, diagnostics } = assemble(stdout.split('\n').slice(1, -2).join('\n'));
  expect(diagnostics).toEqual([]);
  expect(new DataView(program!.image.buffer, program!.image.byteOffset).getUint32(12, true)).toBeLessThanOrEqual(6);
}, 300_000);
