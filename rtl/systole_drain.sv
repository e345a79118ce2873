// systole_drain: drain: brings accumulators through the epilogue into memory, an element each clock behind the rows of the channel table.
module systole_drain #(
  parameter integer LANES = 4,
  parameter integer ADDRESS_BITS = 14,
  parameter integer DIM_BITS = 15,
  parameter integer ACC_BITS = 12,
  parameter integer BUG = 0
) (
  input  logic                                          clk,
  input  logic                                          reset,
  input  logic                                          start,
  output logic                                          busy,
  output logic                                          done,
  input  logic                                          has_table,
  input  logic                                          has_residual,
  input  logic                                          relu,
  input  logic                                          saturates,
  input  logic                                          is_scaled,
  input  logic                                          is_clamped,
  input  logic [2:0]                                    rounding,
  input  logic [15:0]                                   residual_zero,
  input  logic [15:0]                                   output_zero,
  input  logic [31:0]                                   low,
  input  logic [31:0]                                   high,
  // D, A, the residual C and their dims; the last dim is the channel. The table has as many rows and four words in each.
  input  logic                                          d_word,
  input  logic                                          d_signed,
  input  logic                                          a_word,
  input  logic                                          a_signed,
  input  logic                                          c_word,
  input  logic                                          c_signed,
  input  logic [systole_isa::RANK_MAX*DIM_BITS-1:0]     dims,
  input  logic [ADDRESS_BITS-1:0]                       d_base,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [ADDRESS_BITS-1:0]                       a_base,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [ADDRESS_BITS-1:0]                       table_base,
  input  logic [ADDRESS_BITS-1:0]                       c_base,
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] d_strides,
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] a_strides,
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] c_strides,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [ADDRESS_BITS-1:0]                       table_row_stride,
  input  logic [ADDRESS_BITS-1:0]                       table_word_stride,
  input  logic [$clog2(LANES):0]                        channels,
  // verilator lint_on UNUSEDSIGNAL
  // An accumulator, a word of the table, and a residual; all arrive one clock later from the byte that was asked for.
  output logic                                          reads,
  output logic [ACC_BITS-1:0]                           acc_address,
  input  logic [31:0]                                   acc_data,
  output logic                                          reads_table,
  output logic [ADDRESS_BITS-1:0]                       table_address,
  input  logic [31:0]                                   table_data,
  output logic [ADDRESS_BITS-1:0]                       residual_address,
  input  logic [31:0]                                   residual_data,
  output logic [3:0]                                    write_strobe,
  output logic [ADDRESS_BITS-1:0]                       write_address,
  output logic [31:0]                                   write_data
);
  localparam integer RANK = systole_isa::RANK_MAX;
  // The last dim of five is channels.
  localparam integer LANE_BITS = LANES > 1 ? $clog2(LANES) : 1;

  // The instruction.
  logic                 has_table_held, has_residual_held, relu_held, saturates_held, is_scaled_held, is_clamped_held, in_place;
  logic [2:0]           round_held;
  logic [15:0]          residual_zero_held, output_zero_held;
  logic [31:0]          low_held, high_held;
  logic [LANE_BITS-1:0] last_channel;
  logic                 d_word_held, d_signed_held, a_word_held, a_signed_held, c_word_held, c_signed_held;
  always_ff @(posedge clk) if (start) begin
    {has_table_held, has_residual_held, relu_held, saturates_held, is_scaled_held, is_clamped_held} <= {has_table, has_residual, relu, saturates, is_scaled, is_clamped};
    {round_held, residual_zero_held, output_zero_held, low_held, high_held} <= {rounding, residual_zero, output_zero, low, high};
    last_channel <= LANE_BITS'(channels - 1'b1);
    {d_word_held, d_signed_held, a_word_held, a_signed_held, c_word_held, c_signed_held} <= {d_word, d_signed, a_word, a_signed, c_word, c_signed};
    // Operands that meet are the same: then an element changes the row of the table that the next one may need.
    in_place <= has_table && table_base == d_base;
  end

  // Where the elements are.
  logic                    last;
  logic [RANK-1:0]         d_end;
  logic [ADDRESS_BITS-1:0] d_address;
  // verilator lint_off UNUSEDSIGNAL
  logic [RANK-1:0]         a_end, c_end;
  // verilator lint_on UNUSEDSIGNAL
  systole_address #(.ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(DIM_BITS), .LAST_INDEX_BITS(LANE_BITS), .BUG(BUG)) d_walk (
    .clk(clk), .start(start), .base(d_base), .dims(dims), .strides(d_strides),
    .step(reads), .advance({ADDRESS_BITS{1'b0}}), .address(d_address), .at_end(d_end)
  );
  systole_address #(.ADDRESS_BITS(ACC_BITS), .DIM_BITS(DIM_BITS), .LAST_INDEX_BITS(LANE_BITS), .ENDS(0), .BUG(BUG)) a_walk (
    .clk(clk), .start(start), .base(a_base[ACC_BITS-1:0]), .dims(dims), .strides(in_acc(a_strides, a_word)),
    .step(reads), .advance({ACC_BITS{1'b0}}), .address(acc_address), .at_end(a_end)
  );
  systole_address #(.ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(DIM_BITS), .LAST_INDEX_BITS(LANE_BITS), .ENDS(0), .BUG(BUG)) c_walk (
    .clk(clk), .start(start), .base(c_base), .dims(dims), .strides(c_strides),
    .step(reads), .advance({ADDRESS_BITS{1'b0}}), .address(residual_address), .at_end(c_end)
  );
  assign last = reads && (&d_end);

  // First the table, three words of each row, then the elements. In place they take turns, an element at a time.
  logic       flushes, ends, last_written;
  logic [2:0] valid;
  logic       table_done;
  assign busy = reads_table || reads || flushes;
  assign last_written = valid == 3'b100;
  assign done = flushes && last_written && ends;
  always_ff @(posedge clk) begin
    if (reset) begin
      {reads_table, reads, flushes, valid} <= '0;
    end else begin
      if (start) {reads_table, reads} <= {has_table, !has_table};
      else if (table_done) {reads_table, reads} <= 2'b01;
      else if (reads && (last || in_place)) {reads, flushes} <= 2'b01;
      else if (flushes && last_written) {flushes, reads_table} <= {1'b0, !ends};
      valid <= {valid[1:0], reads};
    end
    if (start) ends <= 1'b0;
    else if (last) ends <= 1'b1;
  end

  logic [LANE_BITS-1:0]    table_row, table_row_read;
  logic [1:0]              table_word, table_word_read;
  logic                    table_read;
  // In words.
  logic [ADDRESS_BITS-3:0] table_row_address, table_word_address, table_base_held, row_stride_held, word_stride_held;
  logic [31:0]             biases [0:LANES-1], multipliers [0:LANES-1];
  logic [7:0]              shifts [0:LANES-1];
  assign table_address = {table_word_address, 2'b00};
  assign table_done = reads_table && table_word == 2'd2 && table_row == last_channel;
  always_ff @(posedge clk) begin
    if (start) begin
      {row_stride_held, word_stride_held, table_base_held} <= {table_row_stride[ADDRESS_BITS-1:2], table_word_stride[ADDRESS_BITS-1:2], table_base[ADDRESS_BITS-1:2]};
      {table_row_address, table_word_address} <= {2{table_base[ADDRESS_BITS-1:2]}};
      {table_row, table_word} <= '0;
    end else if (table_done) begin
      {table_row_address, table_word_address} <= {2{table_base_held}};
      {table_row, table_word} <= '0;
    end else if (reads_table && table_word == 2'd2) begin
      table_row <= table_row + 1'b1;
      table_word <= 2'd0;
      {table_row_address, table_word_address} <= {2{table_row_address + row_stride_held}};
    end else if (reads_table) begin
      table_word <= table_word + 2'd1;
      table_word_address <= table_word_address + word_stride_held;
    end
    table_read <= reads_table;
    table_row_read <= table_row;
    table_word_read <= table_word;
    if (table_read && table_word_read == 2'd0) biases[table_row_read] <= table_data;
    if (table_read && table_word_read == 2'd1) multipliers[table_row_read] <= table_data;
    if (table_read && table_word_read == 2'd2) shifts[table_row_read] <= table_data[7:0];
  end

  // The channel of the element whose data are there, and the addresses of what is under way.
  logic [LANE_BITS-1:0]      channel, channel_read;
  logic [3*ADDRESS_BITS-1:0] on_the_way;
  logic                      uses_table;
  assign uses_table = has_table_held || BUG == 37;
  always_ff @(posedge clk) begin
    if (start) channel <= '0;
    else if (reads) channel <= channel == last_channel ? '0 : channel + 1'b1;
    channel_read <= channel;
    on_the_way <= {on_the_way[2*ADDRESS_BITS-1:0], d_address};
  end
  logic [31:0] result;
  systole_epilogue #(.BUG(BUG)) epilogue (
    .clk(clk), .is_scaled(is_scaled_held), .rounding(round_held), .has_residual(has_residual_held), .residual_zero(residual_zero_held), .relu(relu_held),
    .output_zero(output_zero_held), .is_clamped(is_clamped_held), .low(low_held), .high(high_held), .saturates(saturates_held), .to_word(d_word_held), .to_signed(d_signed_held),
    .x(extended(acc_data, a_word_held, a_signed_held)), .bias(uses_table ? biases[channel_read] : 32'd0),
    .multiplier(multipliers[channel_read]), .shift(shifts[channel_read]), .residual(extended(residual_data, c_word_held, c_signed_held)), .result(result)
  );
  assign write_address = {on_the_way[2*ADDRESS_BITS+2 +: ADDRESS_BITS-2], 2'b00};
  assign write_data = d_word_held ? result : {4{result[7:0]}};
  assign write_strobe = !valid[2] ? 4'b0000 : d_word_held ? 4'b1111 : 4'b0001 << on_the_way[2*ADDRESS_BITS +: 2];

  function automatic [32:0] extended(input [31:0] bits, input is_word, input is_signed);
    extended = is_word ? {is_signed && bits[31], bits} : {{25{is_signed && bits[7]}}, bits[7:0]};
  endfunction

  // verilator lint_off UNUSEDSIGNAL
  // Lanes of a row lie side by side.
  function automatic [RANK*ACC_BITS-1:0] in_acc(input [RANK*ADDRESS_BITS-1:0] strides, input is_word);
    integer k;
    for (k = 0; k < RANK - 1; k = k + 1) in_acc[k*ACC_BITS +: ACC_BITS] = strides[k*ADDRESS_BITS +: ACC_BITS];
    in_acc[(RANK-1)*ACC_BITS +: ACC_BITS] = is_word ? ACC_BITS'(4) : ACC_BITS'(1);
  endfunction
  // verilator lint_on UNUSEDSIGNAL

`ifdef SYSTOLE_CONTRACT
  // What legal instructions guarantee: proofs of `systole bundle score` assume it, `make contract` asserts it.
  integer n;
  always @* if (start) begin
    `SYSTOLE_CONTRACT(dims[(RANK-1)*DIM_BITS +: DIM_BITS] <= DIM_BITS'(LANES) && channels <= ($clog2(LANES)+1)'(LANES) && rounding <= 3'd6);
    `SYSTOLE_CONTRACT(!a_word || a_base[1:0] == 2'b00);
    `SYSTOLE_CONTRACT(dims[(RANK-1)*DIM_BITS +: DIM_BITS] == DIM_BITS'(1) || a_strides[(RANK-1)*ADDRESS_BITS +: ADDRESS_BITS] <= ADDRESS_BITS'(4));
    `SYSTOLE_CONTRACT(!has_table || (table_base[1:0] == 2'b00 && table_row_stride[1:0] == 2'b00 && table_word_stride[1:0] == 2'b00));
    for (n = 0; n < RANK; n = n + 1) `SYSTOLE_CONTRACT(!a_word || a_strides[n*ADDRESS_BITS +: 2] == 2'b00);
    // Rows of accumulators are a word apart at least.
    for (n = 0; n < RANK; n = n + 1)
      `SYSTOLE_CONTRACT(a_strides[n*ADDRESS_BITS +: ADDRESS_BITS] == '0 || dims[n*DIM_BITS +: DIM_BITS] <= DIM_BITS'(systole_profile::ACC_BYTES / 4));
    for (n = 0; n < RANK; n = n + 1) `SYSTOLE_CONTRACT(!d_word || d_strides[n*ADDRESS_BITS +: 2] == 2'b00);
    for (n = 0; n < RANK; n = n + 1) `SYSTOLE_CONTRACT(dims[n*DIM_BITS +: DIM_BITS] != '0 && dims[n*DIM_BITS +: DIM_BITS] <= DIM_BITS'(1 << ADDRESS_BITS));
  end
`endif
endmodule
