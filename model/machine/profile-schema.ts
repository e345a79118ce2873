//! profile-schema: what a profile file may say, as a zod schema with the words for what is allowed.
import * as z from 'zod';
import { formats, hasNan } from '../numerics/format.ts';
import { featureNames as allFeatures, futureFeatures, QUEUE_MAX, REGION_COUNT, SLOT_MAX } from '../limits.ts';
import { interpolationNames, type MethodName, methodsOf, type TableName, tableNames } from '../numerics/function-table.ts';
import { DOT_MAX, TRIPLE_MAX } from './state.ts';

export const PROFILE_SCHEMA = 'systole-profile/1';

/** Formats that operands may have, and their parts in a multiplication. */
const formatNames = formats.map(({ name }) => name);
const factorNames = formats.filter(({ kind, signed, width }) => width <= 32 && kind !== 'scale' && (kind !== 'float' || signed))
  .map(({ name }) => name);
const accumulatorNames = ['s32', 's48', 's64', 'fp16', 'fp32'] as const;
/** Formats whose NaN a profile may name: floats with several, and the scale. */
const nanNames = formats.filter(hasNan);
/** Features that a machine of this version can have. */
const featureNames = allFeatures.filter((name) => !futureFeatures.includes(name));

/** 3.5 GiB: with a known bit a byte, what is left of the 4 GiB of a WebAssembly memory holds the rest of the engine's state. */
const DRAM_MAX = 7 * 2 ** 29;
const GRANULE_MAX = 4096;
/** Products of a step, and digits of a window: together they keep every exact sum within 53 bits (numerics contract, T6) or the engine's own. */
const GROUP_MAX = 64, INDEX_MAX = 10, FRACTION_MAX = 44, FACTORS_MAX = 8;

const certainty = choice(['measured', 'published', 'derived', 'assumed', 'chosen']).meta({
  id: 'certainty', description: 'measured on hardware, published by the vendor, derived from that, assumed, or chosen by this project',
});
const words = z.string({ error: 'text' }).min(1, { error: 'text that is not empty' }).max(2000, { error: 'at most 2000 characters' })
  .meta({ id: 'words' });
const name = z.string({ error: 'text' })
  .regex(/^[a-z][a-z0-9-]{0,63}$/, { error: 'up to 64 lower-case letters, digits and hyphens, a letter first' });

/** A fact: a value, where it is from, and how sure it is. */
const stated = <S extends z.ZodType>(value: S) => record({ value, source: words, certainty });
const count = (least: number, most: number, multiple = 1) => stated(integer(least, most, multiple));

