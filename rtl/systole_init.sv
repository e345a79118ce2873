// systole_init: ainit: zeroes to accumulators, a row each clock, or words from memory, an element each clock.
module systole_init #(
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
  input  logic                                          loads,
  input  logic [LANES-1:0]                              lanes,
  input  logic [2:0]                                    d_rank,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [ADDRESS_BITS-1:0]                       d_base,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [systole_isa::RANK_MAX*DIM_BITS-1:0]     d_dims,
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] d_strides,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [ADDRESS_BITS-1:0]                       a_base,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0] a_strides,
  output logic [ADDRESS_BITS-1:0]                       read_address,
  input  logic [31:0]                                   read_data,
  output logic [4*LANES-1:0]                            write_strobe,
  // In words.
  output logic [ACC_BITS-3:0]                           write_address,
  output logic [32*LANES-1:0]                           write_data
);
  localparam integer RANK = systole_isa::RANK_MAX;
  localparam integer LANE_BITS = $clog2(LANES);
  // No dim is more than there are rows, the last of five not more than their lanes.
  localparam integer WORD_BITS = ACC_BITS - 2, INDEX_BITS = WORD_BITS - LANE_BITS, LAST_INDEX_BITS = LANES > 1 ? LANE_BITS : 1;

  logic                     steps, last;
  logic [RANK-1:0]          d_end;
  logic [RANK*DIM_BITS-1:0] d_walked;
  logic [WORD_BITS-1:0]     d_word;
  // verilator lint_off UNUSEDSIGNAL
  logic [RANK-1:0]          a_end;
  // verilator lint_on UNUSEDSIGNAL
  systole_address #(.ADDRESS_BITS(WORD_BITS), .DIM_BITS(DIM_BITS), .INDEX_BITS(INDEX_BITS), .LAST_INDEX_BITS(LAST_INDEX_BITS), .BUG(BUG)) d_walk (
    .clk(clk), .start(start), .base(d_base[ACC_BITS-1:2]), .dims(d_walked), .strides(in_words(d_strides)), .step(steps), .advance({WORD_BITS{1'b0}}), .address(d_word), .at_end(d_end)
  );
  systole_address #(.ADDRESS_BITS(ADDRESS_BITS-2), .DIM_BITS(DIM_BITS), .INDEX_BITS(INDEX_BITS), .LAST_INDEX_BITS(LAST_INDEX_BITS), .ENDS(0), .BUG(BUG)) a_walk (
    .clk(clk), .start(start), .base(a_base[ADDRESS_BITS-1:2]), .dims(d_walked), .strides(words_of(a_strides)), .step(steps), .advance({(ADDRESS_BITS-2){1'b0}}), .address(read_address[ADDRESS_BITS-1:2]), .at_end(a_end)
  );
  assign read_address[1:0] = 2'b00;
  assign last = steps && (&d_end);

  // One clock for the read, in which a zero waits too.
  logic             writes, loads_held;
  logic [LANES-1:0] lanes_held, strobed;
  assign busy = steps || writes;
  always_ff @(posedge clk) begin
    if (reset) steps <= 1'b0;
    else steps <= start || (steps && !last);
    if (start) {loads_held, lanes_held} <= {loads, lanes};
    writes <= steps && !reset;
    done <= last && !reset;
    write_address <= d_word;
  end

  genvar i;
  generate
    for (i = 0; i < RANK; i = i + 1) begin : axis
      assign d_walked[i*DIM_BITS +: DIM_BITS] = !loads && d_rank == 3'(i + 1) ? 'd1 : d_dims[i*DIM_BITS +: DIM_BITS];
    end
    for (i = 0; i < LANES; i = i + 1) begin : lane
      logic is_it;
      if (LANES == 1) begin : only
        assign is_it = 1'b1;
      end else begin : several
        assign is_it = write_address[LANE_BITS-1:0] == LANE_BITS'(i);
      end
      assign strobed[i] = loads_held ? is_it : lanes_held[i];
      assign write_strobe[4*i +: 4] = {4{writes && strobed[i]}};
    end
  endgenerate
  assign write_data = loads_held ? {LANES{read_data}} : '0;

  // verilator lint_off UNUSEDSIGNAL
  function automatic [RANK*WORD_BITS-1:0] in_words(input [RANK*ADDRESS_BITS-1:0] strides);
    integer k;
    for (k = 0; k < RANK - 1; k = k + 1) in_words[k*WORD_BITS +: WORD_BITS] = strides[k*ADDRESS_BITS+2 +: WORD_BITS];
    // Lanes of a row lie side by side.
    in_words[(RANK-1)*WORD_BITS +: WORD_BITS] = 'd1;
  endfunction
  function automatic [RANK*(ADDRESS_BITS-2)-1:0] words_of(input [RANK*ADDRESS_BITS-1:0] strides);
    integer k;
    for (k = 0; k < RANK; k = k + 1) words_of[k*(ADDRESS_BITS-2) +: ADDRESS_BITS-2] = strides[k*ADDRESS_BITS+2 +: ADDRESS_BITS-2];
  endfunction
  // verilator lint_on UNUSEDSIGNAL

`ifdef SYSTOLE_CONTRACT
  // What legal instructions guarantee: proofs of `systole bundle score` assume it, `make contract` asserts it.
  localparam integer ROW_LOW = $clog2(4 * LANES);
  integer n;
  always @* if (start) begin
    `SYSTOLE_CONTRACT(d_rank >= 3'd1 && d_rank <= 3'(RANK));
    `SYSTOLE_CONTRACT(d_base[ROW_LOW-1:0] == '0 && d_dims[(RANK-1)*DIM_BITS +: DIM_BITS] <= DIM_BITS'(LANES));
    for (n = 0; n < RANK; n = n + 1)
      `SYSTOLE_CONTRACT(d_dims[n*DIM_BITS +: DIM_BITS] != '0 && d_dims[n*DIM_BITS +: DIM_BITS] <= DIM_BITS'(systole_profile::ACC_BYTES / (4 * LANES)) && d_strides[n*ADDRESS_BITS +: 2] == 2'b00
        && (d_dims[n*DIM_BITS +: DIM_BITS] == DIM_BITS'(1) || d_rank == 3'(n + 1) || d_strides[n*ADDRESS_BITS +: ROW_LOW] == '0));
  end
`endif
endmodule
