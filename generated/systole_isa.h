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

#define SYSTOLE_KIND_INTEGER 0x1u
#define SYSTOLE_KIND_FLOAT 0x2u
#define SYSTOLE_KIND_FIXED 0x3u
#define SYSTOLE_KIND_SCALE 0x4u
#define SYSTOLE_SPECIALS_NONE 0x0u
#define SYSTOLE_SPECIALS_IEEE 0x1u
#define SYSTOLE_SPECIALS_FN 0x2u
#define SYSTOLE_SPECIALS_FNUZ 0x3u
#define SYSTOLE_SPECIALS_FINITE 0x4u
#define SYSTOLE_SPECIALS_P3109 0x5u
#define SYSTOLE_ALU_OP_ADD 0x0u
#define SYSTOLE_ALU_OP_SUB 0x1u
#define SYSTOLE_ALU_OP_MUL 0x2u
#define SYSTOLE_ALU_OP_DIV 0x3u
#define SYSTOLE_ALU_OP_DIVU 0x4u
#define SYSTOLE_ALU_OP_REM 0x5u
#define SYSTOLE_ALU_OP_REMU 0x6u
#define SYSTOLE_ALU_OP_AND 0x7u
#define SYSTOLE_ALU_OP_OR 0x8u
#define SYSTOLE_ALU_OP_XOR 0x9u
#define SYSTOLE_ALU_OP_SHL 0xau
#define SYSTOLE_ALU_OP_SHR 0xbu
#define SYSTOLE_ALU_OP_SRA 0xcu
#define SYSTOLE_ALU_OP_MIN 0xdu
#define SYSTOLE_ALU_OP_MAX 0xeu
#define SYSTOLE_ALU_OP_MINU 0xfu
#define SYSTOLE_ALU_OP_MAXU 0x10u
#define SYSTOLE_CMP_OP_EQ 0x0u
#define SYSTOLE_CMP_OP_NE 0x1u
#define SYSTOLE_CMP_OP_LT 0x2u
#define SYSTOLE_CMP_OP_LE 0x3u
#define SYSTOLE_CMP_OP_LTU 0x4u
#define SYSTOLE_CMP_OP_LEU 0x5u
#define SYSTOLE_TSET_FIELD_TYPE 0x0u
#define SYSTOLE_TSET_FIELD_BASE 0x1u
#define SYSTOLE_TSET_FIELD_BASE_HI 0x2u
#define SYSTOLE_TSET_FIELD_DIM0 0x3u
#define SYSTOLE_TSET_FIELD_DIM1 0x4u
#define SYSTOLE_TSET_FIELD_DIM2 0x5u
#define SYSTOLE_TSET_FIELD_DIM3 0x6u
#define SYSTOLE_TSET_FIELD_DIM4 0x7u
#define SYSTOLE_TSET_FIELD_STRIDE0 0x8u
#define SYSTOLE_TSET_FIELD_STRIDE1 0x9u
#define SYSTOLE_TSET_FIELD_STRIDE2 0xau
#define SYSTOLE_TSET_FIELD_STRIDE3 0xbu
#define SYSTOLE_TSET_FIELD_STRIDE4 0xcu
#define SYSTOLE_TSET_FIELD_LO 0xdu
#define SYSTOLE_TSET_FIELD_HI 0xeu
#define SYSTOLE_TSET_FIELD_FILL 0xfu
#define SYSTOLE_TSET_OP_SET 0x0u
#define SYSTOLE_TSET_OP_ADD 0x1u
#define SYSTOLE_POST_AGENT_SEQ 0x0u
#define SYSTOLE_POST_AGENT_DMI 0x1u
#define SYSTOLE_POST_AGENT_DMO 0x2u
#define SYSTOLE_POST_AGENT_MXU 0x3u
#define SYSTOLE_POST_AGENT_VPU 0x4u
#define SYSTOLE_POST_AGENT_LNK 0x5u
#define SYSTOLE_WAIT_AGENT_SEQ 0x0u
#define SYSTOLE_WAIT_AGENT_DMI 0x1u
#define SYSTOLE_WAIT_AGENT_DMO 0x2u
#define SYSTOLE_WAIT_AGENT_MXU 0x3u
#define SYSTOLE_WAIT_AGENT_VPU 0x4u
#define SYSTOLE_WAIT_AGENT_LNK 0x5u
#define SYSTOLE_UNPACK_FORM_PALETTE 0x0u
#define SYSTOLE_UNPACK_FORM_SCALE 0x1u
#define SYSTOLE_UNPACK_FORM_EXPAND 0x2u
#define SYSTOLE_UNPACK_FORM_PACKED 0x3u
#define SYSTOLE_STORE_OP_COPY 0x0u
#define SYSTOLE_STORE_OP_ADD 0x1u
#define SYSTOLE_STORE_OP_MAX 0x2u
#define SYSTOLE_STORE_OP_MIN 0x3u
#define SYSTOLE_SCATTER_OP_COPY 0x0u
#define SYSTOLE_SCATTER_OP_ADD 0x1u
#define SYSTOLE_SCATTER_OP_MAX 0x2u
#define SYSTOLE_SCATTER_OP_MIN 0x3u
#define SYSTOLE_WLOAD_FORM_DENSE 0x0u
#define SYSTOLE_WLOAD_FORM_SPARSE 0x1u
#define SYSTOLE_WLOAD_FORM_SCALED 0x2u
#define SYSTOLE_AINIT_OP_ZERO 0x0u
#define SYSTOLE_AINIT_OP_LOAD 0x1u
#define SYSTOLE_MM_OP_SET 0x0u
#define SYSTOLE_MM_OP_ADD 0x1u
#define SYSTOLE_MDW_OP_SET 0x0u
#define SYSTOLE_MDW_OP_ADD 0x1u
#define SYSTOLE_DRAIN_ACTIVATION_NONE 0x0u
#define SYSTOLE_DRAIN_ACTIVATION_RELU 0x1u
#define SYSTOLE_DRAIN_ACTIVATION_LEAKY 0x2u
#define SYSTOLE_BINARY_OP_ADD 0x0u
#define SYSTOLE_BINARY_OP_SUB 0x1u
#define SYSTOLE_BINARY_OP_MUL 0x2u
#define SYSTOLE_BINARY_OP_DIV 0x3u
#define SYSTOLE_BINARY_OP_MIN 0x4u
#define SYSTOLE_BINARY_OP_MAX 0x5u
#define SYSTOLE_COMPARE_OP_EQ 0x0u
#define SYSTOLE_COMPARE_OP_NE 0x1u
#define SYSTOLE_COMPARE_OP_LT 0x2u
#define SYSTOLE_COMPARE_OP_LE 0x3u
#define SYSTOLE_COMPARE_OP_GT 0x4u
#define SYSTOLE_COMPARE_OP_GE 0x5u
#define SYSTOLE_COMPARE_OP_UNORDERED 0x6u
#define SYSTOLE_BITWISE_OP_AND 0x0u
#define SYSTOLE_BITWISE_OP_OR 0x1u
#define SYSTOLE_BITWISE_OP_XOR 0x2u
#define SYSTOLE_BITWISE_OP_ANDNOT 0x3u
#define SYSTOLE_SHIFT_OP_LEFT 0x0u
#define SYSTOLE_SHIFT_OP_RIGHT 0x1u
#define SYSTOLE_UNARY_OP_ABS 0x0u
#define SYSTOLE_UNARY_OP_NEG 0x1u
#define SYSTOLE_UNARY_OP_SIGN 0x2u
#define SYSTOLE_UNARY_OP_NOT 0x3u
#define SYSTOLE_UNARY_OP_RINT 0x4u
#define SYSTOLE_SPECIAL_OP_RECIP 0x0u
#define SYSTOLE_SPECIAL_OP_SQRT 0x1u
#define SYSTOLE_SPECIAL_OP_RSQRT 0x2u
#define SYSTOLE_SPECIAL_OP_EXP 0x3u
#define SYSTOLE_SPECIAL_OP_EXP2 0x4u
#define SYSTOLE_SPECIAL_OP_LOG 0x5u
#define SYSTOLE_SPECIAL_OP_LOG2 0x6u
#define SYSTOLE_SPECIAL_OP_TANH 0x7u
#define SYSTOLE_SPECIAL_OP_SIGMOID 0x8u
#define SYSTOLE_SPECIAL_OP_ERF 0x9u
#define SYSTOLE_SPECIAL_OP_GELU 0xau
#define SYSTOLE_SPECIAL_OP_GELU_TANH 0xbu
#define SYSTOLE_SPECIAL_OP_SILU 0xcu
#define SYSTOLE_SPECIAL_OP_SOFTPLUS 0xdu
#define SYSTOLE_SPECIAL_OP_SIN 0xeu
#define SYSTOLE_SPECIAL_OP_COS 0xfu
#define SYSTOLE_CLAMP_OP_BOUNDS 0x0u
#define SYSTOLE_CLAMP_OP_RELU 0x1u
#define SYSTOLE_CLAMP_OP_RELUN 0x2u
#define SYSTOLE_CLAMP_OP_LEAKY 0x3u
#define SYSTOLE_LUT_FORM_DIRECT8 0x0u
#define SYSTOLE_LUT_FORM_LINEAR32 0x1u
#define SYSTOLE_LUT_FORM_LINEAR16 0x2u
#define SYSTOLE_LUT_FORM_DIRECT16 0x3u
#define SYSTOLE_REDUCE_OP_SUM 0x0u
#define SYSTOLE_REDUCE_OP_SUMSQ 0x1u
#define SYSTOLE_REDUCE_OP_MAX 0x2u
#define SYSTOLE_REDUCE_OP_MIN 0x3u
#define SYSTOLE_REDUCE_OP_ARGMAX 0x4u
#define SYSTOLE_REDUCE_OP_ARGMIN 0x5u
#define SYSTOLE_SCAN_OP_SUM 0x0u
#define SYSTOLE_SCAN_OP_MAX 0x1u
#define SYSTOLE_RANDOM_OP_BITS 0x0u
#define SYSTOLE_RANDOM_OP_UNIT 0x1u
#define SYSTOLE_SCALE_ACTIVATION_NONE 0x0u
#define SYSTOLE_SCALE_ACTIVATION_RELU 0x1u
#define SYSTOLE_SCALE_ACTIVATION_LEAKY 0x2u
#define SYSTOLE_PUT_OP_COPY 0x0u
#define SYSTOLE_PUT_OP_ADD 0x1u
#define SYSTOLE_PUT_OP_MAX 0x2u
#define SYSTOLE_PUT_OP_MIN 0x3u

