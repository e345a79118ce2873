//! profiles: a page of tables about the built-in profiles, so that no number of theirs is typed twice.
import type { Triple } from '../isa/view.ts';
import { spaceNames, unitNames } from '../limits.ts';
import { type Profile, profile, profileNames } from '../machine/profile.ts';
import { formatByCode } from '../numerics/format.ts';

/** Markdown for generated/profiles.md. */
export function profilesText(): string {
  const all = profileNames().map(profile);
  return [
    '<!-- profiles: made by `npm run emit` from model/profiles/; do not edit -->', '# Built-in profiles', '',
    'Every number with its source and certainty: `npx systole profile show NAME`.', '',
    table(['', ...all.map(({ name }) => name)], rows.map(([head, cell]) => [head, ...all.map(cell)])), '',
    ...all.flatMap((one) => [`## ${one.name}`, '', one.says, '', triples(one), '']),
  ].join('\n');
}

const rows: readonly (readonly [string, (one: Profile) => string])[] = [
  ['tier', ({ tier }) => tier],
  ['DRAM', ({ dramBytes }) => size(dramBytes)],
  ['SPM', ({ spmBytes }) => size(spmBytes)],
  ['ACC', ({ accBytes, accLanes }) => `${size(accBytes)}: ${accBytes / accLanes / 4} rows of ${accLanes} x 32 bits`],
  ['vector lanes', ({ vpuLanes }) => String(vpuLanes)],
  ['weight slots', ({ slotCount }) => String(slotCount)],
  ['queue depth (timing)', ({ queueDepth }) => String(queueDepth)],
  ['features', ({ features }) => listed(features)],
  ['functions at level lut', ({ functions }) => listed([...functions.keys()])],
  ['formats', ({ formatCodes }) => formatCodes.map(formatName).join(' ')],
  ['canonical NaNs', ({ nans }) => listed([...nans].map(([code, bits]) => `${formatName(code)} ${bits.toString(16).toUpperCase()}`))],
  ['UNKNOWN bytes read', ({ unknownByte }) => unknownByte.toString(16).toUpperCase().padStart(2, '0')],
  ['granules', ({ granules }) => listed(granules.map(({ space, unit, bytes }) => `${spaceNames[space]} for ${unitNames[unit]}: ${bytes}`))],
  ['semantic hash', ({ hash }) => `\`${hash.slice(0, 16)}…\``],
];

function triples(one: Profile): string {
  const cells = one.triples.map((row) => [
    ...[row.activation, row.weight, row.accumulator].map(formatName), ...[row.kMax, row.nMax, row.mMax].map(String), dots(row),
  ]);
  return table(['activation', 'weight', 'accumulator', 'K at most', 'N at most', 'M at most', 'dot kernels, from 0'], cells);
}

const dots = (row: Triple): string => row.kernels.map((name) => `\`${name}\``).join(' ');

const listed = (words: readonly string[]): string => words.join(', ') || 'none';
const formatName = (code: number): string => formatByCode(code)!.name;

function size(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let power = 0;
  while (power < 3 && bytes % 1024 ** (power + 1) === 0) power++;
  return `${bytes / 1024 ** power} ${units[power]}`;
}

const table = (heads: readonly string[], lines: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
