/* Made by model/emit/c.ts from the definitions; never edited (npm run emit). */
#ifndef SYSTOLE_ISA_H
#define SYSTOLE_ISA_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

#define SYSTOLE_ARGUMENT_COUNT 0x8u
#define SYSTOLE_ARGUMENT_FIRST 0x8u
#define SYSTOLE_CALL_DEPTH 0x8u
#define SYSTOLE_COUNTER_BYTES 0x8u
#define SYSTOLE_COUNTER_COUNT 0xcu
#define SYSTOLE_COUNTER_ELEMENTS 0x7u
#define SYSTOLE_COUNTER_MACS 0xbu
#define SYSTOLE_COUNTER_NULLIFIED 0x6u
#define SYSTOLE_DESCRIPTOR_WORDS 0x10u
#define SYSTOLE_DIM_MAX 0xffffffu
#define SYSTOLE_ELEMENT_MAX 0x7fffffffu
#define SYSTOLE_EVENT_ALWAYS 0x4u
#define SYSTOLE_EVENT_COUNT 0xau
#define SYSTOLE_EVENT_DIVIDE_BY_ZERO 0x5u
#define SYSTOLE_EVENT_FLUSHED 0x8u
#define SYSTOLE_EVENT_INDEX 0x3u
#define SYSTOLE_EVENT_INEXACT 0x7u
#define SYSTOLE_EVENT_INVALID 0x4u
#define SYSTOLE_EVENT_LOST 0x9u
#define SYSTOLE_EVENT_NAN 0x2u
#define SYSTOLE_EVENT_OVERFLOW 0x1u
#define SYSTOLE_EVENT_SATURATED 0x0u
#define SYSTOLE_EVENT_UNDERFLOW 0x6u
#define SYSTOLE_FAULT_BUS 0x23u
#define SYSTOLE_FAULT_LINK_DOWN 0x21u
#define SYSTOLE_FAULT_LINK_PROTOCOL 0x20u
#define SYSTOLE_FAULT_SEMAPHORE 0x24u
#define SYSTOLE_FAULT_WATCHDOG 0x22u
#define SYSTOLE_IMAGE_ALIGNMENT 0x40u
#define SYSTOLE_IMAGE_HEADER_BYTES 0x40u
#define SYSTOLE_IMAGE_MAGIC 0x31535953u
#define SYSTOLE_INSTRUCTION_BYTES 0x10u
#define SYSTOLE_LOOP_DEPTH 0x8u
#define SYSTOLE_MODE_COUNT 0x4u
#define SYSTOLE_MODE_WORDS 0x8u
#define SYSTOLE_NUMERIC_CSR 0x500u
#define SYSTOLE_NUMERIC_CSR_STEP 0x10u
#define SYSTOLE_NUMERIC_MORE_CSR 0x680u
#define SYSTOLE_OPERAND_MAX 0x4u
#define SYSTOLE_PAGE_BYTES 0x1000u
#define SYSTOLE_PHASE_BREAK 0x2u
#define SYSTOLE_PHASE_DRAIN 0x3u
#define SYSTOLE_PHASE_FAULT 0x4u
#define SYSTOLE_PHASE_IDLE 0x0u
#define SYSTOLE_PHASE_RUN 0x1u
#define SYSTOLE_PREDICATE_COUNT 0x8u
#define SYSTOLE_QUEUE_MAX 0x10u
#define SYSTOLE_RANK_MAX 0x5u
#define SYSTOLE_REGION_COUNT 0x8u
#define SYSTOLE_RETIRED_DONE 0x0u
#define SYSTOLE_RETIRED_NULLIFIED 0x1u
#define SYSTOLE_RETIRED_TRAPPED 0x2u
#define SYSTOLE_ROLE_BOTH 0x3u
#define SYSTOLE_ROLE_NONE 0x0u
#define SYSTOLE_ROLE_READ 0x1u
#define SYSTOLE_ROLE_WRITE 0x2u
#define SYSTOLE_SCALAR_COUNT 0x20u
#define SYSTOLE_SEMAPHORE_COUNT 0x40u
#define SYSTOLE_SEMAPHORE_MAX 0xffffu
#define SYSTOLE_SLOT_MAX 0x10u
#define SYSTOLE_SPACE_ACC 0x3u
#define SYSTOLE_SPACE_DRAM 0x1u
#define SYSTOLE_SPACE_PEER_DRAM 0x4u
#define SYSTOLE_SPACE_PEER_SPM 0x5u
#define SYSTOLE_SPACE_SPM 0x2u
#define SYSTOLE_STATUS_BLOCKED 0x4u
#define SYSTOLE_STATUS_BREAK 0x5u
#define SYSTOLE_STATUS_BUDGET 0x2u
#define SYSTOLE_STATUS_CHOICES 0x7u
#define SYSTOLE_STATUS_HALTED 0x0u
#define SYSTOLE_STATUS_IDLE 0x8u
#define SYSTOLE_STATUS_RING_FULL 0x3u
#define SYSTOLE_STATUS_TRAPPED 0x1u
#define SYSTOLE_STATUS_UNINITIALISED 0x6u
#define SYSTOLE_TENSOR_COUNT 0x40u
#define SYSTOLE_TRAP_ALIGNMENT 0xbu
#define SYSTOLE_TRAP_BOUNDS_ACC 0xeu
#define SYSTOLE_TRAP_BOUNDS_DRAM 0xcu
#define SYSTOLE_TRAP_BOUNDS_SPM 0xdu
#define SYSTOLE_TRAP_BREAK 0x16u
#define SYSTOLE_TRAP_CALL 0x5u
#define SYSTOLE_TRAP_CSR 0x13u
#define SYSTOLE_TRAP_DESCRIPTOR 0x8u
#define SYSTOLE_TRAP_DTYPE 0x7u
#define SYSTOLE_TRAP_FEATURE 0x3u
#define SYSTOLE_TRAP_LINK_PEER 0x14u
#define SYSTOLE_TRAP_LOOP 0x6u
#define SYSTOLE_TRAP_NONE 0x0u
#define SYSTOLE_TRAP_OPCODE 0x1u
#define SYSTOLE_TRAP_OVERLAP 0x11u
#define SYSTOLE_TRAP_PC 0x4u
#define SYSTOLE_TRAP_PROTECTION 0x12u
#define SYSTOLE_TRAP_RESERVED 0x2u
#define SYSTOLE_TRAP_SHAPE 0x9u
#define SYSTOLE_TRAP_SLOT 0xfu
#define SYSTOLE_TRAP_SOFTWARE 0x15u
#define SYSTOLE_TRAP_STRIDE 0xau
#define SYSTOLE_TRAP_VERSION 0x17u
#define SYSTOLE_TRAP_WEIGHTS 0x10u
#define SYSTOLE_UNIT_COUNT 0x6u
#define SYSTOLE_UNIT_DMI 0x1u
#define SYSTOLE_UNIT_DMO 0x2u
#define SYSTOLE_UNIT_LNK 0x5u
#define SYSTOLE_UNIT_MXU 0x3u
#define SYSTOLE_UNIT_SEQ 0x0u
#define SYSTOLE_UNIT_VPU 0x4u
#define SYSTOLE_VERSION_MAJOR 0x1u
#define SYSTOLE_VERSION_MINOR 0x0u

