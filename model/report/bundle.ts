//! bundle: the cases of a bundle on a device as checks.
import { shellWord } from '../shell.ts';
import type { Check } from './check.ts';

/** What differed in a case, and its program where that is at hand. */
export interface UnlikeCase {
  readonly case: string;
  readonly field: string;
  readonly says: string;
  readonly program?: string;
}

/** `path` is the bundle as the user named it. */
export function bundleChecks(path: string, device: string, cases: readonly string[], unlike: readonly UnlikeCase[]): readonly Check[] {
  const byCase = new Map(unlike.map((one) => [one.case, one]));
  return cases.map((name) => {
    const found = byCase.get(name), suite = `bundle ${path} on ${device}`;
    if (!found) return { suite, name };
    return { suite, name, failure: { type: `bundle/${found.field}`, message: found.says, body: [found.says, '', ...(found.program === undefined ? [] : [found.program.trimEnd(), '']), `npx systole bundle replay ${shellWord(path)} --case ${shellWord(name)} --device ${device}`, ''].join('\n') } };
  });
}
