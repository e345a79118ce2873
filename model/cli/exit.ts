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
  [EXIT_MISMATCH]: 'mismatch: a comparison failed, a finding was reported, the fault of --canary was not found, or nothing was compared',
  [EXIT_BELOW_GOAL]: 'coverage or score below its goal',
  [EXIT_USAGE]: 'usage or infrastructure: options, input files, output files, a bug in systole',
  [EXIT_PROGRAM]: 'the program failed: trap, deadlock, UNKNOWN data, --max-instructions reached',
  [EXIT_HUNG_UP]: 'the terminal was closed (SIGHUP)',
  [EXIT_INTERRUPTED]: 'interrupted (Ctrl-C)',
  [EXIT_UNREAD]: 'the reader of a trace on stdout is gone and the program still runs (SIGPIPE)',
  [EXIT_TERMINATED]: 'terminated (SIGTERM)',
};

/** How a process ends by these signals, as a shell tells it and as we do. */
export const exitOfSignal: Readonly<Record<string, number>> = { SIGHUP: EXIT_HUNG_UP, SIGINT: EXIT_INTERRUPTED, SIGTERM: EXIT_TERMINATED };

/** Whether Ctrl-C ended a script that hears it, as `inTurns` makes one. */
export const isInterrupt = (error: unknown): boolean => (error as { readonly code?: unknown } | null)?.code === INTERRUPTED;
/** The same for what such a script has started, where that heard it first. */
export const interrupt = (): Error => Object.assign(new Error('interrupted'), { code: INTERRUPTED });
const INTERRUPTED = 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
