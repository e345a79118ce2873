//! colours: marks around a text that a terminal shows as colour or weight.

/** Numbers of ECMA-48, 8.3.117: what begins it and what ends it. */
const marks = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;
export type Colours = Readonly<Record<keyof typeof marks, (text: string) => string>>;

/** Each as a function of a text; `shows` is asked each time. */
export const coloursWhere = (shows: () => boolean): Colours =>
  Object.fromEntries(Object.entries(marks).map(([name, [on, off]]) => [name, (text: string) => (shows() ? `\u001b[${on}m${text}\u001b[${off}m` : text)])) as Record<keyof Colours, (text: string) => string>;
