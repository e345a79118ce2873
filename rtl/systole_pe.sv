// systole_pe: one processing element of the integer array: a weight held still, a product of 8-bit operands added to what passes down.
module systole_pe #(
  parameter integer OPERAND_BITS = 8,
  parameter integer PSUM_BITS = 18,
  parameter integer BUG = 0
) (
  input  logic                    clk,
  // The shadow weights of a column shift down.
  input  logic                    load,
  input  logic [OPERAND_BITS-1:0] s_in,
  input  logic                    ls_in,
  output logic [OPERAND_BITS-1:0] s,
  output logic                    ls,
  // Nothing is reset: when the first row comes, all has passed. Activations go right: `v` valid, for waves, `f` the first of a tile, from which on the shadow weights count.
  input  logic [OPERAND_BITS-1:0] a_in,
  input  logic                    f_in,
  input  logic                    v_in,
  output logic [OPERAND_BITS-1:0] a,
  output logic                    f,
  output logic                    v,
  // Partial sums go down, past what is not live.
  input  logic [PSUM_BITS-1:0]    p_in,
  output logic [PSUM_BITS-1:0]    p
);
  localparam integer PRODUCT_BITS = 2 * OPERAND_BITS;

  logic [OPERAND_BITS-1:0] w;
  logic                    l, live;
  // One register of all that passes on: for a simulator each is work in every clock.
  logic [OPERAND_BITS+2+PSUM_BITS-1:0] passed, passing;

  logic signed [OPERAND_BITS-1:0] activation, weight;
  logic signed [PRODUCT_BITS-1:0] product, kept;
  logic signed [PSUM_BITS-1:0]    sum, kept_sum;

  assign {weight, live} = f_in ? {s, ls} : {w, l};
  assign activation = a_in;
  assign product = activation * weight;
  // -128 x -128 is the one product that needs the last bit.
  assign kept = BUG == 1 ? $signed({product[PRODUCT_BITS-2], product[PRODUCT_BITS-2:0]}) : product;
  assign sum = $signed(p_in) + (live ? {{(PSUM_BITS - PRODUCT_BITS){kept[PRODUCT_BITS-1]}}, kept} : '0);
  assign kept_sum = BUG == 2 ? $signed({{2{sum[PSUM_BITS-3]}}, sum[PSUM_BITS-3:0]}) : sum;

  always_ff @(posedge clk) begin
    if (load) {s, ls} <= {s_in, ls_in};
    if (f_in) {w, l} <= {s, ls};
    passed <= passing;
  end
  assign passing = {a_in, f_in, v_in, kept_sum};
  assign {a, f, v, p} = passed;
endmodule
