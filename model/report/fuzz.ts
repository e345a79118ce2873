//! fuzz: what a campaign found, as checks and findings: every oracle and every way to fail is one, with the least program and the command that replays it.
import { assembled } from '../assembler/assembler.ts';
import { readImage } from '../assembler/image.ts';
import { canaryOf, type Failure, missed, type Results, type Times } from '../campaign/results.ts';
import { Rejected } from '../failure.ts';
import { byOpcode } from '../instructions/set.ts';
import { placeOf, readJson } from '../json.ts';
import { shellWord } from '../shell.ts';
import type { Check } from './check.ts';
import type { Finding } from './sarif.ts';

/** What a report needs of a case file. */
export interface CaseView {
  readonly program: readonly string[];
  readonly replay: string;
  /** Line of the file, from 1 on, of the last instruction with this mnemonic; of the program where there is none. */
  readonly lineOf: (mnemonic: string) => number;
}
export interface Campaign {
  readonly results: Results;
  readonly times?: Times | undefined;
  /** Texts of case files by their path; one that is lost is only told. */
  readonly cases: ReadonlyMap<string, string>;
  /** What stands before the path of a case for whoever reads the report: '' or a folder that ends in `/`. */
  readonly folder: string;
}

/** Lenient: a report is made of whatever is there. */
export function caseView(text: string): CaseView {
  const { root } = readJson(text), list = root?.members?.get('program')?.node, items = list?.items ?? [], line = (at: number): number => placeOf(text, at).line;
  const program = items.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])), replay = root?.members?.get('replay')?.node.value;
  const mnemonics = mnemonicsOf(program);
  return {
    program, replay: typeof replay === 'string' ? replay : '',
    lineOf: (mnemonic) => line(items[mnemonics.findLast((one) => one.mnemonic === mnemonic)?.line ?? -1]?.at ?? list?.at ?? 0),
  };
}

/** What stands on which line of a text, from 0 on. */
function mnemonicsOf(program: readonly string[]): readonly { readonly mnemonic: string; readonly line: number }[] {
  try {
    const { program: { image }, places } = assembled(program.join('\n'));
    return readImage(image).words.map((words, pc) => ({ mnemonic: byOpcode.get(words[0] & 255)?.mnemonic ?? '', line: (places[pc]?.line ?? 0) - 1 }));
  } catch (error) {
    if (error instanceof Rejected) return [];
    throw error;
  }
}

/** The oracles that all programs agree with, and each way to fail. */
export function campaignChecks({ results, times, cases, folder }: Campaign): readonly Check[] {
  const { device, against, failures, programs, profile, knobs, seed } = results, suite = `fuzz ${device} ${profile}`;
  const law = `${programs} programs (knobs ${knobs}, seed ${seed}) behave the same on ${device} and on ${against.join(', ')}`, seconds = times?.seconds, miss = missed(results);
  const whole: Check = { suite, name: law, ...(seconds === undefined ? {} : { seconds }), ...(miss === undefined ? {} : { failure: { type: canaryOf(results) ? 'canary' : 'nothing run', message: miss, body: miss } }) };
  if (failures.length === 0) return [whole];
  return failures.map((failure) => {
    const took = times?.failures.find(({ signature }) => signature === failure.signature)?.milliseconds;
    return {
      suite, name: failure.signature, ...(took === undefined ? {} : { seconds: took / 1000 }),
      failure: { type: failure.signature, message: failure.text, body: failureBody(failure, cases.get(failure.case), folder) },
    };
  });
}

/** Programs that failed, the least of them, and the command. */
function failureBody(failure: Failure, text: string | undefined, folder: string): string {
  const { count, first, instructions } = failure, found = `${count} ${count === 1 ? 'program fails' : 'programs fail'} this way, first in test ${first}; smallest program: ${instructions} instruction${instructions === 1 ? '' : 's'}`;
  return [failure.text, found, '', ...(text === undefined ? [`${folder}${failure.case} is missing`] : caseView(text).program), '', replayCommand(failure, text, folder), ''].join('\n');
}

const REPLAY = /^npx systole replay \S+/;
/** As the case has it, which names itself as seen from where it lies; to be typed where the report was made. */
export function replayCommand({ case: path }: Failure, text: string | undefined, folder: string): string {
  const whole = folder + path, own = text === undefined ? '' : caseView(text).replay, shown = shellWord(whole);
  return REPLAY.test(own) ? own.replace(REPLAY, () => `npx systole replay ${shown}`) : `npx systole replay ${shown}`;
}

const kinds: Readonly<Record<string, string>> = {
  record: 'A retirement differs from that of the oracle.', records: 'More or fewer instructions retire than on the oracle.', ending: 'The run ends in another way than on the oracle.',
  choices: 'A schedule is offered other choices than on the oracle.', window: 'A register of the host differs.', state: 'Architectural state differs.', slot: 'A weight slot differs.',
  memory: 'Memory differs.', crash: 'The device crashes.', expectation: 'A program that breaks one rule does not trap by that rule.', order: 'A legal order of execution changes what is left.',
  refused: 'A legal program is refused.',
};

/** A finding for each way to fail, at the instruction of its least program. */
export const campaignFindings = ({ results, cases, folder }: Campaign): readonly Finding[] => results.failures.map((failure) => {
  const { signature, kind, mnemonic, text, count, first } = failure, content = cases.get(failure.case);
  return {
    rule: `fuzz/${kind}`, says: kinds[kind] ?? `A failure of kind ${kind}.`, level: 'error',
    text: `${text}\n${count} of ${results.programs} programs fail this way, first in test ${first}. Replay: ${replayCommand(failure, content, folder)}`,
    file: `${folder}${failure.case}`, line: content === undefined ? 1 : caseView(content).lineOf(mnemonic), fingerprint: signature,
  };
});
