//! launch: runs the bundled command line from V8's code cache, which halves the time to the first word; the build puts this file beside the bundle.
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');

const bundle = join(__dirname, 'bundle.cjs'), cache = join(__dirname, 'bundle.cache');
const source = readFileSync(bundle, 'latin1');
// The build's digest of the bundle stands in its first line and before the cached code: V8 itself compares no more than lengths.
const name = source.slice(0, source.indexOf('\n'));
const cached = fitting();
const script = new Script(Module.wrap(source), { filename: bundle, ...(cached ? { cachedData: cached } : {}) });
// Code that was compiled under flags fits no run without them.
if ((!cached || script.cachedDataRejected) && process.execArgv.length === 0) process.once('exit', keep);
const its = new Module(bundle, module);
its.filename = bundle;
its.paths = module.paths;
script.runInThisContext()(its.exports, Module.createRequire(bundle), its, bundle, __dirname);

function fitting() {
  try {
    const bytes = readFileSync(cache);
    return bytes.toString('latin1', 0, name.length) === name ? bytes.subarray(name.length) : undefined;
  } catch {
    return undefined;
  }
}

/** What this run has compiled is there for the next one. Where nothing can be written, every run compiles for itself. */
function keep() {
  const own = `${cache}.${process.pid}`;
  try {
    writeFileSync(own, Buffer.concat([Buffer.from(name, 'latin1'), script.createCachedData()]));
    renameSync(own, cache);
  } catch {
    rmSync(own, { force: true });
  }
}
