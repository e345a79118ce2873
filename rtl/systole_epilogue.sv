// systole_epilogue: the arithmetic of drain: bias, fixed-point scale with one rounding, residual, relu, zero point, clamp, write.
//
// All is exact but the one rounding. A scale to the left may make a value of any size, of which the lowest bits, and whether it is beyond
// everything that is still added to it, say all that a wrapping or a saturating write asks for.
module systole_epilogue #(
  parameter integer BUG = 0
) (
  input  logic        clk,
  // What the instruction asks for; still while its elements pass.
  input  logic        is_scaled,
  input  logic [2:0]  rounding,
  input  logic        has_residual,
  input  logic [15:0] residual_zero,
  input  logic        relu,
  input  logic [15:0] output_zero,
  input  logic        is_clamped,
  input  logic [31:0] low,
  input  logic [31:0] high,
  input  logic        saturates,
  input  logic        to_word,
  input  logic        to_signed,
  // An element, its row of the channel table, and its residual; values are extended to 33 bits.
  input  logic [32:0] x,
  input  logic [31:0] bias,
  input  logic [31:0] multiplier,
  input  logic [7:0]  shift,
  input  logic [32:0] residual,
  // Two clocks later.
  output logic [31:0] result
);
  localparam [2:0] RNE = 3'd0, RZ = 3'd1, RD = 3'd2, RU = 3'd3, RNA = 3'd4, RHU = 3'd5, ODD = 3'd6;
  // A product of 1.5 x 2^32 and 2^31 at most, by PLACES to the left or less; shifts to the right by more than it has bits are alike.
  localparam integer PRODUCT_BITS = 65, PLACES = 40;
  localparam integer WIDE_BITS = PRODUCT_BITS + PLACES + PRODUCT_BITS, POINT = PRODUCT_BITS;
  localparam [7:0] FARTHEST = 8'd105;
  // What is added behind the scale stays far below 2^36.
  localparam integer FIT_BITS = 38;

  // First clock: bias and product.
  logic signed [33:0]             u;
  logic signed [PRODUCT_BITS-1:0] product, scaled_by;
  logic        [7:0]              shift_held;
  logic signed [33:0]             centred, centred_held;
  logic        [32:0]             r;
  assign u = $signed({x[32], x}) + (BUG == 20 ? 34'sd0 : $signed({{2{bias[31]}}, bias}));
  assign scaled_by = is_scaled ? $signed({{33{multiplier[31]}}, multiplier}) : 65'sd1;
  assign r = BUG == 21 && to_word ? {residual[31], residual[31:0]} : residual;
  assign centred = $signed({r[32], r}) + (BUG == 22 ? $signed({{18{residual_zero[15]}}, residual_zero}) : -$signed({{18{residual_zero[15]}}, residual_zero}));
  always_ff @(posedge clk) begin
    product <= u * scaled_by;
    shift_held <= shift;
    centred_held <= has_residual ? centred : 34'sd0;
  end

  // Second clock: product x 2^(shift - 31), rounded.
  logic signed [9:0]           distance;
  logic        [7:0]           places;
  logic        [WIDE_BITS-1:0] wide;
  logic        [PRODUCT_BITS+PLACES-1:0] floor, rounded;
  logic                        half, rest, negative, up, whole_product;
  assign distance = is_scaled ? 10'sd71 - $signed(BUG == 23 ? {{4{shift_held[5]}}, shift_held[5:0]} : {{2{shift_held[7]}}, shift_held}) : 10'sd40;
  assign places = distance < 10'sd0 ? 8'd0 : distance > $signed({2'b00, FARTHEST}) ? FARTHEST : distance[7:0];
  assign whole_product = BUG != 24;
  assign wide = $signed({whole_product ? product : {{17{product[47]}}, product[47:0]}, {(PLACES+POINT){1'b0}}}) >>> places;
  assign floor = wide[WIDE_BITS-1:POINT];
  assign half = wide[POINT-1];
  assign rest = |wide[POINT-2:0];
  assign negative = floor[PRODUCT_BITS+PLACES-1];
  assign up = rounding == RNE ? half && (rest || floor[0] || BUG == 25)
    : rounding == RZ ? negative && (half || rest) && BUG != 26
    : rounding == RD ? 1'b0
    : rounding == RU ? half || rest
    : rounding == RNA ? half && (rest || !negative || BUG == 27)
    : rounding == RHU ? half
    : 1'b0;
  assign rounded = rounding == ODD ? {floor[PRODUCT_BITS+PLACES-1:1], floor[0] || ((half || rest) && BUG != 40)} : floor + {{(PRODUCT_BITS+PLACES-1){1'b0}}, up};

  // A value is its lowest 40 bits where it fits 38; where it does not it is beyond every limit on the side of its sign.
  logic        fits, is_beyond, sign, sign_held;
  logic [39:0] lowest, lowest_held;
  logic signed [33:0] centred_last;
  assign sign = rounded[PRODUCT_BITS+PLACES-1];
  assign fits = rounded[PRODUCT_BITS+PLACES-1:FIT_BITS-1] == {(PRODUCT_BITS+PLACES-FIT_BITS+1){sign}};
  assign lowest = BUG == 28 && relu && sign ? '0 : rounded[39:0];
  always_ff @(posedge clk) begin
    is_beyond <= !fits;
    sign_held <= sign;
    lowest_held <= lowest;
    centred_last <= centred_held;
  end

  // Behind the clock: what is left is additions and comparisons.
  logic signed [39:0] joined, active, placed, bounded, least, greatest, zero;
  logic               is_negative, beyond, below_low, above_high, below_least, above_greatest, in_bounds;
  assign zero = {{24{output_zero[15]}}, output_zero};
  assign joined = $signed(lowest_held) + $signed({{6{centred_last[33]}}, centred_last});
  assign is_negative = is_beyond ? sign_held : joined[39];
  assign active = relu && is_negative && BUG != 28 ? 40'sd0 : joined;
  assign beyond = is_beyond && !(relu && is_negative);
  assign placed = BUG == 29 ? active : active + zero;

  assign below_low = is_clamped && (beyond ? sign_held : placed < $signed({{8{low[31]}}, low}));
  assign above_high = is_clamped && (below_low ? $signed(low) > $signed(high) : beyond ? !sign_held : placed > $signed({{8{high[31]}}, high}));
  assign bounded = (above_high ? $signed({{8{high[31]}}, high}) : below_low ? $signed({{8{low[31]}}, low}) : placed) + (BUG == 29 ? zero : 40'sd0);
  assign in_bounds = is_clamped || !beyond;

  assign least = !to_signed && BUG != 30 ? 40'sd0 : to_word ? -40'sd2147483648 : -40'sd128;
  assign greatest = to_word ? (to_signed ? 40'sd2147483647 : 40'sd4294967295) : (to_signed || BUG == 30 ? 40'sd127 : 40'sd255);
  assign below_least = in_bounds ? bounded < least : sign_held;
  assign above_greatest = in_bounds ? bounded > greatest : !sign_held;
  assign result = saturates && BUG != 19 ? (below_least ? least[31:0] : above_greatest ? greatest[31:0] : bounded[31:0]) : bounded[31:0];
endmodule
