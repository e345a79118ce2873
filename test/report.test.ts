//! report.test: reports hold what CI reads: JUnit XML by the schema of Jenkins, SARIF by its standard, a page that stands alone, events that viewers open.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Results } from '../model/campaign/results.ts';
import { engine } from '../model/engine.ts';
import { unitNames } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { assembled } from '../model/assembler/assembler.ts';
import { bundleChecks } from '../model/report/bundle.ts';
import type { Check } from '../model/report/check.ts';
import { campaignEvents, retirementEvents } from '../model/report/chrome.ts';
import { faultChecks } from '../model/report/faults.ts';
import { type Campaign, campaignChecks, campaignFindings } from '../model/report/fuzz.ts';
import { junit } from '../model/report/junit.ts';
import { campaignPage, checksPage } from '../model/report/page.ts';
import { barChart, byPowersOfTwo, lineChart, niceEnd, ticks } from '../model/report/plot.ts';
import { sanitizerFindings } from '../model/report/sanitizer.ts';
import { type Finding, sarif } from '../model/report/sarif.ts';
import { caseText, resultsOf, signatures, times } from './campaign-results.ts';
import { programs } from './command-line.ts';
import { runs } from './runs.ts';
import { type Element, everyElement, readXml } from './xml.ts';

const results = resultsOf({ first: 0, stride: 1, end: 1000 }, 1000), good: Results = { ...results, failures: [] };
const cases = new Map(results.failures.map(({ case: path, text }) => [path, caseText(text, path)])), folder = 'out/run 1/';
const campaign: Campaign = { results, times, cases, folder };

/** Characters of every kind, halves of pairs too. */
const text = fc.array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10_ffff }), fc.constantFrom(0x1b, 0x22, 0x26, 0x3c, 0xd800, 0xfffe)), { maxLength: 20 }).map((codes) => String.fromCodePoint(...codes));

// ---- JUnit
/** What junit-10.xsd of the xUnit plugin of Jenkins allows, as far as it is used; GitLab and others read the same. */
const schema: Readonly<Record<string, { readonly needs: readonly string[]; readonly may: readonly string[]; readonly holds: readonly string[] }>> = {
  testsuites: { needs: [], may: ['name', 'time', 'tests', 'failures', 'errors', 'disabled'], holds: ['testsuite'] },
  testsuite: { needs: ['name', 'tests', 'failures', 'errors'], may: ['time', 'skipped', 'disabled', 'timestamp', 'hostname', 'id', 'package'], holds: ['testcase', 'properties', 'system-out', 'system-err'] },
  testcase: { needs: ['name'], may: ['classname', 'time', 'status', 'assertions', 'file', 'line'], holds: ['skipped', 'failure', 'error', 'system-out'] },
  failure: { needs: [], may: ['type', 'message'], holds: [] },
  skipped: { needs: [], may: ['type', 'message'], holds: [] },
};
function isJunit(text: string): Element {
  const root = readXml(text);
  expect(root.name).toBe('testsuites');
  const wrong = everyElement(root).flatMap(({ name, attributes, children }): string[] => {
    const rule = schema[name]!, given = Object.keys(attributes), isCount = (key: string): boolean => ['tests', 'failures', 'errors', 'skipped'].includes(key);
    return [
      ...given.filter((key) => !rule.needs.includes(key) && !rule.may.includes(key)), ...rule.needs.filter((key) => !given.includes(key)), ...children.filter((child) => !rule.holds.includes(child.name)).map((child) => child.name),
      ...given.filter((key) => (isCount(key) && !/^\d+$/.test(attributes[key]!)) || (key === 'time' && !/^\d+\.\d{3}$/.test(attributes[key]!))), ...(name === 'testcase' && children.length > 1 ? ['two ends'] : []),
    ].map((what) => `${name}: ${what}`);
  });
  expect(wrong).toEqual([]);
  for (const suite of [root, ...root.children]) {
    const own = everyElement(suite), many = (name: string): string => String(own.filter((element) => element.name === name).length);
    expect([suite.attributes.tests, suite.attributes.failures]).toEqual([many('testcase'), many('failure')]);
  }
  return root;
}

