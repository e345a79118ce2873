//! knob-file: what a campaign aims at, from a user's own file.
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { set } from '../instructions/set.ts';
import { type JsonNode, placeOf, readJson, shown, whatIs } from '../json.ts';
import { unitNames } from '../limits.ts';
import { knobs as builtIn, type Knobs, STREAMS } from './record.ts';
import { acts } from './sequencer.ts';
import { streams } from './streams.ts';

/** Whole numbers of a knob file, from and to. */
const bounds = { records: [1, 1000], elements: [1, 4096], illegal: [0, 100], fresh: [0, 100] } as const;
type Bounded = keyof typeof bounds;
const KEYS = ['name', 'like', ...Object.keys(bounds), 'weights'], WEIGHT_MAX = 1000, TEXT_MAX = 2 ** 16;
/** Names of weights: a unit stands for its instructions, `streams` for all streams; what is named more exactly wins. */
export const weightNames: readonly string[] = [...unitNames, 'agent', STREAMS, ...Object.keys(streams), ...Object.keys(acts), ...set.map(({ mnemonic }) => mnemonic)];

/**
 * `{"name": "mine", "like": "smoke", "records": 20, "weights": {"mm": 4, "vpu": 0}}`: what is left out is as in the built-in knobs of `like`, or of
 * smoke; weights are added to theirs. Throws Rejected with everything that is wrong.
 */
export function readKnobs(text: string, file: string): Knobs {
  const tooLong = text.length > TEXT_MAX, { root, faults } = tooLong ? { root: undefined, faults: [{ at: 0, message: `found ${text.length} characters; allowed: ${TEXT_MAX}` }] } : readJson(text);
  const found: { readonly at: number; readonly message: string }[] = [...faults], members = root?.members, say = (at: number, message: string): void => { found.push({ at, message }); };
  if (root && !members) say(root.at, `found ${whatIs(root.value)}; allowed: an object with ${KEYS.join(', ')}`);
  for (const [key, { keyAt }] of members ?? []) if (!KEYS.includes(key)) say(keyAt, `found key "${shown(key)}"${didYouMean(key, KEYS) || ';'} allowed: ${KEYS.join(', ')}`);
  const node = (key: string): JsonNode | undefined => members?.get(key)?.node, like = node('like'), name = node('name'), weights = node('weights');
  const base = like === undefined ? builtIn.smoke : (builtIn as Readonly<Record<string, Knobs>>)[String(like.value)];
  if (like && !base) say(like.at, `like: found ${whatIs(like.value)}${typeof like.value === 'string' ? didYouMean(like.value, Object.keys(builtIn)) || ';' : ';'} allowed: ${Object.keys(builtIn).join(', ')}`);
  if (members && !(typeof name?.value === 'string' && /^[a-z][a-z0-9-]{0,31}$/.test(name.value))) {
    say(name?.at ?? root!.at, `name: ${name ? `found ${whatIs(name.value)}` : 'it is missing'}; allowed: up to 32 of a to z, 0 to 9 and -, a letter first`);
  }
  const numbers = Object.entries(bounds).flatMap(([key, [from, to]]): [Bounded, number][] => {
    const one = node(key), value = one?.value;
    if (!one) return [];
    if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return [[key as Bounded, value]];
    say(one.at, `${key}: found ${whatIs(value)}; allowed: a whole number from ${from} to ${to}`);
    return [];
  });
  const own = weights === undefined ? {} : weightsOf(weights, say);
  if (found.length > 0) throw new Rejected(found.sort((a, b) => a.at - b.at).map(({ at, message }): Diagnostic => ({ file, ...(tooLong ? { line: 0, column: 0 } : placeOf(text, at)), message })));
  return { ...base!, ...Object.fromEntries(numbers), name: name!.value as string, weights: { ...base!.weights, ...own } };
}

function weightsOf(node: JsonNode, say: (at: number, message: string) => void): Record<string, number> {
  if (!node.members) { say(node.at, `weights: found ${whatIs(node.value)}; allowed: an object of numbers by name`); return {}; }
  return Object.fromEntries([...node.members].flatMap(([key, { keyAt, node: { value, at } }]): [string, number][] => {
    const unit = (unitNames as readonly string[]).indexOf(key);
    if (!weightNames.includes(key)) { say(keyAt, `weights: found "${shown(key)}"${didYouMean(key, weightNames) || ';'} allowed: an instruction, a unit, agent, or a stream: ${[STREAMS, ...Object.keys(streams), ...Object.keys(acts)].join(', ')}`); return []; }
    if (typeof value === 'number' && value >= 0 && value <= WEIGHT_MAX) return [[unit < 0 ? key : String(unit), value]];
    say(at, `weights.${shown(key)}: found ${whatIs(value)}; allowed: a number from 0 to ${WEIGHT_MAX}`);
    return [];
  }));
}
