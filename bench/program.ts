//! program: a program on a device as a contender, through the door that everybody uses: load, then execute with the clock on.
import { assembled } from '../model/assembler/assembler.ts';
import type { Device, Program } from '../model/device.ts';
import { engine, type Build } from '../model/engine.ts';
import { profile, type Profile } from '../model/machine/profile.ts';
import { type Contender, typical, processorTime } from './rounds.ts';

/** The text as a program; memory beside its own. */
export function programOf(text: string, memory: Program['memory'] = []): Program {
  const { program } = assembled(text, { file: 'bench.s' });
  return { ...program, memory: [...program.memory, ...memory] };
}

export interface Subject {
  readonly name: string;
  readonly unit: string;
  /** Units of work in one run. */
  readonly unitCount: number;
  readonly program: Program;
  readonly profile?: string | Profile;
  readonly build?: Build;
}
export interface Running extends Contender { readonly device: Device }

/** Only the run is timed: laying the program down is the host's business, and so is the reset before it. */
export function running({ name, unit, unitCount, program, profile: on = 'systole-16', build = 'simd' }: Subject): Running {
  const device = engine(typeof on === 'string' ? profile(on) : on, { build });
  const once = (): number => {
    device.load(program);
    let status = '';
    const took = processorTime(() => { status = device.execute().status; });
    if (status !== 'halted') throw new Error(`${name}: the program ended ${status}, code ${device.csrRead(0x200).toString(16)} at ${device.csrRead(0x208)}`);
    return took;
  };
  warm(once, build === 'simd' ? 12 : 2);
  return { name, unit, device, sample: () => typical(unitCount, once) };
}

const WARM_NS = 0.4e9;
/** V8 makes its fast code beside the first runs, out of what they show. */
export function warm(once: () => number, leastRuns: number): void {
  for (let spent = 0, runs = 0; runs < leastRuns || spent < WARM_NS; runs++) spent += once();
}
