//! derived: covergroups that follow from the definitions of the instructions and the profile: a new instruction is in them.
import { set } from '../instructions/set.ts';
import { type Definition, operandPosition, operandsOf } from '../isa/instruction.ts';
import type { Rule } from '../isa/rule.ts';
import { type ModeFieldName, modeFields } from '../isa/view.ts';
import { inClass } from '../isa/rules.ts';
import { SPACE_ACC, SPACE_DRAM, spaceNames, TRAP_DTYPE, TRAP_OPCODE, TRAP_PROTECTION, TRAP_RESERVED, trapName, UNIT_SEQ, unitNames } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { roundNames } from '../numerics/exact.ts';
import { formatByCode } from '../numerics/format.ts';
import { functionNames } from '../numerics/functions.ts';
import { FACT_BEFORE, type Frame } from './frame.ts';
import { type Covergroup, covergroup, type Ignore, type Point } from './group.ts';
import { lacks, runs, trapsOf, unbroken } from './reach.ts';
import { alignmentPoint, bitsPoint, dtypePoint, families, familyOf, fieldPoint, instructionPoint, modePoint, offsetPoint, rankPoint, scalePoint, signPoint, sizePoint, spacePoint, statusPoint, stridePoint, unitBefore } from './points.ts';

const mnemonics = set.map(({ mnemonic }) => mnemonic);
const hasTensors = (definition: Definition): boolean => operandsOf(definition).some(([, field]) => !field.view?.single) && definition.unit !== UNIT_SEQ;
const ruleOf = ({ rules }: Definition, predicate: string): Rule | undefined => rules.find((rule) => rule.predicate === predicate);

/** What no program of the profile executes: the bins with the instruction and `done`. */
const neverDone = (profile: Profile, isDone: (bin: Readonly<Record<string, string>>) => boolean): Ignore[] => [
  { when: (bin) => isDone(bin) && lacks(set[mnemonics.indexOf(bin['instruction']!)]!, profile) !== undefined, by: 'feature', why: 'the profile lacks the feature' },
  { when: (bin) => isDone(bin) && bin['instruction'] === 'trap', by: 'never', why: 'it always traps' },
];

/** Every group that follows from the definitions. */
export function derivedGroups(profile: Profile): readonly Covergroup[] {
  const able = runs(profile), tensors = able.filter(hasTensors);
  return [
    covergroup({
      name: 'instructions', says: 'every instruction, done and predicated off', points: { instruction: instructionPoint(set), status: statusPoint }, crosses: [['instruction', 'status']], endings: ['done', 'nullified'],
      ignore: neverDone(profile, ({ status }) => status === 'done'),
    }),
    covergroup({
      name: 'instruction after unit', says: 'every instruction, done, after a record of every unit', points: { instruction: instructionPoint(able), after: unitBefore }, crosses: [['instruction', 'after']],
    }),
    ...pairs(able), ...able.flatMap((definition) => fieldGroup(definition, profile)),
    ...able.filter(({ mode }) => mode.includes('round')).map((definition) => roundingGroup(definition, profile)),
    ...able.filter(({ mode }) => mode.length > 0).map((definition) => modeGroup(definition, profile)),
    dtypeGroup(profile), ...tensors.map((definition) => shapeGroup(definition, profile)), ...able.flatMap((definition) => operandGroup(definition, profile)),
    ...layoutGroups(tensors, profile), illegalGroup(profile),
  ];
}

/** Instructions of one unit, each after each. */
function pairs(able: readonly Definition[]): Covergroup[] {
  return unitNames.flatMap((name, unit) => {
    const own = able.filter((definition) => definition.unit === unit);
    if (unit === UNIT_SEQ || own.length === 0) return [];
    const before = instructionPoint(own, FACT_BEFORE, (mnemonic) => ({ before: mnemonic }));
    return [covergroup({ name: `pairs of ${name}`, says: `every ordered pair of successive instructions of ${name}`, on: own.map((d) => d.mnemonic), points: { instruction: instructionPoint(own), before }, crosses: [['instruction', 'before']] })];
  });
}

