//! sanitizer: what the sanitizer found in a program, as findings at its lines.
import type { Finding } from './sarif.ts';

/** The parts of a sanitizer's finding that a report shows. */
export interface Sanitized {
  readonly kind: string;
  readonly severity: 'error' | 'warning' | 'note';
  /** The instruction, and its line in the source from 1 on where there is one. */
  readonly pc: number;
  readonly line?: number | undefined;
  /** The other one, of two that are in each other's way. */
  readonly other?: { readonly pc: number; readonly line?: number | undefined } | undefined;
  readonly text: string;
  /** What would mend it. */
  readonly suggestion?: string | undefined;
}

/** `file` is the program; the fingerprint has the instructions and not the lines, which move when a comment is added. */
export const sanitizerFindings = (file: string, found: readonly Sanitized[]): readonly Finding[] => found.map(({ kind, severity, pc, line, other, text, suggestion }) => ({
  rule: `sanitizer/${kind}`, says: `The sanitizer found: ${kind}.`, level: severity, text: suggestion === undefined ? text : `${text}\n${suggestion}`, file, line: line ?? 1,
  fingerprint: [kind, pc, ...(other ? [other.pc] : [])].join('/'),
  ...(other ? { others: [{ file, line: other.line ?? 1, text: `the other instruction, pc ${other.pc}` }] } : {}),
}));