test('JUnit XML has a case for each failure signature, whose body is the least program and the command that replays it', () => {
  const root = isJunit(junit(campaignChecks(campaign))), found = everyElement(root).filter(({ name }) => name === 'testcase');
  expect(found.map(({ attributes }) => attributes.name).toSorted()).toEqual(signatures.toSorted());
  for (const { children: [failure] } of found) expect(failure!.text).toMatch(/\nbinary\.add t0, t1, t2\nhalt 0\n\nnpx systole replay 'out\/run 1\/cases\/\w+-\d\.json' --device engine\n$/);
  expect(everyElement(isJunit(junit(campaignChecks({ ...campaign, results: good })))).map(({ name }) => name)).toEqual(['testsuites', 'testsuite', 'testcase']);
  const lost = junit(campaignChecks({ ...campaign, cases: new Map() }));
  expect(lost).toContain('cases/record-0.json is missing');
});

test('JUnit XML is well-formed and counts right whatever the names and texts are', () => {
  const check: fc.Arbitrary<Check> = fc.record({ suite: fc.constantFrom('a', 'b & "c"'), name: text, seconds: fc.double({ min: 0, max: 1e6, noNaN: true }) }, { requiredKeys: ['suite', 'name'] });
  const failing = fc.tuple(check, fc.record({ type: text, message: text, body: text })).map(([one, failure]): Check => ({ ...one, failure })), skipped = fc.tuple(check, text).map(([one, why]): Check => ({ ...one, skipped: why }));
  fc.assert(fc.property(fc.array(fc.oneof(check, failing, skipped), { maxLength: 8 }), (checks) => {
    expect(everyElement(isJunit(junit(checks))).filter(({ name }) => name === 'testcase')).toHaveLength(checks.length);
  }), { numRuns: runs(40) });
});

test('a case of a bundle and a class of faults are cases of JUnit too, and a fault with an argument is no survivor', () => {
  const bundle = bundleChecks('gemm.tar', 'engine', ['a', 'b'], [{ case: 'b', field: 'memory', says: 'b: dram 0x40', program: 'halt 0\n' }]);
  const faults = faultChecks([
    { name: 'control', faults: [{ name: 'loop-once-more', detected: true, milliseconds: 5 }, { name: 'dead', detected: false, equivalent: 'a rule forbids it' }] },
    { name: 'float', faults: [{ name: 'no-sticky', detected: false, replay: 'npx systole fuzz --fault 7' }] },
  ]);
  const root = isJunit(junit([...bundle, ...faults])), failures = everyElement(root).filter(({ name }) => name === 'failure');
  expect(failures.map(({ attributes }) => attributes.message)).toEqual(['b: dram 0x40', '1 of 1 faults that are not equivalent survive']);
  expect(failures.map(({ text }) => text)).toEqual(['b: dram 0x40\n\nhalt 0\n\nnpx systole bundle replay gemm.tar --case b --device engine\n', 'no-sticky\nnpx systole fuzz --fault 7\n']);
});

