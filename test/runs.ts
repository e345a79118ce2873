//! runs: how often a law is tried: what `npm test` has time for, or SYSTOLE_RUNS times as often, as in `npm run test:long`.

const factor = Number(process.env['SYSTOLE_RUNS'] ?? 1);

/** As many cases as `npm test` tries, or the multiple of it that is asked for. */
export const runs = (count: number): number => Math.round(count * factor);

/** About `runs(count)` of the items, spread over the list; all of them where there are no more. */
export function sample<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= runs(count)) return items;
  // An odd step, so that columns that alternate with a power of two are all met.
  const step = Math.floor(items.length / runs(count)) | 1;
  return items.filter((_, index) => index % step === 0);
}
