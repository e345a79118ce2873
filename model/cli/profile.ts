//! profile: the built-in profiles listed, any profile shown, a file checked.
import { profile, profileNames } from '../machine/profile.ts';
import { EXIT_PASS } from './exit.ts';
import { STDIO } from './host.ts';
import { writeOutput } from './outputs.ts';
import { findProfile, profileFromFile } from './profiles.ts';
import { outColours, print, printJson, say, table } from './terminal.ts';

type Flags = Readonly<Record<string, string | boolean | undefined>>;

export async function profileList(isJson: boolean): Promise<number> {
  const all = profileNames().map((name) => profile(name));
  if (isJson) printJson(all.map(({ name, tier, says, hash }) => ({ name, tier, says, hash })));
  else for (const line of table(all.map(({ name, tier, says }) => [name, tier, says]))) print(line);
  return EXIT_PASS;
}

/** A row for each fact of the file, with its source where asked. */
export async function profileShow(nameOrFile: string, flags: Flags): Promise<number> {
  const shown = await findProfile(nameOrFile);
  if (flags.json) {
    printJson({ hash: shown.hash, ...(shown.file as object) });
    return EXIT_PASS;
  }
  const rows = facts(shown.file, ''),
    isLong = flags.sources === true;
  for (const line of table([
    ['name', shown.name],
    ['tier', shown.tier],
    ['says', shown.says],
    ['hash', shown.hash],
  ]))
    print(line);
  print('');
  for (const line of table(rows.map(({ path, value, certainty, source }) => (isLong ? [path, value, certainty, source] : [path, value]))))
    print(line);
  if (!isLong) print(outColours.dim('\n--sources shows where each number comes from'));
  return EXIT_PASS;
}

/** The profile as the C library takes it. */
export async function profileBinaryCommand(nameOrFile: string, flags: Flags): Promise<number> {
  const { profileBinary } = await import('../engine/profile-binary.ts'),
    output = flags.output as string;
  writeOutput(output, profileBinary(await findProfile(nameOrFile)));
  if (output !== STDIO) say(`wrote ${output}`);
  return EXIT_PASS;
}

export async function profileCheck(file: string, isJson: boolean): Promise<number> {
  const checked = await profileFromFile(file);
  if (isJson) printJson({ file, name: checked.name, tier: checked.tier, hash: checked.hash, diagnostics: [] });
  else print(`${file}: ${outColours.green('good')}: ${checked.name}, ${checked.tier}, hash ${checked.hash}`);
  return EXIT_PASS;
}

interface Fact {
  readonly path: string;
  readonly value: string;
  readonly certainty: string;
  readonly source: string;
}

/** Facts are objects with value, source and certainty; everything else is a way to them. */
function facts(part: unknown, path: string): Fact[] {
  if (typeof part !== 'object' || part === null) return [];
  const fact = part as { readonly value?: unknown; readonly certainty?: unknown; readonly source?: unknown };
  if ('value' in part && 'certainty' in part)
    return [{ path, value: valueText(fact.value), certainty: String(fact.certainty), source: String(fact.source ?? '') }];
  if (Array.isArray(part)) return part.flatMap((item, i) => facts(item, `${path}[${i}]${label(item)}`));
  return Object.entries(part).flatMap(([key, member]) => facts(member, path ? `${path}.${key}` : key));
}
const valueText = (value: unknown): string => (Array.isArray(value) ? value.join(' ') || 'none' : value === null ? 'none' : String(value));
/** Rows of a list are told apart by what they are about. */
const label = (item: unknown): string => {
  const { activation, weight, accumulator, space, unit } = (item ?? {}) as Readonly<Record<string, unknown>>;
  return activation
    ? ` ${String(activation)} x ${String(weight)} -> ${String(accumulator)}`
    : space
      ? ` ${String(space)} for ${String(unit)}`
      : '';
};
