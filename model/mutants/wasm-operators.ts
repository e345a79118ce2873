//! wasm-operators: what can go wrong with one instruction of WebAssembly, and still be a valid one of the same type.
import {
  BR_IF, CALL, DROP, F32_CONST, F64_CONST, I32_CONST, I32_EQZ, I64_CONST, IF, type Instruction, LOCAL_GET, SELECT, SIMD,
} from './wasm-code.ts';
import { Reader, signedLeb, unsignedLeb, type WasmFunction, type WasmModule } from './wasm-module.ts';

/** Kinds of change; a sample is spread over all of them. */
export const operators = ['relation', 'arithmetic', 'constant', 'branch', 'local', 'store', 'address', 'extension', 'call', 'choice', 'lane', 'float'] as const;
export type Operator = (typeof operators)[number];
/** The bytes that stand in place of an instruction, and what they are in words. */
export interface Change { readonly operator: Operator; readonly says: string; readonly bytes: readonly number[] }

/**
 * Every change of one instruction, of which `next` is the one behind it. `pick` chooses among many of a kind, the same way every time; `isAddress`: a
 * constant to which nothing but sums is done before memory is accessed there. What is the same by itself is no change: which of two equals a `select` takes.
 */
export function changesOf(module: WasmModule, within: WasmFunction, { op, at, end, immediates }: Instruction, next: Instruction | undefined, pick: number, isAddress: boolean): readonly Change[] {
  const own = [...within.body.subarray(at, end)], after = [...within.body.subarray(immediates, end)], reader = new Reader(within.body, immediates);
  const swapped = (swaps[op] ?? []).filter(([to]) => next?.op !== SELECT || !differsOnEquals(op, to)).map(([to, operator]): Change => ({ operator, says: `${nameOf(op)} -> ${nameOf(to)}`, bytes: [...encoded(to), ...after] }));
  switch (op) {
    case I32_CONST: case I64_CONST: return isAddress ? [wordBefore(reader.signed())] : constants(op, reader.signed());
    case F32_CONST: case F64_CONST: return [{ operator: 'constant', says: `${nameOf(op)} doubled`, bytes: [op, ...doubled(after, op)] }];
    case BR_IF: return [
      { operator: 'branch', says: 'br_if negated', bytes: [I32_EQZ, ...own] }, { operator: 'branch', says: 'br_if never taken', bytes: [DROP] },
    ];
    case IF: return [{ operator: 'branch', says: 'if negated', bytes: [I32_EQZ, ...own] }];
    case SELECT: return [{ operator: 'choice', says: 'select negated', bytes: [I32_EQZ, ...own] }];
    case LOCAL_GET: return otherLocal(within, reader.u32(), pick);
    case CALL: return droppedCall(module, reader.u32());
    default: break;
  }
  if (isStore(op)) return [...swapped, { operator: 'store', says: `${nameOf(op)} dropped`, bytes: [DROP, DROP] }, ...displaced(op, reader)];
  if (isLoad(op)) return [...swapped, ...displaced(op, reader)];
  if (op >= SIMD * 256 + 21 && op <= SIMD * 256 + 34) return [{ operator: 'lane', says: `${nameOf(op)} of the lane beside it`, bytes: [...encoded(op), after[0]! ^ 1] }];
  if (op === SIMD * 256 + 13) return [{ operator: 'lane', says: 'shuffle by a byte', bytes: [...encoded(op), ...after.slice(1), after[0]!] }];
  return swapped;
}

/** Relations that give the same but where both sides are equal: less, and less or equal. */
const differsOnEquals = (a: number, b: number): boolean => [0x48, 0x49, 0x4a, 0x4b, 0x53, 0x54, 0x55, 0x56].some((strict) => Math.min(a, b) === strict && Math.max(a, b) === strict + 4)
  || [0x5d, 0x5e, 0x63, 0x64].some((strict) => Math.min(a, b) === strict && Math.max(a, b) === strict + 2);

const isLoad = (op: number): boolean => (op >= 0x28 && op <= 0x35) || (op >= SIMD * 256 && op <= SIMD * 256 + 10) || op === SIMD * 256 + 92 || op === SIMD * 256 + 93;
const isStore = (op: number): boolean => (op >= 0x36 && op <= 0x3e) || op === SIMD * 256 + 11;
const encoded = (op: number): readonly number[] => (op < 256 ? [op] : [op >> 8, ...unsignedLeb(op & 255)]);

