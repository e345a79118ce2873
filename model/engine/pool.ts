//! pool: independent machines that run programs at the same time, each in a thread of its own.
import type { Device, End, Program, RunOptions } from '../device.ts';
import { type Elsewhere, engineElsewhere } from '../engine.ts';
import { Rejected } from '../failure.ts';
import { requireNames, requireWhole, THREAD_MAX } from '../machine/options.ts';
import type { Profile } from '../machine/profile.ts';

export interface Pool {
  /**
   * Runs a program on the next machine that is free, from power-on, and gives what `look` makes of it before the machine takes another
   * program. Programs begin in the order of the calls; results are the same on every machine. Rejects with what `load` would throw.
   */
  run<Result>(program: Program, look: (device: Device, end: End) => Result, options?: RunOptions): Promise<Result>;
  /** Stops the threads; runs that have not ended are rejected. An idle pool keeps no process alive, closed or not. */
  close(): void;
}

/** So many machines of a profile. */
export function pool(profile: Profile, options: { readonly machines?: number } = {}): Pool {
  requireNames(options, ['machines']);
  const { machines = 2 } = options, free: Elsewhere[] = [], waiting: ((machine: Elsewhere) => void)[] = [], all = new Set<Elsewhere>();
  requireWhole('machines', machines, 1, THREAD_MAX);
  let isClosed = false;
  /** Threads start when there is something to do for them. */
  const made = (): Elsewhere => {
    const machine = engineElsewhere(profile);
    all.add(machine);
    return machine;
  };
  const taken = async (): Promise<Elsewhere> => free.pop() ?? (all.size < machines ? made() : new Promise((resolve) => { waiting.push(resolve); }));
  /** To the program that has waited longest. A machine whose thread is gone is made anew. */
  const given = (machine: Elsewhere): void => {
    const next = waiting.shift();
    if (next) next(all.has(machine) ? machine : made());
    else if (all.has(machine)) free.push(machine);
  };
  const requireOpen = (): void => {
    if (isClosed) throw new Rejected([{ file: 'pool', line: 0, column: 0, message: 'is closed' }]);
  };
  return {
    async run(program, look, how) {
      requireOpen();
      const machine = await taken();
      try {
        requireOpen();
        machine.device.load(program);
        const end = await machine.execute(how).catch((error: unknown) => { all.delete(machine); throw error; });
        return look(machine.device, end);
      } finally {
        given(machine);
      }
    },
    close() {
      isClosed = true;
      for (const machine of all) machine.stop();
    },
  };
}
