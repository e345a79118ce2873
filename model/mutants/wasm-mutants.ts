//! wasm-mutants: the places where the shipped binary can be changed, a sample of them by seed, and the bytes of one mutant.
import { mixed, random } from '../verify/random.ts';
import { addressesIn } from './wasm-addresses.ts';
import { instructionsOf } from './wasm-code.ts';
import { beginsBlock, besides, bodyBytes, codeSection, metering, type Pieces, piecesOf } from './wasm-instrument.ts';
import { type Change, changesOf, type Operator } from './wasm-operators.ts';
import { joined, readModule, SECTION_CODE, unsignedLeb, withSections, type WasmModule } from './wasm-module.ts';

/** One change of one instruction. */
export interface Mutant extends Change {
  /** Which function, which of its instructions, and which change of that one: the same for the same binary. */
  readonly id: string;
  readonly within: number;
  readonly instruction: number;
  /** The stretch of code that it is in, as flagged binaries number them. */
  readonly block: number;
  /** Its lot for samples: the same as long as its function has the same instructions, whatever becomes of other functions and of addresses. */
  readonly lot: number;
}
export interface Mutants {
  readonly all: readonly Mutant[];
  /** Functions, and stretches of code. */
  readonly functions: number;
  readonly blocks: number;
  /** The binary with fuel and no change. */
  readonly metered: Uint8Array;
  bytesOf(mutant: Mutant): Uint8Array;
}

const MODULE_HEADER_BYTES = 8;

/** All mutants of a binary. */
export function mutantsOf(binary: Uint8Array): Mutants {
  const module = readModule(binary), insert = metering(module), pieces = module.functions.map((one) => piecesOf(one, insert));
  const { all, blocks } = listed(module), bodies = pieces.map((one) => bodyBytes([one.head, ...one.pieces]));
  const metered = withSections(module, besides(module).set(SECTION_CODE, codeSection(bodies)));
  const { before, behind } = around(metered), bodiesAt: number[] = [];
  bodies.reduce((at, body) => { bodiesAt.push(at); return at + body.length; }, 0);
  const code = joined(bodies), count = unsignedLeb(bodies.length);
  return {
    all, blocks, functions: module.functions.length, metered,
    bytesOf(mutant) {
      const body = bodyBytes(changed(pieces[mutant.within]!, module, mutant)), at = bodiesAt[mutant.within]!, end = at + bodies[mutant.within]!.length;
      const size = count.length + code.length - (end - at) + body.length;
      return joined([before, [SECTION_CODE, ...unsignedLeb(size), ...count], code.subarray(0, at), body, code.subarray(end), behind]);
    },
  };
}

/** The pieces of a function of which one is another: what was put in front of it stays. */
function changed({ head, pieces }: Pieces, module: WasmModule, { within, instruction, bytes }: Mutant): readonly (Uint8Array | readonly number[])[] {
  const { at, end } = instructionsOf(module.functions[within]!)[instruction]!, own = pieces[instruction]!;
  const inserted = own.subarray(0, own.length - (end - at));
  return [head, ...pieces.slice(0, instruction), inserted, bytes, ...pieces.slice(instruction + 1)];
}

/** What stands before and behind the code section. */
function around(bytes: Uint8Array): { readonly before: Uint8Array; readonly behind: Uint8Array } {
  const { sections } = readModule(bytes), place = sections.findIndex(({ id }) => id === SECTION_CODE);
  return { before: bytes.subarray(0, place > 0 ? sections[place - 1]!.end : MODULE_HEADER_BYTES), behind: bytes.subarray(sections[place]!.end) };
}

function listed(module: WasmModule): { readonly all: readonly Mutant[]; readonly blocks: number } {
  const all: Mutant[] = [], alike = new Map<number, number>();
  let block = -1;
  for (const within of module.functions) {
    const own = instructionsOf(within), shape = own.reduce((lot, { op }) => mixed(lot, op), own.length), nth = alike.get(shape) ?? 0, lots = mixed(shape, nth), addresses = addressesIn(module, within, own);
    alike.set(shape, nth + 1);
    own.forEach((one, instruction, list) => {
      if (beginsBlock(list[instruction - 1])) block++;
      const pick = random(mixed(lots, instruction))();
      changesOf(module, within, one, list[instruction + 1], pick, addresses.has(instruction)).forEach((change, i) => all.push({ ...change, id: `${within.index}:${instruction}:${i}`, within: within.index, instruction, block, lot: mixed(mixed(lots, instruction), i) }));
    });
  }
  return { all, blocks: block + 1 };
}

/**
 * So many mutants by seed, in the order of their lots. Half of them take functions in turn, each time under another operator, so that small functions and
 * rare operators are met; the rest is drawn from all places alike, so that large functions have their share. A change of one function draws others of it
 * alone: the sample stays what it is, and what was done about a survivor is not lost.
 */
export function sampleOf(all: readonly Mutant[], count: number, seed: number): readonly Mutant[] {
  const drawn = inOrder(all, ({ lot }) => mixed(seed, lot)), pairs = new Map<string, Mutant>(), taken = new Set<Mutant>(), turns = new Map<number, number>();
  for (const mutant of drawn) {
    const key = `${mutant.within} ${mutant.operator satisfies Operator}`;
    if (!pairs.has(key)) pairs.set(key, mutant);
  }
  const inTurn = inOrder([...pairs.values()].map((mutant) => {
    const turn = turns.get(mutant.within) ?? 0;
    turns.set(mutant.within, turn + 1);
    return { mutant, turn };
  }), ({ turn }) => turn);
  for (const { mutant } of inTurn) if (taken.size < count / 2) taken.add(mutant);
  for (const mutant of drawn) if (taken.size < count) taken.add(mutant);
  return inOrder([...taken], ({ lot }) => mixed(seed + 1, lot));
}
function inOrder<Item>(items: readonly Item[], by: (item: Item) => number): readonly Item[] {
  return items.map((item) => ({ item, key: by(item) })).sort((a, b) => a.key - b.key).map(({ item }) => item);
}