/** One more and one less; what may be a truth value becomes the other one, since any word but 0 is true. */
function constants(op: number, value: bigint): readonly Change[] {
  const bits = op === I32_CONST ? 32 : 64, others = value === 0n ? [1n] : value === 1n ? [0n] : [value + 1n, value - 1n];
  return others.map((other) => ({
    operator: 'constant', says: `${nameOf(op)} ${value} -> ${BigInt.asIntN(bits, other)}`, bytes: [op, ...signedLeb(BigInt.asIntN(bits, other))],
  }));
}
/** Records in memory have fields of words: one is taken for the one before it. The one behind it is what `displaced` says of the access. */
function wordBefore(value: bigint): Change {
  return { operator: 'address', says: `i32.const ${value} -> ${value - 4n}`, bytes: [I32_CONST, ...signedLeb(value - 4n)] };
}
/** Twice the number: the exponent one more. */
function doubled(bytes: readonly number[], op: number): readonly number[] {
  const copy = Uint8Array.from(bytes), view = new DataView(copy.buffer);
  if (op === F32_CONST) view.setUint32(0, view.getUint32(0, true) + 0x80_0000, true);
  else view.setBigUint64(0, view.getBigUint64(0, true) + 0x10_0000_0000_0000n, true);
  return [...copy];
}
function otherLocal({ locals }: WasmFunction, local: number, pick: number): readonly Change[] {
  const others = locals.flatMap((type, i) => (type === locals[local] && i !== local ? [i] : []));
  if (others.length === 0) return [];
  const other = others[pick % others.length]!;
  return [{ operator: 'local', says: `local ${local} -> ${other}`, bytes: [LOCAL_GET, ...unsignedLeb(other)] }];
}
function droppedCall({ signatures }: WasmModule, callee: number): readonly Change[] {
  const { parameters, results } = signatures[callee]!;
  return results.length > 0 ? [] : [{ operator: 'call', says: `call of function ${callee} dropped`, bytes: parameters.map(() => DROP) }];
}
/** The same access a word on. */
function displaced(op: number, reader: Reader): readonly Change[] {
  const align = reader.u32(), offset = reader.u32();
  return [{ operator: 'address', says: `${nameOf(op)} offset ${offset} -> ${offset + 4}`, bytes: [...encoded(op), ...unsignedLeb(align), ...unsignedLeb(offset + 4)] }];
}

type Swap = readonly [to: number, operator: Operator];