/* The host's window: byte offsets, counts and steps, values at power-on, fields. */
#define SYSTOLE_CSR_ID 0x0u
#define SYSTOLE_CSR_ID_RESET 0x54535953u
#define SYSTOLE_CSR_VERSION 0x4u
#define SYSTOLE_CSR_VERSION_RESET 0x10000u
#define SYSTOLE_CSR_VERSION_MINOR_LOW 0x0u
#define SYSTOLE_CSR_VERSION_MINOR_WIDTH 0x10u
#define SYSTOLE_CSR_VERSION_MINOR_MASK 0xffffu
#define SYSTOLE_CSR_VERSION_MAJOR_LOW 0x10u
#define SYSTOLE_CSR_VERSION_MAJOR_WIDTH 0x10u
#define SYSTOLE_CSR_VERSION_MAJOR_MASK 0xffff0000u
#define SYSTOLE_CSR_PROFILE_HASH 0x8u
#define SYSTOLE_CSR_PROFILE_HASH_COUNT 0x8u
#define SYSTOLE_CSR_PROFILE_HASH_STEP 0x4u
#define SYSTOLE_CSR_FEATURE 0x28u
#define SYSTOLE_CSR_FEATURE_COUNT 0x4u
#define SYSTOLE_CSR_FEATURE_STEP 0x4u
#define SYSTOLE_CSR_CHIP_ID 0x38u
#define SYSTOLE_CSR_CHIP_ID_RESET 0x0u
#define SYSTOLE_CSR_CHIP_COUNT 0x3cu
#define SYSTOLE_CSR_CHIP_COUNT_RESET 0x1u
#define SYSTOLE_CSR_CTRL 0x40u
#define SYSTOLE_CSR_CTRL_RESET_LOW 0x0u
#define SYSTOLE_CSR_CTRL_RESET_WIDTH 0x1u
#define SYSTOLE_CSR_CTRL_RESET_MASK 0x1u
#define SYSTOLE_CSR_CTRL_RESUME_LOW 0x1u
#define SYSTOLE_CSR_CTRL_RESUME_WIDTH 0x1u
#define SYSTOLE_CSR_CTRL_RESUME_MASK 0x2u
#define SYSTOLE_CSR_CTRL_STEP_LOW 0x2u
#define SYSTOLE_CSR_CTRL_STEP_WIDTH 0x1u
#define SYSTOLE_CSR_CTRL_STEP_MASK 0x4u
#define SYSTOLE_CSR_CTRL_BREAK_LOW 0x3u
#define SYSTOLE_CSR_CTRL_BREAK_WIDTH 0x1u
#define SYSTOLE_CSR_CTRL_BREAK_MASK 0x8u
#define SYSTOLE_CSR_STATUS 0x44u
#define SYSTOLE_CSR_STATUS_RESET 0x0u
#define SYSTOLE_CSR_STATUS_PHASE_LOW 0x0u
#define SYSTOLE_CSR_STATUS_PHASE_WIDTH 0x3u
#define SYSTOLE_CSR_STATUS_PHASE_MASK 0x7u
#define SYSTOLE_CSR_STATUS_BUSY_LOW 0x8u
#define SYSTOLE_CSR_STATUS_BUSY_WIDTH 0x6u
#define SYSTOLE_CSR_STATUS_BUSY_MASK 0x3f00u
#define SYSTOLE_CSR_HOSTERR 0x48u
#define SYSTOLE_CSR_HOSTERR_RESET 0x0u
#define SYSTOLE_CSR_HOSTERR_ERROR_LOW 0x0u
#define SYSTOLE_CSR_HOSTERR_ERROR_WIDTH 0x1u
#define SYSTOLE_CSR_HOSTERR_ERROR_MASK 0x1u
#define SYSTOLE_CSR_IRQ_STATUS 0x50u
#define SYSTOLE_CSR_IRQ_STATUS_RESET 0x0u
#define SYSTOLE_CSR_IRQ_STATUS_DONE_LOW 0x0u
#define SYSTOLE_CSR_IRQ_STATUS_DONE_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_STATUS_DONE_MASK 0x1u
#define SYSTOLE_CSR_IRQ_STATUS_FAULT_LOW 0x1u
#define SYSTOLE_CSR_IRQ_STATUS_FAULT_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_STATUS_FAULT_MASK 0x2u
#define SYSTOLE_CSR_IRQ_STATUS_INSTRUCTION_LOW 0x2u
#define SYSTOLE_CSR_IRQ_STATUS_INSTRUCTION_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_STATUS_INSTRUCTION_MASK 0x4u
#define SYSTOLE_CSR_IRQ_STATUS_OUTSIDE_LOW 0x3u
#define SYSTOLE_CSR_IRQ_STATUS_OUTSIDE_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_STATUS_OUTSIDE_MASK 0x8u
#define SYSTOLE_CSR_IRQ_STATUS_VECTORS_LOW 0x10u
#define SYSTOLE_CSR_IRQ_STATUS_VECTORS_WIDTH 0x10u
#define SYSTOLE_CSR_IRQ_STATUS_VECTORS_MASK 0xffff0000u
#define SYSTOLE_CSR_IRQ_MASK 0x54u
#define SYSTOLE_CSR_IRQ_MASK_RESET 0x0u
#define SYSTOLE_CSR_IRQ_MASK_DONE_LOW 0x0u
#define SYSTOLE_CSR_IRQ_MASK_DONE_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_MASK_DONE_MASK 0x1u
#define SYSTOLE_CSR_IRQ_MASK_FAULT_LOW 0x1u
#define SYSTOLE_CSR_IRQ_MASK_FAULT_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_MASK_FAULT_MASK 0x2u
#define SYSTOLE_CSR_IRQ_MASK_INSTRUCTION_LOW 0x2u
#define SYSTOLE_CSR_IRQ_MASK_INSTRUCTION_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_MASK_INSTRUCTION_MASK 0x4u
#define SYSTOLE_CSR_IRQ_MASK_OUTSIDE_LOW 0x3u
#define SYSTOLE_CSR_IRQ_MASK_OUTSIDE_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_MASK_OUTSIDE_MASK 0x8u
#define SYSTOLE_CSR_IRQ_MASK_VECTORS_LOW 0x10u
#define SYSTOLE_CSR_IRQ_MASK_VECTORS_WIDTH 0x10u
#define SYSTOLE_CSR_IRQ_MASK_VECTORS_MASK 0xffff0000u
#define SYSTOLE_CSR_IRQ_SET 0x58u
#define SYSTOLE_CSR_IRQ_SET_DONE_LOW 0x0u
#define SYSTOLE_CSR_IRQ_SET_DONE_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_SET_DONE_MASK 0x1u
#define SYSTOLE_CSR_IRQ_SET_FAULT_LOW 0x1u
#define SYSTOLE_CSR_IRQ_SET_FAULT_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_SET_FAULT_MASK 0x2u
#define SYSTOLE_CSR_IRQ_SET_INSTRUCTION_LOW 0x2u
#define SYSTOLE_CSR_IRQ_SET_INSTRUCTION_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_SET_INSTRUCTION_MASK 0x4u
#define SYSTOLE_CSR_IRQ_SET_OUTSIDE_LOW 0x3u
#define SYSTOLE_CSR_IRQ_SET_OUTSIDE_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_SET_OUTSIDE_MASK 0x8u
#define SYSTOLE_CSR_IRQ_SET_VECTORS_LOW 0x10u
#define SYSTOLE_CSR_IRQ_SET_VECTORS_WIDTH 0x10u
#define SYSTOLE_CSR_IRQ_SET_VECTORS_MASK 0xffff0000u
#define SYSTOLE_CSR_IRQ_CAUSE 0x5cu
#define SYSTOLE_CSR_IRQ_CAUSE_RESET 0x0u
#define SYSTOLE_CSR_IRQ_CAUSE_DONE_LOW 0x0u
#define SYSTOLE_CSR_IRQ_CAUSE_DONE_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_CAUSE_DONE_MASK 0x1u
#define SYSTOLE_CSR_IRQ_CAUSE_FAULT_LOW 0x1u
#define SYSTOLE_CSR_IRQ_CAUSE_FAULT_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_CAUSE_FAULT_MASK 0x2u
#define SYSTOLE_CSR_IRQ_CAUSE_INSTRUCTION_LOW 0x2u
#define SYSTOLE_CSR_IRQ_CAUSE_INSTRUCTION_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_CAUSE_INSTRUCTION_MASK 0x4u
#define SYSTOLE_CSR_IRQ_CAUSE_OUTSIDE_LOW 0x3u
#define SYSTOLE_CSR_IRQ_CAUSE_OUTSIDE_WIDTH 0x1u
#define SYSTOLE_CSR_IRQ_CAUSE_OUTSIDE_MASK 0x8u
#define SYSTOLE_CSR_IRQ_CAUSE_VECTORS_LOW 0x10u
#define SYSTOLE_CSR_IRQ_CAUSE_VECTORS_WIDTH 0x10u
#define SYSTOLE_CSR_IRQ_CAUSE_VECTORS_MASK 0xffff0000u
#define SYSTOLE_CSR_SCRATCH 0x60u
#define SYSTOLE_CSR_SCRATCH_COUNT 0x4u
#define SYSTOLE_CSR_SCRATCH_STEP 0x4u
#define SYSTOLE_CSR_SCRATCH_RESET 0x0u
#define SYSTOLE_CSR_RING_BASE_LO 0x80u
#define SYSTOLE_CSR_RING_BASE_LO_RESET 0x0u
#define SYSTOLE_CSR_RING_BASE_HI 0x84u
#define SYSTOLE_CSR_RING_BASE_HI_RESET 0x0u
#define SYSTOLE_CSR_RING_LOG2 0x88u
#define SYSTOLE_CSR_RING_LOG2_RESET 0x0u
#define SYSTOLE_CSR_RING_HEAD 0x8cu
#define SYSTOLE_CSR_RING_HEAD_RESET 0x0u
#define SYSTOLE_CSR_RING_TAIL 0x90u
#define SYSTOLE_CSR_RING_TAIL_RESET 0x0u
#define SYSTOLE_CSR_CPL_BASE_LO 0x94u
#define SYSTOLE_CSR_CPL_BASE_LO_RESET 0x0u
#define SYSTOLE_CSR_CPL_BASE_HI 0x98u
#define SYSTOLE_CSR_CPL_BASE_HI_RESET 0x0u
#define SYSTOLE_CSR_REGION_BASE 0x100u
#define SYSTOLE_CSR_REGION_BASE_COUNT 0x8u
#define SYSTOLE_CSR_REGION_BASE_STEP 0x10u
#define SYSTOLE_CSR_REGION_BASE_RESET 0x0u
#define SYSTOLE_CSR_REGION_LIMIT 0x104u
#define SYSTOLE_CSR_REGION_LIMIT_COUNT 0x8u
#define SYSTOLE_CSR_REGION_LIMIT_STEP 0x10u
#define SYSTOLE_CSR_REGION_ATTR 0x108u
#define SYSTOLE_CSR_REGION_ATTR_COUNT 0x8u
#define SYSTOLE_CSR_REGION_ATTR_STEP 0x10u
#define SYSTOLE_CSR_REGION_ATTR_READ_LOW 0x0u
#define SYSTOLE_CSR_REGION_ATTR_READ_WIDTH 0x1u
#define SYSTOLE_CSR_REGION_ATTR_READ_MASK 0x1u
#define SYSTOLE_CSR_REGION_ATTR_WRITE_LOW 0x1u
#define SYSTOLE_CSR_REGION_ATTR_WRITE_WIDTH 0x1u
#define SYSTOLE_CSR_REGION_ATTR_WRITE_MASK 0x2u
#define SYSTOLE_CSR_REGION_ATTR_IMAGE_LOW 0x2u
#define SYSTOLE_CSR_REGION_ATTR_IMAGE_WIDTH 0x1u
#define SYSTOLE_CSR_REGION_ATTR_IMAGE_MASK 0x4u
#define SYSTOLE_CSR_FAULT 0x200u
#define SYSTOLE_CSR_FAULT_COUNT 0xdu
#define SYSTOLE_CSR_FAULT_STEP 0x4u
#define SYSTOLE_CSR_FAULT_RESET 0x0u
#define SYSTOLE_CSR_DBG_ENABLE 0x240u
#define SYSTOLE_CSR_DBG_ENABLE_RESET 0x0u
#define SYSTOLE_CSR_DBG_ENABLE_BREAKPOINTS_LOW 0x0u
#define SYSTOLE_CSR_DBG_ENABLE_BREAKPOINTS_WIDTH 0x4u
#define SYSTOLE_CSR_DBG_ENABLE_BREAKPOINTS_MASK 0xfu
#define SYSTOLE_CSR_DBG_ENABLE_WATCHPOINTS_LOW 0x4u
#define SYSTOLE_CSR_DBG_ENABLE_WATCHPOINTS_WIDTH 0x4u
#define SYSTOLE_CSR_DBG_ENABLE_WATCHPOINTS_MASK 0xf0u
#define SYSTOLE_CSR_BP 0x244u
#define SYSTOLE_CSR_BP_COUNT 0x4u
#define SYSTOLE_CSR_BP_STEP 0x4u
#define SYSTOLE_CSR_BP_RESET 0x0u
#define SYSTOLE_CSR_WP_SPACE 0x260u
#define SYSTOLE_CSR_WP_SPACE_COUNT 0x4u
#define SYSTOLE_CSR_WP_SPACE_STEP 0x10u
#define SYSTOLE_CSR_WP_SPACE_RESET 0x0u
#define SYSTOLE_CSR_WP_SPACE_SPACE_LOW 0x0u
#define SYSTOLE_CSR_WP_SPACE_SPACE_WIDTH 0x8u
#define SYSTOLE_CSR_WP_SPACE_SPACE_MASK 0xffu
#define SYSTOLE_CSR_WP_SPACE_READS_LOW 0x8u
#define SYSTOLE_CSR_WP_SPACE_READS_WIDTH 0x1u
#define SYSTOLE_CSR_WP_SPACE_READS_MASK 0x100u
#define SYSTOLE_CSR_WP_SPACE_WRITES_LOW 0x9u
#define SYSTOLE_CSR_WP_SPACE_WRITES_WIDTH 0x1u
#define SYSTOLE_CSR_WP_SPACE_WRITES_MASK 0x200u
#define SYSTOLE_CSR_WP_LO 0x264u
#define SYSTOLE_CSR_WP_LO_COUNT 0x4u
#define SYSTOLE_CSR_WP_LO_STEP 0x10u
#define SYSTOLE_CSR_WP_LO_RESET 0x0u
#define SYSTOLE_CSR_WP_HI 0x268u
#define SYSTOLE_CSR_WP_HI_COUNT 0x4u
#define SYSTOLE_CSR_WP_HI_STEP 0x10u
#define SYSTOLE_CSR_WP_HI_RESET 0x0u
#define SYSTOLE_CSR_WP_LENGTH 0x26cu
#define SYSTOLE_CSR_WP_LENGTH_COUNT 0x4u
#define SYSTOLE_CSR_WP_LENGTH_STEP 0x10u
#define SYSTOLE_CSR_WP_LENGTH_RESET 0x0u
#define SYSTOLE_CSR_SEM_POST 0x300u
#define SYSTOLE_CSR_SEM_POST_SEMAPHORE_LOW 0x0u
#define SYSTOLE_CSR_SEM_POST_SEMAPHORE_WIDTH 0x6u
#define SYSTOLE_CSR_SEM_POST_SEMAPHORE_MASK 0x3fu
#define SYSTOLE_CSR_SEM_POST_TOKENS_LOW 0x10u
#define SYSTOLE_CSR_SEM_POST_TOKENS_WIDTH 0x10u
#define SYSTOLE_CSR_SEM_POST_TOKENS_MASK 0xffff0000u
#define SYSTOLE_CSR_SEM 0x400u
#define SYSTOLE_CSR_SEM_COUNT 0x40u
#define SYSTOLE_CSR_SEM_STEP 0x4u
#define SYSTOLE_CSR_SEM_RESET 0x0u
#define SYSTOLE_CSR_NUMERIC_LO 0x500u
#define SYSTOLE_CSR_NUMERIC_LO_COUNT 0x10u
#define SYSTOLE_CSR_NUMERIC_LO_STEP 0x10u
#define SYSTOLE_CSR_NUMERIC_LO_RESET 0x0u
#define SYSTOLE_CSR_NUMERIC_HI 0x504u
#define SYSTOLE_CSR_NUMERIC_HI_COUNT 0x10u
#define SYSTOLE_CSR_NUMERIC_HI_STEP 0x10u
#define SYSTOLE_CSR_NUMERIC_HI_RESET 0x0u
#define SYSTOLE_CSR_EVENTS_LO 0x600u
#define SYSTOLE_CSR_EVENTS_LO_COUNT 0xcu
#define SYSTOLE_CSR_EVENTS_LO_STEP 0x8u
#define SYSTOLE_CSR_EVENTS_LO_RESET 0x0u
#define SYSTOLE_CSR_EVENTS_HI 0x604u
#define SYSTOLE_CSR_EVENTS_HI_COUNT 0xcu
#define SYSTOLE_CSR_EVENTS_HI_STEP 0x8u
#define SYSTOLE_CSR_EVENTS_HI_RESET 0x0u
#define SYSTOLE_CSR_NUMERIC_MORE_LO 0x680u
#define SYSTOLE_CSR_NUMERIC_MORE_LO_COUNT 0x18u
#define SYSTOLE_CSR_NUMERIC_MORE_LO_STEP 0x10u
#define SYSTOLE_CSR_NUMERIC_MORE_LO_RESET 0x0u
#define SYSTOLE_CSR_NUMERIC_MORE_HI 0x684u
#define SYSTOLE_CSR_NUMERIC_MORE_HI_COUNT 0x18u
#define SYSTOLE_CSR_NUMERIC_MORE_HI_STEP 0x10u
#define SYSTOLE_CSR_NUMERIC_MORE_HI_RESET 0x0u
#define SYSTOLE_CSR_S 0x800u
#define SYSTOLE_CSR_S_COUNT 0x20u
#define SYSTOLE_CSR_S_STEP 0x4u
#define SYSTOLE_CSR_S_RESET 0x0u
#define SYSTOLE_CSR_P 0x880u
#define SYSTOLE_CSR_P_RESET 0x1u
#define SYSTOLE_CSR_PC 0x884u
#define SYSTOLE_CSR_PC_RESET 0x0u
#define SYSTOLE_CSR_SEQ_LO 0x888u
#define SYSTOLE_CSR_SEQ_LO_RESET 0x0u
#define SYSTOLE_CSR_SEQ_HI 0x88cu
#define SYSTOLE_CSR_SEQ_HI_RESET 0x0u
#define SYSTOLE_CSR_CALL_DEPTH 0x890u
#define SYSTOLE_CSR_CALL_DEPTH_RESET 0x0u
#define SYSTOLE_CSR_LOOP_DEPTH 0x894u
#define SYSTOLE_CSR_LOOP_DEPTH_RESET 0x0u
#define SYSTOLE_CSR_CALL 0x8a0u
#define SYSTOLE_CSR_CALL_COUNT 0x8u
#define SYSTOLE_CSR_CALL_STEP 0x4u
#define SYSTOLE_CSR_CALL_RESET 0x0u
#define SYSTOLE_CSR_LOOP_START 0x8c0u
#define SYSTOLE_CSR_LOOP_START_COUNT 0x8u
#define SYSTOLE_CSR_LOOP_START_STEP 0x10u
#define SYSTOLE_CSR_LOOP_START_RESET 0x0u
#define SYSTOLE_CSR_LOOP_END 0x8c4u
#define SYSTOLE_CSR_LOOP_END_COUNT 0x8u
#define SYSTOLE_CSR_LOOP_END_STEP 0x10u
#define SYSTOLE_CSR_LOOP_END_RESET 0x0u
#define SYSTOLE_CSR_LOOP_LEFT 0x8c8u
#define SYSTOLE_CSR_LOOP_LEFT_COUNT 0x8u
#define SYSTOLE_CSR_LOOP_LEFT_STEP 0x10u
#define SYSTOLE_CSR_LOOP_LEFT_RESET 0x0u
#define SYSTOLE_CSR_LOOP_CALLS 0x8ccu
#define SYSTOLE_CSR_LOOP_CALLS_COUNT 0x8u
#define SYSTOLE_CSR_LOOP_CALLS_STEP 0x10u
#define SYSTOLE_CSR_LOOP_CALLS_RESET 0x0u
#define SYSTOLE_CSR_T 0x1000u
#define SYSTOLE_CSR_T_COUNT 0x400u
#define SYSTOLE_CSR_T_STEP 0x4u
#define SYSTOLE_CSR_T_RESET 0x0u
#define SYSTOLE_CSR_N 0x2000u
#define SYSTOLE_CSR_N_COUNT 0x20u
#define SYSTOLE_CSR_N_STEP 0x4u
#define SYSTOLE_CSR_N_RESET 0x0u
#define SYSTOLE_CSR_WIN_SPACE 0x4000u
#define SYSTOLE_CSR_WIN_SPACE_RESET 0x0u
#define SYSTOLE_CSR_WIN_LO 0x4004u
#define SYSTOLE_CSR_WIN_LO_RESET 0x0u
#define SYSTOLE_CSR_WIN_HI 0x4008u
#define SYSTOLE_CSR_WIN_HI_RESET 0x0u
#define SYSTOLE_CSR_WINDOW 0x8000u
#define SYSTOLE_CSR_WINDOW_COUNT 0x2000u
#define SYSTOLE_CSR_WINDOW_STEP 0x4u

