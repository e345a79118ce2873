//! assertions: a checker module for RTL: the rules of semaphores, queues, retirements and traps, immediate and as properties.
import { unitNames } from '../limits.ts';
import { constantName } from './tables.ts';

export interface AssertedRule {
  readonly name: string;
  readonly says: string;
  /** Statements that set `bad` where the rule is broken at this clock edge. */
  readonly test: readonly string[];
}
/** Loops that the tests of rules stand in: over semaphores m, over units u. */
const eachSemaphore = (test: string): string[] => ['for (m = 0; m < SEMAPHORES; m = m + 1)', `  if (${test}) bad = 1'b1;`];
const eachUnit = (test: string): string[] => ['for (u = 0; u < UNITS; u = u + 1)', `  if (${test}) bad = 1'b1;`];
const once = (test: string): string[] => [`if (${test}) bad = 1'b1;`];
const rule = (name: string, says: string, test: readonly string[]): AssertedRule => ({ name, says, test });

/** What can be seen from outside of the rules of agents, tokens and traps. */
export const assertedRules: readonly AssertedRule[] = [
  rule('semaphore-zero', 'semaphore 0 does not exist: it is neither posted to nor waited for', once('posts[15:0] != 16\'d0 || takes[15:0] != 16\'d0')),
  rule('semaphore-underflow', 'no token is taken that has not been posted before', eachSemaphore('takes[16*m +: 16] > semaphore_counts[16*m +: 16]')),
  rule('semaphore-overflow', 'a count beyond 65535 is the external fault semaphore-overflow', once('overflows && !overflow_fault')),
  rule('semaphore-count', 'a count equals its old value plus tokens posted minus tokens taken', once('semaphore_counts != expected_counts')),
  rule('semaphore-posts', 'two agents do not post to one semaphore at once: posts are ordered', once('two_posts')),
  rule('semaphore-takes', 'two agents do not take from one semaphore at once: waits are ordered', once('two_takes')),
  rule('queue-full', 'nothing is dispatched to a queue that is full', eachUnit('push[u] && depth[8*u +: 8] >= QUEUE_DEPTH[7:0]')),
  rule('queue-empty', 'nothing is started from a queue that is empty', eachUnit('pop[u] && depth[8*u +: 8] == 8\'d0')),
  rule('queue-depth', 'the depth of a queue is what was dispatched to it and has not been started', once('depth != expected_depth')),
  rule('dispatch-one', 'one instruction is dispatched at a time, and seq has no queue', once('(push & (push - 1\'b1)) != {UNITS{1\'b0}} || push[0] || pop[0]')),
  rule('dispatch-order', 'instructions are dispatched in ascending sequence numbers', once('push != {UNITS{1\'b0}} && dispatched_any && push_seq <= last_seq')),
  rule('dispatch-phase', 'instructions are dispatched only in the phase RUN', once('push != {UNITS{1\'b0}} && phase != systole_isa::PHASE_RUN[2:0]')),
  rule('retire-oldest', 'a unit retires the oldest instruction dispatched to it', [
    'for (u = 1; u < UNITS; u = u + 1)',
    '  if (retire[u] && (in_flight[8*u +: 8] == 8\'d0 || retire_seq[64*u +: 64] != flight[64*(FLIGHT*u) +: 64])) bad = 1\'b1;',
  ]),
  rule('retire-started', 'a unit retires only what it has started', ['for (u = 1; u < UNITS; u = u + 1)', '  if (retire[u] && started[8*u +: 8] == 8\'d0 && !pop[u]) bad = 1\'b1;']),
  rule('retire-order', 'the order of a retirement counts in its unit from 0', eachUnit('retire[u] && retire_order[32*u +: 32] != next_order[32*u +: 32]')),
  rule('fence-done', 'a fence passes when its units have retired all that was dispatched to them', ['for (u = 1; u < UNITS; u = u + 1)', '  if (fence && fence_units[u] && in_flight[8*u +: 8] != 8\'d0) bad = 1\'b1;']),
  rule('trap-code', 'a trap has a code that exists', once('trap && systole_isa::name_of_trap(trap_code) == 0')),
  rule('trap-last', 'after a trap nothing is dispatched: the phase is DRAIN, then FAULT', once('trapped && phase != systole_isa::PHASE_DRAIN[2:0] && phase != systole_isa::PHASE_FAULT[2:0]')),
  rule('trap-drained', 'the phase is FAULT when all earlier instructions have retired, unless the fault came from outside', once('phase == systole_isa::PHASE_FAULT[2:0] && !external_fault && in_flight != {8*UNITS{1\'b0}}')),
];

