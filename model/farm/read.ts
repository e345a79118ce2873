//! read: a results file and its times, read back: every mistake at its line, so that a file of another tool or a torn one is told from a result.
import { RESULTS_SCHEMA, type Results, type Times } from '../campaign/results.ts';
import { type Diagnostic, Rejected } from '../failure.ts';
import { type JsonNode, placeOf, readJson, shown } from '../json.ts';
import { commonStride, STRIDE_MAX } from './spans.ts';

/** What a value has to be, in words, and whether it is that. */
interface Rule { readonly says: string; readonly holds: (value: unknown) => boolean; readonly items?: Rules }
type Rules = Readonly<Record<string, Rule>>;

const text: Rule = { says: 'a text', holds: (value) => typeof value === 'string' },
  count: Rule = { says: 'a whole number from 0 on', holds: (value) => Number.isSafeInteger(value) && (value as number) >= 0 },
  number: Rule = { says: 'a number from 0 on', holds: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0 },
  digest: Rule = { says: '64 hexadecimal digits', holds: (value) => typeof value === 'string' && /^[\da-f]{64}$/.test(value) },
  texts: Rule = { says: 'a list of texts', holds: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string') };
const one = (allowed: string): Rule => ({ says: `"${allowed}"`, holds: (value) => value === allowed });
const list = (items: Rules): Rule => ({ says: 'a list', holds: Array.isArray, items });
const orNull = (rule: Rule): Rule => ({ says: `${rule.says}, or null`, holds: (value) => value === null || rule.holds(value) });

/** The path of a case stays below the results, whoever wrote them. */
export const isCasePath = (path: string): boolean => /^cases\/[\w-][\w.-]*\.json$/.test(path);
const casePath: Rule = { says: 'the path of a file below cases/', holds: (value) => typeof value === 'string' && isCasePath(value) };

/** Its bins are for whoever knows the model. */
const isCounted = (value: unknown): boolean => typeof value === 'object' && ['hit', 'reachable'].every((name) => count.holds((value as Record<string, unknown>)[name]));

const resultsRules: Rules = {
  schema: one(RESULTS_SCHEMA), command: one('fuzz'), model: digest, profile: text, profile_hash: digest, knobs: text, seed: count, device: text, against: texts, count: orNull(count),
  spans: list({ first: count, stride: { says: `a whole number from 1 to ${STRIDE_MAX}`, holds: (value) => count.holds(value) && (value as number) >= 1 && (value as number) <= STRIDE_MAX }, end: count }),
  programs: count, instructions: count,
  failures: list({ signature: text, kind: text, mnemonic: text, field: text, unit: text, first: count, count, text, instructions: count, case: casePath }),
  coverage: { says: 'an object with whole numbers "hit" and "reachable", or null', holds: (value) => value === null || isCounted(value) },
};
const timesRules: Rules = {
  schema: one('systole-times/1'), seconds: number, programs_per_second: number,
  series: list({ seconds: number, programs: count, hit: count }),
  failures: list({ signature: text, milliseconds: number, evaluations: count, instructions: count }),
};

/** Throws Rejected with all that is wrong; unknown keys are left alone, so that a newer file can be read. */
export function readResults(content: string, file: string): Results {
  const results = checked(content, file, resultsRules) as unknown as Results;
  if (commonStride(results.spans) === undefined) throw refused(file, `the strides of its spans have no common multiple up to ${STRIDE_MAX}`);
  return results;
}
export const readTimes = (content: string, file: string): Times => checked(content, file, timesRules) as unknown as Times;

function checked(content: string, file: string, rules: Rules): Readonly<Record<string, unknown>> {
  const { root, faults } = readJson(content), at = (offset: number, message: string): Diagnostic => ({ file, ...placeOf(content, offset), message });
  if (!root || faults.length > 0) throw new Rejected(faults.map((fault) => at(fault.at, fault.message)));
  const found = mistakes(root, rules, 'the file');
  if (found.length > 0) throw new Rejected(found.slice(0, 20).map((mistake) => at(mistake.at, mistake.message)));
  return root.value as Readonly<Record<string, unknown>>;
}

function mistakes(node: JsonNode, rules: Rules, what: string): readonly { readonly at: number; readonly message: string }[] {
  if (!node.members) return [{ at: node.at, message: `${what} is not an object` }];
  return Object.entries(rules).flatMap(([key, { says, holds, items }]) => {
    const member = node.members!.get(key)?.node;
    if (!member) return [{ at: node.at, message: `${what} lacks "${key}", ${says}` }];
    if (!holds(member.value)) return [{ at: member.at, message: `"${key}" is ${shown(JSON.stringify(member.value))}; allowed: ${says}` }];
    return items ? (member.items ?? []).flatMap((item, i) => mistakes(item, items, `${key}[${i}]`)) : [];
  });
}

const refused = (file: string, message: string): Rejected => new Rejected([{ file, line: 0, column: 0, message }]);
