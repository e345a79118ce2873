//! schedule: the bytes that pick among ready instructions, as --schedule names them, without an end.
import { type Diagnostic, didYouMean } from '../failure.ts';
import type { Device } from '../device.ts';
import { adversaries, adversaryNames, choiceOf } from '../verify/adversaries.ts';
import { random } from '../verify/random.ts';

/** A run takes its bytes in slices: `next` shows bytes to come, `consume` drops those that were used. */
export interface Schedule {
  /** default, random:7, bytes:0102, adversarial:newest */
  readonly name: string;
  /** It looks at the machine before each step. */
  readonly isLooking?: true;
  /** Undefined for the serial run. */
  next(count: number, device?: Device): Uint8Array | undefined;
  consume(count: number): void;
}

/** The schedule of a text, or undefined with a diagnostic. */
export function parseSchedule(text: string, diagnostics: Diagnostic[]): Schedule | undefined {
  const [kind = '', value = ''] = text.split(/:(.*)/s),
    wrong = (message: string): undefined => {
      diagnostics.push({ file: '--schedule', line: 0, column: 0, message });
      return undefined;
    };
  if (text === 'default') return { name: 'default', next: () => undefined, consume: () => undefined };
  if (kind === 'random') {
    if (!/^(0[xX][\da-fA-F]{1,8}|\d{1,10})$/.test(value) || Number(value) > 0xffff_ffff)
      return wrong(`'${text}': the seed is a whole number of 32 bits, as in random:7`);
    return queued(`random:${Number(value)}`, randomBytes(Number(value)));
  }
  if (kind === 'bytes') {
    if (value === '' || value.length % 2 || !/^[\da-fA-F]*$/.test(value))
      return wrong(`'${text}': an even number of hexadecimal digits, as in bytes:00010203`);
    return queued(
      text,
      listed(Uint8Array.from({ length: value.length / 2 }, (_, i) => Number.parseInt(value.slice(2 * i, 2 * i + 2), 16))),
    );
  }
  if (kind === 'adversarial') {
    const adversary = adversaries[value];
    if (!adversary) return wrong(`'${value}' is not an adversary; allowed: ${adversaryNames.join(', ')}${didYouMean(value, adversaryNames)}`);
    return {
      name: text,
      isLooking: true,
      next: (count, device) => Uint8Array.of(...(count > 0 && device ? [choiceOf(device, adversary.choose, device.profile.queueDepth)] : [])),
      consume: () => undefined,
    };
  }
  return wrong(
    `'${text}' is not a schedule; allowed: default, random:SEED, bytes:HEX, adversarial:NAME, exhaustive${didYouMean(kind, ['default', 'random', 'bytes', 'adversarial', 'exhaustive'])}`,
  );
}

/** A source of bytes of which the next ones can be looked at before they are taken. */
function queued(name: string, draw: () => number): Schedule {
  let held = new Uint8Array(0);
  return {
    name,
    next(count) {
      if (held.length < count) {
        const more = Uint8Array.from({ length: count }, (_, i) => (i < held.length ? held[i]! : draw()));
        held = more;
      }
      return held.subarray(0, count);
    },
    consume(count) {
      held = held.slice(count);
    },
  };
}

/** Behind the last byte come zeros: the oldest ready instruction. */
function listed(bytes: Uint8Array): () => number {
  let at = 0;
  return () => bytes[at++] ?? 0;
}

/** The upper byte of each word of the generator that the laws use too. */
function randomBytes(seed: number): () => number {
  const next = random(seed);
  return () => next() >>> 24;
}
