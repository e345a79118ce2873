//! kernel-binary: some functions of the engine alone, as WebAssembly that is compiled once for each state of the assembly.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..'),
  kept = join(root, 'build', 'kernels'),
  compiler = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js');

/** `entry` gives a text that imports from the folder of the assembly. Compiling takes seconds, so `name` stays in build/kernels until something changes. */
export function kernelBinary(name: string, entry: (assembly: string) => string, flags: readonly string[]): Uint8Array<ArrayBuffer> {
  const text = entry('../../../assembly'),
    given = [text, '--runtime', 'stub', '--use', 'abort=', ...flags],
    path = join(kept, `${name}.${hashOf(given)}.wasm`);
  if (!existsSync(path)) {
    mkdirSync(kept, { recursive: true });
    for (const old of readdirSync(kept)) if (old.startsWith(`${name}.`)) rmSync(join(kept, old), { force: true });
    const scratch = mkdtempSync(join(kept, `${name}-`));
    try {
      writeFileSync(join(scratch, 'entry.ts'), text);
      execFileSync(process.execPath, [compiler, 'entry.ts', ...given.slice(1), '--outFile', 'kernel.wasm'], { cwd: scratch });
      renameSync(join(scratch, 'kernel.wasm'), path);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return new Uint8Array(readFileSync(path));
}

/** Of everything that decides the result: what is given, the sources, and the version of the compiler. */
function hashOf(given: readonly string[]): string {
  const assembly = join(root, 'assembly'),
    files = readdirSync(assembly, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort();
  const hash = createHash('sha256').update(JSON.stringify(given)).update(readFileSync(join(root, 'package.json')));
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(assembly, file)));
  return hash.digest('hex').slice(0, 16);
}
