//! arguments: why some changes of the binary cannot show, each with the places that it speaks of: what no argument covers is a gap.
import type { Place } from './places.ts';
import type { Operator } from './wasm-operators.ts';

/**
 * `identical`: the changed instruction gives the same for all that comes there, or the same once cut to the bits that are used. `masked`: it gives
 * something else, and nobody reads it.
 */
export type ArgumentKind = 'identical' | 'masked';
export interface Argument {
  readonly name: string;
  readonly kind: ArgumentKind;
  /** The functions of assembly/, `file/name`, and the text of the line from which the instruction was made. */
  readonly within: RegExp;
  readonly file: string;
  readonly text: RegExp;
  readonly operators: readonly Operator[];
  /** What the change says, where not every change of these operators is meant. */
  readonly says?: (change: string) => boolean;
  readonly why: string;
}

const anywhere = /./;
/** Of a constant: from which number to which. */
const step = (test: (from: number, to: number) => boolean) => (says: string): boolean => {
  const numbers = /const (-?\d+) -> (-?\d+)$/.exec(says);
  return numbers !== null && test(Number(numbers[1]), Number(numbers[2]));
};
const equalToo = (says: string): boolean => says === 'i64.lt_s -> i64.le_s';

export const reasons: readonly Argument[] = [
  {
    name: 'a row of the table is empty or whole', kind: 'identical', within: /^checks\/check$|^rules/, file: 'encoding.ts', text: /function formats\(i: usize\): usize \{ return PROFILE/, operators: ['constant'], says: step((from, to) => to === from + 1),
    why: 'the byte behind the kind is the width: of a format neither is 0, of an empty row both are, and the place asks only whether it is 0.',
  },
  {
    name: 'a stride is added to an address of 32 bits', kind: 'identical', within: anywhere, file: 'encoding.ts', text: /function strides\(at: usize, i: usize\): i32/, operators: ['extension'],
    why: 'without its sign a stride is 2^32 elements more: of whole bytes that is a multiple of 2^32 of them, and what is added to the place of a space in linear memory is cut to 32 bits. Of nibbles it is not, and shows.',
  },
  {
    name: 'a word that is asked whether it is 0', kind: 'identical', within: anywhere, file: 'encoding.ts', text: /function (closed|queued|digests|wholly|fresh|logging|choosing)\(\): u32/, operators: ['constant'], says: step((from, to) => to === from - 1),
    why: 'a byte before it the word has its own lower bytes one place up, and below them the highest byte of a word that is small, which is 0: it is 0 if and only if the word is. The numbers in these words are far below 2^24.',
  },
  {
    name: 'of zero the sign says nothing', kind: 'identical', within: anywhere, file: 'accumulator.ts', text: /^const negative = sum < 0;/, operators: ['relation'], says: equalToo,
    why: 'a sum of zero was answered in the line above; of all others less than zero is the same as not more.',
  },
  {
    name: 'zero is added as it is subtracted', kind: 'identical', within: /^long\//, file: 'long.ts', text: /negative = value < 0, magnitude/, operators: ['relation'], says: equalToo,
    why: 'the sign of a term says whether its digits are added or subtracted; those of zero are all 0.',
  },
  {
    name: 'no two have one number', kind: 'identical', within: anywhere, file: 'queues.ts', text: /^if \(age < seq\) \{ seq = age; oldest = unit; \}/, operators: ['relation'], says: equalToo,
    why: 'the numbers of instructions in queues differ, and all are less than the greatest of 64 bits, with which the search begins.',
  },
  {
    name: 'a product beyond its limit stays there', kind: 'identical', within: anywhere, file: 'extent.ts', text: /^else if \(count <= limit\) count \*= dim;/, operators: ['constant'], says: step((from, to) => from >= 2 ** 31 - 1 && to === from + 1),
    why: 'one more factor, which is not 0, of a product just above the limit leaves it above; below 2^56 it does not overflow.',
  },
  {
    name: 'beyond the limit is beyond the limit', kind: 'masked', within: anywhere, file: 'extent.ts', text: /^return zero \? 0 : count <= limit \? count : limit \+ 1;/, operators: ['constant'], says: step((from, to) => from >= 2 ** 31 - 1 && to > from),
    why: 'a product above the limit is only ever compared with the limit: how far above it lies is nobody\'s business.',
  },
  {
    name: 'offsets of registers are multiples of four', kind: 'identical', within: /^window\//, file: 'window.ts', text: /offset (>=|<) 0x|offset - 0x|offset & (7|15)|from % NUMERIC_CSR_STEP/, operators: ['constant'], says: step((from, to) => (from % 4 === 0 && (from < 0 ? to === from + 1 : to === from - 1)) || ((from === 7 || from === 15) && to === from - 1)),
    why: 'any other offset is refused before. One less than a bound bounds the same offsets; what is one more than the distance from the first is the same word; the lowest bit is 0.',
  },
  {
    name: 'no number of an instruction is that great', kind: 'identical', within: anywhere, file: 'queues.ts', text: /^let oldest: u32 = 0, seq = i64\.MAX_VALUE;/, operators: ['constant'], says: (says) => says === 'i64.const 9223372036854775807 -> 9223372036854775806',
    why: 'the search for the oldest begins above all numbers; they count instructions, and one less than the greatest of 64 bits is above them too.',
  },
  {
    name: 'addresses of bits are multiples of four', kind: 'identical', within: anywhere, file: 'pages.ts', text: /\+ (<i64>)?width \+ 7\) >>> 3/, operators: ['constant'], says: step((from, to) => from === 7 && to === 6),
    why: 'the end of an element in bits is a whole byte or half of one: six more round up as seven do.',
  },
  {
    name: 'no byte lies below zero', kind: 'identical', within: anywhere, file: 'regions.ts', text: /\? max<i64>\(low, image\) : -1;/, operators: ['constant'], says: step((from, to) => from === -1 && to === -2),
    why: 'that nothing of the image is written is told by any negative number: who asks looks for the sign, and then for what may be read, which says it in another line.',
  },
  {
    name: 'a slot is loaded where it has a dtype', kind: 'identical', within: /^checks\/check$|^rules-matrix\//, file: 'encoding.ts', text: /function loaded\(at: usize\): u32/, operators: ['address'],
    why: 'the word behind it is the dtype: codes of formats begin at 1, and a slot in which nothing was loaded is 0 throughout, in a snapshot as well (model/machine/validate.ts). Rules ask only whether the word is 0.',
  },
  {
    name: 'containers are powers of two', kind: 'identical', within: anywhere, file: 'lanes.ts', text: /format\.width\(row\) == bits && \(bits <= 16 \|\|/, operators: ['constant'], says: step((from, to) => from === 16 && to === 17),
    why: 'integers that fill their containers have 4, 8, 16, 32 or 64 bits: none has seventeen.',
  },
  {
    name: 'panels have whole containers', kind: 'identical', within: /^epilogue-lanes\//, file: 'epilogue-lanes.ts', text: /^if \(bits < 32\) cut = narrowBlocks|\(bits < 32 \? CODES : RESULTS\)/, operators: ['constant'], says: step((from, to) => from === 32 && to === 31),
    why: 'what a panel stores has 4, 8, 16 or 32 bits: less than 32 is less than 31.',
  },
  {
    name: 'the static tables end far below the state', kind: 'masked', within: /^index\/staticEnd$/, file: 'index.ts', text: /__heap_base/, operators: ['constant'],
    why: 'the host compares where the compiler\'s tables end with where the state begins; a byte more or less is thousands short of it.',
  },
  {
    name: 'of a filled table only the first word is 0', kind: 'identical', within: /^crc\/tablesOf$/, file: 'crc.ts', text: /^if \(load<u32>\(tables, 4\)\) return tables;/, operators: ['address'], says: (says) => says === 'i32.load offset 4 -> 8',
    why: 'before all of it is filled each word is 0; then none but entry 0 is, since no two entries are alike.',
  },
  {
    name: 'the second loop writes behind the first', kind: 'identical', within: /^crc\/tablesOf$/, file: 'crc.ts', text: /^for \(let value: u32 = 0; value < 256; value\+\+\)/, operators: ['constant'], says: step((from, to) => from === 256 && to === 257),
    why: 'entry 256 is the first of the next table, which is written over by the loop that makes it.',
  },
  {
    name: 'what is far beyond 64 bits stays so', kind: 'masked', within: anywhere, file: 'requantise.ts', text: /^(const far: i64 = 1 << 62;|store<i64>\(HIGH, negative \? -far : far\);)/, operators: ['constant'], says: step((from, to) => Math.abs(from) === 2 ** 62 && Math.abs(from - to) <= 1),
    why: 'of such a number only the sign is asked, and that it is beyond every bound of 64 bits, with whatever of 65 bits is added; its low word is kept elsewhere.',
  },
  {
    name: 'the operand is always there', kind: 'identical', within: /^(epilogue-lanes\/panel|unpack\/scaleCodes)$/, file: 'rows.ts', text: /^return operand\.role\(record\) != ROLE_NONE \? record : 0;/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'what stands for an absent operand is not chosen: the instruction has it in every form. Of the residual, which may be absent, 1 would be read as a residual.',
  },
  {
    name: 'a half behind the last element is filled', kind: 'masked', within: anywhere, file: 'lanes.ts', text: /^copyRow\(<u64>CODES << 3, .*, true\);/, operators: ['constant'], says: (says) => says === 'i32.const 1 -> 0',
    why: 'an odd count of nibbles is no multiple of 16: the lane that the other half of the last byte becomes is filled up.',
  },
  {
    name: 'a move within one format rounds nothing', kind: 'identical', within: /^dma\/moveOrConvert$/, file: 'encoding.ts', text: /function modeAt\(at: usize\): usize/, operators: ['arithmetic', 'constant'],
    why: 'the address of the mode is handed down to where elements are converted, and read only there.',
  },
  {
    name: 'an index outside is counted on every machine', kind: 'identical', within: /^vector\/take$/, file: 'element.ts', text: /function countsAll\(\): bool/, operators: ['constant', 'address', 'arithmetic'],
    why: 'take raises nothing else, and this event is among those that are always counted.',
  },
  {
    name: 'of no operand only the role is asked', kind: 'masked', within: anywhere, file: 'queues.ts', text: /^for \(let position = retirement\.operandCount\(at\); position < 4; position\+\+\) store<u64>/, operators: ['constant'], says: (says) => says === 'i64.const 0 -> 1',
    why: 'the lowest byte is the space, which nobody reads where the role, the fourth, says that there is no operand; what is traced ends before it.',
  },
  {
    name: 'of a sign one bit is asked', kind: 'identical', within: /^fused\//, file: 'fused.ts', text: /^const sign = v128\.and\(i32x4\.shr_u\(sum, 16\), i32x4\.splat\(0x8000\)\);/, operators: ['lane'], says: (says) => says === 'i32x4.shr_u -> i32x4.shr_s',
    why: 'the highest bit goes to place 15, which alone is kept; what comes in above it is cut.',
  },
  {
    name: 'a NaN that is left is quiet', kind: 'identical', within: /^dot\/invalidTerms$/, file: 'dot.ts', text: /^@inline function isNan\(/, operators: ['constant'], says: step((from, to) => from === 0x7f80_0000 && to === from + 1),
    why: 'signalling ones are answered before, scales have none; a quiet NaN is 0x7fc00000 or more, an infinity 0x7f800000.',
  },
  {
    name: 'a slot whose scales are asked for is scaled', kind: 'identical', within: /^pack\/scalesAt$/, file: 'encoding.ts', text: /function form\(at: usize\): u32/, operators: ['address'], says: (says) => says.endsWith('offset 16 -> 20'),
    why: 'the word behind the form is the dtype of the scales: like the form of a scaled slot it is not 1, and whether it is 1 is all that is asked.',
  },
  {
    name: 'a step over one tap is none', kind: 'masked', within: /^matrix\/multiplyTensor$/, file: 'tile.ts', text: /^store<i64>\(at, 0, 8\);/, operators: ['constant'], says: step((from, to) => from === 0 && to === 1),
    why: 'taps are runs of one element: nobody goes from it to the next, and rows of bytes are told by runs of eight or more.',
  },
  {
    name: 'a half of 16 bits up is one down', kind: 'identical', within: anywhere, file: 'widen.ts', text: /^return <i32>integerOf\(row, code\) - \(format\.signed\(row\) == 0/, operators: ['arithmetic'], says: (says) => says === 'i32.sub -> i32.add',
    why: 'what is subtracted is 0 or 32768, and all who ask store 16 bits of the difference.',
  },
  {
    name: 'of a zero the sign is all there is', kind: 'identical', within: /^terms\/addRunning$/, file: 'terms.ts', text: /^if \(!negative\) see\(SEEN_PLUS\);/, operators: ['local'], says: (says) => says === 'local 2 -> 0',
    why: 'here all other bits of the running value are 0: it is not 0 if and only if it is negative.',
  },
  {
    name: 'a window has fewer than 63 places', kind: 'identical', within: /^steps\/(afterSumStep|laneSum)$/, file: 'terms.ts', text: /^if \(up >= 0\) return up < 64 \? value << <i64>up : 0;/, operators: ['constant'], says: step((from, to) => from === 64 && to === 63),
    why: 'no addend lies above the greatest one, from which a window reaches down by at most 44 places: none is moved up by 63.',
  },
  {
    name: 'a sum of a window has fewer than 62 digits', kind: 'identical', within: /^steps\/(afterSumStep|laneSum)$/, file: 'terms.ts', text: /^const places = <i64>min\(63, -up\)/, operators: ['constant'], says: step((from, to) => from === 63 && to === 62),
    why: 'at most 64 products and a running value, each of at most four digits more than the 44 of a window: moved down by 62 places or by 63 only the sign is left, and of those cut some are not 0.',
  },
  {
    name: 'no finite number has a greater exponent than 127', kind: 'masked', within: anywhere, file: 'terms.ts', text: /^export function mostExponentOf/, operators: ['constant'], says: step((from) => from === 128),
    why: 'who asks for the lesser of an exponent and this has one of at most 127, since infinities and NaNs are answered before; who asks whether it is the least one of a format has that of a float, which is at most 1.',
  },
  ...[{ file: 'pack.ts', text: /^open\(WALK, 0, operand\.rank\(w\), false, w, 0, 0, 0\);/ }, { file: 'tile.ts', text: /^open\(WALK, from, to, false, a, 0, 0, 0\);/ }, { file: 'pages.ts', text: /^open\(ROWS, 0, operand\.rank\(at\), false, at, 0, 0, 0\);/ }, { file: 'vector.ts', text: /^if \(!openRows\(operandAt\(at, 0\), 0, 0, 0, (true|false)\)\)/ }].map(({ file, text }): Argument => ({
    name: 'no operand lies at the lowest addresses', kind: 'identical', within: anywhere, file, text, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'below the compiler\'s tables, which begin at 1024, linear memory is 0: an operand there has strides of 0 and the address 0, as has one that is absent.',
  })),
  {
    name: 'room begins a byte earlier', kind: 'masked', within: /^lane-runs\/nextRun$/, file: 'lane-runs.ts', text: /^runs\.setLanes\(isFloat\(row\) \? floatsOf\(FIRST/, operators: ['constant'], says: step((from, to) => to === from - 1),
    why: 'lanes are read from where they are said to lie; between the books of the walk and their room there are bytes that nobody uses.',
  },
  {
    name: 'the width of an operand is its width', kind: 'identical', within: /^pages\/operandKnown$/, file: 'pages.ts', text: /^if \(!isKnown\(space, from >>> 3, \(from \+ count \* width/, operators: ['local'], says: (says) => says === 'local 6 -> 2',
    why: 'the other local has the width as well: that with which the end of the hull was found.',
  },
  {
    name: 'of a factor the lower word is all', kind: 'masked', within: /^unpack\/scaleCodes$/, file: 'float.ts', text: /^store<u64>\(at, high, 16\);/, operators: ['address', 'store'],
    why: 'a product is that of the lower words: of factors, which have at most 64 bits, no upper one is read, and the next value brings its own.',
  },
  {
    name: 'of one vector twice all lanes are those of the first', kind: 'identical', within: anywhere, file: 'vector-float.ts', text: /^@inline function upper\(x: v128\)/, operators: ['local'],
    why: 'the shuffle takes lanes 2 and 3, which are of its first operand, that has the place where upper() is called; what has this place is the second one.',
  },
  {
    name: 'D and A are always there', kind: 'identical', within: /^vector\/elementsKept$/, file: 'rows.ts', text: /^place\(1, a\);/, operators: ['local'], says: (says) => says === 'local 2 -> 5',
    why: 'this is asked only whether there is a record; it is that of A, and that of D instead, and an instruction has both.',
  },
  {
    name: 'a base that is nobody\'s is written over', kind: 'identical', within: /^vector\/elementsKept$/, file: 'rows.ts', text: /^place\(2, b\);/, operators: ['local'], says: (says) => says === 'local 3 -> 0',
    why: 'this is asked only whether there is a B; where there is none its base is that of the constant, which comes next.',
  },
  {
    name: 'more digits than there are', kind: 'identical', within: anywhere, file: 'accumulator.ts', text: /^return rounded\(row, negative, unit/, operators: ['constant'], says: step((from) => from === 255),
    why: 'of 255 digits as many are kept as the fraction has, at most 23: of 254 or 256 as well.',
  },
  {
    name: 'of no weights the least exponent is great', kind: 'masked', within: /^pack\/exponentRange$/, file: 'pack.ts', text: /^const lowest = least == 0xffff_ffff \? 255/, operators: ['constant'], says: step((from) => from === 255),
    why: 'it is only asked whether it and another one, which is at least 1, make 127 together.',
  },
  {
    name: 'containers of floats are powers of two', kind: 'identical', within: anywhere, file: 'lane-floats.ts', text: /format\.width\(row\) <= 16 &&/, operators: ['constant'], says: step((from, to) => from === 16 && to === 17),
    why: 'floats have containers of 4, 8, 16 or 32 bits: none has seventeen.',
  },
  {
    name: 'an index outside is counted on every machine', kind: 'identical', within: /^vector\/take$/, file: 'encoding.ts', text: /function features\(i: usize\): u32/, operators: ['address'],
    why: 'take raises nothing else, and this event is among those that are always counted.',
  },
  {
    name: 'an accumulator is asked what it is', kind: 'identical', within: /^dot\/dotElement$/, file: 'widen.ts', text: /^return bits \| \(\(code & 0x8000\) << 16\)/, operators: ['constant'], says: step((from, to) => from === 0x8000 && to === from + 1),
    why: 'place 16 is set where the lowest digit is 1: a number stays one, a NaN the NaN that it is, signalling or not, and an infinity has no such digit. More is not asked here.',
  },
  {
    name: 'the greatest number is shifted to its place', kind: 'identical', within: anywhere, file: 'float.ts', text: /function maxInteger\(row: usize\): i64/, operators: ['constant'], says: (says) => says === 'i64.const -1 -> -2',
    why: 'there are no unsigned integers of 64 bits: by at least one place it is moved down, and the lowest digit is lost.',
  },
  {
    name: 'scratch begins at multiples of four', kind: 'identical', within: anywhere, file: 'matrix.ts', text: /^@inline function up\(address: usize\)/, operators: ['constant'], says: step((from, to) => from === 15 && to === 14),
    why: 'what is rounded up to 16 bytes is a multiple of 4: 14 do as well as 15.',
  },
  {
    name: 'no number that is rounded ends there', kind: 'identical', within: /^accumulator\/rounded$/, file: 'wide.ts', text: /^return \(\(index < 64 \? low >>> index/, operators: ['constant'], says: step((from, to) => from === 64 && to === 63),
    why: 'what no sum made has at most 56 digits, and sums that do not cancel have more than 96, of which 24 stay at most; of one that cancels so far that place 63 decides fewer digits are left than stay, and it is 0.',
  },
  {
    name: 'no two formats have 22 places', kind: 'identical', within: anywhere, file: 'chain.ts', text: /^return bits \+ 2 <= 24 && stayInside/, operators: ['relation'], says: (says) => says === 'i32.le_u -> i32.lt_u',
    why: 'formats have 23 places behind the point, 10, 7 or at most 6: two have 20 together, or 26 and more, and none 22.',
  },
  {
    name: 'a NaN is written as the profile has it', kind: 'identical', within: /^steps\/afterSumStep$/, file: 'accumulator.ts', text: /^@inline function infinity\(row: usize\)/, operators: ['constant'], says: (says) => says === 'i32.const 1 -> 0',
    why: 'without the exponent\'s ones a code has all bits above the fraction: the quiet NaN that is made of it stays one. An infinity would show.',
  },
  {
    name: 'operands lie in their spaces', kind: 'identical', within: /^pages\//, file: 'extent.ts', text: /^return address >> 3;/, operators: ['arithmetic'], says: (says) => says === 'i64.shr_s -> i64.shr_u',
    why: 'the rules have found that none begins below zero before its pages are looked at.',
  },
  {
    name: 'no two exponents lie 255 apart', kind: 'identical', within: /^steps\/afterSumStep$/, file: 'encoding.ts', text: /function reach\(at: usize\): u32/, operators: ['address'],
    why: 'of the two readings the first asks for 255, which stands for no limit: taken as it is it is none, since exponents reach from -126 to 127. The second would show.',
  },
  {
    name: 'scales have no sign', kind: 'identical', within: /^scalar-chain\/setProduct$/, file: 'float.ts', text: /^unpackFields\(at, bits, 23, 8, 127, 1, 1, 0\);/, operators: ['constant'], says: (says) => says === 'i32.const 1 -> 0',
    why: 'with no sign a number of its own is unpacked without the highest bit, which of a scale is 0; of a factor it would show.',
  },
  {
    name: 'beyond all binades is beyond', kind: 'masked', within: anywhere, file: 'arithmetic.ts', text: /^const amount = <i32>max\(-limit, min\(limit/, operators: ['constant'], says: step((from, to) => Math.abs(from) === 4096 && Math.abs(to - from) === 1),
    why: 'the exponents of numbers span fewer than 400 binades: moved by 4095 or more a number is beyond the range of every row on its side.',
  },
  {
    name: 'an even number of bytes divides no odd one', kind: 'identical', within: anywhere, file: 'matrix.ts', text: /TILE_BYTES \//, operators: ['constant'], says: step((from, to) => from === 32768 && to === 32769),
    why: 'rows of a tile have an even number of bytes: 32769 divided by it is, cut, what 32768 is.',
  },
  {
    name: 'results of a panel keep off the ends of 32 bits', kind: 'masked', within: /^epilogue-kernels\//, file: 'epilogue-kernels.ts', text: /\? numeric\.(lo|hi)\(mode\) : i32\.M|relu \? 0 : i32\.MIN_VALUE/, operators: ['constant'],
    says: step((from, to) => (from === -(2 ** 31) && to === from + 1) || (from === 2 ** 31 - 1 && to === from - 1)),
    why: 'a row is kept where its numbers lie within 2^30, and a residual and zero points are below 2^18: none meets the least or the greatest of 32 bits. The others are done again, one by one.',
  },
  {
    name: 'zero is no tie', kind: 'identical', within: anywhere, file: 'requantise.ts', text: /^case 4: return kept/, operators: ['relation'], says: (says) => says === 'i64.ge_s -> i64.gt_s',
    why: 'the sign of what lies in the middle of two is asked: something lies above its floor, which of zero nothing does.',
  },
  {
    name: 'of a scale the upper two bits are asked', kind: 'identical', within: /^epilogue-lanes\/prepare$/, file: 'encoding.ts', text: /function scale\(at: usize\): u32/, operators: ['constant'], says: step((from, to) => from === 7 && to === 6),
    why: 'whether it is 4 or more does not hang on its lowest bit, and nothing else is asked of it there.',
  },
  {
    name: 'where there are no fraction bits there is one zero', kind: 'identical', within: /^vector-float\/floatWork$/, file: 'encoding.ts', text: /function fractionBits\(at: usize\): u32/, operators: ['address'], says: (says) => says.endsWith('offset 4 -> 8'),
    why: 'it is asked whether there are any, and the low byte of the bias, which is read then, is never 0; the formats without are those of P3109, which have no negative zero and are refused by that.',
  },
  {
    name: 'the last terms of a series', kind: 'masked', within: /^functions\/real$/, file: 'functions.ts', text: /^const tail = 1\.0 \/ 6\.0 \+ r/, operators: ['float'], says: (says) => says === 'f64.add -> f64.sub',
    why: 'in softplus, of numbers below 2^-8, they are less than 2^-49 of the result; no input brings it so near to a middle: all of fp32 were run.',
  },
  {
    name: 'what a sum of two fp64 leaves over', kind: 'masked', within: /^functions\/real$/, file: 'functions.ts', text: /^high = logOf\(first, \(m - first\) \+ sumLow/, operators: ['float'], says: (says) => says === 'f64.add -> f64.sub',
    why: 'in softplus, some 2^-53 of a number between 1 and 2, by which no logarithm comes to the other side of a middle: all inputs of fp32, bf16 and fp16 were run.',
  },
  {
    name: 'of a quotient one digit more', kind: 'masked', within: /^functions\/real$/, file: 'pair.ts', text: /function shortened\(a: f64\)/, operators: ['constant'], says: (says) => says === 'i64.const -134217728 -> -134217727',
    why: 'in tanh, the last of the 53 digits of a quotient goes with its first 26: what is left over is off by 2^-53 of it at most, which brings no input of fp32 to the other side of a number or a middle: all from 2^-8 to 32 were run.',
  },
  {
    name: 'the bit below the flag is no bit of these words', kind: 'identical', within: anywhere, file: 'encoding.ts', text: /function scalar\(words: usize\): u32 \{ return \(load<u32>\(words, 8\) >>> 31\) & 0x1; \}/, operators: ['constant'], says: (says) => says === 'i32.const 31 -> 30',
    why: 'bits 24 to 30 are of no field where this flag is: words that set one are refused, whatever else they say. Of two bits of which the lower is 0 the place asks whether they are.',
  },
  {
    name: 'of three activations one is asked for', kind: 'identical', within: /^checks\/check$/, file: 'encoding.ts', text: /function activation\(words: usize\): u32/, operators: ['constant'], says: step((from, to) => from === 3 && to === 2),
    why: 'the rules ask whether it is the third, 2; the fourth code is refused before. Without its lower bit the second is the first.',
  },
  {
    name: 'zero points are asked whether they are 0', kind: 'identical', within: /^checks\/check$|^rules\//, file: 'encoding.ts', text: /function zp[abo]\(at: usize\): i32/, operators: ['arithmetic'], says: (says) => says === 'i32.shr_s -> i32.shr_u',
    why: 'no rule asks more of them; what comes in from the left is copies of a bit that is there, or zeros: both are 0 if and only if all bits are.',
  },
  {
    name: 'no product of dims is that prime', kind: 'identical', within: anywhere, file: 'extent.ts', text: /^(else if \(count <= limit\) count \*= dim;|return zero \? 0 : count <= limit \? count : limit \+ 1;)/, operators: ['constant'], says: step((from, to) => from === 2 ** 31 - 1 && to === from - 1),
    why: '2^31 - 1 is prime, and dims are below 2^24: a product is below it or above it.',
  },
  {
    name: 'weights are multiplied by something', kind: 'identical', within: /^(rules-matrix\/weightsFit|act\/tally)$/, file: 'extent.ts', text: /^return zero \? 0 :/, operators: ['constant'], says: (says) => says === 'i64.const 0 -> 1',
    why: 'the rules on shapes come before: where the accumulators have elements, what is streamed has some; of none as many products are counted, whatever K is.',
  },
  {
    name: 'one by one nothing is fetched ahead', kind: 'identical', within: /^run\/serial$/, file: 'encoding.ts', text: /function closed\(\): u32/, operators: ['address'], says: (says) => says === 'i32.load offset 0 -> 4',
    why: 'an instruction that was fetched leaves at once, or the run ends and forgets it: the word is 0. So is the one behind it, the count of what is queued, which was asked first.',
  },
  {
    name: 'offsets of the sequencer are multiples of four', kind: 'identical', within: /^checks\/check$|^rules-sequencer\//, file: 'rules-sequencer.ts', text: /offset (>=|<) (0x|NUMERIC)/, operators: ['constant'], says: step((from, to) => from % 4 === 0 && to === from - 1),
    why: 'any other offset is refused before: one less than a bound bounds the same.',
  },
  {
    name: 'of an address 48 bits are told', kind: 'identical', within: /^fetch\/close$/, file: 'extent.ts', text: /^return address >> 3;/, operators: ['arithmetic'], says: (says) => says === 'i64.shr_s -> i64.shr_u',
    why: 'below zero an address without its sign lies beyond every end, and is blamed as well; its lower 48 bits, which are told, are the same.',
  },
  {
    name: 'a machine that runs has no fault', kind: 'identical', within: /^run\/leave$/, file: 'encoding.ts', text: /function code\(at: usize\): u32 \{ return load<u32>\(at, 0\)/, operators: ['address'], says: (says) => says === 'i32.load offset 0 -> 4',
    why: 'until something traps the record of the fault is 0 throughout, in a snapshot as well (model/machine/validate.ts); behind a trap nothing leaves the sequencer.',
  },
  {
    name: 'before a launch there is no fault', kind: 'identical', within: /^launch\/launch$/, file: 'encoding.ts', text: /function setAddress\(at: usize, value: i64\): void \{ store<i64>\(at, <i64>value, 40\)/, operators: ['store'],
    why: 'the record of the fault is 0 in a machine without one, and only such a machine launches: a bad header has no address, which is 0 as well.',
  },
  {
    name: 'images begin at multiples of 64', kind: 'identical', within: /^launch\/launch$/, file: 'launch.ts', text: /base > dram - <i64>IMAGE_HEADER_BYTES\) return false;/, operators: ['constant'], says: step((from, to) => from === -64 && to === -63),
    why: 'the base is a multiple of 64, asked before, and DRAM is whole pages: none lies between.',
  },
  {
    name: 'every address is a multiple of one', kind: 'identical', within: /^rules\/aligned$/, file: 'rules.ts', text: /granule <= 1 \|\|/, operators: ['relation'], says: (says) => says === 'i64.le_s -> i64.lt_s',
    why: 'a granule of one byte leaves no remainder, so that it is not asked for.',
  },
  {
    name: 'what is protected lies in DRAM', kind: 'identical', within: /^regions\/firstProtected$/, file: 'encoding.ts', text: /function spaceBytes\(i: usize\): i64/, operators: ['address'], says: (says) => says === 'i64.load offset 0 -> 4',
    why: 'bounds are checked before: where a region goes beyond the end of DRAM is not asked, and the word taken for that end is beyond it.',
  },
  {
    name: 'no word lies where memory begins', kind: 'identical', within: /^burst\/burst$/, file: 'burst.ts', text: /^@inline function startOf/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'without a loop no address of a word is below its start, and none is it: 1 is as far from all of them as 0.',
  },
  {
    name: 'features of products are among the first sixteen', kind: 'identical', within: anywhere, file: 'rules-matrix.ts', text: /function has\(feature: u32\): bool/, operators: ['constant'], says: (says) => says === 'i32.const 5 -> 4',
    why: 'these rules ask for sparse24, mx and nvfp4, which have the numbers 4 to 6: all are in the first word, by four bits as by five.',
  },
  {
    name: 'fixed-point numbers have the exponent 0', kind: 'identical', within: /^aligned\/listParts$/, file: 'aligned.ts', text: /^: digits << \(own - raw\);/, operators: ['arithmetic'], says: (says) => says === 'i32.sub -> i32.add',
    why: 'above the greatest exponent of a format lie only fixed-point numbers; theirs, which is the raw one, is 0, and what it is taken from is as well what it is added to.',
  },
  {
    name: 'below the tables there is nothing', kind: 'identical', within: anywhere, file: 'dma.ts', text: /\bopen\(WALK, 0, .*, 0\)/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'linear memory begins with a KiB of zeros: an operand there has no width, so that its steps and its address are 0, as those of one that is absent.',
  },
  {
    name: 'below the tables there is no clock', kind: 'identical', within: /^order\/orderPost$/, file: 'order.ts', text: /^export function orderPost/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'linear memory begins with a KiB of zeros: the clock that is copied from there is the one that a token of the host is given, before which nothing is.',
  },
  {
    name: 'the first run is written before it is read', kind: 'masked', within: /^order\/orderReset$/, file: 'order.ts', text: /^export function orderReset/, operators: ['constant'], says: step((from, to) => to === from + 1),
    why: 'behind what is cleared lies the first run of tokens; none is given out then, and a run that is given out is written as a whole.',
  },
  {
    name: 'no Inf is left for the end of a window', kind: 'identical', within: /^aligned\/element$/, file: 'aligned.ts', text: /^writeAccumulator\(row, to, code, false\);/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'it says whether an Inf counts as overflow; the old value and the result of each step and of the last sum were asked before, and none that is not finite comes here.',
  },
  {
    name: 'a number of 24 bits is its own first half', kind: 'identical', within: /^functions\/gelu$/, file: 'pair.ts', text: /^@inline export function shortened\(a: f64\)/, operators: ['constant'], says: (says) => says === 'i64.const -134217728 -> -134217727',
    why: 'the second factor is x, or the end of the tail: at most 24 bits, below which all are 0, the last one as well. Of the first factor, which has 53, the halves would show.',
  },
  {
    name: 'what is added has one word', kind: 'identical', within: /^float\/addFinite$/, file: 'wide.ts', text: /^return high != 0 \? 128 - /, operators: ['constant'], says: (says) => says === 'i32.const 128 -> 129',
    why: 'the second operand is an element, a product or a residual less its zero point, of at most 64 bits: its upper word is 0. Of the first, which may be wider, it would show.',
  },
  {
    name: 'no inverse root lies in the middle', kind: 'masked', within: /^vector-float\/inverses$/, file: 'vector-float.ts', text: /^result = i32x4\.add\(result, v128\.and\(towards/, operators: ['lane'], says: (says) => says === 'i32x4.add -> i32x4.sub',
    why: 'the root has the format of what it is of. Of no number of up to 10 fraction bits is it, inexact and rounded to fp32, a number of as many bits or the middle of two (all were tried; only some of fp16 meet one of fewer bits, and their roots are normal): a last place to either side is rounded off.',
  },
  {
    name: 'locals begin as zeros', kind: 'identical', within: /^vector-float\/floatRow$/, file: '', text: /^$/, operators: ['local'], says: (says) => says === 'local 12 -> 10',
    why: 'where the work takes one operand the local has that 0; nothing is written yet to the other one.',
  },
  {
    name: 'integers are never flushed', kind: 'identical', within: /^vector-float\/ofIntegers$/, file: 'vector-float.ts', text: /least = i32x4\.splat\(\(128 - format\.bias\(row\)\)|^return i32x4\.lt_u\(i32x4\.sub\(size, one\), i32x4\.sub\(least, one\)\)/, operators: ['arithmetic', 'constant', 'lane'],
    why: 'of integers no lane is asked whether it is tiny: the compiler leaves the question standing behind a condition that it has made 0.',
  },
  {
    name: 'no float is saturated', kind: 'identical', within: /^unpack\/scaleCodes$/, file: 'element.ts', text: /function counted\(raised: u32\): u32/, operators: ['constant'], says: step((from, to) => from === 15 && to === 14),
    why: 'results are floats, and only integers and fixed-point numbers that are cut raise the first of the events.',
  },
  {
    name: 'what is cut to 32 bits has no sign above them', kind: 'identical', within: /^(rounds\/act|kept\/oftener)$/, file: '', text: /^$/, operators: ['arithmetic'], says: (says) => says === 'i64.shr_s -> i64.shr_u',
    why: 'a step from round to round is made bytes and a difference of places in linear memory, which has 32 bits: the three that come in at the top are cut.',
  },
  {
    name: 'the head is asked before', kind: 'identical', within: /^decoded\/formOf$/, file: 'checks.ts', text: /function legal[A-Z]+\(words: usize\): bool/, operators: ['local'], says: (says) => says === 'local 1 -> 3',
    why: 'an instruction whose head has a bit above the condition is slow some lines before; the local is the unit, and below the tables linear memory is 0: of both no bit is left. Of the other words some would be, which is seen in what is decoded.',
  },
  {
    name: 'something of the queues is the oldest', kind: 'identical', within: /^run\/serial$/, file: 'queues.ts', text: /^let oldest: u32 = 0, seq = i64\.MAX_VALUE;/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'it is asked only where something is queued, and then for the first: the search finds a unit, whatever it begins with.',
  },
  {
    name: 'no way forward is any number below zero', kind: 'identical', within: anywhere, file: 'pages.ts', text: /^if \(count > 1 && walk\.step\(ROWS, 0\) != width\) return -1;/, operators: ['constant'], says: (says) => says === 'i64.const -1 -> -2',
    why: 'who asks how far an operand may be moved looks for the sign alone before anything is added.',
  },
  {
    name: 'a room is found, or nobody enters', kind: 'masked', within: /^prepared\/findRoom$/, file: 'prepared.ts', text: /^store<i64>\(note\.roomAt\(at\), (least|most)(, 8)?\);/, operators: ['store'],
    why: 'the hull is a room only where no other is found: not when an instruction is prepared right behind its act, whose rules held; later the record is spoiled, and its rooms are found anew before they are read. Of other spaces the room is set in the next line, whose loss is seen in the work.',
  },
  {
    name: 'nobody reads the events of what is prepared', kind: 'masked', within: /^prepared\/actPrepared$/, file: 'act.ts', text: /^retirement\.setEvents\(at, event, count\);/, operators: ['local'], says: (says) => says === 'local 0 -> 3',
    why: 'they are counted in the state; a prepared record is not traced. In its place a number below 256 is an address: what is written there lies below the tables, behind an operand of 72 bytes, which is all of it that is read.',
  },
  {
    name: 'no operand lies where a record ends', kind: 'identical', within: anywhere, file: 'extent.ts', text: /^@inline function noted/, operators: ['relation', 'constant'], says: (says) => says === 'i32.lt_u -> i32.le_u' || step((from, to) => Math.abs(from - to) === 1 && (from === 424 || from === 0x17000))(says),
    why: 'operands of a record begin between its head and its end, none of them with the first byte or the last; between the next instruction and what lies behind it there is room where no record is. A byte more or less at either end asks for the same operands.',
  },
  {
    name: 'what is noted is found anew', kind: 'masked', within: /^dma\/fillPads$/, file: 'extent.ts', text: /^@inline function noted/, operators: ['address'], says: step((from, to) => to === from - 4),
    why: 'the word before says nothing, since no operand ends the notes: elements are then counted from dims, as they were when they were noted.',
  },
  {
    name: 'rules ask what is not noted', kind: 'identical', within: /^(rules\/insideSpm|fetch\/beyond)$/, file: 'extent.ts', text: /^if \(noted\(at\)\) return load<i64>/, operators: ['address', 'local'],
    why: 'the hull is noted where all operands are plain: then none of them is asked whether it lies in SPM or ACC, nor blamed for it.',
  },
  {
    name: 'rules ask what is not noted, in what has no line', kind: 'identical', within: /^rules\/insideSpm$/, file: '', text: /^$/, operators: ['constant'], says: step((from, to) => from > 1 && to === from + 1),
    why: 'the distance of notes from operands, of which the compiler says no line: nothing is noted when this is asked.',
  },
  {
    name: 'what is blamed belongs to the next instruction', kind: 'identical', within: /^fetch\/close$/, file: '', text: /^$/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'the answer for an operand that is not of this record, of which the compiler says no line: the one that is blamed always is.',
  },
  {
    name: 'of an address 48 bits are told, aligned or not', kind: 'identical', within: /^fetch\/close$/, file: 'fetch.ts', text: /^case TRAP_ALIGNMENT: return operand\.address\(t\) >> 3;/, operators: ['arithmetic'], says: (says) => says === 'i64.shr_s -> i64.shr_u',
    why: 'the upper three bits of 64 are cut with all above 48.',
  },
  {
    name: 'the greatest word of a mode is none', kind: 'identical', within: /^checks\/check$|^rules-sequencer\//, file: 'rules-sequencer.ts', text: /^case [01]: return value <= 0x/, operators: ['relation'], says: (says) => says === 'i32.le_u -> i32.lt_u',
    why: 'with all bits set, fields of which the last code is not defined have it: the word is refused by what is asked behind the limit.',
  },
  {
    name: 'of the blocks of scales it is asked whether there are any', kind: 'masked', within: /^checks\/check$/, file: 'rules-matrix.ts', text: /^@inline function blockLog2/, operators: ['constant'], says: step((from, to) => from === 5 && to === 4),
    why: 'the rule for the dtype of scales asks only whether this is 0. Where it is the size of blocks another one is seen in the shapes.',
  },
  {
    name: 'one at a time, no queue is full', kind: 'masked', within: /^run\/serial$/, file: 'encoding.ts', text: /function queueDepth\(\): u32/, operators: ['address'],
    why: 'the depth of queues is asked only where a schedule chooses, and then another loop runs the machine.',
  },
  {
    name: 'what is loaded with pads has something inside', kind: 'identical', within: /^dma\/loadTensor$/, file: 'extent.ts', text: /^@inline function noted/, operators: ['branch'], says: (says) => says === 'if negated',
    why: 'nothing is loaded to a destination without elements, and to others none of a source without any, which rules refuse: it is never empty, as a note says, and as its dims say where notes are not asked.',
  },
  {
    name: 'no word is prepared by being decoded', kind: 'identical', within: /^burst\/burst$/, file: 'burst.ts', text: /^if \(form < PREPARED && \(form < MET/, operators: ['constant'], says: step((from, to) => from === 4 && to === 5),
    why: 'what has been decoded is less than prepared or more: only the act of an instruction prepares it.',
  },
  {
    name: 'the head is asked before, with the opcode for an address', kind: 'identical', within: /^decoded\/formOf$/, file: 'checks.ts', text: /function legal[A-Z]+\(words: usize\): bool/, operators: ['local'], says: (says) => says === 'local 1 -> 0',
    why: 'what is above the condition was asked some lines before; at the opcode, below the tables, linear memory is 0, which has no such bit either. Of the other words bits are missed, which is seen in what is decoded.',
  },
  {
    name: 'what is prepared lies elsewhere', kind: 'identical', within: /^prepared\/prepare$/, file: '', text: /^$/, operators: ['constant'], says: step((from, to) => from > 1 && to === from + 1),
    why: 'the distance of notes from operands, of which the compiler says no line: of those of a copy of the record, in room of its own, nothing is noted.',
  },
  {
    name: 'floats of 16 bits are of two shapes', kind: 'identical', within: /^lane-floats\/roundFloats$/, file: 'lane-floats.ts', text: /^if \(short\) v128\.store64_lane/, operators: ['arithmetic'], says: (says) => says === 'i32.add -> i32.sub',
    why: 'codes are laid down in 16 bits only of rows of as many, fp16 and bf16, each of which has a copy of this loop with its own shifts: the one of all other rows never does. In those of the two it shows.',
  },
  {
    name: 'of lanes the low bits are laid down', kind: 'masked', within: /^lane-floats\/roundFloats$/, file: 'lane-floats.ts', text: /^code = v128\.andnot\(v128\.bitselect\(i32x4\.sub\(sum, magic\)/, operators: ['lane'], says: (says) => says === 'i32x4.sub -> i32x4.add',
    why: 'the number that is added once too often has a fraction of 0: twice it is a multiple of 2^24, above the 16 bits that a row has at most. Where lanes are made 16 bits at once, which saturates, it shows.',
  },
  {
    name: 'integers have no greatest exponent', kind: 'masked', within: /^deep\/deepRounds$/, file: 'deep.ts', text: /^memory\.copy\(PLAN, old, PLAN_BYTES\);/, operators: ['constant'], says: (says) => says === 'i32.const 96 -> 95',
    why: 'the last word of a plan is the greatest exponent of weights that are floats; rounds over K are of integers, and nothing of theirs asks for it.',
  },
  {
    name: 'a tap is one element long', kind: 'masked', within: /^matrix\/multiplyTensor$/, file: 'tile.ts', text: /^store<u32>\(at, 1, 4\);/, operators: ['constant'], says: (says) => says === 'i32.const 1 -> 0',
    why: 'taps are widened by their offsets, a row of channels to each; how long a run is is asked where rows of A are widened, and by what is known before the taps are listed, each behind a list of its own.',
  },
];

/** What a survivor is like. */
export interface Survivor { readonly operator: Operator; readonly says: string; readonly place: Place; readonly propagated: boolean }

/**
 * The first argument that covers a survivor and that the machine does not refute: what is identical leaves no trace in all of memory. Of what is
 * masked it can only be said that no trial saw it.
 */
export const argumentFor = ({ operator, says, place, propagated }: Survivor): Argument | undefined => reasons.find((one) =>
  one.file === place.file && one.operators.includes(operator) && one.within.test(place.within) && one.text.test(place.text) && (one.says?.(says) ?? true)
  && !(one.kind === 'identical' && propagated));
