//! onnx-tensor: tensors of ONNX as tensors of the machine: which format a data type is, and where its elements lie.
import type { Format } from '../numerics/format.ts';
import { formatByName } from '../numerics/format.ts';
import { size } from '../programs/view.ts';
import type { View } from '../programs/view.ts';
import type { Writer } from '../programs/writer.ts';
import type { TensorProto } from './onnx-proto.ts';
import { malformed } from './onnx-proto.ts';
import { littleEndian } from './replay.ts';

/** A tensor by its codes, row-major. */
export interface OnnxTensor {
  readonly type: DataType;
  readonly format: Format;
  /** [] for a scalar. */
  readonly dims: readonly number[];
  /** valueBits of the format each, unsigned. */
  readonly codes: readonly bigint[];
}

/** A data type of ONNX; `format` is undefined for those that the machine has no elements for. */
export interface DataType { readonly code: number; readonly name: string; readonly format: string | undefined; readonly bits: number }

/** TensorProto.DataType. A BOOL is a byte, 0 or 1. */
const dataTypes: readonly DataType[] = ([
  [1, 'FLOAT', 'fp32', 32], [2, 'UINT8', 'u8', 8], [3, 'INT8', 's8', 8], [4, 'UINT16', 'u16', 16], [5, 'INT16', 's16', 16],
  [6, 'INT32', 's32', 32], [7, 'INT64', 's64', 64], [8, 'STRING', undefined, 0], [9, 'BOOL', 'u8', 8], [10, 'FLOAT16', 'fp16', 16],
  [11, 'DOUBLE', undefined, 64], [12, 'UINT32', 'u32', 32], [13, 'UINT64', undefined, 64], [14, 'COMPLEX64', undefined, 64],
  [15, 'COMPLEX128', undefined, 128], [16, 'BFLOAT16', 'bf16', 16], [17, 'FLOAT8E4M3FN', 'e4m3', 8], [18, 'FLOAT8E4M3FNUZ', 'e4m3fnuz', 8],
  [19, 'FLOAT8E5M2', 'e5m2', 8], [20, 'FLOAT8E5M2FNUZ', 'e5m2fnuz', 8], [21, 'UINT4', 'u4', 4], [22, 'INT4', 's4', 4],
  [23, 'FLOAT4E2M1', 'e2m1', 4], [24, 'FLOAT8E8M0', 'e8m0', 8], [25, 'UINT2', 'u2', 2], [26, 'INT2', 's2', 2],
  [27, 'FLOAT6E2M3', 'e2m3', 6], [28, 'FLOAT6E3M2', 'e3m2', 6],
] as const).map(([code, name, format, bits]) => ({ code, name, format, bits }));

const absent: Readonly<Record<string, string>> = {
  STRING: 'text is no element of the machine', DOUBLE: 'the machine has no 64-bit floats',
  UINT64: 'the machine has no unsigned 64-bit integers', COMPLEX64: 'the machine has no complex numbers',
  COMPLEX128: 'the machine has no complex numbers',
};

export const dataTypeOf = (code: number): DataType | undefined => dataTypes.find((type) => type.code === code);

/** Why a program cannot hold elements of this type, if so. */
export const whyAbsent = (code: number): string | undefined => {
  const type = dataTypeOf(code);
  if (!type) return `data type ${code} is not known`;
  return type.format === undefined ? `${type.name}: ${absent[type.name]}` : undefined;
};

/** The elements of a tensor whose type the machine has. Throws Rejected where the file's data is not what its dims ask for. */
export function tensorOf(path: string, proto: TensorProto): OnnxTensor {
  const type = dataTypeOf(proto.dataType)!, format = formatByName(type.format!), { dims } = proto, count = size(dims);
  if (dims.some((dim) => !Number.isInteger(dim) || dim < 0) || count > 0x7fffffff) {
    throw malformed(path, `has the shape [${dims.join(', ')}]; dims are 0 or more, and 2^31 - 1 elements are the most`);
  }
  if (proto.isExternal) throw malformed(path, 'keeps its elements in another file, which is not supported');
  const codes = codesOf(proto, type, count);
  if (codes.length !== count) {
    throw malformed(path, `has ${codes.length} elements of ${type.name}, its shape [${dims.join(', ')}] asks for ${count}`);
  }
  return { type, format, dims, codes };
}

/** All codes that the data holds, less those that pad the last byte of types smaller than one. */
function codesOf(proto: TensorProto, { name, bits }: DataType, count: number): bigint[] {
  if (proto.rawData) return codesIn(proto.rawData, bits, count);
  if (name === 'FLOAT') return proto.floatData.map((word) => BigInt(word));
  if (name === 'INT64') return proto.int64Data.map((value) => BigInt.asUintN(64, value));
  if (name === 'UINT32') return proto.uint64Data.map((value) => BigInt.asUintN(32, value));
  const words = proto.int32Data.map((value) => BigInt.asUintN(Math.max(bits, 8), BigInt(value)));
  // Elements of 4 and 2 bits stand packed in the integers, those of 6 bits one in each.
  if (bits === 4 || bits === 2) return codesIn(Uint8Array.from(words, Number), bits, count);
  return bits === 6 ? words.map((word) => word & 0x3fn) : words;
}

/** Little-endian elements of any width side by side, the first in the lowest bits. */
function codesIn(bytes: Uint8Array, bits: number, count: number): bigint[] {
  const whole = Math.floor((bytes.length * 8) / bits);
  const most = bits < 8 && Math.ceil((count * bits) / 8) === bytes.length ? count : whole;
  return Array.from({ length: most }, (_, index) => {
    let code = 0n;
    for (let bit = 0; bit < bits; bit += 8 - ((index * bits + bit) % 8)) {
      const at = index * bits + bit;
      code |= BigInt(bytes[Math.floor(at / 8)]! >> (at % 8)) << BigInt(bit);
    }
    return BigInt.asUintN(bits, code);
  });
}

/**
 * The bytes of the elements in the machine's memory. Elements of 4 bits are packed there as they are in ONNX; those of 2 and 6 bits,
 * which ONNX packs as well, take a byte each, signed ones with their sign in its upper bits.
 */
export function bytesInMemory({ format, codes }: Pick<OnnxTensor, 'format' | 'codes'>): Uint8Array {
  const { width, valueBits, signed, kind } = format;
  if (width >= 8) return littleEndian(kind === 'integer' && signed ? codes.map((code) => BigInt.asIntN(valueBits, code)) : codes, width);
  const bytes = new Uint8Array(Math.ceil(codes.length / 2));
  codes.forEach((code, index) => { bytes[index >> 1]! |= Number(code) << (4 * (index % 2)); });
  return bytes;
}

/** The tensor in DRAM as one row of elements, so that rows of 4-bit elements run on. */
export const rowInDram = (w: Writer, label: string, tensor: OnnxTensor): View =>
  w.dram(label, tensor.format.name, [tensor.codes.length], bytesInMemory(tensor));

/** The tensor as one row in SPM. */
export function rowInSpm(w: Writer, label: string, tensor: OnnxTensor): View {
  const row = w.spm(label, tensor.format.name, [tensor.codes.length]);
  w.load(row, rowInDram(w, label.toUpperCase(), tensor));
  return row;
}

/** The value of an integer element. */
export const integerOf = ({ format, codes }: OnnxTensor, index = 0): number =>
  Number(format.signed ? BigInt.asIntN(format.valueBits, codes[index]!) : codes[index]!);
