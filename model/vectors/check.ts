//! check: finds the vectors that this version knows below a folder and replays them as programs on a device.
import type { Device } from '../device.ts';
import { Rejected } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';
import { cmsisSets, isCmsisFile } from './cmsis-sets.ts';
import { isAccumulationFile, isMeasuredFile, isModelledFile } from './dot-files.ts';
import { accumulationRows, measuredRows, modelledRows } from './dot-rows.ts';
import type { Case, Found, Skip } from './found.ts';
import { isOnnxTensor, onnxCases, onnxHome } from './onnx-cases.ts';
import type { Outcome, Replay } from './replay.ts';
import { replay } from './replay.ts';
import { isNarrowFile, narrowRows } from './narrow-rows.ts';
import { isRequantiseFile, requantiseRows } from './requantise-rows.ts';
import { isSpecialFile, specialRows } from './special-rows.ts';
import { isTestfloatFile, testfloatRows } from './testfloat-rows.ts';
import type { VectorTree } from './tree.ts';
import { folderOf, nameOf } from './tree.ts';

/** One line of the report. `total` and `checked` count sets (cmsis-nn) or rows; `instructions` and `macs` are what the device retired. */
export interface FolderReport {
  readonly folder: string;
  readonly kind: string;
  readonly total: number;
  readonly checked: number;
  /** Rows that a second device, the specification, was run on as well. */
  readonly sampled: number;
  readonly mismatches: number;
  readonly skipped: readonly Skip[];
  readonly instructions: number;
  readonly macs: number;
}
/** What the check needs of the machine: a device, perhaps another one for samples, and the image of a text. */
export interface Bench {
  readonly device: Device;
  readonly profile: Profile;
  readonly second?: Bench | undefined;
  /** A machine of a built-in profile, for cases that are about one; made when it is first asked for, and kept. */
  named(profile: string): { readonly device: Device; readonly profile: Profile };
  assemble(name: string, text: string): Uint8Array;
}
/** One case done; `failure` says what was wrong with it, if anything. */
export interface Progress { readonly folder: string; readonly name: string; readonly failure: string | undefined }

