//! start: time and memory of `systole run` on a program that only halts, by the bundled command line, and of an empty script under the same Node.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from '../rounds.ts';
import type { Work } from '../work.ts';

const commandLine = join(import.meta.dirname, '..', '..', 'dist', 'systole.cjs');
/**
 * Both say at their end what they took: largest resident memory in KiB and microseconds of the processor. Of the memory Linux tells the
 * process's own peak; what `resourceUsage` tells is at least what the process that started it had.
 */
const PROBE = `const { existsSync, readFileSync } = require('node:fs'), own = '/proc/self/status';
process.on('exit', () => {
  const { user, system } = process.cpuUsage(), peak = existsSync(own) ? /VmHWM:\\s*(\\d+)/.exec(readFileSync(own, 'utf8')) : null;
  process.stderr.write('\\n' + (peak ? peak[1] : process.resourceUsage().maxRSS) + ' ' + (user + system));
});`;
const STARTS = 3;

interface Start { readonly wall: number; readonly memory: number; readonly processor: number }
const units: Readonly<Record<keyof Start, string>> = { wall: 'ms', memory: 'MB', processor: 'ms' };

export const startWorks: readonly Work[] = [{
  name: 'start',
  prepare(natives) {
    const folder = natives.folder('start'), [empty, halts, probe] = ['empty.cjs', 'halt.s', 'probe.cjs'].map((name) => join(folder, name)) as [string, string, string];
    writeFileSync(empty, '');
    writeFileSync(halts, 'halt 0\n');
    writeFileSync(probe, PROBE);
    const start = (words: readonly string[]): Start => {
      const from = process.hrtime.bigint(), { status, stderr } = spawnSync(process.execPath, ['-r', probe, ...words], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
      const wall = Number(process.hrtime.bigint() - from) / 1e6, [memory, processor] = stderr.split('\n').at(-1)!.split(' ').map(Number) as [number, number];
      if (status !== 0) throw new Error(`node ${words.join(' ')}: exit code ${status}: ${stderr}`);
      return { wall, memory: memory / 1024, processor: processor / 1000 };
    };
    /** The least of a few, since a start is so long that one in several is disturbed; one lot of starts tells each of its amounts once. */
    const both = (name: string, words: readonly string[]): Contender[] => {
      let starts: readonly Start[] = [], untold = new Set<keyof Start>();
      const told = (what: keyof Start): number => {
        if (!untold.delete(what)) {
          starts = Array.from({ length: STARTS }, () => start(words));
          untold = new Set((Object.keys(units) as (keyof Start)[]).filter((one) => one !== what));
        }
        return Math.min(...starts.map((one) => one[what]));
      };
      return (Object.keys(units) as (keyof Start)[]).map((what) => ({ name: `${name}, ${what}`, unit: units[what], sample: () => told(what) }));
    };
    return { contenders: [...both('systole run', [commandLine, 'run', halts]), ...both('node', [empty])] };
  },
}];
