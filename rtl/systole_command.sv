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
  // Operands D, A, B, C from the lowest bits up.
  output logic [systole_isa::OPERAND_MAX*8-1:0]                                   dtypes,
  output logic [systole_isa::OPERAND_MAX*3-1:0]                                   ranks,
  output logic [systole_isa::OPERAND_MAX*ADDRESS_BITS-1:0]                        bases,
  output logic [systole_isa::OPERAND_MAX*systole_isa::RANK_MAX*DIM_BITS-1:0]      dims,
  output logic [systole_isa::OPERAND_MAX*systole_isa::RANK_MAX*ADDRESS_BITS-1:0]  strides
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

  // Rank and dtype of an operand come before its dims and strides. Operands that the record lacks do not keep those of the one before.
  logic [127:0] words;
  logic [255:0] mode;
  logic [31:0]  incoming_order;
  logic [OPERANDS*8-1:0]                 incoming_dtypes;
  logic [OPERANDS*3-1:0]                 incoming_ranks;
  logic [OPERANDS*ADDRESS_BITS-1:0]      incoming_bases;
  logic [OPERANDS*RANK*DIM_BITS-1:0]     incoming_dims;
  logic [OPERANDS*RANK*ADDRESS_BITS-1:0] incoming_strides;
  logic                                  destination_empty;
  logic [2:0] dim_axis, stride_axis;
  logic       dim_exists, is_word;
  assign dim_axis = 3'(offset - DIMS_AT);
  assign stride_axis = 3'(offset - STRIDES_AT);
  assign dim_exists = dim_axis < incoming_ranks[3*operand +: 3];
  assign is_word = incoming_dtypes[8*operand +: 8] == 8'(systole_isa::DTYPE_S32) || incoming_dtypes[8*operand +: 8] == 8'(systole_isa::DTYPE_U32);
  always_ff @(posedge clk) if (accepts) begin
    if (at == '0) begin
      {incoming_dtypes, incoming_ranks} <= '0;
      destination_empty <= 1'b0;
    end
    if (at >= WORDS_AT && at < WORDS_AT + 6'd4) words[32*(at - WORDS_AT) +: 32] <= cmd_data;
    if (at >= MODE_AT && at < MODE_AT + 6'd8) mode[32*(at - MODE_AT) +: 32] <= cmd_data;
    if (at == ORDER_AT) incoming_order <= cmd_data;
    if (at == OPERANDS_AT) begin
      if (offset == '0) begin
        incoming_dtypes[8*operand +: 8] <= cmd_data[15:8];
        incoming_ranks[3*operand +: 3] <= cmd_data[18:16];
      end
      if (offset == ADDRESS_AT) incoming_bases[ADDRESS_BITS*operand +: ADDRESS_BITS] <= cmd_data[3 +: ADDRESS_BITS];
      if (offset >= DIMS_AT && offset < STRIDES_AT) begin
        incoming_dims[(operand*RANK + 32'(dim_axis))*DIM_BITS +: DIM_BITS] <= dim_exists ? cmd_data[DIM_BITS-1:0] : 'd1;
        if (operand == '0 && dim_exists && cmd_data == '0) destination_empty <= 1'b1;
      end
      if (offset >= STRIDES_AT && offset < STRIDES_AT + 5'(RANK))
        incoming_strides[(operand*RANK + 32'(stride_axis))*ADDRESS_BITS +: ADDRESS_BITS] <= is_word ? {cmd_data[ADDRESS_BITS-3:0], 2'b00} : cmd_data[ADDRESS_BITS-1:0];
    end
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
  localparam integer ENTRY_BITS = PLAIN_BITS + OPERANDS * (8 + 3 + ADDRESS_BITS + RANK * (DIM_BITS + ADDRESS_BITS));
  logic [ENTRY_BITS-1:0] incoming;
  assign incoming = {
    incoming_order, found_wload, found_ainit, found_multiply, found_drain,
    found_wload ? wload_slot[SLOT_BITS-1:0] : multiply_slot[SLOT_BITS-1:0], found_mdw, multiply_rank[2:0],
    found_ainit ? ainit_op[0] : found_mdw ? mdw_op[0] : systole_isa::mm_op(words),
    activation[0], systole_isa::drain_table(words), residual != '0,
    systole_isa::mode_isat(mode), systole_isa::mode_scale(mode) != '0, systole_isa::mode_clamp(mode), systole_isa::mode_round(mode),
    systole_isa::mode_zpb(mode), systole_isa::mode_zpo(mode), systole_isa::mode_lo(mode), systole_isa::mode_hi(mode),
    incoming_dtypes, incoming_ranks, incoming_bases, incoming_dims, incoming_strides
  };
  assign {
    order, is_wload, is_ainit, is_multiply, is_drain, slot, depthwise, row_axes, op, relu, has_table, has_residual,
    saturates, is_scaled, is_clamped, rounding, residual_zero, output_zero, low, high, dtypes, ranks, bases, dims, strides
  } = entries[oldest];

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
endmodule
