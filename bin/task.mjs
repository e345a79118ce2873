//! task: runs one task of the checkout with plain Node, after installing and building whatever it needs that is missing.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, compile, failure, partPaths, root, staleParts } from './build.mjs';
import { buildNative } from './native.mjs';
import seen from './seen.cjs';

/**
 * `tools`: the task itself needs the development dependencies, also when nothing is to be built. `parts`: all it needs of the build, when
 * that is not everything: the engine is compiled from what `emit` writes. `asks`: parts that are made for nothing else. `next`: what to try
 * after success.
 */
const tasks = {
  start: { tools: false, run: (rest) => node(['dist/systole.cjs', 'run', 'examples/digits', ...rest]) },
  test: { tools: true, run: (rest) => node([tool('vitest'), 'run', ...rest]), next: 'npm run check' },
  'test:long': { tools: true, asks: ['counters'], run: (rest) => node([tool('vitest'), 'run', ...rest], { SYSTOLE_RUNS: process.env.SYSTOLE_RUNS ?? '4' }) },
  'test:rtl': { tools: true, run: (rest) => node([tool('vitest'), 'run', ...rest], { SYSTOLE_TESTS: 'rtl' }), next: 'make -C rtl lint' },
  build: { tools: false, run: buildTargets, next: 'npx systole --help' },
  'build:native': { tools: false, run: async () => { await buildNative(say); return 0; }, next: 'npm run test:rtl -- test/native.rtl.test.ts' },
  check: { tools: true, parts: ['engine', 'array', 'faults', 'tables'], run: check, next: 'npm test' },
  emit: { tools: true, parts: ['tables'], run: emit, next: 'npm test -- test/generated.test.ts' },
  functions: { tools: true, parts: ['engine', 'tables'], run: (rest) => script('test/functions-campaign.ts', ...rest) },
  robustness: { tools: true, run: (rest) => script('test/parsers-campaign.ts', ...rest) },
  lines: { tools: true, asks: ['counters'], run: (rest) => script('test/lines-campaign.ts', ...rest) },
  golden: { tools: true, run: (rest) => eachFile('golden', rest), next: 'git diff --stat golden' },
  bench: { tools: true, run: (rest) => script('bench/main.ts', ...rest) },
  prepare: { run: prepare },
};
const commands = { vitest: 'vitest/vitest.mjs', tsc: 'typescript/bin/tsc', biome: '@biomejs/biome/bin/biome' };

// Node gives the path as typed in argv and the real one in import.meta.
if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = await plainly(() => main(process.argv.slice(2)));

/** Sets up the checkout for the command line and tells whether that went well; what was up to date is noted, so that the next start need not hash it. */
export async function ready() {
  const paths = partPaths(), marks = seen.marksOf(paths);
  const code = await plainly(() => setUp({ tools: false }));
  if (code !== undefined) process.exitCode = code;
  else if (marks !== undefined) seen.note(paths, marks);
  return code === undefined;
}

/** Shows a failure of the setting up as one line and gives 3, the exit code for a broken installation. */
async function plainly(act) {
  try {
    return await act();
  } catch (error) {
    if (!error.plain) throw error;
    say(error.message);
    return 3;
  }
}

async function main([name, ...rest]) {
  const task = tasks[name];
  if (task === undefined) throw failure(`no task is called '${name ?? ''}'; tasks are ${Object.keys(tasks).join(', ')}`);
  if (name === 'prepare') return prepare();
  await setUp(task);
  const code = await task.run(rest);
  if (code === 0 && task.next !== undefined) say(`next: ${task.next}`);
  return code;
}

/** Brings node_modules, build and dist up to date. When they are, this costs the hash of the sources. */
async function setUp(task) {
  const { node: version } = process.versions;
  if (Number.parseInt(version, 10) < 20) throw failure(`Node ${version} is too old; Systole needs Node 20 or newer`);
  const wanted = ({ name }) => task.parts === undefined || task.parts.includes(name);
  const needed = () => ({ stale: staleParts(task.asks).filter(wanted), absent: absentPackages() });
  const idle = ({ stale, absent }) => stale.length === 0 && (absent.length === 0 || !task.tools);
  if (idle(needed())) return;
  await locked(async () => {
    const { stale, absent } = needed();
    if (idle({ stale, absent })) return;
    if (absent.length > 0) await install(absent);
    await build(stale, say);
  });
}

/** What the system says of a file of the build, as a failure of one line: the checkout may be somebody else's. */
function unwritable(error) {
  if (error.plain || error.syscall === undefined) return error;
  return failure(`the build is not up to date with its sources, and cannot be made so (${error.message}); whoever may write there: npm run build`);
}

