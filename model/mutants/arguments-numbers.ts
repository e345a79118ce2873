//! arguments-numbers: why changes cannot show in what computes: formats, roundings, kernels and what they keep.
import { type Argument, anywhere, equalToo, step } from './argument.ts';

export const numberReasons: readonly Argument[] = [
  {
    name: 'the sign of zero does not matter', kind: 'identical', within: anywhere, file: 'accumulator.ts', text: /^const negative = sum < 0;/, operators: ['relation'], says: equalToo,
    why: 'the line above handles a sum of zero; for all others, less than zero is the same as not more.',
  },
  {
    name: 'adding zero is the same as subtracting it', kind: 'identical', within: /^long\//, file: 'long.ts', text: /negative = value < 0, magnitude/, operators: ['relation'], says: equalToo,
    why: 'the sign of a term says whether its digits are added or subtracted; those of zero are all 0.',
  },
  {
    name: 'register offsets are multiples of four', kind: 'identical', within: /^window\//, file: 'window.ts', text: /offset (>=|<) 0x|offset - 0x|offset & (7|15)|from % NUMERIC_CSR_STEP/, operators: ['constant'], says: step((from, to) => (from % 4 === 0 && (from < 0 ? to === from + 1 : to === from - 1)) || ((from === 7 || from === 15) && to === from - 1)),
    why: 'any other offset is refused before. One less than a bound bounds the same offsets; one more than the distance from the first offset selects the same word; the lowest bit is 0.',
  },
  {
    name: 'containers are powers of two', kind: 'identical', within: anywhere, file: 'lanes.ts', text: /format\.width\(row\) == bits && \(bits <= 16 \|\|/, operators: ['constant'], says: step((from, to) => from === 16 && to === 17),
    why: 'integers that fill their containers have 4, 8, 16, 32 or 64 bits; none has 17.',
  },
  {
    name: 'panels have whole containers', kind: 'identical', within: /^epilogue-lanes\//, file: 'epilogue-lanes.ts', text: /^if \(bits < 32\) cut = narrowBlocks|\(bits < 32 \? CODES : RESULTS\)/, operators: ['constant'], says: step((from, to) => from === 32 && to === 31),
    why: 'what a panel stores has 4, 8, 16 or 32 bits: less than 32 is the same as less than 31.',
  },
  {
    name: 'a number far beyond 64 bits stays beyond', kind: 'masked', within: anywhere, file: 'requantise.ts', text: /^(const far: i64 = 1 << 62;|store<i64>\(HIGH, negative \? -far : far\);)/, operators: ['constant'], says: step((from, to) => Math.abs(from) === 2 ** 62 && Math.abs(from - to) <= 1),
    why: 'the code only uses its sign, and that it lies beyond every 64-bit bound, whatever 65-bit number is added; its low word is kept elsewhere.',
  },
  {
    name: 'the operand is always present', kind: 'identical', within: /^(epilogue-lanes\/panel|unpack\/scaleCodes)$/, file: 'rows.ts', text: /^return operand\.role\(record\) != ROLE_NONE \? record : 0;/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'the value for an absent operand is not chosen: the instruction has this operand in every form. For the residual, which may be absent, 1 would be read as a residual.',
  },
  {
    name: 'the half byte after the last element is filled', kind: 'masked', within: anywhere, file: 'lanes.ts', text: /^copyRow\(<u64>CODES << 3, .*, true\);/, operators: ['constant'], says: (says) => says === 'i32.const 1 -> 0',
    why: 'an odd number of nibbles is not a multiple of 16: the lane that the other half of the last byte becomes is filled.',
  },
  {
    name: 'an out-of-range index is counted on every machine', kind: 'identical', within: /^vector\/take$/, file: 'element.ts', text: /function countsAll\(\): bool/, operators: ['constant', 'address', 'arithmetic'],
    why: 'take raises nothing else, and this event is among those that are always counted.',
  },
  {
    name: 'only one bit of a sign is used', kind: 'identical', within: /^fused\//, file: 'fused.ts', text: /^const sign = v128\.and\(i32x4\.shr_u\(sum, 16\), i32x4\.splat\(0x8000\)\);/, operators: ['lane'], says: (says) => says === 'i32x4.shr_u -> i32x4.shr_s',
    why: 'the highest bit moves to place 15, the only one that is kept; what comes in above it is cut off.',
  },
  {
    name: 'a NaN that reaches this place is quiet', kind: 'identical', within: /^dot\/invalidTerms$/, file: 'dot.ts', text: /^@inline function isNan\(/, operators: ['constant'], says: step((from, to) => from === 0x7f80_0000 && to === from + 1),
    why: 'signalling NaNs are handled before, and scales have none. A quiet NaN is 0x7fc00000 or more, an infinity 0x7f800000.',
  },
  {
    name: 'a step over one tap is not taken', kind: 'masked', within: /^matrix\/multiplyTensor$/, file: 'tile.ts', text: /^store<i64>\(at, 0, 8\);/, operators: ['constant'], says: step((from, to) => from === 0 && to === 1),
    why: 'taps are runs of one element: nothing steps from it to the next, and rows of bytes are recognised by runs of eight or more.',
  },
  {
    name: 'half of a 16-bit range up is the same as down', kind: 'identical', within: anywhere, file: 'widen.ts', text: /^return <i32>integerOf\(row, code\) - \(format\.signed\(row\) == 0/, operators: ['arithmetic'], says: (says) => says === 'i32.sub -> i32.add',
    why: 'the subtracted value is 0 or 32768, and all callers store 16 bits of the difference.',
  },
  {
    name: 'a zero has nothing but its sign', kind: 'identical', within: /^terms\/addRunning$/, file: 'terms.ts', text: /^if \(!negative\) see\(SEEN_PLUS\);/, operators: ['local'], says: (says) => says === 'local 2 -> 0',
    why: 'here all other bits of the running value are 0: it is nonzero if and only if it is negative.',
  },
  {
    name: 'a window has fewer than 63 places', kind: 'identical', within: /^steps\/(afterSumStep|laneSum)$/, file: 'terms.ts', text: /^if \(up >= 0\) return up < 64 \? value << <i64>up : 0;/, operators: ['constant'], says: step((from, to) => from === 64 && to === 63),
    why: 'no addend lies above the greatest one, from which a window extends down by at most 44 places: none is moved up by 63.',
  },
  {
    name: 'a sum of a window has fewer than 62 digits', kind: 'identical', within: /^steps\/(afterSumStep|laneSum)$/, file: 'terms.ts', text: /^const places = <i64>min\(63, -up\)/, operators: ['constant'], says: step((from, to) => from === 63 && to === 62),
    why: 'there are at most 64 products and a running value, each of at most four digits more than the 44 of a window. Moved down by 62 or 63 places, only the sign is left, and some of the digits cut off are not 0.',
  },
  {
    name: 'no finite number has an exponent above 127', kind: 'masked', within: anywhere, file: 'terms.ts', text: /^export function mostExponentOf/, operators: ['constant'], says: step((from) => from === 128),
    why: 'code that takes the lesser of an exponent and this value has an exponent of at most 127, since infinities and NaNs are handled before. Code that tests whether it is the least exponent of a format has that of a float, which is at most 1.',
  },
  ...[{ file: 'pack.ts', text: /^open\(WALK, 0, operand\.rank\(w\), false, w, 0, 0, 0\);/ }, { file: 'tile.ts', text: /^open\(WALK, from, to, false, a, 0, 0, 0\);/ }, { file: 'pages.ts', text: /^open\(ROWS, 0, operand\.rank\(at\), false, at, 0, 0, 0\);/ }, { file: 'vector.ts', text: /^if \(!openRows\(operandAt\(at, 0\), 0, 0, 0, (true|false)\)\)/ }].map(({ file, text }): Argument => ({
    name: 'no operand lies at the lowest addresses', kind: 'identical', within: anywhere, file, text, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'below the compiler\'s tables, which begin at 1024, linear memory is 0. An operand there has strides of 0 and the address 0, like an absent operand.',
  })),
  {
    name: 'the buffer begins one byte earlier', kind: 'masked', within: /^lane-runs\/nextRun$/, file: 'lane-runs.ts', text: /^runs\.setLanes\(isFloat\(row\) \? floatsOf\(FIRST/, operators: ['constant'], says: step((from, to) => to === from - 1),
    why: 'lanes are read from where they are said to lie; between the bookkeeping of the walk and the buffer there are bytes that nobody uses.',
  },
  {
    name: 'only the lower word of a factor is used', kind: 'masked', within: /^unpack\/scaleCodes$/, file: 'float.ts', text: /^store<u64>\(at, high, 16\);/, operators: ['address', 'store'],
    why: 'a product is that of the lower words. Factors have at most 64 bits, so no upper word is read, and the next value brings its own.',
  },
  {
    name: 'the mode has one address', kind: 'identical', within: /^epilogue-lanes\/panel$/, file: 'epilogue-lanes.ts', text: /roundFloats\(d, mode, lanes, lanes, count, false\)/, operators: ['local'], says: (says) => says === 'local 15 -> 23',
    why: 'the code that stores a panel asks again for the address of the instruction\'s mode and gets the same answer as before.',
  },
  {
    name: 'a shuffle of one vector with itself takes all lanes from the first operand', kind: 'identical', within: anywhere, file: 'vector-float.ts', text: /^@inline export function upper\(x: v128\)/, operators: ['local'],
    why: 'the shuffle takes lanes 2 and 3 of its first operand, whose place is where upper() is called; this place is that of the second operand.',
  },
  {
    name: 'D and A are always present', kind: 'identical', within: /^vector\/elementsKept$/, file: 'rows.ts', text: /^place\(1, a\);/, operators: ['local'], says: (says) => says === 'local 2 -> 5',
    why: 'the code only tests whether there is a record. It is the record of A, or with the change that of D; an instruction has both.',
  },
  {
    name: 'an unused base is overwritten', kind: 'identical', within: /^vector\/elementsKept$/, file: 'rows.ts', text: /^place\(2, b\);/, operators: ['local'], says: (says) => says === 'local 3 -> 0',
    why: 'the code only tests whether there is a B. If there is none, its base is that of the constant, which comes next.',
  },
  {
    name: 'more digits than there are', kind: 'identical', within: anywhere, file: 'accumulator.ts', text: /^return rounded\(row, negative, unit/, operators: ['constant'], says: step((from) => from === 255),
    why: 'of 255 digits as many are kept as the fraction has, at most 23; the same holds for 254 or 256.',
  },
  {
    name: 'without weights the least exponent is large', kind: 'masked', within: /^pack\/exponentRange$/, file: 'pack.ts', text: /^const lowest = least == 0xffff_ffff \? 255/, operators: ['constant'], says: step((from) => from === 255),
    why: 'the code only tests whether it and another one, which is at least 1, make 127 together.',
  },
  {
    name: 'float containers are powers of two', kind: 'identical', within: anywhere, file: 'lane-floats.ts', text: /format\.width\(row\) <= 16 &&/, operators: ['constant'], says: step((from, to) => from === 16 && to === 17),
    why: 'floats have containers of 4, 8, 16 or 32 bits; none has 17.',
  },
  {
    name: 'only the class of an accumulator is tested', kind: 'identical', within: /^dot\/dotElement$/, file: 'widen.ts', text: /^return bits \| \(\(code & 0x8000\) << 16\)/, operators: ['constant'], says: step((from, to) => from === 0x8000 && to === from + 1),
    why: 'bit 16 is set if the lowest digit is 1. A number stays a number, a NaN stays the same kind of NaN, signalling or not, and an infinity has no such digit. Nothing more is tested here.',
  },
  {
    name: 'the greatest number is shifted to its place', kind: 'identical', within: anywhere, file: 'float.ts', text: /function maxInteger\(row: usize\): i64/, operators: ['constant'], says: (says) => says === 'i64.const -1 -> -2',
    why: 'there are no unsigned 64-bit integers: it is shifted down by at least one place, and the lowest digit is lost.',
  },
  {
    name: 'scratch memory begins at multiples of four', kind: 'identical', within: anywhere, file: 'matrix.ts', text: /^@inline function up\(address: usize\)/, operators: ['constant'], says: step((from, to) => from === 15 && to === 14),
    why: 'what is rounded up to 16 bytes is a multiple of 4: adding 14 does the same as adding 15.',
  },
  {
    name: 'no number that is rounded ends there', kind: 'identical', within: /^accumulator\/rounded$/, file: 'wide.ts', text: /^return \(\(index < 64 \? low >>> index/, operators: ['constant'], says: step((from, to) => from === 64 && to === 63),
    why: 'a value that is not a sum has at most 56 digits. A sum that does not cancel has more than 96, of which at most 24 stay. In a sum that cancels so far that place 63 decides, fewer digits are left than stay, and it is 0.',
  },
  {
    name: 'no two formats have 22 places together', kind: 'identical', within: anywhere, file: 'chain.ts', text: /^return bits \+ 2 <= 24 && stayInside/, operators: ['relation'], says: (says) => says === 'i32.le_u -> i32.lt_u',
    why: 'formats have 23 fraction bits, 10, 7 or at most 6: two of them have 20 together, or 26 and more, and none 22.',
  },
  {
    name: 'a NaN is written as the profile defines it', kind: 'identical', within: /^steps\/afterSumStep$/, file: 'accumulator.ts', text: /^@inline function infinity\(row: usize\)/, operators: ['constant'], says: (says) => says === 'i32.const 1 -> 0',
    why: 'without the ones of the exponent, a code has all bits above the fraction set: the quiet NaN made from it stays one. An infinity would show.',
  },
  {
    name: 'scales have no sign', kind: 'identical', within: /^scalar-chain\/setProduct$/, file: 'float.ts', text: /^unpackFields\(at, bits, 23, 8, 127, 1, 1, 0\);/, operators: ['constant'], says: (says) => says === 'i32.const 1 -> 0',
    why: 'without a sign, a number is unpacked without the highest bit, which is 0 in a scale; in a factor it would show.',
  },
  {
    name: 'beyond all binades the distance does not matter', kind: 'masked', within: anywhere, file: 'arithmetic.ts', text: /^const amount = <i32>max\(-limit, min\(limit/, operators: ['constant'], says: step((from, to) => Math.abs(from) === 4096 && Math.abs(to - from) === 1),
    why: 'the exponents of numbers span fewer than 400 binades: moved by 4095 or more, a number is out of the range of every row on its side.',
  },
  {
    name: 'an even number of bytes divides no odd one', kind: 'identical', within: anywhere, file: 'matrix.ts', text: /TILE_BYTES \//, operators: ['constant'], says: step((from, to) => from === 32768 && to === 32769),
    why: 'rows of a tile have an even number of bytes: 32769 divided by it, truncated, is the same as 32768 divided by it.',
  },
  {
    name: 'results of a panel stay away from the 32-bit limits', kind: 'masked', within: /^epilogue-kernels\//, file: 'epilogue-kernels.ts', text: /\? numeric\.(lo|hi)\(mode\) : i32\.M|relu \? 0 : i32\.MIN_VALUE/, operators: ['constant'],
    says: step((from, to) => (from === -(2 ** 31) && to === from + 1) || (from === 2 ** 31 - 1 && to === from - 1)),
    why: 'a row is kept if its numbers lie within 2^30, and a residual and zero points are below 2^18: none reaches the least or the greatest 32-bit number. The others are computed again, one by one.',
  },
  {
    name: 'zero is no tie', kind: 'identical', within: anywhere, file: 'requantise.ts', text: /^case 4: return kept/, operators: ['relation'], says: (says) => says === 'i64.ge_s -> i64.gt_s',
    why: 'the code tests the sign of a value halfway between two numbers: such a value lies above its floor, which is never true of zero.',
  },
  {
    name: 'the last terms of a series', kind: 'masked', within: /^functions\/real$/, file: 'functions.ts', text: /^const tail = 1\.0 \/ 6\.0 \+ r/, operators: ['float'], says: (says) => says === 'f64.add -> f64.sub',
    why: 'in softplus, for numbers below 2^-8, they are less than 2^-49 of the result; no input brings it that close to a midpoint: all of fp32 were run.',
  },
  {
    name: 'the remainder of a sum of two fp64', kind: 'masked', within: /^functions\/real$/, file: 'functions.ts', text: /^high = logOf\(first, \(m - first\) \+ sumLow/, operators: ['float'], says: (says) => says === 'f64.add -> f64.sub',
    why: 'in softplus, it is some 2^-53 of a number between 1 and 2, which moves no logarithm to the other side of a midpoint: all inputs of fp32, bf16 and fp16 were run.',
  },
  {
    name: 'one more digit of a quotient', kind: 'masked', within: /^functions\/real$/, file: 'pair.ts', text: /function shortened\(a: f64\)/, operators: ['constant'], says: (says) => says === 'i64.const -134217728 -> -134217727',
    why: 'in tanh, the last of the 53 digits of a quotient stays with its first 26. The remainder is off by at most 2^-53 of it, which moves no fp32 input to the other side of a number or a midpoint: all from 2^-8 to 32 were run.',
  },
  {
    name: 'fixed-point numbers have exponent 0', kind: 'identical', within: /^aligned\/listParts$/, file: 'aligned.ts', text: /^: digits << \(own - raw\);/, operators: ['arithmetic'], says: (says) => says === 'i32.sub -> i32.add',
    why: 'only fixed-point numbers lie above the greatest exponent of a format. Their exponent, the raw one, is 0, so subtracting it is the same as adding it.',
  },
  {
    name: 'no Inf reaches the end of a window', kind: 'identical', within: /^aligned\/element$/, file: 'aligned.ts', text: /^writeAccumulator\(row, to, code, false\);/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'this says whether an Inf counts as overflow. The old value and the results of each step and of the last sum were tested before, and only finite values get here.',
  },
  {
    name: 'a 24-bit number is its own first half', kind: 'identical', within: /^functions\/gelu$/, file: 'pair.ts', text: /^@inline export function shortened\(a: f64\)/, operators: ['constant'], says: (says) => says === 'i64.const -134217728 -> -134217727',
    why: 'the second factor is x, or the end of the tail: at most 24 bits, below which all bits are 0, including the last one. For the first factor, which has 53 bits, the halves would show.',
  },
  {
    name: 'the addend has one word', kind: 'identical', within: /^float\/addWide$/, file: 'wide.ts', text: /^return high != 0 \? 128 - /, operators: ['constant'], says: (says) => says === 'i32.const 128 -> 129',
    why: 'the second operand is an element, a product or a residual less its zero point, of at most 64 bits: its upper word is 0. In the first operand, which may be wider, it would show.',
  },
  {
    name: 'no inverse root lies at a midpoint', kind: 'masked', within: /^vector-float\/inverses$/, file: 'vector-float.ts', text: /^result = i32x4\.add\(result, v128\.and\(towards/, operators: ['lane'], says: (says) => says === 'i32x4.add -> i32x4.sub',
    why: 'the root has the format of its operand. For no number of up to 10 fraction bits is an inexact root, rounded to fp32, a number of as many bits or the midpoint of two (all were tried; only some of fp16 meet one of fewer bits, and their roots are normal): a last place to either side is rounded away.',
  },
  {
    name: 'integers are never flushed', kind: 'identical', within: /^vector-float\/ofIntegers$/, file: 'vector-float.ts', text: /least = i32x4\.splat\(\(128 - format\.bias\(row\)\)|^return i32x4\.lt_u\(i32x4\.sub\(size, one\), i32x4\.sub\(least, one\)\)/, operators: ['arithmetic', 'constant', 'lane'],
    why: 'for integers no lane is tested for being tiny: the compiler leaves the test after a condition that it has made 0.',
  },
  {
    name: 'no float is saturated', kind: 'identical', within: /^unpack\/scaleCodes$/, file: 'element.ts', text: /function counted\(raised: u32\): u32/, operators: ['constant'], says: step((from, to) => from === 15 && to === 14),
    why: 'results are floats, and only integers and fixed-point numbers that are clipped raise the first of the events.',
  },
  {
    name: '16-bit floats have two shapes', kind: 'identical', within: /^lane-floats\/roundFloats$/, file: 'lane-floats.ts', text: /^if \(short\) v128\.store64_lane/, operators: ['arithmetic'], says: (says) => says === 'i32.add -> i32.sub',
    why: 'codes are written in 16 bits only for 16-bit rows, fp16 and bf16. Each of these has a copy of this loop with its own shifts; the loop of all other rows never does so. In the loops of these two it shows.',
  },
  {
    name: 'only the low bits of lanes are written', kind: 'masked', within: /^lane-floats\/roundFloats$/, file: 'lane-floats.ts', text: /^let few = i32x4\.sub\(sum, magic\);/, operators: ['lane'], says: (says) => says === 'i32x4.sub -> i32x4.add',
    why: 'the number that is added once too often has a fraction of 0: twice it is a multiple of 2^24, above the 16 bits that a row has at most. Where lanes are narrowed to 16 bits at once, which saturates, it shows.',
  },
  {
    name: 'integers have no greatest exponent', kind: 'masked', within: /^deep\/deepRounds$/, file: 'deep.ts', text: /^memory\.copy\(PLAN, old, PLAN_BYTES\);/, operators: ['constant'], says: (says) => says === 'i32.const 96 -> 95',
    why: 'the last word of a plan is the greatest exponent of float weights; rounds over K are of integers and do not use it.',
  },
  {
    name: 'a tap is one element long', kind: 'masked', within: /^matrix\/multiplyTensor$/, file: 'tile.ts', text: /^store<u32>\(at, 1, 4\);/, operators: ['constant'], says: (says) => says === 'i32.const 1 -> 0',
    why: 'taps are widened by their offsets, one row of channels each. The length of a run is read where rows of A are widened, and by what is known before the taps are listed, each after a list of its own.',
  },
  {
    name: 'a nonzero sum is less than zero, or more', kind: 'identical', within: /^float\/addExact$/, file: 'float.ts', text: /^else exact\.set\(at, FINITE, <u32>\(sum < 0\)/, operators: ['relation'], says: equalToo,
    why: 'the line above handles a sum of zero.',
  },
  {
    name: 'the remainder of fp32 is a normal fp64', kind: 'identical', within: /^requantise\/fp32Rest$/, file: 'requantise.ts', text: /^default: return rest != 0 /, operators: ['constant'], says: (says) => says === 'f64.const doubled',
    why: 'the least normal fp64 number then stands for 0. A remainder, a multiple of 2^-149, is more than one if and only if it is more than the other. Where the code tests whether there is a remainder, the zero shows.',
  },
  {
    name: 'sums and extremes of floats are floats', kind: 'identical', within: /^reduce\//, file: 'reduce.ts', text: /^return pack\(d, value, numeric\.round\(mode\), 0,/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'the rules require float results for floats in reductions and scans, except for the places of extremes, which are not made here. Only integers are tested for saturation.',
  },
  {
    name: 'some code of every format needs a table', kind: 'identical', within: /^widen\/floatRun$/, file: '', text: /^$/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'it would continue beyond 128 plain codes, and no format has that many: every 8-bit format has a NaN or an Inf among its codes, or no sign, or two\'s complement, and a plain code is what its sign and magnitude say. In other conditions of these lines it shows.',
  },
];
