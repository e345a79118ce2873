//! formats: every form that coverage is written in, by its name.
import { cobertura } from './cobertura.ts';
import type { Coverage } from '../../coverage/coverage.ts';
import { lcov } from './lcov.ts';
import { coveragePage } from './page.ts';
import { coverageJson, coverageText, type Listed } from './text.ts';
import { ucis } from './ucis.ts';

/** Equal counters give equal bytes. `version` is that of systole. */
export const formats = { text: coverageText, json: coverageJson, html: coveragePage, cobertura: (coverage, { version }) => cobertura(coverage, version), lcov, ucis: (coverage, { version }) => ucis(coverage, version) } satisfies
  Readonly<Record<string, (coverage: Coverage, how: Listed & { readonly version: string }) => string>>;
export type FormatName = keyof typeof formats;
