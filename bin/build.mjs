//! build: makes what the sources do not hold: the engine's WebAssembly, the tables beside it, the library and the command line.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const stampPath = join(root, 'build', 'stamp.json');

/** A failure that the caller shows as one line; anything else is a defect of these scripts. */
export function failure(message) {
  return Object.assign(new Error(message), { plain: true });
}

/** Builds that count what is reached, each with the places of its counters beside it. */
const counted = ['simd-counted', 'scalar-counted', 'threads-counted', 'systolic-counted'];

/** Parts in the order in which they are made. `sources` are files and folders, `entry` must exist, `outputs` must exist afterwards. `asked`: only for tasks that ask for it. */
const parts = [
  {
    name: 'engine', entry: 'assembly/index.ts', sources: ['assembly', 'asconfig.json', 'bin/asc.mjs', 'bin/apart.mjs', 'bin/homes.mjs'],
    outputs: [...['simd', 'scalar', 'threads'].flatMap((target) => [`build/${target}.wasm`, `build/${target}.js`, `build/${target}.d.ts`]), 'build/places.json'],
    make: () => Promise.all(['simd', 'scalar', 'threads'].map((target) => compile(target, `the ${target} engine`))),
  },
  {
    name: 'array', entry: 'assembly/systolic.ts', sources: ['assembly', 'asconfig.json', 'bin/asc.mjs', 'bin/apart.mjs'],
    outputs: ['build/systolic.wasm', 'build/systolic.js', 'build/systolic.d.ts'],
    make: () => compile('systolic', 'the systolic array'),
  },
  {
    name: 'generator', entry: 'assembly/generator.ts', sources: ['assembly', 'asconfig.json', 'bin/asc.mjs', 'bin/apart.mjs'],
    outputs: ['build/generator.wasm', 'build/generator.js', 'build/generator.d.ts'],
    make: () => compile('generator', 'the generator of programs'),
  },
  {
    name: 'scout', entry: 'assembly/scout.ts', sources: ['assembly', 'asconfig.json', 'bin/asc.mjs', 'bin/apart.mjs'],
    outputs: ['build/scout.wasm', 'build/scout.js', 'build/scout.d.ts'],
    make: () => compile('scout', 'the scout of the sanitizer'),
  },
  {
    name: 'faults', entry: 'model/mutants/faults', sources: ['assembly', 'asconfig.json', 'model/mutants/faults', 'bin/apart.mjs', 'bin/faults.mjs'],
    outputs: ['build/fault.wasm', 'build/fault.js', 'build/fault.d.ts'],
    make: () => compile('fault', 'the fault build of the engine'),
  },
  {
    name: 'counters', entry: 'bin/counting.mjs', sources: ['assembly', 'asconfig.json', 'bin/asc.mjs', 'bin/apart.mjs', 'bin/homes.mjs', 'bin/counting.mjs'], asked: true,
    outputs: ['build/all-counted.json', ...counted.flatMap((target) => [`build/${target}.wasm`, `build/${target}.json`])],
    make: makeCounters,
  },
  {
    name: 'tables', entry: 'model/profiles', sources: ['model'],
    outputs: [...['profiles', 'version', 'faults'].flatMap((table) => [`build/${table}.js`, `build/${table}.d.ts`]), ...profilePaths().map((path) => `build/profiles.${profileName(path)}.json`)],
    make: writeTables,
  },
  {
    name: 'library', entry: 'model/index.ts', sources: ['model', 'tsconfig.json'],
    outputs: ['dist/model/index.js', 'dist/model/index.d.ts', 'dist/model/verify/index.js'],
    make: compileLibrary,
  },
  {
    name: 'command line', entry: 'model/cli/main.ts', sources: ['model', 'assembly', 'asconfig.json', 'bin/launch.cjs'],
    outputs: ['dist/systole.cjs', 'dist/run.cjs', 'dist/rest.cjs'],
    make: bundleCommandLine,
  },
];

/** Parts whose sources changed since they were made, or whose outputs are gone. The rest costs one hash of the sources. */
export function staleParts(asked = []) {
  const stamp = readStamp();
  const lacks = (path) => !existsSync(join(root, path));
  return parts.filter((part) => !part.asked || asked.includes(part.name)).filter((part) => stamp[part.name] !== hashOf(part.sources) || part.outputs.some(lacks));
}

/** Every file and folder that decides whether a part is stale, of those that are always made. */
export function partPaths() {
  const made = parts.filter(({ asked }) => !asked);
  return [...new Set([...made.flatMap(({ sources, outputs }) => [...sources.flatMap((path) => [path, ...everythingBelow(path)]), ...outputs]), ...deciding])];
}