/* Fields of an instruction, parts of a tensor operand, fields of a numeric mode. */
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
static inline uint32_t systole_operand_t(uint32_t operand) { return (operand >> 0) & 0x3fu; }
static inline uint32_t systole_operand_s(uint32_t operand) { return (operand >> 6) & 0x1fu; }
static inline int32_t systole_operand_imm(uint32_t operand) { return (int32_t)(operand << 8) >> 19; }
static inline uint32_t systole_mode_round(const uint32_t mode[8]) { return (mode[0] >> 0) & 0x7u; }
static inline uint32_t systole_mode_isat(const uint32_t mode[8]) { return (mode[0] >> 3) & 0x1u; }
static inline uint32_t systole_mode_fsat(const uint32_t mode[8]) { return (mode[0] >> 4) & 0x1u; }
static inline uint32_t systole_mode_daz(const uint32_t mode[8]) { return (mode[0] >> 5) & 0x3u; }
static inline uint32_t systole_mode_ftz(const uint32_t mode[8]) { return (mode[0] >> 7) & 0x3u; }
static inline uint32_t systole_mode_minmax(const uint32_t mode[8]) { return (mode[0] >> 9) & 0x1u; }
static inline uint32_t systole_mode_order(const uint32_t mode[8]) { return (mode[0] >> 10) & 0x3u; }
static inline uint32_t systole_mode_dot(const uint32_t mode[8]) { return (mode[0] >> 12) & 0xfu; }
static inline uint32_t systole_mode_level(const uint32_t mode[8]) { return (mode[0] >> 16) & 0x3u; }
static inline uint32_t systole_mode_scale(const uint32_t mode[8]) { return (mode[1] >> 0) & 0x7u; }
static inline uint32_t systole_mode_round2(const uint32_t mode[8]) { return (mode[1] >> 3) & 0x7u; }
static inline uint32_t systole_mode_clamp(const uint32_t mode[8]) { return (mode[1] >> 6) & 0x1u; }
static inline uint32_t systole_mode_mxrule(const uint32_t mode[8]) { return (mode[1] >> 7) & 0x1u; }
static inline int32_t systole_mode_zpa(const uint32_t mode[8]) { return (int32_t)(mode[2] << 16) >> 16; }
static inline int32_t systole_mode_zpb(const uint32_t mode[8]) { return (int32_t)(mode[2] << 0) >> 16; }
static inline int32_t systole_mode_zpo(const uint32_t mode[8]) { return (int32_t)(mode[3] << 16) >> 16; }
static inline int32_t systole_mode_lo(const uint32_t mode[8]) { return (int32_t)mode[4]; }
static inline int32_t systole_mode_hi(const uint32_t mode[8]) { return (int32_t)mode[5]; }
static inline uint32_t systole_mode_key(const uint32_t mode[8]) { return mode[6]; }
static inline uint32_t systole_mode_stream(const uint32_t mode[8]) { return mode[7]; }

