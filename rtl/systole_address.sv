// systole_address: walks the elements of a tensor row-major, one a step: up to five dims, signed strides.
//
// Each axis keeps the address of its current index with all inner indices at zero, so that a step is one addition and needs no product.
// Addresses and strides count modulo 2^ADDRESS_BITS: every element lies in memory, and so does everything on the way to it.
module systole_address #(
  parameter integer AXES = systole_isa::RANK_MAX,
  parameter integer ADDRESS_BITS = 14,
  parameter integer DIM_BITS = 15,
  // An index has so many bits, one of the last axis so many.
  parameter integer INDEX_BITS = DIM_BITS - 1,
  parameter integer LAST_INDEX_BITS = INDEX_BITS,
  // Behind the last element the walk begins anew, `advance` from where it began.
  parameter integer REPEATS = 0,
  // 0: nobody asks whether the first axis is at its end, and its indices are not counted.
  parameter integer ENDS = 1,
  parameter integer BUG = 0
) (
  input  logic                         clk,
  // The tensor is taken at this edge, its first address is there afterwards. May come with the last step of the one before.
  input  logic                         start,
  input  logic [ADDRESS_BITS-1:0]      base,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [AXES*DIM_BITS-1:0]     dims,
  // verilator lint_on UNUSEDSIGNAL
  input  logic [AXES*ADDRESS_BITS-1:0] strides,
  input  logic                         step,
  // verilator lint_off UNUSEDSIGNAL
  input  logic [ADDRESS_BITS-1:0]      advance,
  // verilator lint_on UNUSEDSIGNAL
  output logic [ADDRESS_BITS-1:0]      address,
  // The axes that have their last index.
  output logic [AXES-1:0]              at_end
);
  localparam integer LAST = AXES - 1, LEFT_BITS = LAST * INDEX_BITS + LAST_INDEX_BITS;
  // Where the axes begin that are counted, and those that begin anew.
  localparam integer COUNTED = REPEATS == 0 && ENDS == 0 ? INDEX_BITS : 0, ANEW = REPEATS == 0 ? INDEX_BITS : 0;

  // Of each axis its stride, the address of its current index, and how many indices are left behind that; of all in one register each, since
  // for a simulator every process is work in every clock.
  logic [AXES*ADDRESS_BITS-1:0] stride, place, place_next, stepped;
  logic [LEFT_BITS-1:COUNTED]   left, left_next, one_less;
  logic [LEFT_BITS-1:ANEW]      most;
  logic [ADDRESS_BITS-1:0]      next;
  assign address = place[LAST*ADDRESS_BITS +: ADDRESS_BITS];
  always_ff @(posedge clk) begin
    if (start) begin
      stride <= strides;
      place <= {AXES{base}};
      left <= one_less;
      most <= one_less[LEFT_BITS-1:ANEW];
    end else if (step) begin
      place <= place_next;
      left <= left_next;
    end
  end

  // An axis takes part when all inner ones are at their end; the outermost of those that do takes the step, the others begin anew behind it.
  genvar i;
  generate
    if (REPEATS != 0) begin : repeating
      logic [ADDRESS_BITS-1:0] origin, next_origin;
      assign next_origin = origin + advance;
      always_ff @(posedge clk) begin
        if (start) origin <= base;
        else if (step && (&at_end)) origin <= next_origin;
      end
      assign next = &at_end ? next_origin : any_of(stepped);
    end else begin : once
      assign next = any_of(stepped);
    end
    for (i = 0; i < AXES; i = i + 1) begin : axis
      localparam integer BITS = i == LAST ? LAST_INDEX_BITS : INDEX_BITS, LEFT_AT = i * INDEX_BITS, AT = i * ADDRESS_BITS;
      localparam [AXES-1:0] NOT_INNER = (2 << i) - 1;
      logic [ADDRESS_BITS-1:0] by;
      logic                    takes_part;
      assign by = BUG == 7 ? {2'b00, stride[AT +: ADDRESS_BITS-2]} : stride[AT +: ADDRESS_BITS];
      assign takes_part = &(at_end | NOT_INNER);
      // No axis is outside the first one.
      assign stepped[AT +: ADDRESS_BITS] = takes_part && (i == 0 || !at_end[i]) ? place[AT +: ADDRESS_BITS] + by : '0;
      assign place_next[AT +: ADDRESS_BITS] = takes_part ? next : place[AT +: ADDRESS_BITS];
      if (LEFT_AT < COUNTED) begin : endless
        assign at_end[i] = 1'b0;
      end else begin : counted
        // A dim is at least 1.
        assign one_less[LEFT_AT +: BITS] = dims[i*DIM_BITS +: BITS] - 1'b1;
        assign at_end[i] = left[LEFT_AT +: BITS] == '0 || (BUG == 6 && i == 0);
        if (LEFT_AT < ANEW) begin : once
          assign left_next[LEFT_AT +: BITS] = takes_part ? left[LEFT_AT +: BITS] - 1'b1 : left[LEFT_AT +: BITS];
        end else begin : anew
          assign left_next[LEFT_AT +: BITS] = !takes_part ? left[LEFT_AT +: BITS] : at_end[i] ? most[LEFT_AT +: BITS] : left[LEFT_AT +: BITS] - 1'b1;
        end
      end
    end
  endgenerate

  function automatic [ADDRESS_BITS-1:0] any_of(input [AXES*ADDRESS_BITS-1:0] terms);
    integer n;
    any_of = '0;
    for (n = 0; n < AXES; n = n + 1) any_of = any_of | terms[n*ADDRESS_BITS +: ADDRESS_BITS];
  endfunction
endmodule
