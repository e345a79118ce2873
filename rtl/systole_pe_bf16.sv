// systole_pe_bf16: one processing element of the bf16 array: a product of bf16 and a partial sum of fp32, added exactly and rounded once.
//
// Nearest even; subnormals are kept; a NaN is always 7FC00000. Flow of weights, activations and sums is that of systole_pe.
module systole_pe_bf16 #(
  parameter integer BUG = 0
) (
  input  logic        clk,
  input  logic        reset,
  input  logic        load,
  input  logic [15:0] s_in,
  input  logic        ls_in,
  output logic [15:0] s,
  output logic        ls,
  input  logic [15:0] a_in,
  input  logic        f_in,
  input  logic        v_in,
  output logic [15:0] a,
  output logic        f,
  output logic        v,
  input  logic [31:0] p_in,
  output logic [31:0] p
);
  logic [15:0] w;
  logic        l;

  logic        takes_shadow, live;
  logic [15:0] weight;
  logic [31:0] sum;

  assign takes_shadow = f_in && v_in;
  assign weight = takes_shadow ? s : w;
  assign live = v_in && (takes_shadow ? ls : l);

  systole_multiply_add #(.BUG(BUG)) multiply_add (.a(a_in), .b(weight), .c(p_in), .sum(sum));

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
      p <= live ? sum : p_in;
    end
  end
endmodule
