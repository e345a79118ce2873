//! farm.test: a campaign with a mistake to find leaves the same results, coverage and cases, into however many shards it is cut; and the commands that put them together.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe as group, expect, test } from 'vitest';
import { Campaign, trialOf } from '../model/campaign/campaign.ts';
import { Log } from '../model/campaign/log.ts';
import { resultsText, timesText } from '../model/campaign/results.ts';
import { Coverage, coverageOf } from '../model/coverage/index.ts';
import { engine } from '../model/engine.ts';
import { campaignText, machineOf, profileIn, queueStates, shardsOf as shardsIn, tasksText } from '../model/farm/campaign.ts';
import { caseText, type CaseInfo } from '../model/verify/case.ts';
import { signatureOf } from '../model/verify/compare.ts';
import { knobs } from '../model/verify/record.ts';
import { within } from './command-line.ts';
import { profiles } from './laws-harness.ts';
import { runs } from './runs.ts';
import { wrongIn } from './wrong-device.ts';

const folder = mkdtempSync(join(tmpdir(), 'systole-farm-')), at = (...names: readonly string[]): string => join(folder, ...names), read = (...names: readonly string[]): string => readFileSync(at(...names), 'utf8');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const of = profiles['systole-16']!, right = engine(of, { build: 'scalar' }), COUNT = runs(32);

const wrong = wrongIn(of, 'drain', 'reduce', 'wait');

/** What `systole fuzz --shard` does, on a device that is wrong; results, times and cases in a folder. */
function shard(name: string, index: number, n: number): void {
  const options = { profile: of, knobs: [knobs.smoke, knobs.numerics], seed: 5, device: () => wrong, oracles: [{ oracle: right, every: 1 }] }, campaign = new Campaign(options);
  const log = new Log({ model: 'e'.repeat(64), profile: of.name, profile_hash: of.hash, knobs: 'smoke,numerics', seed: 5, device: 'wrong', against: ['engine-scalar'], count: COUNT }, index, n), coverage = new Coverage(coverageOf(of));
  mkdirSync(at(name, 'cases'), { recursive: true });
  // Kept whole: that the least program of a test does not depend on the shard is a law of its own.
  while (log.next < COUNT) campaign.next(log, () => coverage, (test, difference, instructions) => {
    const signature = signatureOf(difference), path = `cases/${signature.replace(/\W+/g, '-')}.json`;
    const info: CaseInfo = { why: difference.text, signature, profile: of.name, profile_hash: of.hash, model: 'e'.repeat(64), origin: { knobs: 'smoke', seed: 5, index: test }, ends: { status: 'halted', records: 0, digest: '' }, replay: `npx systole replay ${path.split('/').at(-1)}` };
    writeFileSync(at(name, path), caseText(trialOf(test, options), info));
    return { text: difference.text, instructions, case: path, seconds: 1, milliseconds: 1, evaluations: 1 };
  });
  campaign.count(log, coverage);
  writeFileSync(at(name, 'results.json'), resultsText(log.results(coverage.toJson())));
  writeFileSync(at(name, 'times.json'), timesText(log.times(1 + index)));
}
const shards = (n: number): readonly string[] => Array.from({ length: n }, (_, index) => {
  const name = `${n}-${index}`;
  if (!existsSync(at(name))) shard(name, index, n);
  return name;
});
const merge = async (names: readonly string[], output: string, ...more: readonly string[]): Promise<{ readonly code: number; readonly err: string }> => {
  const { code, err } = await within(folder, ['merge', ...names, '--output', output, '--quiet', ...more]);
  return { code: code!, err };
};
/** All files of a folder but the times. */
const files = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(['results.json', ...readdirSync(at(name, 'cases')).sort().map((leaf) => `cases/${leaf}`)].map((path) => [path, read(name, path)]));

