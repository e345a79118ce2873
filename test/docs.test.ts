//! docs.test: what README and docs show is true: programs assemble and run, commands succeed, links lead somewhere.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { assemble } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { specification } from '../model/specification.ts';
import { within } from './command-line.ts';
import { vectorFolder } from './vectors.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

interface Block { readonly page: string; readonly line: number; readonly language: string; readonly text: string }
const blocks: Block[] = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((found) => ({
    page, line: text.slice(0, found.index).split('\n').length + 1, language: found[1]!, text: found[2]!,
  }));
});

for (const { page, line, text } of blocks.filter((block) => block.language === 's')) {
  test(`the program at ${page}:${line} assembles, and runs alike on specification and engine`, () => {
    const { program, diagnostics } = assemble(text, { file: `${page}:${line}` });
    expect(diagnostics).toEqual([]);
    if (!/\bhalt\b/.test(text)) return;
    const devices = [specification(profile('systole-16')), engine(profile('systole-16'))];
    const ends = devices.map((device) => { device.load(program!); return { status: device.execute().status, snapshot: device.snapshot() }; });
    expect(ends[0]!.status).toBe('halted');
    expect(Buffer.compare(ends[0]!.snapshot, ends[1]!.snapshot)).toBe(0);
  });
}

for (const { page, line, text } of blocks.filter((block) => block.language === 'sh')) {
  for (const command of text.split('\n').filter((one) => one.startsWith('npx systole'))) {
    test(`${page}:${line} \`${command}\` succeeds`, { timeout: 120_000 }, async () => {
      if (command.includes('../shared') && !vectorFolder()) return;
      const [, , ...args] = command.replace(/\s+#.*$/, '').split(/\s+/), { code, err } = await (page === 'README.md' ? typed : within)(root, args);
      expect(code, err).toBe(0);
    });
  }
}

/** Through the door that npx finds. */
function typed(folder: string, words: readonly string[]): { readonly code: number | null; readonly err: string } {
  const { status, stderr } = spawnSync('node', [join(root, 'bin/systole.cjs'), ...words], { cwd: folder, encoding: 'utf8' });
  return { code: status, err: stderr };
}

for (const page of pages) {
  test(`the links of ${page} lead to files`, () => {
    const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map((found) => found[1]!);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
}

test('the README fits one screen of a browser', () => {
  expect(readFileSync(join(root, 'README.md'), 'utf8').split('\n').length).toBeLessThan(75);
});
