// lockstep_icarus: the lock-step bench with a clock of its own, for simulators that load the reference through VPI.
module lockstep_icarus #(
  parameter integer BUG = 0
);
  logic clk;
  initial clk = 1'b0;
  always #1 clk = !clk;
  lockstep #(.BUG(BUG)) bench (.clk(clk));
endmodule
