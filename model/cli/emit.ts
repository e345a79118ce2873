//! emit: generated files, printed or written.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generated } from '../emit/all.ts';
import { withTables } from '../emit/numerics.ts';
import { functionFiles, withFunctions } from '../emit/profile-functions.ts';
import { profilePackageText } from '../emit/systemverilog-profile.ts';
import { didYouMean, Rejected } from '../failure.ts';
import { EXIT_PASS } from './exit.ts';
import { isFolder, STDIO } from './host.ts';
import { makeFolder, writeOutput } from './outputs.ts';
import { findProfile } from './profiles.ts';
import { print, printBytes, say } from './terminal.ts';

/** What each word stands for, by the path of the file from the repository's root. */
const kinds: Readonly<Record<string, RegExp>> = {
  manual: /manual\.md$/,
  systemverilog: /_isa\.svh?$/,
  'systemverilog-profile': /_profile\.sv$/,
  'systemverilog-types': /_types\.sv$/,
  'systemverilog-typedefs': /_types\.svh$/,
  'systemverilog-csr': /_csr\.sv$/,
  systemrdl: /\.rdl$/,
  assertions: /_assertions\.sv$/,
  covergroups: /_coverage\.sv$/,
  functions: /_functions\.svh?$/,
  c: /_isa\.h$/,
  assemblyscript: /^assembly\//,
  profiles: /profiles\.md$/,
  schema: /\.schema\.json$/,
  all: /./,
};

export async function emitCommand(what: string, flags: Readonly<Record<string, string | boolean | undefined>>): Promise<number> {
  const pattern = kinds[what],
    names = Object.keys(kinds);
  if (!pattern)
    throw new Rejected([
      { file: 'emit', line: 0, column: 0, message: `'${what}' is not one of ${names.join(', ')}${didYouMean(what, names)}` },
    ]);
  const all = [...generated()].filter(([path]) => pattern.test(path)),
    output = flags.output as string | undefined,
    files = flags.profile === undefined ? all : await ofProfile(what, String(flags.profile), all);
  if (what === 'all' || (output !== undefined && output !== STDIO && (files.length > 1 || isFolder(output))))
    for (const [path, text] of [...files, ...(what === 'all' ? pages(output ?? '.') : [])]) writeBelow(output ?? '.', path, text);
  else if (output === undefined || output === STDIO) for (const [, text] of files) printBytes(text);
  else writeOutput(output, files[0]![1]);
  return EXIT_PASS;
}

/** The file of another profile in place of the committed one. */
async function ofProfile(
  what: string,
  nameOrFile: string,
  files: readonly (readonly [string, string])[],
): Promise<readonly (readonly [string, string])[]> {
  if (what !== 'systemverilog-profile')
    throw new Rejected([{ file: '--profile', line: 0, column: 0, message: `is for systemverilog-profile; '${what}' is the same for all` }]);
  const text = profilePackageText(await findProfile(nameOrFile));
  return files.map(([path]) => [path, text] as const);
}

/** Pages and profiles written by hand whose tables are made: only where they are. */
function pages(folder: string): readonly (readonly [string, string])[] {
  const parts: readonly (readonly [string, (text: string) => string])[] = [
    ['docs/numerics.md', withTables],
    ...functionFiles.map((path) => [path, withFunctions] as const),
  ];
  return parts.flatMap(([path, made]) => {
    try {
      return [[path, made(readFileSync(join(folder, path), 'utf8'))] as const];
    } catch {
      return [];
    }
  });
}

/** A file that is equal already is left alone, so that nothing is built again for it. */
function writeBelow(folder: string, path: string, text: string): void {
  const target = join(folder, path);
  if (isEqual(target, text)) {
    print(`${target} is up to date`);
    return;
  }
  makeFolder(dirname(target));
  writeOutput(target, text);
  say(`wrote ${target}`);
}

function isEqual(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}
