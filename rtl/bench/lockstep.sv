// lockstep: the matrix unit in step with the engine, which says what it is given and holds it to what it does.
//
// The engine runs the program ahead of the design. Instructions of the matrix unit go to the design as commands, as soon as what they
// need of other units is done; what other units write goes through the memory port, as soon as the order of the program allows.
`ifdef VERILATOR
`define SYSTOLE(name) systole_pkg::systole_sim_``name
`else
`define SYSTOLE(name) $systole_sim_``name
`endif
module lockstep #(
  parameter integer BUG = 0
) (
  input logic clk
);
  localparam integer LANES = systole_profile::LANES;
  localparam integer MXU = systole_isa::UNIT_MXU;
  logic                reset, mem_valid, mem_ready, mem_write, cmd_valid, cmd_ready, cmd_last, write_valid, retire_valid, idle;
  logic [2:0]          mem_space, write_space;
  logic [3:0]          mem_strobe;
  logic [31:0]         mem_address, mem_wdata, mem_rdata, cmd_data, write_address, retire_order;
  logic [32*LANES-1:0] write_data;
  logic [4*LANES-1:0]  write_strobe;

  systole_matrix #(.BUG(BUG)) matrix (
    .clk(clk), .reset(reset), .mem_valid(mem_valid), .mem_ready(mem_ready), .mem_write(mem_write), .mem_space(mem_space), .mem_address(mem_address),
    .mem_wdata(mem_wdata), .mem_strobe(mem_strobe), .mem_rdata(mem_rdata), .cmd_valid(cmd_valid), .cmd_ready(cmd_ready), .cmd_data(cmd_data), .cmd_last(cmd_last),
    .write_valid(write_valid), .write_space(write_space), .write_address(write_address), .write_data(write_data), .write_strobe(write_strobe),
    .retire_valid(retire_valid), .retire_order(retire_order), .idle(idle)
  );
  assign mem_write = 1'b1;

  string profile_path, program_path;
  integer handle, mode, seed, delay, timeout, cycles, quiet_cycles, wrong, lane;

  initial begin
    if (!$value$plusargs("profile=%s", profile_path)) profile_path = "systole-int8.bin";
    if (!$value$plusargs("program=%s", program_path)) program_path = "program.bin";
    if (!$value$plusargs("mode=%d", mode)) mode = 2;
    if (!$value$plusargs("seed=%d", seed)) seed = 0;
    if (!$value$plusargs("delay=%d", delay)) delay = 0;
    if (!$value$plusargs("timeout=%d", timeout)) timeout = 100000;
    handle = `SYSTOLE(open)(profile_path, program_path, mode, MXU, seed, delay);
    if (handle == 0) $fatal(1, "lockstep: there is no reference");
    wrong = 0;
    if ($test$plusargs("digests")) wrong = `SYSTOLE(digests)(handle);
    if (wrong != 0) $fatal(1, "lockstep: the reference makes no digest");
    cycles = 0;
    quiet_cycles = 0;
    reset = 1'b1;
    mem_valid = 1'b0;
    cmd_valid = 1'b0;
  end

  always @(posedge clk) begin
    cycles = cycles + 1;
    quiet_cycles = quiet_cycles + 1;
    if (cycles == 4) reset <= 1'b0;
    if (cycles > 4) begin
      // What the design did: writes, then the retirement that they belong to.
      wrong = 0;
      if (write_valid && mode != 0)
        for (lane = 0; lane < LANES; lane = lane + 1)
          if (write_strobe[4*lane +: 4] != 4'd0 && wrong == 0)
            wrong = `SYSTOLE(wrote)(handle, {29'd0, write_space}, write_address + 4 * lane, write_data[32*lane +: 32], {28'd0, write_strobe[4*lane +: 4]});
      if (retire_valid) begin
        quiet_cycles = 0;
        if (wrong == 0) wrong = `SYSTOLE(retired)(handle, retire_order);
      end
      if (wrong != 0) $fatal(1, "FAIL cycle=%0d", cycles);
      // What it took, and what it is offered.
      if (cmd_valid && cmd_ready) wrong = `SYSTOLE(command_taken)(handle);
      if (mem_valid && mem_ready) begin
        quiet_cycles = 0;
        wrong = `SYSTOLE(port_taken)(handle);
      end
      if (`SYSTOLE(clock)(handle) == 0) begin
        wrong = `SYSTOLE(finish)(handle);
        if (wrong != 0) $fatal(1, "FAIL cycle=%0d", cycles);
        $display("PASS instructions=%0d cycles=%0d", `SYSTOLE(count)(handle), cycles);
        wrong = `SYSTOLE(close)(handle);
        $finish;
      end
      else if (quiet_cycles > timeout) begin
        wrong = `SYSTOLE(finish)(handle);
        $fatal(1, "FAIL cycle=%0d: nothing has retired for %0d clocks", cycles, timeout);
      end
      cmd_valid <= `SYSTOLE(command)(handle) != 0;
      cmd_data <= `SYSTOLE(command_data)(handle);
      cmd_last <= `SYSTOLE(command_last)(handle) != 0;
      mem_valid <= `SYSTOLE(port)(handle) != 0;
      mem_space <= `SYSTOLE(port_space)(handle);
      mem_address <= `SYSTOLE(port_address)(handle);
      mem_wdata <= `SYSTOLE(port_data)(handle);
      mem_strobe <= `SYSTOLE(port_strobe)(handle);
    end
  end
endmodule
