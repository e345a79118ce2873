// systole_observed: what the outside of the matrix unit takes notice of, as the outermost module of proofs: outputs while they mean something.
module systole_observed #(
  parameter integer LANES = systole_profile::LANES
) (
  input  logic                clk,
  input  logic                reset,
  input  logic                mem_valid,
  output logic                mem_taken,
  input  logic                mem_write,
  input  logic [2:0]          mem_space,
  input  logic [31:0]         mem_address,
  input  logic [31:0]         mem_wdata,
  input  logic [3:0]          mem_strobe,
  output logic [31:0]         mem_read,
  input  logic                cmd_valid,
  output logic                cmd_taken,
  input  logic [31:0]         cmd_data,
  input  logic                cmd_last,
  output logic                write_valid,
  output logic [2:0]          written_space,
  output logic [31:0]         written_address,
  output logic [32*LANES-1:0] written_data,
  output logic [4*LANES-1:0]  written_strobe,
  output logic                retire_valid,
  output logic [31:0]         retired_order,
  output logic                idle
);
  logic                mem_ready, cmd_ready, reads;
  logic [2:0]          write_space;
  logic [31:0]         mem_rdata, write_address, retire_order;
  logic [32*LANES-1:0] write_data;
  logic [4*LANES-1:0]  write_strobe;
  systole_matrix unit (
    .clk(clk), .reset(reset), .mem_valid(mem_valid), .mem_ready(mem_ready), .mem_write(mem_write), .mem_space(mem_space), .mem_address(mem_address), .mem_wdata(mem_wdata),
    .mem_strobe(mem_strobe), .mem_rdata(mem_rdata), .cmd_valid(cmd_valid), .cmd_ready(cmd_ready), .cmd_data(cmd_data), .cmd_last(cmd_last), .write_valid(write_valid),
    .write_space(write_space), .write_address(write_address), .write_data(write_data), .write_strobe(write_strobe), .retire_valid(retire_valid), .retire_order(retire_order), .idle(idle)
  );
  always_ff @(posedge clk) reads <= mem_taken && !mem_write;
  assign mem_taken = mem_valid && mem_ready;
  assign mem_read = reads ? mem_rdata : '0;
  assign cmd_taken = cmd_valid && cmd_ready;
  assign written_space = write_valid ? write_space : '0;
  assign written_address = write_valid ? write_address : '0;
  assign written_strobe = write_valid ? write_strobe : '0;
  assign retired_order = retire_valid ? retire_order : '0;
  genvar i;
  generate
    for (i = 0; i < 4 * LANES; i = i + 1) begin : lane
      assign written_data[8*i +: 8] = written_strobe[i] ? write_data[8*i +: 8] : '0;
    end
  endgenerate
endmodule
