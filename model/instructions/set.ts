//! set: every instruction, by opcode.
import { Defect } from '../failure.ts';
import type { Definition } from '../isa/instruction.ts';
import { ainit } from './ainit.ts';
import { alu } from './alu.ts';
import { bdequant } from './bdequant.ts';
import { binary } from './binary.ts';
import { bitwise } from './bitwise.ts';
import { bquant } from './bquant.ts';
import { breakpoint } from './break.ts';
import { call } from './call.ts';
import { clamp } from './clamp.ts';
import { cmp } from './cmp.ts';
import { compare } from './compare.ts';
import { convert } from './convert.ts';
import { crc } from './crc.ts';
import { csrr } from './csrr.ts';
import { csrw } from './csrw.ts';
import { drain } from './drain.ts';
import { fence } from './fence.ts';
import { fill } from './fill.ts';
import { fma } from './fma.ts';
import { gather } from './gather.ts';
import { get } from './get.ts';
import { halt } from './halt.ts';
import { iota } from './iota.ts';
import { irq } from './irq.ts';
import { jump } from './jump.ts';
import { lbreak } from './lbreak.ts';
import { ld } from './ld.ts';
import { load } from './load.ts';
import { loop } from './loop.ts';
import { lut } from './lut.ts';
import { mark } from './mark.ts';
import { mdw } from './mdw.ts';
import { mm } from './mm.ts';
import { move } from './move.ts';
import { nop } from './nop.ts';
import { nset } from './nset.ts';
import { post } from './post.ts';
import { put } from './put.ts';
import { random } from './random.ts';
import { reduce } from './reduce.ts';
import { ret } from './ret.ts';
import { rpost } from './rpost.ts';
import { scale } from './scale.ts';
import { scan } from './scan.ts';
import { scatter } from './scatter.ts';
import { select } from './select.ts';
import { shift } from './shift.ts';
import { special } from './special.ts';
import { st } from './st.ts';
import { store } from './store.ts';
import { take } from './take.ts';
import { tcopy } from './tcopy.ts';
import { tload } from './tload.ts';
import { trap } from './trap.ts';
import { tset } from './tset.ts';
import { unary } from './unary.ts';
import { unpack } from './unpack.ts';
import { wait } from './wait.ts';
import { wload } from './wload.ts';

/** All definitions, ascending opcodes. A new instruction is a file and a line here. */
export const set: readonly Definition[] = [
  nop, halt, fence, trap, breakpoint, mark, irq, alu, cmp, ld, st, jump, call, ret, loop, lbreak, csrr, csrw, tset, tload, tcopy,
  nset, post, wait, load, fill, gather, unpack, crc, store, scatter, wload, ainit, mm, mdw, drain, binary, fma, compare, select,
  bitwise, shift, move, convert, unary, special, clamp, lut, reduce, scan, iota, random, take, scale, bquant, bdequant, put, get,
  rpost,
] as unknown as readonly Definition[];

export const byOpcode: ReadonlyMap<number, Definition> = new Map(set.map((definition) => [definition.opcode, definition]));
export const byMnemonic: ReadonlyMap<string, Definition> = new Map(set.map((definition) => [definition.mnemonic, definition]));

// 0x00 and 0xf0 to 0xff never exist, so that cleared and erased memory always traps; 0xd0 to 0xef belong to profiles.
for (const { mnemonic, opcode } of set) {
  if (opcode === 0 || opcode >= 0xd0) throw new Defect(`${mnemonic}: opcode 0x${opcode.toString(16)} is not free`);
}
if (byOpcode.size !== set.length || byMnemonic.size !== set.length) throw new Defect('two definitions share an opcode or a mnemonic');