/** All that is known below the folder, and all that is not, with the reason. */
export function findVectors(tree: VectorTree): readonly Found[] {
  const groups = (belongs: (path: string) => boolean, home: (path: string) => string): Map<string, string[]> => {
    const map = new Map<string, string[]>();
    for (const path of tree.paths.filter(belongs).sort()) map.set(home(path), [...(map.get(home(path)) ?? []), path]);
    return map;
  };
  const found = [
    ...[...groups(isCmsisFile, (path) => folderOf(folderOf(path)))].map(([folder, paths]) => cmsisSets(tree, folder || '.', paths)),
    ...[...groups(isRequantiseFile, folderOf)].map(([folder, paths]) => requantiseRows(tree, folder || '.', paths)),
    ...[...groups(isAccumulationFile, folderOf)].map(([folder, paths]) => accumulationRows(tree, folder || '.', paths)),
    ...[...groups(isNarrowFile, folderOf)].map(([folder, paths]) => narrowRows(tree, folder || '.', paths)),
    ...[...groups(isSpecialFile, folderOf)].map(([folder, paths]) => specialRows(tree, folder || '.', paths)),
    ...[...groups(isMeasuredFile, folderOf)].map(([folder, paths]) => measuredRows(tree, folder || '.', paths)),
    ...[...groups(isModelledFile, folderOf)].map(([folder, paths]) => modelledRows(tree, folder || '.', paths)),
    ...[...groups(isOnnxTensor, onnxHome)].map(([folder, paths]) => onnxCases(tree, folder || '.', paths)),
    ...[...groups(isTestfloatFile, folderOf)].map(([folder, paths]) => testfloatRows(tree, folder || '.', paths)),
  ];
  const known = new Set(found.map(({ folder }) => folder.split('/')[0]!));
  const tops = new Set(tree.paths.map((path) => (path.includes('/') ? path.split('/')[0]! : '.')));
  const left = [...tops].filter((top) => !known.has(top) && (top !== '.' || found.length === 0) && holdsData(tree, top));
  const unknown = left.map((top) => unknownFolder(tree, top));
  return [...found, ...unknown].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Replays everything; yields after each case, returns the report. A case that the profile cannot run is skipped, with the reason. */
export function* checkVectors(tree: VectorTree, bench: Bench): Generator<Progress, readonly FolderReport[]> {
  const reports: FolderReport[] = [];
  for (const { folder, kind, total, cases, skipped } of findVectors(tree)) {
    const checked = new Set<number>(), wrong = new Set<number>(), left: Skip[] = [...skipped];
    let instructions = 0, macs = 0, sampled = 0;
    for (const one of cases) {
      const run = runCase(bench, one);
      if ('unfit' in run) {
        left.push({ what: one.name, why: run.unfit });
        yield { folder, name: one.name, failure: undefined };
        continue;
      }
      for (const index of one.covers) checked.add(index);
      for (const index of run.wrong) wrong.add(index);
      instructions += run.instructions;
      macs += run.macs;
      yield { folder, name: one.name, failure: run.failure };
      if (!bench.second || !one.sample) continue;
      const again = runCase(bench.second, one.sample);
      if ('unfit' in again) continue;
      sampled += one.sample.covers.length;
      for (const index of again.wrong) wrong.add(index);
      if (again.failure) yield { folder, name: one.name, failure: `${bench.second.device.name}: ${again.failure}` };
    }
    reports.push({ folder, kind, total, checked: checked.size, sampled, mismatches: wrong.size, skipped: left, instructions, macs });
  }
  return reports;
}

interface Run {
  readonly wrong: readonly number[];
  readonly failure: string | undefined;
  readonly instructions: number;
  readonly macs: number;
}

function runCase(bench: Bench, one: Case): Run | { readonly unfit: string } {
  const { device, profile } = machineFor(bench, one);
  let built: Replay;
  try {
    built = one.build(profile);
  } catch (error) {
    if (error instanceof Rejected) return { unfit: error.diagnostics.map(({ message }) => message).join('; ') };
    throw error;
  }
  const outcome = replay(device, bench.assemble(`${built.program.name}.s`, built.program.text), built);
  const { failure, differing, unlike, instructions, macs } = outcome;
  const wrong = failure ? one.covers : [...differing.flatMap((places, result) => {
    const each = built.results[result]!.expected.length / one.covers.length;
    return one.covers.length === 1 ? (places.length > 0 ? one.covers : []) : places.map((at) => one.covers[Math.floor(at / each)]!);
  }), ...unlike.map(([instruction]) => one.covers[instruction]!)];
  const said = complaint(built, outcome);
  return { wrong, failure: said && `${one.name}: ${said}`, instructions, macs };
}

/** What was wrong with a replay, or undefined. */
export function complaint({ raised }: Replay, { failure, differing, unlike }: Outcome): string | undefined {
  const bytes = differing.reduce((sum, places) => sum + places.length, 0), first = differing.findIndex((places) => places.length > 0);
  const words = bytes > 0 ? [`${bytes} bytes differ, the first at ${differing[first]![0]}`] : [], [one] = unlike;
  const hex = (mask: number | undefined): string => (mask ?? 0).toString(16).padStart(2, '0');
  if (one) words.push(`the flags of ${unlike.length} rows differ: row ${one[0]} has ${hex(one[1])}, expected ${hex(raised!.masks[one[0]])}`);
  return failure ?? (words.length > 0 ? words.join('; ') : undefined);
}
/** The machine that a case runs on. */
export const machineFor = (bench: Bench, { profile }: Case): Pick<Bench, 'device' | 'profile'> =>
  (profile === undefined || profile === bench.profile.name ? bench : bench.named(profile));

/** Folders of later parts, by what lies in them. */
const later: readonly (readonly [RegExp, string, string])[] = [
  [/\.tflite$/, 'tflite', 'models are imported in a later part'],
  [/(^|\/)(model|mnist|super_resolution)\.onnx$|\.onnx$/, 'onnx', 'ONNX models are imported in a later part'],
  [/(^|\/)umath-validation-set-\w+\.csv$/, 'elementary-functions', 'states bounds of errors, not words'],
];

const holdsData = (tree: VectorTree, top: string): boolean =>
  tree.paths.some((path) => (top === '.' ? !path.includes('/') : path.startsWith(`${top}/`))
    && !/(^|\/)(readme[^/]*|licen[cs]e[^/]*|copying[^/]*|notice[^/]*)$/i.test(path));

function unknownFolder(tree: VectorTree, top: string): Found {
  const inside = tree.paths.filter((path) => (top === '.' ? !path.includes('/') : path.startsWith(`${top}/`)));
  const [, kind, why] = later.find(([pattern]) => inside.some((path) => pattern.test(path))) ?? [undefined, 'unknown', undefined];
  const names = inside.map(nameOf).slice(0, 3).join(', ');
  return { folder: top, kind, total: 0, cases: [],
    skipped: [{ what: top, why: why ?? `no kind that this version replays: ${inside.length} files, ${names}, ...` }] };
}
