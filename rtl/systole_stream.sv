// systole_stream: mm and mdw: reads the rows of activations, and says of each where its sums go.
module systole_stream #(
  parameter integer ROWS = 4,
  parameter integer COLUMNS = 4,
  parameter integer WIDTH = 4,
  parameter integer ADDRESS_BITS = 14,
  // Of dims of A and D; of an index of either; of a row of the accumulators.
  parameter integer A_DIM_BITS = 9,
  parameter integer D_DIM_BITS = 15,
  parameter integer INDEX_BITS = 8,
  parameter integer ROW_BITS = 8,
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
  // Array rows with weights, for waves, and columns of the accumulators.
  input  logic [ROWS-1:0]                               live_rows,
  input  logic [COLUMNS-1:0]                            columns,
  input  logic [2:0]                                    a_rank,
  input  logic [ADDRESS_BITS-1:0]                       a_base,
  input  logic [systole_isa::RANK_MAX*A_DIM_BITS-1:0]   a_dims,
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] a_strides,
  input  logic [2:0]                                    d_rank,
  // In rows, without the last dim of five, which cannot be one of rows.
  input  logic [ROW_BITS-1:0]                               d_base,
  input  logic [(systole_isa::RANK_MAX-1)*D_DIM_BITS-1:0]   d_dims,
  input  logic [(systole_isa::RANK_MAX-1)*ROW_BITS-1:0]     d_strides,
  output logic [ADDRESS_BITS-1:0]                       read_address,
  input  logic [8*WIDTH-1:0]                            read_data,
  // A row for the array, and with it {last of the instruction, adds, saturates, columns, row of the accumulators}.
  output logic                                          row_valid,
  output logic                                          row_first,
  output logic [ROWS-1:0]                               row_live,
  output logic [8*ROWS-1:0]                             row,
  output logic [ROW_BITS+COLUMNS+2:0]                   row_tag
);
  localparam integer AXES = systole_isa::RANK_MAX - 1;

  logic                 reads_row, reads_last;
  logic [$clog2(WIDTH):0] pass;
  // verilator lint_off UNUSEDSIGNAL
  logic [8*WIDTH-1:0]   bytes;
  // verilator lint_on UNUSEDSIGNAL
  systole_rows #(.WIDTH(WIDTH), .ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(A_DIM_BITS), .INDEX_BITS(INDEX_BITS), .BUG(BUG)) rows (
    .clk(clk), .reset(reset), .start(start), .ready(ready), .row_axes(row_axes), .depthwise(depthwise), .rank(a_rank), .base(a_base), .dims(a_dims), .strides(a_strides),
    .reads(busy), .reads_row(reads_row), .reads_last(reads_last), .pass(pass), .read_address(read_address), .read_data(read_data), .row_valid(row_valid), .row(bytes)
  );
  assign row = bytes[8*ROWS-1:0];

  // The accumulators are walked by rows, again for each pass.
  logic [AXES*D_DIM_BITS-1:0] d_walked;
  logic [ROW_BITS-1:0]        d_row;
  // verilator lint_off UNUSEDSIGNAL
  logic [AXES-1:0]            d_end;
  // verilator lint_on UNUSEDSIGNAL
  systole_address #(.AXES(AXES), .ADDRESS_BITS(ROW_BITS), .DIM_BITS(D_DIM_BITS), .INDEX_BITS(INDEX_BITS), .REPEATS(1), .BUG(BUG)) walk (
    .clk(clk), .start(start), .base(d_base), .dims(d_walked), .strides(d_strides), .step(reads_row), .advance({ROW_BITS{1'b0}}), .address(d_row), .at_end(d_end)
  );

  logic               first, one_column, adds_held, saturates_held;
  logic [ROWS-1:0]    live_held;
  // verilator lint_off UNUSEDSIGNAL
  logic [COLUMNS-1:0] columns_held;
  // verilator lint_on UNUSEDSIGNAL
  logic [COLUMNS-1:0] of_pass;
  always_ff @(posedge clk) begin
    if (start) {one_column, adds_held, saturates_held, live_held, columns_held} <= {depthwise, adds, saturates, live_rows, columns};
    if (start || reads_row) first <= start;
    row_first <= reads_row && (BUG == 13 ? !first && pass == '0 : first);
    row_live <= live_held;
    row_tag <= {reads_last, adds_held, saturates_held || BUG == 14, of_pass, d_row};
  end

  genvar i;
  generate
    for (i = 0; i < AXES; i = i + 1) begin : axis
      assign d_walked[i*D_DIM_BITS +: D_DIM_BITS] = d_rank == 3'(i + 1) ? 'd1 : d_dims[i*D_DIM_BITS +: D_DIM_BITS];
    end
    // What has no column has no element, and does nothing; the first pass is that of the first column, or of all.
    for (i = 0; i < COLUMNS; i = i + 1) begin : column
      if (i == 0) begin : always_there
        assign of_pass[i] = pass == '0 || BUG == 15;
      end else begin : other
        assign of_pass[i] = columns_held[i] && (!one_column || pass == ($clog2(WIDTH)+1)'(i) || BUG == 15);
      end
    end
  endgenerate

`ifdef SYSTOLE_CONTRACT
  // What legal instructions guarantee: proofs of `systole bundle score` assume it, `make contract` asserts it.
  integer n, k;
  always @* if (start) begin
    for (n = 0; n < AXES; n = n + 1) for (k = 0; k < AXES; k = k + 1)
      if (n != k) `SYSTOLE_CONTRACT(d_walked[n*D_DIM_BITS +: D_DIM_BITS] == D_DIM_BITS'(1) || d_walked[k*D_DIM_BITS +: D_DIM_BITS] <= D_DIM_BITS'(systole_profile::M_MAX / 2));
    for (n = 0; n < AXES; n = n + 1)
      `SYSTOLE_CONTRACT(d_walked[n*D_DIM_BITS +: D_DIM_BITS] != '0 && d_walked[n*D_DIM_BITS +: D_DIM_BITS] <= D_DIM_BITS'(systole_profile::M_MAX));
  end
`endif
endmodule
