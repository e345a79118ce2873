// systole_address: walks the elements of a tensor row-major, one a step: five dims, signed strides in bytes.
//
// Each axis keeps the address of its current index with all inner indices at zero, so that a step is one addition and needs no product.
// Addresses and strides count modulo 2^ADDRESS_BITS: every element lies in memory, and so does everything on the way to it.
module systole_address #(
  parameter integer ADDRESS_BITS = 14,
  parameter integer DIM_BITS = 15,
  parameter integer BUG = 0
) (
  input  logic                                             clk,
  // The tensor is taken at this edge, its first address is there afterwards. May come with the last step of the one before.
  input  logic                                             start,
  input  logic [ADDRESS_BITS-1:0]                          base,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [systole_isa::RANK_MAX*DIM_BITS-1:0]        dims,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [systole_isa::RANK_MAX*ADDRESS_BITS-1:0]    strides,
  input  logic                                             step,
  // Behind the last element the walk begins anew, this far from where it began.
  input  logic [ADDRESS_BITS-1:0]                          advance,
  output logic [ADDRESS_BITS-1:0]                          address,
  // The axes that have their last index.
  output logic [systole_isa::RANK_MAX-1:0]                 at_end
);
  localparam integer RANK = systole_isa::RANK_MAX;

  logic [ADDRESS_BITS-1:0] origin, next_origin;
  logic                    restarts;
  assign restarts = step && (&at_end);
  assign next_origin = origin + advance;
  always_ff @(posedge clk) begin
    if (start) origin <= base;
    else if (restarts) origin <= next_origin;
  end

  // An axis takes part when all inner ones are at their end; the outermost of those that do takes the step, the others begin anew behind it.
  logic [RANK*ADDRESS_BITS-1:0] place, stepped;
  logic [ADDRESS_BITS-1:0]      next;
  assign address = place[(RANK-1)*ADDRESS_BITS +: ADDRESS_BITS];
  assign next = restarts ? next_origin : any_of(stepped);

  // Of a dim, which is at least 1, one less.
  localparam integer INDEX_BITS = DIM_BITS - 1;
  logic [RANK*INDEX_BITS-1:0]   left, most;
  logic [RANK*ADDRESS_BITS-1:0] stride;
  logic [RANK-1:0]              takes_part;
  integer k;
  always_ff @(posedge clk) begin
    if (start) begin
      stride <= strides;
      for (k = 0; k < RANK; k = k + 1) begin
        left[k*INDEX_BITS +: INDEX_BITS] <= dims[k*DIM_BITS +: INDEX_BITS] - 1'b1;
        most[k*INDEX_BITS +: INDEX_BITS] <= dims[k*DIM_BITS +: INDEX_BITS] - 1'b1;
        place[k*ADDRESS_BITS +: ADDRESS_BITS] <= base;
      end
    end else if (step) begin
      for (k = 0; k < RANK; k = k + 1) if (takes_part[k]) begin
        left[k*INDEX_BITS +: INDEX_BITS] <= at_end[k] ? most[k*INDEX_BITS +: INDEX_BITS] : left[k*INDEX_BITS +: INDEX_BITS] - 1'b1;
        place[k*ADDRESS_BITS +: ADDRESS_BITS] <= next;
      end
    end
  end

  genvar i;
  generate
    for (i = 0; i < RANK; i = i + 1) begin : axis
      localparam [RANK-1:0] NOT_INNER = (2 << i) - 1;
      logic [ADDRESS_BITS-1:0] by;
      assign by = BUG == 7 ? {2'b00, stride[i*ADDRESS_BITS +: ADDRESS_BITS-2]} : stride[i*ADDRESS_BITS +: ADDRESS_BITS];
      assign at_end[i] = left[i*INDEX_BITS +: INDEX_BITS] == '0 || (BUG == 6 && i == 0);
      assign takes_part[i] = &(at_end | NOT_INNER);
      assign stepped[i*ADDRESS_BITS +: ADDRESS_BITS] = takes_part[i] && !at_end[i] ? place[i*ADDRESS_BITS +: ADDRESS_BITS] + by : '0;
    end
  endgenerate

  function automatic [ADDRESS_BITS-1:0] any_of(input [RANK*ADDRESS_BITS-1:0] terms);
    integer n;
    any_of = '0;
    for (n = 0; n < RANK; n = n + 1) any_of = any_of | terms[n*ADDRESS_BITS +: ADDRESS_BITS];
  endfunction
endmodule