/** Relations: the opposite, and the one that differs where both sides are equal. Arithmetic: what has the same type and is another operation. */
function tableOfSwaps(): Record<number, Swap[]> {
  const table: Record<number, Swap[]> = {}, add = (from: number, to: number, operator: Operator): void => void (table[from] ??= []).push([to, operator]);
  const both = (a: number, b: number, operator: Operator): void => { add(a, b, operator); add(b, a, operator); };
  for (const first of [0x46, 0x51]) {
    both(first, first + 1, 'relation');
    for (const unsigned of [0, 1]) {
      const lt = first + 2 + unsigned, gt = lt + 2, le = lt + 4, ge = lt + 6;
      both(lt, ge, 'relation');
      both(gt, le, 'relation');
      both(lt, le, 'relation');
      both(gt, ge, 'relation');
    }
  }
  for (const first of [0x5b, 0x61]) {
    both(first, first + 1, 'relation');
    for (const [a, b] of [[2, 5], [3, 4], [2, 4], [3, 5]] as const) both(first + a, first + b, 'relation');
  }
  for (const first of [0x67, 0x79]) both(first, first + 1, 'arithmetic');
  for (const first of [0x6a, 0x7c]) {
    const [plus, minus, times, divS, divU, remS, remU, and, or, xor, shl, shrS, shrU] = Array.from({ length: 13 }, (_, i) => first + i) as [number, number, number, number, number, number, number, number, number, number, number, number, number];
    both(plus, minus, 'arithmetic');
    add(times, plus, 'arithmetic');
    for (const [from, to] of [[divS, times], [divU, times], [remS, divS], [remU, divU], [xor, and], [shrS, shrU], [shrU, shl], [shl, shrU]] as const) add(from, to, 'arithmetic');
    both(and, or, 'arithmetic');
  }
  for (const first of [0x8b, 0x99]) {
    for (const [from, to] of [[0, 1], [1, 0], [2, 3], [3, 2], [4, 5], [5, 4], [7, 8], [8, 7], [9, 7], [10, 9], [11, 12], [12, 11], [13, 7]] as const) add(first + from, first + to, 'float');
  }
  // The other way round the fields of the engine's records, which are small, would be the same.
  for (const [signed, unsigned] of [[0x2c, 0x2d], [0x2e, 0x2f], [0x30, 0x31], [0x32, 0x33], [0x34, 0x35]] as const) add(signed, unsigned, 'extension');
  for (const [a, b] of simdPairs) both(SIMD * 256 + a, SIMD * 256 + b, 'lane');
  for (const [a, b] of simdSwaps) add(SIMD * 256 + a, SIMD * 256 + b, 'lane');
  return table;
}
/** i16x8, i32x4, f32x4 and f64x2: sums and differences, extremes, relations, halves. */
const simdPairs = [
  [0x8e, 0x91], [0x96, 0x98], [0x97, 0x99], [0x87, 0x88], [0x89, 0x8a], [0xa7, 0xa8], [0xa9, 0xaa], [0xae, 0xb1], [0xb6, 0xb8], [0xb7, 0xb9], [0x37, 0x38],
  [0x39, 0x3f], [0x3b, 0x3d], [0x3a, 0x40], [0x3c, 0x3e], [0x41, 0x42], [0x43, 0x46], [0x44, 0x45], [0x47, 0x48], [0xe4, 0xe5], [0xe0, 0xe1], [0x4e, 0x50], [0xac, 0xad],
] as const;
const simdSwaps = [[0xe6, 0xe4], [0xf2, 0xf0], [0xba, 0xae], [0xab, 0xad], [0x4f, 0x4e], [0x51, 0x4e], [0xb5, 0xae]] as const;

const swaps: Readonly<Record<number, readonly Swap[]>> = tableOfSwaps();

const nameOf = (op: number): string => names.get(op) ?? (op < 256 ? `0x${op.toString(16)}` : `simd 0x${(op & 255).toString(16)}`);
const names: ReadonlyMap<number, string> = new Map([
  ...listed(0x28, 'i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u i32.store i64.store f32.store f64.store i32.store8 i32.store16 i64.store8 i64.store16 i64.store32'),
  ...listed(0x41, 'i32.const i64.const f32.const f64.const i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u i64.eqz i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u f32.eq f32.ne f32.lt f32.gt f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge'),
  ...listed(0x67, 'i32.clz i32.ctz i32.popcnt i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u i32.and i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr i64.clz i64.ctz i64.popcnt i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u i64.and i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr'),
  ...listed(0x8b, 'f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign'),
  ...[[0x00, 'v128.load'], [0x0b, 'v128.store'], [0x37, 'i32x4.eq'], [0x38, 'i32x4.ne'], [0x4e, 'v128.and'], [0x4f, 'v128.andnot'], [0x50, 'v128.or'], [0x51, 'v128.xor'], [0xa7, 'i32x4.extend_low_i16x8_s'], [0xab, 'i32x4.shl'], [0xac, 'i32x4.shr_s'], [0xad, 'i32x4.shr_u'], [0xae, 'i32x4.add'], [0xb1, 'i32x4.sub'], [0xb6, 'i32x4.min_s'], [0xb7, 'i32x4.min_u'], [0xb8, 'i32x4.max_s'], [0xb9, 'i32x4.max_u'], [0xba, 'i32x4.dot_i16x8_s'], [0xe4, 'f32x4.add'], [0xe5, 'f32x4.sub'], [0xe6, 'f32x4.mul']].map(([code, name]) => [SIMD * 256 + (code as number), name as string] as const),
]);
function listed(first: number, text: string): readonly (readonly [number, string])[] { return text.split(' ').map((name, i) => [first + i, name] as const); }
