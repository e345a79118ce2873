//! files.test: laws of memory files: what is written is read back, what others write is read, what is malformed is refused at its place.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rejected } from '../model/failure.ts';
import { compareElements, denseBytes, distance, elementBits, valueText } from '../model/files/elements.ts';
import { readIntelHex, writeIntelHex } from '../model/files/intelhex.ts';
import { packNpy, readNpy, writeNpy } from '../model/files/npy.ts';
import { readHex, writeHex } from '../model/files/readmemh.ts';
import type { Section } from '../model/files/section.ts';
import { formatByName, formats } from '../model/numerics/format.ts';

/** Sections in ascending order that do not touch, addresses and lengths multiples of the word. */
const sections = (wordBytes: number, open: boolean): fc.Arbitrary<Section[]> =>
  fc
    .array(fc.tuple(fc.nat(60), fc.array(fc.tuple(fc.nat(255), fc.boolean()), { minLength: 1, maxLength: 40 })), {
      minLength: 1,
      maxLength: 4,
    })
    .map((all) => {
      let address = 0;
      return all.map(([gap, cells]): Section => {
        address += (gap + (address ? 1 : 0)) * wordBytes;
        const start = address,
          count = Math.ceil(cells.length / wordBytes) * wordBytes,
          known = Uint8Array.from({ length: count }, (_, i) => (open && cells[i]?.[1] ? 0 : 1));
        address += count;
        const bytes = Uint8Array.from({ length: count }, (_, i) => (known[i] ? (cells[i]?.[0] ?? 0) : 0));
        return { address: start, bytes, ...(known.includes(0) ? { known } : {}) };
      });
    });
const plain = (all: readonly Section[]): unknown =>
  all.map(({ address, bytes, known }) => ({ address, bytes: [...bytes], known: known && [...known] }));

/** The diagnostics of what must be refused. */
function refusals(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Rejected) return error.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
    throw error;
  }
  return [];
}

for (const wordBytes of [1, 2, 4, 16]) {
  test(`hexadecimal words of ${wordBytes} bytes, written and read, are the same sections, open bytes too`, () => {
    fc.assert(
      fc.property(sections(wordBytes, true), (all) => {
        const file = readHex(writeHex(all, wordBytes, 'a test'), 'x.hex');
        expect(file.wordBytes).toBe(wordBytes);
        expect(plain(file.sections)).toEqual(plain(all));
      }),
      { numRuns: 60 },
    );
  });
}

test('Intel HEX, written and read, is the same sections', () => {
  fc.assert(
    fc.property(sections(1, false), fc.constantFrom(0, 0xfff0, 0x1_0000, 0xffff_0000), (all, base) => {
      const moved = all.map((one) => ({ ...one, address: one.address + base }));
      expect(plain(readIntelHex(writeIntelHex(moved), 'x.ihex'))).toEqual(plain(moved));
    }),
    { numRuns: 100 },
  );
});

test('words with comments, underscores, addresses and z digits are read as Verilog reads them', () => {
  const { wordBytes, sections: all } = readHex('// a comment\n12_34 5 /* two\nlines */ @10 zz56\nXX_XX beef // end', 'x.mem');
  expect(wordBytes).toBe(2);
  expect(plain(all)).toEqual([
    { address: 0, bytes: [0x34, 0x12, 0x05, 0x00], known: undefined },
    { address: 0x20, bytes: [0x56, 0, 0, 0, 0xef, 0xbe], known: [1, 0, 0, 0, 1, 1] },
  ]);
});

test('words are written without the zeros before them, but for the first, which shows their width', () => {
  const bytes = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0, 0x10);
  expect(writeHex([{ address: 8, bytes }], 4, 'a test').split('\n').slice(1)).toEqual(['@2', '00000001 0 ff00 10000000', '']);
  expect(writeHex([{ address: 0, bytes: bytes.subarray(0, 8), known: Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1) }], 4, 'a test').split('\n')[1]).toBe('00000001 0xx');
});

