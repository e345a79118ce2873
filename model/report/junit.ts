//! junit: checks as JUnit XML, by the schema that Jenkins checks and GitLab reads (junit-10.xsd): suites of cases, each with at most one failure.
import type { Check } from './check.ts';
import { attributes, escaped } from './markup.ts';

/** One `testsuite` for each suite, in the order in which they first come. */
export function junit(checks: readonly Check[], name = 'systole'): string {
  const suites = [...new Set(checks.map(({ suite }) => suite))].map((suite) => [suite, checks.filter((one) => one.suite === suite)] as const);
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${attributes({ name, ...counts(checks) })}>`, ...suites.flatMap(([suite, own]) => suiteLines(suite, own)), '</testsuites>', ''].join('\n');
}

function suiteLines(suite: string, checks: readonly Check[]): readonly string[] {
  return [`  <testsuite${attributes({ name: suite, ...counts(checks), skipped: checks.filter(({ skipped }) => skipped !== undefined).length })}>`, ...checks.map(caseText), '  </testsuite>'];
}

const counts = (checks: readonly Check[]): Readonly<Record<string, string | number>> => ({
  tests: checks.length, failures: checks.filter(({ failure }) => failure).length, errors: 0, time: seconds(checks.reduce((sum, one) => sum + (one.seconds ?? 0), 0)),
});

function caseText({ suite, name, seconds: took, skipped, failure }: Check): string {
  const opening = `    <testcase${attributes({ name, classname: suite, time: took === undefined ? undefined : seconds(took) })}`;
  if (failure) return `${opening}>\n      <failure${attributes({ type: failure.type, message: failure.message })}>${escaped(failure.body)}</failure>\n    </testcase>`;
  if (skipped !== undefined) return `${opening}>\n      <skipped${attributes({ message: skipped })}/>\n    </testcase>`;
  return `${opening}/>`;
}

const seconds = (value: number): string => value.toFixed(3);
