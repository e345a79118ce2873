// systole_memory: bytes in banks, so that WIDTH consecutive ones are read in one clock from any address.
module systole_memory #(
  parameter integer BYTES = 16384,
  // Bytes of an access, a power of two of at least 4.
  parameter integer WIDTH = 4,
  parameter integer READS = 1,
  // 0: what is looked at of an access lies in one row.
  parameter integer CROSSES = 1,
  parameter integer ADDRESS_BITS = 14,
  parameter integer BUG = 0
) (
  input  logic                          clk,
  // Writes go to whole rows of WIDTH bytes: the low bits of the address are not looked at.
  input  logic [WIDTH-1:0]              write_strobe,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [ADDRESS_BITS-1:0]       write_address,
  input  logic [8*WIDTH-1:0]            write_data,
  input  logic [READS*ADDRESS_BITS-1:0] read_address,
  // verilator lint_on UNUSEDSIGNAL
  // One clock later, with what was written at the edge between.
  output logic [READS*8*WIDTH-1:0]      read_data
);
  localparam integer LOW = $clog2(WIDTH);
  localparam integer ROWS = BYTES / WIDTH;
  localparam integer ROW_BITS = $clog2(ROWS);

  logic [READS*8*WIDTH-1:0] bank_data;
  logic [READS*LOW-1:0]     first, next_first;
  always_ff @(posedge clk) first <= next_first;

  genvar b, i;
  generate
    for (i = 0; i < READS; i = i + 1) begin : port
      assign next_first[i*LOW +: LOW] = read_address[i*ADDRESS_BITS +: LOW];
      // Bank `first` has the byte of the address itself; the banks turn until it is the lowest.
      // verilator lint_off UNUSEDSIGNAL
      logic [16*WIDTH-1:0] turned;
      // verilator lint_on UNUSEDSIGNAL
      assign turned = {2{bank_data[i*8*WIDTH +: 8*WIDTH]}} >> {first[i*LOW +: LOW], 3'b000};
      assign read_data[i*8*WIDTH +: 8*WIDTH] = turned[8*WIDTH-1:0];
      // Banks below the first byte hold the end of the access, in the next row.
      logic [WIDTH-1:0] in_next_row;
      assign in_next_row = CROSSES == 0 || BUG == 4 ? '0 : ~({WIDTH{1'b1}} << read_address[i*ADDRESS_BITS +: LOW]);
    end

    for (b = 0; b < WIDTH; b = b + 1) begin : bank
      logic [READS*ROW_BITS-1:0] rows;
      logic [READS*8-1:0]        bytes;
      systole_bank #(.ROWS(ROWS), .READS(READS), .BUG(BUG)) bytes_of_row (
        .clk(clk), .write(write_strobe[b]), .write_row(write_address[LOW +: ROW_BITS]), .write_data(write_data[8*b +: 8]), .read_rows(rows), .read_data(bytes)
      );
      for (i = 0; i < READS; i = i + 1) begin : read
        assign rows[i*ROW_BITS +: ROW_BITS] = read_address[i*ADDRESS_BITS + LOW +: ROW_BITS] + {{(ROW_BITS-1){1'b0}}, port[i].in_next_row[b]};
        assign bank_data[(i*WIDTH+b)*8 +: 8] = bytes[8*i +: 8];
      end
    end
  endgenerate
endmodule