test('a hexadecimal file is refused with every mistake at its line and column', () => {
  expect(refusals(() => readHex('00 11\n22 0x33 44\n  hello', 'x.hex'))).toEqual([
    "2:4 found '0x33'; allowed: hexadecimal words, @address, comments",
    "3:3 found 'hello'; allowed: hexadecimal words, @address, comments",
  ]);
  expect(refusals(() => readHex(' \n', 'x.hex'))).toEqual(['0:0 the file is empty']);
  expect(refusals(() => readHex('// nothing', 'x.hex'))).toEqual(['0:0 the file holds no hexadecimal word']);
  expect(refusals(() => readHex('00 11 @1 22', 'x.hex'))).toEqual(['0:0 byte 0x1 is given twice']);
  expect(refusals(() => readHex('?'.repeat(200), 'x.hex'))[0]).toMatch(/a word of 200 digits; allowed: 128/);
  expect(refusals(() => readHex('00112233 44\n0123456789', 'x.hex', 4))).toEqual(['2:1 a word of 10 digits; allowed: 8']);
  expect(refusals(() => readHex('nonsense\n'.repeat(1000), 'x.hex'))).toHaveLength(21);
});

test('an Intel HEX file is refused when a checksum, a length or the end record is wrong', () => {
  const good = writeIntelHex([{ address: 0, bytes: Uint8Array.of(1, 2, 3) }]);
  expect(good).toBe(':03000000010203F7\n:00000001FF\n');
  expect(refusals(() => readIntelHex(good.replace('F7', 'F6'), 'x'))).toEqual(['1:1 the checksum is F6; the bytes give F7']);
  expect(refusals(() => readIntelHex(good.replace(':03', ':04'), 'x'))).toEqual(['1:1 the record says 4 bytes and has 3']);
  expect(refusals(() => readIntelHex(good.split('\n')[0]!, 'x'))[0]).toMatch(/end record .* is missing/);
  expect(refusals(() => readIntelHex(`${good}${good}`, 'x'))).toEqual([
    '3:1 a record after the end record of line 2',
    '4:1 a record after the end record of line 2',
  ]);
  expect(refusals(() => readIntelHex('', 'x'))).toEqual(['0:0 the file is empty']);
});

for (const format of formats) {
  test(`.npy, written and read, is the same tensor of ${format.name}`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat(255)),
        (dims, stream) => {
          const bytes = Uint8Array.from({ length: denseBytes(format, dims) }, () => stream.next().value as number),
            row = dims.at(-1)!;
          // The last row of an odd number of 4-bit elements has a nibble that nobody owns.
          if (format.width === 4 && row % 2)
            for (let at = Math.ceil(row / 2) - 1; at < bytes.length; at += Math.ceil(row / 2)) bytes[at]! &= 15;
          const file = writeNpy(bytes, format, dims),
            array = readNpy(file, 'x.npy');
          expect(array.shape).toEqual(dims);
          expect([...packNpy(array, format, 'x.npy')]).toEqual([...bytes]);
          expect((file.length - array.bytes.length) % 64).toBe(0);
        },
      ),
      { numRuns: 20 },
    );
  });
}

/** A file as NumPy writes it, header and data given. */
const npy = (header: string, ...data: number[]): Uint8Array => {
  const text = `${header.padEnd(117)}\n`;
  return Uint8Array.from([
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    1,
    0,
    text.length & 255,
    text.length >> 8,
    ...new TextEncoder().encode(text),
    ...data,
  ]);
};