export const assertionsText = (): string => [
  '// Made by model/emit/assertions.ts from the definitions; never edited (npm run emit).',
  '// For Verilator and Icarus 11, after systole_isa.sv: connect it next to the design. All inputs belong to one rising edge of the clock: states are',
  '// those before it, events those that it carries out. Under SYSTOLE_SVA each rule is an `assert property` as well, and what should be seen',
  '// at least once a `cover property` (verilator --assert --coverage; Icarus 11 has neither).',
  '// verilator lint_off DECLFILENAME', '// verilator lint_off WIDTH', '// verilator lint_off UNUSEDSIGNAL', '// verilator lint_off BLKSEQ',
  ...declaration(), ...sums(), ...state(), '', ...tests(), '', ...reports(), '', ...properties(), 'endmodule', '',
].join('\n');

const constant = (name: string): string => `RULE_${constantName(name).replaceAll('-', '_')}`;
const units = unitNames.map((name, number) => `${number} ${name}`).join(', ');

const declaration = (): string[] => [
  'module systole_assertions #(', '  parameter QUEUE_DEPTH = systole_isa::QUEUE_MAX,', '  // Instructions of a unit that are dispatched and not retired, at most.', '  parameter FLIGHT = 32,',
  '  // 1: a broken rule ends the simulation; 0: it is told, and `broken` shows it.', '  parameter FATAL = 1,',
  '  parameter UNITS = systole_isa::UNIT_COUNT,', '  parameter SEMAPHORES = systole_isa::SEMAPHORE_COUNT,',
  `  // Units by number: ${units}; and ${unitNames.length} the host.`, '  parameter AGENTS = UNITS + 1', ') (', '  input clk,', '  input reset,',
  '  // A run begins: the tokens of the last one are gone (unless it keeps them), orders count anew.', '  input launch,', '  input keep_tokens,',
  '  input [16*SEMAPHORES-1:0] semaphore_counts,', '  input [AGENTS-1:0] post,', '  input [6*AGENTS-1:0] post_semaphore,', '  input [16*AGENTS-1:0] post_tokens,',
  '  input [AGENTS-1:0] take,', '  input [6*AGENTS-1:0] take_semaphore,', '  input [16*AGENTS-1:0] take_tokens,', '  input overflow_fault,',
  '  input [UNITS-1:0] push,', '  input [63:0] push_seq,', '  input [UNITS-1:0] pop,', '  input [8*UNITS-1:0] depth,',
  '  input [UNITS-1:0] retire,', '  input [64*UNITS-1:0] retire_seq,', '  input [32*UNITS-1:0] retire_order,',
  '  input fence,', '  input [31:0] fence_units,', '  input trap,', '  input [7:0] trap_code,', '  input [2:0] phase,',
  `  output reg [${assertedRules.length - 1}:0] broken`, ');', ...assertedRules.map(({ name }, i) => `  localparam ${constant(name)} = ${i};`), '',
];

/** Tokens posted and taken at this edge, by semaphore. */
const sums = (): string[] => [
  '  reg [16*SEMAPHORES-1:0] posts, takes, next_counts;', '  reg two_posts, two_takes, overflows;', '  reg [63:0] posted_to, taken_from;', '  integer a, n;', '  reg [5:0] which;', '  reg [17:0] sum;',
  '  always @* begin',
  '    posts = 0; takes = 0; two_posts = 0; two_takes = 0; overflows = 0; posted_to = 0; taken_from = 0; which = 0; sum = 0;', '    next_counts = semaphore_counts;',
  '    for (a = 0; a < AGENTS; a = a + 1) begin',
  ...(['post', 'take'] as const).flatMap((event) => {
    const seen = event === 'post' ? 'posted_to' : 'taken_from';
    return [
      `      which = ${event}_semaphore[6*a +: 6];`, `      if (${event}[a] && ${event}_tokens[16*a +: 16] != 16'd0) begin`, `        if (${seen}[which]) two_${event}s = 1'b1;`,
      `        ${seen}[which] = 1'b1;`, `        ${event}s[16*which +: 16] = ${event}s[16*which +: 16] + ${event}_tokens[16*a +: 16];`, '      end',
    ];
  }), '    end',
  '    for (n = 0; n < SEMAPHORES; n = n + 1) begin', '      sum = {2\'b0, semaphore_counts[16*n +: 16]} + {2\'b0, posts[16*n +: 16]};',
  '      sum = sum < {2\'b0, takes[16*n +: 16]} ? 18\'d0 : sum - {2\'b0, takes[16*n +: 16]};', '      if (sum > 18\'d65535) overflows = 1\'b1;',
  '      // A post that would exceed the limit gives nothing.', '      next_counts[16*n +: 16] = sum > 18\'d65535 ? semaphore_counts[16*n +: 16] - takes[16*n +: 16] : sum[15:0];', '    end', '  end', '',
];

