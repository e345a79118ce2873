//! threads: one product on two threads beside two products at the same moment, and beside one thread while the other core is busy; by the clock.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Device, Program } from '../../model/device.ts';
import { engine } from '../../model/engine.ts';
import { profile } from '../../model/machine/profile.ts';
import { atEnd } from '../ending.ts';
import { type Contender, typical } from '../rounds.ts';
import type { Work } from '../work.ts';
import { wholeProduct } from './gemm.ts';

const ON = 'systole-128';
const clocked = (device: Device, program: Program) => (): number => {
  device.load(program);
  const from = process.hrtime.bigint(), { status } = device.execute(), took = Number(process.hrtime.bigint() - from);
  if (status !== 'halted') throw new Error(`the product ended ${status}`);
  return took;
};
function subject(name: string, threads: number, program: Program, macs: number): Contender {
  const run = clocked(engine(profile(ON), { threads }), program);
  for (let time = 0; time < 12; time++) run();
  return { name, unit: 'MAC/s', sample: () => typical(macs, run) };
}

/** Two machines in processes of their own; the speed of one while both run. */
function twoMachines(size: number): Contender & { close(): void } {
  const both = [0, 1].map(() => fork(join(import.meta.dirname, '..', 'beside.ts'), [String(size), ON], { execArgv: ['--import', 'tsx'] }));
  return {
    name: 'each of two machines', unit: 'MAC/s',
    async sample() {
      const answers = both.map((one) => once(one, 'message') as Promise<[number]>);
      for (const one of both) one.send('slice');
      const speeds = (await Promise.all(answers)).map(([speed]) => speed);
      return (speeds[0]! + speeds[1]!) / 2;
    },
    close: atEnd(() => { for (const one of both) one.kill(); }),
  };
}

/** For a minute at most, also where the bench is gone. */
const SPIN = 'for (const end = Date.now() + 60_000; Date.now() < end;);';
/** The same while a process of its own spins. */
function beside(contender: Contender): Contender {
  return {
    ...contender,
    async sample() {
      const spinning = spawn(process.execPath, ['-e', SPIN], { stdio: 'ignore' }), end = atEnd(() => { spinning.kill('SIGKILL'); });
      await setTimeout(150);
      try { return await contender.sample(); } finally { end(); }
    },
  };
}

const product = (size: number): Work => ({
  name: `threads-${size}`,
  prepare() {
    const { program } = wholeProduct(profile(ON), size, size, size), machines = twoMachines(size);
    return { contenders: [subject('two threads', 2, program, size ** 3), machines], close: machines.close };
  },
});

export const threadWorks: readonly Work[] = [
  product(512),
  product(1024),
  {
    name: 'threads-busy',
    prepare() {
      const { program } = wholeProduct(profile(ON), 512, 512, 512);
      return { contenders: [beside(subject('two threads', 2, program, 512 ** 3)), beside(subject('one thread', 1, program, 512 ** 3))] };
    },
  },
];
