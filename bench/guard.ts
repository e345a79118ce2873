//! guard: which figures of a short bench fail it: those far off their goals, twice.
import type { Found } from './report.ts';
import { farOff } from './table.ts';

/** A figure that is far off is measured again, over three times as many rounds: once may be a neighbour on the machine. */
export async function guarded(count: number, measure: (count: number) => Promise<readonly Found[]>): Promise<readonly Found[]> {
  const found = await measure(count);
  return found.some(isFar) ? measure(3 * count) : found;
}

/** One that could not be measured here says nothing about the engine. */
export function isFar(found: Found): boolean {
  return found.row.guard === true && 'median' in found && farOff(found.row, found.median);
}
