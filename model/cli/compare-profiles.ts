//! compare-profiles: one program under several profiles: hashes, the first diverging element, distances, a table and a picture.
import { printInstruction } from '../assembler/disassembler.ts';
import { type Comparison, compareProfiles, type Distances, type Parting, type ProfileResult } from '../divergence/divergence.ts';
import { withExactSums } from '../divergence/exact.ts';
import type { TensorPlace } from '../divergence/outputs.ts';
import { comparisonHtml, comparisonSvg } from '../divergence/plot.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { bitsText, distance, valueText } from '../files/elements.ts';
import { spaceNames, trapName } from '../limits.ts';
import { deviceMaker } from './devices.ts';
import { inTurns } from './drive.ts';
import { EXIT_PASS, EXIT_PROGRAM } from './exit.ts';
import { openOutputs } from './outputs.ts';
import type { Place } from './place.ts';
import { type Job, prepare } from './job.ts';
import { counted } from './report.ts';
import { outColours, print, printJson, table, warn } from './terminal.ts';

export interface CompareFlags {
  readonly profiles?: string;
  readonly load?: readonly string[];
  readonly output?: readonly string[];
  readonly args?: string;
  readonly svg?: string;
  readonly html?: string;
  readonly json?: boolean;
}

export async function compareProfilesCommand(path: string, flags: CompareFlags): Promise<number> {
  const names = (flags.profiles ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length < 2)
    throw new Rejected([complaint('--profiles', `found ${names.length === 0 ? 'none' : `only ${names[0]}`}; name two or more, separated by commas`)]);
  const jobs = await preparedAll(path, names, flags),
    [first] = jobs as readonly [Job, ...Job[]];
  const given = first.dumps.length === 0 ? undefined : first.dumps.map(tensorOf);
  const outputs = openOutputs();
  const svg = flags.svg === undefined ? undefined : outputs.open(flags.svg),
    html = flags.html === undefined ? undefined : outputs.open(flags.html);
  const make = await deviceMaker('engine'),
    { values } = first.settings;
  const program = { ...first.loaded.program, memory: [...first.loaded.program.memory, ...first.memory], ...(values ? { arguments: values } : {}) };
  const profiles = jobs.map(({ settings }) => settings.profile);
  const comparison = await inTurns(() => compareProfiles(make, profiles, withExactSums(profiles[0]!), program, given));
  if (comparison.elements === 0 && comparison.results[0]!.status === 'halted')
    throw new Rejected([complaint(path, 'the program stores nothing in DRAM that could be compared; name its results with --output SPACE:ADDR:DIMS:DTYPE')]);
  const title = path.split('/').at(-1)!,
    rows = rowsOf(comparison);
  svg?.write(comparisonSvg(title, comparison));
  html?.write(comparisonHtml(title, comparison, rows));
  outputs.commit();
  if (flags.json) printJson(jsonOf(comparison, first));
  else show(comparison, rows, first);
  return comparison.results.every(({ status }) => status === 'halted') ? EXIT_PASS : EXIT_PROGRAM;
}

const complaint = (file: string, message: string): Diagnostic => ({ file, line: 0, column: 0, message });

/** The job under every profile; what is wrong with any of them is told once. */
async function preparedAll(path: string, names: readonly string[], { load, output, args }: CompareFlags): Promise<readonly Job[]> {
  const told = new Map<string, Diagnostic>(),
    jobs: Job[] = [],
    dump = (output ?? []).map((place) => `${place}=-`),
    // A region is read as a dump is, which has a file.
    asWritten = ({ message, ...rest }: Diagnostic): Diagnostic => ({ ...rest, file: '--output', message: message.replace("=-': ", "': ").replace('=FILE', '') });
  const filed = (output ?? []).filter((place) => place.includes('='));
  if (filed.length > 0) throw new Rejected(filed.map((place) => complaint('--output', `'${place}': a region to compare has no file; write SPACE:ADDR:DIMS:DTYPE`)));
  for (const name of names) {
    try {
      jobs.push(await prepare(path, { profile: name, ...(load ? { load } : {}), dump, ...(args === undefined ? {} : { args }) }));
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      for (const one of error.diagnostics) told.set(JSON.stringify(one), one.file === '--dump' ? asWritten(one) : one);
    }
  }
  if (told.size > 0) throw new Rejected([...told.values()]);
  return jobs;
}

