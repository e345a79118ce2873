//! classes: covergroups of what the numbers were that instructions read: kinds of numbers, pairs of them, and where shifts cut.
import type { Definition } from '../isa/instruction.ts';
import { operandPosition, operandsOf } from '../isa/instruction.ts';
import type { Profile } from '../machine/profile.ts';
import { formatByCode } from '../numerics/format.ts';
import { cornerCodes } from '../verify/corners.ts';
import { FACT_VALUES } from './frame.ts';
import { type Aim, type Covergroup, covergroup, type Point } from './group.ts';
import { looked, lookup } from './points.ts';
import { dtypesOf, runs } from './reach.ts';
import { classOf, cut, cutNames, FLOAT, floatClasses, floatPair, integerClasses, integerPair, shiftNames } from './values.ts';

/** Groups of values, which no record holds: their bins are hit where a machine stands beside the records. */
export function valueGroups(profile: Profile): readonly Covergroup[] {
  const able = runs(profile).filter(({ mnemonic, mode }) => mode.length > 0 || mnemonic === 'compare' || mnemonic === 'wload');
  return [...able.flatMap((definition) => operandClasses(definition, profile)), ...able.filter(({ mnemonic }) => ['binary', 'compare', 'fma'].includes(mnemonic)).map((definition) => pairsOf(definition, profile)),
    ...able.filter(({ mnemonic }) => mnemonic === 'drain' || mnemonic === 'scale').map(shifted)];
}

const met = (fact: number, bit: number, aim: Aim = {}): Point => ({ ...looked(['met'], lookup(FACT_VALUES + fact, bit, 1, (is) => is - 1), () => aim), late: true });
const className = (of: number): string => (of < FLOAT ? `integer ${integerClasses[of]!}` : `float ${floatClasses[of - FLOAT]!}`);

/** Classes that an operand's elements may have: of the dtypes that suit the rules on it, and those that tie it to another one. */
function classesOf(definition: Definition, name: string, profile: Profile): readonly number[] {
  const tied = definition.rules.flatMap(({ predicate, operands }) => (/^same(Type|Class)$/.test(predicate) && operands.includes(name) ? operands.filter((other) => other !== name) : []));
  const kinds = tied.map((other) => dtypesOf(definition, other, profile).map(isWhole));
  const dtypes = dtypesOf(definition, name, profile).filter((code) => kinds.every((list) => list.includes(isWhole(code))));
  return [...new Set(dtypes.flatMap(classesOfDtype))].sort((a, b) => a - b);
}
const isWhole = (code: number): boolean => ['integer', 'fixed'].includes(formatByCode(code)!.kind);
const classesOfDtype = (code: number): readonly number[] => { const format = formatByCode(code)!; return cornerCodes(format).map((bits) => classOf(format, bits)); };
function operandClasses(definition: Definition, profile: Profile): Covergroup[] {
  const { mnemonic } = definition, points: Record<string, Point> = {};
  for (const [name, field] of operandsOf(definition)) {
    // The words of a table are of several kinds.
    if (field.role === 'write' || field.view?.definite) continue;
    const position = operandPosition(field)!;
    for (const of of classesOf(definition, name, profile)) points[`${name}, ${className(of)}`] = met(position - 1, of, { numbers: [[position, of]] });
  }
  return Object.keys(points).length === 0 ? [] : [covergroup({ name: `${mnemonic}: values`, says: 'kinds of numbers among the elements of every operand that is read', on: [mnemonic], points })];
}

/** Every kind of number beside every one, element by element. */
function pairsOf(definition: Definition, profile: Profile): Covergroup {
  const { mnemonic } = definition, [a, b] = ['a', 'b'].map((name) => classesOf(definition, name, profile)) as [readonly number[], readonly number[]], points: Record<string, Point> = {};
  for (const x of a) {
    for (const y of b) {
      if (x < FLOAT !== y < FLOAT) continue;
      const [fact, bit] = x < FLOAT ? integerPair(x, y) : floatPair(x - FLOAT, y - FLOAT);
      points[`${className(x)} and ${className(y).replace(/^\w+ /, '')}`] = met(fact, bit, { numbers: [[1, x], [2, y]] });
    }
  }
  return covergroup({ name: `${mnemonic}: pairs of values`, says: 'kinds of numbers of A paired with those of B, element by element', on: [mnemonic], points });
}

/** Shift x sign x what is cut off x side. */
const shifted = ({ mnemonic }: Definition): Covergroup => covergroup({
  name: `${mnemonic}: cuts`, says: 'integers that are scaled by a shift: which way, their sign, what is cut off against a half, and the side that they are rounded to', on: [mnemonic],
  points: Object.fromEntries(shiftNames.flatMap((shift, s) => [false, true].flatMap((negative) => cutNames.map((name, how) =>
    [`shift ${shift}, ${negative ? '-' : '+'}, ${name}`, met(...cut(negative, s, how), { mode: { scale: 1 }, bits: { table: 1 } })] as const)))),
});
