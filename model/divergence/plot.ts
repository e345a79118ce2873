//! plot: a comparison of profiles as a picture: for each profile, how many elements end how far from the exact sums.
import { BUCKETS, type Comparison, type ProfileResult } from './divergence.ts';

const LEFT = 170, TOP = 64, CELL = 46, ROW = 26, RIGHT = 96, BOTTOM = 44;

/** A self-contained SVG; `program` is shown in the title. */
export function comparisonSvg(program: string, { results, elements }: Comparison): string {
  const shown = results.filter(({ fromExact }) => fromExact !== undefined), last = Math.max(1, ...shown.map(lastBucket));
  const width = LEFT + CELL * (last + 1) + RIGHT, height = TOP + ROW * Math.max(1, shown.length) + BOTTOM;
  const heads = Array.from({ length: last + 1 }, (_, bucket) => text(LEFT + CELL * (bucket + 0.5), TOP - 8, bucketLabel(bucket), 'middle'));
  const rows = shown.flatMap((result, row) => rowOf(result, TOP + ROW * row, elements, last));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(program)}: distance of ${elements} results from exact sums, by profile</title>`, `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(12, 22, `${program}: distance of ${elements} results from exact sums`, 'start', 'font-size="14" font-weight="600"'),
    text(LEFT + CELL * (last + 1) / 2, TOP - 26, 'units in the last place', 'middle', 'fill="#666666"'), text(LEFT + CELL * (last + 1) + 10, TOP - 8, 'most', 'start', 'fill="#666666"'),
    ...heads, ...rows,
    text(12, height - 16, 'The darker a cell, the more elements; numbers are their share in percent.', 'start', 'fill="#666666"'),
    '</svg>', '',
  ].join('\n');
}

/** A page with the table and the picture; nothing is fetched from elsewhere. */
export function comparisonHtml(program: string, comparison: Comparison, table: readonly (readonly string[])[]): string {
  const [head = [], ...body] = table, row = (cells: readonly string[], tag: string): string => `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return [
    '<!doctype html>', '<html lang="en"><head><meta charset="utf-8">', `<title>${escaped(program)} under ${comparison.results.length} profiles</title>`,
    '<style>body{font:14px system-ui,sans-serif;margin:2rem}table{border-collapse:collapse;margin:1rem 0}th,td{text-align:left;padding:.25rem .75rem;border-bottom:1px solid #ddd}td{font-variant-numeric:tabular-nums}</style>',
    `</head><body><h1>${escaped(program)}</h1>`, `<table><thead>${row(head, 'th')}</thead><tbody>${body.map((cells) => row(cells, 'td')).join('')}</tbody></table>`,
    comparisonSvg(program, comparison), '</body></html>', '',
  ].join('\n');
}

const lastBucket = ({ fromExact }: ProfileResult): number => fromExact!.histogram.reduce((last, count, bucket) => (count > 0 ? bucket : last), 0);

/** 0, 1, 2-3, 4-7, .., and the open end. */
export function bucketLabel(bucket: number): string {
  if (bucket < 2) return String(bucket);
  if (bucket === BUCKETS - 1) return `2^${bucket - 1}..`;
  return bucket <= 7 ? `${2 ** (bucket - 1)}-${2 ** bucket - 1}` : `2^${bucket - 1}`;
}

function rowOf({ profile, fromExact }: ProfileResult, y: number, elements: number, last: number): string[] {
  const cells = fromExact!.histogram.slice(0, last + 1).flatMap((count, bucket) => {
    const share = elements === 0 ? 0 : count / elements, x = LEFT + CELL * bucket, percent = 100 * share;
    const label = count === 0 ? '' : percent < 1 ? '<1' : String(Math.round(percent));
    const cell = `<rect x="${x + 1}" y="${y + 1}" width="${CELL - 2}" height="${ROW - 2}" rx="3" fill="#1f5fa8" fill-opacity="${count === 0 ? 0.04 : (0.15 + 0.85 * share).toFixed(3)}"/>`;
    return label === '' ? [cell] : [cell, text(x + CELL / 2, y + ROW / 2 + 4, label, 'middle', `fill="${share > 0.45 ? '#ffffff' : '#222222'}"`)];
  });
  return [text(LEFT - 10, y + ROW / 2 + 4, profile, 'end'), ...cells, text(LEFT + CELL * (last + 1) + 10, y + ROW / 2 + 4, String(fromExact!.most ?? 'NaN'), 'start')];
}

function text(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end', more = 'fill="#222222"'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" ${more}>${escaped(words)}</text>`;
}

const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
