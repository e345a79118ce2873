//! yaml: a reader of the YAML that CI examples are written in: mappings, sequences, scalars, and nothing that surprises.

/** Throws what it does not know: tabs, anchors, block scalars, keys that stand twice, values that go on over lines. */
export function readYaml(text: string): unknown {
  const lines = text.split('\n').map((line, i) => ({ number: i + 1, indent: line.search(/\S|$/), words: line.trimEnd().slice(line.search(/\S|$/)) })).filter(({ words }) => words !== '' && !words.startsWith('#'));
  let at = 0;
  const fail = (message: string): never => { throw new Error(`line ${lines[at]?.number ?? 'last'}: ${message}`); };
  const block = (indent: number): unknown => (lines[at]!.words.startsWith('- ') ? sequence(indent) : mapping(indent));
  function sequence(indent: number): unknown[] {
    const items: unknown[] = [];
    while (at < lines.length && lines[at]!.indent === indent && lines[at]!.words.startsWith('- ')) {
      const line = lines[at]!, rest = line.words.slice(2);
      // An item that is a mapping begins on the line of its dash.
      if (keyOf(rest) === undefined) { items.push(scalar(rest)); at++; } else { lines[at] = { ...line, indent: indent + 2, words: rest }; items.push(mapping(indent + 2)); }
    }
    return items;
  }
  function mapping(indent: number): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    while (at < lines.length && lines[at]!.indent === indent && !lines[at]!.words.startsWith('- ')) {
      const { words } = lines[at]!, key = keyOf(words) ?? fail(`no key in ${words}`), value = words.slice(key.length + 1).trim();
      if (key in found) fail(`${key} stands twice`);
      at++;
      const next = lines[at];
      found[key] = value !== '' ? scalar(value) : next && (next.indent > indent || (next.indent === indent && next.words.startsWith('- '))) ? block(next.indent) : null;
    }
    if (at < lines.length && lines[at]!.indent > indent) fail('indented further than what it belongs to');
    return found;
  }
  function scalar(words: string): unknown {
    if (/^\[.*\]$/.test(words)) return words.slice(1, -1).split(',').map((word) => scalar(word.trim()));
    if (/^'[^']*'$/.test(words)) return words.slice(1, -1);
    if (/^[&*!|>@`%{]|\t|: | #/.test(words)) fail(`${words} is more than this reader knows`);
    return /^-?\d+$/.test(words) ? Number(words) : words === 'true' || words === 'false' ? words === 'true' : words;
  }
  const root = block(0);
  if (at < lines.length) fail('does not belong to anything');
  return root;
}

/** What stands before the colon; undefined where there is none. */
const keyOf = (words: string): string | undefined => /^([\w-]+):(?: |$)/.exec(words)?.[1];

/** Every text below a value. */
export const everyText = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(everyText) : [];
