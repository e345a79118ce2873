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
  localparam integer OPERAND_WORDS = systole_isa::OPERAND_BYTES / 4;
  localparam [7:0] WORDS_AT = 8'(systole_isa::RETIREMENT_WORDS_AT / 4);
  localparam [7:0] MODE_AT = 8'(systole_isa::RETIREMENT_MODE_AT / 4);
  localparam [7:0] ORDER_AT = 8'(systole_isa::RETIREMENT_ORDER_AT / 4);
  localparam [7:0] OPERANDS_AT = 8'(systole_isa::RETIREMENT_OPERANDS_AT / 4);
  localparam integer ADDRESS_AT = systole_isa::OPERAND_ADDRESS_AT / 4;
  localparam integer DIMS_AT = systole_isa::OPERAND_DIMS_AT / 4;
  localparam integer STRIDES_AT = systole_isa::OPERAND_STRIDES_AT / 4;

  logic       accepts;
  logic [7:0] at;
  assign accepts = cmd_valid && cmd_ready;
  assign partial = at != '0;
  always_ff @(posedge clk) begin
    if (reset) at <= '0;
    else if (accepts) at <= cmd_last ? '0 : at + 1'b1;
  end

  // The head of the record.
  logic [127:0] words;
  logic [255:0] mode;
  logic [31:0]  incoming_order;
  genvar i, j;
  generate
    for (i = 0; i < 4; i = i + 1) begin : word
      localparam [7:0] AT = WORDS_AT + 8'(i);
      always_ff @(posedge clk) if (accepts && at == AT) words[32*i +: 32] <= cmd_data;
    end
    for (i = 0; i < 8; i = i + 1) begin : mode_word
      localparam [7:0] AT = MODE_AT + 8'(i);
      always_ff @(posedge clk) if (accepts && at == AT) mode[32*i +: 32] <= cmd_data;
    end
  endgenerate
  always_ff @(posedge clk) if (accepts && at == ORDER_AT) incoming_order <= cmd_data;

  // Operands. Their rank and dtype come first.
  logic [OPERANDS*8-1:0]                 incoming_dtypes;
  logic [OPERANDS*3-1:0]                 incoming_ranks;
  logic [OPERANDS*ADDRESS_BITS-1:0]      incoming_bases;
  logic [OPERANDS*RANK*DIM_BITS-1:0]     incoming_dims;
  logic [OPERANDS*RANK*ADDRESS_BITS-1:0] incoming_strides;
  logic [RANK-1:0]                       destination_zero;
  generate
    for (i = 0; i < OPERANDS; i = i + 1) begin : operand
      localparam [7:0] FIRST = OPERANDS_AT + 8'(i*OPERAND_WORDS);
      localparam [7:0] BASE = FIRST + 8'(ADDRESS_AT);
      logic is_word;
      assign is_word = incoming_dtypes[8*i +: 8] == 8'(systole_isa::DTYPE_S32) || incoming_dtypes[8*i +: 8] == 8'(systole_isa::DTYPE_U32);
      always_ff @(posedge clk) begin
        // Operands that the record lacks do not keep those of the one before.
        if (accepts && at == '0) {incoming_ranks[3*i +: 3], incoming_dtypes[8*i +: 8]} <= '0;
        else if (accepts && at == FIRST) {incoming_ranks[3*i +: 3], incoming_dtypes[8*i +: 8]} <= cmd_data[18:8];
        if (accepts && at == BASE) incoming_bases[ADDRESS_BITS*i +: ADDRESS_BITS] <= cmd_data[3 +: ADDRESS_BITS];
      end
      for (j = 0; j < RANK; j = j + 1) begin : axis
        localparam [7:0] DIM = FIRST + 8'(DIMS_AT + j), STRIDE = FIRST + 8'(STRIDES_AT + j);
        localparam [2:0] AXIS = 3'(j);
        logic exists;
        assign exists = AXIS < incoming_ranks[3*i +: 3];
        always_ff @(posedge clk) begin
          if (accepts && at == DIM) incoming_dims[(i*RANK+j)*DIM_BITS +: DIM_BITS] <= exists ? cmd_data[DIM_BITS-1:0] : 'd1;
          if (accepts && at == STRIDE)
            incoming_strides[(i*RANK+j)*ADDRESS_BITS +: ADDRESS_BITS] <= is_word ? {cmd_data[ADDRESS_BITS-3:0], 2'b00} : cmd_data[ADDRESS_BITS-1:0];
        end
        if (i == 0) begin : destination
          always_ff @(posedge clk) begin
            if (accepts && at == '0) destination_zero[j] <= 1'b0;
            else if (accepts && at == DIM) destination_zero[j] <= exists && cmd_data == '0;
          end
        end
      end
    end
  endgenerate

  // What the record means.
  logic [7:0] opcode;
  logic       acts, found_wload, found_ainit, found_multiply, found_drain, found_mdw;
  assign opcode = systole_isa::head_opcode(words);
  assign acts = destination_zero == '0 || BUG == 10;
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