// ---- SARIF
type Json = Readonly<Record<string, unknown>>;
/** Properties that the schema of 2.1.0 requires, and those whose values it limits, of the objects that we write. No validator is shipped with it. */
function isSarif(text: string): readonly Json[] {
  const log = JSON.parse(text) as { readonly $schema: string; readonly version: string; readonly runs: readonly { readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Json[] } }; readonly results: readonly Json[] }[] };
  expect([log.version, log.runs.length, new URL(log.$schema).pathname.endsWith('sarif-schema-2.1.0.json')]).toEqual(['2.1.0', 1, true]);
  const [{ tool: { driver }, results: found }] = log.runs as [(typeof log.runs)[0]], ids = driver.rules.map(({ id }) => id);
  expect([driver.name, new Set(ids).size]).toEqual(['systole', ids.length]);
  for (const rule of driver.rules) expect(rule).toEqual({ id: expect.stringMatching(/^\w[\w/-]*$/), shortDescription: { text: expect.stringMatching(/\S/) } });
  const place = (location: { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number } } }): void => {
    const { artifactLocation: { uri }, region: { startLine } } = location.physicalLocation;
    expect([/^[\w.~!$&'()*+,;=:@%/-]+$/.test(uri), new URL(uri, 'file:///x/').protocol, startLine >= 1 && Number.isInteger(startLine)]).toEqual([true, 'file:', true]);
  };
  for (const one of found) {
    expect(ids[one.ruleIndex as number]).toBe(one.ruleId);
    expect(['none', 'note', 'warning', 'error']).toContain(one.level);
    expect((one.message as Json).text).toMatch(/\S/);
    for (const location of [...(one.locations as never[]), ...((one.relatedLocations ?? []) as never[])]) place(location);
    expect(Object.values(one.partialFingerprints as Json)).toEqual([expect.any(String)]);
  }
  return found;
}

test('SARIF points at the line of the case file where the instruction of the failure stands, and its fingerprint is the signature', () => {
  const found = isSarif(sarif(campaignFindings(campaign), '0.1.0')), lineOf = (path: string, text: string): number => cases.get(path)!.split('\n').findIndex((line) => line.includes(text)) + 1;
  expect(found.map(({ partialFingerprints }) => Object.values(partialFingerprints as Json)[0]).toSorted()).toEqual(signatures.toSorted());
  const record = found.find(({ ruleId }) => ruleId === 'fuzz/record')!, memory = found.find(({ ruleId }) => ruleId === 'fuzz/memory')!;
  const expected = (path: string, text: string): Json[] => [{ physicalLocation: { artifactLocation: { uri: `out/run%201/${path}` }, region: { startLine: lineOf(path, text) } } }];
  expect([record.locations, memory.locations]).toEqual([expected('cases/record-0.json', 'binary.add'), expected('cases/memory-1.json', '"program"')]);
});

test('findings of the sanitizer become SARIF at both instructions, whatever the texts are', () => {
  const [race] = isSarif(sarif(sanitizerFindings('a b.s', [{ kind: 'race', severity: 'error', pc: 4, line: 7, column: 9, other: { pc: 2, line: 5 }, text: 'load and mm meet', suggestion: 'post m1 behind the load' }]), '0.1.0'));
  expect(race).toMatchObject({ ruleId: 'sanitizer/race', locations: [{ physicalLocation: { region: { startLine: 7, startColumn: 9 } } }], partialFingerprints: { 'systole/v1': 'race/4/2' }, relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b.s' }, region: { startLine: 5 } } }] });
  const finding: fc.Arbitrary<Finding> = fc.record({ rule: fc.constantFrom('a', 'b/c'), says: fc.constant('It is so.'), level: fc.constantFrom('error', 'warning', 'note'), text: fc.string({ minLength: 1 }).map((text) => `x${text}`), file: text.map((name) => `f/${name}`), line: fc.integer({ min: 1, max: 1e6 }), fingerprint: fc.string() });
  fc.assert(fc.property(fc.array(finding, { maxLength: 6 }), (findings) => { expect(isSarif(sarif(findings, '1'))).toHaveLength(findings.length); }), { numRuns: runs(100) });
});

// ---- page
const voids = (name: string): boolean => name === 'meta';
/** Nothing is fetched from elsewhere: no element that could, no address in a style. */
function standsAlone(text: string): Element {
  const root = readXml(text, voids), elements = everyElement(root);
  expect(elements.filter(({ name, attributes }) => ['link', 'img', 'script', 'iframe', 'object', 'image', 'use'].includes(name) || 'src' in attributes || 'href' in attributes)).toEqual([]);
  expect(elements.filter(({ name }) => name === 'style').map(({ text: style }) => /@import|url\(/.test(style))).toEqual([false]);
  return root;
}

test('the page of a campaign stands alone, has every plot with axes, and each failure with program and command', () => {
  const text = campaignPage(campaign, { hit: 1200, reachable: 1300 }), elements = everyElement(standsAlone(text)), plots = elements.filter(({ name }) => name === 'svg');
  expect(plots.map(({ children }) => children[0]!.text)).toEqual(['Coverage', 'Programs', 'Time to shrink', 'Least programs']);
  for (const plot of plots) {
    const labels = everyElement(plot).filter(({ name }) => name === 'text').map((one) => one.text);
    expect(labels.filter((label) => /^\d/.test(label)).length, 'ticks').toBeGreaterThan(3);
    expect(everyElement(plot).filter(({ attributes }) => attributes.class === 'axis').length).toBeGreaterThan(0);
  }
  expect(elements.filter(({ name }) => name === 'h3').map((one) => one.text).toSorted()).toEqual(signatures.toSorted());
  expect(elements.filter(({ attributes }) => attributes.class === 'command')).toHaveLength(signatures.length);
  expect(text).toContain('prefers-color-scheme: dark');
  standsAlone(campaignPage({ ...campaign, results: good, times: undefined }));
  standsAlone(campaignPage({ ...campaign, results: good, times: { ...times, series: [], failures: [] } }));
  standsAlone(checksPage('all', campaignChecks(campaign)));
});

test('ticks are round numbers from zero to an end that nothing passes, and points lie between the axes', () => {
  fc.assert(fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (most) => {
    const end = niceEnd(most), all = ticks(end);
    expect([all[0], all.at(-1), end * (1 + 1e-9) >= most, end <= 2 * most, all.length >= 3 && all.length <= 11]).toEqual([0, end, true, true, true]);
  }), { numRuns: runs(300) });
  fc.assert(fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true })), { minLength: 2, maxLength: 9 }), (points) => {
    const line = /points="([^"]*)"/.exec(lineChart({ title: '', x: { label: '' }, y: { label: '' }, points }))![1]!;
    for (const [x, y] of line.split(' ').map((pair) => pair.split(',').map(Number))) expect([x! >= 68 && x! <= 624, y! >= 34 && y! <= 212]).toEqual([true, true]);
  }), { numRuns: runs(100), examples: [[[[5e-324, 5e-324], [0, 1e-323]]]] });
});

