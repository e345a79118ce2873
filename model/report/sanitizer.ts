//! sanitizer: what the sanitizer found in a program, as findings at its lines.
import { findingDefinitions } from '../sanitizer/finding.ts';
import type { Finding } from './sarif.ts';

interface Place {
  readonly pc: number;
  /** Of the source, where it is known. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}
/** The parts of a sanitizer's finding that a report shows. */
export interface Sanitized extends Place {
  readonly kind: string;
  readonly severity: 'error' | 'warning';
  /** The other instruction, of two that are in each other's way. */
  readonly other?: Place;
  readonly text: string;
  /** What would mend it, or nothing. */
  readonly suggestion: string;
}

const says = new Map<string, string>(findingDefinitions);

/** `program` is where instructions without a place are; the fingerprint has instructions and not lines, which move when a comment is added. */
export const sanitizerFindings = (program: string, found: readonly Sanitized[]): readonly Finding[] => found.map(({ kind, severity, other, text, suggestion, ...own }) => ({
  rule: `sanitizer/${kind}`, says: says.get(kind) ?? kind, level: severity, text: suggestion === '' ? text : `${text}\n${suggestion}`, file: own.file ?? program, line: own.line ?? 1, column: own.column,
  fingerprint: [kind, own.pc, ...(other ? [other.pc] : [])].join('/'),
  ...(other ? { others: [{ file: other.file ?? program, line: other.line ?? 1, column: other.column, text: `the other instruction, pc ${other.pc}` }] } : {}),
}));
