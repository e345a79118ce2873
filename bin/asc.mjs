//! asc: compiles one target of assembly/ in a worker thread, and answers with its files or with what is wrong.
import { parentPort, workerData } from 'node:worker_threads';
import asc from 'assemblyscript/asc';

const { target, root, faults } = workerData;
const files = new Map();
const stderr = asc.createMemoryStream();
let complaints = 0;
const entries = { systolic: ['assembly/systolic.ts'], threads: ['assembly/index.ts', 'assembly/assist.ts'] }[target] ?? ['assembly/index.ts'];
const { error } = await asc.main([...entries, '--config', 'asconfig.json', '--target', target, '--baseDir', root], {
  stdout: asc.createMemoryStream(),
  stderr,
  transforms: [
    ...(faults === undefined ? [] : [(await import('./faults.mjs')).weaving(faults)]),
    ...(target === 'threads' ? [(await import('./homes.mjs')).housing()] : []),
  ],
  writeFile: (name, contents) => void files.set(name.split('/').at(-1), contents),
  reportDiagnostic: (diagnostic) => void (diagnostic.category >= 2 && complaints++),
});
const what = complaints > 0 ? `asc reported ${complaints} errors and warnings, and a warning is an error` : error?.message;
parentPort.postMessage({ files, stderr: stderr.toString(), what });
