//! kinds: what --sanitize and --graph name.
import { type Diagnostic, didYouMean } from '../failure.ts';
import { type FindingKind, findingKinds } from '../sanitizer/finding.ts';
import { wrongEnding } from './documents.ts';

/** `all`, or kinds with commas between them. */
export function parseKinds(text: string, diagnostics: Diagnostic[]): readonly FindingKind[] {
  if (text === 'all') return findingKinds;
  return text.split(',').flatMap((word): FindingKind[] => {
    const found = findingKinds.find((kind) => kind === word.trim());
    if (!found)
      diagnostics.push({
        file: '--sanitize',
        line: 0,
        column: 0,
        message: `'${word}' is not a kind of finding; allowed: all, ${findingKinds.join(', ')}${didYouMean(word, findingKinds)}`,
      });
    return found ? [found] : [];
  });
}
/** Where the graph goes, and that there will be one. */
export function checkGraph(graph: string, sanitize: string | undefined, diagnostics: Diagnostic[]): void {
  const wrong = (message: string): void => void diagnostics.push({ file: '--graph', line: 0, column: 0, message });
  const found = wrongEnding(graph, ['.dot', '.svg']);
  if (found !== undefined) wrong(found);
  if (sanitize === undefined) wrong('requires --sanitize');
}
