//! profile-file: a profile from the text of its file, checked, with everything that is wrong with it; and its hash.
import { type Diagnostic, didYouMean, nearest, Rejected } from '../failure.ts';
import { type JsonNode, nodeAt, placeOf, readJson, shown } from '../json.ts';
import { sha256 } from '../sha256.ts';
import { type Partly, type Problem, problemsOf } from './profile-check.ts';
import { functionProblems } from './profile-functions.ts';
import { kernelOf, type Profile, profileOf, rowsOf } from './profile-record.ts';
import { PROFILE_SCHEMA, type ProfileFile, profileSchema } from './profile-schema.ts';

/** A profile from the text of its file. Throws Rejected with everything that is wrong with it. */
export function readProfile(text: string, file: string): Profile {
  const tooLong = `found ${text.length} characters; allowed: ${TEXT_MAX}`;
  if (text.length > TEXT_MAX) throw new Rejected([{ file, line: 0, column: 0, message: tooLong }]);
  const { root, faults } = readJson(text);
  const found = faults.map(({ at, message }) => ({ at, message }));
  const parsed = root && profileSchema.safeParse(root.value);
  if (root && parsed) {
    const refused = parsed.error ? refusals(text, root, parsed.error.issues) : [], stated = without(root.value, refused);
    found.push(...refused, ...[...problemsOf(stated), ...functionProblems(stated)].map(({ path, message }: Problem) => (
      { at: nodeAt(root, path).node.at, message: labelled(path, message) })));
  }
  if (parsed?.success && found.length === 0) {
    const { hash: claimed, ...data } = parsed.data, hash = hashOf(data);
    if (claimed === undefined || claimed === hash) return profileOf(data, hash);
    found.push({ at: nodeAt(root!, ['hash']).node.at, message: `hash: ${claimed.slice(0, 16)}… is that of another profile, this one has ${hash.slice(0, 16)}…; leave it out where a number is changed` });
  }
  const sorted = found.map((one, index) => ({ ...one, index })).sort((a, b) => a.at - b.at || a.index - b.index);
  const told = sorted.slice(0, DIAGNOSTICS_MAX).map(({ at, message }): Diagnostic => ({ file, ...placeOf(text, at), message }));
  const more = sorted.length - told.length;
  throw new Rejected(more > 0 ? [...told, { file, line: 0, column: 0, message: `${more} more mistakes are not shown` }] : told);
}

const TEXT_MAX = 2 ** 20, DIAGNOSTICS_MAX = 100;

interface Refusal { readonly at: number; readonly message: string; readonly path: readonly PropertyKey[] }
type Issue = NonNullable<ReturnType<typeof profileSchema.safeParse>['error']>['issues'][number];

/** Issues of the schema at their places: one for each path, none where the text itself was wrong, none for a key that is there misspelt. */
function refusals(text: string, root: JsonNode, issues: readonly Issue[]): readonly Refusal[] {
  const misspelt = new Set<string>(), refused = new Map<string, Refusal>();
  const say = (path: readonly PropertyKey[], at: number, message: string, label = path): void => {
    if (!refused.has(joined(path))) refused.set(joined(path), { at, message: labelled(label, message), path });
  };
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const keys = issue.message.split(' '), { node } = nodeAt(root, issue.path);
    for (const key of issue.keys) {
      const meant = nearest(key, keys.filter((known) => !node.members?.has(known)));
      if (meant !== undefined) misspelt.add(joined([...issue.path, meant]));
      const message = `found key "${shown(key)}"${didYouMean(key, meant === undefined ? keys : [meant]) || ';'}`;
      say([...issue.path, key], node.members?.get(key)?.keyAt ?? node.at, `${message} allowed: ${keys.join(', ')}`, issue.path);
    }
  }
  for (const { code, path, message } of issues) {
    const { node, whole } = nodeAt(root, path);
    if (code === 'unrecognized_keys' || misspelt.has(joined(path))) continue;
    if (!whole) say(path, node.at, `it is missing; allowed: ${message}`);
    else if (node.value !== undefined) say(path, node.at, `found ${foundIn(text, node)}${proposal(node, message)} allowed: ${message}`);
  }
  return [...refused.values()];
}

const joined = (path: readonly PropertyKey[]): string => path.map(String).join('\0');
/** `triples[0].kMax.value: ` before the message. */
function labelled(path: readonly PropertyKey[], message: string): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${shown(String(step))}`));
  return path.length === 0 ? message : `${steps.join('').slice(1)}: ${message}`;
}

function foundIn(text: string, node: JsonNode): string {
  if (node.members) return 'an object';
  return node.items ? `a list of ${node.items.length}` : shown(text.slice(node.at, node.end));
}

/** What a misspelt word may mean, when the message lists the words. */
function proposal(node: JsonNode, message: string): string {
  const words = /^one of (.*)$/.exec(message)?.[1]?.split(', ') ?? [];
  return (typeof node.value === 'string' && didYouMean(node.value, words)) || ';';
}

/** The value without what was refused. */
function without(value: unknown, refused: readonly Refusal[]): Partly<ProfileFile> {
  const gone = new Set(refused.map(({ path }) => joined(path)));
  const kept = (part: unknown, path: readonly PropertyKey[]): unknown => {
    if (gone.has(joined(path))) return undefined;
    if (Array.isArray(part)) return part.map((item, index) => kept(item, [...path, index]));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, kept(member, [...path, key])]));
  };
  return (kept(value, []) ?? {}) as Partly<ProfileFile>;
}

/** Over names and values alone, sorted, so that neither words nor timing nor the order of a list of rows moves it. */
function hashOf(file: ProfileFile): string {
  const { dramBytes, spmBytes, accBytes, accLanes, vpuLanes, slotCount, regionCount, nans, unknownByte } = file;
  const semantic = values({
    schema: PROFILE_SCHEMA, dramBytes, spmBytes, accBytes, accLanes, vpuLanes, slotCount, regionCount, nans, unknownByte,
    features: [...file.features.value].sort(), formats: [...file.formats.value].sort(),
    granules: sortedRows(file.granules), functions: withoutEvidence(file.functions),
    triples: sortedRows(rowsOf(file).map((row) => ({ ...row, dots: row.dots.map((name) => kernelOf(file, name)) }))),
  });
  return sha256(new TextEncoder().encode(canonical(semantic)));
}

/** A profile without functions has the hash that it had before there were any. */
const withoutEvidence = (functions: ProfileFile['functions']): unknown => functions && Object.fromEntries(
  Object.entries(functions).flatMap(([name, stated]) => {
    if (!stated) return [];
    const { source: _, certainty: __, ...record } = stated;
    return [[name, record]];
  }));

const sortedRows = (rows: readonly object[]): readonly unknown[] =>
  rows.map(values).sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));

/** Facts without source and certainty. */
function values(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(values);
  if (typeof part !== 'object' || part === null) return part;
  if ('certainty' in part && 'value' in part) return part.value;
  return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, values(member)]));
}

/** JSON with sorted keys and no blanks. */
function canonical(part: unknown): string {
  if (Array.isArray(part)) return `[${part.map(canonical).join(',')}]`;
  if (typeof part !== 'object' || part === null) return JSON.stringify(part);
  const members = Object.entries(part).filter(([, member]) => member !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
