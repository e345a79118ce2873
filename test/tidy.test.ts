//! tidy.test: the habits of the house as laws: first lines, imports downward, banned calls, no leftovers, a closed engine binary.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What a unit of model/ (a file or folder) may import: its own floor and the floors before it. A new unit is added here. */
const floors: readonly (readonly string[])[] = [
  ['bits', 'webassembly', 'failure', 'limits', 'layout', 'json', 'sha256', 'crc32c', 'shell'],
  ['isa', 'numerics', 'files', 'retirement'],
  ['machine', 'cursor', 'device', 'counts', 'digest', 'snapshot'],
  ['instructions', 'datapath'],
  ['assembler', 'trace-json', 'trace', 'comparison', 'emit', 'effects', 'specification', 'engine', 'verify', 'timing', 'programs', 'vectors', 'divergence', 'probe', 'explain', 'bundle', 'classify', 'systolic'],
  ['coverage', 'sanitizer', 'mutants', 'campaign', 'farm', 'report'],
  ['cli', 'index'],
];

const topLevel = new Set([
  'package.json', 'package-lock.json', 'tsconfig.json', 'asconfig.json', 'vitest.config.ts', 'biome.json', 'LICENSE', 'CONTRIBUTING.md',
  'README.md', 'model', 'assembly', 'golden', 'test', 'docs', 'generated', 'rtl', 'examples', 'bench', 'bin', '.ci', '.gitignore',
]);

