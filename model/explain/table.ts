//! table: aligned columns, one block of lines under a heading that stands once on the left.

/** Columns that are numbers stand to the right; the last one is not filled up. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => { widths[i] = Math.max(widths[i] ?? 0, cell.length); });
  return rows.map((row) => row.map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]!) : i === row.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  ').trimEnd());
}

const LEFT = 12;
/** Lines with the heading before the first one. */
export const under = (heading: string, lines: readonly string[]): string[] =>
  lines.map((line, i) => `${(i === 0 ? heading : '').padEnd(LEFT - 1)} ${line}`.trimEnd());
