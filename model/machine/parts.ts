//! parts: what a snapshot holds, apart from how its bytes are packed.
/**
 * Elements of a loaded slot: `elements` has ceil(width / 8) bytes each, low byte first; `known` 1 or 0 each. Behind the weights, in both, come
 * the scales or the metadata, a byte each.
 */
export interface SlotContents { readonly elements: Uint8Array; readonly known: Uint8Array }
/** A page that is not all UNKNOWN pattern, its bytes as they are: UNKNOWN ones may hold what was computed from others. `known` has 1 or 0 a byte. */
export interface PageContents { readonly space: number; readonly page: number; readonly bytes: Uint8Array; readonly known: Uint8Array }

export interface SnapshotParts {
  /** stateLayout. */
  readonly state: Uint8Array;
  /** Per unit, oldest first: closed instructions as retirement records. */
  readonly queues: readonly (readonly Uint8Array[])[];
  /** By slot number; undefined where nothing was loaded. */
  readonly slots: readonly (SlotContents | undefined)[];
  /** Ascending by space, then page. */
  readonly pages: readonly PageContents[];
}
