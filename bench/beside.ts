//! beside: a process with a machine of its own, which runs a product over and over while another does the same: `beside.ts SIZE PROFILE`.
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { typical } from './rounds.ts';
import { wholeProduct } from './works/gemm.ts';

const size = Number(process.argv[2]), on = process.argv[3]!, device = engine(profile(on)), { program } = wholeProduct(profile(on), size, size, size);
const once = (): number => {
  device.load(program);
  const from = process.hrtime.bigint();
  device.execute();
  return Number(process.hrtime.bigint() - from);
};
const slice = (): number => typical(size ** 3, once);
for (let time = 0; time < 12; time++) once();

// The slice that counts lies between two that only keep the other company, which may have begun a little later.
process.on('message', () => {
  slice();
  const speed = slice();
  slice();
  process.send!(speed);
});
