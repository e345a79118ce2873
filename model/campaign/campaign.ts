//! campaign: tests by number: the same trial for the same number on every machine, judged, and what fails made as small as it gets.
import { readImage } from '../assembler/image.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { type AimedProgram, aimedKnobs, aimedPrograms } from '../coverage/fill.ts';
import { valuesOf } from '../coverage/values.ts';
import { RetiredCursor } from '../cursor.ts';
import type { Device } from '../device.ts';
import type { Profile } from '../machine/profile.ts';
import { specification } from '../specification.ts';
import { type Difference, type Look, signatureOf } from '../verify/compare.ts';
import { generate } from '../verify/generate.ts';
import { generateIllegal } from '../verify/illegal.ts';
import { type Least, minimise } from '../verify/minimise.ts';
import { mixed } from '../verify/random.ts';
import { type Knobs, knobs as builtIn } from '../verify/record.ts';
import { repeated } from '../verify/repeated.ts';
import { type Resolved, resolve } from '../verify/resolve.ts';
import { randomSchedule } from '../verify/schedules.ts';
import { shrink } from '../verify/shrink.ts';
import type { Kept, Log } from './log.ts';
import { failureOf, type Judge, judgeBy, type Judgement, type Trial } from '../verify/trial.ts';

export interface Oracle {
  /** A device that does right, or what asks another machine. */
  readonly oracle: Device | Judge;
  /** It judges one test in so many; not the first ones, so that what the others find is found soon. */
  readonly every: number;
}
export interface CampaignOptions {
  readonly profile: Profile;
  /** Tests take turns with them. */
  readonly knobs: readonly Knobs[];
  readonly seed: number;
  /** What the first tests are: a test for which it has none is drawn. */
  readonly opening?: ((index: number) => Numbered | undefined) | undefined;
  readonly device: () => Device;
  readonly oracles: readonly Oracle[];
  /** Every other test is aimed at what is not covered yet: what a test is depends on those before it. */
  readonly aims?: boolean;
}
export interface Tested {
  readonly index: number;
  /** Instructions that retired. */
  readonly instructions: number;
  readonly judgement: Judgement;
  /** Of a test that was looked at record by record: what its values are. */
  readonly values: readonly (Int32Array | undefined)[];
}

/** A trial with what it was made from; `alone`: it runs once more with nobody watching; `looked`: it stands still at each record. */
export interface Numbered extends Trial { readonly records?: Resolved['records']; readonly data: number; readonly by: Knobs; readonly alone: boolean; readonly looked: boolean }

/** What tests take turns with where nobody says otherwise. */
export const mixture: readonly Knobs[] = [builtIn.smoke, builtIn.illegal, builtIn.numerics, builtIn.sync, builtIn.memory];

/** Queues are tried from 1 to so many entries. */
const DEPTHS = 16;
/** One test in so many runs under a schedule. One in so many runs without records too, and does everything several times where it is legal and serial. */
const SCHEDULED = 3, REPEATED = 4, isRepeated = (turn: number): boolean => turn % REPEATED === 1;

/** Tests whose coverage is counted together: the opening is over before counters are made. */
const UNCOUNTED = 128;
/** Of the tests that are drawn, one in so many is looked at record by record, as all are that are aimed: what numbers are in tensors stands in no record. */
const LOOKED = 16;

/** What a test is that is drawn: a pure function of its number. */
export function trialOf(index: number, { profile, knobs, seed }: Pick<CampaignOptions, 'profile' | 'knobs' | 'seed'>): Numbered & Required<Pick<Numbered, 'records'>> {
  const own = mixed(seed, index), by = knobs[index % knobs.length]!, turn = Math.floor(index / knobs.length);
  const broken = turn % 100 < by.illegal ? generateIllegal(own, profile, by) : undefined, made = broken ?? generate(own, profile, by), { records, data } = made;
  const options = turn % SCHEDULED === SCHEDULED - 1 ? { schedule: randomSchedule(own), queueDepth: 1 + (own % DEPTHS) } : {};
  const program = broken || 'schedule' in options || !isRepeated(turn) ? made.program : repeated(made, own);
  return { program, options, records, data, by, alone: isRepeated(turn), looked: mixed(own, LOOKED) % LOOKED === 0, ...(broken ? { expected: broken.expected, debug: broken.expected.debug } : {}) };
}

/** One process's part of a campaign. Devices are made again after one fell over. */
export class Campaign {
  private readonly options: CampaignOptions;
  private device: Device;
  /** What states are taken from, and what a case says of the right end: the last oracle that is a device, or the specification. */
  readonly reference: Device;
  private aimed: Iterator<AimedProgram, undefined> | undefined;
  /** The test that ran last. */
  private ran: { readonly index: number; readonly trial: Numbered } | undefined;
  /** Tests that were noted and not counted. */
  private readonly uncounted: { readonly index: number; readonly records: readonly Uint8Array[]; readonly values: Tested['values'] }[] = [];
  private readonly judges: readonly { readonly judge: Judge; readonly every: number }[];
  constructor(options: CampaignOptions) {
    this.options = options;
    this.device = options.device();
    this.judges = options.oracles.map(({ oracle, every }) => ({ judge: typeof oracle === 'function' ? oracle : judgeBy(oracle), every }));
    this.reference = options.oracles.flatMap(({ oracle }) => (typeof oracle === 'function' ? [] : [oracle])).at(-1) ?? specification(options.profile);
  }

