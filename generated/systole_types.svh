// Made by model/emit/systemverilog-types.ts from the definitions; never edited (npm run emit).
// Bit 0 of a struct is bit 0 of the lowest word or byte: a vector of the same width is assigned as it is. Vectors of several items have
// item i at [width * i +: width].
// To be included inside a module: Verilator 5.006, Icarus 11 and yosys 0.23 read it there.
  // Word 0 of an instruction.
  typedef struct packed {
    logic [3:0] reserved_28;
    logic [1:0] mode;
    logic trace;
    logic irq;
    logic [5:0] post;
    logic [5:0] wait_bits;
    logic negate;
    logic [2:0] predicate;
    logic [7:0] opcode;
  } head_t;
  // A tensor operand in an instruction.
  typedef struct packed {
    logic signed [12:0] imm;
    logic [4:0] s;
    logic [5:0] t;
  } written_operand_t;
  // A tensor descriptor.
  typedef struct packed {
    logic [31:0] fill;
    logic [1:0] reserved_478;
    logic [5:0] hi4;
    logic [5:0] hi3;
    logic [5:0] hi2;
    logic [5:0] hi1;
    logic [5:0] hi0;
    logic [1:0] reserved_446;
    logic [5:0] lo4;
    logic [5:0] lo3;
    logic [5:0] lo2;
    logic [5:0] lo1;
    logic [5:0] lo0;
    logic signed [31:0] stride4;
    logic signed [31:0] stride3;
    logic signed [31:0] stride2;
    logic signed [31:0] stride1;
    logic signed [31:0] stride0;
    logic [31:0] dim4;
    logic [31:0] dim3;
    logic [31:0] dim2;
    logic [31:0] dim1;
    logic [31:0] dim0;
    logic [15:0] peer;
    logic [15:0] base_hi;
    logic [31:0] base;
    logic [11:0] reserved_20;
    logic [3:0] layout;
    logic [1:0] reserved_14;
    logic [2:0] rank;
    logic [2:0] space;
    logic [7:0] dtype;
  } descriptor_t;
  // A numeric mode.
  typedef struct packed {
    logic [31:0] stream;
    logic [31:0] key;
    logic signed [31:0] hi;
    logic signed [31:0] lo;
    logic [15:0] reserved_112;
    logic signed [15:0] zpo;
    logic signed [15:0] zpb;
    logic signed [15:0] zpa;
    logic [23:0] reserved_40;
    logic mxrule;
    logic clamp;
    logic [2:0] round2;
    logic [2:0] scale;
    logic [13:0] reserved_18;
    logic [1:0] level;
    logic [3:0] dot;
    logic [1:0] order;
    logic minmax;
    logic [1:0] ftz;
    logic [1:0] daz;
    logic fsat;
    logic isat;
    logic [2:0] round;
  } mode_t;
  // An operand of a record, as captured.
  typedef struct packed {
    logic [31:0] digest;
    logic [31:0] fill;
    logic [31:0] padHigh;
    logic [31:0] padLow;
    logic [159:0] strides;
    logic [159:0] dims;
    logic signed [63:0] address;
    logic [23:0] reserved_40;
    logic [7:0] t;
    logic [7:0] role;
    logic [7:0] rank;
    logic [7:0] dtype;
    logic [7:0] space;
  } operand_t;
  // The record of a retirement; its first half is the closed instruction.
  typedef struct packed {
    operand_t operands_3;
    operand_t operands_2;
    operand_t operands_1;
    operand_t operands_0;
    logic signed [63:0] address;
    logic [319:0] events;
    logic [31:0] auxiliary;
    logic [31:0] result;
    logic [31:0] order;
    logic [255:0] mode;
    logic [63:0] scalars;
    logic [127:0] words;
    logic [31:0] pc;
    logic signed [63:0] seq;
    logic [7:0] reserved_56;
    logic [7:0] options;
    logic [7:0] status;
    logic [7:0] trap;
    logic [7:0] operandCount;
    logic [7:0] unit;
    logic [15:0] bytes;
  } retirement_t;