/** Every field that is no operand. */
function fieldGroup(definition: Definition, profile: Profile): Covergroup[] {
  const { mnemonic, fields } = definition, points: Record<string, Point> = {}, ignore: Ignore[] = [], { features } = profile;
  for (const name of Object.keys(fields)) {
    const byHand = special[`${mnemonic}.${name}`], point = byHand === undefined ? fieldPoint(definition, name, profile) : byHand;
    if (point) points[name] = point;
  }
  const sparse = ruleOf(definition, 'sparseFeature')?.operands[0], scaled = ruleOf(definition, 'scalingFits')?.operands[0], canScale = features.includes('mx') || features.includes('nvfp4');
  if (sparse && !features.includes('sparse24')) ignore.push({ when: (bin) => bin[sparse] === 'sparse', by: 'sparseFeature', why: 'the profile has no sparse weights' });
  if (sparse && !canScale) ignore.push({ when: (bin) => bin[sparse] === 'scaled', by: 'scalesFeature', why: 'the profile has no scales' });
  if (mnemonic === 'mdw') ignore.push({ when: ({ mRank }) => mRank === '4', by: 'multiplyDims', why: 'four dims of rows, one of K and the channels are six' });
  if (scaled && !canScale) ignore.push({ when: (bin) => bin[scaled] === 'scaled', by: 'scalesFeature', why: 'the profile has no scales' });
  return Object.keys(points).length === 0 ? [] : [covergroup({ name: `${mnemonic}: fields`, says: 'every value of small fields, the ends and the middle of large ones', on: [mnemonic], points, ignore })];
}
/** Fields with bins by hand, since a rule leaves few of their values, or a loop would run too long; `null`: none. */
const some = (word: number, low: number, values: readonly number[], field: string): Point =>
  bitsPoint(values.map(String), word, low, 16, (bits) => values.indexOf(bits), (bin) => ({ bits: { [field]: values[bin]! } }));
const special: Readonly<Record<string, Point | null>> = {
  'fence.units': bitsPoint(['none', ...unitNames.slice(1)], 2, 0, 8, (units) => (units === 0 ? 0 : (units & (units - 1)) === 0 ? 31 - Math.clz32(units) : -1), (bin) => ({ bits: { units: bin === 0 ? 0 : 1 << bin } })),
  'irq.vector': some(2, 0, [0, 1, 15], 'vector'), 'loop.count': some(2, 16, [0, 1, 2, 3], 'count'), 'loop.length': some(2, 0, [1, 2, 3], 'length'), 'csrw.offset': some(2, 0, [0x60, 0x64, 0x68, 0x6c], 'offset'),
  'csrr.offset': null, 'tload.imm': null, 'loop.rs1': null, 'loop.ra': null, 'loop.rb': null, 'jump.imm': null, 'call.imm': null,
};

/** Family of the destination's dtype x rounding. */
function roundingGroup(definition: Definition, profile: Profile): Covergroup {
  const { mnemonic } = definition, { features } = profile, bins = [...roundNames, ...(features.includes('stochastic') ? ['stochastic'] : [])];
  const [name, field] = operandsOf(definition)[0]!, own = definition.rules.filter(({ predicate, operands }) => predicate === 'dtypeIn' && operands[0] === name);
  const allowed = profile.formatCodes.filter((code) => own.every(({ constants: [of] }) => inClass(code, of!))), present = families.filter((family) => allowed.some((code) => familyOf(code) === family));
  const family = dtypePoint(operandPosition(field)!, present, familyOf);
  return covergroup({
    name: `${mnemonic}: rounding`, says: 'the dtype of the result by family x the rounding of the mode', on: [mnemonic], points: { family, round: modePoint('round', bins) }, crosses: [['family', 'round']],
  });
}

const smallModes: Readonly<Partial<Record<ModeFieldName, readonly string[]>>> = {
  isat: ['wrap', 'saturate'], fsat: ['infinity', 'greatest'], daz: ['0', '1', '2'], ftz: ['0', '1', '2'], minmax: ['0', '1'], order: ['0', '1', '2', '3'], level: ['exact', 'table'],
  round2: roundNames, clamp: ['no', 'yes'], mxrule: ['0', '1'],
};
/** Every value of the small fields of the mode, signs of the zero points, every kernel. */
function modeGroup(definition: Definition, profile: Profile): Covergroup {
  const { mnemonic, mode } = definition, points: Record<string, Point> = {}, { features, triples } = profile, ignore: Ignore[] = [];
  const kernels = Math.max(1, ...triples.map(({ dots }) => dots.length));
  for (const { name } of modeFields) {
    if (!mode.includes(name)) continue;
    if (smallModes[name]) points[name] = modePoint(name, smallModes[name]);
    if (name === 'scale') points[name] = scalePoint(profile);
    if (name === 'dot') points[name] = modePoint(name, Array.from({ length: kernels }, (_, i) => `kernel ${i}`));
    else if (name === 'zpa' || name === 'zpb' || name === 'zpo') points[name] = signPoint(name);
  }
  const forbid = (point: string, bins: readonly string[], by: string, why: string): void => { if (points[point]) ignore.push({ when: (bin) => bins.includes(bin[point] ?? ''), by, why }); };
  if (!features.includes('zp') && ruleOf(definition, 'zeroPointFeature')) for (const name of ['zpa', 'zpb']) forbid(name, ['+', '-'], 'zeroPointFeature', 'the profile has no zero points');
  if (ruleOf(definition, 'levelExists') && !functionNames.some((name) => profile.functions.has(name))) forbid('level', ['table'], 'levelExists', 'the profile has no tables');
  return covergroup({ name: `${mnemonic}: mode`, says: 'every value of the small fields of the mode', on: [mnemonic], points, ignore });
}