  /**
   * Runs the next test and notes it, whole or not at all; `keep` is asked for what is kept of a failure that is new. Coverage is counted some tests later,
   * or when `count` is called, so that what the first tests find is found before anything is made ready for counting.
   */
  next(log: Log, coverageOf: () => Coverage, keep: (index: number, found: Difference, instructions: number) => Kept): void {
    const { index, instructions, values, judgement: { found, seen } } = this.test(log.next, this.options.aims ? coverageOf() : undefined), kept = log.isNew(found) ? keep(index, found, instructions) : undefined;
    // What was noted in part must not be written: Ctrl-C stops anywhere.
    log.isWhole = false;
    this.uncounted.push({ index, records: seen?.records ?? [], values });
    log.add(index, instructions, found, kept);
    log.isWhole = true;
    if (this.options.aims || this.uncounted.length >= UNCOUNTED) this.count(log, coverageOf());
  }
  /** Counts what the tests so far covered. */
  count(log: Log, coverage: Coverage): void {
    if (this.uncounted.length === 0) return;
    log.isWhole = false;
    for (const { index, records, values } of this.uncounted) {
      coverage.begin(index);
      for (const [i, { buffer, byteOffset }] of records.entries()) coverage.sample(new RetiredCursor(new DataView(buffer, byteOffset)), values[i]);
      coverage.end();
    }
    this.uncounted.length = 0;
    log.isWhole = true;
  }
  test(index: number, coverage?: Coverage): Tested {
    const trial = this.trialOf(index, coverage);
    this.ran = { index, trial };
    const values: (Int32Array | undefined)[] = [], judgement = this.judge(trial, index, (record, device) => { values.push(valuesOf(record, device)); });
    return { index, instructions: judgement.seen?.records.length ?? 0, judgement, values };
  }
  private aimedTrial(index: number, coverage: Coverage | undefined): Numbered | undefined {
    if (!this.options.aims || !coverage || index % 2 === 0) return undefined;
    this.aimed ??= aimedPrograms(coverage, this.options.seed);
    const next = this.aimed.next();
    return next.done ? undefined : { ...next.value, data: 0, by: aimedKnobs, alone: isRepeated(Math.floor(index / this.options.knobs.length)), looked: true };
  }
  private trialOf(index: number, coverage?: Coverage): Numbered {
    if (this.ran?.index === index) return this.ran.trial;
    return this.options.opening?.(index) ?? this.aimedTrial(index, coverage) ?? trialOf(index, this.options);
  }
  /** What a test aims at. */
  knobsOf(index: number): Knobs { return this.trialOf(index).by; }
  private judge(trial: Trial, index: number, look: Look = () => undefined): Judgement {
    const { alone, looked } = this.trialOf(index);
    const judgement = failureOf(trial, this.device, this.judges.filter(({ every }) => index % every === every >> 1).map(({ judge }) => judge), alone, looked ? look : undefined);
    if (judgement.found?.kind === 'crash') this.device = this.options.device();
    return judgement;
  }

  /** The least program that fails like this test; `most` trials are run for it. */
  least(index: number, found: Difference, most: number): Least {
    const { expected, ...rest } = this.trialOf(index), whole: Numbered = found.kind === 'expectation' && expected ? { ...rest, expected } : rest;
    const judged = (trial: Trial): Difference | undefined => this.judge(trial, index).found;
    if (found.kind === 'order' || found.kind === 'outside' || whole.unread) return this.fewerRecords(whole, found, judged, most);
    // A change may take away the very mistake that a trap is expected for: then the oracle does not meet the expectation either.
    return minimise(whole, found, (trial) => { const other = judged(trial); return other?.kind === 'expectation' && failureOf(trial, this.reference, []).found ? undefined : other; }, this.reference, most);
  }
  /** What a schedule or another machine changes is a failure only where the program has no race: records may go, single instructions may not. */
  private fewerRecords(whole: Numbered, found: Difference, judged: (trial: Trial) => Difference | undefined, most: number): Least {
    const wanted = signatureOf(found);
    let best: Pick<Least, 'trial' | 'difference'> = { trial: whole, difference: found }, evaluations = 0;
    // One that was aimed was made from none.
    if (whole.records) shrink(whole.records, (records) => {
      const trial: Trial = { ...whole, program: resolve(records, this.options.profile, whole.by, whole.data).program }, other = judged(trial);
      evaluations++;
      if (!other || signatureOf(other) !== wanted) return false;
      best = { trial, difference: other };
      return true;
    }, most);
    return { ...best, evaluations, instructions: readImage(best.trial.program.image).words.length };
  }
}
