//! outputs: the tensors in DRAM that a program leaves behind, found in its records and read element by element.
import type { OperandView, RetiredCursor } from '../cursor.ts';
import type { Device } from '../device.ts';
import { RETIRED_DONE, ROLE_READ, SPACE_DRAM, UNIT_DMO } from '../limits.ts';
import { type Format, formatByCode } from '../numerics/format.ts';

/** A tensor as a descriptor has it: `address` of the element of index 0 in bits, strides in elements. */
export interface TensorPlace {
  readonly space: number;
  readonly format: Format;
  readonly address: bigint;
  readonly dims: readonly number[];
  readonly strides: readonly number[];
}

/** Gathers what DMO writes to DRAM, each tensor once. */
export function outputGatherer(): { readonly take: (record: RetiredCursor) => void; readonly places: () => readonly TensorPlace[] } {
  const found = new Map<string, TensorPlace>();
  return {
    take(record) {
      if (record.unit !== UNIT_DMO || record.status !== RETIRED_DONE) return;
      const written = record.operand(0);
      if (written?.space !== SPACE_DRAM) return;
      const place = placeOf(written);
      if (place && elementCount(place) > 0) found.set(keyOf(place), place);
    },
    places: () => [...found.values()].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : keyOf(a) < keyOf(b) ? -1 : 1)),
  };
}

/** The tensor that an operand of a record is; undefined for a dtype that names nothing. */
export function placeOf({ space, dtype, address, dims, strides }: OperandView): TensorPlace | undefined {
  const format = formatByCode(dtype);
  return format && { space, format, address, dims, strides };
}

/** The first operand that an instruction wrote, or wrote and read. */
export function writtenOperand(record: RetiredCursor): OperandView | undefined {
  for (let position = 0; position < record.operandCount; position++) {
    const operand = record.operand(position);
    if (operand && operand.role !== ROLE_READ) return operand;
  }
  return undefined;
}

export const elementCount = ({ dims }: TensorPlace): number => dims.reduce((product, dim) => product * dim, 1);

/** The codes of a tensor, row-major, and whether all their bytes are known. The bytes are read in one piece. */
export function readTensor(device: Device, place: TensorPlace): { readonly codes: readonly bigint[]; readonly known: readonly boolean[] } {
  const { format, address, dims, strides, space } = place, width = BigInt(format.width), reach = (way: 1 | -1): bigint =>
    dims.reduce((sum, dim, axis) => sum + (Math.sign(strides[axis]!) === way ? BigInt(dim - 1) * BigInt(strides[axis]!) : 0n), 0n);
  const low = (address + width * reach(-1)) >> 3n, high = (address + width * reach(1) + width + 7n) >> 3n;
  const bytes = device.read(space, Number(low), Number(high - low)), knownBytes = device.known(space, Number(low), Number(high - low));
  const codes: bigint[] = [], known: boolean[] = [];
  for (const offset of offsets(dims, strides)) {
    const bit = address + width * BigInt(offset) - 8n * low, at = Number(bit >> 3n), size = Math.max(1, format.width / 8);
    let code = 0n;
    for (let i = size - 1; i >= 0; i--) code = (code << 8n) | BigInt(bytes[at + i]!);
    codes.push(format.width < 8 ? (code >> (bit & 7n)) & ((1n << width) - 1n) : code);
    known.push(!knownBytes.subarray(at, at + size).includes(0));
  }
  return { codes, known };
}

/** Offsets in elements, the last index fastest. */
function* offsets(dims: readonly number[], strides: readonly number[], axis = 0, start = 0): Generator<number> {
  if (axis === dims.length) { yield start; return; }
  for (let i = 0; i < dims[axis]!; i++) yield* offsets(dims, strides, axis + 1, start + i * strides[axis]!);
}

const keyOf = ({ address, format, dims, strides }: TensorPlace): string => `${address} ${format.name} ${dims.join('x')} ${strides.join('x')}`;
