//! hosts: sessions of one host each that no drawn one has: accesses and launches that are wrong, memory that is only written, faults in the middle.
import type { Program } from '../device.ts';
import { SPACE_DRAM } from '../limits.ts';
import { profileLayout, stateLayout } from '../machine/state.ts';
import { packSnapshot, unpackSnapshot } from '../snapshot.ts';
import type { Bench } from './bench.ts';
import { directedProgram } from './directed.ts';
import { layDown, region, RING_TAIL } from './host.ts';

/** What no profile exceeds (model/machine/profile-schema.ts). */
const LARGEST_DRAM = 7 * 2 ** 29;
const CTRL = 0x40, HOST_ERROR = 0x48, DEBUG = 0x240, BREAKPOINTS = 0x244, RESUME = 2, STEP = 4, BREAK = 8;
const programOf = (text: string): Program => directedProgram('a program of a host', text).program;

/** A host that reads and writes all that it must not, while the machine is idle and while it runs. */
const wrongHost = (bench: Bench): void => {
  const { device } = bench, offsets = [3, 0x38, 0x3c, 0x40, 0x48, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x80, 0x84, 0x88, 0x8c, 0x90, 0x94, 0x98, 0x9c, 0x102, 0x10c, 0x300];
  const every = (value: number): void => {
    for (const offset of offsets) device.csrWrite(offset, value);
    for (const offset of offsets) bench.note(device.csrRead(offset));
  };
  device.reset();
  every(64);
  device.load(programOf('s1 = 1\n s2 = 2\n s3 = 3\n wait m63, 1\n halt 0'));
  bench.sum({ budget: 0 });
  bench.run({ budget: 2 });
  every(4);
  every(0);
  bench.final();
};

/** Every register and every hole between them, one access after the other, each with its own error: before a program, within loops and calls, at a break, in a fault. */
const oneByOne = (bench: Bench): void => {
  const { device } = bench, inside = [0x8bc, 0x8c0, 0x93c, 0x940, 0xffc, 0x1000, 0x1ffc, 0x2000, 0x207c, 0x2080, 0x3ffc, 0x4000, 0x4004, 0x4008, 0x400c, 0x7ffc, 0x8000, 0x8004, 0xfffc, 0x1_0000, 0x4_0000, 0x101, 0x242, 0x803];
  const offsets = [...Array.from({ length: 0x950 / 4 }, (_, i) => 4 * i), ...inside], alone = (access: () => void): void => {
    device.csrWrite(HOST_ERROR, 1);
    access();
    bench.note(device.csrRead(HOST_ERROR));
  };
  const every = (): void => {
    for (const offset of offsets) alone(() => { bench.note(device.csrRead(offset)); });
    for (const offset of offsets) {
      if (offset === CTRL) continue;
      alone(() => { device.csrWrite(offset, Math.imul(offset + 1, 0x0101_0101) >>> (offset % 7)); });
      bench.note(device.csrRead(offset));
    }
    for (const [space, low, high] of [[1, 0, 0], [1, device.profile.dramBytes - 4, 0], [1, device.profile.dramBytes - 3, 0], [2, device.profile.spmBytes - 4, 0], [3, device.profile.accBytes, 0], [0, 0, 0], [4, 0, 0], [1, 0, 1], [1, 0, 0x8000_0000]] as const) {
      for (const [i, value] of [space, low, high].entries()) device.csrWrite(0x4000 + 4 * i, value);
      alone(() => { bench.note(device.csrRead(0x8000)); });
      alone(() => { device.csrWrite(0x8000, 0x1234_5678); });
    }
    device.csrWrite(DEBUG, 0);
  };
  const registers = Array.from({ length: 31 }, (_, i) => `s${i + 1} = ${0x0101_0101 * (i + 1)}`).join('\n'), program = programOf(`
    x = spm s8 [4] at 0   a = spm fp32 [4] at 16   p1 = s1 == 0   n1 = { isat }   fill x, 100   binary.add x, x, x mode n1   convert x, a mode n1
    ${registers}
    loop 3 step s2 += 5, s4 += -3 {
      loop 2 step s5 += 7 {
        call f
        s6 = s6 + 1 } }
    f: call g
    g: break 3
    wait m63, 1
    halt 0
.data spm 16
.fp32 inf, 1000.0, 0.5, -0.0`);
  device.reset();
  every();
  for (const budget of [20, 60, undefined]) {
    device.load(program);
    bench.run(budget ? { budget } : {});
    every();
    bench.run({ budget: 40 });
    bench.final();
  }
  device.load(programOf('trap 9\n halt 0'));
  bench.run();
  every();
  bench.final();
};

