//! generated.test: generated files are what the definitions give, and the tools that read them accept them.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generated } from '../model/emit/all.ts';
import { functionFiles, withFunctions } from '../model/emit/profile-functions.ts';
import { profilePackageText } from '../model/emit/systemverilog-profile.ts';
import { missingTables, withTables } from '../model/emit/numerics.ts';
import { profile, profileNames } from '../model/machine/profile.ts';

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

/** A tool that users need not have; CI must. */
function tool(name: string, install: string): boolean {
  if (spawnSync(name, ['--version']).status === 0) return true;
  if (process.env.CI === 'true') throw new Error(`${name} is missing: ${install}`);
  console.log(`skipped: ${name} is missing (${install})`);
  return false;
}

test.each(functionFiles)('the function tables of %s are what their maker makes (npm run emit)', (path) => {
  const text = readFileSync(`${root}${path}`, 'utf8');
  expect(withFunctions(text) === text, `${path} differs: run npm run emit`).toBe(true);
});

test.each(['isa', 'profile', 'functions'])('the SystemVerilog package systole_%s passes verilator --lint-only', (name) => {
  if (!tool('verilator', 'apt-get install verilator')) return;
  const lint = spawnSync('verilator', ['--lint-only', '-Wall', `${root}generated/systole_${name}.sv`], { encoding: 'utf8' });
  expect(lint.stderr).toBe('');
  expect(lint.status).toBe(0);
});

test('the package of every built-in profile passes verilator --lint-only, and says its size', () => {
  if (!tool('verilator', 'apt-get install verilator')) return;
  const folder = mkdtempSync(join(tmpdir(), 'systole-'));
  try {
    for (const name of profileNames()) {
      const of = profile(name), file = join(folder, 'systole_profile.sv');
      writeFileSync(file, profilePackageText(of));
      const lint = spawnSync('verilator', ['--lint-only', '-Wall', file], { encoding: 'utf8' });
      expect([lint.status, lint.stderr], name).toEqual([0, '']);
      expect(readFileSync(file, 'utf8')).toContain(`SPM_BYTES = 32'd${of.spmBytes};`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the C header passes gcc -fsyntax-only, as C and as C++', () => {
  if (!tool('gcc', 'apt-get install gcc g++')) return;
  execFileSync('gcc', ['-fsyntax-only', '-std=c11', '-Wall', '-Wextra', '-Werror', '-x', 'c', `${root}generated/systole_isa.h`]);
  execFileSync('g++', ['-fsyntax-only', '-std=c++17', '-Wall', '-Wextra', '-Werror', '-x', 'c++', `${root}generated/systole_isa.h`]);
});

test('every instruction has its entry, diagram and rules in the manual', () => {
  const manual = readFileSync(`${root}generated/manual.md`, 'utf8');
  expect([...manual.matchAll(/^### \w+$/gm)].length).toBe(59);
  expect(manual).toContain('word 1');
});
