//! program: a program file of any kind to what a device takes: assembly, an image, hexadecimal words, Intel HEX.
import { dirname, extname, isAbsolute, join, normalize, sep } from 'node:path';
import { assembled, type Assembly } from '../assembler/assembler.ts';
import { type Image, readImage } from '../assembler/image.ts';
import { DATA_MAX } from '../assembler/session.ts';
import type { Program } from '../device.ts';
import { Rejected } from '../failure.ts';
import { kindOf, sectionsOf } from '../files/memory.ts';
import { refuse, type Section } from '../files/section.ts';
import { IMAGE_ALIGNMENT, IMAGE_MAGIC } from '../limits.ts';
import { inTurns } from './drive.ts';
import { bytesText, firstNonUtf8, isFolder, isPresent, readHead, readInput, readNamed, shownPath, STDIO } from './host.ts';

export type ProgramKind = 'assembly' | 'image' | 'hex' | 'ihex';
export interface LoadedProgram {
  readonly kind: ProgramKind;
  readonly program: Program;
  readonly image: Image;
  /** Present for assembly: places, labels and names. */
  readonly assembly: Assembly | undefined;
  /** Lines of the source files, for messages. */
  readonly lineOf: (file: string, line: number) => string | undefined;
}

const HEAD_BYTES = 2 ** 16,
  TEXT_MAX = 2 ** 26,
  IMAGE_MAX = 2 ** 30;
const assemblyExtensions = ['.s', '.asm', '.tasm', '.inc'];

/** Throws Rejected with everything that is wrong with the file; what cannot be a program is refused by its first bytes. */
export async function readProgram(path: string): Promise<LoadedProgram> {
  const name = shownPath(path),
    folder = folderOf(path);
  if (folder !== undefined) throw refuse(name, `not a program but ${folder}`);
  const seen = readHead(path, HEAD_BYTES);
  if (seen) refuseEarly(seen.head, seen.size, name);
  const bytes = await readInput(path, seen && isImage(seen.head) ? IMAGE_MAX : TEXT_MAX, 'a program');
  refuseEarly(bytes.subarray(0, HEAD_BYTES), bytes.length, name);
  const kind = kindOfProgram(bytes, path);
  if (kind === 'assembly') {
    // Unfolding a text may take seconds, in which Ctrl-C is heard too.
    return inTurns(() => fromAssembly(bytes, name));
  }
  if (kind === 'image') return loaded(kind, wholeImage(bytes, name), name);
  return fromSections(kind, sectionsOf(bytes, kind, name), name);
}

const kindsText = 'a program is assembly text (UTF-8), hexadecimal words, or an image that begins with "SYS1"';
const isImage = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === IMAGE_MAGIC;

function refuseEarly(head: Uint8Array, size: number, name: string): void {
  if (size === 0) throw refuse(name, `the file is empty; ${kindsText}`);
  if (isImage(head)) return;
  const other = otherwise(new TextDecoder('latin1').decode(head));
  if (other !== undefined) throw refuse(name, `not a program but ${other}`);
  const zero = head.indexOf(0);
  if (zero >= 0) throw refuse(name, `not a program: byte 0x00 at offset ${zero} of ${bytesText(size)}; ${kindsText}`);
  if (size > TEXT_MAX) throw refuse(name, `${bytesText(size)} of text, too long for a program; allowed: ${bytesText(TEXT_MAX)}`);
}