#define SYSTOLE_OP_NOP 0x1u
#define SYSTOLE_OP_HALT 0x2u
#define SYSTOLE_OP_FENCE 0x3u
#define SYSTOLE_OP_TRAP 0x4u
#define SYSTOLE_OP_BREAK 0x5u
#define SYSTOLE_OP_MARK 0x6u
#define SYSTOLE_OP_IRQ 0x7u
#define SYSTOLE_OP_ALU 0x8u
#define SYSTOLE_OP_CMP 0x9u
#define SYSTOLE_OP_LD 0xau
#define SYSTOLE_OP_ST 0xbu
#define SYSTOLE_OP_JUMP 0xcu
#define SYSTOLE_OP_CALL 0xdu
#define SYSTOLE_OP_RET 0xeu
#define SYSTOLE_OP_LOOP 0xfu
#define SYSTOLE_OP_LBREAK 0x10u
#define SYSTOLE_OP_CSRR 0x11u
#define SYSTOLE_OP_CSRW 0x12u
#define SYSTOLE_OP_TSET 0x14u
#define SYSTOLE_OP_TLOAD 0x15u
#define SYSTOLE_OP_TCOPY 0x16u
#define SYSTOLE_OP_NSET 0x17u
#define SYSTOLE_OP_POST 0x18u
#define SYSTOLE_OP_WAIT 0x19u
#define SYSTOLE_OP_LOAD 0x40u
#define SYSTOLE_OP_FILL 0x41u
#define SYSTOLE_OP_GATHER 0x42u
#define SYSTOLE_OP_UNPACK 0x43u
#define SYSTOLE_OP_CRC 0x44u
#define SYSTOLE_OP_STORE 0x50u
#define SYSTOLE_OP_SCATTER 0x51u
#define SYSTOLE_OP_WLOAD 0x60u
#define SYSTOLE_OP_AINIT 0x61u
#define SYSTOLE_OP_MM 0x62u
#define SYSTOLE_OP_MDW 0x63u
#define SYSTOLE_OP_DRAIN 0x64u
#define SYSTOLE_OP_BINARY 0x80u
#define SYSTOLE_OP_FMA 0x81u
#define SYSTOLE_OP_COMPARE 0x82u
#define SYSTOLE_OP_SELECT 0x83u
#define SYSTOLE_OP_BITWISE 0x84u
#define SYSTOLE_OP_SHIFT 0x85u
#define SYSTOLE_OP_MOVE 0x86u
#define SYSTOLE_OP_CONVERT 0x87u
#define SYSTOLE_OP_UNARY 0x88u
#define SYSTOLE_OP_SPECIAL 0x89u
#define SYSTOLE_OP_CLAMP 0x8au
#define SYSTOLE_OP_LUT 0x8bu
#define SYSTOLE_OP_REDUCE 0x8cu
#define SYSTOLE_OP_SCAN 0x8du
#define SYSTOLE_OP_IOTA 0x8eu
#define SYSTOLE_OP_RANDOM 0x8fu
#define SYSTOLE_OP_TAKE 0x90u
#define SYSTOLE_OP_SCALE 0x91u
#define SYSTOLE_OP_BQUANT 0x92u
#define SYSTOLE_OP_BDEQUANT 0x93u
#define SYSTOLE_OP_PUT 0xc0u
#define SYSTOLE_OP_GET 0xc1u
#define SYSTOLE_OP_RPOST 0xc2u

