//! program: what a machine is given to run: an image, and the bytes that lie in memory before the launch.
/** Bytes to lay into a space before the launch. Address in bytes. */
export interface Segment { readonly space: number; readonly address: number; readonly bytes: Uint8Array }

export interface Program {
  /** Header, instructions, constants; machine manual, section 1. */
  readonly image: Uint8Array;
  /** Byte address of the image in DRAM, a multiple of 64; by default the image ends at the end of DRAM. */
  readonly imageBase?: number;
  readonly memory: readonly Segment[];
  /** S8 to S15 at launch; missing ones are 0. */
  readonly arguments?: readonly number[];
}
