//! run: a program on a device: memory in, records and memory out, compared and reported.
import type { Device } from '../device.ts';
import { denseBytes } from '../files/elements.ts';
import { kindOf } from '../files/memory.ts';
import type { TraceKind, traceRecord } from '../trace.ts';
import { compare } from './compare.ts';
import { makeDevice } from './devices.ts';
import { endsIn } from './documents.ts';
import { drive, milliseconds } from './drive.ts';
import { EXIT_MISMATCH, EXIT_PASS, EXIT_UNREAD } from './exit.ts';
import { findExample } from './examples.ts';
import { shownPath, STDIO } from './host.ts';
import { openOutputs, type Output, type Outputs } from './outputs.ts';
import { isCase, type Job, prepare, programOf, readSettings, type RunFlags, unusable } from './job.ts';
import { memoryText, valueRows } from './memoryfile.ts';
import { hexText, type Place, placeText } from './place.ts';
import { progressBar } from './progress.ts';
import { counted, type Report, reportLines, reportOf } from './report.ts';
import type { SanitizedRun } from './sanitize.ts';
import { errorColours, print, printJson, readerIsGone, say, warn } from './terminal.ts';

export async function run(path: string, flags: RunFlags): Promise<number> {
  const example = isCase(path) ? undefined : findExample(path);
  if (example) {
    const settings = await readSettings(
      flags,
      unusable(flags, ['load', 'dump', 'expect', 'schedule', 'trace', 'sanitize', 'graph', 'sarif', 'threads', 'digests', 'maxInstructions', 'watchdog', 'args']),
    );
    const { device, profile } = settings;
    return example.run({
      folder: example.folder,
      device,
      profile,
      input: flags.input,
      json: flags.json === true,
      quiet: flags.quiet === true,
    });
  }
  if (flags.schedule !== undefined && /^exhaustive(:|$)/.test(flags.schedule)) return (await import('./exhaustive.ts')).exhaustive(path, flags);
  const job = await prepare(path, flags),
    outputs = openOutputs();
  const trace = flags.trace === undefined ? undefined : { ...(await import('../trace.ts')), kind: traceKind(flags.trace), output: outputs.open(flags.trace) };
  const dumps = job.dumps.map((place) => ({ place, output: outputs.open(place.file) }));
  const device = await makeDevice(job.settings.device, job.settings.profile, job.settings.threads);
  if (trace) trace.output.write(trace.traceHeader(trace.kind, { profile: job.settings.profile.name, hash: job.settings.profile.hash }));
  const started = milliseconds(),
    sanitized = job.settings.kinds && (await (await import('./sanitize.ts')).sanitizeRun(device, job, flags));
  // The sanitizer has run the program; a trace takes a run of its own.
  if (!sanitized || trace) device.load(programOf(job));
  const report =
    sanitized && !trace
      ? reportOf(device, job.loaded, sanitized.driven, job.settings.schedule.name)
      : await execute(device, job, flags, trace);
  return finish(device, job, { report, sanitized, flags, outputs, dumps, seconds: (milliseconds() - started) / 1000 });
}

/** Records that nobody reads, after which a program counts as endless. */
const UNREAD_MAX = 100_000;

async function execute(
  device: Device,
  { settings, loaded }: Job,
  flags: RunFlags,
  trace: { readonly kind: TraceKind; readonly output: Output; readonly traceRecord: typeof traceRecord } | undefined,
): Promise<Report> {
  const { schedule, maxInstructions, watchdog } = settings,
    bar = await progressBar(flags.quiet === true, maxInstructions);
  let unread = 0;
  try {
    const driven = await drive(device, {
      schedule,
      maxInstructions,
      watchdog,
      digests: flags.digests === true,
      onSlice: bar.update,
      onRecord: trace && ((record) => {
        trace.output.write(trace.traceRecord(trace.kind, record));
        // Its reader was head or the like. A program that ends soon has its own exit code; the sanitizer has seen it end.
        if (readerIsGone() && settings.kinds === undefined && ++unread > UNREAD_MAX) process.exit(EXIT_UNREAD);
      }),
    });
    return reportOf(device, loaded, driven, schedule.name);
  } finally {
    bar.stop();
  }
}

interface Ending {
  readonly report: Report;
  readonly sanitized: SanitizedRun | undefined;
  readonly flags: RunFlags;
  readonly outputs: Outputs;
  readonly seconds: number;
  readonly dumps: readonly { readonly place: Place; readonly output: Output }[];
}
/** Findings that tell of an end. */
const endings: Readonly<Partial<Record<Report['status'], readonly string[]>>> = {
  blocked: ['deadlock'],
  uninitialised: ['uninitialised'],
  trapped: ['bounds', 'alias', 'overflow'],
};

