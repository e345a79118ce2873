// systole_delay: a value some clocks later; no clocks are a wire.
module systole_delay #(
  parameter integer WIDTH = 1,
  parameter integer CLOCKS = 1,
  // A reset makes zeroes of what is on the way.
  parameter integer RESETS = 0
) (
  // verilator lint_off UNUSEDSIGNAL
  input  logic             clk,
  input  logic             reset,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [WIDTH-1:0] in,
  output logic [WIDTH-1:0] out
);
  generate
    if (CLOCKS <= 0) begin : wire_only
      assign out = in;
    end else begin : line
      // The oldest value is at the top.
      logic [CLOCKS*WIDTH-1:0] values, next;
      if (CLOCKS == 1) begin : single
        assign next = in;
      end else begin : several
        assign next = {values[(CLOCKS-1)*WIDTH-1:0], in};
      end
      if (RESETS != 0) begin : emptied
        always_ff @(posedge clk) values <= reset ? '0 : next;
      end else begin : kept
        always_ff @(posedge clk) values <= next;
      end
      assign out = values[(CLOCKS-1)*WIDTH +: WIDTH];
    end
  endgenerate
endmodule