function tensorOf({ space, address, dims, format }: Place): TensorPlace {
  const strides = dims!.map((_, axis) => dims!.slice(axis + 1).reduce((product, dim) => product * dim, 1));
  return { space, format: format!, address: 8n * BigInt(address), dims: dims!, strides };
}

const head = ['profile', 'sha256 of the outputs', 'differing', 'most ulp', 'from exact', 'first difference'];

function rowsOf({ results }: Comparison): readonly (readonly string[])[] {
  const far = (distances: Distances | undefined): string => (distances === undefined ? '' : String(distances.most ?? 'NaN'));
  return [
    head,
    ...results.map((result, index) => [
      result.profile,
      result.sha256 ?? (result.status === 'trapped' ? `trapped: ${trapName(result.trap)}` : result.status),
      index === 0 ? 'reference' : String(result.fromFirst?.differing ?? ''),
      far(result.fromFirst),
      far(result.fromExact),
      result.parting ? partingText(result.parting) : '',
    ]),
  ];
}

function partingText({ seq, pc, what, element }: Parting): string {
  if (!element) return what === 'end' ? `seq ${seq}, pc ${pc}: one of them ends` : `seq ${seq}, pc ${pc}: another ${what}`;
  const { place, index } = element;
  return `seq ${seq}, pc ${pc}: ${spaceNames[place.space]} ${place.format.name} [${index.join(', ')}]`;
}

function show(comparison: Comparison, rows: readonly (readonly string[])[], { loaded }: Job): void {
  const [titles = [], ...body] = rows,
    lines = table([titles, ...body]);
  print(outColours.bold(lines[0]!));
  for (const line of lines.slice(1)) print(line);
  const { results, elements, outputs } = comparison,
    partings = results.filter(({ parting }) => parting?.element);
  print(`outputs       ${counted(outputs.length, 'tensor')}, ${counted(elements, 'element')}; distances in units of the last place, from the first profile and from exact sums`);
  for (const { profile, parting } of partings) {
    const { place, index, first, here } = parting!.element!,
      { format } = place;
    const far = distance(format, first, here);
    print(
      `${profile} diverges from ${results[0]!.profile} at seq ${parting!.seq}: ${instructionText(loaded, parting!.pc)}: [${index.join(', ')}] is ` +
        `${bitsText(format, here)} (${valueText(format, here)}) instead of ${bitsText(format, first)} (${valueText(format, first)})` +
        (far === undefined ? '' : `, distance ${far}`),
    );
  }
  for (const { profile, status, trap } of results.filter((one) => one.status !== 'halted'))
    warn(`${profile}: the program ended ${status}${trap ? `, trap ${trapName(trap)}` : ''}: it is not compared`);
}

/** The place and the text of an instruction. */
function instructionText({ assembly, image }: Job['loaded'], pc: number): string {
  const words = image.words[pc],
    place = assembly?.places[pc];
  const text = words ? printInstruction(words) : `pc ${pc}`;
  return place ? `${place.file}:${place.line} ${text}` : text;
}

function jsonOf({ results, outputs, elements }: Comparison, { loaded }: Job): object {
  const distances = (all: Distances | undefined): object | null =>
    all === undefined ? null : { differing: all.differing, most_ulp: all.most === undefined ? null : Number(all.most), histogram: all.histogram };
  return {
    outputs: outputs.map(({ space, format, address, dims, strides }) => ({
      space: spaceNames[space],
      dtype: format.name,
      address: `0x${(address >> 3n).toString(16)}`,
      dims,
      strides,
    })),
    elements,
    profiles: results.map((result: ProfileResult) => ({
      profile: result.profile,
      profile_hash: result.hash,
      status: result.status,
      trap: result.trap === 0 ? null : trapName(result.trap),
      instructions: result.instructions,
      sha256: result.sha256 ?? null,
      first_difference: result.parting ? partingJson(result.parting, loaded) : null,
      from_first: distances(result.fromFirst),
      from_exact: distances(result.fromExact),
    })),
  };
}

function partingJson({ seq, pc, what, element }: Parting, loaded: Job['loaded']): object {
  const where = { seq, pc, instruction: instructionText(loaded, pc), what };
  if (!element) return where;
  const { place, index, first, here } = element;
  return {
    ...where,
    space: spaceNames[place.space],
    dtype: place.format.name,
    index,
    reference: bitsText(place.format, first),
    found: bitsText(place.format, here),
  };
}
