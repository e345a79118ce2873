//! build: the Verilated matrix unit as a shared library, one for each BUG, made when its sources are newer.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

/** The path of the library whose design has this bug; 0: none. */
export function library(bug, output = join(root, 'build', 'rtl-property')) {
  const packages = ['systole_isa.sv', 'systole_profile.sv'].map((name) => join(root, 'generated', name));
  // Modules on their own, not the benches.
  const rtl = join(root, 'rtl');
  const modules = readdirSync(rtl).filter((name) => name.endsWith('.sv') && name !== 'systole_player.sv').map((name) => join(rtl, name));
  const shim = join(here, 'matrix.cpp'), target = join(output, `matrix-${bug}.so`);
  const newest = Math.max(...[...packages, ...modules, shim].map((path) => statSync(path).mtimeMs));
  if (existsSync(target) && statSync(target).mtimeMs > newest) return target;
  const folder = join(output, `matrix-${bug}`);
  mkdirSync(folder, { recursive: true });
  execFileSync('verilator', [
    '--cc', '--exe', '--build', '-j', '2', '-O3', '-Wno-fatal', '-Wno-MULTITOP', `-GBUG=${bug}`, '--top-module', 'systole_matrix', '--Mdir', folder,
    '-CFLAGS', '-O2 -fPIC', '-LDFLAGS', '-shared', '-o', target, ...packages, ...modules, shim,
  ], { stdio: ['ignore', 'ignore', 'inherit'] });
  return target;
}