#define SYSTOLE_DTYPE_S4 0x1u
#define SYSTOLE_DTYPE_U4 0x2u
#define SYSTOLE_DTYPE_S8 0x3u
#define SYSTOLE_DTYPE_U8 0x4u
#define SYSTOLE_DTYPE_S16 0x5u
#define SYSTOLE_DTYPE_U16 0x6u
#define SYSTOLE_DTYPE_S32 0x7u
#define SYSTOLE_DTYPE_U32 0x8u
#define SYSTOLE_DTYPE_S48 0x9u
#define SYSTOLE_DTYPE_S64 0xau
#define SYSTOLE_DTYPE_S2 0xbu
#define SYSTOLE_DTYPE_U2 0xcu
#define SYSTOLE_DTYPE_E2M1 0x10u
#define SYSTOLE_DTYPE_E2M3 0x11u
#define SYSTOLE_DTYPE_E3M2 0x12u
#define SYSTOLE_DTYPE_E4M3 0x13u
#define SYSTOLE_DTYPE_E5M2 0x14u
#define SYSTOLE_DTYPE_E8M0 0x15u
#define SYSTOLE_DTYPE_UE4M3 0x16u
#define SYSTOLE_DTYPE_E4M3FNUZ 0x17u
#define SYSTOLE_DTYPE_E5M2FNUZ 0x18u
#define SYSTOLE_DTYPE_I8F6 0x19u
#define SYSTOLE_DTYPE_E4M3IEEE 0x1au
#define SYSTOLE_DTYPE_E3M4 0x1bu
#define SYSTOLE_DTYPE_E4M3B11FNUZ 0x1cu
#define SYSTOLE_DTYPE_BF16 0x20u
#define SYSTOLE_DTYPE_FP16 0x21u
#define SYSTOLE_DTYPE_TF32 0x22u
#define SYSTOLE_DTYPE_FP32 0x23u
#define SYSTOLE_DTYPE_BINARY3P1SE 0x40u
#define SYSTOLE_DTYPE_BINARY3P1SF 0x41u
#define SYSTOLE_DTYPE_BINARY3P2SE 0x42u
#define SYSTOLE_DTYPE_BINARY3P2SF 0x43u
#define SYSTOLE_DTYPE_BINARY4P1SE 0x44u
#define SYSTOLE_DTYPE_BINARY4P1SF 0x45u
#define SYSTOLE_DTYPE_BINARY4P2SE 0x46u
#define SYSTOLE_DTYPE_BINARY4P2SF 0x47u
#define SYSTOLE_DTYPE_BINARY4P3SE 0x48u
#define SYSTOLE_DTYPE_BINARY4P3SF 0x49u
#define SYSTOLE_DTYPE_BINARY5P1SE 0x4au
#define SYSTOLE_DTYPE_BINARY5P1SF 0x4bu
#define SYSTOLE_DTYPE_BINARY5P2SE 0x4cu
#define SYSTOLE_DTYPE_BINARY5P2SF 0x4du
#define SYSTOLE_DTYPE_BINARY5P3SE 0x4eu
#define SYSTOLE_DTYPE_BINARY5P3SF 0x4fu
#define SYSTOLE_DTYPE_BINARY5P4SE 0x50u
#define SYSTOLE_DTYPE_BINARY5P4SF 0x51u
#define SYSTOLE_DTYPE_BINARY6P1SE 0x52u
#define SYSTOLE_DTYPE_BINARY6P1SF 0x53u
#define SYSTOLE_DTYPE_BINARY6P2SE 0x54u
#define SYSTOLE_DTYPE_BINARY6P2SF 0x55u
#define SYSTOLE_DTYPE_BINARY6P3SE 0x56u
#define SYSTOLE_DTYPE_BINARY6P3SF 0x57u
#define SYSTOLE_DTYPE_BINARY6P4SE 0x58u
#define SYSTOLE_DTYPE_BINARY6P4SF 0x59u
#define SYSTOLE_DTYPE_BINARY6P5SE 0x5au
#define SYSTOLE_DTYPE_BINARY6P5SF 0x5bu
#define SYSTOLE_DTYPE_BINARY7P1SE 0x5cu
#define SYSTOLE_DTYPE_BINARY7P1SF 0x5du
#define SYSTOLE_DTYPE_BINARY7P2SE 0x5eu
#define SYSTOLE_DTYPE_BINARY7P2SF 0x5fu
#define SYSTOLE_DTYPE_BINARY7P3SE 0x60u
#define SYSTOLE_DTYPE_BINARY7P3SF 0x61u
#define SYSTOLE_DTYPE_BINARY7P4SE 0x62u
#define SYSTOLE_DTYPE_BINARY7P4SF 0x63u
#define SYSTOLE_DTYPE_BINARY7P5SE 0x64u
#define SYSTOLE_DTYPE_BINARY7P5SF 0x65u
#define SYSTOLE_DTYPE_BINARY7P6SE 0x66u
#define SYSTOLE_DTYPE_BINARY7P6SF 0x67u
#define SYSTOLE_DTYPE_BINARY8P1SE 0x68u
#define SYSTOLE_DTYPE_BINARY8P1SF 0x69u
#define SYSTOLE_DTYPE_BINARY8P2SE 0x6au
#define SYSTOLE_DTYPE_BINARY8P2SF 0x6bu
#define SYSTOLE_DTYPE_BINARY8P3SE 0x6cu
#define SYSTOLE_DTYPE_BINARY8P3SF 0x6du
#define SYSTOLE_DTYPE_BINARY8P4SE 0x6eu
#define SYSTOLE_DTYPE_BINARY8P4SF 0x6fu
#define SYSTOLE_DTYPE_BINARY8P5SE 0x70u
#define SYSTOLE_DTYPE_BINARY8P5SF 0x71u
#define SYSTOLE_DTYPE_BINARY8P6SE 0x72u
#define SYSTOLE_DTYPE_BINARY8P6SF 0x73u
#define SYSTOLE_DTYPE_BINARY8P7SE 0x74u
#define SYSTOLE_DTYPE_BINARY8P7SF 0x75u

