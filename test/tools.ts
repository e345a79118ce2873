//! tools: programs of the system that users need not have: a test without one is skipped, saying so; under CI it fails.
import { spawnSync } from 'node:child_process';

/** Debian's names of what brings them. */
const packages = { verilator: 'verilator', iverilog: 'iverilog', yosys: 'yosys', make: 'make', 'g++': 'g++', tar: 'tar' } as const;
export type Tool = keyof typeof packages;

/** Are all of them there? */
export function tools(...names: readonly Tool[]): boolean {
  // Icarus knows no --version and says all is well to -V only.
  const missing = names.filter((name) => spawnSync(name, [name === 'iverilog' ? '-V' : '--version']).status !== 0);
  const install = `apt-get install ${missing.map((name) => packages[name]).join(' ')}`;
  if (missing.length > 0 && process.env.CI === 'true') throw new Error(`${missing.join(' and ')} missing: ${install}`);
  if (missing.length > 0) console.log(`skipped: ${missing.join(' and ')} missing (${install})`);
  return missing.length === 0;
}