/** Every dtype, read and written. */
function dtypeGroup({ formatCodes }: Profile): Covergroup {
  const nameOf = (code: number): string | undefined => formatByCode(code)?.name, names = formatCodes.map((code) => nameOf(code)!);
  return covergroup({ name: 'dtypes', says: 'every dtype of the profile as A and as D of any instruction', points: { written: dtypePoint(0, names, nameOf), read: dtypePoint(1, names, nameOf) } });
}

/** Sizes of the last dim around the lanes, and ranks, of the first operand. */
function shapeGroup(definition: Definition, profile: Profile): Covergroup {
  const { mnemonic, rules } = definition, [name, field] = operandsOf(definition)[0]!, position = operandPosition(field)!, lanes = definition.unit === 3 ? profile.accLanes : profile.vpuLanes;
  const ruled = (predicate: string): Rule | undefined => rules.find((rule) => rule.predicate === predicate && rule.operands[0] === name);
  const tile = ruled('tileFits'), rows = ruled('accRows') && field.spaces!.every((space) => space === SPACE_ACC), blocked = ruled('notEmpty');
  const rank = ruled('rankIs')?.constants[0], least = ruled('rankAtLeast')?.constants[0] ?? (tile ? 2 : 1), fixed = ruled('oneElement');
  const columns = ruleOf(definition, 'weightsFit'), size = sizePoint(lanes, position, columns !== undefined);
  const ignore: Ignore[] = [];
  if (fixed) return covergroup({ name: `${mnemonic}: shape`, says: 'sizes of the source, whose result is one element', on: [mnemonic], points: { 'last dim': sizePoint(lanes, 1), rank: rankPoint(1) }, ignore: [{ when: (bin) => bin['last dim'] === '0', by: 'fed', why: 'a result of one element is made of something' }] });
  const widest = Math.max(0, ...profile.triples.map(({ nMax }) => nMax));
  const over = (bin: string | undefined, most: number): boolean => bin !== undefined && (bin === 'more' ? 2 * lanes >= most : Number(bin) > most);
  if (tile) ignore.push({ when: (bin) => over(bin['last dim'], widest), by: 'tileFits', why: 'no tile is wider than the array' }, { when: (bin) => bin['last dim'] === '0', by: 'tileFits', why: 'a tile is not empty' });
  if (rows) ignore.push({ when: (bin) => over(bin['last dim'], profile.accLanes), by: 'accRows', why: 'a row of accumulators has no more lanes' });
  const rowed = rules.some(({ predicate, operands: [a] }) => predicate === 'accRows' && definition.fields[a!]!.spaces!.every((space) => space === SPACE_ACC) && rules.some((r) => r.predicate === 'sameDims' && r.operands.includes(name) && r.operands.includes(a!)));
  if (rowed) ignore.push({ when: (bin) => over(bin['last dim'], profile.accLanes), by: 'accRows', why: 'its source is a row of accumulators, which have no more lanes' });
  if (ruled('reduceDims')) ignore.push({ when: ({ rank: bin }) => bin === '5', by: 'reduceDims', why: 'at least one dim is reduced' });
  if (blocked) ignore.push({ when: (bin) => bin['last dim'] === '0', by: 'notEmpty', why: 'it has at least one element' });
  if (columns) ignore.push({ when: (bin) => bin['last dim'] === '0', by: 'weightsFit', why: 'a loaded tile has columns' });
  if (rank !== undefined) ignore.push({ when: (bin) => bin['rank'] !== undefined && Number(bin['rank']) !== rank, by: 'rankIs', why: `its rank is ${rank}` });
  if (least > 1) ignore.push({ when: (bin) => bin['rank'] !== undefined && Number(bin['rank']) < least, by: tile ? 'tileFits' : 'rankAtLeast', why: `its rank is at least ${least}` });
  return covergroup({ name: `${mnemonic}: shape`, says: 'the last dim around the lanes of the machine, and the rank', on: [mnemonic], points: { 'last dim': size, rank: rankPoint(position) }, ignore });
}

