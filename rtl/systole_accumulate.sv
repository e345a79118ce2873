// systole_accumulate: adds rows of exact sums to the accumulators, and wraps or saturates once.
module systole_accumulate #(
  parameter integer COLUMNS = 4,
  parameter integer LANES = 4,
  parameter integer PSUM_BITS = 18,
  parameter integer ROW_BITS = 8,
  parameter integer BUG = 0
) (
  input  logic                         clk,
  input  logic                         reset,
  input  logic                         valid,
  input  logic                         last,
  input  logic                         adds,
  input  logic                         saturates,
  input  logic [COLUMNS-1:0]           columns,
  input  logic [COLUMNS*PSUM_BITS-1:0] sums,
  // The old values are read in the clock of the row, the new ones written at the end of the next.
  // verilator lint_off UNUSEDSIGNAL
  input  logic [32*LANES-1:0]          old,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [ROW_BITS-1:0]          row,
  output logic [4*LANES-1:0]           write_strobe,
  output logic [ROW_BITS-1:0]          write_row,
  output logic [32*LANES-1:0]          write_data,
  output logic                         done
);
  logic                         writes, adds_held, saturates_held;
  logic [COLUMNS-1:0]           columns_held;
  logic [COLUMNS*PSUM_BITS-1:0] sums_held;
  always_ff @(posedge clk) begin
    writes <= valid && !reset;
    done <= valid && last && !reset;
    adds_held <= adds;
    saturates_held <= saturates;
    columns_held <= columns;
    sums_held <= sums;
    write_row <= row;
  end

  genvar c;
  generate
    for (c = 0; c < LANES; c = c + 1) begin : lane
      if (c < COLUMNS) begin : column
        logic [32:0] start_value, total;
        logic        overflows;
        assign start_value = adds_held || BUG == 16 ? {old[32*c+31], old[32*c +: 32]} : '0;
        assign total = start_value + {{(33-PSUM_BITS){sums_held[c*PSUM_BITS + PSUM_BITS-1]}}, sums_held[c*PSUM_BITS +: PSUM_BITS]};
        assign overflows = total[32] != total[31];
        assign write_data[32*c +: 32] = overflows && saturates_held && BUG != 17 ? {total[32], {31{!total[32]}}} : total[31:0];
        assign write_strobe[4*c +: 4] = {4{writes && (columns_held[c] || BUG == 18)}};
      end else begin : none
        assign write_data[32*c +: 32] = '0;
        assign write_strobe[4*c +: 4] = '0;
      end
    end
  endgenerate
endmodule
