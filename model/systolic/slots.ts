//! slots: what weight slots hold, from the instruction that loads one, or from a snapshot.
import { lastDim, product } from '../isa/tensor.ts';
import { FORM_DENSE, FORM_SCALED, FORM_SPARSE, rowsOfSlot, type Tensor } from '../isa/view.ts';
import type { Closed } from '../machine/closed.ts';
import type { Profile } from '../machine/profile.ts';
import { slotShapes } from '../machine/serialise.ts';
import { formatByCode } from '../numerics/format.ts';
import { unpackSnapshot } from '../snapshot.ts';
import { type Bytes, codesOf, type Weights } from './multiplication.ts';

const forms: Readonly<Record<string, number>> = { dense: FORM_DENSE, sparse: FORM_SPARSE, scaled: FORM_SCALED };

/** What a wload that has just acted left in its slot. */
export function weightsOf({ captured }: Closed, memory: Bytes): Weights {
  const { a, b, form: name } = captured as { readonly a: Tensor; readonly b: Tensor | undefined; readonly form: string };
  const form = forms[name]!, rows = product(a, 0, a.rank - 1);
  return {
    dtype: a.dtype, depth: form === FORM_SPARSE ? 2n * rows : rows, columns: lastDim(a), form, scales: form === FORM_SCALED ? b!.dtype : 0,
    codes: form === FORM_DENSE ? codesOf(a, memory) : undefined,
  };
}

/** Every slot of a machine, by number. */
export function slotsOf(snapshot: Uint8Array, { hash }: Pick<Profile, 'hash'>): (Weights | undefined)[] {
  const { state, slots } = unpackSnapshot(snapshot, hash), shapes = slotShapes(state);
  return slots.map((contents, i) => {
    const shape = shapes[i];
    if (!shape || !contents) return undefined;
    if (shape.form !== FORM_DENSE) return { ...shape, codes: undefined };
    const size = Math.ceil(formatByCode(shape.dtype)!.width / 8), count = Number(rowsOfSlot(shape).weights * shape.columns);
    const code = (k: number): bigint => contents.elements.slice(k * size, k * size + size).reduceRight((word, byte) => (word << 8n) | BigInt(byte), 0n);
    return { ...shape, codes: Array.from({ length: count }, (_, k) => code(k)) };
  });
}
