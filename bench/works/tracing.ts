//! tracing: what it costs to pull every record of a run, against the same run without records.
import type { Program } from '../../model/device.ts';
import type { RunOptions } from '../../model/machine/options.ts';
import { type Running, programOf, running, warm } from '../program.ts';
import { type Contender, processorTime, typical } from '../rounds.ts';
import type { Work } from '../work.ts';
import { wholeProduct } from './gemm.ts';
import { vectorText } from './small.ts';

/** The same program, each record looked at, as a trace does. */
function traced(name: string, { device }: Running, program: Program, options: RunOptions): Contender {
  const once = (): number => {
    device.load(program);
    let seen = 0n;
    const took = processorTime(() => { for (const record of device.run(options)) seen += record.seq; });
    if (seen === 0n) throw new Error(`${name}: no records`);
    return took;
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
  work('tracing', wholeProduct('systole-16', 256, 256, 256).program, 'systole-16'), work('tracing-small', programOf(vectorText, [{ space: 2, address: 0, bytes: new Uint8Array(0x20000) }]), 'systole-16'),
];
