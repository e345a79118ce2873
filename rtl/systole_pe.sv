// systole_pe: one processing element of the integer array: a weight held still, a product of 8-bit operands added to what passes down.
module systole_pe #(
  parameter integer OPERAND_BITS = 8,
  parameter integer PSUM_BITS = 18,
  parameter integer BUG = 0
) (
  input  logic                    clk,
  input  logic                    reset,
  // The shadow weights of a column shift down.
  input  logic                    load,
  input  logic [OPERAND_BITS-1:0] s_in,
  input  logic                    ls_in,
  output logic [OPERAND_BITS-1:0] s,
  output logic                    ls,
  // Activations go right: `v` valid, `f` the first of a tile, from which on the shadow weights count.
  input  logic [OPERAND_BITS-1:0] a_in,
  input  logic                    f_in,
  input  logic                    v_in,
  output logic [OPERAND_BITS-1:0] a,
  output logic                    f,
  output logic                    v,
  // Partial sums go down.
  input  logic [PSUM_BITS-1:0]    p_in,
  output logic [PSUM_BITS-1:0]    p
);
  localparam integer PRODUCT_BITS = 2 * OPERAND_BITS;

  logic [OPERAND_BITS-1:0] w;
  // A row without activations brings zeroes, which add nothing: that a weight is live is for waves.
  // verilator lint_off UNUSEDSIGNAL
  logic                    l;
  // verilator lint_on UNUSEDSIGNAL

  logic                           takes_shadow;
  logic signed [OPERAND_BITS-1:0] activation, weight;
  logic signed [PRODUCT_BITS-1:0] product, kept;
  logic signed [PSUM_BITS-1:0]    sum, kept_sum;

  assign takes_shadow = f_in && v_in;
  assign weight = takes_shadow ? s : w;
  assign activation = a_in;
  assign product = activation * weight;
  // -128 x -128 is the one product that needs the last bit.
  assign kept = BUG == 1 ? $signed({product[PRODUCT_BITS-2], product[PRODUCT_BITS-2:0]}) : product;
  assign sum = $signed(p_in) + {{(PSUM_BITS - PRODUCT_BITS){kept[PRODUCT_BITS-1]}}, kept};
  assign kept_sum = BUG == 2 ? $signed({{2{sum[PSUM_BITS-3]}}, sum[PSUM_BITS-3:0]}) : sum;

  always_ff @(posedge clk) begin
    if (reset) begin
      {w, l, s, ls, a, f, v, p} <= '0;
    end else begin
      if (load) begin
        s <= s_in;
        ls <= ls_in;
      end
      if (takes_shadow) begin
        w <= s;
        l <= ls;
      end
      a <= a_in;
      f <= f_in;
      v <= v_in;
      p <= kept_sum;
    end
  end
endmodule
