//! csr-constants: the host's window as names and numbers, for every language that has constants.
import { type Register, registers } from '../machine/csr.ts';

/** For each register its offset; where it has them count, step, value at power-on; of each field low bit, width and mask. */
export const csrConstants = (): readonly (readonly [string, number])[] => registers.flatMap(({ name, offset, repeat, reset = 0, access, fields = [] }) => [
  [name, offset] as const,
  ...(repeat ? [[`${name}_COUNT`, repeat[0]] as const, [`${name}_STEP`, repeat[1]] as const] : []),
  ...(typeof reset === 'number' && access !== 'wo' ? [[`${name}_RESET`, reset] as const] : []),
  ...fields.flatMap((field) => [
    [`${name}_${field.name.toUpperCase()}_LOW`, field.low] as const, [`${name}_${field.name.toUpperCase()}_WIDTH`, field.width] as const,
    [`${name}_${field.name.toUpperCase()}_MASK`, maskOf(field)] as const,
  ]),
]);

export const maskOf = ({ low, width }: { readonly low: number; readonly width: number }): number => (2 ** width - 1) * 2 ** low;

/** What the host may do at any time, and what it may do only in some phases. */
export interface Permission { readonly reads: boolean; readonly writes: boolean; readonly locked: boolean; readonly stopped: boolean }
export const permissionOf = ({ access, locked = false, stopped = false }: Register): Permission =>
  ({ reads: access !== 'wo', writes: access !== 'ro', locked, stopped });
