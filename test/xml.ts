//! xml: a reader of well-formed XML, strict about what the standard forbids, for laws of files that we write.

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Of this element alone, references resolved. */
  readonly text: string;
}

const names = /^[A-Za-z_][\w.:-]*/, references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Throws what is not well-formed. Of documents it knows a declaration, elements, attributes and text; void elements of HTML where `isVoid` says so. */
export function readXml(document: string, isVoid: (name: string) => boolean = () => false): Element {
  let rest = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '').replace(/^<!doctype html>\n/, '');
  const wrong = [...rest].find((character) => !/[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(character));
  if (wrong !== undefined) throw new Error(`U+${wrong.codePointAt(0)!.toString(16)} is no character of XML`);
  const take = (pattern: RegExp, what: string): string => {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) throw new Error(`${what} is missing before ${JSON.stringify(rest.slice(0, 60))}`);
    rest = rest.slice(found.length);
    return found;
  };
  const resolved = (text: string): string => {
    const bare = /[<]|&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.exec(text);
    if (bare) throw new Error(`a bare ${bare[0]} in ${JSON.stringify(text.slice(0, 60))}`);
    return text.replace(/&(#?\w+);/g, (_, name: string) => references[name] ?? String.fromCodePoint(Number(name.slice(1))));
  };
  const element = (): Element => {
    take(/^</, '<');
    const name = take(names, 'a name'), attributes: Record<string, string> = {};
    for (;;) {
      take(/^\s*/, 'a blank');
      if (/^\/?>/.test(rest)) break;
      const key = take(names, 'an attribute');
      if (key in attributes) throw new Error(`${name} has ${key} twice`);
      attributes[key] = resolved(rest.startsWith('=') ? take(/^="[^"]*"/, 'a value').slice(2, -1) : '');
    }
    if (take(/^\/?>/, '>') === '/>' || isVoid(name)) return { name, attributes, children: [], text: '' };
    const children: Element[] = [], isRaw = name === 'style' || name === 'script';
    let text = '';
    for (;;) {
      text += isRaw ? take(/^[^<]*/, 'text') : resolved(take(/^[^<]*/, 'text'));
      if (rest.startsWith('</')) break;
      children.push(element());
    }
    take(new RegExp(`^</${name}>`), `the end of ${name}`);
    return { name, attributes, children, text };
  };
  const root = element();
  if (rest.trim() !== '') throw new Error(`${JSON.stringify(rest.slice(0, 60))} behind the end`);
  return root;
}

/** An element and all below it. */
export const everyElement = (root: Element): readonly Element[] => [root, ...root.children.flatMap(everyElement)];