/** Makes `stale` parts in order; `say` gets one line for each. Throws a `failure` when a part cannot be made. */
export async function build(stale, say) {
  for (const part of stale) {
    if (!existsSync(join(root, part.entry))) throw failure(`${part.name}: ${part.entry} does not exist`);
    const started = Date.now();
    const hash = hashOf(part.sources);
    await part.make();
    const missing = part.outputs.filter((output) => !existsSync(join(root, output)));
    if (missing.length > 0) throw failure(`${part.name}: the build left no ${missing.join(', ')}`);
    writeAtomic('build/stamp.json', `${JSON.stringify({ ...readStamp(), [part.name]: hash }, null, 2)}\n`);
    say(`built ${part.name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
}

/** One target of asconfig.json, in a thread of its own: the compiler takes a core for ten seconds. */
export async function compile(target, purpose = `the ${target} engine`) {
  const { files, stderr, what } = await new Promise((resolve, reject) => {
    const thread = new Worker(join(root, 'bin', 'asc.mjs'), { workerData: { target, root, faults: target === 'fault' ? catalogue() : undefined, counted: counted.includes(target) } });
    thread.once('message', resolve).once('error', reject);
  });
  if (what !== undefined) {
    process.stderr.write(stderr);
    throw failure(`assembly: target ${target}: ${what}`);
  }
  for (const [name, contents] of files) writeAtomic(`build/${name}`, contents);
  const binary = files.get(`${target}.wasm`);
  if (binary === undefined) throw failure(`assembly: target ${target} of asconfig.json writes no build/${target}.wasm`);
  if (counted.includes(target)) return;
  writeModule(target, `${purpose}, WebAssembly as base64, with its SHA-256`, {
    code: `const base64 = '${Buffer.from(binary).toString('base64')}';\nexport const hash = '${hashOfBytes(binary)}';\n${decoding}`,
    types: 'export declare function bytes(): Uint8Array;\nexport declare const hash: string;',
  });
}

const hashOfBytes = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** By hand: a function for each character takes ten times as long (measured, bench/canary.ts). */
const decoding = `export function bytes() {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}`;

async function makeCounters() {
  await Promise.all(counted.map((target) => compile(target)));
  const { allPlaces } = await import('./counting.mjs');
  writeAtomic('build/all-counted.json', JSON.stringify(allPlaces(root)));
}

function profilePaths() {
  return filesBelow('model/profiles').filter((path) => path.endsWith('.json') && !path.endsWith('.schema.json'));
}
function profileName(path) {
  return basename(path, '.json');
}

/** Profiles are read once, here, by the reader that users' files go through: whoever asks for a built-in one later need not load that. */
async function readProfiles() {
  const { build: bundle } = await import('esbuild'), scratch = join(root, 'build', `reader-${process.pid}.mjs`);
  mkdirSync(dirname(scratch), { recursive: true });
  try {
    await bundle({ absWorkingDir: root, entryPoints: ['model/machine/profile-file.ts'], outfile: scratch, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' });
    const { readProfile } = await import(pathToFileURL(scratch).href);
    return Object.fromEntries(profilePaths().map((path) => {
      const { hash, file, functions } = readProfile(readFileSync(join(root, path), 'utf8'), path), entries = Object.fromEntries([...functions].map(([name, table]) => [name, table.entries]));
      return [profileName(path), { hash, file, entries }];
    }));
  } catch (error) {
    const { file, line, column, message } = error.diagnostics?.[0] ?? error.errors?.[0]?.location ?? {};
    if (file === undefined) throw error;
    throw failure(`tables: ${file}:${line}:${column}: ${message ?? error.errors[0].text}`);
  } finally {
    rmSync(scratch, { force: true });
  }
}

async function writeTables() {
  const profiles = await readProfiles();
  writeModule('faults', 'the catalogue of faults, in the order of their numbers in the fault build', {
    code: `export const faults = ${JSON.stringify(catalogue(), null, 1)};`,
    types: 'export declare const faults: readonly unknown[];',
  });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const texts = Object.fromEntries(Object.entries(profiles).map(([name, one]) => [name, JSON.stringify(one)]));
  for (const [name, text] of Object.entries(texts)) writeAtomic(`build/profiles.${name}.json`, text);
  writeModule('profiles', 'the built-in profiles by name, as the reader of profiles leaves them, with their hashes and the entries of their tables: { hash, file, entries } as JSON', {
    code: `export const profiles = ${JSON.stringify(texts, null, 1)};`,
    types: 'export declare const profiles: Readonly<Record<string, string>>;',
  });
  writeModule('version', 'the version of the package', {
    code: `export const version = ${JSON.stringify(version)};`,
    types: 'export declare const version: string;',
  });
}

/** Every fault with its class, which is the name of its file; its number in the fault build is its place in this list, from 1 on. */
function catalogue() {
  return filesBelow('model/mutants/faults').flatMap((file) => {
    try {
      return JSON.parse(readFileSync(join(root, file), 'utf8')).map((fault) => ({ class: file.split('/').at(-1).replace(/\.json$/, ''), ...fault }));
    } catch (error) {
      throw failure(`faults: ${file}: ${error.message}`);
    }
  });
}

/** Types are not looked at here, `npm run check` does that: a fresh clone gets its library in a second. */
async function compileLibrary() {
  const scratch = `build/library-${process.pid}`;
  const config = {
    extends: '../tsconfig.json',
    compilerOptions: { rootDir: '..', outDir: `../${scratch}`, noCheck: true, noEmit: false },
    include: ['../model'],
    exclude: ['../model/cli'],
  };
  writeAtomic('build/tsconfig.json', JSON.stringify(config));
  try {
    await command('library: tsc', [join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc'), '-p', 'build/tsconfig.json']);
    // A package.json in dist would be the nearest one to the library and hide the imports map of the real one.
    const copied = existsSync(join(root, scratch, 'package.json'));
    if (copied) throw failure("library: a file of model/ imports package.json; import '#built/version' instead");
    mkdirSync(join(root, 'dist'), { recursive: true });
    rmSync(join(root, 'dist', 'model'), { recursive: true, force: true });
    renameSync(join(root, scratch, 'model'), join(root, 'dist', 'model'));
  } finally {
    rmSync(join(root, scratch), { recursive: true, force: true });
  }
}

/** Files of model/ that `systole run` of a program cannot do without; what they import lies in a pack of its own, all else in another one. */
const always = ['model/cli/main.ts', 'model/cli/run.ts', 'model/cli/reserve.ts', 'model/engine.ts', 'model/machine/profile.ts'];

async function bundleCommandLine() {
  const { build: bundle } = await import('esbuild');
  const { outputFiles, metafile: { outputs } } = await bundle({
    absWorkingDir: root, entryPoints: ['model/cli/main.ts'], bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20', outdir: 'dist', write: false,
    metafile: true, minify: true, logLevel: 'silent', legalComments: 'none', define: { 'import.meta.url': 'importMetaUrl' }, plugins: [builtFromFiles, noChildren],
  }).catch((error) => {
    const first = error.errors?.[0];
    if (first === undefined) throw error;
    const { file, line, column } = first.location ?? { file: 'model/cli/main.ts', line: 1, column: 0 };
    throw failure(`command line: ${file}:${line}:${column + 1}: ${first.text}`);
  });
  const reached = new Set(), reach = (path) => {
    if (reached.has(path) || !outputs[path]) return;
    reached.add(path);
    for (const { path: next, kind } of outputs[path].imports) if (kind === 'import-statement') reach(next);
  };
  for (const entry of always) reach(Object.keys(outputs).find((path) => outputs[path].entryPoint === entry));
  const packs = { run: [], rest: [] };
  for (const { path, text } of outputFiles) {
    const name = relative(join(root, 'dist'), path);
    packs[reached.has(`dist/${name}`) ? 'run' : 'rest'].push(`${JSON.stringify(name)}(exports,require){${scriptOf(name, text, outputs[`dist/${name}`].exports.length)}}`);
  }
  for (const [name, parts] of Object.entries(packs)) writePack(name, parts);
  writeAtomic('dist/systole.cjs', readFileSync(join(root, 'bin/launch.cjs')));
  // The first run fills the code cache.
  await command('command line: first run', ['dist/systole.cjs', 'run', 'examples/hello.s', '-q']);
}

/**
 * A module of the bundle in the words of a script: the splitting knows modules only, and the code cache only scripts. A part is loaded after all that it
 * imports, and nothing that it exports changes afterwards, so that names are taken over at once: a getter for each costs milliseconds.
 */
function scriptOf(name, text, count) {
  const [exports = '', value] = /export(?:\{[^}]*\}|\s*default ([^;]*));\s*$/.exec(text) ?? [];
  const given = value ? [`exports.default=${value};`] : [...exports.matchAll(/([\w$]+)(?: as ([\w$]+))?(?=[,}])/g)].map(([, own, other = own]) => `exports.${other}=${own};`);
  if (given.length !== count) throw failure(`command line: ${name} has ${count} exports, of which ${given.length} were found`);
  return text.slice(0, text.length - exports.length)
    .replace(/\bimport(?:(\{[^}"]*\}|(?:\*as)? [\w$]+ )from)?("(?:node:|\.\/)[^"]*");/g, (_, names, from) => `${names ? `var ${names.replace(/^\*as/, '').replace(/ as /g, ':')}=` : ''}require(${from});`)
    .replace(/\bimport\(("[^"]*")\)/g, 'Promise.resolve().then(()=>require($1))') + given.join('');
}

/** A script that is a function of node's words and gives the parts of the command line by their names, behind the digest by which its code cache is known. */
function writePack(name, parts) {
  const text = `(function(require,__filename,__dirname){"use strict";const importMetaUrl=require('node:url').pathToFileURL(__filename).href;return{${parts.join(',\n')}}})`;
  const foreign = /[\u0080-\uffff]/.exec(text);
  // One character beyond Latin-1, and V8 takes two bytes for each of millions.
  if (foreign) throw failure(`command line: the bundle has '${text.slice(Math.max(0, foreign.index - 40), foreign.index + 1)}'; write it as an escape`);
  writeAtomic(`dist/${name}.cjs`, `//! ${createHash('sha256').update(text).digest('hex')}\n${text}`);
}

/** What starts processes takes milliseconds to load, and commander has it for commands that are programs of their own: we have none. */
const noChildren = {
  name: 'no children of commander',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) => (/[/\\]commander[/\\]/.test(importer) ? { path, namespace: 'nothing' } : undefined));
    onLoad({ filter: /^/, namespace: 'nothing' }, () => ({ contents: '' }));
  },
};

