//! native: makes the C library and its bindings for RTL simulators from the scalar engine, by wasm2c and the system's C compiler.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, root } from './build.mjs';

const folder = join(root, 'build', 'native'), sources = join(root, 'rtl', 'dpi');
/** A fused multiply-add that the source does not write would change bits; the engine reads its memory through pointers of many types. */
const flags = ['-std=c11', '-O3', '-fPIC', '-ffp-contract=off', '-fno-strict-aliasing', '-DWASM_RT_MEMCHECK_SIGNAL_HANDLER=0', '-DWASM_RT_USE_STACK_DEPTH_COUNT=0'];
const parts = ['runtime', 'failure', 'shadow', 'memory', 'rows', 'held', 'run', 'text', 'check', 'instance', 'files', 'drive'].map((part) => `systole_${part}`);
const notice = `libsystole contains code that wasm2c of the WebAssembly Binary Toolkit (wabt) made from Systole's engine.
The beginning of engine.c, and the header wasm-rt.h that it includes, are part of wabt:

  Copyright 2018 WebAssembly Community Group participants
  Licensed under the Apache License, Version 2.0: http://www.apache.org/licenses/LICENSE-2.0

Everything else is Systole's, under the same licence.
`;

/** Makes what is stale in build/native/; \`say\` gets a line for each thing that is made or left out. Throws a \`failure\` where a tool is missing. */
export async function buildNative(say) {
  await need('wasm2c', 'apt-get install wabt');
  await need('gcc', 'apt-get install gcc');
  mkdirSync(folder, { recursive: true });
  const hash = hashOf();
  if (upToDate(hash)) return;
  const started = Date.now();
  rmSync(join(folder, 'stamp'), { force: true });
  writeFileSync(join(folder, 'NOTICE'), notice);
  const isNew = await engineCode();
  await writeSelfTest();
  const includes = ['-I', folder, '-I', join(root, 'generated'), '-I', sources];
  // Behind a trap of the engine nothing but the instance is read, which no jump changes.
  const strict = ['-Wall', '-Wextra', '-Werror', '-Wno-unused-function', '-Wno-clobbered'];
  await Promise.all([
    isNew ? compile('engine', join(folder, 'engine.c'), includes) : undefined,
    (async () => { for (const part of parts) await compile(part, join(sources, `${part}.c`), [...strict, ...includes]); })(),
  ]);
  writeFileSync(join(folder, 'engine.stamp'), engineStamp());
  const objects = ['engine', ...parts].map((part) => join(folder, `${part}.o`));
  rmSync(join(folder, 'libsystole.a'), { force: true });
  await run('ar', ['rcs', join(folder, 'libsystole.a'), ...objects]);
  await run('gcc', ['-shared', '-o', join(folder, 'libsystole.so'), ...objects, '-lm']);
  say(`built build/native/libsystole.a and libsystole.so in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  await bindings(includes, say);
  writeFileSync(join(folder, 'stamp'), hash);
}

/** The engine as C, the long part of the build; false when what is there is of this engine. */
async function engineCode() {
  const stamp = join(folder, 'engine.stamp');
  if (existsSync(join(folder, 'engine.o')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === engineStamp()) return false;
  await run('wasm2c', [join(root, 'build', 'scalar.wasm'), '-n', 'systole_engine', '-o', join(folder, 'engine.c')]);
  return true;
}
const engineStamp = () => createHash('sha256').update(readFileSync(join(root, 'build', 'scalar.wasm'))).update(flags.join(' ')).digest('hex');

/** The module for Icarus. DPI-C needs none: its imports are functions of the library. */
async function bindings(includes, say) {
  const words = async (option) => (await output('iverilog-vpi', [option]))?.trim().split(/\s+/).filter(Boolean);
  const icarus = await words('--cflags');
  if (icarus === undefined) return say('left out: the VPI module (apt-get install iverilog)');
  await compile('systole_vpi', join(sources, 'systole_vpi.c'), ['-Wall', '-Wextra', ...includes, ...icarus.filter((word) => word.startsWith('-I'))]);
  const library = ['engine', ...parts, 'systole_vpi'].map((part) => join(folder, `${part}.o`));
  await run('gcc', ['-shared', '-o', join(folder, 'systole.vpi'), ...library, '-lm', ...((await words('--ldflags')) ?? [])]);
  say('built build/native/systole.vpi for Icarus');
}

/** The program that the library runs when it starts, and the digest that the specification gives for it. */
async function writeSelfTest() {
  const part = (path) => import(new URL(`../dist/model/${path}.js`, import.meta.url).href);
  const [{ assembled }, { profile }, { specification }, { profileBinary }, { engineHash }, { runDigest }] =
    await Promise.all(['assembler/assembler', 'machine/profile', 'specification', 'engine/profile-binary', 'engine/binary', 'verify/digest'].map(part));
  const of = profile('systole-16'), { program } = assembled(readFileSync(join(sources, 'selftest.s'), 'utf8'), { file: 'selftest.s' });
  const { status, digest } = runDigest(specification(of), program);
  if (status !== 'halted') throw failure(`native: rtl/dpi/selftest.s ends ${status}`);
  const bytes = (name, all) => `static const unsigned char ${name}[] = {${[...all].join(',')}};`;
  const segments = program.memory.map(({ space, address, bytes: of }, i) => ({ row: `{${space}, ${address}, selftest_segment${i}, ${of.length}}`, text: bytes(`selftest_segment${i}`, of) }));
  const hash = engineHash('scalar').match(/../g).map((pair) => Number.parseInt(pair, 16));
  writeAtomic('selftest.h', [
    '/* selftest: made by bin/native.mjs from rtl/dpi/selftest.s. */', bytes('engine_sha256', hash), bytes('selftest_profile', profileBinary(of)),
    bytes('selftest_image', program.image), ...segments.map(({ text }) => text),
    `static const struct { uint32_t space; uint64_t address; const unsigned char *bytes; size_t byte_count; } selftest_memory[] = {${segments.map(({ row }) => row).join(', ')}};`,
    `#define SELFTEST_DIGEST 0x${digest.toString(16)}u`, '',
  ].join('\n'));
}

