//! memory: one space of bytes, each known or UNKNOWN, laid down page by page on first touch.
import { bitAddress } from '../isa/tensor.ts';
import type { Cell, Tensor } from '../isa/view.ts';
import { PAGE_BYTES } from '../limits.ts';

/** A page that was touched: its bytes, and a 1 for each that is known. */
export interface Page { readonly bytes: Uint8Array; readonly known: Uint8Array }

export class Memory {
  /** Size in bytes. */
  readonly size: number;
  private readonly unknownByte: number;
  private readonly pages = new Map<number, Page>();
  constructor(size: number, unknownByte: number) {
    this.size = size;
    this.unknownByte = unknownByte;
  }

  /** Power-on: everything UNKNOWN. */
  reset(): void { this.pages.clear(); }

  /** Bytes of an interval; addresses outside the space read the pattern. */
  read(address: number, count: number): Uint8Array {
    return Uint8Array.from({ length: count }, (_, i) => this.page(address + i)?.bytes[(address + i) % PAGE_BYTES] ?? this.unknownByte);
  }
  known(address: number, count: number): Uint8Array {
    return Uint8Array.from({ length: count }, (_, i) => this.page(address + i)?.known[(address + i) % PAGE_BYTES] ?? 0);
  }
  /** Write known bytes. */
  write(address: number, bytes: Uint8Array): void { bytes.forEach((byte, i) => this.put(address + i, byte, true)); }
  put(address: number, byte: number, known: boolean): void {
    const page = this.touched(Math.floor(address / PAGE_BYTES)), at = address % PAGE_BYTES;
    page.bytes[at] = byte;
    page.known[at] = known ? 1 : 0;
  }
  /** The bytes become UNKNOWN and hold the pattern: nothing may rely on them. */
  forget(address: number, count: number): void { for (let i = 0; i < count; i++) this.put(address + i, this.unknownByte, false); }

  /** The element of an index, and whether all bytes that it lies in are known. */
  readCell(t: Tensor, index: readonly bigint[]): Cell {
    const bit = bitAddress(t, index), address = Number(bit >> 3n), width = Number(t.width);
    if (width === 4) {
      const byte = BigInt(this.read(address, 1)[0]!);
      return { bits: (byte >> (bit & 4n)) & 15n, known: this.known(address, 1)[0] === 1 };
    }
    const bits = this.read(address, width / 8).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
    return { bits, known: this.known(address, width / 8).every((k) => k === 1) };
  }

  /** A 4-bit element shares its byte with a neighbour; the last one of an odd row takes the byte whole. */
  writeCell(t: Tensor, index: readonly bigint[], { bits, known }: Cell): void {
    const bit = bitAddress(t, index), address = Number(bit >> 3n), width = Number(t.width);
    if (width === 4) {
      const low = (bit & 4n) === 0n, last = index.at(-1) === t.dims.at(-1)! - 1n, old = this.read(address, 1)[0]!, nibble = Number(bits & 15n);
      const byte = low ? nibble | (last ? 0 : old & 0xf0) : (nibble << 4) | (old & 0x0f);
      this.put(address, byte, low ? known : known && this.known(address, 1)[0] === 1);
      return;
    }
    for (let i = 0; i < width / 8; i++) this.put(address + i, Number((bits >> BigInt(8 * i)) & 0xffn), known);
  }

  /** Pages that are not all UNKNOWN pattern, ascending: what a snapshot keeps. */
  *keptPages(): Generator<readonly [number, Page]> {
    for (const [number, page] of [...this.pages].sort(([a], [b]) => a - b)) {
      if (page.known.includes(1) || page.bytes.some((byte) => byte !== this.unknownByte)) yield [number, page];
    }
  }
  /** Lay a page down as a snapshot has it. */
  restore(number: number, page: Page): void { this.pages.set(number, { bytes: page.bytes.slice(), known: page.known.slice() }); }

  private page(address: number): Page | undefined { return this.pages.get(Math.floor(address / PAGE_BYTES)); }
  private touched(number: number): Page {
    let page = this.pages.get(number);
    if (!page) {
      page = { bytes: new Uint8Array(PAGE_BYTES).fill(this.unknownByte), known: new Uint8Array(PAGE_BYTES) };
      this.pages.set(number, page);
    }
    return page;
  }
}
