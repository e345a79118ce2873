// systole_multiply_add: a x b + c of bf16, bf16 and fp32, rounded once to fp32, nearest even.
//
// Product and addend are normalised, the smaller one is shifted below the greater, their sum is normalised again and rounded at the place
// where fp32 ends, subnormals included. What the shift drops is not missed: it is more than 28 places below the leading bit of a number of
// at most 24 bits, so less than an eighth of what could turn its rounding, and a subnormal sum has no operand so far below the other.
module systole_multiply_add #(
  parameter integer BUG = 0
) (
  input  logic [15:0] a,
  input  logic [15:0] b,
  input  logic [31:0] c,
  output logic [31:0] sum
);
  localparam [31:0] NAN = 32'h7fc00000;
  // Significands of 24 bits, normalised, and room below for one of 24 bits at up to two places of distance.
  localparam integer WINDOW = 52;
  localparam [10:0] FARTHEST = 11'd52;

  logic a_special, b_special, c_special, a_zero, b_zero, is_nan, product_infinite, product_sign;
  assign a_special = &a[14:7];
  assign b_special = &b[14:7];
  assign c_special = &c[30:23];
  assign a_zero = a[14:0] == '0 || (BUG == 31 && a[14:7] == '0);
  assign b_zero = b[14:0] == '0 || (BUG == 31 && b[14:7] == '0);
  assign product_sign = a[15] ^ b[15];
  assign product_infinite = a_special || b_special;
  assign is_nan = (a_special && a[6:0] != '0) || (b_special && b[6:0] != '0) || (c_special && c[22:0] != '0)
    || (a_special && b_zero) || (b_special && a_zero) || (product_infinite && c_special && product_sign != c[31]);

  // Exponents are those of the leading bit, biased as in fp32; subnormals make them less than 1.
  logic        [15:0] product, product_shifted;
  logic        [23:0] addend, addend_shifted, product_significand;
  logic        [4:0]  product_zeros, addend_zeros;
  logic signed [10:0] product_exponent, addend_exponent;
  logic               product_zero, addend_zero;
  assign product = {8'b0, a[14:7] != '0, a[6:0]} * {8'b0, b[14:7] != '0, b[6:0]};
  assign product_zero = a_zero || b_zero;
  assign product_zeros = leading_zeros({product, 8'b0});
  assign product_shifted = product << product_zeros;
  assign product_significand = {product_shifted, 8'b0};
  // The top bit of a product of two normal numbers has the weight 2 x 2^(ea + eb).
  assign product_exponent = $signed({3'b0, a[14:7]} + {10'b0, a[14:7] == '0}) + $signed({3'b0, b[14:7]} + {10'b0, b[14:7] == '0}) - 11'sd126
    - $signed({6'b0, product_zeros});
  assign addend = {c[30:23] != '0, c[22:0]};
  assign addend_zero = c[30:0] == '0;
  assign addend_zeros = leading_zeros(addend);
  assign addend_shifted = addend << addend_zeros;
  assign addend_exponent = $signed({3'b0, c[30:23]} + {10'b0, c[30:23] == '0}) - $signed({6'b0, addend_zeros});

  // The greater one at the top of the window, the other below it.
  logic               product_greater;
  logic        [23:0] greater, smaller;
  logic               greater_sign, smaller_sign;
  logic signed [10:0] greater_exponent;
  logic        [10:0] distance;
  assign product_greater = !product_zero && (addend_zero || product_exponent > addend_exponent
    || (product_exponent == addend_exponent && product_significand > addend_shifted));
  assign greater = product_greater ? product_significand : addend_shifted;
  assign smaller = product_greater ? addend_shifted : product_significand;
  assign greater_sign = product_greater ? product_sign : c[31];
  assign smaller_sign = product_greater ? c[31] : product_sign;
  assign greater_exponent = product_greater ? product_exponent : addend_exponent;
  assign distance = product_greater ? product_exponent - addend_exponent : addend_exponent - product_exponent;

  logic [WINDOW-1:0] aligned;
  logic [WINDOW:0]   total;
  assign aligned = product_zero || addend_zero ? '0 : {smaller, {(WINDOW-24){1'b0}}} >> (distance > FARTHEST ? FARTHEST : distance);
  assign total = {1'b0, greater, {(WINDOW-24){1'b0}}} + (greater_sign == smaller_sign ? {1'b0, aligned} : -{1'b0, aligned});

  // Normalised, or shifted down to the exponent of subnormals; then rounded.
  logic        [5:0]        total_zeros;
  logic signed [10:0]       exponent;
  logic        [WINDOW:0]   normal;
  logic        [10:0]       below;
  logic        [2*WINDOW+1:0] placed;
  logic        [30:0]       kept;
  logic                     half, rest, up;
  assign total_zeros = leading_zeros_of_total(total);
  assign normal = total << total_zeros;
  assign exponent = greater_exponent + 11'sd1 - $signed({5'b0, total_zeros});
  assign below = exponent < 11'sd1 ? 11'sd1 - exponent : 11'd0;
  assign placed = {normal, {(WINDOW+1){1'b0}}} >> (below > FARTHEST ? FARTHEST : below);
  assign half = placed[2*WINDOW-23];
  assign rest = |placed[2*WINDOW-24:0];
  // Exponent and fraction are one number: a carry out of the fraction is the next exponent, up to infinity.
  assign kept = {exponent < 11'sd1 ? 8'd0 : exponent[7:0], placed[2*WINDOW : 2*WINDOW-22]};
  assign up = half && (rest || kept[0] || BUG == 33);
  // The leading bit of a normal number is not written; one that rounding makes of a subnormal is.
  logic [30:0] rounded;
  logic        is_infinite;
  assign rounded = kept + {30'b0, up};
  assign is_infinite = exponent > 11'sd254 || (&rounded[30:23]);

  assign sum = is_nan ? NAN
    : product_infinite ? {product_sign, 8'hff, 23'b0}
    : c_special ? c
    : product_zero && addend_zero ? {product_sign && c[31], 31'b0}
    : total == '0 ? 32'b0
    : BUG == 32 && exponent < 11'sd1 ? {greater_sign, 31'b0}
    : is_infinite ? {greater_sign, 8'hff, 23'b0}
    : {greater_sign, rounded};

  function automatic [4:0] leading_zeros(input [23:0] bits);
    integer k;
    leading_zeros = 5'd24;
    for (k = 0; k < 24; k = k + 1) if (bits[k]) leading_zeros = 5'd23 - k[4:0];
  endfunction
  function automatic [5:0] leading_zeros_of_total(input [WINDOW:0] bits);
    integer k;
    leading_zeros_of_total = 6'd53;
    for (k = 0; k <= WINDOW; k = k + 1) if (bits[k]) leading_zeros_of_total = 6'd52 - k[5:0];
  endfunction
endmodule
