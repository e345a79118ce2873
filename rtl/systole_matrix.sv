// systole_matrix: the matrix unit: a queue of closed instructions, weight slots, the systolic array, accumulators, and the drain.
//
// Instructions start in order and retire in order. wload fills a slot while the rows of earlier instructions stream; the weights of the
// next mm go to the shadow registers meanwhile, and its rows follow those of the one before without a gap. ainit and drain have the unit
// to themselves.
module systole_matrix #(
  parameter integer ROWS = systole_profile::ROWS,
  parameter integer COLUMNS = systole_profile::COLUMNS,
  parameter integer SLOTS = systole_profile::SLOTS,
  // Words of a row of the accumulators, a power of two.
  parameter integer LANES = systole_profile::LANES,
  parameter integer SPM_BYTES = systole_profile::SPM_BYTES,
  parameter integer ACC_BYTES = systole_profile::ACC_BYTES,
  parameter integer QUEUE_DEPTH = systole_profile::QUEUE_DEPTH,
  // A mistake of a designer, docs/rtl.md; 0: none.
  parameter integer BUG = 0
) (
  input  logic               clk,
  input  logic               reset,
  // Memory, for host and DMA: honoured where `mem_ready`. What is read is there in the next clock.
  input  logic               mem_valid,
  output logic               mem_ready,
  input  logic               mem_write,
  input  logic [2:0]         mem_space,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [31:0]        mem_address,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [31:0]        mem_wdata,
  input  logic [3:0]         mem_strobe,
  output logic [31:0]        mem_rdata,
  // Closed instructions: records, word by word.
  input  logic               cmd_valid,
  output logic               cmd_ready,
  input  logic [31:0]        cmd_data,
  input  logic               cmd_last,
  // What instructions write: LANES words from this address on, of which the strobe picks bytes. A write in the clock of a retirement is
  // still of the instruction that retires.
  output logic               write_valid,
  output logic [2:0]         write_space,
  output logic [31:0]        write_address,
  output logic [32*LANES-1:0] write_data,
  output logic [4*LANES-1:0] write_strobe,
  output logic               retire_valid,
  output logic [31:0]        retire_order,
  output logic               idle
);
  localparam integer RANK = systole_isa::RANK_MAX;
  localparam integer PSUM_BITS = 16 + $clog2(ROWS);
  localparam integer SLOT_BITS = SLOTS > 1 ? $clog2(SLOTS) : 1;
  localparam integer ADDRESS_BITS = $clog2(SPM_BYTES > ACC_BYTES ? SPM_BYTES : ACC_BYTES);
  localparam integer DIM_BITS = ADDRESS_BITS + 1;
  // A read of SPM brings a row of activations or of weights, or a word.
  localparam integer WIDEST = ROWS > COLUMNS ? (ROWS > 4 ? ROWS : 4) : (COLUMNS > 4 ? COLUMNS : 4);
  localparam integer WIDTH = 1 << $clog2(WIDEST);
  localparam integer SPM_LOW = $clog2(WIDTH), SPM_BITS = $clog2(SPM_BYTES);
  // Accumulators are addressed by rows where whole ones are written.
  localparam integer ACC_LOW = $clog2(4 * LANES), ACC_BITS = $clog2(ACC_BYTES), ROW_BITS = ACC_BITS - ACC_LOW;
  // A product has M_MAX rows or less, and its operands have not more than that or the elements of a row along an axis.
  localparam integer LONGEST = $clog2(systole_profile::M_MAX > WIDTH ? systole_profile::M_MAX : WIDTH);
  localparam integer M_INDEX_BITS = LONGEST < ADDRESS_BITS ? LONGEST : ADDRESS_BITS, A_DIM_BITS = M_INDEX_BITS + 1;
  localparam integer TAG_BITS = ROW_BITS + COLUMNS + 3;
  localparam [2:0] SPM = 3'(systole_isa::SPACE_SPM), ACC = 3'(systole_isa::SPACE_ACC);

  // ---- the oldest instruction of the queue
  logic        partial, take, waiting, is_wload, is_ainit, is_multiply, is_drain;
  logic        depthwise, op, relu, has_table, has_residual, saturates, is_scaled, is_clamped;
  logic [31:0] order, low, high;
  logic [2:0]  row_axes, rounding;
  logic [15:0] residual_zero, output_zero;
  logic [SLOT_BITS-1:0]           slot;
  logic                           d_word, d_signed, a_word, a_signed, c_word, c_signed;
  logic [2:0]                     d_rank, a_rank;
  logic [RANK*DIM_BITS-1:0]       d_dims;
  logic [RANK*A_DIM_BITS-1:0]     a_dims;
  logic [ADDRESS_BITS-1:0]        d_base, a_base, table_base, c_base, table_row_stride, table_word_stride;
  logic [RANK*ADDRESS_BITS-1:0]   d_strides, a_strides, c_strides;
  systole_command #(.QUEUE_DEPTH(QUEUE_DEPTH), .SLOT_BITS(SLOT_BITS), .ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(DIM_BITS), .A_DIM_BITS(A_DIM_BITS), .BUG(BUG)) command (
    .clk(clk), .reset(reset), .cmd_valid(cmd_valid), .cmd_ready(cmd_ready), .cmd_data(cmd_data), .cmd_last(cmd_last), .partial(partial),
    .take(take), .valid(waiting), .order(order), .is_wload(is_wload), .is_ainit(is_ainit), .is_multiply(is_multiply), .is_drain(is_drain),
    .slot(slot), .depthwise(depthwise), .row_axes(row_axes), .op(op), .relu(relu), .has_table(has_table), .has_residual(has_residual),
    .saturates(saturates), .is_scaled(is_scaled), .is_clamped(is_clamped), .rounding(rounding), .residual_zero(residual_zero), .output_zero(output_zero),
    .low(low), .high(high), .d_word(d_word), .d_signed(d_signed), .a_word(a_word), .a_signed(a_signed), .c_word(c_word), .c_signed(c_signed),
    .d_rank(d_rank), .a_rank(a_rank), .d_dims(d_dims), .a_dims(a_dims), .d_base(d_base), .a_base(a_base), .table_base(table_base), .c_base(c_base),
    .d_strides(d_strides), .a_strides(a_strides), .c_strides(c_strides), .table_row_stride(table_row_stride), .table_word_stride(table_word_stride)
  );
  // The last dim of D is at most LANES.
  localparam integer LANE_BITS = $clog2(LANES) + 1;
  // verilator lint_off UNUSEDSIGNAL
  logic [DIM_BITS-1:0] d_columns;
  // verilator lint_on UNUSEDSIGNAL
  assign d_columns = last_dim(d_dims, d_rank);
  logic [LANES-1:0]   d_lanes;
  genvar i;
  generate
    for (i = 0; i < LANES; i = i + 1) begin : lane
      // What has no column has no element, and does nothing.
      assign d_lanes[i] = i == 0 || LANE_BITS'(i) < d_columns[LANE_BITS-1:0];
    end
  endgenerate

  // ---- start, in order
  logic weights_busy, weights_done, stream_ready, stream_busy, multiply_done, init_busy, init_done, drain_busy, drain_done;
  logic may_start, nothing_under_way, start_wload, start_multiply, start_ainit, start_drain, start_nothing;
  logic memory_settled, retire_full;
  logic [3:0] since_writer, behind_writer;
  assign memory_settled = !drain_busy || BUG == 35;
  assign start_nothing = may_start && !is_wload && !is_ainit && !is_multiply && !is_drain;
  assign start_wload = may_start && is_wload && !weights_busy && memory_settled;
  assign start_ainit = may_start && is_ainit && nothing_under_way;
  assign start_drain = may_start && is_drain && (BUG == 36 ? !weights_busy && !stream_busy && !init_busy && !drain_busy : nothing_under_way);
  assign take = start_nothing || start_wload || start_ainit || start_multiply || start_drain;

  // An mm at the head of the queue first brings its weights to the shadow registers, once those are free and the slot is filled; they stay
  // held until its own first row takes them. Its rows may start when the weights will be there in time for the first.
  localparam integer LEFT_BITS = $clog2(ROWS + 1);
  logic                 load_start, load, shadow_held, shadow_taken, shadow_mine;
  logic [LEFT_BITS-1:0] loads_left;
  assign load_start = waiting && is_multiply && (!shadow_held || shadow_taken) && (!weights_busy || BUG == 38);
  assign start_multiply = may_start && is_multiply && shadow_mine && loads_left <= LEFT_BITS'(2) && stream_ready && since_writer >= behind_writer
    && !init_busy && memory_settled;
  always_ff @(posedge clk) begin
    if (reset) begin
      {shadow_held, shadow_mine} <= '0;
    end else begin
      shadow_held <= load_start || (shadow_held && !shadow_taken);
      shadow_mine <= load_start || (shadow_mine && !start_multiply);
    end
  end

  // What stands between two instructions that write retires in a clock each, and before the second writes: its rows wait that long.
  // As many as can be under way are eight.
  logic start_writer;
  assign start_writer = start_multiply || start_ainit || start_drain;
  always_ff @(posedge clk) begin
    if (reset) {since_writer, behind_writer} <= '0;
    else begin
      if (stream_busy && !stream_ready || start_writer || init_busy || drain_busy) since_writer <= '0;
      else if (!since_writer[3]) since_writer <= since_writer + 1'b1;
      if (start_writer) behind_writer <= '0;
      else if (take && !behind_writer[3]) behind_writer <= behind_writer + 1'b1;
    end
  end

  logic [ROWS-1:0]         slot_rows;
  logic [8*COLUMNS-1:0]    load_weights;
  logic                    weights_read, load_live;
  logic [ADDRESS_BITS-1:0] weights_address;
  logic [8*WIDTH-1:0]      spm_rows, spm_words;
  systole_weights #(
    .ROWS(ROWS), .COLUMNS(COLUMNS), .SLOTS(SLOTS), .SLOT_BITS(SLOT_BITS), .WIDTH(WIDTH), .ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(A_DIM_BITS), .BUG(BUG)
  ) slots (
    .clk(clk), .reset(reset), .slot(slot), .slot_rows(slot_rows), .start(start_wload), .busy(weights_busy), .done(weights_done),
    .rank(a_rank), .base(a_base), .dims(a_dims), .strides(a_strides),
    .reads(weights_read), .read_address(weights_address), .read_data(spm_words),
    .load_start(load_start), .load(load), .load_live(load_live), .load_weights(load_weights), .loads_left(loads_left)
  );

  // ---- mm and mdw: rows stream through the array to the accumulators
  logic                         row_valid, row_first, sums_valid, sums_last, sums_add, sums_saturate;
  logic [ROWS-1:0]              row_live;
  logic [8*ROWS-1:0]            row;
  logic [TAG_BITS-1:0]          row_tag;
  logic [COLUMNS*PSUM_BITS-1:0] sums;
  logic [COLUMNS-1:0]           sums_columns;
  logic [ADDRESS_BITS-1:0]      stream_address;
  logic [ROW_BITS-1:0]          sums_row;
  systole_stream #(
    .ROWS(ROWS), .COLUMNS(COLUMNS), .WIDTH(WIDTH), .ADDRESS_BITS(ADDRESS_BITS), .A_DIM_BITS(A_DIM_BITS), .D_DIM_BITS(DIM_BITS), .INDEX_BITS(M_INDEX_BITS), .ROW_BITS(ROW_BITS), .BUG(BUG)
  ) stream (
    .clk(clk), .reset(reset), .start(start_multiply), .ready(stream_ready), .busy(stream_busy), .row_axes(row_axes), .depthwise(depthwise), .adds(op),
    .saturates(saturates), .live_rows(slot_rows), .columns(d_lanes[COLUMNS-1:0]),
    .a_rank(a_rank), .a_base(a_base), .a_dims(a_dims), .a_strides(a_strides), .d_rank(d_rank),
    .d_base(d_base[ACC_BITS-1:ACC_LOW]), .d_dims(d_dims[(RANK-1)*DIM_BITS-1:0]), .d_strides(in_rows(d_strides[(RANK-1)*ADDRESS_BITS-1:0])),
    .read_address(stream_address), .read_data(spm_rows),
    .row_valid(row_valid), .row_first(row_first), .row_live(row_live), .row(row), .row_tag(row_tag)
  );
  systole_array #(.ROWS(ROWS), .COLUMNS(COLUMNS), .DATAPATH(0), .INITIAL(0), .TAG_BITS(TAG_BITS), .BUG(BUG)) array (
    .clk(clk), .reset(reset), .load(load), .load_weights(load_weights), .load_live({COLUMNS{load_live}}), .shadow_taken(shadow_taken),
    .row_valid(row_valid), .row_first(row_first), .row_live(row_live), .row(row), .row_initial({(COLUMNS*PSUM_BITS){1'b0}}), .row_tag(row_tag),
    .out_valid(sums_valid), .out_row(sums), .out_tag({sums_last, sums_add, sums_saturate, sums_columns, sums_row})
  );

  logic [4*LANES-1:0]      sums_strobe, init_strobe;
  logic [32*LANES-1:0]     sums_data, init_data, acc_row;
  logic [ROW_BITS-1:0]     sums_written;
  // verilator lint_off UNUSEDSIGNAL
  logic [ACC_BITS-3:0]     init_written;
  // verilator lint_on UNUSEDSIGNAL
  logic [ADDRESS_BITS-1:0] init_address;
  logic                    sums_done;
  systole_accumulate #(.COLUMNS(COLUMNS), .LANES(LANES), .PSUM_BITS(PSUM_BITS), .ROW_BITS(ROW_BITS), .BUG(BUG)) accumulate (
    .clk(clk), .reset(reset), .valid(sums_valid), .last(sums_last), .adds(sums_add), .saturates(sums_saturate), .columns(sums_columns), .sums(sums),
    .old(acc_row), .row(sums_row), .write_strobe(sums_strobe), .write_row(sums_written), .write_data(sums_data), .done(sums_done)
  );
  assign multiply_done = BUG == 34 ? row_valid && row_tag[TAG_BITS-1] : sums_done;

  systole_init #(.LANES(LANES), .ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(DIM_BITS), .ACC_BITS(ACC_BITS), .BUG(BUG)) init (
    .clk(clk), .reset(reset), .start(start_ainit), .busy(init_busy), .done(init_done), .loads(op), .lanes(d_lanes),
    .d_rank(d_rank), .d_base(d_base), .d_dims(d_dims), .d_strides(d_strides), .a_base(a_base), .a_strides(a_strides),
    .read_address(init_address), .read_data(spm_rows[31:0]), .write_strobe(init_strobe), .write_address(init_written), .write_data(init_data)
  );

  // ---- drain
  logic                    drain_reads, drain_reads_table;
  logic [ACC_BITS-1:0]     drain_acc_address;
  logic [ADDRESS_BITS-1:0] drain_table_address, drain_residual_address, drain_write_address;
  logic [3:0]              drain_strobe;
  logic [31:0]             drain_data;
  systole_drain #(.LANES(LANES), .ADDRESS_BITS(ADDRESS_BITS), .DIM_BITS(DIM_BITS), .ACC_BITS(ACC_BITS), .BUG(BUG)) drain (
    .clk(clk), .reset(reset), .start(start_drain), .busy(drain_busy), .done(drain_done), .has_table(has_table), .has_residual(has_residual), .relu(relu),
    .saturates(saturates), .is_scaled(is_scaled), .is_clamped(is_clamped), .rounding(rounding), .residual_zero(residual_zero), .output_zero(output_zero),
    .low(low), .high(high), .d_word(d_word), .d_signed(d_signed), .a_word(a_word), .a_signed(a_signed), .c_word(c_word), .c_signed(c_signed),
    .dims(d_dims), .d_base(d_base), .a_base(a_base), .table_base(table_base), .c_base(c_base), .d_strides(d_strides), .a_strides(a_strides), .c_strides(c_strides),
    .table_row_stride(table_row_stride), .table_word_stride(table_word_stride), .channels(d_columns[LANE_BITS-1:0]),
    .reads(drain_reads), .acc_address(drain_acc_address), .acc_data(acc_row[31:0]),
    .reads_table(drain_reads_table), .table_address(drain_table_address), .table_data(spm_words[31:0]),
    .residual_address(drain_residual_address), .residual_data(spm_rows[31:0]),
    .write_strobe(drain_strobe), .write_address(drain_write_address), .write_data(drain_data)
  );

  // ---- memory: the host has what the unit does not need in a clock
  logic acc_writes, host_write, host_reads_acc;
  logic [ADDRESS_BITS-1:0] host_address;
  logic [ROW_BITS-1:0]     acc_written;
  assign host_address = mem_address[ADDRESS_BITS-1:0];
  assign acc_writes = sums_strobe != '0 || init_strobe != '0;
  assign mem_ready = mem_write ? (mem_space == ACC ? !acc_writes : drain_strobe == '0)
    : (mem_space == ACC ? !sums_valid && !drain_reads : !weights_read && !drain_reads_table);
  assign host_write = mem_valid && mem_ready && mem_write;
  always_ff @(posedge clk) host_reads_acc <= mem_space == ACC;
  assign mem_rdata = host_reads_acc ? acc_row[31:0] : spm_words[31:0];

  logic       spm_host_write;
  logic [3:0] spm_strobe;
  assign spm_host_write = host_write && mem_space == SPM;
  assign spm_strobe = spm_host_write ? mem_strobe : drain_strobe;
  logic [ADDRESS_BITS-1:0] spm_written;
  assign spm_written = spm_host_write ? host_address : drain_write_address;
  systole_memory #(.BYTES(SPM_BYTES), .WIDTH(WIDTH), .READS(2), .ADDRESS_BITS(SPM_BITS), .BUG(BUG == 5 ? 0 : BUG)) spm (
    .clk(clk), .write_strobe(WIDTH'(spm_strobe) << spm_written[SPM_LOW-1:0]), .write_address(SPM_BITS'(spm_written)),
    .write_data({(WIDTH/4){spm_host_write ? mem_wdata : drain_data}}),
    .read_address({
      SPM_BITS'(weights_read ? weights_address : drain_reads_table ? drain_table_address : host_address),
      SPM_BITS'(stream_busy ? stream_address : init_busy ? init_address : drain_residual_address)
    }),
    .read_data({spm_words, spm_rows})
  );
  logic [4*LANES-1:0]  host_strobe;
  logic [32*LANES-1:0] acc_data;
  assign host_strobe = host_write && mem_space == ACC ? (4*LANES)'(mem_strobe) << mem_address[ACC_LOW-1:0] : '0;
  assign acc_written = init_busy ? init_written[ACC_LOW-2 +: ROW_BITS] : sums_written;
  assign acc_data = init_busy ? init_data : sums_data;
  systole_memory #(.BYTES(ACC_BYTES), .WIDTH(4*LANES), .READS(1), .CROSSES(0), .ADDRESS_BITS(ACC_BITS), .BUG(BUG)) acc (
    .clk(clk), .write_strobe(acc_writes ? sums_strobe | init_strobe : host_strobe),
    .write_address(acc_writes ? {acc_written, {ACC_LOW{1'b0}}} : host_address[ACC_BITS-1:0]),
    .write_data(acc_writes ? acc_data : {LANES{mem_wdata}}),
    .read_address(sums_valid ? {sums_row, {ACC_LOW{1'b0}}} : drain_reads ? drain_acc_address : host_address[ACC_BITS-1:0]),
    .read_data(acc_row)
  );

  // ---- what is told: writes, and retirements in order
  assign write_valid = acc_writes || drain_strobe != '0;
  assign write_space = acc_writes ? ACC : SPM;
  assign write_address = {{(32-ADDRESS_BITS){1'b0}}, acc_writes ? ADDRESS_BITS'({acc_written, {ACC_LOW{1'b0}}}) : drain_write_address};
  // A drain writes the first word.
  assign write_data[31:0] = acc_writes ? acc_data[31:0] : drain_data;
  generate
    for (i = 1; i < LANES; i = i + 1) begin : other_word
      assign write_data[32*i +: 32] = acc_data[32*i +: 32];
    end
  endgenerate
  assign write_strobe = acc_writes ? sums_strobe | init_strobe : (4*LANES)'(drain_strobe);

  // Rows wait until all before them have retired, ainit and drain for all else: only loads of weights are done ahead.
  systole_retire #(.KINDS(4), .AHEAD(4'b1000)) retire (
    .clk(clk), .reset(reset), .start(take), .order(order), .kind({is_wload, is_ainit, is_multiply, is_drain}),
    .done({weights_done, init_done, multiply_done, drain_done}), .full(retire_full), .empty(nothing_under_way), .retire_valid(retire_valid), .retire_order(retire_order)
  );
  assign may_start = waiting && !retire_full;
  assign idle = !waiting && !partial && nothing_under_way;

  function automatic [DIM_BITS-1:0] last_dim(input [RANK*DIM_BITS-1:0] all, input [2:0] rank);
    integer k;
    last_dim = '0;
    for (k = 0; k < RANK; k = k + 1) if (rank == 3'(k + 1)) last_dim = all[k*DIM_BITS +: DIM_BITS];
  endfunction

  // verilator lint_off UNUSEDSIGNAL
  function automatic [(RANK-1)*ROW_BITS-1:0] in_rows(input [(RANK-1)*ADDRESS_BITS-1:0] strides);
    integer k;
    for (k = 0; k < RANK - 1; k = k + 1) in_rows[k*ROW_BITS +: ROW_BITS] = strides[k*ADDRESS_BITS+ACC_LOW +: ROW_BITS];
  endfunction
  // verilator lint_on UNUSEDSIGNAL

`ifdef SYSTOLE_CONTRACT
  // What legal instructions guarantee: proofs of `systole bundle score` assume it, `make contract` asserts it.
  always @* if (mem_valid) `SYSTOLE_CONTRACT((mem_space == SPM || mem_space == ACC) && mem_address[1:0] == 2'b00);
`endif
endmodule
