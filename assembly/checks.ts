//! Made by model/emit/assemblyscript.ts from the definitions; never edited (npm run emit).
import * as rules from './rules';
import { head, operand, retirement, state, OP_NOP, NOP, OP_HALT, HALT, OP_FENCE, FENCE, OP_TRAP, TRAP, OP_BREAK, BREAK, OP_MARK, MARK, OP_IRQ, IRQ, OP_ALU, ALU, OP_CMP, CMP, OP_LD, LD, OP_ST, ST, OP_JUMP, JUMP, OP_CALL, CALL, OP_RET, OP_LOOP, LOOP, OP_LBREAK, OP_CSRR, CSRR, OP_CSRW, CSRW, OP_TSET, TSET, OP_TLOAD, TLOAD, OP_TCOPY, TCOPY, OP_NSET, NSET, OP_POST, POST, OP_WAIT, WAIT, OP_LOAD, OP_FILL, FILL, OP_GATHER, OP_UNPACK, UNPACK, OP_CRC, OP_STORE, STORE, OP_SCATTER, SCATTER, OP_WLOAD, WLOAD, OP_AINIT, AINIT, OP_MM, MM, OP_MDW, MDW, OP_DRAIN, DRAIN, OP_BINARY, BINARY, OP_FMA, FMA, OP_COMPARE, COMPARE, OP_SELECT, SELECT, OP_BITWISE, BITWISE, OP_SHIFT, SHIFT, OP_MOVE, OP_CONVERT, OP_UNARY, UNARY, OP_SPECIAL, SPECIAL, OP_CLAMP, CLAMP, OP_LUT, LUT, OP_REDUCE, REDUCE, OP_SCAN, SCAN, OP_IOTA, IOTA, OP_RANDOM, RANDOM, OP_TAKE, OP_SCALE, SCALE, OP_BQUANT, BQUANT, OP_BDEQUANT, OP_PUT, PUT, OP_GET, OP_RPOST, RPOST } from './encoding';
import { captureMode, captureOperand, captureScalar } from './capture';

