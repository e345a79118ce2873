//! knob-file.test: a knob file is read, its mistakes are told all at once with their places, and what it says is what is generated.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rejected } from '../model/failure.ts';
import { byOpcode } from '../model/instructions/set.ts';
import { profile } from '../model/machine/profile.ts';
import { generate } from '../model/verify/generate.ts';
import { readKnobs, weightNames } from '../model/verify/knob-file.ts';
import { knobs } from '../model/verify/record.ts';
import { acts } from '../model/verify/sequencer.ts';
import { streams } from '../model/verify/streams.ts';

function complaints(text: string): readonly string[] {
  try {
    readKnobs(text, 'mine.json');
  } catch (error) {
    if (error instanceof Rejected) return error.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
    throw error;
  }
  return [];
}

test('what a file leaves out is as in the built-in knobs that it is like; its weights are added', () => {
  expect(readKnobs('{"name": "mine"}', 'mine.json')).toEqual({ ...knobs.smoke, name: 'mine' });
  const read = readKnobs('{"name": "mine", "like": "sync", "records": 7, "elements": 9, "illegal": 3, "fresh": 100, "weights": {"vpu": 0, "mm": 2.5, "post": 1, "hazard": 2}}', 'mine.json');
  expect(read).toEqual({ name: 'mine', records: 7, elements: 9, illegal: 3, fresh: 100, weights: { ...knobs.sync.weights, 4: 0, mm: 2.5, post: 1, hazard: 2 } });
});

test('all mistakes are told at once, each at its place, with what is allowed', () => {
  expect(complaints('{\n  "name": "My Knobs",\n  "like": "smok",\n  "record": 3,\n  "elements": 0,\n  "weights": {\n    "mn": 1,\n    "mm": -1,\n    "hazards": 1\n  }\n}')).toEqual([
    expect.stringMatching(/^2:11 name: found "My Knobs"; allowed: up to 32 /), expect.stringMatching(/^3:11 like: found "smok"; did you mean 'smoke'\? allowed: smoke, /),
    expect.stringMatching(/^4:3 found key "record"; did you mean 'records'\? allowed: name, like, /), '5:15 elements: found 0; allowed: a whole number from 1 to 4096',
    expect.stringMatching(/^7:5 weights: found "mn"; did you mean 'm/), '8:11 weights.mm: found -1; allowed: a number from 0 to 1000',
    expect.stringMatching(/^9:5 weights: found "hazards"; did you mean 'hazard'\? allowed: an instruction, a unit, agent, or a stream: streams, matmul, /),
  ]);
  expect(complaints('[]')).toEqual([expect.stringMatching(/^1:1 found a list of 0; allowed: an object/)]);
  expect(complaints('{"name": "a", }')).toHaveLength(1);
  expect(complaints('')).toEqual(['1:1 the file is empty']);
  expect(complaints(`{"name": "a", "weights": ${'{"a":'.repeat(100)}`).length).toBeGreaterThan(0);
  expect(complaints(' '.repeat(100_000))).toEqual(['0:0 found 100000 characters; allowed: 65536']);
});

test('weights decide: a unit of weight 0 has no instruction, a mnemonic wins over its unit', () => {
  const of = profile('systole-16'), by = readKnobs('{"name": "few", "fresh": 100, "weights": {"streams": 0, "vpu": 0, "mxu": 0, "dmo": 0, "agent": 0, "dmi": 0, "fill": 1, "fma": 1}}', 'few.json'), seen = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    // Instructions that stand predicated off may be any.
    for (const [word] of generate(seed, of, by).words) if (((word >>> 8) & 15) === 0) seen.add(byOpcode.get(word & 255)!.mnemonic);
  }
  expect([...seen].filter((mnemonic) => { const { unit } = [...byOpcode.values()].find((one) => one.mnemonic === mnemonic)!; return unit !== 0 && unit !== 'agent'; }).sort()).toEqual(['fill', 'fma']);
});

test('the page of knobs tells every stream in its own words, and numbers as they are', () => {
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'knobs.md'), 'utf8');
  for (const [name, { says }] of [...Object.entries(streams), ...Object.entries(acts)]) expect(page).toContain(`| \`${name}\` | ${says} |`);
  for (const key of ['records', 'elements', 'illegal', 'fresh'] as const) expect(page).toMatch(new RegExp(`^\\| \`${key}\` \\| .* \\| ${knobs.smoke[key]} \\|$`, 'm'));
  for (const name of Object.keys(knobs)) expect(page).toContain(`\`${name}\``);
  for (const [, block] of page.matchAll(/```json\n([\s\S]*?)```/g)) expect(complaints(block!)).toEqual([]);
});

test('every name of a weight is a word that a file may use, and built-in knobs use no others', () => {
  for (const name of weightNames) expect(complaints(`{"name": "a", "weights": {"${name}": 1}}`)).toEqual([]);
  for (const { weights } of Object.values(knobs)) for (const name of Object.keys(weights)) expect(weightNames.includes(name) || /^[0-5]$/.test(name), name).toBe(true);
});
