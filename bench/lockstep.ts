//! lockstep: what the checker costs a Verilated simulation: the same bench with it and without it, round by round in one run.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..'),
  folder = join(root, 'build', 'rtl', 'lockstep'),
  program = join(folder, 'bench');
const ROUNDS = 15,
  PROGRAM_ROUNDS = 200,
  GOAL_PERCENT = 5;

function run(command: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

mkdirSync(program, { recursive: true });
run('make', '-C', 'rtl', '-f', 'lockstep.mk', 'lockstep');
run('node', 'bin/systole.cjs', 'assemble', 'rtl/bench/lockstep.s', '-f', 'bin', '-o', join(program, 'program.bin'));
writeFileSync(join(program, 'launch.txt'), `argument 0 ${PROGRAM_ROUNDS}\n`);

/** Seconds of the processor, which other work on the machine does not add to; the least of all rounds is the least disturbed. */
const seconds = (mode: number): number => {
  const out = run(join(folder, 'systole-int8', 'verilator-0', 'lockstep'), `+profile=${folder}/systole-int8/profile.bin`, `+program=${program}`, `+mode=${mode}`);
  return Number(/seconds=([\d.]+)/.exec(out)![1]);
};
const without: number[] = [],
  beside: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  without.push(seconds(0));
  beside.push(seconds(2));
}
const [off, on] = [Math.min(...without), Math.min(...beside)],
  percent = 100 * (on / off - 1);
console.log(`without the checker ${off.toFixed(3)} s, with it ${on.toFixed(3)} s, least of ${ROUNDS} rounds each`);
console.log(`the checker costs ${percent.toFixed(1)} % of simulation time (goal: at most ${GOAL_PERCENT} %)`);
process.exitCode = percent <= GOAL_PERCENT ? 0 : 2;
