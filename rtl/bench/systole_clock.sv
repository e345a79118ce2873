// systole_clock: a clock for the bench where the simulator has time of its own.
module systole_clock #(
  parameter integer BUG = 0
);
  logic clk;
  initial clk = 1'b0;
  always #1 clk = !clk;
  systole_bench #(.BUG(BUG)) bench (.clk(clk));
endmodule
