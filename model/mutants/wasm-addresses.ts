//! wasm-addresses: which constants of a function are addresses: nothing but sums is done to them before memory is accessed there.
import { CALL, DROP, GLOBAL_GET, GLOBAL_SET, I32_CONST, type Instruction, LOCAL_GET, LOCAL_SET, LOCAL_TEE, SELECT, SIMD } from './wasm-code.ts';
import { Reader, type WasmFunction, type WasmModule } from './wasm-module.ts';

const I32_ADD = 0x6a, F32_CONST = 0x43, F64_CONST = 0x44, I64_CONST = 0x42;
/** The constants that a value is a sum of, by the places of their instructions. */
type Terms = readonly number[];
const NONE: Terms = [];

/** Places of those constants. What lies on the stack is followed from one branch or target of a branch to the next. */
export function addressesIn({ signatures }: WasmModule, { body }: WasmFunction, list: readonly Instruction[]): ReadonlySet<number> {
  const found = new Set<number>();
  let stack: Terms[] = [];
  const pop = (count = 1): Terms => { let last = NONE; for (let i = 0; i < count; i++) last = stack.pop() ?? NONE; return last; };
  list.forEach(({ op, immediates }, place) => {
    if (op === I32_CONST) { stack.push([place]); return; }
    if (op === I32_ADD) { const right = pop(), left = pop(); stack.push([...left, ...right]); return; }
    if (op === LOCAL_TEE) return;
    if (op === CALL) {
      const { parameters, results } = signatures[new Reader(body, immediates).u32()]!;
      pop(parameters.length);
      stack.push(...results.map(() => NONE));
      return;
    }
    const effect = effectOf(op);
    if (!effect) { stack = []; return; }
    const [takes, gives] = effect, deepest = pop(takes);
    if (accessesMemory(op)) for (const one of deepest) found.add(one);
    if (gives > 0) stack.push(NONE);
  });
  return found;
}

/** Of a load or store the deepest operand is the address. */
const accessesMemory = (op: number): boolean => (op >= 0x28 && op <= 0x3e) || (op >= SIMD * 256 && op <= SIMD * 256 + 11) || (op >= SIMD * 256 + 84 && op <= SIMD * 256 + 93);

/** How many values an instruction takes and gives; undefined of what branches, and of all else that nobody asks for. */
function effectOf(op: number): readonly [takes: number, gives: number] | undefined {
  if (op === LOCAL_GET || op === GLOBAL_GET || op === I64_CONST || op === F32_CONST || op === F64_CONST) return [0, 1];
  if (op === LOCAL_SET || op === GLOBAL_SET || op === DROP) return [1, 0];
  if (op === SELECT) return [3, 1];
  if (op >= 0x28 && op <= 0x35) return [1, 1];
  if (op >= 0x36 && op <= 0x3e) return [2, 0];
  if (op >= 0x45 && op <= 0xc4) return isUnary(op) ? [1, 1] : [2, 1];
  if (op < SIMD * 256) return undefined;
  return simdEffect(op - SIMD * 256);
}
const isUnary = (op: number): boolean => op === 0x45 || op === 0x50 || (op >= 0x67 && op <= 0x69) || (op >= 0x79 && op <= 0x7b) || (op >= 0x8b && op <= 0x91) || (op >= 0x99 && op <= 0x9f) || op >= 0xa7;
function simdEffect(code: number): readonly [number, number] | undefined {
  if (code <= 10 || code === 92 || code === 93) return [1, 1];
  if (code === 11 || (code >= 88 && code <= 91)) return [2, 0];
  if (code === 12) return [0, 1];
  if (code >= 84 && code <= 87) return [2, 1];
  if (code >= 15 && code <= 34) return [23, 26, 28, 30, 32, 34].includes(code) ? [2, 1] : [1, 1];
  if (code === 13 || code === 14 || (code >= 35 && code <= 76) || (code >= 78 && code <= 81)) return [2, 1];
  return undefined;
}