const state = (): string[] => [
  '  // After a broken rule the state follows the design, so that one mistake is told once.',
  '  reg [16*SEMAPHORES-1:0] expected_counts;', '  reg [8*UNITS-1:0] expected_depth, in_flight, started;', '  reg [32*UNITS-1:0] next_order;',
  '  // Sequence numbers of what is in flight, by unit, the oldest lowest.', '  reg [64*FLIGHT*UNITS-1:0] flight;',
  '  reg [63:0] last_seq;', '  reg dispatched_any, trapped, external_fault;', '  integer v, left;',
  '  always @(posedge clk) begin', '    if (reset) begin',
  '      expected_counts <= 0; expected_depth <= 0; in_flight <= 0; started <= 0; next_order <= 0; flight <= 0; last_seq <= 0;', '      dispatched_any <= 0; trapped <= 0; external_fault <= 0;',
  '    end else begin', '      expected_counts <= launch && !keep_tokens ? 0 : next_counts;',
  '      if (push != 0) begin last_seq <= push_seq; dispatched_any <= 1; end else if (launch) dispatched_any <= 0;',
  '      if (launch) begin trapped <= 0; external_fault <= 0; end',
  '      // Only break continues; what comes from outside ends what is in flight.',
  '      else if (trap) begin trapped <= trap_code != systole_isa::TRAP_BREAK[7:0]; external_fault <= trap_code >= systole_isa::FAULT_LINK_PROTOCOL[7:0]; end',
  '      for (v = 0; v < UNITS; v = v + 1) begin',
  '        expected_depth[8*v +: 8] <= depth[8*v +: 8] + (push[v] ? 8\'d1 : 8\'d0) - (pop[v] && depth[8*v +: 8] != 0 ? 8\'d1 : 8\'d0);',
  '        next_order[32*v +: 32] <= launch ? 0 : retire[v] ? retire_order[32*v +: 32] + 32\'d1 : next_order[32*v +: 32];',
  '        if (v != 0) begin', '          left = retire[v] && in_flight[8*v +: 8] != 0 ? {24\'d0, in_flight[8*v +: 8]} - 1 : {24\'d0, in_flight[8*v +: 8]};',
  '          if (retire[v]) flight[64*FLIGHT*v +: 64*FLIGHT] <= flight[64*FLIGHT*v +: 64*FLIGHT] >> 64;',
  '          if (push[v] && left < FLIGHT) flight[64*(FLIGHT*v + left) +: 64] <= push_seq;',
  '          in_flight[8*v +: 8] <= left[7:0] + (push[v] ? 8\'d1 : 8\'d0);',
  '          started[8*v +: 8] <= started[8*v +: 8] + (pop[v] ? 8\'d1 : 8\'d0) - (retire[v] && (started[8*v +: 8] != 0 || pop[v]) ? 8\'d1 : 8\'d0);',
  '        end', '      end', '    end', '  end',
];

const tests = (): string[] => [
  '  integer m, u;', '  reg bad;', '  always @* begin', '    broken = 0; m = 0; u = 0;',
  ...assertedRules.flatMap(({ name, test }) => [`    bad = 1'b0;`, ...test.map((line) => `    ${line}`), `    broken[${constant(name)}] = bad;`]), '  end',
];

const reports = (): string[] => [
  '  always @(posedge clk) if (!reset) begin',
  ...assertedRules.flatMap(({ name, says }) => [
    `    if (broken[${constant(name)}]) begin`, `      $display("%0t %m: ${name}: ${says}", $time);`, '      if (FATAL != 0) $fatal(1, "a rule is broken");', '    end',
  ]), '  end',
];

/** Cases that a good test bench sees, as conditions. */
const covered = (): readonly (readonly [string, string])[] => [
  ...unitNames.map((name, unit) => [`retires_${name}`, `retire[${unit}]`] as const),
  ...unitNames.slice(1).flatMap((name, i) => [[`full_${name}`, `depth[${8 * (i + 1)} +: 8] == QUEUE_DEPTH[7:0]`] as const, [`push_and_pop_${name}`, `push[${i + 1}] && pop[${i + 1}]`] as const]),
  ['post_and_take_at_once', '(posted_to & taken_from) != 64\'d0'], ['overflow', 'overflow_fault'], ['two_units_retire', '(retire & (retire - 1\'b1)) != 0'],
  ['fence', 'fence'], ['trap_with_pending_work', 'trap && in_flight != 0'], ['host_posts', 'post[AGENTS-1]'],
];
const properties = (): string[] => [
  '`ifdef SYSTOLE_SVA',
  ...assertedRules.map(({ name }) => `  keeps_${name.replaceAll('-', '_')}: assert property (@(posedge clk) disable iff (reset) !broken[${constant(name)}]);`),
  '  // A count moves only by what is posted and taken, a depth only by what is dispatched and started: said over two edges.',
  '  counts_follow: assert property (@(posedge clk) disable iff (reset) !$past(reset) && !$past(launch) |-> semaphore_counts == $past(next_counts));',
  ...covered().map(([name, condition]) => `  sees_${name}: cover property (@(posedge clk) disable iff (reset) ${condition});`), '`endif',
];
