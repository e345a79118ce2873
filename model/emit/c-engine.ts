//! c-engine: the engine's own records and the names of things, for the C code that hosts the engine.
import { set } from '../instructions/set.ts';
import * as limits from '../limits.ts';
import { controlLayout, dotLayout, formatLayout, functionTableLayout, orderLayout, profileLayout, tripleLayout } from '../machine/state.ts';
import { formats } from '../numerics/format.ts';
import { struct } from './c.ts';

/** rtl/dpi/ includes it; no part of what users include. */
export const engineHeaderText = (): string => [
  '/* Made by model/emit/c-engine.ts from the definitions; never edited (npm run emit). */',
  '#ifndef SYSTOLE_ENGINE_H', '#define SYSTOLE_ENGINE_H', '#include "systole_isa.h"', '',
  ...names('mnemonic', 'opcode', set.map(({ opcode, mnemonic }) => [opcode, mnemonic])),
  ...names('dtype_name', 'dtype', formats.map(({ code, name }) => [code, name])),
  ...names('trap_name', 'code', Object.entries(limits.trapNames).map(([code, name]) => [Number(code), name])),
  ...names('unit_name', 'unit', limits.unitNames.map((name, unit) => [unit, name])),
  ...names('space_name', 'space', limits.spaceNames.map((name, space) => [space, name])),
  ...names('status_name', 'status', limits.statusNames.map((name, status) => [status, name])),
  ...[formatLayout, dotLayout, tripleLayout, functionTableLayout, profileLayout, controlLayout, orderLayout].flatMap(struct),
  '#endif', '',
].join('\n');

/** `systole_mnemonic(opcode)`: the name of a code, "?" where it has none. */
const names = (what: string, code: string, all: readonly (readonly [number, string])[]): readonly string[] => [
  `static inline const char *systole_${what}(uint32_t ${code}) {`, `  switch (${code}) {`,
  ...all.map(([value, name]) => `    case 0x${value.toString(16)}: return "${name}";`), '    default: return "?";', '  }', '}', '',
];
