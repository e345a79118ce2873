//! memory: files of memory contents as sections, in the form that their name tells.
import { readIntelHex } from './intelhex.ts';
import { readNpy } from './npy.ts';
import { readHex } from './readmemh.ts';
import type { Section } from './section.ts';

export type MemoryKind = 'raw' | 'npy' | 'hex' | 'ihex';

const kinds: Readonly<Record<string, MemoryKind>> = { npy: 'npy', hex: 'hex', mem: 'hex', vmem: 'hex', ihex: 'ihex', ihx: 'ihex' };

/** By the end of a file's name; whatever is none of these is raw bytes. */
export const kindOf = (name: string): MemoryKind => kinds[/\.(\w+)$/.exec(name.toLowerCase())?.[1] ?? ''] ?? 'raw';

/** The elements of .npy, packed words of hexadecimal text, whatever its name, Intel HEX where the text begins as that, or the bytes. Throws Rejected for malformed ones. */
export function sectionsOf(bytes: Uint8Array, kind: MemoryKind, name: string): readonly Section[] {
  if (kind === 'raw') return [{ address: 0, bytes }];
  if (kind === 'npy') return [{ address: 0, bytes: readNpy(bytes, name).bytes }];
  const text = new TextDecoder('latin1').decode(bytes);
  return kind === 'ihex' || /^\s*:/.test(text) ? readIntelHex(text, name) : readHex(text, name).sections;
}
