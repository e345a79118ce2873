//! chrome: events for chrome://tracing and Perfetto: a program's retirements by unit, and what a campaign did when.
import { printInstruction } from '../assembler/disassembler.ts';
import type { Results, Times } from '../campaign/results.ts';
import type { RetiredCursor } from '../cursor.ts';
import { byOpcode } from '../instructions/set.ts';
import { trapName, unitNames } from '../limits.ts';
import type { TraceHeader } from '../trace.ts';
import { recordJson, statusWords } from '../trace-json.ts';

/** One event of the Trace Event Format; times are in microseconds. */
interface Event {
  readonly name: string;
  readonly ph: 'X' | 'M' | 'C' | 'i' | 's' | 'f';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly [more: string]: unknown;
}

/**
 * A thread for each unit, a slice for each instruction. A functional model knows no time: the n-th record begins at n microseconds and takes
 * one, so that what is seen is the order of completion. In pieces, since a trace may be long.
 */
export function* retirementEvents(header: TraceHeader, records: Iterable<RetiredCursor>): Generator<string, void> {
  const names: readonly Event[] = [{ name: 'process_name', ph: 'M', pid: 1, tid: 0, args: { name: `systole ${header.profile}` } }, ...unitNames.flatMap((name, tid): readonly Event[] => [
    { name: 'thread_name', ph: 'M', pid: 1, tid, args: { name } }, { name: 'thread_sort_index', ph: 'M', pid: 1, tid, args: { sort_index: tid } },
  ])];
  yield `{"displayTimeUnit":"ns","otherData":${JSON.stringify({ profile: header.profile, profile_hash: header.hash, unit: 'one microsecond is one retirement' })},"traceEvents":[\n${names.map((event) => JSON.stringify(event)).join(',\n')}`;
  let ts = 0;
  for (const record of records) yield `,\n${JSON.stringify(sliceOf(record, ts++))}`;
  yield '\n]}\n';
}

function sliceOf(record: RetiredCursor, ts: number): Event {
  const { operands: _operands, words: _words, ...told } = recordJson(record), mnemonic = byOpcode.get(record.word(0) & 255)?.mnemonic ?? 'unknown';
  return {
    name: record.status === 2 ? `${mnemonic}: ${trapName(record.trap)}` : mnemonic, cat: statusWords[record.status] ?? 'done', ph: 'X', pid: 1, tid: record.unit, ts, dur: 1,
    ...(record.status === 2 ? { cname: 'terrible' } : record.status === 1 ? { cname: 'grey' } : {}), args: { text: printInstruction(record.words), ...told },
  };
}

/** The hunt as one slice, when each failure was found and what it took, and counters of programs and coverage. */
export function campaignEvents(results: Results, times: Times): string {
  const micro = (seconds: number): number => Math.round(seconds * 1e6), thread = (tid: number, name: string): Event => ({ name: 'thread_name', ph: 'M', pid: 1, tid, args: { name } });
  let at = 0;
  const failures = times.failures.map(({ signature, seconds = 0, milliseconds, evaluations, instructions }): Event => {
    const ts = Math.max(at, micro(seconds)), dur = Math.round(milliseconds * 1000);
    at = ts + dur;
    return { name: signature, cat: 'failure', ph: 'X', pid: 1, tid: 2, ts, dur, args: { evaluations, instructions } };
  });
  const events: readonly Event[] = [
    { name: 'process_name', ph: 'M', pid: 1, tid: 0, args: { name: `systole fuzz ${results.profile} seed ${results.seed}` } }, thread(1, 'hunt'), thread(2, 'failures, one after the other'),
    { name: `${results.device} against ${results.against.join(', ')}`, cat: 'hunt', ph: 'X', pid: 1, tid: 1, ts: 0, dur: micro(times.seconds), args: { programs: results.programs, instructions: results.instructions, failures: results.failures.length } },
    ...times.series.flatMap(({ seconds, programs, hit }): readonly Event[] => [
      { name: 'programs', ph: 'C', pid: 1, tid: 0, ts: micro(seconds), args: { programs } }, { name: 'bins hit', ph: 'C', pid: 1, tid: 0, ts: micro(seconds), args: { hit } },
    ]),
    ...failures,
  ];
  return `{"displayTimeUnit":"ms","traceEvents":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
}
