// systole_delay: a value some clocks later; no clocks are a wire.
module systole_delay #(
  parameter integer WIDTH = 1,
  parameter integer CLOCKS = 1
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
      logic [CLOCKS*WIDTH-1:0] values;
      if (CLOCKS == 1) begin : single
        always_ff @(posedge clk) values <= reset ? '0 : in;
      end else begin : several
        always_ff @(posedge clk) values <= reset ? '0 : {values[(CLOCKS-1)*WIDTH-1:0], in};
      end
      assign out = values[(CLOCKS-1)*WIDTH +: WIDTH];
    end
  endgenerate
endmodule
