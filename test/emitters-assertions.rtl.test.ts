//! emitters-assertions.rtl.test: the checker module is silent on legal programs and names the rule that a trace breaks, in both simulators.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assemble } from '../model/assembler/assembler.ts';
import { assertedRules } from '../model/emit/assertions.ts';
import { engine } from '../model/engine.ts';
import { PHASE_BREAK, PHASE_DRAIN, PHASE_FAULT, PHASE_IDLE, SEMAPHORE_MAX, TRAP_BREAK, TRAP_SHAPE, FAULT_BUS, UNIT_DMI, UNIT_DMO, UNIT_LNK, UNIT_MXU, UNIT_VPU } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { type Edge, edgesOf, HOST, ports, type Step, stepOf, vectorsOf } from './checker-traces.ts';
import { generatedFolder, hasSimulator, linesOf, simulate, simulators } from './simulators.ts';

const push = (unit: number, seq: number): Edge => ({ push: { units: [unit], seq } });
const post = (agent: number, semaphore: number, tokens = 1): Edge => ({ posts: [{ agent, semaphore, tokens }] });
const retire = (unit: number, seq: number, order: number): Edge => ({ retire: [{ unit, seq, order }] });

/** For each rule a trace that breaks it and no other. */
const broken: Readonly<Record<string, readonly Edge[]>> = {
  'semaphore-zero': [post(HOST, 0)],
  'semaphore-underflow': [post(0, 5), { takes: [{ agent: UNIT_MXU, semaphore: 5, tokens: 2 }] }],
  'semaphore-overflow': [post(0, 5, SEMAPHORE_MAX), post(0, 5)],
  'semaphore-count': [post(0, 5), { wrongCount: { semaphore: 5, tokens: 2 } }],
  'semaphore-posts': [{ posts: [{ agent: UNIT_DMI, semaphore: 7, tokens: 1 }, { agent: UNIT_VPU, semaphore: 7, tokens: 1 }] }],
  'semaphore-takes': [post(0, 9, 2), { takes: [{ agent: UNIT_DMI, semaphore: 9, tokens: 1 }, { agent: UNIT_VPU, semaphore: 9, tokens: 1 }] }],
  'queue-full': Array.from({ length: 17 }, (_, seq) => push(UNIT_DMO, seq)),
  'queue-empty': [{ pop: [UNIT_MXU] }],
  'queue-depth': [push(UNIT_MXU, 4), { wrongDepth: { unit: UNIT_MXU, depth: 0 } }],
  'dispatch-one': [{ push: { units: [UNIT_DMI, UNIT_MXU], seq: 3 } }],
  'dispatch-order': [push(UNIT_MXU, 4), push(UNIT_VPU, 4)],
  'dispatch-phase': [{ ...push(UNIT_MXU, 4), phase: PHASE_IDLE }],
  'retire-oldest': [push(UNIT_MXU, 4), push(UNIT_MXU, 5), { pop: [UNIT_MXU] }, { pop: [UNIT_MXU] }, retire(UNIT_MXU, 5, 0)],
  'retire-started': [push(UNIT_MXU, 4), retire(UNIT_MXU, 4, 0)],
  'retire-order': [push(UNIT_MXU, 4), { pop: [UNIT_MXU] }, retire(UNIT_MXU, 4, 1)],
  'fence-done': [push(UNIT_MXU, 4), { pop: [UNIT_MXU] }, { fence: 1 << UNIT_MXU }],
  'trap-code': [{ trap: 0x77 }, { phase: PHASE_FAULT }],
  'trap-last': [{ trap: TRAP_SHAPE }, {}, { phase: PHASE_DRAIN }],
  'trap-drained': [push(UNIT_MXU, 4), { trap: TRAP_SHAPE }, { phase: PHASE_FAULT }],
};
/** What looks like it and is allowed. */
const allowed: readonly (readonly Edge[])[] = [
  [post(0, 5, SEMAPHORE_MAX), { ...post(HOST, 5), overflowFault: true }, { takes: [{ agent: UNIT_MXU, semaphore: 5, tokens: SEMAPHORE_MAX }] }],
  [post(0, 5), { posts: [{ agent: UNIT_DMI, semaphore: 5, tokens: 1 }], takes: [{ agent: UNIT_MXU, semaphore: 5, tokens: 1 }] }],
  [{ posts: [{ agent: UNIT_DMI, semaphore: 7, tokens: 1 }, { agent: UNIT_VPU, semaphore: 8, tokens: 1 }] }],
  [post(UNIT_DMI, 7, 0), { posts: [{ agent: UNIT_DMI, semaphore: 7, tokens: 0 }, { agent: UNIT_VPU, semaphore: 7, tokens: 3 }] }],
  [...Array.from({ length: 16 }, (_, seq) => push(UNIT_DMO, seq)), { pop: [UNIT_DMO] }, { ...push(UNIT_DMO, 16) }],
  [push(UNIT_MXU, 4), { ...push(UNIT_MXU, 6), pop: [UNIT_MXU] }, retire(UNIT_MXU, 4, 0), { ...retire(UNIT_MXU, 6, 1), pop: [UNIT_MXU] }, { fence: 1 << UNIT_MXU }],
  [push(UNIT_VPU, 4), { pop: [UNIT_VPU] }, { fence: 1 << UNIT_MXU }, { trap: TRAP_SHAPE }, { phase: PHASE_DRAIN }, { ...retire(UNIT_VPU, 4, 0), phase: PHASE_DRAIN }, { phase: PHASE_FAULT }],
  [{ trap: TRAP_BREAK }, { phase: PHASE_BREAK }, push(UNIT_MXU, 9)],
  [push(UNIT_MXU, 4), { trap: FAULT_BUS }, { phase: PHASE_FAULT }],
  // Every queue filled, and one more dispatched while one starts.
  ...[UNIT_DMI, UNIT_DMO, UNIT_MXU, UNIT_VPU, UNIT_LNK].map((unit) =>
    [...Array.from({ length: 16 }, (_, seq) => push(unit, seq)), { pop: [unit] }, { ...push(unit, 16), pop: [unit] }, retire(unit, 0, 0), retire(unit, 1, 1)]),
  [push(UNIT_MXU, 4), push(UNIT_DMI, 5), { pop: [UNIT_MXU, UNIT_DMI] }, { retire: [{ unit: UNIT_MXU, seq: 4, order: 0 }, { unit: UNIT_DMI, seq: 5, order: 0 }] }],
];

