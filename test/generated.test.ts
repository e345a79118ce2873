//! generated.test: generated files are what the definitions give, and the tools that read them accept them.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generated } from '../model/emit/all.ts';
import { functionFiles, withFunctions } from '../model/emit/profile-functions.ts';
import { profilePackageText } from '../model/emit/systemverilog-profile.ts';
import { missingTables, withTables } from '../model/emit/numerics.ts';
import { profile, profileNames } from '../model/machine/profile.ts';
import { generatedFolder, hasSimulator, inFolder, tool } from './simulators.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const [path, text] of generated()) {
  test(`${path} is what its maker makes (npm run emit)`, () => {
    expect(readFileSync(`${root}${path}`, 'utf8') === text, `${path} differs: run npm run emit`).toBe(true);
  });
}

test('the tables of the chapter on numerics are what their maker makes (npm run emit), and none is missing', () => {
  const page = readFileSync(`${root}docs/numerics.md`, 'utf8');
  expect(missingTables(page)).toEqual([]);
  expect(withTables(page) === page, 'docs/numerics.md differs: run npm run emit').toBe(true);
});

test.each(functionFiles)('the function tables of %s are what their maker makes (npm run emit)', (path) => {
  const text = readFileSync(`${root}${path}`, 'utf8');
  expect(withFunctions(text) === text, `${path} differs: run npm run emit`).toBe(true);
});

/** Every emitted file of SystemVerilog, and the packages that it names. */
const systemVerilog: readonly (readonly [string, readonly string[]])[] = [
  ['isa', []],
  ['csr', []],
  ['types', []],
  ['functions', []],
  ['profile', []],
  ['assertions', ['isa']],
  ['coverage', ['isa']],
];

test.each(systemVerilog)('verilator --lint-only -Wall and iverilog -Wall have nothing to say of systole_%s.sv', (name, packages) => {
  const files = [...packages, name].map((one) => `${generatedFolder}systole_${one}.sv`);
  if (hasSimulator('verilator')) {
    const lint = spawnSync('verilator', ['--lint-only', '-Wall', ...files], { encoding: 'utf8' });
    expect([lint.status, lint.stderr]).toEqual([0, '']);
  }
  if (hasSimulator('icarus')) {
    // Icarus elaborates nothing without a module on top.
    inFolder({ 'top.sv': 'module top; endmodule\n' }, (folder) => {
      const read = spawnSync('iverilog', ['-g2012', '-Wall', '-t', 'null', ...files, `${folder}/top.sv`], { encoding: 'utf8' });
      expect([read.status, read.stderr]).toEqual([0, '']);
    });
  }
});

test('every file of SystemVerilog that is made is linted', () => {
  const made = [...generated().keys()].filter((path) => path.endsWith('.sv'));
  expect(made.filter((path) => !systemVerilog.some(([name]) => path === `generated/systole_${name}.sv`))).toEqual([]);
});

test('the package of every built-in profile passes verilator --lint-only, and says its size', () => {
  if (!hasSimulator('verilator')) return;
  for (const name of profileNames()) {
    const of = profile(name), text = profilePackageText(of);
    expect(text).toContain(`SPM_BYTES = 32'd${of.spmBytes};`);
    inFolder({ 'systole_profile.sv': text }, (folder) => {
      const lint = spawnSync('verilator', ['--lint-only', '-Wall', join(folder, 'systole_profile.sv')], { encoding: 'utf8' });
      expect([lint.status, lint.stderr], name).toEqual([0, '']);
    });
  }
});

test('the C header passes gcc -fsyntax-only, as C and as C++', () => {
  if (!tool('gcc', 'apt-get install gcc g++')) return;
  execFileSync('gcc', ['-fsyntax-only', '-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-x', 'c', `${root}generated/systole_isa.h`]);
  execFileSync('g++', ['-fsyntax-only', '-std=c++17', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-x', 'c++', `${root}generated/systole_isa.h`]);
});

test('every instruction has its entry, diagram and rules in the manual', () => {
  const manual = readFileSync(`${root}generated/manual.md`, 'utf8');
  expect([...manual.matchAll(/^### \w+$/gm)].length).toBe(59);
  expect(manual).toContain('word 1');
});
