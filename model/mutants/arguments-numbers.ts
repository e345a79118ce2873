//! arguments-numbers: why changes cannot show in what computes: formats, roundings, kernels and what they keep.
import { type Argument, anywhere, equalToo, step } from './argument.ts';

export const numberReasons: readonly Argument[] = [
  {
    name: 'of zero the sign says nothing', kind: 'identical', within: anywhere, file: 'accumulator.ts', text: /^const negative = sum < 0;/, operators: ['relation'], says: equalToo,
    why: 'a sum of zero was answered in the line above; of all others less than zero is the same as not more.',
  },
  {
    name: 'zero is added as it is subtracted', kind: 'identical', within: /^long\//, file: 'long.ts', text: /negative = value < 0, magnitude/, operators: ['relation'], says: equalToo,
    why: 'the sign of a term says whether its digits are added or subtracted; those of zero are all 0.',
  },
  {
    name: 'offsets of registers are multiples of four', kind: 'identical', within: /^window\//, file: 'window.ts', text: /offset (>=|<) 0x|offset - 0x|offset & (7|15)|from % NUMERIC_CSR_STEP/, operators: ['constant'], says: step((from, to) => (from % 4 === 0 && (from < 0 ? to === from + 1 : to === from - 1)) || ((from === 7 || from === 15) && to === from - 1)),
    why: 'any other offset is refused before. One less than a bound bounds the same offsets; what is one more than the distance from the first is the same word; the lowest bit is 0.',
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
    name: 'an index outside is counted on every machine', kind: 'identical', within: /^vector\/take$/, file: 'element.ts', text: /function countsAll\(\): bool/, operators: ['constant', 'address', 'arithmetic'],
    why: 'take raises nothing else, and this event is among those that are always counted.',
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
    name: 'of a factor the lower word is all', kind: 'masked', within: /^unpack\/scaleCodes$/, file: 'float.ts', text: /^store<u64>\(at, high, 16\);/, operators: ['address', 'store'],
    why: 'a product is that of the lower words: of factors, which have at most 64 bits, no upper one is read, and the next value brings its own.',
  },
  {
    name: 'the mode is in one place', kind: 'identical', within: /^epilogue-lanes\/panel$/, file: 'epilogue-lanes.ts', text: /roundFloats\(d, mode, lanes, lanes, count, false\)/, operators: ['local'], says: (says) => says === 'local 15 -> 23',
    why: 'whoever stores a panel asks again where the mode of the instruction lies, and has the answer that was given before.',
  },
  {
    name: 'of one vector twice all lanes are those of the first', kind: 'identical', within: anywhere, file: 'vector-float.ts', text: /^@inline export function upper\(x: v128\)/, operators: ['local'],
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
    name: 'fixed-point numbers have the exponent 0', kind: 'identical', within: /^aligned\/listParts$/, file: 'aligned.ts', text: /^: digits << \(own - raw\);/, operators: ['arithmetic'], says: (says) => says === 'i32.sub -> i32.add',
    why: 'above the greatest exponent of a format lie only fixed-point numbers; theirs, which is the raw one, is 0, and what it is taken from is as well what it is added to.',
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
    name: 'what is added has one word', kind: 'identical', within: /^float\/addWide$/, file: 'wide.ts', text: /^return high != 0 \? 128 - /, operators: ['constant'], says: (says) => says === 'i32.const 128 -> 129',
    why: 'the second operand is an element, a product or a residual less its zero point, of at most 64 bits: its upper word is 0. Of the first, which may be wider, it would show.',
  },
  {
    name: 'no inverse root lies in the middle', kind: 'masked', within: /^vector-float\/inverses$/, file: 'vector-float.ts', text: /^result = i32x4\.add\(result, v128\.and\(towards/, operators: ['lane'], says: (says) => says === 'i32x4.add -> i32x4.sub',
    why: 'the root has the format of what it is of. Of no number of up to 10 fraction bits is it, inexact and rounded to fp32, a number of as many bits or the middle of two (all were tried; only some of fp16 meet one of fewer bits, and their roots are normal): a last place to either side is rounded off.',
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
    name: 'floats of 16 bits are of two shapes', kind: 'identical', within: /^lane-floats\/roundFloats$/, file: 'lane-floats.ts', text: /^if \(short\) v128\.store64_lane/, operators: ['arithmetic'], says: (says) => says === 'i32.add -> i32.sub',
    why: 'codes are laid down in 16 bits only of rows of as many, fp16 and bf16, each of which has a copy of this loop with its own shifts: the one of all other rows never does. In those of the two it shows.',
  },
  {
    name: 'of lanes the low bits are laid down', kind: 'masked', within: /^lane-floats\/roundFloats$/, file: 'lane-floats.ts', text: /^let few = i32x4\.sub\(sum, magic\);/, operators: ['lane'], says: (says) => says === 'i32x4.sub -> i32x4.add',
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
  {
    name: 'a sum that is not zero is less than zero, or more', kind: 'identical', within: /^float\/addExact$/, file: 'float.ts', text: /^else exact\.set\(at, FINITE, <u32>\(sum < 0\)/, operators: ['relation'], says: equalToo,
    why: 'that of zero was answered in the line above.',
  },
  {
    name: 'what fp32 leaves over is a normal fp64', kind: 'identical', within: /^requantise\/fp32Rest$/, file: 'requantise.ts', text: /^default: return rest != 0 /, operators: ['constant'], says: (says) => says === 'f64.const doubled',
    why: 'the least number of fp64 that is normal stands for 0 then: a rest, a multiple of 2^-149, is more than the one if and only if it is more than the other. Where it is asked whether there is any the zero shows.',
  },
  {
    name: 'sums and extremes of floats are floats', kind: 'identical', within: /^reduce\//, file: 'reduce.ts', text: /^return pack\(d, value, numeric\.round\(mode\), 0,/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'rules have results of floats be floats in reductions and scans, the places of extremes aside, which are not made here; only of integers it is asked whether they saturate.',
  },
  {
    name: 'of every format some code needs a table', kind: 'identical', within: /^widen\/floatRun$/, file: '', text: /^$/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'beyond 128 plain codes it would go on, and none has as many: of eight bits every format has a NaN or an Inf among its codes, or no sign, or two\'s complement, and plain is a code that is what a sign and a magnitude say. In other conditions of these lines it shows.',
  },
];
