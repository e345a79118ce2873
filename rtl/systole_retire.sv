// systole_retire: the instructions under way, oldest first: each retires when it is done and all before it have.
//
// Instructions of a kind are done in their order. One of no kind has nothing to do.
module systole_retire #(
  parameter integer DEPTH = 8,
  parameter integer KINDS = 4,
  // Kinds of which several may be done before the oldest retires; of the others one is done when it is the oldest, or in its clock.
  parameter [KINDS-1:0] AHEAD = '1
) (
  input  logic             clk,
  input  logic             reset,
  input  logic             start,
  input  logic [31:0]      order,
  input  logic [KINDS-1:0] kind,
  // An instruction of the kind is done.
  input  logic [KINDS-1:0] done,
  output logic             full,
  output logic             empty,
  output logic             retire_valid,
  output logic [31:0]      retire_order
);
  localparam integer INDEX_BITS = $clog2(DEPTH);

  logic [KINDS+31:0]       entries [0:DEPTH-1];
  logic [INDEX_BITS-1:0]   oldest, next;
  logic [INDEX_BITS:0]     count;
  logic [KINDS-1:0]        awaited, ready;
  assign {awaited, retire_order} = entries[oldest];
  assign full = count == (INDEX_BITS+1)'(DEPTH);
  assign empty = count == '0;
  assign retire_valid = !empty && (awaited == '0 || (awaited & ready) != '0);
  always_ff @(posedge clk) begin
    if (start) entries[next] <= {kind, order};
    if (reset) {oldest, next, count} <= '0;
    else begin
      next <= next + INDEX_BITS'(start);
      oldest <= oldest + INDEX_BITS'(retire_valid);
      count <= count + (INDEX_BITS+1)'(start) - (INDEX_BITS+1)'(retire_valid);
    end
  end

  // How many of each kind are done and have not retired.
  genvar k;
  generate
    for (k = 0; k < KINDS; k = k + 1) begin : of_kind
      if (AHEAD[k]) begin : counted
        logic [INDEX_BITS:0] waiting;
        assign ready[k] = done[k] || waiting != '0;
        always_ff @(posedge clk) begin
          if (reset) waiting <= '0;
          else waiting <= waiting + (INDEX_BITS+1)'(done[k]) - (INDEX_BITS+1)'(retire_valid && awaited[k]);
        end
      end else begin : at_once
        assign ready[k] = done[k];
      end
    end
  endgenerate
endmodule
