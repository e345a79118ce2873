// systole_bench: the player of bundles and the matrix unit, connected.
module systole_bench #(
  parameter integer BUG = 0
) (
  input logic clk
);
  localparam integer LANES = systole_profile::LANES;
  logic                reset, mem_valid, mem_ready, mem_write, cmd_valid, cmd_ready, cmd_last, write_valid, retire_valid, idle;
  logic [2:0]          mem_space, write_space;
  logic [3:0]          mem_strobe;
  logic [31:0]         mem_address, mem_wdata, mem_rdata, cmd_data, write_address, retire_order;
  logic [32*LANES-1:0] write_data;
  logic [4*LANES-1:0]  write_strobe;

  systole_player player (
    .clk(clk), .reset(reset), .mem_valid(mem_valid), .mem_ready(mem_ready), .mem_write(mem_write), .mem_space(mem_space), .mem_address(mem_address),
    .mem_wdata(mem_wdata), .mem_strobe(mem_strobe), .mem_rdata(mem_rdata), .cmd_valid(cmd_valid), .cmd_ready(cmd_ready), .cmd_data(cmd_data), .cmd_last(cmd_last),
    .write_valid(write_valid), .write_space(write_space), .write_address(write_address), .write_data(write_data), .write_strobe(write_strobe),
    .retire_valid(retire_valid), .retire_order(retire_order), .idle(idle)
  );
`ifdef MUTANTS
  // One netlist of many faults, of which an input chooses one: systole bundle score.
  logic [15:0] mutant;
  initial if (!$value$plusargs("mutant=%d", mutant)) mutant = 16'd0;
  systole_matrix matrix (
    .mutant(mutant),
`else
  systole_matrix #(.BUG(BUG)) matrix (
`endif
    .clk(clk), .reset(reset), .mem_valid(mem_valid), .mem_ready(mem_ready), .mem_write(mem_write), .mem_space(mem_space), .mem_address(mem_address),
    .mem_wdata(mem_wdata), .mem_strobe(mem_strobe), .mem_rdata(mem_rdata), .cmd_valid(cmd_valid), .cmd_ready(cmd_ready), .cmd_data(cmd_data), .cmd_last(cmd_last),
    .write_valid(write_valid), .write_space(write_space), .write_address(write_address), .write_data(write_data), .write_strobe(write_strobe),
    .retire_valid(retire_valid), .retire_order(retire_order), .idle(idle)
  );
endmodule