// Are all bits of the words defined? One function for each instruction, then the choice by opcode.
@inline export function legalNOP(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalHALT(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalFENCE(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalTRAP(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalBREAK(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalMARK(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalIRQ(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalALU(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0xff1f1f1f)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && ALU.rd(words) >= 1 && ALU.rd(words) <= 31 && ALU.op(words) <= 16; }
@inline export function legalCMP(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0xff1f1f07)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && CMP.pd(words) >= 1 && CMP.pd(words) <= 7 && CMP.op(words) <= 5; }
@inline export function legalLD(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0x1f)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && LD.rd(words) >= 1 && LD.rd(words) <= 31; }
@inline export function legalST(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0x1f)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalJUMP(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x1f0000)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalCALL(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x1f0000)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalRET(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalLOOP(words: usize): bool { return (load<u32>(words, 4) & ~<u32>(0x1f1f1f)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalLBREAK(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalCSRR(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x1f)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && CSRR.rd(words) >= 1 && CSRR.rd(words) <= 31; }
@inline export function legalCSRW(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x1f00)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalTSET(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0xff1f0f3f)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && TSET.op(words) <= 1; }
@inline export function legalTLOAD(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x1f003f)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalTCOPY(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x3f3f)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalNSET(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x1f0703)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalPOST(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x1f073f)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && POST.m(words) >= 1 && POST.m(words) <= 63 && POST.agent(words) <= 5; }
@inline export function legalWAIT(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 4) & ~<u32>(0x1f073f)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && WAIT.m(words) >= 1 && WAIT.m(words) <= 63 && WAIT.agent(words) <= 5; }
@inline export function legalLOAD(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0; }
@inline export function legalFILL(words: usize): bool { return (load<u32>(words, 8) & ~<u32>(0x7c0)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalGATHER(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalUNPACK(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(((UNPACK.form(words) == 0 || UNPACK.form(words) == 1 || UNPACK.form(words) == 2) ? 0xffffff : 0))) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff | (UNPACK.form(words) == 0 ? 0xff000000 : 0))) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && UNPACK.form(words) <= 3 && (!(UNPACK.form(words) == 0) || (UNPACK.bits(words) >= 1 && UNPACK.bits(words) <= 8)); }
@inline export function legalCRC(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalSTORE(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && STORE.op(words) <= 3; }
@inline export function legalSCATTER(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && SCATTER.op(words) <= 3; }
@inline export function legalWLOAD(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(((WLOAD.form(words) == 1 || WLOAD.form(words) == 2) ? 0xffffff : 0))) == 0 && (load<u32>(words, 4) & ~<u32>(0xff000000)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && WLOAD.form(words) <= 2; }
@inline export function legalAINIT(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>((AINIT.op(words) == 1 ? 0xffffff : 0))) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && AINIT.op(words) <= 1; }
@inline export function legalMM(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xff000000 | (MM.scaled(words) == 1 ? 0xffffff : 0))) == 0 && (load<u32>(words, 4) & ~<u32>(0x3ffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && MM.mRank(words) >= 1 && MM.mRank(words) <= 4; }
@inline export function legalMDW(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xff000000)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && MDW.op(words) <= 1 && MDW.mRank(words) >= 1 && MDW.mRank(words) <= 4; }
@inline export function legalDRAIN(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xff000000 | (DRAIN.table(words) == 1 ? 0xffffff : 0))) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0x7ffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && DRAIN.activation(words) <= 2 && (!DRAIN.c(words) || (DRAIN.c(words) & 0xc0) == 0x80); }
@inline export function legalBINARY(words: usize): bool { return (load<u32>(words, 12) & ~<u32>((BINARY.scalar(words) == 0 ? 0xffffff : 0) | (BINARY.scalar(words) == 1 ? 0x7c0 : 0))) == 0 && (load<u32>(words, 8) & ~<u32>(0x80ffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && BINARY.op(words) <= 5; }
@inline export function legalFMA(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xff000000 | (FMA.scalar(words) == 0 ? 0xffffff : 0) | (FMA.scalar(words) == 1 ? 0x7c0 : 0))) == 0 && (load<u32>(words, 8) & ~<u32>(0x80ffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && (FMA.c(words) & 0xc0) == 0x80; }
@inline export function legalCOMPARE(words: usize): bool { return (load<u32>(words, 12) & ~<u32>((COMPARE.scalar(words) == 0 ? 0xffffff : 0) | (COMPARE.scalar(words) == 1 ? 0x7c0 : 0))) == 0 && (load<u32>(words, 8) & ~<u32>(0x80ffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && COMPARE.op(words) <= 6; }
@inline export function legalSELECT(words: usize): bool { return (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && (SELECT.c(words) & 0xc0) == 0x80; }
@inline export function legalBITWISE(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && BITWISE.op(words) <= 3; }
@inline export function legalSHIFT(words: usize): bool { return (load<u32>(words, 12) & ~<u32>((SHIFT.scalar(words) == 0 ? 0xffffff : 0) | (SHIFT.scalar(words) == 1 ? 0x7c0 : 0))) == 0 && (load<u32>(words, 8) & ~<u32>(0x80ffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && SHIFT.op(words) <= 1; }
@inline export function legalMOVE(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalCONVERT(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0; }
@inline export function legalUNARY(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && UNARY.op(words) <= 4; }
@inline export function legalSPECIAL(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && SPECIAL.op(words) <= 15; }
@inline export function legalCLAMP(words: usize): bool { return (load<u32>(words, 12) & ~<u32>((CLAMP.op(words) == 3 && CLAMP.scalar(words) == 0 ? 0xffffff : 0) | (CLAMP.op(words) == 3 && CLAMP.scalar(words) == 1 ? 0x7c0 : 0))) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff | (CLAMP.op(words) == 3 ? 0x80000000 : 0))) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && CLAMP.op(words) <= 3; }
@inline export function legalLUT(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && LUT.form(words) <= 3; }
@inline export function legalREDUCE(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && REDUCE.op(words) <= 5 && REDUCE.r(words) >= 1 && REDUCE.r(words) <= 5; }
@inline export function legalSCAN(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && SCAN.op(words) <= 1; }
@inline export function legalIOTA(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x7c0)) == 0 && (load<u32>(words, 8) & ~<u32>(0x7c0)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalRANDOM(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0x7c0)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && RANDOM.op(words) <= 1; }
@inline export function legalTAKE(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalSCALE(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xff000000 | (SCALE.table(words) == 1 ? 0xffffff : 0))) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0x7ffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && SCALE.activation(words) <= 2 && (!SCALE.c(words) || (SCALE.c(words) & 0xc0) == 0x80); }
@inline export function legalBQUANT(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xff000000)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && (BQUANT.c(words) & 0xc0) == 0x80; }
@inline export function legalBDEQUANT(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0; }
@inline export function legalPUT(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0x3fffffff)) == 0 && (load<u32>(words) & ~<u32>(0xfffffff)) == 0 && PUT.op(words) <= 3; }
@inline export function legalGET(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0x0)) == 0 && (load<u32>(words, 8) & ~<u32>(0xffffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0xffffff)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0; }
@inline export function legalRPOST(words: usize): bool { return (load<u32>(words, 12) & ~<u32>(0xffff)) == 0 && (load<u32>(words, 4) & ~<u32>(0x1f003f)) == 0 && (load<u32>(words) & ~<u32>(0x3ffffff)) == 0 && RPOST.m(words) >= 1 && RPOST.m(words) <= 63; }

/** Are all bits of the words defined? */
export function wellEncoded(op: u32, words: usize): bool {
  switch (op) {
    case OP_NOP: return legalNOP(words);
    case OP_HALT: return legalHALT(words);
    case OP_FENCE: return legalFENCE(words);
    case OP_TRAP: return legalTRAP(words);
    case OP_BREAK: return legalBREAK(words);
    case OP_MARK: return legalMARK(words);
    case OP_IRQ: return legalIRQ(words);
    case OP_ALU: return legalALU(words);
    case OP_CMP: return legalCMP(words);
    case OP_LD: return legalLD(words);
    case OP_ST: return legalST(words);
    case OP_JUMP: return legalJUMP(words);
    case OP_CALL: return legalCALL(words);
    case OP_RET: return legalRET(words);
    case OP_LOOP: return legalLOOP(words);
    case OP_LBREAK: return legalLBREAK(words);
    case OP_CSRR: return legalCSRR(words);
    case OP_CSRW: return legalCSRW(words);
    case OP_TSET: return legalTSET(words);
    case OP_TLOAD: return legalTLOAD(words);
    case OP_TCOPY: return legalTCOPY(words);
    case OP_NSET: return legalNSET(words);
    case OP_POST: return legalPOST(words);
    case OP_WAIT: return legalWAIT(words);
    case OP_LOAD: return legalLOAD(words);
    case OP_FILL: return legalFILL(words);
    case OP_GATHER: return legalGATHER(words);
    case OP_UNPACK: return legalUNPACK(words);
    case OP_CRC: return legalCRC(words);
    case OP_STORE: return legalSTORE(words);
    case OP_SCATTER: return legalSCATTER(words);
    case OP_WLOAD: return legalWLOAD(words);
    case OP_AINIT: return legalAINIT(words);
    case OP_MM: return legalMM(words);
    case OP_MDW: return legalMDW(words);
    case OP_DRAIN: return legalDRAIN(words);
    case OP_BINARY: return legalBINARY(words);
    case OP_FMA: return legalFMA(words);
    case OP_COMPARE: return legalCOMPARE(words);
    case OP_SELECT: return legalSELECT(words);
    case OP_BITWISE: return legalBITWISE(words);
    case OP_SHIFT: return legalSHIFT(words);
    case OP_MOVE: return legalMOVE(words);
    case OP_CONVERT: return legalCONVERT(words);
    case OP_UNARY: return legalUNARY(words);
    case OP_SPECIAL: return legalSPECIAL(words);
    case OP_CLAMP: return legalCLAMP(words);
    case OP_LUT: return legalLUT(words);
    case OP_REDUCE: return legalREDUCE(words);
    case OP_SCAN: return legalSCAN(words);
    case OP_IOTA: return legalIOTA(words);
    case OP_RANDOM: return legalRANDOM(words);
    case OP_TAKE: return legalTAKE(words);
    case OP_SCALE: return legalSCALE(words);
    case OP_BQUANT: return legalBQUANT(words);
    case OP_BDEQUANT: return legalBDEQUANT(words);
    case OP_PUT: return legalPUT(words);
    case OP_GET: return legalGET(words);
    case OP_RPOST: return legalRPOST(words);
    default: return false;
  }
}

/** Capture operands, registers and mode of the instruction into its record. */
export function capture(op: u32, words: usize, at: usize): void {
  switch (op) {
    case OP_NOP: break;
    case OP_HALT: break;
    case OP_FENCE: break;
    case OP_TRAP: break;
    case OP_BREAK: break;
    case OP_MARK: break;
    case OP_IRQ: break;
    case OP_ALU: { captureScalar(at, 0, ALU.rs1(words)); captureScalar(at, 1, ALU.rs2(words)); break; }
    case OP_CMP: { captureScalar(at, 0, CMP.rs1(words)); captureScalar(at, 1, CMP.rs2(words)); break; }
    case OP_LD: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 1, true); break; }
    case OP_ST: { captureScalar(at, 0, ST.rs(words)); captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, true); break; }
    case OP_JUMP: { captureScalar(at, 0, JUMP.rs2(words)); break; }
    case OP_CALL: { captureScalar(at, 0, CALL.rs2(words)); break; }
    case OP_RET: break;
    case OP_LOOP: { captureScalar(at, 0, LOOP.rs1(words)); break; }
    case OP_LBREAK: break;
    case OP_CSRR: break;
    case OP_CSRW: { captureScalar(at, 0, CSRW.rs1(words)); break; }
    case OP_TSET: { captureScalar(at, 0, TSET.rs2(words)); break; }
    case OP_TLOAD: { captureScalar(at, 0, TLOAD.rs2(words)); break; }
    case OP_TCOPY: break;
    case OP_NSET: { captureScalar(at, 0, NSET.rs2(words)); break; }
    case OP_POST: { captureScalar(at, 0, POST.rs2(words)); break; }
    case OP_WAIT: { captureScalar(at, 0, WAIT.rs2(words)); break; }
    case OP_LOAD: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_FILL: { captureScalar(at, 0, FILL.rs(words)); captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); break; }
    case OP_GATHER: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); break; }
    case OP_UNPACK: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if ((UNPACK.form(words) == 0 || UNPACK.form(words) == 1 || UNPACK.form(words) == 2)) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x1f7, 0x0, 0xffff, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_CRC: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); break; }
    case OP_STORE: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, STORE.op(words) ? 3 : 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_SCATTER: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, SCATTER.op(words) ? 3 : 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_WLOAD: { captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if ((WLOAD.form(words) == 1 || WLOAD.form(words) == 2)) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); break; }
    case OP_AINIT: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); if (AINIT.op(words) == 1) captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); break; }
    case OP_MM: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, MM.op(words) ? 3 : 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if (MM.scaled(words) == 1) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0xf008, 0x0, 0xffffffff, 0x0, 0x0, 0x0, 0x0, 0x0); break; }
    case OP_MDW: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, MDW.op(words) ? 3 : 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0xf008, 0x0, 0xffffffff, 0x0, 0x0, 0x0, 0x0, 0x0); break; }
    case OP_DRAIN: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if (DRAIN.table(words) == 1) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); if (DRAIN.c(words)) captureOperand(at, 3, DRAIN.c(words) & 0x3f, 1, false); captureMode(at, head.mode(words), 0x1ff, 0x7f, 0xffff0000, 0xffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff); break; }
    case OP_BINARY: { if (BINARY.scalar(words) == 1) captureScalar(at, 0, BINARY.s(words)); captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if (BINARY.scalar(words) == 0) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_FMA: { if (FMA.scalar(words) == 1) captureScalar(at, 0, FMA.s(words)); captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if (FMA.scalar(words) == 0) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); captureOperand(at, 3, FMA.c(words) & 0x3f, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_COMPARE: { if (COMPARE.scalar(words) == 1) captureScalar(at, 0, COMPARE.s(words)); captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if (COMPARE.scalar(words) == 0) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); break; }
    case OP_SELECT: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); captureOperand(at, 3, SELECT.c(words) & 0x3f, 1, false); break; }
    case OP_BITWISE: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); break; }
    case OP_SHIFT: { if (SHIFT.scalar(words) == 1) captureScalar(at, 0, SHIFT.s(words)); captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if (SHIFT.scalar(words) == 0) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_MOVE: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); break; }
    case OP_CONVERT: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_UNARY: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_SPECIAL: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x301e7, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_CLAMP: { if (CLAMP.op(words) == 3 && CLAMP.scalar(words) == 1) captureScalar(at, 0, CLAMP.s(words)); captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if (CLAMP.op(words) == 3 && CLAMP.scalar(words) == 0) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff); break; }
    case OP_LUT: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); break; }
    case OP_REDUCE: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0xfff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_SCAN: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ff, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_IOTA: { captureScalar(at, 0, IOTA.start(words)); captureScalar(at, 1, IOTA.step(words)); captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); break; }
    case OP_RANDOM: { captureScalar(at, 0, RANDOM.start(words)); captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureMode(at, head.mode(words), 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_TAKE: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); break; }
    case OP_SCALE: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); if (SCALE.table(words) == 1) captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); if (SCALE.c(words)) captureOperand(at, 3, SCALE.c(words) & 0x3f, 1, false); captureMode(at, head.mode(words), 0x1ff, 0x7f, 0xffffffff, 0xffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff); break; }
    case OP_BQUANT: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureOperand(at, 3, BQUANT.c(words) & 0x3f, 2, false); captureMode(at, head.mode(words), 0x17, 0x80, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_BDEQUANT: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureOperand(at, 2, load<u32>(words, 12) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x1f7, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_PUT: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, PUT.op(words) ? 3 : 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); captureMode(at, head.mode(words), 0x3ef, 0x0, 0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff); break; }
    case OP_GET: { captureOperand(at, 0, load<u32>(words, 4) & 0xffffff, 2, false); captureOperand(at, 1, load<u32>(words, 8) & 0xffffff, 1, false); break; }
    case OP_RPOST: { captureScalar(at, 0, RPOST.rs2(words)); break; }
  }
}

