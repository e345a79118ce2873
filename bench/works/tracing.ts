//! tracing: what it costs to pull every record of a run, against the same run without records.
import type { Device, Program } from '../../model/device.ts';
import { profile } from '../../model/machine/profile.ts';
import type { RunOptions } from '../../model/machine/options.ts';
import { type Running, programOf, running, warm } from '../program.ts';
import { type Contender, processorTime, typical } from '../rounds.ts';
import type { Work } from '../work.ts';
import { wholeProduct } from './gemm.ts';
import { vectorText } from './small.ts';

/** A run whose every record is looked at, as a trace does. */
export function pull(device: Device, options: RunOptions): void {
  let seen = 0n;
  for (const record of device.run(options)) seen += record.seq;
  if (seen === 0n) throw new Error('a run without records');
}

function traced(name: string, { device }: Running, program: Program, options: RunOptions): Contender {
  const once = (): number => {
    device.load(program);
    return processorTime(() => { pull(device, options); });
  };
  warm(once, 3);
  return { name, unit: 'run/s', sample: () => typical(1, once) };
}

function work(name: string, program: Program, on: string): Work {
  return {
    name,
    prepare() {
      const plain = running({ name: 'plain', unit: 'run/s', unitCount: 1, program, profile: on });
      return { contenders: [plain, traced('records', plain, program, {}), traced('records and digests', plain, program, { digests: true })] };
    },
  };
}

export const tracingWorks: readonly Work[] = [
  work('tracing', wholeProduct(profile('systole-16'), 256, 256, 256).program, 'systole-16'), work('tracing-small', programOf(vectorText, [{ space: 2, address: 0, bytes: new Uint8Array(0x20000) }]), 'systole-16'),
];