/** The command line has files beside it: only what is asked for is read, and no base64 decoded. */
const builtFromFiles = {
  name: 'what is built, from files',
  setup({ onLoad }) {
    const reading = `import { readFileSync } from 'node:fs';
      import { join } from 'node:path';
      const read = (name) => readFileSync(join(__dirname, '..', 'build', name));`;
    onLoad({ filter: /[/\\]build[/\\](simd|scalar|threads|systolic|generator|scout|fault)\.js$/ }, ({ path }) => ({
      contents: `${reading} export const hash = '${hashOfBytes(readFileSync(path.replace(/js$/, 'wasm')))}', bytes = () => read('${basename(path, '.js')}.wasm');`,
    }));
    onLoad({ filter: /[/\\]build[/\\]profiles\.js$/ }, async ({ path }) => ({
      contents: `${reading} export const profiles = {
        ${Object.keys((await import(pathToFileURL(path).href)).profiles).map((name) => `get ${JSON.stringify(name)}() { return read('profiles.${name}.json').toString(); }`).join(',')}
      };`,
    }));
  },
};

function writeModule(name, purpose, { code, types }) {
  writeAtomic(`build/${name}.js`, `//! ${name}: ${purpose}; made by bin/build.mjs.\n${code}\n`);
  writeAtomic(`build/${name}.d.ts`, `//! ${name}: ${purpose}; made by bin/build.mjs.\n${types}\n`);
}

