//! sanitizer: what a run under the sanitizer, all kinds on, costs against one that nobody watches under the same schedule, by kinds of programs.
import { readFileSync } from 'node:fs';
import { assembled } from '../model/assembler/assembler.ts';
import { readImage } from '../model/assembler/image.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { sanitize, type SanitizeOptions } from '../model/sanitizer/run.ts';
import { randomSchedule } from '../model/verify/schedules.ts';

const ROUNDS = 9,
  /** Of what is right. */
  GOAL = 10,
  /** Of an unwatched sample: short programs are repeated. */
  SAMPLE_MS = 4;
const example = (name: string): string => readFileSync(new URL(`../examples/${name}`, import.meta.url), 'utf8');
/** The example on other sizes, all of its memory zeros. */
const gemm = (m: number, n: number, k: number): string =>
  `${example('gemm.s').replace('s8, 100', `s8, ${m}`).replace('s9, 40', `s9, ${n}`).replace('s10, 35', `s10, ${k}`).split('.data')[0]}
.data dram 0x100000\n.zero ${m * k}\n.data dram 0x200000\n.zero ${n * k}\n.data dram 0x400000\n.zero ${16 * n}`;
const vectors = `a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x20   A = dram s32 [8] at 0x100   B = dram s32 [8] at 0x200
`;
/** A table of 64 rows, and the numbers of those that are picked; the last row is not one of them. */
const picked = `.data dram 0x10000
.zero 4096
.data dram 0x20000
.s32 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 4, 0, 31, 8`;
const subjects: Readonly<Record<string, string>> = {
  'GEMM 512 x 256 x 512': gemm(512, 256, 512),
  'GEMM 803 x 189 x 331': gemm(803, 189, 331),
  convolution: example('conv3x3.s'),
  attention: example('attention.s'),
  'embedding bag': example('embedding-bag.s'),
  'GEMM 100 x 40 x 35': example('gemm.s'),
  'layer norm': example('layer-norm.s'),
  hello: example('hello.s'),
  'small vectors': `${vectors}fill a, 1
fill b, 2 post m1
wait vpu m1, 1
loop 30000 {
binary.add a, a, b
binary.sub a, a, b
}
halt 0`,
  'small loads and stores': `${vectors}loop 30000 {
load a, A post m1
store B, a wait m1 post m2
wait dmi m2, 1
}
halt 0
.data dram 0x100
.zero 32`,
  'tokens between units': `${vectors}post m2, 1
loop 30000 {
fill a, 3 wait m2 post m1
move b, a wait m1 post m2
}
wait dmi m2, 1
halt 0`,
  'tokens alone': `loop 60000 {
post dmi m1, 1
wait vpu m1, 1
}
halt 0`,
  'large tiles': `a = spm s8 [512,128] at 0x0   A = dram s8 [512,128] at 0x100000   b = spm s8 [512,128] at 0x10000
loop 400 {
load a, A post m1
move b, a wait m1 post m2
wait dmi m2, 1
}
halt 0
.data dram 0x100000
.zero 65536`,
  'narrow rows': `a = spm s8 [64,15] at 0x0   A = dram s8 [64,15] at 0x100000 stride [33,1]   b = spm s8 [64,15] at 0x1000 stride [17,1]
loop 3000 {
load a, A post m1
move b, a wait m1 post m2
wait dmi m2, 1
}
halt 0
.data dram 0x100000
.zero 2200`,
  'rows picked from a table': `t = spm s32 [64,16] at 0x0   i = spm s32 [16] at 0x1000   r = spm s32 [16,16] at 0x2000   T = dram s32 [64,16] at 0x10000   I = dram s32 [16] at 0x20000
load t, T
load i, I
loop 4000 {
gather r, t, i post m1
binary.add r, r, r wait m1 post m2
wait dmi m2, 1
}
halt 0
${picked}`,
  'rows scattered into a table': `i = spm s32 [16] at 0x1000   r = spm s32 [16,16] at 0x2000   T = dram s32 [64,16] at 0x10000   I = dram s32 [16] at 0x20000
load i, I post m4
fill r, 1 post m3
wait dmo m4, 1
wait dmo m3, 1
loop 4000 {
scatter T, r, i post m1
binary.add r, r, r wait m1 post m2
wait dmo m2, 1
}
halt 0
${picked}`,
  'rows written, others picked': `T = dram s32 [64,16] at 0x10000   i = spm s32 [16] at 0x1000   r = spm s32 [16,16] at 0x2000   I = dram s32 [16] at 0x20000   l = dram s32 [16] at 0x10fc0   q = spm s32 [16] at 0x3000
load i, I post m4
fill q, 1 post m3
wait dmi m4, 1
wait dmo m3, 1
loop 4000 {
store l, q
gather r, T, i post m1
binary.add r, r, r wait m1 post m2
wait dmi m2, 1
}
halt 0
${picked}`,
  'UNKNOWN bytes carried': `a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x40   c = spm s32 [8] at 0x80
fill c, 1 post m1
wait vpu m1, 1
loop 20000 {
move b, a
binary.add c, c, c
}
halt 0`,
  'scalar loop': `loop 60000 {
loop 8 {
s1 = s1 + 1
s2 = s2 xor s1
}
}
halt 0`,
};

