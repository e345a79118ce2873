//! assemble: program text to a file for machines and back.
import { basename, extname } from 'node:path';
import { disassemble, printInstruction } from '../assembler/disassembler.ts';
import { didYouMean, Rejected } from '../failure.ts';
import { refuse } from '../files/section.ts';
import { writeIntelHex } from '../files/intelhex.ts';
import { writeHex } from '../files/readmemh.ts';
import { spaceNames } from '../limits.ts';
import { shellPath, shellWord } from '../shell.ts';
import { requireEnding } from './documents.ts';
import { EXIT_PASS } from './exit.ts';
import { shownPath, STDIO } from './host.ts';
import { openOutputs, writeOutput } from './outputs.ts';
import { hexText } from './place.ts';
import { type LoadedProgram, placeOf, readProgram } from './program.ts';
import { counted } from './report.ts';
import { print, printJson, say } from './terminal.ts';

type Flags = Readonly<Record<string, string | boolean | undefined>>;
type Format = 'hex' | 'bin' | 'ihex';
const formats: readonly Format[] = ['hex', 'bin', 'ihex'];
const formatByEnding: Readonly<Record<string, Format>> = { '.hex': 'hex', '.mem': 'hex', '.vmem': 'hex', '.bin': 'bin', '.img': 'bin', '.ihex': 'ihex', '.ihx': 'ihex' };

/** The image goes to one file, data of each section to one beside it; the command that runs them is shown. */
export async function assembleCommand(file: string, flags: Flags): Promise<number> {
  const given = typeof flags.output === 'string' ? flags.output : undefined,
    format = formatOf(flags.format, given);
  const loaded = await readProgram(file);
  if (loaded.kind !== 'assembly') throw refuse(file, 'is not assembly text but a program already; `systole disassemble` prints it');
  const isDry = flags.listing === true && given === undefined, isJson = flags.json === true;
  const stem =
    given === undefined ? (file === STDIO ? 'program' : basename(file).replace(/\.[^.]*$/, '')) : given.replace(/\.[^./\\]*$/, '');
  const path = given ?? (file === STDIO ? STDIO : `${stem}.${format}`),
    { image, memory } = loaded.program;
  const data = memory.map(({ space, address, bytes }) => ({
    space: spaceNames[space]!,
    address,
    bytes,
    path: `${stem}.${spaceNames[space]}-${hexText(address)}.hex`,
  }));
  if (isJson && path === STDIO && !isDry) throw refuse('--json', 'stdout is taken by the program; name a file with -o');
  if (data.length > 0 && path === STDIO && !isDry)
    throw refuse(file, 'the program has data in addition to its instructions, which do not go to stdout; name a file with -o');
  if (!isDry) {
    const outputs = openOutputs(),
      says = `image of ${basename(shownPath(file))}, ${loaded.image.words.length} instructions`;
    outputs
      .open(path)
      .write(
        format === 'bin'
          ? image
          : format === 'ihex'
            ? writeIntelHex([{ address: 0, bytes: image }])
            : writeHex([{ address: 0, bytes: image }], 4, says),
      );
    for (const one of data)
      outputs
        .open(one.path)
        .write(
          writeHex([{ address: 0, bytes: one.bytes }], 1, `data of ${basename(shownPath(file))} for ${one.space}:${hexText(one.address)}`),
        );
    outputs.commit();
  }
  const loads = data.flatMap((one) => ['--load', `${one.space}:${hexText(one.address)}=${one.path}`]);
  const values = loaded.program.arguments?.some((value) => value !== 0) ? ['--args', loaded.program.arguments.join(',')] : [];
  if (flags.listing && !isJson) for (const line of listing(loaded)) print(line);
  if (isJson) {
    printJson({
      output: isDry ? null : path,
      format,
      instructions: loaded.image.words.length,
      image_bytes: image.length,
      ...(flags.listing ? { listing: listing(loaded) } : {}),
      run: ['systole', 'run', path, ...loads, ...values],
    });
  } else if (!isDry && path !== STDIO)
    say(
      `${counted(loaded.image.words.length, 'instruction')}, ${image.length} bytes: ${[path, ...data.map((one) => one.path)].join(' ')}\n` +
        `npx systole run ${[shellPath(path), ...[...loads, ...values].map(shellWord)].join(' ')}`,
    );
  return EXIT_PASS;
}

export async function disassembleCommand(file: string, flags: Flags): Promise<number> {
  const loaded = await readProgram(file);
  writeOutput(String(flags.output ?? STDIO), `${disassemble(loaded.program.image, file).trimEnd()}\n`);
  return EXIT_PASS;
}

/** pc, four words, place, text. */
function listing(loaded: LoadedProgram): string[] {
  const labels = new Map([...(loaded.assembly?.labels ?? [])].map(([name, pc]) => [pc, name]));
  return loaded.image.words.flatMap((words, pc) => {
    const hex = words.map((word) => word.toString(16).padStart(8, '0')).join(' ');
    const text = `${String(pc).padStart(5)}  ${hex}  ${printInstruction(words, (target) => labels.get(target))}`;
    return [...(labels.has(pc) ? [`${labels.get(pc)}:`] : []), `${text.padEnd(84)}  ; ${placeOf(loaded, pc) ?? ''}`];
  });
}

function formatOf(asked: string | boolean | undefined, output: string | undefined): Format {
  if (asked === undefined) {
    requireEnding(output, Object.keys(formatByEnding));
    return formatByEnding[extname(output ?? '').toLowerCase()] ?? 'hex';
  }
  const found = formats.find((format) => format === asked);
  if (found) return found;
  throw new Rejected([
    {
      file: '--format',
      line: 0,
      column: 0,
      message: `'${String(asked)}' is not a format; the formats are ${formats.join(', ')}${didYouMean(String(asked), formats)}`,
    },
  ]);
}