/** Does an instruction of a unit capture scalar registers, beside those that move its operands? */
export function capturesScalars(op: u32, words: usize): bool {
  switch (op) {
    case OP_FILL: return true;
    case OP_BINARY: return (BINARY.scalar(words) == 1);
    case OP_FMA: return (FMA.scalar(words) == 1);
    case OP_COMPARE: return (COMPARE.scalar(words) == 1);
    case OP_SHIFT: return (SHIFT.scalar(words) == 1);
    case OP_CLAMP: return (CLAMP.op(words) == 3 && CLAMP.scalar(words) == 1);
    case OP_IOTA: return true;
    case OP_RANDOM: return true;
    default: return false;
  }
}

/** The first broken rule as trap | position << 8 | other << 16, where positions are 1 + that of an operand or 0; 0 when all hold.
 *  `from` 0: only the rules of code `reserved`; 1: all others. Asked only of what has some, by RULED. */
export function check(op: u32, words: usize, at: usize, from: u32): u32 {
  const d = retirement.operands(at, 0), a = retirement.operands(at, 1), b = retirement.operands(at, 2), c = retirement.operands(at, 3);
  switch (op) {
    case OP_FENCE: {
      if (!rules.unitsOnly(FENCE.units(words))) return 0x2;  // reserved: only bits 1 to 5 (dmi dmo mxu vpu lnk) are set
      return 0;
    }
    case OP_TRAP: {
      return 0x15;  // software: this instruction always traps
    }
    case OP_BREAK: {
      if (!rules.debuggerAbsent()) return 0x16;  // break: DBG_ENABLE is clear
      return 0;
    }
    case OP_IRQ: {
      if (!rules.below(IRQ.vector(words), 16)) return 0x2;  // reserved: the vector is 0 to 15
      return 0;
    }
    case OP_LD: {
      const plain = rules.plain(at, 0);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of a is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(d, 6)) return 0x107;  // dtype: a is a dtype of 8, 16 or 32 bits
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 6)) return 0x108;  // descriptor: a lies in DRAM or SPM
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: a has no pads
        if (!rules.notEmpty(d)) return 0x109;  // shape: a has at least one element
      }
      if (!plain) {
        if (!rules.aligned(d, 0)) return 0x10b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideDram(d)) return 0x10c;  // bounds-dram: every byte of a in DRAM lies inside one region
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.readable(d)) return 0x112;  // protection: a in DRAM may be read
      }
      return 0;
    }
    case OP_ST: {
      const plain = rules.plain(at, 0);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 6)) return 0x107;  // dtype: d is a dtype of 8, 16 or 32 bits
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 6)) return 0x108;  // descriptor: d lies in DRAM or SPM
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.notEmpty(d)) return 0x109;  // shape: d has at least one element
      }
      if (!plain) {
        if (!rules.aligned(d, 0)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideDram(d)) return 0x10c;  // bounds-dram: every byte of d in DRAM lies inside one region
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.writable(d)) return 0x112;  // protection: d in DRAM may be written and is no part of the image
      }
      return 0;
    }
    case OP_JUMP: {
      if (!rules.targetInside(retirement.scalars(at, 0), JUMP.imm(words))) return 0x4;  // pc: the target is an instruction of the image
      if (!rules.staysInLoop(retirement.scalars(at, 0), JUMP.imm(words))) return 0x6;  // loop: the target lies in the innermost open loop of this call
      return 0;
    }
    case OP_CALL: {
      if (!rules.targetInside(retirement.scalars(at, 0), CALL.imm(words))) return 0x4;  // pc: the target is an instruction of the image
      if (!rules.callFree()) return 0x5;  // call-depth: at most 8 calls are open
      return 0;
    }
    case OP_RET: {
      if (!rules.callOpen()) return 0x5;  // call-depth: a call is open
      if (!rules.noLoopOpen()) return 0x6;  // loop: no loop of this call is open
      return 0;
    }
    case OP_LOOP: {
      if (!from) {
        if (!rules.stepsOfLoop(LOOP.ra(words), LOOP.rb(words), LOOP.incA(words), LOOP.incB(words))) return 0x2;  // reserved: the stepped registers differ, and an absent one has increment 0
        return 0;
      }
      if (!rules.bodyNotEmpty(LOOP.length(words))) return 0x6;  // loop: the body is not empty
      if (!rules.loopFree()) return 0x6;  // loop: at most 8 loops are open
      return 0;
    }
    case OP_LBREAK: {
      if (!rules.loopOpen()) return 0x6;  // loop: a loop of this call is open
      return 0;
    }
    case OP_CSRR: {
      if (!rules.csrReadable(CSRR.offset(words))) return 0x13;  // csr: the sequencer reads ID to CHIP_COUNT, SCRATCH and counters
      return 0;
    }
    case OP_CSRW: {
      if (!rules.csrWritable(CSRW.offset(words))) return 0x13;  // csr: the sequencer writes SCRATCH only
      return 0;
    }
    case OP_TLOAD: {
      if (!rules.blockInside(retirement.scalars(at, 0), TLOAD.imm(words))) return 0x4;  // pc: the 64 bytes lie inside the image
      if (!rules.blockAligned(retirement.scalars(at, 0), TLOAD.imm(words))) return 0xb;  // alignment: the address is a multiple of 64
      return 0;
    }
    case OP_NSET: {
      if (!rules.modeWordLegal(NSET.field(words), retirement.scalars(at, 0), NSET.imm(words))) return 0x2;  // reserved: only defined bits and values are written
      return 0;
    }
    case OP_POST: {
      if (!rules.tokenCount(retirement.scalars(at, 0), POST.imm(words))) return 0x9;  // shape: the number of tokens is 0 to 65535
      return 0;
    }
    case OP_WAIT: {
      if (!rules.tokenCount(retirement.scalars(at, 0), WAIT.imm(words))) return 0x9;  // shape: the number of tokens is 0 to 65535
      return 0;
    }
    case OP_LOAD: {
      const plain = rules.plain(at, 1);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
      }
      if (!rules.sameTypeUnless(d, a, 1)) return 0x20103;  // feature: d and a have the same dtype, or the profile has dmaConvert
      if (!plain) {
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.convertible(d, a)) return 0x20107;  // dtype: d and a have the same dtype, or d is any dtype but ue4m3
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 6)) return 0x208;  // descriptor: a lies in DRAM or SPM
      if (!plain) {
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.paddedDims(d, a)) return 0x20109;  // shape: each dim of d is that of a and its pads
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 1)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 1)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideDram(a)) return 0x20c;  // bounds-dram: every byte of a in DRAM lies inside one region
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!plain) {
        if (!rules.readable(a)) return 0x212;  // protection: a in DRAM may be read
      }
      return 0;
    }
    case OP_FILL: {
      const plain = rules.plain(at, 1);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
      }
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 1)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
      }
      return 0;
    }
    case OP_GATHER: {
      const plain = rules.plain(at, 1);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (!rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.sameType(d, a)) return 0x20107;  // dtype: d and a have the same dtype
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (!rules.dtypeIn(b, 5)) return 0x307;  // dtype: b is s32 or u32
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 4)) return 0x108;  // descriptor: d lies in SPM
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 6)) return 0x208;  // descriptor: a lies in DRAM or SPM
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(b, 4)) return 0x308;  // descriptor: b lies in SPM
      if (!plain) {
        if (!rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (!rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.gatherDims(d, a, b)) return 0x20109;  // shape: b is [R], d is [R, ..] and a is [V, ..] with the same rest
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 1)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 1)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(b, 1)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideDram(a)) return 0x20c;  // bounds-dram: every byte of a in DRAM lies inside one region
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      if (!plain) {
        if (!rules.readable(a)) return 0x212;  // protection: a in DRAM may be read
      }
      return 0;
    }
    case OP_UNPACK: {
      const hasB = operand.role(b) != 0;
      const plain = rules.plain(at, 1);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!rules.feature(10)) return 0x3;  // feature: the profile has unpack
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (hasB && !rules.sameTypeWhen(UNPACK.form(words), d, b, 0, 0)) return 0x30107;  // dtype: palette: d and b have the same dtype
      if (!rules.dtypeWhen(UNPACK.form(words), d, 1, 1, 2)) return 0x107;  // dtype: scale: d is a signed float
      if (!rules.sameTypeWhen(UNPACK.form(words), d, a, 2, 2)) return 0x20107;  // dtype: expand: d and a have the same dtype
      if (!rules.dtypeWhen(UNPACK.form(words), d, 3, 3, 20)) return 0x107;  // dtype: packed: d is a dtype of a byte
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeWhen(UNPACK.form(words), a, 0, 0, 4)) return 0x207;  // dtype: palette: a is u8
      if (!rules.dtypeWhen(UNPACK.form(words), a, 1, 1, 17)) return 0x207;  // dtype: scale: a is an integer of at most 32 bits, a signed float or i8f6
      if (!rules.zeroPointWhen(UNPACK.form(words), a, retirement.modeAt(at), 1)) return 0x207;  // dtype: the zero point is zero when a is no integer
      if (!rules.dtypeWhen(UNPACK.form(words), a, 3, 3, 4)) return 0x207;  // dtype: packed: a is u8
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.dtypeWhen(UNPACK.form(words), b, 1, 1, 16)) return 0x307;  // dtype: scale: b is a float or e8m0
      if (hasB && !rules.dtypeWhen(UNPACK.form(words), b, 2, 2, 21)) return 0x307;  // dtype: expand: b is u4
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 4)) return 0x108;  // descriptor: d lies in SPM
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 6)) return 0x208;  // descriptor: a lies in DRAM or SPM
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 4)) return 0x308;  // descriptor: b lies in SPM
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (hasB && !rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.streamDims(UNPACK.form(words), UNPACK.bits(words), d, a)) return 0x20109;  // shape: palette and packed: a is [n], n the bytes that the codes of d take
      if (!rules.sameDimsWhen(UNPACK.form(words), d, a, 1, 1)) return 0x20109;  // shape: scale: d and a have the same dims
      if (hasB && !rules.sameDimsWhen(UNPACK.form(words), d, b, 1, 1)) return 0x30109;  // shape: scale: d and b have the same dims
      if (hasB && !rules.expandDims(UNPACK.form(words), d, a, b)) return 0x20109;  // shape: expand: d is [K.., N], a [K/2.., N] and b [K/4.., N], K a multiple of 4 and below 2^31
      if (hasB && !rules.paletteDims(UNPACK.form(words), UNPACK.bits(words), b)) return 0x309;  // shape: palette: b is [2^bits]
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 1)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 1)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasB && !rules.aligned(b, 1)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideDram(a)) return 0x20c;  // bounds-dram: every byte of a in DRAM lies inside one region
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (hasB && !rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      if (!plain) {
        if (!rules.readable(a)) return 0x212;  // protection: a in DRAM may be read
      }
      return 0;
    }
    case OP_CRC: {
      const plain = rules.plain(at, 1);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 12)) return 0x107;  // dtype: d is u32
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 7)) return 0x207;  // dtype: a is a dtype of at least 8 bits
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 4)) return 0x108;  // descriptor: d lies in SPM
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 6)) return 0x208;  // descriptor: a lies in DRAM or SPM
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.oneElement(d)) return 0x109;  // shape: d is [1]
      if (!plain) {
        if (!rules.aligned(d, 1)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 1)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideDram(a)) return 0x20c;  // bounds-dram: every byte of a in DRAM lies inside one region
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!plain) {
        if (!rules.readable(a)) return 0x212;  // protection: a in DRAM may be read
      }
      return 0;
    }
    case OP_STORE: {
      const plain = rules.plain(at, 2);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
      }
      if (!rules.sameTypeUnless(d, a, 1)) return 0x20103;  // feature: d and a have the same dtype, or the profile has dmaConvert
      if (!plain) {
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.convertible(d, a)) return 0x20107;  // dtype: d and a have the same dtype, or d is any dtype but ue4m3
      if (!rules.dtypeWhen(STORE.op(words), d, 1, 3, 9)) return 0x107;  // dtype: with a function: d is an integer of at most 32 bits or a signed float
      if (!rules.sameClassWhen(STORE.op(words), d, a, 1, 3)) return 0x20107;  // dtype: with a function: d and a are both integers or both floats
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeWhen(STORE.op(words), a, 1, 3, 9)) return 0x207;  // dtype: with a function: a is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 6)) return 0x108;  // descriptor: d lies in DRAM or SPM
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 2)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 2)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideDram(d)) return 0x10c;  // bounds-dram: every byte of d in DRAM lies inside one region
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!plain) {
        if (!rules.writable(d)) return 0x112;  // protection: d in DRAM may be written and is no part of the image
      }
      if (!rules.readableWhen(STORE.op(words), d)) return 0x112;  // protection: d in DRAM may be read, unless it is only written
      return 0;
    }
    case OP_SCATTER: {
      const plain = rules.plain(at, 2);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (!rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.sameType(d, a)) return 0x20107;  // dtype: d and a have the same dtype
      if (!rules.dtypeWhen(SCATTER.op(words), d, 1, 3, 9)) return 0x107;  // dtype: with a function: d is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (!rules.dtypeIn(b, 5)) return 0x307;  // dtype: b is s32 or u32
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 6)) return 0x108;  // descriptor: d lies in DRAM or SPM
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 4)) return 0x208;  // descriptor: a lies in SPM
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(b, 4)) return 0x308;  // descriptor: b lies in SPM
      if (!plain) {
        if (!rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (!rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.gatherDims(a, d, b)) return 0x10209;  // shape: b is [R], a is [R, ..] and d is [V, ..] with the same rest
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 2)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 2)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(b, 2)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideDram(d)) return 0x10c;  // bounds-dram: every byte of d in DRAM lies inside one region
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      if (!plain) {
        if (!rules.writable(d)) return 0x112;  // protection: d in DRAM may be written and is no part of the image
      }
      if (!rules.readableWhen(SCATTER.op(words), d)) return 0x112;  // protection: d in DRAM may be read, unless it is only written
      return 0;
    }
    case OP_WLOAD: {
      const hasB = operand.role(b) != 0;
      const plain = rules.plain(at, 3);
      if (!plain) {
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.notFromDram(a, 2)) return 0x203;  // feature: a in DRAM only where the profile has weightsFromDram
      if (!plain) {
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
      }
      if (hasB && !rules.scalesFeature(b, 5, 6)) return 0x303;  // feature: e8m0 scales in b only where the profile has mx, ue4m3 only where it has nvfp4
      if (!rules.sparseFeature(WLOAD.form(words), 4)) return 0x3;  // feature: sparse weights only where the profile has sparse24
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.weightExists(a)) return 0x207;  // dtype: the profile has a's dtype as weights
      if (!rules.scaledType(WLOAD.form(words), a, 2)) return 0x207;  // dtype: a is no integer where it is scaled
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.metadataType(WLOAD.form(words), b, 1)) return 0x307;  // dtype: the metadata b of sparse weights is u4
      if (hasB && !rules.scalesType(WLOAD.form(words), b, 2)) return 0x307;  // dtype: the scales b are e8m0 or ue4m3
      if (!plain) {
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 6)) return 0x208;  // descriptor: a lies in SPM or DRAM
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 4)) return 0x308;  // descriptor: b lies in SPM
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
      }
      if (!rules.tileFits(a)) return 0x209;  // shape: the tile a is not empty, and its K and N fit a row of the profile for its dtype
      if (hasB && !rules.besideDims(WLOAD.form(words), a, b)) return 0x30209;  // shape: b is [K/2, N] beside K sparse rows of a, K even, or [ceil(K / block), N] beside scaled ones
      if (!plain) {
        if (!rules.aligned(a, 3)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasB && !rules.aligned(b, 3)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideDram(a)) return 0x20c;  // bounds-dram: every byte of a in DRAM lies inside one region
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
      }
      if (!rules.slotExists(WLOAD.slot(words))) return 0xf;  // slot: slot is a weight slot of the profile
      if (!plain) {
        if (!rules.readable(a)) return 0x212;  // protection: a in DRAM may be read
      }
      return 0;
    }
    case OP_AINIT: {
      const hasA = operand.role(a) != 0;
      const plain = rules.plain(at, 3);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of acc is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of acc is linear
        if (hasA && !rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (hasA && !rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of acc is defined
      }
      if (!rules.accumulatorExists(d)) return 0x107;  // dtype: the profile accumulates in acc's dtype
      if (hasA && !rules.widensExactly(d, a)) return 0x20107;  // dtype: a has acc's dtype, or is a float that fp32 holds exactly
      if (!plain) {
        if (hasA && !rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.described(d)) return 0x108;  // descriptor: acc is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 8)) return 0x108;  // descriptor: acc lies in ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: acc has no pads
        if (hasA && !rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasA && !rules.inSpaces(a, 4)) return 0x208;  // descriptor: a lies in SPM
      if (!plain) {
        if (hasA && !rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasA && !rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless acc is
      }
      if (hasA && !rules.sameDims(d, a)) return 0x20109;  // shape: acc and a have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of acc share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit acc has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 3)) return 0x10b;  // alignment: the base of acc is a multiple of its element's bytes and of the profile's granule
      }
      if (!rules.accRows(d)) return 0x10b;  // alignment: acc in ACC starts on a row, has last stride 1 and other strides of whole rows
      if (!plain) {
        if (hasA && !rules.aligned(a, 3)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasA && !rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of acc in ACC exists
      }
      return 0;
    }
    case OP_MM: {
      const hasB = operand.role(b) != 0;
      const plain = rules.plain(at, 3);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of acc is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of acc is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.dotExists(a, d, retirement.modeAt(at))) return 0x10203;  // feature: the profile has the dot kernel that the mode names for a and acc
      if (!plain) {
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
      }
      if (hasB && !rules.scalesFeature(b, 5, 6)) return 0x303;  // feature: e8m0 scales in b only where the profile has mx, ue4m3 only where it has nvfp4
      if (!rules.zeroPointFeature(retirement.modeAt(at), 0)) return 0x3;  // feature: zero points only where the profile has zp
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of acc is defined
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.pairExists(a, d)) return 0x10207;  // dtype: the profile multiplies a into acc
      if (!rules.zeroPointsOnIntegers(a, retirement.modeAt(at))) return 0x207;  // dtype: zero points are zero when a is a float
      if (!rules.scaledType(MM.scaled(words), a, 1)) return 0x207;  // dtype: a is no integer where it is scaled
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.scalesType(MM.scaled(words), b, 1)) return 0x307;  // dtype: the scales b are e8m0 or ue4m3
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: acc is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 8)) return 0x108;  // descriptor: acc lies in ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: acc has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 4)) return 0x208;  // descriptor: a lies in SPM
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 4)) return 0x308;  // descriptor: b lies in SPM
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless acc is
        if (hasB && !rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless acc is
      }
      if (!rules.multiplyDims(d, a, MM.mRank(words), 0)) return 0x20109;  // shape: the first mRank dims of a have as many elements as the leading dims of acc
      if (!rules.rowsFit(d, a, MM.slot(words))) return 0x20109;  // shape: the rows of acc are at most the profile's mMax
      if (hasB && !rules.scaleDims(a, b, MM.mRank(words))) return 0x30209;  // shape: b has a scale for each block of K in each row of a
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of acc share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit acc has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 3)) return 0x10b;  // alignment: the base of acc is a multiple of its element's bytes and of the profile's granule
      }
      if (!rules.accRows(d)) return 0x10b;  // alignment: acc in ACC starts on a row, has last stride 1 and other strides of whole rows
      if (!plain) {
        if (!rules.aligned(a, 3)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasB && !rules.aligned(b, 3)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of acc in ACC exists
      }
      if (!rules.slotExists(MM.slot(words))) return 0xf;  // slot: slot is a weight slot of the profile
      if (!rules.weightsFit(d, a, MM.slot(words), MM.mRank(words), 0)) return 0x20110;  // weights: the weights of slot are loaded, multiply a into acc, and have their K and N
      if (!rules.dotFits(d, a, MM.slot(words), retirement.modeAt(at))) return 0x20110;  // weights: the dot kernel of the mode exists for these dtypes
      if (hasB && !rules.scalesAgree(MM.slot(words), b)) return 0x310;  // weights: the scales of slot and b have the same dtype
      if (!rules.scalingFits(MM.scaled(words), MM.slot(words))) return 0x10;  // weights: the weights of slot have scales exactly where the instruction is scaled
      return 0;
    }
    case OP_MDW: {
      const plain = rules.plain(at, 3);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of acc is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of acc is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.dotExists(a, d, retirement.modeAt(at))) return 0x10203;  // feature: the profile has the dot kernel that the mode names for a and acc
      if (!rules.zeroPointFeature(retirement.modeAt(at), 0)) return 0x3;  // feature: zero points only where the profile has zp
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of acc is defined
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.pairExists(a, d)) return 0x10207;  // dtype: the profile multiplies a into acc
      if (!rules.zeroPointsOnIntegers(a, retirement.modeAt(at))) return 0x207;  // dtype: zero points are zero when a is a float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: acc is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 8)) return 0x108;  // descriptor: acc lies in ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: acc has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 4)) return 0x208;  // descriptor: a lies in SPM
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless acc is
      }
      if (!rules.multiplyDims(d, a, MDW.mRank(words), 1)) return 0x20109;  // shape: the first mRank dims of a have as many elements as the leading dims of acc, and its last dim is that of acc
      if (!rules.rowsFit(d, a, MDW.slot(words))) return 0x20109;  // shape: the rows of acc are at most the profile's mMax
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of acc share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit acc has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 3)) return 0x10b;  // alignment: the base of acc is a multiple of its element's bytes and of the profile's granule
      }
      if (!rules.accRows(d)) return 0x10b;  // alignment: acc in ACC starts on a row, has last stride 1 and other strides of whole rows
      if (!plain) {
        if (!rules.aligned(a, 3)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of acc in ACC exists
      }
      if (!rules.slotExists(MDW.slot(words))) return 0xf;  // slot: slot is a weight slot of the profile
      if (!rules.weightsFit(d, a, MDW.slot(words), MDW.mRank(words), 1)) return 0x20110;  // weights: the weights of slot are loaded, multiply a into acc, and have their K and N
      if (!rules.dotFits(d, a, MDW.slot(words), retirement.modeAt(at))) return 0x20110;  // weights: the dot kernel of the mode exists for these dtypes
      if (!rules.unscaledSlot(MDW.slot(words))) return 0x10;  // weights: the weights of slot have no scales
      return 0;
    }
    case OP_DRAIN: {
      const hasB = operand.role(b) != 0;
      const hasC = operand.role(c) != 0;
      const plain = rules.plain(at, 3);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
        if (hasC && !rules.formatPresent(c)) return 0x403;  // feature: the dtype of c is one of the profile, if it is one at all
        if (hasC && !rules.layoutLinear(c)) return 0x403;  // feature: the layout of c is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!rules.scaleFeature(retirement.modeAt(at), 7, 8, 35)) return 0x3;  // feature: the gemmlowp and TOSA scales only where the profile has them, the scales by fp32 only where it has fp32
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 8)) return 0x107;  // dtype: d is an integer or a signed float
      if (!rules.epilogueTypes(d, a, DRAIN.activation(words), retirement.modeAt(at))) return 0x20107;  // dtype: scales 1 to 3 and a zero point of a need an integer a; leaky needs a float value; a zero point of the result an integer d
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 8)) return 0x207;  // dtype: a is an integer or a signed float
      if (hasC && !rules.residualClass(a, c, retirement.modeAt(at))) return 0x40207;  // dtype: c is an integer, or a float where the scaled value is one
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.dtypeIn(b, 3)) return 0x307;  // dtype: b is s32
      if (!plain) {
        if (hasC && !rules.dtypeDefined(c)) return 0x407;  // dtype: the dtype code of c is defined
      }
      if (hasC && !rules.dtypeIn(c, 8)) return 0x407;  // dtype: c is an integer or a signed float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 4)) return 0x108;  // descriptor: d lies in SPM
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 8)) return 0x208;  // descriptor: a lies in ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 4)) return 0x308;  // descriptor: b lies in SPM
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (hasC && !rules.described(c)) return 0x408;  // descriptor: c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasC && !rules.inSpaces(c, 4)) return 0x408;  // descriptor: c lies in SPM
      if (!plain) {
        if (hasC && !rules.unpadded(c)) return 0x408;  // descriptor: c has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (hasB && !rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
        if (hasC && !rules.fed(d, c)) return 0x40109;  // shape: c is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (hasC && !rules.sameDims(d, c)) return 0x40109;  // shape: d and c have the same dims
      if (hasB && !rules.tableDims(d, b)) return 0x30109;  // shape: b is [N, 4] with N the last dim of d
      if (!rules.tableNeeded(DRAIN.table(words), DRAIN.activation(words), retirement.modeAt(at))) return 0x9;  // shape: a scale or a slope needs the channel table
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 3)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 3)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
      }
      if (!rules.accRows(a)) return 0x20b;  // alignment: a in ACC starts on a row, has last stride 1 and other strides of whole rows
      if (!plain) {
        if (hasB && !rules.aligned(b, 3)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (hasC && !rules.aligned(c, 3)) return 0x40b;  // alignment: the base of c is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (hasC && !rules.insideSpm(c)) return 0x40d;  // bounds-spm: every byte of c in SPM exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (hasB && !rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      if (hasC && !rules.apart(d, c)) return 0x40111;  // overlap: d and c are apart, or the same elements in the same places
      return 0;
    }
    case OP_BINARY: {
      const hasB = operand.role(b) != 0;
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 9)) return 0x107;  // dtype: d is an integer of at most 32 bits or a signed float
      if (!rules.sameClass(d, a)) return 0x20107;  // dtype: d and a are both integers or both floats
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 9)) return 0x207;  // dtype: a is an integer of at most 32 bits or a signed float
      if (hasB && !rules.sameClass(a, b)) return 0x30207;  // dtype: a and b are both integers or both floats
      if (!rules.dtypeWhen(BINARY.op(words), a, 3, 3, 2)) return 0x207;  // dtype: division: a is a signed float
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.dtypeIn(b, 9)) return 0x307;  // dtype: b is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 12)) return 0x308;  // descriptor: b lies in SPM or ACC
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (hasB && !rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (hasB && !rules.sameDims(d, b)) return 0x30109;  // shape: d and b have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasB && !rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (hasB && !rules.insideAcc(b)) return 0x30e;  // bounds-acc: every byte of b in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (hasB && !rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      return 0;
    }
    case OP_FMA: {
      const hasB = operand.role(b) != 0;
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
        if (!rules.formatPresent(c)) return 0x403;  // feature: the dtype of c is one of the profile, if it is one at all
        if (!rules.layoutLinear(c)) return 0x403;  // feature: the layout of c is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 9)) return 0x107;  // dtype: d is an integer of at most 32 bits or a signed float
      if (!rules.sameClass(d, a)) return 0x20107;  // dtype: d and a are both integers or both floats
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 9)) return 0x207;  // dtype: a is an integer of at most 32 bits or a signed float
      if (hasB && !rules.sameClass(a, b)) return 0x30207;  // dtype: a and b are both integers or both floats
      if (!rules.sameClass(a, c)) return 0x40207;  // dtype: a and c are both integers or both floats
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.dtypeIn(b, 9)) return 0x307;  // dtype: b is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (!rules.dtypeDefined(c)) return 0x407;  // dtype: the dtype code of c is defined
      }
      if (!rules.dtypeIn(c, 9)) return 0x407;  // dtype: c is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 12)) return 0x308;  // descriptor: b lies in SPM or ACC
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.described(c)) return 0x408;  // descriptor: c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(c, 12)) return 0x408;  // descriptor: c lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(c)) return 0x408;  // descriptor: c has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (hasB && !rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
        if (!rules.fed(d, c)) return 0x40109;  // shape: c is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (hasB && !rules.sameDims(d, b)) return 0x30109;  // shape: d and b have the same dims
      if (!rules.sameDims(d, c)) return 0x40109;  // shape: d and c have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasB && !rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(c, 4)) return 0x40b;  // alignment: the base of c is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideSpm(c)) return 0x40d;  // bounds-spm: every byte of c in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (hasB && !rules.insideAcc(b)) return 0x30e;  // bounds-acc: every byte of b in ACC exists
        if (!rules.insideAcc(c)) return 0x40e;  // bounds-acc: every byte of c in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (hasB && !rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      if (!rules.apart(d, c)) return 0x40111;  // overlap: d and c are apart, or the same elements in the same places
      return 0;
    }
    case OP_COMPARE: {
      const hasB = operand.role(b) != 0;
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 4)) return 0x107;  // dtype: d is u8
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 9)) return 0x207;  // dtype: a is an integer of at most 32 bits or a signed float
      if (hasB && !rules.sameClass(a, b)) return 0x30207;  // dtype: a and b are both integers or both floats
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.dtypeIn(b, 9)) return 0x307;  // dtype: b is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 12)) return 0x308;  // descriptor: b lies in SPM or ACC
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (hasB && !rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (hasB && !rules.sameDims(d, b)) return 0x30109;  // shape: d and b have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasB && !rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (hasB && !rules.insideAcc(b)) return 0x30e;  // bounds-acc: every byte of b in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (hasB && !rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      return 0;
    }
    case OP_SELECT: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (!rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
        if (!rules.formatPresent(c)) return 0x403;  // feature: the dtype of c is one of the profile, if it is one at all
        if (!rules.layoutLinear(c)) return 0x403;  // feature: the layout of c is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.sameType(d, a)) return 0x20107;  // dtype: d and a have the same dtype
      if (!rules.sameType(d, b)) return 0x30107;  // dtype: d and b have the same dtype
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
        if (!rules.dtypeDefined(c)) return 0x407;  // dtype: the dtype code of c is defined
      }
      if (!rules.dtypeIn(c, 4)) return 0x407;  // dtype: c is u8
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(b, 12)) return 0x308;  // descriptor: b lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.described(c)) return 0x408;  // descriptor: c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(c, 12)) return 0x408;  // descriptor: c lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(c)) return 0x408;  // descriptor: c has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (!rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
        if (!rules.fed(d, c)) return 0x40109;  // shape: c is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!rules.sameDims(d, b)) return 0x30109;  // shape: d and b have the same dims
      if (!rules.sameDims(d, c)) return 0x40109;  // shape: d and c have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(c, 4)) return 0x40b;  // alignment: the base of c is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideSpm(c)) return 0x40d;  // bounds-spm: every byte of c in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (!rules.insideAcc(b)) return 0x30e;  // bounds-acc: every byte of b in ACC exists
        if (!rules.insideAcc(c)) return 0x40e;  // bounds-acc: every byte of c in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      if (!rules.apart(d, c)) return 0x40111;  // overlap: d and c are apart, or the same elements in the same places
      return 0;
    }
    case OP_BITWISE: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (!rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 1)) return 0x107;  // dtype: d is an integer of at most 32 bits
      if (!rules.sameType(d, a)) return 0x20107;  // dtype: d and a have the same dtype
      if (!rules.sameType(d, b)) return 0x30107;  // dtype: d and b have the same dtype
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(b, 12)) return 0x308;  // descriptor: b lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (!rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!rules.sameDims(d, b)) return 0x30109;  // shape: d and b have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (!rules.insideAcc(b)) return 0x30e;  // bounds-acc: every byte of b in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      return 0;
    }
    case OP_SHIFT: {
      const hasB = operand.role(b) != 0;
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 9)) return 0x107;  // dtype: d is an integer of at most 32 bits or a signed float
      if (!rules.sameClass(d, a)) return 0x20107;  // dtype: d and a are both integers or both floats
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 9)) return 0x207;  // dtype: a is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.dtypeIn(b, 1)) return 0x307;  // dtype: b is an integer of at most 32 bits
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 12)) return 0x308;  // descriptor: b lies in SPM or ACC
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (hasB && !rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (hasB && !rules.sameDims(d, b)) return 0x30109;  // shape: d and b have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasB && !rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (hasB && !rules.insideAcc(b)) return 0x30e;  // bounds-acc: every byte of b in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (hasB && !rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      return 0;
    }
    case OP_MOVE: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.sameType(d, a)) return 0x20107;  // dtype: d and a have the same dtype
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      return 0;
    }
    case OP_CONVERT: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 13)) return 0x107;  // dtype: d is any dtype but ue4m3
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      return 0;
    }
    case OP_UNARY: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 9)) return 0x107;  // dtype: d is an integer of at most 32 bits or a signed float
      if (!rules.sameClass(d, a)) return 0x20107;  // dtype: d and a are both integers or both floats
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 9)) return 0x207;  // dtype: a is an integer of at most 32 bits or a signed float
      if (!rules.dtypeWhen(UNARY.op(words), a, 3, 3, 1)) return 0x207;  // dtype: complement: a is an integer of at most 32 bits
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      return 0;
    }
    case OP_SPECIAL: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!rules.feature(11)) return 0x3;  // feature: the profile has special
      if (!rules.levelExists(SPECIAL.op(words), retirement.modeAt(at))) return 0x3;  // feature: at level lut the profile has a table for the function
      if (!rules.settledWhen(SPECIAL.op(words), retirement.modeAt(at), 0, 2)) return 0x3;  // feature: recip, sqrt and rsqrt are not rounded stochastically
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 2)) return 0x107;  // dtype: d is a signed float
      if (!rules.sameType(d, a)) return 0x20107;  // dtype: d and a have the same dtype
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      return 0;
    }
    case OP_CLAMP: {
      const hasB = operand.role(b) != 0;
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 9)) return 0x107;  // dtype: d is an integer of at most 32 bits or a signed float
      if (!rules.sameClass(d, a)) return 0x20107;  // dtype: d and a are both integers or both floats
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 9)) return 0x207;  // dtype: a is an integer of at most 32 bits or a signed float
      if (hasB && !rules.sameClass(a, b)) return 0x30207;  // dtype: a and b are both integers or both floats
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.dtypeIn(b, 9)) return 0x307;  // dtype: b is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 12)) return 0x308;  // descriptor: b lies in SPM or ACC
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (hasB && !rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (hasB && !rules.sameDims(d, b)) return 0x30109;  // shape: d and b have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasB && !rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (hasB && !rules.insideAcc(b)) return 0x30e;  // bounds-acc: every byte of b in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (hasB && !rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      return 0;
    }
    case OP_LUT: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (!rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
      }
      if (!rules.feature(12)) return 0x3;  // feature: the profile has lut
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeWhen(LUT.form(words), d, 1, 1, 3)) return 0x107;  // dtype: linear32: d is s32
      if (!rules.dtypeWhen(LUT.form(words), d, 2, 2, 22)) return 0x107;  // dtype: linear16: d is s16
      if (!rules.sameTypeWhen(LUT.form(words), d, b, 0, 0)) return 0x30107;  // dtype: direct8: d and b have the same dtype
      if (!rules.sameTypeWhen(LUT.form(words), d, b, 3, 3)) return 0x30107;  // dtype: direct16: d and b have the same dtype
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeWhen(LUT.form(words), a, 0, 0, 18)) return 0x207;  // dtype: direct8: a is a dtype of at most 8 bits
      if (!rules.dtypeWhen(LUT.form(words), a, 1, 2, 22)) return 0x207;  // dtype: linear: a is s16
      if (!rules.dtypeWhen(LUT.form(words), a, 3, 3, 19)) return 0x207;  // dtype: direct16: a is a dtype of 16 bits
      if (!plain) {
        if (!rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (!rules.dtypeWhen(LUT.form(words), b, 1, 2, 22)) return 0x307;  // dtype: linear: b is s16
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(b, 4)) return 0x308;  // descriptor: b lies in SPM
      if (!plain) {
        if (!rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (!rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!rules.lutDims(LUT.form(words), b)) return 0x309;  // shape: b is [256], [513], [513] or [65536]
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      return 0;
    }
    case OP_REDUCE: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 9)) return 0x107;  // dtype: d is an integer of at most 32 bits or a signed float
      if (!rules.dtypeWhen(REDUCE.op(words), d, 4, 5, 3)) return 0x107;  // dtype: an index: d is s32
      if (!rules.sameClassWhen(REDUCE.op(words), d, a, 0, 3)) return 0x20107;  // dtype: a value: d and a are both integers or both floats
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 9)) return 0x207;  // dtype: a is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.reduceDims(d, a, REDUCE.r(words))) return 0x20109;  // shape: d has the dims of a without the last r, or is [1]
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      return 0;
    }
    case OP_SCAN: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 9)) return 0x107;  // dtype: d is an integer of at most 32 bits or a signed float
      if (!rules.sameClass(d, a)) return 0x20107;  // dtype: d and a are both integers or both floats
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 9)) return 0x207;  // dtype: a is an integer of at most 32 bits or a signed float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      return 0;
    }
    case OP_IOTA: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 1)) return 0x107;  // dtype: d is an integer of at most 32 bits
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
      }
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
      }
      return 0;
    }
    case OP_RANDOM: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
      }
      if (!rules.feature(13)) return 0x3;  // feature: the profile has random
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeWhen(RANDOM.op(words), d, 0, 0, 12)) return 0x107;  // dtype: bits: d is u32
      if (!rules.dtypeWhen(RANDOM.op(words), d, 1, 1, 10)) return 0x107;  // dtype: unit: d is fp32
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
      }
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
      }
      return 0;
    }
    case OP_TAKE: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (!rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.sameType(d, a)) return 0x20107;  // dtype: d and a have the same dtype
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
        if (!rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (!rules.dtypeIn(b, 11)) return 0x307;  // dtype: b is s32, u32, u8 or s16
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(b, 12)) return 0x308;  // descriptor: b lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (!rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.takeDims(d, a, b)) return 0x20109;  // shape: b has the dims of d, and so has a but for its last one
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (!rules.insideAcc(b)) return 0x30e;  // bounds-acc: every byte of b in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      return 0;
    }
    case OP_SCALE: {
      const hasB = operand.role(b) != 0;
      const hasC = operand.role(c) != 0;
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (hasB && !rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (hasB && !rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
        if (hasC && !rules.formatPresent(c)) return 0x403;  // feature: the dtype of c is one of the profile, if it is one at all
        if (hasC && !rules.layoutLinear(c)) return 0x403;  // feature: the layout of c is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!rules.scaleFeature(retirement.modeAt(at), 7, 8, 35)) return 0x3;  // feature: the gemmlowp and TOSA scales only where the profile has them, the scales by fp32 only where it has fp32
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 8)) return 0x107;  // dtype: d is an integer or a signed float
      if (!rules.epilogueTypes(d, a, SCALE.activation(words), retirement.modeAt(at))) return 0x20107;  // dtype: scales 1 to 3 and a zero point of a need an integer a; leaky needs a float value; a zero point of the result an integer d
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 8)) return 0x207;  // dtype: a is an integer or a signed float
      if (hasC && !rules.residualClass(a, c, retirement.modeAt(at))) return 0x40207;  // dtype: c is an integer, or a float where the scaled value is one
      if (!plain) {
        if (hasB && !rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (hasB && !rules.dtypeIn(b, 3)) return 0x307;  // dtype: b is s32
      if (!plain) {
        if (hasC && !rules.dtypeDefined(c)) return 0x407;  // dtype: the dtype code of c is defined
      }
      if (hasC && !rules.dtypeIn(c, 8)) return 0x407;  // dtype: c is an integer or a signed float
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (hasB && !rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasB && !rules.inSpaces(b, 4)) return 0x308;  // descriptor: b lies in SPM
      if (!plain) {
        if (hasB && !rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (hasC && !rules.described(c)) return 0x408;  // descriptor: c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (hasC && !rules.inSpaces(c, 4)) return 0x408;  // descriptor: c lies in SPM
      if (!plain) {
        if (hasC && !rules.unpadded(c)) return 0x408;  // descriptor: c has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (hasB && !rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
        if (hasC && !rules.fed(d, c)) return 0x40109;  // shape: c is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (hasC && !rules.sameDims(d, c)) return 0x40109;  // shape: d and c have the same dims
      if (hasB && !rules.tableDims(d, b)) return 0x30109;  // shape: b is [N, 4] with N the last dim of d
      if (!rules.tableNeeded(SCALE.table(words), SCALE.activation(words), retirement.modeAt(at))) return 0x9;  // shape: a scale or a slope needs the channel table
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (hasB && !rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (hasC && !rules.aligned(c, 4)) return 0x40b;  // alignment: the base of c is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (hasB && !rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (hasC && !rules.insideSpm(c)) return 0x40d;  // bounds-spm: every byte of c in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (hasB && !rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      if (hasC && !rules.apart(d, c)) return 0x40111;  // overlap: d and c are apart, or the same elements in the same places
      return 0;
    }
    case OP_BQUANT: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.formatPresent(c)) return 0x403;  // feature: the dtype of c is one of the profile, if it is one at all
        if (!rules.layoutLinear(c)) return 0x403;  // feature: the layout of c is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!rules.feature(14)) return 0x3;  // feature: the profile has bquant
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 14)) return 0x107;  // dtype: d is a signed float of at most 8 bits or i8f6
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 2)) return 0x207;  // dtype: a is a signed float
      if (!plain) {
        if (!rules.dtypeDefined(c)) return 0x407;  // dtype: the dtype code of c is defined
      }
      if (!rules.dtypeIn(c, 15)) return 0x407;  // dtype: c is e8m0 or ue4m3
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.described(c)) return 0x408;  // descriptor: c is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(c, 12)) return 0x408;  // descriptor: c lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(c)) return 0x408;  // descriptor: c has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!rules.blockDims(d, c)) return 0x40109;  // shape: c has the dims of d, but one element for each block of the last dim
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.injective(c)) return 0x40a;  // stride: no two elements of c share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(c, 4)) return 0x40b;  // alignment: the base of c is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideSpm(c)) return 0x40d;  // bounds-spm: every byte of c in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (!rules.insideAcc(c)) return 0x40e;  // bounds-acc: every byte of c in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!rules.disjoint(d, c)) return 0x40111;  // overlap: d and c are apart
      if (!rules.apart(c, a)) return 0x20411;  // overlap: c and a are apart, or the same elements in the same places
      return 0;
    }
    case OP_BDEQUANT: {
      const plain = rules.plain(at, 4);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
        if (!rules.formatPresent(b)) return 0x303;  // feature: the dtype of b is one of the profile, if it is one at all
        if (!rules.layoutLinear(b)) return 0x303;  // feature: the layout of b is linear
      }
      if (!rules.notStochastic(retirement.modeAt(at), 16)) return 0x3;  // feature: stochastic rounding only where the profile has it
      if (!rules.feature(15)) return 0x3;  // feature: the profile has bdequant
      if (!plain) {
        if (!rules.dtypeDefined(d)) return 0x107;  // dtype: the dtype code of d is defined
      }
      if (!rules.dtypeIn(d, 2)) return 0x107;  // dtype: d is a signed float
      if (!plain) {
        if (!rules.dtypeDefined(a)) return 0x207;  // dtype: the dtype code of a is defined
      }
      if (!rules.dtypeIn(a, 14)) return 0x207;  // dtype: a is a signed float of at most 8 bits or i8f6
      if (!plain) {
        if (!rules.dtypeDefined(b)) return 0x307;  // dtype: the dtype code of b is defined
      }
      if (!rules.dtypeIn(b, 15)) return 0x307;  // dtype: b is e8m0 or ue4m3
      if (!plain) {
        if (!rules.described(d)) return 0x108;  // descriptor: d is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(d, 12)) return 0x108;  // descriptor: d lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(d)) return 0x108;  // descriptor: d has no pads
        if (!rules.described(a)) return 0x208;  // descriptor: a is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(a, 12)) return 0x208;  // descriptor: a lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(a)) return 0x208;  // descriptor: a has no pads
        if (!rules.described(b)) return 0x308;  // descriptor: b is set: rank 1 to 5, dims below 2^24, fewer than 2^31 elements, unused fields zero, fill within the width
      }
      if (!rules.inSpaces(b, 12)) return 0x308;  // descriptor: b lies in SPM or ACC
      if (!plain) {
        if (!rules.unpadded(b)) return 0x308;  // descriptor: b has no pads
        if (!rules.fed(d, a)) return 0x20109;  // shape: a is not empty, unless d is
        if (!rules.fed(d, b)) return 0x30109;  // shape: b is not empty, unless d is
      }
      if (!rules.sameDims(d, a)) return 0x20109;  // shape: d and a have the same dims
      if (!rules.blockDims(d, b)) return 0x30109;  // shape: b has the dims of d, but one element for each block of the last dim
      if (!plain && rules.empty(d)) return 0;
      if (!plain) {
        if (!rules.injective(d)) return 0x10a;  // stride: no two elements of d share a byte: each stride exceeds the reach of all smaller ones
        if (!rules.wholeBytes(d)) return 0x10a;  // stride: a 4-bit d has last stride 1 and rows that start on a byte
        if (!rules.aligned(d, 4)) return 0x10b;  // alignment: the base of d is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(a, 4)) return 0x20b;  // alignment: the base of a is a multiple of its element's bytes and of the profile's granule
        if (!rules.aligned(b, 4)) return 0x30b;  // alignment: the base of b is a multiple of its element's bytes and of the profile's granule
        if (!rules.insideSpm(d)) return 0x10d;  // bounds-spm: every byte of d in SPM exists
        if (!rules.insideSpm(a)) return 0x20d;  // bounds-spm: every byte of a in SPM exists
        if (!rules.insideSpm(b)) return 0x30d;  // bounds-spm: every byte of b in SPM exists
        if (!rules.insideAcc(d)) return 0x10e;  // bounds-acc: every byte of d in ACC exists
        if (!rules.insideAcc(a)) return 0x20e;  // bounds-acc: every byte of a in ACC exists
        if (!rules.insideAcc(b)) return 0x30e;  // bounds-acc: every byte of b in ACC exists
      }
      if (!rules.apart(d, a)) return 0x20111;  // overlap: d and a are apart, or the same elements in the same places
      if (!rules.apart(d, b)) return 0x30111;  // overlap: d and b are apart, or the same elements in the same places
      return 0;
    }
    case OP_PUT: {
      const plain = rules.plain(at, 5);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
      }
      if (!rules.notPeer(d)) return 0x103;  // feature: d is in a peer's memory only where the profile has links
      if (!plain) {
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      return 0x3;  // feature: the profile has lnk
    }
    case OP_GET: {
      const plain = rules.plain(at, 5);
      if (!plain) {
        if (!rules.formatPresent(d)) return 0x103;  // feature: the dtype of d is one of the profile, if it is one at all
        if (!rules.layoutLinear(d)) return 0x103;  // feature: the layout of d is linear
        if (!rules.formatPresent(a)) return 0x203;  // feature: the dtype of a is one of the profile, if it is one at all
        if (!rules.layoutLinear(a)) return 0x203;  // feature: the layout of a is linear
      }
      if (!rules.notPeer(a)) return 0x203;  // feature: a is in a peer's memory only where the profile has links
      return 0x3;  // feature: the profile has lnk
    }
    case OP_RPOST: {
      return 0x3;  // feature: the profile has lnk
    }
    default: return 0;
  }
}
