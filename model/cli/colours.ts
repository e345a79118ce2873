//! colours: chalk, loaded only where a terminal shows what it does: a start that nobody watches does without.
import type { ChalkInstance } from 'chalk';

const names = ['bold', 'dim', 'red', 'green', 'yellow'] as const;
export type Colours = Readonly<Record<(typeof names)[number], (text: string) => string>>;

let ink: ChalkInstance | undefined;
/** Before the first text that is to have a colour. */
export async function loadColours(): Promise<void> {
  const { Chalk } = await import('chalk');
  ink = new Chalk({ level: 1 });
}

/** Each as a function of a text; `shows` is asked each time. */
export const coloursWhere = (shows: () => boolean): Colours =>
  Object.fromEntries(names.map((name) => [name, (text: string) => (ink && shows() ? ink[name](text) : text)])) as Record<keyof Colours, (text: string) => string>;