group('merge', () => {
  test('1, 4 and 32 shards give the same results, coverage and cases, also where one is there twice', { timeout: 240_000 }, async () => {
    const [whole] = shards(1);
    const found = files(whole!);
    expect(Object.keys(found).length).toBeGreaterThan(3);
    for (const n of [1, 4, 32]) {
      const names = shards(n);
      expect(await merge(n === 4 ? [...names.toReversed(), names[2]!] : names, `merged-${n}`)).toEqual({ code: 1, err: '' });
      expect(files(`merged-${n}`), `${n} shards`).toEqual(found);
    }
    expect(await merge(['merged-4', '4-1'], 'again')).toEqual({ code: 1, err: '' });
    expect(files('again')).toEqual(found);
  });

  test('a shard that lacks, that is torn, or whose case is lost is told, and nothing is written', async () => {
    const names = shards(4);
    for (const [name, spoil] of [['lost', (path: string) => rmSync(join(path, 'cases'), { recursive: true })], ['torn', (path: string) => writeFileSync(join(path, 'results.json'), read('4-1', 'results.json').slice(0, 500))]] as const) {
      cpSync(at('4-1'), at(name), { recursive: true });
      spoil(at(name));
      const { code, err } = await merge(['4-0', name, '4-2', '4-3'], `from-${name}`);
      expect([code, err]).toEqual([3, expect.stringContaining(`${name}/`)]);
      expect(existsSync(at(`from-${name}`))).toBe(false);
    }
    const { code, err } = await merge(names.slice(0, 3), 'short');
    expect([code, err]).toEqual([3, `4-0 and 2 more: error: tests 3, 7, .. ${COUNT - 1} are missing: there is nothing of shard 4/4\n`]);
    expect((await merge(names.slice(0, 3), 'short', '--partial')).code).toBe(1);
  });

  test('a folder that holds a campaign is refused; with --replace the campaign goes with its cases, and nothing else', async () => {
    const names = shards(4), [whole] = shards(1);
    cpSync(at(whole!), at('held'), { recursive: true });
    for (const [path, text] of [['cases/stale.json', '{}'], ['cases/notes.txt', 'mine'], ['junit.xml', 'mine'], ['.hidden', 'mine']] as const) writeFileSync(at('held', path), text);
    const before = Object.fromEntries(readdirSync(at('held'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
    expect(await merge(names, 'held')).toEqual({ code: 3, err: 'held/results.json: error: is the result of a campaign already; --replace overwrites it\n' });
    for (const [path, text] of Object.entries(before)) expect(readFileSync(path, 'utf8')).toBe(text);
    // A shard met less than all of them.
    expect((await merge([names[0]!], 'held', '--partial', '--replace')).code).toBe(1);
    const { failures } = JSON.parse(read('held', 'results.json')) as { readonly failures: readonly { readonly case: string }[] };
    expect(readdirSync(at('held', 'cases')).sort()).toEqual(['notes.txt', ...failures.map(({ case: path }) => path.slice('cases/'.length))].sort());
    expect(readdirSync(at('held')).sort()).toEqual(['.hidden', 'cases', 'junit.xml', 'results.json', 'times.json']);
    expect(await merge(['held', ...names], 'held', '--replace')).toEqual({ code: 3, err: 'held/results.json: error: is read by this command and would be overwritten\n' });
    writeFileSync(at('held', 'results.json'), '{"mine": true}');
    expect(await merge(names, 'held', '--replace')).toMatchObject({ code: 3, err: expect.stringContaining('held/results.json:1:1: error: the file lacks "schema"') });
    expect(read('held', 'results.json')).toBe('{"mine": true}');
  });

  test('report and merge tell of each failure where its case lies, and the command that runs it again from here', async () => {
    const [whole] = shards(1), { failures } = JSON.parse(read(whole!, 'results.json')) as { readonly failures: readonly { readonly case: string }[] };
    for (const [words, name] of [[['report', whole!], whole!], [['merge', whole!, '--output', 'told'], 'told']] as const) {
      const { out } = await within(folder, words), json = await within(folder, [...words, ...(name === 'told' ? ['--replace'] : []), '--json']);
      for (const { case: path } of failures) {
        expect(out, path).toMatch(new RegExp(`^ {4}${name}/${path}, \\d+ instructions?\n {4}npx systole replay ${name}/${path}`, 'm'));
        expect(json.out).toContain(`"replay": "npx systole replay ${name}/${path}`);
      }
    }
    rmSync(at('told', failures[0]!.case));
    expect((await within(folder, ['report', 'told'])).out).toContain(`    told/${failures[0]!.case} is missing\n`);
  });

  test('report writes what it is asked for, and its exit code is that of the results, then that of the goal', async () => {
    const [whole] = shards(1), ran = await within(folder, ['report', whole!, '--junit', 'j.xml', '--sarif', 's.sarif', '--html', 'r.html', '--chrome', 't.json']);
    expect([ran.code, ran.err, ['j.xml', 's.sarif', 'r.html', 't.json'].every((name) => read(name).length > 200)]).toEqual([1, '', true]);
    for (const [path] of Object.entries(files(whole!)).slice(1)) expect(read('j.xml')).toContain(`npx systole replay ${whole}/${path}`);
    const good = JSON.parse(read(whole!, 'results.json')) as Record<string, unknown>;
    mkdirSync(at('good'), { recursive: true });
    writeFileSync(at('good', 'results.json'), JSON.stringify({ ...good, failures: [] }));
    writeFileSync(at('good', 'results.json'), JSON.stringify({ ...good, failures: [], count: COUNT + 5 }));
    expect((await within(folder, ['report', 'good'])).out).toMatch(new RegExp(`^programs +${COUNT} of ${COUNT + 5} requested$`, 'm'));
    expect(JSON.parse((await within(folder, ['report', 'good', '--json'])).out)).toMatchObject({ programs: COUNT, programs_asked: COUNT + 5 });
    expect((await within(folder, ['report', whole!])).out).toMatch(new RegExp(`^programs +${COUNT}$`, 'm'));
    writeFileSync(at('good', 'results.json'), JSON.stringify({ ...good, failures: [] }));
    const codes = await Promise.all([[], ['--goal', '0.1'], ['--goal', '100'], ['--goal', '101'], ['--chrome', 'c.json'], ['--junit', 'good/results.json']].map(async (more) => (await within(folder, ['report', 'good', '--quiet', ...more])).code));
    expect(codes).toEqual([0, 0, 2, 3, 3, 3]);
    expect((await within(folder, ['report', 'good', '--quiet', '--goal', '100'])).err).toMatch(/^below the goal: .* the goal is 100 %\n$/);
    expect((await within(folder, ['report', whole!, '--quiet', '--goal', '100'])).code).toBe(1);
  });
});

group('campaigns on a farm', () => {
  const words = ['--seed', '1', '--knobs', "it's $HOME", '--profile', "a'b.json"];

  test('campaign.sh is read by bash as what it was written from', () => {
    const text = campaignText({ where: folder, shards: 12, systole: ['node', 'a b'], words, machine: ['--profile', "a'b.json"] });
    writeFileSync(at('campaign.sh'), text);
    expect(execFileSync('bash', ['-c', `. ${at('campaign.sh')}; printf "%s\\n" "$where" "$shards" "\${systole[@]}" "\${words[@]}" "\${machine[@]}"`], { encoding: 'utf8' }).split('\n').slice(0, -1)).toEqual([folder, '12', 'node', 'a b', ...words, '--profile', "a'b.json"]);
    expect([shardsIn(text), machineOf(text), profileIn(words), profileIn(['--profile=x']), profileIn([])]).toEqual([12, "a'b.json", "a'b.json", 'x', undefined]);
  });

  test('what squeue prints is the state of each shard, and shards are written as sbatch reads them', () => {
    expect([...queueStates('17 3 RUNNING n2\n17 4 PENDING \n18 N/A PENDING \n19 3 COMPLETING n1\n')]).toEqual([[3, 'completing on n1'], [4, 'pending']]);
    expect([[1, 2, 3, 4], [2], [1, 3, 4, 9]].map(tasksText)).toEqual(['1-4', '2', '1,3-4,9']);
  });

  test('init writes the scripts once; submit asks for a new folder, for options that fuzz has, and shows what it would queue', async () => {
    const ran = (...line: readonly string[]): ReturnType<typeof within> => within(folder, ['slurm', ...line]), dry = await ran('submit', 'new', '--shards', '4', '--sbatch', '--partition=long', '--dry-run', '--', '--count', '9');
    expect([dry.code, dry.out]).toEqual([0, expect.stringMatching(/^sbatch --parsable --array=1-4 --output=\S+ --partition=long \S+\/new\/shard\.sbatch \S+\/new\nsbatch --parsable --dependency=afterok:ARRAY --kill-on-invalid-dep=yes .*\/merge\.sbatch \S+\/new\n$/)]);
    const quoted = await ran('submit', 'quoted', '--shards', '2', '--sbatch', `--comment="two  words" --exclude='a,b'c`, '--dry-run', '--json');
    expect((JSON.parse(quoted.out) as { commands: string[][] }).commands.map((line) => line.filter((word) => /comment|exclude/.test(word)))).toEqual([['--comment=two  words', '--exclude=a,bc'], ['--comment=two  words', '--exclude=a,bc']]);
    expect(await ran('submit', 'open', '--shards', '2', '--sbatch', `--comment="two`, '--dry-run')).toMatchObject({ code: 3, err: expect.stringContaining('--sbatch: error: a quote is not closed in --comment="two') });
    const doubled = await ran('submit', 'doubled', '--shards', '2', '--sbatch', '--array=1-2 -d afterok:1 --distribution=block', '--dry-run');
    expect([doubled.code, doubled.err.match(/--sbatch: error: \S+/g)]).toEqual([3, ['--sbatch: error: --array=1-2:', '--sbatch: error: -d:']]);
    const values = await ran('submit', 'values', '--shards', '0', '--sbatch', '-a1', '--dry-run', '--', '--seed', 'x', '--minutes', '0', '--profile', 'nope', '--knobs', 'smok', '--until-covered');
    expect([values.code, ['--shards', '-a1', '--seed', '--minutes', '--until-covered', "'nope'", "did you mean 'smoke'"].filter((one) => !values.err.includes(one)), existsSync(at('values'))]).toEqual([3, [], false]);
    const blank = await ran('submit', 'new, it\'s', '--shards', '2', '--dry-run'), json = await ran('submit', 'data', '--shards', '2', '--dry-run', '--json');
    expect(blank.out).toMatch(/^sbatch .* '--output=\S+\/new, it'\\''s\/logs\/shard-%a\.log' '\S+\/new, it'\\''s\/shard\.sbatch' '\S+\/new, it'\\''s'\n/);
    expect(JSON.parse(json.out)).toMatchObject({ folder: 'data', shards: 2, commands: [['sbatch', '--parsable', '--array=1-2', expect.stringMatching(/^--output=/), at('data/shard.sbatch'), at('data')], expect.arrayContaining(['--dependency=afterok:ARRAY'])] });
    expect([(await ran('init', 'scripts')).code, readdirSync(at('scripts')).sort(), (await ran('init', 'scripts')).code]).toEqual([0, ['merge.sbatch', 'shard.sbatch'], 3]);
    const wrong = await ran('submit', 'new', '--shards', '0', '--templates', 'nowhere', '--', '--shard', '1/2');
    expect([wrong.code, wrong.err.split('\n').length]).toEqual([3, 6]);
    expect((await ran('submit', 'other', '--shards', '2', '--', '--cuont', '9')).code).toBe(3);
    expect(existsSync(at('other'))).toBe(false);
  });

  test('status and collect tell from the files alone which shards are missing', async () => {
    for (const [i, name] of shards(4).entries()) if (i !== 1) cpSync(at(name), at('new', 'shards', String(i + 1)), { recursive: true });
    const { shards: states } = JSON.parse((await within(folder, ['slurm', 'status', 'new', '--json'])).out) as { readonly shards: readonly { readonly state: string }[] };
    expect(states.map(({ state }) => state)).toEqual(['done', 'lost', 'done', 'done']);
    expect(await within(folder, ['slurm', 'collect', 'new'])).toMatchObject({ code: 3, err: expect.stringContaining('missing: shard 2: lost') });
    cpSync(at('4-1'), at('new', 'shards', '2'), { recursive: true });
    expect((await within(folder, ['slurm', 'collect', 'new'])).code).toBe(1);
    expect(files(join('new', 'merged'))).toEqual(files(shards(1)[0]!));
    expect((await within(folder, ['slurm', 'status', 'nowhere'])).code).toBe(3);
  });
});
