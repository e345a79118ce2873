//! sanitizer: what a run under the sanitizer, all kinds on, costs against one whose records are only read, by kinds of programs; beside it the run that nobody watches.
import { readFileSync } from 'node:fs';
import { assembled } from '../model/assembler/assembler.ts';
import { readImage } from '../model/assembler/image.ts';
import type { Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { RING, sanitize } from '../model/sanitizer/run.ts';

const ROUNDS = 5,
  GOAL = 10;
const example = (name: string): string => readFileSync(new URL(`../examples/${name}`, import.meta.url), 'utf8');
/** The example on other sizes, all of its memory zeros. */
const gemm = (m: number, n: number, k: number): string =>
  `${example('gemm.s').replace('s8, 100', `s8, ${m}`).replace('s9, 40', `s9, ${n}`).replace('s10, 35', `s10, ${k}`).split('.data')[0]}
.data dram 0x100000\n.zero ${m * k}\n.data dram 0x200000\n.zero ${n * k}\n.data dram 0x400000\n.zero ${16 * n}`;
const vectors = `a = spm s32 [8] at 0x0   b = spm s32 [8] at 0x20   A = dram s32 [8] at 0x100   B = dram s32 [8] at 0x200
`;
const subjects: Readonly<Record<string, string>> = {
  'GEMM 512 x 256 x 512': gemm(512, 256, 512),
  'GEMM 803 x 189 x 331': gemm(803, 189, 331),
  convolution: example('conv3x3.s'),
  attention: example('attention.s'),
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
  'scalar loop': `loop 60000 {
loop 8 {
s1 = s1 + 1
s2 = s2 xor s1
}
}
halt 0`,
};

const device = engine(profile('systole-16'));
/** Of the processor, which other work on the machine does not add to. */
const milliseconds = (act: () => void): number => {
  const from = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};
function reading(running: Iterable<unknown>): void {
  for (const _ of running);
}
let worst = 0,
  most = 0;
for (const [name, text] of Object.entries(subjects)) {
  const assembly = assembled(text, { file: 'bench.s' }),
    program: Program = assembly.program,
    words = readImage(program.image, 'bench.s').words;
  const unwatched: number[] = [],
    read: number[] = [],
    checked: number[] = [];
  let findings = 0,
    status = '';
  for (let round = 0; round < ROUNDS; round++) {
    device.load(program);
    unwatched.push(milliseconds(() => (status = device.execute().status)));
    device.load(program);
    read.push(milliseconds(() => reading(device.run({ ring: RING }))));
    checked.push(milliseconds(() => (findings = sanitize(device, program, { words }).findings.length)));
  }
  const [alone, off, on] = [Math.min(...unwatched), Math.min(...read), Math.min(...checked)],
    shown = (time: number): string => time.toFixed(1).padStart(7);
  worst = Math.max(worst, on / off);
  most = Math.max(most, on / alone);
  console.log(
    `${name.padEnd(24)}${shown(alone)} ms unwatched ${shown(off)} ms with records ${shown(on)} ms sanitized ${shown(on / off)} x${status === 'halted' && findings === 0 ? '' : `  (${status}, ${findings} findings)`}`,
  );
}
console.log(
  `a run takes at most ${worst.toFixed(1)} x as long as with its records alone (goal: at most ${GOAL} x), and ${most.toFixed(1)} x as long as unwatched; least of ${ROUNDS} rounds each`,
);
process.exitCode = worst <= GOAL ? 0 : 2;
