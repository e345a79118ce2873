//! documents: options that name a file for a whole document: stdout holds one of them.
import { type Diagnostic, Rejected } from '../failure.ts';
import { STDIO } from './host.ts';

const documents: readonly string[] = ['trace', 'sarif', 'junit', 'html', 'chrome', 'svg', 'vcd', 'write'];

/** Whether stdout is a document's, so that lines of results have to go elsewhere. Throws Rejected where two options want it. */
export function claimStdout(options: Readonly<Record<string, unknown>>): boolean {
  const diagnostics: Diagnostic[] = [], wrong = (option: string, message: string): unknown => diagnostics.push({ file: `--${option}`, line: 0, column: 0, message });
  const dumps = (options.dump ?? []) as readonly string[], named = documents.filter((option) => options[option] !== undefined);
  // Values that --dump prints are a part of what --json prints, where there is both.
  const claims = [...(options.json ? ['json'] : dumps.some((place) => place.endsWith(`=${STDIO}`)) ? ['dump'] : []), ...named.filter((option) => options[option] === STDIO)];
  for (const option of claims.slice(1)) wrong(option, `stdout is taken by --${claims[0]}; name a file`);
  if (diagnostics.length > 0) throw new Rejected(diagnostics);
  return named.includes(claims[0] ?? '') || options.output === STDIO;
}
