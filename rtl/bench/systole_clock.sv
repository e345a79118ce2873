// systole_clock: a clock for a bench where the simulator has time of its own.
module systole_clock #(
  parameter integer BUG = 0,
  // 0: the matrix unit plays a bundle. 1: the array alone, integers. 2: the array alone, bf16.
  parameter integer BENCH = 0
);
  logic clk;
  initial clk = 1'b0;
  always #1 clk = !clk;
  generate
    if (BENCH == 0) begin : matrix
      systole_bench #(.BUG(BUG)) bench (.clk(clk));
    end else begin : array
      systole_array_bench #(.DATAPATH(BENCH - 1), .BUG(BUG)) bench (.clk(clk));
    end
  endgenerate
endmodule
