// systole_array_bench: tiles of a file through the array alone: every sum compared, and the clocks of every tile counted.
//
// +vectors=FILE: $readmemh words, for each tile K, N, M, then K x N weights, then for each of M rows K activations, N initial values and N
// sums. Weights load while the rows of the tile before stream; with +serial a tile waits for the one before, and must take
// ROWS + M + ROWS + COLUMNS - 2 edges from its first load to its last sum.
// verilator lint_off BLKSEQ
// verilator lint_off WIDTH
// verilator lint_off UNUSEDSIGNAL
module systole_array_bench #(
  parameter integer ROWS = systole_profile::ROWS,
  parameter integer COLUMNS = systole_profile::COLUMNS,
  parameter integer DATAPATH = 1,
  parameter integer BUG = 0,
  parameter integer WORDS_MAX = 1 << 20
) (
  input logic clk
);
  localparam integer OPERAND_BITS = DATAPATH == 1 ? 16 : 8, PSUM_BITS = DATAPATH == 1 ? 32 : 16 + $clog2(ROWS);
  localparam integer TAG_BITS = 24;

  logic                            reset, load, shadow_taken, row_valid, row_first, out_valid;
  logic [COLUMNS*OPERAND_BITS-1:0] load_weights;
  logic [COLUMNS-1:0]              load_live;
  logic [ROWS-1:0]                 row_live;
  logic [ROWS*OPERAND_BITS-1:0]    row;
  logic [COLUMNS*PSUM_BITS-1:0]    row_initial, out_row;
  logic [TAG_BITS-1:0]             row_tag, out_tag;
  systole_array #(.ROWS(ROWS), .COLUMNS(COLUMNS), .DATAPATH(DATAPATH), .TAG_BITS(TAG_BITS), .BUG(BUG)) array (
    .clk(clk), .reset(reset), .load(load), .load_weights(load_weights), .load_live(load_live), .shadow_taken(shadow_taken),
    .row_valid(row_valid), .row_first(row_first), .row_live(row_live), .row(row), .row_initial(row_initial), .row_tag(row_tag),
    .out_valid(out_valid), .out_row(out_row), .out_tag(out_tag)
  );

  logic [32:0]       words [0:WORDS_MAX];
  logic [8*512-1:0]  file;
  integer clocks, tiles, rows, r, c, first_load, edges, wanted;
  logic   serial, shadow_held, ended;
  // The tile whose weights load and that whose rows stream; each with how far it is.
  integer loading, loads_left, streaming, row_at, rows_left, out_left;

  initial begin
    for (r = 0; r <= WORDS_MAX; r = r + 1) words[r] = {1'b1, 32'd0};
    if (!$value$plusargs("vectors=%s", file)) file = "vectors.hex";
    serial = $test$plusargs("serial") != 0;
    $readmemh(file, words);
    {reset, load, row_valid, row_first, shadow_held, ended} = 6'b100000;
    {clocks, tiles, rows, loading, streaming, row_at, rows_left, out_left} = '0;
    loads_left = ROWS;
    {load_weights, load_live, row_live, row, row_initial, row_tag} = '0;
  end

  always @(posedge clk) if (!ended) begin
    clocks = clocks + 1;
    reset <= clocks < 4;
    if (clocks > 4) begin
      if (shadow_taken) shadow_held = 1'b0;
      compare_row();
      stream_row();
      load_row();
      if (!ended && words[streaming][32] && rows_left == 0 && out_left == 0) begin
        ended = 1'b1;
        if (tiles == 0) begin
          $display("FAIL %0s has no tile", file);
          stop();
        end else begin
          $display("PASS tiles=%0d rows=%0d cycles=%0d", tiles, rows, clocks);
          $finish;
        end
      end
    end
  end

  // A row of weights enters at this clock's edge, that of the lowest array row first; the shadow registers are free for it.
  task load_row;
    begin
      load <= 1'b0;
      if (!words[loading][32] && (loads_left < ROWS || (!shadow_held && !(serial && (out_left + rows_left > 0 || loading != streaming))))) begin
        if (loads_left == ROWS) begin
          shadow_held = 1'b1;
          first_load = clocks;
        end
        loads_left = loads_left - 1;
        load <= 1'b1;
        for (c = 0; c < COLUMNS; c = c + 1) begin
          load_live[c] <= loads_left < words[loading] && c < words[loading + 1];
          load_weights[c*OPERAND_BITS +: OPERAND_BITS] <= words[loading + 3 + loads_left * words[loading + 1] + c];
        end
        if (loads_left == 0) begin
          loads_left = ROWS;
          loading = next_tile(loading);
        end
      end
    end
  endtask

  // A row of activations. A tile begins when its weights are there and the rows of the one before have entered.
  task stream_row;
    begin
      row_valid <= 1'b0;
      if (rows_left == 0 && loading != streaming && !words[streaming][32]) begin
        tiles = tiles + 1;
        rows_left = words[streaming + 2];
        row_at = streaming + 3 + words[streaming] * words[streaming + 1];
        row_first <= 1'b1;
        for (r = 0; r < ROWS; r = r + 1) row_live[r] <= r < words[streaming];
      end else row_first <= 1'b0;
      if (rows_left > 0) begin
        row_valid <= 1'b1;
        for (r = 0; r < ROWS; r = r + 1) row[r*OPERAND_BITS +: OPERAND_BITS] <= words[row_at + r];
        for (c = 0; c < COLUMNS; c = c + 1) row_initial[c*PSUM_BITS +: PSUM_BITS] <= words[row_at + words[streaming] + c];
        // Where the sums of the row are, how many of them, and is it the last of its tile?
        row_tag <= {rows_left == 1, row_at[19:0] + words[streaming][19:0] + words[streaming + 1][19:0]};
        out_columns[rows % 64] = words[streaming + 1];
        out_rows[rows % 64] = words[streaming + 2];
        rows = rows + 1;
        row_at = row_at + words[streaming] + 2 * words[streaming + 1];
        rows_left = rows_left - 1;
        out_left = out_left + 1;
        if (rows_left == 0) streaming = next_tile(streaming);
      end
    end
  endtask

  integer out_columns [0:63], out_rows [0:63];
  task compare_row;
    if (out_valid !== 1'b0) begin
      for (c = 0; c < COLUMNS && !ended; c = c + 1) if (c < out_columns[(rows - out_left) % 64]) begin
        if (out_row[c*PSUM_BITS +: PSUM_BITS] !== words[out_tag[19:0] + c][PSUM_BITS-1:0]) begin
          $display("FAIL tile=%0d row=%0d column=%0d expected=%08h found=%08h", tiles, rows - out_left, c, words[out_tag[19:0] + c][31:0], out_row[c*PSUM_BITS +: PSUM_BITS]);
          stop();
        end
      end
      if (serial && out_tag[20] && !ended) begin
        edges = clocks - first_load - 1;
        wanted = ROWS + out_rows[(rows - out_left) % 64] + ROWS + COLUMNS - 2;
        if (edges != wanted) begin
          $display("FAIL tile=%0d took %0d edges, not %0d", tiles, edges, wanted);
          stop();
        end
      end
      out_left = out_left - 1;
    end
  endtask

  function integer next_tile(input integer tile);
    next_tile = tile + 3 + words[tile] * words[tile + 1] + words[tile + 2] * (words[tile] + 2 * words[tile + 1]);
  endfunction

  task stop;
    begin
      ended = 1'b1;
`ifdef __ICARUS__
      $finish_and_return(1);
`elsif VERILATOR
      $stop;
`else
      $fatal(1);
`endif
    end
  endtask
endmodule