/** Runs of the programs of examples/, serial and by schedules that a seed draws, and of one that traps while work is pending. */
const examples = ['gemm', 'softmax', 'attention', 'pooling', 'conv3x3', 'depthwise', 'embedding-bag'];
const trapping = `name a = t1  name b = t2  name wrong = t3
a = dram s8 [8,8] at 0x1000   b = spm s8 [8,8] at 0   wrong = spm s8 [4,4] at 0x100
  fill b, s0
  post vpu m3, 2
  load b, a post m1
  load wrong, a
  halt 0
`;
const sources: readonly (readonly [string, string])[] = [
  ...examples.map((name) => [name, readFileSync(new URL(`../examples/${name}.s`, import.meta.url), 'utf8')] as const), ['trapping', trapping],
];
function legalRuns(): readonly (readonly [string, readonly Edge[]])[] {
  return sources.flatMap(([name, text]) => [undefined, 1, 2].map((seed) => {
    const { program, diagnostics } = assemble(text, { file: `${name}.s` });
    expect(diagnostics, name).toEqual([]);
    const device = engine(profile('systole-16')), steps: Step[] = [];
    device.load(program!);
    // A seed's bytes choose among what is ready; a long run repeats them.
    const choices = Uint8Array.from({ length: 4096 }, (_, i) => (seed === undefined ? 0 : Math.imul(i + 1, 0x9e37_79b1 ^ seed) >>> 24));
    for (const record of device.run(seed === undefined ? {} : { schedule: choices })) {
      steps.push(stepOf(record));
      if (steps.length >= 1500) break;
    }
    return [`${name} ${seed ?? 'serial'}`, edgesOf(steps)] as const;
  }));
}

interface Traces { readonly vectors: readonly string[]; readonly names: readonly string[] }
function traces(): Traces {
  const all = [...Object.entries(broken), ...allowed.map((edges, i) => [`allowed ${i}`, edges] as const), ...legalRuns()].map(([name, edges]) => [name, vectorsOf(edges)] as const);
  return { vectors: all.flatMap(([, vectors]) => vectors), names: all.flatMap(([name, vectors]) => vectors.map(() => name)) };
}
function bench(count: number): string {
  const width = ports.reduce((sum, [, bits]) => sum + bits, 0), connected: string[] = [];
  let low = 0;
  for (const [name, bits] of ports) {
    connected.push(`.${name}(now[${low} +: ${bits}])`);
    low += bits;
  }
  return [
    'module bench;', `  reg [${width - 1}:0] all [0:${count - 1}], now;`, '  reg clk = 0;', `  wire [${assertedRules.length - 1}:0] broken;`, '  integer i, r;',
    '  systole_assertions #(.FATAL(0)) checker_i (', `    .clk(clk), .broken(broken), ${connected.join(', ')}`, '  );',
    '  initial begin', '    $readmemh("all.hex", all);', `    for (i = 0; i < ${count}; i = i + 1) begin`, '      now = all[i];', '      #1;',
    `      for (r = 0; r < ${assertedRules.length}; r = r + 1) if (!now[0] && broken[r]) $display("broken %0d %0d", i, r);`, '      clk = 1;', '      #1 clk = 0;', '    end', '    $display("done %0d", i);', '    $finish;', '  end', 'endmodule', '',
  ].join('\n');
}
/** Names of rules by name of trace. */
function found(lines: readonly (readonly [number, string])[], names: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const sets = new Map<string, Set<string>>();
  for (const [index, rule] of lines) sets.set(names[index]!, (sets.get(names[index]!) ?? new Set()).add(rule));
  return Object.fromEntries([...sets].map(([name, rules]) => [name, [...rules]]));
}
const expected = Object.fromEntries(Object.keys(broken).map((name) => [name, [name]]));

