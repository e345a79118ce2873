//! start: time and memory of `systole run` on a program that only halts, by the bundled command line, and of an empty script under the same Node.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from '../rounds.ts';
import type { Work } from '../work.ts';

const commandLine = join(import.meta.dirname, '..', '..', 'dist', 'systole.cjs');
/** Says its largest resident memory at its end, on standard error: what /usr/bin/time would say, and everywhere. */
const PROBE = "process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS))";
const STARTS = 3;

export const startWorks: readonly Work[] = [{
  name: 'start',
  prepare(natives) {
    const folder = natives.folder('start'), [empty, halts, probe] = ['empty.cjs', 'halt.s', 'probe.cjs'].map((name) => join(folder, name)) as [string, string, string];
    writeFileSync(empty, '');
    writeFileSync(halts, 'halt 0\n');
    writeFileSync(probe, PROBE);
    const start = (words: readonly string[]): { readonly milliseconds: number; readonly stderr: string } => {
      const from = process.hrtime.bigint(), { status, stderr } = spawnSync(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
      if (status !== 0) throw new Error(`node ${words.join(' ')}: exit code ${status}: ${stderr}`);
      return { milliseconds: Number(process.hrtime.bigint() - from) / 1e6, stderr };
    };
    /** The least of a few: a start is so long that one in several is disturbed. */
    const several = (act: () => number): number => Math.min(...Array.from({ length: STARTS }, act));
    const both = (name: string, words: readonly string[]): Contender[] => [
      { name, unit: 'ms', sample: () => several(() => start(words).milliseconds) },
      { name: `${name}, memory`, unit: 'MB', sample: () => several(() => Number(start(['-r', probe, ...words]).stderr.split('\n').at(-1)) / 1024) },
    ];
    return { contenders: [...both('systole run', [commandLine, 'run', halts]), ...both('node', [empty])] };
  },
}];