const compile = (name, source, more) => run('gcc', [...flags, ...more, '-c', '-o', join(folder, `${name}.o`), source]);

function writeAtomic(name, text) {
  const target = join(folder, name);
  writeFileSync(`${target}.${process.pid}`, text);
  renameSync(`${target}.${process.pid}`, target);
}

/** What decides the result: the engine, the sources, this file. */
function hashOf() {
  const hash = createHash('sha256'), files = readdirSync(sources).sort().map((name) => join(sources, name));
  for (const file of [join(root, 'build', 'scalar.wasm'), ...files, join(root, 'generated', 'systole_isa.h'), join(root, 'generated', 'systole_engine.h'), join(root, 'bin', 'native.mjs')]) {
    hash.update(file).update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
}
function upToDate(hash) {
  const stamp = join(folder, 'stamp');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && ['libsystole.a', 'libsystole.so'].every((name) => existsSync(join(folder, name)));
}

async function need(tool, how) {
  if ((await output(tool, ['--version'])) === undefined) throw failure(`build:native needs ${tool} (${how})`);
}

/** Stdout of a tool; undefined where there is none, or it fails. */
function output(tool, parameters) {
  return new Promise((resolve) => {
    const child = spawn(tool, parameters, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (bytes) => { text += bytes; });
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? text : undefined));
  });
}

/** Its output is shown only when it fails. */
function run(tool, parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    const text = [];
    child.stdout.on('data', (bytes) => text.push(bytes));
    child.stderr.on('data', (bytes) => text.push(bytes));
    child.on('error', () => reject(failure(`native: ${tool} cannot be run`)));
    child.on('close', (code) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(text));
      reject(failure(`native: ${tool} ended with ${code}`));
    });
  });
}
