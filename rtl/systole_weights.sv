// systole_weights: the weight slots: wload fills one from memory, the shadow registers of the array are filled from another.
module systole_weights #(
  parameter integer ROWS = 4,
  parameter integer COLUMNS = 4,
  parameter integer SLOTS = 2,
  parameter integer SLOT_BITS = 1,
  parameter integer WIDTH = 4,
  parameter integer ADDRESS_BITS = 14,
  parameter integer DIM_BITS = 15,
  parameter integer BUG = 0
) (
  input  logic                                          clk,
  input  logic                                          reset,
  // The slot of the instruction at hand, and, for waves, the array rows that its weights have.
  input  logic [SLOT_BITS-1:0]                          slot,
  output logic [ROWS-1:0]                               slot_rows,
  // wload: the leading dims are rows, the last one is columns.
  input  logic                                          start,
  output logic                                          busy,
  output logic                                          done,
  input  logic [2:0]                                    rank,
  input  logic [ADDRESS_BITS-1:0]                       base,
  input  logic [systole_isa::RANK_MAX*DIM_BITS-1:0]     dims,
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] strides,
  output logic                                          reads,
  output logic [ADDRESS_BITS-1:0]                       read_address,
  input  logic [8*WIDTH-1:0]                            read_data,
  // A tile goes to the array in ROWS clocks, this one the first; `loads_left` are to come after this clock. Rows that the slot does not have are not live.
  input  logic                                          load_start,
  output logic                                          load,
  output logic                                          load_live,
  output logic [8*COLUMNS-1:0]                          load_weights,
  output logic [$clog2(ROWS+1)-1:0]                     loads_left
);
  localparam integer COUNT_BITS = $clog2(ROWS + 1);
  localparam integer INDEX_BITS = $clog2(SLOTS * ROWS);
  localparam [COUNT_BITS-1:0] ALL_ROWS = COUNT_BITS'(ROWS);

  // Rows from memory. A row is read, arrives one clock later, and is in its slot after that.
  logic                 row_valid, last_read, arrives;
  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] row_strides;
  // verilator lint_off UNUSEDSIGNAL
  logic [8*WIDTH-1:0]   row;
  logic                 ready, reads_row;
  logic [$clog2(WIDTH):0] pass;
  // verilator lint_on UNUSEDSIGNAL
  systole_rows #(.WIDTH(WIDTH), .ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(DIM_BITS), .INDEX_BITS($clog2(WIDTH)), .PASSES(0), .BUG(BUG)) rows (
    .clk(clk), .reset(reset), .start(start), .ready(ready), .row_axes(rank - 3'd1), .depthwise(1'b0), .rank(rank), .base(base), .dims(dims), .strides(row_strides),
    .reads(reads), .reads_row(reads_row), .reads_last(last_read), .pass(pass), .read_address(read_address), .read_data(read_data), .row_valid(row_valid), .row(row)
  );
  generate
    if (BUG == 39) begin : exchanged
      assign row_strides = {strides[2*ADDRESS_BITS +: 3*ADDRESS_BITS], strides[0 +: ADDRESS_BITS], strides[ADDRESS_BITS +: ADDRESS_BITS]};
    end else begin : straight
      assign row_strides = strides;
    end
  endgenerate
  assign busy = reads || arrives;
  assign done = arrives;
  always_ff @(posedge clk) arrives <= last_read && !reset;

  logic [SLOT_BITS-1:0]       filled;
  logic [COUNT_BITS-1:0]      count;
  logic [COUNT_BITS-1:0]      depths [0:SLOTS-1];
  logic [8*COLUMNS-1:0]       weights [0:SLOTS*ROWS-1];
  always_ff @(posedge clk) begin
    if (start) begin
      filled <= slot;
      count <= '0;
    end else if (row_valid) begin
      count <= count + 1'b1;
    end
    if (row_valid) depths[filled] <= count + 1'b1;
    if (row_valid) weights[index_of(filled, count)] <= row[8*COLUMNS-1:0];
  end

  // Rows to the array, the lowest first. What a slot has from before beyond its own rows and columns goes too: such rows are not live, and
  // what such columns add up is not written.
  logic [SLOT_BITS-1:0]  asked, loaded, loaded_held;
  logic [COUNT_BITS-1:0] entering;
  assign load = load_start || loads_left != '0;
  assign entering = (load_start ? ALL_ROWS : loads_left) - 1'b1;
  assign asked = BUG == 11 ? '0 : slot;
  assign loaded = load_start ? asked : loaded_held;
  assign load_weights = weights[index_of(loaded, entering)];
  assign load_live = entering < depths[loaded] || BUG == 12;
  always_ff @(posedge clk) begin
    loaded_held <= loaded;
    if (reset) loads_left <= '0;
    else if (load) loads_left <= entering;
  end

  genvar r;
  generate
    for (r = 0; r < ROWS; r = r + 1) begin : array_row
`ifdef SYNTHESIS
      assign slot_rows[r] = 1'b1;
`else
      assign slot_rows[r] = COUNT_BITS'(r) < depths[asked];
`endif
    end
  endgenerate

  function automatic [INDEX_BITS-1:0] index_of(input [SLOT_BITS-1:0] of, input [COUNT_BITS-1:0] row_index);
    index_of = INDEX_BITS'(of) * INDEX_BITS'(ROWS) + INDEX_BITS'(row_index);
  endfunction
endmodule