test('arrays of NumPy are read in any byte order and in column order', () => {
  const big = readNpy(npy("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }", 1, 2, 3, 4), 'x');
  expect([big.descr, [...big.bytes]]).toEqual(['i2', [2, 1, 4, 3]]);
  const columns = readNpy(npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", 1, 4, 2, 5, 3, 6), 'x');
  expect([columns.shape, [...columns.bytes]]).toEqual([
    [2, 3],
    [1, 2, 3, 4, 5, 6],
  ]);
  expect(readNpy(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", 0, 0, 128, 63), 'x').shape).toEqual([]);
});

test('an array that is too short, too long, of another kind or no array is refused', () => {
  const header = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }";
  expect(refusals(() => readNpy(npy(header, 1, 2, 3, 4), 'x'))[0]).toMatch(/4 bytes of data, too short: shape \[2\] of '<i4' has 8/);
  expect(refusals(() => readNpy(npy(header, 1, 2, 3, 4, 5, 6, 7, 8, 9), 'x'))[0]).toMatch(/too long/);
  expect(refusals(() => readNpy(npy(header.replace('<i4', '<c16'), 1), 'x'))[0]).toMatch(/elements of type '<c16'/);
  expect(refusals(() => readNpy(npy("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (2,), }"), 'x'))[0]).toMatch(
    /the header lacks/,
  );
  expect(refusals(() => readNpy(npy(header).subarray(0, 40), 'x'))[0]).toMatch(/ends within its header/);
  expect(refusals(() => readNpy(Uint8Array.of(1, 2, 3), 'x'))[0]).toMatch(/not a .npy file/);
  const s16 = readNpy(npy(header.replace('<i4', '<i2'), 1, 2, 3, 4), 'x');
  expect(refusals(() => packNpy(s16, formatByName('s8'), 'x'))[0]).toMatch(/elements of type 'i2'; s8 is one of 'i1'/);
  const s8 = readNpy(npy(header.replace('<i4', '|i1'), 7, 0x79), 'x');
  expect(refusals(() => packNpy(s8, formatByName('s4'), 'x'))).toEqual(['0:0 element 1 is 0x79, which is not s4']);
});

test('a comparison tells the first element that differs, skips open ones and calls UNKNOWN different', () => {
  const format = formatByName('s16'),
    expected = Uint8Array.of(1, 0, 2, 0, 3, 0, 4, 0),
    found = Uint8Array.of(1, 0, 9, 0, 3, 0, 5, 0);
  expect(compareElements(format, [2, 2], { bytes: expected }, { bytes: found })).toEqual({
    elements: 4,
    mismatches: 2,
    first: { index: [0, 1], expected: 2n, found: 9n },
  });
  const open = Uint8Array.of(1, 1, 0, 1, 1, 1, 1, 1);
  expect(compareElements(format, [4], { bytes: expected, known: open }, { bytes: found }).first?.index).toEqual([3]);
  expect(compareElements(format, [4], { bytes: expected }, { bytes: expected, known: open })).toEqual({
    elements: 4,
    mismatches: 1,
    first: { index: [1], expected: 2n, found: undefined },
  });
  expect(
    compareElements(formatByName('u4'), [2, 3], { bytes: Uint8Array.of(0x21, 3, 0x54, 6) }, { bytes: Uint8Array.of(0x21, 3, 0x74, 6) })
      .first,
  ).toEqual({ index: [1, 1], expected: 5n, found: 7n });
});

test('neighbouring floats are one unit in the last place apart, across zero too, and a NaN is no distance away', () => {
  const fp32 = formatByName('fp32');
  expect(distance(fp32, 0x3f80_0000n, 0x3f80_0001n)).toBe(1n);
  expect(distance(fp32, 0x8000_0001n, 0x0000_0001n)).toBe(2n);
  expect(distance(fp32, 0n, 0x8000_0000n)).toBe(0n);
  expect(distance(fp32, 0x7fc0_0000n, 0n)).toBeUndefined();
  expect(distance(formatByName('s8'), 0x7fn, 0x80n)).toBe(255n);
});

test('values of a format that differ look different', () => {
  for (const format of formats.filter(({ width }) => width <= 16)) {
    const texts = new Map<string, bigint>();
    for (let bits = 0n; bits < 1n << BigInt(format.valueBits); bits++) {
      const text = valueText(format, bits),
        other = texts.get(text);
      if (text !== 'nan' && other !== undefined) expect.fail(`${format.name}: ${bits} and ${other} are both ${text}`);
      texts.set(text, bits);
    }
  }
  expect(valueText(formatByName('fp32'), 0x3dcc_cccdn)).toBe('0.100000001');
  expect(elementBits(Uint8Array.of(0x21, 0x03), formatByName('u4'), [3], 2)).toBe(3n);
});