static inline uint32_t systole_head_opcode(const uint32_t w[4]) { return (w[0] >> 0) & 0xffu; }
static inline uint32_t systole_head_predicate(const uint32_t w[4]) { return (w[0] >> 8) & 0x7u; }
static inline uint32_t systole_head_negate(const uint32_t w[4]) { return (w[0] >> 11) & 0x1u; }
static inline uint32_t systole_head_wait(const uint32_t w[4]) { return (w[0] >> 12) & 0x3fu; }
static inline uint32_t systole_head_post(const uint32_t w[4]) { return (w[0] >> 18) & 0x3fu; }
static inline uint32_t systole_head_irq(const uint32_t w[4]) { return (w[0] >> 24) & 0x1u; }
static inline uint32_t systole_head_trace(const uint32_t w[4]) { return (w[0] >> 25) & 0x1u; }
static inline uint32_t systole_head_mode(const uint32_t w[4]) { return (w[0] >> 26) & 0x3u; }
static inline int32_t systole_nop_tag(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline int32_t systole_halt_value(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_fence_units(const uint32_t w[4]) { return w[2]; }
static inline int32_t systole_trap_code(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline int32_t systole_break_tag(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline int32_t systole_mark_value(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_irq_vector(const uint32_t w[4]) { return w[2]; }
static inline uint32_t systole_alu_rd(const uint32_t w[4]) { return (w[1] >> 0) & 0x1fu; }
static inline uint32_t systole_alu_rs1(const uint32_t w[4]) { return (w[1] >> 8) & 0x1fu; }
static inline uint32_t systole_alu_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_alu_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_alu_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_cmp_pd(const uint32_t w[4]) { return (w[1] >> 0) & 0x7u; }
static inline uint32_t systole_cmp_rs1(const uint32_t w[4]) { return (w[1] >> 8) & 0x1fu; }
static inline uint32_t systole_cmp_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_cmp_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_cmp_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_ld_a(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_ld_rd(const uint32_t w[4]) { return (w[2] >> 0) & 0x1fu; }
static inline uint32_t systole_st_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_st_rs(const uint32_t w[4]) { return (w[2] >> 0) & 0x1fu; }
static inline uint32_t systole_jump_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_jump_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_call_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_call_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_loop_rs1(const uint32_t w[4]) { return (w[1] >> 8) & 0x1fu; }
static inline uint32_t systole_loop_ra(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline uint32_t systole_loop_rb(const uint32_t w[4]) { return (w[1] >> 0) & 0x1fu; }
static inline uint32_t systole_loop_length(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffu; }
static inline uint32_t systole_loop_count(const uint32_t w[4]) { return (w[2] >> 16) & 0xffffu; }
static inline int32_t systole_loop_incA(const uint32_t w[4]) { return (int32_t)(w[3] << 16) >> 16; }
static inline int32_t systole_loop_incB(const uint32_t w[4]) { return (int32_t)(w[3] << 0) >> 16; }
static inline uint32_t systole_csrr_rd(const uint32_t w[4]) { return (w[1] >> 0) & 0x1fu; }
static inline int32_t systole_csrr_offset(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_csrw_rs1(const uint32_t w[4]) { return (w[1] >> 8) & 0x1fu; }
static inline int32_t systole_csrw_offset(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_tset_t(const uint32_t w[4]) { return (w[1] >> 0) & 0x3fu; }
static inline uint32_t systole_tset_field(const uint32_t w[4]) { return (w[1] >> 8) & 0xfu; }
static inline uint32_t systole_tset_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_tset_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_tset_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_tload_t(const uint32_t w[4]) { return (w[1] >> 0) & 0x3fu; }
static inline uint32_t systole_tload_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_tload_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_tcopy_t(const uint32_t w[4]) { return (w[1] >> 0) & 0x3fu; }
static inline uint32_t systole_tcopy_from(const uint32_t w[4]) { return (w[1] >> 8) & 0x3fu; }
static inline uint32_t systole_nset_n(const uint32_t w[4]) { return (w[1] >> 0) & 0x3u; }
static inline uint32_t systole_nset_field(const uint32_t w[4]) { return (w[1] >> 8) & 0x7u; }
static inline uint32_t systole_nset_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_nset_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_post_m(const uint32_t w[4]) { return (w[1] >> 0) & 0x3fu; }
static inline uint32_t systole_post_agent(const uint32_t w[4]) { return (w[1] >> 8) & 0x7u; }
static inline uint32_t systole_post_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_post_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_wait_m(const uint32_t w[4]) { return (w[1] >> 0) & 0x3fu; }
static inline uint32_t systole_wait_agent(const uint32_t w[4]) { return (w[1] >> 8) & 0x7u; }
static inline uint32_t systole_wait_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_wait_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_load_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_load_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_fill_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_fill_rs(const uint32_t w[4]) { return (w[2] >> 6) & 0x1fu; }
static inline int32_t systole_fill_imm(const uint32_t w[4]) { return (int32_t)w[3]; }
static inline uint32_t systole_gather_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_gather_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_gather_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_unpack_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_unpack_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_unpack_form(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_unpack_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_unpack_bits(const uint32_t w[4]) { return (w[2] >> 24) & 0xffu; }
static inline uint32_t systole_crc_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_crc_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_store_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_store_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_store_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_scatter_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_scatter_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_scatter_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_scatter_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_wload_slot(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_wload_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_wload_form(const uint32_t w[4]) { return (w[2] >> 24) & 0xffu; }
static inline uint32_t systole_wload_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_ainit_acc(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_ainit_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_ainit_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_mm_acc(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_mm_op(const uint32_t w[4]) { return (w[1] >> 24) & 0x1u; }
static inline uint32_t systole_mm_scaled(const uint32_t w[4]) { return (w[1] >> 25) & 0x1u; }
static inline uint32_t systole_mm_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_mm_mRank(const uint32_t w[4]) { return (w[2] >> 24) & 0xffu; }
static inline uint32_t systole_mm_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_mm_slot(const uint32_t w[4]) { return (w[3] >> 24) & 0xffu; }
static inline uint32_t systole_mdw_acc(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_mdw_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_mdw_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_mdw_mRank(const uint32_t w[4]) { return (w[2] >> 24) & 0xffu; }
static inline uint32_t systole_mdw_slot(const uint32_t w[4]) { return (w[3] >> 24) & 0xffu; }
static inline uint32_t systole_drain_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_drain_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_drain_activation(const uint32_t w[4]) { return (w[1] >> 24) & 0x3u; }
static inline uint32_t systole_drain_table(const uint32_t w[4]) { return (w[1] >> 26) & 0x1u; }
static inline uint32_t systole_drain_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_drain_c(const uint32_t w[4]) { return (w[3] >> 24) & 0xffu; }
static inline uint32_t systole_binary_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_binary_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_binary_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_binary_scalar(const uint32_t w[4]) { return (w[2] >> 31) & 0x1u; }
static inline uint32_t systole_binary_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_binary_s(const uint32_t w[4]) { return (w[3] >> 6) & 0x1fu; }
static inline uint32_t systole_fma_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_fma_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_fma_scalar(const uint32_t w[4]) { return (w[2] >> 31) & 0x1u; }
static inline uint32_t systole_fma_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_fma_s(const uint32_t w[4]) { return (w[3] >> 6) & 0x1fu; }
static inline uint32_t systole_fma_c(const uint32_t w[4]) { return (w[3] >> 24) & 0xffu; }
static inline uint32_t systole_compare_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_compare_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_compare_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_compare_scalar(const uint32_t w[4]) { return (w[2] >> 31) & 0x1u; }
static inline uint32_t systole_compare_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_compare_s(const uint32_t w[4]) { return (w[3] >> 6) & 0x1fu; }
static inline uint32_t systole_select_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_select_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_select_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_select_c(const uint32_t w[4]) { return (w[3] >> 24) & 0xffu; }
static inline uint32_t systole_bitwise_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_bitwise_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_bitwise_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_bitwise_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_shift_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_shift_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_shift_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_shift_scalar(const uint32_t w[4]) { return (w[2] >> 31) & 0x1u; }
static inline uint32_t systole_shift_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_shift_s(const uint32_t w[4]) { return (w[3] >> 6) & 0x1fu; }
static inline uint32_t systole_move_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_move_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_convert_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_convert_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_unary_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_unary_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_unary_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_special_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_special_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_special_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_clamp_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_clamp_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_clamp_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_clamp_scalar(const uint32_t w[4]) { return (w[2] >> 31) & 0x1u; }
static inline uint32_t systole_clamp_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_clamp_s(const uint32_t w[4]) { return (w[3] >> 6) & 0x1fu; }
static inline uint32_t systole_lut_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_lut_form(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_lut_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_lut_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_reduce_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_reduce_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_reduce_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_reduce_r(const uint32_t w[4]) { return (w[2] >> 24) & 0xffu; }
static inline uint32_t systole_scan_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_scan_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_scan_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_iota_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_iota_start(const uint32_t w[4]) { return (w[2] >> 6) & 0x1fu; }
static inline uint32_t systole_iota_step(const uint32_t w[4]) { return (w[3] >> 6) & 0x1fu; }
static inline uint32_t systole_random_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_random_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_random_start(const uint32_t w[4]) { return (w[2] >> 6) & 0x1fu; }
static inline uint32_t systole_take_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_take_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_take_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_scale_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_scale_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_scale_activation(const uint32_t w[4]) { return (w[1] >> 24) & 0x3u; }
static inline uint32_t systole_scale_table(const uint32_t w[4]) { return (w[1] >> 26) & 0x1u; }
static inline uint32_t systole_scale_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_scale_c(const uint32_t w[4]) { return (w[3] >> 24) & 0xffu; }
static inline uint32_t systole_bquant_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_bquant_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_bquant_c(const uint32_t w[4]) { return (w[3] >> 24) & 0xffu; }
static inline uint32_t systole_bdequant_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_bdequant_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_bdequant_b(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffffu; }
static inline uint32_t systole_put_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_put_op(const uint32_t w[4]) { return (w[1] >> 24) & 0xffu; }
static inline uint32_t systole_put_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_put_peer(const uint32_t w[4]) { return (w[2] >> 24) & 0x3fu; }
static inline uint32_t systole_get_d(const uint32_t w[4]) { return (w[1] >> 0) & 0xffffffu; }
static inline uint32_t systole_get_a(const uint32_t w[4]) { return (w[2] >> 0) & 0xffffffu; }
static inline uint32_t systole_rpost_m(const uint32_t w[4]) { return (w[1] >> 0) & 0x3fu; }
static inline uint32_t systole_rpost_rs2(const uint32_t w[4]) { return (w[1] >> 16) & 0x1fu; }
static inline int32_t systole_rpost_imm(const uint32_t w[4]) { return (int32_t)w[2]; }
static inline uint32_t systole_rpost_k(const uint32_t w[4]) { return (w[3] >> 0) & 0xffffu; }

struct systole_loop {
  uint32_t start;
  uint32_t end;
  uint32_t left;
  uint32_t depth;
  uint32_t ra;
  uint32_t rb;
  int32_t incA;
  int32_t incB;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_loop, start) == 0, "systole_loop.start");
_Static_assert(offsetof(struct systole_loop, end) == 4, "systole_loop.end");
_Static_assert(offsetof(struct systole_loop, left) == 8, "systole_loop.left");
_Static_assert(offsetof(struct systole_loop, depth) == 12, "systole_loop.depth");
_Static_assert(offsetof(struct systole_loop, ra) == 16, "systole_loop.ra");
_Static_assert(offsetof(struct systole_loop, rb) == 20, "systole_loop.rb");
_Static_assert(offsetof(struct systole_loop, incA) == 24, "systole_loop.incA");
_Static_assert(offsetof(struct systole_loop, incB) == 28, "systole_loop.incB");
_Static_assert(sizeof(struct systole_loop) == 32, "systole_loop");
#endif

struct systole_slot {
  uint32_t loaded;
  uint32_t dtype;
  uint32_t depth;
  uint32_t columns;
  uint32_t form;
  uint32_t scales;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_slot, loaded) == 0, "systole_slot.loaded");
_Static_assert(offsetof(struct systole_slot, dtype) == 4, "systole_slot.dtype");
_Static_assert(offsetof(struct systole_slot, depth) == 8, "systole_slot.depth");
_Static_assert(offsetof(struct systole_slot, columns) == 12, "systole_slot.columns");
_Static_assert(offsetof(struct systole_slot, form) == 16, "systole_slot.form");
_Static_assert(offsetof(struct systole_slot, scales) == 20, "systole_slot.scales");
_Static_assert(sizeof(struct systole_slot) == 24, "systole_slot");
#endif

struct systole_fault {
  uint32_t code;
  uint32_t unit;
  uint32_t pc;
  int64_t seq;
  uint32_t words[4];
  int64_t address;
  uint32_t auxiliary;
  uint32_t count;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_fault, code) == 0, "systole_fault.code");
_Static_assert(offsetof(struct systole_fault, unit) == 4, "systole_fault.unit");
_Static_assert(offsetof(struct systole_fault, pc) == 8, "systole_fault.pc");
_Static_assert(offsetof(struct systole_fault, seq) == 16, "systole_fault.seq");
_Static_assert(offsetof(struct systole_fault, words) == 24, "systole_fault.words");
_Static_assert(offsetof(struct systole_fault, address) == 40, "systole_fault.address");
_Static_assert(offsetof(struct systole_fault, auxiliary) == 48, "systole_fault.auxiliary");
_Static_assert(offsetof(struct systole_fault, count) == 52, "systole_fault.count");
_Static_assert(sizeof(struct systole_fault) == 56, "systole_fault");
#endif

struct systole_region {
  uint32_t base;
  uint32_t limit;
  uint32_t attributes;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_region, base) == 0, "systole_region.base");
_Static_assert(offsetof(struct systole_region, limit) == 4, "systole_region.limit");
_Static_assert(offsetof(struct systole_region, attributes) == 8, "systole_region.attributes");
_Static_assert(sizeof(struct systole_region) == 16, "systole_region");
#endif

struct systole_watchpoint {
  uint32_t space;
  uint32_t low;
  uint32_t high;
  uint32_t length;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_watchpoint, space) == 0, "systole_watchpoint.space");
_Static_assert(offsetof(struct systole_watchpoint, low) == 4, "systole_watchpoint.low");
_Static_assert(offsetof(struct systole_watchpoint, high) == 8, "systole_watchpoint.high");
_Static_assert(offsetof(struct systole_watchpoint, length) == 12, "systole_watchpoint.length");
_Static_assert(sizeof(struct systole_watchpoint) == 16, "systole_watchpoint");
#endif

struct systole_state {
  uint32_t pc;
  uint32_t phase;
  int64_t seq;
  uint32_t callDepth;
  uint32_t loopDepth;
  uint32_t predicates;
  uint32_t halted;
  uint32_t haltValue;
  uint32_t registers[32];
  uint32_t calls[8];
  struct systole_loop loops[8];
  uint32_t tensors[1024];
  uint32_t modes[32];
  int64_t imageBase;
  uint32_t imageBytes;
  uint32_t instructionCount;
  uint32_t launchFlags;
  uint32_t launchTag;
  uint32_t launchedByRing;
  uint32_t semaphores[64];
  uint32_t order[6];
  uint32_t queueLength[6];
  struct systole_slot slots[16];
  struct systole_slot promised[16];
  int64_t numeric[40];
  int64_t counters[12];
  struct systole_fault fault[1];
  uint32_t chipId;
  uint32_t chipCount;
  uint32_t hostError;
  uint32_t irqStatus;
  uint32_t irqMask;
  uint32_t scratch[4];
  uint32_t ringBaseLow;
  uint32_t ringBaseHigh;
  uint32_t ringLog2;
  uint32_t ringHead;
  uint32_t ringTail;
  uint32_t completionLow;
  uint32_t completionHigh;
  struct systole_region regions[8];
  uint32_t debugEnable;
  uint32_t breakpoints[4];
  struct systole_watchpoint watchpoints[4];
  uint32_t latchedHigh;
  uint32_t windowSpace;
  uint32_t windowLow;
  uint32_t windowHigh;
  uint32_t stopRequest;
  uint32_t resumed;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_state, pc) == 0, "systole_state.pc");
_Static_assert(offsetof(struct systole_state, phase) == 4, "systole_state.phase");
_Static_assert(offsetof(struct systole_state, seq) == 8, "systole_state.seq");
_Static_assert(offsetof(struct systole_state, callDepth) == 16, "systole_state.callDepth");
_Static_assert(offsetof(struct systole_state, loopDepth) == 20, "systole_state.loopDepth");
_Static_assert(offsetof(struct systole_state, predicates) == 24, "systole_state.predicates");
_Static_assert(offsetof(struct systole_state, halted) == 28, "systole_state.halted");
_Static_assert(offsetof(struct systole_state, haltValue) == 32, "systole_state.haltValue");
_Static_assert(offsetof(struct systole_state, registers) == 36, "systole_state.registers");
_Static_assert(offsetof(struct systole_state, calls) == 164, "systole_state.calls");
_Static_assert(offsetof(struct systole_state, loops) == 200, "systole_state.loops");
_Static_assert(offsetof(struct systole_state, tensors) == 456, "systole_state.tensors");
_Static_assert(offsetof(struct systole_state, modes) == 4552, "systole_state.modes");
_Static_assert(offsetof(struct systole_state, imageBase) == 4680, "systole_state.imageBase");
_Static_assert(offsetof(struct systole_state, imageBytes) == 4688, "systole_state.imageBytes");
_Static_assert(offsetof(struct systole_state, instructionCount) == 4692, "systole_state.instructionCount");
_Static_assert(offsetof(struct systole_state, launchFlags) == 4696, "systole_state.launchFlags");
_Static_assert(offsetof(struct systole_state, launchTag) == 4700, "systole_state.launchTag");
_Static_assert(offsetof(struct systole_state, launchedByRing) == 4704, "systole_state.launchedByRing");
_Static_assert(offsetof(struct systole_state, semaphores) == 4708, "systole_state.semaphores");
_Static_assert(offsetof(struct systole_state, order) == 4964, "systole_state.order");
_Static_assert(offsetof(struct systole_state, queueLength) == 4988, "systole_state.queueLength");
_Static_assert(offsetof(struct systole_state, slots) == 5016, "systole_state.slots");
_Static_assert(offsetof(struct systole_state, promised) == 5400, "systole_state.promised");
_Static_assert(offsetof(struct systole_state, numeric) == 5784, "systole_state.numeric");
_Static_assert(offsetof(struct systole_state, counters) == 6104, "systole_state.counters");
_Static_assert(offsetof(struct systole_state, fault) == 6200, "systole_state.fault");
_Static_assert(offsetof(struct systole_state, chipId) == 6256, "systole_state.chipId");
_Static_assert(offsetof(struct systole_state, chipCount) == 6260, "systole_state.chipCount");
_Static_assert(offsetof(struct systole_state, hostError) == 6264, "systole_state.hostError");
_Static_assert(offsetof(struct systole_state, irqStatus) == 6268, "systole_state.irqStatus");
_Static_assert(offsetof(struct systole_state, irqMask) == 6272, "systole_state.irqMask");
_Static_assert(offsetof(struct systole_state, scratch) == 6276, "systole_state.scratch");
_Static_assert(offsetof(struct systole_state, ringBaseLow) == 6292, "systole_state.ringBaseLow");
_Static_assert(offsetof(struct systole_state, ringBaseHigh) == 6296, "systole_state.ringBaseHigh");
_Static_assert(offsetof(struct systole_state, ringLog2) == 6300, "systole_state.ringLog2");
_Static_assert(offsetof(struct systole_state, ringHead) == 6304, "systole_state.ringHead");
_Static_assert(offsetof(struct systole_state, ringTail) == 6308, "systole_state.ringTail");
_Static_assert(offsetof(struct systole_state, completionLow) == 6312, "systole_state.completionLow");
_Static_assert(offsetof(struct systole_state, completionHigh) == 6316, "systole_state.completionHigh");
_Static_assert(offsetof(struct systole_state, regions) == 6320, "systole_state.regions");
_Static_assert(offsetof(struct systole_state, debugEnable) == 6448, "systole_state.debugEnable");
_Static_assert(offsetof(struct systole_state, breakpoints) == 6452, "systole_state.breakpoints");
_Static_assert(offsetof(struct systole_state, watchpoints) == 6472, "systole_state.watchpoints");
_Static_assert(offsetof(struct systole_state, latchedHigh) == 6536, "systole_state.latchedHigh");
_Static_assert(offsetof(struct systole_state, windowSpace) == 6540, "systole_state.windowSpace");
_Static_assert(offsetof(struct systole_state, windowLow) == 6544, "systole_state.windowLow");
_Static_assert(offsetof(struct systole_state, windowHigh) == 6548, "systole_state.windowHigh");
_Static_assert(offsetof(struct systole_state, stopRequest) == 6552, "systole_state.stopRequest");
_Static_assert(offsetof(struct systole_state, resumed) == 6556, "systole_state.resumed");
_Static_assert(sizeof(struct systole_state) == 6560, "systole_state");
#endif

struct systole_operand {
  uint8_t space;
  uint8_t dtype;
  uint8_t rank;
  uint8_t role;
  uint8_t t;
  int64_t address;
  uint32_t dims[5];
  int32_t strides[5];
  uint32_t padLow;
  uint32_t padHigh;
  uint32_t fill;
  uint32_t digest;
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_operand, space) == 0, "systole_operand.space");
_Static_assert(offsetof(struct systole_operand, dtype) == 1, "systole_operand.dtype");
_Static_assert(offsetof(struct systole_operand, rank) == 2, "systole_operand.rank");
_Static_assert(offsetof(struct systole_operand, role) == 3, "systole_operand.role");
_Static_assert(offsetof(struct systole_operand, t) == 4, "systole_operand.t");
_Static_assert(offsetof(struct systole_operand, address) == 8, "systole_operand.address");
_Static_assert(offsetof(struct systole_operand, dims) == 16, "systole_operand.dims");
_Static_assert(offsetof(struct systole_operand, strides) == 36, "systole_operand.strides");
_Static_assert(offsetof(struct systole_operand, padLow) == 56, "systole_operand.padLow");
_Static_assert(offsetof(struct systole_operand, padHigh) == 60, "systole_operand.padHigh");
_Static_assert(offsetof(struct systole_operand, fill) == 64, "systole_operand.fill");
_Static_assert(offsetof(struct systole_operand, digest) == 68, "systole_operand.digest");
_Static_assert(sizeof(struct systole_operand) == 72, "systole_operand");
#endif

struct systole_retirement {
  uint16_t bytes;
  uint8_t unit;
  uint8_t operandCount;
  uint8_t trap;
  uint8_t status;
  uint8_t options;
  int64_t seq;
  uint32_t pc;
  uint32_t words[4];
  uint32_t scalars[2];
  uint32_t mode[8];
  uint32_t order;
  uint32_t result;
  uint32_t auxiliary;
  uint32_t events[10];
  int64_t address;
  struct systole_operand operands[4];
} __attribute__((aligned(8)));
#ifndef __cplusplus
_Static_assert(offsetof(struct systole_retirement, bytes) == 0, "systole_retirement.bytes");
_Static_assert(offsetof(struct systole_retirement, unit) == 2, "systole_retirement.unit");
_Static_assert(offsetof(struct systole_retirement, operandCount) == 3, "systole_retirement.operandCount");
_Static_assert(offsetof(struct systole_retirement, trap) == 4, "systole_retirement.trap");
_Static_assert(offsetof(struct systole_retirement, status) == 5, "systole_retirement.status");
_Static_assert(offsetof(struct systole_retirement, options) == 6, "systole_retirement.options");
_Static_assert(offsetof(struct systole_retirement, seq) == 8, "systole_retirement.seq");
_Static_assert(offsetof(struct systole_retirement, pc) == 16, "systole_retirement.pc");
_Static_assert(offsetof(struct systole_retirement, words) == 20, "systole_retirement.words");
_Static_assert(offsetof(struct systole_retirement, scalars) == 36, "systole_retirement.scalars");
_Static_assert(offsetof(struct systole_retirement, mode) == 44, "systole_retirement.mode");
_Static_assert(offsetof(struct systole_retirement, order) == 76, "systole_retirement.order");
_Static_assert(offsetof(struct systole_retirement, result) == 80, "systole_retirement.result");
_Static_assert(offsetof(struct systole_retirement, auxiliary) == 84, "systole_retirement.auxiliary");
_Static_assert(offsetof(struct systole_retirement, events) == 88, "systole_retirement.events");
_Static_assert(offsetof(struct systole_retirement, address) == 128, "systole_retirement.address");
_Static_assert(offsetof(struct systole_retirement, operands) == 136, "systole_retirement.operands");
_Static_assert(sizeof(struct systole_retirement) == 424, "systole_retirement");
#endif

#ifdef __cplusplus
}
#endif
#endif
