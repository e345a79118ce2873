//! check: what was tried and came out well or not, whatever tried it: what JUnit XML and pages are made of.

/** A law, a way to fail, a class of faults or a case of a bundle. */
export interface Check {
  /** What it belongs to: `fuzz engine`, `bundle gemm`. */
  readonly suite: string;
  readonly name: string;
  /** Wall clock, where it is known. */
  readonly seconds?: number;
  /** Why it was not tried. */
  readonly skipped?: string;
  readonly failure?: {
    /** What tells it from others: a failure signature. */
    readonly type: string;
    /** One sentence. */
    readonly message: string;
    /** The least program, and the command that replays it. */
    readonly body: string;
  };
}
