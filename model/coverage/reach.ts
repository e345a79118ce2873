//! reach: which bins of traps no program of a profile can hit, each by the rule that sees to it.
import { set } from '../instructions/set.ts';
import { cached } from '../isa/cached.ts';
import { type Definition, operandPosition } from '../isa/instruction.ts';
import type { Rule } from '../isa/rule.ts';
import { inClass } from '../isa/rules.ts';
import { type Feature, featureNames, TRAP_DTYPE, TRAP_NONE, TRAP_PROTECTION, TRAP_RESERVED } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByCode } from '../numerics/format.ts';
import type { Ignore } from './group.ts';

/** The feature that the profile would need to run it, if it has it not. */
export function lacks({ rules }: Definition, { features, triples }: Profile): Ignore['by'] | undefined {
  const missing = rules.some(({ predicate, constants: [bit] }) => predicate === 'feature' && !features.includes(featureNames[bit!] as Feature));
  return missing ? 'feature' : triples.length === 0 && rules.some(({ predicate }) => predicate === 'tileFits' || predicate === 'weightsFit') ? 'tileFits' : undefined;
}
export const runs = (profile: Profile): readonly Definition[] => set.filter((definition) => lacks(definition, profile) === undefined && definition.rules.every(({ predicate }) => predicate !== 'never'));

/** Traps of a definition with the operand that a record names, from its rules. */
export const trapsOf = cached(({ rules, fields }: Definition): readonly { readonly trap: number; readonly position: number | undefined; readonly by: string }[] => {
  const own = rules.map(({ trap, operands, predicate }) => {
    const first = operands.find((name) => operandPosition(fields[name]) !== undefined);
    return { trap, position: trap >= TRAP_DTYPE && trap <= TRAP_PROTECTION ? operandPosition(fields[first ?? '']) : undefined, by: predicate };
  });
  // A record has a number there in any case: 0 where the rule is about none.
  const named = new Set(own.filter(({ position }) => position !== undefined).map(({ trap }) => trap));
  return [{ trap: TRAP_RESERVED, position: undefined, by: 'reserved' }, ...own.filter(({ trap }) => trap !== TRAP_NONE).map((one) => ({ ...one, position: one.position ?? (named.has(one.trap) ? 0 : undefined) }))];
});

/** Why no program of the profile gets this trap there: every rule behind the bin holds whatever the program does, or another trap comes first. */
export function unbroken(definition: Definition, trap: number, position: number | undefined, profile: Profile): Omit<Ignore, 'when'> | undefined {
  if (trap === TRAP_RESERVED) return undefined;
  const [, ...all] = trapsOf(definition), behind = definition.rules.filter((rule, i) => rule.trap !== TRAP_NONE && all[i]!.trap === trap && all[i]!.position === position);
  const reasons = behind.map((rule) => holdsAlways[rule.predicate]?.(rule, definition, profile));
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

type Holds = (rule: Rule, definition: Definition, profile: Profile) => Omit<Ignore, 'when'> | undefined;
const because = (is: boolean | undefined, by: string, why: string): Omit<Ignore, 'when'> | undefined => (is ? { by, why } : undefined);
const ruleOn = ({ rules }: Definition, predicate: string, ...operands: readonly string[]): Rule | undefined => rules.find((rule) => rule.predicate === predicate && operands.every((name, i) => rule.operands[i] === name));
const spacesOf = ({ fields }: Definition, name: string): readonly number[] => fields[name]!.spaces ?? [];

/** Dtypes that an operand has where no rule of code dtype breaks, as far as rules on it alone tell. */
export function dtypesOf({ rules }: Definition, name: string, { formatCodes, triples, features }: Profile): readonly number[] {
  const own = rules.filter(({ operands }) => operands.includes(name)), beside = own.filter(({ predicate }) => predicate === 'scalesType' || predicate === 'metadataType');
  const scales = [...(features.includes('mx') ? ['e8m0'] : []), ...(features.includes('nvfp4') ? ['ue4m3'] : [])], metadata = features.includes('sparse24') ? ['u4'] : [];
  return formatCodes.filter((code) => own.every(({ predicate, constants: [of] }) => (predicate === 'dtypeIn' ? inClass(code, of!) : predicate === 'weightExists' ? triples.some(({ weight }) => weight === code)
    : predicate === 'accumulatorExists' ? triples.some(({ accumulator }) => accumulator === code) : predicate === 'dotExists' && name === 'a' ? triples.some(({ activation }) => activation === code) : true))
    && (beside.length === 0 || beside.some(({ predicate }) => (predicate === 'scalesType' ? scales : metadata).includes(formatByCode(code)!.name))));
}
/** An operand before this one must have its dtype, and is judged by the same rule: it is blamed. */
const blamesAnother = (rule: Rule, definition: Definition): Omit<Ignore, 'when'> | undefined => {
  const [name] = rule.operands, tied = definition.rules.find(({ predicate, operands: [, other] }) => (predicate === 'sameType' || (predicate === 'widensExactly' && rule.predicate === 'dtypeDefined')) && other === name);
  const same = tied && definition.rules.some(({ predicate, operands: [first], constants }) => predicate === rule.predicate && first === tied.operands[0] && constants.every((one, i) => one === rule.constants[i]));
  return because(same, tied?.predicate ?? '', 'an operand before it has the same dtype, and is blamed first');
};

/** Rules that always hold, by predicate; absent: a program can break it. */
const holdsAlways: Readonly<Record<string, Holds>> = {
  feature: (_, definition, profile) => because(lacks(definition, profile) === undefined, 'feature', 'the profile has the feature'),
  dtypeDefined: blamesAnother, dtypeIn: blamesAnother,
  aligned: ({ operands: [name], constants: [unit] }, definition, profile) => because(
    dtypesOf(definition, name!, profile).every((code) => formatByCode(code)!.width <= 8) && !profile.granules.some((one) => one.unit === unit && one.bytes > 1 && spacesOf(definition, name!).includes(one.space)),
    'aligned', 'its elements are bytes, and every byte is aligned'),
  apart: ({ operands: [one, other] }, definition) => because(!spacesOf(definition, one!).some((space) => spacesOf(definition, other!).includes(space)), 'inSpaces', 'the two lie in different memories'),
  injective: ({ operands: [name] }, definition) => because(ruleOn(definition, 'oneElement', name!) !== undefined, 'oneElement', 'it has one element, whatever its strides')
    ?? because(definition.fields[name!]!.view?.single, 'injective', 'only its element at index 0 is looked at, whatever its strides'),
  wholeBytes: ({ operands: [name] }, definition, profile) => because(
    ruleOn(definition, 'oneElement', name!) !== undefined || !dtypesOf(definition, name!, profile).some((code) => formatByCode(code)!.width === 4), 'wholeBytes', 'it has no elements of 4 bits'),
  insideDram: ({ operands: [name] }, definition, { features }) => because(ruleOn(definition, 'notFromDram', name!) !== undefined && !features.includes('weightsFromDram'), 'notFromDram', 'it is in no DRAM'),
  readable: ({ operands: [name] }, definition, { features }) => because(ruleOn(definition, 'notFromDram', name!) !== undefined && !features.includes('weightsFromDram'), 'notFromDram', 'it is in no DRAM'),
};
