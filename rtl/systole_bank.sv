// systole_bank: one bank of a memory, a byte in each row: what a team replaces by a macro of its process.
module systole_bank #(
  parameter integer ROWS = 4096,
  parameter integer READS = 1,
  parameter integer BUG = 0
) (
  input  logic                          clk,
  input  logic                          write,
  input  logic [$clog2(ROWS)-1:0]       write_row,
  input  logic [7:0]                    write_data,
  input  logic [READS*$clog2(ROWS)-1:0] read_rows,
  // One clock later, with what was written at the edge between.
  output logic [READS*8-1:0]            read_data
);
  localparam integer ROW_BITS = $clog2(ROWS);

  logic [7:0]                bytes [0:ROWS-1];
  logic [READS*ROW_BITS-1:0] rows;
  always_ff @(posedge clk) begin
    if (write) bytes[write_row] <= write_data;
    rows <= read_rows;
  end

  genvar i;
  generate
    for (i = 0; i < READS; i = i + 1) begin : read
      if (BUG == 5) begin : stale
        logic [7:0] old_byte;
        always_ff @(posedge clk) old_byte <= bytes[read_rows[i*ROW_BITS +: ROW_BITS]];
        assign read_data[8*i +: 8] = old_byte;
      end else begin : current
        assign read_data[8*i +: 8] = bytes[rows[i*ROW_BITS +: ROW_BITS]];
      end
    end
  endgenerate
endmodule