/** Kernels: numerics/dot-record.ts says what the fields mean. What is left out is what most have. */
const evidence = { source: words, certainty };
const join = <const T extends readonly string[]>(...values: T) => choice(values);
const flushes = { daz: z.literal([0, 1, 2], { error: '0, 1 or 2' }).default(0), ftz: z.literal([0, 1, 2], { error: '0, 1 or 2' }).default(0) };
const lanes = z.literal([1, 2], { error: '1 or 2' }).default(1);
const zero = choice(['plus', 'ieee']), ends = choice(['rne', 'rz']);
/** Raw exponents of windows, and digits below them, that the engine's integers hold. */
const window = integer(-1023, 127, 1).nullable().default(null), group = integer(1, GROUP_MAX, 1), digits = (most: number) => integer(1, most, 1);
const kinds = [
  record({ kind: z.literal('integer'), psumBits: integer(4, 63, 1).nullable(), ...evidence }),
  record({ kind: z.literal('chain'), join: join('chainStart', 'lastAdd'), lanes, ...flushes, ...evidence }),
  record({
    kind: z.literal('tree'), group, products: choice(['rounded', 'exact']), shape: choice(['adjacent', 'halves']),
    join: join('chainStart', 'lastAdd'), round: choice(['rne', 'odd']).default('rne'), ...flushes, ...evidence,
  }),
  record({
    kind: z.literal('fused'), group, order: choice(['ascending', 'interleaved']).default('ascending'),
    operands: choice(['encoded', 'fp16']).default('encoded'), fractionBits: digits(FRACTION_MAX),
    align: choice(['rz', 'rd']).default('rz'), floor: window, join: join('inWindow', 'lastAdd').default('inWindow'), round: ends,
    keep: digits(23).nullable().default(null), zero: zero.default('plus'), ...flushes, ...evidence,
  }),
  record({
    kind: z.literal('exact'), group: group.nullable(), join: join('inWindow', 'lastAdd').default('inWindow'), round: ends.default('rne'),
    zero: zero.default('ieee'), ...flushes, ...evidence,
  }),
  record({
    kind: z.literal('afterSum'), group, lanes, fractionBits: digits(FRACTION_MAX), sumBits: digits(FRACTION_MAX),
    accumulatorBits: digits(FRACTION_MAX), reach: digits(254).nullable().default(null), ...evidence,
  }),
  record({
    kind: z.literal('blocks'), group, exactGroup: group, exactGroupUnderC: group, fractionBits: digits(FRACTION_MAX), carryBits: integer(0, 8, 1),
    floor: window, ...evidence,
  }),
] as const;
const kindNames = ['integer', 'chain', 'tree', 'fused', 'exact', 'afterSum', 'blocks'];
const kernel = z.discriminatedUnion('kind', kinds, { error: `an object with kind: one of ${kindNames.join(', ')}` });
const kernelName = z.string({ error: 'text' }).regex(/^[a-zA-Z][a-zA-Z0-9.-]{0,63}$/, { error: 'up to 64 letters, digits, dots and hyphens, a letter first' });
const kernels = z.record(kernelName, kernel, { error: 'an object of kernels by name' });

/** Functions at level 1: numerics/function-table.ts says what the fields mean. The bounds keep every product within 63 bits. */
const functionTable = (methods: readonly MethodName[]) => record({
  method: choice(methods), indexBits: integer(1, INDEX_MAX, 1), interpolationBits: integer(0, 20, 1), interpolation: choice(interpolationNames),
  valueBits: integer(1, 28, 1), scaleBits: integer(0, 28, 1), rangeBits: integer(0, 8, 1).default(0),
  multiplier: upToHex(6).default('0'), multiplierBits: integer(0, 24, 1).default(0), table: upToHex(7 * (2 ** INDEX_MAX + 1)), ...evidence,
});
const functionTables = record(Object.fromEntries(tableNames.map((of) => [of, functionTable(methodsOf[of]).optional()])) as
  Record<TableName, z.ZodOptional<ReturnType<typeof functionTable>>>);

/** A row, or one for each pair of several activations and weights. */
const triple = record({
  activation: one(choice(factorNames)), weight: one(choice(factorNames)), accumulator: choice(accumulatorNames),
  kMax: count(1, 65_535), nMax: count(1, 1024), mMax: count(1, 2 ** 24 - 1), dots: list(kernelName, 1, DOT_MAX, 'names of kernels'),
});

const granule = record({
  space: choice(['dram', 'spm', 'acc']), unit: choice(['seq', 'dmi', 'dmo', 'mxu', 'vpu']), bytes: stated(power(2, GRANULE_MAX)),
});

/** Timing changes no bit and is outside the hash. */
const timing = record({
  queueDepth: count(1, QUEUE_MAX),
  clockMHz: count(1, 100_000).optional(),
  spmBanks: count(1, 1024).optional(),
  accBanks: count(1, 1024).optional(),
  dramMBytesPerSecond: count(1, 100_000_000).optional(),
  hostMBytesPerSecond: count(1, 100_000_000).optional(),
  weightTileCycles: count(1, 1_000_000).optional(),
});

/** As `systole profile show --json` prints it, so that what it prints is a profile. */
const HASH_SAYS = { error: '64 hexadecimal digits, the hash of what the file says; or leave it out' };