/** Launches of images and records that are none, or lie outside: at an odd byte, behind the end, 2^32 bytes and more behind what is there; completions nowhere. */
const wrongLaunches = (bench: Bench): void => {
  const { device } = bench, { dramBytes } = device.profile, image = 0x4000, ring = 0x3000;
  const program = programOf('s1 = 1\n halt 0');
  const launch = (base: number, ringBase: number, completions: number, [baseHigh = 0, ringHigh = 0, completionsHigh = 0]: readonly number[] = []): void => {
    device.reset();
    device.write(SPACE_DRAM, image, program.image);
    const record = new DataView(new ArrayBuffer(64));
    record.setUint32(0, base, true);
    record.setUint32(4, baseHigh, true);
    record.setUint32(8, 1, true);
    if (ringBase + 64 <= dramBytes) device.write(SPACE_DRAM, ringBase, new Uint8Array(record.buffer));
    for (const [offset, value] of [[0x80, ringBase], [0x84, ringHigh], [0x88, 2], [0x94, completions], [0x98, completionsHigh], [0x90, 1]] as const) device.csrWrite(offset, value);
    bench.run();
    bench.final();
  };
  launch(image, ring, 0x2000);
  launch(image + 4, ring, 0x2000);
  launch(dramBytes, ring, 0x2000);
  launch(image, dramBytes, 0x2000);
  launch(image, ring, dramBytes - 16);
  const launchEach = (high: number): void => { for (const which of [0, 1, 2]) launch(image, ring, 0x2000, [0, 1, 2].map((i) => (i === which ? high : 0))); };
  // Each end of the 16 bits that are looked at, and the first bit that is not.
  for (const high of [1, 0x8000, 0x1_0000]) launchEach(high);
  asLargest(bench, () => { launchEach(1); });
};
/** The engine takes DRAM for as large as a profile can say: it ends below 2^32 all the same, and what lies behind the real end would trap. */
function asLargest({ exports, device }: Bench, act: () => void): void {
  const at = exports.PROFILE.value + profileLayout.at.spaceBytes + 8 * SPACE_DRAM, tell = (bytes: number): void => { new DataView(exports.memory.buffer).setBigInt64(at, BigInt(bytes), true); };
  tell(LARGEST_DRAM);
  act();
  tell(device.profile.dramBytes);
}

/** Memory that may be written and not read: adding to it is reading it, and so is multiplying by it. */
const writeOnly = (text: string) => (bench: Bench): void => {
  const { device } = bench;
  layDown(device, programOf(text), [...region(0, 0, 8, 7), ...region(1, 8, device.profile.dramBytes / 4096, 2)]);
  device.csrWrite(RING_TAIL, 1);
  bench.run();
  bench.final();
};

/** Tokens that the host posts, of which the order knows nothing, and more tokens than it has room for. */
const tokensOfTheHost = (bench: Bench): void => {
  const { device, exports } = bench, bytes = new Uint8Array(exports.memory.buffer);
  const follow = (program: Program, posts: number): void => {
    device.load(program);
    exports.orderReset();
    if (posts) device.csrWrite(0x300, 5 | (posts << 16));
    bench.run({ ring: 1 }, (record) => {
      bytes.copyWithin(exports.SCRATCH.value, record.at, record.at + record.byteCount);
      bench.note(Number(exports.orderFollow(exports.SCRATCH.value) !== 0));
    });
  };
  follow(programOf('wait m5, 2\n s1 = 1 wait m5\n halt 0'), 3);
  exports.orderReset();
  let left = 0x1_0000;
  while (left > 0 && exports.orderPost(1 + (left % 63), 1)) left--;
  bench.note(left);
  device.load(programOf('post m1, 1\n s1 = 1 post m2\n wait m1, 1\n halt 0'));
  bench.run({ ring: 1 }, (record) => {
    bytes.copyWithin(exports.SCRATCH.value, record.at, record.at + record.byteCount);
    bench.note(Number(exports.orderFollow(exports.SCRATCH.value) !== 0));
  });
};

