//! layout: a binary record defined once; readers and writers in every language derive from it.
export type Scalar = 'u8' | 'u16' | 'u32' | 'i32' | 'i64';
export type Item = Scalar | readonly [Scalar, number] | readonly [Layout, number];
export interface Placed { readonly name: string; readonly item: Item; readonly offset: number }
/** Little-endian, each item at a multiple of its own size; `size` in bytes, a multiple of 8. */
export interface Layout<N extends string = string> {
  readonly name: string;
  readonly size: number;
  readonly items: readonly Placed[];
  /** Byte offset of each item. */
  readonly at: Readonly<Record<N, number>>;
}
export const scalarBytes: Readonly<Record<Scalar, number>> = { u8: 1, u16: 2, u32: 4, i32: 4, i64: 8 };

/** Place the items one after the other. */
export function layout<const S extends Readonly<Record<string, Item>>>(name: string, shape: S): Layout<keyof S & string> {
  const items: Placed[] = [], at = {} as Record<keyof S & string, number>;
  let end = 0;
  for (const itemName of Object.keys(shape)) {
    const item = shape[itemName]!, { size, alignment, count } = extent(item), offset = up(end, alignment);
    items.push({ name: itemName, item, offset });
    at[itemName as keyof S & string] = offset;
    end = offset + size * count;
  }
  return { name, size: up(end, 8), items, at };
}

/** Bytes and alignment of one element of an item, and how many there are. */
export function extent(item: Item): { size: number; alignment: number; count: number } {
  const element = typeof item === 'string' ? item : item[0], count = typeof item === 'string' ? 1 : item[1];
  if (typeof element === 'string') return { size: scalarBytes[element], alignment: scalarBytes[element], count };
  return { size: element.size, alignment: 8, count };
}

/** Read one scalar; i64 comes as bigint, everything else as number. */
export function readScalar(view: DataView, at: number, kind: Scalar): number | bigint {
  switch (kind) {
    case 'u8': return view.getUint8(at);
    case 'u16': return view.getUint16(at, true);
    case 'u32': return view.getUint32(at, true);
    case 'i32': return view.getInt32(at, true);
    case 'i64': return view.getBigInt64(at, true);
  }
}

/** Write one scalar, modulo its width. */
export function writeScalar(view: DataView, at: number, kind: Scalar, value: number | bigint): void {
  switch (kind) {
    case 'u8': view.setUint8(at, Number(value)); break;
    case 'u16': view.setUint16(at, Number(value), true); break;
    case 'u32': view.setUint32(at, Number(value), true); break;
    case 'i32': view.setInt32(at, Number(value), true); break;
    case 'i64': view.setBigInt64(at, BigInt(value), true); break;
  }
}

const up = (value: number, to: number): number => Math.ceil(value / to) * to;