/** Spaces of every operand. */
function operandGroup(definition: Definition, profile: Profile): Covergroup[] {
  const { mnemonic, rules } = definition, points: Record<string, Point> = {}, ignore: Ignore[] = [];
  for (const [name, field] of operandsOf(definition)) {
    const spaces = field.spaces!.filter((space) => space <= SPACE_ACC), dram = rules.some(({ predicate, operands }) => predicate === 'notFromDram' && operands[0] === name) && !profile.features.includes('weightsFromDram');
    if (spaces.length > 1) points[`${name} in`] = spacePoint(operandPosition(field)!, spaces);
    if (dram) ignore.push({ when: (bin) => bin[`${name} in`] === spaceNames[SPACE_DRAM], by: 'notFromDram', why: 'the profile loads no weights from DRAM' });
  }
  return Object.keys(points).length === 0 ? [] : [covergroup({ name: `${mnemonic}: operands`, says: 'spaces of every operand that may be in several', on: [mnemonic], points, ignore })];
}

/** Strides and alignment of what each unit reads and writes. */
function layoutGroups(tensors: readonly Definition[], profile: Profile): Covergroup[] {
  return unitNames.flatMap((unit, number) => {
    const own = tensors.filter((definition) => definition.unit === number), on = own.map(({ mnemonic }) => mnemonic);
    const writes = own.some((definition) => operandsOf(definition).some(([, field]) => field.role !== 'read' && operandPosition(field) === 0));
    return own.length === 0 ? [] : [covergroup({
      name: `${unit}: layout`, says: 'how elements of A and D lie: strides, and the alignment of the first one', on,
      points: { 'strides of A': stridePoint(1, false), 'alignment of A': alignmentPoint(1), ...(writes ? { 'strides of D': stridePoint(0, true), 'alignment of D': alignmentPoint(0) } : {}),
        ...Object.fromEntries([1, 2, 3].filter((word) => own.some((d) => operandIn(d, word))).map((word) => [`offset of ${' DAB'[word]}`, offsetPoint(own, word)])),
      },
      ignore: [{ when: (bin) => bin['alignment of D'] === 'half a byte', by: 'wholeBytes', why: 'what is written starts on a byte' }, { when: (bin) => bin['alignment of A'] === 'half a byte' && !profile.formatCodes.some((code) => formatByCode(code)!.width === 4), by: 'formatPresent', why: 'the profile has no dtype of 4 bits' }],
    })];
  });
}

const operandIn = ({ fields }: Definition, word: number): boolean => Object.values(fields).some((field) => field.kind === 'operand' && field.word === word);

/** Every trap of every instruction, at the operand that it blames; one bin for each opcode that is none. */
function illegalGroup(profile: Profile): Covergroup {
  const bins: string[] = [], aims: { readonly of: string; readonly trap: number; readonly blamed?: number }[] = [], index = new Map<number, number>(), ignore: Ignore[] = [];
  for (const [op, definition] of set.entries()) {
    const absent = lacks(definition, profile) === 'feature';
    for (const { trap, position, by } of trapsOf(definition)) {
      // What the profile lacks traps feature before any rule is looked at: there is nothing else to hit.
      if (index.has(keyOf(op, trap, position)) || (absent && trap !== TRAP_RESERVED && by !== 'feature')) continue;
      index.set(keyOf(op, trap, position), bins.length);
      const name = `${definition.mnemonic}: ${trapName(trap)}${position === undefined ? '' : ` of ${'DABC'[position]}`}`;
      bins.push(name);
      aims.push({ of: definition.mnemonic, trap, ...(position === undefined ? {} : { blamed: position }) });
      const why = unbroken(definition, trap, position, profile);
      if (why) ignore.push({ when: ({ trap: bin }) => bin === name, ...why });
    }
  }
  index.set(keyOf(-1, TRAP_OPCODE, undefined), bins.push('undefined opcode') - 1);
  aims.push({ of: 'nop', trap: TRAP_OPCODE });
  const of = (frame: Frame): number => {
    const blames = frame.trap >= TRAP_DTYPE && frame.trap <= TRAP_PROTECTION && frame.op >= 0 && positional[frame.op]!.has(frame.trap);
    return index.get(keyOf(frame.op, frame.trap, blames ? frame.auxiliary & 3 : undefined)) ?? -1;
  };
  return covergroup({ name: 'traps', endings: ['trapped'], says: 'every rule that a program can break, by instruction, trap and the operand that it blames', points: { trap: { bins, of, aim: (bin) => ({ ...aims[bin]!, of: [aims[bin]!.of] }) } }, ignore });
}
const keyOf = (op: number, trap: number, position: number | undefined): number => ((op + 1) * 256 + trap) * 8 + (position ?? 4);
const positional = set.map((definition) => new Set(trapsOf(definition).filter(({ position }) => position !== undefined).map(({ trap }) => trap)));
