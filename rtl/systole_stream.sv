// systole_stream: mm and mdw: reads the rows of activations, and says of each where its sums go.
module systole_stream #(
  parameter integer ROWS = 4,
  parameter integer COLUMNS = 4,
  parameter integer WIDTH = 4,
  parameter integer ADDRESS_BITS = 14,
  parameter integer DIM_BITS = 15,
  parameter integer BUG = 0
) (
  input  logic                                          clk,
  input  logic                                          reset,
  input  logic                                          start,
  output logic                                          ready,
  output logic                                          busy,
  input  logic [2:0]                                    row_axes,
  input  logic                                          depthwise,
  input  logic                                          adds,
  input  logic                                          saturates,
  // Array rows with weights, and columns of the accumulators.
  input  logic [ROWS-1:0]                               live_rows,
  input  logic [COLUMNS-1:0]                            columns,
  input  logic [2:0]                                    a_rank,
  input  logic [ADDRESS_BITS-1:0]                       a_base,
  input  logic [systole_isa::RANK_MAX*DIM_BITS-1:0]     a_dims,
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] a_strides,
  input  logic [2:0]                                    d_rank,
  input  logic [ADDRESS_BITS-1:0]                       d_base,
  input  logic [systole_isa::RANK_MAX*DIM_BITS-1:0]     d_dims,
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] d_strides,
  output logic [ADDRESS_BITS-1:0]                       read_address,
  input  logic [8*WIDTH-1:0]                            read_data,
  // A row for the array, and with it {last of the instruction, adds, saturates, columns, address of the accumulators}.
  output logic                                          row_valid,
  output logic                                          row_first,
  output logic [ROWS-1:0]                               row_live,
  output logic [8*ROWS-1:0]                             row,
  output logic [ADDRESS_BITS+COLUMNS+2:0]               row_tag
);
  localparam integer RANK = systole_isa::RANK_MAX;

  logic                 reads_row, reads_last;
  logic [$clog2(WIDTH):0] pass;
  // verilator lint_off UNUSEDSIGNAL
  logic [8*WIDTH-1:0]   bytes;
  // verilator lint_on UNUSEDSIGNAL
  systole_rows #(.WIDTH(WIDTH), .ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(DIM_BITS), .BUG(BUG)) rows (
    .clk(clk), .reset(reset), .start(start), .ready(ready), .row_axes(row_axes), .depthwise(depthwise), .rank(a_rank), .base(a_base), .dims(a_dims), .strides(a_strides),
    .reads(busy), .reads_row(reads_row), .reads_last(reads_last), .pass(pass), .read_address(read_address), .read_data(read_data), .row_valid(row_valid), .row(bytes)
  );
  assign row = bytes[8*ROWS-1:0];

  // The accumulators are walked by rows, again for each pass.
  logic [RANK*DIM_BITS-1:0] d_walked;
  logic [ADDRESS_BITS-1:0]  d_address;
  // verilator lint_off UNUSEDSIGNAL
  logic [RANK-1:0]          d_end;
  // verilator lint_on UNUSEDSIGNAL
  systole_address #(.ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(DIM_BITS), .BUG(BUG)) walk (
    .clk(clk), .start(start), .base(d_base), .dims(d_walked), .strides(d_strides), .step(reads_row), .advance({ADDRESS_BITS{1'b0}}), .address(d_address), .at_end(d_end)
  );

  logic               first, one_column, adds_held, saturates_held;
  logic [ROWS-1:0]    live_held;
  logic [COLUMNS-1:0] columns_held, of_pass;
  always_ff @(posedge clk) begin
    if (start) {one_column, adds_held, saturates_held, live_held, columns_held} <= {depthwise, adds, saturates, live_rows, columns};
    if (start || reads_row) first <= start;
    row_first <= reads_row && (BUG == 13 ? !first && pass == '0 : first);
    row_live <= live_held;
    row_tag <= {reads_last, adds_held, saturates_held || BUG == 14, of_pass, d_address};
  end

  genvar i;
  generate
    for (i = 0; i < RANK; i = i + 1) begin : axis
      assign d_walked[i*DIM_BITS +: DIM_BITS] = d_rank == 3'(i + 1) ? 'd1 : d_dims[i*DIM_BITS +: DIM_BITS];
    end
    for (i = 0; i < COLUMNS; i = i + 1) begin : column
      assign of_pass[i] = columns_held[i] && (!one_column || pass == ($clog2(WIDTH)+1)'(i) || BUG == 15);
    end
  endgenerate

`ifdef SYSTOLE_CONTRACT
  // What legal instructions guarantee: proofs of `systole bundle score` assume it, `make contract` asserts it.
  localparam integer ROW_LOW = $clog2(4 * systole_profile::LANES);
  integer n;
  always @* if (start) begin
    `SYSTOLE_CONTRACT(d_base[ROW_LOW-1:0] == '0 && d_dims[(RANK-1)*DIM_BITS +: DIM_BITS] <= DIM_BITS'(COLUMNS) && live_rows[0]);
    for (n = 0; n < RANK; n = n + 1)
      `SYSTOLE_CONTRACT(d_dims[n*DIM_BITS +: DIM_BITS] != '0 && (d_dims[n*DIM_BITS +: DIM_BITS] <= DIM_BITS'(systole_profile::M_MAX) || d_dims[n*DIM_BITS +: DIM_BITS] <= DIM_BITS'(COLUMNS)) && (d_walked[n*DIM_BITS +: DIM_BITS] == DIM_BITS'(1) || d_strides[n*ADDRESS_BITS +: ROW_LOW] == '0));
  end
`endif
endmodule