/** A reader never sees half a file, and a build that is cut off leaves the old one. */
function writeAtomic(path, contents) {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.${process.pid}`, contents);
  renameSync(`${target}.${process.pid}`, target);
}

/** Runs a Node script in the checkout; its output is shown only when it fails. */
function command(what, parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (bytes) => output.push(bytes));
    child.stderr.on('data', (bytes) => output.push(bytes));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      reject(failure(`${what} ended with ${signal ?? code}`));
    });
  });
}

/** Beside a part's sources, the pinned compilers and this file decide what is made. */
const deciding = ['package.json', 'bin/build.mjs'];

/** SHA-256 of names and contents. */
function hashOf(sources) {
  const hash = createHash('sha256');
  for (const file of [...sources.flatMap(filesBelow), ...deciding]) {
    hash.update(`${file}\0`).update(createHash('sha256').update(readFileSync(join(root, file))).digest());
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (/\.[a-z]+$/.test(path)) return existsSync(join(root, path)) ? [path] : [];
  return everythingBelow(path, (entry) => entry.isFile()).sort();
}

/** Paths of what lies in a folder, and in the folders in it; nothing where it is none. */
function everythingBelow(path, which = () => true) {
  const full = join(root, path);
  if (/\.[a-z]+$/.test(path) || !existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter(which)
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'));
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampPath, 'utf8'));
  } catch {
    return {};
  }
}
