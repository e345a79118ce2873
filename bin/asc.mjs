//! asc: compiles one target of assembly/ in a worker thread, and answers with its files or with what is wrong.
import { parentPort, workerData } from 'node:worker_threads';
import asc from 'assemblyscript/asc';

const { target, root, faults, plain, counted } = workerData;
const files = new Map();
const stderr = asc.createMemoryStream();
let complaints = 0;
// A build that counts is the one that it is named after, with counters.
const built = target.replace(/-counted$/, ''), counters = counted ? (await import('./counting.mjs')).counting() : undefined;
const entries = { systolic: ['assembly/systolic.ts'], generator: ['assembly/generator.ts'], scout: ['assembly/scout.ts'], threads: ['assembly/index.ts', 'assembly/assist.ts'] }[built] ?? ['assembly/index.ts'];
// Names and places go to a file of their own: the code is the same with and without (test/mutants.rtl.test.ts).
const places = target === 'simd' && !plain ? ['--debug', '--sourceMap'] : [];
const { error } = await asc.main([...entries, '--config', 'asconfig.json', '--target', target, '--baseDir', root, ...places], {
  stdout: asc.createMemoryStream(),
  stderr,
  transforms: [
    (await import('./apart.mjs')).keepingApart(),
    ...(faults === undefined ? [] : [(await import('./faults.mjs')).weaving(faults)]),
    ...(counters ? [counters] : []),
    ...(built === 'threads' ? [(await import('./homes.mjs')).housing()] : []),
  ],
  writeFile: (name, contents) => void files.set(name.split('/').at(-1), contents),
  reportDiagnostic: (diagnostic) => void (diagnostic.category >= 2 && complaints++),
});
if (places.length > 0 && files.has(`${target}.wasm`)) {
  const { code, names } = withoutNames(files.get(`${target}.wasm`)), { sources, sourcesContent, mappings } = JSON.parse(files.get(`${target}.wasm.map`));
  files.set(`${target}.wasm`, code).set('places.json', JSON.stringify({ functions: names, sources, texts: sourcesContent, mappings })).delete(`${target}.wasm.map`);
}
if (counters) files.set(`${target}.json`, JSON.stringify(counters.places));
const what = complaints > 0 ? `asc reported ${complaints} errors and warnings, and a warning is an error` : error?.message;
parentPort.postMessage({ files, stderr: stderr.toString(), what });

/** A binary without its custom sections, and the names of its functions, which stand in one of them. */
function withoutNames(binary) {
  const names = [], kept = [binary.subarray(0, 8)], utf8 = new TextDecoder();
  let at = 8;
  const number = () => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = binary[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const text = () => { const length = number(), from = at; at += length; return utf8.decode(binary.subarray(from, at)); };
  while (at < binary.length) {
    const from = at, id = binary[at++], size = number(), end = at + size;
    if (id !== 0) kept.push(binary.subarray(from, end));
    else if (text() === 'name') {
      while (at < end) {
        const part = binary[at++], partEnd = number() + at;
        if (part === 1) for (let left = number(); left > 0; left--) { const index = number(); names[index] = text(); }
        at = partEnd;
      }
    }
    at = end;
  }
  return { code: Buffer.concat(kept), names };
}
