//! compare: memory after a run against a file: equal, or the first element that differs, in bits, values and distance.
import type { Device } from '../device.ts';
import { bitsText, type Comparison, compareElements, distance, valueText } from '../files/elements.ts';
import type { Format } from '../numerics/format.ts';
import { type Contents, plainFormat } from './memoryfile.ts';
import { hexText, type Place, placeText } from './place.ts';
import { grouped } from './report.ts';

/** What a place has to hold. */
export interface Expected {
  readonly place: Place;
  readonly contents: Contents;
}
/** What came of one comparison; `says` is for people, the rest for tools. */
export interface Compared {
  readonly place: string;
  readonly dtype: string;
  readonly elements: number;
  readonly mismatches: number;
  readonly says: string;
  readonly first?: object;
}

/** Memory against a file, element by element where the file says what they are, else byte by byte. */
export function compare(device: Device, { place, contents }: Expected): Compared {
  const format = contents.format ?? plainFormat(),
    all: Compared[] = contents.sections.map((section) => {
      const isWhole =
        contents.dims !== undefined && contents.format !== undefined && contents.sections.length === 1 && section.address === 0;
      const count = section.bytes.length,
        address = place.address + section.address,
        dims = isWhole ? contents.dims : [count],
        type = isWhole ? format : plainFormat();
      const found = device.read(place.space, address, count),
        known = device.known(place.space, address, count);
      const result = compareElements(type, dims, section, { bytes: found, ...(known.includes(0) ? { known } : {}) });
      return describe(place, address, type, dims, result);
    });
  const first = all.find(({ mismatches }) => mismatches > 0) ?? all[0]!;
  return {
    ...first,
    place: placeText(place),
    elements: sum(all, ({ elements }) => elements),
    mismatches: sum(all, ({ mismatches }) => mismatches),
  };
}
const sum = (all: readonly Compared[], of: (one: Compared) => number): number => all.reduce((total, one) => total + of(one), 0);

/** Coordinates, both bit patterns, the distance. */
function describe(
  place: Place,
  address: number,
  format: Format,
  dims: readonly number[],
  { elements, mismatches, first }: Comparison,
): Compared {
  const common = { place: placeText(place), dtype: format.name, elements, mismatches };
  if (!first) return { ...common, says: 'equal' };
  const { index, expected, found } = first,
    far = found === undefined ? undefined : distance(format, expected, found);
  const value = (bits: bigint): string => `${bitsText(format, bits)} (${valueText(format, bits)})`;
  const unit = format.kind === 'float' ? ' units in the last place' : '',
    farText = far === undefined ? '' : `, distance ${far}${unit}`;
  const where = `${place.spaceName}:${hexText(address)} ${dims.join('x')} ${format.name} [${index.join(', ')}]`;
  const what = `expected ${value(expected)}, found ${found === undefined ? 'UNKNOWN' : value(found)}${farText}`;
  const says = `${where}: ${what}; ${grouped(mismatches)} of ${grouped(elements)} elements differ (${place.file})`;
  return {
    ...common,
    says,
    first: {
      index,
      expected: bitsText(format, expected),
      found: found === undefined ? null : bitsText(format, found),
      ...(far === undefined ? {} : { distance: String(far) }),
    },
  };
}