/** External faults that find destinations unfinished, rows of them, single elements and strided ones; one of them behind a trap. */
const unfinished = (bench: Bench): void => {
  const program = programOf(`
    y = spm s8 [4] at 0 stride [3]   z = spm s8 [1] at 32 stride [3]   w = spm s8 [2,3] at 64 stride [16,2]   v = spm s8 [2,3] at 128   u = spm s4 [2,4] at 192
    fill y, 1 wait m5
    fill z, 2
    fill w, 3
    fill v, 4
    fill u, 5
    halt 0`);
  for (let watchdog = 1; watchdog < 16; watchdog++) {
    bench.device.load(program);
    bench.run({ watchdog, schedule: new Uint8Array(64).fill(1), queueDepth: 16 });
    bench.final();
  }
  bench.device.load(programOf('x = spm s8 [4] at 0\n post m1, 65535\n fill x, 1 post m1\n trap 7\n halt 0'));
  bench.run({ schedule: new Uint8Array(64).fill(1), queueDepth: 4 });
  bench.final();
};
/** Transfers that are done again and step up, or down, into pages that the host protects, by a region before theirs, by the end of theirs, and into the image. */
const amongRegions = (bench: Bench): void => {
  const { device } = bench, pages = device.profile.dramBytes / 4096;
  for (const [from, by] of [[0x8f00, 64], [0x90c0, -64], [0x3f00, 64], [0x4300, -64]] as const) {
    for (const [transfer, forbids] of [['store x[s2], e', 1], ['load e, x[s2]', 2]] as const) {
      const program = programOf(`x = dram s8 [64] at ${from}\n e = spm s8 [64] at 0x4000\n z = dram s8 [6000] at 0x7800\n d = spm s8 [6000] at 0\n fill e, 2\n s2 = 0\n loop 12 step s2 += ${by} { ${transfer} }\n loop 4 { load d, z }\n halt 0`), page = by > 0 ? 9 : 8;
      for (const regions of [[...region(0, page, page + 1, forbids), ...region(1, 0, pages, 7)], page === 9 ? [...region(0, 0, 9, 7), ...region(1, 9, pages, forbids)] : [...region(0, 9, pages, 7), ...region(1, 0, 9, 4 | forbids)], region(0, 0, pages, 7)]) {
        layDown(device, program, regions);
        device.csrWrite(RING_TAIL, 1);
        bench.execute();
        bench.final();
      }
    }
  }
};
/** A schedule that ends before the program does. */
const shortSchedule = (bench: Bench): void => {
  bench.device.load(programOf('x = spm s8 [4] at 0\n y = spm s8 [4] at 8\n fill x, 1\n unary.neg y, x\n fill x, 2\n halt 0'));
  bench.run({ schedule: Uint8Array.of(1), queueDepth: 4 });
  bench.final();
};