/** Where host arithmetic may not come near a result, and what is used in its place. */
const exactUnits = ['numerics', 'machine', 'instructions', 'datapath', 'specification'];
const hostArithmetic: readonly (readonly [RegExp, string])[] = [
  [/\bMath\.(exp|expm1|tanh|sinh|cosh|pow|log|log1p|log2|log10|sin|cos|tan|atan|atan2|sqrt|cbrt|hypot|fround)\b/,
    'compute exactly and round once: round(format, value, mode) of model/numerics/round.ts'],
  [/\b(Float16Array|Float32Array|Float64Array)\b/, 'carry bits: Uint8Array, Uint32Array or BigInt, see model/numerics/format.ts'],
  [/\b[sg]etFloat(16|32|64)\b/, 'carry bits: getUint32 or getBigUint64 and unpack(format, bits)'],
];
const hostState: readonly (readonly [RegExp, string])[] = [
  [/\bMath\.random\b/, 'draw from the seeded generator of model/verify, so that a failure replays'],
  [/\b(Date\.now|new Date|performance\.now)\b/, 'results carry no time; measure in model/cli or bench/'],
  [/(?<![.\w])(process|Buffer|__dirname|__filename|require)(?=[.([])/, 'an argument from model/cli; the library runs in a browser'],
];
const engineWords: readonly (readonly [RegExp, string])[] = [
  [/\b(Math|Mathf|NativeMath|NativeMathf)\./, 'integer code of assembly/float.ts'],
  [/\brelaxed_/, 'the plain SIMD instruction; relaxed ones differ between machines'],
  [/\b(new|class|__new|heap\.alloc|memory\.grow)\b/, 'addresses in linear memory; the host grows it'],
];

const codeName = /\.(ts|mjs|cjs|js|s|c|h|cpp|hpp|sv|svh|v|sbatch)$|^\.ci\/run$/;
const proseName = /\.(json|md|txt|csv|yml|toml)$|^(LICENSE|\.gitignore)$/;
const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
const tracked = listed.filter((path) => path !== '' && existsSync(join(root, path)));
const texts = new Map(tracked
  .filter((path) => codeName.test(path) || proseName.test(path)).map((path) => [path, readFileSync(join(root, path), 'utf8')]));
const model = [...texts.keys()].filter((path) => /^model\/.*\.ts$/.test(path));
const library = model.filter((path) => unitOf(path) !== 'cli');
const assembly = [...texts.keys()].filter((path) => /^assembly\/.*\.ts$/.test(path));

test('the top level holds only what the house allows', () => {
  const found = new Set(tracked.map((path) => path.split('/')[0] ?? ''));
  expect([...found].filter((name) => !topLevel.has(name))).toEqual([]);
});

test('the first line of a file says what it is for, or who makes it', () => {
  const generated = tracked.filter((path) => path.startsWith('generated/'));
  expect([...new Set([...texts.keys()].filter((path) => codeName.test(path)).concat(generated))].flatMap((path) => {
    const line = firstLine(readFileSync(join(root, path), 'utf8'));
    if (/\b(made|emitted|generated) by\b/i.test(line)) return [];
    if (path.startsWith('generated/')) return [`${path}: begin with the maker of the file, "made by …"; found "${line}"`];
    const name = basename(path, extname(path));
    const opening = new RegExp(`^(//!|//|#|;|/\\*) ?(${quoted(name)}|${quoted(name.replace(/\.test$/, ''))}): \\S.*[.:]( \\*/)?$`);
    return opening.test(line) ? [] : [`${path}: begin with "//! ${name}: what it is for, in one sentence."; found "${line}"`];
  })).toEqual([]);
});

test('imports of model/ go down the floors, and nothing of model/ reaches out of it', () => {
  expect(model.flatMap((path) => {
    const floor = floorOf(path);
    if (floor < 0) return [`${path}: ${unitOf(path)} stands on no floor; add it to floors in test/tidy.test.ts`];
    return importsOf(path).flatMap((specifier) => {
      if (!specifier.startsWith('.')) return [];
      const target = resolve(path, specifier);
      // The command line runs the examples that have code of their own.
      if (unitOf(path) === 'cli' && target.startsWith('examples/')) return [];
      if (!target.startsWith('model/')) return [`${path}: imports ${target}, which is outside model/`];
      if (extname(target) === '.ts' && !texts.has(target)) return [`${path}: imports ${target}, which is not committed`];
      if (extname(target) !== '.ts' || floorOf(target) <= floor) return [];
      return [`${path} (floor ${floor + 1}) imports ${target} (floor ${floorOf(target) + 1})`];
    });
  })).toEqual([]);
});

test('imports form no circle, neither between files nor between the units of a floor', () => {
  const files = new Map([...model, ...assembly].map((path) => [path, relativeImports(path)]));
  const units = new Map<string, string[]>();
  for (const path of model) {
    const below = relativeImports(path).map(unitOf).filter((unit) => unit !== unitOf(path));
    units.set(unitOf(path), [...(units.get(unitOf(path)) ?? []), ...below]);
  }
  expect([...circles(files), ...circles(units)]).toEqual([]);
});

test('nothing below model/cli imports node:*, and what it does import is a dependency', () => {
  // fast-check is the user's own: only who imports systole/verify needs it.
  const { dependencies, peerDependencies } = JSON.parse(texts.get('package.json') ?? '') as Record<'dependencies' | 'peerDependencies', Record<string, string>>;
  const allowed = (specifier: string): boolean => /^(\.|#built\/)/.test(specifier) || packageOf(specifier) in { ...dependencies, ...peerDependencies };
  expect(library.flatMap((path) => {
    return importsOf(path).filter((specifier) => !allowed(specifier)).map((specifier) => `${path}: ${specifier}`);
  })).toEqual([]);
});

test('every dependency is imported by model/', () => {
  const { dependencies } = JSON.parse(texts.get('package.json') ?? '') as { dependencies: Record<string, string> };
  const used = new Set(model.flatMap(importsOf).map(packageOf));
  expect(Object.keys(dependencies).filter((name) => !used.has(name))).toEqual([]);
});

test('golden paths call no host arithmetic, and the library looks at no clock, chance or process', () => {
  expect([
    ...library.filter((path) => exactUnits.includes(unitOf(path))).flatMap((path) => banned(path, hostArithmetic)),
    ...library.flatMap((path) => banned(path, hostState)),
    ...assembly.flatMap((path) => banned(path, engineWords)),
  ]).toEqual([]);
});

test('there is no shelf for odds and ends, no default export and no inheritance', () => {
  const shelves = tracked.filter((path) => /(^|\/)(utils?|common|helpers?|misc|types\.ts)(\/|$)/.test(path));
  const code = [...model, ...assembly].flatMap((path) => banned(path, [
    [/\bexport default\b/, 'a named export'],
    [/\bclass \w+ extends (?!Error\b)/, 'plain objects and functions'],
  ]));
  expect([...shelves, ...code]).toEqual([]);
});

test('no marker of unfinished work is left', () => {
  const marker = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`);
  expect(linesWith(marker, [...texts.keys()].filter((path) => path !== 'package-lock.json'))).toEqual([]);
});

test('no committed file names a registry host or a path of one machine', () => {
  const host = new RegExp(`${'registry'}\\.[a-z]|${'npmjs'}\\.(org|com)|"${'resolved'}":`);
  const path = /(^|[^\w.])\/(?:home|root|work|Users)\/\w|[^\w][A-Z]:\\\\?Users/;
  const found = [...linesWith(host, [...texts.keys()]), ...linesWith(path, [...texts.keys()])];
  expect(found, 'for package-lock.json: npm install --omit-lockfile-registry-resolved').toEqual([]);
});

test('no file is larger than 300 KB', () => {
  expect(tracked.map((path) => [path, statSync(join(root, path)).size] as const).filter(([, bytes]) => bytes > 300 * 1024)).toEqual([]);
});

// binaryen is the compiler's own library. Its validator knows every proposal, while what Node accepts depends on its age.
test('the built engine imports nothing, has no mutable global and no relaxed SIMD, and the scalar one has no SIMD at all', async () => {
  const { default: binaryen } = await import('binaryen');
  const { MVP, SignExt, NontrappingFPToInt, BulkMemory, BulkMemoryOpt, MutableGlobals, SIMD128 } = binaryen.Features;
  const plain = MVP | SignExt | NontrappingFPToInt | BulkMemory | BulkMemoryOpt | MutableGlobals;
  for (const [target, features] of [['scalar', plain], ['simd', plain | SIMD128]] as const) {
    const file = `build/${target}.wasm`;
    const binary = binaryen.readBinary(readFileSync(join(root, file)));
    const functions = every(binary.getNumFunctions(), (index) => binaryen.getFunctionInfo(binary.getFunctionByIndex(index)));
    expect(functions.filter((one) => one.module !== '').map((one) => one.base), `imports of ${file}`).toEqual([]);
    const globals = every(binary.getNumGlobals(), (index) => binaryen.getGlobalInfo(binary.getGlobalByIndex(index)));
    expect(globals.filter(({ mutable }) => mutable).map(({ name }) => name), `mutable globals of ${file}`).toEqual([]);
    binary.setFeatures(features);
    expect(binary.validate(), `${file} keeps to the allowed features (1 is yes)`).toBe(1);
    binary.dispose();
  }
});

// What lies in an instance's own room is a global: only the start, which knows where the room is, may set one.
test('the threads build imports its memory and its room, sets no global once it has started, and has no relaxed SIMD', async () => {
  const { default: binaryen } = await import('binaryen');
  const { MVP, SignExt, NontrappingFPToInt, BulkMemory, BulkMemoryOpt, MutableGlobals, SIMD128, Atomics: atomics } = binaryen.Features;
  const binary = binaryen.readBinary(readFileSync(join(root, 'build/threads.wasm')));
  const functions = every(binary.getNumFunctions(), (index) => binaryen.getFunctionInfo(binary.getFunctionByIndex(index)));
  const globals = every(binary.getNumGlobals(), (index) => binaryen.getGlobalInfo(binary.getGlobalByIndex(index)));
  expect([...functions, ...globals].filter((one) => one.module !== '').map((one) => `${one.module}.${one.base}`)).toEqual(['env.home']);
  const text = binary.emitText(), parts = text.split(/^ (?=\(func )/m).slice(1), nameOf = (part: string): string => /^\(func (\S+)/.exec(part)?.[1] ?? '';
  // The compiler may cut the start in two: the second part is a function that nobody else calls.
  const start = /^ \(start (\S+)\)/m.exec(text)?.[1] ?? 'no start', callers = (of: string): string[] => parts.filter((part) => part.includes(`(call ${of})`)).map(nameOf);
  const setters = parts.filter((part) => part.includes('(global.set ')).map(nameOf).filter((name) => name !== start && callers(name).join() !== start);
  expect(setters).toEqual([]);
  expect(text).toMatch(/\(import "env" "memory" \(memory \S+ \d+ 65536 shared\)\)/);
  binary.setFeatures(MVP | SignExt | NontrappingFPToInt | BulkMemory | BulkMemoryOpt | MutableGlobals | SIMD128 | atomics);
  expect(binary.validate()).toBe(1);
  binary.dispose();
});

function every<Item>(count: number, item: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

function firstLine(text: string): string {
  const [first = '', second = ''] = text.split('\n', 2);
  return first.startsWith('#!') ? second : first;
}

function unitOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/(\.d)?\.ts$/, '');
}

function floorOf(path: string): number {
  return floors.findIndex((units) => units.includes(unitOf(path)));
}

function importsOf(path: string): readonly string[] {
  const code = withoutComments(texts.get(path) ?? '');
  return [...code.matchAll(/(?:\bfrom|^\s*import|\bimport\()\s*['"]([^'"]+)['"]/gm)].map((match) => match[1] ?? '');
}

/** asc wants no extension in an import, tsc wants one. */
function resolve(path: string, specifier: string): string {
  const target = normalize(join(dirname(path), specifier));
  return extname(target) === '' ? `${target}.ts` : target;
}

function relativeImports(path: string): string[] {
  const targets = importsOf(path).filter((specifier) => specifier.startsWith('.')).map((specifier) => resolve(path, specifier));
  return targets.filter((target) => texts.has(target));
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** One line for each edge that closes a circle: the way from a node back to itself. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): void => {
    if (way.includes(node)) found.push([...way.slice(way.indexOf(node)), node].join(' -> '));
    if (way.includes(node) || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}

function banned(path: string, words: readonly (readonly [RegExp, string])[]): string[] {
  const lines = withoutComments(texts.get(path) ?? '').split('\n');
  return words.flatMap(([word, instead]) => lines.flatMap((line, index) => {
    const match = word.exec(line);
    return match === null ? [] : [`${path}:${index + 1}: ${match[0]} is banned; use ${instead}`];
  }));
}

/** Keeps the line numbers. A `//` inside a string follows a character that is not a blank, as in a URL. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/(^|\s)\/\/.*$/gm, '$1');
}

function linesWith(pattern: RegExp, paths: readonly string[]): string[] {
  return paths.flatMap((path) => (texts.get(path) ?? '').split('\n').flatMap((line, index) => {
    return pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [];
  }));
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
