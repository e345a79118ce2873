//! results-folder: results, times and cases of a campaign as files of a folder.
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Results, Times } from '../campaign/results.ts';
import { Rejected } from '../failure.ts';
import { readResults, readTimes } from '../farm/read.ts';
import type { Campaign } from '../report/fuzz.ts';
import { hostFailure, isFolder, isPresent, readNamed } from './host.ts';

export const RESULTS_FILE = 'results.json', TIMES_FILE = 'times.json';
const FILE_BYTES_MAX = 2 ** 28, CASE_BYTES_MAX = 2 ** 26;

/** The folder of a campaign: the one named, or the one that the named results.json lies in. */
export const resultsFolder = (path: string): string => (isFolder(path) ? path : dirname(path));
const resultsFile = (path: string): string => (isFolder(path) ? join(path, RESULTS_FILE) : path);

/** Throws Rejected where it cannot be read, or is something else. */
export function resultsOf(path: string): Results {
  const file = resultsFile(path);
  return readResults(textOf(file, FILE_BYTES_MAX, 'results'), file);
}
/** Undefined where there is no such file. */
export function timesOf(path: string): Times | undefined {
  const file = join(resultsFolder(path), TIMES_FILE);
  return isPresent(file) ? readTimes(textOf(file, FILE_BYTES_MAX, 'times'), file) : undefined;
}

/** Everything that a report is made of. A case that is lost is missing in it. */
export function campaignOf(path: string): Campaign {
  const results = resultsOf(path), folder = resultsFolder(path), paths = results.failures.map((failure) => failure.case).filter((one) => isPresent(join(folder, one)));
  const shown = relative('.', folder).replaceAll('\\', '/');
  return {
    results, times: timesOf(path), cases: new Map(paths.map((one) => [one, textOf(join(folder, one), CASE_BYTES_MAX, 'a case')])), folder: shown === '' ? '' : `${shown}/`,
  };
}

export const caseOf = (path: string, name: string): string => textOf(join(resultsFolder(path), name), CASE_BYTES_MAX, 'a case');
const textOf = (file: string, most: number, what: string): string => new TextDecoder().decode(readNamed(file, most, what));

/** Names in a folder; none where it is not there. */
export function namesIn(folder: string): readonly string[] {
  if (!isPresent(folder)) return [];
  if (!isFolder(folder)) throw new Rejected([{ file: folder, line: 0, column: 0, message: 'is not a folder' }]);
  try {
    return readdirSync(folder);
  } catch (error) {
    throw hostFailure(error, folder, 'read');
  }
}
