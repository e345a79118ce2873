// Made by model/emit/coverage.ts from the definitions; never edited (npm run emit).
// NEVER COMPILED: no tool at hand reads covergroups (Verilator 5.006, Icarus 11 and yosys 0.23 do not). Only without SYSTOLE_COVERGROUPS, as an empty
// module, has it been read. The functions and constants that it names are those of systole_isa.sv, which a test checks.
// Connect the records of retirements (systole_types.sv: words, trap, status, auxiliary, unit, and dtype of the operands D, A, B, C).
// verilator lint_off DECLFILENAME
// verilator lint_off UNUSEDSIGNAL
module systole_coverage (
  input clk,
  input retire,
  input [127:0] words,
  input [7:0] trap,
  input [7:0] status,
  input [31:0] auxiliary,
  input [2:0] unit,
  input [31:0] dtypes
);
`ifdef SYSTOLE_COVERGROUPS
  reg [2:0] unit_before;
  initial unit_before = 3'd7;
  wire [7:0] opcode = words[7:0];
  wire done = status == 8'd0;
  always @(posedge clk) if (retire) unit_before <= unit;

  // Every instruction, and every instruction after every unit.
  covergroup opcodes @(posedge clk iff (retire && done));
    instruction: coverpoint opcode {
      bins nop_ = {8'h1};
      bins halt_ = {8'h2};
      bins fence_ = {8'h3};
      bins trap_ = {8'h4};
      bins break_ = {8'h5};
      bins mark_ = {8'h6};
      bins irq_ = {8'h7};
      bins alu_ = {8'h8};
      bins cmp_ = {8'h9};
      bins ld_ = {8'ha};
      bins st_ = {8'hb};
      bins jump_ = {8'hc};
      bins call_ = {8'hd};
      bins ret_ = {8'he};
      bins loop_ = {8'hf};
      bins lbreak_ = {8'h10};
      bins csrr_ = {8'h11};
      bins csrw_ = {8'h12};
      bins tset_ = {8'h14};
      bins tload_ = {8'h15};
      bins tcopy_ = {8'h16};
      bins nset_ = {8'h17};
      bins post_ = {8'h18};
      bins wait_ = {8'h19};
      bins load_ = {8'h40};
      bins fill_ = {8'h41};
      bins gather_ = {8'h42};
      bins unpack_ = {8'h43};
      bins crc_ = {8'h44};
      bins store_ = {8'h50};
      bins scatter_ = {8'h51};
      bins wload_ = {8'h60};
      bins ainit_ = {8'h61};
      bins mm_ = {8'h62};
      bins mdw_ = {8'h63};
      bins drain_ = {8'h64};
      bins binary_ = {8'h80};
      bins fma_ = {8'h81};
      bins compare_ = {8'h82};
      bins select_ = {8'h83};
      bins bitwise_ = {8'h84};
      bins shift_ = {8'h85};
      bins move_ = {8'h86};
      bins convert_ = {8'h87};
      bins unary_ = {8'h88};
      bins special_ = {8'h89};
      bins clamp_ = {8'h8a};
      bins lut_ = {8'h8b};
      bins reduce_ = {8'h8c};
      bins scan_ = {8'h8d};
      bins iota_ = {8'h8e};
      bins random_ = {8'h8f};
      bins take_ = {8'h90};
      bins scale_ = {8'h91};
      bins bquant_ = {8'h92};
      bins bdequant_ = {8'h93};
      bins put_ = {8'hc0};
      bins get_ = {8'hc1};
      bins rpost_ = {8'hc2};
    }
    after: coverpoint unit_before {
      bins seq = {3'h0};
      bins dmi = {3'h1};
      bins dmo = {3'h2};
      bins mxu = {3'h3};
      bins vpu = {3'h4};
      bins lnk = {3'h5};
    }
    instruction_after: cross instruction, after;
  endgroup
  opcodes opcodes_i = new;

  // Every unit after every unit.
  covergroup unit_pairs @(posedge clk iff (retire));
    of_unit_before: coverpoint unit_before {
      bins seq = {3'h0};
      bins dmi = {3'h1};
      bins dmo = {3'h2};
      bins mxu = {3'h3};
      bins vpu = {3'h4};
      bins lnk = {3'h5};
    }
    of_unit: coverpoint unit {
      bins seq = {3'h0};
      bins dmi = {3'h1};
      bins dmo = {3'h2};
      bins mxu = {3'h3};
      bins vpu = {3'h4};
      bins lnk = {3'h5};
    }
    pair: cross of_unit_before, of_unit;
  endgroup
  unit_pairs unit_pairs_i = new;

  // Heads: predicated, nullified, with tokens.
  covergroup heads @(posedge clk iff (retire));
    predicate: coverpoint systole_isa::head_predicate(words) {
      bins each[] = {[0:7]};
    }
    negate: coverpoint systole_isa::head_negate(words) {
      bins each[] = {0, 1};
    }
    nullified: coverpoint status {
      bins done = {8'h0};
      bins nullified = {8'h1};
    }
    wait_token: coverpoint systole_isa::head_wait(words) {
      bins none = {0};
      bins first = {1};
      bins last = {63};
      bins other[4] = {[2:62]};
    }
    post_token: coverpoint systole_isa::head_post(words) {
      bins none = {0};
      bins first = {1};
      bins last = {63};
      bins other[4] = {[2:62]};
    }
    predicate_negate: cross predicate, negate, nullified;
    tokens: cross wait_token, post_token;
  endgroup
  heads heads_i = new;

  // nop: nop[ {tag}]
  covergroup nop_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_NOP[7:0]));
    f_tag: coverpoint systole_isa::nop_tag(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  nop_fields nop_fields_i = new;

  covergroup nop_rules @(posedge clk iff (retire && opcode == systole_isa::OP_NOP[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  nop_rules nop_rules_i = new;

  // halt: halt {value}
  covergroup halt_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_HALT[7:0]));
    f_value: coverpoint systole_isa::halt_value(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  halt_fields halt_fields_i = new;

  covergroup halt_rules @(posedge clk iff (retire && opcode == systole_isa::OP_HALT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  halt_rules halt_rules_i = new;

  // fence: fence {units}
  covergroup fence_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_FENCE[7:0]));
    f_units: coverpoint systole_isa::fence_units(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000};
      bins other = default;
    }
  endgroup
  fence_fields fence_fields_i = new;

  covergroup fence_rules @(posedge clk iff (retire && opcode == systole_isa::OP_FENCE[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  fence_rules fence_rules_i = new;

  // trap: trap {code}
  covergroup trap_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_TRAP[7:0]));
    f_code: coverpoint systole_isa::trap_code(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  trap_fields trap_fields_i = new;

  covergroup trap_rules @(posedge clk iff (retire && opcode == systole_isa::OP_TRAP[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // this instruction always traps
    broken_software: coverpoint trap {
      bins broken = {8'h15};
    }
  endgroup
  trap_rules trap_rules_i = new;

  // break: break[ {tag}]
  covergroup break_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_BREAK[7:0]));
    f_tag: coverpoint systole_isa::break_tag(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  break_fields break_fields_i = new;

  covergroup break_rules @(posedge clk iff (retire && opcode == systole_isa::OP_BREAK[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // DBG_ENABLE is clear
    broken_break: coverpoint trap {
      bins broken = {8'h16};
    }
  endgroup
  break_rules break_rules_i = new;

  // mark: mark {value}
  covergroup mark_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_MARK[7:0]));
    f_value: coverpoint systole_isa::mark_value(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  mark_fields mark_fields_i = new;

  covergroup mark_rules @(posedge clk iff (retire && opcode == systole_isa::OP_MARK[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  mark_rules mark_rules_i = new;

  // irq: irq {vector}
  covergroup irq_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_IRQ[7:0]));
    f_vector: coverpoint systole_isa::irq_vector(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000};
      bins other = default;
    }
  endgroup
  irq_fields irq_fields_i = new;

  covergroup irq_rules @(posedge clk iff (retire && opcode == systole_isa::OP_IRQ[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  irq_rules irq_rules_i = new;

  // alu: {rd} = {rs1} {op} {rs2+imm}
  covergroup alu_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_ALU[7:0]));
    f_rd: coverpoint systole_isa::alu_rd(words) {
      bins corner[] = {5'h1, 5'h2, 5'h1f};
      bins other = default;
    }
    f_rs1: coverpoint systole_isa::alu_rs1(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_rs2: coverpoint systole_isa::alu_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::alu_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
    f_op: coverpoint systole_isa::alu_op(words) {
      bins add_ = {8'h0};
      bins sub_ = {8'h1};
      bins mul_ = {8'h2};
      bins div_ = {8'h3};
      bins divu_ = {8'h4};
      bins rem_ = {8'h5};
      bins remu_ = {8'h6};
      bins and_ = {8'h7};
      bins or_ = {8'h8};
      bins xor_ = {8'h9};
      bins shl_ = {8'ha};
      bins shr_ = {8'hb};
      bins sra_ = {8'hc};
      bins min_ = {8'hd};
      bins max_ = {8'he};
      bins minu_ = {8'hf};
      bins maxu_ = {8'h10};
    }
  endgroup
  alu_fields alu_fields_i = new;

  covergroup alu_rules @(posedge clk iff (retire && opcode == systole_isa::OP_ALU[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  alu_rules alu_rules_i = new;

  // cmp: {pd} = {rs1} {op} {rs2+imm}
  covergroup cmp_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_CMP[7:0]));
    f_pd: coverpoint systole_isa::cmp_pd(words) {
      bins corner[] = {3'h1, 3'h7};
      bins other = default;
    }
    f_rs1: coverpoint systole_isa::cmp_rs1(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_rs2: coverpoint systole_isa::cmp_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::cmp_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
    f_op: coverpoint systole_isa::cmp_op(words) {
      bins eq_ = {8'h0};
      bins ne_ = {8'h1};
      bins lt_ = {8'h2};
      bins le_ = {8'h3};
      bins ltu_ = {8'h4};
      bins leu_ = {8'h5};
    }
  endgroup
  cmp_fields cmp_fields_i = new;

  covergroup cmp_rules @(posedge clk iff (retire && opcode == systole_isa::OP_CMP[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  cmp_rules cmp_rules_i = new;

  // ld: {rd} = ld {a}
  covergroup ld_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_LD[7:0]));
    f_a: coverpoint systole_isa::ld_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_rd: coverpoint systole_isa::ld_rd(words) {
      bins corner[] = {5'h1, 5'h2, 5'h1f};
      bins other = default;
    }
    dtype_a: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  ld_fields ld_fields_i = new;

  covergroup ld_rules @(posedge clk iff (retire && opcode == systole_isa::OP_LD[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of a is defined
    // a is a dtype of 8, 16 or 32 bits
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in DRAM or SPM
    // a has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a has at least one element
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // every byte of a in DRAM lies inside one region
    broken_bounds_dram_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hc};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // a in DRAM may be read
    broken_protection_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h12};
    }
  endgroup
  ld_rules ld_rules_i = new;

  // st: st {d}, {rs}
  covergroup st_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_ST[7:0]));
    f_d: coverpoint systole_isa::st_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_rs: coverpoint systole_isa::st_rs(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  st_fields st_fields_i = new;

  covergroup st_rules @(posedge clk iff (retire && opcode == systole_isa::OP_ST[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is a dtype of 8, 16 or 32 bits
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in DRAM or SPM
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // d has at least one element
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // every byte of d in DRAM lies inside one region
    broken_bounds_dram_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hc};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // d in DRAM may be written and is no part of the image
    broken_protection_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h12};
    }
  endgroup
  st_rules st_rules_i = new;

  // jump: jump {rs2+imm}
  covergroup jump_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_JUMP[7:0]));
    f_rs2: coverpoint systole_isa::jump_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::jump_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  jump_fields jump_fields_i = new;

  covergroup jump_rules @(posedge clk iff (retire && opcode == systole_isa::OP_JUMP[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the target is an instruction of the image
    broken_pc: coverpoint trap {
      bins broken = {8'h4};
    }
    // the target lies in the innermost open loop of this call
    broken_loop: coverpoint trap {
      bins broken = {8'h6};
    }
  endgroup
  jump_rules jump_rules_i = new;

  // call: call {rs2+imm}
  covergroup call_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_CALL[7:0]));
    f_rs2: coverpoint systole_isa::call_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::call_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  call_fields call_fields_i = new;

  covergroup call_rules @(posedge clk iff (retire && opcode == systole_isa::OP_CALL[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the target is an instruction of the image
    broken_pc: coverpoint trap {
      bins broken = {8'h4};
    }
    // at most 8 calls are open
    broken_call_depth: coverpoint trap {
      bins broken = {8'h5};
    }
  endgroup
  call_rules call_rules_i = new;

  // ret: ret
  covergroup ret_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_RET[7:0]));
  endgroup
  ret_fields ret_fields_i = new;

  covergroup ret_rules @(posedge clk iff (retire && opcode == systole_isa::OP_RET[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // a call is open
    broken_call_depth: coverpoint trap {
      bins broken = {8'h5};
    }
    // no loop of this call is open
    broken_loop: coverpoint trap {
      bins broken = {8'h6};
    }
  endgroup
  ret_rules ret_rules_i = new;

  // loop: loop {rs1+count}[ body {length}][ step {ra} += {incA}[, {rb} += {incB}]]
  covergroup loop_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_LOOP[7:0]));
    f_rs1: coverpoint systole_isa::loop_rs1(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_ra: coverpoint systole_isa::loop_ra(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_rb: coverpoint systole_isa::loop_rb(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_length: coverpoint systole_isa::loop_length(words) {
      bins corner[] = {16'h0, 16'h1, 16'hffff, 16'h8000};
      bins other = default;
    }
    f_count: coverpoint systole_isa::loop_count(words) {
      bins corner[] = {16'h0, 16'h1, 16'hffff, 16'h8000};
      bins other = default;
    }
    f_incA: coverpoint systole_isa::loop_incA(words) {
      bins corner[] = {16'h0, 16'h1, 16'hffff, 16'h8000, 16'h7fff};
      bins other = default;
    }
    f_incB: coverpoint systole_isa::loop_incB(words) {
      bins corner[] = {16'h0, 16'h1, 16'hffff, 16'h8000, 16'h7fff};
      bins other = default;
    }
  endgroup
  loop_fields loop_fields_i = new;

  covergroup loop_rules @(posedge clk iff (retire && opcode == systole_isa::OP_LOOP[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the body is not empty
    // at most 8 loops are open
    broken_loop: coverpoint trap {
      bins broken = {8'h6};
    }
  endgroup
  loop_rules loop_rules_i = new;

  // lbreak: leave
  covergroup lbreak_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_LBREAK[7:0]));
  endgroup
  lbreak_fields lbreak_fields_i = new;

  covergroup lbreak_rules @(posedge clk iff (retire && opcode == systole_isa::OP_LBREAK[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // a loop of this call is open
    broken_loop: coverpoint trap {
      bins broken = {8'h6};
    }
  endgroup
  lbreak_rules lbreak_rules_i = new;

  // csrr: {rd} = csr {offset}
  covergroup csrr_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_CSRR[7:0]));
    f_rd: coverpoint systole_isa::csrr_rd(words) {
      bins corner[] = {5'h1, 5'h2, 5'h1f};
      bins other = default;
    }
    f_offset: coverpoint systole_isa::csrr_offset(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  csrr_fields csrr_fields_i = new;

  covergroup csrr_rules @(posedge clk iff (retire && opcode == systole_isa::OP_CSRR[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the sequencer reads ID to CHIP_COUNT, SCRATCH and counters
    broken_csr: coverpoint trap {
      bins broken = {8'h13};
    }
  endgroup
  csrr_rules csrr_rules_i = new;

  // csrw: csr {offset} = {rs1}
  covergroup csrw_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_CSRW[7:0]));
    f_rs1: coverpoint systole_isa::csrw_rs1(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_offset: coverpoint systole_isa::csrw_offset(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  csrw_fields csrw_fields_i = new;

  covergroup csrw_rules @(posedge clk iff (retire && opcode == systole_isa::OP_CSRW[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the sequencer writes SCRATCH only
    broken_csr: coverpoint trap {
      bins broken = {8'h13};
    }
  endgroup
  csrw_rules csrw_rules_i = new;

  // tset: {t}.{field} {op} {rs2+imm}
  covergroup tset_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_TSET[7:0]));
    f_t: coverpoint systole_isa::tset_t(words) {
      bins corner[] = {6'h0, 6'h1, 6'h3f};
      bins other = default;
    }
    f_field: coverpoint systole_isa::tset_field(words) {
      bins type_ = {4'h0};
      bins base_ = {4'h1};
      bins base_hi_ = {4'h2};
      bins dim0_ = {4'h3};
      bins dim1_ = {4'h4};
      bins dim2_ = {4'h5};
      bins dim3_ = {4'h6};
      bins dim4_ = {4'h7};
      bins stride0_ = {4'h8};
      bins stride1_ = {4'h9};
      bins stride2_ = {4'ha};
      bins stride3_ = {4'hb};
      bins stride4_ = {4'hc};
      bins lo_ = {4'hd};
      bins hi_ = {4'he};
      bins fill_ = {4'hf};
    }
    f_rs2: coverpoint systole_isa::tset_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::tset_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
    f_op: coverpoint systole_isa::tset_op(words) {
      bins set_ = {8'h0};
      bins add_ = {8'h1};
    }
    choices: cross f_field, f_op;
  endgroup
  tset_fields tset_fields_i = new;

  covergroup tset_rules @(posedge clk iff (retire && opcode == systole_isa::OP_TSET[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  tset_rules tset_rules_i = new;

  // tload: tload {t}, {rs2+imm}
  covergroup tload_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_TLOAD[7:0]));
    f_t: coverpoint systole_isa::tload_t(words) {
      bins corner[] = {6'h0, 6'h1, 6'h3f};
      bins other = default;
    }
    f_rs2: coverpoint systole_isa::tload_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::tload_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  tload_fields tload_fields_i = new;

  covergroup tload_rules @(posedge clk iff (retire && opcode == systole_isa::OP_TLOAD[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the 64 bytes lie inside the image
    broken_pc: coverpoint trap {
      bins broken = {8'h4};
    }
    // the address is a multiple of 64
    broken_alignment: coverpoint trap {
      bins broken = {8'hb};
    }
  endgroup
  tload_rules tload_rules_i = new;

  // tcopy: tcopy {t}, {from}
  covergroup tcopy_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_TCOPY[7:0]));
    f_t: coverpoint systole_isa::tcopy_t(words) {
      bins corner[] = {6'h0, 6'h1, 6'h3f};
      bins other = default;
    }
    f_from: coverpoint systole_isa::tcopy_from(words) {
      bins corner[] = {6'h0, 6'h1, 6'h3f};
      bins other = default;
    }
  endgroup
  tcopy_fields tcopy_fields_i = new;

  covergroup tcopy_rules @(posedge clk iff (retire && opcode == systole_isa::OP_TCOPY[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  tcopy_rules tcopy_rules_i = new;

  // nset: nset {n}, {field}, {rs2+imm}
  covergroup nset_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_NSET[7:0]));
    f_n: coverpoint systole_isa::nset_n(words) {
      bins corner[] = {2'h0, 2'h1, 2'h3};
      bins other = default;
    }
    f_field: coverpoint systole_isa::nset_field(words) {
      bins corner[] = {3'h0, 3'h1, 3'h7, 3'h4};
      bins other = default;
    }
    f_rs2: coverpoint systole_isa::nset_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::nset_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  nset_fields nset_fields_i = new;

  covergroup nset_rules @(posedge clk iff (retire && opcode == systole_isa::OP_NSET[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
  endgroup
  nset_rules nset_rules_i = new;

  // post: post [{agent} ]{m}, {rs2+imm}
  covergroup post_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_POST[7:0]));
    f_m: coverpoint systole_isa::post_m(words) {
      bins corner[] = {6'h1, 6'h2, 6'h3f};
      bins other = default;
    }
    f_agent: coverpoint systole_isa::post_agent(words) {
      bins seq_ = {3'h0};
      bins dmi_ = {3'h1};
      bins dmo_ = {3'h2};
      bins mxu_ = {3'h3};
      bins vpu_ = {3'h4};
      bins lnk_ = {3'h5};
    }
    f_rs2: coverpoint systole_isa::post_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::post_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  post_fields post_fields_i = new;

  covergroup post_rules @(posedge clk iff (retire && opcode == systole_isa::OP_POST[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the number of tokens is 0 to 65535
    broken_shape: coverpoint trap {
      bins broken = {8'h9};
    }
  endgroup
  post_rules post_rules_i = new;

  // wait: wait [{agent} ]{m}, {rs2+imm}
  covergroup wait_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_WAIT[7:0]));
    f_m: coverpoint systole_isa::wait_m(words) {
      bins corner[] = {6'h1, 6'h2, 6'h3f};
      bins other = default;
    }
    f_agent: coverpoint systole_isa::wait_agent(words) {
      bins seq_ = {3'h0};
      bins dmi_ = {3'h1};
      bins dmo_ = {3'h2};
      bins mxu_ = {3'h3};
      bins vpu_ = {3'h4};
      bins lnk_ = {3'h5};
    }
    f_rs2: coverpoint systole_isa::wait_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::wait_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
  endgroup
  wait_fields wait_fields_i = new;

  covergroup wait_rules @(posedge clk iff (retire && opcode == systole_isa::OP_WAIT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the number of tokens is 0 to 65535
    broken_shape: coverpoint trap {
      bins broken = {8'h9};
    }
  endgroup
  wait_rules wait_rules_i = new;

  // load: load {d}, {a}
  covergroup load_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_LOAD[7:0]));
    f_d: coverpoint systole_isa::load_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::load_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  load_fields load_fields_i = new;

  covergroup load_rules @(posedge clk iff (retire && opcode == systole_isa::OP_LOAD[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // d and a have the same dtype, or the profile has dmaConvert
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d and a have the same dtype, or d is any dtype but ue4m3
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in DRAM or SPM
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // each dim of d is that of a and its pads
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of a in DRAM lies inside one region
    broken_bounds_dram_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hc};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
    // a in DRAM may be read
    broken_protection_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h12};
    }
  endgroup
  load_rules load_rules_i = new;

  // fill: fill {d}, {rs+imm}
  covergroup fill_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_FILL[7:0]));
    f_d: coverpoint systole_isa::fill_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_rs: coverpoint systole_isa::fill_rs(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::fill_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  fill_fields fill_fields_i = new;

  covergroup fill_rules @(posedge clk iff (retire && opcode == systole_isa::OP_FILL[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
  endgroup
  fill_rules fill_rules_i = new;

  // gather: gather {d}, {a}, {b}
  covergroup gather_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_GATHER[7:0]));
    f_d: coverpoint systole_isa::gather_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::gather_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_b: coverpoint systole_isa::gather_b(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  gather_fields gather_fields_i = new;

  covergroup gather_rules @(posedge clk iff (retire && opcode == systole_isa::OP_GATHER[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d and a have the same dtype
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is s32 or u32
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in DRAM or SPM
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // b is [R], d is [R, ..] and a is [V, ..] with the same rest
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of a in DRAM lies inside one region
    broken_bounds_dram_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hc};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
    // a in DRAM may be read
    broken_protection_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h12};
    }
  endgroup
  gather_rules gather_rules_i = new;

  // unpack: unpack.{form} {d}, {a}[, {b}][, bits {bits}]
  covergroup unpack_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_UNPACK[7:0]));
    f_d: coverpoint systole_isa::unpack_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::unpack_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_form: coverpoint systole_isa::unpack_form(words) {
      bins palette_ = {8'h0};
      bins scale_ = {8'h1};
      bins expand_ = {8'h2};
      bins packed_ = {8'h3};
    }
    f_b: coverpoint systole_isa::unpack_b(words) iff (systole_isa::unpack_form(words) inside {0, 1, 2}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_bits: coverpoint systole_isa::unpack_bits(words) iff (systole_isa::unpack_form(words) inside {0}) {
      bins corner[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::unpack_form(words) inside {0, 1, 2}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  unpack_fields unpack_fields_i = new;

  covergroup unpack_rules @(posedge clk iff (retire && opcode == systole_isa::OP_UNPACK[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // stochastic rounding only where the profile has it
    // the profile has unpack
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // palette: d and b have the same dtype
    // scale: d is a signed float
    // expand: d and a have the same dtype
    // packed: d is a dtype of a byte
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // palette: a is u8
    // scale: a is an integer of at most 32 bits, a signed float or i8f6
    // the zero point is zero when a is no integer
    // packed: a is u8
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // scale: b is a float or e8m0
    // expand: b is u4
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in DRAM or SPM
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // palette and packed: a is [n], n the bytes that the codes of d take
    // scale: d and a have the same dims
    // scale: d and b have the same dims
    // expand: d is [K.., N], a [K/2.., N] and b [K/4.., N], K a multiple of 4 and below 2^31
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // palette: b is [2^bits]
    broken_shape_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of a in DRAM lies inside one region
    broken_bounds_dram_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hc};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
    // a in DRAM may be read
    broken_protection_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h12};
    }
  endgroup
  unpack_rules unpack_rules_i = new;

  // crc: crc {d}, {a}
  covergroup crc_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_CRC[7:0]));
    f_d: coverpoint systole_isa::crc_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::crc_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  crc_fields crc_fields_i = new;

  covergroup crc_rules @(posedge clk iff (retire && opcode == systole_isa::OP_CRC[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is u32
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is a dtype of at least 8 bits
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in DRAM or SPM
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d is [1]
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of a in DRAM lies inside one region
    broken_bounds_dram_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hc};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
    // a in DRAM may be read
    broken_protection_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h12};
    }
  endgroup
  crc_rules crc_rules_i = new;

  // store: store[.{op}] {d}, {a}
  covergroup store_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_STORE[7:0]));
    f_d: coverpoint systole_isa::store_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::store_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::store_op(words) {
      bins copy_ = {8'h0};
      bins add_ = {8'h1};
      bins max_ = {8'h2};
      bins min_ = {8'h3};
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  store_fields store_fields_i = new;

  covergroup store_rules @(posedge clk iff (retire && opcode == systole_isa::OP_STORE[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // d and a have the same dtype, or the profile has dmaConvert
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d and a have the same dtype, or d is any dtype but ue4m3
    // with a function: d is an integer of at most 32 bits or a signed float
    // with a function: d and a are both integers or both floats
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // with a function: a is an integer of at most 32 bits or a signed float
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in DRAM or SPM
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of d in DRAM lies inside one region
    broken_bounds_dram_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hc};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
    // d in DRAM may be written and is no part of the image
    // d in DRAM may be read, unless it is only written
    broken_protection_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h12};
    }
  endgroup
  store_rules store_rules_i = new;

  // scatter: scatter[.{op}] {d}, {a}, {b}
  covergroup scatter_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_SCATTER[7:0]));
    f_d: coverpoint systole_isa::scatter_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::scatter_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_b: coverpoint systole_isa::scatter_b(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::scatter_op(words) {
      bins copy_ = {8'h0};
      bins add_ = {8'h1};
      bins max_ = {8'h2};
      bins min_ = {8'h3};
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  scatter_fields scatter_fields_i = new;

  covergroup scatter_rules @(posedge clk iff (retire && opcode == systole_isa::OP_SCATTER[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d and a have the same dtype
    // with a function: d is an integer of at most 32 bits or a signed float
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is s32 or u32
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in DRAM or SPM
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // b is [R], a is [R, ..] and d is [V, ..] with the same rest
    broken_shape_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of d in DRAM lies inside one region
    broken_bounds_dram_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hc};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
    // d in DRAM may be written and is no part of the image
    // d in DRAM may be read, unless it is only written
    broken_protection_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h12};
    }
  endgroup
  scatter_rules scatter_rules_i = new;

  // wload: wload[.{form}] slot {slot}, {a}[, {b}]
  covergroup wload_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_WLOAD[7:0]));
    f_slot: coverpoint systole_isa::wload_slot(words) {
      bins corner[] = {8'h0, 8'h1, 8'h2, 8'hff};
      bins other = default;
    }
    f_a: coverpoint systole_isa::wload_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_form: coverpoint systole_isa::wload_form(words) {
      bins dense_ = {8'h0};
      bins sparse_ = {8'h1};
      bins scaled_ = {8'h2};
    }
    f_b: coverpoint systole_isa::wload_b(words) iff (systole_isa::wload_form(words) inside {1, 2}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::wload_form(words) inside {1, 2}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  wload_fields wload_fields_i = new;

  covergroup wload_rules @(posedge clk iff (retire && opcode == systole_isa::OP_WLOAD[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // a in DRAM only where the profile has weightsFromDram
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // e8m0 scales in b only where the profile has mx, ue4m3 only where it has nvfp4
    // sparse weights only where the profile has sparse24
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of a is defined
    // the profile has a's dtype as weights
    // a is no integer where it is scaled
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // the metadata b of sparse weights is u4
    // the scales b are e8m0 or ue4m3
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or DRAM
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // the tile a is not empty, and its K and N fit a row of the profile for its dtype
    // b is [K/2, N] beside K sparse rows of a, K even, or [ceil(K / block), N] beside scaled ones
    broken_shape_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h9};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of a in DRAM lies inside one region
    broken_bounds_dram_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hc};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // slot is a weight slot of the profile
    broken_slot: coverpoint trap {
      bins broken = {8'hf};
    }
    // a in DRAM may be read
    broken_protection_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h12};
    }
  endgroup
  wload_rules wload_rules_i = new;

  // ainit: ainit.{op} {acc}[, {a}]
  covergroup ainit_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_AINIT[7:0]));
    f_acc: coverpoint systole_isa::ainit_acc(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::ainit_op(words) {
      bins zero_ = {8'h0};
      bins load_ = {8'h1};
    }
    f_a: coverpoint systole_isa::ainit_a(words) iff (systole_isa::ainit_op(words) inside {1}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_acc: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] iff (systole_isa::ainit_op(words) inside {1}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  ainit_fields ainit_fields_i = new;

  covergroup ainit_rules @(posedge clk iff (retire && opcode == systole_isa::OP_AINIT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of acc is one of the profile, if it is one at all
    // the layout of acc is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of acc is defined
    // the profile accumulates in acc's dtype
    // a has acc's dtype, or is a float that fp32 holds exactly
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // acc is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // acc lies in ACC
    // acc has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless acc is
    // acc and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of acc share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit acc has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of acc is a multiple of its element's bytes and of the profile's granule
    // acc in ACC starts on a row, has last stride 1 and other strides of whole rows
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of acc in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // acc and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  ainit_rules ainit_rules_i = new;

  // mm: mm.{op}[ {scaled}] {acc}, {a}[, {b}], [slot ]{slot}[, m {mRank}]
  covergroup mm_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_MM[7:0]));
    f_acc: coverpoint systole_isa::mm_acc(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::mm_op(words) {
      bins set_ = {1'h0};
      bins add_ = {1'h1};
    }
    f_scaled: coverpoint systole_isa::mm_scaled(words) {
      bins corner[] = {1'h0, 1'h1};
    }
    f_a: coverpoint systole_isa::mm_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_mRank: coverpoint systole_isa::mm_mRank(words) {
      bins corner[] = {8'h1, 8'h2, 8'h3, 8'h4};
      bins other = default;
    }
    f_b: coverpoint systole_isa::mm_b(words) iff (systole_isa::mm_scaled(words) inside {1}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_slot: coverpoint systole_isa::mm_slot(words) {
      bins corner[] = {8'h0, 8'h1, 8'h2, 8'hff};
      bins other = default;
    }
    dtype_acc: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::mm_scaled(words) inside {1}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    choices: cross f_op, f_scaled;
  endgroup
  mm_fields mm_fields_i = new;

  covergroup mm_rules @(posedge clk iff (retire && opcode == systole_isa::OP_MM[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of acc is one of the profile, if it is one at all
    // the layout of acc is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the profile has the dot kernel that the mode names for a and acc
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // e8m0 scales in b only where the profile has mx, ue4m3 only where it has nvfp4
    // zero points only where the profile has zp
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of acc is defined
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // the profile multiplies a into acc
    // zero points are zero when a is a float
    // a is no integer where it is scaled
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // the scales b are e8m0 or ue4m3
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // acc is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // acc lies in ACC
    // acc has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless acc is
    // b is not empty, unless acc is
    // the first mRank dims of a have as many elements as the leading dims of acc
    // the rows of acc are at most the profile's mMax
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // b has a scale for each block of K in each row of a
    broken_shape_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h9};
    }
    // no two elements of acc share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit acc has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of acc is a multiple of its element's bytes and of the profile's granule
    // acc in ACC starts on a row, has last stride 1 and other strides of whole rows
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of acc in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // slot is a weight slot of the profile
    broken_slot: coverpoint trap {
      bins broken = {8'hf};
    }
    // the weights of slot are loaded, multiply a into acc, and have their K and N
    // the dot kernel of the mode exists for these dtypes
    broken_weights_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h10};
    }
    // the scales of slot and b have the same dtype
    broken_weights_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h10};
    }
    // the weights of slot have scales exactly where the instruction is scaled
    broken_weights: coverpoint trap {
      bins broken = {8'h10};
    }
    // acc and a are apart, or the same elements in the same places
    // acc and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  mm_rules mm_rules_i = new;

  // mdw: mdw.{op} {acc}, {a}, [slot ]{slot}[, m {mRank}]
  covergroup mdw_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_MDW[7:0]));
    f_acc: coverpoint systole_isa::mdw_acc(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::mdw_op(words) {
      bins set_ = {8'h0};
      bins add_ = {8'h1};
    }
    f_a: coverpoint systole_isa::mdw_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_mRank: coverpoint systole_isa::mdw_mRank(words) {
      bins corner[] = {8'h1, 8'h2, 8'h3, 8'h4};
      bins other = default;
    }
    f_slot: coverpoint systole_isa::mdw_slot(words) {
      bins corner[] = {8'h0, 8'h1, 8'h2, 8'hff};
      bins other = default;
    }
    dtype_acc: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  mdw_fields mdw_fields_i = new;

  covergroup mdw_rules @(posedge clk iff (retire && opcode == systole_isa::OP_MDW[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of acc is one of the profile, if it is one at all
    // the layout of acc is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the profile has the dot kernel that the mode names for a and acc
    // zero points only where the profile has zp
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of acc is defined
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // the profile multiplies a into acc
    // zero points are zero when a is a float
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // acc is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // acc lies in ACC
    // acc has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless acc is
    // the first mRank dims of a have as many elements as the leading dims of acc, and its last dim is that of acc
    // the rows of acc are at most the profile's mMax
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of acc share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit acc has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of acc is a multiple of its element's bytes and of the profile's granule
    // acc in ACC starts on a row, has last stride 1 and other strides of whole rows
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of acc in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // slot is a weight slot of the profile
    broken_slot: coverpoint trap {
      bins broken = {8'hf};
    }
    // the weights of slot are loaded, multiply a into acc, and have their K and N
    // the dot kernel of the mode exists for these dtypes
    broken_weights_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h10};
    }
    // the weights of slot have no scales
    broken_weights: coverpoint trap {
      bins broken = {8'h10};
    }
    // acc and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  mdw_rules mdw_rules_i = new;

  // drain: drain[.{activation}] {d}, {a}[, table {b}][ with {c}]
  covergroup drain_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_DRAIN[7:0]));
    f_d: coverpoint systole_isa::drain_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::drain_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_activation: coverpoint systole_isa::drain_activation(words) {
      bins none_ = {2'h0};
      bins relu_ = {2'h1};
      bins leaky_ = {2'h2};
    }
    f_table: coverpoint systole_isa::drain_table(words) {
      bins corner[] = {1'h0, 1'h1};
    }
    f_b: coverpoint systole_isa::drain_b(words) iff (systole_isa::drain_table(words) inside {1}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_c: coverpoint systole_isa::drain_c(words) {
      bins corner[] = {8'h0, 8'h80, 8'h81, 8'hbf};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::drain_table(words) inside {1}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_c: coverpoint dtypes[31:24] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    choices: cross f_activation, f_table;
  endgroup
  drain_fields drain_fields_i = new;

  covergroup drain_rules @(posedge clk iff (retire && opcode == systole_isa::OP_DRAIN[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // the dtype of c is one of the profile, if it is one at all
    // the layout of c is linear
    // stochastic rounding only where the profile has it
    // the gemmlowp and TOSA scales only where the profile has them, the scales by fp32 only where it has fp32
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer or a signed float
    // scales 1 to 3 and a zero point of a need an integer a; leaky needs a float value; a zero point of the result an integer d
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer or a signed float
    // c is an integer, or a float where the scaled value is one
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is s32
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // the dtype code of c is defined
    // c is an integer or a signed float
    broken_dtype_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // c lies in SPM
    // c has no pads
    broken_descriptor_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // c is not empty, unless d is
    // d and a have the same dims
    // d and c have the same dims
    // b is [N, 4] with N the last dim of d
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // a scale or a slope needs the channel table
    broken_shape: coverpoint trap {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    // a in ACC starts on a row, has last stride 1 and other strides of whole rows
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // the base of c is a multiple of its element's bytes and of the profile's granule
    broken_alignment_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of c in SPM exists
    broken_bounds_spm_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hd};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    // d and c are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  drain_rules drain_rules_i = new;

  // binary: binary.{op} {d}, {a}, {b/s}
  covergroup binary_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_BINARY[7:0]));
    f_d: coverpoint systole_isa::binary_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::binary_op(words) {
      bins add_ = {8'h0};
      bins sub_ = {8'h1};
      bins mul_ = {8'h2};
      bins div_ = {8'h3};
      bins min_ = {8'h4};
      bins max_ = {8'h5};
    }
    f_a: coverpoint systole_isa::binary_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_scalar: coverpoint systole_isa::binary_scalar(words) {
      bins corner[] = {1'h0, 1'h1};
    }
    f_b: coverpoint systole_isa::binary_b(words) iff (systole_isa::binary_scalar(words) inside {0}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_s: coverpoint systole_isa::binary_s(words) iff (systole_isa::binary_scalar(words) inside {1}) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::binary_scalar(words) inside {0}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    choices: cross f_op, f_scalar;
  endgroup
  binary_fields binary_fields_i = new;

  covergroup binary_rules @(posedge clk iff (retire && opcode == systole_isa::OP_BINARY[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer of at most 32 bits or a signed float
    // d and a are both integers or both floats
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer of at most 32 bits or a signed float
    // a and b are both integers or both floats
    // division: a is a signed float
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is an integer of at most 32 bits or a signed float
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM or ACC
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // d and a have the same dims
    // d and b have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of b in ACC exists
    broken_bounds_acc_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  binary_rules binary_rules_i = new;

  // fma: fma {d}, {a}, {b/s} with {c}
  covergroup fma_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_FMA[7:0]));
    f_d: coverpoint systole_isa::fma_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::fma_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_scalar: coverpoint systole_isa::fma_scalar(words) {
      bins corner[] = {1'h0, 1'h1};
    }
    f_b: coverpoint systole_isa::fma_b(words) iff (systole_isa::fma_scalar(words) inside {0}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_s: coverpoint systole_isa::fma_s(words) iff (systole_isa::fma_scalar(words) inside {1}) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_c: coverpoint systole_isa::fma_c(words) {
      bins corner[] = {8'h80, 8'h81, 8'hbf};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::fma_scalar(words) inside {0}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_c: coverpoint dtypes[31:24] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  fma_fields fma_fields_i = new;

  covergroup fma_rules @(posedge clk iff (retire && opcode == systole_isa::OP_FMA[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // the dtype of c is one of the profile, if it is one at all
    // the layout of c is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer of at most 32 bits or a signed float
    // d and a are both integers or both floats
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer of at most 32 bits or a signed float
    // a and b are both integers or both floats
    // a and c are both integers or both floats
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is an integer of at most 32 bits or a signed float
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // the dtype code of c is defined
    // c is an integer of at most 32 bits or a signed float
    broken_dtype_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM or ACC
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // c lies in SPM or ACC
    // c has no pads
    broken_descriptor_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // c is not empty, unless d is
    // d and a have the same dims
    // d and b have the same dims
    // d and c have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // the base of c is a multiple of its element's bytes and of the profile's granule
    broken_alignment_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of c in SPM exists
    broken_bounds_spm_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of b in ACC exists
    broken_bounds_acc_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'he};
    }
    // every byte of c in ACC exists
    broken_bounds_acc_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    // d and c are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  fma_rules fma_rules_i = new;

  // compare: compare.{op} {d}, {a}, {b/s}
  covergroup compare_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_COMPARE[7:0]));
    f_d: coverpoint systole_isa::compare_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::compare_op(words) {
      bins eq_ = {8'h0};
      bins ne_ = {8'h1};
      bins lt_ = {8'h2};
      bins le_ = {8'h3};
      bins gt_ = {8'h4};
      bins ge_ = {8'h5};
      bins unordered_ = {8'h6};
    }
    f_a: coverpoint systole_isa::compare_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_scalar: coverpoint systole_isa::compare_scalar(words) {
      bins corner[] = {1'h0, 1'h1};
    }
    f_b: coverpoint systole_isa::compare_b(words) iff (systole_isa::compare_scalar(words) inside {0}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_s: coverpoint systole_isa::compare_s(words) iff (systole_isa::compare_scalar(words) inside {1}) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::compare_scalar(words) inside {0}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    choices: cross f_op, f_scalar;
  endgroup
  compare_fields compare_fields_i = new;

  covergroup compare_rules @(posedge clk iff (retire && opcode == systole_isa::OP_COMPARE[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is u8
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer of at most 32 bits or a signed float
    // a and b are both integers or both floats
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is an integer of at most 32 bits or a signed float
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM or ACC
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // d and a have the same dims
    // d and b have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of b in ACC exists
    broken_bounds_acc_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  compare_rules compare_rules_i = new;

  // select: select {d}, {a}, {b} with {c}
  covergroup select_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_SELECT[7:0]));
    f_d: coverpoint systole_isa::select_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::select_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_b: coverpoint systole_isa::select_b(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_c: coverpoint systole_isa::select_c(words) {
      bins corner[] = {8'h80, 8'h81, 8'hbf};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_c: coverpoint dtypes[31:24] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  select_fields select_fields_i = new;

  covergroup select_rules @(posedge clk iff (retire && opcode == systole_isa::OP_SELECT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // the dtype of c is one of the profile, if it is one at all
    // the layout of c is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d and a have the same dtype
    // d and b have the same dtype
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // the dtype code of c is defined
    // c is u8
    broken_dtype_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM or ACC
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // c lies in SPM or ACC
    // c has no pads
    broken_descriptor_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // c is not empty, unless d is
    // d and a have the same dims
    // d and b have the same dims
    // d and c have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // the base of c is a multiple of its element's bytes and of the profile's granule
    broken_alignment_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of c in SPM exists
    broken_bounds_spm_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of b in ACC exists
    broken_bounds_acc_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'he};
    }
    // every byte of c in ACC exists
    broken_bounds_acc_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    // d and c are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  select_rules select_rules_i = new;

  // bitwise: bitwise.{op} {d}, {a}, {b}
  covergroup bitwise_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_BITWISE[7:0]));
    f_d: coverpoint systole_isa::bitwise_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::bitwise_op(words) {
      bins and_ = {8'h0};
      bins or_ = {8'h1};
      bins xor_ = {8'h2};
      bins andnot_ = {8'h3};
    }
    f_a: coverpoint systole_isa::bitwise_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_b: coverpoint systole_isa::bitwise_b(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  bitwise_fields bitwise_fields_i = new;

  covergroup bitwise_rules @(posedge clk iff (retire && opcode == systole_isa::OP_BITWISE[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer of at most 32 bits
    // d and a have the same dtype
    // d and b have the same dtype
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM or ACC
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // d and a have the same dims
    // d and b have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of b in ACC exists
    broken_bounds_acc_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  bitwise_rules bitwise_rules_i = new;

  // shift: shift.{op} {d}, {a}, {b/s}
  covergroup shift_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_SHIFT[7:0]));
    f_d: coverpoint systole_isa::shift_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::shift_op(words) {
      bins left_ = {8'h0};
      bins right_ = {8'h1};
    }
    f_a: coverpoint systole_isa::shift_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_scalar: coverpoint systole_isa::shift_scalar(words) {
      bins corner[] = {1'h0, 1'h1};
    }
    f_b: coverpoint systole_isa::shift_b(words) iff (systole_isa::shift_scalar(words) inside {0}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_s: coverpoint systole_isa::shift_s(words) iff (systole_isa::shift_scalar(words) inside {1}) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::shift_scalar(words) inside {0}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    choices: cross f_op, f_scalar;
  endgroup
  shift_fields shift_fields_i = new;

  covergroup shift_rules @(posedge clk iff (retire && opcode == systole_isa::OP_SHIFT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer of at most 32 bits or a signed float
    // d and a are both integers or both floats
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer of at most 32 bits or a signed float
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is an integer of at most 32 bits
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM or ACC
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // d and a have the same dims
    // d and b have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of b in ACC exists
    broken_bounds_acc_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  shift_rules shift_rules_i = new;

  // move: move {d}, {a}
  covergroup move_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_MOVE[7:0]));
    f_d: coverpoint systole_isa::move_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::move_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  move_fields move_fields_i = new;

  covergroup move_rules @(posedge clk iff (retire && opcode == systole_isa::OP_MOVE[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d and a have the same dtype
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  move_rules move_rules_i = new;

  // convert: convert {d}, {a}
  covergroup convert_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_CONVERT[7:0]));
    f_d: coverpoint systole_isa::convert_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::convert_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  convert_fields convert_fields_i = new;

  covergroup convert_rules @(posedge clk iff (retire && opcode == systole_isa::OP_CONVERT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is any dtype but ue4m3
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  convert_rules convert_rules_i = new;

  // unary: unary.{op} {d}, {a}
  covergroup unary_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_UNARY[7:0]));
    f_d: coverpoint systole_isa::unary_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::unary_op(words) {
      bins abs_ = {8'h0};
      bins neg_ = {8'h1};
      bins sign_ = {8'h2};
      bins not_ = {8'h3};
      bins rint_ = {8'h4};
    }
    f_a: coverpoint systole_isa::unary_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  unary_fields unary_fields_i = new;

  covergroup unary_rules @(posedge clk iff (retire && opcode == systole_isa::OP_UNARY[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer of at most 32 bits or a signed float
    // d and a are both integers or both floats
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer of at most 32 bits or a signed float
    // complement: a is an integer of at most 32 bits
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  unary_rules unary_rules_i = new;

  // special: special.{op} {d}, {a}
  covergroup special_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_SPECIAL[7:0]));
    f_d: coverpoint systole_isa::special_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::special_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::special_op(words) {
      bins recip_ = {8'h0};
      bins sqrt_ = {8'h1};
      bins rsqrt_ = {8'h2};
      bins exp_ = {8'h3};
      bins exp2_ = {8'h4};
      bins log_ = {8'h5};
      bins log2_ = {8'h6};
      bins tanh_ = {8'h7};
      bins sigmoid_ = {8'h8};
      bins erf_ = {8'h9};
      bins gelu_ = {8'ha};
      bins gelu_tanh_ = {8'hb};
      bins silu_ = {8'hc};
      bins softplus_ = {8'hd};
      bins sin_ = {8'he};
      bins cos_ = {8'hf};
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  special_fields special_fields_i = new;

  covergroup special_rules @(posedge clk iff (retire && opcode == systole_isa::OP_SPECIAL[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // stochastic rounding only where the profile has it
    // the profile has special
    // at level lut the profile has a table for the function
    // recip, sqrt and rsqrt are not rounded stochastically
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is a signed float
    // d and a have the same dtype
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  special_rules special_rules_i = new;

  // clamp: clamp.{op} {d}, {a}[, {b/s}]
  covergroup clamp_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_CLAMP[7:0]));
    f_d: coverpoint systole_isa::clamp_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::clamp_op(words) {
      bins bounds_ = {8'h0};
      bins relu_ = {8'h1};
      bins relun_ = {8'h2};
      bins leaky_ = {8'h3};
    }
    f_a: coverpoint systole_isa::clamp_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_scalar: coverpoint systole_isa::clamp_scalar(words) iff (systole_isa::clamp_op(words) inside {3}) {
      bins corner[] = {1'h0, 1'h1};
    }
    f_b: coverpoint systole_isa::clamp_b(words) iff (systole_isa::clamp_op(words) inside {3} && systole_isa::clamp_op(words) inside {3} && systole_isa::clamp_scalar(words) inside {0}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_s: coverpoint systole_isa::clamp_s(words) iff (systole_isa::clamp_op(words) inside {3} && systole_isa::clamp_op(words) inside {3} && systole_isa::clamp_scalar(words) inside {1}) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::clamp_op(words) inside {3} && systole_isa::clamp_op(words) inside {3} && systole_isa::clamp_scalar(words) inside {0}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    choices: cross f_op, f_scalar;
  endgroup
  clamp_fields clamp_fields_i = new;

  covergroup clamp_rules @(posedge clk iff (retire && opcode == systole_isa::OP_CLAMP[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer of at most 32 bits or a signed float
    // d and a are both integers or both floats
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer of at most 32 bits or a signed float
    // a and b are both integers or both floats
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is an integer of at most 32 bits or a signed float
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM or ACC
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // d and a have the same dims
    // d and b have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of b in ACC exists
    broken_bounds_acc_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  clamp_rules clamp_rules_i = new;

  // lut: lut.{form} {d}, {a}, {b}
  covergroup lut_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_LUT[7:0]));
    f_d: coverpoint systole_isa::lut_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_form: coverpoint systole_isa::lut_form(words) {
      bins direct8_ = {8'h0};
      bins linear32_ = {8'h1};
      bins linear16_ = {8'h2};
      bins direct16_ = {8'h3};
    }
    f_a: coverpoint systole_isa::lut_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_b: coverpoint systole_isa::lut_b(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  lut_fields lut_fields_i = new;

  covergroup lut_rules @(posedge clk iff (retire && opcode == systole_isa::OP_LUT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // the profile has lut
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // linear32: d is s32
    // linear16: d is s16
    // direct8: d and b have the same dtype
    // direct16: d and b have the same dtype
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // direct8: a is a dtype of at most 8 bits
    // linear: a is s16
    // direct16: a is a dtype of 16 bits
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // linear: b is s16
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // d and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // b is [256], [513], [513] or [65536]
    broken_shape_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  lut_rules lut_rules_i = new;

  // reduce: reduce.{op} {d}, {a}, r {r}
  covergroup reduce_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_REDUCE[7:0]));
    f_d: coverpoint systole_isa::reduce_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::reduce_op(words) {
      bins sum_ = {8'h0};
      bins sumsq_ = {8'h1};
      bins max_ = {8'h2};
      bins min_ = {8'h3};
      bins argmax_ = {8'h4};
      bins argmin_ = {8'h5};
    }
    f_a: coverpoint systole_isa::reduce_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_r: coverpoint systole_isa::reduce_r(words) {
      bins corner[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  reduce_fields reduce_fields_i = new;

  covergroup reduce_rules @(posedge clk iff (retire && opcode == systole_isa::OP_REDUCE[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer of at most 32 bits or a signed float
    // an index: d is s32
    // a value: d and a are both integers or both floats
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer of at most 32 bits or a signed float
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d has the dims of a without the last r, or is [1]
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  reduce_rules reduce_rules_i = new;

  // scan: scan.{op} {d}, {a}
  covergroup scan_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_SCAN[7:0]));
    f_d: coverpoint systole_isa::scan_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::scan_op(words) {
      bins sum_ = {8'h0};
      bins max_ = {8'h1};
    }
    f_a: coverpoint systole_isa::scan_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  scan_fields scan_fields_i = new;

  covergroup scan_rules @(posedge clk iff (retire && opcode == systole_isa::OP_SCAN[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // stochastic rounding only where the profile has it
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer of at most 32 bits or a signed float
    // d and a are both integers or both floats
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer of at most 32 bits or a signed float
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  scan_rules scan_rules_i = new;

  // iota: iota {d}, {start}, {step}
  covergroup iota_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_IOTA[7:0]));
    f_d: coverpoint systole_isa::iota_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_start: coverpoint systole_isa::iota_start(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_step: coverpoint systole_isa::iota_step(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  iota_fields iota_fields_i = new;

  covergroup iota_rules @(posedge clk iff (retire && opcode == systole_isa::OP_IOTA[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer of at most 32 bits
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
  endgroup
  iota_rules iota_rules_i = new;

  // random: random.{op} {d}, {start}
  covergroup random_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_RANDOM[7:0]));
    f_d: coverpoint systole_isa::random_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::random_op(words) {
      bins bits_ = {8'h0};
      bins unit_ = {8'h1};
    }
    f_start: coverpoint systole_isa::random_start(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  random_fields random_fields_i = new;

  covergroup random_rules @(posedge clk iff (retire && opcode == systole_isa::OP_RANDOM[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the profile has random
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // bits: d is u32
    // unit: d is fp32
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
  endgroup
  random_rules random_rules_i = new;

  // take: take {d}, {a}, {b}
  covergroup take_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_TAKE[7:0]));
    f_d: coverpoint systole_isa::take_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::take_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_b: coverpoint systole_isa::take_b(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  take_fields take_fields_i = new;

  covergroup take_rules @(posedge clk iff (retire && opcode == systole_isa::OP_TAKE[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d and a have the same dtype
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is s32, u32, u8 or s16
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM or ACC
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // b has the dims of d, and so has a but for its last one
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of b in ACC exists
    broken_bounds_acc_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  take_rules take_rules_i = new;

  // scale: scale[.{activation}] {d}, {a}[, table {b}][ with {c}]
  covergroup scale_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_SCALE[7:0]));
    f_d: coverpoint systole_isa::scale_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::scale_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_activation: coverpoint systole_isa::scale_activation(words) {
      bins none_ = {2'h0};
      bins relu_ = {2'h1};
      bins leaky_ = {2'h2};
    }
    f_table: coverpoint systole_isa::scale_table(words) {
      bins corner[] = {1'h0, 1'h1};
    }
    f_b: coverpoint systole_isa::scale_b(words) iff (systole_isa::scale_table(words) inside {1}) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_c: coverpoint systole_isa::scale_c(words) {
      bins corner[] = {8'h0, 8'h80, 8'h81, 8'hbf};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] iff (systole_isa::scale_table(words) inside {1}) {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_c: coverpoint dtypes[31:24] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    choices: cross f_activation, f_table;
  endgroup
  scale_fields scale_fields_i = new;

  covergroup scale_rules @(posedge clk iff (retire && opcode == systole_isa::OP_SCALE[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // the dtype of c is one of the profile, if it is one at all
    // the layout of c is linear
    // stochastic rounding only where the profile has it
    // the gemmlowp and TOSA scales only where the profile has them, the scales by fp32 only where it has fp32
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is an integer or a signed float
    // scales 1 to 3 and a zero point of a need an integer a; leaky needs a float value; a zero point of the result an integer d
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is an integer or a signed float
    // c is an integer, or a float where the scaled value is one
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is s32
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // the dtype code of c is defined
    // c is an integer or a signed float
    broken_dtype_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // c lies in SPM
    // c has no pads
    broken_descriptor_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // c is not empty, unless d is
    // d and a have the same dims
    // d and c have the same dims
    // b is [N, 4] with N the last dim of d
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // a scale or a slope needs the channel table
    broken_shape: coverpoint trap {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // the base of c is a multiple of its element's bytes and of the profile's granule
    broken_alignment_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of c in SPM exists
    broken_bounds_spm_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    // d and c are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  scale_rules scale_rules_i = new;

  // bquant: bquant {d}, {a} with {c}
  covergroup bquant_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_BQUANT[7:0]));
    f_d: coverpoint systole_isa::bquant_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::bquant_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_c: coverpoint systole_isa::bquant_c(words) {
      bins corner[] = {8'h80, 8'h81, 8'hbf};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_c: coverpoint dtypes[31:24] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  bquant_fields bquant_fields_i = new;

  covergroup bquant_rules @(posedge clk iff (retire && opcode == systole_isa::OP_BQUANT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of c is one of the profile, if it is one at all
    // the layout of c is linear
    // stochastic rounding only where the profile has it
    // the profile has bquant
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is a signed float of at most 8 bits or i8f6
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is a signed float
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of c is defined
    // c is e8m0 or ue4m3
    broken_dtype_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // c lies in SPM or ACC
    // c has no pads
    broken_descriptor_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d and a have the same dims
    // c has the dims of d, but one element for each block of the last dim
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // no two elements of c share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit c has last stride 1 and rows that start on a byte
    broken_stride_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of c is a multiple of its element's bytes and of the profile's granule
    broken_alignment_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of c in SPM exists
    broken_bounds_spm_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of c in ACC exists
    broken_bounds_acc_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and c are apart
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
    // c and a are apart, or the same elements in the same places
    broken_overlap_c: coverpoint trap iff (auxiliary == 3) {
      bins broken = {8'h11};
    }
  endgroup
  bquant_rules bquant_rules_i = new;

  // bdequant: bdequant {d}, {a}, {b}
  covergroup bdequant_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_BDEQUANT[7:0]));
    f_d: coverpoint systole_isa::bdequant_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::bdequant_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_b: coverpoint systole_isa::bdequant_b(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_b: coverpoint dtypes[23:16] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  bdequant_fields bdequant_fields_i = new;

  covergroup bdequant_rules @(posedge clk iff (retire && opcode == systole_isa::OP_BDEQUANT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // the dtype of b is one of the profile, if it is one at all
    // the layout of b is linear
    // stochastic rounding only where the profile has it
    // the profile has bdequant
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d is a signed float
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    // a is a signed float of at most 8 bits or i8f6
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // the dtype code of b is defined
    // b is e8m0 or ue4m3
    broken_dtype_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // b lies in SPM or ACC
    // b has no pads
    broken_descriptor_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // b is not empty, unless d is
    // d and a have the same dims
    // b has the dims of d, but one element for each block of the last dim
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // the base of b is a multiple of its element's bytes and of the profile's granule
    broken_alignment_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hb};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of b in SPM exists
    broken_bounds_spm_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // every byte of b in ACC exists
    broken_bounds_acc_b: coverpoint trap iff (auxiliary == 2) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    // d and b are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
  endgroup
  bdequant_rules bdequant_rules_i = new;

  // put: put[.{op}] {d}, {a}[, peer {peer}]
  covergroup put_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_PUT[7:0]));
    f_d: coverpoint systole_isa::put_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_op: coverpoint systole_isa::put_op(words) {
      bins copy_ = {8'h0};
      bins add_ = {8'h1};
      bins max_ = {8'h2};
      bins min_ = {8'h3};
    }
    f_a: coverpoint systole_isa::put_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_peer: coverpoint systole_isa::put_peer(words) {
      bins corner[] = {6'h0, 6'h1, 6'h3f};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  put_fields put_fields_i = new;

  covergroup put_rules @(posedge clk iff (retire && opcode == systole_isa::OP_PUT[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // d is in a peer's memory only where the profile has links
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // stochastic rounding only where the profile has it
    // the profile has lnk
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d and a have the same dtype
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in PEER-DRAM or PEER-SPM
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in DRAM or SPM or ACC
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of a in DRAM lies inside one region
    broken_bounds_dram_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hc};
    }
    // every byte of a in SPM exists
    broken_bounds_spm_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hd};
    }
    // every byte of a in ACC exists
    broken_bounds_acc_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
    // a in DRAM may be read
    broken_protection_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h12};
    }
  endgroup
  put_rules put_rules_i = new;

  // get: get {d}, {a}
  covergroup get_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_GET[7:0]));
    f_d: coverpoint systole_isa::get_d(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    f_a: coverpoint systole_isa::get_a(words) {
      bins corner[] = {24'h0, 24'h1, 24'h3f, 24'h40, 24'h7c0, 24'h800, 24'h7ff800, 24'h800000, 24'hfff800};
      bins other = default;
    }
    dtype_d: coverpoint dtypes[7:0] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
    dtype_a: coverpoint dtypes[15:8] {
      bins each[] = {8'h1, 8'h2, 8'h3, 8'h4, 8'h5, 8'h6, 8'h7, 8'h8, 8'h9, 8'ha, 8'hb, 8'hc, 8'h10, 8'h11, 8'h12, 8'h13, 8'h14, 8'h15, 8'h16, 8'h17, 8'h18, 8'h19, 8'h1a, 8'h1b, 8'h1c, 8'h20, 8'h21, 8'h22, 8'h23, 8'h40, 8'h41, 8'h42, 8'h43, 8'h44, 8'h45, 8'h46, 8'h47, 8'h48, 8'h49, 8'h4a, 8'h4b, 8'h4c, 8'h4d, 8'h4e, 8'h4f, 8'h50, 8'h51, 8'h52, 8'h53, 8'h54, 8'h55, 8'h56, 8'h57, 8'h58, 8'h59, 8'h5a, 8'h5b, 8'h5c, 8'h5d, 8'h5e, 8'h5f, 8'h60, 8'h61, 8'h62, 8'h63, 8'h64, 8'h65, 8'h66, 8'h67, 8'h68, 8'h69, 8'h6a, 8'h6b, 8'h6c, 8'h6d, 8'h6e, 8'h6f, 8'h70, 8'h71, 8'h72, 8'h73, 8'h74, 8'h75};
    }
  endgroup
  get_fields get_fields_i = new;

  covergroup get_rules @(posedge clk iff (retire && opcode == systole_isa::OP_GET[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the dtype of d is one of the profile, if it is one at all
    // the layout of d is linear
    // the dtype of a is one of the profile, if it is one at all
    // the layout of a is linear
    // a is in a peer's memory only where the profile has links
    // the profile has lnk
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
    // the dtype code of d is defined
    // d and a have the same dtype
    broken_dtype_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h7};
    }
    // the dtype code of a is defined
    broken_dtype_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h7};
    }
    // d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // d lies in DRAM or SPM or ACC
    // d has no pads
    broken_descriptor_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h8};
    }
    // a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
    // a lies in PEER-DRAM or PEER-SPM
    // a has no pads
    broken_descriptor_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'h8};
    }
    // a is not empty, unless d is
    // d and a have the same dims
    broken_shape_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h9};
    }
    // no two elements of d share a byte: each stride exceeds the reach of all smaller ones
    // a 4-bit d has last stride 1 and rows that start on a byte
    broken_stride_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'ha};
    }
    // the base of d is a multiple of its element's bytes and of the profile's granule
    broken_alignment_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hb};
    }
    // the base of a is a multiple of its element's bytes and of the profile's granule
    broken_alignment_a: coverpoint trap iff (auxiliary == 1) {
      bins broken = {8'hb};
    }
    // every byte of d in DRAM lies inside one region
    broken_bounds_dram_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hc};
    }
    // every byte of d in SPM exists
    broken_bounds_spm_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'hd};
    }
    // every byte of d in ACC exists
    broken_bounds_acc_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'he};
    }
    // d and a are apart, or the same elements in the same places
    broken_overlap_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h11};
    }
    // d in DRAM may be written and is no part of the image
    broken_protection_d: coverpoint trap iff (auxiliary == 0) {
      bins broken = {8'h12};
    }
  endgroup
  get_rules get_rules_i = new;

  // rpost: rpost {rs2+imm}, {m}[, {k}]
  covergroup rpost_fields @(posedge clk iff (retire && done && opcode == systole_isa::OP_RPOST[7:0]));
    f_m: coverpoint systole_isa::rpost_m(words) {
      bins corner[] = {6'h1, 6'h2, 6'h3f};
      bins other = default;
    }
    f_rs2: coverpoint systole_isa::rpost_rs2(words) {
      bins corner[] = {5'h0, 5'h1, 5'h1f};
      bins other = default;
    }
    f_imm: coverpoint systole_isa::rpost_imm(words) {
      bins corner[] = {32'h0, 32'h1, 32'hffffffff, 32'h80000000, 32'h7fffffff};
      bins other = default;
    }
    f_k: coverpoint systole_isa::rpost_k(words) {
      bins corner[] = {16'h0, 16'h1, 16'hffff, 16'h8000};
      bins other = default;
    }
  endgroup
  rpost_fields rpost_fields_i = new;

  covergroup rpost_rules @(posedge clk iff (retire && opcode == systole_isa::OP_RPOST[7:0]));
    kept: coverpoint trap {
      bins kept = {8'h0};
    }
    reserved: coverpoint trap {
      bins broken = {8'h2};
    }
    // the profile has lnk
    broken_feature: coverpoint trap {
      bins broken = {8'h3};
    }
  endgroup
  rpost_rules rpost_rules_i = new;

`endif
endmodule
