//! documents: options that name a file for a whole document: how its name may end, and that stdout holds one of them.
import { type Diagnostic, Rejected } from '../failure.ts';
import { STDIO } from './host.ts';

/** With the endings of their files; without any where the command itself looks at the ending, or takes all. */
const documents: Readonly<Record<string, readonly string[]>> = {
  trace: [], sarif: ['.sarif', '.json'], junit: ['.xml'], html: ['.html', '.htm'], chrome: ['.json'], svg: ['.svg'], vcd: [], write: [],
};

/** Why a command that knows what to write by how a name ends cannot write there; undefined where it can, as to any device. */
export function wrongEnding(path: string, endings: readonly string[]): string | undefined {
  if (path.startsWith('/dev/') || endings.some((ending) => endsIn(path, ending))) return undefined;
  return `'${path}' ${endings.length === 1 ? `does not end in ${endings[0]}` : `ends in neither ${endings.slice(0, -1).join(', ')} nor ${endings.at(-1)}`}`;
}
/** Of -o, which may as well be stdout or left out. Throws Rejected. */
export function requireEnding(output: string | undefined, endings: readonly string[]): void {
  const found = output === undefined || output === STDIO ? undefined : wrongEnding(output, endings);
  if (found !== undefined) throw new Rejected([{ file: '-o', line: 0, column: 0, message: found }]);
}
/** Of a trace: lines of JSON, or the binary records. */
export const traceEndings = ['.jsonl', '.bin'] as const;
/** Whether a name has the ending, in letters of any size. */
export const endsIn = (path: string, ending: string): boolean => path.toLowerCase().endsWith(ending);

/** Whether stdout is a document's, so that lines of results have to go elsewhere. Throws Rejected where two options want it, or a file is named as something else. */
export function claimStdout(options: Readonly<Record<string, unknown>>): boolean {
  const diagnostics: Diagnostic[] = [], wrong = (option: string, message: string): unknown => diagnostics.push({ file: `--${option}`, line: 0, column: 0, message });
  const dumps = (options.dump ?? []) as readonly string[], named = Object.keys(documents).filter((option) => options[option] !== undefined);
  for (const option of named) {
    const path = String(options[option]), endings = documents[option]!, found = path === STDIO || endings.length === 0 ? undefined : wrongEnding(path, endings);
    if (found !== undefined) wrong(option, found);
  }
  // Values that --dump prints are a part of what --json prints, where there is both.
  const claims = [...(options.json ? ['json'] : dumps.some((place) => place.endsWith(`=${STDIO}`)) ? ['dump'] : []), ...named.filter((option) => options[option] === STDIO)];
  for (const option of claims.slice(1)) wrong(option, `stdout is taken by --${claims[0]}; name a file`);
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  return named.includes(claims[0] ?? '') || options.output === STDIO;
}
