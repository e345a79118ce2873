//! sarif: findings as SARIF 2.1.0, which code hosts show at the lines of files: a rule for each kind, a fingerprint that stays when lines move.

/** Something that is wrong at a line of a file. */
export interface Finding {
  /** Kind of finding, and what that kind is. */
  readonly rule: string;
  readonly says: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly text: string;
  /** Relative to where the report is read, with `/`. */
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
  /** From 1 on, in UTF-16 code units, where it is known. */
  readonly column?: number | undefined;
  /** Equal for findings that are the same one. */
  readonly fingerprint: string;
  readonly others?: readonly { readonly file: string; readonly line: number; readonly column?: number | undefined; readonly text: string }[];
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** One run of one tool; rules in the order of their names. */
export function sarif(findings: readonly Finding[], version: string): string {
  const rules = [...new Map(findings.map(({ rule, says }) => [rule, says]))].sort(([a], [b]) => (a < b ? -1 : 1)), indexOf = new Map(rules.map(([rule], index) => [rule, index]));
  return `${JSON.stringify({
    $schema: SCHEMA, version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'systole', version, rules: rules.map(([id, says]) => ({ id, shortDescription: { text: says } })) } },
      columnKind: 'utf16CodeUnits',
      results: findings.map(({ rule, level, text, fingerprint, others = [], ...own }) => ({
        ruleId: rule, ruleIndex: indexOf.get(rule), level, message: { text }, locations: [{ physicalLocation: place(own) }],
        ...(others.length === 0 ? {} : { relatedLocations: others.map((other, id) => ({ id, message: { text: other.text }, physicalLocation: place(other) })) }),
        partialFingerprints: { 'systole/v1': fingerprint },
      })),
    }],
  }, null, 2)}\n`;
}

/** A path as a URI reference: what has a meaning there is escaped; a half of a pair of UTF-16, which has no bytes, is U+FFFD. */
const place = ({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): object => ({
  artifactLocation: { uri: file.replace(/[\ud800-\udfff]/gu, '\ufffd').split('/').map(encodeURIComponent).join('/') }, region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
});
