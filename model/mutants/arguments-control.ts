//! arguments-control: why changes cannot show in what fetches, checks, orders and moves.
import { type Argument, anywhere, equalToo, step } from './argument.ts';

export const controlReasons: readonly Argument[] = [
  {
    name: 'a row of the table is empty or whole', kind: 'identical', within: /^checks\/check$|^rules/, file: 'encoding.ts', text: /function formats\(i: usize\): usize \{ return PROFILE/, operators: ['constant'], says: step((from, to) => to === from + 1),
    why: 'the byte behind the kind is the width: of a format neither is 0, of an empty row both are, and the place asks only whether it is 0.',
  },
  {
    name: 'a stride is added to an address of 32 bits', kind: 'identical', within: anywhere, file: 'encoding.ts', text: /function strides\(at: usize, i: usize\): i32/, operators: ['extension'],
    why: 'without its sign a stride is 2^32 elements more: of whole bytes that is a multiple of 2^32 of them, and what is added to the place of a space in linear memory is cut to 32 bits. Of nibbles it is not, and shows.',
  },
  {
    name: 'a word that is asked whether it is 0', kind: 'identical', within: anywhere, file: 'encoding.ts', text: /function (closed|queued|digests|wholly|fresh|choosing)\(\): u32/, operators: ['constant'], says: step((from, to) => to === from - 1),
    why: 'a byte before it the word has its own lower bytes one place up, and below them the highest byte of a word that is small, which is 0: it is 0 if and only if the word is. The numbers in these words are far below 2^24.',
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
    name: 'a move within one format rounds nothing', kind: 'identical', within: /^dma\/moveOrConvert$/, file: 'encoding.ts', text: /function modeAt\(at: usize\): usize/, operators: ['arithmetic', 'constant'],
    why: 'the address of the mode is handed down to where elements are converted, and read only there.',
  },
  {
    name: 'of no operand only the role is asked', kind: 'masked', within: anywhere, file: 'queues.ts', text: /^for \(let position = retirement\.operandCount\(at\); position < 4; position\+\+\) store<u64>/, operators: ['constant'], says: (says) => says === 'i64.const 0 -> 1',
    why: 'the lowest byte is the space, which nobody reads where the role, the fourth, says that there is no operand; what is traced ends before it.',
  },
  {
    name: 'a slot whose scales are asked for is scaled', kind: 'identical', within: /^pack\/scalesAt$/, file: 'encoding.ts', text: /function form\(at: usize\): u32/, operators: ['address'], says: (says) => says.endsWith('offset 16 -> 20'),
    why: 'the word behind the form is the dtype of the scales: like the form of a scaled slot it is not 1, and whether it is 1 is all that is asked.',
  },
  {
    name: 'the width of an operand is its width', kind: 'identical', within: /^pages\/operandKnown$/, file: 'pages.ts', text: /^if \(!isKnown\(space, from >>> 3, \(from \+ count \* width/, operators: ['local'], says: (says) => says === 'local 6 -> 2',
    why: 'the other local has the width as well: that with which the end of the hull was found.',
  },
  {
    name: 'an index outside is counted on every machine', kind: 'identical', within: /^vector\/take$/, file: 'encoding.ts', text: /function features\(i: usize\): u32/, operators: ['address'],
    why: 'take raises nothing else, and this event is among those that are always counted.',
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
    name: 'of a scale the upper two bits are asked', kind: 'identical', within: /^epilogue-lanes\/prepare$/, file: 'encoding.ts', text: /function scale\(at: usize\): u32/, operators: ['constant'], says: step((from, to) => from === 7 && to === 6),
    why: 'whether it is 4 or more does not hang on its lowest bit, and nothing else is asked of it there.',
  },
  {
    name: 'where there are no fraction bits there is one zero', kind: 'identical', within: /^vector-float\/floatWork$/, file: 'encoding.ts', text: /function fractionBits\(at: usize\): u32/, operators: ['address'], says: (says) => says.endsWith('offset 4 -> 8'),
    why: 'it is asked whether there are any, and the low byte of the bias, which is read then, is never 0; the formats without are those of P3109, which have no negative zero and are refused by that.',
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
    name: 'no word lies where memory begins', kind: 'identical', within: /^burst\/(recordedB|b)urst$/, file: 'burst.ts', text: /^@inline function startOf/, operators: ['constant'], says: (says) => says === 'i32.const 0 -> 1',
    why: 'without a loop no address of a word is below its start, and none is it: 1 is as far from all of them as 0.',
  },
  {
    name: 'features of products are among the first sixteen', kind: 'identical', within: anywhere, file: 'rules-matrix.ts', text: /function has\(feature: u32\): bool/, operators: ['constant'], says: (says) => says === 'i32.const 5 -> 4',
    why: 'these rules ask for sparse24, mx and nvfp4, which have the numbers 4 to 6: all are in the first word, by four bits as by five.',
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
    name: 'locals begin as zeros', kind: 'identical', within: /^vector-float\/floatRow$/, file: '', text: /^$/, operators: ['local'], says: (says) => says === 'local 12 -> 10',
    why: 'where the work takes one operand the local has that 0; nothing is written yet to the other one.',
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
    name: 'no word is prepared by being decoded', kind: 'identical', within: /^burst\/(recordedB|b)urst$/, file: 'burst.ts', text: /^if \(form < PREPARED && \(form < MET/, operators: ['constant'], says: step((from, to) => from === 4 && to === 5),
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
    name: 'what is prepared lies elsewhere, as its lines say', kind: 'identical', within: /^prepared\/prepare$/, file: 'extent.ts', text: /^@inline function noted/, operators: ['arithmetic', 'address'],
    why: 'what is asked lies in a copy of the record, in room of its own, with more than the place of the next instruction behind it in memory: it is not in that record, and the sum of both places does not go round to its beginning either. So it is not asked whether something is noted, wherever that is read.',
  },
  {
    name: 'neither a copy nor the number of a word lies there', kind: 'identical', within: /^prepared\/prepare$/, file: 'extent.ts', text: /^if \(noted\(at\)\) return load<i64>/, operators: ['local'],
    why: 'what is asked instead is the number of a word, below 65536, or the note of a copy, in room of its own: neither lies in the record of the next instruction. Behind the question nothing is noted.',
  },
  {
    name: 'of a copy nothing is read that was noted', kind: 'identical', within: /^prepared\/prepare$/, file: 'extent.ts', text: /^if \(noted\(at\)\) return load<i64>/, operators: ['address'],
    why: 'what is asked lies in a copy of the record, in room of its own, of which nothing is noted: what would be read then is never read.',
  },
  {
    name: 'a form is read twice', kind: 'identical', within: /^checks\/check$/, file: 'rules.ts', text: /^export function sameDimsWhen/, operators: ['local'], says: (says) => says === 'local 2 -> 4',
    why: 'the other local has the form as well: the rule before read it from the same word, to which nothing was written.',
  },
  {
    name: 'a product above the limit may stay what it is', kind: 'masked', within: /^checks\/check$/, file: 'extent.ts', text: /^return zero \? 0 : count <= limit \? count : limit \+ 1;/, operators: ['local'], says: (says) => says === 'local 8 -> 9',
    why: 'whether it is above is asked of a limit, a dim, or a K that fits a tile instead, none of which is: it is not cut. It is below 2^56, and as unlike what it is compared with, a K, a dim or the limit, as the limit and one is. Where not the question but the product is another one it shows.',
  },
  {
    name: 'a remainder by -1 is 0, asked for or not', kind: 'identical', within: /^burst\/burst$/, file: 'sequencer.ts', text: /^case 5: return b == 0 \? a : b == ~<u32>0 \? 0 :/, operators: ['local'], says: (says) => says === 'local 13 -> 7',
    why: 'the other local has the predicates and their opposites, 16 bits, which are never -1: the remainder is then always divided for, and that of WebAssembly by -1 is 0 without a trap, of the least number as well.',
  },
  {
    name: 'the last byte of the shadows\' places is 0', kind: 'identical', within: anywhere, file: 'shadow.ts', text: /^memory\.fill\(TABLE, 0,/, operators: ['constant'], says: step((from, to) => from === 3072 && to === 3071),
    why: 'it is the highest of the four of the last place\'s state, which is 0 to 2: cleared or not it is 0.',
  },
];