/** What a file is that begins so, and what takes it; undefined for what may be a program. */
function otherwise(head: string): string | undefined {
  if (/^(\/\/ )?systole-trace \d|^\{[^\n]*"format" *: *"systole-trace"/.test(head)) return 'a trace; `systole trace print` shows it, `systole compare` compares it with another one';
  if (head.startsWith('ustar', TAR_MAGIC_AT)) return 'an archive; `systole bundle replay` runs the cases of a bundle in one';
  if (!/^\s*\{/.test(head)) return undefined;
  return bySchema[/^[^[]*?"schema"\s*:\s*"systole-(\w+)\//.exec(head)?.[1] ?? ''] ?? `JSON; ${kindsText}`;
}
const TAR_MAGIC_AT = 257;
/** What a folder of ours is, and what takes it; undefined for any other, and for a file. */
export const folderOf = (path: string): string | undefined => (path !== STDIO && isFolder(path) ? Object.entries(byFile).find(([name]) => isPresent(join(path, name)))?.[1] : undefined);
const byFile: Readonly<Record<string, string>> = {
  'manifest.json': 'a bundle; `systole bundle replay` runs its cases, `systole run` one of its folders cases/NAME',
  'results.json': 'a campaign; `systole report` shows it',
};
/** Of files in JSON. */
const bySchema: Readonly<Record<string, string>> = {
  case: 'a case of a campaign; `systole replay` runs it',
  bundle: 'the manifest of a bundle; `systole bundle replay` runs its cases, `systole run` one of the folders next to it, cases/NAME',
  results: 'the results of a campaign; `systole report` shows them',
  times: 'the times of a campaign; `systole report` shows its results',
  coverage: 'counters of coverage; `systole coverage` shows them',
  profile: 'a profile; --profile takes it',
};

function kindOfProgram(bytes: Uint8Array, path: string): ProgramKind {
  if (isImage(bytes)) return 'image';
  if (assemblyExtensions.includes(extname(path).toLowerCase())) return 'assembly';
  const text = new TextDecoder('latin1')
    .decode(bytes.subarray(0, HEAD_BYTES))
    .replace(/\/\/.*/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '');
  if (/^\s*:[\da-fA-F]{10}/.test(text)) return 'ihex';
  const isNamedHex = ['hex', 'ihex'].includes(kindOf(path));
  return isNamedHex || /^[\s@_\da-fA-F]*[\da-fA-F][\s@_\da-fA-F]*$/.test(text) ? 'hex' : 'assembly';
}

function fromAssembly(bytes: Uint8Array, name: string): LoadedProgram {
  // Not UTF-8: the assembler would complain about every line of it.
  const wrong = firstNonText(bytes);
  if (wrong !== undefined)
    throw refuse(name, `not a program: byte 0x${bytes[wrong]!.toString(16).padStart(2, '0')} at offset ${wrong} is not text; ${kindsText}`);
  const texts = new Map<string, string>(),
    keep = (file: string, contents: Uint8Array): void => void texts.set(file, new TextDecoder().decode(contents));
  const home = name === '<stdin>' ? '.' : dirname(name),
    // A text is known by the name that the one before gave it; what it names itself lies beside it.
    folders = new Map([[name, '']]);
  keep(name, bytes);
  const assembly = assembled(bytes, {
    file: name,
    include: (path, from) => {
      const inner = isAbsolute(path) ? undefined : normalize(join(folders.get(from) ?? '', path));
      if (inner === undefined || inner === '..' || inner.startsWith(`..${sep}`))
        return { why: 'lies outside the folder of the program; copy or link it there' };
      const file = join(home, inner);
      folders.set(path, dirname(inner));
      try {
        const contents = readNamed(file, DATA_MAX, 'what a program names');
        if (contents.length < TEXT_MAX) keep(path, contents);
        return contents;
      } catch (error) {
        if (!(error instanceof Rejected)) throw error;
        return { why: error.diagnostics.map(({ message }) => message).join('; ') };
      }
    },
  });
  const lines = new Map<string, readonly string[]>();
  const lineOf = (file: string, line: number): string | undefined => {
    if (!lines.has(file)) lines.set(file, (texts.get(file) ?? '').split('\n'));
    return lines.get(file)?.[line - 1];
  };
  return { kind: 'assembly', program: assembly.program, image: readImage(assembly.program.image, name), assembly, lineOf };
}

/** Offset of the first byte that is not UTF-8 or a control character. */
function firstNonText(bytes: Uint8Array): number | undefined {
  const control = bytes.findIndex((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 11 && byte !== 12);
  return control >= 0 ? control : firstNonUtf8(bytes);
}

function wholeImage(bytes: Uint8Array, name: string): Uint8Array {
  readImage(bytes, name);
  const said = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  if (said !== bytes.length)
    throw refuse(name, `the image is ${bytes.length} bytes long, ${bytes.length < said ? 'cut off' : 'too long'}: its header says ${said}`);
  return bytes;
}

/** One piece of memory that begins with an image; an address other than 0 is where the image goes. */
function fromSections(kind: ProgramKind, sections: readonly Section[], name: string): LoadedProgram {
  const [only] = sections;
  if (!only || sections.length > 1) throw refuse(name, `${sections.length} separate pieces of memory; a program is one image`);
  if (only.known) throw refuse(name, 'x digits in a program');
  if (only.address % IMAGE_ALIGNMENT)
    throw refuse(name, `the image begins at 0x${only.address.toString(16)}; allowed: multiples of ${IMAGE_ALIGNMENT}`);
  const { program, ...rest } = loaded(kind, wholeImage(only.bytes, name), name);
  return { ...rest, program: only.address === 0 ? program : { ...program, imageBase: only.address } };
}

const loaded = (kind: ProgramKind, bytes: Uint8Array, name: string): LoadedProgram => ({
  kind,
  program: { image: bytes, memory: [] },
  image: readImage(bytes, name),
  assembly: undefined,
  lineOf: () => undefined,
});

/** `prog.s:12:5` of an instruction, where it is known. */
export function placeOf({ assembly }: LoadedProgram, pc: number): string | undefined {
  const place = assembly?.places[pc];
  return place && `${place.file}:${place.line}:${place.column}`;
}
