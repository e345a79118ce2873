//! campaign-options: options of the campaigns of this folder: --help tells them, and a mistake is told with them.
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What was given. An option whose default is a whole number takes one. --help ends the process, and so does a mistake, with 3. */
export function optionsOf<const T extends Options>(usage: string, options: T): ReturnType<typeof parseArgs<{ readonly options: T }>>['values'] {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean' } } }) as { readonly values: Readonly<Record<string, unknown>> };
    if (values.help) {
      process.stdout.write(`${usage}\n`);
      process.exit(0);
    }
    for (const [name, { default: otherwise }] of Object.entries(options)) if (/^\d+$/.test(String(otherwise)) && !/^\d{1,15}$/.test(String(values[name]))) throw new Error(`--${name}: '${values[name]}' is no whole number`);
    return values as ReturnType<typeof parseArgs<{ readonly options: T }>>['values'];
  } catch (error) {
    return mistaken(usage, (error as Error).message);
  }
}

/** Tells a mistake of the user, and ends the process. */
export function mistaken(usage: string, message: string): never {
  process.stderr.write(`${message}\n\n${usage}\n`);
  process.exit(3);
}
