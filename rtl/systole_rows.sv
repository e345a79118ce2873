// systole_rows: reads a tensor of bytes row by row: a row each clock where its elements lie side by side, an element each clock otherwise.
//
// The first `row_axes` dims count rows, the others the elements of a row, at most WIDTH of them. `depthwise`: the last dim is neither; all
// rows are read for its index 0, then for 1, and so on.
module systole_rows #(
  parameter integer WIDTH = 4,
  parameter integer ADDRESS_BITS = 14,
  parameter integer DIM_BITS = 15,
  // An index has so many bits, and none of the elements of a row more than those of WIDTH.
  parameter integer INDEX_BITS = DIM_BITS - 1,
  // 0: never depthwise, and a row is the last dim alone.
  parameter integer PASSES = 1,
  parameter integer BUG = 0
) (
  input  logic                                          clk,
  input  logic                                          reset,
  // Taken when `ready`, which it is in the clock of the last address too: tensors follow one another without a gap.
  input  logic                                          start,
  output logic                                          ready,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [2:0]                                    row_axes,
  input  logic                                          depthwise,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [2:0]                                    rank,
  input  logic [ADDRESS_BITS-1:0]                       base,
  input  logic [systole_isa::RANK_MAX*DIM_BITS-1:0]     dims,
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] strides,
  // An address goes to memory; the one that completes a row, and which pass over the rows it belongs to.
  output logic                                          reads,
  output logic                                          reads_row,
  output logic                                          reads_last,
  output logic [$clog2(WIDTH):0]                        pass,
  output logic [ADDRESS_BITS-1:0]                       read_address,
  // One clock later: WIDTH bytes from there, and with the last ones of a row the row.
  input  logic [8*WIDTH-1:0]                            read_data,
  output logic                                          row_valid,
  output logic [8*WIDTH-1:0]                            row
);
  localparam integer RANK = systole_isa::RANK_MAX;
  localparam integer PLACE_BITS = $clog2(WIDTH) + 1;

  // Which axes make a row, and are they one stretch of bytes: is each stride the number of elements that the axes inside it have?
  logic [RANK-1:0]            in_row, is_pass, fits;
  logic                       contiguous;
  logic [RANK*DIM_BITS-1:0]   walked;
  assign contiguous = &fits;

  genvar i;
  generate
    for (i = 0; i < RANK; i = i + 1) begin : axis
      localparam [2:0] AXIS = i;
      logic [DIM_BITS-1:0]   dim;
      // verilator lint_off UNUSEDSIGNAL
      logic [PLACE_BITS-1:0] inner, elements;
      // verilator lint_on UNUSEDSIGNAL
      assign dim = dims[i*DIM_BITS +: DIM_BITS];
      // The first axis is one of rows.
      assign is_pass[i] = i > 0 && PASSES != 0 && depthwise && AXIS + 3'd1 == rank;
      assign in_row[i] = i > 0 && (PASSES == 0 ? AXIS + 3'd1 == rank : AXIS >= row_axes && !is_pass[i]);
      if (i == RANK - 1 || PASSES == 0) begin : innermost
        assign inner = 'd1;
      end else begin : outer
        assign inner = axis[i+1].elements;
      end
      assign elements = in_row[i] ? inner * dim[PLACE_BITS-1:0] : inner;
      // A row of one axis need not ask: a single element takes a clock in either way.
      assign fits[i] = !in_row[i] || (PASSES != 0 && dim == 'd1)
        || strides[i*ADDRESS_BITS +: ADDRESS_BITS] == {{(ADDRESS_BITS-PLACE_BITS){1'b0}}, inner}
        || (BUG == 8 && AXIS + 3'd1 != rank);
      assign walked[i*DIM_BITS +: DIM_BITS] = is_pass[i] || (in_row[i] && contiguous) ? 'd1 : dim;
    end
  endgenerate

  logic [RANK-1:0]         at_end;
  logic [RANK-2:1]         of_row;
  logic [ADDRESS_BITS-1:0] pass_stride;
  logic                    gathers, ends_pass, ends_passes;
  systole_address #(.ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(DIM_BITS), .INDEX_BITS(INDEX_BITS), .LAST_INDEX_BITS($clog2(WIDTH)), .REPEATS(PASSES), .BUG(BUG)) walk (
    .clk(clk), .start(start), .base(base), .dims(walked), .strides(strides), .step(reads), .advance(pass_stride), .address(read_address), .at_end(at_end)
  );
  // The last axis is never one of rows.
  assign reads_row = reads && at_end[RANK-1] && (&(at_end[RANK-2:1] | ~of_row));
  assign ends_pass = reads && (&at_end);
  assign reads_last = ends_pass && ends_passes;
  assign ready = !reads || reads_last;

  always_ff @(posedge clk) begin
    if (reset) reads <= 1'b0;
    else reads <= start || (reads && !reads_last);
    if (start) begin
      of_row <= in_row[RANK-2:1];
      gathers <= !contiguous;
    end
  end
  generate
    if (PASSES != 0) begin : several
      logic [PLACE_BITS-1:0] last_pass;
      assign ends_passes = pass == last_pass;
      always_ff @(posedge clk) begin
        if (start) begin
          pass <= '0;
          last_pass <= depthwise ? last_dim_of(dims, is_pass) - 1'b1 : '0;
          pass_stride <= last_stride_of(strides, is_pass);
        end else if (ends_pass) begin
          pass <= pass + 1'b1;
        end
      end
    end else begin : only_one
      assign {pass, pass_stride, ends_passes} = {{(PLACE_BITS+ADDRESS_BITS){1'b0}}, 1'b1};
    end
  endgenerate

  // The elements of a row that are there already, and the place of the next one. The last element goes straight on.
  logic [PLACE_BITS-1:0]    place, place_read;
  logic [8*(WIDTH-1)-1:0]   gathered;
  logic [8*WIDTH-1:0]       with_next;
  logic                     gathers_read;
  assign row = gathers_read ? (BUG == 9 ? {8'd0, gathered} : with_next) : read_data;
  always_ff @(posedge clk) begin
    row_valid <= reads_row && !reset;
    gathers_read <= gathers;
    place_read <= place;
    place <= start || reads_row ? '0 : place + 1'b1;
    gathered <= with_next[8*(WIDTH-1)-1:0];
  end
  generate
    for (i = 0; i < WIDTH - 1; i = i + 1) begin : element
      localparam [PLACE_BITS-1:0] PLACE = i;
      assign with_next[8*i +: 8] = place_read == PLACE ? read_data[7:0] : gathered[8*i +: 8];
    end
    assign with_next[8*(WIDTH-1) +: 8] = read_data[7:0];
  endgenerate

  function automatic [PLACE_BITS-1:0] last_dim_of(input [RANK*DIM_BITS-1:0] all, input [RANK-1:0] last);
    integer k;
    last_dim_of = '0;
    for (k = 0; k < RANK; k = k + 1) if (last[k]) last_dim_of = all[k*DIM_BITS +: PLACE_BITS];
  endfunction
  function automatic [ADDRESS_BITS-1:0] last_stride_of(input [RANK*ADDRESS_BITS-1:0] all, input [RANK-1:0] last);
    integer k;
    last_stride_of = '0;
    for (k = 0; k < RANK; k = k + 1) if (last[k]) last_stride_of = all[k*ADDRESS_BITS +: ADDRESS_BITS];
  endfunction

`ifdef SYSTOLE_CONTRACT
  // What legal instructions guarantee: proofs of `systole bundle score` assume it, `make contract` asserts it.
  integer n, k;
  logic [31:0] in_a_row;
  always @* begin
    in_a_row = 32'd1;
    for (n = 0; n < RANK; n = n + 1) if (in_row[n]) in_a_row = in_a_row * dims[n*DIM_BITS +: PLACE_BITS];
  end
  always @* if (start) begin
    for (n = 0; n < RANK; n = n + 1)
      `SYSTOLE_CONTRACT(dims[n*DIM_BITS +: DIM_BITS] != '0 && (!(in_row[n] || is_pass[n]) || dims[n*DIM_BITS +: DIM_BITS] <= DIM_BITS'(WIDTH)));
    for (n = 0; n < RANK; n = n + 1) `SYSTOLE_CONTRACT(dims[n*DIM_BITS +: DIM_BITS] <= DIM_BITS'(1 << INDEX_BITS));
    // All rows together are what an axis may have.
    for (n = 0; n < RANK; n = n + 1) for (k = 0; k < RANK; k = k + 1)
      if (n != k && 3'(n) < row_axes && 3'(k) < row_axes) `SYSTOLE_CONTRACT(dims[n*DIM_BITS +: DIM_BITS] == DIM_BITS'(1) || dims[k*DIM_BITS +: DIM_BITS] <= DIM_BITS'((1 << INDEX_BITS) / 2));
    `SYSTOLE_CONTRACT(in_a_row <= WIDTH && rank >= 3'd1 && rank <= 3'(RANK) && row_axes >= 3'd1 && row_axes < rank && (!depthwise || row_axes < rank - 3'd1));
  end
`endif
endmodule