test('a bar counts what lies in its power of two', () => {
  expect(byPowersOfTwo([0.2, 1, 2, 3, 4, 31], ' ms')).toEqual([{ label: '1 ms', count: 2 }, { label: '2 ms', count: 2 }, { label: '4 ms', count: 1 }, { label: '8 ms', count: 0 }, { label: '16 ms', count: 1 }]);
  readXml(barChart({ title: 'a & b', x: { label: '<' }, y: { label: '>' }, bars: [] }));
});

// ---- Chrome
type Event = Readonly<Record<string, unknown>>;
function events(text: string): readonly Event[] {
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly Event[] };
  for (const event of traceEvents) {
    expect(event).toMatchObject({ name: expect.any(String), ph: expect.stringMatching(/^[XMC]$/), pid: expect.any(Number), tid: expect.any(Number) });
    if (event.ph !== 'M') expect(Number.isInteger(event.ts)).toBe(true);
    if (event.ph === 'X') expect(event.dur).toBeGreaterThanOrEqual(0);
  }
  return traceEvents;
}

test('events of a program are its retirements: a thread for each unit, a slice for each instruction, none over another', () => {
  const device = engine(profile('systole-16')), seen: string[] = [];
  device.load(assembled(programs['hello.s']).program);
  const all = events([...retirementEvents({ profile: 'systole-16', hash: device.profile.hash }, (function* records() {
    for (const record of device.run()) { seen.push(`${unitNames[record.unit]}`); yield record; }
  })())].join(''));
  const threads = new Map(all.filter(({ name }) => name === 'thread_name').map(({ tid, args }) => [tid, (args as Event).name])), slices = all.filter(({ ph }) => ph === 'X');
  expect(slices.map(({ tid }) => threads.get(tid))).toEqual(seen);
  expect(slices.map(({ ts, dur }) => [ts, dur])).toEqual(slices.map((_, i) => [i, 1]));
  expect(slices.map(({ args }) => (args as Event).text)).toContain('halt 7');
});

test('events of a campaign end when it did, and count up', () => {
  const all = events(campaignEvents(results, times)), hunt = all.find(({ cat }) => cat === 'hunt')!;
  expect(hunt.dur).toBe(12_500_000);
  expect(all.filter(({ ph, name }) => ph === 'C' && name === 'programs').map(({ args }) => (args as Event).programs)).toEqual(times.series.map(({ programs: many }) => many));
  expect(all.filter(({ cat }) => cat === 'failure').map(({ name }) => name)).toEqual(signatures);
});