export const profileSchema = record({
  $schema: words.optional(),
  schema: z.literal(PROFILE_SCHEMA, { error: `"${PROFILE_SCHEMA}"` }),
  name,
  tier: choice(['exact', 'structural', 'sketch']),
  says: words,
  hash: z.string(HASH_SAYS).regex(/^[\da-f]{64}$/, HASH_SAYS).optional(),
  dramBytes: count(65_536, DRAM_MAX, 4096),
  spmBytes: count(64, 2 ** 30, 64),
  accBytes: count(8, 2 ** 28, 8),
  accLanes: stated(power(1, 1024)),
  vpuLanes: stated(power(1, 1024)),
  slotCount: count(2, SLOT_MAX),
  regionCount: stated(z.literal(REGION_COUNT, { error: `${REGION_COUNT}: no other number of regions exists in this version` })),
  features: stated(list(choice(featureNames), 0, featureNames.length, 'features')),
  formats: stated(list(choice(formatNames), 1, formatNames.length, 'formats')),
  nans: record(Object.fromEntries(nanNames.map(({ name, width }) => [name, stated(hex(width / 4)).optional()]))),
  unknownByte: stated(hex(2)),
  granules: list(granule, 0, 15, 'granules'),
  triples: list(triple, 1, TRIPLE_MAX, 'triples'),
  kernels,
  functions: functionTables.optional(),
  timing,
});
export type ProfileFile = z.infer<typeof profileSchema>;

/** JSON Schema for editors: `"$schema": "…/generated/profile.schema.json"` in a profile names it. */
export function profileJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(profileSchema, { io: 'input', reused: 'ref' });
  const whole = {
    $comment: 'made by `npm run emit` from model/machine/profile-schema.ts; do not edit', $schema,
    title: 'A profile: geometry and numerics of one Systole machine', ...rest,
  };
  return `${JSON.stringify(whole, null, 2).replace(/^\{\s+/, '{ ')}\n`;
}

/** An object with no other keys. The message of an unknown key lists the keys: the reader of issues wants them for its proposals. */
function record<S extends z.ZodRawShape>(shape: S) {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? keys.join(' ') : `an object with ${keys.join(', ')}`),
  });
}
function choice<const T extends readonly string[]>(values: T) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}
/** One, or a list of several. */
function one<S extends z.ZodType>(item: S) {
  return z.union([item, z.array(item).min(1).max(FACTORS_MAX)], { error: ({ input }) => (Array.isArray(input) ? `a list of 1 to ${FACTORS_MAX} dtypes` : item.safeParse(input).error!.issues[0]!.message) });
}
function list<S extends z.ZodType>(item: S, least: number, most: number, what: string) {
  const error = `a list of ${least} to ${most} ${what}`;
  return z.array(item, { error }).min(least, { error }).max(most, { error });
}
function integer(least: number, most: number, multiple: number) {
  const error = `an integer from ${least} to ${most}${multiple > 1 ? `, a multiple of ${multiple}` : ''}`;
  const plain = z.int({ error }).min(least, { error }).max(most, { error });
  return (multiple > 1 ? plain.multipleOf(multiple, { error }) : plain).meta({ description: error });
}
function power(least: number, most: number) {
  const values = Array.from({ length: 32 }, (_, i) => 2 ** i).filter((value) => value >= least && value <= most);
  return z.literal(values, { error: `a power of two from ${least} to ${most}` });
}
function upToHex(digits: number) {
  const error = `text of 1 to ${digits} hex digits, upper case`;
  return z.string({ error }).regex(/^[0-9A-F]+$/, { error }).max(digits, { error }).meta({ description: error });
}
function hex(digits: number) {
  const error = `text of ${digits} hex digits, upper case`;
  return z.string({ error }).regex(new RegExp(`^[0-9A-F]{${digits}}$`), { error }).meta({ description: error });
}