/** What is told of them has to be found out by name, in another run. */
const told: Readonly<Record<string, string>> = {
  'GEMM, a race': subjects['GEMM 803 x 189 x 331']!.replace(/wait m1/, ''),
  'small vectors, a race': subjects['small vectors']!.replace('wait vpu m1, 1\n', ''),
  'small vectors, UNKNOWN': subjects['small vectors']!.replace('fill a, 1\n', ''),
  'both of them': subjects['small vectors']!.replace('fill a, 1\n', '').replace('loop 30000 {', 'load a, A\nloop 30000 {'),
  'scattered, a race': subjects['rows scattered into a table']!.replace('wait dmo m2, 1\n', 'wait vpu m2, 1\n'),
};
/** Schedules by name; a random one has a byte for each step of the longest program. */
const schedules: Readonly<Record<string, SanitizeOptions>> = { serial: {}, random: { schedule: randomSchedule(7, 1_000_000) } };

const device = engine(profile('systole-16'));
/** Of the processor, which other work on the machine does not add to. */
const milliseconds = (act: () => void): number => {
  const from = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!;

/** Shows how many times as long as unwatched, in one line for all schedules, medians of some rounds in turn; the most of them. */
function measured(name: string, text: string, isTold: boolean): number {
  const { program } = assembled(text, { file: 'bench.s' }), { words } = readImage(program.image, 'bench.s');
  const unwatched = (options: SanitizeOptions): void => { device.load(program); device.execute(options); };
  const checked = (options: SanitizeOptions): void => {
    const { end, findings } = sanitize(device, program, { words }, options);
    if (end.status !== 'halted' || findings.length > 0 !== isTold) throw new Error(`${name}: ${end.status}, ${findings.length} findings; it is here for a program that halts ${isTold ? 'and has some' : 'without any'}`);
  };
  const rows = Object.entries(schedules).map(([schedule, options]) => {
    // Warm: what was never run before is slow.
    let times = 0;
    for (const until = performance.now() + 20; performance.now() < until; times++) { unwatched(options); checked(options); }
    const took = milliseconds(() => { for (let i = 0; i < times; i++) unwatched(options); }) / times;
    return { schedule, options, times: Math.max(1, Math.ceil(SAMPLE_MS / took)), off: [] as number[], on: [] as number[] };
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (const { options, times, off, on } of rows) {
      off.push(milliseconds(() => { for (let i = 0; i < times; i++) unwatched(options); }) / times);
      on.push(milliseconds(() => { for (let i = 0; i < times; i++) checked(options); }) / times);
    }
  }
  const ratios = rows.map(({ schedule, off, on }) => ({ schedule, off: median(off), on: median(on), ratio: median(on) / median(off) }));
  const cells = ratios.map(({ schedule, off, on, ratio }) => `${schedule} ${off.toFixed(3).padStart(8)} ms, watched ${on.toFixed(3).padStart(8)} ms ${ratio.toFixed(1).padStart(5)} x${!isTold && ratio > GOAL ? ' OVER' : ''}`);
  console.log(`${name.padEnd(28)}${cells.join('   ')}`);
  return Math.max(...ratios.map(({ ratio }) => ratio));
}
const only = process.argv[2] ?? '', most = (programs: Readonly<Record<string, string>>, isTold: boolean): number =>
  Math.max(0, ...Object.entries(programs).filter(([name]) => name.includes(only)).map(([name, text]) => measured(name, text, isTold)));
const worst = most(subjects, false), worstTold = most(told, true);
console.log(`at most ${worst.toFixed(1)} x (goal: ${GOAL}), and ${worstTold.toFixed(1)} x where there is something to tell; CPU time, medians of ${ROUNDS} rounds`);
process.exitCode = worst <= GOAL ? 0 : 2;
