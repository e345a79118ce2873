// Made by model/emit/assertions.ts from the definitions; never edited (npm run emit).
// For Verilator and Icarus 11, after systole_isa.sv: connect it next to the design. All inputs belong to one rising edge of the clock: states are
// those before it, events those that it carries out. Under SYSTOLE_SVA each rule is an `assert property` as well, and what should be seen
// at least once a `cover property` (verilator --assert --coverage; Icarus 11 has neither).
// verilator lint_off DECLFILENAME
// verilator lint_off WIDTH
// verilator lint_off UNUSEDSIGNAL
// verilator lint_off BLKSEQ
module systole_assertions #(
  parameter QUEUE_DEPTH = systole_isa::QUEUE_MAX,
  // Instructions of a unit that are dispatched and not retired, at most.
  parameter FLIGHT = 32,
  // 1: a broken rule ends the simulation; 0: it is told, and `broken` shows it.
  parameter FATAL = 1,
  parameter UNITS = systole_isa::UNIT_COUNT,
  parameter SEMAPHORES = systole_isa::SEMAPHORE_COUNT,
  // Units by number: 0 seq, 1 dmi, 2 dmo, 3 mxu, 4 vpu, 5 lnk; and 6 the host.
  parameter AGENTS = UNITS + 1
) (
  input clk,
  input reset,
  // A run begins: the tokens of the last one are gone (unless it keeps them), orders count anew.
  input launch,
  input keep_tokens,
  input [16*SEMAPHORES-1:0] semaphore_counts,
  input [AGENTS-1:0] post,
  input [6*AGENTS-1:0] post_semaphore,
  input [16*AGENTS-1:0] post_tokens,
  input [AGENTS-1:0] take,
  input [6*AGENTS-1:0] take_semaphore,
  input [16*AGENTS-1:0] take_tokens,
  input overflow_fault,
  input [UNITS-1:0] push,
  input [63:0] push_seq,
  input [UNITS-1:0] pop,
  input [8*UNITS-1:0] depth,
  input [UNITS-1:0] retire,
  input [64*UNITS-1:0] retire_seq,
  input [32*UNITS-1:0] retire_order,
  input fence,
  input [31:0] fence_units,
  input trap,
  input [7:0] trap_code,
  input [2:0] phase,
  output reg [18:0] broken
);
  localparam RULE_SEMAPHORE_ZERO = 0;
  localparam RULE_SEMAPHORE_UNDERFLOW = 1;
  localparam RULE_SEMAPHORE_OVERFLOW = 2;
  localparam RULE_SEMAPHORE_COUNT = 3;
  localparam RULE_SEMAPHORE_POSTS = 4;
  localparam RULE_SEMAPHORE_TAKES = 5;
  localparam RULE_QUEUE_FULL = 6;
  localparam RULE_QUEUE_EMPTY = 7;
  localparam RULE_QUEUE_DEPTH = 8;
  localparam RULE_DISPATCH_ONE = 9;
  localparam RULE_DISPATCH_ORDER = 10;
  localparam RULE_DISPATCH_PHASE = 11;
  localparam RULE_RETIRE_OLDEST = 12;
  localparam RULE_RETIRE_STARTED = 13;
  localparam RULE_RETIRE_ORDER = 14;
  localparam RULE_FENCE_DONE = 15;
  localparam RULE_TRAP_CODE = 16;
  localparam RULE_TRAP_LAST = 17;
  localparam RULE_TRAP_DRAINED = 18;

  reg [16*SEMAPHORES-1:0] posts, takes, next_counts;
  reg two_posts, two_takes, overflows;
  reg [63:0] posted_to, taken_from;
  integer a, n;
  reg [5:0] which;
  reg [17:0] sum;
  always @* begin
    posts = 0; takes = 0; two_posts = 0; two_takes = 0; overflows = 0; posted_to = 0; taken_from = 0; which = 0; sum = 0;
    next_counts = semaphore_counts;
    for (a = 0; a < AGENTS; a = a + 1) begin
      which = post_semaphore[6*a +: 6];
      if (post[a] && post_tokens[16*a +: 16] != 16'd0) begin
        if (posted_to[which]) two_posts = 1'b1;
        posted_to[which] = 1'b1;
        posts[16*which +: 16] = posts[16*which +: 16] + post_tokens[16*a +: 16];
      end
      which = take_semaphore[6*a +: 6];
      if (take[a] && take_tokens[16*a +: 16] != 16'd0) begin
        if (taken_from[which]) two_takes = 1'b1;
        taken_from[which] = 1'b1;
        takes[16*which +: 16] = takes[16*which +: 16] + take_tokens[16*a +: 16];
      end
    end
    for (n = 0; n < SEMAPHORES; n = n + 1) begin
      sum = {2'b0, semaphore_counts[16*n +: 16]} + {2'b0, posts[16*n +: 16]};
      sum = sum < {2'b0, takes[16*n +: 16]} ? 18'd0 : sum - {2'b0, takes[16*n +: 16]};
      if (sum > 18'd65535) overflows = 1'b1;
      // A post that would exceed the limit gives nothing.
      next_counts[16*n +: 16] = sum > 18'd65535 ? semaphore_counts[16*n +: 16] - takes[16*n +: 16] : sum[15:0];
    end
  end

  // After a broken rule the state follows the design, so that one mistake is told once.
  reg [16*SEMAPHORES-1:0] expected_counts;
  reg [8*UNITS-1:0] expected_depth, in_flight, started;
  reg [32*UNITS-1:0] next_order;
  // Sequence numbers of what is in flight, by unit, the oldest lowest.
  reg [64*FLIGHT*UNITS-1:0] flight;
  reg [63:0] last_seq;
  reg dispatched_any, trapped, external_fault;
  integer v, left;
  always @(posedge clk) begin
    if (reset) begin
      expected_counts <= 0; expected_depth <= 0; in_flight <= 0; started <= 0; next_order <= 0; flight <= 0; last_seq <= 0;
      dispatched_any <= 0; trapped <= 0; external_fault <= 0;
    end else begin
      expected_counts <= launch && !keep_tokens ? 0 : next_counts;
      if (push != 0) begin last_seq <= push_seq; dispatched_any <= 1; end else if (launch) dispatched_any <= 0;
      if (launch) begin trapped <= 0; external_fault <= 0; end
      // Only break continues; what comes from outside ends what is in flight.
      else if (trap) begin trapped <= trap_code != systole_isa::TRAP_BREAK[7:0]; external_fault <= trap_code >= systole_isa::FAULT_LINK_PROTOCOL[7:0]; end
      for (v = 0; v < UNITS; v = v + 1) begin
        expected_depth[8*v +: 8] <= depth[8*v +: 8] + (push[v] ? 8'd1 : 8'd0) - (pop[v] && depth[8*v +: 8] != 0 ? 8'd1 : 8'd0);
        next_order[32*v +: 32] <= launch ? 0 : retire[v] ? retire_order[32*v +: 32] + 32'd1 : next_order[32*v +: 32];
        if (v != 0) begin
          left = retire[v] && in_flight[8*v +: 8] != 0 ? {24'd0, in_flight[8*v +: 8]} - 1 : {24'd0, in_flight[8*v +: 8]};
          if (retire[v]) flight[64*FLIGHT*v +: 64*FLIGHT] <= flight[64*FLIGHT*v +: 64*FLIGHT] >> 64;
          if (push[v] && left < FLIGHT) flight[64*(FLIGHT*v + left) +: 64] <= push_seq;
          in_flight[8*v +: 8] <= left[7:0] + (push[v] ? 8'd1 : 8'd0);
          started[8*v +: 8] <= started[8*v +: 8] + (pop[v] ? 8'd1 : 8'd0) - (retire[v] && (started[8*v +: 8] != 0 || pop[v]) ? 8'd1 : 8'd0);
        end
      end
    end
  end

  integer m, u;
  reg bad;
  always @* begin
    broken = 0; m = 0; u = 0;
    bad = 1'b0;
    if (posts[15:0] != 16'd0 || takes[15:0] != 16'd0) bad = 1'b1;
    broken[RULE_SEMAPHORE_ZERO] = bad;
    bad = 1'b0;
    for (m = 0; m < SEMAPHORES; m = m + 1)
      if (takes[16*m +: 16] > semaphore_counts[16*m +: 16]) bad = 1'b1;
    broken[RULE_SEMAPHORE_UNDERFLOW] = bad;
    bad = 1'b0;
    if (overflows && !overflow_fault) bad = 1'b1;
    broken[RULE_SEMAPHORE_OVERFLOW] = bad;
    bad = 1'b0;
    if (semaphore_counts != expected_counts) bad = 1'b1;
    broken[RULE_SEMAPHORE_COUNT] = bad;
    bad = 1'b0;
    if (two_posts) bad = 1'b1;
    broken[RULE_SEMAPHORE_POSTS] = bad;
    bad = 1'b0;
    if (two_takes) bad = 1'b1;
    broken[RULE_SEMAPHORE_TAKES] = bad;
    bad = 1'b0;
    for (u = 0; u < UNITS; u = u + 1)
      if (push[u] && depth[8*u +: 8] >= QUEUE_DEPTH[7:0]) bad = 1'b1;
    broken[RULE_QUEUE_FULL] = bad;
    bad = 1'b0;
    for (u = 0; u < UNITS; u = u + 1)
      if (pop[u] && depth[8*u +: 8] == 8'd0) bad = 1'b1;
    broken[RULE_QUEUE_EMPTY] = bad;
    bad = 1'b0;
    if (depth != expected_depth) bad = 1'b1;
    broken[RULE_QUEUE_DEPTH] = bad;
    bad = 1'b0;
    if ((push & (push - 1'b1)) != {UNITS{1'b0}} || push[0] || pop[0]) bad = 1'b1;
    broken[RULE_DISPATCH_ONE] = bad;
    bad = 1'b0;
    if (push != {UNITS{1'b0}} && dispatched_any && push_seq <= last_seq) bad = 1'b1;
    broken[RULE_DISPATCH_ORDER] = bad;
    bad = 1'b0;
    if (push != {UNITS{1'b0}} && phase != systole_isa::PHASE_RUN[2:0]) bad = 1'b1;
    broken[RULE_DISPATCH_PHASE] = bad;
    bad = 1'b0;
    for (u = 1; u < UNITS; u = u + 1)
      if (retire[u] && (in_flight[8*u +: 8] == 8'd0 || retire_seq[64*u +: 64] != flight[64*(FLIGHT*u) +: 64])) bad = 1'b1;
    broken[RULE_RETIRE_OLDEST] = bad;
    bad = 1'b0;
    for (u = 1; u < UNITS; u = u + 1)
      if (retire[u] && started[8*u +: 8] == 8'd0 && !pop[u]) bad = 1'b1;
    broken[RULE_RETIRE_STARTED] = bad;
    bad = 1'b0;
    for (u = 0; u < UNITS; u = u + 1)
      if (retire[u] && retire_order[32*u +: 32] != next_order[32*u +: 32]) bad = 1'b1;
    broken[RULE_RETIRE_ORDER] = bad;
    bad = 1'b0;
    for (u = 1; u < UNITS; u = u + 1)
      if (fence && fence_units[u] && in_flight[8*u +: 8] != 8'd0) bad = 1'b1;
    broken[RULE_FENCE_DONE] = bad;
    bad = 1'b0;
    if (trap && systole_isa::name_of_trap(trap_code) == 0) bad = 1'b1;
    broken[RULE_TRAP_CODE] = bad;
    bad = 1'b0;
    if (trapped && phase != systole_isa::PHASE_DRAIN[2:0] && phase != systole_isa::PHASE_FAULT[2:0]) bad = 1'b1;
    broken[RULE_TRAP_LAST] = bad;
    bad = 1'b0;
    if (phase == systole_isa::PHASE_FAULT[2:0] && !external_fault && in_flight != {8*UNITS{1'b0}}) bad = 1'b1;
    broken[RULE_TRAP_DRAINED] = bad;
  end

  always @(posedge clk) if (!reset) begin
    if (broken[RULE_SEMAPHORE_ZERO]) begin
      $display("%0t %m: semaphore-zero: semaphore 0 does not exist: it is neither posted to nor waited for", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_SEMAPHORE_UNDERFLOW]) begin
      $display("%0t %m: semaphore-underflow: no token is taken that has not been posted before", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_SEMAPHORE_OVERFLOW]) begin
      $display("%0t %m: semaphore-overflow: a count beyond 65535 is the external fault semaphore-overflow", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_SEMAPHORE_COUNT]) begin
      $display("%0t %m: semaphore-count: a count equals its old value plus tokens posted minus tokens taken", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_SEMAPHORE_POSTS]) begin
      $display("%0t %m: semaphore-posts: two agents do not post to one semaphore at once: posts are ordered", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_SEMAPHORE_TAKES]) begin
      $display("%0t %m: semaphore-takes: two agents do not take from one semaphore at once: waits are ordered", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_QUEUE_FULL]) begin
      $display("%0t %m: queue-full: nothing is dispatched to a queue that is full", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_QUEUE_EMPTY]) begin
      $display("%0t %m: queue-empty: nothing is started from a queue that is empty", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_QUEUE_DEPTH]) begin
      $display("%0t %m: queue-depth: the depth of a queue is what was dispatched to it and has not been started", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_DISPATCH_ONE]) begin
      $display("%0t %m: dispatch-one: one instruction is dispatched at a time, and seq has no queue", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_DISPATCH_ORDER]) begin
      $display("%0t %m: dispatch-order: instructions are dispatched in ascending sequence numbers", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_DISPATCH_PHASE]) begin
      $display("%0t %m: dispatch-phase: instructions are dispatched only in the phase RUN", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_RETIRE_OLDEST]) begin
      $display("%0t %m: retire-oldest: a unit retires the oldest instruction dispatched to it", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_RETIRE_STARTED]) begin
      $display("%0t %m: retire-started: a unit retires only what it has started", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_RETIRE_ORDER]) begin
      $display("%0t %m: retire-order: the order of a retirement counts in its unit from 0", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_FENCE_DONE]) begin
      $display("%0t %m: fence-done: a fence passes when its units have retired all that was dispatched to them", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_TRAP_CODE]) begin
      $display("%0t %m: trap-code: a trap has a code that exists", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_TRAP_LAST]) begin
      $display("%0t %m: trap-last: after a trap nothing is dispatched: the phase is DRAIN, then FAULT", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
    if (broken[RULE_TRAP_DRAINED]) begin
      $display("%0t %m: trap-drained: the phase is FAULT when all earlier instructions have retired, unless the fault came from outside", $time);
      if (FATAL != 0) $fatal(1, "a rule is broken");
    end
  end

`ifdef SYSTOLE_SVA
  keeps_semaphore_zero: assert property (@(posedge clk) disable iff (reset) !broken[RULE_SEMAPHORE_ZERO]);
  keeps_semaphore_underflow: assert property (@(posedge clk) disable iff (reset) !broken[RULE_SEMAPHORE_UNDERFLOW]);
  keeps_semaphore_overflow: assert property (@(posedge clk) disable iff (reset) !broken[RULE_SEMAPHORE_OVERFLOW]);
  keeps_semaphore_count: assert property (@(posedge clk) disable iff (reset) !broken[RULE_SEMAPHORE_COUNT]);
  keeps_semaphore_posts: assert property (@(posedge clk) disable iff (reset) !broken[RULE_SEMAPHORE_POSTS]);
  keeps_semaphore_takes: assert property (@(posedge clk) disable iff (reset) !broken[RULE_SEMAPHORE_TAKES]);
  keeps_queue_full: assert property (@(posedge clk) disable iff (reset) !broken[RULE_QUEUE_FULL]);
  keeps_queue_empty: assert property (@(posedge clk) disable iff (reset) !broken[RULE_QUEUE_EMPTY]);
  keeps_queue_depth: assert property (@(posedge clk) disable iff (reset) !broken[RULE_QUEUE_DEPTH]);
  keeps_dispatch_one: assert property (@(posedge clk) disable iff (reset) !broken[RULE_DISPATCH_ONE]);
  keeps_dispatch_order: assert property (@(posedge clk) disable iff (reset) !broken[RULE_DISPATCH_ORDER]);
  keeps_dispatch_phase: assert property (@(posedge clk) disable iff (reset) !broken[RULE_DISPATCH_PHASE]);
  keeps_retire_oldest: assert property (@(posedge clk) disable iff (reset) !broken[RULE_RETIRE_OLDEST]);
  keeps_retire_started: assert property (@(posedge clk) disable iff (reset) !broken[RULE_RETIRE_STARTED]);
  keeps_retire_order: assert property (@(posedge clk) disable iff (reset) !broken[RULE_RETIRE_ORDER]);
  keeps_fence_done: assert property (@(posedge clk) disable iff (reset) !broken[RULE_FENCE_DONE]);
  keeps_trap_code: assert property (@(posedge clk) disable iff (reset) !broken[RULE_TRAP_CODE]);
  keeps_trap_last: assert property (@(posedge clk) disable iff (reset) !broken[RULE_TRAP_LAST]);
  keeps_trap_drained: assert property (@(posedge clk) disable iff (reset) !broken[RULE_TRAP_DRAINED]);
  // A count moves only by what is posted and taken, a depth only by what is dispatched and started: said over two edges.
  counts_follow: assert property (@(posedge clk) disable iff (reset) !$past(reset) && !$past(launch) |-> semaphore_counts == $past(next_counts));
  sees_retires_seq: cover property (@(posedge clk) disable iff (reset) retire[0]);
  sees_retires_dmi: cover property (@(posedge clk) disable iff (reset) retire[1]);
  sees_retires_dmo: cover property (@(posedge clk) disable iff (reset) retire[2]);
  sees_retires_mxu: cover property (@(posedge clk) disable iff (reset) retire[3]);
  sees_retires_vpu: cover property (@(posedge clk) disable iff (reset) retire[4]);
  sees_retires_lnk: cover property (@(posedge clk) disable iff (reset) retire[5]);
  sees_full_dmi: cover property (@(posedge clk) disable iff (reset) depth[8 +: 8] == QUEUE_DEPTH[7:0]);
  sees_push_and_pop_dmi: cover property (@(posedge clk) disable iff (reset) push[1] && pop[1]);
  sees_full_dmo: cover property (@(posedge clk) disable iff (reset) depth[16 +: 8] == QUEUE_DEPTH[7:0]);
  sees_push_and_pop_dmo: cover property (@(posedge clk) disable iff (reset) push[2] && pop[2]);
  sees_full_mxu: cover property (@(posedge clk) disable iff (reset) depth[24 +: 8] == QUEUE_DEPTH[7:0]);
  sees_push_and_pop_mxu: cover property (@(posedge clk) disable iff (reset) push[3] && pop[3]);
  sees_full_vpu: cover property (@(posedge clk) disable iff (reset) depth[32 +: 8] == QUEUE_DEPTH[7:0]);
  sees_push_and_pop_vpu: cover property (@(posedge clk) disable iff (reset) push[4] && pop[4]);
  sees_full_lnk: cover property (@(posedge clk) disable iff (reset) depth[40 +: 8] == QUEUE_DEPTH[7:0]);
  sees_push_and_pop_lnk: cover property (@(posedge clk) disable iff (reset) push[5] && pop[5]);
  sees_post_and_take_at_once: cover property (@(posedge clk) disable iff (reset) (posted_to & taken_from) != 64'd0);
  sees_overflow: cover property (@(posedge clk) disable iff (reset) overflow_fault);
  sees_two_units_retire: cover property (@(posedge clk) disable iff (reset) (retire & (retire - 1'b1)) != 0);
  sees_fence: cover property (@(posedge clk) disable iff (reset) fence);
  sees_trap_with_pending_work: cover property (@(posedge clk) disable iff (reset) trap && in_flight != 0);
  sees_host_posts: cover property (@(posedge clk) disable iff (reset) post[AGENTS-1]);
`endif
endmodule
