// systole_command: takes records word by word, keeps of them what the matrix unit needs, and queues it.
//
// A record is that of a retirement, of which only what was captured at dispatch is looked at. Operands leave as the address of the element
// of index 0, dims, and strides in bytes; dims behind the rank are 1. An instruction of which nothing is to be done has the kind `none`:
// the destination has no element, or it is no instruction of the matrix unit's own (post, wait).
module systole_command #(
  parameter integer QUEUE_DEPTH = 4,
  parameter integer SLOT_BITS = 1,
  parameter integer ADDRESS_BITS = 14,
  parameter integer DIM_BITS = 15,
  // Dims of A are looked at where they are rows of a product, or less.
  parameter integer A_DIM_BITS = DIM_BITS,
  parameter integer BUG = 0
) (
  input  logic                    clk,
  input  logic                    reset,
  input  logic                    cmd_valid,
  output logic                    cmd_ready,
  input  logic [31:0]             cmd_data,
  input  logic                    cmd_last,
  // Words have come of which the record is not whole.
  output logic                    partial,
  // The oldest instruction; `take` lets it go.
  input  logic                    take,
  output logic                    valid,
  output logic [31:0]             order,
  output logic                    is_wload,
  output logic                    is_ainit,
  output logic                    is_multiply,
  output logic                    is_drain,
  output logic [SLOT_BITS-1:0]    slot,
  output logic                    depthwise,
  output logic [2:0]              row_axes,
  // mm and mdw: the old value is added. ainit: there is an A.
  output logic                    op,
  output logic                    relu,
  output logic                    has_table,
  output logic                    has_residual,
  output logic                    saturates,
  output logic                    is_scaled,
  output logic                    is_clamped,
  output logic [2:0]              rounding,
  output logic [15:0]             residual_zero,
  output logic [15:0]             output_zero,
  output logic [31:0]             low,
  output logic [31:0]             high,
  // Of D, A and C: are elements words, are they signed?
  output logic                                    d_word,
  output logic                                    d_signed,
  output logic                                    a_word,
  output logic                                    a_signed,
  output logic                                    c_word,
  output logic                                    c_signed,
  output logic [2:0]                              d_rank,
  output logic [2:0]                              a_rank,
  // What goes element by element with D has its dims.
  output logic [systole_isa::RANK_MAX*DIM_BITS-1:0]     d_dims,
  output logic [systole_isa::RANK_MAX*A_DIM_BITS-1:0]   a_dims,
  output logic [ADDRESS_BITS-1:0]                       d_base,
  output logic [ADDRESS_BITS-1:0]                       a_base,
  output logic [ADDRESS_BITS-1:0]                       table_base,
  output logic [ADDRESS_BITS-1:0]                       c_base,
  output logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] d_strides,
  output logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] a_strides,
  output logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] c_strides,
  output logic [ADDRESS_BITS-1:0]                       table_row_stride,
  output logic [ADDRESS_BITS-1:0]                       table_word_stride
);
  localparam integer RANK = systole_isa::RANK_MAX;
  localparam integer OPERANDS = systole_isa::OPERAND_MAX;
  localparam [5:0] WORDS_AT = 6'(systole_isa::RETIREMENT_WORDS_AT / 4), MODE_AT = 6'(systole_isa::RETIREMENT_MODE_AT / 4),
    ORDER_AT = 6'(systole_isa::RETIREMENT_ORDER_AT / 4), OPERANDS_AT = 6'(systole_isa::RETIREMENT_OPERANDS_AT / 4);
  localparam [4:0] ADDRESS_AT = 5'(systole_isa::OPERAND_ADDRESS_AT / 4), DIMS_AT = 5'(systole_isa::OPERAND_DIMS_AT / 4),
    STRIDES_AT = 5'(systole_isa::OPERAND_STRIDES_AT / 4), LAST_OFFSET = 5'(systole_isa::OPERAND_BYTES / 4 - 1);

  // Where in the record: a word of the head, then an operand and a word of it.
  logic       accepts;
  logic [5:0] at;
  logic [2:0] operand;
  logic [4:0] offset;
  assign accepts = cmd_valid && cmd_ready;
  assign partial = at != '0;
  always_ff @(posedge clk) begin
    if (reset) {at, operand, offset} <= '0;
    else if (accepts && cmd_last) {at, operand, offset} <= '0;
    else if (accepts && at != OPERANDS_AT) at <= at + 1'b1;
    else if (accepts && offset != LAST_OFFSET) offset <= offset + 1'b1;
    else if (accepts) {operand, offset} <= {operand + 3'd1, 5'd0};
  end

  // Rank and dtype of an operand come before its dims and strides.
  logic [127:0] words;
  logic [255:0] mode;
  logic [31:0]  incoming_order;
  // Of the table and the residual not all is looked at.
  // verilator lint_off UNUSEDSIGNAL
  logic [OPERANDS-1:0]                   incoming_words, incoming_signed;
  logic [OPERANDS*3-1:0]                 incoming_ranks;
  logic [OPERANDS*ADDRESS_BITS-1:0]      incoming_bases;
  logic [OPERANDS*RANK*DIM_BITS-1:0]     incoming_dims;
  logic [OPERANDS*RANK*ADDRESS_BITS-1:0] incoming_strides;
  // verilator lint_on UNUSEDSIGNAL
  logic       destination_empty, is_word, is_signed, is_word_held;
  logic [7:0] dtype;
  logic [2:0] rank_held;
  assign dtype = cmd_data[15:8];
  assign is_word = dtype == 8'(systole_isa::DTYPE_S32) || dtype == 8'(systole_isa::DTYPE_U32);
  assign is_signed = dtype == 8'(systole_isa::DTYPE_S32) || dtype == 8'(systole_isa::DTYPE_S8);
  integer n, k;
  always_ff @(posedge clk) if (accepts) begin
    for (k = 0; k < 4; k = k + 1) if (at == WORDS_AT + 6'(k)) words[32*k +: 32] <= cmd_data;
    for (k = 0; k < 8; k = k + 1) if (at == MODE_AT + 6'(k)) mode[32*k +: 32] <= cmd_data;
    if (at == ORDER_AT) incoming_order <= cmd_data;
    if (offset == '0) {rank_held, is_word_held} <= {cmd_data[18:16], is_word};
    // Before the operands the first one gets a head that its own replaces.
    for (n = 0; n < OPERANDS; n = n + 1) if (operand == 3'(n)) begin
      if (offset == '0) begin
        {incoming_words[n], incoming_signed[n]} <= {is_word, is_signed};
        incoming_ranks[3*n +: 3] <= cmd_data[18:16];
      end
      if (offset == ADDRESS_AT) incoming_bases[ADDRESS_BITS*n +: ADDRESS_BITS] <= cmd_data[3 +: ADDRESS_BITS];
      for (k = 0; k < RANK; k = k + 1) begin
        if (offset == DIMS_AT + 5'(k)) incoming_dims[(n*RANK + k)*DIM_BITS +: DIM_BITS] <= k == 0 || 3'(k) < rank_held ? cmd_data[DIM_BITS-1:0] : 'd1;
        if (offset == STRIDES_AT + 5'(k))
          incoming_strides[(n*RANK + k)*ADDRESS_BITS +: ADDRESS_BITS] <= is_word_held ? {cmd_data[ADDRESS_BITS-3:0], 2'b00} : cmd_data[ADDRESS_BITS-1:0];
      end
    end
    if (at == '0) destination_empty <= 1'b0;
    else if (operand == '0 && offset >= DIMS_AT && offset < STRIDES_AT && 3'(offset - DIMS_AT) < rank_held && cmd_data[DIM_BITS-1:0] == '0) destination_empty <= 1'b1;
  end

  // What the record means.
  logic [7:0] opcode;
  logic       acts, found_wload, found_ainit, found_multiply, found_drain, found_mdw;
  assign opcode = systole_isa::head_opcode(words);
  assign acts = !destination_empty || BUG == 10;
  assign found_wload = opcode == 8'(systole_isa::OP_WLOAD);
  assign found_mdw = opcode == 8'(systole_isa::OP_MDW);
  assign found_ainit = acts && opcode == 8'(systole_isa::OP_AINIT);
  assign found_multiply = acts && (opcode == 8'(systole_isa::OP_MM) || found_mdw);
  assign found_drain = acts && opcode == 8'(systole_isa::OP_DRAIN);

  // Fields of which fewer bits are in use.
  // verilator lint_off UNUSEDSIGNAL
  logic [7:0] wload_slot, multiply_slot, multiply_rank, ainit_op, mdw_op, residual;
  logic [1:0] activation;
  // verilator lint_on UNUSEDSIGNAL
  assign wload_slot = systole_isa::wload_slot(words);
  assign multiply_slot = found_mdw ? systole_isa::mdw_slot(words) : systole_isa::mm_slot(words);
  assign multiply_rank = found_mdw ? systole_isa::mdw_mRank(words) : systole_isa::mm_mRank(words);
  assign ainit_op = systole_isa::ainit_op(words);
  assign mdw_op = systole_isa::mdw_op(words);
  assign residual = systole_isa::drain_c(words);
  assign activation = systole_isa::drain_activation(words);

  localparam integer PLAIN_BITS = 32 + 4 + SLOT_BITS + 1 + 3 + 4 + 3 + 3 + 16 + 16 + 32 + 32;
  localparam integer ENTRY_BITS = PLAIN_BITS + 3 * 2 + 2 * 3 + RANK * (DIM_BITS + A_DIM_BITS) + OPERANDS * ADDRESS_BITS + (3 * RANK + 2) * ADDRESS_BITS;
  localparam integer C = 3, STRIDES_BITS = RANK * ADDRESS_BITS;
  logic [ENTRY_BITS-1:0] incoming;
  assign incoming = {
    incoming_order, found_wload, found_ainit, found_multiply, found_drain,
    found_wload ? wload_slot[SLOT_BITS-1:0] : multiply_slot[SLOT_BITS-1:0], found_mdw, multiply_rank[2:0],
    found_ainit ? ainit_op[0] : found_mdw ? mdw_op[0] : systole_isa::mm_op(words),
    activation[0], systole_isa::drain_table(words), residual != '0,
    systole_isa::mode_isat(mode), systole_isa::mode_scale(mode) != '0, systole_isa::mode_clamp(mode), systole_isa::mode_round(mode),
    systole_isa::mode_zpb(mode), systole_isa::mode_zpo(mode), systole_isa::mode_lo(mode), systole_isa::mode_hi(mode),
    incoming_words[0], incoming_signed[0], incoming_words[1], incoming_signed[1], incoming_words[C], incoming_signed[C],
    incoming_ranks[5:0], low_bits(incoming_dims[RANK*DIM_BITS +: RANK*DIM_BITS]), incoming_dims[RANK*DIM_BITS-1:0], incoming_bases,
    incoming_strides[C*STRIDES_BITS +: STRIDES_BITS], incoming_strides[2*STRIDES_BITS +: 2*ADDRESS_BITS], incoming_strides[2*STRIDES_BITS-1:0]
  };
  assign {
    order, is_wload, is_ainit, is_multiply, is_drain, slot, depthwise, row_axes, op, relu, has_table, has_residual,
    saturates, is_scaled, is_clamped, rounding, residual_zero, output_zero, low, high,
    d_word, d_signed, a_word, a_signed, c_word, c_signed, a_rank, d_rank, a_dims, d_dims, c_base, table_base, a_base, d_base,
    c_strides, table_word_stride, table_row_stride, a_strides, d_strides
  } = entries[oldest];

  // verilator lint_off UNUSEDSIGNAL
  function automatic [RANK*A_DIM_BITS-1:0] low_bits(input [RANK*DIM_BITS-1:0] all);
    integer i;
    for (i = 0; i < RANK; i = i + 1) low_bits[i*A_DIM_BITS +: A_DIM_BITS] = all[i*DIM_BITS +: A_DIM_BITS];
  endfunction
  // verilator lint_on UNUSEDSIGNAL

  // The queue. A record may come in while it is full; only its last word waits.
  localparam integer INDEX_BITS = QUEUE_DEPTH > 1 ? $clog2(QUEUE_DEPTH) : 1;
  localparam [INDEX_BITS-1:0] LAST_INDEX = INDEX_BITS'(QUEUE_DEPTH - 1);
  logic [ENTRY_BITS-1:0] entries [0:QUEUE_DEPTH-1];
  logic [INDEX_BITS-1:0] oldest, next;
  logic [INDEX_BITS:0]   count;
  logic                  push;
  assign cmd_ready = !cmd_last || count != (INDEX_BITS+1)'(QUEUE_DEPTH);
  assign valid = count != '0;
  assign push = accepts && cmd_last;
  always_ff @(posedge clk) begin
    if (push) entries[next] <= incoming;
    if (reset) begin
      {oldest, next, count} <= '0;
    end else begin
      if (push) next <= next == LAST_INDEX ? '0 : next + 1'b1;
      if (take) oldest <= oldest == LAST_INDEX ? '0 : oldest + 1'b1;
      count <= count + (INDEX_BITS+1)'(push) - (INDEX_BITS+1)'(take);
    end
  end

`ifdef SYSTOLE_CONTRACT
  // What legal instructions guarantee: proofs of `systole bundle score` assume it, `make contract` asserts it.
  logic [7:0] arriving;
  assign arriving = systole_isa::head_opcode({96'd0, cmd_data});
  always @* if (cmd_valid) begin
    `SYSTOLE_CONTRACT(!cmd_last || at == OPERANDS_AT - 6'd1 || (at == OPERANDS_AT && offset == LAST_OFFSET));
    `SYSTOLE_CONTRACT(operand < 3'(OPERANDS));
    // The fifth dim is the last one: elements of a row.
    `SYSTOLE_CONTRACT(at != OPERANDS_AT || offset != DIMS_AT + 5'd4 || cmd_data <= 32'(systole_profile::ROWS) || cmd_data <= 32'(systole_profile::LANES));
    `SYSTOLE_CONTRACT(at != WORDS_AT || arriving == 8'(systole_isa::OP_WLOAD) || arriving == 8'(systole_isa::OP_MM) || arriving == 8'(systole_isa::OP_MDW)
      || arriving == 8'(systole_isa::OP_AINIT) || arriving == 8'(systole_isa::OP_DRAIN) || arriving == 8'(systole_isa::OP_POST) || arriving == 8'(systole_isa::OP_WAIT));
    // A drain scales in fixed point or not at all.
    `SYSTOLE_CONTRACT(at != MODE_AT + 6'd1 || opcode != 8'(systole_isa::OP_DRAIN) || systole_isa::mode_scale({192'd0, cmd_data, 32'd0}) <= 3'd1);
  end
`endif
endmodule
