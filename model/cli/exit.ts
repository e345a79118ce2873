//! exit: the exit codes of every command; docs/cli.md says the same to users.
export const EXIT_PASS = 0,
  EXIT_MISMATCH = 1,
  EXIT_BELOW_GOAL = 2,
  EXIT_USAGE = 3,
  EXIT_PROGRAM = 4,
  EXIT_HUNG_UP = 129,
  EXIT_INTERRUPTED = 130,
  EXIT_UNREAD = 141,
  EXIT_TERMINATED = 143;

export const exitSays: Readonly<Record<number, string>> = {
  [EXIT_PASS]: 'pass',
  [EXIT_MISMATCH]: 'mismatch: something that was compared is not equal, or a finding; or --canary is not found, or nothing was compared at all',
  [EXIT_BELOW_GOAL]: 'a coverage or a score is below its goal',
  [EXIT_USAGE]: 'usage or infrastructure: options, input files, output files, a defect of systole',
  [EXIT_PROGRAM]: 'the program did not end well: trap, deadlock, UNKNOWN data, --max-instructions',
  [EXIT_HUNG_UP]: 'the terminal is gone (SIGHUP)',
  [EXIT_INTERRUPTED]: 'interrupted (Ctrl-C)',
  [EXIT_UNREAD]: 'nobody reads the trace on stdout any more, and the program goes on',
  [EXIT_TERMINATED]: 'terminated (SIGTERM)',
};

/** How a process ends by these signals, as a shell tells it and as we do. */
export const exitOfSignal: Readonly<Record<string, number>> = { SIGHUP: EXIT_HUNG_UP, SIGINT: EXIT_INTERRUPTED, SIGTERM: EXIT_TERMINATED };

/** Whether Ctrl-C ended a script that hears it, as `inTurns` makes one. */
export const isInterrupt = (error: unknown): boolean => (error as { readonly code?: unknown } | null)?.code === INTERRUPTED;
/** The same for what such a script has started, where that heard it first. */
export const interrupt = (): Error => Object.assign(new Error('interrupted'), { code: INTERRUPTED });
const INTERRUPTED = 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
