// Made by `systole emit systemverilog-profile` from a profile; never edited.
// The machine 'systole-int8'. ROWS to PSUM_BITS are those of the first row of its table of types; rows of others follow by name.
// verilator lint_off UNUSEDPARAM
// verilator lint_off DECLFILENAME
// verilator lint_off WIDTH
package systole_profile;
  localparam [255:0] HASH = 256'hab1809cc3210c95bfd6e1f7b6b24f57ad8541b3e0b22ceeb80f8aa8b8453c8e8;
  localparam [127:0] FEATURES = 128'h0;
  localparam [31:0] ROWS = 32'd4;
  localparam [31:0] COLUMNS = 32'd4;
  localparam [31:0] M_MAX = 32'd256;
  localparam [31:0] ACTIVATION = 32'd3;
  localparam [31:0] WEIGHT = 32'd3;
  localparam [31:0] ACCUMULATOR = 32'd7;
  localparam [31:0] PSUM_BITS = 32'd18;
  localparam [31:0] LANES = 32'd4;
  localparam [31:0] VPU_LANES = 32'd4;
  localparam [31:0] SLOTS = 32'd2;
  localparam [31:0] SPM_BYTES = 32'd16384;
  localparam [31:0] ACC_BYTES = 32'd4096;
  localparam [63:0] DRAM_BYTES = 64'd1048576;
  localparam [31:0] QUEUE_DEPTH = 32'd4;
  localparam [7:0] UNKNOWN_BYTE = 8'd165;
  localparam [31:0] S8_S8_S32_K_MAX = 32'd4;
  localparam [31:0] S8_S8_S32_N_MAX = 32'd4;
  localparam [31:0] S8_S8_S32_M_MAX = 32'd256;

  // Words of the host window: PROFILE_HASH0 is the most significant one, FEATURE0 the least.
  function automatic [31:0] hash_word(input [2:0] index); hash_word = HASH[32*(7-index) +: 32]; endfunction
  function automatic [31:0] feature_word(input [1:0] index); feature_word = FEATURES[32*index +: 32]; endfunction
endpackage
