//! launch: runs the command line out of its packs, each from V8's code cache, which halves the time to the first word; the build puts this file beside them.
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

/** What is loaded always, and what is when something asks for the first of it. */
const packs = ['run', 'rest'], known = {}, loaded = {};
load('main.js');

/** A part of the command line, or a module of Node, as `require` gives it. */
function load(name) {
  const own = name.replace(/^\.\//, '');
  if (!own.endsWith('.js')) return require(name);
  if (loaded[own]) return loaded[own].exports;
  while (!known[own]) Object.assign(known, unpacked(packs.shift()));
  const its = loaded[own] = { exports: {} };
  known[own](its.exports, load);
  return its.exports;
}

function unpacked(pack) {
  const file = join(__dirname, `${pack}.cjs`), cache = join(__dirname, `${pack}.cache`);
  const source = readFileSync(file, 'latin1');
  // The build's digest of the pack stands in its first line and before the cached code: V8 itself compares no more than lengths.
  const name = source.slice(0, source.indexOf('\n')), cached = fitting(cache, name);
  const script = new Script(source, { filename: file, ...(cached ? { cachedData: cached } : {}) });
  // Code that was compiled under flags fits no run without them.
  if ((!cached || script.cachedDataRejected) && process.execArgv.length === 0) process.once('exit', () => keep(cache, name, script));
  return script.runInThisContext()(load, file, __dirname);
}

function fitting(cache, name) {
  try {
    const bytes = readFileSync(cache);
    return bytes.toString('latin1', 0, name.length) === name ? bytes.subarray(name.length) : undefined;
  } catch {
    return undefined;
  }
}

/** What this run has compiled is there for the next one. Where nothing can be written, every run compiles for itself. */
function keep(cache, name, script) {
  const own = `${cache}.${process.pid}`;
  try {
    writeFileSync(own, Buffer.concat([Buffer.from(name, 'latin1'), script.createCachedData()]));
    renameSync(own, cache);
  } catch {
    rmSync(own, { force: true });
  }
}
