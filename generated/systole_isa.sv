// Made by model/emit/systemverilog.ts from the definitions; never edited (npm run emit).
// For Verilator, Icarus 11 and yosys: name everything as systole_isa::NAME, without import. docs/emitters.md shows how.
// verilator lint_off UNUSEDPARAM
// verilator lint_off UNUSEDSIGNAL
// verilator lint_off DECLFILENAME
package systole_isa;
  localparam [31:0] ARGUMENT_COUNT = 32'h8;
  localparam [31:0] ARGUMENT_FIRST = 32'h8;
  localparam [31:0] CALL_DEPTH = 32'h8;
  localparam [31:0] COUNTER_BYTES = 32'h8;
  localparam [31:0] COUNTER_COUNT = 32'hc;
  localparam [31:0] COUNTER_ELEMENTS = 32'h7;
  localparam [31:0] COUNTER_MACS = 32'hb;
  localparam [31:0] COUNTER_NULLIFIED = 32'h6;
  localparam [31:0] DESCRIPTOR_WORDS = 32'h10;
  localparam [31:0] DIM_MAX = 32'hffffff;
  localparam [31:0] ELEMENT_MAX = 32'h7fffffff;
  localparam [31:0] EVENT_ALWAYS = 32'h4;
  localparam [31:0] EVENT_COUNT = 32'ha;
  localparam [31:0] EVENT_DIVIDE_BY_ZERO = 32'h5;
  localparam [31:0] EVENT_FLUSHED = 32'h8;
  localparam [31:0] EVENT_INDEX = 32'h3;
  localparam [31:0] EVENT_INEXACT = 32'h7;
  localparam [31:0] EVENT_INVALID = 32'h4;
  localparam [31:0] EVENT_LOST = 32'h9;
  localparam [31:0] EVENT_NAN = 32'h2;
  localparam [31:0] EVENT_OVERFLOW = 32'h1;
  localparam [31:0] EVENT_SATURATED = 32'h0;
  localparam [31:0] EVENT_UNDERFLOW = 32'h6;
  localparam [31:0] FAULT_BUS = 32'h23;
  localparam [31:0] FAULT_LINK_DOWN = 32'h21;
  localparam [31:0] FAULT_LINK_PROTOCOL = 32'h20;
  localparam [31:0] FAULT_SEMAPHORE = 32'h24;
  localparam [31:0] FAULT_WATCHDOG = 32'h22;
  localparam [31:0] IMAGE_ALIGNMENT = 32'h40;
  localparam [31:0] IMAGE_HEADER_BYTES = 32'h40;
  localparam [31:0] IMAGE_MAGIC = 32'h31535953;
  localparam [31:0] INSTRUCTION_BYTES = 32'h10;
  localparam [31:0] LOOP_DEPTH = 32'h8;
  localparam [31:0] MODE_COUNT = 32'h4;
  localparam [31:0] MODE_WORDS = 32'h8;
  localparam [31:0] NUMERIC_CSR = 32'h500;
  localparam [31:0] NUMERIC_CSR_STEP = 32'h10;
  localparam [31:0] NUMERIC_MORE_CSR = 32'h680;
  localparam [31:0] OPERAND_MAX = 32'h4;
  localparam [31:0] PAGE_BYTES = 32'h1000;
  localparam [31:0] PHASE_BREAK = 32'h2;
  localparam [31:0] PHASE_DRAIN = 32'h3;
  localparam [31:0] PHASE_FAULT = 32'h4;
  localparam [31:0] PHASE_IDLE = 32'h0;
  localparam [31:0] PHASE_RUN = 32'h1;
  localparam [31:0] PREDICATE_COUNT = 32'h8;
  localparam [31:0] QUEUE_MAX = 32'h10;
  localparam [31:0] RANK_MAX = 32'h5;
  localparam [31:0] REGION_COUNT = 32'h8;
  localparam [31:0] RETIRED_DONE = 32'h0;
  localparam [31:0] RETIRED_NULLIFIED = 32'h1;
  localparam [31:0] RETIRED_TRAPPED = 32'h2;
  localparam [31:0] ROLE_BOTH = 32'h3;
  localparam [31:0] ROLE_NONE = 32'h0;
  localparam [31:0] ROLE_READ = 32'h1;
  localparam [31:0] ROLE_WRITE = 32'h2;
  localparam [31:0] SCALAR_COUNT = 32'h20;
  localparam [31:0] SEMAPHORE_COUNT = 32'h40;
  localparam [31:0] SEMAPHORE_MAX = 32'hffff;
  localparam [31:0] SLOT_MAX = 32'h10;
  localparam [31:0] SPACE_ACC = 32'h3;
  localparam [31:0] SPACE_DRAM = 32'h1;
  localparam [31:0] SPACE_PEER_DRAM = 32'h4;
  localparam [31:0] SPACE_PEER_SPM = 32'h5;
  localparam [31:0] SPACE_SPM = 32'h2;
  localparam [31:0] STATUS_BLOCKED = 32'h4;
  localparam [31:0] STATUS_BREAK = 32'h5;
  localparam [31:0] STATUS_BUDGET = 32'h2;
  localparam [31:0] STATUS_CHOICES = 32'h7;
  localparam [31:0] STATUS_HALTED = 32'h0;
  localparam [31:0] STATUS_IDLE = 32'h8;
  localparam [31:0] STATUS_RING_FULL = 32'h3;
  localparam [31:0] STATUS_TRAPPED = 32'h1;
  localparam [31:0] STATUS_UNINITIALISED = 32'h6;
  localparam [31:0] TENSOR_COUNT = 32'h40;
  localparam [31:0] TRAP_ALIGNMENT = 32'hb;
  localparam [31:0] TRAP_BOUNDS_ACC = 32'he;
  localparam [31:0] TRAP_BOUNDS_DRAM = 32'hc;
  localparam [31:0] TRAP_BOUNDS_SPM = 32'hd;
  localparam [31:0] TRAP_BREAK = 32'h16;
  localparam [31:0] TRAP_CALL = 32'h5;
  localparam [31:0] TRAP_CSR = 32'h13;
  localparam [31:0] TRAP_DESCRIPTOR = 32'h8;
  localparam [31:0] TRAP_DTYPE = 32'h7;
  localparam [31:0] TRAP_FEATURE = 32'h3;
  localparam [31:0] TRAP_LINK_PEER = 32'h14;
  localparam [31:0] TRAP_LOOP = 32'h6;
  localparam [31:0] TRAP_NONE = 32'h0;
  localparam [31:0] TRAP_OPCODE = 32'h1;
  localparam [31:0] TRAP_OVERLAP = 32'h11;
  localparam [31:0] TRAP_PC = 32'h4;
  localparam [31:0] TRAP_PROTECTION = 32'h12;
  localparam [31:0] TRAP_RESERVED = 32'h2;
  localparam [31:0] TRAP_SHAPE = 32'h9;
  localparam [31:0] TRAP_SLOT = 32'hf;
  localparam [31:0] TRAP_SOFTWARE = 32'h15;
  localparam [31:0] TRAP_STRIDE = 32'ha;
  localparam [31:0] TRAP_VERSION = 32'h17;
  localparam [31:0] TRAP_WEIGHTS = 32'h10;
  localparam [31:0] UNIT_COUNT = 32'h6;
  localparam [31:0] UNIT_DMI = 32'h1;
  localparam [31:0] UNIT_DMO = 32'h2;
  localparam [31:0] UNIT_LNK = 32'h5;
  localparam [31:0] UNIT_MXU = 32'h3;
  localparam [31:0] UNIT_SEQ = 32'h0;
  localparam [31:0] UNIT_VPU = 32'h4;
  localparam [31:0] VERSION_MAJOR = 32'h1;
  localparam [31:0] VERSION_MINOR = 32'h0;
  localparam [31:0] OP_NOP = 32'h1;
  localparam [31:0] OP_HALT = 32'h2;
  localparam [31:0] OP_FENCE = 32'h3;
  localparam [31:0] OP_TRAP = 32'h4;
  localparam [31:0] OP_BREAK = 32'h5;
  localparam [31:0] OP_MARK = 32'h6;
  localparam [31:0] OP_IRQ = 32'h7;
  localparam [31:0] OP_ALU = 32'h8;
  localparam [31:0] OP_CMP = 32'h9;
  localparam [31:0] OP_LD = 32'ha;
  localparam [31:0] OP_ST = 32'hb;
  localparam [31:0] OP_JUMP = 32'hc;
  localparam [31:0] OP_CALL = 32'hd;
  localparam [31:0] OP_RET = 32'he;
  localparam [31:0] OP_LOOP = 32'hf;
  localparam [31:0] OP_LBREAK = 32'h10;
  localparam [31:0] OP_CSRR = 32'h11;
  localparam [31:0] OP_CSRW = 32'h12;
  localparam [31:0] OP_TSET = 32'h14;
  localparam [31:0] OP_TLOAD = 32'h15;
  localparam [31:0] OP_TCOPY = 32'h16;
  localparam [31:0] OP_NSET = 32'h17;
  localparam [31:0] OP_POST = 32'h18;
  localparam [31:0] OP_WAIT = 32'h19;
  localparam [31:0] OP_LOAD = 32'h40;
  localparam [31:0] OP_FILL = 32'h41;
  localparam [31:0] OP_GATHER = 32'h42;
  localparam [31:0] OP_UNPACK = 32'h43;
  localparam [31:0] OP_CRC = 32'h44;
  localparam [31:0] OP_STORE = 32'h50;
  localparam [31:0] OP_SCATTER = 32'h51;
  localparam [31:0] OP_WLOAD = 32'h60;
  localparam [31:0] OP_AINIT = 32'h61;
  localparam [31:0] OP_MM = 32'h62;
  localparam [31:0] OP_MDW = 32'h63;
  localparam [31:0] OP_DRAIN = 32'h64;
  localparam [31:0] OP_BINARY = 32'h80;
  localparam [31:0] OP_FMA = 32'h81;
  localparam [31:0] OP_COMPARE = 32'h82;
  localparam [31:0] OP_SELECT = 32'h83;
  localparam [31:0] OP_BITWISE = 32'h84;
  localparam [31:0] OP_SHIFT = 32'h85;
  localparam [31:0] OP_MOVE = 32'h86;
  localparam [31:0] OP_CONVERT = 32'h87;
  localparam [31:0] OP_UNARY = 32'h88;
  localparam [31:0] OP_SPECIAL = 32'h89;
  localparam [31:0] OP_CLAMP = 32'h8a;
  localparam [31:0] OP_LUT = 32'h8b;
  localparam [31:0] OP_REDUCE = 32'h8c;
  localparam [31:0] OP_SCAN = 32'h8d;
  localparam [31:0] OP_IOTA = 32'h8e;
  localparam [31:0] OP_RANDOM = 32'h8f;
  localparam [31:0] OP_TAKE = 32'h90;
  localparam [31:0] OP_SCALE = 32'h91;
  localparam [31:0] OP_BQUANT = 32'h92;
  localparam [31:0] OP_BDEQUANT = 32'h93;
  localparam [31:0] OP_PUT = 32'hc0;
  localparam [31:0] OP_GET = 32'hc1;
  localparam [31:0] OP_RPOST = 32'hc2;
  localparam [31:0] DTYPE_S4 = 32'h1;
  localparam [31:0] DTYPE_U4 = 32'h2;
  localparam [31:0] DTYPE_S8 = 32'h3;
  localparam [31:0] DTYPE_U8 = 32'h4;
  localparam [31:0] DTYPE_S16 = 32'h5;
  localparam [31:0] DTYPE_U16 = 32'h6;
  localparam [31:0] DTYPE_S32 = 32'h7;
  localparam [31:0] DTYPE_U32 = 32'h8;
  localparam [31:0] DTYPE_S48 = 32'h9;
  localparam [31:0] DTYPE_S64 = 32'ha;
  localparam [31:0] DTYPE_S2 = 32'hb;
  localparam [31:0] DTYPE_U2 = 32'hc;
  localparam [31:0] DTYPE_E2M1 = 32'h10;
  localparam [31:0] DTYPE_E2M3 = 32'h11;
  localparam [31:0] DTYPE_E3M2 = 32'h12;
  localparam [31:0] DTYPE_E4M3 = 32'h13;
  localparam [31:0] DTYPE_E5M2 = 32'h14;
  localparam [31:0] DTYPE_E8M0 = 32'h15;
  localparam [31:0] DTYPE_UE4M3 = 32'h16;
  localparam [31:0] DTYPE_E4M3FNUZ = 32'h17;
  localparam [31:0] DTYPE_E5M2FNUZ = 32'h18;
  localparam [31:0] DTYPE_I8F6 = 32'h19;
  localparam [31:0] DTYPE_E4M3IEEE = 32'h1a;
  localparam [31:0] DTYPE_E3M4 = 32'h1b;
  localparam [31:0] DTYPE_E4M3B11FNUZ = 32'h1c;
  localparam [31:0] DTYPE_BF16 = 32'h20;
  localparam [31:0] DTYPE_FP16 = 32'h21;
  localparam [31:0] DTYPE_TF32 = 32'h22;
  localparam [31:0] DTYPE_FP32 = 32'h23;
  localparam [31:0] DTYPE_BINARY3P1SE = 32'h40;
  localparam [31:0] DTYPE_BINARY3P1SF = 32'h41;
  localparam [31:0] DTYPE_BINARY3P2SE = 32'h42;
  localparam [31:0] DTYPE_BINARY3P2SF = 32'h43;
  localparam [31:0] DTYPE_BINARY4P1SE = 32'h44;
  localparam [31:0] DTYPE_BINARY4P1SF = 32'h45;
  localparam [31:0] DTYPE_BINARY4P2SE = 32'h46;
  localparam [31:0] DTYPE_BINARY4P2SF = 32'h47;
  localparam [31:0] DTYPE_BINARY4P3SE = 32'h48;
  localparam [31:0] DTYPE_BINARY4P3SF = 32'h49;
  localparam [31:0] DTYPE_BINARY5P1SE = 32'h4a;
  localparam [31:0] DTYPE_BINARY5P1SF = 32'h4b;
  localparam [31:0] DTYPE_BINARY5P2SE = 32'h4c;
  localparam [31:0] DTYPE_BINARY5P2SF = 32'h4d;
  localparam [31:0] DTYPE_BINARY5P3SE = 32'h4e;
  localparam [31:0] DTYPE_BINARY5P3SF = 32'h4f;
  localparam [31:0] DTYPE_BINARY5P4SE = 32'h50;
  localparam [31:0] DTYPE_BINARY5P4SF = 32'h51;
  localparam [31:0] DTYPE_BINARY6P1SE = 32'h52;
  localparam [31:0] DTYPE_BINARY6P1SF = 32'h53;
  localparam [31:0] DTYPE_BINARY6P2SE = 32'h54;
  localparam [31:0] DTYPE_BINARY6P2SF = 32'h55;
  localparam [31:0] DTYPE_BINARY6P3SE = 32'h56;
  localparam [31:0] DTYPE_BINARY6P3SF = 32'h57;
  localparam [31:0] DTYPE_BINARY6P4SE = 32'h58;
  localparam [31:0] DTYPE_BINARY6P4SF = 32'h59;
  localparam [31:0] DTYPE_BINARY6P5SE = 32'h5a;
  localparam [31:0] DTYPE_BINARY6P5SF = 32'h5b;
  localparam [31:0] DTYPE_BINARY7P1SE = 32'h5c;
  localparam [31:0] DTYPE_BINARY7P1SF = 32'h5d;
  localparam [31:0] DTYPE_BINARY7P2SE = 32'h5e;
  localparam [31:0] DTYPE_BINARY7P2SF = 32'h5f;
  localparam [31:0] DTYPE_BINARY7P3SE = 32'h60;
  localparam [31:0] DTYPE_BINARY7P3SF = 32'h61;
  localparam [31:0] DTYPE_BINARY7P4SE = 32'h62;
  localparam [31:0] DTYPE_BINARY7P4SF = 32'h63;
  localparam [31:0] DTYPE_BINARY7P5SE = 32'h64;
  localparam [31:0] DTYPE_BINARY7P5SF = 32'h65;
  localparam [31:0] DTYPE_BINARY7P6SE = 32'h66;
  localparam [31:0] DTYPE_BINARY7P6SF = 32'h67;
  localparam [31:0] DTYPE_BINARY8P1SE = 32'h68;
  localparam [31:0] DTYPE_BINARY8P1SF = 32'h69;
  localparam [31:0] DTYPE_BINARY8P2SE = 32'h6a;
  localparam [31:0] DTYPE_BINARY8P2SF = 32'h6b;
  localparam [31:0] DTYPE_BINARY8P3SE = 32'h6c;
  localparam [31:0] DTYPE_BINARY8P3SF = 32'h6d;
  localparam [31:0] DTYPE_BINARY8P4SE = 32'h6e;
  localparam [31:0] DTYPE_BINARY8P4SF = 32'h6f;
  localparam [31:0] DTYPE_BINARY8P5SE = 32'h70;
  localparam [31:0] DTYPE_BINARY8P5SF = 32'h71;
  localparam [31:0] DTYPE_BINARY8P6SE = 32'h72;
  localparam [31:0] DTYPE_BINARY8P6SF = 32'h73;
  localparam [31:0] DTYPE_BINARY8P7SE = 32'h74;
  localparam [31:0] DTYPE_BINARY8P7SF = 32'h75;
  localparam [31:0] KIND_INTEGER = 32'h1;
  localparam [31:0] KIND_FLOAT = 32'h2;
  localparam [31:0] KIND_FIXED = 32'h3;
  localparam [31:0] KIND_SCALE = 32'h4;
  localparam [31:0] SPECIALS_NONE = 32'h0;
  localparam [31:0] SPECIALS_IEEE = 32'h1;
  localparam [31:0] SPECIALS_FN = 32'h2;
  localparam [31:0] SPECIALS_FNUZ = 32'h3;
  localparam [31:0] SPECIALS_FINITE = 32'h4;
  localparam [31:0] SPECIALS_P3109 = 32'h5;
  localparam [31:0] ALU_OP_ADD = 32'h0;
  localparam [31:0] ALU_OP_SUB = 32'h1;
  localparam [31:0] ALU_OP_MUL = 32'h2;
  localparam [31:0] ALU_OP_DIV = 32'h3;
  localparam [31:0] ALU_OP_DIVU = 32'h4;
  localparam [31:0] ALU_OP_REM = 32'h5;
  localparam [31:0] ALU_OP_REMU = 32'h6;
  localparam [31:0] ALU_OP_AND = 32'h7;
  localparam [31:0] ALU_OP_OR = 32'h8;
  localparam [31:0] ALU_OP_XOR = 32'h9;
  localparam [31:0] ALU_OP_SHL = 32'ha;
  localparam [31:0] ALU_OP_SHR = 32'hb;
  localparam [31:0] ALU_OP_SRA = 32'hc;
  localparam [31:0] ALU_OP_MIN = 32'hd;
  localparam [31:0] ALU_OP_MAX = 32'he;
  localparam [31:0] ALU_OP_MINU = 32'hf;
  localparam [31:0] ALU_OP_MAXU = 32'h10;
  localparam [31:0] CMP_OP_EQ = 32'h0;
  localparam [31:0] CMP_OP_NE = 32'h1;
  localparam [31:0] CMP_OP_LT = 32'h2;
  localparam [31:0] CMP_OP_LE = 32'h3;
  localparam [31:0] CMP_OP_LTU = 32'h4;
  localparam [31:0] CMP_OP_LEU = 32'h5;
  localparam [31:0] TSET_FIELD_TYPE = 32'h0;
  localparam [31:0] TSET_FIELD_BASE = 32'h1;
  localparam [31:0] TSET_FIELD_BASE_HI = 32'h2;
  localparam [31:0] TSET_FIELD_DIM0 = 32'h3;
  localparam [31:0] TSET_FIELD_DIM1 = 32'h4;
  localparam [31:0] TSET_FIELD_DIM2 = 32'h5;
  localparam [31:0] TSET_FIELD_DIM3 = 32'h6;
  localparam [31:0] TSET_FIELD_DIM4 = 32'h7;
  localparam [31:0] TSET_FIELD_STRIDE0 = 32'h8;
  localparam [31:0] TSET_FIELD_STRIDE1 = 32'h9;
  localparam [31:0] TSET_FIELD_STRIDE2 = 32'ha;
  localparam [31:0] TSET_FIELD_STRIDE3 = 32'hb;
  localparam [31:0] TSET_FIELD_STRIDE4 = 32'hc;
  localparam [31:0] TSET_FIELD_LO = 32'hd;
  localparam [31:0] TSET_FIELD_HI = 32'he;
  localparam [31:0] TSET_FIELD_FILL = 32'hf;
  localparam [31:0] TSET_OP_SET = 32'h0;
  localparam [31:0] TSET_OP_ADD = 32'h1;
  localparam [31:0] POST_AGENT_SEQ = 32'h0;
  localparam [31:0] POST_AGENT_DMI = 32'h1;
  localparam [31:0] POST_AGENT_DMO = 32'h2;
  localparam [31:0] POST_AGENT_MXU = 32'h3;
  localparam [31:0] POST_AGENT_VPU = 32'h4;
  localparam [31:0] POST_AGENT_LNK = 32'h5;
  localparam [31:0] WAIT_AGENT_SEQ = 32'h0;
  localparam [31:0] WAIT_AGENT_DMI = 32'h1;
  localparam [31:0] WAIT_AGENT_DMO = 32'h2;
  localparam [31:0] WAIT_AGENT_MXU = 32'h3;
  localparam [31:0] WAIT_AGENT_VPU = 32'h4;
  localparam [31:0] WAIT_AGENT_LNK = 32'h5;
  localparam [31:0] UNPACK_FORM_PALETTE = 32'h0;
  localparam [31:0] UNPACK_FORM_SCALE = 32'h1;
  localparam [31:0] UNPACK_FORM_EXPAND = 32'h2;
  localparam [31:0] UNPACK_FORM_PACKED = 32'h3;
  localparam [31:0] STORE_OP_COPY = 32'h0;
  localparam [31:0] STORE_OP_ADD = 32'h1;
  localparam [31:0] STORE_OP_MAX = 32'h2;
  localparam [31:0] STORE_OP_MIN = 32'h3;
  localparam [31:0] SCATTER_OP_COPY = 32'h0;
  localparam [31:0] SCATTER_OP_ADD = 32'h1;
  localparam [31:0] SCATTER_OP_MAX = 32'h2;
  localparam [31:0] SCATTER_OP_MIN = 32'h3;
  localparam [31:0] WLOAD_FORM_DENSE = 32'h0;
  localparam [31:0] WLOAD_FORM_SPARSE = 32'h1;
  localparam [31:0] WLOAD_FORM_SCALED = 32'h2;
  localparam [31:0] AINIT_OP_ZERO = 32'h0;
  localparam [31:0] AINIT_OP_LOAD = 32'h1;
  localparam [31:0] MM_OP_SET = 32'h0;
  localparam [31:0] MM_OP_ADD = 32'h1;
  localparam [31:0] MDW_OP_SET = 32'h0;
  localparam [31:0] MDW_OP_ADD = 32'h1;
  localparam [31:0] DRAIN_ACTIVATION_NONE = 32'h0;
  localparam [31:0] DRAIN_ACTIVATION_RELU = 32'h1;
  localparam [31:0] DRAIN_ACTIVATION_LEAKY = 32'h2;
  localparam [31:0] BINARY_OP_ADD = 32'h0;
  localparam [31:0] BINARY_OP_SUB = 32'h1;
  localparam [31:0] BINARY_OP_MUL = 32'h2;
  localparam [31:0] BINARY_OP_DIV = 32'h3;
  localparam [31:0] BINARY_OP_MIN = 32'h4;
  localparam [31:0] BINARY_OP_MAX = 32'h5;
  localparam [31:0] COMPARE_OP_EQ = 32'h0;
  localparam [31:0] COMPARE_OP_NE = 32'h1;
  localparam [31:0] COMPARE_OP_LT = 32'h2;
  localparam [31:0] COMPARE_OP_LE = 32'h3;
  localparam [31:0] COMPARE_OP_GT = 32'h4;
  localparam [31:0] COMPARE_OP_GE = 32'h5;
  localparam [31:0] COMPARE_OP_UNORDERED = 32'h6;
  localparam [31:0] BITWISE_OP_AND = 32'h0;
  localparam [31:0] BITWISE_OP_OR = 32'h1;
  localparam [31:0] BITWISE_OP_XOR = 32'h2;
  localparam [31:0] BITWISE_OP_ANDNOT = 32'h3;
  localparam [31:0] SHIFT_OP_LEFT = 32'h0;
  localparam [31:0] SHIFT_OP_RIGHT = 32'h1;
  localparam [31:0] UNARY_OP_ABS = 32'h0;
  localparam [31:0] UNARY_OP_NEG = 32'h1;
  localparam [31:0] UNARY_OP_SIGN = 32'h2;
  localparam [31:0] UNARY_OP_NOT = 32'h3;
  localparam [31:0] UNARY_OP_RINT = 32'h4;
  localparam [31:0] SPECIAL_OP_RECIP = 32'h0;
  localparam [31:0] SPECIAL_OP_SQRT = 32'h1;
  localparam [31:0] SPECIAL_OP_RSQRT = 32'h2;
  localparam [31:0] SPECIAL_OP_EXP = 32'h3;
  localparam [31:0] SPECIAL_OP_EXP2 = 32'h4;
  localparam [31:0] SPECIAL_OP_LOG = 32'h5;
  localparam [31:0] SPECIAL_OP_LOG2 = 32'h6;
  localparam [31:0] SPECIAL_OP_TANH = 32'h7;
  localparam [31:0] SPECIAL_OP_SIGMOID = 32'h8;
  localparam [31:0] SPECIAL_OP_ERF = 32'h9;
  localparam [31:0] SPECIAL_OP_GELU = 32'ha;
  localparam [31:0] SPECIAL_OP_GELU_TANH = 32'hb;
  localparam [31:0] SPECIAL_OP_SILU = 32'hc;
  localparam [31:0] SPECIAL_OP_SOFTPLUS = 32'hd;
  localparam [31:0] SPECIAL_OP_SIN = 32'he;
  localparam [31:0] SPECIAL_OP_COS = 32'hf;
  localparam [31:0] CLAMP_OP_BOUNDS = 32'h0;
  localparam [31:0] CLAMP_OP_RELU = 32'h1;
  localparam [31:0] CLAMP_OP_RELUN = 32'h2;
  localparam [31:0] CLAMP_OP_LEAKY = 32'h3;
  localparam [31:0] LUT_FORM_DIRECT8 = 32'h0;
  localparam [31:0] LUT_FORM_LINEAR32 = 32'h1;
  localparam [31:0] LUT_FORM_LINEAR16 = 32'h2;
  localparam [31:0] LUT_FORM_DIRECT16 = 32'h3;
  localparam [31:0] REDUCE_OP_SUM = 32'h0;
  localparam [31:0] REDUCE_OP_SUMSQ = 32'h1;
  localparam [31:0] REDUCE_OP_MAX = 32'h2;
  localparam [31:0] REDUCE_OP_MIN = 32'h3;
  localparam [31:0] REDUCE_OP_ARGMAX = 32'h4;
  localparam [31:0] REDUCE_OP_ARGMIN = 32'h5;
  localparam [31:0] SCAN_OP_SUM = 32'h0;
  localparam [31:0] SCAN_OP_MAX = 32'h1;
  localparam [31:0] RANDOM_OP_BITS = 32'h0;
  localparam [31:0] RANDOM_OP_UNIT = 32'h1;
  localparam [31:0] SCALE_ACTIVATION_NONE = 32'h0;
  localparam [31:0] SCALE_ACTIVATION_RELU = 32'h1;
  localparam [31:0] SCALE_ACTIVATION_LEAKY = 32'h2;
  localparam [31:0] PUT_OP_COPY = 32'h0;
  localparam [31:0] PUT_OP_ADD = 32'h1;
  localparam [31:0] PUT_OP_MAX = 32'h2;
  localparam [31:0] PUT_OP_MIN = 32'h3;

  // Fields of an instruction, 128 bits, word 0 lowest.
  function automatic [7:0] head_opcode(input [127:0] words); head_opcode = words[7:0]; endfunction
  function automatic [2:0] head_predicate(input [127:0] words); head_predicate = words[10:8]; endfunction
  function automatic head_negate(input [127:0] words); head_negate = words[11]; endfunction
  function automatic [5:0] head_wait(input [127:0] words); head_wait = words[17:12]; endfunction
  function automatic [5:0] head_post(input [127:0] words); head_post = words[23:18]; endfunction
  function automatic head_irq(input [127:0] words); head_irq = words[24]; endfunction
  function automatic head_trace(input [127:0] words); head_trace = words[25]; endfunction
  function automatic [1:0] head_mode(input [127:0] words); head_mode = words[27:26]; endfunction
  function automatic signed [31:0] nop_tag(input [127:0] words); nop_tag = words[95:64]; endfunction
  function automatic signed [31:0] halt_value(input [127:0] words); halt_value = words[95:64]; endfunction
  function automatic [31:0] fence_units(input [127:0] words); fence_units = words[95:64]; endfunction
  function automatic signed [31:0] trap_code(input [127:0] words); trap_code = words[95:64]; endfunction
  function automatic signed [31:0] break_tag(input [127:0] words); break_tag = words[95:64]; endfunction
  function automatic signed [31:0] mark_value(input [127:0] words); mark_value = words[95:64]; endfunction
  function automatic [31:0] irq_vector(input [127:0] words); irq_vector = words[95:64]; endfunction
  function automatic [4:0] alu_rd(input [127:0] words); alu_rd = words[36:32]; endfunction
  function automatic [4:0] alu_rs1(input [127:0] words); alu_rs1 = words[44:40]; endfunction
  function automatic [4:0] alu_rs2(input [127:0] words); alu_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] alu_imm(input [127:0] words); alu_imm = words[95:64]; endfunction
  function automatic [7:0] alu_op(input [127:0] words); alu_op = words[63:56]; endfunction
  function automatic [2:0] cmp_pd(input [127:0] words); cmp_pd = words[34:32]; endfunction
  function automatic [4:0] cmp_rs1(input [127:0] words); cmp_rs1 = words[44:40]; endfunction
  function automatic [4:0] cmp_rs2(input [127:0] words); cmp_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] cmp_imm(input [127:0] words); cmp_imm = words[95:64]; endfunction
  function automatic [7:0] cmp_op(input [127:0] words); cmp_op = words[63:56]; endfunction
  function automatic [23:0] ld_a(input [127:0] words); ld_a = words[55:32]; endfunction
  function automatic [4:0] ld_rd(input [127:0] words); ld_rd = words[68:64]; endfunction
  function automatic [23:0] st_d(input [127:0] words); st_d = words[55:32]; endfunction
  function automatic [4:0] st_rs(input [127:0] words); st_rs = words[68:64]; endfunction
  function automatic [4:0] jump_rs2(input [127:0] words); jump_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] jump_imm(input [127:0] words); jump_imm = words[95:64]; endfunction
  function automatic [4:0] call_rs2(input [127:0] words); call_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] call_imm(input [127:0] words); call_imm = words[95:64]; endfunction
  function automatic [4:0] loop_rs1(input [127:0] words); loop_rs1 = words[44:40]; endfunction
  function automatic [4:0] loop_ra(input [127:0] words); loop_ra = words[52:48]; endfunction
  function automatic [4:0] loop_rb(input [127:0] words); loop_rb = words[36:32]; endfunction
  function automatic [15:0] loop_length(input [127:0] words); loop_length = words[79:64]; endfunction
  function automatic [15:0] loop_count(input [127:0] words); loop_count = words[95:80]; endfunction
  function automatic signed [15:0] loop_incA(input [127:0] words); loop_incA = words[111:96]; endfunction
  function automatic signed [15:0] loop_incB(input [127:0] words); loop_incB = words[127:112]; endfunction
  function automatic [4:0] csrr_rd(input [127:0] words); csrr_rd = words[36:32]; endfunction
  function automatic signed [31:0] csrr_offset(input [127:0] words); csrr_offset = words[95:64]; endfunction
  function automatic [4:0] csrw_rs1(input [127:0] words); csrw_rs1 = words[44:40]; endfunction
  function automatic signed [31:0] csrw_offset(input [127:0] words); csrw_offset = words[95:64]; endfunction
  function automatic [5:0] tset_t(input [127:0] words); tset_t = words[37:32]; endfunction
  function automatic [3:0] tset_field(input [127:0] words); tset_field = words[43:40]; endfunction
  function automatic [4:0] tset_rs2(input [127:0] words); tset_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] tset_imm(input [127:0] words); tset_imm = words[95:64]; endfunction
  function automatic [7:0] tset_op(input [127:0] words); tset_op = words[63:56]; endfunction
  function automatic [5:0] tload_t(input [127:0] words); tload_t = words[37:32]; endfunction
  function automatic [4:0] tload_rs2(input [127:0] words); tload_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] tload_imm(input [127:0] words); tload_imm = words[95:64]; endfunction
  function automatic [5:0] tcopy_t(input [127:0] words); tcopy_t = words[37:32]; endfunction
  function automatic [5:0] tcopy_from(input [127:0] words); tcopy_from = words[45:40]; endfunction
  function automatic [1:0] nset_n(input [127:0] words); nset_n = words[33:32]; endfunction
  function automatic [2:0] nset_field(input [127:0] words); nset_field = words[42:40]; endfunction
  function automatic [4:0] nset_rs2(input [127:0] words); nset_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] nset_imm(input [127:0] words); nset_imm = words[95:64]; endfunction
  function automatic [5:0] post_m(input [127:0] words); post_m = words[37:32]; endfunction
  function automatic [2:0] post_agent(input [127:0] words); post_agent = words[42:40]; endfunction
  function automatic [4:0] post_rs2(input [127:0] words); post_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] post_imm(input [127:0] words); post_imm = words[95:64]; endfunction
  function automatic [5:0] wait_m(input [127:0] words); wait_m = words[37:32]; endfunction
  function automatic [2:0] wait_agent(input [127:0] words); wait_agent = words[42:40]; endfunction
  function automatic [4:0] wait_rs2(input [127:0] words); wait_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] wait_imm(input [127:0] words); wait_imm = words[95:64]; endfunction
  function automatic [23:0] load_d(input [127:0] words); load_d = words[55:32]; endfunction
  function automatic [23:0] load_a(input [127:0] words); load_a = words[87:64]; endfunction
  function automatic [23:0] fill_d(input [127:0] words); fill_d = words[55:32]; endfunction
  function automatic [4:0] fill_rs(input [127:0] words); fill_rs = words[74:70]; endfunction
  function automatic signed [31:0] fill_imm(input [127:0] words); fill_imm = words[127:96]; endfunction
  function automatic [23:0] gather_d(input [127:0] words); gather_d = words[55:32]; endfunction
  function automatic [23:0] gather_a(input [127:0] words); gather_a = words[87:64]; endfunction
  function automatic [23:0] gather_b(input [127:0] words); gather_b = words[119:96]; endfunction
  function automatic [23:0] unpack_d(input [127:0] words); unpack_d = words[55:32]; endfunction
  function automatic [23:0] unpack_a(input [127:0] words); unpack_a = words[87:64]; endfunction
  function automatic [7:0] unpack_form(input [127:0] words); unpack_form = words[63:56]; endfunction
  function automatic [23:0] unpack_b(input [127:0] words); unpack_b = words[119:96]; endfunction
  function automatic [7:0] unpack_bits(input [127:0] words); unpack_bits = words[95:88]; endfunction
  function automatic [23:0] crc_d(input [127:0] words); crc_d = words[55:32]; endfunction
  function automatic [23:0] crc_a(input [127:0] words); crc_a = words[87:64]; endfunction
  function automatic [23:0] store_d(input [127:0] words); store_d = words[55:32]; endfunction
  function automatic [23:0] store_a(input [127:0] words); store_a = words[87:64]; endfunction
  function automatic [7:0] store_op(input [127:0] words); store_op = words[63:56]; endfunction
  function automatic [23:0] scatter_d(input [127:0] words); scatter_d = words[55:32]; endfunction
  function automatic [23:0] scatter_a(input [127:0] words); scatter_a = words[87:64]; endfunction
  function automatic [23:0] scatter_b(input [127:0] words); scatter_b = words[119:96]; endfunction
  function automatic [7:0] scatter_op(input [127:0] words); scatter_op = words[63:56]; endfunction
  function automatic [7:0] wload_slot(input [127:0] words); wload_slot = words[63:56]; endfunction
  function automatic [23:0] wload_a(input [127:0] words); wload_a = words[87:64]; endfunction
  function automatic [7:0] wload_form(input [127:0] words); wload_form = words[95:88]; endfunction
  function automatic [23:0] wload_b(input [127:0] words); wload_b = words[119:96]; endfunction
  function automatic [23:0] ainit_acc(input [127:0] words); ainit_acc = words[55:32]; endfunction
  function automatic [7:0] ainit_op(input [127:0] words); ainit_op = words[63:56]; endfunction
  function automatic [23:0] ainit_a(input [127:0] words); ainit_a = words[87:64]; endfunction
  function automatic [23:0] mm_acc(input [127:0] words); mm_acc = words[55:32]; endfunction
  function automatic mm_op(input [127:0] words); mm_op = words[56]; endfunction
  function automatic mm_scaled(input [127:0] words); mm_scaled = words[57]; endfunction
  function automatic [23:0] mm_a(input [127:0] words); mm_a = words[87:64]; endfunction
  function automatic [7:0] mm_mRank(input [127:0] words); mm_mRank = words[95:88]; endfunction
  function automatic [23:0] mm_b(input [127:0] words); mm_b = words[119:96]; endfunction
  function automatic [7:0] mm_slot(input [127:0] words); mm_slot = words[127:120]; endfunction
  function automatic [23:0] mdw_acc(input [127:0] words); mdw_acc = words[55:32]; endfunction
  function automatic [7:0] mdw_op(input [127:0] words); mdw_op = words[63:56]; endfunction
  function automatic [23:0] mdw_a(input [127:0] words); mdw_a = words[87:64]; endfunction
  function automatic [7:0] mdw_mRank(input [127:0] words); mdw_mRank = words[95:88]; endfunction
  function automatic [7:0] mdw_slot(input [127:0] words); mdw_slot = words[127:120]; endfunction
  function automatic [23:0] drain_d(input [127:0] words); drain_d = words[55:32]; endfunction
  function automatic [23:0] drain_a(input [127:0] words); drain_a = words[87:64]; endfunction
  function automatic [1:0] drain_activation(input [127:0] words); drain_activation = words[57:56]; endfunction
  function automatic drain_table(input [127:0] words); drain_table = words[58]; endfunction
  function automatic [23:0] drain_b(input [127:0] words); drain_b = words[119:96]; endfunction
  function automatic [7:0] drain_c(input [127:0] words); drain_c = words[127:120]; endfunction
  function automatic [23:0] binary_d(input [127:0] words); binary_d = words[55:32]; endfunction
  function automatic [7:0] binary_op(input [127:0] words); binary_op = words[63:56]; endfunction
  function automatic [23:0] binary_a(input [127:0] words); binary_a = words[87:64]; endfunction
  function automatic binary_scalar(input [127:0] words); binary_scalar = words[95]; endfunction
  function automatic [23:0] binary_b(input [127:0] words); binary_b = words[119:96]; endfunction
  function automatic [4:0] binary_s(input [127:0] words); binary_s = words[106:102]; endfunction
  function automatic [23:0] fma_d(input [127:0] words); fma_d = words[55:32]; endfunction
  function automatic [23:0] fma_a(input [127:0] words); fma_a = words[87:64]; endfunction
  function automatic fma_scalar(input [127:0] words); fma_scalar = words[95]; endfunction
  function automatic [23:0] fma_b(input [127:0] words); fma_b = words[119:96]; endfunction
  function automatic [4:0] fma_s(input [127:0] words); fma_s = words[106:102]; endfunction
  function automatic [7:0] fma_c(input [127:0] words); fma_c = words[127:120]; endfunction
  function automatic [23:0] compare_d(input [127:0] words); compare_d = words[55:32]; endfunction
  function automatic [7:0] compare_op(input [127:0] words); compare_op = words[63:56]; endfunction
  function automatic [23:0] compare_a(input [127:0] words); compare_a = words[87:64]; endfunction
  function automatic compare_scalar(input [127:0] words); compare_scalar = words[95]; endfunction
  function automatic [23:0] compare_b(input [127:0] words); compare_b = words[119:96]; endfunction
  function automatic [4:0] compare_s(input [127:0] words); compare_s = words[106:102]; endfunction
  function automatic [23:0] select_d(input [127:0] words); select_d = words[55:32]; endfunction
  function automatic [23:0] select_a(input [127:0] words); select_a = words[87:64]; endfunction
  function automatic [23:0] select_b(input [127:0] words); select_b = words[119:96]; endfunction
  function automatic [7:0] select_c(input [127:0] words); select_c = words[127:120]; endfunction
  function automatic [23:0] bitwise_d(input [127:0] words); bitwise_d = words[55:32]; endfunction
  function automatic [7:0] bitwise_op(input [127:0] words); bitwise_op = words[63:56]; endfunction
  function automatic [23:0] bitwise_a(input [127:0] words); bitwise_a = words[87:64]; endfunction
  function automatic [23:0] bitwise_b(input [127:0] words); bitwise_b = words[119:96]; endfunction
  function automatic [23:0] shift_d(input [127:0] words); shift_d = words[55:32]; endfunction
  function automatic [7:0] shift_op(input [127:0] words); shift_op = words[63:56]; endfunction
  function automatic [23:0] shift_a(input [127:0] words); shift_a = words[87:64]; endfunction
  function automatic shift_scalar(input [127:0] words); shift_scalar = words[95]; endfunction
  function automatic [23:0] shift_b(input [127:0] words); shift_b = words[119:96]; endfunction
  function automatic [4:0] shift_s(input [127:0] words); shift_s = words[106:102]; endfunction
  function automatic [23:0] move_d(input [127:0] words); move_d = words[55:32]; endfunction
  function automatic [23:0] move_a(input [127:0] words); move_a = words[87:64]; endfunction
  function automatic [23:0] convert_d(input [127:0] words); convert_d = words[55:32]; endfunction
  function automatic [23:0] convert_a(input [127:0] words); convert_a = words[87:64]; endfunction
  function automatic [23:0] unary_d(input [127:0] words); unary_d = words[55:32]; endfunction
  function automatic [7:0] unary_op(input [127:0] words); unary_op = words[63:56]; endfunction
  function automatic [23:0] unary_a(input [127:0] words); unary_a = words[87:64]; endfunction
  function automatic [23:0] special_d(input [127:0] words); special_d = words[55:32]; endfunction
  function automatic [23:0] special_a(input [127:0] words); special_a = words[87:64]; endfunction
  function automatic [7:0] special_op(input [127:0] words); special_op = words[63:56]; endfunction
  function automatic [23:0] clamp_d(input [127:0] words); clamp_d = words[55:32]; endfunction
  function automatic [7:0] clamp_op(input [127:0] words); clamp_op = words[63:56]; endfunction
  function automatic [23:0] clamp_a(input [127:0] words); clamp_a = words[87:64]; endfunction
  function automatic clamp_scalar(input [127:0] words); clamp_scalar = words[95]; endfunction
  function automatic [23:0] clamp_b(input [127:0] words); clamp_b = words[119:96]; endfunction
  function automatic [4:0] clamp_s(input [127:0] words); clamp_s = words[106:102]; endfunction
  function automatic [23:0] lut_d(input [127:0] words); lut_d = words[55:32]; endfunction
  function automatic [7:0] lut_form(input [127:0] words); lut_form = words[63:56]; endfunction
  function automatic [23:0] lut_a(input [127:0] words); lut_a = words[87:64]; endfunction
  function automatic [23:0] lut_b(input [127:0] words); lut_b = words[119:96]; endfunction
  function automatic [23:0] reduce_d(input [127:0] words); reduce_d = words[55:32]; endfunction
  function automatic [7:0] reduce_op(input [127:0] words); reduce_op = words[63:56]; endfunction
  function automatic [23:0] reduce_a(input [127:0] words); reduce_a = words[87:64]; endfunction
  function automatic [7:0] reduce_r(input [127:0] words); reduce_r = words[95:88]; endfunction
  function automatic [23:0] scan_d(input [127:0] words); scan_d = words[55:32]; endfunction
  function automatic [7:0] scan_op(input [127:0] words); scan_op = words[63:56]; endfunction
  function automatic [23:0] scan_a(input [127:0] words); scan_a = words[87:64]; endfunction
  function automatic [23:0] iota_d(input [127:0] words); iota_d = words[55:32]; endfunction
  function automatic [4:0] iota_start(input [127:0] words); iota_start = words[74:70]; endfunction
  function automatic [4:0] iota_step(input [127:0] words); iota_step = words[106:102]; endfunction
  function automatic [23:0] random_d(input [127:0] words); random_d = words[55:32]; endfunction
  function automatic [7:0] random_op(input [127:0] words); random_op = words[63:56]; endfunction
  function automatic [4:0] random_start(input [127:0] words); random_start = words[74:70]; endfunction
  function automatic [23:0] take_d(input [127:0] words); take_d = words[55:32]; endfunction
  function automatic [23:0] take_a(input [127:0] words); take_a = words[87:64]; endfunction
  function automatic [23:0] take_b(input [127:0] words); take_b = words[119:96]; endfunction
  function automatic [23:0] scale_d(input [127:0] words); scale_d = words[55:32]; endfunction
  function automatic [23:0] scale_a(input [127:0] words); scale_a = words[87:64]; endfunction
  function automatic [1:0] scale_activation(input [127:0] words); scale_activation = words[57:56]; endfunction
  function automatic scale_table(input [127:0] words); scale_table = words[58]; endfunction
  function automatic [23:0] scale_b(input [127:0] words); scale_b = words[119:96]; endfunction
  function automatic [7:0] scale_c(input [127:0] words); scale_c = words[127:120]; endfunction
  function automatic [23:0] bquant_d(input [127:0] words); bquant_d = words[55:32]; endfunction
  function automatic [23:0] bquant_a(input [127:0] words); bquant_a = words[87:64]; endfunction
  function automatic [7:0] bquant_c(input [127:0] words); bquant_c = words[127:120]; endfunction
  function automatic [23:0] bdequant_d(input [127:0] words); bdequant_d = words[55:32]; endfunction
  function automatic [23:0] bdequant_a(input [127:0] words); bdequant_a = words[87:64]; endfunction
  function automatic [23:0] bdequant_b(input [127:0] words); bdequant_b = words[119:96]; endfunction
  function automatic [23:0] put_d(input [127:0] words); put_d = words[55:32]; endfunction
  function automatic [7:0] put_op(input [127:0] words); put_op = words[63:56]; endfunction
  function automatic [23:0] put_a(input [127:0] words); put_a = words[87:64]; endfunction
  function automatic [5:0] put_peer(input [127:0] words); put_peer = words[93:88]; endfunction
  function automatic [23:0] get_d(input [127:0] words); get_d = words[55:32]; endfunction
  function automatic [23:0] get_a(input [127:0] words); get_a = words[87:64]; endfunction
  function automatic [5:0] rpost_m(input [127:0] words); rpost_m = words[37:32]; endfunction
  function automatic [4:0] rpost_rs2(input [127:0] words); rpost_rs2 = words[52:48]; endfunction
  function automatic signed [31:0] rpost_imm(input [127:0] words); rpost_imm = words[95:64]; endfunction
  function automatic [15:0] rpost_k(input [127:0] words); rpost_k = words[111:96]; endfunction

  // Parts of a tensor operand, 24 bits, and fields of a numeric mode, 256 bits.
  function automatic [5:0] operand_t(input [23:0] operand_bits); operand_t = operand_bits[5:0]; endfunction
  function automatic [4:0] operand_s(input [23:0] operand_bits); operand_s = operand_bits[10:6]; endfunction
  function automatic signed [12:0] operand_imm(input [23:0] operand_bits); operand_imm = operand_bits[23:11]; endfunction
  function automatic [2:0] mode_round(input [255:0] mode_bits); mode_round = mode_bits[2:0]; endfunction
  function automatic mode_isat(input [255:0] mode_bits); mode_isat = mode_bits[3]; endfunction
  function automatic mode_fsat(input [255:0] mode_bits); mode_fsat = mode_bits[4]; endfunction
  function automatic [1:0] mode_daz(input [255:0] mode_bits); mode_daz = mode_bits[6:5]; endfunction
  function automatic [1:0] mode_ftz(input [255:0] mode_bits); mode_ftz = mode_bits[8:7]; endfunction
  function automatic mode_minmax(input [255:0] mode_bits); mode_minmax = mode_bits[9]; endfunction
  function automatic [1:0] mode_order(input [255:0] mode_bits); mode_order = mode_bits[11:10]; endfunction
  function automatic [3:0] mode_dot(input [255:0] mode_bits); mode_dot = mode_bits[15:12]; endfunction
  function automatic [1:0] mode_level(input [255:0] mode_bits); mode_level = mode_bits[17:16]; endfunction
  function automatic [2:0] mode_scale(input [255:0] mode_bits); mode_scale = mode_bits[34:32]; endfunction
  function automatic [2:0] mode_round2(input [255:0] mode_bits); mode_round2 = mode_bits[37:35]; endfunction
  function automatic mode_clamp(input [255:0] mode_bits); mode_clamp = mode_bits[38]; endfunction
  function automatic mode_mxrule(input [255:0] mode_bits); mode_mxrule = mode_bits[39]; endfunction
  function automatic signed [15:0] mode_zpa(input [255:0] mode_bits); mode_zpa = mode_bits[79:64]; endfunction
  function automatic signed [15:0] mode_zpb(input [255:0] mode_bits); mode_zpb = mode_bits[95:80]; endfunction
  function automatic signed [15:0] mode_zpo(input [255:0] mode_bits); mode_zpo = mode_bits[111:96]; endfunction
  function automatic signed [31:0] mode_lo(input [255:0] mode_bits); mode_lo = mode_bits[159:128]; endfunction
  function automatic signed [31:0] mode_hi(input [255:0] mode_bits); mode_hi = mode_bits[191:160]; endfunction
  function automatic [31:0] mode_key(input [255:0] mode_bits); mode_key = mode_bits[223:192]; endfunction
  function automatic [31:0] mode_stream(input [255:0] mode_bits); mode_stream = mode_bits[255:224]; endfunction

  // Instructions from the bits of their fields. A field that does not exist with the others is ignored.
  function automatic [31:0] encode_head(input [2:0] predicate_bits, input negate_bits, input [5:0] wait_bits, input [5:0] post_bits, input irq_bits, input trace_bits, input [1:0] mode_bits);
    encode_head = 32'd0;
    encode_head[10:8] = predicate_bits;
    encode_head[11] = negate_bits;
    encode_head[17:12] = wait_bits;
    encode_head[23:18] = post_bits;
    encode_head[24] = irq_bits;
    encode_head[25] = trace_bits;
    encode_head[27:26] = mode_bits;
  endfunction
  function automatic [23:0] encode_operand(input [5:0] t_bits, input [4:0] s_bits, input signed [12:0] imm_bits);
    encode_operand = {imm_bits, s_bits, t_bits};
  endfunction
  function automatic [7:0] encode_bare(input [5:0] t_bits);
    encode_bare = 8'd128 | {2'd0, t_bits};
  endfunction
  function automatic [127:0] encode_nop(input [31:0] head_bits, input signed [31:0] tag_bits);
    encode_nop = {96'd0, head_bits[31:8], 8'h1};
    encode_nop[95:64] = tag_bits;
  endfunction
  function automatic [127:0] encode_halt(input [31:0] head_bits, input signed [31:0] value_bits);
    encode_halt = {96'd0, head_bits[31:8], 8'h2};
    encode_halt[95:64] = value_bits;
  endfunction
  function automatic [127:0] encode_fence(input [31:0] head_bits, input [31:0] units_bits);
    encode_fence = {96'd0, head_bits[31:8], 8'h3};
    encode_fence[95:64] = units_bits;
  endfunction
  function automatic [127:0] encode_trap(input [31:0] head_bits, input signed [31:0] code_bits);
    encode_trap = {96'd0, head_bits[31:8], 8'h4};
    encode_trap[95:64] = code_bits;
  endfunction
  function automatic [127:0] encode_break(input [31:0] head_bits, input signed [31:0] tag_bits);
    encode_break = {96'd0, head_bits[31:8], 8'h5};
    encode_break[95:64] = tag_bits;
  endfunction
  function automatic [127:0] encode_mark(input [31:0] head_bits, input signed [31:0] value_bits);
    encode_mark = {96'd0, head_bits[31:8], 8'h6};
    encode_mark[95:64] = value_bits;
  endfunction
  function automatic [127:0] encode_irq(input [31:0] head_bits, input [31:0] vector_bits);
    encode_irq = {96'd0, head_bits[31:8], 8'h7};
    encode_irq[95:64] = vector_bits;
  endfunction
  function automatic [127:0] encode_alu(input [31:0] head_bits, input [4:0] rd_bits, input [4:0] rs1_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits, input [7:0] op_bits);
    encode_alu = {96'd0, head_bits[31:8], 8'h8};
    encode_alu[36:32] = rd_bits;
    encode_alu[44:40] = rs1_bits;
    encode_alu[52:48] = rs2_bits;
    encode_alu[95:64] = imm_bits;
    encode_alu[63:56] = op_bits;
  endfunction
  function automatic [127:0] encode_cmp(input [31:0] head_bits, input [2:0] pd_bits, input [4:0] rs1_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits, input [7:0] op_bits);
    encode_cmp = {96'd0, head_bits[31:8], 8'h9};
    encode_cmp[34:32] = pd_bits;
    encode_cmp[44:40] = rs1_bits;
    encode_cmp[52:48] = rs2_bits;
    encode_cmp[95:64] = imm_bits;
    encode_cmp[63:56] = op_bits;
  endfunction
  function automatic [127:0] encode_ld(input [31:0] head_bits, input [23:0] a_bits, input [4:0] rd_bits);
    encode_ld = {96'd0, head_bits[31:8], 8'ha};
    encode_ld[55:32] = a_bits;
    encode_ld[68:64] = rd_bits;
  endfunction
  function automatic [127:0] encode_st(input [31:0] head_bits, input [23:0] d_bits, input [4:0] rs_bits);
    encode_st = {96'd0, head_bits[31:8], 8'hb};
    encode_st[55:32] = d_bits;
    encode_st[68:64] = rs_bits;
  endfunction
  function automatic [127:0] encode_jump(input [31:0] head_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits);
    encode_jump = {96'd0, head_bits[31:8], 8'hc};
    encode_jump[52:48] = rs2_bits;
    encode_jump[95:64] = imm_bits;
  endfunction
  function automatic [127:0] encode_call(input [31:0] head_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits);
    encode_call = {96'd0, head_bits[31:8], 8'hd};
    encode_call[52:48] = rs2_bits;
    encode_call[95:64] = imm_bits;
  endfunction
  function automatic [127:0] encode_ret(input [31:0] head_bits);
    encode_ret = {96'd0, head_bits[31:8], 8'he};
  endfunction
  function automatic [127:0] encode_loop(input [31:0] head_bits, input [4:0] rs1_bits, input [4:0] ra_bits, input [4:0] rb_bits, input [15:0] length_bits, input [15:0] count_bits, input signed [15:0] incA_bits, input signed [15:0] incB_bits);
    encode_loop = {96'd0, head_bits[31:8], 8'hf};
    encode_loop[44:40] = rs1_bits;
    encode_loop[52:48] = ra_bits;
    encode_loop[36:32] = rb_bits;
    encode_loop[79:64] = length_bits;
    encode_loop[95:80] = count_bits;
    encode_loop[111:96] = incA_bits;
    encode_loop[127:112] = incB_bits;
  endfunction
  function automatic [127:0] encode_lbreak(input [31:0] head_bits);
    encode_lbreak = {96'd0, head_bits[31:8], 8'h10};
  endfunction
  function automatic [127:0] encode_csrr(input [31:0] head_bits, input [4:0] rd_bits, input signed [31:0] offset_bits);
    encode_csrr = {96'd0, head_bits[31:8], 8'h11};
    encode_csrr[36:32] = rd_bits;
    encode_csrr[95:64] = offset_bits;
  endfunction
  function automatic [127:0] encode_csrw(input [31:0] head_bits, input [4:0] rs1_bits, input signed [31:0] offset_bits);
    encode_csrw = {96'd0, head_bits[31:8], 8'h12};
    encode_csrw[44:40] = rs1_bits;
    encode_csrw[95:64] = offset_bits;
  endfunction
  function automatic [127:0] encode_tset(input [31:0] head_bits, input [5:0] t_bits, input [3:0] field_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits, input [7:0] op_bits);
    encode_tset = {96'd0, head_bits[31:8], 8'h14};
    encode_tset[37:32] = t_bits;
    encode_tset[43:40] = field_bits;
    encode_tset[52:48] = rs2_bits;
    encode_tset[95:64] = imm_bits;
    encode_tset[63:56] = op_bits;
  endfunction
  function automatic [127:0] encode_tload(input [31:0] head_bits, input [5:0] t_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits);
    encode_tload = {96'd0, head_bits[31:8], 8'h15};
    encode_tload[37:32] = t_bits;
    encode_tload[52:48] = rs2_bits;
    encode_tload[95:64] = imm_bits;
  endfunction
  function automatic [127:0] encode_tcopy(input [31:0] head_bits, input [5:0] t_bits, input [5:0] from_bits);
    encode_tcopy = {96'd0, head_bits[31:8], 8'h16};
    encode_tcopy[37:32] = t_bits;
    encode_tcopy[45:40] = from_bits;
  endfunction
  function automatic [127:0] encode_nset(input [31:0] head_bits, input [1:0] n_bits, input [2:0] field_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits);
    encode_nset = {96'd0, head_bits[31:8], 8'h17};
    encode_nset[33:32] = n_bits;
    encode_nset[42:40] = field_bits;
    encode_nset[52:48] = rs2_bits;
    encode_nset[95:64] = imm_bits;
  endfunction
  function automatic [127:0] encode_post(input [31:0] head_bits, input [5:0] m_bits, input [2:0] agent_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits);
    encode_post = {96'd0, head_bits[31:8], 8'h18};
    encode_post[37:32] = m_bits;
    encode_post[42:40] = agent_bits;
    encode_post[52:48] = rs2_bits;
    encode_post[95:64] = imm_bits;
  endfunction
  function automatic [127:0] encode_wait(input [31:0] head_bits, input [5:0] m_bits, input [2:0] agent_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits);
    encode_wait = {96'd0, head_bits[31:8], 8'h19};
    encode_wait[37:32] = m_bits;
    encode_wait[42:40] = agent_bits;
    encode_wait[52:48] = rs2_bits;
    encode_wait[95:64] = imm_bits;
  endfunction
  function automatic [127:0] encode_load(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits);
    encode_load = {96'd0, head_bits[31:8], 8'h40};
    encode_load[55:32] = d_bits;
    encode_load[87:64] = a_bits;
  endfunction
  function automatic [127:0] encode_fill(input [31:0] head_bits, input [23:0] d_bits, input [4:0] rs_bits, input signed [31:0] imm_bits);
    encode_fill = {96'd0, head_bits[31:8], 8'h41};
    encode_fill[55:32] = d_bits;
    encode_fill[74:70] = rs_bits;
    encode_fill[127:96] = imm_bits;
  endfunction
  function automatic [127:0] encode_gather(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [23:0] b_bits);
    encode_gather = {96'd0, head_bits[31:8], 8'h42};
    encode_gather[55:32] = d_bits;
    encode_gather[87:64] = a_bits;
    encode_gather[119:96] = b_bits;
  endfunction
  function automatic [127:0] encode_unpack(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [7:0] form_bits, input [23:0] b_bits, input [7:0] bits_bits);
    encode_unpack = {96'd0, head_bits[31:8], 8'h43};
    encode_unpack[55:32] = d_bits;
    encode_unpack[87:64] = a_bits;
    encode_unpack[63:56] = form_bits;
    if (form_bits == 8'd0 || form_bits == 8'd1 || form_bits == 8'd2) encode_unpack[119:96] = b_bits;
    if (form_bits == 8'd0) encode_unpack[95:88] = bits_bits;
  endfunction
  function automatic [127:0] encode_crc(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits);
    encode_crc = {96'd0, head_bits[31:8], 8'h44};
    encode_crc[55:32] = d_bits;
    encode_crc[87:64] = a_bits;
  endfunction
  function automatic [127:0] encode_store(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [7:0] op_bits);
    encode_store = {96'd0, head_bits[31:8], 8'h50};
    encode_store[55:32] = d_bits;
    encode_store[87:64] = a_bits;
    encode_store[63:56] = op_bits;
  endfunction
  function automatic [127:0] encode_scatter(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [23:0] b_bits, input [7:0] op_bits);
    encode_scatter = {96'd0, head_bits[31:8], 8'h51};
    encode_scatter[55:32] = d_bits;
    encode_scatter[87:64] = a_bits;
    encode_scatter[119:96] = b_bits;
    encode_scatter[63:56] = op_bits;
  endfunction
  function automatic [127:0] encode_wload(input [31:0] head_bits, input [7:0] slot_bits, input [23:0] a_bits, input [7:0] form_bits, input [23:0] b_bits);
    encode_wload = {96'd0, head_bits[31:8], 8'h60};
    encode_wload[63:56] = slot_bits;
    encode_wload[87:64] = a_bits;
    encode_wload[95:88] = form_bits;
    if (form_bits == 8'd1 || form_bits == 8'd2) encode_wload[119:96] = b_bits;
  endfunction
  function automatic [127:0] encode_ainit(input [31:0] head_bits, input [23:0] acc_bits, input [7:0] op_bits, input [23:0] a_bits);
    encode_ainit = {96'd0, head_bits[31:8], 8'h61};
    encode_ainit[55:32] = acc_bits;
    encode_ainit[63:56] = op_bits;
    if (op_bits == 8'd1) encode_ainit[87:64] = a_bits;
  endfunction
  function automatic [127:0] encode_mm(input [31:0] head_bits, input [23:0] acc_bits, input op_bits, input scaled_bits, input [23:0] a_bits, input [7:0] mRank_bits, input [23:0] b_bits, input [7:0] slot_bits);
    encode_mm = {96'd0, head_bits[31:8], 8'h62};
    encode_mm[55:32] = acc_bits;
    encode_mm[56] = op_bits;
    encode_mm[57] = scaled_bits;
    encode_mm[87:64] = a_bits;
    encode_mm[95:88] = mRank_bits;
    if (scaled_bits == 1'd1) encode_mm[119:96] = b_bits;
    encode_mm[127:120] = slot_bits;
  endfunction
  function automatic [127:0] encode_mdw(input [31:0] head_bits, input [23:0] acc_bits, input [7:0] op_bits, input [23:0] a_bits, input [7:0] mRank_bits, input [7:0] slot_bits);
    encode_mdw = {96'd0, head_bits[31:8], 8'h63};
    encode_mdw[55:32] = acc_bits;
    encode_mdw[63:56] = op_bits;
    encode_mdw[87:64] = a_bits;
    encode_mdw[95:88] = mRank_bits;
    encode_mdw[127:120] = slot_bits;
  endfunction
  function automatic [127:0] encode_drain(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [1:0] activation_bits, input table_bits, input [23:0] b_bits, input [7:0] c_bits);
    encode_drain = {96'd0, head_bits[31:8], 8'h64};
    encode_drain[55:32] = d_bits;
    encode_drain[87:64] = a_bits;
    encode_drain[57:56] = activation_bits;
    encode_drain[58] = table_bits;
    if (table_bits == 1'd1) encode_drain[119:96] = b_bits;
    encode_drain[127:120] = c_bits;
  endfunction
  function automatic [127:0] encode_binary(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [23:0] a_bits, input scalar_bits, input [23:0] b_bits, input [4:0] s_bits);
    encode_binary = {96'd0, head_bits[31:8], 8'h80};
    encode_binary[55:32] = d_bits;
    encode_binary[63:56] = op_bits;
    encode_binary[87:64] = a_bits;
    encode_binary[95] = scalar_bits;
    if (scalar_bits == 1'd0) encode_binary[119:96] = b_bits;
    if (scalar_bits == 1'd1) encode_binary[106:102] = s_bits;
  endfunction
  function automatic [127:0] encode_fma(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input scalar_bits, input [23:0] b_bits, input [4:0] s_bits, input [7:0] c_bits);
    encode_fma = {96'd0, head_bits[31:8], 8'h81};
    encode_fma[55:32] = d_bits;
    encode_fma[87:64] = a_bits;
    encode_fma[95] = scalar_bits;
    if (scalar_bits == 1'd0) encode_fma[119:96] = b_bits;
    if (scalar_bits == 1'd1) encode_fma[106:102] = s_bits;
    encode_fma[127:120] = c_bits;
  endfunction
  function automatic [127:0] encode_compare(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [23:0] a_bits, input scalar_bits, input [23:0] b_bits, input [4:0] s_bits);
    encode_compare = {96'd0, head_bits[31:8], 8'h82};
    encode_compare[55:32] = d_bits;
    encode_compare[63:56] = op_bits;
    encode_compare[87:64] = a_bits;
    encode_compare[95] = scalar_bits;
    if (scalar_bits == 1'd0) encode_compare[119:96] = b_bits;
    if (scalar_bits == 1'd1) encode_compare[106:102] = s_bits;
  endfunction
  function automatic [127:0] encode_select(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [23:0] b_bits, input [7:0] c_bits);
    encode_select = {96'd0, head_bits[31:8], 8'h83};
    encode_select[55:32] = d_bits;
    encode_select[87:64] = a_bits;
    encode_select[119:96] = b_bits;
    encode_select[127:120] = c_bits;
  endfunction
  function automatic [127:0] encode_bitwise(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [23:0] a_bits, input [23:0] b_bits);
    encode_bitwise = {96'd0, head_bits[31:8], 8'h84};
    encode_bitwise[55:32] = d_bits;
    encode_bitwise[63:56] = op_bits;
    encode_bitwise[87:64] = a_bits;
    encode_bitwise[119:96] = b_bits;
  endfunction
  function automatic [127:0] encode_shift(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [23:0] a_bits, input scalar_bits, input [23:0] b_bits, input [4:0] s_bits);
    encode_shift = {96'd0, head_bits[31:8], 8'h85};
    encode_shift[55:32] = d_bits;
    encode_shift[63:56] = op_bits;
    encode_shift[87:64] = a_bits;
    encode_shift[95] = scalar_bits;
    if (scalar_bits == 1'd0) encode_shift[119:96] = b_bits;
    if (scalar_bits == 1'd1) encode_shift[106:102] = s_bits;
  endfunction
  function automatic [127:0] encode_move(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits);
    encode_move = {96'd0, head_bits[31:8], 8'h86};
    encode_move[55:32] = d_bits;
    encode_move[87:64] = a_bits;
  endfunction
  function automatic [127:0] encode_convert(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits);
    encode_convert = {96'd0, head_bits[31:8], 8'h87};
    encode_convert[55:32] = d_bits;
    encode_convert[87:64] = a_bits;
  endfunction
  function automatic [127:0] encode_unary(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [23:0] a_bits);
    encode_unary = {96'd0, head_bits[31:8], 8'h88};
    encode_unary[55:32] = d_bits;
    encode_unary[63:56] = op_bits;
    encode_unary[87:64] = a_bits;
  endfunction
  function automatic [127:0] encode_special(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [7:0] op_bits);
    encode_special = {96'd0, head_bits[31:8], 8'h89};
    encode_special[55:32] = d_bits;
    encode_special[87:64] = a_bits;
    encode_special[63:56] = op_bits;
  endfunction
  function automatic [127:0] encode_clamp(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [23:0] a_bits, input scalar_bits, input [23:0] b_bits, input [4:0] s_bits);
    encode_clamp = {96'd0, head_bits[31:8], 8'h8a};
    encode_clamp[55:32] = d_bits;
    encode_clamp[63:56] = op_bits;
    encode_clamp[87:64] = a_bits;
    if (op_bits == 8'd3) encode_clamp[95] = scalar_bits;
    if ((op_bits == 8'd3) && (op_bits == 8'd3) && (scalar_bits == 1'd0)) encode_clamp[119:96] = b_bits;
    if ((op_bits == 8'd3) && (op_bits == 8'd3) && (scalar_bits == 1'd1)) encode_clamp[106:102] = s_bits;
  endfunction
  function automatic [127:0] encode_lut(input [31:0] head_bits, input [23:0] d_bits, input [7:0] form_bits, input [23:0] a_bits, input [23:0] b_bits);
    encode_lut = {96'd0, head_bits[31:8], 8'h8b};
    encode_lut[55:32] = d_bits;
    encode_lut[63:56] = form_bits;
    encode_lut[87:64] = a_bits;
    encode_lut[119:96] = b_bits;
  endfunction
  function automatic [127:0] encode_reduce(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [23:0] a_bits, input [7:0] r_bits);
    encode_reduce = {96'd0, head_bits[31:8], 8'h8c};
    encode_reduce[55:32] = d_bits;
    encode_reduce[63:56] = op_bits;
    encode_reduce[87:64] = a_bits;
    encode_reduce[95:88] = r_bits;
  endfunction
  function automatic [127:0] encode_scan(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [23:0] a_bits);
    encode_scan = {96'd0, head_bits[31:8], 8'h8d};
    encode_scan[55:32] = d_bits;
    encode_scan[63:56] = op_bits;
    encode_scan[87:64] = a_bits;
  endfunction
  function automatic [127:0] encode_iota(input [31:0] head_bits, input [23:0] d_bits, input [4:0] start_bits, input [4:0] step_bits);
    encode_iota = {96'd0, head_bits[31:8], 8'h8e};
    encode_iota[55:32] = d_bits;
    encode_iota[74:70] = start_bits;
    encode_iota[106:102] = step_bits;
  endfunction
  function automatic [127:0] encode_random(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [4:0] start_bits);
    encode_random = {96'd0, head_bits[31:8], 8'h8f};
    encode_random[55:32] = d_bits;
    encode_random[63:56] = op_bits;
    encode_random[74:70] = start_bits;
  endfunction
  function automatic [127:0] encode_take(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [23:0] b_bits);
    encode_take = {96'd0, head_bits[31:8], 8'h90};
    encode_take[55:32] = d_bits;
    encode_take[87:64] = a_bits;
    encode_take[119:96] = b_bits;
  endfunction
  function automatic [127:0] encode_scale(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [1:0] activation_bits, input table_bits, input [23:0] b_bits, input [7:0] c_bits);
    encode_scale = {96'd0, head_bits[31:8], 8'h91};
    encode_scale[55:32] = d_bits;
    encode_scale[87:64] = a_bits;
    encode_scale[57:56] = activation_bits;
    encode_scale[58] = table_bits;
    if (table_bits == 1'd1) encode_scale[119:96] = b_bits;
    encode_scale[127:120] = c_bits;
  endfunction
  function automatic [127:0] encode_bquant(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [7:0] c_bits);
    encode_bquant = {96'd0, head_bits[31:8], 8'h92};
    encode_bquant[55:32] = d_bits;
    encode_bquant[87:64] = a_bits;
    encode_bquant[127:120] = c_bits;
  endfunction
  function automatic [127:0] encode_bdequant(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits, input [23:0] b_bits);
    encode_bdequant = {96'd0, head_bits[31:8], 8'h93};
    encode_bdequant[55:32] = d_bits;
    encode_bdequant[87:64] = a_bits;
    encode_bdequant[119:96] = b_bits;
  endfunction
  function automatic [127:0] encode_put(input [31:0] head_bits, input [23:0] d_bits, input [7:0] op_bits, input [23:0] a_bits, input [5:0] peer_bits);
    encode_put = {96'd0, head_bits[31:8], 8'hc0};
    encode_put[55:32] = d_bits;
    encode_put[63:56] = op_bits;
    encode_put[87:64] = a_bits;
    encode_put[93:88] = peer_bits;
  endfunction
  function automatic [127:0] encode_get(input [31:0] head_bits, input [23:0] d_bits, input [23:0] a_bits);
    encode_get = {96'd0, head_bits[31:8], 8'hc1};
    encode_get[55:32] = d_bits;
    encode_get[87:64] = a_bits;
  endfunction
  function automatic [127:0] encode_rpost(input [31:0] head_bits, input [5:0] m_bits, input [4:0] rs2_bits, input signed [31:0] imm_bits, input [15:0] k_bits);
    encode_rpost = {96'd0, head_bits[31:8], 8'hc2};
    encode_rpost[37:32] = m_bits;
    encode_rpost[52:48] = rs2_bits;
    encode_rpost[95:64] = imm_bits;
    encode_rpost[111:96] = k_bits;
  endfunction

  // Names by code, empty for a code that has none: print them with %0s.
  function automatic [63:0] name_of_opcode(input [7:0] code);
    case (code)
      8'h1: name_of_opcode = {40'd0, "nop"};
      8'h2: name_of_opcode = {32'd0, "halt"};
      8'h3: name_of_opcode = {24'd0, "fence"};
      8'h4: name_of_opcode = {32'd0, "trap"};
      8'h5: name_of_opcode = {24'd0, "break"};
      8'h6: name_of_opcode = {32'd0, "mark"};
      8'h7: name_of_opcode = {40'd0, "irq"};
      8'h8: name_of_opcode = {40'd0, "alu"};
      8'h9: name_of_opcode = {40'd0, "cmp"};
      8'ha: name_of_opcode = {48'd0, "ld"};
      8'hb: name_of_opcode = {48'd0, "st"};
      8'hc: name_of_opcode = {32'd0, "jump"};
      8'hd: name_of_opcode = {32'd0, "call"};
      8'he: name_of_opcode = {40'd0, "ret"};
      8'hf: name_of_opcode = {32'd0, "loop"};
      8'h10: name_of_opcode = {16'd0, "lbreak"};
      8'h11: name_of_opcode = {32'd0, "csrr"};
      8'h12: name_of_opcode = {32'd0, "csrw"};
      8'h14: name_of_opcode = {32'd0, "tset"};
      8'h15: name_of_opcode = {24'd0, "tload"};
      8'h16: name_of_opcode = {24'd0, "tcopy"};
      8'h17: name_of_opcode = {32'd0, "nset"};
      8'h18: name_of_opcode = {32'd0, "post"};
      8'h19: name_of_opcode = {32'd0, "wait"};
      8'h40: name_of_opcode = {32'd0, "load"};
      8'h41: name_of_opcode = {32'd0, "fill"};
      8'h42: name_of_opcode = {16'd0, "gather"};
      8'h43: name_of_opcode = {16'd0, "unpack"};
      8'h44: name_of_opcode = {40'd0, "crc"};
      8'h50: name_of_opcode = {24'd0, "store"};
      8'h51: name_of_opcode = {8'd0, "scatter"};
      8'h60: name_of_opcode = {24'd0, "wload"};
      8'h61: name_of_opcode = {24'd0, "ainit"};
      8'h62: name_of_opcode = {48'd0, "mm"};
      8'h63: name_of_opcode = {40'd0, "mdw"};
      8'h64: name_of_opcode = {24'd0, "drain"};
      8'h80: name_of_opcode = {16'd0, "binary"};
      8'h81: name_of_opcode = {40'd0, "fma"};
      8'h82: name_of_opcode = {8'd0, "compare"};
      8'h83: name_of_opcode = {16'd0, "select"};
      8'h84: name_of_opcode = {8'd0, "bitwise"};
      8'h85: name_of_opcode = {24'd0, "shift"};
      8'h86: name_of_opcode = {32'd0, "move"};
      8'h87: name_of_opcode = {8'd0, "convert"};
      8'h88: name_of_opcode = {24'd0, "unary"};
      8'h89: name_of_opcode = {8'd0, "special"};
      8'h8a: name_of_opcode = {24'd0, "clamp"};
      8'h8b: name_of_opcode = {40'd0, "lut"};
      8'h8c: name_of_opcode = {16'd0, "reduce"};
      8'h8d: name_of_opcode = {32'd0, "scan"};
      8'h8e: name_of_opcode = {32'd0, "iota"};
      8'h8f: name_of_opcode = {16'd0, "random"};
      8'h90: name_of_opcode = {32'd0, "take"};
      8'h91: name_of_opcode = {24'd0, "scale"};
      8'h92: name_of_opcode = {16'd0, "bquant"};
      8'h93: name_of_opcode = "bdequant";
      8'hc0: name_of_opcode = {40'd0, "put"};
      8'hc1: name_of_opcode = {40'd0, "get"};
      8'hc2: name_of_opcode = {24'd0, "rpost"};
      default: name_of_opcode = 64'd0;
    endcase
  endfunction
  function automatic [23:0] name_of_unit(input [2:0] code);
    case (code)
      3'h0: name_of_unit = "seq";
      3'h1: name_of_unit = "dmi";
      3'h2: name_of_unit = "dmo";
      3'h3: name_of_unit = "mxu";
      3'h4: name_of_unit = "vpu";
      3'h5: name_of_unit = "lnk";
      default: name_of_unit = 24'd0;
    endcase
  endfunction
  function automatic [71:0] name_of_space(input [2:0] code);
    case (code)
      3'h0: name_of_space = {40'd0, "none"};
      3'h1: name_of_space = {40'd0, "dram"};
      3'h2: name_of_space = {48'd0, "spm"};
      3'h3: name_of_space = {48'd0, "acc"};
      3'h4: name_of_space = "peer-dram";
      3'h5: name_of_space = {8'd0, "peer-spm"};
      default: name_of_space = 72'd0;
    endcase
  endfunction
  function automatic [87:0] name_of_dtype(input [7:0] code);
    case (code)
      8'h1: name_of_dtype = {72'd0, "s4"};
      8'h2: name_of_dtype = {72'd0, "u4"};
      8'h3: name_of_dtype = {72'd0, "s8"};
      8'h4: name_of_dtype = {72'd0, "u8"};
      8'h5: name_of_dtype = {64'd0, "s16"};
      8'h6: name_of_dtype = {64'd0, "u16"};
      8'h7: name_of_dtype = {64'd0, "s32"};
      8'h8: name_of_dtype = {64'd0, "u32"};
      8'h9: name_of_dtype = {64'd0, "s48"};
      8'ha: name_of_dtype = {64'd0, "s64"};
      8'hb: name_of_dtype = {72'd0, "s2"};
      8'hc: name_of_dtype = {72'd0, "u2"};
      8'h10: name_of_dtype = {56'd0, "e2m1"};
      8'h11: name_of_dtype = {56'd0, "e2m3"};
      8'h12: name_of_dtype = {56'd0, "e3m2"};
      8'h13: name_of_dtype = {56'd0, "e4m3"};
      8'h14: name_of_dtype = {56'd0, "e5m2"};
      8'h15: name_of_dtype = {56'd0, "e8m0"};
      8'h16: name_of_dtype = {48'd0, "ue4m3"};
      8'h17: name_of_dtype = {24'd0, "e4m3fnuz"};
      8'h18: name_of_dtype = {24'd0, "e5m2fnuz"};
      8'h19: name_of_dtype = {56'd0, "i8f6"};
      8'h1a: name_of_dtype = {24'd0, "e4m3ieee"};
      8'h1b: name_of_dtype = {56'd0, "e3m4"};
      8'h1c: name_of_dtype = "e4m3b11fnuz";
      8'h20: name_of_dtype = {56'd0, "bf16"};
      8'h21: name_of_dtype = {56'd0, "fp16"};
      8'h22: name_of_dtype = {56'd0, "tf32"};
      8'h23: name_of_dtype = {56'd0, "fp32"};
      8'h40: name_of_dtype = "binary3p1se";
      8'h41: name_of_dtype = "binary3p1sf";
      8'h42: name_of_dtype = "binary3p2se";
      8'h43: name_of_dtype = "binary3p2sf";
      8'h44: name_of_dtype = "binary4p1se";
      8'h45: name_of_dtype = "binary4p1sf";
      8'h46: name_of_dtype = "binary4p2se";
      8'h47: name_of_dtype = "binary4p2sf";
      8'h48: name_of_dtype = "binary4p3se";
      8'h49: name_of_dtype = "binary4p3sf";
      8'h4a: name_of_dtype = "binary5p1se";
      8'h4b: name_of_dtype = "binary5p1sf";
      8'h4c: name_of_dtype = "binary5p2se";
      8'h4d: name_of_dtype = "binary5p2sf";
      8'h4e: name_of_dtype = "binary5p3se";
      8'h4f: name_of_dtype = "binary5p3sf";
      8'h50: name_of_dtype = "binary5p4se";
      8'h51: name_of_dtype = "binary5p4sf";
      8'h52: name_of_dtype = "binary6p1se";
      8'h53: name_of_dtype = "binary6p1sf";
      8'h54: name_of_dtype = "binary6p2se";
      8'h55: name_of_dtype = "binary6p2sf";
      8'h56: name_of_dtype = "binary6p3se";
      8'h57: name_of_dtype = "binary6p3sf";
      8'h58: name_of_dtype = "binary6p4se";
      8'h59: name_of_dtype = "binary6p4sf";
      8'h5a: name_of_dtype = "binary6p5se";
      8'h5b: name_of_dtype = "binary6p5sf";
      8'h5c: name_of_dtype = "binary7p1se";
      8'h5d: name_of_dtype = "binary7p1sf";
      8'h5e: name_of_dtype = "binary7p2se";
      8'h5f: name_of_dtype = "binary7p2sf";
      8'h60: name_of_dtype = "binary7p3se";
      8'h61: name_of_dtype = "binary7p3sf";
      8'h62: name_of_dtype = "binary7p4se";
      8'h63: name_of_dtype = "binary7p4sf";
      8'h64: name_of_dtype = "binary7p5se";
      8'h65: name_of_dtype = "binary7p5sf";
      8'h66: name_of_dtype = "binary7p6se";
      8'h67: name_of_dtype = "binary7p6sf";
      8'h68: name_of_dtype = "binary8p1se";
      8'h69: name_of_dtype = "binary8p1sf";
      8'h6a: name_of_dtype = "binary8p2se";
      8'h6b: name_of_dtype = "binary8p2sf";
      8'h6c: name_of_dtype = "binary8p3se";
      8'h6d: name_of_dtype = "binary8p3sf";
      8'h6e: name_of_dtype = "binary8p4se";
      8'h6f: name_of_dtype = "binary8p4sf";
      8'h70: name_of_dtype = "binary8p5se";
      8'h71: name_of_dtype = "binary8p5sf";
      8'h72: name_of_dtype = "binary8p6se";
      8'h73: name_of_dtype = "binary8p6sf";
      8'h74: name_of_dtype = "binary8p7se";
      8'h75: name_of_dtype = "binary8p7sf";
      default: name_of_dtype = 88'd0;
    endcase
  endfunction
  function automatic [143:0] name_of_trap(input [7:0] code);
    case (code)
      8'h1: name_of_trap = {96'd0, "opcode"};
      8'h2: name_of_trap = {80'd0, "reserved"};
      8'h3: name_of_trap = {88'd0, "feature"};
      8'h4: name_of_trap = {128'd0, "pc"};
      8'h5: name_of_trap = {64'd0, "call-depth"};
      8'h6: name_of_trap = {112'd0, "loop"};
      8'h7: name_of_trap = {104'd0, "dtype"};
      8'h8: name_of_trap = {64'd0, "descriptor"};
      8'h9: name_of_trap = {104'd0, "shape"};
      8'ha: name_of_trap = {96'd0, "stride"};
      8'hb: name_of_trap = {72'd0, "alignment"};
      8'hc: name_of_trap = {56'd0, "bounds-dram"};
      8'hd: name_of_trap = {64'd0, "bounds-spm"};
      8'he: name_of_trap = {64'd0, "bounds-acc"};
      8'hf: name_of_trap = {112'd0, "slot"};
      8'h10: name_of_trap = {88'd0, "weights"};
      8'h11: name_of_trap = {88'd0, "overlap"};
      8'h12: name_of_trap = {64'd0, "protection"};
      8'h13: name_of_trap = {120'd0, "csr"};
      8'h14: name_of_trap = {72'd0, "link-peer"};
      8'h15: name_of_trap = {80'd0, "software"};
      8'h16: name_of_trap = {104'd0, "break"};
      8'h17: name_of_trap = {88'd0, "version"};
      8'h20: name_of_trap = {40'd0, "link-protocol"};
      8'h21: name_of_trap = {72'd0, "link-down"};
      8'h22: name_of_trap = {80'd0, "watchdog"};
      8'h23: name_of_trap = {120'd0, "bus"};
      8'h24: name_of_trap = "semaphore-overflow";
      default: name_of_trap = 144'd0;
    endcase
  endfunction
  function automatic [95:0] name_of_event(input [3:0] code);
    case (code)
      4'h0: name_of_event = {24'd0, "saturated"};
      4'h1: name_of_event = {32'd0, "overflow"};
      4'h2: name_of_event = {72'd0, "nan"};
      4'h3: name_of_event = {56'd0, "index"};
      4'h4: name_of_event = {40'd0, "invalid"};
      4'h5: name_of_event = "divideByZero";
      4'h6: name_of_event = {24'd0, "underflow"};
      4'h7: name_of_event = {40'd0, "inexact"};
      4'h8: name_of_event = {40'd0, "flushed"};
      4'h9: name_of_event = {64'd0, "lost"};
      default: name_of_event = 96'd0;
    endcase
  endfunction
  function automatic [119:0] name_of_feature(input [6:0] code);
    case (code)
      7'h0: name_of_feature = {104'd0, "zp"};
      7'h1: name_of_feature = {40'd0, "dmaConvert"};
      7'h2: name_of_feature = "weightsFromDram";
      7'h3: name_of_feature = {24'd0, "fullCounters"};
      7'h4: name_of_feature = {56'd0, "sparse24"};
      7'h5: name_of_feature = {104'd0, "mx"};
      7'h6: name_of_feature = {80'd0, "nvfp4"};
      7'h7: name_of_feature = {56'd0, "gemmlowp"};
      7'h8: name_of_feature = {40'd0, "tosaDouble"};
      7'h9: name_of_feature = {96'd0, "lnk"};
      7'ha: name_of_feature = {72'd0, "unpack"};
      7'hb: name_of_feature = {64'd0, "special"};
      7'hc: name_of_feature = {96'd0, "lut"};
      7'hd: name_of_feature = {72'd0, "random"};
      7'he: name_of_feature = {72'd0, "bquant"};
      7'hf: name_of_feature = {56'd0, "bdequant"};
      7'h10: name_of_feature = {40'd0, "stochastic"};
      7'h11: name_of_feature = {72'd0, "layout"};
      default: name_of_feature = 120'd0;
    endcase
  endfunction

  // Properties by dtype code, 0 for a code that is none.
  function automatic [6:0] dtype_width(input [7:0] dtype);
    case (dtype)
      8'h1, 8'h2, 8'h10, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49: dtype_width = 7'd4;
      8'h3, 8'h4, 8'hb, 8'hc, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h40, 8'h41, 8'h42, 8'h43, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75: dtype_width = 7'd8;
      8'h5, 8'h6, 8'h20, 8'h21: dtype_width = 7'd16;
      8'h7, 8'h8, 8'h22, 8'h23: dtype_width = 7'd32;
      8'h9, 8'ha: dtype_width = 7'd64;
      default: dtype_width = 7'd0;
    endcase
  endfunction
  function automatic [6:0] dtype_value_bits(input [7:0] dtype);
    case (dtype)
      8'h1, 8'h2, 8'h10, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49: dtype_value_bits = 7'd4;
      8'h3, 8'h4, 8'h13, 8'h14, 8'h15, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75: dtype_value_bits = 7'd8;
      8'h5, 8'h6, 8'h20, 8'h21: dtype_value_bits = 7'd16;
      8'h7, 8'h8, 8'h22, 8'h23: dtype_value_bits = 7'd32;
      8'h9: dtype_value_bits = 7'd48;
      8'ha: dtype_value_bits = 7'd64;
      8'hb, 8'hc: dtype_value_bits = 7'd2;
      8'h11, 8'h12, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b: dtype_value_bits = 7'd6;
      8'h16, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67: dtype_value_bits = 7'd7;
      8'h40, 8'h41, 8'h42, 8'h43: dtype_value_bits = 7'd3;
      8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51: dtype_value_bits = 7'd5;
      default: dtype_value_bits = 7'd0;
    endcase
  endfunction
  function automatic [6:0] dtype_ignored_low_bits(input [7:0] dtype);
    case (dtype)
      8'h22: dtype_ignored_low_bits = 7'd13;
      default: dtype_ignored_low_bits = 7'd0;
    endcase
  endfunction
  function automatic [2:0] dtype_kind(input [7:0] dtype);
    case (dtype)
      8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc: dtype_kind = 3'd1;
      8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h16, 8'h17, 8'h18, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75: dtype_kind = 3'd2;
      8'h15: dtype_kind = 3'd4;
      8'h19: dtype_kind = 3'd3;
      default: dtype_kind = 3'd0;
    endcase
  endfunction
  function automatic dtype_is_signed(input [7:0] dtype);
    case (dtype)
      8'h1, 8'h3, 8'h5, 8'h7, 8'h9, 8'ha, 8'hb, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75: dtype_is_signed = 1'd1;
      default: dtype_is_signed = 1'd0;
    endcase
  endfunction
  function automatic [3:0] dtype_exponent_bits(input [7:0] dtype);
    case (dtype)
      8'h10, 8'h11, 8'h40, 8'h41, 8'h46, 8'h47, 8'h4e, 8'h4f, 8'h58, 8'h59, 8'h64, 8'h65, 8'h72, 8'h73: dtype_exponent_bits = 4'd2;
      8'h12, 8'h1b, 8'h44, 8'h45, 8'h4c, 8'h4d, 8'h56, 8'h57, 8'h62, 8'h63, 8'h70, 8'h71: dtype_exponent_bits = 4'd3;
      8'h13, 8'h16, 8'h17, 8'h1a, 8'h1c, 8'h4a, 8'h4b, 8'h54, 8'h55, 8'h60, 8'h61, 8'h6e, 8'h6f: dtype_exponent_bits = 4'd4;
      8'h14, 8'h18, 8'h21, 8'h52, 8'h53, 8'h5e, 8'h5f, 8'h6c, 8'h6d: dtype_exponent_bits = 4'd5;
      8'h15, 8'h20, 8'h22, 8'h23: dtype_exponent_bits = 4'd8;
      8'h42, 8'h43, 8'h48, 8'h49, 8'h50, 8'h51, 8'h5a, 8'h5b, 8'h66, 8'h67, 8'h74, 8'h75: dtype_exponent_bits = 4'd1;
      8'h5c, 8'h5d, 8'h6a, 8'h6b: dtype_exponent_bits = 4'd6;
      8'h68, 8'h69: dtype_exponent_bits = 4'd7;
      default: dtype_exponent_bits = 4'd0;
    endcase
  endfunction
  function automatic [4:0] dtype_fraction_bits(input [7:0] dtype);
    case (dtype)
      8'h10, 8'h42, 8'h43, 8'h46, 8'h47, 8'h4c, 8'h4d, 8'h54, 8'h55, 8'h5e, 8'h5f, 8'h6a, 8'h6b: dtype_fraction_bits = 5'd1;
      8'h11, 8'h13, 8'h16, 8'h17, 8'h1a, 8'h1c, 8'h50, 8'h51, 8'h58, 8'h59, 8'h62, 8'h63, 8'h6e, 8'h6f: dtype_fraction_bits = 5'd3;
      8'h12, 8'h14, 8'h18, 8'h48, 8'h49, 8'h4e, 8'h4f, 8'h56, 8'h57, 8'h60, 8'h61, 8'h6c, 8'h6d: dtype_fraction_bits = 5'd2;
      8'h19, 8'h74, 8'h75: dtype_fraction_bits = 5'd6;
      8'h1b, 8'h5a, 8'h5b, 8'h64, 8'h65, 8'h70, 8'h71: dtype_fraction_bits = 5'd4;
      8'h20: dtype_fraction_bits = 5'd7;
      8'h21, 8'h22: dtype_fraction_bits = 5'd10;
      8'h23: dtype_fraction_bits = 5'd23;
      8'h66, 8'h67, 8'h72, 8'h73: dtype_fraction_bits = 5'd5;
      default: dtype_fraction_bits = 5'd0;
    endcase
  endfunction
  function automatic signed [8:0] dtype_bias(input [7:0] dtype);
    case (dtype)
      8'h10, 8'h11, 8'h42, 8'h43, 8'h48, 8'h49, 8'h50, 8'h51, 8'h5a, 8'h5b, 8'h66, 8'h67, 8'h74, 8'h75: dtype_bias = 9'sd1;
      8'h12, 8'h1b: dtype_bias = 9'sd3;
      8'h13, 8'h16, 8'h1a: dtype_bias = 9'sd7;
      8'h14, 8'h21: dtype_bias = 9'sd15;
      8'h15, 8'h20, 8'h22, 8'h23: dtype_bias = 9'sd127;
      8'h17, 8'h4a, 8'h4b, 8'h54, 8'h55, 8'h60, 8'h61, 8'h6e, 8'h6f: dtype_bias = 9'sd8;
      8'h18, 8'h52, 8'h53, 8'h5e, 8'h5f, 8'h6c, 8'h6d: dtype_bias = 9'sd16;
      8'h1c: dtype_bias = 9'sd11;
      8'h40, 8'h41, 8'h46, 8'h47, 8'h4e, 8'h4f, 8'h58, 8'h59, 8'h64, 8'h65, 8'h72, 8'h73: dtype_bias = 9'sd2;
      8'h44, 8'h45, 8'h4c, 8'h4d, 8'h56, 8'h57, 8'h62, 8'h63, 8'h70, 8'h71: dtype_bias = 9'sd4;
      8'h5c, 8'h5d, 8'h6a, 8'h6b: dtype_bias = 9'sd32;
      8'h68, 8'h69: dtype_bias = 9'sd64;
      default: dtype_bias = 9'sd0;
    endcase
  endfunction
  function automatic [2:0] dtype_specials(input [7:0] dtype);
    case (dtype)
      8'h10, 8'h11, 8'h12: dtype_specials = 3'd4;
      8'h13, 8'h16: dtype_specials = 3'd2;
      8'h14, 8'h1a, 8'h1b, 8'h20, 8'h21, 8'h22, 8'h23: dtype_specials = 3'd1;
      8'h17, 8'h18, 8'h1c, 8'h41, 8'h43, 8'h45, 8'h47, 8'h49, 8'h4b, 8'h4d, 8'h4f, 8'h51, 8'h53, 8'h55, 8'h57, 8'h59, 8'h5b, 8'h5d, 8'h5f, 8'h61, 8'h63, 8'h65, 8'h67, 8'h69, 8'h6b, 8'h6d, 8'h6f, 8'h71, 8'h73, 8'h75: dtype_specials = 3'd3;
      8'h40, 8'h42, 8'h44, 8'h46, 8'h48, 8'h4a, 8'h4c, 8'h4e, 8'h50, 8'h52, 8'h54, 8'h56, 8'h58, 8'h5a, 8'h5c, 8'h5e, 8'h60, 8'h62, 8'h64, 8'h66, 8'h68, 8'h6a, 8'h6c, 8'h6e, 8'h70, 8'h72, 8'h74: dtype_specials = 3'd5;
      default: dtype_specials = 3'd0;
    endcase
  endfunction

  // The unit that runs an instruction; 7 for an opcode that is none.
  function automatic [2:0] unit_of(input [127:0] words);
    case (words[7:0])
      8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'hd, 8'he, 8'hf, 8'h10, 8'h11, 8'h12, 8'h14, 8'h15, 8'h16, 8'h17: unit_of = 3'd0;
      8'h18, 8'h19: unit_of = words[42:40];
      8'h40, 8'h41, 8'h42, 8'h43, 8'h44: unit_of = 3'd1;
      8'h50, 8'h51: unit_of = 3'd2;
      8'h60, 8'h61, 8'h62, 8'h63, 8'h64: unit_of = 3'd3;
      8'h80, 8'h81, 8'h82, 8'h83, 8'h84, 8'h85, 8'h86, 8'h87, 8'h88, 8'h89, 8'h8a, 8'h8b, 8'h8c, 8'h8d, 8'h8e, 8'h8f, 8'h90, 8'h91, 8'h92, 8'h93: unit_of = 3'd4;
      8'hc0, 8'hc1, 8'hc2: unit_of = 3'd5;
      default: unit_of = 3'd7;
    endcase
  endfunction

  localparam [31:0] OPERAND_BYTES = 32'h48;
  localparam [31:0] OPERAND_SPACE_AT = 32'h0;
  localparam [31:0] OPERAND_DTYPE_AT = 32'h1;
  localparam [31:0] OPERAND_RANK_AT = 32'h2;
  localparam [31:0] OPERAND_ROLE_AT = 32'h3;
  localparam [31:0] OPERAND_T_AT = 32'h4;
  localparam [31:0] OPERAND_ADDRESS_AT = 32'h8;
  localparam [31:0] OPERAND_DIMS_AT = 32'h10;
  localparam [31:0] OPERAND_STRIDES_AT = 32'h24;
  localparam [31:0] OPERAND_PAD_LOW_AT = 32'h38;
  localparam [31:0] OPERAND_PAD_HIGH_AT = 32'h3c;
  localparam [31:0] OPERAND_FILL_AT = 32'h40;
  localparam [31:0] OPERAND_DIGEST_AT = 32'h44;
  localparam [31:0] OPERAND_SPACE_BYTES = 32'h1;
  localparam [31:0] OPERAND_DTYPE_BYTES = 32'h1;
  localparam [31:0] OPERAND_RANK_BYTES = 32'h1;
  localparam [31:0] OPERAND_ROLE_BYTES = 32'h1;
  localparam [31:0] OPERAND_T_BYTES = 32'h1;
  localparam [31:0] OPERAND_ADDRESS_BYTES = 32'h8;
  localparam [31:0] OPERAND_DIMS_BYTES = 32'h14;
  localparam [31:0] OPERAND_STRIDES_BYTES = 32'h14;
  localparam [31:0] OPERAND_PAD_LOW_BYTES = 32'h4;
  localparam [31:0] OPERAND_PAD_HIGH_BYTES = 32'h4;
  localparam [31:0] OPERAND_FILL_BYTES = 32'h4;
  localparam [31:0] OPERAND_DIGEST_BYTES = 32'h4;

  localparam [31:0] RETIREMENT_BYTES = 32'h1a8;
  localparam [31:0] RETIREMENT_BYTES_AT = 32'h0;
  localparam [31:0] RETIREMENT_UNIT_AT = 32'h2;
  localparam [31:0] RETIREMENT_OPERAND_COUNT_AT = 32'h3;
  localparam [31:0] RETIREMENT_TRAP_AT = 32'h4;
  localparam [31:0] RETIREMENT_STATUS_AT = 32'h5;
  localparam [31:0] RETIREMENT_OPTIONS_AT = 32'h6;
  localparam [31:0] RETIREMENT_SEQ_AT = 32'h8;
  localparam [31:0] RETIREMENT_PC_AT = 32'h10;
  localparam [31:0] RETIREMENT_WORDS_AT = 32'h14;
  localparam [31:0] RETIREMENT_SCALARS_AT = 32'h24;
  localparam [31:0] RETIREMENT_MODE_AT = 32'h2c;
  localparam [31:0] RETIREMENT_ORDER_AT = 32'h4c;
  localparam [31:0] RETIREMENT_RESULT_AT = 32'h50;
  localparam [31:0] RETIREMENT_AUXILIARY_AT = 32'h54;
  localparam [31:0] RETIREMENT_EVENTS_AT = 32'h58;
  localparam [31:0] RETIREMENT_ADDRESS_AT = 32'h80;
  localparam [31:0] RETIREMENT_OPERANDS_AT = 32'h88;
  localparam [31:0] RETIREMENT_BYTES_BYTES = 32'h2;
  localparam [31:0] RETIREMENT_UNIT_BYTES = 32'h1;
  localparam [31:0] RETIREMENT_OPERAND_COUNT_BYTES = 32'h1;
  localparam [31:0] RETIREMENT_TRAP_BYTES = 32'h1;
  localparam [31:0] RETIREMENT_STATUS_BYTES = 32'h1;
  localparam [31:0] RETIREMENT_OPTIONS_BYTES = 32'h1;
  localparam [31:0] RETIREMENT_SEQ_BYTES = 32'h8;
  localparam [31:0] RETIREMENT_PC_BYTES = 32'h4;
  localparam [31:0] RETIREMENT_WORDS_BYTES = 32'h10;
  localparam [31:0] RETIREMENT_SCALARS_BYTES = 32'h8;
  localparam [31:0] RETIREMENT_MODE_BYTES = 32'h20;
  localparam [31:0] RETIREMENT_ORDER_BYTES = 32'h4;
  localparam [31:0] RETIREMENT_RESULT_BYTES = 32'h4;
  localparam [31:0] RETIREMENT_AUXILIARY_BYTES = 32'h4;
  localparam [31:0] RETIREMENT_EVENTS_BYTES = 32'h28;
  localparam [31:0] RETIREMENT_ADDRESS_BYTES = 32'h8;
  localparam [31:0] RETIREMENT_OPERANDS_BYTES = 32'h120;

endpackage