/* Instructions from the bits of their fields. A field that does not exist with the others is ignored. */
static inline uint32_t systole_encode_head(uint32_t predicate_bits, uint32_t negate_bits, uint32_t wait_bits, uint32_t post_bits, uint32_t irq_bits, uint32_t trace_bits, uint32_t mode_bits) {
  return ((predicate_bits & 0x7u) << 8) | ((negate_bits & 0x1u) << 11) | ((wait_bits & 0x3fu) << 12) | ((post_bits & 0x3fu) << 18) | ((irq_bits & 0x1u) << 24) | ((trace_bits & 0x1u) << 25) | ((mode_bits & 0x3u) << 26);
}
static inline uint32_t systole_encode_operand(uint32_t t_bits, uint32_t s_bits, int32_t imm_bits) {
  return (t_bits & 0x3fu) | ((s_bits & 0x1fu) << 6) | (((uint32_t)imm_bits & 0x1fffu) << 11);
}
static inline uint32_t systole_encode_bare(uint32_t t_bits) { return 0x80u | (t_bits & 0x3fu); }
static inline void systole_encode_nop(uint32_t words[4], uint32_t head_bits, int32_t tag_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x1u;
  words[1] = words[2] = words[3] = 0;
  words[2] |= (uint32_t)tag_bits;
}
static inline void systole_encode_halt(uint32_t words[4], uint32_t head_bits, int32_t value_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x2u;
  words[1] = words[2] = words[3] = 0;
  words[2] |= (uint32_t)value_bits;
}
static inline void systole_encode_fence(uint32_t words[4], uint32_t head_bits, uint32_t units_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x3u;
  words[1] = words[2] = words[3] = 0;
  words[2] |= units_bits;
}
static inline void systole_encode_trap(uint32_t words[4], uint32_t head_bits, int32_t code_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x4u;
  words[1] = words[2] = words[3] = 0;
  words[2] |= (uint32_t)code_bits;
}
static inline void systole_encode_break(uint32_t words[4], uint32_t head_bits, int32_t tag_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x5u;
  words[1] = words[2] = words[3] = 0;
  words[2] |= (uint32_t)tag_bits;
}
static inline void systole_encode_mark(uint32_t words[4], uint32_t head_bits, int32_t value_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x6u;
  words[1] = words[2] = words[3] = 0;
  words[2] |= (uint32_t)value_bits;
}
static inline void systole_encode_irq(uint32_t words[4], uint32_t head_bits, uint32_t vector_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x7u;
  words[1] = words[2] = words[3] = 0;
  words[2] |= vector_bits;
}
static inline void systole_encode_alu(uint32_t words[4], uint32_t head_bits, uint32_t rd_bits, uint32_t rs1_bits, uint32_t rs2_bits, int32_t imm_bits, uint32_t op_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x8u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (rd_bits & 0x1fu);
  words[1] |= (rs1_bits & 0x1fu) << 8;
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
  words[1] |= (op_bits & 0xffu) << 24;
}
static inline void systole_encode_cmp(uint32_t words[4], uint32_t head_bits, uint32_t pd_bits, uint32_t rs1_bits, uint32_t rs2_bits, int32_t imm_bits, uint32_t op_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x9u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (pd_bits & 0x7u);
  words[1] |= (rs1_bits & 0x1fu) << 8;
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
  words[1] |= (op_bits & 0xffu) << 24;
}
static inline void systole_encode_ld(uint32_t words[4], uint32_t head_bits, uint32_t a_bits, uint32_t rd_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0xau;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (a_bits & 0xffffffu);
  words[2] |= (rd_bits & 0x1fu);
}
static inline void systole_encode_st(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t rs_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0xbu;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (rs_bits & 0x1fu);
}
static inline void systole_encode_jump(uint32_t words[4], uint32_t head_bits, uint32_t rs2_bits, int32_t imm_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0xcu;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
}
static inline void systole_encode_call(uint32_t words[4], uint32_t head_bits, uint32_t rs2_bits, int32_t imm_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0xdu;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
}
static inline void systole_encode_ret(uint32_t words[4], uint32_t head_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0xeu;
  words[1] = words[2] = words[3] = 0;
}
static inline void systole_encode_loop(uint32_t words[4], uint32_t head_bits, uint32_t rs1_bits, uint32_t ra_bits, uint32_t rb_bits, uint32_t length_bits, uint32_t count_bits, int32_t incA_bits, int32_t incB_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0xfu;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (rs1_bits & 0x1fu) << 8;
  words[1] |= (ra_bits & 0x1fu) << 16;
  words[1] |= (rb_bits & 0x1fu);
  words[2] |= (length_bits & 0xffffu);
  words[2] |= (count_bits & 0xffffu) << 16;
  words[3] |= ((uint32_t)incA_bits & 0xffffu);
  words[3] |= ((uint32_t)incB_bits & 0xffffu) << 16;
}
static inline void systole_encode_lbreak(uint32_t words[4], uint32_t head_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x10u;
  words[1] = words[2] = words[3] = 0;
}
static inline void systole_encode_csrr(uint32_t words[4], uint32_t head_bits, uint32_t rd_bits, int32_t offset_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x11u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (rd_bits & 0x1fu);
  words[2] |= (uint32_t)offset_bits;
}
static inline void systole_encode_csrw(uint32_t words[4], uint32_t head_bits, uint32_t rs1_bits, int32_t offset_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x12u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (rs1_bits & 0x1fu) << 8;
  words[2] |= (uint32_t)offset_bits;
}
static inline void systole_encode_tset(uint32_t words[4], uint32_t head_bits, uint32_t t_bits, uint32_t field_bits, uint32_t rs2_bits, int32_t imm_bits, uint32_t op_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x14u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (t_bits & 0x3fu);
  words[1] |= (field_bits & 0xfu) << 8;
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
  words[1] |= (op_bits & 0xffu) << 24;
}
static inline void systole_encode_tload(uint32_t words[4], uint32_t head_bits, uint32_t t_bits, uint32_t rs2_bits, int32_t imm_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x15u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (t_bits & 0x3fu);
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
}
static inline void systole_encode_tcopy(uint32_t words[4], uint32_t head_bits, uint32_t t_bits, uint32_t from_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x16u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (t_bits & 0x3fu);
  words[1] |= (from_bits & 0x3fu) << 8;
}
static inline void systole_encode_nset(uint32_t words[4], uint32_t head_bits, uint32_t n_bits, uint32_t field_bits, uint32_t rs2_bits, int32_t imm_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x17u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (n_bits & 0x3u);
  words[1] |= (field_bits & 0x7u) << 8;
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
}
static inline void systole_encode_post(uint32_t words[4], uint32_t head_bits, uint32_t m_bits, uint32_t agent_bits, uint32_t rs2_bits, int32_t imm_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x18u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (m_bits & 0x3fu);
  words[1] |= (agent_bits & 0x7u) << 8;
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
}
static inline void systole_encode_wait(uint32_t words[4], uint32_t head_bits, uint32_t m_bits, uint32_t agent_bits, uint32_t rs2_bits, int32_t imm_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x19u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (m_bits & 0x3fu);
  words[1] |= (agent_bits & 0x7u) << 8;
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
}
static inline void systole_encode_load(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x40u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
}
static inline void systole_encode_fill(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t rs_bits, int32_t imm_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x41u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (rs_bits & 0x1fu) << 6;
  words[3] |= (uint32_t)imm_bits;
}
static inline void systole_encode_gather(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t b_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x42u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[3] |= (b_bits & 0xffffffu);
}
static inline void systole_encode_unpack(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t form_bits, uint32_t b_bits, uint32_t bits_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x43u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[1] |= (form_bits & 0xffu) << 24;
  if (form_bits == 0u || form_bits == 1u || form_bits == 2u) words[3] |= (b_bits & 0xffffffu);
  if (form_bits == 0u) words[2] |= (bits_bits & 0xffu) << 24;
}
static inline void systole_encode_crc(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x44u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
}
static inline void systole_encode_store(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t op_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x50u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
}
static inline void systole_encode_scatter(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t b_bits, uint32_t op_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x51u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[3] |= (b_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
}
static inline void systole_encode_wload(uint32_t words[4], uint32_t head_bits, uint32_t slot_bits, uint32_t a_bits, uint32_t form_bits, uint32_t b_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x60u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (slot_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  words[2] |= (form_bits & 0xffu) << 24;
  if (form_bits == 1u || form_bits == 2u) words[3] |= (b_bits & 0xffffffu);
}
static inline void systole_encode_ainit(uint32_t words[4], uint32_t head_bits, uint32_t acc_bits, uint32_t op_bits, uint32_t a_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x61u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (acc_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  if (op_bits == 1u) words[2] |= (a_bits & 0xffffffu);
}
static inline void systole_encode_mm(uint32_t words[4], uint32_t head_bits, uint32_t acc_bits, uint32_t op_bits, uint32_t scaled_bits, uint32_t a_bits, uint32_t mRank_bits, uint32_t b_bits, uint32_t slot_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x62u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (acc_bits & 0xffffffu);
  words[1] |= (op_bits & 0x1u) << 24;
  words[1] |= (scaled_bits & 0x1u) << 25;
  words[2] |= (a_bits & 0xffffffu);
  words[2] |= (mRank_bits & 0xffu) << 24;
  if (scaled_bits == 1u) words[3] |= (b_bits & 0xffffffu);
  words[3] |= (slot_bits & 0xffu) << 24;
}
static inline void systole_encode_mdw(uint32_t words[4], uint32_t head_bits, uint32_t acc_bits, uint32_t op_bits, uint32_t a_bits, uint32_t mRank_bits, uint32_t slot_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x63u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (acc_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  words[2] |= (mRank_bits & 0xffu) << 24;
  words[3] |= (slot_bits & 0xffu) << 24;
}
static inline void systole_encode_drain(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t activation_bits, uint32_t table_bits, uint32_t b_bits, uint32_t c_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x64u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[1] |= (activation_bits & 0x3u) << 24;
  words[1] |= (table_bits & 0x1u) << 26;
  if (table_bits == 1u) words[3] |= (b_bits & 0xffffffu);
  words[3] |= (c_bits & 0xffu) << 24;
}
static inline void systole_encode_binary(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t a_bits, uint32_t scalar_bits, uint32_t b_bits, uint32_t s_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x80u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  words[2] |= (scalar_bits & 0x1u) << 31;
  if (scalar_bits == 0u) words[3] |= (b_bits & 0xffffffu);
  if (scalar_bits == 1u) words[3] |= (s_bits & 0x1fu) << 6;
}
static inline void systole_encode_fma(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t scalar_bits, uint32_t b_bits, uint32_t s_bits, uint32_t c_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x81u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[2] |= (scalar_bits & 0x1u) << 31;
  if (scalar_bits == 0u) words[3] |= (b_bits & 0xffffffu);
  if (scalar_bits == 1u) words[3] |= (s_bits & 0x1fu) << 6;
  words[3] |= (c_bits & 0xffu) << 24;
}
static inline void systole_encode_compare(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t a_bits, uint32_t scalar_bits, uint32_t b_bits, uint32_t s_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x82u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  words[2] |= (scalar_bits & 0x1u) << 31;
  if (scalar_bits == 0u) words[3] |= (b_bits & 0xffffffu);
  if (scalar_bits == 1u) words[3] |= (s_bits & 0x1fu) << 6;
}
static inline void systole_encode_select(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t b_bits, uint32_t c_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x83u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[3] |= (b_bits & 0xffffffu);
  words[3] |= (c_bits & 0xffu) << 24;
}
static inline void systole_encode_bitwise(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t a_bits, uint32_t b_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x84u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  words[3] |= (b_bits & 0xffffffu);
}
static inline void systole_encode_shift(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t a_bits, uint32_t scalar_bits, uint32_t b_bits, uint32_t s_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x85u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  words[2] |= (scalar_bits & 0x1u) << 31;
  if (scalar_bits == 0u) words[3] |= (b_bits & 0xffffffu);
  if (scalar_bits == 1u) words[3] |= (s_bits & 0x1fu) << 6;
}
static inline void systole_encode_move(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x86u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
}
static inline void systole_encode_convert(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x87u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
}
static inline void systole_encode_unary(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t a_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x88u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
}
static inline void systole_encode_special(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t op_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x89u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
}
static inline void systole_encode_clamp(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t a_bits, uint32_t scalar_bits, uint32_t b_bits, uint32_t s_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x8au;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  if (op_bits == 3u) words[2] |= (scalar_bits & 0x1u) << 31;
  if ((op_bits == 3u) && (op_bits == 3u) && (scalar_bits == 0u)) words[3] |= (b_bits & 0xffffffu);
  if ((op_bits == 3u) && (op_bits == 3u) && (scalar_bits == 1u)) words[3] |= (s_bits & 0x1fu) << 6;
}
static inline void systole_encode_lut(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t form_bits, uint32_t a_bits, uint32_t b_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x8bu;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (form_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  words[3] |= (b_bits & 0xffffffu);
}
static inline void systole_encode_reduce(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t a_bits, uint32_t r_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x8cu;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  words[2] |= (r_bits & 0xffu) << 24;
}
static inline void systole_encode_scan(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t a_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x8du;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
}
static inline void systole_encode_iota(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t start_bits, uint32_t step_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x8eu;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (start_bits & 0x1fu) << 6;
  words[3] |= (step_bits & 0x1fu) << 6;
}
static inline void systole_encode_random(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t start_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x8fu;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (start_bits & 0x1fu) << 6;
}
static inline void systole_encode_take(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t b_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x90u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[3] |= (b_bits & 0xffffffu);
}
static inline void systole_encode_scale(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t activation_bits, uint32_t table_bits, uint32_t b_bits, uint32_t c_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x91u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[1] |= (activation_bits & 0x3u) << 24;
  words[1] |= (table_bits & 0x1u) << 26;
  if (table_bits == 1u) words[3] |= (b_bits & 0xffffffu);
  words[3] |= (c_bits & 0xffu) << 24;
}
static inline void systole_encode_bquant(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t c_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x92u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[3] |= (c_bits & 0xffu) << 24;
}
static inline void systole_encode_bdequant(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits, uint32_t b_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0x93u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
  words[3] |= (b_bits & 0xffffffu);
}
static inline void systole_encode_put(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t op_bits, uint32_t a_bits, uint32_t peer_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0xc0u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[1] |= (op_bits & 0xffu) << 24;
  words[2] |= (a_bits & 0xffffffu);
  words[2] |= (peer_bits & 0x3fu) << 24;
}
static inline void systole_encode_get(uint32_t words[4], uint32_t head_bits, uint32_t d_bits, uint32_t a_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0xc1u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (d_bits & 0xffffffu);
  words[2] |= (a_bits & 0xffffffu);
}
static inline void systole_encode_rpost(uint32_t words[4], uint32_t head_bits, uint32_t m_bits, uint32_t rs2_bits, int32_t imm_bits, uint32_t k_bits) {
  words[0] = (head_bits & 0xffffff00u) | 0xc2u;
  words[1] = words[2] = words[3] = 0;
  words[1] |= (m_bits & 0x3fu);
  words[1] |= (rs2_bits & 0x1fu) << 16;
  words[2] |= (uint32_t)imm_bits;
  words[3] |= (k_bits & 0xffffu);
}

/* Names by code, empty for a code that has none. */
static inline const char *systole_name_of_opcode(uint32_t code) {
  switch (code) {
    case 0x1: return "nop";
    case 0x2: return "halt";
    case 0x3: return "fence";
    case 0x4: return "trap";
    case 0x5: return "break";
    case 0x6: return "mark";
    case 0x7: return "irq";
    case 0x8: return "alu";
    case 0x9: return "cmp";
    case 0xa: return "ld";
    case 0xb: return "st";
    case 0xc: return "jump";
    case 0xd: return "call";
    case 0xe: return "ret";
    case 0xf: return "loop";
    case 0x10: return "lbreak";
    case 0x11: return "csrr";
    case 0x12: return "csrw";
    case 0x14: return "tset";
    case 0x15: return "tload";
    case 0x16: return "tcopy";
    case 0x17: return "nset";
    case 0x18: return "post";
    case 0x19: return "wait";
    case 0x40: return "load";
    case 0x41: return "fill";
    case 0x42: return "gather";
    case 0x43: return "unpack";
    case 0x44: return "crc";
    case 0x50: return "store";
    case 0x51: return "scatter";
    case 0x60: return "wload";
    case 0x61: return "ainit";
    case 0x62: return "mm";
    case 0x63: return "mdw";
    case 0x64: return "drain";
    case 0x80: return "binary";
    case 0x81: return "fma";
    case 0x82: return "compare";
    case 0x83: return "select";
    case 0x84: return "bitwise";
    case 0x85: return "shift";
    case 0x86: return "move";
    case 0x87: return "convert";
    case 0x88: return "unary";
    case 0x89: return "special";
    case 0x8a: return "clamp";
    case 0x8b: return "lut";
    case 0x8c: return "reduce";
    case 0x8d: return "scan";
    case 0x8e: return "iota";
    case 0x8f: return "random";
    case 0x90: return "take";
    case 0x91: return "scale";
    case 0x92: return "bquant";
    case 0x93: return "bdequant";
    case 0xc0: return "put";
    case 0xc1: return "get";
    case 0xc2: return "rpost";
    default: return "";
  }
}
static inline const char *systole_name_of_unit(uint32_t code) {
  switch (code) {
    case 0x0: return "seq";
    case 0x1: return "dmi";
    case 0x2: return "dmo";
    case 0x3: return "mxu";
    case 0x4: return "vpu";
    case 0x5: return "lnk";
    default: return "";
  }
}
static inline const char *systole_name_of_space(uint32_t code) {
  switch (code) {
    case 0x0: return "none";
    case 0x1: return "dram";
    case 0x2: return "spm";
    case 0x3: return "acc";
    case 0x4: return "peer-dram";
    case 0x5: return "peer-spm";
    default: return "";
  }
}
static inline const char *systole_name_of_dtype(uint32_t code) {
  switch (code) {
    case 0x1: return "s4";
    case 0x2: return "u4";
    case 0x3: return "s8";
    case 0x4: return "u8";
    case 0x5: return "s16";
    case 0x6: return "u16";
    case 0x7: return "s32";
    case 0x8: return "u32";
    case 0x9: return "s48";
    case 0xa: return "s64";
    case 0xb: return "s2";
    case 0xc: return "u2";
    case 0x10: return "e2m1";
    case 0x11: return "e2m3";
    case 0x12: return "e3m2";
    case 0x13: return "e4m3";
    case 0x14: return "e5m2";
    case 0x15: return "e8m0";
    case 0x16: return "ue4m3";
    case 0x17: return "e4m3fnuz";
    case 0x18: return "e5m2fnuz";
    case 0x19: return "i8f6";
    case 0x1a: return "e4m3ieee";
    case 0x1b: return "e3m4";
    case 0x1c: return "e4m3b11fnuz";
    case 0x20: return "bf16";
    case 0x21: return "fp16";
    case 0x22: return "tf32";
    case 0x23: return "fp32";
    case 0x40: return "binary3p1se";
    case 0x41: return "binary3p1sf";
    case 0x42: return "binary3p2se";
    case 0x43: return "binary3p2sf";
    case 0x44: return "binary4p1se";
    case 0x45: return "binary4p1sf";
    case 0x46: return "binary4p2se";
    case 0x47: return "binary4p2sf";
    case 0x48: return "binary4p3se";
    case 0x49: return "binary4p3sf";
    case 0x4a: return "binary5p1se";
    case 0x4b: return "binary5p1sf";
    case 0x4c: return "binary5p2se";
    case 0x4d: return "binary5p2sf";
    case 0x4e: return "binary5p3se";
    case 0x4f: return "binary5p3sf";
    case 0x50: return "binary5p4se";
    case 0x51: return "binary5p4sf";
    case 0x52: return "binary6p1se";
    case 0x53: return "binary6p1sf";
    case 0x54: return "binary6p2se";
    case 0x55: return "binary6p2sf";
    case 0x56: return "binary6p3se";
    case 0x57: return "binary6p3sf";
    case 0x58: return "binary6p4se";
    case 0x59: return "binary6p4sf";
    case 0x5a: return "binary6p5se";
    case 0x5b: return "binary6p5sf";
    case 0x5c: return "binary7p1se";
    case 0x5d: return "binary7p1sf";
    case 0x5e: return "binary7p2se";
    case 0x5f: return "binary7p2sf";
    case 0x60: return "binary7p3se";
    case 0x61: return "binary7p3sf";
    case 0x62: return "binary7p4se";
    case 0x63: return "binary7p4sf";
    case 0x64: return "binary7p5se";
    case 0x65: return "binary7p5sf";
    case 0x66: return "binary7p6se";
    case 0x67: return "binary7p6sf";
    case 0x68: return "binary8p1se";
    case 0x69: return "binary8p1sf";
    case 0x6a: return "binary8p2se";
    case 0x6b: return "binary8p2sf";
    case 0x6c: return "binary8p3se";
    case 0x6d: return "binary8p3sf";
    case 0x6e: return "binary8p4se";
    case 0x6f: return "binary8p4sf";
    case 0x70: return "binary8p5se";
    case 0x71: return "binary8p5sf";
    case 0x72: return "binary8p6se";
    case 0x73: return "binary8p6sf";
    case 0x74: return "binary8p7se";
    case 0x75: return "binary8p7sf";
    default: return "";
  }
}
static inline const char *systole_name_of_trap(uint32_t code) {
  switch (code) {
    case 0x1: return "opcode";
    case 0x2: return "reserved";
    case 0x3: return "feature";
    case 0x4: return "pc";
    case 0x5: return "call-depth";
    case 0x6: return "loop";
    case 0x7: return "dtype";
    case 0x8: return "descriptor";
    case 0x9: return "shape";
    case 0xa: return "stride";
    case 0xb: return "alignment";
    case 0xc: return "bounds-dram";
    case 0xd: return "bounds-spm";
    case 0xe: return "bounds-acc";
    case 0xf: return "slot";
    case 0x10: return "weights";
    case 0x11: return "overlap";
    case 0x12: return "protection";
    case 0x13: return "csr";
    case 0x14: return "link-peer";
    case 0x15: return "software";
    case 0x16: return "break";
    case 0x17: return "version";
    case 0x20: return "link-protocol";
    case 0x21: return "link-down";
    case 0x22: return "watchdog";
    case 0x23: return "bus";
    case 0x24: return "semaphore-overflow";
    default: return "";
  }
}
static inline const char *systole_name_of_event(uint32_t code) {
  switch (code) {
    case 0x0: return "saturated";
    case 0x1: return "overflow";
    case 0x2: return "nan";
    case 0x3: return "index";
    case 0x4: return "invalid";
    case 0x5: return "divideByZero";
    case 0x6: return "underflow";
    case 0x7: return "inexact";
    case 0x8: return "flushed";
    case 0x9: return "lost";
    default: return "";
  }
}
static inline const char *systole_name_of_feature(uint32_t code) {
  switch (code) {
    case 0x0: return "zp";
    case 0x1: return "dmaConvert";
    case 0x2: return "weightsFromDram";
    case 0x3: return "fullCounters";
    case 0x4: return "sparse24";
    case 0x5: return "mx";
    case 0x6: return "nvfp4";
    case 0x7: return "gemmlowp";
    case 0x8: return "tosaDouble";
    case 0x9: return "lnk";
    case 0xa: return "unpack";
    case 0xb: return "special";
    case 0xc: return "lut";
    case 0xd: return "random";
    case 0xe: return "bquant";
    case 0xf: return "bdequant";
    case 0x10: return "stochastic";
    case 0x11: return "layout";
    default: return "";
  }
}

/* Properties by dtype code, 0 for a code that is none. */
static inline uint32_t systole_dtype_width(uint32_t code) {
  switch (code) {
    case 0x1: return 4;
    case 0x2: return 4;
    case 0x3: return 8;
    case 0x4: return 8;
    case 0x5: return 16;
    case 0x6: return 16;
    case 0x7: return 32;
    case 0x8: return 32;
    case 0x9: return 64;
    case 0xa: return 64;
    case 0xb: return 8;
    case 0xc: return 8;
    case 0x10: return 4;
    case 0x11: return 8;
    case 0x12: return 8;
    case 0x13: return 8;
    case 0x14: return 8;
    case 0x15: return 8;
    case 0x16: return 8;
    case 0x17: return 8;
    case 0x18: return 8;
    case 0x19: return 8;
    case 0x1a: return 8;
    case 0x1b: return 8;
    case 0x1c: return 8;
    case 0x20: return 16;
    case 0x21: return 16;
    case 0x22: return 32;
    case 0x23: return 32;
    case 0x40: return 8;
    case 0x41: return 8;
    case 0x42: return 8;
    case 0x43: return 8;
    case 0x44: return 4;
    case 0x45: return 4;
    case 0x46: return 4;
    case 0x47: return 4;
    case 0x48: return 4;
    case 0x49: return 4;
    case 0x4a: return 8;
    case 0x4b: return 8;
    case 0x4c: return 8;
    case 0x4d: return 8;
    case 0x4e: return 8;
    case 0x4f: return 8;
    case 0x50: return 8;
    case 0x51: return 8;
    case 0x52: return 8;
    case 0x53: return 8;
    case 0x54: return 8;
    case 0x55: return 8;
    case 0x56: return 8;
    case 0x57: return 8;
    case 0x58: return 8;
    case 0x59: return 8;
    case 0x5a: return 8;
    case 0x5b: return 8;
    case 0x5c: return 8;
    case 0x5d: return 8;
    case 0x5e: return 8;
    case 0x5f: return 8;
    case 0x60: return 8;
    case 0x61: return 8;
    case 0x62: return 8;
    case 0x63: return 8;
    case 0x64: return 8;
    case 0x65: return 8;
    case 0x66: return 8;
    case 0x67: return 8;
    case 0x68: return 8;
    case 0x69: return 8;
    case 0x6a: return 8;
    case 0x6b: return 8;
    case 0x6c: return 8;
    case 0x6d: return 8;
    case 0x6e: return 8;
    case 0x6f: return 8;
    case 0x70: return 8;
    case 0x71: return 8;
    case 0x72: return 8;
    case 0x73: return 8;
    case 0x74: return 8;
    case 0x75: return 8;
    default: return 0;
  }
}
static inline uint32_t systole_dtype_value_bits(uint32_t code) {
  switch (code) {
    case 0x1: return 4;
    case 0x2: return 4;
    case 0x3: return 8;
    case 0x4: return 8;
    case 0x5: return 16;
    case 0x6: return 16;
    case 0x7: return 32;
    case 0x8: return 32;
    case 0x9: return 48;
    case 0xa: return 64;
    case 0xb: return 2;
    case 0xc: return 2;
    case 0x10: return 4;
    case 0x11: return 6;
    case 0x12: return 6;
    case 0x13: return 8;
    case 0x14: return 8;
    case 0x15: return 8;
    case 0x16: return 7;
    case 0x17: return 8;
    case 0x18: return 8;
    case 0x19: return 8;
    case 0x1a: return 8;
    case 0x1b: return 8;
    case 0x1c: return 8;
    case 0x20: return 16;
    case 0x21: return 16;
    case 0x22: return 32;
    case 0x23: return 32;
    case 0x40: return 3;
    case 0x41: return 3;
    case 0x42: return 3;
    case 0x43: return 3;
    case 0x44: return 4;
    case 0x45: return 4;
    case 0x46: return 4;
    case 0x47: return 4;
    case 0x48: return 4;
    case 0x49: return 4;
    case 0x4a: return 5;
    case 0x4b: return 5;
    case 0x4c: return 5;
    case 0x4d: return 5;
    case 0x4e: return 5;
    case 0x4f: return 5;
    case 0x50: return 5;
    case 0x51: return 5;
    case 0x52: return 6;
    case 0x53: return 6;
    case 0x54: return 6;
    case 0x55: return 6;
    case 0x56: return 6;
    case 0x57: return 6;
    case 0x58: return 6;
    case 0x59: return 6;
    case 0x5a: return 6;
    case 0x5b: return 6;
    case 0x5c: return 7;
    case 0x5d: return 7;
    case 0x5e: return 7;
    case 0x5f: return 7;
    case 0x60: return 7;
    case 0x61: return 7;
    case 0x62: return 7;
    case 0x63: return 7;
    case 0x64: return 7;
    case 0x65: return 7;
    case 0x66: return 7;
    case 0x67: return 7;
    case 0x68: return 8;
    case 0x69: return 8;
    case 0x6a: return 8;
    case 0x6b: return 8;
    case 0x6c: return 8;
    case 0x6d: return 8;
    case 0x6e: return 8;
    case 0x6f: return 8;
    case 0x70: return 8;
    case 0x71: return 8;
    case 0x72: return 8;
    case 0x73: return 8;
    case 0x74: return 8;
    case 0x75: return 8;
    default: return 0;
  }
}
static inline uint32_t systole_dtype_ignored_low_bits(uint32_t code) {
  switch (code) {
    case 0x1: return 0;
    case 0x2: return 0;
    case 0x3: return 0;
    case 0x4: return 0;
    case 0x5: return 0;
    case 0x6: return 0;
    case 0x7: return 0;
    case 0x8: return 0;
    case 0x9: return 0;
    case 0xa: return 0;
    case 0xb: return 0;
    case 0xc: return 0;
    case 0x10: return 0;
    case 0x11: return 0;
    case 0x12: return 0;
    case 0x13: return 0;
    case 0x14: return 0;
    case 0x15: return 0;
    case 0x16: return 0;
    case 0x17: return 0;
    case 0x18: return 0;
    case 0x19: return 0;
    case 0x1a: return 0;
    case 0x1b: return 0;
    case 0x1c: return 0;
    case 0x20: return 0;
    case 0x21: return 0;
    case 0x22: return 13;
    case 0x23: return 0;
    case 0x40: return 0;
    case 0x41: return 0;
    case 0x42: return 0;
    case 0x43: return 0;
    case 0x44: return 0;
    case 0x45: return 0;
    case 0x46: return 0;
    case 0x47: return 0;
    case 0x48: return 0;
    case 0x49: return 0;
    case 0x4a: return 0;
    case 0x4b: return 0;
    case 0x4c: return 0;
    case 0x4d: return 0;
    case 0x4e: return 0;
    case 0x4f: return 0;
    case 0x50: return 0;
    case 0x51: return 0;
    case 0x52: return 0;
    case 0x53: return 0;
    case 0x54: return 0;
    case 0x55: return 0;
    case 0x56: return 0;
    case 0x57: return 0;
    case 0x58: return 0;
    case 0x59: return 0;
    case 0x5a: return 0;
    case 0x5b: return 0;
    case 0x5c: return 0;
    case 0x5d: return 0;
    case 0x5e: return 0;
    case 0x5f: return 0;
    case 0x60: return 0;
    case 0x61: return 0;
    case 0x62: return 0;
    case 0x63: return 0;
    case 0x64: return 0;
    case 0x65: return 0;
    case 0x66: return 0;
    case 0x67: return 0;
    case 0x68: return 0;
    case 0x69: return 0;
    case 0x6a: return 0;
    case 0x6b: return 0;
    case 0x6c: return 0;
    case 0x6d: return 0;
    case 0x6e: return 0;
    case 0x6f: return 0;
    case 0x70: return 0;
    case 0x71: return 0;
    case 0x72: return 0;
    case 0x73: return 0;
    case 0x74: return 0;
    case 0x75: return 0;
    default: return 0;
  }
}
static inline uint32_t systole_dtype_kind(uint32_t code) {
  switch (code) {
    case 0x1: return 1;
    case 0x2: return 1;
    case 0x3: return 1;
    case 0x4: return 1;
    case 0x5: return 1;
    case 0x6: return 1;
    case 0x7: return 1;
    case 0x8: return 1;
    case 0x9: return 1;
    case 0xa: return 1;
    case 0xb: return 1;
    case 0xc: return 1;
    case 0x10: return 2;
    case 0x11: return 2;
    case 0x12: return 2;
    case 0x13: return 2;
    case 0x14: return 2;
    case 0x15: return 4;
    case 0x16: return 2;
    case 0x17: return 2;
    case 0x18: return 2;
    case 0x19: return 3;
    case 0x1a: return 2;
    case 0x1b: return 2;
    case 0x1c: return 2;
    case 0x20: return 2;
    case 0x21: return 2;
    case 0x22: return 2;
    case 0x23: return 2;
    case 0x40: return 2;
    case 0x41: return 2;
    case 0x42: return 2;
    case 0x43: return 2;
    case 0x44: return 2;
    case 0x45: return 2;
    case 0x46: return 2;
    case 0x47: return 2;
    case 0x48: return 2;
    case 0x49: return 2;
    case 0x4a: return 2;
    case 0x4b: return 2;
    case 0x4c: return 2;
    case 0x4d: return 2;
    case 0x4e: return 2;
    case 0x4f: return 2;
    case 0x50: return 2;
    case 0x51: return 2;
    case 0x52: return 2;
    case 0x53: return 2;
    case 0x54: return 2;
    case 0x55: return 2;
    case 0x56: return 2;
    case 0x57: return 2;
    case 0x58: return 2;
    case 0x59: return 2;
    case 0x5a: return 2;
    case 0x5b: return 2;
    case 0x5c: return 2;
    case 0x5d: return 2;
    case 0x5e: return 2;
    case 0x5f: return 2;
    case 0x60: return 2;
    case 0x61: return 2;
    case 0x62: return 2;
    case 0x63: return 2;
    case 0x64: return 2;
    case 0x65: return 2;
    case 0x66: return 2;
    case 0x67: return 2;
    case 0x68: return 2;
    case 0x69: return 2;
    case 0x6a: return 2;
    case 0x6b: return 2;
    case 0x6c: return 2;
    case 0x6d: return 2;
    case 0x6e: return 2;
    case 0x6f: return 2;
    case 0x70: return 2;
    case 0x71: return 2;
    case 0x72: return 2;
    case 0x73: return 2;
    case 0x74: return 2;
    case 0x75: return 2;
    default: return 0;
  }
}
static inline uint32_t systole_dtype_is_signed(uint32_t code) {
  switch (code) {
    case 0x1: return 1;
    case 0x2: return 0;
    case 0x3: return 1;
    case 0x4: return 0;
    case 0x5: return 1;
    case 0x6: return 0;
    case 0x7: return 1;
    case 0x8: return 0;
    case 0x9: return 1;
    case 0xa: return 1;
    case 0xb: return 1;
    case 0xc: return 0;
    case 0x10: return 1;
    case 0x11: return 1;
    case 0x12: return 1;
    case 0x13: return 1;
    case 0x14: return 1;
    case 0x15: return 0;
    case 0x16: return 0;
    case 0x17: return 1;
    case 0x18: return 1;
    case 0x19: return 1;
    case 0x1a: return 1;
    case 0x1b: return 1;
    case 0x1c: return 1;
    case 0x20: return 1;
    case 0x21: return 1;
    case 0x22: return 1;
    case 0x23: return 1;
    case 0x40: return 1;
    case 0x41: return 1;
    case 0x42: return 1;
    case 0x43: return 1;
    case 0x44: return 1;
    case 0x45: return 1;
    case 0x46: return 1;
    case 0x47: return 1;
    case 0x48: return 1;
    case 0x49: return 1;
    case 0x4a: return 1;
    case 0x4b: return 1;
    case 0x4c: return 1;
    case 0x4d: return 1;
    case 0x4e: return 1;
    case 0x4f: return 1;
    case 0x50: return 1;
    case 0x51: return 1;
    case 0x52: return 1;
    case 0x53: return 1;
    case 0x54: return 1;
    case 0x55: return 1;
    case 0x56: return 1;
    case 0x57: return 1;
    case 0x58: return 1;
    case 0x59: return 1;
    case 0x5a: return 1;
    case 0x5b: return 1;
    case 0x5c: return 1;
    case 0x5d: return 1;
    case 0x5e: return 1;
    case 0x5f: return 1;
    case 0x60: return 1;
    case 0x61: return 1;
    case 0x62: return 1;
    case 0x63: return 1;
    case 0x64: return 1;
    case 0x65: return 1;
    case 0x66: return 1;
    case 0x67: return 1;
    case 0x68: return 1;
    case 0x69: return 1;
    case 0x6a: return 1;
    case 0x6b: return 1;
    case 0x6c: return 1;
    case 0x6d: return 1;
    case 0x6e: return 1;
    case 0x6f: return 1;
    case 0x70: return 1;
    case 0x71: return 1;
    case 0x72: return 1;
    case 0x73: return 1;
    case 0x74: return 1;
    case 0x75: return 1;
    default: return 0;
  }
}
static inline uint32_t systole_dtype_exponent_bits(uint32_t code) {
  switch (code) {
    case 0x1: return 0;
    case 0x2: return 0;
    case 0x3: return 0;
    case 0x4: return 0;
    case 0x5: return 0;
    case 0x6: return 0;
    case 0x7: return 0;
    case 0x8: return 0;
    case 0x9: return 0;
    case 0xa: return 0;
    case 0xb: return 0;
    case 0xc: return 0;
    case 0x10: return 2;
    case 0x11: return 2;
    case 0x12: return 3;
    case 0x13: return 4;
    case 0x14: return 5;
    case 0x15: return 8;
    case 0x16: return 4;
    case 0x17: return 4;
    case 0x18: return 5;
    case 0x19: return 0;
    case 0x1a: return 4;
    case 0x1b: return 3;
    case 0x1c: return 4;
    case 0x20: return 8;
    case 0x21: return 5;
    case 0x22: return 8;
    case 0x23: return 8;
    case 0x40: return 2;
    case 0x41: return 2;
    case 0x42: return 1;
    case 0x43: return 1;
    case 0x44: return 3;
    case 0x45: return 3;
    case 0x46: return 2;
    case 0x47: return 2;
    case 0x48: return 1;
    case 0x49: return 1;
    case 0x4a: return 4;
    case 0x4b: return 4;
    case 0x4c: return 3;
    case 0x4d: return 3;
    case 0x4e: return 2;
    case 0x4f: return 2;
    case 0x50: return 1;
    case 0x51: return 1;
    case 0x52: return 5;
    case 0x53: return 5;
    case 0x54: return 4;
    case 0x55: return 4;
    case 0x56: return 3;
    case 0x57: return 3;
    case 0x58: return 2;
    case 0x59: return 2;
    case 0x5a: return 1;
    case 0x5b: return 1;
    case 0x5c: return 6;
    case 0x5d: return 6;
    case 0x5e: return 5;
    case 0x5f: return 5;
    case 0x60: return 4;
    case 0x61: return 4;
    case 0x62: return 3;
    case 0x63: return 3;
    case 0x64: return 2;
    case 0x65: return 2;
    case 0x66: return 1;
    case 0x67: return 1;
    case 0x68: return 7;
    case 0x69: return 7;
    case 0x6a: return 6;
    case 0x6b: return 6;
    case 0x6c: return 5;
    case 0x6d: return 5;
    case 0x6e: return 4;
    case 0x6f: return 4;
    case 0x70: return 3;
    case 0x71: return 3;
    case 0x72: return 2;
    case 0x73: return 2;
    case 0x74: return 1;
    case 0x75: return 1;
    default: return 0;
  }
}
static inline uint32_t systole_dtype_fraction_bits(uint32_t code) {
  switch (code) {
    case 0x1: return 0;
    case 0x2: return 0;
    case 0x3: return 0;
    case 0x4: return 0;
    case 0x5: return 0;
    case 0x6: return 0;
    case 0x7: return 0;
    case 0x8: return 0;
    case 0x9: return 0;
    case 0xa: return 0;
    case 0xb: return 0;
    case 0xc: return 0;
    case 0x10: return 1;
    case 0x11: return 3;
    case 0x12: return 2;
    case 0x13: return 3;
    case 0x14: return 2;
    case 0x15: return 0;
    case 0x16: return 3;
    case 0x17: return 3;
    case 0x18: return 2;
    case 0x19: return 6;
    case 0x1a: return 3;
    case 0x1b: return 4;
    case 0x1c: return 3;
    case 0x20: return 7;
    case 0x21: return 10;
    case 0x22: return 10;
    case 0x23: return 23;
    case 0x40: return 0;
    case 0x41: return 0;
    case 0x42: return 1;
    case 0x43: return 1;
    case 0x44: return 0;
    case 0x45: return 0;
    case 0x46: return 1;
    case 0x47: return 1;
    case 0x48: return 2;
    case 0x49: return 2;
    case 0x4a: return 0;
    case 0x4b: return 0;
    case 0x4c: return 1;
    case 0x4d: return 1;
    case 0x4e: return 2;
    case 0x4f: return 2;
    case 0x50: return 3;
    case 0x51: return 3;
    case 0x52: return 0;
    case 0x53: return 0;
    case 0x54: return 1;
    case 0x55: return 1;
    case 0x56: return 2;
    case 0x57: return 2;
    case 0x58: return 3;
    case 0x59: return 3;
    case 0x5a: return 4;
    case 0x5b: return 4;
    case 0x5c: return 0;
    case 0x5d: return 0;
    case 0x5e: return 1;
    case 0x5f: return 1;
    case 0x60: return 2;
    case 0x61: return 2;
    case 0x62: return 3;
    case 0x63: return 3;
    case 0x64: return 4;
    case 0x65: return 4;
    case 0x66: return 5;
    case 0x67: return 5;
    case 0x68: return 0;
    case 0x69: return 0;
    case 0x6a: return 1;
    case 0x6b: return 1;
    case 0x6c: return 2;
    case 0x6d: return 2;
    case 0x6e: return 3;
    case 0x6f: return 3;
    case 0x70: return 4;
    case 0x71: return 4;
    case 0x72: return 5;
    case 0x73: return 5;
    case 0x74: return 6;
    case 0x75: return 6;
    default: return 0;
  }
}
static inline int32_t systole_dtype_bias(uint32_t code) {
  switch (code) {
    case 0x1: return 0;
    case 0x2: return 0;
    case 0x3: return 0;
    case 0x4: return 0;
    case 0x5: return 0;
    case 0x6: return 0;
    case 0x7: return 0;
    case 0x8: return 0;
    case 0x9: return 0;
    case 0xa: return 0;
    case 0xb: return 0;
    case 0xc: return 0;
    case 0x10: return 1;
    case 0x11: return 1;
    case 0x12: return 3;
    case 0x13: return 7;
    case 0x14: return 15;
    case 0x15: return 127;
    case 0x16: return 7;
    case 0x17: return 8;
    case 0x18: return 16;
    case 0x19: return 0;
    case 0x1a: return 7;
    case 0x1b: return 3;
    case 0x1c: return 11;
    case 0x20: return 127;
    case 0x21: return 15;
    case 0x22: return 127;
    case 0x23: return 127;
    case 0x40: return 2;
    case 0x41: return 2;
    case 0x42: return 1;
    case 0x43: return 1;
    case 0x44: return 4;
    case 0x45: return 4;
    case 0x46: return 2;
    case 0x47: return 2;
    case 0x48: return 1;
    case 0x49: return 1;
    case 0x4a: return 8;
    case 0x4b: return 8;
    case 0x4c: return 4;
    case 0x4d: return 4;
    case 0x4e: return 2;
    case 0x4f: return 2;
    case 0x50: return 1;
    case 0x51: return 1;
    case 0x52: return 16;
    case 0x53: return 16;
    case 0x54: return 8;
    case 0x55: return 8;
    case 0x56: return 4;
    case 0x57: return 4;
    case 0x58: return 2;
    case 0x59: return 2;
    case 0x5a: return 1;
    case 0x5b: return 1;
    case 0x5c: return 32;
    case 0x5d: return 32;
    case 0x5e: return 16;
    case 0x5f: return 16;
    case 0x60: return 8;
    case 0x61: return 8;
    case 0x62: return 4;
    case 0x63: return 4;
    case 0x64: return 2;
    case 0x65: return 2;
    case 0x66: return 1;
    case 0x67: return 1;
    case 0x68: return 64;
    case 0x69: return 64;
    case 0x6a: return 32;
    case 0x6b: return 32;
    case 0x6c: return 16;
    case 0x6d: return 16;
    case 0x6e: return 8;
    case 0x6f: return 8;
    case 0x70: return 4;
    case 0x71: return 4;
    case 0x72: return 2;
    case 0x73: return 2;
    case 0x74: return 1;
    case 0x75: return 1;
    default: return 0;
  }
}
static inline uint32_t systole_dtype_specials(uint32_t code) {
  switch (code) {
    case 0x1: return 0;
    case 0x2: return 0;
    case 0x3: return 0;
    case 0x4: return 0;
    case 0x5: return 0;
    case 0x6: return 0;
    case 0x7: return 0;
    case 0x8: return 0;
    case 0x9: return 0;
    case 0xa: return 0;
    case 0xb: return 0;
    case 0xc: return 0;
    case 0x10: return 4;
    case 0x11: return 4;
    case 0x12: return 4;
    case 0x13: return 2;
    case 0x14: return 1;
    case 0x15: return 0;
    case 0x16: return 2;
    case 0x17: return 3;
    case 0x18: return 3;
    case 0x19: return 0;
    case 0x1a: return 1;
    case 0x1b: return 1;
    case 0x1c: return 3;
    case 0x20: return 1;
    case 0x21: return 1;
    case 0x22: return 1;
    case 0x23: return 1;
    case 0x40: return 5;
    case 0x41: return 3;
    case 0x42: return 5;
    case 0x43: return 3;
    case 0x44: return 5;
    case 0x45: return 3;
    case 0x46: return 5;
    case 0x47: return 3;
    case 0x48: return 5;
    case 0x49: return 3;
    case 0x4a: return 5;
    case 0x4b: return 3;
    case 0x4c: return 5;
    case 0x4d: return 3;
    case 0x4e: return 5;
    case 0x4f: return 3;
    case 0x50: return 5;
    case 0x51: return 3;
    case 0x52: return 5;
    case 0x53: return 3;
    case 0x54: return 5;
    case 0x55: return 3;
    case 0x56: return 5;
    case 0x57: return 3;
    case 0x58: return 5;
    case 0x59: return 3;
    case 0x5a: return 5;
    case 0x5b: return 3;
    case 0x5c: return 5;
    case 0x5d: return 3;
    case 0x5e: return 5;
    case 0x5f: return 3;
    case 0x60: return 5;
    case 0x61: return 3;
    case 0x62: return 5;
    case 0x63: return 3;
    case 0x64: return 5;
    case 0x65: return 3;
    case 0x66: return 5;
    case 0x67: return 3;
    case 0x68: return 5;
    case 0x69: return 3;
    case 0x6a: return 5;
    case 0x6b: return 3;
    case 0x6c: return 5;
    case 0x6d: return 3;
    case 0x6e: return 5;
    case 0x6f: return 3;
    case 0x70: return 5;
    case 0x71: return 3;
    case 0x72: return 5;
    case 0x73: return 3;
    case 0x74: return 5;
    case 0x75: return 3;
    default: return 0;
  }
}

/* The unit that runs an instruction; 7 for an opcode that is none. */
static inline uint32_t systole_unit_of(const uint32_t w[4]) {
  switch (w[0] & 0xffu) {
    case 0x1: return 0;
    case 0x2: return 0;
    case 0x3: return 0;
    case 0x4: return 0;
    case 0x5: return 0;
    case 0x6: return 0;
    case 0x7: return 0;
    case 0x8: return 0;
    case 0x9: return 0;
    case 0xa: return 0;
    case 0xb: return 0;
    case 0xc: return 0;
    case 0xd: return 0;
    case 0xe: return 0;
    case 0xf: return 0;
    case 0x10: return 0;
    case 0x11: return 0;
    case 0x12: return 0;
    case 0x14: return 0;
    case 0x15: return 0;
    case 0x16: return 0;
    case 0x17: return 0;
    case 0x18: return systole_post_agent(w);
    case 0x19: return systole_wait_agent(w);
    case 0x40: return 1;
    case 0x41: return 1;
    case 0x42: return 1;
    case 0x43: return 1;
    case 0x44: return 1;
    case 0x50: return 2;
    case 0x51: return 2;
    case 0x60: return 3;
    case 0x61: return 3;
    case 0x62: return 3;
    case 0x63: return 3;
    case 0x64: return 3;
    case 0x80: return 4;
    case 0x81: return 4;
    case 0x82: return 4;
    case 0x83: return 4;
    case 0x84: return 4;
    case 0x85: return 4;
    case 0x86: return 4;
    case 0x87: return 4;
    case 0x88: return 4;
    case 0x89: return 4;
    case 0x8a: return 4;
    case 0x8b: return 4;
    case 0x8c: return 4;
    case 0x8d: return 4;
    case 0x8e: return 4;
    case 0x8f: return 4;
    case 0x90: return 4;
    case 0x91: return 4;
    case 0x92: return 4;
    case 0x93: return 4;
    case 0xc0: return 5;
    case 0xc1: return 5;
    case 0xc2: return 5;
    default: return 7;
  }
}

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
