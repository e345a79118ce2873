//! arguments-control: why changes cannot show in what fetches, checks, orders and moves.
import { type Argument, anywhere, equalToo, step } from './argument.ts';

export const controlReasons: readonly Argument[] = [
  {
    name: 'a table row is either empty or complete', kind: 'identical', within: /^checks\/check$|^rules/, file: 'encoding.ts', text: /function formats\(i: usize\): usize \{ return PROFILE/, operators: ['constant'], says: step((from, to) => to === from + 1),
    why: 'the byte after the kind is the width. For a format neither is 0; for an empty row both are; the code only tests for 0.',
  },
  {
    name: 'a stride is added to a 32-bit address', kind: 'identical', within: anywhere, file: 'encoding.ts', text: /function strides\(at: usize, i: usize\): i32/, operators: ['extension'],
    why: 'without its sign, a stride is 2^32 elements more. For whole-byte elements this is a multiple of 2^32 bytes, and what is added to the place of a space in linear memory is cut to 32 bits. For nibbles it is not a multiple, and the change shows.',
  },
  {
    name: 'a word is only tested for 0', kind: 'identical', within: anywhere, file: 'encoding.ts', text: /function (closed|queued|digests|wholly|fresh|choosing)\(\): u32/, operators: ['constant'], says: step((from, to) => to === from - 1),
    why: 'one byte earlier, the load contains the lower bytes of the word one place up and, below them, the highest byte of a small word, which is 0. It is 0 if and only if the word is: the numbers in these words are far below 2^24.',
  },
  {
    name: 'no two instructions have the same number', kind: 'identical', within: anywhere, file: 'queues.ts', text: /^if \(age < seq\) \{ seq = age; oldest = unit; \}/, operators: ['relation'], says: equalToo,
    why: 'the numbers of queued instructions differ, and all are less than the greatest 64-bit number, with which the search begins.',
  },
  {
    name: 'a product beyond its limit stays beyond it', kind: 'identical', within: anywhere, file: 'extent.ts', text: /^else if \(count <= limit\) count \*= dim;/, operators: ['constant'], says: step((from, to) => from >= 2 ** 31 - 1 && to === from + 1),
    why: 'one more nonzero factor leaves a product just above the limit above it; below 2^56 it does not overflow.',
  },
  {
    name: 'beyond the limit the distance does not matter', kind: 'masked', within: anywhere, file: 'extent.ts', text: /^return zero \? 0 : count <= limit \? count : limit \+ 1;/, operators: ['constant'], says: step((from, to) => from >= 2 ** 31 - 1 && to > from),
    why: 'a product above the limit is only compared with the limit; how far above it lies does not matter.',
  },
  {
    name: 'no instruction number is that large', kind: 'identical', within: anywhere, file: 'queues.ts', text: /^let oldest: u32 = 0, seq = i64\.MAX_VALUE;/, operators: ['constant'], says: (says) => says === 'i64.const 9223372036854775807 -> 9223372036854775806',
    why: 'the search for the oldest starts above all numbers. They count instructions, and the greatest 64-bit number minus one is above them too.',
  },
  {
    name: 'bit addresses are multiples of four', kind: 'identical', within: anywhere, file: 'pages.ts', text: /\+ (<i64>)?width \+ 7\) >>> 3/, operators: ['constant'], says: step((from, to) => from === 7 && to === 6),
    why: 'an element ends at a whole or half byte: adding 6 bits rounds up as adding 7 does.',
  },
  {
    name: 'no byte lies below zero', kind: 'identical', within: anywhere, file: 'regions.ts', text: /\? max<i64>\(low, image\) : -1;/, operators: ['constant'], says: step((from, to) => from === -1 && to === -2),
    why: 'any negative number says that nothing of the image is written. The caller tests the sign, and then what may be read, which another line answers.',
  },
  {
    name: 'a slot is loaded if it has a dtype', kind: 'identical', within: /^checks\/check$|^rules-matrix\//, file: 'encoding.ts', text: /function loaded\(at: usize\): u32/, operators: ['address'],
    why: 'the next word is the dtype. Codes of formats begin at 1, and a slot in which nothing was loaded is all 0, also in a snapshot (model/machine/validate.ts). Rules only test whether the word is 0.',
  },
  {
    name: 'the static tables end far below the state', kind: 'masked', within: /^index\/staticEnd$/, file: 'index.ts', text: /__heap_base/, operators: ['constant'],
    why: 'the host compares the end of the compiler\'s tables with the beginning of the state; one byte more or less is thousands short of it.',
  },
  {
    name: 'in a filled table only the first word is 0', kind: 'identical', within: /^crc\/tablesOf$/, file: 'crc.ts', text: /^if \(load<u32>\(tables, 4\)\) return tables;/, operators: ['address'], says: (says) => says === 'i32.load offset 4 -> 8',
    why: 'before the table is filled, every word is 0. Afterwards only entry 0 is, since no two entries are equal.',
  },
  {
    name: 'the second loop writes after the first', kind: 'identical', within: /^crc\/tablesOf$/, file: 'crc.ts', text: /^for \(let value: u32 = 0; value < 256; value\+\+\)/, operators: ['constant'], says: step((from, to) => from === 256 && to === 257),
    why: 'entry 256 is the first entry of the next table; the loop that builds that table overwrites it.',
  },
  {
    name: 'a move within one format rounds nothing', kind: 'identical', within: /^dma\/moveOrConvert$/, file: 'encoding.ts', text: /function modeAt\(at: usize\): usize/, operators: ['arithmetic', 'constant'],
    why: 'the address of the mode is passed down to where elements are converted, and is read only there.',
  },
  {
    name: 'for an absent operand only the role is read', kind: 'masked', within: anywhere, file: 'queues.ts', text: /^for \(let position = retirement\.operandCount\(at\); position < 4; position\+\+\) store<u64>/, operators: ['constant'], says: (says) => says === 'i64.const 0 -> 1',
    why: 'the lowest byte is the space. Nobody reads it if the role, the fourth byte, says that there is no operand; what is traced ends before it.',
  },
  {
    name: 'a slot whose scales are requested is scaled', kind: 'identical', within: /^pack\/scalesAt$/, file: 'encoding.ts', text: /function form\(at: usize\): u32/, operators: ['address'], says: (says) => says.endsWith('offset 16 -> 20'),
    why: 'the word after the form is the dtype of the scales. Like the form of a scaled slot, it is not 1, and the code only tests whether it is 1.',
  },
  {
    name: 'both locals hold the width of the operand', kind: 'identical', within: /^pages\/operandKnown$/, file: 'pages.ts', text: /^if \(!isKnown\(space, from >>> 3, \(from \+ count \* width/, operators: ['local'], says: (says) => says === 'local 6 -> 2',
    why: 'the other local also holds the width: the one with which the end of the hull was found.',
  },
  {
    name: 'an out-of-range index is counted on every machine', kind: 'identical', within: /^vector\/take$/, file: 'encoding.ts', text: /function features\(i: usize\): u32/, operators: ['address'],
    why: 'take raises nothing else, and this event is among those that are always counted.',
  },
  {
    name: 'operands lie in their spaces', kind: 'identical', within: /^pages\//, file: 'extent.ts', text: /^return address >> 3;/, operators: ['arithmetic'], says: (says) => says === 'i64.shr_s -> i64.shr_u',
    why: 'before the pages of an operand are examined, the rules have established that it does not begin below zero.',
  },
  {
    name: 'no two exponents lie 255 apart', kind: 'identical', within: /^steps\/afterSumStep$/, file: 'encoding.ts', text: /function reach\(at: usize\): u32/, operators: ['address'],
    why: 'the first of the two reads tests for 255, which stands for no limit. Used as a number it is no limit either, since exponents range from -126 to 127. The second read would show.',
  },
  {
    name: 'only the upper two bits of a scale are tested', kind: 'identical', within: /^epilogue-lanes\/prepare$/, file: 'encoding.ts', text: /function scale\(at: usize\): u32/, operators: ['constant'], says: step((from, to) => from === 7 && to === 6),
    why: 'whether the scale is 4 or more does not depend on its lowest bit, and nothing else is tested there.',
  },
  {
    name: 'without fraction bits there is one zero', kind: 'identical', within: /^vector-float\/floatWork$/, file: 'encoding.ts', text: /function fractionBits\(at: usize\): u32/, operators: ['address'], says: (says) => says.endsWith('offset 4 -> 8'),
    why: 'the code tests whether there are fraction bits. The change reads the low byte of the bias instead, which is never 0. The formats without fraction bits are those of P3109, which have no negative zero and are refused for that reason.',
  },
  {
    name: 'the bit below the flag is unused in these words', kind: 'identical', within: anywhere, file: 'encoding.ts', text: /function scalar\(words: usize\): u32 \{ return \(load<u32>\(words, 8\) >>> 31\) & 0x1; \}/, operators: ['constant'], says: (says) => says === 'i32.const 31 -> 30',
    why: 'bits 24 to 30 belong to no field where this flag is: words that set one are refused, whatever else they contain. The changed code tests whether two bits are 0, of which the lower is always 0.',
  },
  {
    name: 'only one of three activations is tested for', kind: 'identical', within: /^checks\/check$/, file: 'encoding.ts', text: /function activation\(words: usize\): u32/, operators: ['constant'], says: step((from, to) => from === 3 && to === 2),
    why: 'the rules test for the third activation, 2; the fourth code is refused before. Without its lower bit, the second is the first.',
  },
  {
    name: 'zero points are only tested for 0', kind: 'identical', within: /^checks\/check$|^rules\//, file: 'encoding.ts', text: /function zp[abo]\(at: usize\): i32/, operators: ['arithmetic'], says: (says) => says === 'i32.shr_s -> i32.shr_u',
    why: 'no rule tests more. The bits shifted in from the left are copies of an existing bit, or zeros; either way the result is 0 if and only if all bits are.',
  },
  {
    name: 'no product of dims is that prime', kind: 'identical', within: anywhere, file: 'extent.ts', text: /^(else if \(count <= limit\) count \*= dim;|return zero \? 0 : count <= limit \? count : limit \+ 1;)/, operators: ['constant'], says: step((from, to) => from === 2 ** 31 - 1 && to === from - 1),
    why: '2^31 - 1 is prime, and dims are below 2^24: a product is below it or above it.',
  },
  {
    name: 'weights always have something to multiply', kind: 'identical', within: /^(rules-matrix\/weightsFit|act\/tally)$/, file: 'extent.ts', text: /^return zero \? 0 :/, operators: ['constant'], says: (says) => says === 'i64.const 0 -> 1',
    why: 'the shape rules come first: if the accumulators have elements, the streamed operand has some too. For none, the same number of products is counted, whatever K is.',
  },
  {
    name: 'what is prepared raises no interrupt', kind: 'identical', within: /^prepared\/actPrepared$/, file: 'act.ts', text: /^if \(head\.irq\(words\)\)/, operators: ['address', 'arithmetic', 'constant', 'store'],
    why: 'an instruction whose head asks for an interrupt has the form SLOW and is never prepared.',
  },
  {
    name: 'events are cleared two at a time', kind: 'identical', within: /^prepared\//, file: 'fetch.ts', text: /^for \(let offset: usize = 0; offset < 4 \* EVENT_COUNT/, operators: ['constant'], says: (says) => says === 'i32.const 40 -> 39',
    why: 'the offset goes up by 8 from 0, so below 39 there are the same five as below 40.',
  },
  {
    name: 'one at a time, nothing is fetched ahead', kind: 'identical', within: /^run\/serial$/, file: 'encoding.ts', text: /function closed\(\): u32/, operators: ['address'], says: (says) => says === 'i32.load offset 0 -> 4',
    why: 'a fetched instruction leaves at once, or the run ends and forgets it, so the word is 0. So is the next word, the count of queued instructions, which was tested first.',
  },
  {
    name: 'sequencer offsets are multiples of four', kind: 'identical', within: /^checks\/check$|^rules-sequencer\//, file: 'rules-sequencer.ts', text: /offset (>=|<) (0x|NUMERIC)/, operators: ['constant'], says: step((from, to) => from % 4 === 0 && to === from - 1),
    why: 'any other offset is refused before, so one less than a bound is the same bound.',
  },
  {
    name: '48 bits of an address are reported', kind: 'identical', within: /^fetch\/close$/, file: 'extent.ts', text: /^return address >> 3;/, operators: ['arithmetic'], says: (says) => says === 'i64.shr_s -> i64.shr_u',
    why: 'below zero, an address without its sign lies beyond every end and is blamed as well; its lower 48 bits, which are what is reported, are the same.',
  },
  {
    name: 'a running machine has no fault', kind: 'identical', within: /^run\/leave$/, file: 'encoding.ts', text: /function code\(at: usize\): u32 \{ return load<u32>\(at, 0\)/, operators: ['address'], says: (says) => says === 'i32.load offset 0 -> 4',
    why: 'until something traps, the fault record is all 0, also in a snapshot (model/machine/validate.ts); after a trap nothing leaves the sequencer.',
  },
  {
    name: 'before a launch there is no fault', kind: 'identical', within: /^launch\/launch$/, file: 'encoding.ts', text: /function setAddress\(at: usize, value: i64\): void \{ store<i64>\(at, <i64>value, 40\)/, operators: ['store'],
    why: 'the fault record is 0 in a machine without a fault, and only such a machine launches. A bad header has no address, which is 0 as well.',
  },
  {
    name: 'images begin at multiples of 64', kind: 'identical', within: /^launch\/launch$/, file: 'launch.ts', text: /base > dram - <i64>IMAGE_HEADER_BYTES\) return false;/, operators: ['constant'], says: step((from, to) => from === -64 && to === -63),
    why: 'the base is a multiple of 64, which is checked before, and DRAM is whole pages: no base lies in between.',
  },
  {
    name: 'every address is a multiple of one', kind: 'identical', within: /^rules\/aligned$/, file: 'rules.ts', text: /granule <= 1 \|\|/, operators: ['relation'], says: (says) => says === 'i64.le_s -> i64.lt_s',
    why: 'a granule of one byte leaves no remainder, which is why it is not tested.',
  },
  {
    name: 'protected regions lie in DRAM', kind: 'identical', within: /^regions\/firstProtected$/, file: 'encoding.ts', text: /function spaceBytes\(i: usize\): i64/, operators: ['address'], says: (says) => says === 'i64.load offset 0 -> 4',
    why: 'bounds are checked before: where a region extends beyond the end of DRAM is not tested, and the word taken for that end lies beyond it.',
  },
  {
    name: 'no word lies at the start of memory', kind: 'identical', within: /^burst\/(recordedB|b)urst$/, file: 'burst.ts', text: /^@inline function startOf/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'without a loop, no word address is below the start and none equals it: 1 is as far from all of them as 0.',
  },
  {
    name: 'features of products are among the first sixteen', kind: 'identical', within: anywhere, file: 'rules-matrix.ts', text: /function has\(feature: u32\): bool/, operators: ['constant'], says: (says) => says === 'i32.const 5 -> 4',
    why: 'these rules test for sparse24, mx and nvfp4, which have the numbers 4 to 6: all are in the first word, with four bits as with five.',
  },
  {
    name: 'below the tables there is nothing', kind: 'identical', within: anywhere, file: 'dma.ts', text: /\bopen\(WALK, 0, .*, 0\)/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'linear memory begins with a KiB of zeros. An operand there has no width, so its steps and its address are 0, like those of an absent operand.',
  },
  {
    name: 'below the tables there is no clock', kind: 'identical', within: /^order\/orderPost$/, file: 'order.ts', text: /^export function orderPost/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'linear memory begins with a KiB of zeros. The clock copied from there is the one given to a token of the host, which nothing precedes.',
  },
  {
    name: 'the first run is written before it is read', kind: 'masked', within: /^order\/orderReset$/, file: 'order.ts', text: /^export function orderReset/, operators: ['constant'], says: step((from, to) => to === from + 1),
    why: 'the first run of tokens lies after the cleared part. No run is allocated at that time, and a run is written as a whole when it is allocated.',
  },
  {
    name: 'locals begin as zeros', kind: 'identical', within: /^vector-float\/floatRow$/, file: '', text: /^$/, operators: ['local'], says: (says) => says === 'local 12 -> 10',
    why: 'if the work takes one operand, the local holds that 0; nothing has been written to the other one yet.',
  },
  {
    name: 'a value cut to 32 bits has no sign above them', kind: 'identical', within: /^(rounds\/act|kept\/oftener)$/, file: '', text: /^$/, operators: ['arithmetic'], says: (says) => says === 'i64.shr_s -> i64.shr_u',
    why: 'a step from round to round becomes bytes and a difference of places in linear memory, which has 32-bit addresses: the three bits that come in at the top are cut off.',
  },
  {
    name: 'the head is checked before', kind: 'identical', within: /^decoded\/formOf$/, file: 'checks.ts', text: /function legal[A-Z]+\(words: usize\): bool/, operators: ['local'], says: (says) => says === 'local 1 -> 3',
    why: 'an instruction whose head has a bit above the condition was classed as slow some lines before. The local is the unit, and linear memory below the tables is 0: no bit is left of either. Of the other words some bits would be left, which shows in what is decoded.',
  },
  {
    name: 'some queue holds the oldest instruction', kind: 'identical', within: /^run\/serial$/, file: 'queues.ts', text: /^let oldest: u32 = 0, seq = i64\.MAX_VALUE;/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'the question is asked only if something is queued, and then for the first instruction; the search finds a unit, whatever it begins with.',
  },
  {
    name: 'any negative number means no way forward', kind: 'identical', within: anywhere, file: 'pages.ts', text: /^if \(count > 1 && walk\.step\(ROWS, 0\) != width\) return -1;/, operators: ['constant'], says: (says) => says === 'i64.const -1 -> -2',
    why: 'callers that ask how far an operand may be moved test only the sign before they add anything.',
  },
  {
    name: 'a room is found, or nobody enters', kind: 'masked', within: /^prepared\/findRoom$/, file: 'prepared.ts', text: /^store<i64>\(note\.roomAt\(at\), (least|most)(, 8)?\);/, operators: ['store'],
    why: 'the hull serves as a room only if no other room is found. This does not happen when an instruction is prepared right after its act, whose rules held. Later the record is invalidated, and its rooms are found again before they are read. For other spaces the next line sets the room, and its loss shows in the work.',
  },
  {
    name: 'no operand lies where a record ends', kind: 'identical', within: anywhere, file: 'extent.ts', text: /^@inline function noted/, operators: ['relation', 'constant'], says: (says) => says === 'i32.lt_u -> i32.le_u' || step((from, to) => Math.abs(from - to) === 1 && (from === 424 || from === 0x17000))(says),
    why: 'operands of a record begin between its head and its end, none of them at the first or the last byte. Between the next instruction and what follows it there is room without a record. One byte more or less at either end selects the same operands.',
  },
  {
    name: 'what is noted is computed again', kind: 'masked', within: /^dma\/fillPads$/, file: 'extent.ts', text: /^@inline function noted/, operators: ['address'], says: step((from, to) => to === from - 4),
    why: 'the previous word says nothing, since no operand ends the notes. Elements are then counted from dims, as they were when they were noted.',
  },
  {
    name: 'rules query what is not noted', kind: 'identical', within: /^(rules\/insideSpm|fetch\/beyond)$/, file: 'extent.ts', text: /^if \(noted\(at\)\) return load<i64>/, operators: ['address', 'local'],
    why: 'the hull is noted if all operands are plain. Then no operand is checked for lying in SPM or ACC, or blamed for it.',
  },
  {
    name: 'rules query what is not noted, in code without a line', kind: 'identical', within: /^rules\/insideSpm$/, file: '', text: /^$/, operators: ['constant'], says: step((from, to) => from > 1 && to === from + 1),
    why: 'this is the distance of notes from operands, for which the compiler gives no line. Nothing is noted when it is queried.',
  },
  {
    name: 'the blamed operand belongs to the next instruction', kind: 'identical', within: /^fetch\/close$/, file: '', text: /^$/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'this is the answer for an operand outside this record, for which the compiler gives no line. The blamed operand is always in this record.',
  },
  {
    name: '48 bits of an address are reported, aligned or not', kind: 'identical', within: /^fetch\/close$/, file: 'fetch.ts', text: /^case TRAP_ALIGNMENT: return operand\.address\(t\) >> 3;/, operators: ['arithmetic'], says: (says) => says === 'i64.shr_s -> i64.shr_u',
    why: 'the upper three of 64 bits are cut off with everything above 48.',
  },
  {
    name: 'the greatest mode word is not a mode', kind: 'identical', within: /^checks\/check$|^rules-sequencer\//, file: 'rules-sequencer.ts', text: /^case [01]: return value <= 0x/, operators: ['relation'], says: (says) => says === 'i32.le_u -> i32.lt_u',
    why: 'with all bits set, fields whose last code is undefined hold that code: the test after the limit refuses the word.',
  },
  {
    name: 'only the presence of scale blocks is tested', kind: 'masked', within: /^checks\/check$/, file: 'rules-matrix.ts', text: /^@inline function blockLog2/, operators: ['constant'], says: step((from, to) => from === 5 && to === 4),
    why: 'the rule for the dtype of scales only tests whether this is 0. Where it is the size of blocks, a different size shows in the shapes.',
  },
  {
    name: 'one at a time, no queue is full', kind: 'masked', within: /^run\/serial$/, file: 'encoding.ts', text: /function queueDepth\(\): u32/, operators: ['address'],
    why: 'the queue depth is read only if a schedule chooses, and then another loop runs the machine.',
  },
  {
    name: 'what is loaded with pads has something inside', kind: 'identical', within: /^dma\/loadTensor$/, file: 'extent.ts', text: /^@inline function noted/, operators: ['branch'], says: (says) => says === 'if negated',
    why: 'nothing is loaded into a destination without elements, and the rules refuse a source without elements for any other destination. So it is never empty: a note says so, and dims say so where notes are not consulted.',
  },
  {
    name: 'decoding does not prepare a word', kind: 'identical', within: /^burst\/(recordedB|b)urst$/, file: 'burst.ts', text: /^if \(form < PREPARED && \(form < MET/, operators: ['constant'], says: step((from, to) => from === 4 && to === 5),
    why: 'a decoded word is less than prepared or more: only the act of an instruction prepares it.',
  },
  {
    name: 'the head is checked before, with the opcode as an address', kind: 'identical', within: /^decoded\/formOf$/, file: 'checks.ts', text: /function legal[A-Z]+\(words: usize\): bool/, operators: ['local'], says: (says) => says === 'local 1 -> 0',
    why: 'the bits above the condition were checked some lines before. At the opcode, below the tables, linear memory is 0 and has no such bit either. Of the other words bits are missed, which shows in what is decoded.',
  },
  {
    name: 'the prepared record lies elsewhere', kind: 'identical', within: /^prepared\/prepare$/, file: '', text: /^$/, operators: ['constant'], says: step((from, to) => from > 1 && to === from + 1),
    why: 'this is the distance of notes from operands, for which the compiler gives no line. For operands of a copy of the record, which has its own memory, nothing is noted.',
  },
  {
    name: 'the prepared record lies elsewhere, as its lines say', kind: 'identical', within: /^prepared\/prepare$/, file: 'extent.ts', text: /^@inline function noted/, operators: ['arithmetic', 'address'],
    why: 'the queried operand lies in a copy of the record, in its own memory, with more than the place of the next instruction after it. It is not in that record, and the sum of both places does not wrap around to the beginning of the record either. So the code never tests whether something is noted, wherever the change would read it.',
  },
  {
    name: 'only the record of the next instruction is met', kind: 'identical', within: /^prepared\/meet$/, file: '', text: /^$/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'this is whether something is noted of an operand that lies in no record of the next instruction, for which the compiler gives no line. What is met always lies in that record, so the code is never run.',
  },
  {
    name: 'places lie further apart', kind: 'masked', within: /^prepared\/meet$/, file: 'ways.ts', text: /% PREPARED_MAX\) \* PREPARED_BYTES;$/, operators: ['constant'], says: (says) => says === 'i32.const 1256 -> 1257',
    why: 'records lie elsewhere, which only their own tables show: the last of 256 places then ends 256 bytes later, within the page of 4096 bytes that ends there, and a record may begin at any address.',
  },
  {
    name: 'neither a copy nor a word number lies there', kind: 'identical', within: /^prepared\/prepare$/, file: 'extent.ts', text: /^if \(noted\(at\)\) return load<i64>/, operators: ['local'],
    why: 'the value tested instead is a word number, below 65536, or the note of a copy, in its own memory: neither lies in the record of the next instruction. Past the test nothing is noted.',
  },
  {
    name: 'nothing noted is read from a copy', kind: 'identical', within: /^prepared\/prepare$/, file: 'extent.ts', text: /^if \(noted\(at\)\) return load<i64>/, operators: ['address'],
    why: 'the queried operand lies in a copy of the record, in its own memory, for which nothing is noted: what the change would read is never read.',
  },
  {
    name: 'a form is read twice', kind: 'identical', within: /^checks\/check$/, file: 'rules.ts', text: /^export function sameDimsWhen/, operators: ['local'], says: (says) => says === 'local 2 -> 4',
    why: 'the other local holds the form as well: the previous rule read it from the same word, which has not been written since.',
  },
  {
    name: 'a product above the limit may keep its value', kind: 'masked', within: /^checks\/check$/, file: 'extent.ts', text: /^return zero \? 0 : count <= limit \? count : limit \+ 1;/, operators: ['local'], says: (says) => says === 'local 8 -> 9',
    why: 'the test for a product above the limit then looks at a limit, a dim, or a K that fits a tile, and none of these is above: the product is not cut. It is below 2^56, and it differs from what it is compared with (a K, a dim or the limit) just as the limit plus one does. If the other local replaces the product and not the tested value, it shows.',
  },
  {
    name: 'a remainder by -1 is 0, tested or not', kind: 'identical', within: /^burst\/burst$/, file: 'sequencer.ts', text: /^case 5: return b == 0 \? a : b == ~<u32>0 \? 0 :/, operators: ['local'], says: (says) => says === 'local 13 -> 7',
    why: 'the other local holds the predicates and their complements, 16 bits, which are never -1. The remainder is then always computed by division; in WebAssembly a remainder by -1 is 0 without a trap, also for the least number.',
  },
  {
    name: 'the last byte of the shadows\' places is 0', kind: 'identical', within: anywhere, file: 'shadow.ts', text: /^memory\.fill\(TABLE, 0,/, operators: ['constant'], says: step((from, to) => from === 3072 && to === 3071),
    why: 'it is the highest of the four bytes of the last place\'s state, which is 0 to 2: cleared or not, it is 0.',
  },
];
