//! text: findings as a person reads them: where and what on the first line, then both instructions and what to write.
import type { Finding, Part } from './finding.ts';
import { bytesText } from './reporter.ts';

/** How words of a kind are set off: colours in a terminal, nothing in a file. */
export interface Style { readonly strong: (text: string) => string; readonly error: (text: string) => string; readonly dim: (text: string) => string }
export const plain: Style = { strong: (text) => text, error: (text) => text, dim: (text) => text };

const placeText = ({ file, line, column, pc }: Part): string => (file === undefined ? `pc ${pc}` : `${file}:${line}:${column}`);

export function findingLines(finding: Finding, { strong, error, dim }: Style = plain): readonly string[] {
  const { kind, severity, text, other, suggestion, bytes, count } = finding, parts: readonly Part[] = other ? [finding, other] : [finding];
  const width = (of: (part: Part) => string): number => Math.max(...parts.map((part) => of(part).length));
  const row = (part: Part): string => `    ${part.does.padEnd(width(({ does }) => does))}  ${part.unit.padEnd(3)}  ${placeText(part).padEnd(width(placeText))}  ${part.instruction}`;
  const often = [...(bytes ? [bytesText(bytes)] : []), ...(count > 1 ? [`${count} times`] : [])];
  return [
    `${strong(`${placeText(finding)}:`)} ${error(`${severity}: ${kind}:`)} ${text}`, ...parts.map(row),
    ...(count > 1 ? [dim(`    seen ${often.join(', ')}`)] : []), ...(suggestion ? [`    fix: ${suggestion}`] : []),
  ];
}

/** `2 findings: race 1, leftover 1` */
export function summary(findings: readonly Finding[]): string {
  const kinds = new Map<string, number>();
  for (const { kind } of findings) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return `${findings.length} finding${findings.length === 1 ? '' : 's'}${findings.length > 0 ? `: ${[...kinds].map(([kind, many]) => `${kind} ${many}`).join(', ')}` : ''}`;
}