test('every rule of the checker has a trace that breaks it', () => {
  expect(Object.keys(broken)).toEqual(assertedRules.map(({ name }) => name));
});

test.each(simulators)('%s: each broken rule is named and no other; legal programs, in several schedules, break none', (simulator) => {
  if (!hasSimulator(simulator)) return;
  const { vectors, names } = traces();
  expect(vectors.length).toBeGreaterThan(7000);
  const { out } = simulate(simulator, { text: bench(vectors.length), top: 'bench', files: ['systole_isa.sv', 'systole_assertions.sv'], data: { 'all.hex': `${vectors.join('\n')}\n` } });
  expect(linesOf(out, 'done')).toEqual([String(vectors.length)]);
  const lines = linesOf(out, 'broken').map((line) => line.split(' ').map(Number)).map(([index, rule]) => [index!, assertedRules[rule!]!.name] as const);
  expect(found(lines, names)).toEqual(expected);
  // What the module itself says: at the rising edge, two units of time to a vector.
  const told = [...out.matchAll(/^(\d+) (?:TOP\.)?bench\.checker_i.*: ([a-z]+-[a-z]+): /gm)].map((match) => [(Number(match[1]) - 1) / 2, match[2]!] as const);
  expect(found(told, names)).toEqual(expected);
}, 300_000);

test('verilator: as properties the rules fail where they are broken, hold on legal programs, and every cover property is reached', () => {
  if (!hasSimulator('verilator')) return;
  const { vectors, names } = traces();
  const { out, left } = simulate('verilator', {
    leaves: 'coverage.dat', text: bench(vectors.length).replace('  reg clk', '  import "DPI-C" function void write_coverage();\n  reg clk').replace('$finish', 'write_coverage(); $finish'),
    cpp: '#include "verilated.h"\n#include "verilated_cov.h"\nextern "C" void write_coverage() { Verilated::threadContextp()->coveragep()->write("coverage.dat"); }\n', top: 'bench', files: ['systole_isa.sv', 'systole_assertions.sv'], data: { 'all.hex': `${vectors.join('\n')}\n` }, defines: ['SYSTOLE_SVA'],
    options: ['--assert', '--coverage-user'], plusargs: ['verilator+error+limit+100000'],
  });
  const lines = [...out.matchAll(/^\[(\d+)\] %Error: .*: Assertion failed in .*\.keeps_(\w+)/gm)].map((match) => [(Number(match[1]) - 1) / 2, match[2]!.replaceAll('_', '-')] as const);
  expect(found(lines, names)).toEqual(expected);
  const covers = [...readFileSync(`${generatedFolder}systole_assertions.sv`, 'utf8').matchAll(/(\w+): cover property/g)].map((match) => match[1]!);
  const points = new Map([...left.matchAll(/^C .*(sees_\w+).* (\d+)$/gm)].map((match) => [match[1]!, Number(match[2])] as const));
  expect(covers.filter((name) => !points.get(name))).toEqual([]);
}, 300_000);

test('a broken rule ends the simulation unless it is told not to', () => {
  if (!hasSimulator('icarus')) return;
  const vectors = vectorsOf(broken['queue-empty']!);
  const { out } = simulate('icarus', { text: bench(vectors.length).replace('.FATAL(0)', '.FATAL(1)'), top: 'bench', files: ['systole_isa.sv', 'systole_assertions.sv'], data: { 'all.hex': `${vectors.join('\n')}\n` } });
  expect(out).toContain('queue-empty: nothing is started from a queue that is empty');
  expect(linesOf(out, 'done')).toEqual([]);
});

test('the covergroups name only what the package has, and each is closed and made once', () => {
  const text = readFileSync(`${generatedFolder}systole_coverage.sv`, 'utf8'), isa = readFileSync(`${generatedFolder}systole_isa.sv`, 'utf8');
  const declared = new Set([...isa.matchAll(/(?:localparam \[\d+:0\] |endfunction|function automatic (?:signed )?(?:\[\d+:0\] )?)(\w+)/g)].map((match) => match[1]));
  expect([...new Set([...text.matchAll(/systole_isa::(\w+)/g)].map((match) => match[1]!))].filter((name) => !declared.has(name))).toEqual([]);
  const groups = [...text.matchAll(/^ {2}covergroup (\w+) /gm)].map((match) => match[1]!);
  expect(new Set(groups).size).toBe(groups.length);
  expect([...text.matchAll(/^ {2}endgroup$/gm)].length).toBe(groups.length);
  expect([...text.matchAll(/^ {2}(\w+) \1_i = new;$/gm)].map((match) => match[1]!)).toEqual(groups);
  expect(text).toContain('NEVER COMPILED');
});
