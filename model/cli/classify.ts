//! classify: says which mistake of a design explains the memory that it left.
import { basename, join } from 'node:path';
import { joined } from '../bundle/files.ts';
import { type Bundle, type Case, readCase } from '../bundle/open.ts';
import { classify, storesFrom, type Suspect, unjudged, type Verdict, wrongBytes } from '../classify/classify.ts';
import type { Stores } from '../classify/rerun.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { kindOf, sectionsOf } from '../files/memory.ts';
import { readHex } from '../files/readmemh.ts';
import type { Section } from '../files/section.ts';
import { chosen, opened } from './bundle.ts';
import { inTurns } from './drive.ts';
import { EXIT_MISMATCH, EXIT_PASS } from './exit.ts';
import { isFolder, isPresent, readNamed } from './host.ts';
import { memorySpaces } from './place.ts';
import { progressBar } from './progress.ts';
import { grouped } from './report.ts';
import { outColours, print, printJson, say, table } from './terminal.ts';
import { treeOf } from './vector-folder.ts';

export interface ClassifyFlags { readonly actual?: readonly string[]; readonly case?: string; readonly all?: boolean; readonly json?: boolean }

const DUMP_BYTES_MAX = 2 ** 28, SHOWN = 5;

/** Exit code 0 where some mistake explains all that is wrong, or nothing is wrong; 1 where none does, or a case has not been compared. */
export async function classifyCommand(folder: string, flags: ClassifyFlags): Promise<number> {
  const diagnostics: Diagnostic[] = [], wrong = (file: string, message: string): void => void diagnostics.push({ file, line: 0, column: 0, message });
  if (!flags.actual?.length) wrong('--actual', 'is missing: what the design left in memory, as $readmemh bytes');
  const bundle = opened(folder), names = chosen(bundle, flags.case, diagnostics), dumps = (flags.actual ?? []).flatMap((path) => dumpsOf(path, names, diagnostics));
  if (diagnostics.length === 0 && dumps.length === 0) wrong('--actual', 'holds no NAME.SPACE.hex of a case');
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  const suspects = [...new Set(dumps.map(({ name }) => name))].map((name): Suspect => ({ of: readCase(bundle, name), actual: actualOf(dumps.filter((one) => one.name === name)) }));
  const count = wrongBytes(suspects), bar = await progressBar(flags.json === true, undefined, 'hypotheses'), running = classify(bundle.profile, suspects, (of) => storesOf(bundle, of));
  let done = 0;
  const verdicts = count === 0 ? [] : await inTurns(() => {
    const step = running.next();
    if (step.done) return step.value;
    bar.update(++done);
    return undefined;
  });
  bar.stop();
  const isExplained = verdicts[0]?.isExact === true, uncompared = unjudged(suspects).map(({ entry }) => entry.name);
  if (flags.json) printJson({ bundle: folder, cases: suspects.map(({ of }) => of.entry.name), wrong_bytes: count, explained: isExplained, uncompared, verdicts: flags.all ? verdicts : verdicts.slice(0, SHOWN) });
  else if (count > 0 || suspects.length > uncompared.length) show(verdicts, count, suspects.length - uncompared.length, flags.all === true);
  if (uncompared.length > 0) say(`systole: nothing was compared in ${uncompared.join(', ')}: the files hold none of the bytes that it writes`);
  return uncompared.length === 0 && (count === 0 || isExplained) ? EXIT_PASS : EXIT_MISMATCH;
}

interface Dump { readonly name: string; readonly space: number; readonly sections: readonly Section[] }

/** A file is of the one case that is meant; of a folder, NAME.SPACE.hex are of the cases that they name. */
function dumpsOf(path: string, names: readonly string[], diagnostics: Diagnostic[]): readonly Dump[] {
  const wrong = (message: string): readonly Dump[] => { diagnostics.push({ file: path, line: 0, column: 0, message }); return []; };
  const split = /^(dram|spm|acc)=(.+)$/.exec(path), file = split?.[2] ?? path;
  if (!isPresent(file)) return wrong('does not exist');
  const read = (name: string, from: string, space: number): Dump => ({ name, space, sections: sectionsOf(readNamed(from, DUMP_BYTES_MAX, 'a dump'), kindOf(from), from) });
  if (isFolder(file)) {
    return treeOf(file).paths.flatMap((leaf) => {
      const match = /^(.+)\.(dram|spm|acc)\.hex$/.exec(basename(leaf));
      return match && names.includes(match[1]!) ? [read(match[1]!, join(file, leaf), memorySpaces[match[2]!]!)] : [];
    });
  }
  const named = names.find((name) => basename(file).startsWith(`${name}.`)), name = names.length === 1 ? names[0]! : named;
  if (name === undefined) return wrong('which case is this file for? Name it with --case, or call the file NAME.SPACE.hex');
  const space = split?.[1] ?? /\b(dram|spm|acc)\b/.exec(basename(file))?.[1];
  return space === undefined ? wrong('which memory is this file for? Write dram=, spm= or acc= before it, or call the file NAME.SPACE.hex') : [read(name, file, memorySpaces[space]!)];
}
function actualOf(dumps: readonly Dump[]): ReadonlyMap<number, readonly Section[]> {
  return new Map([...new Set(dumps.map(({ space }) => space))].map((space) => [space, dumps.filter((one) => one.space === space).flatMap(({ sections }) => sections)]));
}

function storesOf({ tree }: Bundle, of: Case): Stores {
  const path = `cases/${of.entry.name}/writes.hex`;
  if (!tree.paths.includes(path)) return new Map();
  const bytes = joined(readHex(new TextDecoder().decode(tree.read(path)), path).sections.map((one) => one.bytes));
  return storesFrom(new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), of);
}

function show(verdicts: readonly Verdict[], wrong: number, cases: number, isAll: boolean): void {
  if (wrong === 0) { print(outColours.green(`nothing is wrong in ${cases} ${cases === 1 ? 'case' : 'cases'}`)); return; }
  const listed = isAll ? verdicts : verdicts.slice(0, SHOWN);
  const rows = listed.map(({ cause, says, explained, contradicted, isExact }) => [isExact ? outColours.green('exact') : `${Math.floor((100 * explained) / wrong)} %`, cause, says, `${grouped(explained)} of ${grouped(wrong)} wrong bytes`, contradicted > 0 ? `would make ${grouped(contradicted)} correct bytes wrong` : '']);
  for (const line of table(rows)) print(line);
  const evidence = verdicts[0]?.evidence;
  if (evidence) {
    print('');
    print(`evidence  ${evidence.case}: ${evidence.instruction}`);
    print(`          element [${evidence.element.join(', ')}] is ${evidence.actual}, expected ${evidence.expected}; by the first line it would be ${evidence.predicted}`);
  }
  if (verdicts.length === 0) say('no known mistake explains any of the wrong bytes');
  else if (!verdicts[0]!.isExact) say('no known mistake explains all wrong bytes');
}
