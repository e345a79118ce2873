//! package.test: what users get: the packed tarball works elsewhere without compilers, and setting up twice builds once.
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'systole-package-'));
const { npm_config_local_prefix: _, ...environment } = process.env;
const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string; bin: Record<string, string>; scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

beforeAll(() => {
  // `npx vitest run` does not set up as `npm test` does; without a build there is nothing to pack.
  execFileSync(process.execPath, [join(root, 'bin', 'task.mjs'), 'build'], { stdio: 'ignore' });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball installs elsewhere, and its command line and library run there', async (context) => {
  const packed = await npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  expect(packed.code, packed.stderr).toBe(0);
  const tarball = `systole-${description.version}.tgz`;
  const elsewhere = mkdtempSync(join(folder, 'elsewhere-'));
  writeFileSync(join(elsewhere, 'package.json'), '{ "private": true, "type": "module" }\n');
  const installed = await npm(elsewhere, 'install', '--prefer-offline', '--omit=dev', '--no-audit', '--no-fund', join(folder, tarball), `fast-check@${description.devDependencies['fast-check']}`);
  if (unreachable(installed)) context.skip('the package registry cannot be reached');
  expect(installed.code, installed.stderr).toBe(0);

  const version = await npm(elsewhere, 'exec', '--no', '--', 'systole', '--version');
  expect(version.stderr).not.toMatch(/\n {4}at /);
  expect(version.stdout.trim()).toBe(description.version);

  writeFileSync(join(elsewhere, 'library.js'), `
    import * as systole from 'systole';
    import * as verify from 'systole/verify';
    const kinds = ['assemble', 'profile', 'engine', 'specification'].map((name) => typeof systole[name]);
    console.log(kinds.join(), Object.keys(verify).length > 0);
  `);
  const library = await run(process.execPath, ['library.js'], elsewhere);
  expect(library.stderr).toBe('');
  expect(library.stdout.trim()).toBe('function,function,function,function true');
});

