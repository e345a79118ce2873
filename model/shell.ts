//! shell: text as words that a POSIX shell takes as they are.
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** Quoted where it has to be. */
export const shellWord = (text: string): string => (/^[\w./:=,@%+-]+$/.test(text) ? text : quoted(text));
/** The same for a path, of which no command takes the first letters for an option. */
export const shellPath = (path: string): string => shellWord(path.startsWith('-') ? `./${path}` : path);