/** Launches one behind the other: each begins as the first did, whatever registers, descriptors, loops and calls the one before it left, in loops or a call. */
const launchedAgain = (bench: Bench): void => {
  const { device } = bench, registers = Array.from({ length: 31 }, (_, i) => `s${i + 1} = s${i + 1} + ${i + 1}`).join('\n'), descriptors = [0, 9, 63].map((t) => `t${t}.base += 64\nt${t}.dim0 += 2`).join('\n');
  for (const end of ['halt 3', 'trap 7', 'loop 3 { loop 2 { call f } }\nf: halt 4', 'call f\nf: call g\ng: loop 5 { halt 5 }']) {
    layDown(device, programOf(`p2 = s5 == 0\n?!p2 s6 = s6 + 9\np3 = s5 == 5\n${registers}\n${descriptors}\nn1 = { isat, round: rd }\n${end}`), []);
    for (let tail = 1; tail < 4; tail++) {
      device.csrWrite(RING_TAIL, tail);
      if (tail === 2) bench.execute();
      else bench.run();
      bench.final();
    }
  }
};
/** A debugger that stops a program everywhere, by each breakpoint, and goes on by steps and by resuming: from the same place, from another, twice from one. */
const debugging = (bench: Bench): void => {
  const { device } = bench, program = programOf('x = spm s8 [64] at 0\n s3 = 2\n loop 3 {\n s1 = s1 + 1\n fill x, s1\n break 5\n s2 = s2 + s1 }\n fill x, s3\n halt 9');
  for (let which = 0; which < 16; which++) {
    device.load(program);
    for (let i = 0; i < 4; i++) device.csrWrite(BREAKPOINTS + 4 * i, (which + 3 * i) % 16);
    device.csrWrite(DEBUG, which < 8 ? 1 << (which & 3) : which);
    for (let turn = 0; turn < 14; turn++) {
      if (turn % 4 === 3) bench.execute(turn % 8 === 3 ? { budget: 2 } : {});
      else bench.run(turn % 5 === 4 ? { budget: 1 } : {});
      bench.final();
      // Resume; a step; both; a stop that comes while it runs, or while it stands.
      device.csrWrite(CTRL, [RESUME, STEP, RESUME | BREAK, RESUME | STEP, STEP, RESUME | BREAK, RESUME, BREAK][(turn + which) % 8]!);
      if ((turn + which) % 7 === 6) device.csrWrite(DEBUG, 0);
    }
    bench.noteBytes(bench.snapshot());
  }
};

/** Counters that counted for years, as a snapshot brings them: read word by word in any order; a launch begins all of them anew. */
const longCounted = (bench: Bench): void => {
  const { device } = bench, program = programOf('x = spm fp32 [4] at 0\n fill x, 0x7f800001\n s3 = csr CHIP_ID\n binary.add x, x, x post m1\n halt 3').image, { profile } = device;
  device.load({ image: program, memory: [] });
  bench.run({ budget: 4 });
  const parts = unpackSnapshot(device.snapshot(), profile.hash), state = parts.state.slice(), view = new DataView(state.buffer), { numeric, counters, order } = stateLayout.at;
  for (let at = numeric; at < counters + 96; at += 4) view.setUint32(at, Math.imul(at, 0x9e37_79b9) >>> 2, true);
  for (let at = order; at < order + 24; at += 4) view.setUint32(at, 0x0101_0101 * (1 + (at & 15)), true);
  device.restore(packSnapshot({ ...parts, state }, profile.hash));
  const offsets = Array.from({ length: 0x300 / 4 }, (_, i) => 0x500 + 4 * i);
  for (let i = 0; i < 3 * offsets.length; i++) bench.note(device.csrRead(offsets[(i * 61) % offsets.length]!));
  for (const offset of offsets) bench.note(device.csrRead(offset));
  bench.final();
  bench.run();
  bench.final();
  device.restore(packSnapshot({ ...parts, state }, profile.hash));
  device.load({ image: program, memory: [] });
  bench.final();
  bench.run();
  bench.final();
};

export const hosts: Readonly<Record<string, (bench: Bench) => void>> = {
  'a host that is wrong': wrongHost, 'every register alone': oneByOne, 'a debugger': debugging, 'counters that counted for years': longCounted, 'launches one behind the other': launchedAgain, 'launches that are wrong': wrongLaunches, 'memory that is only written, added to': writeOnly('x = dram s8 [4] at 0x8000\n y = spm s8 [2] at 0\n i = spm s32 [2] at 16\n fill y, 1\n fill i, 1\n scatter.add x, y, i\n halt 0'),
    'memory that is only written, as weights': writeOnly('w = dram s8 [2,2] at 0x8000\n wload slot 0, w\n halt 0'),
     'tokens of the host': tokensOfTheHost, 'faults that find work unfinished': unfinished, 'a schedule that is too short': shortSchedule, 'regions around what is moved again': amongRegions,
};