/** npm runs this after `npm ci` and before `npm pack`. An install without the compilers is not an error, it has nothing to build. */
async function prepare() {
  if (process.env.SYSTOLE_SETTING_UP !== undefined) return 0;
  if (absentPackages().length > 0) {
    say('prepare: nothing built, because the development dependencies are not installed');
    return 0;
  }
  await locked(async () => build(staleParts(), say));
  return 0;
}

async function buildTargets(rest) {
  for (const target of rest) {
    await compile(target);
    say(`built build/${target}.wasm`);
  }
  return 0;
}

function emit(rest) {
  return script('model/cli/main.ts', 'emit', 'all', ...rest);
}

/** Both are run, so that one run shows everything. */
async function check() {
  const types = await node([tool('tsc'), '--noEmit', '-p', '.']);
  const lint = await node([tool('biome'), 'lint', '.']);
  return types || lint;
}

async function eachFile(folder, names) {
  const all = readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3)).sort();
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw failure(`${folder}/ has no ${unknown.join(', ')}; it has ${all.join(', ')}`);
  for (const name of names.length > 0 ? names : all) {
    const code = await script(`${folder}/${name}.ts`);
    if (code !== 0) return code;
  }
  return 0;
}

/** Packages of the lock that node_modules lacks or has in another version; optional ones depend on the platform. */
function absentPackages() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  return Object.keys(wanted).filter((path) => {
    if (path === '' || wanted[path].optional || wanted[path].devOptional) return false;
    return present[path]?.version !== wanted[path].version || !existsSync(join(root, path));
  });
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

async function install(absent) {
  say(`installing ${absent.length} packages (npm ci)`);
  const started = Date.now();
  // npm names its own script in the environment; without npm around us, it is looked up on the path.
  const npm = process.env.npm_execpath;
  const [file, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const { code, output } = await new Promise((resolve, reject) => {
    const child = spawn(file, [...before, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: npm === undefined && process.platform === 'win32',
      env: { ...process.env, SYSTOLE_SETTING_UP: '1' },
    });
    let text = '';
    child.stdout.on('data', (bytes) => { text += bytes; });
    child.stderr.on('data', (bytes) => { text += bytes; });
    child.on('error', () => reject(failure('npm cannot be run; install Node 20 with npm')));
    child.on('close', (status) => resolve({ code: status, output: text }));
  });
  if (code !== 0) {
    const lines = [...output.matchAll(/^npm (?:error|ERR!) (\S.*)$/gm)].map((match) => match[1]);
    const first = lines.find((line) => !/^(code|errno|path|command|syscall) /.test(line)) ?? `exit code ${code}`;
    const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(output) ? ' (is the network reachable?)' : '';
    throw failure(`npm ci failed: ${first}${offline}`);
  }
  const left = absentPackages();
  if (left.length > 0) throw failure(`npm ci left ${left[0]} out`);
  say(`installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Runs `act` while no other task sets up this checkout. The lock names its process; one left by a killed task is taken over. */
async function locked(act) {
  const lock = join(root, 'build', 'lock');
  try {
    mkdirSync(join(root, 'build'), { recursive: true });
    for (let waited = false; !take(lock); waited = true) {
      if (!waited) say(`waiting for process ${ownerOf(lock) || '?'}, which sets up this checkout`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } catch (error) {
    throw unwritable(error);
  }
  const release = () => rmSync(lock, { force: true });
  const interrupted = () => process.exit(130);
  process.once('exit', release);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    await act();
  } catch (error) {
    throw unwritable(error);
  } finally {
    release();
    process.off('exit', release);
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
  }
}

function take(lock) {
  try {
    const file = openSync(lock, 'wx');
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const owner = ownerOf(lock);
  // A lock without a number is being written just now, or its writer died between two system calls.
  if (owner === '' ? ageOf(lock) > 5000 : owner !== undefined && !alive(Number(owner))) takeOver(lock, owner);
  return false;
}

/** Removes the lock of a dead process. Under a lock of its own, so that nobody removes the lock that another has just taken instead. */
function takeOver(lock, owner) {
  const guard = `${lock}.old`;
  try {
    closeSync(openSync(guard, 'wx'));
  } catch {
    if (ageOf(guard) > 5000) rmSync(guard, { force: true });
    return;
  }
  if (ownerOf(lock) === owner) rmSync(lock, { force: true });
  rmSync(guard, { force: true });
}

function ownerOf(lock) {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
}

function ageOf(file) {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs a Node script in the checkout with this terminal and gives its exit code; an interrupt is left to the script. */
function node(parameters, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
    const ignore = () => {};
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/**
 * A script in TypeScript. Not by the command of tsx, which kills a script that does not hear a signal within some 30 ms: it would leave what it is
 * to remove at its end.
 */
function script(path, ...rest) {
  return node(['--import', 'tsx', path, ...rest]);
}

function tool(name) {
  return join(root, 'node_modules', ...commands[name].split('/'));
}

function say(line) {
  process.stderr.write(`systole: ${line}\n`);
}
