//! embed: a machine inside another program, in ten lines; run it with node.
import { assembled, engine, profile, SPACE_DRAM } from 'systole';

const { program } = assembled(`
  A = dram s32 [4] at 0x0    B = dram s32 [4] at 0x10    a = spm s32 [4] at 0x0
  load a, A                  post m1
  binary.add a, a, a         wait m1 post m2
  store B, a                 wait m2
  halt 0`);
const machine = engine(profile('systole-16'));
machine.load({ ...program, memory: [{ space: SPACE_DRAM, address: 0, bytes: new Uint8Array(Int32Array.of(1, 2, 3, 4).buffer) }] });
const { status } = machine.execute();
console.log(status, new Int32Array(machine.read(SPACE_DRAM, 0x10, 16).buffer));
