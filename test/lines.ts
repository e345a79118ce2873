//! lines: which lines of the engine programs reached, by builds that count each statement and branch, and what explains the others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Where a counter stands: a statement, or a branch inside an expression; `part` is '' where the line begins with it. `called`: anything in the build calls the function. */
export interface Place { readonly file: string; readonly line: number; readonly column: number; readonly in: string; readonly text: string; readonly part: string; readonly called: boolean }
/**
 * Places that no program reaches: of a file, of a function, with a text, whatever is given. `count`: how many there are, 1 unless given.
 * `uncalled`: all of the file in functions that nothing calls, in any build, and so are in none.
 */
export interface Group { readonly file: string; readonly in?: string; readonly text?: string; readonly part?: string; readonly count?: number; readonly uncalled?: true }
/** Why what stands at some places is not reached. They are named by their text, so that the name holds when lines move. */
export interface Unreached { readonly why: string; readonly places: readonly Group[] }

/** A build that counts: its binary, and the places of its counters. */
export interface Counted { readonly binary: Uint8Array<ArrayBuffer>; readonly places: readonly Place[] }
export const counted = (of: 'simd' | 'scalar' | 'threads' | 'systolic'): Counted => ({
  binary: Uint8Array.from(readFileSync(join(root, 'build', `${of}-counted.wasm`))),
  places: JSON.parse(readFileSync(join(root, 'build', `${of}-counted.json`), 'utf8')) as readonly Place[],
});
/** The places of all of assembly/, called or not: what no build contains is not reached either. */
export const allPlaces = (): readonly Place[] => JSON.parse(readFileSync(join(root, 'build', 'all-counted.json'), 'utf8')) as readonly Place[];
export const unreachedFile = join(root, 'test', 'lines-unreached.json');
export const readUnreached = (): readonly Unreached[] => JSON.parse(readFileSync(unreachedFile, 'utf8')) as readonly Unreached[];

/** Counters of several builds of the same sources, by place. */
export class Lines {
  private readonly reached = new Map<string, { place: Place; hit: boolean }>();

  /** What ran: a byte for each counter of the build, 0 or 1. */
  add(places: readonly Place[], hits: Uint8Array): void {
    places.forEach((place, i) => {
      const key = `${place.file}:${place.line}:${place.column}:${place.part}`, known = this.reached.get(key);
      if (!known) this.reached.set(key, { place, hit: hits[i] === 1 });
      else {
        if (hits[i] === 1) known.hit = true;
        if (place.called && !known.place.called) known.place = place;
      }
    });
  }
  get total(): number { return this.reached.size; }
  missed(): readonly Place[] { return [...this.reached.values()].filter(({ hit }) => !hit).map(({ place }) => place); }

  /** By file, then by line: whether all that stands there was reached. */
  byLine(): ReadonlyMap<string, ReadonlyMap<number, boolean>> {
    const files = new Map<string, Map<number, boolean>>();
    for (const { place: { file, line }, hit } of [...this.reached.values()].sort((a, b) => (a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : a.place.line - b.place.line))) {
      const own = files.get(file) ?? new Map<number, boolean>();
      files.set(file, own.set(line, hit && (own.get(line) ?? true)));
    }
    return files;
  }
  /** A tracefile of lcov that names the sources themselves. */
  lcov(): string {
    return [...this.byLine()].map(([file, own]) => ['TN:', `SF:${file}`, ...[...own].map(([line, hit]) => `DA:${line},${hit ? 1 : 0}`), `LF:${own.size}`, `LH:${[...own.values()].filter((hit) => hit).length}`, 'end_of_record', ''].join('\n')).join('');
  }
}

/** Places that are not reached and that nothing explains, and explanations of other numbers of places than there are. */
export function judged(missed: readonly Place[], reasons: readonly Unreached[]): { readonly unexplained: readonly Place[]; readonly wrong: readonly string[]; readonly byReason: ReadonlyMap<string, readonly Place[]> } {
  const explained = new Set<Place>(), wrong: string[] = [], byReason = new Map<string, readonly Place[]>();
  for (const { why, places } of reasons) for (const group of places) {
    const found = missed.filter((place) => matches(place, group) && !explained.has(place)), { count = 1, ...named } = group;
    if (group.uncalled ? found.length === 0 : found.length !== count) wrong.push(`${JSON.stringify(named)} is said to be at ${count} places that are not reached; it is at ${found.length}`);
    for (const one of found) explained.add(one);
    byReason.set(why, [...(byReason.get(why) ?? []), ...found]);
  }
  return { unexplained: missed.filter((place) => !explained.has(place)), wrong, byReason };
}
/** Reasons for what the sources do not have, or not so often: told without running anything. */
export const astray = (places: readonly Place[], reasons: readonly Unreached[]): readonly string[] => reasons.flatMap(({ places: groups }) => groups).flatMap((group) => {
  const { count = 1, ...named } = group, found = places.filter((place) => matches(place, group)).length;
  return found < count ? [`${JSON.stringify(named)} is said to be at ${count} places; the sources have ${found}`] : [];
});
/** Whether nothing is left to be reached: more programs could only reach what is explained. */
export function isSettled(lines: Lines, reasons: readonly Unreached[]): boolean {
  const { unexplained, wrong } = judged(lines.missed(), reasons);
  return unexplained.length + wrong.length === 0;
}
const matches = (place: Place, group: Group): boolean =>
  place.file === `assembly/${group.file}` && (group.in === undefined || place.in === group.in) && (group.text === undefined || place.text === group.text) && (group.part === undefined || place.part === group.part) && !(group.uncalled && place.called);

/** A place for a person: what an editor opens, and what of the line. */
export const said = ({ file, line, column, in: within, text, part }: Place): string => `${file}:${line}:${column}  ${within}: ${part === '' ? text : `${part}   of   ${text}`}`;
