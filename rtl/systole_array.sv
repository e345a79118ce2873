// systole_array: the weight-stationary array with its skew and deskew: rows of activations in, rows of sums out.
//
// A row that is valid at edge e enters array row r at edge e + r, and its sum of column c is in register p of the lowest PE after edge
// e + ROWS - 1 + c. `out_row` holds the whole row after edge e + ROWS + COLUMNS - 2, `out_tag` what came with it.
module systole_array #(
  parameter integer ROWS = 4,
  parameter integer COLUMNS = 4,
  // 0: 8-bit integers. 1: bf16 into fp32.
  parameter integer DATAPATH = 0,
  parameter integer OPERAND_BITS = DATAPATH == 1 ? 16 : 8,
  parameter integer PSUM_BITS = DATAPATH == 1 ? 32 : 16 + $clog2(ROWS),
  // 0: sums begin with zeroes.
  parameter integer INITIAL = 1,
  parameter integer TAG_BITS = 1,
  parameter integer BUG = 0
) (
  input  logic                            clk,
  input  logic                            reset,
  // A row of shadow weights enters at the top: that of the lowest array row first, ROWS clocks for a tile.
  input  logic                            load,
  input  logic [COLUMNS*OPERAND_BITS-1:0] load_weights,
  input  logic [COLUMNS-1:0]              load_live,
  // The last PE has taken its shadow weight at the edge that ends this clock: others may be loaded at the same edge.
  output logic                            shadow_taken,
  // `row_first`: the shadow weights count from this row on. `row_live`: the array rows that have an activation. `row_initial`: what the
  // sums begin with.
  input  logic                            row_valid,
  input  logic                            row_first,
  input  logic [ROWS-1:0]                 row_live,
  input  logic [ROWS*OPERAND_BITS-1:0]    row,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [COLUMNS*PSUM_BITS-1:0]    row_initial,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [TAG_BITS-1:0]             row_tag,
  output logic                            out_valid,
  output logic [COLUMNS*PSUM_BITS-1:0]    out_row,
  output logic [TAG_BITS-1:0]             out_tag
);
  localparam integer LATENCY = ROWS + COLUMNS - 1;
  localparam integer LANE_BITS = OPERAND_BITS + 2;

  genvar r, c;
  generate
    for (r = 0; r < ROWS; r = r + 1) begin : skew
      logic [LANE_BITS-1:0] lane;
      systole_delay #(.WIDTH(LANE_BITS), .CLOCKS(BUG == 3 && r == ROWS-1 ? r-1 : r)) delay (
        .clk(clk), .reset(reset), .in({row_valid && row_first, row_valid && row_live[r], row[r*OPERAND_BITS +: OPERAND_BITS]}), .out(lane)
      );
    end

    for (c = 0; c < COLUMNS; c = c + 1) begin : top
      logic [PSUM_BITS-1:0] p;
      if (INITIAL != 0) begin : skewed
        systole_delay #(.WIDTH(PSUM_BITS), .CLOCKS(c)) delay (.clk(clk), .reset(reset), .in(row_initial[c*PSUM_BITS +: PSUM_BITS]), .out(p));
      end else begin : zeroes
        assign p = '0;
      end
    end

    for (r = 0; r < ROWS; r = r + 1) begin : array_row
      for (c = 0; c < COLUMNS; c = c + 1) begin : column
        // What comes from the left and from above, and what leaves. Nothing needs what leaves the last column, and the lowest row of shadow weights.
        logic [OPERAND_BITS-1:0] a_in, s_in;
        logic [PSUM_BITS-1:0]    p_in, p;
        logic                    f_in, v_in, ls_in;
        // verilator lint_off UNUSEDSIGNAL
        logic [OPERAND_BITS-1:0] a, s;
        logic                    f, v, ls;
        // verilator lint_on UNUSEDSIGNAL
        if (c == 0) begin : from_skew
          assign {f_in, v_in, a_in} = skew[r].lane;
        end else begin : from_left
          assign {f_in, v_in, a_in} = {column[c-1].f, column[c-1].v, column[c-1].a};
        end
        if (r == 0) begin : from_top
          assign {ls_in, s_in, p_in} = {load_live[c], load_weights[c*OPERAND_BITS +: OPERAND_BITS], top[c].p};
        end else begin : from_above
          assign {ls_in, s_in, p_in} = {array_row[r-1].column[c].ls, array_row[r-1].column[c].s, array_row[r-1].column[c].p};
        end
        if (DATAPATH == 1) begin : bf16
          systole_pe_bf16 #(.BUG(BUG)) pe (
            .clk(clk), .reset(reset), .load(load), .s_in(s_in), .ls_in(ls_in), .s(s), .ls(ls), .a_in(a_in), .f_in(f_in), .v_in(v_in), .a(a), .f(f), .v(v), .p_in(p_in), .p(p)
          );
        end else begin : int8
          systole_pe #(.OPERAND_BITS(OPERAND_BITS), .PSUM_BITS(PSUM_BITS), .BUG(BUG)) pe (
            .clk(clk), .load(load), .s_in(s_in), .ls_in(ls_in), .s(s), .ls(ls), .a_in(a_in), .f_in(f_in), .v_in(v_in), .a(a), .f(f), .v(v), .p_in(p_in), .p(p)
          );
        end
      end
    end

    for (c = 0; c < COLUMNS; c = c + 1) begin : deskew
      systole_delay #(.WIDTH(PSUM_BITS), .CLOCKS(COLUMNS-1-c)) delay (.clk(clk), .reset(reset), .in(array_row[ROWS-1].column[c].p), .out(out_row[c*PSUM_BITS +: PSUM_BITS]));
    end
  endgenerate
  assign shadow_taken = array_row[ROWS-1].column[COLUMNS-1].f_in;

  systole_delay #(.CLOCKS(LATENCY), .RESETS(1)) valid (.clk(clk), .reset(reset), .in(row_valid), .out(out_valid));
  systole_delay #(.WIDTH(TAG_BITS), .CLOCKS(LATENCY)) tag (.clk(clk), .reset(reset), .in(row_tag), .out(out_tag));
endmodule