test('an install needs no script, and what package.json names is in the tarball', async () => {
  const packed = await npm(root, 'pack', '--ignore-scripts', '--dry-run', '--json');
  expect(packed.code, packed.stderr).toBe(0);
  const carried = (JSON.parse(packed.stdout) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path);
  const named = JSON.stringify({ ...description, files: [], scripts: {} }).match(/(?<=")(\.\/)?(dist|bin|build)\/[^"*]+(?=")/g) ?? [];
  expect(named.length).toBeGreaterThan(3);
  const built = ['dist/systole.cjs', 'dist/run.cjs', 'dist/rest.cjs', 'build/profiles.systole-16.json', 'build/simd.js', 'build/scalar.js', 'build/simd.wasm', 'build/scalar.wasm'];
  const wanted = [...named.map((path) => path.replace('./', '')), ...built, 'LICENSE'];
  expect(wanted.filter((path) => !carried.includes(path))).toEqual([]);
  expect(carried.filter((path) => /^(node_modules|assembly|test)\/|stamp|\.map$|^model\/.*\.ts$/.test(path))).toEqual([]);
  expect(Object.keys(description.scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
});

test('the code cache changes nothing but the time: where it is missing, of another pack, damaged, or cannot be written', async () => {
  const place = mkdtempSync(join(folder, 'cache-')), command = join(place, 'systole.cjs'), cache = join(place, 'run.cache');
  for (const name of ['systole.cjs', 'run.cjs', 'rest.cjs']) cpSync(join(root, 'dist', name), join(place, name));
  const says = async (...flags: readonly string[]): Promise<void> => {
    const { code, stdout, stderr } = await run(process.execPath, [...flags, command, '--version'], place);
    expect([code, stdout.trim(), stderr]).toEqual([0, description.version, '']);
  };
  await says('--no-opt');
  expect(existsSync(cache), 'code that was compiled under a flag is kept').toBe(false);
  await says();
  const whole = readFileSync(cache), name = readFileSync(join(place, 'run.cjs'), 'latin1').split('\n')[0]!;
  expect(whole.toString('latin1', 0, name.length)).toBe(name);
  for (const wrong of [whole.subarray(0, 40), Buffer.concat([Buffer.from(name.replace(/[0-9a-f]{8}$/, '00000000')), whole.subarray(name.length)]), Buffer.concat([Buffer.from(name), Buffer.alloc(5000, 7)])]) {
    writeFileSync(cache, wrong);
    await says();
    expect(readFileSync(cache).length, 'a cache that does not fit is written again').toBeGreaterThan(100_000);
  }
  rmSync(cache);
  mkdirSync(cache);                                                     // nobody can write a file of that name, whoever he is
  await says();
  expect(readdirSync(place).sort()).toEqual(['rest.cjs', 'run.cache', 'run.cjs', 'systole.cjs']);
});

test('a start has no loop so long that V8 optimises it: its compiler takes more time and memory than the loop', async () => {
  const program = join(mkdtempSync(join(folder, 'start-')), 'halt.s');
  writeFileSync(program, 'halt 0\n');
  const optimised = async (...words: readonly string[]): Promise<readonly string[]> => {
    const { code, stdout } = await run(process.execPath, ['--trace-opt', ...words], root);
    expect(code).toBe(0);
    return stdout.split('\n').filter((line) => /for optimization to TURBOFAN/.test(line));
  };
  // V8 says so in these words.
  expect(await optimised('-e', 'let sum = 0; for (let i = 0; i < 1e7; i++) sum += i & 3;')).not.toEqual([]);
  expect(await optimised(join(root, 'dist', 'systole.cjs'), 'run', program)).toEqual([]);
});

test('npm ci --omit=dev in a checkout does not fail for want of the compilers', async (context) => {
  const checkout = mkdtempSync(join(folder, 'checkout-'));
  for (const path of ['package.json', 'package-lock.json', 'bin']) cpSync(join(root, path), join(checkout, path), { recursive: true });
  const installed = await npm(checkout, 'ci', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund');
  if (unreachable(installed)) context.skip('the package registry cannot be reached');
  expect(installed.code, installed.stderr).toBe(0);
  expect(existsSync(join(checkout, 'node_modules', 'commander'))).toBe(true);
  expect(existsSync(join(checkout, 'node_modules', 'typescript'))).toBe(false);
});

test('setting up what is up to date builds nothing', async () => {
  const before = readFileSync(join(root, 'build', 'stamp.json'), 'utf8');
  const again = await run(process.execPath, [join(root, 'bin', 'task.mjs'), 'build'], root);
  expect(again.code).toBe(0);
  expect(again.stderr).not.toMatch(/built|install/);
  expect(readFileSync(join(root, 'build', 'stamp.json'), 'utf8')).toBe(before);
});

test('two tasks that set up one checkout at once do so in turn, and a lock left by a killed task is taken over', async () => {
  const lock = join(root, 'build', 'lock');
  expect(existsSync(lock)).toBe(false);
  writeFileSync(lock, '999999999');
  const stamp = join(root, 'build', 'stamp.json');
  const kept = readFileSync(stamp, 'utf8');
  const { tables: _tables, ...rest } = JSON.parse(kept) as Record<string, string>;
  writeFileSync(stamp, JSON.stringify(rest));
  const both = await Promise.all([0, 1].map(() => run(process.execPath, [join(root, 'bin', 'task.mjs'), 'build'], root)));
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(both.flatMap(({ stderr }) => stderr.match(/built tables/g) ?? [])).toEqual(['built tables']);
  expect(existsSync(lock)).toBe(false);
  expect(JSON.parse(readFileSync(stamp, 'utf8'))).toEqual(JSON.parse(kept));
});

test('a checkout that is not built, where nothing can be written, says so in one line, with what helps', async () => {
  const checkout = mkdtempSync(join(folder, 'closed-'));
  for (const path of ['package.json', 'package-lock.json', 'bin', 'model/profiles']) cpSync(join(root, path), join(checkout, path), { recursive: true });
  writeFileSync(join(checkout, 'build'), '');                           // nobody can write below a file, whoever he is
  const ended = await run(process.execPath, [join(checkout, 'bin', 'systole.cjs'), '--version'], checkout);
  expect(ended).toEqual({ code: 3, stdout: '', stderr: expect.stringMatching(/^systole: the build is not up to date with its sources, and cannot be made so \(E\w+: [\w ]+, \w+ '\S*build'\); whoever may write there: npm run build\n$/) as string });
});

/** npm of the task that runs the tests, or the one on the path. */
function npm(cwd: string, ...parameters: readonly string[]): Promise<Ended> {
  const script = process.env.npm_execpath;
  return script === undefined ? run('npm', parameters, cwd) : run(process.execPath, [script, ...parameters], cwd);
}

function run(file: string, parameters: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(file, parameters, { cwd, env: environment, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr });
    });
  });
}

/** On the farm the network is part of what is tested; on a train it is not. */
function unreachable({ code, stderr }: Ended): boolean {
  return code !== 0 && process.env.CI !== 'true' && /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(stderr);
}
