//! place: SPACE:ADDR:DIMS:DTYPE=FILE, as --load, --dump and --expect take it.
import { type Diagnostic, didYouMean } from '../failure.ts';
import { SPACE_ACC, SPACE_DRAM, SPACE_SPM } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { type Format, formats } from '../numerics/format.ts';

export interface Place {
  /** The option and its value, as typed. */
  readonly option: string;
  readonly text: string;
  readonly space: number;
  readonly spaceName: string;
  /** In bytes. */
  readonly address: number;
  readonly dims: readonly number[] | undefined;
  readonly format: Format | undefined;
  readonly file: string;
}

export const memorySpaces: Readonly<Record<string, number>> = { dram: SPACE_DRAM, spm: SPACE_SPM, acc: SPACE_ACC };
export const spaceBytes = (profile: Profile, space: number): number =>
  space === SPACE_DRAM ? profile.dramBytes : space === SPACE_SPM ? profile.spmBytes : profile.accBytes;

const aliases: Readonly<Record<string, string>> = { f32: 'fp32', f16: 'fp16' };
const DIM_COUNT_MAX = 8;

const formatNamed = (name: string): Format | undefined => formats.find((format) => format.name === (aliases[name] ?? name));
export const formatNames = (): readonly string[] => formats.map(({ name }) => name);

/** The place, or undefined with diagnostics. `needs` says what may not be left out. */
export function parsePlace(option: string, text: string, needs: 'address' | 'shape', diagnostics: Diagnostic[]): Place | undefined {
  const before = diagnostics.length,
    wrong = (message: string): void => {
      diagnostics.push({ file: option, line: 0, column: 0, message: `'${text}': ${message}` });
    };
  const usage = needs === 'shape' ? 'SPACE:ADDR:DIMS:DTYPE=FILE' : 'SPACE:ADDR[:DIMS:DTYPE]=FILE',
    split = text.indexOf('=');
  if (split < 0 || split === text.length - 1) {
    wrong(`a file is missing; write ${usage}`);
    return undefined;
  }
  const parts = text.slice(0, split).split(':'),
    [spaceName = '', addressText = '', dimsText, dtype] = parts;
  if (parts.length < 2 || parts.length > 4 || parts.length === 3 || (needs === 'shape' && parts.length < 4)) {
    wrong(`write ${usage}`);
    return undefined;
  }
  const space = memorySpaces[spaceName];
  if (space === undefined) wrong(unknownSpace(spaceName));
  const address = wholeNumber(addressText);
  if (address === undefined) wrong(`'${addressText}' is not an address in bytes`);
  const dims =
    dimsText === undefined
      ? undefined
      : dimsText
          .replace(/^\[|\]$/g, '')
          .split(/[x,]/)
          .map((dim) => wholeNumber(dim.trim()) ?? Number.NaN);
  if (dims && (dims.length > DIM_COUNT_MAX || !dims.every((dim) => dim >= 1))) wrong(`'${dimsText}' are not dims; write 64 or 4x16`);
  const format = dtype === undefined ? undefined : formatNamed(dtype);
  if (dtype !== undefined && !format) wrong(unknownDtype(dtype));
  if (diagnostics.length > before) return undefined;
  return { option, text, space: space!, spaceName, address: address!, dims, format, file: text.slice(split + 1) };
}

export const unknownSpace = (name: string): string =>
  `'${name}' is not a space; the spaces are ${Object.keys(memorySpaces).join(' ')}${didYouMean(name, Object.keys(memorySpaces))}`;
const unknownDtype = (name: string): string =>
  `'${name}' is not a dtype; the dtypes are ${formatNames().join(' ')}${didYouMean(name, [...formatNames(), ...Object.keys(aliases)])}`;

/** Decimal, 0x or 0b, with underscores; undefined for anything else and beyond 2^53. */
export function wholeNumber(text: string): number | undefined {
  if (!/^(0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*)$/.test(text)) return undefined;
  const value = Number(text.replaceAll('_', ''));
  return Number.isSafeInteger(value) ? value : undefined;
}

export const hexText = (value: number | bigint): string => `0x${value.toString(16)}`;
export const placeText = ({ spaceName, address }: Place): string => `${spaceName}:${hexText(address)}`;
