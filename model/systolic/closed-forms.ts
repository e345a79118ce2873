//! closed-forms: how many clock edges an array takes, by formula; docs/wave.md derives them.

/** An array of processing elements. */
export interface Shape { readonly rows: number; readonly columns: number }

/** Edges between the one at which something enters PE (0, 0) and the one at which it is taken over by the last PE. */
export const crossing = ({ rows, columns }: Shape): number => rows + columns - 2;

/** Stationary weights, one tile: its weights enter, M rows stream, the last sum of the last row is in place. */
export const weightsEdges = (shape: Shape, rowCount: number): number => shape.rows + rowCount + crossing(shape);

/** Edges from the first row of a tile to the first row of the next one, whose weights are loaded behind the first row of this one. */
export const tilePeriod = (shape: Shape, rowCount: number): number => Math.max(rowCount, crossing(shape) + shape.rows);

/** Stationary outputs, one block of rows: C enters where the sums begin with it, K steps, and sums leave until row 0 stands in the lowest row. */
export const outputsEdges = (shape: Shape, depth: number, startsWithC: boolean): number =>
  (startsWithC ? shape.rows : 0) + depth + crossing(shape) + shape.rows - 1;