/** Dumps, comparisons, the report; the files get their names last. */
async function finish(device: Device, job: Job, { report, sanitized, flags, outputs, dumps, seconds }: Ending): Promise<number> {
  const dumped = dumps.map(({ place, output }) => dump(device, place, output, flags.json === true));
  const compared = report.exit_code === EXIT_PASS ? job.expected.map((one) => compare(device, one)) : [];
  const isEqual =
    compared.every(({ mismatches }) => mismatches === 0) && !(flags.failOnUnknown && dumped.some((one) => one.unknown_bytes > 0));
  const exitCode = sanitized && sanitized.findings.length > 0 ? EXIT_MISMATCH : report.exit_code || (isEqual ? EXIT_PASS : EXIT_MISMATCH);
  if (flags.graph !== undefined && sanitized?.graph) outputs.open(flags.graph).write((await import('./sanitize.ts')).graphText(flags.graph, sanitized.graph));
  if (flags.sarif !== undefined && sanitized) outputs.open(flags.sarif).write(await (await import('./sanitize.ts')).sarifText(shownPath(job.path), sanitized.findings));
  outputs.commit();
  if (flags.json)
    printJson({
      ...report,
      exit_code: exitCode,
      ...(dumped.length ? { dump: dumped } : {}),
      ...(job.expected.length ? { expect: compared } : {}),
      ...(sanitized ? { sanitizer: { kinds: job.settings.kinds, findings: sanitized.findings } } : {}),
    });
  else if (!flags.quiet) for (const line of reportLines(report)) print(line);
  if (sanitized) (await import('./sanitize.ts')).sayFindings(sanitized);
  if (flags.graph !== undefined && !sanitized?.graph && !flags.quiet) say(`${flags.graph} is not written: there is no deadlock to draw`);
  // A finding has said why the run did not end well, where it is one's matter.
  const isTold = sanitized?.findings.some(({ kind }) => endings[report.status]?.includes(kind));
  if (report.exit_code !== EXIT_PASS && !isTold) say(`${errorColours.red('systole:')} ${report.says}`);
  if (report.exit_code !== EXIT_PASS && job.expected.length) warn('nothing was compared, since the program did not end');
  const left = Object.entries(report.tokens_left ?? {});
  if (left.length && !sanitized?.findings.length) warn(`tokens are left in ${left.map(([name, many]) => `${name} (${many})`).join(' ')}: posted and never taken`);
  for (const one of compared.filter(({ mismatches }) => mismatches > 0)) say(`${errorColours.red('mismatch:')} ${one.says}`);
  if (!flags.quiet && !flags.json) {
    for (const one of compared.filter(({ mismatches }) => mismatches === 0))
      print(`expect        ${one.place} equal, ${counted(one.elements, 'element')} of ${one.dtype}`);
    say(
      errorColours.dim(
        `${counted(report.instructions, 'instruction')} in ${seconds.toFixed(2)} s on ${device.name}, profile ${device.profile.name}` +
          (report.schedule === 'default' ? '' : `, schedule ${report.schedule}`),
      ),
    );
  }
  return exitCode;
}

const traceKind = (path: string): TraceKind => (endsIn(path, '.bin') ? 'binary' : 'jsonl');

interface Dumped {
  readonly place: string;
  readonly dims: readonly number[];
  readonly dtype: string;
  readonly unknown_bytes: number;
  readonly rows?: readonly string[];
  readonly file?: string;
}

function dump(device: Device, place: Place, output: Output, isJson: boolean): Dumped {
  const { space, address, spaceName, file } = place,
    dims = place.dims!,
    format = place.format!,
    count = denseBytes(format, dims);
  const bytes = device.read(space, address, count),
    known = device.known(space, address, count),
    unknown = known.reduce((sum, bit) => sum + (bit ? 0 : 1), 0);
  const says = `${spaceName}:${hexText(address)} ${dims.join('x')} ${format.name}`;
  if (unknown > 0) warn(`${says}: ${unknown} of ${count} bytes are UNKNOWN`);
  if (file !== STDIO) output.write(memoryText(kindOf(file), bytes, known, format, dims, says));
  else if (!isJson) for (const row of valueRows(bytes, known, format, dims)) print(row);
  return {
    place: placeText(place),
    dims,
    dtype: format.name,
    unknown_bytes: unknown,
    ...(file === STDIO ? { rows: valueRows(bytes, known, format, dims) } : { file }),
  };
}
